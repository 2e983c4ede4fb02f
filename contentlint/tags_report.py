"""The tags of a blog in a table or as JSON, for `contentlint tags`."""

from __future__ import annotations

from typing import Any

from contentlint.site import Site
from contentlint.tags import Term

_NARROWEST = 5  # the width of the counts
_WIDEST = 100


def as_data(site: Site) -> list[dict[str, Any]]:
    """Each taxonomy of a blog with its terms, the most usual first, as JSON has them."""
    return [
        {"taxonomy": name, "language": language, "terms": list(map(_term, terms))}
        for name, language, terms in site.tags.taxonomies()
    ]


def _term(term: Term) -> dict[str, Any]:
    (name, posts), *others = term.spellings
    return {
        "name": name,
        "posts": posts,
        "variants": [{"name": other, "posts": count} for other, count in others],
        "looks_like": term.looks_like or None,
        "used_once": term.posts == 1,
    }


def as_text(taxonomies: list[dict[str, Any]]) -> str:
    """The same as a table: other spellings stand below the usual one, and tags that only one post
    has at the end, in a line."""
    languages = {taxonomy["language"] for taxonomy in taxonomies}
    return "\n".join(_table(taxonomy, several=len(languages) > 1) for taxonomy in taxonomies)


def _table(taxonomy: dict[str, Any], *, several: bool) -> str:
    terms = taxonomy["terms"]
    language = f" ({taxonomy['language']})" if several else ""
    variants = sum(len(term["variants"]) for term in terms)
    single = [term["name"] for term in terms if term["used_once"] and not term["looks_like"]]
    once = sum(term["used_once"] for term in terms)
    lines = [
        f"{taxonomy['taxonomy']}{language}: {_count(len(terms), 'term')}, "
        + f"{_count(variants, 'other spelling')}, {once} used once"
    ]
    for term in terms:
        if term["name"] in single:
            continue
        lines.append(f"{term['posts']:{_NARROWEST}}  {term['name']}{_hint(term)}")
        lines += [
            f"{other['posts']:{_NARROWEST}}    = {other['name']}" for other in term["variants"]
        ]
    if single:
        import textwrap

        before = f"{1:{_NARROWEST}}  "
        names = ", ".join(single)
        lines += textwrap.wrap(
            names, _WIDEST, initial_indent=before, subsequent_indent=" " * len(before)
        )
    return "\n".join(lines) + "\n"


def _hint(term: dict[str, Any]) -> str:
    return f"  (a slip of {term['looks_like']}?)" if term["looks_like"] else ""


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
