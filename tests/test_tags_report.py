"""The command `contentlint tags`."""

import json

import pytest

TAGS = ["Heat Pump, Dryer", "heat-pump", "Heat Pump, Dishwasher", "Dishwasher", "Dishwasher"]


@pytest.fixture(autouse=True)
def _blog(tmp_path, monkeypatch):
    for number, tags in enumerate([*TAGS, "Dishwahser"]):
        (tmp_path / f"{number}.md").write_text(f"---\ntags: [{tags}]\n---\n")
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)


TABLE = """\
tags: 4 terms, 1 other spelling, 2 used once
    3  Dishwasher
    2  Heat Pump
    1    = heat-pump
    1  Dishwahser  (a slip of Dishwasher?)
    1  Dryer
"""


def test_tags_are_shown_with_their_counts_and_spellings(contentlint):
    assert contentlint("tags") == (0, TABLE, "")
    assert contentlint("tags", "0.md") == (0, TABLE, ""), "the blog of a post is the whole blog"


def test_programs_get_json(contentlint):
    status, out, err = contentlint("tags", "--output-format", "json")
    assert (status, err) == (0, "")
    (tags,) = json.loads(out)["taxonomies"]
    assert (tags["taxonomy"], tags["language"]) == ("tags", "en")
    assert tags["terms"][1] == {
        "name": "Heat Pump",
        "posts": 2,
        "variants": [{"name": "heat-pump", "posts": 1}],
        "looks_like": None,
        "used_once": False,
    }
    assert tags["terms"][2]["looks_like"] == "Dishwasher"


def test_languages_are_told_apart(contentlint, tmp_path):
    (tmp_path / "de.md").write_text("---\nlang: de\ntags: [dryer]\n---\n")
    _, out, _ = contentlint("tags")
    assert "tags (de): 1 term, 0 other spellings, 1 used once\n    1  dryer\n" in out
    assert "tags (en): 4 terms" in out


def test_a_blog_without_tags(contentlint, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    (empty / ".git").mkdir()
    (empty / "a.md").write_text("No tags.\n")
    assert contentlint("tags", "empty") == (0, "", "contentlint: no tags here\n")


def test_no_post_sends_control_characters_to_the_terminal(contentlint, tmp_path):
    (tmp_path / "evil.md").write_text('---\ntags: ["\\e[31mred"]\n---\n')
    assert "\x1b" not in contentlint("tags")[1]
