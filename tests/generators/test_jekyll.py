"""What Jekyll makes of files and links; each row was seen in what Jekyll 4.3 built."""

import pytest


def post(front: str = "", body: str = "") -> str:
    return f"---\n{front}\n---\n{body}"


CONFIG = """\
baseurl: /blog
url: https://blog.example
collections:
  docs: {output: true}
  recipes: {output: true, permalink: "/:collection/:path/"}
  hidden: {}
exclude: [vendor, "*.tmp", docs/x.md, "sec*"]
include: [_pages, _inc.md]
defaults:
- scope: {path: "pages2"}
  values: {permalink: "/p2/:basename/"}
"""
GEMFILE = 'gem "jekyll", "~> 4.3"\n'


@pytest.mark.parametrize(
    ("path", "front", "url"),
    [
        ("_posts/2024-02-03-second.md", "", "/2024/02/03/second.html"),
        ("_posts/2024-02-04-Caps-Spaces_&-Ünï-C++-v1.2.md", "categories: Foo Bar", "/foo/bar/2024/02/04/Caps-Spaces_&-Ünï-C++-v1.2.html"),
        ("_posts/2024-02-04-x y_z__w.md", "category: Foo Bar", "/foo bar/2024/02/04/x-y_z__w.html"),
        ("_posts/sub/2024-02-05-in-sub.md", "categories: ['Foo Bar', Web]", "/foo bar/web/2024/02/05/in-sub.html"),
        ("cat/_posts/2024-02-06-incat.md", "slug: My Slug!", "/cat/2024/02/06/My-Slug!.html"),
        ("_posts/2024-02-07-date.md", "date: 2024-02-08", "/2024/02/08/date.html"),
        ("_posts/2024-02-07-perm.md", "permalink: /custom/:title/", "/custom/perm/"),
        ("_posts/2024-02-07-perm2.md", "permalink: /custom/x", "/custom/x"),
        ("about.md", "", "/about.html"),
        ("sub/index.md", "", "/sub/"),
        ("sub/p.md", "permalink: /q/:basename:output_ext", "/q/p.html"),
        ("pages2/z.md", "", "/p2/z/"),
        ("_pages/inc.md", "", "/_pages/inc.html"),
        ("_inc.md", "", "/_inc.html"),
        ("docs/y.md", "", "/docs/y.html"),
        ("_docs/One.Two.md", "", "/docs/One.Two.html"),
        ("_docs/deep/2024-01-02-dated.md", "", "/docs/deep/2024-01-02-dated.html"),
        ("_recipes/deep/r.md", "", "/recipes/deep/r/"),
        ("_recipes/index.md", "", "/recipes/index/"),
    ],
)  # fmt: skip
def test_the_url_of_a_page(make_site, path, front, url):
    links = make_site({"_config.yml": CONFIG, "Gemfile": GEMFILE, path: post(front)})
    assert links.url(links.pages[path]) == "/blog" + url


@pytest.mark.parametrize(
    ("permalink", "path", "url"),
    [
        ("pretty", "_posts/2024-02-03-a.md", "/2024/02/03/a/"),
        ("none", "_posts/2024-02-03-a.md", "/a.html"),
        ("ordinal", "_posts/2024-02-03-a.md", "/2024/034/a.html"),
        ("/:year/:i_month/:short_month/:slug/", "_posts/2024-02-03-A B.md", "/2024/2/Feb/a-b/"),
        ("pretty", "about.md", "/about/"),
        ("/:title/", "about.md", "/about/"),
        ("/:title", "about.md", "/about"),
        ("none", "about.md", "/about.html"),
        ("/:path/", "_items/de/how-to.md", "/items/de/how-to/"),
    ],
)
def test_styles_of_permalinks(make_site, permalink, path, url):
    config = f"permalink: {permalink}\ncollections:\n  items: {{output: true}}\n"
    links = make_site({"_config.yml": config, "Gemfile": GEMFILE, path: post()})
    assert links.url(links.pages[path]) == url


@pytest.mark.parametrize(
    ("path", "front", "why"),
    [
        ("_posts/nodate.md", "", "without a date in its name"),
        ("_posts/2999-02-07-future.md", "", "not published until 2999-02-07"),
        ("_posts/2024-02-09-unpub.md", "published: false", "not published"),
        ("_drafts/d.md", "", "a draft"),
        ("_hidden/h.md", "", "of the collection `hidden`, which is not put out"),
        ("_other/no.md", "", "excluded"),
        ("docs/x.md", "", "excluded"),
        ("secret/s.md", "", "excluded"),
        ("about.md", "", None),
    ],
)
def test_why_a_page_is_not_published(make_site, path, front, why):
    links = make_site({"_config.yml": CONFIG, "Gemfile": GEMFILE, path: post(front)})
    absent = links.built.absent.get(path)
    assert (absent and absent.note) == why


SITE = {
    "_config.yml": CONFIG,
    "Gemfile": GEMFILE,
    "_posts/2024-02-03-second.md": post("redirect_from: [/old/first/, /older]"),
    "_posts/2024-02-10-nofm.md": "No front matter.\n",
    "_posts/sub/2024-02-05-in-sub.md": post("categories: ['Foo Bar', Web]"),
    "_posts/2024-02-11-zone.md": post("date: 2024-02-11 23:30:00 -0500"),
    "_posts/2999-02-03-next.md": post(),
    "_posts/pic.png": "",
    "about.md": post(),
    "a b.md": post(),
    "sub/nofm.md": "",
    "_docs/nofm.md": "",
    "_docs/deep/s.png": "",
    "img/a.png": "",
    "assets/m.scss": post(),
    "g.json": post(),
    "h.html": post(),
    "f.xml": post("permalink: /feed2.xml"),
}


@pytest.mark.parametrize(
    "url",
    ["/2024/02/03/second.html", "/2024/02/03/second", "/2024/02/10/nofm.html", "/old/first/", "/older", "/sub/nofm.md",
     "/docs/nofm.md", "/docs/deep/s.png", "/img/a.png", "/assets/m.css", "/g.json", "/h.html", "/feed2.xml",
     "/2024/02/11/zone.html", "/2024/02/12/zone.html"],
)  # fmt: skip
def test_what_is_served(make_site, url):
    assert make_site(SITE).built.find(url)


@pytest.mark.parametrize(
    "url", ["/_posts/pic.png", "/pic.png", "/about.md", "/about/", "/sub/nofm.html", "/Gemfile", "/2024/02/03/second/"]
)  # fmt: skip
def test_what_is_not_served(make_site, url):
    assert make_site(SITE).built.find(url) is None


def test_github_makes_pages_of_files_without_front_matter(make_site):
    built = make_site({"_config.yml": "", "sub/README.md": "", "a.md": ""}).built
    assert all(map(built.find, ("/a.html", "/a.md", "/sub/", "/sub/README.html")))


@pytest.mark.parametrize(
    ("destination", "expected"),
    [
        ("{% post_url 2024-02-03-second %}", "ok"),
        ("{% post_url 2024-02-05-in-sub %}", "ok"),
        ("{% post_url sub/2024-02-05-in-sub %}", "ok"),
        ("{% post_url 2024-02-03-second %}#gone", "anchor"),
        ("{{ site.baseurl }}{% post_url 2024-02-03-second %}", "base-path"),
        ("{% post_url 2024-02-03-gone %}", "missing"),
        ("{% post_url 2999-02-03-next %}", "draft"),
        ("{% link about.md %}", "ok"),
        ("{% link img/a.png %}", "ok"),
        ("{% link gone.md %}", "missing"),
        ("{{ '/about.html' | relative_url }}", "ok"),
        ('{{ "about.html" | relative_url }}', "ok"),
        ("{{ '/gone.html' | relative_url }}", "missing"),
        ("{{ '/about.html' | absolute_url }}", "ok"),
        ("{{ '/gone.html' | absolute_url }}", "missing"),
        ("{{ '/about.html' | prepend: site.baseurl }}", "ok"),
        ("{{ site.baseurl }}/about.html", "ok"),
        ("{{site.baseurl}}/gone", "missing"),
        ("{{ site.url }}{{ site.baseurl }}/gone", "missing"),
        ("{{ page.url }}/gone", "ok"),
        ("{{ '/gone' | strange }}", "ok"),
        ("/blog/about.html", "ok"),
        ("/about.html", "base-path"),
        ("../03/second.html", "ok"),
        ("2024-02-03-second.md", "missing"),
        ("/blog/a%20b.html", "ok"),
    ],
)
def test_links(make_site, verdicts, destination, expected):
    path = "_posts/2024-02-04-links.md"
    links = make_site({**SITE, path: post("", f"[words](<{destination}>)\n")})
    assert verdicts(links, path) == [expected]


def test_before_jekyll_4_the_base_path_was_written_out(make_site, verdicts):
    body = "[a]({{ site.baseurl }}{% post_url 2024-02-03-second %}) [b]({% link gone.md %})\n"
    files = {**SITE, "Gemfile": 'gem "github-pages"\n', "about.md": post("", body)}
    assert verdicts(make_site(files), "about.md") == ["ok", "missing"]


def test_relative_links_of_the_plugin(make_site, verdicts):
    body = "[a](sub/other.md#x) [b](gone.md) <a href='sub/other.md'>c</a>\n"
    files = {"_config.yml": "plugins: [jekyll-relative-links]\n", "Gemfile": GEMFILE}
    files |= {"about.md": post("", body), "sub/other.md": post("", "# X\n")}
    assert verdicts(make_site(files), "about.md") == ["ok", "missing", "missing"]
    files["_config.yml"] = "plugins: []\n"
    assert verdicts(make_site(files), "about.md") == ["missing", "missing", "missing"]


def test_what_plugins_and_themes_may_make(make_site, verdicts):
    body = "[a](/tags/x/) [b](/img/gone.png) [c](/assets/x.css)\n"
    files = {"Gemfile": GEMFILE, "img/a.png": "", "index.md": post("", body)}
    files["_config.yml"] = "theme: minima\nplugins: [jekyll-archives]\n"
    assert verdicts(make_site(files), "index.md") == ["unsure", "missing", "unsure"]
    files["_config.yml"] = "plugins: [jekyll-feed]\n"
    assert verdicts(make_site(files), "index.md") == ["missing", "missing", "missing"]
    files["_plugins/x.rb"] = ""
    assert verdicts(make_site(files), "index.md") == ["unsure", "missing", "unsure"]


def test_later_pages_of_a_list_are_all_that_the_paginator_makes(make_site, verdicts):
    files = {
        "Gemfile": GEMFILE,
        "_config.yml": "plugins: [jekyll-paginate]\npaginate: 5\npaginate_path: /blog/page:num/\n",
        "index.md": post("", "[a](/blog/page2/) [b](/blog/gone/) [c](/tags/x/)\n"),
    }
    assert verdicts(make_site(files), "index.md") == ["unsure", "missing", "missing"]


def test_ids_of_includes_and_layouts(make_site, verdicts):
    body = "{% include box.html %}\n\n{% if x %}y{% endif %}\n\n[a](#box) [b](#main) [c](#gone)\n"
    files = {**SITE, "_includes/box.html": '<p id="box">', "_layouts/x.html": '<main id="main">'}
    files["about.md"] = post("", body)
    assert verdicts(make_site(files), "about.md") == ["unsure", "unsure", "anchor"]
    files["about.md"] = post("", body.replace("box.html", "gone.html"))
    assert verdicts(make_site(files), "about.md") == ["unsure", "unsure", "unsure"]


@pytest.mark.parametrize(
    ("front", "destination", "verdict"),
    [
        ("", "/img/a.png", "ok"),
        ("", "/blog/img/a.png", "ok"),
        ("", "a.png", "missing"),
        ("media_subpath: /img", "a.png", "ok"),
        ("media_subpath: /img/", "b.png", "missing"),
        ("img_path: img", "a.png", "ok"),
        ("media_subpath: /img", "/img/a.png", "ok"),
        ("media_subpath: /img", "https://other.example/a.png", "ok"),
    ],
)
def test_images_of_chirpy(make_site, verdicts, front, destination, verdict):
    path = "_posts/2024-02-03-a.md"
    config = CONFIG + "theme: jekyll-theme-chirpy\n"
    files = {"_config.yml": config, "img/a.png": "", path: post(front, f"![x]({destination})\n")}
    assert verdicts(make_site(files), path) == [verdict]


def test_images_of_chirpy_that_another_host_serves(make_site, verdicts):
    path = "_posts/2024-02-03-a.md"
    config = CONFIG + "theme: jekyll-theme-chirpy\ncdn: https://cdn.example\n"
    files = {"_config.yml": config, path: post("", "![x](/img/a.png)\n")}
    assert verdicts(make_site(files), path) == ["unsure"]
