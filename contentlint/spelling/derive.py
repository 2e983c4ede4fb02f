"""Whether a word follows from known words by the rules: deoptimized, standups, preparsed.

The rules are those of spelling, not of meaning. They are strict, since the commonest typos are
derivations spelled against them: "refering", "commited" and "managable" are not derived.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from contentlint.patterns import pattern

Known = Callable[[str], bool]

_PREFIX_LIST = """
    anti auto bio co counter cross cyber de dis down electro extra fore geo hyper inter intra macro
    mega meta micro mid mini mis mono multi nano neo neuro non out over para photo poly post pre
    proto pseudo psycho quasi re self semi sub super tele trans tri ultra un under up
"""
# Endings that begin with a vowel make a final e drop and a final consonant double.
_VOWEL_ENDINGS = """
    able ability ably age al ally ance ant ation ational ations ative ed en er ers est ic ical ically
    ification ified ifier ifies ify ing ingly ings ion ions ise ised iser ises ish ising ism isms ist
    istic ists isation isations ity ive ization izations ize ized izer izes izing or ors ous y
"""
_CONSONANT_ENDINGS = """
    dom free friendly ful fully hood less lessly lessness let lets like ly man ment ments ness
    nesses person proof s ship ships some ward wards ware wise worthy
"""


def _by_last_letter() -> dict[str, list[tuple[str, bool]]]:
    """The endings, and whether they begin with a vowel."""
    endings = [(ending, True) for ending in _VOWEL_ENDINGS.split()]
    endings += [(ending, False) for ending in _CONSONANT_ENDINGS.split()]
    table: dict[str, list[tuple[str, bool]]] = {}
    for ending in endings:
        table.setdefault(ending[0][-1], []).append(ending)
    return table


_ENDINGS = _by_last_letter()
_PREFIXES = frozenset(_PREFIX_LIST.split())
_LONGEST_PREFIX = max(map(len, _PREFIXES))

_MIN_STEM = 3
_MIN_AFTER_PREFIX = 5

_DOUBLES = pattern(r"[^aeiou][aeiou]([bdfgklmnprtvz])$")  # stop, but not look, cold, fix
_WITH_S = pattern(r"(?<=[a-z]{3}i)s(?=(?:e[ds]?|ers?|ing|able|ations?|ational)\Z)")
_ONE_SYLLABLE = pattern(r"[^aeiou]*[aeiou][^aeiouwxy]$")
_HISSING = pattern(r"(?:[sxz]|ch|sh)$")


def with_z(word: str) -> str:
    """tokenizer for tokeniser, which is right in British English though no list may have it; the
    word itself if it is none of these."""
    return _WITH_S.sub("z", word)


def unclipped(word: str) -> str:
    """The whole word of one that ends in an apostrophe: going for goin'."""
    return word + "g" if word.endswith("in") else word


def unelided(word: str) -> Iterator[str]:
    """What a word may be in full if an apostrophe stands for a vowel in it: perfum'd, ev'ry."""
    before, apostrophe, after = word.partition("'")
    if apostrophe and len(before) > 1 and after not in ("", "s"):
        for vowel in "eio":  # heav'n, vict'ry, def'nite; but yo'r is a slip for your
            yield before + vowel + after


def is_prefixed(word: str, known: Known) -> bool:
    """Whether the word is a known word after a prefix."""
    return any(
        word[:length] in _PREFIXES and known(word[length:])
        for length in range(2, min(_LONGEST_PREFIX, len(word) - _MIN_AFTER_PREFIX) + 1)
    )


def has_ending(word: str, known: Known) -> bool:
    """Whether an ending, added by the rules of spelling, makes the word of a known one."""
    return any(map(known, _stems(word, known)))


def is_inflected(word: str, known: Known) -> bool:
    """Whether one or two endings, added by the rules of spelling, make the word of a known one."""
    stems = set(_stems(word, known))
    return any(map(known, stems)) or any(has_ending(stem, known) for stem in stems)


def is_kin(word: str, other: str, known: Known) -> bool:
    """Whether both are made of one known word by one ending at most: firewalled, firewalls."""
    return any(
        stem == other or (known(stem) and stem in _stems(other, known))
        for stem in _stems(word, known)
    )


def _stems(word: str, known: Known) -> Iterator[str]:
    """The words from which this one would be made by adding one ending."""
    for ending, begins_with_vowel in _ENDINGS.get(word[-1:], ()):
        stem = word.removesuffix(ending)
        if _MIN_STEM <= len(stem) < len(word):
            if begins_with_vowel:
                yield from _before_vowel(stem, ending, known)
            elif not (ending == "s" and _HISSING.search(stem)) and not _is_y(stem):
                yield stem
    if word.endswith("es"):
        if _HISSING.search(word[:-2]):
            yield word[:-2]
        elif word.endswith("ies"):
            yield word[:-3] + "y"
    elif word.endswith(("ily", "iness", "ied", "ier", "iest")):
        yield word[: word.rindex("i")] + "y"


def _before_vowel(stem: str, ending: str, known: Known) -> Iterator[str]:
    if stem[-1] == "e":
        soft = ending[0] in "ao" and stem.endswith(("ce", "ge"))
        if soft or stem.endswith(("ee", "oe", "ye")):
            yield stem  # changeable, seeing; "makeable" is for the lexicon to know
        return
    if _is_y(stem) and ending[0] != "i":
        return
    if stem[-1] == stem[-2] and _DOUBLES.search(stem[:-1]):
        yield stem[:-1]
    doubles = _DOUBLES.search(stem) and (
        _ONE_SYLLABLE.match(stem) or known(stem + stem[-1] + ending)
    )
    if not doubles:
        yield stem
    if not (ending[0] in "ao" and stem[-1] in "cg"):
        yield stem + "e"


def _is_y(stem: str) -> bool:
    """Whether the stem ends in a y that becomes an i before an ending."""
    return stem[-1] == "y" and stem[-2] not in "aeiou"
