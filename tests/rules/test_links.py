"""Links that lead nowhere, and the many that lead somewhere."""

import pytest

from contentlint.finding import Edit, Fix
from contentlint.plugins import bundled
from contentlint.site import SiteOptions
from contentlint.testing import findings, flags, silent

RULES = {rule.id: rule for rule in bundled()}
broken, anchor = RULES["links/broken"], RULES["links/anchor"]

# The example post is content/posts/example.md, which Hugo serves at /posts/example/.
BLOG = {
    "hugo.toml": 'baseURL = "https://blog.example/"\n',
    "content/posts/coils.md": "## Costs\n\n## Two words\n",
    "content/posts/bundle/index.md": "",
    "content/posts/bundle/plan.pdf": "",
    "content/about.md": "",
    "content/posts/moved.md": "---\nslug: somewhere-else\n---\n",
    "content/posts/with space.md": "",
    "content/posts/draft.md": "---\ndraft: true\n---\n",
    "content/cn-vita.md": "---\nurl: /cn/vita/\naliases: [/cn/resume/, old]\n---\n",
    "content/tagged.md": "---\ntags: [Heat Pump]\n---\n",
    "static/files/list.pdf": "",
    "static/files/Größe 1.pdf": "",
}


@pytest.mark.parametrize(
    "destination",
    [
        "../coils/", "../coils", "/posts/coils/", "/posts/coils", "../coils/index.html", "../coils/#costs",
        "../coils/#two-words", "../coils/?x=1", "../bundle/plan.pdf", "../../about/", "/about/", "/files/list.pdf",
        "../with-space/", "..\\coils\\", "../../posts/coils/", "../../../../../../posts/coils/", "../somewhere-else/",
        "/cn/vita/", "/cn/resume/", "/cn/old/", "/tags/heat-pump/", "/tags/", "/posts/", "/", ".", "./", "..", "../index.xml",
        "/index.xml", "/sitemap.xml", "/posts/page/2/", "//posts//coils/", "/files/Gr%C3%B6%C3%9Fe%201.pdf",
        "/files/Gro\u0308ße%201.pdf", "%2E%2E/coils/", "#", "#top", "?page=2", "https://blog.example/posts/coils/",
        "https://example.org/gone/", "//example.org/gone", "mailto:ada@example.org", "tel:+1", "http://[bad",
        "https://blog.example/another-project/x", "javascript:void(0)", "data:text/plain,x", '{{< ref "coils.md" >}}', '{{< relref "/posts/coils.md#costs" >}}',
        "{{ site.baseurl }}/gone", "{% post_url gone %}", "{filename}gone.md",
    ],
)  # fmt: skip
def test_what_leads_somewhere_or_cannot_be_known_is_silent(destination):
    silent(broken, f"[a link](<{destination}>)\n", files=BLOG)


@pytest.mark.parametrize(
    "destination",
    ["./gone/", "coils.md", "./coils/", "../coils.md", "../gone", "../bundle/gone.pdf", "/files/gone.pdf", "../moved/",
     "../../../../etc/passwd", "../../../../../../../../../../../../../../etc/passwd", "/etc/passwd", "/about.md",
     "../coilz/#costs", "gone%20away", "%00", "/static/files/list.pdf", "https://blog.example/posts/gone/", "/tags/gone/",
     "/posts/coils/page/2/", '{{< ref "gone.md" >}}', "a" * 5000],
)  # fmt: skip
def test_what_leads_nowhere_is_flagged(destination):
    flags(broken, f"[a link](<⟦{destination}⟧>)\n", files=BLOG)


@pytest.mark.parametrize(
    ("destination", "meant"),
    [
        ("./coils/", "../coils/"),
        ("coils.md", "../coils/"),
        ("coils.md#costs", "../coils/#costs"),
        ("/posts/coils.md", "/posts/coils/"),
        ("../../about.md", "../../about/"),
        ("/static/files/list.pdf", "/files/list.pdf"),
        ("/wrong/folder/about/", "/about/"),
        ("../with-spaec/", "../with-space/"),
        ("../gone/", None),
    ],
)
def test_what_was_meant(destination, meant):
    (found,) = flags(broken, f"[a link](<⟦{destination}⟧>)\n", files=BLOG)
    assert found.suggestions == ((meant,) if meant else ())
    if found.fix:
        assert found.fix.edits[0].text == meant


def test_the_message_says_what_the_browser_asks_for():
    (found,) = findings(broken, "[a](./coils/)\n", files=BLOG)
    assert found.message == (
        "`./coils/` is requested as `/posts/example/coils/` (this page is `/posts/example/`), and no"
        " page or file is there; did you mean `../coils/`?"
    )


def test_the_page_of_a_bundle_links_from_its_folder():
    context = {"files": BLOG, "path": "content/posts/bundle/index.md"}
    silent(broken, "[a](plan.pdf) [b](../coils/)\n", **context)
    flags(broken, "[a](⟦other.pdf⟧) [c](⟦../coils.md⟧)\n", **context)


def test_a_definition_is_flagged_once_however_often_it_is_used():
    found = flags(broken, "[a][r] [b][r] [r]\n\n[r]: ⟦gone.md⟧\n", files=BLOG)
    assert len(found) == 1


def test_code_and_comments_hold_no_links():
    silent(broken, "`[a](gone.md)`\n\n    [a](gone.md)\n\n<!-- [a](gone.md) -->\n", files=BLOG)


def test_addresses_of_mail_are_no_pages():
    silent(broken, "<ada@example.org> and ada@example.org\n", files=BLOG)


def test_a_link_out_of_the_blog_is_not_looked_up(tmp_path):
    outside = tmp_path / "secret.md"
    outside.write_text("")
    assert findings(broken, f"[a](../../../../../..{outside})\n", files=BLOG)


@pytest.mark.parametrize(
    ("settings", "destination"),
    [
        ({"external_paths": ("/shop/",)}, "/shop/coils/"),
        ({"external_paths": ("/shop",)}, "/shop/"),
        ({"base_url": "https://other.example/"}, "https://blog.example/posts/gone/"),
        ({"generator": "plain"}, "coils.md"),
    ],
)
def test_settings_of_the_site(settings, destination):
    post = f"[a]({destination})\n"
    assert findings(broken, post, files=BLOG)
    silent(broken, post, files=BLOG, settings={"site": SiteOptions(**settings)})


# ---- without a generator -----------------------------------------------------------------------

UNKNOWN = {
    "content/posts/coils.md": "---\ntitle: Coils\n---\n",
    "content/posts/moved.md": "---\nslug: somewhere-else\n---\n",
    "static/list.pdf": "",
}


@pytest.mark.parametrize(
    "destination",
    ["coils.md", "coils", "./coils/", "../coils/", "coils.html", "../posts/coils.md", "../somewhere-else/",
     "/posts/coils/", "/list.pdf", "/routes/of/code/", "../../static/list.pdf"],
)  # fmt: skip
def test_with_an_unknown_generator_any_reading_will_do(destination):
    silent(broken, f"[a](<{destination}>)\n", files=UNKNOWN)


def test_without_a_root_nothing_is_said_of_what_lies_above():
    files = {"coils.md": "---\ntitle: Coils\n---\n"}
    post = "[a](../img/x.png) [b](../gone/) [c](⟦gone/⟧) [d](coils.md)\n"
    (found,) = flags(broken, post, path="post.md", files=files)
    assert found.message == "`gone/` leads to no page or file"


@pytest.mark.parametrize("destination", ["gone.md", "./gone/", "../gone/", "../coilz.html"])
def test_with_an_unknown_generator_what_no_reading_finds_is_flagged(destination):
    flags(broken, f"[a](<⟦{destination}⟧>)\n", files=UNKNOWN)


def test_a_repository_without_a_site_is_read_as_files():
    files = {"docs/guide.md": "# Use it\n", "LICENSE": "", "docs/img/a.png": "", ".git/HEAD": ""}
    good = "[a](docs/guide.md#use-it) [b](LICENSE) [c](/docs/guide.md) [d](docs) [e](docs/img/) [f](../../issues)\n"
    silent(broken, good, path="README.md", files=files)
    flags(broken, "[a](⟦docs/guide⟧) [b](⟦/guide.md⟧)\n", path="README.md", files=files)


def test_files_that_are_no_pages_are_read_as_files():
    files = {**BLOG, ".git/HEAD": "", "CONTRIBUTING.md": "# Setup\n"}
    good = "[a](CONTRIBUTING.md#setup) [b](content/about.md) [c](../../issues) [d](/hugo.toml)\n"
    silent(broken, good, path="README.md", files=files)
    flags(broken, "[a](⟦about/⟧) [b](⟦/about/⟧)\n", path="README.md", files=files)


# ---- anchors -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "post",
    [
        "# Héllo Wörld & more: 1.2\n\n[a](#héllo-wörld--more-12) [b](#h%C3%A9llo-w%C3%B6rld--more-12)\n",
        "# Same\n\n# Same\n\n[a](#same-1) [b](#same)\n",
        "# Own {#id}\n\n[a](#id)\n",
        "[a](#top) [b](#) [c](#fn:1)[^1] [d](#comment-12) [e](#!/route) [f](#:~:text=x)\n\n[^1]: A note.\n",
        '<a name="x"></a>\n\n[a](#x)\n',
        "[a](https://example.org/#gone) <https://example.org/a%20b#gone>\n",
        "{{< toc >}}\n\n[a](#made-by-the-shortcode)\n",
        "[a](#TOP)\n",
        "A paragraph.\n{: #named }\n\n[a](#named)\n",
        "[a](../coils/#costs) [b](../about/#gone-with-the-page)\n",
    ],
)
def test_anchors_that_are_there_or_cannot_be_known(post):
    silent(anchor, post, files=BLOG)


@pytest.mark.parametrize(
    "post",
    [
        "![Words](/a.png){: width=100}\n\n[a](⟦#gone⟧)\n",
        "{{< youtube abc >}}\n\n[a](⟦#gone⟧)\n",
        "Price: {{ page.price }}\n\n[a](⟦#gone⟧)\n",
        "# Costs\n\n[a](⟦#Costs⟧)\n",
        "[a](⟦../coils/#gone⟧) [b](⟦/posts/coils#Costs⟧)\n",
    ],
)
def test_anchors_that_are_not_there(post):
    flags(anchor, post, files=BLOG)


def test_a_near_anchor_is_suggested():
    (found,) = flags(anchor, "## What to check first\n\n[a](⟦#what-to-chek-first⟧)\n")
    assert found.suggestions == ("#what-to-check-first",)
    (found,) = flags(anchor, "[a](⟦../coils/#two-word⟧)\n", files=BLOG)
    assert found.suggestions == ("../coils/#two-words",)


# ---- other rules -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "post"),
    [
        ("case", "[a](⟦../Coils/⟧) [b](⟦/files/List.PDF⟧) [c](../coils/)\n"),
        ("draft-target", "[a](⟦../draft/⟧) [b](⟦{{< ref \"draft.md\" >}}⟧)\n"),
        ("empty", "[a](⟦⟧) [b](<⟦⟧>) <a href=\"⟦⟧\">c</a> [d](#)\n"),
        ("unsure", "[a](⟦#comment-1⟧) [b](⟦#/route⟧)\n"),
        ("undefined-reference", "[the list][⟦lst⟧] [a b][1] [c d][1]: x [args][more] a[i and j][k]\n\n[1]: x\n"),
        ("undefined-reference", "x=[A+][B-40][C] [Words][⟦listt⟧] [Words][other]\n\n[list]: x\n"),
        ("undefined-reference", "[the list][⟦2⟧] [x][3]\n"),
        ("unused-definition", "[a][1]\n\n[1]: x\n⟦[2]⟧: y\n[//]: # (a comment)\n[3]: z\n\n<p>[x][3]</p>\n"),
    ],
)  # fmt: skip
def test_other_faults(rule, post):
    flags(RULES[f"links/{rule}"], post, files=BLOG)


def test_drafts_may_link_to_drafts():
    post = "---\ndraft: true\n---\n[a](../draft/)\n"
    for rule in ("broken", "draft-target"):
        silent(RULES[f"links/{rule}"], post, files=BLOG)


def test_the_setting_wins_over_the_configuration_of_the_generator():
    options = SiteOptions(base_url="https://site.example/other")
    post = '[a](/other/about/) [b]({{< ref "coils.md" >}}) [c](⟦/about/⟧) [d](/blog/x/)\n'
    flags(RULES["links/base-path"], post, files=BLOG, settings={"site": options})


def test_a_site_below_a_path():
    files = {**BLOG, "hugo.toml": 'baseURL = "https://site.example/blog/"\n'}
    base_path = RULES["links/base-path"]
    found = flags(
        base_path,
        "[a](⟦/posts/coils/⟧) [b](⟦/blog/blog/posts/coils/⟧) [c](/blog/posts/coils/) [d](../coils/)\n",
        files=files,
    )
    assert [f.suggestions for f in found] == [("/blog/posts/coils/",)] * 2
    silent(broken, "[a](/of/another/site/) [b](https://site.example/other/)\n", files=files)
    flags(broken, "[a](⟦/blog/gone/⟧) [b](⟦https://site.example/blog/gone/⟧)\n", files=files)


def test_what_is_suggested_for_an_anchor_is_an_id_that_hugo_makes_today():
    # `keep-dont-calm` was one of its old versions, and is taken for good, but not recommended.
    post = "## Keep **don't** calm\n\n[a](#keep-dont-calmy)\n"
    (found,) = findings(anchor, post, files={"hugo.toml": ""})
    assert found.suggestions == ("#keep-don-calm",)
    silent(anchor, post.replace("calmy", "calm"), files={"hugo.toml": ""})


def test_an_unknown_generator_may_serve_pages_of_several_folders_beside_each_other():
    files = {"gatsby-config.js": "", "src/content/blog/coils.md": ""}
    context = {"files": files, "path": "src/pages/index.md"}
    silent(broken, "[a](blog/coils/) [b](../blog/coils)\n", **context)
    flags(broken, "[a](⟦blog/fans/⟧)\n", **context)


# ---- what is put in its place ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("post", "corrected"),
    [
        ("[a](/posts/Coils/)", "/posts/coils/"),
        ("[a](https://blog.example/posts/Coils/#costs)", "https://blog.example/posts/coils/#costs"),
        ("<https://blog.example/posts/Coils/>", "https://blog.example/posts/coils/"),
        ("[a](//blog.example/posts/Coils/)", "//blog.example/posts/coils/"),
        ("[a](../Coils/)", "../coils/"),
    ],
)
def test_a_correction_keeps_the_host(post, corrected):
    (found,) = findings(RULES["links/case"], post + "\n", files=BLOG)
    assert found.fix
    assert [edit.text for edit in found.fix.edits] == [*found.suggestions] == [corrected]


@pytest.mark.parametrize(
    ("post", "suggested"),
    [
        ("[a]({{ '/posts/Coils.html' | relative_url }})", "/b/posts/coils.html"),
        ("[a](/b/posts/Coi&#108;s.html)", "/b/posts/coils.html"),
        ('<a href="/b/posts/Coils.html?a=1&amp;b=2">a</a>', "/b/posts/coils.html?a=1&b=2"),
    ],
)
def test_templates_and_entities_are_not_overwritten(post, suggested):
    files = {"_config.yml": "baseurl: /b\n", "posts/coils.md": "---\n---\n"}
    (found,) = findings(RULES["links/case"], f"---\n---\n{post}\n", files=files)
    assert found.fix is None
    assert found.suggestions == (suggested,)
    assert "it is `/b/posts/coils.html`" in found.message


def test_an_anchor_in_another_case_is_suggested_first():
    (found,) = findings(anchor, '<a id="raw"></a><a id="Raw2"></a>\n\n[x](#raw2)\n', files=BLOG)
    assert found.suggestions == ("#Raw2",)
    assert found.fix == Fix((Edit(found.span, "#Raw2"),))
    (near,) = findings(anchor, '<a id="raw"></a>\n\n[x](#rwa)\n', files=BLOG)
    assert near.fix is None
