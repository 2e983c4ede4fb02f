"""Which words depend on the dialect, and where they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contentlint.spelling import Lexicon, candidates, dialect, forms
from contentlint.spelling.dialects import Spelling
from contentlint.words import cut, tokens

LEXICON = Lexicon()


@pytest.mark.parametrize(
    ("american", "british"),
    [
        ("flavor", "flavour"),
        ("favorites", "favourites"),
        ("neighborhood", "neighbourhood"),
        ("fiber", "fibre"),
        ("centered", "centred"),
        ("kilometers", "kilometres"),
        ("analyze", "analyse"),
        ("defense", "defence"),
        ("traveling", "travelling"),
        ("enroll", "enrol"),
        ("skillful", "skilful"),
        ("skeptical", "sceptical"),
        ("maneuver", "manoeuvre"),
        ("anemia", "anaemia"),
        ("pajamas", "pyjamas"),
    ],
)
def test_the_two_spellings_of_a_word(american, british):
    assert dialect(american, LEXICON) == Spelling("american", "color", british)
    assert dialect(british, LEXICON) == Spelling("british", "color", american)


@pytest.mark.parametrize(
    "word", ["apologize", "specialized", "realizing", "optimization", "organizers", "recognizable"]
)
def test_endings_in_ize(word):
    other = word.replace("iz", "is")
    assert dialect(word, LEXICON) == Spelling("american", "organize", other)
    assert dialect(other, LEXICON) == Spelling("british", "organize", word)


OF_BOTH = """
    advertise exercise surprised comprises revision televised merchandising wisely prize seize
    promise premises capsized raise analyses paralysis four hour tour contour glamour meter tire
    program practice license grey cancelled catalogue theatre house colourx teh
"""


@pytest.mark.parametrize("word", OF_BOTH.split())
def test_words_of_both(word):
    assert dialect(word, LEXICON) is None


def found_in(text):
    candidates(text, cut(text), tokens(text), LEXICON)
    return forms(text, text, text.lower(), tokens(text), LEXICON)


@pytest.mark.parametrize("word", ["color", "initialize"])
def test_what_programs_are_made_of_is_of_both(word):
    assert dialect(word, LEXICON) is None


def test_forms_and_their_places():
    text = "Honor it; the honor of GitHub, Github's and GITHUB; see github.com, #honor.\n"
    assert found_in(text) == (
        ("GITHUB", (44,)),
        ("GitHub", (23,)),
        ("Github", (31,)),
        ("honor", (14,)),
    )


@given(st.text("honrGitHub's \n\"“”>-é.", max_size=60))
def test_a_form_stands_where_it_is_said_to(text):
    mask = text.replace("é", "\0")
    for form, starts in found_in(mask):
        assert all(mask.startswith(form, start) for start in starts)
        assert list(starts) == sorted(set(starts))
