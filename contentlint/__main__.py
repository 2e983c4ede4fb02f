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

from contextlib import suppress

from contentlint.cli import main


def run() -> None:
    """Run contentlint as a process of its own, and end it at once when the work is done."""
    # What is allocated stays until the end, so there is nothing to collect.
    gc.set_threshold(100_000)
    status = main()
    # Python would take 10 ms, a sixth of what a hook has for one post, to tidy up behind us.
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):  # full, or closed and None
            stream.flush()
    os._exit(status)


if __name__ == "__main__":
    run()
