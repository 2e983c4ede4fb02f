"""How the terms of a taxonomy, such as tags, are compared."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from contentlint.patterns import pattern

_SEPARATORS = pattern(r"[\s_/-]+")
_APOSTROPHES = pattern("['’]")
_INNER_DOT = pattern(r"(?<=\w)\.(?=[^\W\d_])")  # Node.js, but not .NET and 2.1
_SHORTEST_PLURAL = 4  # letters; AWS and DNS are none
_SHORTEST_SLIP = 6  # letters; of shorter words, too many are one slip from another
_SHORTEST_EXCHANGE = 8  # the same, if a letter is exchanged: Vitess and Vitest are two things
_LONGEST_SLIP = 60  # letters; no tag is longer, and looking for slips in it would take long


@lru_cache(maxsize=10_000)  # tags stand in many posts
def tag_key(name: str) -> str:
    """What the spellings of one tag have in common: case, blanks, dashes, slashes, apostrophes, the
    dot of `Node.js` and the sign for "and" aside.

    `C`, `C++`, `C#` and `.NET` stay what they are, since no other signs are left out.
    """
    return "".join(_words(name)) or name


def singular_keys(name: str) -> list[str]:
    """The keys of the tags that this one may be the plural of, whether there are such tags or not:
    those of `Heat Pump` for `heat-pumps`, of `Cache` and `Cach` for `Caches`."""
    words = _words(name)
    if not words:
        return []
    before = "".join(words[:-1])
    return [before + singular for singular in _singulars(words[-1])]


def unaccented(key: str) -> str:
    """A key with its letters as they are without accents."""
    if key.isascii():
        return key
    import unicodedata

    return "".join(c for c in unicodedata.normalize("NFD", key) if not unicodedata.combining(c))


def with_one_less(key: str) -> Iterator[str]:
    """The key without each of its letters, and as it is. Two keys that are one slip apart, and not
    too long to be tags, have one of these in common."""
    yield key
    for index in range(len(key) if len(key) <= _LONGEST_SLIP else 0):
        yield key[:index] + key[index + 1 :]


def is_slip_of(key: str, other: str) -> bool:
    """Whether two keys are one letter, or the order of two, apart, and so long that this is rather
    a slip than another word. Nobody errs in the first letter, and digits make versions."""
    if min(len(key), len(other)) < _SHORTEST_SLIP or key[0] != other[0] or key == other:
        return False
    if not (key.isascii() and key.isalpha() and other.isascii() and other.isalpha()):
        return False
    start = 0
    while start < min(len(key), len(other)) and key[start] == other[start]:
        start += 1
    a, b = key[start:], other[start:]
    if a[1:] == b[1:]:
        return len(key) >= _SHORTEST_EXCHANGE
    return a[1:] == b or a == b[1:] or (a[1::-1] == b[:2] and a[2:] == b[2:])


def _words(name: str) -> list[str]:
    folded = name.casefold()
    if not folded.isascii():
        import unicodedata

        folded = unicodedata.normalize("NFC", folded)
    folded = _APOSTROPHES.sub("", folded.replace("&", " and "))
    return _SEPARATORS.sub(" ", _INNER_DOT.sub("", folded)).split()


# Without its s each of these is another word, or none.
_PLAIN_S = """
    arms customs devops glasses goods jeans kubernetes maps means news pandas pants rails sales
    savings securities series shorts species sports teams times windows woods words works
"""
_NO_PLURALS = frozenset(_PLAIN_S.split())
_IRREGULAR = {
    "children": "child", "feet": "foot", "mice": "mouse", "teeth": "tooth", "women": "woman",
}  # fmt: skip


def _singulars(word: str) -> Iterator[str]:
    if word in _IRREGULAR:
        yield _IRREGULAR[word]
    if len(word) < _SHORTEST_PLURAL or not word.endswith("s") or word in _NO_PLURALS:
        return
    if word.endswith(("ss", "ics")):  # glass, physics
        return
    yield word[:-1]
    if word.endswith("ies"):
        yield word[:-3] + "y"
    elif word.endswith("ves"):
        yield from (word[:-3] + "f", word[:-3] + "fe")
    elif word.endswith(("ses", "xes", "zes", "ches", "shes", "oes")):
        yield word[:-2]
