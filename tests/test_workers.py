"""Several processes at the same time: the same findings, whatever becomes of them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from functools import partial

import pytest

from contentlint import plugins, reading, resolve, workers
from contentlint.finding import Problem
from contentlint.options import Options
from contentlint.text import Span

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only there are workers forks")
POST = "---\ntitle: A post\ntags: [{tag}]\n---\n\nThe refuigerator hums, see [that](../no-{n}/).\n"


@pytest.fixture
def blog(tmp_path, monkeypatch):
    """A blog of 80 posts, enough for several processes, which is the working directory."""
    (tmp_path / "hugo.toml").write_text("")
    folder = tmp_path / "content"
    folder.mkdir()
    for n in range(80):
        (folder / f"post-{n}.md").write_text(POST.format(tag=("Dryer", "dryers")[n % 7 == 0], n=n))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(params=["fork", "spawn"])
def method(request, monkeypatch):
    """How processes are started, on Linux and elsewhere."""
    if request.param == "fork" and sys.platform != "linux":
        pytest.skip("only Linux has forks")
    monkeypatch.setattr(workers, "can_fork", lambda: request.param == "fork")
    monkeypatch.setattr(workers, "pay_off", lambda files: True)
    return request.param


def doubled():
    return partial(str.__mul__, "ab")


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_answers_come_in_the_order_of_the_files(jobs):
    def make():
        def work(file: str) -> str:
            time.sleep(0.002 * (int(file) % 3))
            return file * 2

        return work

    files = [str(n) for n in range(50)]
    assert list(workers.answers(make, files, jobs)) == [(file, file * 2) for file in files]


def test_no_files_need_no_workers():
    assert list(workers.answers(doubled, [], 2)) == []


@LINUX
def test_what_kills_a_worker_costs_the_file_it_was_on():
    def make():
        def work(file: str) -> str:
            if file in ("3", "20"):
                os.kill(os.getpid(), signal.SIGKILL)
            if file == "9":
                os._exit(7)
            return file

        return work

    files = [str(n) for n in range(40)]
    found = dict(workers.answers(make, files, 2))
    died = {file: answer.how for file, answer in found.items() if answer != file}
    assert died == {
        "3": "was ended by signal 9",
        "20": "was ended by signal 9",
        "9": "ended with 7",
    }
    assert list(found) == files


@LINUX
def test_where_no_process_can_be_started_the_work_is_done_all_the_same(monkeypatch):
    def make():
        return partial(str.__add__, "a")

    def refuse():
        raise BlockingIOError("Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", refuse)
    assert list(workers.answers(make, ["b", "c"], 2)) == [("b", "ab"), ("c", "ac")]


@LINUX
def test_workers_that_die_at_once_are_done_without():
    here = os.getpid()

    def make():
        if os.getpid() != here:
            os._exit(1)
        return partial(str.__add__, "a")

    files = [str(n) for n in range(40)]
    assert list(workers.answers(make, files, 3)) == [(file, "a" + file) for file in files]


def test_several_processes_find_what_one_finds(blog, contentlint, method):
    command = ["--output-format", "json", "--no-cache", "--ignore", "grammar"]
    alone = contentlint(*command, "--jobs", "1")
    assert len(json.loads(alone[1])["findings"]) > 80
    assert contentlint(*command, "--jobs", "3") == alone


def test_what_they_find_is_kept(blog, contentlint, monkeypatch):
    monkeypatch.setattr(workers, "pay_off", lambda files: True)
    command = ["--output-format", "json", "--ignore", "grammar"]
    alone = contentlint(*command, "--no-cache", "--jobs", "1")
    assert contentlint(*command, "--jobs", "2") == alone
    with monkeypatch.context() as patch:
        patch.setattr(reading, "parse_one", None)  # nothing is read again
        assert contentlint(*command, "--jobs", "2") == alone
    (blog / "content/post-3.md").write_text("Anew.\n")
    again = contentlint(*command, "--jobs", "2")
    assert again == contentlint(*command, "--no-cache", "--jobs", "1")


def test_bad_files_are_told_as_by_one_process(blog, contentlint, method):
    if os.name == "posix" and os.getuid():
        (blog / "content/post-3.md").chmod(0)
    (blog / "content/post-5.md").unlink()
    (blog / "content/post-5.md").symlink_to("nowhere.md")
    (blog / "content/post-6.md").write_bytes(b"---\ntitle: [\n---\n\xff\xfe\x00")
    command = ["--no-cache", "--ignore", "grammar"]
    assert contentlint(*command, "--jobs", "2") == contentlint(*command, "--jobs", "1")


@LINUX
def test_what_a_rule_does_wrong_is_told_and_the_rest_goes_on(blog, contentlint, monkeypatch):
    loaded = plugins.load()

    def crash(document):
        yield Problem(Span(0, 1), "first")
        if document.source.path.endswith("post-7.md"):
            os.kill(os.getpid(), signal.SIGKILL)
        if document.source.path.endswith("post-11.md"):
            raise MemoryError

    rule = loaded.rules[0]._replace(id="x/crash", kind="file", function=crash, options=Options)
    monkeypatch.setattr(plugins, "load", lambda: loaded._replace(rules=[rule]))
    monkeypatch.setattr(workers, "pay_off", lambda files: True)
    status, out, err = contentlint("--output-format", "concise", "--no-cache", "--jobs", "2")
    assert status == 2
    assert len(out.splitlines()) == 79
    assert (
        "content/post-7.md: cannot be checked: the process that was on it was ended by signal 9"
        in err
    )
    assert "content/post-11.md: rule x/crash crashed: MemoryError" in err


@LINUX
@pytest.mark.parametrize("most", [0, 1, 7, 30, 1000])
def test_searches_are_counted_over_all_processes(blog, contentlint, monkeypatch, most):
    """What may have been meant is searched for only so often in a run."""
    monkeypatch.setattr(resolve, "_MOST_SEARCHES", most)
    for n in range(80):
        links = f"[a](../a-long-nane-{n}/) [b](../a-long-namf-{n}/)" * (n % 3)
        (blog / f"content/a-long-name-{n}.md").write_text(f"---\ntitle: T\n---\n\nSee {links}.\n")
    (blog / "README.md").write_text("[c](content/a-long-nane-3.md)\n")
    command = ["--output-format", "json", "--no-cache", "--select", "links"]
    alone = contentlint(*command, "--jobs", "1")
    meant = sum(bool(found["suggestions"]) for found in json.loads(alone[1])["findings"])
    assert meant == min(most, 159)
    assert contentlint(*command, "--jobs", "2") == alone
    assert contentlint(*command, "--jobs", "5") == alone


@LINUX
def test_files_that_a_worker_reads_count_for_the_next_run(blog, contentlint):
    """A picture that is looked at by a fork is looked at again once it has changed."""
    (blog / "static").mkdir()
    picture = blog / "static/old.gif"
    picture.write_bytes(b"GIF89a" + (9).to_bytes(2, "little") * 2 + bytes(3))
    (blog / "contentlint.toml").write_text(
        'extend-select = ["images/dimensions"]\n[rules."images/dimensions"]\nwidest = 5\n'
    )
    (blog / "content/post-79.md").write_text("---\ntitle: T\n---\n\n![A cat](/old.gif)\n")
    command = ["--output-format", "json", "--select", "images/dimensions", "--jobs", "2"]
    first = contentlint(*command)
    assert first[0] == 1
    assert contentlint(*command) == first
    picture.write_bytes(b"GIF89a" + (3).to_bytes(2, "little") * 2 + bytes(3))
    assert contentlint(*command)[0] == 0


def test_rules_can_be_handed_over():
    import pickle

    for rule in plugins.load().rules:
        assert pickle.loads(pickle.dumps(rule)) is rule


def test_a_number_below_zero_is_refused(blog, contentlint):
    assert contentlint("--jobs=-1")[0] == 2


# ---- real processes, real signals ---------------------------------------------------------------


@pytest.fixture
def many(blog):
    """So many posts that a run takes a while."""
    text = (blog / "content/post-1.md").read_text() + "A *word* of [many](../post-1/). " * 500
    for n in range(150):
        (blog / f"content/long-{n}.md").write_text(text)
    return blog


@pytest.fixture
def running(many):
    """A run of its own over them, once its two workers have begun."""
    command = [
        sys.executable,
        "-m",
        "contentlint",
        "--no-cache",
        "--ignore",
        "grammar",
        "--jobs",
        "2",
    ]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, text=True
    )
    deadline = time.monotonic() + 30
    while len(children(process.pid)) < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    yield process
    process.kill()
    process.communicate()


def children(pid: int) -> list[int]:
    with open(f"/proc/{pid}/task/{pid}/children") as file:
        return [int(child) for child in file.read().split()]


def gone(group: int) -> bool:
    """Whether no process of a group is left after a moment."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False


@LINUX
@pytest.mark.slow
def test_an_interrupt_ends_all_processes_at_once(running):
    os.killpg(running.pid, signal.SIGINT)
    start = time.monotonic()
    assert running.communicate()[1] == "contentlint: interrupted\n"
    assert running.returncode == 130
    assert time.monotonic() - start < 2
    assert gone(running.pid)


@LINUX
@pytest.mark.slow
def test_workers_end_with_the_run_that_is_killed(running):
    running.kill()
    running.communicate()
    assert gone(running.pid)


@LINUX
@pytest.mark.slow
def test_a_worker_that_is_killed_once_costs_nothing(running, contentlint):
    os.kill(children(running.pid)[0], signal.SIGKILL)
    out, err = running.communicate()
    assert "was ended by signal 9" not in err
    alone = contentlint("--no-cache", "--ignore", "grammar", "--jobs", "1")
    assert (running.returncode, out, err) == alone
