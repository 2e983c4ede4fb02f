r"""The words of English in one memory-mapped file, with how often they are written.

Opening costs nothing to speak of and nothing is parsed: a look-up reads one bucket of the file.
Words are grouped by their *skeleton* (the word without vowels, apostrophes and non-ASCII letters)
and groups are put into buckets by the CRC-32 of the skeleton. Most misspellings keep the skeleton
or change one letter of it, so the index that answers "is this a word?" also answers "which words
are like this one?".

Layout of data/lexicon.bin, little-endian (`build_lexicon` writes it):

    MAGIC, uint32 number of buckets (a power of two), uint32 x (buckets + 1) offsets, buckets

A bucket is "\n" and lines, each ended by "\n". Most lines are the group of one skeleton: the
skeleton and the entries, each led by a blank, the most usual word first. The line OTHERS holds the
entries of words that nobody means to write, whatever their skeleton. The line LONGER tells which
skeletons become the skeleton of another word by one letter more, for all skeletons of the bucket:
pairs of a byte (0x80, and in it the position and how usual that word is, see `pack_place`) and the
letter. It leaves out the rarest words, which are rarely meant.

An entry is the word, "\t", one byte of flags, one byte of frequency, and the spellings (see
Entry), separated by commas. A spelling begins with two digits that say how many letters it shares
with the start and the end of the word; the middle follows, with `_` for a blank. All is UTF-8.
"""

from __future__ import annotations

import math
import mmap
import os.path
import struct
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple
from unicodedata import normalize
from zlib import crc32

MAGIC = b"contentlint lexicon 2\n\n\n"  # 24 bytes: the table after it is aligned
PATH = os.path.join(os.path.dirname(__file__), "data", "lexicon.bin")

KNOWN = 1  # right beyond doubt: in SCOWL up to size 70, or a technical term of some length
TERM = 2  # a technical term; without KNOWN it may be what was meant, but excuses no word
NAME = 4  # usually written with a capital
MISSPELT = 8  # on the list of known misspellings, so never KNOWN, TERM or NAME

OTHERS = b"!"
LONGER = b"?"
FLAG_BASE = 0x40
FREQUENCY_BASE = 0x30
FREQUENCY_STEPS = 10  # per power of ten

_NOT_SKELETON = b"aeiouy'" + bytes(range(128, 256))
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))  # soft hyphen, joiners
_ACCENTS = dict.fromkeys(range(0x300, 0x370))
_HEADER = struct.Struct("<24sI")
_RANGE = struct.Struct("<II")


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


class Lexicon:
    """A read-only view of a lexicon file; cheap to open, shared by processes."""

    __slots__ = ("_buckets", "_data", "fine_tokens", "split_tokens")

    def __init__(self, path: str = PATH) -> None:
        # What `candidates` remembers about the tokens of all files of this process.
        self.fine_tokens: set[str] = set()
        self.split_tokens: dict[str, tuple[tuple[int, int], ...]] = {}
        with open(path, "rb") as file:
            self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        magic, self._buckets = _HEADER.unpack_from(self._data)
        if magic != MAGIC:
            raise ValueError(f"{path} is no lexicon of this version")

    def entry(self, word: str) -> Entry | None:
        """Look up a word as `key` writes it. 2 us."""
        encoded = word.encode("utf-8", "replace")
        shape = skeleton(encoded)
        for line in (self._line(shape, shape), self._line(shape, OTHERS)):
            at = line.find(b" " + encoded + b"\t")
            if at >= 0:
                end = line.find(b" ", at + 1)
                return _entry(line[at + 1 : end if end > 0 else len(line)])
        return None

    def is_known(self, word: str) -> bool:
        """Whether a word as `key` writes it is beyond doubt. 1 us."""
        encoded = word.encode("utf-8", "replace")
        shape = skeleton(encoded)
        group = self._line(shape, shape)
        at = group.find(b" " + encoded + b"\t")
        return at >= 0 and group[at + len(encoded) + 2] & KNOWN != 0

    def like(self, word: str, difference: int, floor: float = 0.0) -> list[Entry]:
        """Words that may be meant by this one, the most usual first.

        They are at least as usual as `floor`, their length differs by so many letters at most, and
        their skeleton is that of the word, or is one letter shorter, or (if the word is usual) one
        letter longer or one letter different. That covers most misspellings, also some at distance
        2 and 3; the caller must measure. 0.1 ms.
        """
        if not word:
            return []
        encoded = word.encode("utf-8", "replace")
        shortest, longest = max(1, len(encoded) - difference), len(encoded) + difference
        lowest = FREQUENCY_BASE + max(0, math.ceil(floor * FREQUENCY_STEPS))
        unshared = frozenset(encoded).symmetric_difference
        most_unshared = max(2, difference)
        found: list[tuple[int, bytes]] = []
        for shape in self._shapes_like(skeleton(encoded), _rank(floor)):
            for raw in self._line(shape, shape).split(b" ")[1:]:
                length = raw.find(b"\t")
                frequency = raw[length + 2]
                if frequency < lowest:
                    break  # the most usual come first
                if (
                    shortest <= length <= longest
                    # People know how a word begins.
                    and (encoded[0] in raw[:2] or raw[0] in encoded[:2] or encoded[1:3] == raw[1:3])
                    and len(unshared(raw[:length])) <= most_unshared
                    and raw[:length] != encoded
                ):
                    found.append((frequency, raw))
        found.sort(reverse=True)
        return [_entry(raw) for _, raw in found]

    def _shapes_like(self, shape: bytes, rank: int) -> set[bytes]:
        """The skeletons like this one of words at least so usual, and a few that have none."""
        shorter = shortened(shape)
        found = {shape, *shorter}
        for base in (shape, *shorter):
            pairs = self._line(base, LONGER)
            for i in range(1, len(pairs), 2):
                place = pairs[i]
                at = place >> 3 & 15
                if place & 7 >= rank and at <= len(base):
                    found.add(base[:at] + pairs[i + 1 : i + 2] + base[at:])
        return found

    def __iter__(self) -> Iterator[Entry]:
        offsets = struct.unpack_from(f"<{self._buckets + 1}I", self._data, _HEADER.size)
        for start, end in pairwise(offsets):
            for line in self._data[start:end].split(b"\n"):
                if not line.startswith(LONGER):
                    yield from map(_entry, line.split(b" ")[1:])

    def _line(self, shape: bytes, start: bytes) -> bytes:
        """What follows `start` in the line of this skeleton's bucket that begins so."""
        data = self._data
        bucket = crc32(shape) & (self._buckets - 1)
        first, last = _RANGE.unpack_from(data, _HEADER.size + 4 * bucket)
        at = data.find(b"\n" + start + b" ", first, last)
        return b"" if at < 0 else data[at + len(start) + 1 : data.find(b"\n", at + 1, last)]


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


def shortened(shape: bytes) -> set[bytes]:
    """All that remains of a skeleton without one of its letters."""
    return {shape[:at] + shape[at + 1 :] for at in range(len(shape))}


def pack_place(at: int, frequency: float) -> int:
    """A position up to 15, and in what half power of ten a frequency is, from 2 on, in a byte."""
    return 0x80 | at << 3 | _rank(frequency)


def _rank(frequency: float) -> int:
    return max(0, min(7, math.floor(2 * frequency - 4)))


def _entry(raw: bytes) -> Entry:
    word, _, value = raw.partition(b"\t")
    flags = value[0] - FLAG_BASE
    frequency = (value[1] - FREQUENCY_BASE) / FREQUENCY_STEPS
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
