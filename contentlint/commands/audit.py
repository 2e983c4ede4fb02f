"""`contentlint audit`: what state a blog is in, as a page, as JSON and on the terminal."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from contentlint.commands import (
    CLEAN,
    FINDINGS,
    TROUBLE,
    ConfigArguments,
    Trouble,
    discovered,
    load_config,
    note,
    read_options,
    say,
    write_out,
)
from contentlint.commands.check import cache_of, lint
from contentlint.commands.progress import progress
from contentlint.finding import SEVERITIES, Severity
from contentlint.options import option

if TYPE_CHECKING:
    from contentlint.audit.report import Data

_FORMATS = (".html", ".json")


class AuditArguments(ConfigArguments):
    """The options of `contentlint audit`."""

    report: tuple[str, ...] = option(
        (), "Write the report there: a page (x.html) or JSON (x.json).", whole=True
    )
    compare: str = option("", "Tell what has changed since this audit (x.json).")
    fail_on: Severity | None = option(None, "The least severity that makes the exit status 1.")
    cache_dir: str = option("", "Keep there what is known of posts; else in your cache folder.")
    no_cache: bool = option(False, "Read every post anew, and keep nothing.")
    quiet: bool = option(False, "Say nothing but errors.")


def audit(argv: list[str]) -> int:
    given, named = read_options(AuditArguments, argv, "audit", "[PATH …]")
    _check_reports(given.report)
    loaded, config = load_config(given)
    from contentlint import engine
    from contentlint.audit import earlier, gather, report, terminal

    try:
        before = earlier.load(given.compare) if given.compare else None
    except earlier.AuditError as error:
        raise Trouble(f"--compare: {error}") from None
    found = discovered(named or ["."], config)
    if not any(blog.checked for blog in found.blogs):
        raise Trouble("no posts to audit; name the folder of the blog")
    rules = engine.select(loaded.rules, config)
    cache = cache_of(given.no_cache, given.cache_dir, _keep_quiet if given.quiet else note)
    result, notices = lint(found, rules, config, cache, known=loaded.rules, quiet=given.quiet)
    with progress(given.quiet) as told:
        blogs = [gather.gather(blog, config, told) for blog in found.blogs]
    name = os.path.basename(os.path.abspath(named[0] if named else "."))
    errors = [*loaded.errors, *found.errors]
    data = report.as_data(name, result, blogs, loaded.rules, errors)
    if before:
        data["trend"] = earlier.compare(before, data)
    for path in given.report:
        _write(data, path)
    if not given.quiet:
        write_out(lambda stream: stream.write(terminal.summary(data)))
        for line in (*notices, *(f"{path} written" for path in given.report)):
            note(line)
    for line in data["errors"]:
        say(f"error: {line}")
    return _status(data, given.fail_on)


def _check_reports(named: tuple[str, ...]) -> None:
    """Complain of reports that cannot be written before anything is read."""
    for path in named:
        if not path.lower().endswith(_FORMATS):
            raise Trouble(f"--report: {path}: end the name with .html or .json")
        if not os.path.isdir(os.path.dirname(path) or "."):
            raise Trouble(f"--report: {path}: there is no such folder")


def _write(data: Data, path: str) -> None:
    """Write a report, all of it or nothing."""
    from contentlint.files import write_atomically

    if path.lower().endswith(".json"):
        import json

        text = json.dumps(data, indent=1) + "\n"
    else:
        from contentlint.audit import page

        text = page.render(data)
    try:
        write_atomically(path, text.encode())
    except OSError as error:
        raise Trouble(f"cannot write to {path}: {error.strerror}") from None


def _status(data: Data, fail_on: Severity | None) -> int:
    """0, since a report is no verdict, unless one is asked for."""
    if fail_on is None:
        return CLEAN
    if data["errors"]:
        return TROUBLE
    failing = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    return FINDINGS if any(data["summary"][severity] for severity in failing) else CLEAN


def _keep_quiet(told: str) -> None:
    """What is told is no error."""
