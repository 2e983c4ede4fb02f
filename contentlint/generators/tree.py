"""The files of a site, listed once, and what may be read of them.

Nothing outside the site's root is listed or read, no link to a folder is followed, and no file is
looked for twice: whether one exists is a question to a set.
"""

from __future__ import annotations

import os
import posixpath
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from contentlint import paths
from contentlint.answers import seen
from contentlint.cache import Stamp, stamp, state
from contentlint.facts import Front, Outline, flatten
from contentlint.options import is_list, is_table
from contentlint.patterns import compiled_at_first_use
from contentlint.tuples import NamedTuple

if TYPE_CHECKING:
    from contentlint.changes import Changes

# Folders that hold nothing that a site is made from.
_NEVER = frozenset(
    {".git", ".hg", ".svn", "node_modules", "__pycache__", ".venv", "_site", ".cache"}
)
_LARGEST = 2_000_000  # bytes of a configuration or template; what is larger is neither
_DEEPEST = 20  # tables in tables
_UNREAD = Stamp(0, 0, -1)  # of no file: what could not be read may be readable next time
_LONGEST_FRONT = 65_536  # bytes of front matter in a file that is no Markdown


class Folder(NamedTuple):
    """What stands in a folder, sorted by name: of plain files the names, since there may be many
    thousands of them, and the entries of all others."""

    files: list[str]
    others: list[os.DirEntry[str]]

    @classmethod
    def of(cls, path: str) -> Folder:
        """List the folder at a path. Raises OSError."""
        files: list[str] = []
        others: list[os.DirEntry[str]] = []
        with os.scandir(path) as entries:
            for entry in entries:
                if entry.is_file(follow_symlinks=False):
                    files.append(entry.name)
                else:
                    others.append(entry)
        return cls(sorted(files), sorted(others, key=attrgetter("name")))

    def names(self) -> Iterator[str]:
        """Of all."""
        return chain(self.files, (entry.name for entry in self.others))

    def has(self, name: str) -> bool:
        """Whether something of that name is there."""
        return any(name == other for other in self.names())


class Tree:
    """The files below `root` (absolute) by their paths relative to it, with `/` separators.

    `pages` are the posts. `files` has every file as a key, in order, `folders` every folder ("" is the
    root). `links` are symbolic links to folders: what is below them is not known. `is_repository`
    tells that the root is the top of a Git repository. `read_files` has the stamps of the files of
    which more than the path has been looked at, but for posts. `listed` has what is in folders that
    have been looked into before. With `changes`, the files are those from before these.
    """

    def __init__(
        self,
        root: str,
        pages: Mapping[str, Outline],
        listed: Mapping[str, Folder] | None = None,
        changes: Changes | None = None,
    ) -> None:
        self.root = root
        self._changes = changes
        self.pages = pages
        self.folders: set[str] = {""}
        self.links: set[str] = set()
        self.is_repository = os.path.exists(os.path.join(root, ".git"))
        self.read_files: dict[str, Stamp] = {}
        self._fronts: dict[str, Front | None] = {}
        found = self._walk(listed or {})
        if changes:
            found = self._before(changes, found)
        self.files: Mapping[str, None] = dict.fromkeys(sorted(found))
        unsaved = [path for path in pages if path not in self.files]
        if unsaved:  # a post on standard input is in no folder
            self.folders.update(*map(parents, unsaved))
            self.files = dict.fromkeys(sorted((*found, *unsaved)))

    def _walk(self, listed: Mapping[str, Folder]) -> list[str]:
        """All files; notes the folders and links on the way."""
        files: list[str] = []
        pending = [("", self.root)]
        while pending:
            name, folder = pending.pop()
            try:
                here = listed[folder] if folder in listed else Folder.of(folder)
            except OSError:  # what cannot be listed was told when the posts were looked for
                self.links.add(name)
                continue
            prefix = f"{name}/" if name else ""
            files += [prefix + name for name in here.files]
            for entry in here.others:
                path = prefix + entry.name
                if entry.is_dir(follow_symlinks=False):
                    if entry.name not in _NEVER:
                        self.folders.add(path)
                        pending.append((path, entry.path))
                elif entry.is_symlink() and os.path.isdir(seen(entry.path)):  # False for a loop
                    self.links.add(path)
                else:
                    files.append(path)
        return files

    def _before(self, changes: Changes, files: list[str]) -> list[str]:
        """The files that there were before, in place of these; notes their folders."""
        names = (paths.below(path, self.root) for path in changes.old)
        old = {name for name in names if name and _NEVER.isdisjoint(name.split("/"))}
        old.update(name for name in files if not changes.is_new(self._place(name)))
        self.folders = {folder for name in old for folder in parents(name)} | {""}
        return list(old)

    def _place(self, path: str) -> str:
        return os.path.normpath(os.path.join(self.root, path))

    # ---- looking -----------------------------------------------------------------------------

    def below(self, *folders: str) -> Iterator[str]:
        """The files in these folders and their folders, as paths relative to the root, sorted."""
        for folder in folders:
            yield from self._sorted_below(folder)

    def _sorted_below(self, folder: str) -> list[str]:
        if not folder:
            return self._in_order
        from bisect import bisect_left

        first = bisect_left(self._in_order, folder + "/")
        return self._in_order[first : bisect_left(self._in_order, folder + "0")]  # "0" follows "/"

    @cached_property
    def _in_order(self) -> list[str]:
        return list(self.files)

    def has(self, path: str) -> bool:
        """Whether there is a file or folder at a path."""
        return path in self.files or path in self.folders or path in self.links

    def first(self, *paths: str) -> str | None:
        """The first of these files that there is."""
        return next((path for path in paths if path in self.files), None)

    # ---- reading -----------------------------------------------------------------------------

    def read(self, path: str) -> str:
        """The text of a file of the site; "" if it cannot be read, or is too large to be one that
        people write."""
        return self._bytes(path, _LARGEST, whole=True).decode("utf-8-sig", "replace")

    def is_unchanged(self, files: Mapping[str, Sequence[int]]) -> bool:
        """Whether files have these stamps still."""
        try:
            return all(
                state(os.path.realpath(os.path.join(self.root, path))) == tuple(since)
                for path, since in files.items()
            )
        except OSError:
            return False

    def note(self, path: str) -> None:
        """Take down the stamp of a file that is to be read next. Raises OSError."""
        self.read_files[path] = stamp(os.path.realpath(os.path.join(self.root, path)))

    def _bytes(self, path: str, limit: int, *, whole: bool) -> bytes:
        if path not in self.files:
            return b""
        if self._changes and (place := self._place(path)) in self._changes.old:
            data = self._changes.read(place)
            return b"" if whole and len(data) > limit else data[:limit]
        place = os.path.join(self.root, path)
        real = os.path.realpath(place)
        inside = os.path.realpath(self.root).rstrip(os.sep) + os.sep
        self.read_files[path] = _UNREAD
        if not real.startswith(inside) or not os.path.isfile(seen(real)):
            return b""
        try:
            self.note(path)
            with open(real, "rb") as file:
                data = file.read(limit + 1)
        except OSError:
            return b""
        return b"" if whole and len(data) > limit else data[:limit]

    def table(self, path: str) -> dict[str, Any]:
        """A YAML, TOML or JSON file as a table; empty if it is none or cannot be read. Tags of YAML
        that name code are read as null, and no code is run."""
        return parse_table(self.read(path), path)

    def front(self, path: str) -> Front | None:
        """The front matter of a file, Markdown or not; None if it has none."""
        page = self.pages.get(path)
        if page is not None:
            return page.front
        if path not in self._fronts:
            self._fronts[path] = self._read_front(path)
        return self._fronts[path]

    def _read_front(self, path: str) -> Front | None:
        data = self._bytes(path, _LONGEST_FRONT, whole=False)
        if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"---", b"+++", b"{")):
            return None
        from contentlint.frontmatter import read

        found = read(data.decode("utf-8", "replace"))
        return flatten(found.data) if found else None


def parents(path: str) -> Iterator[str]:
    """The folders that a path is in, from the innermost to the root, which is ""."""
    while path:
        path = posixpath.dirname(path)
        yield path


def parse_table(text: str, path: str) -> dict[str, Any]:
    """The table that a configuration file holds, told by its suffix; empty if it holds none."""
    try:
        if path.endswith((".yml", ".yaml")):
            data = _read_yaml(text)
        elif path.endswith(".toml"):
            with compiled_at_first_use():
                import tomllib

            data = tomllib.loads(text)
        elif path.endswith(".json"):
            import json

            data = json.loads(text)
        else:
            return {}
    except (ValueError, RecursionError):
        return {}
    return data if is_table(data) else {}


def _read_yaml(text: str) -> Any:
    import yaml

    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loader: Any = type("Loader", (base,), {})
    for prefix in ("!", "tag:"):  # `!ENV`, `!!python/name:…`
        loader.add_multi_constructor(prefix, _nothing)
    try:
        return yaml.load(text, loader)
    except yaml.YAMLError:
        return None


def _nothing(loader: Any, suffix: str, node: Any) -> None:
    """What stands for a value that only code could make."""


# ---- values of a configuration -----------------------------------------------------------------


def lowered(value: Any) -> Any:
    """A configuration with its keys in lower case, for generators to which they are the same."""
    return _lowered(value, {})


def _lowered(value: Any, known: dict[int, Any]) -> Any:
    """`known` keeps what YAML's aliases share shared, or a small file could grow without end."""
    address = id(value)
    if address in known:
        return known[address]
    if is_table(value):
        table: dict[str, Any] = {}
        known[address] = table
        table.update((str(key).lower(), _lowered(item, known)) for key, item in value.items())
        return table
    if is_list(value):
        items: list[Any] = []
        known[address] = items
        items.extend(_lowered(item, known) for item in value)
        return items
    return value


def at(table: Any, path: str) -> Any:
    """The value at a dotted path of a configuration; None if there is none."""
    for key in path.split("."):
        table = table.get(key) if is_table(table) else None
    return table


def text_at(table: Any, path: str, default: str = "") -> str:
    """The string there, or the default."""
    value = at(table, path)
    return value if isinstance(value, str) else default


def texts(value: Any) -> tuple[str, ...]:
    """A string or a list of them, as a tuple."""
    if isinstance(value, str):
        return (value,)
    return tuple(item for item in value if isinstance(item, str)) if is_list(value) else ()


def table_at(table: Any, path: str) -> dict[str, Any]:
    """The table there, or an empty one."""
    value = at(table, path)
    return value if is_table(value) else {}


def composed(path: str) -> str:
    """A path in Unicode's composed form (NFC): macOS writes the letters of file names in parts."""
    return path if path.isascii() else unicodedata.normalize("NFC", path)


def merged(
    first: Mapping[str, Any], second: Mapping[str, Any], depth: int = _DEEPEST
) -> dict[str, Any]:
    """Two tables as one, in which the second wins."""
    both = dict(first)
    for key, value in second.items():
        old = both.get(key)
        if depth and is_table(old) and is_table(value):
            value = merged(old, value, depth - 1)
        both[key] = value
    return both


def as_list(items: Any) -> Iterable[Any]:
    """A list, or nothing if it is none."""
    return items if is_list(items) else ()
