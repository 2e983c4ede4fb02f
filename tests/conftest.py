"""Fixtures for all tests: no network in this process, and real installations for the slow tests."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

Done = subprocess.CompletedProcess[str]

PROJECT = Path(__file__).resolve().parent.parent
NOT_SOURCE = (
    ".git", ".venv", "build", "dist", "__pycache__", "*.egg-info", ".hypothesis", ".*_cache",
)  # fmt: skip

# A machine that is busy with other things makes no test fail.
settings.register_profile("contentlint", deadline=None, print_blob=True)
settings.load_profile("contentlint")


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Nothing under test may reach out, but to this computer; pip, in its own process, may."""
    connect = socket.socket.connect

    def refuse(self: socket.socket, address: Any) -> None:
        if address[0] not in ("127.0.0.1", "::1"):
            raise AssertionError(f"a test tried to reach the network: {address}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", refuse)
        yield


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What is known of the posts of tests is kept apart from what the developer's own runs keep."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONTENTLINT_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def contentlint(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Runs contentlint in this process: exit status, standard output, standard error."""
    from contentlint import cli

    def run(*arguments: str) -> tuple[int, str, str]:
        status = cli.main(arguments)
        return (status, *capsys.readouterr())

    return run


@pytest.fixture
def blog(tmp_path, monkeypatch):
    """A small blog, which is the working directory."""
    folder = tmp_path / "blog"
    (folder / "posts").mkdir(parents=True)
    (folder / ".git").mkdir()
    (folder / "posts" / "typo.md").write_text("The refuigerator hums.\n")
    (folder / "posts" / "fine.md").write_text("It hums.\n")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def refused(contentlint):
    """Runs contentlint with a mistake, and gives the line that is said about it."""

    def run(*arguments: str) -> str:
        status, out, err = contentlint(*arguments)
        assert (status, out) == (2, "")
        assert err.startswith("contentlint: ")
        assert err.count("\n") == 1, err
        return err.removeprefix("contentlint: ").rstrip("\n")

    return run


@pytest.fixture(scope="session")
def project() -> Path:
    """The checkout."""
    return PROJECT


@pytest.fixture(scope="session")
def source_tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the checkout as it stands now, without what builds and tools leave behind."""
    copy = tmp_path_factory.mktemp("source") / "contentlint"
    shutil.copytree(PROJECT, copy, ignore=shutil.ignore_patterns(*NOT_SOURCE))
    return copy


@pytest.fixture(scope="session")
def new_environment(
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[], Environment]:
    """Makes a virtual environment with nothing in it but pip."""
    return lambda: Environment(tmp_path_factory.mktemp("environment") / "venv")


@pytest.fixture(scope="session")
def wheel(source_tree: Path, new_environment: Callable[[], Environment], tmp_path_factory) -> Path:
    """The wheel that pip builds of the checkout as it stands now."""
    return new_environment().build_wheel(source_tree, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session")
def installed(wheel: Path, new_environment: Callable[[], Environment]) -> Environment:
    """A virtual environment with the wheel and what it depends on, and nothing else."""
    environment = new_environment()
    environment.pip("install", str(wheel))
    return environment


class Environment:
    """A virtual environment of its own."""

    def __init__(self, folder: Path) -> None:
        run([sys.executable, "-m", "venv", str(folder)])
        self.bin = folder / ("Scripts" if os.name == "nt" else "bin")
        self.python = str(self.bin / "python")

    def pip(self, *arguments: str) -> None:
        run([self.python, "-m", "pip", "--quiet", *arguments])

    def build_wheel(self, source: Path, folder: Path) -> Path:
        """Let pip build a wheel of a source tree or sdist."""
        self.pip("wheel", "--no-deps", "--wheel-dir", str(folder), str(source))
        (wheel,) = folder.glob("*.whl")
        return wheel

    def contentlint(self, *arguments: str, cwd: Path) -> Done:
        """Run the `contentlint` command of this environment, whatever its exit status."""
        return run([str(self.bin / "contentlint"), *arguments], cwd=cwd, check=False)


class Git:
    """A Git repository, which knows none of the settings of whoever runs the tests."""

    def __init__(self, folder: Path, **env: str) -> None:
        self.folder = folder
        self.env = {
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_SYSTEM": os.devnull,
            "GIT_AUTHOR_NAME": "Ada",
            "GIT_AUTHOR_EMAIL": "ada@example.org",
            "GIT_COMMITTER_NAME": "Ada",
            "GIT_COMMITTER_EMAIL": "ada@example.org",
            **env,
        }
        folder.mkdir(exist_ok=True)
        self("init", "--quiet", "--initial-branch=main")

    def __call__(self, *arguments: str, below: str = ".", check: bool = True) -> Done:
        command = ["git", "-c", "core.quotePath=false", *arguments]
        return self.run(command, below=below, check=check)

    def run(self, command: list[str], below: str = ".", check: bool = False) -> Done:
        return run(command, cwd=self.folder / below, check=check, env=self.env)

    def write(self, path: str, text: str) -> None:
        """Write a file and stage it."""
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_text(text, encoding="utf-8")
        self("add", "--", path)

    def commit(self, message: str = "Something") -> str:
        """Commit all there is; returns the id."""
        self("add", "--all")
        self("commit", "--quiet", "--allow-empty", "--message", message)
        return self("rev-parse", "HEAD").stdout.strip()


@pytest.fixture(scope="session")
def git_in() -> Callable[..., Git]:
    """Makes a Git repository in a folder."""
    return Git


@pytest.fixture(scope="session", name="run")
def _run() -> Callable[..., Done]:
    """`run`, for tests."""
    return run


def run(
    command: list[str],
    *,
    cwd: Path | None = None,
    check: bool = True,
    env: Mapping[str, str] | None = None,
) -> Done:
    """Run a command to its end, without the Python and Git settings of this process.

    Its output is text. With `check`, a failure shows what the command said.
    """
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "GIT_"))}
    environment |= {"PYTHONUTF8": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", **(env or {})}
    done = subprocess.run(
        command,
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if check and done.returncode:
        pytest.fail(f"{' '.join(command)}\nexit {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done
