"""What directives switch off, and what is to be said of the directives themselves.

This is imported only for a post that has a directive, see directives.py.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Sequence
from datetime import date

from contentlint.directives import WHAT, Directive, Name
from contentlint.options import nearest
from contentlint.tuples import NamedTuple

CONCERN = "suppression"  # of the rules that judge suppressions

By = tuple[int, int]  # the number of a directive, and that of the name in it


class Policy(NamedTuple):
    """What is allowed, see the table `[suppressions]` of the configuration; and today."""

    allow_all: bool
    require_reason: bool
    today: date

    def holds(self, directive: Directive) -> bool:
        """Whether a directive has any effect."""
        is_known = directive.what in WHAT
        return is_known and not self.refuses(directive) and not self.is_over(directive)

    def refuses(self, directive: Directive) -> bool:
        """Whether it would switch off all rules and must not."""
        return directive.disables and not directive.names and not self.allow_all

    def is_over(self, directive: Directive) -> bool:
        """Whether its last day has passed."""
        day = directive.until.day if directive.until else None
        return day is not None and day < self.today

    def misses_reason(self, directive: Directive) -> bool:
        """Whether it should give a reason and does not."""
        return self.require_reason and directive.disables and not directive.reason


class Suppression(NamedTuple):
    """A directive, and what a run makes of it: what the rules about suppressions see.

    `unknown` are the names that are no rules, each with one that may be meant, or ""; `unused` those
    that suppress nothing. The directive `is_unused` if that is true of all of it. If there is no such
    directive, `meant_directive` is the nearest, or "".
    """

    directive: Directive
    unknown: tuple[tuple[Name, str], ...] = ()
    unused: tuple[Name, ...] = ()
    is_unused: bool = False
    is_over: bool = False
    is_refused: bool = False
    misses_reason: bool = False
    meant_directive: str | None = None


def judge(
    directives: Sequence[Directive],
    used: Container[By],
    policy: Policy,
    meant: Callable[[str], str],
    has_run: Callable[[str], bool],
) -> Iterator[Suppression]:
    """Say of each directive what came of it.

    `used` are the answers of `Coverage`. `meant` tells which rule or concern a name stands for: "" if
    none is near. `has_run` tells whether all rules that it stands for were run, so that it is known
    to be unused; of "", that is all rules.
    """
    disabled: set[str] = set()
    for index, directive in enumerate(directives):
        if directive.what not in WHAT:
            yield Suppression(directive, meant_directive=nearest(directive.what, list(WHAT)) or "")
            continue
        near = [(name, meant(name.text)) for name in directive.names]
        unknown = tuple((name, other) for name, other in near if other != name.text)
        names = [name.text for name in directive.names] or [""]
        if directive.what == "enable":
            idle = [not _is_disabled(name, disabled) for name in names]
        else:
            if directive.what == "disable":
                disabled.update(*map(_disables, names))
            idle = [
                policy.holds(directive)
                and (index, number) not in used
                and _concern(name) != CONCERN
                and has_run(name)
                for number, name in enumerate(names)
            ]
        unused = [name for name, is_idle in zip(directive.names, idle, strict=False) if is_idle]
        strange = [name for name, _ in unknown]
        yield Suppression(
            directive,
            unknown,
            tuple(name for name in unused if name not in strange),
            all(idle) and not unknown,
            policy.is_over(directive),
            policy.refuses(directive),
            policy.misses_reason(directive),
        )


def _concern(rule_id: str) -> str:
    return rule_id.partition("/")[0]


def _disables(name: str) -> set[str]:
    """A name, and what says that something of its concern is meant."""
    return {name, f"{_concern(name)}/"}


def _is_disabled(name: str, disabled: set[str]) -> bool:
    """Whether a name has a rule in common with others, which `_disables` has made a set of."""
    if not name:
        return bool(disabled)
    return not disabled.isdisjoint({"", name, _concern(name), f"{name}/"})


class _Range(NamedTuple):
    start: int
    end: int
    is_off: bool
    by: By


class Coverage:
    """Tells by what a finding is switched off: by the innermost of all that do.

    The time that takes hardly depends on how many directives there are.
    """

    def __init__(self, directives: Sequence[Directive], policy: Policy) -> None:
        self._lines: defaultdict[str, list[_Range]] = defaultdict(list)
        self._switches: defaultdict[str, list[_Range]] = defaultdict(list)
        self._files: dict[str, By] = {}
        for index, directive in enumerate(directives):
            for number, name in enumerate([name.text for name in directive.names] or [""]):
                if policy.holds(directive):
                    self._add(directive, name, (index, number))
        for ranges in self._lines.values():
            ranges.sort()

    def _add(self, directive: Directive, name: str, by: By) -> None:
        own = _Range(directive.start, directive.end, directive.disables, by)
        if directive.what == "disable-file":
            self._files.setdefault(name, by)
        elif directive.what in ("disable", "enable"):
            self._switches[name].append(own)
        else:
            self._lines[name].append(own)

    def covering(self, rule_id: str, offset: int) -> By | None:
        """What switches off a finding of a rule that begins at an offset; None if nothing does.

        What stands for all rules does not stand for those about suppressions.
        """
        concern = _concern(rule_id)
        names = [rule_id, concern] if concern == CONCERN else [rule_id, concern, ""]
        for ranges in (self._lines, self._switches):
            last = [_last(ranges[name], offset) for name in names if name in ranges]
            innermost = max(filter(None, last), default=None)
            if innermost and innermost.is_off:
                return innermost.by
        return next((self._files[name] for name in names if name in self._files), None)


def _last(ranges: list[_Range], offset: int) -> _Range | None:
    """The last of some ranges to begin before or at an offset, if it reaches beyond."""
    at = bisect_right(ranges, offset, key=lambda one: one.start)
    return ranges[at - 1] if at and offset < ranges[at - 1].end else None
