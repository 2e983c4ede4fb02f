"""Derivation by the rules of spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contentlint.spelling.derive import has_ending, is_inflected, is_kin, is_prefixed

BASES = frozenset(
    [
        "stop",
        "commit",
        "refer",
        "manage",
        "happy",
        "optimized",
        "parsed",
        "code",
        "stand",
        "time",
        "box",
        "study",
        "make",
        "change",
        "free",
        "hope",
        "visit",
        "benchmark",
        "like",
        "play",
    ]
)


@pytest.mark.parametrize(
    "word",
    [
        "stopped",
        "stopping",
        "committed",
        "referring",
        "managing",
        "manager",
        "happiness",
        "happily",
        "codes",
        "coder",
        "boxes",
        "studies",
        "studied",
        "makers",
        "changeable",
        "changing",
        "hopeful",
        "hopefully",
        "visiting",
        "visited",
        "benchmarks",
        "benchmarked",
        "stoppable",
        "plays",
        "player",
        "timeless",
    ],
)
def test_by_the_rules(word):
    assert is_inflected(word, BASES.__contains__)


@pytest.mark.parametrize(
    "word",
    [
        "stoped",
        "stoping",
        "managable",
        "happyness",
        "happyly",
        "codeing",
        "boxs",
        "studys",
        "studyed",
        "changable",
    ],
)
def test_against_the_rules(word):
    assert not is_inflected(word, BASES.__contains__)


def test_a_consonant_must_double_if_the_lexicon_doubles_it():
    assert is_inflected("commited", BASES.__contains__)
    assert not is_inflected("commited", (BASES | {"committed"}).__contains__)


@pytest.mark.parametrize("word", ["deoptimized", "preparsed", "microbenchmark", "unhappy"])
def test_prefixes(word):
    assert is_prefixed(word, BASES.__contains__)


@pytest.mark.parametrize("word", ["optimized", "xoptimized", "destop", "pre", ""])
def test_no_prefix(word):
    assert not is_prefixed(word, BASES.__contains__)


@given(st.text(max_size=40))
def test_any_string(word):
    is_inflected(word, BASES.__contains__)
    is_prefixed(word, BASES.__contains__)


def test_one_ending_or_two():
    assert has_ending("changeable", BASES.__contains__)
    assert not has_ending("changeableness", BASES.__contains__)
    assert is_inflected("changeableness", BASES.__contains__)


@pytest.mark.parametrize(
    ("word", "other", "is_one"),
    [
        ("benchmarked", "benchmarks", True),
        ("visitings", "visiting", True),
        ("stopper", "stopping", True),
        ("hopes", "hops", False),
        ("commited", "committed", False),
        ("benchmark", "benchmarks", False),
    ],
)
def test_two_forms_of_a_word(word, other, is_one):
    assert is_kin(word, other, (BASES | {"committed"}).__contains__) == is_one
