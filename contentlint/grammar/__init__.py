"""Grammar: what an engine is given, what it gives back, and what all engines have in common.

An engine is an adapter in a module of its own (`harper`, `languagetool`). It is given the text of blocks, in which
there is no markup, and the language; it answers with matches in characters of those texts. What is
found in the source is the business of the Checker, which asks an engine only for what the store
does not have.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, Protocol

from contentlint.options import Options, option
from contentlint.text import Span
from contentlint.tuples import NamedTuple

Group = Literal["default", "style", "more"]  # when a rule of an engine runs; see HarperRule
EngineName = Literal["auto", "harper", "languagetool", "off"]


class LanguageToolOptions(Options):
    """The `[grammar.languagetool]` table."""

    url: str = option(
        "",
        "A LanguageTool server to ask, such as `http://localhost:8081`; else the installed one is "
        "started.",
    )


class GrammarOptions(Options):
    """The `[grammar]` table."""

    engine: EngineName = option(
        "auto",
        "What checks grammar; `auto` is Harper, which comes along, unless there is a "
        "`languagetool.url`.",
    )
    select: tuple[str, ...] = option(
        (), "Rules of engines to run besides the proven ones, as in `harper:MassNouns`."
    )
    ignore: tuple[str, ...] = option((), "Rules of engines to leave out, as in `harper:ThenThan`.")
    style: bool = option(False, "Run the rules that are about style, too.")
    languagetool: LanguageToolOptions = option(
        LanguageToolOptions(), "Where LanguageTool is, if it is to check."
    )


class EngineError(Exception):
    """An engine that is not there or does not answer, in a line that says what to do."""


class NotSpoken(EngineError):
    """The engine is there, but without a certain language."""


class Match(NamedTuple):
    """What an engine finds in a text: `start` and `end` count its characters (code points), and
    `text` is what the engine read there. `suggestions` replace it, best first. `rule` is the
    engine's own name of the rule, such as `ItsPossessive`."""

    start: int
    end: int
    text: str
    rule: str
    message: str
    suggestions: tuple[str, ...] = ()


class Text(NamedTuple):
    """The text of a block, and where in it a noun stands for what is no prose."""

    text: str
    opaque: tuple[Span, ...] = ()


class GrammarEngine(Protocol):
    """An engine, as the Checker sees it. Making one costs nothing; it starts when it must."""

    name: str

    def version(self) -> str:
        """What its answers depend on besides the text: versions and settings. It is asked for
        before the engine is needed, and must not start it. Raises EngineError if it is not there.
        """
        ...

    def speaks(self, language: str) -> bool:
        """Whether it checks texts in a language, by its code such as `en`."""
        ...

    def needs(self, text: str, language: str) -> bool:
        """Whether it may have anything to say of a text; a quick look that does not start it."""
        ...

    def check(self, texts: Sequence[Text], language: str) -> list[list[Match]]:
        """The matches in each of the texts. Raises EngineError; NotSpoken if it is the language
        that it does not have after all."""
        ...

    def close(self) -> None:
        """End what it has started; it may have started nothing."""
        ...


def rule_id(name: str) -> str:
    """The second part of our rule id for an engine's rule: `its-possessive` for `ItsPossessive`,
    `en-a-vs-an` for `EN_A_VS_AN`."""
    import re

    words = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", name)
    made = "-".join(words).lower() or "rule"
    return made if made[0].isalpha() else f"rule-{made}"


def named(names: Sequence[str], engine: str) -> set[str]:
    """The rules of an engine among those named, as in `harper:ThenThan`."""
    prefix = f"{engine}:"
    return {name.removeprefix(prefix) for name in names if name.startswith(prefix)}


def table(path: str) -> Iterator[list[str]]:
    """The columns of each line of a data file of an engine; a line with `#` in front is a comment."""
    with open(path, encoding="utf-8") as file:
        for line in file:
            if not line.startswith("#"):
                yield line.rstrip("\n").split("\t")
