"""The blog as a whole must hold together."""

import json
from collections.abc import Iterator

from contentlint.api import (
    Edit,
    Example,
    Facts,
    Fix,
    Problem,
    Site,
    Span,
    last_part,
    site_rule,
)


@site_rule(
    "site/duplicate-url",
    "a URL that another page claims, too",
    examples=[
        Example(
            bad="---\ntitle: Filters\nslug: ⟦clean-filters⟧\n---\n",
            good="---\ntitle: Filters\nslug: filters\n---\n",
            files={
                "hugo.toml": "",
                "content/posts/clean-filters.md": "---\ntitle: Clean them\n---\n",
            },
        ),
        Example(
            bad="---\naliases: [/old/, ⟦/posts/heat/⟧]\n---\n",
            good="---\naliases: [/old/]\n---\n",
            files={"hugo.toml": "", "content/posts/heat.md": ""},
        ),
    ],
)
def duplicate_url(page: Facts, site: Site) -> Iterator[Problem]:
    """Two posts, or a post and an alias, with one URL: the generator writes one over the other, and
    readers never see it. Give one of them another slug, or take out the alias."""
    for url, other in site.links.built.rivals(page.path):
        yield Problem(
            _place(page, url),
            f"`{url}` is the URL of `{other}` as well; only one of them will be there",
        )


@site_rule(
    "site/removed-url",
    "a URL that was published and is gone",
    compares=True,
    examples=[
        Example(
            bad="---\ntitle: On heat\n---\n⟦⟧A pump moves it.\n",
            good="---\ntitle: On heat\naliases: [/posts/heat/]\n---\nA pump moves it.\n",
            path="content/posts/heat-pumps.md",
            files={"hugo.toml": ""},
            before={"content/posts/heat.md": "---\ntitle: On heat\n---\nA pump moves it.\n"},
        ),
        Example(
            bad="---\nslug: ⟦pumps⟧\n---\nA pump moves heat.\n",
            good="---\nslug: pumps\naliases: [/posts/heat]\n---\nA pump moves heat.\n",
            files={"hugo.toml": ""},
            before={"content/posts/example.md": "---\nslug: heat\n---\nA pump moves heat.\n"},
        ),
    ],
)
def removed_url(page: Facts, site: Site) -> Iterator[Problem]:
    """Whoever has linked to the page, and search engines, get an error from now on. If the page has
    moved, give it the old URL as an alias; if it is gone, let the page that is nearest to it have the
    alias, or let your host redirect it.

    This is found only by a run with `--diff-base`, which compares the blog with what it was. What has
    an alias or a redirect by the host is not reported, nor is what only the built site would show."""
    before = site.before
    was = before.page(page) if before else page
    if before is None or was is None:
        return
    is_gone = page.path not in site.pages
    lost = [url for url in before.site.links.published(was) if not site.links.answers(url)]
    for number, url in enumerate(lost):
        where = "this post is gone" if is_gone else f"this post is {_now(page, site)} now"
        yield Problem(
            _place(page, url),
            f"`{before.site.links.base}{url}` was published and leads nowhere now; {where}",
            fix=_aliases(page, lost, site) if not is_gone and number == 0 else None,
        )


def _now(page: Facts, site: Site) -> str:
    absent = site.links.built.absent.get(page.path)
    return absent.note if absent else f"`{site.links.url(page) or page.path}`"


def _aliases(page: Facts, urls: list[str], site: Site) -> Fix | None:
    """The URLs as aliases, in front matter that has none, before its first key."""
    key = site.links.generator.alias_key
    has_one = any(own.name == key for own in page.keys)
    sign = {"yaml": ":", "toml": " ="}.get(page.syntax)
    if not key or not sign or has_one or not page.keys or page.path not in site.links.built.pages:
        return None
    first = page.keys[0].span.start
    if first != page.opening.end + 1:  # else it is not known how lines end here
        return None
    line = f"{key}{sign} {json.dumps(urls, ensure_ascii=False)}\n"
    return Fix((Edit(Span(first, first), line),), safe=False)


def _place(page: Facts, url: str) -> Span:
    """Where the front matter sets the URL; where the text begins if it does not."""
    named = [label.span for label in page.urls if last_part(label.text) == last_part(url)]
    every = [label.span for label in page.urls]
    return (named or every or [Span(page.body, page.body)])[0]
