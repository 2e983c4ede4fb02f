"""Lines and columns, held against the plainest way to count them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contentlint.text import Position, Source

LINE_END = re.compile("\r\n|\n|\r")


def slowly(text: str, offset: int) -> Position:
    """Count by going over the text from its start."""
    body = text.removeprefix("\ufeff")
    offset -= len(text) - len(body)
    line, start = 1, 0
    for match in LINE_END.finditer(body):
        if match.end() > offset:
            # inside a CRLF counts as its beginning
            offset = min(offset, match.start()) if offset > match.start() else offset
            break
        line, start = line + 1, match.end()
    return Position(line, max(offset, start) - start + 1)


TEXTS = st.text(st.sampled_from("ab\n\r\t\0\u2028\x85\v\f é😀\ufeffe\u0301"), max_size=40)


@given(TEXTS, st.lists(st.integers(0, 40)))
def test_any_offsets_in_any_order(text, offsets):
    source = Source("x.md", text)
    for offset in offsets:
        if offset <= len(text):
            assert source.position(offset) == slowly(text, offset)


@pytest.mark.parametrize(
    ("text", "offset", "expected"),
    [
        ("ab\ncd", 3, (2, 1)),
        ("ab\r\ncd", 4, (2, 1)),
        ("ab\rcd", 3, (2, 1)),
        ("ab\u2028cd", 3, (1, 4)),
        ("\ufeffab", 1, (1, 1)),
        ("\ufeffab\nc", 4, (2, 1)),
        ("😀e\u0301x", 3, (1, 4)),
        ("a\tb", 2, (1, 3)),
        ("ab\n", 3, (2, 1)),
        ("", 0, (1, 1)),
    ],
)
def test_places_as_editors_show_them(text, offset, expected):
    assert Source("x.md", text).position(offset) == expected


def test_each_undecodable_byte_is_one_replacement_character_at_its_place():
    source = Source.decode("x.md", b"caf\xe9 and \xff\xfe!\n\xc3\xa9")
    assert source.text == "caf\ufffd and \ufffd\ufffd!\né"
    assert source.undecodable == (3, 9, 10)
    source.text.encode("utf-8")  # what comes out can be handed to any encoder


def test_a_byte_order_mark_is_kept_but_is_before_the_start():
    source = Source.decode("x.md", b"\xef\xbb\xbfa")
    assert source.text == "\ufeffa"
    assert source.start == 1


def test_utf16_is_read_and_told():
    source = Source.decode("x.md", "Wörter".encode("utf-16"))
    assert source.text == "Wörter"
    assert source.encoding == "utf-16"


@given(st.binary(max_size=60))
def test_any_bytes_can_be_decoded(data):
    source = Source.decode("x.md", data)
    source.text.encode("utf-8")
    assert all(source.text[offset] == "\ufffd" for offset in source.undecodable)
