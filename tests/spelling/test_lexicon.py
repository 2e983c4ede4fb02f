"""The lexicon file: what it knows, and that it holds no surprises."""

import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contentlint.spelling import Lexicon
from contentlint.spelling.edits import FAR, LEAST, cost
from contentlint.spelling.forms import is_varied
from contentlint.spelling.lexicon import (
    KNOWN,
    MISSPELT,
    NAME,
    PATH,
    TERM,
    VARIED,
    key,
    limits,
    pack_spelling,
    unpack_spelling,
    without_accents,
)

LEXICON = Lexicon()
FREE = [[0.0] * 4] * 7  # whatever the slip is
USUAL_WORDS = """
    the and about people because government website definitely which their receive separate accommodate
    occurrence kubernetes library necessary rhythm queue yield don't café tomorrow embarrass
"""


@pytest.mark.parametrize(
    "words",
    [
        "the house refrigerator houses went best marzipan",
        "colour color specialise specialize theatre theater cheque tyre jewellery program programme",
        "don't isn't o'clock it'll",
        "café cafe naive jalapeño",
        "paris portugal elizabeth github javascript kubernetes",
        "wont cant ill its lets were shed well hell",
        "website codebase hostname podcast localhost namespace",
    ],
)
def test_words_are_known(words):
    assert [word for word in words.split() if not LEXICON.is_known(word)] == []


@pytest.mark.parametrize("word", ["teh", "refuigerator", "dont", "xqzzk", "", " ", "!", "?", "\n"])
def test_others_are_not(word):
    assert not LEXICON.is_known(word)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("teh", "the"),
        ("recieve", "receive"),
        ("occured", "occurred"),
        ("seperate", "separate"),
        ("dont", "don't"),
        ("didnt", "didn't"),
        ("wasnt", "wasn't"),
        ("youre", "you're"),
        ("thats", "that's"),
        ("alot", "a lot"),
        ("atleast", "at least"),
        ("feedbacks", "feedback"),
        ("todays", "today's"),
    ],
)
def test_the_list_of_misspellings(wrong, right):
    entry = LEXICON.entry(wrong)
    assert entry is not None
    assert entry.flags & MISSPELT
    assert entry.spellings == (right,)


@pytest.mark.parametrize(
    ("word", "spelling"),
    [("github", "GitHub"), ("javascript", "JavaScript"), ("graphql", "GraphQL")],
)
def test_names_keep_their_spelling(word, spelling):
    entry = LEXICON.entry(word)
    assert entry is not None
    assert entry.flags & NAME
    assert entry.spellings == (spelling,)


def test_frequency_tells_usual_words_from_rare_ones():
    words = ["the", "house", "marzipan", "algebraical"]
    entries = [entry for word in words if (entry := LEXICON.entry(word))]
    assert len(entries) == len(words)
    frequencies = [entry.frequency for entry in entries]
    assert frequencies == sorted(frequencies, reverse=True)
    assert 7 < frequencies[0] < 8


def test_every_entry_is_found_again_and_makes_sense():
    count = 0
    for entry in LEXICON:
        count += 1
        assert LEXICON.entry(entry.word) == entry
        assert key(entry.word) == entry.word
        assert 0 <= entry.frequency < 8
        assert not (entry.flags & MISSPELT and entry.flags & (KNOWN | TERM | NAME))
        if entry.flags & MISSPELT:
            assert 1 <= len(entry.spellings) <= 5
            assert entry.word not in entry.spellings
        else:
            spellings = [without_accents(key(spelling)) for spelling in entry.spellings]
            assert spellings in ([], [without_accents(entry.word)])
    assert count > 200_000


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("refuigerator", "refrigerator"),
        ("teh", "the"),
        ("yeild", "yield"),
        ("bnana", "banana"),
        ("definitly", "definitely"),
        ("refigerater", "refrigerator"),
        ("dont", "don't"),
        ("permalings", "permalinks"),
        ("indegatigable", "indefatigable"),
    ],
)
def test_like_finds_what_was_meant(word, meant):
    assert meant in [near for _, near in LEXICON.like(word, 3, limits(0.0, FREE))]


def test_like_gives_the_most_usual_words_first_and_none_below_the_floor():
    frequencies = [frequency for frequency, _ in LEXICON.like("hoose", 2, limits(3.0, FREE))]
    assert frequencies == sorted(frequencies, reverse=True)
    assert frequencies[-1] >= 3.0


@st.composite
def misspelt(draw):
    """A usual word with one or two slips in it."""
    word = list(draw(st.sampled_from(USUAL_WORDS.split())))
    for _ in range(draw(st.integers(1, 2))):
        at = draw(st.integers(0, len(word) - 1))
        letter = draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz'é"))
        slips = [[letter], [word[at], letter], [word[at], word[at]], [], word[at : at + 2][::-1]]
        kind = draw(st.sampled_from(range(len(slips))))
        word[at : at + (2 if kind == 4 else 1)] = slips[kind]
        word = word or [letter]
    return "".join(word)


@given(misspelt(), st.floats(0.0, 6.0))
def test_prices_leave_out_what_costs_too_much_and_nothing_else(word, floor):
    """What slips cost at least is never more than what they cost."""
    likely = [
        (frequency, near)
        for frequency, near in LEXICON.like(word, 3, limits(0.0, FREE))
        if frequency - cost(word, near, FAR) >= floor
    ]
    found = LEXICON.like(word, 3, limits(floor, LEAST))
    assert [one for one in found if one in likely] == likely


@given(st.text())
def test_any_string_can_be_looked_up(word):
    LEXICON.is_known(word)
    LEXICON.entry(word)
    LEXICON.like(word, 2, limits(0.0, FREE))
    key(word)


_WORDS = st.text("abcdefghijklmnopqrstuvwxyzé' ", max_size=30)


@given(_WORDS.filter(lambda word: " " not in word), _WORDS)
def test_packing_a_spelling_loses_nothing(word, spelling):
    assert unpack_spelling(word, pack_spelling(word, spelling)) == spelling


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Don’t", "don't"),
        ("co\u00adoperate", "cooperate"),
        ("cafe\u0301", "café"),
        ("oﬃce", "office"),
    ],
)
def test_key_folds_what_only_looks_different(written, plain):
    assert key(written) == plain


def test_another_file_is_refused(tmp_path):
    path = tmp_path / "lexicon.bin"
    path.write_bytes(b"something else, long enough to have a header")
    with pytest.raises(ValueError, match="no lexicon"):
        Lexicon(str(path))


def test_usual_words_are_fine_and_not_varied():
    usual = LEXICON.usual_words()
    assert len(usual) > 10_000
    assert {LEXICON.flags(word) & (KNOWN | VARIED) for word in usual} == {KNOWN}


def test_the_file_is_small():
    assert os.path.getsize(PATH) < 8_000_000


def test_heavy_modules_stay_out():
    heavy = {"argparse", "dataclasses", "difflib", "importlib.resources", "json", "lzma", "numpy"}
    code = "import sys, contentlint.spelling as s; s.Lexicon().is_known('the'); print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert heavy.isdisjoint(loaded)


def test_words_that_have_another_form_are_marked():
    """What is marked in the file is what the code takes for it: after a change, rebuild the file."""
    wrong = [
        entry.word
        for entry in LEXICON
        if entry.flags & KNOWN and is_varied(entry.word, LEXICON) != bool(entry.flags & VARIED)
    ]
    assert wrong == []
    assert {"colour", "flavor", "specialise", "github"} <= {
        entry.word for entry in LEXICON if entry.flags & VARIED
    }
