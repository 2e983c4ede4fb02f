"""For people: the compiler form, and on a terminal colours and the words in question."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TextIO

from contentlint.reporters import concise, printable
from contentlint.text import line_end

if TYPE_CHECKING:
    from contentlint.engine import Result
    from contentlint.finding import Finding
    from contentlint.text import Source

_COLOURS = {"error": "31", "warning": "33", "info": "36"}
_BOLD, _DIM = "1", "2"
_NEAR = 1_000  # characters of a line, at most, that are looked at to show some of them


def report(result: Result, stream: TextIO) -> None:
    """Write the findings, with their reasons if they have any; excerpts and colours only on a
    terminal, no colours with NO_COLOR."""
    if not stream.isatty():
        stream.writelines(
            f"{concise.line(finding)}\n{_reason(finding)}" for finding in result.findings
        )
        return
    columns = _columns(stream)
    coloured = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    for finding in result.findings:
        stream.write(_coloured(finding) if coloured else concise.line(finding))
        colour = _COLOURS[finding.severity] if coloured else ""
        stream.write(_excerpt(finding, result.sources[finding.path], columns, colour))
        stream.write(_reason(finding))


def _reason(finding: Finding) -> str:
    return f"  why: {printable(finding.reason)}\n" if finding.reason else ""


def _columns(stream: TextIO) -> int:
    try:
        return max(40, os.get_terminal_size(stream.fileno()).columns or 80)
    except (OSError, ValueError):  # not a real terminal after all
        return 80


def _coloured(finding: Finding) -> str:
    place = _paint(f"{finding.path}:{finding.line}:{finding.column}", _BOLD)
    severity = _paint(finding.severity, _COLOURS[finding.severity])
    return f"{place}: {severity} {_paint(finding.rule, _DIM)} {printable(finding.message)}"


def _paint(text: str, colour: str) -> str:
    return f"\033[{colour}m{printable(text)}\033[0m" if colour else printable(text)


def _excerpt(finding: Finding, source: Source, columns: int, colour: str) -> str:
    """The line of the finding, or what fits of it on the terminal, with marks below."""
    margin = " " * len(str(finding.line))
    line_start = finding.span.start - (finding.column - 1)
    first = max(line_start, finding.span.start - _NEAR)
    start, end = finding.span.start - first, finding.span.end - first
    line = source.text[first : line_end(source.text, first, finding.span.start + _NEAR)]
    shown = printable(line.replace("\t", " "))
    widths = _widths(shown)
    left, right = _window(widths, start, columns - len(f"  {margin} | ……"))
    dots = "…" if first + left > line_start else ""
    words = dots + shown[left:right] + ("…" if right < len(shown) else "")
    indent = " " * (len(dots) + sum(widths[left:start]))
    marks = _paint("^" * max(1, sum(widths[start : min(end, right)])), colour)
    return f"\n  {finding.line} | {words}\n  {margin} | {indent}{marks}\n"


def _window(widths: list[int], start: int, room: int) -> tuple[int, int]:
    """The part of a line to show of which `start` is a character, at most `room` columns wide."""
    left = right = start
    used = 0
    for limit in (room // 3, room):  # a third before it; more if there is less behind it
        while left > 0 and used + widths[left - 1] <= limit:
            left -= 1
            used += widths[left]
        while right < len(widths) and used + widths[right] <= room:
            used += widths[right]
            right += 1
    return left, right


def _widths(text: str) -> list[int]:
    """How many columns a terminal gives to each character.

    Terminals do not agree on emoji; these are the widths of Unicode 15, which most now follow.
    """
    if text.isascii():
        return [1] * len(text)
    from unicodedata import east_asian_width

    widths: list[int] = []
    for index, character in enumerate(text):
        previous = text[index - 1] if index else ""
        if character == "\ufe0f":  # makes an emoji of the character before
            widths.append(int(widths[-1] == 1) if widths else 0)
        elif previous == "\u200d" or (previous and "\U0001f3fb" <= character <= "\U0001f3ff"):
            widths.append(0)  # is drawn into the emoji before
        elif _has_no_width(character):
            widths.append(0)
        else:
            widths.append(2 if east_asian_width(character) in "WF" else 1)
    return widths


def _has_no_width(character: str) -> bool:
    from unicodedata import category

    if "\u1160" <= character <= "\u11ff":  # a Hangul letter that joins the one before
        return True
    return category(character) in ("Mn", "Me", "Cf") and character != "\u00ad"
