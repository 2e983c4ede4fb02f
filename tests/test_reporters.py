"""Reports: what each format writes, and what of a post may reach a terminal."""

from __future__ import annotations

import io
import json
import os
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from contentlint import reporters
from contentlint.engine import Result
from contentlint.finding import Edit, Finding, Fix
from contentlint.reporters import printable
from contentlint.text import Source, Span

RED, DIM, BOLD, END = "\033[31m", "\033[2m", "\033[1m", "\033[0m"


def result(text: str, *words: str, path: str = "post.md", **details) -> Result:
    """A result with a finding at each of some words of a post."""
    source = Source(path, text)
    findings: list[Finding] = []
    for word in words:
        span = Span(text.index(word), text.index(word) + len(word))
        place = (*source.position(span.start), *source.position(span.end))
        known = {
            "rule": "typos/misspelling",
            "severity": "error",
            "message": f"`{word}` is misspelt",
            "suggestions": (),
            "fix": None,
            "identity": ("typos/misspelling", "post.md", word, 0),
        }
        findings.append(Finding(path, *place, **{**known, **details}, span=span))
    return Result(findings, [], {path: source}, 1, 0)


def report(name: str, found: Result) -> str:
    stream = io.StringIO()
    reporters.load(name)(found, stream)
    return stream.getvalue()


def test_there_is_a_format_for_each_module():
    assert reporters.names() == ["concise", "json", "text"]


@pytest.mark.parametrize("name", reporters.names())
def test_every_format_takes_an_empty_result(name):
    report(name, Result([], [], {}, 0, 0))


# ---- concise, and text in a file ---------------------------------------------------------------


@pytest.mark.parametrize("name", ["concise", "text"])
def test_without_a_terminal_a_finding_is_one_line_as_compilers_write_it(name):
    assert report(name, result("The teh.\nIt adn.", "teh", "adn")) == (
        "post.md:1:5: error typos/misspelling `teh` is misspelt\n"
        "post.md:2:4: error typos/misspelling `adn` is misspelt\n"
    )


def test_a_reason_stands_below_its_finding_and_in_no_other_line():
    found = result("The teh.\n", "teh", reason="not in\x1b[31m the dictionary")
    line = "post.md:1:5: error typos/misspelling `teh` is misspelt\n"
    assert (
        report("text", found)
        == f"{line}  why: not in\N{REPLACEMENT CHARACTER}[31m the dictionary\n"
    )
    assert report("concise", found) == line
    assert json.loads(report("json", found))["findings"][0]["reason"] == found.findings[0].reason


# ---- text on a terminal ------------------------------------------------------------------------


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture(autouse=True)
def _plain(monkeypatch):
    """Whatever terminal the tests run in, they say themselves what it is like."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")


def show(found: Result) -> str:
    terminal = Terminal()
    reporters.load("text")(found, terminal)
    return terminal.getvalue()


def excerpt(text: str, word: str) -> list[str]:
    """The two lines below a finding, without colours."""
    shown = re.sub(r"\033\[\d*m", "", show(result(text, word)))
    return shown.splitlines()[1:]


def test_on_a_terminal_there_are_colours_and_the_words_in_question():
    assert show(result("One.\n\nThe teh of it.", "teh")) == (
        f"{BOLD}post.md:3:5{END}: {RED}error{END} {DIM}typos/misspelling{END} `teh` is misspelt\n"
        "  3 | The teh of it.\n"
        f"    |     {RED}^^^{END}\n"
    )


@pytest.mark.parametrize(("severity", "colour"), [("error", 31), ("warning", 33), ("info", 36)])
def test_each_severity_has_its_colour(severity, colour):
    assert f"\033[{colour}m{severity}{END}" in show(result("teh", "teh", severity=severity))


@pytest.mark.parametrize(("variable", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_colours_can_be_switched_off_and_the_excerpt_stays(monkeypatch, variable, value):
    monkeypatch.setenv(variable, value)
    assert show(result("The teh.", "teh")) == (
        "post.md:1:5: error typos/misspelling `teh` is misspelt\n  1 | The teh.\n    |     ^^^\n"
    )


# For a terminal: the text, the words in question, and how the excerpt must look. The marks are
# right if they stand below the words on a screen with a fixed-width font.
@pytest.mark.parametrize(
    ("text", "word", "shown"),
    [
        ("The teh.", "teh", ["  1 | The teh.", "    |     ^^^"]),
        ("a\tb\tteh", "teh", ["  1 | a b teh", "    |     ^^^"]),
        ("漢字 teh", "teh", ["  1 | 漢字 teh", "    |      ^^^"]),
        ("so 漢字", "漢字", ["  1 | so 漢字", "    |    ^^^^"]),
        ("e\u0301 teh", "teh", ["  1 | e\u0301 teh", "    |   ^^^"]),
        ("😀 teh", "teh", ["  1 | 😀 teh", "    |    ^^^"]),
        ("👩🏽\u200d🚀 teh", "teh", ["  1 | 👩🏽\u200d🚀 teh", "    |    ^^^"]),
        ("✔\ufe0f teh", "teh", ["  1 | ✔\ufe0f teh", "    |    ^^^"]),
        ("🇩🇪 teh", "teh", ["  1 | 🇩🇪 teh", "    |    ^^^"]),
        ("\u200bteh", "teh", ["  1 | \u200bteh", "    | ^^^"]),
        ("\u1112\u1161\u11ab teh", "teh", ["  1 | \u1112\u1161\u11ab teh", "    |    ^^^"]),
        ("\x1b[31m teh", "teh", ["  1 | \ufffd[31m teh", "    |       ^^^"]),
        ("\ufeffteh", "teh", ["  1 | teh", "    | ^^^"]),
        ("a\nb\r\nc teh\r\n", "teh", ["  3 | c teh", "    |   ^^^"]),
        ("a\u2028b teh", "teh", ["  1 | a\ufffdb teh", "    |     ^^^"]),
        ("one two\nthree", "two\nthree", ["  1 | one two", "    |     ^^^"]),
        ("teh", "", ["  1 | teh", "    | ^"]),
        ("a\n" * 120 + "teh", "teh", ["  121 | teh", "      | ^^^"]),
    ],
)
def test_the_marks_stand_below_the_words(text, word, shown):
    assert [line.rstrip() for line in excerpt(text, word)] == shown


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("word " * 50 + "teh " + "word " * 50, "teh"),
        ("漢字" * 100 + "teh" + "漢字" * 100, "teh"),
        ("x" * 5_000 + " teh", "teh"),
        ("teh " + "x" * 5_000, "teh"),
        ("one " + "y" * 300 + " two", "y" * 300),
    ],
)
def test_of_a_long_line_what_fits_is_shown(text, word):
    line, marks = excerpt(text, word)
    assert columns(line) <= 80
    assert line.startswith("  1 | …") == (text.index(word) > 70)
    assert line.endswith("…") == (len(text) - text.index(word) > 50)
    start = len(marks) - len(marks.lstrip(" |"))
    assert columns(line[: line.index(word[:3])]) == start
    assert marks.count("^") in (len(word), columns(line) - start - 1)


def columns(line: str) -> int:
    """How wide a line of these tests is."""
    return sum(2 if character in "漢字" else 1 for character in line)


@pytest.mark.parametrize(("width", "expected"), [(120, 120), (50, 50), (10, 40), (0, 80)])
def test_the_excerpt_is_as_wide_as_the_terminal(monkeypatch, width, expected):
    monkeypatch.setattr(Terminal, "fileno", lambda self: 1)
    monkeypatch.setattr("os.get_terminal_size", lambda _: os.terminal_size((width, 24)))
    line, _ = excerpt("word " * 50 + "teh " + "word " * 50, "teh")
    assert len(line) in (expected - 1, expected)


# ---- safety ------------------------------------------------------------------------------------

DANGEROUS = [chr(code) for code in (*range(32), *range(127, 160), 0x202E, 0x2066, 0x2028, 0x200F)]


def test_what_a_terminal_would_obey_is_not_printable():
    for character in DANGEROUS:
        assert printable(f"a{character}b") == "a\ufffdb"
    harmless = "aä漢😀 e\u0301\u200d\u00a0"
    assert printable(harmless) == harmless


@given(st.text(), st.text(DANGEROUS, min_size=1), st.text())
def test_no_control_character_of_a_post_reaches_the_terminal(before, dangerous, after):
    text = f"{before} teh{dangerous}{after}"
    found = result(text, "teh", path=f"{dangerous}.md", message=f"{dangerous} is bad")
    for shown in (show(found), report("concise", found), report("json", found)):
        left = re.sub(r"\033\[\d*m", "", shown).replace("\n", "")  # our own
        assert not set(left) & set(DANGEROUS)
    assert report("concise", found).count("\n") == 1


# ---- json --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def validator(project):
    schema = json.loads((project / "schemas" / "output.schema.json").read_text())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


FIX = Fix((Edit(Span(4, 7), "the"), Edit(Span(8, 8), "é")), safe=False)


def test_json_has_everything_that_is_known_of_a_finding(validator):
    found = result("a\r\n\tteh 漢", "teh", suggestions=("the", "ten"), fix=FIX)
    written = json.loads(report("json", found._replace(suppressed=3, baselined=4)))
    validator.validate(written)
    assert written == {
        "version": 1,
        "findings": [
            {
                "path": "post.md",
                "line": 2,
                "column": 2,
                "end_line": 2,
                "end_column": 5,
                "rule": "typos/misspelling",
                "severity": "error",
                "message": "`teh` is misspelt",
                "suggestions": ["the", "ten"],
                "fix": {
                    "safe": False,
                    "edits": [
                        {"line": 2, "column": 2, "end_line": 2, "end_column": 5, "text": "the"},
                        {"line": 2, "column": 6, "end_line": 2, "end_column": 6, "text": "é"},
                    ],
                },
                "reason": None,
                "fingerprint": found.findings[0].fingerprint,
            }
        ],
        "summary": {
            "files": 1,
            "error": 1,
            "warning": 0,
            "info": 0,
            "suppressed": 3,
            "baselined": 4,
        },
    }


def test_json_is_the_same_in_every_locale_and_has_a_line_for_each_finding():
    written = report("json", result("The 漢字 and\nthe 😀", "漢字", "😀"))
    assert written.isascii()
    assert written.endswith("}\n")
    lines = written.splitlines()
    assert [line.count("fingerprint") for line in lines] == [0, 1, 1, 0]


def test_an_empty_report_is_valid(validator):
    validator.validate(json.loads(report("json", Result([], [], {}, 0, 0))))


def test_the_schema_documents_every_field(project):
    def check(schema, path):
        assert schema.get("description") or schema.get("$ref"), path
        for name, inner in schema.get("properties", {}).items():
            check(inner, f"{path}/{name}")
            assert name in schema["required"], f"{path}/{name}"
        if schema.get("properties"):
            assert schema["additionalProperties"] is False
        if "items" in schema:
            check(schema["items"], f"{path}/items")

    schema = json.loads((project / "schemas" / "output.schema.json").read_text())
    check(schema, "")
    for name, inner in schema["$defs"].items():
        check(inner, name)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("line", 0),
        ("column", 0),
        ("severity", "fatal"),
        ("rule", "typos"),
        ("suggestions", None),
        ("fix", {}),
        ("fingerprint", ""),
        ("extra", 1),
    ],
)
def test_the_schema_refuses_what_is_no_report(validator, field, value):
    written = json.loads(report("json", result("teh", "teh", fix=FIX)))
    written["findings"][0][field] = value
    assert not validator.is_valid(written)
