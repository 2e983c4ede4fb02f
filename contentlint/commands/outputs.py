"""Where the findings of a run go: to standard output or a file instead of it, and to other files,
each in a form of its own."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from contentlint.commands import Trouble, reporter, save_to, write_out
from contentlint.tuples import NamedTuple

if TYPE_CHECKING:
    from contentlint.engine import Result
    from contentlint.reporters import Report


class Output(NamedTuple):
    """One report: its format, what writes it, and into which file; none is standard output."""

    format: str
    report: Report
    path: str = ""


def outputs(format: str, file: str, others: Mapping[str, str], statistics: bool) -> list[Output]:
    """The reports that are asked for. Raises Trouble if one of them cannot be written."""
    report = _statistics(format) if statistics else reporter(format)
    made = [Output(format, report, file)]
    for name, path in others.items():
        if path == "-":
            raise Trouble(f"--output {name}:- goes to a file; for this one use --output-format")
        made.append(Output(name, reporter(name, "--output"), path))
    seen: dict[str, str] = {}
    for output in made:
        if output.path:
            _complain(output, seen)
    return made


def _complain(output: Output, seen: dict[str, str]) -> None:
    """Say before the run what would be in the way after it."""
    folder = os.path.dirname(output.path) or "."
    if not os.path.isdir(folder):
        raise Trouble(f"cannot write to {output.path}: there is no folder {folder}")
    if os.path.isdir(output.path):
        raise Trouble(f"cannot write to {output.path}: Is a directory")
    place = os.path.realpath(output.path)
    if before := seen.get(place):
        raise Trouble(f"{output.path}: {before} and {output.format} cannot both be written there")
    seen[place] = output.format


def spare(made: Iterable[Output], checked: Iterable[str]) -> None:
    """Raise Trouble if a report would be written over one of the files that are checked."""
    files = {os.path.realpath(output.path): output.path for output in made if output.path}
    if files and (over := files.keys() & {*map(os.path.realpath, checked)}):
        path = files[min(over)]
        raise Trouble(
            f"cannot write to {path}: it is one of the posts; exclude it, or name another"
        )


def _statistics(format: str) -> Report:
    from contentlint.reporters import _statistics

    forms = {"text": _statistics.text, "json": _statistics.as_json}
    if format not in forms:
        raise Trouble(f"--statistics is written as text or json, not as {format}")
    return forms[format]


def write(made: Iterable[Output], result: Result, *, aside: bool = False) -> None:
    """Write all reports, `aside` to standard error what would go to standard output. Raises Trouble if any cannot be written, when the others are."""
    troubles: list[str] = []
    for output in made:
        try:
            _write(output, result, aside)
        except Trouble as trouble:
            troubles.append(str(trouble))
    if troubles:
        raise Trouble("\n".join(troubles))


def _write(output: Output, result: Result, aside: bool) -> None:
    if output.path:
        save_to(lambda stream: output.report(result, stream), output.path)
        return
    write_out(lambda stream: output.report(result, stream), aside=aside)
    if output.format == "github":
        from contentlint.reporters import github

        try:
            github.add_summary(result)
        except OSError as error:
            raise Trouble(f"cannot write the job summary: {error.strerror}") from None
