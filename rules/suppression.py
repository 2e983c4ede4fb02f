"""What suppressions say must be so: each names rules that there are, and suppresses something."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from contentlint.api import Edit, Example, Fix, Problem, Span, suppression_rule

if TYPE_CHECKING:
    from contentlint.api import Suppression

_FEW = 2  # unknown names that are told one by one; more are a sentence


@suppression_rule(
    "suppression/unused",
    "a suppression that suppresses nothing",
    severity="warning",
    examples=[
        Example(
            bad="<!-- ⟦contentlint-disable-next-line typos⟧: its name -->\nThe fridge hums.\n",
            good="<!-- contentlint-disable-next-line typos: its name -->\nThe refuigerator hums.\n",
        ),
        Example(
            bad="The refuigerator hums. <!-- contentlint-disable-line typos, ⟦links⟧ -->\n",
            good="The refuigerator hums. <!-- contentlint-disable-line typos -->\n",
        ),
        Example(
            bad="---\ncontentlint-disable: [⟦links⟧, typos]\n---\nThe refuigerator hums.\n",
            good="---\ncontentlint-disable: [typos]\n---\nThe refuigerator hums.\n",
        ),
    ],
)
def unused(found: Suppression) -> Iterator[Problem]:
    """What was to be suppressed has been mended, or stands elsewhere now. The suppression may one
    day hide something else, so take it out. If two suppress the same, the outer one is not used.

    Only what was looked for can be missed: a suppression of a rule that does not run in a file is not
    reported, nor one of a concern that does not run with all its rules.
    """
    directive = found.directive
    if found.is_unused:
        what = "nothing is suppressed that this could end"
        if directive.disables:
            what = "this suppresses nothing; take it out"
        fix = _taking_out(directive.removal, safe=directive.is_apart)
        yield Problem(directive.head, what, fix=fix)
        return
    for name in found.unused:
        message = f"nothing of `{name.text}` is suppressed here; take it out"
        yield Problem(name.span, message, fix=_taking_out(name.removal))


@suppression_rule(
    "suppression/unknown-rule",
    "a suppression of a rule that does not exist",
    severity="warning",
    examples=[
        Example(
            bad="<!-- contentlint-disable-next-line ⟦typo⟧: its name -->\nThe Refuigerator hums.\n",
            good="<!-- contentlint-disable-next-line typos: its name -->\nThe Refuigerator hums.\n",
        ),
        Example(
            bad="<!-- contentlint-disable-line ⟦because it is a name⟧ -->\n",
            good="<!-- contentlint-disable-line typos: because it is a name -->\n",
        ),
    ],
)
def unknown_rule(found: Suppression) -> Iterator[Problem]:
    """Before the colon stand rules such as `typos/misspelling` and concerns such as `typos`, as
    `contentlint rules` lists them; the reason stands behind it. Rules of a package that is not
    installed here are unknown, too."""
    names = [name for name, _ in found.unknown]
    if len(names) > _FEW:
        span = Span(names[0].span.start, names[-1].span.end)
        yield Problem(span, "these are no rules; a reason stands after a colon")
        return
    for name, meant in found.unknown:
        if meant:
            message = f"there is no rule `{name.text}`; did you mean `{meant}`?"
            fix = Fix((Edit(name.span, meant),), safe=False)
            yield Problem(name.span, message, (meant,), fix)
        else:
            removal = name.removal or found.directive.removal
            message = f"there is no rule `{name.text}`"
            yield Problem(name.span, message, fix=_taking_out(removal, safe=False))


@suppression_rule(
    "suppression/unknown-directive",
    "a comment that begins like a suppression and is none",
    severity="warning",
    examples=[
        Example(
            bad="<!-- ⟦contentlint-disable-nextline⟧ typos -->\n",
            good="<!-- contentlint-disable-next-line typos -->\n",
        ),
    ],
)
def unknown_directive(found: Suppression) -> Iterator[Problem]:
    """A slip in `contentlint-disable-next-line`, `-disable-line`, `-disable-file`, `-disable` or
    `-enable` makes it a comment like any other."""
    meant = found.meant_directive
    if meant is not None:
        what = found.directive.what
        start = found.directive.head.start
        place = Span(start, start + len("contentlint-") + len(what))
        hint = f"; did you mean `contentlint-{meant}`?" if meant else ""
        right = f"contentlint-{meant}"
        yield Problem(
            place,
            f"`contentlint-{what}` is unknown{hint}",
            (right,) if meant else (),
            Fix((Edit(place, right),), safe=False) if meant else None,
        )


@suppression_rule(
    "suppression/all-rules",
    "a suppression of all rules at once",
    severity="warning",
    examples=[
        Example(
            bad="<!-- ⟦contentlint-disable-next-line⟧: a name -->\nThe Refuigerator hums.\n",
            good="<!-- contentlint-disable-next-line typos: a name -->\nThe Refuigerator hums.\n",
        ),
        Example(
            bad="---\ncontentlint-disable: '⟦*⟧'\n---\n",
            good="---\ncontentlint-disable: typos\n---\n",
        ),
    ],
)
def all_rules(found: Suppression) -> Iterator[Problem]:
    """A suppression that names no rule, or `*`, would hide whatever else is wrong there one day, and
    has no effect. Name the rules or concerns that are meant; or allow it in the configuration:

        [suppressions]
        allow-all = true
    """
    if found.is_refused:
        message = "this would suppress all rules, and has no effect; name those that are meant"
        yield Problem(found.directive.head, message)


@suppression_rule(
    "suppression/missing-reason",
    "a suppression without a reason",
    severity="warning",
    examples=[
        Example(
            bad="<!-- ⟦contentlint-disable-next-line typos⟧ -->\nThe Refuigerator hums.\n",
            good="<!-- contentlint-disable-next-line typos: a name -->\nThe Refuigerator hums.\n",
            settings={"suppressions": {"require-reason": True}},
        ),
    ],
)
def missing_reason(found: Suppression) -> Iterator[Problem]:
    """Whoever comes across a suppression later wants to know whether it is still needed. Say after a
    colon why it is there. This is only asked for by the configuration:

        [suppressions]
        require-reason = true
    """
    if found.misses_reason:
        yield Problem(found.directive.head, "say after a colon why this is suppressed")


@suppression_rule(
    "suppression/expired",
    "a suppression whose last day has passed",
    severity="warning",
    examples=[
        Example(
            bad="<!-- contentlint-disable-next-line links ⟦until 2020-12-31⟧: to come -->\nIt hums.\n",
            good="<!-- contentlint-disable-next-line links until 9999-12-31: to come -->\nIt hums.\n",
        ),
    ],
)
def expired(found: Suppression) -> Iterator[Problem]:
    """`until 2027-01-01`, before the colon, is the last day on which a suppression holds. After it,
    what was suppressed is reported again. Mend that and take the comment out, or set another day."""
    until = found.directive.until
    if found.is_over and until:
        message = f"this held until {until.text}; take it out, or set another day"
        fix = _taking_out(found.directive.removal, safe=False)
        yield Problem(until.span, message, fix=fix)


@suppression_rule(
    "suppression/date",
    "a suppression until a day that is none",
    examples=[
        Example(
            bad="<!-- contentlint-disable-next-line links ⟦until 31.12.2026⟧ -->\nIt hums.\n",
            good="<!-- contentlint-disable-next-line links until 9999-12-31 -->\nIt hums.\n",
        ),
        Example(
            bad="<!-- contentlint-disable-line links ⟦until⟧ -->\n",
            good="<!-- contentlint-disable-line links: until next year -->\n",
        ),
    ],
)
def date(found: Suppression) -> Iterator[Problem]:
    """After `until` stands a day of the calendar as in `2027-01-01`. With anything else the
    suppression never ends."""
    until = found.directive.until
    if until and until.day is None:
        told = f"`{until.text}` is no day" if until.text else "a day is missing"
        yield Problem(until.span, f"{told}; write it as in `until 2027-01-01`")


def _taking_out(removal: Span | None, *, safe: bool = True) -> Fix | None:
    return Fix((Edit(removal, ""),), safe=safe) if removal else None
