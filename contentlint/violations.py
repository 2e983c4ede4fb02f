"""Errors of jsonschema in words for the writer of a post: what is wrong, and what to do."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from itertools import islice
from typing import Any

from contentlint.acceptor import is_date
from contentlint.fields import Path, no_date
from contentlint.finding import SEVERITIES, Severity
from contentlint.tuples import NamedTuple

# What says most about a value is said first, and nothing else about it; otherwise the order is
# that of jsonschema.
_RANK = {"required": 0, "type": 1}
_MOST_SHOWN = 12
MOST = 1_000  # mistakes in a post that are looked at; nobody reads more


class Violation(NamedTuple):
    """One mistake in the data.

    `path` leads to the value at fault, to the key (`on_key`), or, if a key is `missing`, to the
    mapping that lacks it. `suggestions` replace what is at the place, best first. `severity` is what
    the schema says it is.
    """

    path: Path
    on_key: bool
    message: str
    suggestions: tuple[str, ...] = ()
    missing: bool = False
    severity: Severity | None = None


def explain(errors: Iterable[Any], data: Any, schema: Any = None) -> list[Violation]:
    """Turn the errors of jsonschema into violations, one for each place in `data`.

    `x-severity` and `x-message` in a part of the `schema` hold for all that is wrong by that part,
    unless one inside it says otherwise.
    """
    found = [
        (error, said) for error in islice(errors, MOST) for said in _say_all(error, data, schema)
    ]
    found.sort(key=lambda pair: (_RANK.get(pair[0].validator, 2), _severity(pair[1])))
    chosen: dict[Any, Violation] = {}
    for _, said in found:
        chosen.setdefault((said.path, said.message if said.missing else said.on_key), said)
    return list(chosen.values())


def _severity(said: Violation) -> int:
    return SEVERITIES.index(said.severity or "error")


def _say_all(error: Any, data: Any, schema: Any) -> Iterator[Violation]:
    for said, cause in _explain(error, data):
        notes = _notes(schema, cause.absolute_schema_path)
        severity, message = notes.get("x-severity"), notes.get("x-message")
        yield said._replace(severity=severity, message=message or said.message)


def _notes(schema: Any, steps: Iterable[Any]) -> dict[str, Any]:
    """What the schema, and the parts of it on the way, have in `x-severity` and `x-message`.

    jsonschema leaves the steps out that lead through a `$ref`.
    """
    part: Any = schema
    notes: dict[str, Any] = {}
    for step in steps:
        while part.__class__ is dict:
            notes |= {name: part[name] for name in ("x-severity", "x-message") if name in part}
            if step in part or "$ref" not in part:
                break
            part = _definition(schema, part["$ref"])
        try:
            part = part[step]
        except (LookupError, TypeError):
            break  # it is in another file
    return notes


def _definition(schema: Any, reference: str) -> Any:
    """The part of the schema that a `$ref` leads to; None if it is in another file."""
    part: Any = schema
    try:
        for step in reference.removeprefix("#/").split("/"):
            part = part[step.replace("~1", "/").replace("~0", "~")]
    except (LookupError, TypeError):
        return None
    return part


def _explain(error: Any, data: Any) -> Iterator[tuple[Violation, Any]]:
    """What is wrong, and the error that says so: a part of this one, if it is one of a choice."""
    path: Path = tuple(error.absolute_path)
    if error.validator in ("anyOf", "oneOf") and error.context:
        yield from _explain_choice(error, path, data)
    else:
        for said in _explain_one(error, path, data):
            yield said, error


def _explain_one(error: Any, path: Path, data: Any) -> Iterator[Violation]:
    if isinstance(error.instance, str) and _is_no_day(error):
        yield Violation(path, False, f"{_subject(path)}: {no_date(error.instance)}")
    elif isinstance(error.instance, str) and isinstance(_follow(data, path), dict):
        yield Violation((*path, error.instance), True, f"`{error.instance}` is no name for a field")
    elif error.validator in _SAY:
        yield from _SAY[error.validator](error, path)
    else:
        yield Violation(path, False, f"{_subject(path)}: {_short(error.message)}")


def _follow(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


# --- Choices -------------------------------------------------------------------------------------


def _explain_choice(choice: Any, path: Path, data: Any) -> Iterator[tuple[Violation, Any]]:
    """Say what is wrong with the branch that was meant, as far as one can tell."""
    branches: dict[Any, list[Any]] = {}
    for error in choice.context:
        branches.setdefault(error.relative_schema_path[0], []).append(error)
    meant = min(branches.values(), key=_distance)
    if _distance(meant)[0]:  # the value is of a type that no branch has
        types = [name for errors in branches.values() for name in _own_types(errors)]
        for said in _say_type(choice.instance, list(dict.fromkeys(types)), path):
            yield said, choice
    else:
        for error in meant:
            yield from _explain(error, data)


def _distance(errors: list[Any]) -> tuple[int, int, int]:
    """How far a value is from a branch: by type, by the values that tell branches apart, by all."""
    tags = [error for error in errors if error.validator in ("const", "enum")]
    return len(_own_types(errors)), len(tags), len(errors)


def _own_types(errors: list[Any]) -> list[str]:
    return [
        name
        for error in errors
        if error.validator == "type" and not error.relative_path
        for name in _as_list(error.validator_value)
    ]


# --- Keywords ------------------------------------------------------------------------------------

_TYPES = {
    "string": "text",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "array": "a list",
    "object": "a mapping",
    "null": "empty",
}
_BOOLEANS = {"yes": "true", "true": "true", "on": "true"} | dict.fromkeys(
    ("no", "false", "off"), "false"
)


def _type(error: Any, path: Path) -> Iterator[Violation]:
    yield from _say_type(error.instance, _as_list(error.validator_value), path)


def _say_type(value: Any, types: list[str], path: Path) -> Iterator[Violation]:
    names = [_TYPES.get(name, name) for name in types if name != "null"] or ["empty"]
    must = f"must be {_either(names)}"
    if value is None:
        yield Violation(path, False, f"{_subject(path)} has no value; it {must}")
        return
    hint = ""
    suggestions: tuple[str, ...] = ()
    if isinstance(value, str):
        if "boolean" in types and value.lower() in _BOOLEANS:
            suggestions = (_BOOLEANS[value.lower()],)
        elif {"integer", "number"} & set(types) and re.fullmatch(r"-?[0-9]+", value):
            suggestions = (value,)
    elif "string" in types and isinstance(value, bool | int | float):
        hint = "; put quotes around it"
    yield Violation(path, False, f"{_subject(path)} {must}, not {_kind(value)}{hint}", suggestions)


def _enum(error: Any, path: Path) -> Iterator[Violation]:
    allowed = [_text(value) for value in error.validator_value]
    near = _nearest(_text(error.instance), allowed)
    words = f"is none of {', '.join(allowed)}"
    if len(allowed) == 1:
        words = f"must be {allowed[0]}"
    elif len(allowed) > _MOST_SHOWN:
        words = f"is none of the {len(allowed)} allowed values"
    words += _did_you_mean(near) if len(allowed) > 1 else ""
    yield Violation(path, False, f"{_subject(path)}: {_quote(error.instance)} {words}", near)


def _const(error: Any, path: Path) -> Iterator[Violation]:
    wanted = _text(error.validator_value)
    message = (
        f"{_subject(path)} must be {_quote(error.validator_value)}, not {_kind(error.instance)}"
    )
    yield Violation(path, False, message, (wanted,))


def _required(error: Any, path: Path) -> Iterator[Violation]:
    if error.message.endswith(" is empty"):  # as validator.py has it
        yield Violation(path, False, f"{_subject(path)} is required, and empty")
        return
    known = error.schema.get("properties", {})
    for name in error.validator_value:
        if name not in error.instance:
            yield _missing(name, [key for key in error.instance if key not in known], path)


def _missing(name: str, others: list[str], path: Path) -> Violation:
    message = f"{_subject((*path, name))} is missing"
    near = get_close_matches(name, others, n=1, cutoff=0.8)
    if near:
        message += f"; is `{near[0]}` meant to be it?"
        return Violation((*path, near[0]), True, message, (name,))
    return Violation(path, False, message, missing=True)


def _dependent_required(error: Any, path: Path) -> Iterator[Violation]:
    for name, needed in error.validator_value.items():
        for other in needed if name in error.instance else ():
            if other not in error.instance:
                message = f"{_subject((*path, other))} is missing; `{name}` needs it"
                yield Violation(path, False, message, missing=True)


def _unknown(error: Any, path: Path) -> Iterator[Violation]:
    known: dict[str, Any] = error.schema.get("properties", {})
    for name in islice(error.instance, MOST):
        if name not in known and repr(name) in error.message:
            near = _nearest(name, [other for other in known if other not in error.instance])
            message = f"{_subject((*path, name))} is no known field{_did_you_mean(near)}"
            yield Violation((*path, name), True, message, near)


def _unique(error: Any, path: Path) -> Iterator[Violation]:
    for index, item in enumerate(error.instance):
        if item in error.instance[:index]:
            message = f"{_subject(path)} has {_quote(item)} twice"
            yield Violation((*path, index), False, message)
            return
    yield Violation(path, False, f"{_subject(path)} has an entry twice")


_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?![0-9-])")


def _is_no_day(error: Any) -> bool:
    """Whether a pattern or format asks for a date, and the day is one that the calendar lacks."""
    match = _DAY.match(error.instance) if error.validator in ("pattern", "format") else None
    return match is not None and not is_date(match[1])


def _pattern(error: Any, path: Path) -> Iterator[Violation]:
    if error.cause is not None:
        words = f"takes more than a second to be held against the pattern `{error.validator_value}`"
        message = f"{_subject(path)} {words}; write the pattern without repetition in repetition"
        yield Violation(path, False, message)
        return
    examples = error.schema.get("examples")
    like = f"does not match the pattern `{error.validator_value}`"
    if examples:
        like = f"does not look like {_either([_quote(example) for example in examples])}"
    yield Violation(path, False, f"{_subject(path)}: {_quote(error.instance)} {like}")


_FORMATS = {
    "date": "no date such as 2026-12-24",
    "date-time": "no date and time such as 2026-12-24T18:30:00Z",
    "regex": "no regular expression that Python knows",
}


def _format(error: Any, path: Path) -> Iterator[Violation]:
    what = _FORMATS.get(error.validator_value, f"no {error.validator_value}")
    yield Violation(path, False, f"{_subject(path)}: {_quote(error.instance)} is {what}")


def _count(
    nouns: tuple[str, str], words: str, verb: str
) -> Callable[[Any, Path], Iterator[Violation]]:
    """A keyword that limits the length of a value."""

    def say(error: Any, path: Path) -> Iterator[Violation]:
        limit = error.validator_value
        if not error.instance:
            yield Violation(path, False, f"{_subject(path)} is empty")
            return
        has = _number(len(error.instance), nouns)
        be = "is" if limit == 1 else "are"
        yield Violation(path, False, f"{_subject(path)} has {has}, {words} {limit} {be} {verb}")

    return say


def _bound(words: str) -> Callable[[Any, Path], Iterator[Violation]]:
    """A keyword that limits a number."""

    def say(error: Any, path: Path) -> Iterator[Violation]:
        message = (
            f"{_subject(path)} is {error.instance}, and must be {words} {error.validator_value}"
        )
        yield Violation(path, False, message)

    return say


def _say(words: str, *, on_key: bool = False) -> Callable[[Any, Path], Iterator[Violation]]:
    def say(error: Any, path: Path) -> Iterator[Violation]:
        yield Violation(path, on_key, f"{_subject(path)} {words}")

    return say


_CHARACTERS = ("character", "characters")
_ENTRIES = ("entry", "entries")
_FIELDS = ("field", "fields")
_SAY: dict[Any, Callable[[Any, Path], Iterator[Violation]]] = {
    "properties": _say("is not allowed here", on_key=True),  # its schema is `false`
    "type": _type,
    "enum": _enum,
    "const": _const,
    "required": _required,
    "dependentRequired": _dependent_required,
    "additionalProperties": _unknown,
    "unevaluatedProperties": _unknown,
    "uniqueItems": _unique,
    "pattern": _pattern,
    "format": _format,
    "minLength": _count(_CHARACTERS, "at least", "needed"),
    "maxLength": _count(_CHARACTERS, "at most", "allowed"),
    "minItems": _count(_ENTRIES, "at least", "needed"),
    "maxItems": _count(_ENTRIES, "at most", "allowed"),
    "minProperties": _count(_FIELDS, "at least", "needed"),
    "maxProperties": _count(_FIELDS, "at most", "allowed"),
    "minimum": _bound("at least"),
    "maximum": _bound("at most"),
    "exclusiveMinimum": _bound("more than"),
    "exclusiveMaximum": _bound("less than"),
    "multipleOf": _bound("a multiple of"),
    "contains": _say("lacks an entry that the schema asks for"),
    "minContains": _say("lacks an entry that the schema asks for"),
    "maxContains": _say("has too many entries of a kind"),
    "oneOf": _say("fits several forms of which only one is allowed"),
    "not": _say("has a form that is not allowed"),
}


# --- Words ---------------------------------------------------------------------------------------


def _subject(path: Path) -> str:
    """The place as a name: `cover.alt`, `tags[0]`."""
    name = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return f"`{name.removeprefix('.')}`" if path else "The front matter"


def _kind(value: Any) -> str:
    if isinstance(value, str):
        return f'the text "{_short(value)}"' if value else "an empty text"
    if isinstance(value, bool | None):
        return _text(value)
    if isinstance(value, int | float):
        return f"the number {value}"
    return "a list" if isinstance(value, list) else "a mapping"


def _quote(value: Any) -> str:
    return f"`{_short(_text(value))}`"


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:57]}..."


def _number(number: int, nouns: tuple[str, str]) -> str:
    return f"{number} {nouns[number != 1]}"


def _either(names: list[str]) -> str:
    return " or ".join([*filter(None, [", ".join(names[:-1])]), names[-1]])


def _nearest(name: str, names: list[str]) -> tuple[str, ...]:
    same = [other for other in names if other.lower() == name.lower()]
    return tuple(same[:1] or get_close_matches(name, names, n=1, cutoff=0.6))


def _did_you_mean(near: tuple[str, ...]) -> str:
    return f"; did you mean `{near[0]}`?" if near else ""


def _as_list(value: Any) -> list[Any]:
    return value if value.__class__ is list else [value]
