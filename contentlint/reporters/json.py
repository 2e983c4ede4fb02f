"""One JSON object for programs; its schema is `schemas/output.schema.json`."""

from __future__ import annotations

import json
from typing import Any, TextIO

from contentlint.engine import Result
from contentlint.finding import SEVERITIES, Finding, Fix
from contentlint.text import Source, Span


def report(result: Result, stream: TextIO) -> None:
    """Write `{"version": 1, "findings": […], "summary": {…}}`.

    Lines and columns are 1-based, columns count code points, ends are exclusive. Characters beyond
    ASCII are escaped, so that the output is the same in every locale.
    """
    findings = [_finding(finding, result.sources[finding.path]) for finding in result.findings]
    json.dump({"version": 1, "findings": findings, "summary": summary(result)}, stream, indent=1)
    stream.write("\n")


def summary(result: Result) -> dict[str, int]:
    """How many files were checked, and how many findings of each severity there are."""
    counts = {severity: 0 for severity in SEVERITIES}
    for finding in result.findings:
        counts[finding.severity] += 1
    return {"files": result.checked, **counts, "suppressed": result.suppressed}


def _finding(finding: Finding, source: Source) -> dict[str, Any]:
    shown = finding._asdict()
    del shown["span"]
    shown["suggestions"] = list(finding.suggestions)
    shown["fix"] = _fix(finding.fix, source) if finding.fix else None
    return shown


def _fix(fix: Fix, source: Source) -> dict[str, Any]:
    edits = [{**_place(edit.span, source), "text": edit.text} for edit in fix.edits]
    return {"safe": fix.safe, "edits": edits}


def _place(span: Span, source: Source) -> dict[str, int]:
    line, column = source.position(span.start)
    end_line, end_column = source.position(span.end)
    return {"line": line, "column": column, "end_line": end_line, "end_column": end_column}
