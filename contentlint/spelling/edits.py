"""How far one word is from another, in the slips that people make."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

FAR = 99.0  # the cost of "not a misspelling of this at all"

# What each slip costs, in powers of ten of frequency: a swap of two letters is believed when the
# word that it gives is some ten times as usual as another at no distance at all.
TRANSPOSED = 0.9
DOUBLED = 0.8  # a letter doubled that should not be, or the other way round
MISSING = 1.3
EXTRA = 1.5
VOWEL = 1.2  # one vowel for another
CLOSE = 1.5  # neighbour keys, like sounds
REPLACED = 2.1
APOSTROPHE = 0.3
FIRST_LETTER = 0.5  # on top, since people rarely err there
LAST_LETTER = 0.6  # on top, for a final s, d or r: rather another form of the word
FURTHER = 0.5  # on top, for each slip but the first

# What a misspelling costs at least: by how the skeletons differ (in the order of lexicon.SAME ...),
# and by the number of letters that only one of both words has, apostrophes aside.
_MORE = FURTHER + VOWEL
LEAST = (
    # A letter with an accent is two bytes, so that makes three.
    (APOSTROPHE, VOWEL, VOWEL, REPLACED),
    (DOUBLED, CLOSE, CLOSE, DOUBLED + _MORE),
    (TRANSPOSED, TRANSPOSED + _MORE, TRANSPOSED + _MORE, TRANSPOSED + _MORE),
    (MISSING, MISSING, CLOSE, MISSING + _MORE),
    (CLOSE, CLOSE, CLOSE, CLOSE + _MORE),  # a letter too many, or
    (CLOSE, CLOSE, CLOSE, CLOSE + _MORE),  # one for another
    (REPLACED, REPLACED, REPLACED, CLOSE + FURTHER + MISSING),
)

_VOWELS = frozenset("aeiouy")
_APOSTROPHE = frozenset("'")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SOUNDS = "cs ck sz gj fv bp dt kq ao ei"
_MAX_REMAINDER = 9  # letters between what both words share at the start and at the end
# Two slips, and three, cost at least so much if none is an apostrophe, and so much if one is worse
# than a letter doubled or two that changed places.
_TWO, _TWO_WORSE = 2 * DOUBLED + FURTHER, DOUBLED + VOWEL + FURTHER
_THREE, _THREE_WORSE = 3 * DOUBLED + 2 * FURTHER, 2 * DOUBLED + VOWEL + 2 * FURTHER
_SLIPS = ((1, 0), (0, 1), (1, 1), (2, 2))  # how many letters of each word a slip takes up


def _close_letters() -> frozenset[str]:
    pairs: set[str] = set(_SOUNDS.split())
    for row in _ROWS:
        pairs.update(map("".join, pairwise(row)))
    for upper, lower in pairwise(_ROWS):
        pairs.update(map("".join, zip(upper, lower, strict=False)))
        pairs.update(map("".join, zip(upper[1:], lower, strict=False)))
    return frozenset(pairs | {pair[::-1] for pair in pairs})


_CLOSE = _close_letters()
CLOSE_TO = {
    ord(letter): bytes(sorted(ord(pair[1]) for pair in _CLOSE if pair[0] == letter))
    for letter in "abcdefghijklmnopqrstuvwxyz"
}


def cost(typed: str, meant: str, limit: float) -> float:
    """The cheapest series of slips that turns `meant` into `typed`; FAR if above the limit.

    1 us for one slip, up to 30 us for more.
    """
    start = _shared(typed, meant)
    end = _shared(typed[start:][::-1], meant[start:][::-1])
    extra, missing = typed[start : len(typed) - end], meant[start : len(meant) - end]
    total = _one_slip(typed, meant, start, extra, missing)
    if total is None:
        if _is_hopeless(typed, meant, extra, missing, limit):
            return FAR
        total = _more_slips(typed, meant, start, extra, missing, limit)
    return total if total <= limit else FAR


def _one_slip(typed: str, meant: str, start: int, extra: str, missing: str) -> float | None:
    """What it costs if one slip is all; `extra` and `missing` is where the words differ."""
    lengths = len(extra), len(missing)
    first = FIRST_LETTER if start == 0 else 0.0
    if lengths == (1, 0):
        return _one_side(typed, start, EXTRA) - FURTHER
    if lengths == (0, 1):
        return _one_side(meant, start, MISSING) - FURTHER
    if lengths == (1, 1):
        return _replaced(extra, missing) - FURTHER + first
    if lengths == (2, 2) and extra == missing[::-1]:
        return TRANSPOSED + first
    return None if extra or missing else 0.0


def _more_slips(
    typed: str, meant: str, start: int, extra: str, missing: str, limit: float
) -> float:
    """The distance of Damerau and Levenshtein (optimal string alignment) in our prices."""
    # The price of leaving each letter out of one word or the other; FURTHER is in each slip.
    extras = [_one_side(typed, i, EXTRA) for i in range(start, start + len(extra))]
    omissions = [_one_side(meant, j, MISSING) for j in range(start, start + len(missing))]
    above: list[float] = []
    row = [0.0]
    for price in omissions:
        row.append(row[-1] + price)
    for i, letter in enumerate(extra):
        before, above, row = above, row, [row[0] + extras[i]]
        first = FIRST_LETTER if start + i == 0 else 0.0
        for j, other in enumerate(missing):
            best = above[j] + (0.0 if letter == other else _replaced(letter, other) + first)
            best = min(best, above[j + 1] + extras[i], row[j] + omissions[j])
            if before and j and letter == missing[j - 1] and other == extra[i - 1]:
                first_two = FIRST_LETTER if start + i == 1 else 0.0
                best = min(best, before[j - 1] + TRANSPOSED + FURTHER + first_two)
            row.append(best)
        if min(row) > limit + FURTHER:
            return FAR
    return row[-1] - FURTHER


def _shared(a: str, b: str) -> int:
    """How many letters the words share at the start."""
    count = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        count += 1
    return count


def _is_hopeless(typed: str, meant: str, extra: str, missing: str, limit: float) -> bool:
    """Whether it takes more slips than the limit pays for, which is told faster than their cost."""
    if limit < _THREE_WORSE and "'" not in extra and "'" not in missing:
        two, worse = _TWO, _TWO_WORSE
        if limit >= _TWO and not _may_be_two_slips(extra, missing):
            two, worse = _THREE, _THREE_WORSE
        if limit < two or (limit < worse and _loses_letters(typed, meant)):
            return True
    if not extra or not missing:
        return (len(extra) + len(missing)) * (APOSTROPHE + FURTHER) > limit + FURTHER
    if max(len(extra), len(missing)) > _MAX_REMAINDER:
        return True
    letters, others = set(extra), set(missing)
    unshared = max(len(letters - others), len(others - letters - _APOSTROPHE))
    return unshared * (VOWEL + FURTHER) > limit + FURTHER


def _may_be_two_slips(extra: str, missing: str) -> bool:
    """Whether a slip where two words begin to differ, and one where they end to, may be all."""
    for head, other_head, tail, other_tail in _two_slips(len(extra) - len(missing)):
        if extra[head : len(extra) - tail] == missing[other_head : len(missing) - other_tail]:
            return True
    return False


def _loses_letters(typed: str, meant: str) -> bool:
    """Whether only one of the words has some letter, so that not all slips can be a letter doubled
    (both of them left out at the most) or two that changed places."""
    unshared = set(typed).symmetric_difference(meant)
    return any(2 * letter not in typed and 2 * letter not in meant for letter in unshared)


@cache
def _two_slips(difference: int) -> tuple[tuple[int, int, int, int], ...]:
    """How many letters two slips take up, of each word at the start and at the end of what differs,
    if one word has so many more there."""
    return tuple(
        (*head, *tail)
        for head in _SLIPS
        for tail in _SLIPS
        if head[0] + tail[0] - head[1] - tail[1] == difference
    )


def _one_side(word: str, at: int, price: float) -> float:
    """What it costs that only one of the words has this letter."""
    letter = word[at]
    if letter == "'":
        return APOSTROPHE + FURTHER
    if letter == word[at + 1 : at + 2] or (at and letter == word[at - 1]):
        price = DOUBLED
    if at == 0:
        price += FIRST_LETTER
    elif at == len(word) - 1 and letter in "sdr":
        price += LAST_LETTER
    return price + FURTHER


@cache
def _replaced(letter: str, meant: str) -> float:
    if letter in _VOWELS and meant in _VOWELS:
        return VOWEL + FURTHER
    return (CLOSE if letter + meant in _CLOSE else REPLACED) + FURTHER
