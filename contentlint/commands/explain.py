"""`contentlint explain`, `rules` and `config`: what there is, and what is in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contentlint.commands import (
    CLEAN,
    ConfigArguments,
    Trouble,
    load_config,
    load_rules,
    read_options,
    write_out,
)
from contentlint.options import Options, option

if TYPE_CHECKING:
    from contentlint.rule import Rule


def explain(argv: list[str]) -> int:
    _, names = read_options(Options, argv, "explain", "RULE …")
    from contentlint.config import check_names, matches
    from contentlint.explain import page

    rules = load_rules()
    if not names:
        raise Trouble("explain which rule? See contentlint rules")
    if complaint := check_names(names, rules):
        raise Trouble(f"{complaint}; see contentlint rules")
    pages = [page(rule) for rule in rules if matches(rule.id, names)]
    pages += [_detail(name) for name in names if "/" in name and name not in _ids(rules)]
    write_out(lambda stream: stream.write("\n\n".join(pages) + "\n"))
    return CLEAN


def _ids(rules: list[Rule]) -> set[str]:
    return {rule.id for rule in rules}


def _detail(name: str) -> str:
    """The page of a rule of an engine."""
    from contentlint.grammar import EngineError, engines

    try:
        told = engines.describe(name.partition("/")[2])
    except EngineError as error:
        raise Trouble(str(error)) from None
    if told is None:
        raise Trouble(f"unknown rule `{name}`; see contentlint rules")
    return f"# {name}\n\n{told}"


def rules(argv: list[str]) -> int:
    read_options(Options, argv, "rules")
    rules = load_rules()
    width = max(len(rule.id) for rule in rules)
    lines = [
        f"{rule.id:{width}}  {rule.severity if rule.default else 'off':7}  {rule.summary}\n"
        for rule in rules
    ]
    write_out(lambda stream: stream.writelines(lines))
    return CLEAN


class ShowArguments(ConfigArguments):
    """The options of `contentlint config`."""

    schema: bool = option(False, "Show the JSON Schema of the configuration, for editors.")


def config(argv: list[str]) -> int:
    given, _ = read_options(ShowArguments, argv, "config")
    import json

    from contentlint import config
    from contentlint.explain import settings_page

    if given.schema:
        text = json.dumps(config.schema(load_rules()), indent=2)
    else:
        loaded, found = load_config(given)
        text = settings_page(found, loaded.rules)
    write_out(lambda stream: stream.write(f"{text}\n"))
    return CLEAN
