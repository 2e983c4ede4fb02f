"""Links must lead somewhere on the built site."""

import re
from collections.abc import Iterator

from contentlint.api import (
    Edit,
    Example,
    Facts,
    Fix,
    Link,
    Outcome,
    Problem,
    Site,
    nearest,
    site_rule,
)

_MOST_HINTS = 10  # in a post with more broken links, something else is wrong than their spelling
_BLOG = {
    "hugo.toml": 'baseURL = "https://blog.example/"\n',
    "content/posts/glossary.md": "# Glossary\n",
}


def _of_kind(page: Facts, site: Site, *kinds: str) -> Iterator[tuple[Link, Outcome]]:
    for link in page.links:
        if link.kind != "bare":
            found = site.links.link(page, link)
            if found.kind in kinds:
                yield link, found


@site_rule(
    "links/broken",
    "a link that leads nowhere",
    examples=[
        Example(
            bad="Look it up in our [glossary](⟦./glossary/⟧).\n",
            good="Look it up in our [glossary](../glossary/).\n",
            files=_BLOG,
        ),
        Example(
            bad='See <a href="⟦coils.md⟧">coils</a> and [the list][1].\n\n[1]: ⟦list.md⟧\n',
            good='See <a href="filters.md">filters</a> and [the list][1].\n\n[1]: filters.md\n',
            files={"content/posts/filters.md": "# Filters\n"},
        ),
    ],
)
def broken(page: Facts, site: Site) -> Iterator[Problem]:
    """Readers get an error page. A link is followed as a browser follows it on the built site: from
    the URL of the page, after what the generator makes of it. So `./error-codes/` in `posts/heat.md`
    of a Hugo site asks for `/posts/heat/error-codes/`, since the page is `/posts/heat/`. Links to
    other sites are not followed; those to your own host are."""
    own = site.links.url(page)
    for link, found in _of_kind(page, site, "missing"):
        written = _short(link.written or link.destination)
        if not found.url:
            yield Problem(link.span, f"`{written}` leads nowhere: {found.note}")
            continue
        message = f"`{written}` leads to no page or file"
        if asked := site.links.asked(page, found):
            here = f" (this page is `{own}`)" if not link.destination.startswith("/") else ""
            message = (
                f"`{written}` is requested as `{_short(asked)}`{here}, and no page or file is there"
            )
        meant, is_sure = site.links.meant(page, link.destination, found)
        if meant:
            message += f"; did you mean `{meant[0]}`?"
        elif _looks_like_code(link.destination):
            message += "; if this is code, put it between backticks"
        fix = _fix(link, meant[0], safe=False) if is_sure else None
        yield Problem(link.span, message, meant, fix)


def _short(text: str) -> str:
    return text if len(text) <= 200 else text[:200] + "…"


def _fix(link: Link, right: str, *, safe: bool) -> Fix | None:
    """The destination exchanged, unless templates or entities are to be kept in it."""
    is_plain = not (
        link.written or "{" in link.destination or (link.kind == "html" and "&" in right)
    )
    return Fix((Edit(link.span, right),), safe=safe) if is_plain else None


def _looks_like_code(destination: str) -> bool:
    """`a[i](1)` and `[t](+)` are links to Markdown."""
    return re.fullmatch(r"[\d+*,;=<>|&-]+|\w{1,2}", destination) is not None


@site_rule(
    "links/anchor",
    "a link to a heading that is not there",
    examples=[
        Example(
            bad="## Costs\n\nSee [the costs](⟦#cost⟧).\n",
            good="## Costs\n\nSee [the costs](#costs).\n",
        ),
        Example(
            bad="The [terms](⟦../glossary/#term⟧).\n",
            good="The [terms](../glossary/#glossary).\n",
            files=_BLOG,
        ),
    ],
)
def anchor(page: Facts, site: Site) -> Iterator[Problem]:
    """The reader lands at the top of the page instead of the part that is meant. `#fragment` must
    be the id of a heading or element of the page that the link leads to, as the site's generator
    writes it. Pages whose templates may print more ids are left alone, and so are ids that scripts
    make: comments, routes."""
    for number, (link, found) in enumerate(_of_kind(page, site, "anchor")):
        target = site.pages.get(found.target.source) if found.target else None
        ids = site.links.sure_ids(target) if target and number < _MOST_HINTS else ()
        near = nearest(found.fragment, ids)
        right = f"{link.destination.partition('#')[0]}#{near}"
        meant = (right,) if near else ()
        where = "this post" if target and target.path == page.path else f"`{found.url}`"
        hint = f"; did you mean `#{near}`?" if near else ""
        fragment = _short(found.fragment)
        message = f"no heading or element of {where} has the id `{fragment}`{hint}"
        differs_in_case = near is not None and near.lower() == found.fragment.lower()
        fix = _fix(link, right, safe=True) if differs_in_case else None
        yield Problem(link.span, message, meant, fix)


@site_rule(
    "links/case",
    "a link with capitals that the file does not have",
    examples=[
        Example(
            bad="Look it up in our [glossary](⟦/posts/Glossary/⟧).\n",
            good="Look it up in our [glossary](/posts/glossary/).\n",
            files=_BLOG,
        )
    ],
)
def case(page: Facts, site: Site) -> Iterator[Problem]:
    """It works on macOS and Windows, where the case of letters does not count, and is an error page
    on most hosts. Write it as it is served."""
    for link, found in _of_kind(page, site, "case"):
        right = site.links.corrected(page, link.destination, found)
        hint = f"; it is `{site.links.base}{found.target.url}`" if found.target else ""
        fix = _fix(link, right, safe=True) if right else None
        yield Problem(
            link.span,
            f"`{link.destination}` is requested as `{found.url}`, and hosts tell upper from lower case{hint}",
            (right,) if right else (),
            fix,
        )


@site_rule(
    "links/draft-target",
    "a link to a page that is not published",
    examples=[
        Example(
            bad="Read [part two](⟦../part-two/⟧).\n",
            good="Read [our glossary](../glossary/).\n",
            files={**_BLOG, "content/posts/part-two.md": "---\ndraft: true\n---\n"},
        )
    ],
)
def draft_target(page: Facts, site: Site) -> Iterator[Problem]:
    """The page is there in the sources, and not on the site: a draft, one with a date to come, one
    that has expired. Publish it, or take the link out until then. Drafts may link to drafts."""
    for link, found in _of_kind(page, site, "draft"):
        source = found.target.source if found.target else ""
        yield Problem(
            link.span, f"`{link.destination}` is not published: `{source}` is {found.note}"
        )


@site_rule(
    "links/base-path",
    "a link with the path of the site missing or doubled",
    examples=[
        Example(
            bad="See the [glossary](⟦/posts/glossary/⟧) and [again](⟦/blog/blog/posts/glossary/⟧).\n",
            good="See the [glossary](/blog/posts/glossary/) and [again](../glossary/).\n",
            files={**_BLOG, "hugo.toml": 'baseURL = "https://site.example/blog/"\n'},
        )
    ],
)
def base_path(page: Facts, site: Site) -> Iterator[Problem]:
    """A site that is served below a path, as project pages on GitHub are, has that path in front of
    all its URLs. A destination that begins with `/` is not put below it by most generators."""
    for link, found in _of_kind(page, site, "base-path"):
        right = site.links.corrected(page, link.destination, found)
        yield Problem(
            link.span,
            f"`{link.destination}` is requested as `{found.url}`, with the path of the site {found.note}"
            f"; did you mean `{right}`?",
            (right,),
            _fix(link, right, safe=False),
        )


@site_rule(
    "links/empty",
    "a link without a destination",
    severity="warning",
    examples=[Example(bad="See [the manual](⟦⟧).\n", good="See [the top](#).\n")],
)
def empty(page: Facts, site: Site) -> Iterator[Problem]:
    """It leads to the page that it stands on; most often somebody meant to fill it in later."""
    for link, _ in _of_kind(page, site, "empty"):
        yield Problem(link.span, "this link has no destination")


@site_rule(
    "links/unsure",
    "a link that cannot be decided without running the site",
    severity="info",
    default=False,
    examples=[
        Example(
            bad="See [her answer](⟦#comment-12⟧).\n",
            good="See [her answer](#answer).\n\n## Answer\n",
        )
    ],
)
def unsure(page: Facts, site: Site) -> Iterator[Problem]:
    """Ids that scripts or shortcodes make, routes of themes that are not in the repository, paths
    outside of the site. How many there are is told at the end of a run; this rule shows them."""
    for link, found in _of_kind(page, site, "unsure"):
        yield Problem(link.span, f"`{_short(link.destination)}` cannot be decided: {found.note}")


@site_rule(
    "links/unused-definition",
    "a link definition that nothing refers to",
    severity="warning",
    examples=[
        Example(
            bad="See [the list][1].\n\n[1]: https://example.org/list\n⟦[2]⟧: https://example.org/more\n",
            good="See [the list][1].\n\n[1]: https://example.org/list\n",
        )
    ],
)
def unused_definition(page: Facts, site: Site) -> Iterator[Problem]:
    """Often what is left of a link whose label was changed or misspelt. Definitions that serve as
    comments are left alone, and files that are no pages: others may include them."""
    if site.links.is_page(page):
        for label, span in page.unused:
            yield Problem(span, f"nothing in this post refers to `[{label}]`")


@site_rule(
    "links/undefined-reference",
    "a reference link without a definition",
    examples=[
        Example(
            bad="See [the list][⟦lst⟧].\n\n[list]: https://example.org/list\n",
            good="See [the list][list].\n\n[list]: https://example.org/list\n",
        )
    ],
)
def undefined_reference(page: Facts, site: Site) -> Iterator[Problem]:
    """Readers see the brackets. Define the label, or write the destination in its place. Posts with
    includes and shortcodes are left alone, since the definition may stand there."""
    if site.links.is_page(page) and not page.dynamic and not site.links.generator.defines_labels:
        for label, span in page.undefined:
            yield Problem(span, f"there is no definition `[{label}]: …` in this post")
