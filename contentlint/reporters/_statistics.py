"""What `--statistics` writes instead of the findings: how many there are of each rule and file."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any, TextIO

from contentlint.reporters import printable

if TYPE_CHECKING:
    from contentlint.engine import Result


def text(result: Result, stream: TextIO) -> None:
    """Write a line for each rule, and below for each file, the most frequent first."""
    counts = _counts(result)
    width = max((len(str(one["count"])) for one in counts["rules"] + counts["files"]), default=0)
    name = max((len(one["rule"]) for one in counts["rules"]), default=0)
    for one in counts["rules"]:
        fixable = f"  {one['fixable']} fixable" if one["fixable"] else ""
        stream.write(f"{one['count']:{width}}  {one['rule']:{name}}{fixable}".rstrip() + "\n")
    if counts["files"]:
        stream.write("\n")
    for one in counts["files"]:
        stream.write(f"{one['count']:{width}}  {printable(one['path'])}\n")


def as_json(result: Result, stream: TextIO) -> None:
    """Write `{"version": 1, "rules": […], "files": […]}`."""
    stream.write(json.dumps({"version": 1, **_counts(result)}, indent=2) + "\n")


def _counts(result: Result) -> dict[str, list[dict[str, Any]]]:
    rules = Counter(finding.rule for finding in result.findings)
    fixable = Counter(f.rule for f in result.findings if f.fix and f.fix.safe)
    files = Counter(finding.path for finding in result.findings)
    return {
        "rules": [
            {"rule": rule, "count": count, "fixable": fixable[rule]}
            for rule, count in sorted(rules.items(), key=_most_first)
        ],
        "files": [
            {"path": path, "count": count} for path, count in sorted(files.items(), key=_most_first)
        ],
    }


def _most_first(item: tuple[str, int]) -> tuple[int, str]:
    name, count = item
    return -count, name
