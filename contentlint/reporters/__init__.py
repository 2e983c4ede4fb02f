"""Output formats, one module each: `report(result, stream)` writes the findings of a run.

Each module is imported by name when it is asked for, so a new format is a new file, and a format
that is not asked for costs nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib import import_module
from typing import TextIO

from contentlint.engine import Result

Report = Callable[[Result, TextIO], None]

CONTROL = {code: "\ufffd" for code in (*range(32), *range(127, 160), *range(0x202A, 0x202F))}


def names() -> list[str]:
    """The formats there are."""
    files = os.listdir(os.path.dirname(__file__))
    return sorted(name[:-3] for name in files if name.endswith(".py") and name[0] != "_")


def load(name: str) -> Report:
    """The `report` function of a format. Raises ModuleNotFoundError for an unknown one."""
    report: Report = import_module(f"contentlint.reporters.{name}").report
    return report


def printable(text: str) -> str:
    """Text of a post that is safe on a terminal: control characters (escape sequences, overrides
    of the writing direction) become U+FFFD."""
    return text.translate(CONTROL)
