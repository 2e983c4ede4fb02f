"""The real LanguageTool: its server is started, asked, killed and ended.

`.ci/run` gets it from Maven Central; elsewhere `contentlint grammar install` does.
"""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from contentlint.grammar import EngineError, GrammarOptions, Text, installation, server
from contentlint.grammar.languagetool import LanguageTool
from contentlint.grammar.server import Server

REQUIRED = bool(os.environ.get("CONTENTLINT_REQUIRE_LANGUAGETOOL"))


def missing():
    try:
        installation.find()
        installation.java()
    except EngineError as error:
        return str(error)
    return ""


pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(missing()) and not REQUIRED, reason=missing() or "-"),
]


@pytest.fixture(scope="module")
def ours():
    with_server = Server()
    yield with_server
    with_server.close()


@pytest.fixture(scope="module")
def engine(ours):
    return LanguageTool(GrammarOptions(engine="languagetool"), ours)


def said(engine, *texts, language="en"):
    answers = engine.check([Text(text) for text in texts], language)
    return [[(match.start, match.text, match.rule) for match in found] for found in answers]


def test_what_it_finds_is_at_its_place_behind_emoji(engine):
    texts = ("Lost. 🎉 The box has it's lid.", "It lost it's lid 😀, as it has it's own.")
    assert said(engine, *texts) == [
        [(20, "it's", "IT_IS")],
        [(8, "it's", "IT_IS"), (30, "it's", "IT_IS")],
    ]


def test_texts_are_checked_as_if_each_stood_alone(engine):
    texts = ["Lets go", "and see what they has", "A title", "Lets sit down.", "the the cat"]
    assert said(engine, *texts) == [said(engine, text)[0] for text in texts]


def test_its_spellers_do_not_run(engine):
    assert said(engine, "The refuigerator is colld, and teh wether to.") == [[]]


def test_other_languages_that_it_has_and_has_not(engine):
    assert said(engine, "Los gato negro comen mucho.", language="es")[0]
    with pytest.raises(EngineError, match="without the language `de`"):
        said(engine, "Das ist eine Haus.", language="de")


def programs(port=""):
    """The ids of LanguageTool's servers, at a port if one is named."""
    shown = subprocess.run(["ps", "-ewwo", "pid,args"], capture_output=True, text=True, check=True)
    lines = (line.split(None, 1) for line in shown.stdout.splitlines()[1:])
    return [
        int(number)
        for number, command in lines
        if f"org.languagetool.server.HTTPServer --port {port}" in command
        and "keeper.py" not in command
    ]


def gone(ids):
    until = time.monotonic() + 15
    while any(os.path.exists(f"/proc/{number}") for number in ids):
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="there is no /proc")
def test_a_server_that_is_killed_is_started_again(engine, ours):
    said(engine, "Lets go.")
    killed = programs(ours._own.url.rpartition(":")[2])
    for number in killed:
        os.kill(number, signal.SIGKILL)
    assert killed
    assert gone(killed)
    assert said(engine, "Lets stay.") == [[(0, "Lets", "LETS_LET")]]


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="there is no /proc")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_a_run_that_is_ended_leaves_nothing_behind(tmp_path, how):
    (tmp_path / "contentlint.toml").write_text('grammar.engine = "languagetool"\n')
    (tmp_path / "post.md").write_text(
        "Take the filter out, and clean it. Then it is as new as it was.\n"
    )
    before = {*programs()}
    command = [sys.executable, "-m", "contentlint", "--no-cache", "post.md"]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.DEVNULL) as run:
        until = time.monotonic() + 30
        while not (servers := {*programs()} - before):
            assert time.monotonic() < until
            time.sleep(0.05)
        run.send_signal(how)
        run.wait(15)
    assert gone(servers)


def test_a_server_that_was_left_running_is_shared(contentlint, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "contentlint.toml").write_text('grammar.engine = "languagetool"\n')
    (tmp_path / "post.md").write_text("Lets clean it 🎉 and see.\n")
    try:
        assert contentlint("grammar", "start")[0] == 0
        shared = server.running()
        status, out, _ = contentlint("--output-format", "json", "--select", "grammar/engine")
        (found,) = json.loads(out)["findings"]
        assert status == 1
        assert (found["line"], found["column"], found["end_column"]) == (1, 1, 5)
        assert found["suggestions"][0] == "Let's"
        assert server.running() == shared
    finally:
        assert contentlint("grammar", "stop")[0] == 0
    assert not server.is_alive(shared.url)
