"""From named paths to files and blogs: what is looked at, what is left out, what belongs together."""

from __future__ import annotations

import os
from itertools import permutations
from pathlib import Path

import pytest

from contentlint import discover as module
from contentlint import generators
from contentlint.config import Config, Settings, SiteOptions
from contentlint.discover import discover


@pytest.fixture
def here(tmp_path, monkeypatch):
    """An empty working directory below a home folder of its own."""
    folder = tmp_path / "home" / "work"
    folder.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(folder)
    return folder


def make(folder: Path, *paths: str) -> None:
    """Make empty files, and folders for paths that end with a slash."""
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).mkdir() if path.endswith("/") else (folder / path).touch()


def gitignore(folder: Path, *lines: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ".gitignore").write_text("\n".join(lines) + "\n")


def blogs(*named: str, stdin: str | None = None, path: str | None = None, **settings):
    """The blogs as (root, files to report on, other files), relative to the working directory."""
    config = Config(Settings(**settings), path, os.path.dirname(path or os.path.abspath("x")), {})
    stdin_path = None if stdin is None else os.path.abspath(stdin)
    found = discover(named or ["."], config, stdin_path)
    return [
        (
            os.path.relpath(blog.root),
            [os.path.relpath(file) for file in blog.checked],
            [os.path.relpath(file) for file in blog.files if file not in blog.checked],
        )
        for blog in found.blogs
    ]


def checked(*named: str, **settings) -> list[str]:
    """The files to report on, relative to the working directory."""
    return [file for _, files, _ in blogs(*named, **settings) for file in files]


# ---- which files -------------------------------------------------------------------------------


def test_all_markdown_below_a_folder_is_found_in_order(here):
    make(
        here, "b.md", "a.markdown", "posts/deep/c.mdx", "posts/D.MD", "notes.txt", "md", "x.md.bak"
    )
    assert checked() == ["a.markdown", "b.md", "posts/D.MD", "posts/deep/c.mdx"]


def test_hidden_and_generated_folders_are_left_out(here):
    make(here, "a.md", ".hidden.md", ".obsidian/b.md", "node_modules/c.md", "_site/d.md")
    assert checked() == ["a.md"]


def test_what_a_generator_keeps_beside_its_posts_is_no_post(here):
    make(here, "hugo.toml", "content/a.md", "archetypes/default.md", "themes/x/README.md")
    make(here, "content/archetypes/b.md")
    assert checked() == ["content/a.md", "content/archetypes/b.md"]
    assert checked("archetypes/default.md", "content/a.md") == [
        "archetypes/default.md",
        "content/a.md",
    ]


def test_what_is_hidden_is_looked_at_if_it_is_named(here):
    make(here, ".github/CONTRIBUTING.md", ".github/.x.md")
    assert checked(".github") == [".github/CONTRIBUTING.md"]
    assert checked(".github/.x.md") == [".github/.x.md"]


def test_a_folder_with_the_name_of_a_post_is_a_folder(here):
    make(here, "posts.md/a.md")
    assert checked() == ["posts.md/a.md"]


def test_what_is_named_twice_is_found_once(here):
    make(here, "posts/a.md", "b.md")
    assert checked("posts", "posts/a.md", "./posts/../posts/a.md", ".") == ["b.md", "posts/a.md"]


def test_the_order_of_the_paths_does_not_matter(here):
    make(here, "x/hugo.toml", "x/content/a.md", "x/content/b.md", "y/mkdocs.yml", "y/docs/c.md")
    make(here, "z/d.md", "z/e/f.md")
    named = ["x/content", "y/docs/c.md", "z/e", "z/d.md"]
    assert len({str(blogs(*order)) for order in permutations(named)}) == 1


@pytest.mark.parametrize(
    "name", ["a b.md", "für-mich.md", "記事.md", "-dash.md", "a'b\"c.md", "🦊.md"]
)
def test_any_name_is_a_name(here, name):
    make(here, f"posts/{name}")
    assert checked() == checked(f"./posts/{name}") == [f"posts/{name}"]


def test_what_does_not_exist_is_told(here):
    make(here, "a.md")
    os.symlink("nowhere", here / "broken.md")
    found = discover(["a.md", "no.md", "no/", ""], Config(Settings(), None, str(here), {}))
    assert found.missing == ("", "no.md", "no/")
    assert [blog.checked for blog in found.blogs] == [(str(here / "a.md"),)]


def test_a_named_file_that_is_no_post_is_skipped_and_told(here):
    make(here, "a.md", "style.css")
    found = discover(["style.css", "a.md"], Config(Settings(), None, str(here), {}))
    assert found.skipped == ("style.css",)


# ---- include and exclude -----------------------------------------------------------------------


def test_excludes_hold_for_folders_and_for_files_that_are_named(here):
    make(here, "a.md", "drafts/b.md", "posts/drafts/c.md", "posts/d.draft.md")
    exclude = ("drafts/", "*.draft.md")
    assert checked(exclude=exclude) == ["a.md"]
    assert checked("drafts", "drafts/b.md", "posts/d.draft.md", exclude=exclude) == []


def test_excludes_are_patterns_as_in_gitignore(here):
    make(here, "a.md", "posts/a.md", "posts/keep.md", "deep/posts/a.md")
    assert checked(exclude=("/a.md",)) == ["deep/posts/a.md", "posts/a.md", "posts/keep.md"]
    assert checked(exclude=("posts/*", "!keep.md")) == ["a.md", "deep/posts/a.md", "posts/keep.md"]
    assert checked(exclude=("**/posts/",)) == ["a.md"]


def test_includes_replace_the_usual_suffixes(here):
    make(here, "a.md", "content/b.md", "content/c.txt", "d.txt")
    assert checked(include=("content/**", "!*.md")) == ["content/c.txt"]


def test_patterns_of_a_configuration_elsewhere_hold_from_the_working_directory(here):
    make(here, "posts/a.md", "drafts/b.md")
    config = Config(Settings(exclude=("/drafts/",)), "/shared/contentlint.toml", "/shared", {})
    (blog,) = discover(["."], config).blogs
    assert blog.checked == (str(here / "posts" / "a.md"),)


def test_an_excluded_folder_is_not_even_looked_into(here, monkeypatch):
    make(here, "a.md", "locked/b.md")
    refuse(monkeypatch, here / "locked")
    assert errors() == ["locked: cannot be read: Permission denied"]
    assert errors(exclude=("locked/",)) == []


# ---- .gitignore --------------------------------------------------------------------------------


def test_what_git_ignores_is_left_out_unless_it_is_named(here):
    gitignore(here, "/public/", "*.tmp.md")
    make(here, "a.md", "public/b.md", "posts/public/c.md", "posts/d.tmp.md")
    assert checked() == ["a.md", "posts/public/c.md"]
    assert checked("posts/d.tmp.md") == ["posts/d.tmp.md"]


def test_deeper_ignore_files_overrule_higher_ones(here):
    gitignore(here, "*.md", "!README.md")
    gitignore(here / "posts", "!*.md", "draft.md")
    make(here, "a.md", "README.md", "posts/b.md", "posts/draft.md", "posts/deep/c.md")
    assert checked() == ["README.md", "posts/b.md", "posts/deep/c.md"]


def test_a_file_in_an_ignored_folder_cannot_be_taken_back(here):
    gitignore(here, "build/", "!build/a.md")
    make(here, "build/a.md", "b.md")
    assert checked() == ["b.md"]


def test_ignore_files_above_the_folder_count_up_to_the_repository(here):
    gitignore(here, "*.md")
    gitignore(here / "repository", "draft.md")
    make(here, "repository/.git/", "repository/posts/a.md", "repository/posts/draft.md")
    assert checked("repository/posts") == ["repository/posts/a.md"]


def test_without_a_repository_ignore_files_above_do_not_count(here):
    gitignore(here, "*.md")
    make(here, "posts/a.md")
    assert checked("posts") == ["posts/a.md"]


def test_an_ignored_folder_that_is_named_is_looked_into(here):
    gitignore(here, "/public/", "draft.md")
    make(here, ".git/", "public/posts/a.md")
    assert checked("public") == checked("public/posts") == ["public/posts/a.md"]


def test_a_faulty_line_does_not_spoil_the_others(here):
    (here / ".gitignore").write_bytes(b"\xef\xbb\xbf# caf\xe9\r\n!\r\nb.md\r\n\\\r\n")
    make(here, "a.md", "b.md")
    assert checked() == ["a.md"]


def test_an_ignore_file_that_cannot_be_read_ignores_nothing(here):
    make(here, ".gitignore/", "a.md")
    assert checked() == ["a.md"]


# ---- links and what cannot be read -------------------------------------------------------------


def test_links_are_followed_to_files_of_the_blog_only(here, tmp_path):
    make(here, "blog/.git/", "blog/posts/a.md", "blog/shared/b.md")
    (tmp_path / "secret.md").touch()
    posts = here / "blog" / "posts"
    os.symlink("../shared/b.md", posts / "inside.md")
    os.symlink(tmp_path / "secret.md", posts / "outside.md")
    os.symlink("nowhere.md", posts / "broken.md")
    os.symlink("loop.md", posts / "loop.md")
    os.symlink("..", posts / "folder")
    os.symlink("..", posts / "folder.md")
    assert checked("blog/posts") == ["blog/posts/a.md", "blog/posts/inside.md"]


def test_a_link_that_is_named_is_followed(here, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.md").touch()
    os.symlink(tmp_path / "elsewhere", here / "posts")
    os.symlink(tmp_path / "elsewhere" / "a.md", here / "b.md")
    assert checked("posts", "b.md") == ["b.md", "posts/a.md"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_pipe_is_no_post(here):
    make(here, "a.md")
    os.mkfifo(here / "pipe.md")
    assert checked() == ["a.md"]


def refuse(monkeypatch, folder: Path) -> None:
    """Make a folder unreadable, which chmod does not do for root."""

    def scandir(path):
        if str(path) == str(folder):
            raise PermissionError(13, "Permission denied", path)
        return scan(path)

    scan = os.scandir
    monkeypatch.setattr(module.os, "scandir", scandir)


def errors(*named: str, **settings) -> list[str]:
    config = Config(Settings(**settings), None, os.getcwd(), {})
    return list(discover(named or ["."], config).errors)


def test_a_folder_that_cannot_be_read_is_told_once_and_the_others_are_found(here, monkeypatch):
    make(here, "locked/a.md", "b.md")
    refuse(monkeypatch, here / "locked")
    assert errors(".", "locked") == ["locked: cannot be read: Permission denied"]
    assert checked() == ["b.md"]


def test_an_unreadable_folder_beside_what_is_named_does_not_matter(here, monkeypatch):
    make(here, ".git/", "locked/a.md", "posts/b.md", "c.md")
    refuse(monkeypatch, here / "locked")
    assert errors("posts") == []
    assert blogs("posts") == [(".", ["posts/b.md"], ["c.md"])]


# ---- blogs -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "mark",
    ["hugo.toml", "config/_default/", "_config.yml", "mkdocs.yml", ".vitepress/", ".git/"],
)
def test_one_file_is_judged_against_its_whole_blog(here, mark):
    make(here, f"blog/{mark}", "blog/content/a.md", "blog/content/b.md", "c.md")
    assert blogs("blog/content/a.md") == [("blog", ["blog/content/a.md"], ["blog/content/b.md"])]


def test_a_file_named_git_marks_a_repository_too(here):
    make(here, "module/.git", "module/a.md", "module/b.md")  # as in submodules and worktrees
    assert blogs("module/a.md") == [("module", ["module/a.md"], ["module/b.md"])]


def test_the_site_in_a_subfolder_is_a_blog_of_its_own(here):
    make(here, ".git/", "README.md", "docs/mkdocs.yml", "docs/docs/a.md", "docs/docs/b.md")
    assert blogs("README.md") == [(".", ["README.md"], [])]
    assert blogs("docs/docs/a.md") == [("docs", ["docs/docs/a.md"], ["docs/docs/b.md"])]
    assert blogs() == [
        (".", ["README.md"], []),
        ("docs", ["docs/docs/a.md", "docs/docs/b.md"], []),
    ]


def test_files_of_two_sites_at_once_stay_apart(here):
    make(here, "x/hugo.toml", "x/a.md", "x/b.md", "y/hugo.toml", "y/c.md", "y/d.md")
    assert blogs("y/d.md", "x/a.md") == [
        ("x", ["x/a.md"], ["x/b.md"]),
        ("y", ["y/d.md"], ["y/c.md"]),
    ]


def test_a_blog_in_a_hidden_folder_is_complete_if_one_of_its_files_is_named(here):
    make(here, ".git/", "a.md", ".site/hugo.toml", ".site/b.md", ".site/c.md")
    assert blogs(".", ".site/b.md") == [
        (".", ["a.md"], []),
        (".site", [".site/b.md"], [".site/c.md"]),
    ]


def test_the_folder_of_the_configuration_marks_a_blog(here):
    make(here, "contentlint.toml", "posts/a.md", "posts/b.md")
    path = str(here / "contentlint.toml")
    assert blogs("posts/a.md", path=path) == [(".", ["posts/a.md"], ["posts/b.md"])]


def test_a_configured_root_is_the_root_for_what_is_in_it(here):
    make(here, ".git/", "README.md", "site/posts/a.md", "site/posts/b.md", "site/x/hugo.toml")
    make(here, "site/x/c.md")
    settings = {"site": SiteOptions(root="site")}
    assert blogs("site/posts/a.md", **settings) == [
        ("site", ["site/posts/a.md"], ["site/posts/b.md", "site/x/c.md"])
    ]
    assert blogs("README.md", **settings) == [(".", ["README.md"], [])]


def test_without_any_mark_what_is_named_is_all_there_is(here):
    make(here, "notes/a.md", "notes/deep/b.md", "c.md")
    assert blogs("notes/a.md") == [("notes", ["notes/a.md"], [])]
    assert blogs("notes") == [("notes", ["notes/a.md", "notes/deep/b.md"], [])]
    assert blogs("notes/deep", "c.md") == [(".", ["c.md", "notes/deep/b.md"], [])]


def test_a_folder_that_is_named_is_the_root_even_if_its_files_are_deeper(here):
    make(here, "notes/2026/a.md")
    assert blogs("notes") == [("notes", ["notes/2026/a.md"], [])]


@pytest.mark.parametrize("mark", [".git/", "_config.yml", "contentlint.toml"])
def test_a_home_folder_is_never_searched_for_the_sake_of_one_file(here, mark):
    home = here.parent
    make(home, mark, "diary.md", "work/a.md", "work/b.md")
    path = str(home / "contentlint.toml")
    assert blogs("a.md", path=path) == [(".", ["a.md"], [])]
    make(home.parent, mark)
    assert blogs("a.md", path=path) == [(".", ["a.md"], [])]


def test_a_home_folder_is_a_blog_if_the_configuration_says_so(here):
    make(here.parent, "diary.md", "work/a.md")
    config = Config(Settings(site=SiteOptions(root=".")), "contentlint.toml", str(here.parent), {})
    (blog,) = discover(["a.md"], config).blogs
    assert blog.root == str(here.parent)
    assert len(blog.files) == 2


def test_every_folder_is_read_once(here, monkeypatch):
    make(here, ".git/", "posts/a.md", "docs/mkdocs.yml", "docs/docs/b.md")
    read: list[str] = []
    scan = os.scandir
    monkeypatch.setattr(module.os, "scandir", lambda path: read.append(str(path)) or scan(path))
    blogs()
    assert sorted(read) == sorted(str(here / name) for name in (".", "posts", "docs", "docs/docs"))


def test_nothing_to_find_is_no_blog(here):
    make(here, "posts/", "style.css")
    assert blogs() == blogs("posts") == []


# ---- generators --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("marks", "name"),
    [
        ([], None),
        (["hugo.toml", "mkdocs.yml"], "mkdocs"),
        (["config/_default/"], "hugo"),
        (["config.toml", "content/"], "hugo"),
        (["config.toml"], None),
        (["config/"], None),
        (["_config.yml"], "jekyll"),
        (["_config.yml", "source/"], "hexo"),
        (["docusaurus.config.ts", "docs/"], "docusaurus"),
        ([".eleventy.js"], "eleventy"),
        (["astro.config.mjs"], "astro"),
        ([".vitepress/"], "vitepress"),
        (["pelicanconf.py", "content/"], "pelican"),
        (["gatsby-config.js"], "gatsby"),
    ],
)
def test_a_generator_is_recognised_by_its_files(here, marks, name):
    make(here, *marks)
    kind = generators.detect(str(here))
    assert (kind and kind.name) == name
    assert (generators.detect(str(here), os.listdir(here)) is None) == (name is None)


def test_zola_and_hugo_are_told_apart_by_what_the_file_says(here):
    (here / "content").mkdir(parents=True)
    (here / "config.toml").write_text('# Zola\nbase_url = "https://blog.example"\n')
    kind = generators.detect(str(here))
    assert kind is not None
    assert kind.name == "zola"
    (here / "config.toml").write_text('baseURL = "https://blog.example"\n')
    kind = generators.detect(str(here))
    assert kind is not None
    assert kind.name == "hugo"


def test_a_folder_that_is_not_there_is_no_site(here):
    assert generators.detect(str(here / "none")) is None


# ---- standard input ----------------------------------------------------------------------------


def test_standard_input_stands_where_it_says_whether_there_is_a_file_or_not(here):
    make(here, ".git/", "posts/a.md")
    assert blogs("posts/a.md", stdin="posts/a.md") == [(".", ["posts/a.md"], [])]
    assert blogs("posts/a.md", stdin="posts/new.md") == [(".", ["posts/a.md", "posts/new.md"], [])]


def test_excludes_hold_for_standard_input(here):
    config = Config(Settings(exclude=("drafts/",)), None, str(here), {})
    found = discover([], config, str(here / "drafts" / "a.md"))
    assert found.blogs == ()
    assert found.skipped == ("drafts/a.md",)
