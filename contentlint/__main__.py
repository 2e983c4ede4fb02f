"""The program: `contentlint`, and `python -m contentlint`."""

# Nothing but what the interpreter has loaded or built in may be imported before the path is clean.
import gc
import os
import sys

try:
    here = os.getcwd()
except OSError:
    here = ""  # it is gone, as the command line will say
if sys.path and sys.path[0] in ("", here):
    # With -m, Python looks for modules in the working directory first. That is the repository to
    # be linted, whose code must never run.
    del sys.path[0]

from contentlint import answers


def run() -> None:
    """Run contentlint as a process of its own, and end it at once when the work is done."""
    arguments = sys.argv[1:]
    status = answers.recall(arguments)
    if status is None:
        # What is allocated stays until the end, so there is nothing to collect.
        gc.set_threshold(100_000)
        answers.watch(arguments)
        from contentlint.cli import main

        status = main()
        answers.keep(arguments, status)
    # Python would take 10 ms, a sixth of what a hook has for one post, to tidy up behind us.
    for stream in (sys.stdout, sys.stderr):
        try:  # noqa: SIM105 - contextlib takes a millisecond
            stream.flush()
        except (OSError, ValueError, AttributeError):
            pass  # full, or closed and None
    os._exit(status)


if __name__ == "__main__":
    run()
