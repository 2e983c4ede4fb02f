"""Run the selected rules over the files, and turn problems into findings, stage by stage."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from contentlint import answers, cache, facts, languages, paths
from contentlint.cache import digest
from contentlint.config import (
    Config,
    by_rule,
    is_rule_name,
    matches,
    rule_names,
    state_of_folder,
)
from contentlint.discover import Blog
from contentlint.document import Document, Reading
from contentlint.facts import Facts
from contentlint.finding import SEVERITIES, Edit, Finding, Identity, Problem, Severity
from contentlint.options import nearest
from contentlint.posts import Posts, Taken
from contentlint.records import dump, load
from contentlint.rule import RULE_ID, Rule
from contentlint.site import Before, Effort, Site
from contentlint.spelling import Lexicon
from contentlint.text import Source, Span, line_end
from contentlint.tuples import NamedTuple

if TYPE_CHECKING:
    from contentlint.cache import Blog as Kept
    from contentlint.cache import Cache, Stamp
    from contentlint.changes import Changes
    from contentlint.directives import Directive
    from contentlint.grammar.checker import Checker
    from contentlint.schema import Schema
    from contentlint.spelling.dictionary import Dictionaries

Read = Callable[[str], bytes]
Progress = Callable[[int, int], object]  # told how many files are done, and of how many
Schemas = Mapping[str, "tuple[Schema, ...]"]

_DIRECTIVE = "contentlint-"  # a text without it suppresses nothing
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
    this = _Run(
        rules,
        config,
        _Overrides(config),
        Lexicon(),
        config.reading,
        read or read_file,
        schemas or {},
        reasons,
        errors,
        _dictionaries(config, errors),
        grammar,
        cache,
        unsaved,
        config.basis if cache else "",
        known or rules,
        progress,
        jobs,
        changes,
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


def _unread(this: _Run, outcomes: Iterable[_Outcome]) -> Iterator[str]:
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
    dictionaries = _dictionaries(config, errors)
    this = _Run(
        [],
        config,
        _Overrides(config),
        lexicon,
        config.reading,
        read_file,
        {},
        False,
        errors,
        dictionaries,
    )
    for blog in blogs:
        posts = Posts()
        for parsed in _parsed(this, blog.files, blog.root, posts, blog.files):
            yield parsed.post.path, parsed.document, posts[parsed.post.name]


def _dictionaries(config: Config, errors: list[str]) -> Dictionaries | None:
    if not config.settings.dictionaries:
        return None
    from contentlint.spelling.dictionary import Dictionaries

    return Dictionaries(config.dictionaries, errors.append)


def read_file(path: str) -> bytes:
    """The bytes of a file. Raises OSError."""
    with open(path, "rb", buffering=0) as file:  # it is read at once
        return file.read()


# ---- running rules -----------------------------------------------------------------------------


class _Run(NamedTuple):
    """What all files of a run have in common."""

    rules: list[Rule]
    config: Config
    overrides: _Overrides
    lexicon: Lexicon
    reading: Reading
    read: Read
    schemas: Schemas
    reasons: bool
    errors: list[str]
    dictionaries: Dictionaries | None
    grammar: Checker | None = None
    cache: Cache | None = None
    unsaved: Container[str] = ()
    basis: str = ""  # of what is known of posts, see Config.basis
    known: Sequence[Rule] = ()  # those that suppressions may name
    progress: Progress | None = None
    jobs: int = 1
    changes: Changes | None = None

    def read_or_recall(self, path: str) -> bytes:
        """What stands in a file or, if it is gone, what stood there."""
        try:
            return self.read(path)
        except FileNotFoundError:
            if self.changes and path in self.changes.old:
                return self.changes.read(path)
            raise

    def meant(self, name: str) -> str:
        """The rule or concern that a name is, or may be meant to be; "" if none is near."""
        known = list(self.known)
        if is_rule_name(name, known):
            return name
        return nearest(name, rule_names(known)) or ""

    def severity_asked(self, rule_id: str, path: str) -> Severity | None:
        """The severity that the settings give to the findings of a rule in a file, if they do."""
        named = self.config.settings.severity
        return self.overrides.severity(rule_id, path) or by_rule(named, rule_id)

    def wants(self, rule: Rule, rule_id: str, path: str) -> bool:
        """Whether a finding with an id that is not its rule's own is asked for."""
        settings = self.config.settings
        if matches(rule_id, settings.ignore) or self.overrides.is_off(rule_id, path):
            return False
        named = {*settings.select, *settings.extend_select}
        return not settings.select or rule.id in named or matches(rule_id, named)


class Sources(Mapping[str, Source]):
    """The checked files by their paths in findings. Each is read again when it is asked for, since
    there may be thousands; the last one is at hand."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._paths: dict[str, str] = {}
        self._last = ("", Source("", ""))

    def add(self, shown: str, path: str) -> None:
        """Add a file by the path that findings show and the one that it is read from."""
        self._paths[shown] = path

    def __getitem__(self, shown: str) -> Source:
        if shown != self._last[0]:
            path = self._paths[shown]
            try:
                data = self._read(path)
            except OSError:
                data = b""  # it has gone since it was checked
            self._last = shown, Source.decode(path, data)
        return self._last[1]

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


class _Post(NamedTuple):
    """One parsed file, while the run goes on. `name` is its path in the blog, `shown` the one that
    findings show, `length` that of its text in characters; neither that nor the document is kept,
    since there may be thousands."""

    path: str
    name: str
    shown: str
    length: int
    directives: tuple[Directive, ...]
    problems: list[tuple[Rule, Problem]]


class _Outcome(NamedTuple):
    """What was found in a blog. `hidden` counts what is suppressed, as `_stamp` does; `languages` are
    those of the checked posts, and how many these are."""

    findings: tuple[Finding, ...]
    checked: int
    suppressed: int
    undecided: int
    before: tuple[Finding, ...] = ()
    hidden: tuple[tuple[tuple[str, ...], int], ...] = ()
    languages: tuple[tuple[str, int], ...] = ()

    def told(self) -> dict[tuple[str, ...], int]:
        """What was counted when it was found, see `_stamp`."""
        shown = (finding.identity for finding in self.findings)
        return {identity[:3]: identity[3] for identity in shown} | dict(self.hidden)


def _check(this: _Run, blog: Blog, sources: Sources, told: dict[tuple[str, ...], int]) -> _Outcome:
    """Lint the checked files of a blog; or, if nothing has changed, say what was found before.

    `told` counts what was found in other blogs, see `_stamp`.
    """
    asks_for_others = any(rule.kind == "site" for rule in this.rules)
    kept = _kept(this, blog) if asks_for_others else None
    posts = Posts(kept, lambda name: _collect(this, blog.root, name))
    files = _to_be_parsed(blog, posts, this.unsaved) if asks_for_others else blog.checked
    site = _site(this, blog, posts)
    for path, shown in zip(blog.checked, paths.show_all(blog.checked), strict=True):
        sources.add(shown, path)
    basis = _basis_of_checks(this) if kept else None
    # Nobody runs the same again over some files, so what was found in them is not worth keeping.
    keeps = basis is not None and not told and blog.checked == blog.files and not this.changes
    # The site must not be asked before all its posts are there: what they are tells its generator.
    is_known = len(posts) == len(blog.files)
    if keeps and basis and is_known and (before := _found_before(this, site, basis)):
        told.update(before.told())
        return before
    linted, undecided = _lint(this, blog, site, basis, files)
    gone = list(_gone(this, blog, site, this.changes)) if this.changes else []
    for post in gone:
        sources.add(post.shown, post.path)
    outcome = _stamped(this, [*linted, *gone], sources, told)
    outcome = outcome._replace(undecided=undecided, checked=len(linted))
    hidden = told.items() - outcome.told().items() if keeps else ()
    outcome = outcome._replace(hidden=tuple(sorted(hidden)))
    if this.changes:
        then = _found_at_base(this, blog, site, linted, sources, this.changes)
        outcome = outcome._replace(before=tuple(then))
    if this.grammar:
        spoken = Counter(posts[post.name].language for post in linted)
        outcome = outcome._replace(languages=tuple(sorted(spoken.items())))
    is_checked = not this.errors and not (this.grammar and this.grammar.unchecked)
    if keeps and basis and is_checked:
        site.keep(_FOUND, _basis_of_all(this, basis), dump(outcome))
    posts.save()
    return outcome


def _found_before(this: _Run, site: Site, basis: bytes) -> _Outcome | None:
    data = site.kept(_FOUND, _basis_of_all(this, basis))
    return load(_Outcome, data) if data else None


def _basis_of_all(this: _Run, basis: bytes) -> bytes:
    """What findings depend on besides the site, which knows its posts and files itself."""
    return digest(basis, repr((this.config.words, this.reasons)), os.getcwd())


def _stamped(
    this: _Run, linted: Iterable[_Post], sources: Sources, told: dict[tuple[str, ...], int]
) -> _Outcome:
    found: list[Finding] = []
    checked = suppressed = 0
    for post in linted:
        if post.problems or post.directives:
            source = sources[post.shown]
            stamped = list(_stamp(this, post, source, told))
            if post.directives:
                stamped, hidden = _suppress(this, post, stamped, source, told)
                suppressed += hidden
            found += _once(this, post.path, stamped, source) if this.grammar else stamped
        checked += 1
    return _Outcome(tuple(found), checked, suppressed, 0)


def _once(this: _Run, path: str, found: list[Finding], source: Source) -> list[Finding]:
    """The findings of a file, without those of an engine that a rule of ours has made, too: ours were
    measured together, and some have a fix. What both say is as severe as the more severe says, unless
    the settings say how severe it is."""
    ours = {rule.id for rule in this.rules}
    engines = [finding for finding in found if finding.rule not in ours]
    if not engines:
        return found
    made: list[Finding] = []
    again: set[Finding] = set()
    for finding in found:
        same = (
            [one for one in engines if _is_same(finding, one, source.text)]
            if finding.rule in ours
            else []
        )
        again.update(same)
        if same and not this.severity_asked(finding.rule, path):
            worst = min((finding, *same), key=lambda one: SEVERITIES.index(one.severity))
            finding = finding._replace(severity=worst.severity)
        made.append(finding)
    return [finding for finding in made if finding not in again]


def _is_same(finding: Finding, other: Finding, text: str) -> bool:
    """Whether two findings of a file overlap, and make the same of it; or one lies in the other, and
    that knows nothing better than to take a look."""
    start = min(finding.span.start, other.span.start)
    end = max(finding.span.end, other.span.end)
    if end - start >= sum(b - a for a, b in (finding.span, other.span)):
        return False
    first, second = _made(finding, text, start, end), _made(other, text, start, end)
    vague = finding if not first else other if not second else None
    return not first.isdisjoint(second) or (vague is not None and vague.span == (start, end))


def _made(of: Finding, text: str, start: int, end: int) -> set[str]:
    """What may stand at a place afterwards, if a finding is mended."""
    edits = [Edit(of.span, suggestion) for suggestion in of.suggestions]
    if of.fix and len(of.fix.edits) == 1:
        edits += of.fix.edits
    return {
        f"{text[start : edit.span.start]}{edit.text}{text[edit.span.end : end]}"
        for edit in edits
        if start <= edit.span.start <= edit.span.end <= end
    }


def _lint(
    this: _Run, blog: Blog, site: Site, basis: bytes | None, files: Iterable[str]
) -> tuple[list[_Post], int]:
    """Run file rules on the checked files and collect the facts of all; then run the site rules.

    `files` are those that have to be parsed, unless what file rules find in them is known. Tells,
    besides, how many links cannot be decided and are not shown.
    """
    undecided = 0
    posts = site.pages
    site_rules = _site_rules(this.rules, compare=this.changes is not None)
    linted = {post.path: post for post in _checked_before(this, blog, posts, basis)}
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


def _read(
    this: _Run, blog: Blog, posts: Posts, basis: bytes | None, files: Sequence[str]
) -> Iterator[_Post | None]:
    """Parse files, and run the file rules on those that are to be checked; None for the others."""
    if this.jobs != 1 and len(files) >= _SEVERAL and this.grammar is None:
        from contentlint import workers

        if workers.pay_off(len(files)) and (this.jobs or workers.cores()) > 1:
            yield from _read_by_workers(this, blog, posts, basis, files)
            return
    checked = frozenset(blog.checked)
    for parsed in _parsed(this, files, blog.root, posts, checked):
        post = parsed.post
        if post.path not in checked:
            yield None
        else:
            trouble = len(this.errors)
            _run_file_rules(this, parsed, posts[post.name].language)
            if basis and len(this.errors) == trouble and not _lacks_grammar(this, post.path):
                _keep_check(this, posts, basis, post, dump(_Check.of(post)))
            yield post


def _run_file_rules(this: _Run, parsed: _Parsed, language: str) -> None:
    parsed.document.language = language
    parsed.document.checker = this.grammar
    rules = (rule for rule in this.rules if rule.kind == "file")
    parsed.post.problems.extend(_try(this, rules, parsed.post, parsed.document))


def _keep_check(this: _Run, posts: Posts, basis: bytes, post: _Post, found: bytes) -> None:
    posts.keep_check(post.name, _basis_of(this, basis, post.path), found)


def _lacks_grammar(this: _Run, path: str) -> bool:
    """Whether the grammar of a file should have been checked and was not, or not all of it."""
    return this.grammar is not None and path in this.grammar.unchecked


class _Check(NamedTuple):
    """What is kept of a file for the next run: all that file rules have found."""

    length: int
    directives: str  # as JSON, since hardly any file has some
    problems: tuple[tuple[str, Problem], ...]

    @classmethod
    def of(cls, post: _Post) -> _Check:
        problems = tuple((rule.id, problem) for rule, problem in post.problems)
        directives = (
            dump([post.directives]).decode("utf-8", "surrogatepass") if post.directives else ""
        )
        return cls(post.length, directives, problems)


def _checked_before(this: _Run, blog: Blog, posts: Posts, basis: bytes | None) -> Iterator[_Post]:
    """The files that are as they were when the same rules were run on them."""
    rules = {rule.id: rule for rule in this.rules}
    for path in blog.checked if basis else ():
        name = paths.below(path, blog.root) or path
        data = posts.check(name, _basis_of(this, basis, path)) if basis else None
        if data is not None:
            yield _as_found(data, path, name, rules)


def _as_found(data: bytes, path: str, name: str, rules: Mapping[str, Rule]) -> _Post:
    """A file with what file rules have found in it in another run, or another process."""
    length, directives, problems = load(_Check, data)
    found = [(rules[rule_id], problem) for rule_id, problem in problems]
    return _Post(path, name, paths.show(path), length, _directives_of(directives), found)


def _directives_of(kept: str) -> tuple[Directive, ...]:
    if not kept:
        return ()
    from contentlint.directives import Directives

    return load(Directives, kept.encode("utf-8", "surrogatepass")).all


def _basis_of(this: _Run, basis: bytes, path: str) -> bytes:
    """The same for one file, which has schemas of its own."""
    return b"\0".join((basis, *(os.fsencode(one.file) for one in this.schemas.get(path, ()))))


def _basis_of_checks(this: _Run) -> bytes | None:
    """What the findings of file rules depend on besides the file; None if not all of it is known."""
    version = this.grammar.version if this.grammar else ""
    if version is None:
        return None
    files = {file for rule in this.rules for file in _files_of(rule)}
    if not all(map(os.path.isfile, files)):
        return None
    states = [state_of_folder(folder) for folder in sorted(set(map(os.path.dirname, files)))]
    options = sorted(this.config.rule_options.items())
    schemas = {id(one): one for several in this.schemas.values() for one in several}
    told = [(one.file, one.contents, one.others, one.implied) for one in schemas.values()]
    basis = (this.basis, this.config.settings, options, states, told)
    today = date.today().isoformat()
    return digest(repr(basis), today, version, *(rule.id for rule in this.rules))


def _kept(this: _Run, blog: Blog) -> Kept | None:
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


class _Parsed(NamedTuple):
    """A file that was read: what it is now, its facts, unless they were known, and what was read,
    with the stamp from before if that is to be kept."""

    document: Document
    post: _Post
    facts: Facts | None
    data: bytes
    stamp: Stamp | None


def _parsed(
    this: _Run, files: Iterable[str], root: str, posts: Posts, told: Container[str]
) -> Iterator[_Parsed]:
    """Parse files one after the other, and add those to the posts that are not among them. One that
    cannot be read is left out, and becomes a line in the errors if it is among those `told` of."""
    for path in files:
        name = paths.below(path, root) or path
        try:
            parsed = _parse(this, path, name, is_known=name in posts, is_kept=posts.are_kept)
        except Exception as error:  # noqa: BLE001 - the other files go on
            if path in told:
                this.errors.append(_unreadable(path, error))
        else:
            if parsed.facts is not None:
                posts.add(name, parsed.facts, parsed.stamp, parsed.data)
            yield parsed


def _parse(this: _Run, path: str, name: str, *, is_known: bool, is_kept: bool) -> _Parsed:
    """Read a file and all that is to be known of it."""
    keeps = is_kept and not is_known and path not in this.unsaved
    stamp = cache.stamp(path) if keeps else None
    data = this.read(path)
    source = Source.decode(path, data)
    document = Document(source, this.schemas.get(path, ()), this.reading)
    directives = _directives(document)
    found = None if is_known else _facts(this, document, path, name)
    post = _Post(path, name, paths.show(path), len(source.text), directives, [])
    return _Parsed(document, post, found, data, stamp)


def _directives(document: Document) -> tuple[Directive, ...]:
    if _DIRECTIVE not in document.source.text:
        return ()
    from contentlint import directives

    return directives.read(document)


def _facts(this: _Run, document: Document, path: str, name: str) -> Facts:
    language = this.overrides.language(path)
    return facts.collect(document, name, this.lexicon, language, this.dictionaries)


def _collect(this: _Run, root: str, name: str) -> Facts:
    """The facts of a post that the cache has lost in the middle of a run."""
    path = os.path.join(root, name)
    document = Document(Source.decode(path, this.read(path)), (), this.reading)
    return _facts(this, document, path, name)


def _died(path: str, how: str) -> str:
    return f"{paths.show(path)}: cannot be checked: the process that was on it {how}"


def _unreadable(path: str, error: Exception) -> str:
    if isinstance(error, OSError):
        return paths.unreadable(path, error)
    where = _place(error)
    return f"{paths.show(path)}: cannot be parsed: {_said(error)} (at {where}); report this bug"


# ---- the same in other processes ----------------------------------------------------------------


class _Task(NamedTuple):
    """All that a worker has to know. `unsaved` is what is in the files that it must not read."""

    rules: list[Rule]
    config: Config
    schemas: Mapping[str, tuple[Schema, ...]]
    root: str
    checked: frozenset[str]
    is_kept: bool
    unsaved: Mapping[str, bytes]


class _Answer(NamedTuple):
    """What a worker says of a file: all that is to be known of the post, what the file rules have
    found if they were run, and the errors. `post` is None if it cannot be read."""

    post: Taken | None
    check: bytes | None
    errors: tuple[str, ...]


def _read_by_workers(
    this: _Run, blog: Blog, posts: Posts, basis: bytes | None, files: Sequence[str]
) -> Iterator[_Post | None]:
    from contentlint import workers

    rules = {rule.id: rule for rule in this.rules}
    unsaved = {path: this.read(path) for path in files if path in this.unsaved}
    checked = frozenset(blog.checked)
    task = _Task(
        [rule for rule in this.rules if rule.kind == "file"],
        this.config,
        this.schemas,
        blog.root,
        checked,
        posts.are_kept,
        unsaved,
    )
    told: set[str] = set()  # a dictionary that cannot be used is told by each worker
    for path, answer in workers.answers(
        partial(_worker, task), files, this.jobs or workers.cores()
    ):
        if isinstance(answer, workers.Died):
            this.errors.append(_died(path, answer.how))
            continue
        this.errors.extend(error for error in answer.errors if error not in told)
        told.update(answer.errors)
        name = paths.below(path, blog.root) or path
        if answer.post is not None and name not in posts:
            posts.take(name, answer.post)
        if answer.check is None:
            yield None
        else:
            post = _as_found(answer.check, path, name, rules)
            if basis and not answer.errors:
                _keep_check(this, posts, basis, post, answer.check)
            yield post


def _worker(task: _Task) -> Callable[[str], _Answer]:
    """What a worker does with each file."""

    def read(path: str) -> bytes:
        return task.unsaved[path] if path in task.unsaved else read_file(path)

    errors: list[str] = []
    this = _Run(
        task.rules,
        task.config,
        _Overrides(task.config),
        Lexicon(),
        task.config.reading,
        read,
        task.schemas,
        False,
        errors,
        _dictionaries(task.config, errors),
        unsaved=task.unsaved,
    )

    def work(path: str) -> _Answer:
        del errors[:]
        name = paths.below(path, task.root) or path
        post = check = None
        try:
            parsed = _parse(this, path, name, is_known=False, is_kept=task.is_kept)
            assert parsed.facts is not None
            post = Taken.of(parsed.facts, parsed.stamp, parsed.data)
            if path in task.checked:
                _run_file_rules(this, parsed, parsed.facts.language)
                check = dump(_Check.of(parsed.post))
        except Exception as error:  # noqa: BLE001 - the other files go on
            if path in task.checked:
                errors.append(_unreadable(path, error))
        return _Answer(post, check, tuple(errors))

    return work


def _run_site_rules(this: _Run, rules: list[Rule], linted: Sequence[_Post], site: Site) -> int:
    """Run site rules on posts, in several processes if that pays off. Tells how many links cannot be
    decided."""
    alone = linted
    may_fork = site.pages.are_new and not this.changes  # nothing is asked of the cache, or of Git
    if this.jobs != 1 and len(linted) >= _SEVERAL and may_fork:
        from contentlint import workers

        if workers.can_fork() and (this.jobs or workers.cores()) > 1:
            alone = linted[:_FIRST]
    for post in alone:
        post.problems.extend(_try(this, rules, post, site.pages[post.name], site))
    others = linted[len(alone) :]
    return site.undecided + (_judge_by_workers(this, rules, others, site) if others else 0)


class _Verdict(NamedTuple):
    """What site rules have found in a post in another process."""

    problems: tuple[tuple[str, Problem], ...]
    effort: Effort
    errors: tuple[str, ...]


def _judge_by_workers(this: _Run, rules: list[Rule], linted: Sequence[_Post], site: Site) -> int:
    """Run site rules on posts in forks of this process, which know the site as it does."""
    from contentlint import workers

    by_id = {rule.id: rule for rule in rules}
    by_path = {post.path: post for post in linted}
    undecided = 0
    make = partial(_judge, this, rules, by_path, site, os.getpid())
    for path, answer in workers.answers(make, list(by_path), this.jobs or workers.cores()):
        post = by_path[path]
        if isinstance(answer, workers.Died):
            this.errors.append(_died(path, answer.how))
            continue
        verdict = load(_Verdict, answer)
        if not site.add(verdict.effort):
            post.problems.extend(_try(this, rules, post, site.pages[post.name], site))
            continue
        undecided += verdict.effort.undecided
        this.errors.extend(verdict.errors)
        post.problems.extend((by_id[rule_id], problem) for rule_id, problem in verdict.problems)
    return undecided


def _judge(
    this: _Run, rules: list[Rule], posts: Mapping[str, _Post], site: Site, parent: int
) -> Callable[[str], bytes]:
    """What a fork does with each post."""
    if os.getpid() != parent:
        site.pages.let_go()

    def work(path: str) -> bytes:
        post = posts[path]
        trouble, before = len(this.errors), site.counts
        problems = tuple(
            (rule.id, problem)
            for rule, problem in _try(this, rules, post, site.pages[post.name], site)
        )
        errors = tuple(this.errors[trouble:])
        del this.errors[trouble:]
        return dump(_Verdict(problems, site.effort_since(before), errors))

    return work


# ---- one rule ----------------------------------------------------------------------------------


def _try(
    this: _Run, rules: Iterable[Rule], post: _Post, *subject: object
) -> Iterator[tuple[Rule, Problem]]:
    """Run rules on one file. What a rule yielded before it went wrong is kept."""
    for rule in rules:
        if this.overrides.is_off(rule.id, post.path):
            continue
        try:
            for problem in rule.check(this.config.rule_options[rule.id], *subject):
                if fault := _fault(problem, post.length):
                    file, line = _definition(rule)
                    place = f"{paths.show(file)}:{line}"
                    this.errors.append(f"{post.shown}: rule {rule.id} {fault} (at {place})")
                    break
                if not problem.detail or this.wants(rule, _id(rule, problem), post.path):
                    yield rule, problem
        except (Exception, SystemExit) as error:  # noqa: BLE001 - a rule may be anybody's code
            place = _place(error, _definition(rule)[0])
            said = f"{post.shown}: rule {rule.id} crashed: {_said(error)} (at {place})"
            this.errors.append(said)


def _fault(problem: object, length: int) -> str | None:
    """What is wrong with something that a rule yields as a problem of a file of this length."""
    if not isinstance(problem, Problem):
        return f"yields {type(problem).__name__}, not Problem"
    try:
        hash(problem)  # fails if it has a list where a tuple should be
        "".join((problem.message, problem.reason, *problem.suggestions))
        edits = problem.fix.edits if problem.fix else ()
        for span in (problem.span, *(edit.span for edit in edits)):
            if not _is_place(span, length):
                return f"yields {span!r} as a place in a file of {length} characters"
    except (AttributeError, TypeError) as error:
        return f"yields a malformed Problem ({error})"
    if problem.severity not in (None, *SEVERITIES):
        return f"yields {problem.severity!r} as severity"
    if problem.detail and not RULE_ID.fullmatch(f"x/{problem.detail}"):
        return f"yields {problem.detail!r} as the second part of an id"
    return None


def _id(rule: Rule, problem: Problem) -> str:
    return f"{rule.concern}/{problem.detail}" if problem.detail else rule.id


def _is_place(span: object, length: int) -> bool:
    if not isinstance(span, Span) or {type(span.start), type(span.end)} != {int}:
        return False
    return 0 <= span.start <= span.end <= length


def _definition(rule: Rule) -> tuple[str, int]:
    code = getattr(rule.function, "__code__", None)  # any other callable has none
    return (code.co_filename, code.co_firstlineno) if code else (rule.function.__module__, 1)


def _files_of(rule: Rule) -> tuple[str, str]:
    """Where the rule is defined and where its module is, which differ if a decorator of another
    module is around it; "" for what cannot be told."""
    code = getattr(rule.function, "__code__", None)
    module = sys.modules.get(rule.function.__module__)
    return getattr(code, "co_filename", ""), getattr(module, "__file__", None) or ""


def _said(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"


def _place(error: BaseException, file: str = "") -> str:
    """Where it was raised: the innermost line in a file, or of all if that has no part in it."""
    lines: list[tuple[str, int]] = []
    trace = error.__traceback__
    while trace:
        lines.append((trace.tb_frame.f_code.co_filename, trace.tb_lineno))
        trace = trace.tb_next
    name, line = ([at for at in lines if at[0] == file] or lines)[-1]
    return f"{paths.show(name)}:{line}"


# ---- the blog as it was ------------------------------------------------------------------------


def _site(this: _Run, blog: Blog, posts: Posts) -> Site:
    """The site of a blog; what it was before the changes is found out when it is asked for."""
    names = paths.all_below(blog.checked, blog.root)
    schemas = dict(zip(names, (this.schemas.get(path, ()) for path in blog.checked), strict=True))
    changes = this.changes

    def before() -> Before:
        assert changes is not None
        renamed = {
            _name(now, blog): _name(was, blog)
            for now, was in changes.renamed.items()
            if paths.below(now, blog.root)
        }
        old = {was: schemas.get(now, ()) for now, was in renamed.items()}
        others = _others(this, blog, changes)
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


def _others(this: _Run, blog: Blog, changes: Changes) -> dict[str, Facts | None]:
    """The facts that posts had which are changed or gone; None for those that were not there."""
    others: dict[str, Facts | None] = {}
    for path in (*blog.files, *blog.gone):
        name = _name(path, blog)
        if changes.is_new(path):
            others[name] = None
        elif path in changes.old:
            document = _parse_old(this, path, changes)
            others[name] = _facts(this, document, path, name) if document else None
    return others


def _parse_old(
    this: _Run, path: str, changes: Changes, schemas: tuple[Schema, ...] = ()
) -> Document | None:
    """A post as it was; None if that cannot be parsed, which was told then."""
    try:
        return Document(Source.decode(path, changes.read(path)), schemas, this.reading)
    except Exception:  # noqa: BLE001
        return None


def _name(path: str, blog: Blog) -> str:
    return paths.below(path, blog.root) or path


def _site_rules(rules: Iterable[Rule], *, compare: bool) -> list[Rule]:
    return [rule for rule in rules if rule.kind == "site" and (compare or not rule.compares)]


def _gone(this: _Run, blog: Blog, site: Site, changes: Changes) -> Iterator[_Post]:
    """The posts that are gone, with what is said of that, if the whole blog is checked."""
    is_whole = blog.checked == blog.files
    rules = [rule for rule in this.rules if rule.compares] if is_whole else []
    renamed = frozenset(changes.renamed.values())
    for path in blog.gone if rules else ():
        document = _parse_old(this, path, changes) if path not in renamed else None
        facts = site.before.site.pages.get(_name(path, blog)) if site.before else None
        if document and facts:
            post = _as_it_was(_Post(path, facts.path, paths.show(path), 0, (), []), document)
            post.problems.extend(_try(this, rules, post, facts, site))
            if post.problems:
                yield post


def _as_it_was(post: _Post, document: Document) -> _Post:
    length = len(document.source.text)
    return post._replace(length=length, directives=_directives(document), problems=[])


def _found_at_base(
    this: _Run, blog: Blog, site: Site, linted: list[_Post], sources: Sources, changes: Changes
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
        site_rules = _site_rules(rules, compare=False)
        facts = site.before.site.pages.get(_name(was, blog)) if site_rules and site.before else None
        if facts and site.before:
            old.problems.extend(_try(this, site_rules, old, facts, site.before.site))
        found = list(_stamp(this, old, source, told))
        if old.directives:
            found, _ = _suppress(this, old, found, source, told)
        yield from found


def _found_in(
    this: _Run, rules: list[Rule], post: _Post, was: str, sources: Sources, changes: Changes
) -> tuple[_Post, Source]:
    """What file rules found in a post as it was: the same as now if it is as it was."""
    if not changes.touches(post.path):
        same = [(rule, problem) for rule, problem in post.problems if rule.kind == "file"]
        return post._replace(problems=same), sources[post.shown]
    document = _parse_old(this, was, changes, this.schemas.get(post.path, ()))
    if document is None:
        return post._replace(problems=[], length=0, directives=()), Source("", "")
    old = _as_it_was(post, document)
    document.language = _facts(this, document, was, post.name).language
    document.checker = this.grammar
    file_rules = [rule for rule in rules if rule.kind == "file"]
    old.problems.extend(_try(this, file_rules, old, document))
    return old, document.source


# ---- stages ------------------------------------------------------------------------------------


class _Overrides:
    """What the settings change for some files: rules that are off, and severities."""

    def __init__(self, config: Config) -> None:
        self._overrides = [
            (paths.patterns(override.files, config.folder), override)
            for override in config.settings.overrides
        ]

    def is_off(self, rule_id: str, path: str) -> bool:
        return bool(self._overrides) and any(
            matches(rule_id, override.ignore) and applies(path)
            for applies, override in self._overrides
        )

    def language(self, path: str) -> str | None:
        for applies, override in reversed(self._overrides):
            if override.language and applies(path):
                return languages.code(override.language)
        return None

    def severity(self, rule_id: str, path: str) -> Severity | None:
        for applies, override in reversed(self._overrides):
            severity = by_rule(override.severity, rule_id)
            if severity and applies(path):
                return severity
        return None


def _stamp(
    this: _Run, post: _Post, source: Source, told: dict[tuple[str, ...], int]
) -> Iterator[Finding]:
    """Give each problem its rule, path, severity, line and column; drop what is said twice.

    `told` counts what was found so far, so that no two findings of a run look the same.
    """
    if len(source.text) != post.length:
        this.errors.append(f"{post.shown}: has changed while it was checked; run again")
        return
    distinct = {(rule.id, problem): (rule, problem) for rule, problem in post.problems}
    for rule, problem in sorted(distinct.values(), key=_problem_order):
        rule_id = _id(rule, problem)
        start, end = problem.span
        text = _normalised(source.text, start, end)
        told[rule_id, post.name, text] = ordinal = told.get((rule_id, post.name, text), -1) + 1
        yield Finding(
            post.shown,
            *source.position(start),
            *source.position(end),
            rule_id,
            this.severity_asked(rule_id, post.path) or problem.severity or rule.severity,
            problem.message,
            problem.suggestions,
            problem.fix,
            (rule_id, post.name, text, ordinal),
            problem.span,
            problem.reason if this.reasons else "",
        )


def _suppress(
    this: _Run,
    post: _Post,
    found: list[Finding],
    source: Source,
    told: dict[tuple[str, ...], int],
) -> tuple[list[Finding], int]:
    """Leave out what the directives of a post suppress, and tell how much that is; add what is to be
    said of the directives."""
    from contentlint.suppress import Coverage, Policy, judge

    options = this.config.settings.suppressions
    policy = Policy(options.allow_all, options.require_reason, date.today())
    coverage = Coverage(post.directives, policy)

    def by(finding: Finding) -> tuple[int, int] | None:
        return coverage.covering(finding.rule, finding.span.start)

    rules = [rule for rule in this.rules if rule.kind == "suppression"]
    if rules:
        used = {covering for finding in found if (covering := by(finding))}
        judged = judge(post.directives, used, policy, this.meant, _has_run(this, post))
        own = [problem for one in judged for problem in _try(this, rules, post, one)]
        found = [*found, *_stamp(this, post._replace(problems=own), source, told)]
    kept = [finding for finding in found if by(finding) is None]
    return kept, len(found) - len(kept)


def _has_run(this: _Run, post: _Post) -> Callable[[str], bool]:
    """Tells whether all rules that a name stands for were run on a post, those that are off by
    default aside; "" stands for all rules."""
    selected = {rule.id for rule in this.rules}

    def is_of(rule: Rule, name: str) -> bool:
        return name == rule.concern or (not name and not rule.compares)

    def stands_for(name: str) -> list[Rule]:
        named = [rule for rule in this.known if rule.id == name]
        if named or "/" not in name:
            return named or [r for r in this.known if r.default and is_of(r, name)]
        return [rule for rule in this.known if rule.speaks_for and matches(name, (rule.concern,))]

    def was_run(rule: Rule, name: str) -> bool:
        if rule.id not in selected or this.overrides.is_off(rule.id, post.path):
            return False
        if rule.compares:  # with another revision it may find something
            return False
        if not rule.speaks_for:
            return True
        is_checked = this.grammar is not None and not _lacks_grammar(this, post.path)
        return is_checked and ("/" not in name or this.wants(rule, name, post.path))

    def has_run(name: str) -> bool:
        rules = [] if this.errors else stands_for(name)
        return bool(rules) and all(was_run(rule, name) for rule in rules)

    return has_run


def _normalised(text: str, start: int, end: int) -> str:
    """What stands at a place, blanks collapsed; the next word in the line if that is nothing, and no
    more, since edits of the line elsewhere are to be of no account."""
    words = text[start:end].split() or text[start : line_end(text, start)].split()[:1]
    return " ".join(words)


def _problem_order(item: tuple[Rule, Problem]) -> tuple[int, int, str, str]:
    rule, problem = item
    return (problem.span.start, problem.span.end, rule.id, problem.message)


def _order(finding: Finding) -> tuple[str, int, int, str, str]:
    return (finding.path, finding.line, finding.column, finding.rule, finding.message)
