"""Images must say what they show.

Readers who cannot see an image, and search engines, get its alternative text instead. Describe what
matters in the image, as you would on the telephone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from contentlint.api import (
    Document,
    Example,
    Facts,
    Image,
    Options,
    Problem,
    Site,
    file_rule,
    option,
    plain_words,
    site_rule,
)


@file_rule(
    "alt-text/missing",
    "an image without alternative text",
    severity="warning",
    examples=[
        Example(bad="![⟦⟧](cat.png)\n", good="![A cat asleep](cat.png)\n"),
        Example(
            bad='⟦<img src="cat.png">⟧\n',
            good='<img src="cat.png" alt="A cat asleep"> <img src="line.png" alt="">\n',
        ),
        Example(
            bad='⟦{{< figure src="cat.png" >}}⟧\n',
            good='{{< figure src="cat.png" alt="A cat asleep" >}}\n',
        ),
    ],
)
def missing(document: Document) -> Iterator[Problem]:
    """Describe what matters in the image. One that only decorates says so in HTML, by `alt=""`,
    `role="presentation"` or `aria-hidden="true"`."""
    for image in document.images:
        if image.alt is None and not image.decorative and image.kind != "front-matter":
            yield Problem(image.alt_span, "this image has no alternative text; describe it")


class UnhelpfulOptions(Options):
    generic: tuple[str, ...] = option(
        (
            "image", "img", "picture", "photo", "photograph", "screenshot", "screen shot", "figure",
            "graphic", "cover", "cover image", "banner", "thumbnail", "featured image", "alt",
            "alt text", "untitled", "placeholder", "image description", "image alt text",
        ),
        "Texts that say nothing, whatever the image.",
    )  # fmt: skip


@site_rule(
    "alt-text/unhelpful",
    "an alternative text that does not say what the image shows",
    options=UnhelpfulOptions,
    severity="warning",
    examples=[
        Example(
            bad="![⟦screenshot⟧](a.png) ![⟦IMG_2041.jpg⟧](IMG_2041.jpg)\n",
            good="![The settings page with the Wi-Fi menu open](a.png)\n",
        ),
        Example(
            bad="---\ntitle: Clean your own coils\nkeywords: coil, cleaning\ncover:\n"
            "  image: a.png\n  alt: ⟦Coil cleaning⟧\n---\n![⟦Clean your own coils - a guide⟧](b.png)\n",
            good="---\ntitle: Clean your own coils\nkeywords: coil, cleaning\ncover:\n"
            "  image: a.png\n  alt: A brush on a dusty coil\n---\n",
        ),
        Example(
            bad="![A dusty coil](a.png) ![⟦A dusty coil⟧](b.png)\n",
            good="![A dusty coil](a.png) ![The coil after cleaning](b.png)\n",
        ),
    ],
)
def unhelpful(page: Facts, site: Site, options: UnhelpfulOptions) -> Iterator[Problem]:
    """A file name, "image", a copy of the post's title, its keywords or another image's text
    tells a reader nothing about this image."""
    described: dict[tuple[str, ...], str] = {}
    for image in page.images:
        words = tuple(plain_words(image.alt or ""))
        if not words or "{" in (image.alt or ""):
            continue
        reason = _reason(image, words, page, options)
        if reason is None and described.setdefault(words, image.destination) != image.destination:
            reason = "another image of this post has the same text"
        if reason is not None:
            yield Problem(image.alt_span, f"{reason}; say what this image shows")


_FILE_NAME = re.compile(r"[\w-]+\.(?:png|jpe?g|gif|webp|svg|avif|bmp|heic)", re.IGNORECASE)
_CAMERA_NAME = re.compile(
    r"(?:img|dsc[nf]?|pxl|mvi|screenshot|screen shot)[ _-]?\d[\w -]*", re.IGNORECASE
)


def _reason(
    image: Image, words: tuple[str, ...], page: Facts, options: UnhelpfulOptions
) -> str | None:
    alt = (image.alt or "").strip()
    name = unquote(image.destination).rsplit("/", 1)[-1].rsplit(".", 1)[0]
    if " ".join(words) in options.generic:
        return f"`{alt}` says nothing"
    if _FILE_NAME.fullmatch(alt) or _CAMERA_NAME.fullmatch(alt):
        return f"`{alt}` is a file name"
    if words == tuple(plain_words(name)) and (len(words) == 1 or " " not in alt):
        return f"`{alt}` is the name of the file"
    title = tuple(plain_words(page.title))
    if title and (words == title or (len(title) >= 4 and words[: len(title)] == title)):
        return "this repeats the title of the post"
    if any(words == tuple(plain_words(keywords)) for keywords in page.keywords if " " in keywords):
        return "this repeats the keywords of the post"
    return None
