"""The blog as a whole: its generator, and what is never looked at."""

import os

from contentlint import facts
from contentlint.document import Document
from contentlint.site import Site
from contentlint.spelling import Lexicon
from contentlint.text import Source

LEXICON = Lexicon()


def site(folder, *names: str) -> Site:
    """A blog in a folder with files of these names; Markdown ones are its pages."""
    pages = {}
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
        if name.endswith(".md"):
            pages[name] = facts.collect(Document(Source(name, "")), name, LEXICON)
    return Site(str(folder), pages, LEXICON)


def test_nothing_outside_the_root_is_listed_or_read(tmp_path):
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "hugo.toml").write_text('baseURL = "https://secret.example/"\n')
    (tmp_path / "blog" / "content").mkdir(parents=True)
    os.symlink(tmp_path / "outside", tmp_path / "blog" / "static")
    os.symlink(tmp_path / "outside" / "hugo.toml", tmp_path / "blog" / "hugo.toml")
    os.symlink(tmp_path / "blog", tmp_path / "blog" / "content" / "loop")
    os.symlink("itself", tmp_path / "blog" / "itself")
    blog = site(tmp_path / "blog", "content/a.md")
    tree = blog.links.generator.tree
    assert list(tree.files) == ["content/a.md", "hugo.toml", "itself"]
    assert tree.read("hugo.toml") == ""
    assert blog.links.generator.hosts == ()


def test_tags_are_counted_once_a_post(tmp_path):
    blog = site(tmp_path)
    for number, tags in enumerate(["[A, A, a]", "[A]"]):
        source = Source(f"{number}.md", f"---\ntags: {tags}\n---\n")
        blog.pages.add(source.path, facts.collect(Document(source), source.path, LEXICON))
    ((taxonomy, language, (term,)),) = blog.tags.taxonomies()
    assert (taxonomy, language) == ("tags", "en")
    assert term.spellings == (("A", 2), ("a", 1))
