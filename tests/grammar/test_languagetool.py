"""LanguageTool as an engine, against a server that answers as its own does."""

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contentlint.blocks import Block, Piece
from contentlint.grammar import (
    EngineError,
    GrammarOptions,
    LanguageToolOptions,
    Match,
    NotSpoken,
    Text,
    engines,
    languagetool,
    server,
)
from contentlint.grammar.checker import Checker
from contentlint.grammar.harper import Harper
from contentlint.grammar.languagetool import (
    LONGEST,
    LanguageTool,
    LanguageToolRule,
    characters,
    describe,
    rules,
    units,
)
from contentlint.text import Span

BAD = "languagetool:BAD_WORD"


def options(url="", **others):
    chosen = {"select": (BAD,), **others}
    return GrammarOptions(languagetool=LanguageToolOptions(url=url), **chosen)


def check(url, *texts, language="en", **others):
    engine = LanguageTool(options(url, **others))
    return engine.check([Text(text) for text in texts], language)


def places(answers):
    return [[(match.start, match.end) for match in matches] for matches in answers]


def test_a_match_has_what_a_finding_needs(url):
    assert check(url, "🎉 It is bad.") == [
        [Match(8, 11, "bad", "BAD_WORD", "This is bad.", ("good", "fine"))]
    ]


def test_each_text_has_its_own_matches_also_behind_emoji(url):
    texts = ("a bad 🎉", "fine 🎉🎉", "", "bad bad", "🎉 bad")
    assert places(check(url, *texts)) == [[(2, 5)], [], [], [(0, 3), (4, 7)], [(2, 5)]]


PIECES = ["bad ", "good ", "🎉", "\U0001f9ca ", "é", "e\u0301", " ", "\u00a0", "\u200d", "b", "ad"]
PROSE = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


@given(st.lists(PROSE, min_size=1, max_size=6))
def test_what_is_found_stands_at_its_place(url, texts):
    for text, matches in zip(texts, check(url, *texts), strict=True):
        assert [match.text for match in matches] == ["bad"] * len(matches)
        for match in matches:
            assert text[match.start : match.end] == "bad"


@given(st.text(alphabet=st.sampled_from("aé🎉\U0001f9ca\u200d")), st.integers(0, 12))
def test_characters_are_counted_as_utf_16_has_them(text, count):
    whole = [units(text[:end]) for end in range(len(text) + 1)]
    assert characters(text, count) == (whole.index(count) if count in whole else None)


def test_a_match_that_is_not_what_stands_at_its_place_is_dropped_and_logged(url, caplog):
    with caplog.at_level(logging.INFO):
        assert places(check(url, "a LIE is bad, very")) == [[]]
    assert "BAD_WORD is misplaced" in caplog.text


def test_texts_go_in_few_requests_none_too_long(url):
    long = "It is bad. " * (LONGEST // 22 - 1)
    answers = check(url, long, long, long, long, "x" * LONGEST, "a bad end")
    assert [len(matches) for matches in answers] == [LONGEST // 22 - 1] * 4 + [0, 1]
    sent = [fields["text"] for fields in server.request(url, "asked", None, 5)[-2:]]
    assert sent == ["\n\n".join([long] * 2), f"{long}\n\n{long}\n\na bad end"]


def test_english_rules_run_by_name_and_other_languages_by_category(url):
    check(url, "x y", select=("languagetool:A", "harper:X"), ignore=("languagetool:B",))
    english = server.request(url, "asked", None, 5)[-1]
    assert "A" in english["enabledRules"].split(",")
    assert english["enabledOnly"] == "true"
    assert english["enabledCategories"] == "CONFUSED_WORDS,TYPOS"
    check(url, "x y", language="de", style=True)
    german = server.request(url, "asked", None, 5)[-1]
    assert german["enabledRules"] == "BAD_WORD"
    assert {"CONFUSED_WORDS", "GRAMMAR", "STYLE"} <= {*german["enabledCategories"].split(",")}
    assert "TYPOS" not in german["enabledCategories"]
    check(url, "x y", language="de", select=())
    assert "enabledRules" not in server.request(url, "asked", None, 5)[-1]


def test_what_stands_beside_code_is_left_alone(url):
    text = Text("Widget bad, and a bad one", (Span(0, 6),))
    assert places(LanguageTool(options(url)).check([text], "en")) == [[(18, 21)]]


@pytest.mark.parametrize("language", ["en", "de"])
def test_what_a_server_says_is_left_out_by_name(url, language):
    assert places(check(url, "a bad one", language=language)) == [[(2, 5)]]
    assert places(check(url, "a bad one", language=language, ignore=(BAD,))) == [[]]


def test_a_rule_that_is_seldom_right_runs_only_if_it_is_selected(url, monkeypatch):
    poor = LanguageToolRule("BAD_WORD", "more", 0, 9, 0, 0)
    monkeypatch.setattr(languagetool, "rules", lambda: [poor])
    assert places(check(url, "a bad one", select=())) == [[]]
    assert places(check(url, "a bad one")) == [[(2, 5)]]


def test_a_server_that_fails_once_is_asked_again(url):
    assert places(check(url, "FLAKY is bad")) == [[(9, 12)]]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("BROKEN", "does not answer (HTTP 500, Error: Internal Error: it is broken)"),
        ("REFUSE", "refuses to check (HTTP 413, Error: the text is too long)"),
        ("HTML", "refuses to check (no JSON; is it a LanguageTool server?)"),
        ("PART", "answers in part only"),
    ],
)
def test_what_a_server_cannot_do_is_told_in_a_line(url, text, complaint):
    with pytest.raises(EngineError) as caught:
        check(url, text)
    assert complaint in str(caught.value)


def test_a_server_that_is_not_there_or_hangs(url, monkeypatch):
    nowhere = f"http://127.0.0.1:{server.free_port()}"
    with pytest.raises(EngineError, match=rf"^LanguageTool at {nowhere} does not answer"):
        check(nowhere, "a bad one")
    monkeypatch.setattr(server, "FIRST_ANSWER_SECONDS", 0.1)
    with pytest.raises(EngineError, match="timed out"):
        check(url, "HANG")


def test_a_language_that_the_server_lacks(url):
    engine = LanguageTool(options(url))
    assert engine.speaks("fr")
    assert not engine.speaks("tlh")
    with pytest.raises(NotSpoken, match="without the language `fr`"):
        engine.check([Text("un deux")], "fr")


def test_a_text_of_one_word_needs_no_server():
    engine = LanguageTool(options("http://127.0.0.1:9"))
    assert engine.needs("It is.", "en")
    assert not engine.needs("Kettles!", "en")


def test_the_version_tells_selections_servers_and_installations_apart(installed):
    versions = {
        LanguageTool(given).version()
        for given in (
            options(),
            options(select=()),
            options(style=True),
            options(ignore=("languagetool:X",)),
            options("http://127.0.0.1:1"),
            options("http://127.0.0.1:2"),
        )
    }
    assert len(versions) == 6
    before = LanguageTool(options()).version()
    (installed / "languagetool-server.jar").write_bytes(b"newer")
    assert LanguageTool(options()).version() != before


@pytest.mark.parametrize("end", ["", "/", "/v2", "/v2/", "/v2/check"])
def test_an_address_may_be_written_in_any_usual_way(url, end):
    assert places(check(url + end, "a bad one")) == [[(2, 5)]]


def block(text):
    return Block("paragraph", text, (Piece(0, Span(0, len(text)), True),))


class Memory(dict):
    """Keeps what is found for this run."""

    def recall(self, kind, keys):
        return {key: self[key] for key in keys if key in self}

    def keep(self, kind, results):
        self.update(results)


def test_the_complaint_names_the_files_and_others_go_on(url):
    checker = Checker(LanguageTool(options(url)), Memory())
    assert len(checker.check([block("a bad one")], "en", "one.md")) == 1
    assert checker.check([block("un deux")], "fr", "fr.md") == []
    for name in ("b.md", "c.md", "d.md", "e.md"):
        assert checker.check([block(f"BROKEN {name}")], "en", name) == []
    assert len(checker.check([block("a bad one")], "en", "again.md")) == 1  # it is kept
    lacks, broken = checker.complaints
    assert lacks == (
        "grammar is not checked in fr.md: LanguageTool has been installed without the language `fr`"
    )
    assert broken == (
        f"grammar is not checked in b.md, c.md, d.md and 1 more: LanguageTool at {url} does not "
        "answer (HTTP 500, Error: Internal Error: it is broken)"
    )


def test_which_engine_checks():
    assert isinstance(engines._engine(GrammarOptions()), Harper)
    assert isinstance(engines._engine(GrammarOptions(engine="languagetool")), LanguageTool)
    assert isinstance(engines._engine(options("http://127.0.0.1:1")), LanguageTool)
    assert isinstance(engines._engine(options("http://127.0.0.1:1", engine="harper")), Harper)


@pytest.mark.parametrize(
    "wrong", ["localhost:8081", "ftp://x", "http://", "http://x:port", "http://u:p@x", "http://x?y"]
)
def test_what_is_no_address_is_told_in_the_configuration(contentlint, tmp_path, monkeypatch, wrong):
    (tmp_path / "contentlint.toml").write_text(f'grammar.languagetool.url = "{wrong}"\n')
    (tmp_path / "post.md").write_text("It is bad.\n")
    monkeypatch.chdir(tmp_path)
    status, _, err = contentlint("post.md")
    assert status == 2
    assert err.startswith("contentlint: contentlint.toml:1:")
    assert f"`{wrong}` is no address of a server" in err


def test_what_runs_by_default_was_right_more_often_than_wrong():
    for rule in rules():
        if rule.group == "default":
            assert rule.hits + rule.right >= (rule.hits + rule.alarms) / 2, rule.name


def test_rules_are_described():
    rule = next(rule for rule in rules() if rule.group == "default")
    assert "It runs by default" in describe(rule.name.lower().replace("_", "-"))
    assert describe("no-such-rule") is None
