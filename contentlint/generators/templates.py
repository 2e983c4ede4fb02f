"""What ids the HTML templates of a site print, told by their text."""

from __future__ import annotations

from collections.abc import Callable

from contentlint.patterns import pattern

_ID = pattern(r"""(?<![\w-])(?:id|name)\s*=\s*["']?([^"'\s>{]*)(\{\{|\{%)?""")
# What prints text that is not in the template, nor in the page.
_STRANGE = pattern(
    r"\.Content\b|\.RawContent|readFile|RenderContent|\bcontent\s*\}\}|\bresources\.|unmarshal"
)
_PART = pattern(
    r"""(?:partial(?:Cached)?|template|include(?:_relative|_cached)?)\s+["']?([\w./-]+)"""
)
_DEPTH = 5  # of templates in templates

# Ids that layouts print around the content: what can be said of one that is not there to be read.
LAYOUT_IDS = frozenset(
    ["comments", "comment", "disqus_thread", "utterances", "giscus", "tableofcontents", "toc", "main",
     "content", "main-content", "footer", "header", "nav", "sidebar", "search", "respond", "page-top",
     "about", "contact", "share", "related", "tags"]
)  # fmt: skip


class Printed:
    """The ids that templates print: those that are written out, and how the others begin."""

    def __init__(self, read: Callable[[str], str]) -> None:
        """`read` gives the text of a template that another one names; "" if there is none."""
        self._read = read
        self._ids: set[str] = set()
        self._prefixes: set[str] = set()
        self._seen: set[str] = set()
        self.is_open = False  # anything may be printed

    def add(self, text: str, depth: int = _DEPTH) -> None:
        """Take in a template, and what it names."""
        self.is_open |= _STRANGE.search(text) is not None
        for match in _ID.finditer(text):
            if match[2]:
                self._prefixes.add(match[1])
            elif match[1]:
                self._ids.add(match[1])
        for match in _PART.finditer(text):
            if match[1] not in self._seen:
                self._seen.add(match[1])
                inner = self._read(match[1]) if depth else ""
                if inner:
                    self.add(inner, depth - 1)
                else:
                    self.is_open = True

    def close(self) -> None:
        """Let only those ids count whose beginning, at least, is written out."""
        self.is_open = False
        self._prefixes.discard("")

    def may_be(self, fragment: str) -> bool:
        """Whether one of the templates may print this id."""
        return (
            self.is_open
            or fragment in self._ids
            or any(fragment.startswith(prefix) for prefix in self._prefixes)
        )
