"""Suppressions that are unused, unknown, over, or for more than they may be for."""

from __future__ import annotations

import json

import pytest

from contentlint.plugins import bundled
from contentlint.testing import findings, flags, mend, silent

RULES = {rule.id: rule for rule in bundled()}
unused = RULES["suppression/unused"]
unknown_rule = RULES["suppression/unknown-rule"]
unknown_directive = RULES["suppression/unknown-directive"]
all_rules = RULES["suppression/all-rules"]
missing_reason = RULES["suppression/missing-reason"]
expired = RULES["suppression/expired"]
date = RULES["suppression/date"]

# ---- unused ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "post",
    [
        "<!-- ⟦contentlint-disable-file typos⟧ -->\n\nIt hums.\n",
        "It hums. <!-- ⟦contentlint-disable-line typos, links⟧: why -->\n",
        "It is teh end. <!-- contentlint-disable-line ⟦links⟧, typos, ⟦images⟧: why -->\n",
        "It is teh end.\n\n<!-- ⟦contentlint-disable typos⟧ -->\n\nIt hums.\n",
        "It is teh end. <!-- ⟦contentlint-disable-next-line typos⟧ -->",
        "It is teh end. <!-- contentlint-disable-line typos ⟦typos/repeated-word⟧ -->\n",
        # The inner one is enough.
        "<!-- ⟦contentlint-disable-file typos⟧ -->\n\nteh <!-- contentlint-disable-line typos -->\n",
        "<!-- ⟦contentlint-disable typos⟧ -->\n\n<!-- contentlint-disable typos -->\n\nteh\n",
        "<!-- ⟦contentlint-disable-next-line typos⟧ -->\nteh <!-- contentlint-disable-line typos -->\n",
        # There is nothing to end.
        "teh <!-- contentlint-disable-line typos -->\n\n<!-- ⟦contentlint-enable⟧ -->\n",
        "<!-- contentlint-disable typos -->teh<!-- contentlint-enable typos, ⟦links⟧ -->\n",
        "---\n# ⟦contentlint-disable-file typos⟧\ntitle: It hums\n---\n",
        "---\ntitle: It hums\ncontentlint-disable: ⟦typos⟧\n---\n",
        "---\ntitle: teh\ncontentlint-disable: [typos, '⟦links⟧: why']\n---\n",
        "---\ntitle: teh\ncontentlint-disable:\n  typos: why\n  ⟦links⟧: why\n---\n",
        '+++\ncontentlint-disable = ["⟦typos⟧"]\n+++\n',
        '{"contentlint-disable": ["⟦typos until 2999-01-01⟧: why"]}\n',
    ],
)
def test_what_suppresses_nothing_is_unused(post):
    flags(unused, post)


@pytest.mark.parametrize(
    "post",
    [
        "It is teh the the end. <!-- contentlint-disable-line typos -->\n",
        "[a](gone.md) <!-- contentlint-disable-line links: a rule about the whole blog -->\n",
        "---\ntitle: teh\ncontentlint-disable: [typos]\n---\n",
        "<!-- contentlint-disable typos -->teh<!-- contentlint-enable -->\n",
        "<!-- contentlint-disable typos -->teh<!-- contentlint-enable typos/misspelling -->\n",
        "<!-- contentlint-disable typos/misspelling -->teh<!-- contentlint-enable typos -->\n",
        # Other rules tell of these.
        "It hums. <!-- contentlint-disable-line typo -->\n",
        "It hums. <!-- contentlint-disable-line typos until 2020-01-01 -->\n",
        "<!-- contentlint-disable -->\n\n<!-- contentlint-enable -->\n",
        "It hums. <!-- contentlint-disables-line typos -->\n",
        # These suppress what is told of suppressions.
        "<!-- contentlint-disable-file suppression -->\n\n<!-- contentlint-disable-file typos -->\n",
        "<!-- contentlint-disable-line typos, suppression/unused: it comes and goes -->\n",
        # Off by default.
        "It hums. <!-- contentlint-disable-line images/size -->\n",
    ],
)
def test_what_is_used_or_cannot_be(post):
    silent(unused, post)


def test_a_suppression_of_all_rules_is_unused_too():
    allowed = {"suppressions": {"allow-all": True}}
    flags(unused, "It hums. <!-- ⟦contentlint-disable-line⟧ -->\n", settings=allowed)
    silent(unused, "It is teh end. <!-- contentlint-disable-line * -->\n", settings=allowed)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("One.\n\n<!-- contentlint-disable-file typos -->\n\nTwo.\n", "One.\n\nTwo.\n"),
        ("One.\n\n<!-- contentlint-disable-next-line typos -->\nTwo.\n", "One.\n\nTwo.\n"),
        ("<!-- contentlint-disable-file typos -->\nTwo.\n", "Two.\n"),
        ("One.\n<!--\n contentlint-disable-file typos\n-->", "One.\n"),
        ("One. <!-- contentlint-disable-line typos -->\nTwo.\n", "One.\nTwo.\n"),
        ("One. <!-- contentlint-disable-line typos --> Two.\n", "One. Two.\n"),
        ("One<!-- contentlint-disable-line typos -->, two.\n", "One, two.\n"),
        ("[One <!-- contentlint-disable-line typos -->](#a)\n", "[One](#a)\n"),
        ("| One <!-- contentlint-disable-line typos --> |\n|--|\n", "| One |\n|--|\n"),
        ("{% comment %} contentlint-disable-file typos {% endcomment %}\n\nOne.\n", "One.\n"),
        ("{# contentlint-disable-next-line typos #}\nOne.\n", "One.\n"),
        ("One. {% comment %} contentlint-disable-line typos {% endcomment %}\n", "One.\n"),
        (
            "teh <!-- contentlint-disable-line typos, links: why -->\n",
            "teh <!-- contentlint-disable-line typos: why -->\n",
        ),
        (
            "teh <!-- contentlint-disable-line links,typos until 2999-01-01 -->\n",
            "teh <!-- contentlint-disable-line typos until 2999-01-01 -->\n",
        ),
        (
            "teh <!-- contentlint-disable-line links, typos, images -->\n",
            "teh <!-- contentlint-disable-line typos -->\n",
        ),
        ("---\na: b\n# contentlint-disable-file typos\nc: d\n---\n", "---\na: b\nc: d\n---\n"),
        ("---\na: b  # contentlint-disable-line typos\nc: d\n---\n", "---\na: b\nc: d\n---\n"),
        ("---\na: b\ncontentlint-disable: typos\nc: d\n---\n", "---\na: b\nc: d\n---\n"),
        ("---\ncontentlint-disable:\n- typos\n---\n", "---\n---\n"),
        (
            "---\ntitle: teh\ncontentlint-disable: [links, typos]\n---\n",
            "---\ntitle: teh\ncontentlint-disable: [typos]\n---\n",
        ),
        (
            "---\ntitle: teh\ncontentlint-disable: [typos, 'links']\n---\n",
            "---\ntitle: teh\ncontentlint-disable: [typos]\n---\n",
        ),
        (
            "---\ntitle: teh\ncontentlint-disable:\n  - links: why\n  - typos: why\n---\n",
            "---\ntitle: teh\ncontentlint-disable:\n  - typos: why\n---\n",
        ),
        (
            "---\ntitle: teh\ncontentlint-disable:\n  typos: why\n  links: why\na: b\n---\n",
            "---\ntitle: teh\ncontentlint-disable:\n  typos: why\na: b\n---\n",
        ),
        ("+++\na = 1\ncontentlint-disable = [\n  'typos',\n]\n+++\n", "+++\na = 1\n+++\n"),
        (
            '{"contentlint-disable": ["links", "typos"], "title": "teh"}\n',
            '{"contentlint-disable": ["typos"], "title": "teh"}\n',
        ),
        ('{"title": "It", "contentlint-disable": ["links"]}\n', '{"title": "It"}\n'),
        ('{"contentlint-disable": "links", "title": "It"}\n', '{"title": "It"}\n'),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_it_is_taken_out(before, after, newline):
    before, after = before.replace("\n", newline), after.replace("\n", newline)
    found = findings(unused, before)
    assert mend(before, found) == after
    assert all(finding.fix and finding.fix.safe for finding in found)


@pytest.mark.parametrize(
    "post",
    [
        # Without the comment these would be one paragraph, or one list.
        "One.\n<!-- contentlint-disable-file typos -->\nTwo.\n",
        "- One.\n<!-- contentlint-disable-file typos -->\n- Two.\n",
        "- <!-- contentlint-disable-line typos --> One.\n",
        "<!-- contentlint-disable-line typos --> # One\n",
    ],
)
def test_where_a_comment_keeps_blocks_apart_an_eye_is_needed(post):
    (finding,) = findings(unused, post)
    assert finding.fix
    assert not finding.fix.safe


def test_comments_between_items_are_not_lost():
    post = "---\ntitle: teh\ncontentlint-disable:\n  - links # why\n  - typos\n---\n"
    (finding,) = findings(unused, post)
    assert finding.fix is None


# ---- what has run ------------------------------------------------------------------------------


@pytest.fixture
def rules_told(tmp_path, monkeypatch, contentlint):
    """Runs contentlint on one post, and tells `line rule` of each finding about suppressions."""
    monkeypatch.chdir(tmp_path)

    def run(post: str, *arguments: str, settings: str = "") -> list[str]:
        (tmp_path / "post.md").write_text(post, encoding="utf-8")
        (tmp_path / "contentlint.toml").write_text(settings)
        _, out, _ = contentlint("--output-format", "json", *arguments)
        found = json.loads(out)["findings"]
        return [f"{f['line']} {f['rule']}" for f in found if f["rule"].startswith("suppression/")]

    return run


UNUSED = "It hums. <!-- contentlint-disable-line {} -->\n"


@pytest.mark.parametrize(
    ("name", "arguments", "settings", "is_told"),
    [
        ("typos", (), "", True),
        ("typos", ("--select", "suppression,typos"), "", True),
        ("typos", ("--select", "suppression,typos/misspelling"), "", False),
        ("typos/misspelling", ("--select", "suppression,typos/misspelling"), "", True),
        ("links", ("--select", "suppression,typos"), "", False),
        ("links/broken", ("--select", "suppression,typos"), "", False),
        ("typos", ("--select", "typos"), "", False),
        ("typos", ("--ignore", "suppression/unused"), "", False),
        ("typos", ("--ignore", "typos/repeated-word"), "", False),
        ("typos/misspelling", (), 'ignore = ["typos"]\n', False),
        ("links/broken", (), '[[overrides]]\nfiles = ["*.md"]\nignore = ["links"]\n', False),
        ("links", (), '[[overrides]]\nfiles = ["*.md"]\nignore = ["links/broken"]\n', False),
        ("links", (), '[[overrides]]\nfiles = ["other.md"]\nignore = ["links"]\n', True),
        ("images/size", (), "", False),
        ("images/size", ("--extend-select", "images/size"), "", True),
        ("grammar", (), "", True),
        ("grammar/double-modal", (), "", True),
        ("grammar", (), '[grammar]\nengine = "off"\n', False),
        ("grammar/double-modal", (), '[grammar]\nengine = "off"\n', False),
        ("grammar/double-modal", ("--ignore", "grammar/double-modal"), "", False),
        ("*", (), "[suppressions]\nallow-all = true\n", True),
        ("*", ("--ignore", "images"), "[suppressions]\nallow-all = true\n", False),
    ],
)
def test_what_was_not_looked_for_is_not_unused(rules_told, name, arguments, settings, is_told):
    told = rules_told(UNUSED.format(name), *arguments, settings=settings)
    assert told == (["1 suppression/unused"] if is_told else [])


def test_after_trouble_nothing_is_called_unused(rules_told, tmp_path, monkeypatch):
    (tmp_path / "other.md").symlink_to(tmp_path / "gone.md")
    assert rules_told(UNUSED.format("typos"), "other.md", "post.md") == []


def test_what_is_off_by_the_fourth_rule_of_the_concern_is_still_used(rules_told):
    post = "It is teh end. <!-- contentlint-disable-line typos -->\n"
    assert rules_told(post, "--select", "suppression,typos") == []
    assert rules_told(post, "--select", "suppression,typos/repeated-word") == []


def test_the_same_is_told_from_the_cache(rules_told, tmp_path):
    (tmp_path / "other.md").write_text("It hums, too. <!-- contentlint-disable-line links -->\n")
    for post in ("teh <!-- contentlint-disable-line typos -->\n", UNUSED.format("typos")):
        first = rules_told(post)
        assert first == rules_told(post) == rules_told(post, "--no-cache")
    assert first == ["1 suppression/unused"] * 2
    assert rules_told(UNUSED.format("typos"), "post.md") == ["1 suppression/unused"]


# ---- the others --------------------------------------------------------------------------------


def test_the_nearest_rule_is_suggested():
    post = "<!-- contentlint-disable-file ⟦link/broken⟧, ⟦xyz⟧: why -->\n"
    near, strange = flags(unknown_rule, post)
    assert near.message == "there is no rule `link/broken`; did you mean `links/broken`?"
    assert near.suggestions == ("links/broken",)
    assert strange.message == "there is no rule `xyz`"
    assert mend("<!-- contentlint-disable-file link/broken, xyz: why -->\n", [near, strange]) == (
        "<!-- contentlint-disable-file links/broken: why -->\n"
    )


@pytest.mark.parametrize(
    "post",
    [
        "<!-- contentlint-disable-file grammar/whatever-an-engine-has -->\n",
        "<!-- contentlint-disable-file Links: case does not matter -->\n",
        "<!-- contentlint-disable-file * -->\n",
        "---\ncontentlint-disable: [links, typos/misspelling]\n---\n",
    ],
)
def test_known_rules(post):
    silent(unknown_rule, post)


@pytest.mark.parametrize(
    "post",
    [
        "---\ncontentlint-disable: [links, ⟦typo⟧]\n---\n",
        "---\ncontentlint-disable: [links, ⟦7⟧]\n---\n",
        "---\n# contentlint-disable-file ⟦typo⟧\na: b\n---\n",
        "{# contentlint-disable-file ⟦typo⟧ #}\n",
    ],
)
def test_unknown_rules_everywhere(post):
    flags(unknown_rule, post)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("disable-nextline", "disable-next-line"),
        ("disable_file", "disable-file"),
        ("disabel", "disable"),
        ("disable-lines", "disable-line"),
        ("off", ""),
    ],
)
def test_a_slip_in_the_directive(written, meant):
    post = f"It hums. <!-- ⟦contentlint-{written}⟧ typos: why -->\n"
    (finding,) = flags(unknown_directive, post)
    assert finding.suggestions == ((f"contentlint-{meant}",) if meant else ())


@pytest.mark.parametrize(
    "post",
    [
        "<!-- see contentlint-off -->\n",
        "`<!-- contentlint-off -->`\n",
        "Say contentlint-off.\n",
        "<!-- contentlint-disable-file -->\n",
    ],
)
def test_what_does_not_begin_like_a_directive(post):
    silent(unknown_directive, post)


@pytest.mark.parametrize(
    "post",
    [
        "<!-- ⟦contentlint-disable⟧ -->\n",
        "<!-- ⟦contentlint-disable-file *⟧: why -->\n",
        "<!-- ⟦contentlint-disable-line typos, *⟧: why -->\n",
        "<!-- ⟦contentlint-disable-line until 2999-01-01⟧: why -->\n",
        "---\n# ⟦contentlint-disable-file⟧\ncontentlint-disable: ⟦true⟧\n---\n",
    ],
)
def test_all_rules_at_once(post):
    flags(all_rules, post)
    bare = post.replace("⟦", "").replace("⟧", "")
    silent(all_rules, bare, settings={"suppressions": {"allow-all": True}})


def test_to_end_all_is_no_suppression_of_all():
    silent(all_rules, "<!-- contentlint-disable typos -->\n\nteh\n\n<!-- contentlint-enable -->\n")


def test_a_reason_is_asked_for_only_if_the_configuration_says_so():
    posts = [
        "---\ncontentlint-disable: [⟦typos⟧, 'links: why']\n---\n",
        "---\n# ⟦contentlint-disable-file typos⟧\na: b\n---\n",
        "<!-- ⟦contentlint-disable-file typos⟧: -->\n\n<!-- contentlint-enable -->\n",
    ]
    for post in posts:
        flags(missing_reason, post, settings={"suppressions": {"require-reason": True}})
        silent(missing_reason, post.replace("⟦", "").replace("⟧", ""))


def test_what_was_suppressed_until_yesterday_is_reported_again(rules_told, contentlint):
    post = "teh <!-- contentlint-disable-line typos until {}: why -->\n"
    assert rules_told(post.format("2020-02-28")) == ["1 suppression/expired"]
    out = contentlint()[1]
    assert out.startswith("post.md:1:1: error typos/misspelling ")
    assert rules_told(post.format("2999-02-28")) == []
    assert contentlint()[1] == ""


@pytest.mark.parametrize("day", ["2026-02-30", "26-02-03", "20260203", "2026-W01-1", "tomorrow"])
def test_what_is_no_day_suppresses_for_ever(rules_told, day):
    post = f"teh <!-- contentlint-disable-line typos until {day}: why -->\n"
    assert rules_told(post) == ["1 suppression/date"]
    flags(date, post.replace(f"until {day}", f"⟦until {day}⟧"))


def test_a_colon_belongs_to_the_reason():
    silent(expired, "<!-- contentlint-disable-line typos: until 2020-01-01 -->\n")
    silent(date, "<!-- contentlint-disable-line typos: until then -->\n")


# ---- as for any rule ---------------------------------------------------------------------------


def test_severity_and_suppression_hold_for_them_as_for_any_rule(rules_told, contentlint):
    assert rules_told(UNUSED.format("typos"), settings='severity = { suppression = "info" }\n')
    assert contentlint()[0] == 0
    assert rules_told(UNUSED.format("typos"), settings='ignore = ["suppression/unused"]\n') == []
    post = "It hums. <!-- contentlint-disable-line typos, suppression/unused: why -->\n"
    assert rules_told(post) == []


@pytest.mark.parametrize(
    "front", ["title: It\ncontentlint-disable: [typos]", "title: It\ncontentlint-disable:"]
)
def test_the_key_is_no_part_of_what_a_schema_is_for(front):
    closed = '{"additionalProperties": false, "properties": {"title": {}}, "maxProperties": 1}'
    silent(
        RULES["front-matter/schema"],
        f"---\n{front}\n---\n\nteh\n",
        files={"schema.json": closed},
        settings={"schemas": [{"schema": "schema.json"}]},
    )


def test_a_slip_in_the_key_is_told():
    flags(RULES["front-matter/misspelt-key"], "---\n⟦contentlint-disabel⟧: typos\n---\n")
