"""Which engine checks grammar."""

from __future__ import annotations

import re

from contentlint.grammar import GrammarEngine, GrammarOptions
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
