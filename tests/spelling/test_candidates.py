"""The unknown words of one file: which they are, where they stand, and what is around them."""

import re
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contentlint.document import Document
from contentlint.spelling import Lexicon, candidates
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
from contentlint.text import Source
from contentlint.words import cut, tokens

LEXICON = Lexicon()


def find(mask):
    return candidates(mask, cut(mask), tokens(mask), LEXICON)


def words(mask):
    return [candidate.word for candidate in find(mask)]


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("The quikc fox.", ["quikc"]),
        ("“Quikc—brwon” fox…", ["Quikc", "brwon"]),
        ("a quikc-witted fox", ["quikc"]),
        ("the comminity’s comminity's fox", ["comminity", "comminity"]),
        ("Ada’s fox, foxes’ dens, rock 'n' roll", []),
        ("he'd, should've, it'll, don’t, DON'T, isn't", []),
        ("comittee'll", ["comittee'll"]),
        ("dos and don’ts, they're goin' and nothin’ doin'", []),
        ("goin, 'nothhin', doinn'", ["goin", "nothhin", "doinn"]),
        ("it perfum'd ev’ry heav'n, but yo'r is'nt", ["yo'r", "is'nt"]),
        ("a tokeniser, Tokenisers, memoising, not citisens", ["citisens"]),
        ("café, cafe\u0301, naïvely, résumés, co\u00adoperate", []),
        ("diffe\u0301erence cali\u00adforrnia", ["diffe\u0301erence", "cali\u00adforrnia"]),
        ("Σigma привет 日本語 аpple", []),
        ("今天用docker部署 你好世界 qwertz", ["qwertz"]),
        ("27th qwertz7 snake_caes a1b2c3d4 0xqzk", []),
        ("NASA, XQZVB, XQZVBs, x, q", []),
        ("XQZVBNMW", ["XQZVBNMW"]),
        ("qwertz.edu qwertz.md at qwertz.com", []),
        ("the end.Qwertzu begins", ["Qwertzu"]),
        ("qwertz/poiuz @qwertz #qwertz $qwertz qwertz@poiuz", []),
        ("std::qwertz qwertz:poiuz", []),
        ("qwer·tz·asdf", []),
        ("a qwertz: this", ["qwertz"]),
        ("sooooo hmmmm yayyy", []),
        ("x" * 5000, []),
    ],
)
def test_which_words_are_unknown(text, unknown):
    assert words(text) == unknown


@pytest.mark.parametrize(
    ("mask", "unknown"),
    [
        ("to \0\0c\0\0ompile", []),  # to **c**ompile
        ("\0urbo\0\0\0\0F\0\0an", []),
        ("\0\0T\0\0urbo\0\0F\0\0an", []),  # **T**urbo**F**an
        ("constru\0\0ction", []),
        ("see \0\0qwertz\0\0, it", ["qwertz"]),  # see **qwertz**, it
        ("a list\0\0\0qwertz\0\0\0and more", ["qwertz"]),  # items, a line break and `- ` between
        ("\0" * 50 + "qwertz" + "\0" * 50, ["qwertz"]),
    ],
)
def test_markup_in_a_word_is_told_from_markup_around_it(mask, unknown):
    assert words(mask) == unknown


def test_every_occurrence_is_told_in_order():
    found = find("qwertz, asdfgh and Qwertz")
    assert [(c.word, c.start, c.end) for c in found] == [
        ("qwertz", 0, 6),
        ("asdfgh", 8, 14),
        ("Qwertz", 19, 25),
    ]


@pytest.mark.parametrize(
    ("mask", "context"),
    [
        ("we saw qwertz here", 0),
        ("we saw Qwertz here", CAPITALISED),
        ("Qwertz is here", CAPITALISED | SENTENCE_START),
        ("It ends. Qwertz is here", CAPITALISED | SENTENCE_START),
        ("It ends.\nQwertz is here", CAPITALISED | SENTENCE_START),
        ("It goes on\nQwertz is here", CAPITALISED),
        ("It says “Qwertz is here”", CAPITALISED),
        ("an item\0\0\0Qwertz is here", CAPITALISED | SENTENCE_START),
        ("we saw \0\0Qwertz\0\0 here", CAPITALISED | APART),
        ("we saw\r\n\0qwertz\0\0\0, it", APART),
        ("we saw \0qwertz here\0", 0),
        ("a list\0\0\0qwertz\0\0\0and more", 0),
        ("we saw “qwertz” here", QUOTED),
        ("we saw 'qwertz' here", QUOTED),
        ("we saw 'qwertz here'", 0),
        ("we saw Riku Qwertz here", CAPITALISED | BESIDE_NAME),
        ("we saw Qwertz Johnson here", CAPITALISED | BESIDE_NAME),
        ("we saw Qwertz R. Johnson here", CAPITALISED | BESIDE_NAME),
        ("we saw Qwertz\nJohnson here", CAPITALISED | BESIDE_NAME),
        ("we saw Qwertz\r\nJohnson here", CAPITALISED | BESIDE_NAME),
        ("we saw Johnson and Qwertz here", CAPITALISED),
        ("we saw Johnson qwertz here", 0),
        ("we saw Annual Qwertz here", CAPITALISED),
        ("we saw IBM Qwertz here", CAPITALISED),
        ("A Long Qwertz of Words", CAPITALISED | TITLE_LINE),
        ("Qwertz of Long Words", CAPITALISED | SENTENCE_START),
        ("prose\0\0\0A Long Qwertz of Words\0\0prose", CAPITALISED | TITLE_LINE),
        ("we saw QwertZ here", INNER_CAPS),
        ("we saw qWertz here", INNER_CAPS),
        ("we saw QWERTZU here", ALL_CAPS),
        ("we saw qwertz-like things", HYPHENATED),
        ("we don’t see qwertz", CURLY),
        ("we saw [[the qwertz here]] and there", BOUND),
        ("we saw [[the thing]] qwertz", 0),
        ("we saw Fran?qwertz here", BOUND),
        ("we saw qwertz's", BOUND),
        ("we saw qwertz.", 0),
        ("we saw (qwertz), and", 0),
    ],
)
def test_context(mask, context):
    assert [c.context for c in find(mask) if "wert" in c.word.lower()] == [context]


def test_many_unknown_words_together_are_a_crowd():
    found = find("qwertz asdfgh yxcvbn poiuzt " + "and so on " * 20 + "qwertz")
    assert [bool(c.context & CROWDED) for c in found] == [True] * 4 + [False]


def test_a_document_has_what_candidates_need():
    post = "---\ntitle: A Qwertz\nslug: asdfgh\n---\nThe `asdfgh` of “qwertz\u00a0here”.\n"
    document = Document(Source("post.md", post))
    found = candidates(document.mask, document.cut_mask, document.words, LEXICON)
    assert [post[c.start : c.end] for c in found] == ["Qwertz", "qwertz"]


_MASKS = st.lists(
    st.sampled_from(
        ["qwertz", "Teh", "the", "café", "’s", "'", "\0", "\n", " ", ".", "-", "/", "é"]
    )
    | st.text(max_size=4),
    max_size=30,
).map("".join)


@given(_MASKS.filter(lambda mask: not re.search("[\ud800-\udfff]", mask)))
def test_a_candidate_is_a_slice_of_the_mask(mask):
    found = find(mask)
    for candidate in found:
        assert mask[candidate.start : candidate.end] == candidate.word
        assert "\0" not in candidate.word
    assert list(found) == sorted(found, key=lambda candidate: candidate.start)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_each_of_many_words_is_found_where_it_stands():
    unknown = [f"qz{letter}{other}rt" for letter in "bcdfg" for other in "hjklmn"]
    text = "".join(f" {word}, xx{word}zz {word}’s" for word in unknown)
    found = [(one.word, text[one.start - 1 : one.end + 1].strip(" ,")) for one in find(text)]
    assert found == [
        pair
        for word in unknown
        for pair in ((word, word), (f"xx{word}zz",) * 2, (word, f"{word}’"))
    ]


@pytest.mark.parametrize(
    "mask",
    [
        "qwertz " * 150_000,
        "zq" * 500_000 + " zq",
        "a" * 1_000_000,
        "’".join(["zq"] * 300_000),
        " ".join(f"qw{chr(97 + i % 26)}rtz{chr(97 + i // 26 % 26)}x" for i in range(120_000)),
        "qwertz\0" * 150_000,
        ("\0" * 500 + "Qwertz") * 2_000,
    ],
    ids=["one word", "no blank", "one letter", "apostrophes", "many words", "markup", "far apart"],
)
def test_a_line_of_a_megabyte_takes_linear_time(mask):
    small = mask[: len(mask) // 8]
    times = []
    for text in (small, mask):
        coarse, words = cut(text), tokens(text)
        start = time.process_time()
        candidates(text, coarse, words, LEXICON)
        times.append(time.process_time() - start)
    assert times[1] < 30 * times[0] + 0.2
