"""Site generators: recognised here, and each described in a module of its own.

What happens to a link. A generator makes pages of files and gives each a URL; it may rewrite a
destination; then the browser joins what stands in the page to the URL of the page, and the host
looks up the path. The last two steps are the same for all (resolve.py and built.py). A generator
tells the rest, in three methods of the class that it derives from `base.Generator`:

- `outputs`: all URLs of the site: pages with the files that they come from, static files, lists,
  feeds, aliases, and the pages that are not published, with the reason;
- `rewrite` and `rewrite_image`: what stands in the page for the destination in the source;
- `may_serve` and `may_have`: why a path or an id may be there although the sources do not show it.

It is made of a `tree.Tree`, the files of the site and what may be read of them: the front matter of
every page, configurations in YAML, TOML and JSON, and templates and scripts as text. Nothing of the
site is ever run. To add a generator, write its module, and add it to KINDS and to _CLASSES.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from contentlint.answers import seen
from contentlint.tuples import NamedTuple

if TYPE_CHECKING:
    from contentlint.generators.base import Generator
    from contentlint.generators.tree import Tree


class Kind(NamedTuple):
    """A generator, and how a site of it is recognised.

    `marks` are files, relative to the root, one of which tells: `a+b` means both of them, and
    `a~word` that the word stands in the file. `no_posts` are folders whose Markdown is nobody's
    post: templates for new ones, other people's themes, what was built.
    """

    name: str
    marks: tuple[str, ...]
    no_posts: tuple[str, ...] = ()


# First match wins. From the generators' documentation.
KINDS = (
    Kind("docusaurus", ("docusaurus.config.js", "docusaurus.config.ts", "docusaurus.config.mjs", "docusaurus.config.cjs")),
    Kind("mkdocs", ("mkdocs.yml", "mkdocs.yaml")),
    Kind("zola", ("config.toml~base_url",), ("themes", "public")),
    Kind("hugo", ("hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config/_default", "config.toml+content", "config.yaml+content", "config.yml+content", "config.json+content"), ("archetypes", "themes", "public", "resources")),
    Kind("eleventy", ("eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs", "eleventy.config.ts", ".eleventy.js")),
    Kind("astro", ("astro.config.mjs", "astro.config.ts", "astro.config.js", "astro.config.cjs", "astro.config.mts")),
    Kind("vitepress", (".vitepress",)),
    Kind("hexo", ("_config.yml+source/_posts", "_config.yml+source", "package.json~\"hexo\""), ("scaffolds", "themes", "public")),
    Kind("jekyll", ("_config.yml", "_config.yaml", "_config.toml")),
    Kind("pelican", ("pelicanconf.py",), ("output",)),
    Kind("gatsby", ("gatsby-config.js", "gatsby-config.ts", "gatsby-config.mjs")),
)  # fmt: skip

# The class of each that is known in full, in the module of its name.
_CLASSES = {
    "hugo": "Hugo",
    "jekyll": "Jekyll",
    "mkdocs": "MkDocs",
    "docusaurus": "Docusaurus",
    "vitepress": "VitePress",
    "pelican": "Pelican",
    "hexo": "Hexo",
    "eleventy": "Eleventy",
    "astro": "Astro",
    "zola": "Zola",
}

NAMES = (*(kind.name for kind in KINDS), "plain")

# What one of must stand in the root of a site that is not plain.
_FIRST = frozenset(re.split(r"[+/~]", mark)[0] for kind in KINDS for mark in kind.marks)
_LARGEST = 200_000  # bytes of a configuration that is looked into


def detect(root: str, names: Iterable[str] | None = None) -> Kind | None:
    """Recognise the generator of the site at `root` by its configuration files; None if there are
    none. `names` are those of all that stands there, if it has been listed."""
    if names is None:
        names = [name for name in _FIRST if os.path.lexists(seen(os.path.join(root, name)))]
    if _FIRST.isdisjoint(names):  # one look, since every folder is asked
        return None
    return _recognised(
        lambda name: os.path.exists(os.path.join(root, name)),
        lambda name: _beginning(os.path.join(root, name)),
    )


def _recognised(has: Callable[[str], bool], read: Callable[[str], str]) -> Kind | None:
    """The same of whatever tells if there is a file, and what stands in it."""
    for kind in KINDS:
        for mark in kind.marks:
            name, _, word = mark.partition("~")
            if all(map(has, name.split("+"))) and (
                not word or re.search(r"^\s*" + word, read(name), re.MULTILINE)
            ):
                return kind
    return None


def _beginning(path: str) -> str:
    try:
        with open(path, "rb") as file:
            return file.read(_LARGEST).decode("utf-8", "replace")
    except OSError:
        return ""


def load(name: str, tree: Tree) -> Generator:
    """The site of a tree as the generator of that name makes it; `auto` recognises it."""
    from contentlint.generators import plain

    if name == "auto":
        kind = _recognised(tree.has, tree.read)
        name = kind.name if kind else ""
        if not kind and not any(page.front for page in tree.pages.values()):
            name = "plain"  # front matter is for a generator that we do not know
    if name in _CLASSES:
        from importlib import import_module

        made: Generator = getattr(import_module(f"contentlint.generators.{name}"), _CLASSES[name])(
            tree
        )
        return made
    return plain.Plain(tree) if name == "plain" else plain.Unknown(tree)
