"""The audit on one screen of a terminal: 80 columns, 24 lines at most."""

from __future__ import annotations

from collections.abc import Iterator

from contentlint.audit.report import Data, total, worst_posts
from contentlint.finding import SEVERITIES
from contentlint.reporters import printable

_COLUMNS, _LINES = 80, 22  # a prompt needs a line, too
_NAME = 30  # characters of a blog's name
_CONCERNS, _RULES, _POSTS = 8, 2, 3  # so many of each are told


def summary(data: Data) -> str:
    """The lines, each with its line break."""
    lines = [*_totals(data), *_counts(data), *_blog(data["blog"]), *_trend(data["trend"])]
    return "".join(f"{printable(line)[:_COLUMNS].rstrip()}\n" for line in lines[:_LINES])


def _totals(data: Data) -> Iterator[str]:
    summary, work = data["summary"], data["work"]
    clean = _share(summary["without_error"], summary["files"])
    yield f"{data['name'][:_NAME]}: {_count(summary['files'], 'post')}, {clean} of them without error"
    found = ", ".join(_count(summary[severity], severity) for severity in SEVERITIES)
    yield f"{found}; {summary['suppressed']:,} suppressed; {summary['words']:,} words"
    if data["unreadable"]:
        yield f"{_count(len(data['unreadable']), 'post')} cannot be read"
    yield (
        f"quickly mended: {work['fix']:,} by --fix, {work['unsafe_fix']:,} by --unsafe-fixes,"
        f" {work['one_suggestion']:,} with one suggestion"
    )


def _counts(data: Data) -> Iterator[str]:
    """The concerns, and beside them the posts with the most findings."""
    concerns = [
        (one["concern"], *(one[severity] for severity in SEVERITIES)) for one in data["concerns"]
    ]
    if not concerns:
        return
    yield ""
    yield f"{'':14}{'error':>8}{'warning':>9}{'info':>7}"
    if len(concerns) > _CONCERNS:
        _, *rest = zip(*concerns[_CONCERNS - 1 :], strict=True)
        concerns[_CONCERNS - 1 :] = [("others", *map(sum, rest))]
    for name, *numbers in concerns:
        yield f"{name[:14]:14}{numbers[0]:8,}{numbers[1]:9,}{numbers[2]:7,}"
    yield ""
    yield "most findings: " + ", ".join(
        f"{one['rule']} ({total(one):,})" for one in data["rules"][:_RULES]
    )
    for one in worst_posts(data)[:_POSTS]:
        yield f"{total(one):8,}  {one['path'][-(_COLUMNS - 10) :]}"


def _blog(blog: Data) -> Iterator[str]:
    copies = sum(len(group["posts"]) - 1 for group in blog["near_duplicates"])
    yield ""
    yield (
        f"{_count(copies, 'near-duplicate')}, {_count(len(blog['orphans']), 'orphan')},"
        f" {_count(len(blog['dead_ends']), 'dead end')},"
        f" {_count(len(blog['unused_images']), 'unused image')}"
    )


def _trend(trend: Data | None) -> Iterator[str]:
    if trend:
        yield (
            f"since {trend['since']}: {len(trend['new']):,} new, {len(trend['mended']):,} mended,"
            f" {trend['remaining']:,} remaining"
        )


def _share(part: int, whole: int) -> str:
    """A percentage that says 100 % of all only."""
    return f"{100 * part // whole if whole else 100} %"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 or noun == 'info' else 's'}"
