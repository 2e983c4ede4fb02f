"""Reviewdog's diagnostic format, by which suggestions become suggested changes in a review.

https://github.com/reviewdog/reviewdog/tree/master/proto/rdf
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Any, TextIO

from contentlint.reporters import remedies
from contentlint.reporters._json import array
from contentlint.text import Span, line_start

if TYPE_CHECKING:
    from contentlint.engine import Result
    from contentlint.finding import Edit, Finding
    from contentlint.text import Source


def report(result: Result, stream: TextIO) -> None:
    """Write a DiagnosticResult. Columns count bytes, those of a byte order mark as well."""
    stream.write('{"source": {"name": "contentlint"}, "diagnostics": ')
    stream.writelines(array(_diagnostic(one, result.sources[one.path]) for one in result.findings))
    stream.write("}\n")


def _diagnostic(finding: Finding, source: Source) -> dict[str, Any]:
    return {
        "message": finding.message,
        "location": {"path": finding.path, "range": _range(finding.span, source)},
        "severity": finding.severity.upper(),
        "code": {"value": finding.rule},
        "suggestions": [_suggestion(edits, source) for edits in remedies(finding)],
    }


def _suggestion(edits: tuple[Edit, ...], source: Source) -> dict[str, Any]:
    """What edits that belong together make of the text from the first to the last of them; several
    suggestions would be taken for as many ways to mend it."""
    edits = tuple(sorted(edits))
    start = at = edits[0].span.start
    text = ""
    for edit in edits:
        text += source.text[at : edit.span.start] + edit.text
        at = edit.span.end
    return {"range": _range(Span(start, at), source), "text": text}


def _range(span: Span, source: Source) -> dict[str, dict[str, int]]:
    return {"start": _position(span.start, source), "end": _position(span.end, source)}


def _position(offset: int, source: Source) -> dict[str, int]:
    start = line_start(source.text, offset)
    bad = source.undecodable  # one byte each in the file, three in the text
    undecodable = bisect_left(bad, offset) - bisect_left(bad, start)
    length = len(source.text[start:offset].encode("utf-8", "replace")) - 2 * undecodable
    return {"line": source.position(offset).line, "column": length + 1}
