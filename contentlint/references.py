"""Reference links whose definition is missing, and definitions that nothing refers to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from contentlint.document import Document
from contentlint.patterns import pattern
from contentlint.text import Span

# `[words][label]` that the parser has left as text. What stands before tells code from prose.
_LEFT = pattern(r"\[([^][\0\r\n]{3,200})\]\[([^][\0\r\n^@][^][\0\r\n]{0,99})\]")


class Label(NamedTuple):
    """A label of a reference link, and where it stands."""

    text: str
    span: Span


def unused(document: Document) -> Iterator[Label]:
    """The labels of definitions that nothing in the post refers to. Those that serve as comments
    are left out, and those that are mentioned where the parser sees no links."""
    used = {link.span for link in document.links if link.kind == "reference"}
    used |= {image.destination_span for image in document.images if image.kind == "reference"}
    text = document.source.text
    for label, destination, place in document.definitions:
        end = text.rfind("]:", 0, place.start) + 1
        span = Span(end - len(label) - 2, end)
        is_written = text[span.start : end] == f"[{label}]"
        if place in used or _is_comment(label, destination) or not is_written:
            continue
        if not _is_mentioned(text, label):
            yield Label(label, span)


def undefined(document: Document) -> Iterator[Label]:
    """The labels of reference links that have no definition. A post that defines none at all is
    left alone, unless the label is a number: brackets may mean anything else."""
    mask = document.mask
    if "][" not in mask:
        return
    for match in _LEFT.finditer(mask):
        before = mask[match.start() - 1 : match.start()]
        is_prose = not (before.isalnum() or before in tuple("_)]\\.$"))
        has_words = any(map(str.isalpha, match[1])) and not match[1].isidentifier()
        if is_prose and (match[2].isdecimal() or (document.definitions and has_words)):
            yield Label(match[2], Span(*match.span(2)))


def _is_comment(label: str, destination: str) -> bool:
    """`[//]: # (words)` and the like print nothing, and are meant to."""
    has_letters = re.search(r"\w", label) is not None
    return destination in ("", "#", "<>") or not has_letters or label.lower().startswith("comment")


def _is_mentioned(text: str, label: str) -> bool:
    """Whether `[label]` stands anywhere else, be it in HTML or in what looks like code."""
    words = r"[\s>]+".join(map(re.escape, label.split()))
    return re.search(rf"\[\s*{words}\s*\](?!:)", text, re.IGNORECASE) is not None
