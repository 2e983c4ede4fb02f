"""URLs that two pages claim."""

import pytest

from contentlint.plugins import bundled
from contentlint.testing import flags, silent

duplicate_url = {rule.id: rule for rule in bundled()}["site/duplicate-url"]
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
