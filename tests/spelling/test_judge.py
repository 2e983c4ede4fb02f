"""Typos that people make, words that only look like them, and the blog's say in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contentlint.spelling import Judge, Lexicon, Usage, Vocabulary, listed_words
from contentlint.spelling.edits import LEAST
from contentlint.spelling.lexicon import MISSPELT, Entry
from contentlint.spelling.meanings import COST_WEIGHT
from contentlint.spelling.model import ERROR, LIKELIEST, LIKELIEST_LISTED, WARNING, score
from contentlint.spelling.unknown import (
    ALL_CAPS,
    APART,
    BESIDE_NAME,
    BOUND,
    CAPITALISED,
    CROWDED,
    CURLY,
    HYPHENATED,
    INNER_CAPS,
    QUOTED,
    SENTENCE_START,
    TITLE_LINE,
)

LEXICON = Lexicon()
NOBODY = Entry("", 0, 0.0, ())
START = CAPITALISED | SENTENCE_START


SAMPLE = """
    teh becuase refuigerator condtions tothe kubernets dont thsi feedbacks standups preparsed
    reissuance Nenadic GrimoireLab torrijas xqzzk heatpump gperf andl hackathons funders Bunn
    Fournier permalings qualitatitave Unversity Amazoned
"""


def judge(word, context=0, blog=(), names=()):
    """Judge a word of a blog with these words in its posts, and in one post itself."""
    return Judge(LEXICON, Vocabulary.of([[word], *blog], names)).judge(word, context)


@pytest.mark.parametrize(
    ("typo", "context", "right"),
    [
        ("teh", 0, "the"),
        ("refuigerator", 0, "refrigerator"),
        ("Dont", START, "Don't"),
        ("Dont", START | CURLY, "Don’t"),
        ("wouldnt", 0, "wouldn't"),
        ("Thsi", START, "This"),
        ("becuase", 0, "because"),
        ("definitly", 0, "definitely"),
        ("acomodate", 0, "accommodate"),
        ("refigerater", 0, "refrigerator"),
        ("condtions", 0, "conditions"),
        ("archetecture", 0, "architecture"),
        ("measurment", 0, "measurement"),
        ("kitchn", 0, "kitchen"),
        ("andmore", 0, "and more"),
        ("tothe", 0, "to the"),
        ("alot", 0, "a lot"),
        ("Javascirpt", CAPITALISED, "JavaScript"),
        ("elizabth", 0, "Elizabeth"),
        ("IMPORTNAT", ALL_CAPS, "IMPORTANT"),
        ("feedbacks", 0, "feedback"),
        ("todays", 0, "today's"),
        ("Thats", START, "That's"),
        ("permalings", 0, "permalinks"),
        ("Unversity", CAPITALISED, "University"),
        ("TThe", INNER_CAPS, "The"),
    ],
)
def test_typos(typo, context, right):
    verdict = judge(typo, context)
    assert verdict is not None
    assert verdict.suggestions[0] == right
    assert verdict.score == pytest.approx(score(verdict.features))
    assert verdict.severity == ("error" if verdict.score >= ERROR else "warning")


@pytest.mark.parametrize(
    ("word", "context"),
    [
        ("standups", 0),
        ("deoptimized", 0),
        ("preparsed", 0),
        ("reissuance", 0),
        ("Nenadic", CAPITALISED),
        ("Förstner", CAPITALISED),
        ("Chandika", CAPITALISED),
        ("GrimoireLab", INNER_CAPS),
        ("notBefore", INNER_CAPS),
        ("torrijas", CROWDED),
        ("xqzzk", 0),
        ("govie", QUOTED),
        ("Bunn", CAPITALISED | BESIDE_NAME),
        ("gperf", APART),
        ("macrotasks", 0),
        ("heatpump", 0),
        ("arpeggiated", 0),
        ("firewalled", 0),
        ("relatedly", 0),
    ],
)
def test_no_typos(word, context):
    assert judge(word, context) is None


def test_a_word_of_several_posts_is_no_typo():
    assert judge("deisgn") is not None
    assert judge("sparkplugg", blog=[["sparkplugg"]] * 8) is None


def test_a_known_misspelling_is_one_however_often_it_is_written():
    verdict = judge("recieve", blog=[["recieve"] * 20, ["recieve"]])
    assert verdict is not None
    assert verdict.certain


def test_what_the_blog_often_writes_may_have_been_meant():
    assert judge("GrimoreLab", INNER_CAPS) is None
    verdict = judge("GrimoreLab", INNER_CAPS, blog=[["GrimoireLab"] * 3] * 12)
    assert verdict is not None
    assert verdict.suggestions[0] == "GrimoireLab"


def test_a_listed_word_may_have_been_meant_though_nobody_uses_it_yet():
    listed = listed_words(["Frobnizer"])
    (verdict, without) = (
        Judge(LEXICON, Vocabulary.of([["Frobnzier"]], (), words)).judge("Frobnzier", CAPITALISED)
        for words in (listed, None)
    )
    assert verdict is not None
    assert verdict.suggestions[0] == "Frobnizer"
    assert without is None


def test_a_listed_word_that_the_lexicon_knows_changes_nothing():
    for word, typo in (("Kubernetes", "Kuberntes"), ("refrigerator", "refuigerator")):
        vocabulary = Vocabulary.of([[typo]], (), listed_words([word]))
        assert Judge(LEXICON, vocabulary).judge(typo) == judge(typo)


def test_a_misspelling_that_the_blog_repeats_is_never_suggested():
    verdict = judge("programmaticly", blog=[["programatically"] * 3] * 3)
    assert verdict is not None
    assert "programatically" not in verdict.suggestions


def test_a_name_of_people_is_excused_where_it_is_capitalised():
    person, _ = Judge(LEXICON, Vocabulary({})).features("Marchand", CAPITALISED)
    thing, _ = Judge(LEXICON, Vocabulary({})).features("marchand", 0)
    assert (person.person, thing.person) == (1, 0)
    assert judge("Cardona", CAPITALISED) is None
    assert judge("cardona") is not None


def test_a_word_in_tags_or_authors_is_excused():
    assert judge("Bording", START) is not None
    assert judge("Bording", START, names=["Ada Bording"]) is None


@pytest.mark.parametrize(
    ("word", "context", "certain"),
    [
        ("recieve", 0, True),
        ("Recieve", START, False),  # a name, perhaps
        ("recieve", BOUND, False),
        ("recieve", APART, False),
        ("recieve", QUOTED, False),
        ("recieve", HYPHENATED, False),
        ("teh", 0, True),
        ("wrk", 0, False),  # short, and not only swapped
        ("Dont", START, True),
        ("Recieve", CAPITALISED, False),  # in mid-sentence: a name?
        ("Winn", START, False),
        ("refuigerator", 0, False),  # not on the list
        ("gaurd", 0, False),  # guard or gourd
        ("feedbacks", 0, False),  # these feedbacks, this feedback
    ],
)
def test_only_the_list_is_certain(word, context, certain):
    verdict = judge(word, context)
    assert (verdict is not None and verdict.certain) == certain


def test_the_likeliest_reading_is_as_likely_as_the_model_takes_it_to_be():
    most = max(entry.frequency for entry in LEXICON)
    assert most - COST_WEIGHT * min(map(min, LEAST)) <= LIKELIEST
    judged = Judge(LEXICON, Vocabulary({}))
    for word in ("teh", "hte", "tthe", "th'e", "andthe", "ofthe", "thatthe"):
        _, meant = judged.features(word)
        listed = (LEXICON.entry(word) or NOBODY).flags & MISSPELT
        assert meant[0].likeness <= (LIKELIEST_LISTED if listed else LIKELIEST)


def test_words_on_the_list_that_are_words_all_the_same_are_not_flagged():
    for word in ("calender", "wether", "planed", "handel", "wont", "cant", "lets"):
        assert LEXICON.is_known(word)


_TYPOS = ["teh", "becuase", "refuigerator", "condtions", "tothe", "kubernets", "dont", "thsi"]


@given(st.sampled_from(_TYPOS), st.sampled_from([str.upper, str.capitalize, str.lower]))
def test_suggestions_keep_the_case(typo, style):
    verdict = judge(style(typo), START if style is str.capitalize else 0)
    assert verdict is not None
    assert 1 <= len(verdict.suggestions) <= 5
    assert len(set(verdict.suggestions)) == len(verdict.suggestions)
    for suggestion in verdict.suggestions:
        assert suggestion != style(typo)
        if style is not str.lower:
            assert suggestion == style(suggestion) or suggestion[:1].isupper()
        if style is str.upper:
            assert suggestion.isupper()


@given(st.text(), st.integers(0, 255))
def test_any_string_can_be_judged(word, context):
    verdict = judge(word, context)
    assert verdict is None or verdict.score >= WARNING


@pytest.mark.parametrize("word", ["x" * 100_000, "zq" * 30, "é" * 60, "'" * 60])
def test_long_strings_are_judged_quickly(word):
    assert judge(word) is None


def test_vocabulary_counts_posts_and_uses():
    vocabulary = Vocabulary.of([["Foo", "foo", "Bar"], ["Foo"]], ["Ada B. Lovelace"])
    assert vocabulary.usage("foo") == Usage(2, 3, "Foo")
    assert vocabulary.usage("bar") == Usage(1, 1, "Bar")
    assert vocabulary.usage("baz") is None
    assert vocabulary.named == {"ada", "b", "lovelace"}
    assert [entry.word for entry in vocabulary.like("foos")] == ["foo"]


@pytest.mark.parametrize(
    ("word", "feature", "value"),
    [
        ("chipset", "plural", 1),
        ("refuigerator", "plural", 0),
        ("gperf", "added", 1),
        ("refuigerator", "added", 0),
        ("unparallelled", "prefixed", 1),
        ("recieve", "quoted", 0),  # known misspellings are no words of somebody
        ("refuigerator", "quoted", 1),
    ],
)
def test_features(word, feature, value):
    features, _ = Judge(LEXICON, Vocabulary({})).features(word, QUOTED)
    assert getattr(features, feature) == value


@pytest.mark.parametrize(
    "context",
    [CROWDED, QUOTED, APART, CAPITALISED | BESIDE_NAME],
    ids=["crowd", "quotes", "markup", "name"],
)
def test_what_stands_around_a_word_speaks_for_it(context):
    judged = Judge(LEXICON, Vocabulary({}))
    alone, _ = judged.features("refuigerator", context & CAPITALISED)
    around, _ = judged.features("refuigerator", context)
    assert score(around) < score(alone)


@given(st.sampled_from(SAMPLE.split()), st.integers(0, 2047))
def test_nothing_that_would_be_reported_is_left_out_early(word, context):
    judged = Judge(LEXICON, Vocabulary({}))
    features, meant = judged.features(word, context)
    verdict = judged.judge(word, context)
    assert (verdict is not None) == (bool(meant) and score(features) >= WARNING)
    if verdict is not None:
        assert verdict.features == features


def test_a_title_excuses_capitals_more_than_mid_sentence():
    judged = Judge(LEXICON, Vocabulary({}))
    title, _ = judged.features("Condtions", CAPITALISED | TITLE_LINE)
    middle, _ = judged.features("Condtions", CAPITALISED)
    assert score(title) > score(middle)
