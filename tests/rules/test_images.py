"""Images that are not there."""

import pytest

from contentlint.plugins import bundled
from contentlint.testing import flags, silent

RULES = {rule.id: rule for rule in bundled()}
missing_file, size = RULES["images/missing-file"], RULES["images/size"]
dimensions, format_ = RULES["images/dimensions"], RULES["images/format"]
BLOG = {
    "hugo.toml": "",
    "static/img/a.png": "",
    "content/posts/example/b.png": "",
    "assets/c.png": "",
    "static/posts/plain/d.png": "",
}
BUNDLE = {"files": BLOG, "path": "content/posts/example/index.md"}


@pytest.mark.parametrize("path", ["/img/a.png", "b.png", "./b.png", "../../img/a.png"])
def test_images_are_found_where_browsers_find_them(path):
    silent(missing_file, f"![Words]({path})\n", **BUNDLE)


@pytest.mark.parametrize("path", ["/img/a.png", "img/a.png", "b.png", "c.png", "/c.png"])
def test_themes_and_shortcodes_look_for_images_in_more_places(path):
    silent(missing_file, f"---\ncover:\n  image: {path}\n---\n", **BUNDLE)
    silent(missing_file, f'{{{{< figure src="{path}" >}}}}\n', **BUNDLE)


@pytest.mark.parametrize(
    "post",
    [
        "![Words](⟦gone.png⟧)\n",
        "![Words](⟦/img/gone.png⟧)\n",
        "![Words](⟦/c.png⟧) ![Words](⟦/static/img/a.png⟧) ![Words](⟦/img/A.png⟧)\n",
        "---\ncover:\n  image: '⟦/img/gone.webp⟧'\n---\n",
        "---\nimages: [/img/a.png, ⟦gone.png⟧]\n---\n",
        '+++\n[cover]\nimage = "⟦gone.webp⟧"\n+++\n',
        '{"cover": {"image": "⟦gone.webp⟧"}}\n',
        '{{< figure src="⟦gone.png⟧" alt="Words" >}}\n',
        "![Words][r]\n\n[r]: ⟦gone.png⟧\n",
    ],
)
def test_images_that_are_nowhere(post):
    flags(missing_file, post, **BUNDLE)


def test_an_image_beside_a_page_that_has_its_own_folder_is_not_there():
    files = {"hugo.toml": "", "content/posts/b.png": ""}
    flags(missing_file, "![Words](⟦b.png⟧) ![Words](../b.png)\n", files=files)


@pytest.mark.parametrize(
    "post",
    [
        "![Words](https://example.org/gone.png) ![Words](data:image/png;base64,AAAA)\n",
        '![Words]({{ page.image }}) {{< figure src="{{ x }}" >}}\n',
        "---\ncover: true\nimage: some-named-thing\n---\n",
    ],
)
def test_what_cannot_be_known_is_silent(post):
    silent(missing_file, post, files=BLOG)


# A file is written as UTF-8, and a GIF has its width and height, low byte first, behind six letters.
GIF = "GIF89a\x10\x27\x20\x03\0\0\0"  # 10,000 by 800
PICTURES = {
    "hugo.toml": "",
    "content/posts/example/wide.gif": GIF,
    "static/img/large.bin.webp": "x" * 600_000,
    "static/img/wide.svg": '<svg width="9000" height="10"/>',
    "static/img/broken.png": "no picture",
}
LOCAL = {"files": PICTURES, "path": "content/posts/example/index.md"}


def test_large_files():
    (found,) = flags(size, "![A](⟦/img/large.bin.webp⟧) ![B](wide.gif)\n", **LOCAL)
    assert "600 kB" in found.message
    silent(size, "![A](/img/large.bin.webp)\n", largest=600, **LOCAL)
    flags(size, "---\ncover:\n  image: ⟦img/large.bin.webp⟧\n---\n", **LOCAL)


def test_wide_and_high_images():
    (found,) = flags(dimensions, "![A](⟦wide.gif⟧) ![B](⟦./wide.gif⟧)\n", **LOCAL)[:1]
    assert "10,000 pixels wide" in found.message
    (found,) = flags(dimensions, "![A](⟦wide.gif⟧)\n", widest=0, highest=700, **LOCAL)
    assert "800 pixels high" in found.message
    silent(dimensions, "![A](wide.gif)\n", widest=10_000, **LOCAL)


def test_what_has_no_pixels():
    post = (
        "![A](/img/wide.svg) ![B](/img/broken.png) ![C](gone.png) ![D](https://example.org/e.png)\n"
    )
    silent(dimensions, post, **LOCAL)
    silent(size, post, **LOCAL)
    silent(format_, post, **LOCAL)


def test_formats_that_are_not_wanted():
    flags(format_, "![A](⟦wide.gif⟧) ![B](/img/wide.svg)\n", formats=["SVG", "jpg"], **LOCAL)


def test_these_are_off_by_default():
    assert not any(rule.default for rule in (size, dimensions, format_))
