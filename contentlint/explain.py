"""The pages of rules and of the settings, made from what is stated once in the code."""

from __future__ import annotations

import json
import re
from typing import Any

from contentlint import paths
from contentlint.config import Config
from contentlint.options import Options, describe, is_list, is_table
from contentlint.patterns import pattern
from contentlint.rule import Example, Kind, Rule

# What TOML wants escaped and JSON does not, and what a terminal would obey.
_UNSAFE = pattern("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")

_SCOPES: dict[Kind, str] = {
    "file": "judged on the post alone",
    "site": "judged on the whole blog",
    "suppression": "judged after all other rules",
}


def page(rule: Rule) -> str:
    """The page of a rule, in Markdown."""
    summary = rule.summary[:1].upper() + rule.summary[1:]
    parts = [f"# {rule.id}", f"{summary}. ({_kind(rule)})", rule.docs]
    for example in rule.examples:
        parts += _example(example)
    if rule.options.fields:
        parts += ["## Options", f"```toml\n{_rule_table(rule, rule.options())}\n```"]
    disable = f"`<!-- contentlint-disable-next-line {rule.id}: why -->`"
    parts.append(f"To accept one place, put {disable} before its line.")
    return "\n\n".join(parts)


def settings_page(config: Config, rules: list[Rule]) -> str:
    """The settings in force, as a TOML file with the documentation of each."""
    head = "# defaults: no configuration file found"
    if config.path:
        head = f"# read from {json.dumps(paths.show(config.path))}"
    parts = [head, *_toml(config.settings, leave_out="rules")]
    for rule in rules:
        if rule.options.fields:
            parts.append(_rule_table(rule, config.rule_options[rule.id]))
    return "\n\n".join(parts)


def _kind(rule: Rule) -> str:
    scope = _SCOPES[rule.kind]
    return f"{rule.severity if rule.default else 'off by default'}; {scope}"


def _example(example: Example) -> list[str]:
    flagged = f"Flagged at ⟦…⟧, in `{example.path}`:"
    shown = [flagged, _fence(example.bad), "Fine:", _fence(example.good)]
    if not example.settings:
        return shown
    settings = "\n".join(
        f"{_key(key)} = {_value(value)}" for key, value in example.settings.items()
    )
    return ["With the settings", f"```toml\n{settings}\n```", *shown]


def _fence(text: str) -> str:
    fence = "~" * max([3, *(len(run) + 1 for run in re.findall("~{3,}", text))])
    return f"{fence}markdown\n{text.rstrip()}\n{fence}"


# ---- TOML --------------------------------------------------------------------------------------


def _rule_table(rule: Rule, values: Options) -> str:
    return "\n".join([f'[rules."{rule.id}"]', *_toml(values, ("rules", rule.id))])


def _toml(values: Options, path: tuple[str, ...] = (), leave_out: str = "") -> list[str]:
    """The options of the table at `path`, each with its documentation; tables last, as TOML demands."""
    hints = values.types()
    lines: list[str] = []
    tables: list[str] = []
    for field in values.fields:
        value = getattr(values, field.name)
        comment = f"# {field.doc} ({describe(hints[field.name])})"
        here = (*path, field.key)
        name = ".".join(map(_key, here))
        if isinstance(value, Options):
            tables.append("\n".join([comment, f"[{name}]", *_toml(value, here)]))
        elif is_list(value) and value and all(isinstance(item, Options) for item in value):
            for item in value:
                tables.append("\n".join([comment, f"[[{name}]]", *_toml(item, here)]))
        elif value is None:
            lines.append(f"{comment}\n# {field.key} =")
        elif field.name != leave_out:
            lines.append(f"{comment}\n{field.key} = {_value(value)}")
    return lines + tables


def _value(value: Any) -> str:
    if isinstance(value, Options):
        pairs = {field.key: getattr(value, field.name) for field in value.fields}
        return _value({key: item for key, item in pairs.items() if item is not None})
    if is_table(value):
        inside = ", ".join(f"{_key(key)} = {_value(item)}" for key, item in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    if is_list(value):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    return _UNSAFE.sub(
        lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False)
    )


def _key(name: str) -> str:
    return name if re.fullmatch("[A-Za-z0-9_-]+", name) else _value(name)
