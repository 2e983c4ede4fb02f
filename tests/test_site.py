"""The blog as a whole: which files a link may mean, and what is never looked at."""

import pytest

from contentlint import facts, generators
from contentlint.document import Document
from contentlint.site import Site
from contentlint.spelling import Lexicon
from contentlint.text import Source

LEXICON = Lexicon()


def site(folder, *names: str, is_whole: bool = True) -> Site:
    """A blog in a folder with files of these names; Markdown ones are its pages."""
    pages = {}
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
        if name.endswith(".md"):
            pages[name] = facts.collect(Document(Source(name, "")), name, LEXICON)
    return Site(str(folder), generators.detect(str(folder)), pages, LEXICON, is_whole=is_whole)


@pytest.mark.parametrize(
    ("mark", "name"),
    [
        ("hugo.toml", "hugo"),
        ("config/_default/hugo.yaml", "hugo"),
        ("_config.yml", "jekyll"),
        ("mkdocs.yml", "mkdocs"),
        ("docusaurus.config.js", "docusaurus"),
        ("astro.config.mjs", "astro"),
        ("README.md", "plain"),
    ],
)
def test_generators_are_recognised_by_their_files(tmp_path, mark, name):
    assert site(tmp_path, mark).generator.name == name


@pytest.mark.parametrize("path", ["b.md", "b/", "../b/", "b.html", "/posts/b/"])
def test_a_page_is_found_by_any_reading(tmp_path, path):
    blog = site(tmp_path, "hugo.toml", "content/posts/a.md", "content/posts/b.md")
    assert blog.finds(blog.pages["content/posts/a.md"], path)


@pytest.mark.parametrize(
    "path", ["c.md", "../../../../../etc/passwd", "/etc/passwd", "..", "b.md/x"]
)
def test_what_is_not_in_the_blog_is_not_found(tmp_path, path):
    (tmp_path / "outside.md").write_text("")
    blog = site(tmp_path / "blog", "content/posts/a.md", "content/posts/b.md")
    page = blog.pages["content/posts/a.md"]
    assert not blog.finds(page, "../../../outside.md")
    assert blog.finds(page, path) == (path == "..")  # the folder above is in the blog


def test_without_a_root_nothing_is_said_of_what_lies_above(tmp_path):
    blog = site(tmp_path, "post.md", is_whole=False)
    page = blog.pages["post.md"]
    assert blog.finds(page, "../img/x.png")
    assert not blog.finds(page, "img/x.png")


def test_tags_are_counted_once_a_post(tmp_path):
    blog = site(tmp_path)
    for number, tags in enumerate(["[A, A, a]", "[A]"]):
        source = Source(f"{number}.md", f"---\ntags: {tags}\n---\n")
        blog.pages[source.path] = facts.collect(Document(source), source.path, LEXICON)
    assert blog.tags["tags", "a"] == {"A": 2, "a": 1}
