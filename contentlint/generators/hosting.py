"""What hosts redirect, as `_redirects`, `netlify.toml` and `vercel.json` tell them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote, urlsplit

from contentlint.generators.tree import Tree, as_list, at, parse_table, text_at
from contentlint.patterns import pattern

_PARAMETER = pattern(r":\w+\*?|\*|\([^()]*\)\*?")
_NOT_THERE = ("404", "410")


class Redirects:
    """The paths of a site that its host redirects or rewrites; where to is not looked at."""

    def __init__(self, tree: Tree, sources: Iterable[str], hosts: frozenset[str]) -> None:
        """`sources` are the `_redirects` files that are served or stand in the root."""
        self._exact: set[str] = set()
        self._patterns: dict[str, list[re.Pattern[str]]] = {}
        self.takes_all = False
        for path in _paths(tree, sources):
            self._add(path, hosts)

    def _add(self, path: str, hosts: frozenset[str]) -> None:
        if not path.startswith("/"):
            try:
                parts = urlsplit(path)
            except ValueError:
                return
            if parts.hostname not in hosts:
                return
            path = parts.path
        if path in ("/*", "/:path*", "/(.*)"):
            self.takes_all = True
        elif _PARAMETER.search(path):
            first = path[1:].partition("/")[0]
            bucket = "" if _PARAMETER.search(first) else first
            self._patterns.setdefault(bucket, []).append(_pattern(path))
        else:
            self._exact.add(_plain(path))

    def cover(self, path: str) -> bool:
        """Whether a path, decoded and with the base path, is redirected or rewritten."""
        plain = _plain(path)
        if plain in self._exact:
            return True
        first = plain[1:].partition("/")[0]
        patterns = [*self._patterns.get(first, ()), *self._patterns.get("", ())]
        return any(pattern.fullmatch(plain) for pattern in patterns)


def _paths(tree: Tree, sources: Iterable[str]) -> Iterator[str]:
    """The paths that rules are for, as they write them."""
    for source in dict.fromkeys(sources):
        for line in tree.read(source).splitlines():
            words = line.partition("#")[0].split()
            if len(words) >= 2 and not words[-1].startswith(_NOT_THERE):
                yield words[0]
    netlify = parse_table(tree.read("netlify.toml"), "netlify.toml")
    for table in as_list(at(netlify, "redirects")):
        if str(at(table, "status")) not in _NOT_THERE and (path := text_at(table, "from")):
            yield path
    try:
        vercel = json.loads(tree.read("vercel.json") or "{}")
    except (ValueError, RecursionError):
        return
    for name in ("redirects", "rewrites"):
        for table in as_list(at(vercel, name)):
            if path := text_at(table, "source"):
                yield path


def _pattern(path: str) -> re.Pattern[str]:
    """A path with parameters as a pattern: `:name` is one part, `*` is all that follows."""
    made = ""
    done = 0
    for match in _PARAMETER.finditer(path):
        made += re.escape(unquote(path[done : match.start()]))
        done = match.end()
        if match[0][-1] in "*)":
            return re.compile(f"{made[:-1]}(?:/.*)?" if made.endswith("/") else f"{made}.*")
        made += "[^/]+"
    return re.compile(made + re.escape(unquote(path[done:]).rstrip("/")))


def _plain(path: str) -> str:
    return unquote(path).rstrip("/") or "/"
