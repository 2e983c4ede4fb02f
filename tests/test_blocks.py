"""Prose as a reader reads it, and the way back to the source."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contentlint.blocks import OPAQUE
from contentlint.document import Document
from contentlint.text import Source


def blocks(text, path="post.md"):
    return Document(Source(path, text)).blocks


def texts(text, path="post.md"):
    return [block.text for block in blocks(text, path)]


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("Take **the** [filter *out*](/a 'b') now.\n", ["Take the filter out now.", "b"]),
        ("Run `make` in `src`\n", ["Run Widget in Widget"]),
        (
            "`make` runs [`it`](/x) and <kbd>F1</kbd> is it.\n",
            ["Widget runs Widget and Widget is it."],
        ),
        ("Ask me@example.org, or see https://example.org/a!\n", ["Ask Widget, or see Widget"]),
        ("One\r\ntwo<br>three &amp; four&nbsp;five\n", ["One two three & four five"]),
        ("> Quoted *and\n> long*.\n", ["Quoted and long."]),
        ("Run\n`make` now, or\r\n`it`\n`x`.\n", ["Run Widget now, or Widget Widget."]),
        ("> Run\n> `make` now.\n", ["Run Widget now."]),
        ("# A heading {#id}\n\nText.[^1]\n\n[^1]: Note.\n", ["A heading", "Text.", "Note."]),
        ("- one\n  - two\n\n| a | b |\n|---|---|\n| c | d |\n", ["one", "two", "a", "b", "c", "d"]),
        ("See ![a cat](/cat.png) and go.\n", ["See Widget and go.", "a cat"]),
        ("![a cat](/cat.png)\n", ["a cat"]),
        ("Go [there]({{ site.url }}/a) {{< x >}} *now*{: .b}.\n", ["Go there Widget now."]),
        (":::note A title\nMind the gap.\n:::\n", ["Mind the gap."]),
        (":::{note} A title\nMind the gap.\n:::\n", ["Mind the gap."]),
        ('!!! note "A title"\n    Mind the gap.\n', ["Mind the gap."]),
        ("???+ tip\n    Mind the gap.\n", ["Mind the gap."]),
        ("---\ntitle: A title\nslug: x\n---\nText.\n", ["A title", "Text."]),
        ("12 + 13\n\n```\ncode\n```\n", []),
        ("An escaped \\* star <!-- no --> here.\n", ["An escaped * star  here."]),
    ],
)
def test_what_a_reader_reads(markdown, expected):
    assert [text.strip() for text in texts(markdown)] == expected


def test_what_is_beside_prose_is_opaque_and_has_no_place_of_its_own():
    (block,) = blocks("Use `x` twice.\n")
    assert block.text == f"Use {OPAQUE} twice."
    assert block.span(0, 3) == (0, 3)
    assert block.span(11, 16) == (8, 13)
    assert block.span(0, 6) is None
    assert block.span(4, 4) is None
    assert block.span(4, 99) is None


def test_a_place_that_goes_over_markup_holds_the_markup():
    text = "We *can* might.\n"
    (block,) = blocks(text)
    start, end = block.span(3, 12)
    assert text[start:end] == "can* might"


PIECES = st.sampled_from(
    ["word ", "😀 ", "é", "**bold** ", "*a 🧊 b*", "`code` ", "[link 🎉](/a) ", "\n", "\r\n", "\n\n",
     "> ", "- ", "&amp; ", "<b>x</b> ", "![alt 🐈](/c) ", "{{< x >}} ", "a@b.c ", "[^1] ", "\\* ", "| "]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join), st.sampled_from(["post.md", "post.mdx"]))
def test_every_word_of_a_block_stands_at_its_place(text, path):
    for block in blocks(text, path):
        assert block.text == "".join(
            text[piece.source.start : piece.source.end] if piece.same else covered
            for piece, covered in zip(block.pieces, cut(block), strict=True)
        )
        for match in re.finditer(r"\S", block.text):
            span = block.span(*match.span())
            if span and span.end - span.start == 1:
                assert text[span.start : span.end] == match[0]


def cut(block):
    """The text of each piece of a block."""
    starts = [piece.start for piece in block.pieces] + [len(block.text)]
    return [block.text[a:b] for a, b in pairwise(starts)]
