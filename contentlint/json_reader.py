"""JSON with the place of everything in it, which the json module reads but does not tell."""

from __future__ import annotations

import json
import re
from math import isfinite
from typing import Any

from contentlint.fields import (
    CURLY,
    CURLY_QUOTES,
    MAX_DEPTH,
    MAX_DIGITS,
    Field,
    Parsed,
    Path,
    Reader,
    Stop,
    SyntaxProblem,
    last_visible,
    too_deep,
)
from contentlint.patterns import pattern
from contentlint.text import Span


def _number(digits: str) -> int | float | str:
    """The number, or the characters where JSON and Python know none."""
    if len(digits) > MAX_DIGITS:
        return digits
    if digits.lstrip("-").isdecimal():
        return int(digits)
    number = float(digits)
    return number if isfinite(number) else digits


# `NaN` and the like come out as the characters, too.
_JSON = json.JSONDecoder(parse_int=_number, parse_float=_number, parse_constant=str)
_SPACE = pattern(r"[ \t\r\n]*")
_BRACE = pattern(r'"(?:[^"\\\r\n]++|\\.)*+"?|[{}]')
_LAST_BRACE = pattern(r"(?<=[\r\n])\}[ \t]*(?:[\r\n]|\Z)")


def object_end(text: str, start: int) -> int | None:
    """Where the object that begins at `start` ends, even a faulty one; None if it never does."""
    try:
        return _JSON.raw_decode(text, start)[1]
    except (ValueError, RecursionError):
        pass
    depth = 0
    for match in _BRACE.finditer(text, start):
        depth += {"{": 1, "}": -1}.get(match.group(), 0)
        if depth == 0:
            return match.end()
    last = _LAST_BRACE.search(text, start)
    return last.start() + 1 if last else None


class JsonReader(Reader):
    """Reads one JSON object."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def read(self, start: int) -> Parsed:
        problem = None
        try:
            _JSON.raw_decode(self.text, start)
        except json.JSONDecodeError as error:
            problem = _explain(error, self.text)
        except RecursionError:
            pass
        try:
            self.object(start, (), self.data)
        except Stop as stop:
            problem = problem or stop.problem
        except (ValueError, IndexError):
            pass  # at the problem
        return self.finish(problem)

    def value(self, start: int, path: Path, key: Span | None) -> tuple[Any, int]:
        """The value that begins at `start`, and its end."""
        char = self.text[start]
        if char not in "{[":
            return self.scalar(start, path, key)
        if len(path) >= MAX_DEPTH:
            raise too_deep(start)
        self.fields[path] = Field(key, Span(start, start), None)  # keeps its place in the order
        value: dict[str, Any] | list[Any]
        if char == "{":
            value = {}
            end = self.object(start, path, value)
        else:
            value = []
            end = self.array(start, path, value)
        self.fields[path] = Field(key, Span(start, end), None)
        return value, end

    def scalar(self, start: int, path: Path, key: Span | None) -> tuple[Any, int]:
        value, end = _JSON.raw_decode(self.text, start)
        text = None
        if isinstance(value, str):
            if self.text[start] == '"':
                value = _whole(value)
                text = Span(start + 1, end - 1)
            else:
                self.report(Span(start, end), "JSON has no such number")
        self.fields[path] = Field(key, Span(start, end), text)
        return value, end

    def object(self, start: int, path: Path, value: dict[str, Any]) -> int:
        position = self.space(start + 1)
        while self.text[position] != "}":
            if self.text[position] != '"':
                raise ValueError
            name, end = _JSON.raw_decode(self.text, position)
            name, key = _whole(name), Span(position, end)
            here = (*path, name)
            if name in value:
                self.repeat(here, key)
            value[name], position = self.value(self.after(":", end), here, key)
            position = self.separator("}", position)
        return position + 1

    def array(self, start: int, path: Path, value: list[Any]) -> int:
        position = self.space(start + 1)
        while self.text[position] != "]":
            item, position = self.value(position, (*path, len(value)), None)
            value.append(item)
            position = self.separator("]", position)
        return position + 1

    def space(self, position: int) -> int:
        match = _SPACE.match(self.text, position)
        return match.end() if match else position

    def after(self, char: str, position: int) -> int:
        position = self.space(position)
        if self.text[position] != char:
            raise ValueError
        return self.space(position + 1)

    def separator(self, closing: str, position: int) -> int:
        position = self.space(position)
        return position if self.text[position] == closing else self.after(",", position)


def _whole(value: str) -> str:
    r"""The string without lone surrogates, which `\ud800` makes and no file can hold."""
    return value if value.isascii() else re.sub("[\ud800-\udfff]", "\ufffd", value)


_COMMA = "No comma may stand before a closing bracket"
# What the json module says, for a writer.
_REASONS = {
    "Expecting property name enclosed in double quotes": "A key in double quotes is expected here",
    "Illegal trailing comma before end of object": _COMMA,
    "Illegal trailing comma before end of array": _COMMA,
    "Expecting ':' delimiter": "A colon is missing after the key",
    "Expecting ',' delimiter": "A comma is missing before this",
    "Expecting value": "A value is expected here; text must stand in double quotes",
    "Unterminated string starting at": "This quote is never closed",
    "Invalid control character at": "A tab within a text is written `\\t`",
}


def _explain(error: json.JSONDecodeError, text: str) -> SyntaxProblem:
    start = min(error.pos, len(text))
    char = text[start : start + 1]
    words = _REASONS.get(error.msg, f"This is no JSON: {error.msg}")
    if char in tuple(CURLY_QUOTES):
        words = CURLY
    elif char in ("}", "]") and text[:start].rstrip().endswith(","):
        start, words = len(text[:start].rstrip()) - 1, _COMMA  # as from Python 3.13 on
    elif error.msg.startswith("Expecting ','") and char in ("}", "]", ""):
        words = "A closing bracket is missing before this"
    elif error.msg.startswith("Invalid control") and char in ("\r", "\n"):
        words = "The quote on this line is not closed"
    elif error.msg.startswith("Invalid \\"):
        words = "A backslash is written `\\\\` in JSON"
    return SyntaxProblem(Span(start, min(start + 1, max(start, last_visible(text, start)))), words)
