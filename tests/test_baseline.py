"""The baseline: what was there before is let be, and nothing else."""

from __future__ import annotations

import json
import os
import random

import pytest

from contentlint import commands
from contentlint.config import BASELINE as FILE_NAME

FRIDGE = """\
---
title: The fridge
tags: [Fridge]
---
The refuigerator hums in teh dark.

Clean its coils twice a year, and all of teh house is still.

![](https://example.org/coils.png)
"""
OVEN = "---\ntitle: The oven\n---\nThe ovne beeps when it is hot.\n"


@pytest.fixture
def blog(tmp_path, monkeypatch):
    """A blog with five findings, which is the working directory and a repository."""
    folder = tmp_path / "blog"
    (folder / "posts").mkdir(parents=True)
    (folder / ".git").mkdir()
    (folder / "posts" / "fridge.md").write_text(FRIDGE)
    (folder / "posts" / "oven.md").write_text(OVEN)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def accepted(blog, contentlint):
    """The same blog, and a baseline of all that is found in it."""
    assert contentlint("baseline", "create") == (
        0,
        f"{FILE_NAME}: lets be 5 findings in 2 files\n",
        "",
    )
    return blog


@pytest.fixture
def found(contentlint):
    """Lints and gives the findings as `path:line text`; the status must fit."""

    def run(*arguments: str) -> list[str]:
        status, out, _ = contentlint("--output-format", "json", *arguments)
        findings = json.loads(out)["findings"]
        assert status == bool(findings)
        return [f"{one['path']}:{one['line']} {one['rule']}" for one in findings]

    return run


def edit(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def entries(blog):
    baseline = json.loads((blog / FILE_NAME).read_text(encoding="utf-8"))
    return [(one["path"], one["text"], one["count"]) for one in baseline["findings"]]


# ---- what is let be ----------------------------------------------------------------------------


def test_what_was_there_is_let_be_and_the_summary_says_so(accepted, contentlint):
    said = "contentlint: nothing found, 5 in the baseline in 2 files\n"
    assert contentlint() == (0, "", said)
    assert contentlint("posts/oven.md")[2] == (
        "contentlint: nothing found, 1 in the baseline in 1 file\n"
    )


def test_all_is_told_if_the_baseline_is_not_wanted(accepted, found):
    assert len(found("--no-baseline")) == 5


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("---\nThe", "---\nA sentence before.\n\nThe"),
        ("title: The fridge\n", "title: The fridge, again\ndescription: On its noise\n"),
        ("The refuigerator hums", "Sometimes the refuigerator will hum"),
        ("\n", "\r\n"),
    ],
)
def test_edits_elsewhere_do_not_matter(accepted, found, old, new):
    path = accepted / "posts" / "fridge.md"
    path.write_text(FRIDGE.replace(old, new), newline="")
    assert found() == []


def test_a_paragraph_may_move(accepted, found):
    paragraph = "Clean its coils twice a year, and all of teh house is still.\n\n"
    text = FRIDGE.replace(paragraph, "").replace("---\nThe", f"---\n{paragraph}The")
    (accepted / "posts" / "fridge.md").write_text(text)
    assert found() == []


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("Clean its", "Claen its", 7),
        ("![](https://example.org/coils.png)", "![](https://example.org/fins.png)", 9),
        ("title: The fridge", "title: The firdge", 2),
        ("coils.png)", "coils.png) They are drity.", 9),
    ],
)
def test_what_is_new_is_told_alone(accepted, found, old, new, line):
    edit(accepted / "posts" / "fridge.md", old, new)
    (one,) = found()
    assert one.startswith(f"posts/fridge.md:{line} ")


def test_one_more_of_the_same_is_told_once_wherever_it_stands(accepted, found):
    edit(accepted / "posts" / "fridge.md", "---\nThe", "---\nOnce teh thing stopped.\n\nThe")
    assert len(found()) == 1
    edit(accepted / "posts" / "fridge.md", "Clean", "In teh evening, clean")
    assert len(found()) == 2


def test_the_same_mistake_in_another_file_is_new(accepted, found):
    edit(accepted / "posts" / "oven.md", "hot", "hot as teh sun")
    assert found() == ["posts/oven.md:4 typos/misspelling"]


def test_it_holds_from_any_folder_and_for_standard_input(accepted, found, monkeypatch, capsys):
    monkeypatch.chdir(accepted / "posts")
    assert found() == []
    assert found("fridge.md") == []
    assert found("..") == []
    with open("fridge.md") as post:
        monkeypatch.setattr("sys.stdin", post)
        assert found("--stdin-filename", "fridge.md", "-") == []


def test_severities_and_messages_are_no_part_of_it(accepted, found):
    (accepted / "contentlint.toml").write_text('[severity]\ntypos = "info"\n')
    assert found() == []


# ---- files that have another name --------------------------------------------------------------


@pytest.mark.parametrize("new", ["posts/cooling.md", "archive/2020/fridge/index.md", "-a b ü.mdx"])
@pytest.mark.parametrize("is_edited", [False, True])
def test_a_renamed_file_keeps_its_own(accepted, found, new, is_edited):
    path = accepted / new
    path.parent.mkdir(parents=True, exist_ok=True)
    (accepted / "posts" / "fridge.md").rename(path)
    if is_edited:
        edit(path, "Clean its coils", "Do celan its coils")
    assert len(found()) == is_edited
    assert len(found(f"./{new}")) == is_edited


def test_a_whole_folder_may_move(accepted, found):
    (accepted / "posts").rename(accepted / "articles")
    assert found() == []


def test_a_new_file_does_not_inherit_from_one_that_is_gone(accepted, found):
    # The same words are misspelt, and the same is missing, but it is another post.
    (accepted / "posts" / "oven.md").unlink()
    (accepted / "posts" / "stove.md").write_text(
        "---\ntitle: The stove\n---\nA stove is not an ovne, though it looks like one.\n"
    )
    assert found() == ["posts/stove.md:4 typos/misspelling"]


def test_a_copy_does_not_inherit(accepted, found):
    (accepted / "posts" / "copy.md").write_text(OVEN)
    assert found() == ["posts/copy.md:4 typos/misspelling"]


# ---- what is gone ------------------------------------------------------------------------------


def test_what_is_gone_is_told_and_taken_out(accepted, contentlint):
    edit(accepted / "posts" / "fridge.md", "of teh", "of the")
    edit(accepted / "posts" / "oven.md", "ovne", "oven")
    gone = "2 of the baseline gone (see contentlint baseline update)"
    assert contentlint()[2] == (
        f"contentlint: nothing found, 3 in the baseline, {gone} in 2 files\n"
    )
    status, out, err = contentlint("baseline", "check")
    assert (status, err) == (
        1,
        "contentlint: 2 of 5 findings gone; contentlint baseline update takes them out\n",
    )
    assert out == (
        f"{FILE_NAME}:9:1: warning baseline/unused "
        "typos/misspelling at `teh` in posts/fridge.md is gone 1 of 2 times\n"
        f"{FILE_NAME}:10:1: warning baseline/unused "
        "typos/misspelling at `ovne` in posts/oven.md is gone\n"
    )
    assert contentlint("baseline", "update")[:2] == (
        0,
        f"{FILE_NAME}: 2 taken out, 3 findings left\n",
    )
    assert contentlint("baseline", "check")[0] == 0
    assert ("posts/fridge.md", "teh", 1) in entries(accepted)
    edit(accepted / "posts" / "oven.md", "oven", "ovne")
    assert contentlint()[0] == 1


def test_what_is_gone_in_other_formats(accepted, contentlint):
    (accepted / "posts" / "oven.md").unlink()
    report = json.loads(contentlint("baseline", "check", "--output-format", "json")[1])
    (one,) = report["findings"]
    assert (one["path"], one["rule"], one["line"]) == (FILE_NAME, "baseline/unused", 10)


def test_update_only_shrinks(accepted, contentlint):
    before = (accepted / FILE_NAME).read_bytes()
    (accepted / "posts" / "oven.md").write_text(OVEN + "\nIt becomes recieve hot.\n")
    edit(accepted / "posts" / "fridge.md", "Clean", "In teh evening, clean")
    assert contentlint("baseline", "update")[1] == f"{FILE_NAME}: 0 taken out, 5 findings left\n"
    assert (accepted / FILE_NAME).read_bytes() == before


def test_update_writes_down_new_names_of_files(accepted, contentlint, found):
    (accepted / "posts" / "oven.md").rename(accepted / "posts" / "heat.md")
    assert contentlint("baseline", "check") == (
        0,
        "",
        "contentlint: 0 of 5 findings gone, 1 file renamed\n",
    )
    assert contentlint("baseline", "update")[1] == (
        f"{FILE_NAME}: 0 taken out, 5 findings left, 1 file renamed\n"
    )
    assert ("posts/heat.md", "ovne", 1) in entries(accepted)
    assert "oven.md" not in (accepted / FILE_NAME).read_text()
    # Now it may be edited beyond recognition.
    (accepted / "posts" / "heat.md").write_text("This ovne is quite another.\n")
    assert found() == []


def test_a_run_over_some_files_says_nothing_of_the_others(accepted, contentlint):
    edit(accepted / "posts" / "oven.md", "ovne", "oven")
    (accepted / "posts" / "fridge.md").unlink()
    (accepted / "posts" / "fine.md").write_text("It hums.\n")
    assert contentlint("posts/fine.md")[2] == "contentlint: nothing found in 1 file\n"
    assert "1 of the baseline gone" in contentlint("posts/oven.md")[2]
    assert "5 of the baseline gone" in contentlint()[2]
    assert contentlint("baseline", "update", "posts/fine.md")[1].startswith(
        f"{FILE_NAME}: 0 taken out"
    )


def test_a_run_of_some_rules_says_nothing_of_the_others(accepted, contentlint):
    edit(accepted / "posts" / "oven.md", "ovne", "oven")
    assert "gone" not in contentlint("--select", "alt-text")[2]
    assert "1 of the baseline gone" in contentlint("--select", "typos")[2]


def test_a_rule_that_is_off_for_good_needs_no_entries(accepted, contentlint):
    (accepted / "contentlint.toml").write_text('ignore = ["typos"]\n')
    assert contentlint("baseline", "check")[0] == 1
    assert contentlint("baseline", "update")[1] == f"{FILE_NAME}: 4 taken out, 1 finding left\n"


@pytest.mark.slow
def test_a_grammar_engine_that_cannot_be_asked_has_found_nothing_gone(blog, contentlint):
    (blog / "posts" / "oven.md").write_text("You might can turn it off.\n")
    contentlint("baseline", "create")
    assert any("might can" in text for _, text, _ in entries(blog))
    settings = '[grammar]\nengine = "languagetool"\nlanguagetool.url = "http://127.0.0.1:1"\n'
    (blog / "contentlint.toml").write_text(settings)
    status, _, err = contentlint("--no-cache")
    assert (status, "gone" in err) == (0, False)
    assert contentlint("baseline", "check", "--no-cache")[0] == 0


def test_nothing_is_called_gone_if_a_file_cannot_be_read(accepted, contentlint):
    (accepted / "posts" / "oven.md").unlink()
    (accepted / "posts" / "oven.md").symlink_to(accepted / "posts" / "itself.md")
    (accepted / "posts" / "itself.md").symlink_to(accepted / "posts" / "oven.md")
    before = (accepted / FILE_NAME).read_bytes()
    status, _, err = contentlint("posts/oven.md")
    assert (status, "gone" in err) == (2, False)
    status, out, err = contentlint("baseline", "update", "posts/oven.md")
    assert (status, out) == (2, "")
    assert err.endswith("contentlint: so the baseline is left as it is\n")
    assert (accepted / FILE_NAME).read_bytes() == before


# ---- the file ----------------------------------------------------------------------------------


def test_it_is_written_the_same_whatever_the_order(accepted, contentlint):
    before = (accepted / FILE_NAME).read_bytes()
    for _ in range(3):
        paths = ["posts/oven.md", "posts/fridge.md"]
        random.shuffle(paths)
        contentlint("baseline", "create", "--force", *paths)
        assert (accepted / FILE_NAME).read_bytes() == before


def test_it_has_a_line_for_each_entry_and_stays_readable(blog, contentlint):
    long = " ".join(["word"] * 50)
    (blog / "posts" / "größe 1.md").write_text(f"Der Kühlschrank ist nciht.\n\n![{long}](a.png)\n")
    contentlint("baseline", "create")
    text = (blog / FILE_NAME).read_text(encoding="utf-8")
    lines = text.splitlines()
    assert json.loads(text)["version"] == 1
    assert lines[0] == '{"version": 1,'
    for line in lines[2 : lines.index("],")] + lines[lines.index("],") + 2 : -1]:
        assert json.loads(line.removesuffix(","))["path"]
        assert len(line) < 250
    assert "größe 1.md" in text


def test_names_that_are_not_utf_8_are_kept(blog, contentlint):
    name = os.fsdecode(b"posts/caf\xe9.md")
    try:
        (blog / name).write_text("The refuigerator.\n")
    except OSError:
        pytest.skip("this file system has Unicode names only")
    assert contentlint("baseline", "create")[0] == 0
    (blog / FILE_NAME).read_text(encoding="utf-8")
    assert contentlint()[0] == 0


def test_a_union_of_two_sides_of_a_merge_is_the_smaller_one(accepted, contentlint):
    path = accepted / FILE_NAME
    line = next(line for line in path.read_text().splitlines() if '"teh"' in line)
    path.write_text(path.read_text().replace(line, f"{line}\n{line.replace('2', '1')}"))
    assert contentlint()[0] == 1


def test_it_is_not_replaced_unless_that_is_wanted(accepted, contentlint):
    edit(accepted / "posts" / "oven.md", "hot", "hto")
    before = (accepted / FILE_NAME).read_bytes()
    status, out, err = contentlint("baseline", "create")
    assert (status, out) == (2, "")
    assert err.startswith(f"contentlint: {FILE_NAME}: there is a baseline already; ")
    assert (accepted / FILE_NAME).read_bytes() == before
    assert contentlint("baseline", "create", "--force")[1] == (
        f"{FILE_NAME}: lets be 6 findings in 2 files\n"
    )
    assert contentlint()[0] == 0


def test_a_blog_without_findings_has_an_empty_one(blog, contentlint):
    contentlint("baseline", "create", "--baseline", "none.json", "--config", os.devnull)
    (blog / "posts" / "fridge.md").unlink()
    (blog / "posts" / "oven.md").write_text("It beeps.\n")
    assert contentlint("baseline", "create")[1] == f"{FILE_NAME}: lets be 0 findings in 0 files\n"
    assert contentlint() == (0, "", "contentlint: nothing found in 1 file\n")


def test_it_stands_beside_the_configuration(blog, contentlint, monkeypatch):
    (blog / "site").mkdir()
    (blog / "posts").rename(blog / "site" / "posts")
    (blog / "site" / "contentlint.toml").write_text("")
    monkeypatch.chdir(blog / "site" / "posts")
    assert contentlint("baseline", "create")[0] == 0
    assert (blog / "site" / FILE_NAME).is_file()
    assert ("posts/oven.md", "ovne", 1) in entries(blog / "site")
    assert contentlint()[0] == 0


def test_without_configuration_it_is_at_the_top_of_the_repository(blog, contentlint, monkeypatch):
    monkeypatch.chdir(blog / "posts")
    assert contentlint("baseline", "create")[0] == 0
    assert (blog / FILE_NAME).is_file()


def test_without_a_repository_it_is_in_the_working_directory(blog, contentlint, monkeypatch):
    (blog / ".git").rmdir()
    monkeypatch.chdir(blog / "posts")
    assert contentlint("baseline", "create")[0] == 0
    assert (blog / "posts" / FILE_NAME).is_file()
    assert contentlint("oven.md", "fridge.md")[0] == 0


def test_it_may_have_another_name_and_place(blog, contentlint, tmp_path):
    for name in ("ci/old findings.json", str(tmp_path / "elsewhere.json")):
        (blog / "ci").mkdir(exist_ok=True)
        assert contentlint("baseline", "create", "--baseline", name)[0] == 0
        assert contentlint("--baseline", name)[0] == 0
        assert contentlint("baseline", "check", "--baseline", name, ".")[0] == 0
        assert contentlint()[0] == 1


BROKEN = {
    "": "is no baseline, for it is no JSON",
    "{}": "is no baseline of contentlint",
    '{"version": 1.0}': "is no baseline of contentlint",
    "[]": "is no baseline of contentlint",
    '{"version": true}': "is no baseline of contentlint",
    '{"version": 2}': "is of a later version of contentlint; install that",
    '{"version": 1}': "the list `findings` is not as contentlint writes it",
    '{"version": 1, "findings": [{"path": 1}]}': "the list `findings` is not as contentlint writes it",
    '{"version": 1, "findings": [], "files": [{"path": "a.md"}]}': (
        "the list `files` is not as contentlint writes it"
    ),
    "[" * 100_000: "is no baseline, for it is no JSON",
    "\udcff": "is no baseline, for it is not UTF-8",
}


@pytest.mark.parametrize("text", BROKEN, ids=range(len(BROKEN)))
@pytest.mark.parametrize("command", [[], ["baseline", "check"], ["baseline", "update"]])
def test_what_is_no_baseline_is_trouble(blog, contentlint, text, command):
    (blog / FILE_NAME).write_bytes(text.encode("utf-8", "surrogateescape"))
    status, out, err = contentlint(*command)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(f"contentlint: {FILE_NAME}:")
    assert err.rstrip().endswith(BROKEN[text])


def test_a_merge_that_is_not_done_is_trouble_that_tells_the_way_out(accepted, contentlint):
    path = accepted / FILE_NAME
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join([*lines[:3], "<<<<<<< HEAD\n", "=======\n", ">>>>>>> x\n", *lines[3:]]))
    status, out, err = contentlint()
    assert (status, out) == (2, "")
    assert err == (
        f"contentlint: {FILE_NAME}:4: is in the middle of a merge; "
        "take either side, then run contentlint baseline update\n"
    )


MISTAKES = """\
$ --baseline no.json
no.json: there is no baseline; contentlint baseline create makes one
$ --baseline no.json --no-baseline
--baseline and --no-baseline exclude each other
$ baseline
baseline: create, update or check?; see contentlint baseline --help
$ baseline updat
baseline: unknown action `updat`; did you mean `update`?; see contentlint baseline --help
$ baseline update
.contentlint-baseline.json: there is no baseline; contentlint baseline create makes one
$ baseline create --baseline no/such/folder.json
cannot write to no/such/folder.json: No such file or directory
$ baseline create pots
pots: no such file or folder; did you mean posts?
$ --baseline posts
posts: cannot be read: Is a directory
"""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [mistake.split("\n") for mistake in MISTAKES.rstrip("\n").removeprefix("$ ").split("\n$ ")],
)
def test_mistakes_get_a_line(blog, contentlint, arguments, said):
    assert contentlint(*arguments.split()) == (2, "", f"contentlint: {said}\n")


# ---- the whole of it ---------------------------------------------------------------------------


@pytest.mark.slow
def test_two_thousand_old_findings_and_one_new_one(tmp_path, monkeypatch, contentlint, found):
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    for number in range(250):
        words = [f"Here is ![](https://example.org/{n}.png) number {n}." for n in range(8)]
        post = f"---\ntitle: Post {number}\n---\n" + "\n\n".join(words) + "\n"
        (tmp_path / f"{number}.md").write_text(post)
    assert len(found()) == 2_000
    assert contentlint("baseline", "create")[0] == commands.CLEAN
    assert found() == []
    post = tmp_path / "77.md"
    head, *paragraphs = post.read_text().split("\n\n")
    post.write_text("\n\n".join([head, *reversed(paragraphs)]) + "\n")
    assert found() == []
    edit(post, "number 4.", "nubmer 4.")
    assert found() == ["77.md:13 typos/misspelling"]
    assert contentlint("baseline", "check")[0] == commands.CLEAN
