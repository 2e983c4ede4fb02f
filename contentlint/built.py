"""The site as a host would serve it, if it were built: what is there at which path."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterable, Sequence
from functools import cached_property

from contentlint.generators.base import Output, OutputKind
from contentlint.generators.tree import composed
from contentlint.patterns import pattern
from contentlint.records import dump

_RANK = {"page": 0, "also": 1, "alias": 2, "file": 3, "absent": 4}
_SLASHES = pattern("//+")
_END, _END_OF_COLUMN = "\0", "\x01"  # where many texts are written as one


class Built:
    """What a site publishes, by path.

    A path is as in Output: decoded, from the top of the site, without the base path. `pages` has
    the URL of each source file that becomes a page, `absent` those that do not.
    """

    def __init__(self, outputs: Iterable[Output]) -> None:
        self.pages: dict[str, str] = {}
        self.absent: dict[str, Output] = {}
        self._at: dict[str, Sequence[str]] = {}  # fields of an Output
        self._claims: dict[tuple[str, str], list[tuple[OutputKind, str]]] = {}
        for output in outputs:
            self._add(output._replace(url=composed(output.url)))

    def _add(self, output: Output) -> None:
        kind, url, source, note = output
        if kind == "absent":
            self.absent.setdefault(source, output)
        elif kind == "page" and source:
            self.pages.setdefault(source, url)
        if not url:
            return
        if kind in ("page", "alias") and source:
            self._claims.setdefault((url, note), []).append((kind, source))
        old = self._at.get(url)
        if old is None or _RANK[kind] < _RANK[old[0]]:
            self._at[url] = output

    def dump(self) -> bytes | None:
        """All that `load` needs; None if that is next to nothing, or if a URL has a character that
        no URL has."""
        if not self.pages:
            return None
        columns = [
            list(self.pages),
            list(self.pages.values()),
            *zip(*self._at.values(), strict=True),
        ]
        if any(_END in text or _END_OF_COLUMN in text for column in columns for text in column):
            return None
        # A few long texts are read ten times as fast as many short ones.
        rest = dump([self.absent, self._rivals]).decode("utf-8", "surrogatepass")
        texts = [*map(_END.join, columns), rest]
        return _END_OF_COLUMN.join(texts).encode("utf-8", "surrogatepass")

    @classmethod
    def load(cls, data: bytes) -> Built:
        """What `dump` has written."""
        made = cls(())
        *texts, rest = data.decode("utf-8", "surrogatepass").split(_END_OF_COLUMN)
        absent, made._rivals = json.loads(rest)
        sources, urls, *columns = (text.split(_END) for text in texts)
        made.pages = dict(zip(sources, urls, strict=True))
        made._at = dict(zip(columns[1], zip(*columns, strict=True), strict=True))
        made.absent = {source: Output._make(output) for source, output in absent.items()}
        return made

    def find(self, path: str) -> Output | None:
        """What a host answers with: the file of that name, or that of the folder. Some serve `/x`
        from `x.html`; those that do not are few."""
        path = composed(_SLASHES.sub("/", path))
        for candidate in _candidates(path):
            found = self._at.get(candidate)
            if found is not None:
                return Output._make(found)
        return None

    def find_any_case(self, path: str) -> Output | None:
        """The same, were the case of letters of no account."""
        for candidate in _candidates(composed(_SLASHES.sub("/", path))):
            found = self._at_lower.get(candidate.lower())
            if found is not None:
                return found
        return None

    @cached_property
    def _at_lower(self) -> dict[str, Output]:
        return {url.lower(): Output._make(output) for url, output in self._at.items()}

    def others(self, source: str) -> list[str]:
        """The URLs of a page besides its own: aliases, and those of other versions."""
        own = self.pages.get(source)
        return sorted(
            url
            for url, (kind, _, its_source, _) in self._at.items()
            if its_source == source and kind in ("also", "alias") and url != own
        )

    def rivals(self, source: str) -> Sequence[Sequence[str]]:
        """The URLs of a page that another page claims too, with the source of that other. That an
        alias takes the URL of a page is the business of the alias."""
        return self._rivals.get(source, [])

    @cached_property
    def _rivals(self) -> dict[str, list[Sequence[str]]]:
        found: dict[str, list[Sequence[str]]] = {}
        for (url, _), claims in self._claims.items():
            for kind, source in claims if len(claims) > 1 else ():
                others = [s for k, s in claims if s != source and (k == "page" or kind == "alias")]
                if others:
                    found.setdefault(source, []).append((url, others[0]))
        return found

    @cached_property
    def first_parts(self) -> frozenset[str]:
        """The first parts of all URLs."""
        return frozenset(url[1:].partition("/")[0] for url in self._at)

    @cached_property
    def by_name(self) -> dict[str, list[Output]]:
        """Pages and files by the last part of their URL, in lower case and without suffix."""
        found: dict[str, list[Output]] = {}
        for output in map(Output._make, self._at.values()):
            if output.kind != "absent" and output.url:
                found.setdefault(last_part(output.url), []).append(output)
        return found

    def names_like(self, name: str) -> list[str]:
        """Names as in `by_name` that begin or end as this one does, and are about as long."""
        edges = self._by_edge.get("^" + name[:3], []) + self._by_edge.get("$" + name[-3:], [])
        return [other for other in dict.fromkeys(edges) if abs(len(other) - len(name)) <= 2]

    @cached_property
    def _by_edge(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name in self.by_name:
            for edge in ("^" + name[:3], "$" + name[-3:]):
                found.setdefault(edge, []).append(name)
        return found


def last_part(url: str) -> str:
    """The last part of a path, in lower case and without the suffix of a page."""
    name = posixpath.basename(url.rstrip("/")).lower()
    stem, suffix = posixpath.splitext(name)
    return stem if suffix in (".md", ".mdx", ".markdown", ".html", ".htm") else name


def _candidates(path: str) -> Iterable[str]:
    yield path
    if path.endswith("/"):
        yield path + "index.html"
        return
    if path.endswith("/index.html"):
        yield path.removesuffix("index.html")
    yield path + "/"
    yield path + ".html"
    yield path + "/index.html"
