"""The LanguageTool server that a run asks: one that is named by URL, the one that `contentlint
grammar start` has started, or one of the run's own.

language-tool-python can start servers, too; but it downloads what is missing, takes any amount of
memory, and leaves its server behind if we are killed. So it is used to install, and not here.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from typing import IO, TYPE_CHECKING, Any

from contentlint.grammar import EngineError, installation, keeper
from contentlint.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

MEMORY = "1g"  # English takes 500 MB at most
READY_SECONDS = 90.0  # on a busy computer; 4 s are usual
ANSWER_SECONDS = 60.0  # for one request, of which 3 s are usual
FIRST_ANSWER_SECONDS = 180.0  # the rules of the language are loaded
ALIVE_SECONDS = 2.0
STATE = "contentlint-server.json"  # in the folder of the installations
LARGEST_ANSWER = 50_000_000  # bytes
_POLL_SECONDS = 0.1


class Unreachable(Exception):
    """There is no answer: worth another try."""


class Refused(Exception):
    """The server says that it will not, with its reason."""


def request(url: str, path: str, fields: Mapping[str, str] | None, seconds: float) -> Any:
    """What a server answers to `url/v2/path`, by POST if there are fields.

    Proxies are not asked and redirects not followed: the text goes where the user says or nowhere.
    Raises Unreachable or Refused.
    """
    from http.client import HTTPConnection, HTTPException, HTTPSConnection
    from urllib.parse import urlencode, urlsplit

    parts = urlsplit(url)
    connect = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = connect(parts.hostname or "", parts.port, timeout=seconds)
    base = parts.path.rstrip("/").removesuffix("/check").removesuffix("/v2")
    target = f"{base}/v2/{path}"
    try:
        if fields is None:
            connection.request("GET", target)
        else:
            body = urlencode(fields, errors="replace").encode()
            kind = {"Content-Type": "application/x-www-form-urlencoded"}
            connection.request("POST", target, body, kind)
        response = connection.getresponse()
        data = response.read(LARGEST_ANSWER)
    except (OSError, HTTPException) as error:
        raise Unreachable(str(error) or type(error).__name__) from None
    finally:
        connection.close()
    if response.status != 200:
        told = data.decode("utf-8", "replace").strip().partition("\n")[0][:200]
        reason = f"HTTP {response.status}" + (f", {told}" if told else "")
        raise (Unreachable if response.status >= 500 else Refused)(reason)
    if path == "healthcheck":
        return None
    try:
        return json.loads(data)
    except ValueError:
        raise Refused("no JSON; is it a LanguageTool server?") from None


class Process:
    """A server that runs on this computer, under a keeper; see keeper.py."""

    def __init__(self, port: int, file: str = "") -> None:
        """Start it, to live as long as we do or as a file has its contents. Raises EngineError."""
        import tempfile

        self.url = f"http://127.0.0.1:{port}"
        jar, java = installation.find().jar, installation.java()
        command = [
            *(sys.executable, "-I", "-S", keeper.__file__, file),
            *(java, f"-Xmx{MEMORY}", "-cp", jar),
            *("org.languagetool.server.HTTPServer", "--port", str(port)),
        ]
        self._log: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - `close` closes it
        self._keeper = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL if file else subprocess.PIPE,
            stdout=self._log,
            stderr=self._log,
            start_new_session=True,  # Ctrl-C is for us, who end it
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )

    def wait(self) -> None:
        """Return when it answers. Raises EngineError if it has ended, or does not begin to."""
        until = time.monotonic() + READY_SECONDS
        while time.monotonic() < until:
            ready = is_alive(self.url)
            if self._keeper.poll() is not None:
                raise EngineError(f"LanguageTool's server has ended: {self._last_words()}")
            if ready:
                return
            time.sleep(_POLL_SECONDS)
        raise EngineError(f"LanguageTool's server is not ready after {READY_SECONDS:.0f} s")

    def _last_words(self) -> str:
        self._log.seek(0)
        log = self._log.read().decode("utf-8", "replace")
        if "UnsupportedClassVersionError" in log:
            return f"{installation.java()} is too old; it needs Java 17 or later"
        told = [line.strip() for line in log.splitlines() if "rror" in line or "xception" in line]
        return told[-1][:200] if told else "it gives no reason"

    def leave(self) -> None:
        """Let it live on without us."""
        self._log.close()
        self._keeper.returncode = 0  # nobody waits for it

    def close(self) -> None:
        """End it."""
        if self._keeper.stdin:
            self._keeper.stdin.close()
        try:
            self._keeper.wait(5)
        except subprocess.TimeoutExpired:
            self._keeper.kill()
            self._keeper.wait()
        self._log.close()


def is_alive(url: str) -> bool:
    """Whether a server answers."""
    try:
        request(url, "healthcheck", None, ALIVE_SECONDS)
    except (Unreachable, Refused):
        return False
    return True


def free_port() -> int:
    """A port of this computer that nobody listens at."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


# ---- the server of a run -----------------------------------------------------------------------


class Server:
    """The server that a run asks. Nothing is started before the first question."""

    def __init__(self, url: str = "") -> None:
        self._named = url
        self._own: Process | None = None
        self._warm: set[tuple[str, str]] = set()  # where a language has been asked for

    def ask(self, path: str, fields: Mapping[str, str] | None = None) -> Any:
        """What it answers; a server of our own is started again if it has died or hangs.

        Raises EngineError if there is no answer at the second try either, and Refused.
        """
        failure = ""
        for _ in range(2):
            url = self._url()
            use = url, fields.get("language", "") if fields else ""
            seconds = ANSWER_SECONDS if use in self._warm else FIRST_ANSWER_SECONDS
            try:
                answer = request(url, path, fields, seconds)
            except Unreachable as error:
                failure = str(error)
                self.close()
            else:
                self._warm.add(use)
                return answer
        raise EngineError(self._complaint(failure))

    def _url(self) -> str:
        if self._named:
            return self._named
        if self._own is None:
            started = running()
            if started:
                return started.url
            self._own = _start()
        return self._own.url

    def _complaint(self, failure: str) -> str:
        if self._named:
            return f"LanguageTool at {self._named} does not answer ({failure})"
        return f"LanguageTool's server has failed twice ({failure})"

    def close(self) -> None:
        """End the server if it is our own."""
        if self._own:
            self._own.close()
            self._own = None


def _start() -> Process:
    """A server of our own that answers. Raises EngineError."""
    process = Process(free_port())
    try:
        process.wait()
    except BaseException:  # Ctrl-C, too
        process.close()
        raise
    return process


# ---- a server that lives on --------------------------------------------------------------------


class Running(NamedTuple):
    """The server that `contentlint grammar start` has started."""

    url: str
    version: str


def state_file() -> str:
    """Where it is written down, and what it lives as long as."""
    return os.path.join(installation.home(), STATE)


def running() -> Running | None:
    """The one that runs; None if none answers."""
    try:
        with open(state_file(), encoding="utf-8") as stream:
            state: dict[str, Any] = json.load(stream)
        found = Running(f"http://127.0.0.1:{int(state['port'])}", str(state["version"]))
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return found if is_alive(found.url) else None


def start() -> Running:
    """Start a server that lives on until `stop`. Raises EngineError."""
    found = installation.find()
    port, file = free_port(), state_file()
    try:
        with open(file, "w", encoding="utf-8") as stream:
            json.dump({"port": port, "version": found.version}, stream)
    except OSError as error:
        raise EngineError(f"{file} cannot be written: {error.strerror}") from None
    process = None
    try:
        process = Process(port, file)
        process.wait()
    except BaseException:
        os.remove(file)
        if process:
            process.close()
        raise
    process.leave()
    return Running(process.url, found.version)


def stop() -> bool:
    """End it, and tell whether there was one. Raises EngineError if it does not end."""
    found = running()
    try:
        os.remove(state_file())
    except OSError:
        return False
    until = time.monotonic() + 10
    while found and is_alive(found.url):
        if time.monotonic() > until:
            raise EngineError(f"the server at {found.url} does not end")
        time.sleep(_POLL_SECONDS)
    return found is not None
