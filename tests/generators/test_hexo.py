"""What Hexo makes of files and links; most of it is compared with what it builds in tests/truth."""

import pytest

CONFIG = "url: https://blog.example/b\n"
POST = "---\ntitle: Cold air\ndate: 2024-03-04\n---\n"


@pytest.mark.parametrize(
    ("config", "path", "front", "url"),
    [
        ("", "source/_posts/cold.md", "date: 2024-03-04", "/2024/03/04/cold/"),
        ("", "source/_posts/sub/Cold.md", "date: 2024-03-04", "/2024/03/04/sub/Cold/"),
        ("permalink: posts/:name.html\n", "source/_posts/sub/cold.md", "", "/posts/cold.html"),
        ("permalink: :category/:i_day/:title/\n", "source/_posts/a.md", "date: 2024-03-04\ncategories: [Air, Cold]", "/Air/Cold/4/a/"),
        ("permalink: p/:abbrlink/\n", "source/_posts/a.md", "abbrlink: 1a2b", "/p/1a2b/"),
        ("new_post_name: ':year-:month-:day-:title.md'\n", "source/_posts/2024-03-04-a.md", "", "/2024/03/04/a/"),
        ("", "source/_posts/a.md", "permalink: moved/", "/moved/"),
        ("", "source/about/index.md", "", "/about/"),
        ("", "source/plain.md", "", "/plain.html"),
    ],
)  # fmt: skip
def test_the_url_of_a_page(make_site, config, path, front, url):
    links = make_site({"_config.yml": CONFIG + config, "source/_posts/x.md": POST, path: f"---\n{front}\n---\n"})  # fmt: skip
    assert links.url(links.pages[path]) == "/b" + url


@pytest.mark.parametrize(
    ("config", "package", "body", "verdict"),
    [
        ("", "{}", "[x](/b/2024/03/04/other/)", "ok"),
        ("", "{}", "[x](/b/2024/03/04/nope/)", "missing"),
        ("", "{}", "[x](/2024/03/04/other/)", "base-path"),
        ("", "{}", "[x](/b/tags/any/)", "unsure"),
        ("", '{"dependencies": {"hexo-generator-moment": "1"}}', "[x](/b/moment/)", "unsure"),
        ("", '{"dependencies": {"hexo-abbrlink": "1"}}', "[x](/b/nope/)", "unsure"),
        ("permalink: :hash/\n", "{}", "[x](/b/nope/)", "unsure"),
        ("", "{}", "[x]({% post_path other %})", "ok"),
        ("", "{}", "[x]({% post_path nope %})", "missing"),
        ("", "{}", "![x](/images/a.png)", "ok"),
        ("", "{}", "![x](beside.png)", "missing"),
        ("post_asset_folder: true\n", "{}", "![x](beside.png)", "ok"),
        ("", "{}", "[x](/b/future/)", "missing"),
    ],
)
def test_a_link(make_site, verdicts, config, package, body, verdict):
    files = {
        "_config.yml": CONFIG + config,
        "package.json": package,
        "source/_posts/post.md": POST + body + "\n",
        "source/_posts/post/beside.png": "",
        "source/_posts/other.md": POST,
        "source/images/a.png": "",
        "themes/landscape/source/style.css": "",
    }
    assert verdicts(make_site(files), "source/_posts/post.md") == [verdict]
