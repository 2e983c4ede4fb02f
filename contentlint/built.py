"""The site as a host would serve it, if it were built: what is there at which path."""

from __future__ import annotations

import json
import posixpath
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, pairwise
from operator import itemgetter
from typing import TypeVar

from contentlint.generators.base import Output, OutputKind
from contentlint.generators.tree import composed
from contentlint.patterns import pattern
from contentlint.records import dump

T = TypeVar("T")

_RANK = {"page": 0, "also": 1, "alias": 2, "file": 3, "absent": 4}
_SLASHES = pattern("//+")
_END, _END_OF_ROW = "\0", "\x01"  # where many texts are written as one
_HEAD = 4 * array("I").itemsize  # bytes: the lengths of the parts of what is dumped
_ROWS_FOR_ONE = 10  # are read in the time in which one is found


class Built:
    """What a site publishes, by path.

    A path is as in Output: decoded, from the top of the site, without the base path. `pages` has
    the URL of each source file that becomes a page, `absent` those that do not.
    """

    def __init__(self, outputs: Iterable[Output]) -> None:
        pages: dict[str, str] = {}
        at: dict[str, Output] = {}
        self.pages: Mapping[str, str] = pages
        self.absent: dict[str, Output] = {}
        self._at: Mapping[str, Output] = at
        self._claims: dict[tuple[str, str], list[tuple[OutputKind, str]]] = {}
        for output in outputs:
            kind, _, source, note = output
            url = composed(output.url)
            if url != output.url:
                output = output._replace(url=url)
            if kind == "absent":
                self.absent.setdefault(source, output)
            elif kind == "page" and source:
                pages.setdefault(source, url)
            if not url:
                continue
            if kind in ("page", "alias") and source:
                self._claims.setdefault((url, note), []).append((kind, source))
            old = at.get(url)
            if old is None or _RANK[kind] < _RANK[old.kind]:
                at[url] = output

    def dump(self) -> bytes | None:
        """All that `load` needs; None if that is next to nothing, or if a URL has a character that
        no URL has."""
        if not self.pages:
            return None
        # A page may not be what is at its URL, if another one claims that too.
        own = (Output("page", url, source) for source, url in self.pages.items())
        outputs = [*self._at.values(), *(output for output in own if self._is_hidden(output))]
        if any(_END in text or _END_OF_ROW in text for output in outputs for text in output):
            return None
        rows = [_END.join(output) for output in outputs]
        starts = list(accumulate((len(row) + 1 for row in rows), initial=0))
        by_url = sorted(range(len(self._at)), key=lambda at: outputs[at].url)
        of_pages = [at for at, own in enumerate(outputs) if self.pages.get(own.source) == own.url]
        by_source = sorted(of_pages, key=lambda at: outputs[at].source)
        parts = [
            dump([self.absent, self._rivals]),
            "".join(row + _END_OF_ROW for row in rows).encode("utf-8", "surrogatepass"),
            *(array("I", [starts[at] for at in some]).tobytes() for some in (by_url, by_source)),
        ]
        return b"".join((array("I", map(len, parts)).tobytes(), *parts))

    def _is_hidden(self, page: Output) -> bool:
        return not page.url or self._at[page.url].source != page.source

    @classmethod
    def load(cls, data: bytes) -> Built:
        """What `dump` has written."""
        made = cls(())
        lengths, data = array("I", data[:_HEAD]), data[_HEAD:]
        ends = list(accumulate(lengths, initial=0))
        rest, rows, *indexes = (data[start:end] for start, end in pairwise(ends))
        absent, made._rivals = json.loads(rest)
        made.absent = {source: Output._make(output) for source, output in absent.items()}
        text = rows.decode("utf-8", "surrogatepass")
        by_url, by_source = (array("I", index) for index in indexes)
        made._at = _Rows(text, by_url, 1, Output._make)
        made.pages = _Rows(text, by_source, 2, itemgetter(1))
        return made

    def find(self, path: str) -> Output | None:
        """What a host answers with: the file of that name, or that of the folder. Some serve `/x`
        from `x.html`; those that do not are few."""
        path = composed(_SLASHES.sub("/", path))
        for candidate in _candidates(path):
            found = self._at.get(candidate)
            if found is not None:
                return found
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
        return {url.lower(): output for url, output in self._at.items()}

    def others(self, source: str) -> list[str]:
        """The URLs of a page besides its own: aliases, and those of other versions."""
        own = self.pages.get(source)
        return sorted(
            url
            for url, (kind, _, its_source, _) in self._at.items()
            if its_source == source and kind in ("also", "alias") and url != own
        )

    def aliases(self, source: str) -> list[str]:
        """The URLs that the author gives a page besides."""
        return self._aliases.get(source, [])

    @cached_property
    def _aliases(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for url, (kind, _, source, _) in sorted(self._at.items()):
            if kind == "alias":
                found.setdefault(source, []).append(url)
        return found

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
        for output in self._at.values():
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


class _Rows(Mapping[str, T]):
    """Rows of texts by one of their fields. One is read when it is asked for, since most runs ask
    for some few of many thousands; all, when many are asked for or they are gone through.

    `starts` are where the rows begin, in the order of that field; `give` makes the value of a row.
    """

    def __init__(
        self, rows: str, starts: array[int], field: int, give: Callable[[list[str]], T]
    ) -> None:
        self._rows = rows
        self._starts = starts
        self._field = field
        self._give = give
        self._asked = 0  # so many times

    def _row(self, start: int) -> list[str]:
        return self._rows[start : self._rows.index(_END_OF_ROW, start)].split(_END)

    def __getitem__(self, key: str) -> T:
        self._asked += 1
        if self._asked * _ROWS_FOR_ONE > len(self._starts):
            return self._all[key]
        at = bisect_left(self._starts, key, key=lambda start: self._row(start)[self._field])
        row = self._row(self._starts[at]) if at < len(self._starts) else []
        if not row or row[self._field] != key:
            raise KeyError(key)
        return self._give(row)

    @cached_property
    def _all(self) -> dict[str, T]:
        rows = map(self._row, sorted(self._starts))
        return {row[self._field]: self._give(row) for row in rows}

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._starts)


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
