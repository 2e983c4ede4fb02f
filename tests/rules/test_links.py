"""Links that lead nowhere, and the many that lead somewhere."""

import pytest

from contentlint.plugins import bundled
from contentlint.testing import findings, flags, silent

RULES = {rule.id: rule for rule in bundled()}
broken, anchor = RULES["links/broken"], RULES["links/anchor"]

BLOG = {
    "hugo.toml": "",
    "content/posts/coils.md": "",
    "content/posts/bundle/index.md": "",
    "content/posts/bundle/plan.pdf": "",
    "content/about.md": "",
    "content/posts/2024-05-06-dated.md": "",
    "content/posts/moved.md": "---\nslug: somewhere-else\n---\n",
    "content/posts/with space.md": "",
    "content/cn-vita.md": "---\nurl: /cn/vita/\naliases: [/cn/resume/]\n---\n",
    "static/files/list.pdf": "",
}


@pytest.mark.parametrize(
    "destination",
    [
        "coils.md", "./coils.md", "coils", "./coils/", "../coils/", "../coils", "coils.html",
        "coils/#costs", "coils?x=1", "bundle/", "../bundle/plan.pdf", "bundle/index.md",
        "../about.md", "../../about/", "/files/list.pdf", "with%20space.md", "..\\about.md",
        "../dated/", "/2024/05/06/dated/", "../somewhere-else/", "../vita/", "../resume", "vita.md", ".", "./", "..",
        "/unknown/route/", "/tags/coil/", "../../tags/coil/", "../index.xml", "#anywhere", "", "?page=2",
        "https://example.org/gone/", "//example.org/gone", "mailto:ada@example.org", "tel:+1",
        "javascript:void(0)", "data:text/plain,x", '{{< ref "gone.md" >}}', "{{ site.baseurl }}/gone",
        "{% post_url gone %}", "@site/gone.md", "{filename}gone.md", "|filename|gone.md",
    ],
)  # fmt: skip
def test_what_leads_somewhere_or_cannot_be_known_is_silent(destination):
    silent(broken, f"[a link](<{destination}>)\n", files=BLOG)


@pytest.mark.parametrize(
    "destination",
    ["./gone/", "gone.md", "../gone", "bundle/gone.pdf", "/files/gone.pdf", "../../../../etc/passwd",
     "../../../../../../../../../../../../../../etc/passwd", "coilz.md#costs", "wrong/folder/coils.md", "xindex.json", "gone%20away.md", "%00",
     "a" * 5000],
)  # fmt: skip
def test_what_leads_nowhere_is_flagged(destination):
    flags(broken, f"[a link](<⟦{destination}⟧>)\n", files=BLOG)


def test_the_page_of_a_bundle_links_from_its_folder():
    context = {"files": BLOG, "path": "content/posts/bundle/index.md"}
    silent(broken, "[a](plan.pdf) [b](../coils/) [c](../coils.md)\n", **context)
    flags(broken, "[a](⟦other.pdf⟧)\n", **context)


def test_a_definition_is_flagged_once_however_often_it_is_used():
    found = flags(broken, "[a][r] [b][r] [r]\n\n[r]: ⟦gone.md⟧\n", files=BLOG)
    assert len(found) == 1


def test_code_and_comments_hold_no_links():
    silent(broken, "`[a](gone.md)`\n\n    [a](gone.md)\n\n<!-- [a](gone.md) -->\n", files=BLOG)


def test_a_link_out_of_the_blog_is_not_looked_up(tmp_path):
    outside = tmp_path / "secret.md"
    outside.write_text("")
    assert findings(broken, f"[a](../../../../../..{outside})\n", files=BLOG)


@pytest.mark.parametrize(
    "post",
    [
        "# Héllo Wörld & more: 1.2\n\n[a](#héllo-wörld--more-12) [b](#hello-world-more-1-2)\n",
        "# Same\n\n# Same\n\n[a](#same-1) [b](#same)\n",
        "# Own {#id}\n\n[a](#id)\n",
        "[a](#top) [b](#) [c](#fn:1) [d](#comment-12) [e](#!/route) [f](#:~:text=x)\n",
        '<a name="x"></a>\n\n[a](#x) [b](#X)\n',
        "[a](https://example.org/#gone) [b](other.md#gone) <https://example.org/a%20b#gone>\n",
        "{{< toc >}}\n\n[a](#made-by-the-shortcode)\n",
        "[a](#TOP)\n",
        "A paragraph.\n{: #named }\n\n[a](#named)\n",
    ],
)
def test_anchors_that_are_there_or_cannot_be_known(post):
    silent(anchor, post)


@pytest.mark.parametrize(
    "post",
    [
        "![Words](/a.png){: width=100}\n\n[a](⟦#gone⟧)\n",
        "{{< youtube abc >}}\n\n[a](⟦#gone⟧)\n",
        "Price: {{ page.price }}\n\n[a](⟦#gone⟧)\n",
    ],
)
def test_templates_that_print_no_ids_excuse_nothing(post):
    flags(anchor, post)


def test_a_near_anchor_is_suggested():
    (found,) = flags(anchor, "## What to check first\n\n[a](⟦#what-to-chek-first⟧)\n")
    assert found.suggestions == ("#what-to-check-first",)
