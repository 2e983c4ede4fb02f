"""Front matter: what cannot be read, what is said twice, and what breaks the blog's schema."""

import json

import pytest

from contentlint.document import Document
from contentlint.plugins import bundled
from contentlint.schema import load
from contentlint.testing import flags, mark, silent, unmark
from contentlint.text import Source

RULES = {rule.id: rule for rule in bundled()}
syntax, duplicate_key = RULES["front-matter/syntax"], RULES["front-matter/duplicate-key"]


@pytest.mark.parametrize(
    "post",
    [
        "---\ntitle: ⟦'⟧A\n---\n",
        "---\ntags: ⟦[⟧a, b\n---\nBody\n",
        "---\na: 1\n⟦\t⟧b: 2\n---\n",
        "---\ntitle: ⟦@⟧home\n---\n",
        "---\n⟦no keys here⟧\n---\n",
        "+++\ntitle = ⟦⟧\n+++\n",
        '{\n "title": ⟦}⟧\n',
    ],
)
def test_the_place_of_a_syntax_error(post):
    flags(syntax, post)


def test_the_body_is_linted_all_the_same():
    flags(RULES["alt-text/missing"], "---\ntitle: a: b\n---\n\n![⟦⟧](x.png)\n")
    flags(RULES["alt-text/missing"], "---\ntitle: a\n\nNever closed. ![⟦⟧](x.png)\n")


@pytest.mark.parametrize(
    "post",
    [
        "",
        "---\n---\n",
        "Text\n\n---\n\ntitle: a: b\n\n---\n",
        "---\n\nA thematic break.\n",
        "{{< toc >}}\n",
    ],
)
def test_what_is_fine_or_no_front_matter(post):
    silent(syntax, post)
    silent(duplicate_key, post)


@pytest.mark.parametrize(
    "post",
    [
        "---\ncover:\n  alt: a\n  ⟦alt⟧: b\n---\n",
        "---\ntitle: a\n'⟦title⟧': b\n---\n".replace("'⟦title⟧'", "⟦'title'⟧"),
        '{"a": 1, ⟦"a"⟧: 2}\n',
    ],
)
def test_duplicate_keys(post):
    flags(duplicate_key, post)


SCHEMA = {
    "type": "object",
    "required": ["title"],
    "properties": {
        "title": {"type": "string", "minLength": 1},
        "draft": {"type": "boolean"},
        "tags": {"type": "array", "maxItems": 2, "items": {"type": "string"}},
        "cover": {"type": "object", "properties": {"image": {"type": "string"}}},
    },
    "additionalProperties": False,
}


@pytest.mark.parametrize(
    "post",
    [
        "⟦---⟧\ndraft: true\n---\n",
        "---\ntitle: a\ndraft: ⟦maybe⟧\n---\n",
        "---\ntitle: a\ntags: [a, ⟦2⟧]\n---\n",
        "---\ntitle: a\n⟦titel⟧: b\n---\n",
        "---\ntitle: a\ncover:\n  image: ⟦3⟧\n---\n",
        '+++\ntitle = "a"\ndraft = ⟦"no"⟧\n+++\n',
        '{"title": "a", "cover": {"image": ⟦null⟧}}\n',
    ],
)
def test_schema_errors_are_on_the_key_or_the_value(post, tmp_path):
    file = tmp_path / "post.schema.json"
    file.write_text(json.dumps(SCHEMA))
    text, spans = unmark(post)
    document = Document(Source("post.md", text), (load(str(file)),))
    rule = RULES["front-matter/schema"]
    found = [problem.span for problem in rule.check(rule.options(), document)]
    assert mark(text, found) == mark(text, spans)


def test_a_day_that_does_not_exist_is_told_once():
    rule = RULES["front-matter/schema"]
    document = Document(Source("post.md", "---\ntitle: a\ndate: 2026-13-45\n---\n"))
    with_schema = Document(document.source, (load("preset:hugo"),))
    assert len(list(syntax.check(syntax.options(), with_schema))) == 1
    assert list(rule.check(rule.options(), with_schema)) == []
