"""Where a word stands twice, and whether that is a slip."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from itertools import compress
from operator import eq

from contentlint.api import Document

from ._neighbours import Neighbours, may_follow, neighbours


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Nobody means these twice, whatever stands around them.
_SLIPS = _words("""
    a also an and any are as at be been but by can could for from has have if in into is its may
    might must my of on or our should some than the their then these they this those through to was
    we were when where which while will with would your
""")
# Emphasis, sounds, names of dishes and dances, and what ends one clause and begins the next:
# "those who had had enough say that that is it".
_RIGHT_TWICE = _words("""
    again ages all awful aye bad bang baz beep big blah bling boo boom bye cha chop chow clear
    click close cold come crazy cuckoo dark dear deep did ding do does down dum dumb each early
    easy eek else end enough etc ever extra far fast final fine foo gaga good goody great had haha
    half happy hard hear heavy heh her here hey high him hip his home hop hot how huge hula hurry
    hush hut it knock late later less little loads long look loud lovely low mahi mam many maybe
    meow miles mini mmm more most much nah nein never new next nice night nom none not nous now off
    oink okay old one only out over pad papa please plus pom poor pretty puff quack quick quickly
    quite rah read real really rich right round run sad same see shh sing slow slowly small soft
    soon sorry spam step stop strong such super sure sweet talk tap thank thanks that them there
    tick tiny tock tom tons too totally true truly tuk tut tweet twinkle two under up very vous
    wait walk warm way wee well what who why wide wild win womp wonderful woof woop woot wow yada
    yeah yep yes you young yum yummy
""")
# One clause may end in such a word, and the next begin with it: "what it is is", "the ones that we
# have have".
_CLAUSE_ENDS = _words("are can could has have is was were will would")
_CLAUSE_BEGINS = _words("""
    all how one ones than that thing things way what whatever where which whichever who whoever
    whose why
""")
_CLAUSE = 60  # characters before the two words in which to look for it
# So may these, after such words: "to log in in time", "somebody to talk to to get it".
_AFTER = {
    "at": _words("aim aimed aiming good look looked looking looks"),
    "by": _words("drop dropped go pass passed stand standing stop stopped"),
    "in": _words("""
        all bake baked baking be been blend bring bringing build building built call called came
        check checked checking checks clock come comes coming dial drop fill filled fold get go
        going hand interested is jump jumped kick kicks live living lock locked locking log logged
        logging logs move moved moving opt opted opting opts phone plug plugged sign signed signing
        signs stay step tie tied tune turn was went work working zoom zoomed
    """),
    "on": _words("""
        add built call called carry catch come comes early go goes going hang head hold is keep
        later lead log logged logging logs move moved moving pass so stay switch switched take turn
        turned was went work worked working
    """),
    "this": _words("all did do does doing done fix fixed like said say saying see seen use used"),
    "to": _words("""
        back belong belongs commit committed conform conforms connect connected go goes going head
        headed link linked listen listened listening look looked over point points refer referred
        refers relate related respond speak spoke subscribe subscribed switch switched talk talked
        talking turn turned want wanted
    """),
}
# Words that tell English from what is written with the same letters.
_ENGLISH = _words("and for in is it of that the this to with you")
_NOT_ENGLISH = _words("""
    aan auf che da das dei dem den der des det die dos ein el em en es et het ich il ist las le les
    los mit na nicht och os para pas per por que se som um una une und van von w z zu
""")

_ENOUGH = 4  # of them, to judge words that any language or program may have

_NO_SIGNS = dict.fromkeys(map(ord, "\0'’"))
_DIGITS = frozenset("0123456789_")
_OPENING, _CLOSING, _CODE = frozenset("\"'“‘(["), frozenset("\"'”’)]"), frozenset("=|{}<>+")


def repeated(document: Document, allowed: AbstractSet[str]) -> Iterator[tuple[int, int, int, bool]]:
    """The words that stand twice by mistake: where the first one ends, where the second starts and
    ends, and whether no sentence needs both."""
    english = len(document.words & _ENGLISH)
    if english <= len(document.words & _NOT_ENGLISH):
        return
    candidates = _candidates(document) - allowed
    if not candidates:
        return
    mask = document.mask
    pairs = [
        (first, gap, second, end)
        for first, gap, second, end in neighbours(document, candidates)
        if mask[first:gap].lower() == mask[second:end]
    ]
    firsts = {first for first, *_ in pairs}
    seconds = {second for _, _, second, _ in pairs}
    for pair in pairs:
        first, gap, second, end = pair
        if second in firsts or first in seconds:
            continue  # three times is meant
        is_slip = mask[second:end] in _SLIPS
        if (is_slip or english >= _ENOUGH) and not _is_meant(mask, pair, is_slip):
            yield gap, second, end, is_slip


def _candidates(document: Document) -> set[str]:
    """The words that seem to follow themselves, with apostrophes of both kinds."""
    tokens = document.tokens
    twice = set(compress(tokens, map(eq, tokens, tokens[1:]))) - _RIGHT_TWICE
    found = {
        word
        for word in twice
        if not _DIGITS.intersection(word) and may_follow(document, word, word)
    }
    return found | {word.replace("'", "’") for word in found if "'" in word}


def _is_meant(mask: str, pair: Neighbours, is_slip: bool) -> bool:
    first, gap, second, end = pair
    before = mask[max(0, first - _CLAUSE) : first].rstrip(" ")
    after = mask[end : end + 4].lstrip(" ")
    opening, closing = before[-1:], after[:1]
    if (opening in _OPENING and closing in _CLOSING) or opening in _CODE or closing in _CODE:
        return True
    words = before.split()
    is_lower = mask[first:gap].islower()
    if is_slip:
        starts = not words or before.endswith((".", "!", "?", ":", "\n", "\0"))
        return not (is_lower or starts) or _ends_clause(words, mask[second:end])
    return (
        end - second < 3
        or not is_lower  # a name
        or not words
        # The start of a sentence, or `1 root root 4096`.
        or not words[-1].translate(_NO_SIGNS).isalpha()
        or after.startswith(("!", "…", "..", "~"))
    )


def _ends_clause(before: list[str], word: str) -> bool:
    """Whether the first of the two belongs to what stands before it, and the second does not."""
    if word in _CLAUSE_ENDS:
        return not _CLAUSE_BEGINS.isdisjoint(before)
    return bool(before) and before[-1] in _AFTER.get(word, ())
