"""Pelican: https://docs.getpelican.com/en/latest/content.html, checked against what 4.12 builds."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterator
from functools import cached_property
from urllib.parse import quote, unquote

from contentlint.destinations import has_template, local_path
from contentlint.facts import Facts
from contentlint.generators.base import Generator, Output, Rewritten, verbatim
from contentlint.generators.dates import day
from contentlint.generators.scripts import Script
from contentlint.generators.tree import Tree
from contentlint.markdown import Image, Link
from contentlint.patterns import pattern
from contentlint.slugs import Style
from contentlint.tuples import NamedTuple

_MARKDOWN = (".md", ".markdown", ".mkd", ".mdown")
_OTHERS = (".rst", ".html", ".htm", ".adoc", ".asciidoc", ".org", ".ipynb")
_META = re.compile(r" {0,3}([\w-]+):[ \t]*(.*)")
_PLACE = pattern(r"^[{|](filename|static|attach|index|tag|category|author)[|}]")
_FIELD = re.compile(r"\{(\w+)(?::([^{}]*))?\}")
_DATED = re.compile(r"\d{4}-\d{2}-\d{2}")
_PATH = pattern(r"""["']path["']\s*:\s*["']([^"'\n]+)["']""")
_SETTINGS = {
    "ARTICLE_SAVE_AS": "{slug}.html",
    "DRAFT_SAVE_AS": "drafts/{slug}.html",
    "PAGE_SAVE_AS": "pages/{slug}.html",
    "DRAFT_PAGE_SAVE_AS": "drafts/pages/{slug}.html",
    "TAG_SAVE_AS": "tag/{slug}.html",
    "CATEGORY_SAVE_AS": "category/{slug}.html",
    "AUTHOR_SAVE_AS": "author/{slug}.html",
}


class _Page(NamedTuple):
    source: str
    url: str
    meta: dict[str, str]


class Pelican(Generator):
    """A Pelican site."""

    name = "pelican"

    def __init__(self, tree: Tree) -> None:
        super().__init__(tree)
        script = self._script = Script(tree.read("pelicanconf.py"), python=True)
        published = Script(tree.read("publishconf.py"), python=True)
        self.serve_at(published.value("SITEURL") or script.value("SITEURL") or "")
        self._knows_base = bool(self.hosts) or script.value("SITEURL") is not None
        self._content = posixpath.normpath(script.value("PATH") or "content")
        self._content = "" if self._content == "." else self._content
        names = script.strings("PAGE_PATHS") or [script.value("PAGE_DIR") or "pages"]
        self._page_folders = [posixpath.normpath(name) for name in names]
        self._statics = script.strings("STATIC_PATHS") or ["images"]
        is_made = "toc" in script.text and script.names("MARKDOWN")
        self.styles: tuple[Style, ...] = ("markdown", "markdown-unicode", "pymdownx") if is_made else ("none",)  # fmt: skip
        self._is_unclear = any(script.is_unclear(name) for name in (*_SETTINGS, "PATH"))

    # ---- what is published -------------------------------------------------------------------

    def outputs(self) -> Iterator[Output]:
        for page in self._pages.values():
            if page.url:
                yield Output("page", page.url, page.source)
            else:
                yield Output("absent", f"/{page.source}", page.source, "without a title")
        for path in self._paths:
            if self._is_static(path):
                yield Output("file", f"/{path}", self._in(path))
        for path in _PATH.findall(self._script.text):
            yield Output("file", f"/{path.lstrip('/')}")
        theme = posixpath.normpath(self._script.value("THEME") or "-")
        for path in self.tree.below(f"{theme}/static"):
            yield Output("file", "/theme" + path[len(f"{theme}/static") :], path)
        for name in ("index", "archives", "authors", "categories", "tags"):
            made = self._script.value(f"{name.upper()}_SAVE_AS")
            yield Output("page", _folded(f"/{made if made is not None else name + '.html'}"))
        for kind, names in self._terms.items():
            for name in names:
                yield Output("page", self._term(kind, name))

    def _in(self, path: str) -> str:
        return f"{self._content}/{path}" if self._content else path

    @cached_property
    def _paths(self) -> list[str]:
        cut = len(self._content) + 1 if self._content else 0
        return [path[cut:] for path in self.tree.below(self._content)]

    def _is_static(self, path: str) -> bool:
        if path.endswith(_MARKDOWN):
            return False
        folders = [posixpath.normpath(folder) for folder in self._statics]
        return any(f == "." or path == f or path.startswith(f"{f}/") for f in folders)

    @cached_property
    def _pages(self) -> dict[str, _Page]:
        return {
            self._in(path): self._page(path)
            for path in self._paths
            if path.endswith(_MARKDOWN) and "/." not in f"/{path}"
        }

    def _page(self, path: str) -> _Page:
        source = self._in(path)
        meta = self._meta(source)
        own = meta.get("save_as")
        title = meta.get("title", "")
        if own:
            return _Page(source, _folded(f"/{own.lstrip('/')}"), meta)
        if not title and "slug" not in meta:
            return _Page(source, "", meta)
        is_page = any(path.startswith(f"{folder}/") for folder in self._page_folders)
        kind = "PAGE" if is_page else "ARTICLE"
        status = meta.get("status", "published").lower()
        if status == "draft":
            kind = "DRAFT_PAGE" if is_page else "DRAFT"
        stem = posixpath.splitext(posixpath.basename(path))[0]
        by_name = self._script.value("SLUGIFY_SOURCE") == "basename"
        slug = meta.get("slug") or _slug(stem if by_name else title)
        lang = meta.get("lang", "")
        values = {"slug": slug, "lang": lang, "category": _slug(self._category(path, meta)),
                  "author": _slug(meta.get("author", ""))}  # fmt: skip
        template = self._setting(f"{kind}_SAVE_AS")
        default = self._script.value("DEFAULT_LANG") or "en"
        if lang and lang.lower() != default.lower():
            template = self._script.value(f"{kind}_LANG_SAVE_AS") or template.replace("{slug}", "{slug}-{lang}")  # fmt: skip
        return _Page(source, _folded("/" + self._expand(template, path, meta, values)), meta)

    def _setting(self, name: str) -> str:
        return self._script.value(name) or self._script.value(name.replace("SAVE_AS", "URL")) or _SETTINGS[name]  # fmt: skip

    def _expand(self, template: str, path: str, meta: dict[str, str], values: dict[str, str]) -> str:  # fmt: skip
        named = _DATED.match(posixpath.basename(path))
        when = day(meta.get("date", "") or (named[0] if named else ""))
        values = {**meta, **values}

        def value(match: re.Match[str]) -> str:
            if match[1] == "date" and when:
                return when.strftime(match[2] or "%Y-%m-%d")
            return values.get(match[1], "")

        return _FIELD.sub(value, template).lstrip("/")

    def _meta(self, source: str) -> dict[str, str]:
        """The metadata at the head of a file: lines with a colon, between dashes or not."""
        found: dict[str, str] = {}
        for number, line in enumerate(self.tree.read(source).splitlines()):
            if number == 0 and line.strip() == "---":
                continue
            match = _META.fullmatch(line)
            if match:
                found[match[1].lower()] = match[2].strip().strip("\"'")
            elif not line.startswith("    "):
                break
        return found

    def _category(self, path: str, meta: dict[str, str]) -> str:
        folder = posixpath.basename(posixpath.dirname(path))
        if self._script.value("USE_FOLDER_AS_CATEGORY") == "false":
            folder = ""
        return meta.get("category") or folder or self._script.value("DEFAULT_CATEGORY") or "misc"

    @cached_property
    def _terms(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {"TAG": set(), "CATEGORY": set(), "AUTHOR": set()}
        for source, page in self._pages.items():
            path = source[len(self._in("")) :]
            found["TAG"].update(tag.strip() for tag in page.meta.get("tags", "").split(","))
            found["CATEGORY"].add(self._category(path, page.meta))
            authors = page.meta.get("author") or page.meta.get("authors", "")
            found["AUTHOR"].update(re.split(r"\s*[,;]\s*", authors))
            found["AUTHOR"].add(self._script.value("AUTHOR") or "")
        return {kind: {name for name in names if name} for kind, names in found.items()}

    def _term(self, kind: str, name: str) -> str:
        template = self._setting(f"{kind}_SAVE_AS")
        return _folded("/" + template.replace("{slug}", _slug(name)).lstrip("/"))

    def tag_url_part(self, taxonomy: str, name: str) -> str:
        is_known = name.isascii() and "_SUBSTITUTIONS" not in self._script.text
        return _slug(name) if is_known else ""

    # ---- links -------------------------------------------------------------------------------

    def rewrite(self, page: Facts, link: Link) -> Rewritten:
        return self._rewritten(page, link.destination)

    def rewrite_image(self, page: Facts, image: Image) -> Rewritten:
        if image.kind == "front-matter":
            path = local_path(image.destination)
            return Rewritten((f"{self.base_path}/{path.lstrip('/')}", image.destination)) if path else Rewritten()  # fmt: skip
        return self._rewritten(page, image.destination)

    def _rewritten(self, page: Facts, destination: str) -> Rewritten:
        destination = unquote(destination) if destination.startswith("%7B") else destination
        match = _PLACE.match(destination)
        if match:
            return self._place(page, match[1], destination[match.end() :])
        if has_template(destination):
            return Rewritten()
        if destination.startswith("/") and not self._knows_base:
            return Rewritten((destination,))
        return verbatim(destination)

    def _place(self, page: Facts, kind: str, rest: str) -> Rewritten:
        """What stands in the page for `{filename}…` and the like."""
        path, mark, fragment = rest.partition("#")
        plain = unquote(path)
        if kind == "index":
            return Rewritten((f"{self.base_path}/",))
        if kind in ("tag", "category", "author"):
            return Rewritten((self.base_path + quote(self._term(kind.upper(), plain)) + mark + fragment,))  # fmt: skip
        folder = posixpath.dirname(page.path[len(self._in("")) :])
        place = plain[1:] if plain.startswith("/") else posixpath.join(folder, plain)
        source = self._in(posixpath.normpath(place))
        found = self._pages.get(source)
        if found is not None and kind == "filename":
            if not found.url:
                return Rewritten(problem=f"`{plain}` has no title, so there is no page of it")
            return Rewritten((self.base_path + quote(found.url) + mark + fragment,))
        if source in self.tree.files:
            return Rewritten()
        return Rewritten(problem=f"there is no `{plain}`, so it stays as it stands")

    # ---- what the sources do not show --------------------------------------------------------

    def may_serve(self, url: str) -> str:
        if url.startswith(("/theme/", "/feeds/")):
            return "the theme or a feed may be there"
        if self._is_unclear:
            return "only running the configuration would tell"
        if self._script.strings("PLUGINS") or self._script.is_unclear("PLUGINS"):
            return "a plugin may make it"
        if self._script.names("DIRECT_TEMPLATES") or self._script.names("TEMPLATE_PAGES"):
            return "a template of the site may make it"
        if self._script.names("DEFAULT_PAGINATION") and re.search(r"\d+(?:\.html|/)?$", url):
            return "a later page of a list"
        if any(path.endswith(_OTHERS) and not self._is_static(path) for path in self._paths):
            return "content of other formats is not read"
        if not all(page.url.isascii() for page in self._pages.values()):
            return "letters of some titles are written in another way"
        return ""

    def may_have(self, page: Facts, fragment: str) -> str:
        if self._script.strings("PLUGINS") or self._script.is_unclear("PLUGINS"):
            return "a plugin may make it"
        if self._script.is_unclear("MARKDOWN") and "extend" not in self._script.text and self.styles == ("none",):  # fmt: skip
            return "" if "extension_configs" in self._script.text else "ids may be made by code"
        return super().may_have(page, fragment)


def _folded(path: str) -> str:
    """The URL of a file: that of its folder if it is its index."""
    return path.removesuffix("index.html") if path.endswith("/index.html") else path


def _slug(text: str) -> str:
    """A name as Pelican makes it, as far as letters can be told without its tables."""
    text = unicodedata.normalize("NFKD", text.replace("ß", "ss"))
    text = "".join(c for c in text if unicodedata.category(c) != "Mn")
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", text).strip()).lower()
