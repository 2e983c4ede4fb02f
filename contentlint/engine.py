"""Run the selected rules over the files, and turn problems into findings, stage by stage."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from contentlint import discover, facts, generators, suppress
from contentlint.config import Config, matches
from contentlint.document import Document
from contentlint.facts import Facts
from contentlint.finding import Finding, Problem, Severity
from contentlint.rule import Rule
from contentlint.site import Site
from contentlint.spelling import Lexicon
from contentlint.text import Source

Read = Callable[[str], bytes]


class Result(NamedTuple):
    """What a run found. `sources` holds the files with findings, by their paths in the findings;
    `errors` are lines that say what the tool could not do."""

    findings: list[Finding]
    errors: list[str]
    sources: dict[str, Source]
    checked: int
    suppressed: int


class _Checked(NamedTuple):
    """One file that is reported on, while the run goes on."""

    path: str
    name: str  # as findings show it
    source: Source
    suppressions: list[suppress.Suppression]
    problems: list[tuple[Rule, Problem]]


def select(rules: list[Rule], config: Config) -> list[Rule]:
    """The rules that the settings ask for."""
    settings = config.settings
    chosen = [
        rule
        for rule in rules
        if (matches(rule.id, settings.select) if settings.select else rule.default)
        or matches(rule.id, settings.extend_select)
    ]
    return [rule for rule in chosen if not matches(rule.id, settings.ignore)]


def run(
    blogs: Iterable[discover.Blog], rules: list[Rule], config: Config, read: Read | None = None
) -> Result:
    """Lint the checked files of each blog with the given rules.

    `read` gives the bytes of a file by its absolute path. An unreadable file or a rule that raises
    becomes a line in `errors`, and the run goes on.
    """
    lexicon = Lexicon()
    findings: list[Finding] = []
    errors: list[str] = []
    sources: dict[str, Source] = {}
    checked = suppressed = 0
    for blog in blogs:
        files = _lint(blog, rules, config, lexicon, read or read_file, errors)
        for file in files:
            stamped = list(_stamp(file, blog.root, config, errors))
            kept = [finding for finding in stamped if not _is_suppressed(finding, file)]
            suppressed += len(stamped) - len(kept)
            findings += kept
            if kept:
                sources[file.name] = file.source
        checked += len(files)
    findings.sort(key=_order)
    return Result(findings, errors, sources, checked, suppressed)


def read_file(path: str) -> bytes:
    """The bytes of a file. Raises OSError."""
    with open(path, "rb") as handle:
        return handle.read()


def _lint(
    blog: discover.Blog,
    rules: list[Rule],
    config: Config,
    lexicon: Lexicon,
    read: Read,
    errors: list[str],
) -> list[_Checked]:
    """Run file rules on the checked files and collect the facts of all; then the site rules."""
    site_rules = [rule for rule in rules if rule.kind == "site"]
    file_rules = [rule for rule in rules if rule.kind == "file"]
    reported = frozenset(blog.checked)
    # Without site rules, nobody asks for the other posts.
    paths = blog.files if site_rules else blog.checked
    pages: dict[str, Facts] = {}
    checked: list[_Checked] = []
    off = _Off(config)
    for path in paths:
        name = show_path(path)
        try:
            document = Document(Source.decode(path, read(path)))
        except OSError as error:
            if path in reported:
                errors.append(f"{name}: cannot be read: {error.strerror}")
            continue
        page = _collect(document, blog.root, lexicon, name, errors) if site_rules else None
        if page is not None:
            pages[page.path] = page
        if path in reported:
            file = _Checked(path, name, document.source, suppress.suppressions(document), [])
            for rule in file_rules:
                if not off.is_off(rule.id, path):
                    file.problems.extend(_try(rule, name, config, errors, document))
            checked.append(file)
    generator = generators.named(config.settings.site.generator, blog.root)
    site = Site(blog.root, generator, pages, lexicon, frozenset(config.settings.vocabulary))
    for file in checked:
        page = pages.get(_relative(file.path, blog.root))
        for rule in site_rules:
            if page is not None and not off.is_off(rule.id, file.path):
                file.problems.extend(_try(rule, file.name, config, errors, page, site))
    return checked


def _collect(
    document: Document, root: str, lexicon: Lexicon, name: str, errors: list[str]
) -> Facts | None:
    try:
        return facts.collect(document, _relative(document.source.path, root), lexicon)
    except Exception as error:
        errors.append(f"{name}: cannot be parsed: {_where(error)}; please report this as a bug")
        return None


def _try(
    rule: Rule, name: str, config: Config, errors: list[str], *arguments: object
) -> Iterator[tuple[Rule, Problem]]:
    """Run one rule on one file; what it yielded before it raised is kept."""
    try:
        for problem in rule.check(config.rule_options[rule.id], *arguments):
            yield rule, problem
    except Exception as error:
        errors.append(f"{name}: rule {rule.id} crashed: {_where(error)}; the other rules went on")


def _where(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    frame = frames[-1]
    place = f"{os.path.basename(frame.filename)}:{frame.lineno}"
    return f"{type(error).__name__}: {error} (at {place})"


# ---- stages --------------------------------------------------------------------------------


class _Off:
    """Which rules the overrides switch off, and what severities they set, by file."""

    def __init__(self, config: Config) -> None:
        self._overrides = [
            (discover.patterns(override.files, config.folder), override)
            for override in config.settings.overrides
        ]

    def is_off(self, rule_id: str, path: str) -> bool:
        return any(
            matches(rule_id, override.ignore) and applies(path)
            for applies, override in self._overrides
        )

    def severity(self, rule_id: str, path: str) -> Severity | None:
        found: Severity | None = None
        for applies, override in self._overrides:
            set_here = _named(override.severity, rule_id)
            if set_here and applies(path):
                found = set_here
        return found


def _stamp(file: _Checked, root: str, config: Config, errors: list[str]) -> Iterator[Finding]:
    """Give each problem its rule, path, severity, line and column; drop what is said twice."""
    seen: dict[tuple[str, str], int] = {}
    path = _relative(file.path, root)
    overrides = _Off(config)
    length = len(file.source.text)
    distinct = {(rule.id, problem): (rule, problem) for rule, problem in file.problems}
    for rule, problem in sorted(distinct.values(), key=_problem_order):
        start, end = problem.span
        if not 0 <= start <= end <= length:
            errors.append(
                f"{file.name}: rule {rule.id} names a place outside the file: {start}-{end}"
            )
            continue
        text = " ".join(file.source.text[start:end].split())
        ordinal = seen[rule.id, text] = seen.get((rule.id, text), -1) + 1
        severity = (
            overrides.severity(rule.id, file.path)
            or _named(config.settings.severity, rule.id)
            or problem.severity
            or rule.severity
        )
        yield Finding(
            file.name,
            *file.source.position(start),
            *file.source.position(end),
            rule.id,
            severity,
            problem.message,
            problem.suggestions,
            problem.fix,
            fingerprint(rule.id, path, text, ordinal),
            problem.span,
        )


def fingerprint(rule_id: str, path: str, text: str, ordinal: int) -> str:
    """Tells a finding from others, and stays when lines are put before it.

    `text` is what stands at the finding, blanks collapsed; `ordinal` counts equal ones in the file.
    """
    from hashlib import blake2b

    data = "\0".join((rule_id, path, text, str(ordinal)))
    return blake2b(data.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _named(severities: dict[str, Severity], rule_id: str) -> Severity | None:
    return severities.get(rule_id) or severities.get(rule_id.split("/")[0])


def _is_suppressed(finding: Finding, file: _Checked) -> bool:
    return suppress.is_suppressed(finding.rule, finding.line, file.suppressions)


def _problem_order(item: tuple[Rule, Problem]) -> tuple[int, int, str, str]:
    rule, problem = item
    return (problem.span.start, problem.span.end, rule.id, problem.message)


def _order(finding: Finding) -> tuple[str, int, int, str, str]:
    return (finding.path, finding.line, finding.column, finding.rule, finding.message)


# ---- paths ---------------------------------------------------------------------------------


def show_path(path: str) -> str:
    """A path as findings show it: from the working directory if it is below, `/` separators."""
    relative = os.path.relpath(path)
    shown = path if relative.startswith("..") else relative
    return shown.replace(os.sep, "/")


def _relative(path: str, root: str) -> str:
    return os.path.relpath(path, root).replace(os.sep, "/")
