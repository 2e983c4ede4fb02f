"""Output formats, one module each: `report(result, stream)` writes the findings of a run.

Each module is imported by name when it is asked for, so a new format is a new file, and a format
that is not asked for costs nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, TextIO

from contentlint import paths
from contentlint.finding import Edit

if TYPE_CHECKING:
    from contentlint.engine import Result
    from contentlint.finding import Finding

Report = Callable[["Result", TextIO], None]

# What a terminal would obey instead of showing it: control characters, with which escape sequences
# begin, line separators, and marks that reverse the direction of writing.
_CONTROL = (
    *range(0x20),
    *range(0x7F, 0xA0),
    0x061C,
    *range(0x200E, 0x2010),
    *range(0x2028, 0x202F),
    *range(0x2066, 0x206A),
)
_SHOWN = dict.fromkeys(_CONTROL, "\N{REPLACEMENT CHARACTER}")


def names() -> list[str]:
    """The formats there are."""
    files = os.listdir(os.path.dirname(__file__))
    return sorted(name[:-3] for name in files if name.endswith(".py") and name[0] != "_")


def load(name: str) -> Report:
    """The `report` function of a format. Raises ModuleNotFoundError for an unknown one."""
    report: Report = import_module(f"contentlint.reporters.{name}").report
    return report


def printable(text: str) -> str:
    """Text that is safe on a terminal: each character that it would obey becomes U+FFFD."""
    return text.translate(_SHOWN)


def remedies(finding: Finding) -> list[tuple[Edit, ...]]:
    """What could be done about a finding, best first: the edits of its fix, and then of each
    suggestion that is another one. Edits in one tuple belong together."""
    fix = [finding.fix.edits] if finding.fix else []
    suggested = [(Edit(finding.span, text),) for text in finding.suggestions]
    return fix + [edits for edits in suggested if edits not in fix]


def path_in_repository(path: str) -> str:
    """The path of a finding as services see it that know the repository and not where the run was
    started in it. One outside of it stays as it is."""
    return paths.below(os.path.abspath(path), repository()) or path


def repository() -> str:
    """The root of the repository if the CI tells it, else the working directory."""
    here = os.getcwd()
    for variable in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        root = os.environ.get(variable)
        if root and paths.below(here, os.path.realpath(root)):
            return os.path.realpath(root)
    return here
