"""Options declared once: type, default and documentation in one place.

    class AltTextOptions(Options):
        min_length: int = option(1, "Shortest text that counts as a description, in characters.")

From such a class come validation of the configuration file, its JSON Schema, and the
documentation. In files names are in kebab case (`min-length`), in Python in snake case. A type is
`bool`, `int`, `float`, `str`, a `Literal` of strings, another class of options, `tuple[T, ...]`,
`dict[str, T]`, or a union of these; `None` in a union means that the option may be left out.
"""

from __future__ import annotations

import types
from collections.abc import Iterable, Sequence
from typing import (
    Any,
    Literal,
    Self,
    TypeGuard,
    TypeVar,
    Union,
    cast,
    get_args,
    get_origin,
)

from contentlint import tuples
from contentlint.tuples import NamedTuple

T = TypeVar("T")
Path = tuple[str | int, ...]

REQUIRED: Any = object()


class _Declared(NamedTuple):
    default: Any
    doc: str
    whole: bool = False


def option(default: T, doc: str, *, whole: bool = False) -> T:
    """Declare an option of an Options class: its default and one sentence of documentation. The
    items of a list that are `whole` are not cut at commas and blanks on the command line."""
    return cast(T, _Declared(default, doc, whole))


def required(doc: str) -> Any:
    """Declare an option that has no default, so that it must be set."""
    return _Declared(REQUIRED, doc)


def _key(name: str) -> str:
    """An option's name as files write it; `from_` is one that Python cannot say."""
    return name.rstrip("_").replace("_", "-")


class OptionField(NamedTuple):
    """One declared option: `name` as Python writes it, `key` as files write it."""

    name: str
    key: str
    default: Any
    doc: str
    whole: bool = False


class OptionError(NamedTuple):
    """What is wrong at `path` of a configuration: with the key there, or with its value."""

    path: Path
    message: str
    on_key: bool = False


class Options:
    """Base of all groups of options. Instances are never changed; `replace` makes others."""

    fields: tuple[OptionField, ...] = ()

    def __init_subclass__(cls) -> None:
        fields: list[OptionField] = []
        for name, value in list(vars(cls).items()):
            if isinstance(value, _Declared):
                fields.append(OptionField(name, _key(name), *value))
                setattr(cls, name, value.default)
        cls.fields = (*cls.fields, *fields)

    def __init__(self, **values: Any) -> None:
        known = {field.name for field in self.fields}
        for name, value in values.items():
            if name not in known:
                raise TypeError(f"{type(self).__name__} has no option {name!r}")
            setattr(self, name, value)

    def __repr__(self) -> str:
        inside = ", ".join(f"{name}={value!r}" for name, value in self._values().items())
        return f"{type(self).__name__}({inside})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Options) and (
            (type(self), self._values()) == (type(other), other._values())
        )

    __hash__ = None  # type: ignore[assignment]  # values may be dicts

    def replace(self, **changes: Any) -> Self:
        """The same options but for some, by Python name."""
        return type(self)(**{**self._values(), **changes})

    def _values(self) -> dict[str, Any]:
        return {field.name: getattr(self, field.name) for field in self.fields}

    @classmethod
    def types(cls) -> dict[str, Any]:
        """The type of each option, by Python name."""
        hints = tuples.hints(cls)
        return {field.name: hints[field.name] for field in cls.fields}


AnyOptions = TypeVar("AnyOptions", bound=Options)

# ---- reading -----------------------------------------------------------------------------------


def read(
    cls: type[AnyOptions], table: dict[str, Any], path: Path = ()
) -> tuple[AnyOptions, list[OptionError]]:
    """Make an instance of `cls` from a parsed table, with every error and where it is.

    What is wrong keeps its default, so that the rest can be looked at all the same.
    """
    errors: list[OptionError] = []
    values: dict[str, Any] = {}
    fields = {field.key: field for field in cls.fields}
    hints = cls.types()
    for key, value in table.items():
        if key not in fields:
            complaint = unknown(key, list(fields), "option")
            errors.append(OptionError((*path, key), complaint, on_key=True))
            continue
        name = fields[key].name
        converted, found = _convert(hints[name], value, (*path, key))
        errors += found
        if not found:
            values[name] = converted
    for key, field in fields.items():
        if field.default is REQUIRED and key not in table:
            errors.append(OptionError(path, f"`{key}` is missing", on_key=True))
    return cls(**values), errors


def unknown(name: str, valid: list[str], what: str) -> str:
    """Say that `name` is no known `what`, with the nearest valid name if one is near."""
    near = nearest(name, valid)
    return f"unknown {what} `{name}`" + (f"; did you mean `{near}`?" if near else "")


def nearest(name: str, valid: list[str]) -> str | None:
    """The valid name that was probably meant; None if none is near."""
    from difflib import get_close_matches

    folded = {candidate.casefold(): candidate for candidate in valid}
    near = get_close_matches(name.casefold(), folded, n=1, cutoff=0.6)
    return folded[near[0]] if near else None


def _convert(hint: Any, value: Any, path: Path) -> tuple[Any, list[OptionError]]:
    """Check `value` against a type; lists become tuples and tables become Options."""
    origin, arguments = get_origin(hint), get_args(hint)
    if hint is Any or type(value) is hint or (hint is float and type(value) is int):
        return value, []
    if _is_options(hint) and is_table(value):
        return read(hint, value, path)
    if origin is tuple and is_list(value):
        converted, errors = _convert_items(arguments[0], enumerate(value), path)
        return tuple(converted.values()), errors
    if origin is dict and is_table(value):
        return _convert_items(arguments[1], value.items(), path)
    if origin is Literal and isinstance(value, str):
        return _convert_choice([str(argument) for argument in arguments], value, path)
    if _is_union(hint):
        choices = [argument for argument in arguments if argument is not type(None)]
        results = [_convert(choice, value, path) for choice in choices]
        if len(results) == 1:
            return results[0]
        for converted, errors in results:
            if not errors:
                return converted, []
    return value, [OptionError(path, f"expected {describe(hint)}, not {_kind(value)}")]


def _convert_items(
    hint: Any, items: Iterable[tuple[Any, Any]], path: Path
) -> tuple[dict[Any, Any], list[OptionError]]:
    converted = {key: _convert(hint, item, (*path, key)) for key, item in items}
    values = {key: item for key, (item, _) in converted.items()}
    return values, [error for _, found in converted.values() for error in found]


def _convert_choice(choices: list[str], value: str, path: Path) -> tuple[str, list[OptionError]]:
    if value in choices:
        return value, []
    complaint = f"{unknown(value, choices, 'value')} (one of {', '.join(choices)})"
    return value, [OptionError(path, complaint)]


def is_table(value: Any) -> TypeGuard[dict[str, Any]]:
    """Whether a value is a table, whose keys are always strings."""
    return isinstance(value, dict)


def is_list(value: Any) -> TypeGuard[Sequence[Any]]:
    """Whether a value is a list, as files have them, or a tuple, as options do."""
    return isinstance(value, (list, tuple))


def _is_options(hint: Any) -> TypeGuard[type[Options]]:
    return isinstance(hint, type) and issubclass(hint, Options)


def _is_union(hint: Any) -> bool:
    return get_origin(hint) in (Union, types.UnionType)


# ---- describing --------------------------------------------------------------------------------

_NAMES: dict[Any, tuple[str, str]] = {
    bool: ("true or false", "truth values"),
    int: ("a whole number", "whole numbers"),
    float: ("a number", "numbers"),
    str: ("a string", "strings"),
    list: ("a list", "lists"),
    tuple: ("a list", "lists"),
    dict: ("a table", "tables"),
}


def describe(hint: Any) -> str:
    """A type in words that a writer of a TOML file understands."""
    if get_origin(hint) is Literal:
        return "one of " + ", ".join(f'"{argument}"' for argument in get_args(hint))
    if _is_union(hint):
        return " or ".join(describe(arg) for arg in get_args(hint) if arg is not type(None))
    if get_origin(hint) is tuple:
        return f"a list of {_name(get_args(hint)[0])[1]}"
    return _name(hint)[0]


def _name(hint: Any) -> tuple[str, str]:
    if _is_options(hint):
        return _NAMES[dict]
    return _NAMES.get(get_origin(hint) or hint, (str(hint), str(hint)))


def _kind(value: Any) -> str:
    return _NAMES.get(type(value), ("this", ""))[0]


def json_schema(hint: Any) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a type, for editors that complete configuration files."""
    arguments = [argument for argument in get_args(hint) if argument is not type(None)]
    if _is_options(hint):
        return _table_schema(hint)
    if get_origin(hint) is Literal:
        return {"enum": arguments}
    if _is_union(hint):
        schemas = [json_schema(argument) for argument in arguments]
        return schemas[0] if len(schemas) == 1 else {"anyOf": schemas}
    if get_origin(hint) is tuple:
        return {"type": "array", "items": json_schema(arguments[0])}
    if get_origin(hint) is dict:
        return {"type": "object", "additionalProperties": json_schema(arguments[1])}
    names = {bool: "boolean", int: "integer", float: "number", str: "string"}
    return {"type": names[hint]} if hint in names else {}


def _table_schema(cls: type[Options]) -> dict[str, Any]:
    hints = cls.types()
    properties: dict[str, Any] = {}
    for field in cls.fields:
        properties[field.key] = {"description": field.doc, **json_schema(hints[field.name])}
        if isinstance(field.default, (bool, int, float, str)):
            properties[field.key]["default"] = field.default
        elif is_list(field.default):
            properties[field.key]["default"] = list(field.default)
    schema = {"type": "object", "additionalProperties": False, "properties": properties}
    needed = [field.key for field in cls.fields if field.default is REQUIRED]
    return {**schema, "required": needed} if needed else schema
