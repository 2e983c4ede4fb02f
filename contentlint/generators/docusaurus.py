"""Docusaurus 2 and 3: https://docusaurus.io/docs/markdown-features/links, checked against what 3.8
builds."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import cached_property
from urllib.parse import quote, unquote

from contentlint.destinations import local_path
from contentlint.facts import Facts, Front, field
from contentlint.generators.base import Generator, Output, Rewritten, as_base_path, verbatim
from contentlint.generators.scripts import Script
from contentlint.generators.tree import Tree, parents
from contentlint.markdown import Image, Link
from contentlint.patterns import pattern
from contentlint.slugs import Style
from contentlint.tuples import NamedTuple

_CONFIGS = tuple(f"docusaurus.config.{suffix}" for suffix in ("js", "ts", "mjs", "cjs"))
_MARKDOWN = (".md", ".mdx")
_PAGES = (".js", ".jsx", ".ts", ".tsx", *_MARKDOWN)
_INSTANCE = pattern(
    r"""(?<![\w.])(docs|blog|pages)["']?\s*:\s*(?=[{f])|(?:plugin-)?content-(docs|blog|pages)['"`]\s*,\s*(?=\{)"""
)
_IN_PLUGINS = pattern(r"""["']?plugins["']?\s*:\s*(?=\[)""")
# What begins an item of a list: a name, or a function.
_PLUGIN = pattern(
    r"""[\[,]\s*(?:require\.resolve\(\s*)?(?:["'`]([^"'`\n]+)|(?:async\s+)?(?:function\b|\([^()]*\)\s*=>))"""
)
_DEFAULTS = {"docs": ("docs", "docs"), "blog": ("blog", "blog"), "pages": ("src/pages", "/")}
# Plugins that make no pages, or those that are described here.
_HARMLESS = pattern(
    r"(?:@docusaurus/)?(?:plugin-)?(?:content-(?:docs|blog|pages)|client-redirects|ideal-image|pwa|sitemap"
    r"|google-\w+|debug|css-cascade-layers|svgr|vercel-analytics|rsdoctor|faster)|docusaurus-plugin-(?:sass|image-zoom|matomo"
    r"|hotjar|segment|fathom|plausible|clarity|goatcounter|llms)|plugin-image-zoom|docusaurus-lunr-search"
    r"|@easyops-cn/.*|@cmfcmf/docusaurus-search-local|.*(?:tailwind|search|analytics|theme).*"
)
_NUMBER = re.compile(r"\d+\s*[-_.]+\s*(?=[^-_.\s])")
_NO_NUMBER = re.compile(r"(?:\d{2}|\d{4})[-_.]\d{2}(?:[-_.](?:\d{2}|\d{4}))?.*|\d+[-_.]\d+.*")
_DATED = re.compile(r"(.*?)(\d{4}[-/]\d{1,2}[-/]\d{1,2})[-/]?(.*)")
_SLUG = pattern(r"""["']?slug["']?\s*:\s*["']?([^"'\s,}]+)""")
_FROM = pattern(r"""["']?from["']?\s*:\s*(?:\[([^\]]*)\]|["'`]([^"'`\n]+))""")
_TEXT = pattern(r"""["'`]([^"'`\n]+)["'`]""")
_COMPONENT = pattern(r"<([A-Z]\w*)|^import\s[^\n]*\.mdx?['\"]", re.MULTILINE)
# Components that print nothing with an id but what stands in them.
_PLAIN = frozenset(["Tabs", "TabItem", "Admonition", "CodeBlock", "Link", "Image", "IdealImage", "ThemedImage", "BrowserOnly",
                    "Details", "Highlight", "DocCardList", "Head", "Translate", "Icon"])  # fmt: skip
_KEBAB = pattern(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[A-Z]|[0-9]+")
_LISTS = pattern(r"/(?:tags|category|page|authors|archive)(?:/|\Z)")


class _Instance(NamedTuple):
    """A plugin of content: what it is (docs, blog, pages), its folder, and the URL of that."""

    kind: str
    folder: str
    url: str
    is_unclear: bool = False  # whether only running the configuration would tell


class Docusaurus(Generator):
    """A Docusaurus site."""

    name = "docusaurus"
    styles: tuple[Style, ...] = ("docusaurus",)

    def __init__(self, tree: Tree) -> None:
        super().__init__(tree)
        script = self._script = Script(tree.read(tree.first(*_CONFIGS) or ""))
        self._knows_base = not script.is_unclear("baseUrl")
        self.serve_at(next(iter(script.values("url")), ""))
        self.base_path = as_base_path(script.value("baseUrl") or "")
        self._slash = script.value("trailingSlash")
        self._numbers = script.value("numberPrefixParser") != "false"
        self._statics = script.strings("staticDirectories") or ["static"]
        self._locales = frozenset(script.strings("locales"))
        self._instances = list(self._read_instances())
        self._maker = self._read_maker()
        self._slugs = self._read_slugs()

    def _read_instances(self) -> Iterator[_Instance]:
        seen: set[str] = set()
        for match, block in self._script.blocks(_INSTANCE):
            kind = match[1] or match[2]
            own = Script(block)
            if block == "false":
                seen.add(kind)  # it is turned off
            if not block.startswith("{") or own.names("sidebar") or own.names("versionPersistence"):
                continue  # the table of that name in themeConfig
            has_versions = own.names("versions") or own.names("lastVersion")
            own = own.outermost()
            folder, url = _DEFAULTS[kind]
            folder = posixpath.normpath(own.value("path") or folder)
            url = own.value("routeBasePath") or url
            is_unclear = any(map(own.is_unclear, ("path", "routeBasePath")))
            is_unclear |= has_versions  # each may have a path of its own
            seen.add(kind)
            yield _Instance(kind, folder, "/" + url.strip("/"), is_unclear)
        for kind, (folder, url) in _DEFAULTS.items():
            if kind not in seen:
                yield _Instance(kind, folder, "/" + url.strip("/"))

    def _read_maker(self) -> str:
        for _, block in self._script.blocks(_IN_PLUGINS):
            for match in _PLUGIN.finditer(block):
                name = match[1] or "a plugin of the site"
                is_plugin = name[0] in "@." or "plugin" in name
                if is_plugin and not _HARMLESS.fullmatch(name):
                    return name
        return ""

    def _read_slugs(self) -> frozenset[str]:
        """What sidebars and categories name as the URLs of lists."""
        found: set[str] = set()
        for path in self.tree.files:
            name = posixpath.basename(path)
            if name.startswith(("_category_.", "sidebar")) and "node_modules" not in path:
                found.update(slug.strip("/") for slug in _SLUG.findall(self.tree.read(path)))
        return frozenset(found)

    # ---- what is published -------------------------------------------------------------------

    def outputs(self) -> Iterator[Output]:
        for source, (url, absent) in self._pages.items():
            if absent:
                yield Output("absent", url, source, absent)
                continue
            yield Output("page", url, source)
            yield Output("also", url.rstrip("/") + "/" if not url.endswith("/") else url[:-1] or "/", source)  # fmt: skip
        for folder in self._statics:
            for path in self.tree.below(posixpath.normpath(folder)):
                yield Output("file", path[len(posixpath.normpath(folder)) :], path)
        for instance in self._instances:
            if instance.kind == "blog" and instance.folder in self.tree.folders:
                for path in (instance.url, f"{instance.url}/archive", f"{instance.url}/tags", f"{instance.url}/authors"):  # fmt: skip
                    yield Output("page", path)
                for name in ("rss.xml", "atom.xml", "feed.json"):
                    yield Output("file", posixpath.join(instance.url, name))
        for match in _FROM.finditer(self._script.text):
            for path in _TEXT.findall(match[1]) if match[1] else [match[2]]:
                if path.startswith("/"):
                    yield Output("page", path)
        for name in ("/sitemap.xml", "/404.html", "/search"):
            yield Output("file", name)

    @cached_property
    def _pages(self) -> dict[str, tuple[str, str]]:
        """The URL of each page, and why it is not published."""
        found: dict[str, tuple[str, str]] = {}
        for instance in self._instances:
            for folder, prefix in self._roots(instance):
                for source in self.tree.below(folder):
                    path = source[len(folder) + 1 :]
                    if source.endswith(_PAGES if instance.kind == "pages" else _MARKDOWN):
                        page = self._page(instance.kind, source, path, prefix)
                        if page:
                            found.setdefault(source, page)
        return found

    def _roots(self, instance: _Instance) -> Iterator[tuple[str, str]]:
        """The folders of an instance: its own, those of versions, those of other languages."""
        own = posixpath.basename(instance.folder)
        name = f"{own}_" if own != "docs" else ""
        versions = self._versions(name) if instance.kind == "docs" else []
        current = posixpath.join(instance.url, "next") if versions else instance.url
        roots = [("current", instance.folder, current)]
        for number, version in enumerate(versions):
            url = posixpath.join(instance.url, version) if number else instance.url
            folder = f"{name}versioned_docs/version-{version}"
            roots.append((f"version-{version}", folder, url))
        for version, folder, url in roots:
            yield folder, url
            for locale in self._translated:
                plugin = f"i18n/{locale}/docusaurus-plugin-content-{instance.kind}"
                if own not in ("docs", "blog", "pages"):
                    plugin += f"-{own}"
                below = f"{plugin}/{version}" if instance.kind == "docs" else plugin
                if below in self.tree.folders:
                    yield below, f"/{locale}{url}"

    @cached_property
    def _translated(self) -> list[str]:
        """The languages that there are translations into."""
        names = (path.split("/") for path in self.tree.folders if path.startswith("i18n/"))
        return sorted({parts[1] for parts in names})

    def _versions(self, prefix: str) -> list[str]:
        import json

        try:
            data = json.loads(self.tree.read(f"{prefix}versions.json") or "[]")
        except (ValueError, RecursionError):
            return []
        return [str(version) for version in data] if isinstance(data, list) else []  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]

    def _page(self, kind: str, source: str, path: str, prefix: str) -> tuple[str, str] | None:
        stem = posixpath.splitext(path)[0]
        front = self.tree.front(source) if source.endswith(_MARKDOWN) else None
        absent = "a draft" if field(front, "draft") == "true" else ""
        if any(part.startswith("_") for part in path.split("/")):
            return ("/" + source, "a part of other pages") if source.endswith(_MARKDOWN) else None
        if "__tests__" in path or re.search(r"\.test\.\w+$", path):
            return None
        slug = {"docs": self._doc, "blog": self._post, "pages": self._plain}[kind](stem, front)
        return self._finished(posixpath.join(prefix, slug.lstrip("/"))), absent

    def _finished(self, url: str) -> str:
        if url == "/" or self._slash is None:
            return url
        return url.rstrip("/") + ("/" if self._slash == "true" else "")

    def _doc(self, stem: str, front: Front | None) -> str:
        slug = field(front, "slug")
        if slug.startswith("/"):
            return slug
        folder, name = posixpath.split(stem)
        own = "/".join(self._unnumbered(part) for part in folder.split("/"))
        parent = posixpath.basename(folder).lower()
        is_index = name.lower() in ("index", "readme") or (parent and name.lower() == parent)
        if not slug and is_index:
            return f"{own}/" if own else ""
        last = slug or field(front, "id") or self._unnumbered(name)
        return posixpath.normpath(posixpath.join("/", own, last))

    def _unnumbered(self, name: str) -> str:
        """A name without the number that it begins with, which only orders."""
        if not self._numbers or _NO_NUMBER.fullmatch(name):
            return name
        return _NUMBER.sub("", name, count=1) if _NUMBER.match(name) else name

    def _post(self, stem: str, front: Front | None) -> str:
        slug = field(front, "slug")
        if slug:
            return slug
        stem = stem.removesuffix("/index")
        match = _DATED.fullmatch(stem)
        if match is None:
            return stem
        return posixpath.join(match[2].replace("-", "/"), match[1] + match[3])

    def _plain(self, stem: str, front: Front | None) -> str:
        folder, name = posixpath.split(stem)
        return (f"{folder}/" if folder else "") if name == "index" else stem

    # ---- links -------------------------------------------------------------------------------

    def rewrite(self, page: Facts, link: Link) -> Rewritten:
        if link.kind == "html":
            return self._raw(page, link.destination)
        return self._rewritten(page, link.destination)

    def rewrite_image(self, page: Facts, image: Image) -> Rewritten:
        if image.kind == "front-matter":
            return self._of_theme(page, image.destination)
        if image.kind == "html":
            return self._raw(page, image.destination)
        path = local_path(image.destination.removeprefix("@site/") if image.destination.startswith("@site/") else image.destination)  # fmt: skip
        if path is None:
            if image.destination.startswith("@"):
                return Rewritten(unsure="it is resolved by the bundler")
            return verbatim(image.destination)
        is_there = any(place in self.tree.files for place in self._places(page, image.destination, path))  # fmt: skip
        if is_there:
            return Rewritten()
        return self._absent_asset(page, image.destination)

    def _of_theme(self, page: Facts, destination: str) -> Rewritten:
        path = local_path(destination)
        if path is None or path.startswith("@"):
            return Rewritten()
        if path.startswith(".") and any(
            place in self.tree.files for place in self._places(page, destination, path)
        ):
            return Rewritten()  # it is copied as those of the text are
        return Rewritten((self.base_path + "/" + path.lstrip("/"), destination))

    def _absent_asset(self, page: Facts, destination: str) -> Rewritten:
        if destination.startswith("@") or self._is_part(page) or page.path.startswith("i18n/"):
            return Rewritten(unsure="it is resolved by the bundler")
        return Rewritten(problem="there is no such file, so Docusaurus stops with an error")

    def _places(self, page: Facts, destination: str, path: str) -> Iterator[str]:
        """Where a file that a destination names is looked for."""
        path = unquote(path)
        if destination.startswith("@site/"):
            yield posixpath.normpath(path)
            return
        if path.startswith("/"):
            for folder in self._statics:
                yield posixpath.normpath(posixpath.join(folder, path[1:]))
            yield posixpath.normpath(path[1:])
            base = self.base_path + "/"
            if path.startswith(base):
                yield from (posixpath.join(folder, path[len(base) :]) for folder in self._statics)
            return
        yield posixpath.normpath(posixpath.join(posixpath.dirname(page.path), path))
        if not path.startswith("."):
            yield posixpath.normpath(path)

    def _raw(self, page: Facts, destination: str) -> Rewritten:
        """A link in JSX, which stands in the page as it is; the host may have added a slash to the
        URL of the page."""
        path = local_path(destination)
        plain = verbatim(destination)
        if path is None or not plain.hrefs:
            return plain
        if self._is_part(page) or (path.startswith("/") and not self._knows_base):
            return Rewritten(unsure="where it will stand is not known")
        if path.startswith("/"):
            return plain
        url = self._pages.get(page.path, ("/", ""))[0]
        return Rewritten((destination, quote(self.base_path + url.rstrip("/")) + "/" + destination))

    def _rewritten(self, page: Facts, destination: str) -> Rewritten:
        if destination.startswith("pathname:"):
            return Rewritten()
        site = destination.startswith("@site/")
        path = local_path(destination[len("@site/") :] if site else destination)
        plain = verbatim(destination)
        if path is None or not plain.hrefs:
            return plain
        rest = destination[len(path) + (len("@site/") if site else 0) :]
        if path.endswith(_MARKDOWN):
            url = self._linked(page, path, site)
            if url is not None:
                return Rewritten((self.base_path + quote(url) + rest,))
            if destination.startswith("@") or page.path.startswith("i18n/"):
                return Rewritten(unsure="it is resolved by the bundler")
        elif any(place in self.tree.files for place in self._places(page, destination, path)):
            return Rewritten()  # it is copied as it is
        if site or destination.startswith("@"):
            return self._absent_asset(page, destination)
        if self._is_part(page):
            return Rewritten(unsure="where it will stand is not known")
        if path.startswith("/"):
            is_with_base = self.base_path and path.startswith(self.base_path + "/")
            return plain if is_with_base else Rewritten((self.base_path + destination,))
        return plain

    def _linked(self, page: Facts, path: str, site: bool) -> str | None:
        """The URL of the page that a path of Markdown names; None if there is none. Only pages of
        the same plugin are found."""
        path = unquote(path)
        root = self._root_of(page.path)
        folders = [posixpath.dirname(page.path), *root, ""]
        if site:
            folders = [""]
        elif path.startswith("/"):
            folders = [*root, ""]
        elif path.startswith("."):
            folders = folders[:1]
        for folder in folders:
            place = posixpath.normpath(posixpath.join(folder, path.lstrip("/")))
            found = self._pages.get(place)
            if found and self._root_of(place)[:1] == root[:1]:
                return found[0]
        return None

    def _root_of(self, source: str) -> list[str]:
        """The folders of content that a file is in, the innermost first, as a list."""
        return [folder for folder in parents(source) if folder in self._folders]

    @cached_property
    def _folders(self) -> frozenset[str]:
        return frozenset(folder for one in self._instances for folder, _ in self._roots(one))

    def _is_part(self, page: Facts) -> bool:
        return self._pages.get(page.path, ("", ""))[1] == "a part of other pages"

    def tag_url_part(self, taxonomy: str, name: str) -> str:
        # lodash.kebabCase, as far as letters can be told without its tables
        is_known = taxonomy == "tags" and name.isascii()
        return "-".join(_KEBAB.findall(name.replace("'", ""))).lower() if is_known else ""

    # ---- what the sources do not show --------------------------------------------------------

    def may_serve(self, url: str) -> str:
        if self._maker:
            return f"{self._maker} may make it"
        if _LISTS.search(url):
            return "lists are made of tags, authors and categories"
        first = url[1:].partition("/")[0]
        if first in self._locales or first in self._translated:
            return "it may be there in another language"
        if url.strip("/") in self._slugs or any(url.strip("/").endswith("/" + slug) for slug in self._slugs):  # fmt: skip
            return "a sidebar makes a list there"
        if any(one.is_unclear for one in self._instances):
            return "only running the configuration would tell"
        if self._script.names("createRedirects"):
            return "redirects are made by code"
        return ""

    def may_have(self, page: Facts, fragment: str) -> str:
        for match in _COMPONENT.finditer(self.tree.read(page.path)):
            if match[1] not in _PLAIN:
                return f"`{match[1] or 'a part'}` may bring it along"
        return "" if page.dynamic == ("<>",) else super().may_have(page, fragment)
