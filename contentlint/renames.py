"""Which file a file that is gone has become, told by what stands in both of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from zlib import crc32

from contentlint.patterns import pattern

_HASHES = 12  # of a file's lines, so many are kept
_DIGITS = 6  # of each, in hexadecimal
_ALIKE = 0.5  # of the lines of two files, so many must be common for one to have become the other

_BREAK = pattern(r"\r\n?|\n")


def sketch(text: str) -> str:
    """What tells a text from others and stays much the same when little in it changes: the least of
    the hashes of its lines, of all of which that is a fair sample ("bottom-k MinHash", Broder 1997).
    "" if no line has a letter or digit."""
    lines = {" ".join(line.split()) for line in _BREAK.split(text)}
    hashes = {_hash(line) for line in lines if any(map(str.isalnum, line))}
    return "".join(sorted(hashes)[:_HASHES])


def _hash(line: str) -> str:
    return f"{crc32(line.encode('utf-8', 'surrogatepass')):08x}"[-_DIGITS:]


def likeness(one: str, other: str) -> float:
    """How much of two texts is common, from 0 to 1, by their sketches."""
    mine, others = set(_hashes(one)), set(_hashes(other))
    least = sorted(mine | others)[:_HASHES]
    return sum(hash in mine and hash in others for hash in least) / len(least) if least else 0.0


def is_alike(one: str, other: str) -> bool:
    """Whether one text may be the other after some editing, by their sketches."""
    return likeness(one, other) >= _ALIKE


def pair(gone: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """The new file that each file has become which is gone, if it has become any; both are given with
    their sketches. The most alike come together, and none twice."""
    having: defaultdict[str, list[str]] = defaultdict(list)
    for path, its in new.items():
        for hash in _hashes(its):
            having[hash].append(path)
    found: list[tuple[float, str, str]] = []
    for old, its in gone.items():
        for path in Counter(path for hash in _hashes(its) for path in having.get(hash, ())):
            found.append((-likeness(its, new[path]), old, path))
    pairs: dict[str, str] = {}
    taken: set[str] = set()
    for unlike, old, path in sorted(found):
        if -unlike >= _ALIKE and old not in pairs and path not in taken:
            pairs[old] = path
            taken.add(path)
    return pairs


def _hashes(its: str) -> list[str]:
    return [its[at : at + _DIGITS] for at in range(0, len(its), _DIGITS)]
