"""The tags of the whole blog, and of all its taxonomies: which are spellings of one, and which of
them is the usual one.

Languages that have pages of their own have tags of their own, so a tag is compared only with those
of posts that are marked to be in the same language.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, partial
from typing import Literal

from contentlint import languages
from contentlint.document import TAXONOMIES, Tag
from contentlint.facts import Facts
from contentlint.options import Options, option
from contentlint.patterns import pattern
from contentlint.terms import is_slip_of, singular_keys, tag_key, unaccented, with_one_less
from contentlint.text import Span
from contentlint.tuples import NamedTuple

_POPULAR = 3  # posts with a tag, of which another one that stands in a single post may be a slip
_SLIPS_SHARE = 10  # so many times as many posts must write a tag right as write it wrong
_UPPERMOST = 2  # folders that may be named after a language, as in `content/de/`
_LANGUAGE_KEYS = frozenset({"lang", "language", "locale"})
_BLANK_PARTS = pattern(r"\S+")
_LETTERS = pattern(r"[^\W\d_]+")


class TagOptions(Options):
    """The `[tags]` table."""

    taxonomies: tuple[str, ...] = option(
        TAXONOMIES,
        "Front-matter keys that hold tags, also inside a table `taxonomies`; dots lead into other "
        "tables, as in `extra.topics`.",
    )
    canonical: dict[str, tuple[str, ...]] = option(
        {}, "All the tags that there may be, by taxonomy; others are reported as tags/unknown."
    )
    aliases: dict[str, str] = option(
        {}, 'Other names of a tag with the one to write, as in `Golang = "Go"`.'
    )
    distinct: tuple[str, ...] = option(
        (), "Tags that are right as they are, however like another tag they look."
    )


Kind = Literal["spelling", "slip", "url", "configured"]


class Variant(NamedTuple):
    """The tag that another one should be.

    `kind` is "spelling" for the same words in other letters, in the plural or without accents,
    "slip" for what is probably mistyped, "url" for another tag whose page has the same URL, and
    "configured" for what the configuration says. `posts` counts those that write it as it should be,
    and `others` those that write it as here.
    """

    kind: Kind
    usual: str
    posts: int
    others: int


class Term(NamedTuple):
    """A tag with its spellings, the usual one first, and in how many posts each stands."""

    spellings: tuple[tuple[str, int], ...]
    looks_like: str = ""  # another tag, of which this one is probably a slip

    @property
    def posts(self) -> int:
        """How many posts have it, if no post has it in two spellings."""
        return sum(posts for _, posts in self.spellings)


class Tags:
    """The tags of a blog.

    `counts` has, by taxonomy and the language that posts are marked to be in, in how many of them
    each tag stands; posts that are not marked are in the `default_language`. `knows` tells whether a
    word in lower case is one; `url_part` gives, for a taxonomy and a tag, what stands for it in the
    URL of its page, "" if that is not known. `at_blanks` tells that the generator cuts strings at
    blanks.
    """

    def __init__(
        self,
        counts: Iterable[tuple[tuple[str, str], Counter[str]]],
        default_language: str,
        options: TagOptions,
        *,
        knows: Callable[[str], bool],
        url_part: Callable[[str, str], str],
        at_blanks: bool = False,
    ) -> None:
        self._counts = counts
        self._default_language = default_language
        self._options = options
        self._knows = knows
        self._url_part = url_part
        self.at_blanks = at_blanks
        self._languages: dict[str, str] = {}

    def of(self, page: Facts) -> tuple[Tag, ...]:
        """The tags of a post, as the generator reads them."""
        if not self.at_blanks:
            return page.tags
        return tuple(part for tag in page.tags for part in parts_at_blanks(tag))

    def canonical(self, taxonomy: str) -> tuple[str, ...]:
        """All that there may be of a taxonomy; none if the configuration does not say."""
        return self._options.canonical.get(taxonomy, ())

    def key(self, page: Facts, tag: Tag) -> str:
        """What all spellings of one tag have in common, but for those that are mistyped."""
        return self._taxonomy(page, tag.taxonomy).key(tag.name)

    def posts(self, page: Facts, tag: Tag) -> int:
        """How many posts of the language of this one spell the tag in the same way."""
        return self._taxonomy(page, tag.taxonomy).counts[tag.name]

    def variant(self, page: Facts, tag: Tag) -> Variant | None:
        """What the tag of a post should be; None if it is right or nothing is known of it."""
        return self._taxonomy(page, tag.taxonomy).variant(tag.name)

    def have_one_url(self, taxonomy: str, name: str, other: str) -> bool:
        """Whether it is known that the pages of two tags have the same URL."""
        part = self._url_part(taxonomy, name)
        return part != "" and part == self._url_part(taxonomy, other)

    def taxonomies(self) -> Iterator[tuple[str, str, list[Term]]]:
        """Each taxonomy with the code of its language, and its tags, the most usual first."""
        for (name, language), taxonomy in sorted(self._taxonomies.items()):
            yield name, language, taxonomy.terms()

    def _taxonomy(self, page: Facts, name: str) -> _Taxonomy:
        return self._taxonomies[name, self._language(page)]

    def _language(self, page: Facts) -> str:
        if page.path not in self._languages:  # asked for each tag, of which there may be thousands
            self._languages[page.path] = marked_language(page) or self._default_language
        return self._languages[page.path]

    @cached_property
    def _taxonomies(self) -> dict[tuple[str, str], _Taxonomy]:
        counts: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for (name, language), found in self._counts:
            counts[name, language or self._default_language].update(found)
        return {
            (name, language): _Taxonomy(
                found,
                self._options,
                self.canonical(name),
                # What is no word in English may be one in the language of the post.
                self._knows if language == languages.ENGLISH else None,
                partial(self._url_part, name),
            )
            for (name, language), found in counts.items()
        }


class _Taxonomy:
    """The tags of one taxonomy in one language. `counts` tells in how many posts each stands."""

    def __init__(
        self,
        counts: Counter[str],
        options: TagOptions,
        canonical: tuple[str, ...],
        knows: Callable[[str], bool] | None,
        url_part: Callable[[str], str],
    ) -> None:
        self.counts = counts
        self._distinct = frozenset(options.distinct)
        self._aliases = {tag_key(alias): name for alias, name in options.aliases.items()}
        self._canonical = canonical
        self._named = (*options.aliases.values(), *canonical)
        self._knows = knows
        self._url_part = url_part
        self._variants: dict[str, Variant | None] = {}

    def key(self, name: str) -> str:
        own = self._own_key(name)
        return self._joined.get(own, own)

    def variant(self, name: str) -> Variant | None:
        if name not in self._variants:
            self._variants[name] = self._variant(name)
        return self._variants[name]

    def _variant(self, name: str) -> Variant | None:
        if name in self._distinct or name in self._canonical:
            return None
        usual = self._usual[self.key(name)]
        if usual != name:
            kind: Kind = "configured" if usual in self._named else "spelling"
            return Variant(kind, usual, self.counts[usual], self.counts[name])
        if other := self._meant(name):
            return Variant("slip", other, self.counts[other], self.counts[name])
        part = self._url_part(name)
        other = self._by_url_part.get(part, name) if part else name
        if other == name:
            return None
        return Variant("url", other, self.counts[other], self.counts[name])

    def terms(self) -> list[Term]:
        found: list[Term] = []
        for key, names in self._names.items():
            usual = self._usual[key]
            names = sorted(names, key=lambda name: (name != usual, -self.counts[name], name))
            spellings = tuple((name, self.counts[name]) for name in names)
            found.append(Term(spellings, self._meant(usual) or ""))
        return sorted(found, key=lambda term: (-term.posts, term.spellings[0][0]))

    # ---- spellings -------------------------------------------------------------------------

    def _own_key(self, name: str) -> str:
        if name in self._distinct:
            return f"\0{name}"
        key = tag_key(name)
        return tag_key(self._aliases[key]) if key in self._aliases else key

    @cached_property
    def _joined(self) -> dict[str, str]:
        """The key of the singular for that of the plural, and the one with accents for the one
        without, where the blog has both."""
        own = {self._own_key(name) for name in self.counts}
        joined: dict[str, str] = {}
        for name in self.counts:
            key = self._own_key(name)
            if name not in self._distinct:
                singular = next((other for other in singular_keys(name) if other in own), None)
                if singular and singular != key:
                    joined[key] = singular
        plain: defaultdict[str, set[str]] = defaultdict(set)
        for key in own:
            if not key.isascii() and (without := unaccented(key)) in own and without != key:
                plain[without].add(key)
        for without, accented in plain.items():
            if len(accented) == 1:  # else there is no telling which is meant, as of pates
                joined[without] = accented.pop()
        return {key: _end(joined, key) for key in joined}

    @cached_property
    def _names(self) -> dict[str, list[str]]:
        """The spellings of each tag, by key."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for name in self.counts:
            found[self.key(name)].append(name)
        return found

    @cached_property
    def _usual(self) -> dict[str, str]:
        """The spelling of each tag that is right, by key: the one that the configuration names, else
        the one that most posts have, and of those the one with the most capitals and accents."""
        found = {
            key: min(names, key=lambda name: (-self.counts[name], -_choices(name), name))
            for key, names in self._names.items()
        }
        return found | {self.key(name): name for name in self._named}

    # ---- slips -----------------------------------------------------------------------------

    def _meant(self, name: str) -> str | None:
        """The popular tag of which a rare one is probably a slip."""
        if self._knows is None:
            return None
        key = unaccented(self.key(name))
        posts = self._posts[self.key(name)]
        needed = max(_POPULAR, _SLIPS_SHARE * posts) if posts > 1 else _POPULAR
        near = {other for part in with_one_less(key) for other in self._popular.get(part, ())}
        for other in sorted(near, key=lambda other: (-self._posts[other], other)):
            if (
                self._posts[other] >= needed
                and is_slip_of(key, unaccented(other))
                and self._is_strange(name, self._usual[other])
            ):
                return self._usual[other]
        return None

    def _is_strange(self, name: str, usual: str) -> bool:
        """Whether there is no such word as the one in which a tag differs from another."""
        words, others = (set(_LETTERS.findall(text.casefold())) for text in (name, usual))
        return self._knows is not None and not all(map(self._knows, words - others))

    @cached_property
    def _posts(self) -> dict[str, int]:
        return {key: sum(self.counts[n] for n in names) for key, names in self._names.items()}

    @cached_property
    def _popular(self) -> dict[str, list[str]]:
        """The keys of tags that several posts have, by what is left without one letter."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for key, posts in self._posts.items():
            if posts >= _POPULAR:
                for part in with_one_less(unaccented(key)):
                    found[part].append(key)
        return found

    # ---- URLs ------------------------------------------------------------------------------

    @cached_property
    def _by_url_part(self) -> dict[str, str]:
        """The most usual of the tags whose pages have one URL."""
        found: dict[str, str] = {}
        for name in sorted(self._usual.values(), key=lambda name: (-self.counts[name], name)):
            if self.counts[name] and (part := self._url_part(name)):
                found.setdefault(part, name)
        return found


def marked_language(page: Facts) -> str:
    """The language that a post says it is in; or its path, if the text is not in another one. Only
    the uppermost folders are asked: `posts/cs/` may be about computer science."""
    for key, value in page.front or ():
        if key in _LANGUAGE_KEYS and (code := languages.code(value)):
            return code
    *folders, name = page.path.split("/")
    found = languages.in_path("/".join((*folders[:_UPPERMOST], name))) or ""
    return found if found == page.language else ""


def parts_at_blanks(tag: Tag) -> Iterator[Tag]:
    """The tags in one that a generator cuts at blanks; itself if it stands in a list."""
    start, end = tag.span
    is_cut = tag.taxonomy in ("tags", "categories")  # and not `category`
    if not (is_cut and tag.in_string) or end - start != len(tag.name):
        yield tag
        return
    for match in _BLANK_PARTS.finditer(tag.name):
        yield tag._replace(name=match[0], span=Span(start + match.start(), start + match.end()))


def _end(joined: dict[str, str], key: str) -> str:
    """Where a chain of joined keys ends; never in a circle."""
    seen = {key}
    while key in joined and joined[key] not in seen:
        key = joined[key]
        seen.add(key)
    return key


def _choices(name: str) -> int:
    """How many letters look more like a choice than the plain ones."""
    return sum(c.isupper() or not c.isascii() for c in name)
