"""The image files of a site: how large they are, in pixels and in bytes.

Only the headers are read, by the package imagesize, and only of files inside the site.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any

from contentlint.tuples import NamedTuple


class Picture(NamedTuple):
    """An image file: its path relative to the site's root, and how many bytes and pixels it has; no
    pixels if its header tells none."""

    path: str
    size: int
    width: int
    height: int


def measure(root: str, path: str) -> Picture | None:
    """Measure a file of the site whose root is given. None if it cannot be read, or if it is a link
    that leads out of the site."""
    top = os.path.realpath(root).rstrip(os.sep) + os.sep
    place = os.path.realpath(os.path.join(root, path))
    if not place.startswith(top) or not os.path.isfile(place):
        return None
    try:
        with open(place, "rb") as file:
            width, height = _dimensions(file)
            return Picture(path, os.fstat(file.fileno()).st_size, width, height)
    except OSError:
        return None


def measured(path: str, data: bytes) -> Picture:
    """The same of what stood in a file."""
    from io import BytesIO

    return Picture(path, len(data), *_dimensions(BytesIO(data)))


def _dimensions(file: Any) -> tuple[int, int]:
    imagesize: Any = import_module("imagesize")  # has no types
    width, height = imagesize.get(file)
    return max(0, int(width)), max(0, int(height))
