"""The same work in several processes: reading files, and running site rules on posts."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from contentlint import paths, workers
from contentlint.attempt import attempt
from contentlint.config import Config
from contentlint.discover import Blog
from contentlint.finding import Problem
from contentlint.posts import Posts, Taken
from contentlint.reading import Check, as_found, keep_check, parse_one, run_file_rules, unreadable
from contentlint.records import dump, load
from contentlint.rule import Rule
from contentlint.runs import Post, Run, name_in, read_file
from contentlint.site import Effort, Site
from contentlint.spelling import Lexicon
from contentlint.tuples import NamedTuple

if TYPE_CHECKING:
    from contentlint.schema import Schema


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


def read_by_workers(
    this: Run, blog: Blog, posts: Posts, basis: bytes | None, files: Sequence[str]
) -> Iterator[Post | None]:
    """Parse files in other processes, and run the file rules there on those that are to be checked; None
    for the others. A process that dies is told of with the file it was on."""
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
        name = name_in(path, blog.root)
        if answer.post is not None and name not in posts:
            posts.take(name, answer.post)
        if answer.check is None:
            yield None
        else:
            post = as_found(answer.check, path, name, rules)
            if basis and not answer.errors:
                keep_check(this, posts, basis, post, answer.check)
            yield post


def _worker(task: _Task) -> Callable[[str], _Answer]:
    """What a worker does with each file."""

    def read(path: str) -> bytes:
        return task.unsaved[path] if path in task.unsaved else read_file(path)

    errors: list[str] = []
    this = Run.of(task.rules, task.config, errors, Lexicon(), read)._replace(
        schemas=task.schemas, unsaved=task.unsaved
    )

    def work(path: str) -> _Answer:
        del errors[:]
        name = name_in(path, task.root)
        post = check = None
        try:
            parsed = parse_one(this, path, name, is_known=False, is_kept=task.is_kept)
            assert parsed.facts is not None
            post = Taken.of(parsed.facts, parsed.stamp, parsed.data)
            if path in task.checked:
                run_file_rules(this, parsed, parsed.facts.language)
                check = dump(Check.of(parsed.post))
        except Exception as error:  # noqa: BLE001 - the other files go on
            if path in task.checked:
                errors.append(unreadable(path, error))
        return _Answer(post, check, tuple(errors))

    return work


class _Verdict(NamedTuple):
    """What site rules have found in a post in another process."""

    problems: tuple[tuple[str, Problem], ...]
    effort: Effort
    errors: tuple[str, ...]


def judge_by_workers(this: Run, rules: list[Rule], linted: Sequence[Post], site: Site) -> int:
    """Run site rules on posts in forks of this process, which know the site as it does."""
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
            post.problems.extend(attempt(this, rules, post, site.pages[post.name], site))
            continue
        undecided += verdict.effort.undecided
        this.errors.extend(verdict.errors)
        post.problems.extend((by_id[rule_id], problem) for rule_id, problem in verdict.problems)
    return undecided


def _judge(
    this: Run, rules: list[Rule], posts: Mapping[str, Post], site: Site, parent: int
) -> Callable[[str], bytes]:
    """What a fork does with each post."""
    if os.getpid() != parent:
        site.pages.let_go()

    def work(path: str) -> bytes:
        post = posts[path]
        trouble, before = len(this.errors), site.counts
        problems = tuple(
            (rule.id, problem)
            for rule, problem in attempt(this, rules, post, site.pages[post.name], site)
        )
        errors = tuple(this.errors[trouble:])
        del this.errors[trouble:]
        return dump(_Verdict(problems, site.effort_since(before), errors))

    return work


def _died(path: str, how: str) -> str:
    return f"{paths.show(path)}: cannot be checked: the process that was on it {how}"
