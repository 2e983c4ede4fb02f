"""Reports: what each format writes, and what of a post may reach a terminal."""

from __future__ import annotations

import html
import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.dom import minidom

import pyromark
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft4Validator, Draft202012Validator
from junitparser import Error, Failure, JUnitXml
from sarif_pydantic import Sarif

from contentlint import plugins, reporters
from contentlint.engine import Result
from contentlint.finding import Edit, Finding, Fix
from contentlint.reporters import github, markdown, printable
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


FORMATS = reporters.names()
FIX = Fix((Edit(Span(4, 7), "the"), Edit(Span(8, 8), "é")), safe=False)


def test_there_is_a_format_for_each_module():
    assert FORMATS == [
        "checkstyle", "concise", "github", "gitlab", "json", "jsonl", "junit", "markdown", "rdjson",
        "sarif", "text",
    ]  # fmt: skip


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_takes_an_empty_result(name):
    report(name, Result([], [], {}, 0, 0))


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_takes_a_rule_that_is_not_among_those_of_the_run(name):
    assert "vocabulary/unused" in report(name, result("teh", "teh", rule="vocabulary/unused"))


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_takes_a_file_that_has_gone_meanwhile(name):
    found = result("The\n\n teh", "teh", suggestions=("the",), fix=FIX)
    report(name, found._replace(sources={"post.md": Source("post.md", "")}))


@given(st.text(), st.text(), st.text())
def test_no_text_of_a_post_breaks_a_format(path, text, message):
    found = result(f"{text}teh", "teh", path=f"{path}.md", message=message, suggestions=(message,))
    shown = {name: report(name, found) for name in FORMATS}
    for name in ("json", "gitlab", "sarif", "rdjson"):
        json.loads(shown[name])
    for name in ("junit", "checkstyle"):
        minidom.parseString(shown[name])
    assert shown["jsonl"].count("\n") == shown["concise"].count("\n") == 1
    assert shown["github"].count("\n") == 1


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
    for shown in (show(found), *(report(name, found) for name in FORMATS)):
        left = re.sub(r"\033\[\d*m", "", shown).replace("\n", "")  # our own
        assert not set(left) & set(DANGEROUS)
    assert report("concise", found).count("\n") == 1


# ---- json --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def validator(project):
    schema = json.loads((project / "schemas" / "output.schema.json").read_text())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_json_has_everything_that_is_known_of_a_finding(validator):
    found = result("a\r\n\tteh 漢", "teh", suggestions=("the", "ten"), fix=FIX)
    written = json.loads(report("json", found._replace(suppressed=3, baselined=4, elsewhere=5)))
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
            "elsewhere": 5,
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


def test_jsonl_has_the_same_of_each_finding_and_nothing_else():
    found = result("a\r\n\tteh 漢 adn", "teh", "adn", suggestions=("the", "ten"), fix=FIX)
    lines = report("jsonl", found).splitlines()
    assert list(map(json.loads, lines)) == json.loads(report("json", found))["findings"]


# ---- paths, which services want from the root of the repository --------------------------------


@pytest.fixture
def in_docs(tmp_path, monkeypatch):
    """A folder in a repository, which is the working directory."""
    (tmp_path / "docs").mkdir()
    monkeypatch.chdir(tmp_path / "docs")
    for variable in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        monkeypatch.delenv(variable, raising=False)
    return tmp_path


def paths_in(found: Result) -> dict[str, str]:
    """Where the formats of services say that the only finding is."""
    sarif = json.loads(report("sarif", found))["runs"][0]
    (junit,) = JUnitXml.fromstring(report("junit", found).encode())
    (case,) = junit
    return {
        "github": re.search("file=(.*?),", report("github", found))[1],
        "gitlab": json.loads(report("gitlab", found))[0]["location"]["path"],
        "junit": case._elem.get("file"),
        "sarif": sarif["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
    }


@pytest.mark.parametrize("variable", ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"])
def test_paths_are_from_the_root_of_the_repository_if_the_ci_tells_it(
    in_docs, monkeypatch, variable
):
    assert set(paths_in(result("teh", "teh")).values()) == {"post.md"}
    monkeypatch.setenv(variable, str(in_docs))
    assert set(paths_in(result("teh", "teh")).values()) == {"docs/post.md"}
    outside = f"{in_docs.parent}/post.md"
    assert paths_in(result("teh", "teh", path=outside))["gitlab"] == outside
    monkeypatch.setenv(variable, str(in_docs / "elsewhere"))
    assert set(paths_in(result("teh", "teh")).values()) == {"post.md"}


# ---- GitHub ------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def _no_summary(monkeypatch):
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)


def test_a_workflow_command_says_where():
    assert report("github", result("The teh.", "teh", severity="warning")) == (
        "::warning title=typos/misspelling,file=post.md,line=1,endLine=1,col=5,endColumn=8"
        "::post.md:1:5: typos/misspelling `teh` is misspelt\n"
    )


def test_a_workflow_command_has_no_columns_over_several_lines():
    assert "line=1,endLine=2::" in report("github", result("one\ntwo", "one\ntwo"))


def unescaped(text: str) -> str:
    """As the runner reads what stands in a command."""
    for escaped, character in (
        ("%0D", "\r"),
        ("%0A", "\n"),
        ("%3A", ":"),
        ("%2C", ","),
        ("%25", "%"),
    ):
        text = text.replace(escaped, character)
    return text


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126)), st.text("\r\n%:,=3A0D2C a"))
def test_what_is_escaped_for_the_runner_is_what_it_reads(path, message):
    written = report("github", result("teh", "teh", path=f"a{path}.md", message=f"x{message}"))
    assert written.count("\n") == 1
    found = re.fullmatch(r"::error ([^:\r\n]*?)::([^\r\n]*)", written[:-1])
    properties = dict(one.split("=", 1) for one in found[1].split(","))
    assert unescaped(properties["file"]) == os.path.normpath(f"a{path}.md") or "//" in path
    data = unescaped(found[2])
    assert data == f"a{path}.md:1:1: typos/misspelling x{message}"


def several(**counts: int) -> Result:
    """A result with so many findings of each severity, one on a line."""
    source = Source("post.md", "teh\n" * sum(counts.values()))
    findings: list[Finding] = []
    for severity, count in counts.items():
        for _ in range(count):
            offset = 4 * len(findings)
            one = result("teh", "teh", severity=severity, message=f"{severity} {len(findings)}")
            line = len(findings) + 1
            findings.append(
                one.findings[0]._replace(line=line, end_line=line, span=Span(offset, offset + 3))
            )
    return Result(findings, [], {"post.md": source}, 1, 0)


def commands(found: Result) -> list[str]:
    return [line.split(" ")[0][2:] for line in report("github", found).splitlines()]


def test_the_worst_comes_first_and_what_has_no_room_is_counted(monkeypatch):
    assert commands(several(info=2, error=1, warning=10)) == [
        *["error"], *["warning"] * 10, *["notice"] * 2
    ]  # fmt: skip
    found = several(info=3, warning=11, error=14)
    assert commands(found) == ["notice", *["error"] * 14, *["warning"] * 11, *["notice"] * 3]
    told = report("github", found).splitlines()[0]
    assert told == "::notice title=contentlint::5 more in the log"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "summary.md")
    told = report("github", found).splitlines()[0]
    assert told == "::notice title=contentlint::5 more in the log and the job summary"


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [({"error": 10}, 0), ({"error": 11}, 1), ({"info": 10}, 0), ({"info": 11, "error": 12}, 4)],
)
def test_of_each_kind_ten_are_shown_and_the_notice_that_tells_it_is_one(counts, hidden):
    told = re.findall(r"::(\d+) more", report("github", several(**counts)))
    assert told == ([str(hidden)] if hidden else [])


def test_the_job_summary_has_all_findings_behind_what_was_there(tmp_path, monkeypatch):
    summary = tmp_path / "summary.md"
    summary.write_text("before\n")
    github.add_summary(several(error=11))
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    github.add_summary(several(error=10))
    assert summary.read_text() == "before\n"
    github.add_summary(several(error=11))
    assert summary.read_text() == f"before\n{report('markdown', several(error=11))}"


def test_the_job_summary_is_no_longer_than_github_takes(tmp_path, monkeypatch):
    summary = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    found = result("teh", "teh", message="long " * 200)
    github.add_summary(found._replace(findings=found.findings * 1_100))
    assert 900_000 < summary.stat().st_size < 2**20
    assert summary.read_text().endswith("\n\nand more, in the log\n")


# ---- GitLab ------------------------------------------------------------------------------------

# What GitLab demands: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
CODE_QUALITY = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string"},
            "check_name": {"type": "string"},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^(?!\\./)"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


@pytest.mark.parametrize(
    ("severity", "shown"), [("error", "major"), ("warning", "minor"), ("info", "info")]
)
def test_gitlab_gets_what_it_documents(severity, shown):
    found = result("The\nteh", "teh", severity=severity)
    written = json.loads(report("gitlab", found))
    Draft202012Validator(CODE_QUALITY).validate(written)
    assert written == [
        {
            "description": "`teh` is misspelt",
            "check_name": "typos/misspelling",
            "fingerprint": found.findings[0].fingerprint,
            "severity": shown,
            "location": {"path": "post.md", "lines": {"begin": 2, "end": 2}},
        }
    ]


# ---- SARIF -------------------------------------------------------------------------------------


def sarif(found: Result) -> dict:
    """The only run of a log, which a reader not of ours can read."""
    text = report("sarif", found)
    Sarif.model_validate_json(text)
    log = json.loads(text)
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    return run


def test_sarif_says_what_it_counts():
    run = sarif(result("teh", "teh"))
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["newlineSequences"] == ["\r\n", "\n", "\r"]
    assert run["tool"]["driver"]["name"] == "contentlint"


def test_sarif_has_a_result_for_each_finding():
    found = result("a\r\n😀 teh", "teh", suggestions=("the", "ten"), severity="info")
    at = {"startLine": 2, "startColumn": 3, "endLine": 2, "endColumn": 6}
    file = {"uri": "post.md", "uriBaseId": "%SRCROOT%"}

    def fix(text):
        replacement = {"deletedRegion": at, "insertedContent": {"text": text}}
        return {"artifactChanges": [{"artifactLocation": file, "replacements": [replacement]}]}

    assert sarif(found)["results"] == [
        {
            "ruleId": "typos/misspelling",
            "ruleIndex": 0,
            "level": "note",
            "message": {"text": "`teh` is misspelt"},
            "locations": [{"physicalLocation": {"artifactLocation": file, "region": at}}],
            "partialFingerprints": {"contentlint/v1": found.findings[0].fingerprint},
            "fixes": [fix("the"), fix("ten")],
        }
    ]


def test_the_edits_of_a_fix_belong_together_and_the_same_suggestion_is_not_made_twice():
    found = result("The teh.", "teh", suggestions=("the", "ten"), fix=FIX)
    fixes = sarif(found)["results"][0]["fixes"]
    assert [len(fix["artifactChanges"][0]["replacements"]) for fix in fixes] == [2, 1, 1]
    same = Fix((Edit(Span(4, 7), "the"),))
    found = result("The teh.", "teh", suggestions=("the", "ten"), fix=same)
    assert len(sarif(found)["results"][0]["fixes"]) == 2


def test_sarif_tells_of_the_rules_that_found_something():
    rules = list(plugins.bundled())
    found = result("teh adn", "teh", "adn")._replace(rules=rules)
    double_modal = result("teh", "teh", rule="grammar/double-modal").findings
    found = found._replace(findings=[*found.findings, *double_modal])
    run = sarif(found)
    spoken_for, own = run["tool"]["driver"]["rules"]
    assert [one["ruleIndex"] for one in run["results"]] == [1, 1, 0]
    rule = next(rule for rule in rules if rule.id == "typos/misspelling")
    assert own == {
        "id": rule.id,
        "shortDescription": {"text": "A misspelt word."},
        "fullDescription": {"text": " ".join(rule.docs.split("\n\n")[0].split())},
        "help": {"text": rule.docs, "markdown": rule.docs},
        "defaultConfiguration": {"level": "error"},
        "properties": {"tags": ["typos"]},
    }
    assert spoken_for["id"] == "grammar/double-modal"
    assert spoken_for["help"]["text"]


def test_paths_in_sarif_are_uris(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for path, uri in {
        "a b/für.md": "a%20b/f%C3%BCr.md",
        "100%#?.md": "100%25%23%3F.md",
        "c:d.md": "c%3Ad.md",
        "\udcff.md": "%FF.md",
    }.items():
        run = sarif(result("teh", "teh", path=path))
        (location,) = run["results"][0]["locations"]
        file = {"uri": uri, "uriBaseId": "%SRCROOT%"}
        assert location["physicalLocation"]["artifactLocation"] == file
        assert run["originalUriBaseIds"] == {"%SRCROOT%": {"uri": f"{tmp_path.as_uri()}/"}}
    path = tmp_path.parent / "other blog" / "post.md"
    (location,) = sarif(result("teh", "teh", path=str(path)))["results"][0]["locations"]
    assert location["physicalLocation"]["artifactLocation"] == {"uri": path.as_uri()}


def test_sarif_tells_what_the_tool_could_not_do():
    assert sarif(Result([], [], {}, 0, 0))["invocations"] == [
        {"executionSuccessful": True, "toolExecutionNotifications": []}
    ]
    assert sarif(Result([], ["a.md: cannot be read"], {}, 0, 0))["invocations"] == [
        {
            "executionSuccessful": False,
            "toolExecutionNotifications": [
                {"level": "error", "message": {"text": "a.md: cannot be read"}}
            ],
        }
    ]


# ---- JUnit and Checkstyle ----------------------------------------------------------------------


def test_junit_has_a_suite_for_each_file_and_a_test_for_each_finding():
    found = result("teh adn", "teh", "adn", message="misspelt")
    found.findings[1] = found.findings[1]._replace(severity="info")
    clean = Source("fine.md", "")
    xml = JUnitXml.fromstring(
        report("junit", found._replace(sources={**found.sources, "fine.md": clean})).encode()
    )
    fine, post = xml
    assert (xml.tests, xml.failures, xml.errors) == (3, 1, 0)
    assert (fine.name, fine.tests, fine.failures) == ("fine.md", 1, 0)
    assert (post.name, post.tests, post.failures) == ("post.md", 2, 1)
    failing, passing = post
    assert (failing.classname, failing.name) == ("post", "typos/misspelling: misspelt")
    (failure,) = failing.result
    assert isinstance(failure, Failure)
    assert (failure.message, failure.type) == ("misspelt", "error")
    assert failure.text == "post.md:1:1: error typos/misspelling misspelt"
    assert passing.name == "typos/misspelling: misspelt (2)"
    assert not passing.result
    assert passing.system_out == "post.md:1:5: info typos/misspelling misspelt"


def test_junit_tells_what_the_tool_could_not_do():
    (suite,) = JUnitXml.fromstring(
        report("junit", Result([], ["a.md: cannot be read"], {}, 0, 0)).encode()
    )
    (case,) = suite
    (error,) = case.result
    assert suite.errors == 1
    assert isinstance(error, Error)
    assert error.message == "a.md: cannot be read"


def test_checkstyle_has_an_element_for_each_file_with_findings():
    found = result("Ü\nteh 漢 adn", "teh", "adn", severity="warning")
    document = minidom.parseString(report("checkstyle", found))
    (file,) = document.documentElement.getElementsByTagName("file")
    assert file.getAttribute("name") == "post.md"
    assert [dict(error.attributes.items()) for error in file.getElementsByTagName("error")] == [
        {
            "line": "2",
            "column": column,
            "severity": "warning",
            "message": f"`{word}` is misspelt",
            "source": "typos/misspelling",
        }
        for column, word in (("1", "teh"), ("7", "adn"))
    ]


@pytest.mark.parametrize("name", ["junit", "checkstyle"])
def test_what_xml_may_not_contain_is_replaced(name):
    bad = "".join(map(chr, (*range(9), 11, 12, *range(14, 32), 0xD800, 0xDFFF, 0xFFFE, 0xFFFF)))
    written = report(name, result("teh", "teh", path=f"{bad}.md", message=f"]]> & <a> {bad} 漢"))
    minidom.parseString(written)
    assert written.isascii()  # so that it is right in every locale
    assert written.startswith('<?xml version="1.0" encoding="UTF-8"?>\n')
    assert "]]&gt; &amp; &lt;a&gt; &#65533;" in written


# ---- rdjson ------------------------------------------------------------------------------------


def applied(data: bytes, suggestion: dict) -> bytes:
    """What a reader who counts bytes makes of a file by a suggestion."""
    lines = re.split(rb"(?<=\n)|(?<=\r)(?!\n)", data)

    def offset(position):
        return len(b"".join(lines[: position["line"] - 1])) + position["column"] - 1

    place = suggestion["range"]
    end = offset(place["end"])
    return data[: offset(place["start"])] + suggestion["text"].encode() + data[end:]


def test_rdjson_has_a_diagnostic_for_each_finding():
    found = result("a\r\n😀 teh", "teh", suggestions=("the",), severity="info")
    at = {"start": {"line": 2, "column": 6}, "end": {"line": 2, "column": 9}}
    assert json.loads(report("rdjson", found)) == {
        "source": {"name": "contentlint"},
        "diagnostics": [
            {
                "message": "`teh` is misspelt",
                "location": {"path": "post.md", "range": at},
                "severity": "INFO",
                "code": {"value": "typos/misspelling"},
                "suggestions": [{"range": at, "text": "the"}],
            }
        ],
    }


@pytest.mark.parametrize(
    "before",
    [
        b"",
        "\ufeff".encode(),
        "\ufeffä\n".encode(),
        "ä😀 ".encode(),
        b"\xfe \xe9",
        b"a\r",
        b"a\r\nb\xff",
    ],
)
def test_columns_of_rdjson_are_bytes_of_the_file_as_it_is(before):
    data = before + b"teh \xe9 here"
    source = Source.decode("post.md", data)
    start = source.text.index("teh")
    span = Span(start, start + 3)
    fix = Fix((Edit(Span(start + 6, start + 10), "there"), Edit(span, "the")))
    place = (*source.position(span.start), *source.position(span.end))
    identity = ("a/b", "post.md", "teh", 0)
    one = Finding("post.md", *place, "a/b", "error", "wrong", ("ten",), fix, identity, span)
    found = Result([one], [], {"post.md": source}, 1, 0)
    both, single = json.loads(report("rdjson", found))["diagnostics"][0]["suggestions"]
    assert applied(data, single) == before + b"ten \xe9 here"
    # What is put back between two edits is text, so a byte that is none cannot be.
    assert applied(data, both) == before + "the \ufffd there".encode()


# ---- markdown ----------------------------------------------------------------------------------


def test_markdown_lists_the_findings_of_each_file():
    found = several(error=2, warning=1, info=2)
    assert report("markdown", found) == (
        "### contentlint: 2 errors, 1 warning, 2 info in 1 file\n\n"
        "`post.md`\n\n"
        "- 1:1 error `typos/misspelling`: error 0\n"
        "- 2:1 error `typos/misspelling`: error 1\n"
        "- 3:1 warning `typos/misspelling`: warning 2\n"
        "- 4:1 info `typos/misspelling`: info 3\n"
        "- 5:1 info `typos/misspelling`: info 4\n"
    )
    assert report("markdown", Result([], [], {}, 3, 0)) == (
        "### contentlint: nothing found in 3 files\n"
    )


def test_addresses_are_no_links_in_markdown():
    assert markdown.inline("www.a.test, https://a.test, a@b.test") == (
        "www\\.a.test, https\\://a.test, a@\u2060b.test"
    )


OPTIONS = pyromark.Options.ENABLE_TABLES
for _name in dir(pyromark.Options):
    if _name.startswith("ENABLE_") and "SMART" not in _name and "METADATA" not in _name:
        OPTIONS |= getattr(pyromark.Options, _name)
MARKUP = "`*_[]()<>!#|~&;@:$^=+-\\/.\"'{}1 a\n"


@given(st.text(MARKUP), st.text(MARKUP))
@example("`a`", "<img src=x onerror=alert(1)> [x](javascript:1) **b** ~~c~~ https://a.test")
@example("a`b", "`` ` `` www.a.test a@b.test @all #1 :smile: $x$ &amp; \\| a|b")
def test_no_text_of_a_post_is_markup_in_markdown(path, message):
    found = result("teh", "teh", path=f"a{path}.md", message=f"x{message}")
    shown = pyromark.html(report("markdown", found), options=OPTIONS)
    assert set(re.findall(r"</?(\w+)", shown)) <= {"h3", "p", "ul", "li", "code"}
    text = html.unescape(re.sub(r"<[^>]*>", "", shown))
    said = printable(f"1:1 error typos/misspelling: x{message}")
    plain = text.replace("\u2060", "").split("\n")
    assert [line for line in plain if line.startswith("1:1")] == [spoken(said)]
    assert not re.search("@(?!\u2060)", re.sub("<code>.*?</code>", "", shown))


def spoken(message: str) -> str:
    """A message as people see it: without the backticks around code."""
    parts = message.split("`")
    if len(parts) % 2 == 0:
        return message.rstrip(" ")
    shown = [
        part if number % 2 == 0 or part.strip() else f"`{part}`"
        for number, part in enumerate(parts)
    ]
    return "".join(shown).rstrip(" ")


# ---- consumers ---------------------------------------------------------------------------------

# Where .ci/run installs what tests/consumers/package.json lists, and reviewdog.
CONSUMERS = Path(sys.prefix) / "consumers"
BINARIES = CONSUMERS / "node_modules" / ".bin"
SARIF = CONSUMERS / "node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"


def consumer(name: str, path: Path) -> Path:
    """A program or schema that is not ours, if it is installed."""
    if not path.exists():
        assert name not in os.environ.get("CONTENTLINT_CONSUMERS", "").split()
        pytest.skip(f"{name} is not installed")
    return path


@pytest.fixture
def hard(tmp_path, monkeypatch) -> Result:
    """A result with all that is difficult, of files that are there."""
    monkeypatch.chdir(tmp_path)
    text = "\ufeff---\r\ntitle: Ü\r\n---\r\n\r\n😀 teh a\u2028b adn\r\n"
    path = "a b/100%.md"
    (tmp_path / "a b").mkdir()
    (tmp_path / path).write_bytes(text.encode())
    start = text.index("teh")
    fix = Fix((Edit(Span(start, start + 3), "the"), Edit(Span(start + 4, start + 5), "")))
    words = ("teh", "adn", "Ü")
    found = result(text, *words, path=path, suggestions=("ten", ""), fix=fix)
    found.findings[1] = found.findings[1]._replace(severity="warning", fix=None)
    found.findings[2] = found.findings[2]._replace(severity="info", suggestions=(), fix=None)
    in_order = sorted(found.findings, key=lambda finding: finding.span)
    return found._replace(
        findings=in_order, rules=list(plugins.bundled()), errors=["c.md: cannot be read"]
    )


@pytest.mark.slow
def test_sarif_satisfies_its_schema(hard):
    schema = json.loads(consumer("sarif", SARIF).read_text(encoding="utf-8"))
    validator = Draft4Validator(schema)
    for found in (hard, Result([], [], {}, 0, 0)):
        validator.validate(json.loads(report("sarif", found)))


@pytest.mark.slow
def test_rdjson_satisfies_its_schema(hard, tmp_path):
    program = consumer("rdformat-validator", BINARIES / "rdformat-validator")
    for name, found in (("hard", hard), ("empty", Result([], [], {}, 0, 0))):
        (tmp_path / f"{name}.json").write_text(report("rdjson", found))
        command = [program, "--strict", "--no-extra-fields", f"{name}.json"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("name", ["rdjson", "sarif", "checkstyle"])
def test_reviewdog_reads_what_it_knows(name, hard, tmp_path):
    program = consumer("reviewdog", CONSUMERS / "reviewdog")
    assert shutil.which("git")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    done = subprocess.run(
        [program, f"-f={name}", "-reporter=rdjson", "-filter-mode=nofilter"],
        cwd=tmp_path,
        input=report(name, hard),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    read = json.loads(done.stdout)["diagnostics"]
    assert [one["location"]["path"] for one in read] == ["a b/100%.md"] * 3
    starts = [one["location"]["range"]["start"] for one in read]
    columns = [8, 6, 16] if name == "rdjson" else [8, 3, 11]
    assert [one["line"] for one in starts] == [2, 5, 5]
    assert [one["column"] for one in starts] == columns
    assert [one["severity"] for one in read] == ["INFO", "ERROR", "WARNING"]
    if name == "rdjson":
        first = read[1]["suggestions"][0]
        data = (tmp_path / "a b/100%.md").read_bytes()
        assert "😀 the \u2028b adn".encode() in applied(data, first)
