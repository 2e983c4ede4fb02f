"""A document: its front matter by path, its prose, and the views that rules share."""

import pytest

from contentlint.document import Document
from contentlint.text import Source

POST = """---
title: "A title"
tags: [one, two]
cover:
  image: a.png
  alt: A picture
slug: not-read
---
The body.
"""


def document(text: str, path: str = "post.md") -> Document:
    return Document(Source(path, text))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("title",), "A title"),
        (("tags", 1), "two"),
        (("cover", "alt"), "A picture"),
        (("cover", "gone"), None),
        (("title", 0, "deeper"), None),
        (("tags", 7), None),
        (("tags", "one"), None),
    ],
)
def test_front_matter_values_by_path(path, value):
    assert document(POST).value(*path) == value


def test_fields_tell_where_values_stand():
    field = document(POST).field("title")
    assert field is not None
    assert [POST[slice(*span)] for span in (field.key, field.value, field.text)] == [
        "title",
        '"A title"',
        "A title",
    ]
    assert document(POST).field("gone") is None


@pytest.mark.parametrize("text", ["", "No front matter.\n", "---\n\nA thematic break.\n"])
def test_without_front_matter_there_is_no_data(text):
    found = document(text)
    assert (found.front_matter, found.data, found.value("title"), found.images) == (
        None,
        {},
        None,
        [],
    )


def test_words_of_front_matter_and_body_but_not_of_slugs():
    assert document(POST).words == {"a", "title", "picture", "the", "body"}


def test_the_lower_case_mask_keeps_all_offsets():
    text = "İstanbul ẞ Ǆ ΑΣ `CODE` End"
    lower = document(text).lower_mask
    assert len(lower) == len(text)
    assert lower.endswith("end")


def test_the_words_stand_in_the_cut_mask_where_they_stand_in_the_post():
    text = "# Don’t *stop*, CAFÉ-goers: 3\u00a0kg of “İce”!\r\n"
    found = document(text)
    assert len(found.cut_mask) == len(text)
    assert found.cut_mask[2:13] == "don't  stop"
    assert set(found.cut_mask.split()) == found.words
    assert "3" in found.words
    assert found.cut_mask.index("goers") == text.index("goers")


def test_a_byte_order_mark_is_no_part_of_the_body():
    found = document("\ufeff# Title\n")
    assert found.body == 1
    assert found.headings[0].span == (1, 8)


@pytest.mark.parametrize(
    "text",
    [
        "---\ncover: 3\ntags: {a: b}\ntitle: [x]\n---\n",
        "---\ncover:\n  image: [a.png, 3]\n  alt: 7\n---\n",
        "---\nimage:\n---\n",
        '{"images": [{"src": "a.png"}, null]}\n',
    ],
)
def test_front_matter_of_unexpected_types_is_no_crash(text):
    found = document(text)
    assert all(isinstance(image.destination, str) for image in found.images)
    assert isinstance(found.words, frozenset)
