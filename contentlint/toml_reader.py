"""TOML with the place of everything in it.

tomllib says what the values are, but not where; a scan of the text it has found valid does.
"""

from __future__ import annotations

import re
import tomllib
from itertools import pairwise
from math import isfinite
from typing import Any

from contentlint.fields import (
    CURLY,
    CURLY_QUOTES,
    MAX_DEPTH,
    NO_NUMBER,
    Field,
    Parsed,
    Path,
    Reader,
    Stop,
    last_visible,
    no_date,
    too_deep,
)
from contentlint.patterns import pattern
from contentlint.text import Span, line_start

_SPACE = pattern(r"(?:[ \t\r\n]++|#[^\r\n]*+)*+")
_KEY = pattern(r"""[ \t]*("(?:[^"\\]++|\\.)*+"|'[^']*'|[\w-]+)[ \t]*""")
_VALUE = pattern(
    r"""(?P<long>"{3}(?:[^"\\]++|\\.|"(?!""))*+"{3,5}|'{3}.*?'{3,5})"""
    r"""|(?P<short>"(?:[^"\\]++|\\.)*+"|'[^']*')"""
    r"""|\d{4}-\d\d-\d\d[Tt ]\d\d:[^\s,\]}#]*"""
    r"""|[^\s,\]}#]+""",
    re.DOTALL,
)
_LONE_CR = pattern(r"\r(?!\n)")
# tomllib takes quadratic time over the parts of a key.
_DEEP_KEY = pattern(rf"(?<![\w\"'-])[\w\"'-]++(?:[ \t]*\.[ \t]*[\w\"'-]++){{{MAX_DEPTH}}}")


class TomlReader(Reader):
    """Reads one TOML document."""

    def __init__(self, text: str, content: Span) -> None:
        super().__init__()
        self.text = text
        self.start, self.end = content
        self.arrays: dict[Path, int] = {}  # the index of the last table in an array of tables

    def read(self) -> Parsed:
        source = _LONE_CR.sub("\n", self.text[self.start : self.end])
        problem = None
        try:
            self.load(source)
        except Stop as stop:
            problem = stop.problem
            self.load_before(source, problem.span.start - self.start)
        self.scan()
        return self.finish(problem)

    def load(self, source: str) -> None:
        if source.count(".") >= MAX_DEPTH and (deep := _DEEP_KEY.search(source)):
            raise too_deep(self.start + deep.start())
        try:
            self.data = _as_json(tomllib.loads(source), 0)
        except RecursionError:
            raise too_deep(self.start) from None
        except ValueError as error:
            start, end, message = _explain(str(error), source)
            raise Stop(self.start + start, self.start + end, message) from None

    def load_before(self, source: str, mistake: int) -> None:
        """Load what stands before the line with the mistake, or else before its statement."""
        for end in (line_start(source, mistake), _statement(source, mistake)):
            try:
                self.load(source[:end])
            except Stop:
                continue
            self.end = self.start + end
            return
        self.end = self.start

    def scan(self) -> None:
        position = self.skip_space(self.start)
        table: Path = ()
        while position < self.end:
            if self.text[position] == "[":
                table, position = self.header(position)
            else:
                position = self.pair(position, table)
            position = self.skip_space(position)

    def skip_space(self, position: int) -> int:
        match = _SPACE.match(self.text, position, self.end)
        return match.end() if match else position

    def keys(self, position: int) -> tuple[list[tuple[str, Span]], int]:
        """The parts of a dotted key, and the offset of what follows it."""
        parts: list[tuple[str, Span]] = []
        while match := _KEY.match(self.text, position, self.end):
            parts.append((_name(match[1]), Span(*match.span(1))))
            position = match.end()
            if not self.text.startswith(".", position):
                break
            position += 1
        return parts, position

    def header(self, position: int) -> tuple[Path, int]:
        """Read `[table]` or `[[array of tables]]`; return the table's path and the header's end."""
        brackets = 2 if self.text.startswith("[[", position) else 1
        (*outer, (name, key)), end = self.keys(position + brackets)
        end += brackets
        whole = Span(position, end)
        path: Path = ()
        for outer_name, outer_key in outer:
            path = (*path, outer_name)
            self.fields.setdefault(path, Field(outer_key, whole, None))
            if path in self.arrays:
                path = (*path, self.arrays[path])
        path = (*path, name)
        if brackets == 1:
            self.fields.pop(path, None)  # implied so far by one inside it
            self.fields[path] = Field(key, whole, None)
            return path, end
        self.fields.setdefault(path, Field(key, whole, None))
        self.arrays[path] = self.arrays.get(path, -1) + 1
        path = (*path, self.arrays[path])
        self.fields[path] = Field(None, whole, None)
        return path, end

    def pair(self, position: int, path: Path) -> int:
        """Read `key = value` in the table at `path`; return its end."""
        parts, position = self.keys(position)
        implied: list[tuple[Path, Span, int]] = []  # tables that a dotted key makes
        for (name, key), (_, inner) in pairwise(parts):
            path = (*path, name)
            if path not in self.fields:
                self.fields[path] = Field(key, inner, None)  # keeps its place in the order
                implied.append((path, key, inner.start))
        name, key = parts[-1]
        end = self.value(self.skip_space(position + 1), (*path, name), key)
        for path, key, start in implied:
            self.fields[path] = Field(key, Span(start, end), None)
        return end

    def value(self, start: int, path: Path, key: Span | None) -> int:
        char = self.text[start]
        if char == "[" or char == "{":
            self.fields[path] = Field(key, Span(start, start), None)  # keeps its place in the order
            end = self.array(start, path) if char == "[" else self.table(start, path)
            self.fields[path] = Field(key, Span(start, end), None)
            return end
        match = _VALUE.match(self.text, start, self.end)
        end = match.end() if match else start
        text = None
        if match and match.lastgroup == "short":
            text = Span(start + 1, end - 1)
        elif match and match.lastgroup == "long":
            text = _stripped(self.text, start + 3, end - 3)
        self.fields[path] = Field(key, Span(start, end), text)
        return end

    def array(self, position: int, path: Path) -> int:
        position = self.skip_space(position + 1)
        index = 0
        while self.text[position] != "]":
            position = self.skip_comma(self.value(position, (*path, index), None))
            index += 1
        return position + 1

    def table(self, position: int, path: Path) -> int:
        position = self.skip_space(position + 1)
        while self.text[position] != "}":
            position = self.skip_comma(self.pair(position, path))
        return position + 1

    def skip_comma(self, position: int) -> int:
        position = self.skip_space(position)
        return self.skip_space(position + 1) if self.text[position] == "," else position


def _name(key: str) -> str:
    if key[0] == '"' and "\\" in key:
        return str(tomllib.loads(f"name = {key}")["name"])
    return key[1:-1] if key[0] in "\"'" else key


def _stripped(text: str, start: int, end: int) -> Span:
    """The text of a string of several lines, without the line breaks at its quotes."""
    inner = text[start:end].rstrip(" \t\r\n")
    return Span(start + len(inner) - len(inner.lstrip(" \t\r\n")), start + len(inner))


def _as_json(value: Any, depth: int) -> Any:
    """The same with dates as strings; RecursionError where it is too deep."""
    kind = value.__class__
    if kind is dict or kind is list:
        if depth >= MAX_DEPTH:
            raise RecursionError
        if kind is dict:
            return {key: _as_json(item, depth + 1) for key, item in value.items()}
        return [_as_json(item, depth + 1) for item in value]
    if kind is float and not isfinite(value):
        return str(value)
    return value if kind in (str, bool, int, float) else value.isoformat()


# What tomllib says, for a writer.
_REASONS = {
    "Illegal character '\\n'": "The quote on this line is not closed",
    "Unterminated string": "This quote is never closed",
    "Unclosed array": "A list is never closed: a `]` is missing",
    "Unclosed inline table": "A table is never closed: a `}` is missing",
    "Unescaped '\\' in a string": (
        "Between double quotes a backslash is written `\\\\`; or use single quotes"
    ),
    "Expected newline or end of document after a statement": (
        "Nothing may follow the value on its line"
    ),
    "Cannot overwrite a value": "This key is written twice",
    "Invalid statement": "A line begins with a key or a `[table]`",
    "Invalid initial character for a key part": "A key is expected here",
    "Expected '=' after a key in a key/value pair": "An `=` is expected after the key",
    "Expected ']' at the end of a table declaration": "A `]` is missing after the table's name",
    "Expected ']]' at the end of an array declaration": "A `]]` is missing after the table's name",
}
_TEXT_ALONE = re.compile(r"""(["'])[^"'\n]*\1[^=\n]*(?:\n|\Z)""")  # and no key in quotes
_PLACE = pattern(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)


def _explain(error: str, source: str) -> tuple[int, int, str]:
    """Start, end and words of a mistake."""
    match = _PLACE.fullmatch(error)
    if match is None:  # int() has refused, and knows no place
        digits = re.search(r"[\d_]{4000,}", source)
        start, end = digits.span() if digits else (0, 0)
        return start, end, NO_NUMBER
    reason, line, column = match.groups()
    at = _offset(source, int(line), int(column)) if line else len(source.rstrip())
    words = _REASONS.get(reason, f"This is no TOML: {reason}")
    end = min(at + 1, max(at, last_visible(source, at)))
    if source[at : at + 1] in tuple(CURLY_QUOTES):
        return at, end, CURLY
    if date := _date_around(source, at):
        at, end = date.span()
        words = no_date(date.group())
    elif reason == "Invalid value":
        words = "Text must be quoted" if source[at:end].isalpha() else "A value is expected here"
    elif reason == "Unclosed array" and _TEXT_ALONE.match(source, at):
        words = "A comma is missing before this"
    elif reason == "Cannot overwrite a value":  # noticed behind the value
        at = _statement(source, at)
        end = last_visible(source, at)
    elif reason.startswith("Cannot declare "):
        words = "This table stands twice"
    return at, end, words


def _date_around(source: str, offset: int) -> re.Match[str] | None:
    """The date that tomllib stumbled over; it may have taken the year for a number."""
    before = source[line_start(source, offset) : offset]
    start = offset - len(before) + len(before.rstrip("0123456789-:.TtZz+"))
    return re.compile(r"\d{4}-\d\d-\d\d[^\s,\]}#]*").match(source, start)


def _offset(text: str, line: int, column: int) -> int:
    start = 0
    for _ in range(line - 1):
        start = text.find("\n", start) + 1
    return min(start + column - 1, len(text))


def _statement(source: str, offset: int) -> int:
    """Where the statement around an offset begins."""
    start = 0
    for match in re.finditer(r"""(?m)^[ \t]*+(?:\[|["'\w][^=\r\n]*=)""", source):
        if match.start() > offset:
            break
        start = match.start()
    return start
