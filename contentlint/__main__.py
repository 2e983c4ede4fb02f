"""`python -m contentlint`."""

import os
import sys

if sys.path and (sys.path[0] == "" or sys.path[0] == os.getcwd()):
    # With -m, Python looks for modules in the working directory first. That is the repository to
    # be linted, whose code must never run.
    del sys.path[0]

from contentlint.cli import main

if __name__ == "__main__":
    sys.exit(main())
