"""Lists of right words: what a file may say, what is wrong in it and where, and adding to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contentlint.text import Source
from contentlint.wordlist import WordListError, complain, entries, insert, read


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def words(folder, data: str | bytes) -> list[str]:
    path = folder / "words.txt"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read(str(path))


def complaints(folder, data: str | bytes) -> list[str]:
    with pytest.raises(WordListError) as error:
        words(folder, data)
    return str(error.value).splitlines()


# ---- reading -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("\n\n", []),
        ("heatpumpify", ["heatpumpify"]),
        ("b\na\n", ["b", "a"]),
        ("# ours\n\nZigbee # a radio\n  Hue\t\n", ["Zigbee", "Hue"]),
        ("C#\nF# # languages\n", ["C#", "F#"]),
        ("Kühlschrank\nco-op\nO'Reilly\nk8s\nKu\u0308hler\n", None),
        ("#a\n # b\n\t#c", []),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_a_word_a_line_with_comments(folder, text, expected, newline, start):
    expected = text.split() if expected is None else expected
    assert words(folder, start + text.replace("\n", newline)) == expected


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("a\nheat pump\n", "2:1: a word has no blank in it; list each word by itself"),
        ("a\n  heat\tpump # b\n", "2:3: a word has no blank in it; list each word by itself"),
        ("a\u00a0b", "1:1: a word has no blank in it; list each word by itself"),
        ("\n\r\n123\n", "3:1: this is no word, since it has no letter"),
        ("ab\x00c\n", "1:1: this word has an invisible character in it; write it anew"),
        ("x\n\ufeffab\n", "2:1: this word has an invisible character in it; write it anew"),
        ("\ufeff--\n", "1:1: this is no word, since it has no letter"),
        (b"ok\nK\xfchl\n", "2:2: this is not UTF-8; save the file as UTF-8"),
        ("word".encode("utf-16"), "1:1: this is not UTF-8; save the file as UTF-8"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(folder, text, complaint):
    assert complaints(folder, text) == [f"words.txt:{complaint}"]


def test_all_that_is_wrong_is_told(folder):
    told = complaints(folder, "a b\nfine\n12\n\n# x y\nc d\n")
    assert [line.split(": ")[0] for line in told] == [
        "words.txt:1:1",
        "words.txt:3:1",
        "words.txt:6:1",
    ]


def test_what_stands_in_a_file_is_not_repeated(folder):
    assert "hunter2" not in complaints(folder, "password: hunter2\n")[0]


def test_a_file_that_cannot_be_read_is_told(folder):
    with pytest.raises(WordListError, match=r"^no\.txt: cannot be read: No such file"):
        read("no.txt")


LINES = st.lists(st.text("ab Z#\t-'é😀\u2028\x85\x0c", max_size=6), max_size=6)


@given(LINES, st.sampled_from(["\n", "\r\n", "\r"]))
def test_places_are_exact_and_reading_agrees_with_them(tmp_path_factory, lines, newline):
    text = newline.join(lines)
    listed = list(entries(Source("words.txt", text)))
    for word, (start, end) in listed:
        assert text[start:end] == word
    path = tmp_path_factory.mktemp("words") / "words.txt"
    path.write_bytes(text.encode())
    try:
        assert read(str(path)) == [entry.word for entry in listed]
    except WordListError:
        assert any(complain(entry.word) for entry in listed)


# ---- words -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "word", ["a", "Kühlschrank", "co-op", "O'Reilly", "k8s", "C++", "C#", "你好"]
)
def test_a_word(word):
    assert complain(word) is None


@pytest.mark.parametrize(
    "word", ["", " ", "a b", " a", "a\n", "a\tb", "12", "++", "#a", "a\x1b", "a\u200b", "\udcff"]
)
def test_no_word(word):
    assert complain(word)


# ---- adding ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("", "a", "a\n"),
        ("# ours\n", "a", "# ours\na\n"),
        ("# ours", "a", "# ours\na\n"),
        ("b\n", "a", "a\nb\n"),
        ("# ours\nb\n", "a", "# ours\na\nb\n"),
        ("a\nc\n", "B", "a\nB\nc\n"),
        ("a\nC\n", "b", "a\nb\nC\n"),
        ("a # why\r\nc\r\n# end\r\n", "d", "a # why\r\nc\r\nd\r\n# end\r\n"),
        ("a\rc", "d", "a\rc\rd\r"),
        ("c\na\n# end", "b", "c\na\n# end\nb\n"),
        ("\ufeffb\n", "a", "\ufeffa\nb\n"),
        ("\ufeff", "a", "\ufeffa\n"),
    ],
)
def test_a_word_goes_where_it_belongs(text, word, expected):
    assert insert(text, word) == expected


VISIBLE = st.characters(exclude_categories=["C", "Z"])
WORDS = st.builds(
    "{}{}{}".format,
    st.sampled_from(["", "-", "1", "é"]),
    st.characters(categories=["L"]),
    st.text(VISIBLE),
).filter(lambda word: not complain(word))


@given(
    st.lists(st.one_of(WORDS, st.just(""), st.just("# ours"), WORDS.map("{} # why".format))),
    st.sampled_from(["\n", "\r\n", "\r"]),
    WORDS,
    st.booleans(),
)
def test_what_is_added_is_read_and_nothing_else_changes(lines, newline, word, is_sorted):
    if is_sorted:
        lines.sort(key=str.casefold)
    before = newline.join(lines)
    after = insert(before, word)
    listed = [entry.word for entry in entries(Source("", before))]
    now = [entry.word for entry in entries(Source("", after))]
    assert sorted(now) == sorted([*listed, word])
    assert sorted(listed, key=str.casefold) != listed or sorted(now, key=str.casefold) == now
    end = newline if newline in before else "\n"
    assert any(
        after == before[:at] + piece + before[at:]
        for at in range(len(before) + 1)
        for piece in (word + end, end + word + end)
    )
