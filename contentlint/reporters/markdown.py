"""Markdown for people: a comment on a pull request, or the summary of a job.

No text of a post may be more than text in it: no markup, no image, no mention of anybody.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, TextIO

from contentlint.finding import SEVERITIES
from contentlint.patterns import pattern
from contentlint.reporters import printable

if TYPE_CHECKING:
    from contentlint.engine import Result
    from contentlint.finding import Finding

_MARKUP = pattern(r"[\\`*_{}\[\]<>()#!|~&$:^=+-]|(?<=www)\.")
_WORD_JOINER = "\u2060"  # between the @ and the name, so that nobody is called


def report(result: Result, stream: TextIO) -> None:
    """Write a heading with the number of findings, and below it a list for each file."""
    stream.writelines(lines(result))


def lines(result: Result) -> Iterator[str]:
    """The report piece by piece, each of one or more lines."""
    yield f"### contentlint: {_counts(result)}\n"
    for path, findings in groupby(result.findings, key=lambda finding: finding.path):
        yield f"\n{code(path)}\n\n"
        for finding in findings:
            yield f"- {_line(finding)}\n"


def _counts(result: Result) -> str:
    severities = [finding.severity for finding in result.findings]
    counts = [(severities.count(severity), severity) for severity in SEVERITIES]
    found = [f"{number} {_plural(number, severity)}" for number, severity in counts if number]
    files = f"{result.checked} {_plural(result.checked, 'file')}"
    return f"{', '.join(found) or 'nothing found'} in {files}"


def _plural(number: int, noun: str) -> str:
    return noun if number == 1 or noun == "info" else f"{noun}s"


def _line(finding: Finding) -> str:
    place = f"{finding.line}:{finding.column}"
    return f"{place} {finding.severity} {code(finding.rule)}: {inline(finding.message)}"


def inline(message: str) -> str:
    """A message, in which what stands between backticks is code, as Markdown."""
    parts = printable(message).split("`")
    if len(parts) % 2 == 0:
        return _escaped("`".join(parts))
    return "".join(
        code(part) if number % 2 else _escaped(part) for number, part in enumerate(parts)
    )


def code(text: str) -> str:
    """Text as code, in which nothing is markup; as plain text if it cannot be that."""
    text = printable(text)
    if "`" in text or not text.strip():
        return _escaped(f"`{text}`")
    # One blank on each side is taken away if there are two.
    return f"` {text} `" if text[0] == " " == text[-1] else f"`{text}`"


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\g<0>", text).replace("@", f"@{_WORD_JOINER}")
