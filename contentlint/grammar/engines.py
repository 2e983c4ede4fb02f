"""Which engine checks grammar."""

from __future__ import annotations

import re
from collections.abc import Callable

from contentlint.grammar import EngineError, GrammarEngine, GrammarOptions
from contentlint.grammar.checker import Checker, Store
from contentlint.options import unknown


def checker(options: GrammarOptions, store: Store | None = None) -> Checker | None:
    """A checker with the engine that the options ask for; None if that is none. What is found is
    kept in the store."""
    engine = _engine(options)
    return Checker(engine, store) if engine else None


def _engine(options: GrammarOptions) -> GrammarEngine | None:
    if options.engine == "off":
        return None
    if options.engine == "languagetool" or (options.engine == "auto" and options.languagetool.url):
        from contentlint.grammar.languagetool import LanguageTool

        return LanguageTool(options)
    from contentlint.grammar.harper import Harper

    return Harper(options)


def status(options: GrammarOptions) -> tuple[list[str], bool]:
    """What there is of the engines, a line each, and whether the one that is to check can."""
    from contentlint.grammar import server

    engine = _engine(options)
    if engine is None:
        return ["nothing checks grammar"], True
    if engine.name != "languagetool":
        lines, able = _tried(lambda: engine.version() and "Harper checks grammar")
        return [*lines, *_local()[0]], able
    url = options.languagetool.url
    if not url:
        lines, able = _local()
        return ["LanguageTool checks grammar", *lines], able
    able = server.is_alive(url)
    answers = "answers" if able else "does not answer"
    return [f"LanguageTool at {url} checks grammar; it {answers}", *_local()[0]], able


def _local() -> tuple[list[str], bool]:
    """What there is of LanguageTool on this computer, and whether it can run."""
    from contentlint.grammar import installation, server

    def installed() -> str:
        found = installation.find()
        return f"LanguageTool {found.version} is installed in {found.folder}"

    lines, is_installed = _tried(installed)
    more, has_java = _tried(lambda: f"Java is {installation.java()}")
    running = server.running()
    told = f"a server runs at {running.url}" if running else "no server is left running"
    return [*lines, *more, told], running is not None or (is_installed and has_java)


def _tried(tell: Callable[[], str]) -> tuple[list[str], bool]:
    try:
        return [tell()], True
    except EngineError as error:
        return [str(error)], False


def complain(name: str) -> str | None:
    """What is wrong with the name of an engine's rule in the configuration; None if nothing is.

    Which rules LanguageTool has depends on the language and the server, so any may be named.
    """
    engine, _, rule = name.partition(":")
    if engine == "languagetool" and re.fullmatch(r"\w[\w-]*", rule):
        return None
    if engine != "harper" or not rule:
        return f"`{name}` names no rule of an engine; write it as in `harper:ThenThan`"
    from contentlint.grammar import harper

    known = [rule.name for rule in harper.rules()]
    return None if rule in known else unknown(rule, known, "rule of Harper")


def complain_of_url(url: str) -> str | None:
    """What is wrong with the address of a server; None if nothing is."""
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
        if usable and not (parts.query or parts.fragment or parts.username):
            return None
    except ValueError:  # a port of letters
        pass
    return f"`{url}` is no address of a server; write it as in `http://localhost:8081`"


def describe(detail: str) -> str | None:
    """The documentation of an engine's rule, by the second part of our id for it; None if no
    engine is known to have such a rule."""
    from contentlint.grammar import harper, languagetool

    told = (harper.describe(detail), languagetool.describe(detail))
    return "\n\n".join(filter(None, told)) or None
