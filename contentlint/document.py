"""One parsed post: what file rules see. Everything is computed once, when first asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from contentlint import frontmatter, languages, markdown
from contentlint.blocks import Block, blocks
from contentlint.frontmatter import Field, FrontMatter, Path
from contentlint.markdown import (
    IMAGE_ELEMENTS,
    Anchor,
    Definition,
    Heading,
    Image,
    ImageElement,
    Link,
    Passage,
    Run,
)
from contentlint.options import is_list, is_table
from contentlint.patterns import pattern
from contentlint.rawhtml import Comment
from contentlint.text import Source, Span
from contentlint.tuples import NamedTuple
from contentlint.words import cut

if TYPE_CHECKING:
    from contentlint.grammar.checker import Checker, Found
    from contentlint.schema import Schema

# Front-matter strings that people read, by the last part of their key.
PROSE_KEYS = (
    "title", "subtitle", "headline", "tagline", "description", "summary", "excerpt", "teaser",
    "lede", "lead", "caption", "alt", "image_alt", "cover_alt", "featured_image_alt",
)  # fmt: skip
# Front-matter keys that hold the terms of a taxonomy; Zola has them in a table `taxonomies`.
TAXONOMIES = ("tags", "categories", "category", "series")
_TABLE_OF_TAXONOMIES = "taxonomies"
_PART = pattern(r"[^,\s](?:[^,]*[^,\s])?")
# Front-matter values that name an image, as the common themes write them, with the keys that may
# hold its alternative text.
IMAGE_KEYS: dict[str, tuple[str, ...]] = {
    "cover.image": ("cover.alt",),
    "cover.src": ("cover.alt",),
    "cover": ("cover_alt", "coverAlt"),
    "coverImage": ("coverImageAlt", "coverAlt"),
    "cover_image": ("cover_image_alt", "cover_alt"),
    "image": ("image_alt", "imageAlt", "alt"),
    "image.src": ("image.alt",),
    "image.url": ("image.alt",),
    "image.path": ("image.alt",),
    "image.feature": ("image.alt",),
    "image.filename": ("image.alt_text", "image.alt"),
    "images": (),
    "featured_image": ("featured_image_alt",),
    "featuredImage": ("featuredImageAlt",),
    "feature_image": ("feature_image_alt",),
    "feature": ("featureAlt", "feature_alt"),
    "thumbnail": ("thumbnail_alt", "thumbnailAlt"),
    "banner": ("banner_alt", "bannerAlt"),
    "hero": ("hero_alt", "heroAlt"),
    "heroImage": ("heroImageAlt", "heroAlt"),
    "og_image": (),
    "header.image": ("header.image_description", "header.alt"),
    "header.teaser": (),
    "header.og_image": (),
    "header.overlay_image": ("header.image_description", "header.alt"),
}


class Reading(NamedTuple):
    """What the configuration says of how posts are read: the front-matter keys, in lower case, whose
    strings are prose, and those that hold the terms of a taxonomy, with dots for inner tables; those
    that name images, each with the keys that may describe it; and what shows images in the text."""

    prose_keys: Collection[str] = PROSE_KEYS
    taxonomies: tuple[str, ...] = TAXONOMIES
    image_keys: tuple[tuple[str, tuple[str, ...]], ...] = tuple(IMAGE_KEYS.items())
    image_elements: tuple[ImageElement, ...] = IMAGE_ELEMENTS


_DEFAULT = Reading()


class Tag(NamedTuple):
    """A term of a taxonomy, and where the post writes it.

    `taxonomy` is the key that the configuration names. `in_string` tells that it stands in a string
    such as `heat pump, dryer`, and not in a list.
    """

    taxonomy: str
    name: str
    span: Span
    in_string: bool = False


class Document:
    """One post, immutable. Spans count characters of `source.text`, end-exclusive.

    `mask` is as long as the source, with NUL for everything that is not prose (code, addresses,
    tags, templates, keys). `words` is the set of its coarse tokens in lower case; a rule over words
    asks there first, and looks for the place afterwards. `schemas` are those that the configuration
    holds the front matter against; `reading` is what it says of how posts are read. `language` is
    the code of its language and `checker` checks its grammar; the engine sets both before rules see
    the document.
    """

    language = languages.ENGLISH
    checker: Checker | None = None

    def __init__(
        self,
        source: Source,
        schemas: tuple[Schema, ...] = (),
        reading: Reading = _DEFAULT,
    ) -> None:
        self.source = source
        self.schemas = schemas
        self._reading = reading

    def __repr__(self) -> str:
        return f"Document({self.source.path!r})"

    @cached_property
    def front_matter(self) -> FrontMatter | None:
        """The front matter with the place of every key and value; None if there is none."""
        return frontmatter.read(self.source.text)

    @property
    def data(self) -> dict[str, Any]:
        """The front matter as JSON values, dates as ISO strings; empty if there is none."""
        return self.front_matter.data if self.front_matter else {}

    @property
    def body(self) -> int:
        """The offset at which the Markdown begins."""
        return self.front_matter.body if self.front_matter else self.source.start

    @cached_property
    def tags(self) -> list[Tag]:
        """The terms of all taxonomies: items of lists, and the parts of strings with commas."""
        found: list[Tag] = []
        for taxonomy in self._reading.taxonomies if self.front_matter else ():
            own = tuple(taxonomy.split("."))
            for path in (own, (_TABLE_OF_TAXONOMIES, *own)):
                if (written := self._as_written(path)) is not None:
                    found += self._terms(taxonomy, written)
        return found

    def _as_written(self, path: tuple[str, ...]) -> Path | None:
        """A path of keys in the case in which the front matter has them; None if it has not."""
        value: Any = self.data
        written: list[str] = []
        for part in path:
            if not is_table(value):
                return None
            if part not in value:
                part = next((key for key in value if key.lower() == part.lower()), "")
            if part not in value:
                return None
            written.append(part)
            value = value[part]
        return tuple(written)

    def _terms(self, taxonomy: str, path: Path) -> Iterator[Tag]:
        text, value = self.source.text, self.value(*path)
        if isinstance(value, str):
            field = self.field(*path)
            if field is not None and field.text is not None:
                for match in _PART.finditer(text, *field.text):
                    yield Tag(taxonomy, match[0], Span(*match.span()), True)
        elif is_list(value):
            for index, item in enumerate(value):
                field = self.field(*path, index)
                if field is not None and isinstance(item, str | int | float) and str(item).strip():
                    yield from _term(taxonomy, item, field, text)

    @cached_property
    def _markup(self) -> markdown.Markup:
        mdx = self.source.path.endswith(".mdx")
        prose = sorted(self._front_matter_prose())
        elements = self._reading.image_elements
        return markdown.parse(self.source.text, self.body, mdx=mdx, prose=prose, elements=elements)

    @cached_property
    def images(self) -> list[Image]:
        """All images: inline, by reference, in raw HTML, shortcodes and front matter."""
        return [*self._front_matter_images(), *self._markup.images]

    @property
    def links(self) -> list[Link]:
        """All links: inline, by reference, autolinks, bare URLs, and in raw HTML."""
        return self._markup.links

    @property
    def headings(self) -> list[Heading]:
        """The headings of the body, in order."""
        return self._markup.headings

    @property
    def anchors(self) -> list[Anchor]:
        """The ids that raw HTML and shortcodes set."""
        return self._markup.anchors

    @property
    def footnotes(self) -> list[str]:
        """The labels of the references to footnotes, in order."""
        return self._markup.footnotes

    @property
    def definitions(self) -> list[Definition]:
        """The link reference definitions."""
        return self._markup.definitions

    @property
    def code(self) -> list[Span]:
        """Code blocks and spans, math, autolinks, and what stands in code-like HTML elements."""
        return self._markup.code

    @property
    def comments(self) -> list[Comment]:
        """HTML comments."""
        return self._markup.comments

    @property
    def templates(self) -> tuple[Any, ...]:
        """Shortcodes, Liquid and Jinja tags, JSX expressions."""
        return self._markup.templates

    @property
    def runs(self) -> list[Run]:
        """Stretches of prose that belong together, with their kind: paragraph, heading, cell …"""
        return self._markup.runs

    @cached_property
    def blocks(self) -> list[Block]:
        """The prose block by block, as readers read it, with the way back to the source."""
        markup = self._markup
        templates = [template.span for template in markup.templates]
        return list(blocks(self.source.text, markup.mask, markup.runs, markup.code, templates))

    @property
    def grammar(self) -> list[Found]:
        """What the grammar engine of the run finds in the prose of the document's language."""
        if self.checker is None:
            return []
        others = [part.span for part in self.passages if part.language != self.language]
        found = self.checker.check(self.blocks, self.language, self.source.path)
        return [one for one in found if not any(a <= one.span.start < b for a, b in others)]

    @property
    def passages(self) -> list[Passage]:
        """The elements of raw HTML that say which language they are in."""
        return self._markup.passages

    @property
    def mask(self) -> str:
        """The source with NUL for all that is not prose."""
        return self._markup.mask

    @cached_property
    def lower_mask(self) -> str:
        """The mask in lower case, character for character."""
        lower = self.mask.lower()
        if len(lower) == len(self.mask):
            return lower
        # A few characters, such as the Turkish İ, are longer in lower case.
        return "".join(low if len(low := c.lower()) == 1 else c for c in self.mask)

    @cached_property
    def cut_mask(self) -> str:
        """The mask with blanks for all that its coarse tokens are cut at, see `words.cut`."""
        return cut(self.mask)

    @cached_property
    def tokens(self) -> list[str]:
        """The coarse tokens of the mask in order: lower-case, curly apostrophes made straight."""
        return self.cut_mask.split()

    @cached_property
    def words(self) -> frozenset[str]:
        """The distinct tokens."""
        return frozenset(self.tokens)

    def field(self, *path: str | int) -> Field | None:
        """Where a front-matter value stands; None if it is not there."""
        return self.front_matter.fields.get(path) if self.front_matter else None

    def value(self, *path: str | int) -> Any:
        """A front-matter value by its path; None if it is not there."""
        value: Any = self.data
        for part in path:
            try:
                value = value[part]
            except (KeyError, IndexError, TypeError):
                return None
        return value

    def _front_matter_prose(self) -> Iterator[Span]:
        for path, field in self._text_fields():
            name = next((part for part in reversed(path) if isinstance(part, str)), "")
            if name.lower() in self._reading.prose_keys and field.text is not None:
                yield field.text

    def _text_fields(self) -> Iterator[tuple[Path, Field]]:
        if self.front_matter:
            for path, field in self.front_matter.fields.items():
                if field.text is not None:
                    yield path, field

    def _front_matter_images(self) -> Iterator[Image]:
        keys = dict(self._reading.image_keys)
        for path, field in self._text_fields():
            key = ".".join(part for part in path if isinstance(part, str))
            destination = self.value(*path)
            if key in keys and field.text and isinstance(destination, str) and destination:
                yield self._front_matter_image(key, keys[key], destination, field.text)

    def _front_matter_image(
        self, key: str, alt_keys: tuple[str, ...], destination: str, span: Span
    ) -> Image:
        for alt_key in alt_keys:
            path = alt_key.split(".")
            alt, field = self.value(*path), self.field(*path)
            if isinstance(alt, str) and field is not None:
                where = field.text or field.value
                return Image("front-matter", destination, span, alt.strip(), where, key=key)
        return Image("front-matter", destination, span, None, span, key=key)


def _term(taxonomy: str, item: str | float, field: Field, text: str) -> Iterator[Tag]:
    """A term that is an item of a list; numbers such as 2024 are as they are written."""
    if isinstance(item, str):
        yield Tag(taxonomy, item, field.text or field.value)
    elif not isinstance(item, bool):
        yield Tag(taxonomy, text[slice(*field.value)], field.value)
