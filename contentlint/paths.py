"""Paths: as findings show them, and as patterns see them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

Match = Callable[[str], bool]


def below(path: str, folder: str) -> str | None:
    """A path relative to a folder, with `/` separators; None if it is not in that folder.

    Both are absolute. `os.path.relpath` would climb out of the folder, and raises between drives.
    """
    if path == folder:
        return "."
    prefix = folder.rstrip(os.sep) + os.sep
    return path[len(prefix) :].replace(os.sep, "/") if path.startswith(prefix) else None


def all_below(paths: Iterable[str], folder: str) -> list[str]:
    """The same of many paths; one that is not in the folder stays as it is."""
    prefix = folder.rstrip(os.sep) + os.sep
    names = [path.removeprefix(prefix) for path in paths]
    return names if os.sep == "/" else [name.replace(os.sep, "/") for name in names]


def show(path: str) -> str:
    """An absolute path as people see it: from the working directory if it is in there."""
    return below(path, os.getcwd()) or path.replace(os.sep, "/")


def show_all(paths: Iterable[str]) -> list[str]:
    """The same of many paths."""
    return all_below(paths, os.getcwd())


def repository(folder: str) -> str | None:
    """The top of the Git repository that a folder is in; None if it is in none."""
    while not os.path.exists(os.path.join(folder, ".git")):
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent
    return folder


def without_suffix(path: str, suffixes: tuple[str, ...]) -> str:
    """A path without whichever of the suffixes it ends with."""
    for suffix in suffixes:
        path = path.removesuffix(suffix)
    return path


def unreadable(path: str, error: OSError) -> str:
    """A line that says why a file or folder cannot be read."""
    return f"{show(path)}: cannot be read: {error.strerror or error}"


def patterns(lines: Iterable[str], folder: str) -> Match:
    """Whether an absolute path matches patterns as in a .gitignore that stands in `folder`.

    For a file elsewhere, which happens when several blogs share a configuration, they hold from
    the working directory. Raises ValueError if a pattern is malformed.
    """
    lines = tuple(lines)
    if lines in ((), ("*",)):  # for which no package needs to be loaded
        return lambda path: bool(lines)
    found = spec(lines)

    def match(path: str) -> bool:
        relative = below(path, folder) or below(path, os.getcwd()) or os.path.basename(path)
        return found.match_file(relative)

    return match


def spec(lines: Iterable[str]) -> GitIgnoreSpec:
    """Compile patterns as in a .gitignore. Raises ValueError if one is malformed."""
    from pathspec import GitIgnoreSpec  # 16 ms, and needed only where there are patterns

    return GitIgnoreSpec.from_lines(lines)
