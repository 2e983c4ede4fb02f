"""Words that are mistaken for one another."""

import pytest

from contentlint.document import Document
from contentlint.grammar.confusion import Model, confused_words
from contentlint.text import Source


def doubts(text):
    document = Document(Source("post.md", text))
    return [(doubt.word, doubt.meant) for _, doubt in confused_words(document.blocks)]


def test_damaged_data_is_told():
    with pytest.raises(ValueError, match="install contentlint again"):
        Model(b"something else")


@pytest.mark.parametrize(
    "text", ["", "İstanbul'da it's İİ.", "its", "'s", "it's " * 2000, "\ue001 its"]
)
def test_anything_may_be_read(text):
    doubts(f"{text}\n")


def test_names_and_quotations_are_left_alone():
    assert doubts("The fridge has lost it's lid.\n") == [("it's", "its")]
    assert doubts("It has lost IT'S lid, and Form the Lid, and “it's” lid, and `it's` lid.\n") == []


def test_a_possessive_may_be_meant_as_a_plural():
    assert doubts("There are lot's of things.\n") == [("lot's", "lots")]
    assert doubts("The fridge's door is open.\n") == []


def test_what_a_post_says_twice_is_no_slip():
    post = "The fridge has lost it's lid.\n"
    assert doubts(post) == [("it's", "its")]
    assert doubts(post * 2) == []


def test_a_word_that_a_post_has_often_is_seldom_a_slip():
    post = "The fridge has lost it's lid.\n"
    often = "It's warm, it's loud, it's old, it's here, it's late, and it's odd.\n"
    assert surplus(post) > surplus(post + often)


def surplus(text):
    document = Document(Source("post.md", text))
    return sum(doubt.surplus for _, doubt in confused_words(document.blocks))
