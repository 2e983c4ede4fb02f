"""What has changed in a blog since a revision, as Git tells it.

Compared is what stands on the disk, staged or not, and files that Git does not know yet are new. What
it is compared with is the commit at which the revision and HEAD part, so that what others have done
since is nobody's change. Git is only asked, never told to change anything, and runs no code that the
repository names: no hooks, no monitors, no other programs to show differences.
"""

from __future__ import annotations

import os
import subprocess
from collections import Counter
from collections.abc import Container, Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress

from contentlint import options, paths, renames
from contentlint.finding import Finding, Identity, beyond
from contentlint.patterns import pattern
from contentlint.text import Source
from contentlint.tuples import NamedTuple

_SAFE = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.pager=cat")
_ENVIRONMENT = {
    "GIT_OPTIONAL_LOCKS": "0",  # write nothing, not even what would make the next run faster
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "LC_ALL": "C",
}
# Set by Git for its hooks; they would make another repository of each folder that is asked about.
_OF_HOOKS = (
    "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR",
    "GIT_EXTERNAL_DIFF", "GIT_DIFF_OPTS", "GIT_LITERAL_PATHSPECS", "GIT_TRACE",
)  # fmt: skip
_LINK, _REPOSITORY = "120000", "160000"  # modes of symbolic links and of repositories in others
_BREAK = pattern(r"\r\n?|\n")


class ChangesError(Exception):
    """Why Git cannot say what has changed, in one line that tells the way out."""


class _Blob(NamedTuple):
    """What a file had in it: the repository that has it, and its id there; "" for a link."""

    top: str
    id: str


class Changes:
    """How files differ from what they were, by absolute path.

    `old` are those that were there and are gone or differ. `renamed` has, of posts that have another
    path now, the one that they had.
    """

    def __init__(
        self, old: Mapping[str, _Blob], new: Iterable[str], new_folders: Iterable[str] = ()
    ) -> None:
        self.old = old
        self.renamed: Mapping[str, str] = {}
        self._new = frozenset(new)
        self._new_folders = tuple(folder.rstrip(os.sep) + os.sep for folder in new_folders)
        self._read: dict[_Blob, bytes] = {}

    @classmethod
    def known(cls, old: Mapping[str, bytes], new: Iterable[str]) -> Changes:
        """Those that are known without Git: what stood in files, and which are new."""
        made = cls({path: _Blob("", path) for path in old}, new)
        made._read = {made.old[path]: data for path, data in old.items()}
        return made

    def is_new(self, path: str) -> bool:
        """Whether there was no file at a path."""
        return path in self._new or path.startswith(self._new_folders)

    def before(self, path: str) -> str | None:
        """The path that a post had; None if there was none."""
        return self.renamed.get(path) or (None if self.is_new(path) else path)

    def touches(self, path: str) -> bool:
        """Whether a file is new or not as it was."""
        return path in self.old or path in self.renamed or self.is_new(path)

    def read(self, path: str) -> bytes:
        """What stood in one of the `old` files. Raises ChangesError."""
        blob = self.old[path]
        if blob not in self._read:
            self.fetch([path])
        return self._read[blob]

    def fetch(self, files: Iterable[str]) -> None:
        """Read what stood in several of them, which is faster at once. Raises ChangesError."""
        wanted: dict[str, list[str]] = {}
        for path in files:
            blob = self.old[path]
            if not blob.id:
                self._read[blob] = b""
            elif blob not in self._read:
                wanted.setdefault(blob.top, []).append(path)
        for top, its in wanted.items():
            ids = [self.old[path].id for path in its]
            for path, data in zip(its, _contents(top, ids), strict=True):
                if data is None:
                    way_out = "git fetch --refetch --no-filter makes the clone whole"
                    raise ChangesError(f"what {paths.show(path)} was is not here; {way_out}")
                self._read[self.old[path]] = data

    def follow(self, now: Iterable[str], gone: Iterable[str]) -> None:
        """Find out which of the posts that are there now have been renamed, given those that are gone.
        Raises ChangesError."""
        new = {path: "" for path in now if self.is_new(path)}
        old = dict.fromkeys(gone, "")
        if not new or not old:
            return
        self.fetch(old)
        for path in new:
            with suppress(OSError), open(path, "rb") as file:
                new[path] = _sketch(file.read())
        old = {path: _sketch(self.read(path)) for path in old}
        self.renamed = {path: was for was, path in renames.pair(old, new).items()}

    def lines(self, path: str, text: str) -> Container[int]:
        """The lines of a file, from 1, that are new or changed; `text` is what stands there now."""
        was = self.before(path)
        if was is None:
            return range(1, len(text) + 2)
        if was not in self.old:
            return ()
        return set(_changed(_lines(Source.decode("", self.read(was)).text), _lines(text)))


def _sketch(data: bytes) -> str:
    return renames.sketch(Source.decode("", data).text)


def _lines(text: str) -> list[str]:
    return _BREAK.split(text.removeprefix("\ufeff"))


def _changed(old: list[str], new: list[str]) -> Iterator[int]:
    """The numbers of the lines that are new or changed. Line endings are of no account."""
    from difflib import SequenceMatcher

    for tag, _, _, start, end in SequenceMatcher(None, old, new).get_opcodes():
        if tag in ("insert", "replace"):
            yield from range(start + 1, end + 1)


# ---- findings ----------------------------------------------------------------------------------


def caused(
    findings: list[Finding],
    before: list[Finding],
    sources: Mapping[str, Source],
    changes: Changes,
) -> frozenset[Identity]:
    """The findings that a change has caused, by their identities: those on lines that are new or
    changed, and those, wherever they are, that are not among those from before."""
    lines: dict[str, Container[int]] = {}
    there: set[Identity] = set()
    for finding in findings:
        path = finding.path
        if path not in lines:
            absolute = os.path.abspath(path)
            is_touched = changes.touches(absolute) and os.path.lexists(absolute)
            lines[path] = changes.lines(absolute, sources[path].text) if is_touched else ()
        if any(line in lines[path] for line in range(finding.line, finding.end_line + 1)):
            there.add(finding.identity)
    # What is said the same is the same; else as many are new as there are more of.
    known = Counter(map(_said, before))
    rest = beyond(findings, known, _said, there)
    same = Counter(said[:3] for said in (Counter(map(_said, findings)) & known).elements())
    rest = beyond(rest, Counter(map(_place, before)) - same, _place, there)
    return frozenset(there.union(finding.identity for finding in rest))


def _place(finding: Finding) -> tuple[str, ...]:
    rule, _, text, _ = finding.identity
    return finding.path, rule, text


def _said(finding: Finding) -> tuple[str, ...]:
    return (*_place(finding), finding.message)


# ---- Git ---------------------------------------------------------------------------------------


def repositories(here: str, roots: Iterable[str]) -> list[str]:
    """The folders whose repositories are to be asked about blogs with these roots: that of the working
    directory, for all that is in it, also in repositories inside of it."""
    top = paths.repository(here)
    folders = [here if top and (root == top or paths.below(root, top)) else root for root in roots]
    return list(dict.fromkeys(folders)) or [here]


def since(revision: str, folders: Iterable[str]) -> Changes:
    """What has changed since a revision in the repositories that folders are in. Raises
    ChangesError."""
    old: dict[str, _Blob] = {}
    new: list[str] = []
    new_folders: list[str] = []
    for top in dict.fromkeys(map(_top, folders)):
        base = _parting(top, revision)
        _collect(top, base, old, new, new_folders)
    return Changes(old, new, new_folders)


def _top(folder: str) -> str:
    """The top of the repository that a folder is in."""
    try:
        up = _git(folder, "rev-parse", "--show-cdup")
    except ChangesError as error:
        if "not a git repository" in str(error):
            raise ChangesError(f"{folder} is in no Git repository") from None
        raise
    return os.path.normpath(os.path.join(folder, os.fsdecode(up).strip()))


def _parting(top: str, revision: str) -> str:
    """The commit at which a revision and HEAD part."""
    if _commit(top, "HEAD") is None:
        raise ChangesError("there is no commit yet")
    commit = _commit(top, revision)
    if commit is None:
        raise ChangesError(_unknown(top, revision))
    try:
        return _text(top, "merge-base", commit, "HEAD")
    except ChangesError:
        pass
    if _text(top, "rev-parse", "--is-shallow-repository") == "true":
        raise ChangesError(
            f"this clone is too shallow to tell where `{revision}` and HEAD part; deepen it: "
            "git fetch --deepen=100, or git fetch --unshallow"
        )
    raise ChangesError(f"`{revision}` and HEAD have no commit in common")


def _commit(top: str, revision: str) -> str | None:
    if revision.startswith("-"):
        return None  # or Git takes it for an option
    try:
        return _text(top, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    except ChangesError:
        return None


def _unknown(top: str, revision: str) -> str:
    names = _text(top, "for-each-ref", "--format=%(refname:short)").split("\n")
    remote, slash, branch = revision.partition("/")
    if slash and remote in _text(top, "remote").split("\n"):
        return f"`{revision}` is not here; fetch it: git fetch {remote} {branch}"
    return options.unknown(revision, names, "revision")


def _collect(
    top: str, base: str, old: dict[str, _Blob], new: list[str], new_folders: list[str]
) -> None:
    """Add what differs from a commit in a repository, and in those inside of it."""
    # Git's own renames would be those of tracked files only.
    how = ("--raw", "-z", "--no-abbrev", "--no-renames", "--no-relative", "--no-color")
    safe = ("--no-ext-diff", "--no-textconv", "--ignore-submodules=none")
    with _copy_of_index(top) as index:
        told = _git(top, "diff", *how, *safe, base, "--", index=index)
    entries = iter(told.split(b"\0"))
    for entry in entries:
        if not entry:
            continue
        mode, _, id, _, status = entry.decode().removeprefix(":").split(" ")
        path = os.path.join(top, os.path.normpath(os.fsdecode(next(entries))))
        if _REPOSITORY in entry.decode():
            if mode != _REPOSITORY:
                new_folders.append(path)
            elif os.path.exists(os.path.join(path, ".git")):
                with suppress(ChangesError):  # it lacks that commit: nothing can be said of it
                    _collect(path, id, old, new, new_folders)
        elif status == "A":
            new.append(path)
        elif status != "U":
            old[path] = _Blob(top, "" if mode == _LINK else id)
    untracked = _git(top, "ls-files", "-z", "--others", "--exclude-standard")
    for name in filter(None, untracked.split(b"\0")):
        path = os.path.join(top, os.path.normpath(os.fsdecode(name)))
        if name.endswith(b"/"):
            new_folders.append(path)
        elif path not in old:  # it is if it was taken out of the index alone
            new.append(path)


@contextmanager
def _copy_of_index(top: str) -> Generator[str]:
    """A copy of the index, in which Git may write down what it has found out of files."""
    from shutil import copy2
    from tempfile import TemporaryDirectory

    index = os.path.join(top, _text(top, "rev-parse", "--git-path", "index"))
    with TemporaryDirectory(prefix="contentlint-") as folder:
        copy = os.path.join(folder, "index")
        with suppress(FileNotFoundError):  # nothing was ever added
            copy2(index, copy)  # by its time Git tells which files may have changed since unseen
        yield copy


def _contents(top: str, ids: list[str]) -> Iterator[bytes | None]:
    """What is stored by some ids; None for one that is not there."""
    try:
        data = _git(top, "cat-file", "--batch", asked="".join(f"{id}\n" for id in ids))
    except ChangesError as error:
        if "promisor" not in str(error):
            raise
        yield from [None] * len(ids)
        return
    at = 0
    for _ in ids:
        end = data.index(b"\n", at)
        header = data[at:end].split()
        at = end + 1
        if header[-1] == b"missing":
            yield None
            continue
        size = int(header[2])
        yield data[at : at + size]
        at += size + 1


def _text(top: str, *arguments: str) -> str:
    return os.fsdecode(_git(top, *arguments)).strip()


def _git(folder: str, *arguments: str, asked: str = "", index: str = "") -> bytes:
    """What Git says. Raises ChangesError with its own words if it fails."""
    environment = {name: value for name, value in os.environ.items() if name not in _OF_HOOKS}
    environment |= _ENVIRONMENT | ({"GIT_INDEX_FILE": index} if index else {})
    try:
        done = subprocess.run(
            [_program(), *_SAFE, *arguments],
            cwd=folder,
            env=environment,
            input=asked.encode(),
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise ChangesError(f"Git cannot be run: {error.strerror}") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().removeprefix("fatal: ")
        raise ChangesError(" ".join(said.split()) or f"git {arguments[0]} failed")
    return done.stdout


def _program() -> str:
    from shutil import which

    found = which("git")
    # Windows would take one that lies in the working directory, which may be anybody's.
    if found is None or os.path.dirname(os.path.abspath(found)) == os.getcwd():
        raise ChangesError("this needs Git, and there is no program `git`")
    return found
