"""What VitePress makes of files and links; most of it is compared with what it builds in
tests/truth."""

import pytest


def site(inside: str, files: dict[str, str]) -> dict[str, str]:
    return {".vitepress/config.mts": f"export default defineConfig({{ {inside} }})\n", **files}


@pytest.mark.parametrize(
    ("inside", "path", "url"),
    [
        ("", "a.md", "/a.html"),
        ("", "guide/index.md", "/guide/"),
        ("cleanUrls: true", "a.md", "/a"),
        ("base: '/m/'", "a.md", "/m/a.html"),
        ("srcDir: './src'", "src/a.md", "/a.html"),
        ("rewrites: {'packages/a.md': 'guide/b.md'}", "packages/a.md", "/guide/b.html"),
    ],
)
def test_the_url_of_a_page(make_site, inside, path, url):
    links = make_site(site(inside, {path: ""}))
    assert links.url(links.pages[path]) == url


@pytest.mark.parametrize(
    ("inside", "destination", "verdict"),
    [
        ("", "b.md", "ok"),
        ("", "b", "ok"),
        ("", "/b.html", "ok"),
        ("", "nope", "missing"),
        ("cleanUrls: true", "b.md", "ok"),
        ("cleanUrls: true", "./b.html", "ok"),
        ("base: process.env.BASE", "/b", "ok"),
        ("rewrites: {'b.md': 'c/d.md'}", "b.md", "ok"),
        ("rewrites: {'b.md': 'c/d.md'}", "c/d", "ok"),
        ("rewrites: {'packages/:pkg/(.*)': ':pkg/(.*)'}", "nope", "unsure"),
        ("rewrites: moved", "nope", "unsure"),
        ("srcExclude: ['**/b.md']", "b", "draft"),
        ("", "packages/any", "unsure"),
    ],
)
def test_a_link(make_site, verdicts, inside, destination, verdict):
    files = {"a.md": f"[x]({destination})\n", "b.md": "", "packages/[pkg].md": ""}
    assert verdicts(make_site(site(inside, files)), "a.md") == [verdict]


@pytest.mark.parametrize(
    ("destination", "verdict"),
    [("./beside.png", "ok"), ("beside.png", "ok"), ("/p.png", "ok"), ("nope.png", "missing"), ("/nope.png", "missing"), ("@/x.png", "unsure")],
)  # fmt: skip
def test_an_image(make_site, verdicts, destination, verdict):
    files = {"a.md": f"![x]({destination})\n", "beside.png": "", "public/p.png": ""}
    assert verdicts(make_site(site("base: '/m/'", files)), "a.md") == [verdict]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [("## Other\n", "anchor"), ("<!-- @include: ./part.md -->\n", "unsure"), ("<ApiList />\n", "unsure")],
)  # fmt: skip
def test_a_fragment(make_site, verdicts, text, verdict):
    files = {"a.md": "[x](b.md#here)\n", "b.md": text}
    assert verdicts(make_site(site("", files)), "a.md") == [verdict]
