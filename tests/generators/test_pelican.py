"""What Pelican makes of files and links; most of it is compared with what it builds in
tests/truth."""

import pytest


@pytest.mark.parametrize(
    ("config", "path", "text", "url"),
    [
        ("", "content/a.md", "Title: Größe & Café\n\nText.\n", "/grosse-cafe.html"),
        ("", "content/a.md", "---\ntitle: Cold\n---\n", "/cold.html"),
        ("SLUGIFY_SOURCE = 'basename'\n", "content/Cold_Air.md", "Title: X\n", "/cold_air.html"),
        ("ARTICLE_SAVE_AS = '{date:%Y}/{date:%m}/{slug}/index.html'\n", "content/2024-03-04-a.md", "Title: X\n", "/2024/03/x/"),
        ("ARTICLE_URL = 'posts/{slug}/'\nARTICLE_SAVE_AS = ARTICLE_URL + 'index.html'\n", "content/a.md", "Title: X\n", "/posts/x/"),
        ("PAGE_PATHS = ['info']\nPAGE_SAVE_AS = '{slug}/index.html'\n", "content/info/a.md", "Title: X\n", "/x/"),
        ("", "content/pages/a.md", "Title: X\n", "/pages/x.html"),
        ("", "content/a.md", "Title: X\nStatus: draft\n", "/drafts/x.html"),
        ("", "content/a.md", "Title: X\nLang: fr\n", "/x-fr.html"),
        ("PATH = 'src'\n", "src/a.md", "Title: X\nCategory: Cold\n", "/x.html"),
    ],
)  # fmt: skip
def test_the_url_of_a_page(make_site, config, path, text, url):
    links = make_site({"pelicanconf.py": config, path: text})
    assert links.url(links.pages[path]) == url


@pytest.mark.parametrize(
    ("config", "destination", "verdict"),
    [
        ("", "{filename}b.md", "ok"),
        ("", "{filename}/posts/b.md", "ok"),
        ("", "{filename}nope.md", "missing"),
        ("", "{filename}untitled.md", "missing"),
        ("", "{static}/images/a.png", "ok"),
        ("", "{static}/images/b.png", "missing"),
        ("", "{category}posts", "ok"),
        ("", "/b.html", "ok"),
        ("", "/nope.html", "missing"),
        ("", "/robots.txt", "missing"),
        ("EXTRA_PATH_METADATA = {'extra/robots.txt': {'path': 'robots.txt'}}\n", "/robots.txt", "ok"),
        ("PLUGINS = ['sitemap']\n", "/nope.html", "unsure"),
        ("ARTICLE_SAVE_AS = make()\n", "/nope.html", "unsure"),
        ("", "/theme/css/x.css", "unsure"),
        ("SITEURL = 'https://x.test/blog'\n", "/b.html", "base-path"),
        ("SITEURL = 'https://x.test/blog'\n", "{filename}b.md", "ok"),
    ],
)  # fmt: skip
def test_a_link(make_site, verdicts, config, destination, verdict):
    files = {
        "pelicanconf.py": config,
        "content/posts/a.md": f"Title: A\n\n[x]({destination})\n",
        "content/posts/b.md": "Title: B\n",
        "content/posts/untitled.md": "Nothing.\n",
        "content/images/a.png": "",
    }
    assert verdicts(make_site(files), "content/posts/a.md") == [verdict]


def test_other_formats_have_urls_that_are_not_read(make_site, verdicts):
    files = {"pelicanconf.py": "", "content/a.md": "Title: A\n\n[x](c.html)\n", "content/c.rst": ""}
    assert verdicts(make_site(files), "content/a.md") == ["unsure"]
