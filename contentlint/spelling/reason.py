"""Why a word is taken for a typo, in words."""

from __future__ import annotations

from contentlint.spelling.lexicon import MISSPELT, Entry, key
from contentlint.spelling.meanings import COST_WEIGHT, Meaning
from contentlint.spelling.vocabulary import Vocabulary

COMMON, UNCOMMON = 4.0, 2.6  # frequencies, see lexicon.Entry


def reason(own: Entry, meant: list[Meaning], vocabulary: Vocabulary) -> str:
    """What speaks for a typo, in a line; `meant` are its readings, the likeliest first."""
    known = "on the list of known misspellings" if own.flags & MISSPELT else "not in the dictionary"
    reading = [_reading(own.word, meant[0], vocabulary)] if meant else []
    usage = [] if vocabulary.is_empty else [_usage(own.word, vocabulary)]  # else no blog is known
    return "; ".join([known, *reading, *usage])


def slip(typed: str, meant: str) -> str:
    """What was done to a word, both as `lexicon.key` writes them: `one missing letter`."""
    if typed.replace("'", "") == meant.replace("'", ""):
        return "an apostrophe"
    if typed.replace("-", "") == meant.replace(" ", "").replace("-", ""):
        return "a blank" if " " in meant else "a hyphen"
    start = next((i for i, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), None)
    if start is None:
        start = min(len(typed), len(meant))
    rest, wanted = typed[start:], meant[start:]
    if rest == wanted[1:]:
        return "one missing letter"
    if rest[1:] == wanted:
        return "one extra letter"
    if rest[1:] == wanted[1:]:
        return "one wrong letter"
    if rest[:2] == wanted[1::-1] and rest[2:] == wanted[2:]:
        return "two swapped letters"
    return "a few letters"


def _reading(word: str, best: Meaning, vocabulary: Vocabulary) -> str:
    name = key(best.spelling)
    if best.of_blog:
        how = "listed as right" if name in vocabulary.listed else "one of the blog's own words"
    elif " " in best.spelling:
        how = "made of common words"
    else:
        frequency = best.likeness + COST_WEIGHT * best.cost
        how = "common" if frequency >= COMMON else "uncommon" if frequency >= UNCOMMON else "rare"
    return f"`{best.spelling}` is {slip(word, name)} away and {how}"


def _usage(word: str, vocabulary: Vocabulary) -> str:
    usage = vocabulary.usage(word)
    if usage is None:
        return "not used in the blog"
    times = "once" if usage.uses == 1 else f"{usage.uses} times"
    return f"used {times} in the blog" + (f", in {usage.posts} posts" if usage.posts > 1 else "")
