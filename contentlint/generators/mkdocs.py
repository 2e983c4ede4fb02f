"""MkDocs, with Material's blog: https://www.mkdocs.org/user-guide/writing-your-docs/, checked
against what 1.6 builds."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import quote, unquote

from contentlint import paths
from contentlint.destinations import local_path
from contentlint.facts import Facts, Front, Outline, field, fields
from contentlint.generators.base import Generator, Output, Rewritten, verbatim
from contentlint.generators.dates import MONTHS, day, is_to_come
from contentlint.generators.tree import Tree, as_list, at, merged, table_at, text_at, texts
from contentlint.markdown import Heading, Image, Link
from contentlint.options import is_table
from contentlint.patterns import pattern
from contentlint.slugs import Style, heading_ids, loose_id
from contentlint.text import Span

_MARKDOWN = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
_OF_THEMES = ("/assets/javascripts/", "/assets/stylesheets/", "/assets/images/", "/search/", "/css/", "/js/")  # fmt: skip
_LEFT_OUT = (".*", "/templates/")
# Plugins that make no pages, rewrite no links and print no ids.
_HARMLESS = frozenset([
    "abbreviations", "add-number", "announce", "awesome-nav", "awesome-pages", "badges", "blog",
    "callouts", "caption", "charts", "code-validator", "d2", "drawio", "encryptcontent",
    "enumerate-headings", "exclude-search", "ezlinked-md", "git-authors", "git-committers",
    "git-committers-2", "git-revision-date", "git-revision-date-localized", "glightbox", "group",
    "htmlproofer", "img2fig", "include-markdown", "info", "kroki", "lightgallery", "linkcheck",
    "macros", "markdownextradata", "material/blog", "material/group", "material/info",
    "material/meta", "material/offline", "material/optimize", "material/privacy",
    "material/search", "material/social", "material/tags", "material/typeset", "mermaid",
    "mermaid2", "meta", "mike", "minify", "no-sitemap-file", "offline", "open-in-new-tab",
    "optimize", "page-view", "panzoom", "pdf-export", "plotly", "print-site", "privacy",
    "redirects", "redoc-tag", "rss", "search", "section-index", "social", "spellcheck",
    "swagger-ui-tag", "table-reader", "tags", "toc-md", "typeset", "unused-files", "video",
    "with-pdf"
])  # fmt: skip
_TOC = pattern(r"^([ \t]*)(?:-[ \t]+)?toc[ \t]*:[ \t]*\n((?:\1[ \t]+[^\n]*\n?)*)", re.MULTILINE)
_SLUGIFY = pattern(r"slugify\s*:\s*(\S[^\n]*(?:\n\s+(?:kwds|case)\b[^\n]*)*)")
_TOKEN = pattern(r"\{(\w+)\}")
_DATE_TOKEN = pattern(r"y+|M+|d+|'[^']*'|[^\W\d_]+")
# What is no Markdown to the parser: headings in admonitions and tabs, pieces of other files, docs
# made of code.
_INDENTED_HEADING = pattern(r"^[ \t>]+#{1,6}[ \t]+([^\n]+)", re.MULTILINE)
_TAB = pattern(r"^[ \t>]*===[!+]?[ \t]*\"([^\"\n]+)\"", re.MULTILINE)
_EMOJI = pattern(r":[\w+-]+:")
_COMMENT = pattern(r"<!--\s*\w+:([^>\n]*)-->")  # a directive, for a hook or plugin
_INCLUDES = pattern(r"-{2,}8<-{2,}|^:{3}\s|\{!|\{%|\{\{|\[\[|^\[TOC\]", re.MULTILINE)
_MADE = ("__", "tag:")


class MkDocs(Generator):
    """A MkDocs site."""

    name = "mkdocs"

    def __init__(self, tree: Tree) -> None:
        super().__init__(tree)
        path = tree.first("mkdocs.yml", "mkdocs.yaml") or ""
        self._text = tree.read(path)
        config = self._config = _with_inherited(tree, path)
        self.serve_at(text_at(config, "site_url"))
        self._has_url = bool(self.hosts)
        docs = posixpath.normpath(text_at(config, "docs_dir", "docs"))
        self._docs = "" if docs == "." else docs
        self._plugins = _named(at(config, "plugins"))
        self._extensions = _named(at(config, "markdown_extensions"))
        is_offline = any(name in self._plugins for name in ("offline", "material/offline"))
        self._pretty = at(config, "use_directory_urls") is not False and not is_offline
        self._versioned = "mike" in self._plugins or bool(at(config, "extra.version"))
        if self._versioned:  # each version lies in a folder of its own
            self.hosts = ()
        strange = sorted(set(self._plugins) - _HARMLESS)
        self._maker = f"the plugin `{strange[0]}`" if strange else ""
        if at(config, "hooks"):
            self._maker = self._maker or "a hook of the site"
        self._blogs = [
            _Blog(table, self._docs)
            for name in ("blog", "material/blog")
            for table in self._plugins.get(name, ())
            if at(table, "enabled") is not False
        ]
        self.defines_labels = bool(strange) or "pymdownx.snippets" in self._extensions
        self.styles = self._styles()

    def _styles(self) -> tuple[Style, ...]:
        toc = _TOC.search(self._text)
        match = _SLUGIFY.search(toc[2]) if toc else None
        slugify = match[1] if match else ""
        if not slugify:
            return ("markdown",)
        if "slugify_unicode" in slugify:
            return ("markdown-unicode",)
        if "pymdownx" in slugify or "slugs." in slugify:
            if "gfm" in slugify:
                return ("github", "pymdownx")
            return ("pymdownx",) if "lower" in slugify or "uslugify" in slugify else ("pymdownx-case", "pymdownx")  # fmt: skip
        return ("markdown", "markdown-unicode", "pymdownx", "pymdownx-case", "github")

    # ---- what is published -------------------------------------------------------------------

    def outputs(self) -> Iterator[Output]:
        for source, url in self._urls.items():
            absent = self._absence(source)
            if absent:
                yield Output("absent", url, source, absent)
            elif source.endswith(_MARKDOWN):
                yield Output("page", url, source)
            else:
                yield Output("file", url, source)
        for path in self._theme_files:
            yield Output("file", path)
        for blog in self._blogs:
            yield Output("page", f"/{blog.folder}/" if blog.folder else "/")
        yield from self._redirects()
        for name in ("/404.html", "/sitemap.xml", "/sitemap.xml.gz", "/search.html"):
            yield Output("file", name)

    @cached_property
    def _urls(self) -> dict[str, str]:
        """The URL of every file of the documentation, published or not."""
        return {self._source(path): self._url(path) for path in self._paths}

    @cached_property
    def _paths(self) -> list[str]:
        return [self._below_docs(path) for path in self.tree.below(self._docs)]

    @cached_property
    def _folders_with_index(self) -> frozenset[str]:
        return frozenset(
            posixpath.dirname(path)
            for path in self._paths
            if posixpath.basename(path) in [f"index{suffix}" for suffix in _MARKDOWN]
        )

    def _url(self, path: str) -> str:
        if not path.endswith(_MARKDOWN):
            return f"/{path}"
        for blog in self._blogs:
            if blog.holds(path):
                return self._pretty_url(blog.url(path, self.tree))
        stem = posixpath.splitext(path)[0]
        folder, name = posixpath.split(stem)
        if name == "index" or name == "README":
            return f"/{folder}/" if folder else "/"
        return self._pretty_url(f"/{stem}")

    def _pretty_url(self, stem: str) -> str:
        return f"{stem}/" if self._pretty else f"{stem}.html"

    def _absence(self, source: str) -> str:
        """Why a file is not published; "" if it is."""
        path = self._below_docs(source)
        if self._excluded.match_file(path):
            return "excluded"
        folder, name = posixpath.split(path)
        if (
            name.startswith("README.")
            and folder in self._folders_with_index
            and name.endswith(_MARKDOWN)
        ):
            return "hidden by the index beside it"  # fmt: skip
        if self._drafts and self._drafts.match_file(path):
            return "a draft"
        for blog in self._blogs:
            if blog.holds(path):
                return blog.absence(self.tree.front(source))
        return ""

    @cached_property
    def _excluded(self) -> Any:
        lines = [*_LEFT_OUT, *text_at(self._config, "exclude_docs").splitlines()]
        for table in self._plugins.get("exclude", ()):
            lines += texts(at(table, "glob"))
        try:
            return paths.spec(lines)
        except ValueError:
            return paths.spec(_LEFT_OUT)

    @cached_property
    def _drafts(self) -> Any:
        lines = text_at(self._config, "draft_docs").splitlines()
        try:
            return paths.spec(lines) if lines else None
        except ValueError:
            return None

    @cached_property
    def _theme_files(self) -> list[str]:
        folder = posixpath.normpath(text_at(self._config, "theme.custom_dir", "-"))
        return [path[len(folder) :] for path in self.tree.below(folder)]

    def _redirects(self) -> Iterator[Output]:
        for table in self._plugins.get("redirects", ()):
            for old in table_at(table, "redirect_maps"):
                stem = str(old).strip("/").removesuffix(".md")
                folder, name = posixpath.split(stem)
                if name in ("index", "README"):
                    yield Output("page", f"/{folder}/" if folder else "/")
                else:
                    yield Output("page", self._pretty_url(f"/{stem}"))

    # ---- links -------------------------------------------------------------------------------

    def rewrite(self, page: Facts, link: Link) -> Rewritten:
        if link.kind == "html":
            return self._above(page, link.destination) or verbatim(link.destination)
        return self._rewritten(page, link.destination)

    def rewrite_image(self, page: Facts, image: Image) -> Rewritten:
        if image.kind == "front-matter":
            return Rewritten()  # no theme has keys of its own for images
        if image.kind == "html":
            return self._above(page, image.destination) or verbatim(image.destination)
        return self._rewritten(page, image.destination)

    def _rewritten(self, page: Facts, destination: str) -> Rewritten:
        """What MkDocs makes of a destination: the URL of the file that it names, if there is one."""
        path = local_path(destination)
        plain = verbatim(destination)
        if path is None or not plain.hrefs:
            return plain
        folder = posixpath.dirname(self._below_docs(page.path))
        if path.startswith("/") and not self._takes_absolute:
            if path.endswith(_MARKDOWN) and self._source(unquote(path[1:])) in self._urls:
                problem = "MkDocs leaves paths from the root as they are, and serves no such file"
                return Rewritten(problem=problem)
            return self._above(page, destination) or plain
        place = posixpath.normpath(posixpath.join(folder, unquote(path).lstrip("/") or "."))
        url = self._urls.get(self._source(place)) if not place.startswith("..") else None
        if url is None or posixpath.basename(place).startswith("."):
            return self._above(page, destination) or plain
        return Rewritten((self.base_path + quote(url) + destination[len(path) :],))

    @property
    def _takes_absolute(self) -> bool:
        """Whether a path from the root is read from the top of the documentation."""
        key = "validation.absolute_links", "validation.links.absolute_links"
        return "relative_to_docs" in [text_at(self._config, name) for name in key]

    def _source(self, path: str) -> str:
        """The path of a file of the documentation in the site's tree."""
        return f"{self._docs}/{path}" if self._docs else path

    def _below_docs(self, source: str) -> str:
        """The path of a file in the folder of the documentation."""
        return source[len(self._docs) + 1 :] if self._docs else source

    def _above(self, page: Facts, destination: str) -> Rewritten | None:
        """What lies above the site is not known if it is one of several versions, or if nobody has
        written down where the site is served."""
        path = local_path(destination)
        if path is None:
            return None
        if path.startswith("/"):
            if self._versioned or (not self._has_url and path.count("/") > 1):
                found = unquote(path) in self._served
                return None if found else Rewritten(unsure="the base path of the site is not known")
            return None
        url = self._urls.get(page.path, "/")
        joined = posixpath.normpath(posixpath.join(posixpath.dirname(url)[1:], path))
        is_out = joined.startswith("..")
        if is_out and (self._versioned or self.base_path or not self._has_url):
            return Rewritten(unsure="it lies above the root of the site")
        return None

    @cached_property
    def _served(self) -> frozenset[str]:
        return frozenset(self._urls.values())

    # ---- what the sources do not show --------------------------------------------------------

    def may_serve(self, url: str) -> str:
        if self._maker:
            return f"{self._maker} may make it"
        for blog in self._blogs:
            if reason := blog.may_serve(url):
                return reason
        if url.startswith(_OF_THEMES) and text_at(self._config, "theme.name", "mkdocs"):
            return "the theme may bring it along"
        if url.startswith("/feed_") and "rss" in self._plugins:
            return "the plugin `rss` makes it"
        return ""

    def may_have(self, page: Facts, fragment: str) -> str:
        if fragment.startswith(_MADE):
            return "an extension may make it"
        if self._maker:
            return f"{self._maker} may make it"
        text = self.tree.read(page.path)
        if _INCLUDES.search(text):
            return "a snippet or macro may bring it along"
        if any(fragment.lstrip("+-") in match[1] for match in _COMMENT.finditer(text)):
            return "a comment asks for it"
        if self._stands_in_a_block(text, fragment):
            return "it stands in a block"
        if at(self._extensions.get("toc", [None])[0], "separator") not in (None, "-"):
            return "ids are not separated by dashes"
        if any(page.path.endswith(f"{blog.folder}/index.md") for blog in self._blogs):
            return "posts stand there"
        return super().may_have(page, fragment)

    def _stands_in_a_block(self, text: str, fragment: str) -> bool:
        """Whether it may be the id of a heading in an admonition, or of a tab."""
        wanted = loose_id(fragment)
        for match in _INDENTED_HEADING.finditer(text):
            if loose_id(fragment.rstrip("_0123456789")) in loose_id(match[1]):
                return True
        titles = (loose_id(_EMOJI.sub("", match[1])) for match in _TAB.finditer(text))
        return any(title and wanted.rstrip("0123456789").endswith(title) for title in titles)


class _Blog:
    """Material's blog plugin: https://squidfunk.github.io/mkdocs-material/plugins/blog/."""

    def __init__(self, table: Any, docs: str) -> None:
        self._table = table
        self._docs = docs
        self.folder = posixpath.normpath(text_at(table, "blog_dir", "blog")).strip("/")
        self.folder = "" if self.folder == "." else self.folder
        posts = text_at(table, "post_dir", "{blog}/posts").replace("{blog}", self.folder)
        self._posts = posixpath.normpath(posts.lstrip("/"))
        self._format = text_at(table, "post_url_format", "{date}/{slug}")
        self._date_format = text_at(table, "post_url_date_format", "yyyy/MM/dd")

    def holds(self, path: str) -> bool:
        """Whether a file is a post."""
        return path.startswith(self._posts + "/")

    def url(self, path: str, tree: Tree) -> str:
        """The path of a post, without what the generator puts at the end of pages."""
        page = tree.pages.get(posixpath.join(self._docs, path))
        front = page.front if page else None
        when = day(field(front, "date", "date.created", "date.published"))
        categories = fields(front, "categories")[: self._most_categories]
        values = {
            "date": _formatted(self._date_format, when) if when else "",
            "slug": field(front, "slug") or _slug(_title(page, path)),
            "file": posixpath.splitext(posixpath.basename(path))[0],
            "categories": "/".join(map(_slug, categories)),
        }
        own = _TOKEN.sub(lambda match: values.get(match[1], ""), self._format).strip("/")
        url = f"/{self.folder}/{own}" if self.folder else f"/{own}"
        return url.replace("//", "/")

    @property
    def _most_categories(self) -> int:
        number = at(self._table, "post_url_max_categories")
        return number if isinstance(number, int) else 1

    def absence(self, front: Front | None) -> str:
        if field(front, "draft") == "true" and at(self._table, "draft") is not True:
            return "a draft"
        when = day(field(front, "date", "date.created"))
        if when and is_to_come(when) and at(self._table, "draft_if_future_date") is True:
            return f"not published until {when.isoformat()}"
        return ""

    def may_serve(self, url: str) -> str:
        """Why the blog may serve a path: lists of all kinds, and posts with names made by code."""
        rest = url.removeprefix(f"/{self.folder}/" if self.folder else "/")
        if rest == url and self.folder:
            return ""
        known = {"post_slugify", "categories_slugify", "categories_url_format", "archive_url_format",
                 "pagination_url_format", "authors_profiles_url_format", "pagination_format"}  # fmt: skip
        if rest.startswith(("category/", "archive/", "page/", "author/", "tags/")) or (
            is_table(self._table) and known & self._table.keys()
        ):
            return "the blog makes lists of its posts"
        return ""


def _title(page: Outline | None, path: str) -> str:
    if page and page.title:
        return page.title
    return posixpath.splitext(posixpath.basename(path))[0]


def _slug(text: str) -> str:
    """A name as pymdownx.slugs.slugify(case="lower") makes it."""
    return heading_ids([Heading(1, text, Span(0, 0), text)], "pymdownx")[0] or ""


def _formatted(template: str, when: date) -> str:
    """A day in Unicode's date notation, as far as URLs use it."""
    values = {
        "yyyy": f"{when.year:04}",
        "yy": f"{when.year % 100:02}",
        "y": str(when.year),
        "MMMM": MONTHS[when.month - 1].capitalize(),
        "MMM": MONTHS[when.month - 1][:3].capitalize(),
        "MM": f"{when.month:02}",
        "M": str(when.month),
        "dd": f"{when.day:02}",
        "d": str(when.day),
    }
    return _DATE_TOKEN.sub(lambda match: values.get(match[0], match[0].strip("'")), template)


def _with_inherited(tree: Tree, path: str) -> dict[str, Any]:
    """A configuration on top of the one that it inherits from."""
    config = tree.table(path)
    parent = text_at(config, "INHERIT")
    if parent:
        below = posixpath.normpath(posixpath.join(posixpath.dirname(path), parent))
        config = merged(tree.table(below), config)
    return config


def _named(items: Any) -> dict[str, list[Any]]:
    """Plugins or extensions by name, each with its tables: a list of names and tables, or a table."""
    found: dict[str, list[Any]] = {}
    for item in (
        [{key: value} for key, value in items.items()] if is_table(items) else as_list(items)
    ):
        if isinstance(item, str):
            found.setdefault(item, []).append({})
        elif is_table(item):
            for name, table in item.items():
                found.setdefault(str(name), []).append(table)
    return found
