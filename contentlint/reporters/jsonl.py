"""One JSON object for each finding, a line each, for programs that read line by line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TextIO

from contentlint.reporters.json import as_data

if TYPE_CHECKING:
    from contentlint.engine import Result


def report(result: Result, stream: TextIO) -> None:
    """Write each finding as the format json does, with nothing around."""
    stream.writelines(
        f"{json.dumps(as_data(finding, result.sources[finding.path]))}\n"
        for finding in result.findings
    )
