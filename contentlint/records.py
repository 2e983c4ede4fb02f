"""Tuples with named fields as JSON, and back: for what is kept between runs."""

from __future__ import annotations

import json
import types
from collections.abc import Callable
from functools import cache, partial
from typing import Any, TypeVar, Union, cast, get_args, get_origin

from contentlint import tuples

T = TypeVar("T")
_Read = Callable[[Any], Any]

# Nothing holds itself, so that need not be looked for, which takes a third of the time.
_to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def dump(value: object) -> bytes:
    """A value of tuples, lists, tables, strings, numbers and None as JSON."""
    return _to_json(value).encode("utf-8", "surrogatepass")  # as `json.loads` decodes it


def load(cls: Callable[..., T], data: bytes) -> T:
    """The tuple of this class that `dump` has written, with all that is in it.

    Raises ValueError or TypeError if it is not of this class as it is now.
    """
    made: T = _of_fields(cls)(json.loads(data))
    return made


def _reader(kind: Any) -> _Read | None:
    """What makes of JSON a value of this type; None if JSON has it as it is."""
    if hasattr(kind, "_fields"):
        return _of_fields(kind)
    if get_origin(kind) is tuple:
        return _of_tuple(get_args(kind))
    if get_origin(kind) in (Union, types.UnionType):
        return _of_union(get_args(kind))
    return None


@cache
def _of_fields(kind: Any) -> _Read:
    hints = tuples.hints(kind)
    readers = [(at, read) for at, name in enumerate(kind._fields) if (read := _reader(hints[name]))]
    length = len(kind._fields)
    make = partial(cast(Any, tuple).__new__, kind)  # as `_make` without its own look at the length

    def read_fields(value: Any) -> Any:
        if len(value) != length:
            raise ValueError(f"{kind.__name__} has {length} fields, not {len(value)}")
        for at, read in readers:
            value[at] = read(value[at])
        return make(value)

    return read_fields


def _of_tuple(kinds: tuple[Any, ...]) -> _Read:
    readers = [_reader(kind) for kind in kinds if kind is not ...]
    if len(readers) == len(kinds):
        return lambda value: tuple(
            read(item) if read else item for read, item in zip(readers, value, strict=True)
        )
    (one,) = readers
    return (lambda value: tuple(map(one, value))) if one else tuple


def _of_union(kinds: tuple[Any, ...]) -> _Read | None:
    """Only None may stand beside a type that is not as JSON has it, which could not tell them."""
    readers = list(filter(None, map(_reader, kinds)))
    if not readers:
        return None
    (read,) = readers
    return lambda value: None if value is None else read(value)
