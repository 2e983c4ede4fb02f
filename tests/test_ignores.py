"""Which files the ignore files of Git leave out: what pathspec says, and Git itself."""

from __future__ import annotations

import os
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pathspec import GitIgnoreSpec

from contentlint.ignores import Ignores

PLAIN = [
    "",
    "# built",
    "public",
    "public/",
    "/public",
    "/public/",
    "public  ",
    "content/public",
    "/content/public/",
    "content/a.log",
    "*.log",
    "*.log/",
    "**/public",
    "**/public/",
    "**/*.log",
    "*public",
    ".DS_Store",
    "a,b(c).log",
]
OTHER = [
    "public \t",
    "*",
    "**",
    "/*.log",
    "!public",
    "pub*c",
    "public/*",
    "**/content/public",
    "[p]ublic",
    "/",
    ".",
]
NAMES = [
    "public",
    "content",
    "a.log",
    ".log",
    "xpublic",
    "publicx",
    "a,b(c).log",
    "b.md",
    ".DS_Store",
]

lines = st.lists(st.sampled_from(PLAIN), max_size=4)
files = st.lists(st.sampled_from(NAMES), min_size=1, max_size=3).map("/".join)


def ignores(folder, lines) -> Ignores:
    (folder / ".gitignore").write_text("\n".join(lines))
    return Ignores().and_of(str(folder))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("blog")


@given(lines, files, st.booleans())
def test_plain_lines_mean_what_pathspec_says(folder, lines, path, is_folder):
    expected = GitIgnoreSpec.from_lines(lines).match_file(path + "/" * is_folder)
    found = ignores(folder, lines)
    assert found.leave_out(str(folder / path), is_folder=is_folder) == expected


@given(st.lists(st.sampled_from(PLAIN + OTHER), max_size=4), files)
def test_files_of_a_folder_are_asked_for_at_once(folder, lines, path):
    found = ignores(folder, lines)
    file = folder / path
    if path == file.name or not found.leave_out(str(file.parent), is_folder=True):
        spared = found.spare(str(file.parent), [str(file)])
        assert (spared == []) == found.leave_out(str(file), is_folder=False)


@pytest.mark.parametrize("line", OTHER)
def test_other_lines_are_left_to_pathspec(folder, line):
    found = ignores(folder, ["*.log", line])
    for path in ("public", "content/public", "public/b.md", "a.log", "content/a.log"):
        expected = GitIgnoreSpec.from_lines(["*.log", line]).match_file(path)
        assert found.leave_out(str(folder / path), is_folder=False) == expected


def test_git_says_the_same(tmp_path):
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    paths = [
        "public/b.md",
        "content/public/b.md",
        "content/a.log",
        "a.log",
        "xpublic",
        "content/b.md",
    ]
    for path in paths:
        os.makedirs(os.path.dirname(tmp_path / path), exist_ok=True)
        (tmp_path / path).write_text("")
    for line in PLAIN:
        found = ignores(tmp_path, [line])
        told = subprocess.run(
            ["git", "check-ignore", *paths],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        own = [path for path in paths if found.leave_out(str(tmp_path / path), is_folder=False)]
        assert own == told.stdout.splitlines(), line


def test_a_later_file_that_takes_back_is_obeyed_below_what_an_earlier_one_ignores(tmp_path):
    (tmp_path / "drafts").mkdir()
    outer = ignores(tmp_path, ["drafts.md"])
    both = ignores(tmp_path / "drafts", ["!drafts.md"])
    both = outer.and_of(str(tmp_path / "drafts"))
    path = str(tmp_path / "drafts" / "drafts.md")
    assert outer.leave_out(path, is_folder=False)
    assert not both.leave_out(path, is_folder=False)
    assert both.spare(os.path.dirname(path), [path]) == [path]
