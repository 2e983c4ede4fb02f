"""Where links lead on the built site.

First the generator makes of a destination what will stand in the page; then a browser joins that to
the URL of the page, and a host looks up the path. Only the second step is the same for all sites.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Literal
from urllib.parse import quote, unquote, urlsplit

from contentlint.built import Built, last_part
from contentlint.destinations import has_template, host_and_path
from contentlint.facts import Facts
from contentlint.generators.base import Generator, Output, Rewritten
from contentlint.generators.hosting import Redirects
from contentlint.generators.plain import Plain
from contentlint.generators.tree import composed
from contentlint.markdown import Image, Link
from contentlint.patterns import pattern
from contentlint.slugs import footnote_ids, heading_ids, is_everywhere
from contentlint.templating import NUL
from contentlint.tuples import NamedTuple

_SCHEME = pattern(r"[A-Za-z][A-Za-z0-9+.-]*:")  # RFC 3986, 3.1
_ORIGIN = pattern(r"(?:https?:)?//[^/?#]+", re.IGNORECASE)
_UNQUOTED = "/~+@:,;=!$*"
_ILLUSTRATIVE = pattern(r"(?:.*\.)?example\.(?:com|org|net)|localhost")
_AT_RUN_TIME = ("comment", "/", "!")
_SHORTEST_NAME = 5  # characters; below, everything is alike
_MOST_SEARCHES = 100  # for names that are alike, each some milliseconds in a large blog
_LONGEST_PATH = 4_000  # characters; no file has such a name

Kind = Literal["ok", "unsure", "anchor", "case", "draft", "base-path", "empty", "missing"]
_BEST_FIRST = ("ok", "unsure", "anchor", "case", "draft", "base-path", "empty", "missing")


class Outcome(NamedTuple):
    """What becomes of a link.

    `url` is the path that the browser asks for, with the base path. `note` says more: why the
    verdict cannot be given, why the page is not published, or what the generator complains of.
    `target` is what is there, `fragment` the part after the `#`, decoded.
    """

    kind: Kind
    url: str = ""
    note: str = ""
    target: Output | None = None
    fragment: str = ""


OK = Outcome("ok")


class Links:
    """The verdicts on the links of a site. Each is found once, however often it is asked for.

    `base` is the path that all URLs begin with, "" if there is none; `hosts` are the names under
    which the site is served.
    """

    def __init__(
        self,
        generator: Generator,
        pages: Mapping[str, Facts],
        *,
        build: Callable[[Generator], Built] | None = None,
        base_url: str = "",
        elsewhere: tuple[str, ...] = (),
    ) -> None:
        self.generator = generator
        self._build = build
        self.pages = pages
        host, path = host_and_path(base_url)
        if base_url:
            generator.base_path = path.rstrip("/")
        self.base = generator.base_path
        hosts = (host,) if host else generator.hosts
        self.hosts = tuple(host for host in hosts if not _ILLUSTRATIVE.fullmatch(host))
        self._elsewhere = elsewhere
        self.searches = 0  # for links that may have been meant
        self.unsure = 0  # destinations that could not be decided so far
        self._ids: dict[str, frozenset[str]] = {}
        self._with_unknown_ids: set[str] = set()
        self._known: dict[tuple[str, str, str], Outcome] = {}

    def add_searches(self, number: int) -> bool:
        """Count searches that were made elsewhere, unless that is more than there may be in all."""
        if self.searches + number > _MOST_SEARCHES:
            return False
        self.searches += number
        return True

    @cached_property
    def built(self) -> Built:
        return self._build(self.generator) if self._build else Built(self.generator.outputs())

    # ---- verdicts ----------------------------------------------------------------------------

    def link(self, page: Facts, link: Link) -> Outcome:
        """The verdict on a link of a page."""
        if link.kind == "autolink" and not _SCHEME.match(link.destination):
            return OK  # an address of e-mail
        key = page.path, link.written or link.destination, link.kind
        return self._known.get(key) or self._find(page, link, key)

    def image(self, page: Facts, image: Image) -> Outcome:
        """The verdict on an image of a page."""
        key = page.path, image.destination, "image " + image.kind
        return self._known.get(key) or self._find(page, image, key)

    def _find(self, page: Facts, item: Link | Image, key: tuple[str, str, str]) -> Outcome:
        found = self._known[key] = self._verdict(page, item)
        self.unsure += found.kind == "unsure"
        return found

    def _verdict(self, page: Facts, item: Link | Image) -> Outcome:
        destination = item.destination
        if not destination.strip():
            return Outcome("empty")
        if len(destination) > _LONGEST_PATH:
            is_known = not (_SCHEME.match(destination) or has_template(destination))
            return Outcome("missing", destination) if is_known else OK
        of_site = self.is_page(page)
        generator = self.generator if of_site else self._files.generator
        if isinstance(item, Link):
            rewritten = generator.rewrite(page, item)
        else:
            rewritten = generator.rewrite_image(page, item)
        return self._judge(page, rewritten) if of_site else self._files._judge(page, rewritten)

    def is_page(self, page: Facts) -> bool:
        """Whether a file is one of which the generator makes a page, or would if it were published.
        Others, such as a README beside the content, are read as files."""
        absent = self.built.absent.get(page.path)
        return page.path in self.built.pages or (absent is not None and absent.url != "")

    @cached_property
    def _files(self) -> Links:
        return Links(Plain(self.generator.tree), self.pages)

    def _judge(self, page: Facts, rewritten: Rewritten) -> Outcome:
        if rewritten.problem:
            return Outcome("missing", note=rewritten.problem)
        if rewritten.unsure:
            return Outcome("unsure", note=rewritten.unsure)
        found = [self._look_up(page, href) for href in rewritten.hrefs]
        return min(found, key=lambda outcome: _BEST_FIRST.index(outcome.kind), default=OK)

    def _look_up(self, page: Facts, href: str) -> Outcome:
        """What a browser gets when it follows an href on the page."""
        if len(href) > _LONGEST_PATH:
            return Outcome("missing", url=href)
        href = href.strip().replace("\\", "/")
        path = self._local(href)
        if path is None:
            return OK
        names_host = path != href
        path, _, fragment = path.partition("#")
        path = path.partition("?")[0]
        fragment = composed(unquote(fragment))
        url = self.url(page)
        if not path:
            return self._anchor(Output("page", url or "", page.path), fragment, url or "")
        if not path.startswith("/"):
            if url is None:
                return Outcome("unsure", note="the URL of this page is not known")
            path = posixpath.dirname(url) + "/" + path
        outcome = self._at(page, _joined(unquote(path)), fragment)
        if outcome.kind == "missing" and names_host and self._is_foreign(outcome.url):
            return outcome._replace(kind="unsure", note="something else on the host may serve it")
        return outcome

    def _is_foreign(self, asked: str) -> bool:
        """Whether the site itself has nothing in the first folder of a path. With the host before
        it, that may be one that another repository is served in."""
        return not self.base and asked[1:].partition("/")[0] not in self.built.first_parts

    def _at(self, page: Facts, asked: str, fragment: str) -> Outcome:
        if any(
            asked == other or asked.startswith(other.rstrip("/") + "/") for other in self._elsewhere
        ):
            return OK
        base = self.base
        if base and asked != base and not asked.startswith(base + "/"):
            inside = self.built.find(asked)
            if inside and inside.kind != "absent":
                return Outcome("base-path", asked, "missing", inside, fragment)
            return Outcome("unsure", asked, f"`{asked}` is outside of `{base}/`")
        path = asked[len(base) :] or "/"
        target = self.built.find(path)
        if target is None:
            return self._missing(page, asked, path, fragment)
        if target.kind == "absent":
            if page.path in self.built.absent or target.source == page.path:
                return OK  # one draft links to another
            return Outcome("draft", asked, target.note, target, fragment)
        return self._anchor(target, fragment, asked)

    def _missing(self, page: Facts, asked: str, path: str, fragment: str) -> Outcome:
        base = self.base
        if base and path.startswith(base + "/") and (found := self.built.find(path[len(base) :])):
            return Outcome("base-path", asked, "doubled", found, fragment)
        found = self.built.find_any_case(path)
        if found is not None and found.kind != "absent":
            return Outcome("case", asked, "", found, fragment)
        if self._redirects.cover(asked):
            return OK
        reason = self.generator.may_serve(path) or self._behind_a_link(path)
        if self._redirects.takes_all:
            reason = "the host redirects all paths"
        if reason:
            return Outcome("unsure", asked, reason)
        return Outcome("missing", asked, "", None, fragment)

    @cached_property
    def _redirects(self) -> Redirects:
        served = self.built.find("/_redirects")
        sources = ["_redirects", served.source if served else ""]
        return Redirects(self.generator.tree, sources, frozenset(self.hosts))

    def _behind_a_link(self, path: str) -> str:
        """Why a path may be that of a file in a folder that is linked into the site's."""
        for folder in self.generator.tree.links:
            if f"/{posixpath.basename(folder)}/" in path:
                return f"`{folder}` is a symbolic link, which is not followed"
        return ""

    def _local(self, href: str) -> str | None:
        """The path of an href on this site, with query and fragment; None if it leads elsewhere."""
        if not href.startswith("//") and not _SCHEME.match(href):
            return href
        try:
            parts = urlsplit(href)
            host = parts.hostname
        except ValueError:
            return None
        if parts.scheme not in ("", "http", "https") or host not in self.hosts:
            return None
        return (parts.path or "/") + (f"#{parts.fragment}" if parts.fragment else "")

    # ---- fragments ---------------------------------------------------------------------------

    def _anchor(self, target: Output, fragment: str, asked: str) -> Outcome:
        if is_everywhere(fragment):
            return Outcome("ok", asked, "", target, fragment)
        if fragment.startswith(_AT_RUN_TIME):
            return Outcome("unsure", asked, "made when the page is shown", target, fragment)
        if target.kind not in ("page", "also"):
            return OK
        page = self.pages.get(target.source)
        if page is None:
            return Outcome("unsure", asked, "the ids of that page are not known", target, fragment)
        if fragment in self.ids(page):
            return OK
        if any(NUL in own and fragment.startswith(own.partition(NUL)[0]) for own in page.anchors):
            return Outcome("unsure", asked, "a template prints an id there", target, fragment)
        if page.path in self._with_unknown_ids:
            return Outcome("unsure", asked, "a heading there has an unknown id", target, fragment)
        if reason := self.generator.may_have(page, fragment):
            return Outcome("unsure", asked, reason, target, fragment)
        return Outcome("anchor", asked, "", target, fragment)

    def ids(self, page: Facts) -> frozenset[str]:
        """All ids of a page that its source shows, in the ways that its generator may write them."""
        if page.path not in self._ids:
            found = {composed(id) for id in page.anchors}
            for style in self.generator.styles:
                made = heading_ids(page.headings, style)
                if None in made:
                    self._with_unknown_ids.add(page.path)
                found.update(composed(id) for id in made if id)
                found.update(composed(id) for id in footnote_ids(page.footnotes, style))
            self._ids[page.path] = frozenset(found)
        return self._ids[page.path]

    def sure_ids(self, page: Facts) -> list[str]:
        """The ids of a page in the way that its generator writes them most likely."""
        made = heading_ids(page.headings, self.generator.styles[0])
        return [*page.anchors, *filter(None, made)]

    # ---- pages -------------------------------------------------------------------------------

    def url(self, page: Facts) -> str | None:
        """The path of a page with the base path, also of one that is not published; None if it
        cannot be known."""
        url = self.built.pages.get(page.path)
        if url is None and page.path in self.built.absent:
            url = self.built.absent[page.path].url
        return self.base + url if url else None

    def published(self, page: Facts) -> list[str]:
        """The URLs that a post has for readers, without the base path: its own, and aliases."""
        built, own = self.built, self.built.pages.get(page.path)
        return (
            [*([own] if own else []), *built.aliases(page.path)] if self.generator.is_built else []
        )

    def answers(self, url: str) -> bool:
        """Whether something may be there at a path without the base path: a page, a file, a redirect,
        or what only the built site would show."""
        found = self.built.find(url)
        if found is not None and found.kind != "absent":
            return True
        redirects = self._redirects
        if redirects.takes_all or redirects.cover(self.base + url):
            return True
        return bool(self.generator.may_serve(url) or self._behind_a_link(url))

    def asked(self, page: Facts, outcome: Outcome) -> str:
        """The path that a browser asks for; "" where it is that of a file, and tells nothing."""
        is_built = self.generator.is_built and self.is_page(page)
        return outcome.url if is_built else ""

    # ---- what was meant ----------------------------------------------------------------------

    def meant(
        self, page: Facts, destination: str, outcome: Outcome
    ) -> tuple[tuple[str, ...], bool]:
        """Destinations that were probably meant, best first, and whether the first is sure."""
        path, mark, rest = _split(destination)
        found: list[str] = []
        for output in self._sure(page, path):
            if (href := self._href(page, output.url, path)) not in found:
                found.append(href)
        is_sure = len(found) == 1
        if not found and outcome.url:
            found, is_sure = self._alike(page, path, last_part(outcome.url))
        return tuple(href + mark + rest for href in found[:3]), is_sure

    def _alike(self, page: Facts, path: str, name: str) -> tuple[list[str], bool]:
        """The only page with that name; else those whose names are a slip or two away."""
        urls = {output.url for output in self.built.by_name.get(name, [])}
        if len(urls) == 1:
            return [self._href(page, urls.pop(), path)], True
        if urls or len(name) < _SHORTEST_NAME or self.searches >= _MOST_SEARCHES:
            return [], False
        self.searches += 1
        from difflib import get_close_matches

        near = get_close_matches(name, self.built.names_like(name), n=2, cutoff=0.85)
        found = [self.built.by_name[other][0].url for other in near]
        return [self._href(page, url, path) for url in found], False

    def corrected(self, page: Facts, destination: str, outcome: Outcome) -> str:
        """The destination as it must be for what it nearly leads to: in the right case, with the
        right base path."""
        path, mark, rest = _split(destination)
        url = outcome.target.url if outcome.target else ""
        return self._href(page, url, path) + mark + rest

    def _sure(self, page: Facts, path: str) -> Iterable[Output]:
        """What the same text leads to when it is read from the folder of the source file or from
        the top of the content, and without a folder that only the sources have."""
        plain = unquote(path).replace("\\", "/")
        stem = plain.rstrip("/")
        for suffix in (".md", ".mdx", ".markdown", ".html"):
            stem = stem.removesuffix(suffix)
        folder = posixpath.dirname(page.path)
        tops = ("", "content", "docs", "src", "source")
        for base in tops if path.startswith("/") else (folder, *tops):
            place = posixpath.normpath(posixpath.join(base, stem.lstrip("/")))
            for source in (
                f"{place}.md",
                f"{place}/index.md",
                f"{place}/_index.md",
                f"{place}.mdx",
                f"{place}.markdown",
            ):
                url = self.built.pages.get(source)
                if url:
                    yield Output("page", url, source)
        if "/static/" in plain or "/public/" in plain:
            found = self.built.find(re.sub(r"^.*?/(?:static|public)/", "/", plain))
            if found and found.kind != "absent":
                yield found

    def _href(self, page: Facts, url: str, written: str) -> str:
        """A destination for a URL, in the way of the author: with the host, or relative."""
        target = self.base + url
        own = self.url(page)
        origin = _ORIGIN.match(written)
        if origin:
            return origin[0] + quote(target, safe=_UNQUOTED)
        if own and not written.startswith("/") and not has_template(written):
            near = posixpath.relpath(target, posixpath.dirname(own))
            if not near.startswith("../../.."):
                target = near + ("/" if url.endswith("/") and not near.endswith("/") else "")
        return quote(target, safe=_UNQUOTED)


def _joined(path: str) -> str:
    """A path without `.` and `..`, as browsers take them out; a slash at the end stays."""
    is_folder = path.endswith(("/", "/.", "/.."))
    path = "/" + posixpath.normpath(path).lstrip("/")
    return path + "/" if is_folder and path != "/" else path


def _split(destination: str) -> tuple[str, str, str]:
    """The path of a destination, and its query and fragment with the sign that begins them."""
    match = re.search(r"[?#]", destination)
    if match is None:
        return destination, "", ""
    return destination[: match.start()], match[0], destination[match.end() :]
