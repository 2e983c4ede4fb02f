"""The blog as a whole: what site rules see. An index over the facts of all posts."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

from contentlint import generators
from contentlint.built import Built
from contentlint.cache import Stamp, digest
from contentlint.facts import Facts
from contentlint.generators.tree import Folder, Tree
from contentlint.options import Options, option
from contentlint.posts import Posts
from contentlint.records import dump
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
from contentlint.totals import Totals, section
from contentlint.tuples import NamedTuple

if TYPE_CHECKING:
    from contentlint.changes import Changes
    from contentlint.generators.base import Generator
    from contentlint.markdown import Image
    from contentlint.pictures import Picture
    from contentlint.schema import Schema
    from contentlint.spelling.dictionary import Dictionaries, Dictionary, HunspellJudge


# The names by which what the site publishes is kept, and the dialects of its words.
_BUILT, _DIALECTS = "built", "dialects"
_FEW, _MOST = 3, 0.8  # so many posts, and so much of all, make a habit of the blog


USUAL = 10  # posts with the same key show that it is no slip


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


class Before(NamedTuple):
    """A site as it was before it was changed, and the paths that posts had which are renamed."""

    site: Site
    renamed: Mapping[str, str]

    def page(self, page: Facts) -> Facts | None:
        """What a post was; None if there was none."""
        return self.site.pages.get(self.renamed.get(page.path, page.path))


class Effort(NamedTuple):
    """How many links could not be decided, how often one was searched for that may have been meant, and
    which files were read, with their stamps."""

    undecided: int
    searches: int
    read_files: tuple[tuple[str, Stamp], ...]


class Site:
    """All posts of a blog, by path relative to its `root` (absolute, `/` separators).

    `vocabulary` are the words that people have written down as right. `gives_reasons` tells that
    somebody wants to know why a rule thinks so. `listed` is what stands in folders, as Tree takes it.
    `schemas` are those that hold for the posts to be reported on. `before` makes the site as it was,
    if it is compared with that; that one is made with the `changes` since.
    """

    def __init__(
        self,
        root: str,
        pages: Mapping[str, Facts],
        lexicon: Lexicon,
        vocabulary: Iterable[str] = (),
        *,
        options: SiteOptions | None = None,
        tag_options: TagOptions | None = None,
        dictionaries: Dictionaries | None = None,
        gives_reasons: bool = False,
        schemas: Mapping[str, tuple[Schema, ...]] | None = None,
        listed: Mapping[str, Folder] | None = None,
        before: Callable[[], Before] | None = None,
        changes: Changes | None = None,
    ) -> None:
        self.root = root
        self._before = before
        self._changes = changes
        self._options = options or SiteOptions()
        self._tag_options = tag_options or TagOptions()
        self.pages = pages if isinstance(pages, Posts) else Posts.of(pages)
        self._lexicon = lexicon
        self._vocabulary = vocabulary
        self._dictionaries = dictionaries
        self._judges: dict[str, HunspellJudge | None] = {}
        self.gives_reasons = gives_reasons
        self._schemas = schemas or {}
        self._folders = listed
        self._spellings: dict[str, Spelling | None] = {}
        self._pictures: dict[str, Picture | None] = {}
        self._around: dict[str, tuple[int, Counter[str]]] = {}  # by section

    @cached_property
    def before(self) -> Before | None:
        """The site as it was, if it is compared with that."""
        return self._before() if self._before else None

    @property
    def _totals(self) -> Totals:
        return self.pages.totals

    # ---- words -----------------------------------------------------------------------------

    @cached_property
    def _listed(self) -> dict[str, str]:
        return listed_words(self._vocabulary)

    @cached_property
    def speller(self) -> Judge:
        """Judges the unknown words of the English posts."""
        others = self._dictionaries
        languages = (language for (language,), _ in self._totals.each("uses"))
        return Judge(
            self._lexicon,
            self._words_of(one for one in languages if not (others and others.of(one))),
        )

    def _words_of(self, languages: Iterable[str]) -> Vocabulary:
        """The vocabulary of the posts in these languages."""
        languages = list(languages)
        uses, posts = (self._sum_of(kind, languages) for kind in ("uses", "words"))
        return Vocabulary(uses, posts, self._totals.of("names"), self._listed)

    def _sum_of(self, kind: str, languages: Iterable[str]) -> Counter[str]:
        counts = sorted((self._totals.of(kind, one) for one in languages), key=len, reverse=True)
        total: Counter[str] = Counter()
        for one in counts:  # the first and largest is copied, without a call for each word
            total.update(one)
        return total

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

        return HunspellJudge(language, dictionary, self._words_of([language]))

    def is_accepted(self, word: str) -> bool:
        """Whether people have written the word down as right, in whatever case."""
        return key(word) in self._listed

    @cached_property
    def forms(self) -> dict[str, dict[str, int]]:
        """How often the blog writes a word in each form, by the word in lower case: of unknown
        words, and of those that are right in more than one form."""
        index: dict[str, dict[str, int]] = {}
        uses = (counts for _, counts in self._totals.each("uses"))
        for counts in (self._totals.of("forms"), *uses):
            for text, number in counts.items():  # a Counter for each takes three times as long
                own = index.setdefault(text.lower(), {})
                own[text] = own.get(text, 0) + number
        return index

    @cached_property
    def dialects(self) -> Counter[tuple[Question, Dialect]]:
        """How many words of the blog answer a question of spelling in the way of a dialect."""
        forms = self._totals.of("forms")
        data = self.pages.shared(_DIALECTS)  # a lookup takes 50 µs, and there are hundreds
        known: dict[str, Any] = json.loads(data) if data else {}
        sides = {word: known[word] if word in known else self._side(word) for word in forms}
        if not sides.keys() <= known.keys():
            self.pages.share(_DIALECTS, dump(sides))
        counts: Counter[tuple[Question, Dialect]] = Counter()
        for word, side in sides.items():
            if side and not self.is_accepted(word):
                question, of = side
                counts[question, of] += forms[word]
        return counts

    def _side(self, word: str) -> tuple[Question, Dialect] | None:
        spelling = dialect(word, self._lexicon)
        return (spelling.question, spelling.dialect) if spelling else None

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
        place = section(page.path)
        if place not in self._around:
            keys = self._totals.of("filled", place)
            own = Counter({name: posts for name, posts in keys.items() if name})
            self._around[place] = keys[""], own
        return self._around[place]

    @property
    def keys(self) -> Counter[str]:
        """In how many posts each key of front matter occurs."""
        return self._totals.of("keys")

    @cached_property
    def usual_keys(self) -> dict[str, int]:
        """The keys that ten posts have at least, and how many do."""
        return {name: count for name, count in self.keys.items() if count >= USUAL}

    def is_told_to_have(self, page: Facts, key: str) -> bool:
        """Whether a schema for a post demands a key of front matter."""
        return any(schema.demands(key) for schema in self._schemas.get(page.path, ()))

    def is_told_all_keys(self, page: Facts) -> bool:
        """Whether such a schema allows no keys but those that it names."""
        return any(schema.is_closed for schema in self._schemas.get(page.path, ()))

    # ---- tags ------------------------------------------------------------------------------

    @cached_property
    def tags(self) -> Tags:
        """The tags of all posts, and how each is usually spelt."""
        generator = self.links.generator
        kind = "parts" if generator.cuts_tags_at_blanks else "tags"
        found = self._totals.each(kind)
        languages = self._totals.of("languages")
        return Tags(
            (((taxonomy, language), counts) for (taxonomy, language), counts in found),
            max(languages, key=lambda code: (languages[code], code), default=""),
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
            self._pictures[target.source] = self._measured(target.source)
        return self._pictures[target.source]

    def _measured(self, path: str) -> Picture | None:
        from contentlint import pictures

        if self._changes and (place := os.path.join(self.root, path)) in self._changes.old:
            return pictures.measured(path, self._changes.read(place))
        with suppress(OSError):
            self._generator.tree.note(path)
        return pictures.measure(self.root, path)

    def describes_images(self, key: str) -> bool:
        """Whether most other posts that name an image by this key of the front matter describe it."""
        described, of = self._totals.of("described")[key], self._totals.of("images")[key]
        return described >= _FEW and described >= _MOST * (of - 1)

    def is_fixed_alt(self, alt: str) -> bool:
        """Whether an alternative text stands in so many posts that it belongs to the layout."""
        return self._totals.of("alts")[alt] > _FEW

    # ---- links -----------------------------------------------------------------------------

    @cached_property
    def links(self) -> Links:
        """Where links lead, and what is published."""
        options = self._options
        return Links(
            self._generator,
            self.pages,
            build=self._build,
            base_url=options.base_url,
            elsewhere=options.external_paths,
        )

    @cached_property
    def _generator(self) -> Generator:
        tree = Tree(self.root, self.pages.outlines, self._folders, self._changes)
        return generators.load(self._options.generator, tree)

    def _build(self, generator: Generator) -> Built:
        """What the site publishes; from an earlier run, if nothing that it is made of has changed."""
        if not self.pages.are_kept:
            return Built(generator.outputs())
        if data := self.kept(_BUILT, b""):
            return Built.load(data)
        built = Built(generator.outputs())
        if data := built.dump():
            self.keep(_BUILT, b"", data)
        return built

    # ---- what is kept for the next run -----------------------------------------------------

    def kept(self, name: str, basis: bytes) -> bytes | None:
        """What an earlier run has kept by that name, if it is to be found out on the same basis, and
        nothing that it was made of has changed: the generator, the day, which files there are, what
        stands in posts, and in other files that were read for it."""
        kept, data = self.pages.shared(f"basis of {name}"), self.pages.shared(name)
        if not kept or not data:
            return None
        known, read_files = json.loads(kept)
        tree = self._generator.tree
        if known != self._basis(name, basis) or not tree.is_unchanged(read_files):
            return None
        tree.read_files.update((path, Stamp(*stamp)) for path, stamp in read_files.items())
        return data

    def keep(self, name: str, basis: bytes, data: bytes) -> None:
        """Keep something for the next run."""
        read_files = self._generator.tree.read_files
        self.pages.share(f"basis of {name}", dump([self._basis(name, basis), read_files]))
        self.pages.share(name, data)

    def _basis(self, name: str, basis: bytes) -> str:
        # What is published is made of less of a post than what is found there.
        posts = self.pages.digest(outlines_only=name == _BUILT)
        return digest(basis, type(self._generator).__name__, self._digest_of_files, posts).hex()

    @cached_property
    def _digest_of_files(self) -> bytes:
        tree = self._generator.tree
        named = ("\0".join(some) for some in (tree.files, sorted(tree.folders), sorted(tree.links)))
        return digest(date.today().isoformat(), str(tree.is_repository), *named)

    # ---- the same site in other processes --------------------------------------------------

    @property
    def counts(self) -> tuple[int, int, int]:
        """What verdicts on links have taken so far: the numbers of an Effort."""
        if "links" not in self.__dict__:
            return 0, 0, 0
        return self.links.unsure, self.links.searches, len(self._generator.tree.read_files)

    def effort_since(self, before: tuple[int, int, int]) -> Effort:
        """What they have taken since these counts."""
        unsure, searches, files = map(int.__sub__, self.counts, before)
        read_files = self._generator.tree.read_files.items() if files else ()
        return Effort(unsure, searches, tuple(islice(read_files, before[2], None)))

    def add(self, effort: Effort) -> bool:
        """Count what another process has done for a post; unless it has searched where this one, in
        which the posts before have searched, would not."""
        if effort.searches and not self.links.add_searches(effort.searches):
            return False
        for path, stamp in effort.read_files:
            self._generator.tree.read_files.setdefault(path, stamp)
        return True

    @property
    def undecided(self) -> int:
        """How many of the links that rules have asked for cannot be decided."""
        return self.links.unsure if "links" in self.__dict__ else 0
