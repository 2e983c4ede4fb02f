"""Fit data/confusion.bin to edited prose, and measure it on blogs with labelled mistakes.

    python -m contentlint.grammar.fit_confusion PROSE [PROSE ...] --data DATA [--more FOLDER] [--write]

Needs numpy and scipy, and some minutes. PROSE is English text, a paragraph a line, plain or .xz, with
U+E001 in place of code; the models are fitted to six sevenths of it, and what they doubt in the rest is
a false alarm. DATA is a folder as contentlint/spelling/fit_weights.py has it. Of what people have mended
there, the kinds "realword" and "grammar" count, and only sites that a threshold was not set by. In
FOLDER there are more posts, whose English is taken to be right. The same texts give the same file.

fit_words.py has the words. A threshold is where most is won: the mistakes that are to be expected and
would be found, each worth so many wrong doubts, less the wrong doubts.
"""

from __future__ import annotations

import argparse
import struct
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from importlib import import_module
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

from contentlint.grammar.confusion import (
    AGAIN,
    COLUMNS,
    HABIT,
    MAGIC,
    MASK,
    PATH,
    POSSESSIVE,
    STEPS,
    hashed,
)
from contentlint.grammar.fit_corpus import (
    FOLDS,
    Blogs,
    Classes,
    Features,
    Prose,
    Vocabulary,
    find_classes,
    is_possessive,
    numpy,
    read_blogs,
    read_prose,
)
from contentlint.grammar.fit_words import (
    RELATIONS,
    Forms,
    forms,
    neighbours,
    pairs,
    possessives,
    sounds,
)
from contentlint.spelling import Lexicon
from contentlint.tuples import NamedTuple

MOST = 50_000  # occurrences of a word that a pair's model is fitted to
FEW = 100  # so many need the company of other places where the word does not stand
OTHERS = 4_000  # so many of these
MOST_FORMS = 600_000  # occurrences that a relation's model is fitted to
SEEN = 3  # times that a feature must occur
# The smallest weight that is kept, and the strength of the wish for small weights.
SMALLEST = {"sounds": 0.375, "listed": 0.375, "near": 0.5, "forms": 0.25}
STRENGTH = {"sounds": 1.0, "listed": 1.0, "near": 3.0, "forms": 2.0}
# Wrong doubts that a mistake found is worth, by where words come from. Of the mistakes that there are
# people have mended few, so that they look rarer than they are.
WORTH = {"sounds": 160.0, "listed": 160.0, "near": 60.0, "forms": 24.0}
SEEN_BEFORE = 0.1  # mistakes, for which what is usual of such words counts
UNSEEN = 0.07  # of the wrong doubts that evidence by itself lets expect
ENOUGH = 1.0  # millions of tokens, for which what is usual of all texts counts
LEAST, STEP, HIGHEST = 1.0, 0.25, 22.0  # evidence
FEW_MEANT = 5_000  # places, at most, of which it is asked whether a mistake would be found there
SAFE = 0.03  # mistakes that would be doubted, for each time that the word stands there
NEARLY = 1.0  # evidence that need not be there
SLOTS, BITS, CLASS_SLOTS = 1 << 21, 1 << 25, 1 << 16
FULL = 0.6  # of the slots, at most


def main() -> None:
    """Fit, measure, and print or write."""
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("prose", type=Path, nargs="+")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--more", type=Path)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    if find_spec("scipy") is None:
        sys.exit("fit_confusion needs numpy and scipy")
    prose = read_prose(given.prose)
    blogs = read_blogs(given.data, prose.vocabulary, given.more)
    texts = Texts(prose, blogs)
    directed = fitted(texts)
    report(directed, texts)
    chosen = thresholds(directed, texts, None)
    print(f"{len(chosen)} directions")
    if given.write:
        write(chosen, texts)


class Texts:
    """What models are fitted to and measured on."""

    def __init__(self, prose: Prose, blogs: Blogs) -> None:
        np = numpy()
        self.prose, self.blogs = prose, blogs
        self.classes: Classes = find_classes(prose, prose.vocabulary)
        self.features = Features(prose.corpus, self.classes)
        self.blog_features = Features(blogs.corpus, self.classes)
        counts = np.bincount(prose.corpus.ids, minlength=len(prose.vocabulary.words))
        self.counts: dict[str, int] = dict(
            zip(prose.vocabulary.words, counts.tolist(), strict=True)
        )

        prose_sizes = [int(prose.held[a:b].sum()) for a, b in pairwise(prose.ends)]
        self.sizes = np.array([*blogs.tokens, *prose_sizes])  # of folds, more posts, files of prose

    @property
    def vocabulary(self) -> Vocabulary:
        return self.prose.vocabulary

    @cached_property
    def forms(self) -> list[Forms]:
        """The forms of the words of prose."""
        return forms(self.counts)

    def class_of(self, word: str) -> int:
        listed = self.classes.listed
        return listed.get(word) or listed.get(f"-{word[-3:]}", 0)

    def kind(self, base: str, plural: str) -> int:
        """As Model.kind has it."""
        parts = self.classes.parts
        first, second = int(parts[self.class_of(base)]), int(parts[self.class_of(plural)])
        return first << 8 | second | 1 << 16


class Couples(NamedTuple):
    """Words and those that they may be mistaken for, as numbers: which side each word of the
    vocabulary is on, -1 or 1, or 0; and, in a relation, the kind and the number of its forms."""

    name: tuple[str, str]
    origin: str
    side: Any
    meant: dict[int, str]
    kinds: Any = None
    words: Any = None

    @property
    def is_relation(self) -> bool:
        return self.kinds is not None

    @property
    def salt(self) -> int:
        return hashed(" ".join(self.name))


def couples(texts: Texts) -> Iterator[Couples]:
    """All that there are."""
    for pair in pairs():
        origin = "sounds" if pair in sounds() else "listed"
        yield _couples(texts, pair, origin, [(*pair, None)])
    for pair in neighbours(texts.counts):
        yield _couples(texts, pair, "near", [(*pair, None)])
    for first, second in RELATIONS:
        pairs_of_forms = [
            (getattr(form, first), getattr(form, second), form)
            for form in texts.forms
            if "-" not in (getattr(form, first), getattr(form, second))
            and getattr(form, first) != getattr(form, second)
        ]
        columns = str(COLUMNS.index(first)), str(COLUMNS.index(second))
        yield _couples(texts, columns, "forms", pairs_of_forms)
    known = possessives(texts.counts)
    words = [(f"{form.base}'s", form.s, form) for form in known]
    yield _couples(texts, (POSSESSIVE, "s"), "forms", words)


def _couples(
    texts: Texts, name: tuple[str, str], origin: str, words: Sequence[tuple[str, str, Forms | None]]
) -> Couples:
    np = numpy()
    numbers = texts.vocabulary.words
    side = np.zeros(len(numbers), np.int8)
    kinds, bases = np.zeros(len(numbers), np.uint32), np.zeros(len(numbers), np.uint32)
    meant: dict[int, str] = {}
    for first, second, form in words:
        for word, other, sign in ((first, second, -1), (second, first, 1)):
            number = numbers.get(word)
            if number is not None and not side[number]:
                side[number], meant[number] = sign, other
                if form:
                    kinds[number] = texts.kind(form.base, form.s)
                    bases[number] = hashed(form.base)
    if name[0] == POSSESSIVE:  # any may be doubted, also what prose does not have
        for word, number in numbers.items():
            if is_possessive(word) and not side[number]:
                base = word.removesuffix(POSSESSIVE)
                side[number], meant[number] = -1, f"{base}s"
                kinds[number], bases[number] = texts.kind(base, f"{base}s"), hashed(base)
    is_relation = bool(words and words[0][2])
    return Couples(name, origin, side, meant, *((kinds, bases) if is_relation else ()))


def fitted(texts: Texts) -> list[Directed]:
    """The models that may be of use, in both directions."""
    made: list[Directed] = []
    for each in couples(texts):
        ways = [turned for turned in (False, True) if may_be_meant(texts.prose, each, turned)]
        if ways:
            model = Fitted(texts, each)
            made += [Directed(model, texts, turned) for turned in ways]
    return made


def may_be_meant(prose: Prose, each: Couples, turned: bool) -> bool:
    """Whether a mistake is likely enough to be looked for."""
    word, meant = reversed(each.name) if turned else each.name
    if each.is_relation:  # a plural is seldom meant as a possessive
        return meant != POSSESSIVE
    # A rare word is seldom meant; what is no word is the speller's.
    is_word = "'" in word or Lexicon().is_known(word)
    return is_word and prose.rates_of(word, meant)[1] >= 8


# ---- models ------------------------------------------------------------------------------------


class Fitted:
    """Weights by the keys of features; positive ones speak for the second word."""

    def __init__(self, texts: Texts, couples: Couples) -> None:
        np = numpy()
        self.couples = couples
        self.keys, self.weights = np.zeros(0, np.uint32), np.zeros(0)
        prose = texts.prose
        numbers = [np.flatnonzero(couples.side == sign) for sign in (-1, 1)]
        places = [self._sample(prose, words) for words in numbers]
        sides = np.repeat([-1.0, 1.0], list(map(len, places)))
        if not len(sides):
            return
        rows = self.rows(texts.features, np.concatenate(places))
        share = np.ones(len(sides))
        if not couples.is_relation:
            share = len(sides) / 2 / np.where(sides > 0, len(places[1]), len(places[0]))
        keys, weights = _weights(rows, sides, share, STRENGTH[couples.origin])
        weights = np.clip(np.round(weights * STEPS), -127, 127)
        large = abs(weights) >= SMALLEST[couples.origin] * STEPS
        self.keys, self.weights = keys[large], weights[large] / STEPS  # in order

    def rows(self, features: Features, places: Any) -> Any:
        """The keys of the features of places, a row each."""
        ids = features.corpus.ids[places]
        if not self.couples.is_relation:
            return features.keys(places)
        return features.keys(places, self.couples.kinds[ids], self.couples.words[ids])

    def _sample(self, prose: Prose, numbers: Any) -> Any:
        """Some of the places where words stand."""
        np = numpy()
        places = prose.corpus.places_of(numbers)
        places = places[~prose.held[places]]
        name = " ".join(self.couples.name)
        generator = np.random.default_rng([hashed(name), int(numbers[0]) if len(numbers) else 0])
        most = MOST_FORMS // 2 if self.couples.is_relation else MOST
        if len(places) > most:
            return np.sort(generator.choice(places, most, replace=False))
        if len(places) >= FEW or self.couples.is_relation:
            return places
        elsewhere = np.flatnonzero(prose.corpus.plain & ~prose.held)
        others = generator.choice(elsewhere, min(OTHERS, len(elsewhere)), replace=False)
        return np.concatenate([places, others])

    def evidence(self, features: Features, places: Any) -> Any:
        """How far each place speaks for the second word."""
        np = numpy()
        found = np.zeros(len(places))
        if not len(self.keys):
            return found
        for start in range(0, len(places), 100_000):
            rows = self.rows(features, places[start : start + 100_000])
            at = np.searchsorted(self.keys, rows) % len(self.keys)
            sums = np.where(self.keys[at] == rows, self.weights[at], 0).sum(1)
            found[start : start + len(rows)] = sums
        return found


def _weights(rows: Any, sides: Any, share: Any, strength: float) -> tuple[Any, Any]:
    """The features that occur often enough, and the weights by which they tell the sides best."""
    np = numpy()
    optimize, sparse = import_module("scipy.optimize"), import_module("scipy.sparse")
    flat = rows.ravel()
    order = np.argsort(flat)
    in_order = flat[order]
    starts = np.flatnonzero(np.concatenate([[True], in_order[1:] != in_order[:-1]]))
    counts = np.diff(np.concatenate([starts, [len(flat)]]))
    kept = counts >= SEEN
    keys = in_order[starts[kept]]
    column = np.empty(len(flat), np.int32)
    column[order] = np.repeat(np.where(kept, np.cumsum(kept) - 1, -1).astype(np.int32), counts)
    column = column.reshape(rows.shape)
    is_in = column >= 0
    ends = np.concatenate([[0], np.cumsum(is_in.sum(1))])
    ones = np.ones(int(ends[-1]), "f4")
    matrix = sparse.csr_matrix((ones, column[is_in], ends), (len(rows), len(keys)))
    turned = matrix.T.tocsr()

    def loss(weights: Any) -> tuple[float, Any]:
        weights = weights.astype("f4")
        margin = sides * (matrix @ weights)
        value = np.logaddexp(0, -margin) @ share + strength / 2 * weights @ weights
        slope = turned @ (-sides * share / (1 + np.exp(margin))).astype("f4") + strength * weights
        return float(value), slope.astype(float)

    start = np.zeros(len(keys))
    best = optimize.minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 25})
    return keys, best.x


class Directed:
    """A model in one direction, and what it says of all places of the words that may be wrong.

    For each of the folds, `mended` counts the mistakes, and `meant_there` the words that may be meant.
    For each text by Texts.sizes, `words` counts those that may be wrong, and `wrong` how many of them
    would be doubted, for each threshold. `found` is what share of the mistakes would be, if they are
    like the places of the words that may be meant.
    """

    def __init__(self, model: Fitted, texts: Texts, turned: bool) -> None:
        np = numpy()
        self.model, self.couples = model, model.couples
        self.word, self.meant = reversed(self.couples.name) if turned else self.couples.name
        self.sign = -1 if turned else 1
        self.numbers = np.flatnonzero(self.couples.side == -self.sign)
        self.others = np.flatnonzero(self.couples.side == self.sign)
        prose, blogs = texts.prose, texts.blogs
        held = prose.corpus.places_of(self.numbers)
        held = held[prose.held[held]]
        self.places = blogs.corpus.places_of(self.numbers)
        self.places = self.places[blogs.fold[self.places] >= 0]
        self.evidence = self.sign * model.evidence(texts.blog_features, self.places)
        self.evidence -= HABIT * np.log(blogs.said[self.places])
        is_hit = np.array([self._is_hit(blogs, int(place)) for place in self.places], bool)
        # What nobody has mended is mostly right, in posts with mistakes, too.
        fine = blogs.item[self.places] < 0
        folds = blogs.fold[self.places]
        good = self.sign * model.evidence(texts.features, held)
        files = np.searchsorted(prose.ends, held, "right") - 1
        by_text = [self.evidence[fine & (folds == fold)] for fold in range(FOLDS + 1)]
        by_text += [good[files == file] for file in range(len(prose.ends) - 1)]
        self.words = np.array(list(map(len, by_text)))
        self.wrong = np.array(list(map(_at_least, by_text)))
        self.mended = np.bincount(folds[is_hit], minlength=FOLDS + 1)
        meant = blogs.corpus.places_of(self.others)
        meant = blogs.fold[meant]
        self.meant_there = np.bincount(meant[meant >= 0], minlength=FOLDS + 1)
        meant = prose.corpus.places_of(self.others)
        meant = meant[prose.held[meant]]
        meant = meant[:: max(1, len(meant) // FEW_MEANT)]
        evidence = self.sign * model.evidence(texts.features, meant)
        self.found = _at_least(evidence) / max(1, len(meant))

    def _is_hit(self, blogs: Blogs, place: int) -> bool:
        item = int(blogs.item[place])
        return item >= 0 and blogs.meant[item] == self.couples.meant[int(blogs.corpus.ids[place])]


def _at_least(evidence: Any) -> Any:
    """How many there are of at least so much evidence, for each threshold."""
    np = numpy()
    return len(evidence) - np.searchsorted(np.sort(evidence), _thresholds())


def _thresholds() -> Any:
    return numpy().arange(LEAST, HIGHEST, STEP)


def thresholds(
    directed: list[Directed], texts: Texts, left_out: int | None, scale: float = 1
) -> dict[Directed, float]:
    """What the evidence must be, without looking at a fold. Those are left out for which no evidence
    will do. A mistake may be worth so many times the usual wrong doubts.

    Mistakes are expected as often as in pairs of the same origin, for each time that a word is meant;
    what was mended corrects that. As many doubts are expected to be wrong as there were in that text
    in which there were most, since each has words of its own, such as `his`; and some of those besides
    that are to be expected of so much evidence, were it right.
    """
    np = numpy()
    labelled = [fold for fold in range(FOLDS) if fold != left_out]
    seen = [text for text in range(len(texts.sizes)) if text != left_out]
    sizes = texts.sizes[seen] / 1e6
    size = texts.sizes[labelled].sum() / 1e6
    by_chance = UNSEEN * np.exp(-_thresholds())
    usual = _usual(directed, labelled)
    found: dict[Directed, float] = {}
    for one in directed:
        mistakes = usual[one.couples.origin] * max(1, one.meant_there[labelled].sum()) / size
        if not one.couples.is_relation:
            mended = one.mended[labelled].sum()
            mistakes = (SEEN_BEFORE + mended) / (SEEN_BEFORE / mistakes + size)
        counts = one.wrong[seen] + one.words[seen][:, None] * by_chance
        mean = counts.sum(0) / sizes.sum()
        wrong = ((counts + mean * ENOUGH) / (sizes[:, None] + ENOUGH)).max(0)
        gain = WORTH[one.couples.origin] * scale * mistakes * one.found - wrong
        best = int(np.argmax(gain))
        if gain[best] > 0:
            found[one] = float(_thresholds()[best])
    return found


def _usual(directed: list[Directed], folds: list[int]) -> dict[str, float]:
    """How often a mistake is made, by origin, for each time that a word is meant."""
    mended, meant = Counter[str](), Counter[str]()
    for one in directed:
        mended[one.couples.origin] += int(one.mended[folds].sum())
        meant[one.couples.origin] += int(one.meant_there[folds].sum())
    return {origin: (mended[origin] + 0.5) / max(1, meant[origin]) for origin in meant}


def doubted(directed: list[Directed], texts: Texts, scale: float = 1) -> tuple[set[int], set[int]]:
    """The mistakes that are found in cross-validation, and the places in edited posts that are
    doubted."""
    blogs = texts.blogs
    hits: set[int] = set()
    alarms: set[int] = set()
    for fold in range(FOLDS):
        for one, threshold in thresholds(directed, texts, fold, scale).items():
            told = one.places[(one.evidence >= threshold) & (blogs.fold[one.places] == fold)]
            alarms.update(map(int, told[blogs.clean[told]]))
            hits.update(int(n) for n in blogs.item[told] if n >= 0)
    return hits, alarms


def report(directed: list[Directed], texts: Texts) -> None:
    """Print what is found in cross-validation, and what is doubted in edited posts."""
    hits, alarms = doubted(directed, texts)
    blogs = texts.blogs
    kinds = Counter(blogs.kinds[number] for number in hits)
    every = Counter(blogs.kinds)
    found = ", ".join(f"{kinds[kind]} of {number} {kind}" for kind, number in every.items())
    rate = 1000 * len(alarms) / max(1, int((blogs.clean & (blogs.fold >= 0)).sum()))
    print(f"in cross-validation: {found}; {rate:.3f} doubts in 1,000 tokens of edited posts")


# ---- writing -----------------------------------------------------------------------------------


def write(chosen: dict[Directed, float], texts: Texts) -> None:
    """Write the data file."""
    np = numpy()
    models = list(dict.fromkeys(one.model for one in chosen))
    listing = "".join(f"\n {' '.join(each)} " for each in texts.forms).encode() + b"\n"
    places, gates = known_places(chosen, texts)
    lines = [f"{SLOTS} {BITS} {CLASS_SLOTS} {len(listing)}"]
    for one, threshold in chosen.items():
        line = (one.word, one.meant, one.couples.salt, one.sign, threshold, gates.get(one, 0))
        lines.append(" ".join(map(str, line)))
    keys = np.concatenate([model.keys ^ np.uint32(model.couples.salt) for model in models])
    weights = np.concatenate([model.weights for model in models])
    largest = np.lexsort((keys, -abs(weights)))[: int(SLOTS * FULL)]
    made, checks = bytearray(SLOTS), [0] * SLOTS
    for key, weight in zip(keys[largest].tolist(), weights[largest].tolist(), strict=True):
        slot = _free(checks, key)
        checks[slot], made[slot] = key >> 16 or 1, int(weight * STEPS) & 255
    classes, class_checks = bytearray(CLASS_SLOTS), [0] * CLASS_SLOTS
    for word, number in texts.classes.listed.items():
        key = hashed(word)
        slot = _free(class_checks, key)
        class_checks[slot], classes[slot] = key >> 16 or 1, number
    parts = bytes(texts.classes.parts.tolist()).ljust(256, b"\0")
    head = MAGIC + "\n".join(lines).encode() + b"\n\n"
    tables = (
        _bits(places), made, struct.pack(f"<{SLOTS}H", *checks),
        classes, struct.pack(f"<{CLASS_SLOTS}H", *class_checks), parts, listing,
    )  # fmt: skip
    Path(PATH).write_bytes(head + b"".join(map(bytes, tables)))
    print(f"{len(models)} models, {len(keys)} weights, {len(head)} bytes of text")


def _free(checks: list[int], key: int) -> int:
    slot = key & (len(checks) - 1)
    while checks[slot]:
        slot = slot + 1 & (len(checks) - 1)
    return slot


def _bits(keys: Any) -> bytes:
    """The set of keys as Model has it."""
    np = numpy()
    bits = np.zeros(BITS, np.uint8)
    bits[keys & np.uint32(BITS - 1)] = 1
    bits[(keys * np.uint32(AGAIN)) >> np.uint32(MASK.bit_length() - (BITS - 1).bit_length())] = 1
    share = float(bits.mean())
    print(f"{len(keys)} places, {share:.2f} of the bits")
    return bytes(np.packbits(bits, bitorder="little"))


def known_places(chosen: dict[Directed, float], texts: Texts) -> tuple[Any, dict[Directed, int]]:
    """The neighbours of a word, and the classes of these, with which hardly any other is ever meant;
    and the parts of speech between which a relation is possible, with the gates of relations.

    Each place of a word that may be meant is one where the other could stand by mistake; if it
    would be doubted there, its neighbours are not safe for it. Where it would nearly be doubted, a
    relation is possible.
    """
    np = numpy()
    corpus, features = texts.prose.corpus, texts.features
    names = texts.vocabulary.names
    hashes = np.array([hashed(name) for name in names], np.uint32)
    watched = np.zeros(len(names), bool)
    bad: list[tuple[Any, Any]] = []
    possible: list[Any] = []
    gates: dict[Directed, int] = {}
    for one, threshold in chosen.items():
        if one.word == POSSESSIVE:
            continue
        watched[one.numbers] = True
        places = corpus.places_of(one.others)
        every = max(1, len(places) // (400_000 if one.couples.is_relation else 40_000))
        places = places[::every]
        evidence = one.sign * one.model.evidence(features, places)
        doubted = places[evidence >= threshold]
        if one.couples.is_relation:
            gates[one] = (one.couples.salt ^ (1 if one.sign > 0 else 2)) & MASK
            nearly = places[evidence >= threshold - NEARLY]
            kinds = one.couples.kinds[corpus.ids[nearly]]
            possible.append(np.unique(features.between(nearly, gates[one], kinds)))
        written = np.zeros(len(names), np.uint32)
        for number in one.others.tolist():
            written[number] = hashed(one.couples.meant[number])
        for keys in features.places(doubted, written[corpus.ids[doubted]]):
            bad.append((keys, np.full(len(keys), every, float)))
    places = corpus.places_of(np.flatnonzero(watched))
    good = np.concatenate(list(features.places(places, hashes[corpus.ids[places]])))
    keys, counts = np.unique(good, return_counts=True)
    keys, counts = keys[counts >= 2], counts[counts >= 2]
    wrong = np.zeros(len(keys))
    for found, weight in bad:
        at = np.searchsorted(keys, found)
        at[at == len(keys)] = 0
        same = keys[at] == found
        np.add.at(wrong, at[same], weight[same])
    return np.concatenate([keys[wrong <= counts * SAFE], *possible]), gates


if __name__ == "__main__":
    main()
