"""The blog's own words: what the lexicon does not know, and how often the posts use it; and what
people have written down as right."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cached_property
from unicodedata import normalize

from contentlint.patterns import pattern
from contentlint.spelling.lexicon import NAME, Entry, key, shortened, skeleton
from contentlint.tuples import NamedTuple

_WORD = pattern(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
RECURRING = ""  # the key of their index; those of listed words have their first letters
RECURRING_POSTS, RECURRING_USES = 2, 4  # either makes a word one that may have been meant
LISTED_USES = 10  # a word that is written down may have been meant as one used so often


class Usage(NamedTuple):
    """How a blog uses an unknown word: in how many posts, how often, and how it is written."""

    posts: int
    uses: int
    spelling: str


class Vocabulary:
    """The unknown words of a blog.

    `uses` counts them as they are written, and `posts` tells by `lexicon.key` in how many posts each
    is. `names` are tags and authors as the front matter has them; `listed` are the words that are
    written down as right, see `listed_words`.
    """

    def __init__(
        self,
        uses: Mapping[str, int] | None = None,
        posts: Mapping[str, int] | None = None,
        names: Iterable[str] = (),
        listed: Mapping[str, str] | None = None,
    ) -> None:
        self._uses = uses or {}
        self._posts = posts or {}
        self._names = names
        self.listed = listed or {}
        self._by_shape: dict[str, dict[bytes, dict[str, None]]] = {}

    @classmethod
    def of(
        cls,
        files: Iterable[Iterable[str]],
        names: Iterable[str] = (),
        listed: Mapping[str, str] | None = None,
    ) -> Vocabulary:
        """Count the words (as written, with repetitions) of the candidates of each file."""
        uses: Counter[str] = Counter()
        posts: Counter[str] = Counter()
        for words in map(list, files):
            uses.update(words)
            posts.update(set(map(key, words)))
        return cls(uses, posts, names, listed)

    @cached_property
    def named(self) -> AbstractSet[str]:
        """The keys of the words in tags and authors."""
        return frozenset(key(word) for name in self._names for word in _WORD.findall(name))

    @cached_property
    def _forms(self) -> dict[str, list[str]]:
        """How each word is written, by its key."""
        forms: dict[str, list[str]] = {}
        for word in self._uses:  # many thousands, so without a call for most
            forms.setdefault(word.lower() if word.isascii() else key(word), []).append(word)
        return forms

    @property
    def is_empty(self) -> bool:
        """Whether no blog is known."""
        return not self._uses

    def usage(self, word: str) -> Usage | None:
        """How a word, by its key, is used; None if it is not."""
        forms = self._forms.get(word)
        if forms is None:
            return None
        spelling = max(forms, key=lambda form: (self._uses[form], form))
        return Usage(self._posts[word], self._number(forms), spelling)

    def _number(self, forms: Iterable[str]) -> int:
        return sum(map(self._uses.__getitem__, forms))

    def like(self, word: str) -> list[Entry]:
        """The recurring words whose skeleton is at most one edit from that of the word, and the
        listed ones that begin like it, too."""
        shape = skeleton(word.encode("utf-8", "replace"))
        found: dict[str, None] = {}
        for index in filter(None, self._indexes(word)):
            for near in (shape, *shortened(shape)):
                found.update(index.get(near, ()))
        found.pop(word, None)
        return [self._entry(own) for own in sorted(found) if not self._is_plural(word, own)]

    def _is_plural(self, word: str, own: str) -> bool:
        """Whether a listed word is only another number of this one, and so no reason to doubt it."""
        return own in self.listed and own.removesuffix("s") == word.removesuffix("s")

    def _indexes(self, word: str) -> Iterator[dict[bytes, dict[str, None]]]:
        """Where to look for words like this one. Made when needed, since a list may be long, and a
        hook for one post looks for few words."""
        if RECURRING not in self._by_shape:
            self._by_shape[RECURRING] = _by_shape(
                word
                for word, forms in self._forms.items()
                if self._posts[word] >= RECURRING_POSTS or self._number(forms) >= RECURRING_USES
            )
        yield self._by_shape[RECURRING]
        for letter in dict.fromkeys(word[:2]):  # people know how a word begins
            if letter not in self._by_shape:
                listed = (word for word in self.listed if word[0] == letter)
                self._by_shape[letter] = _by_shape(listed)
            yield self._by_shape[letter]

    def _entry(self, word: str) -> Entry:
        _, uses, spelling = self.usage(word) or _UNUSED
        if word in self.listed:
            uses, spelling = max(uses, LISTED_USES), self.listed[word]
        return Entry(word, NAME, 3.0 + math.log10(uses), (spelling,))


_UNUSED = Usage(0, 0, "")


def _by_shape(words: Iterable[str]) -> dict[bytes, dict[str, None]]:
    """Words by their skeletons, whole and without any one letter."""
    index: dict[bytes, dict[str, None]] = {}
    for word in words:
        shape = skeleton(word.encode("utf-8", "replace"))
        for near in (shape, *shortened(shape)):
            index.setdefault(near, {})[word] = None
    return index


def listed_words(written: Iterable[str]) -> dict[str, str]:
    """The entries of lists of right words as they are written, by their keys.

    Of an entry with a hyphen, as of one with a digit, each part is a word, and a possessive one is
    the word itself, since that is how posts are read.
    """
    found: dict[str, str] = {}
    for entry in written:
        for word in (entry,) if entry.isalpha() else _WORD.findall(normalize("NFC", entry)):
            word = word.removesuffix("'s").removesuffix("’s")
            found[key(word)] = word
    return found
