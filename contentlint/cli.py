"""The command line: arguments → configuration → engine → reporter → exit status."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import NoReturn, TextIO

from contentlint import __version__

CLEAN, FINDINGS, TROUBLE = 0, 1, 2
COMMANDS = ("check", "explain", "rules", "config")


def main(argv: Sequence[str] | None = None) -> int:
    """Run contentlint; returns the exit status.

    0: nothing at or above the failing severity. 1: findings. 2: the tool could not do its work.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(
            stream, "reconfigure"
        ):  # a terminal that cannot show a character must not stop us
            stream.reconfigure(errors="backslashreplace")
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        print("contentlint: interrupted", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader (`| head`) has seen enough. Keep Python from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return TROUBLE


def _run(arguments: list[str]) -> int:
    if not arguments or arguments[0] not in (*COMMANDS, "-h", "--help", "--version"):
        arguments.insert(0, "check")
    options = _parser().parse_args(arguments)
    from contentlint.config import ConfigError

    try:
        return int(options.run(options))
    except (ConfigError, _Trouble) as error:
        print(f"contentlint: {error}", file=sys.stderr)
        return TROUBLE


class _Trouble(Exception):
    """Something that keeps the tool from its work, in one line that says what to do."""


class _Parser(argparse.ArgumentParser):
    """Suggests the nearest option for a mistyped one."""

    def error(self, message: str) -> NoReturn:
        unknown = message.removeprefix("unrecognized arguments: ")
        if unknown != message:
            message = f"unknown option {unknown}" + self._hint(unknown.split()[0].split("=")[0])
        print(f"{self.prog}: {message}", file=sys.stderr)
        print(f"Try `{self.prog} --help`.", file=sys.stderr)
        raise SystemExit(TROUBLE)

    def _hint(self, given: str) -> str:
        from difflib import get_close_matches

        near = get_close_matches(given, list(self._option_string_actions), n=1, cutoff=0.6)
        return f"; did you mean {near[0]}?" if near else ""


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="contentlint",
        description="Find what is wrong with blog posts: front matter, typos, links, images, tags.",
        epilog="`contentlint PATH…` is short for `contentlint check PATH…`. "
        "Exit status: 0 clean, 1 findings, 2 trouble.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"contentlint {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", parser_class=_Parser)
    _add_check(commands.add_parser("check", help="lint files and folders", allow_abbrev=False))

    explain = commands.add_parser("explain", help="the page of a rule, or of all of a concern")
    explain.add_argument("rule", metavar="RULE", help="for instance links/broken, or links")
    explain.set_defaults(run=_explain)

    rules = commands.add_parser("rules", help="list the rules")
    rules.set_defaults(run=_list_rules)

    config = commands.add_parser("config", help="show the settings in force")
    config.add_argument("--schema", action="store_true", help="the JSON Schema of the file instead")
    _add_config_options(config)
    config.set_defaults(run=_config)
    return parser


def _add_check(check: argparse.ArgumentParser) -> None:
    from contentlint.finding import SEVERITIES

    check.add_argument("paths", nargs="*", metavar="PATH", help="files, folders, or - for stdin")
    _add_config_options(check)
    rule_lists = {
        "--select": "run only these rules or concerns, separated by commas",
        "--extend-select": "run these besides",
        "--ignore": "do not run these",
    }
    for name, text in rule_lists.items():
        check.add_argument(name, action="append", default=[], metavar="RULES", help=text)
    check.add_argument(
        "--output-format", default="text", metavar="FORMAT", help="text, concise, json"
    )
    check.add_argument("--output-file", metavar="FILE", help="write there instead of to stdout")
    check.add_argument("--fail-on", choices=SEVERITIES, help="least severity for exit status 1")
    check.add_argument("--exit-zero", action="store_true", help="exit 0 even if there are findings")
    check.add_argument("--stdin-filename", metavar="PATH", help="the path that stdin is judged as")
    check.add_argument("-q", "--quiet", action="store_true", help="no summary on stderr")
    check.set_defaults(run=_check)


def _add_config_options(parser: argparse.ArgumentParser) -> None:
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--config", metavar="FILE", help="read this configuration file")
    which.add_argument("--isolated", action="store_true", help="read no configuration file")


# ---- check -----------------------------------------------------------------------------------


def _check(arguments: argparse.Namespace) -> int:
    from contentlint import engine, reporters
    from contentlint.discover import discover
    from contentlint.finding import SEVERITIES

    report = _reporter(reporters.names(), arguments.output_format)
    config, rules, errors = _load(arguments)
    rules = engine.select(rules, config)
    paths = list(arguments.paths) or ["."]
    stdin_path, data = _stdin(arguments, paths)
    found = discover(paths, config, stdin_path)
    for path in found.missing:
        raise _Trouble(_no_such_path(path))
    if arguments.output_file and os.path.isdir(arguments.output_file):
        raise _Trouble(f"--output-file: {arguments.output_file} is a folder; name a file")

    def read(path: str) -> bytes:
        return data if path == stdin_path else engine.read_file(path)

    result = engine.run(found.blogs, rules, config, read)
    _write(report, result, arguments.output_file)
    errors += result.errors
    if not arguments.quiet:
        _summarise(result, found.skipped)
    for error in errors:
        print(f"contentlint: error: {error}", file=sys.stderr)
    failing = SEVERITIES[: SEVERITIES.index(config.settings.fail_on) + 1]
    if errors:
        return TROUBLE
    failed = any(finding.severity in failing for finding in result.findings)
    return FINDINGS if failed and not arguments.exit_zero else CLEAN


def _load(arguments: argparse.Namespace):  # type: ignore[no-untyped-def]
    """The configuration with the command line's say in it, all rules, and plugins' errors."""
    from contentlint import config as configuration
    from contentlint import plugins

    loaded = plugins.load()
    folder = os.getcwd()
    path = arguments.config or (None if arguments.isolated else configuration.find(folder))
    config = configuration.load(path, loaded.rules, folder)
    for name in ("select", "extend_select", "ignore"):
        given = _names(getattr(arguments, name, []))
        complaint = configuration.check_names(given, loaded.rules)
        if complaint:
            raise _Trouble(
                f"--{name.replace('_', '-')}: {complaint}; `contentlint rules` lists all"
            )
        if name == "select" and given:
            config.settings.select, config.settings.extend_select = given, ()
        elif given:
            setattr(config.settings, name, getattr(config.settings, name) + given)
    if getattr(arguments, "fail_on", None):
        config.settings.fail_on = arguments.fail_on
    return config, loaded.rules, loaded.errors


def _names(values: list[str]) -> tuple[str, ...]:
    return tuple(name for value in values for name in value.replace(",", " ").split())


def _reporter(names: list[str], name: str):  # type: ignore[no-untyped-def]
    from contentlint import options, reporters

    if name not in names:
        raise _Trouble(
            f"--output-format: {options.unknown(name, names, 'format')} (there are {', '.join(names)})"
        )
    return reporters.load(name)


def _stdin(arguments: argparse.Namespace, paths: list[str]) -> tuple[str | None, bytes]:
    if "-" not in paths:
        if arguments.stdin_filename:
            raise _Trouble("--stdin-filename goes with the path -, which reads standard input")
        return None, b""
    paths.remove("-")
    return os.path.abspath(arguments.stdin_filename or "stdin.md"), sys.stdin.buffer.read()


def _no_such_path(path: str) -> str:
    from difflib import get_close_matches

    folder, name = os.path.split(path)
    try:
        beside = os.listdir(folder or ".")
    except OSError:
        beside = []
    near = get_close_matches(name, [*beside, *([] if folder else COMMANDS)], n=1, cutoff=0.7)
    hint = f"; did you mean {os.path.join(folder, near[0])}?" if near else ""
    return f"{path}: no such file or folder{hint}"


def _write(report, result, path: str | None) -> None:  # type: ignore[no-untyped-def]
    if path is None:
        report(result, sys.stdout)
        sys.stdout.flush()
        return
    try:
        with open(path, "w", encoding="utf-8", newline="\n") as stream:
            report(result, stream)
    except OSError as error:
        raise _Trouble(f"{path}: cannot write the report: {error.strerror}") from None


def _summarise(result, skipped: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    from collections import Counter

    stream: TextIO = sys.stderr
    if not result.checked:
        named = f" ({', '.join(skipped[:3])} skipped: excluded or no Markdown)" if skipped else ""
        print(f"contentlint: no posts to check{named}", file=stream)
        return
    counts = Counter(finding.severity for finding in result.findings)
    parts = [_count(counts[name], name) for name in ("error", "warning", "info") if counts[name]]
    if result.suppressed:
        parts.append(f"{result.suppressed} suppressed")
    files = _count(result.checked, "file")
    print(f"contentlint: {', '.join(parts) or 'nothing found'} in {files}", file=stream)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 or noun == 'info' else 's'}"


# ---- explain, rules, config --------------------------------------------------------------------


def _explain(arguments: argparse.Namespace) -> int:
    from contentlint import config, plugins
    from contentlint.explain import page

    rules = plugins.load().rules
    complaint = config.check_names((arguments.rule,), rules)
    if complaint:
        raise _Trouble(f"{complaint}; `contentlint rules` lists all")
    chosen = [rule for rule in rules if config.matches(rule.id, (arguments.rule,))]
    print("\n\n".join(page(rule) for rule in chosen))
    return CLEAN


def _list_rules(arguments: argparse.Namespace) -> int:
    from contentlint import plugins

    rules = plugins.load().rules
    width = max(len(rule.id) for rule in rules)
    for rule in rules:
        print(f"{rule.id:{width}}  {rule.severity if rule.default else 'off':7}  {rule.summary}")
    return CLEAN


def _config(arguments: argparse.Namespace) -> int:
    import json

    from contentlint import config as configuration
    from contentlint import plugins
    from contentlint.explain import settings_page

    if arguments.schema:
        print(json.dumps(configuration.schema(plugins.load().rules), indent=1))
        return CLEAN
    config, rules, _ = _load(arguments)
    print(settings_page(config, rules))
    return CLEAN
