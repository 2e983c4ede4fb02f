"""`contentlint check --fix` and `--diff`: lint, mend, and lint again until there is nothing to mend.

All of that is done in memory. Then each file is written once, at one stroke, unless it is no longer
what was read.
"""

from __future__ import annotations

import os
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Container
from typing import TYPE_CHECKING

from contentlint import fixes, paths
from contentlint.files import write_atomically

if TYPE_CHECKING:
    from contentlint.engine import Result
    from contentlint.finding import Finding, Fix
    from contentlint.runs import Read

Told = tuple["Result", list[str]]  # and what the grammar engine complains of
Look = Callable[["Read", Container[str]], Told]

MOST_ROUNDS = 10
_NO_NEWLINE = "\\ No newline at end of file\n"


class Draft(Container[str]):
    """Files as they will be, while those on the disk are as they were.

    It contains the paths of those that differ, and that of standard input if that is read.
    """

    def __init__(self, read: Read, stdin_path: str | None = None) -> None:
        self._read = read
        self._stdin_path = stdin_path
        self._files: dict[str, str] = {}
        self._before: dict[str, bytes] = {}
        self._after: dict[str, bytes] = {}

    def file(self, path: str) -> str:
        """What all names of a file have in common: its real path, or `-`."""
        if path not in self._files:
            self._files[path] = "-" if path == self._stdin_path else os.path.realpath(path)
        return self._files[path]

    def read(self, path: str) -> bytes:
        """The bytes of a file as it will be. Raises OSError."""
        file = self.file(path)
        if file in self._after:
            return self._after[file]
        if file not in self._before:
            self._before[file] = self._read(path)
        return self._before[file]

    def write(self, path: str, data: bytes) -> None:
        """Let a file that was read be another."""
        self._after[self.file(path)] = data

    def shown(self, file: str) -> str:
        """A file as people are told of it."""
        return paths.show(self._stdin_path if file == "-" and self._stdin_path else file)

    def forget(self, file: str) -> None:
        """Let a file be what is on the disk."""
        del self._before[file], self._after[file]

    def __contains__(self, path: object) -> bool:
        return isinstance(path, str) and (
            path == self._stdin_path or self.file(path) in self._after
        )

    def changes(self) -> list[tuple[str, bytes, bytes]]:
        """What differs, with the bytes before and after."""
        both = ((file, self._before[file], after) for file, after in self._after.items())
        return sorted((file, before, after) for file, before, after in both if before != after)


def mend(look: Look, draft: Draft, *, unsafe: bool, writes: bool) -> Told:
    """Lint, mend, and lint again until there is nothing to mend; then write the files, if asked to.
    With `unsafe`, fixes that need a human's eye are applied, too.

    What is left is told, what was left alone in the notices of the result, and what could not be
    written in its errors.
    """
    result, complaints, fixed, notices = _mend(look, draft, unsafe)
    errors: list[str] = []
    fixed = Counter({file: fixed[file] for file, _, _ in draft.changes()})
    failed = [
        file
        for file, before, after in draft.changes()
        if writes and file != "-" and not _save(file, before, after, notices, errors)
    ]
    for file in failed:
        draft.forget(file)
        del fixed[file]
    if failed:
        result, complaints = look(draft.read, draft)
    result = result._replace(
        fixed=fixed.total(),
        notices=(*result.notices, *notices),
        errors=[*result.errors, *errors],
    )
    return result, complaints


def difference(draft: Draft) -> bytes:
    """What a draft changes, as a unified diff in UTF-8."""
    from difflib import unified_diff

    parts: list[str] = []
    for file, before, after in draft.changes():
        shown = draft.shown(file)
        lines = unified_diff(_lines(before), _lines(after), shown, shown, lineterm="\n")
        parts += (line if line.endswith("\n") else f"{line}\n{_NO_NEWLINE}" for line in lines)
    return "".join(parts).encode("utf-8", "surrogateescape")


def _lines(data: bytes) -> list[str]:
    """The lines as programs that apply a diff count them, with their ends."""
    decoded = fixes.decode(data)
    return re.findall(r"[^\n]*\n|[^\n]+", decoded.text) if decoded else []


def _save(file: str, before: bytes, after: bytes, notices: list[str], errors: list[str]) -> bool:
    """Write a file, unless it is no longer what was read; tells whether it was written."""
    try:
        with open(file, "rb") as now:
            if now.read() != before:
                notices.append(f"{paths.show(file)}: left alone, since it has changed meanwhile")
                return False
        write_atomically(file, after)
    except OSError as error:
        errors.append(f"{paths.show(file)}: cannot be written: {error.strerror}")
        return False
    return True


def _mend(
    look: Look, draft: Draft, unsafe: bool
) -> tuple[Result, list[str], Counter[str], list[str]]:
    """Apply the fixes that `look` finds to a draft, round by round. Tells what it finds in the end,
    how many fixes were applied in each file, and what was left alone."""
    result, complaints = look(draft.read, draft)
    notices: list[str] = []
    fixed: Counter[str] = Counter()
    for _ in range(MOST_ROUNDS):
        done = _round(result, draft, unsafe, notices)
        if not done.total():
            break
        fixed += done
        result, complaints = look(draft.read, draft)
    else:
        if left := [finding for finding in result.findings if _fix(finding, unsafe)]:
            rules = ", ".join(sorted({finding.rule for finding in left}))
            notices.append(f"stopped after {MOST_ROUNDS} rounds; still to be fixed: {rules}")
    return result, complaints, fixed, notices


def _fix(finding: Finding, unsafe: bool) -> Fix | None:
    return finding.fix if finding.fix and (finding.fix.safe or unsafe) else None


def _round(result: Result, draft: Draft, unsafe: bool, notices: list[str]) -> Counter[str]:
    """Apply the fixes of a result, of a file that has several names those of the first; tells how
    many that are."""
    by_path: defaultdict[str, list[Fix]] = defaultdict(list)
    for finding in result.findings:
        if fix := _fix(finding, unsafe):
            by_path[finding.path].append(fix)
    done: Counter[str] = Counter()
    for shown, its in by_path.items():
        source = result.sources[shown]
        file = draft.file(source.path)
        if file in done:
            continue
        decoded = fixes.decode(draft.read(source.path))
        if decoded is None or len(decoded.text) != len(source.text):
            notice = f"{shown}: left alone, since some of it cannot be read"
            notices += [notice] if notice not in notices else []
            continue
        text, done[file] = fixes.apply(decoded.text, its)
        if done[file]:
            draft.write(source.path, decoded.encode(text))
    return done
