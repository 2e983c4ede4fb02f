"""What the rest of the blog needs to know of one post, as plain tuples of strings and numbers.

Facts are all that is kept of a post that is not reported on, and all that site rules see of the
one that is. They depend on the post alone, so they may be cached by its content.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from contentlint import languages
from contentlint.document import Document, Tag
from contentlint.frontmatter import FrontMatter
from contentlint.markdown import Heading, Image, Link
from contentlint.options import is_list, is_table
from contentlint.patterns import pattern
from contentlint.references import Label, undefined, unused
from contentlint.spelling import Candidate, Form, Lexicon, candidates, forms
from contentlint.templating import may_print_ids
from contentlint.text import Span
from contentlint.tuples import NamedTuple

if TYPE_CHECKING:
    from contentlint.spelling.dictionary import Dictionaries

_COMPONENT = pattern(r"<[A-Z]")
_URL_KEYS = ("slug", "url", "permalink", "aliases", "redirect_from")
_LANGUAGE_KEYS = ("lang", "language", "locale")
_FEW_UNKNOWN = 2  # so many unknown words make no passage in another language
_LETTER_BEFORE = pattern(r"&[A-Za-z]{1,7};\Z")
_LONGEST_LETTER = 9  # characters of a letter in HTML, such as `&ccedil;`
_DEPTH = 2  # of tables in tables, as in `cascade.build.render`
_LONGEST_VALUE = 400  # characters; URLs, titles and dates are shorter

# Front matter as pairs of key and value, see `flatten`.
Front = tuple[tuple[str, str], ...]


class Key(NamedTuple):
    """A top-level key of front matter, where it stands, and whether it says nothing: null, "", []."""

    name: str
    span: Span
    is_empty: bool


class Outline(NamedTuple):
    """What of a post its URL may be made of: the front matter, None if it has none, and the title,
    which is that of the front matter or else the first heading of level 1."""

    front: Front | None
    title: str


class Facts(NamedTuple):
    """The facts of one post. `path` is relative to the site's root, with `/` separators.

    `front` is its front matter, None if it has none, and `syntax` what that is written in, as in
    FrontMatter.format; `opening` is its opening delimiter, and `keys` are its keys if all of them could be read; `urls` is what that says of its URLs; `body` is
    the offset at which the Markdown begins; `language` is a code, see languages.py. What fragments
    may name are the ids that generators make of its `headings`, each in its own way, and of
    `footnotes`, the labels of the references to them, and `anchors`, the ids of raw HTML and
    attribute lists; `dynamic` names the templates that may print more. `unknown` are the words that
    the lexicon does not know, or the dictionary of the post's language if there is one; `forms` are
    those of an English post that are also written in another way.
    """

    path: str
    title: str
    front: Front | None
    syntax: str
    opening: Span
    keys: tuple[Key, ...]
    urls: tuple[Label, ...]
    body: int
    language: str
    links: tuple[Link, ...]
    images: tuple[Image, ...]
    headings: tuple[Heading, ...]
    anchors: tuple[str, ...]
    footnotes: tuple[str, ...]
    dynamic: tuple[str, ...]
    unused: tuple[Label, ...]
    undefined: tuple[Label, ...]
    tags: tuple[Tag, ...]
    keywords: tuple[str, ...]
    names: tuple[str, ...]
    unknown: tuple[Candidate, ...]
    forms: tuple[Form, ...]

    @property
    def outline(self) -> Outline:
        """What of the post its URL may be made of."""
        headings = (heading.text for heading in self.headings if heading.level == 1)
        return Outline(self.front, self.title or next(headings, ""))


def collect(
    document: Document,
    path: str,
    lexicon: Lexicon,
    configured: str | None = None,
    dictionaries: Dictionaries | None = None,
) -> Facts:
    """Collect the facts of a document.

    `path` is its path relative to the site's root, `configured` the code of the language that the
    configuration says it is in. `dictionaries` know the words of other languages than English.
    """
    front = document.front_matter
    title = document.value("title")
    tags = tuple(document.tags)
    authors = _strings(document.value("author")) + _strings(document.value("authors"))
    language, unknown = read_words(document, path, lexicon, configured)
    if dictionaries and language != languages.ENGLISH:
        language, unknown = _by_dictionary(document, language, unknown, dictionaries)
    return Facts(
        path=path,
        title=title if isinstance(title, str) else "",
        front=flatten(document.data) if front else None,
        syntax=front.format if front else "",
        opening=front.opening if front else Span(0, 0),
        keys=tuple(_keys(front)) if front else (),
        urls=tuple(_urls(document)),
        body=document.body,
        language=language,
        links=tuple(document.links),
        images=tuple(document.images),
        headings=tuple(document.headings),
        anchors=tuple(anchor.id for anchor in document.anchors),
        footnotes=tuple(document.footnotes),
        dynamic=tuple(_dynamic(document)),
        unused=tuple(unused(document)),
        undefined=tuple(undefined(document)),
        tags=tags,
        keywords=_strings(document.value("keywords")),
        names=(*authors, *(tag.name for tag in tags)),
        unknown=unknown,
        forms=_forms(document, lexicon) if language == languages.ENGLISH else (),
    )


def _forms(document: Document, lexicon: Lexicon) -> tuple[Form, ...]:
    text, mask, lower = document.source.text, document.mask, document.lower_mask
    return forms(text, mask, lower, document.words, lexicon)


def read_words(
    document: Document, path: str, lexicon: Lexicon, configured: str | None = None
) -> tuple[str, tuple[Candidate, ...]]:
    """The language of a post, and the words in it that the lexicon does not know; see `collect`."""
    declared = next(filter(None, map(languages.code, _said(document))), configured)
    if declared and declared != languages.ENGLISH:
        return declared, ()
    starts = [run.span.start for run in document.runs]
    found = candidates(document.mask, document.cut_mask, document.words, lexicon, starts)
    strange = {candidate.word.lower() for candidate in found}
    other = languages.in_other_script(document.cut_mask, document.words)
    language = languages.of(declared, path, document.words, strange, other)
    if language == languages.ENGLISH:
        return language, _with_foreign(document, found, starts, lexicon)
    if len(other) > len(strange):
        # What is in Latin letters there are names and terms, which count for the vocabulary.
        return language, _marked(found, [(0, len(document.mask))])
    return language, ()


def _by_dictionary(
    document: Document,
    language: str,
    unknown: tuple[Candidate, ...],
    dictionaries: Dictionaries,
) -> tuple[str, tuple[Candidate, ...]]:
    """The same for a post that is not English, if there is a dictionary of its language."""
    if language == languages.UNDETERMINED:
        from contentlint.spelling.foreign import guess

        language = guess(document.words) or language
    dictionary = dictionaries.of(language)
    if dictionary is None:
        return language, unknown
    starts = (run.span.start for run in document.runs)
    found = candidates(document.mask, document.cut_mask, document.words, dictionary, starts)
    found = tuple(one for one in found if _is_whole(document.source.text, one))
    said = [part.span for part in document.passages if part.language != language]
    return language, _marked(found, said)


def _is_whole(text: str, one: Candidate) -> bool:
    """Whether a word does not go on after an apostrophe or with a letter such as `&uuml;`."""
    if text[one.end : one.end + 1] in ("&", "'", "’"):
        return False
    return not _LETTER_BEFORE.search(text[max(0, one.start - _LONGEST_LETTER) : one.start])


def _said(document: Document) -> Iterator[Any]:
    """What the front matter says the language is."""
    return (document.value(key) for key in _LANGUAGE_KEYS)


def _with_foreign(
    document: Document, found: tuple[Candidate, ...], starts: list[int], lexicon: Lexicon
) -> tuple[Candidate, ...]:
    """The candidates of an English post, with a mark on those in other languages."""
    said = [part.span for part in document.passages if part.language != languages.ENGLISH]
    if said:
        found = _marked(found, said)
    if len(found) > _FEW_UNKNOWN:
        from contentlint.spelling.foreign import mark_passages

        found = mark_passages(document.mask, document.cut_mask, found, sorted(starts), lexicon)
    return found


def _marked(found: tuple[Candidate, ...], spans: list[Any]) -> tuple[Candidate, ...]:
    from contentlint.spelling.foreign import mark

    return tuple(mark(found, spans))


def flatten(data: dict[str, Any]) -> Front:
    """The scalar values of front matter, but for long prose. Keys are in lower case, those of inner
    tables joined by dots; a list gives a pair for each item."""
    return tuple(_flatten(data, "", _DEPTH))


def _flatten(data: dict[str, Any], prefix: str, depth: int) -> Iterator[tuple[str, str]]:
    for key, value in data.items():
        name = sys.intern(f"{prefix}{key.lower()}")
        for item in value if is_list(value) else (value,):
            if is_table(item):
                if depth:
                    yield from _flatten(item, f"{name}.", depth - 1)
            elif isinstance(item, bool):
                yield name, "true" if item else "false"
            elif isinstance(item, str | int | float) and len(text := str(item)) <= _LONGEST_VALUE:
                yield name, text


def field(front: Front | None, *names: str) -> str:
    """The first value of the first of these keys that the front matter has; "" if it has none."""
    for name in names:
        for key, value in front or ():
            if key == name:
                return value
    return ""


def fields(front: Front | None, *names: str) -> list[str]:
    """All values of these keys, in the order of the file."""
    return [value for key, value in front or () if key in names]


def _keys(front: FrontMatter) -> Iterator[Key]:
    places = [(name, front.fields.get((name,))) for name in front.data]
    if front.broken or not all(field and field.key for _, field in places):
        return  # a YAML merge key brings some along
    for name, field in places:
        if field and field.key:
            yield Key(name, field.key, front.data[name] in (None, "", []))


def _urls(document: Document) -> Iterator[Label]:
    for key in filter(document.data.__contains__, _URL_KEYS):
        value = document.value(key)
        for path in [(key, n) for n in range(len(value))] if is_list(value) else [(key,)]:
            place, own = document.field(*path), document.value(*path)
            if isinstance(own, str) and place is not None and place.text is not None:
                yield Label(own, place.text)


def _dynamic(document: Document) -> Iterator[str]:
    """What may print ids: the names of shortcodes and includes, `<>` for JSX components."""
    text = document.source.text
    if document.source.path.endswith(".mdx") and _COMPONENT.search(text, document.body):
        yield "<>"
    names = {t.name for t in document.templates if may_print_ids(text, t)}
    yield from sorted(names)


def _strings(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if is_list(value):
        return tuple(item for item in value if isinstance(item, str))
    return ()
