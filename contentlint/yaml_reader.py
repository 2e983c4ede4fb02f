"""YAML with the place of everything in it.

It is read from the events of libyaml rather than from composed nodes: an alias has a place of its
own there, what stands before a mistake is kept, and reading can stop at a depth at which composing
would become quadratic. Scalars mean what PyYAML says (YAML 1.1: `yes` is true).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from math import isfinite
from typing import Any

from contentlint.fields import (
    CURLY,
    CURLY_QUOTES,
    MAX_DEPTH,
    MAX_DIGITS,
    NO_NUMBER,
    NOWHERE,
    Field,
    Parsed,
    Path,
    Reader,
    Stop,
    SyntaxProblem,
    last_visible,
    no_date,
    too_deep,
)
from contentlint.patterns import compiled_at_first_use, pattern
from contentlint.text import BOM, Span, line_start
from contentlint.tuples import NamedTuple

with compiled_at_first_use():
    import yaml
    from yaml import MarkedYAMLError, ScalarNode, YAMLError
    from yaml.events import (
        AliasEvent,
        MappingEndEvent,
        MappingStartEvent,
        ScalarEvent,
        SequenceEndEvent,
        SequenceStartEvent,
        StreamEndEvent,
    )

# The stubs know less than the parsers set (every event has marks), hence Any for loader and events.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# How many values aliases may repeat in all. A "billion laughs" file repeats 10**9.
_MAX_REPEATED = 10_000
_TAG = "tag:yaml.org,2002:"
_KNOWN_TAGS = {
    ScalarEvent: ("str", "null", "bool", "int", "float", "timestamp", "binary"),
    SequenceStartEvent: ("seq", "omap", "pairs"),
    MappingStartEvent: ("map", "set"),
}
_RESOLVERS: dict[str, list[tuple[str, re.Pattern[str]]]] = _Loader.yaml_implicit_resolvers
_DATES = [one for one in _RESOLVERS["2"] if one[0] == f"{_TAG}timestamp"]
_CONSTRUCTED = ("bool", "int", "float", "timestamp")
_PROPERTIES = pattern(r"(?:[!&][^\s,\[\]{}]*|#[^\r\n]*|\s)*")
_STRANGE_STARTS = frozenset(f"{CURLY_QUOTES}\xa0\u200b\u200c\u200d\u2060\ufeff")
_INVISIBLE = "An invisible character stands before this key, and becomes a part of it"
_BLOCK_HEADER = pattern(r"[|>][^\r\n]*\s*")


class _Anchor(NamedTuple):
    """A value that aliases may repeat; `size` counts the values in it, `height` its levels."""

    value: Any
    size: int
    height: int


class YamlReader(Reader):
    """Reads one YAML document, which must be a mapping."""

    loader: Any
    next: Callable[[], Any]

    def __init__(self, text: str, content: Span) -> None:
        super().__init__()
        # libyaml skips a byte order mark and does not count it.
        self.base = content.start + text.startswith(BOM, *content)
        self.source = text[self.base : content.end]
        self.anchors: dict[str, _Anchor] = {}
        self.count = 0  # values so far
        self.deepest = 0  # level so far
        self.repeated = 0  # values that aliases have brought
        self.end = self.base  # of the value read last
        self.last: Any = None  # the scalar read last

    def read(self) -> Parsed:
        try:
            self.loader = _Loader(self.source)
            self.next = self.loader.get_event
            self.document()
        except Stop as stop:
            return self.finish(stop.problem)
        except MarkedYAMLError as error:
            start, end, message = _explain(error, self.source, self.last)
            self.drop_faulty(self.base + start)
            return self.finish(SyntaxProblem(Span(self.base + start, self.base + end), message))
        except (YAMLError, UnicodeEncodeError):  # a character that YAML does not allow
            return self.finish(SyntaxProblem(Span(self.base, self.base), "This is no YAML"))
        return self.finish()

    def document(self) -> None:
        self.next()  # the stream begins
        event: Any = self.next()
        if type(event) is StreamEndEvent:
            return
        event = self.next()
        if type(event) is MappingStartEvent:
            self.mapping((), self.data)
        elif type(event) is not ScalarEvent or event.value or event.style:
            raise self.no_mapping(event)
        self.next()  # the document ends
        event = self.next()
        if type(event) is not StreamEndEvent:
            raise Stop(*self.span(event), "A second YAML document begins here")

    def no_mapping(self, event: Any) -> Stop:
        if type(event) is ScalarEvent:
            self.next()  # may know better what is wrong
        start = self.span(event).start
        at, words = _explain_no_colon(self.source, start - self.base)
        if self.base + at > start:
            return Stop(self.base + at, self.base + at + 1, words)
        words = "Front matter consists of keys and values, as in `title: My post`"
        return Stop(start, self.base + last_visible(self.source, at), words)

    def drop_faulty(self, mistake: int) -> None:
        """Forget the last value if the mistake is on its last line: it is only a part of it."""
        name = next(reversed(self.data), None)
        if name is not None:
            end = self.fields[(name,)].value.end
            if mistake <= end or line_start(self.source, mistake - self.base) <= end - self.base:
                del self.data[name]

    def span(self, event: Any) -> Span:
        return Span(self.base + event.start_mark.index, self.base + event.end_mark.index)

    def value(self, event: Any, path: Path, key: Span | None) -> Any:
        """Read the value that begins with `event`; its end is left in `self.end`."""
        self.count += 1
        kind = event.__class__
        if kind is AliasEvent:
            span = self.span(event)
            self.fields[path] = Field(key, span, None)
            self.end = span.end
            return self.anchored(event, len(path))
        read = self.scalar if kind is ScalarEvent else self.collection
        if event.anchor is None:
            return read(event, path, key)
        count, deepest, self.deepest = self.count, self.deepest, len(path)
        value = read(event, path, key)
        size, height = self.count - count + 1, self.deepest - len(path)
        self.anchors[event.anchor] = _Anchor(value, size, height)
        self.deepest = max(deepest, self.deepest)
        return value

    def anchored(self, event: Any, depth: int) -> Any:
        """The value that an alias stands for."""
        span = self.span(event)
        anchor = self.anchors.get(event.anchor)
        if anchor is None:
            alias = event.anchor
            message = f"There is no `&{alias}` above; text that begins with `*` must be quoted"
            self.report(span, message)
            return None
        self.count += anchor.size
        self.repeated += anchor.size
        if self.repeated > _MAX_REPEATED:
            raise Stop(*span, f"Aliases repeat more than {_MAX_REPEATED:,} values")
        self.descend(depth + anchor.height, span.start)
        return anchor.value

    def descend(self, depth: int, start: int) -> None:
        if depth > self.deepest:
            self.deepest = depth
            if depth > MAX_DEPTH:
                raise too_deep(start)

    def collection(self, event: Any, path: Path, key: Span | None) -> Any:
        start, end = self.span(event)
        self.descend(len(path) + 1, start)
        if event.tag is not None and event.tag != "!":
            self.has_known_tag(event)
        self.fields[path] = Field(key, Span(start, end), None)  # keeps its place in the order
        value: dict[str, Any] | list[Any]
        if type(event) is MappingStartEvent:
            value = {}
            closing = self.mapping(path, value)
        else:
            value = []
            closing = self.items(path, value)
        if event.flow_style:
            self.end = self.base + closing.end_mark.index
        self.fields[path] = Field(key, Span(start, self.end), None)
        return value

    def items(self, path: Path, items: list[Any]) -> Any:
        while type(event := self.next()) is not SequenceEndEvent:
            items.append(self.value(event, (*path, len(items)), None))
        return event

    def mapping(self, path: Path, mapping: dict[str, Any]) -> Any:
        merged: list[dict[str, Any]] = []
        while type(event := self.next()) is not MappingEndEvent:
            name = self.key(event, path)
            key = Span(self.base + event.start_mark.index, self.base + event.end_mark.index)
            if name is None:
                self.discard(path)
                continue
            if name == "<<" and type(event) is ScalarEvent and not event.style:
                merged += self.merge(path)
            else:
                here = (*path, name)
                if name in mapping:
                    self.repeat(here, key)
                mapping[name] = self.value(self.next(), here, key)
        for other in merged:
            for name, value in other.items():
                mapping.setdefault(name, value)
        return event

    def discard(self, path: Path) -> tuple[Any, Span]:
        """Read a value that does not become one of `path`, and say where it is."""
        here = (*path, NOWHERE)
        self.stale = True
        value = self.value(self.next(), here, None)
        return value, self.fields[here].value

    def merge(self, path: Path) -> list[dict[str, Any]]:
        """Read what the merge key `<<` adds to the mapping at `path`."""
        value, span = self.discard(path)
        others: list[Any] = value if value.__class__ is list else [value]
        if not all(isinstance(other, dict) for other in others):
            self.report(span, "`<<` adds the keys of another mapping, and this is none")
            return []
        return others

    def key(self, event: Any, path: Path) -> str | None:
        """The name that a key has in the data; None for a key that has none."""
        if type(event) is ScalarEvent:
            value = self.constant(event)
            if not event.style and (first := event.value[:1]) in _STRANGE_STARTS:
                words = CURLY if first in CURLY_QUOTES else _INVISIBLE
                start = self.span(event).start
                self.report(Span(start, start + 1), words)
            if event.anchor is not None:
                self.anchors[event.anchor] = _Anchor(value, 1, 0)
        elif type(event) is AliasEvent:
            value = self.anchored(event, len(path))
        else:
            value = self.collection(event, (*path, NOWHERE), None)
            self.stale = True
        if isinstance(value, dict | list):
            start = self.span(event).start
            message = "A key must be text; a value that begins with a bracket must be quoted"
            self.report(Span(start, start + 1), message)
            return None
        return value if isinstance(value, str) else json.dumps(value)

    def scalar(self, event: Any, path: Path, key: Span | None) -> Any:
        start, end = self.span(event)
        value = self.constant(event)
        style = event.style
        if style == "|" or style == ">":  # its mark is at the start of a later line
            end = start + len(self.source[start - self.base : end - self.base].rstrip(" \t\r\n"))
        self.end = end
        text = None
        if value is event.value:
            inner = start
            if event.tag is not None or event.anchor is not None:
                inner = self.skip(_PROPERTIES, start, end)
            if not style:
                text = Span(inner, end)
            elif style == "'" or style == '"':
                text = Span(inner + 1, end - 1)
            else:
                text = Span(self.skip(_BLOCK_HEADER, inner, end), end)
        self.fields[path] = Field(key, Span(start, end), text)
        return value

    def skip(self, what: re.Pattern[str], start: int, end: int) -> int:
        match = what.match(self.source, start - self.base, end - self.base)
        return self.base + match.end() if match else start

    def constant(self, event: Any) -> Any:
        """What a scalar means."""
        self.last = event
        value, tag = event.value, event.tag
        if tag is not None and tag != "!" and self.has_known_tag(event):
            kind = tag.removeprefix(_TAG)
        elif event.style or value[:1] not in _RESOLVERS:
            return value
        else:
            kind = _kind_of(value)
        if kind == "null":
            return None
        return self.construct(kind, event) if kind in _CONSTRUCTED else value

    def construct(self, kind: str, event: Any) -> Any:
        value: str = event.value
        if len(value) > MAX_DIGITS:
            self.report(self.span(event), NO_NUMBER)
            return value
        try:
            moment: Any = _moment(value) if kind == "timestamp" else None
            made = moment or getattr(self.loader, f"construct_yaml_{kind}")(ScalarNode(kind, value))
        except (ValueError, LookupError, AttributeError, OverflowError):
            noun = "truth value" if kind == "bool" else "number"
            words = no_date(value) if kind == "timestamp" else f"`{value}` is no {noun}"
            self.report(self.span(event), words)
            return value
        if kind == "timestamp":
            return made.isoformat()
        return value if kind == "float" and not isfinite(made) else made

    def has_known_tag(self, event: Any) -> bool:
        """Whether the tag is one of YAML's own; others are reported, and never obeyed."""
        tag: str = event.tag
        if tag.startswith(_TAG) and tag[len(_TAG) :] in _KNOWN_TAGS[type(event)]:
            return True
        start = max(self.source.find("!", event.start_mark.index), 0)
        end = start + len(self.source[start : event.end_mark.index].split(maxsplit=1)[0])
        written = self.source[start:end]
        message = f"`{written}` is no tag of YAML; text that begins with `!` must be quoted"
        self.report(Span(self.base + start, self.base + end), message)
        return False


@lru_cache(maxsize=1_000)  # keys and many values are the same in all posts
def _kind_of(value: str) -> str:
    """What YAML takes an unquoted value for."""
    kinds = _RESOLVERS.get(value[:1], ())
    if value[4:5] == "-" and value[3].isdigit():
        kinds = _DATES  # it is no number; their patterns take 1 ms to compile
    for tag, form in kinds:
        if form.match(value):
            return tag.removeprefix(_TAG)
    return "str"


def _moment(value: str) -> date | None:
    """What PyYAML makes of a timestamp, for less, as it has a pattern that takes 1 ms to compile; None
    if it must be asked, as YAML has more forms of dates and fewer hours of the day than ISO 8601."""
    try:
        if len(value) == len("2026-01-31"):
            return date.fromisoformat(value)
        return None if value[11:13] == "24" else datetime.fromisoformat(value)
    except ValueError:
        return None


_TAB = "A tab cannot indent; use blanks"
_QUOTE = "A value that begins with `{}` must be quoted"
_BACKSLASH = "Between double quotes a backslash is written `\\\\`; or use single quotes"
# What libyaml says, for a writer. The braces stand for the character at the place.
_REASONS = {
    "found unexpected end of stream": "This quote is never closed",
    "found a tab character that violates indentation": _TAB,
    "found a tab character where an indentation space is expected": _TAB,
    "did not find expected alphabetic or numeric character": _QUOTE,
    "did not find expected comment or line break": _QUOTE,
    "found character that cannot start any token": _QUOTE,
    "mapping keys are not allowed in this context": _QUOTE,
    "found undefined tag handle": _QUOTE,
    "block sequence entries are not allowed in this context": (
        "A list begins on a line of its own; a value that begins with `-` must be quoted"
    ),
    "did not find expected node content": "A value is expected before this `{}`",
    "found unknown escape character": _BACKSLASH,
    "did not find expected hexdecimal number": _BACKSLASH,
    "found invalid Unicode character escape code": "There is no character of this number",
    "did not find expected '-' indicator": "This line is no item of the list above",
    "did not find expected <document start>": (
        "This line does not belong to those above; check the indentation"
    ),
}
# Where these are concerned, the place is not where libyaml noticed, but where the thing began.
_NOTICED_LATE = (
    "found unexpected end of stream",
    "did not find expected alphabetic or numeric character",
    "did not find expected comment or line break",
)
_NO_BLANK_AFTER_COLON = r"[ \t]*[\w-]+(:)[^ \t\r\n:/]"


def _explain(error: MarkedYAMLError, source: str, last: Any) -> tuple[int, int, str]:
    """Start, end and words of a mistake; `last` is the scalar read last."""
    mark, context = error.problem_mark, error.context_mark
    at = mark.index if mark else 0
    began = context.index if context else at
    reason = error.problem or "it cannot be read"
    if reason in _REASONS:
        at = began if reason in _NOTICED_LATE else at
        words = _words(_REASONS[reason], source[at : at + 1])
    elif reason == "mapping values are not allowed in this context":
        at, words = _explain_colon(source, at)
    elif reason == "could not find expected ':'":
        at, words = _explain_no_colon(source, began)
    elif reason == "did not find expected key":
        at, words = _explain_no_key(source, at, last)
    elif reason.startswith("did not find expected ',' or"):
        at, words = _explain_bracket(source, at, began)
    elif reason == "exceeded maximum nesting depth":  # newer libyaml has a limit of its own
        words = str(too_deep(at))
    else:
        words = f"This is no YAML: {reason}"
    return at, min(at + 1, max(at, last_visible(source, at))), words


def _words(words: str, char: str) -> str:
    if char == "\t":
        return _TAB
    return words.replace("`{}`", "a backtick" if char == "`" else f"`{char}`")


def _explain_colon(source: str, at: int) -> tuple[int, str]:
    line = line_start(source, at)
    if curly := re.search(r":[ \t]+([“”‘’])", source[line:at]):
        return line + curly.start(1), CURLY
    if re.search(r":[ \t]", source[line:at]):
        return at, "A value with a colon and a blank in it must be quoted"
    above = source[line_start(source, max(line - 2, 0)) : line]
    if match := re.match(_NO_BLANK_AFTER_COLON, above):
        return line - len(above) + match.start(1), "A blank is missing after this colon"
    return at, "No key can stand here, as the line above has a value; check the indentation"


def _explain_no_colon(source: str, at: int) -> tuple[int, str]:
    if match := re.match(_NO_BLANK_AFTER_COLON, source[at : last_visible(source, at)]):
        return at + match.start(1), "A blank is missing after this colon"
    return at, "This line is no `key: value`; a value of several lines must be indented"


def _explain_no_key(source: str, at: int, last: Any) -> tuple[int, str]:
    before = source[line_start(source, at) : at].rstrip(" \t")[-1:]
    if before in ("'", '"'):
        if last.style == before and last.start_mark.line != last.end_mark.line:
            return last.start_mark.index, "This quote is not closed on its line"
        quote = {"'": "''", '"': '\\"'}[before]
        return at, f"Text after the closing quote; within the text a quote is written `{quote}`"
    if before in ("]", "}"):
        return at, "Text after the closing bracket; quote the whole value"
    if source[at : at + 1] == "-":
        return at, "This list item belongs to no key; check the indentation"
    return at, "This line fits to none above it; check the indentation"


def _explain_bracket(source: str, at: int, began: int) -> tuple[int, str]:
    closing = "]" if source[began : began + 1] == "[" else "}"
    if closing in source[at : last_visible(source, at)]:
        return at, "A comma is missing before this"
    return began, f"This bracket is never closed: a `{closing}` is missing"
