"""Goes through all posts of the blogs once and keeps of each what the audit needs."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable

from contentlint import paths
from contentlint.audit import readability, similar
from contentlint.config import Config
from contentlint.discover import Blog
from contentlint.document import Document
from contentlint.engine import survey
from contentlint.facts import Facts, field
from contentlint.generators.dates import day
from contentlint.runs import Progress
from contentlint.site import Site
from contentlint.spelling import Lexicon
from contentlint.tuples import NamedTuple

_DATE_KEYS = ("date", "pubdate", "publishdate", "published", "published_at", "created")
_DATE_IN_PATH = re.compile(r"(?:.*/)?(\d{4}-\d{1,2}-\d{1,2})(?!\d)")
IMAGE_NAME = re.compile(
    r"[^\s/\\\"'`()\[\]<>{}=,;:|?#]+\.(?:png|jpe?g|gif|webp|avif|svg)", re.IGNORECASE
)


class Post(NamedTuple):
    """A post, or another file that is checked. `path` is the one that findings show, `day` its date
    as `YYYY-MM-DD`, "" if it has none; `phrases` are for `similar`, and `names` are all names of
    image files that stand anywhere in it. `lays_out` tells that it has templates, which may show
    any file beside it."""

    path: str
    facts: Facts
    day: str
    title: str
    description: str
    words: int
    lix: float | None
    phrases: array[int]
    names: frozenset[str]
    lays_out: bool

    @property
    def year(self) -> str:
        return self.day[:4]


class Gathered(NamedTuple):
    """A blog: its site, all its posts, and those of them that are reported on, in order of paths.
    `unreadable` are the paths, as findings show them, of files that could not be read."""

    site: Site
    posts: list[Post]
    checked: list[Post]
    unreadable: list[str]


def gather(blog: Blog, config: Config, progress: Progress | None = None) -> Gathered:
    """Read all posts of a blog; `progress` is told of each."""
    lexicon = Lexicon()
    posts: dict[str, Post] = {}
    for path, document, facts in survey([blog], config, lexicon, []):
        posts[path] = _post(paths.show(path), document, facts)
        if progress:
            progress(len(posts), len(blog.files))
    site = Site(
        blog.root,
        {post.facts.path: post.facts for post in posts.values()},
        lexicon,
        config.words,
        options=config.settings.site,
        tag_options=config.settings.tags,
        listed=blog.listed,
    )
    return Gathered(
        site,
        list(posts.values()),
        [posts[path] for path in blog.checked if path in posts],
        [paths.show(path) for path in blog.checked if path not in posts],
    )


def _post(shown: str, document: Document, facts: Facts) -> Post:
    reading = readability.read(document)
    return Post(
        shown,
        facts,
        _day(facts),
        facts.outline.title.strip(),
        field(facts.front, "description", "summary", "excerpt").strip(),
        len(reading.words),
        reading.lix,
        similar.phrases(reading.words),
        frozenset(IMAGE_NAME.findall(document.source.text)),
        bool(document.templates),
    )


def _day(facts: Facts) -> str:
    in_path = _DATE_IN_PATH.match(facts.path)
    found = day(field(facts.front, *_DATE_KEYS)) or (day(in_path[1]) if in_path else None)
    return found.isoformat() if found else ""


def oldest_first(posts: Iterable[Post]) -> list[Post]:
    """The posts by their days, those without one last."""
    return sorted(posts, key=lambda post: (post.day or "9999", post.path))
