"""What Zola makes of files and links, as its documentation says."""

import pytest

CONFIG = 'base_url = "https://blog.example/b"\ntaxonomies = [{name = "tags"}]\n[languages.fr]\n'


@pytest.mark.parametrize(
    ("path", "front", "url"),
    [
        ("content/posts/a.md", "", "/posts/a/"),
        ("content/posts/2024-03-04-Cold Air.md", "", "/posts/cold-air/"),
        ("content/posts/2024-03-04_cold/index.md", "", "/posts/cold/"),
        ("content/posts/a.md", 'slug = "other"', "/posts/other/"),
        ("content/posts/a.md", 'path = "x/y"', "/x/y/"),
        ("content/posts/_index.md", "", "/posts/"),
        ("content/_index.md", "", "/"),
        ("content/posts/a.fr.md", "", "/fr/posts/a/"),
    ],
)
def test_the_url_of_a_page(make_site, path, front, url):
    links = make_site({"config.toml": CONFIG, path: f"+++\n{front}\n+++\n"})
    assert links.url(links.pages[path]) == "/b" + url


@pytest.mark.parametrize(
    ("destination", "verdict"),
    [
        ("@/posts/b.md", "ok"),
        ("@/posts/b.md#costs", "ok"),
        ("@/posts/b.md#nope", "anchor"),
        ("@/posts/nope.md", "missing"),
        ("@/posts/draft.md", "draft"),
        ("../b/", "ok"),
        ("b.md", "missing"),
        ("/b/posts/b/", "ok"),
        ("/posts/b/", "base-path"),
        ("/b/old/", "ok"),
        ("/b/tags/any/", "unsure"),
        ("pic.png", "ok"),
        ("/b/p.png", "ok"),
    ],
)
def test_a_link(make_site, verdicts, destination, verdict):
    files = {
        "config.toml": CONFIG,
        "content/posts/a/index.md": f"+++\n+++\n[x]({destination})\n",
        "content/posts/a/pic.png": "",
        "content/posts/b.md": '+++\naliases = ["old"]\n+++\n## Costs\n',
        "content/posts/draft.md": "+++\ndraft = true\n+++\n",
        "static/p.png": "",
    }
    assert verdicts(make_site(files), "content/posts/a/index.md") == [verdict]
