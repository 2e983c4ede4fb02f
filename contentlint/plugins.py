"""Rules: the bundled ones by name, third-party ones by entry point.

Plugins load from the installed environment only, never from the working directory: linting an
untrusted pull request must not run its code.
"""

from __future__ import annotations

import os
import site
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import NamedTuple

from contentlint.rule import Rule

GROUP = "contentlint.rules"


class Loaded(NamedTuple):
    """The rules, sorted by id, and a line for each plugin that could not be loaded."""

    rules: list[Rule]
    errors: list[str]


def load() -> Loaded:
    """Load all rules. A plugin that fails is reported, and the others load all the same."""
    rules: dict[str, Rule] = {rule.id: rule for rule in bundled()}
    errors: list[str] = []
    for name, target in _entry_points():
        try:
            found = list(_rules_of(import_module(target.partition(":")[0])))
        except Exception as error:
            errors.append(f"plugin {name} ({target}) cannot be loaded: {_describe(error)}")
            continue
        for rule in found:
            if rule.id in rules:
                errors.append(f"plugin {name} ({target}) defines {rule.id}, which exists already")
            else:
                rules[rule.id] = rule
    return Loaded([rules[rule_id] for rule_id in sorted(rules)], errors)


def bundled() -> Iterator[Rule]:
    """The rules of contentlint.rules. A new file there is a new module; nothing is registered."""
    package = import_module("contentlint.rules")
    for folder in package.__path__:
        for name in sorted(os.listdir(folder)):
            if name.endswith(".py") and not name.startswith("_"):
                yield from _rules_of(import_module(f"contentlint.rules.{name[:-3]}"))


def _rules_of(module: ModuleType) -> Iterator[Rule]:
    """The rules that a module defines; those that it merely imports are another's."""
    for value in vars(module).values():
        if isinstance(value, Rule) and value.function.__module__ == module.__name__:
            yield value


def _describe(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _entry_points() -> Iterator[tuple[str, str]]:
    # importlib.metadata takes 28 ms for this; a scan of the file names takes one.
    for folder in _site_folders():
        try:
            entries = sorted(entry.path for entry in os.scandir(folder))
        except OSError:
            continue
        for path in entries:
            if path.endswith(".dist-info"):
                yield from _read_entry_points(os.path.join(path, "entry_points.txt"))


def _site_folders() -> list[str]:
    folders = list(site.getsitepackages())
    if site.ENABLE_USER_SITE:
        folders.append(site.getusersitepackages())
    return folders


def _read_entry_points(path: str) -> Iterator[tuple[str, str]]:
    try:
        with open(path, encoding="utf-8") as handle:
            text = handle.read()
    except (OSError, UnicodeDecodeError):
        return
    if GROUP not in text:
        return
    from configparser import ConfigParser

    parser = ConfigParser(delimiters=("=",), interpolation=None)
    parser.read_string(text)
    if parser.has_section(GROUP):
        yield from parser.items(GROUP)
