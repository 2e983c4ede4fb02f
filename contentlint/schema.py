"""JSON Schema (2020-12) for front matter, with violations that a writer understands.

`load` reads a schema or preset once; `Schema.violations` says what is wrong with the data of one
post. jsonschema decides, but is imported only where an acceptor (see acceptor.py) does not know the
data to be valid. Nothing is ever fetched: a schema may refer to itself and to files beside it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from contentlint.acceptor import compile_acceptor
from contentlint.schema_file import SchemaError, read_json

if TYPE_CHECKING:
    from contentlint.violations import Violation

__all__ = ["PRESETS", "Schema", "SchemaError", "load"]

PRESETS = (
    "blog-post", "hugo", "papermod", "jekyll", "minimal-mistakes", "astro", "docusaurus", "eleventy",
    "mkdocs", "material-blog", "pelican", "ghost",
)  # fmt: skip
# The preset for the sites of a generator has its name; sites of others have the general one.
GENERATORS = ("hugo", "jekyll", "astro", "docusaurus", "eleventy", "mkdocs", "pelican")


class Schema:
    """A schema to hold data against; make one with `load` or `implied`.

    It is `implied` if nobody has asked for it. `others` has what is in the files that it refers to,
    by path.
    """

    def __init__(
        self, contents: Any, file: str, empty_is_missing: bool = True, implied: bool = False
    ) -> None:
        self.file = file
        self.contents = contents
        self.implied = implied
        self.others: Mapping[str, Any] = {}
        self._empty_is_missing = empty_is_missing
        self._accepts = compile_acceptor(contents, empty_is_missing=empty_is_missing)
        self._validator: Any = None

    def __reduce__(self) -> tuple[Any, ...]:  # for other processes
        return Schema, (self.contents, self.file, self._empty_is_missing, self.implied)

    @property
    def title(self) -> str:
        """What the schema says it is; "" if it does not."""
        return str(self.contents.get("title", "")) if self.contents.__class__ is dict else ""

    def demands(self, key: str) -> bool:
        """Whether it says, in itself or in a part that it is put together from, that a key must be
        there."""
        contents: Any = self.contents
        if contents.__class__ is not dict:
            return False
        parts = [contents, *contents.get("allOf", ()), *contents.get("anyOf", ())]
        return any(part.__class__ is dict and key in part.get("required", ()) for part in parts)

    @property
    def is_closed(self) -> bool:
        """Whether it allows no keys but those that it names."""
        closing = ("additionalProperties", "unevaluatedProperties")
        contents: Any = self.contents
        return contents.__class__ is dict and any(contents.get(name) is False for name in closing)

    @property
    def has_acceptor(self) -> bool:
        """Whether valid data is found valid without jsonschema."""
        return self._accepts is not None

    def violations(self, data: Any) -> list[Violation]:
        """What is wrong with the data of a post, one violation for each mistake."""
        if self._accepts is not None and self._accepts(data):
            return []
        from contentlint.violations import Violation, explain

        try:
            return explain(self.validator().iter_errors(data), data, self.contents)
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

            schema.others = check(schema.contents, name)
        return schema
    preset = name.removeprefix("preset:")
    if preset not in PRESETS:
        raise SchemaError(name, "", f"There is no such preset, only {', '.join(PRESETS)}")
    return Schema(_bundled(preset), name, empty_is_missing)


def implied(generator: str) -> Schema:
    """The preset that holds for the sites of a generator without being configured.

    It demands no fields: whether a post may do without a title is for its blog to say.
    """
    preset = generator if generator in GENERATORS else "blog-post"
    contents = _bundled(preset)
    for keyword in ("required", "anyOf"):
        contents.pop(keyword, None)
    if "name" in contents["$defs"]:
        contents["$defs"]["name"] = {"type": ["string", "number", "null"]}
    return Schema(contents, f"preset:{preset}", implied=True)


def text(preset: str) -> str:
    """The file of a bundled schema."""
    from importlib import import_module

    data: bytes = import_module("contentlint.schemas").read(f"{preset}.schema.json")
    return data.decode("utf-8")


def _bundled(preset: str) -> Any:
    return json.loads(text(preset))
