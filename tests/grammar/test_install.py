"""`contentlint grammar`: LanguageTool is installed, looked at, started and stopped."""

import hashlib
import io
import os
import sys
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from contentlint.grammar import installation, server

JAR = installation.JAR


def archive(*files, name="LanguageTool-6.8"):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as opened:
        for file in files or (JAR, "libs/other.jar"):
            opened.writestr(f"{name}/{file}", os.urandom(100_000))
    return data.getvalue()


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("LTP_PATH", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home"


@pytest.fixture
def checksums(monkeypatch):
    """The checksums that are known, by version."""
    download = pytest.importorskip("language_tool_python.download_lt", reason="is not installed")
    known = {}
    monkeypatch.setattr(download, "EXPECTED_DOWNLOAD_SHA256", known)
    return known


@pytest.fixture
def offered(monkeypatch, checksums):
    """The archive that a server offers; `breaks` is after how many bytes it breaks off."""

    class Offer:
        def __init__(self):
            self.data = b""
            self.breaks = None
            self.asked = []

    offer = Offer()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_):
            pass

        def do_GET(self):
            offer.asked.append(self.headers["Range"])
            start = int(self.headers["Range"].removeprefix("bytes=").rstrip("-"))
            if start >= len(offer.data):
                self.send_error(416 if offer.data else 404)
                return
            self.send_response(206)
            self.send_header("Content-Length", str(len(offer.data) - start))
            self.end_headers()
            self.wfile.write(offer.data[start : offer.breaks])

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        address = f"http://127.0.0.1:{running.server_address[1]}/"
        monkeypatch.setattr("language_tool_python.download_lt.BASE_URL_NEW_RELEASES", address)
        yield offer
        running.shutdown()
        thread.join()


def digest(data):
    return hashlib.sha256(data).hexdigest()


def test_an_archive_is_installed_after_a_look_at_its_checksum(contentlint, home, checksums):
    data = archive()
    checksums["6.8"] = digest(data)
    (home.parent / "some.zip").write_bytes(data)
    status, out, err = contentlint("grammar", "install", "--from", "some.zip")
    assert (status, out) == (0, f"LanguageTool 6.8 is in {home / 'LanguageTool-6.8'}\n")
    assert "the checksum is right" in err
    assert sorted(os.listdir(home / "LanguageTool-6.8")) == [JAR, "libs"]
    status, _, err = contentlint("grammar", "install", "--from", "some.zip")
    assert status == 2
    assert err.startswith("contentlint: LanguageTool-6.8 is installed already, in ")


def test_of_a_version_that_is_not_known_there_is_no_checksum(contentlint, home, checksums):
    (home.parent / "some.zip").write_bytes(archive(name="LanguageTool-9.9"))
    status, _, err = contentlint("grammar", "install", "--from", "some.zip")
    assert status == 0
    assert "the checksum of LanguageTool 9.9 is not known, so it is not verified" in err


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (archive(), "some.zip is damaged: its SHA-256 is "),
        (b"PK", "some.zip cannot be unpacked: "),
        (archive("readme", name="LanguageTool-7.7"), f"some.zip has no {JAR}"),
        (archive(name="other"), "other does not tell a version"),
        (archive(f"../../{JAR}", name="LanguageTool-7.7"), "some.zip cannot be unpacked: "),
        (None, "LanguageTool cannot be installed: "),
    ],
)
def test_what_is_no_archive_leaves_nothing_behind(contentlint, home, checksums, data, complaint):
    checksums["6.8"] = "0" * 64
    if data:
        (home.parent / "some.zip").write_bytes(data)
    status, out, err = contentlint("grammar", "install", "--from", "some.zip")
    assert (status, out) == (2, "")
    assert err.splitlines()[-1].startswith(f"contentlint: {complaint}")
    assert os.listdir(home) == []


def test_a_folder_is_installed_by_copying(contentlint, home, checksums):
    folder = home.parent / "LanguageTool-6.8"
    folder.mkdir()
    status, _, err = contentlint("grammar", "install", "--from", str(folder))
    assert status == 2
    assert f"has no {JAR}" in err
    (folder / JAR).touch()
    assert contentlint("grammar", "install", "--from", "LanguageTool-6.8")[0] == 0
    assert installation.find().version == "6.8"


def test_a_download_that_broke_off_is_gone_on_with(contentlint, home, checksums, offered):
    offered.data = archive()
    checksums["6.8"] = digest(offered.data)
    offered.breaks = 150_000
    status, _, err = contentlint("grammar", "install")
    assert status == 2
    assert "contentlint: the download failed: " in err
    assert "`contentlint grammar install --from FILE`" in err
    assert os.listdir(home) == ["LanguageTool-6.8.zip.part"]
    offered.breaks = None
    status, _, err = contentlint("grammar", "install")
    assert status == 0
    assert offered.asked == ["bytes=0-", "bytes=131072-"]  # what came in whole chunks
    assert "contentlint: 0.1 of 0.2 MB are there\n" in err
    assert "contentlint: 0.2 of 0.2 MB\n" in err
    assert os.listdir(home) == ["LanguageTool-6.8"]


def test_a_download_that_is_complete_but_not_unpacked_is_unpacked(
    contentlint, home, checksums, offered
):
    offered.data = archive()
    home.mkdir()
    (home / "LanguageTool-6.8.zip.part").write_bytes(offered.data)
    checksums["6.8"] = digest(offered.data)
    assert contentlint("grammar", "install")[0] == 0


def test_a_download_that_is_damaged_is_thrown_away(contentlint, home, checksums, offered):
    offered.data = archive()
    checksums["6.8"] = "0" * 64
    status, _, err = contentlint("grammar", "install")
    assert status == 2
    assert "is damaged" in err
    assert os.listdir(home) == []


def test_where_there_is_nothing_to_download(contentlint, home, offered):
    status, _, err = contentlint("grammar", "install")
    assert status == 2
    assert "the download failed: 404" in err


def test_without_the_extra_nothing_is_installed(contentlint, home, monkeypatch):
    monkeypatch.setitem(sys.modules, "language_tool_python", None)
    status, _, err = contentlint("grammar", "install")
    assert status == 2
    assert err.endswith("LanguageTool: pip install 'contentlint[languagetool]'\n")


# ---- status, start, stop -----------------------------------------------------------------------


def configure(folder, text):
    (folder / "contentlint.toml").write_text(f"[grammar]\n{text}\n")


def test_the_status_tells_what_there_is(contentlint, home, url, monkeypatch):
    status, out, _ = contentlint("grammar", "status")
    assert status == 0
    assert out.startswith("Harper checks grammar\nLanguageTool is not installed; ")
    configure(home.parent, f'languagetool.url = "{url}"')
    status, out, _ = contentlint("grammar", "status")
    assert (status, out.splitlines()[0]) == (0, f"LanguageTool at {url} checks grammar; it answers")
    configure(home.parent, 'languagetool.url = "http://127.0.0.1:9"')
    status, out, _ = contentlint("grammar", "status")
    assert status == 2
    assert out.startswith("LanguageTool at http://127.0.0.1:9 checks grammar; it does not answer\n")
    configure(home.parent, 'engine = "languagetool"')
    assert contentlint("grammar", "status")[0] == 2
    configure(home.parent, 'engine = "off"')
    assert contentlint("grammar", "status") == (0, "nothing checks grammar\n", "")


@pytest.mark.skipif(os.name == "nt", reason="the java that stands in is a script")
def test_a_server_is_started_and_stopped(contentlint, installed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    configure(tmp_path, 'engine = "languagetool"')
    status, out, _ = contentlint("grammar", "start")
    running = server.running()
    assert (status, out) == (0, f"LanguageTool 6.8 is at {running.url}\n")
    assert contentlint("grammar", "start") == (0, out, "")  # the same
    status, told, _ = contentlint("grammar", "status")
    assert status == 0
    assert f"LanguageTool 6.8 is installed in {installed}\n" in told
    assert told.endswith(f"a server runs at {running.url}\n")
    assert contentlint("grammar", "stop") == (0, "the server has ended\n", "")
    assert contentlint("grammar", "stop") == (0, "no server was left running\n", "")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ((), "grammar: status, install, start, stop?; see contentlint grammar --help"),
        (("statsu",), "grammar: unknown action `statsu`; did you mean `status`?; see "),
        (("start", "now"), "unexpected argument now; see contentlint grammar start --help"),
    ],
)
def test_mistakes_on_the_command_line(contentlint, arguments, complaint):
    status, _, err = contentlint("grammar", *arguments)
    assert status == 2
    assert err.startswith(f"contentlint: {complaint}")
