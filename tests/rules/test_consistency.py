"""Dialects that a blog mixes, and names whose capitals it sets in two ways."""

import pytest

from contentlint.plugins import bundled
from contentlint.testing import findings, flags, silent

RULES = {rule.id: rule for rule in bundled()}
dialect, brand_case = RULES["consistency/dialect"], RULES["consistency/brand-case"]

AMERICAN = {"content/a.md": "Its behavior, the flavor, our neighbor, favorite, honor.\n" * 4}
BRITISH = {"content/a.md": "Its behaviour, the flavour, our neighbour, favourite, honour.\n" * 4}
WITH_Z = {"content/a.md": "We organized, realized, recognized, customized and minimized it.\n" * 2}


def test_the_minority_of_the_blog_is_reported():
    (found,) = flags(dialect, "I like the ⟦behaviour⟧ of it.\n", files=AMERICAN)
    assert found.suggestions == ("behavior",)
    assert found.message == "`behaviour` is British, and the blog prefers American spelling"
    (found,) = flags(dialect, "I like the ⟦behavior⟧ of it.\n", files=BRITISH)
    assert found.suggestions == ("behaviour",)
    (found,) = flags(dialect, "It was ⟦organised⟧ so.\n", files=WITH_Z)
    assert found.message == "`organised` has s, and the blog prefers z"
    silent(dialect, "I like the behavior of it.\n", files=AMERICAN)


def test_endings_in_ize_are_a_question_of_their_own():
    silent(dialect, "The colour of the behaviour.\n", files=WITH_Z)
    silent(dialect, "It was organized so. It was realised so.\n", files=BRITISH)


def test_a_blog_that_mixes_is_left_alone_unless_a_post_is_clear():
    mixed = {**AMERICAN, "content/b.md": BRITISH["content/a.md"]}
    silent(dialect, "I like the behaviour of it.\n", files=mixed)
    post = "The flavor of our neighbor, a favorite, does me honor; I favor his ⟦humour⟧.\n"
    silent(dialect, post.replace("⟦", "").replace("⟧", ""), files=mixed)
    flags(dialect, post.replace("his", "a laborer's"), files=mixed)


def test_a_word_that_is_written_both_ways_is_told_once():
    (found,) = flags(dialect, "It is specialized, and then ⟦specialised⟧, and customised.\n")
    assert found.message == "`specialised` has s, and the post also writes z"
    flags(dialect, "The ⟦flavor⟧, the flavour and the flavour of it.\n")
    silent(dialect, "The flavor and its behaviour.\n")


def test_a_whole_post_in_the_other_dialect_is_meant():
    silent(dialect, "The behaviour, the flavour and the humour of it.\n", files=AMERICAN)
    flags(dialect, "The ⟦behaviour⟧ and the ⟦flavour⟧ of it.\n", files=AMERICAN)


def test_the_configuration_decides():
    post = "It is ⟦organised⟧, but the ⟦color⟧ is not, nor the flavour.\n"
    flags(dialect, post.replace("color", "humor"), dialect="oxford")
    flags(dialect, "The ⟦flavour⟧ is ⟦organised⟧.\n", dialect="american")
    flags(dialect, "The ⟦flavor⟧ is ⟦organized⟧.\n", dialect="british")


@pytest.mark.parametrize(
    "post",
    [
        "The Labour Party meets at Sydney Harbour; see the Behaviour Act.\n",
        '> The behaviour of it.\n\nHe said “the behaviour of it” and "the behaviour".\n',
        "See `behaviour`, behaviour.md, /behaviour, #behaviour, behaviour_of and behaviour-x.\n",
        "We advertise an exercise in exorcising a surprise, and merchandising it wisely.\n",
        "The analyses were cancelled, as a grey judgement of the theatre.\n",
        "Their four hours there are yours: pour and tour, contour and glamour.\n",
        "---\nlang: de\n---\n\nDas behaviour.\n",
    ],
)
def test_what_is_no_question_of_dialect(post):
    silent(dialect, post, files={**AMERICAN, "content/b.md": WITH_Z["content/a.md"]})


def test_words_of_programs_are_american_everywhere():
    silent(dialect, "Set the color, then initialize it.\n", dialect="british")


def test_a_word_of_the_vocabulary_is_right():
    silent(dialect, "The behaviour.\n", files=AMERICAN, settings={"vocabulary": ("behaviour",)})


# ---- brands ------------------------------------------------------------------------------------

BLOG = {"content/a.md": "Use JavaScript on GitHub, and the MoonFridge on an iPhone.\n" * 12}


@pytest.mark.parametrize("name", ["Javascript", "Github", "Moonfridge", "JavaScripT"])
def test_a_name_that_the_blog_writes_otherwise(name):
    (found,) = flags(brand_case, f"I like *⟦{name}⟧*'s ways.\n", files=BLOG)
    assert found.suggestions[0].lower() == name.lower()
    assert found.suggestions[0] in BLOG["content/a.md"]


@pytest.mark.parametrize(
    "post",
    [
        "Use JavaScript, GitHub, MoonFridge and iPhone.\n",
        "# JAVASCRIPT ON GITHUB\n\nIPhone is the first word.\n",
        "Use `Github`, Github.com, @Github, /Github, Github_x, Github-x and Github/Github.\n",
        "Type github or moonfridge, which may be commands.\n",
        "Use Postgresql, which this blog writes nowhere else.\n",
    ],
)
def test_what_is_right_in_another_form(post):
    silent(brand_case, post, files=BLOG)


def test_small_letters_are_a_slip_in_a_blog_that_has_the_name_often():
    often = {"content/a.md": "It is on GitHub.\n" * 40}
    flags(brand_case, "It is on ⟦github⟧, and not on “github”.\n", files=often)


def test_a_blog_that_is_not_sure_is_left_alone():
    both = {**BLOG, "content/b.md": "Use Javascript. Use Javascript, too.\n"}
    silent(brand_case, "Use Javascript.\n", files=both)


def test_a_name_of_the_vocabulary_is_right_in_any_case():
    silent(brand_case, "Use Github.\n", files=BLOG, settings={"vocabulary": ("github",)})


def test_places_are_exact():
    (found,) = findings(brand_case, "\ufeffİ 😀 é\r\nthe Github\r\n", files=BLOG)
    assert (found.line, found.column, found.end_column) == (2, 5, 11)
