"""Asks an engine for what the store does not have, and says where its matches are in the source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from contentlint.blocks import Block
from contentlint.grammar import EngineError, GrammarEngine, Match, Text, rule_id
from contentlint.text import Span

Key = tuple[str, ...]


class Store(Protocol):
    """Where the matches in a text are kept from run to run."""

    def get(self, keys: Sequence[Key]) -> dict[Key, list[Match]]:
        """What is kept, of these keys."""
        ...

    def put(self, made: dict[Key, list[Match]]) -> None:
        """Keep it."""
        ...


class Memory:
    """Keeps matches for one run."""

    def __init__(self) -> None:
        self._kept: dict[Key, list[Match]] = {}

    def get(self, keys: Sequence[Key]) -> dict[Key, list[Match]]:
        return {key: self._kept[key] for key in keys if key in self._kept}

    def put(self, made: dict[Key, list[Match]]) -> None:
        self._kept.update(made)


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

    Once the engine fails it is not asked again, and `complaints` says why.
    """

    def __init__(self, engine: GrammarEngine, store: Store) -> None:
        self._engine = engine
        self._store = store
        self.complaints: list[str] = []
        self._version: str | None = None

    def check(self, blocks: Iterable[Block], language: str) -> list[Found]:
        """What the engine finds in blocks of a language, in their order.

        A match is left out if another text stands at its place than the engine has read, or if
        part of its place is no prose.
        """
        return list(self._located(blocks, language))

    def _located(self, blocks: Iterable[Block], language: str) -> Iterator[Found]:
        engine = self._engine
        if self.complaints or not engine.speaks(language):
            return
        asked = [block for block in blocks if engine.needs(block.text, language)]
        if not asked:
            return
        try:
            answers = self._answers(asked, language)
        except EngineError as error:
            self.complaints.append(f"grammar is not checked: {error}")
            return
        for block, matches in zip(asked, answers, strict=True):
            for match in matches:
                span = block.span(match.start, match.end)
                if span and block.text[match.start : match.end] == match.text:
                    yield Found(engine.name, match, span)

    def _answers(self, blocks: Sequence[Block], language: str) -> list[list[Match]]:
        if self._version is None:
            self._version = self._engine.version()
        keys: list[Key] = [
            (self._engine.name, self._version, language, block.text, repr(block.opaque))
            for block in blocks
        ]
        kept = self._store.get(keys)
        missing = {
            key: Text(block.text, block.opaque)
            for key, block in zip(keys, blocks, strict=True)
            if key not in kept
        }
        if missing:
            answers = self._engine.check(list(missing.values()), language)
            made = dict(zip(missing, answers, strict=True))
            self._store.put(made)
            kept.update(made)
        return [kept[key] for key in keys]

    def close(self) -> None:
        """End what the engine has started."""
        self._engine.close()
