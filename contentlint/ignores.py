"""The ignore files of Git: which files and folders they leave out.

Most lines are a name, a path or the end of a name, such as `public/`, `/static/gen` and `*.log`. A
file of nothing else is read here, so that a hook need not import pathspec, which takes 16 ms.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from contentlint import paths
from contentlint.answers import seen
from contentlint.paths import below

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_SPECIAL = frozenset("*?[]!#\\ \t\v\f\r\n")  # what makes a line more than that


class Ignores:
    """The ignore files that hold in a folder. The last one with a say on a file wins."""

    def __init__(self, files: Sequence[_Plain | _Patterns] = ()) -> None:
        self._files = files

    @classmethod
    def above(cls, folder: str) -> Ignores:
        """Those between a folder and the top of its repository.

        They are of no account if they ignore the folder itself, since it was named all the same.
        """
        above: list[str] = []
        current = folder
        while not os.path.exists(seen(os.path.join(current, ".git"))):
            parent = os.path.dirname(current)
            if parent == current:
                return cls()
            above.append(parent)
            current = parent
        found = cls([file for parent in reversed(above) for file in _read(parent)])
        return cls() if found.leave_out(folder, is_folder=True) else found

    def and_of(self, folder: str) -> Ignores:
        """These and the one that is in a folder."""
        return Ignores([*self._files, *_read(folder)])

    def leave_out(self, path: str, *, is_folder: bool) -> bool:
        """Whether a file or folder is ignored."""
        ignored = False
        for file in self._files:
            verdict = file.verdict(below(path, file.folder) or path, is_folder)
            ignored = ignored if verdict is None else verdict
        return ignored

    def spare(self, folder: str, files: list[str]) -> list[str]:
        """Those of the files of a folder, by their paths, that are not ignored. The folder is not."""
        plain = [file for file in self._files if isinstance(file, _Plain)]
        if len(plain) < len(self._files):
            return [path for path in files if not self.leave_out(path, is_folder=False)]
        start = len(os.path.join(folder, ""))
        for file in plain:  # all at once, as there may be thousands
            names, ends = file.for_files_in(folder)
            files = [
                path for path in files if path[start:] not in names and not path.endswith(ends)
            ]
        return files


class _Plain:
    """An ignore file that has nothing but names, paths and ends of names."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self._names: dict[str, bool] = {}  # whether only a folder of that name is meant
        self._ends: dict[str, bool] = {}
        self._places: dict[str, bool] = {}  # paths from the folder of the file

    @classmethod
    def of(cls, folder: str, lines: Iterable[str]) -> _Plain | None:
        """The file with these lines; None if one of them is something else."""
        made = cls(folder)
        return made if all(map(made._takes, lines)) else None

    def _takes(self, line: str) -> bool:
        line = line.rstrip(" ")
        if not line or line[0] == "#":
            return True
        path = line.removesuffix("/")
        name = path.removeprefix("**/")
        end = name.removeprefix("*")
        place = path.removeprefix("/")
        if "/" in end:
            if not {"", ".", ".."}.isdisjoint(place.split("/")) or name != path:
                return False
            found, key = self._places, place
        else:
            found, key = (self._names, name) if name == end else (self._ends, end)
        found[key] = found.get(key, True) and path != line
        return key not in ("", ".", "..") and _SPECIAL.isdisjoint(key)

    def verdict(self, path: str, is_folder: bool) -> bool | None:
        """Whether a path relative to the folder is ignored; None if nothing is said of it."""
        names = path.split("/")
        places = accumulate(names, "{}/{}".format)
        last = len(names) - 1
        for at, (name, place) in enumerate(zip(names, places, strict=True)):
            if self._means(name, place, at < last or is_folder):
                return True
        return None

    def _means(self, name: str, place: str, is_folder: bool) -> bool:
        ends = [only for end, only in self._ends.items() if name.endswith(end)]
        found = [*ends, self._names.get(name), self._places.get(place)]
        return (is_folder and True in found) or False in found

    def for_files_in(self, folder: str) -> tuple[frozenset[str], tuple[str, ...]]:
        """The names of files in a folder below that are ignored, and the ends of such names."""
        start = "" if folder == self.folder else f"{below(folder, self.folder)}/"
        names = [name for name, only_folders in self._names.items() if not only_folders]
        for place, only_folders in self._places.items():
            if place.startswith(start) and not only_folders:
                names.append(place[len(start) :])
        ends = [end for end, only_folders in self._ends.items() if not only_folders]
        return frozenset(names), tuple(ends)


class _Patterns:
    """An ignore file of patterns of any kind."""

    def __init__(self, folder: str, spec: GitIgnoreSpec) -> None:
        self.folder = folder
        self._spec = spec

    def verdict(self, path: str, is_folder: bool) -> bool | None:
        """Whether a path relative to the folder is ignored; None if nothing is said of it."""
        return self._spec.check_file(path + "/" if is_folder else path).include


def _read(folder: str) -> Iterator[_Plain | _Patterns]:
    """The ignore file in a folder, if there is one that can be read."""
    try:
        with open(os.path.join(folder, ".gitignore"), "rb") as file:
            text = file.read().decode("utf-8", "replace")
    except OSError:
        return  # Git, too, goes on without one that it cannot read
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    yield _Plain.of(folder, lines) or _Patterns(folder, _spec(lines))


def _spec(lines: Sequence[str]) -> GitIgnoreSpec:
    try:
        return paths.spec(lines)
    except ValueError:
        return paths.spec(line for line in lines if _is_pattern(line))


def _is_pattern(line: str) -> bool:
    try:
        paths.spec([line])
    except ValueError:
        return False
    return True
