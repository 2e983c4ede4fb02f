"""For people: the compiler form, and on a terminal colours and the words in question."""

from __future__ import annotations

import os
import unicodedata
from typing import TextIO

from contentlint.engine import Result
from contentlint.finding import Finding
from contentlint.reporters import concise, printable
from contentlint.text import Source

_COLOURS = {"error": "31", "warning": "33", "info": "36"}
_WIDTH = 78  # characters of a source line that are shown


def report(result: Result, stream: TextIO) -> None:
    """Write the findings; colours only on a terminal, and not if NO_COLOR is set."""
    terminal = stream.isatty()
    coloured = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    for finding in result.findings:
        text = concise.line(finding)
        stream.write((_coloured(text, finding) if coloured else text) + "\n")
        if terminal:
            stream.write(_excerpt(finding, result.sources[finding.path], coloured))


def _coloured(text: str, finding: Finding) -> str:
    place, _, rest = text.partition(f": {finding.severity} ")
    colour = _COLOURS[finding.severity]
    rule, _, message = rest.partition(" ")
    return f"\033[1m{place}\033[0m: \033[{colour}m{finding.severity}\033[0m \033[2m{rule}\033[0m {message}"


def _excerpt(finding: Finding, source: Source, coloured: bool) -> str:
    """The line of the finding, cut to a window around it, with marks below."""
    start, end = finding.span
    line_start = start - (finding.column - 1)
    line_end = min(
        (at for c in "\r\n" if (at := source.text.find(c, start)) >= 0), default=len(source.text)
    )
    end = min(end, line_end)
    left = max(line_start, start - _WIDTH // 3)
    right = min(line_end, max(left + _WIDTH, end))
    right = min(right, left + 2 * _WIDTH)
    before = ("…" if left > line_start else "") + source.text[left:start]
    shown = before + source.text[start:right] + ("…" if right < line_end else "")
    number = str(finding.line)
    marks = "^" * max(1, _columns(source.text[start : min(end, right)]))
    if coloured:
        marks = f"\033[{_COLOURS[finding.severity]}m{marks}\033[0m"
    margin = " " * len(number)
    return f"  {number} | {printable(shown)}\n  {margin} | {' ' * _columns(before)}{marks}\n"


def _columns(text: str) -> int:
    """How many columns a terminal gives to a text."""
    return sum(
        0
        if unicodedata.combining(character)
        else 2
        if unicodedata.east_asian_width(character) in "WF"
        else 1
        for character in text
    )
