"""Images must say what they show.

Readers who cannot see an image, and search engines, get its alternative text instead. Describe what
matters in the image, as you would on the telephone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from contentlint.api import (
    Example,
    Facts,
    Image,
    Options,
    Problem,
    Site,
    option,
    pattern,
    plain_words,
    site_rule,
)

_OF_LINK = "say where the link leads, or what the image shows"


@site_rule(
    "alt-text/missing",
    "an image without alternative text",
    severity="warning",
    examples=[
        Example(
            syntax="Markdown",
            bad="![⟦⟧](cat.png)\n\n![⟦⟧][line]\n\n[line]: line.png\n",
            good="![A cat asleep](cat.png)\n\n![][line]<!-- decorative -->\n\n[line]: line.png\n",
        ),
        Example(
            syntax="HTML",
            bad='⟦<img src="cat.png">⟧\n',
            good='<img src="cat.png" alt="A cat asleep"> <img src="line.png" alt="">\n',
        ),
        Example(
            syntax="HTML",
            bad='<picture><source srcset="cat.webp">⟦<img src="cat.png">⟧</picture>\n',
            good='<picture><source srcset="cat.webp"><img src="cat.png" alt="A cat"></picture>\n',
        ),
        Example(
            syntax="HTML, SVG",
            bad='⟦<svg role="img" viewBox="0 0 9 9">⟧<path d="M0 0"/></svg>\n',
            good='<svg role="img" viewBox="0 0 9 9"><title>A cat</title><path d="M0 0"/></svg>\n',
        ),
        Example(
            syntax="shortcode of Hugo",
            bad='⟦{{< figure src="cat.png" >}}⟧\n',
            good='{{< figure src="cat.png" alt="A cat asleep" >}}\n',
        ),
        Example(
            syntax="include of Jekyll",
            bad='⟦{% include figure.html image_path="cat.png" %}⟧\n',
            good='{% include figure.html image_path="cat.png" alt="A cat asleep" %}\n',
        ),
        Example(
            syntax="MDX",
            bad="⟦<Image src={cat} />⟧\n\n![⟦⟧](line.png)\n",
            good='<Image src={cat} alt="A cat asleep" />\n\n![](line.png){/* decorative */}\n',
            path="content/posts/example.mdx",
        ),
        Example(
            syntax="shortcode and component of your own",
            bad='⟦{{< photo "cat.png" >}}⟧\n\n⟦<Photo file="cat.png" />⟧\n',
            good='{{< photo "cat.png" "A cat asleep" >}}\n\n<Photo file="cat.png" text="A cat" />\n',
            settings={
                "images": {
                    "elements": [
                        {"name": "photo", "source": "0", "alt": "1"},
                        {"name": "Photo", "source": "file", "alt": "text"},
                    ]
                }
            },
        ),
        Example(
            syntax="Markdown and HTML, in a link",
            bad='[![⟦⟧](dryer.png)](/dryers/)\n<a href="/ovens/"><img src="oven.png" alt="⟦⟧"></a>\n',
            good="[![Dryers](dryer.png)](/dryers/) [![](oven.png)<!-- decorative --> Ovens](/ovens/)\n",
        ),
        Example(
            bad="---\ncover:\n  image: ⟦cat.png⟧\n---\n",
            good="---\ncover:\n  image: cat.png\n  alt: A cat asleep\n---\n",
            files={
                f"content/posts/{name}.md": "---\ncover: {image: dog.png, alt: A dog}\n---\n"
                for name in "abc"
            },
        ),
    ],
)
def missing(page: Facts, site: Site) -> Iterator[Problem]:
    """Describe what matters in the image. One that only decorates says so: in HTML by `alt=""`,
    `role="presentation"` or `aria-hidden="true"`, in Markdown by a comment right behind it,
    `![](line.png)<!-- decorative -->`, or `{/* decorative */}` in MDX.

    An image that is all there is of a link is the name of the link, so it cannot be decoration: say
    where the link leads. Images that the front matter names need a text if most posts of the blog
    have one; elsewhere the theme may not ask for it.
    """
    for image in page.images:
        if image.kind == "front-matter":
            if image.alt is None and site.describes_images(image.key):
                yield Problem(
                    image.alt_span, "this image has no alternative text, which other posts have"
                )
        elif image.names_link and not image.alt:
            told = f"this image is all there is of a link, and has no text; {_OF_LINK}"
            yield Problem(image.alt_span, told)
        elif image.alt is None and not image.decorative:
            yield Problem(image.alt_span, "this image has no alternative text; describe it")


class UnhelpfulOptions(Options):
    generic: tuple[str, ...] = option(
        (
            "image", "img", "picture", "pic", "photo", "photograph", "screenshot", "screen shot",
            "figure", "fig", "graphic", "cover", "cover image", "cover photo", "banner", "header image",
            "hero image", "post image", "blog image", "thumbnail", "featured image", "alt", "alt text",
            "untitled", "todo", "tbd", "fixme", "placeholder", "placeholder image", "image placeholder", "image description",
            "image alt", "image alt text", "insert alt text", "insert alt text here",
            "image description here", "enter image description here", "bild", "foto", "imagen",
            "imagem", "图片", "截图", "在这里插入图片描述",
        ),
        "Texts that say nothing, whatever the image; articles and numbers aside.",
    )  # fmt: skip
    longest: int = option(500, "How many characters a text may have; 0: any number.")


@site_rule(
    "alt-text/unhelpful",
    "an alternative text that does not say what the image shows",
    options=UnhelpfulOptions,
    severity="warning",
    examples=[
        Example(
            bad="![⟦screenshot⟧](a.png) ![⟦IMG_2041.jpg⟧](IMG_2041.jpg) ![⟦Photo of⟧](b.png)\n",
            good="![The settings page with the Wi-Fi menu open](a.png)\n",
        ),
        Example(
            syntax="HTML and Markdown",
            bad='<img src="a.png" alt="⟦…⟧"> ![⟦😀😀⟧](b.png)\n',
            good="![A laughing face](b.png)\n",
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
        Example(
            syntax="shortcode of Hugo",
            bad='{{< figure src="a.png" alt="⟦A dusty coil⟧" caption="A dusty coil" >}}\n',
            good='{{< figure src="a.png" alt="A brush on fins" caption="A dusty coil" >}}\n',
        ),
        Example(
            syntax="HTML",
            bad="<figure>\n<img src='a.png' alt='⟦A dusty coil⟧'>\n"
            "<figcaption>A <b>dusty</b> coil.</figcaption>\n</figure>\n",
            good="<figure>\n<img src='a.png' alt='A brush on fins'>\n"
            "<figcaption>A <b>dusty</b> coil.</figcaption>\n</figure>\n",
        ),
        Example(
            bad="![⟦A dusty coil⟧](a.png)\n*A dusty coil*\n",
            good="![A brush on fins](a.png)\n*A dusty coil*\n",
        ),
    ],
)
def unhelpful(page: Facts, site: Site, options: UnhelpfulOptions) -> Iterator[Problem]:
    """A file name, an address, "image", nothing but punctuation or emoji, a copy of the post's title,
    its keywords, the caption or the text beside it, or another image's text tells a reader nothing
    about this image; and a text that goes on and on belongs beside the image, for all to read.

    Several images of a post may have one text if they are a light and a dark version, or sizes, of
    one; or if the text is one that the blog gives images in other posts as well, such as `avatar`.
    """
    described: dict[tuple[str, ...], str] = {}
    for image in page.images:
        alt = image.alt or ""
        if not alt or "{" in alt:
            continue
        words = tuple(plain_words(alt))
        reason = _reason(image, words, page, options)
        is_single = not _is_emoji(image) and not _ONLY_DARK.search(image.destination)
        if reason is None and words and is_single:
            shown = _shown(image.destination)
            if described.setdefault(words, shown) != shown and not site.is_fixed_alt(alt):
                reason = "another image of this post has the same text"
        if reason is not None:
            where = _OF_LINK if image.names_link else "say what this image shows"
            if image.echo == "text" and not image.names_link:
                where += ", or that it decorates"
            yield Problem(image.alt_span, f"{reason}; {where}")


_FILE_NAME = pattern(r"[\w()@%.-]+\.(?:png|jpe?g|gif|webp|svg|avif|bmp|heic)", re.IGNORECASE)
_ADDRESS = pattern(r"(?:https?://|www\.|data:)\S+", re.IGNORECASE)
# What cameras and programs name their pictures: IMG_2041 (1), Screenshot 2024-01-01 at 10.00.png
_CAMERA_NAME = pattern(
    r"(?:img|dsc[nf]?|pxl|mvi|screenshot|screen shot|bildschirmfoto|capture)[ _-]?\d"
    r"(?:[\d_ .:()~-]|at|um|[ap]m|copy|edited|png|jpe?g|heic)*",
    re.IGNORECASE,
)
_SAYS_NOTHING = frozenset({"a", "an", "the", "of"})
_FIRST_EMOJI = "\U0001f000"
_NAME = 2  # words of a title that is rather the name of a thing
_MOST_MORE = 3  # other words after the title, as in "(screenshot)", that make it no other text
_VERSION = pattern(r"(?:[_.@-](?:small|medium|large|thumb|mobile|desktop|[1-4]x|\d+x\d+|\d+w))+$")
_THEME = pattern(r"[_.@/-]*(?<![^\W_])(?:dark|light)(?:[_-]?(?:mode|theme))?(?![^\W_])")
_ONLY_DARK = pattern(r"#(?:only-dark|gh-dark-mode-only)$", re.IGNORECASE)  # Material, GitHub
_IMAGE = pattern(r"\.(?:png|jpe?g|gif|webp|svg|avif)$")


def _reason(
    image: Image, words: tuple[str, ...], page: Facts, options: UnhelpfulOptions
) -> str | None:
    alt = (image.alt or "").strip()
    if _is_generic(alt, words, options) and not _is_emoji(image):
        return f"`{_short(alt)}` says nothing"
    if _FILE_NAME.fullmatch(alt) or _CAMERA_NAME.fullmatch(alt) or _is_file(alt, image):
        return f"`{_short(alt)}` is a file name"
    if _ADDRESS.fullmatch(alt):
        return f"`{_short(alt)}` is an address"
    if _repeats(words, tuple(plain_words(page.title)), _stem(image)):
        return "this repeats the title of the post"
    if words in _keywords(page):
        return "this repeats the keywords of the post"
    if image.echo == "caption":
        return "this repeats the caption"
    if image.echo == "text":
        return "this repeats the text beside it"
    if options.longest and len(alt) > options.longest:
        return f"this is {len(alt):,} characters long, and will be read out without a pause"
    return None


def _is_generic(alt: str, words: tuple[str, ...], options: UnhelpfulOptions) -> bool:
    if not words:
        # Signs such as → and ✓ may well be what an image shows; marks and pictograms are not.
        return all(c.isspace() or c >= _FIRST_EMOJI or c in _JOINERS or _is_mark(c) for c in alt)
    rest = [word for word in words if word not in _SAYS_NOTHING and not word.isdigit()]
    return " ".join(rest) in options.generic or " ".join(words) in options.generic


_JOINERS = "\u200d\ufe0f"


def _is_mark(character: str) -> bool:
    import unicodedata

    return unicodedata.category(character).startswith("P")


def _is_emoji(image: Image) -> bool:
    """Whether an image stands for an emoji, of which there may be many, and with it as text."""
    return "emoji" in image.destination.lower()


def _repeats(words: tuple[str, ...], title: tuple[str, ...], stem: str) -> bool:
    """Whether a text is the title, or little more than that. A title that is a name may well be what
    the image shows, all the more if the file has it, too: `Apple pie tarts` for `apple-pie-tarts-1.jpg`.
    """
    if words == title:
        named = tuple(word for word in plain_words(stem.replace("_", "-")) if not word.isdigit())
        return not _is_name(title, _NAME) and (named != title or not _is_name(title, _NAME + 1))
    more = [word for word in words[len(title) :] if word not in title]
    return len(title) > _NAME + 1 and len(more) <= _MOST_MORE and words[: len(title)] == title


def _is_name(title: tuple[str, ...], most: int) -> bool:
    """Whether a title is so short that it is rather the name of a thing than a sentence. Chinese and
    Japanese write no blanks."""
    return len(title) <= most and (
        len(title) != 1 or title[0].isascii() or len(title[0]) <= 2 * most
    )


def _file(image: Image) -> str:
    return unquote(image.destination).partition("?")[0].rsplit("/", 1)[-1]


def _stem(image: Image) -> str:
    """The name of the image's file, without its suffix."""
    return _file(image).rsplit(".", 1)[0]


def _is_file(alt: str, image: Image) -> bool:
    """Whether a text is the name of the file, and looks like one: `Coil (1).jpg`, `heat-pump-coil`,
    `chart_2`, but not `Coil` or `Covid-19`."""
    stem = _stem(image)
    if "." in alt and alt.casefold() == _file(image).casefold():
        return True
    if any(map(str.isspace, alt)) or list(plain_words(alt)) != list(plain_words(stem)):
        return False
    parts = alt.replace("_", "-").split("-")
    return len(parts) > 2 or (alt == stem == alt.lower() and (len(parts) > 1 or not alt.isalpha()))


def _keywords(page: Facts) -> list[tuple[str, ...]]:
    """Each of the keywords that has several words, and all of them together."""
    several = [keywords for keywords in page.keywords if " " in keywords]
    return [tuple(plain_words(text)) for text in (*several, " ".join(page.keywords)) if " " in text]


def _shown(destination: str) -> str:
    """What two versions of an image have in common: light and dark, small and large."""
    path = destination.lower().partition("#")[0]
    plain = path.partition("?")[0]
    if not _IMAGE.search(plain):
        return path  # an address that makes images, with parameters
    return _VERSION.sub("", _THEME.sub("", _IMAGE.sub("", plain))).strip("_.@/-")


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:80] + "…"
