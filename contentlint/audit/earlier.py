"""Earlier audits: what has changed since, and which words they accept."""

from __future__ import annotations

import json
from importlib import import_module
from typing import Any

from contentlint import paths
from contentlint.audit.report import VERSION, Data
from contentlint.options import is_table

_LONGEST = 200  # characters of a complaint


class AuditError(Exception):
    """A file that is no audit, in one line that says what to do."""


def load(path: str) -> Data:
    """Read the JSON of an audit. Raises AuditError."""
    try:
        with open(path, "rb") as file:
            data: Any = json.loads(file.read())
    except OSError as error:
        raise AuditError(paths.unreadable(path, error)) from None
    except (ValueError, RecursionError):
        data = None
    if not is_table(data) or "findings" not in data:
        raise AuditError(f"{path}: is no audit; name a file of `contentlint audit --report x.json`")
    if data.get("version") != VERSION:
        raise AuditError(f"{path}: is an audit of another version of contentlint; make it anew")
    if complaint := _complaint(data):
        raise AuditError(f"{path}: {complaint}")
    return data


def _complaint(data: Data) -> str:
    """What is wrong with the first part that is not as the published schema has it; "" if none is."""
    from jsonschema import Draft202012Validator

    schema = json.loads(import_module("contentlint.schemas").read("audit.schema.json"))
    validator: Any = Draft202012Validator(schema)
    for error in validator.iter_errors(data):
        return f"{'/'.join(map(str, error.absolute_path))}: {error.message}"[:_LONGEST]
    return ""


def compare(before: Data, now: Data) -> Data:
    """The new, mended and remaining findings, which are the same if their fingerprints are. The new
    ones are told by their fingerprints, the mended ones in full, since nothing else has them."""
    known = {finding["fingerprint"] for finding in before["findings"]}
    present = {finding["fingerprint"] for finding in now["findings"]}
    return {
        "since": before["date"],
        "before": before["summary"],
        "new": [one["fingerprint"] for one in now["findings"] if one["fingerprint"] not in known],
        "mended": [one for one in before["findings"] if one["fingerprint"] not in present],
        "remaining": len(known & present),
    }


def accepted(data: Data) -> list[str]:
    """The words of an audit that are to go into the word list."""
    words = data["blog"]["vocabulary"]
    return [one["word"] for one in words if one["accept"]]
