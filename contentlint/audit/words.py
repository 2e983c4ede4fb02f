"""Words that the dictionary does not know and the blog uses again and again: for its word list."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from contentlint import wordlist
from contentlint.audit.gather import Gathered
from contentlint.finding import Finding
from contentlint.spelling import key
from contentlint.spelling.unknown import FOREIGN
from contentlint.tuples import NamedTuple

_OFTEN, _POSTS = 3, 2  # uses, and posts that they are in
_MOST, _PLACES = 300, 5
_TYPOS = "typos/"


class Word(NamedTuple):
    """An unknown word in its most usual form, with some of the posts that it is in; `findings` is how
    often it is called misspelt. `accept` tells that it surely is a word of this blog."""

    word: str
    uses: int
    posts: int
    findings: int
    accept: bool
    places: list[str]


def candidates(blog: Gathered, findings: Iterable[Finding]) -> list[Word]:
    """The words that may go into the word list, the most usual first."""
    forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    places: defaultdict[str, dict[str, None]] = defaultdict(dict)
    reported = Counter(
        (finding.path, finding.span.start)
        for finding in findings
        if finding.rule.startswith(_TYPOS)
    )
    misspelt: Counter[str] = Counter()
    for post in blog.checked:
        for candidate in post.facts.unknown:
            if not candidate.context & FOREIGN and not blog.site.is_accepted(candidate.word):
                name = key(candidate.word)
                forms[name][candidate.word] += 1
                places[name][post.path] = None
                misspelt[name] += reported[post.path, candidate.start]
    found = [
        Word(
            max(counts, key=lambda form: (counts[form], form)),
            counts.total(),
            len(places[name]),
            misspelt[name],
            not misspelt[name],
            list(places[name])[:_PLACES],
        )
        for name, counts in forms.items()
        if counts.total() >= _OFTEN and len(places[name]) >= _POSTS
    ]
    usable = [one for one in found if wordlist.complain(one.word) is None]
    return sorted(usable, key=lambda one: (-one.posts, -one.uses, one.word))[:_MOST]
