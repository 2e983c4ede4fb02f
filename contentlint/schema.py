"""JSON Schema (2020-12) for front matter, with violations that a writer understands.

`load` reads a schema or preset once; `Schema.violations` says what is wrong with the data of one
post. jsonschema decides, but is imported only where an acceptor (see acceptor.py) does not know the
data to be valid. Nothing is ever fetched: a schema may refer to itself and to files beside it.

A regular expression in a schema runs as it is: like the configuration, a schema is trusted not to
take forever.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from contentlint.acceptor import compile_acceptor
from contentlint.fields import Path

PRESETS = ("blog-post", "hugo")


class Violation(NamedTuple):
    """One mistake in the data.

    `path` leads to the value at fault, to the key (`on_key`), or, if a key is `missing`, to the
    mapping that lacks it. `suggestions` replace what is at the place, best first.
    """

    path: Path
    on_key: bool
    message: str
    suggestions: tuple[str, ...] = ()
    missing: bool = False


class SchemaError(Exception):
    """A schema that cannot be used.

    `place` is a line and column for a file that is no JSON, and else a JSON pointer such as
    `#/properties/title`; it is empty where the whole file is meant.
    """

    def __init__(self, file: str, place: str, message: str) -> None:
        super().__init__(": ".join(part for part in (file, place, message) if part))
        self.file = file
        self.place = place
        self.message = message


class Schema:
    """A schema to hold data against; make one with `load`."""

    def __init__(self, contents: Any, file: str, empty_is_missing: bool = True) -> None:
        self.file = file
        self.contents = contents
        self._empty_is_missing = empty_is_missing
        self._accepts = compile_acceptor(contents, empty_is_missing=empty_is_missing)
        self._validator: Any = None

    def __reduce__(self) -> tuple[Any, ...]:  # for other processes
        return Schema, (self.contents, self.file, self._empty_is_missing)

    @property
    def has_acceptor(self) -> bool:
        """Whether valid data is found valid without jsonschema."""
        return self._accepts is not None

    def violations(self, data: Any) -> list[Violation]:
        """What is wrong with the data of a post, one violation for each mistake."""
        if self._accepts is not None and self._accepts(data):
            return []
        from contentlint.violations import explain

        try:
            return explain(self.validator().iter_errors(data), data)
        except RecursionError:
            return [Violation((), False, "The front matter is nested too deeply for its schema")]

    def validator(self) -> Any:
        """The validator of the jsonschema package, built once."""
        if self._validator is None:
            from contentlint.validator import build

            self._validator = build(self.contents, self.file, self._empty_is_missing)
        return self._validator


def load(name: str, *, empty_is_missing: bool = True) -> Schema:
    """Load the schema in a file, or the bundled one that `preset:NAME` names.

    With `empty_is_missing` a required key must say something: null, "" and [] are not enough.
    Raises SchemaError.
    """
    if not name.startswith("preset:"):
        schema = Schema(read_json(name), name, empty_is_missing)
        if not schema.has_acceptor:  # otherwise it is valid
            from contentlint.validator import check

            check(schema)
        return schema
    preset = name.removeprefix("preset:")
    if preset not in PRESETS:
        raise SchemaError(name, "", f"There is no such preset, only {', '.join(PRESETS)}")
    from importlib import import_module

    data: bytes = import_module("contentlint.schemas").read(f"{preset}.schema.json")
    return Schema(json.loads(data), name, empty_is_missing)


def read_json(path: str) -> Any:
    """Read a file that holds JSON. Raises SchemaError."""
    try:
        with open(path, encoding="utf-8-sig") as file:
            return json.loads(file.read())
    except OSError as error:
        raise SchemaError(path, "", error.strerror or "It cannot be read") from None
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise SchemaError(path, place, f"This is no JSON: {error.msg}") from None
    except RecursionError:
        raise SchemaError(path, "", "The schema is nested too deeply") from None
    except ValueError as error:  # no UTF-8, or a number of too many digits
        raise SchemaError(path, "", f"This is no JSON: {error}") from None
