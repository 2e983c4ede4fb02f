"""A class of named values is what typing would have made of it."""

from __future__ import annotations

import pickle
import typing

import pytest

from contentlint import facts, finding, options, tuples
from contentlint.commands import check


class Typed(typing.NamedTuple):  # noqa: TID251 - the model
    """A door."""

    width: int
    colour: str | None = None
    parts: tuple[Door, ...] = ()

    @property
    def is_wide(self) -> bool:
        return self.width > 90

    @classmethod
    def narrow(cls) -> Typed:
        return cls(60)


class Door(tuples.NamedTuple):
    """A door."""

    width: int
    colour: str | None = None
    parts: tuple[Door, ...] = ()

    @property
    def is_wide(self) -> bool:
        return self.width > 90

    @classmethod
    def narrow(cls) -> Door:
        return cls(60)


@pytest.mark.parametrize("cls", [Typed, Door])
def test_it_is_as_that_of_typing(cls):
    door = cls(100, parts=(cls.narrow(),))
    assert door == (100, None, ((60, None, ()),))
    assert (door.is_wide, door.parts[0].is_wide) == (True, False)
    assert repr(cls(1)) == f"{cls.__name__}(width=1, colour=None, parts=())"
    assert (cls._fields, cls._field_defaults) == (
        ("width", "colour", "parts"),
        {"colour": None, "parts": ()},
    )
    assert (cls.__doc__, cls.__module__, cls.__qualname__) == ("A door.", __name__, cls.__name__)
    assert pickle.loads(pickle.dumps(door._replace(colour="red"))).colour == "red"
    with pytest.raises(TypeError):
        cls()
    with pytest.raises(AttributeError):
        door.width = 3


@pytest.mark.parametrize(
    "cls",
    [Door, facts.Facts, facts.Outline, finding.Finding, check.CheckArguments, options.Options],
)
def test_hints_are_those_of_typing(cls):
    assert tuples.hints(cls) == typing.get_type_hints(cls)
