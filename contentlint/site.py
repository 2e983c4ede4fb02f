"""The blog as a whole: what site rules see. An index over the facts of all posts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from typing import Literal

from contentlint import generators
from contentlint.facts import Facts
from contentlint.generators.tree import Tree
from contentlint.options import Options, option
from contentlint.resolve import Links
from contentlint.spelling import Judge, Lexicon, Verdict, Vocabulary, key, listed_words
from contentlint.words import tag_key


class SiteOptions(Options):
    """The `[site]` table."""

    root: str = option(
        "", "Root of the blog, relative to the configuration; found by itself if empty."
    )
    generator: Literal[
        "auto", "hugo", "jekyll", "mkdocs", "docusaurus", "eleventy", "astro", "vitepress",
        "hexo", "pelican", "zola", "gatsby", "plain",
    ] = option("auto", "The site generator; recognised by its files if `auto`.")  # fmt: skip
    base_url: str = option(
        "", "Where the site is served, as in `https://example.org/blog/`; else as configured there."
    )
    external_paths: tuple[str, ...] = option(
        (), "Paths on the same host that something else serves, as in `/shop/`, with all below."
    )


class Site:
    """All posts of a blog, by path relative to its `root` (absolute, `/` separators).

    `vocabulary` are the words that people have written down as right. `gives_reasons` tells that
    somebody wants to know why a rule thinks so.
    """

    def __init__(
        self,
        root: str,
        pages: dict[str, Facts],
        lexicon: Lexicon,
        vocabulary: Iterable[str] = (),
        *,
        options: SiteOptions | None = None,
        is_whole: bool = True,
        gives_reasons: bool = False,
    ) -> None:
        self.root = root
        self._options = options or SiteOptions()
        self.pages = pages
        self._lexicon = lexicon
        self._vocabulary = vocabulary
        self.gives_reasons = gives_reasons
        self._is_whole = is_whole

    # ---- words -----------------------------------------------------------------------------

    @cached_property
    def _listed(self) -> dict[str, str]:
        return listed_words(self._vocabulary)

    @cached_property
    def speller(self) -> Judge:
        """Judges the unknown words of the blog."""
        words = ([c.word for c in page.unknown] for page in self.pages.values())
        named = {name for page in self.pages.values() for name in page.names}
        return Judge(self._lexicon, Vocabulary.of(words, named, self._listed))

    def is_accepted(self, word: str) -> bool:
        """Whether people have written the word down as right, in whatever case."""
        return key(word) in self._listed

    def judge(self, word: str, context: int) -> Verdict | None:
        """Whether an unknown word is a typo, given the vocabulary of the whole blog."""
        return self.speller.judge(word, context)

    # ---- tags ------------------------------------------------------------------------------

    @cached_property
    def tags(self) -> dict[tuple[str, str], Counter[str]]:
        """In how many posts each spelling of a tag occurs, by taxonomy and `tag_key`."""
        index: dict[tuple[str, str], Counter[str]] = {}
        for page in self.pages.values():
            for taxonomy, name in {(tag.taxonomy, tag.name) for tag in page.tags}:
                index.setdefault((taxonomy, tag_key(name)), Counter())[name] += 1
        return index

    # ---- links -----------------------------------------------------------------------------

    @cached_property
    def links(self) -> Links:
        """Where links lead, and what is published."""
        tree = Tree(self.root, self.pages)
        options = self._options
        return Links(
            generators.load(options.generator, tree),
            self.pages,
            base_url=options.base_url,
            elsewhere=options.external_paths,
            is_whole=self._is_whole,
        )
