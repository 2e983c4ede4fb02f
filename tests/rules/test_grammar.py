"""What is ungrammatical."""

import pytest

from contentlint.grammar import GrammarOptions
from contentlint.plugins import bundled
from contentlint.testing import findings, flags, silent

RULES = {rule.id: rule for rule in bundled()}
engine = RULES["grammar/engine"]


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
