r"""The words of English in one memory-mapped file, with how often they are written.

Opening costs nothing to speak of and nothing is parsed: a look-up reads one bucket of the file, which
is found by the CRC-32 of the *skeleton* (a word without vowels, apostrophes and non-ASCII letters).
Most misspellings keep the skeleton or change one letter of it, so the index of skeletons answers
"which words are like this one?".

Layout of data/lexicon.bin, little-endian (`build_lexicon` writes it):

    MAGIC, uint32 number of buckets (a power of two), uint32 0,
    for each bucket and the end of the last one, uint32: where its entries begin,
    the same, number of the first of its likenesses,
    the same, where its places begin,
    likenesses, places, entries,
    the most usual of the words that are KNOWN and not VARIED, each ended by "\n"

An entry is led by a blank. It is the word, "\t", one byte of flags, one byte of frequency, and the
spellings (see Entry), separated by commas. A spelling begins with two digits that say how many letters
it shares with the start and the end of the word; the middle follows, with `_` for a blank. All is
UTF-8.

A likeness is an uint64 that tells of a word what excludes it soonest, the most usual word first: from
the highest bit on how rare it is, which of the letters a to z are in it, and where its entry is (see
`pack_likeness`). Words that nobody means to write have none.

The places tell which skeletons become the skeleton of another word by one letter more, for all
skeletons of the bucket: pairs of a byte (0x80, and in it the position and how usual that word is, see
`pack_place`) and the letter, in order. They leave out the rarest words, which are rarely meant.
"""

from __future__ import annotations

import math
import mmap
import os.path
import struct
import sys
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, TypeAlias
from unicodedata import normalize
from zlib import crc32

from contentlint.spelling.edits import CLOSE_TO
from contentlint.tuples import NamedTuple

MAGIC = b"contentlint lexicon 5\n\n\n"  # 24 bytes: the tables after it are aligned
PATH = os.path.join(os.path.dirname(__file__), "data", "lexicon.bin")

KNOWN = 1  # right beyond doubt: in SCOWL up to size 70, or a technical term of some length
TERM = 2  # a technical term; without KNOWN it may be what was meant, but excuses no word
NAME = 4  # usually written with a capital
MISSPELT = 8  # on the list of known misspellings, so never KNOWN, TERM or NAME
PERSON = 16  # a first or last name of people
VARIED = 32  # right in another form, too (see forms.is_varied)

FLAG_BASE = 0x40
FREQUENCY_BASE = 0x30
FREQUENCY_STEPS = 10  # per power of ten

# How the skeleton of a word may differ from that of the word that was meant, by what the slip costs
# at least: not at all; by a letter doubled or not; by two letters that changed places; by a letter
# more in what was meant; by one more in what was typed; by a close letter or any for another.
SAME, DOUBLED, SWAPPED, MISSING, EXTRA, CLOSE, REPLACED = range(7)
Prices: TypeAlias = Sequence[Sequence[float]]

# Of a short word, any letter for another is believed only if that makes a usual one: `badass` is no
# misspelling of `badness`.
LONG_SHAPE, USUAL = 6, 4.0


_NOT_SKELETON = b"aeiouy'" + bytes(range(128, 256))
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))  # soft hyphen, joiners
_ACCENTS = dict.fromkeys(range(0x300, 0x370))
_HEADER = struct.Struct("<24sII")
_ALPHABET = frozenset("abcdefghijklmnopqrstuvwxyz")
_PLACE = 0x80

# The parts of a likeness.
_ENTRY_BITS, _LETTER_BITS, _RAREST = 24, 26, 127
_RARITY = _ENTRY_BITS + _LETTER_BITS
_ENTRY = (1 << _ENTRY_BITS) - 1
_LETTERS = (1 << _RARITY) - 1 - _ENTRY
_BITS = [1 << byte - ord("a") + _ENTRY_BITS if chr(byte) in _ALPHABET else 0 for byte in range(256)]


class Entry(NamedTuple):
    """What the lexicon holds about one word.

    `word` is as `key` writes it. `frequency` is the common logarithm of how often it occurs in a
    billion words (the: 7.7, house: 4.5, marzipan: 2.7); 0 is "never seen". `spellings` are the
    corrections of a known misspelling, or the one usual spelling of a NAME like GitHub.
    """

    word: str
    flags: int
    frequency: float
    spellings: tuple[str, ...]


class Limits(NamedTuple):
    """How usual a word must be that may be meant, for `Lexicon.like`; `limits` makes it.

    `ranks` are what `pack_place` makes of it, by how the skeletons differ; `likenesses` are the numbers
    that those of words have to be below, by that and by how many letters only one of the words has.
    """

    ranks: tuple[int, ...]
    likenesses: tuple[tuple[int, ...], ...]


class Lexicon:
    """A read-only view of a lexicon file; cheap to open, shared by processes."""

    latin_only = True  # words in other scripts are not its own, and none of its business

    __slots__ = (
        "_data",
        "_entries",
        "_first_likeness",
        "_last_bucket",
        "_likenesses",
        "_places",
        "fine_tokens",
        "split_tokens",
        "varied_tokens",
    )

    def __init__(self, path: str = PATH) -> None:
        # What `candidates` remembers about the tokens of all files of this process.
        self.fine_tokens: set[str] = set()
        self.split_tokens: dict[str, tuple[tuple[int, int], ...]] = {}
        self.varied_tokens: set[str] = set()  # fine ones that are right in another form, too
        with open(path, "rb") as file:
            self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        magic, buckets, _ = _HEADER.unpack_from(self._data)
        if magic != MAGIC:
            raise ValueError(f"{path} is no lexicon of this version")
        self._last_bucket: int = buckets - 1
        end = _HEADER.size
        tables: list[Sequence[int]] = []
        for _ in range(3):
            start, end = end, end + 4 * (buckets + 1)
            tables.append(_integers(self._data, start, end, "I"))
        self._entries, self._first_likeness, self._places = tables
        start = end + 4  # to be aligned
        self._likenesses = _integers(self._data, start, self._places[0], "Q")

    def usual_words(self) -> list[str]:
        """The words that most texts are made of, which are fine and not varied. 1 ms."""
        return self._data[self._entries[self._last_bucket + 1] :].decode().split()

    def entry(self, word: str) -> Entry | None:
        """Look up a word as `key` writes it. 2 us."""
        encoded = word.encode("utf-8", "replace")
        bucket = crc32(encoded.translate(None, _NOT_SKELETON)) & self._last_bucket
        last = self._entries[bucket + 1]
        at = self._data.find(b" " + encoded + b"\t", self._entries[bucket], last)
        return _entry(self._data[at + 1 : last].split(b" ", 1)[0]) if at >= 0 else None

    def is_known(self, word: str) -> bool:
        """Whether a word as `key` writes it is beyond doubt."""
        return self.flags(word) & KNOWN != 0

    def flags(self, word: str) -> int:
        """The flags of a word as `key` writes it; 0 if it is not there. 1 us."""
        encoded = word.encode("utf-8", "replace")
        bucket = crc32(encoded.translate(None, _NOT_SKELETON)) & self._last_bucket
        entries = self._entries
        at = self._data.find(b" " + encoded + b"\t", entries[bucket], entries[bucket + 1])
        return self._data[at + len(encoded) + 2] - FLAG_BASE if at >= 0 else 0

    def like(self, word: str, difference: int, limits: Limits) -> list[tuple[float, str]]:
        """Words that may be meant by this one and their frequencies, the most usual first.

        Their length differs by so many letters at most. Their skeleton is that of the word, or is
        one letter shorter, or (if the word is usual) one letter longer or one letter different. That
        covers most misspellings, also some at distance 2 and 3; the caller must measure.
        """
        if not word:
            return []
        encoded = word.encode("utf-8", "replace")
        letters = letter_bits(encoded)
        shortest, longest = len(encoded) - difference, len(encoded) + difference
        first, start, second = encoded[:1], encoded[:2], encoded[1:3]
        data, last_bucket = self._data, self._last_bucket
        likenesses, starts = self._likenesses, self._first_likeness
        found: list[tuple[int, bytes]] = []
        for shape, kind in self._shapes_like(encoded.translate(None, _NOT_SKELETON), limits.ranks):
            bucket = crc32(shape) & last_bucket
            at, end = starts[bucket], starts[bucket + 1]
            if at == end:
                continue
            below = limits.likenesses[kind]
            for one in likenesses[at:end]:
                if one < below[((one ^ letters) & _LETTERS).bit_count()]:
                    at = one & _ENTRY
                    near = data[at : data.find(b"\t", at)]
                    if (
                        shortest <= len(near) <= longest
                        # People know how a word begins.
                        and (near[:1] in start or first == near[1:2] or near[1:3] == second)
                        and near.translate(None, _NOT_SKELETON) == shape
                        and near != encoded
                    ):
                        found.append((_RAREST - (one >> _RARITY), near))
        found.sort(reverse=True)
        return [(steps / FREQUENCY_STEPS, near.decode()) for steps, near in found]

    def _shapes_like(self, shape: bytes, ranks: Sequence[int]) -> list[tuple[bytes, int]]:
        """This skeleton, those one letter shorter, and those one letter longer or different if a
        word with them is so usual; each with its kind."""
        if len(shape) < LONG_SHAPE:
            ranks = (*ranks[:REPLACED], max(ranks[REPLACED], _rank(USUAL)))
        data, places, last_bucket = self._data, self._places, self._last_bucket
        found: list[tuple[bytes, int]] = []
        far: dict[bytes, int] = {}
        for base, kind, lost in _shorter(shape):
            found.append((base, kind))
            bucket = crc32(base) & last_bucket
            start, end = places[bucket], places[bucket + 1]
            if start == end:
                continue
            if lost is None:
                _lengthen(shape, data[start:end], ranks, far)
            else:
                _exchange(shape, base, lost, data[start:end], ranks, far)
        found += far.items()
        return found

    def __iter__(self) -> Iterator[Entry]:
        for start, end in pairwise(self._entries):
            yield from map(_entry, self._data[start:end].split(b" ")[1:])


def _integers(data: mmap.mmap, start: int, end: int, code: Literal["I", "Q"]) -> Sequence[int]:
    """Unsigned integers of four or eight bytes that are read when they are asked for."""
    view = memoryview(data)[start:end]
    if sys.byteorder == "little":
        return view.cast(code)
    return struct.unpack(f"<{len(view) // struct.calcsize(code)}{code}", view)


def key(word: str) -> str:
    """The form in which words are compared: lower-case, composed, straight apostrophes."""
    if not word.isascii():
        word = normalize("NFKC", word.translate(_INVISIBLE)).replace("’", "'")
        return normalize("NFKC", word.lower())
    return word.lower()


def without_accents(word: str) -> str:
    """cafe for café."""
    return normalize("NFD", word).translate(_ACCENTS)


def skeleton(word: bytes) -> bytes:
    """What remains of a lower-case word without vowels, apostrophes and non-ASCII letters."""
    return word.translate(None, _NOT_SKELETON)


def shortened(shape: bytes) -> dict[bytes, None]:
    """All that remains of a skeleton without one of its letters, in their order."""
    return dict.fromkeys([shape[:at] + shape[at + 1 :] for at in range(len(shape))])


def _shorter(shape: bytes) -> Iterator[tuple[bytes, int, int | None]]:
    """A skeleton, and those without one letter: what remains, the kind, and where the letter was.

    Of a letter that stands twice in a row, only the first is left out.
    """
    yield shape, SAME, None
    before = -1
    for at, letter in enumerate(shape):
        if letter != before:
            base = shape[:at] + shape[at + 1 :]
            yield base, DOUBLED if base[at : at + 1] == shape[at : at + 1] else EXTRA, at
        before = letter


def _lengthen(shape: bytes, pairs: bytes, ranks: Sequence[int], found: dict[bytes, int]) -> None:
    """Add the skeletons with a letter more, of words that are usual enough, with their kind."""
    least = min(ranks[DOUBLED], ranks[MISSING])
    for place, letter in zip(pairs[::2], pairs[1::2], strict=False):
        rank, at = place & 7, place >> 3 & 15
        if rank >= least and at <= len(shape):
            kind = DOUBLED if letter in shape[max(0, at - 1) : at + 1] else MISSING
            if rank >= ranks[kind]:
                found[shape[:at] + letter.to_bytes() + shape[at:]] = kind


def _exchange(
    shape: bytes,
    base: bytes,
    lost: int,
    pairs: bytes,
    ranks: Sequence[int],
    found: dict[bytes, int],
) -> None:
    """Add the skeletons with another letter at a place, or with this letter after the next one; and
    if it is doubled, with any letter anywhere."""
    old = shape[lost]
    doubled = shape[lost + 1 : lost + 2] == shape[lost : lost + 1]
    least = min(ranks[SWAPPED], ranks[CLOSE])
    places, letters = pairs[::2], pairs[1::2]
    if not doubled:  # then only two places matter
        first = bisect_left(places, _PLACE | lost << 3 | least)
        last = bisect_left(places, _PLACE | (lost + 2) << 3, first)
        if first == last:
            return
        places, letters = places[first:last], letters[first:last]
    close = CLOSE_TO.get(old, b"")
    for place, letter in zip(places, letters, strict=False):
        rank, at = place & 7, place >> 3 & 15
        if rank < least:
            continue
        if letter == old:
            if at != lost + 1 + doubled or at > len(base):
                continue
            kind = SWAPPED
        elif at == lost or (doubled and at == lost + 1):
            kind = CLOSE if letter in close else REPLACED
        elif doubled and at <= len(base):
            kind = REPLACED
        else:
            continue
        if rank >= ranks[kind]:
            other = base[:at] + letter.to_bytes() + base[at:]
            found[other] = min(kind, found.get(other, kind))


def limits(floor: float, prices: Prices) -> Limits:
    """A word must be as usual as the floor and the one of the prices that is at its kind (SAME ...)
    and at the number of letters that only one of both words has, the apostrophe aside."""
    return Limits(
        tuple([_rank(floor + kind[0]) for kind in prices]),
        tuple(
            [
                tuple([_likenesses_below(floor + price) for price in kind])
                + (0,) * (_LETTER_BITS + 1 - len(kind))
                for kind in prices
            ]
        ),
    )


def _likenesses_below(frequency: float) -> int:
    """The number that the likenesses of words are below that are so usual."""
    if frequency * FREQUENCY_STEPS > _RAREST:
        return 0
    return (_RAREST + 1 - max(0, math.ceil(frequency * FREQUENCY_STEPS - 1e-6))) << _RARITY


def pack_likeness(word: bytes, steps: int, entry: int) -> int:
    """The likeness of a word, see above: its frequency in steps, and where in the file the entry is."""
    return (_RAREST - steps) << _RARITY | letter_bits(word) | entry


def letter_bits(word: bytes) -> int:
    """Which letters a word has, as bits of its likeness."""
    bits = 0
    for byte in word:
        bits |= _BITS[byte]
    return bits


def pack_place(at: int, frequency: float) -> int:
    """A position up to 15, and in what half power of ten a frequency is, from 2 on, in a byte."""
    return _PLACE | at << 3 | _rank(frequency)


def _rank(frequency: float) -> int:
    return 0 if frequency < 2 else 7 if frequency >= 5.5 else int(2 * frequency) - 4


def _frequency(byte: int) -> float:
    return (byte - FREQUENCY_BASE) / FREQUENCY_STEPS


def _entry(raw: bytes) -> Entry:
    word, _, value = raw.partition(b"\t")
    flags = value[0] - FLAG_BASE
    frequency = _frequency(value[1])
    text = word.decode()
    if len(value) == 2:
        return Entry(text, flags, frequency, ())
    packed = value[2:].decode().split(",")
    return Entry(text, flags, frequency, tuple([unpack_spelling(text, one) for one in packed]))


def pack_spelling(word: str, spelling: str) -> str:
    """Write a spelling as its difference from the word: recieve, receive -> "32ei"."""
    limit = min(len(word), len(spelling), 9)
    head = next((i for i in range(limit) if word[i] != spelling[i]), limit)
    limit = min(len(word) - head, len(spelling) - head, 9)
    tail = next((i for i in range(limit) if word[-1 - i] != spelling[-1 - i]), limit)
    middle = spelling[head : len(spelling) - tail]
    return f"{head}{tail}{middle.replace(' ', '_')}"


def unpack_spelling(word: str, packed: str) -> str:
    """The inverse of pack_spelling."""
    middle = packed[2:].replace("_", " ")
    return word[: int(packed[0])] + middle + word[len(word) - int(packed[1]) :]
