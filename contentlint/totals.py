"""What is counted over all posts of a blog. A post can be added and taken out again, so that a run
for one post need not look at the others."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from contentlint.facts import Facts
from contentlint.records import dump
from contentlint.spelling import key
from contentlint.tags import marked_language, parts_at_blanks

_SEPARATOR = "\0"

Count: TypeAlias = tuple[str, str, int]  # in which count, of what, how much


class Totals:
    """Counts over posts, the same whatever the order in which they were added. Of each post:

    - "uses" by language: how often it writes an unknown word, as it writes it;
    - "words" by language: the keys of these words, once;
    - "forms": how often it writes a word of several forms so;
    - "names": its tags and authors;
    - "tags" by taxonomy and the language that the post is marked to be in: its tags;
    - "parts" by the same: its tags for generators that cut strings at blanks;
    - "languages": the one it is in, if it is not marked;
    - "keys": those of its front matter, once;
    - "filled" by section: those that say something, and "" for a post with front matter;
    - "images", "described": how many images a key names, and how many of them with a description;
    - "alts": the alternative texts of its images, once.
    """

    def __init__(self) -> None:
        self._counts: dict[str, Counter[str]] = {}  # those that were asked for or have changed
        self._kept: dict[str, bytes] = {}  # those that have not changed, as they were kept
        self.are_kept = False  # as they are

    @classmethod
    def load(cls, data: bytes) -> Totals:
        """What `dump` has written. A count is read when it is asked for, as most are not."""
        made = cls()
        head, _, counts = data.partition(b"\n")
        at = 0
        for name, length in json.loads(head):
            made._kept[name] = counts[at : at + length]
            at += length
        made.are_kept = True
        return made

    def dump(self) -> bytes:
        """As JSON, one behind the other."""
        changed = {name: counts for name, counts in self._counts.items() if name not in self._kept}
        parts = {**self._kept, **{name: dump(counts) for name, counts in changed.items() if counts}}
        head = dump([(name, len(part)) for name, part in parts.items()])
        return b"\n".join((head, b"".join(parts.values())))

    def add(self, post: Facts) -> None:
        """Count a post."""
        self.add_counts(counted(post))

    def exchange(self, before: Iterable[Facts | None], now: Iterable[Facts]) -> bool:
        """Count posts that were added before no more, and others in their place. Nothing is done for
        what both have, which is nearly all when a post has changed. False if one of those before is
        not known, and then nothing is done at all."""
        difference: defaultdict[tuple[str, str], int] = defaultdict(int)
        for sign, posts in ((-1, before), (1, now)):
            for post in posts:
                if post is None:
                    return False
                for name, item, number in counted(post):
                    difference[name, item] += sign * number
        self.add_counts((*of, number) for of, number in difference.items() if number)
        return True

    def add_counts(self, counted: Iterable[Count]) -> None:
        """Add what was counted elsewhere."""
        known = self._counts
        for name, item, number in counted:
            counts = known[name] if name in known else self._of(name)
            self._kept.pop(name, None)
            self.are_kept = False
            if number := number + counts.get(item, 0):  # a Counter calls Python for what it lacks
                counts[item] = number
            else:
                del counts[item]

    def _of(self, name: str) -> Counter[str]:
        if name not in self._counts:
            kept = self._kept.get(name)
            self._counts[name] = Counter(json.loads(kept) if kept else ())
        return self._counts[name]

    def of(self, kind: str, *parts: str) -> Counter[str]:
        """What is counted of a kind, see the class, for instance for a language."""
        name = _SEPARATOR.join((kind, *parts))
        return self._of(name) if name in self._kept else self._counts.get(name, Counter())

    def each(self, kind: str) -> Iterator[tuple[tuple[str, ...], Counter[str]]]:
        """The same for all languages or whatever it is counted by."""
        for name in sorted({*self._kept, *self._counts}):
            own, *parts = name.split(_SEPARATOR)
            if own == kind and (counts := self._of(name)):
                yield tuple(parts), counts


def section(path: str) -> str:
    """The part of a blog that a post is in: its first two folders, those for years and days aside."""
    folders = [name for name in path.split("/")[:-1] if not name.isdigit()]
    return "/".join(folders[:2])


def counted(post: Facts) -> Iterator[Count]:
    """What a post adds: to which count, of what, how much."""
    uses, words = f"uses\0{post.language}", f"words\0{post.language}"
    for candidate in post.unknown:
        yield uses, candidate.word, 1
    for word in {key(candidate.word) for candidate in post.unknown}:
        yield words, word, 1
    for form in post.forms:
        yield "forms", form.text, len(form.starts)
    for name in set(post.names):
        yield "names", name, 1
    yield from _of_tags(post)
    yield from _of_keys(post)
    for image in post.images:
        if image.key:
            yield "images", image.key, 1
            if image.alt is not None:
                yield "described", image.key, 1
    for alt in {image.alt for image in post.images if image.alt}:
        yield "alts", alt, 1


def _of_tags(post: Facts) -> Iterator[Count]:
    marked = marked_language(post)
    if not marked:
        yield "languages", post.language, 1
    parts = [part for tag in post.tags for part in parts_at_blanks(tag)]
    for kind, tags in (("tags", post.tags), ("parts", parts)):
        for taxonomy, name in {(tag.taxonomy, tag.name) for tag in tags}:
            yield f"{kind}\0{taxonomy}\0{marked}", name, 1


def _of_keys(post: Facts) -> Iterator[Count]:
    if post.keys:
        filled = f"filled\0{section(post.path)}"
        yield filled, "", 1
        for name in {own.name for own in post.keys}:
            yield "keys", name, 1
        for name in {own.name for own in post.keys if not own.is_empty}:
            yield filled, name, 1
