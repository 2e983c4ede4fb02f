"""The page of the audit: what can be told of it without a browser."""

import json
import re
import string
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contentlint.audit import page

HOSTILE = (
    "<script>document.title = 'owned'</script>",
    "</script><script>document.title = 'owned'</script>",
    "<!-- <script>",
    "<img src=x onerror=\"document.title = 'owned'\">",
    "{{ 7 * 7 }} {% raw %} ${7*7}",
    "\u202ereversed\u2066",
    "a\x00b\x1b[31m",
    "\ud800",
    "]]>&lt;&amp;",
)


class Reader(HTMLParser):
    """The elements, ids, links and scripts of a page."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.ids, self.hrefs, self.scripts = [], [], [], []
        self.handlers = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.elements.append(tag)
        if tag == "script":
            self.scripts.append("")
        for name, value in attributes:
            if name == "id":
                self.ids.append(value)
            elif name in ("href", "src"):
                self.hrefs.append(value)
            elif name.startswith("on") or name == "style":
                self.handlers.append(name)

    def handle_data(self, data):
        if self.elements and self.elements[-1] == "script":
            self.scripts[-1] += data


@pytest.fixture
def rendered(blog, audit):
    audit()
    return page.render(audit("--compare", "audit.json"))


def test_it_stands_by_itself(rendered):
    its = Reader(rendered)
    assert its.hrefs
    assert all(href.startswith("#") for href in its.hrefs)
    assert {href[1:] for href in its.hrefs} <= set(its.ids), "every link leads somewhere"
    assert len(its.ids) == len(set(its.ids))
    assert its.handlers == [], "its own policy would forbid them"
    assert not {"img", "iframe", "link", "object"} & set(its.elements)
    assert len(its.scripts) == 2


def test_its_numbers_are_those_of_the_data(blog, audit):
    data = audit()
    text = page.render(data)
    for number, name in ((data["summary"]["files"], "posts"), (data["summary"]["error"], "errors")):
        assert f"<dt>{name}</dt><dd" in text
        assert re.search(rf"<dt>{name}</dt><dd[^>]*>{number:,}</dd>", text)
    tables = json.loads(Reader(text).scripts[0])["tables"]
    shown = sum(len(its["rows"]) for name, its in tables.items() if name.startswith("findings-"))
    assert shown == len(data["findings"])
    assert len(tables["posts"]["rows"]) == data["summary"]["files"]


def test_the_policy_names_the_script_and_the_style(rendered):
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', rendered)[1]
    assert "default-src &#39;none&#39;" in policy or "default-src 'none'" in policy
    script = rendered[rendered.rindex("<script>") + 8 : rendered.rindex("</script>")]
    hashed = page._hashed(script)
    assert hashed in policy.replace("&#43;", "+").replace("&#34;", '"')


def test_the_excerpt_is_there_without_the_script(rendered):
    assert "It was <mark>teh</mark> fan." in rendered
    assert '<span class="suggestion">→ the</span>' in rendered


@pytest.mark.parametrize("text", HOSTILE)
def test_what_posts_say_is_shown_as_text(blog, audit, text):
    data = audit()
    elements = Reader(page.render(data)).elements
    data = json.loads(json.dumps(data), object_hook=lambda its: _with(text, its))
    its = Reader(page.render(data))
    assert its.elements == elements
    tables = json.loads(its.scripts[0])["tables"]
    assert tables["posts"]["rows"][0][1] == page._harmless(text)


def _with(text, its):
    """Data whose texts from posts all say the same."""
    ours = {"title", "message", "before", "marked", "after", "text", "likely"}
    return {key: text if key in ours else value for key, value in its.items()}


@given(st.text(alphabet=string.printable + "\u2028\u202e<>&\"'`", max_size=50))
def test_json_ends_no_script(text):
    written = page._as_json({"text": text})
    assert not set("<>&") & set(written)
    assert json.loads(written) == {"text": text}
