"""The blog as a whole: what site rules see. An index over the facts of all posts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from contentlint import generators
from contentlint.facts import Facts
from contentlint.generators.tree import Tree
from contentlint.options import Options, option
from contentlint.resolve import Links
from contentlint.spelling import (
    Dialect,
    Judge,
    Lexicon,
    Question,
    Spelling,
    Vocabulary,
    dialect,
    key,
    listed_words,
)
from contentlint.spelling.lexicon import MISSPELT
from contentlint.tags import TagOptions, Tags

if TYPE_CHECKING:
    from contentlint.markdown import Image
    from contentlint.pictures import Picture
    from contentlint.schema import Schema
    from contentlint.spelling.dictionary import Dictionaries, Dictionary, HunspellJudge


_FEW, _MOST = 3, 0.8  # so many posts, and so much of all, make a habit of the blog


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


def section(path: str) -> str:
    """The part of a blog that a post is in: its first two folders, those for years and days aside."""
    folders = [name for name in path.split("/")[:-1] if not name.isdigit()]
    return "/".join(folders[:2])


class Site:
    """All posts of a blog, by path relative to its `root` (absolute, `/` separators).

    `vocabulary` are the words that people have written down as right. `gives_reasons` tells that
    somebody wants to know why a rule thinks so. `schemas` are those that hold for the posts to be
    reported on.
    """

    def __init__(
        self,
        root: str,
        pages: dict[str, Facts],
        lexicon: Lexicon,
        vocabulary: Iterable[str] = (),
        *,
        options: SiteOptions | None = None,
        tag_options: TagOptions | None = None,
        dictionaries: Dictionaries | None = None,
        gives_reasons: bool = False,
        schemas: Mapping[str, tuple[Schema, ...]] | None = None,
    ) -> None:
        self.root = root
        self._options = options or SiteOptions()
        self._tag_options = tag_options or TagOptions()
        self.pages = pages
        self._lexicon = lexicon
        self._vocabulary = vocabulary
        self._dictionaries = dictionaries
        self._judges: dict[str, HunspellJudge | None] = {}
        self.gives_reasons = gives_reasons
        self._schemas = schemas or {}
        self._spellings: dict[str, Spelling | None] = {}
        self._pictures: dict[str, Picture | None] = {}

    # ---- words -----------------------------------------------------------------------------

    @cached_property
    def _listed(self) -> dict[str, str]:
        return listed_words(self._vocabulary)

    @cached_property
    def speller(self) -> Judge:
        """Judges the unknown words of the English posts."""
        others = self._dictionaries
        pages = (p for p in self.pages.values() if not (others and others.of(p.language)))
        return Judge(self._lexicon, self._words_of(pages))

    def _words_of(self, pages: Iterable[Facts]) -> Vocabulary:
        words = ([candidate.word for candidate in page.unknown] for page in pages)
        named = {name for page in self.pages.values() for name in page.names}
        return Vocabulary.of(words, named, self._listed)

    def speller_of(self, page: Facts) -> Judge | HunspellJudge:
        """Judges the unknown words of a post, given the vocabulary of the whole blog."""
        language = page.language
        if language not in self._judges:
            dictionary = self._dictionaries.of(language) if self._dictionaries else None
            judge = self._judge_of(language, dictionary) if dictionary else None
            self._judges[language] = judge
        return self._judges[language] or self.speller

    def _judge_of(self, language: str, dictionary: Dictionary) -> HunspellJudge:
        from contentlint.spelling.dictionary import HunspellJudge

        pages = (page for page in self.pages.values() if page.language == language)
        return HunspellJudge(language, dictionary, self._words_of(pages))

    def is_accepted(self, word: str) -> bool:
        """Whether people have written the word down as right, in whatever case."""
        return key(word) in self._listed

    @cached_property
    def forms(self) -> dict[str, Counter[str]]:
        """How often the blog writes a word in each form, by the word in lower case: of unknown
        words, and of those that are right in more than one form."""
        index: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for page in self.pages.values():
            for form in page.forms:
                index[form.text.lower()][form.text] += len(form.starts)
            for candidate in page.unknown:
                index[candidate.word.lower()][candidate.word] += 1
        return index

    @cached_property
    def dialects(self) -> Counter[tuple[Question, Dialect]]:
        """How many words of the blog answer a question of spelling in the way of a dialect."""
        counts: Counter[tuple[Question, Dialect]] = Counter()
        for page in self.pages.values():
            for form in page.forms:
                if spelling := self.dialect(form.text):
                    counts[spelling.question, spelling.dialect] += len(form.starts)
        return counts

    def dialect(self, word: str) -> Spelling | None:
        """The dialect of a word in lower case; None if it has none, or people have written it down
        as right."""
        if word not in self._spellings:
            accepted = self.is_accepted(word)
            self._spellings[word] = None if accepted else dialect(word, self._lexicon)
        return self._spellings[word]

    def is_word(self, word: str) -> bool:
        """Whether a word in lower case is an English one, or people have written it down as right."""
        return self._lexicon.is_known(word) or self.is_accepted(word)

    # ---- front matter ----------------------------------------------------------------------

    def around(self, page: Facts) -> tuple[int, Counter[str]]:
        """How many posts with front matter are in the section of a post, and how many of them say
        something for each key."""
        return self._sections.get(section(page.path), (0, Counter()))

    @cached_property
    def _sections(self) -> dict[str, tuple[int, Counter[str]]]:
        found: dict[str, tuple[int, Counter[str]]] = {}
        for page in self.pages.values():
            if page.keys:
                number, keys = found.get(section(page.path), (0, Counter[str]()))
                keys.update(key.name for key in page.keys if not key.is_empty)
                found[section(page.path)] = number + 1, keys
        return found

    @cached_property
    def keys(self) -> Counter[str]:
        """In how many posts each key of front matter occurs."""
        return Counter(key.name for page in self.pages.values() for key in page.keys)

    def is_told_what_to_have(self, page: Facts) -> bool:
        """Whether the configuration names a schema for a post."""
        return any(not schema.implied for schema in self._schemas.get(page.path, ()))

    def is_told_all_keys(self, page: Facts) -> bool:
        """Whether such a schema allows no keys but those that it names."""
        return any(schema.is_closed for schema in self._schemas.get(page.path, ()))

    # ---- tags ------------------------------------------------------------------------------

    @cached_property
    def tags(self) -> Tags:
        """The tags of all posts, and how each is usually spelt."""
        generator = self.links.generator
        return Tags(
            self.pages.values(),
            self._tag_options,
            knows=self._knows,
            url_part=generator.tag_url_part,
            at_blanks=generator.cuts_tags_at_blanks,
        )

    def _knows(self, word: str) -> bool:
        return self._lexicon.flags(word) & ~MISSPELT != 0 or self.is_accepted(word)

    # ---- images ----------------------------------------------------------------------------

    def picture(self, page: Facts, image: Image) -> Picture | None:
        """The file of an image that the site has; None if it is elsewhere, or cannot be read."""
        target = self.links.image(page, image).target
        if target is None or target.kind != "file" or not target.source:
            return None
        if target.source not in self._pictures:
            from contentlint.pictures import measure

            self._pictures[target.source] = measure(self.root, target.source)
        return self._pictures[target.source]

    def describes_images(self, key: str) -> bool:
        """Whether most other posts that name an image by this key of the front matter describe it."""
        described, of = self._described[key]
        return described >= _FEW and described >= _MOST * (of - 1)

    @cached_property
    def _described(self) -> defaultdict[str, tuple[int, int]]:
        """How many images each key of the front matter names with a description, and in all."""
        counts: defaultdict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
        for page in self.pages.values():
            for image in page.images:
                if image.key:
                    described, of = counts[image.key]
                    counts[image.key] = described + (image.alt is not None), of + 1
        return counts

    def is_fixed_alt(self, alt: str) -> bool:
        """Whether an alternative text stands in so many posts that it belongs to the layout."""
        return self._alts[alt] > _FEW

    @cached_property
    def _alts(self) -> Counter[str]:
        """In how many posts each alternative text stands."""
        pages = self.pages.values()
        return Counter(alt for page in pages for alt in {i.alt for i in page.images if i.alt})

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
        )

    @property
    def undecided(self) -> int:
        """How many of the links that rules have asked for cannot be decided."""
        return self.links.unsure if "links" in self.__dict__ else 0
