"""What earlier runs found out, kept in one SQLite file in the user's cache folder.

Nothing in it is needed: a cache that is missing, locked, damaged or of another version of
contentlint is as good as an empty one, and what is read from it is what the run would find out by
itself. SQLite does not see damage inside of a value, so each has a checksum before it. What is read in a run is from one moment, whatever other runs write meanwhile; and a run
whose ground another one has changed does not write. Texts are JSON, so that reading runs nothing.
"""

from __future__ import annotations

import os
import time
from array import array
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from itertools import chain
from struct import iter_unpack
from typing import TYPE_CHECKING, Any
from zlib import crc32

from contentlint import answers
from contentlint.answers import State, seen
from contentlint.tuples import NamedTuple

if TYPE_CHECKING:
    from sqlite3 import Connection

_TABLES = """
CREATE TABLE IF NOT EXISTS blog
    (id INTEGER PRIMARY KEY, key BLOB UNIQUE, state INTEGER DEFAULT 0, used INTEGER);
CREATE TABLE IF NOT EXISTS posts
    (blog INTEGER, state INTEGER, paths BLOB, stamps BLOB, hashes BLOB, gone BLOB,
     PRIMARY KEY (blog, state));
CREATE TABLE IF NOT EXISTS facts
    (blog INTEGER, path BLOB, outline BLOB, facts BLOB, PRIMARY KEY (blog, path));
CREATE TABLE IF NOT EXISTS checks
    (blog INTEGER, path BLOB, basis BLOB, value BLOB, PRIMARY KEY (blog, path));
CREATE TABLE IF NOT EXISTS shared
    (blog INTEGER, name TEXT, value BLOB, PRIMARY KEY (blog, name));
CREATE TABLE IF NOT EXISTS memo
    (kind TEXT, key BLOB, value BLOB, used INTEGER, PRIMARY KEY (kind, key));
"""
_FORM = 4  # of what is in the tables; another number whenever that is written otherwise
_VERSION = crc32(b"%d %s" % (_FORM, _TABLES.encode())) & 0x7FFFFFFF
_WAIT = 0.5  # seconds for another run to finish writing, before going on without it
_DAY = 86_400  # seconds; what was used on one day is marked once
_KEPT = 60 * _DAY  # what was not used for so long is forgotten
_RACY = 3_000_000_000  # nanoseconds
_FILE = "cache.sqlite"
HASH = 16  # bytes of a hash
_CHECKSUM = 4  # bytes
_MOST_CHANGES = 20  # rows on the posts of a blog, before they become one again
_AT_ONCE = 500  # keys in one query; SQLite takes 999 and more


class Info(NamedTuple):
    """What is in a cache: where it is, its size in bytes, and how many blogs and posts it knows."""

    path: str
    size: int
    blogs: int
    posts: int


def info(where: str, tell: Callable[[str], object]) -> Info | None:
    """What is in the cache of a folder; None if there is none."""
    cache = Cache(where, tell)
    if not os.path.exists(cache.path):
        return None
    ((blogs,),) = cache.rows("SELECT count(*) FROM blog") or [(0,)]
    ((posts,),) = cache.rows("SELECT count(*) FROM facts") or [(0,)]
    cache.close()
    size = sum(os.path.getsize(path) for path in _files(cache.path) if os.path.exists(path))
    return Info(cache.path, size, blogs, posts)


def clean(where: str) -> str | None:
    """Remove the cache of a folder, and say which file that was; None if there is none. Raises
    OSError."""
    answers.clean(where)
    path = os.path.join(where, _FILE)
    if not os.path.lexists(path):
        return None
    _remove(path)
    return path


class Stamp(NamedTuple):
    """By what a file is known to be unchanged without being read: when it was changed in any way,
    and modified, in nanoseconds, and its size in bytes."""

    changed: int
    modified: int
    size: int


def stamp(file: str) -> Stamp:
    """The stamp of a file that is to be read next. Raises OSError.

    One that was changed a moment ago may change again without a sign, since file systems have
    clocks of up to two seconds; its stamp is that of no file. Git calls that racy.
    """
    found = Stamp(*state(file))
    is_racy = max(found.changed, found.modified) > time.time_ns() - _RACY
    return found._replace(size=-1) if is_racy else found


def state(file: str) -> State:
    """What the stamp of a file that has not changed is, as a plain tuple. Raises OSError."""
    status = os.stat(seen(file))
    return status.st_ctime_ns, status.st_mtime_ns, status.st_size


def states(files: Iterable[str]) -> Iterator[State | None]:
    """The same of many files, given by absolute paths; None of one that cannot be asked for.

    The system looks for the files of a folder from there, and not from the root each time: 3 µs
    instead of 4.
    """
    opened: int | None = None
    folder = ""
    try:
        for file in files:
            above, _, name = file.rpartition(os.sep)
            if above != folder:
                _let_go(opened)
                folder, opened = above, _opened(above)
            try:
                status = os.stat(file) if opened is None else os.stat(name, dir_fd=opened)
            except OSError:
                yield None
            else:
                yield status.st_ctime_ns, status.st_mtime_ns, status.st_size
    finally:
        _let_go(opened)


def _opened(folder: str) -> int | None:
    """A folder from which files can be looked for; None if there is no such thing."""
    if os.stat not in os.supports_dir_fd:
        return None
    try:
        return os.open(folder, os.O_RDONLY)
    except OSError:
        return None


def _let_go(opened: int | None) -> None:
    if opened is not None:
        os.close(opened)


class Known:
    """By what posts are recognised: `paths` are sorted, `stamps` are theirs in this order, and so are
    the hashes of their bytes (`contents`) and of their `outlines`, one behind the other."""

    def __init__(self) -> None:
        self.paths: list[str] = []
        self.stamps: list[State] = []
        self.contents = bytearray()
        self.outlines = bytearray()

    def __contains__(self, path: str) -> bool:
        return self._at(path) is not None

    def _at(self, path: str) -> int | None:
        at = bisect_left(self.paths, path)
        return at if self.paths[at : at + 1] == [path] else None

    def add(self, path: str, stamp: State, content: bytes, outline: bytes) -> None:
        """Add a post, or say what it is now."""
        at = bisect_left(self.paths, path)
        end = at + (self.paths[at : at + 1] == [path])
        self.paths[at:end], self.stamps[at:end] = [path], [stamp]
        self.contents[at * HASH : end * HASH] = content
        self.outlines[at * HASH : end * HASH] = outline

    def remove(self, path: str) -> None:
        """Forget a post, if it is known."""
        at = self._at(path)
        if at is not None:
            del self.paths[at], self.stamps[at]
            for hashes in (self.contents, self.outlines):
                del hashes[at * HASH : (at + 1) * HASH]

    def update(self, changed: Known, gone: Iterable[str] = ()) -> None:
        """Add those that are new or have changed, and forget those that are gone."""
        for path, stamp in zip(changed.paths, changed.stamps, strict=True):
            self.add(path, stamp, *changed.hashes(path))
        for path in gone:
            self.remove(path)

    def stamp(self, path: str) -> State | None:
        """The stamp of a post; None if it is not known."""
        at = self._at(path)
        return None if at is None else self.stamps[at]

    def hashes(self, path: str) -> tuple[bytes, bytes]:
        """The hashes of the bytes and of the outline of a post. Raises KeyError."""
        at = self._at(path)
        if at is None:
            raise KeyError(path)
        own = slice(at * HASH, (at + 1) * HASH)
        return bytes(self.contents[own]), bytes(self.outlines[own])


class Row(NamedTuple):
    """A post as it is kept, its outline and its facts as JSON."""

    outline: bytes
    facts: bytes


def digest(*parts: bytes | str) -> bytes:
    """A hash of texts or bytes, of `HASH` bytes; where one ends and the next begins counts."""
    try:
        from _blake2 import blake2b  # the same; hashlib loads OpenSSL besides, for 3 ms
    except ImportError:
        from hashlib import blake2b

    hashed = blake2b(digest_size=HASH)
    for part in parts:
        data = _encode(part) if isinstance(part, str) else part
        hashed.update(b"%d:" % len(data))
        hashed.update(data)
    return hashed.digest()


def _encode(text: str) -> bytes:
    """Text as it is kept; paths need not be valid Unicode."""
    return text.encode("utf-8", "surrogatepass")


def _decode(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")


def _seal(data: bytes) -> bytes:
    """Data with its checksum, as it is kept."""
    return crc32(data).to_bytes(_CHECKSUM, "big") + data


class Cache:
    """The cache in a folder, which is made if it does not exist.

    Trouble is told once, in a line, by `tell`; from then on the cache is as an empty one, and
    nothing is written.
    """

    def __init__(self, where: str, tell: Callable[[str], object]) -> None:
        self.path = os.path.join(where, _FILE)
        self._tell = tell
        self._connection: Connection | None = None
        self._is_broken = False
        self._to_keep: list[tuple[str, bytes, bytes, int]] = []

    def close(self) -> None:
        """Write what is to be kept, and let go of the file."""
        self._write_results()
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def blog(self, root: str, basis: str) -> Blog:
        """What is known of the blog at `root`, provided that it was found on the same `basis`:
        settings and versions, as text."""
        return Blog(self, _encode(f"{root}\n{basis}"))

    # ---- small results, by the hash of what they were made from ---------------------------------

    def recall(self, kind: str, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """The results of a kind that are known, by key."""
        wanted = list(dict.fromkeys(keys))
        found: dict[bytes, bytes] = {}
        for first in range(0, len(wanted), _AT_ONCE):
            part = wanted[first : first + _AT_ONCE]
            marks = ",".join("?" * len(part))
            query = f"SELECT key, value FROM memo WHERE kind = ? AND key IN ({marks})"
            for key, value in self.rows(query, kind, *part):
                data = self.unseal(value)
                if data is not None:
                    found[key] = data
        return found

    def keep(self, kind: str, results: Mapping[bytes, bytes]) -> None:
        """Keep results of a kind, by key, once the cache is closed."""
        now = int(time.time())
        self._to_keep += [(kind, key, _seal(value), now) for key, value in results.items()]

    def _write_results(self) -> None:
        def write(connection: Connection) -> None:
            connection.executemany("INSERT OR REPLACE INTO memo VALUES (?, ?, ?, ?)", self._to_keep)
            oldest = int(time.time()) - _KEPT
            connection.execute("DELETE FROM memo WHERE used < ?", (oldest,))

        if self._to_keep:
            self.write(write)

    # ---- the file ----------------------------------------------------------------------------

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What a query finds; nothing if the cache cannot be used."""
        import sqlite3

        connection = self._open()
        if connection is None:
            return []
        try:
            if not connection.in_transaction:
                connection.execute("BEGIN")
            return connection.execute(query, values).fetchall()
        except sqlite3.Error as error:
            self._give_up(error)
            return []

    def unseal(self, kept: object) -> bytes | None:
        """What was kept with a checksum; None if it is damaged, and then so is the cache."""
        if isinstance(kept, bytes):
            data = kept[_CHECKSUM:]
            if kept == _seal(data):
                return data
        from sqlite3 import DatabaseError

        self._give_up(DatabaseError("a checksum is wrong"))
        return None

    def write(self, change: Callable[[Connection], object]) -> bool:
        """Make a change, as a whole or not at all. Tells whether it is made."""
        import sqlite3

        connection = self._open()
        if connection is None:
            return False
        try:
            if connection.in_transaction:
                connection.execute("COMMIT")
            connection.execute("BEGIN IMMEDIATE")
            change(connection)
            connection.execute("COMMIT")
        except sqlite3.Error as error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            self._give_up(error)
            return False
        return True

    def _open(self) -> Connection | None:
        if self._connection is None and not self._is_broken:
            import sqlite3

            try:
                os.makedirs(os.path.dirname(self.path), exist_ok=True)
                self._connection = sqlite3.connect(self.path, timeout=_WAIT, isolation_level=None)
                _prepare(self._connection)
            except (OSError, sqlite3.Error) as error:
                self._give_up(error)
        return self._connection

    def _give_up(self, error: Exception) -> None:
        """Go on without; a file that is no database is taken away, so that the next run has one."""
        import sqlite3

        if self._is_broken:
            return
        self._is_broken = True
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        is_damaged = isinstance(error, sqlite3.DatabaseError) and not isinstance(
            error, sqlite3.OperationalError
        )
        if is_damaged:
            with suppress(OSError):
                _remove(self.path)
                self._tell(f"the cache was damaged and has been removed: {self.path}")
                return
        if "locked" not in str(error):  # another run is writing; that is no trouble
            self._tell(f"the cache cannot be used: {self.path}: {error}")


def _prepare(connection: Connection) -> None:
    """Make the tables, unless they are there. Another program's file is not touched."""
    from sqlite3 import OperationalError

    connection.execute("PRAGMA synchronous = NORMAL")
    ((version,),) = connection.execute("PRAGMA application_id").fetchall()
    if version == _VERSION:
        return
    old = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    if old and not version:
        raise OperationalError("it belongs to another program; name another folder")
    connection.execute("PRAGMA auto_vacuum = FULL")  # the file shrinks with what is in it
    connection.execute("PRAGMA journal_mode = WAL")
    dropped = "".join(f"DROP TABLE {name};" for (name,) in old)
    connection.executescript(
        f"BEGIN IMMEDIATE; {dropped} {_TABLES} PRAGMA application_id = {_VERSION}; COMMIT"
    )


def _files(path: str) -> list[str]:
    """A database, and what SQLite may have beside it."""
    return [path + suffix for suffix in ("", "-wal", "-shm")]


def _remove(path: str) -> None:
    for file in _files(path):
        if os.path.lexists(file):
            os.remove(file)


class Blog:
    """What the cache knows of one blog."""

    def __init__(self, cache: Cache, key: bytes) -> None:
        self._cache = cache
        self._key = key
        rows = cache.rows("SELECT id, state FROM blog WHERE key = ?", key)
        self._id, self._state = rows[0] if rows else (None, 0)
        self._changes = 0  # the rows on its posts

    @cached_property
    def posts(self) -> Known:
        """The posts that are known. 0.2 µs a post, since it is a few texts and not a row for each
        of them that is read: one row for all, and one for what each later run has changed."""
        query = "SELECT paths, stamps, hashes, gone FROM posts WHERE blog = ? ORDER BY state"
        known = Known()
        for packed in self._cache.rows(query, self._id):
            paths, stamps, hashes, gone = map(self._cache.unseal, packed)
            if paths is None or stamps is None or hashes is None or gone is None:
                return Known()
            row = _unpack(paths, stamps, hashes)
            if self._changes:
                known.update(row, _names(gone))
            else:
                known = row
            self._changes += 1
        return known

    def facts(self, path: str) -> bytes | None:
        """The facts of a post as they were kept."""
        return self._value("SELECT facts FROM facts WHERE blog = ? AND path = ?", _encode(path))

    def outline(self, path: str) -> bytes | None:
        """The outline of a post as it was kept."""
        outline = self._outlines.get(_encode(path))
        return None if outline is None else self._cache.unseal(outline)

    @cached_property
    def _outlines(self) -> dict[bytes, object]:
        """Those of all posts by path, in one query, since some runs need them all."""
        return dict(self._cache.rows("SELECT path, outline FROM facts WHERE blog = ?", self._id))

    def _value(self, query: str, *values: object) -> bytes | None:
        rows = self._cache.rows(query, self._id, *values)
        return self._cache.unseal(rows[0][0]) if rows else None

    def check(self, path: str, basis: bytes) -> bytes | None:
        """What the file rules found in a post, if that was found on the same basis."""
        query = "SELECT value FROM checks WHERE blog = ? AND path = ? AND basis = ?"
        return self._value(query, _encode(path), basis)

    def shared(self, name: str) -> bytes | None:
        """What was kept of the blog as a whole by this name."""
        return self._value("SELECT value FROM shared WHERE blog = ? AND name = ?", name)

    def save(
        self,
        changed: Known,
        gone: Collection[str],
        rows: Iterable[tuple[str, Row]],
        checks: Mapping[str, tuple[bytes, bytes]],
        shared: Mapping[str, bytes],
    ) -> None:
        """Keep what has changed since `posts`: by what these are recognised, their rows, what file
        rules have found and on what basis, and what is known of the blog as a whole; forget posts
        that are gone. All of it or, if another run has written meanwhile, nothing."""

        def write(connection: Connection) -> None:
            now = int(time.time())
            before = connection.execute("SELECT id, state FROM blog WHERE key = ?", (self._key,))
            if (before.fetchone() or (None, 0)) != (self._id, self._state):
                return
            this = self._id
            if this is None:
                insert = connection.execute("INSERT INTO blog (key) VALUES (?)", (self._key,))
                this = insert.lastrowid
            self._save_posts(connection, this, changed, gone)
            connection.executemany(
                "INSERT OR REPLACE INTO facts VALUES (?, ?, ?, ?)",
                ((this, _encode(path), *map(_seal, row)) for path, row in rows),
            )
            connection.executemany(
                "INSERT OR REPLACE INTO checks VALUES (?, ?, ?, ?)",
                ((this, _encode(path), own, _seal(found)) for path, (own, found) in checks.items()),
            )
            for table in ("facts", "checks"):
                connection.executemany(
                    f"DELETE FROM {table} WHERE blog = ? AND path = ?",
                    [(this, _encode(path)) for path in gone],
                )
            connection.executemany(
                "INSERT OR REPLACE INTO shared VALUES (?, ?, ?)",
                ((this, name, _seal(value)) for name, value in shared.items()),
            )
            connection.execute(
                "UPDATE blog SET state = state + 1, used = ? WHERE id = ?", (now, this)
            )
            _forget(connection, now - _KEPT)

        self._cache.write(write)

    def _save_posts(
        self, connection: Connection, this: int | None, changed: Known, gone: Collection[str]
    ) -> None:
        """Add a row on what has changed, or make one of all there are."""
        if self._changes >= _MOST_CHANGES:
            self.posts.update(changed, gone)
            changed, gone = self.posts, ()
            connection.execute("DELETE FROM posts WHERE blog = ?", (this,))
        if changed.paths or gone:
            packed = map(_seal, (*_pack(changed), _encode("\0".join(gone))))
            connection.execute(
                "INSERT INTO posts VALUES (?, ?, ?, ?, ?, ?)", (this, self._state, *packed)
            )


def _pack(posts: Known) -> tuple[bytes, bytes, bytes]:
    numbers = array("q", chain.from_iterable(posts.stamps)).tobytes()
    return _encode("\0".join(posts.paths)), numbers, bytes(posts.contents + posts.outlines)


def _unpack(paths: bytes, stamps: bytes, hashes: bytes) -> Known:
    known = Known()
    known.paths, known.stamps = _names(paths), list(iter_unpack("3q", stamps))
    known.contents = bytearray(hashes[: len(hashes) // 2])
    known.outlines = bytearray(hashes[len(hashes) // 2 :])
    return known


def _names(joined: bytes) -> list[str]:
    return _decode(joined).split("\0") if joined else []


def _forget(connection: Connection, before: int) -> None:
    """Drop the blogs that were not used since."""
    old = connection.execute("SELECT id FROM blog WHERE used < ?", (before,)).fetchall()
    for table in ("posts", "facts", "checks", "shared") if old else ():
        connection.executemany(f"DELETE FROM {table} WHERE blog = ?", old)
    connection.executemany("DELETE FROM blog WHERE id = ?", old)
