"""Words must be spelt right."""

from collections.abc import Iterator

from contentlint.api import Edit, Example, Facts, Fix, Problem, Site, Span, Verdict, site_rule


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

    Code, addresses, file names, templates and text in other languages are not checked.
    """
    for word, start, end, context in page.unknown:
        if site.is_accepted(word):
            continue
        verdict = site.judge(word, context)
        if verdict is None:
            continue
        hint = f"; did you mean `{verdict.suggestions[0]}`?" if verdict.suggestions else ""
        yield Problem(
            Span(start, end),
            f"`{word}` is misspelt{hint}",
            verdict.suggestions,
            _fix(verdict, Span(start, end), page),
            verdict.severity,
        )


def _fix(verdict: Verdict, span: Span, page: Facts) -> Fix | None:
    """Mend what stands on the list of known misspellings; nothing is guessed."""
    if not verdict.certain or len(verdict.suggestions) != 1:
        return None
    word = verdict.suggestions[0]
    if span.start < page.body and "'" in word:
        return None  # an apostrophe would end a quoted string of the front matter
    return Fix((Edit(span, word),))
