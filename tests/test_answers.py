"""What was said before is said again only if a run would say the same."""

from __future__ import annotations

import io
import json
import os
import re
import sys
import time
from pathlib import Path
from typing import NamedTuple  # noqa: TID251 - the tests know nothing of start-up

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contentlint import answers, cache, cli

PROJECT = Path(__file__).resolve().parent.parent
POST = "---\ntitle: The oven\n---\n## Doors\n\nSee [the dryer](../dryer/#filters), ![Red](r.png).\n"
DRYER = "---\ntitle: The dryer\n---\n## Filters\n\nA seperate drawer, a frobnizer.\n"


class Said(NamedTuple):
    status: int
    out: str
    err: str
    again: bool  # without a run


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


@pytest.fixture
def blog(tmp_path, monkeypatch):
    """The folder of a blog, which is the working directory; its cache stands beside it."""
    folder = tmp_path / "blog"
    write(
        folder,
        {
            "hugo.toml": "baseURL = 'https://example.org/'\n",
            "content/oven/index.md": POST,
            "content/oven/r.png": "",
            "content/dryer.md": DRYER,
        },
    )
    monkeypatch.chdir(folder)
    monkeypatch.setenv("CONTENTLINT_CACHE_DIR", str(tmp_path / "cache"))
    for module in (answers, cache):  # as if the files had been written long before
        monkeypatch.setattr(module, "_RACY", 0)
    return folder


def answer(capsys, *arguments: str) -> Said:
    """What the program says, as `__main__` runs it."""
    capsys.readouterr()
    status = answers.recall(list(arguments))
    again = status is not None
    if status is None:
        answers.watch(list(arguments))
        status = cli.main(arguments)
        answers.keep(list(arguments), status)
    return Said(status, *capsys.readouterr(), again)


@pytest.fixture
def ask(capsys):
    """Asks; asserts that a run without a cache says the same."""

    def run(*arguments: str) -> Said:
        said = answer(capsys, *arguments)
        without = answer(capsys, *arguments, "--no-cache")
        assert without == said._replace(again=False)
        return said

    return run


@pytest.mark.parametrize("named", [[], ["content/oven/index.md"], ["--output-format", "json", "."]])
def test_the_same_is_said_again(blog, ask, named):
    first = ask(*named)
    assert (first.status, first.again) == (1 if not named or "." in named else 0, False)
    assert ask(*named) == first._replace(again=True)
    assert not ask("--quiet", *named).again


CHANGES = {
    "the post": {"content/oven/index.md": POST + "A seperate door.\n"},
    "another post": {"content/dryer.md": DRYER.replace("Filters", "Sieves")},
    "a post more": {"content/dryer/index.md": POST},
    "a file of the site": {"hugo.toml": "baseURL = 'https://example.org/'\nuglyURLs = true\n"},
    "a configuration": {"contentlint.toml": 'ignore = ["links"]\n'},
    "a hidden configuration": {".contentlint.toml": 'fail-on = "error"\n'},
    "one above": {"../contentlint.toml": 'exclude = ["dryer.md"]\n'},
    "words": {"contentlint-vocabulary.txt": "seperate\n"},
    "words above": {"../contentlint-vocabulary.txt": "seperate\n"},
    "an ignore file": {".gitignore": "dryer.md\n"},
    "an ignore file above": {"../.gitignore": "dryer.md\n", "../.git/HEAD": ""},
    "a template": {"layouts/_default/_markup/render-link.html": "<a>"},
    "a site further down": {"content/mkdocs.yml": "site_name: x\n"},
    "a baseline": {".contentlint-baseline.json": "{}"},
}


@pytest.mark.parametrize("changed", CHANGES)
@pytest.mark.parametrize("named", [["content/oven/index.md"], []])
def test_any_change_is_seen(blog, ask, changed, named):
    before = ask(*named)
    write(blog, CHANGES[changed])
    assert not ask(*named).again
    for name in CHANGES[changed]:
        (blog / name).unlink()
    write(blog, {"hugo.toml": "baseURL = 'https://example.org/'\n", "content/dryer.md": DRYER,
                 "content/oven/index.md": POST})  # fmt: skip
    assert ask(*named)._replace(again=False) == before


def test_a_file_that_is_gone_is_missed(blog, ask):
    assert ask("content/oven/index.md").status == 0
    (blog / "content/oven/r.png").unlink()
    assert "images/missing-file" in ask("content/oven/index.md").out


def test_an_edit_that_leaves_size_and_time_is_seen(blog, ask):
    path = blog / "content/dryer.md"
    ask("content/oven/index.md")
    before = path.stat()
    path.write_text(DRYER.replace("Filters", "Philter"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert "links/anchor" in ask("content/oven/index.md").out


@pytest.mark.parametrize(
    ("file", "more"),
    [
        ("schema.json", '{"required": ["author"]}'),
        ("part.json", '{"required": ["author"]}'),
        ("contentlint.toml", ""),
        ("words.txt", "frobnizer\n"),
        ("accepted.json", ""),
    ],
)
def test_files_that_the_configuration_names_count(blog, ask, file, more):
    write(
        blog,
        {
            "contentlint.toml": 'vocabulary-files = ["words.txt"]\n[[schemas]]\nschema = "schema.json"\n',
            "schema.json": '{"allOf": [{"$ref": "part.json"}]}',
            "part.json": "{}",
            "words.txt": "oven\n",
        },
    )
    assert cli.main(["baseline", "create", "--baseline", "accepted.json"]) == 0
    arguments = ["--baseline", "accepted.json"]
    ask(*arguments)
    assert ask(*arguments).again
    path = blog / file
    path.write_text(more or path.read_text() + "\n")
    assert not ask(*arguments).again


def test_what_the_program_consists_of_counts(blog, ask, monkeypatch, tmp_path):
    """Such as a plugin, which is worked at."""
    source = tmp_path / "lib" / "own_rule.py"
    write(tmp_path, {"lib/own_rule.py": ""})
    monkeypatch.syspath_prepend(str(source.parent))
    __import__("own_rule")
    try:
        ask()
        assert ask().again
        source.write_text("x = 1\n")
        assert not ask().again
    finally:
        del sys.modules["own_rule"]


def test_the_day_the_place_and_the_surroundings_count(blog, ask, monkeypatch):
    assert not ask(".").again
    monkeypatch.setenv("NO_COLOR", "1")
    assert not ask(".").again
    assert ask(".").again
    monkeypatch.setattr(answers, "_today", lambda: "2031-01-01")
    assert not ask(".").again
    monkeypatch.chdir(blog / "content")
    assert not ask(".").again


def test_all_variables_that_are_asked_for_are_known():
    asked: set[str] = set()
    for path in (*(PROJECT / "contentlint").rglob("*.py"), *(PROJECT / "rules").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        asked.update(re.findall(r'environ(?:\.get\(|\[)"(\w+)"', text))
        for name in re.findall(r"environ(?:\.get\(|\[)(\w+)", text):
            lines = re.findall(rf"^.*\b{name}\b.*$", text, re.MULTILINE)
            asked.update(re.findall(r'"([A-Z_]+)"', "\n".join(lines)))
    assert {"NO_COLOR", "GITHUB_WORKSPACE", "GITHUB_STEP_SUMMARY"} <= asked
    # The folder of the cache is where answers are.
    assert asked <= {*answers._VARIABLES, "CONTENTLINT_CACHE_DIR"}


# ---- what is not said again --------------------------------------------------------------------


def test_what_went_wrong_is_found_out_again(blog, ask):
    for _ in range(2):
        said = ask("content/nothing.md")
        assert (said.status, said.again) == (2, False)
    write(blog, {"contentlint.toml": 'selct = ["links"]\n'})
    assert [ask().again, ask().again] == [False, False]


def test_what_was_read_from_standard_input_is_not_kept(blog, capsys, monkeypatch):
    for text in (b"A seperate door.\n", b"A door.\n"):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))
        said = answer(capsys, "--stdin-filename", "content/oven/index.md", "-")
        assert (said.status, said.again) == (text != b"A door.\n", False)


@pytest.mark.parametrize("option", ["--output-file", "--output=json:"])
def test_a_report_in_a_file_is_written_each_time(blog, capsys, option):
    arguments = [f"{option}r.txt"] if "=" in option else [option, "r.txt"]
    for _ in range(3):
        assert not answer(capsys, *arguments).again
        (blog / "r.txt").unlink()


def test_fixes_are_found_and_made_each_time(blog, capsys):
    first = answer(capsys, "--diff")
    assert "+A separate drawer, a frobnizer." in first.out
    assert answer(capsys, "--diff") == first
    text = (blog / "content/dryer.md").read_text()
    for _ in range(2):
        assert answer(capsys, "--fix").status == 0
        assert "separate" in (blog / "content/dryer.md").read_text()
        (blog / "content/dryer.md").write_text(text)


def test_nothing_is_kept_without_a_cache(blog, capsys):
    for _ in range(2):
        assert not answer(capsys, "--no-cache").again
        assert not answer(capsys, "--cache-dir", "../other").again
    assert not (blog.parent / "cache").exists()
    assert os.listdir(blog.parent / "other") == ["cache.sqlite"]


def test_a_note_is_not_told_again(blog, capsys):
    write(blog.parent, {"cache/cache.sqlite": "no database " * 1000})
    assert "damaged" in answer(capsys).err
    said = answer(capsys)
    assert ("damaged" in said.err, said.again) == (False, False)


def test_a_file_that_has_just_changed_may_change_again(blog, capsys, monkeypatch):
    monkeypatch.setattr(answers, "_RACY", 3_000_000_000)
    assert not answer(capsys).again
    assert not answer(capsys).again


def test_a_file_that_changes_in_the_middle_of_a_run_spoils_the_answer(blog, capsys):
    answers.watch([])
    status = cli.main([])
    time.sleep(0.02)  # the clock of the file system goes on
    (blog / "content/dryer.md").write_text(DRYER + "More.\n")
    answers.keep([], status)
    assert answers.recall([]) is None


@pytest.mark.parametrize(
    "damage", [lambda d: b"", lambda d: d[:-3], lambda d: d[:60] + b"x" + d[61:]]
)
def test_a_damaged_answer_is_none(blog, ask, damage):
    ask()
    (file,) = (blog.parent / "cache" / "answers").iterdir()
    file.write_bytes(damage(file.read_bytes()))
    assert not ask().again


def test_only_the_latest_are_kept_until_they_are_removed(blog, capsys, contentlint, monkeypatch):
    monkeypatch.setattr(answers, "_MOST", 2)
    for number in range(4):
        answer(capsys, *["--quiet"] * number)
    assert len(os.listdir(blog.parent / "cache" / "answers")) == 2
    assert contentlint("cache", "clean")[0] == 0
    assert os.listdir(blog.parent / "cache") == []


# ---- the process -------------------------------------------------------------------------------


def test_an_unchanged_post_imports_next_to_nothing(run, blog, tmp_path):
    command = [sys.executable, "-m", "contentlint", "content/oven/index.md"]
    time.sleep(3.1)  # a run that began a moment after a change keeps nothing
    first = run(command, cwd=blog)
    script = (
        "import json, sys\n"
        "before = set(sys.modules)\n"
        "del sys.path[0]\n"
        "from contentlint import answers\n"
        "status = answers.recall(['content/oven/index.md'])\n"
        "more = sorted(set(sys.modules) - before)\n"
        f"open({str(tmp_path / 'told')!r}, 'w').write(json.dumps([status, more]))\n"
    )
    again = run([sys.executable, "-c", script], cwd=blog)
    assert (again.stdout, again.stderr) == (first.stdout, first.stderr)
    status, more = json.loads((tmp_path / "told").read_text())
    assert status == first.returncode
    assert set(more) <= {"contentlint", "contentlint.answers", "zlib"}
    assert run(command, cwd=blog).stdout == first.stdout


# ---- properties --------------------------------------------------------------------------------

NAMES = st.sampled_from(["content/a.md", "content/b.md", "content/c/index.md", "static/x.png",
                         "contentlint.toml", ".gitignore", "hugo.toml"])  # fmt: skip
TEXTS = st.sampled_from(["", "# A\n\n[b](../b/#a)\n", "# B\n\n![X](/x.png) [c](/c/) frobnzier\n",
                         "---\ndraft: true\ntags: [A, a]\n---\nfrobnizer\n", "*.md\n"])  # fmt: skip
STEPS = st.lists(st.dictionaries(NAMES, st.none() | TEXTS, max_size=2), min_size=1, max_size=5)


@pytest.mark.slow
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_whatever_happens_the_answer_is_that_of_a_run(steps, tmp_path_factory, capsys):
    folder = tmp_path_factory.mktemp("blog")
    write(folder, {"content/a.md": "# A\n\n[b](../b/#a)\n", "content/b.md": "# B\n"})
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("CONTENTLINT_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        for module in (answers, cache):
            patch.setattr(module, "_RACY", 0)
        for step in steps:
            for name, text in step.items():
                if text is not None:
                    write(folder, {name: text})
                elif (folder / name).exists():
                    (folder / name).unlink()
            time.sleep(0.02)  # the clock of the file system goes on
            for arguments in ([], ["--output-format", "json", "content/a.md"]):
                said = [answer(capsys, *arguments), answer(capsys, *arguments)]
                without = answer(capsys, *arguments, "--no-cache")
                assert [one._replace(again=False) for one in said] == [without, without]
