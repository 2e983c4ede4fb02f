"""The audit as plain data, which `schemas/audit.schema.json` describes: all that is shown of it.

The findings are those of `check`, and every number of them is counted from these.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any

from contentlint import __version__, explain, tags_report
from contentlint.audit import linking, pictures, readability, similar, texts, words
from contentlint.audit.gather import Gathered, Post, oldest_first
from contentlint.finding import SEVERITIES, Finding
from contentlint.options import is_list
from contentlint.reporters import json as as_json
from contentlint.text import Source, line_end, line_start

if TYPE_CHECKING:
    from contentlint.engine import Result
    from contentlint.rule import Rule

VERSION = 1
_AROUND, _MARKED = 70, 200  # characters of an excerpt, before and behind the place and in it

Data = dict[str, Any]


def as_data(
    name: str,
    result: Result,
    blogs: Sequence[Gathered],
    rules: Iterable[Rule],
    errors: Sequence[str] = (),
) -> Data:
    """The whole report. `name` is what the blog is called, `errors` are lines that tell what could
    not be done besides those of the result."""
    findings = [_finding(finding, result.sources[finding.path]) for finding in result.findings]
    posts = [post for blog in blogs for post in blog.checked]
    by_path = _by(findings, "path")
    unreadable = [path for blog in blogs for path in blog.unreadable]
    lines = [*errors, *result.errors]
    counted = as_json.summary(result)
    return {
        "version": VERSION,
        "contentlint": __version__,
        "name": name,
        "date": date.today().isoformat(),
        "summary": {
            **{name: counted[name] for name in ("files", *SEVERITIES, "suppressed")},
            "words": sum(post.words for post in posts),
            "without_error": result.checked - len(_with_errors(findings)),
        },
        "work": _work(findings),
        "concerns": _concerns(findings),
        "rules": _rules(findings, rules),
        "years": _years(posts, _with_errors(findings)),
        "posts": [_post(post, by_path[post.path]) for post in posts],
        "unreadable": [{"path": path, "message": _message(path, lines)} for path in unreadable],
        "errors": lines,
        "findings": findings,
        "blog": _whole(blogs, result.findings),
        "trend": None,
    }


# ---- what is counted of the findings ------------------------------------------------------------


def _finding(finding: Finding, source: Source) -> Data:
    return {**as_json.as_data(finding, source), "excerpt": excerpt(source.text, *finding.span)}


def excerpt(text: str, start: int, end: int) -> Data:
    """What stands at a place, and around it on the same line; what is left out is `…`."""
    first = max(line_start(text, start), start - _AROUND)
    last = line_end(text, end, end + _AROUND)
    cut = start + _MARKED
    return {
        "before": ("…" if first > line_start(text, start) else "") + text[first:start],
        "marked": text[start:end] if end <= cut else text[start:cut] + "…",
        "after": text[end:last] + ("…" if line_end(text, last, last + 1) > last else ""),
    }


def _by(findings: Iterable[Data], field: str) -> defaultdict[str, list[Data]]:
    found: defaultdict[str, list[Data]] = defaultdict(list)
    for finding in findings:
        found[finding[field]].append(finding)
    return found


def _with_errors(findings: Iterable[Data]) -> set[str]:
    return {finding["path"] for finding in findings if finding["severity"] == "error"}


def _severities(findings: Iterable[Data]) -> dict[str, int]:
    counts = Counter(finding["severity"] for finding in findings)
    return {severity: counts[severity] for severity in SEVERITIES}


def _concerns(findings: Iterable[Data]) -> list[Data]:
    found: defaultdict[str, list[Data]] = defaultdict(list)
    for finding in findings:
        found[finding["rule"].split("/")[0]].append(finding)
    counted = [
        {"concern": concern, **_severities(some), "posts": len(_by(some, "path"))}
        for concern, some in found.items()
    ]
    return sorted(counted, key=lambda one: (*(-one[s] for s in SEVERITIES), one["concern"]))


def _rules(findings: Iterable[Data], rules: Iterable[Rule]) -> list[Data]:
    """The rules that have found something, those with the most findings first."""
    known = {rule.id: rule for rule in rules}
    counted = [
        {
            "rule": name,
            "summary": known[name].summary if name in known else "",
            **_severities(some),
            "posts": len(_by(some, "path")),
            "page": explain.page(known[name]) if name in known else _page_of_engine(name),
        }
        for name, some in _by(findings, "rule").items()
    ]
    return sorted(counted, key=lambda one: (-total(one), one["rule"]))


def _page_of_engine(name: str) -> str:
    """The page of a rule of a grammar engine; "" if the engine cannot be asked."""
    from contentlint.grammar import EngineError, engines

    try:
        told = engines.describe(name.partition("/")[2])
    except EngineError:
        told = None
    return f"# {name}\n\n{told}" if told else ""


def total(counted: Data) -> int:
    """How many findings are counted, of whatever severity."""
    return sum(counted[severity] for severity in SEVERITIES)


def worst_posts(data: Data) -> list[Data]:
    """The posts with findings, those with the most first."""
    some = [one for one in data["posts"] if total(one)]
    return sorted(some, key=lambda one: (-total(one), one["path"]))


def _years(posts: Iterable[Post], with_errors: set[str]) -> list[Data]:
    found: defaultdict[str, list[Post]] = defaultdict(list)
    for post in posts:
        if post.year:
            found[post.year].append(post)
    return [
        {
            "year": int(year),
            "posts": len(some),
            "with_errors": sum(post.path in with_errors for post in some),
        }
        for year, some in sorted(found.items())
    ]


def _post(post: Post, findings: Iterable[Data]) -> Data:
    return {
        "path": post.path,
        "title": post.title,
        "date": post.day or None,
        "words": post.words,
        "lix": post.lix,
        **_severities(findings),
    }


def _work(findings: Iterable[Data]) -> Data:
    """How many findings are mended with little work, and how many posts would be without error then.
    Each is counted once: by its fix, else by its only suggestion."""
    counts: Counter[str] = Counter()
    left: set[str] = set()
    for finding in findings:
        kind = effort(finding)
        counts[kind] += 1
        if kind == "other" and finding["severity"] == "error":
            left.add(finding["path"])
    mended = _with_errors(findings) - left
    kinds = {kind: counts[kind] for kind in ("fix", "unsafe_fix", "one_suggestion", "other")}
    return {**kinds, "posts": len(mended)}


def effort(finding: Data) -> str:
    """What mends a finding: a safe `fix`, an `unsafe_fix`, `one_suggestion`, or `other` work."""
    if finding["fix"]:
        return "fix" if finding["fix"]["safe"] else "unsafe_fix"
    return "one_suggestion" if len(finding["suggestions"]) == 1 else "other"


def _message(path: str, errors: Iterable[str]) -> str:
    told = (line.removeprefix(f"{path}: ") for line in errors if line.startswith(f"{path}: "))
    return next(told, "cannot be read")


# ---- the blog as a whole ------------------------------------------------------------------------


def _whole(blogs: Sequence[Gathered], findings: Sequence[Finding]) -> Data:
    posts = [post for blog in blogs for post in blog.checked]
    titles = [post for post in posts if post.title]
    networks = [linking.network(blog) for blog in blogs]
    return {
        "near_duplicates": _near_duplicates(posts),
        "titles": plain(texts.alike(posts, attrgetter("title"))),
        "descriptions": plain(texts.alike(posts, attrgetter("description"))),
        "title_lengths": plain(texts.lengths((post.title for post in titles), 10, 11)),
        "description_lengths": plain(
            texts.lengths((post.description for post in posts if post.description), 20, 13)
        ),
        "without_description": sum(not post.description for post in posts),
        "orphans": [post.path for one in networks for post in one.orphans],
        "dead_ends": [post.path for one in networks for post in one.dead_ends],
        "missing_pages": plain(
            [one for blog in blogs for one in linking.missing_pages(blog, findings)]
        ),
        "taxonomies": [one for blog in blogs for one in tags_report.as_data(blog.site)],
        "unused_images": [path for blog in blogs for path in pictures.unused(blog)],
        "alt_texts": plain([one for blog in blogs for one in pictures.described_differently(blog)]),
        "short": _extremes(posts, "words", lambda post: 0 < post.words < readability.SHORT),
        "long": _extremes(posts, "words", lambda post: post.words > readability.LONG)[::-1],
        "hard": _extremes(posts, "lix", lambda post: (post.lix or 0) >= readability.HARD)[::-1],
        "vocabulary": plain([one for blog in blogs for one in words.candidates(blog, findings)]),
    }


def _near_duplicates(posts: Iterable[Post]) -> list[Data]:
    """Groups of posts that say nearly the same, the most similar first; the oldest leads each."""
    ordered = [post for post in oldest_first(posts) if len(post.phrases) >= similar.FEWEST]
    found = similar.groups([post.phrases for post in ordered], similar.POSTS)
    told = [
        {
            "posts": [
                {"path": ordered[member.number].path, "similarity": member.similarity}
                for member in sorted(group, key=lambda one: -one.similarity)
            ]
        }
        for group in found
    ]
    return sorted(told, key=lambda one: (-one["posts"][1]["similarity"], one["posts"][0]["path"]))


def _extremes(posts: Iterable[Post], field: str, wanted: Callable[[Post], bool]) -> list[Data]:
    some = [{"path": post.path, field: getattr(post, field)} for post in posts if wanted(post)]
    return sorted(some, key=itemgetter(field, "path"))


def plain(value: Any) -> Any:
    """A value with objects in the place of named tuples, as JSON has them."""
    if hasattr(value, "_asdict"):
        return {key: plain(item) for key, item in value._asdict().items()}
    return [plain(item) for item in value] if is_list(value) else value
