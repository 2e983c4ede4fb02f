"""The pages of rules and of the settings, made from what is stated once in the code."""

from __future__ import annotations

from typing import Any

from contentlint.config import Config
from contentlint.options import Options, describe
from contentlint.rule import Example, Rule


def page(rule: Rule) -> str:
    """The page of a rule, in Markdown."""
    parts = [f"# {rule.id}", f"{rule.summary.capitalize()}. ({_kind(rule)})", rule.docs]
    for example in rule.examples:
        parts += _example(example)
    if rule.options.fields:
        parts += ["## Options", f'```toml\n[rules."{rule.id}"]\n{_toml(rule.options())}\n```']
    disable = f"`<!-- contentlint-disable-next-line {rule.id}: why -->`"
    parts.append(f"To accept one place, put {disable} before it.")
    return "\n\n".join(parts)


def settings_page(config: Config, rules: list[Rule]) -> str:
    """The settings in force, as a TOML file with the documentation of each."""
    head = (
        f"# read from {config.path}" if config.path else "# defaults: no configuration file found"
    )
    parts = [head, _toml(config.settings)]
    for rule in rules:
        if rule.options.fields:
            parts.append(f'[rules."{rule.id}"]\n{_toml(config.rule_options[rule.id])}')
    return "\n\n".join(parts)


def _kind(rule: Rule) -> str:
    scope = "judged on the whole blog" if rule.kind == "site" else "judged on the post alone"
    return f"{rule.severity if rule.default else 'off by default'}; {scope}"


def _example(example: Example) -> list[str]:
    bad = example.bad.replace("⟦", "").replace("⟧", "")
    return [f"Flagged, in `{example.path}`:", _fence(bad), "Fine:", _fence(example.good)]


def _fence(text: str) -> str:
    return f"~~~markdown\n{text.rstrip()}\n~~~"


def _toml(values: Options) -> str:
    """The options as TOML, tables last, as TOML demands."""
    hints = values.types()
    scalars: list[str] = []
    tables: list[str] = []
    for field in values.fields:
        value = getattr(values, field.name)
        comment = f"# {field.doc} ({describe(hints[field.name])})"
        if isinstance(value, Options):
            tables.append(f"\n{comment}\n[{field.key}]\n{_toml(value)}")
        elif field.key != "rules":
            scalars.append(f"{comment}\n{field.key} = {_value(value)}")
    return "\n".join(scalars + tables)


def _value(value: Any) -> str:
    import json

    if isinstance(value, Options):
        inside = ", ".join(f"{f.key} = {_value(getattr(value, f.name))}" for f in value.fields)
        return f"{{ {inside} }}"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(k)} = {_value(v)}" for k, v in value.items()) + " }"
    if isinstance(value, tuple):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False)
