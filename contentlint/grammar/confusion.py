"""Words that are mistaken for one another, as `it's` for `its`: which does the sentence want?

For each pair of words there is a small logistic model of the words around the place, fitted to
edited prose by fit_confusion.py. For what differs in its ending only, as `help` and `helps`, one
model serves all words: a relation. A word is doubted if its context speaks for the other one so
clearly that a slip is likelier than the word, given how often both are written.

data/confusion.bin holds a line of text for each direction, the forms of words, a set of the places
in which a word is never doubted, so that most words cost one look, the weights in a hash table, and
the class of each word: such as stand in the same places, found by fit_corpus.py.
"""

from __future__ import annotations

import mmap
import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from math import log
from zlib import crc32

from contentlint.blocks import Block
from contentlint.patterns import pattern
from contentlint.tuples import NamedTuple

PATH = os.path.join(os.path.dirname(__file__), "data", "confusion.bin")
MAGIC = b"contentlint-confusion-2\n"
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
NEAR = 2  # tokens
HABIT = 0.5  # evidence for a word that a post has so often: times the natural logarithm of that
COLUMNS = ("base", "s", "past", "ing", "part")  # of the forms of a word, as in `take takes took …`

_TOKEN = pattern(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d[\d.,:]*|[^\w\s]")
_BESIDE = frozenset([*"\"'“”‘’-/`", OPAQUE_SIGN])  # beside these a word is quoted, or part of one
_STARTS = frozenset([BORDER, *'.!?:•*"“'])  # after these a word may have a capital

# What a model knows of a place: the tokens up to three before and three after it, as they are (w),
# their classes (F), and their parts of speech, so to say, which are classes of classes (K).
AROUND = (-3, -2, -1, 1, 2, 3)
PLAIN = """
    w-1 | w-2 | w1 | w2 | w-2 w-1 | w1 w2 | w-1 w1 | F-1 | F1 | F-2 | F2 | F-1 F1 | F-2 F-1 | F1 F2
    | w-1 F1 | F-1 w1 | K-2 K-1 K1 | K-1 K1 K2 | K-2 K-1 K1 K2 | K-2 w-1 K1 | K-1 w1 K2 | w-3 | w3
    | K-3 K-2 K-1 | K1 K2 K3 | K-2 w-1 w1 | w-1 w1 K2 |
"""
# With the parts of speech of the word's forms, and with the word itself, in a relation.
KIND = """
    | w-1 | w1 | F-1 | F1 | K-1 K1 | K-2 K-1 K1 | w-2 w-1 | w-1 F1 | F-1 F1 | F-2 F-1 | F1 F2
    | K-3 K-2 K-1 K1 | K-2 K-1 K1 K2
"""
WORD = "| w-1 | w1 | F-1 | F1 | K-1 | K1 | K-1 K1"
MASK = (1 << 32) - 1  # keys have so many bits
FACTORS = (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F)  # odd, and without a pattern
KIND_FACTOR, WORD_FACTOR, PLACE_FACTOR = 0x165667B1, 0xD3A2646D, 0xFD7046C5
AGAIN = 0xB55A4F09  # for the second bit of a key in a set


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
    positive weights speak for `meant`, and `threshold` is what they must sum up to. In a relation,
    `meant` is a form, by its number in COLUMNS, and `gate` tells between which parts of speech, and for
    which kinds of words, it is possible."""

    meant: str
    salt: int
    sign: int
    threshold: float
    gate: int


class Meant(NamedTuple):
    """A direction for a certain word: what may be meant by it; and the kind and the number of its
    forms, or 0, which have a part in the features of a relation."""

    direction: Direction
    word: str
    kind: int
    number: int


class Template(NamedTuple):
    """A feature: where its parts are among the values of a place."""

    seed: int
    parts: tuple[int, int, int, int]


def _templates(text: str, view: int) -> list[Template]:
    signs = [f"{kind}{shift}" for kind in "wFK" for shift in AROUND]
    made: list[Template] = []
    for line in text.split("|"):
        parts = [signs.index(sign) for sign in line.split()]
        parts += [len(signs)] * (len(FACTORS) - len(parts))  # the last value is always 0
        seed = crc32(f"{view}{' '.join(line.split())}".encode())
        made.append(Template(seed, (parts[0], parts[1], parts[2], parts[3])))
    return made


@cache
def templates() -> tuple[list[Template], list[Template], list[Template]]:
    """What is known of a place by itself, with the kind of a word, and with the word."""
    return _templates(PLAIN, 0), _templates(KIND, 1), _templates(WORD, 2)


def tokens(text: str) -> list[str]:
    """Words in lower case, numbers and signs; OPAQUE_SIGN is one, too."""
    return _TOKEN.findall(text.lower().replace("’", "'"))


def hashed(token: str) -> int:
    """A token as a number."""
    return crc32(token.encode("utf-8", "replace"))


class _Numbers(dict[str, int]):
    """The tokens that were seen, as numbers."""

    def __missing__(self, token: str) -> int:
        named = NUMBER if token[0].isdigit() else OPAQUE if token == OPAQUE_SIGN else token
        number = self[token] = hashed(named)
        return number


class Model:
    """The directions, the classes and the weights. Raises ValueError if the data is not ours."""

    def __init__(self, data: bytes | mmap.mmap) -> None:
        if data[: len(MAGIC)] != MAGIC:
            raise ValueError("the data on confused words is damaged; install contentlint again")
        end = data.find(b"\n\n")
        sizes, *lines = data[len(MAGIC) : end].decode().split("\n")
        slots, bits, class_slots, forms = map(int, sizes.split())
        view = memoryview(data)
        at = end + 2

        def part(size: int) -> memoryview:
            nonlocal at
            at += size
            return view[at - size : at]

        self._safe, self._weights = part(bits // 8), part(slots).cast("b")
        self._checks = part(2 * slots).cast("H")
        self._classes, self._class_checks = part(class_slots), part(2 * class_slots).cast("H")
        self._parts = bytes(part(256))  # of speech, by class
        self._forms = bytes(part(forms)).decode()
        self._mask, self._bits, self._class_mask = slots - 1, bits - 1, class_slots - 1
        self._shift = MASK.bit_length() - self._bits.bit_length()
        self._numbers, self._class_of = _Numbers(), dict[str, int]()
        self._found: dict[str, list[Meant]] = {}
        self.directions: dict[str, list[Direction]] = {}
        self._relations: list[tuple[int, int, Direction]] = []  # column, that of the other
        for line in lines:
            word, meant, salt, sign, threshold, gate = line.split(" ")
            made = Direction(meant, int(salt), int(sign), float(threshold), int(gate))
            if word.isdigit():
                self._relations.append((int(word), int(meant), made))
            else:
                self.directions.setdefault(word, []).append(made)
        self.watched = frozenset([*self._forms.split(), *self.directions])

    def unsettled(self, tokens: Sequence[str]) -> Iterator[int]:
        """The places of words that may be doubted: where neither of their neighbours speaks for
        them, nor both together. Three borders stand at either end."""
        watched, possessive = self.watched, POSSESSIVE in self.directions
        numbers = list(map(self._numbers.__getitem__, tokens))
        safe, mask, shift = self._safe, self._bits, self._shift
        one, two, three, _ = FACTORS
        for place in range(3, len(tokens) - 3):
            word = tokens[place]
            before, after = tokens[place - 1], tokens[place + 1]
            if word not in watched:
                if possessive and _is_possessive(word) and _BESIDE.isdisjoint((before, after)):
                    yield place
                continue
            # As in `has`, which would be called too often.
            number = numbers[place] * PLACE_FACTOR
            key = (numbers[place - 1] * one ^ number) & MASK
            if safe[(key & mask) >> 3] >> (key & 7) & 1:
                bit = (key * AGAIN & MASK) >> shift
                if safe[bit >> 3] >> (bit & 7) & 1:
                    continue
            key = (numbers[place + 1] * two ^ number) & MASK
            if safe[(key & mask) >> 3] >> (key & 7) & 1:
                bit = (key * AGAIN & MASK) >> shift
                if safe[bit >> 3] >> (bit & 7) & 1:
                    continue
            if before in _BESIDE or after in _BESIDE:
                continue
            if not self.has(self.class_of(before) * two ^ self.class_of(after) * three ^ number):
                yield place

    def has(self, key: int) -> bool:
        """Whether a key is in the set of the places that are safe for a word, or possible for a
        relation."""
        safe = self._safe
        key &= MASK
        first, second = key & self._bits, (key * AGAIN & MASK) >> self._shift
        return safe[first >> 3] >> (first & 7) & safe[second >> 3] >> (second & 7) & 1 == 1

    def class_of(self, token: str) -> int:
        """The class of a token; that of its ending, if it is not known."""
        if token not in self._class_of:
            number = self._numbers[token]
            found = self._listed_class(number) or self._listed_class(hashed(f"-{token[-3:]}"))
            self._class_of[token] = found
        return self._class_of[token]

    def part_of(self, token: str) -> int:
        """Its part of speech."""
        return self._parts[self.class_of(token)]

    def _listed_class(self, number: int) -> int:
        check, slot, checks = number >> 16 or 1, number & self._class_mask, self._class_checks
        while found := checks[slot]:
            if found == check:
                return self._classes[slot]
            slot = slot + 1 & self._class_mask
        return 0

    def directions_of(self, word: str) -> list[Meant]:
        """What may be meant by a word."""
        if word not in self._found:
            self._found[word] = list(self._directions_of(word))
        return self._found[word]

    def _directions_of(self, word: str) -> Iterator[Meant]:
        for each in self.directions.get(word, ()):
            yield Meant(each, each.meant, 0, 0)
        at = self._forms.find(f" {word} ")
        if at >= 0:
            start = self._forms.rfind("\n", 0, at) + 1
            forms = self._forms[start : self._forms.find("\n", at)].split()
            kind, number = self.kind(*forms[:2]), self._numbers[forms[0]]
            for column, other, each in self._relations:
                if forms[column] == word != forms[other] != "-":
                    yield Meant(each, forms[other], kind, number)
        if _is_possessive(word) and word not in self.watched:
            base, plural = word.removesuffix(POSSESSIVE), word.replace("'", "")
            kind, number = self.kind(base, plural), self._numbers[base]
            for each in self.directions.get(POSSESSIVE, ()):
                yield Meant(each, plural, kind, number)

    def kind(self, base: str, plural: str) -> int:
        """The parts of speech of two forms of a word as a number, which is not 0."""
        return self.part_of(base) << 8 | self.part_of(plural) | 1 << 16

    def values(self, before: Sequence[str], after: Sequence[str]) -> list[int]:
        """What features are made of: the three tokens before a place and the three after it, in the
        order of the text."""
        around = (*before, *after)
        classes = [self.class_of(token) for token in around]
        parts = [self._parts[number] for number in classes]
        return [*(self._numbers[token] for token in around), *classes, *parts, 0]

    def evidence(self, keys: Sequence[int], salt: int) -> int:
        """How far the features with these keys speak for the second word of a pair."""
        checks, weights, mask = self._checks, self._weights, self._mask
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
        return total


def features(values: Sequence[int], kind: int, number: int) -> list[int]:
    """The keys of the features of a place; with those of a word's kind and number, if it has one."""
    one, two, three, four = ([value * factor & MASK for value in values] for factor in FACTORS)
    plain, by_kind, by_word = templates()
    keys = [seed ^ one[a] ^ two[b] ^ three[c] ^ four[d] for seed, (a, b, c, d) in plain]
    if kind:
        salt = kind * KIND_FACTOR & MASK
        keys += [salt ^ t ^ one[a] ^ two[b] ^ three[c] ^ four[d] for t, (a, b, c, d) in by_kind]
        salt = number * WORD_FACTOR & MASK
        keys += [salt ^ t ^ one[a] ^ two[b] ^ three[c] ^ four[d] for t, (a, b, c, d) in by_word]
    return keys


@cache
def _model() -> Model:
    with open(PATH, "rb") as file:
        return Model(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


def confused_words(
    blocks: Sequence[Block], model: Model | None = None
) -> Iterator[tuple[Block, Doubt]]:
    """The words in the blocks of a post that do not fit their context as well as another one does.

    The oftener a post has a word, the less it is taken for a slip; and what it says more than once,
    as `sea of nodes`, is none.
    """
    found = [(block, doubt) for block in blocks for doubt in _doubts(block, model or _model())]
    if not found:
        return
    counts = Counter(token for block in blocks for token in tokens(block.text))
    said = Counter(_said(block, doubt) for block, doubt in found)
    for block, doubt in found:
        surplus = doubt.surplus - HABIT * log(max(1, counts[tokens(doubt.word)[0]]))
        if surplus >= 0 and said[_said(block, doubt)] == 1:
            yield block, doubt._replace(surplus=surplus)


def _said(block: Block, doubt: Doubt) -> str:
    """A word that is doubted, and the next one; or the one before, at the end of a sentence."""
    after = re.match(r" *\w+", block.text[doubt.end : doubt.end + 40])
    before = re.search(r"\w* *\Z", block.text[max(0, doubt.start - 40) : doubt.start])
    said = doubt.word + after[0] if after else (before[0] if before else "") + doubt.word
    return said.lower()


def _doubts(block: Block, model: Model) -> Iterator[Doubt]:
    """The words of a block that do not fit, as far as that can be told without the rest."""
    text = _with_signs(block)
    found = tokens(text)
    borders = [BORDER] * 3
    padded = [*borders, *found, *borders]
    doubted = {place: _meant(model, padded, place) for place in model.unsettled(padded)}
    doubted = {place: (meant, surplus) for place, (meant, surplus) in doubted.items() if meant}
    spans = [match.span() for match in _TOKEN.finditer(text)] if doubted else []
    for place, (meant, surplus) in doubted.items():
        near = (doubted[at][1] for at in range(place - NEAR, place + NEAR + 1) if at in doubted)
        if len(spans) != len(found) or surplus < max(near):
            continue  # a letter that is two in lower case; or one slip that makes its neighbours odd
        start, end = spans[place - 3]
        word = block.text[start:end]
        if not _is_name(word, padded[place - 1]):
            yield Doubt(start, end, word, _cased(meant, word), surplus)


def _meant(model: Model, tokens: Sequence[str], place: int) -> tuple[str, float]:
    """The word that fits better at a place, and how much; none if the one that stands there does."""
    before, after = (model.part_of(tokens[at]) for at in (place - 1, place + 1))
    between = before * FACTORS[2] ^ after * FACTORS[3]
    keys: dict[int, list[int]] = {}
    best, most = "", 0.0
    for direction, meant, kind, number in model.directions_of(tokens[place]):
        gate = direction.gate * PLACE_FACTOR ^ kind * KIND_FACTOR
        if direction.gate and not model.has(gate ^ between):
            continue
        if kind not in keys:
            values = model.values(tokens[place - 3 : place], tokens[place + 1 : place + 4])
            keys[kind] = features(values, kind, number)
        evidence = direction.sign * model.evidence(keys[kind], direction.salt) / STEPS
        surplus = evidence - direction.threshold
        if surplus >= most:
            best, most = meant, surplus
    return best, most


def _is_possessive(word: str) -> bool:
    """Whether it may be meant as a plural."""
    return word.endswith(POSSESSIVE) and word not in NO_POSSESSIVES and len(word) > len(POSSESSIVE)


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
