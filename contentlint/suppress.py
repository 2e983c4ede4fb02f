"""Comments that switch rules off: `<!-- contentlint-disable-next-line typos: a name -->`.

After the directive come rules or concerns, separated by commas or blanks (none: all), and after a
colon the reason. `disable-line` is for the comment's own line, `disable-next-line` for the next one
that is not blank, `disable-file` for the whole file; `disable` holds until `enable`, or to the end.

A comment may be one of HTML, of a template (`{/* … */}` in MDX, `{{/* … */}}` in Hugo, `{# … #}` in
Jinja, `{% comment %} … {% endcomment %}` in Liquid), or of YAML or TOML front matter (`# …`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from contentlint.config import matches
from contentlint.text import line_end, line_start

if TYPE_CHECKING:
    from contentlint.document import Document

_DIRECTIVE = (
    r"[ \t-]*contentlint-(?P<what>disable-next-line|disable-line|disable-file|disable|enable)"
    r"(?![\w-])(?P<rules>[ \t,\w/-]*)"
)
# Compiled when the first directive is seen, which is never in most runs.
_IN_COMMENT = r"\s*" + _DIRECTIVE
_IN_TEMPLATE = r"\{(?:\{-?\s*/\*|/\*|#|%-?\s*comment\s*-?%\})\s*" + _DIRECTIVE
_IN_FRONT_MATTER = r"(?<!\S)#" + _DIRECTIVE
_TO_NEXT_LINE = r"[^\r\n]*+(?:\r\n?|\n)(?:[ \t]*+(?:\r\n?|\n))*+"


class _Directive(NamedTuple):
    what: str
    rules: tuple[str, ...]
    start: int
    end: int


class _Range(NamedTuple):
    """Characters in which rules or concerns are off (or on again); no rules means all."""

    rules: tuple[str, ...]
    start: float
    end: float
    off: bool = True

    def covers(self, rule_id: str, offset: int) -> bool:
        return self.start <= offset < self.end and (not self.rules or matches(rule_id, self.rules))


class Suppressions(NamedTuple):
    """What the comments of one document switch off: at some places, and from switches on, of which
    the latest stands first."""

    places: tuple[_Range, ...] = ()
    switches: tuple[_Range, ...] = ()

    @classmethod
    def of(cls, document: Document) -> Suppressions:
        """Those of a document."""
        text = document.source.text
        if "contentlint-" not in text:
            return cls()
        places: list[_Range] = []
        switches: list[_Range] = []
        for directive in sorted(_directives(document), key=lambda directive: directive.start):
            if directive.what in ("disable", "enable"):
                off = directive.what == "disable"
                switches.insert(0, _Range(directive.rules, directive.end, inf, off))
            elif place := _place(directive, text):
                places.append(_Range(directive.rules, *place))
        return cls(tuple(places), tuple(switches))

    def cover(self, rule_id: str, offset: int) -> bool:
        """Whether a finding of a rule that begins at an offset is switched off."""
        if any(place.covers(rule_id, offset) for place in self.places):
            return True
        last = (switch.off for switch in self.switches if switch.covers(rule_id, offset))
        return next(last, False)


def _place(directive: _Directive, text: str) -> tuple[float, float] | None:
    """Where a comment for a file, its own line or the next one holds; None if there is no next."""
    if directive.what == "disable-file":
        return 0, inf
    if directive.what == "disable-line":
        return _line(text, directive.start)
    rest = re.compile(_TO_NEXT_LINE).match(text, directive.end)
    return _line(text, rest.end()) if rest else None


def _directives(document: Document) -> Iterator[_Directive]:
    for comment in document.comments:
        if match := re.match(_IN_COMMENT, comment.text):
            yield _directive(match, *comment.span)
    text = document.source.text
    for template in document.templates:
        if match := re.compile(_IN_TEMPLATE).match(text, *template.span):
            yield _directive(match, *template.span)
    if document.front_matter and document.front_matter.format != "json":
        for match in re.compile(_IN_FRONT_MATTER).finditer(text, *document.front_matter.content):
            yield _directive(match, *match.span())


def _directive(match: re.Match[str], start: int, end: int) -> _Directive:
    rules = tuple(match["rules"].lower().replace(",", " ").split())
    return _Directive(match["what"], rules, start, end)


def _line(text: str, offset: int) -> tuple[int, float]:
    """Where the line around an offset begins, and where the next one does."""
    end = line_end(text, offset)
    return line_start(text, offset), end + 1 if end < len(text) else inf
