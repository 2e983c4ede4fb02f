"""The command `contentlint site`, and what is said of links that cannot be decided."""

import pytest

FILES = {
    "hugo.toml": 'baseURL = "https://blog.example/sub/"\n',
    "content/posts/heat.md": "---\naliases: [/old/]\n---\n## Costs\n\n[a](#comment-1) [b](#/x)\n",
    "content/posts/draft.md": "---\ndraft: true\n---\n",
    "README.md": "# Read me\n",
}


@pytest.fixture(autouse=True)
def _blog(tmp_path, monkeypatch):
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    monkeypatch.chdir(tmp_path)


SITE = """\
generator: hugo
root: .
served at: blog.example, below /sub/
pages: 1
not published: 1
"""


def test_what_was_recognised_of_the_site(contentlint):
    assert contentlint("site") == (0, SITE, "")


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        (
            "content/posts/heat.md",
            "file: content/posts/heat.md\nurl: /sub/posts/heat/\nalso at: /sub/old/\nid: #costs\n",
        ),
        (
            "content/posts/draft.md",
            "file: content/posts/draft.md\nnot published: it is a draft\nurl: /sub/posts/draft/\n",
        ),
        (
            "README.md",
            """file: README.md\nno page: hugo makes none of it; its links are read as files
id: #read-me\n""",
        ),
    ],
)
def test_what_becomes_of_a_file(contentlint, path, shown):
    assert contentlint("site", path) == (0, f"{SITE}\n{shown}", "")


def test_a_file_that_is_not_there(contentlint):
    status, out, err = contentlint("site", "content/posts/heta.md")
    assert (status, out) == (2, "")
    assert "did you mean content/posts/heat.md?" in err


def test_links_that_cannot_be_decided_are_counted_or_shown(contentlint):
    status, out, err = contentlint("--select", "links", "content/posts/heat.md")
    assert (status, out, err) == (
        0,
        "",
        "contentlint: nothing found, 2 links undecided (see links/unsure) in 1 file\n",
    )
    status, out, err = contentlint("--select", "links/unsure", "content/posts/heat.md")
    assert status == 0
    assert out.count(" info links/unsure ") == 2
    assert err == "contentlint: 2 info in 1 file\n"
