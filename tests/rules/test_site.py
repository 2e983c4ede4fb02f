"""URLs that two pages claim, and URLs that are gone."""

import pytest

from contentlint.plugins import bundled
from contentlint.testing import flags, silent

RULES = {rule.id: rule for rule in bundled()}
duplicate_url, removed_url = RULES["site/duplicate-url"], RULES["site/removed-url"]
BLOG = {
    "hugo.toml": "",
    "content/posts/heat.md": "---\naliases: [/old/]\n---\n",
    "content/posts/draft.md": "---\ndraft: true\n---\n",
}


@pytest.mark.parametrize(
    "post",
    [
        "---\nslug: ⟦heat⟧\n---\n",
        "---\nslug: ⟦Heat⟧\n---\n",
        "---\nurl: ⟦/posts/heat/⟧\n---\n",
        "---\naliases: [/x/, ⟦/posts/heat⟧]\n---\n",
        "---\naliases: [⟦/old/⟧]\n---\n",
        "+++\nslug = '⟦heat⟧'\n+++\n",
    ],
)
def test_a_url_of_another_page_is_flagged(post):
    flags(duplicate_url, post, files=BLOG)


def test_two_files_may_have_one_url_without_saying_so():
    found = flags(duplicate_url, "⟦⟧Words.\n", path="content/posts/heat/index.md", files=BLOG)
    assert found[0].message.startswith("`/posts/heat/` is the URL of `content/posts/heat.md`")


@pytest.mark.parametrize(
    "post",
    [
        "---\nslug: other\naliases: [/posts/other/, /x/]\n---\n",
        "---\nslug: draft\n---\n",
        "Words.\n",
    ],
)
def test_a_url_of_its_own_is_silent(post):
    silent(duplicate_url, post, files=BLOG)


# ---- URLs that are gone ------------------------------------------------------------------------

HEAT = "---\ntitle: On heat\n---\nA pump moves it.\n"
HUGO = {"hugo.toml": ""}
MOVED = {"content/posts/heat.md": HEAT}


@pytest.mark.parametrize(
    ("post", "text"),
    [
        (HEAT.replace("A pump", "⟦⟧A pump"), 'aliases: ["/posts/heat/"]\n'),
        ("+++\ntitle = 'On heat'\n+++\n⟦⟧A pump moves it.\n", 'aliases = ["/posts/heat/"]\n'),
    ],
)
def test_a_post_that_has_moved_is_offered_an_alias(post, text):
    before = {"content/posts/heat.md": post.replace("⟦⟧", "")}
    (found,) = flags(removed_url, post, files=HUGO, before=before)
    assert found.fix is not None
    (change,) = found.fix.edits
    assert (change.span, change.text, found.fix.safe) == ((4, 4), text, False)


@pytest.mark.parametrize(
    "post",
    [
        "---\ntitle: On heat\naliases: [⟦/x/⟧]\n---\nA pump moves it.\n",
        '{"title": "On heat"}\n⟦⟧\nA pump moves it.\n',
        "---\n\ntitle: On heat\n---\n⟦⟧A pump moves it.\n",
    ],
)
def test_no_alias_is_offered_where_it_cannot_simply_be_put(post):
    before = {"content/posts/heat.md": post.replace("⟦", "").replace("⟧", "")}
    (found,) = flags(removed_url, post, files=HUGO, before=before)
    assert found.fix is None


def test_jekyll_has_aliases_if_its_plugin_is_there():
    post = HEAT.replace("A pump", "⟦⟧A pump")
    path, before = "_posts/2026-01-02-pumps.md", {"_posts/2026-01-02-heat.md": HEAT}
    for plugins, text in (("", None), ("[jekyll-redirect-from]", "redirect_from: [")):
        files = {"_config.yml": f"plugins: {plugins}\n"}
        (found,) = flags(removed_url, post, files=files, path=path, before=before)
        assert bool(found.fix) == bool(text)
        if found.fix and text:
            assert found.fix.edits[0].text.startswith(text)


@pytest.mark.parametrize(
    ("post", "before"),
    [
        (HEAT, {"content/posts/example.md": HEAT}),
        (HEAT, {"content/posts/example.md": HEAT.replace("title", "draft: true\ntitle")}),
        (HEAT.replace("title", "url: /posts/heat/\ntitle"), MOVED),
        (HEAT.replace("title", "aliases: [heat]\ntitle"), MOVED),
        (HEAT, {"content/posts/other.md": "---\ntitle: Quite another\n---\nPost.\n"}),
    ],
)
def test_urls_that_are_still_there_or_never_were(post, before):
    silent(removed_url, post, files=HUGO, before=before)


def test_an_alias_must_not_vanish_either():
    before = {"content/posts/example.md": HEAT.replace("title", "aliases: [/old/]\ntitle")}
    post = HEAT.replace("A pump", "⟦⟧A pump")
    (found,) = flags(removed_url, post, files=HUGO, before=before)
    assert found.message.startswith("`/old/` was published")


def test_all_that_is_lost_is_offered_at_once():
    before = {"content/posts/heat.md": HEAT.replace("title", "aliases: [/old/]\ntitle")}
    post = HEAT.replace("A pump", "⟦⟧A pump")
    found = flags(removed_url, post.replace("⟦⟧", "⟦⟧⟦⟧"), files=HUGO, before=before)
    fixes = [one.fix.edits[0].text for one in found if one.fix]
    assert fixes == ['aliases: ["/posts/heat/", "/old/"]\n']


def test_a_draft_says_what_it_is():
    post = "---\ntitle: On heat\ndraft: true\n---\n⟦⟧A pump moves it.\n"
    (found,) = flags(removed_url, post, files=HUGO, before={"content/posts/example.md": HEAT})
    assert found.message.endswith("; this post is a draft now")
    assert found.fix is None


def test_nothing_is_published_of_a_plain_repository():
    silent(removed_url, "# Heat\n", path="heat.md", before={"warmth.md": "# Heat\n"})
    silent(removed_url, HEAT, path="heat.md", before={"warmth.md": HEAT})
