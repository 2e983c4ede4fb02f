"""A blog must write a word one way."""

from collections import Counter
from collections.abc import Iterator
from operator import itemgetter
from typing import Literal

from contentlint.api import (
    Dialect,
    Edit,
    Example,
    Facts,
    Fix,
    Options,
    Problem,
    Question,
    Site,
    Span,
    Spelling,
    has_inner_capital,
    option,
    site_rule,
)

# ---- dialect -----------------------------------------------------------------------------------

_ENOUGH, _CLEAR = 8, 0.85  # so many words of a blog, and so much of them, show its dialect
_ENOUGH_IN_POST = 5  # and so many words of a post, if the blog shows none
_AT_EASE = 3  # so many different words of the other dialect, and few of the usual, are no slips
_CHOICES: dict[str, dict[Question, Dialect]] = {
    "auto": {},
    "american": {"color": "american", "organize": "american"},
    "british": {"color": "british", "organize": "british"},
    "oxford": {"color": "british", "organize": "american"},
}
_NAMES: dict[Dialect, str] = {"american": "American", "british": "British"}
_LETTERS: dict[Dialect, str] = {"american": "z", "british": "s"}

_Use = tuple[int, str, Spelling]  # where a word stands, the word, and its dialect


class DialectOptions(Options):
    dialect: Literal["auto", "american", "british", "oxford"] = option(
        "auto",
        "The spelling of the blog: `american` (color, organize), `british` (colour, organise) or "
        "`oxford` (colour, organize); what it writes most if `auto`.",
    )


@site_rule(
    "consistency/dialect",
    "British spelling among American, or American among British",
    severity="warning",
    options=DialectOptions,
    examples=[
        Example(
            bad="A specialized technician, ⟦specialised⟧ in dryers.\n",
            good="A specialised technician, specialised in dryers. A Labour of Love.\n",
        ),
        Example(
            bad="Its ⟦flavor⟧ is organized.\n",
            good="Its flavour is organized. It says “flavor” on it.\n\n> The flavor of it.\n",
            options={"dialect": "oxford"},
        ),
    ],
)
def dialect(page: Facts, site: Site, options: DialectOptions) -> Iterator[Problem]:
    """`colour` among `color` looks as if two people had written the post. What the blog writes most
    is taken for its English if that is clear, or else what the post writes most. If neither is,
    only a word that the post itself writes both ways is reported, once.

    Endings in -ize and -ise are a question of their own, since -ize is right with `colour`, too.
    Left alone are names, quotations, and a post that is in the other English throughout, unless you
    say which one yours is:

        [rules."consistency/dialect"]
        dialect = "british"

    Canadians write `oxford`, Australians `british`.
    """
    for question, uses in _by_question(page, site).items():
        choice = _CHOICES[options.dialect].get(question)
        wanted, writer = (choice, "configuration") if choice else _usual(question, uses, site)
        if wanted is None:
            yield from _both_ways(uses)
        for start, word, spelling in uses:
            if wanted and spelling.dialect != wanted:
                yield _problem(start, word, spelling, f"the {writer} prefers")


def _by_question(page: Facts, site: Site) -> dict[Question, list[_Use]]:
    found: dict[Question, list[_Use]] = {}
    for text, starts in page.forms:
        spelling = site.dialect(text)
        if spelling:
            uses = found.setdefault(spelling.question, [])
            uses.extend((start, text, spelling) for start in starts)
    return found


def _usual(question: Question, uses: list[_Use], site: Site) -> tuple[Dialect | None, str]:
    """What this post should write, and what says so: the blog, or the rest of the post."""
    here: Counter[Dialect] = Counter(spelling.dialect for _, _, spelling in uses)
    blog: Counter[Dialect] = Counter({side: site.dialects[question, side] for side in _NAMES})
    usual = _majority(blog, _ENOUGH)
    if usual is None:
        return _majority(here, _ENOUGH_IN_POST), "rest of the post"
    others = {word for _, word, spelling in uses if spelling.dialect != usual}
    if len(others) >= _AT_EASE and here.total() >= 3 * here[usual]:
        return None, ""
    return usual, "blog"


def _majority(counts: Counter[Dialect], enough: int) -> Dialect | None:
    side = max(counts, key=counts.__getitem__)  # `most_common` would import heapq
    total = counts.total()
    return side if total >= enough and counts[side] >= _CLEAR * total else None


def _both_ways(uses: list[_Use]) -> Iterator[Problem]:
    """Report one of the words that the post writes in both ways: the rarer form of it, or the one
    that comes later."""
    counts = Counter(word for _, word, _ in uses)
    first = {word: start for start, word, _ in sorted(uses, reverse=True)}
    for start, word, spelling in sorted(uses):
        other = spelling.other
        if other in first and (counts[other], first[word]) > (counts[word], first[other]):
            yield _problem(start, word, spelling, "the post also writes")
            return


def _problem(start: int, word: str, spelling: Spelling, reason: str) -> Problem:
    place = Span(start, start + len(word))
    other: Dialect = "american" if spelling.dialect == "british" else "british"
    if spelling.question == "organize":
        message = f"`{word}` has {_LETTERS[spelling.dialect]}, and {reason} {_LETTERS[other]}"
    else:
        message = f"`{word}` is {_NAMES[spelling.dialect]}, and {reason} {_NAMES[other]} spelling"
    return Problem(
        place,
        message,
        (spelling.other,),
        Fix((Edit(place, spelling.other),), safe=False),
    )


# ---- brands ------------------------------------------------------------------------------------

_USES, _SHARE = 5, 0.9  # so many uses of a form, and so much of all, make it the blog's own
# In small letters a name may be a command, a package or a handle.
_USES_OF_SMALL, _SHARE_OF_SMALL = 20, 0.95


@site_rule(
    "consistency/brand-case",
    "a name whose capitals the blog sets otherwise",
    severity="warning",
    examples=[
        Example(
            bad="Use ⟦Javascript⟧ for it.\n",
            good="Use JavaScript for it, `Javascript`, Javascript.info and JAVASCRIPT.\n",
            files={"content/posts/a.md": "Use JavaScript, says JavaScript.\n" * 5},
        ),
    ],
)
def brand_case(page: Facts, site: Site) -> Iterator[Problem]:
    """A blog that writes `JavaScript` forty times and `Javascript` once has made a slip. Reported is
    only what the blog itself writes otherwise nine times out of ten, and only names with capitals
    inside. Words of your vocabulary are right in any case.
    """
    for text, start in _written(page):
        usual = _usual_form(text, site)
        if usual[1:] != text[1:] and not text.isupper() and not site.is_accepted(text):
            place = Span(start, start + len(text))
            yield Problem(
                place,
                f"`{text}`, which the blog writes `{usual}`",
                (usual,),
                Fix((Edit(place, usual),), safe=False),
            )


def _written(page: Facts) -> Iterator[tuple[str, int]]:
    """The known names of a post, and all unknown words with a capital."""
    for text, starts in page.forms:
        for start in starts:
            yield text, start
    for candidate in page.unknown:
        if page.language == "en" and not candidate.word.islower():
            yield candidate.word, candidate.start


def _usual_form(text: str, site: Site) -> str:
    """How the blog writes the name; the text itself if it is none, or there is no usual way."""
    forms = site.forms.get(text.lower(), {})
    if len(forms) > 1:
        usual, count = max(forms.items(), key=itemgetter(1))
        uses, share = (_USES_OF_SMALL, _SHARE_OF_SMALL) if text.islower() else (_USES, _SHARE)
        if count >= uses and count >= share * sum(forms.values()) and has_inner_capital(usual):
            return usual
    return text
