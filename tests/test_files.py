"""Files are written whole or not at all."""

from __future__ import annotations

import errno
import os
import random
import signal
import stat
import subprocess
import sys
import threading
import time

import pytest

from contentlint import files
from contentlint.files import write_atomically


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """An empty folder, which is the working directory."""
    folder = tmp_path / "folder"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_a_new_file_has_the_mode_of_any_other(folder):
    (folder / "other").touch()
    write_atomically("new.txt", b"\x00\xff\r\n")
    assert (folder / "new.txt").read_bytes() == b"\x00\xff\r\n"
    assert os.stat("new.txt").st_mode == os.stat("other").st_mode
    assert sorted(os.listdir()) == ["new.txt", "other"]


@pytest.mark.parametrize("mode", [0o640, 0o600, 0o755, 0o2664, 0o222])
def test_a_file_keeps_its_mode(folder, mode):
    (folder / "a.txt").write_text("a")
    (folder / "a.txt").chmod(mode)
    write_atomically("a.txt", b"b")
    assert stat.S_IMODE(os.stat("a.txt").st_mode) == mode
    (folder / "a.txt").chmod(0o600)
    assert (folder / "a.txt").read_text() == "b"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="is not root")
def test_a_file_keeps_its_owner(folder):
    (folder / "a.txt").write_text("a")
    os.chown("a.txt", 1234, 4321)
    write_atomically("a.txt", b"b")
    assert (os.stat("a.txt").st_uid, os.stat("a.txt").st_gid) == (1234, 4321)


def test_an_owner_that_may_not_be_kept_is_no_trouble(folder, monkeypatch):
    def refuse(*arguments):
        raise PermissionError(errno.EPERM, "Operation not permitted")

    (folder / "a.txt").write_text("a")
    monkeypatch.setattr(files.os, "chown", refuse, raising=False)
    write_atomically("a.txt", b"b")
    assert (folder / "a.txt").read_text() == "b"


def test_a_link_stays_one_and_its_target_is_written(folder, tmp_path):
    (tmp_path / "target.txt").write_text("a")
    (folder / "link.txt").symlink_to("../target.txt")
    (folder / "dangling.txt").symlink_to("../missing.txt")
    for link, target in (("link.txt", "target.txt"), ("dangling.txt", "missing.txt")):
        write_atomically(link, b"b")
        assert (folder / link).is_symlink()
        assert (tmp_path / target).read_text() == "b"
    assert sorted(os.listdir()) == ["dangling.txt", "link.txt"]
    assert sorted(os.listdir(tmp_path)) == ["folder", "missing.txt", "target.txt"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_pipe_is_written_to_and_stays_one(folder):
    os.mkfifo("pipe")
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append((folder / "pipe").read_bytes()))
    reader.start()
    write_atomically("pipe", b"b")
    reader.join()
    assert read == [b"b"]
    assert stat.S_ISFIFO(os.stat("pipe").st_mode)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no full disk")
def test_a_full_device_is_told():
    with pytest.raises(OSError, match="No space left"):
        write_atomically("/dev/full", b"b")


@pytest.mark.parametrize(
    ("path", "error"),
    [
        ("folder", IsADirectoryError),
        ("no/a.txt", FileNotFoundError),
        ("old.txt/a.txt", NotADirectoryError),
        ("loop", OSError),
        ("x" * 300, OSError),
    ],
)
def test_what_cannot_be_written_is_told_and_leaves_nothing_behind(folder, path, error):
    (folder / "folder").mkdir()
    (folder / "old.txt").write_text("a")
    (folder / "loop").symlink_to("loop")
    with pytest.raises(error):
        write_atomically(path, b"b")
    assert sorted(os.listdir()) == ["folder", "loop", "old.txt"]
    assert (folder / "old.txt").read_text() == "a"


@pytest.mark.parametrize("call", ["fsync", "chmod", "replace"])
@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, "No space"), KeyboardInterrupt("No space")]
)
def test_what_goes_wrong_leaves_the_file_as_it_was(folder, monkeypatch, call, error):
    def fail(*arguments):
        raise error

    (folder / "a.txt").write_text("a")
    monkeypatch.setattr(files.os, call, fail)
    with pytest.raises(type(error), match="No space"):
        write_atomically("a.txt", b"b")
    assert (folder / "a.txt").read_text() == "a"
    assert os.listdir() == ["a.txt"]


def test_a_file_that_may_not_be_written_is_not_replaced(folder, monkeypatch):
    (folder / "a.txt").write_text("a")
    monkeypatch.setattr(files.os, "access", lambda path, mode: False)
    with pytest.raises(PermissionError):
        write_atomically("a.txt", b"b")
    assert (folder / "a.txt").read_text() == "a"


WRITE_FOR_EVER = """
from itertools import cycle
from contentlint.files import write_atomically
for letter in cycle("ab"):
    write_atomically("a.txt", letter.encode() * 500_000)
"""


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="a process cannot be killed so")
def test_killed_at_any_moment_it_leaves_a_whole_file(folder):
    write_atomically("a.txt", b"a" * 500_000)
    torn = 0
    for _ in range(100):
        process = subprocess.Popen([sys.executable, "-c", WRITE_FOR_EVER])
        started = time.monotonic()
        inode = os.stat("a.txt").st_ino
        while os.stat("a.txt").st_ino == inode and time.monotonic() < started + 20:
            time.sleep(0.001)  # until it has written once
        time.sleep(random.uniform(0, 0.01))
        process.send_signal(signal.SIGKILL)
        process.wait()
        data = (folder / "a.txt").read_bytes()
        assert data in (b"a" * 500_000, b"b" * 500_000)
        for name in set(os.listdir()) - {"a.txt"}:
            torn += 1
            os.unlink(name)
    assert torn, "it was never killed while it wrote"
