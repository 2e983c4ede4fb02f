"""Words that are right in more than one way of writing: `color` and `colour`, `GitHub` and Github."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from contentlint.patterns import pattern
from contentlint.spelling.dialects import dialect
from contentlint.spelling.lexicon import NAME, Lexicon
from contentlint.tuples import NamedTuple

_SHORTEST = 4  # letters; shorter ones are abbreviations, units and commands
_INNER_CAPITAL = pattern("[a-z][A-Z]")
# Beside a word: an address, a path, code, a part of something longer.
_BEFORE, _AFTER = frozenset("@/\\#$=<>{}~^&+%|`_-.:"), frozenset("@/\\#$=<>{}~^&+%|`_-")
_PARAGRAPH = 400  # characters before a word in which a quotation may have begun


class Form(NamedTuple):
    """A word as a post writes it, and where it does so, in characters of the source."""

    text: str
    starts: tuple[int, ...]


def forms(
    text: str, mask: str, lower: str, words: AbstractSet[str], lexicon: Lexicon
) -> tuple[Form, ...]:
    """The forms of all words in a post that are right in another form, too.

    `candidates` must have seen the words before, which looks up each word but once in the life of
    the lexicon. `text` is the source, `mask` the same with NUL for what is not prose, `lower` that
    in lower case, and `words` are its coarse tokens. Of words that depend on the dialect only those
    in lower case are told, outside of quotations: others may be names, or somebody else's.
    """
    found: dict[str, list[int]] = {}
    for token in {token.removesuffix("'s") for token in words & lexicon.varied_tokens}:
        is_name = capitalised(token, lexicon) is not None
        for start in _places(mask, lower, token):
            form = mask[start : start + len(token)]
            # A name in small letters between quotation marks is what somebody types.
            is_capitalised = is_name and form != token
            if is_capitalised or (form == token and not _is_quoted(text, mask, start)):
                found.setdefault(form, []).append(start)
    return tuple(Form(form, tuple(starts)) for form, starts in sorted(found.items()))


def capitalised(word: str, lexicon: Lexicon) -> str | None:
    """How a name with capitals inside is written, such as GitHub; None if the word is none."""
    entry = lexicon.entry(word)
    if entry and entry.flags & NAME and entry.spellings and has_inner_capital(entry.spellings[0]):
        return entry.spellings[0]
    return None


def has_inner_capital(form: str) -> bool:
    """Whether a capital follows on a small letter, as in iPhone, but not in APIs."""
    return _INNER_CAPITAL.search(form) is not None


def is_varied(word: str, lexicon: Lexicon) -> bool:
    """Whether a known word is right in another form, too. The lexicon's flag VARIED is made of it."""
    if len(word) < _SHORTEST or not word.isalpha():
        return False
    return dialect(word, lexicon) is not None or capitalised(word, lexicon) is not None


def _places(mask: str, lower: str, token: str) -> Iterator[int]:
    start = lower.find(token)
    while start >= 0:
        end = start + len(token)
        before, after = mask[start - 1 : start], mask[end : end + 1]
        if not (
            before.isalnum()
            or after.isalnum()
            or before in _BEFORE
            or after in _AFTER
            or (after in (".", ":") and mask[end + 1 : end + 2].isalnum())
            or mask[start - 2 : start] == "]["  # the label of a link
        ):
            yield start
        start = lower.find(token, end)


def _is_quoted(text: str, mask: str, start: int) -> bool:
    """Whether a place is in quotation marks, or in a block quotation."""
    line = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    if text[line:start].lstrip().startswith(">"):
        return True
    first = max(0, start - _PARAGRAPH, mask.rfind("\0\0", 0, start), mask.rfind("\n\n", 0, start))
    if mask.rfind("“", first, start) > mask.rfind("”", first, start):
        return True
    return mask.count('"', first, start) % 2 == 1
