"""How much there is to read, and how hard it is: words, sentences and LIX.

LIX (läsbarhetsindex; Björnsson 1968, for English Anderson 1983) is the average length of sentences in
words, and the percentage of words with more than six letters, added. Below 30 is very easy, 40 is a
newspaper, 60 and more is very hard. It needs no syllables, so it is exact, and it holds for all
languages with an alphabet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from contentlint.document import Document
from contentlint.markdown import RunKind
from contentlint.tuples import NamedTuple

SHORT, LONG = 100, 4_000  # words
HARD = 60.0  # LIX
_ENOUGH = 100  # words; LIX says nothing of less
_LONG_WORD = 7  # letters
_PROSE: tuple[RunKind, ...] = ("paragraph", "item", "html")

# Words are not parted by blanks in Chinese and Japanese, where each character counts as one.
_IDEOGRAPHS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_IDEOGRAPH = re.compile(f"[{_IDEOGRAPHS}]")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_WORD_OR_IDEOGRAPH = re.compile(
    rf"[{_IDEOGRAPHS}]|(?:(?![{_IDEOGRAPHS}])[^\W_])+(?:['’](?:(?![{_IDEOGRAPHS}])[^\W_])+)*"
)
_SENTENCE_END = re.compile(r"[.!?…]+(?=[\s\0\"'”’)\]*_]|\Z)")


class Reading(NamedTuple):
    """The words of the body in lower case and in order, and its LIX; None for too little prose."""

    words: list[str]
    lix: float | None


def read(document: Document) -> Reading:
    """What there is to read in the body of a post. Code, tables and headings are no sentences."""
    found = words(document.lower_mask[document.body :])
    if len(found) < _ENOUGH:
        return Reading(found, None)
    runs = (run.span for run in document.runs if run.kind in _PROSE)
    return Reading(found, lix(document.mask[a:b] for a, b in runs if a >= document.body))


def words(text: str) -> list[str]:
    """The words of a text in order."""
    if text.isascii() or not _IDEOGRAPH.search(text):
        return _WORD.findall(text)
    return _WORD_OR_IDEOGRAPH.findall(text)


def lix(paragraphs: Iterable[str]) -> float | None:
    """The LIX of some paragraphs; None for too little prose, or if it is in no alphabet."""
    total = long = sentences = 0
    for text in paragraphs:
        found = words(text)
        total += len(found)
        long += sum(len(word) >= _LONG_WORD for word in found)
        sentences += max(1, len(_SENTENCE_END.findall(text))) if found else 0
        if not text.isascii() and _IDEOGRAPH.search(text):
            return None
    if total < _ENOUGH:
        return None
    return round(total / sentences + 100 * long / total, 1)
