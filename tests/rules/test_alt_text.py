"""Images without a useful alternative text."""

import pytest

from contentlint.plugins import bundled
from contentlint.testing import flags, silent

RULES = {rule.id: rule for rule in bundled()}
missing, unhelpful = RULES["alt-text/missing"], RULES["alt-text/unhelpful"]


@pytest.mark.parametrize(
    "post",
    [
        "![⟦⟧](a.png) and ![⟦  ⟧](b.png)\n",
        '<p>⟦<img src="a.png" title="A cat">⟧</p>\n',
        "[![⟦⟧](a.png)](b.md)\n",
        '⟦{{< img src="a.png" >}}⟧\n',
    ],
)
def test_missing(post):
    flags(missing, post)


@pytest.mark.parametrize(
    "post",
    [
        '<img src="a.png" alt=""> <img src="a.png" role="presentation">\n',
        '<img src="a.png" aria-hidden="true">\n',
        "---\ncover:\n  image: a.png\n---\n",
        "`![](a.png)` and ![]\n",
        '{{< figure src="a.png" caption="A cat" >}}\n',
        "{{< figure src=a.png alt=Cat >}}\n",
        "<script>\ndocument.write('<img src=\"a.png\">');\n</script>\n",
        '<svg><image href="a.png"/></svg> and <p><svg><img src="a.png"></svg></p>\n',
    ],
)
def test_what_is_silent_on_purpose(post):
    silent(missing, post)


@pytest.mark.parametrize(
    "post",
    [
        "![⟦image⟧](a.png) ![⟦Screenshot⟧](b.png)\n",
        "![⟦photo-of-cat.jpg⟧](c.png)\n",
        "![⟦IMG_2041⟧](d.png) ![⟦Screenshot 2024-01-01⟧](e.png)\n",
        "![⟦heat-pump-coil⟧](/img/heat-pump-coil.webp)\n",
        "---\ntitle: Five ways to save\n---\n![⟦five ways to save!⟧](a.png)\n",
        '---\nkeywords: [coils, "clean coils"]\n---\n<img src="a.png" alt="⟦Clean coils⟧">\n',
    ],
)
def test_unhelpful(post):
    flags(unhelpful, post)


@pytest.mark.parametrize(
    "post",
    [
        "![A cat on an image of a dog](a.png)\n",
        "![Heat pump coil](/img/heat-pump-coil.webp)\n",
        "---\ntitle: Coils\n---\n![Coils of a heat pump, seen from above](a.png)\n",
        "![A star](a.png) ![A star](a.png)\n",
        "---\nkeywords: coils\n---\n![Coils](a.png)\n",
        "![{{ page.title }}](a.png) ![](b.png)\n",
    ],
)
def test_what_says_something(post):
    silent(unhelpful, post)


def test_generic_texts_are_an_option():
    flags(unhelpful, "![⟦A chart⟧](a.png)\n", generic=["a chart"])
    silent(unhelpful, "![image](a.png)\n", generic=["a chart"])
