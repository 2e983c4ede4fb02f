"""American and British spellings: which of the two a word is, and what the other would be.

There are two questions a writer answers, each on its own: `color` or `colour`, and `organize` or
`organise`. Who writes `colour` and `organize` follows the Oxford dictionary.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

from contentlint.spelling.lexicon import KNOWN, Lexicon
from contentlint.tuples import NamedTuple

Dialect = Literal["american", "british"]
Question = Literal["color", "organize"]

# Families of words: what is American, what is British, the stems before it, and what may follow.
# Not all combinations are words. Left out is what both write often (cancelled, grey, judgement,
# theatre, catalogue, artefact), what is another word, too (meter, tire, check, program, license),
# and what is mostly a name (spectre, louvre, glamour, saviour).
_FAMILIES = (
    (
        "er",
        "re",
        (
            "calib cent centilit centimet fib kilolit kilomet lit lust meag millilit millimet mit"
            " nanomet och reconnoit sab scept somb"
        ),
        "s",
    ),
    ("ered", "red", "cent maneuv mit reconnoit", ""),
    ("ering", "ring", "cent reconnoit", ""),
    ("erpiece", "repiece", "cent", "s"),
    ("yz", "ys", "anal catal dial electrol hydrol paral psychoanal reanal", "e ed er ers ing able"),
    ("ense", "ence", "def off pret", "s less"),
    (
        "el",
        "ell",
        (
            "barr bedev bev chann chis couns driv du enam fu funn grov lab lev mislab mod pan quarr"
            " rav refu relab remod rev shov shriv sniv swiv tow trav tunn unlab unrav"
        ),
        "ed er ers ing ings or ors",
    ),
    ("al", "all", "di equ ped riv sign spir tri", "ed er ers ing"),
    ("il", "ill", "penc stenc", "ed ing"),
    ("ol", "oll", "carg patr", "ed ing"),
    ("oll", "ol", "enr", "s ment ments"),
    ("ill", "il", "dist fulf inst", "s ment"),
    ("allment", "alment", "inst", "s"),
    ("illful", "ilful", "sk w", "ly ness"),
    ("old", "ould", "m sm", "s ed er ering ers ing ings y"),
    ("ow", "ough", "pl", "s ed ing"),
    ("ke", "ce", "s", "ptic ptics ptical ptically pticism"),
    ("aneuver", "anoeuvre", "m", "s d"),
    ("num", "nium", "alumi", ""),
    ("ajamas", "yjamas", "p", ""),
    ("ediatric", "aediatric", "p orthop", "s"),
    ("esthe", "aesthe", "an", "sia tic tics tist tists tize"),
    ("emia", "aemia", "an leuk", "s"),
    ("emorrhage", "aemorrhage", "h", "s"),
    ("estrogen", "oestrogen", "", "s"),
    ("ea", "oea", "diarrh", ""),
    ("ozy", "osy", "c", ""),
    ("ustache", "oustache", "m", "s d"),
)
# The largest family is not spelt out: color, favorite, neighborhood.
_OR_STEMS = """
    arb ard arm behavi cand clam col demean discol disfav dishon endeav fav ferv flav harb hon hum
    lab misbehavi neighb od parl ranc rig rum sav splend succ tum unfav val vap vig
"""
_OR_ENDINGS = """
    able ably al ally ed er ers ful fully hood hoods ing ings ite ites itism less ly s y
"""
_IZE_ENDINGS = ("e", "ed", "es", "er", "ers", "ing", "able", "ation", "ations", "ational")
_SHORTEST_STEM = 3  # realise; prise and seise are other words
_S_EVERYWHERE = frozenset(["appr", "exorc", "merchand"])  # though lists have them with z, too

# What HTML, CSS and programs are made of is American wherever the author is from.
_OF_PROGRAMS = frozenset(
    [
        "authorization",
        "center",
        "color",
        "colors",
        "deserialize",
        "initialization",
        "initialize",
        "initialized",
        "initializer",
        "normalize",
        "organization",
        "organizations",
        "serialize",
        "serializer",
        "tokenizer",
    ]
)


class Spelling(NamedTuple):
    """How one side of the Atlantic spells a word, and how the other does."""

    dialect: Dialect
    question: Question
    other: str


def dialect(word: str, lexicon: Lexicon) -> Spelling | None:
    """The dialect of a word in lower case; None if both write it so, or it is unknown."""
    if word in _OF_PROGRAMS:
        return None
    found = _or(word) or _of_family(word)
    if found is None:
        return _ize(word, lexicon)
    return found if lexicon.is_known(word) and lexicon.is_known(found.other) else None


def _or(word: str) -> Spelling | None:
    stems, endings = _or_parts()
    for british in (True, False):
        own, other = ("our", "or") if british else ("or", "our")
        stem, is_there, ending = word.partition(own)
        if is_there and stem in stems and ending in endings:
            return Spelling("british" if british else "american", "color", stem + other + ending)
    return None


@cache
def _or_parts() -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(_OR_STEMS.split()), frozenset(["", *_OR_ENDINGS.split()])


def _of_family(word: str) -> Spelling | None:
    british, american = _families()
    if word in british:
        return Spelling("american", "color", british[word])
    if word in american:
        return Spelling("british", "color", american[word])
    return None


@cache
def _families() -> tuple[dict[str, str], dict[str, str]]:
    """The British spelling by the American one, and the other way round."""
    british = {
        stem + one + ending: stem + other + ending
        for one, other, stems, endings in _FAMILIES
        for stem in stems.split() or [""]
        for ending in ("", *endings.split())
    }
    return british, {other: one for one, other in british.items()}


def _ize(word: str, lexicon: Lexicon) -> Spelling | None:
    if "iz" not in word and "is" not in word:
        return None
    for ending in _IZE_ENDINGS:
        stem = word.removesuffix(ending)
        if len(stem) < len(word) and stem.endswith(("iz", "is")):
            with_z, with_s = f"{stem[:-1]}z{ending}", f"{stem[:-1]}s{ending}"
            if len(stem) - 2 >= _SHORTEST_STEM and _is_pair(with_z, with_s, stem[:-2], lexicon):
                if word == with_z:
                    return Spelling("american", "organize", with_s)
                return Spelling("british", "organize", with_z)
    return None


def _is_pair(with_z: str, with_s: str, stem: str, lexicon: Lexicon) -> bool:
    """Whether both are words, and the one with z, as all Americans write it, is the more usual: so
    it is none of `advertise`, `exercise` and the like, which have a variant that nobody writes."""
    first, second = lexicon.entry(with_z), lexicon.entry(with_s)
    return (
        first is not None
        and second is not None
        and first.flags & second.flags & KNOWN != 0
        and first.frequency >= second.frequency
        and stem not in _S_EVERYWHERE
    )
