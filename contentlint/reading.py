"""Read files: parse them, collect their facts, and run file rules on them, unless what these find is
known from before."""

from __future__ import annotations

import os
from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from contentlint import cache, facts, paths
from contentlint.attempt import attempt, files_of, place_of, said_of
from contentlint.cache import digest
from contentlint.config import state_of_folder
from contentlint.discover import Blog
from contentlint.document import Document
from contentlint.facts import Facts
from contentlint.finding import Problem
from contentlint.posts import Posts
from contentlint.records import dump, load
from contentlint.rule import Rule
from contentlint.runs import Post, Run, name_in
from contentlint.text import Source
from contentlint.tuples import NamedTuple

if TYPE_CHECKING:
    from contentlint.cache import Stamp
    from contentlint.directives import Directive

_DIRECTIVE = "contentlint-"  # a text without it suppresses nothing


class Parsed(NamedTuple):
    """A file that was read: what it is now, its facts, unless they were known, and what was read,
    with the stamp from before if that is to be kept."""

    document: Document
    post: Post
    facts: Facts | None
    data: bytes
    stamp: Stamp | None


def parse_all(
    this: Run, files: Iterable[str], root: str, posts: Posts, told: Container[str]
) -> Iterator[Parsed]:
    """Parse files one after the other, and add those to the posts that are not among them. One that
    cannot be read is left out, and becomes a line in the errors if it is among those `told` of."""
    for path in files:
        name = name_in(path, root)
        try:
            parsed = parse_one(this, path, name, is_known=name in posts, is_kept=posts.are_kept)
        except Exception as error:  # noqa: BLE001 - the other files go on
            if path in told:
                this.errors.append(unreadable(path, error))
        else:
            if parsed.facts is not None:
                posts.add(name, parsed.facts, parsed.stamp, parsed.data)
            yield parsed


def parse_one(this: Run, path: str, name: str, *, is_known: bool, is_kept: bool) -> Parsed:
    """Read a file and all that is to be known of it."""
    keeps = is_kept and not is_known and path not in this.unsaved
    stamp = cache.stamp(path) if keeps else None
    data = this.read(path)
    source = Source.decode(path, data)
    document = Document(source, this.schemas.get(path, ()), this.reading)
    directives = directives_in(document)
    found = None if is_known else facts_of(this, document, path, name)
    post = Post(path, name, paths.show(path), len(source.text), directives, [])
    return Parsed(document, post, found, data, stamp)


def directives_in(document: Document) -> tuple[Directive, ...]:
    """What a post says of the rules that are to be run on it."""
    if _DIRECTIVE not in document.source.text:
        return ()
    from contentlint import directives

    return directives.read(document)


def facts_of(this: Run, document: Document, path: str, name: str) -> Facts:
    """What is to be known of a post, in the language that the settings say it has."""
    language = this.overrides.language(path)
    return facts.collect(document, name, this.lexicon, language, this.dictionaries)


def collect_again(this: Run, root: str, name: str) -> Facts:
    """The facts of a post that the cache has lost in the middle of a run."""
    path = os.path.join(root, name)
    document = Document(Source.decode(path, this.read(path)), (), this.reading)
    return facts_of(this, document, path, name)


def run_file_rules(this: Run, parsed: Parsed, language: str) -> None:
    """Add the problems that file rules find to the post that was parsed."""
    parsed.document.language = language
    parsed.document.checker = this.grammar
    rules = (rule for rule in this.rules if rule.kind == "file")
    parsed.post.problems.extend(attempt(this, rules, parsed.post, parsed.document))


def unreadable(path: str, error: Exception) -> str:
    """Why a file is left out."""
    if isinstance(error, OSError):
        return paths.unreadable(path, error)
    where = place_of(error)
    return f"{paths.show(path)}: cannot be parsed: {said_of(error)} (at {where}); report this bug"


def lacks_grammar(this: Run, path: str) -> bool:
    """Whether the grammar of a file should have been checked and was not, or not all of it."""
    return this.grammar is not None and path in this.grammar.unchecked


class Check(NamedTuple):
    """What is kept of a file for the next run: all that file rules have found."""

    length: int
    directives: str  # as JSON, since hardly any file has some
    problems: tuple[tuple[str, Problem], ...]

    @classmethod
    def of(cls, post: Post) -> Check:
        problems = tuple((rule.id, problem) for rule, problem in post.problems)
        directives = (
            dump([post.directives]).decode("utf-8", "surrogatepass") if post.directives else ""
        )
        return cls(post.length, directives, problems)


def checked_before(this: Run, blog: Blog, posts: Posts, basis: bytes | None) -> Iterator[Post]:
    """The files that are as they were when the same rules were run on them."""
    rules = {rule.id: rule for rule in this.rules}
    for path in blog.checked if basis else ():
        name = name_in(path, blog.root)
        data = posts.check(name, _basis_of(this, basis, path)) if basis else None
        if data is not None:
            yield as_found(data, path, name, rules)


def as_found(data: bytes, path: str, name: str, rules: Mapping[str, Rule]) -> Post:
    """A file with what file rules have found in it in another run, or another process."""
    length, directives, problems = load(Check, data)
    found = [(rules[rule_id], problem) for rule_id, problem in problems]
    return Post(path, name, paths.show(path), length, _directives_of(directives), found)


def _directives_of(kept: str) -> tuple[Directive, ...]:
    if not kept:
        return ()
    from contentlint.directives import Directives

    return load(Directives, kept.encode("utf-8", "surrogatepass")).all


def keep_check(this: Run, posts: Posts, basis: bytes, post: Post, found: bytes) -> None:
    """Keep what file rules have found in a post, a `Check`, for the next run."""
    posts.keep_check(post.name, _basis_of(this, basis, post.path), found)


def _basis_of(this: Run, basis: bytes, path: str) -> bytes:
    """The same for one file, which has schemas of its own."""
    return b"\0".join((basis, *(os.fsencode(one.file) for one in this.schemas.get(path, ()))))


def basis_of_checks(this: Run) -> bytes | None:
    """What the findings of file rules depend on besides the file; None if not all of it is known."""
    version = this.grammar.version if this.grammar else ""
    if version is None:
        return None
    files = {file for rule in this.rules for file in files_of(rule)}
    if not all(map(os.path.isfile, files)):
        return None
    states = [state_of_folder(folder) for folder in sorted(set(map(os.path.dirname, files)))]
    options = sorted(this.config.rule_options.items())
    schemas = {id(one): one for several in this.schemas.values() for one in several}
    told = [(one.file, one.contents, one.others, one.implied) for one in schemas.values()]
    basis = (this.basis, this.config.settings, options, states, told)
    today = date.today().isoformat()
    return digest(repr(basis), today, version, *(rule.id for rule in this.rules))
