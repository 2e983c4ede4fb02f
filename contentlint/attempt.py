"""Ask rules about a file; one that fails, or yields nonsense, becomes an error that names it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from contentlint import paths
from contentlint.finding import SEVERITIES, Problem
from contentlint.rule import RULE_ID, Rule
from contentlint.runs import Post, Run
from contentlint.text import Span


def site_rules_of(rules: Iterable[Rule], *, compare: bool) -> list[Rule]:
    """Those that look at the whole site; and, if it is to `compare`, at what it was before."""
    return [rule for rule in rules if rule.kind == "site" and (compare or not rule.compares)]


def attempt(
    this: Run, rules: Iterable[Rule], post: Post, *subject: object
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
                if not problem.detail or this.wants(rule, id_of(rule, problem), post.path):
                    yield rule, problem
        except (Exception, SystemExit) as error:  # noqa: BLE001 - a rule may be anybody's code
            place = place_of(error, _definition(rule)[0])
            said = f"{post.shown}: rule {rule.id} crashed: {said_of(error)} (at {place})"
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


def _is_place(span: object, length: int) -> bool:
    if not isinstance(span, Span) or {type(span.start), type(span.end)} != {int}:
        return False
    return 0 <= span.start <= span.end <= length


def id_of(rule: Rule, problem: Problem) -> str:
    """The id of what is found, which is not that of its rule if this speaks for an engine."""
    return f"{rule.concern}/{problem.detail}" if problem.detail else rule.id


def _definition(rule: Rule) -> tuple[str, int]:
    code = getattr(rule.function, "__code__", None)  # any other callable has none
    return (code.co_filename, code.co_firstlineno) if code else (rule.function.__module__, 1)


def files_of(rule: Rule) -> tuple[str, str]:
    """Where the rule is defined and where its module is, which differ if a decorator of another
    module is around it; "" for what cannot be told."""
    code = getattr(rule.function, "__code__", None)
    module = sys.modules.get(rule.function.__module__)
    return getattr(code, "co_filename", ""), getattr(module, "__file__", None) or ""


def said_of(error: BaseException) -> str:
    """An error in words, with its kind."""
    return f"{type(error).__name__}: {error}"


def place_of(error: BaseException, file: str = "") -> str:
    """Where it was raised: the innermost line in a file, or of all if that has no part in it."""
    lines: list[tuple[str, int]] = []
    trace = error.__traceback__
    while trace:
        lines.append((trace.tb_frame.f_code.co_filename, trace.tb_lineno))
        trace = trace.tb_next
    name, line = ([at for at in lines if at[0] == file] or lines)[-1]
    return f"{paths.show(name)}:{line}"
