"""Bytes that are no UTF-8 are reported where they stand, and the rest of the post is linted."""

import pytest

from contentlint.plugins import bundled
from contentlint.testing import findings

RULES = {rule.id: rule for rule in bundled()}
encoding = RULES["source/encoding"]


@pytest.mark.parametrize(
    ("data", "places"),
    [
        (b"caf\xe9\n", [(1, 4, 5)]),
        ("é😀 ".encode() + b"\xff\xfe tail\n", [(1, 4, 6)]),
        (b"one\r\n\xe9t\xe9\r\n", [(2, 1, 2), (2, 3, 4)]),
        (b"---\ntitle: caf\xe9\n---\n", [(2, 11, 12)]),
        ("fine: é 😀 \ufffd".encode(), []),
    ],
)
def test_each_run_of_bad_bytes_is_one_finding(data, places):
    found = findings(encoding, data)
    assert [(f.line, f.column, f.end_column) for f in found] == places


def test_a_file_in_another_encoding_is_not_reported_a_thousand_times():
    found = findings(encoding, b"caf\xe9 au lait, twice a day\n" * 1000)
    assert len(found) == 11
    assert "990 more" in found[-1].message


def test_a_binary_file_is_reported_once():
    (found,) = findings(encoding, bytes(range(256)) * 100)
    assert "no text" in found.message


def test_utf16_is_named():
    (found,) = findings(encoding, "# Title\n".encode("utf-16"))
    assert (found.line, found.column) == (1, 1)
    assert "UTF-16" in found.message


def test_the_rest_of_the_post_is_linted():
    found = findings(RULES["alt-text/missing"], b"caf\xe9 ![](a.png)\n")
    assert [(f.line, f.column) for f in found] == [(1, 8)]
