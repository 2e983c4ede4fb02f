"""Asks an engine for what the store does not have, and says where its matches are in the source."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from contentlint import paths
from contentlint.blocks import Block
from contentlint.grammar import EngineError, GrammarEngine, Match, NotSpoken, Text, rule_id
from contentlint.languages import UNDETERMINED
from contentlint.text import Span
from contentlint.tuples import NamedTuple

LONGEST = 50_000  # characters; what is longer is no paragraph, and may take an engine forever
KIND = "grammar"  # of what is kept


_NAMED = 3  # files in a complaint


class Store(Protocol):
    """Where the matches in a text are kept from run to run, as JSON."""

    def recall(self, kind: str, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """What is kept of a kind, of these keys."""
        ...

    def keep(self, kind: str, results: Mapping[bytes, bytes]) -> None:
        """Keep it."""
        ...


class Found(NamedTuple):
    """A match of an engine, and where it is in the source."""

    engine: str
    match: Match
    span: Span

    @property
    def detail(self) -> str:
        """The second part of our id for the engine's rule, such as `its-possessive`."""
        return rule_id(self.match.rule)


class Checker:
    """Checks blocks with an engine, for the length of a run.

    Once the engine fails it is not asked again, and `complaints` says why, and in which files.
    """

    def __init__(self, engine: GrammarEngine, store: Store | None = None) -> None:
        self._engine = engine
        self._store = store
        self._failures: dict[str, list[str]] = {}  # the files that each failure leaves unchecked
        self._failed = ""  # for good
        self.unchecked: set[str] = set()  # the files that are not, or not all of them
        self.dropped: list[str] = []  # matches whose text is not what stands at their place
        self._version: str | None = None

    @property
    def version(self) -> str | None:
        """By what the answers of the engine are known to be the same; None if they are not known to
        be, or if it fails."""
        try:
            return None if self.complaints else f"{self._engine.name} {self._engine.version()}"
        except EngineError:
            return None

    @property
    def complaints(self) -> list[str]:
        """What was not checked and why, a line each."""
        return [
            f"grammar is not checked{_in(files)}: {why}" for why, files in self._failures.items()
        ]

    def without(self, languages: Mapping[str, int]) -> list[str]:
        """What is left out, in a line, if there are so many posts in some languages."""
        left_out = sorted(
            (name, count) for name, count in languages.items() if not self._engine.speaks(name)
        )
        if not left_out:
            return []
        posts = ", ".join(
            f"{count} {'post' if count == 1 else 'posts'} "
            + ("in an unknown language" if name == UNDETERMINED else f"in `{name}`")
            for name, count in left_out
        )
        return [f"grammar is not checked in {posts}, which {self._engine.name} does not speak"]

    def check(self, blocks: Iterable[Block], language: str, path: str = "") -> list[Found]:
        """What the engine finds in blocks of a language, in their order. `path` is for complaints.

        A match is left out if part of its place is no prose; and if another text stands there than
        the engine has read, which becomes a line in `dropped`.
        """
        return list(self._located(blocks, language, path))

    def _located(self, blocks: Iterable[Block], language: str, path: str) -> Iterator[Found]:
        engine = self._engine
        if not engine.speaks(language):
            return
        asked = [
            block
            for block in blocks
            if len(block.text) <= LONGEST and engine.needs(block.text, language)
        ]
        if not asked:
            return
        try:
            answers = self._answers(asked, language)
        except EngineError as error:
            if not isinstance(error, NotSpoken):
                self._failed = str(error)
            self.unchecked.add(path)
            files = self._failures.setdefault(str(error), [])
            if path not in files:
                files.append(path)
            return
        for block, matches in zip(asked, answers, strict=True):
            for match in matches:
                there = block.text[match.start : match.end]
                if there != match.text:
                    self.dropped.append(
                        f"{paths.show(path)}: {engine.name}:{match.rule} is left out: it has read "
                        f"{match.text!r} where {there!r} stands"
                    )
                elif span := block.span(match.start, match.end):
                    yield Found(engine.name, match, span)

    def _answers(self, blocks: Sequence[Block], language: str) -> list[list[Match]]:
        if self._store is None:
            return self._ask(blocks, language)
        if self._version is None:
            self._version = self._engine.version()
        basis = (self._engine.name, self._version, language)
        keys = [_digest(*basis, block.text, repr(block.opaque)) for block in blocks]
        kept = {key: _read(data) for key, data in self._store.recall(KIND, keys).items()}
        missing = {key: block for key, block in zip(keys, blocks, strict=True) if key not in kept}
        if missing:
            answers = self._ask(list(missing.values()), language)
            made = dict(zip(missing, answers, strict=True))
            kept.update(made)
            self._store.keep(KIND, {key: _written(matches) for key, matches in made.items()})
        return [kept[key] for key in keys]

    def _ask(self, blocks: Sequence[Block], language: str) -> list[list[Match]]:
        if self._failed:
            raise EngineError(self._failed)
        return self._engine.check([Text(block.text, block.opaque) for block in blocks], language)

    def close(self) -> None:
        """End what the engine has started."""
        self._engine.close()


def _digest(*parts: str) -> bytes:
    from hashlib import blake2b  # 2.7 ms, and most runs ask for nothing

    data = json.dumps(parts).encode()
    return blake2b(data, digest_size=16).digest()


def _written(matches: list[Match]) -> bytes:
    return json.dumps(matches).encode()


def _read(data: bytes) -> list[Match]:
    return [
        Match(start, end, text, rule, message, tuple(suggestions))
        for start, end, text, rule, message, suggestions in json.loads(data)
    ]


def _in(files: Sequence[str]) -> str:
    """Where something is the case: the first files by name, and how many more there are."""
    shown = [paths.show(file) for file in files[:_NAMED] if file]
    if not shown:
        return ""
    more = len(files) - len(shown)
    return f" in {', '.join(shown)}" + (f" and {more} more" if more else "")
