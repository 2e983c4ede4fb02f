"""From the paths on the command line to files, and to the blogs that they belong to."""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from itertools import chain
from types import MappingProxyType

from contentlint import generators, paths
from contentlint.answers import seen
from contentlint.config import Config, Settings
from contentlint.generators.tree import Folder
from contentlint.ignores import Ignores
from contentlint.paths import Match, below
from contentlint.tuples import NamedTuple

_SUFFIXES = (".md", ".markdown", ".mdx")
_NEVER = frozenset({"node_modules", "_site", "__pycache__"})

OnError = Callable[[str, OSError], None]


class Blog(NamedTuple):
    """A site: its root, the files to report on, and all its files, as absolute paths. `listed` has
    what was found in the folders that were looked into, so that none is listed twice.
    `gone` are posts that it had before it was changed, if it is compared with that."""

    root: str
    checked: tuple[str, ...]
    files: tuple[str, ...]
    listed: Mapping[str, Folder] = MappingProxyType({})
    gone: tuple[str, ...] = ()


class Discovered(NamedTuple):
    """What there is to do, and what was named in vain.

    `skipped` are files that are excluded or no posts; `errors` are lines that say which folders
    cannot be read.
    """

    blogs: tuple[Blog, ...]
    skipped: tuple[str, ...]
    missing: tuple[str, ...]
    errors: tuple[str, ...]


def discover(named: Iterable[str], config: Config, stdin_path: str | None = None) -> Discovered:
    """Find the files below the named paths and group them by the blog they belong to.

    A file is judged against its whole blog, so a blog's `files` are all that stand below its root,
    while `checked` are those that were named. Excludes hold for files that are named, too. The
    file at `stdin_path` need not exist. The order of the paths does not matter.
    """
    found = _Found(config)
    for path in named:
        found.add(path)
    if stdin_path is not None:
        found.add_file(stdin_path)
    return Discovered(
        tuple(found.blogs()),
        tuple(sorted(set(found.skipped))),
        tuple(sorted(set(found.missing))),
        tuple(sorted(found.errors)),
    )


def with_gone(blogs: Iterable[Blog], config: Config, gone: Iterable[str]) -> tuple[Blog, ...]:
    """The blogs with those posts, among some files that are gone, that were theirs."""
    wanted = _Filter(config)
    roots = _Roots(config, _Folders())
    found: dict[str, list[str]] = {}
    for path in sorted(gone):
        root = roots.of(os.path.dirname(path)) if wanted.wants(path) else None
        if root and _would_be_found(path, root, wanted):
            found.setdefault(root, []).append(path)
    return tuple(blog._replace(gone=tuple(found.get(blog.root, ()))) for blog in blogs)


def _would_be_found(path: str, root: str, wanted: _Filter) -> bool:
    """Whether a file would be found below the root of its blog, if it were there."""
    parts = (below(path, root) or path).split("/")
    folders = parts[:-1]
    kind = generators.detect(root)
    if not _NEVER.isdisjoint(folders) or (kind and parts[0] in kind.no_posts):
        return False
    above = (os.path.join(root, *folders[: n + 1]) for n in range(len(folders)))
    return not any(part[0] == "." for part in parts) and all(map(wanted.enters, above))


class _Filter:
    """What the configuration includes and excludes, by absolute path."""

    def __init__(self, config: Config) -> None:
        settings = config.settings
        self._excluded = paths.patterns(settings.exclude, config.folder)
        self._included: Match = _is_markdown  # without patterns, which take time to load
        if settings.include != Settings.include:
            self._included = paths.patterns(settings.include, config.folder)
        # Whether a file is to be linted. Asked for each there is, so in as few steps as can be.
        self.wants: Match = self._wants if settings.exclude else self._included

    def _wants(self, path: str) -> bool:
        return self._included(path) and not self._excluded(path)

    def wanted(self, folder: str, names: Iterable[str], left_out: Container[str]) -> list[str]:
        """The paths of those files in a folder that are to be linted, of all with these names. Not
        the hidden ones, nor those left out."""
        if self._included is _is_markdown:  # without a call for each
            names = [name for name in names if name.lower().endswith(_SUFFIXES)]
        before = os.path.join(folder, "")
        found = [before + name for name in names if name[0] != "." and name not in left_out]
        is_all = self.wants is _is_markdown
        return found if is_all else [path for path in found if self.wants(path)]

    def enters(self, folder: str) -> bool:
        """Whether a folder is to be looked into."""
        return not self._excluded(folder + "/")


def _is_markdown(path: str) -> bool:
    return path.lower().endswith(_SUFFIXES)


class _Found:
    """What is found while the paths are gone through, one by one."""

    def __init__(self, config: Config) -> None:
        self._filter = _Filter(config)
        self._folders = _Folders()
        self._roots = _Roots(config, self._folders)
        # By root: each file and the widest folder by which it was named.
        self._files: dict[str | None, dict[str, str]] = {}
        self._complete: set[str] = set()  # roots below which all has been found
        self.skipped: list[str] = []
        self.missing: list[str] = []
        self.errors: set[str] = set()

    def add(self, path: str) -> None:
        """Add a file, or all below a folder."""
        absolute = os.path.abspath(path)
        if not path or not os.path.lexists(seen(absolute)):
            self.missing.append(path)
        elif os.path.isdir(absolute):
            for root, files in self._walk(absolute, self._complain):
                for file in files:
                    self._add(file, root, absolute)
                if root and below(root, absolute):
                    self._complete.add(root)
        else:
            self.add_file(path)

    def add_file(self, path: str) -> None:
        """Add a file, whether it exists or not."""
        absolute = os.path.abspath(path)
        if self._filter.wants(absolute):
            folder = os.path.dirname(absolute)
            self._add(absolute, self._roots.of(folder), folder)
        else:
            self.skipped.append(paths.show(absolute))

    def blogs(self) -> Iterator[Blog]:
        """The blogs that the files belong to, in order."""
        for root, files in sorted(self._files.items(), key=lambda item: item[0] or ""):
            checked = tuple(sorted(files))
            if root is None:
                # No sign of a site or repository: what is named is all there is.
                yield Blog(os.path.commonpath(list(files.values())), checked, checked)
            else:
                others = sorted(self._others(root))
                every = others or list(checked)
                for path in checked if others else ():  # a set would take as long as the search
                    at = bisect_left(every, path)
                    if every[at : at + 1] != [path]:
                        every.insert(at, path)
                yield Blog(root, checked, tuple(every), self._folders.listed)

    def _add(self, file: str, root: str | None, base: str) -> None:
        files = self._files.setdefault(root, {})
        files[file] = min(files.get(file, base), base, key=len)

    def _complain(self, folder: str, error: OSError) -> None:
        self.errors.add(paths.unreadable(folder, error))

    def _others(self, root: str) -> list[str]:
        if root in self._complete:
            return []
        found = (files for its_root, files in self._walk(root) if its_root == root)
        return list(chain.from_iterable(found))

    def _walk(
        self, folder: str, on_error: OnError = lambda folder, error: None
    ) -> Iterator[tuple[str | None, list[str]]]:
        """All wanted files below a folder, by the folder that they are in: the root of the blog that
        they belong to, and their paths.

        Links to folders are not followed, and links to files only within the blog, so that there are
        no loops and nothing outside is read.
        """
        pending = [(folder, Ignores.above(folder))]
        while pending:
            current, ignores = pending.pop()
            try:
                here = self._folders.look_into(current)
            except OSError as error:
                on_error(current, error)
                continue
            if here.has(".gitignore"):
                ignores = ignores.and_of(current)
            root = self._roots.of(current)
            kind = generators.detect(current, here.names()) if root == current else None
            left_out = _NEVER.union(kind.no_posts if kind else ())
            wanted = self._filter.wanted(current, here.files, left_out)
            files = ignores.spare(current, wanted)
            for entry in here.others:
                path, is_folder = entry.path, entry.is_dir(follow_symlinks=False)
                wants = self._filter.enters if is_folder else self._filter.wants
                if entry.name[0] == "." or entry.name in left_out or not wants(path):
                    continue
                if ignores.leave_out(path, is_folder=is_folder):
                    continue
                if is_folder:
                    pending.append((path, ignores))
                elif _may_be_followed(entry, root or folder):
                    files.append(path)
            yield root, files


# ---- roots -------------------------------------------------------------------------------------


class _Folders:
    """What stands in folders. Each is listed once, since one may have many thousands of posts."""

    def __init__(self) -> None:
        self.listed: dict[str, Folder] = {}

    def look_into(self, folder: str) -> Folder:
        """What stands in a folder. Raises OSError."""
        if folder not in self.listed:
            self.listed[folder] = Folder.of(folder)
        return self.listed[folder]

    def names(self, folder: str) -> Iterable[str] | None:
        """The names of all that stands in a folder that has been listed already; None of others."""
        return self.listed[folder].names() if folder in self.listed else None


class _Roots:
    """The root of the blog that a folder belongs to: configured, a generator's, a repository's.

    None if there is no sign of any. A home folder is no blog, whatever stands in it, unless the
    configuration says so: nobody wants theirs read for the sake of one file.
    """

    def __init__(self, config: Config, folders: _Folders) -> None:
        self._folders = folders
        site_root = config.settings.site.root
        self._configured = os.path.normpath(os.path.join(config.folder, site_root))
        self._is_configured = bool(site_root)
        self._config_folder = config.folder if config.path else None
        self._home = os.path.expanduser("~")
        self._known: dict[str, str | None] = {}

    def of(self, folder: str) -> str | None:
        """The root for the files of a folder, by what stands in it and above it."""
        if folder not in self._known:
            parent = os.path.dirname(folder)
            if self._is_root(folder):
                self._known[folder] = folder
            else:
                self._known[folder] = None if parent == folder else self.of(parent)
        return self._known[folder]

    def _is_root(self, folder: str) -> bool:
        if self._is_configured and below(folder, self._configured):
            return folder == self._configured
        if below(self._home, folder):
            return False
        return (
            folder == self._config_folder
            or os.path.exists(seen(os.path.join(folder, ".git")))
            or generators.detect(folder, self._folders.names(folder)) is not None
        )


# ---- walking ---------------------------------------------------------------------------------


def _may_be_followed(entry: os.DirEntry[str], root: str) -> bool:
    """Whether it is a link to a regular file in the same blog; a pipe would wait forever."""
    if not entry.is_symlink():
        return False
    target = os.path.realpath(entry.path)
    return os.path.isfile(target) and below(target, os.path.realpath(root)) is not None
