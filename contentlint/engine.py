"""Run the selected rules over the files, and turn problems into findings, stage by stage."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from contentlint import answers, paths
from contentlint.attempt import attempt, site_rules_of
from contentlint.cache import digest
from contentlint.config import (
    Config,
    matches,
)
from contentlint.discover import Blog
from contentlint.document import Document
from contentlint.facts import Facts
from contentlint.finding import Finding, Identity
from contentlint.posts import Posts
from contentlint.reading import (
    Check,
    basis_of_checks,
    checked_before,
    collect_again,
    keep_check,
    lacks_grammar,
    parse_all,
    run_file_rules,
)
from contentlint.records import dump, load
from contentlint.rule import Rule
from contentlint.runs import (
    Post,
    Progress,
    Read,
    Run,
    Schemas,
    Sources,
    name_in,
    read_file,
)
from contentlint.site import Before, Site
from contentlint.spelling import Lexicon
from contentlint.stages import once, stamp, suppress
from contentlint.text import Source
from contentlint.tuples import NamedTuple

if TYPE_CHECKING:
    from contentlint.cache import Blog as Kept
    from contentlint.cache import Cache
    from contentlint.changes import Changes
    from contentlint.grammar.checker import Checker

_TELLS_UNDECIDED = "links/unsure"
_SEVERAL = 60  # fewer files are never worth another process
_FIRST = 8  # posts that show what of the site is asked for, before it is forked
_FOUND = "found"  # the name by which all findings of a blog are kept


class Result(NamedTuple):
    """What a run found.

    `sources` has the checked files by their paths in the findings; `errors` are lines that
    say what the tool could not do; `undecided` is how many links could not be decided, unless a rule
    has told them. `baselined` is how many findings the baseline lets be, and are not among these, and
    `outdated` how many of the baseline are gone. If the blog is compared with what it was, `before` is
    what was found then in the posts that have findings now, under their paths of now; later, `caused`
    are the identities of the findings that are of the change, and `elsewhere` is how many are not, and
    are left out. `rules` are those that were run. `fixed` is how many were mended, and are not among
    these either; `notices` are lines that say what was left alone, and `unread` those that say what the
    grammar engine has not read.
    """

    findings: list[Finding]
    errors: list[str]
    sources: Mapping[str, Source]
    checked: int
    suppressed: int
    undecided: int = 0
    notices: tuple[str, ...] = ()
    baselined: int = 0
    outdated: int = 0
    rules: Sequence[Rule] = ()
    before: tuple[Finding, ...] = ()
    caused: frozenset[Identity] | None = None
    elsewhere: int = 0
    fixed: int = 0
    unread: tuple[str, ...] = ()


def select(rules: list[Rule], config: Config) -> list[Rule]:
    """The rules that the settings ask for. One that is off by default must be named itself: its
    concern is not enough."""
    settings = config.settings
    named = {*settings.select, *settings.extend_select}
    others = {name.split("/")[0] for name in named - {rule.id for rule in rules} if "/" in name}
    chosen = [
        rule
        for rule in rules
        if rule.id in named
        or (rule.speaks_for and rule.concern in others)
        or (rule.default and (not settings.select or matches(rule.id, named)))
    ]
    return [rule for rule in chosen if not matches(rule.id, settings.ignore)]


def run(
    blogs: Iterable[Blog],
    rules: list[Rule],
    config: Config,
    read: Read | None = None,
    schemas: Schemas | None = None,
    *,
    reasons: bool = False,
    grammar: Checker | None = None,
    cache: Cache | None = None,
    unsaved: Container[str] = (),
    known: list[Rule] | None = None,
    progress: Progress | None = None,
    jobs: int = 1,
    changes: Changes | None = None,
) -> Result:
    """Lint the checked files of each blog with the given rules; suppressions may name all that are
    `known`.

    `read` gives the bytes of a file by its absolute path, `schemas` are those that hold for its
    front matter. The findings tell their `reasons` if asked. `grammar` checks the grammar of what
    is checked. The facts of posts that are as they were are taken from the `cache`; `unsaved` are
    the files that `read` does not take from the disk. `progress` is told of each parsed file. So many
    `jobs` processes work at the same time, if there is enough to do, and as many as there are cores
    if that is 0. With `changes`, what was found before these is told as well. An unreadable file or a
    rule that raises becomes a line in `errors`, and the run goes on.
    """
    errors: list[str] = []
    this = Run.of(rules, config, errors, Lexicon(), read or read_file)._replace(
        schemas=schemas or {},
        reasons=reasons,
        grammar=grammar,
        cache=cache,
        unsaved=unsaved,
        basis=config.basis if cache else "",
        known=known or rules,
        progress=progress,
        jobs=jobs,
        changes=changes,
    )
    sources = Sources(this.read_or_recall)
    told: dict[tuple[str, ...], int] = {}
    outcomes = [_check(this, blog, sources, told) for blog in blogs]
    findings = [finding for outcome in outcomes for finding in outcome.findings]
    return Result(
        sorted(findings, key=_order),
        errors,
        sources,
        sum(outcome.checked for outcome in outcomes),
        sum(outcome.suppressed for outcome in outcomes),
        sum(outcome.undecided for outcome in outcomes),
        rules=rules,
        before=tuple(finding for outcome in outcomes for finding in outcome.before),
        unread=tuple(_unread(this, outcomes)),
    )


def _unread(this: Run, outcomes: Iterable[_Outcome]) -> Iterator[str]:
    """What the grammar engine has not read, and, if reasons are asked for, what of its matches was of
    no use."""
    if this.grammar is None:
        return
    spoken: Counter[str] = Counter()
    for outcome in outcomes:
        spoken.update(dict(outcome.languages))
    yield from this.grammar.without(spoken)
    if this.reasons:
        yield from this.grammar.dropped


def survey(
    blogs: Iterable[Blog], config: Config, lexicon: Lexicon, errors: list[str]
) -> Iterator[tuple[str, Document, Facts]]:
    """All posts of the blogs with their paths and facts, whether they are to be reported on or not.

    A file that cannot be read or parsed becomes a line in `errors`.
    """
    this = Run.of([], config, errors, lexicon, read_file)
    for blog in blogs:
        posts = Posts()
        for parsed in parse_all(this, blog.files, blog.root, posts, blog.files):
            yield parsed.post.path, parsed.document, posts[parsed.post.name]


class _Outcome(NamedTuple):
    """What was found in a blog. `hidden` counts what is suppressed, as `stamp` does; `languages` are
    those of the checked posts, and how many these are."""

    findings: tuple[Finding, ...]
    checked: int
    suppressed: int
    undecided: int
    before: tuple[Finding, ...] = ()
    hidden: tuple[tuple[tuple[str, ...], int], ...] = ()
    languages: tuple[tuple[str, int], ...] = ()

    def told(self) -> dict[tuple[str, ...], int]:
        """What was counted when it was found, see `stamp`."""
        shown = (finding.identity for finding in self.findings)
        return {identity[:3]: identity[3] for identity in shown} | dict(self.hidden)


def _check(this: Run, blog: Blog, sources: Sources, told: dict[tuple[str, ...], int]) -> _Outcome:
    """Lint the checked files of a blog; or, if nothing has changed, say what was found before.

    `told` counts what was found in other blogs, see `stamp`.
    """
    asks_for_others = any(rule.kind == "site" for rule in this.rules)
    kept = _kept(this, blog) if asks_for_others else None
    posts = Posts(kept, lambda name: collect_again(this, blog.root, name))
    files = _to_be_parsed(blog, posts, this.unsaved) if asks_for_others else blog.checked
    site = _site(this, blog, posts)
    for path, shown in zip(blog.checked, paths.show_all(blog.checked), strict=True):
        sources.add(shown, path)
    basis = basis_of_checks(this) if kept else None
    # Nobody runs the same again over some files, so what was found in them is not worth keeping.
    keeps = basis is not None and not told and blog.checked == blog.files and not this.changes
    # The site must not be asked before all its posts are there: what they are tells its generator.
    is_known = len(posts) == len(blog.files)
    if keeps and basis and is_known and (before := _found_before(this, site, basis)):
        told.update(before.told())
        return before
    linted, undecided = _lint(this, blog, site, basis, files)
    gone = _gone(this, blog, site)
    for post in gone:
        sources.add(post.shown, post.path)
    outcome = _stamped(this, [*linted, *gone], sources, told)
    outcome = outcome._replace(undecided=undecided, checked=len(linted))
    hidden = told.items() - outcome.told().items() if keeps else ()
    outcome = outcome._replace(hidden=tuple(sorted(hidden)))
    outcome = outcome._replace(before=_found_at_base(this, blog, site, linted, sources))
    if this.grammar:
        spoken = Counter(posts[post.name].language for post in linted)
        outcome = outcome._replace(languages=tuple(sorted(spoken.items())))
    is_checked = not this.errors and not (this.grammar and this.grammar.unchecked)
    if keeps and basis and is_checked:
        site.keep(_FOUND, _basis_of_all(this, basis), dump(outcome))
    posts.save()
    return outcome


def _gone(this: Run, blog: Blog, site: Site) -> list[Post]:
    if this.changes is None:
        return []
    from contentlint import past

    return list(past.gone_posts(this, blog, site, this.changes))


def _found_at_base(
    this: Run, blog: Blog, site: Site, linted: list[Post], sources: Sources
) -> tuple[Finding, ...]:
    if this.changes is None:
        return ()
    from contentlint import past

    return tuple(past.found_at_base(this, blog, site, linted, sources, this.changes))


def _found_before(this: Run, site: Site, basis: bytes) -> _Outcome | None:
    data = site.kept(_FOUND, _basis_of_all(this, basis))
    return load(_Outcome, data) if data else None


def _basis_of_all(this: Run, basis: bytes) -> bytes:
    """What findings depend on besides the site, which knows its posts and files itself."""
    return digest(basis, repr((this.config.words, this.reasons)), os.getcwd())


def _stamped(
    this: Run, linted: Iterable[Post], sources: Sources, told: dict[tuple[str, ...], int]
) -> _Outcome:
    found: list[Finding] = []
    checked = suppressed = 0
    for post in linted:
        if post.problems or post.directives:
            source = sources[post.shown]
            stamped = list(stamp(this, post, source, told))
            if post.directives:
                stamped, hidden = suppress(this, post, stamped, source, told)
                suppressed += hidden
            found += once(this, post.path, stamped, source) if this.grammar else stamped
        checked += 1
    return _Outcome(tuple(found), checked, suppressed, 0)


def _lint(
    this: Run, blog: Blog, site: Site, basis: bytes | None, files: Iterable[str]
) -> tuple[list[Post], int]:
    """Run file rules on the checked files and collect the facts of all; then run the site rules.

    `files` are those that have to be parsed, unless what file rules find in them is known. Tells,
    besides, how many links cannot be decided and are not shown.
    """
    undecided = 0
    posts = site.pages
    site_rules = site_rules_of(this.rules, compare=this.changes is not None)
    linted = {post.path: post for post in checked_before(this, blog, posts, basis)}
    files = [path for path in files if path not in linted]
    for done, post in enumerate(_read(this, blog, posts, basis, files)):
        if this.progress:
            this.progress(done, len(files))
        if post is not None:
            linted[post.path] = post
    if site_rules:
        undecided = _run_site_rules(this, site_rules, list(linted.values()), site)
    if any(rule.id == _TELLS_UNDECIDED for rule in site_rules):
        undecided = 0
    return [linted[path] for path in blog.checked if path in linted], undecided


def _site(this: Run, blog: Blog, posts: Posts) -> Site:
    """The site of a blog; what it was before the changes is found out when it is asked for."""
    names = paths.all_below(blog.checked, blog.root)
    schemas = dict(zip(names, (this.schemas.get(path, ()) for path in blog.checked), strict=True))
    changes = this.changes

    def before() -> Before:
        from contentlint import past

        assert changes is not None
        renamed = {
            name_in(now, blog.root): name_in(was, blog.root)
            for now, was in changes.renamed.items()
            if paths.below(now, blog.root)
        }
        old = {was: schemas.get(now, ()) for now, was in renamed.items()}
        others = past.others_before(this, blog, changes)
        return Before(make(posts.but(others), schemas | old, changes), renamed)

    def make(posts: Posts, schemas: Schemas, changes: Changes | None = None) -> Site:
        return Site(
            blog.root,
            posts,
            this.lexicon,
            this.config.words,
            options=this.config.settings.site,
            tag_options=this.config.settings.tags,
            dictionaries=this.dictionaries,
            gives_reasons=this.reasons,
            listed=blog.listed,
            schemas=schemas,
            before=before if this.changes and not changes else None,
            changes=changes,
        )

    return make(posts, schemas)


def _kept(this: Run, blog: Blog) -> Kept | None:
    """What the cache knows of a blog; a single post needs none."""
    if this.cache is None or len(blog.files) == 1:
        return None
    return this.cache.blog(blog.root, this.basis)


def _to_be_parsed(blog: Blog, posts: Posts, unsaved: Container[str]) -> list[str]:
    """The checked files, and those of the others whose facts are not known."""
    names = paths.all_below(blog.files, blog.root)
    files = list(zip(names, blog.files, strict=True))
    saved = [file for file in files if file[1] not in unsaved] if unsaved else files
    rest = posts.take_from_cache(saved)
    answers.seen_all(lambda: posts.stamps(files))
    not_saved = [path for path in blog.files if path in unsaved] if unsaved else []
    return sorted({*rest, *not_saved, *blog.checked})


def _read(
    this: Run, blog: Blog, posts: Posts, basis: bytes | None, files: Sequence[str]
) -> Iterator[Post | None]:
    """Parse files, and run the file rules on those that are to be checked; None for the others."""
    if this.jobs != 1 and len(files) >= _SEVERAL and this.grammar is None:
        from contentlint import workers

        if workers.pay_off(len(files)) and (this.jobs or workers.cores()) > 1:
            from contentlint.parallel import read_by_workers

            yield from read_by_workers(this, blog, posts, basis, files)
            return
    checked = frozenset(blog.checked)
    for parsed in parse_all(this, files, blog.root, posts, checked):
        post = parsed.post
        if post.path not in checked:
            yield None
        else:
            trouble = len(this.errors)
            run_file_rules(this, parsed, posts[post.name].language)
            if basis and len(this.errors) == trouble and not lacks_grammar(this, post.path):
                keep_check(this, posts, basis, post, dump(Check.of(post)))
            yield post


def _run_site_rules(this: Run, rules: list[Rule], linted: Sequence[Post], site: Site) -> int:
    """Run site rules on posts, in several processes if that pays off. Tells how many links cannot be
    decided."""
    alone = linted
    may_fork = site.pages.are_new and not this.changes  # nothing is asked of the cache, or of Git
    if this.jobs != 1 and len(linted) >= _SEVERAL and may_fork:
        from contentlint import workers

        if workers.can_fork() and (this.jobs or workers.cores()) > 1:
            alone = linted[:_FIRST]
    for post in alone:
        post.problems.extend(attempt(this, rules, post, site.pages[post.name], site))
    others = linted[len(alone) :]
    if not others:
        return site.undecided
    from contentlint.parallel import judge_by_workers

    return site.undecided + judge_by_workers(this, rules, others, site)


def _order(finding: Finding) -> tuple[str, int, int, str, str]:
    return (finding.path, finding.line, finding.column, finding.rule, finding.message)
