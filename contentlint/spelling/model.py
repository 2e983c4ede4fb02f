"""Is an unknown word a typo?

Each word of a blog that the lexicon does not know is judged once, after all files are read, since
the blog's own vocabulary has a say. What speaks for and against a typo is put into the numbers of
`Features`; their sum, each times its weight, is the score.

The thresholds were read off in cross-validation by blog: from WARNING on, 95 % of the misspelt
words are found at 0.21 false alarms in 1,000 words of edited posts; from ERROR on, 92 % at 0.1.
Somewhat less must be expected of other blogs, since what the features are was chosen on these.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from operator import mul
from typing import Literal

from contentlint.spelling import unknown
from contentlint.spelling.derive import has_ending, is_kin, is_prefixed
from contentlint.spelling.lexicon import KNOWN, MISSPELT, PERSON, Entry, Lexicon, key
from contentlint.spelling.meanings import Meaning, meanings
from contentlint.spelling.vocabulary import Usage, Vocabulary
from contentlint.spelling.weights import ERROR, WARNING, WEIGHTS, Features
from contentlint.tuples import NamedTuple

MAX_SUGGESTIONS = 5
USUAL = 2.6  # frequency (see lexicon.Entry) of words from which others are derived
LONGEST = 60  # letters of what is judged
LIKELIEST, LIKELIEST_LISTED = 7.4, 10.0  # no reading is likelier than these
CERTAIN_LETTERS = 5  # shorter ones may be names, or other slips
# Words beside or between which marks stand may be mentioned, not used, or be a part of something.
UNCERTAIN = unknown.BOUND | unknown.HYPHENATED | unknown.QUOTED | unknown.APART
LEAST_LIKELY = -3.0  # readings that are less likely are not looked for
LISTED_RECURRENCE = 0.5  # how much a known misspelling is excused by standing in several posts


class Verdict(NamedTuple):
    """A probable typo.

    `certain` says that it stands on the list of known misspellings with one correction, so that it
    may be mended unasked. `suggestions` are in the style of the word, best first.
    """

    severity: Literal["error", "warning"]
    score: float
    certain: bool
    suggestions: tuple[str, ...]
    features: Features | None  # None if a dictionary alone has judged


class Judge:
    """Judges the unknown words of one blog, each once. 0.2 ms for a word not judged before."""

    __slots__ = ("_judged", "_lexicon", "_read", "_vocabulary")

    def __init__(self, lexicon: Lexicon, vocabulary: Vocabulary) -> None:
        self._lexicon = lexicon
        self._vocabulary = vocabulary
        self._judged: dict[tuple[str, int], Verdict | None] = {}
        self._read: dict[tuple[str, bool], tuple[float, list[Meaning]]] = {}

    def judge(self, word: str, context: int = 0) -> Verdict | None:
        """Judge the word of a candidate, as written, in its context; None if it seems fine."""
        judged = self._judged
        if (word, context) not in judged:
            judged[word, context] = self._judge(word, context)
        return judged[word, context]

    def _judge(self, written: str, context: int) -> Verdict | None:
        if len(written) > LONGEST or context & unknown.FOREIGN:
            return None
        own = self._own(written)
        features = self._by_itself(own, context)
        # How likely a reading must be for the word to be reported at all.
        floor = (WARNING - MOST_OF_READING - score(features)) / WEIGHTS.likeness
        if floor > (LIKELIEST_LISTED if own.flags & MISSPELT else LIKELIEST):
            return None
        meant = self._meanings(own, context, max(LEAST_LIKELY, floor))
        if not meant:
            return None
        features = self._compared(features, context, own, meant[0])
        total = score(features)
        if total < WARNING:
            return None
        severity: Literal["error", "warning"] = "error" if total >= ERROR else "warning"
        certain = severity == "error" and _is_certain(own, features, context)
        suggestions = _suggestions(written, context, meant)
        return Verdict(severity, total, certain, suggestions, features)

    def features(self, written: str, context: int = 0) -> tuple[Features, list[Meaning]]:
        """All that is known of a word and its readings: for fitting and explaining."""
        own = self._own(written)
        features = self._by_itself(own, context)
        meant = self._meanings(own, context, LEAST_LIKELY)
        if meant:
            features = self._compared(features, context, own, meant[0])
        return features, meant

    def reason(self, written: str, context: int = 0) -> str:
        """Why the word may be a typo, in a line for people."""
        from contentlint.spelling.reason import reason

        _, meant = self.features(written, context)
        return reason(self._own(written), meant, self._vocabulary)

    def _own(self, written: str) -> Entry:
        word = key(written)
        return self._lexicon.entry(word) or Entry(word, 0, 0.0, ())

    def _meanings(self, own: Entry, context: int, floor: float) -> list[Meaning]:
        """The readings that are likely enough, looked for again only if less likely ones will do."""
        camel = context & unknown.INNER_CAPS != 0  # "notBefore" is no slip
        lowest, meant = self._read.get((own.word, camel), (math.inf, []))
        if floor < lowest:
            meant = meanings(own, self._lexicon, self._vocabulary, floor, run_on=not camel)
            self._read[own.word, camel] = floor, meant
            return meant
        return [meaning for meaning in meant if meaning.likeness >= floor]

    def _by_itself(self, own: Entry, context: int) -> Features:
        """What is known before any reading is."""
        posts, uses, _ = self._vocabulary.usage(own.word) or Usage(1, 1, own.word)
        listed = own.flags & MISSPELT != 0
        capitalised = context & unknown.CAPITALISED != 0
        return Features(
            bias=1.0,
            likeness=0.0,
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
            quoted=float(context & unknown.QUOTED != 0 and not listed),
            apart=float(context & unknown.APART != 0),
            beside_name=float(context & unknown.BESIDE_NAME != 0),
            accented=float(not own.word.isascii()),
            named=float(own.word in self._vocabulary.named),
            person=float(capitalised and own.flags & PERSON != 0),
            inflected=0.0,
            kin=0.0,
            prefixed=0.0,
            plural=0.0,
            added=0.0,
            of_blog=0.0,
        )

    def _compared(self, alone: Features, context: int, own: Entry, best: Meaning) -> Features:
        """The same, with what follows from the best reading, and what is only then worth a look."""
        camel = context & unknown.INNER_CAPS != 0
        word, meant = own.word, key(best.spelling)
        listed = own.flags & MISSPELT != 0
        plural, added = _difference(word, meant)
        return alone._replace(
            likeness=best.likeness,
            capitalised=0.0 if best.is_name else alone.as_name,
            as_name=alone.as_name if best.is_name else 0.0,
            inner_caps=float(camel and best.spelling[1:] == best.spelling[1:].lower()),
            inflected=float(not listed and has_ending(word, self._is_usual)),
            kin=float(not listed and is_kin(word, meant, self._lexicon.is_known)),
            prefixed=float(is_prefixed(word, self._is_usual)),
            plural=float(plural),
            added=float(added),
            of_blog=float(best.of_blog),
        )

    def _is_usual(self, word: str) -> bool:
        entry = self._lexicon.entry(word)
        return entry is not None and entry.flags & KNOWN != 0 and entry.frequency >= USUAL


# What the features that follow from the best reading can add to the score, at the most.
MOST_OF_READING = max(0.0, WEIGHTS.capitalised - WEIGHTS.as_name) + sum(
    max(0.0, weight)
    for weight in (WEIGHTS.inner_caps, WEIGHTS.plural, WEIGHTS.added, WEIGHTS.of_blog)
)
_ANY_CAPITALISED = unknown.TITLE_LINE | unknown.SENTENCE_START


def score(features: Sequence[float], weights: Sequence[float] = WEIGHTS) -> float:
    """The weighted sum of the features."""
    total: float = sum(map(mul, weights, features))
    return total


def _difference(word: str, best: str) -> tuple[bool, bool]:
    """Features.plural and Features.added."""
    plural = word == best + "s" or best == word + "s"
    return plural, not plural and best in (word[1:], word[:-1])


def _is_certain(own: Entry, features: Features, context: int) -> bool:
    """Whether a word is a listed misspelling of one thing only, and cannot be a name or a part of
    something else."""
    if not own.flags & MISSPELT or len(own.spellings) > 1 or features.named:
        return False
    if context & UNCERTAIN or features.plural:  # feedbacks: the rest of the sentence is wrong, too
        return False
    if features.capitalised or features.inner_caps or features.all_caps:
        return False
    right = "".join(own.spellings)
    if "'" in right:
        return True
    is_swapped = sorted(own.word) == sorted(right)  # teh, adn
    return not features.title and (len(own.word) >= CERTAIN_LETTERS or is_swapped)


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
