"""What Astro makes of files and links; most of it is compared with what it builds in tests/truth."""

import pytest

ROUTE = (
    "---\nexport async function getStaticPaths() {\n  const posts = await getCollection('blog');\n"
    "  return posts.map((post) => ({ params: { slug: post.id }, props: post }));\n}\n---\n"
)


def site(inside: str, files: dict[str, str]) -> dict[str, str]:
    return {"astro.config.mjs": f"export default defineConfig({{ {inside} }});\n", **files}


@pytest.mark.parametrize(
    ("inside", "files", "url"),
    [
        ("", {"src/pages/about.md": ""}, "/about/"),
        ("", {"src/pages/docs/index.md": ""}, "/docs/"),
        ("build: { format: 'file' }", {"src/pages/about.md": ""}, "/about.html"),
        ("trailingSlash: 'never'", {"src/pages/about.md": ""}, "/about"),
        ("base: '/b'", {"src/content/blog/2024/Third Post.md": ""}, "/b/posts/2024/third-post/"),
        ("", {"src/content/blog/a.md": "---\nslug: other\n---\n"}, "/posts/other/"),
        ("", {"src/content/blog/a/index.md": ""}, "/posts/a/"),
        ("integrations: [starlight({})]", {"src/content/docs/index.mdx": ""}, "/"),
        ("integrations: [starlight({})]", {"src/content/docs/guides/Start.md": ""}, "/guides/start/"),
        ("", {"src/content/blog/_a.md": ""}, None),
        ("", {"src/content/notes/a.md": ""}, None),
        ("", {"src/data/a.md": ""}, None),
    ],
)  # fmt: skip
def test_the_url_of_a_page(make_site, inside, files, url):
    links = make_site(site(inside, {"src/pages/posts/[...slug].astro": ROUTE, **files}))
    (page,) = links.pages.values()
    assert links.url(page) == url
    assert links.is_page(page)


def test_collections_lie_where_their_loaders_say(make_site):
    config = "const posts = defineCollection({ loader: glob({ pattern: '**/*.md', base: './writing' }) });\nexport const collections = { blog: posts };\n"
    files = {"src/content.config.ts": config, "writing/a.md": "", "src/pages/posts/[...slug].astro": ROUTE}  # fmt: skip
    links = make_site(site("", files))
    assert links.url(links.pages["writing/a.md"]) == "/posts/a/"


@pytest.mark.parametrize(
    ("inside", "destination", "verdict"),
    [
        ("", "../b/", "ok"),
        ("", "b.md", "missing"),
        ("", "/posts/b", "ok"),
        ("", "/posts/nope/", "missing"),
        ("", "/tags/any/", "unsure"),
        ("", "/rss.xml", "ok"),
        ("base: '/base'", "/posts/b/", "base-path"),
        ("base: process.env.BASE", "/any/", "unsure"),
        ("redirects: { '/old': '/posts/b/' }", "/old", "ok"),
        ("integrations: [starlight({ plugins: [starlightBlog()] })], x: 'starlight-blog'", "/nope/", "unsure"),
        ("markdown: { rehypePlugins: [rehypeLinks] }", "b.md", "unsure"),
        ("trailingSlash: 'never'", "./b", "ok"),
        ("trailingSlash: 'never'", "../b", "ok"),
    ],
)  # fmt: skip
def test_a_link(make_site, verdicts, inside, destination, verdict):
    files = {
        "src/content/blog/a.md": f"[x]({destination})\n",
        "src/content/blog/b.md": "",
        "src/pages/posts/[...slug].astro": ROUTE,
        "src/pages/tags/[tag].astro": "",
        "src/pages/rss.xml.js": "",
    }
    assert verdicts(make_site(site(inside, files)), "src/content/blog/a.md") == [verdict]


@pytest.mark.parametrize(
    ("destination", "verdict"),
    [("/guides/a/", "ok"), ("/de/guides/a/", "unsure"), ("/pt-br/guides/a", "unsure"), ("/de/", "unsure"),
     ("/fr/guides/a/", "missing"), ("/de/guides/nope/", "missing"), ("/nope/", "missing")],
)  # fmt: skip
def test_starlight_shows_what_is_not_translated(make_site, verdicts, destination, verdict):
    locales = "integrations: [starlight({ locales: { root: {lang: 'en'}, de: {}, 'pt-br': {} } })]"
    files = {
        "src/content/docs/index.md": f"[x]({destination})\n",
        "src/content/docs/guides/a.md": "",
    }
    assert verdicts(make_site(site(locales, files)), "src/content/docs/index.md") == [verdict]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [("![x](./beside.png)", "ok"), ("![x](nope.png)", "missing"), ("![x](/p.png)", "ok"), ("![x](~/x.png)", "unsure"),
     ("![x](../../assets/hero.png)", "ok")],
)  # fmt: skip
def test_an_image(make_site, verdicts, text, verdict):
    files = {"src/content/blog/a.md": text + "\n", "src/content/blog/beside.png": "", "src/assets/hero.png": "",
             "public/p.png": "", "src/pages/posts/[...slug].astro": ROUTE}  # fmt: skip
    assert verdicts(make_site(site("", files)), "src/content/blog/a.md") == [verdict]
