"""The pre-commit hook, run by the real pre-commit in a real repository, from this very tree."""

from __future__ import annotations

import sys

import pytest

pytestmark = pytest.mark.slow

POST = """\
---
title: The dishwasher and its filter
tags: [Dishwasher]
---
Clean the filter once a month, as [the plan](chores.md) says.
"""
CHORES = """\
---
title: A plan for the chores
tags: [Dishwasher]
---
One of them each weekend.
"""


@pytest.fixture(scope="module")
def hook_repository(source_tree, git_in):
    """This project as a repository with one commit, such as pre-commit clones."""
    git = git_in(source_tree)
    git("add", "--all")
    git("commit", "--quiet", "--message", "All of it")
    return git


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    """The folder in which pre-commit keeps the hook's environment: made once for all tests."""
    return tmp_path_factory.mktemp("pre-commit")


@pytest.fixture
def blog(tmp_path, git_in, cache):
    """A small blog in a repository of its own, without a hook so far."""
    git = git_in(tmp_path / "blog", PRE_COMMIT_HOME=str(cache))
    git.write("content/posts/chores.md", CHORES)
    git.write("content/posts/hob.md", CHORES.replace("chores", "hob"))
    git("commit", "--quiet", "--message", "The blog")
    return git


@pytest.fixture
def guard(blog, hook_repository):
    """Installs hooks in the blog, as the README tells to, from what configures them in YAML."""

    def install(*hooks: str):
        revision = hook_repository("rev-parse", "HEAD").stdout.strip()
        blog.write(
            ".pre-commit-config.yaml",
            f"repos:\n- repo: {hook_repository.folder}\n  rev: {revision}\n  hooks:\n"
            + "".join(f"  - {{{hook}}}\n" for hook in hooks),
        )
        blog.run([sys.executable, "-m", "pre_commit", "install", "--install-hooks"], check=True)
        blog("commit", "--quiet", "--message", "Add the hook", "--no-verify")
        return blog

    return install


@pytest.fixture
def guarded(guard):
    """The blog with the usual hook."""
    return guard("id: contentlint")


def commit(git, below="."):
    """Try to commit what is staged: the exit status, and what was said."""
    done = git("commit", "--message", "A post", below=below, check=False)
    return done.returncode, done.stdout + done.stderr


def test_try_repo_refuses_a_typo_and_accepts_it_mended(blog, hook_repository):
    def try_repo():
        command = [sys.executable, "-m", "pre_commit", "try-repo", str(hook_repository.folder)]
        return blog.run([*command, "contentlint"])

    blog.write("content/posts/filter.md", POST + "The refuigerator can wait.\n")
    refused = try_repo()
    assert refused.returncode == 1
    assert "content/posts/filter.md:6:5: error typos/misspelling" in refused.stdout

    blog.write("content/posts/filter.md", POST + "The refrigerator can wait.\n")
    accepted = try_repo()
    assert accepted.returncode == 0, accepted.stdout
    assert "contentlint....." in accepted.stdout
    assert "Passed" in accepted.stdout


@pytest.mark.parametrize("below", [".", "content/posts"])
@pytest.mark.parametrize(
    "name", ["filter.md", "der große Filter – Teil 1.md", "filter.mdx", "-filter.md"]
)
def test_a_commit_is_refused_until_the_typo_is_mended(guarded, below, name):
    path = f"content/posts/{name}"
    guarded.write(path, POST + "The refuigerator can wait.\n")
    status, said = commit(guarded, below)
    assert status == 1
    assert f"{path}:6:5: error typos/misspelling" in said
    assert "A post" not in guarded("log", "--format=%s").stdout

    guarded.write(path, POST + "The refrigerator can wait.\n")
    status, said = commit(guarded, below)
    assert status == 0, said
    assert "A post" in guarded("log", "--format=%s").stdout


def test_links_and_tags_are_judged_against_posts_that_are_not_committed_now(guarded):
    guarded.write("content/posts/filter.md", POST.replace("[Dishwasher]", "[dish-washer]"))
    status, said = commit(guarded)
    assert status == 1
    assert "content/posts/filter.md:3:8: warning tags/variant" in said
    assert "links/broken" not in said

    guarded.write("content/posts/filter.md", POST.replace("chores.md", "chore.md"))
    status, said = commit(guarded)
    assert status == 1
    assert "content/posts/filter.md:5:46: error links/broken" in said
    assert "tags/variant" not in said


def test_only_what_is_committed_is_reported(guarded):
    (guarded.folder / "content/posts/draft.md").write_text("The refuigerator.\n")
    guarded.write("content/posts/filter.md", POST)
    status, said = commit(guarded)
    assert status == 0, said


@pytest.mark.parametrize("name", ["--quiet.md", "-", "--exit-zero.md", "a 'b' \"c\".md"])
def test_a_file_may_have_any_name(guarded, name):
    name = name if name.endswith(".md") else f"{name}.md"
    guarded.write(name, "# It\n\nThe refuigerator can wait.\n")
    status, said = commit(guarded)
    assert status == 1
    assert "misspelt" in said


def test_what_is_staged_is_linted_and_nothing_else(guarded):
    path = "content/posts/filter.md"
    guarded.write(path, POST + "The refuigerator can wait.\n")
    (guarded.folder / path).write_text(POST + "The refrigerator can wait.\n")
    status, said = commit(guarded)
    assert status == 1
    assert f"{path}:6:5: error typos/misspelling" in said

    guarded.write(path, POST + "The refrigerator can wait.\n")
    (guarded.folder / path).write_text(POST + "The refuigerator can wait.\n")
    status, said = commit(guarded)
    assert status == 0, said
    assert "refuigerator" in (guarded.folder / path).read_text()


def test_hooks_of_several_processes_at_a_time_find_the_same(guard):
    git = guard("id: contentlint, require_serial: false")
    for number in range(24):
        git.write(f"content/posts/{number}.md", POST + f"See [more](more-{number}.md).\n")
    status, said = commit(git)
    assert status == 1
    found = {line.split(":")[0] for line in said.splitlines() if "links/broken" in line}
    assert len(found) == 24
    assert "Traceback" not in said


def test_without_a_network_all_goes_on(guarded):
    nowhere = "http://127.0.0.1:1"
    guarded.env |= {"HTTPS_PROXY": nowhere, "HTTP_PROXY": nowhere, "PIP_NO_INDEX": "1"}
    guarded.write("content/posts/filter.md", POST + "The refuigerator can wait.\n")
    assert commit(guarded)[0] == 1
    guarded.write("content/posts/filter.md", POST)
    assert commit(guarded)[0] == 0


# ---- the whole blog ----------------------------------------------------------------------------


@pytest.fixture
def guarded_site(guard):
    """The blog with the hook for all of it."""
    git = guard("id: contentlint-site")
    git.write("hugo.toml", "")
    git.write("static/filter.png", "not really")
    git.write("content/posts/filter.md", POST.replace("chores.md", "../chores/") + IMAGE)
    assert commit(git)[0] == 0
    return git


IMAGE = "\n![A filter](/filter.png)\n"


@pytest.mark.parametrize("below", [".", "content/posts"])
@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("static/filter.png", "content/posts/filter.md:7:13: error images/missing-file"),
        ("content/posts/chores.md", "content/posts/filter.md:5:46: error links/broken"),
    ],
)
def test_what_is_deleted_is_missed(guarded_site, below, path, found):
    guarded_site("rm", "--quiet", path)
    status, said = commit(guarded_site, below)
    assert status == 1
    assert found in said


def test_a_url_that_vanishes_with_a_commit_is_missed(guard):
    git = guard("id: contentlint-site, args: [--diff-base, HEAD]")
    git.write("hugo.toml", "")
    git.write("content/posts/old.md", POST + "An old refuigerator.\n")
    git("commit", "--quiet", "--no-verify", "--message", "What was there before")
    git("mv", "content/posts/hob.md", "content/posts/stove.md")
    status, said = commit(git)
    assert status == 1
    assert "content/posts/stove.md:5:1: error site/removed-url" in said
    assert "refuigerator" not in said


def test_a_commit_without_posts_runs_it_nevertheless(guarded_site):
    (guarded_site.folder / "content/posts/draft.md").write_text("The refuigerator.\n")
    guarded_site.write("robots.txt", "Allow: /\n")
    status, said = commit(guarded_site)
    assert status == 1
    assert "content/posts/draft.md:1:5: error typos/misspelling" in said


# ---- and nothing else --------------------------------------------------------------------------


def test_a_commit_without_posts_does_not_run_the_hook(guarded):
    guarded.write("robots.txt", "refuigerator\n")
    status, said = commit(guarded)
    assert status == 0
    assert "no files to check" in said


@pytest.mark.parametrize(
    ("command", "file"),
    [
        ("validate-manifest", ".pre-commit-hooks.yaml"),
        ("validate-config", ".pre-commit-config.yaml"),
    ],
)
def test_our_own_files_are_valid(project, run, command, file):
    run([sys.executable, "-m", "pre_commit", command, file], cwd=project)
