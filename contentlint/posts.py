"""The facts of a blog's posts: those of this run, and those that an earlier one left in the cache."""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from contentlint import answers, cache
from contentlint.answers import State
from contentlint.cache import Known, Row, Stamp
from contentlint.facts import Facts, Outline
from contentlint.records import dump, load
from contentlint.totals import Count, Totals, counted
from contentlint.tuples import NamedTuple

if TYPE_CHECKING:
    from contentlint.cache import Blog

_TOTALS = "totals"
_AT_HAND = 5_000  # posts, whose facts take some 10 to 20 KB each in memory
_MANY = 200  # posts


class Taken(NamedTuple):
    """A post as another process has found it: by what it is recognised, unless it is not to be kept
    for the next run, its facts, and what it adds to the totals. So the facts need not be read where
    all posts come together, which no other process would help with."""

    known: tuple[State, bytes, bytes] | None
    row: Row
    counts: list[Count]

    @classmethod
    def of(cls, facts: Facts, stamp: Stamp | None, data: bytes) -> Taken:
        """Of the facts of a post, the bytes that it was read from, and the stamp from before."""
        row = _row(facts)
        known = stamp and (stamp, cache.digest(data), cache.digest(row.outline))
        return cls(known, row, list(counted(facts)))


class Posts(Mapping[str, Facts]):
    """The facts of all posts by path; what the cache has is read when it is asked for.

    `kept` is what the cache knows of the blog, and `collect` finds the facts of a post if that
    fails. `take_from_cache` adds the posts that it has; the others are parsed and `add`ed one by
    one. What is not added is gone from the blog. `save` keeps all for the next run.
    """

    def __init__(
        self, kept: Blog | None = None, collect: Callable[[str], Facts] | None = None
    ) -> None:
        self._kept = kept
        self._collect = collect
        self._known = kept.posts if kept else Known()
        self._paths: dict[str, None] = {}  # of all posts, in order
        self._facts: dict[str, Facts] = {}  # those that are at hand
        self._rows: dict[str, Row] = {}  # the facts of others as they are kept, a tenth of the size
        self._added: dict[str, tuple[State, bytes, bytes] | None] = {}  # None is not to be kept
        self._touched: dict[str, State] = {}  # files that are the same but for their stamps
        self._checks: dict[str, tuple[bytes, bytes]] = {}  # with their basis
        self._taken: set[str] = set()
        self._taken_totals = Totals()
        self._shared: dict[str, bytes] = {}
        self._others: Posts | None = None  # from which these were made, see `but`

    @classmethod
    def of(cls, pages: Mapping[str, Facts]) -> Posts:
        """Posts of which all is known, and no cache."""
        made = cls()
        for path, facts in pages.items():
            made.add(path, facts)
        return made

    # ---- collecting ----------------------------------------------------------------------------

    def take_from_cache(self, files: Sequence[tuple[str, str]]) -> list[str]:
        """Add those posts, given by path and file, whose facts the cache has as the files are now;
        returns the files of the others.

        3 µs a post, of which most is the system's: nothing is read that has its stamp still.
        """
        known, found = self._known, self._paths
        if not known.paths:
            return [file for _, file in files]
        named = [path for path, _ in files]
        stamps = known.stamps if named == known.paths else map(known.stamp, named)
        others: list[str] = []
        states = cache.states(file for _, file in files)
        for (path, file), since, now in zip(files, stamps, states, strict=True):
            if since is not None and (now == since or self._is_same(path, file)):
                found[path] = None
            else:
                others.append(file)
        return others

    def stamps(self, files: Iterable[tuple[str, str]]) -> Iterator[tuple[str, State]]:
        """The files of those posts that were as before, of all that are given by path and file."""
        known = dict(zip(self._known.paths, self._known.stamps, strict=True)) | self._touched
        for path, file in files:
            if path in self._paths and path not in self._added:
                yield file, known[path]

    def _is_same(self, path: str, file: str) -> bool:
        """Whether a file has the same bytes as before, though perhaps not the same stamp."""
        try:
            stamp = cache.stamp(file)
            with open(file, "rb") as opened:
                hashed = cache.digest(opened.read())
        except OSError:
            return False  # it will be told when it is to be read
        if hashed != self._known.hashes(path)[0]:
            return False
        self._touched[path] = stamp
        return True

    def add(
        self, path: str, facts: Facts, stamp: Stamp | None = None, data: bytes | None = None
    ) -> None:
        """Add a post, with the bytes that it was read from and the stamp from before; without them
        it is not kept for the next run."""
        self._paths[path] = None
        self._added[path] = None
        self._have_at_hand(path, facts)
        if stamp and data is not None:
            self._added[path] = stamp, cache.digest(data), cache.digest(dump(facts.outline))

    def take(self, path: str, post: Taken) -> None:
        """Add a post that another process has found."""
        self._paths[path] = None
        self._rows[path] = post.row
        self._added[path] = post.known
        self._taken.add(path)
        self._taken_totals.add_counts(post.counts)

    def save(self) -> None:
        """Keep all for the next run; nothing if a post is not as its file is."""
        if self._kept is None or None in self._added.values():
            return
        gone = self._gone
        if self._added or gone:
            if len(self._paths) > _MANY:
                answers.forgo()  # who asks next will ask something else
            if not self.totals.are_kept:
                self.share(_TOTALS, self.totals.dump())
        if self._added or gone or self._touched or self._shared or self._checks:
            self._kept.save(self._changed(), gone, self._changed_rows(), self._checks, self._shared)

    @cached_property
    def _gone(self) -> Collection[str]:
        """Asked for when all posts have been added."""
        return [path for path in self._known.paths if path not in self._paths]

    def _changed(self) -> Known:
        """By what the posts are recognised that are not as they were."""
        changed = Known()
        for path, stamp in self._touched.items():
            changed.add(path, stamp, *self._known.hashes(path))
        for path, post in self._added.items():
            if post:
                changed.add(path, *post)
        return changed

    def _changed_rows(self) -> Iterator[tuple[str, Row]]:
        for path in self._added:
            yield path, self._rows.get(path) or _row(self._facts[path])

    # ---- the facts -----------------------------------------------------------------------------

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    def __contains__(self, path: object) -> bool:
        return path in self._paths

    def __getitem__(self, path: str) -> Facts:
        if path not in self._facts:
            if path not in self._paths:
                raise KeyError(path)
            row = self._rows.get(path)
            facts = load(Facts, row.facts) if row else self._before(path)
            if facts is None:
                assert self._collect is not None
                facts = self._collect(path)
            self._have_at_hand(path, facts)
            return facts
        return self._facts[path]

    def _have_at_hand(self, path: str, facts: Facts) -> None:
        """Remember the facts of a post; of very many, those that were read last."""
        self._facts[path] = facts
        if len(self._facts) > _AT_HAND:
            for other in list(islice(self._facts, _AT_HAND // 2)):
                facts = self._facts.pop(other)
                in_cache = other in self._known and other not in self._added
                if not in_cache and other not in self._rows:
                    self._rows[other] = _row(facts)

    def _before(self, path: str) -> Facts | None:
        """The facts of a post as the cache has them; None if it has not."""
        data = self._kept.facts(path) if self._kept else None
        try:
            return load(Facts, data) if data else None
        except (ValueError, TypeError):
            return None

    @cached_property
    def outlines(self) -> Mapping[str, Outline]:
        """Of all posts what their URLs may be made of."""
        return _Outlines(self)

    def outline(self, path: str) -> Outline:
        """The same of one post. Raises KeyError if there is no such post."""
        if path in self._facts:
            return self._facts[path].outline
        if row := self._rows.get(path):
            return load(Outline, row.outline)
        if self._others and path in self._paths:
            return self._others.outline(path)
        if path in self._paths and self._kept:
            kept = self._kept.outline(path)
            if kept is not None:
                return load(Outline, kept)
        return self[path].outline

    def but(self, others: Mapping[str, Facts | None]) -> Posts:
        """The same posts, but for some that have other facts, or are not there. Nothing of them is
        kept for the next run."""
        made = Posts(None, self.__getitem__)
        made._others = self
        left = {**dict.fromkeys(self._paths), **others}
        made._paths = dict.fromkeys(path for path in left if others.get(path, True) is not None)
        made._facts = {path: facts for path, facts in others.items() if facts is not None}
        totals = Totals.load(self.totals.dump())
        totals.exchange((self[path] for path in others if path in self), made._facts.values())
        made.totals = totals
        return made

    # ---- what file rules find ------------------------------------------------------------------

    def check(self, path: str, basis: bytes) -> bytes | None:
        """What file rules have found in the post as it is, if it was found on the same basis."""
        if self._kept is None or path in self._added or path not in self._paths:
            return None
        return self._kept.check(path, self._basis(path, basis))

    def keep_check(self, path: str, basis: bytes, found: bytes) -> None:
        """Keep that for the next run."""
        if self._kept is not None and self._hash(path) is not None:
            self._checks[path] = self._basis(path, basis), found

    def _basis(self, path: str, basis: bytes) -> bytes:
        return cache.digest(basis, self._hash(path) or b"")

    def _hash(self, path: str) -> bytes | None:
        """The hash of the bytes of a post; None if it is not kept."""
        if path in self._added:
            added = self._added[path]
            return added[1] if added else None
        return self._known.hashes(path)[0] if path in self._known else None

    # ---- the blog as a whole -------------------------------------------------------------------

    @cached_property
    def totals(self) -> Totals:
        """What is counted over all posts."""
        return self._updated_totals() or self._new_totals()

    def _new_totals(self) -> Totals:
        totals = self._taken_totals
        for path in self:
            if path not in self._taken:
                totals.add(self[path])
        return totals

    def _updated_totals(self) -> Totals | None:
        """Those of an earlier run with what has changed since; None if they are not known."""
        data = self._kept.shared(_TOTALS) if self._kept else None
        if data is None:
            return None
        totals = Totals.load(data)
        changed = [path for path in self._added if path in self._known]
        before = map(self._before, (*self._gone, *changed))
        is_known = totals.exchange(before, map(self.__getitem__, self._added))
        return totals if is_known else None

    def digest(self, *, outlines_only: bool) -> bytes:
        """A hash of the paths of all posts and of what stands in them, or of their outlines."""
        paths = sorted(self._paths)
        hash_of = self._outline_hash if outlines_only else self._content_hash
        hashes: bytes | bytearray
        if paths == self._known.paths:  # there are many, and most are as they were
            hashes = bytearray(self._known.outlines if outlines_only else self._known.contents)
            for path in self._added:
                at = bisect_left(paths, path) * cache.HASH
                hashes[at : at + cache.HASH] = hash_of(path)
        else:
            hashes = b"".join(map(hash_of, paths))
        return cache.digest("\0".join(paths), bytes(hashes))

    def _outline_hash(self, path: str) -> bytes:
        if path not in self._added:
            return self._known.hashes(path)[1]
        added = self._added[path]
        return added[2] if added else cache.digest(dump(self[path].outline))

    def _content_hash(self, path: str) -> bytes:
        return self._hash(path) or os.urandom(16)  # what is not kept is never the same

    @property
    def are_kept(self) -> bool:
        """Whether anything is kept for the next run."""
        return self._kept is not None

    @property
    def are_new(self) -> bool:
        """Whether all of them were found in this run, so that the cache is not asked for any."""
        return len(self._added) == len(self._paths)

    def let_go(self) -> None:
        """Ask the cache for nothing any more: this is another process, which must not use its file."""
        self._kept = None

    def shared(self, name: str) -> bytes | None:
        """What an earlier run has found out of the whole blog and kept by this name."""
        return self._kept.shared(name) if self._kept else None

    def share(self, name: str, data: bytes) -> None:
        """Keep something of that kind for the next run."""
        self._shared[name] = data


def _row(facts: Facts) -> Row:
    return Row(dump(facts.outline), dump(facts))


class _Outlines(Mapping[str, Outline]):
    def __init__(self, posts: Posts) -> None:
        self._posts = posts

    def __iter__(self) -> Iterator[str]:
        return iter(self._posts)

    def __len__(self) -> int:
        return len(self._posts)

    def __contains__(self, path: object) -> bool:
        return path in self._posts

    def __getitem__(self, path: str) -> Outline:
        return self._posts.outline(path)
