"""Which keys of front matter are misspelt."""

import re

from contentlint.api import Facts, Key, Site, pattern

# Keys that generators and most themes know. From the documentation of Hugo, Jekyll, Eleventy, Astro,
# Docusaurus, MkDocs Material, Hexo and Pelican.
WELL_KNOWN = (
    "aliases", "author", "authors", "canonical", "canonicalURL", "categories", "category",
    "comments", "contentlint-disable", "cover", "date", "description", "draft", "excerpt", "expiryDate", "featured",
    "image", "images", "keywords", "language", "lastmod", "last_modified_at", "layout", "modified",
    "permalink", "pubDate", "publishDate", "published", "redirect_from", "resources", "series",
    "sitemap", "slug", "subtitle", "summary", "tags", "template", "thumbnail", "title",
    "translationKey", "updated", "updatedDate", "weight",
)  # fmt: skip
_IGNORES_CASE = ("hugo", "pelican")  # generators for which `Title` is as good as `title`
_MOST_KEYS = 200  # of a post; one that has more is no post
_USUAL = 20  # times as often as the misspelling a key of the blog occurs
_LONG = 8  # letters of a key in which two slips are believed
_WORD = pattern(r"[A-Z]?[a-z]+|[A-Z]+")


def misspelt(page: Facts, site: Site) -> dict[str, Key]:
    """The keys of a post that are misspelt, by what was meant."""
    found: dict[str, Key] = {}
    if len(page.keys) > _MOST_KEYS:
        return found
    own = {key.name.lower() for key in page.keys}
    for key in page.keys:
        if key.name not in WELL_KNOWN:
            known = _known(key.name, page, site)
            lacking = [
                name for name in known if name.lower() not in own or _is_case(key.name, name)
            ]
            wanted = _meant(key.name, lacking, site)
            if wanted and wanted not in found:
                found[wanted] = key
    return found


def _known(name: str, page: Facts, site: Site) -> list[str]:
    """The keys that are so much more usual than this one that it may be a slip for them.

    In a post in another language `titel` may well be a word.
    """
    uses = site.keys[name]
    usual = [other for other, count in site.usual_keys.items() if count >= uses * _USUAL]
    if uses > 1 or page.language != "en":
        return usual
    return [*usual, *(other for other in WELL_KNOWN if other not in usual)]


def _is_case(name: str, other: str) -> bool:
    return name != other and name.lower() == other.lower()


def _meant(name: str, known: list[str], site: Site) -> str | None:
    for other in known:
        if _is_case(name, other):
            cares = site.links.generator.name.lower() not in _IGNORES_CASE
            return other if cares and site.keys[other] >= _USUAL // 2 else None
    if _is_wordlike(name, site):
        return None
    most = 2 if len(name) >= _LONG else 1
    near = [(edits(name.lower(), other.lower(), most), other) for other in known]
    best = min(near, default=(most + 1, ""), key=lambda pair: pair[0])
    return best[1] if best[0] <= most and not _is_form(name, best[1]) else None


def _is_wordlike(name: str, site: Site) -> bool:
    """Whether a key is made of words, so that somebody may well have meant it."""
    return not name.isascii() or all(
        len(word) < 3 or site.is_word(word.lower()) for word in _WORD.findall(name)
    )


def _is_form(name: str, other: str) -> bool:
    """Whether they differ in dashes, case or a plural, as the keys of different themes do."""
    plain, same = (re.sub(r"[\W_]", "", text.lower()) for text in (name, other))
    return plain.removesuffix("s") == same.removesuffix("s")


def edits(one: str, other: str, most: int) -> int:
    """How many letters to add, drop, change or swap; anything above `most` if it is more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one):
        last, before, row = before, row, [i + 1]
        for j, b in enumerate(other):
            cost = min(before[j] + (a != b), before[j + 1] + 1, row[j] + 1)
            if i and j and a == other[j - 1] and b == one[i - 1]:
                cost = min(cost, last[j - 1] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
