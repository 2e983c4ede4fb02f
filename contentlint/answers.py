"""An answer that was given before is given again, as long as nothing it depends on has changed.

A hook or a CI job asks the same again and again, mostly of posts that are as they were. Such a run
imports this module and nothing else, asks for the stamp of each file that counts, and says what was
said before: 2 ms after Python itself has started, and 3 µs more for each post of the blog, since any
of them may have changed.

What counts is watched rather than declared. While a run finds its answer, Python tells an audit hook
which files it opens and which folders it lists, modules and plugins included. Three kinds of things
escape the hook, and are told by whoever asks: what is merely looked for (`seen`), posts whose facts
come from the cache (`seen_all`), and what no stamp can tell (`forgo`), such as what was read from
standard input. A run that writes files, starts a process or opens a connection is never kept, nor
is one with errors; and the command must say that its answer `stands`.

The stamp of a file is when it was changed in any way, when it was modified, and its size. They are
taken when the answer is there, so a file that has changed since just before the run began spoils it:
the answer may be from before the change.

Each answer is a file of its own in the folder `answers` of the cache, named by a hash of the question:
all on which an answer depends besides files.
"""

from __future__ import annotations

import os
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:  # nothing that an unchanged post does not need is imported here, nor below
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any, TextIO

# When it was changed in any way, and modified, in nanoseconds, and its size; None if it is not there.
State = tuple[int, int, int]

_FORM = "1"  # of the files; another one whenever they are written otherwise
_FOLDER = "answers"
_MOST = 50  # answers
_LONGEST = 1_000_000  # characters of an answer
_RACY = 3_000_000_000  # nanoseconds; clocks of file systems may be that much behind
# What a run asks its environment for.
_VARIABLES = (
    "CI", "CI_PROJECT_DIR", "COLUMNS", "GITHUB_STEP_SUMMARY", "GITHUB_WORKSPACE", "HOME", "JAVA_HOME",
    "LOCALAPPDATA", "LTP_PATH", "NO_COLOR", "TERM", "USERPROFILE", "XDG_CACHE_HOME",
)  # fmt: skip
_OTHER_PLACE = ("--cache-dir", "--no-cache")  # these runs neither read nor write answers
# With one of them, an answer depends on more than files.
_WORLDLY = frozenset((
    "ftplib", "http.client", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn",
    "os.startfile", "os.system", "smtplib", "socket.connect", "socket.getaddrinfo",
    "subprocess.Popen", "urllib.Request",
))  # fmt: skip


def folder(named: str = "") -> str | None:
    """The folder of the cache, as an absolute path: the named one or, without a name, where caches
    belong on this system, by its own conventions and the XDG specification. None if that is in the
    user's home folder, and there is none."""
    home = os.path.expanduser("~")
    if own := named or os.environ.get("CONTENTLINT_CACHE_DIR"):
        return os.path.abspath(os.path.expanduser(own))
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local")
    elif sys.platform == "darwin":
        base = os.path.join(home, "Library", "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME", "")
        base = base if os.path.isabs(base) else os.path.join(home, ".cache")
    return os.path.join(base, "contentlint") if os.path.isabs(base) else None


# ---- the same again ----------------------------------------------------------------------------


def recall(arguments: list[str]) -> int | None:
    """Say what was said before to these arguments, and return the exit status; None if nothing was,
    or if it may be another answer now, and then nothing is said."""
    question = _question(arguments)
    if question is None:
        return None
    try:
        with open(_place(question), "rb") as file:
            seal, _, data = file.read().partition(b"\n")
    except OSError:
        return None
    if seal != _seal(data):
        return None
    asked, day, status, out, err, states, *paths = _decode(data).split("\0")
    if asked != _flat(question) or day != _today():
        return None
    if states != repr([_state(path) for path in paths]):
        return None
    return int(status) if _say(sys.stdout, out) and _say(sys.stderr, err) else None


def _say(stream: TextIO, text: str) -> bool:
    """Write to a stream; False if it fails, and then the run itself will say why."""
    if not text:
        return True
    reconfigure: Any = getattr(stream, "reconfigure", None)
    if reconfigure:  # what an encoding does not have must not stop us
        reconfigure(errors="backslashreplace")
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:  # whoever reads it has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    except (OSError, ValueError):
        return False
    return True


def _question(arguments: list[str]) -> list[str] | None:
    """On what an answer depends besides files; None if it cannot be told, or is not wanted."""
    streams: list[Any] = [sys.stdout, sys.stderr]
    if None in streams or folder() is None:
        return None
    if any(argument.startswith(_OTHER_PLACE) for argument in arguments):
        return None
    try:
        seen = [f"{stream.encoding} {stream.isatty()} {_columns(stream)}" for stream in streams]
        return [
            _FORM,
            *(sys.version, sys.executable, repr(sys.flags), repr(sys.path)),
            *seen,
            os.getcwd(),
            str(getattr(os, "geteuid", int)()),
            *(repr(os.environ.get(name)) for name in _VARIABLES),
            *arguments,
        ]
    except (OSError, ValueError):  # a folder that is gone, a stream that is closed
        return None


def _columns(stream: Any) -> int:
    if not stream.isatty():
        return 0
    try:
        return os.get_terminal_size(stream.fileno()).columns
    except OSError:
        return 0


def _flat(question: list[str]) -> str:
    return "\n".join(map(repr, question))


def _place(question: list[str]) -> str:
    from zlib import crc32

    return os.path.join(folder() or "", _FOLDER, f"{crc32(_encode(_flat(question))):08x}")


def _seal(data: bytes) -> bytes:
    from zlib import crc32

    return b"%08x" % crc32(data)


def _today() -> str:
    return time.strftime("%Y-%m-%d")


def _state(path: str) -> State | None:
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return status.st_ctime_ns, status.st_mtime_ns, status.st_size


def _encode(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")  # paths and posts need not be valid Unicode


def _decode(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")


# ---- watching a run ------------------------------------------------------------------------------


class _Watch:
    """What is seen of a run while it goes on."""

    def __init__(self) -> None:
        self.began = time.time_ns()
        self.paths: list[str] = []
        self.later: list[Callable[[], Iterable[tuple[str, State]]]] = []
        self.stands = False  # the command says so
        self.is_void = False
        self.told: list[list[str]] = [_copy(self, sys.stdout), _copy(self, sys.stderr)]


def _copy(this: _Watch, stream: TextIO) -> list[str]:
    """A list to which all that is written to a stream is added from now on."""
    told: list[str] = []
    write = stream.write

    def both(text: str) -> int:
        told.append(text)
        try:
            return write(text)
        except BaseException:
            this.is_void = True
            raise

    stream.write = both  # type: ignore[method-assign]
    return told


_watch: _Watch | None = None
_is_hooked = False


def watch(arguments: list[str]) -> None:
    """Watch the run that begins now, if its answer could be given again."""
    global _watch, _is_hooked
    _watch = None
    if _question(arguments) is not None:
        _watch = _Watch()
    if _watch and not _is_hooked:
        _is_hooked = True
        sys.addaudithook(_hear)


def _hear(event: str, what: tuple[Any, ...]) -> None:
    """Called by Python for whatever the program does that others may want to know of."""
    if _watch is None:
        return
    if event == "open":
        path, _, flags = what
        if isinstance(path, int):
            return
        path = os.fsdecode(path)
        if not flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            _watch.paths.append(path)
        elif not _is_bytecode(path):
            _watch.is_void = True
    elif event in ("os.listdir", "os.scandir"):
        if isinstance(what[0], (str, bytes)):
            _watch.paths.append(os.fsdecode(what[0]))
        else:
            _watch.is_void = True
    elif event in _WORLDLY:
        _watch.is_void = True


def seen(path: str) -> str:
    """Say that it counts whether there is something at a path, and when it has changed; returns it,
    so that it can be said where it is looked for."""
    if _watch is not None:
        _watch.paths.append(path)
    return path


def seen_all(states: Callable[[], Iterable[tuple[str, State]]]) -> None:
    """Say what will give, when the answer is there, many files and their stamps from before they
    were read."""
    if _watch is not None:
        _watch.later.append(states)


def forgo() -> None:
    """Say that the answer depends on what has no stamp, or is not worth keeping."""
    if _watch is not None:
        _watch.is_void = True


def stands() -> None:
    """Say that the answer of this run can be given again as long as all that was seen is the same."""
    if _watch is not None:
        _watch.stands = True


# ---- keeping its answer ---------------------------------------------------------------------------


def keep(arguments: list[str], status: int) -> None:
    """Keep the answer of the run that was watched, if it can be given again."""
    global _watch
    this, _watch = _watch, None
    question = _question(arguments)
    if this is None or question is None or not this.stands or this.is_void:
        return
    out, err = ("".join(told) for told in this.told)
    states = _states(this)
    if states is None or len(out) + len(err) > _LONGEST or "\0" in out + err or "\r" in err:
        return  # a carriage return is of a progress bar
    fields = [_flat(question), _today(), str(status), out, err, repr([*states.values()]), *states]
    data = _encode("\0".join(fields))
    from contentlint.files import write_atomically

    place = _place(question)
    try:
        os.makedirs(os.path.dirname(place), exist_ok=True)
        write_atomically(place, _seal(data) + b"\n" + data)
        _forget(os.path.dirname(place))
    except OSError:
        return  # the next run will find it out again


def _states(this: _Watch) -> dict[str, State | None] | None:
    """The stamps of all that counts; None if it may have changed since the run began."""
    found: dict[str, State | None] = {}
    for states in this.later:
        found.update(states())
    for path in (*this.paths, *_modules()):
        if path not in found and not _is_left_out(path):
            found[path] = _state(path)
    latest = this.began - _RACY
    if any(state and (max(state[:2]) > latest or state[2] < 0) for state in found.values()):
        return None
    return found


def _modules() -> Iterator[str]:
    """The sources of all that was imported."""
    for module in list(sys.modules.values()):
        file: object = getattr(module, "__file__", None)
        if isinstance(file, str):
            yield file


def _is_left_out(path: str) -> bool:
    """Whether it is Python's own, which has a version, or made of what counts itself."""
    own = os.path.dirname(os.__file__)
    return _is_bytecode(path) or (path.startswith(own) and "site-packages" not in path)


def _is_bytecode(path: str) -> bool:
    """Whether Python makes the file of a source, which need not be the first time that it is run."""
    above, name = os.path.split(path)
    return os.path.basename(above) == "__pycache__" and ".pyc" in name


def clean(where: str) -> None:
    """Remove all answers from the cache of a folder. Raises OSError."""
    place = os.path.join(where, _FOLDER)
    if os.path.isdir(place):
        for entry in os.scandir(place):
            os.remove(entry.path)
        os.rmdir(place)


def _forget(where: str) -> None:
    """Remove all but the latest answers."""
    files = sorted(os.scandir(where), key=lambda entry: entry.stat().st_mtime_ns, reverse=True)
    for entry in files[_MOST:]:
        os.remove(entry.path)
