"""Is an unknown word a typo?

Each word of a blog that the lexicon does not know is judged once, after all files are read, since
the blog's own vocabulary has a say. What speaks for and against a typo is put into the numbers of
`Features`; their sum, each times its weight, is the score.

The weights were fitted by logistic regression to typos that were mended in 25 real blogs, and the
thresholds read off in cross-validation by blog: from WARNING on, 93 % of the misspelt words are
found at 0.3 false alarms in 1,000 words of edited posts; from ERROR on, 87 % at 0.1.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Literal, NamedTuple

from contentlint.spelling import unknown
from contentlint.spelling.derive import is_inflected, is_prefixed
from contentlint.spelling.lexicon import KNOWN, MISSPELT, Entry, Lexicon, key
from contentlint.spelling.meanings import NOTHING, Meaning, meanings
from contentlint.spelling.vocabulary import Usage, Vocabulary

WARNING, ERROR = 0.0, 1.0  # scores from which a word is reported
MAX_SUGGESTIONS = 5
USUAL = 2.6  # frequency (see lexicon.Entry) of words from which others are derived
LONGEST = 60  # letters of what is judged
CERTAIN_LETTERS = 7  # of a capitalised word; shorter ones may be names
LISTED_RECURRENCE = 0.5  # how much a known misspelling is excused by standing in several posts


class Features(NamedTuple):
    """What the model knows about a word, its best reading and its context."""

    bias: float
    likeness: float  # see Meaning; 0 if nothing is likely
    cost: float  # of the slips; see edits
    own: float  # frequency of the word itself
    posts: float  # log2 of the number of posts that use it
    uses: float  # log2 of the uses per post
    length: float  # log2 of the letters
    capitalised: float  # in mid-sentence, for no name
    as_name: float  # in mid-sentence, for a name
    title: float  # capitalised where any word would be
    inner_caps: float  # unless the best reading has them, too
    all_caps: float
    hyphenated: float
    crowded: float
    accented: float
    named: float  # in tags or authors
    inflected: float  # see derive
    prefixed: float
    of_blog: float  # the best reading is a word of the blog


WEIGHTS = Features(
    bias=-3.8,
    likeness=0.68,
    cost=-0.32,
    own=-0.47,
    posts=-1.25,
    uses=-1.15,
    length=1.58,
    capitalised=-1.4,
    as_name=-1.05,
    title=-1.0,
    inner_caps=-2.3,
    all_caps=-3.7,
    hyphenated=-1.0,
    crowded=-2.05,
    accented=-2.5,
    named=-2.0,  # set by hand: the blogs it was fitted to came without their tags
    inflected=-0.42,
    prefixed=-3.2,  # twice what was fitted: a quiet model is worth more
    of_blog=-1.6,
)


class Verdict(NamedTuple):
    """A probable typo.

    `certain` says that it stands on the list of known misspellings with one correction, so that it
    may be mended unasked. `suggestions` are in the style of the word, best first.
    """

    severity: Literal["error", "warning"]
    score: float
    certain: bool
    suggestions: tuple[str, ...]
    features: Features


class Judge:
    """Judges the unknown words of one blog, each once. 0.25 ms for a word not judged before."""

    __slots__ = ("_judged", "_lexicon", "_vocabulary")

    def __init__(self, lexicon: Lexicon, vocabulary: Vocabulary) -> None:
        self._lexicon = lexicon
        self._vocabulary = vocabulary
        self._judged: dict[tuple[str, int], Verdict | None] = {}

    def judge(self, word: str, context: int = 0) -> Verdict | None:
        """Judge the word of a candidate, as written, in its context; None if it seems fine."""
        judged = self._judged
        if (word, context) not in judged:
            judged[word, context] = self._judge(word, context)
        return judged[word, context]

    def _judge(self, written: str, context: int) -> Verdict | None:
        if len(written) > LONGEST:
            return None
        own = self._own(written)
        features = self._by_itself(own, context)
        # How likely a reading must be for the word to be reported at all.
        floor = (WARNING - score(features)) / WEIGHTS.likeness
        meant = self._meanings(own, context, max(0.0, floor))
        if not meant:
            return None
        features = self._compared(features, context, meant[0])
        if score(features) < WARNING:
            return None
        features = self._with_origin(features, own.word)
        total = score(features)
        if total < WARNING:
            return None
        severity: Literal["error", "warning"] = "error" if total >= ERROR else "warning"
        certain = severity == "error" and _is_certain(own, features)
        suggestions = _suggestions(written, context, meant)
        return Verdict(severity, total, certain, suggestions, features)

    def features(self, written: str, context: int = 0) -> tuple[Features, list[Meaning]]:
        """All that is known of a word and its readings: for fitting and explaining."""
        own = self._own(written)
        meant = self._meanings(own, context, 0.0)
        best = meant[0] if meant else NOTHING
        features = self._compared(self._by_itself(own, context), context, best)
        return self._with_origin(features, own.word), meant

    def _own(self, written: str) -> Entry:
        word = key(written)
        return self._lexicon.entry(word) or Entry(word, 0, 0.0, ())

    def _meanings(self, own: Entry, context: int, floor: float) -> list[Meaning]:
        camel = context & unknown.INNER_CAPS != 0  # "notBefore" is no slip
        return meanings(own, self._lexicon, self._vocabulary, floor, run_on=not camel)

    def _by_itself(self, own: Entry, context: int) -> Features:
        """What is known before any reading is; it never makes the word too innocent."""
        posts, uses, _ = self._vocabulary.usage.get(own.word, Usage(1, 1, own.word))
        listed = own.flags & MISSPELT != 0
        capitalised = context & unknown.CAPITALISED != 0
        return Features(
            bias=1.0,
            likeness=0.0,
            cost=0.0,
            own=own.frequency,
            posts=math.log2(posts) * (LISTED_RECURRENCE if listed else 1.0),
            uses=0.0 if listed else math.log2(uses / posts),
            length=math.log2(max(1, len(own.word))),
            capitalised=0.0,
            as_name=float(capitalised and not context & _ANY_CAPITALISED),
            title=float(capitalised and context & _ANY_CAPITALISED != 0),
            inner_caps=0.0,
            all_caps=float(context & unknown.ALL_CAPS != 0),
            hyphenated=float(context & unknown.HYPHENATED != 0),
            crowded=float(context & unknown.CROWDED != 0),
            accented=float(not own.word.isascii()),
            named=float(own.word in self._vocabulary.named),
            inflected=0.0,
            prefixed=0.0,
            of_blog=0.0,
        )

    def _compared(self, alone: Features, context: int, best: Meaning) -> Features:
        camel = context & unknown.INNER_CAPS != 0
        return alone._replace(
            likeness=best.likeness,
            cost=best.cost,
            capitalised=0.0 if best.is_name else alone.as_name,
            as_name=alone.as_name if best.is_name else 0.0,
            inner_caps=float(camel and best.spelling[1:] == best.spelling[1:].lower()),
            of_blog=float(best.of_blog),
        )

    def _with_origin(self, features: Features, word: str) -> Features:
        return features._replace(
            inflected=float(is_inflected(word, self._is_usual)),
            prefixed=float(is_prefixed(word, self._is_usual)),
        )

    def _is_usual(self, word: str) -> bool:
        entry = self._lexicon.entry(word)
        return entry is not None and entry.flags & KNOWN != 0 and entry.frequency >= USUAL


_ANY_CAPITALISED = unknown.TITLE_LINE | unknown.SENTENCE_START


def score(features: Features) -> float:
    """The weighted sum of the features."""
    return sum(weight * value for weight, value in zip(WEIGHTS, features, strict=True))


def _is_certain(own: Entry, features: Features) -> bool:
    """Whether a word is a listed misspelling of one thing only, and cannot be a short name."""
    if not own.flags & MISSPELT or len(own.spellings) > 1 or features.named:
        return False
    if features.capitalised or features.inner_caps or features.all_caps:
        return False
    return not features.title or len(own.word) >= CERTAIN_LETTERS or "'" in "".join(own.spellings)


def _suggestions(written: str, context: int, meant: Iterable[Meaning]) -> tuple[str, ...]:
    """The readings in the case and with the apostrophes of the word as written."""
    found: dict[str, None] = {}
    for meaning in meant:
        suggestion = _in_style(meaning.spelling, written)
        if context & unknown.CURLY:
            suggestion = suggestion.replace("'", "’")
        if suggestion != written:
            found[suggestion] = None
    return tuple(found)[:MAX_SUGGESTIONS]


def _in_style(spelling: str, written: str) -> str:
    """A spelling with the capitals of what it replaces; those of a name stay."""
    if len(written) > 1 and written.isupper():
        return spelling.upper()
    if written[:1].isupper():
        return spelling[:1].upper() + spelling[1:]
    return spelling
