"""A Code Quality report, which GitLab shows in merge requests.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TextIO

from contentlint.reporters import path_in_repository
from contentlint.reporters._json import array

if TYPE_CHECKING:
    from contentlint.engine import Result
    from contentlint.finding import Finding

_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


def report(result: Result, stream: TextIO) -> None:
    """Write a JSON array with an object for each finding. GitLab wants lines only."""
    stream.writelines(array(map(_issue, result.findings)))
    stream.write("\n")


def _issue(finding: Finding) -> dict[str, Any]:
    return {
        "description": finding.message,
        "check_name": finding.rule,
        "fingerprint": finding.fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": path_in_repository(finding.path),
            "lines": {"begin": finding.line, "end": finding.end_line},
        },
    }
