"""A progress bar for those who wait before a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Never

if TYPE_CHECKING:
    from tqdm import tqdm

_AFTER = 1.0  # seconds; a run that takes less needs no bar


@contextmanager
def progress(quiet: bool) -> Generator[Callable[[int, int], object] | None]:
    """What is to be told how many files are done, and of how many; None if nobody watches."""
    stream = sys.stderr
    # Of CI, some give a terminal to what they run and then keep every state of a bar in the log.
    if quiet or os.environ.get("CI") or stream is None or not stream.isatty():  # pyright: ignore[reportUnnecessaryComparison]
        yield None
        return
    bar = _Bar()
    try:
        yield bar.show
    finally:
        bar.close()


class _Bar:
    """A bar that appears if it takes long, and disappears in the end."""

    def __init__(self) -> None:
        self._since = monotonic()
        self._bar: tqdm[Never] | None = None

    def show(self, done: int, total: int) -> None:
        """Tell how many files are done. Of several blogs each has a bar of its own."""
        if self._bar is not None and (self._bar.total != total or self._bar.n > done):
            self.close()
        if self._bar is None:
            if monotonic() - self._since < _AFTER:
                return
            self._bar = _bar(done, total)
        self._bar.update(done - self._bar.n)

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None


def _bar(done: int, total: int) -> tqdm[Never]:
    from tqdm import tqdm  # 60 ms

    tqdm.monitor_interval = 0  # no thread that looks after it
    return tqdm(
        desc="contentlint", unit=" files", initial=done, total=total, leave=False, file=sys.stderr
    )
