"""Templating in posts: Hugo shortcodes, Liquid and Jinja tags, kramdown attributes, MDX.

What a template engine will replace is opaque to the Markdown parser and to readers. It is found
here, outside code, and covered in two copies of the text that keep every offset: `markdown` is for
the parser and has letters in place of a template (or blanks, when it fills its lines); `visible`
is for prose and has NUL there.
"""

from __future__ import annotations

import re

from contentlint.patterns import pattern
from contentlint.text import Span, line_end
from contentlint.tuples import NamedTuple

NUL = "\0"

# Where something may begin. Each alternative begins with a literal: that is ten times as fast as
# a pattern that looks at what stands before, which is done at the few places found.
_MARKS = pattern(r"``*+|~~~++|\{\{[<%]?|\{%|\{:|\{\.|\{#|<%")
_MDX_MARKS = pattern(r"``*+|~~~++|\{|import\b|export\b")
_ESM = pattern(
    r"""import\s+(?:[^'"\n;]+\sfrom\s+)?['"{]|import\s*\{"""
    r"|export\s+(?:const|let|var|function|default|async|class|\{|\*)"
)
# kramdown's {: .class}, and attributes as Goldmark and attr_list write them.
_ATTRIBUTES = pattern(r"\{[:.#][^{}\n]{0,500}\}")
_CLOSERS = {"{{<": ">}}", "{{%": "%}}", "{{": "}}", "{%": "%}", "<%": "%>"}
_BLANK_LINE = pattern(r"\n[ \t\r]*(?=\n)")
_BLANK_REST_OF_LINE = pattern(r"[^\S\r\n]*+(?=[\r\n]|\Z)")
_BRACES_AND_STRINGS = pattern(r"""[{}]|"(?:[^"\\\n]|\\.)*+"|'(?:[^'\\\n]|\\.)*+'""")
_BRACKETS_AND_STRINGS = pattern(
    r"""[][{}()]|"(?:[^"\\\n]|\\.)*+"|'(?:[^'\\\n]|\\.)*+'|`(?:[^`\\]|\\.)*+`"""
    r"|//[^\n]*|/\*(?s:.)*?\*/|\n[ \t\r]*(?=\n)"
)
_DEPTH = {"{": 1, "(": 1, "[": 1, "}": -1, ")": -1, "]": -1}
_LONGEST_CODE_SPAN = 2_000
_LONGEST_TAG = 5_000

# Block tags whose content is code, or nothing for readers.
_CODE_BLOCK = pattern(r"\{[{%][-<%]?\s*(highlight|comment|mermaid|math|katex)\b")
_NAME = pattern(r"\{[{%][-<%]?\s*(?:include\s+)?([\w./-]+)")
_ATTRIBUTE = pattern(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|`([^`]*)`|([^\s"'`=<>{}]+))""")


class Template(NamedTuple):
    """A stretch of templating, its tag or shortcode name, and its named text parameters."""

    span: Span
    name: str
    attributes: tuple[tuple[str, Span], ...]


# Tags and shortcodes that print no heading and no element with an id of their own.
_WITHOUT_IDS = frozenset(
    [
        "figure",
        "img",
        "image",
        "youtube",
        "vimeo",
        "tweet",
        "x",
        "instagram",
        "gist",
        "ref",
        "relref",
        "post_url",
        "link",
        "highlight",
        "endhighlight",
        "comment",
        "endcomment",
        "raw",
        "endraw",
        "param",
    ]
)


def may_print_ids(text: str, template: Template) -> bool:
    """Whether what stands in the place of a template may have ids that fragments name."""
    opening = text[template.span.start : template.span.start + 2]
    if opening not in ("{{", "{%", "<%"):
        return False  # attributes, comments, and the expressions and imports of MDX
    inside = text[template.span.start + 2 : template.span.end]
    if inside.lstrip(" -")[:1] in ("'", '"'):  # a string, mostly a path with its filters
        return "<" in inside or "markdownify" in inside
    return template.name not in _WITHOUT_IDS and not template.name.startswith(("site.", "page."))


class Templating(NamedTuple):
    """Both copies of the text, and what was covered in them, in order."""

    markdown: str
    visible: str
    templates: tuple[Template, ...]


def cover(text: str, start: int, mdx: bool, prose_attributes: frozenset[str]) -> Templating:
    """Cover the templating of `text` from `start` on; offsets count characters of `text`.

    The values of the named `prose_attributes` (`alt`, `caption`, `title`) stay visible. Takes time
    linear in the length of the text, whatever is in it.
    """
    if not mdx and not _may_have_templates(text):
        return Templating(text, text, ())
    spans = _find_mdx(text, start) if mdx else _find(text, start)
    if not spans:
        return Templating(text, text, ())
    templates = tuple(_template(text, span) for span in spans)
    markdown: list[str] = []
    visible: list[str] = []
    done = 0
    for template in templates:
        a, b = template.span
        fill = " " if _fills_its_lines(text, a, b) else "x"
        markdown += text[done:a], re.sub(r"[^\r\n]", fill, text[a:b])
        visible += text[done:a], _veil(template, text, prose_attributes)
        done = b
    markdown.append(text[done:])
    visible.append(text[done:])
    return Templating("".join(markdown), "".join(visible), templates)


def _may_have_templates(text: str) -> bool:
    # One character is found ten times as fast as two.
    marks = ("{{", "{%", "{:", "{.", "{#")
    return ("{" in text and any(mark in text for mark in marks)) or ("%" in text and "<%" in text)


def _find(text: str, start: int) -> list[Span]:
    """The spans of all template tags outside code."""
    found: list[Span] = []
    position = start
    closers = _Closers(text)
    while match := _MARKS.search(text, position):
        a, position = match.span()
        mark = match[0]
        end: int | None
        if mark[0] in "`~":
            position = _end_of_code(text, a, mark)
            continue
        if mark in ("{:", "{.", "{#"):
            end = _end_of_attributes(text, a)
        else:
            end = closers.end_of_tag(mark, position)
            end = end and closers.end_of_code_block(a, end)
        if end is not None:
            position = end
            found.append(Span(a, end))
    return found


def _find_mdx(text: str, start: int) -> list[Span]:
    """The spans of import and export statements and JSX expressions outside code."""
    found: list[Span] = []
    position = start
    braces = balanced = True
    while match := _MDX_MARKS.search(text, position):
        a, position = match.span()
        mark = match[0]
        end: int | None = None
        if mark[0] in "`~":
            position = _end_of_code(text, a, mark)
        elif mark != "{":
            if (a == start or text[a - 1] in "\r\n") and _ESM.match(text, a):
                end = _end_of_statement(text, a) if balanced else None
                if end is None:
                    balanced = False  # after one that never closes, no bracket can be trusted
                    blank = _BLANK_LINE.search(text, a)
                    end = blank.start() if blank else len(text)
        elif braces:
            end = _end_of_expression(text, a)
            braces = end is not None  # after one that never closes, no brace can be trusted
        if end is not None:
            position = end
            found.append(Span(a, end))
    return found


def _begins_line(text: str, offset: int, passed: str = " \t") -> bool:
    """Whether only some characters stand before it on its line. Never looks at more than those,
    since a line may be as long as the file."""
    while offset and text[offset - 1] in passed:
        offset -= 1
    return offset == 0 or text[offset - 1] in "\r\n"


def _end_of_attributes(text: str, start: int) -> int | None:
    """The end of an attribute list that stands alone on its line or is glued to what it describes;
    None for other text in braces, and on a heading, where it is the parser's business."""
    brace = text.find("}", start, start + _LONGEST_TAG)
    if text[brace - 1 : brace] == "#" and brace - 1 > start + 1:
        return brace + 1  # {# a comment of Jinja, Nunjucks or Twig #}
    match = _ATTRIBUTES.match(text, start)
    if match is None:
        return None
    if text[start + 1] == ":" or text[start - 1 : start] in (")", "]", "`", "*", "_"):
        return match.end()
    alone = _begins_line(text, start) and _BLANK_REST_OF_LINE.match(text, match.end())
    return match.end() if alone else None


class _Closers:
    """Finds the closing marks; remembers the last answers, so that a thousand openers before one
    closer cost one search."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[str, int] = {}

    def end_of_tag(self, opener: str, position: int) -> int | None:
        closer = _CLOSERS[opener]
        at = self._known.get(closer, -2)
        if at != -1 and at < position:
            at = self._known[closer] = self._text.find(closer, position)
        if at == -1 or at - position > _LONGEST_TAG:
            return None
        inside = self._text[position:at]
        # `{{ … }}` is often just text; it does not go over code or a blank line.
        if opener == "{{" and ("`" in inside or _BLANK_LINE.search(inside)):
            return None
        return at + len(closer)

    def end_of_code_block(self, start: int, end: int) -> int:
        """The end of what a tag covers: of its content too if that is code or a comment."""
        opening = _CODE_BLOCK.match(self._text, start)
        if opening is None or self._known.get(opening[1]) == -1:
            return end
        close = re.compile(rf"\{{[{{%][-<%]?\s*(?:/\s*|end){opening[1]}\b")
        closing = close.search(self._text, end)
        if closing is None:
            self._known[opening[1]] = -1
            return end
        return closing.start()


def _end_of_code(text: str, start: int, mark: str) -> int:
    """Where the code ends that a run of backticks or tildes opens; the end of the run if none."""
    after = start + len(mark)
    begins_line = len(mark) >= 3 and _begins_line(text, start, " \t>")
    if begins_line and (mark[0] == "~" or "`" not in text[after : line_end(text, after)]):
        close = rf"^[ \t>]*{mark[0]}{{{len(mark)},}}[ \t\r]*$"
        closing = re.compile(close, re.MULTILINE).search(text, after)
        return closing.end() if closing else len(text)
    if mark[0] == "~":
        return after
    closing = re.compile(rf"(?<!`){mark}(?!`)").search(text, after, after + _LONGEST_CODE_SPAN)
    if closing and not _BLANK_LINE.search(text, after, closing.start()):
        return closing.end()
    return after


def _end_of_expression(text: str, start: int) -> int | None:
    """The end of a JSX expression `{…}`, braces in strings aside; None if it is never closed."""
    depth = 0
    for match in _BRACES_AND_STRINGS.finditer(text, start):
        depth += _DEPTH.get(match[0], 0)
        if depth == 0:
            return match.end()
    return None


def _end_of_statement(text: str, start: int) -> int | None:
    """The end of an import or export: the blank line before which all brackets are closed, or the
    end of the text; None if they never are."""
    depth = 0
    for match in _BRACKETS_AND_STRINGS.finditer(text, start):
        sign = match[0][0]
        if sign == "\n" and depth <= 0:
            return match.start()
        depth += _DEPTH.get(sign, 0)
    return len(text) if depth <= 0 else None


def _template(text: str, span: Span) -> Template:
    name = _NAME.match(text, *span)
    attributes = tuple(
        (match[1], Span(*match.span(match.lastindex or 0)))
        for match in _ATTRIBUTE.finditer(text, *span)
    )
    return Template(span, name[1] if name else "", attributes)


def _fills_its_lines(text: str, start: int, end: int) -> bool:
    return _begins_line(text, start) and _BLANK_REST_OF_LINE.match(text, end) is not None


def _veil(template: Template, text: str, prose_attributes: frozenset[str]) -> str:
    parts: list[str] = []
    done = template.span.start
    for name, (a, b) in template.attributes:
        if name in prose_attributes and a >= done:
            parts += NUL * (a - done), text[a:b]
            done = b
    parts.append(NUL * (template.span.end - done))
    return "".join(parts)
