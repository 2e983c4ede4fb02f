"""How texts are cut into words and compared."""

from __future__ import annotations

import re
from collections.abc import Iterator

# A table of bytes is four times as fast as any regular expression: A to Z become lower-case, letters,
# digits, `_`, `'` and whatever is not ASCII stay, and the rest becomes a blank.
_TOKENS = bytes(
    byte + 32
    if 65 <= byte <= 90
    else byte
    if byte > 127 or bytes((byte,)).isalnum() or byte in b"_'"
    else 32
    for byte in range(256)
)


def cut(text: str) -> str:
    """A text with only its coarse words left, each where it stands: lower-case ASCII, digits, `_`,
    straight apostrophes and all that is not ASCII stay, and the rest becomes blanks."""
    data = text.encode("utf-8", "replace").translate(_TOKENS)
    return data.decode("utf-8").replace("’", "'")


def tokens(text: str) -> frozenset[str]:
    """The coarse words of a text, see `cut`."""
    return frozenset(cut(text).split())


def plain_words(text: str) -> Iterator[str]:
    """The words of a text as a reader compares them: case and punctuation aside."""
    return iter(re.findall(r"\w+", text.casefold()))
