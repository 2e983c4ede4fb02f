"""What may have been meant by an unknown word, and how likely each reading is."""

from __future__ import annotations

import math
from functools import cache

from contentlint.spelling.edits import FAR, LEAST, cost
from contentlint.spelling.lexicon import KNOWN, MISSPELT, NAME, Entry, Lexicon, Limits, limits
from contentlint.spelling.vocabulary import Vocabulary
from contentlint.tuples import NamedTuple

COST_WEIGHT = 1.1  # powers of ten of frequency that one unit of edits.cost outweighs
CLOSE_BEHIND = 2.0  # how much less likely than the best another reading may be

# The corrections on the list of known misspellings, in this order, are more likely than others.
LISTED_BONUS, LISTED_RANK = 2.5, 0.3
LISTED_FREQUENCY = 3.0  # they are taken to be at least so usual
LISTED_TWO_WORDS = 5.0  # such as "a lot"
LISTED_COST = 4.0  # and not to cost more

# One of these words and another run together are a slip; two others are a coinage.
_SMALL_WORDS = """
    a also an and any are as at be been but by can could did do for from get had has have he her his
    how if in into is it its just like may more most my new no not of on one only or other our out
    over she should so some than that the their them then there these they this to up us use was we
    were what when where which who will with would you your
"""
_RUN_ON = frozenset(_SMALL_WORDS.split())
RUN_ON_COST = 1.3
# Two words in a row are less probable than one by about what both frequencies add up to.
RUN_ON_LIKENESS, RUN_ON_LENGTH, RUN_ON_SHORT = -9.5, 0.175, 1.0


class Meaning(NamedTuple):
    """A word that may have been meant.

    `likeness` is its frequency (see lexicon.Entry), less what the slips cost; `spelling` is how it
    is usually written; `of_blog` tells that it is a word of the blog and not of the lexicon.
    """

    likeness: float
    cost: float
    spelling: str
    is_name: bool = False
    of_blog: bool = False


NOTHING = Meaning(0.0, 5.0, "")


def meanings(
    own: Entry, lexicon: Lexicon, vocabulary: Vocabulary, floor: float, *, run_on: bool
) -> list[Meaning]:
    """The likely readings of a word, the likeliest first; none below the floor."""
    found: dict[str, Meaning] = {}
    if own.flags & MISSPELT:
        for rank, spelling in enumerate(own.spellings):
            found[spelling] = _listed(own.word, spelling, rank, lexicon)
        floor = max(floor, *(meaning.likeness - CLOSE_BEHIND for meaning in found.values()))
    longest, difference = _reach(own.word)
    of_blog = [
        entry for entry in vocabulary.like(own.word) if not _is_in_lexicon(entry.word, lexicon)
    ]
    near = [(entry.frequency, entry.word) for entry in of_blog]
    near += lexicon.like(own.word, difference, _limits(math.floor(10 * floor), longest, difference))
    for number, (frequency, word) in enumerate(near):
        limit = min(longest, (frequency - floor) / COST_WEIGHT)
        if limit > 0 and word not in found:
            price = cost(own.word, word, limit)
            if price < FAR:
                likeness = frequency - COST_WEIGHT * price
                floor = max(floor, likeness - CLOSE_BEHIND)
                entry = of_blog[number] if number < len(of_blog) else lexicon.entry(word)
                usual = _usual(entry) if entry else (word, False)
                found[word] = Meaning(likeness, price, *usual, number < len(of_blog))
    if run_on:
        best = _as_two_words(own.word, lexicon)
        if best.spelling and best.likeness >= floor:
            found[best.spelling] = best
    return sorted(found.values(), key=_likeliest_first)


def _listed(word: str, spelling: str, rank: int, lexicon: Lexicon) -> Meaning:
    entry = lexicon.entry(spelling) or Entry(spelling, KNOWN, 0.0, ())
    price = min(cost(word, spelling, FAR), LISTED_COST)
    frequency = max(entry.frequency, LISTED_TWO_WORDS if " " in spelling else LISTED_FREQUENCY)
    likeness = frequency - COST_WEIGHT * price + LISTED_BONUS - LISTED_RANK * rank
    return Meaning(likeness, price, *_usual(entry))


def _is_in_lexicon(word: str, lexicon: Lexicon) -> bool:
    """Whether the lexicon knows the word better than the blog does, as right or as wrong."""
    entry = lexicon.entry(word)
    return entry is not None and entry.flags & (MISSPELT | KNOWN) != 0


def _as_two_words(word: str, lexicon: Lexicon) -> Meaning:
    """The best way to read the word as two words without a blank; one of them is small."""
    best = NOTHING
    for at in range(1, len(word)):
        parts = word[:at], word[at:]
        if parts[0] in _RUN_ON or parts[1] in _RUN_ON:
            first, second = map(lexicon.entry, parts)
            if first and second and first.flags & second.flags & KNOWN:
                likeness = RUN_ON_LIKENESS + first.frequency + second.frequency
                likeness += RUN_ON_LENGTH * len(word)
                likeness -= RUN_ON_SHORT * sum(max(0, 3 - len(part)) for part in parts)
                if likeness > best.likeness:
                    best = Meaning(likeness, RUN_ON_COST, " ".join(parts))
    return best


def _reach(word: str) -> tuple[float, int]:
    """How much slips in a word of this length may cost, and how many letters they may add."""
    if len(word) < 5:
        return 2.2, 1
    if len(word) < 7:
        return 2.7, 2
    if len(word) < 11:
        return 3.6, 3
    return 5.0, 3


@cache
def _limits(tenths: int, longest: float, difference: int) -> Limits:
    """How usual a word must be for each kind of slip and number of letters that are not in both
    words, for Lexicon.like; none costs more than so much. The floor is given in tenths, so that few
    have to be counted out."""
    unshared = max(2, difference)
    prices = [
        [COST_WEIGHT * price if price <= longest else math.inf for price in kind[: unshared + 1]]
        for kind in LEAST
    ]
    return limits(tenths / 10, prices)


def _usual(entry: Entry) -> tuple[str, bool]:
    """How a word is usually written, and whether it is a name."""
    if not entry.flags & NAME:
        return entry.word, False
    return (entry.spellings[0] if entry.spellings else entry.word.capitalize()), True


def _likeliest_first(meaning: Meaning) -> tuple[float, str]:
    return -meaning.likeness, meaning.spelling
