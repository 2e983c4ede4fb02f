"""The whole linter on any text: it never crashes, every place is inside the file, and findings
depend neither on line endings nor on a byte order mark nor on what stands before them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentlint import config, engine, plugins, testing
from contentlint.discover import Blog

RULES = list(plugins.bundled())
CONFIG = config.load(None, RULES, "/blog")


def lint(text: str, name: str = "post.md"):
    """All findings of all rules in one post of a blog that exists in memory only."""
    path = f"/blog/content/{name}"
    data = text.encode("utf-8")
    result = engine.run([Blog("/blog", (path,), (path,))], RULES, CONFIG, lambda _: data)
    assert not result.errors, result.errors
    for finding in result.findings:
        start, end = finding.span
        assert 0 <= start <= end <= len(text)
        assert (finding.line, finding.column) <= (finding.end_line, finding.end_column)
    return [
        (f.rule, f.line, f.column, f.end_line, f.end_column, f.severity, f.suggestions)
        for f in result.findings
    ]


EXAMPLES = sorted(
    {testing.unmark(text)[0] for rule in RULES for e in rule.examples for text in (e.bad, e.good)}
)


@pytest.mark.parametrize("text", EXAMPLES)
def test_every_prefix_of_an_example_can_be_linted(text):
    for length in range(len(text) + 1):
        lint(text[:length])


@pytest.mark.slow
@pytest.mark.parametrize("text", EXAMPLES)
def test_every_prefix_has_the_same_findings_with_crlf_and_bom(text):
    for length in range(len(text) + 1):
        check_variants(text[:length])


FRONT_MATTER = [
    "---\ntitle: 'A guide to refuigerators'\ntags: [Dryer, dryer]\ndraft: maybe\n---\n",
    "---\ntitle: a: b\n---\n",
    "---\ntitle: >\n  Dont go over\n  two lines\ntitle: again\ndate: 2026-13-45\n---\n",
    "---\ncover:\n  image: /none.webp\n  alt: image\n\n",
    '+++\ntitle = "Dont"\ntags = ["a", "A"]\n[cover]\nimage = "none.png"\n+++\n',
    "+++\ntitle = \n+++\n",
    '{\n  "title": "Dont",\n  "tags": ["a", "A"]\n}\n',
    '{"title": }\n',
    "",
]
BLOCKS = [
    "## A headding with `code` {#own}",
    "See [it](./nowhere/), [that](#nothing) and ![](none.png) 😀 of the compnay.",
    "> Quoted wrods\n> over lines with <img src='none.png'>",
    "| a | teh |\n|---|---|\n| [x](gone.md) | é |",
    "- an item\n\n  ![image](none.png)\n- [r]\n\n[r]: gone.md",
    "```\nteh code\n```",
    '{{< figure src="none.png" >}} and {% include x.html %}',
    "<div>\n<a href='gone.md'>teh</a>\n</div>",
    "![teh](none.png){alt=image}<!-- decorative --> [![](none.png)](gone.md)",
    "<figure>\n<img src='none.png' alt='A cat'>\n<figcaption>A cat</figcaption>\n</figure>",
    "> ![A cat](none.png)\n> *A cat*",
    '<svg role="img" viewBox="0 0 9 9"><path/></svg>',
    "<!-- contentlint-disable-next-line typos -->\nteh end",
    "Some\u2028odd\x85signs\x0band\ttabs, e\u0301 and \0",
]
NOISE = st.text(st.sampled_from("ab \n\t[](){}<>!`*_#-|:'\"&%=\\é😀"), max_size=20)
POSTS = st.tuples(
    st.sampled_from(FRONT_MATTER), st.lists(st.one_of(st.sampled_from(BLOCKS), NOISE), max_size=5)
).map(lambda parts: parts[0] + "\n\n".join(parts[1]))


def check_variants(text: str) -> None:
    found = lint(text)
    assert lint(text.replace("\n", "\r\n")) == found
    assert lint("\ufeff" + text) == found


@pytest.mark.slow
@settings(max_examples=2000, deadline=None)
@given(POSTS, st.integers(1, 5))
def test_generated_posts_have_the_same_findings_whatever_their_lines_end_with(text, lines):
    check_variants(text)
    check_lines_before(text, lines)


@settings(max_examples=150, deadline=None)
@given(POSTS, st.integers(0, 5))
def test_lines_before_a_post_move_its_findings_by_so_many_lines(text, lines):
    check_lines_before(text, lines)


def check_lines_before(text: str, lines: int) -> None:
    moved = [
        (rule, line - lines, column, end - lines, *rest)
        for rule, line, column, end, *rest in lint("\n" * lines + text)
    ]
    assert moved == lint(text)
