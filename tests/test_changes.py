"""What a change has caused, in real Git repositories."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from contentlint import changes, config, discover, engine, plugins, schema_choice

HEAT = """\
---
title: Heat
---
## What it costs

The refuigerator was there before.

A line to be changed.
"""
PUMP = "---\ntitle: Pump\n---\nSee [costs](../heat/#what-it-costs), [oven](../oven/). The ovne.\n"
OVEN = "---\ntitle: Oven\n---\nIt beeps when it is hot.\n\n![A dial](/img/dial.png)\n"
POSTS = "content/posts"


@pytest.fixture
def git(tmp_path, git_in, monkeypatch):
    """A Hugo blog with two findings on `main`; the working directory, and on a branch of its own."""
    git = git_in(tmp_path / "blog")
    monkeypatch.chdir(git.folder)
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, os.devnull)
    git.write("hugo.toml", 'baseURL = "https://blog.example/"\n')
    git.write(f"{POSTS}/heat.md", HEAT)
    git.write(f"{POSTS}/pump.md", PUMP)
    git.write(f"{POSTS}/oven.md", OVEN)
    git.write("static/img/dial.png", "not really")
    git.commit()
    git("switch", "--quiet", "--create", "topic")
    return git


@pytest.fixture
def told(contentlint):
    """Lints with `--diff-base main`, unless told otherwise, and gives `path:line rule` of each finding;
    the paths without the folder of the posts."""

    def run(*arguments: str, base: str = "main") -> list[str]:
        wanted = ("--output-format", "json", "--diff-base", base)
        status, out, err = contentlint(*wanted, *arguments)
        assert status < 2, err
        findings = json.loads(out)["findings"]
        assert status == bool(findings)
        return [
            f"{one['path'].removeprefix(f'{POSTS}/')}:{one['line']} {one['rule']}"
            for one in findings
        ]

    return run


def edit(git, path, old, new):
    file = git.folder / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


# ---- lines -------------------------------------------------------------------------------------


def test_without_a_change_nothing_is_told_and_the_summary_says_of_what(git, contentlint):
    assert contentlint("--diff-base", "main") == (
        0,
        "",
        "contentlint: nothing found, 2 not of this change in 3 files\n",
    )
    assert contentlint("--diff-base=HEAD")[0] == 0


@pytest.mark.parametrize("how", ["in the folder", "staged", "committed", "staged and gone again"])
def test_new_and_changed_lines_are_told(git, told, how):
    edit(git, f"{POSTS}/heat.md", "A line to be changed.", "A lnie is changed.")
    with open(f"{POSTS}/oven.md", "a") as file:
        file.write("\nAnd a new lnie.\n")
    if how == "staged":
        git("add", "--all")
    elif how == "committed":
        git.commit()
    elif how != "in the folder":
        git("add", "--all")
        (git.folder / f"{POSTS}/heat.md").write_text(HEAT)
    heat = [] if "again" in how else ["heat.md:8 typos/misspelling"]
    assert told() == [*heat, "oven.md:8 typos/misspelling"]


def test_a_line_that_is_touched_at_all_is_a_changed_one(git, told):
    edit(git, f"{POSTS}/heat.md", "there before", "there long before")
    assert told() == ["heat.md:6 typos/misspelling"]


def test_what_moves_because_of_others_is_not_told(git, told):
    edit(git, f"{POSTS}/heat.md", "## What", "A line before.\n\nAnd one more.\n\n## What")
    edit(git, f"{POSTS}/heat.md", "A line to be changed.\n", "")
    assert told() == []


def test_the_modes(git, told, contentlint):
    edit(git, f"{POSTS}/heat.md", "A line to be changed.", "A lnie is changed.")
    new, old = "heat.md:8 typos/misspelling", "heat.md:6 typos/misspelling"
    assert told() == told("--diff-mode", "added") == [new]
    assert told("--diff-mode=file") == [old, new]
    assert told("--diff-mode=all") == [old, new, "pump.md:4 typos/misspelling"]


@pytest.mark.parametrize("is_staged", [True, False])
def test_all_of_a_new_file_is_new(git, told, is_staged):
    path = git.folder / POSTS / "new.md"
    path.write_text("---\ntitel: New\n---\nThe lnie.\n")
    if is_staged:
        git("add", "--all")
    assert told() == [
        "new.md:2 front-matter/misspelt-key",
        "new.md:4 typos/misspelling",
    ]


def test_ignored_files_are_nobody_s_change(git, told):
    git.write(".gitignore", "draft*\n")
    (git.folder / POSTS / "draft.md").write_text("The lnie.\n")
    assert told() == []


@pytest.mark.parametrize("crlf", ["file", "autocrlf", "attributes"])
def test_line_endings_are_no_change(git, told, crlf):
    path = git.folder / POSTS / "heat.md"
    if crlf == "autocrlf":
        git("config", "core.autocrlf", "true")
    if crlf == "attributes":
        git.write(".gitattributes", "*.md text eol=crlf\n")
    path.write_bytes(
        HEAT.replace("changed.", "changed, and the lnie.").replace("\n", "\r\n").encode()
    )
    assert told() == ["heat.md:8 typos/misspelling"]


@pytest.mark.parametrize(
    "name", ["a b.md", "größe – 1.md", "q\"uo'te.md", "new\nline.md", "-dash.md", "[x]*.md"]
)
def test_any_file_name_will_do(git, told, name):
    edit_me = git.folder / POSTS / name
    edit_me.write_text(HEAT)
    git.commit()
    git("branch", "--force", "main")
    edit_me.write_text(HEAT.replace("changed.", "changed, and the lnie."))
    (one,) = told()
    assert one.endswith(":8 typos/misspelling")
    git("mv", "--", f"{POSTS}/{name}", f"{POSTS}/other {name}")
    assert len(told("--ignore", "site")) == 1


def test_some_paths_and_a_folder_below(git, told, monkeypatch):
    edit(git, f"{POSTS}/heat.md", "A line to be changed.", "A lnie is changed.")
    edit(git, f"{POSTS}/oven.md", "It beeps", "It beesp")
    assert told(f"{POSTS}/oven.md") == ["oven.md:4 typos/misspelling"]
    monkeypatch.chdir(POSTS)
    assert told() == ["heat.md:8 typos/misspelling", "oven.md:4 typos/misspelling"]
    assert told("heat.md") == ["heat.md:8 typos/misspelling"]


def test_all_the_same_from_a_cache(git, told, tmp_path):
    edit(git, f"{POSTS}/heat.md", "## What it costs", "## What it takes")
    expected = ["pump.md:4 links/anchor"]
    kept = ("--cache-dir", str(tmp_path / "cache"))
    assert told("--no-cache") == told(*kept) == told(*kept) == expected
    edit(git, f"{POSTS}/heat.md", "## What it takes", "## What it costs")
    assert told(*kept) == []
    assert len(told(*kept, "--diff-mode=all")) == 2


def test_github_is_told_first_what_the_change_has_caused(git, contentlint):
    edit(git, f"{POSTS}/pump.md", "title: Pump", "title: Pmup")
    _, out, _ = contentlint("--diff-base=main", "--diff-mode=all", "--output-format=github")
    lines = [line for line in out.splitlines() if line.startswith("::error")]
    assert [("Pmup" in line, "refui" in line) for line in lines][:2] == [
        (True, False),
        (False, True),
    ]


# ---- what is caused elsewhere ------------------------------------------------------------------


def test_a_heading_that_is_renamed_breaks_another_post_s_link(git, told):
    edit(git, f"{POSTS}/heat.md", "## What it costs", "## Prices")
    assert told() == ["pump.md:4 links/anchor"]


def test_a_post_that_is_gone_breaks_links_and_its_url(git, told):
    (git.folder / POSTS / "oven.md").unlink()
    assert told() == ["oven.md:4 site/removed-url", "pump.md:4 links/broken"]
    assert told(POSTS) == told()
    assert told(f"{POSTS}/pump.md") == ["pump.md:4 links/broken"]


def test_an_image_that_is_gone_breaks_what_shows_it(git, told):
    git("rm", "--quiet", "static/img/dial.png")
    assert told() == ["oven.md:6 images/missing-file"]


def test_a_configuration_of_the_site_that_changes_moves_all_urls(git, told):
    git.write("hugo.toml", '[permalinks]\nposts = "/:slug/"\n')
    found = told()
    assert [one for one in found if "removed-url" in one] == [
        f"{name}.md:4 site/removed-url" for name in ("heat", "oven", "pump")
    ]
    assert not any("misspelling" in one for one in found)


def test_what_was_broken_before_is_not_caused(git, told):
    edit(git, f"{POSTS}/pump.md", "(../oven/)", "(../nowhere/)")
    git.commit()
    git("branch", "--force", "main")
    edit(git, f"{POSTS}/heat.md", "## What it costs", "## Prices")
    assert told() == ["pump.md:4 links/anchor"]


def test_front_matter_that_is_taken_out_is_told_though_no_line_is_new(git, told):
    for number in range(12):
        git.write(f"{POSTS}/{number}.md", f"---\ntitle: Number {number}\n---\n")
    edit(git, f"{POSTS}/heat.md", "title: Heat", "title: Heat\ndraft: false")
    git.commit()
    git("branch", "--force", "main")
    edit(git, f"{POSTS}/heat.md", "title: Heat\n", "")
    assert told("--select", "front-matter") == ["heat.md:1 front-matter/missing-key"]


def test_one_more_of_the_same_is_told_where_it_is_new(git, told):
    edit(git, f"{POSTS}/heat.md", "## What", "A refuigerator here.\n\n## What")
    assert told() == ["heat.md:4 typos/misspelling"]


def test_a_suppression_that_is_taken_out_is_a_cause(git, told):
    text = HEAT.replace("The refui", "<!-- contentlint-disable-next-line typos -->\nThe refui")
    git.write(f"{POSTS}/heat.md", text)
    git.commit()
    git("branch", "--force", "main")
    git.write(f"{POSTS}/heat.md", HEAT)
    assert told() == ["heat.md:6 typos/misspelling"]


def test_a_suppression_that_suppresses_nothing_any_more_is_a_cause(git, told):
    text = PUMP.replace("See [", "<!-- contentlint-disable-next-line links: soon -->\nSee [")
    git.write(f"{POSTS}/pump.md", text.replace("../oven/", "../kettle/"))
    git.write(f"{POSTS}/heat.md", HEAT + "\n<!-- contentlint-disable-line links: never -->\n")
    git.commit()
    git("branch", "--force", "main")
    assert told() == []
    assert "heat.md:10 suppression/unused" in told("--diff-mode=all")
    git.write(f"{POSTS}/kettle.md", "---\ntitle: Kettle\n---\nIt boils.\n")
    assert told() == ["pump.md:4 suppression/unused"]


def test_what_accepts_that_a_url_is_gone_is_of_use_for_good(git, told, contentlint):
    git("mv", f"{POSTS}/oven.md", f"{POSTS}/stove.md")
    edit(
        git, f"{POSTS}/stove.md", "It beeps", "It beeps <!-- contentlint-disable-line site: so -->"
    )
    assert told("--ignore", "links") == []
    for concern in ("site", "site/removed-url"):
        edit(git, f"{POSTS}/stove.md", "-line site", f"-line {concern}")
        assert "suppression" not in contentlint()[1]


# ---- files that have another name --------------------------------------------------------------


@pytest.mark.parametrize("is_staged", [True, False])
def test_a_renamed_post_has_only_its_new_lines(git, told, is_staged):
    os.rename(f"{POSTS}/heat.md", f"{POSTS}/warmth.md")
    edit(git, f"{POSTS}/warmth.md", "changed.", "changed, and the lnie.")
    if is_staged:
        git("add", "--all")
    assert told("--ignore", "site") == ["pump.md:4 links/broken", "warmth.md:8 typos/misspelling"]


def test_a_published_url_must_not_vanish(git, told, contentlint):
    git("mv", f"{POSTS}/oven.md", f"{POSTS}/stove.md")
    assert told("--select", "site") == ["stove.md:4 site/removed-url"]
    (finding,) = json.loads(
        contentlint("--diff-base=main", "--select=site", "--output-format=json")[1]
    )["findings"]
    assert finding["message"] == (
        "`/posts/oven/` was published and leads nowhere now; this post is `/posts/stove/` now"
    )
    (change,) = finding["fix"]["edits"]
    assert change["text"] == 'aliases: ["/posts/oven/"]\n'
    edit(git, f"{POSTS}/stove.md", "title: Oven", change["text"] + "title: Oven")
    assert told() == []


def test_only_what_is_told_is_mended(git, contentlint):
    git("mv", f"{POSTS}/oven.md", f"{POSTS}/stove.md")
    edit(git, f"{POSTS}/heat.md", "A line to be changed.", "A seperate line.")
    contentlint("--diff-base=main", "--fix", "--unsafe-fixes", "--ignore=links")
    assert (git.folder / POSTS / "stove.md").read_text() == OVEN.replace(
        "title", 'aliases: ["/posts/oven/"]\ntitle'
    )
    assert (git.folder / POSTS / "heat.md").read_text() == HEAT.replace(
        "A line to be changed.", "A separate line."
    )
    assert (git.folder / POSTS / "pump.md").read_text() == PUMP


def test_a_redirect_will_do_for_a_url(git, told):
    git("mv", f"{POSTS}/oven.md", f"{POSTS}/stove.md")
    git.write("static/_redirects", "/posts/oven/ /posts/stove/ 301\n")
    assert told("--select", "site") == []


def test_a_draft_is_published_no_more(git, told):
    edit(git, f"{POSTS}/oven.md", "title: Oven", "title: Oven\ndraft: true")
    assert told() == ["oven.md:5 site/removed-url", "pump.md:4 links/draft-target"]


# ---- what it is compared with ------------------------------------------------------------------


def test_what_others_have_done_since_is_nobody_s_change(git, told):
    edit(git, f"{POSTS}/heat.md", "changed.", "changed, and the lnie.")
    git.commit()
    git("switch", "--quiet", "main")
    git.write(f"{POSTS}/oven.md", OVEN + "\nTheir lnie.\n")
    git("rm", "--quiet", f"{POSTS}/pump.md")
    git.commit()
    git("switch", "--quiet", "topic")
    assert told() == ["heat.md:8 typos/misspelling"]
    git("merge", "--quiet", "--no-edit", "main")
    assert told() == ["heat.md:8 typos/misspelling"]


def test_in_the_middle_of_a_merge(git, told):
    edit(git, f"{POSTS}/heat.md", "A line to be changed.", "My lnie.")
    git.commit()
    git("switch", "--quiet", "main")
    edit(git, f"{POSTS}/heat.md", "A line to be changed.", "Their lnie.")
    git.commit()
    git("switch", "--quiet", "topic")
    git("merge", "--quiet", "main", check=False)
    assert git("diff", "--name-only", "--diff-filter=U").stdout
    assert "heat.md:9 typos/misspelling" in told(base="HEAD~1")


@pytest.mark.slow
def test_a_tag_or_commit_will_do(git, told):
    git("tag", "v1")
    first = git("rev-parse", "HEAD").stdout.strip()
    edit(git, f"{POSTS}/heat.md", "changed.", "changed, and the lnie.")
    git.commit()
    for base in ("v1", first, first[:8], "HEAD~1", "HEAD^", "@{-1}"):
        assert told(base=base) == ["heat.md:8 typos/misspelling"]


@pytest.mark.slow
def test_repositories_inside_of_the_blog(git, git_in, told, tmp_path):
    other = git_in(tmp_path / "other")
    other.write("news.md", "---\ntitle: News\n---\nThe refuigerator.\n")
    other.commit()
    allow = ("-c", "protocol.file.allow=always")
    git(*allow, "submodule", "--quiet", "add", str(other.folder), f"{POSTS}/news")
    git("submodule", "--quiet", "init")
    assert told() == ["news/news.md:4 typos/misspelling"]
    git.commit()
    git("branch", "--force", "main")
    assert told() == []
    with open(f"{POSTS}/news/news.md", "a") as file:
        file.write("\nA new lnie.\n")
    assert told() == ["news/news.md:6 typos/misspelling"]
    git("add", "--all", below=f"{POSTS}/news")
    git("commit", "--quiet", "--message", "News", below=f"{POSTS}/news")
    git.commit()
    assert told() == ["news/news.md:6 typos/misspelling"]


def test_it_goes_together_with_a_baseline(git, told, contentlint):
    contentlint("baseline", "create")
    assert told("--diff-mode=all") == []
    edit(git, f"{POSTS}/heat.md", "## What", "A refuigerator here.\n\n## What")
    # There is one more than before, and it is the one on the new line.
    assert told() == ["heat.md:4 typos/misspelling"]
    assert told("--diff-mode=all") == ["heat.md:4 typos/misspelling"]


# ---- what is not to be had ---------------------------------------------------------------------


@pytest.fixture
def refused(contentlint):
    """Runs contentlint in vain, and gives the line that is said about it."""

    def run(base: str, *arguments: str) -> str:
        status, out, err = contentlint(f"--diff-base={base}", *arguments)
        assert (status, out, err.count("\n")) == (2, "", 1), err
        return err.removeprefix("contentlint: --diff-base: ").rstrip("\n")

    return run


def test_an_unknown_revision(git, refused):
    git("branch", "release")
    assert refused("mian") == "unknown revision `mian`; did you mean `main`?"
    assert refused("relaese") == "unknown revision `relaese`; did you mean `release`?"
    assert refused("xyzzy") == "unknown revision `xyzzy`"
    assert refused("--output=x") == "unknown revision `--output=x`"
    assert refused("main...HEAD") == "unknown revision `main...HEAD`"
    git("remote", "add", "origin", "https://example.org/")
    assert refused("origin/main") == "`origin/main` is not here; fetch it: git fetch origin main"


def test_a_shallow_clone(git, tmp_path, refused, told, monkeypatch):
    for number in range(3):
        git.write(f"{POSTS}/heat.md", HEAT + f"\nNumber {number} of the lnie.\n")
        git.commit()
    url = f"file://{git.folder}"
    clone = tmp_path / "clone"
    git("clone", "--quiet", "--depth=1", "--no-single-branch", "--branch=topic", url, str(clone))
    monkeypatch.chdir(clone)
    said = refused("origin/main")
    assert said == (
        "this clone is too shallow to tell where `origin/main` and HEAD part; deepen it: "
        "git fetch --deepen=100, or git fetch --unshallow"
    )
    subprocess.run(said.split("deepen it: ")[1].split(",")[0].split(), check=True)
    assert told(base="origin/main") == ["heat.md:10 typos/misspelling"]


def test_a_partial_clone_fetches_nothing(git, tmp_path, refused, monkeypatch):
    git("config", "uploadpack.allowFilter", "true")
    git.write(f"{POSTS}/heat.md", HEAT + "\nOne more lnie.\n")
    git.commit()
    clone = tmp_path / "clone"
    url = f"file://{git.folder}"
    git("clone", "--quiet", "--filter=blob:none", "--branch=topic", url, str(clone))
    monkeypatch.chdir(clone)
    subprocess.run(["git", "remote", "set-url", "origin", "file:///nowhere"], check=True)
    said = refused("origin/main")
    assert said == (
        f"what {POSTS}/heat.md was is not here; git fetch --refetch --no-filter makes the clone whole"
    )


def test_histories_that_have_nothing_in_common(git, refused):
    git("switch", "--quiet", "--orphan", "other")
    git.write(f"{POSTS}/heat.md", HEAT)
    git.commit()
    assert refused("main") == "`main` and HEAD have no commit in common"


def test_a_repository_without_commits(git_in, tmp_path, monkeypatch, refused):
    git_in(tmp_path)
    (tmp_path / "a.md").touch()
    monkeypatch.chdir(tmp_path)
    assert refused("HEAD") == "there is no commit yet"


def test_no_repository(tmp_path, monkeypatch, refused):
    (tmp_path / "a.md").touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert refused("main") == f"{tmp_path} is in no Git repository"


def test_no_git(git, refused, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert refused("main") == "this needs Git, and there is no program `git`"


def test_options_that_do_not_fit(git, contentlint):
    assert contentlint("--diff-mode=file")[2] == (
        "contentlint: --diff-mode goes with --diff-base\n"
    )
    assert contentlint("--diff-base=main", "-")[2] == (
        "contentlint: --diff-base is for files, and not for standard input\n"
    )


# ---- nothing of the repository is run, and nothing in it is changed ------------------------------


def test_no_program_that_the_repository_names_is_run(git, told, tmp_path, monkeypatch):
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\ncat\n")
    trap.chmod(0o755)
    for name in ("core.fsmonitor", "diff.external", "diff.x.command", "diff.x.textconv"):
        git("config", name, str(trap))
    git("config", "core.pager", str(trap))
    hooks = git.folder / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    for name in ("post-index-change", "fsmonitor-watchman", "query-watchman"):
        (hooks / name).write_text(trap.read_text())
        (hooks / name).chmod(0o755)
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", str(trap))
    (git.folder / ".gitattributes").write_text("*.md diff=x\n")
    edit(git, f"{POSTS}/heat.md", "changed.", "changed, and the lnie.")
    assert told() == ["heat.md:8 typos/misspelling"]
    assert not (tmp_path / "sprung").exists()


def test_nothing_is_written(git, told):
    def state():
        return {path: path.stat().st_mtime_ns for path in git.folder.rglob("*") if path.is_file()}

    edit(git, f"{POSTS}/heat.md", "changed.", "changed, and the lnie.")
    os.utime(f"{POSTS}/oven.md", (1, 1))  # the index is not up to date
    before = state()
    assert told() == ["heat.md:8 typos/misspelling"]
    assert state() == before


def test_settings_of_users_do_not_matter(git, told):
    for name, value in (
        ("diff.relative", "true"),
        ("diff.noprefix", "true"),
        ("diff.renames", "copies"),
        ("diff.ignoreSubmodules", "all"),
        ("color.ui", "always"),
        ("core.quotePath", "true"),
    ):
        git("config", name, value)
    edit(git, f"{POSTS}/heat.md", "changed.", "changed, and the lnie.")
    assert told() == ["heat.md:8 typos/misspelling"]


def test_in_a_hook_of_git(git, told, monkeypatch):
    edit(git, f"{POSTS}/heat.md", "changed.", "changed, and the lnie.")
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    monkeypatch.setenv("GIT_PREFIX", "")
    monkeypatch.chdir(POSTS)
    assert told() == ["heat.md:8 typos/misspelling"]


# ---- what is taken for the blog as it was is that ------------------------------------------------

SITES = Path(__file__).parent / "truth" / "sites"


def files_of(root, random):
    found = [
        path for path in sorted(root.rglob("*")) if path.is_file() and ".git" not in path.parts
    ]
    random.shuffle(found)
    return found


def change_at_random(root, random):
    """Delete, rename, copy and edit some files of a site, whatever they are."""
    for path in files_of(root, random)[:3]:
        path.unlink()
    for path in files_of(root, random)[:3]:
        path.rename(path.with_name(f"moved-{path.name}"))
    for path in files_of(root, random)[:2]:
        (path.parent / "new").mkdir(exist_ok=True)
        shutil.copy(path, path.parent / "new" / path.name)
    for path in files_of(root, random)[:8]:
        with suppress(UnicodeDecodeError):
            lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
            random.shuffle(lines)
            path.write_text("".join(lines[: len(lines) // 2 + 1] + lines), encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(os.listdir(SITES)))
@pytest.mark.parametrize("seed", range(4))
def test_the_site_as_it_was_is_what_a_run_over_it_would_see(tmp_path, git_in, name, seed):
    root = tmp_path / "site"
    shutil.copytree(SITES / name, root)
    git = git_in(root)
    git.commit()
    loaded = plugins.load()
    settings = config.defaults(loaded.rules, str(root))
    rules = [rule for rule in loaded.rules if rule.kind != "suppression" and not rule.speaks_for]
    rules = [rule for rule in rules if rule.id != "links/unsure" or seed % 2]

    def lint(since=None):
        found = discover.discover([str(root)], settings)
        assert found.blogs
        blogs = found.blogs
        if since:
            gone = (path for path in since.old if not os.path.lexists(path))
            blogs = discover.with_gone(blogs, settings, gone)
            since.follow([p for blog in blogs for p in (*blog.files, *blog.gone)], blogs[0].gone)
        schemas = schema_choice.for_posts(settings, blogs)
        result = engine.run(blogs, rules, settings, schemas=schemas, changes=since)
        assert not result.errors
        return result

    def told(findings, path_of, wanted):
        return sorted(
            (path_of(one.path), one.rule, one.line, one.message)
            for one in findings
            if (path_of(one.path), one.rule) in wanted
        )

    real = lint().findings
    change_at_random(root, Random(f"{name} {seed}"))
    since = changes.since("HEAD", [str(root)])
    now = lint(since)

    def was(path):
        return since.before(path)

    wanted = {(was(one.path), one.rule) for one in now.findings if os.path.exists(one.path)}
    # What is said of a schema depends on the generator that there is now.
    wanted = {(path, rule) for path, rule in wanted if path and rule != "front-matter/schema"}
    assert wanted
    assert told(now.before, was, wanted) == told(real, str, wanted)


# ---- the whole of it ---------------------------------------------------------------------------


@pytest.mark.slow
def test_three_of_three_thousand_posts(tmp_path, git_in, monkeypatch, told):
    git = git_in(tmp_path / "blog")
    monkeypatch.chdir(git.folder)
    folder = git.folder / POSTS
    folder.mkdir(parents=True)
    (git.folder / "hugo.toml").write_text("")
    for number in range(3_000):
        follower = (number + 1) % 3_000
        (folder / f"post-{number}.md").write_text(
            f"---\ntitle: Number {number}\n---\n## Part {number}\n\n"
            f"The refuigerator number {number} hums, see [the next](../post-{follower}/"
            f"#part-{follower}) and [nowhere](../gone-{number}/).\n\n"
            + "It is cleaned once a year, and the water is let out before that is done.\n\n"
            * 8
        )
    git.commit()
    git("switch", "--quiet", "--create", "topic")
    edit(git, f"{POSTS}/post-100.md", "## Part", "Once a yaer.\n\n## Part")
    edit(git, f"{POSTS}/post-200.md", "## Part 200", "## The part")
    git("mv", f"{POSTS}/post-300.md", f"{POSTS}/moved.md")
    git.commit()
    expected = [
        "moved.md:4 site/removed-url",
        "post-100.md:4 typos/misspelling",
        "post-199.md:6 links/anchor",
        "post-299.md:6 links/broken",
    ]
    times: list[float] = []
    for _ in range(2):  # the second time with what the first has kept
        begin = time.process_time()
        assert told() == expected
        times.append(time.process_time() - begin)
    print("seconds of CPU, cold and warm:", times)  # seen with pytest -rP
