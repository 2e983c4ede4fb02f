"""A quick "valid" for data that satisfies its JSON Schema, without the jsonschema package.

Importing jsonschema costs more than checking a whole blog, so it is asked only where there is
something to say. An acceptor may say "I do not know", and never says "invalid". It knows the
keywords that schemas for front matter are made of; for a schema with any other, or with a mistake
in it, there is none. So a schema that has one is a valid schema.

Source: JSON Schema 2020-12, https://json-schema.org/draft/2020-12
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import Any

from contentlint.finding import SEVERITIES
from contentlint.patterns import pattern

_REPEATED_GROUP = pattern(r"\)[*+{]")
_LONGEST = 200  # characters for which three repetitions, one after the other, take 0.1 s
_PATIENCE = 1.0  # seconds

Accept = Callable[[Any], bool]

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def compile_acceptor(schema: Any, *, empty_is_missing: bool = False) -> Accept | None:
    """Compile a schema for JSON data; None where only jsonschema can tell.

    With `empty_is_missing`, a required key whose value is null, "" or [] is not accepted.
    """
    try:
        return _Compiler(schema, empty_is_missing).compile(schema)
    except (_Unknown, TypeError, KeyError, AttributeError, RecursionError, re.error):
        return None


class _Unknown(Exception):
    """A keyword, or a use of one, that an acceptor does not know."""


class _Compiler:
    def __init__(self, root: Any, empty_is_missing: bool) -> None:
        self.root = root
        self.compiled: dict[str, Accept] = {}
        self.compiling: set[str] = set()
        self.empty_is_missing = empty_is_missing

    def compile(self, schema: Any) -> Accept:
        if schema is True:
            return _accept_all
        if schema.__class__ is not dict:
            raise _Unknown
        made = [self.keyword(name, value, schema) for name, value in schema.items()]
        checks = [check for check in made if check is not None]
        return checks[0] if len(checks) == 1 else _every(checks)

    def keyword(self, name: str, value: Any, schema: dict[str, Any]) -> Accept | None:
        if name in _ANNOTATIONS:
            if not isinstance(value, _ANNOTATIONS[name]):
                raise _Unknown
            return None
        if name in _ASSERTIONS:
            return _ASSERTIONS[name](value)
        if name in _APPLICATORS:
            return _APPLICATORS[name](self, value, schema)
        if name == "$id" and schema is self.root and "#" not in _text(value):
            return None
        raise _Unknown

    def definition(self, name: str) -> Accept:
        """The acceptor of a definition; there is none for one that leads back to itself."""
        if name not in self.compiled:
            if name in self.compiling:
                raise _Unknown
            self.compiling.add(name)
            self.compiled[name] = self.compile(self.root["$defs"][name])
        return self.compiled[name]


def _accept_all(value: Any) -> bool:
    return True


def _every(checks: list[Accept]) -> Accept:
    def accept(value: Any) -> bool:
        for check in checks:  # noqa: SIM110 (a generator in all() would take twice as long)
            if not check(value):
                return False
        return True

    return accept if checks else _accept_all


# --- Assertions: about the value itself ----------------------------------------------------------

_CLASSES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "boolean": (bool,),
    "null": (type(None),),
    "array": (list,),
    "object": (dict,),
    "integer": (int,),
    "number": (int, float),
}


def _type(names: Any) -> Accept:
    names = _distinct([names] if names.__class__ is str else names)
    if not names:
        raise _Unknown
    classes = frozenset(cls for name in names for cls in _CLASSES[name])
    if int in classes and float not in classes:  # 1.0 is an integer
        return lambda value: (
            value.__class__ in classes or (value.__class__ is float and value.is_integer())
        )
    return lambda value: value.__class__ in classes


def _enum(allowed: Any) -> Accept:
    if allowed.__class__ is not list:
        raise _Unknown
    texts = frozenset(item for item in allowed if item.__class__ is str)
    others = [item for item in allowed if item is None or item.__class__ in (bool, int, float)]

    def accept(value: Any) -> bool:
        if value.__class__ is str:
            return value in texts
        return any(value.__class__ is other.__class__ and value == other for other in others)

    return accept


def _limit(of: Any, fits: Callable[[Any, Any], bool]) -> Callable[[Any], Accept]:
    """A keyword that compares the length of values of one type with its own value."""

    def keyword(limit: Any) -> Accept:
        if limit.__class__ is not int or limit < 0:
            raise _Unknown
        return lambda value: value.__class__ is not of or fits(len(value), limit)

    return keyword


def _bound(fits: Callable[[Any, Any], bool]) -> Callable[[Any], Accept]:
    """A keyword that compares numbers with its own value."""

    def keyword(bound: Any) -> Accept:
        if bound.__class__ not in (int, float):
            raise _Unknown
        return lambda value: value.__class__ not in (int, float) or fits(value, bound)

    return keyword


def _pattern(pattern: Any) -> Accept:
    re.compile(_text(pattern))

    def accept(value: Any) -> bool:
        try:
            return value.__class__ is not str or matches(pattern, value)
        except TimeoutError:
            return False

    return accept


def matches(pattern: str, text: str) -> bool:
    """Whether a regular expression matches somewhere in a text.

    Raises TimeoutError after a second. Python's own `re` cannot be stopped, so what may take it for
    ever, repetition in repetition and long texts, is left to the regex package.
    """
    if len(text) <= _LONGEST and _REPEATED_GROUP.search(pattern) is None:
        return re.search(pattern, text) is not None
    regex: Any = import_module("regex")  # 9 ms; has no types
    return regex.search(pattern, text, timeout=_PATIENCE) is not None


def _unique(wanted: Any) -> Accept | None:
    if wanted.__class__ is not bool:
        raise _Unknown

    def accept(value: Any) -> bool:
        if value.__class__ is not list or len(value) < 2:
            return True
        return all(item.__class__ is str for item in value) and len(set(value)) == len(value)

    return accept if wanted else None


def is_date(value: Any) -> bool:
    """Whether a text is a full-date of RFC 3339 that the calendar has; True for all but texts."""
    if value.__class__ is not str:
        return True
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def is_date_time(value: Any) -> bool:
    """Whether a text is a date-time of RFC 3339, or one without the offset; True for others.

    YAML and TOML know points in time without an offset, so JSON front matter may have them too.
    """
    if value.__class__ is not str:
        return True
    match = re.fullmatch(
        r"([0-9-]{10})[Tt ]([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\.[0-9]+)?"
        r"([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])?",
        value,
    )
    return match is not None and is_date(match[1])


FORMATS: dict[str, Accept] = {"date": is_date, "date-time": is_date_time}


def _format(name: Any) -> Accept | None:
    return FORMATS.get(_text(name))


def _text(value: Any) -> str:
    if value.__class__ is not str:
        raise _Unknown
    return str(value)


def _distinct(names: Any) -> list[str]:
    if (
        names.__class__ is not list
        or len(set(names)) != len(names)
        or not all(name.__class__ is str for name in names)
    ):
        raise _Unknown
    return list(names)


def _schema_uri(uri: Any) -> None:
    if uri != DIALECT:
        raise _Unknown


def _severity(name: Any) -> None:
    if name not in SEVERITIES:
        raise _Unknown


_ASSERTIONS: dict[str, Callable[[Any], Accept | None]] = {
    "$schema": _schema_uri,
    "x-severity": _severity,
    "type": _type,
    "enum": _enum,
    "const": lambda value: _enum([value]),
    "minLength": _limit(str, int.__ge__),
    "maxLength": _limit(str, int.__le__),
    "minItems": _limit(list, int.__ge__),
    "maxItems": _limit(list, int.__le__),
    "minProperties": _limit(dict, int.__ge__),
    "maxProperties": _limit(dict, int.__le__),
    "minimum": _bound(lambda value, bound: value >= bound),
    "maximum": _bound(lambda value, bound: value <= bound),
    "exclusiveMinimum": _bound(lambda value, bound: value > bound),
    "exclusiveMaximum": _bound(lambda value, bound: value < bound),
    "pattern": _pattern,
    "uniqueItems": _unique,
    "format": _format,
}
_ANNOTATIONS: dict[str, type | tuple[type, ...]] = {
    "$comment": str,
    "x-message": str,
    "title": str,
    "description": str,
    "default": object,
    "examples": list,
    "deprecated": bool,
    "readOnly": bool,
    "writeOnly": bool,
}


# --- Applicators: about the values inside, or by other schemas -----------------------------------


def _items(compiler: _Compiler, schema: Any, _: dict[str, Any]) -> Accept:
    accept = compiler.compile(schema)

    def accept_items(value: Any) -> bool:
        if value.__class__ is list:
            for item in value:
                if not accept(item):
                    return False
        return True

    return accept_items


def _properties(compiler: _Compiler, schemas: Any, _: dict[str, Any]) -> Accept:
    accepts = {name: compiler.compile(schema) for name, schema in schemas.items()}

    def accept(value: Any) -> bool:
        if value.__class__ is dict:
            for name, item in value.items():
                if name in accepts and not accepts[name](item):
                    return False
        return True

    return accept


def _additional(compiler: _Compiler, schema: Any, parent: dict[str, Any]) -> Accept:
    known = frozenset(parent.get("properties", {}))
    if schema is False:
        return lambda value: value.__class__ is not dict or value.keys() <= known
    accept = compiler.compile(schema)
    return lambda value: (
        value.__class__ is not dict
        or all(accept(item) for name, item in value.items() if name not in known)
    )


def _required(compiler: _Compiler, names: Any, _: dict[str, Any]) -> Accept:
    wanted = frozenset(_distinct(names))
    if not compiler.empty_is_missing:
        return lambda value: value.__class__ is not dict or wanted <= value.keys()
    return lambda value: (
        value.__class__ is not dict
        or all(name in value and not is_empty(value[name]) for name in wanted)
    )


def is_empty(value: Any) -> bool:
    """Whether a value says nothing: null, "" or []."""
    return value is None or value == "" or value == []


def _branches(compiler: _Compiler, schemas: Any) -> list[Accept]:
    if schemas.__class__ is not list or not schemas:
        raise _Unknown
    return [compiler.compile(schema) for schema in schemas]


def _any_of(compiler: _Compiler, schemas: Any, _: dict[str, Any]) -> Accept:
    branches = _branches(compiler, schemas)
    return lambda value: any(accept(value) for accept in branches)


def _all_of(compiler: _Compiler, schemas: Any, _: dict[str, Any]) -> Accept:
    return _every(_branches(compiler, schemas))


def _ref(compiler: _Compiler, target: Any, _: dict[str, Any]) -> Accept:
    match = re.fullmatch(r"#/\$defs/([\w-]+)", target)
    if match is None:
        raise _Unknown
    return compiler.definition(match[1])


def _definitions(compiler: _Compiler, schemas: Any, _: dict[str, Any]) -> None:
    if schemas.__class__ is not dict or schemas is not compiler.root["$defs"]:
        raise _Unknown
    for name in schemas:
        compiler.definition(name)


_APPLICATORS: dict[str, Callable[[_Compiler, Any, dict[str, Any]], Accept | None]] = {
    "items": _items,
    "properties": _properties,
    "additionalProperties": _additional,
    "required": _required,
    "anyOf": _any_of,
    "allOf": _all_of,
    "$ref": _ref,
    "$defs": _definitions,
}
