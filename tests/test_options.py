"""Options: declared once, and from that come reading, checking, JSON Schema and documentation."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from contentlint.options import (
    OptionError,
    Options,
    describe,
    json_schema,
    nearest,
    option,
    read,
    required,
    unknown,
)


class Inner(Options):
    size: int = option(1, "How big.")


class Place(Options):
    path: str = required("Where it is.")


class Everything(Options):
    flag: bool = option(False, "On or off.")
    number: int = option(3, "How many.")
    ratio: float = option(0.5, "How much.")
    word: str = option("a", "What.")
    kind: Literal["small", "large"] = option("small", "Which.")
    long_list: tuple[str, ...] = option(("a", "b"), "Several.")
    numbers: tuple[int, ...] = option((), "Some numbers.")
    levels: dict[str, Literal["low", "high"]] = option({}, "By name.")
    inner: Inner = option(Inner(), "A table.")
    places: tuple[Place, ...] = option((), "Tables.")
    either: int | str = option(1, "This or that.")
    perhaps: int | None = option(None, "May be left out.")
    anything: dict[str, Any] = option({}, "Whatever.")


def errors_of(table):
    return [(error.path, error.message) for error in read(Everything, table)[1]]


def test_an_option_has_its_default_until_it_is_set():
    assert Everything().number == 3
    assert Everything(number=4).number == 4
    assert Everything().number == 3


def test_options_are_equal_if_their_values_are():
    assert Inner(size=2) == Inner(size=2)
    assert Inner(size=2) != Inner()
    assert Inner(size=1) == Inner()
    assert Inner() != Place(path="a")


def test_replace_leaves_the_original_alone():
    before = Everything(word="x")
    after = before.replace(number=9)
    assert (before.number, after.number, after.word) == (3, 9, "x")


def test_options_show_their_values():
    assert repr(Inner(size=2)) == "Inner(size=2)"


def test_an_option_that_is_not_declared_cannot_be_set():
    with pytest.raises(TypeError, match="Inner has no option 'colour'"):
        Inner(colour="red")


def test_a_subclass_has_the_options_of_its_base_too():
    class More(Inner):
        weight: int = option(7, "How heavy.")

    assert [field.key for field in More.fields] == ["size", "weight"]
    assert [field.key for field in Inner.fields] == ["size"]


def test_read_takes_kebab_case_and_makes_python_of_it():
    read_options, errors = read(
        Everything,
        {
            "flag": True,
            "long-list": ["x"],
            "levels": {"a/b": "low"},
            "inner": {"size": 2},
            "places": [{"path": "p"}],
            "ratio": 2,
            "either": "x",
            "anything": {"deep": [1]},
        },
    )
    assert errors == []
    assert read_options == Everything(
        flag=True,
        long_list=("x",),
        levels={"a/b": "low"},
        inner=Inner(size=2),
        places=(Place(path="p"),),
        ratio=2,
        either="x",
        anything={"deep": [1]},
    )


@pytest.mark.parametrize(
    ("table", "path", "message"),
    [
        ({"flag": 1}, ("flag",), "expected true or false, not a whole number"),
        ({"number": True}, ("number",), "expected a whole number, not true or false"),
        ({"number": 1.5}, ("number",), "expected a whole number, not a number"),
        ({"ratio": "x"}, ("ratio",), "expected a number, not a string"),
        ({"word": ["x"]}, ("word",), "expected a string, not a list"),
        ({"long-list": "x"}, ("long-list",), "expected a list of strings, not a string"),
        ({"long-list": ["x", 1]}, ("long-list", 1), "expected a string, not a whole number"),
        ({"numbers": {}}, ("numbers",), "expected a list of whole numbers, not a table"),
        ({"levels": []}, ("levels",), "expected a table, not a list"),
        (
            {"levels": {"a": 1}},
            ("levels", "a"),
            'expected one of "low", "high", not a whole number',
        ),
        ({"inner": 1}, ("inner",), "expected a table, not a whole number"),
        ({"inner": {"size": "x"}}, ("inner", "size"), "expected a whole number, not a string"),
        ({"places": [1]}, ("places", 0), "expected a table, not a whole number"),
        ({"either": []}, ("either",), "expected a whole number or a string, not a list"),
        ({"perhaps": "x"}, ("perhaps",), "expected a whole number, not a string"),
    ],
)
def test_a_value_of_the_wrong_type_is_an_error_at_its_place(table, path, message):
    assert errors_of(table) == [(path, message)]


def test_a_value_that_is_not_among_the_choices_gets_the_nearest_one():
    assert errors_of({"kind": "smal"}) == [
        (("kind",), "unknown value `smal`; did you mean `small`? (one of small, large)")
    ]


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("nubmer", "unknown option `nubmer`; did you mean `number`?"),
        ("long_list", "unknown option `long_list`; did you mean `long-list`?"),
        ("Flag", "unknown option `Flag`; did you mean `flag`?"),
        ("zzz", "unknown option `zzz`"),
    ],
)
def test_an_unknown_key_gets_the_nearest_valid_one(key, message):
    assert read(Everything, {key: 1}, ("tool",))[1] == [
        OptionError(("tool", key), message, on_key=True)
    ]


def test_a_required_option_that_is_not_set_is_an_error_at_its_table():
    assert read(Everything, {"places": [{"path": "p"}, {}]})[1] == [
        OptionError(("places", 1), "`path` is missing", on_key=True)
    ]


def test_all_errors_are_reported_and_what_is_right_is_read():
    made, errors = read(Everything, {"nmber": 1, "flag": "x", "word": "read", "inner": {"x": 1}})
    assert [error.path for error in errors] == [("nmber",), ("flag",), ("inner", "x")]
    assert (made.word, made.flag) == ("read", False)


@pytest.mark.parametrize(
    ("name", "near"), [("typo", "typos"), ("LINKS", "links"), ("xyz", None), ("", None)]
)
def test_the_nearest_name(name, near):
    assert nearest(name, ["typos", "links", "images"]) == near


def test_unknown_without_a_near_name_suggests_nothing():
    assert unknown("x", ["typos"], "rule") == "unknown rule `x`"


def test_every_type_is_described_in_words():
    assert {name: describe(hint) for name, hint in Everything.types().items()} == {
        "flag": "true or false",
        "number": "a whole number",
        "ratio": "a number",
        "word": "a string",
        "kind": 'one of "small", "large"',
        "long_list": "a list of strings",
        "numbers": "a list of whole numbers",
        "levels": "a table",
        "inner": "a table",
        "places": "a list of tables",
        "either": "a whole number or a string",
        "perhaps": "a whole number",
        "anything": "a table",
    }


def test_the_json_schema_of_options():
    schema = json_schema(Everything)
    Draft202012Validator.check_schema(schema)
    assert schema["properties"]["long-list"] == {
        "description": "Several.",
        "type": "array",
        "items": {"type": "string"},
        "default": ["a", "b"],
    }
    assert schema["properties"]["places"]["items"]["required"] == ["path"]
    assert schema["properties"]["either"]["anyOf"] == [{"type": "integer"}, {"type": "string"}]


values = st.recursive(
    st.booleans() | st.integers() | st.floats(allow_nan=False) | st.sampled_from(["small", "low"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["size", "path", "a"]), inner, max_size=2)
    ),
    max_leaves=5,
)
keys = st.sampled_from([field.key for field in Everything.fields] + ["colour"])


@given(st.dictionaries(keys, values, max_size=4))
def test_the_json_schema_allows_what_can_be_read_and_nothing_else(table):
    def is_integral(value):  # for JSON, 1.0 is a whole number
        return isinstance(value, float) and value.is_integer()

    errors = read(Everything, table)[1]
    if not any(is_integral(leaf) for leaf in leaves(table)):
        assert Draft202012Validator(json_schema(Everything)).is_valid(table) == (not errors)


def leaves(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [leaf for item in value for leaf in leaves(item)]
    return [value]
