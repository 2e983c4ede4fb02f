"""Zola: https://www.getzola.org/documentation/content/page/."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import cached_property
from urllib.parse import quote

from contentlint.facts import Facts, Front, field, fields
from contentlint.generators.base import Generator, Output, Rewritten, verbatim
from contentlint.generators.templates import LAYOUT_IDS
from contentlint.generators.tree import Tree, as_list, at, table_at, text_at
from contentlint.markdown import Heading, Image, Link
from contentlint.slugs import Style, heading_ids
from contentlint.text import Span
from contentlint.tuples import NamedTuple

_DATED = re.compile(r"\d{4}-\d{2}-\d{2}(?:T[\d:]+(?:Z|[+-][\d:]+)?)?[_-](?=.)")


class _Page(NamedTuple):
    source: str
    url: str
    absent: str = ""


class Zola(Generator):
    """A Zola site."""

    name = "zola"
    alias_key = "aliases"

    def __init__(self, tree: Tree) -> None:
        super().__init__(tree)
        config = self._config = tree.table("config.toml")
        self.serve_at(text_at(config, "base_url"))
        self._language = text_at(config, "default_language", "en")
        self._languages = frozenset(table_at(config, "languages"))
        self._slugs = text_at(config, "slugify.paths", "on")
        is_plain = text_at(config, "slugify.anchors", "on") == "on"
        self.styles: tuple[Style, ...] = ("zola",) if is_plain else ("zola", "github")

    # ---- what is published -------------------------------------------------------------------

    def outputs(self) -> Iterator[Output]:
        for page in self._pages.values():
            if page.absent:
                yield Output("absent", page.url, page.source, page.absent)
                continue
            yield Output("page", page.url, page.source)
            for alias in fields(self.tree.front(page.source), "aliases"):
                end = "" if alias.endswith(".html") else "/"
                yield Output("alias", f"/{alias.strip('/')}{end}", page.source)
        for path in self.tree.below("static"):
            yield Output("file", path[len("static") :], path)
        theme = text_at(self._config, "theme")
        for path in self.tree.below(f"themes/{theme}/static") if theme else ():
            yield Output("file", path[len(f"themes/{theme}/static") :], path)
        yield from self._assets()
        yield Output("page", "/")
        for name in ("/atom.xml", "/rss.xml", "/sitemap.xml", "/robots.txt", "/404.html"):
            yield Output("file", name)

    def _assets(self) -> Iterator[Output]:
        """Files beside a page that has a folder of its own, or in the folder of a section."""
        for source in self.tree.below("content"):
            if source.endswith(".md"):
                continue
            folder, rest = posixpath.dirname(source), posixpath.basename(source)
            while folder:
                owner = self._pages.get(f"{folder}/index.md") or self._pages.get(f"{folder}/_index.md")  # fmt: skip
                if owner:
                    yield Output("file", posixpath.join(owner.url, rest), source)
                    break
                folder, rest = posixpath.dirname(folder), f"{posixpath.basename(folder)}/{rest}"

    @cached_property
    def _pages(self) -> dict[str, _Page]:
        return {
            source: self._page(source)
            for source in self.tree.below("content")
            if source.endswith(".md")
        }

    def _page(self, source: str) -> _Page:
        front = self.tree.front(source)
        stem = source[len("content/") : -len(".md")]
        language = ""
        head, dot, code = stem.rpartition(".")
        if dot and code in self._languages:
            stem, language = head, code
        prefix = f"/{language}" if language and language != self._language else ""
        absent = "a draft" if field(front, "draft") == "true" else ""
        if field(front, "render") == "false":
            absent = "not rendered"
        return _Page(source, self._url(prefix, stem, front), absent)

    def _url(self, prefix: str, stem: str, front: Front | None) -> str:
        own = field(front, "path")
        if own:
            return f"{prefix}/{own.strip('/')}/"
        folder, name = posixpath.split(stem)
        if name == "_index":
            path = self._slugged(folder)
            return f"{prefix}/{path}/" if path else f"{prefix}/"
        if name == "index":
            folder, name = posixpath.split(folder)
        slug = field(front, "slug")
        last = self._slug(slug or _DATED.sub("", name, count=1))
        return f"{prefix}/{posixpath.join(self._slugged(folder), last)}/"

    def _slugged(self, folder: str) -> str:
        return "/".join(map(self._slug, folder.split("/"))) if folder else ""

    def _slug(self, name: str) -> str:
        if self._slugs != "on":
            return name
        return heading_ids([Heading(1, name, Span(0, 0), name)], "zola")[0] or name

    def tag_url_part(self, taxonomy: str, name: str) -> str:
        return self._slug(name) if text_at(self._config, "slugify.taxonomies", "on") == "on" else ""

    # ---- links -------------------------------------------------------------------------------

    def rewrite(self, page: Facts, link: Link) -> Rewritten:
        destination = link.destination
        if not destination.startswith("@/") or link.kind == "html":
            return verbatim(destination)
        path, mark, fragment = destination[2:].partition("#")
        found = self._pages.get(f"content/{path}")
        if found is None:
            return Rewritten(problem=f"there is no `content/{path}`, so Zola stops with an error")
        return Rewritten((self.base_path + quote(found.url) + mark + fragment,))

    def rewrite_image(self, page: Facts, image: Image) -> Rewritten:
        if image.kind in ("front-matter", "shortcode"):
            return Rewritten(unsure="what the template makes of it is not known")
        return verbatim(image.destination)

    # ---- what the sources do not show --------------------------------------------------------

    def may_serve(self, url: str) -> str:
        names = [text_at(table, "name") for table in as_list(at(self._config, "taxonomies"))]
        parts = url.strip("/").split("/")
        if any(name and self._slug(name) in parts[:2] for name in names):
            return "a list of a taxonomy may be there"
        if "page" in parts:
            return "a later page of a list"
        theme = text_at(self._config, "theme")
        if theme and f"themes/{theme}" not in self.tree.folders:
            return "the theme may bring it along"
        if url.endswith(".css") and "sass" in self.tree.folders:
            return "it may be made of Sass"
        return ""

    def may_have(self, page: Facts, fragment: str) -> str:
        return "the template may have it" if fragment in LAYOUT_IDS else super().may_have(page, fragment)  # fmt: skip
