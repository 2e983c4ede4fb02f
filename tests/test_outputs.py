"""Where reports go: standard output, files, the job summary; and what is shown meanwhile."""

from __future__ import annotations

import itertools
import json
import os
import re
import signal
import subprocess
import sys
import time

import pytest

from contentlint import cli, reporters
from contentlint.commands import check, progress

TYPO = "The refuigerator hums.\n"
BROKEN = "[here](no.md)\n"
FOUND = (
    "posts/typo.md:1:5: error typos/misspelling `refuigerator` is misspelt;"
    " did you mean `refrigerator`?\n"
)


@pytest.fixture(autouse=True)
def _in_blog(blog, monkeypatch):
    """All of this happens in a small blog, and in no CI."""
    for variable in ("GITHUB_STEP_SUMMARY", "GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        monkeypatch.delenv(variable, raising=False)


def test_the_help_names_every_format():
    assert re.findall(r"\w+", check.FORMATS.replace(" or ", " ")) == sorted(
        reporters.names(), key=check.FORMATS.index
    )


# ---- files -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", reporters.names())
def test_a_file_gets_what_standard_output_would(name, blog, contentlint):
    status, out, _ = contentlint("--output-format", name)
    assert status == 1
    assert "refuigerator" in out
    assert contentlint("--output", f"{name}:report")[:2] == (1, FOUND)
    assert (blog / "report").read_text(encoding="utf-8") == out
    (blog / "report").unlink()
    assert contentlint("--output-format", name, "--output-file", "report")[:2] == (1, "")
    assert (blog / "report").read_text(encoding="utf-8") == out


def test_several_reports_at_once(blog, contentlint):
    (blog / "reports").mkdir()
    status, out, err = contentlint(
        *("--output", "sarif:reports/a b.sarif", "--output=junit:reports/für.xml"),
        *("--output-format", "jsonl", "--output", f"json:{blog}/reports/x:y.json"),
    )
    assert (status, err) == (1, "contentlint: 1 error in 2 files\n")
    assert json.loads(out)["path"] == "posts/typo.md"
    assert sorted(os.listdir("reports")) == ["a b.sarif", "für.xml", "x:y.json"]
    written = json.loads((blog / "reports" / "x:y.json").read_text())
    assert written["findings"] == [json.loads(out)]


@pytest.mark.skipif(os.name == "nt", reason="it is an ordinary path there")
def test_a_drive_of_windows_is_part_of_the_path(blog, contentlint):
    contentlint("--output", "json:C:\\x.json")
    assert (blog / "C:\\x.json").exists()


def test_old_reports_are_replaced_and_links_stay(blog, contentlint):
    (blog / "old.json").write_text("old")
    (blog / "link.json").symlink_to("old.json")
    contentlint("--output", "json:link.json")
    assert (blog / "link.json").is_symlink()
    assert json.loads((blog / "old.json").read_text())["summary"]["error"] == 1


def test_a_format_may_be_written_where_nothing_was_found(blog, contentlint):
    (blog / "posts" / "typo.md").unlink()
    assert contentlint("--output", "sarif:report.sarif")[:2] == (0, "")
    assert json.loads((blog / "report.sarif").read_text())["runs"][0]["results"] == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ["--output", "json"],
            "--output takes FORMAT:FILE, not json; see contentlint check --help",
        ),
        (
            ["--output", "json:"],
            "--output takes FORMAT:FILE, not json:; see contentlint check --help",
        ),
        (["--output", ":a"], "--output takes FORMAT:FILE, not :a; see contentlint check --help"),
        (["--output"], "--output needs a value; see contentlint check --help"),
        (
            ["--output", "json:a", "--output", "json:b"],
            "--output json: is given twice; see contentlint check --help",
        ),
        (
            ["--output", "json:-"],
            "--output json:- goes to a file; for this one use --output-format",
        ),
        (["--output", "json:no/a"], "cannot write to no/a: there is no folder no"),
        (["--output", "json:posts"], "cannot write to posts: Is a directory"),
        (["--output-file", "no/a"], "cannot write to no/a: there is no folder no"),
        (
            ["--output", "json:a", "--output", "sarif:./posts/../a"],
            "./posts/../a: json and sarif cannot both be written there",
        ),
        (
            ["--output-file", "a", "--output", "sarif:a"],
            "a: text and sarif cannot both be written there",
        ),
        (
            ["--output-file", "a", "--output", "text:a"],
            "a: text and text cannot both be written there",
        ),
        (
            ["--output", "markdown:posts/typo.md"],
            "cannot write to posts/typo.md: it is one of the posts; exclude it, or name another",
        ),
        (
            ["--statistics", "--output-format", "sarif"],
            "--statistics is written as text or json, not as sarif",
        ),
    ],
)
def test_what_cannot_be_written_is_told_before_the_run(refused, blog, arguments, told):
    assert refused(*arguments) == told
    assert sorted(os.listdir(blog)) == [".git", "posts"]
    assert (blog / "posts" / "typo.md").read_text() == TYPO


@pytest.mark.parametrize("option", ["--output-format=srif", "--output=srif:a"])
def test_an_unknown_format_is_told_with_the_nearest_one(refused, option):
    told = refused(option)
    assert told.startswith(
        f"{option.split('=')[0]}: unknown format `srif`; did you mean `sarif`? ("
    )


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no full disk")
def test_a_full_disk_is_trouble_and_the_other_reports_are_written(blog, contentlint):
    arguments = ["--output", "json:/dev/full", "--output", "jsonl:good.jsonl"]
    status, out, err = contentlint(*arguments)
    assert (status, out) == (2, FOUND)
    assert err == "contentlint: cannot write to /dev/full: No space left on device\n"
    assert json.loads((blog / "good.jsonl").read_text())["path"] == "posts/typo.md"


def test_a_file_that_may_not_be_written_is_trouble(blog, contentlint, monkeypatch):
    (blog / "old.json").write_text("old")
    monkeypatch.setattr("contentlint.files.os.access", lambda path, mode: False)
    assert contentlint("--output", "json:old.json") == (
        2,
        FOUND,
        "contentlint: cannot write to old.json: Permission denied\n",
    )
    assert (blog / "old.json").read_text() == "old"
    assert sorted(os.listdir(blog)) == [".git", "old.json", "posts"]


@pytest.mark.slow
@pytest.mark.parametrize("name", reporters.names())
def test_a_reader_that_has_seen_enough_is_no_trouble(name, blog):
    (blog / "posts" / "long.md").write_text(BROKEN * 2_000)
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "contentlint", "--output-format", name, "posts"]
    done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, check=False)
    os.close(write)
    assert (done.returncode, done.stderr) == (1, b"contentlint: 2001 errors in 3 files\n")


# ---- always the same ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", reporters.names())
def test_the_order_of_arguments_changes_nothing(name, tmp_path, monkeypatch, contentlint):
    for blog in ("one", "two"):  # two blogs with a post of one name
        (tmp_path / blog / ".git").mkdir(parents=True)
        for post in ("a", "b"):
            text = f"---\ntags: [{post}, Dog, dogs]\n---\n\n{BROKEN}{BROKEN}"
            (tmp_path / blog / f"{post}.md").write_text(text)
    monkeypatch.chdir(tmp_path)
    paths = ["one/a.md", "one/b.md", "two/a.md", "two/b.md"]
    wanted = contentlint("--output-format", name, *paths)
    assert wanted[1].count("links/broken") >= 8
    for arguments in [*itertools.permutations(paths), ["two", "one"], [*paths, "one"]]:
        assert contentlint("--output-format", name, *arguments) == wanted


def test_what_was_kept_of_one_blog_changes_nothing_in_another(tmp_path, monkeypatch, contentlint):
    hidden = f"<!-- contentlint-disable links -->\n{BROKEN}"
    for blog, text in (("one", BROKEN + hidden), ("two", BROKEN)):
        (tmp_path / blog / ".git").mkdir(parents=True)
        for post in ("a", "b"):
            (tmp_path / blog / f"{post}.md").write_text(text)
    monkeypatch.chdir(tmp_path)
    for blog in ([], ["two"], ["one"]):
        arguments = ["--output-format", "gitlab", *(blog or ["one", "two"])]
        fresh = contentlint(*arguments, "--no-cache")
        assert all(contentlint(*arguments) == fresh for _ in range(3))
        prints = [issue["fingerprint"] for issue in json.loads(fresh[1])]
        assert len(set(prints)) == len(prints)


# ---- statistics --------------------------------------------------------------------------------


@pytest.fixture
def faults(blog):
    """More to be counted."""
    (blog / "posts" / "more.md").write_text("It is is so.\n\n![](a.png) and teh refuigerator\n")


def test_statistics_count_by_rule_and_by_file(faults, contentlint):
    status, out, err = contentlint("--statistics")
    assert status == 1
    assert out == (
        "3  typos/misspelling    1 fixable\n"
        "1  alt-text/missing\n"
        "1  images/missing-file\n"
        "1  typos/repeated-word\n"
        "\n"
        "5  posts/more.md\n"
        "1  posts/typo.md\n"
    )
    assert err == "contentlint: 5 errors, 1 warning in 3 files\n"


def test_statistics_for_programs(faults, contentlint):
    written = json.loads(contentlint("--statistics", "--output-format", "json")[1])
    assert list(written) == ["version", "rules", "files"]
    assert written["version"] == 1
    assert written["rules"][0] == {"rule": "typos/misspelling", "count": 3, "fixable": 1}
    assert written["files"][1] == {"path": "posts/typo.md", "count": 1}


def test_statistics_stand_instead_of_the_findings_and_other_reports_have_them(blog, contentlint):
    assert contentlint("--statistics", "--output", "concise:all", "--output-file", "few")[1] == ""
    assert (blog / "few").read_text() == "1  typos/misspelling\n\n1  posts/typo.md\n"
    assert (blog / "all").read_text() == FOUND


def test_statistics_of_nothing_are_empty(blog, contentlint):
    assert contentlint("--statistics", "posts/fine.md")[:2] == (0, "")
    out = contentlint("--statistics", "--output-format", "json", "posts/fine.md")[1]
    assert json.loads(out) == {"version": 1, "rules": [], "files": []}


# ---- GitHub ------------------------------------------------------------------------------------


def test_in_github_actions_text_stays_text(blog, contentlint, monkeypatch):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert contentlint()[1] == FOUND


def test_what_github_does_not_show_is_in_the_job_summary(blog, contentlint, monkeypatch):
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(blog / "summary"))
    (blog / "posts" / "more.md").write_text(BROKEN * 12)
    contentlint("--output-format", "text", "--output", "markdown:report")
    assert not (blog / "summary").exists()
    _, out, _ = contentlint("--output-format", "github")
    assert out.startswith("::notice title=contentlint::3 more in the log and the job summary\n")
    assert out.count("::error ") == 13
    assert (blog / "summary").read_text() == (blog / "report").read_text()
    assert (blog / "summary").read_text().startswith("### contentlint: 13 errors in 3 files\n")


def test_a_job_summary_that_cannot_be_written_is_trouble(blog, contentlint, monkeypatch):
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(blog / "no" / "summary"))
    (blog / "posts" / "more.md").write_text(BROKEN * 12)
    status, out, err = contentlint("--output-format", "github")
    assert status == 2
    assert out.count("::error ") == 13
    assert err == "contentlint: cannot write the job summary: No such file or directory\n"


# ---- a progress bar ----------------------------------------------------------------------------

SLOW_RUN = """
import sys, time
from contentlint import cli
from contentlint.commands import progress
progress._AFTER = 0.0
status = cli.main(sys.argv[1:])
print("tqdm" in sys.modules)
sys.exit(status)
"""


def on_terminal(*arguments: str, **environment: str) -> str:
    """What a run that takes long writes to a terminal, which is its standard error."""
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    known = {name: value for name, value in os.environ.items() if name != "CI"}
    with subprocess.Popen(
        [sys.executable, "-c", SLOW_RUN, *arguments],
        stdout=subprocess.PIPE,
        stderr=theirs,
        env={**known, **environment},
    ) as process:
        os.close(theirs)
        written = b""
        try:
            while data := os.read(ours, 65536):
                written += data
        except OSError:  # how Linux tells that the other end is closed
            pass
        os.close(ours)
        used = process.communicate()[0].endswith(b"True\n")
    assert used == (b"2/2" in written or b"0/2" in written)
    return written.decode()


needs_terminal = pytest.mark.skipif(os.name == "nt", reason="there are no such terminals")


@needs_terminal
def test_a_long_run_on_a_terminal_shows_how_far_it_is_and_clears_it(blog):
    written = on_terminal()
    assert "contentlint:   0%|" in written
    *_, last = written.rstrip("\r\n").split("\r")
    assert last == "contentlint: 1 error in 2 files"


@needs_terminal
@pytest.mark.parametrize(("arguments", "environment"), [(["-q"], {}), ([], {"CI": "true"})])
def test_a_quiet_run_and_one_in_a_ci_show_no_bar(blog, arguments, environment):
    assert "%" not in on_terminal(*arguments, **environment)


def test_without_a_terminal_there_is_no_bar(blog, contentlint, monkeypatch):
    monkeypatch.setattr(progress, "_AFTER", 0.0)
    monkeypatch.delenv("CI", raising=False)
    assert contentlint("posts")[2] == "contentlint: 1 error in 2 files\n"


@pytest.mark.parametrize("steps", [[(0, 3), (1, 3), (2, 3)], [(0, 3), (2, 3), (0, 1), (0, 3)]])
def test_a_short_run_imports_nothing_for_it(steps, monkeypatch):
    def refuse(*arguments):
        raise AssertionError("a bar was made")

    monkeypatch.setattr(progress, "_bar", refuse)
    bar = progress._Bar()
    for step in steps:
        bar.show(*step)
    bar.close()


def test_each_of_several_blogs_has_a_bar(monkeypatch, capsys):
    monkeypatch.setattr(progress, "_AFTER", 0.0)
    bar = progress._Bar()
    made = []
    make = progress._bar
    monkeypatch.setattr(progress, "_bar", lambda *given: made.append(given) or make(*given))
    for step in [(0, 2), (1, 2), (0, 5), (3, 5), (1, 5)]:
        bar.show(*step)
    bar.close()
    assert made == [(0, 2), (0, 5), (1, 5)]


# ---- interrupted -------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="a process cannot be killed so")
def test_killed_at_any_moment_a_run_leaves_a_whole_report(blog):
    cli.main(["--output", "json:report.json", "-q"])
    old = (blog / "report.json").read_bytes()
    (blog / "posts" / "more.md").write_text(BROKEN * 500)
    command = [sys.executable, "-m", "contentlint", "--output", "json:report.json", "-q"]
    started = time.monotonic()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
    lasts = time.monotonic() - started
    new = (blog / "report.json").read_bytes()
    assert old != new
    for step in range(20):
        (blog / "report.json").write_bytes(old)
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        time.sleep(lasts * (0.6 + step / 40))
        process.kill()
        process.wait()
        assert (blog / "report.json").read_bytes() in (old, new)
