"""The unknown words of one file: where they stand and what stands around them.

Nothing here knows the blog, so a file's candidates can be cached. Known words cost next to
nothing: a document's words come as a set, and each distinct one is looked up once per process.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import filterfalse
from typing import TypeAlias

from contentlint.patterns import pattern
from contentlint.spelling.derive import unclipped, unelided, with_z
from contentlint.spelling.lexicon import KNOWN, NAME, VARIED, Lexicon, key, without_accents
from contentlint.tuples import NamedTuple

# What stands around a candidate, as bits of Candidate.context.
CAPITALISED = 1  # the first letter only; of other words the place in sentence or title is not told
ALL_CAPS = 2
INNER_CAPS = 4  # GrimoireLab, iPhone
SENTENCE_START = 8
TITLE_LINE = 16  # most words of the line are capitalised; not told of the first one
HYPHENATED = 32
CROWDED = 64  # several other unknown words nearby: a foreign or technical passage
CURLY = 128  # most apostrophes of the text are curly
QUOTED = 256  # between quotation marks of its own
APART = 512  # between markup of its own: emphasis, a link
BESIDE_NAME = 1024  # capitalised beside a capitalised word that is a name or unknown, too
BOUND = 4096  # perhaps a part of something else: a [[wiki link]], what?ever, others's
FOREIGN = 2048  # in another language, so never a typo; it counts for the blog's vocabulary only


class Candidate(NamedTuple):
    """An unknown word as written, its place in characters of the source, and its context bits."""

    word: str
    start: int
    end: int
    context: int


Pieces: TypeAlias = tuple[tuple[int, int], ...]  # where unknown words stand in a coarse token

_WINDOW = 160  # how far around a word is looked; the bound keeps a file of one line linear
_NAME_WINDOW = 48  # in which a neighbour's name has its place
_NEARBY, _CROWD = 60, 3  # so many other candidates within so many characters are a crowd
_FEW = 25  # up to so many unknown tokens, a search for each is cheaper than one pass over all
# Of so many known words of some posts, more posts are to come, for which all usual words are read
# at once; with them, there are more.
_SEVERAL_POSTS, _MANY_POSTS = 800, 8_000
_LONGEST = 40  # letters of a word
_SHORT_CAPITALS = 6  # up to so many letters in capitals are an abbreviation

# Letters with their marks, soft hyphens and joiners.
_LATIN = "A-Za-zªºÀ-ÖØ-öø-ɏḀ-ỿﬀ-ﬆ\u0300-\u036f\u00ad\u200b-\u200d\u2060"
_LATIN_LETTER = pattern(r"[A-Za-zªºÀ-ÖØ-öø-ɏḀ-ỿﬀ-ﬆ]")
_LATIN_WORD = pattern(rf"[{_LATIN}]+(?:['’][{_LATIN}]+)*")
# Beside no letters of another script, so that there may be a word.
_LATIN_ALONE = pattern(rf"(?<![^\W\d_])[{_LATIN}]+(?![^\W\d_])")
_ASCII_WORD = pattern(r"[A-Za-z]+(?:'[A-Za-z]+)*")  # a third of the time of the next one
_ANY_WORD = pattern(rf"(?:[^\W\d_]|[{_LATIN}])+(?:['’](?:[^\W\d_]|[{_LATIN}])+)*")
# Neither is "loooong" or "hmmm".
_NO_WORD = pattern(r"[0-9_\ufffd]|([aeiou])\1\1|([fhmrwyz])\2\2+$")
_CONTRACTION = pattern(r"(?:n'ts?|'(?:s|d|ll|ve|re|m))$")
_LONG_ASCII_WORD = pattern("([A-Za-z])[A-Za-z]{3,}")  # half the time of the next one
_LONG_WORD = pattern(r"([^\W\d_])[^\W\d_]{3,}")
_SIGNS = frozenset("@/\\#$=<>{}~^&+%|`_·‧")  # beside a word: a path, code, syl·la·bles
_OPENING = "\"'“‘([*_"
_BEFORE = frozenset("\0([{\"“‘'«„*_>|–—-…¿¡")  # a word that is no part of something else
_AFTER = frozenset("\0)]}\"”’'»“*_<|–—-….,;:!?")
_OPENING_QUOTES, _CLOSING_QUOTES = "\"'“‘«„", "\"'”’»“"
# A capitalised neighbour, perhaps with an initial between.
_CAPITALISED_WORD = r"([^\W\d_a-zß-öø-ÿ][^\W\d_]+)"
_WORD_BEFORE = pattern(_CAPITALISED_WORD + r"\.?(?: [A-Z]\.)?(?:\r\n|\s)$")
_WORD_AFTER = pattern(r"(?:\r\n|\s)(?:[A-Z]\. )?" + _CAPITALISED_WORD)
_LINE_END = pattern("[\0\r\n]")
_ASCII_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def candidates(
    mask: str, cut: str, words: AbstractSet[str], lexicon: Lexicon, runs: Iterable[int] = ()
) -> tuple[Candidate, ...]:
    """Find the unknown words of a text, in order.

    `mask` is the source with NUL for every character that is not prose, `cut` what `words.cut`
    makes of it, and `words` the set of the tokens in that. `runs` is where paragraphs and the like
    start, in any order.
    """
    unknown = _unknown(words, lexicon)
    if not unknown:
        return ()
    curly = CURLY if mask.count("’") > mask.count("'") else 0
    starts = sorted(runs)
    found: list[Candidate] = []
    for at, pieces in _places(cut, unknown):
        for first, last in pieces:
            start, end = at + first, at + last
            word = mask[start:end]
            if not (
                _is_vetoed(mask, start, end, word) or _is_glued(mask, start, end, lexicon, starts)
            ):
                context = curly | _context(mask, start, end, word, lexicon)
                found.append(Candidate(word, start, end, context))
    found.sort(key=_start)
    return tuple(_mark_crowds(mask, found))


def _unknown(words: AbstractSet[str], lexicon: Lexicon) -> dict[str, Pieces]:
    """The tokens that hold unknown words, each looked up once in the life of the lexicon."""
    fine, split, flags_of = lexicon.fine_tokens, lexicon.split_tokens, lexicon.flags
    if _SEVERAL_POSTS < len(fine) < _MANY_POSTS:
        fine.update(lexicon.usual_words())
    found: dict[str, Pieces] = {}
    new = words - fine
    for token in _in_latin(new) if lexicon.latin_only else new:
        pieces = split.get(token)
        if pieces is None:
            # What has digits in it is no word; to see that is faster than looking it up.
            flags = flags_of(token) if token.isalpha() or not _NO_WORD.search(token) else KNOWN
            pieces = () if flags & KNOWN else tuple(_unknown_pieces(token, lexicon))
            if not pieces:
                fine.add(token)
                if flags & VARIED or (token.endswith("'s") and flags_of(token[:-2]) & VARIED):
                    lexicon.varied_tokens.add(token)
                continue
            split[token] = pieces
        found[token] = pieces
    return found


def _in_latin(tokens: AbstractSet[str]) -> AbstractSet[str]:
    """Those that may hold words in Latin letters.

    A text that is not in them has whole clauses for tokens, which no other post has, so that to look
    up each would take longer than all else.
    """
    others = set(filterfalse(str.isascii, tokens))
    if not others:
        return tokens
    mixed = filter(_LATIN_LETTER.search, others)
    return (tokens - others) | set(filter(_LATIN_ALONE.search, mixed))


def _unknown_pieces(token: str, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Where the unknown words of a token are that is no known word as it stands."""
    if _NO_WORD.search(token):
        return
    is_ascii = token.isascii()
    for match in (_ASCII_WORD if is_ascii else _ANY_WORD).finditer(token):
        word = key(match[0])
        stem = _CONTRACTION.sub("", word) if "'" in word else word
        if (
            1 < len(stem) <= _LONGEST
            and (is_ascii or not lexicon.latin_only or _LATIN_WORD.fullmatch(match[0]))
            and not (word != token and lexicon.is_known(word))
            and not _is_fine(word, stem, lexicon)
            and not (token[match.end() :].startswith("'") and lexicon.is_known(unclipped(word)))
        ):
            possessive = stem != word and word.endswith("'s")
            yield match.start(), match.end() - (2 if possessive else 0)


def _is_fine(word: str, stem: str, lexicon: Lexicon) -> bool:
    """Whether an unknown word, or what it is without a contraction, is a way to write a known one."""
    return (
        (stem != word and lexicon.is_known(stem))
        or (not stem.isascii() and lexicon.is_known(without_accents(stem)))
        or ((american := with_z(stem)) != stem and lexicon.is_known(american))
        or any(map(lexicon.is_known, unelided(word)))
    )


def _places(cut: str, unknown: dict[str, Pieces]) -> Iterator[tuple[int, Pieces]]:
    """Where the unknown tokens stand in the text."""
    if len(unknown) > _FEW:
        end = 0
        for token in filter(unknown.__contains__, cut.split()):
            start = cut.index(token, end)
            while not _is_token(cut, start, start + len(token)):
                start = cut.index(token, start + 1)
            end = start + len(token)
            yield start, unknown[token]
        return
    for token, pieces in unknown.items():
        end = 0
        while (start := cut.find(token, end)) >= 0:
            end = start + len(token)
            if _is_token(cut, start, end):
                yield start, pieces


def _is_token(cut: str, start: int, end: int) -> bool:
    """Whether something begins and ends where a token does."""
    return (end == len(cut) or cut[end].isspace()) and (not start or cut[start - 1].isspace())


def _is_vetoed(mask: str, start: int, end: int, word: str) -> bool:
    """Whether this is no word of its own: an abbreviation, or a part of something else."""
    capitals = word.removesuffix("s")
    if len(capitals) <= _SHORT_CAPITALS and capitals.isupper():
        return True
    before, after = mask[start - 1 : start], mask[end : end + 1]
    if before in _SIGNS or after in _SIGNS:
        return True
    if after in (".", ":") and mask[end + 1 : end + 2].isalnum():
        return not mask[end + 1].isupper()  # a file name; but "it.Then" only lacks a blank
    if before in (".", ":") and mask[start - 2 : start - 1].isalnum():
        return not word[0].isupper()
    return mask[max(0, start - 2) : start] == "::"


def _is_glued(mask: str, start: int, end: int, lexicon: Lexicon, runs: Sequence[int]) -> bool:
    """Whether only markup stands between this and another part of the word: `**c**ompile`.

    Letters that only happen to be next to it are no part of it: the other part must be one letter,
    or make a known word of this one, and no new run may start between them.
    """
    word = mask[start:end]
    if mask[start - 1 : start] == "\0":
        around = mask[max(0, start - _WINDOW) : start]
        before = around.rstrip("\0")
        part = before[len(before.rstrip(_ASCII_LETTERS)) :]
        if len(part) == 1 or (part and lexicon.is_known(key(part + word))):
            return not _starts_within(runs, start - len(around) + len(before), start)
    if mask[end : end + 1] == "\0":
        around = mask[end : end + _WINDOW]
        after = around.lstrip("\0")
        part = after[: len(after) - len(after.lstrip(_ASCII_LETTERS))]
        if len(part) == 1 or (part and lexicon.is_known(key(word + part))):
            return not _starts_within(runs, end, end + len(around) - len(after))
    return False


def _starts_within(runs: Sequence[int], before: int, after: int) -> bool:
    """Whether a run starts after one place and not after another."""
    index = bisect_right(runs, before)
    return index < len(runs) and runs[index] <= after


def _context(mask: str, start: int, end: int, word: str, lexicon: Lexicon) -> int:
    bits = _case(word) | _marks(mask, start, end)
    if _is_bound(mask, start, end):
        bits |= BOUND
    if not bits & CAPITALISED:
        return bits
    before = mask[max(0, start - _WINDOW) : start]
    after = mask[end : end + _WINDOW]
    if _is_beside_name(before[-_NAME_WINDOW:], after, lexicon):
        bits |= BESIDE_NAME
    if _starts_sentence(before):
        bits |= SENTENCE_START
    elif _is_title(_rest_of_line(before, after)):
        bits |= TITLE_LINE
    return bits


def _rest_of_line(before: str, after: str) -> str:
    first = max(before.rfind("\0"), before.rfind("\n"), before.rfind("\r")) + 1
    end = _LINE_END.search(after)
    return before[first:] + (after[: end.start()] if end else after)


def _marks(mask: str, start: int, end: int) -> int:
    """What stands directly before and after the word."""
    before, after = mask[start - 1 : start], mask[end : end + 1]
    if before == "-" or after == "-":
        return HYPHENATED
    if before and after and before in _OPENING_QUOTES and after in _CLOSING_QUOTES:
        return QUOTED
    if before == after == "\0":
        # Between blocks is no blank.
        blank = mask[max(0, start - _WINDOW) : start].rstrip("\0")[-1:].isspace()
        return APART if blank else 0
    return 0


def _is_bound(mask: str, start: int, end: int) -> bool:
    """Whether a mark beside the word, or brackets around it, make it a part of something else."""
    before, after, next_ = mask[start - 1 : start], mask[end : end + 1], mask[end + 1 : end + 2]
    if before and not (before.isspace() or before in _BEFORE):
        return True
    if after and not (after.isspace() or after == "-" or (after in _AFTER and not next_.isalnum())):
        return True
    opened = mask.rfind("[[", max(0, start - _WINDOW), start)
    return opened != -1 and mask.find("]]", opened, start) == -1


def _is_beside_name(before: str, after: str, lexicon: Lexicon) -> bool:
    """Whether a neighbour is capitalised and no usual word: Riku _Takei_, _Tella_ Horizontal."""
    name = before.rstrip()
    # It is among the last two words; looking for it in all of them takes longer.
    first = name.rfind(" ", 0, max(0, name.rfind(" "))) + 1
    found = _WORD_BEFORE.search(before, first) if len(name) < len(before) else None
    for match in (found, _WORD_AFTER.match(after)):
        if match and match[1] != match[1].upper():
            flags = lexicon.flags(key(match[1]))
            if not flags & KNOWN or flags & NAME:
                return True
    return False


def _case(word: str) -> int:
    if word == word.lower():
        return 0
    if word == word.upper():
        return ALL_CAPS
    return CAPITALISED if word[1:] == word[1:].lower() else INNER_CAPS


def _starts_sentence(before: str) -> bool:
    """Whether a word with this before it opens a sentence, heading or list item."""
    before = before.rstrip(_OPENING)
    text = before.rstrip("\0")
    if text != before and not text[-1:].isspace():
        return True  # another block, or the start of the file; before inline markup is a blank
    text = text.rstrip()
    return text == "" or text[-1] in ".!?:"


def _is_title(rest: str) -> bool:
    initials = (_LONG_ASCII_WORD if rest.isascii() else _LONG_WORD).findall(rest)
    return len(initials) > 1 and sum(map(str.isupper, initials)) * 3 >= len(initials) * 2


def _mark_crowds(mask: str, found: list[Candidate]) -> Iterator[Candidate]:
    starts = _in_prose(mask, found) if len(found) > _CROWD else []
    widest = 2 * _NEARBY + max((len(one.word) for one in found), default=0)
    if all(last - first > widest for first, last in zip(starts, starts[_CROWD:], strict=False)):
        yield from found  # nowhere are so many close together, as in most posts
        return
    for candidate, start in zip(found, starts, strict=True):
        first = bisect_left(starts, start - _NEARBY)
        last = bisect_right(starts, start + len(candidate.word) + _NEARBY)
        if last - first > _CROWD:
            candidate = candidate._replace(context=candidate.context | CROWDED)
        yield candidate


def _in_prose(mask: str, found: list[Candidate]) -> list[int]:
    """Where the candidates start if only prose is counted: neither markup nor the kind of line
    ends moves words together or apart."""
    starts: list[int] = []
    at = prose = 0
    for candidate in found:
        gap = candidate.start - at
        gap -= mask.count("\0", at, candidate.start) + mask.count("\r", at, candidate.start)
        at, prose = candidate.start, prose + gap
        starts.append(prose)
    return starts


def _start(candidate: Candidate) -> int:
    return candidate.start
