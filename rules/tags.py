"""A tag must be written one way."""

from collections.abc import Iterator

from contentlint.api import Example, Facts, Problem, Site, site_rule, tag_key


@site_rule(
    "tags/duplicate",
    "a tag that the post has already",
    severity="warning",
    examples=[
        Example(
            bad='---\ntags: ["Heat Pump", "Dryer", "⟦heat-pump⟧"]\n---\n',
            good='---\ntags: ["Heat Pump", "Dryer"]\n---\n',
        ),
        Example(
            bad="---\ntags: heat pump, dryer, ⟦heat pump⟧\n---\n",
            good="---\ntags: heat pump, dryer\n---\n",
        ),
    ],
)
def duplicate(page: Facts, site: Site) -> Iterator[Problem]:
    """The post is listed twice on the page of such a tag, or once on each of two pages that readers
    take for one. Remove the second."""
    seen: dict[tuple[str, str], str] = {}
    for tag in page.tags:
        key = tag.taxonomy, tag_key(tag.name)
        first = seen.get(key)
        if first is None:
            seen[key] = tag.name
        else:
            same = "already" if first == tag.name else f"as `{first}` already"
            yield Problem(tag.span, f"`{tag.name}` stands among the {tag.taxonomy} {same}")


@site_rule(
    "tags/variant",
    "another spelling of a tag of the blog",
    severity="warning",
    examples=[
        Example(
            bad="---\ntags: [⟦heat-pump⟧, C]\n---\n",
            good="---\ntags: [Heat Pump, C]\n---\n",
            files={
                "content/posts/a.md": "---\ntags: [Heat Pump]\n---\n",
                "content/posts/b.md": "---\ntags: [Heat Pump, C++]\n---\n",
            },
        )
    ],
)
def variant(page: Facts, site: Site) -> Iterator[Problem]:
    """Spellings that differ in case, blanks, dashes or plural make two tag pages with half of the
    posts each. The spelling that most posts use is suggested."""
    own = {(tag.taxonomy, tag.name): tag.span for tag in reversed(page.tags)}  # the first of each
    for (taxonomy, name), place in own.items():
        spellings = site.tags[taxonomy, tag_key(name)]
        usual = max(spellings, key=lambda other: (spellings[other], _capitals(other), other))
        others = spellings[usual] - ((taxonomy, usual) in own)
        if name != usual and others:
            posts = "another post writes" if others == 1 else f"{others} other posts write"
            yield Problem(place, f"`{name}`: {posts} `{usual}`", (usual,))


def _capitals(name: str) -> int:
    """Of two spellings that are as frequent, the one with capitals looks more like a choice."""
    return sum(map(str.isupper, name))
