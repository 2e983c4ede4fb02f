"""Where LanguageTool is installed on this computer: in the folder of language-tool-python.

That folder is `~/.cache/language_tool_python` or what LTP_PATH names, and a version in it is a
folder as LanguageTool's own archive has it, such as `LanguageTool-6.8`.
"""

from __future__ import annotations

import os
import re

from contentlint.grammar import EngineError
from contentlint.tuples import NamedTuple

JAR = "languagetool-server.jar"
MISSING = (
    "LanguageTool is not installed; run `contentlint grammar install`, or name a server in "
    "[grammar.languagetool]"
)
NO_JAVA = "LanguageTool needs Java 17 or later, and there is no `java` on the PATH"
_NAME = re.compile(r"LanguageTool-(\d+(?:\.\d+)*)(.*)")


class Installation(NamedTuple):
    """A version that is installed, and its folder."""

    version: str
    folder: str

    @property
    def jar(self) -> str:
        """The program."""
        return os.path.join(self.folder, JAR)


def home() -> str:
    """The folder for all versions; it need not exist."""
    return os.environ.get("LTP_PATH") or os.path.join(
        os.path.expanduser("~"), ".cache", "language_tool_python"
    )


def find() -> Installation:
    """The newest version that is installed. Raises EngineError if there is none."""
    where = home()
    try:
        names = os.listdir(where)
    except OSError:
        names = []
    found = [
        (tuple(map(int, match[1].split("."))), Installation(name.partition("-")[2], folder))
        for name in names
        if (match := _NAME.fullmatch(name))
        and os.path.isfile(os.path.join(folder := os.path.join(where, name), JAR))
    ]
    if not found:
        raise EngineError(MISSING)
    return max(found)[1]


def java() -> str:
    """The program that runs it, by JAVA_HOME or PATH. Raises EngineError if there is none.

    The working directory is never looked into, as Windows does: it may be a stranger's.
    """
    name = "java.exe" if os.name == "nt" else "java"
    homes = [os.path.join(folder, "bin") for folder in (os.environ.get("JAVA_HOME"),) if folder]
    for folder in (*homes, *os.get_exec_path()):
        path = os.path.join(folder, name)
        if os.path.isabs(folder) and os.path.isfile(path) and os.access(path, os.X_OK):
            return path
    raise EngineError(NO_JAVA)
