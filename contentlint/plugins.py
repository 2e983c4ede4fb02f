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

from contentlint.rule import Rule
from contentlint.tuples import NamedTuple

GROUP = "contentlint.rules"


class Loaded(NamedTuple):
    """The rules, sorted by id, and a line for each plugin that could not be loaded."""

    rules: list[Rule]
    errors: list[str]


def load() -> Loaded:
    """Load all rules. A plugin that fails is reported, and the others load all the same."""
    rules: dict[str, Rule] = {rule.id: rule for rule in bundled()}
    errors: list[str] = []
    for name, module in dict.fromkeys(_entry_points(_site_folders())):
        try:
            found = list(_rules_of(import_module(module)))
        except (Exception, SystemExit) as error:  # noqa: BLE001 - a plugin is anybody's code
            reason = f"{type(error).__name__}: {error}"
            errors.append(f"plugin {name} ({module}) cannot be loaded: {reason}")
            continue
        for rule in found:
            if rules.setdefault(rule.id, rule) is not rule:
                errors.append(f"plugin {name} ({module}) defines {rule.id}, which exists already")
    return Loaded([rules[rule_id] for rule_id in sorted(rules)], errors)


def bundled() -> Iterator[Rule]:
    """The rules of contentlint.rules. A new file there is a new module; nothing is registered."""
    package = import_module("contentlint.rules")
    for folder in package.__path__:
        for name in sorted(os.listdir(folder)):
            if name.endswith(".py") and not name.startswith("_"):
                yield from _rules_of(import_module(f"contentlint.rules.{name[:-3]}"))


def _rules_of(module: ModuleType) -> Iterator[Rule]:
    """The rules that a module, or package, defines; those it imports from elsewhere are others'."""
    for value in vars(module).values():
        if isinstance(value, Rule):
            defined_in = value.function.__module__
            if defined_in == module.__name__ or defined_in.startswith(f"{module.__name__}."):
                yield value


def _site_folders() -> list[str]:
    folders = list(site.getsitepackages())
    if site.ENABLE_USER_SITE:
        folders.append(site.getusersitepackages())
    return folders


def _entry_points(folders: list[str]) -> Iterator[tuple[str, str]]:
    """Name and module of each entry point of our group.

    importlib.metadata takes 28 ms for this; a scan of the file names takes one.
    """
    # In some environments lib64 is a link to lib, and the folder is named twice.
    for folder in dict.fromkeys(map(os.path.realpath, folders)):
        try:
            names = sorted(os.listdir(folder))
        except OSError:
            continue
        for name in names:
            if name.endswith(".dist-info"):
                yield from _read_entry_points(os.path.join(folder, name, "entry_points.txt"))


def _read_entry_points(path: str) -> Iterator[tuple[str, str]]:
    # https://packaging.python.org/en/latest/specifications/entry-points/#file-format
    try:
        with open(path, encoding="utf-8") as file:
            lines = file.readlines()
    except (OSError, UnicodeDecodeError):
        return
    section = ""
    for line in map(str.strip, lines):
        if line.startswith("["):
            section = line.strip("[] ")
        elif section == GROUP and "=" in line and line[0] not in "#;":
            name, _, target = line.partition("=")
            yield name.strip(), target.partition(":")[0].partition("[")[0].strip()
