"""Fit data/confusion.bin to edited prose, and measure it on blogs with labelled mistakes.

    python -m contentlint.grammar.fit_confusion PROSE [PROSE ...] --data DATA [--more FOLDER] [--write]

Needs numpy and scipy. PROSE is English text, a paragraph a line, plain or .xz, with U+E001 in place
of code; the models are fitted to six sevenths of it, and what they doubt in the rest is a false
alarm. DATA is a folder as contentlint/spelling/fit_weights.py has it. Of what people have mended
there, the kinds "realword" and "grammar" count, and only sites that a threshold was not set by. In
FOLDER there are more posts, whose English is taken to be right.

SOUNDS and SLIPS are the words, by how they come to be confused. A threshold is set by Bayes: a word is
doubted if the evidence outweighs how much oftener it is written than the other one, and how rare
slips are; it is raised where the doubt is often wrong, and lowered where mistakes were seen.
"""

from __future__ import annotations

import argparse
import json
import lzma
import math
import struct
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from contentlint.blocks import Block
from contentlint.document import Document
from contentlint.facts import collect
from contentlint.grammar import confusion
from contentlint.grammar.confusion import (
    BORDER,
    MAGIC,
    NO_POSSESSIVES,
    NUMBER,
    OPAQUE,
    OPAQUE_SIGN,
    PATH,
    POSSESSIVE,
    STEPS,
    hashed,
    neighbours,
)
from contentlint.languages import ENGLISH
from contentlint.spelling import Lexicon
from contentlint.text import Source
from contentlint.tuples import NamedTuple

# Sets of words that sound alike or nearly so; and words, each with those from which a slip of the
# finger makes it, or that it makes of them.
SOUNDS = """
    its it's | your you're | their there they're | then than | lets let's | whose who's | to too
    two | loose lose | losing loosing | affect effect | accept except | advice advise |
    principal principle | principals principles | complement compliment | discreet discrete |
    desert dessert | desserts deserts | weather whether | where were we're wear | here hear |
    know no now | knew new | passed past | peace piece | quiet quite | breath breathe | cite
    site sight | course coarse | ensure insure | ensuring insuring | formally formerly | hole
    whole | led lead | lightning lighting | personal personnel | role roll | threw through |
    though thought through thorough | waist waste | weak week | which witch | adapt adopt | bare
    bear | by buy bye | cell sell | choose chose | conscious conscience | died dyed | dual duel
    | fair fare | peak peek | rain reign | root route | scene seen | sea see | some sum | sole
    soul | steal steel | tail tale | tea tee | wander wonder | wave waive | way weigh | wood
    would | that's thats | what's whats | won't wont | can't cant | don't dont | of off | one
    won | our are | maybe may | cheap cheat | quit quite | public pubic | form from | were where
    | well we'll | he's his | i'm im | as has | an and | expect except | brake break | bread
    bred breed | counsel council | devise device | flower flour | grate great | meat meet | pail
    pale | pair pear pare | plain plane | poor pour pore | presence presents | raise rays |
    right write rite | sauce source | serial cereal | altar alter | strait straight | team teem
    | vary very | wait weight | via vie | miner minor | medal metal meddle | cites sites |
    process progress | white write | proving providing | farther further | ready already |
    altogether together | everyday every | practice practise | precede proceed | conversation
    conservation | perspective prospective
"""
SLIPS = """
    ab an | ad add and | adds ads | algin align | alot lot | amd and | an any | and ands hand
    land sand wand | angel angle | angels angles | ant aunt | any nay | apart part | as was | at
    ate | awhile while | bacon beacon | base bass | beat best | bee been | bellow below | beside
    besides | best bets | big bug | both broth | bring ring | bug but | but buy | cannon canon |
    cannons canons | canvas canvass | casual causal | chopped copped | clothes cloths | cray
    crazy | dairy diary | decent descent | do so | droped dropped | dyeing dying | emergence
    mergence | envelop envelope | even event | ever every | every very | excited exited | exist
    exit exits | exists exits | feel reel | field filed | fir for | first fist | for form four
    fro or | fort forth | forth fourth | go to | going gong | growing growling | had hand has
    head | has hast | hat that | he her the | he'll hell | head hear heard | heard herd | help
    hep | her here | hey they | his is this | hour our | hours ours | i'd id | i'll ill | idea
    ideal | if it of | in inn on | into intro | ion on | is its us | it its | it'll itll | jam
    jamb | knight night | knot not | launch lunch | launched lunched | launching lunching | lave
    leave | lied lived | life live | lifes lives | lightening lightning | lightly slightly |
    loath loathe | loop lop | loops lops | make makes | manage mange | managed manged | manager
    manger | managers mangers | many may | marital martial | meed need | metics metrics | mind
    mine | mode more | moral morale | more mote | need needs | no not on | noe one | not note |
    nothing noting | nuclear unclear | of or | on one | once one | onely only | or our | our out
    your | own won | part pat | parts pats | patter pattern | patterns patters | perfect prefect
    | plain plan | plains plans | planed planned | planing planning | poring pouring | posses
    possess | quiet quit | rang range | rap wrap | read ready red | red reed | reign rein |
    relaying relying | rime time | rogue rouge | rout route | sate state | see seem seen | seem
    seen | semantic sematic | server sever | servers severs | she'll shell | she's shes | shift
    shirt shit | short sort | show shown | sight slight | sign sing | signed singed | signing
    singing | signs sings | since sine | slop slope | sometime sometimes | spit split | spits
    splits | star start | stared started | staring starting | stars starts | starting stating |
    steam stream | steamed streamed | steaming streaming | steams streams | sting string |
    stings strings | sued used | suit suite | tabel table | table tale | temping tempting | test
    tets text | tests texts | the thee them then they | them then | they thy | things thins |
    this thus | though tough | thread tread | threads treads | through trough | tide tied | time
    times | tip top | to top | toe tow | toke token | toll tool | tolls tools | toward towards |
    trail trial | trails trials | unit unite | united untied | unites units | unsed used | us
    use | use used user | used user | verify verity | wan want | want wants | warp wrap | wary
    way | we'd wed | wet whet | while wile | whine wine | width with | wit with | with withe |
    wok work | word world | words worlds | work worm | yea yeah | you your | your yours | yours
    yous
"""

MOST = 30_000  # occurrences of a word that a model is fitted to
FEW = 100  # so many need the company of other places where the word does not stand
OTHERS = 4_000  # so many of these
SEEN = 3  # times that a feature must occur
SMALLEST = 0.25  # weight that is kept
STRENGTH = 1.0  # of the wish for small weights
CHUNK, PART = 40_000, 7  # every seventh stretch of so many tokens is for measuring
PRIOR = {True: 3.5, False: 5.0}  # how rare slips are: of sounds, of fingers; natural logarithms
LEAST = 1.5  # evidence, in any case
# Doubts in a million tokens of good text that each mistake seen, and one more, is worth.
ALARMS = 1.6
FOLDS = 4
WORTH = 0.00003  # slips that are expected to be found, for each time that the word is looked at
SAFE = 0.03  # mistakes that would be doubted, for each time that the word stands there
SLOTS, BITS = 1 << 21, 1 << 23
UNEDITED = {"LukeSmithxyz+based.cooking"}  # recipes that nobody edits


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
    models = {pair: Fitted(prose, *pair) for pair in pairs()}
    directed = [
        Directed(model, prose, blogs, turned)
        for model in models.values()
        for turned in (False, True)
    ]
    directed = [one for one in directed if one.may_be_meant]
    report(directed, blogs)
    chosen = {one: t for one in directed if (t := one.threshold(blogs, None)) is not None}
    print(f"{len(chosen)} directions")
    if given.write:
        write(chosen, prose)


def pairs() -> list[tuple[str, str]]:
    """The pairs of words, each in the order of the alphabet, and the possessive with the plural."""
    slips = (words.split() for words in SLIPS.split("|"))
    found = sounds() | {(first, other) for first, *others in slips for other in others}
    return [(POSSESSIVE, "s"), *sorted({(min(pair), max(pair)) for pair in found})]


@cache
def sounds() -> set[tuple[str, str]]:
    """The words of SOUNDS, each with each other one of its set."""
    sets = (words.split() for words in SOUNDS.split("|"))
    return {(a, b) for words in sets for a in words for b in words if a != b}


# ---- texts as numbers --------------------------------------------------------------------------

# The order of confusion.features: its letter, and of which of the four tokens around the place it
# is made, as they are or by their ends.
TEMPLATES = [
    ("a", "1"), ("b", "0"), ("c", "2"), ("d", "3"), ("e", "01"), ("f", "23"), ("g", "12"),
    ("h", "B"), ("i", "C"), ("j", "D"), ("k", "CD"), ("l", "BC"), ("m", "AB"),
    ("n", "1C"), ("o", "B2"), ("p", "2D"), ("q", ""),
]  # fmt: skip
AROUND = (-2, -1, 1, 2)
WIDE = 1 << 20  # more than there are words


class Vocabulary:
    """Words and their ends as numbers."""

    def __init__(self) -> None:
        self.words: dict[str, int] = {}
        self.ends: dict[str, int] = {}
        self.end_of: list[int] = []

    def number(self, word: str) -> int:
        if word not in self.words:
            self.words[word] = len(self.words)
            self.end_of.append(self.ends.setdefault(word[-3:], len(self.ends)))
        return self.words[word]


class Corpus:
    """Tokens as numbers, with two borders around each block, and which of them may be doubted."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.ids: Any = [vocabulary.number(BORDER)] * 2
        self.plain: Any = [False, False]

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
        self.ids += [self.vocabulary.number(BORDER)] * 2
        self.plain += [False, False]
        return first

    def freeze(self) -> None:
        """Make arrays of what was added, and an index."""
        np = numpy()
        self.ids = np.array(self.ids)
        beside = [n for word, n in self.vocabulary.words.items() if word in _beside()]
        quoted = np.isin(self.ids, beside)
        self.plain = np.array(self.plain)
        self.plain[1:-1] &= ~(quoted[:-2] | quoted[2:])
        self._order = np.argsort(self.ids, kind="stable")
        self._sorted = self.ids[self._order]

    def places(self, word: str) -> Any:
        """Where a word stands and may be doubted."""
        np = numpy()
        numbers = [self.vocabulary.words[word]] if word in self.vocabulary.words else []
        if word in (POSSESSIVE, "s"):
            numbers = [n for w, n in self.vocabulary.words.items() if self._is_of(w, word)]
        parts = [
            self._order[
                np.searchsorted(self._sorted, number) : np.searchsorted(
                    self._sorted, number, "right"
                )
            ]
            for number in numbers
        ]
        found = np.concatenate(parts) if parts else np.zeros(0, int)
        return found[self.plain[found]]

    def _is_of(self, word: str, kind: str) -> bool:
        """Whether a word is a possessive, or a plural, whose other number is a word, too."""
        if kind == POSSESSIVE:
            return word.endswith(POSSESSIVE) and len(word) > 4 and word not in NO_POSSESSIVES
        is_plural = word.endswith("s") and not word.endswith(("ss", "us", "is", "os", POSSESSIVE))
        return is_plural and len(word) > 3 and word.isalpha() and word[:-1] in self.vocabulary.words

    def beside(self, places: Any) -> Iterator[tuple[int, str, int]]:
        """The tokens that stand before (0) and after (1) places, and how often."""
        words, _ = _names(self.vocabulary)
        for side, shift in enumerate((-1, 1)):
            for number, count in Counter[int](self.ids[places + shift].tolist()).items():
                yield side, words[number], count

    def keys(self, places: Any) -> Any:
        """The features at places, a row each, as numbers."""
        np = numpy()
        ends = np.array(self.vocabulary.end_of)
        around = [self.ids[places + shift] for shift in AROUND]
        by_sign = dict(zip("0123", around, strict=True))
        by_sign |= dict(zip("ABCD", (ends[column] for column in around), strict=True))
        columns: list[Any] = []
        for number, (_, signs) in enumerate(TEMPLATES):
            key = np.full(len(places), number)
            for sign in signs.rjust(2, " "):
                key = key * WIDE + (by_sign[sign] if sign != " " else 0)
            columns.append(key)
        return np.stack(columns, 1)


def feature(vocabulary: Vocabulary, key: int) -> str:
    """The feature with a number, as confusion.features has it."""
    words, ends = _names(vocabulary)
    number, first, second = key // WIDE**2, key // WIDE % WIDE, key % WIDE
    letter, signs = TEMPLATES[number]
    values = (first, second)[2 - len(signs) :]
    named = [(words if s.isdigit() else ends)[v] for s, v in zip(signs, values, strict=True)]
    return letter + " ".join(named)


@cache
def _names(vocabulary: Vocabulary) -> tuple[list[str], list[str]]:
    return list(vocabulary.words), list(vocabulary.ends)


def _beside() -> set[str]:
    return {OPAQUE if sign == OPAQUE_SIGN else sign for sign in confusion._BESIDE}  # pyright: ignore[reportPrivateUsage]


def numpy() -> Any:
    """numpy, which is not needed to lint."""
    return import_module("numpy")


# ---- reading -----------------------------------------------------------------------------------


class Prose(NamedTuple):
    """Edited text, which part of it is for measuring, and where each file ends."""

    corpus: Corpus
    held: Any
    ends: list[int]

    @property
    def vocabulary(self) -> Vocabulary:
        return self.corpus.vocabulary

    def rates(self, word: str, meant: str) -> tuple[float, float]:
        """How often two words stand in a million tokens of the file in which the first one is
        usual: stories have words that manuals have not."""
        starts = [0, *self.ends[:-1]]
        found: list[tuple[float, float]] = []
        for start, end in zip(starts, self.ends, strict=True):
            counts = [
                int(((places >= start) & (places < end)).sum())
                for places in map(self.corpus.places, (word, meant))
            ]
            found.append((counts[0] / (end - start) * 1e6, counts[1] / (end - start) * 1e6))
        return max(found, key=lambda pair: max(pair[0], 0.3) / max(pair[1], 0.3))


def read_prose(paths: list[Path]) -> Prose:
    """Read texts, a paragraph a line."""
    corpus = Corpus(Vocabulary())
    ends: list[int] = []
    for path in paths:
        for line in _lines(path):
            corpus.add(line)
        ends.append(len(corpus.ids))
    corpus.freeze()
    np = numpy()
    return Prose(corpus, np.arange(len(corpus.ids)) // CHUNK % PART == PART - 1, ends)


def _lines(path: Path) -> Iterator[str]:
    if path.suffix == ".xz":
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            yield from lines
    else:
        with path.open(encoding="utf-8") as lines:
            yield from lines


class Blogs(NamedTuple):
    """Labelled blogs. For each token: its fold, or -1 for what is not measured; whether it is of an
    edited post; the mended mistake that it is part of, or -1. `meant` is what these became, and
    `tokens` how many there are in each fold."""

    corpus: Corpus
    fold: Any
    clean: Any
    item: Any
    meant: list[str]
    tokens: list[int]
    kinds: list[str]


def read_blogs(data: Path, vocabulary: Vocabulary, more: Path | None = None) -> Blogs:
    """Read the edited posts and the mended mistakes, and more posts, which are in no fold."""
    np = numpy()
    lines = (data / "items.jsonl").read_text(encoding="utf-8").splitlines()
    items = [item for item in map(json.loads, lines) if item["kind"] in ("realword", "grammar")]
    by_post: defaultdict[str, list[int]] = defaultdict(list)
    for number, item in enumerate(items):
        by_post[item["post"]].append(number)
    sites = sorted({path.name for part in ("clean", "posts") for path in (data / part).iterdir()})
    weight = Counter(item["post"].split("/")[1] for item in items)
    weight.update({path.name: 40 for path in (data / "clean").iterdir()})
    fold_of: dict[str, int] = {}
    load = [0] * FOLDS
    for site in sorted(sites, key=lambda site: (-weight[site], site)):
        fold_of[site] = load.index(min(load))
        load[fold_of[site]] += weight[site]
    corpus = Corpus(vocabulary)
    found: list[tuple[int, int, int, bool, int]] = []  # first, last, fold, clean, item
    for part in ("clean", "posts"):
        for path in sorted((data / part).rglob("*.md*")):
            name = path.relative_to(data).as_posix()
            site = name.split("/")[1]
            document = Document(Source.decode(str(path), path.read_bytes()))
            spans = [(n, _span(document.source, items[n])) for n in by_post[name]]
            for block in document.blocks:
                first = corpus.add(confusion._with_signs(block))  # pyright: ignore[reportPrivateUsage]
                fold = -1 if site in UNEDITED and part == "clean" else fold_of[site]
                found.append((first, len(corpus.ids) - 2, fold, part == "clean", -1))
                found += _items_in(block, first, fold, spans)
    for path in sorted(more.rglob("*.md")) if more else ():
        document = Document(Source.decode(str(path), path.read_bytes()))
        if collect(document, path.name, Lexicon()).language == ENGLISH:
            for block in document.blocks:
                first = corpus.add(confusion._with_signs(block))  # pyright: ignore[reportPrivateUsage]
                found.append((first, len(corpus.ids) - 2, FOLDS, False, -1))
    corpus.freeze()
    size = len(corpus.ids)
    fold, clean, item = np.full(size, -1), np.zeros(size, bool), np.full(size, -1)
    for first, last, number, is_clean, mended in found:
        fold[first:last], clean[first:last], item[first:last] = number, is_clean, mended
    tokens = [int((fold == number).sum()) for number in range(FOLDS + 1)]
    meant = [item["new"].lower().replace("’", "'") for item in items]
    return Blogs(corpus, fold, clean, item, meant, tokens, [item["kind"] for item in items])


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


# ---- models ------------------------------------------------------------------------------------


class Fitted:
    """A pair's weights by the numbers of features; positive ones speak for the second word."""

    def __init__(self, prose: Prose, first: str, second: str) -> None:
        np = numpy()
        optimize, sparse = import_module("scipy.optimize"), import_module("scipy.sparse")
        self.words = first, second
        places = [self._sample(prose, word) for word in self.words]
        self.keys, self.weights = np.zeros(0, int), np.zeros(0)
        if not max(map(len, places)):
            return
        sides = np.repeat([-1.0, 1.0], list(map(len, places)))
        rows = prose.corpus.keys(np.concatenate(places))
        keys, inverse, counts = np.unique(rows, return_inverse=True, return_counts=True)
        column = np.where(counts >= SEEN, np.cumsum(counts >= SEEN) - 1, -1)[
            inverse.reshape(rows.shape)
        ]
        row = np.broadcast_to(np.arange(len(rows))[:, None], rows.shape)
        kept = column >= 0
        shape = (len(rows), int((counts >= SEEN).sum()))
        matrix = sparse.csr_matrix((np.ones(kept.sum(), "f4"), (row[kept], column[kept])), shape)
        share = len(rows) / 2 / np.where(sides > 0, len(places[1]), len(places[0]))

        def loss(weights: Any) -> tuple[float, Any]:
            margin = sides * (matrix @ weights)
            value = np.logaddexp(0, -margin) @ share + STRENGTH / 2 * weights @ weights
            slope = matrix.T @ (-sides * share / (1 + np.exp(margin))) + STRENGTH * weights
            return float(value), slope

        best = optimize.minimize(
            loss, np.zeros(shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 25}
        )
        weights = np.clip(np.round(best.x * STEPS), -127, 127)
        large = abs(weights) >= SMALLEST * STEPS
        self.keys, self.weights = keys[counts >= SEEN][large], weights[large] / STEPS

    def _sample(self, prose: Prose, word: str) -> Any:
        np = numpy()
        generator = np.random.default_rng(hashed(word))
        places = prose.corpus.places(word)
        places = places[~prose.held[places]]
        if len(places) > MOST:
            return generator.choice(places, MOST, replace=False)
        if len(places) >= FEW:
            return places
        elsewhere = np.flatnonzero(prose.corpus.plain & ~prose.held)
        others = generator.choice(elsewhere, min(OTHERS, len(elsewhere)), replace=False)
        return np.concatenate([places, others])

    def evidence(self, corpus: Corpus, places: Any) -> Any:
        """How far each place speaks for the second word."""
        np = numpy()
        if not len(places) or not len(self.keys):
            return np.zeros(len(places))
        rows = corpus.keys(places)
        at = np.searchsorted(self.keys, rows) % len(self.keys)
        return np.where(self.keys[at] == rows, self.weights[at], 0).sum(1)


class Directed:
    """A model in one direction, and what it says of all places of the word that may be wrong."""

    def __init__(self, model: Fitted, prose: Prose, blogs: Blogs, turned: bool) -> None:
        self.model, self.turned = model, turned
        self.word, self.meant = reversed(model.words) if turned else model.words
        self.sign = -1 if turned else 1
        self.rates = prose.rates(self.word, self.meant)
        # A plural is seldom meant as a possessive, and a rare word seldom meant at all; what is no
        # word is the speller's.
        is_word = "'" in self.word or Lexicon().is_known(self.word)
        self.may_be_meant = is_word and self.rates[1] >= 8 and self.meant != POSSESSIVE
        if not self.may_be_meant:
            return
        places = prose.corpus.places(self.word)
        held = places[prose.held[places]]
        self.good = self.sign * model.evidence(prose.corpus, held)
        self.good_tokens = int(prose.held.sum())
        self.places = blogs.corpus.places(self.word)
        self.places = self.places[blogs.fold[self.places] >= 0]
        self.evidence = self.sign * model.evidence(blogs.corpus, self.places)
        meant = prose.corpus.places(self.meant)
        meant = meant[prose.held[meant]][:5000]
        self.if_meant = self.sign * model.evidence(prose.corpus, meant)
        self.is_hit = numpy().array(
            [self._is_hit(blogs, int(place)) for place in self.places], bool
        )

    def _is_hit(self, blogs: Blogs, place: int) -> bool:
        item = int(blogs.item[place])
        return item >= 0 and (blogs.meant[item] == self.meant or self.word == POSSESSIVE)

    def threshold(self, blogs: Blogs, left_out: int | None) -> float | None:
        """What the evidence must be, without looking at a fold; None if no evidence will do."""
        np = numpy()
        seen = blogs.fold[self.places] != left_out
        # What nobody has mended is mostly right, in posts with mistakes, too.
        fine = blogs.item[self.places] < 0
        alarms = np.concatenate([self.good, self.evidence[seen & fine]])
        hits = self.evidence[seen & self.is_hit]
        tokens = self.good_tokens + sum(n for f, n in enumerate(blogs.tokens) if f != left_out)
        word, meant = (max(rate, 0.3) for rate in self.rates)
        bound = self.prior + 0.5 * math.log(word / meant)
        for step in range(int(LEAST * 4), 40):
            at = step / 4
            mended = int((hits >= at).sum())
            wrong = float((alarms >= at).sum()) / tokens * 1e6
            if at >= bound - math.log1p(mended) and wrong <= ALARMS * (1 + mended):
                return at if mended or self._worth(at) >= WORTH else None
        return None

    @property
    def prior(self) -> float:
        """How rare it is that one is written for the other."""
        return PRIOR[(self.word, self.meant) in sounds() or self.word == POSSESSIVE]

    def _worth(self, threshold: float) -> float:
        word, meant = self.rates
        found = float((self.if_meant >= threshold).sum()) / max(1, len(self.if_meant))
        return meant * found * math.exp(-self.prior) / max(word, 1)


def report(directed: list[Directed], blogs: Blogs) -> None:
    """Print what is found in cross-validation, and what is doubted in edited posts."""
    hits: set[int] = set()
    alarms: set[int] = set()
    for one in directed:
        for fold in range(FOLDS):
            threshold = one.threshold(blogs, fold)
            if threshold is not None:
                told = one.places[(one.evidence >= threshold) & (blogs.fold[one.places] == fold)]
                alarms.update(map(int, told[blogs.clean[told]]))
                hits.update(int(n) for n in blogs.item[told] if n >= 0)
    kinds = Counter(blogs.kinds[number] for number in hits)
    every = Counter(blogs.kinds)
    found = ", ".join(f"{kinds[kind]} of {number} {kind}" for kind, number in every.items())
    rate = 1000 * len(alarms) / max(1, int((blogs.clean & (blogs.fold >= 0)).sum()))
    print(f"in cross-validation: {found}; {rate:.3f} doubts in 1,000 tokens of edited posts")


# ---- writing -----------------------------------------------------------------------------------


def write(chosen: dict[Directed, float], prose: Prose) -> None:
    """Write the data file."""
    models = list(dict.fromkeys(one.model for one in chosen))
    salts = {model: hashed(" ".join(model.words)) for model in models}
    lines = [f"{SLOTS} {BITS}"]
    for one, threshold in chosen.items():
        lines.append(f"{one.word} {one.meant} {salts[one.model]} {one.sign} {threshold}")
    checks, weights = [0] * SLOTS, bytearray(SLOTS)
    names = {key: hashed(feature(prose.vocabulary, key)) for key in _every_key(models)}
    largest = sorted(
        (
            (w, k, m)
            for m in models
            for k, w in zip(m.keys.tolist(), m.weights.tolist(), strict=True)
        ),
        key=lambda weight: (-abs(weight[0]), weight[1]),
    )
    for weight, key, model in largest[: SLOTS // 2]:
        hash = names[key] ^ salts[model]
        slot = hash & (SLOTS - 1)
        while checks[slot]:
            slot = slot + 1 & (SLOTS - 1)
        checks[slot], weights[slot] = hash >> 16 or 1, int(weight * STEPS) & 255
    safe = bytearray(BITS // 8)
    for neighbour in safe_neighbours(chosen, prose):
        key = hashed(neighbour)
        for bit in (key & (BITS - 1), (key >> 9) & (BITS - 1)):
            safe[bit >> 3] |= 1 << (bit & 7)
    head = MAGIC + "\n".join(lines).encode() + b"\n\n"
    Path(PATH).write_bytes(head + bytes(safe) + bytes(weights) + struct.pack(f"<{SLOTS}H", *checks))
    print(f"{len(models)} pairs, {len(largest)} weights, {len(head)} bytes of text")


def _every_key(models: list[Fitted]) -> set[int]:
    return {key for model in models for key in model.keys.tolist()}


def safe_neighbours(chosen: dict[Directed, float], prose: Prose) -> Iterator[str]:
    """The neighbours of a word beside which hardly any other word is ever meant.

    Each place of a word that may be meant is one where the other could stand by mistake; if it
    would be doubted there, its neighbours are not safe for it.
    """
    corpus = prose.corpus
    bad: Counter[str] = Counter()
    for one, threshold in chosen.items():
        if one.word == POSSESSIVE:
            continue
        places = corpus.places(one.meant)
        every = max(1, len(places) // 40_000)
        places = places[::every]
        doubted = places[one.sign * one.model.evidence(corpus, places) >= threshold]
        for side, token, count in corpus.beside(doubted):
            bad[neighbours(token, one.word, token)[side]] += count * every
    good: Counter[str] = Counter()
    for word in {one.word for one in chosen} - {POSSESSIVE}:
        for side, token, count in corpus.beside(corpus.places(word)):
            good[neighbours(token, word, token)[side]] += count
    for neighbour, count in good.items():
        if count >= 2 and bad[neighbour] <= count * SAFE:
            yield neighbour


if __name__ == "__main__":
    main()
