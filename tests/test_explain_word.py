"""What `contentlint explain-word` and `check --verbose` tell of a word."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from contentlint import config, explain_word, wordlist
from contentlint.spelling.lexicon import key
from contentlint.spelling.reason import slip
from contentlint.spelling.weights import WEIGHTS


@pytest.fixture
def blog(tmp_path, monkeypatch):
    """A small blog, which is the working directory."""
    folder = tmp_path / "blog"
    (folder / "posts").mkdir(parents=True)
    (folder / ".git").mkdir()
    (folder / "posts" / "post.md").write_text("The refuigerator hums.\n\nFrobnizr, a frobnizr\n")
    (folder / "posts" / "other.md").write_text("The Frobnizr hums.\n")
    monkeypatch.chdir(folder)
    return folder


# ---- explain-word ------------------------------------------------------------------------------


def test_a_word_by_itself(blog, contentlint):
    status, out, err = contentlint("explain-word", "refuigerator")
    assert (status, err) == (0, "")
    assert out == (
        "refuigerator\n"
        "  is not in the dictionary\n"
        "\n"
        "in the middle of a sentence: error\n"
        "  not in the dictionary; `refrigerator` is one wrong letter away and common\n"
        + re.search(r"  feature .*", out, re.DOTALL)[0]
    )
    assert re.search(r"^  likeness of +\d\.\d\d   refrigerator$", out, re.MULTILINE)


def test_the_products_are_right_and_add_up_to_the_score(blog, contentlint):
    out = contentlint("explain-word", "Kuberntes")[1]
    rows = re.findall(r"^  (\w+) +(-?[\d.]+) +(-?[\d.]+) +(-?[\d.]+)$", out, re.MULTILINE)
    assert "as_name" in [name for name, *_ in rows]
    for name, value, weight, product in rows:
        assert float(weight) == getattr(WEIGHTS, name)
        assert float(product) == pytest.approx(float(value) * float(weight), abs=0.02)
    (total,) = re.findall(r"^  score +(-?[\d.]+)   \(warning from", out, re.MULTILINE)
    assert sum(float(product) for *_, product in rows) == pytest.approx(float(total), abs=0.03)


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("house", "  is in the dictionary, so it is never called misspelt\n"),
        ("House’s", "  is in the dictionary, so it is never called misspelt\n"),
        ("don't", "  is in the dictionary, so it is never called misspelt\n"),
        ("ERQP", "  is not judged, like abbreviations, words with digits and known words"),
        ("k8s", "  is not judged, like abbreviations, words with digits and known words"),
        ("teh", "  is a known misspelling of the\n"),
        ("Teh's", "  is a known misspelling of the\n"),
        ("xqzzk", "  no word is like it, so it is not reported\n"),
    ],
)
def test_what_decides_without_a_score(blog, contentlint, word, told):
    status, out, _ = contentlint("explain-word", word)
    assert status == 0
    assert told in out


def test_in_a_file_each_context_is_told_with_its_places(blog, contentlint):
    status, out, _ = contentlint("explain-word", "frobnizr", "posts/post.md")
    assert status == 0
    assert re.findall(r"^(posts.*): (\w+)$", out, re.MULTILINE) == [
        ("posts/post.md:3:1", "fine"),
        ("posts/post.md:3:13", "fine"),
    ]
    assert "used 3 times in the blog, in 2 posts" in out
    (blog / "posts" / "post.md").write_text("A frobnizr is a frobnizr.\n")
    out = contentlint("explain-word", "frobnizr", "posts/post.md")[1]
    assert "posts/post.md:1:3, posts/post.md:1:17: fine\n" in out


def test_a_word_that_is_not_in_the_file_is_judged_for_its_blog(blog, contentlint):
    out = contentlint("explain-word", "refuigerator", "posts/other.md")[1]
    assert "  is not in the prose of that file, or is not judged there\n" in out
    assert "used once in the blog" in out


def test_where_a_word_is_written_down_is_told(blog, contentlint):
    (blog / "contentlint.toml").write_text('vocabulary = ["Refuigerator"]\n')
    (blog / "contentlint-vocabulary.txt").write_text("# ours\nrefuigerator-ish\n")
    out = contentlint("explain-word", "refuigerator")[1]
    assert "written down as right at contentlint.toml:1:16, so it is not reported" in out
    assert "written down as right at contentlint-vocabulary.txt:2:1, so it is not reported" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "explain which word? See contentlint explain-word --help"),
        (["a", "b", "c"], "explain which word? See contentlint explain-word --help"),
        (["heat pump"], "`heat pump`: a word has no blank in it; list each word by itself"),
        ([""], "``: this entry is empty; take it out"),
        (["heat-pumpify"], "`heat-pumpify` is read as heat and pumpify; ask for one of them"),
        (["a", "posts/past.md"], "posts/past.md: no such file or folder; did you mean"),
        (["a", "posts"], "posts: is no post; name one"),
        (["a", "style.css"], "style.css: is no post; name one"),
    ],
)
def test_what_cannot_be_explained_is_refused(blog, contentlint, arguments, said):
    (blog / "style.css").touch()
    status, out, err = contentlint("explain-word", *arguments)
    assert (status, out) == (2, "")
    assert err.startswith(f"contentlint: {said}")
    assert err.count("\n") == 1


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=12))
@example("'s")
def test_any_word_can_be_explained(word):
    if wordlist.complain(word):
        return
    errors: list[str] = []
    page = explain_word.page(word, config.defaults([], "/"), None, errors)
    assert page.startswith((word, word.removesuffix("'s"), word.removesuffix("’s")))
    assert errors == []


# ---- reasons -----------------------------------------------------------------------------------

WHY = "not in the dictionary; `refrigerator` is one wrong letter away and common; used once in the blog"


def test_reasons_are_told_to_those_who_ask(blog, contentlint):
    status, plain, _ = contentlint("posts/post.md")
    assert (status, plain.count("\n")) == (1, 1)
    for option in ("-v", "--verbose"):
        assert contentlint(option, "posts/post.md")[:2] == (1, f"{plain}  why: {WHY}\n")
    assert contentlint("-v", "--output-format", "concise", "posts/post.md")[1] == plain


def test_reasons_are_in_json_if_asked_for(blog, contentlint):
    for option, reason in ((["-v"], WHY), ([], None)):
        report = json.loads(contentlint("--output-format", "json", *option, "posts/post.md")[1])
        assert [finding["reason"] for finding in report["findings"]] == [reason]


@pytest.mark.parametrize(
    ("post", "why"),
    [
        ("We recieve it.\n", "on the list of known misspellings; `receive` is two swapped letters"),
        ("It is andmore.\n", "`and more` is a blank away and made of common words"),
        ("We heatpumpify it.\n\n" * 6 + "They heatpumpfy it.\n", "and one of the blog's own words"),
    ],
)
def test_the_reason_names_what_was_probably_meant(blog, contentlint, post, why):
    (blog / "posts" / "post.md").write_text(post)
    assert why in contentlint("-v", "--select", "typos/misspelling", "posts/post.md")[1]


def test_a_reading_that_is_written_down_is_told_as_such(blog, contentlint):
    (blog / "contentlint-vocabulary.txt").write_text("heatpumpify\n")
    (blog / "posts" / "post.md").write_text("We heatpumpfy it.\n")
    assert "`heatpumpify` is one missing letter away and listed as right" in contentlint("-v")[1]


@pytest.mark.parametrize(
    ("typed", "meant", "what"),
    [
        ("dont", "don't", "an apostrophe"),
        ("alot", "a lot", "a blank"),
        ("email", "e-mail", "a hyphen"),
        ("kitchn", "kitchen", "one missing letter"),
        ("kitche", "kitchen", "one missing letter"),
        ("thee", "the", "one extra letter"),
        ("xthe", "the", "one extra letter"),
        ("thr", "the", "one wrong letter"),
        ("teh", "the", "two swapped letters"),
        ("refigerater", "refrigerator", "a few letters"),
        ("", "a", "one missing letter"),
    ],
)
def test_slips_have_names(typed, meant, what):
    assert slip(key(typed), key(meant)) == what
