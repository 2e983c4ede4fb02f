"""Comments that switch rules off: where they hold, for which rules, in which kinds of comment.

In these posts each word ON or OFF tells whether `typos/misspelling` is on where it stands.
"""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contentlint.document import Document
from contentlint.suppress import Suppressions
from contentlint.text import Source


def suppressions(text: str, name: str = "post.md") -> Suppressions:
    return Suppressions.of(Document(Source(name, text)))


def check(text: str, name: str = "post.md") -> None:
    """Assert that the rule is on and off where the words of the post say so."""
    found = suppressions(text, name)
    words = list(re.finditer(r"\b(ON|OFF)\b", text))
    assert words
    said = ["OFF" if found.cover("typos/misspelling", word.start()) else "ON" for word in words]
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
    found = suppressions(f"{before}{line}\nword")
    covered = [o for o in range(60) if found.cover("typos/misspelling", o)]
    assert covered == list(range(len(before), len(before + line) + 1))


def test_a_finding_at_the_very_end_is_covered():
    text = "<!-- contentlint-disable-next-line -->\nword"
    assert suppressions(text).cover("typos/misspelling", len(text))


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
    ],
)
def test_rules_and_concerns_are_named_before_the_colon(names, expected):
    found = suppressions(f"<!-- contentlint-disable-line{names} -->")
    rules = ("typos/misspelling", "links/broken", "links/anchor")
    assert {rule for rule in rules if found.cover(rule, 0)} == expected


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
        "+++\n# contentlint-disable-next-line typos\ntitle = 'OFF'\nalt = 'ON'\n+++\nON\n",
    ],
)
def test_comments_of_front_matter(text):
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
            "disable",
            "enable",
            "-next-line",
            "-line",
            "-file",
            "typos",
            "/",
            ":",
            ",",
        ),
        *(" ", "\n", "\r\n", "\r", "---\n", "+++\n", "title: x\n", "x", "\0", "\u2028", "é"),
    ]
)


@given(st.lists(pieces, max_size=30).map("".join), st.sampled_from(["post.md", "post.mdx"]))
def test_no_comment_makes_it_crash(text, name):
    found = suppressions(text, name)
    covered = [found.cover("typos/misspelling", offset) for offset in range(len(text) + 1)]
    if not re.search("contentlint-disable", text):
        assert not any(covered)
