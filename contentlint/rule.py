"""A rule is a value: a decorated generator with its id, documentation, options and examples.

A *file rule* is a pure function of one document; a *site rule* reads the facts of one post and the
site they belong to; a rule about suppressions judges one of those. Nothing is registered: the loader picks Rule values out of modules.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, TypeVar, overload

from contentlint.finding import Problem, Severity
from contentlint.options import Options
from contentlint.patterns import pattern
from contentlint.tuples import NamedTuple

if TYPE_CHECKING:
    from contentlint.document import Document
    from contentlint.facts import Facts
    from contentlint.site import Site
    from contentlint.suppress import Suppression

AnyOptions = TypeVar("AnyOptions", bound=Options)

Kind = Literal["file", "site", "suppression"]

RULE_ID = pattern(r"[a-z][a-z0-9]*(-[a-z0-9]+)*/[a-z][a-z0-9]*(-[a-z0-9]+)*")


class Example(NamedTuple):
    """A post that the rule flags exactly at ⟦…⟧, and one on which it is silent.

    Both are executed by the tests. `bad` and `good` are the text of `path`; `files` are the other
    files of the blog, by path; `options` are the rule's options and `settings` the others as the
    configuration writes them. `before` are files as they were before the change, for rules that
    compare. `syntax` is what it is written in, if that is not plain to see.
    If the rule fixes, the fix turns `bad` into `good`.
    """

    bad: str
    good: str
    path: str = "content/posts/example.md"
    files: dict[str, str] = {}  # noqa: RUF012 - shared, and never written to
    options: dict[str, Any] = {}  # noqa: RUF012
    settings: dict[str, Any] = {}  # noqa: RUF012
    syntax: str = ""
    before: dict[str, str] = {}  # noqa: RUF012

    @property
    def written_in(self) -> str:
        """The syntax that it is an example of, such as TOML."""
        text = self.bad.removeprefix("⟦")
        of_front_matter = {"---": "YAML", "+++": "TOML"}.get(text[:3], "JSON")
        is_front_matter = text.startswith(("---", "+++", "{\n", '{"'))
        return self.syntax or (of_front_matter if is_front_matter else "Markdown")


class Rule(NamedTuple):
    """All there is to know of a rule. `function` yields a Problem for each thing it finds.

    A rule may speak for a program with rules of its own, which `speaks_for` says in a few words.
    The `detail` of such a rule's problem, in kebab case, stands in the finding's id in place of the
    rule's own second part: `grammar/engine` finds `grammar/its-possessive`.

    A site rule that `compares` needs to know what the site was, and runs only if that is known; also
    for the posts that are gone, with the facts that they had.
    """

    id: str
    summary: str
    kind: Kind
    function: Callable[..., Iterable[Problem]]
    options: type[Options]
    severity: Severity
    examples: tuple[Example, ...]
    default: bool
    speaks_for: str = ""
    compares: bool = False

    def __reduce__(self) -> tuple[Any, ...]:  # for other processes, which import the module
        return _find, (self.function.__module__, self.id)

    @property
    def concern(self) -> str:
        """The part of the id before the slash, which may stand for all its rules."""
        return self.id.split("/")[0]

    @property
    def docs(self) -> str:
        """The page of the rule: the function's docstring, else the module's, in Markdown."""
        import inspect

        text = self.function.__doc__ or sys.modules[self.function.__module__].__doc__ or ""
        return inspect.cleandoc(text)

    def check(self, options: Options, *subject: object) -> Iterable[Problem]:
        """The problems of a document (file rules), of a post's facts and the site, or of a
        suppression."""
        if self.options is Options:
            return self.function(*subject)
        return self.function(*subject, options)


def _find(module: str, rule_id: str) -> Rule:
    values = vars(import_module(module)).values()
    return next(value for value in values if isinstance(value, Rule) and value.id == rule_id)


@overload
def file_rule(
    id: str,
    summary: str,
    *,
    severity: Severity = "error",
    examples: Iterable[Example] = (),
    default: bool = True,
    speaks_for: str = "",
) -> Callable[[Callable[[Document], Iterable[Problem]]], Rule]: ...
@overload
def file_rule(
    id: str,
    summary: str,
    *,
    options: type[AnyOptions],
    severity: Severity = "error",
    examples: Iterable[Example] = (),
    default: bool = True,
) -> Callable[[Callable[[Document, AnyOptions], Iterable[Problem]]], Rule]: ...
def file_rule(id: str, summary: str, **declared: Any) -> Any:
    """Make a rule of a function of one document and, if it declares any, the rule's options.

    The function must depend on nothing else, since its findings are cached by the file's content.
    `default=False` makes the rule opt-in, by `extend-select`. Raises ValueError on a malformed id.
    """
    return _decorator(id, summary, "file", **declared)


@overload
def site_rule(
    id: str,
    summary: str,
    *,
    severity: Severity = "error",
    examples: Iterable[Example] = (),
    default: bool = True,
    compares: bool = False,
) -> Callable[[Callable[[Facts, Site], Iterable[Problem]]], Rule]: ...
@overload
def site_rule(
    id: str,
    summary: str,
    *,
    options: type[AnyOptions],
    severity: Severity = "error",
    examples: Iterable[Example] = (),
    default: bool = True,
    compares: bool = False,
) -> Callable[[Callable[[Facts, Site, AnyOptions], Iterable[Problem]]], Rule]: ...
def site_rule(id: str, summary: str, **declared: Any) -> Any:
    """Make a rule of a function of one post's facts, the site, and options if it declares any.

    It is called for each post that is to be reported on, with the facts of the whole blog at hand,
    and its verdicts are never cached. `compares=True` is for rules on what has changed, see Rule.
    Raises ValueError on a malformed id.
    """
    return _decorator(id, summary, "site", **declared)


def suppression_rule(
    id: str, summary: str, *, severity: Severity = "error", examples: Iterable[Example] = ()
) -> Callable[[Callable[[Suppression], Iterable[Problem]]], Rule]:
    """Make a rule of a function of one suppression, and of what a run makes of it.

    It is called when all others are done with the post. Raises ValueError on a malformed id.
    """
    return _decorator(id, summary, "suppression", severity=severity, examples=examples)


def _decorator(
    id: str,
    summary: str,
    kind: Kind,
    options: type[Options] = Options,
    severity: Severity = "error",
    examples: Iterable[Example] = (),
    default: bool = True,
    speaks_for: str = "",
    compares: bool = False,
) -> Callable[[Callable[..., Iterable[Problem]]], Rule]:
    if not RULE_ID.fullmatch(id):
        raise ValueError(f"rule id {id!r} is not of the form concern/detail in kebab case")

    def decorate(function: Callable[..., Iterable[Problem]]) -> Rule:
        declared = (options, severity, tuple(examples), default, speaks_for, compares)
        return Rule(id, summary, kind, function, *declared)

    return decorate
