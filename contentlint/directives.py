"""Reading what switches rules off: `<!-- contentlint-disable-next-line typos: a name -->`.

After the directive come rules or concerns, separated by commas or blanks; then, if it is to end some
day, `until 2027-01-01`; and after a colon the reason. `disable-line` is for the comment's own line,
`disable-next-line` for the next one that is not blank, `disable-file` for the whole file; `disable`
holds until `enable`, or to the end.

A comment may be one of HTML, of a template (`{/* … */}` in MDX, `{{/* … */}}` in Hugo, `{# … #}` in
Jinja, `{% comment %} … {% endcomment %}` in Liquid), or of YAML or TOML front matter (`# …`). What
front matter has under the key `contentlint-disable` is for the whole file.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING, Any

from contentlint.frontmatter import DISABLE_KEY, FrontMatter
from contentlint.options import is_list, is_table
from contentlint.text import Span, line_end, line_start
from contentlint.tuples import NamedTuple

if TYPE_CHECKING:
    from contentlint.document import Document
    from contentlint.fields import Field, Path

WHAT = ("disable-next-line", "disable-line", "disable-file", "disable", "enable")

_DIRECTIVE = r"[ \t-]*contentlint-(?P<what>\w[\w-]*)"
_IN_COMMENT = re.compile(rf"<!--\s*{_DIRECTIVE}")
_IN_TEMPLATE = re.compile(
    r"\{(?:\{[<%-]?\s*/\*|/\*|#|%-?\s*#|%-?\s*comment\s*-?%\}|\{[<%]\s*comment\s*[>%]\}\})"
    rf"\s*{_DIRECTIVE}"
)
_IN_FRONT_MATTER = re.compile(rf"(?<!\S)#{_DIRECTIVE}")
_END_OF_COMMENT = re.compile(r"\{%-?\s*endcomment\s*-?%\}|\{\{[<%]\s*/\s*comment\s*[>%]\}\}")
_CLOSING = "*/#%}>- \t\r\n"  # what a comment may end in
_TO_NEXT_LINE = re.compile(r"(?:\r\n?|\n)(?:[ \t>]*+(?:\r\n?|\n))*+")
_WORD = re.compile(r"[^\s,]+")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LINE_BREAK = re.compile(r"\r\n?|\n")
_BLANKS = re.compile(r"[ \t]*")
_BLANK_LINE = re.compile(r"[ \t]*(?:\r\n?|\n|\Z)")
_SEPARATORS = re.compile(r"[\s,-]*")
_MARKERS = re.compile(r"[ \t>*+.|#0-9-]*")  # of lists, quotes, tables and headings


class Name(NamedTuple):
    """A rule or concern that is named, where, and what to take out to take out the name; None if
    nothing but the whole directive."""

    text: str
    span: Span
    removal: Span | None


class Until(NamedTuple):
    """The last day on which a directive holds, as it is written; "" if it is left out."""

    text: str
    span: Span

    @property
    def day(self) -> date | None:
        """The day; None if it is none."""
        if not _DATE.fullmatch(self.text):
            return None
        try:
            return date.fromisoformat(self.text)
        except ValueError:
            return None


class Directive(NamedTuple):
    """What one comment, or one item of front matter, says.

    `what` is one of WHAT, or whatever else is written. `head` reaches from there to the colon.
    Without names all rules are meant. It is for the offsets from `start` to `end`. `removal` is what
    to take out with it, None if that cannot be told, and `is_apart` tells that then all around it
    surely stays as it is.
    """

    what: str
    head: Span
    names: tuple[Name, ...]
    until: Until | None
    reason: str
    start: int
    end: int
    removal: Span | None
    is_apart: bool

    @property
    def disables(self) -> bool:
        """Whether it switches something off."""
        return self.what in WHAT and self.what != "enable"


class Directives(NamedTuple):
    """All of a document, as they are kept."""

    all: tuple[Directive, ...]


def read(document: Document) -> tuple[Directive, ...]:
    """The directives of a document, in the order of the text."""
    found = [*_in_comments(document)]
    if document.front_matter:
        found += _in_comments_of_front_matter(document.source.text, document.front_matter)
        found += _under_key(document.source.text, document.front_matter)
    return tuple(sorted(found, key=lambda directive: directive.head))


# ---- comments ----------------------------------------------------------------------------------


def _in_comments(document: Document) -> Iterator[Directive]:
    text = document.source.text
    lines = _Lines(text)
    for comment in document.comments:
        if match := _IN_COMMENT.match(text, *comment.span):
            yield _directive(lines, match, comment.span, _removal(lines, comment.span))
    for template in document.templates:
        span: Span = template.span
        if match := _IN_TEMPLATE.match(text, *span):
            closing = _END_OF_COMMENT.match(text, span.end)
            span = Span(span.start, closing.end()) if closing else span
            inside = Span(span.start, template.span.end)
            yield _directive(lines, match, inside, _removal(lines, span))


def _in_comments_of_front_matter(text: str, front: FrontMatter) -> Iterator[Directive]:
    if front.format == "json":
        return
    lines = _Lines(text)
    strings = sorted(field.text for field in front.fields.values() if field.text)
    for match in _IN_FRONT_MATTER.finditer(text, *front.content):
        before = bisect_left(strings, (match.start() + 1,)) - 1
        if before < 0 or strings[before].end <= match.start():
            span = Span(match.start(), lines.end(match.start()))
            removal, _ = _removal(lines, span)
            yield _directive(lines, match, span, (removal, True))


def _directive(
    lines: _Lines, match: re.Match[str], span: Span, removal: tuple[Span | None, bool]
) -> Directive:
    """The directive that a match begins, in the comment of a span."""
    text = lines.text
    what: str = match["what"]
    start = match.start("what") - len("contentlint-")
    end = max(match.end(), span.start + len(text[slice(*span)].rstrip(_CLOSING)))
    place = _place(what, lines, span)
    return _read(text, what, start, Span(match.end(), end), place, removal)


def _read(
    text: str,
    what: str,
    start: int,
    rest: Span,
    place: tuple[int, int],
    removal: tuple[Span | None, bool],
) -> Directive:
    """The directive that begins at an offset, of which the rest are names, a day and a reason."""
    colon = text.find(":", *rest)
    end = rest.end if colon == -1 else colon
    words = [match for match in _WORD.finditer(text, rest.start, end) if match[0].strip("-")]
    reason = text[end + 1 : rest.end].strip()
    until: Until | None = None
    at = next((at for at, word in enumerate(words) if word[0].lower() == "until"), None)
    if at is not None:
        day = words[at + 1][0] if at + 1 < len(words) else ""
        until = Until(day, Span(words[at].start(), words[min(at + 1, len(words) - 1)].end()))
        del words[at : at + 2]
    names = _names([(word[0].lower(), Span(*word.span())) for word in words])
    ends = [start, rest.start, *(word.end() for word in words), until.span.end if until else 0]
    if any(name.text == "*" for name in names):
        names = ()
    return Directive(what, Span(start, max(ends)), names, until, reason, *place, *removal)


def _names(words: list[tuple[str, Span]]) -> tuple[Name, ...]:
    removals = _removals([span for _, span in words])
    return tuple(
        Name(word, span, removal) for (word, span), removal in zip(words, removals, strict=True)
    )


def _removals(spans: list[Span]) -> list[Span | None]:
    """What to take out to take out one of some spans, with what separates it from the others."""
    found: list[Span | None] = []
    for at, span in enumerate(spans):
        if at + 1 < len(spans):
            found.append(Span(span.start, spans[at + 1].start))
        else:
            found.append(Span(spans[at - 1].end, span.end) if at else None)
    return found


def _place(what: str, lines: _Lines, comment: Span) -> tuple[int, int]:
    """Where a directive holds; nowhere if it is for a next line, and there is none."""
    end = len(lines.text) + 1  # a finding may be at the very end
    if what in ("disable", "enable"):
        return comment.end, end
    if what == "disable-file":
        return 0, end
    if what == "disable-line":
        return lines.start(comment.start), lines.end(comment.start) + 1
    rest = _TO_NEXT_LINE.match(lines.text, lines.end(comment.end))
    return (lines.start(rest.end()), lines.end(rest.end()) + 1) if rest else (end, end)


class _Lines:
    """Where lines begin and end, at once for any number of places in lines of any length."""

    def __init__(self, text: str) -> None:
        self.text = text
        breaks = [match.span() for match in _LINE_BREAK.finditer(text)]
        self._starts = [0, *(end for _, end in breaks)]
        self._ends = [*(start for start, _ in breaks), len(text)]

    def start(self, offset: int) -> int:
        """Where the line around an offset begins."""
        return self._starts[bisect_right(self._starts, offset) - 1]

    def end(self, offset: int) -> int:
        """Where it ends, before its line break."""
        return self._ends[bisect_right(self._starts, offset) - 1]


def _removal(lines: _Lines, comment: Span) -> tuple[Span, bool]:
    """What to take out with a comment: its lines if it is alone on them, else the blanks before it;
    and whether that surely changes nothing else.

    A comment that begins a line is a block of HTML for Markdown, and keeps what is before it from
    what is behind it.
    """
    text = lines.text
    first, last = lines.start(comment.start), lines.end(comment.end)
    begins_line = _BLANKS.fullmatch(text, first, comment.start)
    if not begins_line or not _BLANKS.fullmatch(text, comment.end, last):
        start = comment.start
        if comment.end == last or text[comment.end] in " \t])":
            while start > first and text[start - 1] in " \t":
                start -= 1
        return Span(start, comment.end), not _MARKERS.fullmatch(text, first, comment.start)
    line_break = _LINE_BREAK.match(text, last)
    end = line_break.end() if line_break else last
    above = lines.start(first - 1) if first else 0
    is_first = not first or _BLANK_LINE.fullmatch(text, above, first) is not None
    blank = _BLANK_LINE.match(text, end)
    if blank and is_first:
        end = blank.end()  # one blank line is enough
    return Span(first, end), is_first or blank is not None


# ---- the key of front matter -------------------------------------------------------------------


def _under_key(text: str, front: FrontMatter) -> Iterator[Directive]:
    """A string, a list of strings, or rules with their reasons: `typos: it is a name`."""
    leaves = [path for path in front.fields if path[0] == DISABLE_KEY]
    items: dict[Path, Span] = {
        path[:2]: _extent(front.fields[path[:2]]) for path in leaves if len(path) > 1
    }
    removals = dict(zip(items, _removals_among(text, list(items.values())), strict=True))
    of_key = _removal_of_key(text, front) if leaves else None
    for path in leaves:
        field, value = front.fields[path], _value(front.data, path)
        if value in (None, False, "") or is_list(value) or is_table(value):
            continue
        removal = removals[path[:2]] if len(items) > 1 else of_key
        is_rule = isinstance(path[-1], str) and len(path) > 1 and field.key is not None
        rest = (field.key if is_rule else field.text) or field.value
        if text[rest.start] in "\"'":
            rest = Span(rest.start + 1, rest.end - 1)
        start = rest.start
        if value is True and not is_rule:
            rest = Span(rest.end, rest.end)
        place = 0, len(text) + 1
        found = _read(text, "disable-file", start, rest, place, (removal, True))
        yield found._replace(reason=str(value)) if is_rule and value is not True else found


def _value(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


def _extent(field: Field) -> Span:
    return Span(field.key.start if field.key else field.value.start, field.value.end)


def _removals_among(text: str, spans: list[Span]) -> list[Span | None]:
    """The same, or None where something else stands between, such as a comment."""
    gaps = [text[one.end : other.start] for one, other in pairwise(spans)]
    gaps += gaps[-1:]  # that of the last one is the one before it
    return [
        removal if not at_gap or _SEPARATORS.fullmatch(at_gap) else None
        for removal, at_gap in zip_longest(_removals(spans), gaps)
    ]


def _removal_of_key(text: str, front: FrontMatter) -> Span | None:
    """What to take out to take out the whole key."""
    own = _extent(front.fields[(DISABLE_KEY,)])
    if front.format == "json":
        keys = [_extent(field) for path, field in front.fields.items() if len(path) == 1]
        return _removals_among(text, keys)[keys.index(own)] or (own if len(keys) == 1 else None)
    first, last = line_start(text, own.start), line_end(text, own.end)
    if first < own.start or text[own.end : last].strip():
        return None
    line_break = _LINE_BREAK.match(text, last)
    return Span(first, line_break.end() if line_break else last)
