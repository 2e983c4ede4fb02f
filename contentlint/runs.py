"""What all files of a run have in common, and what is known of each while the run goes on."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from contentlint import languages, paths
from contentlint.config import Config, by_rule, is_rule_name, matches, rule_names
from contentlint.document import Reading
from contentlint.finding import Problem, Severity
from contentlint.options import nearest
from contentlint.rule import Rule
from contentlint.spelling import Lexicon
from contentlint.text import Source
from contentlint.tuples import NamedTuple

if TYPE_CHECKING:
    from contentlint.cache import Cache
    from contentlint.changes import Changes
    from contentlint.directives import Directive
    from contentlint.grammar.checker import Checker
    from contentlint.schema import Schema
    from contentlint.spelling.dictionary import Dictionaries

Read = Callable[[str], bytes]
Progress = Callable[[int, int], object]  # told how many files are done, and of how many
Schemas = Mapping[str, "tuple[Schema, ...]"]


class Run(NamedTuple):
    """What all files of a run have in common."""

    rules: list[Rule]
    config: Config
    overrides: Overrides
    lexicon: Lexicon
    reading: Reading
    read: Read
    schemas: Schemas
    reasons: bool
    errors: list[str]
    dictionaries: Dictionaries | None
    grammar: Checker | None = None
    cache: Cache | None = None
    unsaved: Container[str] = ()
    basis: str = ""  # of what is known of posts, see Config.basis
    known: Sequence[Rule] = ()  # those that suppressions may name
    progress: Progress | None = None
    jobs: int = 1
    changes: Changes | None = None

    @classmethod
    def of(
        cls, rules: list[Rule], config: Config, errors: list[str], lexicon: Lexicon, read: Read
    ) -> Run:
        """A run with what follows from its settings, and without what only some have."""
        return cls(
            rules,
            config,
            Overrides(config),
            lexicon,
            config.reading,
            read,
            {},
            False,
            errors,
            _dictionaries(config, errors),
        )

    def read_or_recall(self, path: str) -> bytes:
        """What stands in a file or, if it is gone, what stood there."""
        try:
            return self.read(path)
        except FileNotFoundError:
            if self.changes and path in self.changes.old:
                return self.changes.read(path)
            raise

    def meant(self, name: str) -> str:
        """The rule or concern that a name is, or may be meant to be; "" if none is near."""
        known = list(self.known)
        if is_rule_name(name, known):
            return name
        return nearest(name, rule_names(known)) or ""

    def severity_asked(self, rule_id: str, path: str) -> Severity | None:
        """The severity that the settings give to the findings of a rule in a file, if they do."""
        named = self.config.settings.severity
        return self.overrides.severity(rule_id, path) or by_rule(named, rule_id)

    def wants(self, rule: Rule, rule_id: str, path: str) -> bool:
        """Whether a finding with an id that is not its rule's own is asked for."""
        settings = self.config.settings
        if matches(rule_id, settings.ignore) or self.overrides.is_off(rule_id, path):
            return False
        named = {*settings.select, *settings.extend_select}
        return not settings.select or rule.id in named or matches(rule_id, named)


class Overrides:
    """What the settings change for some files: rules that are off, and severities."""

    def __init__(self, config: Config) -> None:
        self._overrides = [
            (paths.patterns(override.files, config.folder), override)
            for override in config.settings.overrides
        ]

    def is_off(self, rule_id: str, path: str) -> bool:
        return bool(self._overrides) and any(
            matches(rule_id, override.ignore) and applies(path)
            for applies, override in self._overrides
        )

    def language(self, path: str) -> str | None:
        for applies, override in reversed(self._overrides):
            if override.language and applies(path):
                return languages.code(override.language)
        return None

    def severity(self, rule_id: str, path: str) -> Severity | None:
        for applies, override in reversed(self._overrides):
            severity = by_rule(override.severity, rule_id)
            if severity and applies(path):
                return severity
        return None


class Sources(Mapping[str, Source]):
    """The checked files by their paths in findings. Each is read again when it is asked for, since
    there may be thousands; the last one is at hand."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._paths: dict[str, str] = {}
        self._last = ("", Source("", ""))

    def add(self, shown: str, path: str) -> None:
        """Add a file by the path that findings show and the one that it is read from."""
        self._paths[shown] = path

    def __getitem__(self, shown: str) -> Source:
        if shown != self._last[0]:
            path = self._paths[shown]
            try:
                data = self._read(path)
            except OSError:
                data = b""  # it has gone since it was checked
            self._last = shown, Source.decode(path, data)
        return self._last[1]

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


class Post(NamedTuple):
    """One parsed file, while the run goes on. `name` is its path in the blog, `shown` the one that
    findings show, `length` that of its text in characters; neither that nor the document is kept,
    since there may be thousands."""

    path: str
    name: str
    shown: str
    length: int
    directives: tuple[Directive, ...]
    problems: list[tuple[Rule, Problem]]


def name_in(path: str, root: str) -> str:
    """The path of a post in its blog, which is below `root`; its own if it is not."""
    return paths.below(path, root) or path


def read_file(path: str) -> bytes:
    """The bytes of a file. Raises OSError."""
    with open(path, "rb", buffering=0) as file:  # it is read at once
        return file.read()


def _dictionaries(config: Config, errors: list[str]) -> Dictionaries | None:
    """The dictionaries of other languages, if the settings name some; `errors` has what is wrong with
    them."""
    if not config.settings.dictionaries:
        return None
    from contentlint.spelling.dictionary import Dictionaries

    return Dictionaries(config.dictionaries, errors.append)
