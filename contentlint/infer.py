"""A JSON Schema for the front matter of a blog, inferred from its posts.

It begins with a schema that every post satisfies, and takes on what most of them agree in (a type, a
few values, a form, a length, being there at all) as long as nearly all posts satisfy it still. The
others stand out: they are what is to be looked at first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from contentlint import paths
from contentlint.acceptor import DIALECT, is_empty
from contentlint.frontmatter import FrontMatter
from contentlint.frontmatter import read as read_front_matter
from contentlint.options import is_list, is_table
from contentlint.schema import Schema
from contentlint.text import Source
from contentlint.tuples import NamedTuple

_MOST_OUTLIERS = 0.05  # of the posts may stand out
_FEWEST_USES = 3  # posts that have a key, for it to be in the schema
_FEWEST_POSTS = 15  # that must agree in having a key
_FEWEST_VALUES = 20  # of which values or lengths can be told
_USUAL = 0.95  # of the values must agree
_MOST_VALUES = 12  # in an enumeration
_USES_OF_A_VALUE = 5  # on average, of those in an enumeration
_LONGEST_VALUE = 60  # characters of a value in an enumeration
_SHORTEST = 5  # characters that may be demanded
_LEAST_LIMIT = {"Length": 20, "Items": 5}  # that is worth to be set
_DEEPEST = 3  # mappings in mappings

_DAY = r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_TIME = r"[Tt ][0-2][0-9]:[0-5][0-9]"
# Forms of text, the narrowest first.
_FORMS = (
    f"^{_DAY}$",
    f"^{_DAY}{_TIME}",
    f"^{_DAY}($|{_TIME})",
    r"^https?://[^\s]+$",
    r"^/[^\s]*\.(jpe?g|png|gif|svg|webp|avif)$",
    r"^/[^\s]*/$",
    r"^/[^\s]*$",
    r"\.(jpe?g|png|gif|svg|webp|avif)$",
)
_TYPES = {
    str: "string",
    bool: "boolean",
    int: "integer",
    float: "number",
    list: "array",
    dict: "object",
    type(None): "null",
}

_ORDER = ("required", "properties")

# What posts have at one place: the index of the post and a value, maybe several for a post.
Values = Sequence[tuple[int, Any]]


class Post(NamedTuple):
    """The front matter of a post."""

    source: Source
    front: FrontMatter

    @property
    def data(self) -> dict[str, Any]:
        return self.front.of_blog


def read(files: Iterable[str], errors: list[str]) -> list[Post]:
    """Read the front matter of files by their absolute paths, where there is any and it can be read.

    A file that cannot be read becomes a line in `errors`.
    """
    posts: list[Post] = []
    for path in files:
        try:
            with open(path, "rb") as file:
                source = Source.decode(paths.show(path), file.read())
        except OSError as error:
            errors.append(paths.unreadable(path, error))
            continue
        front = read_front_matter(source.text)
        if front and front.data and not front.broken:
            posts.append(Post(source, front))
    return posts


def outliers(contents: dict[str, Any], posts: Iterable[Post]) -> tuple[list[str], int]:
    """What a schema has to say of the posts, a line each, and how many satisfy it."""
    schema = Schema(contents, "the schema")
    lines: list[str] = []
    fitting = 0
    for source, front in posts:
        violations = schema.violations(front.data)
        fitting += not violations
        for found in violations:
            place = front.place(() if found.missing else found.path, on_key=found.on_key)
            line, column = source.position(place.start)
            lines.append(f"{source.path}:{line}:{column}: {found.message}")
    return lines, fitting


class _Demand(NamedTuple):
    """A keyword for one place in the schema, and the posts that do not satisfy it."""

    outliers: frozenset[int]
    place: tuple[str, ...]
    keyword: str
    value: Any


def infer(posts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """A schema that at least 95 % of the posts satisfy, given the data of their front matter."""
    values = [(index, dict(data)) for index, data in enumerate(posts)]
    demands = sorted(_mapping(values, ()), key=lambda demand: len(demand.outliers))
    schema: dict[str, Any] = {"$schema": DIALECT, "type": "object"}
    outliers: frozenset[int] = frozenset()
    for demand in demands:
        if len(outliers | demand.outliers) <= len(posts) * _MOST_OUTLIERS:
            outliers |= demand.outliers
            _put(schema, demand)
    _allow_nothing(schema)
    return {name: schema[name] for name in ("$schema", "type", *_ORDER) if name in schema}


def _allow_nothing(schema: dict[str, Any]) -> None:
    """Let keys that may be missing be there without a value as well."""
    for key, inner in schema.get("properties", {}).items():
        if key not in schema.get("required", ()):
            names = inner.get("type", [])
            names = names if is_list(names) else [names]
            inner["type"] = [*(name for name in names if name != "null"), "null"]
        _allow_nothing(inner)


def _put(schema: dict[str, Any], demand: _Demand) -> None:
    """Write a demand into the schema; one that was there already is a weaker one."""
    for step in demand.place:
        schema = schema.setdefault(step, {})
    if demand.keyword == "required":
        schema["required"] = sorted([*schema.get("required", []), demand.value])
    else:
        schema[demand.keyword] = demand.value


# ---- what could be demanded --------------------------------------------------------------------


def _mapping(values: Values, place: tuple[str, ...]) -> Iterator[_Demand]:
    """Of mappings: which keys they have, and what is there."""
    inside: dict[str, list[tuple[int, Any]]] = {}
    for post, mapping in values:
        for key, value in mapping.items():
            inside.setdefault(key, []).append((post, value))
    everyone = frozenset(post for post, _ in values)
    for key, found in inside.items():
        here = frozenset(post for post, value in found if not is_empty(value))
        if len(here) >= max(_FEWEST_POSTS, _USUAL * len(everyone)):
            yield _Demand(everyone - here, place, "required", key)
        if len(found) >= _FEWEST_USES:
            yield from _values(found, (*place, "properties", key))


def _values(values: Values, place: tuple[str, ...]) -> Iterator[_Demand]:
    yield from _types(values, place)
    texts = [(post, value) for post, value in values if isinstance(value, str)]
    lists = [(post, value) for post, value in values if is_list(value)]
    tables = [(post, value) for post, value in values if is_table(value)]
    yield from _texts(texts, place)
    items = [(post, item) for post, entries in lists for item in entries]
    if items:
        yield from _values(items, (*place, "items"))
    if lists:
        lengths = [(post, len(entries)) for post, entries in lists]
        yield from _lengths(lengths, place, "Items")
    if tables and place.count("properties") < _DEEPEST:
        yield from _mapping(tables, place)


def _types(values: Values, place: tuple[str, ...]) -> Iterator[_Demand]:
    """All types that occur, and those that are usual."""
    counts = Counter(_TYPES[type(value)] for _, value in values)
    if "number" in counts:
        counts["number"] += counts.pop("integer", 0)
    usual = {name for name, count in counts.items() if count > (1 - _USUAL) * len(values)}
    for names in (set(counts), usual):
        kinds = {"integer", *names} if "number" in names else names
        others = (post for post, value in values if _TYPES[type(value)] not in kinds)
        listed = sorted(names)
        yield _Demand(frozenset(others), place, "type", listed if len(listed) > 1 else listed[0])


def _texts(texts: Values, place: tuple[str, ...]) -> Iterator[_Demand]:
    if len(texts) < _FEWEST_VALUES:
        return
    counts = Counter(text for _, text in texts)
    usual = [text for text, count in counts.items() if count > 1 and len(text) <= _LONGEST_VALUE]
    if len(usual) <= _MOST_VALUES and len(usual) * _USES_OF_A_VALUE <= len(texts):
        others = frozenset(post for post, text in texts if text not in usual)
        if len(others) <= (1 - _USUAL) * len(texts):
            yield _Demand(others, place, "enum", sorted(usual))
            return
    for form in _FORMS:
        search = re.compile(form).search
        others = frozenset(post for post, text in texts if text and not search(text))
        if len(others) <= (1 - _USUAL) * len(texts):
            example = next(text for _, text in texts if search(text))
            yield _Demand(others, place, "pattern", f"^$|{form}")
            yield _Demand(others, place, "examples", [example])
            return
    yield from _lengths([(post, len(text)) for post, text in texts], place, "Length")


def _lengths(lengths: Values, place: tuple[str, ...], noun: str) -> Iterator[_Demand]:
    """The longest that is allowed: somewhat more than what there is, or than what is usual."""
    if len(lengths) < _FEWEST_VALUES:
        return
    ordered = sorted(length for _, length in lengths)
    usual = ordered[int(_USUAL * (len(ordered) - 1))]
    least = _LEAST_LIMIT[noun]
    generous, strict = max(least, _round(ordered[-1] * 1.5)), max(least, _round(usual * 2.5))
    for limit in (generous, min(generous, strict)):
        over = frozenset(post for post, length in lengths if length > limit)
        yield _Demand(over, place, f"max{noun}", limit)
    shortest = min(length for length in ordered) // 2
    if noun == "Length" and shortest >= _SHORTEST:
        yield _Demand(frozenset(), place, f"min{noun}", shortest)


def _round(limit: float) -> int:
    """The next number that looks like one that somebody chose."""
    step = 1 if limit <= 10 else 5 if limit <= 50 else 10
    return -(-int(limit) // step) * step
