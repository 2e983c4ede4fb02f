"""JUnit's XML, which nearly every CI shows as test results.

Each checked file is a test suite and each finding a test that fails; findings that are for
information only pass, and so does a file in which nothing was found.
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, TextIO

from contentlint.reporters import concise, path_in_repository
from contentlint.reporters._xml import element, legal, write

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from contentlint.engine import Result
    from contentlint.finding import Finding


def report(result: Result, stream: TextIO) -> None:
    """Write an XML document. What the tool could not do is a suite of its own, with errors."""
    found: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in result.findings:
        found[finding.path].append(finding)
    root = element(None, "testsuites", name="contentlint")
    for path in sorted({*result.sources, *found}):
        _suite(root, path, found[path])
    if result.errors:
        suite = element(root, "testsuite", name="contentlint")
        for number, error in enumerate(result.errors, 1):
            case = element(suite, "testcase", classname="contentlint", name=f"run ({number})")
            element(case, "error", message=error)
    for suite in root:
        _count(suite)
    _count(root)
    write(root, stream)


def _suite(root: Element, path: str, findings: list[Finding]) -> None:
    suite = element(root, "testsuite", name=path)
    file = path_in_repository(path)
    # Jenkins takes what follows the last dot for the name of a class.
    common = {"classname": os.path.splitext(path)[0], "file": file}
    names: Counter[str] = Counter()
    for finding in findings:
        name = f"{finding.rule}: {finding.message}"
        names[name] += 1
        if names[name] > 1:  # GitLab takes tests of one name for one test
            name += f" ({names[name]})"
        case = element(suite, "testcase", **common, name=name, line=finding.line)
        if finding.severity == "info":
            element(case, "system-out").text = legal(concise.line(finding))
        else:
            failure = element(case, "failure", message=finding.message, type=finding.severity)
            failure.text = legal(concise.line(finding))
    if not findings:
        element(suite, "testcase", **common, name="contentlint")


def _count(suite: Element) -> None:
    """Tell of a suite, or of all of them, how many tests there are and how many went wrong."""
    for attribute, name in (("tests", "testcase"), ("failures", "failure"), ("errors", "error")):
        suite.set(attribute, str(sum(1 for _ in suite.iter(name))))
