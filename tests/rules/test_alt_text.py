"""Images without a useful alternative text."""

import pytest

from contentlint.plugins import bundled
from contentlint.testing import findings, flags, silent

RULES = {rule.id: rule for rule in bundled()}
missing, unhelpful = RULES["alt-text/missing"], RULES["alt-text/unhelpful"]


@pytest.mark.parametrize(
    "post",
    [
        "![⟦⟧](a.png) and ![⟦  ⟧](b.png)\n",
        '<p>⟦<img src="a.png" title="A cat">⟧</p>\n',
        "[![⟦⟧](a.png)](b.md)\n",
        '⟦{{< img src="a.png" >}}⟧\n',
        "[![⟦⟧](a.png)<!-- decorative -->](b.md)\n",
        '<a href="b.md"><img src="a.png" alt="⟦⟧"></a>\n',
        "![⟦⟧](a.png){.wide} <!-- wide -->\n",
    ],
)
def test_missing(post):
    flags(missing, post)


@pytest.mark.parametrize(
    "post",
    [
        '<img src="a.png" alt=""> <img src="a.png" role="presentation">\n',
        '<img src="a.png" aria-hidden="true">\n',
        "![](a.png)<!-- decorative --> ![](b.png){: role=presentation}\n",
        '<a href="b.md"><img src="a.png" alt="">Words</a> and the <img> tag\n',
        '<svg role="img" aria-label="A cat"></svg> <svg><path/></svg>\n',
        "{% include image.html src=page.image %}\n",
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
        "---\nkeywords: [coils, cleaning]\n---\n![⟦Coils, cleaning⟧](a.png)\n",
        "![⟦Image 3⟧](a.png) ![⟦photo of⟧](b.png) ![⟦An image⟧](c.png) ![⟦…⟧](d.png) ![⟦📷⟧](e.png)\n",
        "![⟦https://example.org/cat⟧](a.png) ![⟦Cover (1).jpg⟧](Cover%20%281%29.jpg) ![⟦chart_2⟧](chart_2.png)\n",
        "---\ntitle: Clean coils at home\n---\n![⟦Clean coils at home (screenshot)⟧](b.png)\n",
        "---\ntitle: Clean your own coils\n---\n![⟦Clean your own coils: how to clean your coils⟧](b.png)\n",
        "---\ntitle: Apple pie tarts\n---\n![⟦Apple pie tarts⟧](IMG_1.jpg)\n",
        "---\ntitle: 奥巴马标准领导照\n---\n![⟦奥巴马标准领导照⟧](IMG_1.jpg)\n",
        "[![⟦logo.png⟧](logo.png)](https://example.org)\n",
        "![⟦TODO⟧](a.png)\n",
        "![⟦Screenshot 2024-01-01 at 10.00.12 AM.png⟧](a.png) ![⟦IMG_2041 (1)⟧](b.png)\n",
        "![A](a.png?v=1) ![⟦A⟧](b.png?v=1) ![A](chart?x=1)\n".replace("![A](chart", "![⟦A⟧](chart"),
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
        "---\ntitle: Apple pie\n---\n![Apple pie](IMG_1.jpg)\n",
        "---\ntitle: 苹果派\n---\n![苹果派](IMG_1.jpg)\n",
        "---\ntitle: Apple pie tarts\n---\n![Apple pie tarts](/img/apple-pie-tarts-1.jpg)\n",
        "---\ntitle: Clean coils at home\n---\n![Clean coils at home: a brush on dusty fins](b.png)\n",
        "![A cat](cat-light.png) ![A cat](cat-dark.png) ![A cat](cat.png#only-light)\n",
        "![A cat](cat-black.svg#only-light) ![A cat](cat-white.svg#only-dark)\n",
        "![A cat](white.svg#gh-dark-mode-only) ![A cat](black.svg#gh-light-mode-only)\n",
        "![A cat](/img/dark/cat.png) ![A cat](/img/light/cat.png)\n",
        "![A cat](light.png) ![A cat](dark.png) ![A dog](dark-dog.png) ![A dog](dog.png)\n",
        "![A cat](cat_darkmode@2x.png) ![A cat](cat.png)\n",
        "![A cat](cat.png?w=200) ![A cat](cat.png?w=400) ![A cat](cat@2x.png) ![A cat](cat-300x200.png)\n",
        "![→](next.png) ![✓](yes.png) ![👍](https://example.org/emoji/1f44d.png)\n",
        "![Covid-19](covid-19.png) ![Dog](dog.png) ![logo](logo.png)\n",
        "![A photo of a cat](a.png)\n",
        "![Screenshot 3 shows the settings](a.png) ![An editor with cat.svg](b.png)\n",
    ],
)
def test_what_says_something(post):
    silent(unhelpful, post)


def test_generic_texts_are_an_option():
    flags(unhelpful, "![⟦A chart⟧](a.png)\n", generic=["a chart"])
    silent(unhelpful, "![image](a.png)\n", generic=["a chart"])


def test_a_text_of_the_layout_may_stand_for_many_images():
    post = "![Avatar of the author](a.png) {}![Avatar of the author](b.png){}\n"
    files = {f"content/{n}.md": "![Avatar of the author](c.png)\n" for n in range(3)}
    silent(unhelpful, post.format("", ""), files=files)
    flags(unhelpful, "![Avatar of the author](a.png) ![⟦Avatar of the author⟧](b.png)\n")


def test_a_text_may_be_too_long():
    flags(unhelpful, f"![⟦{'word ' * 100}end⟧](a.png)\n")
    silent(unhelpful, f"![{'word ' * 60}end](a.png)\n")
    silent(unhelpful, f"![{'word ' * 100}end](a.png)\n", longest=0)
    (found,) = flags(unhelpful, "![⟦A cat asleep⟧](a.png)\n", longest=10)
    assert "12 characters" in found.message


def test_no_text_is_invented():
    post = "![](a.png)\n\n![image](b.png)\n\n[![](c.png)](d.md)\n"
    for rule in (missing, unhelpful):
        for found in findings(rule, post):
            assert (found.suggestions, found.fix) == ((), None)


COVER = "---\ncover:\n  image: a.png\n  alt: {}\n---\n"


def test_covers_are_described_if_other_posts_describe_theirs():
    files = {f"content/{n}.md": COVER.format(f"A cat {n}") for n in range(3)}
    flags(missing, "---\ncover:\n  image: ⟦b.png⟧\n---\n", files=files)
    silent(missing, COVER.format('""'), files=files)  # on purpose
    silent(missing, "---\nthumbnail: b.png\n---\n", files=files)  # another key
    silent(missing, "---\ncover:\n  image: b.png\n---\n", files=dict(list(files.items())[:2]))


def test_keys_of_the_front_matter_are_configured():
    told = {"images": {"front-matter": {"hero.photo": "hero.text"}}}
    flags(unhelpful, "---\nhero:\n  photo: a.png\n  text: ⟦photo⟧\n---\n", settings=told)
    silent(unhelpful, "---\nhero:\n  photo: a.png\n  text: photo\n---\n")
