"""The formats of front matter as handlers for the python-frontmatter package, with which
`frontmatter.loads(text, handler=YamlHandler())` reads what contentlint reads.

No run needs them, and the package imports much that is slow, so they are apart.
"""

from __future__ import annotations

import re
from typing import Any

from frontmatter.default_handlers import BaseHandler

from contentlint.frontmatter import Json, Syntax, Toml, Yaml
from contentlint.text import Span


class Handler(BaseHandler):
    """One format of front matter."""

    FM_BOUNDARY = re.compile("")  # the base class demands one; `locate` does without
    syntax: Syntax

    def detect(self, text: str) -> bool:
        return self.syntax.locate(text) is not None

    def split(self, text: str) -> tuple[str, str]:
        block = self.syntax.locate(text)
        if block is None:
            raise ValueError("no front matter")
        return text[slice(*block.content)], text[block.body :]

    def load(self, fm: str) -> dict[str, Any]:
        return self.syntax.parse(fm, Span(0, len(fm))).data


class YamlHandler(Handler):
    """YAML between lines of `---`."""

    START_DELIMITER = END_DELIMITER = "---"
    syntax = Yaml()


class TomlHandler(Handler):
    """TOML between lines of `+++`."""

    START_DELIMITER = END_DELIMITER = "+++"
    syntax = Toml()


class JsonHandler(Handler):
    """One JSON object."""

    START_DELIMITER = END_DELIMITER = ""
    syntax = Json()

    def split(self, text: str) -> tuple[str, str]:
        content, body = super().split(text)
        return f"{{{content}}}", body

    def load(self, fm: str) -> dict[str, Any]:
        return self.syntax.parse(fm, Span(1, len(fm) - 1)).data
