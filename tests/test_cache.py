"""A run that remembers says the same as one that does not, whatever has happened in between."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contentlint import answers, cache, cli, engine, facts, reading, stages
from contentlint import config as configuration
from contentlint import posts as posts_module
from contentlint.built import Built
from contentlint.cache import Cache, Known, Row
from contentlint.discover import discover
from contentlint.document import Document
from contentlint.facts import Facts, Outline
from contentlint.finding import Problem
from contentlint.markdown import Link
from contentlint.posts import Posts
from contentlint.records import dump, load
from contentlint.resolve import Links, Outcome
from contentlint.rule import file_rule, site_rule
from contentlint.spelling import Lexicon
from contentlint.text import Source
from contentlint.totals import Totals

LEXICON = Lexicon()
POST = """\
---
title: The dryer
date: 2024-01-02
tags: [Heat Pump, Dryer]
draft: false
cover:
  image: dryer.png
---
## Filters

Colour and color, frobnzier, see [the oven](../oven/#doors) and ![A filter](f.png).
"""
OVEN = """\
---
title: The oven
tags: [heat-pump]
aliases: [/stove/]
---
## Doors {#doors}

A frobnizer, a [dryer](../dryer/#filters), [gone](../gone/).
"""


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


@pytest.fixture
def blog(tmp_path, monkeypatch):
    """The folder of a blog, which is the working directory; its cache stands beside it."""
    folder = tmp_path / "blog"
    write(
        folder,
        {
            "hugo.toml": "baseURL = 'https://example.org/'\n",
            "content/dryer.md": POST,
            "content/oven.md": OVEN,
            "static/f.png": "",
        },
    )
    monkeypatch.chdir(folder)
    monkeypatch.setenv("CONTENTLINT_CACHE_DIR", str(tmp_path / "cache"))
    return folder


@pytest.fixture
def check(contentlint):
    """Runs a check with the cache; asserts that it tells what a run without tells."""

    def run(*arguments: str, notes: str = "") -> list[str]:
        command = ["check", "--output-format", "json", *arguments]
        status, out, err = contentlint(*command)
        assert (status, out) == contentlint(*command, "--no-cache")[:2]
        assert [line for line in err.splitlines() if ": note: " in line] == notes.splitlines()
        return [f"{f['path']}:{f['line']} {f['rule']}" for f in json.loads(out)["findings"]]

    return run


@pytest.fixture
def parsed(monkeypatch):
    """The paths of the posts whose facts have been collected so far."""
    names: list[str] = []
    collect = facts.collect

    def spy(document: Document, path: str, *others: object) -> Facts:
        names.append(path)
        return collect(document, path, *others)

    monkeypatch.setattr(facts, "collect", spy)
    return names


def facts_of(text: str, name: str = "content/a.md") -> Facts:
    return facts.collect(Document(Source(name, text)), name, LEXICON)


# ---- what is kept ------------------------------------------------------------------------------


def test_only_what_has_changed_is_parsed_for_its_facts(blog, contentlint, parsed):
    contentlint("content/dryer.md")
    assert parsed == ["content/dryer.md", "content/oven.md"]
    parsed.clear()
    contentlint("content/dryer.md")
    assert parsed == []
    (blog / "content/oven.md").write_text(OVEN + "More.\n")
    contentlint("content/dryer.md")
    assert parsed == ["content/oven.md"]


def test_a_file_that_is_only_touched_is_not_parsed(blog, contentlint, parsed):
    contentlint()
    parsed.clear()
    os.utime(blog / "content/oven.md", (1, 1))
    contentlint()
    assert parsed == []


def test_an_edit_that_leaves_size_and_time_is_seen(blog, check, parsed):
    check()
    path = blog / "content/oven.md"
    before = path.stat()
    path.write_text(OVEN.replace("#filters", "#filterz"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert "content/oven.md:8 links/anchor" in check()


UNREAD = "contentlint: note: grammar is not checked in 1 post in `de`, which harper does not speak"


def test_other_settings_know_nothing_of_each_other(blog, check, parsed):
    check()
    (blog / "contentlint.toml").write_text('[[overrides]]\nfiles = ["oven.md"]\nlanguage = "de"\n')
    parsed.clear()
    check(notes=UNREAD)
    assert parsed[:2] == ["content/dryer.md", "content/oven.md"]


def test_what_only_chooses_among_findings_changes_nothing(blog, contentlint, parsed):
    contentlint()
    (blog / "contentlint.toml").write_text('vocabulary = ["frobnizer"]\nignore = ["tags"]\n')
    parsed.clear()
    contentlint("--select", "links")
    assert parsed == []


def test_what_is_not_saved_is_not_kept(blog, contentlint, parsed, monkeypatch):
    contentlint()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Unsaved.\n")))
    contentlint("--stdin-filename", "content/oven.md", "-")
    parsed.clear()
    contentlint()
    assert parsed == []


def test_without_a_cache_nothing_is_written(blog, contentlint):
    contentlint("--no-cache")
    assert not (blog.parent / "cache").exists()
    contentlint("--cache-dir", "../other")
    assert os.listdir(blog.parent / "other") == ["cache.sqlite"]


def test_a_single_post_needs_no_cache(blog, contentlint):
    (blog / "content/oven.md").unlink()
    contentlint()
    assert not (blog.parent / "cache").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_names_that_are_no_text(blog, check, parsed):
    (blog / "content" / os.fsdecode(b"f\xfcr.md")).write_text(POST)
    check()
    parsed.clear()
    check()
    assert len(parsed) == 3  # those of the run without


# ---- what file rules find ----------------------------------------------------------------------


@pytest.fixture
def documents(monkeypatch):
    """The names of the files that have been parsed so far."""
    names: list[str] = []
    init = Document.__init__

    def spy(document: Document, source: Source, *others: object) -> None:
        names.append(os.path.basename(source.path))
        init(document, source, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(Document, "__init__", spy)
    return names


def test_a_file_is_not_parsed_as_long_as_it_and_the_rules_are_the_same(blog, check, documents):
    (blog / "content/oven.md").write_text(
        OVEN + "\nThe the door. <!-- contentlint-disable-line typos -->\n"
    )
    found = check()
    documents.clear()
    assert check("content/oven.md") == [one for one in found if "oven" in one]
    assert documents == ["dryer.md", "oven.md"]  # those of the run without
    (blog / "content/oven.md").write_text(OVEN + "\nThe the door.\n")
    documents.clear()
    assert "content/oven.md:10 typos/repeated-word" in check()
    assert documents == ["oven.md", "dryer.md", "oven.md"]


def test_suppressions_are_kept_with_what_becomes_of_them(blog, check, documents, monkeypatch):
    (blog / "content/oven.md").write_text(
        OVEN
        + "\nThe the. <!-- contentlint-disable-line typos, tpyos until 2030-12-31: why -->\n"
        + "\nThe the. {% comment %} contentlint-disable-line * {% endcomment %}\n"
        + "\nFine. <!-- contentlint-disable-line links/anchor -->\n"
    )
    found = check()
    assert {one for one in found if "suppression" in one} == {
        "content/oven.md:10 suppression/unknown-rule",
        "content/oven.md:12 suppression/all-rules",
        "content/oven.md:14 suppression/unused",
    }
    documents.clear()
    assert check("content/oven.md") == [one for one in found if "oven" in one]
    assert documents == ["dryer.md", "oven.md"]  # those of the run without
    later = type("Later", (date,), {"today": classmethod(lambda cls: date(2031, 1, 1))})
    for module in (reading, stages):
        monkeypatch.setattr(module, "date", later)
    after = {"content/oven.md:10 suppression/expired", "content/oven.md:10 typos/repeated-word"}
    assert set(check()) - set(found) == after
    (blog / "contentlint.toml").write_text("[suppressions]\nallow-all = true\n")
    assert "content/oven.md:12 suppression/all-rules" not in check()


@pytest.mark.parametrize(
    "settings",
    [
        'ignore = ["typos"]\n',
        '[rules."typos/repeated-word"]\nallowed = ["the"]\n',
        '[[schemas]]\nschema = "schema.json"\n',
        '[[overrides]]\nfiles = ["oven.md"]\nignore = ["alt-text"]\n',
    ],
)
def test_what_rules_depend_on_may_change(blog, check, documents, settings):
    (blog / "content/oven.md").write_text(OVEN + "\nThe the ![](a.png).\n")
    (blog / "schema.json").write_text('{"required": ["author"]}')
    check()
    (blog / "contentlint.toml").write_text(settings)
    check()
    (blog / "schema.json").write_text("{}")
    check()


def test_what_a_schema_refers_to_may_change(blog, check):
    (blog / "contentlint.toml").write_text('[[schemas]]\nschema = "schema.json"\n')
    (blog / "schema.json").write_text('{"properties": {"title": {"$ref": "title.json"}}}')
    (blog / "title.json").write_text('{"maxLength": 5}')
    assert "content/oven.md:2 front-matter/schema" in check()
    (blog / "title.json").write_text('{"maxLength": 50}')
    assert "content/oven.md:2 front-matter/schema" not in check()


def test_a_rule_without_a_file_is_run_each_time(tmp_path):
    """Such as one that is no function, or was made by `exec`."""

    class Rule:
        runs = 0

        def __call__(self, document: Document) -> Iterator[Problem]:
            self.runs += 1
            yield from ()

    rule = Rule()
    rules = [
        file_rule("own/rule", "a rule")(rule),
        site_rule("own/other", "another")(lambda *_: ()),
    ]
    write(tmp_path, {"contentlint.toml": "", "a.md": "A.\n", "b.md": "B.\n"})
    config = configuration.load(str(tmp_path / "contentlint.toml"), rules, str(tmp_path))
    for _ in range(2):
        kept = Cache(str(tmp_path / "cache"), print)
        engine.run(discover([str(tmp_path)], config).blogs, rules, config, cache=kept)
        kept.close()
    assert rule.runs == 4


def test_what_a_rule_finds_that_goes_wrong_is_not_kept(blog, contentlint, documents, monkeypatch):
    def crash(*_: object) -> None:
        raise ValueError("no")

    with monkeypatch.context() as patch:
        patch.setattr(import_module("contentlint.rules.typos"), "repeated", crash)
        assert contentlint()[0] == contentlint()[0] == 2
    status, _, err = contentlint()
    assert (status, "crashed" in err) == (1, False)


# ---- all that was found ------------------------------------------------------------------------


@pytest.fixture
def judged(monkeypatch):
    """The links that have been judged so far."""
    destinations: list[str] = []
    link = Links.link

    def spy(links: Links, page: Facts, item: Link) -> Outcome:
        destinations.append(item.destination)
        return link(links, page, item)

    monkeypatch.setattr(Links, "link", spy)
    return destinations


def test_nothing_is_done_again_if_nothing_has_changed(
    blog, contentlint, documents, judged, monkeypatch
):
    monkeypatch.setattr(cache, "_RACY", 0)  # as if the files had been written long before
    first = contentlint("--output-format", "json")
    documents.clear()
    judged.clear()
    assert contentlint("--output-format", "json") == first
    assert (documents, judged) == ([], [])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("contentlint.toml", 'vocabulary = ["frobnzier"]\n'),
        ("contentlint.toml", 'severity = { links = "info" }\n'),
        ("contentlint-vocabulary.txt", "frobnzier\n"),
        ("hugo.toml", "uglyURLs = true\n"),
        ("static/gone/index.html", ""),
        ("content/new.md", POST),
        (".gitignore", "oven.md\n"),
    ],
)
def test_what_is_found_again_is_never_stale(blog, check, name, text):
    before = check()
    write(blog, {name: text})
    changed = check()
    assert changed != before or "severity" in text or name == "content/new.md"
    (blog / name).unlink()
    if name == "hugo.toml":
        write(blog, {name: "baseURL = 'https://example.org/'\n"})
    assert check() == before


def test_reasons_and_the_working_directory_count(blog, check, monkeypatch):
    assert check() == check("--verbose")
    monkeypatch.chdir(blog / "content")
    assert any(one.startswith("oven.md:") for one in check(".."))


def test_another_day_is_another_run(blog, check, contentlint, monkeypatch):
    (blog / "content/oven.md").write_text(OVEN.replace("title:", "expiryDate: 2030-01-01\ntitle:"))
    check()
    later = type("Later", (date,), {"today": classmethod(lambda cls: date(2031, 1, 1))})
    for module in ("site", "reading", "generators.dates"):
        monkeypatch.setattr(import_module(f"contentlint.{module}"), "date", later)
    assert "content/dryer.md:11 links/draft-target" in check()


# ---- the site ----------------------------------------------------------------------------------


def test_the_configuration_of_the_site_may_change(blog, check):
    assert not any("dryer" in one and "links" in one for one in check())
    (blog / "hugo.toml").write_text("uglyURLs = true\n")
    assert "content/dryer.md:11 links/broken" in check("content/dryer.md")


def test_a_site_may_become_one_of_another_generator(blog, check):
    """Although there are the same files as before."""
    os.rename("hugo.toml", "conf")
    os.symlink("nowhere", "hugo.toml")
    write(blog, {"content/oven.md": OVEN.replace("../dryer/", "/content/dryer/")})
    check()
    os.remove("hugo.toml")
    os.symlink("conf", "hugo.toml")
    assert "content/oven.md:8 links/broken" in check()


def test_the_first_front_matter_tells_of_a_generator(blog, check):
    (blog / "hugo.toml").unlink()
    write(blog, {"content/dryer.md": "# A\n\n[b](../oven/)\n", "content/oven.md": "# B\n"})
    assert check() == ["content/dryer.md:3 links/broken"]
    write(blog, {"content/oven.md": "---\ndraft: true\n---\n# B\n"})
    assert check() == []  # of which the URLs are not known


def test_a_site_may_publish_nothing(blog, check):
    os.rename("hugo.toml", ".eleventy.js")
    write(blog, {"content/content.json": '{"permalink": false}'})
    check()
    (blog / "content/oven.md").write_text(OVEN + "More.\n")
    check()
    assert Built(()).dump() is None


def test_templates_may_change(blog, check):
    """Hugo's own hook for links finds pages by their files; without one they are as they stand."""
    (blog / "content/dryer.md").write_text(POST.replace("../oven/#doors", "oven.md"))
    hook = "layouts/_default/_markup/render-link.html"
    write(blog, {hook: '<a href="{{ .Destination }}">{{ .Text }}</a>'})
    assert "content/dryer.md:11 links/broken" in check()
    write(blog, {hook: '<a href="{{ (.Page.GetPage .Destination).RelPermalink }}">{{ .Text }}</a>'})
    assert "content/dryer.md:11 links/broken" not in check()


def test_files_come_and_go(blog, check):
    assert "content/oven.md:8 links/broken" in check()
    write(blog, {"content/gone.md": "---\ntitle: Back\n---\n"})
    assert "content/oven.md:8 links/broken" not in check("content/oven.md")
    (blog / "static/f.png").unlink()
    assert "content/dryer.md:11 images/missing-file" in check()
    (blog / "content/oven.md").rename(blog / "content/stove.md")
    assert "content/dryer.md:11 links/broken" in check("content/dryer.md")


# ---- trouble -----------------------------------------------------------------------------------


def test_a_damaged_cache_is_taken_away(blog, check, parsed):
    path = blog.parent / "cache" / "cache.sqlite"
    write(blog.parent, {"cache/cache.sqlite": "no database " * 1000})
    note = f"contentlint: note: the cache was damaged and has been removed: {path}"
    check(notes=note)
    check()
    parsed.clear()
    check()
    assert len(parsed) == 2  # those of the run without


def test_a_cache_of_another_version_is_begun_anew(blog, check):
    check()
    with sqlite3.connect(blog.parent / "cache" / "cache.sqlite") as connection:
        connection.execute("DROP TABLE blog")
        connection.execute("CREATE TABLE blog (id INTEGER, name TEXT)")
        connection.execute("PRAGMA application_id = 1")
    connection.close()
    check()
    check()


def test_a_database_of_another_program_is_left_alone(blog, check):
    path = blog.parent / "cache" / "cache.sqlite"
    path.parent.mkdir()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE letters (text)")
    connection.close()
    before = path.read_bytes()
    check(notes=f"contentlint: note: the cache cannot be used: {path}: it belongs to another "
                "program; name another folder")  # fmt: skip
    assert path.read_bytes() == before


def test_facts_that_are_lost_are_collected_again(blog, check):
    check()
    with sqlite3.connect(blog.parent / "cache" / "cache.sqlite") as connection:
        connection.execute("DELETE FROM facts")
        connection.execute("DELETE FROM shared WHERE name = 'totals'")
    connection.close()
    check("content/dryer.md")


KEPT = [
    ("posts", "paths"), ("posts", "stamps"), ("posts", "hashes"), ("posts", "gone"),
    ("facts", "outline"), ("facts", "facts"), ("checks", "value"), ("shared", "value"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "column"), KEPT)
@pytest.mark.parametrize("value", ["x'00'", "NULL", "'text'", "flipped({})"])
def test_damage_inside_of_a_value_is_seen(blog, contentlint, tmp_path, table, column, value):
    """SQLite does not look there."""

    def flipped(data: bytes) -> bytes:
        return data[:-2] + bytes([data[-2] ^ 1]) + data[-1:]

    (blog / "content/oven.md").write_text(OVEN + "\nThe the door.\n")
    told = contentlint("--no-cache")[:2]
    assert contentlint()[:2] == told
    with sqlite3.connect(tmp_path / "cache" / "cache.sqlite") as connection:
        connection.create_function("flipped", 1, flipped)
        changed = connection.execute(f"UPDATE {table} SET {column} = {value.format(column)}")
        assert changed.rowcount
    connection.close()
    (blog / "content/dryer.md").write_text(POST.replace("see", "see,"))
    told = contentlint("--no-cache")[:2]
    assert contentlint("content/oven.md")[:2] == contentlint("content/oven.md", "--no-cache")[:2]
    assert contentlint()[:2] == told


def test_a_locked_cache_is_done_without(blog, check, monkeypatch):
    monkeypatch.setattr(cache, "_WAIT", 0)
    check()
    connection = sqlite3.connect(blog.parent / "cache" / "cache.sqlite", isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    (blog / "content/oven.md").write_text(OVEN + "More.\n")
    check()
    connection.close()


def test_a_cache_that_cannot_be_made_is_told(blog, check):
    write(blog.parent, {"cache": "a file"})
    path = blog.parent / "cache" / "cache.sqlite"
    check(notes=f"contentlint: note: the cache cannot be used: {path}: [Errno 17] File exists: "
                f"'{path.parent}'")  # fmt: skip


def test_runs_at_the_same_time(blog, check):
    for number in range(20):
        write(blog, {f"content/{number}.md": POST.replace("dryer", f"dryer{number}")})
    command = [sys.executable, "-m", "contentlint", "--output-format", "json"]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    assert len({run.communicate()[0] for run in runs}) == 1
    check()


def test_what_another_run_has_changed_is_not_written_over(tmp_path):
    def told(text: str) -> None:
        raise AssertionError(text)

    one, two = Cache(str(tmp_path), told), Cache(str(tmp_path), told)
    blogs = [each.blog("/blog", "") for each in (one, two)]
    for number, blog in enumerate(blogs):
        name = f"{number}.md"
        known = Known()
        known.add(name, (1, 2, 3), b"h" * 16, b"o" * 16)
        blog.save(known, (), [(name, Row(b"[]", b"[]"))], {}, {"totals": b"%d" % number})
    for each in (one, two):
        each.close()
    after = Cache(str(tmp_path), told).blog("/blog", "")
    assert (after.posts.paths, after.shared("totals")) == (["0.md"], b"0")


@pytest.mark.parametrize("most", [1, 3, 100])
def test_many_runs_keep_one_list_of_posts(tmp_path, monkeypatch, most):
    """As rows on what each has changed, which become one again when they are many."""
    monkeypatch.setattr(cache, "_MOST_CHANGES", most)
    expected: dict[str, tuple[answers.State, bytes, bytes]] = {}
    steps = [("a", "b", "c"), ("b",), (), ("d", "a"), ("c",), ("e",)]
    gone = [(), (), ("c",), ("b",), (), ("a", "d")]
    for number, (names, lost) in enumerate(zip(steps, gone, strict=True)):
        kept = Cache(str(tmp_path), print)
        blog = kept.blog("/blog", "")
        assert blog.posts.paths == sorted(expected)
        assert blog.posts.stamps == [expected[name][0] for name in blog.posts.paths]
        assert [blog.posts.hashes(name) for name in blog.posts.paths] == [
            expected[name][1:] for name in blog.posts.paths
        ]
        changed = Known()
        for name in names:
            expected[name] = ((number, 2, 3), b"%016d" % number, b"o" * 16)
            changed.add(name, *expected[name])
        for name in lost:
            del expected[name]
        blog.save(changed, lost, (), {}, {})
        assert len(kept.rows("SELECT state FROM posts")) <= most
        kept.close()


# ---- the command -------------------------------------------------------------------------------


def test_the_cache_can_be_shown_and_removed(blog, contentlint):
    path = blog.parent / "cache" / "cache.sqlite"
    none = (0, f"there is no cache in {path.parent}\n", "")
    assert contentlint("cache", "info") == contentlint("cache", "clean") == none
    contentlint("check")
    size = path.stat().st_size / 1e6
    told = f"{path}: {size:.1f} MB, 2 posts, 1 blogs\n"
    assert contentlint("cache", "info", "--cache-dir", str(path.parent)) == (0, told, "")
    assert contentlint("cache", "clean") == (0, f"removed {path}\n", "")
    assert not os.listdir(path.parent)
    assert contentlint("cache", "info") == none


def test_a_slip_in_the_command_is_trouble(blog, contentlint):
    err = "contentlint: cache: unknown action `clear`; did you mean `clean`?; see contentlint cache --help\n"
    assert contentlint("cache", "clear") == (2, "", err)
    err = "contentlint: cache: info or clean?; see contentlint cache --help\n"
    assert contentlint("cache") == (2, "", err)


def test_a_folder_in_the_place_of_the_cache_is_told(blog, check, contentlint):
    path = blog.parent / "cache" / "cache.sqlite"
    path.mkdir(parents=True)
    check(
        notes=f"contentlint: note: the cache cannot be used: {path}: unable to open database file"
    )
    check("--quiet")
    err = f"contentlint: {path}: cannot be removed: Is a directory\n"
    assert contentlint("cache", "clean") == (2, "", err)


@pytest.mark.skipif(sys.platform == "win32", reason="HOME is not asked there")
def test_without_a_home_folder_nothing_is_kept(blog, check, contentlint, monkeypatch):
    monkeypatch.delenv("CONTENTLINT_CACHE_DIR")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("HOME", "")
    before = sorted(os.listdir())
    with monkeypatch.context() as patch:
        patch.setattr(os.path, "expanduser", str)  # as if the user had no entry in the system
        assert answers.folder() is None
        check()
        err = "contentlint: there is no home folder to keep a cache in; name a folder with --cache-dir\n"
        assert contentlint("cache", "info") == (2, "", err)
    assert sorted(os.listdir()) == before


def test_the_folder_may_begin_with_a_tilde(tmp_path, monkeypatch):
    """A shell leaves it as it is in `--cache-dir=~/x`, and a CI in a variable."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("CONTENTLINT_CACHE_DIR", "~/x")
    assert answers.folder() == str(tmp_path / "x")
    assert answers.folder("~/y") == str(tmp_path / "y")


# ---- small results -----------------------------------------------------------------------------


def test_small_results_are_kept_by_kind_and_key(tmp_path):
    first = Cache(str(tmp_path), print)
    first.keep("grammar", {b"a": b"1", b"b": b"2"})
    first.close()
    again = Cache(str(tmp_path), print)
    keys = [b"%d" % number for number in range(2000)]
    assert again.recall("grammar", [*keys, b"b", b"a"]) == {b"a": b"1", b"b": b"2"}
    assert again.recall("other", [b"a"]) == {}


def test_small_results_that_are_damaged_are_not_known(tmp_path):
    told: list[object] = []
    first = Cache(str(tmp_path), told.append)
    first.keep("grammar", {b"a": b"1"})
    first.close()
    with sqlite3.connect(first.path) as connection:
        connection.execute("UPDATE memo SET value = x'0000000032'")
    connection.close()
    again = Cache(str(tmp_path), told.append)
    assert again.recall("grammar", [b"a"]) == {}
    assert told == [f"the cache was damaged and has been removed: {first.path}"]


# ---- properties --------------------------------------------------------------------------------

WORDS = st.sampled_from(["frobnzier", "frobnizer", "colour", "color", "Javascript", "JavaScript"])
TAGS = st.lists(st.sampled_from(["Heat Pump", "heat-pump", "heatpump", "Dryer", "dryers"]))
NAMES = st.sampled_from(["a", "b", "c", "sub/d", "e.de"])
KEYS = st.sampled_from(["", "draft: true", "slug: x", "lang: de", "aliases: [/a/]"])


@st.composite
def posts(draw):
    links = "".join(f"[to]({draw(st.sampled_from(['../', './', '/']))}{name}/#h) "
                    for name in draw(st.lists(NAMES, max_size=3)))  # fmt: skip
    words = " ".join(draw(st.lists(WORDS, max_size=4)))
    head = f"---\ntitle: T\ntags: {json.dumps(draw(TAGS))}\n{draw(KEYS)}\n---\n"
    return f"{head}\n## {draw(st.sampled_from(['H', 'I']))}\n\nIt is {words} {links}\n"


STEPS = st.lists(st.dictionaries(NAMES, st.none() | posts(), max_size=3), min_size=1, max_size=4)


def test_a_post_whose_facts_have_been_let_go_is_the_same_post(blog, contentlint, monkeypatch):
    monkeypatch.setattr(posts_module, "_AT_HAND", 2)
    links = " and ".join(f"[{name}](../{name}/#gone)" for name in "abc")
    for name in "abc":
        (blog / f"content/{name}.md").write_text(f"See {links}.\n")
    for how in ([], ["--no-cache"]):
        _, out, _ = contentlint("--select", "links/anchor", *how)
        told = [line for line in out.splitlines() if "`gone`" in line]
        assert len(told) == 9
        assert len([line for line in told if "of this post has the id" in line]) == 3


@pytest.mark.slow
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=STEPS,
    named=NAMES,
    is_old=st.booleans(),
    without=st.sampled_from(["", "grammar"]),
    most=st.sampled_from([2, 5_000]),
)
def test_edits_at_random(steps, named, is_old, without, most, tmp_path_factory, capsys):
    """Posts are written, changed and deleted (None) between runs over one of them and over all."""
    folder = tmp_path_factory.mktemp("blog")
    write(folder, {"hugo.toml": "", f"content/{named}.md": POST, "content/z.md": OVEN})
    at = ["--cache-dir", str(folder / ".cache")]
    alone, several = ["--jobs", "1"], ["--jobs", "2"]
    command = ["--output-format", "json", *(["--ignore", without] if without else [])]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setattr(engine, "_SEVERAL", 1)
        patch.setattr(engine, "_FIRST", 1)
        patch.setattr(posts_module, "_AT_HAND", most)  # so many posts are a lot
        if is_old:  # as if each file had been written long before it is read
            now = time.time_ns
            patch.setattr(cache.time, "time_ns", lambda: now() + 10**10)
        for step in [{}, *steps]:
            for name, text in step.items():
                path = folder / "content" / f"{name}.md"
                if text is not None:
                    write(folder, {f"content/{name}.md": text})
                elif path.exists():
                    path.unlink()
            time.sleep(0.02 if is_old else 0)  # the clock of the file system goes on
            for paths in ([f"content/{named}.md"], []):
                outputs = []
                for how in ([*at, *several], at, ["--no-cache", *several], ["--no-cache", *alone]):
                    if all(map(os.path.exists, paths)):
                        cli.main([*command, *how, *paths])
                        outputs.append(capsys.readouterr().out)
                assert len(set(outputs)) <= 1


def totals_of(pages):
    totals = Totals()
    for page in pages:
        totals.add(page)
    return totals


@given(st.lists(posts(), max_size=5), st.integers(0, 5))
def test_totals_do_not_depend_on_what_came_and_went(texts, number):
    pages = [facts_of(text, f"content/{n}.md") for n, text in enumerate(texts)]
    totals = Totals.load(totals_of(reversed(pages)).dump())
    for page in pages[number:]:
        totals.exchange((page,), ())
    expected = totals_of(pages[:number])
    kinds = ("uses", "words", "forms", "names", "tags", "parts", "languages", "keys", "filled",
             "images", "described", "alts")  # fmt: skip
    for kind in kinds:
        assert list(totals.each(kind)) == list(expected.each(kind))


def test_totals_that_a_change_leaves_as_they_are_are_not_kept_again():
    before, now = facts_of(POST), facts_of(POST + "\nIt is done.\n")
    kept = totals_of([before]).dump()
    totals = Totals.load(kept)
    assert totals.exchange([before], [now])
    assert totals.are_kept
    other = facts_of(POST + "\nIt is dnoe.\n")
    assert totals.exchange([now], [other])
    assert not totals.are_kept
    assert dict(totals.each("uses")) == dict(totals_of([other]).each("uses"))
    assert Totals.load(totals.dump()).of("keys") == totals_of([other]).of("keys")
    assert not totals.exchange([None], [other])


@pytest.mark.parametrize(
    "text", [POST, OVEN, "", "# A\n\n[a][b] [^1]\n\n[^1]: x\n", '---\na: "\\ud800"\n---\n']
)
def test_facts_are_the_same_after_they_were_kept(text):
    own = facts_of(text)
    again = load(Facts, dump(own))
    assert again == own
    assert [type(one) for one in again.links] == [type(one) for one in own.links]
    assert load(Outline, dump(own.outline)) == own.outline


def test_facts_of_another_shape_are_refused():
    with pytest.raises(ValueError, match="fields"):
        load(Outline, b'[null, "", 1]')


def test_posts_without_a_cache_are_all_there():
    pages = {name: facts_of(POST, name) for name in ("b.md", "a.md")}
    kept = Posts.of(pages)
    assert (list(kept), kept["a.md"], kept.get("c.md"), len(kept)) == (
        ["b.md", "a.md"],
        pages["a.md"],
        None,
        2,
    )
    assert dict(kept.outlines) == {name: page.outline for name, page in pages.items()}
