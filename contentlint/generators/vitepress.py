"""VitePress: https://vitepress.dev/guide/routing, checked against what 1.6 builds."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any
from urllib.parse import unquote

from contentlint import paths
from contentlint.destinations import local_path
from contentlint.facts import Facts
from contentlint.generators.base import Generator, Output, Rewritten, as_base_path, verbatim
from contentlint.generators.scripts import Script
from contentlint.generators.tree import Tree
from contentlint.markdown import Image, Link
from contentlint.patterns import pattern
from contentlint.slugs import Style

_SUFFIXES = ("js", "ts", "mjs", "mts", "cjs", "cts")
_CONFIGS = tuple(f".vitepress/config.{s}" for s in _SUFFIXES) + tuple(
    f".vitepress/config/index.{s}" for s in _SUFFIXES
)
_REWRITES = pattern(r"""["']?rewrites["']?\s*:\s*(?=[{(\w])""")
_PAIR = pattern(r"""["'`]([^"'`\n]+)["'`]\s*:\s*["'`]([^"'`\n]+)["'`]""")
_INCLUDES = pattern(r"<!--\s*@include:|^<<<", re.MULTILINE)
_COMPONENT = pattern(r"<([A-Z]\w*|[a-z]\w*-[\w-]+)|\{\{")


class VitePress(Generator):
    """A VitePress site."""

    name = "vitepress"
    styles: tuple[Style, ...] = ("vitepress",)

    def __init__(self, tree: Tree) -> None:
        super().__init__(tree)
        path = tree.first(*_CONFIGS) or ""
        script = self._script = Script(tree.read(path))
        self._knows_base = not script.is_unclear("base")
        self.base_path = as_base_path(script.value("base") or "")
        self._is_clean = script.value("cleanUrls")
        self._folder = posixpath.normpath(script.value("srcDir") or ".").lstrip(".").strip("/")
        self._is_unclear = script.is_unclear("srcDir")
        self._own_ids = script.names("slugify")
        self._rewrites = self._read_rewrites()

    def _read_rewrites(self) -> dict[str, str] | None:
        """The paths of pages that are moved; None if only running the configuration would tell."""
        found: dict[str, str] = {}
        for _, block in self._script.blocks(_REWRITES):
            pairs = dict(_PAIR.findall(block))
            if not pairs or any(":" in key or "*" in key for key in pairs):
                return None
            found |= pairs
        return found

    # ---- what is published -------------------------------------------------------------------

    def outputs(self) -> Iterator[Output]:
        for path in self._pages:
            source = self._in(path)
            if self._excluded and self._excluded.match_file(path):
                yield Output("absent", self._url(path), source, "excluded")
                continue
            yield Output("page", self._url(path), source)
            if self._is_clean == "true":
                yield Output("also", self._url(path).rstrip("/") + ".html", source)
        public = self._in("public")
        for path in self.tree.below(public):
            yield Output("file", path[len(public) :], path)
        for name in ("/404.html", "/sitemap.xml", "/vp-icons.css", "/hashmap.json"):
            yield Output("file", name)

    def _in(self, path: str) -> str:
        return f"{self._folder}/{path}" if self._folder else path

    @cached_property
    def _pages(self) -> list[str]:
        cut = len(self._folder) + 1 if self._folder else 0
        return [
            path[cut:]
            for path in self.tree.below(self._folder)
            if path.endswith(".md") and "/." not in f"/{path}" and "[" not in path
        ]

    @cached_property
    def _excluded(self) -> Any:
        lines = self._script.strings("srcExclude")
        try:
            return paths.spec(lines) if lines else None
        except ValueError:
            return None

    def _url(self, path: str) -> str:
        stem = (self._rewrites or {}).get(path, path).removesuffix(".md")
        folder, name = posixpath.split(stem)
        if name == "index":
            return f"/{folder}/" if folder else "/"
        return f"/{stem}" if self._is_clean == "true" else f"/{stem}.html"

    # ---- links -------------------------------------------------------------------------------

    def rewrite(self, page: Facts, link: Link) -> Rewritten:
        destination = link.destination
        path = local_path(destination)
        plain = verbatim(destination)
        if path is None or not plain.hrefs:
            return plain
        if link.kind == "html":
            if path.startswith("/") and not self._knows_base:
                return Rewritten(unsure="the base path of the site is not known")
            return plain
        rest = destination[len(path) :]
        if path.endswith(".md"):
            path = re.sub(r"(^|/)index\.md$", r"\1", path)
            path = path.removesuffix(".md") + ("" if path.endswith("/") or not path else ".html")
            path = path or "./"
            if self._rewrites != {}:
                return self._moved(page, link.destination, rest) or Rewritten((self._based(path) + rest,))  # fmt: skip
        return Rewritten((self._based(path) + rest,))

    def _based(self, path: str) -> str:
        """A path from the root is put below the base path."""
        return self.base_path + path if path.startswith("/") else path

    def _moved(self, page: Facts, destination: str, rest: str) -> Rewritten | None:
        """Links to files name the place that the file is moved from."""
        path = unquote(destination[: len(destination) - len(rest)])
        folder = posixpath.dirname(page.path[len(self._in("")) :])
        place = posixpath.normpath(posixpath.join(folder, path) if path[0] != "/" else path[1:])
        if self._in(place) in self.tree.files:
            return Rewritten((self.base_path + self._url(place) + rest,))
        return None

    def rewrite_image(self, page: Facts, image: Image) -> Rewritten:
        path = local_path(image.destination)
        plain = verbatim(image.destination)
        if image.kind == "front-matter":
            return Rewritten()
        if image.destination.startswith(("@", "~")):
            return Rewritten(unsure="it is resolved by the bundler")
        if path is None or not plain.hrefs:
            return plain
        if path.startswith("/"):
            base = "" if path.startswith(f"{self.base_path}/") else self.base_path
            return Rewritten((base + path,))
        place = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), unquote(path)))
        if place in self.tree.files:
            return Rewritten()  # it is bundled
        return Rewritten(problem="there is no such file, so VitePress stops with an error")

    # ---- what the sources do not show --------------------------------------------------------

    def may_serve(self, url: str) -> str:
        if self._is_unclear or self._rewrites is None:
            return "only running the configuration would tell"
        for prefix, path in self._dynamic:
            if url.startswith(prefix):
                return f"`{path}` makes pages of its own"
        return ""

    @cached_property
    def _dynamic(self) -> list[tuple[str, str]]:
        """What the URLs of pages with parameters begin with, and their files."""
        paths = (path for path in self.tree.below(self._folder) if "[" in path)
        return [
            ("/" + path[len(self._in("")) :].partition("[")[0], path)
            for path in paths
            if path.endswith(".md")
        ]

    def may_have(self, page: Facts, fragment: str) -> str:
        text = self.tree.read(page.path)
        if self._own_ids:
            return "ids are made by code of the site"
        if _INCLUDES.search(text):
            return "an include may bring it along"
        match = _COMPONENT.search(text)
        return f"`{match[0]}` may bring it along" if match else ""
