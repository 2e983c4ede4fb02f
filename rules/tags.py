"""A tag must be written one way."""

from __future__ import annotations

from collections.abc import Iterator

from contentlint.api import (
    Edit,
    Example,
    Facts,
    Fix,
    Options,
    Problem,
    Site,
    Tag,
    Variant,
    nearest,
    option,
    pattern,
    site_rule,
)

# What stands for itself in YAML, TOML and JSON, with quotes and without.
_PLAIN = pattern(r"[^\W\d_](?:[\w.+/&-]|#| (?=[\w&]))*")
_NO_STRINGS = frozenset({"false", "n", "no", "null", "off", "on", "true", "y", "yes"})


@site_rule(
    "tags/duplicate",
    "a tag that the post has already",
    severity="warning",
    examples=[
        Example(
            bad='---\ntags: ["Heat Pump", "Dryer", "⟦heat-pump⟧", "⟦Dryers⟧"]\n---\n',
            good='---\ntags: ["Heat Pump", "Dryer"]\n---\n',
        ),
        Example(
            syntax="YAML, a string with commas",
            bad="---\ntags: heat pump, dryer, ⟦heat pump⟧\n---\n",
            good="---\ntags: heat pump, dryer\n---\n",
        ),
        Example(
            syntax="TOML, a table as Zola has it",
            bad='+++\n[taxonomies]\ntags = ["Café", "⟦Cafe⟧"]\n+++\n',
            good='+++\n[taxonomies]\ntags = ["Café"]\n+++\n',
        ),
        Example(
            bad='{"tags": ["dryer", "⟦dryer⟧"]}\n',
            good='{"tags": ["dryer"]}\n',
        ),
        Example(
            syntax="YAML, a string of Jekyll's",
            bad="---\ntags: dryer oven ⟦dryer⟧\n---\n",
            good="---\ntags: dryer oven\n---\n",
            files={"_config.yml": "title: A blog\n", "_posts/2024-01-01-a.md": "---\n---\n"},
        ),
    ],
)
def duplicate(page: Facts, site: Site) -> Iterator[Problem]:
    """The post is listed twice on the page of such a tag, or once on each of two pages that readers
    take for one. Remove the one that is flagged: the second, or the one that fewer posts have."""
    kept: dict[tuple[str, str], Tag] = {}
    for tag in site.tags.of(page):
        key = tag.taxonomy, site.tags.key(page, tag)
        other = kept.setdefault(key, tag)
        if other is tag:
            continue
        if site.tags.posts(page, tag) > site.tags.posts(page, other):
            kept[key], tag, other = tag, other, tag
        same = "already" if other.name == tag.name else f"as `{_short(other.name)}` already"
        yield Problem(tag.span, f"`{_short(tag.name)}` stands among the {tag.taxonomy} {same}")


_BLOG = {
    "content/posts/a.md": "---\ntags: [Heat Pump, Refrigerator, Repair]\n---\n",
    "content/posts/b.md": "---\ntags: [Heat Pump, Refrigerator, Repair, C++]\n---\n",
    "content/posts/c.md": "---\ntags: [Heat Pump, Refrigerator, Repair]\n---\n",
}


@site_rule(
    "tags/variant",
    "another spelling of a tag of the blog",
    severity="warning",
    examples=[
        Example(
            bad="---\ntags: [⟦heat-pump⟧, ⟦Repairs⟧, C]\n---\n",
            good="---\ntags: [Heat Pump, Repair, C]\n---\n",
            files=_BLOG,
        ),
        Example(
            bad='+++\ntags = ["⟦Refridgerator⟧"]\n+++\n',
            good='+++\ntags = ["Refrigerator"]\n+++\n',
            files=_BLOG,
        ),
        Example(
            bad='{"tags": ["⟦What?⟧"]}\n',
            good='{"tags": ["What"]}\n',
            files={"hugo.toml": "", "content/posts/a.md": "---\ntags: [What]\n---\n"},
        ),
        Example(
            bad="---\ntags: [⟦Golang⟧]\n---\n",
            good="---\ntags: [Go]\n---\n",
            settings={"tags": {"aliases": {"Golang": "Go"}}},
        ),
    ],
)
def variant(page: Facts, site: Site) -> Iterator[Problem]:
    """Tags that differ in case, blanks, dashes, `&` and `and`, accents, plural or by a slip make two
    tag pages with half of the posts each; or, if their pages have the same URL, one under two names.
    The spelling that most posts use is suggested.

    A slip is only reported of a tag that is rare beside the other, and no word in English. Two tags
    that are both right are told apart in the configuration, which also says what else is one tag:

        [tags]
        distinct = ["ReAct"]
        aliases = { Golang = "Go" }
    """
    tags = site.tags.of(page)
    names = {(tag.taxonomy, tag.name) for tag in tags}
    seen: set[tuple[str, str]] = set()
    for tag in tags:
        key = tag.taxonomy, site.tags.key(page, tag)
        found = site.tags.variant(page, tag)
        if found is None or key in seen:  # what is seen again is a duplicate
            continue
        seen.add(key)
        has_both = (tag.taxonomy, found.usual) in names
        posts = found.posts - has_both
        if has_both and found.kind in ("spelling", "configured"):
            continue  # a duplicate
        if posts or found.kind == "configured":
            is_clear = found.kind != "url" and not has_both
            fix = _fix(tag, found, site) if is_clear else None
            yield Problem(tag.span, _message(tag, found, posts), (found.usual,), fix)


_MOSTLY = 4  # times as many posts write a tag in one way that is no matter of taste


def _message(tag: Tag, found: Variant, posts: int) -> str:
    name, usual = _short(tag.name), _short(found.usual)
    if found.kind == "configured":
        return f"`{name}` is `{usual}` in the configuration"
    many = "another post" if posts == 1 else f"{posts} other posts"
    writes = "writes" if posts == 1 else "write"
    if found.kind == "slip":
        return f"`{name}` may be a slip: {many} {writes} `{usual}`"
    if found.kind == "url":
        return f"the page of `{name}` has the same URL as that of `{usual}`, which {many} {writes}"
    return f"`{name}`: {many} {writes} `{usual}`"


def _short(name: str) -> str:
    return name if len(name) <= 80 else name[:80] + "…"


def _fix(tag: Tag, found: Variant, site: Site) -> Fix | None:
    """The tag exchanged, if what is to be written needs no quotes or escapes. No human eye is
    needed if the page of the tag stays where it is, hardly any other post writes it so, and no
    capitals are lost that may mean something (`ReAct`)."""
    usual = found.usual
    is_plain = _PLAIN.fullmatch(usual) and usual.lower() not in _NO_STRINGS
    if not is_plain or (tag.in_string and site.tags.at_blanks and " " in usual):
        return None
    is_rare = found.posts >= _MOSTLY * found.others
    loses_capitals = usual.islower() and tag.name[1:].lower() != tag.name[1:]
    is_clear = found.kind == "configured" or (is_rare and not loses_capitals)
    safe = is_clear and site.tags.have_one_url(tag.taxonomy, tag.name, usual)
    return Fix((Edit(tag.span, usual),), safe=safe)


# ---- what the configuration asks for -----------------------------------------------------------


@site_rule(
    "tags/unknown",
    "a tag that is not on your list",
    examples=[
        Example(
            bad="---\ntags: [Dryer, ⟦Driers⟧, ⟦Wine⟧]\ncategories: [News]\n---\n",
            good="---\ntags: [Dryer, Oven]\ncategories: [News]\n---\n",
            settings={"tags": {"canonical": {"tags": ["Dryer", "Oven"]}}},
        ),
    ],
)
def unknown(page: Facts, site: Site) -> Iterator[Problem]:
    """A blog that has decided on its tags can write them down:

        [tags.canonical]
        tags = ["Dryer", "Oven"]
        categories = ["Guides", "News"]

    Any other tag is reported, with the nearest one of the list. Of a taxonomy that is not there,
    nothing is. Other spellings of a tag on the list are tags/variant.
    """
    for tag in site.tags.of(page):
        canonical = site.tags.canonical(tag.taxonomy)
        if canonical and tag.name not in canonical and site.tags.variant(page, tag) is None:
            near = nearest(tag.name, canonical)
            hint = f"; nearest: `{near}`" if near else ""
            yield Problem(
                tag.span,
                f"`{_short(tag.name)}` is none of your {tag.taxonomy}{hint}",
                (near,) if near else (),
            )


class NumberOptions(Options):
    least: dict[str, int] = option({}, "How many terms each post needs, by taxonomy.")
    most: dict[str, int] = option({}, "How many terms a post may have, by taxonomy.")


@site_rule(
    "tags/number",
    "too few tags, or too many",
    severity="warning",
    options=NumberOptions,
    examples=[
        Example(
            bad="---\ntags: [Dryer, Oven, ⟦Noise⟧, Water]\n---\n",
            good="---\ntags: [Dryer, Oven]\n---\n",
            options={"most": {"tags": 2}},
        ),
        Example(
            bad="⟦---⟧\ntitle: Coils\n---\n",
            good="---\ntitle: Coils\ntags: Dryer\n---\n",
            options={"least": {"tags": 1}},
        ),
    ],
)
def number(page: Facts, site: Site, options: NumberOptions) -> Iterator[Problem]:
    """How many tags are too many is for the blog to say; without options nothing is reported, and
    nothing of files without front matter.

        [rules."tags/number"]
        least = { tags = 1 }
        most = { tags = 6, categories = 1 }

    The first one too many is flagged, or the beginning of the front matter.
    """
    if page.front is None:
        return
    for taxonomy in {**options.least, **options.most}:
        tags = [tag for tag in site.tags.of(page) if tag.taxonomy == taxonomy]
        least, most = options.least.get(taxonomy, 0), options.most.get(taxonomy, len(tags))
        if len(tags) > most:
            told = f"there are {len(tags)} {taxonomy}; at most {most} are wanted"
            yield Problem(tags[most].span, told)
        elif len(tags) < least:
            found = f"only {len(tags)}" if tags else "no"
            yield Problem(
                page.opening, f"there are {found} {taxonomy}; at least {least} are wanted"
            )
