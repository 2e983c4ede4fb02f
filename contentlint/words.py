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


def tokens(text: str) -> frozenset[str]:
    """The coarse words of a text: lower-case ASCII, digits, `_`, straight apostrophes and all that
    is not ASCII, cut at everything else."""
    data = text.encode("utf-8", "replace").replace(b"\xe2\x80\x99", b"'")
    return frozenset(data.translate(_TOKENS).decode("utf-8").split())


def plain_words(text: str) -> Iterator[str]:
    """The words of a text as a reader compares them: case and punctuation aside."""
    return (match[0] for match in re.finditer(r"\w+", text.casefold()))
