"""Images that are not there."""

import pytest

from contentlint.plugins import bundled
from contentlint.testing import flags, silent

missing_file = {rule.id: rule for rule in bundled()}["images/missing-file"]
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
