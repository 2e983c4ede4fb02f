"""The server of a run: found, started, started again and ended, whatever happens."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from contentlint.grammar import EngineError, installation, server
from contentlint.grammar.server import Server

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the java that stands in is a script")
POST = "---\ntitle: A title\n---\n\nThis is a bad filter.\n"
CONFIG = '[grammar]\nengine = "languagetool"\nselect = ["languagetool:BAD_WORD"]\n'
SCRIPT = """\
import signal, sys, time
from contentlint.grammar.server import Server
# Whoever runs the tests in the background of a shell has it ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)
server = Server()
server.ask("languages")
print(server._own.url, flush=True)
time.sleep(60)
"""


def ask(server, text):
    found = server.ask("check", {"text": text, "language": "en"})["matches"]
    return [match["offset"] for match in found]


def ended(url):
    until = time.monotonic() + 10
    while server.is_alive(url):
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def test_a_server_is_started_when_it_is_asked_and_ended(installed):
    ours = Server()
    assert ours._own is None
    assert ask(ours, "a bad one") == [2]
    url = ours._own.url
    ours.close()
    assert ended(url)
    ours.close()  # may be closed twice


def test_two_runs_do_not_collide(installed):
    one, two = Server(), Server()
    assert ask(one, "bad") == ask(two, "bad") == [0]
    assert one._own.url != two._own.url
    one.close()
    assert ask(two, "bad") == [0]
    two.close()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_the_server_ends_with_us_however_we_end(installed, how):
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as run:
        url = run.stdout.readline().strip()
        assert server.is_alive(url)
        run.send_signal(how)
        assert run.wait(30) != 0
    assert ended(url)


def test_a_server_that_dies_is_started_again(installed):
    ours = Server()
    assert ask(ours, "bad, and a CRASH ONCE") == [0]
    with pytest.raises(EngineError, match=r"^LanguageTool's server has failed twice \("):
        ask(ours, "CRASH")
    assert ask(ours, "bad") == [0]
    ours.close()


def test_a_server_that_cannot_start_gives_its_reason(installed, monkeypatch):
    monkeypatch.setenv("FAKE_JAVA_IS_OLD", "1")
    with pytest.raises(EngineError, match=r"bin/java is too old; it needs Java 17 or later$"):
        Server().ask("languages")


def test_what_is_missing_is_told(installed, monkeypatch):
    monkeypatch.setenv("JAVA_HOME", "")
    monkeypatch.setenv("PATH", os.path.join("relative", "bin"))
    with pytest.raises(EngineError, match="there is no `java` on the PATH"):
        Server().ask("languages")
    (installed / installation.JAR).unlink()
    with pytest.raises(EngineError, match="run `contentlint grammar install`"):
        Server().ask("languages")


def test_the_newest_version_is_found(installed):
    for name in ("LanguageTool-6.10", "LanguageTool-6.9", "LanguageTool-7", "other"):
        (installed.parent / name).mkdir()
    for name in ("LanguageTool-6.10", "LanguageTool-6.9"):
        (installed.parent / name / installation.JAR).touch()
    assert installation.find().version == "6.10"


def test_a_server_that_lives_on_is_shared_until_it_is_stopped(installed):
    assert server.running() is None
    started = server.start()
    assert server.running() == started
    one, two = Server(), Server()
    assert ask(one, "bad") == ask(two, "bad") == [0]
    assert one._own is two._own is None
    one.close()
    assert server.is_alive(started.url)
    assert server.stop()
    assert not server.is_alive(started.url)
    assert ask(two, "bad") == [0]  # by one of its own
    two.close()
    assert not server.stop()


@pytest.mark.parametrize("state", ["", "[]", "{}", '{"port": "x"}', '{"port": 1, "version": "6"}'])
def test_what_is_left_of_a_server_that_died_is_no_server(installed, state):
    (installed.parent / server.STATE).write_text(state)
    assert server.running() is None
    ours = Server()
    assert ask(ours, "bad") == [0]
    ours.close()


def test_a_server_that_does_not_start_leaves_nothing_behind(installed, monkeypatch):
    monkeypatch.setenv("FAKE_JAVA_IS_OLD", "1")
    with pytest.raises(EngineError):
        server.start()
    assert os.listdir(installed.parent) == [installed.name]


@pytest.fixture
def blog(tmp_path, installed, monkeypatch):
    folder = tmp_path / "blog"
    folder.mkdir()
    (folder / "contentlint.toml").write_text(CONFIG)
    (folder / "one.md").write_text(POST)
    monkeypatch.chdir(folder)
    return folder


def test_a_run_reports_what_the_server_finds(contentlint, blog):
    status, out, _ = contentlint("--output-format", "json")
    (found,) = json.loads(out)["findings"]
    assert status == 1
    assert found["rule"] == "grammar/bad-word"
    assert (found["line"], found["column"], found["end_column"]) == (5, 11, 14)
    assert found["message"] == "this is bad; did you mean `good`?"


@pytest.mark.parametrize(
    ("arguments", "status"), [((), 1), (("--require-grammar",), 2), (("-q",), 1)]
)
def test_a_server_that_dies_leaves_the_rest_of_the_run_alone(contentlint, blog, arguments, status):
    (blog / "two.md").write_text(POST.replace("bad filter", "CRASH of teh filter"))
    (blog / "zoo.md").write_text(POST.replace("filter", "kettle"))
    got, out, err = contentlint("--no-cache", "--output-format", "concise", *arguments)
    assert got == status
    assert "one.md:5:11: warning grammar/bad-word" in out
    assert "two.md:5:20: error typos/misspelling" in out
    complaint = "grammar is not checked in two.md, zoo.md: LanguageTool's server has failed twice"
    assert (complaint in err) == ("-q" not in arguments)


def test_what_was_not_checked_is_checked_by_the_next_run(contentlint, blog, monkeypatch):
    (blog / "two.md").write_text(POST.replace("title", "name"))
    monkeypatch.setenv("FAKE_JAVA_IS_OLD", "1")
    for _ in range(2):
        status, out, err = contentlint()
        assert (status, out) == (0, "")
        assert "grammar is not checked in one.md, two.md: LanguageTool's server has ended" in err
    monkeypatch.delenv("FAKE_JAVA_IS_OLD")
    assert contentlint()[1].count("grammar/bad-word") == 2


def test_what_has_not_changed_needs_no_server(contentlint, blog, monkeypatch):
    assert contentlint()[0] == 1
    monkeypatch.setenv("JAVA_HOME", "")
    monkeypatch.setenv("PATH", "")
    assert contentlint("--require-grammar")[0] == 1
    (blog / "one.md").write_text(POST + "\nWhat was added is a bad sentence.\n")
    assert contentlint("--require-grammar")[0] == 2


def test_without_an_installation_the_rest_is_checked(contentlint, blog, installed):
    (installed / installation.JAR).unlink()
    status, _, err = contentlint()
    assert status == 0
    assert "grammar is not checked in one.md: LanguageTool is not installed" in err
    assert contentlint("--require-grammar")[0] == 2
