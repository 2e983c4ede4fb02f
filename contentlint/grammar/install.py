"""Installs LanguageTool where language-tool-python has it, and with what that knows: the address of
the newest version it supports, the checksums, and how to unpack an archive safely.

It cannot go on with a download that broke off, nor install what is on this computer already; so
that is done here.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from contentlint.grammar import EngineError, installation
from contentlint.grammar.installation import Installation

if TYPE_CHECKING:
    from requests import Response

Say = Callable[[str], None]

_CHUNK = 1 << 16  # bytes; what breaks off in the middle of one comes again
_SECONDS = 60  # without a byte
_STEPS = 10  # lines that tell how far a download is
_NAME = re.compile(r"LanguageTool-\d[\w.-]*")
_NO_EXTRA = "language-tool-python is needed to install LanguageTool: pip install 'contentlint[languagetool]'"


def install(source: str, say: Say) -> Installation:
    """Install from an archive or an unpacked folder on this computer, or, without one, by
    download. Raises EngineError."""
    try:
        import language_tool_python  # noqa: F401 # pyright: ignore[reportUnusedImport]
    except ImportError:
        raise EngineError(_NO_EXTRA) from None
    home = Path(installation.home())
    try:
        home.mkdir(parents=True, exist_ok=True)
        if not source:
            _by_download(home, say)
        elif os.path.isdir(source):
            _by_copy(Path(source).absolute(), home)
        else:
            _by_unpacking(Path(source), home, say)
    except OSError as error:
        raise EngineError(f"LanguageTool cannot be installed: {error}") from None
    return installation.find()


def _by_copy(folder: Path, home: Path) -> None:
    if not (folder / installation.JAR).is_file():
        raise EngineError(f"{folder} has no {installation.JAR}, so it is not LanguageTool's folder")
    _check_name(folder.name, home)
    with tempfile.TemporaryDirectory(dir=home) as work:
        shutil.copytree(folder, Path(work) / folder.name)
        (Path(work) / folder.name).rename(home / folder.name)


def _by_unpacking(archive: Path, home: Path, say: Say) -> None:
    import zipfile

    from language_tool_python.exceptions import PathError
    from language_tool_python.safe_zip import SafeZipExtractor

    try:
        with zipfile.ZipFile(archive) as opened, tempfile.TemporaryDirectory(dir=home) as work:
            names = {name.partition("/")[0] for name in opened.namelist()}
            if len(names) != 1:
                raise EngineError(f"{archive} is not LanguageTool's archive: it is not one folder")
            (name,) = names
            _check_name(name, home)
            _verify(archive, name.partition("-")[2], say)
            say(f"unpacking {archive.name}")
            unpacked = Path(work) / "unpacked"
            SafeZipExtractor().extractall(opened, unpacked, work_dir=Path(work))
            if not (unpacked / name / installation.JAR).is_file():
                raise EngineError(f"{archive} has no {installation.JAR}")
            (unpacked / name).rename(home / name)
    except (zipfile.BadZipFile, PathError) as error:
        raise EngineError(f"{archive} cannot be unpacked: {error}") from None


def _check_name(name: str, home: Path) -> None:
    if not _NAME.fullmatch(name):
        raise EngineError(f"{name} does not tell a version, as in LanguageTool-6.8")
    if (home / name).exists():
        raise EngineError(f"{name} is installed already, in {home / name}")


def _verify(archive: Path, version: str, say: Say) -> None:
    import hashlib

    from language_tool_python.download_lt import EXPECTED_DOWNLOAD_SHA256

    expected = EXPECTED_DOWNLOAD_SHA256.get(version)
    if expected is None:
        say(f"the checksum of LanguageTool {version} is not known, so it is not verified")
        return
    with open(archive, "rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if found != expected:
        raise EngineError(f"{archive} is damaged: its SHA-256 is {found}, and not {expected}")
    say("the checksum is right")


# ---- download ----------------------------------------------------------------------------------


def _by_download(home: Path, say: Say) -> None:
    from language_tool_python.download_lt import LocalLanguageTool

    release = LocalLanguageTool.from_version_name()
    name = f"LanguageTool-{release.version_name}"
    _check_name(name, home)
    part = home / f"{name}.zip.part"
    say(f"downloading {release.download_url}")
    _fetch(release.download_url, part, say)
    try:
        _by_unpacking(part, home, say)
    finally:
        part.unlink()  # it is installed now, or of no use


def _fetch(url: str, part: Path, say: Say) -> None:
    """Download a file, or what is missing of it."""
    import requests

    there = part.stat().st_size if part.exists() else 0
    try:
        with requests.get(
            url, headers={"Range": f"bytes={there}-"}, stream=True, timeout=_SECONDS
        ) as response:
            if response.status_code == 416 and there:  # all of it is there
                return
            response.raise_for_status()
            _save(response, part, there if response.status_code == 206 else 0, say)
    except requests.RequestException as error:
        raise EngineError(
            f"the download failed: {error}; run the command again to go on with it, or download "
            f"{url} elsewhere and run `contentlint grammar install --from FILE`"
        ) from None


def _save(response: Response, part: Path, there: int, say: Say) -> None:
    size = there + int(response.headers.get("Content-Length") or 0)
    told = there * _STEPS // size if size else 0
    say(f"{there / 1e6:.1f} of {size / 1e6:.1f} MB are there")
    with open(part, "ab" if there else "wb") as stream:
        for chunk in response.iter_content(_CHUNK):
            stream.write(chunk)
            there += len(chunk)
            step = there * _STEPS // size if size else 0
            if step > told:
                told = step
                say(f"{there / 1e6:.1f} of {size / 1e6:.1f} MB")
