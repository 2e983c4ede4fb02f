"""LanguageTool, which knows many languages, by its HTTP interface: https://languagetool.org

Of its 4,000 English rules those run that were seen to be right, and those that have not been seen to
speak, in categories whose rules are mostly right: data/languagetool.tsv has each rule that spoke,
with what was measured, and measure_languagetool.py measures it. Other languages were not measured;
there, the categories run that hold what is ungrammatical. Its spellers never run: typos are ours.
"""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, cast

from contentlint.grammar import (
    EngineError,
    GrammarOptions,
    Group,
    Match,
    NotSpoken,
    Text,
    named,
    rule_id,
    table,
)
from contentlint.grammar.harper import is_beside
from contentlint.grammar.server import Refused, Server
from contentlint.languages import ENGLISH
from contentlint.tuples import NamedTuple

NAME = "languagetool"
RULES = os.path.join(os.path.dirname(__file__), "data", "languagetool.tsv")
_CODES = """
    ar ast be br ca crh da de el en eo es fa fr ga gl it ja km nl pl pt ro ru sk sl sv ta tl uk zh
"""
LANGUAGES = frozenset(_CODES.split())
ENGLISH_CATEGORIES = ("CONFUSED_WORDS", "TYPOS")  # the speller, of `en-US` and so on, is not asked
# In other languages; most have the first two, and call the rest by names of their own.
CATEGORIES = (
    "CONFUSED_WORDS", "GRAMMAR",
    "AGREEMENT", "AGREEMENT_NOUNS", "AGREEMENT_VERBS", "CAT_ELISION", "CAT_GRAMMAIRE",
    "CAT_HOMONYMES_PARONYMES", "CONFUSIONS", "CONFUSIONS2", "CONGRUENTIE", "CORRESPONDENCE",
    "INCORRECT_EXPRESSIONS", "PREPOSITIONS", "SYNTAX",
)  # fmt: skip
STYLE = ("REDUNDANCY", "STYLE")
LONGEST = 15_000  # UTF-16 units in one request; public servers take 20,000
_BETWEEN = "\n\n"  # texts: no sentence goes on behind it
_MOST_SUGGESTIONS = 5
_WORDS = re.compile(r"\w\W+\w")


class LanguageToolRule(NamedTuple):
    """A line of data/languagetool.tsv; the columns are those of HarperRule."""

    name: str
    group: Group
    hits: int
    alarms: int
    right: int
    read: int


def rules() -> Iterator[LanguageToolRule]:
    """All rules of LanguageTool that were measured, by name."""
    for name, group, *counts in table(RULES):
        yield LanguageToolRule(name, cast(Group, group), *map(int, counts))


class Selection(NamedTuple):
    """The rules that run by their name, those that do not, and the categories whose rules run
    besides; without categories, all that LanguageTool runs unasked."""

    rules: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()
    categories: tuple[str, ...] = ()


class LanguageTool:
    """The engine. A server is started, or asked, when a text needs it."""

    name = NAME

    def __init__(self, options: GrammarOptions, server: Server | None = None) -> None:
        self._options = options
        self._url = options.languagetool.url
        self._server = server or Server(self._url)
        self._languages: frozenset[str] | None = None

    def version(self) -> str:
        where = self._url or _installed()
        chosen = (*self._selection(ENGLISH), *self._selection(""))
        return " ".join([where, *(",".join(sorted(names)) for names in chosen)])

    def speaks(self, language: str) -> bool:
        return language in LANGUAGES

    def needs(self, text: str, language: str) -> bool:
        return _WORDS.search(text) is not None

    def check(self, texts: Sequence[Text], language: str) -> list[list[Match]]:
        self._know(language)
        answers: list[list[Match]] = [[] for _ in texts]
        for chunk in _chunks(texts):
            for index, match in self._matches(chunk, language):
                answers[index].append(match)
        return answers

    def close(self) -> None:
        self._server.close()

    @cached_property
    def _named(self) -> frozenset[str]:
        """The rules that are selected."""
        return frozenset(named(self._options.select, NAME))

    @cached_property
    def _rules(self) -> tuple[frozenset[str], frozenset[str]]:
        """The English rules that run, by their own name, and those that do not."""
        groups = ("default", "style") if self._options.style else ("default",)
        known = {rule.name: rule.group in groups for rule in rules()}
        runs = self._named.union(name for name, chosen in known.items() if chosen)
        ignored = named(self._options.ignore, NAME)
        return runs - ignored, frozenset((known.keys() - runs) | ignored)

    def _selection(self, language: str) -> Selection:
        """What runs in a language."""
        runs, not_run = self._rules
        if language == ENGLISH:
            return Selection(runs, not_run, ENGLISH_CATEGORIES)
        ignored = frozenset(named(self._options.ignore, NAME))
        categories = CATEGORIES + (STYLE if self._options.style else ())
        return Selection(self._named - ignored, ignored, categories)

    def _know(self, language: str) -> None:
        """Find out whether the server knows a language, which it may have been installed without.
        Raises EngineError."""
        if self._languages is None:
            listed = self._ask("languages")
            self._languages = frozenset(one["code"] for one in listed)
        if language not in self._languages:
            raise NotSpoken(f"LanguageTool has been installed without the language `{language}`")

    def _ask(self, path: str, fields: dict[str, str] | None = None) -> Any:
        try:
            return self._server.ask(path, fields)
        except Refused as error:
            raise EngineError(f"LanguageTool refuses to check ({error})") from None

    def _matches(self, chunk: list[tuple[int, Text]], language: str) -> Iterator[tuple[int, Match]]:
        selection = self._selection(language)
        fields = {"text": _BETWEEN.join(text.text for _, text in chunk), "language": language}
        if selection.categories:
            fields["enabledOnly"] = "true"
            fields["enabledCategories"] = ",".join(selection.categories)
        if selection.rules:  # an empty list would turn the categories off
            fields["enabledRules"] = ",".join(sorted(selection.rules))
        answer = self._ask("check", fields)
        try:
            if answer.get("warnings", {}).get("incompleteResults"):
                raise EngineError("LanguageTool answers in part only; give it more time")
            for index, match in _located(answer["matches"], chunk):
                if match.rule not in selection.left_out:
                    yield index, match
        except (AttributeError, KeyError, TypeError) as error:
            raise EngineError(f"LanguageTool's answer cannot be read ({error!r})") from None


def _installed() -> str:
    """What tells installations apart."""
    from contentlint.grammar import installation

    found = installation.find()
    status = os.stat(found.jar)
    return f"{found.folder} {status.st_size} {status.st_mtime_ns}"


# ---- texts and places --------------------------------------------------------------------------


def units(text: str) -> int:
    """How many UTF-16 units a text has, which is what LanguageTool counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "replace")) // 2


def characters(text: str, units: int) -> int | None:
    """How many characters the first UTF-16 units of a text are; None if they end within one, or
    behind the text."""
    if text.isascii():
        return units if units <= len(text) else None
    data = text.encode("utf-16-le", "replace")
    try:
        return len(data[: 2 * units].decode("utf-16-le")) if 2 * units <= len(data) else None
    except UnicodeDecodeError:
        return None


def _chunks(texts: Sequence[Text]) -> Iterator[list[tuple[int, Text]]]:
    """Texts for one request each, with their numbers; what is too long for a request is no
    paragraph, and left out."""
    chunk: list[tuple[int, Text]] = []
    size = 0
    for index, text in enumerate(texts):
        more = units(text.text + _BETWEEN)
        if more > LONGEST:
            continue
        if size + more > LONGEST:
            yield chunk
            chunk, size = [], 0
        chunk.append((index, text))
        size += more
    if chunk:
        yield chunk


def _located(
    matches: Sequence[dict[str, Any]], chunk: Sequence[tuple[int, Text]]
) -> Iterator[tuple[int, Match]]:
    """The matches in the texts of a chunk, with the number of the text."""
    starts: list[int] = []
    start = 0
    for _, text in chunk:
        starts.append(start)
        start += units(text.text + _BETWEEN)
    for found in matches:
        place = bisect_right(starts, found["offset"]) - 1
        index, text = chunk[place]
        match = _match(found, text.text, found["offset"] - starts[place])
        # A noun stands for what is no prose, and is not always the right one.
        if match and not is_beside(text, match.start, match.end):
            yield index, match


def _match(found: dict[str, Any], text: str, offset: int) -> Match | None:
    """A match as LanguageTool tells it, `offset` units from the beginning of its text; None if the
    server has read something else there."""
    rule = found["rule"]
    start, end = characters(text, offset), characters(text, offset + found["length"])
    if start is None or end is None or not _same(text[start:end], found["context"]):
        from logging import getLogger

        getLogger(__name__).info("LanguageTool: %s is misplaced", rule["id"])
        return None
    replacements: list[str] = [one["value"] for one in found["replacements"]]
    suggestions = tuple(dict.fromkeys(one for one in replacements if one))[:_MOST_SUGGESTIONS]
    return Match(start, end, text[start:end], rule["id"], found["message"], suggestions)


def _same(text: str, context: dict[str, Any]) -> bool:
    """Whether a text is what the server shows; it shows other blanks as blanks."""
    shown: str = context["text"]
    start = characters(shown, context["offset"])
    end = characters(shown, context["offset"] + context["length"])
    return start is not None and end is not None and shown[start:end].split() == text.split()


def describe(detail: str) -> str | None:
    """What is known of a rule, in Markdown, by the second part of our id for it."""
    rule = next((rule for rule in rules() if rule_id(rule.name) == detail), None)
    if rule is None:
        return None
    when = {
        "default": "It runs by default",
        "style": "It is about style, and runs with `style = true` in [grammar]",
        "more": f'It runs only if it is selected: `select = ["{NAME}:{rule.name}"]` in [grammar]',
    }
    return (
        f"`{NAME}:{rule.name}` is a rule of LanguageTool. {when[rule.group]}. On blogs on which it "
        f"was measured, it found {rule.hits} of the mistakes that people had mended, and spoke "
        f"{rule.alarms} times on edited posts."
    )
