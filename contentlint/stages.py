"""From the problems of a post to its findings, stage by stage: they are stamped with rule, path, place
and severity; directives suppress some of them; and what an engine and a rule both say is told once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from contentlint.attempt import attempt, id_of
from contentlint.config import matches
from contentlint.finding import SEVERITIES, Edit, Finding, Problem
from contentlint.reading import lacks_grammar
from contentlint.rule import Rule
from contentlint.runs import Post, Run
from contentlint.text import Source, line_end


def stamp(
    this: Run, post: Post, source: Source, told: dict[tuple[str, ...], int]
) -> Iterator[Finding]:
    """Give each problem its rule, path, severity, line and column; drop what is said twice.

    `told` counts what was found so far, so that no two findings of a run look the same.
    """
    if len(source.text) != post.length:
        this.errors.append(f"{post.shown}: has changed while it was checked; run again")
        return
    distinct = {(rule.id, problem): (rule, problem) for rule, problem in post.problems}
    for rule, problem in sorted(distinct.values(), key=_problem_order):
        rule_id = id_of(rule, problem)
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


def _normalised(text: str, start: int, end: int) -> str:
    """What stands at a place, blanks collapsed; the next word in the line if that is nothing, and no
    more, since edits of the line elsewhere are to be of no account."""
    words = text[start:end].split() or text[start : line_end(text, start)].split()[:1]
    return " ".join(words)


def _problem_order(item: tuple[Rule, Problem]) -> tuple[int, int, str, str]:
    rule, problem = item
    return (problem.span.start, problem.span.end, rule.id, problem.message)


def suppress(
    this: Run,
    post: Post,
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
        own = [problem for one in judged for problem in attempt(this, rules, post, one)]
        found = [*found, *stamp(this, post._replace(problems=own), source, told)]
    kept = [finding for finding in found if by(finding) is None]
    return kept, len(found) - len(kept)


def _has_run(this: Run, post: Post) -> Callable[[str], bool]:
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
        is_checked = this.grammar is not None and not lacks_grammar(this, post.path)
        return is_checked and ("/" not in name or this.wants(rule, name, post.path))

    def has_run(name: str) -> bool:
        rules = [] if this.errors else stands_for(name)
        return bool(rules) and all(was_run(rule, name) for rule in rules)

    return has_run


def once(this: Run, path: str, found: list[Finding], source: Source) -> list[Finding]:
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
