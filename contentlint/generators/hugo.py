"""Hugo: https://gohugo.io/content-management/urls/, checked against what 0.111 and 0.168 build."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import quote, unquote

from contentlint.destinations import has_template, host_and_path
from contentlint.facts import Facts, Front, field, fields
from contentlint.generators.base import Generator, Output, Rewritten, verbatim
from contentlint.generators.dates import MONTHS, WEEKDAYS, day, is_over, is_to_come
from contentlint.generators.templates import LAYOUT_IDS, Printed
from contentlint.generators.tree import (
    Tree,
    as_list,
    at,
    lowered,
    merged,
    parents,
    parse_table,
    table_at,
    text_at,
    texts,
)
from contentlint.markdown import Image, Link
from contentlint.options import is_table
from contentlint.patterns import pattern
from contentlint.slugs import Style
from contentlint.tuples import NamedTuple

_CONTENT = (".md", ".markdown", ".mdown", ".html", ".htm", ".adoc", ".asciidoc", ".ad", ".org",
            ".rst", ".pandoc", ".pdc")  # fmt: skip
_CONFIG_NAMES = tuple(
    f"{name}.{suffix}" for name in ("hugo", "config") for suffix in ("toml", "yaml", "yml", "json")
)
_DATES = ("date", "publishdate", "pubdate", "published", "lastmod", "modified")
_PUBLISHED = ("publishdate", "pubdate", "published", "date")
_EXPIRES = ("expirydate", "unpublishdate")
_TOKEN = pattern(r":([a-z]+)(\[[\w:-]*\])?")
_REF = pattern(r"\{\{[<%]\s*(?:rel)?ref\s+([^<>{}]*?)\s*/?[>%]\}\}")
_ARGUMENT = pattern(r"""(?:(\w+)\s*=\s*)?(?:"([^"]*)"|'([^']*)'|`([^`]*)`|([^\s"'`=]+))""")
# What a hook or a shortcode must mention to change a destination.
_LOOKS_UP = pattern(
    r"GetPage|RelRef|\bref\b|relref|Resources|resources|RelPermalink|Permalink|partial|replace"
    r"|(?:abs|rel)(?:Lang)?URL"
    r"|strings\.|path\.|urls\.|printf|site\.|\.Site"
)
_KEPT = frozenset("./\\_#+~-@")
# Of a regular expression, what is understood: the others could take for ever.
_PLAIN_PATTERN = pattern(r"(?:[\w /-]|\\.|\.\*|\^|\$|\.)+")


class _Content(NamedTuple):
    """A file of the content folders: its path below them without language, its language, and its
    own name with that, as in `index.de.md`."""

    source: str
    path: str
    language: str
    name: str


class _Page(NamedTuple):
    """A page, published or not. `key` is what `ref` finds it by; `kind` is page, section or home."""

    source: str
    key: str
    language: str
    url: str
    absent: str = ""


class Hugo(Generator):
    """A Hugo site."""

    name = "hugo"
    alias_key = "aliases"

    def __init__(self, tree: Tree) -> None:
        super().__init__(tree)
        self._config = _read_config(tree)
        self.serve_at(text_at(self._config, "baseurl"))
        self._read_languages()
        self._read_themes()
        self._lowers = at(self._config, "disablepathtolower") is not True
        self._folds = at(self._config, "removepathaccents") is True
        self._ignored = [p for p in texts(at(self._config, "ignorefiles")) if _is_plain(p)]
        self._off = {kind.lower() for kind in texts(at(self._config, "disablekinds"))}
        self._taxonomies = self._read_taxonomies()
        self._permalinks = table_at(self._config, "permalinks")
        self.styles = _styles(self._config)
        self._printed: dict[str, Printed] = {}

    # ---- configuration -----------------------------------------------------------------------

    def _read_languages(self) -> None:
        config = self._config
        self._default = text_at(config, "defaultcontentlanguage", "en").lower()
        off = {name.lower() for name in texts(at(config, "disablelanguages"))}
        tables = {
            name: value
            for name, value in table_at(config, "languages").items()
            if name not in off and at(value, "disabled") is not True
        }
        self._languages = tuple(tables) or (self._default,)
        if self._default not in self._languages:
            self._default = self._languages[0]
        own_hosts = [host_and_path(text_at(table, "baseurl"))[0] for table in tables.values()]
        self._has_hosts = any(own_hosts)  # a host for each language, so no prefixes
        self.hosts = (*self.hosts, *(host for host in own_hosts if host))
        self._in_folder = at(config, "defaultcontentlanguageinsubdir") is True
        content = text_at(config, "contentdir", "content").strip("/")
        self._content: list[tuple[str, str, str]] = []  # folder, where it is mounted, language
        for name in self._languages:
            folder = text_at(tables.get(name), "contentdir", content).strip("/")
            own = folder if folder != content else ""
            self._content.append((folder, "", name if own else ""))
        self._content = list(dict.fromkeys(self._content))
        statics = [*_static_folders(config)]
        for table in tables.values():
            statics += _static_folders(table)
        self._static: list[tuple[str, str]] = [(folder, "") for folder in statics or ["static"]]
        assets = text_at(config, "assetdir", "assets").strip("/")
        self._assets: list[tuple[str, str]] = [(assets, "")]
        self._read_mounts(at(config, "module.mounts"), "")

    def _read_mounts(self, mounts: Any, folder: str) -> None:
        """Folders that stand elsewhere; where some are named for a component, no others count."""
        found: dict[str, list[tuple[str, str, str]]] = {}
        for mount in as_list(mounts):
            target = text_at(mount, "target").strip("/")
            component, _, below = target.partition("/")
            source = posixpath.normpath(posixpath.join(folder, text_at(mount, "source")))
            language = text_at(mount, "lang").lower()
            found.setdefault(component, []).append((source, below, language))
        if "content" in found:
            self._content = found["content"]
        if "static" in found:
            self._static = [(source, below) for source, below, _ in found["static"]]
        if "assets" in found:
            self._assets = [(source, below) for source, below, _ in found["assets"]]

    def _read_themes(self) -> None:
        """Themes in the site's own folders; `_remote` names those that are somewhere else."""
        config, tree = self._config, self.tree
        folder = text_at(config, "themesdir", "themes").strip("/")
        names = [*texts(at(config, "theme"))]
        names += [text_at(table, "path") for table in as_list(at(config, "module.imports"))]
        self._themes: list[str] = []
        self._remote: list[str] = []
        for name in filter(None, names):
            places = (f"{folder}/{name}", f"_vendor/{name}", f"{folder}/{posixpath.basename(name)}")
            found = next((p for p in places if tree.folders & {f"{p}/layouts", f"{p}/static"}), "")
            if found:
                self._themes.append(found)
                self._content.append((f"{found}/content", "", ""))
                self._static.append((f"{found}/static", ""))
                self._assets.append((f"{found}/assets", ""))
            else:
                self._remote.append(name)
        if self._remote:
            self.notes.append(f"not in the site's folder: {', '.join(self._remote)}")

    def _read_taxonomies(self) -> tuple[str, ...]:
        if "taxonomy" in self._off and "term" in self._off:
            return ()
        tables = at(self._config, "taxonomies")
        if tables is None:
            return ("tags", "categories")
        values = tables.values() if is_table(tables) else ()
        return tuple(value.lower() for value in values if isinstance(value, str))

    # ---- what is published -------------------------------------------------------------------

    def outputs(self) -> Iterator[Output]:
        for page in self._pages:
            yield from self._outputs_of(page)
        yield from self._lists()
        yield from self._resources()
        for folder, below in self._static:
            for path in self.tree.below(folder):
                rest = path[len(folder) + 1 :] if folder != "." else path
                yield Output("file", "/" + posixpath.join(below, rest), path)
        for name in ("/sitemap.xml", "/robots.txt", "/404.html"):
            yield Output("file", name)

    def _outputs_of(self, page: _Page) -> Iterator[Output]:
        if page.absent:
            yield Output("absent", page.url, page.source, page.absent)
            return
        yield Output("page", page.url, page.source, page.language if self._has_hosts else "")
        front = self.tree.front(page.source)
        for alias in fields(front, "aliases"):
            yield Output("alias", self._alias(page, alias), page.source)
        own = field(front, "url")
        if own and not own.startswith("/") and len(self._languages) > 1:
            yield Output("also", "/" + own, page.source)
        if not own and page.url.endswith("/") and "--" in page.url:
            yield Output("also", re.sub("--+", "-", page.url), page.source)  # before 0.123

    def _alias(self, page: _Page, alias: str) -> str:
        """An alias as a path; one that is relative stands beside the page."""
        if not alias.startswith("/"):
            alias = posixpath.join(posixpath.dirname(page.url.rstrip("/")), alias)
        else:
            alias = self._prefix(page.language) + alias
        alias = posixpath.normpath(alias)
        return alias if posixpath.splitext(alias)[1] in (".html", ".htm") else _folder(alias)

    def _prefix(self, language: str) -> str:
        if self._has_hosts or (language == self._default and not self._in_folder):
            return ""
        return f"/{language}"

    def _lists(self) -> Iterator[Output]:
        """Home, sections, taxonomies and terms that no file is there for, and their feeds."""
        for language in self._languages:
            prefix = self._prefix(language)
            for key in self._list_keys(language):
                if (language, _key(key)) not in self._by_key:
                    moved = text_at(self._permalinks, f"section.{key[1:]}")
                    yield Output("page", _folder(prefix + self._sanitized(moved or key)))
            if len(self._languages) > 1:
                yield Output("page", f"/{language}/")
                yield Output("file", f"/{language}/sitemap.xml")
        for template, taxonomy, term in self._moved_terms():
            yield Output("page", _folder(self._expand_term(template, taxonomy, term)))
        if self._in_folder:
            yield Output("page", "/")

    def _list_keys(self, language: str) -> Iterator[str]:
        yield "/"
        if "section" not in self._off:
            for page in self._pages:
                first, slash, _ = page.key[1:].partition("/")
                if slash and page.language == language:
                    yield f"/{first}"
        for taxonomy in self._taxonomies:
            if "taxonomy" not in self._off:
                yield f"/{taxonomy}"
            for term in self._terms(taxonomy, language) if "term" not in self._off else ():
                yield f"/{taxonomy}/{term}"
                yield f"/{taxonomy}/{_collapsed(term)}"  # before 0.123

    def _terms(self, taxonomy: str, language: str) -> set[str]:
        return self._all_terms.get((taxonomy, language), set())

    @cached_property
    def _all_terms(self) -> dict[tuple[str, str], set[str]]:
        found: dict[tuple[str, str], set[str]] = {}
        for page in self._pages:
            if not page.absent and (front := self.tree.front(page.source)):
                for key, value in front:
                    if key in self._taxonomies:
                        found.setdefault((key, page.language), set()).add(value.strip("/ "))
        return found

    def _moved_terms(self) -> Iterator[tuple[str, str, str]]:
        for kind in ("term", "taxonomy"):
            for taxonomy, template in table_at(self._permalinks, kind).items():
                if isinstance(template, str):
                    for language in self._languages:
                        terms = self._terms(taxonomy, language) if kind == "term" else [taxonomy]
                        for term in terms:
                            yield template, taxonomy, term

    def _expand_term(self, template: str, taxonomy: str, term: str) -> str:
        return _TOKEN.sub(
            lambda match: taxonomy if match[1] == "section" else self._sanitized(term), template
        )

    def _resources(self) -> Iterator[Output]:
        """What is no page in the content folders: served with its bundle, or beside the pages."""
        for file in self._contents:
            bundle = self._bundle_of(file.path)
            if file.path.endswith(_CONTENT):
                if bundle is not None and file.source not in self._by_source:
                    note = f"a part of the bundle `{bundle}`"
                    yield Output("absent", self._bundles[bundle][0], file.source, note)
                continue
            folder = posixpath.dirname(file.path)
            if bundle is not None:
                top, urls = bundle, self._bundles[bundle]
            else:
                top = next((f for f in parents(file.path) if f in self._branches), folder)
                urls = self._branches.get(top, [])
                for plain in dict.fromkeys((self._sanitized(f"/{folder}"), f"/{folder}")):
                    yield Output("file", posixpath.join(plain, file.name), file.source)
            rest = posixpath.join(folder[len(top) :].strip("/"), file.name)
            for url in urls:
                yield Output("file", posixpath.join(url, rest), file.source)

    def _bundle_of(self, path: str) -> str | None:
        """The folder of the leaf bundle that a file is in; None if it is in none."""
        return next((folder for folder in parents(path) if folder in self._bundles), None)

    # ---- pages -------------------------------------------------------------------------------

    @cached_property
    def _contents(self) -> list[_Content]:
        """All files of the content folders; of two at one place, the first folder's counts."""
        found: dict[tuple[str, str], _Content] = {}
        for folder, below, language in self._content:
            for source in self.tree.below(folder):
                if any(re.search(pattern, source) for pattern in self._ignored):
                    continue
                path = posixpath.join(below, source[len(folder) + 1 :])
                file = self._in_language(source, path, language)
                found.setdefault((file.path, file.language), file)
        return list(found.values())

    def _in_language(self, source: str, path: str, language: str) -> _Content:
        stem, suffix = posixpath.splitext(path)
        rest, dot, code = stem.rpartition(".")
        if dot and code.lower() in self._languages and posixpath.basename(rest):
            return _Content(source, rest + suffix, code.lower(), posixpath.basename(path))
        return _Content(source, path, language or self._default, posixpath.basename(path))

    @cached_property
    def _bundles(self) -> dict[str, list[str]]:
        """The URLs of each leaf bundle, by its folder."""
        return self._urls_of("index")

    @cached_property
    def _branches(self) -> dict[str, list[str]]:
        """The URLs of each section that has a page of its own, by its folder."""
        return self._urls_of("_index")

    def _urls_of(self, name: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for page in self._pages:
            folder, own = posixpath.split(self._path_of[page.source])
            if posixpath.splitext(own)[0] == name:
                found.setdefault(folder, []).append(page.url)
        return found

    @cached_property
    def _path_of(self) -> dict[str, str]:
        return {file.source: file.path for file in self._contents}

    @cached_property
    def _pages(self) -> list[_Page]:
        files = [file for file in self._contents if file.path.endswith(_CONTENT)]
        leaves = {
            posixpath.dirname(file.path)
            for file in files
            if posixpath.splitext(posixpath.basename(file.path))[0] == "index"
        }
        return [self._page(file) for file in files if not _is_inside(file.path, leaves)]

    @cached_property
    def _by_key(self) -> dict[tuple[str, str], _Page]:
        found: dict[tuple[str, str], _Page] = {}
        for page in self._pages:
            old = found.get((page.language, page.key))
            if old is None or (old.absent and not page.absent):
                found[page.language, page.key] = page
        return found

    @cached_property
    def _by_source(self) -> dict[str, _Page]:
        return {page.source: page for page in self._pages}

    def _page(self, file: _Content) -> _Page:
        front = self._with_cascade(file, self.tree.front(file.source))
        stem = posixpath.splitext(file.path)[0]
        folder, name = posixpath.split(stem)
        key = "/" + (folder if name in ("index", "_index") else stem)
        url = self._url(file, front, folder, name)
        return _Page(file.source, _key(key), file.language, url, self._absence(front))

    def _absence(self, front: Front | None) -> str:
        """Why a page is not published; "" if it is."""
        config = self._config
        if field(front, "draft") == "true" and at(config, "builddrafts") is not True:
            return "a draft"
        when = day(field(front, *_PUBLISHED))
        if when and is_to_come(when) and at(config, "buildfuture") is not True:
            return f"not published until {when.isoformat()}"
        when = day(field(front, *_EXPIRES))
        if when and is_over(when) and at(config, "buildexpired") is not True:
            return f"expired since {when.isoformat()}"
        if field(front, "headless") == "true":
            return "headless"
        if field(front, "build.render", "_build.render") in ("never", "false", "link"):
            return "not rendered"
        return ""

    @cached_property
    def _cascades(self) -> dict[tuple[str, str], Front]:
        found: dict[tuple[str, str], Front] = {}
        for file in self._contents:
            folder, name = posixpath.split(file.path)
            if name.startswith("_index.") and (front := self.tree.front(file.source)):
                pairs = tuple((k[8:], v) for k, v in front if k.startswith("cascade."))
                if pairs and not any(k.startswith(("target", "_target")) for k, _ in pairs):
                    found[folder, file.language] = pairs
        return found

    def _with_cascade(self, file: _Content, front: Front | None) -> Front | None:
        """The front matter with what the sections above set for all their pages."""
        if not self._cascades:
            return front
        pairs = front or ()
        for folder in parents(file.path):
            pairs += self._cascades.get((folder, file.language), ())
        return pairs

    # ---- URLs --------------------------------------------------------------------------------

    def _url(self, file: _Content, front: Front | None, folder: str, name: str) -> str:
        prefix = self._prefix(file.language)
        own = field(front, "url")
        if own:
            if ":" in own:
                own = self._expand(own, file, front, folder, name)
            path = own if own.startswith("/") else f"{prefix}/{own}"
            return path if posixpath.splitext(path)[1] else _folder(path)
        slug = field(front, "slug")
        is_list = name == "_index"
        section = folder.partition("/")[0]
        template = "" if is_list else self._permalink(section)
        if is_list and folder:
            template = text_at(self._permalinks, f"section.{section.lower()}")
        if template:
            path = self._expand(template, file, front, folder, name)
            return prefix + (path if posixpath.splitext(path)[1] == ".html" else _folder(path))
        if not slug and ":filename" in self._date_keys and not is_list:
            slug = _date_and_slug(posixpath.basename(folder) if name == "index" else name)[1]
        if name in ("index", "_index"):
            if slug and folder:
                folder = posixpath.join(posixpath.dirname(folder), _collapsed(slug))
            path = self._sanitized("/" + folder)
        else:
            path = posixpath.join(self._sanitized("/" + folder), self._last(slug, name))
        is_ugly = self._is_ugly(section) and name not in ("index", "_index")
        return prefix + (f"{path}.html" if is_ugly else _folder(path))

    def _last(self, slug: str, name: str) -> str:
        return self._sanitized(_collapsed(slug) if slug else name)

    def _is_ugly(self, section: str) -> bool:
        ugly = at(self._config, "uglyurls")
        if is_table(ugly):
            ugly = ugly.get(section.lower())
        return ugly is True or ugly == "true"

    def _permalink(self, section: str) -> str:
        key = section.lower()
        for value in (at(self._permalinks, "page"), self._permalinks):
            if is_table(value):
                template = value.get(key) or (value.get("/") if not key else None)
                if isinstance(template, str):
                    return template
        return ""

    def _expand(
        self, template: str, file: _Content, front: Front | None, folder: str, name: str
    ) -> str:
        """A permalink with its tokens replaced; "" for what has no value."""
        if name == "index":
            folder, name = posixpath.split(folder)
        when = self._date(front, name)
        slug = field(front, "slug")
        if not slug and ":filename" in self._date_keys:
            slug = _date_and_slug(name)[1]
        sections = [part for part in folder.split("/") if part]
        title = field(front, "title")

        def value(match: re.Match[str]) -> str:
            token = match[1]
            if token == "sections":
                return "/".join(_slice(sections, match[2]))
            if token == "section":
                return (_slice(sections, match[2]) or [""])[0] if match[2] else sections[0] if sections else ""  # fmt: skip
            rest = match[2] or ""
            if token in ("filename", "contentbasename"):
                return name + rest
            if token == "title":
                return _title(title) + rest
            if token in ("slug", "slugorfilename", "slugorcontentbasename"):
                return (_title(slug) or (_title(title) if token == "slug" else "") or name) + rest
            return _date_part(token, when) + rest if token in _DATE_PARTS else match[0]

        return self._sanitized("/" + _TOKEN.sub(value, template).lstrip("/"))

    @cached_property
    def _date_keys(self) -> tuple[str, ...]:
        keys = [key.lower() for key in texts(at(self._config, "frontmatter.date"))] or [":default"]
        found: list[str] = []
        for key in keys:
            found += _DATES if key == ":default" else (key,)
        return tuple(found)

    def _date(self, front: Front | None, name: str) -> date:
        for key in self._date_keys:
            found = _date_and_slug(name)[0] if key == ":filename" else day(field(front, key))
            if found:
                return found
        return date.min

    def _sanitized(self, path: str) -> str:
        """A path as Hugo writes it: in lower case, dashes for blanks, without odd signs."""
        if self._lowers:
            path = path.lower()
        if path.isascii() and path.replace("/", "").replace("-", "").isalnum():
            return path
        if self._folds:
            import unicodedata

            path = unicodedata.normalize("NFD", path)
            path = "".join(c for c in path if unicodedata.category(c) != "Mn")
            path = unicodedata.normalize("NFC", path)
        return _without_odd_signs(path.replace(" ", "-"))

    def tag_url_part(self, taxonomy: str, name: str) -> str:
        has_page = taxonomy in self._taxonomies and "term" not in self._off
        return self._sanitized(name.strip("/ ")) if has_page else ""

    # ---- links -------------------------------------------------------------------------------

    def rewrite(self, page: Facts, link: Link) -> Rewritten:
        return self._canonical(self._rewrite(page, link))

    def _canonical(self, rewritten: Rewritten) -> Rewritten:
        """With the base path, where Hugo is asked to put it before paths from the root."""
        base = self.base_path
        if not base or not self._adds_base:
            return rewritten
        hrefs = (
            base + href
            if href.startswith("/") and not href.startswith(("//", base + "/"))
            else href
            for href in rewritten.hrefs
        )
        return rewritten._replace(hrefs=tuple(hrefs))

    @property
    def _adds_base(self) -> bool:
        return any(at(self._config, key) is True for key in ("canonifyurls", "relativeurls"))

    def _rewrite(self, page: Facts, link: Link) -> Rewritten:
        destination = link.destination
        if "{{" in destination:
            return self._rewrite_refs(page, destination)
        if link.kind == "html":
            return verbatim(destination)
        if self._link_hook != "none" and link.written:
            destination = link.written.replace("\\", "%5C")  # hooks are given it as it is written
        return self._hooked(page, destination, self._link_hook, pages=True)

    def rewrite_image(self, page: Facts, image: Image) -> Rewritten:
        return self._canonical(self._rewrite_image(page, image))

    def _rewrite_image(self, page: Facts, image: Image) -> Rewritten:
        destination = image.destination
        if "{{" in destination:
            return self._rewrite_refs(page, destination)
        if image.kind == "html":
            return verbatim(destination)
        if image.kind in ("shortcode", "front-matter"):
            return self._rewrite_asset(page, image)
        return self._hooked(page, destination, self._image_hook, pages=False)

    def _hooked(self, page: Facts, destination: str, hook: str, *, pages: bool) -> Rewritten:
        plain = verbatim(destination)
        parts = destination.partition("#")[0].partition("?")[0]
        if hook == "none" or not plain.hrefs or not parts or ":" in parts.partition("/")[0]:
            return plain
        path = unquote(parts).removeprefix("./")
        rest = destination[len(parts) :]
        found = self._get_page(page, path) if pages else None
        url = found.url if found else self._resource(page, path)
        if url:
            href = self.base_path + quote(url) + rest
            return Rewritten((href,)) if hook == "embedded" else Rewritten((href, destination))
        if self._asset(path):
            return Rewritten()
        return plain

    def _rewrite_asset(self, page: Facts, image: Image) -> Rewritten:
        """An image that a shortcode or a theme looks for: in the bundle, among the assets, at the
        URL of the page or from the root of the site."""
        destination = image.destination
        path = unquote(destination.partition("#")[0].partition("?")[0])
        if self._resource(page, path.removeprefix("./")) or self._asset(path):
            return Rewritten()
        if has_template(destination):
            return Rewritten()
        from_root = f"{self.base_path}/{destination.lstrip('/')}"
        return Rewritten(
            tuple(dict.fromkeys((destination, from_root, "/" + destination.lstrip("/"))))
        )

    def _resource(self, page: Facts, path: str) -> str:
        """The URL of a file of the page's bundle, or ""."""
        name = posixpath.basename(page.path)
        if not name.startswith(("index.", "_index.")):
            return ""  # in most sites most pages, and to list all files takes time
        own = self._path_of.get(page.path)
        if own is None or posixpath.splitext(posixpath.basename(own))[0] not in ("index", "_index"):
            return ""
        place = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), path))
        inside = place in self.tree.files and not place.endswith(_CONTENT)
        return posixpath.join(self._by_source[page.path].url, path) if inside else ""

    def _asset(self, path: str) -> bool:
        plain = posixpath.normpath(path.lstrip("/"))
        return any(
            posixpath.join(folder, plain[len(below) :].lstrip("/")) in self.tree.files
            for folder, below in self._assets
            if plain.startswith(below)
        )

    def _rewrite_refs(self, page: Facts, destination: str) -> Rewritten:
        failed: list[str] = []

        def href(match: re.Match[str]) -> str:
            arguments = {m[1] or str(n): next(filter(None, m.groups()[1:]), "")
                         for n, m in enumerate(_ARGUMENT.finditer(match[1]))}  # fmt: skip
            target = arguments.get("path") or arguments.get("0", "")
            path, sharp, fragment = target.partition("#")
            if not path:
                return sharp + fragment
            language = arguments.get("lang") or arguments.get("1", "")
            found = self._get_page(page, path, is_ref=True, language=language.lower())
            if found is None:
                failed.append(target)
                return ""
            return self.base_path + quote(found.url) + sharp + fragment

        made = _REF.sub(href, destination)
        if has_template(made):
            return Rewritten()
        if failed:
            if self._remote:
                return Rewritten(unsure=f"`{failed[0]}` may be a page of {self._remote[0]}")
            return Rewritten(problem=f"there is no page `{failed[0]}`, so Hugo stops with an error")
        return Rewritten((made,))

    def _get_page(
        self, page: Facts, ref: str, *, is_ref: bool = False, language: str = ""
    ) -> _Page | None:
        """What `GetPage` and `ref` find: from the page's folder, then from the content's root, and
        for `ref` any page with that name if there is only one."""
        own = self._by_source.get(page.path)
        if not language:
            language = own.language if own else self._default
        ref = ref.rstrip("/") or "/"
        stem, suffix = posixpath.splitext(ref)
        has_suffix = suffix in _CONTENT
        plain = stem if has_suffix else ref
        if has_suffix or plain.endswith(("/index", "/_index")):
            folder, name = posixpath.split(plain)
            name, _, code = name.partition(".") if "." in name else (name, "", "")
            if code in self._languages:
                language = code
                plain = posixpath.join(folder, name)
            if name in ("index", "_index"):
                plain = folder or "/"
        tried: list[str] = []
        if not ref.startswith("/") and own is not None:
            folder, name = posixpath.split(self._path_of[own.source])
            folders = [folder]
            if name.startswith("index."):
                folders = (
                    [folder, posixpath.dirname(folder)]
                    if has_suffix
                    else [posixpath.dirname(folder)]
                )
            tried += [posixpath.normpath(posixpath.join("/", f, plain)) for f in folders]
        if not ref.startswith("."):
            tried.append(posixpath.normpath(posixpath.join("/", plain)))
        for key in map(_key, tried):
            found = self._by_key.get((language, key)) or self._list(language, key)
            if found:
                return found
        if is_ref and "/" not in ref:
            same = self._by_name.get((language, _key(plain)), [])
            return same[0] if same else None  # if there are more, Hugo stops; rarely, so let it be
        return None

    def _list(self, language: str, key: str) -> _Page | None:
        path = self._list_paths.get((language, key))
        if path is None:
            return None
        return _Page("", key, language, _folder(self._prefix(language) + self._sanitized(path)))

    @cached_property
    def _list_paths(self) -> dict[tuple[str, str], str]:
        """The paths of lists, by language and key."""
        return {(code, _key(key)): key for code in self._languages for key in self._list_keys(code)}

    @cached_property
    def _by_name(self) -> dict[tuple[str, str], list[_Page]]:
        found: dict[tuple[str, str], list[_Page]] = {}
        for page in self._pages:
            name = posixpath.basename(page.key)
            found.setdefault((page.language, name), []).append(page)
        return found

    # ---- hooks and shortcodes ----------------------------------------------------------------

    @cached_property
    def _link_hook(self) -> str:
        return self._hook("link")

    @cached_property
    def _image_hook(self) -> str:
        return self._hook("image")

    def _hook(self, kind: str) -> str:
        """How destinations are looked up: "none", "embedded" as Hugo's own hook does, "custom"."""
        use = at(self._config, f"markup.goldmark.renderhooks.{kind}.useembedded")
        enabled = at(self._config, f"markup.goldmark.renderhooks.{kind}.enabledefault") is True
        if use == "always":
            return "embedded"
        name = re.compile(rf"/_markup/render-{kind}\b[^/]*\.html$")
        hooks = [path for path in self._layouts if name.search(path)]
        if hooks:
            changes = any(_LOOKS_UP.search(self.tree.read(path)) for path in hooks)
            return "custom" if changes else "none"
        many = len(self._languages) > 1 and not self._has_hosts and use in (None, "auto")
        if use == "fallback" or enabled or (many and not self._remote):
            return "embedded"
        return "custom" if self._remote or (many and use is None) else "none"

    @cached_property
    def _layouts(self) -> list[str]:
        folder = text_at(self._config, "layoutdir", "layouts").strip("/")
        folders = (folder, *(f"{theme}/layouts" for theme in self._themes))
        return list(self.tree.below(*folders))

    @cached_property
    def _shortcodes(self) -> dict[str, str]:
        """The files of the shortcodes, by name."""
        found: dict[str, str] = {}
        for path in self._layouts:
            before, mark, name = path.rpartition("shortcodes/")
            if mark and before.endswith(("/", "_")):
                found.setdefault(name.partition(".")[0], path)
        return found

    def may_have(self, page: Facts, fragment: str) -> str:
        for name in page.dynamic:
            if name not in self._printed:
                self._printed[name] = self._printed_by(name)
            if self._printed[name].may_be(fragment):
                return f"the shortcode `{name}` may print it"
        if self._printed_around.may_be(fragment):
            return "the layout of the page prints it"
        if self._remote and fragment.lower() in LAYOUT_IDS:
            return f"{self._remote[0]} may print it"
        if self._has_heading_hook:
            return "a template makes the ids of headings"
        return ""

    def _printed_by(self, shortcode: str) -> Printed:
        """The ids of a shortcode; any, if its template is not there."""
        printed = Printed(self._partial)
        if path := self._shortcodes.get(shortcode):
            printed.add(self.tree.read(path))
        else:
            printed.is_open = True
        return printed

    def _partial(self, name: str) -> str:
        """The text of a partial template, of the site or else of its themes."""
        for path in self._layouts:
            if path.endswith((f"partials/{name}", f"partials/{name}.html")):
                return self.tree.read(path)
        return ""

    @cached_property
    def _printed_around(self) -> Printed:
        """The ids that the layouts print around the content."""
        printed = Printed(lambda name: " ")
        for path in self._layouts:
            if "shortcodes/" not in path and "_markup/" not in path:
                printed.add(self.tree.read(path))
        printed.close()
        return printed

    @cached_property
    def _has_heading_hook(self) -> bool:
        hooks = [path for path in self._layouts if "/_markup/render-heading" in path]
        return any(".Anchor" not in self.tree.read(path) for path in hooks)

    # ---- what the sources do not show --------------------------------------------------------

    def may_serve(self, url: str) -> str:
        folder, name = posixpath.split(url)
        if name in self._feeds and (folder == "/" or folder + "/" in self._list_urls):
            return "an output format"
        paging = re.fullmatch(rf"(.*/){re.escape(self._page_path)}/\d{{1,5}}/?", url)
        if paging and paging[1] in self._list_urls:
            return "a later page of a list"
        if any(url.startswith(made) for made in self._adapters):
            return "a content adapter makes pages there"
        first = url[1:].partition("/")[0]
        if self._remote and first not in self._own_folders:
            return f"{self._remote[0]} is not in the site's folder"
        return ""

    @cached_property
    def _adapters(self) -> list[str]:
        """The URLs of the sections in which templates make pages."""
        return [
            _folder(self._sanitized("/" + posixpath.dirname(file.path)))
            for file in self._contents
            if file.path.endswith("/_content.gotmpl")
        ]

    @cached_property
    def _page_path(self) -> str:
        config = self._config
        return text_at(config, "pagination.path") or text_at(config, "paginatepath", "page")

    @cached_property
    def _feeds(self) -> frozenset[str]:
        """The names of files that are made beside the `index.html` of lists."""
        base = text_at(self._config, "outputformats.rss.basename", "index")
        names = {f"{base}.xml", "index.xml"}
        for formats in table_at(self._config, "outputs").values():
            for name in texts(formats):
                table = table_at(self._config, f"outputformats.{name.lower()}")
                suffix = text_at(table, "mediatype", f"x/{name.lower()}").partition("/")[2]
                suffix = {"calendar": "ics", "rss": "xml", "plain": "txt"}.get(suffix, suffix)
                names.add(f"{text_at(table, 'basename', 'index')}.{suffix}")
        return frozenset(names)

    @cached_property
    def _list_urls(self) -> frozenset[str]:
        made = {output.url for output in self._lists()}
        files = {
            page.url
            for page in self._pages
            if posixpath.basename(page.source).startswith("_index.")
        }
        return frozenset(made | files)

    @cached_property
    def _own_folders(self) -> frozenset[str]:
        """The first parts of the URLs that the site itself has."""
        urls = (output.url for output in self.outputs())
        return frozenset(url[1:].partition("/")[0] for url in urls if "/" in url[1:])


# ---- configuration -----------------------------------------------------------------------------


def _read_config(tree: Tree) -> dict[str, Any]:
    """The configuration with its keys in lower case, of the file or folder it stands in."""
    file = tree.first(*_CONFIG_NAMES)
    found: dict[str, Any] = lowered(tree.table(file)) if file else {}
    for folder in ("config/_default", "config/production"):
        for path in tree.below(folder):
            name, suffix = posixpath.splitext(path[len(folder) + 1 :].lower())
            if suffix not in (".toml", ".yaml", ".yml", ".json"):
                continue
            table = lowered(parse_table(tree.read(path), path))
            if name not in ("hugo", "config"):
                key, _, language = name.partition(".")
                table = {key: table}
                if language:
                    table = {"languages": {language: table}}
            found = merged(found, table)
    return found


def _static_folders(config: Any) -> Iterable[str]:
    for number in ("", *map(str, range(11))):
        yield from (folder.strip("/") for folder in texts(at(config, f"staticdir{number}")))


def _styles(config: dict[str, Any]) -> tuple[Style, ...]:
    goldmark = "markup.goldmark.parser"
    if at(config, f"{goldmark}.autoheadingid") is False:
        return ("none",)
    kind = text_at(config, f"{goldmark}.autoheadingidtype") or text_at(
        config, f"{goldmark}.autoidtype"
    )
    styles: dict[str, tuple[Style, ...]] = {
        "github-ascii": ("hugo-ascii",),
        "blackfriday": ("hugo-blackfriday",),
    }
    return styles.get(kind, ("hugo", "hugo-source"))


def _is_plain(pattern: str) -> bool:
    """Whether a pattern of `ignoreFiles` can be tried without taking for ever."""
    return bool(_PLAIN_PATTERN.fullmatch(pattern)) and pattern.count("*") <= 2


# ---- names and dates ---------------------------------------------------------------------------


def _key(path: str) -> str:
    return path.lower().replace(" ", "-") or "/"


def _folder(path: str) -> str:
    return path if path.endswith("/") else path + "/"


def _is_inside(path: str, leaves: set[str]) -> bool:
    """Whether a file belongs to a leaf bundle as something else than its page."""
    folder, name = posixpath.split(path)
    if posixpath.splitext(name)[0] == "index":
        folder = posixpath.dirname(folder) if folder else ""
        return any(f in leaves for f in (folder, *parents(folder)) if f)
    return any(f in leaves for f in (folder, *parents(folder)))


def _without_odd_signs(text: str) -> str:
    return "".join(c for c in text if c.isalnum() or c in _KEPT or _is_mark(c))


def _is_mark(character: str) -> bool:
    if character.isascii():
        return False
    import unicodedata

    return unicodedata.category(character).startswith("M")


def _collapsed(text: str) -> str:
    """A slug: what is no letter or sign of a path goes, and blanks become single dashes."""
    kept = "".join(
        c if c.isalnum() or c in _KEPT or _is_mark(c) else " " if c.isspace() else "" for c in text
    )
    return re.sub(r"\s*-\s*(?=-)|\s+", "-", kept.strip())


def _title(text: str) -> str:
    return _collapsed(text.replace("/", "-")).lower()


def _date_and_slug(name: str) -> tuple[date | None, str]:
    found = day(name[:10])
    return (found, name[10:].strip(" -_")) if found else (None, "")


_DATE_PARTS = frozenset(["year", "month", "monthname", "day", "weekday", "weekdayname", "yearday"])


def _date_part(token: str, when: date) -> str:
    return {
        "year": f"{when.year:04}",
        "month": f"{when.month:02}",
        "monthname": MONTHS[when.month - 1],
        "day": f"{when.day:02}",
        "weekday": str(when.isoweekday() % 7),
        "weekdayname": WEEKDAYS[when.weekday()],
        "yearday": str(when.timetuple().tm_yday),
    }[token]


def _slice(sections: list[str], slice_: str | None) -> list[str]:
    """The sections that a slice such as `[1:]`, `[last]` or `[:last]` takes."""
    if not slice_:
        return sections
    inside = slice_.strip("[]").replace("last", str(max(len(sections) - 1, 0)))
    first, colon, after = inside.partition(":")
    try:
        start = int(first) if first else 0
        if not colon:
            return sections[start : start + 1]
        return sections[start : int(after)] if after else sections[start:]
    except ValueError:
        return []
