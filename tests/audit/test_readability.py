"""Words, sentences and LIX."""

import pytest

from contentlint.audit.readability import lix, read, words
from contentlint.document import Document
from contentlint.text import Source


def test_lix_is_the_length_of_sentences_and_the_share_of_long_words():
    # 10 words in a sentence, of which 2 have more than six letters: 10 + 20.
    sentence = "The machine in our cellar is old and warm indoors. "
    assert lix([sentence * 12]) == 30.0
    assert lix([sentence.strip()] * 12) == 30.0, "a paragraph ends a sentence"
    assert lix([sentence]) is None, "too little to say"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Don't stop, it’s 2024.", ["Don't", "stop", "it’s", "2024"]),
        ("heat-pump snake_case", ["heat", "pump", "snake", "case"]),
        ("我用 Linux。", ["我", "用", "Linux"]),
        ("Ärger über Öfen", ["Ärger", "über", "Öfen"]),
        ("", []),
    ],
)
def test_words(text, expected):
    assert words(text) == expected


def test_code_and_front_matter_are_not_read():
    text = "---\ntitle: A word\n---\nTwo words\n\n```\nmuch code here\n```\n\n`code` twice\n"
    assert read(Document(Source("a.md", text))).words == ["two", "words", "twice"]


def test_what_is_in_no_alphabet_has_no_lix():
    assert lix(["我" * 200 + "。"]) is None
