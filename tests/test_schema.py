"""Schemas: what they say about data, when they say nothing, and what makes them unusable."""

from __future__ import annotations

import json
import pickle
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contentlint.acceptor import FORMATS, compile_acceptor, is_date, is_date_time, matches
from contentlint.schema import GENERATORS, PRESETS, Schema, SchemaError, implied, load

Data = dict[str, Any]


def fields(**properties: Any) -> Data:
    return {"type": "object", "properties": properties}


def say(schema: Any, data: Any) -> list[str]:
    """The violations, each with its place before the message: `?` missing, `!` on the key."""
    return [
        f"{'?' if v.missing else '!' if v.on_key else ''}{'/'.join(map(str, v.path))}: {v.message}"
        for v in Schema(schema, "x.json").violations(data)
    ]


# --- Patterns that do not come to an end ---------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "value"),
    [
        ("^(a|a)+$", "a" * 60 + "b"),  # repetition in repetition
        (r"a*a*a*a*\d", "a" * 2_000),  # one after the other, in a long text
    ],
)
def test_a_pattern_that_takes_for_ever_is_told(pattern, value):
    (said,) = say(fields(title={"pattern": pattern}), {"title": value})
    words = f"takes more than a second to be held against the pattern `{pattern}`"
    assert said == f"title: `title` {words}; write the pattern without repetition in repetition"


@given(st.sampled_from(["^(a|b)+$", "^([a-z]+-)*[a-z]+$", "x{2}", "^.{3,}$"]), st.text("abx-"))
def test_patterns_with_repeated_groups_match_as_they_do_in_python(pattern, text):
    assert matches(pattern, text * 100) == (re.search(pattern, text * 100) is not None)


# --- What is said --------------------------------------------------------------------------------

TAGS = {"anyOf": [{"type": "array", "items": {"type": "string"}}, {"type": "string"}]}
KINDS = {
    "oneOf": [
        {"properties": {"kind": {"const": "a"}, "x": {"type": "integer"}}, "required": ["kind"]},
        {"properties": {"kind": {"const": "b"}, "y": {"type": "integer"}}, "required": ["kind"]},
    ]
}


@pytest.mark.parametrize(
    ("schema", "data", "said"),
    [
        (fields(draft={"type": "boolean"}), {"draft": "yes"}, 'draft: `draft` must be true or false, not the text "yes"'),
        (fields(draft={"type": "boolean"}), {"draft": None}, "draft: `draft` has no value; it must be true or false"),
        (fields(title={"type": "string"}), {"title": 1984}, "title: `title` must be text, not the number 1984; put quotes around it"),
        (fields(n={"type": ["integer", "null"]}), {"n": 1.5}, "n: `n` must be a whole number, not the number 1.5"),
        (fields(n={"type": "number"}), {"n": True}, "n: `n` must be a number, not true"),
        (fields(tags={"type": "array"}), {"tags": ""}, "tags: `tags` must be a list, not an empty text"),
        (fields(a={"type": "object"}), {"a": []}, "a: `a` must be a mapping, not a list"),
        (fields(tags={"maxItems": 2}), {"tags": ["a", "b", "c"]}, "tags: `tags` has 3 entries, at most 2 are allowed"),
        (fields(tags={"minItems": 2}), {"tags": ["a"]}, "tags: `tags` has 1 entry, at least 2 are needed"),
        (fields(tags={"minItems": 1}), {"tags": []}, "tags: `tags` is empty"),
        (fields(tags={"uniqueItems": True}), {"tags": ["a", "b", "a"]}, "tags/2: `tags` has `a` twice"),
        (fields(title={"minLength": 1}), {"title": ""}, "title: `title` is empty"),
        (fields(title={"maxLength": 1}), {"title": "ab"}, "title: `title` has 2 characters, at most 1 is allowed"),
        (fields(a={"minProperties": 2}), {"a": {"b": 1}}, "a: `a` has 1 field, at least 2 are needed"),
        (fields(n={"minimum": 1}), {"n": 0}, "n: `n` is 0, and must be at least 1"),
        (fields(n={"multipleOf": 2}), {"n": 3}, "n: `n` is 3, and must be a multiple of 2"),
        (fields(c={"items": {"enum": ["Guides", "News"]}}), {"c": ["News", "Howto"]}, "c/1: `c[1]`: `Howto` is none of Guides, News"),
        (fields(c={"enum": ["Guides", "News"]}), {"c": "Guide"}, "c: `c`: `Guide` is none of Guides, News; did you mean `Guides`?"),
        (fields(c={"enum": [*"abcdefghijklmno", "Guides"]}), {"c": "guides"}, "c: `c`: `guides` is none of the 16 allowed values; did you mean `Guides`?"),
        (fields(a={"const": "post"}), {"a": "page"}, 'a: `a` must be `post`, not the text "page"'),
        (fields(slug={"pattern": "^[a-z]+$"}), {"slug": "A b"}, "slug: `slug`: `A b` does not match the pattern `^[a-z]+$`"),
        (fields(n={"pattern": "^[0-9]+$", "examples": ["12", "7"]}), {"n": "x"}, "n: `n`: `x` does not look like `12` or `7`"),
        (fields(d={"format": "date"}), {"d": "2026-13-45"}, "d: `d`: `2026-13-45` is no day in the calendar"),
        (fields(d={"format": "date"}), {"d": "24.12.2026"}, "d: `d`: `24.12.2026` is no date such as 2026-12-24"),
        (fields(d={"pattern": "^20"}), {"d": "1999-02-30"}, "d: `d`: `1999-02-30` is no day in the calendar"),
        (fields(d={"pattern": "^20"}), {"d": "1999-02-28"}, "d: `d`: `1999-02-28` does not match the pattern `^20`"),
        (fields(d={"format": "date-time"}), {"d": "2026-12-24"}, "d: `d`: `2026-12-24` is no date and time such as 2026-12-24T18:30:00Z"),
        ({"required": ["title"]}, {"x": 1}, "?: `title` is missing"),
        ({"required": ["title"]}, {"title": ""}, "title: `title` is required, and empty"),
        ({"required": ["title"], **fields(title={"type": "string"})}, {"title": None}, "title: `title` is required, and empty"),
        (fields(cover={"required": ["alt"]}), {"cover": {"image": "a.png"}}, "?cover: `cover.alt` is missing"),
        ({"required": ["description"]}, {"descripton": "x"}, "!descripton: `description` is missing; is `descripton` meant to be it?"),
        ({"dependentRequired": {"image": ["alt"]}}, {"image": 1}, "?: `alt` is missing; `image` needs it"),
        ({"if": {"required": ["image"]}, "then": {"required": ["alt"]}}, {"image": 1}, "?: `alt` is missing"),
        ({**fields(description={}), "additionalProperties": False}, {"descripton": 1}, "!descripton: `descripton` is no known field; did you mean `description`?"),
        ({**fields(title={}), "additionalProperties": False}, {"author": 1}, "!author: `author` is no known field"),
        ({**fields(title={}), "unevaluatedProperties": False}, {"titel": 1}, "!titel: `titel` is no known field; did you mean `title`?"),
        (fields(cover={**fields(image={}), "additionalProperties": False}), {"cover": {"imag": 1}}, "!cover/imag: `cover.imag` is no known field; did you mean `image`?"),
        ({"propertyNames": {"pattern": "^[a-z]+$"}}, {"Abc": 1}, "!Abc: `Abc` is no name for a field"),
        (fields(x=False), {"a": 1, "x": 1}, "!x: `x` is not allowed here"),
        (fields(tags=TAGS), {"tags": ["a", 1]}, "tags/1: `tags[1]` must be text, not the number 1; put quotes around it"),
        (fields(tags=TAGS), {"tags": {}}, "tags: `tags` must be a list or text, not a mapping"),
        (fields(a=KINDS), {"a": {"kind": "b", "y": "q"}}, 'a/y: `a.y` must be a whole number, not the text "q"'),
        (fields(a={"oneOf": [{"type": "integer"}, {"type": "number"}]}), {"a": 1}, "a: `a` fits several forms of which only one is allowed"),
        (fields(a={"contains": {"const": 1}}), {"a": []}, "a: `a` lacks an entry that the schema asks for"),
        (fields(a={"not": {"type": "string"}}), {"a": "b"}, "a: `a` has a form that is not allowed"),
        ({"not": {"required": ["a"]}}, {"a": 1}, ": The front matter has a form that is not allowed"),
    ],
)  # fmt: skip
def test_message_and_place(schema: Any, data: Any, said: str) -> None:
    assert say(schema, data) == [said]


def test_several_mistakes() -> None:
    schema = {
        **fields(title={"type": "string", "minLength": 3, "pattern": "x"}, tags=TAGS),
        "required": ["title", "date", "author"],
        "additionalProperties": False,
    }
    assert say(schema, {"title": "a", "dat": 1, "tags": [1, 2], "zzz": 1}) == [
        "!dat: `date` is missing; is `dat` meant to be it?",
        "?: `author` is missing",
        "title: `title` has 1 character, at least 3 are needed",
        "tags/0: `tags[0]` must be text, not the number 1; put quotes around it",
        "tags/1: `tags[1]` must be text, not the number 2; put quotes around it",
        "!zzz: `zzz` is no known field",
    ]


@pytest.mark.parametrize(
    ("schema", "data", "suggestions"),
    [
        ({**fields(title={}), "additionalProperties": False}, {"Title": 1}, ("title",)),
        ({"required": ["title"]}, {"titel": 1}, ("title",)),
        (fields(c={"enum": ["Guides", "News"]}), {"c": "guide"}, ("Guides",)),
        (fields(c={"enum": ["Guides", "News"]}), {"c": "Howto"}, ()),
        (fields(a={"const": "post"}), {"a": "page"}, ("post",)),
        (fields(draft={"type": "boolean"}), {"draft": "Yes"}, ("true",)),
        (fields(weight={"type": "integer"}), {"weight": "12"}, ("12",)),
    ],
)
def test_suggestions(schema: Any, data: Any, suggestions: tuple[str, ...]) -> None:
    (violation,) = Schema(schema, "x.json").violations(data)
    assert violation.suggestions == suggestions


@pytest.mark.parametrize(
    ("schema", "data", "said"),
    [
        (fields(a={"maxLength": 1, "x-severity": "info"}), {"a": "bc"}, ["info"]),
        ({"x-severity": "info", **fields(a={"maxLength": 1})}, {"a": "bc"}, ["info"]),
        ({"x-severity": "info", **fields(a={"type": "string", "x-severity": "error"})}, {"a": 1}, ["error"]),
        ({"required": ["a"], "allOf": [{"required": ["b"], "x-severity": "warning"}]}, {}, ["None", "warning"]),
        ({"$defs": {"d/e": {"maxLength": 1, "x-severity": "info"}}, **fields(a={"$ref": "#/$defs/d~1e"})}, {"a": "bc"}, ["info"]),
        (fields(a={"anyOf": [{"type": "null"}, {"type": "string", "maxLength": 1, "x-severity": "info"}]}), {"a": "bc"}, ["info"]),
        (fields(a={"anyOf": [{"type": "null"}, {"type": "string"}], "x-severity": "info"}), {"a": 1}, ["info"]),
        (fields(a={"maxLength": 1, "x-message": "be short"}), {"a": "bc"}, ["None be short"]),
        ({**fields(a={}), "additionalProperties": False, "x-message": "no"}, {"b": 1}, ["None no"]),
        (fields(a={"maxLength": 1, "allOf": [{"maxLength": 1, "x-severity": "info"}]}), {"a": "bc"}, ["None"]),
    ],
)  # fmt: skip
def test_the_schema_has_a_say(schema: Any, data: Any, said: list[str]) -> None:
    violations = Schema(schema, "x.json").violations(data)
    ours = ("be short", "no")
    found = [f"{v.severity} {v.message if v.message in ours else ''}".strip() for v in violations]
    assert found == said


def test_notes_of_a_schema_in_another_file_are_not_looked_for(tmp_path: Path) -> None:
    write(tmp_path, b={"maxLength": 1, "x-severity": "info"})
    path = write(tmp_path, a=fields(a={"$ref": "b.json", "x-message": "be short"}))
    assert [v.message for v in load(path).violations({"a": "bc"})] == ["be short"]


def test_empty_may_count_as_being_there() -> None:
    schema = {"required": ["title", "tags", "draft"]}
    data: Data = {"title": "", "tags": [], "draft": None}
    assert len(Schema(schema, "x.json").violations(data)) == 3
    assert Schema(schema, "x.json", empty_is_missing=False).violations(data) == []


def test_deep_data_is_no_crash() -> None:
    schema = {"$defs": {"a": {"items": {"$ref": "#/$defs/a"}}}, "$ref": "#/$defs/a"}
    data: list[Any] = []
    for _ in range(900):
        data = [data]
    (violation,) = Schema(schema, "x.json").violations(data)
    assert "too deeply" in violation.message


def test_a_schema_goes_to_other_processes() -> None:
    schema = pickle.loads(pickle.dumps(load("preset:hugo")))
    assert [v.message for v in schema.violations({})] == ["`title` is missing"]


def test_jsonschema_is_loaded_only_to_speak() -> None:
    code = (
        "import sys; from contentlint.schema import load; schema = load('preset:hugo');"
        "assert not schema.violations({'title': 'x', 'tags': ['a']});"
        "assert 'jsonschema' not in sys.modules;"
        "assert schema.violations({'title': 5, 'draft': 'yes'}) and 'jsonschema' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


# --- Formats -------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["2026-12-24", "2024-02-29", "0001-01-01"])
def test_date(text: str) -> None:
    assert is_date(text)


@pytest.mark.parametrize(
    "text",
    ["", "2026-13-01", "2026-02-29", "2026-1-2", "20261224", "2026-12-24T00:00:00Z", "2026-12-24\n",
     "٢٠٢٦-12-24", "2026-W01-1", "0000-01-01"],
)  # fmt: skip
def test_no_date(text: str) -> None:
    assert not is_date(text)


@pytest.mark.parametrize(
    "text",
    ["2026-12-24T18:30:00Z", "2026-12-24t18:30:00z", "2026-12-24 18:30:00+01:00",
     "2026-12-24T18:30:00.123456-00:00", "2026-12-24T23:59:60Z", "2026-12-24T18:30:00"],
)  # fmt: skip
def test_date_time(text: str) -> None:
    assert is_date_time(text)


@pytest.mark.parametrize(
    "text",
    ["2026-12-24", "2026-12-24T18:30Z", "2026-12-24T24:00:00Z", "2026-12-24T18:30:00+24:00",
     "2026-12-24T18:30:00+0100", "2026-02-30T18:30:00Z", "18:30:00", "2026-12-24T18:30:00Z\n"],
)  # fmt: skip
def test_no_date_time(text: str) -> None:
    assert not is_date_time(text)


@given(st.datetimes(allow_imaginary=False, timezones=st.none() | st.timezones()))
def test_what_the_readers_make_of_a_datetime_is_one(value: Any) -> None:
    text = value.isoformat()
    assert is_date_time(text) or re.search(r"[+-]\d\d:\d\d:\d\d", text)


# --- The acceptor --------------------------------------------------------------------------------

JSON_SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.sampled_from([0.0, 1.0, 1.5, -2.0, 1e20, 10**20]),
    st.sampled_from(["", "a", "b", "ab", "abc", "😀", "2026-12-24", "2026-12-24T18:30:00Z"]),
)
NAMES = st.sampled_from(["a", "b", "c"])
JSON: st.SearchStrategy[Any] = st.recursive(
    JSON_SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=6,
)
TYPES = st.sampled_from(["string", "boolean", "null", "array", "object", "integer", "number"])


def keywords(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A schema of the keywords that acceptors know, now and then with a mistake in it."""
    counts = st.integers(0, 3)
    bounds = st.integers(-2, 2) | st.sampled_from([0.5, 1.0])
    valid: Data = {
        "type": TYPES | st.lists(TYPES, min_size=1, max_size=3, unique=True),
        "enum": st.lists(JSON, max_size=4),
        "const": JSON,
        "minLength": counts,
        "maxLength": counts,
        "minItems": counts,
        "maxItems": counts,
        "minProperties": counts,
        "maxProperties": counts,
        "minimum": bounds,
        "maximum": bounds,
        "exclusiveMinimum": bounds,
        "exclusiveMaximum": bounds,
        "pattern": st.sampled_from(["a", "^b$", "^$", "."]),
        "format": st.sampled_from(["date", "date-time", "email"]),
        "uniqueItems": st.booleans(),
        "items": inner,
        "properties": st.dictionaries(NAMES, inner, max_size=3),
        "additionalProperties": inner,
        "required": st.lists(NAMES, max_size=2, unique=True),
        "anyOf": st.lists(inner, min_size=1, max_size=3),
        "allOf": st.lists(inner, min_size=1, max_size=2),
        "$ref": st.sampled_from(["#/$defs/a", "#/$defs/b"]),
        "title": st.just("A title"),
        "default": JSON,
        "not": inner,
    }
    wrong = st.dictionaries(st.sampled_from(sorted(valid)), JSON, max_size=1)
    some = st.lists(st.sampled_from(sorted(valid)), max_size=4, unique=True).flatmap(
        lambda names: st.fixed_dictionaries({name: valid[name] for name in names})
    )
    return st.builds(lambda right, wrong: {**right, **wrong}, some, st.just({}) | wrong)


SCHEMAS = st.recursive(st.booleans(), keywords, max_leaves=5)


@given(SCHEMAS, st.dictionaries(NAMES, SCHEMAS, max_size=2), JSON, st.booleans())
def test_acceptor_never_contradicts_jsonschema(
    schema: Any, definitions: Data, data: Any, empty_is_missing: bool
) -> None:
    if isinstance(schema, dict):
        schema = {**schema, "$defs": definitions}
    accept = compile_acceptor(schema, empty_is_missing=empty_is_missing)
    if accept is None:
        return
    jsonschema.Draft202012Validator.check_schema(schema)
    if accept(data):
        ours = Schema(schema, "x.json", empty_is_missing)
        assert list(ours.validator().iter_errors(data)) == []
        formats = jsonschema.FormatChecker(())
        for name, check in FORMATS.items():
            formats.checks(name)(check)
        assert jsonschema.Draft202012Validator(schema, format_checker=formats).is_valid(data)


@pytest.mark.parametrize(
    "schema",
    [
        {"oneOf": [True]},
        {"not": False},
        {"patternProperties": {"a": True}},
        {"prefixItems": [True]},
        {"dependentRequired": {}},
        {"unevaluatedProperties": False},
        {"if": True},
        {"$ref": "other.json"},
        {"$ref": "#/properties/a", "properties": {"a": True}},
        {"$defs": {"a": {"items": {"$ref": "#/$defs/a"}}}, "$ref": "#/$defs/a"},
        {"$schema": "http://json-schema.org/draft-07/schema#"},
        {"type": "strng"},
        {"type": ["string", "string"]},
        {"type": []},
        {"pattern": "("},
        {"required": "title"},
        {"minLength": -1},
        {"title": 5},
        {"unknown": 1},
        [],
        5,
    ],
)
def test_no_acceptor(schema: Any) -> None:
    assert compile_acceptor(schema) is None


@pytest.mark.parametrize(
    ("schema", "data"),
    [
        (True, {}),
        ({"type": "integer"}, 1.0),
        ({"enum": ["a", 1, None, True]}, True),
        ({"items": {"type": "string"}, "uniqueItems": True, "maxItems": 2}, ["a", "b"]),
        (fields(a={"anyOf": [{"type": "string"}, {"type": "null"}]}), {"a": None, "b": 1}),
        ({**fields(a=True), "additionalProperties": {"type": "string"}}, {"a": 1, "b": "x"}),
        ({"$id": "https://example.com/a.json", "$defs": {"t": {"type": "string"}},
          "properties": {"t": {"$ref": "#/$defs/t"}}}, {"t": "x"}),
        ({"properties": {"d": {"format": "date"}}}, {"d": "2026-12-24"}),
    ],
)  # fmt: skip
def test_accepted(schema: Any, data: Any) -> None:
    accept = compile_acceptor(schema)
    assert accept is not None
    assert accept(data)


# --- Presets -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PRESETS)
def test_preset_is_sound(name: str) -> None:
    schema = load(f"preset:{name}")
    assert schema.has_acceptor
    schema.validator().check_schema(schema.contents)
    assert "https://" in schema.contents["$comment"]


GOOD: list[Data] = [
    {"title": "Heat pumps", "date": "2026-12-24", "tags": ["a", "b"], "draft": False},
    {"title": "x", "date": "2026-12-24T18:30:00+01:00", "tags": "a", "categories": []},
    {"title": 2024, "date": "2026-12-24 18:30:00 +0100", "tags": None, "description": None},
    {"title": "x", "date": "Thu, 24 Dec 2026 18:30:00 +0100", "image": None, "whatever": {"a": 1}},
    {"title": "x", "date": "", "cover": {"image": "a.png", "alt": "", "hidden": True}},
    {"title": "x", "date": None, "lastmod": "2026-12-24T18:30:00", "author": ["Ada", "Bob"]},
]
HUGO_GOOD: list[Data] = [
    {"title": "x", "url": "/a/", "aliases": ["/b/", "c"], "weight": 10, "slug": "a"},
    {"Title": "x", "weight": "10", "menu": "main", "params": {}, "cover": "a.png"},
    {"title": "x", "expiryDate": "24 Dec 2026", "publishDate": 1766600000, "ShowToc": True},
    {"title": "x", "cascade": [{"a": 1}], "resources": [{"src": "a.png"}], "outputs": ["html"]},
    {"title": "x", "date": "2026-12-24T18:30:00Z", "editPost": "x", "ShowToc": "x"},
]
BLOG_GOOD: list[Data] = [
    {},
    {"date": {"created": "2026-12-24"}, "layout": False, "permalink": False},
    {"title": "x", "date": "git Last Modified", "tags": [{"label": "a", "permalink": "/a"}]},
    {"title": "x", "date": "December 24, 2026"},
]
BAD: list[tuple[Data, str]] = [
    ({"title": ""}, "`title` is"),
    ({"title": None}, "`title`"),
    ({"title": ["x"]}, "`title` must be text or a number, not a list"),
    ({"title": "x", "draft": "yes"}, '`draft` must be true or false, not the text "yes"'),
    ({"title": "x", "date": "tomorrow"}, "`date`: `tomorrow` does not look like `2026-12-24`"),
    ({"title": "x", "date": True}, "`date` must be text"),
    ({"title": "x", "tags": ["a", None]}, "`tags[1]` has no value"),
    ({"title": "x", "tags": {"a": 1}}, "`tags` must be a list or text, not a mapping"),
    ({"title": "x", "description": ["a"]}, "`description` must be text"),
]
HUGO_BAD: list[tuple[Data, str]] = [
    ({}, "`title` is missing"),
    ({"title": "x", "date": "2026-13-24"}, "`date`: `2026-13-24` is no day in the calendar"),
    ({"title": "x", "date": "2026-12-24 18:30"}, "`date`: `2026-12-24 18:30` does not look like"),
    ({"title": "x", "url": "https://example.com/a"}, "does not look like `/posts/heat-pumps/`"),
    ({"title": "x", "aliases": ["http://example.com"]}, "`aliases[0]`"),
    ({"title": "x", "weight": "heavy"}, "`weight`: `heavy` does not look like `10`"),
    ({"title": "x", "tags": [True]}, "`tags[0]` must be text or a number, not true; put quotes"),
    ({"title": "x", "params": "a"}, "`params` must be a mapping"),
]


@pytest.mark.parametrize(
    ("name", "data"),
    [("hugo", data) for data in GOOD + HUGO_GOOD]
    + [("blog-post", data) for data in GOOD + BLOG_GOOD],
)
def test_preset_is_silent(name: str, data: Data) -> None:
    assert load(f"preset:{name}").violations(data) == []


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [("hugo", data, words) for data, words in BAD + HUGO_BAD]
    + [("blog-post", data, words) for data, words in BAD],
)
def test_preset_speaks(name: str, data: Data, words: str) -> None:
    (violation,) = load(f"preset:{name}").violations(data)
    assert words in violation.message


# Besides: a post that each preset takes, and what is wrong with another.
PRESET_GOOD: list[tuple[str, Data]] = [
    ("papermod", {"cover": {"image": "a.png", "alt": "", "hidden": True}, "ShowToc": True}),
    ("papermod", {"editPost": {"URL": "x", "appendFilePath": True}, "cover": "a.png"}),
    ("jekyll", {"layout": None, "category": ["a"], "tags": "a b", "date": "24 December 2026"}),
    ("jekyll", {"published": False, "sitemap": {"priority": 0.5}, "image": {"path": "a.png"}}),
    ("minimal-mistakes", {"toc": True, "classes": "wide", "header": {"overlay_filter": 0.5}}),
    ("astro", {"title": "x", "pubDate": "Jul 08 2022", "heroImage": "./a.png", "draft": False}),
    ("docusaurus", {"title": "", "tags": [{"label": "a", "permalink": "/a"}], "authors": {"name": "A"}}),
    ("docusaurus", {"sidebar_position": 1.5, "toc_max_heading_level": 4, "authors": ["a", "b"]}),
    ("eleventy", {"date": "git Created", "permalink": False, "tags": "post", "layout": False}),
    ("eleventy", {"eleventyNavigation": {"key": "a", "order": 1}, "date": "{{ page.date }}"}),
    ("mkdocs", {"date": {"created": "2026-12-24"}, "hide": ["toc"], "search": {"exclude": True}}),
    ("material-blog", {"date": "2026-12-24", "authors": ["a"], "readtime": 5, "links": ["a.md"]}),
    ("material-blog", {"date": {"created": "2026-12-24", "updated": "2026-12-25"}, "pin": True}),
    ("pelican", {"Title": "x", "Date": "2010-12-03 10:20", "Status": "draft", "Tags": "a, b"}),
    ("ghost", {"title": "x", "status": "published", "featured": 0, "tags": [{"name": "a"}]}),
]  # fmt: skip
PRESET_BAD: list[tuple[str, Data, str]] = [
    ("papermod", {"cover": {"hidden": "no"}}, "`cover.hidden` must be true or false"),
    ("papermod", {"cover": {"alt": ["a"]}}, "`cover.alt` must be text"),
    ("jekyll", {"published": "no"}, "`published` must be true or false"),
    ("jekyll", {"date": "tomorrow"}, "`date`: `tomorrow` does not look like"),
    ("minimal-mistakes", {"toc": "yes"}, '`toc` must be true or false, not the text "yes"'),
    ("minimal-mistakes", {"header": "a.png"}, "`header` must be a mapping"),
    ("astro", {"pubDate": "soon"}, "`pubDate`: `soon` does not look like"),
    ("docusaurus", {"tags": "a, b"}, "`tags` must be a list"),
    ("docusaurus", {"toc_max_heading_level": 7}, "must be at most 6"),
    ("docusaurus", {"keywords": "a"}, "`keywords` must be a list"),
    ("eleventy", {"date": "yesterday"}, "`date`: `yesterday` does not look like"),
    ("eleventy", {"pagination": 5}, "`pagination` must be a mapping"),
    ("mkdocs", {"date": "soon"}, "`date`: `soon` does not look like"),
    ("material-blog", {}, "`date` is missing"),
    ("material-blog", {"date": {"updated": "2026-12-24"}}, "`date.created` is missing"),
    ("material-blog", {"date": "2026-12-24", "authors": "a"}, "`authors` must be a list"),
    ("material-blog", {"date": "2026-12-24", "hide": ["tocs"]}, "did you mean `toc`?"),
    ("pelican", {"status": "drft"}, "`status`: `drft` does not look like"),
    ("ghost", {"title": "x", "status": "publish"}, "did you mean `published`?"),
    ("ghost", {"title": "x", "custom_excerpt": "x" * 301}, "at most 300 are allowed"),
]


@pytest.mark.parametrize(("name", "data"), PRESET_GOOD)
def test_a_preset_is_silent(name: str, data: Data) -> None:
    assert load(f"preset:{name}").violations(data) == []


@pytest.mark.parametrize(("name", "data", "words"), PRESET_BAD)
def test_a_preset_speaks(name: str, data: Data, words: str) -> None:
    (violation,) = load(f"preset:{name}").violations(data)
    assert words in violation.message


def test_every_preset_is_tried() -> None:
    tried = {name for name, _ in PRESET_GOOD} | {"hugo", "blog-post"}
    assert tried == set(PRESETS) == {name for name, *_ in PRESET_BAD} | {"hugo", "blog-post"}


@pytest.mark.parametrize("generator", [*GENERATORS, "gatsby", "plain"])
def test_the_preset_of_a_generator_demands_nothing(generator: str) -> None:
    schema = implied(generator)
    assert schema.has_acceptor
    assert schema.implied
    for data in ({}, {"title": ""}, {"title": None}):
        assert schema.violations(data) == []
    assert [v.path for v in schema.violations({"date": "soon"})] == [("date",)]


# --- Schemas of users ----------------------------------------------------------------------------


def write(folder: Path, **files: Any) -> str:
    """Write files, JSON or text; return the path of the first."""
    for name, contents in files.items():
        text = contents if isinstance(contents, str) else json.dumps(contents)
        (folder / f"{name}.json").write_text(text, encoding="utf-8")
    return str(folder / f"{next(iter(files))}.json")


@pytest.mark.parametrize(
    ("contents", "place", "words"),
    [
        ('{\n "a": }', "line 2, column 7", "no JSON"),
        ("", "line 1, column 1", "no JSON"),
        ("[1]", "", "object in braces"),
        ("5", "", "object in braces"),
        ('{"items":' * 3000 + "true" + "}" * 3000, "", "too deeply"),
        (fields(a={"type": "strng"}), "#/properties/a/type", "`strng` is none of"),
        (fields(a={"pattern": "("}), "#/properties/a/pattern", "no regular expression"),
        ({"required": "title"}, "#/required", "must be a list"),
        ({"title": 5}, "#/title", "must be text"),
        (
            {"x-severity": "warn"},
            "#/x-severity",
            "unknown severity `warn`; did you mean `warning`?",
        ),
        (fields(a={"x-message": 5}), "#/properties/a/x-message", "must be text"),
        (fields(**{"a/b": {"minLength": -1}}), "#/properties/a~1b/minLength", "at least 0"),
        ({"$ref": "#/$defs/nope"}, "#/$ref", "`#/$defs/nope` leads nowhere"),
        (fields(a={"$ref": "gone.json"}), "#/properties/a/$ref", "no file that can be read"),
        (
            fields(a={"$ref": "https://example.com/a.json"}),
            "#/properties/a/$ref",
            "nothing is fetched",
        ),
        ({"$ref": "#"}, "", "without end"),
    ],
)
def test_unusable_schema(tmp_path: Path, contents: Any, place: str, words: str) -> None:
    path = write(tmp_path, schema=contents)
    with pytest.raises(SchemaError, match=re.escape(words)) as caught:
        load(path)
    assert (caught.value.file, caught.value.place) == (path, place)


@pytest.mark.parametrize("name", ["preset:nope", "gone.json", "."])
def test_no_such_schema(tmp_path: Path, name: str) -> None:
    with pytest.raises(SchemaError):
        load(name if name.startswith("preset:") else str(tmp_path / name))


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b"\xff\xfe{\0}\0")
    with pytest.raises(SchemaError, match="no JSON"):
        load(str(tmp_path / "a.json"))


def test_references_to_files_beside(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    write(tmp_path / "sub", b={"$defs": {"q": {"$ref": "c.json"}}}, c={"type": "integer"})
    path = write(tmp_path, a="\ufeff" + json.dumps(fields(z={"$ref": "sub/b.json#/$defs/q"})))
    assert [v.message for v in load(path).violations({"z": "x"})] == [
        '`z` must be a whole number, not the text "x"'
    ]


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ('{"type": }', "b.json: line 1, column 10: This is no JSON"),
        ({"type": "strng"}, "b.json: #/type: "),
        ({"$ref": "https://example.com/"}, "b.json: #/$ref: "),
        ({"$ref": "a.json"}, "without end"),
    ],
)
def test_mistake_in_a_file_beside(tmp_path: Path, other: Any, words: str) -> None:
    with pytest.raises(SchemaError, match=re.escape(words)):
        load(write(tmp_path, a={"$ref": "b.json"}, b=other))


def test_references_by_id_and_to_the_dialect(tmp_path: Path) -> None:
    schema = {
        "$id": "https://example.com/a.json",
        "$defs": {"x": {"$id": "x.json", "$ref": "#/$defs/y", "$defs": {"y": {"type": "integer"}}}},
        **fields(a={"$ref": "x.json"}, b={"$ref": "https://json-schema.org/draft/2020-12/schema"}),
    }
    violations = load(write(tmp_path, a=schema)).violations({"a": "q", "b": {"type": 5}})
    assert [v.path for v in violations] == [("a",), ("b", "type")]


def test_older_dialect(tmp_path: Path) -> None:
    schema = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "definitions": {"a": {"type": "string"}},
        **fields(a={"$ref": "#/definitions/a"}, b={"items": [{"type": "string"}]}),
    }
    violations = load(write(tmp_path, a=schema)).violations({"a": 1, "b": [1, 2]})
    assert [v.path for v in violations] == [("a",), ("b", 0)]


def test_a_plain_schema_of_a_user_needs_no_jsonschema(tmp_path: Path) -> None:
    schema = load(
        write(tmp_path, a={"$id": "https://example.com/a.json", **fields(a={"type": "string"})})
    )
    assert schema.has_acceptor
    assert schema.violations({"a": "b"}) == []
