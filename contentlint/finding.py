"""What a rule says (Problem), how to mend it (Fix), and what the user sees (Finding)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping
from typing import Any, Literal

from contentlint.text import Span
from contentlint.tuples import NamedTuple

Severity = Literal["error", "warning", "info"]
Identity = tuple[str, str, str, int]  # see Finding.fingerprint
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


class Edit(NamedTuple):
    """Replace the characters of `span` by `text`; an empty span inserts."""

    span: Span
    text: str


class Fix(NamedTuple):
    """Edits that mend a problem. Safe ones never need a human's eye."""

    edits: tuple[Edit, ...]
    safe: bool = True


class Problem(NamedTuple):
    """What a rule yields: the place, what is wrong there, and how to mend it.

    `span` counts characters of the untouched source, end-exclusive. `suggestions` replace the
    text of the span, best first. `severity` overrides the rule's own for this one problem. `reason`
    is why the rule thinks so, in a line, for those who ask; see Site.gives_reasons. `detail` is
    for rules that speak for others; see Rule.speaks_for.
    """

    span: Span
    message: str
    suggestions: tuple[str, ...] = ()
    fix: Fix | None = None
    severity: Severity | None = None
    reason: str = ""
    detail: str = ""


class Finding(NamedTuple):
    """A problem stamped by the engine with all that a reader of the report needs.

    Lines and columns are 1-based, columns count code points, the end is exclusive. `reason` is
    empty unless the run was asked for reasons.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    rule: str
    severity: Severity
    message: str
    suggestions: tuple[str, ...]
    fix: Fix | None
    identity: Identity
    span: Span
    reason: str = ""

    @property
    def fingerprint(self) -> str:
        """Tells a finding from all others of the blog, and stays when lines are put before it.

        Of its `identity`: rule, path in the blog, text at the place, and how many findings have had
        the same three before. Made when asked for, since hashlib takes 3 ms to import.
        """
        from hashlib import blake2b

        data = "\0".join(map(str, self.identity))
        return blake2b(data.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def beyond(
    findings: Iterable[Finding],
    known: Mapping[Any, int],
    key: Callable[[Finding], Any],
    first: Container[Identity] = (),
) -> list[Finding]:
    """The findings that are more than are known with the same key, in their order: rather those whose
    identities are in `first`, and rather the last ones."""
    findings = list(findings)
    left = Counter(known)
    rest: set[Identity] = set()
    for finding in sorted(findings, key=lambda finding: finding.identity in first):
        if left[key(finding)] > 0:
            left[key(finding)] -= 1
        else:
            rest.add(finding.identity)
    return [finding for finding in findings if finding.identity in rest]
