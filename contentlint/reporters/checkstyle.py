"""Checkstyle's XML, which many tools for code review and CI read.

https://checkstyle.org
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, TextIO

from contentlint.reporters._xml import element, write

if TYPE_CHECKING:
    from contentlint.engine import Result


def report(result: Result, stream: TextIO) -> None:
    """Write an XML document with an element for each file in which something was found."""
    root = element(None, "checkstyle", version="4.3")
    for path, findings in groupby(result.findings, key=lambda finding: finding.path):
        file = element(root, "file", name=path)
        for finding in findings:
            element(
                file,
                "error",
                line=finding.line,
                column=finding.column,
                severity=finding.severity,
                message=finding.message,
                source=finding.rule,
            )
    write(root, stream)
