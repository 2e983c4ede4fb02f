"""Heading ids, as generators make them from a heading's text."""

from __future__ import annotations

import re

_DROPPED = re.compile(r"[^\w\- ]")


def github_id(text: str) -> str:
    """The id that github-slugger, Goldmark and kramdown's GFM mode make, without its number."""
    return _DROPPED.sub("", text.strip().lower()).replace(" ", "-")


def loose_id(fragment: str) -> str:
    """What the ids of all generators have in common, to compare without knowing which it is.

    Generators differ in how they write dashes, dots and accents (`a--b`, `a-b`), hardly in the
    letters: only those count.
    """
    import unicodedata

    folded = unicodedata.normalize("NFKD", fragment.casefold())
    return "".join(character for character in folded if character.isalnum())


def nearest(fragment: str, ids: tuple[str, ...]) -> str | None:
    """The id that was probably meant; None if none is near."""
    from difflib import get_close_matches

    near = get_close_matches(fragment, ids, n=1, cutoff=0.7)
    return near[0] if near else None
