"""The one module that knows the Markdown parser.

pyromark (pulldown-cmark) gives byte ranges for every event; they become character spans of the
source here, once. CommonMark with GFM tables, strikethrough, task lists and alerts, footnotes,
definition lists, math and heading attributes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from typing import Any, Literal, cast

import pyromark

from contentlint import languages, rawhtml
from contentlint.patterns import pattern
from contentlint.templating import NUL, Template, Templating, cover
from contentlint.text import Span
from contentlint.tuples import NamedTuple
from contentlint.words import plain_words

_OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
    | pyromark.Options.ENABLE_HEADING_ATTRIBUTES
    | pyromark.Options.ENABLE_DEFINITION_LIST
    | pyromark.Options.ENABLE_GFM
    | pyromark.Options.ENABLE_MATH
)

TEXT_ATTRIBUTES = frozenset({"alt", "caption", "title"})


class ImageElement(NamedTuple):
    """What shows an image: a shortcode or include, or, if its name begins with a capital, a component
    as JSX and others have them.

    `source` and `alt` are the parameters that name it and describe it, in the order in which they are
    asked for; a number is that of a parameter without name, from 0.
    """

    name: str
    source: tuple[str, ...]
    alt: tuple[str, ...]


_SOURCES = ("src", "image_path", "url", "path", "file")
_ALTS = ("alt", "caption", "description", "desc", "title", "text")
IMAGE_ELEMENTS = (
    ImageElement("figure", _SOURCES, ("alt", "caption")),  # as Hugo's
    *(ImageElement(name, _SOURCES, _ALTS) for name in ("img", "image", "picture")),
    *(ImageElement(name, ("src",), ("alt",)) for name in ("Image", "Img", "Picture")),
)

LinkKind = Literal["inline", "reference", "autolink", "bare", "html"]
ImageKind = Literal["inline", "reference", "html", "shortcode", "front-matter"]
Echo = Literal["", "caption", "text"]
PartKind = Literal["text", "code", "alt", "address"]
RunKind = Literal["paragraph", "heading", "item", "cell", "html", "alt", "title", "front-matter"]

_RUNS: dict[str, RunKind] = {
    "Paragraph": "paragraph",
    "Item": "item",
    "TableCell": "cell",
    "DefinitionListTitle": "item",
    "DefinitionListDefinition": "item",
    "FootnoteDefinition": "item",
    "Heading": "heading",
}
_INLINE = frozenset({"Link", "Image", "Emphasis", "Strong", "Strikethrough"})
_CODE = frozenset({"Code", "InlineMath", "DisplayMath"})
_AUTOLINKS = ("Autolink", "Email")
_BREAKS = frozenset({"SoftBreak", "HardBreak"})
_AMPERSAND = ord("&")

_DESTINATION = pattern(
    r"[ \t\r\n>]*(?:<([^<>\n\\]*+(?:\\.[^<>\n\\]*+)*+)>|([^\s\\]*+(?:\\.[^\s\\]*+)*+))", re.DOTALL
)
_TITLE = pattern(r"""["'(]((?s:.)*)["')]""")
_ATTRIBUTE_ID = pattern(r"#([^\s#{}]+)")
_ATX = pattern(r"#{1,6}(?:[ \t]+|\Z)")
_CLOSING_ATX = pattern(r"(?:[ \t]|\A)#+\Z")
_HEADING_ATTRIBUTES = pattern(r"\{:?[ \t]*(?:[#.]|[\w-]+=)[^{}\n]*\}")
_ATTRIBUTES_BELOW = pattern(r"[ \t]*\r?\n[ \t]{0,3}(\{:[^{}\n]*\})[ \t]*(?=[\r\n]|\Z)")
_ATTRIBUTE_LIST = pattern(r"\{:?(?!/)([^{}\n]{0,500})\}")
# What makes a Markdown image decorative; the second is for MDX.
_DECORATIVE = pattern(r"[ \t]*(?:<!--\s*decorative\s*-->|\{/\*\s*decorative\s*\*/\})")
_NO_TEXT = pattern(r"<[^<>]*>|\{[^{}]*\}")
# Images, the address of a link, tags and attributes.
_NOT_BESIDE = pattern(
    r"!\[[^\]\n]*\](?:\([^()\n]*\)|\[[^\]\n]*\])?|\](?:\([^()\n]*\)|\[[^\]\n]*\])"
    r"|<[^<>]*>|\{[^{}]*\}|_"
)
_HEADING_LINE = pattern(r"[ \t>]*(?:#{1,6}[ \t]|<h\d\b|(?:=+|-+)[ \t]*\Z)", re.IGNORECASE)
_WINDOW = 300  # characters before and behind an image in which its text is looked for
_TEMPLATE_ATTRIBUTES = (":", "v-bind:", "x-bind:", "bind:")  # as Vue, Alpine and others have them
_SVG_TITLE = pattern(r"\s*<title[^<>]{0,200}>([^<]{0,1000})</title", re.IGNORECASE)
_POSITIONAL = pattern(r"""(?<=\s)(?:"([^"]*)"|'([^']*)'|`([^`]*)`|([^\s"'`=<>{}%]+)(?=\s))""")
_BARE_URL = pattern(r"https?://[^\s<>\0]+")


class Link(NamedTuple):
    """A link to somewhere. `span` is the destination as written, which for a reference link stands
    in its definition; `destination` is what a browser is given, escapes and entities resolved.
    `written` is the destination with them, if there are any."""

    kind: LinkKind
    destination: str
    span: Span
    text: Span
    written: str = ""


class Image(NamedTuple):
    """An image. `alt` is None if it has none; in HTML, `alt=""` is an empty one.

    `alt_span` is where the alternative text stands or would stand. A text that only a template knows
    is as written, with its braces. `decorative` tells that the author hides it from screen readers
    on purpose, `names_link` that it is all there is of a link, and `echo` where the same text stands
    again: "caption", "text" for what is right beside it, or "". `key` is that of the front matter.
    """

    kind: ImageKind
    destination: str
    destination_span: Span
    alt: str | None
    alt_span: Span
    decorative: bool = False
    names_link: bool = False
    echo: Echo = ""
    key: str = ""


class Part(NamedTuple):
    """A stretch of a heading's text. `element` counts the outermost inline elements, such as
    emphasis or a link, from 1, and is 0 for what stands in none."""

    text: str
    kind: PartKind
    element: int


class Heading(NamedTuple):
    """A heading; `text` is what a reader sees, with NUL where a template stands.

    The ids that generators make of it depend on more: on its `source`, which is the Markdown
    between the marks, on its `attributes`, the list in braces at its end as it is written (with a
    line break before it if it stands in the line below), and on the `parts` that the text consists
    of, which are left out if all is plain.
    """

    level: int
    text: str
    span: Span
    source: str
    attributes: str = ""
    parts: tuple[Part, ...] = ()


class Anchor(NamedTuple):
    """An id that a fragment may name, from raw HTML."""

    id: str
    span: Span


class Definition(NamedTuple):
    """A link reference definition, `[label]: destination`."""

    label: str
    destination: str
    span: Span


class Passage(NamedTuple):
    """A raw HTML element with `lang`: the code of the language, and where its content stands."""

    language: str
    span: Span


class Run(NamedTuple):
    """A stretch of prose that belongs together: a paragraph, a heading, a table cell …"""

    kind: RunKind
    span: Span


class Markup(NamedTuple):
    """What stands in one Markdown text. All spans count characters of the source.

    `footnotes` are the labels of the references to footnotes, in order.

    `mask` is as long as the source and has NUL for all that is not prose. NUL is neither a blank
    nor a letter: nothing reads across it, and no pattern that looks for blanks meets long runs of
    them. Line breaks inside a paragraph are kept.
    """

    links: list[Link]
    images: list[Image]
    headings: list[Heading]
    anchors: list[Anchor]
    footnotes: list[str]
    code: list[Span]
    comments: list[rawhtml.Comment]
    definitions: list[Definition]
    templates: tuple[Template, ...]
    runs: list[Run]
    passages: list[Passage]
    mask: str


def parse(
    text: str,
    start: int = 0,
    *,
    mdx: bool = False,
    prose: list[Span] | None = None,
    elements: Iterable[ImageElement] = IMAGE_ELEMENTS,
) -> Markup:
    """Parse the Markdown in `text[start:]`; never fails.

    `prose` are spans before `start`, in the front matter, that readers read too; `elements` are what
    shows images besides Markdown and `<img>`.
    """
    templating = cover(text, start, mdx, TEXT_ATTRIBUTES)
    reader = _Reader(text, templating, start, {element.name: element for element in elements})
    reader.read()
    spans = [*(prose or ()), *reader.prose, *reader.asides]
    mask = _mask(templating.visible, spans)
    if "://" in mask:
        reader.links += _bare_urls(mask, reader.links, start)
    return Markup(
        links=reader.links,
        images=reader.images,
        headings=reader.headings,
        anchors=reader.anchors,
        footnotes=reader.footnotes,
        code=reader.code,
        comments=reader.comments,
        definitions=list(reader.definitions.values()),
        templates=templating.templates,
        runs=[Run("front-matter", span) for span in prose or ()] + reader.runs,
        passages=reader.passages,
        mask=_without_addresses(mask),
    )


class _Characters:
    """Turns byte offsets of `data` into character offsets by a running pointer."""

    def __init__(self, data: bytes, start: int) -> None:
        self._data = data
        self._byte = 0
        self._character = start

    def at(self, byte: int) -> int:
        if byte >= self._byte:
            self._character += len(self._data[self._byte : byte].decode("utf-8", "replace"))
        else:
            self._character -= len(self._data[byte : self._byte].decode("utf-8", "replace"))
        self._byte = byte
        return self._character


class _Open(NamedTuple):
    """A link or image whose end has not come yet."""

    value: dict[str, Any]
    start: int
    texts: int  # how many texts had been seen at its start
    images: int  # and how many images


class _OpenFigure(NamedTuple):
    """A `<figure>` or `<a>` whose end has not come yet: the tag, and how many images were before it."""

    tag: rawhtml.Tag
    images: int


class _OpenPassage(NamedTuple):
    """A raw HTML element with `lang` whose end has not come yet."""

    name: str
    language: str
    start: int


class _Reader:
    """Walks over the parser's events and collects what Markup holds.

    Events come by the hundred for each post. So texts are noted as pairs of bytes and become
    characters in one pass at the end, and what is frequent calls no method.
    """

    def __init__(
        self, text: str, templating: Templating, start: int, elements: dict[str, ImageElement]
    ) -> None:
        self._elements = elements
        self._components = {name.lower() for name in elements if name[:1].isupper()}
        self.text = text
        self.visible = templating.visible
        self.templates = templating.templates
        self.start = start
        # pulldown-cmark takes LF and CRLF; a lone CR is a line end too, one character for one.
        body = templating.markdown[start:]
        self.markdown = body if "\r" not in body else re.sub("\r(?!\n)", "\n", body)
        self.data = self.markdown.encode("utf-8")
        self.at: Callable[[int], int]
        self.at = start.__add__ if self.markdown.isascii() else _Characters(self.data, start).at

        self.links: list[Link] = []
        self.images: list[Image] = []
        self.headings: list[Heading] = []
        self.anchors: list[Anchor] = []
        self.footnotes: list[str] = []
        self.code: list[Span] = []
        self.comments: list[rawhtml.Comment] = []
        self.definitions: dict[str, Definition] = {}
        self.runs: list[Run] = []
        self.passages: list[Passage] = []
        self.prose: list[tuple[int, int]] = []
        # Prose inside tags, not in the flow of the text around it.
        self.asides: list[tuple[int, int]] = []

        self._byte_spans: list[tuple[int, int]] = []  # of texts and line breaks
        self._run_starts: list[tuple[RunKind, int]] = [("paragraph", 0)]
        self._open: list[_Open] = []
        self._level = 0  # of the heading that is open; 0 outside of headings
        # Where, among the texts of the current heading, an element opens (1), closes (-1), or
        # something stands that is no text (0).
        self._marks: list[tuple[int, int, PartKind]] = []
        self._texts: list[str] = []  # what readers see of the current heading or image
        self._opaque: list[str] = []  # HTML elements that are open, as in <kbd>Ctrl</kbd>
        self._html: list[tuple[int, int]] = []
        self._open_passage: _OpenPassage | None = None
        self._depth = 0  # of elements of its name
        self._last_image = 0, 0  # its bytes
        self._open_link: _OpenFigure | None = None
        self._open_figure: _OpenFigure | None = None
        self._caption = Span(0, 0)  # of the figure that is open

    def read(self) -> None:
        self._read_definitions()
        self._read_events()
        self.prose = self._to_characters(self._byte_spans)
        self._read_runs()
        self._read_templates()

    def _read_events(self) -> None:
        texts, opaque, data = self._texts, self._opaque, self.data
        spans, run_starts, marks = self._byte_spans, self._run_starts, self._marks
        first = done = -1  # the last span, to which is added what follows in the run without a gap
        last = 0  # the byte at which the last inline element ended
        silent = False  # in code blocks, whose text is no prose
        events = pyromark.events_with_range(self.markdown, options=_OPTIONS)
        for event, where in cast("Iterable[tuple[Any, dict[str, int]]]", events):
            start, end = where.values()
            key: Any
            value: Any
            key, value = (event, None) if type(event) is str else event.popitem()
            if key == "Text" or key in _BREAKS:
                if silent:
                    continue
                texts.append("\n" if value is None else value)
                if value is not None:
                    last = end
                    if opaque:
                        self.code.append(Span(self.at(start), self.at(end)))
                        continue
                    # A character reference such as &amp; is not as long as what it stands for.
                    if data[start] == _AMPERSAND and data[start:end] != value.encode("utf-8"):
                        continue
                if start == done:
                    spans[-1] = first, end
                else:
                    first = start
                    spans.append((start, end))
                done = end
            elif key == "End":
                if type(value) is dict:
                    if "Heading" in value:
                        self._end_heading(start, end)
                elif value in _INLINE:
                    if value == "Link":
                        self._end_link(end, last)
                    elif value == "Image":
                        self._end_image(end, last)
                    last = end
                    if self._level:
                        marks.append((len(texts), -1, "text"))
                elif value == "CodeBlock":
                    silent = False
                    self.code.append(Span(self.at(start), self.at(end)))
                elif value == "HtmlBlock":
                    self._end_html_block()
            elif key == "Start":
                name: Any
                inside: Any
                name, inside = (value, None) if type(value) is str else value.popitem()
                if name in _RUNS:
                    run_starts.append((_RUNS[name], len(spans)))
                    done = -1
                    texts.clear()
                    opaque.clear()
                    if name == "Heading":
                        self._level = int(inside["level"][1:])
                        marks.clear()
                elif name in _INLINE:
                    if inside is not None:
                        self._open.append(_Open(inside, start, len(texts), len(self.images)))
                        last = start + len("![" if name == "Image" else "[")
                    if self._level:
                        is_address = inside is not None and inside["link_type"] in _AUTOLINKS
                        kind: PartKind = "address" if is_address else "text"
                        marks.append((len(texts), 1, "alt" if name == "Image" else kind))
                elif name == "CodeBlock":
                    silent = True
                elif name == "HtmlBlock":
                    self._html.clear()
            elif key == "Html":
                self._html.append((start, end))
            elif key in _CODE:
                last = end
                self.code.append(Span(self.at(start), self.at(end)))
                if self._level:
                    marks.append((len(texts), 1, "code"))
                    marks.append((len(texts) + 1, -1, "text"))
                texts.append(value)
            elif key == "FootnoteReference":
                last = end
                self.footnotes.append(value)
            elif key == "InlineHtml":
                last = end
                self._inline_html(start, end)

    def _to_characters(self, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Byte spans in rising order as character spans of the source."""
        start = self.start
        if len(self.data) == len(self.markdown):
            return [(a + start, b + start) for a, b in spans] if start else spans
        data = self.data
        found: list[tuple[int, int]] = []
        byte, character = 0, start
        for a, b in spans:
            first = character + len(data[byte:a].decode("utf-8", "replace"))
            character = first + len(data[a:b].decode("utf-8", "replace"))
            byte = b
            found.append((first, character))
        return found

    def _read_runs(self) -> None:
        prose, after = self.prose, len(self.prose)
        runs: list[Run] = []
        for kind, first in reversed(self._run_starts):
            if first < after:
                runs.append(Run(kind, Span(prose[first][0], prose[after - 1][1])))
                after = first
        self.runs += reversed(runs)

    # ---- inline elements and containers ----------------------------------------------------

    def _inline_html(self, start: int, end: int) -> None:
        if self._level:
            self._marks.append((len(self._texts), 0, "text"))
        for token in rawhtml.tokens(self.visible, self.at(start), self.at(end)):
            if isinstance(token, rawhtml.Tag):
                self._tag(token)
            elif isinstance(token, rawhtml.Comment):
                self.comments.append(token)

    def _end_heading(self, start: int, end: int) -> None:
        first, after = self.at(start), self.at(end)
        after = first + len(self.text[first:after].rstrip())
        source, attributes = _between_marks(self.text[first:after]), ""
        text = "".join(self._texts)
        parts: list[Part] = []
        if self._marks or "\n" in text or source.endswith("}"):
            parts = _parts(self._texts, self._marks)
            if source.endswith("}"):
                covered = self.visible[self.text.rfind("}", first, after)] == NUL
                source, attributes = _end_in_braces(source, parts, covered)
            text = "".join(part.text for part in parts)
            if "\n" not in text and all(p.kind == "text" and not p.element for p in parts):
                parts.clear()
        text = text.replace("\n", " ").strip()
        if self.templates:
            text = self._with_templates(text, first, after)
            below = _ATTRIBUTES_BELOW.match(self.text, after)
            if below:
                attributes = "\n" + below[1]
        span = Span(first, after)
        self.headings.append(Heading(self._level, text, span, source, attributes, tuple(parts)))
        self._level = 0

    def _with_templates(self, text: str, start: int, end: int) -> str:
        """A heading's text with NUL where a template stands in it."""
        index = bisect_left(self.templates, (Span(start, 0),))
        while index < len(self.templates) and self.templates[index].span.end <= end:
            a, b = self.templates[index].span
            text = text.replace("x" * (b - a), NUL, 1)
            index += 1
        return text

    def _end_link(self, end: int, last: int) -> None:
        value, start, _, images = self._open.pop()
        kind = value["link_type"]
        if kind in _AUTOLINKS:
            self._byte_spans.pop()  # the text of an autolink is its destination, not prose
            span = Span(self.at(start) + 1, self.at(end) - 1)
            self.links.append(Link("autolink", self._as_written(span, value), span, span))
            self.code.append(Span(span.start - 1, span.end + 1))
            return
        text = Span(self.at(start) + 1, self.at(max(last, start + 1)))
        if len(self.images) == images + 1 and not value["title"]:
            first, after = self._last_image if self.images[-1].kind != "html" else (start + 1,) * 2
            self._name_link(self.data[start + 1 : first] + self.data[after:last])
        destination = self._destination(value, text.end, end)
        if destination is not None:
            url = self._as_written(destination, value)
            written = self.text[destination.start : destination.end]
            self.links.append(
                Link(
                    "inline" if kind == "Inline" else "reference",
                    url,
                    destination,
                    text,
                    "" if written == url else written,
                )
            )

    def _name_link(self, others: bytes) -> None:
        """Note that the last image is all there is of a link, if that is so of what else is in it."""
        if not _NO_TEXT.sub("", others.decode("utf-8", "replace")).strip():
            self.images[-1] = self.images[-1]._replace(names_link=True)

    def _end_image(self, end: int, last: int) -> None:
        value, start, texts, _ = self._open.pop()
        alt_span = Span(self.at(start) + 2, self.at(max(last, start + 2)))
        alt = "".join(self._texts[texts:]).replace("\n", " ").strip()
        span = self._destination(value, alt_span.end, end)
        if span is None:
            return
        kind: ImageKind = "inline" if value["link_type"] == "Inline" else "reference"
        destination = self._as_written(span, value)
        first, after = self.at(start), self.at(end)
        echo = self._echo(alt, first, after)
        decorative = False
        if self.text[after : after + 1] == "{":
            attributes, after = self._attributes_after(after)
            for name in ("alt", "fig-alt"):  # Quarto has the caption in the brackets
                own, place = attributes.get(name, ("", None))
                if own and place and (name == "fig-alt" or not alt):
                    alt, alt_span, echo = own, place, ""
            decorative = _is_hidden(attributes) or attributes.get("alt", (alt or None,))[0] == ""
        decorative = decorative or _DECORATIVE.match(self.text, after) is not None
        self._last_image = start, end
        image = Image(kind, destination, span, alt or None, alt_span, decorative, echo=echo)
        self.images.append(image)
        if alt:
            self.runs.append(Run("alt", alt_span))

    def _attributes_after(self, start: int) -> tuple[dict[str, tuple[str, Span | None]], int]:
        """The list of attributes that stands behind an image, and where it ends."""
        match = _ATTRIBUTE_LIST.match(self.text, start)
        if match is None:
            return {}, start
        return rawhtml.attributes(self.text, *match.span(1)), match.end()

    def _echo(self, alt: str, start: int, end: int) -> Echo:
        """Whether the text right before or behind an image, or above or below it, is its own."""
        words = list(plain_words(alt)) if len(alt) <= _WINDOW else []
        if not words:
            return ""
        window = _WINDOW + 2 * len(alt)
        before, after = (
            self.text[max(self.start, start - window) : start],
            self.text[end : end + window],
        )
        longest = max(words, key=len)
        if longest not in before.casefold() and longest not in after.casefold():
            return ""
        near = _beside(before, after)
        return "text" if any(list(plain_words(text)) == words for text in near) else ""

    def _destination(self, value: dict[str, Any], after_text: int, end_byte: int) -> Span | None:
        """Where the destination stands of the link whose text ends at `after_text`."""
        if value["link_type"] != "Inline":
            definition = self.definitions.get(_label(value["id"]))
            return definition.span if definition else None
        end = self.at(end_byte)
        opening = self.markdown.find("](", after_text - self.start, end - self.start)
        if opening < 0:
            return None
        start = opening + 2 + self.start
        if self.text[start : end - 1] == value["dest_url"] and not value["title"]:
            return Span(start, end - 1)  # as most are written
        span = self._destination_at(start, end - 1)
        if value["title"]:
            self._title(span.end, end - 1)
        return span

    def _destination_at(self, start: int, end: int) -> Span:
        """The destination in a stretch that begins with blanks and it, as CommonMark writes it."""
        inside = self.markdown[start - self.start : end - self.start]
        match = _DESTINATION.match(inside)
        if match is None:
            return Span(start, start)
        group = match.lastindex or 0
        return Span(start + match.start(group), start + match.end(group))

    def _title(self, start: int, end: int) -> None:
        """Note the title of a link, which is prose, in the stretch after its destination."""
        inside = self.text[start:end]
        quoted = _TITLE.search(inside)
        if quoted:
            span = Span(start + quoted.start(1), start + quoted.end(1))
            self._aside("title", span)

    def _as_written(self, span: Span, value: dict[str, Any]) -> str:
        """The destination as the parser resolved it, or as written if a template stands in it."""
        if self.templates and NUL in self.visible[span.start : span.end]:
            return self.text[span.start : span.end]
        return cast(str, value["dest_url"])

    def _read_definitions(self) -> None:
        if "]:" not in self.markdown:
            return
        found = pyromark.reference_definitions(self.markdown, options=_OPTIONS)
        for label, definition in found.items():
            where = definition["span"]
            start, end = self.at(where["start"]), self.at(where["end"])
            colon = self.text.find("]:", start + len(label), end)
            if colon < 0:
                colon = self.text.find("]:", start, end)
            span = self._destination_at(colon + 2, end)
            value = {"dest_url": definition["dest"]}
            destination = self._as_written(span, value)
            self.definitions[_label(label)] = Definition(label, destination, span)
            if definition["title"]:
                self._title(span.end, end)

    # ---- raw HTML --------------------------------------------------------------------------

    def _end_html_block(self) -> None:
        if not self._html:
            return
        text, start, end = self._html_text()
        shift = self.at(self._html[0][0]) - start
        for token in rawhtml.tokens(text, start, end):
            if isinstance(token, rawhtml.Tag):
                self._tag(_shift(token, shift) if shift else token)
            elif isinstance(token, rawhtml.Comment):
                a, b = token.span
                self.comments.append(rawhtml.Comment(token.text, Span(a + shift, b + shift)))
            elif self._opaque:
                self.code.append(Span(token.start + shift, token.end + shift))
            else:
                self._html_prose(text, shift, token)
        self._opaque.clear()

    def _html_text(self) -> tuple[str, int, int]:
        """A text in which the block stands, and from where to where, with blanks for what is not of
        it, such as the `>` of a quotation."""
        (first, _), (_, last) = self._html[0], self._html[-1]
        if sum(b - a for a, b in self._html) == last - first:
            return self.visible, self.at(first), self.at(last)
        parts: list[str] = []
        lines = self._to_characters(self._html)
        done = lines[0][0]
        for a, b in lines:
            parts += " " * (a - done), self.visible[a:b]
            done = b
        text = "".join(parts)
        return text, 0, len(text)

    def _html_prose(self, text: str, shift: int, span: Span) -> None:
        for a, b in rawhtml.without_entities(text, *span):
            if not text[a:b].isspace():
                self._aside("html", Span(a + shift, b + shift))

    def _tag(self, tag: rawhtml.Tag) -> None:
        opaque = self._opaque
        raw = next((name for name in opaque if name in rawhtml.RAW), None) if opaque else None
        if raw is not None:
            if tag.closing and tag.name == raw:
                del self._opaque[self._opaque.index(raw) :]
            return
        if self._open_passage or "lang" in tag.attributes:
            self._mark_passage(tag)
        if tag.name in ("a", "figure", "figcaption"):
            self._mark_figure(tag)
        if tag.closing:
            if tag.name in self._opaque:
                del self._opaque[self._opaque.index(tag.name) :]
            return
        if tag.name in rawhtml.OPAQUE and self.text[tag.span.end - 2] != "/":
            self._opaque.append(tag.name)
            if tag.name == "svg" and tag.attributes.get("role", ("",))[0] == "img":
                self._svg(tag)
        if tag.attributes:
            self._attributes(tag)
        if tag.name == "a":
            self._html_link(tag)
        elif tag.name == "img":
            self._html_image(tag, _HTML_IMAGE)
        elif tag.name in self._components:
            start = tag.span.start + 1
            element = self._elements.get(self.text[start : start + len(tag.name)])
            if element:
                self._html_image(tag, element)

    def _attributes(self, tag: rawhtml.Tag) -> None:
        for name in ("id", "name"):
            value, span = tag.attributes.get(name, ("", None))
            if span and (name == "id" or tag.name == "a"):
                self.anchors.append(Anchor(rawhtml.unescape(value), span))
        for name in rawhtml.PROSE_ATTRIBUTES & tag.attributes.keys():
            span = tag.attributes[name][1]
            if span:
                self._aside("alt" if name == "alt" else "title", span)

    def _mark_passage(self, tag: rawhtml.Tag) -> None:
        """Note where an element with `lang` begins and ends; what is inside of it is of it."""
        passage = self._open_passage
        if passage is None:
            language = languages.code(tag.attributes["lang"][0])
            if language and not tag.closing and self.text[tag.span.end - 2] != "/":
                self._open_passage = _OpenPassage(tag.name, language, tag.span.end)
                self._depth = 1
        elif tag.name == passage.name:
            self._depth += -1 if tag.closing else 1
            if not self._depth:
                span = Span(passage.start, tag.span.start)
                self.passages.append(Passage(passage.language, span))
                self._open_passage = None

    def _aside(self, kind: RunKind, span: Span) -> None:
        """Prose that stands inside a tag, not in the flow of the text around it."""
        self.asides.append(span)
        self.runs.append(Run(kind, span))

    def _html_link(self, tag: rawhtml.Tag) -> None:
        value, span = tag.attributes.get("href", ("", None))
        if span is not None:
            self.links.append(Link("html", self._attribute(value, span), span, span))

    def _html_image(self, tag: rawhtml.Tag, element: ImageElement) -> None:
        attributes = tag.attributes
        value, span = _first(attributes, element.source) or ("", None)
        if span is None and not any("src" in name or NUL in name for name in attributes):
            return  # `<img>` is rather talked of than shown
        alt, alt_span = _first(attributes, element.alt) or (None, None)
        text = None if alt is None else self._attribute(alt, alt_span or tag.span).strip()
        if text is None and (name := next(filter(_may_bring_alt, attributes), None)):
            text = "{" + name + "}"
        echo = self._echo(text, *tag.span) if text else ""
        destination = self._attribute(value, span) if span else ""
        self.images.append(
            Image("html", destination, span or tag.span, text, alt_span or tag.span, _is_hidden(attributes), echo=echo)
        )  # fmt: skip

    def _svg(self, tag: rawhtml.Tag) -> None:
        """A drawing that is an image for screen readers, by its label or its title."""
        label, span = tag.attributes.get("aria-label", (None, None))
        title = _SVG_TITLE.match(self.text, tag.span.end)
        alt = None if label is None else self._attribute(label, span or tag.span).strip()
        if not alt and "aria-labelledby" in tag.attributes:
            alt = "{aria-labelledby}"
        elif not alt and title:
            alt, span = title[1].strip(), Span(*title.span(1))
        hidden = _is_hidden(tag.attributes)
        self.images.append(Image("html", "", tag.span, alt or None, span or tag.span, hidden))

    def _mark_figure(self, tag: rawhtml.Tag) -> None:
        """Note where links, figures and their captions begin and end, and what images are in them."""
        if tag.name == "a":
            if not tag.closing:
                self._open_link = _OpenFigure(tag, len(self.images))
            elif self._open_link:
                self._end_html_link(self._open_link, tag.span.start)
                self._open_link = None
        elif tag.name == "figcaption":
            if not tag.closing:
                self._caption = Span(tag.span.end, tag.span.end)
            elif self._caption.start:
                self._caption = Span(self._caption.start, tag.span.start)
        elif not tag.closing:
            self._open_figure = _OpenFigure(tag, len(self.images))
            self._caption = Span(0, 0)
        elif self._open_figure:
            self._end_figure(self._open_figure)
            self._open_figure = None

    def _end_html_link(self, link: _OpenFigure, end: int) -> None:
        named = {
            "aria-label",
            "aria-labelledby",
            "aria-hidden",
            "title",
        } & link.tag.attributes.keys()
        if len(self.images) == link.images + 1 and not named and "href" in link.tag.attributes:
            inside = _NO_TEXT.sub("", self.text[link.tag.span.end : end])
            if not inside.strip():
                self.images[-1] = self.images[-1]._replace(names_link=True)

    def _end_figure(self, figure: _OpenFigure) -> None:
        start, end = self._caption
        if len(self.images) == figure.images + 1 and start < end:
            image = self.images[-1]
            words = list(plain_words(_NOT_BESIDE.sub(" ", self.text[start:end])))
            if words and words == list(plain_words(image.alt or "")):
                self.images[-1] = image._replace(echo="caption")

    def _attribute(self, value: str, span: Span) -> str:
        """An attribute's value; as written if a template stands in it."""
        return self.text[span.start : span.end] if NUL in value else rawhtml.unescape(value)

    # ---- templating -------------------------------------------------------------------------

    def _read_templates(self) -> None:
        for template in self.templates:
            attributes = dict(template.attributes)
            for name in TEXT_ATTRIBUTES & attributes.keys():
                self._aside("alt" if name == "alt" else "title", attributes[name])
            self._shortcode_image(template, attributes)
            if "id" in attributes:
                a, b = attributes["id"]
                self.anchors.append(Anchor(self.text[a:b], Span(a, b)))
            elif self.text[template.span.start + 1] in ":.#":
                for match in _ATTRIBUTE_ID.finditer(self.text, *template.span):
                    self.anchors.append(Anchor(match[1], Span(*match.span(1))))

    def _shortcode_image(self, template: Template, attributes: dict[str, Span]) -> None:
        name = template.name.rpartition("/")[2].partition(".")[0]
        element = self._elements.get(template.name) or self._elements.get(name)
        if element is None:
            return
        if any(key.isdigit() for key in (*element.source, *element.alt)):
            attributes = dict(_positional(self.text, template)) | attributes
        source = next((attributes[key] for key in element.source if key in attributes), None)
        if source is None or not self._is_literal(template, source):
            return
        alt_key = next((key for key in element.alt if key in attributes), "")
        alt_span = attributes.get(alt_key)
        alt = self.text[alt_span.start : alt_span.end].strip() if alt_span else None
        if alt_span and not self._is_literal(template, alt_span):
            alt = "{" + (alt or "") + "}"
        caption = attributes.get("caption")
        echo: Echo = ""
        if caption and alt and alt_key == "alt":
            written = plain_words(self.text[caption.start : caption.end])
            echo = "caption" if list(written) == list(plain_words(alt)) else ""
        destination = self.text[source.start : source.end]
        where = alt_span or template.span
        self.images.append(Image("shortcode", destination, source, alt, where, echo=echo))

    def _is_literal(self, template: Template, value: Span) -> bool:
        """Whether a parameter is what stands there: in Liquid, a word without quotes is a variable."""
        is_liquid = self.text.startswith("{%", template.span.start)
        return not is_liquid or self.text[value.start - 1 : value.start] in ("'", '"')


_HTML_IMAGE = ImageElement("img", ("src",), ("alt",))


def _first(
    attributes: dict[str, tuple[str, Span | None]], names: Iterable[str]
) -> tuple[str, Span | None] | None:
    """The first attribute that is there."""
    lower = map(str.lower, names)
    return next((attributes[name] for name in lower if name in attributes), None)


def _may_bring_alt(name: str) -> bool:
    """Whether an attribute may set the alternative text: `:alt="x"`, `{...props}`, `{{ attributes }}`."""
    return NUL in name or (name.endswith("alt") and name.startswith(_TEMPLATE_ATTRIBUTES))


def _is_hidden(attributes: dict[str, tuple[str, Span | None]]) -> bool:
    """Whether an element says that it is only for the eye."""
    role = attributes.get("role", ("",))[0]
    return role in ("presentation", "none") or attributes.get("aria-hidden", ("",))[0] == "true"


def _positional(text: str, template: Template) -> Iterable[tuple[str, Span]]:
    """The parameters without names of a shortcode, by their number."""
    start = text.find(template.name, template.span.start) + len(template.name)
    matches = _POSITIONAL.finditer(text, start, template.span.end - 2)
    for number, match in enumerate(matches):
        yield str(number), Span(*match.span(match.lastindex or 0))


def _beside(before: str, after: str) -> list[str]:
    """The texts beside what stands between two texts: those on its lines or, if there are none, the
    line above that has words, unless it is a heading, and the one below."""
    above, below = before.splitlines() or [""], after.splitlines() or [""]
    before, after = above.pop().rpartition("|")[2], below.pop(0).partition("|")[0]  # of its cell
    before, after = (_NOT_BESIDE.sub(" ", text) for text in (before, after))
    if _has_words(before) or _has_words(after):
        return [before, after]
    return [_first_text(reversed(above)), _first_text(below)]


def _first_text(lines: Iterable[str]) -> str:
    for line in lines:
        if _HEADING_LINE.match(line):
            return ""
        text = _NOT_BESIDE.sub(" ", line)
        if _has_words(text):
            return text
    return ""


def _has_words(text: str) -> bool:
    return any(map(str.isalnum, text))


def _between_marks(heading: str) -> str:
    """The source of a heading without the `#` before and after it, or the line below it."""
    match = _ATX.match(heading)
    if match is None:
        return heading.rpartition("\n")[0].strip()
    return _CLOSING_ATX.sub("", heading[match.end() :]).strip()


def _parts(texts: list[str], marks: list[tuple[int, int, PartKind]]) -> list[Part]:
    """The texts of a heading with what they stand in; neighbours of a kind are one."""
    parts: list[Part] = []
    kinds: list[PartKind] = ["text"]
    element = done = 0
    marks.append((len(texts), 0, "text"))
    for index, step, kind in marks:
        if done < index:
            text = "".join(texts[done:index])
            parts.append(Part(text, kinds[-1], element if len(kinds) > 1 else 0))
            done = index
        if step > 0:
            element += len(kinds) == 1
            kinds.append(kind if kinds[-1] == "text" else kinds[-1])
        elif step < 0:
            kinds.pop()
    return parts


def _end_in_braces(source: str, parts: list[Part], covered: bool) -> tuple[str, str]:
    """A heading that ends in braces: its source without attributes, and these.

    The parser takes all braces for attributes and leaves them out of the text, which is mended
    here. If they were `covered` as a template, the parser has seen letters instead.
    """
    start = source.rfind("{")
    before = source[:start].rstrip()
    last = parts[-1].text if parts else ""
    if not _HEADING_ATTRIBUTES.fullmatch(source, start):
        if not covered and not last.endswith("}"):
            parts.append(Part(source[len(before) :], "text", 0))
        return source, ""
    if covered or last.endswith("}"):
        text = last[: len(last) - len(source) + start].rstrip()
        parts[-1] = parts[-1]._replace(text=text)
    return before, source[start:]


def _label(label: str) -> str:
    """A link label as CommonMark matches it: case folded, white space collapsed."""
    return " ".join(label.casefold().split())


def _shift(tag: rawhtml.Tag, by: int) -> rawhtml.Tag:
    moved = {
        name: (value, span and Span(span.start + by, span.end + by))
        for name, (value, span) in tag.attributes.items()
    }
    return tag._replace(span=Span(tag.span.start + by, tag.span.end + by), attributes=moved)


def _mask(visible: str, prose: list[tuple[int, int]]) -> str:
    parts: list[str] = []
    done = 0
    for start, end in sorted(prose):
        if start > done:
            parts.append(NUL * (start - done))
            done = start
        if end > done:
            parts.append(visible[done:end])
            done = end
    parts.append(NUL * (len(visible) - done))
    return "".join(parts)


def _bare_urls(mask: str, links: list[Link], start: int) -> list[Link]:
    """URLs that stand in the text as such: Goldmark, GFM and others make links of them."""
    linked = {link.text.start for link in links}
    found: list[Link] = []
    for match in _BARE_URL.finditer(mask, start):
        if match.start() not in linked:
            url = _trim_url(match[0])
            span = Span(match.start(), match.start() + len(url))
            found.append(Link("bare", url, span, span))
    return found


def _trim_url(url: str) -> str:
    """Leave off what GFM does not count to a bare URL: punctuation at its end."""
    end = len(url)
    surplus = url.count(")") - url.count("(")
    while end and (url[end - 1] in "?!.,:;*_~'\"" or (url[end - 1] == ")" and surplus > 0)):
        surplus -= url[end - 1] == ")"
        end -= 1
    return url[:end]


# URLs, e-mail addresses, handles and emoji codes stand in prose, but are none. Each pattern begins
# with its literal, and what stands before it is looked at only where it occurs.
_ADDRESSES = (
    ("://", pattern(r"://[^\s\0]+")),
    ("@", pattern(r"@[\w.-]+")),
    ("www.", pattern(r"www\.[^\s\0]+")),
    (":", pattern(r":[a-z0-9_+-]++:")),
)
_BEFORE_ADDRESS = pattern(r"[\w.+-]*\Z")
_LONGEST_LOCAL_PART = 64  # characters of an e-mail address before the @, RFC 5321


def _without_addresses(mask: str) -> str:
    for literal, address in _ADDRESSES:
        if literal in mask:
            parts: list[str] = []
            done = 0
            for match in address.finditer(mask):
                start = match.start()
                if literal in ("://", "@"):
                    before = _BEFORE_ADDRESS.search(
                        mask[max(done, start - _LONGEST_LOCAL_PART) : start]
                    )
                    start -= len(before[0]) if before else 0
                parts += mask[done:start], NUL * (match.end() - start)
                done = match.end()
            mask = "".join((*parts, mask[done:]))
    return mask
