"""What was found in a blog before it was changed, and what is said of posts that are gone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from contentlint import paths
from contentlint.attempt import attempt, site_rules_of
from contentlint.changes import Changes
from contentlint.discover import Blog
from contentlint.document import Document
from contentlint.facts import Facts
from contentlint.finding import Finding
from contentlint.reading import directives_in, facts_of
from contentlint.rule import Rule
from contentlint.runs import Post, Run, Sources, name_in
from contentlint.site import Site
from contentlint.stages import stamp, suppress
from contentlint.text import Source

if TYPE_CHECKING:
    from contentlint.schema import Schema


def others_before(this: Run, blog: Blog, changes: Changes) -> dict[str, Facts | None]:
    """The facts that posts had which are changed or gone; None for those that were not there."""
    others: dict[str, Facts | None] = {}
    for path in (*blog.files, *blog.gone):
        name = name_in(path, blog.root)
        if changes.is_new(path):
            others[name] = None
        elif path in changes.old:
            document = _parse_old(this, path, changes)
            others[name] = facts_of(this, document, path, name) if document else None
    return others


def _parse_old(
    this: Run, path: str, changes: Changes, schemas: tuple[Schema, ...] = ()
) -> Document | None:
    """A post as it was; None if that cannot be parsed, which was told then."""
    try:
        return Document(Source.decode(path, changes.read(path)), schemas, this.reading)
    except Exception:  # noqa: BLE001
        return None


def gone_posts(this: Run, blog: Blog, site: Site, changes: Changes) -> Iterator[Post]:
    """The posts that are gone, with what is said of that, if the whole blog is checked."""
    is_whole = blog.checked == blog.files
    rules = [rule for rule in this.rules if rule.compares] if is_whole else []
    renamed = frozenset(changes.renamed.values())
    for path in blog.gone if rules else ():
        document = _parse_old(this, path, changes) if path not in renamed else None
        facts = site.before.site.pages.get(name_in(path, blog.root)) if site.before else None
        if document and facts:
            post = _as_it_was(Post(path, facts.path, paths.show(path), 0, (), []), document)
            post.problems.extend(attempt(this, rules, post, facts, site))
            if post.problems:
                yield post


def _as_it_was(post: Post, document: Document) -> Post:
    length = len(document.source.text)
    return post._replace(length=length, directives=directives_in(document), problems=[])


def found_at_base(
    this: Run, blog: Blog, site: Site, linted: list[Post], sources: Sources, changes: Changes
) -> Iterator[Finding]:
    """What was found before in posts of which something is said now, by the rules that say it."""
    this = this._replace(errors=[])  # what could not be done is no finding, then as now
    told: dict[tuple[str, ...], int] = {}
    for post in linted:
        was = changes.before(post.path)
        if was is None or not (post.problems or post.directives):
            continue
        its = {rule.id for rule, _ in post.problems}
        # Whether a suppression is of any use, only all rules together can tell.
        rules = [rule for rule in this.rules if rule.id in its or post.directives]
        old, source = _found_in(this, rules, post, was, sources, changes)
        site_rules = site_rules_of(rules, compare=False)
        facts = (
            site.before.site.pages.get(name_in(was, blog.root))
            if site_rules and site.before
            else None
        )
        if facts and site.before:
            old.problems.extend(attempt(this, site_rules, old, facts, site.before.site))
        found = list(stamp(this, old, source, told))
        if old.directives:
            found, _ = suppress(this, old, found, source, told)
        yield from found


def _found_in(
    this: Run, rules: list[Rule], post: Post, was: str, sources: Sources, changes: Changes
) -> tuple[Post, Source]:
    """What file rules found in a post as it was: the same as now if it is as it was."""
    if not changes.touches(post.path):
        same = [(rule, problem) for rule, problem in post.problems if rule.kind == "file"]
        return post._replace(problems=same), sources[post.shown]
    document = _parse_old(this, was, changes, this.schemas.get(post.path, ()))
    if document is None:
        return post._replace(problems=[], length=0, directives=()), Source("", "")
    old = _as_it_was(post, document)
    document.language = facts_of(this, document, was, post.name).language
    document.checker = this.grammar
    file_rules = [rule for rule in rules if rule.kind == "file"]
    old.problems.extend(attempt(this, file_rules, old, document))
    return old, document.source
