"""Harper as an engine."""

import subprocess
import sys

import pytest
from harper import get_default_lint_config
from hypothesis import example, given
from hypothesis import strategies as st

from contentlint.blocks import Block, Piece
from contentlint.document import Document
from contentlint.grammar import EngineError, GrammarOptions, Match, Text, engines
from contentlint.grammar.checker import Checker
from contentlint.grammar.harper import Harper, is_beside, rules
from contentlint.text import Source, Span

HARPER = Harper(GrammarOptions())


def said(text, **options):
    (matches,) = Harper(GrammarOptions(**options)).check([Text(text)], "en")
    return [match.rule for match in matches]


def test_the_table_knows_every_rule_of_the_installed_harper():
    assert {rule.name for rule in rules()} == set(get_default_lint_config())


def test_what_runs_by_default_was_right_more_often_than_wrong_and_has_a_trigger():
    for rule in rules():
        if rule.group == "default":
            assert rule.triggers
            assert rule.hits + rule.right >= (rule.hits + rule.alarms) / 2, rule.name


def test_a_match_has_what_a_finding_needs():
    text = "🎉 We can might be able to."
    assert HARPER.check([Text(text)], "en")[0] == [
        Match(
            5,
            14,
            "can might",
            "DoubleModal",
            "Two modal verbs in a row are rarely grammatical; remove one.",
            ("can", "might"),
        )
    ]


def test_rules_are_selected_and_left_out_by_name_and_style_as_a_group():
    text = "We can might use a lot of equipments and so on..."
    assert said(text) == ["DoubleModal"]
    assert said(text, ignore=("harper:DoubleModal",)) == []
    assert "MassNouns" in said(text, select=("harper:MassNouns",))
    assert "UseEllipsisCharacter" in said(text, style=True)
    assert said(text, ignore=("languagetool:X",)) == ["DoubleModal"]


def test_texts_without_a_trigger_need_no_harper():
    assert HARPER.needs("We can might go.", "en")
    assert not HARPER.needs("The kettle boils.", "en")
    assert HARPER.speaks("en")
    assert not HARPER.speaks("de")


def test_nothing_that_harper_prints_is_seen(capfd):
    text = "We are looking forward to see it."
    assert said(text) == ["LookingForwardTo"]
    from harper import Linter

    Linter().lint(text)
    shown = capfd.readouterr()
    assert "gerund_form" in shown.out + shown.err  # by Harper itself; if not, drop the detour
    assert said(text) == ["LookingForwardTo"]
    shown = capfd.readouterr()
    assert shown.out + shown.err == ""


def test_the_version_tells_selections_apart_and_loads_nothing():
    script = (
        "import sys\n"
        "from contentlint.grammar import GrammarOptions\n"
        "from contentlint.grammar.harper import Harper\n"
        "a, b = Harper(GrammarOptions()), Harper(GrammarOptions(style=True))\n"
        "assert a.version() == a.version() != b.version()\n"
        "assert not a.needs('Tea.', 'en')\n"
        "assert 'harper' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-I", "-c", script], check=True)


def test_without_harper_the_user_is_told_what_to_do(monkeypatch):
    monkeypatch.setitem(sys.modules, "harper", None)
    with pytest.raises(EngineError, match=r"install harper-py, or set `engine`"):
        Harper(GrammarOptions()).check([Text("x")], "en")


def test_what_stands_beside_code():
    text = Text("You Widget, and then you go.", (Span(4, 10),))
    assert is_beside(text, 0, 3)
    assert is_beside(text, 12, 15)
    assert not is_beside(text, 21, 24)


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        ("harper:DoubleModal", None),
        ("harper:DoubleModel", "unknown rule of Harper `DoubleModel`; did you mean `DoubleModal`?"),
        ("DoubleModal", "write it as in `harper:ThenThan`"),
        ("vale:X", "write it as in `harper:ThenThan`"),
    ],
)
def test_names_of_rules_are_checked(name, complaint):
    found = engines.complain(name)
    assert found == complaint or (complaint and found.endswith(complaint))


WORDS = [
    "We ",
    "can ",
    "might ",
    "😀",
    "it's ",
    "its ",
    "\U0001f9ca ",
    "é ",
    "`x` ",
    "*is* ",
    "be ",
    "\n",
]


@example("it's \n`x` *is* be ")
@example("'We We \n`x` We '")
@given(st.lists(st.sampled_from(WORDS), max_size=25).map("".join))
def test_what_is_found_stands_at_its_place_in_the_source(text):
    document = Document(Source("post.md", text))
    document.checker = Checker(HARPER)
    for found in document.grammar:
        words = "".join(c for c in text[found.span.start : found.span.end] if c not in "*\n> ")
        assert words == "".join(found.match.text.split())


class Fake:
    """An engine that finds `bad`, and lies about it if told to."""

    name = "fake"

    def __init__(self, lie=0, fails=False, version="1"):
        self.asked = []
        self._version = version
        self.lie = lie
        self.fails = fails

    def version(self):
        return self._version

    def speaks(self, language):
        return language == "en"

    def needs(self, text, language):
        return "bad" in text

    def check(self, texts, language):
        if self.fails:
            raise EngineError("it is gone")
        self.asked += [text.text for text in texts]
        at = [text.text.find("bad") + self.lie for text in texts]
        return [[Match(start, start + 3, "bad", "BAD_WORD", "no", ("good",))] for start in at]

    def close(self):
        self.asked = []


def block(text, start=0):
    return Block("paragraph", text, (Piece(0, Span(start, start + len(text)), True),))


class Memory:
    """A store for one test."""

    def __init__(self):
        self.kept = {}

    def recall(self, kind, keys):
        assert kind == "grammar"
        return {key: self.kept[key] for key in keys if key in self.kept}

    def keep(self, kind, results):
        self.kept.update(results)


def test_the_checker_asks_once_for_what_may_have_something():
    engine = Fake()
    store = Memory()
    for _ in range(2):
        checker = Checker(engine, store)
        blocks = [block("a bad one", 10), block("fine"), block("a bad one", 40)]
        found = checker.check(blocks, "en")
        assert [(one.span, one.detail) for one in found] == [
            ((12, 15), "bad-word"),
            ((42, 45), "bad-word"),
        ]
        assert found[0].match == Match(2, 5, "bad", "BAD_WORD", "no", ("good",))
    assert engine.asked == ["a bad one"]
    assert checker.check([block("a bad one")], "de") == []
    Checker(Fake(version="2"), store).check([block("a bad one")], "en")
    assert len(store.kept) == 2


def test_a_match_that_is_not_what_stands_at_its_place_is_left_out_and_told():
    checker = Checker(Fake(lie=1))
    assert checker.check([block("a bad one")], "en", "post.md") == []
    assert checker.dropped == [
        "post.md: fake:BAD_WORD is left out: it has read 'bad' where 'ad ' stands"
    ]
    assert Checker(Fake(lie=90)).check([block("a bad one")], "en") == []


def test_languages_that_an_engine_does_not_speak_are_told_in_a_line():
    checker = Checker(Fake())
    assert checker.without({"en": 3}) == []
    (line,) = checker.without({"en": 3, "fr": 2, "und": 1})
    assert line == (
        "grammar is not checked in 2 posts in `fr`, 1 post in an unknown language, which fake does "
        "not speak"
    )


def test_an_engine_that_fails_is_told_of_once():
    checker = Checker(Fake(fails=True))
    for _ in range(3):
        assert checker.check([block("a bad one")], "en") == []
    assert checker.complaints == ["grammar is not checked: it is gone"]
