"""Harper, an English grammar checker in a native wheel: https://writewithharper.com

Of its 900 rules those run that were seen to be right: data/harper.tsv has each with what was
measured, and measure_harper.py measures it. Loading Harper takes half a second, so that a text is
handed to it only if one of the rules' triggers stands in it; they are patterns without which the
rule never speaks.
"""

from __future__ import annotations

import os
import re
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from importlib.util import find_spec
from typing import TYPE_CHECKING, cast

from contentlint.grammar import (
    EngineError,
    GrammarOptions,
    Group,
    Match,
    Text,
    named,
    rule_id,
    table,
)
from contentlint.languages import ENGLISH
from contentlint.tuples import NamedTuple

if TYPE_CHECKING:
    from harper import Lint, Linter

NAME = "harper"
RULES = os.path.join(os.path.dirname(__file__), "data", "harper.tsv")


class HarperRule(NamedTuple):
    """A line of data/harper.tsv.

    `group` is when it runs: by default, as a matter of style, or if it is selected. `hits` are the
    mistakes that people have mended and it finds, `alarms` what it says besides of edited posts;
    `right` of `read` of these were read and are mistakes all the same. What it says is dropped
    unless one of the `triggers` matches in the text in lower case, if there are any, and, if
    `apart`, beside code and the like. Triggers begin with a literal, which is fast.
    """

    name: str
    group: Group
    hits: int
    alarms: int
    right: int
    read: int
    apart: bool
    triggers: tuple[str, ...]


def rules() -> Iterator[HarperRule]:
    """All rules of Harper that are known, by name."""
    for name, group, *columns in table(RULES):
        hits, alarms, right, read = map(int, columns[:4])
        apart, *triggers = columns[4:]
        told = (hits, alarms, right, read, apart == "apart", tuple(triggers))
        yield HarperRule(name, cast(Group, group), *told)


class Harper:
    """The engine. It is loaded when a text needs it."""

    name = NAME

    def __init__(
        self, options: GrammarOptions, selection: dict[str, HarperRule] | None = None
    ) -> None:
        self._options = options
        self._selection = selection

    def version(self) -> str:
        spec = find_spec("harper")
        if spec is None or spec.origin is None:
            raise EngineError(_MISSING)
        # The metadata of a package take 30 ms to read, and the library is what counts.
        with os.scandir(os.path.dirname(spec.origin)) as entries:
            files = sorted(entry.path for entry in entries if entry.name.startswith("_harper"))
        stats = [os.stat(file) for file in (*files, RULES)]
        options = self._options
        selection = (options.select, options.ignore, options.style)
        return repr(([(stat.st_size, stat.st_mtime_ns) for stat in stats], selection))

    def speaks(self, language: str) -> bool:
        return language == ENGLISH

    def needs(self, text: str, language: str) -> bool:
        lower = text.lower()
        return any(trigger.search(lower) for trigger in self._triggers)

    def check(self, texts: Sequence[Text], language: str) -> list[list[Match]]:
        with _without_stdout():
            return [list(self._matches(text)) for text in texts]

    def close(self) -> None:
        pass

    @cached_property
    def _rules(self) -> dict[str, HarperRule]:
        """The rules that run, by name."""
        if self._selection is not None:
            return self._selection
        options = self._options
        known = {rule.name: rule for rule in rules()}
        selected, ignored = named(options.select, NAME), named(options.ignore, NAME)
        groups = ("default", "style") if options.style else ("default",)
        return {
            name: rule
            for name, rule in known.items()
            if (rule.group in groups or name in selected) and name not in ignored
        }

    @cached_property
    def _triggers(self) -> list[re.Pattern[str]]:
        """What makes a text worth a look; anything does if a rule has no trigger."""
        every = [rule.triggers or ("",) for rule in self._rules.values()]
        return [re.compile(trigger) for triggers in every for trigger in triggers]

    @cached_property
    def _linter(self) -> Linter:
        linter = _load()
        linter.set_lint_config(
            {name: name in self._rules for name in linter.get_default_lint_config()}
        )
        return linter

    def _matches(self, text: Text) -> Iterator[Match]:
        found = self._linter.organized_lints(text.text, language="plaintext", dedup=False)
        for name, lints in found.items():
            rule = self._rules.get(name)
            if not (lints and rule and _may_speak(rule, text.text)):
                continue
            for lint in lints:
                start, end = lint.span.start, lint.span.end
                if not (rule.apart and is_beside(text, start, end)):
                    yield Match(
                        start, end, lint.problem_text, name, lint.message, _suggestions(lint)
                    )


_MISSING = "Harper cannot be loaded; install harper-py, or set `engine` in [grammar] to `off`"


@contextmanager
def _without_stdout() -> Generator[None]:
    """Some of Harper's rules print what their makers wanted to see; our output is not the place."""
    try:
        stdout = os.dup(1)
    except OSError:  # it is closed
        yield
        return
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.close(nowhere)
        yield
    finally:
        os.dup2(stdout, 1)
        os.close(stdout)


def _load() -> Linter:
    try:
        from harper import Linter
    except ImportError as error:
        raise EngineError(f"{_MISSING} ({error})") from None
    return Linter()


def describe(detail: str) -> str | None:
    """What Harper says of one of its rules, in Markdown, by the second part of our id for it."""
    rule = next((rule for rule in rules() if rule_id(rule.name) == detail), None)
    if rule is None:
        return None
    told = _load().get_lint_descriptions().get(rule.name, "")
    return f"{told}\n\n{_standing(rule)}".strip()


def _standing(rule: HarperRule) -> str:
    when = {
        "default": "It runs by default.",
        "style": "It is about style, and runs with `style = true` in [grammar].",
        "more": f'It runs only if it is selected: `select = ["{NAME}:{rule.name}"]` in [grammar].',
    }
    right = f", of which {rule.right} of {rule.read} that were read are right" if rule.read else ""
    measured = (
        f"On blogs on which it was measured, it found {rule.hits} of the mistakes that people had "
        f"mended, and spoke {rule.alarms} times on edited posts{right}."
    )
    return f"`{NAME}:{rule.name}` is a rule of Harper. {when[rule.group]} {measured}"


def _may_speak(rule: HarperRule, text: str) -> bool:
    lower = text.lower()
    return not rule.triggers or any(re.search(trigger, lower) for trigger in rule.triggers)


def is_beside(text: Text, start: int, end: int) -> bool:
    """Whether a place is next to something that is no prose, but for blanks and punctuation."""
    return any(
        not re.search(r"\w", text.text[b:start] if b <= start else text.text[end:a])
        for a, b in text.opaque
    )


def _suggestions(lint: Lint) -> tuple[str, ...]:
    """What may stand in the place; to take it out is no suggestion."""
    from harper import SuggestionKind

    found = [
        lint.problem_text + suggestion.replacement_text
        if suggestion.kind == SuggestionKind.INSERT_AFTER
        else suggestion.replacement_text
        for suggestion in lint.suggestions
    ]
    return tuple(filter(None, dict.fromkeys(found)))
