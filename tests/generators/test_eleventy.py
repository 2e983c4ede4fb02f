"""What Eleventy makes of files and links; most of it is compared with what it builds in
tests/truth."""

import pytest


def site(inside: str, files: dict[str, str]) -> dict[str, str]:
    return {"eleventy.config.mjs": f"export default (config) => {{ {inside} }};\n", **files}


@pytest.mark.parametrize(
    ("inside", "files", "url"),
    [
        ("", {"posts/a.md": ""}, "/posts/a/"),
        ("", {"posts/index.md": ""}, "/posts/"),
        ("", {"posts/posts.md": ""}, "/posts/"),
        ("", {"README.md": ""}, "/README/"),
        ("", {"a.md": "---\npermalink: /x/y.html\n---\n"}, "/x/y.html"),
        ("", {"a.md": "---\npermalink: x/index.html\n---\n"}, "/x/"),
        ("", {"posts/a.md": "", "posts/posts.json": '{"permalink": "one/"}'}, "/one/"),
        ("return { dir: { input: 'src' } }", {"src/a.md": ""}, "/a/"),
        ("config.setInputDirectory('src')", {"src/a.md": ""}, "/a/"),
        ("return { pathPrefix: '/base/' }", {"a.md": ""}, "/base/a/"),
        ("", {"a.md": "---\npermalink: '/{{ title }}/'\n---\n"}, None),
        ("", {"posts/a.md": "", "posts/posts.11tydata.js": "module.exports = {permalink: f}"}, None),
    ],
)  # fmt: skip
def test_the_url_of_a_page(make_site, inside, files, url):
    links = make_site(site(inside, files))
    (page,) = links.pages.values()
    assert links.url(page) == url
    assert links.is_page(page)


@pytest.mark.parametrize(
    ("path", "front", "why"),
    [
        ("a.md", "permalink: false", "without a permalink"),
        ("a.md", "draft: true", None),
    ],
)
def test_why_a_page_is_not_published(make_site, path, front, why):
    links = make_site(site("", {path: f"---\n{front}\n---\n"}))
    absent = links.built.absent.get(path)
    assert (absent and absent.note) == why


def test_drafts_are_what_the_configuration_takes_for_drafts(make_site):
    code = "config.addPreprocessor('drafts', '*', (data) => data.draft ? false : undefined)"
    links = make_site(site(code, {"a.md": "---\ndraft: true\n---\n"}))
    assert links.built.absent["a.md"].note == "a draft"


@pytest.mark.parametrize(
    ("inside", "destination", "verdict"),
    [
        ("", "../b/", "ok"),
        ("", "b.md", "missing"),
        ("", "/nope/", "missing"),
        ("", "/tags/any/", "unsure"),
        ("", "/_includes/part/", "missing"),
        ("config.addPlugin(InputPathToUrlTransformPlugin)", "b.md", "ok"),
        ("config.addPlugin(InputPathToUrlTransformPlugin)", "/b.md#x", "anchor"),
        ("config.addPassthroughCopy('img')", "/img/a.png", "ok"),
        ("config.addPassthroughCopy({'img': 'pictures'})", "/pictures/a.png", "ok"),
        ("config.addPassthroughCopy({'img': 'pictures'})", "/img/a.png", "missing"),
        ("config.addPassthroughCopy('**/*.png')", "/img/a.png", "ok"),
        ("config.addPassthroughCopy('**/*.jpg')", "/img/a.png", "missing"),
        ("folders.forEach((one) => config.addPassthroughCopy(one))", "/img/a.png", "unsure"),
        ("config.addPlugin(HtmlBasePlugin); return { pathPrefix: '/base/' }", "/b/", "ok"),
        ("return { pathPrefix: '/base/' }", "/b/", "base-path"),
        ("config.addPlugin(feedPlugin, {})", "/feed.xml", "unsure"),
    ],
)
def test_a_link(make_site, verdicts, inside, destination, verdict):
    files = {
        "a.md": f"[x]({destination})\n",
        "b.md": "",
        "img/a.png": "",
        "_includes/part.md": "",
        "tags.njk": "---\npagination: {data: collections}\npermalink: /tags/{{ tag }}/\n---\n",
    }
    assert verdicts(make_site(site(inside, files)), "a.md") == [verdict]


def test_links_of_a_page_whose_url_is_not_known(make_site, verdicts):
    text = "---\npermalink: '/{{ title }}/'\n---\n[a](/b/) [b](../b/) [c](#nope) [d](/nope/)\n"
    files = site("config.addPlugin(IdAttributePlugin)", {"a.md": text, "b.md": ""})
    assert verdicts(make_site(files), "a.md") == ["ok", "unsure", "anchor", "unsure"]


def test_the_host_is_what_the_data_say(make_site, verdicts):
    files = {"a.md": "[x](https://cold.test/a/#nope)\n", "_data/metadata.json": '{"url": "https://cold.test/"}'}  # fmt: skip
    files = site("config.addPlugin(IdAttributePlugin)", files)
    assert verdicts(make_site(files), "a.md") == ["anchor"]
