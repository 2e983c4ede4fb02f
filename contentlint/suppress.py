"""Comments that switch rules off: `<!-- contentlint-disable-next-line typos: a name -->`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from contentlint.config import matches
from contentlint.document import Document
from contentlint.text import Source

_DIRECTIVE = re.compile(
    r"\s*contentlint-(disable-next-line|disable-line|disable-file|disable|enable)\b\s*([^:]*)"
)
_NON_BLANK_LINE = re.compile(r"[^\r\n]*\S")


class Suppression(NamedTuple):
    """Rules or concerns that are off from one line to another, both included; `()` means all."""

    rules: tuple[str, ...]
    first: int
    last: float

    def covers(self, rule_id: str, line: int) -> bool:
        return self.first <= line <= self.last and (not self.rules or matches(rule_id, self.rules))


def suppressions(document: Document) -> list[Suppression]:
    """Read the comments of a document that switch rules off.

    `disable-next-line` is for the next line that is not blank, `disable-line` for the comment's
    own, `disable` holds until `enable` or the end, `disable-file` for the whole file.
    """
    source = document.source
    found: list[Suppression] = []
    if "contentlint-" not in source.text:
        return found
    for comment in document.comments:
        match = _DIRECTIVE.match(comment.text)
        if match is None:
            continue
        rules = tuple(match[2].replace(",", " ").split())
        line = source.position(comment.span.start).line
        if match[1] == "enable":
            found = [_end(suppression, rules, line) for suppression in found]
        elif match[1] == "disable-next-line":
            next_line = _next_line(source, comment.span.end)
            found.append(Suppression(rules, next_line, next_line))
        elif match[1] == "disable-line":
            found.append(Suppression(rules, line, line))
        else:
            found.append(
                Suppression(rules, 1 if match[1] == "disable-file" else line, float("inf"))
            )
    return found


def is_suppressed(rule_id: str, line: int, found: Iterable[Suppression]) -> bool:
    """Whether a finding of a rule on a line is switched off."""
    return any(suppression.covers(rule_id, line) for suppression in found)


def _end(suppression: Suppression, rules: tuple[str, ...], line: int) -> Suppression:
    still_open = suppression.last == float("inf") and suppression.first > 1
    if still_open and (not rules or set(rules) & set(suppression.rules)):
        return suppression._replace(last=line)
    return suppression


def _next_line(source: Source, offset: int) -> int:
    text = source.text
    ends = [at for at in (text.find("\n", offset), text.find("\r", offset)) if at >= 0]
    if not ends:
        return source.position(offset).line
    match = _NON_BLANK_LINE.search(text, min(ends))
    return source.position(match.end() - 1 if match else offset).line
