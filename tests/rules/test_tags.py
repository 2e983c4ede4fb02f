"""Tags twice in a post, or written another way than the rest of the blog does."""

import pytest

from contentlint.plugins import bundled
from contentlint.testing import flags, silent
from contentlint.words import tag_key

RULES = {rule.id: rule for rule in bundled()}
duplicate, variant = RULES["tags/duplicate"], RULES["tags/variant"]


@pytest.mark.parametrize(
    "others",
    ["heat pump", "heat-pump", "HeatPump", "Heat Pumps", "heat_pump", "HEAT PUMP"],
)
def test_spellings_of_one_tag(others):
    assert tag_key(others) == tag_key("Heat Pump")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("C", "C++"),
        ("C", "C#"),
        ("React", "Reach"),
        ("CSS", "CS"),
        ("News", "Newt"),
        (".NET", "Net"),
    ],
)
def test_different_tags(one, other):
    assert tag_key(one) != tag_key(other)


@pytest.mark.parametrize(
    "post",
    [
        "---\ntags:\n- Dryer\n- ⟦Dryer⟧\n---\n",
        "---\ntags: [Dryer, Oven, ⟦dryers⟧]\ncategories: [Dryer]\n---\n",
        '+++\ntags = ["a", "⟦A⟧"]\n+++\n',
        '{"tags": ["a", "⟦a⟧"]}\n',
        "---\ncategories: Guides, ⟦guides⟧\n---\n",
    ],
)
def test_duplicates_in_one_post(post):
    flags(duplicate, post)


def test_a_tag_may_be_a_category_too():
    silent(duplicate, "---\ntags: [Dryer]\ncategories: [Dryer]\n---\n")


BLOG = {f"content/{n}.md": "---\ntags: [Heat Pump]\n---\n" for n in range(3)}


def test_the_usual_spelling_is_suggested():
    (found,) = flags(variant, "---\ntags: [⟦heat pump⟧]\n---\n", files=BLOG)
    assert found.suggestions == ("Heat Pump",)
    assert "3 other posts write" in found.message


def test_two_spellings_in_the_only_post_are_duplicates_and_no_variants():
    silent(variant, "---\ntags: [Heat Pump, heat-pump]\n---\n")
    flags(duplicate, "---\ntags: [Heat Pump, ⟦heat-pump⟧]\n---\n")


def test_of_two_posts_only_one_is_told_to_change():
    for own, other, flagged in [
        ("heat-pump", "Heat Pump", True),
        ("Heat Pump", "heat-pump", False),
    ]:
        files = {"content/other.md": f"---\ntags: [{other}]\n---\n"}
        post = f"---\ntags: [{'⟦' * flagged}{own}{'⟧' * flagged}]\n---\n"
        (flags if flagged else silent)(variant, post, files=files)


def test_only_the_minority_is_reported():
    files = {**BLOG, "content/x.md": "---\ntags: [heat pump]\n---\n"}
    silent(variant, "---\ntags: [Heat Pump]\n---\n", files=files)


@pytest.mark.parametrize("value", ["3", "[1, 2]", "{a: b}", "null", "[[nested]]", "''"])
def test_tags_of_other_types_are_the_schemas_business(value):
    silent(duplicate, f"---\ntags: {value}\n---\n")
    silent(variant, f"---\ntags: {value}\n---\n")
