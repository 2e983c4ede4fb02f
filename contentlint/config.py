"""The configuration: every option with its type, default and documentation, and how it is read.

It stands in `contentlint.toml`, `.contentlint.toml`, or the table `[tool.contentlint]` of
`pyproject.toml`, whichever is found first, from the working directory upward.
"""

from __future__ import annotations

import os
from typing import Any, Literal, NamedTuple, cast

from contentlint import options
from contentlint.finding import Severity
from contentlint.options import OptionError, Options, Path, option
from contentlint.rule import Rule
from contentlint.text import Source, Span

FILE_NAMES = ("contentlint.toml", ".contentlint.toml", "pyproject.toml")


class ConfigError(Exception):
    """A configuration that cannot be used; its text begins with `file:line:column`."""


class SchemaOptions(Options):
    """One `[[schemas]]` table: which front matter must satisfy which JSON Schema."""

    files: tuple[str, ...] = option(("*",), "Patterns, as in .gitignore, of the posts it is for.")
    schema: str = option(
        "preset:blog-post", "A path, relative to the configuration, or `preset:NAME`."
    )


class OverrideOptions(Options):
    """One `[[overrides]]` table: other settings for some files; later tables win."""

    files: tuple[str, ...] = option((), "Patterns, as in .gitignore, of the posts it is for.")
    ignore: tuple[str, ...] = option((), "Rules or concerns that are off there.")
    severity: dict[str, Severity] = option({}, "Severities of rules or concerns there.")


class SiteOptions(Options):
    """The `[site]` table."""

    root: str = option(
        "", "Root of the blog, relative to the configuration; found by itself if empty."
    )
    generator: Literal[
        "auto", "hugo", "jekyll", "mkdocs", "docusaurus", "eleventy", "astro", "vitepress",
        "hexo", "pelican", "plain",
    ] = option("auto", "The site generator; recognised by its files if `auto`.")  # fmt: skip


class Settings(Options):
    """All settings of a run."""

    include: tuple[str, ...] = option(
        ("*.md", "*.markdown", "*.mdx"), "Patterns, as in .gitignore, of the files to lint."
    )
    exclude: tuple[str, ...] = option(
        (), "Patterns, as in .gitignore, of files never to lint, even if named."
    )
    select: tuple[str, ...] = option((), "Rules or concerns to run; empty: all default ones.")
    extend_select: tuple[str, ...] = option((), "Rules or concerns to run besides.")
    ignore: tuple[str, ...] = option((), "Rules or concerns not to run.")
    severity: dict[str, Severity] = option(
        {}, "Severity (error, warning, info) by rule or concern."
    )
    fail_on: Severity = option("warning", "The least severity that makes the exit status 1.")
    vocabulary: tuple[str, ...] = option((), "Words that are right, whatever their case.")
    schemas: tuple[SchemaOptions, ...] = option((), "Schemas for front matter, by file pattern.")
    overrides: tuple[OverrideOptions, ...] = option((), "Other settings for some files.")
    site: SiteOptions = option(SiteOptions(), "The blog and its generator.")
    rules: dict[str, Any] = option({}, "Options of rules, by rule id.")


class Config(NamedTuple):
    """The settings in force, where they were read, and the options of each rule by id."""

    settings: Settings
    path: str | None
    folder: str
    rule_options: dict[str, Options]


def find(folder: str) -> str | None:
    """The nearest configuration file in `folder` or above it; None if there is none."""
    while True:
        for name in FILE_NAMES:
            path = os.path.join(folder, name)
            if os.path.isfile(path) and (name != "pyproject.toml" or _has_table(path)):
                return path
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent


def load(path: str | None, rules: list[Rule], folder: str) -> Config:
    """Read a configuration file; without one, the defaults for `folder`.

    Raises ConfigError with all that is wrong in the file, a line each.
    """
    if path is None:
        return Config(Settings(), None, folder, {rule.id: rule.options() for rule in rules})
    source = _read(path)
    from contentlint.frontmatter import read_toml

    parsed = read_toml(source.text)
    if parsed.problems:
        raise ConfigError(_complain(source, [(p.span, p.message) for p in parsed.problems]))
    prefix: Path = ("tool", "contentlint") if path.endswith("pyproject.toml") else ()
    table = parsed.data
    for part in prefix:
        table = table[part]
    settings, errors = options.read(Settings, table, prefix)
    rule_options, more = _rule_options(table.get("rules", {}), rules, prefix)
    errors += more + list(_unknown_rules(settings, rules, prefix))
    if errors:
        raise ConfigError(_complain(source, [_place(parsed.fields, error) for error in errors]))
    return Config(settings, path, os.path.dirname(os.path.abspath(path)), rule_options)


def schema(rules: list[Rule]) -> dict[str, Any]:
    """The JSON Schema of the configuration file, for editors."""
    made = options.json_schema(Settings)
    made["properties"]["rules"] = {
        "description": "Options of rules, by rule id.",
        "type": "object",
        "additionalProperties": False,
        "properties": {rule.id: options.json_schema(rule.options) for rule in rules},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "contentlint configuration",
        **made,
    }


def matches(rule_id: str, names: tuple[str, ...] | list[str]) -> bool:
    """Whether a rule is named, by its id or its concern."""
    return rule_id in names or rule_id.split("/")[0] in names


def check_names(names: tuple[str, ...], rules: list[Rule]) -> str | None:
    """Complain of the first name that is no rule and no concern; None if all are."""
    valid = sorted({rule.id for rule in rules} | {rule.concern for rule in rules})
    for name in names:
        if name not in valid:
            return options.unknown(name, valid, "rule")
    return None


def _has_table(path: str) -> bool:
    try:
        with open(path, "rb") as handle:
            return b"tool.contentlint" in handle.read()
    except OSError:
        return False


def _read(path: str) -> Source:
    try:
        with open(path, "rb") as handle:
            return Source.decode(path, handle.read())
    except OSError as error:
        raise ConfigError(f"{path}:1:1: cannot read the configuration: {error.strerror}") from None


def _rule_options(
    table: Any, rules: list[Rule], prefix: Path
) -> tuple[dict[str, Options], list[OptionError]]:
    made: dict[str, Options] = {rule.id: rule.options() for rule in rules}
    errors: list[OptionError] = []
    by_id = {rule.id: rule for rule in rules}
    for rule_id, values in table.items() if isinstance(table, dict) else ():
        path = (*prefix, "rules", rule_id)
        if rule_id not in by_id:
            errors.append(OptionError(path, options.unknown(rule_id, list(by_id), "rule"), True))
        elif not isinstance(values, dict):
            errors.append(OptionError(path, f"`rules.{rule_id}`: expected a table", False))
        else:
            made[rule_id], found = options.read(by_id[rule_id].options, values, path)
            errors += found
    return made, errors


def _unknown_rules(settings: Settings, rules: list[Rule], prefix: Path) -> list[OptionError]:
    errors: list[OptionError] = []
    named: list[tuple[Path, str]] = []
    for key in ("select", "extend_select", "ignore"):
        path = (*prefix, key.replace("_", "-"))
        named += [((*path, i), name) for i, name in enumerate(getattr(settings, key))]
    named += [((*prefix, "severity", name), name) for name in settings.severity]
    for i, override in enumerate(settings.overrides):
        path = (*prefix, "overrides", i)
        named += [((*path, "ignore", n), name) for n, name in enumerate(override.ignore)]
        named += [((*path, "severity", name), name) for name in override.severity]
    for path, name in named:
        complaint = check_names((name,), rules)
        if complaint:
            errors.append(OptionError(path, complaint, isinstance(path[-1], str)))
    return errors


def _place(fields: dict[Path, Any], error: OptionError) -> tuple[Span, str]:
    path = error.path
    while path and path not in fields:
        path = path[:-1]
    if not path:
        return Span(0, 0), error.message
    field = fields[path]
    span = field.key if error.on_key and field.key is not None else field.value
    return cast(Span, span), error.message


def _complain(source: Source, complaints: list[tuple[Span, str]]) -> str:
    lines: list[str] = []
    for span, message in sorted(complaints):
        line, column = source.position(span.start)
        lines.append(f"{source.path}:{line}:{column}: {message}")
    return "\n".join(lines)
