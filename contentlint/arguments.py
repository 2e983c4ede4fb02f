"""Command-line options, declared like those of the configuration and told by the same words.

    class CheckArguments(Options):
        quiet: bool = option(False, "Say nothing but the findings.")

`False` is the default of a flag; a list of names may be given several times, and with commas, one of
files several times; a table takes `FORMAT:FILE`, once for each format; any other option takes one
value, as `--name VALUE` or `--name=VALUE`. argparse would take 8 ms, which
is an eighth of what a hook has for one post, and needs as many lines to say what is wrong.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Any, Literal, get_args, get_origin

from contentlint import options
from contentlint.options import AnyOptions, OptionField, Options

SHORT = {"-h": "--help", "-q": "--quiet", "-v": "--verbose"}
_HELP = OptionField("help", "help", False, "Show this help.")


class UsageError(Exception):
    """A mistake on the command line, in one line with a suggestion."""


class HelpWanted(Exception):
    """`--help` is on the command line."""


def read(cls: type[AnyOptions], arguments: Sequence[str]) -> tuple[AnyOptions, list[str]]:
    """Tell options from other arguments. After `--` nothing is an option.

    Raises UsageError or HelpWanted.
    """
    if not any(argument.startswith("-") for argument in arguments):
        return cls(), list(arguments)
    table: dict[str, Any] = {}
    others: list[str] = []
    fields = {f"--{field.key}": field for field in (*cls.fields, _HELP)}
    rest = iter(arguments)
    for argument in rest:
        if argument == "--":
            others += rest
        elif argument == "-" or not argument.startswith("-"):
            others.append(argument)
        else:
            flag, equals, value = argument.partition("=")
            field = fields.get(SHORT.get(flag, flag))
            if field is None:
                raise UsageError(_unknown(argument, list(fields)))
            _set(table, field, flag, value if equals else None, rest)
    if "help" in table:
        raise HelpWanted
    made, errors = options.read(cls, _with_numbers(cls, table))
    for error in errors:
        raise UsageError(f"--{error.path[0]}: {error.message}")
    return made, others


def _with_numbers(cls: type[Options], table: dict[str, Any]) -> dict[str, Any]:
    """The values with numbers for those options that are numbers."""
    if not any(isinstance(value, str) and value.isdecimal() for value in table.values()):
        return table
    hints = cls.types()
    numeric = {f.key for f in cls.fields if int in (hints[f.name], *get_args(hints[f.name]))}
    return {
        key: int(value) if key in numeric and value.isdecimal() else value
        for key, value in table.items()
    }


def _set(
    table: dict[str, Any], field: OptionField, flag: str, value: str | None, rest: Iterator[str]
) -> None:
    if field.default is False:
        if value is not None:
            raise UsageError(f"{flag} takes no value")
        table[field.key] = True
        return
    value = next(rest, "") if value is None else value
    if not value:
        raise UsageError(f"{flag} needs a value")
    if options.is_list(field.default):
        items = [value] if field.whole else value.replace(",", " ").split()
        table.setdefault(field.key, []).extend(items)
    elif options.is_table(field.default):
        _add(table.setdefault(field.key, {}), flag, value)
    else:
        table[field.key] = value


def _add(pairs: dict[str, str], flag: str, value: str) -> None:
    name, _, file = value.partition(":")  # the first one; another may follow a drive of Windows
    if not name or not file:
        raise UsageError(f"{flag} takes FORMAT:FILE, not {value}")
    if name in pairs:
        raise UsageError(f"{flag} {name}: is given twice")
    pairs[name] = file


def _unknown(argument: str, flags: list[str]) -> str:
    if os.path.lexists(argument):
        return f"{argument} looks like an option; for the file write ./{argument}"
    near = options.nearest(argument.partition("=")[0], [*flags, "--version"])
    return f"unknown option {argument}" + (f"; did you mean {near}?" if near else "")


def explain(cls: type[Options]) -> str:
    """The options with their documentation, a line each if it has room there."""
    from textwrap import fill

    hints = cls.types()
    short = {long: letter for letter, long in SHORT.items()}
    lines: list[str] = []
    for field in (*cls.fields, _HELP):
        flag = f"--{field.key}"
        names = f"{short[flag]}, {flag}" if flag in short else flag
        shown = f"{names}{_value(field, hints.get(field.name))}"
        indent = " " * 34
        lines.append(fill(f"  {shown:30}  {field.doc}", 100, subsequent_indent=indent) + "\n")
    return "".join(lines)


def _value(field: OptionField, hint: Any) -> str:
    """What follows an option in its help."""
    choices = [get_args(part) for part in (hint, *get_args(hint)) if get_origin(part) is Literal]
    if choices:
        return f" {'|'.join(choices[0])}"
    if field.default is False:
        return ""
    if options.is_table(field.default):
        return " FORMAT:FILE"
    if options.is_list(field.default):
        return " FILE" if field.whole else " NAMES"
    return f" {field.key.split('-')[-1].upper()}"
