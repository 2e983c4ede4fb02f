"""Two words in a row, with nothing but a blank or the end of a line between them."""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from contentlint.api import Document

_FEW = 20  # up to so many words, a search for each is cheaper than one pass over all
_FAR = 40  # characters between two words
# Patterns are compiled when first needed: most posts have no use for them.
_WORD = r"[^\W\d_]+(?:['’][^\W\d_]+)*"
# The second word is only looked at, since it may be the first of the next two.
_PAIR = rf"(?<![\w'’.@#$/\\=-])({_WORD})(?=[\s\0]{{1,{_FAR}}}({_WORD})(?![\w'’/\\=-]|[.:(]\w))"
# Where a line ends, a quotation or an item may go on with marks of its own. Two blanks before the
# end are a break that is meant, as in a poem.
_BETWEEN = r"[ \t]+|[ \t]?(?:\r\n|\r|\n)[ \t>]*"


def may_follow(document: Document, first: str, second: str) -> bool:
    """Whether one word seems to stand before another: a quick look, for which punctuation and
    markup are blanks."""
    text = document.cut_mask
    for at in _starts(text, f" {second}"):
        if text[max(0, at - len(first) - _FAR) : at].rstrip().endswith(first):
            return True
    return False


# The first word is from the first to the second place, the other one from the third to the fourth.
Neighbours = tuple[int, int, int, int]


def neighbours(document: Document, words: AbstractSet[str]) -> Iterator[Neighbours]:
    """Where one of these words (in lower case) stands before another one of the same paragraph."""
    between = re.compile(_BETWEEN)
    runs: frozenset[int] | None = None
    for match in _matches(document, words):
        (first, gap), (second, end) = match.span(1), match.span(2)
        if between.fullmatch(document.source.text, gap, second):
            runs = runs or frozenset(run.span.start for run in document.runs)
            if second not in runs:
                yield first, gap, second, end


def _matches(document: Document, words: AbstractSet[str]) -> Iterator[re.Match[str]]:
    pair = re.compile(_PAIR)
    if len(words) > _FEW:
        for match in pair.finditer(document.mask):
            if match[1].lower() in words:
                yield match
        return
    blanks = [blank for blank in " \n\r\t" if blank in document.mask]
    for word in words:
        for blank in blanks:
            for start in _starts(document.lower_mask, word + blank):
                found = pair.match(document.mask, start)
                if found:
                    yield found


def _starts(text: str, part: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + len(part))
