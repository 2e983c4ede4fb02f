"""`contentlint baseline`: what is let be because it was there before."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from contentlint.commands import (
    CLEAN,
    FINDINGS,
    ConfigArguments,
    Trouble,
    act,
    count,
    discovered,
    load_config,
    note,
    read_options,
    reporter,
    say,
    write_out,
)
from contentlint.options import option

if TYPE_CHECKING:
    from contentlint.baseline import Baseline, Compared, Entry
    from contentlint.config import Config
    from contentlint.discover import Discovered
    from contentlint.engine import Result
    from contentlint.plugins import Loaded


class BaselineArguments(ConfigArguments):
    """The options of `contentlint baseline`."""

    baseline: str = option("", "The baseline's file; else .contentlint-baseline.json.")
    cache_dir: str = option("", "Keep there what is known of posts; else in your cache folder.")
    no_cache: bool = option(False, "Read every post anew, and keep nothing.")


class CreateArguments(BaselineArguments):
    """The options of `contentlint baseline create`."""

    force: bool = option(False, "Replace a baseline that is there.")


class ReportArguments(BaselineArguments):
    """The options of `contentlint baseline check`."""

    output_format: str = option("text", "The form of the report, as for contentlint check.")


def baseline(argv: list[str]) -> int:
    actions = {"create": _create, "update": _update, "check": _check}
    takes = "create | update | check [PATH …]"
    return act("baseline", argv, takes, "create, update or check?", actions)


def load_baseline(named: str, config: Config) -> Baseline:
    """Read the baseline that is named, or the usual one. Raises Trouble if that cannot be done."""
    from contentlint import baseline, paths

    file = _file(named, config)
    if not os.path.lexists(file):
        raise Trouble(
            f"{paths.show(file)}: there is no baseline; contentlint baseline create makes one"
        )
    try:
        return baseline.load(file)
    except baseline.BaselineError as error:
        raise Trouble(str(error)) from None


def _file(named: str, config: Config) -> str:
    return os.path.abspath(named) if named else config.baseline


def _create(argv: list[str]) -> int:
    given, named = read_options(CreateArguments, argv, "baseline create", "[PATH …]")
    loaded, config = load_config(given)
    from contentlint import baseline, paths

    file = _file(given.baseline, config)
    if os.path.lexists(file) and not given.force:
        way_out = "contentlint baseline update takes out what is gone, --force begins anew"
        raise Trouble(f"{paths.show(file)}: there is a baseline already; {way_out}")
    found, result, _ = _lint(given, named or [os.path.dirname(config.baseline)], loaded, config)
    _refuse_if_incomplete(loaded, found, result)
    made = baseline.made_of(result, file)
    _save(made)
    _tell(made, f"lets be {_findings(made)} in {count(len(made.sketches), 'file')}")
    return CLEAN


def _update(argv: list[str]) -> int:
    given, named = read_options(BaselineArguments, argv, "baseline update", "[PATH …]")
    loaded, config = load_config(given)
    from contentlint import baseline

    its, result, compared, gone = _compare(given, named, loaded, config)
    made = baseline.updated(result, its, compared, gone)
    if made != its:
        _save(made)
    told = f"{sum(gone.values())} taken out, {_findings(made)} left"
    _tell(made, f"{told}{_moves(compared)}")
    return CLEAN


def _check(argv: list[str]) -> int:
    given, named = read_options(ReportArguments, argv, "baseline check", "[PATH …]")
    report = reporter(given.output_format)
    loaded, config = load_config(given)
    from contentlint import baseline

    its, result, compared, gone = _compare(given, named, loaded, config)
    source, findings = baseline.unused(its, gone)
    told = result._replace(findings=findings, sources={source.path: source})
    write_out(lambda stream: report(told, stream))
    number = sum(gone.values())
    way_out = "; contentlint baseline update takes them out" if number else ""
    say(f"{number} of {_findings(its)} gone{_moves(compared)}{way_out}")
    return FINDINGS if gone else CLEAN


def _compare(
    given: BaselineArguments, named: list[str], loaded: Loaded, config: Config
) -> tuple[Baseline, Result, Compared, dict[Entry, int]]:
    """The baseline, what is found now, both held against each other, and what is gone."""
    from contentlint import baseline

    its = load_baseline(given.baseline, config)
    named = named or [os.path.dirname(config.baseline)]
    found, result, lacks_engine = _lint(given, named, loaded, config)
    _refuse_if_incomplete(loaded, found, result)
    compared = baseline.compare(result, its)
    # What the configuration has switched off since is gone, too.
    judges = baseline.judged_by(found, named, loaded.rules, its, lacks_engine=lacks_engine)
    return its, result, compared, baseline.gone(its, compared, judges)


def _lint(
    given: BaselineArguments, named: list[str], loaded: Loaded, config: Config
) -> tuple[Discovered, Result, bool]:
    """Lint the named paths. Tells, besides, whether a grammar engine could not be asked."""
    from contentlint import engine
    from contentlint.commands.check import cache_of, lint

    found = discovered(named, config)
    rules = engine.select(loaded.rules, config)
    cache = cache_of(given.no_cache, given.cache_dir, note)
    result, notices = lint(found, rules, config, cache, known=loaded.rules)
    for notice in notices:
        say(notice)
    return found, result, bool(notices)


def _refuse_if_incomplete(loaded: Loaded, found: Discovered, result: Result) -> None:
    errors = [*loaded.errors, *found.errors, *result.errors]
    if errors:
        told = [f"error: {error}" for error in errors]
        raise Trouble("\n".join([*told, "so the baseline is left as it is"]))


def _save(made: Baseline) -> None:
    from contentlint import baseline

    try:
        baseline.save(made)
    except baseline.BaselineError as error:
        raise Trouble(str(error)) from None


def _tell(made: Baseline, what: str) -> None:
    from contentlint import paths

    write_out(lambda stream: stream.write(f"{paths.show(made.file)}: {what}\n"))


def _findings(its: Baseline) -> str:
    return count(sum(its.counts.values()), "finding")


def _moves(compared: Compared) -> str:
    return f", {count(len(compared.moved), 'file')} renamed" if compared.moved else ""
