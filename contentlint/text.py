"""Source text and places in it.

There is one coordinate system: an offset counts characters (Unicode code points) of the untouched
source text, and a span is end-exclusive. Lines and columns exist only for people; they are
computed when a finding is stamped.
"""

from __future__ import annotations

import codecs
from typing import Literal

from contentlint.patterns import pattern
from contentlint.tuples import NamedTuple

BOM = "\ufeff"

# Python decodes an undecodable byte to one lone surrogate; every other consumer wants text that
# can be encoded again, so each becomes one U+FFFD, which keeps all offsets.
_LONE_SURROGATE = pattern("[\udc80-\udcff]")

_LONE_CR = pattern("\r(?!\n)")
_LINE = pattern(r"[^\r\n]*")


class Span(NamedTuple):
    """An end-exclusive range of characters of the untouched source text."""

    start: int
    end: int


class Position(NamedTuple):
    """A place for people: both 1-based, the column in code points.

    A byte order mark is not part of line 1, since no editor shows it.
    """

    line: int
    column: int


class Source:
    """One file's text, character for character as it stands in the file.

    `text` keeps line endings and a byte order mark. Each byte that is no UTF-8 stands in it as one
    U+FFFD, and its offset is in `undecodable`. `encoding` is "utf-8", or "utf-16" for a file that
    says so by its byte order mark.
    """

    __slots__ = (
        "_last_line",
        "_last_offset",
        "_lone_cr",
        "encoding",
        "path",
        "text",
        "undecodable",
    )

    def __init__(
        self,
        path: str,
        text: str,
        undecodable: tuple[int, ...] = (),
        encoding: Literal["utf-8", "utf-16"] = "utf-8",
    ) -> None:
        self.path = path
        self.text = text
        self.undecodable = undecodable
        self.encoding = encoding
        self._lone_cr: bool | None = None
        self._last_offset = 0
        self._last_line = 1

    @classmethod
    def decode(cls, path: str, data: bytes) -> Source:
        """Make a Source from the bytes of a file; never fails."""
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return cls(path, data.decode("utf-16", "replace"), encoding="utf-16")
        try:
            return cls(path, data.decode("utf-8"))
        except UnicodeDecodeError:
            pass
        text = data.decode("utf-8", "surrogateescape")
        bad = tuple(match.start() for match in _LONE_SURROGATE.finditer(text))
        return cls(path, _LONE_SURROGATE.sub("\ufffd", text), bad)

    @property
    def start(self) -> int:
        """The offset of the first character after a byte order mark."""
        return 1 if self.text.startswith(BOM) else 0

    def position(self, offset: int) -> Position:
        """Turn an offset into line and column.

        Lines end at LF, CRLF or CR, and nowhere else (`str.splitlines` would break them at U+2028
        and others). Linear over all calls when the offsets rise, as in sorted findings.
        """
        text = self.text
        offset = max(0, min(offset, len(text)))
        if text[offset - 1 : offset + 1] == "\r\n":
            offset -= 1  # inside a CRLF: the end of its line
        if self._lone_cr is None:
            self._lone_cr = "\r" in text and _LONE_CR.search(text) is not None
        if offset < self._last_offset:
            self._last_offset, self._last_line = 0, 1
        line = self._last_line + text.count("\n", self._last_offset, offset)
        line_start = text.rfind("\n", 0, offset) + 1
        if self._lone_cr:
            line += _count_lone_cr(text, self._last_offset, offset)
            line_start = max(line_start, text.rfind("\r", 0, offset) + 1)
        self._last_offset, self._last_line = offset, line
        column = offset - max(line_start, self.start) + 1
        return Position(line, max(column, 1))


def _count_lone_cr(text: str, start: int, end: int) -> int:
    return sum(1 for _ in _LONE_CR.finditer(text, start, end))


def line_start(text: str, offset: int) -> int:
    """Where the line around an offset begins."""
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def line_end(text: str, start: int, limit: int | None = None) -> int:
    """Where the rest of a line ends, before its line break, or at `limit` if that comes first.

    Looks at no character behind, so that it may be asked for each of many places.
    """
    match = _LINE.match(text, start, len(text) if limit is None else limit)
    return match.end() if match else start
