"""`contentlint check`: arguments → configuration → engine → reporter → exit status."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Container, Iterable, Mapping
from typing import TYPE_CHECKING, Literal

from contentlint import answers
from contentlint.commands import (
    CLEAN,
    FINDINGS,
    ConfigArguments,
    Trouble,
    discovered,
    load_config,
    note,
    outputs,
    read_options,
    say,
    summarise,
    tell_errors,
    write_bytes,
)
from contentlint.commands.progress import progress
from contentlint.finding import Severity
from contentlint.options import option

if TYPE_CHECKING:
    from contentlint.baseline import Baseline, Entry
    from contentlint.cache import Cache
    from contentlint.changes import Changes
    from contentlint.config import Config
    from contentlint.discover import Blog, Discovered
    from contentlint.engine import Result
    from contentlint.grammar.checker import Checker
    from contentlint.plugins import Loaded
    from contentlint.rule import Rule
    from contentlint.runs import Read
    from contentlint.schema import Schema


DiffMode = Literal["added", "file", "all"]

GRAMMAR_ENGINE = "grammar/engine"
FORMATS = "text, concise, json, jsonl, github, gitlab, sarif, junit, checkstyle, rdjson or markdown"


class CheckArguments(ConfigArguments):
    """The options of `contentlint check`."""

    select: tuple[str, ...] = option((), "Run only these rules or concerns.")
    extend_select: tuple[str, ...] = option((), "Run these rules or concerns besides.")
    ignore: tuple[str, ...] = option((), "Do not run these rules or concerns.")
    fix: bool = option(False, "Mend in the files what surely can be, and tell what is left.")
    unsafe_fixes: bool = option(False, "With --fix or --diff: also what needs an eye afterwards.")
    diff: bool = option(False, "Show what --fix would change, and change nothing.")
    output_format: str = option("text", f"The form of the report: {FORMATS}.")
    output_file: str = option("", "Write there instead of to standard output.")
    output: dict[str, str] = option({}, "Write a report in this format to this file, besides.")
    statistics: bool = option(False, "Count findings by rule and file, instead (text and json).")
    fail_on: Severity | None = option(None, "The least severity that makes the exit status 1.")
    max_warnings: int | None = option(None, "So many warnings leave the exit status 0.")
    baseline: str = option("", "Let be what this file says; else .contentlint-baseline.json.")
    no_baseline: bool = option(False, "Tell what the baseline lets be, too.")
    diff_base: str = option("", "Tell only what has come since HEAD parted from this revision.")
    diff_mode: DiffMode = option("added", "Of it: new lines, all of the changed files, or all.")
    exit_zero: bool = option(False, "Exit with 0 even if there are findings.")
    stdin_filename: str = option("", "Lint standard input (the path -) as if it stood there.")
    cache_dir: str = option("", "Keep there what is known of posts; else in your cache folder.")
    no_cache: bool = option(False, "Read every post anew, and keep nothing.")
    jobs: int = option(0, "So many processes read large blogs; 0: one for each core.")
    quiet: bool = option(False, "Say nothing but the findings and errors.")
    require_grammar: bool = option(False, "Exit with 2 if grammar should be checked and cannot be.")
    verbose: bool = option(False, "Tell why, where a rule gives reasons (text and json).")


def check(argv: list[str]) -> int:
    given, named = read_options(CheckArguments, argv, "check", "[PATH …]")
    if given.jobs < 0:
        raise Trouble("--jobs: write how many processes, or 0 for as many as there are cores")
    _refuse_fixes(given)
    reports = outputs.outputs(
        given.output_format, given.output_file, given.output, given.statistics
    )
    loaded, config = load_config(given)
    config = _with_options(config, loaded, given)
    stdin_path, data = _stdin(given, named)

    from contentlint import engine, runs

    paths = [path for path in named if path != "-"]
    found = discovered(paths if named else ["."], config, stdin_path)
    outputs.spare(reports, (path for blog in found.blogs for path in blog.checked))

    found, changes = _with_changes(found, config, given)

    def read(path: str) -> bytes:
        return data if path == stdin_path else runs.read_file(path)

    rules = engine.select(loaded.rules, config)
    baseline = _baseline(given, config)

    def look(read: Read, unsaved: Container[str]) -> tuple[Result, list[str]]:
        result, notices = lint(
            found,
            rules,
            config,
            cache_of(given.no_cache, given.cache_dir, _keep_quiet if given.quiet else note),
            read,
            known=loaded.rules,
            reasons=given.verbose,
            unsaved=unsaved,
            quiet=given.quiet,
            jobs=given.jobs,
            changes=changes,
        )
        if changes:
            result = _with_causes(result, changes)
        if baseline:
            result = _let_be(result, baseline, found, named or ["."], rules, bool(notices))
        if changes:
            result = _of_change(result, changes, given.diff_mode)
        return result, notices

    if given.fix or given.diff:
        from contentlint.commands import fix

        draft = fix.Draft(read, stdin_path)
        writes = not given.diff
        result, notices = fix.mend(look, draft, unsafe=given.unsafe_fixes, writes=writes)
        if given.diff:
            write_bytes(fix.difference(draft))
        elif stdin_path:
            write_bytes(draft.read(stdin_path))
    else:
        result, notices = look(read, (stdin_path,) if stdin_path else ())
    if not given.diff:
        outputs.write(reports, result, aside=given.fix and stdin_path is not None)
    if not given.quiet:
        summarise(result, found.skipped, to_come=given.diff)
    for told in result.notices:
        note(told)
    errors = [*loaded.errors, *found.errors, *result.errors]
    if given.require_grammar:
        errors += notices
    elif not given.quiet:
        for notice in notices:
            say(notice)
    for told in () if given.quiet else result.unread:
        note(told)
    if not errors and not notices and stdin_path is None:
        answers.stands()
    if given.diff:
        return tell_errors(errors, FINDINGS if result.fixed and not given.exit_zero else CLEAN)
    return tell_errors(errors, _status(result, config, given.exit_zero))


def _refuse_fixes(given: CheckArguments) -> None:
    """Raise Trouble if what is to be fixed is not said, or cannot be told."""
    if given.unsafe_fixes and not (given.fix or given.diff):
        raise Trouble("--unsafe-fixes goes with --fix or --diff")
    if given.diff and (given.output_file or given.output):
        raise Trouble("--diff writes to standard output, and no report; leave --output out")


def lint(
    found: Discovered,
    rules: list[Rule],
    config: Config,
    cache: Cache | None,
    read: Read | None = None,
    *,
    known: list[Rule],
    reasons: bool = False,
    unsaved: Container[str] = (),
    quiet: bool = False,
    jobs: int = 0,
    changes: Changes | None = None,
) -> tuple[Result, list[str]]:
    """What the rules find in what was discovered, and what the grammar engine complains of;
    suppressions may name all rules that are `known`."""
    from contentlint import engine

    schemas = _schemas(config, found.blogs)
    checker = _grammar(config, rules, cache)
    try:
        with progress(quiet) as told:
            result = engine.run(
                found.blogs,
                rules,
                config,
                read,
                schemas,
                reasons=reasons,
                grammar=checker,
                cache=cache,
                unsaved=unsaved,
                known=known,
                progress=told,
                jobs=jobs,
                changes=changes,
            )
    finally:
        if checker:
            checker.close()
        if cache:
            cache.close()
    return result, checker.complaints if checker else []


def cache_of(without: bool, named: str, tell: Callable[[str], object]) -> Cache | None:
    """The cache in the named folder, or in the user's; None if the run is to do without."""
    if without:
        return None
    from contentlint import cache

    where = answers.folder(named)
    return cache.Cache(where, tell) if where else None


def _with_changes(
    found: Discovered, config: Config, given: CheckArguments
) -> tuple[Discovered, Changes | None]:
    """What has changed since the revision that is named, and the blogs with what is gone since."""
    if not given.diff_base:
        if given.diff_mode != CheckArguments.diff_mode:
            raise Trouble("--diff-mode goes with --diff-base")
        return found, None
    from contentlint import changes, discover

    here, roots = os.getcwd(), [blog.root for blog in found.blogs]
    try:
        its = changes.since(given.diff_base, changes.repositories(here, roots))
        gone = (path for path in its.old if not os.path.lexists(path))
        found = found._replace(blogs=discover.with_gone(found.blogs, config, gone))
        posts = [path for blog in found.blogs for path in (*blog.files, *blog.gone)]
        its.fetch(path for path in posts if path in its.old)
        its.follow(posts, [path for blog in found.blogs for path in blog.gone])
    except changes.ChangesError as error:
        raise Trouble(f"--diff-base: {error}") from None
    return found, its


def _with_causes(result: Result, its: Changes) -> Result:
    from contentlint import changes

    return result._replace(
        caused=changes.caused(result.findings, [*result.before], result.sources, its)
    )


def _of_change(result: Result, changes: Changes, mode: DiffMode) -> Result:
    """A result without what is not of the change."""
    caused = result.caused or ()
    wanted = [
        finding
        for finding in result.findings
        if mode == "all"
        or finding.identity in caused
        or (mode == "file" and changes.touches(os.path.abspath(finding.path)))
    ]
    return result._replace(findings=wanted, elsewhere=len(result.findings) - len(wanted))


def _baseline(given: CheckArguments, config: Config) -> Baseline | None:
    """The baseline that is named or, unless none is wanted, there."""
    if given.no_baseline:
        if given.baseline:
            raise Trouble("--baseline and --no-baseline exclude each other")
        return None
    if not given.baseline and not os.path.lexists(answers.seen(config.baseline)):
        return None
    from contentlint.commands.baseline import load_baseline

    return load_baseline(given.baseline, config)


def _let_be(
    result: Result,
    its: Baseline,
    found: Discovered,
    named: list[str],
    rules: list[Rule],
    lacks_engine: bool,
) -> Result:
    """A result without what the baseline has; says how much of that is gone, if that can be told."""
    from contentlint import baseline

    compared = baseline.compare(result, its, result.caused or ())
    gone: Mapping[Entry, int] = {}
    if not result.errors:
        judges = baseline.judged_by(found, named, rules, its, lacks_engine=lacks_engine)
        gone = baseline.gone(its, compared, judges)
    return result._replace(
        findings=compared.rest,
        baselined=len(result.findings) - len(compared.rest),
        outdated=sum(gone.values()),
    )


def _keep_quiet(told: str) -> None:
    """What is told is neither a finding nor an error."""


def _status(result: Result, config: Config, exit_zero: bool) -> int:
    from contentlint.finding import SEVERITIES

    settings = config.settings
    found = {finding.severity for finding in result.findings}
    failing = {*SEVERITIES[: SEVERITIES.index(settings.fail_on) + 1]}
    if settings.max_warnings is not None:
        warnings = sum(finding.severity == "warning" for finding in result.findings)
        failing.discard("warning")
        if warnings > settings.max_warnings:
            failing.add("warning")
    return FINDINGS if found & failing and not exit_zero else CLEAN


def _with_options(config: Config, loaded: Loaded, given: CheckArguments) -> Config:
    """The configuration with what the command line sets. Its --select is for these rules only."""
    from contentlint.config import check_names

    lists = {name: getattr(given, name) for name in ("select", "extend_select", "ignore")}
    for name, rules in lists.items():
        if complaint := check_names(rules, loaded.rules):
            raise Trouble(f"--{name.replace('_', '-')}: {complaint}; see contentlint rules")
    settings = config.settings
    if not given.select:
        lists = {name: getattr(settings, name) + rules for name, rules in lists.items()}
    return config._replace(
        settings=settings.replace(
            **lists,
            fail_on=given.fail_on or settings.fail_on,
            max_warnings=_first(given.max_warnings, settings.max_warnings),
        )
    )


def _first(given: int | None, configured: int | None) -> int | None:
    return configured if given is None else given


def _stdin(given: CheckArguments, named: list[str]) -> tuple[str | None, bytes]:
    """Where standard input stands if it is to be linted, and its bytes."""
    if "-" not in named:
        if given.stdin_filename:
            raise Trouble("--stdin-filename goes with the path -, which is standard input")
        return None, b""
    if given.diff_base:
        raise Trouble("--diff-base is for files, and not for standard input")
    path = os.path.abspath(given.stdin_filename or "stdin.md")
    if os.path.isdir(path):
        raise Trouble(f"--stdin-filename: {given.stdin_filename} is a folder; name a file")
    if sys.stdin is None:  # pyright: ignore[reportUnnecessaryComparison]
        raise Trouble("standard input is closed")
    return path, sys.stdin.buffer.read()


def _schemas(config: Config, blogs: Iterable[Blog]) -> dict[str, tuple[Schema, ...]]:
    from contentlint import schema_choice
    from contentlint.schema_file import SchemaError

    try:
        return schema_choice.for_posts(config, blogs)
    except SchemaError as error:
        raise Trouble(str(error)) from None


def _grammar(config: Config, rules: list[Rule], cache: Cache | None) -> Checker | None:
    """What checks grammar, if a rule asks for it."""
    options = config.settings.grammar
    if options.engine == "off" or all(rule.id != GRAMMAR_ENGINE for rule in rules):
        return None
    from contentlint.grammar import engines

    return engines.checker(options, cache)
