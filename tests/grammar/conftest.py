"""A server and a program that stand in for LanguageTool; fake_languagetool.py tells how."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from contentlint.grammar import installation, server

FAKE = Path(__file__).with_name("fake_languagetool.py")


@pytest.fixture(scope="session")
def url() -> Iterator[str]:
    """The address of a server that runs."""
    port = server.free_port()
    process = subprocess.Popen([sys.executable, str(FAKE), "--port", str(port)])
    found = f"http://127.0.0.1:{port}"
    while not server.is_alive(found):
        assert process.poll() is None
        time.sleep(0.02)
    yield found
    process.kill()
    process.wait()


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """LanguageTool 6.8 as it is installed on a computer, and a `java` that runs it; its folder."""
    home = tmp_path / "languagetools"
    folder = home / "LanguageTool-6.8"
    folder.mkdir(parents=True)
    (folder / installation.JAR).write_bytes(b"PK")
    java = tmp_path / "jdk" / "bin" / "java"
    java.parent.mkdir(parents=True)
    shutil.copy(FAKE, java)
    monkeypatch.setenv("LTP_PATH", str(home))
    monkeypatch.setenv("JAVA_HOME", str(java.parent.parent))
    return folder
