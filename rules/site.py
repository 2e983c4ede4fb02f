"""The blog as a whole must hold together."""

from collections.abc import Iterator

from contentlint.api import Example, Facts, Problem, Site, Span, last_part, site_rule


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


def _place(page: Facts, url: str) -> Span:
    """Where the front matter sets the URL; where the text begins if it does not."""
    named = [label.span for label in page.urls if last_part(label.text) == last_part(url)]
    every = [label.span for label in page.urls]
    return (named or every or [Span(page.body, page.body)])[0]
