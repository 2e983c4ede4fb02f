"""What hosts redirect, as `_redirects`, `netlify.toml` and `vercel.json` tell them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from contentlint.destinations import host_and_path
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
            host, path = host_and_path(path)
            if host not in hosts or not path:
                return
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
    """A path with parameters as a pattern. A part with one stands for any part, and `*` and what
    has brackets for all that follows, so that no pattern takes long."""
    made = ""
    for part in path.strip("/").split("/"):
        parameter = _PARAMETER.search(part)
        if parameter is None:
            made += "/" + re.escape(unquote(part))
        elif parameter[0][-1] in "*)" and parameter.start() == 0:
            return re.compile(f"{made}(?:/.*)?")
        elif parameter[0][-1] in "*)":
            return re.compile(f"{made}/{re.escape(unquote(part[: parameter.start()]))}.*")
        else:
            made += "/[^/]+"
    return re.compile(made)


def _plain(path: str) -> str:
    return unquote(path).rstrip("/") or "/"
