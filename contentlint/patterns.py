"""Regular expressions that are compiled when they are first used.

Compiling one takes 0.1 ms on average, and a run for one post uses a third of ours.
"""

from __future__ import annotations

import re
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any, cast

_compile = re.compile


class _Pattern:
    def __init__(self, source: str, flags: int) -> None:
        self._source = source, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        value = getattr(_compile(*self._source), name)
        setattr(self, name, value)  # not asked for again: as fast as the real one
        return value


def pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` gives, later. A source that cannot be compiled is told at first use."""
    return cast("re.Pattern[str]", _Pattern(source, flags))


@contextmanager
def compiled_at_first_use() -> Generator[None, None, None]:
    """Import packages in it that compile patterns which we may never need. PyYAML compiles those of
    its pure Python parser, which are large, for 6 ms, and libyaml has no use for them."""
    re.compile = cast(Any, pattern)
    try:
        yield
    finally:
        re.compile = _compile
