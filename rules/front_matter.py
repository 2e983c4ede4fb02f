"""Front matter must be what the site generator and the blog expect."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from datetime import date, timedelta

from contentlint.api import (
    Document,
    Edit,
    Example,
    Facts,
    Fix,
    Key,
    Options,
    Problem,
    Site,
    Span,
    file_rule,
    option,
    pattern,
    site_rule,
)

from ._key_names import misspelt

# What is no delimiter and looks like one: dashes of another kind or number, or something invisible
# or a blank before them; a key; and such dashes again.
_BREAK = r"(?>\r\n?|\n)"
_UNSEEN = r"[ \u200b-\u200d\u2060\ufeff]"
_ALMOST = pattern(
    rf"\ufeff?(?:[ \t]*{_BREAK})*+(?P<fence>{_UNSEEN}+---|[–—]{{1,3}}|----+)[ \t]*{_BREAK}"
    rf"[\w-]{{2,40}}:[ \t][^\r\n]*{_BREAK}(?:[^\r\n]{{1,400}}{_BREAK}){{0,50}}?"
    rf"{_UNSEEN}*(?:[–—]{{1,3}}|---+)[ \t]*(?:{_BREAK}|\Z)"
)


@file_rule(
    "front-matter/syntax",
    "front matter that cannot be read",
    examples=[
        Example(
            bad="---\ntitle: Filters⟦:⟧ how to clean them\n---\n",
            good='---\ntitle: "Filters: how to clean them"\n---\n',
        ),
        Example(bad="⟦---⟧\ntitle: Filters\n\nClean them.\n", good="---\ntitle: Filters\n---\n"),
        Example(
            bad="---\ntitle: ⟦“⟧Filters: how to clean them”\n---\n",
            good="---\ntitle: “Filters” and how to clean them\n---\n",
        ),
        Example(bad="---\ntags:\n⟦\t⟧- Fridges\n---\n", good="---\ntags:\n  - Fridges\n---\n"),
        Example(
            bad="+++\ndate = ⟦2026-13-45⟧\n+++\n",
            good="+++\ndate = 2026-12-24\n+++\n",
        ),
        Example(
            bad="+++\ntitle = ⟦“⟧Filters”\n+++\n",
            good='+++\ntitle = "Filters"\n+++\n',
        ),
        Example(bad='{"title": "Filters"⟦,⟧}\n', good='{"title": "Filters"}\n'),
    ],
)
def syntax(document: Document) -> Iterator[Problem]:
    """YAML between `---`, TOML between `+++` or JSON in braces that does not follow its rules is
    ignored by some generators and stops the build of others."""
    if document.front_matter:
        for problem in document.front_matter.problems:
            yield Problem(problem.span, problem.message)
    elif almost := _ALMOST.match(document.source.text):
        message = "this is taken for text: front matter begins with a line `---` and nothing else"
        yield Problem(Span(*almost.span("fence")), message)


@file_rule(
    "front-matter/duplicate-key",
    "a front-matter key written twice",
    examples=[
        Example(
            bad="---\ntitle: Filters\nauthor: Ada\n⟦title⟧: Coils\n---\n",
            good="---\ntitle: Filters\nauthor: Ada\n---\n",
        ),
        Example(
            bad='{"cover": {"alt": "A coil", ⟦"alt"⟧: "A filter"}}\n',
            good='{"cover": {"alt": "A filter"}}\n',
        ),
    ],
)
def duplicate_key(document: Document) -> Iterator[Problem]:
    """Of two equal keys one is lost without a word: which one, depends on the generator."""
    if document.front_matter:
        for path, first, second in document.front_matter.duplicates:
            line = document.source.position(first.start).line
            key = ".".join(map(str, path))
            yield Problem(second, f"`{key}` is set in line {line} already; remove one")


@file_rule(
    "front-matter/schema",
    "front matter that breaks the schema of the blog",
    examples=[
        Example(
            bad="---\ntitle: Filters\ndraft: ⟦maybe⟧\ndate: 2026-01-02\n---\n",
            good="---\ntitle: Filters\ndraft: true\ndate: 2026-01-02\n---\n",
        ),
        Example(
            bad='+++\ntitle = "Filters"\ntags = ["Fridges", ⟦true⟧]\n+++\n',
            good='+++\ntitle = "Filters"\ntags = ["Fridges", "true"]\n+++\n',
        ),
        Example(
            bad='⟦{⟧"date": ⟦"tomorrow"⟧}\n',
            good='{"title": "Filters", "date": "2026-01-02"}\n',
            settings={"schemas": [{"schema": "preset:hugo"}]},
        ),
    ],
)
def schema(document: Document) -> Iterator[Problem]:
    """The configuration says which JSON Schema (2020-12) holds for which posts:

        [[schemas]]
        files = ["content/posts/**"]
        schema = "preset:hugo"          # or a path such as "schemas/post.schema.json"

    Without such tables, a schema for the recognised generator tells what is surely wrong.

    A missing key is reported on the opening delimiter. A required key that is null, "" or [] is
    missing too, but for `empty-is-missing = false`. A post without front matter is not held against
    a schema.

    In a schema, `"x-severity": "warning"` says how bad it is to break the part that it stands in,
    and `"x-message": "Titles have at most 70 characters"` what to tell.
    """
    front_matter = document.front_matter
    if front_matter is None or front_matter.broken:
        return
    unreadable = [problem.span for problem in front_matter.problems]
    unreadable += [span for _, span, _, day in _days(document) if day is None]
    unreadable.sort()
    for schema in document.schemas:
        for violation in schema.violations(front_matter.of_blog):
            path = () if violation.missing else violation.path
            place = front_matter.place(path, on_key=violation.on_key)
            if not _meets(place, unreadable):  # of a day that does not exist, that is enough
                said = violation.message, violation.suggestions
                yield Problem(place, *said, severity=violation.severity)


def _meets(place: Span, others: list[Span]) -> bool:
    """Whether a place has something in common with one of the others, which are sorted."""
    at = bisect_left(others, place)
    before = at and others[at - 1].end > place.start
    return bool(before) or (at < len(others) and others[at].start < max(place.end, place.start + 1))


# Keys that hold a date; those of what is over or to come may well lie far ahead.
_DATE_KEY = pattern(
    r"date$|dated$|^lastmod$|^(?:published|updated|modified|created)|_at$|_on$|Date$", re.IGNORECASE
)
_MAY_BE_FAR = pattern(r"expir|end|until|due|deadline|event|start", re.IGNORECASE)
_DAY = pattern(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?![0-9-])")


class DateOptions(Options):
    years_ahead: int = option(2, "How far a date may lie in the future, in years.")


@file_rule(
    "front-matter/date",
    "a date that no calendar has, or that lies far ahead",
    options=DateOptions,
    examples=[
        Example(
            bad='---\ntitle: Filters\ndate: ⟦"2026-02-30"⟧\n---\n',
            good="---\ntitle: Filters\ndate: 2026-02-28\n---\n",
        ),
        Example(
            bad="---\ntitle: Filters\ndate: ⟦2926-02-28⟧\n---\n",
            good="---\ntitle: Filters\ndate: 2026-02-28\nexpiryDate: 2926-02-28\n---\n",
        ),
        Example(
            bad='+++\n[extra]\nupdated = ⟦"2026-02-30"⟧\n+++\n',
            good="+++\n[extra]\nupdated = 2026-02-28\n+++\n",
        ),
        Example(bad='{"date": ⟦"2926-02-28"⟧}\n', good='{"date": "2026-02-28"}\n'),
    ],
)
def dates(document: Document, options: DateOptions) -> Iterator[Problem]:
    """Generators stop at a day that the calendar does not have, or take it for another, and keep a
    post with a slip in the year back until then. Of dates that YAML or TOML know without quotes,
    `front-matter/syntax` tells those that do not exist."""
    latest = date.today() + timedelta(366 * options.years_ahead)
    for name, span, written, day in _days(document):
        if day is None:
            yield Problem(span, f"`{name}`: `{written}` is no day in the calendar")
        elif day > latest and not _MAY_BE_FAR.search(name):
            years = f"more than {options.years_ahead} years ahead"
            message = f"`{name}`: `{written}` is {years}; is the year right?"
            yield Problem(span, message, severity="warning")


def _days(document: Document) -> Iterator[tuple[str, Span, str, date | None]]:
    """The dates of front matter: key, place, what is written, and the day if there is one."""
    front = document.front_matter
    if front is None:
        return
    unreadable = {problem.span for problem in front.problems}
    for path, field in front.fields.items():
        name = path[-1]
        if not isinstance(name, str):
            name = next((step for step in reversed(path) if isinstance(step, str)), "")
        value = document.value(*path) if _DATE_KEY.search(name) else None
        match = _DAY.match(value) if isinstance(value, str) else None
        if match and field.value not in unreadable:
            try:
                day = date.fromisoformat(match[1])
            except ValueError:
                day = None
            yield ".".join(map(str, path)), field.value, match[1], day


class OrderOptions(Options):
    keys: tuple[str, ...] = option(
        ("title", "description", "date", "author", "categories", "tags"),
        "The order that these keys have; others may stand anywhere.",
    )


@file_rule(
    "front-matter/order",
    "front-matter keys in another order than agreed",
    severity="info",
    options=OrderOptions,
    default=False,
    examples=[
        Example(
            bad="---\ndate: 2026-01-02\nimage: a.png\n⟦title⟧: Filters\n---\n",
            good="---\nimage: a.png\ntitle: Filters\ndate: 2026-01-02\n---\n",
        ),
        Example(
            bad='+++\ntags = ["Fridges"]\n⟦title⟧ = "Filters"\n+++\n',
            good='+++\ntitle = "Filters"\ntags = ["Fridges"]\n+++\n',
        ),
        Example(
            bad='{"slug": "filters", ⟦"title"⟧: "Filters"}\n',
            good='{"title": "Filters", "slug": "filters"}\n',
            options={"keys": ["title", "slug"]},
        ),
    ],
)
def order(document: Document, options: OrderOptions) -> Iterator[Problem]:
    """The same order in all posts shows at a glance what is there and what is not. Which
    order that is, the option says."""
    front = document.front_matter
    last = ""
    for path, field in front.fields.items() if front else ():
        name = path[0]
        if len(path) > 1 or field.key is None or name not in options.keys:
            continue
        if last and options.keys.index(str(name)) < options.keys.index(last):
            yield Problem(field.key, f"`{name}` belongs before `{last}`")
            return
        last = str(name)


_OTHERS = {
    f"content/posts/{n}.md": f"---\ntitle: Part {n}\ndate: 2026-01-{n:02}\n---\n"
    for n in range(1, 11)
}
_FEWEST_POSTS = 10
_MOST_EXCEPTIONS = 0.05  # of the posts, unless it is one


class MissingOptions(Options):
    keys: tuple[str, ...] = option(("title",), "The keys that a post must have if the others do.")


@site_rule(
    "front-matter/missing-key",
    "a post without a key that the others around it have",
    severity="warning",
    options=MissingOptions,
    examples=[
        Example(
            bad="⟦---⟧\ndate: 2026-01-11\n---\n",
            good="---\ntitle: Part 11\ndate: 2026-01-11\n---\n",
            files=_OTHERS,
        ),
        Example(
            bad="---\n⟦title⟧:\ndate: 2026-01-11\n---\n",
            good="---\ndate: 2026-01-11\n---\n\n# Part 11\n",
            files=_OTHERS,
        ),
        Example(
            bad="⟦+++⟧\ndate = 2026-01-11\n+++\n",
            good='+++\ntitle = "Part 11"\n+++\n',
            files=_OTHERS,
        ),
        Example(
            bad='⟦{⟧"title": "Part 11"}\n',
            good='{"title": "Part 11", "date": "2026-01-11"}\n',
            files=_OTHERS,
            options={"keys": ["title", "date"]},
        ),
    ],
)
def missing_key(page: Facts, site: Site, options: MissingOptions) -> Iterator[Problem]:
    """Without a title a post has an empty line in lists, feeds and search results. Whether a blog
    can do without is seen from its posts: at least ten stand in the same section, and all but one,
    or 95 % of them, have the key.

    A heading of level 1 is a title too. Of a key that a schema of the configuration demands, that
    tells.
    """
    posts, usual = site.around(page)
    if not page.keys or posts < _FEWEST_POSTS or _is_index(page.path):
        return
    own = {key.name: key for key in page.keys}
    for name in options.keys:
        if posts - usual[name] > max(1, posts * _MOST_EXCEPTIONS):
            continue
        if site.is_told_to_have(page, name):
            continue
        if name == "title" and any(heading.level == 1 for heading in page.headings):
            continue
        has = f"{usual[name]} of the {posts} posts around have it"
        if name in own and own[name].is_empty:
            yield Problem(own[name].span, f"`{name}` is empty; {has}")
        elif name not in own and name not in misspelt(page, site):
            yield Problem(page.opening, f"`{name}` is missing; {has}")


def _is_index(path: str) -> bool:
    return path.rpartition("/")[2].lower().startswith(("_index.", "readme."))


@site_rule(
    "front-matter/misspelt-key",
    "a front-matter key that is almost one of the usual ones",
    severity="error",
    examples=[
        Example(
            bad="---\ntitle: Filters\n⟦descripton⟧: How to clean them\n---\n",
            good="---\ntitle: Filters\ndescription: How to clean them\n---\n",
        ),
        Example(
            bad='+++\n⟦titel⟧ = "Filters"\n+++\n',
            good='+++\ntitle = "Filters"\n+++\n',
        ),
        Example(
            bad='{"title": "Filters", ⟦"catagories"⟧: ["Fridges"]}\n',
            good='{"title": "Filters", "categories": ["Fridges"]}\n',
        ),
        Example(
            bad="---\n⟦Title⟧: Filters\n---\n",
            good="---\ntitle: Filters\n---\n",
            files=_OTHERS,
        ),
    ],
)
def misspelt_key(page: Facts, site: Site) -> Iterator[Problem]:
    """Generators and themes pass over a key that they do not know, so what it says is lost without
    a word.

    A key is taken for a misspelling if it is a letter or two from one that generators know or the
    blog uses, which the post lacks; if it is no word itself; and if hardly any other post has it.
    """
    for wanted, key in misspelt(page, site).items():
        message = f"`{key.name}` is no known key; did you mean `{wanted}`?"
        yield Problem(key.span, message, (wanted,), _renamed(key, wanted))


def _renamed(key: Key, wanted: str) -> Fix | None:
    """The key exchanged, between the same quotes if it has some."""
    start, end = key.span
    quotes = (end - start - len(key.name)) // 2
    if quotes > 1:
        return None  # it is written with escapes
    return Fix((Edit(Span(start + quotes, end - quotes), wanted),), safe=False)
