"""Workflow commands, which GitHub Actions shows beside the changed lines; no token is needed.

https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, TextIO

from contentlint.finding import SEVERITIES
from contentlint.reporters import markdown, path_in_repository, printable

if TYPE_CHECKING:
    from contentlint.engine import Result
    from contentlint.finding import Finding

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}
_SHOWN = 10  # of each command, GitHub shows so many in a step; the others are in its log only
_LARGEST_SUMMARY = 1_000_000  # bytes; GitHub takes 1 MiB of a step
_SUMMARY = "GITHUB_STEP_SUMMARY"


def report(result: Result, stream: TextIO) -> None:
    """Write a command for each finding, the worst first, of these what the change has caused, and
    before them how many GitHub hides."""
    caused = result.caused or ()
    if hidden := _hidden(result):
        where = "the log and the job summary" if os.environ.get(_SUMMARY) else "the log"
        stream.write(f"::notice title=contentlint::{hidden} more in {where}\n")
    stream.writelines(
        f"{_command(finding)}\n"
        for finding in sorted(
            result.findings,
            key=lambda one: (SEVERITIES.index(one.severity), one.identity not in caused),
        )
    )


def add_summary(result: Result) -> None:
    """Append all findings to the summary of the job, if GitHub hides some. Raises OSError."""
    path = os.environ.get(_SUMMARY)
    if path and _hidden(result):
        with open(path, "a", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.writelines(_cut(result))


def _hidden(result: Result) -> int:
    severities = [finding.severity for finding in result.findings]
    counts = [severities.count(severity) for severity in SEVERITIES]
    hidden = sum(max(0, count - _SHOWN) for count in counts)
    # That some are hidden is told by a notice, which takes the place of another one.
    return hidden + 1 if hidden and severities.count("info") >= _SHOWN else hidden


def _cut(result: Result) -> Iterator[str]:
    """The report in Markdown, or as much of it as a summary may hold."""
    size = 0
    for piece in markdown.lines(result):
        size += len(piece.encode("utf-8", "backslashreplace"))
        if size > _LARGEST_SUMMARY:
            yield "\nand more, in the log\n"
            return
        yield piece


def _command(finding: Finding) -> str:
    properties: dict[str, object] = {
        "title": finding.rule,
        "file": path_in_repository(finding.path),
        "line": finding.line,
        "endLine": finding.end_line,
    }
    if finding.line == finding.end_line:  # else GitHub refuses columns
        properties |= {"col": finding.column, "endColumn": finding.end_column}
    given = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    # In the log there is nothing but the message.
    place = f"{finding.path}:{finding.line}:{finding.column}"
    message = _data(f"{place}: {finding.rule} {finding.message}")
    return printable(f"::{_COMMANDS[finding.severity]} {given}::{message}")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
