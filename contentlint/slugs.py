"""Heading ids, as generators make them.

They were read out of pages that the generators built, and tests/truth holds most of them against
what is built today; GitHub's are those of the package github-slugger, Zola's are from its
documentation. Where a generator's own versions differ, each has a style.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Literal

from contentlint.markdown import Heading, Part
from contentlint.patterns import pattern
from contentlint.templating import NUL
from contentlint.tuples import NamedTuple

Style = Literal[
    "github",
    "astro",
    "docusaurus",
    "hugo",  # `autoHeadingIDType = "github"`, the default; "…-ascii" and "blackfriday" are below
    "hugo-text",  # the same, had formatting no part in it
    "hugo-source",  # the same in old versions, 0.111 for one: made of the Markdown, not of the text
    "hugo-ascii",
    "hugo-blackfriday",
    "kramdown-gfm",  # Jekyll
    "kramdown",
    "markdown",  # Python-Markdown with toc and attr_list: MkDocs, Pelican if toc is on
    "markdown-unicode",  # with markdown.extensions.toc.slugify_unicode
    "pymdownx",  # with pymdownx.slugs.slugify(case="lower")
    "pymdownx-case",  # with pymdownx.slugs.slugify()
    "vitepress",
    "markdown-it-anchor",
    "eleventy",  # IdAttributePlugin
    "hexo",
    "zola",
    "none",  # nothing but the ids that the author sets, as Pelican without toc
]
Slugs = Sequence[str | None]


def heading_ids(headings: Sequence[Heading], style: Style) -> list[str | None]:
    """The ids of the headings of a page, in order.

    It is "" for a heading that gets none, and None if it cannot be known: a template prints a part
    of it, or the generator transliterates a script for which we have no table.
    """
    make = _STYLES[style]
    own: list[str] = []
    slugs: list[str | None] = []
    for heading in headings:
        if heading.attributes.startswith("{") and not make.attributes.fullmatch(heading.attributes):
            heading = _with_braces(heading)
        if heading.source or heading.attributes or not make.skips_empty:
            own.append(_own_id(heading.attributes, make.attributes))
            slugs.append(None if NUL in heading.text else make.slug(heading))
    made = iter(make.number(slugs, own))
    return [
        next(made) if heading.source or heading.attributes or not make.skips_empty else ""
        for heading in headings
    ]


def footnote_ids(labels: Sequence[str], style: Style) -> Iterator[str]:
    """The ids of footnotes and of the references to them; `labels` are those of the references, in
    order. Where footnotes are a matter of plugins, these are the ids that the common ones make."""
    numbers: dict[str, int] = {}
    counts: dict[str, int] = {}
    for label in labels:
        number = numbers.setdefault(label, len(numbers) + 1)
        count = counts[label] = counts.get(label, 0) + 1
        again = count > 1
        if style.startswith("hugo"):
            yield from (f"fn:{number}", f"fnref{count - 1 if again else ''}:{number}")
        elif style.startswith("kramdown"):
            yield from (f"fn:{label}", f"fnref:{label}:{count - 1}" if again else f"fnref:{label}")
        elif style in _PYTHON_MARKDOWN:
            yield from (f"fn:{label}", f"fnref{count if again else ''}:{label}")
        elif style == "zola":
            yield from (label, f"fr-{label}-{count}")
        else:
            name = label.lower()
            reference = f"user-content-fnref-{name}"
            yield from (f"user-content-fn-{name}", f"{reference}-{count}" if again else reference)
            yield from (f"fn{number}", f"fnref{number}", f"fnref{number}:{count - 1}")
            yield from (f"fn:{number}", f"fnref:{number}")


def is_everywhere(fragment: str) -> bool:
    """Whether browsers know the fragment on every page: the top, and text to scroll to."""
    return fragment.lower() in ("", "top") or fragment.startswith(":~:")


def loose_id(fragment: str) -> str:
    """What the ids of all generators have in common, to compare without knowing which it is.

    Generators differ in how they write dashes, dots and accents (`a--b`, `a-b`), hardly in the
    letters: only those count.
    """
    folded = unicodedata.normalize("NFKD", fragment.casefold())
    return "".join(character for character in folded if character.isalnum())


def nearest(fragment: str, ids: Sequence[str]) -> str | None:
    """The id that was probably meant; None if none is near."""
    from difflib import get_close_matches

    lower = fragment.lower()
    for own in ids:
        if own.lower() == lower:
            return own
    near = get_close_matches(fragment, ids, n=1, cutoff=0.7)
    return near[0] if near else None


# ---- ids that the author sets ------------------------------------------------------------------

_NO_ATTRIBUTES = pattern(r"(?!)")
_ID_ALONE = pattern(r"\{#[^{}\s]+\}")
_BRACES = pattern(r"\{(?!:)[^{}\n]*\}")  # Goldmark, markdown-it-attrs, pulldown-cmark
_ATTR_LIST = pattern(r"\{[^{}\n]*\}")  # Python-Markdown
_KRAMDOWN = pattern(r"\{#[^{}\s]+\}|\n\{:[^{}\n]*\}")
# Attributes without a value, which others take for text: `## Show {braces}`.
_SPACED_BRACES = pattern(r" \{[^{}\n]+\}")  # Python-Markdown
_ANY_BRACES = pattern(r".?\{[^{}\n]+\}")  # markdown-it-attrs
_ID = pattern(r"""(?:#|\bid=["']?)([^\s{}"'#]+)""")


def _own_id(attributes: str, known: re.Pattern[str]) -> str:
    match = _ID.search(attributes) if attributes and known.fullmatch(attributes) else None
    return match[1] if match else ""


def _with_braces(heading: Heading) -> Heading:
    """The heading for a generator to which an attribute list is text."""
    braces = f" {heading.attributes}"
    parts = (*heading.parts, Part(braces, "text", 0)) if heading.parts else ()
    return heading._replace(text=heading.text + braces, source=heading.source + braces, parts=parts)


# ---- numbers for ids that were there already ---------------------------------------------------


def _first_free(slugs: Slugs, own: Sequence[str]) -> Iterator[str | None]:
    """The smallest number that makes it unique among the ids before it."""
    used: set[str] = set()
    counts: dict[str, int] = {}
    for slug, own_id in zip(slugs, own, strict=True):
        identifier = own_id or slug
        while not own_id and slug is not None and identifier in used:
            counts[slug] = counts.get(slug, 0) + 1
            identifier = f"{slug}-{counts[slug]}"
        if identifier is not None:
            used.add(identifier)
        yield identifier


def _github(slugs: Slugs, own: Sequence[str]) -> Iterator[str | None]:
    """As `_first_free`, with no regard to ids that the author sets."""
    made = _first_free([s for s, o in zip(slugs, own, strict=True) if not o], [""] * own.count(""))
    for own_id in own:
        yield own_id or next(made)


def _astro(slugs: Slugs, own: Sequence[str]) -> Iterator[str | None]:
    """As `_github`, and without a dash at the end."""
    return (slug and slug.removesuffix("-") for slug in _github(slugs, own))


def _zola(slugs: Slugs, own: Sequence[str]) -> Iterator[str | None]:
    """As `_first_free`, but ids that the author sets anywhere are taken from the beginning."""
    made = _first_free([*own, *slugs], [*own, *own])
    yield from list(made)[len(own) :]


def _counting(slugs: Slugs, own: Sequence[str], first: int = 1) -> Iterator[str | None]:
    """A number for each repetition, whether or not the id is unique then."""
    counts: dict[str, int] = {}
    for slug, own_id in zip(slugs, own, strict=True):
        if own_id or slug is None:
            yield own_id or None
            continue
        count = counts[slug] = counts.get(slug, -1) + 1
        yield f"{slug}-{count + first - 1}" if count else slug


def _eleventy(slugs: Slugs, own: Sequence[str]) -> Iterator[str | None]:
    return _counting(slugs, own, first=2)


_COUNTED = pattern(r"(.*)_([0-9]+)\Z", re.DOTALL)


def _python_markdown(slugs: Slugs, own: Sequence[str]) -> Iterator[str | None]:
    """`_1`, or a higher number than the id ends with; none is empty."""
    used = set(own)
    for slug, own_id in zip(slugs, own, strict=True):
        identifier = own_id or slug
        while not own_id and identifier is not None and (identifier in used or not identifier):
            match = _COUNTED.match(identifier)
            identifier = f"{match[1]}_{int(match[2]) + 1}" if match else f"{identifier}_1"
        if identifier is not None:
            used.add(identifier)
        yield identifier


_PYTHON_MARKDOWN = ("markdown", "markdown-unicode", "pymdownx", "pymdownx-case", "none")


# ---- texts -------------------------------------------------------------------------------------


def _parts(heading: Heading) -> tuple[Part, ...]:
    return heading.parts or (Part(heading.text, "text", 0),)


def _visible(heading: Heading, braces: re.Pattern[str] = _NO_ATTRIBUTES) -> str:
    """The text without the descriptions of images, which are no text of the page, and without the
    `braces` that it ends with."""
    parts = _parts(heading)
    text = "".join(part.text for part in parts if part.kind != "alt")
    if parts[-1].kind == "text" and not parts[-1].element and text.endswith("}"):
        before, brace, after = text.rpartition("{")
        if braces.fullmatch(before[-1:] + brace + after):
            return before.rstrip()
    return text


@cache
def _is_word(character: str) -> bool:
    r"""Whether it is matched by `\w` as Unicode defines it (UTS #18, annex C): by JavaScript's and
    Ruby's, while Python's takes fractions for words and vowel signs not."""
    category = unicodedata.category(character)
    if category == "So":  # letters in circles and squares
        return any(first <= character <= last for first, last in ("Ⓐⓩ", "🄰🅉", "🅐🅩", "🅰🆉"))
    return category[0] in "LM" or category in ("Nd", "Nl", "Pc")


@cache
def _is_letter(character: str) -> bool:
    """What Hugo keeps: letters, decimal digits and the underscore."""
    return character == "_" or unicodedata.category(character) in (
        "Lu", "Ll", "Lt", "Lm", "Lo", "Nd",
    )  # fmt: skip


def _lower(text: str) -> str:
    """Each character in lower case by itself, as Go has it: one for one."""
    return text.lower() if text.isascii() else "".join(c.lower()[0] for c in text)


# ---- GitHub, Docusaurus, kramdown ---------------------------------------------------------------


def _words_and_dashes(text: str) -> str:
    return "".join(c for c in text if c in "- " or _is_word(c)).replace(" ", "-")


def _github_slug(heading: Heading) -> str:
    return _words_and_dashes(_visible(heading).lower())


def _docusaurus_slug(heading: Heading) -> str:
    return _words_and_dashes(heading.text.lower())


_EN_DASH = re.compile(r"---?")
_EM_DASH = re.compile(r"(?<!-)--(?!-)")


def _with_dashes(heading: Heading, marks: re.Pattern[str]) -> str:
    """The text with the `marks` of dashes, as typographers write them, out of code."""
    return "".join(
        part.text if part.kind == "code" else marks.sub("–", part.text)
        for part in _parts(heading)
        if part.kind != "alt"
    )


def _astro_slug(heading: Heading) -> str:
    return _words_and_dashes(_with_dashes(heading, _EM_DASH).lower())


def _kramdown_gfm_slug(heading: Heading) -> str:
    text = _with_dashes(heading, _EN_DASH).replace("\t", " ")
    # Ruby's lower case of a word's last Σ is σ, Python's is ς.
    return _words_and_dashes("".join(c.lower() for c in text))


def _kramdown_slug(heading: Heading) -> str:
    letters = re.sub(r"^[^a-zA-Z]+|[^a-zA-Z0-9 -]", "", heading.source)
    return letters.replace(" ", "-").lower() or "section"


# ---- Hugo ---------------------------------------------------------------------------------------

_DASHES = pattern(r"--+")
_NO_LETTER = pattern(r"[^\w -]")
_BARE_URL = pattern(r"(?:https?://|www\.)\S+")
# Where Goldmark begins another text: it takes typographic marks, URLs and tags out of the flow, and
# what could have been the beginning or end of an element ends one.
_NEXT_TEXT = pattern(r"""['"~]|--|\.\.\.|<<|>>|https?://|www\.|(?<=[\[_])""")


def _hugo_text(heading: Heading) -> str:
    """The last line of the text. Of each inline element Hugo reads the first text alone: the id of
    `## **Don't**` is `don`."""
    texts: list[str] = []
    last_element = 0
    for text, kind, element in _parts(heading):
        if kind == "address" or (element and element == last_element):
            continue
        if kind == "code":
            texts.append(text)
        elif element:
            match = _NEXT_TEXT.search(text)
            texts.append(text[: match.start()] if match else text)
        else:
            texts.append(_DASHES.sub("", _BARE_URL.sub("", text)))
        last_element = element
    return "".join(texts).rpartition("\n")[2]


def _letters_and_dashes(text: str, keeps: Callable[[str], bool] = _is_letter) -> str:
    text = text.strip()
    if keeps is _is_letter and text.isascii():
        kept = _NO_LETTER.sub("", text)  # a tenth of the time
    else:
        kept = "".join(c for c in text if c in "- " or keeps(c))
    return _lower(kept).replace(" ", "-") or "heading"


def _hugo_slug(heading: Heading) -> str:
    return _letters_and_dashes(_hugo_text(heading))


def _hugo_text_slug(heading: Heading) -> str:
    return _letters_and_dashes(heading.text)


def _hugo_source_slug(heading: Heading) -> str:
    return _letters_and_dashes(heading.source.rpartition("\n")[2])


def _hugo_ascii_slug(heading: Heading) -> str:
    text = unicodedata.normalize("NFD", _hugo_text(heading))
    return _letters_and_dashes(text, lambda c: c.isascii() and _is_letter(c))


def _blackfriday_slug(heading: Heading) -> str:
    text = _hugo_text(heading)
    spaced = "".join(c if unicodedata.category(c)[0] in "LN" else " " for c in text)
    return _lower("-".join(spaced.split())) or "heading"


# ---- Python-Markdown ----------------------------------------------------------------------------


def _in_a_line(heading: Heading) -> str:
    return " ".join(_visible(heading, _SPACED_BRACES).split())


def _markdown_slug(heading: Heading) -> str:
    plain = unicodedata.normalize("NFKD", _in_a_line(heading)).encode("ascii", "ignore").decode()
    return _python_words(plain)


def _markdown_unicode_slug(heading: Heading) -> str:
    return _python_words(_in_a_line(heading))


def _python_words(text: str) -> str:
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", text).strip().lower())


def _pymdownx_case_slug(heading: Heading) -> str:
    return _pymdownx(_in_a_line(heading))


def _pymdownx_slug(heading: Heading) -> str:
    return _pymdownx(_in_a_line(heading).lower())


def _pymdownx(text: str) -> str:
    text = unicodedata.normalize("NFC", re.sub(r"</?[^>]*>", "", text)).strip()
    return re.sub(r"[^\w\- ]", "", text).replace(" ", "-")


# ---- JavaScript ----------------------------------------------------------------------------------

_SPECIAL = pattern(r"""[\s~`!@#$%^&*()\-_+=\[\]{}|\\;:"'“”‘’<>,.?/]+""")
_SPECIAL_TO_HEXO = pattern(r"""[\s~`!@#$%^&*()\-_+=\[\]{}|\\;:"'<>,.?/]+""")
_CONTROL = pattern(r"[\x00-\x1f]")
_EMOJI_NAME = pattern(r":[a-z+-][a-z0-9_+-]*:")
_ENTITY = pattern(r"&(?:#\w+|\w+);")


def _vitepress_slug(heading: Heading) -> str | None:
    if _ENTITY.search(heading.source):
        return None  # `&amp;` gives `amp`, but not in code
    text = unicodedata.normalize("NFKD", _EMOJI_NAME.sub("", _visible(heading, _ANY_BRACES)))
    text = _CONTROL.sub("", re.sub(r"[\u0300-\u036f]", "", text))
    text = re.sub(r"-{2,}", "-", _SPECIAL.sub("-", text)).strip("-")
    return re.sub(r"^(?=[0-9])", "_", text).lower()


def _markdown_it_anchor_slug(heading: Heading) -> str:
    return re.sub(r"\s+", "-", _visible(heading).replace("\n", "").strip().lower())


# What stands for a letter that is no accented ASCII letter; for Eleventy the umlauts, too.
_PLAIN = str.maketrans(
    {"Æ": "AE", "æ": "ae", "Ð": "D", "ð": "d", "Ø": "O", "ø": "o", "Đ": "D", "đ": "d", "ı": "i"}
    | {"Ł": "L", "ł": "l", "Ħ": "H", "ħ": "h"}
)  # fmt: skip
_GERMAN = str.maketrans(
    {"ß": "ss", "ẞ": "ss", "ä": "ae", "Ä": "Ae", "ö": "oe", "Ö": "Oe", "ü": "ue", "Ü": "Ue"}
    | {"Þ": "TH", "þ": "th", "€": "E", "¢": "c", "¥": "Y", "₹": "R", "&": " and ", "♥": " love "}
)  # fmt: skip
_CONTRACTION = pattern(r"([a-z\d]+)'([ts])(?=\s|\Z)")


def _eleventy_slug(heading: Heading) -> str | None:
    text = unicodedata.normalize("NFC", _visible(heading)).translate(_GERMAN).translate(_PLAIN)
    text = unicodedata.normalize("NFD", text).lower()
    if any(
        "\u0370" <= c < "\u0900" or "Ⴀ" <= c <= "ჿ" or c >= "\ufb50" for c in text if c.isalnum()
    ):
        return None
    return re.sub(r"[^a-z\d]+", "-", _unaccented(_CONTRACTION.sub(r"\1\2", text))).strip("-")


def _unaccented(text: str) -> str:
    return "".join(c for c in text if unicodedata.category(c) != "Mn")


_SMART = (
    (pattern(r"---"), "—"),
    (pattern(r"--"), "–"),
    (pattern(r"""(^|[-—/(\[{"\s])'"""), "\\1‘"),
    (pattern(r"'"), "’"),
    (pattern(r"""(^|[-—/(\[{‘\s])\""""), "\\1“"),
    (pattern(r'"'), "”"),
    (pattern(r"\.{3}"), "…"),
)
_HEXO_LETTERS = _PLAIN | str.maketrans(
    {"Ð": "Ð", "ð": "ð", "ß": "s", "ẞ": "S", "Œ": "OE", "œ": "oe", "Ŧ": "T", "ŧ": "t"}
)


def _hexo_slug(heading: Heading) -> str | None:
    if _ENTITY.search(heading.source):
        return None  # some are resolved before marks are dropped, some are not
    texts: list[str] = []
    for text, kind, _ in _parts(heading):
        if kind == "text":
            for pattern, mark in _SMART:
                text = pattern.sub(mark, text)
        texts.append("" if kind == "alt" else text)
    text = re.sub(r"<[^>]*>", "", "".join(texts)).strip().translate(_HEXO_LETTERS)
    text = _CONTROL.sub("", "".join(map(_without_accent, text)))
    return re.sub(r"-{2,}", "-", _SPECIAL_TO_HEXO.sub("-", text)).strip("-")


@cache
def _without_accent(character: str) -> str:
    """An accented ASCII letter without its accent, anything else as it is."""
    in_circle = "Ⓐ" <= character <= "ⓩ"
    base = unicodedata.normalize("NFKD" if in_circle else "NFD", character)[0]
    return base if base.isascii() and base.isalpha() else character


# ---- Zola ----------------------------------------------------------------------------------------

_ZOLA_LETTERS = _PLAIN | str.maketrans(
    {"ß": "ss", "Þ": "Th", "þ": "th", "Œ": "OE", "œ": "oe"} | dict.fromkeys("‘’“”–—… ", "-")
)


def _zola_slug(heading: Heading) -> str | None:
    text = unicodedata.normalize("NFD", heading.text.translate(_ZOLA_LETTERS)).lower()
    text = _unaccented(text)
    return re.sub(r"[^a-z0-9]+", "-", text).strip("-") if text.isascii() else None


def _no_slug(heading: Heading) -> str:
    return ""


def _own_only(slugs: Slugs, own: Sequence[str]) -> Iterator[str]:
    yield from own


class _Maker(NamedTuple):
    """How a style makes ids: of a heading's text, for one that was there, which attribute lists it
    knows, and whether it leaves headings alone that have nothing in them."""

    slug: Callable[[Heading], str | None]
    number: Callable[[Slugs, Sequence[str]], Iterable[str | None]]
    attributes: re.Pattern[str] = _NO_ATTRIBUTES
    skips_empty: bool = False


_STYLES: dict[Style, _Maker] = {
    "github": _Maker(_github_slug, _github),
    "astro": _Maker(_astro_slug, _astro),
    "docusaurus": _Maker(_docusaurus_slug, _github, _ID_ALONE),
    "hugo": _Maker(_hugo_slug, _first_free, _BRACES, skips_empty=True),
    "hugo-text": _Maker(_hugo_text_slug, _first_free, _BRACES, skips_empty=True),
    "hugo-source": _Maker(_hugo_source_slug, _first_free, _BRACES),
    "hugo-ascii": _Maker(_hugo_ascii_slug, _first_free, _BRACES, skips_empty=True),
    "hugo-blackfriday": _Maker(_blackfriday_slug, _first_free, _BRACES, skips_empty=True),
    "kramdown-gfm": _Maker(_kramdown_gfm_slug, _counting, _KRAMDOWN),
    "kramdown": _Maker(_kramdown_slug, _counting, _KRAMDOWN),
    "markdown": _Maker(_markdown_slug, _python_markdown, _ATTR_LIST),
    "markdown-unicode": _Maker(_markdown_unicode_slug, _python_markdown, _ATTR_LIST),
    "pymdownx": _Maker(_pymdownx_slug, _python_markdown, _ATTR_LIST),
    "pymdownx-case": _Maker(_pymdownx_case_slug, _python_markdown, _ATTR_LIST),
    "vitepress": _Maker(_vitepress_slug, _first_free, _BRACES),
    "markdown-it-anchor": _Maker(_markdown_it_anchor_slug, _first_free),
    "eleventy": _Maker(_eleventy_slug, _eleventy, skips_empty=True),
    "hexo": _Maker(_hexo_slug, _counting),
    "zola": _Maker(_zola_slug, _zola, _BRACES),
    "none": _Maker(_no_slug, _own_only, _ATTR_LIST),
}
