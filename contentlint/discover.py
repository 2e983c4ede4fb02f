"""From the paths on the command line to files, and to the blogs that they belong to."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from contentlint import generators
from contentlint.config import Config, Settings

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_SUFFIXES = (".md", ".markdown", ".mdx")
_NEVER = frozenset({"node_modules", "_site", "__pycache__"})

Match = Callable[[str], bool]


class Blog(NamedTuple):
    """A site: its root, the files to report on, and all its files, as absolute paths."""

    root: str
    checked: tuple[str, ...]
    files: tuple[str, ...]


class Discovered(NamedTuple):
    """What there is to do, and what was named in vain."""

    blogs: tuple[Blog, ...]
    skipped: tuple[str, ...]
    missing: tuple[str, ...]


def discover(paths: Iterable[str], config: Config, stdin_path: str | None = None) -> Discovered:
    """Find the files below `paths` and group them by the blog they belong to.

    A file is judged against its whole blog, so a blog's `files` are all that stand below its root,
    while `checked` are those below `paths`. Excludes hold for files that are named, too.
    """
    checked: list[str] = []
    skipped: list[str] = []
    missing: list[str] = []
    wanted = matcher(config)
    for path in paths:
        absolute = os.path.abspath(path)
        if os.path.isdir(absolute):
            checked += walk(absolute, wanted)
        elif not os.path.lexists(absolute):
            missing.append(path)
        elif wanted(absolute):
            checked.append(absolute)
        else:
            skipped.append(path)
    if stdin_path is not None:
        (checked if wanted(os.path.abspath(stdin_path)) else skipped).append(
            os.path.abspath(stdin_path)
        )
    return Discovered(
        tuple(_group(dict.fromkeys(checked), config, wanted)), tuple(skipped), tuple(missing)
    )


def matcher(config: Config) -> Match:
    """Whether the configuration wants a file linted, by its absolute path."""
    settings = config.settings
    excluded = patterns(settings.exclude, config.folder)
    if settings.include == Settings.include:
        return lambda path: path.endswith(_SUFFIXES) and not excluded(path)
    included = patterns(settings.include, config.folder)
    return lambda path: included(path) and not excluded(path)


def patterns(lines: tuple[str, ...], folder: str) -> Match:
    """Whether an absolute path matches patterns as in a .gitignore that stands in `folder`."""
    if not lines:
        return lambda path: False
    spec = _spec(lines)

    def match(path: str) -> bool:
        relative = os.path.relpath(path, folder).replace(os.sep, "/")
        return not relative.startswith("../") and spec.match_file(relative)

    return match


def walk(folder: str, wanted: Match, *, skip_sites: bool = False) -> Iterator[str]:
    """All wanted files below a folder, sorted, without hidden and ignored ones.

    Links to folders are not followed, and links to files only within `folder`, so that there are
    no loops and nothing outside is read. With `skip_sites`, folders of other blogs are left out.
    """
    pending: list[tuple[str, tuple[tuple[str, GitIgnoreSpec], ...]]]
    pending = [(folder, tuple(_gitignores_above(folder)))]
    found: list[str] = []
    while pending:
        current, ignores = pending.pop()
        try:
            entries = list(os.scandir(current))
        except OSError:
            continue  # a folder that may not be read holds no post of ours
        if any(entry.name == ".gitignore" for entry in entries):
            ignores = (*ignores, *_gitignore(current))
        for entry in entries:
            if entry.name.startswith(".") or entry.name in _NEVER:
                continue
            is_folder = entry.is_dir(follow_symlinks=False)
            if not is_folder and not wanted(entry.path):
                continue
            if ignores and _is_ignored(entry.path, is_folder, ignores):
                continue
            if not is_folder:
                if not entry.is_symlink() or _is_inside(entry.path, folder):
                    found.append(entry.path)
            elif not (skip_sites and generators.is_site_root(entry.path)):
                pending.append((entry.path, ignores))
    return iter(sorted(found))


def _group(checked: Iterable[str], config: Config, wanted: Match) -> Iterator[Blog]:
    by_root: dict[str | None, list[str]] = {}
    roots: dict[str, str | None] = {}
    for path in checked:
        folder = os.path.dirname(path)
        if folder not in roots:
            roots[folder] = _root(folder, config)
        by_root.setdefault(roots[folder], []).append(path)
    for root, paths in by_root.items():
        if root is None:
            # No sign of a site or repository: what is named is all there is.
            yield Blog(
                os.path.commonpath([os.path.dirname(p) for p in paths]), tuple(paths), tuple(paths)
            )
        else:
            files = dict.fromkeys((*walk(root, wanted, skip_sites=True), *paths))
            yield Blog(root, tuple(paths), tuple(files))


def _root(folder: str, config: Config) -> str | None:
    """The root of the blog that a folder belongs to: configured, a generator's, the repository's."""
    if config.settings.site.root:
        return os.path.normpath(os.path.join(config.folder, config.settings.site.root))
    repository = config.folder if config.path and _contains(config.folder, folder) else None
    while True:
        if generators.is_site_root(folder):
            return folder
        if os.path.exists(os.path.join(folder, ".git")):
            return folder
        if folder == repository:
            return folder
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent


def _contains(folder: str, path: str) -> bool:
    return os.path.commonpath([folder, path]) == folder


def _is_inside(path: str, folder: str) -> bool:
    real = os.path.realpath(path)
    return os.path.exists(real) and _contains(os.path.realpath(folder), real)


def _spec(lines: Iterable[str]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec  # 16 ms, and needed only where there are patterns

    return GitIgnoreSpec.from_lines(lines)


def _gitignore(folder: str) -> Iterator[tuple[str, GitIgnoreSpec]]:
    try:
        with open(os.path.join(folder, ".gitignore"), encoding="utf-8", errors="replace") as lines:
            yield folder, _spec(lines.read().splitlines())
    except (OSError, ValueError):
        return  # Git, too, goes on without a .gitignore that it cannot read


def _gitignores_above(folder: str) -> Iterator[tuple[str, GitIgnoreSpec]]:
    """The ignore files between a folder and the top of its repository."""
    above: list[str] = []
    while not os.path.exists(os.path.join(folder, ".git")):
        parent = os.path.dirname(folder)
        if parent == folder:
            return
        above.append(parent)
        folder = parent
    for parent in reversed(above):
        if os.path.exists(os.path.join(parent, ".gitignore")):
            yield from _gitignore(parent)


def _is_ignored(path: str, is_folder: bool, ignores: Iterable[tuple[str, GitIgnoreSpec]]) -> bool:
    ignored = False
    for folder, spec in ignores:
        relative = os.path.relpath(path, folder).replace(os.sep, "/") + ("/" if is_folder else "")
        verdict = spec.check_file(relative).include
        ignored = ignored if verdict is None else verdict
    return ignored
