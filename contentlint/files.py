"""Writing files so that they are never half there."""

from __future__ import annotations

import os
import stat
from contextlib import suppress


def write_atomically(path: str, data: bytes) -> None:
    """Make `data` the contents of a file at one stroke: whoever reads it, and whatever ends this
    process, there is all of the old file or all of the new one.

    A file that exists keeps its mode and, where the user may say so, its owner; a symbolic link
    stays one. What is no file, such as a terminal or a pipe, is merely written to. Raises OSError.
    """
    try:
        old = os.stat(path)
    except FileNotFoundError:
        old = None
    if old and not stat.S_ISREG(old.st_mode):
        with open(path, "wb") as device:  # a folder says itself that it is one
            device.write(data)
        return
    path = os.path.realpath(path)
    if old and not os.access(path, os.W_OK):  # which a mere replacement would not ask
        raise PermissionError(13, os.strerror(13), path)
    # Hidden, and no Markdown by its name, so that generators that watch the folder pass over it.
    new = os.path.join(os.path.dirname(path), f".contentlint-{os.urandom(8).hex()}.tmp")
    mode = stat.S_IMODE(old.st_mode) if old else 0o666
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(new, flags, mode & 0o777)
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if old:
            _keep(new, old)
        os.replace(new, path)
    except BaseException:
        os.unlink(new)
        raise


def _keep(path: str, old: os.stat_result) -> None:
    """Give a file the owner and the mode of another one."""
    if hasattr(os, "chown"):
        for owner in ((old.st_uid, -1), (-1, old.st_gid)):
            with suppress(PermissionError):  # only root may give files away
                os.chown(path, *owner)
    os.chmod(path, stat.S_IMODE(old.st_mode))
