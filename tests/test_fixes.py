"""Edits in the text of a file, and the bytes that come of it."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contentlint.finding import Edit, Fix
from contentlint.fixes import apply, decode
from contentlint.text import Source, Span


def fix(*edits: tuple[int, int, str]) -> Fix:
    return Fix(tuple(Edit(Span(start, end), text) for start, end, text in edits))


@pytest.mark.parametrize(
    ("fixes", "expected"),
    [
        ([], "abcdef"),
        ([fix((4, 6, "x")), fix((0, 2, "y"))], "ycdx"),
        ([fix((0, 2, "y"), (4, 6, "x"))], "ycdx"),
        ([fix((0, 2, "y")), fix((2, 4, "x"))], "yxef"),
        ([fix((3, 3, "x"))], "abcxdef"),
        ([fix((0, 6, ""))], ""),
        ([fix((0, 1, "y")), fix((0, 1, "y"))], "ybcdef"),
    ],
)
def test_all_fixes_that_do_not_meet_are_applied(fixes, expected):
    assert apply("abcdef", fixes) == (expected, len(set(fixes)))


@pytest.mark.parametrize(
    ("fixes", "expected"),
    [
        ([fix((1, 3, "y")), fix((0, 2, "x"))], "xcdef"),
        ([fix((0, 2, "x"), (4, 5, "z")), fix((1, 1, "y"))], "xcdzf"),
        ([fix((0, 1, "x")), fix((0, 1, "y"))], "xbcdef"),
        # What is inserted at one place, or beside what is exchanged, has no order.
        ([fix((3, 3, "x")), fix((3, 3, "y"))], "abcxdef"),
        ([fix((1, 3, "x")), fix((3, 3, "y"))], "axdef"),
        ([fix((3, 3, "x")), fix((3, 4, "y"))], "abcxdef"),
        # All of it or nothing, however far away the rest of it is.
        ([fix((0, 1, "x")), fix((2, 3, "y"), (0, 1, "z"))], "xbcdef"),
        ([fix((5, 6, "y"), (0, 1, "z")), fix((5, 6, "x"))], "zbcdey"),
    ],
)
def test_of_fixes_that_meet_the_first_is_applied(fixes, expected):
    assert apply("abcdef", fixes) == (expected, 1)


def test_a_fix_that_meets_itself_is_no_fix():
    assert apply("abcdef", [fix((0, 2, "x"), (1, 3, "y"))]) == ("abcdef", 0)


def test_what_changes_nothing_does_not_count():
    assert apply("abcdef", [fix((0, 2, "ab")), fix((3, 3, ""))]) == ("abcdef", 0)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_line_that_is_put_in_ends_as_the_others_do(newline):
    text, _ = apply(f"a{newline}b\n", [fix((1, 1, "\nc\n"))])
    assert text == f"a{newline}c{newline}{newline}b\n"


# ---- against a naive way -----------------------------------------------------------------------

TEXT = "a🎉b\r\nç\u2028d\ufeffe\u0301 \nfgh"
places = st.tuples(*[st.integers(0, len(TEXT))] * 2).map(lambda pair: Span(*sorted(pair)))
edits = st.builds(Edit, places, st.sampled_from(["", "x", "🎉", "é\u0301", "yz"]))
fixes = st.lists(st.lists(edits, min_size=1, max_size=3).map(lambda e: Fix(tuple(e))), max_size=6)


def naive(text: str, chosen: list[Edit]) -> str:
    for (start, end), new in sorted(chosen, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def meets(one: Edit, other: Edit) -> bool:
    """Whether it would matter which comes first, or what is left of the second after the first."""
    spans = [(edit.span.start, max(edit.span.end, edit.span.start + 1)) for edit in (one, other)]
    (a, b), (c, d) = spans
    is_inserted = {one.span.start, one.span.end} & {other.span.start, other.span.end}
    has_empty = one.span.start == one.span.end or other.span.start == other.span.end
    return (a < d and c < b) or bool(is_inserted and has_empty)


@given(fixes)
def test_it_is_as_if_each_chosen_edit_were_made_by_itself(wanted):
    chosen: list[Edit] = []
    for one in sorted(set(wanted), key=lambda one: sorted(one.edits)):
        own = sorted(set(one.edits))
        others = [(a, b) for a in own for b in [*chosen, *own] if a is not b]
        if not any(meets(a, b) for a, b in others):
            chosen += own
    assert apply(TEXT, wanted)[0] == naive(TEXT, chosen)


@given(fixes)
def test_what_no_edit_touches_stays(wanted):
    touched = {at for one in wanted for edit in one.edits for at in range(*edit.span)}
    rest = [character for at, character in enumerate(TEXT) if at not in touched]
    left = iter(apply(TEXT, wanted)[0])
    assert all(character in left for character in rest)


def test_many_fixes_take_no_time():
    count = 20_000
    many = [fix((3 * at, 3 * at + 1, "x"), (3 * at + 1, 3 * at + 2, "y")) for at in range(count)]
    assert apply("abc" * count, many) == ("xyc" * count, count)


# ---- bytes -------------------------------------------------------------------------------------

DATA = [
    "Süß 🎉\r\n".encode(),
    codecs.BOM_UTF8 + "Süß\n".encode(),
    codecs.BOM_UTF16_LE + "Süß 🎉\r\n".encode("utf-16-le"),
    codecs.BOM_UTF16_BE + "Süß 🎉\r\n".encode("utf-16-be"),
    "Süß\n".encode("latin-1"),
    b"a\xff\xfeb\0\xed\xa0\x80",
    b"",
]


@pytest.mark.parametrize("data", DATA)
def test_what_is_not_edited_is_written_byte_for_byte(data):
    decoded = decode(data)
    assert decoded
    assert decoded.encode(decoded.text) == data


@pytest.mark.parametrize("data", DATA[:5])
def test_what_is_put_in_is_written_in_the_encoding_of_the_file(data):
    decoded = decode(data)
    assert decoded
    at = decoded.text.index("S")
    text, _ = apply(decoded.text, [fix((at, at + 1, "Grü"))])
    again = decode(decoded.encode(text))
    assert again
    assert again.text == decoded.text.replace("S", "Grü")
    assert again[1:] == decoded[1:]


def test_bytes_that_are_no_text_are_never_replaced():
    decoded = decode(b"a\xffb\xff")
    assert decoded
    text, count = apply(decoded.text, [fix((0, 2, "x")), fix((2, 3, "y"))])
    assert (decoded.encode(text), count) == (b"a\xffy\xff", 1)


@pytest.mark.parametrize("data", [b"\xff\xfea", b"\xff\xfe\x00\xd8a\x00", b"\xfe\xff\xdc\x00"])
def test_what_could_not_be_written_again_is_told(data):
    assert decode(data) is None


@given(st.binary(max_size=40), st.sampled_from([b"", codecs.BOM_UTF8, b"\xff\xfe", b"\xfe\xff"]))
def test_offsets_are_those_of_the_source_and_nothing_is_lost(data, mark):
    data = mark + data
    decoded = decode(data)
    if decoded is not None:
        assert decoded.encode(decoded.text) == data
        assert len(decoded.text) == len(Source.decode("post.md", data).text)
