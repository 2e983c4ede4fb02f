"""What a configuration written in JavaScript or Python tells as it stands there. Nothing is run:
only values that are written out count, and what else is said of a key cannot be known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from contentlint.patterns import pattern

_LARGEST = 200_000  # characters of a configuration; what is longer was not written by people
_MOST_BLOCKS = 40

# Strings come first, so that no sign in one begins a comment. What is never closed goes on to the
# end of its line or of the text, so that nothing is read twice.
_STRINGS = r"""("(?:[^"\\\n]|\\.)*+(?:"|$)|'(?:[^'\\\n]|\\.)*+(?:'|$)"""
_JAVASCRIPT = pattern(
    _STRINGS + r"""|`(?:[^`\\]|\\(?s:.))*+(?:`|\Z))|//[^\n]*|/\*(?s:.)*?(?:\*/|\Z)""", re.MULTILINE
)
_PYTHON = pattern(_STRINGS + r""")|\#[^\n]*""", re.MULTILINE)
_BRACKETS = pattern(_STRINGS + r""")|[][{}()]|false""", re.MULTILINE)
_VALUE = r"""\s*(?:"([^"\\\n$]*)"|'([^'\\\n$]*)'|`([^`\\$]*)`|(true|false|True|False)\b)\s*(?=[,;}})\n\r]|\Z)"""
_STRING = pattern(r""""([^"\\\n]*)"|'([^'\\\n]*)'|`([^`\\$]*)`""")


class Script:
    """A configuration written in a programming language, without its comments."""

    def __init__(self, text: str, *, python: bool = False) -> None:
        comments = _PYTHON if python else _JAVASCRIPT
        self.text = comments.sub(lambda match: match[1] or " ", text[:_LARGEST])

    def names(self, key: str) -> bool:
        """Whether the key or variable is set at all."""
        return _setting(key).search(self.text) is not None

    def value(self, key: str) -> str | None:
        """The string or truth value that the key is set to wherever it is, as text; None if it is
        not set, or not to one value that is written out."""
        places = list(_setting(key).finditer(self.text))
        found = {_written(match) for match in places}
        return found.pop() if len(found) == 1 else None

    def values(self, key: str) -> list[str]:
        """All the values that are written out for a key, in order."""
        found = [_written(match) for match in _setting(key).finditer(self.text)]
        return [value for value in found if value is not None]

    def is_unclear(self, key: str) -> bool:
        """Whether a key is set to something that only running the script would tell."""
        return self.names(key) and self.value(key) is None

    def blocks(self, before: re.Pattern[str]) -> Iterator[tuple[re.Match[str], str]]:
        """For each match of a pattern, the bracket that follows it, with all that is in it; or the
        word there if it is none."""
        for match in islice(before.finditer(self.text), _MOST_BLOCKS):
            yield match, self._block(match.end())

    def _block(self, start: int) -> str:
        depth = 0
        for match in _BRACKETS.finditer(self.text, start):
            depth += {"{": 1, "[": 1, "(": 1, "}": -1, "]": -1, ")": -1}.get(match[0], 0)
            if depth <= 0:
                return self.text[start : match.end() if depth == 0 else match.start()]
        return ""

    def outermost(self) -> Script:
        """The same without what stands in brackets in brackets: of a table, its own keys."""
        kept: list[str] = []
        depth = end = 0
        for match in _BRACKETS.finditer(self.text):
            change = 1 if match[0] in ("{", "[", "(") else -1 if match[0] in ("}", "]", ")") else 0
            if depth < 2:
                kept.append(self.text[end : match.end()])
            elif depth + change < 2:
                kept.append(match[0])
            depth += change
            end = match.end()
        return Script("".join(kept))

    def strings(self, key: str) -> list[str]:
        """The strings of the list that the key is first set to."""
        match = _setting(key).search(self.text)
        if match is None:
            return []
        rest = self.text[match.end("is") :].lstrip()
        inside = rest[1 : max(rest.find("]"), 0)] if rest.startswith("[") else ""
        return [match[match.lastindex or 0] for match in _STRING.finditer(inside)]


def _setting(key: str) -> re.Pattern[str]:
    name = re.escape(key)
    return re.compile(rf"""(?<![\w.$-])["']?{name}["']?\s*(?P<is>[:=](?![:=]))(?:{_VALUE})?""")


def _written(match: re.Match[str]) -> str | None:
    value = next((group for group in match.groups()[1:] if group is not None), None)
    return value.lower() if value in ("True", "False") else value
