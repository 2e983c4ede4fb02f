"""The jsonschema package at work: building validators, and checking the schemas of users.

Import this module only where there is something to say; it loads jsonschema.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

import jsonschema.validators
import jsonschema_specifications  # type: ignore[import-untyped]  # pyright: ignore
import referencing
import referencing.jsonschema
from jsonschema import FormatChecker, ValidationError
from jsonschema.exceptions import SchemaError as Invalid
from referencing.exceptions import NoSuchResource, Unresolvable

from contentlint import options
from contentlint.acceptor import FORMATS, is_empty, matches
from contentlint.finding import SEVERITIES
from contentlint.schema_file import SchemaError, read_json
from contentlint.violations import explain

# What the stubs of these packages leave open.
_validators: Any = jsonschema.validators
_referencing: Any = referencing
_specifications: Any = jsonschema_specifications
_missing: Any = NoSuchResource
_DRAFT: Any = referencing.jsonschema.DRAFT202012


def build(contents: Any, file: str, empty_is_missing: bool) -> Any:
    """A validator for a schema; `file` is where its references to other files start from."""
    keywords: dict[str, Any] = {"properties": _properties, "pattern": _pattern}
    if empty_is_missing:
        keywords["required"] = _required
    dialect = _validators.extend(_dialect(contents), keywords)
    formats: Any = FormatChecker(())
    for name, check_format in FORMATS.items():
        formats.checks(name)(check_format)
    return dialect(contents, format_checker=formats, registry=_Files(file).registry)


def _dialect(contents: Any) -> Any:
    if contents.__class__ is not dict or contents.get("$schema").__class__ is not str:
        return _validators.Draft202012Validator
    return _validators.validator_for(contents, default=_validators.Draft202012Validator)


def _properties(validator: Any, schemas: Any, instance: Any, schema: Any) -> Iterator[Any]:
    """The keyword `properties`; for the schema `false` jsonschema's own does not tell the key."""
    if validator.is_type(instance, "object"):
        for name, inner in schemas.items():
            if name in instance and inner is False:
                yield ValidationError(f"{name!r} is not allowed", path=(name,))
            elif name in instance:
                yield from validator.descend(instance[name], inner, path=name, schema_path=name)


def _pattern(validator: Any, pattern: str, instance: Any, schema: Any) -> Iterator[Any]:
    """The keyword `pattern`, whose regular expression must come to an end."""
    if validator.is_type(instance, "string"):
        try:
            if not matches(pattern, instance):
                yield ValidationError(f"{instance!r} does not match {pattern!r}")
        except TimeoutError as error:
            yield ValidationError(f"{pattern!r} takes too long", cause=error)


def _required(validator: Any, names: Any, instance: Any, schema: Any) -> Iterator[Any]:
    """The keyword `required`, for which a key that says nothing is missing too."""
    if names.__class__ is list and validator.is_type(instance, "object"):
        for name in names:
            if name not in instance:
                yield ValidationError(f"{name!r} is a required property")
            elif is_empty(instance[name]):
                yield ValidationError(f"{name!r} is empty", path=(name,))


class _Files:
    """The files that a schema refers to, each read once. What is elsewhere is never fetched."""

    def __init__(self, file: str) -> None:
        self.folder = os.path.dirname(file)
        self.resources: dict[str, Any] = {}
        registry = _referencing.Registry(retrieve=self.retrieve)
        self.registry = registry.combine(_specifications.REGISTRY)

    def path(self, uri: str) -> str:
        return os.path.join(self.folder, unquote(uri))

    def retrieve(self, uri: str) -> Any:
        if _is_remote(uri):
            raise _missing(ref=uri)
        if uri not in self.resources:
            contents = read_json(self.path(uri))
            self.resources[uri] = _resource(contents)
        return self.resources[uri]


def _resource(contents: Any) -> Any:
    return _referencing.Resource.from_contents(contents, default_specification=_DRAFT)


def _is_remote(uri: str) -> bool:
    parts = urlsplit(uri)
    return bool(parts.scheme or parts.netloc)


def check(contents: Any, file: str) -> dict[str, Any]:
    """Raise SchemaError unless the schema is valid, and all that it refers to is there. Tells what
    is in the files that it refers to, by path."""
    try:
        _check_dialect(contents, file)
        files = _Files(file)
        resolver = files.registry.resolver_with_root(_resource(contents))
        _References(files).check(contents, resolver, file, ())
        list(build(contents, file, empty_is_missing=False).iter_errors({}))
    except RecursionError:
        words = "The schema is nested too deeply, or leads back to itself without end"
        raise SchemaError(file, "", words) from None
    return {files.path(uri): one.contents for uri, one in files.resources.items()}


def _check_dialect(contents: Any, file: str) -> None:
    if contents.__class__ not in (dict, bool):
        raise SchemaError(file, "", "A schema is an object in braces")
    try:
        _dialect(contents).check_schema(contents)
    except Invalid as error:
        message = explain([error], contents)[0].message
        raise SchemaError(file, _pointer(error.absolute_path), message) from None


class _References:
    """Follows every `$ref` once, so that a broken one is told before a post meets it."""

    def __init__(self, files: _Files) -> None:
        self.files = files
        self.seen: set[str] = set()

    def check(self, node: Any, resolver: Any, file: str, path: tuple[Any, ...]) -> None:
        if node.__class__ is list:
            for index, inner in enumerate(node):
                self.check(inner, resolver, file, (*path, index))
        if node.__class__ is not dict:
            return
        if path and node.get("$id").__class__ is str:
            resolver = resolver.in_subresource(_DRAFT.create_resource(node))
        _check_notes(node, file, path)
        if node.get("$ref").__class__ is str:
            self.follow(node["$ref"], resolver, file, (*path, "$ref"))
        for step, inner in node.items():
            if step not in ("const", "default", "enum", "examples"):
                self.check(inner, resolver, file, (*path, step))

    def follow(self, reference: str, resolver: Any, file: str, path: tuple[Any, ...]) -> None:
        try:
            resolver.lookup(reference)
        except Unresolvable as error:
            raise _unresolvable(error, reference, file, path) from None
        for uri in self.files.resources.keys() - self.seen:
            self.seen.add(uri)
            resource = self.files.resources[uri]
            other = self.files.path(uri)
            _check_dialect(resource.contents, other)
            inner = self.files.registry.with_resource(uri, resource).resolver(uri)
            self.check(resource.contents, inner.in_subresource(resource), other, ())


def _check_notes(node: dict[str, Any], file: str, path: tuple[Any, ...]) -> None:
    """Our own keywords. As a name of a field, `x-severity` has a schema and no text."""
    severity, message = node.get("x-severity", "error"), node.get("x-message", "")
    if path[-1:] in (("properties",), ("$defs",)):
        return
    if severity not in SEVERITIES:
        words = options.unknown(str(severity), list(SEVERITIES), "severity")
        raise SchemaError(file, _pointer((*path, "x-severity")), words)
    if message.__class__ is not str:
        raise SchemaError(file, _pointer((*path, "x-message")), "`x-message` must be text")


def _unresolvable(error: Any, reference: str, file: str, path: tuple[Any, ...]) -> SchemaError:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, SchemaError) and cause.place:
            return cause  # the file is there, and at fault
        cause = cause.__cause__
    words = "leads nowhere" if reference.startswith("#") else "leads to no file that can be read"
    if _is_remote(reference):
        words = "is elsewhere, and nothing is fetched; keep a copy beside this schema"
    return SchemaError(file, _pointer(path), f"`{reference}` {words}")


def _pointer(path: Iterable[Any]) -> str:
    steps = (str(step).replace("~", "~0").replace("/", "~1") for step in path)
    return "/".join(("#", *steps))
