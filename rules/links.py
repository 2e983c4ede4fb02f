"""Links must lead somewhere on the built site."""

from collections.abc import Iterator
from urllib.parse import unquote

from contentlint.api import (
    Example,
    Facts,
    Problem,
    Site,
    local_path,
    loose_id,
    names_a_file,
    nearest,
    site_rule,
)

_MOST_HINTS = 10  # in a post with more broken anchors, something else is wrong than their spelling


@site_rule(
    "links/broken",
    "a relative link that leads nowhere",
    examples=[
        Example(
            bad="Look it up in our [glossary](⟦./error-codes/⟧).\n",
            good="Look it up in our [glossary](../glossary/).\n",
            files={"content/posts/glossary.md": "# Glossary\n", "hugo.toml": ""},
        ),
        Example(
            bad='See <a href="⟦coils.md⟧">coils</a> and [the list][1].\n\n[1]: ⟦list.md⟧\n',
            good='See <a href="filters.md">filters</a> and [the list][1].\n\n[1]: filters.md\n',
            files={"content/posts/filters.md": "# Filters\n"},
        ),
    ],
)
def broken(page: Facts, site: Site) -> Iterator[Problem]:
    """A relative link is followed from the folder of the source file and from the URL of the page;
    it is reported if both lead to no file and no page. Links to other sites are not followed."""
    for link in page.links:
        path = local_path(link.destination)
        if path is None or link.kind in ("autolink", "bare"):
            continue
        if path.startswith("/") and not names_a_file(path):
            continue  # what is served there is known to the generator alone
        if not site.finds(page, path) and not site.may_move(path):
            yield Problem(link.span, f"`{link.destination}` leads to no page or file of this site")


@site_rule(
    "links/anchor",
    "a link to a heading that is not there",
    examples=[
        Example(
            bad="## Costs\n\nSee [the costs](⟦#cost⟧).\n",
            good="## Costs\n\nSee [the costs](#costs).\n",
        ),
        Example(
            bad='<a id="top-ten"></a>\n\nThe [top ten](⟦#top-tne⟧).\n',
            good='<a id="top-ten"></a>\n\nThe [top ten](#top-ten).\n',
        ),
    ],
)
def anchor(page: Facts, site: Site) -> Iterator[Problem]:
    """`#fragment` must be the id of a heading or element of the same post. Pages whose templates
    may print more ids are left alone."""
    if page.dynamic:
        return
    told = 0
    known = {loose_id(name) for name in page.ids}
    for link in page.links:
        fragment = unquote(link.destination[1:])
        if link.destination[:1] != "#" or not loose_id(fragment) or _is_made_at_run_time(fragment):
            continue
        if loose_id(fragment) not in known:
            near = nearest(fragment, page.ids) if told < _MOST_HINTS else None
            told += 1
            hint = f"; did you mean `#{near}`?" if near else ""
            message = f"no heading or element of this post has the id `{fragment}`{hint}"
            yield Problem(link.span, message, (f"#{near}",) if near else ())


def _is_made_at_run_time(fragment: str) -> bool:
    """Footnotes, comments, routes of single-page applications, text fragments."""
    return fragment.lower() == "top" or fragment.startswith(("fn", "comment", "/", "!", ":~:"))
