"""Options declared once: type, default and documentation in one place.

    class AltTextOptions(Options):
        min_length: int = option(1, "Shortest text that counts as a description, in characters.")

From such a class come validation of the configuration file, its JSON Schema, and the
documentation. In files names are in kebab case (`min-length`), in Python in snake case.
"""

from __future__ import annotations

import types
from collections.abc import Iterator
from typing import (
    Any,
    Literal,
    NamedTuple,
    TypeVar,
    Union,
    cast,
    get_args,
    get_origin,
    get_type_hints,
)

T = TypeVar("T")
Path = tuple[str | int, ...]


class _Declared(NamedTuple):
    default: Any
    doc: str


def option(default: T, doc: str) -> T:
    """Declare an option of an Options class: its default and one sentence of documentation."""
    return cast(T, _Declared(default, doc))


class OptionField(NamedTuple):
    """One declared option: `name` as Python writes it, `key` as files write it."""

    name: str
    key: str
    default: Any
    doc: str


class OptionError(NamedTuple):
    """A wrong value or unknown key at `path` of a configuration."""

    path: Path
    message: str
    on_key: bool


class Options:
    """Base of all groups of options. Instances are read only by convention."""

    fields: tuple[OptionField, ...] = ()

    def __init_subclass__(cls) -> None:
        fields: list[OptionField] = []
        for name, value in list(vars(cls).items()):
            if isinstance(value, _Declared):
                fields.append(OptionField(name, name.replace("_", "-"), value.default, value.doc))
                setattr(cls, name, value.default)
        cls.fields = (*cls.fields, *fields)

    def __init__(self, **values: Any) -> None:
        known = {field.name for field in self.fields}
        for name, value in values.items():
            if name not in known:
                raise TypeError(f"{type(self).__name__} has no option {name!r}")
            setattr(self, name, value)

    def __repr__(self) -> str:
        inside = ", ".join(f"{f.name}={getattr(self, f.name)!r}" for f in self.fields)
        return f"{type(self).__name__}({inside})"

    @classmethod
    def types(cls) -> dict[str, Any]:
        """The type of each option, by Python name."""
        hints = get_type_hints(cls)
        return {field.name: hints[field.name] for field in cls.fields}


def read(
    cls: type[Options], table: dict[str, Any], path: Path = ()
) -> tuple[Any, list[OptionError]]:
    """Make an instance of `cls` from a parsed table, with every error and where it is."""
    errors: list[OptionError] = []
    values: dict[str, Any] = {}
    by_key = {field.key: field for field in cls.fields}
    hints = cls.types()
    for key, value in table.items():
        field = by_key.get(key)
        if field is None:
            errors.append(OptionError((*path, key), unknown(key, list(by_key), "option"), True))
            continue
        values[field.name], found = _convert(hints[field.name], value, (*path, key))
        errors += found
    return (cls() if errors else cls(**values)), errors


def unknown(name: str, valid: list[str], what: str) -> str:
    """Say that `name` is no known `what`, with the nearest valid name if one is near."""
    import difflib

    near = difflib.get_close_matches(name, valid, n=1, cutoff=0.6)
    hint = f"; did you mean `{near[0]}`?" if near else ""
    return f"unknown {what} `{name}`{hint}"


def _convert(hint: Any, value: Any, path: Path) -> tuple[Any, list[OptionError]]:
    """Check `value` against a type; lists become tuples and tables become Options."""
    if _is_options(hint):
        if isinstance(value, dict):
            return read(hint, cast(dict[str, Any], value), path)
    elif get_origin(hint) is tuple:
        if isinstance(value, list):
            return _convert_items(get_args(hint)[0], cast(list[Any], value), path)
    elif get_origin(hint) is dict:
        if isinstance(value, dict):
            return _convert_table(get_args(hint)[1], cast(dict[str, Any], value), path)
    elif get_origin(hint) in (Union, types.UnionType):
        return _convert_union(hint, value, path)
    elif get_origin(hint) is Literal:
        if value in get_args(hint) and isinstance(value, str):
            return value, []
        if isinstance(value, str):
            near = unknown(value, [str(arg) for arg in get_args(hint)], "value")
            return value, [OptionError(path, f"{near}; {_expected(hint)}", False)]
    elif hint is Any or (type(value) is hint) or (hint is float and type(value) is int):
        return value, []
    return value, [OptionError(path, f"`{_dotted(path)}`: {_expected(hint)}", False)]


def _convert_items(hint: Any, value: list[Any], path: Path) -> tuple[Any, list[OptionError]]:
    converted = [_convert(hint, item, (*path, index)) for index, item in enumerate(value)]
    return tuple(item for item, _ in converted), [e for _, errors in converted for e in errors]


def _convert_table(hint: Any, value: dict[str, Any], path: Path) -> tuple[Any, list[OptionError]]:
    converted = {key: _convert(hint, item, (*path, key)) for key, item in value.items()}
    return {k: v for k, (v, _) in converted.items()}, [
        e for _, es in converted.values() for e in es
    ]


def _convert_union(hint: Any, value: Any, path: Path) -> tuple[Any, list[OptionError]]:
    for arg in get_args(hint):
        converted, errors = _convert(arg, value, path)
        if not errors:
            return converted, []
    return value, [OptionError(path, f"`{_dotted(path)}`: {_expected(hint)}", False)]


def _is_options(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, Options)


def _dotted(path: Path) -> str:
    return ".".join(str(part) for part in path)


_NAMES = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    str: "a string in quotes",
}


def _expected(hint: Any) -> str:
    return f"expected {describe(hint)}"


def describe(hint: Any) -> str:
    """A type in words that a writer of a TOML file understands."""
    if get_origin(hint) is Literal:
        return "one of " + ", ".join(f'"{arg}"' for arg in get_args(hint))
    if get_origin(hint) in (Union, types.UnionType):
        return " or ".join(describe(arg) for arg in get_args(hint) if arg is not type(None))
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        return "a list of strings" if inner is str else f"a list of {describe(inner)}"
    if get_origin(hint) is dict or _is_options(hint):
        return "a table"
    return _NAMES.get(hint, str(hint))


def json_schema(hint: Any) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a type, for editors that complete configuration files."""
    if _is_options(hint):
        return {
            "type": "object",
            "additionalProperties": False,
            "properties": dict(_property_schemas(hint)),
        }
    if get_origin(hint) is Literal:
        return {"enum": list(get_args(hint))}
    if get_origin(hint) in (Union, types.UnionType):
        args = [arg for arg in get_args(hint) if arg is not type(None)]
        return json_schema(args[0]) if len(args) == 1 else {"anyOf": [json_schema(a) for a in args]}
    if get_origin(hint) is tuple:
        return {"type": "array", "items": json_schema(get_args(hint)[0])}
    if get_origin(hint) is dict:
        return {"type": "object", "additionalProperties": json_schema(get_args(hint)[1])}
    names = {bool: "boolean", int: "integer", float: "number", str: "string"}
    return {"type": names[hint]} if hint in names else {}


def _property_schemas(cls: type[Options]) -> Iterator[tuple[str, dict[str, Any]]]:
    for field, hint in zip(cls.fields, cls.types().values(), strict=True):
        schema = {"description": field.doc, **json_schema(hint)}
        if isinstance(field.default, (bool, int, float, str)):
            schema["default"] = field.default
        elif isinstance(field.default, tuple):
            schema["default"] = list(cast(tuple[Any, ...], field.default))
        yield field.key, schema
