"""`--fix`, `--unsafe-fixes` and `--diff`: what is written to files, and what never happens to them."""

from __future__ import annotations

import codecs
import io
import json
import os
import random
import re
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contentlint import cli, engine
from contentlint.commands import fix
from contentlint.config import defaults
from contentlint.discover import Blog
from contentlint.finding import Edit, Fix, Problem
from contentlint.rule import file_rule
from contentlint.text import Span

BEFORE = "I recieve it, and more.\n"
AFTER = "I receive it, and more.\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def post(folder):
    path = folder / "post.md"
    path.write_bytes(BEFORE.encode())
    return path


# ---- what is fixed -----------------------------------------------------------------------------


def test_without_it_nothing_is_written(post, contentlint):
    assert contentlint()[0] == 1
    assert post.read_text() == BEFORE


def test_what_is_left_is_told_and_what_was_fixed_counted(post, contentlint):
    post.write_text(BEFORE + "\nSee [more]().\n")
    status, out, err = contentlint("--fix")
    assert status == 1
    assert [line.split()[2] for line in out.splitlines()] == ["links/empty"]
    assert err == "contentlint: 1 fixed, 1 warning in 1 file\n"
    assert post.read_text() == AFTER + "\nSee [more]().\n"
    assert contentlint("--fix") == (status, out, "contentlint: 1 warning in 1 file\n")


def test_if_nothing_is_left_all_is_well(post, contentlint):
    assert contentlint("--fix") == (0, "", "contentlint: 1 fixed, nothing left in 1 file\n")
    assert contentlint("--fix") == (0, "", "contentlint: nothing found in 1 file\n")


def test_only_safe_fixes_are_applied_unless_asked(post, contentlint):
    post.write_text("It takes a hour to recieve it.\n")
    contentlint("--fix")
    assert post.read_text() == "It takes a hour to receive it.\n"
    contentlint("--fix", "--unsafe-fixes")
    assert post.read_text() == "It takes an hour to receive it.\n"


def test_places_beyond_emoji_and_front_matter(post, contentlint):
    text = "---\ndescription: 🎉 recieve\n---\n\n🎉 e\u0301 recieve 🎉 it, *and recieve*\u2028recieve.\n"
    post.write_text(text, encoding="utf-8", newline="")
    contentlint("--fix")
    assert post.read_text(encoding="utf-8") == text.replace("recieve", "receive")


def test_what_is_suppressed_or_not_selected_is_not_fixed(post, contentlint):
    post.write_text("I recieve it. <!-- contentlint-disable-line typos -->\n\nI recieve the the.\n")
    contentlint("--fix", "--ignore", "typos/repeated-word")
    assert post.read_text() == (
        "I recieve it. <!-- contentlint-disable-line typos -->\n\nI receive the the.\n"
    )


def test_what_the_baseline_lets_be_is_not_fixed(post, contentlint):
    contentlint("baseline", "create")
    post.write_text(BEFORE + "\nThe the end.\n")
    contentlint("--fix")
    assert post.read_text() == BEFORE + "\nThe end.\n"


def test_a_suppression_that_is_no_longer_needed_is_taken_out(post, contentlint):
    post.write_text("One.\n\n<!-- contentlint-disable-next-line typos -->\nTwo.\n")
    contentlint("--fix")
    assert post.read_text() == "One.\n\nTwo.\n"


def test_fixes_that_meet_are_applied_one_after_the_other(post, contentlint):
    text = "<!-- contentlint-disable-line images, links, tags, typos -->x recieve\n"
    post.write_text(text)
    contentlint("--fix", "--unsafe-fixes")
    assert post.read_text() == "<!-- contentlint-disable-line typos -->x recieve\n"


# ---- the file stays as it is but for the edits -------------------------------------------------

ENCODINGS = {
    "utf-8": ("utf-8", b""),
    "utf-8 with a mark": ("utf-8", codecs.BOM_UTF8),
    "utf-16-le": ("utf-16-le", codecs.BOM_UTF16_LE),
    "utf-16-be": ("utf-16-be", codecs.BOM_UTF16_BE),
}
words = st.sampled_from(["recieve", "🎉", "é", "e\u0301", "a tab\t", "\u2028", "“so”", "fine"])
breaks = st.sampled_from(["\n", "\r\n", "\r", "\n\n", " ", "  \r\n", ""])


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(words, breaks), max_size=12), st.sampled_from(sorted(ENCODINGS)))
def test_line_ends_marks_and_encodings_are_kept(folder, parts, encoding):
    codec, mark = ENCODINGS[encoding]
    text = "".join(f"{word}, {end}" for word, end in parts) + "The recieve"
    path = folder / "post.md"
    path.write_bytes(mark + text.encode(codec))
    cli.main(["--fix", "--no-cache", "--quiet", "--isolated", "--select", "typos,source"])
    after = path.read_bytes()
    assert after[len(mark) :].decode(codec).replace("receive", "recieve") == text
    assert after.startswith(mark)


def test_bytes_that_are_no_text_are_kept(post, contentlint):
    post.write_bytes(b"Caf\xe9 \xff recieve \xe2\x28 it.\r\n")
    contentlint("--fix")
    assert post.read_bytes() == b"Caf\xe9 \xff receive \xe2\x28 it.\r\n"


def test_a_file_that_could_not_be_written_again_is_left_alone(post, contentlint):
    data = codecs.BOM_UTF16_LE + "I recieve it.\n".encode("utf-16-le") + b"x"
    post.write_bytes(data)
    status, _, err = contentlint("--fix")
    assert status == 1
    assert "note: post.md: left alone, since some of it cannot be read\n" in err
    assert err.count("left alone") == 1
    assert post.read_bytes() == data


@pytest.mark.skipif(os.name == "nt", reason="Windows has other modes and links")
def test_the_mode_is_kept_and_a_link_stays_a_link(folder, post, contentlint):
    post.chmod(0o640)
    (folder / "texts").mkdir()
    target = folder / "texts" / "other.txt"
    target.write_text(BEFORE)
    (folder / "link.md").symlink_to(Path("texts") / "other.txt")
    contentlint("--fix")
    assert stat.S_IMODE(post.stat().st_mode) == 0o640
    assert os.readlink(folder / "link.md") == os.path.join("texts", "other.txt")
    assert (post.read_text(), target.read_text()) == (AFTER, AFTER)
    assert sorted(os.listdir(folder)) == ["link.md", "post.md", "texts"]


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege")
def test_a_file_with_two_names_is_fixed_once(folder, post, contentlint):
    (folder / "again.md").symlink_to("post.md")
    status, _, err = contentlint("--fix", "again.md", "post.md")
    assert (status, err) == (0, "contentlint: 1 fixed, nothing left in 2 files\n")
    assert post.read_text() == AFTER


# ---- what comes in between ---------------------------------------------------------------------


@pytest.fixture
def meanwhile(monkeypatch):
    """Lets something happen after the files were read, and before they are written."""

    def arrange(happens) -> None:
        run = engine.run

        def run_and_then(*arguments, **options):
            result = run(*arguments, **options)
            happens()
            return result

        monkeypatch.setattr(engine, "run", run_and_then)

    return arrange


def test_a_file_that_has_changed_meanwhile_is_left_alone(folder, post, contentlint, meanwhile):
    (folder / "other.md").write_text(BEFORE)
    now = "I definately recieve it.\n"
    meanwhile(lambda: post.write_text(now))
    status, out, err = contentlint("--fix")
    assert status == 1
    assert post.read_text() == now
    assert (folder / "other.md").read_text() == AFTER
    assert err == (
        "contentlint: 1 fixed, 2 errors in 2 files\n"
        "contentlint: note: post.md: left alone, since it has changed meanwhile\n"
    )
    assert [line.split(": ")[0] for line in out.splitlines()] == ["post.md:1:3", "post.md:1:14"]


def test_a_file_that_has_gone_meanwhile_does_not_come_back(post, contentlint, meanwhile):
    meanwhile(lambda: post.unlink(missing_ok=True))
    status, _, err = contentlint("--fix")
    assert status == 2
    assert "error: post.md: cannot be written: No such file or directory" in err
    assert not post.exists()


def test_a_full_disk_leaves_the_file_whole(folder, post, contentlint, monkeypatch):
    (folder / "other.md").write_text(BEFORE)
    replace = os.replace

    def refuse(source, target):
        if target.endswith("post.md"):
            raise OSError(28, "No space left on device")
        replace(source, target)

    monkeypatch.setattr(os, "replace", refuse)
    status, out, err = contentlint("--fix")
    assert status == 2
    assert out.startswith("post.md:1:3: error typos/misspelling")
    assert "contentlint: error: post.md: cannot be written: No space left on device\n" in err
    assert (post.read_text(), (folder / "other.md").read_text()) == (BEFORE, AFTER)
    assert sorted(os.listdir(folder)) == ["other.md", "post.md"]


# ---- rounds ------------------------------------------------------------------------------------


def exchange(id: str, old: str, new: str):
    @file_rule(id, "a rule that wants other letters")
    def rule(document):
        for match in re.finditer(old, document.source.text):
            place = Span(*match.span())
            yield Problem(place, "this is another", fix=Fix((Edit(place, new),)))

    return rule


def mended(text: str, *rules) -> tuple[bytes, engine.Result]:
    path = os.path.abspath("post.md")
    blog = Blog(os.path.dirname(path), (path,), (path,))
    config = defaults(list(rules), os.path.dirname(path))
    draft = fix.Draft(lambda _: text.encode())

    def look(read, unsaved):
        return engine.run([blog], list(rules), config, read, unsaved=unsaved), []

    result, _ = fix.mend(look, draft, unsafe=False, writes=False)
    return draft.read(path), result


def test_rounds_go_on_until_nothing_changes():
    steps = [exchange(f"x/from-{a}", a, b) for a, b in ["ab", "bc", "cd", "de"]]
    data, result = mended("a", *steps)
    assert (data, result.fixed, result.findings, result.notices) == (b"e", 4, [], ())


def test_rules_that_undo_each_other_are_stopped():
    data, result = mended("a", exchange("x/one", "a", "b"), exchange("x/two", "b", "a"))
    assert data == b"a"
    assert result.fixed == 0  # after all
    assert result.notices == ("stopped after 10 rounds; still to be fixed: x/one",)


def test_a_rule_that_wants_what_is_there_is_no_reason_to_go_on():
    data, result = mended("a", exchange("x/same", "a", "a"))
    assert (data, result.fixed, len(result.findings), result.notices) == (b"a", 0, 1, ())


# ---- a preview ---------------------------------------------------------------------------------


def test_a_preview_writes_nothing_and_shows_what_would_be_written(post, contentlint):
    status, out, err = contentlint("--diff")
    assert (status, err) == (1, "contentlint: 1 to be fixed, nothing left in 1 file\n")
    assert out == f"--- post.md\n+++ post.md\n@@ -1 +1 @@\n-{BEFORE}+{AFTER}"
    assert post.read_text() == BEFORE
    contentlint("--fix")
    assert contentlint("--diff") == (0, "", "contentlint: nothing found in 1 file\n")


def test_what_is_not_to_be_fixed_is_no_difference(post, contentlint):
    post.write_text("See [more]().\n\nIt takes a hour.\n")
    assert contentlint("--diff")[:2] == (0, "")
    assert contentlint("--diff", "--unsafe-fixes", "--exit-zero")[0] == 0
    assert contentlint("--diff", "--unsafe-fixes")[0] == 1


@pytest.mark.parametrize(
    "data",
    [
        b"One.\r\n\r\nI recieve it.\r\nTwo.\r\n\r\nThree.\r\n\r\nFour.\r\n\r\nThe the end.",
        b"I recieve it.",
        b"\xef\xbb\xbfI recieve it.\n",
        b"Caf\xe9, I recieve it.\n",
        "Café \u2028 I recieve it.\n".encode(),
    ],
)
def test_the_difference_is_one_that_git_applies(folder, post, run, data):
    post.write_bytes(data)
    command = [sys.executable, "-m", "contentlint", "--isolated", "--no-cache", "--quiet"]
    shown = subprocess.run([*command, "--diff"], capture_output=True, check=False)
    assert shown.returncode == 1
    (folder / "fix.patch").write_bytes(shown.stdout)
    run(["git", "apply", "-p0", "--unsafe-paths", "fix.patch"], cwd=folder)
    applied = post.read_bytes()
    assert applied != data
    post.write_bytes(data)
    run([*command, "--fix", "--exit-zero"], cwd=folder)
    assert post.read_bytes() == applied


# ---- standard input ----------------------------------------------------------------------------


@pytest.fixture
def on_stdin(folder, monkeypatch, capsysbinary):
    def run(data: bytes, *arguments: str) -> tuple[int, bytes, bytes]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        return (cli.main([*arguments, "-"]), *capsysbinary.readouterr())

    return run


def test_standard_input_is_printed_as_it_should_be(on_stdin):
    status, out, err = on_stdin(b"\xef\xbb\xbfI recieve \xff it.\r\nSee [more]().\r\n", "--fix")
    assert status == 1
    assert out == b"\xef\xbb\xbfI receive \xff it.\r\nSee [more]().\r\n"
    assert err.splitlines()[0].startswith(b"stdin.md:1:11: error source/encoding ")
    assert b"stdin.md:2:12: warning links/empty " in err
    assert err.endswith(b"contentlint: 1 fixed, 1 error, 1 warning in 1 file\n")


def test_standard_input_is_printed_even_if_nothing_is_to_be_fixed(on_stdin):
    assert on_stdin(b"Fine.\n", "--fix", "--quiet") == (0, b"Fine.\n", b"")


def test_standard_input_is_no_file(folder, post, on_stdin):
    named = ("--fix", "--quiet", "--stdin-filename", "post.md")
    assert on_stdin(b"I definately do.\n", *named) == (0, b"I definitely do.\n", b"")
    assert post.read_text() == BEFORE
    status, out, _ = on_stdin(b"I definately do.\n", "--diff", "--stdin-filename", "post.md")
    assert (status, out.splitlines()[0]) == (1, b"--- post.md")


def test_the_report_may_go_to_a_file(folder, on_stdin):
    report = ("--output-format", "json", "--output-file", "report.json")
    assert on_stdin(b"I recieve it.\n", "--fix", "--quiet", *report) == (0, b"I receive it.\n", b"")
    assert json.loads((folder / "report.json").read_text())["findings"] == []


# ---- what does not go together -----------------------------------------------------------------


def test_what_goes_with_what(post, contentlint):
    status, _, err = contentlint("--unsafe-fixes")
    assert (status, err) == (2, "contentlint: --unsafe-fixes goes with --fix or --diff\n")
    status, _, err = contentlint("--diff", "--output-file", "x")
    assert status == 2
    assert "--diff writes to standard output" in err


# ---- the cache ---------------------------------------------------------------------------------


def test_what_is_remembered_is_what_was_written(folder, post, contentlint):
    (folder / "other.md").write_text(BEFORE + "\nSee [more]().\n")
    contentlint()
    contentlint("--fix")
    assert contentlint() == contentlint("--no-cache")
    assert contentlint("--fix") == contentlint("--fix", "--no-cache")


# ---- killed at any moment ----------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="there is no such signal")
def test_whoever_kills_it_finds_each_file_whole(tmp_path):
    # A misspelling in forty posts would be a word of the blog.
    before, after = b"Take the the lid off.\n" * 200, b"Take the lid off.\n" * 200
    blog = tmp_path / "blog"
    names = [f"post-{number:02}.md" for number in range(20)]

    def start() -> subprocess.Popen[bytes]:
        shutil.rmtree(blog, ignore_errors=True)
        blog.mkdir()
        for name in names:
            (blog / name).write_bytes(before)
        command = [sys.executable, "-m", "contentlint", "--isolated", "--no-cache", "--quiet"]
        return subprocess.Popen([*command, "--select", "typos", "--fix"], cwd=blog)

    began = time.monotonic()
    assert start().wait() == 0
    whole = time.monotonic() - began
    assert {(blog / name).read_bytes() for name in names} == {after}
    chance = random.Random(7)
    between = 0
    for attempt in range(100):
        running = start()
        if attempt % 2:
            time.sleep(chance.uniform(0, whole))
        else:  # in the middle of writing
            number = chance.randrange(len(names))
            while running.poll() is None and (blog / names[number]).read_bytes() == before:
                pass
        running.send_signal(signal.SIGKILL)
        running.wait()
        contents = [(blog / name).read_bytes() for name in names]
        assert set(contents) <= {before, after}
        between += len(set(contents)) == 2
        left = {path.name for path in blog.iterdir()} - set(names)
        assert all(re.fullmatch(r"\.contentlint-\w+\.tmp", name) for name in left)
    assert between >= 20  # that often it was killed while it was writing
