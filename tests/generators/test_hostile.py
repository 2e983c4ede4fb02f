"""Whatever stands in a configuration or a destination, there is a model, and it does not take long."""

import json
import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contentlint import facts
from contentlint.document import Document
from contentlint.generators.tree import Tree, lowered, merged, parse_table
from contentlint.resolve import Links
from contentlint.site import Site, SiteOptions
from contentlint.spelling import Lexicon
from contentlint.text import Source

LEXICON = Lexicon()
HUGO = ["baseURL", "languages", "module", "theme", "taxonomies", "permalinks", "outputs", "staticDir",
        "contentDir", "uglyURLs", "frontmatter", "markup", "ignoreFiles", "disableKinds"]  # fmt: skip
JEKYLL = ["baseurl", "url", "collections", "defaults", "exclude", "include", "permalink", "plugins",
          "kramdown", "source", "theme", "collections_dir", "relative_links"]  # fmt: skip
MKDOCS = ["site_url", "docs_dir", "plugins", "markdown_extensions", "hooks", "exclude_docs",
          "draft_docs", "theme", "validation", "INHERIT", "extra"]  # fmt: skip
HEXO = ["url", "root", "permalink", "source_dir", "theme", "skip_render", "include", "marked",
        "post_asset_folder", "new_post_name", "tag_dir"]  # fmt: skip
ALL = ["hugo", "jekyll", "mkdocs", "docusaurus", "eleventy", "vitepress", "pelican", "hexo", "astro", "zola", "plain"]  # fmt: skip
WORDS = st.sampled_from(["", "/", "en", "posts", "..", "/:year/:slug/", "http://[", "content", "x"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)
POST = "---\naliases: [/x/, ../y, '']\nslug: a b\ntags: [t]\n---\n[a](b.md) ![c](/d.png)\n"


def links_of(folder, name, config, generator) -> Links:
    (folder / "content" / "posts").mkdir(parents=True, exist_ok=True)
    (folder / "_posts").mkdir(exist_ok=True)
    (folder / name).write_text(config, "utf-8")
    paths = ["content/posts/a.md", "_posts/2024-01-02-a.md"]
    pages = {p: facts.collect(Document(Source(p, POST)), p, LEXICON) for p in paths}
    options = SiteOptions(generator=generator)
    return Site(str(folder), pages, LEXICON, options=options).links


@pytest.mark.parametrize(
    ("generator", "name", "keys"),
    [
        ("hugo", "hugo.json", HUGO),
        ("jekyll", "_config.yml", JEKYLL),
        ("mkdocs", "mkdocs.yml", MKDOCS),
        ("hexo", "_config.yml", HEXO),
    ],
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_configuration_will_do(tmp_path, generator, name, keys, data):
    table = data.draw(st.dictionaries(st.sampled_from(keys), VALUES, max_size=6))
    links = links_of(tmp_path, name, json.dumps(table), generator)
    for page in links.pages.values():
        for link in page.links:
            assert links.link(page, link).kind
        assert links.image(page, page.images[0]).kind
        assert (links.url(page) or "/").startswith("/")


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(destination=st.text(st.sampled_from("/.%#?&\\:{}<>[] abe\u0301é2F"), max_size=40))
@pytest.mark.parametrize("generator", ALL)
def test_any_destination_has_a_verdict(tmp_path, generator, destination):
    links = links_of(tmp_path, "hugo.toml", 'baseURL = "https://x.example/b/"', generator)
    page = next(iter(links.pages.values()))
    link = page.links[0]._replace(destination=destination)
    assert links.link(page, link).kind
    links.meant(page, destination, links.link(page, link))


@pytest.mark.parametrize(
    "destination",
    ["{{ " * 100_000, "{{< ref " * 100_000, "{% link " * 100_000, "../" * 300_000, "a/" * 500_000, "%2e" * 300_000,
     "data:image/png;base64," + "A" * 1_000_000],
    ids=lambda text: text[:8],
)  # fmt: skip
@pytest.mark.parametrize("generator", ALL)
def test_a_destination_may_be_very_long(tmp_path, generator, destination):
    links = links_of(tmp_path, "hugo.toml", "", generator)
    page = next(iter(links.pages.values()))
    kind = links.link(page, page.links[0]._replace(destination=destination)).kind
    assert kind == ("ok" if "{" in destination or ":" in destination else "missing")


def test_aliases_of_yaml_do_not_grow():
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60)]
    table = lowered(parse_table("\n".join(lines), "x.yml"))
    assert set(table) == {f"a{n}" for n in range(60)}


def test_a_table_in_itself_comes_to_an_end():
    table = lowered(parse_table("a: &a\n  b: *a\n", "x.yml"))
    assert table["a"]["b"]["b"]["b"] is table["a"]
    assert merged(table, lowered(parse_table("a: &a\n  b: *a\n", "x.yml")))


@pytest.mark.parametrize(
    "text", ["a: !!python/object/apply:os.system [x]\n", "a: !ENV X\n", "a: !x {b: c}\n"]
)
def test_tags_that_name_code_are_nothing(text):
    assert parse_table(text + "b: 1\n", "x.yml") == {"a": None, "b": 1}


@pytest.mark.parametrize(
    ("text", "name"), [("[", "x.toml"), ("{", "x.json"), ("a: [", "x.yml"), ("[" * 9999, "x.json"), ("- a", "x.yml")]
)  # fmt: skip
def test_what_is_no_table_is_an_empty_one(text, name):
    assert parse_table(text, name) == {}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes")
def test_pipes_and_large_files_are_not_read(tmp_path):
    os.mkfifo(tmp_path / "hugo.toml")
    (tmp_path / "large.yml").write_text("a: 1\n" + " " * 3_000_000)
    tree = Tree(str(tmp_path), {})
    assert tree.read("hugo.toml") == tree.read("large.yml") == ""
    assert tree.front("hugo.toml") is None


def test_behind_a_link_to_a_folder_nothing_is_sure(make_site, verdicts, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "static").mkdir()
    os.symlink(tmp_path / "elsewhere", tmp_path / "static" / "img")
    links = make_site({"hugo.toml": "", "content/a.md": "[a](/img/x.png) [b](/files/x.png)\n"})
    assert verdicts(links, "content/a.md") == ["unsure", "missing"]


@pytest.mark.parametrize(
    ("name", "config"),
    [
        ("mkdocs.yml", "site_url: http://["),
        ("docusaurus.config.js", "url: 'http://[', "),
        ("astro.config.mjs", "site: 'http://[', "),
        ("pelicanconf.py", "SITEURL = 'http://['"),
        ("config.toml", "base_url = 'http://['"),
        ("_config.yml", "url: http://["),
    ],
)
def test_an_address_that_is_none(make_site, name, config):
    assert make_site({name: config, "source/_posts/a.md": "", "content/a.md": ""}).hosts == ()
