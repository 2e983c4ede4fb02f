"""Data with the place of every key, value and list item, whatever format it is written in."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from contentlint.text import Span, line_end
from contentlint.tuples import NamedTuple

# Deeper data would exhaust the stack of whoever walks it; no post needs a tenth of this.
MAX_DEPTH = 100
# Converting digits takes quadratic time, so nothing longer is taken for a number.
MAX_DIGITS = 1_000

# ("cover", "alt"), ("tags", 0). Keys that are no strings are what JSON would make of them.
Path = tuple[str | int, ...]


# A step that leads nowhere in a mapping, for what is read and not kept.
NOWHERE = 0


class Field(NamedTuple):
    """Where one value stands.

    `key` is the key, quotes included, or None for a list item. `value` is the value as written,
    quotes included; it is empty for a value left out. The value of a TOML table is its header, or
    for a dotted key what follows the dot. `text` is there for strings only: the characters that
    people read, without the quotes or the header of a block.
    """

    key: Span | None
    value: Span
    text: Span | None


class SyntaxProblem(NamedTuple):
    """What the format does not allow, and where."""

    span: Span
    message: str


class Duplicate(NamedTuple):
    """A key written twice in one mapping; the data holds the later value."""

    path: Path
    first: Span
    second: Span


class Parsed(NamedTuple):
    """Data and the places in it.

    `data` is what JSON can hold: dates and times are ISO 8601 strings, and numbers that JSON does
    not know, such as `.inf`, are strings too. `fields` holds every key and list item that is
    written out, in the order of the file, and each of its paths leads to a value in `data`. What a
    YAML alias or merge key brings along is in `data` only. `broken` says that the parser had to
    give up, so that `data` lacks what follows the mistake.
    """

    data: dict[str, Any]
    fields: dict[Path, Field]
    problems: tuple[SyntaxProblem, ...]
    duplicates: tuple[Duplicate, ...]
    broken: bool


class Stop(Exception):
    """The reader has to give up here."""

    def __init__(self, start: int, end: int, message: str) -> None:
        super().__init__(message)
        self.problem = SyntaxProblem(Span(start, end), message)


def too_deep(start: int) -> Stop:
    return Stop(start, start + 1, f"This is nested more than {MAX_DEPTH} levels deep")


class Reader:
    """What the reader of one format has gathered so far."""

    def __init__(self) -> None:
        self.data: dict[str, Any] = {}
        self.fields: dict[Path, Field] = {}
        self.problems: list[SyntaxProblem] = []
        self.duplicates: list[Duplicate] = []
        self.stale = False  # some fields are of values that did not get into the data

    def report(self, span: Span, message: str) -> None:
        self.problems.append(SyntaxProblem(span, message))

    def repeat(self, path: Path, second: Span) -> None:
        """Note that the mapping being read has this key already."""
        if first := self.fields[path].key:
            self.duplicates.append(Duplicate(path, first, second))
        self.stale = True

    def finish(self, problem: SyntaxProblem | None = None) -> Parsed:
        """Wrap up, having given up because of `problem` if there is one."""
        if problem:
            self.problems.append(problem)
        if problem or self.stale:
            live = [item for item in self.fields.items() if _leads_into(self.data, item[0])]
            self.fields = dict(sorted(live, key=lambda item: item[1].value.start))
        problems, duplicates = tuple(self.problems), tuple(self.duplicates)
        return Parsed(self.data, self.fields, problems, duplicates, problem is not None)


def _leads_into(data: Any, path: Path) -> bool:
    try:
        for step in path:
            if isinstance(data, str):  # whose characters are no items
                return False
            data = data[step]
    except (LookupError, TypeError):
        return False
    return True


def parse(read: Callable[[str, Span], Parsed], text: str, content: Span) -> Parsed:
    """Read; where control characters are in the way, report the first and read on without them."""
    parsed = read(text, content)
    if not parsed.broken:
        return parsed
    control = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
    first = control.search(text, *content)
    if first is None:
        return parsed
    clean = control.sub("\ufffd", text[slice(*content)])
    parsed = read(text[: content.start] + clean + text[content.end :], content)
    message = f"An invisible control character (U+{ord(first.group()):04X}) has no place here"
    problem = SyntaxProblem(Span(*first.span()), message)
    return parsed._replace(problems=(problem, *parsed.problems))


def no_date(written: str) -> str:
    """Words for a date or time that looks like one, and is none."""
    return f"`{written}` is no {'point in time' if ':' in written else 'day in the calendar'}"


CURLY_QUOTES = "“”‘’"
CURLY = "Curly quotes do not quote; use straight ones"
NO_NUMBER = f"A number has no more than {MAX_DIGITS:,} digits"


def last_visible(text: str, start: int) -> int:
    """Where the last visible character of the line ends, seen from `start`."""
    return start + len(text[start : line_end(text, start)].rstrip(" \t"))
