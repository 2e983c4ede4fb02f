"""Which words of a blog are typos, and what was meant.

`Lexicon` knows words. `candidates` finds those of one file that it does not know; that depends on
the file alone, so it can be cached; `forms` are the known ones that are right in another form,
too. `Judge` decides about each distinct unknown one once all files are read, because the blog's own
`Vocabulary` has a say. `build_lexicon` makes the data, `fit_weights` the model.
"""

from contentlint.spelling.dialects import Dialect, Question, Spelling, dialect
from contentlint.spelling.forms import Form, forms, has_inner_capital
from contentlint.spelling.lexicon import Lexicon, key
from contentlint.spelling.model import Judge, Verdict
from contentlint.spelling.unknown import Candidate, candidates
from contentlint.spelling.vocabulary import Usage, Vocabulary, listed_words
from contentlint.spelling.weights import Features

__all__ = [
    "Candidate",
    "Dialect",
    "Features",
    "Form",
    "Judge",
    "Lexicon",
    "Question",
    "Spelling",
    "Usage",
    "Verdict",
    "Vocabulary",
    "candidates",
    "dialect",
    "forms",
    "has_inner_capital",
    "key",
    "listed_words",
]
