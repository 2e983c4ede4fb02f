"""Which engine checks grammar."""

from __future__ import annotations

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
    from contentlint.grammar.harper import Harper

    return Harper(options)


def complain(name: str) -> str | None:
    """What is wrong with the name of an engine's rule in the configuration; None if nothing is."""
    engine, _, rule = name.partition(":")
    if engine != "harper" or not rule:
        return f"`{name}` names no rule of an engine; write it as in `harper:ThenThan`"
    from contentlint.grammar import harper

    known = [rule.name for rule in harper.rules()]
    return None if rule in known else unknown(rule, known, "rule of Harper")


def describe(detail: str) -> str | None:
    """The documentation of an engine's rule, by the second part of our id for it; None if no
    engine is known to have such a rule."""
    from contentlint.grammar import harper

    return harper.describe(detail)
