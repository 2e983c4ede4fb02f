"""How a site generator finds what a link names."""

from __future__ import annotations

import os
from typing import NamedTuple


class Generator(NamedTuple):
    """A kind of site: where it keeps its pages, and the folders it serves as they are.

    Folders are relative to the site's root, `""` is the root itself. `no_posts` are those whose
    Markdown is nobody's post: templates for new ones, other people's themes, what was built.
    """

    name: str
    marks: tuple[str, ...]  # files that tell a site of this kind; `a+b`: both of them
    content: tuple[str, ...] = ("",)
    static: tuple[str, ...] = ()
    no_posts: tuple[str, ...] = ()


# First match wins. From the generators' documentation.
GENERATORS = (
    Generator("docusaurus", ("docusaurus.config.js", "docusaurus.config.ts"), ("docs", "blog", "src/pages"), ("static",)),
    Generator("mkdocs", ("mkdocs.yml", "mkdocs.yaml"), ("docs",), ("docs",)),
    Generator("hugo", ("hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config/_default", "config.toml+content", "config.yaml+content"), ("content",), ("static", "assets", "content"), ("archetypes", "themes", "public", "resources")),
    Generator("eleventy", ("eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs", ".eleventy.js"), ("src", ""), ("src", "public", "")),
    Generator("astro", ("astro.config.mjs", "astro.config.ts", "astro.config.js"), ("src/content", "src/pages"), ("public",)),
    Generator("vitepress", (".vitepress",), ("",), ("public",)),
    Generator("hexo", ("_config.yml+source",), ("source",), ("source",), ("scaffolds", "themes", "public")),
    Generator("jekyll", ("_config.yml", "_config.yaml"), ("",), ("",)),
    Generator("pelican", ("pelicanconf.py",), ("content",), ("content",)),
)  # fmt: skip
PLAIN = Generator("plain", (), ("",), ("",))

# What one of must stand in the root of a site that is not plain.
_FIRST = frozenset(
    mark.replace("+", "/").split("/")[0] for generator in GENERATORS for mark in generator.marks
)


def detect(root: str) -> Generator:
    """Recognise the generator of the site at `root` by its configuration files."""
    try:
        if _FIRST.isdisjoint(os.listdir(root)):  # one look, since every folder is asked
            return PLAIN
    except OSError:
        return PLAIN
    for generator in GENERATORS:
        for mark in generator.marks:
            if all(os.path.exists(os.path.join(root, part)) for part in mark.split("+")):
                return generator
    return PLAIN


def is_site_root(folder: str) -> bool:
    """Whether a generator's configuration stands in `folder`."""
    return detect(folder) is not PLAIN


def named(name: str, root: str) -> Generator:
    """The generator of that name; `auto` recognises the one of the site at `root`."""
    by_name = {generator.name: generator for generator in (*GENERATORS, PLAIN)}
    return by_name.get(name) or detect(root)
