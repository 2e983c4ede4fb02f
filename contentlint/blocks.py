"""Prose as a reader reads it: block by block, without markup, and the way back to the source.

A paragraph, a heading, a list item, a table cell or a title is a block of its own: nothing reads
across its ends. Emphasis and links leave their text, a line break becomes a blank, and what is no
prose but has a place in the sentence, such as inline code, becomes one OPAQUE noun.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from operator import itemgetter

from contentlint.markdown import Run, RunKind
from contentlint.patterns import pattern
from contentlint.rawhtml import unescape
from contentlint.templating import NUL
from contentlint.text import Span, line_end
from contentlint.tuples import NamedTuple

OPAQUE = "Widget"  # a noun like others, in the singular

_LETTER = pattern(r"[^\W\d_]")
_PART = pattern(r"(\0+)|([ \t]*(?:\r\n?|\n)[ \t\0]*)|[^\0\r\n]+")
# What leaves no trace in the sentence: emphasis, links around their text, escapes, HTML tags,
# footnote references and lists of attributes.
_MARKUP = pattern(
    r"""(?: \[\^[^\]\s]*\] | [*_~\\>[]
      | \] (?: \( (?: [^()"'] | \([^()]*\) | "[^"]*" | '[^']*' )*+ \) | \[ [^\]]* \] )?
      | <[^<>]*> | \{[:.\#][^{}]*\} | \{/\*[^{}]*\*/\} | &[\w\#]{1,32}; | [ \t\r\n] )*+""",
    re.VERBOSE,
)
_NO_PLACE = ("{:", "{.", "{#", "{/*")  # templates that print nothing
_ENTITY = pattern(r"&(?:#\w{1,8}|[A-Za-z]\w{1,31});")
# Docusaurus, VitePress and MyST begin an admonition with `:::note`, MkDocs does with `!!! note` or
# `??? note`; what follows in that line is its title, and the text begins in the next one.
_ADMONITIONS = (":::", "!!!", "???")
_LONGEST_LINK = 2_000


class Piece(NamedTuple):
    """A stretch of a block's text: where it begins there, and the span of the source that it
    stands for; `same` tells that it is those very characters."""

    start: int
    source: Span
    same: bool


class Block(NamedTuple):
    """A block of prose. `opaque` are the places, in `text`, of what is no prose."""

    kind: RunKind
    text: str
    pieces: tuple[Piece, ...]
    opaque: tuple[Span, ...] = ()

    def span(self, start: int, end: int) -> Span | None:
        """Where `text[start:end]` stands in the source; None if part of it stands for something
        else, such as code, or if it is empty."""
        if not 0 <= start < end <= len(self.text):
            return None
        index = bisect_left(self.opaque, (start + 1,))
        around = self.opaque[max(0, index - 1) : index + 1]
        if any(a < end and start < b for a, b in around):
            return None
        first, last = self._piece(start), self._piece(end - 1)
        a, b = first.source.start, last.source.end
        if first.same:
            a += start - first.start
        if last.same:
            b = last.source.start + end - last.start
        return Span(a, b)

    def _piece(self, offset: int) -> Piece:
        return self.pieces[bisect_right(self.pieces, offset, key=itemgetter(0)) - 1]


def blocks(
    text: str, mask: str, runs: Sequence[Run], code: Sequence[Span], templates: Sequence[Span]
) -> Iterator[Block]:
    """The blocks of a text with any letters in them, in order.

    `runs` are the stretches of prose in its `mask`, `code` and `templates` what stands in them
    besides.
    """
    printed = (span for span in templates if not text.startswith(_NO_PLACE, span.start))
    reader = _Reader(text, mask, sorted((*code, *printed)))
    ordered = sorted(runs, key=lambda run: (run.span.start, -run.span.end))
    for index, run in enumerate(ordered):
        inside: list[Span] = []
        for after in range(index + 1, len(ordered)):
            if ordered[after].span.start >= run.span.end:
                break
            inside.append(ordered[after].span)
        block = reader.block(run, inside)
        if block is not None:
            yield block


def _without(text: str, offset: int, spans: list[Span], sign: str = NUL) -> str:
    """A text that stands at an offset, with a sign for each character of some spans."""
    parts: list[str] = []
    done = 0
    for a, b in spans:
        if b - offset > done:
            a = max(a - offset, done)
            parts += text[done:a], sign * (b - offset - a)
            done = b - offset
    return "".join((*parts, text[done:]))


class _Reader:
    def __init__(self, text: str, mask: str, opaque: list[Span]) -> None:
        self._text = text
        self._mask = mask
        self._opaque = opaque  # code and templates, in order

    def block(self, run: Run, inside: list[Span]) -> Block | None:
        """The block of a run; what is `inside` of it is not of it."""
        start, end = run.span
        masked = self._mask[start:end]
        if _LETTER.search(masked) is None:
            return None
        masked = _without(masked, start, inside)
        before, after = self._ends_before(start), self._begins_after(end)
        if masked.startswith(_ADMONITIONS):
            title = line_end(masked, 0)
            masked = NUL * title + masked[title:]
        elif not (before or after or NUL in masked or "\n" in masked or "\r" in masked):
            return Block(run.kind, masked, (Piece(0, run.span, True),))
        return self._joined(run.kind, masked, start, before, after)

    def _joined(
        self, kind: RunKind, masked: str, offset: int, before: Span | None, after: Span | None
    ) -> Block | None:
        parts: list[str] = []
        pieces: list[Piece] = []
        opaque: list[Span] = []
        length = 0
        is_prose = False

        def add(part: str, source: Span, same: bool = False) -> None:
            nonlocal length
            if part:
                parts.append(part)
                pieces.append(Piece(length, source, same))
                if part is OPAQUE:
                    opaque.append(Span(length, length + len(part)))
                length += len(part)

        if before:
            add(OPAQUE, before)
        for match in _PART.finditer(masked):
            source = Span(match.start() + offset, match.end() + offset)
            if match.lastindex is None:
                is_prose = is_prose or _LETTER.search(match[0]) is not None
                add(match[0], source, same=True)
            elif match.lastindex == 2:
                for part, place in self._line_break(source):
                    add(part, place)
            else:
                add(self._stand_in(source), source)
        if after:
            add(OPAQUE, after)
        if not is_prose:
            return None
        return Block(kind, "".join(parts), tuple(pieces), tuple(opaque))

    def _line_break(self, span: Span) -> Iterator[tuple[str, Span]]:
        """A line break with the marks of a quotation after it is a blank; what is no prose at the
        beginning of the next line is not part of it."""
        gap = self._covered(span)
        if _MARKUP.fullmatch(gap):
            yield " ", span
            return
        start = span.start + len(gap) - len(gap.lstrip(" \t\r\n>"))
        end = span.start + len(gap.rstrip())
        yield " ", Span(span.start, start)
        yield OPAQUE, Span(start, end)
        if end < span.end:
            yield " ", Span(end, span.end)

    def _stand_in(self, span: Span) -> str:
        """What a reader sees in the place of something that is no prose."""
        gap = self._covered(span)
        if not (gap.startswith(_ADMONITIONS) or _MARKUP.fullmatch(gap)):
            return OPAQUE
        if "&" in gap and (entity := _ENTITY.search(gap)):
            return unescape(entity[0]).replace("\xa0", " ")
        return " " if "<br" in gap.lower() or gap[0].isspace() or gap[-1].isspace() else ""

    def _covered(self, span: Span) -> str:
        """The source of a span with letters in place of code and templates, which may be part of
        a link's destination."""
        start, end = span
        index = bisect_left(self._opaque, (start,))
        covered: list[Span] = []
        while index < len(self._opaque) and self._opaque[index].start < end:
            covered.append(Span(self._opaque[index].start, min(end, self._opaque[index].end)))
            index += 1
        return _without(self._text[start:end], start, covered, "x")

    def _ends_before(self, start: int) -> Span | None:
        """The code or template that ends where prose begins, but for markup between them."""
        index = bisect_left(self._opaque, (start,))
        span = self._opaque[index - 1] if index else None
        return span if span and self._is_markup(span.end, start) else None

    def _begins_after(self, end: int) -> Span | None:
        index = bisect_left(self._opaque, (end,))
        span = self._opaque[index] if index < len(self._opaque) else None
        return span if span and self._is_markup(end, span.start) else None

    def _is_markup(self, start: int, end: int) -> bool:
        if not 0 <= end - start <= _LONGEST_LINK:
            return False
        gap = self._text[start:end]
        return "\n" not in gap and "\r" not in gap and _MARKUP.fullmatch(gap) is not None
