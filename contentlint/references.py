"""Reference links whose definition is missing, and definitions that nothing refers to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from contentlint.document import Document
from contentlint.patterns import pattern
from contentlint.slugs import nearest
from contentlint.text import Span
from contentlint.tuples import NamedTuple

# `[words][label]` that the parser has left as text. What stands before tells code from prose.
_LEFT = pattern(r"\[([^][\0\r\n]{3,200})\]\[([^][\0\r\n^@][^][\0\r\n]{0,99})\]")


_IN_BRACKETS = pattern(r"\[([^][]{1,300})\](?!:)")
_MOST = 500  # labels without definition, and definitions that they may be meant for
# What stands before brackets in code, rather than in prose.
_CODE = tuple("_)]\\.$=:-&|{<")


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
    mentioned: frozenset[str] | None = None
    for label, destination, place in document.definitions:
        end = text.rfind("]:", 0, place.start) + 1
        span = Span(end - len(label) - 2, end)
        is_written = text[span.start : end] == f"[{label}]"
        if place in used or _is_comment(label, destination) or not is_written:
            continue
        mentioned = _mentioned(text) if mentioned is None else mentioned
        if _normal(label) not in mentioned:
            yield Label(label, span)


def undefined(document: Document) -> Iterator[Label]:
    """The labels of reference links that have no definition. A post that defines none at all is
    left alone, unless the label is a number: brackets may mean anything else."""
    mask = document.mask
    if "][" not in mask:
        return
    labels = [definition.label.casefold() for definition in document.definitions[:_MOST]]
    for match in islice(_LEFT.finditer(mask), _MOST):
        words, label = match.groups()
        before, after = mask[match.start() - 1 : match.start()], mask[match.end() : match.end() + 1]
        if before.isalnum() or before in _CODE or after in ("[", "("):
            continue
        if _is_meant(words, label, labels):
            yield Label(label, Span(*match.span(2)))


def _is_meant(words: str, label: str, labels: list[str]) -> bool:
    """Whether `[words][label]` was meant for a link."""
    if label.isdecimal():
        return any(map(str.isalpha, words)) and not ("_" in words and words.isidentifier())
    if not labels:
        return False
    is_prose = " " in words and any(map(str.islower, words))
    return is_prose or nearest(label.casefold(), labels) is not None


def _is_comment(label: str, destination: str) -> bool:
    """`[//]: # (words)` and the like print nothing, and are meant to."""
    has_letters = re.search(r"\w", label) is not None
    return destination in ("", "#", "<>") or not has_letters or label.lower().startswith("comment")


def _mentioned(text: str) -> frozenset[str]:
    """All labels that stand in brackets, and not before a colon, be it in HTML or in what looks like
    code."""
    return frozenset(_normal(match[1]) for match in _IN_BRACKETS.finditer(text))


def _normal(label: str) -> str:
    return " ".join(label.replace(">", " ").casefold().split())
