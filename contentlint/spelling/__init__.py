"""Which words of a blog are typos, and what was meant.

`Lexicon` knows words. `candidates` finds those of one file that it does not know; that depends on
the file alone, so it can be cached. `Judge` decides about each distinct one once all files are
read, because the blog's own `Vocabulary` has a say. `build_lexicon` makes the data, `fit_weights`
the model.
"""

from contentlint.spelling.lexicon import Lexicon, key
from contentlint.spelling.model import Judge, Verdict
from contentlint.spelling.unknown import Candidate, candidates
from contentlint.spelling.vocabulary import Usage, Vocabulary, listed_words
from contentlint.spelling.weights import Features

__all__ = [
    "Candidate",
    "Features",
    "Judge",
    "Lexicon",
    "Usage",
    "Verdict",
    "Vocabulary",
    "candidates",
    "key",
    "listed_words",
]
