"""Astro, with Starlight: https://docs.astro.build/en/guides/routing/, checked against what 5 builds."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import cached_property
from urllib.parse import unquote

from contentlint.destinations import local_path
from contentlint.facts import Facts, field
from contentlint.generators.base import Generator, Output, Rewritten, as_base_path, verbatim
from contentlint.generators.scripts import Script
from contentlint.generators.templates import LAYOUT_IDS
from contentlint.generators.tree import Tree
from contentlint.markdown import Heading, Image, Link
from contentlint.patterns import pattern
from contentlint.slugs import Style, heading_ids
from contentlint.text import Span
from contentlint.tuples import NamedTuple

_CONFIGS = tuple(f"astro.config.{suffix}" for suffix in ("mjs", "ts", "js", "cjs", "mts"))
_MARKDOWN = (".md", ".mdx", ".markdown", ".mdoc")
_PAGES = (".astro", ".html", ".md", ".mdx", ".markdown")
_ENDPOINTS = (".js", ".ts", ".mjs")
_REDIRECTS = pattern(r"""["']?redirects["']?\s*:\s*(?=\{)""")
_KEY = pattern(r"""["'`](/[^"'`\n]*)["'`]\s*:""")
_COLLECTION = pattern(r"(\w+)\s*=\s*defineCollection\s*(?=\()")
_BASE = pattern(r"""\bbase\s*:\s*["'`]([^"'`$\n]+)["'`]""")
_OF_COLLECTION = pattern(r"""getCollection\(\s*["'`]([\w-]+)["'`]""")
# A route whose parameter is the id of an entry as it is.
_BY_ID = pattern(r"params\s*:\s*\{\s*\w+\s*:\s*[\w.]+\.(?:id|slug)\s*,?\s*\}")
# What changes links or ids when the page is made.
_REWRITES = pattern(r"(?:remark|rehype)[\w-]*(?:link|url|href|slug|heading|path|base)", re.IGNORECASE)  # fmt: skip
_STARLIGHT = pattern(r"starlight(?:-[\w]+)+")


class _Route(NamedTuple):
    """A page with a parameter: its file, what its URLs begin with, and the collection that it
    shows, "" if that cannot be told."""

    source: str
    prefix: str
    collection: str


class Astro(Generator):
    """An Astro site."""

    name = "astro"
    styles: tuple[Style, ...] = ("astro", "github")

    def __init__(self, tree: Tree) -> None:
        super().__init__(tree)
        script = self._script = Script(tree.read(tree.first(*_CONFIGS) or ""))
        self.serve_at(script.value("site") or "")
        self.base_path = as_base_path(script.value("base") or "")
        self._knows_base = not script.is_unclear("base")
        self._src = posixpath.normpath(script.value("srcDir") or "src")
        self._public = posixpath.normpath(script.value("publicDir") or "public")
        self._is_file = script.value("format") == "file"
        self._never_slash = script.value("trailingSlash") == "never"
        self._has_starlight = "starlight(" in script.text
        self._rewrites = _REWRITES.search(script.text) is not None

    # ---- what is published -------------------------------------------------------------------

    def outputs(self) -> Iterator[Output]:
        for path in self._routed:
            yield from self._page(path)
        for source, url in self._entries.items():
            front = self.tree.front(source)
            if url and field(front, "draft") == "true" and self._leaves_drafts_out:
                yield Output("absent", url, source, "a draft")
            else:
                yield Output("page", url, source)
        for path in self.tree.below(self._public):
            yield Output("file", path[len(self._public) :], path)
        for _, block in self._script.blocks(_REDIRECTS):
            for old in _KEY.findall(block):
                yield Output("page", old)
        for name in ("/sitemap-index.xml", "/sitemap-0.xml", "/404.html"):
            yield Output("file", name)

    @cached_property
    def _routed(self) -> list[str]:
        """The files of pages, as paths below their folder."""
        folder = f"{self._src}/pages"
        paths = (path[len(folder) + 1 :] for path in self.tree.below(folder))
        return [path for path in paths if not any(part[0] in "_." for part in path.split("/"))]

    def _page(self, path: str) -> Iterator[Output]:
        source = f"{self._src}/pages/{path}"
        stem, suffix = posixpath.splitext(path)
        if "[" in path:
            return
        if suffix in _PAGES:
            yield Output("page", self._url(stem), source)
        elif suffix in _ENDPOINTS:
            yield Output("file", f"/{stem}")

    def _url(self, stem: str) -> str:
        folder, name = posixpath.split(stem)
        if name == "index":
            return f"/{folder}/" if folder else "/"
        if self._is_file:
            return f"/{stem}.html"
        return f"/{stem}" if self._never_slash else f"/{stem}/"

    @cached_property
    def _entries(self) -> dict[str, str]:
        """The URL of each entry of a collection, "" if it cannot be known."""
        found: dict[str, str] = {}
        for name, folder in self._collections.items():
            prefixes = {route.prefix for route in self._routes if route.collection == name}
            if self._has_starlight and name == "docs":
                prefixes.add("")
            for source in self.tree.below(folder):
                if source.endswith(_MARKDOWN):
                    entry = self._entry(source, source[len(folder) + 1 :])
                    is_known = len(prefixes) == 1 and "/_" not in f"/{source}"
                    found[source] = self._entry_url(next(iter(prefixes)), entry) if is_known else ""
        for source in self.tree.pages:  # of no collection that is known
            if source.startswith(f"{self._src}/") and "/pages/" not in source:
                found.setdefault(source, "")
        return found

    def _entry_url(self, prefix: str, entry: str) -> str:
        stem = posixpath.join(prefix, entry) if entry else prefix
        return self._url(stem) if stem else "/"

    def _entry(self, source: str, path: str) -> str:
        """The id of an entry: its path as GitHub would write it in headings, or its slug."""
        own = field(self.tree.front(source), "slug")
        if own:
            return own.strip("/")
        parts = posixpath.splitext(path)[0].split("/")
        slugs = [heading_ids([Heading(1, part, Span(0, 0), part)], "github")[0] or "" for part in parts]  # fmt: skip
        made = "/".join(slugs)
        return "" if made == "index" else made.removesuffix("/index")

    @cached_property
    def _collections(self) -> dict[str, str]:
        """The folder of each collection, by its name."""
        content = f"{self._src}/content"
        config = self.tree.first(*(f"{self._src}/{name}.{suffix}" for name in ("content.config", "content/config") for suffix in ("ts", "js", "mjs", "mts")))  # fmt: skip
        script = Script(self.tree.read(config or ""))
        found = {
            path[len(content) + 1 :]: path
            for path in sorted(self.tree.folders)
            if path.startswith(f"{content}/") and path.count("/") == content.count("/") + 1
        }
        for match, block in script.blocks(_COLLECTION):
            bases = _BASE.findall(block)
            names = re.findall(rf"""["']?([\w-]+)["']?\s*:\s*{match[1]}\b""", script.text)
            for name in names or (match[1],):
                if len(bases) == 1:
                    found[name] = posixpath.normpath(bases[0])
        return found

    @cached_property
    def _routes(self) -> list[_Route]:
        found: list[_Route] = []
        for path in self._routed:
            if "[" in path:
                source = f"{self._src}/pages/{path}"
                text = self.tree.read(source)
                names = set(_OF_COLLECTION.findall(text))
                rest = path.partition("[")[2].partition("]")[2]
                is_plain = len(names) == 1 and _BY_ID.search(text) and rest == ".astro"
                prefix = path.partition("[")[0]
                found.append(_Route(source, prefix, names.pop() if is_plain else ""))
        return found

    @cached_property
    def _leaves_drafts_out(self) -> bool:
        texts = (self.tree.read(route.source) for route in self._routes)
        return self._has_starlight or any("draft" in text for text in texts)

    # ---- links -------------------------------------------------------------------------------

    def rewrite(self, page: Facts, link: Link) -> Rewritten:
        path = local_path(link.destination)
        plain = verbatim(link.destination)
        if path is None or not plain.hrefs:
            return plain
        if self._rewrites:
            return Rewritten(unsure="a plugin may rewrite it")
        if path.startswith("/"):
            return plain if self._knows_base else Rewritten(unsure="the base path is not known")
        url = self._entries.get(page.path)
        if self._never_slash and url:
            beside = f"{self.base_path}{url.rstrip('/')}/{link.destination}"
            return Rewritten((link.destination, beside))
        return plain

    def rewrite_image(self, page: Facts, image: Image) -> Rewritten:
        path = local_path(image.destination)
        plain = verbatim(image.destination)
        if image.destination.startswith(("@", "~")):
            return Rewritten(unsure="it is resolved by the bundler")
        if path is None or not plain.hrefs:
            return plain
        place = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), unquote(path)))
        if place in self.tree.files and image.kind != "html":
            return Rewritten()
        if image.kind == "front-matter":
            if posixpath.basename(unquote(path)) in self._names:
                return Rewritten()
            return Rewritten((f"{self.base_path}/{path.lstrip('/')}", image.destination))
        if image.kind == "html" or path.startswith("/"):
            return plain if self._knows_base else Rewritten(unsure="the base path is not known")
        if self._rewrites:
            return Rewritten(unsure="a plugin may rewrite it")
        return Rewritten(problem="there is no such file, so Astro stops with an error")

    @cached_property
    def _names(self) -> frozenset[str]:
        """The names of all files outside of the folder that is served as it is."""
        public = f"{self._public}/"
        files = (path for path in self.tree.files if not path.startswith(public))
        return frozenset(map(posixpath.basename, files))

    # ---- what the sources do not show --------------------------------------------------------

    def may_serve(self, url: str) -> str:
        for route in self._routes:
            if url.startswith("/" + route.prefix) and not self._is_told(route):
                return f"`{route.source}` makes pages of its own"
        language, _, rest = url.strip("/").partition("/")
        if rest in self._untranslated and self._script.names(language):
            return "Starlight shows the page of another language there"
        match = _STARLIGHT.search(self._script.text)
        if match:
            return f"the plugin `{match[0]}` may make it"
        if any(name in self._script.text for name in ("injectRoute", "astro:config:setup")):
            return "an integration may make it"
        if url.startswith("/_astro/"):
            return "it is made when the site is"
        return ""

    @cached_property
    def _untranslated(self) -> frozenset[str]:
        """What may follow the name of a language in the URL of a page that has no translation."""
        if not self._has_starlight or not self._script.names("locales"):
            return frozenset()
        urls = [url.strip("/") for url in self._entries.values()]
        return frozenset([*urls, *(url.partition("/")[2] for url in urls)])

    def _is_told(self, route: _Route) -> bool:
        """Whether all pages of a route are known."""
        return route.collection in self._collections

    def may_have(self, page: Facts, fragment: str) -> str:
        if fragment in LAYOUT_IDS or fragment == "_top":
            return "the layout may have it"
        if self._rewrites:
            return "a plugin may make it"
        return super().may_have(page, fragment)
