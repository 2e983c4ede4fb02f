"""Applying the edits of fixes to the text of a file, and the text to its bytes."""

from __future__ import annotations

import codecs
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator
from itertools import pairwise

from contentlint.finding import Edit, Fix
from contentlint.text import Span
from contentlint.tuples import NamedTuple

_UTF_16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


class Decoded(NamedTuple):
    """The text of a file, whose offsets are those of its Source, and how to write it again.

    A byte that is no UTF-8 stands in it as a lone surrogate, which becomes that byte again.
    """

    text: str
    encoding: str = "utf-8"
    mark: bytes = b""  # the byte order mark, if it is no part of the text

    def encode(self, text: str) -> bytes:
        """Other text as the bytes of the same file."""
        return self.mark + text.encode(self.encoding, _errors(self.encoding))


def decode(data: bytes) -> Decoded | None:
    """The text of a file; None if it could not be written again byte for byte."""
    mark = data[:2] if data[:2] in _UTF_16 else b""
    encoding = _UTF_16.get(mark, "utf-8")
    try:
        return Decoded(data[len(mark) :].decode(encoding, _errors(encoding)), encoding, mark)
    except UnicodeDecodeError:
        return None


def _errors(encoding: str) -> str:
    return "surrogateescape" if encoding == "utf-8" else "strict"


def apply(text: str, fixes: Iterable[Fix]) -> tuple[str, int]:
    """The text with the edits of all fixes that meet no other one, and how many fixes these are.

    Of fixes that meet, the first in the text is applied; the others may be made anew of what comes
    out. A fix is applied with all its edits or not at all, and never to a byte that is no text.
    """
    chosen: list[Edit] = []
    count = 0
    for fix in sorted(set(fixes), key=lambda fix: sorted(fix.edits)):
        edits = sorted(set(fix.edits))
        if edits and not _meets(edits, chosen) and all(map(_is_text, _covered(text, edits))):
            for edit in edits:
                insort(chosen, edit)
            count += 1
    changed = _edited(text, chosen)
    return changed, count if changed != text else 0


def _meets(edits: list[Edit], chosen: list[Edit]) -> bool:
    """Whether edits that belong together overlap others, or each other, so that it would matter
    which comes first."""
    if any(_touch(one.span, other.span) for one, other in pairwise(edits)):
        return True
    first = bisect_left(chosen, edits[0].span.start, key=_start)
    last = bisect_right(chosen, edits[-1].span.end, key=_start)
    near = chosen[max(first - 1, 0) : last]
    return any(_touch(edit.span, other.span) for other in near for edit in edits)


def _start(edit: Edit) -> int:
    return edit.span.start


def _touch(one: Span, other: Span) -> bool:
    """Whether two spans overlap; one that is empty also meets what begins or ends there."""
    if one.start == one.end or other.start == other.end:
        return one.start <= other.end and other.start <= one.end
    return one.start < other.end and other.start < one.end


def _covered(text: str, edits: list[Edit]) -> Iterator[str]:
    return (text[slice(*edit.span)] for edit in edits)


def _is_text(part: str) -> bool:
    return part.isascii() or not any("\udc80" <= character <= "\udcff" for character in part)


def _edited(text: str, edits: list[Edit]) -> str:
    """The text with sorted edits that do not overlap."""
    newline = _newline(text) if any("\n" in edit.text for edit in edits) else "\n"
    parts: list[str] = []
    done = 0
    for (start, end), new in edits:
        parts += text[done:start], new.replace("\n", newline)
        done = end
    return "".join([*parts, text[done:]])


def _newline(text: str) -> str:
    """How lines end in a text: as the first one does."""
    at = next((at for at, character in enumerate(text) if character in "\r\n"), None)
    if at is None:
        return "\n"
    return "\r\n" if text[at : at + 2] == "\r\n" else text[at]
