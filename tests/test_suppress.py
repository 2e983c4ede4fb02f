"""What switches rules off: where it holds, for which rules, in which kinds of comment.

In these posts each word ON or OFF tells whether `typos/misspelling` is on where it stands.
"""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contentlint import directives
from contentlint.document import Document
from contentlint.records import load
from contentlint.suppress import Coverage, Policy
from contentlint.text import Source

TODAY = date(2026, 11, 30)
ANYTHING = Policy(allow_all=True, require_reason=False, today=TODAY)


def read(text: str, name: str = "post.md") -> tuple[directives.Directive, ...]:
    return directives.read(Document(Source(name, text)))


def is_off(text: str, rule: str, offset: int, name: str = "post.md", policy=ANYTHING) -> bool:
    return Coverage(read(text, name), policy).covering(rule, offset) is not None


def check(text: str, name: str = "post.md") -> None:
    """Assert that the rule is on and off where the words of the post say so."""
    words = list(re.finditer(r"\b(ON|OFF)\b", text))
    assert words
    coverage = Coverage(read(text, name), ANYTHING)
    by = [coverage.covering("typos/misspelling", word.start()) for word in words]
    said = ["ON" if one is None else "OFF" for one in by]
    assert said == [word[0] for word in words], text


@pytest.mark.parametrize(
    "text",
    [
        "ON\n<!-- contentlint-disable-next-line -->\nOFF and OFF\nON\n",
        "<!-- contentlint-disable-next-line -->\n\n \n\t\nOFF\nON\n",
        "<!-- contentlint-disable-next-line --> ON\nOFF",
        "<!-- contentlint-disable-next-line -->\n<!-- contentlint-disable-next-line -->\nOFF\nON\n",
        "<!--\ncontentlint-disable-next-line\n-->\nOFF\nON\n",
    ],
)
def test_disable_next_line_is_for_the_next_line_that_is_not_blank(text):
    check(text)


def test_disable_line_is_for_the_line_of_the_comment():
    check("ON\nOFF <!-- contentlint-disable-line --> OFF\nON\n")


def test_disable_file_is_for_all_of_it():
    check("OFF\n\n<!-- contentlint-disable-file -->\n\nOFF\n")
    check("OFF\n<!-- contentlint-disable-file --> <!-- contentlint-enable -->\nOFF\n")


def test_disable_holds_until_enable_or_the_end():
    check("ON <!-- contentlint-disable --> OFF\n\nOFF <!-- contentlint-enable --> ON\n")
    check("ON\n\n<!-- contentlint-disable -->\n\nOFF")


def test_of_several_switches_the_last_before_a_place_decides():
    check(
        "<!-- contentlint-disable typos, links --> OFF\n<!-- contentlint-enable links --> OFF\n"
        "<!-- contentlint-enable typos --> ON\n<!-- contentlint-disable -->OFF\n"
        "<!-- contentlint-enable typos/misspelling --> ON\n<!-- contentlint-disable -->OFF\n"
    )


def test_a_line_that_is_switched_off_stays_off_after_enable():
    check("OFF <!-- contentlint-disable-line --> <!-- contentlint-enable --> OFF\nON\n")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_end_in_any_way(newline):
    text = "ON\n<!-- contentlint-disable-next-line -->\n\nOFF\nON\n\nOFF<!-- contentlint-disable-line -->\nON"
    check(text.replace("\n", newline))


def test_a_line_reaches_from_its_first_character_to_the_line_end():
    before, line = "word\n", "<!-- contentlint-disable-line -->"
    text = f"{before}{line}\nword"
    covered = [o for o in range(60) if is_off(text, "typos/misspelling", o)]
    assert covered == list(range(len(before), len(before + line) + 1))


def test_a_finding_at_the_very_end_is_covered():
    text = "<!-- contentlint-disable-next-line -->\nword"
    assert is_off(text, "typos/misspelling", len(text))


# ---- which rules -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("", {"typos/misspelling", "links/broken", "links/anchor"}),
        (": a reason", {"typos/misspelling", "links/broken", "links/anchor"}),
        (" links", {"links/broken", "links/anchor"}),
        (" links/broken", {"links/broken"}),
        (" links/broken, typos", {"links/broken", "typos/misspelling"}),
        (" links/broken typos: a reason, links/anchor", {"links/broken", "typos/misspelling"}),
        (",links/broken ,, ", {"links/broken"}),
        (" Links/Broken", {"links/broken"}),
        (" no-such-rule", set()),
        (" link", set()),
        (" broken", set()),
        (" *", {"typos/misspelling", "links/broken", "links/anchor"}),
        (" links, *: a reason", {"typos/misspelling", "links/broken", "links/anchor"}),
        ("\n  links/broken\n  typos\n", {"links/broken", "typos/misspelling"}),
        (" links until 2999-01-01", {"links/broken", "links/anchor"}),
        (" links until 2026-11-30: a reason", {"links/broken", "links/anchor"}),
        (" links until some day", {"links/broken", "links/anchor"}),
        (" links until 2026-11-29", set()),
        (" until 2999-01-01", {"typos/misspelling", "links/broken", "links/anchor"}),
        (" until 2026-11-29", set()),
    ],
)
def test_rules_and_concerns_are_named_before_the_colon(names, expected):
    text = f"<!-- contentlint-disable-line{names} -->"
    rules = ("typos/misspelling", "links/broken", "links/anchor")
    assert {rule for rule in rules if is_off(text, rule, 0)} == expected


def test_what_is_for_all_rules_has_no_effect_unless_it_is_allowed():
    strict = ANYTHING._replace(allow_all=False)
    for names, expected in (("", False), (" *", False), (" typos, *", False), (" typos", True)):
        text = f"<!-- contentlint-disable-line{names}: why -->"
        assert is_off(text, "typos/misspelling", 0, policy=strict) is expected


def test_what_is_for_all_rules_leaves_those_about_suppressions_on():
    assert not is_off("<!-- contentlint-disable-file * -->", "suppression/unused", 0)
    assert is_off("<!-- contentlint-disable-file suppression -->", "suppression/unused", 0)


@pytest.mark.parametrize(
    ("comment", "reason"),
    [
        ("<!-- contentlint-disable-file typos: its name -->", "its name"),
        ("<!-- contentlint-disable-file typos until 2027-01-01: see: there -->", "see: there"),
        ("<!-- contentlint-disable-file typos: -->", ""),
        ("<!-- contentlint-disable-file typos -->", ""),
        ("{{/* contentlint-disable-file typos: its name */}}", "its name"),
        ("{% comment %} contentlint-disable-file typos: why {% endcomment %}", "why"),
        ("---\n# contentlint-disable-file typos: its name\na: b\n---\n", "its name"),
        ('---\ncontentlint-disable: "typos: its name"\n---\n', "its name"),
        ("---\ncontentlint-disable:\n  - typos: its name\n---\n", "its name"),
        ("---\ncontentlint-disable:\n  typos: its name\n---\n", "its name"),
        ("---\ncontentlint-disable: [typos]\n---\n", ""),
        ('+++\ncontentlint-disable = ["typos: its name"]\n+++\n', "its name"),
        ('{"contentlint-disable": {"typos": "its name"}}\n', "its name"),
    ],
)
def test_the_reason_stands_after_the_colon(comment, reason):
    (found,) = read(comment)
    assert found.reason == reason
    assert [name.text for name in found.names] == ["typos"]
    head = comment[slice(*found.head)]
    assert head.removesuffix(" until 2027-01-01").endswith("typos")


@pytest.mark.parametrize(
    "comment",
    [
        "contentlint",
        "contentlint-",
        "contentlint-disabled",
        "contentlint-disable-lines",
        "contentlint-disable-nextline",
        "contentlint-disable_file",
        "contentlint disable-file",
        "see contentlint-disable-file",
        "CONTENTLINT-DISABLE",
    ],
)
def test_what_is_no_directive_switches_nothing_off(comment):
    check(f"ON <!-- {comment} --> ON\nON\n")


# ---- which comments ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "comment",
    [
        "<!--contentlint-disable-line typos-->",
        "<!--- contentlint-disable-line typos --->",
        "{{/* contentlint-disable-line typos: as in Hugo */}}",
        "{{- /* contentlint-disable-line typos */ -}}",
        "{% comment %}contentlint-disable-line typos: as in Liquid{% endcomment %}",
        "{%- comment -%} contentlint-disable-line typos {%- endcomment -%}",
        "{% # contentlint-disable-line typos: as in newer Liquid %}",
        "{{< comment >}} contentlint-disable-line typos {{< /comment >}}",
    ],
)
def test_comments_of_html_and_of_templates(comment):
    check(f"ON\n\nOFF {comment}\n\nON\n")


def test_comments_of_jinja_on_a_line_of_their_own():
    check("ON\n\n{# contentlint-disable-next-line typos: why #}\nOFF\n\nON\n")


def test_comments_of_mdx():
    check("ON\n\n{/* contentlint-disable-next-line typos: why */}\nOFF\n\nON\n", "post.mdx")


@pytest.mark.parametrize(
    "text",
    [
        "---\n# contentlint-disable-next-line typos: why\ntitle: OFF\nalt: ON\n---\nON\n",
        "---\ntitle: OFF  # contentlint-disable-line typos\nalt: ON\n---\nON\n",
        "---\n# contentlint-disable-file\ntags: OFF\n---\nOFF\n",
        "---\n#contentlint-disable\ntags: OFF\n---\nOFF\n",
        "---\ntitle: 'OFF'  # contentlint-disable-line typos\nalt: |\n  ON\n---\nON\n",
        "+++\n# contentlint-disable-next-line typos\ntitle = 'OFF'\nalt = 'ON'\n+++\nON\n",
    ],
)
def test_comments_of_front_matter(text):
    check(text)


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: OFF\ncontentlint-disable: typos\n---\nOFF\n",
        "---\ntitle: OFF\ncontentlint-disable: links, typos\n---\nOFF\n",
        "---\ntitle: OFF\ncontentlint-disable: [links, typos/misspelling]\n---\nOFF\n",
        "---\ncontentlint-disable:\n- links\n- 'typos: OFF'\ntitle: OFF\n---\nOFF\n",
        "---\ncontentlint-disable:\n- links: why\n- typos until 2999-01-01: it is OFF\n---\nOFF\n",
        "---\ncontentlint-disable:\n  links: why\n  typos: it is OFF\n---\nOFF\n",
        "---\ncontentlint-disable:\n  links: why\n  typos: true\n---\nOFF\n",
        "---\ncontentlint-disable: true\n---\nOFF\n",
        "---\ncontentlint-disable: '*'\n---\nOFF\n",
        "---\ncontentlint-disable: |\n  links\n  typos\n---\nOFF\n",
        "---\ncontentlint-disable: false\n---\nON\n",
        "---\ncontentlint-disable: []\n---\nON\n",
        "---\ncontentlint-disable:\n---\nON\n",
        "---\ncontentlint-disable: ''\n---\nON\n",
        "---\ncontentlint-disable: 7\n---\nON\n",
        "---\ncontentlint-disable: [typos until 2020-01-01]\n---\nON\n",
        "---\nextra:\n  contentlint-disable: typos\n---\nON\n",
        "+++\ntitle = 'OFF'\ncontentlint-disable = ['typos']\n+++\nOFF\n",
        "+++\ncontentlint-disable = 'typos'\n+++\nOFF\n",
        "+++\n[contentlint-disable]\ntypos = 'why'\n+++\nOFF\n",
        '{"title": "OFF", "contentlint-disable": ["links", "typos"]}\nOFF\n',
        '{"contentlint-disable": {"typos": "why"}}\nOFF\n',
    ],
)
def test_the_key_of_front_matter_is_for_the_whole_file(text):
    check(text)


@pytest.mark.parametrize(
    "text",
    [
        "A [link OFF <!-- contentlint-disable-line typos --> OFF](/there/) OFF\nON\n",
        "A **strong OFF <!-- contentlint-disable-line typos -->** OFF\nON\n",
        "# OFF <!-- contentlint-disable-line typos -->\n\nON\n",
        "OFF <!-- contentlint-disable-line typos --> OFF\n===\n\nON\n",
        "| ON | ON |\n|----|----|\n| OFF | OFF <!-- contentlint-disable-line typos --> |\n| ON | |\n",
        "- ON\n- OFF <!-- contentlint-disable-line typos -->\n- ON\n",
        "- ON\n  <!-- contentlint-disable-next-line typos -->\n- OFF\n- ON\n",
        "1. ON\n\n   <!-- contentlint-disable-next-line typos -->\n   OFF\n\n2. ON\n",
        "> ON\n> <!-- contentlint-disable-next-line typos -->\n> OFF\n> ON\n",
        "> <!-- contentlint-disable-next-line typos -->\n>\n> OFF\n>\n> ON\n",
        "> - <!-- contentlint-disable typos -->\n>   OFF\n>   <!-- contentlint-enable typos -->\n> - ON\n",
        "<div>\n<!-- contentlint-disable-next-line typos -->\n<p>OFF</p>\n<p>ON</p>\n</div>\n",
        "<p>OFF <!-- contentlint-disable-line typos --></p>\n\nON\n",
        "<table><tr><td>OFF<!-- contentlint-disable-line typos --></td></tr></table>\n\nON\n",
        "<!-- contentlint-disable-next-line typos -->\n![OFF](a.png 'OFF')\nON\n",
        "<!-- contentlint-disable-next-line typos -->\n[OFF]: /there/\n[ON]: /there/\n",
        "ON[^1]\n\n[^1]: OFF <!-- contentlint-disable-line typos -->\n\nON\n",
        "<!-- contentlint-disable-next-line typos -->\n```text OFF\n```\nON\n",
    ],
)
def test_comments_in_all_that_markdown_is_made_of(text):
    check(text)


@pytest.mark.parametrize(
    "text",
    [
        "<Tabs>\n  <Tab>ON</Tab>\n  {/* contentlint-disable-next-line typos */}\n  <Tab>OFF</Tab>\n</Tabs>\n",
        "<Tab>OFF {/* contentlint-disable-line typos: why */}</Tab>\n\nON\n",
        "- ON\n- OFF {/* contentlint-disable-line typos */}\n",
        "> {/* contentlint-disable-next-line typos */}\n> OFF\n> ON\n",
        "{/* contentlint-disable typos */}\n\nOFF\n\n{/* contentlint-enable typos */}\n\nON\n",
        "{/*\n  contentlint-disable-next-line\n  typos\n*/}\nOFF\nON\n",
        "{'contentlint-disable-file typos'} ON\n",
        "`{/* contentlint-disable-file typos */}` ON\n",
        "export const x = '{/* contentlint-disable-file typos */}'\n\nON\n",
    ],
)
def test_comments_between_and_inside_of_elements_of_jsx(text):
    check(text, "post.mdx")


@pytest.mark.parametrize(
    "text",
    [
        "- ON\n- OFF {% comment %} contentlint-disable-line typos {% endcomment %}\n",
        "> {% comment %} contentlint-disable-next-line typos {% endcomment %}\n> OFF\n> ON\n",
        "| ON |\n|--|\n| OFF {% comment %}contentlint-disable-line typos{% endcomment %} |\n",
        "{% comment %}\ncontentlint-disable-next-line typos\n{% endcomment %}\nOFF\nON\n",
    ],
)
def test_comments_of_liquid_anywhere(text):
    check(text)


@pytest.mark.parametrize(
    "text",
    [
        "`<!-- contentlint-disable-line -->` ON\n",
        "```\n<!-- contentlint-disable-next-line -->\nON\n```\n",
        "    <!-- contentlint-disable-next-line -->\n    ON\n",
        "# contentlint-disable-next-line\nON\n",
        "---\ntitle: a#contentlint-disable-line ON\n---\n",
        '{"title": "# contentlint-disable-line ON"}\n',
        "contentlint-disable-line ON\n",
        "---\ntitle: 'ON # contentlint-disable-line typos'\n---\n",
        "---\ntitle: |\n  # contentlint-disable-file typos\n  ON\n---\n",
        "+++\ntitle = 'ON # contentlint-disable-line typos'\n+++\n",
        "{/* contentlint-disable-file typos */} ON\n",
        "{% comment %}see contentlint-disable-file typos{% endcomment %} ON\n",
        "{% raw %}contentlint-disable-file typos{% endraw %} ON\n",
        "<div data-x='contentlint-disable-file typos'>ON</div>\n",
        "<!-- see <!-- contentlint-disable-file typos --> ON\n",
        "~~~\n{% comment %} contentlint-disable-file typos {% endcomment %}\n~~~\nON\n",
        "ON\n\n---\ncontentlint-disable: typos\n---\n",
    ],
)
def test_what_only_looks_like_a_comment_switches_nothing_off(text):
    check(text)


pieces = st.sampled_from(
    [
        *(
            "<!--",
            "-->",
            "{{/*",
            "*/}}",
            "{#",
            "#}",
            "{% comment %}",
            "{% endcomment %}",
            "{/*",
            "#",
        ),
        *(
            "contentlint-",
            "contentlint-disable",
            "disable",
            "enable",
            "-next-line",
            "-line",
            "-file",
            "typos",
            "/",
            ":",
            ",",
            "*",
            "[",
            "]",
            "'",
            "until",
            "2026-11-30",
        ),
        *(" ", "\n", "\r\n", "\r", "---\n", "+++\n", "title: x\n", "x", "\0", "\u2028", "é"),
    ]
)


@given(st.lists(pieces, max_size=30).map("".join), st.sampled_from(["post.md", "post.mdx"]))
def test_no_comment_makes_it_crash(text, name):
    found = read(text, name)
    coverage = Coverage(found, ANYTHING)
    covered = [coverage.covering("typos/misspelling", offset) for offset in range(len(text) + 1)]
    if not re.search("contentlint-disable", text):
        assert not any(covered)
    places = [name.span for one in found for name in one.names] + [one.head for one in found]
    places += [one.removal for one in found if one.removal]
    assert all(0 <= start <= end <= len(text) for start, end in places)
    kept = json.dumps([found])
    assert load(directives.Directives, kept.encode("utf-8", "surrogatepass")).all == found
