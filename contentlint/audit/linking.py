"""How the posts of a blog hang together: which are linked to, and where links lead nowhere."""

from __future__ import annotations

import posixpath
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from contentlint.audit.gather import Gathered, Post
from contentlint.facts import Facts
from contentlint.finding import Finding
from contentlint.markdown import Link
from contentlint.site import Site
from contentlint.tuples import NamedTuple

BROKEN = "links/broken"
_LISTS = ("index", "_index", "readme")


class Network(NamedTuple):
    """The published posts to which no other post links, and those that link to no other one."""

    orphans: list[Post]
    dead_ends: list[Post]


class MissingPage(NamedTuple):
    """A page or file that links ask for and that is not there, with the number of findings, the posts
    that they are in, and the destination that was most likely meant, "" if that cannot be told."""

    target: str
    findings: int
    posts: list[str]
    likely: str


def network(blog: Gathered) -> Network:
    """Which posts are linked to by others, and which link to others. Menus, lists and tags, which
    templates make, do not count; pages that are such lists are left out."""
    reached: set[str] = set()
    leading: set[str] = set()
    for post in blog.posts:
        targets = set(_targets(post.facts, blog.site)) - {post.facts.path}
        reached |= targets
        if targets:
            leading.add(post.facts.path)
    posts = [post for post in blog.checked if _is_post(post.facts, blog.site)]
    return Network(
        [post for post in posts if post.facts.path not in reached],
        [post for post in posts if post.facts.path not in leading],
    )


def _targets(page: Facts, site: Site) -> Iterator[str]:
    """The posts that a page links to."""
    for link in page.links:
        target = site.links.link(page, link).target
        if target and target.source in site.pages:
            yield target.source


def _is_post(page: Facts, site: Site) -> bool:
    name = posixpath.basename(page.path).partition(".")[0].lower()
    is_bundle = name == "index" and posixpath.dirname(page.path).count("/") > 1
    return page.path in site.links.built.pages and (name not in _LISTS or is_bundle)


def missing_pages(blog: Gathered, findings: Iterable[Finding]) -> list[MissingPage]:
    """What the broken links of the findings ask for, the most asked first; those in posts that have
    changed since are left out."""
    posts = {post.path: post for post in blog.checked}
    links: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for finding in findings:
        if finding.rule == BROKEN and (post := posts.get(finding.path)):
            for link in post.facts.links:
                if link.span == finding.span:
                    asked, likely = _asked(post.facts, link, finding, blog.site)
                    links[asked].append((finding.path, likely))
                    break
    found = [
        MissingPage(asked, len(uses), sorted({path for path, _ in uses}), _most(uses))
        for asked, uses in links.items()
    ]
    return sorted(found, key=lambda one: (-one.findings, one.target))


def _asked(page: Facts, link: Link, finding: Finding, site: Site) -> tuple[str, str]:
    """What a link asks for, and what it should: as URLs where they are known, else as written."""
    asked = site.links.link(page, link).url or link.destination
    if not finding.suggestions:
        return asked, ""
    meant = finding.suggestions[0]
    target = site.links.link(page, link._replace(destination=meant, written="")).target
    return asked, site.links.base + target.url if target else meant


def _most(uses: Iterable[tuple[str, str]]) -> str:
    counts = Counter(likely for _, likely in uses if likely)
    return min(counts, key=lambda likely: (-counts[likely], likely), default="")
