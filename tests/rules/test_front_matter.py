"""Front matter: what cannot be read, what is said twice, and what breaks the blog's schema."""

import json

import pytest

from contentlint.document import Document
from contentlint.plugins import bundled
from contentlint.schema import load
from contentlint.testing import findings, flags, mark, mend, silent, unmark
from contentlint.text import Source

RULES = {rule.id: rule for rule in bundled()}
syntax, duplicate_key = RULES["front-matter/syntax"], RULES["front-matter/duplicate-key"]


@pytest.mark.parametrize(
    "post",
    [
        "---\ntitle: ⟦'⟧A\n---\n",
        "---\ntags: ⟦[⟧a, b\n---\nBody\n",
        "---\na: 1\n⟦\t⟧b: 2\n---\n",
        "---\ntitle: ⟦@⟧home\n---\n",
        "---\n⟦no keys here⟧\n---\n",
        "+++\ntitle = ⟦⟧\n+++\n",
        '{\n "title": ⟦}⟧\n',
    ],
)
def test_the_place_of_a_syntax_error(post):
    flags(syntax, post)


@pytest.mark.parametrize(
    ("post", "words"),
    [
        ("---\ntitle: ⟦“⟧Heat pumps: a guide”\n---\n", "Curly quotes"),
        ("---\n⟦“⟧title”: a\n---\n", "Curly quotes"),
        ("+++\ntitle = ⟦“⟧Heat”\n+++\n", "Curly quotes"),
        ('{⟦“⟧title”: "a"}\n', "Curly quotes"),
        ('+++\ntags = ["a" ⟦"⟧b"]\n+++\n', "comma is missing"),
        ("+++\r\ntags = [\r\n  'a',\r\n  'b'\r\n  ⟦'⟧c',\r\n]\r\n+++\r\n", "comma is missing"),
        ('+++\ntags = ["a"\n⟦"⟧b" = 1\n+++\n', "never closed"),
        ('{"title": ⟦“⟧a”}\n', "Curly quotes"),
        ("---\n⟦\u00a0⟧title: a\n---\n", "invisible"),
        ("---\ntitle⟦:⟧\u00a0a\nb: c\n---\n", "blank is missing"),
        ("---\ntitle⟦:⟧a\nb: c\n---\n", "blank is missing"),
        ("---\ntags:\n⟦\t⟧- a\n---\n", "tab"),
        ("---\ntitle: Pumps⟦:⟧ a guide\n---\n", "must be quoted"),
        ("\ufeff---\r\ntitle: Pumps⟦:⟧ a guide\r\n---\r\n", "must be quoted"),
        ("⟦---⟧\ntitle: Pumps\n\nText.\n", "never closed"),
        ("⟦ ---⟧\ntitle: Pumps\n---\n", "taken for text"),
        ("⟦\u200b---⟧\ntitle: Pumps\n---\n", "taken for text"),
        ("⟦——⟧\r\ntitle: Pumps\r\ntags: a\r\n—\r\n", "taken for text"),
        ("⟦----⟧\ntitle: Pumps\n----\n", "taken for text"),
        ("\n \r⟦––⟧\rtitle: Pumps\r––", "taken for text"),
    ],
)
def test_help_for_the_usual_slips(post, words):
    (found,) = flags(syntax, post)
    assert words in found.message


def test_the_body_is_linted_all_the_same():
    flags(RULES["alt-text/missing"], "---\ntitle: a: b\n---\n\n![⟦⟧](x.png)\n")
    flags(RULES["alt-text/missing"], "---\ntitle: a\n\nNever closed. ![⟦⟧](x.png)\n")


@pytest.mark.parametrize(
    "post",
    [
        "",
        "---\n---\n",
        "Text\n\n---\n\ntitle: a: b\n\n---\n",
        "---\n\nA thematic break.\n",
        "----\n\ntitle: a\n\n----\n",
        "—\nNote: dashes before a sentence.\n\nText\n",
        "-----\nA heading\n-----\n",
        "---\ntitle: “Pumps”\n---\n",
        "{{< toc >}}\n",
    ],
)
def test_what_is_fine_or_no_front_matter(post):
    silent(syntax, post)
    silent(duplicate_key, post)


@pytest.mark.parametrize(
    "post",
    [
        "---\ncover:\n  alt: a\n  ⟦alt⟧: b\n---\n",
        "---\ntitle: a\n'⟦title⟧': b\n---\n".replace("'⟦title⟧'", "⟦'title'⟧"),
        '{"a": 1, ⟦"a"⟧: 2}\n',
    ],
)
def test_duplicate_keys(post):
    flags(duplicate_key, post)


SCHEMA = {
    "type": "object",
    "required": ["title"],
    "properties": {
        "title": {"type": "string", "minLength": 1},
        "draft": {"type": "boolean"},
        "tags": {"type": "array", "maxItems": 2, "items": {"type": "string"}},
        "cover": {"type": "object", "properties": {"image": {"type": "string"}}},
    },
    "additionalProperties": False,
}


@pytest.mark.parametrize(
    "post",
    [
        "⟦---⟧\ndraft: true\n---\n",
        "---\ntitle: a\ndraft: ⟦maybe⟧\n---\n",
        "---\ntitle: a\ntags: [a, ⟦2⟧]\n---\n",
        "---\ntitle: a\n⟦titel⟧: b\n---\n",
        "---\ntitle: a\ncover:\n  image: ⟦3⟧\n---\n",
        '+++\ntitle = "a"\ndraft = ⟦"no"⟧\n+++\n',
        '{"title": "a", "cover": {"image": ⟦null⟧}}\n',
    ],
)
def test_schema_errors_are_on_the_key_or_the_value(post, tmp_path):
    file = tmp_path / "post.schema.json"
    file.write_text(json.dumps(SCHEMA))
    text, spans = unmark(post)
    document = Document(Source("post.md", text), (load(str(file)),))
    rule = RULES["front-matter/schema"]
    found = [problem.span for problem in rule.check(rule.options(), document)]
    assert mark(text, found) == mark(text, spans)


@pytest.mark.parametrize(
    "value",
    ["{{ title }}", "!foo [a]", "!!python/name:os []", "[a, {{ b }}]"],
)
def test_what_cannot_be_read_is_not_held_against_a_schema(value):
    text = f"---\ntitle: {value}\ndraft: ⟦maybe⟧\n---\n"
    unmarked, spans = unmark(text)
    document = Document(Source("post.md", unmarked), (load("preset:hugo"),))
    assert list(syntax.check(syntax.options(), document))
    rule = RULES["front-matter/schema"]
    assert [problem.span for problem in rule.check(rule.options(), document)] == spans


def test_a_day_that_does_not_exist_is_told_once():
    rule = RULES["front-matter/schema"]
    document = Document(Source("post.md", "---\ntitle: a\ndate: 2026-13-45\n---\n"))
    with_schema = Document(document.source, (load("preset:hugo"),))
    assert len(list(syntax.check(syntax.options(), with_schema))) == 1
    assert list(rule.check(rule.options(), with_schema)) == []


# ---- keys that are missing or misspelt ---------------------------------------------------------

missing_key, misspelt_key = RULES["front-matter/missing-key"], RULES["front-matter/misspelt-key"]


def others(number: int = 12, front: str = "title: A\ndate: 2026-01-02", **more: str):
    """The other posts of a blog, and more of them by name."""
    posts = {f"content/posts/{n}.md": f"---\n{front}\n---\n" for n in range(number)}
    return posts | {
        f"content/posts/{name}.md": f"---\n{text}\n---\n" for name, text in more.items()
    }


@pytest.mark.parametrize(
    "post",
    [
        "⟦---⟧\ndate: 2026-01-02\n---\n",
        "\ufeff\n⟦---⟧\r\ndate: 2026-01-02\r\n---\r\n",
        '⟦+++⟧\nfoo = "a"\n+++\n',
        '⟦{⟧"date": "2026-01-02"}\n',
        '---\ndate: 2026-01-02\n⟦title⟧: ""\n---\n',
        "---\n⟦title⟧: []\n---\n",
        "⟦---⟧\ndate: 2026-01-02\n---\n\n## No title\n",
    ],
)
def test_a_missing_key(post):
    flags(missing_key, post, files=others())
    flags(missing_key, post, files=others(39, a="date: 2026-01-02"))


@pytest.mark.parametrize(
    "post",
    [
        "---\ntitle: A\n---\n",
        "---\ntitle: 5\n---\n",
        "---\ndate: 2026-01-02\n---\n\n# The title\n",
        "No front matter.\n",
        "---\n---\n",
        "---\nfoo: a: b\n---\n",  # the title may be in what cannot be read
        "---\ntitel: A\n---\n",  # the other rule tells
        "---\na: &a {title: x}\n<<: *a\n---\n",
    ],
)
def test_a_key_that_is_there_or_may_be(post):
    silent(missing_key, post, files=others())


def test_what_the_others_do_decides():
    post = "---\ndate: 2026-01-02\n---\n"
    silent(missing_key, post)
    silent(missing_key, post, files=others(8))  # too few
    silent(missing_key, post, files=others(12, "date: 2026-01-02"))
    silent(missing_key, post, files=others(12, a="date: 2026-01-02"))  # two of 14 lack it
    silent(missing_key, post, files=others(), path="content/notes/a.md")  # another section
    silent(missing_key, post, files=others(), path="content/posts/_index.md")
    silent(missing_key, post, files=others(), keys=["author"])
    marked = "⟦---⟧\ndate: 2026-01-02\n---\n"
    flags(missing_key, marked, files=others(), path="content/posts/2026/01/a/index.md")


def test_what_a_schema_demands_is_told_by_the_schema():
    def asked(preset: str):
        return {"files": others(), "settings": {"schemas": [{"schema": f"preset:{preset}"}]}}

    silent(missing_key, "---\ndate: 2026-01-02\n---\n", **asked("hugo"))
    flags(RULES["front-matter/schema"], "⟦---⟧\ndate: 2026-01-02\n---\n", **asked("hugo"))
    flags(missing_key, "⟦---⟧\ndate: 2026-01-02\n---\n", **asked("blog-post"))


def test_other_keys_that_are_missing():
    (found,) = flags(missing_key, "⟦---⟧\ntitle: A\n---\n", files=others(), keys=["title", "date"])
    assert found.message == "`date` is missing; 12 of the 13 posts around have it"


@pytest.mark.parametrize(
    "post",
    [
        "---\n⟦descripton⟧: a\n---\n",
        "---\ntitle: A\n⟦catagories⟧: a\n---\n",
        "---\n⟦titel⟧: a\n---\n",
        '+++\n⟦dscription⟧ = "a"\n+++\n',
        '{⟦"ttile"⟧: "a"}\n',
        "---\n⟦pubDte⟧: 2026-01-02\n---\n",
        "---\n⟦hookline⟧: a\n---\n".replace("hookline", "hoklines"),
    ],
)
def test_a_misspelt_key(post):
    flags(misspelt_key, post, files=others(20, "hooklines: x\nmood: x"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("---\ndescripton: a\n---\n", "---\ndescription: a\n---\n"),
        ("---\n'descripton': a\n---\n", "---\n'description': a\n---\n"),
        ('+++\n"descripton" = "a"\n+++\n', '+++\n"description" = "a"\n+++\n'),
        ('{"descripton": "a"}\n', '{"description": "a"}\n'),
        ('{"descript\\u006fn": "a"}\n', '{"descript\\u006fn": "a"}\n'),  # better not
    ],
)
def test_a_misspelt_key_is_exchanged_between_its_quotes(before, after):
    (found,) = findings(misspelt_key, before)
    assert mend(before, [found]) == after
    assert found.fix is None or not found.fix.safe


@pytest.mark.parametrize(
    "front",
    [
        "description: a\ndescripton: b",  # which it does not lack
        "data: a",  # a word
        "tag: a",  # what other themes say
        "show_toc: true\nlast-mod: 2026-01-02",
        "mod: a\nfeture_x: b\nxyz: c",
        "Title: a",  # that the blog writes `title` is not seen from so few posts
        "título: a",
    ],
)
def test_a_key_that_somebody_may_have_meant(front):
    silent(misspelt_key, f"---\n{front}\n---\n")


def test_a_key_in_another_language():
    silent(misspelt_key, "---\nlang: de\ntitel: Pumpen\n---\n")
    flags(misspelt_key, "---\nlang: de\n⟦titel⟧: Pumpen\n---\n", files=others(20))


def test_a_key_that_the_blog_uses():
    silent(misspelt_key, "---\ndescripton: a\n---\n", files=others(2, "descripton: b"))


def test_the_case_of_keys():
    flags(misspelt_key, "---\n⟦Title⟧: a\n---\n", files=others())
    silent(misspelt_key, "---\nTitle: a\n---\n", files=others() | {"hugo.toml": ""})
    silent(misspelt_key, "---\nTitle: a\ntitle: b\n---\n", files=others() | {"hugo.toml": ""})


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [("title", "titel", 1), ("titel", "title", 1), ("date", "dat", 1), ("tags", "tags", 0),
     ("slug", "snug", 1), ("abcd", "badc", 2), ("abc", "xyz", 3), ("", "ab", 2), ("abcdef", "a", 3)],
)  # fmt: skip
def test_edits(one, other, apart):
    edits = misspelt_key.function.__globals__["misspelt"].__globals__["edits"]
    assert edits(one, other, 2) == apart
    assert edits(other, one, 2) == apart


# ---- dates and order -----------------------------------------------------------------------------

dates, order = RULES["front-matter/date"], RULES["front-matter/order"]


@pytest.mark.parametrize(
    "post",
    [
        '{"date": ⟦"2026-02-30"⟧}\n',
        "---\nlastmod: ⟦'2026-13-01T12:00:00Z'⟧\n---\n",
        "---\ndate: ⟦2026-09-31 at noon⟧\n---\n",
        '+++\n[extra]\nupdated_at = ⟦"2025-02-29 08:00:00"⟧\n+++\n',
        "---\ndate:\n  created: ⟦2926-01-01⟧\n---\n",
        "+++\npublishDate = ⟦2126-01-01T00:00:00Z⟧\n+++\n",
    ],
)
def test_dates(post):
    flags(dates, post)


@pytest.mark.parametrize(
    "front",
    [
        "date: 2026-02-30",  # which front-matter/syntax tells
        "date: 0001-01-01T00:00:00Z",  # Hugo's zero
        "date: 2026-1-5\nupdated: 20261345",
        "date: Created\npubDate: 5 May 2026",
        "phone: 2026-13-45-11\npart: 2026-13-45",
        "expiryDate: 2999-12-31\nend_date: 2999-12-31",
        "date: [a]\nupdated: {a: b}",
    ],
)
def test_no_dates(front):
    silent(dates, f"---\n{front}\n---\n")


def test_how_far_ahead_is_an_option():
    silent(dates, "---\ndate: 2126-01-01\n---\n", years_ahead=200)


def test_an_impossible_day_is_told_once():
    document = Document(Source("post.md", '{"date": "2026-02-30"}\n'), (load("preset:hugo"),))
    rule = RULES["front-matter/schema"]
    assert [p.message for p in rule.check(rule.options(), document)] == ["`title` is missing"]


def test_the_order_of_keys():
    flags(order, "---\ntags: a\ncover:\n  title: x\n⟦date⟧: 2026-01-01\ntitle: A\n---\n")
    flags(order, "+++\nb = 1\n⟦a⟧ = 2\n+++\n", keys=["a", "b"])
    silent(order, '{"title": "A", "zzz": 1, "date": "2026-01-01", "tags": ["a"]}\n')
    silent(order, "No front matter.\n")


def test_the_schema_says_how_bad_it_is(tmp_path):
    advice = {"maxLength": 3, "x-severity": "info", "x-message": "titles are short"}
    file = tmp_path / "post.schema.json"
    file.write_text(json.dumps({"properties": {"title": {"type": "string", "allOf": [advice]}}}))
    rule = RULES["front-matter/schema"]

    def said(front: str):
        document = Document(Source("post.md", f"---\n{front}\n---\n"), (load(str(file)),))
        return [(p.severity, p.message) for p in rule.check(rule.options(), document)]

    assert said("title: long") == [("info", "titles are short")]
    assert said("title: [a]") == [(None, "`title` must be text, not a list")]
    assert said("title: abc") == []
