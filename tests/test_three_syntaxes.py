"""YAML, TOML and JSON with the same data give the same findings, each at the same key or value."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from contentlint.document import Document
from contentlint.frontmatter import FrontMatter
from contentlint.plugins import bundled
from contentlint.schema import Schema, load
from contentlint.text import Source, Span

Data = dict[str, Any]

RULES = [rule for rule in bundled() if rule.concern == "front-matter" and rule.kind == "file"]
CLOSED = Schema(
    {
        "type": "object",
        "required": ["title", "tags"],
        "additionalProperties": False,
        "properties": {
            "title": {"type": "string", "minLength": 3, "maxLength": 8},
            "description": {"type": "string", "x-severity": "info"},
            "draft": {"type": "boolean"},
            "date": {"type": "string", "format": "date"},
            "tags": {"items": {"enum": ["a", "b"]}, "maxItems": 2, "uniqueItems": True},
            "cover": {
                "anyOf": [
                    {"type": "string"},
                    {
                        "type": "object",
                        "required": ["alt"],
                        "properties": {"alt": {"minLength": 1}},
                    },
                ]
            },
            "weight": {"type": "integer", "minimum": 0},
        },
    },
    "closed.json",
)
SCHEMAS = (load("preset:hugo"), load("preset:papermod"), load("preset:blog-post"), CLOSED)

KEYS = st.sampled_from(
    ["title", "titel", "date", "lastmod", "draft", "tags", "cover", "weight", "description", "x y"]
)
SCALARS = st.one_of(
    st.booleans(),
    st.integers(-5, 10**6),
    st.sampled_from([0.5, -2.0, 1e3]),
    st.sampled_from(
        ["", "a", "b", "yes", "no", "Heat: pumps", "it's", "“a”", "# b", "- c", "5", "null", "🦊 é",
         "2026-01-02", "2026-13-45", "2926-01-02", "2026-02-30 10:00", "soon", "@x", "tab\tbed"]
    ),
)  # fmt: skip
VALUES: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["alt", "image", "hidden"]), inner, max_size=3)
    ),
    max_leaves=6,
)
FRONT = st.dictionaries(KEYS, VALUES, min_size=1, max_size=6)


def toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)} = {toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(toml(item) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def posts(data: Data) -> dict[str, str]:
    """The same front matter in each syntax."""
    block = yaml.safe_dump(data, sort_keys=False, allow_unicode=True)
    lines = "".join(f"{json.dumps(key)} = {toml(value)}\n" for key, value in data.items())
    return {
        "yaml": f"---\n{block}---\nText.\n",
        "toml": f"+++\n{lines}+++\nText.\n",
        "json": f"{json.dumps(data, indent=1, ensure_ascii=False)}\nText.\n",
    }


def where(front: FrontMatter, span: Span) -> str:
    """What stands at a place: the opening, or the key or value of a path."""
    names = {front.opening: "opening"}
    for path, field in front.fields.items():
        names.setdefault(field.value, f"value {path}")
        if field.key:
            names.setdefault(field.key, f"key {path}")
    return names[span]


def said(text: str) -> list[tuple[str, str, str, str | None]]:
    document = Document(Source("post.md", text), SCHEMAS)
    front = document.front_matter
    assert front is not None
    return sorted(
        (rule.id, where(front, problem.span), problem.message, str(problem.severity))
        for rule in RULES
        for problem in rule.check(rule.options(), document)
    )


def check_agreement(data: Data) -> None:
    texts = posts(data)
    findings = {syntax: said(text) for syntax, text in texts.items()}
    assert findings["yaml"] == findings["toml"] == findings["json"]


def test_they_have_something_to_say():
    data = {"titel": "x", "date": "2026-13-45", "tags": ["a", "c", "a"], "draft": "yes"}
    rules = {rule for rule, *_ in said(posts(data)["toml"])}
    assert rules == {"front-matter/schema", "front-matter/date"}
    check_agreement(data)


@given(FRONT)
@settings(max_examples=50)
def test_the_three_syntaxes_agree(data: Data) -> None:
    check_agreement(data)


@pytest.mark.slow
@given(FRONT)
@settings(max_examples=2_000, deadline=None)
def test_the_three_syntaxes_agree_at_length(data: Data) -> None:
    check_agreement(data)


# --- Hostile front matter --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "---\n1: a\n2026-01-02: b\nnull: c\ntrue: f\n1.5: g\n---\n",
        "---\n? [a, b]\n: d\n? {a: b}\n: e\n---\n",
        "---\ntitle: !!python/object/apply:os.system [ls]\n---\n",
        "---\n!!python/object/apply:os.system [ls]: h\n---\n",
        "---\nbase: &b {title: x, tags: [a]}\n<<: [*b, *b]\ncover: {<<: *b}\n---\n",
        "---\ncover: &c\n  image: *c\n---\n",
        "---\n" + "a0: &a0 [x]\n" + "".join(f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n" for i in range(1, 40)) + "---\n",
        "---\ntags: " + "[" * 10_000 + "]" * 10_000 + "\n---\n",
        "+++\ntags = " + "[" * 10_000 + "]" * 10_000 + "\n+++\n",
        '{"tags": ' + "[" * 10_000 + "]" * 10_000 + "}\n",
        '{"date": "2026-02-30' + "9" * 5_000 + '"}\n',
    ],
)  # fmt: skip
def test_hostile_front_matter_stops_no_rule(text: str) -> None:
    document = Document(Source("post.md", text), SCHEMAS)
    for rule in RULES:
        for problem in rule.check(rule.options(), document):
            assert 0 <= problem.span.start <= problem.span.end <= len(text)
            assert problem.message


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "---\n" + "".join(f"ke{i:06x}y: 1\n" for i in range(300_000)) + "---\n",
        "---\ntags:\n" + "- true\n" * 300_000 + "---\n",
        "---\n" + "a: 1\n" * 300_000 + "---\n",
        "---\n" + "".join(f'd{i}_date: "2026-02-30"\n' for i in range(100_000)) + "---\n",
        "+++\n" + "".join(f"k{i} = 1\n" for i in range(100_000)) + "+++\n",
        "—\n" + "key: " + "x" * 5_000_000 + "\n—\n",
        "—\n" + "key: x\n" * 500_000,
    ],
    ids=range(7),
)
def test_long_front_matter_takes_no_time(text: str) -> None:
    document = Document(Source("post.md", text), (CLOSED,))
    for rule in RULES:
        for problem in rule.check(rule.options(), document):
            assert problem.message
