"""What the model knows about a word, and how much each of it says for or against a typo.

The weights were fitted by logistic regression, with `fit_weights`, to typos that were mended in 25
real blogs and to edited posts of five of them.
"""

from __future__ import annotations

from contentlint.tuples import NamedTuple


class Features(NamedTuple):
    """What is known about a word, its best reading and its context. Most are 0 or 1."""

    bias: float
    likeness: float  # see Meaning
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
    quoted: float
    apart: float  # set apart by markup: emphasis, a link
    beside_name: float  # before or after it stands what may be the other half of a name
    accented: float
    named: float  # in tags or authors
    person: float  # capitalised, and a name that people bear
    inflected: float  # has an ending, see derive; these two are told of no listed misspelling
    kin: float  # the best reading is another form of the same word
    prefixed: float
    plural: float  # the best reading differs by a final s only
    added: float  # the best reading and one letter at its start or end, but no s
    of_blog: float  # the best reading is a word of the blog


WARNING, ERROR = 0.0, 0.79  # scores from which a word is reported

WEIGHTS = Features(
    bias=-2.31,
    likeness=0.50,
    own=-0.47,
    posts=-1.43,
    uses=-1.06,
    length=1.21,
    capitalised=-0.87,
    as_name=-0.60,
    title=-0.47,
    inner_caps=-2.05,
    all_caps=-4.34,
    hyphenated=-0.97,
    crowded=-1.48,
    quoted=-3.68,
    apart=-0.98,
    beside_name=-1.13,
    accented=-3.74,
    named=-3.50,
    person=-1.55,
    inflected=-0.51,
    kin=-1.47,
    prefixed=-3.50,
    plural=-0.33,
    added=-0.85,
    of_blog=-0.94,
)
