"""The blog as a whole: what site rules see. An index over the facts of all posts."""

from __future__ import annotations

import os
import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from urllib.parse import unquote

from contentlint.facts import Facts
from contentlint.generators import Generator
from contentlint.spelling import Judge, Lexicon, Verdict, Vocabulary, key, listed_words
from contentlint.words import tag_key

_PAGE_SUFFIXES = (".md", ".markdown", ".mdx", ".html")
# What generators make without a source file.
_MADE = ("index.xml", "feed.xml", "rss.xml", "atom.xml", "sitemap.xml", "index.json", "robots.txt")
_LISTS = frozenset({"tags", "categories", "authors", "series", "archives", "page"})
_INDEXES = ("index.md", "_index.md", "index.mdx", "index.html", "README.md")


class Site:
    """All posts of a blog, by path relative to its `root` (absolute, `/` separators).

    `vocabulary` are the words that people have written down as right.
    """

    def __init__(
        self,
        root: str,
        generator: Generator,
        pages: dict[str, Facts],
        lexicon: Lexicon,
        vocabulary: Iterable[str] = (),
        *,
        is_whole: bool = True,
    ) -> None:
        self.root = root
        self.generator = generator
        self.pages = pages
        self._lexicon = lexicon
        self._vocabulary = vocabulary
        self._is_whole = is_whole
        self._exists: dict[str, bool] = {}
        self._found: dict[tuple[str, str], bool] = {}

    # ---- words -----------------------------------------------------------------------------

    @cached_property
    def _listed(self) -> dict[str, str]:
        return listed_words(self._vocabulary)

    @cached_property
    def _judge(self) -> Judge:
        words = ([c.word for c in page.unknown] for page in self.pages.values())
        named = {name for page in self.pages.values() for name in page.names}
        return Judge(self._lexicon, Vocabulary.of(words, named, self._listed))

    def is_accepted(self, word: str) -> bool:
        """Whether people have written the word down as right, in whatever case."""
        return key(word) in self._listed

    def judge(self, word: str, context: int) -> Verdict | None:
        """Whether an unknown word is a typo, given the vocabulary of the whole blog."""
        return self._judge.judge(word, context)

    # ---- tags ------------------------------------------------------------------------------

    @cached_property
    def tags(self) -> dict[tuple[str, str], Counter[str]]:
        """In how many posts each spelling of a tag occurs, by taxonomy and `tag_key`."""
        index: dict[tuple[str, str], Counter[str]] = {}
        for page in self.pages.values():
            for taxonomy, name in {(tag.taxonomy, tag.name) for tag in page.tags}:
                index.setdefault((taxonomy, tag_key(name)), Counter())[name] += 1
        return index

    # ---- files -----------------------------------------------------------------------------

    @cached_property
    def _slugs(self) -> frozenset[str]:
        return frozenset(slug.lower() for page in self.pages.values() for slug in page.slugs)

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(page.stem.lower() for page in self.pages.values())

    def may_move(self, path: str) -> bool:
        """Whether the generator may put a page at this path: one whose URL ends like it, wherever
        its file is. A path of a Markdown file names a file, so there only a URL that a page sets
        for itself counts."""
        stem, suffix = posixpath.splitext(posixpath.basename(unquote(path).rstrip("/").lower()))
        if suffix in (".md", ".markdown", ".mdx"):
            return stem in self._slugs
        last = stem if suffix == ".html" else stem + suffix
        return last in self._slugs or last in self._stems

    def finds(self, page: Facts, path: str) -> bool:
        """Whether any reading of a local path leads to a file or page of the site.

        A link may be read from the folder of the source file or from the URL of the page, and its
        end may be left off. Nothing outside the site's root is looked at, and nothing is read.
        """
        known = self._found.get((page.path, path))
        if known is None:
            plain = unquote(path).replace("\\", "/")
            known = _is_made(plain) or any(map(self._has, self._readings(page, plain)))
            self._found[page.path, path] = known
        return known

    def _readings(self, page: Facts, path: str) -> Iterator[str]:
        for target in self._targets(page, path):
            yield target
            if not path.endswith(_PAGE_SUFFIXES):
                yield from (target + suffix for suffix in _PAGE_SUFFIXES)
                yield from (posixpath.join(target, index) for index in _INDEXES)
            elif target.endswith(".html"):
                yield target.removesuffix(".html") + ".md"

    def _targets(self, page: Facts, path: str) -> Iterator[str]:
        """The files that a path may name: beside the source file, and wherever the generator keeps
        what a browser asks for when it reads the path on the page."""
        if not path.startswith("/"):
            yield posixpath.normpath(posixpath.join(posixpath.dirname(page.path), path))
        asked = dict.fromkeys(
            posixpath.normpath(posixpath.join("/", url, path)).lstrip("/")
            for url in ("", *self._urls(page))
        )
        served = dict.fromkeys((*self.generator.content, *self.generator.static))
        for folder in served:
            for url in asked:
                yield posixpath.normpath(posixpath.join(folder, url))

    def _urls(self, page: Facts) -> Iterator[str]:
        """The URLs that a page may have: with a slash at the end, as most generators have it, and
        without, as a file beside its neighbours."""
        for folder in self.generator.content:
            if page.path.startswith(f"{folder}/" if folder else ""):
                url = posixpath.splitext(page.path[len(folder) :].lstrip("/"))[0]
                parent, name = posixpath.split(url)
                yield parent
                if name not in ("index", "_index", "README"):
                    yield url
                else:
                    yield posixpath.dirname(parent)

    def _has(self, path: str) -> bool:
        if path.startswith(".."):
            return not self._is_whole  # nothing is known of what lies above
        if path.startswith("/"):
            return False
        known = self._exists.get(path)
        if known is None:
            known = path in self.pages or _exists(self.root, path)
            self._exists[path] = known
        return known


def _is_made(path: str) -> bool:
    """Whether generators make it without a source file: feeds, lists of a tag, later pages."""
    parts = path.lower().split("/")
    return parts[-1] in _MADE or not _LISTS.isdisjoint(parts)


def _exists(root: str, path: str) -> bool:
    try:
        return os.path.exists(os.path.join(root, path))
    except (OSError, ValueError):  # a name that is too long, or with a NUL in it
        return False
