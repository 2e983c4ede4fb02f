"""How installed plugins are found, by files that the tests make up; test_plugin.py installs one."""

from __future__ import annotations

import os
import sys

import pytest

from contentlint import plugins

RULE = """\
from contentlint.api import file_rule

@file_rule("calm/words", "a loud word")
def words(document):
    yield from ()
"""


@pytest.fixture
def site(tmp_path, monkeypatch):
    """An empty folder of installed packages."""
    monkeypatch.setattr(plugins, "_site_folders", lambda: [str(tmp_path)])
    monkeypatch.syspath_prepend(str(tmp_path))
    yield tmp_path
    for name in [name for name in sys.modules if name.startswith("toy_")]:
        del sys.modules[name]


def install(site, entry_points: str, **modules: str) -> None:
    """Install a distribution with the given entry points and modules."""
    info = site / f"toy_{len(list(site.iterdir()))}-1.0.dist-info"
    info.mkdir()
    (info / "entry_points.txt").write_text(entry_points, encoding="utf-8")
    for name, code in modules.items():
        (site / f"{name}.py").write_text(code)


def extra() -> list[str]:
    """The ids of the rules that are not bundled."""
    bundled = {rule.id for rule in plugins.bundled()}
    return [rule.id for rule in plugins.load().rules if rule.id not in bundled]


@pytest.mark.parametrize(
    "line",
    [
        "calm = toy_calm",
        "calm=toy_calm",
        "Calm Words = toy_calm:words",
        "calm = toy_calm:words [extra]",
        "calm = toy_calm [extra]",
        "; a comment = no\n# another = no\n\ncalm = toy_calm",
    ],
)
def test_an_entry_point_names_a_module(site, line):
    install(site, f"[console_scripts]\nx = y\n[contentlint.rules]\n{line}\n", toy_calm=RULE)
    assert plugins.load().errors == []
    assert extra() == ["calm/words"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[other.group]\ncalm = toy_calm\n",
        "[contentlint.rules.more]\ncalm = toy_calm\n",
        "calm = toy_calm\n[contentlint.rules]\n",
        "[contentlint.rules]\ncalm\n",
    ],
)
def test_other_groups_and_odd_lines_are_passed_over(site, text):
    install(site, text, toy_calm=RULE)
    assert (extra(), plugins.load().errors) == ([], [])


def test_what_is_no_text_is_passed_over(site):
    install(site, "")
    (next(site.iterdir()) / "entry_points.txt").write_bytes(b"[contentlint.rules]\n\xff = x\n")
    assert (extra(), plugins.load().errors) == ([], [])


def test_a_folder_that_is_named_twice_or_missing_is_no_trouble(site, monkeypatch):
    install(site, "[contentlint.rules]\ncalm = toy_calm\n", toy_calm=RULE)
    os.symlink(site, site / "lib64")
    folders = [str(site / "none"), str(site), str(site / "lib64"), str(site)]
    monkeypatch.setattr(plugins, "_site_folders", lambda: folders)
    assert (extra(), plugins.load().errors) == (["calm/words"], [])


def test_a_package_offers_the_rules_of_its_modules_that_it_imports(site):
    package = site / "toy_package"
    package.mkdir()
    (package / "__init__.py").write_text(
        "from .inside import words\nfrom toy_other import words as w\n"
    )
    (package / "inside.py").write_text(RULE)
    install(
        site, "[contentlint.rules]\ncalm = toy_package\n", toy_other=RULE.replace("calm", "loud")
    )
    assert extra() == ["calm/words"]


def test_of_two_rules_with_one_id_the_bundled_one_stays_and_the_other_is_told(site):
    install(
        site,
        "[contentlint.rules]\nmine = toy_mine\n",
        toy_mine=RULE.replace("calm/words", "typos/misspelling"),
    )
    loaded = plugins.load()
    (typos,) = [rule for rule in loaded.rules if rule.id == "typos/misspelling"]
    assert typos.function.__module__ == "contentlint.rules.typos"
    assert loaded.errors == [
        "plugin mine (toy_mine) defines typos/misspelling, which exists already"
    ]


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("raise SystemExit", "SystemExit: "),
        ("import toy_none", "ModuleNotFoundError: No module named 'toy_none'"),
        ("def broken(", "SyntaxError: "),
        ("from contentlint.api import file_rule\nfile_rule('Not An Id', '')", "ValueError: "),
    ],
)
def test_a_plugin_that_fails_is_told_and_the_others_load(site, code, reason):
    install(
        site, "[contentlint.rules]\nbad = toy_bad\ncalm = toy_calm\n", toy_bad=code, toy_calm=RULE
    )
    (error,) = plugins.load().errors
    assert error.startswith(f"plugin bad (toy_bad) cannot be loaded: {reason}")
    assert extra() == ["calm/words"]


def test_rules_are_sorted_by_id():
    ids = [rule.id for rule in plugins.load().rules]
    assert ids == sorted(set(ids))


def test_the_real_folders_of_installed_packages_are_searched():
    folder = os.path.dirname(os.path.dirname(pytest.__file__))
    assert os.path.realpath(folder) in map(os.path.realpath, plugins._site_folders())
