"""`NamedTuple` of typing, and its `get_type_hints`, for a third of the time.

typing compiles each annotation, though no ordinary run reads more than a few; and `namedtuple`
compiles a constructor for each class, though those of classes with as many fields differ in nothing
but names. There are a hundred such classes, so that is a tenth of what a hook takes for one post.
Type checkers see typing's own.
"""

from __future__ import annotations

import sys
from collections import namedtuple
from functools import cache
from types import FunctionType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple  # noqa: PLC0414, TID251 - for others
else:
    # What gives the first value, the second and so on. No class has more.
    _MODEL = namedtuple("_MODEL", [f"field{number}" for number in range(40)])
    _VALUES = [vars(_MODEL)[field] for field in _MODEL._fields]

    @cache
    def _constructor(size: int) -> FunctionType:
        """That of a class with so many fields."""
        fields = "".join(f"field{number}, " for number in range(size))
        return eval(f"lambda cls, {fields}: new(cls, ({fields}))", {"new": tuple.__new__})

    class _Meta(type):
        def __new__(cls, name: str, bases: tuple[type, ...], members: dict[str, Any]) -> type:
            if not bases:
                return super().__new__(cls, name, bases, members)  # NamedTuple itself
            fields = tuple(members.get("__annotations__", ()))
            defaults = {field: members[field] for field in fields if field in members}
            model = _constructor(len(fields))
            code = model.__code__.replace(co_varnames=("cls", *fields), co_name="__new__")
            constructor = FunctionType(code, model.__globals__, argdefs=(*defaults.values(),))
            own = {
                "__slots__": (),
                "__new__": constructor,
                "__match_args__": fields,
                "_fields": fields,
                "_field_defaults": defaults,
            }
            values = dict(zip(fields, _VALUES, strict=False))
            return type(name, (_Tuple,), {**members, **own, **values})

    class _Tuple(tuple):
        """What all have in common."""

        __slots__ = ()

        @classmethod
        def _make(cls, values: Any) -> _Tuple:
            made = tuple.__new__(cls, values)
            if len(made) != len(cls._fields):
                raise TypeError(f"{cls.__name__} has {len(cls._fields)} fields, not {len(made)}")
            return made

        def _replace(self, /, **changes: Any) -> _Tuple:
            made = self._make(map(changes.pop, self._fields, self))
            if changes:
                raise ValueError(f"{type(self).__name__} has no field {', '.join(changes)}")
            return made

        __replace__ = _replace

        def _asdict(self) -> dict[str, Any]:
            return dict(zip(self._fields, self, strict=True))

        def __getnewargs__(self) -> tuple[Any, ...]:
            return tuple(self)

        def __repr__(self) -> str:
            values = ", ".join(f"{name}={value!r}" for name, value in self._asdict().items())
            return f"{type(self).__name__}({values})"

    class NamedTuple(metaclass=_Meta):
        """The same as typing.NamedTuple, for modules whose annotations are text."""


def hints(cls: type) -> dict[str, Any]:
    """The types of what is annotated in a class and those that it derives from, by name."""
    found: dict[str, Any] = {}
    for base in reversed(cls.__mro__):
        names = vars(sys.modules[base.__module__])
        for name, kind in getattr(base, "__annotations__", {}).items():
            found[name] = eval(kind, names) if isinstance(kind, str) else kind
    return found
