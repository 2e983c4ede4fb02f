"""The baseline: findings that are let be because they were there when the blog began to be linted.

It counts how often each rule found a text in a file. Lines and columns do not matter, so an entry
stays when something else in the file is edited, and moves with the text. Of a file's entries those
that occur oftener than before are too many, whichever of them came last.

The file is made to be read in reviews and merged by Git: sorted, one entry a line.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping
from typing import TYPE_CHECKING, Any
from zlib import crc32

from contentlint import paths, renames
from contentlint.files import write_atomically
from contentlint.finding import Finding, Identity, beyond
from contentlint.options import is_list, is_table
from contentlint.text import Source, Span
from contentlint.tuples import NamedTuple

if TYPE_CHECKING:
    from contentlint.discover import Discovered
    from contentlint.engine import Result
    from contentlint.rule import Rule

_VERSION = 1
_LONGEST = 80  # characters of a text; of a longer one the beginning, and a checksum of all
_CONFLICT = "<<<<<<< "  # with which Git begins what it cannot merge


class BaselineError(Exception):
    """A baseline that cannot be used or written, in one line that begins with its path."""


class Entry(NamedTuple):
    """What is let be: what a rule finds at a text in a file, by its path from the baseline's folder."""

    path: str
    rule: str
    text: str


class Baseline(NamedTuple):
    """What is let be, and how often; the sketches are those of the files, see renames."""

    file: str
    counts: Mapping[Entry, int]
    sketches: Mapping[str, str]

    @property
    def folder(self) -> str:
        """The folder that its paths begin at."""
        return os.path.dirname(self.file)


class Compared(NamedTuple):
    """Findings, held against a baseline: those it does not know, and how often each entry occurs.
    `moved` has the new paths of files that have another name now."""

    rest: list[Finding]
    occurs: Mapping[Entry, int]
    moved: Mapping[str, str]


# ---- the file ----------------------------------------------------------------------------------


def load(file: str) -> Baseline:
    """Read a baseline, by its absolute path. Raises BaselineError."""
    shown = paths.show(file)
    try:
        with open(file, "rb") as opened:
            text = opened.read().decode("utf-8-sig")
    except OSError as error:
        raise BaselineError(paths.unreadable(file, error)) from None
    except UnicodeDecodeError:
        raise BaselineError(f"{shown}: is no baseline, for it is not UTF-8") from None
    try:
        data: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BaselineError(_broken(shown, text, error)) from None
    version = data.get("version") if is_table(data) else None
    if type(version) is int and version > _VERSION:
        raise BaselineError(f"{shown}: is of a later version of contentlint; install that")
    if version != _VERSION or type(version) is not int:
        raise BaselineError(f"{shown}: is no baseline of contentlint")
    counts: dict[Entry, int] = {}
    for item in _items(data, "findings", shown):
        entry, count = Entry(item["path"], item["rule"], item["text"]), item["count"]
        counts[entry] = min(count, counts.get(entry, count))  # two, if a merge has kept both sides
    sketches = {item["path"]: item["sketch"] for item in _items(data, "files", shown)}
    return Baseline(file, counts, sketches)


_TYPES = {
    "findings": {"path": str, "rule": str, "text": str, "count": int},
    "files": {"path": str, "sketch": str},
}


def _items(data: dict[str, Any], name: str, shown: str) -> Iterable[dict[str, Any]]:
    items: Any = data.get(name)
    types = _TYPES[name]
    for item in items if is_list(items) else (None,):
        if not is_table(item) or {key: type(value) for key, value in item.items()} != types:
            raise BaselineError(f"{shown}: the list `{name}` is not as contentlint writes it")
        yield item


def _broken(shown: str, text: str, error: Exception) -> str:
    line = getattr(error, "lineno", 1)
    for number, beginning in enumerate(text.split("\n"), 1):
        if beginning.startswith(_CONFLICT):
            way_out = "take either side, then run contentlint baseline update"
            return f"{shown}:{number}: is in the middle of a merge; {way_out}"
    return f"{shown}:{line}: is no baseline, for it is no JSON"


def save(baseline: Baseline) -> None:
    """Write a baseline at one stroke. Raises BaselineError."""
    try:
        write_atomically(baseline.file, _text(baseline).encode("utf-8", "backslashreplace"))
    except OSError as error:
        shown = paths.show(baseline.file)
        raise BaselineError(f"cannot write to {shown}: {error.strerror}") from None


def _text(baseline: Baseline) -> str:
    files = [{"path": path, "sketch": its} for path, its in sorted(baseline.sketches.items())]
    findings = [_line(entry, count) for entry, count in sorted(baseline.counts.items())]
    return (
        f'{{"version": {_VERSION},\n'
        f'"files": [{_lines(map(_dump, files))}],\n'
        f'"findings": [{_lines(findings)}]}}\n'
    )


def _lines(items: Iterable[str]) -> str:
    return "".join(f"\n{item}," for item in items).removesuffix(",") + "\n"


def _line(entry: Entry, count: int) -> str:
    return _dump({**entry._asdict(), "count": count})


def _dump(data: object) -> str:
    return json.dumps(data, ensure_ascii=False)


# ---- findings ----------------------------------------------------------------------------------


def compare(result: Result, baseline: Baseline, first: Container[Identity] = ()) -> Compared:
    """Hold what a run found against a baseline. If something occurs oftener than it did, the rest are
    as many as are too many, rather those whose identities are in `first`."""
    known = _names(result, baseline)
    moved = _moved(result, baseline, known)
    before = {new: old for old, new in moved.items()}

    def entry(finding: Finding) -> Entry:
        path = known[finding.path]
        return _entry(before.get(path, path), finding)

    rest = beyond(result.findings, baseline.counts, entry, first)
    occurs = Counter(map(entry, result.findings))
    return Compared(rest, {e: min(occurs[e], n) for e, n in baseline.counts.items()}, moved)


def made_of(result: Result, file: str) -> Baseline:
    """The baseline of all that a run found."""
    empty = Baseline(file, {}, {})
    known = _names(result, empty)
    counts = Counter(_entry(known[finding.path], finding) for finding in result.findings)
    shown = {name: path for path, name in known.items()}
    return Baseline(file, counts, _sketches(result, shown, {entry.path for entry in counts}))


def updated(
    result: Result, baseline: Baseline, compared: Compared, gone: Mapping[Entry, int]
) -> Baseline:
    """The baseline without what is gone, and with the new names of files."""
    moved = compared.moved
    counts = {
        entry._replace(path=moved.get(entry.path, entry.path)): count - gone.get(entry, 0)
        for entry, count in baseline.counts.items()
        if count > gone.get(entry, 0)
    }
    shown = {name: path for path, name in _names(result, baseline).items()}
    wanted = {entry.path for entry in counts}
    now = _sketches(result, shown, wanted & shown.keys())
    old = {moved.get(path, path): its for path, its in baseline.sketches.items()}
    sketches = {path: _kept(old.get(path, ""), now.get(path)) for path in wanted}
    return Baseline(baseline.file, counts, sketches)


def _kept(old: str, now: str | None) -> str:
    """The sketch of a file: the old one as long as it is good enough, so that lines of the baseline do
    not change with each edit."""
    return old if now is None or renames.is_alike(old, now) else now


def gone(
    baseline: Baseline, compared: Compared, judges: Callable[[Entry], bool]
) -> dict[Entry, int]:
    """How often each entry that is judged occurs less than it did."""
    return {
        entry: count - compared.occurs[entry]
        for entry, count in baseline.counts.items()
        if count > compared.occurs[entry] and judges(entry)
    }


def judged_by(
    found: Discovered,
    named: Iterable[str],
    rules: Iterable[Rule],
    baseline: Baseline,
    *,
    lacks_engine: bool,
) -> Callable[[Entry], bool]:
    """Whether a run over the named paths with these rules would find what an entry says, if it were
    there still: its rule ran on its file; or its file is gone, and whatever it may have become was
    looked at. What a grammar engine said is not judged if that could not be asked."""
    rules = [rule for rule in rules if not (lacks_engine and rule.speaks_for)]
    ids = {rule.id for rule in rules}
    open_concerns = {rule.concern for rule in rules if rule.speaks_for}
    checked = {path for blog in found.blogs for path in blog.checked}
    is_whole = not found.errors and all(blog.checked == blog.files for blog in found.blogs)
    folders = [os.path.abspath(path) for path in named if os.path.isdir(path)] if is_whole else []

    def judges(entry: Entry) -> bool:
        if entry.rule not in ids and entry.rule.split("/")[0] not in open_concerns:
            return False
        path = os.path.normpath(os.path.join(baseline.folder, entry.path))
        return path in checked or any(paths.below(path, folder) for folder in folders)

    return judges


def unused(baseline: Baseline, gone: Mapping[Entry, int]) -> tuple[Source, list[Finding]]:
    """Tell of what is gone as findings in the baseline's file."""
    with open(baseline.file, "rb") as opened:
        source = Source.decode(paths.show(baseline.file), opened.read())
    return source, [_finding(source, entry, baseline.counts[entry], gone[entry]) for entry in gone]


def _finding(source: Source, entry: Entry, count: int, less: int) -> Finding:
    line = _line(entry, count)
    start = max(0, source.text.find(line))
    end = start + len(line) if source.text.startswith(line, start) else start
    text = f" at `{entry.text}`" if entry.text else ""
    times = "" if count == less else f" {less} of {count} times"
    message = f"{entry.rule}{text} in {entry.path} is gone{times}"
    rule = "baseline/unused"
    return Finding(
        source.path,
        *source.position(start),
        *source.position(end),
        rule,
        "warning",
        message,
        (),
        None,
        (rule, source.path, line, 0),
        Span(start, end),
    )


def _names(result: Result, baseline: Baseline) -> dict[str, str]:
    """The checked files by their paths in findings, as the baseline names them."""
    folder = baseline.folder
    return {shown: _relative(os.path.abspath(shown), folder) for shown in result.sources}


def _relative(path: str, folder: str) -> str:
    try:
        return paths.below(path, folder) or os.path.relpath(path, folder).replace(os.sep, "/")
    except ValueError:  # on another drive
        return path.replace(os.sep, "/")


def _entry(path: str, finding: Finding) -> Entry:
    rule, _, text, _ = finding.identity
    if len(text) > _LONGEST:
        checksum = crc32(text.encode("utf-8", "surrogatepass"))
        text = f"{text[:_LONGEST]}… {checksum:08x}"
    return Entry(path, rule, text)


def _moved(result: Result, baseline: Baseline, known: Mapping[str, str]) -> dict[str, str]:
    """The new paths of files that the baseline knows and that are gone, if they have moved to where
    something is found now."""
    its_files = {entry.path for entry in baseline.counts}
    folder = baseline.folder
    gone = {
        path: baseline.sketches.get(path, "")
        for path in its_files
        if not os.path.lexists(os.path.join(folder, path))
    }
    if not gone:
        return {}
    shown = {known[finding.path]: finding.path for finding in result.findings}
    return renames.pair(gone, _sketches(result, shown, shown.keys() - its_files))


def _sketches(result: Result, shown: Mapping[str, str], names: Iterable[str]) -> dict[str, str]:
    """The sketches of files, which `shown` has by their names in the baseline."""
    return {name: renames.sketch(result.sources[shown[name]].text) for name in sorted(names)}
