"""The command line: which command is given, and how trouble ends the run."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper

from contentlint import __version__
from contentlint.commands import CLEAN, MODULES, TROUBLE, Command, Trouble, say, write_out

INTERRUPTED = 130  # as shells count it: 128 and the number of the signal

USAGE = """\
Find what is wrong with blog posts: front matter, typos, links, images, tags.

usage: contentlint [check] [OPTIONS] [PATH …]    lint files and folders (default: this folder)
       contentlint audit [PATH]                  the state of a whole blog, as a page (--report)
       contentlint explain RULE …                what a rule or concern is about
       contentlint rules                         list the rules
       contentlint config                        show the settings in force
       contentlint explain-word WORD [FILE]      why a word is called misspelt or not
       contentlint vocabulary add WORD …         write words down as right
       contentlint vocabulary check [PATH …]     find the ones that are of no use any more
       contentlint tags [PATH …]                 the tags of the blog, and how they are spelt
       contentlint site [FILE …]                 what was recognised of the site, or of a file
       contentlint schema infer [PATH …]         a JSON Schema that most of the posts satisfy
       contentlint schema check FILE …           whether schemas can be used
       contentlint schema show [PRESET]          the schemas that contentlint brings along
       contentlint grammar status                which engine checks grammar, and whether it can
       contentlint grammar install               install LanguageTool; start, stop: its server
       contentlint baseline create [PATH …]      let be what is found now; update, check
       contentlint cache info|clean              what is kept between runs, or remove it
       contentlint COMMAND --help                the options of a command
       contentlint --version

exit status: 0 clean, 1 findings, 2 trouble
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run contentlint; returns the exit status.

    0: nothing at or above the failing severity. 1: findings. 2: the tool could not do its work.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # What the encoding of a terminal does not have must not stop us.
            stream.reconfigure(errors="backslashreplace")
    try:
        return _run(list(sys.argv[1:] if argv is None else argv))
    except Trouble as trouble:
        say(str(trouble))
        return TROUBLE
    except KeyboardInterrupt:
        say("interrupted")
        return INTERRUPTED
    except Exception:  # noqa: BLE001 - an exit status of 1 would say that there are findings
        from traceback import format_exc

        say(f"{format_exc()}this is a bug in contentlint; please report it with the lines above")
        return TROUBLE


def _run(argv: list[str]) -> int:
    first = argv[0] if argv else ""
    if first in ("-h", "--help"):
        write_out(lambda stream: stream.write(USAGE))
        return CLEAN
    if first == "--version":
        write_out(lambda stream: stream.write(f"contentlint {__version__}\n"))
        return CLEAN
    try:
        os.getcwd()
    except OSError:
        raise Trouble("the working directory does not exist any more") from None
    name, rest = (first, argv[1:]) if first in MODULES else ("check", argv)
    command: Command = getattr(
        import_module(f"contentlint.commands.{MODULES[name]}"), name.replace("-", "_")
    )
    return command(rest)
