"""One line for each finding, in the form that compilers use and editors understand."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from contentlint.reporters import printable

if TYPE_CHECKING:
    from contentlint.engine import Result
    from contentlint.finding import Finding


def report(result: Result, stream: TextIO) -> None:
    """Write `path:line:column: severity rule message` for each finding."""
    stream.writelines(f"{line(finding)}\n" for finding in result.findings)


def line(finding: Finding) -> str:
    """One finding in compiler form."""
    place = f"{finding.path}:{finding.line}:{finding.column}"
    return printable(f"{place}: {finding.severity} {finding.rule} {finding.message}")
