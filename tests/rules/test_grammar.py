"""What is ungrammatical."""

import sys

import pytest

from contentlint.grammar import GrammarOptions
from contentlint.plugins import bundled
from contentlint.testing import findings, flags, mend, silent

RULES = {rule.id: rule for rule in bundled()}
engine = RULES["grammar/engine"]
confused = RULES["grammar/confused-word"]
article = RULES["grammar/article"]
run_on = RULES["grammar/run-on"]
compound = RULES["grammar/compound"]


@pytest.mark.parametrize(
    "post",
    [
        "We ⟦can might⟧ be able to repair it.\n",
        "We *⟦can* might⟧ be able to repair it.\n",
        "😀 The 🧊 ⟦can might⟧ be able to cool.\n",
        "> We are looking forward to\n> ⟦see⟧ it.\n",
        "---\ndescription: We ⟦can might⟧ do it.\n---\n",
    ],
)
def test_the_engine_reads_what_readers_read(post):
    flags(engine, post)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("We are looking forward to see it.\n", "We are looking forward to seeing it.\n"),
        ("We can might repair it.\n", None),  # one of the two
        ("I was looking forward to s*ee* it.\n", None),  # markup would be lost
    ],
)
def test_what_an_engine_is_sure_of_can_be_written(before, after):
    (found,) = findings(engine, before)
    assert (mend(before, [found]) if found.fix else None) == after
    assert not (found.fix and found.fix.safe)


@pytest.mark.parametrize(
    "post",
    [
        "Use `can` might.\n",
        "# We can\n\nMight it be?\n",
        "- we can\n- might\n",
        "| we can | might |\n|---|---|\n",
        "```\nWe can might do it.\n```\n",
        "---\nlang: de\n---\nWe can might do it.\n",
        'He said <span lang="fr">can might</span>.\n\n<p lang="fr">We can might.</p>\n',
        "We can might. <!-- contentlint-disable-line grammar/double-modal -->\n",
        "<!-- contentlint-disable grammar -->\nWe can might.\n",
    ],
)
def test_what_is_no_sentence_or_accepted(post):
    silent(engine, post)


def test_a_finding_has_the_name_of_the_engines_rule():
    (found,) = flags(engine, "We ⟦can might⟧ do it.\n")
    assert found.rule == "grammar/double-modal"
    assert found.suggestions == ("can", "might")
    assert found.message == (
        "two modal verbs in a row are rarely grammatical; remove one; did you mean `can`?"
    )


@pytest.mark.parametrize(
    ("settings", "severities"),
    [
        ({}, ["warning"]),
        ({"severity": {"grammar/double-modal": "error"}}, ["error"]),
        ({"severity": {"grammar": "info"}}, ["info"]),
        ({"ignore": ("grammar/double-modal",)}, []),
        ({"ignore": ("grammar/single-be",)}, ["warning"]),
        ({"select": ("grammar/double-modal",)}, ["warning"]),
        ({"select": ("grammar/engine",)}, ["warning"]),
        ({"select": ("grammar",)}, ["warning"]),
        ({"select": ("grammar/single-be",)}, []),
        ({"grammar": GrammarOptions(engine="off")}, []),
        ({"grammar": GrammarOptions(ignore=("harper:DoubleModal",))}, []),
    ],
)
def test_it_is_configured_by_that_name(settings, severities):
    found = findings(engine, "We can might do it.\n", settings=settings)
    assert [finding.severity for finding in found] == severities


@pytest.mark.parametrize(
    "post",
    [
        "It is ⟦a⟧ easy thing, and this is ⟦an⟧ *big* one.\n",
        "It makes ⟦a⟧\nidea of ⟦an⟧ [user](/u) clear.\n",
        "⟦A⟧ honest answer to the ⟦an⟧ unit.\n",
        "It is ⟦a⟧ unusual, ⟦a⟧ unimportant and ⟦an⟧ unique one, in ⟦an⟧ one-day course.\n",
        "This is ⟦an⟧ URL of ⟦a⟧ XML/HTML page.\n",
        "---\ntitle: How to be ⟦a⟧ editor\n---\n",
        "😀 She has ⟦a⟧ umbrella, is ⟦an⟧ hero and has an herb garden.\n",
    ],
)
def test_articles(post):
    flags(article, post)


@pytest.mark.parametrize(
    "post",
    [
        "It is a `ls`, an `ls`, and an npm package in a SQL or an SQL file by an f-string.\n",
        "In plan a every option a is one, and vitamin a only helps in a way.\n",
        "Take a. Every one of b and c is an lvalue of a rvalue, an sdist, and an n-th one.\n",
        "It is an historic or a historic place: a European, a one-off, a once great, an hour.\n",
        "Vamos a una isla, a este hotel y a otra.\n",
        "The class is a/an, i.e. a unidirectional or an unidentified one.\n",
        "---\nlang: hu\n---\nA ember is a utcán, and the rest is in English.\n",
    ],
)
def test_what_may_be_right(post):
    silent(article, post)


def test_an_and_that_lost_its_end():
    (found,) = flags(article, "We take it out ⟦an⟧ then clean it.\n")
    assert found.suggestions == ("and",)


@pytest.mark.parametrize(
    "post",
    [
        "---\ndescription: Save energy this ⟦winter⟧ Learn how in this post\n---\n",
        "---\ntitle: '8 tips'\nsummary: \"Clean the 🧊 ⟦fridge⟧ You need a sponge.\"\n---\n",
        "- Then close the ⟦lid⟧ There is a click.\n",
    ],
)
def test_sentences_that_run_on(post):
    flags(run_on, post)


@pytest.mark.parametrize(
    "post",
    [
        "---\ntitle: What to Do When You Learn This Trick\n---\n",
        "---\ndescription: A review of the app Learn from here. You need it.\n---\n",
        "Listen to This is Us on the radio. We call this You and Me, and it is fun.\n",
        "# Close the lid This is it\n\n| lid This is it |\n|---|\n",
        "Take `it` This is no prose, and see foo.bar This is not either.\n",
        "---\nlang: de\ndescription: so ist es This is it\n---\n",
    ],
)
def test_what_only_looks_like_two_sentences(post):
    silent(run_on, post)


def test_compounds():
    (found,) = flags(compound, "**⟦Triples-checking⟧** it is 🧊 fine.\n")
    assert found.suggestions == ("Triple-checking",)
    silent(compound, "It doubles checking, crosses -ing and is `doubles-checking`.\n")


@pytest.mark.parametrize(
    "post",
    [
        "😀 It is better ⟦then⟧ the *old* one, and the cat and ⟦it's⟧ kittens sleep.\n",
        "> ⟦Lets⟧ see\r\n> how it works.\r\n",
        "---\ntitle: 'Please check ⟦you⟧ email'\n---\n\n- ⟦Their⟧ is no way back.\n",
    ],
)
def test_words_that_are_confused(post):
    flags(confused, post)


@pytest.mark.parametrize(
    "post",
    [
        "It's better than the old one, and the cat and its kittens sleep, then it's over.\n",
        "Better `then` the old one, better “then” the old one, and ALL THEN IS.\n",
        "---\nlang: nl\n---\nIt is better then the old one.\n",
    ],
)
def test_words_in_their_own_company(post):
    silent(confused, post)


def test_a_doubt_that_is_not_clear_is_an_info(monkeypatch):
    (found,) = flags(confused, "It is better ⟦then⟧ the old one.\n")
    assert found.severity == "warning"
    module = sys.modules[confused.function.__module__]
    monkeypatch.setattr(module, "_CLEAR", 100.0)
    (found,) = flags(confused, "It is better ⟦then⟧ the old one.\n")
    assert found.severity == "info"
