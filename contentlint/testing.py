"""The public test kit: hold a rule against posts with marks where its findings must be.

    def test_it_sees_html_images():
        flags(missing, '⟦<img src="cat.png">⟧')
        silent(missing, '<img src="cat.png" alt="">')

Each call makes a blog in a temporary folder and runs the real engine over it.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Mapping
from typing import Any

from contentlint import config, engine, options, plugins, schema_choice
from contentlint.changes import Changes
from contentlint.discover import Blog
from contentlint.finding import Finding
from contentlint.grammar import engines
from contentlint.options import AnyOptions
from contentlint.rule import Example, Rule
from contentlint.text import Span

_PATH = Example("", "").path


def unmark(text: str) -> tuple[str, list[Span]]:
    """A post without its marks ⟦ and ⟧, and the spans between them, in characters of that post."""
    spans: list[Span] = []
    parts: list[str] = []
    length = 0
    opened: list[int] = []
    for part in re.split("([⟦⟧])", text):
        if part == "⟦":
            opened.append(length)
        elif part == "⟧":
            spans.append(Span(opened.pop(), length))
        else:
            parts.append(part)
            length += len(part)
    if opened:
        raise ValueError("a mark ⟦ is not closed by ⟧")
    return "".join(parts), sorted(spans)


def findings(
    rule: Rule,
    post: str | bytes,
    *,
    path: str = _PATH,
    files: Mapping[str, str] | None = None,
    settings: Mapping[str, Any] | None = None,
    before: Mapping[str, str] | None = None,
    **rule_options: Any,
) -> list[Finding]:
    """What a rule finds in one post of a blog; one about suppressions beside all others.

    `files` are the blog's other files, and `before` those that were other or are gone, as they were
    before the change, in which the post is new unless it is among them; `settings` are those of the configuration, `rule_options` the
    rule's, both under the names of Python or those of the configuration. Raises AssertionError if the rule crashed or named a place
    outside the post.
    """
    made = _read(rule.options, rule_options)
    rules = (
        [one for one in plugins.bundled() if one.default] if rule.kind == "suppression" else [rule]
    )
    chosen_settings = _read(config.Settings, settings or {})
    with tempfile.TemporaryDirectory() as folder:
        root = os.path.realpath(folder)
        data = post if isinstance(post, bytes) else post.encode("utf-8", "surrogatepass")
        for name, content in (files or {}).items():
            _write(os.path.join(root, name), content.encode("utf-8"))
        _write(os.path.join(root, path), data)
        posts = [name for name in (*(files or {}), path) if name.endswith((".md", ".mdx"))]
        every = tuple(os.path.join(root, name) for name in dict.fromkeys(posts))
        old = {os.path.join(root, name): text.encode() for name, text in (before or {}).items()}
        gone = tuple(name for name in old if not os.path.exists(name))
        blog = Blog(root, (os.path.join(root, path),), every, gone=gone)
        compared = Changes.known(old, {blog.checked[0]} - old.keys()) if before else None
        if compared:
            compared.follow(every, gone)
        others = {one.id: one.options() for one in rules}
        chosen = config.Config(chosen_settings, None, root, others | {rule.id: made})
        grammar = engines.checker(chosen.settings.grammar)
        schemas = schema_choice.for_posts(chosen, [blog])
        result = engine.run(
            [blog], rules, chosen, schemas=schemas, grammar=grammar, changes=compared
        )
    assert not result.errors, result.errors
    own = os.path.join(root, path).replace(os.sep, "/")
    found = [one for one in result.findings if one.path == own]
    return [one for one in found if len(rules) == 1 or one.rule == rule.id]


def flags(rule: Rule, marked: str, **context: Any) -> list[Finding]:
    """Assert that a rule flags a post exactly at ⟦…⟧; the context is that of `findings`."""
    post, expected = unmark(marked)
    assert expected, "a post to be flagged has no mark ⟦…⟧; use silent()"
    found = findings(rule, post, **context)
    shown = mark(post, [finding.span for finding in found])
    assert shown == mark(post, expected), f"{rule.id} flags:\n{shown}\nand should flag:\n{marked}"
    return found


def silent(rule: Rule, post: str, **context: Any) -> None:
    """Assert that a rule finds nothing in a post."""
    found = findings(rule, post, **context)
    shown = mark(post, [finding.span for finding in found])
    assert not found, f"{rule.id} flags what is fine: {found[0].message}\n{shown}"


def mark(text: str, spans: list[Span]) -> str:
    """Put ⟦ and ⟧ around the spans of a text."""
    marks = [(start, 1, "⟦") for start, _ in spans] + [
        (end, 0 if end > start else 2, "⟧") for start, end in spans
    ]
    for offset, _, sign in sorted(marks, reverse=True):
        text = text[:offset] + sign + text[offset:]
    return text


def mend(post: str, found: list[Finding]) -> str:
    """Apply the fixes of findings to their post, last place first."""
    edits = [edit for finding in found if finding.fix for edit in finding.fix.edits]
    for (start, end), text in sorted(set(edits), reverse=True):
        post = post[:start] + text + post[end:]
    return post


def _write(path: str, data: bytes) -> None:
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as handle:
        handle.write(data)


def _read(cls: type[AnyOptions], values: Mapping[str, Any]) -> AnyOptions:
    made, errors = options.read(cls, {key.replace("_", "-"): v for key, v in values.items()})
    assert not errors, errors
    return made
