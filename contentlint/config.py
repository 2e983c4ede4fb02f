"""The configuration: every option with its type, default and documentation, and how it is read.

It stands in `contentlint.toml`, `.contentlint.toml`, or the table `[tool.contentlint]` of
`pyproject.toml`, whichever is found first, from the working directory upward.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from contentlint import __version__, document, languages, options, paths
from contentlint.answers import seen
from contentlint.document import Reading
from contentlint.finding import Severity
from contentlint.grammar import GrammarOptions
from contentlint.markdown import IMAGE_ELEMENTS, ImageElement
from contentlint.options import OptionError, Options, Path, option, required
from contentlint.rule import RULE_ID, Rule
from contentlint.site import SiteOptions
from contentlint.tags import TagOptions
from contentlint.text import Source, Span
from contentlint.tuples import NamedTuple

if TYPE_CHECKING:
    from contentlint.fields import Field, Parsed
    from contentlint.wordlist import Listed

FILE_NAMES = ("contentlint.toml", ".contentlint.toml", "pyproject.toml")
DICTIONARY_SUFFIXES = (".aff", ".dic")
WORD_LIST = "contentlint-vocabulary.txt"  # is read, if it is there, without being configured
BASELINE = ".contentlint-baseline.json"  # and so is this
_TABLE = ("tool", "contentlint")  # where the configuration stands in pyproject.toml


class ConfigError(Exception):
    """A configuration that cannot be used; each line of its text begins with its place."""


class SchemaOptions(Options):
    """One `[[schemas]]` table: which front matter must satisfy which JSON Schema."""

    files: tuple[str, ...] = option(("*",), "Patterns, as in .gitignore, of the posts it is for.")
    schema: str = required("A path, relative to the configuration, or `preset:NAME`.")
    empty_is_missing: bool = option(
        True, "Whether a required key without a value, or with an empty text or list, is missing."
    )


class ImageElementOptions(Options):
    """One `[[images.elements]]` table: a shortcode, include or component that shows an image."""

    name: str = required("Its name; that of a component begins with a capital.")
    source: str = option(
        "src", "The parameter that names the image; without names, its number from 0."
    )
    alt: str = option("alt", "The parameter that describes it; without names, its number from 0.")


class ImageOptions(Options):
    """The `[images]` table."""

    elements: tuple[ImageElementOptions, ...] = option(
        (), "Shortcodes, includes and components that show images, besides the usual ones."
    )
    front_matter: dict[str, str] = option(
        {},
        "Front-matter keys that name images, besides the usual ones, with those that describe them.",
    )


class SuppressionOptions(Options):
    """The `[suppressions]` table."""

    allow_all: bool = option(
        False, "Whether a suppression may name no rule, or `*`, and so hide all findings there."
    )
    require_reason: bool = option(
        False, "Whether each suppression must give a reason, after a colon."
    )


class OverrideOptions(Options):
    """One `[[overrides]]` table: other settings for some files; later tables win."""

    files: tuple[str, ...] = required("Patterns, as in .gitignore, of the posts it is for.")
    ignore: tuple[str, ...] = option((), "Rules or concerns that are off there.")
    severity: dict[str, Severity] = option({}, "Severities of rules or concerns there.")
    language: str = option("", "The language they are in, such as `de`; found out if empty.")


class Settings(Options):
    """All settings of a run."""

    include: tuple[str, ...] = option(
        ("*.md", "*.markdown", "*.mdx"), "Patterns, as in .gitignore, of the files to lint."
    )
    exclude: tuple[str, ...] = option(
        (), "Patterns, as in .gitignore, of files never to lint, even if named."
    )
    select: tuple[str, ...] = option(
        (), "Rules or concerns to run; empty: all that are on by default."
    )
    extend_select: tuple[str, ...] = option((), "Rules or concerns to run besides.")
    ignore: tuple[str, ...] = option((), "Rules or concerns not to run, whatever is selected.")
    severity: dict[str, Severity] = option(
        {}, "Severity (error, warning, info) by rule or concern."
    )
    fail_on: Severity = option("warning", "The least severity that makes the exit status 1.")
    max_warnings: int | None = option(
        None, "How many warnings leave the exit status 0; unless set, `fail-on` alone decides."
    )
    vocabulary: tuple[str, ...] = option((), "Words that are right, whatever their case.")
    vocabulary_files: tuple[str, ...] = option(
        (WORD_LIST,),
        "Files of such words, one a line, relative to the configuration; "
        f"`contentlint vocabulary add` writes to the first. Only {WORD_LIST} may be missing.",
    )
    prose_keys: tuple[str, ...] = option(
        document.PROSE_KEYS,
        "Front-matter keys whose texts people read, by their last part, whatever their case.",
    )
    dictionaries: dict[str, str] = option(
        {},
        "Hunspell dictionaries by language, such as `de`: the path of the files, without `.aff` "
        "and `.dic`, relative to the configuration.",
    )
    schemas: tuple[SchemaOptions, ...] = option((), "Schemas for front matter, by file pattern.")
    overrides: tuple[OverrideOptions, ...] = option((), "Other settings for some files.")
    grammar: GrammarOptions = option(GrammarOptions(), "What checks grammar, and how strictly.")
    tags: TagOptions = option(TagOptions(), "Tags, categories and whatever else groups posts.")
    images: ImageOptions = option(ImageOptions(), "Where images stand.")
    site: SiteOptions = option(SiteOptions(), "The blog and its generator.")
    suppressions: SuppressionOptions = option(
        SuppressionOptions(), "What comments that suppress findings may do."
    )
    rules: dict[str, Any] = option({}, "Options of rules, by rule id.")


# Settings that choose among files and findings, and change nothing of what is known of a post.
_OF_FINDINGS = (
    "include", "exclude", "select", "extend_select", "ignore", "severity", "fail_on",
    "max_warnings", "vocabulary", "vocabulary_files", "suppressions",
)  # fmt: skip


class Config(NamedTuple):
    """The settings in force, where they were read, and the options of each rule by id.

    Paths and patterns in the settings are relative to `folder`. `word_lists` holds the words of
    each vocabulary file that there is, by its absolute path.
    """

    settings: Settings
    path: str | None
    folder: str
    rule_options: dict[str, Options]
    word_lists: Mapping[str, list[str]] = {}

    @property
    def baseline(self) -> str:
        """Where the baseline is, if there is one: beside the configuration, else at the top of the
        repository, else in the working directory."""
        top = self.folder if self.path else paths.repository(self.folder) or self.folder
        return os.path.join(top, BASELINE)

    @property
    def words(self) -> list[str]:
        """All words that people have written down as right, in the settings and in files."""
        of_files = (word for words in self.word_lists.values() for word in words)
        return [*self.settings.vocabulary, *of_files]

    @property
    def dictionaries(self) -> dict[str, str]:
        """The path of each Hunspell dictionary, without suffix, by the code of its language."""
        return {
            languages.code(language) or language: os.path.normpath(
                os.path.join(self.folder, paths.without_suffix(path, DICTIONARY_SUFFIXES))
            )
            for language, path in self.settings.dictionaries.items()
        }

    @property
    def basis(self) -> str:
        """All that the facts of a post depend on besides the post: the settings, but for those that
        only choose among findings, and the dictionaries. What is not known to be of no account
        counts, as does any change of the program."""
        usual = Settings()
        settings = self.settings.replace(**{name: getattr(usual, name) for name in _OF_FINDINGS})
        of_dictionaries = [
            (path, _state(path + suffix))
            for path in self.dictionaries.values()
            for suffix in DICTIONARY_SUFFIXES
        ]
        return repr((settings, self.folder, of_dictionaries, _state_of_program()))

    @property
    def reading(self) -> Reading:
        """How posts are read."""
        images = self.settings.images
        keys = {key: (alt,) for key, alt in images.front_matter.items()}
        elements = (ImageElement(own.name, (own.source,), (own.alt,)) for own in images.elements)
        return Reading(
            frozenset(key.lower() for key in self.settings.prose_keys),
            self.settings.tags.taxonomies,
            tuple((document.IMAGE_KEYS | keys).items()),
            (*IMAGE_ELEMENTS, *elements),
        )


def _state_of_program() -> list[object]:
    """What tells versions of the program apart, also while it is worked at."""
    import pyromark
    import yaml  # which yaml_reader has loaded, with less work

    folder = os.path.dirname(os.path.abspath(__file__))
    parts = ("", "generators", "grammar", "grammar/data", "spelling", "spelling/data")
    parsers = [_state(str(module.__file__)) for module in (pyromark, yaml)]
    return [__version__, *parsers, *(state_of_folder(os.path.join(folder, part)) for part in parts)]


def state_of_folder(folder: str) -> list[object]:
    """By what the files in a folder are known to be the same."""
    files = sorted(entry.path for entry in os.scandir(folder) if entry.is_file())
    return [(path, _state(path)) for path in files]


def _state(path: str) -> tuple[int, int] | None:
    """By what a file is known to be the same; None if there is none."""
    try:
        status = os.stat(seen(path))
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def find(folder: str) -> str | None:
    """The nearest configuration file in `folder` or above it; None if there is none."""
    for above in _upward(folder):
        for name in FILE_NAMES:
            path = os.path.join(above, name)
            if os.path.isfile(seen(path)) and (name != "pyproject.toml" or _has_table(path)):
                return path
    return None


def defaults(rules: list[Rule], folder: str) -> Config:
    """The configuration for `folder` if no file is read at all."""
    return Config(Settings(), None, folder, {rule.id: rule.options() for rule in rules})


def load(path: str | None, rules: list[Rule], folder: str) -> Config:
    """Read a configuration file; without one, the defaults for `folder`, and the nearest list of
    words in it or above it.

    Raises ConfigError with all that is wrong in the file and in word lists, a line each.
    """
    if path is None:
        return _without_file(defaults(rules, folder))
    path = os.path.abspath(path)
    source = _read(path)
    table, prefix, parsed = _parse(source)
    folder = os.path.dirname(path)
    settings, errors = options.read(Settings, table, prefix)
    rule_options, more = _rule_options(settings.rules, rules, (*prefix, "rules"))
    errors += more
    errors += _unknown_rules(settings, rules, prefix)
    errors += _malformed_patterns(settings, prefix)
    errors += _malformed_words(settings, prefix)
    errors += _wrong_for_engines(settings, prefix)
    errors += _missing_files(settings, folder, prefix)
    errors += _unknown_languages(settings, prefix)
    places = [(_place(parsed.fields, error), error.message) for error in errors]
    word_lists, complaints = _word_lists(settings.vocabulary_files, folder)
    if places or complaints:
        raise ConfigError("\n".join([*_complain(source, places), *complaints]))
    return Config(settings, path, folder, rule_options, word_lists)


def vocabulary(config: Config) -> Iterator[tuple[Source, list[Listed]]]:
    """The words that people have written down as right with their places, file by file.

    Raises ConfigError or WordListError if a file has changed and cannot be read any more.
    """
    from contentlint import wordlist
    from contentlint.wordlist import Listed

    if config.path and config.settings.vocabulary:
        source = _read(config.path)
        _, prefix, parsed = _parse(source)
        fields = (
            (word, parsed.fields[*prefix, "vocabulary", index])
            for index, word in enumerate(config.settings.vocabulary)
        )
        yield source, [Listed(word, field.text or field.value) for word, field in fields]
    for path in config.word_lists:
        source = wordlist.load(path)
        yield source, list(wordlist.entries(source))


def schema(rules: list[Rule]) -> dict[str, Any]:
    """The JSON Schema of the configuration file, for editors."""
    made = options.json_schema(Settings)
    made["properties"]["rules"] = {
        "description": "Options of rules, by rule id.",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            rule.id: {"description": rule.summary, **options.json_schema(rule.options)}
            for rule in rules
        },
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "contentlint configuration",
        **made,
    }


def matches(rule_id: str, names: Iterable[str]) -> bool:
    """Whether a rule is named, by its id or its concern."""
    return rule_id in names or rule_id.split("/")[0] in names


def by_rule(values: Mapping[str, Severity], rule_id: str) -> Severity | None:
    """What is set for a rule, by its id or, failing that, its concern."""
    return values.get(rule_id) or values.get(rule_id.split("/")[0])


def check_names(names: Iterable[str], rules: list[Rule]) -> str | None:
    """Complain of the first name that is no rule and no concern; None if all are."""
    valid = rule_names(rules)
    for name in names:
        if not is_rule_name(name, rules):
            return options.unknown(name, valid, "rule")
    return None


def rule_names(rules: list[Rule]) -> list[str]:
    """The ids of rules, and their concerns."""
    return sorted({rule.id for rule in rules} | {rule.concern for rule in rules})


def is_rule_name(name: str, rules: list[Rule]) -> bool:
    """Whether a name is the id of a rule, or a concern, or may be what a rule that speaks for
    others calls one of them."""
    return any(
        name in (rule.id, rule.concern)
        or (rule.speaks_for and name.split("/")[0] == rule.concern and RULE_ID.fullmatch(name))
        for rule in rules
    )


# ---- the file ----------------------------------------------------------------------------------


def _upward(folder: str) -> Iterator[str]:
    """A folder and those above it."""
    parent = ""
    while parent != folder:
        yield folder
        parent, folder = folder, os.path.dirname(folder)


def _has_table(path: str) -> bool:
    """Whether a pyproject.toml is meant to configure contentlint."""
    try:
        with open(path, "rb") as handle:
            text = handle.read().decode("utf-8", "replace")
    except OSError:
        return False
    if _TABLE[1] not in text:
        return False
    import tomllib

    try:
        tools = tomllib.loads(text).get(_TABLE[0])
    except ValueError:
        return ".".join(_TABLE) in text  # `load` will say what is wrong with it
    return options.is_table(tools) and _TABLE[1] in tools


def _read(path: str) -> Source:
    shown = paths.show(path)
    try:
        with open(path, "rb") as handle:
            return Source.decode(shown, handle.read())
    except OSError as error:
        raise ConfigError(f"{shown}: the configuration cannot be read: {error.strerror}") from None


def _parse(source: Source) -> tuple[dict[str, Any], Path, Parsed]:
    """The configuration's table, where it stands in the file, and the file as a whole."""
    from contentlint.frontmatter import read_toml

    parsed = read_toml(source.text)
    if parsed.problems:
        problems = _complain(source, [(p.span, p.message) for p in parsed.problems])
        raise ConfigError("\n".join(problems))
    if os.path.basename(source.path) != "pyproject.toml":
        return parsed.data, (), parsed
    table: Any = parsed.data
    for part in _TABLE:
        table = table.get(part) if options.is_table(table) else None
    if not options.is_table(table):
        raise ConfigError(f"{source.path}: there is no table [tool.contentlint]")
    return table, _TABLE, parsed


def _complain(source: Source, complaints: list[tuple[Span, str]]) -> list[str]:
    lines: list[str] = []
    for span, message in sorted(complaints):
        line, column = source.position(span.start)
        lines.append(f"{source.path}:{line}:{column}: {message}")
    return lines


def _place(fields: dict[Path, Field], error: OptionError) -> Span:
    path = error.path
    while path and path not in fields:
        path = path[:-1]
    if not path:
        return Span(0, 0)
    field = fields[path]
    return field.key if error.on_key and field.key is not None else field.value


# ---- lists of words ----------------------------------------------------------------------------


def _without_file(config: Config) -> Config:
    for above in _upward(config.folder):
        word_lists, complaints = _word_lists((WORD_LIST,), above)
        if complaints:
            raise ConfigError("\n".join(complaints))
        if word_lists:
            return config._replace(word_lists=word_lists)
    return config


def _word_lists(names: Iterable[str], folder: str) -> tuple[dict[str, list[str]], list[str]]:
    """The words of each file that there is, by its path, and what is wrong in them."""
    found: dict[str, list[str]] = {}
    complaints: list[str] = []
    for name in names:
        path = os.path.normpath(os.path.join(folder, name))
        if os.path.isfile(seen(path)) and path not in found:  # a pipe would wait forever
            from contentlint import wordlist

            try:
                found[path] = wordlist.read(path)
            except wordlist.WordListError as error:
                complaints.append(str(error))
    return found, complaints


# ---- what types cannot tell --------------------------------------------------------------------


def _rule_options(
    tables: dict[str, Any], rules: list[Rule], path: Path
) -> tuple[dict[str, Options], list[OptionError]]:
    made: dict[str, Options] = {rule.id: rule.options() for rule in rules}
    errors: list[OptionError] = []
    by_id = {rule.id: rule for rule in rules}
    for rule_id, values in tables.items():
        here = (*path, rule_id)
        if rule_id not in by_id:
            of_concern = [name for name in by_id if matches(name, [rule_id])]
            complaint = options.unknown(rule_id, list(by_id), "rule")
            if of_concern:
                complaint = f"`{rule_id}` is a concern; name a rule such as `{of_concern[0]}`"
            errors.append(OptionError(here, complaint, on_key=True))
        elif not options.is_table(values):
            errors.append(OptionError(here, "expected a table"))
        else:
            made[rule_id], found = options.read(by_id[rule_id].options, values, here)
            errors += found
    return made, errors


def _unknown_rules(settings: Settings, rules: list[Rule], prefix: Path) -> Iterator[OptionError]:
    for path, name in _rule_names(settings):
        if complaint := check_names((name,), rules):
            yield OptionError((*prefix, *path), complaint, on_key=True)


def _rule_names(settings: Settings) -> Iterator[tuple[Path, str]]:
    lists: list[tuple[Path, Iterable[str]]] = [
        (("select",), settings.select),
        (("extend-select",), settings.extend_select),
        (("ignore",), settings.ignore),
    ]
    tables: list[tuple[Path, Iterable[str]]] = [(("severity",), settings.severity)]
    for index, override in enumerate(settings.overrides):
        lists.append((("overrides", index, "ignore"), override.ignore))
        tables.append((("overrides", index, "severity"), override.severity))
    for path, names in lists:
        yield from (((*path, index), name) for index, name in enumerate(names))
    for path, names in tables:
        yield from (((*path, name), name) for name in names)


def _malformed_patterns(settings: Settings, prefix: Path) -> Iterator[OptionError]:
    lists: list[tuple[Path, tuple[str, ...]]] = [(("exclude",), settings.exclude)]
    if settings.include != Settings.include:
        lists.append((("include",), settings.include))
    lists += [
        (("overrides", i, "files"), table.files) for i, table in enumerate(settings.overrides)
    ]
    lists += [(("schemas", i, "files"), table.files) for i, table in enumerate(settings.schemas)]
    for path, patterns in lists:
        for index, pattern in enumerate(patterns):
            try:
                paths.patterns([pattern], "")
            except ValueError:
                complaint = f"`{pattern}` is no pattern as in .gitignore"
                yield OptionError((*prefix, *path, index), complaint)


def _malformed_words(settings: Settings, prefix: Path) -> Iterator[OptionError]:
    if not settings.vocabulary:
        return
    from contentlint import wordlist

    for index, word in enumerate(settings.vocabulary):
        if wrong := wordlist.complain(word):
            yield OptionError((*prefix, "vocabulary", index), f"vocabulary: {wrong}")


def _wrong_for_engines(settings: Settings, prefix: Path) -> Iterator[OptionError]:
    lists = {"select": settings.grammar.select, "ignore": settings.grammar.ignore}
    for key, names in lists.items():
        for index, name in enumerate(names):
            from contentlint.grammar import engines

            if wrong := engines.complain(name):
                yield OptionError((*prefix, "grammar", key, index), wrong)
    if url := settings.grammar.languagetool.url:
        from contentlint.grammar import engines

        if wrong := engines.complain_of_url(url):
            yield OptionError((*prefix, "grammar", "languagetool", "url"), wrong)


def _unknown_languages(settings: Settings, prefix: Path) -> Iterator[OptionError]:
    for index, override in enumerate(settings.overrides):
        if override.language and not languages.code(override.language):
            path = (*prefix, "overrides", index, "language")
            yield OptionError(path, _no_language(override.language))
    for language in settings.dictionaries:
        path = (*prefix, "dictionaries", language)
        if not (code := languages.code(language)):
            yield OptionError(path, _no_language(language), on_key=True)
        elif code == languages.ENGLISH:
            yield OptionError(path, "English is checked without a dictionary", on_key=True)


def _no_language(name: str) -> str:
    return f"`{name}` is no code of a language, such as `de` or `pt-BR`"


def _missing_files(settings: Settings, folder: str, prefix: Path) -> Iterator[OptionError]:
    for index, name in enumerate(settings.vocabulary_files):
        if name != WORD_LIST and not os.path.isfile(os.path.join(folder, name)):
            missing = f"there is no file `{name}`; make it, or take its name out"
            yield OptionError((*prefix, "vocabulary-files", index), missing)
    root = settings.site.root
    if root and not os.path.isdir(seen(os.path.join(folder, root))):
        yield OptionError((*prefix, "site", "root"), f"there is no folder `{root}`")
    for language, path in settings.dictionaries.items():
        for suffix in DICTIONARY_SUFFIXES:
            file = paths.without_suffix(path, DICTIONARY_SUFFIXES) + suffix
            if not os.path.isfile(os.path.join(folder, file)):
                yield OptionError((*prefix, "dictionaries", language), f"there is no file `{file}`")
    for index, table in enumerate(settings.schemas):
        if complaint := _missing_schema(table.schema, folder):
            yield OptionError((*prefix, "schemas", index, "schema"), complaint)


def _missing_schema(name: str, folder: str) -> str | None:
    if not name.startswith("preset:"):
        found = os.path.isfile(os.path.join(folder, name))
        return None if found else f"there is no file `{name}`"
    from contentlint.schema import PRESETS

    preset = name.removeprefix("preset:")
    return None if preset in PRESETS else options.unknown(preset, list(PRESETS), "preset")
