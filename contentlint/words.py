"""How texts are compared."""

from __future__ import annotations

import re
from collections.abc import Iterator


def plain_words(text: str) -> Iterator[str]:
    """The words of a text as a reader compares them: case and punctuation aside."""
    return (match[0] for match in re.finditer(r"\w+", text.casefold()))


def tag_key(name: str) -> str:
    """What the spellings of one tag have in common: case, blanks, dashes and plurals aside.

    `C`, `C++` and `C#` stay apart, since signs other than separators count.
    """
    folded = name.casefold().replace("&", " and ")
    words = folded.replace("-", " ").replace("_", " ").split()
    if words and len(words[-1]) > 3 and not words[-1].endswith(("ss", "us", "is", "ics")):
        words[-1] = _singular(words[-1])
    return "".join(words)


# Another word without its s, or none.
_NO_PLURALS = frozenset(
    [
        "news",
        "windows",
        "jeans",
        "rails",
        "pandas",
        "sports",
        "maps",
        "series",
        "species",
        "kubernetes",
        "devops",
    ]
)


def _singular(word: str) -> str:
    if word in _NO_PLURALS:
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("xes", "ches", "shes", "sses")):
        return word[:-2]
    return word.removesuffix("s")
