"""Heading ids. The figures of the tables were read out of pages that the generators built; what
they build today is in tests/truth."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contentlint import markdown, slugs
from contentlint.slugs import Style, footnote_ids, heading_ids

STYLES: tuple[Style, ...] = get_args(Style)

# The columns of the table below.
COLUMNS: tuple[Style, ...] = (
    "docusaurus", "hugo", "hugo-blackfriday", "kramdown-gfm", "kramdown", "markdown", "vitepress", "eleventy", "hexo",
)  # fmt: skip
SAME = "="  # as the column before
TABLE = [
    ("Héllo Wörld & more: 1.2", "héllo-wörld--more-12", SAME, "héllo-wörld-more-1-2", "héllo-wörld--more-12", "hllo-wrld--more-12", "hello-world-more-12", "hello-world-more-1-2", "hello-woerld-and-more-1-2", "Hello-World-more-1-2"),
    ("Emoji 🎉 party :tada:", "emoji--party-tada", SAME, "emoji-party-tada", "emoji--party-tada", SAME, "emoji-party-tada", "emoji-🎉-party", "emoji-party-tada", "Emoji-🎉-party-tada"),
    ("A -- B", "a----b", "a--b", "a-b", "a--b", "a----b", "a-b", SAME, SAME, "A-–-B"),
    ("[link](http://x.org/) text", "link-text", SAME, SAME, SAME, "linkhttpxorg-text", "link-text", SAME, SAME, SAME),
    ("<b>html</b> x", "html-x", SAME, SAME, SAME, "bhtmlb-x", "html-x", SAME, SAME, SAME),
    ("!!!", "", "heading", SAME, "", "section", "_1", "", SAME, SAME),
    ("🎉", "", "heading", SAME, "", "section", "_1", "🎉", "", "🎉"),
    ("你好 世界", "你好-世界", SAME, SAME, SAME, "section", "_1", "你好-世界", "", "你好-世界"),
    ("1. Number", "1-number", SAME, SAME, SAME, "number", "1-number", "_1-number", "1-number", "1-Number"),
    ("emph under_score", "emph-under_score", SAME, "emph-under-score", "emph-under_score", "emph-underscore", "emph-under_score", "emph-under-score", SAME, SAME),
    ("İstanbul", "i̇stanbul", "istanbul", SAME, "i̇stanbul", "stanbul", "istanbul", SAME, SAME, "Istanbul"),
    ("![alt text](x.png) img", "alt-text-img", SAME, SAME, "-img", "alt-textxpng-img", "img", SAME, SAME, SAME),
    ("Custom {#my-id}", "my-id", SAME, SAME, SAME, SAME, SAME, SAME, "custom-my-id", "Custom-my-id"),
    ("Classy {.cls #my-id}", "classy-cls-my-id", "my-id", SAME, "classy-cls-my-id", SAME, "my-id", SAME, "classy-cls-my-id", "Classy-cls-my-id"),
    ("Colon {: #my-id}", "colon--my-id", SAME, "colon-my-id", "colon--my-id", SAME, "my-id", "colon", "colon-my-id", "Colon-my-id"),
    ("Code `foo_bar()` & `x < y`", "code-foo_bar--x--y", SAME, "code-foo-bar-x-y", "code-foo_bar--x--y", "code-foobar--x--y", "code-foo_bar-x-y", "code-foo-bar-x-y", "code-foo-bar-and-x-y", "Code-foo-bar-x-y"),
    ("What's \"new\" – in ‘2024’?", "whats-new--in-2024", SAME, "what-s-new-in-2024", "whats-new--in-2024", SAME, "whats-new-in-2024", "what-s-new-–-in-2024", "whats-new-in-2024", "What’s-“new”-–-in-‘2024’"),
    ("Straße & Ærø €5 ½", "straße--ærø-5-", SAME, "straße-ærø-5-½", "straße--ærø-5-", "strae--r-5-", "strae-r-5-12", "straße-ærø-€5-1⁄2", "strasse-and-aero-e5", "Strase-AEro-€5-½"),
    ("C++ / C# .NET", "c--c-net", SAME, "c-c-net", "c--c-net", SAME, "c-c-net", SAME, SAME, "C-C-NET"),
    ("-a- 100% of $5 #hash @at", "-a--100-of-5-hash-at", SAME, "a-100-of-5-hash-at", "-a--100-of-5-hash-at", "a--100-of-5-hash-at", "-a-100-of-5-hash-at", "a-100-of-5-hash-at", SAME, SAME),
    ("हिन्दी भाषा", "हिन्दी-भाषा", "हनद-भष", "ह-न-द-भ-ष", "हिन्दी-भाषा", "section", "_1", "हिन्दी-भाषा", "", "हिन्दी-भाषा"),
    ("<https://example.org/a> x", "httpsexampleorga-x", "x", SAME, "httpsexampleorga-x", SAME, SAME, "https-example-org-a-x", SAME, SAME),
    ("it's e\u0301", "its-e\u0301", "its-e", "it-s-e", "its-e\u0301", "its-e", SAME, "it-s-e", "its-e", "it’s-e\u0301"),
    ("⚠️ Press <kbd>Ctrl</kbd>", "️-press-ctrl", "-press-ctrl", "press-ctrl", "️-press-ctrl", "press-kbdctrlkbd", "press-ctrl", "⚠️-press-ctrl", "press-ctrl", "⚠️-Press-Ctrl"),
    ("GET /users/{id}", "get-usersid", SAME, "get-users-id", "get-usersid", SAME, SAME, "get-users", "get-users-id", "GET-users-id"),
    ("Show {braces}", "show-braces", SAME, SAME, SAME, SAME, "show", SAME, "show-braces", "Show-braces"),
    ("Show `{code}`", "show-code", SAME, SAME, SAME, SAME, SAME, SAME, SAME, "Show-code"),
]  # fmt: skip


def ids(text: str, style: Style) -> list[str | None]:
    return heading_ids(markdown.parse(text).headings, style)


def cells():
    for heading, *row in TABLE:
        for index, (style, cell) in enumerate(zip(COLUMNS, row, strict=True)):
            if cell == SAME:
                row[index] = row[index - 1]
            yield pytest.param(style, heading, row[index], id=f"{style} {heading}")


@pytest.mark.parametrize(("style", "heading", "expected"), list(cells()))
def test_ids(style, heading, expected):
    assert ids(f"## {heading}\n", style) == [expected]


@pytest.mark.parametrize(
    ("style", "heading", "expected"),
    [
        ("github", "![alt text](x.png) img", "-img"),
        ("github", "Custom {#my-id}", "custom-my-id"),
        ("github", "A -- B --- C `--d`", "a----b-----c---d"),
        ("astro", "Half ½", "half"),
        ("astro", "A -- B --- C `--d`", "a--b-----c---d"),
        ("kramdown-gfm", "A -- B --- C ---- D `--e`", "a--b--c---d---e"),
        ("docusaurus", "🅰️ ² ½ Ⅷ ⓐ", "🅰️---ⅷ-ⓐ"),
        ("kramdown-gfm", "ΣΑΣ", "σασ"),
        ("github", "ΣΑΣ", "σας"),
        ("hugo-ascii", "Héllo 你好 Straße", "hello--strae"),
        ("hugo-ascii", "你好 世界", "-"),
        ("markdown-unicode", "Héllo  Wörld -- İ ½", "héllo-wörld-i̇-½"),
        ("pymdownx", "Héllo  Wörld -- İ <d>", "héllo-wörld----i"),
        ("pymdownx-case", "Héllo  Wörld", "Héllo-Wörld"),
        ("markdown-it-anchor", "Héllo, *Wörld*  ½!", "héllo,-wörld-½!"),
        ("zola", "It's Héllo — *Ærø* & Straße", "it-s-hello-aero-strasse"),
        ("zola", "你好", None),
        ("zola", "Custom {#my-id .cls}", "my-id"),
        ("eleventy", "Привет", None),
        ("eleventy", "I ♥ C & can't", "i-love-c-and-cant"),
        ("vitepress", "A &amp; B", None),
        ("none", "Costs", ""),
        ("none", "Costs {: #my-id}", "my-id"),
        ("kramdown", "5 costs\n{: .big #my-id}", "my-id"),
        ("kramdown-gfm", "Costs\n{:.big}", "costs"),
        ("hugo", "Costs\n{:.big #my-id}", "costs"),
        ("hugo", "Costs { id='my-id' class=big }", "my-id"),
        ("hugo", "Costs {class=big}", "costs"),
    ],
)
def test_ids_of_other_styles(style, heading, expected):
    assert ids(f"## {heading}\n", style) == [expected]


@pytest.mark.parametrize(
    ("heading", "now", "before"),
    [
        ("**Don't** panic", "don-panic", "dont-panic"),
        ("**Don’t** panic", "dont-panic", "dont-panic"),
        ("[What's new](https://example.org)", "what", "whats-newhttpsexampleorg"),
        ("one **two _three_ four** five", "one-two--five", "one-two-_three_-four-five"),
        ("*snake_case and more*", "snake_", "snake_case-and-more"),
        ("*a, b* and `c -- d`", "a-b-and-c----d", "a-b-and-c----d"),
        ("~~gone~~ x http://example.org/ y", "gone-x--y", "gone-x-httpexampleorg-y"),
        ("A -- B --- C", "a--b--c", "a----b-----c"),
    ],
)
def test_hugo_reads_one_text_of_each_element_and_read_the_source_before(heading, now, before):
    assert ids(f"## {heading}\n", "hugo") == [now]
    assert ids(f"## {heading}\n", "hugo-source") == [before]


def test_of_two_lines_hugo_takes_the_last():
    text = "Setext *heading*\ntwo lines\n---\n"
    assert ids(text, "hugo") == ids(text, "hugo-source") == ["two-lines"]
    assert ids(text, "eleventy") == ["setext-heading-two-lines"]


@pytest.mark.parametrize(
    ("styles", "expected"),
    [
        (["github", "astro"], "local local-1 local-1-1 local-2 own-own own"),
        (["docusaurus"], "local local-1 local-1-1 local-2 own own"),
        (["hugo", "vitepress"], "local local-1 local-1-1 local-2 own own-1"),
        (["zola"], "local local-1 local-1-1 local-2 own own-1"),
        (["kramdown", "kramdown-gfm"], "local local-1 local-1 local-2 own own"),
        (["markdown", "pymdownx"], "local local_1 local-1 local_2 own own_1"),
        (["eleventy"], "local local-2 local-1 local-3 own-own own"),
        (["hexo"], "Local Local-1 Local-1 Local-2 Own-own Own"),
    ],
)
def test_numbers(styles, expected):
    names = ["Local", "Local", "Local-1", "Local", "Own {#own}", "Own"]
    for style in styles:
        assert ids("\n\n".join(f"## {name}" for name in names), style) == expected.split()


def test_an_id_that_comes_later_is_taken_before_where_the_generator_knows_it():
    text = "## Own\n\n## Other {#own}\n"
    assert ids(text, "hugo") == ["own", "own"]
    assert ids(text, "markdown") == ["own_1", "own"]
    assert ids(text, "zola") == ["own-1", "own"]


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("docusaurus", ["", "-1", "-2", "x"]),
        ("hugo", ["heading", "heading-1", "", "x"]),
        ("hugo-source", ["heading", "heading-1", "heading-2", "x"]),
        ("eleventy", ["", "-2", "", "x"]),
        ("kramdown", ["section", "section-1", "section-2", "x"]),
        ("markdown", ["_1", "_2", "_3", "x"]),
    ],
)
def test_headings_without_a_letter(style, expected):
    assert ids("## !!!\n\n## ???\n\n##\n\n## x\n", style) == expected


@pytest.mark.parametrize("style", STYLES)
def test_what_a_template_prints_is_not_known(style):
    text = "## Costs {{ year }}\n\n## {{< x >}} {#own}\n"
    first, second = ids(text, style)
    assert first == ("" if style == "none" else None)
    assert second in (None, "own")


def test_headings_with_the_same_id_cost_one_step_each():
    made = ids("# x\n\n" * 20_000, "hugo")  # minutes, if every number were tried
    assert made[-1] == "x-19999"


HEADINGS = st.lists(
    st.one_of(
        st.sampled_from(["a", "a-1", "a_1", "A", "!", "*a*", "`a`", "a {#a}", "b {#a-1}", "", "é"]),
        st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=12),
    ),
    max_size=12,
)


@given(HEADINGS, st.sampled_from(STYLES))
def test_there_is_an_answer_for_every_heading(headings, style):
    text = "\n\n".join(f"## {heading}" for heading in headings)
    found = markdown.parse(text).headings
    made = heading_ids(found, style)
    assert len(made) == len(found)
    assert all(identifier is None or "\0" not in identifier for identifier in made)


@given(HEADINGS, st.sampled_from(["github", "hugo", "hugo-source", "markdown", "pymdownx", "zola"]))
def test_ids_are_unique_where_the_generator_sees_to_it(headings, style):
    text = "\n\n".join(f"## {heading}" for heading in headings if "{" not in heading)
    made = [identifier for identifier in ids(text, style) if identifier]
    assert len(made) == len(set(made))


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("hugo", "fn:1 fnref:1 fn:2 fnref:2 fn:1 fnref1:1"),
        ("kramdown-gfm", "fn:one fnref:one fn:2 fnref:2 fn:one fnref:one:1"),
        ("markdown", "fn:one fnref:one fn:2 fnref:2 fn:one fnref2:one"),
        ("zola", "one fr-one-1 2 fr-2-1 one fr-one-2"),
    ],
)
def test_footnotes(style, expected):
    assert list(footnote_ids(["one", "2", "one"], style)) == expected.split()


def test_footnotes_of_plugins():
    assert {"user-content-fn-one", "user-content-fnref-one-2"} <= {
        *footnote_ids(["One", "One"], "docusaurus")
    }
    assert {"fn1", "fnref1", "fnref1:1", "fn:1"} <= {*footnote_ids(["one", "one"], "eleventy")}


@pytest.mark.parametrize("fragment", ["", "top", "TOP", ":~:text=costs"])
def test_fragments_that_browsers_know(fragment):
    assert slugs.is_everywhere(fragment)
    assert not slugs.is_everywhere("costs")
