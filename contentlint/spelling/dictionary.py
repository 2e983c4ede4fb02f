"""Posts in other languages than English, by the Hunspell dictionaries that people configure.

Hunspell itself reads the files and knows the words; it comes with the extra `hunspell`. It says
nothing of files that are malformed, so they are looked at here first.
"""

from __future__ import annotations

import codecs
import os
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import Protocol, cast

from contentlint import paths
from contentlint.spelling import unknown
from contentlint.spelling.edits import FAR, cost
from contentlint.spelling.lexicon import KNOWN, Entry, Lexicon, key
from contentlint.spelling.model import MAX_SUGGESTIONS, Verdict
from contentlint.spelling.vocabulary import RECURRING_POSTS, RECURRING_USES, Vocabulary
from contentlint.tuples import NamedTuple

_SUFFIXES = (".aff", ".dic")
_BOM = codecs.BOM_UTF8
_FEWEST_LETTERS = 3
_LONGEST_ELISION = 6  # letters before the apostrophe: l'arte, dell'arte, jusqu'ici
_MAX_LOOKED_UP = 1000  # words of a blog for which Hunspell looks for others: 0.1 to 0.3 s each
# What the slips in a word may cost, see edits.py; less if it may be a name.
_NEAR, _NEAR_NAME = 2.7, 1.7
_NOUNS_IN_CAPITALS = frozenset({"de", "lb", "nds", "gsw"})
# What says that a word is a name, an abbreviation, a part of another or not of the language.
_NEVER = (
    unknown.ALL_CAPS
    | unknown.INNER_CAPS
    | unknown.HYPHENATED
    | unknown.CROWDED
    | unknown.BESIDE_NAME
    | unknown.FOREIGN
)
_ANY_CAPITALISED = unknown.SENTENCE_START | unknown.TITLE_LINE


class DictionaryError(Exception):
    """A dictionary that cannot be used; its text begins with the place."""


class _Hunspell(Protocol):
    def spell(self, word: str) -> bool: ...
    def suggest(self, word: str) -> tuple[str, ...]: ...


class Dictionaries:
    """The dictionaries of a configuration by the code of their language, each loaded when first
    asked for. What is wrong with one is told once to `complain`."""

    def __init__(self, files: Mapping[str, str], complain: Callable[[str], object]) -> None:
        self._files = files
        self._complain = complain
        self._loaded: dict[str, Dictionary | None] = {}

    def of(self, language: str) -> Dictionary | None:
        """The dictionary of a language; None if there is none that can be used."""
        if language not in self._files:
            return None
        if language not in self._loaded:
            try:
                self._loaded[language] = Dictionary(self._files[language])
            except DictionaryError as error:
                self._complain(str(error))
                self._loaded[language] = None
        return self._loaded[language]


class Dictionary(Lexicon):
    """The words of English and of another language. A word costs some 50 us, and a long German
    compound 50 ms; each is looked up once.

    `path` is that of the two files, without `.aff` and `.dic`. Raises DictionaryError.
    """

    __slots__ = ("_hunspell", "_known")

    latin_only = False

    def __init__(self, path: str) -> None:
        super().__init__()
        self._hunspell = _load(path)
        self._known: dict[str, bool] = {}

    def flags(self, word: str) -> int:
        """KNOWN if a word as `key` writes it is right in either language, perhaps with a capital."""
        known = self._known.get(word)
        if known is None:
            known = super().flags(word) & KNOWN != 0 or self._spells(word)
            self._known[word] = known
        return KNOWN if known else 0

    def entry(self, word: str) -> Entry | None:
        """The entry of a word; words that are right only in the other language have no frequency."""
        return Entry(word, KNOWN, 0.0, ()) if self.is_known(word) else super().entry(word)

    def suggest(self, word: str) -> tuple[str, ...]:
        """Words that may be meant, as Hunspell orders them. 0.1 to 0.3 s."""
        try:
            return self._hunspell.suggest(word)
        except UnicodeEncodeError:
            return ()

    def _spells(self, word: str) -> bool:
        try:
            # Hunspell accepts any word with a capital, but not every one without.
            if self._hunspell.spell(word[:1].upper() + word[1:]):
                return True
        except UnicodeEncodeError:
            return True  # has letters that the language does not
        elided, _, rest = word.partition("'")
        return 0 < len(elided) <= _LONGEST_ELISION < len(word) and bool(rest) and self._spells(rest)


class HunspellJudge:
    """Judges the unknown words of the posts of one language, each once.

    A dictionary alone cannot tell a slip from a name or a new word, so the blog's `vocabulary`,
    which is of the posts of that language only, and the word's looks excuse many.
    """

    __slots__ = ("_dictionary", "_judged", "_language", "_near", "_vocabulary")

    def __init__(self, language: str, dictionary: Dictionary, vocabulary: Vocabulary) -> None:
        self._language = language
        self._dictionary = dictionary
        self._vocabulary = vocabulary
        self._judged: dict[tuple[str, int], Verdict | None] = {}
        self._near: dict[str, tuple[str, ...]] = {}

    def judge(self, word: str, context: int = 0) -> Verdict | None:
        """Judge the word of a candidate, as written, in its context; None if it seems fine."""
        judged = self._judged
        if (word, context) not in judged:
            judged[word, context] = self._judge(word, context)
        return judged[word, context]

    def reason(self, written: str, context: int = 0) -> str:
        """Why the word may be a typo, in a line for people."""
        return f"in no dictionary of `{self._language}`, and not used elsewhere in the blog"

    def _judge(self, written: str, context: int) -> Verdict | None:
        word = key(written)
        if context & _NEVER or len(word) < _FEWEST_LETTERS or self._is_of_blog(word):
            return None
        capitalised = context & unknown.CAPITALISED != 0
        in_sentence = capitalised and not context & _ANY_CAPITALISED
        if in_sentence and self._language not in _NOUNS_IN_CAPITALS:
            return None  # a name
        suggestions = self._suggest(written)
        if suggestions is None:
            return None if capitalised else Verdict("warning", 0.0, False, (), None)
        others = [key(other) for other in suggestions]
        limit = _NEAR_NAME if capitalised else _NEAR
        if any(_is_same(word, other) for other in others):
            return None
        if not any(cost(word, other, limit) < FAR for other in others):
            return None
        if context & unknown.CURLY:
            suggestions = tuple(other.replace("'", "’") for other in suggestions)
        return Verdict("warning", 0.0, False, suggestions, None)

    def _is_of_blog(self, word: str) -> bool:
        """Whether the blog uses the word as one of its own."""
        usage = self._vocabulary.usage(word)
        recurs = usage and (usage.posts >= RECURRING_POSTS or usage.uses >= RECURRING_USES)
        return bool(recurs) or word in self._vocabulary.named

    def _suggest(self, word: str) -> tuple[str, ...] | None:
        """What may have been meant; None if too many words have been looked up for us to know."""
        if word not in self._near:
            if len(self._near) >= _MAX_LOOKED_UP:
                return None
            self._near[word] = self._dictionary.suggest(word.replace("’", "'"))[:MAX_SUGGESTIONS]
        return self._near[word]


def _is_same(word: str, other: str) -> bool:
    """Whether a suggestion is the word but for the full stop of an abbreviation, or for a blank or
    hyphen in what may be a new compound."""
    return other.replace(" ", "").replace("-", "").rstrip(".") == word


# ---- the files ---------------------------------------------------------------------------------


class _Line(NamedTuple):
    """A line of a file of affixes, without comment."""

    number: int
    fields: list[bytes]


def _load(path: str) -> _Hunspell:
    try:
        made = import_module("hunspell").Hunspell
    except (ImportError, AttributeError):
        raise DictionaryError(
            f"{paths.show(path)}: dictionaries need the extra hunspell; "
            "run pip install 'contentlint[hunspell]'"
        ) from None
    affixes, words = (_read(path + suffix) for suffix in _SUFFIXES)
    lines = list(_lines(affixes))
    shown = paths.show(path + ".aff")
    encoding = _encoding(shown, lines)
    _check_affixes(shown, lines, encoding)
    _check_words(paths.show(path + ".dic"), words, encoding)
    folder, name = os.path.split(path)
    try:
        return cast(_Hunspell, made(name, hunspell_data_dir=folder, system_encoding="UTF-8"))
    except Exception as error:  # noqa: BLE001 - it documents none
        raise DictionaryError(f"{shown}: Hunspell cannot read it: {error}") from None


def _read(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read().removeprefix(_BOM)
    except OSError as error:
        raise DictionaryError(paths.unreadable(path, error)) from None


def _lines(data: bytes) -> Iterator[_Line]:
    for number, line in enumerate(data.split(b"\n"), 1):
        if line and not line.startswith(b"#") and (fields := line.split()):
            yield _Line(number, fields)


def _encoding(shown: str, lines: list[_Line]) -> str:
    """The encoding that the affixes say both files are in."""
    for number, fields in lines:
        if fields[0] == b"SET" and len(fields) > 1:
            name = fields[1].decode("ascii", "replace")
            try:
                b" ".decode(name)  # "hex" and others are codecs, but none of text
                return codecs.lookup(name).name
            except (LookupError, ValueError):
                raise DictionaryError(
                    f"{shown}:{number}: the encoding {name} is not known; "
                    "convert both files to UTF-8, and write SET UTF-8"
                ) from None
    return "iso8859-1"  # as Hunspell has it


def _check_affixes(shown: str, lines: list[_Line], encoding: str) -> None:
    """Hold the tables of affixes against what their first lines say: `SFX A Y 2` and two rules."""
    missing, table = 0, (b"", b"")
    for number, fields in lines:
        try:
            b" ".join(fields).decode(encoding)
        except UnicodeDecodeError:
            raise DictionaryError(f"{shown}:{number}: is not {encoding}, as SET says") from None
        is_rule = fields[0] in (b"PFX", b"SFX")
        if missing and (not is_rule or (fields[0], b"".join(fields[1:2])) != table):
            raise DictionaryError(
                f"{shown}:{number}: {missing} rules of the table above are missing; "
                "take an intact copy of the file"
            )
        if missing:
            missing -= 1
        elif is_rule:
            if len(fields) < 4 or not fields[3].isdigit():
                raise DictionaryError(
                    f"{shown}:{number}: a table of affixes must begin like `SFX A Y 2`; "
                    "take an intact copy of the file"
                )
            missing, table = int(fields[3]), (fields[0], fields[1])
    if missing:
        last = lines[-1].number
        raise DictionaryError(
            f"{shown}:{last}: ends before {missing} rules of its last table; "
            "take an intact copy of the file"
        )


def _check_words(shown: str, data: bytes, encoding: str) -> None:
    first = data.split(b"\n", 1)[0].split()
    if not first or not first[0].isdigit():
        raise DictionaryError(
            f"{shown}:1: the first line of a Hunspell dictionary must be the number of its words"
        )
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DictionaryError(
            f"{shown}:{line}: is not {encoding}, as the file of affixes says; convert it"
        ) from None
