"""Texts as numbers, for fit_confusion.py: edited prose, labelled blogs, and the classes of words.

Words are of one class if the same words stand beside them. The classes are found by reducing the
counts of neighbours to a hundred dimensions and gathering what lies close together there; nobody has
told what a verb is, but most classes are of one part of speech.
"""

from __future__ import annotations

import json
import lzma
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any

from contentlint.blocks import Block
from contentlint.document import Document
from contentlint.facts import collect
from contentlint.grammar import confusion
from contentlint.grammar.confusion import (
    AROUND,
    BORDER,
    FACTORS,
    KIND_FACTOR,
    MASK,
    NO_POSSESSIVES,
    NUMBER,
    OPAQUE,
    OPAQUE_SIGN,
    PLACE_FACTOR,
    POSSESSIVE,
    WORD_FACTOR,
    Template,
    hashed,
    templates,
)
from contentlint.languages import ENGLISH
from contentlint.spelling import Lexicon
from contentlint.text import Source
from contentlint.tuples import NamedTuple

CHUNK, PART = 40_000, 7  # every seventh stretch of so many tokens is for measuring
FOLDS = 4
UNEDITED = {"LukeSmithxyz+based.cooking"}  # recipes that nobody edits

USUAL = 8  # times that a word must stand in prose to have a class of its own
BESIDE = 3_000  # words whose company is counted
DIMENSIONS = 100
CLASSES, PARTS = 255, 60  # of words; and classes of these, which are parts of speech, more or less
ROUNDS = 25


class Vocabulary:
    """Words as numbers."""

    def __init__(self) -> None:
        self.words: dict[str, int] = {}

    def number(self, word: str) -> int:
        return self.words.setdefault(word, len(self.words))

    @property
    def names(self) -> list[str]:
        return list(self.words)


class Corpus:
    """Tokens as numbers, with three borders around each block, and which may be doubted."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.ids: Any = [vocabulary.number(BORDER)] * 3
        self.plain: Any = [False] * 3

    def add(self, text: str) -> int:
        """Add a block; gives the place of its first token."""
        first = len(self.ids)
        before = BORDER
        for token in confusion._TOKEN.findall(text):  # pyright: ignore[reportPrivateUsage]
            lower = token.lower().replace("’", "'")
            lower = NUMBER if lower[0].isdigit() else OPAQUE if lower == OPAQUE_SIGN else lower
            self.ids.append(self.vocabulary.number(lower))
            self.plain.append(not confusion._is_name(token, before))  # pyright: ignore[reportPrivateUsage]
            before = token
        self.ids += [self.vocabulary.number(BORDER)] * 3
        self.plain += [False] * 3
        return first

    def freeze(self) -> None:
        """Make arrays of what was added, and an index."""
        np = numpy()
        self.ids = np.array(self.ids)
        beside = [n for word, n in self.vocabulary.words.items() if word in _beside()]
        quoted = np.isin(self.ids, beside)
        self.plain = np.array(self.plain)
        self.plain[1:-1] &= ~(quoted[:-2] | quoted[2:])
        order = np.argsort(self.ids, kind="stable")
        counts = np.bincount(self.ids, minlength=len(self.vocabulary.words))
        self._starts = np.concatenate([[0], np.cumsum(counts)])
        self._order = order

    def places_of(self, numbers: Any) -> Any:
        """Where words with these numbers stand and may be doubted."""
        np = numpy()
        numbers = [number for number in numbers if number + 1 < len(self._starts)]
        parts = [self._order[self._starts[n] : self._starts[n + 1]] for n in numbers]
        found = np.concatenate(parts) if parts else np.zeros(0, int)
        return np.sort(found[self.plain[found]])

    def places(self, word: str) -> Any:
        """Where a word stands and may be doubted."""
        return self.places_of([self.vocabulary.words.get(word, len(self.vocabulary.words))])


@cache
def _beside() -> set[str]:
    return {OPAQUE if sign == OPAQUE_SIGN else sign for sign in confusion._BESIDE}  # pyright: ignore[reportPrivateUsage]


def numpy() -> Any:
    """numpy, which is not needed to lint."""
    return import_module("numpy")


# ---- reading -----------------------------------------------------------------------------------


class Prose(NamedTuple):
    """Edited text, which part of it is for measuring, how often each word stands in a million tokens of
    each file, and where the files begin, and the last one ends."""

    corpus: Corpus
    held: Any
    rates: Any
    ends: list[int]

    @property
    def vocabulary(self) -> Vocabulary:
        return self.corpus.vocabulary

    def rates_of(self, word: str, meant: str) -> tuple[float, float]:
        """How often two words stand in a million tokens of the file in which the first one is
        usual: stories have words that manuals have not."""
        pairs = [(self._rate(word, rates), self._rate(meant, rates)) for rates in self.rates]
        return max(pairs, key=lambda pair: max(pair[0], 0.3) / max(pair[1], 0.3))

    def _rate(self, word: str, rates: Any) -> float:
        number = self.vocabulary.words.get(word, len(rates))
        return float(rates[number]) if number < len(rates) else 0.0


def read_prose(paths: list[Path]) -> Prose:
    """Read texts, a paragraph a line."""
    corpus = Corpus(Vocabulary())
    ends = [0]
    for path in paths:
        for line in _lines(path):
            corpus.add(line)
        ends.append(len(corpus.ids))
    corpus.freeze()
    np = numpy()
    size = len(corpus.vocabulary.words)
    rates = [
        np.bincount(corpus.ids[start:end], minlength=size) / max(1, end - start) * 1e6
        for start, end in pairwise(ends)
    ]
    return Prose(corpus, np.arange(len(corpus.ids)) // CHUNK % PART == PART - 1, rates, ends)


def _lines(path: Path) -> Iterator[str]:
    if path.suffix == ".xz":
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            yield from lines
    else:
        with path.open(encoding="utf-8") as lines:
            yield from lines


class Blogs(NamedTuple):
    """Labelled blogs. For each token: its fold, or -1 for what is not measured; whether it is of an
    edited post; the mended mistake that it is part of, or -1; and how often its post has it. `meant` is
    what the mistakes became, and `tokens` how many there are in each fold."""

    corpus: Corpus
    fold: Any
    clean: Any
    item: Any
    said: Any
    meant: list[str]
    tokens: list[int]
    kinds: list[str]


def read_items(data: Path) -> list[dict[str, Any]]:
    """The mistakes of words and grammar that people have mended."""
    lines = (data / "items.jsonl").read_text(encoding="utf-8").splitlines()
    return [item for item in map(json.loads, lines) if item["kind"] in ("realword", "grammar")]


def folds(data: Path, items: list[dict[str, Any]]) -> dict[str, int]:
    """Each site's fold, such that each has about as much to measure."""
    sites = sorted({path.name for part in ("clean", "posts") for path in (data / part).iterdir()})
    weight = Counter(item["post"].split("/")[1] for item in items)
    weight.update({path.name: 40 for path in (data / "clean").iterdir()})
    fold_of: dict[str, int] = {}
    load = [0] * FOLDS
    for site in sorted(sites, key=lambda site: (-weight[site], site)):
        fold_of[site] = load.index(min(load))
        load[fold_of[site]] += weight[site]
    return fold_of


def read_blogs(data: Path, vocabulary: Vocabulary, more: Path | None = None) -> Blogs:
    """Read the edited posts and the mended mistakes, and more posts, which are in no fold."""
    np = numpy()
    items = read_items(data)
    by_post: defaultdict[str, list[int]] = defaultdict(list)
    for number, item in enumerate(items):
        by_post[item["post"]].append(number)
    fold_of = folds(data, items)
    corpus = Corpus(vocabulary)
    found: list[tuple[int, int, int, bool, int]] = []  # first, last, fold, clean, item
    posts: list[int] = []  # where each begins
    for part in ("clean", "posts"):
        for path in sorted((data / part).rglob("*.md*")):
            name = path.relative_to(data).as_posix()
            site = name.split("/")[1]
            document = Document(Source.decode(str(path), path.read_bytes()))
            spans = [(n, _span(document.source, items[n])) for n in by_post[name]]
            posts.append(len(corpus.ids))
            for block in document.blocks:
                first = corpus.add(confusion._with_signs(block))  # pyright: ignore[reportPrivateUsage]
                fold = -1 if site in UNEDITED and part == "clean" else fold_of[site]
                found.append((first, len(corpus.ids) - 3, fold, part == "clean", -1))
                found += _items_in(block, first, fold, spans)
    for path in sorted(more.rglob("*.md")) if more else ():
        document = Document(Source.decode(str(path), path.read_bytes()))
        if collect(document, path.name, Lexicon()).language == ENGLISH:
            posts.append(len(corpus.ids))
            for block in document.blocks:
                first = corpus.add(confusion._with_signs(block))  # pyright: ignore[reportPrivateUsage]
                found.append((first, len(corpus.ids) - 3, FOLDS, False, -1))
    corpus.freeze()
    size = len(corpus.ids)
    fold, clean, item = np.full(size, -1), np.zeros(size, bool), np.full(size, -1)
    for first, last, number, is_clean, mended in found:
        fold[first:last], clean[first:last], item[first:last] = number, is_clean, mended
    said = np.ones(size, int)
    for start, end in pairwise([*posts, size]):
        _, which, counts = np.unique(corpus.ids[start:end], return_inverse=True, return_counts=True)
        said[start:end] = counts[which]
    tokens = [int((fold == number).sum()) for number in range(FOLDS + 1)]
    meant = [item["new"].lower().replace("’", "'") for item in items]
    return Blogs(corpus, fold, clean, item, said, meant, tokens, [item["kind"] for item in items])


def _span(source: Source, item: dict[str, Any]) -> tuple[int, int]:
    start = 0
    for _ in range(item["line"] - 1):
        start = source.text.index("\n", start) + 1
    start += item["column"] - 1 + (item["line"] == 1) * source.start
    return start, start + len(item["old"])


def _items_in(
    block: Block, first: int, fold: int, spans: list[tuple[int, tuple[int, int]]]
) -> Iterator[tuple[int, int, int, bool, int]]:
    """The tokens of a block that mended mistakes stand in."""
    if not spans:
        return
    text = confusion._with_signs(block)  # pyright: ignore[reportPrivateUsage]
    for index, match in enumerate(confusion._TOKEN.finditer(text)):  # pyright: ignore[reportPrivateUsage]
        place = block.span(*match.span())
        for number, (start, end) in spans:
            if place and place.start < end and start < place.end:
                yield first + index, first + index + 1, fold, False, number


# ---- classes of words --------------------------------------------------------------------------


class Classes(NamedTuple):
    """The class of each word of a vocabulary, the part of speech of each class, and what the data
    file has of the first: the classes of usual words, and of the ends of others."""

    of: Any
    parts: Any
    listed: dict[str, int]


def find_classes(prose: Prose, vocabulary: Vocabulary) -> Classes:
    """Classes from 1 up; 0 is for what is like nothing else."""
    np = numpy()
    ids, names = prose.corpus.ids, vocabulary.names
    counts = np.bincount(ids, minlength=len(names))
    usual = np.flatnonzero(counts >= USUAL)
    vectors = _vectors(ids, usual, np.argsort(-counts, kind="stable")[:BESIDE], len(names))
    weights = np.sqrt(counts[usual].astype(float))
    fine, centres = _gathered(vectors, weights, min(CLASSES, len(usual)))
    size = np.bincount(fine, weights, minlength=len(centres))
    parts, _ = _gathered(centres, size, min(PARTS, len(centres)))
    numbered: zip[tuple[int, int]] = zip(usual.tolist(), fine.tolist(), strict=True)
    listed = {names[word]: number + 1 for word, number in numbered}
    ends: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for word in usual[counts[usual] < 200]:
        ends[f"-{names[word][-3:]}"][listed[names[word]]] += 1
    listed |= {end: classes.most_common(1)[0][0] for end, classes in sorted(ends.items())}
    of = np.array([listed.get(name) or listed.get(f"-{name[-3:]}", 0) for name in names])
    return Classes(of, np.concatenate([[0], parts + 1]), listed)


def _vectors(ids: Any, usual: Any, beside: Any, size: int) -> Any:
    """How much each word is drawn to those beside it, in few dimensions."""
    np, sparse = numpy(), import_module("scipy.sparse")
    row, column = np.full(size, -1), np.full(size, -1)
    row[usual], column[beside] = np.arange(len(usual)), np.arange(len(beside))
    tables: list[Any] = []
    for shift in (-1, 1, -2, 2):
        words, others = (ids[:-shift], ids[shift:]) if shift > 0 else (ids[-shift:], ids[:shift])
        rows, columns = row[words], column[others]
        kept = (rows >= 0) & (columns >= 0)
        ones = np.ones(int(kept.sum()), "f4")
        shape = (len(usual), len(beside))
        table = sparse.coo_matrix((ones, (rows[kept], columns[kept])), shape).tocsr().tocoo()
        in_row = np.asarray(table.tocsr().sum(1)).ravel()
        in_column = np.asarray(table.tocsr().sum(0)).ravel() ** 0.75
        drawn = np.log(table.data * in_column.sum() / (in_row[table.row] * in_column[table.col]))
        drawn = np.maximum(drawn, 0) * (1 if abs(shift) == 1 else 0.5)
        drawn *= table.data / (table.data + 1)
        tables.append(sparse.csr_matrix((drawn, (table.row, table.col)), shape))
    every = sparse.hstack(tables).tocsr().astype("f4")
    start = np.random.default_rng(0).standard_normal(min(every.shape)).astype("f4")
    number = min(DIMENSIONS, min(every.shape) - 1)
    left, strengths, _ = import_module("scipy.sparse.linalg").svds(every, k=number, v0=start)
    found = left * np.sqrt(strengths)
    return found / (np.linalg.norm(found, axis=1, keepdims=True) + 1e-9)


def _gathered(vectors: Any, weights: Any, number: int) -> tuple[Any, Any]:
    """Vectors by the centre that is nearest, and the centres; the heaviest ones are the first."""
    np, sparse = numpy(), import_module("scipy.sparse")
    centres = vectors[np.argsort(-weights, kind="stable")[:number]].copy()
    nearest = np.zeros(len(vectors), int)
    for _ in range(ROUNDS):
        nearest = np.argmax(vectors @ centres.T, 1)
        table = sparse.csr_matrix(
            (weights, (nearest, np.arange(len(vectors)))), (number, len(vectors))
        )
        sums = table @ vectors
        length = np.linalg.norm(sums, axis=1, keepdims=True)
        centres = np.where(length > 1e-6, sums / np.maximum(length, 1e-9), centres)
    return nearest, centres


# ---- features ----------------------------------------------------------------------------------


class Features:
    """The keys of places in a corpus, as confusion.features has them."""

    def __init__(self, corpus: Corpus, classes: Classes) -> None:
        np = numpy()
        self.corpus = corpus
        self._classes = classes
        numbers = [hashed(name) for name in corpus.vocabulary.words]
        self._numbers = np.array(numbers, np.uint32)

    def keys(self, places: Any, kinds: Any = None, words: Any = None) -> Any:
        """The keys of places, a row each; with those of a relation, if the kinds and the words of
        the forms that stand there are given."""
        np = numpy()
        around = [self.corpus.ids[places + shift] for shift in AROUND]
        classes = [self._classes.of[ids] for ids in around]
        values = [self._numbers[ids] for ids in around]
        values += [column.astype(np.uint32) for column in classes]
        values += [self._classes.parts[column].astype(np.uint32) for column in classes]
        values.append(np.zeros(len(places), np.uint32))
        plain, by_kind, by_word = templates()
        columns = [_key(values, template) for template in plain]
        if kinds is not None:
            salt = kinds.astype(np.uint32) * np.uint32(KIND_FACTOR)
            columns += [_key(values, template) ^ salt for template in by_kind]
            salt = words * np.uint32(WORD_FACTOR)
            columns += [_key(values, template) ^ salt for template in by_word]
        return np.stack(columns, 1)

    def places(self, places: Any, word: Any) -> Iterator[Any]:
        """The keys by which is_settled knows places, if a word with this number (as hashed, or one
        for each place) stood there."""
        np = numpy()
        one, two, three, _ = map(np.uint32, FACTORS)
        number = np.asarray(word, np.uint32) * np.uint32(PLACE_FACTOR)
        before, after = self.corpus.ids[places - 1], self.corpus.ids[places + 1]
        yield self._numbers[before] * one ^ number
        yield self._numbers[after] * two ^ number
        classes = self._classes.of.astype(np.uint32)
        yield classes[before] * two ^ classes[after] * three ^ number

    def between(self, places: Any, gate: int, kinds: Any) -> Any:
        """The keys by which a direction with a gate knows places, where words of some kinds stand."""
        np = numpy()
        parts = self._classes.parts[self._classes.of].astype(np.uint32)
        before, after = parts[self.corpus.ids[places - 1]], parts[self.corpus.ids[places + 1]]
        _, _, three, four = map(np.uint32, FACTORS)
        salt = np.uint32(gate * PLACE_FACTOR & MASK) ^ kinds * np.uint32(KIND_FACTOR)
        return before * three ^ after * four ^ salt


def _key(values: list[Any], template: Template) -> Any:
    np = numpy()
    key = np.uint32(template.seed)
    for part, factor in zip(template.parts, FACTORS, strict=True):
        if part < len(values) - 1:
            key = key ^ values[part] * np.uint32(factor)
    return key if getattr(key, "shape", ()) else np.full(len(values[0]), key)


def is_possessive(word: str) -> bool:
    """Whether a word may be a possessive that is meant as a plural."""
    return word.endswith(POSSESSIVE) and len(word) > 4 and word not in NO_POSSESSIVES
