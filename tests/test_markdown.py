"""What stands in a post, and where. Marks ⟦…⟧ show the spans that must come out."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentlint.document import Document
from contentlint.markdown import parse
from contentlint.templating import may_print_ids
from contentlint.testing import mark, unmark
from contentlint.text import Source


def document(text: str, path: str = "post.md") -> Document:
    return Document(Source(path, text))


def marked(text: str, spans) -> str:
    return mark(text, sorted(set(spans)))


LINKS = [
    "An [inline](⟦../a/⟧) link",
    "With a [title](⟦a.md⟧ \"The title\") and [another](⟦b.md⟧ 'one')",
    "In [angle brackets](<⟦a b.md⟧>), with [balanced](⟦a_(b).md⟧) and [escaped](⟦a\\).md⟧) ones",
    "On [the next\nline](\n  ⟦a.md⟧\n  'title')",
    "With [`](` in code](⟦a.md⟧) and [*emphasis*](⟦b.md⟧) and [![image](i.png)](⟦c.md⟧)",
    "é😀 [after emoji](⟦a.md⟧) and [ümlaut](⟦b.md⟧)",
    "An <⟦https://example.org/a⟧> autolink and a bare ⟦https://example.org/b_c?d=e⟧. And (⟦https://example.org/f⟧)",
    "A [reference][r], a [collapsed][] and a [shortcut].\n\n[r]: ⟦a.md⟧ 'T'\n[collapsed]:\n  <⟦b.md⟧>\n[shortcut]: ⟦c.md⟧",
    'Raw <a href="⟦a.md⟧">HTML</a>, <a href=⟦b.md⟧>bare</a>',
    "<div class=\"x\">\n<a\n  href='⟦a.md⟧'>block</a>\n</div>",
    '> In a [quotation](⟦a.md⟧)\n> <div>\n> <a href="⟦b.md⟧">x</a>\n> </div>',
    "| a | [b](⟦c.md⟧) |\n|---|---|\n| [d](⟦e.md⟧) | f |",
    "- [ ] a [task](⟦a.md⟧)\n\n  [x](⟦b.md⟧)\n",
    "# A [heading](⟦a.md⟧)\n\nA [setext](⟦b.md⟧)\n===\n",
    "Note[^1]\n\n[^1]: with a [link](⟦a.md⟧)",
    "[empty](⟦⟧)",
    '[ref]({{< relref "a.md" >}}) is templated, [so]({{ site.baseurl }}/b) too',
    "`[no](a.md)` \\[no](a.md) <!-- [no](a.md) -->\n\n    [no](a.md)\n\n```\n[no](a.md)\n```",
    "$[no](a.md)$ {% comment %} [no](a.md) {% endcomment %}",
]


@pytest.mark.parametrize("text", LINKS)
def test_the_destination_of_each_link(text):
    text, spans = unmark(text)
    found = [link.span for link in document(text).links if "{" not in link.destination]
    assert marked(text, found) == marked(text, spans)


@pytest.mark.parametrize("text", LINKS)
@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_links_are_the_same_under_other_line_endings(text, newline):
    plain, _ = unmark(text)
    other = plain.replace("\n", newline)
    before, after = document(plain).links, document(other).links
    assert [link.destination for link in after] == [link.destination for link in before]
    assert [other[slice(*link.span)] for link in after] == [
        plain[slice(*link.span)] for link in before
    ]


def test_destinations_are_what_a_browser_gets():
    text = "[a](<a b.md>) [b](x\\_y) [c](a&amp;b) <a href='?a=1&amp;b=2'>d</a>\n\n[E]: Z.md\n[e]"
    assert [link.destination for link in document(text).links] == [
        "a b.md",
        "x_y",
        "a&b",
        "?a=1&b=2",
        "Z.md",
    ]


IMAGES = [
    ("![⟦A cat⟧](a.png)", "A cat"),
    ("![⟦⟧](a.png)", None),
    ("![⟦A *black* `cat`⟧](a.png 'title')", "A black cat"),
    ("![⟦A cat⟧][r]\n\n[r]: a.png", "A cat"),
    ('<img src="a.png" alt="⟦A &amp; B⟧">', "A & B"),
    ('⟦<img src="a.png">⟧', None),
    ('<img alt="⟦⟧" src=a.png>', ""),
    ('<p>\n  <img\n   src="a.png"\n   alt="⟦A cat⟧"/>\n</p>', "A cat"),
    ('{{< figure src="a.png" alt="⟦A cat⟧" >}}', "A cat"),
    ('{{< figure src="a.png" caption="⟦A cat⟧" >}}', "A cat"),
    ('⟦{{< figure src="a.png" >}}⟧', None),
    ("---\ncover:\n  image: a.png\n  alt: '⟦A cat⟧'\n---\n", "A cat"),
    ("---\nheader:\n  image: a.png\n  image_description: ⟦A cat⟧\n---\n", "A cat"),
    ("---\nheroImage: a.png\nheroImageAlt: ⟦A cat⟧\n---\n", "A cat"),
    ('![](a.png){: alt="⟦A cat⟧" .wide}', "A cat"),
    ('![What it is](a.png){#fig fig-alt="⟦A cat⟧"}', "A cat"),
    ('<picture><source srcset="b.webp"><img src="a.png" alt="⟦A cat⟧"></picture>', "A cat"),
    ('<IMG SRC="a.png" ALT="⟦A cat⟧">', "A cat"),
    ('{% include figure image_path="a.png" alt="⟦A cat⟧" %}', "A cat"),
    ('{% include components/image.html url="a.png" description="⟦A cat⟧" %}', "A cat"),
    ('{% include image.html src="a.png" alt=⟦page.title⟧ %}', "{page.title}"),
    ('⟦<img src="a.png" :alt="name">⟧', "{:alt}"),
    ('{{< img src="a.png" alt="⟦{{ x }}⟧" >}}', "{{ x }}"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "alt"), IMAGES)
def test_images_and_their_alternative_text(text, alt):
    text, spans = unmark(text)
    (image,) = document(text).images
    assert (image.alt, image.destination) == (alt, "a.png")
    assert marked(text, [image.alt_span]) == marked(text, spans)
    assert text[slice(*image.destination_span)] == "a.png"


def test_decorative_images_say_so():
    text = '<img src=a.png role="presentation"><img src=b.png aria-hidden=true><img src=c.png>'
    assert [image.decorative for image in document(text).images] == [True, True, False]


@pytest.mark.parametrize(
    "image",
    [
        "![](a.png)<!-- decorative -->",
        "![](a.png) <!--decorative-->",
        "![](a.png){.wide}<!-- decorative -->",
        '![](a.png){: role="presentation"}',
        "![](a.png){role=none}",
        '![](a.png){aria-hidden="true" .wide}',
        '![](a.png){alt=""}',
        '<img src="a.png" role="none">',
        '<svg role="img" aria-hidden="true"></svg>',
    ],
)
def test_an_image_may_be_decorative(image):
    (found,) = document(f"Some {image} words.\n").images
    assert (found.alt, found.decorative) == (None, True)


@pytest.mark.parametrize(
    "image",
    [
        "![](a.png)",
        "![](a.png){.decorative}",
        "![](a.png)\n\n<!-- decorative -->",
        "![](a.png)<!-- x -->",
    ],
)
def test_an_image_without_the_marker_is_not(image):
    assert not document(image).images[0].decorative


@pytest.mark.parametrize(
    ("svg", "alt"),
    [
        ('<svg role="img" aria-label="⟦A cat⟧"><path/></svg>', "A cat"),
        ('<svg role="img">\n<title>⟦A cat⟧</title>\n<path/></svg>', "A cat"),
        ('⟦<svg role="img">⟧<path/></svg>', None),
        ('⟦<svg role="img" aria-labelledby="t">⟧<path/></svg>', "{aria-labelledby}"),
    ],
)
def test_drawings_that_are_images(svg, alt):
    text, spans = unmark(svg)
    (image,) = document(text).images
    assert image.alt == alt
    assert marked(text, [image.alt_span]) == marked(text, spans)
    assert not document(text.replace(' role="img"', "")).images


@pytest.mark.parametrize(
    ("tag", "alt"),
    [
        ('<Image src={cat} alt="⟦A cat⟧" />', "A cat"),
        ("<Image src={cat} alt=⟦{name}⟧ />", "{name}"),
        ("<Img src='/a.png' alt='⟦A cat⟧' />", "A cat"),
        ("⟦<Image src={cat} />⟧", None),
    ],
)
def test_components_that_show_images(tag, alt):
    text, spans = unmark(tag)
    (image,) = document(text, "post.mdx").images
    assert image.alt == alt
    assert marked(text, [image.alt_span]) == marked(text, spans)


def test_what_a_component_is_given_as_a_whole_may_be_its_alternative_text():
    assert all(image.alt for image in document("<Image {...cat} />\n", "post.mdx").images)
    assert all(image.alt for image in document("<img {{ attributes }} src=a.png>\n").images)


@pytest.mark.parametrize("text", ["the <img> tag", "the `<img>` tag", "<Images src='a.png' />"])
def test_what_shows_no_image(text):
    assert not document(text).images


@pytest.mark.parametrize(
    "link",
    [
        "[![A](a.png)](b.md)",
        "[ ![A][r] ](b.md)\n\n[r]: a.png",
        "[<img src='a.png' alt=''>](b.md)",
        '<a href="b.md"><img src="a.png" alt="A"></a>',
        '<a href="b.md">\n<picture><img src="a.png"></picture>\n</a>',
        "> <a href='b.md'><img src='a.png'></a>",
    ],
)
def test_an_image_that_is_all_there_is_of_a_link(link):
    assert [image.names_link for image in document(f"é {link}\n").images] == [True]


@pytest.mark.parametrize(
    "link",
    [
        "[![A](a.png) words](b.md)",
        '[![A](a.png)](b.md "a title")',
        "[words](b.md) ![A](a.png)",
        "[<img src='a.png' alt=''> words](b.md)",
        '<a href="b.md"><img src="a.png"> words</a>',
        '<a href="b.md" aria-label="words"><img src="a.png"></a>',
        '<a id="b"><img src="a.png"></a>',
        '<a href="b.md"></a><img src="a.png">',
    ],
)
def test_an_image_that_names_no_link(link):
    assert [image.names_link for image in document(link).images] == [False]


@pytest.mark.parametrize(
    "text",
    [
        "![A cat](a.png)\n*A cat.*",
        "![A cat](a.png) _a cat_",
        "A cat: ![A cat](a.png)",
        "[![A cat](a.png)](b.md)\n\n**A cat**",
        '<img src="a.png" alt="A cat"><br>\nA cat',
        "| a | ![A cat](a.png) A cat | b |\n|---|---|---|",
    ],
)
def test_a_text_that_stands_beside_the_image_again(text):
    assert [image.echo for image in document(text + "\n").images] == ["text"]


@pytest.mark.parametrize(
    "text",
    [
        "## A cat\n\n![A cat](a.png)\n\nIt sleeps.",
        "A cat\n=====\n\n![A cat](a.png)",
        "<h2>A cat</h2>\n\n![A cat](a.png)",
        "![A cat](a.png)\n\nA cat sleeps.",
        "[![A cat]][A cat]\n\n[A cat]: a.png",
        "The end. ![A cat](a.png)\nA cat",
        "![A cat](a.png)\n\n## A cat",
    ],
)
def test_a_text_that_is_not_beside_it(text):
    assert [image.echo for image in document(text + "\n").images] == [""]


@pytest.mark.parametrize(
    "text",
    [
        '{{< figure src="a.png" alt="A cat" caption="A *cat*" >}}',
        "<figure><img src='a.png' alt='A cat'><figcaption>A <b>cat</b>.</figcaption></figure>",
        "<figure>\n\n![A cat](a.png)\n\n<figcaption>\n\nA cat\n\n</figcaption>\n</figure>",
        "<figure><figcaption>A cat</figcaption><img src='a.png' alt='A cat'></figure>",
    ],
)
def test_a_text_that_is_the_caption_again(text):
    (image,) = document(text + "\n").images
    assert image.echo == "caption"


def test_footnotes_that_are_referred_to():
    found = document("A[^b] c[^d] [^none] e[^b]\n\n[^b]: f[^d]\n\n[^d]: g\n\n[^h]: i\n")
    assert found.footnotes == ["b", "d", "b", "d"]


def test_headings():
    text = "# One *two* `three` {#own .class}\n\n# Named {id=named}\n\nTwo\n---\n\n> ### [Three](a.md) &amp; more ###\n"
    found = document(text).headings
    assert [(h.level, h.text, h.source, h.attributes) for h in found] == [
        (1, "One two three", "One *two* `three`", "{#own .class}"),
        (1, "Named", "Named", "{id=named}"),
        (2, "Two", "Two", ""),
        (3, "Three & more", "[Three](a.md) &amp; more", ""),
    ]
    assert [text[slice(*h.span)].split()[0] for h in found] == ["#", "#", "Two", "###"]


@pytest.mark.parametrize(
    ("template", "may"),
    [
        ("{{ '/about.html' | relative_url }}", False),
        ('{{- "/about.html" | absolute_url -}}', False),
        ("{{ '## About' | markdownify }}", True),
        ("""{{ '<a id="x"></a>' }}""", True),
        ("{{ about }}", True),
        ("{{ site.baseurl }}", False),
        ("{% include about.html %}", True),
        ("{% post_url 2024-01-02-about %}", False),
        ("{: #about}", False),
    ],
)
def test_what_templates_may_print_ids(template, may):
    found = document(f"[a]({template})\n")
    assert [may_print_ids(found.source.text, t) for t in found.templates] == [may]


@pytest.mark.parametrize(
    ("heading", "text", "attributes"),
    [
        ("## A {: #own }", "A", "{: #own }"),
        ("## A {#own} ##", "A", "{#own}"),
        ("## `a`{.own}", "a", "{.own}"),
        ("## {#own}", "", "{#own}"),
        ("## A\n{: .big #own}", "A", "\n{: .big #own}"),
        ("A\n---\n{:#own}", "A", "\n{:#own}"),
        ("## GET /users/{id}", "GET /users/{id}", ""),
        ("## `GET` {id}", "GET {id}", ""),
        ("## A {#own} b", "A {#own} b", ""),
        ("## A {{ b }}", "A \0", ""),
        ("## A <kbd>b</kbd>", "A b", ""),
    ],
)
def test_attributes_of_headings(heading, text, attributes):
    (found,) = document(heading + "\n\nText.\n").headings
    assert (found.text, found.attributes) == (text, attributes)


def test_what_the_text_of_a_heading_consists_of():
    (plain,) = document("## A \\*plain\\* one &amp; b\n").headings
    assert plain.parts == ()
    (found,) = document("## a ![b *c*](d) **e `f`** <http://g> h\n").headings
    assert [(part.text, part.kind, part.element) for part in found.parts] == [
        ("a ", "text", 0),
        ("b ", "alt", 1),
        ("c", "alt", 1),
        (" ", "text", 0),
        ("e ", "text", 2),
        ("f", "code", 2),
        (" ", "text", 0),
        ("http://g", "address", 3),
        (" h", "text", 0),
    ]


def test_a_template_in_a_heading_is_a_hole():
    assert document("## Costs {{ year }} now\n").headings[0].text == "Costs \0 now"


def test_ids_of_raw_html_and_shortcodes():
    text = '<a name="a"></a> <div id="b">\n\n{{< anchor id="c" >}}\n'
    assert [anchor.id for anchor in document(text).anchors] == ["a", "b", "c"]


# In the mask, · stands for any number of characters that are no prose.
MASKS = [
    ("Set `A` to `B`.", "Set · to ·."),
    ("**c**ompile *this*", "·c·ompile ·this·"),
    ("one\ntwo  \nthree", "one\ntwo  \nthree"),
    ("> one\n> two", "·one\n·two"),
    ('[text](a.md "The title") ![An alt](b.png)', "·text·The title· ·An alt·"),
    ("<b title='Hi'>bold</b> <kbd>Ctrl</kbd>", "·Hi·bold· ·"),
    (
        "Mail ada@example.org, see https://x.org/a or www.x.org :tada: @ada",
        "Mail ·, see · or · · ·",
    ),
    ("a &amp; b\\*c", "a · b·*c"),
    ("| a | b |\n|---|---|\n| c | d |", "·a·b·c·d·"),
    ("{{< note >}}inside{{< /note >}}", "·inside·"),
    ('{{< figure src="a.png" caption="Some words" >}}', "·Some words·"),
    ("text\n{: .class}", "text·"),
    ("text {# a note #} and more", "text · and more"),
    ("<script>\nlet a = 1\n</script>\n\n<p>words &nbsp; more</p>", "·words · more·"),
    ("---\ntitle: 'Some words'\nslug: no-words\n---\nBody", "·Some words·Body"),
    ("{% highlight ruby %}\ncode\n{% endhighlight %}\nwords", "·words"),
    ("Term\n: A definition[^1].\n\n[^1]: A note.", "Term·A definition·.·A note."),
]


@pytest.mark.parametrize(("text", "expected"), MASKS)
def test_the_mask_holds_what_readers_read(text, expected):
    mask = document(text).mask
    assert len(mask) == len(text)
    assert re.sub("\0+", "·", mask) == expected


def test_mdx_is_opaque_where_it_is_code():
    text = (
        "import Chart from './chart'\nexport const a = {\n  b: 1,\n}\n\n# Hello {props.name}\n\n"
        "<Note kind={kinds['x']}>Some words</Note>\n\n```js\nconst x = {\n```\n\n{/* no words */}\n"
    )
    found = document(text, "post.mdx")
    assert found.words == {"hello", "some", "words"}
    assert found.headings[0].text == "Hello \0"


def test_a_component_in_mdx_ends_where_its_brackets_are_closed():
    text = "export function Foo() {\n  const x = '}';\n\n  return <img src='a.png' />;\n}\n\nSome words\n"
    found = document(text, "post.mdx")
    assert (found.words, found.images) == ({"some", "words"}, [])


def test_an_export_that_never_closes_ends_at_a_blank_line():
    assert document("export const x = {\n  a: 1\n\nSome words\n", "a.mdx").words == {
        "some",
        "words",
    }


def test_words_are_a_set_of_coarse_tokens():
    text = "The café isn’t Closed, `code` and ÉTÉ snake_case 3rd."
    assert document(text).words >= {"the", "café", "isn't", "closed", "and", "snake_case", "3rd"}
    assert "code" not in document(text).words


SIGNS = list("ab \n\t[]()!<>`*_#-|{}%:\"'&;=\\/~$^@.\r\0é😀\u2028")
PIECES = [
    '![a](b){alt="c" role=none}',
    "![](a)<!-- decorative -->",
    '<svg role="img"><title>a</title></svg>',
    '<a href="b"><Image src={c} alt="d" /></a>',
    "<figure><img src=a alt=b><figcaption>b</figcaption></figure>",
    '{% include figure.html url="a" alt="b" caption="b" %}',
    "<a href=",
    "<img ",
    "](",
    "{{<",
    ">}}",
    "{%",
    "%}",
    "```",
    "---\n",
    "http://",
    "[^1]",
    "<!--",
    "-->",
    "import ",
    "{#x}",
]
MARKUP = st.lists(st.sampled_from(SIGNS + PIECES), max_size=50).map("".join)


@settings(max_examples=1000, deadline=None)
@given(MARKUP, st.sampled_from(["post.md", "post.mdx"]))
def test_anything_can_be_parsed_and_all_spans_are_inside(text, path):
    found = document(text, path)
    assert len(found.mask) == len(found.lower_mask) == len(text)
    assert all(m in ("\0", c) for m, c in zip(found.mask, text, strict=True))
    spans = [link.span for link in found.links] + [link.text for link in found.links]
    spans += [span for image in found.images for span in (image.alt_span, image.destination_span)]
    spans += [
        item.span for item in (*found.headings, *found.anchors, *found.definitions, *found.runs)
    ]
    spans += [*found.code, *(item.span for item in (*found.comments, *found.templates))]
    assert all(0 <= start <= end <= len(text) for start, end in spans)


@settings(max_examples=300, deadline=None)
@given(MARKUP, st.integers(0, 3))
def test_what_stands_before_the_body_only_moves_it(text, lines):
    before = "\n" * lines
    moved = parse(before + text, len(before))
    plain = parse(text)
    shift = len(before)
    assert [link.span for link in moved.links] == [
        (start + shift, end + shift) for start, end in (link.span for link in plain.links)
    ]
    assert moved.mask[shift:] == plain.mask


@pytest.mark.parametrize(
    "heading",
    [
        "[" * 300_000,
        "*a " * 60_000,
        "`a`" * 60_000,
        "{" * 300_000 + "}",
        "\t" * 300_000 + "{a}",
        "# " * 100_000,
    ],
)
def test_long_headings_take_linear_time(heading):
    (found,) = document(f"## a {heading}\n").headings
    assert found.text
