"""The vocabulary that people write down: adding to it, and finding what is of no use any more."""

from __future__ import annotations

import json
import os

import pytest
from jsonschema import Draft202012Validator

from contentlint import config, engine

LIST = config.WORD_LIST
POST = "The Frobnizr hums, and the refuigerator, too.\n"


@pytest.fixture
def blog(tmp_path, monkeypatch):
    """A small blog, which is the working directory."""
    folder = tmp_path / "blog"
    (folder / "posts").mkdir(parents=True)
    (folder / ".git").mkdir()
    (folder / "posts" / "post.md").write_text(POST)
    monkeypatch.chdir(folder)
    return folder


# ---- add ---------------------------------------------------------------------------------------


def test_what_is_added_is_right_from_then_on(blog, contentlint):
    assert contentlint()[0] == 1
    assert contentlint("vocabulary", "add", "refuigerator", "Frobnizr") == (
        0,
        f"{LIST}:2:1: `refuigerator` added\n{LIST}:1:1: `Frobnizr` added\n",
        "",
    )
    assert (blog / LIST).read_text() == "Frobnizr\nrefuigerator\n"
    assert contentlint()[0] == 0


def test_what_is_listed_already_is_not_added_again(blog, contentlint):
    (blog / "contentlint.toml").write_text('vocabulary = ["Hue"]\n')
    (blog / LIST).write_text("# ours\nZigbee\n")
    assert contentlint("vocabulary", "add", "hue", "ZIGBEE", "matter", "Matter") == (
        0,
        (
            f"contentlint.toml:1:16: `hue` is listed already\n"
            f"{LIST}:3:1: `ZIGBEE` is listed already\n"
            f"{LIST}:2:1: `matter` added\n"
        ),
        "",
    )
    assert (blog / LIST).read_text() == "# ours\nmatter\nZigbee\n"
    modified = os.stat(LIST).st_mtime_ns
    contentlint("vocabulary", "add", "hue")
    assert os.stat(LIST).st_mtime_ns == modified


def test_words_go_to_the_first_file_of_the_configuration(blog, contentlint, monkeypatch):
    (blog / "words").mkdir()
    (blog / "words" / "ours.txt").write_bytes("\ufeff# ours\r\nb\r\na\r\n".encode())
    (blog / "words" / "more.txt").touch()
    (blog / "contentlint.toml").write_text(
        'vocabulary-files = ["words/ours.txt", "words/more.txt"]\n'
    )
    monkeypatch.chdir(blog / "posts")
    status, out, _ = contentlint("vocabulary", "add", "Ärger")
    assert (status, out) == (0, f"{blog}/words/ours.txt:4:1: `Ärger` added\n")
    assert (blog / "words/ours.txt").read_bytes() == "\ufeff# ours\r\nb\r\na\r\nÄrger\r\n".encode()
    assert not (blog / LIST).exists()


def test_without_a_configuration_words_go_to_the_list_that_is_read(blog, contentlint, monkeypatch):
    (blog / LIST).touch()
    monkeypatch.chdir(blog / "posts")
    contentlint("vocabulary", "add", "a")
    assert (blog / LIST).read_text() == "a\n"
    assert not (blog / "posts" / LIST).exists()


@pytest.mark.parametrize("config", ["contentlint.toml", "pyproject.toml"])
def test_a_new_list_stands_beside_the_configuration(blog, contentlint, monkeypatch, config):
    (blog / config).write_text("[tool.contentlint]\n" if config == "pyproject.toml" else "")
    before = (blog / config).read_text()
    monkeypatch.chdir(blog / "posts")
    contentlint("vocabulary", "add", "a")
    assert (blog / LIST).read_text() == "a\n"
    assert (blog / config).read_text() == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "contentlint: add which word? See contentlint vocabulary add --help\n"),
        (
            ["fine", "a b", "", "12"],
            (
                "contentlint: `a b`: a word has no blank in it; list each word by itself\n"
                "contentlint: ``: this entry is empty; take it out\n"
                "contentlint: `12`: this is no word, since it has no letter\n"
            ),
        ),
        (["#a"], "contentlint: `#a`: a word does not begin with `#`, which begins a comment\n"),
    ],
)
def test_what_is_no_word_is_refused_and_nothing_is_written(blog, contentlint, words, said):
    assert contentlint("vocabulary", "add", *words) == (2, "", said)
    assert not (blog / LIST).exists()


def test_a_word_that_looks_like_an_option_comes_after_two_dashes(blog, contentlint):
    assert contentlint("vocabulary", "add", "-ish")[0] == 2
    assert contentlint("vocabulary", "add", "--", "-ish")[0] == 0
    assert (blog / LIST).read_text() == "-ish\n"


def test_a_list_that_cannot_be_written_is_told(blog, contentlint):
    (blog / LIST).mkdir()
    status, out, err = contentlint("vocabulary", "add", "a")
    assert (status, out) == (2, "")
    assert err == f"contentlint: {LIST}: cannot be read: Is a directory\n"
    (blog / "contentlint.toml").write_text("vocabulary-files = []\n")
    assert contentlint("vocabulary", "add", "a")[2] == (
        "contentlint: vocabulary-files is empty; name a file there to add words to\n"
    )


def test_a_disk_that_is_full_is_told(blog, contentlint, monkeypatch):
    def refuse(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", refuse)
    assert contentlint("vocabulary", "add", "a") == (
        2,
        "",
        f"contentlint: cannot write to {LIST}: No space left on device\n",
    )


def test_a_list_with_mistakes_is_not_added_to(blog, contentlint):
    (blog / LIST).write_text("x y\n1\n")
    assert contentlint("vocabulary", "add", "a") == (
        2,
        "",
        (
            f"contentlint: {LIST}:1:1: a word has no blank in it; list each word by itself\n"
            f"contentlint: {LIST}:2:1: this is no word, since it has no letter\n"
        ),
    )


# ---- check -------------------------------------------------------------------------------------


def test_what_no_post_uses_is_told_with_its_place(blog, contentlint):
    (blog / "contentlint.toml").write_text('vocabulary = [\n  "Frobnizr",\n  "Quux",\n]\n')
    (blog / LIST).write_text("# ours\nrefuigerator\n  Zigbee # a radio\n")
    assert contentlint("vocabulary", "check") == (
        1,
        (
            "contentlint.toml:3:4: warning vocabulary/unused no post uses `Quux`; take it out\n"
            f"{LIST}:3:3: warning vocabulary/unused no post uses `Zigbee`; take it out\n"
        ),
        "contentlint: 2 warnings in 1 file\n",
    )


@pytest.mark.parametrize(
    ("word", "post"),
    [
        ("Frobnizr", "A FROBNIZR.\n"),
        ("frobnizr", "The Frobnizr’s lid.\n"),
        ("frobnizr", "---\ntitle: Frobnizr's\n---\n"),
        ("frobnizr-ish", "A frobnizr-ish hum.\n"),
        ("frobnizr-ish", "Ish, said the frobnizr.\n"),
        ("Kühlschrunk", "Der Ku\u0308hlschrunk.\n"),
        ("O'Reillyish", "An O’Reillyish book.\n"),
        ("k8sish", "It is k8sish.\n"),
        ("MacFrobnald's", "At MacFrobnald’s.\n"),
        ("ERP", "An ERP.\n"),
    ],
)
def test_what_a_post_uses_in_any_form_is_fine(blog, contentlint, word, post):
    (blog / "posts" / "post.md").write_text(post)
    (blog / LIST).write_text(f"{word}\n", encoding="utf-8")
    assert contentlint("vocabulary", "check")[:2] == (0, "")


@pytest.mark.parametrize("post", ["`Frobnizr`\n", "Frobnizrs and xFrobnizr.\n", "<a-frobnizr>\n"])
def test_what_is_no_prose_or_another_word_is_no_use(blog, contentlint, post):
    (blog / "posts" / "post.md").write_text(post)
    (blog / LIST).write_text("Frobnizr\n")
    assert contentlint("vocabulary", "check")[0] == 1


def test_the_whole_blog_is_looked_at(blog, contentlint, monkeypatch):
    (blog / "contentlint.toml").touch()
    (blog / LIST).write_text("Frobnizr\nrefuigerator\n")
    (blog / "drafts").mkdir()
    (blog / "drafts" / "draft.md").write_text("Nothing.\n")
    for folder, path in ((blog, "drafts"), (blog / "drafts", "draft.md"), (blog / "drafts", "")):
        monkeypatch.chdir(folder)
        named = [path] if path else []
        assert contentlint("vocabulary", "check", *named)[0] == 0


def test_what_stands_twice_is_told(blog, contentlint):
    (blog / "contentlint.toml").write_text('vocabulary = ["frobnizr"]\n')
    (blog / LIST).write_text("refuigerator\nFrobnizr\n")
    status, out, _ = contentlint("vocabulary", "check")
    assert (status, out) == (
        1,
        (
            f"{LIST}:2:1: warning vocabulary/duplicate "
            "`Frobnizr` is listed already, at contentlint.toml:1:16\n"
        ),
    )


def test_what_the_dictionary_knows_is_for_information_only(blog, contentlint):
    (blog / LIST).write_text("hums\nrefuigerator\n")
    status, out, _ = contentlint("vocabulary", "check")
    assert (status, out) == (
        0,
        f"{LIST}:1:1: info vocabulary/known `hums` is in the dictionary, too\n",
    )


def test_an_entry_may_choose_between_two_ways_of_writing_a_word(blog, contentlint):
    (blog / "posts" / "post.md").write_text("The colour of GitHub.\n")
    (blog / LIST).write_text("colour\nGitHub\n")
    assert contentlint("vocabulary", "check") == (0, "", "contentlint: nothing found in 1 file\n")


def test_the_usual_formats_are_there(blog, contentlint, project):
    (blog / LIST).write_text("\ufeffa\u0308b\n")
    schema = json.loads((project / "schemas" / "output.schema.json").read_text())
    report = json.loads(contentlint("vocabulary", "check", "--output-format", "json")[1])
    Draft202012Validator(schema).validate(report)
    (found,) = report["findings"]
    assert (found["line"], found["column"], found["end_column"]) == (1, 1, 4)


def test_a_blog_without_posts_or_words_has_nothing_to_tell(blog, contentlint):
    assert contentlint("vocabulary", "check") == (0, "", "contentlint: nothing found in 1 file\n")
    (blog / LIST).write_text("a\n")
    (blog / "posts" / "post.md").unlink()
    assert contentlint("vocabulary", "check") == (0, "", "contentlint: no posts to check\n")


def test_a_post_that_cannot_be_read_is_trouble(blog, contentlint, monkeypatch):
    def refuse(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(engine, "read_file", refuse)
    status, _, err = contentlint("vocabulary", "check")
    assert status == 2
    assert "error: posts/post.md: cannot be read: Permission denied\n" in err


def test_a_path_that_does_not_exist_is_trouble(blog, contentlint):
    said = "contentlint: posts/past.md: no such file or folder; did you mean posts/post.md?\n"
    assert contentlint("vocabulary", "check", "posts/past.md") == (2, "", said)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "vocabulary: add or check?; see contentlint vocabulary --help"),
        (["ad"], "vocabulary: unknown action `ad`; did you mean `add`?; see"),
        (["--ad"], "unknown option --ad"),
    ],
)
def test_a_mistake_on_the_command_line_is_told(blog, contentlint, arguments, said):
    status, out, err = contentlint("vocabulary", *arguments)
    assert (status, out) == (2, "")
    assert said in err
