"""Words that are mistaken for one another, as `it's` for `its`: which does the sentence want?

For each pair of words there is a small logistic model of the two words before and the two after
the place, fitted to edited prose by fit_confusion.py. A word is doubted if its context speaks for
the other one so clearly that a slip is likelier than the word, given how often both are written.

data/confusion.bin holds a line of text for each directed pair, a set of the neighbours among which
a word is never doubted, so that most words cost one look, and the weights in a hash table.
"""

from __future__ import annotations

import mmap
import os
from collections.abc import Container, Iterator, Sequence
from functools import cache
from zlib import crc32

from contentlint.blocks import Block
from contentlint.patterns import pattern
from contentlint.tuples import NamedTuple

PATH = os.path.join(os.path.dirname(__file__), "data", "confusion.bin")
MAGIC = b"contentlint-confusion-1\n"
STEPS = 16  # weights are kept in sixteenths
BORDER, NUMBER, OPAQUE = "<s>", "<n>", "<o>"  # as tokens
OPAQUE_SIGN = "\ue001"  # stands for what is no prose, in texts that are cut into tokens
POSSESSIVE = "'s"  # as a word of a pair: any possessive that may be meant as a plural
NO_POSSESSIVES = frozenset(
    """
    else's everyone's everything's he's here's how's it's let's one's she's someone's that's there's
    this's today's what's when's where's who's why's
    """.split()  # noqa: SIM905 - words are read as such
)

_TOKEN = pattern(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d[\d.,:]*|[^\w\s]")
_BESIDE = frozenset([*"\"'“”‘’-/`", OPAQUE_SIGN])  # beside these a word is quoted, or part of one
_STARTS = frozenset([BORDER, *'.!?:•*"“'])  # after these a word may have a capital


class Doubt(NamedTuple):
    """A word, where it stands in the text of a block, and the one that was probably meant; and how
    far the evidence is above the threshold, as a natural logarithm."""

    start: int
    end: int
    word: str
    meant: str
    surplus: float


class Direction(NamedTuple):
    """One word in place of another: `salt` tells the pair's weights from others', `sign` is 1 if
    positive weights speak for `meant`, and `threshold` is what they must sum up to."""

    meant: str
    salt: int
    sign: int
    threshold: float


def tokens(text: str) -> list[str]:
    """Words in lower case, numbers and signs; OPAQUE_SIGN is one, too."""
    return _TOKEN.findall(text.lower().replace("’", "'"))


def features(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """What a model knows of a place: the two tokens before it and the two after it, in the order of
    the text, and the ends of these, alone and together."""
    l2, l1 = map(_normal, before)
    r1, r2 = map(_normal, after)
    s2, s1, t1, t2 = l2[-3:], l1[-3:], r1[-3:], r2[-3:]
    return [
        f"a{l1}", f"b{l2}", f"c{r1}", f"d{r2}", f"e{l2} {l1}", f"f{r1} {r2}", f"g{l1} {r1}",
        f"h{s1}", f"i{t1}", f"j{t2}", f"k{t1} {t2}", f"l{s1} {t1}", f"m{s2} {s1}",
        f"n{l1} {t1}", f"o{s1} {r1}", f"p{r1} {t2}", "q",
    ]  # fmt: skip


def hashed(feature: str) -> int:
    """The key of a feature, or of a neighbour."""
    return crc32(feature.encode("utf-8", "replace"))


def neighbours(before: str, word: str, after: str) -> tuple[str, str]:
    """A word with the token before it, and with the one after it, as the set has them."""
    before = NUMBER if before[0].isdigit() else before
    after = NUMBER if after[0].isdigit() else after
    return f"<{before} {word}", f">{word} {after}"


def _normal(token: str) -> str:
    if token[0].isdigit():
        return NUMBER
    return OPAQUE if token == OPAQUE_SIGN else token


class Model:
    """The pairs, the neighbours and the weights. Raises ValueError if the data is not ours."""

    def __init__(self, data: bytes | mmap.mmap) -> None:
        if data[: len(MAGIC)] != MAGIC:
            raise ValueError("the data on confused words is damaged; install contentlint again")
        end = data.find(b"\n\n")
        sizes, *lines = data[len(MAGIC) : end].decode().split("\n")
        slots, bits = map(int, sizes.split())
        view = memoryview(data)
        at = end + 2
        self._safe = view[at : at + bits // 8]
        self._weights = view[at + bits // 8 : at + bits // 8 + slots].cast("b")
        self._checks = view[at + bits // 8 + slots : at + bits // 8 + 3 * slots].cast("H")
        self._mask, self._bits = slots - 1, bits - 1
        self.directions: dict[str, list[Direction]] = {}
        for line in lines:
            word, meant, salt, sign, threshold = line.split(" ")
            made = Direction(meant, int(salt), int(sign), float(threshold))
            self.directions.setdefault(word, []).append(made)

    def is_settled(self, before: str, word: str, after: str) -> bool:
        """Whether a word is never doubted beside one of its neighbours."""
        safe, mask = self._safe, self._bits
        for neighbour in neighbours(before, word, after):
            key = hashed(neighbour)
            first, second = key & mask, key >> 9 & mask
            if safe[first >> 3] >> (first & 7) & safe[second >> 3] >> (second & 7) & 1:
                return True
        return False

    def evidence(self, keys: Sequence[int], direction: Direction) -> float:
        """How far the features with these keys speak for the word that may be meant."""
        checks, weights, mask, salt = self._checks, self._weights, self._mask, direction.salt
        total = 0
        for key in keys:
            key ^= salt
            check = key >> 16 or 1
            slot = key & mask
            while found := checks[slot]:
                if found == check:
                    total += weights[slot]
                    break
                slot = slot + 1 & mask
        return direction.sign * total / STEPS


@cache
def _model() -> Model:
    with open(PATH, "rb") as file:
        return Model(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


def confused_words(block: Block, model: Model | None = None) -> Iterator[Doubt]:
    """The words of a block that do not fit their context as well as another one does."""
    model = model or _model()
    text = _with_signs(block)
    found = tokens(text)
    directions = model.directions
    places = [index for index, token in enumerate(found) if token in directions]
    if POSSESSIVE in directions and POSSESSIVE in text.replace("’", "'"):
        places += [n for n, token in enumerate(found) if _is_possessive(token, directions)]
    padded = [BORDER, BORDER, *found, BORDER, BORDER]
    spans: list[tuple[int, int]] = []
    for place in places:
        meant, surplus = _meant(model, padded, place + 2)
        if not meant:
            continue
        spans = spans or [match.span() for match in _TOKEN.finditer(text)]
        start, end = spans[place]
        word = block.text[start:end]
        if len(spans) == len(found) and not _is_name(word, padded[place + 1]):
            yield Doubt(start, end, word, _cased(meant, word), surplus)


def _meant(model: Model, tokens: Sequence[str], place: int) -> tuple[str, float]:
    """The word that fits better at a place, and how much; none if the one that stands there does."""
    word, before, after = tokens[place], tokens[place - 1], tokens[place + 1]
    if before in _BESIDE or after in _BESIDE or model.is_settled(before, word, after):
        return "", 0.0
    directions = model.directions.get(word) or model.directions[POSSESSIVE]
    around = features(tokens[place - 2 : place], tokens[place + 1 : place + 3])
    keys = [hashed(feature) for feature in around]
    best, most = "", 0.0
    for direction in directions:
        surplus = model.evidence(keys, direction) - direction.threshold
        if surplus >= most:
            best, most = direction.meant, surplus
    return (word.replace("'", "") if best == "s" else best), most


def _is_possessive(token: str, directions: Container[str]) -> bool:
    """Whether it may be meant as a plural."""
    is_one = token.endswith(POSSESSIVE) and len(token) > len(POSSESSIVE)
    return is_one and token not in directions and token not in NO_POSSESSIVES


def _with_signs(block: Block) -> str:
    """The text of a block with a sign where it has an opaque noun."""
    parts: list[str] = []
    done = 0
    for start, end in block.opaque:
        parts += block.text[done:start], OPAQUE_SIGN, " " * (end - start - 1)
        done = end
    return "".join((*parts, block.text[done:]))


def _is_name(word: str, before: str) -> bool:
    """Whether its capitals say that it is a name, or in a title."""
    if word.islower():
        return False
    return before not in _STARTS or not word[1:].islower()


def _cased(meant: str, word: str) -> str:
    meant = meant.replace("'", "’") if "’" in word else meant
    return meant[0].upper() + meant[1:] if word[0].isupper() else meant
