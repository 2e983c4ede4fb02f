"""Texts that are nearly the same: MinHash finds candidates (Broder 1997), and each is then compared.

What is compared are sets of short pieces: of three words in a row for posts, of three characters for
titles. The similarity of two texts is the share of the pieces of both that they have in common
(Jaccard's index). If 5 % of the words are others, it is about 0.75.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Any

from contentlint.tuples import NamedTuple

POSTS, LINES = 0.6, 0.8  # from which similarity on two posts, two titles, are nearly the same
_HASHES, _BANDS = 128, 32  # finds 99.7 % of what is half the same
_MOST_COMPARED = 50  # with each text; more are alike only where all are
FEWEST = 20  # pieces of a post; below, all is alike
_IN_A_ROW = 3


class Member(NamedTuple):
    """A text by its number, and how similar it is to the first of its group, from 0 to 1."""

    number: int
    similarity: float


def phrases(words: Sequence[str]) -> array[int]:
    """The pieces of a post, as hashes that hold in this process: 8 bytes each."""
    if len(words) < _IN_A_ROW:
        return array("q", {hash(tuple(words))} if words else ())
    return array("q", set(map(hash, zip(*(words[n:] for n in range(_IN_A_ROW)), strict=False))))


def letters(text: str) -> array[int]:
    """The pieces of a title. Digits count as one and the same, since parts of a series differ in
    them and are meant to."""
    text = "".join("0" if letter.isdigit() else letter for letter in f" {text.casefold()} ")
    return array("q", {hash(text[n : n + _IN_A_ROW]) for n in range(len(text) - 2)})


def groups(texts: Iterable[array[int]], least: float) -> list[list[Member]]:
    """Groups of texts whose similarity to the first of the group is `least` or more.

    A text is compared with the first ones of groups only, so that a thousand equal texts cost no more
    than a thousand others.
    """
    rensa: Any = import_module("rensa")  # which has no types
    index: Any = rensa.RMinHashLSH(threshold=least, num_perm=_HASHES, num_bands=_BANDS)
    first: dict[int, tuple[Any, array[int]]] = {}
    found: dict[int, list[Member]] = {}
    for number, pieces in enumerate(texts):
        if not pieces:
            continue
        sketch: Any = rensa.RMinHash(num_perm=_HASHES, seed=1)
        sketch.update([piece.to_bytes(8, "little", signed=True) for piece in pieces])
        own = frozenset(pieces)
        near = sorted(index.query(sketch), key=lambda other: -sketch.jaccard(first[other][0]))
        best = max(
            (Member(other, _jaccard(own, first[other][1])) for other in near[:_MOST_COMPARED]),
            key=lambda member: (member.similarity, -member.number),
            default=None,
        )
        if best and best.similarity >= least:
            found.setdefault(best.number, [Member(best.number, 1.0)])
            found[best.number].append(Member(number, round(best.similarity, 3)))
        else:
            index.insert(number, sketch)
            first[number] = sketch, pieces
    return list(found.values())


def _jaccard(one: frozenset[int], other: array[int]) -> float:
    common = len(one.intersection(other))
    return common / (len(one) + len(other) - common)
