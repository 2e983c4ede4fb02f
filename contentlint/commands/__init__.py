"""The commands, one module for those that belong together, and what they have in common.

`MODULES` tells in which module a command is; there, the function of its name takes the arguments
and returns the exit status. Modules are imported when their command is given.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

from contentlint import answers, arguments
from contentlint.options import AnyOptions, Options, option

# What only some commands need is imported where it is needed: a hook starts once for each commit.
if TYPE_CHECKING:
    from contentlint.config import Config
    from contentlint.discover import Discovered
    from contentlint.engine import Result
    from contentlint.plugins import Loaded
    from contentlint.reporters import Report
    from contentlint.rule import Rule

Command = Callable[[list[str]], int]
CLEAN, FINDINGS, TROUBLE = 0, 1, 2
MODULES = {
    "check": "check",
    "audit": "audit",
    "explain": "explain",
    "rules": "explain",
    "config": "explain",
    "explain-word": "words",
    "vocabulary": "words",
    "tags": "site",
    "site": "site",
    "baseline": "baseline",
    "cache": "cache",
    "grammar": "grammar",
    "schema": "schemas",
}


class Trouble(Exception):
    """Something that keeps the tool from its work, in lines that say what to do."""


class ConfigArguments(Options):
    """Which configuration to read."""

    config: str = option("", "Read this configuration file.")
    isolated: bool = option(False, "Read no configuration file.")


def read_options(
    cls: type[AnyOptions], argv: list[str], command: str, takes: str = ""
) -> tuple[AnyOptions, list[str]]:
    """The options of a command, and its other arguments."""
    try:
        given, others = arguments.read(cls, argv)
    except arguments.UsageError as error:
        raise Trouble(f"{error}; see contentlint {command} --help") from None
    except arguments.HelpWanted:
        usage = f"usage: contentlint {command} [OPTIONS] {takes}".rstrip()
        write_out(lambda stream: stream.write(f"{usage}\n\n{arguments.explain(cls)}"))
        raise SystemExit(CLEAN) from None
    if others and not takes:
        raise Trouble(f"unexpected argument {others[0]}; see contentlint {command} --help")
    return given, others


def load_config(given: ConfigArguments) -> tuple[Loaded, Config]:
    """The rules, and the configuration that the options name or that is found."""
    from contentlint import config, plugins

    if given.config and given.isolated:
        raise Trouble("--config and --isolated exclude each other")
    loaded = plugins.load()
    folder = os.getcwd()
    path = given.config or config.find(folder)
    if given.isolated:
        return loaded, config.defaults(loaded.rules, folder)
    try:
        return loaded, config.load(path, loaded.rules, folder)
    except config.ConfigError as error:
        raise Trouble(str(error)) from None


def discovered(named: list[str], config: Config, stdin_path: str | None = None) -> Discovered:
    """The blogs of the named paths. Raises Trouble if one of them does not exist."""
    from contentlint.discover import discover

    found = discover(named, config, stdin_path)
    if found.missing:
        raise Trouble(_no_such_paths(named, found.missing))
    return found


def reporter(name: str, option: str = "--output-format") -> Report:
    """What writes findings in a format that an option names. Raises Trouble if there is none."""
    from contentlint import options, reporters

    names = reporters.names()
    if name not in names:
        complaint = options.unknown(name, names, "format")
        raise Trouble(f"{option}: {complaint} (one of {', '.join(names)})")
    return reporters.load(name)


def load_rules() -> list[Rule]:
    """All rules; what keeps one from being loaded is told."""
    from contentlint import plugins

    loaded = plugins.load()
    for error in loaded.errors:
        say(f"error: {error}")
    return loaded.rules


def _no_such_paths(named: list[str], missing: tuple[str, ...]) -> str:
    """Say what does not exist, and what was probably meant: beside it, or the name of a command."""
    from contentlint.options import nearest

    first = named[0]
    if first in missing and first not in MODULES and (near := nearest(first, list(MODULES))):
        return f"{first}: no such command, file or folder; did you mean {near}?"
    return "\n".join(no_such_path(path) for path in missing)


def no_such_path(path: str) -> str:
    """Say that a path does not exist, and which one beside it was probably meant."""
    from contentlint.options import nearest

    if path in MODULES:
        return f"{path}: no such file or folder; a command comes first"
    folder, name = os.path.split(path)
    try:
        near = nearest(name, os.listdir(folder or "."))
    except OSError:
        near = None
    hint = f"; did you mean {os.path.join(folder, near)}?" if near else ""
    return f"{path or 'an empty path'}: no such file or folder{hint}"


def summarise(result: Result, skipped: tuple[str, ...], *, to_come: bool = False) -> None:
    """Tell in a line how many findings there are, and how many were fixed or, if that is `to_come`,
    would be."""
    from contentlint.finding import SEVERITIES

    if not result.checked:
        named = f" ({', '.join(skipped[:3])}: excluded, or no Markdown)" if skipped else ""
        say(f"no posts to check{named}")
        return
    severities = [finding.severity for finding in result.findings]
    counts = [(severities.count(severity), severity) for severity in SEVERITIES]
    parts = [count(number, severity) for number, severity in counts if number]
    if result.suppressed:
        parts.append(f"{result.suppressed} suppressed")
    if result.elsewhere:
        parts.append(f"{result.elsewhere} not of this change")
    if result.baselined:
        parts.append(f"{result.baselined} in the baseline")
    if result.outdated:
        parts.append(f"{result.outdated} of the baseline gone (see contentlint baseline update)")
    if result.undecided:
        parts.append(f"{count(result.undecided, 'link')} undecided (see links/unsure)")
    if not result.findings:
        parts.insert(0, "nothing left" if result.fixed else "nothing found")
    if result.fixed:
        parts.insert(0, f"{result.fixed} {'to be fixed' if to_come else 'fixed'}")
    say(f"{', '.join(parts)} in {count(result.checked, 'file')}")


def count(number: int, noun: str) -> str:
    """A number of things, such as `2 posts`."""
    return f"{number} {noun}{'' if number == 1 or noun == 'info' else 's'}"


def tell_errors(errors: Iterable[str], otherwise: int = CLEAN) -> int:
    """Tell what the tool could not do; returns the exit status, which is 2 if there was anything."""
    status = otherwise
    for error in errors:
        say(f"error: {error}")
        status = TROUBLE
    return status


def note(told: str) -> None:
    """Tell something that is no trouble."""
    answers.forgo()  # not to be told again
    say(f"note: {told}")


def write_out(write: Callable[[TextIO], object], *, aside: bool = False) -> None:
    """Write to standard output or, if that has other things to say, `aside` to standard error. A
    reader that has seen enough (`| head`) is no trouble."""
    stream = sys.stderr if aside else sys.stdout
    if stream is None:  # pyright: ignore[reportUnnecessaryComparison]
        raise Trouble(f"standard {'error' if aside else 'output'} is closed")
    try:
        write(stream)
        stream.flush()
    except OSError as error:
        answers.forgo()
        # Keep Python from trying to write the rest when it ends, and from complaining then.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        if not isinstance(error, BrokenPipeError):
            name = "error" if aside else "output"
            raise Trouble(f"cannot write to standard {name}: {error.strerror}") from None


def write_bytes(data: bytes) -> None:
    """Write bytes to standard output."""
    answers.forgo()  # which keeps texts
    write_out(lambda stream: stream.buffer.write(data))


def save_to(write: Callable[[TextIO], object], path: str) -> None:
    """Write to a file, all of it or nothing."""
    from io import StringIO

    from contentlint.files import write_atomically

    stream = StringIO()
    write(stream)
    try:
        write_atomically(path, stream.getvalue().encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise Trouble(f"cannot write to {path}: {error.strerror}") from None


def say(text: str) -> None:
    """Tell people something on standard error, where no post may send control characters."""
    from contentlint.reporters import printable

    stream = sys.stderr
    if stream is None:  # pyright: ignore[reportUnnecessaryComparison]
        return  # closed; `print` would take standard output instead
    with suppress(OSError):  # nobody listens; the exit status tells
        for line in text.split("\n"):
            print(f"contentlint: {printable(line)}", file=stream)


def act(
    command: str, argv: list[str], takes: str, question: str, actions: Mapping[str, Command]
) -> int:
    """Do one of the actions of a command, which `takes` tells for its help; without one, ask."""
    action, *rest = argv or [""]
    if action in actions:
        return actions[action](rest)
    read_options(Options, argv, command, takes)
    from contentlint.options import unknown

    complaint = unknown(action, list(actions), "action") if action else question
    raise Trouble(f"{command}: {complaint}; see contentlint {command} --help")
