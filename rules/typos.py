"""Words must be spelt right, stand once, and be whole."""

from collections.abc import Iterable, Iterator

from contentlint.api import (
    Document,
    Edit,
    Example,
    Facts,
    Fix,
    Heading,
    Options,
    Problem,
    Site,
    Span,
    Verdict,
    file_rule,
    last_part,
    option,
    site_rule,
)

from ._repeated import repeated
from ._split import split


@site_rule(
    "typos/misspelling",
    "a misspelt word",
    examples=[
        Example(
            bad="Having a ⟦refuigerator⟧ break down is no reason to panic.\n",
            good="Having a refrigerator break down is no reason to panic.\n",
        ),
        Example(
            bad="---\ndescription: '⟦Dont⟧ let it leave you in the cold'\n---\n",
            good='---\ndescription: "Don\'t let it leave you in the cold"\n---\n',
        ),
        Example(
            bad="It is ⟦teh⟧ best one.\n",
            good="It is the best one, says Wozniak. Use `teh` and https://example.org/teh.\n",
        ),
    ],
)
def misspelling(page: Facts, site: Site) -> Iterator[Problem]:
    """A word is reported if it is in no dictionary, close to a usual word, and not one of the
    blog's own: a name used in several posts is no typo. Words that are right all the same are
    written down, in any case, by `contentlint vocabulary add heatpumpify` or in the configuration:

        vocabulary = ["Kubernetes", "heatpumpify"]

    What stands on the list of known misspellings is mended by `--fix`, unless a link may depend on
    it: in headings, titles and labels.

    Code, addresses, file names, templates and text in other languages are not checked. For posts
    in another language you may configure a Hunspell dictionary:

        [dictionaries]
        de = "dictionaries/de_DE"
    """
    speller = site.speller_of(page)
    for word, start, end, context in page.unknown:
        if site.is_accepted(word):
            continue
        verdict = speller.judge(word, context)
        if verdict is None:
            continue
        hint = f"; did you mean `{verdict.suggestions[0]}`?" if verdict.suggestions else ""
        yield Problem(
            Span(start, end),
            f"`{word}` is misspelt{hint}",
            verdict.suggestions,
            _fix(verdict, Span(start, end), page, site),
            verdict.severity,
            speller.reason(word, context) if site.gives_reasons else "",
        )


def _fix(verdict: Verdict, span: Span, page: Facts, site: Site) -> Fix | None:
    """Mend it if there is one suggestion. No eye is needed for what stands on the list of known
    misspellings, unless links may depend on it."""
    if verdict.severity != "error" or len(verdict.suggestions) != 1:
        return None
    word = verdict.suggestions[0]
    is_in_body = span.start >= page.body
    if "'" in word and not is_in_body:
        return None  # an apostrophe would end a quoted string of the front matter
    is_named = (
        _is_in_heading(span, page.headings) or _is_label(span, page)
        if is_in_body
        else _is_in_address(span, page, site)
    )
    return Fix((Edit(span, word),), safe=verdict.certain and not is_named)


def _is_in_heading(span: Span, headings: Iterable[Heading]) -> bool:
    """Whether the id of a heading is made of what stands there."""
    return any(
        heading.span.start <= span.start < heading.span.end and "#" not in heading.attributes
        for heading in headings
    )


def _is_label(span: Span, page: Facts) -> bool:
    """Whether it may be the label of a definition: `[the label]`."""
    texts = [link.text for link in page.links if link.kind == "reference"]
    texts += [image.alt_span for image in page.images if image.kind == "reference"]
    return any(start <= span.start < end for start, end in texts)


def _is_in_address(span: Span, page: Facts, site: Site) -> bool:
    """Whether it stands in the title, and the URL of the page may be made of that: the last part of
    the URL is nothing that the file or its front matter says."""
    before = [key for key in page.keys if key.span.start < span.start]
    if not before or before[-1].name.lower() != "title" or page.urls:
        return False
    name = last_part(site.links.url(page) or "").lower()
    return not name or name not in page.path.lower()


_NEVER_TWICE = frozenset(["a", "an", "and", "of", "the"])


class RepeatedWordOptions(Options):
    allowed: tuple[str, ...] = option((), "Words that may stand twice, such as `bora`.")


@file_rule(
    "typos/repeated-word",
    "a word that stands twice",
    options=RepeatedWordOptions,
    examples=[
        Example(
            bad="Take the ⟦the⟧ filter out.\n",
            good="Take [the](/a) the filter out. That that is hot, is very very hot; no no no.\n",
        ),
        Example(
            bad="> The dryer fits into\n> ⟦into⟧ the niche.\n",
            good="> The dryer fits into\n> the niche.\n",
        ),
    ],
)
def repeated_word(document: Document, options: RepeatedWordOptions) -> Iterator[Problem]:
    """A second `the` at the start of a line is hard to see, and often stays for years.

    What may well stand twice is left alone: `had had`, emphasis (`very very`), sounds, names, and
    anything that stands three times. So are words that only markup brings together, such as the
    cells of a table, or a link and the word after it. Words of yours go into the configuration:

        [rules."typos/repeated-word"]
        allowed = ["bora"]

    Only `the`, `a`, `an`, `and` and `of` are taken out without asking, and not where addresses are
    made of them: in headings and front matter.
    """
    for gap, start, end, is_slip in repeated(document, frozenset(map(str.lower, options.allowed))):
        word = document.mask[start:end]
        is_named = start < document.body or _is_in_heading(Span(start, end), document.headings)
        yield Problem(
            Span(start, end),
            f"`{word}` stands twice",
            fix=Fix((Edit(Span(gap, end), ""),), safe=word in _NEVER_TWICE and not is_named),
            severity=None if is_slip else "warning",
        )


@file_rule(
    "typos/split-word",
    "a word that is written as two",
    examples=[
        Example(
            bad="Before you ⟦trouble shoot⟧ it, see to the ⟦dish washer⟧.\n",
            good="Every day it may be in trouble; shoot a film of it, log in, and set it up.\n",
        )
    ],
)
def split_word(document: Document) -> Iterator[Problem]:
    """Both parts are words, so no dictionary sees it. Reported are only pairs that hardly ever mean
    anything apart: `trouble shoot`, `when ever`, but not `every day`, `log in` or `web site`."""
    for place, joined in split(document):
        yield Problem(
            place,
            f"`{joined}` is one word",
            (joined,),
            Fix((Edit(place, joined),), safe=False),
        )
