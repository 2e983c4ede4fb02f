"""SARIF 2.1.0, which code scanning and many viewers read.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, TextIO

from contentlint import __version__
from contentlint.reporters import path_in_repository, remedies, repository
from contentlint.reporters._json import array

if TYPE_CHECKING:
    from contentlint.engine import Result
    from contentlint.finding import Edit, Finding
    from contentlint.rule import Rule
    from contentlint.text import Source, Span

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_ROOT = "%SRCROOT%"


def report(result: Result, stream: TextIO) -> None:
    """Write a log with one run. Columns count code points, as it says itself."""
    ids = sorted({finding.rule for finding in result.findings})
    index = {rule_id: number for number, rule_id in enumerate(ids)}
    rules = {rule.id: rule for rule in result.rules}
    driver = {
        "name": "contentlint",
        "version": __version__,
        "rules": [_rule(rule_id, rules) for rule_id in ids],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "originalUriBaseIds": {_ROOT: {"uri": f"{_absolute(repository())}/"}},
        "invocations": [_invocation(result)],
    }
    stream.write(f'{{"$schema": "{_SCHEMA}", "version": "2.1.0", "runs": [\n')
    stream.write(f'{json.dumps(run)[:-1]},\n"results": ')
    stream.writelines(
        array(
            _result(finding, index[finding.rule], result.sources[finding.path])
            for finding in result.findings
        )
    )
    stream.write("}]}\n")


def _invocation(result: Result) -> dict[str, Any]:
    told = [{"level": "error", "message": {"text": error}} for error in result.errors]
    return {"executionSuccessful": not told, "toolExecutionNotifications": told}


def _rule(rule_id: str, rules: dict[str, Rule]) -> dict[str, Any]:
    """What is known of a rule, or of the one that speaks for it."""
    concern = rule_id.split("/")[0]
    speakers = [rule for rule in rules.values() if rule.speaks_for and rule.concern == concern]
    rule = rules.get(rule_id) or next(iter(speakers), None)
    if rule is None:
        return {"id": rule_id}
    summary = f"{rule.summary[:1].upper()}{rule.summary[1:]}."
    docs = rule.docs or summary
    return {
        "id": rule_id,
        "shortDescription": {"text": summary},
        "fullDescription": {"text": " ".join(docs.split("\n\n")[0].split())},
        "help": {"text": docs, "markdown": docs},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [concern]},
    }


def _result(finding: Finding, rule_index: int, source: Source) -> dict[str, Any]:
    artifact = _artifact(finding.path)
    region = {
        "startLine": finding.line,
        "startColumn": finding.column,
        "endLine": finding.end_line,
        "endColumn": finding.end_column,
    }
    shown = {
        "ruleId": finding.rule,
        "ruleIndex": rule_index,
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
        "partialFingerprints": {"contentlint/v1": finding.fingerprint},
    }
    fixes = [_fix(edits, artifact, source) for edits in remedies(finding)]
    return {**shown, "fixes": fixes} if fixes else shown


def _fix(edits: tuple[Edit, ...], artifact: dict[str, str], source: Source) -> dict[str, Any]:
    replacements = [
        {"deletedRegion": _region(edit.span, source), "insertedContent": {"text": edit.text}}
        for edit in edits
    ]
    return {"artifactChanges": [{"artifactLocation": artifact, "replacements": replacements}]}


def _region(span: Span, source: Source) -> dict[str, int]:
    line, column = source.position(span.start)
    end_line, end_column = source.position(span.end)
    return {
        "startLine": line,
        "startColumn": column,
        "endLine": end_line,
        "endColumn": end_column,
    }


def _artifact(path: str) -> dict[str, str]:
    """Where a file is: a URI, from the root of the repository if it is in there."""
    path = path_in_repository(path)
    if os.path.isabs(path):
        return {"uri": _absolute(path)}
    from urllib.parse import quote

    return {"uri": quote(os.fsencode(path)), "uriBaseId": _ROOT}


def _absolute(path: str) -> str:
    from pathlib import Path

    return Path(path).as_uri().rstrip("/")
