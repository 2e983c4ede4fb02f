"""What Hugo makes of files and links; each row was seen in what Hugo 0.168 built."""

import pytest

CONFIG = {"hugo.toml": 'baseURL = "https://blog.example/"\n'}
LANGUAGES = """\
baseURL = "https://blog.example/"
[languages.en]
[languages.de]
"""


def post(front: str = "", body: str = "") -> str:
    return f"---\n{front}\n---\n{body}"


@pytest.mark.parametrize(
    ("path", "front", "config", "url"),
    [
        ("content/posts/b.md", "", "", "/posts/b/"),
        ("content/about.md", "", "", "/about/"),
        ("content/_index.md", "", "", "/"),
        ("content/posts/_index.md", "", "", "/posts/"),
        ("content/posts/x/index.md", "", "", "/posts/x/"),
        ("content/Deep/er/X.md", "", "", "/deep/er/x/"),
        ("content/posts/c++ & c#.md", "", "", "/posts/c++--c#/"),
        ("content/posts/Ünï  two--dash.md", "", "", "/posts/ünï--two--dash/"),
        ("content/posts/it's (x) a@b,c;d=e.md", "", "", "/posts/its-x-a@bcde/"),
        ("content/posts/with.dots.md", "", "", "/posts/with.dots/"),
        ("content/posts/b.md", "slug: A Slug & More/part", "", "/posts/a-slug-more/part/"),
        ("content/posts/x/index.md", "slug: my Bun", "", "/posts/my-bun/"),
        ("content/sec/_index.md", "slug: zz", "", "/zz/"),
        ("content/posts/b.md", "url: /w/u.html", "", "/w/u.html"),
        ("content/posts/b.md", "url: /Abs Path/X", "", "/Abs Path/X/"),
        ("content/posts/b.md", "url: w2/rel", "", "/w2/rel/"),
        ("content/posts/b.md", "url: /p/:year/:slug/\ndate: 2023-01-02\ntitle: T U", "", "/p/2023/t-u/"),
        ("content/posts/B.md", "", "disablePathToLower = true", "/posts/B/"),
        ("content/posts/b.md", "", "uglyURLs = true", "/posts/b.html"),
        ("content/posts/b.md", "", "[uglyURLs]\nposts = true", "/posts/b.html"),
        ("content/pages/b.md", "", "[uglyURLs]\nposts = true", "/pages/b/"),
        ("content/posts/é.md", "", "removePathAccents = true", "/posts/e/"),
        ("content/posts/a/b.md", "date: 2023-04-05", '[permalinks]\nposts = "/:year/:month/:day/:sections/:slug/"', "/2023/04/05/posts/a/b/"),
        ("content/posts/b.md", "title: 'Two: Words'\ndate: 2023-04-05T23:00:00-05:00", '[permalinks.page]\nposts = "/:monthname/:title/"', "/april/two-words/"),
        ("content/posts/a/b.md", "title: T", '[permalinks]\nposts = "/:sections[1:]/:contentbasename/"', "/a/b/"),
        ("content/posts/2023-05-06-some-name.md", "", '[frontmatter]\ndate = [":filename", ":default"]', "/posts/some-name/"),
        ("content/posts/2023-05-06-some-name.md", "", "", "/posts/2023-05-06-some-name/"),
        ("text/posts/b.md", "", 'contentDir = "text"', "/posts/b/"),
    ],
)  # fmt: skip
def test_the_url_of_a_page(make_site, path, front, config, url):
    config = f'baseURL = "https://blog.example/"\n{config}\n'
    links = make_site({"hugo.toml": config, path: post(front)})
    assert links.url(links.pages[path]) == url


@pytest.mark.parametrize(
    ("front", "config", "why"),
    [
        ("draft: true", "", "a draft"),
        ("draft: true", "buildDrafts = true", None),
        ("date: 2999-01-02", "", "not published until 2999-01-02"),
        ("date: 2020-01-02\npublishDate: 2999-01-02", "", "not published until 2999-01-02"),
        ("date: 2999-01-02", "buildFuture = true", None),
        ("date: 2020-01-02\nexpiryDate: 2021-01-02", "", "expired since 2021-01-02"),
        ("headless: true", "", "headless"),
        ("build: {render: never}", "", "not rendered"),
        ("date: 2020-01-02", "", None),
    ],
)
def test_why_a_page_is_not_published(make_site, front, config, why):
    path = "content/posts/b.md"
    links = make_site({"hugo.toml": config, path: post(front)})
    absent = links.built.absent.get(path)
    assert (absent and absent.note) == why


SITE = {
    **CONFIG,
    "content/posts/_index.md": "",
    "content/posts/b.md": post("tags: [Foo  Bar, C++ & C#]\naliases: [/Old One/, rel, ../up, /x.html]"),
    "content/posts/Bundle/index.md": "",
    "content/posts/Bundle/Pic One.PNG": "",
    "content/posts/Bundle/sub/P.txt": "",
    "content/posts/Bundle/other.md": "",
    "content/posts/loose.PNG": "",
    "content/Deep/er/x.md": "",
    "content/Deep/er/z.txt": "",
    "content/top.png": "",
    "static/Img/A B.png": "",
    "assets/c.png": "",
    "themes/mine/static/theme.css": "",
    "themes/mine/layouts/x.html": "",
}  # fmt: skip


@pytest.mark.parametrize(
    "url",
    ["/posts/b/", "/posts/bundle/", "/posts/bundle/Pic One.PNG", "/posts/bundle/sub/P.txt", "/posts/loose.PNG",
     "/deep/", "/deep/er/x/", "/deep/er/z.txt", "/top.png", "/Img/A B.png", "/Old One/", "/posts/rel/", "/up/", "/x.html",
     "/tags/", "/tags/foo--bar/", "/tags/c++--c#/", "/categories/", "/", "/sitemap.xml", "/404.html"],
)  # fmt: skip
def test_what_is_served(make_site, url):
    assert make_site(SITE).built.find(url)


@pytest.mark.parametrize(
    "url",
    ["/posts/bundle/other/", "/deep/er/", "/assets/c.png", "/c.png", "/static/Img/A B.png", "/posts/b.md", "/theme.css"],
)  # fmt: skip
def test_what_is_not_served(make_site, url):
    assert make_site(SITE).built.find(url) is None


def test_a_theme_of_the_site_serves_its_files(make_site):
    site = {**SITE, "hugo.toml": 'theme = "mine"\n'}
    assert make_site(site).built.find("/theme.css")


def test_of_a_theme_that_is_elsewhere_nothing_is_known(make_site, verdicts):
    body = "[a](/css/x.css) [b](/posts/gone/) [c](/new/)\n"
    links = make_site({"hugo.toml": 'theme = "gone"\n', "content/posts/a.md": body})
    assert verdicts(links, "content/posts/a.md") == ["unsure", "missing", "unsure"]


def test_configuration_in_a_folder(make_site):
    files = {
        "config/_default/hugo.yaml": "baseURL: https://blog.example/sub/\n",
        "config/_default/permalinks.yaml": "posts: /:slug/\n",
        "content/posts/a.md": "",
    }
    links = make_site(files)
    assert links.url(links.pages["content/posts/a.md"]) == "/sub/a/"
    assert links.generator.hosts == ("blog.example",)


def test_mounts_say_where_the_files_are(make_site):
    config = """
[[module.mounts]]
source = "blog"
target = "content/posts"
[[module.mounts]]
source = "media"
target = "static/media"
"""
    files = {"hugo.toml": config, "blog/a.md": "", "media/x.png": "", "static/y.png": ""}
    built = make_site(files).built
    assert built.find("/posts/a/")
    assert built.find("/media/x.png")
    assert not built.find("/y.png")


@pytest.mark.parametrize(
    ("path", "front", "url"),
    [
        ("content/posts/a.md", "", "/posts/a/"),
        ("content/posts/a.de.md", "", "/de/posts/a/"),
        ("content/posts/a.de.md", "url: /abs/", "/abs/"),
        ("content/posts/a.de.md", "url: rel/", "/de/rel/"),
        ("content/posts/x/index.de.md", "", "/de/posts/x/"),
        ("content/posts/a.fr.md", "", "/posts/a.fr/"),
    ],
)
def test_languages(make_site, path, front, url):
    links = make_site({"hugo.toml": LANGUAGES, path: post(front)})
    assert links.url(links.pages[path]) == url


EMBEDDED = 'baseURL = "https://blog.example/"\n[markup.goldmark.renderHooks.link]\nuseEmbedded = "always"\n'
PLACES = {
    "content/posts/x/index.md": "",
    "content/posts/x/pic.png": "",
    "content/posts/x/sub/q.md": "",
    "content/posts/b.md": post("tags: [t]"),
    "content/posts/z w.md": "",
    "content/c.md": "",
}


@pytest.mark.parametrize(
    "destination",
    ["./b.md", "b.md", "b", "../b/", "../b.md", "./b/", "posts/b", "/posts/b", "/posts/B.md#", "c.md", "pic.png",
     "x/index.md", "./index.md", "posts", "/posts/b.html", "b.html", "./posts/b.md", "tags/", "posts/b/index.md",
     "z%20w.md", "<z w.md>", "/posts/_index.md", "../x/index.md", "/posts/x/pic.png", "?q=1", "b.md?x=1"],
)  # fmt: skip
def test_the_embedded_hook_finds_pages_of_a_bundle(make_site, verdicts, destination):
    path = "content/posts/x/index.md"
    files = {**PLACES, "hugo.toml": EMBEDDED, path: f"[a]({destination})\n"}
    assert verdicts(make_site(files), path) == ["ok"]


@pytest.mark.parametrize(
    "destination",
    ["./x/", "x", "x/index.md", "../posts/x", "../c.md", "c", "./c", "/posts/x/pic.png", "tags/t", "b", "#", "B"],
)  # fmt: skip
def test_the_embedded_hook_finds_pages(make_site, verdicts, destination):
    path = "content/posts/b.md"
    files = {**PLACES, "hugo.toml": EMBEDDED, path: post("tags: [t]", f"[a]({destination})\n")}
    assert verdicts(make_site(files), path) == ["ok"]


@pytest.mark.parametrize("destination", ["gone.md", "x/pic.png", "/x", "/c.md.x", "../b/x"])
def test_what_the_embedded_hook_does_not_find_stays(make_site, verdicts, destination):
    path = "content/posts/b.md"
    files = {**PLACES, "hugo.toml": EMBEDDED, path: f"[a]({destination})\n"}
    assert verdicts(make_site(files), path) == ["missing"]


HOOK = "layouts/_default/_markup/render-link.html"


@pytest.mark.parametrize(
    ("hook", "expected"),
    [
        ('<a href="{{ .Destination | safeURL }}" target="_blank">{{ .Text }}</a>', ["missing", "ok"]),
        ('{{ with .Page.GetPage .Destination }}<a href="{{ .RelPermalink }}">{{ end }}', ["ok", "ok"]),
    ],
)  # fmt: skip
def test_of_a_hook_of_the_site_either_reading_will_do(make_site, verdicts, hook, expected):
    path = "content/posts/x/index.md"
    files = {**PLACES, **CONFIG, HOOK: hook, path: "[a](b.md) [b](../b/)\n"}
    assert verdicts(make_site(files), path) == expected


@pytest.mark.parametrize(
    ("shortcode", "expected"),
    [
        ('{{< ref "b.md" >}}', "ok"),
        ('{{< ref "/posts/b.md" >}}', "ok"),
        ('{{< ref "posts/b" >}}', "ok"),
        ('{{< relref path="c.md" >}}', "ok"),
        ('{{% ref "c" %}}', "ok"),
        ('{{< ref "b.md#gone" >}}', "anchor"),
        ('{{< ref "b.md#part" >}}', "ok"),
        ('{{< ref "#part" >}}', "anchor"),
        ('{{< ref "gone.md" >}}', "missing"),
        ('{{< ref "draft.md" >}}', "draft"),
        ("{{< param home >}}/x", "ok"),
    ],
)
def test_refs(make_site, verdicts, shortcode, expected):
    path = "content/posts/a.md"
    files = {
        **CONFIG,
        **PLACES,
        "content/posts/b.md": "## Part\n",
        "content/posts/draft.md": post("draft: true"),
        path: f"[a]({shortcode})\n",
    }
    assert verdicts(make_site(files), path) == [expected]


def test_a_hook_is_given_a_destination_as_it_is_written(make_site, verdicts):
    files = {"content/b_c.md": "", "content/a.md": "[a](/b\\_c/) [b](/b&#95;c/) [c](/b_c/)\n"}
    assert verdicts(make_site({**CONFIG, **files}), "content/a.md") == ["ok", "ok", "ok"]
    files["hugo.toml"] = EMBEDDED
    assert verdicts(make_site(files), "content/a.md") == ["missing", "missing", "ok"]


@pytest.mark.parametrize("key", ["canonifyURLs", "relativeURLs"])
def test_hugo_may_be_asked_to_add_the_base_path(make_site, verdicts, key):
    config = 'baseURL = "https://site.example/blog/"\n'
    files = {"content/b.md": "", "static/x.png": "", "content/a.md": "[a](/b/) ![b](/x.png)\n"}
    assert verdicts(make_site({**files, "hugo.toml": config}), "content/a.md") == ["base-path"] * 2
    files["hugo.toml"] = config + f"{key} = true\n"
    assert verdicts(make_site(files), "content/a.md") == ["ok", "ok"]


@pytest.mark.parametrize(
    ("shortcode", "expected"),
    [
        ('<div id="plan">{{ .Inner }}</div>', ["ok", "anchor", "anchor"]),
        (
            '<div id="tab-{{ .Ordinal }}">{{ .Inner | markdownify }}</div>',
            ["anchor", "ok", "anchor"],
        ),
        ('<h2 id="{{ .Get 0 }}">x</h2>', ["ok", "ok", "ok"]),
        ("{{ (site.GetPage 0).Content }}", ["ok", "ok", "ok"]),
        ('{{ partial "box.html" . }}', ["anchor", "ok", "anchor"]),
        ('{{ partial "gone.html" . }}', ["ok", "ok", "ok"]),
        ("<b>{{ .Get 0 }}</b>", ["anchor", "anchor", "anchor"]),
    ],
)
def test_ids_of_shortcodes_are_told_by_their_templates(make_site, verdicts, shortcode, expected):
    files = {
        **CONFIG,
        "layouts/shortcodes/box.html": shortcode,
        "content/a.md": "{{< box >}}\n\n[a](#plan) [b](#tab-3) [c](#other)\n",
    }
    if "box.html" in shortcode:
        files["layouts/partials/box.html"] = '<p id="tab-{{ .Page.Title }}">'
    found = verdicts(make_site(files), "content/a.md")
    assert [("ok" if kind == "unsure" else kind) for kind in found] == expected


def test_ids_of_layouts_and_of_heading_hooks(make_site, verdicts):
    body = "## Costs\n\n[a](#main) [b](#sidebar) [c](#other) [d](#costs)\n"
    files = {**CONFIG, "layouts/single.html": '<main id="main">', "content/a.md": body}
    assert verdicts(make_site(files), "content/a.md") == ["unsure", "anchor", "anchor", "ok"]
    files["hugo.toml"] = 'theme = "gone"\n'
    assert verdicts(make_site(files), "content/a.md") == ["unsure", "unsure", "anchor", "ok"]
    files["layouts/_markup/render-heading.html"] = '<h2 id="{{ anchorize .Text }}">'
    assert verdicts(make_site(files), "content/a.md") == ["unsure", "unsure", "unsure", "ok"]
    files["layouts/_markup/render-heading.html"] = '<h2 id="{{ .Anchor }}">'
    assert verdicts(make_site(files), "content/a.md")[2] == "anchor"


def test_each_language_may_have_a_host(make_site):
    config = """
[languages.en]
baseURL = "https://en.example/"
[languages.de]
baseURL = "https://de.example/"
"""
    links = make_site({"hugo.toml": config, "content/a.md": "", "content/a.de.md": ""})
    assert links.hosts == ("en.example", "de.example")
    assert {links.url(page) for page in links.pages.values()} == {"/a/"}
    assert links.built.rivals("content/a.md") == []


def test_resources_have_the_url_of_their_bundle_or_section(make_site):
    files = {
        "hugo.toml": LANGUAGES,
        "content/x/index.md": "",
        "content/x/index.de.md": "",
        "content/x/only.de.txt": "",
        "content/sec/_index.md": post("url: /moved/"),
        "content/sec/r.png": "",
        "content/sec/Deep/s.png": "",
        "content/No/pages/t.png": "",
    }
    find = make_site(files).built.find
    assert find("/de/x/only.de.txt")
    assert find("/moved/r.png")
    assert find("/moved/Deep/s.png")
    assert find("/No/pages/t.png")
