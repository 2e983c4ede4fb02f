"""Raw HTML in posts: where the tags, attributes and texts stand.

The standard library's parser gives no places of attributes, so tags are found by the patterns of
the HTML standard's tokenizer (https://html.spec.whatwg.org/#tokenization), tolerant of JSX.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from contentlint.patterns import pattern
from contentlint.text import Span
from contentlint.tuples import NamedTuple

# What stands in these is code, or not for readers.
OPAQUE = frozenset(
    [
        "code",
        "pre",
        "kbd",
        "samp",
        "var",
        "tt",
        "script",
        "style",
        "svg",
        "math",
        "textarea",
        "iframe",
        "template",
        "object",
    ]
)
# Of those, the ones in which no tag is a tag of the page: it is text, or a drawing's own.
RAW = frozenset(["script", "style", "svg", "math", "textarea", "iframe", "template"])
PROSE_ATTRIBUTES = frozenset({"alt", "title", "caption", "aria-label", "placeholder"})

_TAG = pattern(
    r"""(?P<comment><!--(?s:.)*?(?:-->|\Z))
      | <(?P<close>/?)(?P<name>[A-Za-z][\w:.-]*+)
         (?P<attributes>(?:[^<>"']|"[^"]*"|'[^']*')*+)>""",
    re.VERBOSE,
)
_ATTRIBUTE = pattern(r"""([^\s"'<>/=]++)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")
_ENTITY = pattern(r"&(?:#\w{1,8}|[A-Za-z]\w{1,31});")


class Tag(NamedTuple):
    """An opening or closing tag. Attribute names are in lower case; a value's span is without its
    quotes, and None for an attribute without value."""

    name: str
    span: Span
    closing: bool
    attributes: dict[str, tuple[str, Span | None]]


class Comment(NamedTuple):
    """An HTML comment; its text is what stands between the dashes."""

    text: str
    span: Span


def tokens(text: str, start: int, end: int) -> Iterator[Tag | Comment | Span]:
    """Tags, comments and the spans of the texts between them, in order.

    `text[start:end]` is read; spans count characters of `text`.
    """
    position = start
    for match in _TAG.finditer(text, start, end):
        if position < match.start():
            yield Span(position, match.start())
        position = match.end()
        span = Span(*match.span())
        if match["comment"] is not None:
            yield Comment(match[0][4:].removesuffix("-->"), span)
        else:
            yield Tag(
                match["name"].lower(),
                span,
                bool(match["close"]),
                attributes(text, *match.span("attributes")),
            )
    if position < end:
        yield Span(position, end)


def attributes(text: str, start: int, end: int) -> dict[str, tuple[str, Span | None]]:
    """The attributes in a stretch of text, as a Tag has them."""
    found: dict[str, tuple[str, Span | None]] = {}
    for match in _ATTRIBUTE.finditer(text, start, end):
        group = match.lastindex or 1
        if group == 1:
            value: tuple[str, Span | None] = ("", None)
        else:
            value = (match[group], Span(*match.span(group)))
        found.setdefault(match[1].lower(), value)
    return found


def without_entities(text: str, start: int, end: int) -> Iterator[Span]:
    """The parts of a span between character references such as `&nbsp;`."""
    for match in _ENTITY.finditer(text, start, end):
        if start < match.start():
            yield Span(start, match.start())
        start = match.end()
    if start < end:
        yield Span(start, end)


def unescape(value: str) -> str:
    """Replace character references by the characters they name."""
    if "&" not in value:
        return value
    import html  # 3 ms, and rarely needed

    return html.unescape(value)
