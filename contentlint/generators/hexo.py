"""Hexo: https://hexo.io/docs/permalinks, checked against what 8.1 builds."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from datetime import date
from fnmatch import fnmatchcase
from functools import cached_property
from urllib.parse import unquote

from contentlint.destinations import has_template, local_path
from contentlint.facts import Facts, Front, field, fields
from contentlint.generators.base import Generator, Output, Rewritten, verbatim
from contentlint.generators.dates import day, is_to_come
from contentlint.generators.tree import Tree, at, table_at, text_at, texts
from contentlint.markdown import Image, Link
from contentlint.patterns import pattern
from contentlint.slugs import Style
from contentlint.tuples import NamedTuple

_MARKDOWN = (".md", ".markdown", ".mkd", ".mkdn", ".mdwn", ".mdtxt", ".mdtext")
_PAGES = (*_MARKDOWN, ".html", ".htm", ".ejs", ".pug", ".njk", ".swig")
_TOKEN = re.compile(r":(\w+)")
_POST_TAG = pattern(r"\{%\s*post_(?:path|link)\s+[\"']?([^\s\"'%]+)")
_UNKNOWN = frozenset({"hash", "id", "hour", "minute", "second", "timestamp"})


# What hexo-util's slugize writes as dashes.
_NOT_IN_TAGS = pattern(r"""[\s~`!@#$%^&*()\-_+=\[\]{}|\\;:"'<>,.?/]+""")


class _Page(NamedTuple):
    source: str
    url: str
    slug: str = ""
    absent: str = ""


class Hexo(Generator):
    """A Hexo site."""

    name = "hexo"
    styles: tuple[Style, ...] = ("hexo",)

    def __init__(self, tree: Tree) -> None:
        super().__init__(tree)
        config = self._config = tree.table(tree.first("_config.yml", "_config.yaml") or "")
        self.serve_at(text_at(config, "url"))
        self.base_path = text_at(config, "root", self.base_path).rstrip("/")
        self._source = text_at(config, "source_dir", "source").strip("/")
        self._permalink = text_at(config, "permalink", ":year/:month/:day/:title/")
        self._is_pretty = at(config, "pretty_urls.trailing_index") is False
        package = tree.table("package.json")
        self._packages = {**table_at(package, "dependencies"), **table_at(package, "devDependencies")}  # fmt: skip
        if "hexo-renderer-markdown-it" in self._packages or "hexo-renderer-markdown-it-plus" in self._packages:  # fmt: skip
            self.styles = ("hexo", "markdown-it-anchor", "github")
        elif self._packages and "hexo-renderer-marked" not in self._packages:
            self.styles = ("hexo", "markdown-it-anchor", "github", "kramdown")
        self._has_assets = at(config, "post_asset_folder") is True

    # ---- what is published -------------------------------------------------------------------

    def outputs(self) -> Iterator[Output]:
        for page in self._pages.values():
            if page.absent:
                yield Output("absent", page.url, page.source, page.absent)
                continue
            yield Output("page", page.url, page.source)
            for alias in fields(self.tree.front(page.source), "alias", "aliases", "redirect_from"):
                yield Output("alias", "/" + alias.strip("/"), page.source)
        yield from self._files()
        yield Output("page", "/")
        for name in ("archive_dir", "tag_dir", "category_dir"):
            yield Output("page", f"/{text_at(self._config, name, _DIRS[name])}/")
        for name in ("/atom.xml", "/rss2.xml", "/sitemap.xml", "/search.xml", "/index.html"):
            yield Output("file", name)

    def _files(self) -> Iterator[Output]:
        for path in self._paths:
            if path.endswith(_PAGES) and not self._is_skipped(path):
                continue
            source = f"{self._source}/{path}"
            inside = path.removeprefix("_posts/")
            if inside != path:
                owner = self._owner(source) if self._has_assets else None
                if owner:
                    url = posixpath.join(owner.url, posixpath.basename(path))
                    yield Output("file", url, source)
            elif not any(part.startswith(("_", ".")) for part in path.split("/")) or self._is_included(path):  # fmt: skip
                yield Output("file", f"/{path}", source)
        themes = f"themes/{text_at(self._config, 'theme', 'landscape')}/source"
        for path in self.tree.below(themes):
            yield Output("file", path[len(themes) :], path)

    def _owner(self, source: str) -> _Page | None:
        """The post whose folder a file is in."""
        folder = posixpath.dirname(source)
        names = (folder + suffix for suffix in _MARKDOWN)
        return next((self._pages[name] for name in names if name in self._pages), None)

    @cached_property
    def _paths(self) -> list[str]:
        return [path[len(self._source) + 1 :] for path in self.tree.below(self._source)]

    def _is_skipped(self, path: str) -> bool:
        return any(fnmatchcase(path, pattern) for pattern in texts(at(self._config, "skip_render")))

    def _is_included(self, path: str) -> bool:
        return any(fnmatchcase(path, pattern) for pattern in texts(at(self._config, "include")))

    @cached_property
    def _pages(self) -> dict[str, _Page]:
        found: dict[str, _Page] = {}
        for path in self._paths:
            source = f"{self._source}/{path}"
            if path.endswith(_PAGES) and not self._is_skipped(path):
                page = self._page(path, source)
                if page:
                    found[source] = page
        return found

    def _page(self, path: str, source: str) -> _Page | None:
        front = self.tree.front(source)
        for folder, is_draft in (("_posts/", False), ("_drafts/", True)):
            if path.startswith(folder):
                slug = posixpath.splitext(path[len(folder) :])[0]
                absent = "a draft" if is_draft and at(self._config, "render_drafts") is not True else ""  # fmt: skip
                return _Page(source, self._url(slug, front), slug, absent or self._absence(front))
        if any(part.startswith(("_", ".")) for part in path.split("/")) and not self._is_included(path):  # fmt: skip
            return None
        own = field(front, "permalink")
        stem = posixpath.splitext(path)[0]
        url = f"/{own.lstrip('/')}" if own else f"/{stem}.html"
        if own and not own.endswith(("/", ".html", ".htm")):
            url += ".html"
        return _Page(source, re.sub(r"/index\.html$", "/", url), "", self._absence(front))

    def _absence(self, front: Front | None) -> str:
        if field(front, "published") == "false":
            return "not published"
        when = day(field(front, "date"))
        if when and is_to_come(when) and at(self._config, "future") is False:
            return f"not published until {when.isoformat()}"
        return ""

    def _url(self, slug: str, front: Front | None) -> str:
        own = field(front, "permalink")
        template = own or self._permalink
        name_template = text_at(self._config, "new_post_name", ":title.md")
        written = field(front, "date")
        if name_template.startswith(":year-:month-:day-") and (day(slug) is not None):
            written = written or slug[:10]
            slug = slug[11:]
        when = day(written) or date.min
        categories = fields(front, "categories", "category")
        values = dict(front or ())  # any key of the front matter may stand in a permalink
        values |= {
            "year": f"{when.year:04}",
            "month": f"{when.month:02}",
            "day": f"{when.day:02}",
            "i_month": str(when.month),
            "i_day": str(when.day),
            "title": slug,
            "name": posixpath.basename(slug),
            "post_title": _slugized(field(front, "title")),
            "category": "/".join(categories) or "uncategorized",
        }
        url = "/" + _TOKEN.sub(lambda match: values.get(match[1], match[0]), template).lstrip("/")
        return url.removesuffix("index.html") if url.endswith("/index.html") else url

    @cached_property
    def _is_unclear(self) -> bool:
        """Whether URLs of posts have something in them that is made when the site is."""
        tokens = set(_TOKEN.findall(self._permalink))
        plugins = [name for name in self._packages if "abbrlink" in name or "permalink" in name]
        dateless = {"year", "month", "day"} & tokens and any(
            page.slug and not field(self.tree.front(page.source), "date") and not page.absent
            for page in self._pages.values()
        )
        return bool(tokens & (_UNKNOWN | {"category"})) or bool(plugins) or bool(dateless)

    def tag_url_part(self, taxonomy: str, name: str) -> str:
        if not name.isascii() or at(self._config, "tag_map") or taxonomy != "tags":
            return ""
        case = text_at(self._config, "filename_case", "0")
        part = _NOT_IN_TAGS.sub("-", name).strip("-")
        return {"1": part.lower(), "2": part.upper()}.get(case, part)

    # ---- links -------------------------------------------------------------------------------

    def rewrite(self, page: Facts, link: Link) -> Rewritten:
        return self._rewritten(link.destination)

    def _rewritten(self, destination: str) -> Rewritten:
        tag = _POST_TAG.search(destination)
        if tag is None:
            return verbatim(destination)
        found = [page for page in self._pages.values() if page.slug == tag[1]]
        return Rewritten() if found else Rewritten(problem=f"there is no post `{tag[1]}`")

    def rewrite_image(self, page: Facts, image: Image) -> Rewritten:
        destination = image.destination
        path = local_path(destination)
        if has_template(destination):
            return Rewritten()
        if path is None:
            return verbatim(destination)
        if image.kind in ("front-matter", "shortcode"):
            own = self._pages.get(page.path)
            hrefs = [self.base_path + "/" + path.lstrip("/"), destination]
            if own and self._has_assets:
                hrefs.append(self.base_path + posixpath.join(own.url, path))
            return Rewritten(tuple(hrefs))
        if path.startswith("/") or image.kind == "html":
            hrefs = [destination]
            if path.startswith("/") and at(self._config, "marked.prependRoot") is not False and image.kind != "html":  # fmt: skip
                hrefs.append(self.base_path + destination)
            return Rewritten(tuple(hrefs))
        hrefs = [destination]
        if at(self._config, "marked.prependRoot") is not False:
            hrefs.append(f"{self.base_path}/{destination}")
        if self._has_assets or any("image" in name or "asset" in name for name in self._packages):
            stem = posixpath.splitext(page.path)[0]
            near = (posixpath.join(stem, unquote(path)), posixpath.join(posixpath.dirname(page.path), unquote(path)))  # fmt: skip
            if any(posixpath.normpath(place) in self.tree.files for place in near):
                return Rewritten()
        return Rewritten(tuple(hrefs))

    # ---- what the sources do not show --------------------------------------------------------

    def may_serve(self, url: str) -> str:
        first = url[1:].partition("/")[0]
        for name, default in _DIRS.items():
            folder = text_at(self._config, name, default).strip("/")
            if url.startswith(f"/{folder}/"):
                return "lists are made of tags, categories and months"
        if re.search(r"/page/\d+/?$", url):
            return "a later page of a list"
        if first in ("css", "js", "lib", "images", "img", "fonts", "assets"):
            theme = text_at(self._config, "theme", "landscape")
            if f"themes/{theme}" not in self.tree.folders and first not in self._own_folders:
                return "the theme may bring it along"
        scripts = any(path.endswith(".js") for path in self.tree.below("scripts"))
        makers = [name for name in self._packages if name.startswith("hexo-generator-") and name not in _LISTS]  # fmt: skip
        if scripts or makers:
            return f"`{makers[0]}` may make it" if makers else "a script of the site may make it"
        if self._is_unclear:
            return "the URLs of posts are not known"
        return ""

    @cached_property
    def _own_folders(self) -> frozenset[str]:
        return frozenset(path.partition("/")[0] for path in self._paths)

    def may_have(self, page: Facts, fragment: str) -> str:
        if "hexo-renderer-marked" not in self._packages and self._packages:
            return "the renderer is not known"
        if at(self._config, "marked.headerIds") is False or table_at(self._config, "marked").keys() & {"modifyAnchors", "mangle"}:  # fmt: skip
            return "ids are made in another way"
        return super().may_have(page, fragment)


_DIRS = {"archive_dir": "archives", "tag_dir": "tags", "category_dir": "categories"}
_LISTS = frozenset(f"hexo-generator-{name}" for name in ("archive", "category", "index", "tag", "feed", "sitemap", "search", "searchdb", "json-content", "baidu-sitemap", "robotstxt", "index-pin-top", "seo-friendly-sitemap"))  # fmt: skip


def _slugized(text: str) -> str:
    return re.sub(r"[^\w]+", "-", text).strip("-")
