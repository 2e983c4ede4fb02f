"""Titles and descriptions: which posts share one, and how long they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from contentlint.audit import similar
from contentlint.audit.gather import Post, oldest_first
from contentlint.tuples import NamedTuple


class Alike(NamedTuple):
    """Texts that are the same, or nearly: the first of them, and the posts with what they say."""

    text: str
    same: bool
    posts: list[tuple[str, str]]


class Bin(NamedTuple):
    """How many texts have from `least` to `most` characters; `most` is None in the last bin."""

    least: int
    most: int | None
    posts: int


def alike(posts: Iterable[Post], text_of: Callable[[Post], str]) -> list[Alike]:
    """Groups of posts with the same text, and of those with nearly the same one; what differs in
    digits only is part of a series and no copy."""
    equal: defaultdict[str, list[Post]] = defaultdict(list)
    for post in oldest_first(posts):
        if text := text_of(post):
            equal[_plain(text)].append(post)
    found = [_alike(text_of, some, True) for some in equal.values() if len(some) > 1]
    distinct = list(equal)
    for group in similar.groups(map(similar.letters, distinct), similar.LINES):
        texts = [distinct[member.number] for member in group]
        texts = [text for text in texts if not _in_series(text, texts[0])] + texts[:1]
        if len(texts) > 1:
            found.append(_alike(text_of, [p for t in reversed(texts) for p in equal[t]], False))
    return sorted(found, key=lambda one: (not one.same, -len(one.posts), one.text))


def _alike(text_of: Callable[[Post], str], posts: list[Post], same: bool) -> Alike:
    return Alike(text_of(posts[0]), same, [(post.path, text_of(post)) for post in posts])


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _in_series(text: str, other: str) -> bool:
    """Whether two texts differ in digits only."""
    without = str.maketrans("", "", "0123456789")
    return text.translate(without) == other.translate(without)


def lengths(texts: Iterable[str], step: int, bins: int) -> list[Bin]:
    """How many texts have which length; bins of `step` characters, and the last without an end."""
    counts = [0] * bins
    for text in texts:
        counts[min(len(text) // step, bins - 1)] += 1
    return [
        Bin(n * step, (n + 1) * step - 1 if n + 1 < bins else None, count)
        for n, count in enumerate(counts)
    ]
