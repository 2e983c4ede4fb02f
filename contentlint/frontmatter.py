"""Front matter: YAML between `---`, TOML between `+++`, or one JSON object, and where it ends.

handlers.py makes of each format a handler for the python-frontmatter package. Its own `parse` strips
and rewrites the text and knows no positions, therefore `read` asks the formats directly.

Every offset counts characters of the untouched text, whatever its line endings. Nothing that stands
in a file raises: what cannot be read is a SyntaxProblem, and the data is what stands before it.
"""

from __future__ import annotations

import re
from typing import Any, Literal

from contentlint.fields import Duplicate, Field, Parsed, Path, SyntaxProblem, parse
from contentlint.patterns import pattern
from contentlint.text import BOM, Span
from contentlint.tuples import NamedTuple
from contentlint.yaml_reader import YamlReader

__all__ = [
    "DISABLE_KEY",
    "Block",
    "Duplicate",
    "Field",
    "FrontMatter",
    "Json",
    "Parsed",
    "Path",
    "Syntax",
    "SyntaxProblem",
    "Toml",
    "Yaml",
    "read",
    "read_toml",
]

Format = Literal["yaml", "toml", "json"]
DISABLE_KEY = "contentlint-disable"  # is for contentlint, and no part of what the blog says

_BREAK = r"(?>\r\n?|\n)"
_BLANK_LINES = pattern(rf"(?:[ \t]*{_BREAK})*+")
_BLANK_AND_COMMENT_LINES = pattern(rf"(?:[ \t]*(?:#[^\r\n]*)?{_BREAK})*+")
_BREAK_BEFORE_BLANK_LINE = pattern(rf"{_BREAK}(?=[ \t]*(?:[\r\n]|\Z))")
_REST_OF_BLANK_LINE = pattern(rf"[ \t]*(?:{_BREAK}|\Z)")


class FrontMatter(NamedTuple):
    """The front matter of one file.

    `span` reaches from the opening delimiter to the end of the closing one, `content` is what
    stands between the two, and the Markdown begins at the offset `body`. `data`, `fields`,
    `problems`, `duplicates` and `broken` are those of Parsed.
    """

    format: Format
    span: Span
    opening: Span
    content: Span
    body: int
    data: dict[str, Any]
    fields: dict[Path, Field]
    problems: tuple[SyntaxProblem, ...]
    duplicates: tuple[Duplicate, ...]
    broken: bool

    @property
    def of_blog(self) -> dict[str, Any]:
        """The data without what is said to contentlint."""
        if DISABLE_KEY not in self.data:
            return self.data
        return {name: value for name, value in self.data.items() if name != DISABLE_KEY}

    def nearest(self, path: Path) -> Field | None:
        """The place of a value, or of the innermost one around it that is written out.

        None if there is no such place; then the opening delimiter may stand for it.
        """
        while path and path not in self.fields:
            path = path[:-1]
        return self.fields.get(path)

    def place(self, path: Path, *, on_key: bool = False) -> Span:
        """Where to show what is wrong with a value, or with its key: there, or at what is nearest."""
        field = self.nearest(path)
        if field is None:
            return self.opening
        return field.key if on_key and field.key is not None else field.value


def read(text: str) -> FrontMatter | None:
    """Read the front matter of a file; None if it has none. Never fails."""
    start = _start(text)
    syntax = _SYNTAXES.get(text[start : start + 1])
    block = syntax.locate(text) if syntax else None
    if syntax is None or block is None:
        return None
    parsed = parse(syntax.parse, text, block.content)
    if parsed.broken and block.problem is None:
        shorter = syntax.before_prose(text, block)
        if shorter and not (again := parse(syntax.parse, text, shorter.content)).broken:
            block, parsed = shorter, again
    if block.problem:  # what else is wrong may well come of it
        parsed = parsed._replace(problems=(block.problem,))
    span = Span(block.opening.start, block.end)
    return FrontMatter(syntax.format, span, block.opening, block.content, block.body, *parsed)


def read_toml(text: str) -> Parsed:
    """Read a whole TOML file, for instance a configuration. Never fails."""
    return parse(Toml().parse, text, Span(1 if text.startswith(BOM) else 0, len(text)))


class Block(NamedTuple):
    """A stretch of text that is front matter; `end` is that of the closing delimiter."""

    opening: Span
    content: Span
    end: int
    body: int
    problem: SyntaxProblem | None = None


class Syntax:
    """How one format is written. The methods take the whole untouched text."""

    format: Format

    def locate(self, text: str) -> Block | None:
        """Find the front matter, which only blank lines may precede."""
        raise NotImplementedError

    def parse(self, text: str, content: Span) -> Parsed:
        """Read what stands between the delimiters."""
        raise NotImplementedError

    def before_prose(self, text: str, block: Block) -> Block | None:
        """The block without the prose in it, if its closing delimiter seems to be one of prose."""
        return None


class _Fenced(Syntax):
    """Front matter between two lines that hold nothing but a delimiter."""

    opening: re.Pattern[str]
    closing: re.Pattern[str]
    # What the first line looks like. `---` alone at the top of a file is a thematic break.
    entry: re.Pattern[str]

    def locate(self, text: str) -> Block | None:
        start = _start(text)
        opening = self.opening.match(text, start)
        if opening is None:
            return None
        fence = Span(start, start + 3)
        closing = self.closing.search(text, opening.end() - 1)
        if closing is None:
            return self.unclosed(text, fence, opening.end())
        content = Span(opening.end(), closing.start() + 1)
        return Block(fence, content, content.end + 3, closing.end())

    def before_prose(self, text: str, block: Block) -> Block | None:
        # A blank line, then no front matter: the delimiter found is a thematic break of the body.
        blank = _BREAK_BEFORE_BLANK_LINE.search(text, *block.content)
        if blank is None:
            return None
        after = _skip(_BLANK_AND_COMMENT_LINES, text, blank.end())
        if after >= block.content.end or text[after] in " \t-" or self.entry.match(text, after):
            return None
        return self.unclosed(text, block.opening, block.content.start)

    def unclosed(self, text: str, fence: Span, start: int) -> Block | None:
        if not self.entry.match(text, _skip(_BLANK_LINES, text, start)):
            return None
        return _until_blank_line(text, fence, start, f"a line `{text[slice(*fence)]}` is missing")


def _until_blank_line(text: str, opening: Span, start: int, missing: str) -> Block:
    """Take unclosed front matter to end at its first blank line, so that the body is found."""
    blank = _BREAK_BEFORE_BLANK_LINE.search(text, _skip(_BLANK_LINES, text, start))
    body = blank.end() if blank else len(text)
    end = start + len(text[start:body].rstrip(" \t\r\n"))
    problem = SyntaxProblem(opening, f"The front matter is never closed: {missing} at its end")
    return Block(opening, Span(start, body), end, body, problem)


def _start(text: str) -> int:
    return _skip(_BLANK_LINES, text, 1 if text.startswith(BOM) else 0)


def _skip(what: re.Pattern[str], text: str, start: int) -> int:
    match = what.match(text, start)
    return match.end() if match else start


class Yaml(_Fenced):
    """YAML between lines of `---`; `...` closes it too, as YAML and Jekyll have it."""

    format: Format = "yaml"
    opening = pattern(rf"---[ \t]*{_BREAK}")
    closing = pattern(rf"[\r\n](?:---|\.\.\.)[ \t]*(?:{_BREAK}|\Z)")
    entry = pattern(r"""["']?[\w.-]+["']?[ \t]*:(?:[ \t\r\n]|\Z)""")

    def parse(self, text: str, content: Span) -> Parsed:
        return YamlReader(text, content).read()


class Toml(_Fenced):
    """TOML between lines of `+++`."""

    format: Format = "toml"
    opening = pattern(rf"\+\+\+[ \t]*{_BREAK}")
    closing = pattern(rf"[\r\n]\+\+\+[ \t]*(?:{_BREAK}|\Z)")
    entry = pattern(r"""["']?[\w.-]+["']?[ \t]*=|\[+[\w.-]+\]""")

    def parse(self, text: str, content: Span) -> Parsed:
        from contentlint.toml_reader import TomlReader

        return TomlReader(text, content).read()


class Json(Syntax):
    """One JSON object; its braces are the delimiters."""

    format: Format = "json"
    # An object, even a faulty one, but no shortcode, template tag, attribute list or expression:
    # `{{< x >}}`, `{% x %}`, `{: .x}`, `{x.y}`, `{" "}`.
    opening = pattern(
        r"""\{(?:\s*+(?:\}|"(?:[^"\\\r\n]|\\.)*+"\s*+:|['“”]?[\w-]++['“”]?\s*+:)|(?=[ \t]*[\r\n])\s*+")"""
    )

    def locate(self, text: str) -> Block | None:
        from contentlint.json_reader import object_end

        start = _start(text)
        if not self.opening.match(text, start):
            return None
        brace = Span(start, start + 1)
        end = object_end(text, start)
        if end is None:
            return _until_blank_line(text, brace, brace.end, "a `}` is missing")
        rest = _REST_OF_BLANK_LINE.match(text, end)
        return Block(brace, Span(start + 1, end - 1), end, rest.end() if rest else end)

    def parse(self, text: str, content: Span) -> Parsed:
        from contentlint.json_reader import JsonReader

        return JsonReader(text[: content.end + 1]).read(content.start - 1)


_SYNTAXES: dict[str, Syntax] = {"-": Yaml(), "+": Toml(), "{": Json()}
