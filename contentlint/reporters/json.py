"""One JSON object for programs; its schema is `schemas/output.schema.json`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TextIO

from contentlint.finding import SEVERITIES, Finding, Fix
from contentlint.reporters._json import array
from contentlint.text import Source, Span

if TYPE_CHECKING:
    from contentlint.engine import Result


def report(result: Result, stream: TextIO) -> None:
    """Write `{"version": 1, "findings": […], "summary": {…}}`, each finding on a line.

    Lines and columns are 1-based, columns count code points, ends are exclusive.
    """
    stream.write('{"version": 1, "findings": ')
    stream.writelines(array(as_data(one, result.sources[one.path]) for one in result.findings))
    stream.write(f',\n"summary": {json.dumps(summary(result))}}}\n')


def summary(result: Result) -> dict[str, int]:
    """How many files were checked, and how many findings of each severity there are."""
    severities = [finding.severity for finding in result.findings]
    counts = {severity: severities.count(severity) for severity in SEVERITIES}
    passed = {
        "suppressed": result.suppressed,
        "baselined": result.baselined,
        "elsewhere": result.elsewhere,
    }
    return {"files": result.checked, **counts, **passed}  # type: ignore[dict-item]


def as_data(finding: Finding, source: Source) -> dict[str, Any]:
    """All that is known of a finding in a file."""
    shown = finding._asdict()
    del shown["span"], shown["identity"]
    shown["reason"] = finding.reason or None
    shown["fingerprint"] = finding.fingerprint
    shown["fix"] = _fix(finding.fix, source) if finding.fix else None
    return shown


def _fix(fix: Fix, source: Source) -> dict[str, Any]:
    edits = [{**_place(edit.span, source), "text": edit.text} for edit in fix.edits]
    return {"safe": fix.safe, "edits": edits}


def _place(span: Span, source: Source) -> dict[str, int]:
    line, column = source.position(span.start)
    end_line, end_column = source.position(span.end)
    return {"line": line, "column": column, "end_line": end_line, "end_column": end_column}
