"""The images of a blog: those that nothing names, and those that are described in several ways."""

from __future__ import annotations

import os
import posixpath
from collections import Counter, defaultdict
from collections.abc import Iterator

from contentlint import paths
from contentlint.audit.gather import IMAGE_NAME, Gathered
from contentlint.site import Site
from contentlint.tuples import NamedTuple

_SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg")
_NOT_OURS = ("themes/", "public/", "resources/", "_vendor/", "node_modules/", "docs/assets/")
# Themes and browsers look for these by their names.
_ASKED_BY_NAME = (
    "favicon", "apple-touch", "android-chrome", "mstile", "safari-pinned", "logo", "avatar", "og",
    "feature", "cover", "thumb", "banner", "hero", "header", "background", "icon", "card",
)  # fmt: skip
# What may name an image besides posts: templates, styles, scripts, configuration, data.
_TEXTS = (
    ".html", ".htm", ".css", ".scss", ".sass", ".less", ".styl", ".js", ".mjs", ".ts", ".jsx",
    ".tsx", ".vue", ".svelte", ".astro", ".njk", ".liquid", ".hbs", ".ejs", ".pug", ".toml",
    ".yaml", ".yml", ".json", ".xml", ".webmanifest", ".txt", ".py", ".rb", ".csv",
)  # fmt: skip


class AltTexts(NamedTuple):
    """An image with the texts that describe it, the most usual first."""

    image: str
    uses: int
    alts: list[tuple[str, int]]


def unused(blog: Gathered) -> list[str]:
    """The image files of the site that nothing names, by their paths as findings show them. One is
    named if its file name stands anywhere in a post, template, style, script or configuration."""
    tree = blog.site.links.generator.tree
    named = {name for post in blog.posts for name in post.names}
    laid_out = {posixpath.dirname(post.facts.path) for post in blog.posts if post.lays_out}
    used = {source for post in blog.posts for source, _ in _images(blog, post.facts.path)}
    left = [
        path
        for path in sorted(_published(blog.site))
        if path not in used
        and posixpath.basename(path) not in named
        and posixpath.dirname(path) not in laid_out
        and not posixpath.basename(path).lower().startswith(_ASKED_BY_NAME)
    ]
    texts = (file for file in tree.files if file.lower().endswith(_TEXTS))
    others = {name for file in texts if left for name in IMAGE_NAME.findall(tree.read(file))}
    return [_shown(blog, path) for path in left if posixpath.basename(path) not in others]


def _shown(blog: Gathered, path: str) -> str:
    return paths.show(os.path.join(blog.site.root, path))


def _published(site: Site) -> Iterator[str]:
    for outputs in site.links.built.by_name.values():
        for output in outputs:
            source = output.source
            is_image = output.kind == "file" and source.lower().endswith(_SUFFIXES)
            if is_image and not source.startswith(_NOT_OURS):
                yield source


def described_differently(blog: Gathered) -> list[AltTexts]:
    """The images with two alternative texts or more, those with the most texts first."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for post in blog.checked:
        for source, alt in _images(blog, post.facts.path):
            if alt:
                found[source][alt] += 1
    several = [
        AltTexts(
            _shown(blog, image),
            alts.total(),
            sorted(alts.items(), key=lambda one: (-one[1], one[0])),
        )
        for image, alts in found.items()
        if len(alts) > 1
    ]
    return sorted(several, key=lambda one: (-len(one.alts), one.image))


def _images(blog: Gathered, path: str) -> Iterator[tuple[str, str]]:
    """The image files that a post shows or links to, with their alternative texts."""
    page, links = blog.site.pages[path], blog.site.links
    for image in page.images:
        target = links.image(page, image).target
        if target and target.kind == "file":
            yield target.source, " ".join((image.alt or "").split())
    for link in page.links:
        target = links.link(page, link).target
        if target and target.kind == "file":
            yield target.source, ""
