"""Jekyll 4, also as GitHub Pages run it: https://jekyllrb.com/docs/permalinks/."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from datetime import date, timedelta
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Any
from urllib.parse import quote, unquote

from contentlint.destinations import has_template, host_and_path, local_path
from contentlint.facts import Facts, Front, field, fields
from contentlint.generators.base import Generator, Output, Rewritten, as_base_path, verbatim
from contentlint.generators.dates import MONTHS, WEEKDAYS, day, has_offset, is_to_come
from contentlint.generators.templates import LAYOUT_IDS, Printed
from contentlint.generators.tree import Tree, as_list, at, table_at, text_at, texts
from contentlint.markdown import Image, Link
from contentlint.options import is_list, is_table
from contentlint.patterns import pattern
from contentlint.tuples import NamedTuple

_MARKDOWN = (".md", ".markdown", ".mkdown", ".mkdn", ".mkd")
_PAGES = (*_MARKDOWN, ".html", ".htm", ".xhtml", ".textile")
_OUTPUT = {".scss": ".css", ".sass": ".css", ".coffee": ".js", ".htm": ".htm", ".xhtml": ".xhtml"}
_POST = pattern(r"(?:.*/)?(\d{2,4}-\d{1,2}-\d{1,2})-([^/]*)(\.[^./]+)$")
_STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
_TOKEN = pattern(r":([a-z_]+)")
_EXCLUDED = ("gemfiles", "Gemfile", "Gemfile.lock", "node_modules", "vendor/bundle", "vendor/cache",
             "vendor/gems", "vendor/ruby")  # fmt: skip
_NOT_PRETTY = pattern(r"[^\w.~!$&'()+,;=@-]+")
_NOT_PLAIN = pattern(r"[^\w]+|_")
# Plugins that make no pages, but for feeds and later pages of lists, which `may_serve` knows.
_HARMLESS = frozenset(
    f"jekyll-{name}"
    for name in ("feed", "seo-tag", "sitemap", "redirect-from", "avatar", "mentions", "gist", "toc",
                 "relative-links", "optional-front-matter", "readme-index", "titles-from-headings",
                 "default-layout", "github-metadata", "include-cache", "remote-theme", "coffeescript",
                 "last-modified-at", "commonmark", "commonmark-ghpages", "spaceship", "target-blank",
                 "sass-converter", "minifier", "compose", "data", "figure", "katex", "theme-minima",
                 "paginate")
) | {"jemoji", "kramdown", "rouge"}  # fmt: skip

# Liquid whose meaning is fixed, as it stands in a destination.
_LIQUID = pattern(r"\{\{-?\s*(.*?)\s*-?\}\}|\{%-?\s*(link|post_url)\s+(.*?)\s*-?%\}")
_QUOTED = pattern(r"""(?:"([^"]*)"|'([^']*)')\s*(.*)""")
# Tags that print nothing of their own.
_SILENT = frozenset(["assign", "if", "elsif", "else", "endif", "unless", "endunless", "for",
                     "endfor", "case", "when", "endcase", "capture", "endcapture", "increment"])  # fmt: skip


class _Page(NamedTuple):
    """A page, post or document of a collection; `name` is what `post_url` knows a post by."""

    source: str
    url: str
    others: tuple[str, ...] = ()
    absent: str = ""
    name: str = ""


class Jekyll(Generator):
    """A Jekyll site."""

    name = "jekyll"
    cuts_tags_at_blanks = True

    def __init__(self, tree: Tree) -> None:
        super().__init__(tree)
        config = tree.table(tree.first("_config.yml", "_config.yaml", "_config.toml") or "")
        self._config = config
        self.base_path = as_base_path(text_at(config, "baseurl"))
        host = host_and_path(text_at(config, "url"))[0] or tree.read("CNAME").strip().lower()
        self.hosts = (host,) if host else ()
        self._source = posixpath.normpath(text_at(config, "source", ".")).lstrip("./")
        self._collections_dir = text_at(config, "collections_dir").strip("/")
        self._collections = _read_collections(config)
        self._style = text_at(config, "permalink", "date")
        self._excluded = [*_EXCLUDED, *texts(at(config, "exclude"))]
        self._included = [".htaccess", *texts(at(config, "include"))]
        gemfile = tree.read("Gemfile") + tree.read("Gemfile.lock")
        # Without a Gemfile, GitHub builds the site with plugins of its own.
        self._is_on_github = not gemfile or "github-pages" in gemfile
        self._is_old = self._is_on_github or bool(re.search(r"\bjekyll \(3\.|[\"']jekyll[\"'], *[\"'][^\"'\d]*3\.", gemfile))  # fmt: skip
        plugins = {*texts(at(config, "plugins")), *texts(at(config, "gems"))}
        self._plugins = plugins
        self.alias_key = "redirect_from" if "jekyll-redirect-from" in plugins else ""
        self._printed: dict[str, Printed] = {}
        own_code = any(path.endswith(".rb") for path in tree.below(self._in("_plugins")))
        strange = sorted(plugins - _HARMLESS)
        self._maker = "a plugin of the site" if own_code else (strange[0] if strange else "")
        kramdown = table_at(config, "kramdown")
        is_native = text_at(kramdown, "input", "GFM").lower() == "kramdown"
        self.styles = ("kramdown",) if is_native else ("kramdown-gfm",)
        if at(kramdown, "auto_ids") is False:
            self.styles = ("none",)
        elif "commonmark" in text_at(config, "markdown").lower():
            self.styles = ("github", "kramdown-gfm", "none")

    def _in(self, path: str) -> str:
        return posixpath.join(self._source, path) if self._source else path

    # ---- what is published -------------------------------------------------------------------

    def outputs(self) -> Iterator[Output]:
        for page in self._pages:
            if page.absent:
                yield Output("absent", page.url, page.source, page.absent)
                continue
            yield Output("page", page.url, page.source)
            for url in page.others:
                yield Output("also", url, page.source)
            for alias in fields(self.tree.front(page.source), "redirect_from"):
                yield Output("alias", "/" + alias.lstrip("/"), page.source)
        for path, source in self._statics.items():
            yield Output("file", f"/{path}", source)
        for name in ("/feed.xml", "/sitemap.xml", "/robots.txt", "/redirects.json"):
            yield Output("file", name)

    @cached_property
    def _pages(self) -> list[_Page]:
        return [page for path in self._files if (page := self._page(path))]

    @cached_property
    def _files(self) -> list[str]:
        """The files of the site's source, as paths relative to it."""
        cut = len(self._source) + 1 if self._source else 0
        return [path[cut:] for path in self.tree.below(self._source)]

    @cached_property
    def _statics(self) -> dict[str, str]:
        """The files that are copied, by path, with their source."""
        found: dict[str, str] = {}
        for path in self._files:
            collection, rest = self._collection(path)
            if collection and collection != "posts":
                if (
                    self._is_output(collection)
                    and self.tree.front(self._in(path)) is None
                    and not _is_hidden(rest)
                ):
                    found[f"{collection}/{rest}"] = self._in(path)
            elif self._is_page_file(path) and self.tree.front(self._in(path)) is None:
                found[path] = self._in(path)
        return found

    def _page(self, path: str) -> _Page | None:
        """What becomes of a file; None if it is copied as it is, or not looked at."""
        source = self._in(path)
        collection, rest = self._collection(path)
        if collection == "posts" or "/_posts/" in f"/{path}":
            return self._post(path)
        if "/_drafts/" in f"/{path}":
            return self._post(path) if self._is_text(path) else None
        front = self.tree.front(source)
        if collection:
            return self._document(path, collection, rest, front) if front is not None else None
        if not self._is_page_file(path):
            suffix = posixpath.splitext(path)[1]
            return _Page(source, "", (), "excluded") if suffix in _MARKDOWN else None
        if front is None:
            return self._optional(path)
        front = self._with_defaults(path, "pages", front)
        url = field(front, "permalink")
        url = self._expand(url, path, front) if url else self._page_url(path)
        return _Page(source, url, (), self._absence(front))

    def _optional(self, path: str) -> _Page | None:
        """A file without front matter, of which GitHub makes a page all the same."""
        stem, suffix = posixpath.splitext(path)
        is_page = self._is_on_github or "jekyll-optional-front-matter" in self._plugins
        if suffix not in _MARKDOWN or not is_page:
            return None
        others = [f"/{path}"]
        if posixpath.basename(stem).lower() == "readme":
            others.append(_cleaned(f"/{posixpath.dirname(path)}/"))
        return _Page(self._in(path), self._page_url(path), tuple(others))

    def _page_url(self, path: str) -> str:
        stem, suffix = posixpath.splitext(path)
        suffix = _OUTPUT.get(suffix, ".html" if suffix in _PAGES else suffix)
        if suffix != ".html":
            return f"/{stem}{suffix}"
        if posixpath.basename(stem) == "index":
            return _cleaned(f"/{posixpath.dirname(stem)}/")
        return f"/{stem}" + self._suffix()

    def _suffix(self) -> str:
        """What the site's style of permalinks puts at the end of pages."""
        style = self._style
        if style == "pretty" or style.endswith("/"):
            return "/"
        return ".html" if style in _STYLES or style.endswith(":output_ext") else ""

    def _post(self, path: str) -> _Page | None:
        source = self._in(path)
        if not self._is_text(path):
            return None
        before, folder, rest = f"/{path}".rpartition(
            "/_drafts/" if "/_drafts/" in f"/{path}" else "/_posts/"
        )
        match = _POST.match(path)
        is_draft = folder == "/_drafts/"
        if match is None and not is_draft:
            return _Page(source, "", (), "without a date in its name")
        front = self._with_defaults(path, "posts", self.tree.front(source) or ())
        name = match[2] if match else posixpath.splitext(posixpath.basename(path))[0]
        written = field(front, "date") or (match[1] if match else "")
        when = day(written) or date.min
        template = (
            field(front, "permalink")
            or text_at(self._collections.get("posts"), "permalink")
            or _STYLES.get(self._style, self._style)
        )
        top = before.strip("/").removeprefix(self._collections_dir).strip("/")
        folders = [part for part in top.split("/") if part]
        urls = [
            self._expand(template, path, front, name, when, c) for c in _categories(front, folders)
        ]
        if has_offset(written) and when > date.min:
            urls += [
                self._expand(template, path, front, name, when + timedelta(days), folders)
                for days in (-1, 1)
            ]
        absent = self._absence(front)
        if is_draft and at(self._config, "show_drafts") is not True:
            absent = "a draft"
        elif is_to_come(when) and at(self._config, "future") is not True:
            absent = f"not published until {when.isoformat()}"
        known_as = posixpath.join(posixpath.dirname(rest), f"{match[1]}-{name}") if match else ""
        return _Page(source, urls[0], tuple(urls[1:]), absent, known_as)

    def _document(self, path: str, collection: str, rest: str, front: Front) -> _Page:
        source = self._in(path)
        table = self._collections[collection]
        front = self._with_defaults(path, collection, front)
        template = field(front, "permalink") or text_at(table, "permalink")
        if not template:
            template = "/:collection/:path" + (self._suffix() or ".html")
        stem = posixpath.splitext(posixpath.basename(path))[0]
        match = _POST.match(path)
        name = match[2] if match else stem
        written = field(front, "date") or (match[1] if match else "")
        when = day(written) or date.min
        url = self._expand(
            template, rest, front, name, when, fields(front, "categories"), collection
        )
        absent = self._absence(front)
        if not self._is_output(collection):
            absent = f"of the collection `{collection}`, which is not put out"
        elif is_to_come(when) and at(self._config, "future") is not True:
            absent = f"not published until {when.isoformat()}"
        elif _is_hidden(rest):
            absent = "hidden"
        return _Page(source, url, (), absent)

    def _is_text(self, path: str) -> bool:
        return path.endswith(_PAGES) or self.tree.front(self._in(path)) is not None

    def _absence(self, front: Front) -> str:
        is_off = (
            field(front, "published") == "false" and at(self._config, "unpublished") is not True
        )
        return "not published" if is_off else ""

    def _collection(self, path: str) -> tuple[str, str]:
        """The collection that a file belongs to, and its path in there; "" if to none."""
        folder, _, rest = path.removeprefix(
            self._collections_dir + "/" if self._collections_dir else ""
        ).partition("/")
        if self._collections_dir and not path.startswith(self._collections_dir + "/"):
            return "", ""
        name = folder[1:]
        return (
            (name, rest)
            if folder.startswith("_") and rest and name in self._collections
            else ("", "")
        )

    def _is_output(self, collection: str) -> bool:
        return at(self._collections[collection], "output") is True

    def _is_page_file(self, path: str) -> bool:
        """Whether Jekyll looks at a file that is in no collection."""
        if any(_matches(path, pattern) for pattern in self._included):
            return True
        if _is_hidden(path) or path.endswith("~"):
            return False
        return not any(_matches(path, pattern) for pattern in self._excluded)

    def _with_defaults(self, path: str, kind: str, front: Front) -> Front:
        """The front matter with what the configuration sets for such files."""
        pairs: Front = ()
        for table in as_list(at(self._config, "defaults")):
            scope = text_at(table, "scope.path").strip("/")
            if text_at(table, "scope.type", kind) != kind:
                continue
            if scope and not (
                path == scope or path.startswith(scope + "/") or fnmatchcase(path, scope + "*")
            ):
                continue
            values = table_at(table, "values")
            own = tuple((key, _written(value)) for key, value in values.items() if not is_table(value) and not is_list(value))  # fmt: skip
            pairs = own + pairs  # later and narrower ones win
        return front + pairs

    # ---- URLs --------------------------------------------------------------------------------

    def _expand(
        self,
        template: str,
        path: str,
        front: Front,
        name: str = "",
        when: date = date.min,
        categories: list[str] | None = None,
        collection: str = "",
    ) -> str:
        """A permalink with its placeholders replaced."""
        template = _STYLES.get(template, template)
        stem, suffix = posixpath.splitext(path)
        name = name or posixpath.basename(stem)
        slug = field(front, "slug")
        iso = when.isocalendar()
        values = {
            "collection": collection,
            "output_ext": _OUTPUT.get(suffix, ".html"),
            "path": stem.rstrip(".") if collection else posixpath.dirname(stem),
            "basename": name,
            "name": _slugified(name),
            "title": _slugified(slug or name, pretty=True),
            "slug": _slugified(slug or name),
            "categories": "/".join(dict.fromkeys(c.lower() for c in categories or ())),
            "slugified_categories": "/".join(dict.fromkeys(map(_slugified, categories or ()))),
            "year": f"{when.year:04}",
            "month": f"{when.month:02}",
            "day": f"{when.day:02}",
            "i_day": str(when.day),
            "i_month": str(when.month),
            "short_year": f"{when.year % 100:02}",
            "short_month": MONTHS[when.month - 1][:3].capitalize(),
            "long_month": MONTHS[when.month - 1].capitalize(),
            "short_day": WEEKDAYS[when.weekday()][:3].capitalize(),
            "long_day": WEEKDAYS[when.weekday()].capitalize(),
            "y_day": f"{when.timetuple().tm_yday:03}",
            "w_year": str(iso.year),
            "week": f"{iso.week:02}",
            "w_day": str(iso.weekday),
        }
        return _cleaned("/" + _TOKEN.sub(lambda match: values.get(match[1], match[0]), template))

    def tag_url_part(self, taxonomy: str, name: str) -> str:
        has_pages = "jekyll-archives" in self._plugins and not at(self._config, "jekyll-archives.slug_mode")  # fmt: skip
        return _slugified(name) if has_pages and taxonomy in ("tags", "categories") else ""

    # ---- links -------------------------------------------------------------------------------

    def rewrite(self, page: Facts, link: Link) -> Rewritten:
        destination = link.destination
        if "{{" in destination or "{%" in destination:
            return self._rewrite_liquid(destination)
        if link.kind in ("inline", "reference"):
            return self._rewrite_relative(page, destination)
        return verbatim(destination)

    def rewrite_image(self, page: Facts, image: Image) -> Rewritten:
        destination = image.destination
        if "{{" in destination or "{%" in destination:
            return self._rewrite_liquid(destination)
        if self._is_chirpy and local_path(destination) is not None:
            return self._of_chirpy(page, destination)
        if image.kind in ("front-matter", "shortcode"):
            if has_template(destination) or ":" in destination.partition("/")[0]:
                return Rewritten()
            from_root = "/" + destination.lstrip("/")
            return Rewritten((destination, self.base_path + from_root, from_root))
        return verbatim(destination)

    def _of_chirpy(self, page: Facts, destination: str) -> Rewritten:
        """The theme Chirpy puts the base path before images, and what `media_subpath` says."""
        cdn = text_at(self._config, "cdn") or text_at(self._config, "img_cdn")
        if cdn:
            return Rewritten(unsure=f"it is fetched from {cdn}")
        folder = field(page.front, "media_subpath", "img_path")
        if folder and not destination.startswith("/"):
            destination = f"/{folder.strip('/')}/{destination}"
        if not destination.startswith("/") or destination.startswith(f"{self.base_path}/"):
            return Rewritten((destination,))
        return Rewritten((self.base_path + destination,))

    @cached_property
    def _is_chirpy(self) -> bool:
        theme = text_at(self._config, "remote_theme") or text_at(self._config, "theme")
        return "chirpy" in theme or bool(
            self.tree.first(
                self._in("_includes/media-url.html"), self._in("_includes/img-url.html")
            )
        )

    def _rewrite_relative(self, page: Facts, destination: str) -> Rewritten:
        """What jekyll-relative-links makes of the path of a file: the URL of its page."""
        plain = verbatim(destination)
        is_asked = "jekyll-relative-links" in self._plugins
        path = local_path(destination)
        if (
            path is None
            or not plain.hrefs
            or path.startswith("/")
            or not (is_asked or self._is_on_github)
        ):
            return plain
        collection, _ = self._collection(self._path(page.path))
        if (collection or "/_posts/" in page.path) and at(
            self._config, "relative_links.collections"
        ) is not True:
            return plain
        place = posixpath.normpath(
            posixpath.join(posixpath.dirname(self._path(page.path)), unquote(path))
        )
        found = self._by_path.get(place)
        if found is None:
            return plain
        href = self.base_path + quote(found.url) + destination[len(path) :]
        return Rewritten((href,)) if is_asked else Rewritten((href, destination))

    def _path(self, source: str) -> str:
        """The path of a file of the site in its source folder."""
        return source[len(self._source) + 1 :] if self._source else source

    @cached_property
    def _by_path(self) -> dict[str, _Page]:
        return {self._path(page.source): page for page in self._pages}

    @cached_property
    def _by_post_name(self) -> dict[str, _Page]:
        found: dict[str, _Page] = {}
        for page in self._pages:
            if page.name:
                found.setdefault(page.name, page)
                found.setdefault(posixpath.basename(page.name), page)
        return found

    def _rewrite_liquid(self, destination: str) -> Rewritten:
        """Liquid whose meaning is fixed; other Liquid is left alone.

        The URL of `link` and `post_url` has the base path in it from Jekyll 4 on; before, it is
        written out in front of the tag.
        """
        failed: list[str] = []
        hrefs: list[str] = []
        for base in dict.fromkeys((self.base_path, "")) if self._is_old else (self.base_path,):

            def value(match: re.Match[str], base: str = base) -> str:
                return self._value(match, base, failed)

            made = _LIQUID.sub(value, destination)
            if has_template(made):
                return Rewritten()
            hrefs.append(made)
        if failed:
            return Rewritten(problem=f"there is no `{failed[0]}`, so Jekyll stops with an error")
        return Rewritten(tuple(dict.fromkeys(hrefs)))

    def _value(self, match: re.Match[str], base: str, failed: list[str]) -> str:
        """The text that a Liquid expression or tag prints; itself if that cannot be told."""
        expression, tag, argument = match.groups()
        if tag:
            return self._tag(match[0], tag, argument, base, failed)
        if expression == "site.baseurl":
            return self.base_path
        if expression == "site.url":
            return ""
        quoted = _QUOTED.fullmatch(expression)
        if quoted is None:
            return match[0]
        text = quoted[1] if quoted[1] is not None else quoted[2]
        for name in filter(None, (part.strip() for part in quoted[3].split("|"))):
            path = "/" + text.lstrip("/") if text else ""
            if name in ("relative_url", "absolute_url"):
                text = self.base_path + path  # the host is the site's own
            elif re.fullmatch(r"prepend:\s*site\.baseurl", name):
                text = self.base_path + text
            elif not re.fullmatch(r"prepend:\s*site\.url", name):
                return match[0]
        return text

    def _tag(self, whole: str, tag: str, argument: str, base: str, failed: list[str]) -> str:
        name = argument.strip().strip("\"'")
        if "{" in name or (tag == "post_url" and " " in name):
            return whole
        if tag == "post_url":
            page = self._by_post_name.get(name.lstrip("/"))
            url = page.url if page else None
        else:
            path = name.lstrip("/")
            page = self._by_path.get(path)
            url = (
                page.url
                if page
                else next((f"/{p}" for p, s in self._statics.items() if s == self._in(path)), None)
            )
        if url is None:
            failed.append(name)
            return ""
        return base + quote(url)

    # ---- what the sources do not show --------------------------------------------------------

    def may_serve(self, url: str) -> str:
        if re.search(r"/page:?/?\d+/?$", url) and at(self._config, "paginate"):
            return "a later page of a list"
        first = url[1:].partition("/")[0]
        if first == "feed" and url.endswith(".xml"):
            return "jekyll-feed may make it"
        theme = text_at(self._config, "remote_theme") or text_at(self._config, "theme")
        if first == "assets" and (theme or self._is_on_github):
            return "the theme may bring it along"
        if self._maker and first not in self._own_folders:
            return f"{self._maker} may make it"
        return ""

    @cached_property
    def _own_folders(self) -> frozenset[str]:
        urls = [page.url for page in self._pages] + [f"/{path}" for path in self._statics]
        return frozenset(url[1:].partition("/")[0] for url in urls if "/" in url[1:])

    def may_have(self, page: Facts, fragment: str) -> str:
        for name in page.dynamic:
            if name in _SILENT:
                continue
            if name not in self._printed:
                self._printed[name] = self._printed_by(name)
            if self._printed[name].may_be(fragment):
                return f"`{name}` may print it"
        if self._printed_around.may_be(fragment):
            return "the layout of the page prints it"
        theme = text_at(self._config, "remote_theme") or text_at(self._config, "theme")
        if (theme or not self._layouts) and fragment.lower() in LAYOUT_IDS:
            return "the layout of the page may print it"
        return ""

    def _printed_by(self, name: str) -> Printed:
        printed = Printed(self._include)
        if text := self._include(name):
            printed.add(text)
        else:
            printed.is_open = True
        return printed

    def _include(self, name: str) -> str:
        return self.tree.read(self._in(f"_includes/{name}"))

    @cached_property
    def _layouts(self) -> list[str]:
        return list(self.tree.below(self._in("_layouts"), self._in("_includes")))

    @cached_property
    def _printed_around(self) -> Printed:
        """The ids that the layouts print around the content."""
        printed = Printed(lambda name: " ")
        for path in self._layouts:
            printed.add(self.tree.read(path))
        printed.close()
        return printed


def _read_collections(config: dict[str, Any]) -> dict[str, Any]:
    written = at(config, "collections")
    found = dict(written) if is_table(written) else dict.fromkeys(texts(written))
    found.setdefault("posts", {"output": True})
    return found


def _categories(front: Front, folders: list[str]) -> list[list[str]]:
    """The categories of a post, and what they may be besides: one string is a list of words."""
    own = fields(front, "categories")
    one = fields(front, "category")[:1]
    readings = [[*folders, *(one or own)]]
    if len(own) == 1 and not one:
        readings.insert(0, [*folders, *own[0].split()])
    return readings


def _matches(path: str, pattern: str) -> bool:
    """Whether a path is excluded by a pattern: of a file, a folder, or all with such names."""
    pattern = pattern.strip("/")
    folder = pattern.rstrip("*").rstrip("/")
    if path == pattern or path.startswith(pattern + "/"):
        return True
    if "*" in pattern or "?" in pattern:
        return fnmatchcase(path, pattern) or fnmatchcase(path.partition("/")[0], pattern) or (
            pattern.endswith("/**") and path.startswith(folder + "/")
        )  # fmt: skip
    return False


def _is_hidden(path: str) -> bool:
    return any(part.startswith(("_", ".", "#", "~")) for part in path.split("/"))


def _written(value: Any) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def _slugified(text: str, *, pretty: bool = False) -> str:
    """A name as Jekyll writes it in URLs: dashes for all other signs; `pretty` keeps some of them
    and capitals."""
    if pretty:
        return _NOT_PRETTY.sub("-", text).strip("-")
    return re.sub("-+", "-", _NOT_PLAIN.sub("-", text)).strip("-").lower()


def _cleaned(url: str) -> str:
    """A URL without empty parts."""
    return re.sub("//+", "/", url)
