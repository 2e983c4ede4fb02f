"""Work on many files in several processes. One that dies costs the file it was on, and no more."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeAlias

from contentlint.answers import forgo
from contentlint.tuples import NamedTuple

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    Pipe: TypeAlias = Connection[Any, Any]

# `Make` is called once in each process, so it must be possible to pickle it; what it makes is
# called for each file.
Work: TypeAlias = Callable[[str], Any]
Make: TypeAlias = Callable[[], Work]

# Files that a worker is given, and answers, at once: it takes a while to wake another process. It
# has up to two such chunks, so that it never waits.
_CHUNK = 8


class Died(NamedTuple):
    """In place of an answer: how the process ended that was on the file, or what it raised."""

    how: str


def cores() -> int:
    """How many processes can run at the same time."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # on macOS and Windows
        return os.cpu_count() or 1


def pay_off(files: int) -> bool:
    """Whether some dozens of files or more are worth the start of other processes: forks are made in
    no time, but elsewhere each loads the program anew, which takes as long as some hundred posts."""
    return can_fork() or files >= 500


def answers(make: Make, files: Sequence[str], jobs: int) -> Iterator[tuple[str, Any]]:
    """What so many workers answer to each file, in the order of the files."""
    forgo()  # what they look at is not seen from here
    pool = _Pool(make, files, min(jobs, -(-len(files) // _CHUNK)))
    try:
        yield from pool.answers()
    finally:
        pool.close()


def can_fork() -> bool:
    """Whether a copy of this process may go on: it would lack other threads, which may hold locks,
    and the frameworks of macOS do not bear it."""
    threads = sys.modules.get("threading")
    return sys.platform == "linux" and (threads is None or threads.active_count() == 1)


class _Worker:
    """A process, the pipe to it, and the chunks of files that it was given and has not answered, in
    order."""

    def __init__(self, process: BaseProcess, pipe: Pipe) -> None:
        self.process = process
        self.pipe = pipe
        self.chunks: deque[Sequence[str]] = deque()
        self.is_ready = False  # whether it could be started at all

    def give(self, files: Sequence[str]) -> None:
        """Give it more to do."""
        if files:
            self.chunks.append(files)
            with suppress(OSError):  # it has died, as will be seen when it is waited for
                self.pipe.send(files)


class _Pool:
    def __init__(self, make: Make, files: Sequence[str], jobs: int) -> None:
        self._make = make
        self._files = files
        self._given = 0  # so many of the files are given to somebody
        self._jobs = jobs
        self._workers: list[_Worker] = []
        self._answers: dict[str, Any] = {}
        self._work: Work | None = None  # of this process, if no other can be started

    def answers(self) -> Iterator[tuple[str, Any]]:
        for _ in range(self._jobs):
            self._start([self._more()])
        for file in self._files:
            while file not in self._answers:
                self._wait()
            yield file, self._answers.pop(file)

    def close(self) -> None:
        """End all workers at once."""
        for worker in self._workers:
            worker.process.terminate()
            worker.pipe.close()
        for worker in self._workers:
            worker.process.join()

    def _wait(self) -> None:
        """Take in what is answered next."""
        from multiprocessing.connection import wait

        if not self._workers:
            self._do(self._more())
            return
        ready = wait([worker.pipe for worker in self._workers])
        for worker in [one for one in self._workers if one.pipe in ready]:
            try:
                answer = worker.pipe.recv()
            except (EOFError, OSError):
                self._bury(worker)
                continue
            if worker.is_ready:
                self._answers.update(zip(worker.chunks.popleft(), answer, strict=True))
            worker.is_ready = True
            if len(worker.chunks) <= 1:
                worker.give(self._more())

    def _bury(self, worker: _Worker) -> None:
        """Let another worker go on with what this one leaves, but for the file it has died of."""
        worker.process.join()
        worker.pipe.close()
        self._workers.remove(worker)
        if not worker.is_ready:  # nor would another be
            self._do(chain.from_iterable(worker.chunks))
        elif worker.chunks:
            first, *others = worker.chunks
            if len(first) > 1:  # one by one, they will show which it is
                self._start([*([file] for file in first), *others])
            else:
                self._answers[first[0]] = Died(_end(worker.process.exitcode))
                self._start(others)

    def _do(self, files: Iterable[str]) -> None:
        """Answer some files in this process."""
        work = self._work = self._work or self._make()
        self._answers.update((file, _tried(work, file)) for file in files)

    def _more(self) -> Sequence[str]:
        self._given += _CHUNK
        return self._files[self._given - _CHUNK : self._given]

    def _start(self, chunks: Iterable[Sequence[str]]) -> None:
        """Start a worker that begins with some chunks of files, if there are any."""
        from multiprocessing import get_context

        if not (begin := [files for files in chunks if files]):
            return
        forks = can_fork()
        context: Any = get_context("fork" if forks else "spawn")
        ours, theirs = context.Pipe()
        # A fork has all pipes that are open here; with those it would live on if we were killed.
        others = [ours, *(worker.pipe for worker in self._workers)] if forks else []
        process = context.Process(target=_serve, args=(self._make, theirs, others), daemon=True)
        try:
            with _uninterrupted():
                process.start()
        except OSError:  # there are too many processes
            ours.close()
            self._do(chain.from_iterable(begin))
            return
        finally:
            theirs.close()
        self._workers.append(worker := _Worker(process, ours))
        for files in begin:
            worker.give(files)


@contextmanager
def _uninterrupted() -> Generator[None]:
    """Keep Ctrl-C back for a moment, and from the process that is started in it for ever: it is for
    us to end that."""
    if not hasattr(signal, "pthread_sigmask"):  # on Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(make: Make, pipe: Pipe, others: Sequence[Pipe]) -> None:
    """What a worker does until its pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for other in others:
        other.close()
    gc.set_threshold(100_000)
    try:
        work = make()
        pipe.send(None)
        while True:
            pipe.send([_tried(work, file) for file in pipe.recv()])
    except (EOFError, OSError):
        return


def _tried(work: Work, file: str) -> Any:
    try:
        return work(file)
    except Exception as error:  # noqa: BLE001 - the others go on
        return Died(f"raised {type(error).__name__}: {error}")


def _end(status: int | None) -> str:
    return f"was ended by signal {-status}" if status and status < 0 else f"ended with {status}"
