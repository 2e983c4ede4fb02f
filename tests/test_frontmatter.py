"""Front matter: its data, the place of everything in it, and what is said about mistakes.

In the documents below, «» stand around a key, ⟦⟧ around a value or a mistake, and ‹› around the
characters of a value that people read.
"""

from __future__ import annotations

import datetime
import json
import tomllib
from typing import Any

import frontmatter as python_frontmatter
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from contentlint.fields import MAX_DEPTH, Field, Parsed, Path
from contentlint.frontmatter import FrontMatter, read, read_toml
from contentlint.handlers import Handler, JsonHandler, TomlHandler, YamlHandler
from contentlint.text import Span

MARKS = {"key": "«»", "value": "⟦⟧", "text": "‹›"}
NO_MARKS = str.maketrans("", "", "".join(MARKS.values()))


def unmark(marked: str) -> tuple[str, dict[str, Span]]:
    """The document without its marks, and what each kind of mark stood around."""
    spans: dict[str, Span] = {}
    for name, (opening, closing) in MARKS.items():
        if opening in marked:
            start, end = marked.index(opening), marked.index(closing)
            before, inside = marked[:start], marked[start:end]
            start = len(before.translate(NO_MARKS))
            spans[name] = Span(start, start + len(inside.translate(NO_MARKS)))
    return marked.translate(NO_MARKS), spans


def fenced(content: str) -> str:
    return f"---\n{content}\n---\nBody\n"


def fenced_toml(content: str) -> str:
    return f"+++\n{content}\n+++\nBody\n"


def must_read(text: str) -> FrontMatter:
    found = read(text)
    assert found is not None
    return found


def follow(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


def check_sound(text: str, found: FrontMatter | Parsed) -> None:
    """What holds for any text whatever."""
    json.dumps(found.data)
    places = [problem.span for problem in found.problems]
    places += [span for double in found.duplicates for span in (double.first, double.second)]
    for path, field in found.fields.items():
        value = follow(found.data, path)
        assert (field.key is None) == isinstance(path[-1], int)
        assert field.text is None or isinstance(value, str)
        places += [span for span in field if span]
    if isinstance(found, FrontMatter):
        places += [found.span, found.opening, found.content]
        assert found.span.end <= found.body <= len(text)
    assert all(0 <= start <= end <= len(text) for start, end in places)


# --- Places --------------------------------------------------------------------------------------

YAML_PLACES: list[tuple[str, Path, Any]] = [
    ("a: 1\n«title»: ⟦‹A post›⟧ # c", ("title",), "A post"),
    ('"a": 1\n«"title"»: ⟦"‹A \\"post\\"›"⟧', ("title",), 'A "post"'),
    ("«title»: ⟦'‹It''s›'⟧", ("title",), "It's"),
    ("«title» :   ⟦‹Ünï 😀 漢›⟧", ("title",), "Ünï 😀 漢"),
    ("«title»:⟦⟧\nb: 1", ("title",), None),
    ("«title»:⟦⟧ # nothing", ("title",), None),
    ("«title»: ⟦~⟧", ("title",), None),
    ("«title»: ⟦''⟧", ("title",), ""),
    ("«draft»: ⟦yes⟧", ("draft",), True),
    ("«date»: ⟦2026-01-02⟧", ("date",), "2026-01-02"),
    ("«date»: ⟦2026-01-02 10:11:12 +02:00⟧", ("date",), "2026-01-02T10:11:12+02:00"),
    ("«n»: ⟦.nan⟧", ("n",), ".nan"),
    ("tags: [a, ⟦‹b c›⟧ , d]", ("tags", 1), "b c"),
    ("«tags»: ⟦[a, b]⟧ # c", ("tags",), ["a", "b"]),
    ('tags:\n- a\n-   ⟦"‹b›"⟧\n', ("tags", 1), "b"),
    ("tags:\n- a\n-⟦⟧\n- c", ("tags", 1), None),
    ("«tags»:\n  ⟦- a\n  - b⟧\n\n# c\nnext: 1", ("tags",), ["a", "b"]),
    ("cover:\n  image: a.png\n  «alt»: ⟦‹A cat›⟧\nb: 1", ("cover", "alt"), "A cat"),
    ("«cover»:\n  ⟦image: a.png\n  alt:⟧\nb: 1", ("cover",), {"image": "a.png", "alt": None}),
    ("cover: {image: a.png, «alt»: ⟦‹A cat›⟧}", ("cover", "alt"), "A cat"),
    ("cover: {image: a.png, «alt»⟦⟧, x: 1}", ("cover", "alt"), None),
    ("a:\n- - 1\n  - b: 2\n    «c»: ⟦‹x›⟧", ("a", 0, 1, "c"), "x"),
    ("«a»: ⟦|\n  ‹one\n   two›⟧\n\n\nb: 1", ("a",), "one\n two\n"),
    ("«a»: ⟦>-  # c\n\n  ‹one\n  two›⟧\nb: 1", ("a",), "\none two"),
    ("«a»: ⟦|⟧\nb: 1", ("a",), ""),
    ("«a»: ⟦‹one\n  two\n\n  three›⟧\nb: 1", ("a",), "one two\nthree"),
    ('«a»: ⟦"‹one\n  two›"⟧\nb: 1', ("a",), "one two"),
    ("«a»: ⟦!!str ‹12›⟧", ("a",), "12"),
    ('«a»: ⟦&x "‹b›"⟧', ("a",), "b"),
    ("a: &x [1]\n«b»: ⟦*x⟧", ("b",), [1]),
    ("a: &x b\nc: [*x, ⟦*x⟧]", ("c", 1), "b"),
    ("«2026»: ⟦‹x›⟧", ("2026",), "x"),
    ("«true»: ⟦‹x›⟧", ("true",), "x"),
    ("«~»: ⟦‹x›⟧", ("null",), "x"),
    ("«1.50»: ⟦‹x›⟧", ("1.5",), "x"),
    ("«2026-01-02»: ⟦‹x›⟧", ("2026-01-02",), "x"),
    ("? «title»\n: ⟦‹x›⟧", ("title",), "x"),
    ("a: 1\n«a»: ⟦2⟧", ("a",), 2),
    ("\ufeff«a»: ⟦‹x›⟧", ("a",), "x"),
    ("# c\n\n  «a»: ⟦‹x›⟧", ("a",), "x"),
]

TOML_PLACES: list[tuple[str, Path, Any]] = [
    ('a = 1\n«title» = ⟦"‹A \\"post\\"›"⟧ # c', ("title",), 'A "post"'),
    ("«'the title'»=⟦'‹A post›'⟧", ("the title",), "A post"),
    ('«"a\\u0062"» = ⟦1⟧', ("ab",), 1),
    ('«a» = ⟦"""\n‹one\n  "two"›\n"""⟧', ("a",), 'one\n  "two"\n'),
    ('«a» = ⟦"""‹"one"›"""⟧', ("a",), '"one"'),
    ("«a» = ⟦'''‹it's›'''⟧", ("a",), "it's"),
    ("«date» = ⟦2026-01-02⟧", ("date",), "2026-01-02"),
    ("«date» = ⟦2026-01-02 10:11:12Z⟧ # c", ("date",), "2026-01-02T10:11:12+00:00"),
    ("«at» = ⟦10:11:12⟧", ("at",), "10:11:12"),
    ("«n» = ⟦-inf⟧", ("n",), "-inf"),
    ("tags = [ # c ]\n  \"a\",\n  ⟦'‹b›'⟧ ,\n]", ("tags", 1), "b"),
    ("«tags» = ⟦[ [1], [] ]⟧", ("tags",), [[1], []]),
    ("tags = [ ⟦[1]⟧, [] ]", ("tags", 0), [1]),
    ('cover = { image = "a]}", «alt» = ⟦"‹b›"⟧ }', ("cover", "alt"), "b"),
    ('cover.image = "a"\ncover . «alt» = ⟦"‹b›"⟧', ("cover", "alt"), "b"),
    ('«cover».⟦image = "a"⟧\ncover.alt = "b"', ("cover",), {"image": "a", "alt": "b"}),
    ('⟦[«cover»]⟧\nalt = "b"', ("cover",), {"alt": "b"}),
    ('[cover]\nimage = "a"\n[cover.«x»]\n[z]', ("cover", "x"), {}),
    ("[x.y]\nz = 1\n⟦[«x»]⟧\nq = 1", ("x",), {"y": {"z": 1}, "q": 1}),
    ("[[a]]\nn = 1\n[[a]]\n«n» = ⟦2⟧", ("a", 1, "n"), 2),
    ("[[a]]\n⟦[[a]]⟧\nn = 2", ("a", 1), {"n": 2}),
    ("[[a]]\n[[a.b]]\n[[a]]\n[[a.b]]\n[[a.b]]\n«n» = ⟦1⟧", ("a", 1, "b", 1, "n"), 1),
    ("[[a]]\n[a.b.c]\n«n» = ⟦1⟧", ("a", 0, "b", "c", "n"), 1),
]

JSON_PLACES: list[tuple[str, Path, Any]] = [
    ('{"a": 1, «"title"» : ⟦"‹A \\"post}\\"›"⟧}', ("title",), 'A "post}"'),
    ('{\n  «"a"»: ⟦null⟧\n}', ("a",), None),
    ('{«"a"»: ⟦-1.5e3⟧}', ("a",), -1500.0),
    ('{"a": [1, ⟦"‹b›"⟧ ]}', ("a", 1), "b"),
    ('{«"a"»: ⟦[ ]⟧}', ("a",), []),
    ('{"a": [{«"b"»: ⟦{"c": {}}⟧}]}', ("a", 0, "b"), {"c": {}}),
    ('{«"\\u0061"»: ⟦"‹\\ud83d\\ude00›"⟧}', ("a",), "😀"),
    ('{«"a"»: ⟦"‹\\ud800›"⟧}', ("a",), "\ufffd"),
    ('{"a": 1, «"a"»: ⟦2⟧}', ("a",), 2),
    ('{«""»: ⟦0⟧}', ("",), 0),
]

PLACES = [
    *((fenced(content), path, value) for content, path, value in YAML_PLACES),
    *((fenced_toml(content), path, value) for content, path, value in TOML_PLACES),
    *((f"{content}\nBody\n", path, value) for content, path, value in JSON_PLACES),
]
DOCUMENTS = [marked.translate(NO_MARKS) for marked, _, _ in PLACES]


@pytest.mark.parametrize(("marked", "path", "value"), PLACES)
def test_place_and_value(marked: str, path: Path, value: Any) -> None:
    text, spans = unmark(marked)
    found = must_read(text)
    check_sound(text, found)
    assert not found.problems
    assert follow(found.data, path) == value
    field = found.fields[path]
    assert {name: getattr(field, name) for name in spans} == spans
    assert text[found.body :] == "Body\n"


def covered(text: str, found: FrontMatter) -> list[str]:
    """What all spans cover, whatever the line ends."""
    spans = [found.span, found.opening, found.content, Span(found.body, len(text))]
    spans += [span for field in found.fields.values() for span in field if span]
    return ["\n".join(text[slice(*span)].replace("\r\n", "\n").split("\r")) for span in spans]


@pytest.mark.parametrize("text", DOCUMENTS)
def test_line_ends_and_byte_order_mark_change_nothing(text: str) -> None:
    plain = must_read(text)
    for line_end in ("\n", "\r\n", "\r"):
        for before in ("", "\ufeff", "\n \n", "\ufeff\n"):
            other_text = (before + text).replace("\n", line_end)
            other = must_read(other_text)
            assert other.data == plain.data
            assert list(other.fields) == list(plain.fields)
            assert covered(other_text, other) == covered(text, plain)


def test_fields_come_in_the_order_of_the_file() -> None:
    for text in DOCUMENTS:
        starts = [field.value.start for field in must_read(text).fields.values()]
        assert starts == sorted(starts)


def test_what_a_merge_key_or_alias_brings_is_found_where_it_comes_in() -> None:
    text = fenced("base: &base {alt: A cat, x: [1]}\ncover:\n  <<: *base\n  x: 2\nb: *base")
    found = must_read(text)
    assert found.data["cover"] == {"alt": "A cat", "x": 2}
    assert ("cover", "alt") not in found.fields
    assert found.nearest(("cover", "alt")) == found.fields[("cover",)]
    nearest = found.nearest(("b", "x", 0))
    assert nearest is not None
    assert text[slice(*nearest.value)] == "*base"
    assert found.nearest(("nothing",)) is None


def test_merge_key_of_several_mappings() -> None:
    text = fenced("a: &a {x: 1}\nb: &b {x: 2, y: 3}\nc: {<<: [*a, *b, {z: 4}], q: 5}")
    assert must_read(text).data["c"] == {"x": 1, "y": 3, "z": 4, "q": 5}


@pytest.mark.parametrize(
    ("text", "doubles"),
    [
        (fenced("a: 1\nb: 2\na: 3"), [(("a",), 4, 14)]),
        (fenced("a: {x: 1, x: 2}"), [(("a", "x"), 8, 14)]),
        (fenced("a: {x: 1}\na: {x: 2}"), [(("a",), 4, 14)]),
        (fenced("a: 1\n? a\n: 2"), [(("a",), 4, 11)]),
        (fenced("1: a\n'1': b"), [(("1",), 4, 9)]),
        (fenced("- {a: 1}"), []),
        ('{"a": [1, 2], "a": [3]}', [(("a",), 1, 14)]),
        ('{"a": {"b": 1, "\\u0062": 2}}', [(("a", "b"), 7, 15)]),
    ],
)
def test_duplicate_keys(text: str, doubles: list[tuple[Path, int, int]]) -> None:
    found = must_read(text)
    check_sound(text, found)
    assert [(d.path, d.first.start, d.second.start) for d in found.duplicates] == doubles


# --- Data ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "data"),
    [
        ("", {}),
        ("# only a comment", {}),
        ("a: 010\nb: 0x1F\nc: 1_000\nd: 12:30", {"a": 8, "b": 31, "c": 1000, "d": 750}),
        ("a: On\nb: 'on'\nc: y", {"a": True, "b": "on", "c": "y"}),
        (
            "a: 1e3\nb: 1.5\nc: -.inf\nd: 1.0e+999",
            {"a": "1e3", "b": 1.5, "c": "-.inf", "d": "1.0e+999"},
        ),
        ("a: 2026-01-02T03:04:05.5Z", {"a": "2026-01-02T03:04:05.500000+00:00"}),
        ("a: 2026-01-02 03:04:05 +0200", {"a": "2026-01-02 03:04:05 +0200"}),
        ("a: =\nb: <<", {"a": "=", "b": "<<"}),
        ("a: ! 12\nb: !!int '12'\nc: !!binary aGk=", {"a": 12, "b": 12, "c": "aGk="}),
        ("a: !!set {x, y}\nb: !!omap [x: 1]", {"a": {"x": None, "y": None}, "b": [{"x": 1}]}),
        ("{a: 1, b: [2]}", {"a": 1, "b": [2]}),
        ("a: &x '<<'\n*x : {b: 1}", {"a": "<<", "<<": {"b": 1}}),
    ],
)
def test_yaml_data(content: str, data: dict[str, Any]) -> None:
    found = must_read(fenced(content))
    assert (found.data, found.problems, found.broken) == (data, (), False)


@given(
    st.from_regex(
        r"\A[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ]([01][0-9]|2[0-5]|[0-9]):[0-5][0-9]:[0-5][0-9](\.[0-9]{0,8})?"
        r" ?(Z|[-+][0-9]{1,2}(:[0-9]{2})?)?)?\Z"
    )
    | st.datetimes().map(str)
    | st.datetimes(timezones=st.timezones()).map(lambda time: time.isoformat())
    | st.from_regex(r"\A[-+0-9.eE_:]{1,12}\Z")
)
def test_dates_and_numbers_are_those_of_pyyaml(written: str) -> None:
    try:
        expected = yaml.safe_load(f"a: {written}\n")["a"]
    except (ValueError, OverflowError, yaml.YAMLError):
        return
    if isinstance(expected, datetime.date):
        expected = expected.isoformat()
    if isinstance(expected, str | int):
        assert must_read(fenced(f"a: {written}")).data["a"] == expected


@pytest.mark.parametrize("text", DOCUMENTS)
def test_handlers_serve_python_frontmatter(text: str) -> None:
    handlers: dict[str, Handler] = {"-": YamlHandler(), "+": TomlHandler(), "{": JsonHandler()}
    post = python_frontmatter.loads(text, handler=handlers[text[0]])
    assert post.metadata == must_read(text).data
    assert post.content == "Body"


# --- Where it begins and ends --------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\ufeff",
        "Body",
        "---",
        "---\n",
        "----\ntitle: x\n----\n",
        " ---\ntitle: x\n---\n",
        "--- \nA thematic break above.\n",
        "---\n\n# Heading\n\nText\n",
        "---\nSome text: with a colon\n",
        "+++",
        "+++\nText\n",
        "++++\na = 1\n++++\n",
        "Text\n---\ntitle: x\n---\n",
        "{{< figure >}}",
        "{{ page.title }}",
        "{% include x %}",
        "{: .class}",
        "{#id}",
        "{frontmatter.title}",
        '{" "}',
        "{/* a comment */}",
        "{",
        "[a](b)",
    ],
)
def test_no_front_matter(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    ("text", "span", "body"),
    [
        ("---\n---\n", "---\n---", ""),
        ("---\n---", "---\n---", ""),
        ("--- \t\ntitle: x\n---  \nBody", "--- \t\ntitle: x\n---", "Body"),
        ("---\ntitle: x\n...\nBody", "---\ntitle: x\n...", "Body"),
        ("---\ntitle: x\n---\n\nBody", "---\ntitle: x\n---", "\nBody"),
        ("---\na: |\n  ---\nb: ----\n---\nBody", "---\na: |\n  ---\nb: ----\n---", "Body"),
        ("---\na: 1\n---\n---\nBody", "---\na: 1\n---", "---\nBody"),
        ("+++\n+++\n", "+++\n+++", ""),
        ("+++\na = 1\n---\n+++\nBody", "+++\na = 1\n---\n+++", "Body"),
        ("{}", "{}", ""),
        ('{"a": 1}', '{"a": 1}', ""),
        ('{"a": 1}  \r\nBody', '{"a": 1}', "Body"),
        ('{"a": 1} Body', '{"a": 1}', " Body"),
        ('{\n"a": "}\\"}"\n}\nBody', '{\n"a": "}\\"}"\n}', "Body"),
    ],
)
def test_extent(text: str, span: str, body: str) -> None:
    found = must_read(text)
    assert text[slice(*found.span)] == span
    assert text[found.body :] == body


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("---\ntitle: x\ntags: [a]\n\nBody: text\n", "\nBody: text\n"),
        ("---\n\ntitle: x\n \nBody\n", " \nBody\n"),
        ("---\r\ntitle: x\r\n\r\nBody", "\r\nBody"),
        ("---\ntitle: x", ""),
        ("+++\ntitle = 'x'\n\nBody", "\nBody"),
        ("+++\n[cover]\n\nBody", "\nBody"),
        ('{"title": "x"\n\nBody', "\nBody"),
        ('{\n  "title": "x",\n\nBody', "\nBody"),
        # The delimiter that follows belongs to the body.
        ("---\ntitle: x\n\n# Heading\n\nText here.\n\n---\n\nMore.\n", "\n# Heading"),
        ("---\ntitle: x\n\nNo colon here\nnor here\n\n---\n\nMore.\n", "\nNo colon"),
    ],
)
def test_missing_end(text: str, body: str) -> None:
    found = must_read(text)
    check_sound(text, found)
    assert text[found.body :].startswith(body)
    (problem,) = found.problems
    assert problem.span == found.opening
    assert "never closed" in problem.message
    assert "[cover]" in text or found.data["title"] == "x"


def test_a_mistake_after_a_blank_line_is_not_a_missing_end() -> None:
    text = fenced("title: x\n\ndescription: a: b")
    assert "colon" in must_read(text).problems[0].message


def test_a_missing_brace_ends_at_the_last_one() -> None:
    text = '{\n"a": {"b": 1,\n"c": 2\n}\nBody\n'
    found = must_read(text)
    assert text[found.body :] == "Body\n"
    assert [problem.message for problem in found.problems] == [
        "A closing bracket is missing before this"
    ]


# --- Mistakes ------------------------------------------------------------------------------------

YAML_MISTAKES = [
    ("title: Foo⟦:⟧ bar", "with a colon and a blank"),
    ("title: x\n  sub⟦:⟧ y", "check the indentation"),
    ("a: 1\ntitle⟦:⟧foo\nb: 2", "blank is missing"),
    ("title⟦:⟧foo\nb: 2", "blank is missing"),
    ("title⟦:⟧foo", "blank is missing"),
    ('title: ⟦"⟧foo\ntags: x', "quote is never closed"),
    ('title: ⟦"⟧foo\nauthor: "bar"', "quote is not closed on its line"),
    ("title: 'It'⟦s⟧ here'", "written `''`"),
    ('title: "a" ⟦b⟧', 'written `\\"`'),
    ("title: [draft] ⟦F⟧oo", "after the closing bracket"),
    ("tags: ⟦[⟧a, b\ntitle: x", "`]` is missing"),
    ("tags: ⟦{⟧a: b\ntitle: x", "`}` is missing"),
    ('tags: ["a" ⟦"⟧b"]', "comma is missing"),
    ("tags: [a,⟦,⟧b]", "value is expected"),
    ("a: 1\n⟦j⟧ust text\nb: 2", "no `key: value`"),
    ("a:\n⟦\t⟧b: 1", "tab"),
    ("⟦\t⟧a: 1", "tab"),
    ("a: ⟦@⟧foo", "begins with `@`"),
    ("a: ⟦`⟧foo`", "begins with a backtick"),
    ("a: ⟦*⟧foo* bar", "begins with `*`"),
    ("a: ⟦*foo⟧", "begins with `*`"),
    ("a: ⟦&⟧amp; b", "begins with `&`"),
    ("a: ⟦>⟧ foo", "begins with `>`"),
    ("a: ⟦%⟧foo", "begins with `%`"),
    ("a: ⟦-⟧ foo", "`-` must be quoted"),
    ("a: ⟦?⟧ foo", "begins with `?`"),
    ("a: ⟦!important⟧", "`!important` is no tag"),
    ("a: ⟦!⟧e!x y", "begins with `!`"),
    ("a: ⟦!!python/object/apply:os.system⟧ [ls]", "no tag of YAML"),
    ("a: {⟦{⟧ x }}", "key must be text"),
    ("⟦[⟧a, b]: c", "key must be text"),
    ('a: "b⟦\\⟧q"', "backslash"),
    (" a: 1\n⟦b⟧: 2", "indentation"),
    ("a: 1\n⟦-⟧ b", "belongs to no key"),
    ("a:\n    b: 1\n  ⟦c⟧: 2", "indentation"),
    ("⟦- a⟧\n- b", "keys and values"),
    ("⟦Just a text⟧", "keys and values"),
    ("⟦~⟧", "keys and values"),
    ("a: 1\n⟦---⟧ b", "second YAML document"),
    ("a: x⟦\0⟧y", "U+0000"),
    ("a: x⟦\x07⟧y", "U+0007"),
    ("a: ⟦2026-13-45⟧", "`2026-13-45` is no day in the calendar"),
    ("a: ⟦2026-02-30⟧\nb: 1", "no day in the calendar"),
    ("a: ⟦2026-02-03 25:00:00⟧", "no point in time"),
    ("a: ⟦!!int x⟧", "no number"),
    ("a: ⟦0x_⟧", "no number"),
    ("a: {<<: ⟦5⟧}", "`<<`"),
    ("a: &x [⟦*x⟧]", "There is no `&x` above"),
]
TOML_MISTAKES = [
    ("title = ⟦f⟧oo", "must be quoted"),
    ("title = ⟦⟧\nb = 1", "value is expected"),
    ('title = "foo⟦⟧\nb = 1', "not closed"),
    ("title⟦:⟧ x", "`=` is expected"),
    ('a = "x" ⟦y⟧', "follow the value"),
    ("a = 1\n⟦a = 2⟧", "written twice"),
    ("[a]\n[a⟦]⟧", "stands twice"),
    ("a = ⟦2026-13-45⟧", "no day in the calendar"),
    ("a = ⟦2026-02-30⟧", "no day in the calendar"),
    ('a = "b\\q⟦"⟧', "backslash"),
    ("a = 'x⟦\x01⟧y'", "U+0001"),
    ("a = [1,\n2", "never closed"),
]
JSON_MISTAKES = [
    ('{"a": 1⟦,⟧ }', "No comma"),
    ('{"a": [1⟦,⟧]}', "No comma"),
    ('{"a": 1 ⟦"⟧b": 2}', "comma is missing"),
    ("{⟦a⟧: 1}", "double quotes"),
    ("{⟦'⟧a': 1}", "double quotes"),
    ('{\n"a" ⟦1⟧\n}', "colon is missing"),
    ('{"a": ⟦x⟧}', "double quotes"),
    ('{\n"a": "x⟦⟧\n}', "not closed"),
    ('{"a": "x⟦\t⟧y"}', "tab"),
    ('{"a": "x⟦\\⟧q"}', "backslash"),
    ('{"a": [1, 2⟦}⟧', "closing bracket"),
    ('{"a": ⟦NaN⟧}', "no such number"),
    ('{"a": ⟦1e999⟧}', "no such number"),
]


@pytest.mark.parametrize(
    ("marked", "words"),
    [
        *((fenced(content), words) for content, words in YAML_MISTAKES),
        *((fenced_toml(content), words) for content, words in TOML_MISTAKES),
        *((f"{content}\nBody\n", words) for content, words in JSON_MISTAKES),
    ],
)
def test_mistake(marked: str, words: str) -> None:
    text, spans = unmark(marked)
    for line_end in ("\n", "\r\n", "\r"):
        found = must_read(text.replace("\n", line_end))
        check_sound(text.replace("\n", line_end), found)
        (problem,) = found.problems
        assert words in problem.message
        assert text.replace("\n", line_end)[found.body :] == f"Body{line_end}"
    if "value" in spans:
        (problem,) = must_read(text).problems
        assert problem.span == spans["value"]


@pytest.mark.parametrize(
    ("text", "data", "broken"),
    [
        (fenced("a: 1\ndate: 2026-13-45\nb: 2"), {"a": 1, "date": "2026-13-45", "b": 2}, False),
        (fenced("a: x\0y\nb: 2"), {"a": "x\ufffdy", "b": 2}, False),
        (fenced("a: !x y\nb: 2"), {"a": "y", "b": 2}, False),
        (fenced("a: 1\nb: c: d\ne: f"), {"a": 1}, True),
        (fenced("a: 1\nb: {c: 1, d: [}\ne: f"), {"a": 1}, True),
        (fenced("a: 1\nb: 'It's'\ne: f"), {"a": 1}, True),
        (fenced_toml("a = 1\nb = x\nc = 2"), {"a": 1}, True),
        (fenced_toml("a = 1\nb = [\n1,\nx,\n]"), {"a": 1}, True),
        ('{"a": 1, "b": x, "c": 2}', {"a": 1}, True),
        ('{"a": 1, "b": {"c": 1, "d": x}}', {"a": 1}, True),
    ],
)
def test_what_can_be_had_beside_a_mistake(text: str, data: dict[str, Any], broken: bool) -> None:
    found = must_read(text)
    check_sound(text, found)
    assert (found.data, found.broken) == (data, broken)


BOMB = "a0: &a0 [x]\n" + "".join(f"a{i + 1}: &a{i + 1} [*a{i}, *a{i}, *a{i}]\n" for i in range(30))
CHAIN = "a0: &a0 [x]\n" + "".join(f"a{i + 1}: &a{i + 1} [*a{i}]\n" for i in range(500))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (fenced(BOMB), "Aliases repeat"),
        (fenced(CHAIN), "levels deep"),
        (fenced("a: " + "[" * 50_000), "levels deep"),
        (fenced("a: " + "{a: " * 50_000), "levels deep"),
        (fenced("a:\n  " + "- " * 50_000), "levels deep"),
        (fenced("? " * 50_000), "levels deep"),
        (fenced_toml("a = " + "[" * 50_000 + "]" * 50_000), "levels deep"),
        (fenced_toml("a = " + "[" * 200 + "]" * 200), "levels deep"),
        (fenced_toml("a." * 50_000 + "a = 1"), "levels deep"),
        ('{"a": ' + "[" * 50_000 + "]" * 50_000 + "}\n", "levels deep"),
        ('{"a": ' * 50_000 + "1" + "}" * 50_000 + "\n", "levels deep"),
        (fenced("a: " + "9" * 50_000), "digits"),
        (fenced("a: " + "1:" * 50_000 + "1"), "digits"),
        (fenced_toml("a = " + "9" * 50_000), "digits"),
        ('{"a": ' + "9" * 50_000 + "}", "number"),
    ],
)
def test_hostile(text: str, words: str) -> None:
    found = must_read(text)
    check_sound(text, found)
    assert words in found.problems[0].message


def test_deep_but_not_too_deep() -> None:
    depth = MAX_DEPTH - 1
    for text in (
        fenced("a: " + "[" * depth + "]" * depth),
        fenced_toml("a = " + "[" * depth + "]" * depth),
        '{"a": ' + "[" * depth + "]" * depth + "}",
    ):
        assert not must_read(text).problems
        assert must_read(text.replace("[", "[[", 1).replace("]", "]]", 1)).problems


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        fenced("a: 1\n" * 200_000),
        fenced("".join(f"k{i}: [1, {{a: b}}]\n" for i in range(50_000))),
        fenced("a: |\n" + "  x\n" * 500_000),
        "---\na: 1\n" + "b: c\n" * 200_000,
        "---" + " " * 5_000_000,
        "\n" * 5_000_000,
        fenced_toml("".join(f"k{i} = [1]\n" for i in range(50_000))),
        fenced_toml("[[a]]\n" * 50_000),
        '{"a":' * 500_000,
        "{" + "\n" * 5_000_000 + '"a',
        "{" + ",".join(f'"k{i}": 1' for i in range(100_000)) + "}",
    ],
)
def test_large(text: str) -> None:
    read(text)


# --- Properties ----------------------------------------------------------------------------------

TEXTS = st.text(
    st.characters(codec="utf-8", exclude_characters="\x7f\ufeff", exclude_categories=["Cs"]),
    max_size=12,
)
SCALARS = st.one_of(
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    TEXTS,
    st.sampled_from(
        ["yes", "2026-01-02", "a: b", "- c", "it's", "#d", "line\nbreak\n", "null", "~"]
    ),
)
KEYS = TEXTS.filter(lambda key: key != "<<")
VALUES: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)
MAPPINGS = st.dictionaries(KEYS, VALUES, max_size=4)


def slices(text: str, found: FrontMatter) -> list[tuple[Path, Field, str]]:
    return [(p, field, text[slice(*field.value)]) for p, field in found.fields.items()]


def paths(data: Any) -> list[Path]:
    """The path of every value in the data."""
    steps = (
        data.items()
        if isinstance(data, dict)
        else enumerate(data)
        if isinstance(data, list)
        else ()
    )
    return [
        path for step, value in steps for path in ((step,), *((step, *p) for p in paths(value)))
    ]


@given(MAPPINGS, st.sampled_from([None, '"', "'"]), st.booleans(), st.booleans())
def test_yaml_slices_read_back(data: dict[str, Any], style: str, flow: bool, unicode: bool) -> None:
    dumped = yaml.safe_dump(
        data, default_style=style, default_flow_style=flow, allow_unicode=unicode, sort_keys=False
    )
    text = f"---\n{dumped}---\nBody"
    found = must_read(text)
    check_sound(text, found)
    data = yaml.safe_load(dumped)  # a NEL, for one, does not come back as it was
    assert found.data == data
    assert set(found.fields) == set(paths(data))
    for path, field, written in slices(text, found):
        column = field.value.start - text.rfind("\n", 0, field.value.start) - 1
        assert yaml.safe_load(" " * column + written) == follow(data, path)
        if field.key:
            assert str(yaml.safe_load(text[slice(*field.key)])) == path[-1]


@given(MAPPINGS, st.sampled_from([None, 1]), st.booleans())
def test_json_slices_read_back(data: dict[str, Any], indent: int | None, ascii_only: bool) -> None:
    text = json.dumps(data, indent=indent, ensure_ascii=ascii_only) + "\nBody"
    found = must_read(text)
    check_sound(text, found)
    assert found.data == data
    assert set(found.fields) == set(paths(data))
    for path, field, written in slices(text, found):
        assert json.loads(written) == follow(data, path)
        if field.key:
            assert json.loads(text[slice(*field.key)]) == path[-1]


def toml_inline(value: Any) -> str:
    if isinstance(value, dict):
        pairs = (f"{toml_inline(key)} = {toml_inline(item)}" for key, item in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ",\n".join(toml_inline(item) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def toml_tables(data: dict[str, Any], prefix: str = "") -> str:
    """TOML in which mappings are `[tables]` and lists of mappings `[[arrays of tables]]`."""
    lines: list[str] = []
    tables: list[str] = []
    for key, value in data.items():
        name = f"{prefix}{toml_inline(key)}"
        if isinstance(value, dict):
            tables.append(f"[ {name} ]\n{toml_tables(value, f'{name}.')}")
        elif isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
            tables += [f"[[{name}]]\n{toml_tables(item, f'{name}.')}" for item in value]
        else:
            lines.append(f"{toml_inline(key)} = {toml_inline(value)} # c\n")
    return "".join(lines + tables)


@given(MAPPINGS, st.booleans())
def test_toml_slices_read_back(data: dict[str, Any], inline: bool) -> None:
    emitted = "".join(f"{toml_inline(k)} = {toml_inline(v)}\n" for k, v in data.items())
    text = f"+++\n{emitted if inline else toml_tables(data)}+++\nBody"
    found = must_read(text)
    check_sound(text, found)
    assert found.data == data
    assert set(found.fields) == set(paths(data))
    for path, field, written in slices(text, found):
        if not (written.startswith("[") and not inline and text[field.value.start - 1] == "\n"):
            assert tomllib.loads(f"value = {written}")["value"] == follow(data, path)
        if field.key:
            assert json.loads(text[slice(*field.key)]) == path[-1]


@pytest.mark.parametrize(
    "text",
    [
        '\ufeff---\r\na: "x\\"" # c\r\nb: [1, {c: \'d\'}]\r\ne: |\r\n  f\r\n? - g\r\n: &h i\r\nj: *h\r\n---\r\nx',
        "+++\na = \"x\\\"\" # c\nb = [1, {c.q = 'd'}]\ne = '''\nf'''\n[g.h]\ni = 2026-01-02\n[[j]]\n+++\nx",
        '{\n"a": "x\\"}", "b": [1, {"c": null}],\n"d": -1.5e3, "\\u0065": {}\n}\nx',
    ],
)
def test_every_prefix_is_read(text: str) -> None:
    for end in range(len(text)):
        found = read(text[:end])
        if found:
            check_sound(text[:end], found)
            assert text[: found.opening.start].strip("\ufeff") == ""


SOUP = st.text("-+{}[]\"':,=#|>&*!%@`\\ \t\r\n\0\u2028é😀a1.~?<_\ufeff", max_size=60)


@given(
    st.sampled_from(["---\n", "+++\n", "{", '{"a":', ""]),
    SOUP,
    st.sampled_from(["\n---\n", "\n+++\n", "}", ""]),
)
def test_nothing_crashes(opening: str, soup: str, closing: str) -> None:
    text = opening + soup + closing
    found = read(text)
    if found:
        check_sound(text, found)
    check_sound(soup, read_toml(soup))


@given(SOUP)
def test_soup_in_a_value(soup: str) -> None:
    for text in (
        fenced(f"a: 1\nb: {soup}"),
        fenced_toml(f"a = 1\nb = '{soup}'"),
        f'{{"a": 1, "b": "{soup}"}}',
    ):
        check_sound(text, must_read(text))


# --- TOML files ----------------------------------------------------------------------------------


def test_toml_file() -> None:
    text = '\ufeff# contentlint.toml\r\nselect = ["typos"]\r\n\r\n[rules.typos]\r\nwords = "x"\r\n'
    parsed = read_toml(text)
    assert parsed.data == {"select": ["typos"], "rules": {"typos": {"words": "x"}}}
    assert text[slice(*parsed.fields[("select", 0)].value)] == '"typos"'
    key = parsed.fields[("rules", "typos", "words")].key
    assert key is not None
    assert text[slice(*key)] == "words"


def test_toml_file_with_a_mistake() -> None:
    text = "a = 1\n\nb = c\n"
    parsed = read_toml(text)
    assert parsed.broken
    assert parsed.data == {"a": 1}
    assert [problem.span for problem in parsed.problems] == [Span(11, 12)]
