"""`NamedTuple` of typing, and its `get_type_hints`, for half the time.

typing compiles each annotation, though no ordinary run reads more than a few. There are a hundred
such classes, so that is a tenth of what a hook takes for one post. Type checkers see typing's own.
"""

from __future__ import annotations

import sys
from collections import namedtuple
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple  # noqa: PLC0414, TID251 - for others
else:

    class _Meta(type):
        def __new__(cls, name: str, bases: tuple[type, ...], members: dict[str, Any]) -> type:
            if not bases:
                return super().__new__(cls, name, bases, members)  # NamedTuple itself
            fields = members.get("__annotations__", {})
            defaults = [members[field] for field in fields if field in members]
            made = namedtuple(name, fields, defaults=defaults, module=members["__module__"])
            for key, value in members.items():
                if key not in made._fields and key != "__qualname__":
                    setattr(made, key, value)
            return made

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
