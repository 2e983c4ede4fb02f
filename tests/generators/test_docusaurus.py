"""What Docusaurus makes of files and links; most of it is compared with what it builds in
tests/truth."""

import pytest

CONFIG = 'module.exports = { url: "https://docs.example", baseUrl: "/manual/" };\n'


def config(inside: str) -> str:
    return f"export default {{ // a comment: 'it's\n  baseUrl: '/',\n  {inside}\n}};\n"


@pytest.mark.parametrize(
    ("path", "front", "url"),
    [
        ("docs/intro.md", "", "/docs/intro"),
        ("docs/01-guide/02-first.mdx", "", "/docs/guide/first"),
        ("docs/2024-01-02-notes.md", "", "/docs/2024-01-02-notes"),
        ("docs/7.0-notes.md", "", "/docs/7.0-notes"),
        ("docs/guide/index.md", "", "/docs/guide/"),
        ("docs/guide/README.md", "", "/docs/guide/"),
        ("docs/guide/Guide.md", "", "/docs/guide/"),
        ("docs/guide/a.md", "id: b", "/docs/guide/b"),
        ("docs/guide/a.md", "slug: b", "/docs/guide/b"),
        ("docs/guide/a.md", "slug: ../b", "/docs/b"),
        ("docs/guide/a.md", "slug: /b", "/docs/b"),
        ("docs/guide/a.md", "slug: /", "/docs/"),
        ("blog/2024-01-02-a.md", "", "/blog/2024/01/02/a"),
        ("blog/2024-01-02-a/index.mdx", "", "/blog/2024/01/02/a"),
        ("blog/2024/01-02-a.md", "", "/blog/2024/01/02/a"),
        ("blog/a.md", "", "/blog/a"),
        ("blog/2024-01-02-a.md", "slug: b/c", "/blog/b/c"),
        ("src/pages/about.md", "", "/about"),
        ("src/pages/sub/index.mdx", "", "/sub/"),
        ("i18n/fr/docusaurus-plugin-content-docs/current/intro.md", "", "/fr/docs/intro"),
    ],
)
def test_the_url_of_a_page(make_site, path, front, url):
    links = make_site({"docusaurus.config.js": CONFIG, path: f"---\n{front}\n---\n"})
    assert links.url(links.pages[path]) == "/manual" + url


@pytest.mark.parametrize(
    ("inside", "path", "url"),
    [
        ("presets: [['classic', {docs: {routeBasePath: '/'}, blog: false}]]", "docs/a.md", "/a"),
        ("presets: [['classic', {docs: {path: './content', routeBasePath: 'guide'}}]]", "content/a.md", "/guide/a"),
        ("plugins: [['@docusaurus/plugin-content-docs', {id: 'dev', path: 'dev', routeBasePath: '/develop'}]]", "dev/a.md", "/develop/a"),
        ("presets: [['classic', {docs: {routeBasePath: '/', versions: {current: {path: 'next'}}}}]]", "docs/a.md", "/a"),
        ("presets: [['classic', {blog: {routeBasePath: 'news', feedOptions: {path: 'x', create: f({path: 'y'})}}}]]", "blog/a.md", "/news/a"),
        ("themeConfig: {docs: {sidebar: {hideable: true}}}, presets: [['classic', {docs: {routeBasePath: 'x'}}]]", "docs/a.md", "/x/a"),
        ("trailingSlash: true", "docs/a.md", "/docs/a/"),
        ("trailingSlash: false", "docs/b/index.md", "/docs/b"),
        ("numberPrefixParser: false", "docs/01-a.md", "/docs/01-a"),
    ],
)  # fmt: skip
def test_the_url_of_a_page_as_the_configuration_says(make_site, inside, path, url):
    links = make_site({"docusaurus.config.ts": config(inside), path: ""})
    assert links.url(links.pages[path]) == url


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("docs/a.md", "/docs/next/a"),
        ("versioned_docs/version-2.0/a.md", "/docs/a"),
        ("versioned_docs/version-1.0/a.md", "/docs/1.0/a"),
    ],
)
def test_versions(make_site, path, url):
    files = {"docusaurus.config.js": config(""), "versions.json": '["2.0", "1.0"]', path: ""}
    links = make_site(files)
    assert links.url(links.pages[path]) == url


@pytest.mark.parametrize(
    ("inside", "destination", "verdict"),
    [
        ("", "b.md", "ok"),
        ("", "nope.md", "missing"),
        ("", "@site/docs/b.md", "ok"),
        ("", "@site/docs/nope.md", "unsure"),
        ("", "/docs/b", "ok"),
        ("", "/docs/nope", "missing"),
        ("", "/docs/b.md", "ok"),
        ("", "../blog/2024-01-02-p.md", "missing"),
        ("", "/docs/category/tools", "unsure"),
        ("", "/docs/tags/x", "unsure"),
        ("", "/made-list", "unsure"),
        ("", "/photo.png", "ok"),
        ("", "./beside.pdf", "ok"),
        ("", "pathname:///other", "ok"),
        ("", "/fr/docs/nope", "missing"),
        ("i18n: {defaultLocale: 'en', locales: ['en', 'fr']}", "/fr/docs/nope", "unsure"),
        ("plugins: ['docusaurus-plugin-openapi-docs']", "/docs/nope", "unsure"),
        ("plugins: [function mine(context) { return {}; }]", "/docs/nope", "unsure"),
        ("plugins: ['./plugins/mine']", "/docs/nope", "unsure"),
        ("plugins: ['@docusaurus/plugin-ideal-image', ['docusaurus-plugin-sass', {sidebarPath: require.resolve('./sidebars.js')}]]", "/docs/nope", "missing"),
        ("plugins: [['@docusaurus/plugin-client-redirects', {redirects: [{from: ['/old', '/older'], to: '/docs/b'}]}]]", "/older", "ok"),
        ("presets: [['classic', {docs: {versions: {current: {path: 'next'}}}}]]", "/docs/nope", "unsure"),
        ("presets: [['classic', {docs: {routeBasePath: process.env.BASE}}]]", "/docs/nope", "unsure"),
    ],
)  # fmt: skip
def test_a_link(make_site, verdicts, inside, destination, verdict):
    files = {
        "docusaurus.config.js": config(inside),
        "docs/a.md": f"[x]({destination})\n",
        "docs/b.md": "",
        "docs/beside.pdf": "",
        "docs/tools/_category_.json": '{"link": {"slug": "/made-list"}}',
        "blog/2024-01-02-p.md": "",
        "static/photo.png": "",
    }
    assert verdicts(make_site(files), "docs/a.md") == [verdict]


@pytest.mark.parametrize(
    ("destination", "verdict"),
    [("./beside.png", "ok"), ("beside.png", "ok"), ("/photo.png", "ok"), ("@site/static/photo.png", "ok"),
     ("./nope.png", "missing"), ("/nope.png", "missing"), ("@theme/x.png", "unsure")],
)  # fmt: skip
def test_an_image(make_site, verdicts, destination, verdict):
    files = {"docs/beside.png": "", "static/photo.png": "", "docs/a.md": f"![x]({destination})\n"}
    assert verdicts(make_site({"docusaurus.config.js": CONFIG, **files}), "docs/a.md") == [verdict]


@pytest.mark.parametrize(
    ("destination", "verdict"),
    [("./beside.png", "ok"), ("./nope.png", "missing"), ("/photo.png", "ok"), ("photo.png", "ok")],
)
def test_the_image_of_a_post(make_site, verdicts, destination, verdict):
    files = {
        "blog/2024-01-02-p/index.md": f"---\nslug: p\nimage: {destination}\n---\n",
        "blog/2024-01-02-p/beside.png": "",
        "static/photo.png": "",
        "docusaurus.config.js": CONFIG,
    }
    assert verdicts(make_site(files), "blog/2024-01-02-p/index.md") == [verdict]


def test_parts_of_other_pages_are_judged_where_they_stand_for_sure(make_site, verdicts):
    part = "[a](a.md) [b](nope.md) [c](../other) [d](https://docs.example/manual/docs/a)\n"
    files = {"docusaurus.config.js": CONFIG, "docs/_part.md": part, "docs/a.md": ""}
    assert verdicts(make_site(files), "docs/_part.md") == ["ok", "unsure", "unsure", "ok"]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("## Other\n", "anchor"),
        ("import Part from './_part.mdx';\n\n<Part />\n", "unsure"),
        ("<Tabs>\n<TabItem>\n\n## Other\n\n</TabItem>\n</Tabs>\n", "anchor"),
        ("## Mine {#here}\n", "ok"),
    ],
)
def test_a_fragment(make_site, verdicts, text, verdict):
    files = {"docs/a.mdx": "[x](b.mdx#here)\n", "docs/b.mdx": text}
    assert verdicts(make_site({"docusaurus.config.js": CONFIG, **files}), "docs/a.mdx") == [verdict]
