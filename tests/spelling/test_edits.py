"""What slips cost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contentlint.spelling import edits
from contentlint.spelling.edits import FAR, cost


@pytest.mark.parametrize(
    ("typed", "meant", "price"),
    [
        ("house", "house", 0),
        ("teh", "the", edits.TRANSPOSED),
        ("untill", "until", edits.DOUBLED),
        ("begining", "beginning", edits.DOUBLED),
        ("definately", "definitely", edits.VOWEL),
        ("govement", "govenment", edits.MISSING),
        ("dont", "don't", edits.APOSTROPHE),
        ("tge", "the", edits.CLOSE),
        ("refuigerator", "refrigerator", edits.REPLACED),
        ("ehouse", "house", edits.EXTRA + edits.FIRST_LETTER),
        ("ohuse", "house", edits.TRANSPOSED + edits.FIRST_LETTER),
        ("words", "word", edits.EXTRA + edits.LAST_LETTER),
        ("acomodate", "accommodate", 2 * edits.DOUBLED + edits.FURTHER),
    ],
)
def test_the_cheapest_way(typed, meant, price):
    assert cost(typed, meant, 9) == pytest.approx(price)


@pytest.mark.parametrize(
    ("typed", "meant"), [("cat", "horse"), ("teh", "refrigerator"), ("", "house")]
)
def test_another_word_is_far(typed, meant):
    assert cost(typed, meant, 3) == FAR


_WORDS = st.text("abcde'", max_size=9)


@given(_WORDS, _WORDS, st.floats(0, 12))
def test_the_limit_cuts_and_never_changes_a_cost(typed, meant, limit):
    full, cut = cost(typed, meant, 90), cost(typed, meant, limit)
    assert cut == (full if full <= limit else FAR)
    assert (full == 0) == (typed == meant)


@given(st.text(), st.text())
def test_any_strings(typed, meant):
    assert 0 <= cost(typed, meant, 5) <= FAR
