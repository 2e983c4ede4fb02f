"""What MkDocs makes of files and links; most of it is compared with what it builds in tests/truth."""

import pytest

CONFIG = "site_url: https://docs.example/manual/\n"
BLOG = CONFIG + "plugins: [search, blog]\nmarkdown_extensions: [attr_list]\n"


@pytest.mark.parametrize(
    ("path", "text", "url"),
    [
        ("docs/a.md", "", "/a/"),
        ("docs/Upper Case.md", "", "/Upper Case/"),
        ("docs/guide/index.md", "", "/guide/"),
        ("docs/guide/README.md", "", "/guide/"),
        ("docs/index.md", "", "/"),
        ("docs/blog/posts/x.md", "---\ndate: 2024-03-04\n---\n# Cold & *hot*: air\n", "/blog/2024/03/04/cold--hot-air/"),
        ("docs/blog/posts/x.md", "---\ndate: 2024-03-04\ntitle: Hot Air\n---\n", "/blog/2024/03/04/hot-air/"),
        ("docs/blog/posts/x.md", "---\ndate:\n  created: 2024-03-04\nslug: own\n---\n", "/blog/2024/03/04/own/"),
        ("docs/blog/index.md", "", "/blog/"),
    ],
)  # fmt: skip
def test_the_url_of_a_page(make_site, path, text, url):
    links = make_site({"mkdocs.yml": BLOG, path: text})
    assert links.url(links.pages[path]) == "/manual" + url


def test_the_url_of_a_post_as_the_blog_says(make_site):
    blog = "plugins:\n- blog:\n    blog_dir: .\n    post_url_format: '{categories}/{date}/{file}'\n    post_url_date_format: yy/MMM\n"
    post = "---\ndate: 2024-03-04\ncategories: [Heat Pumps, Other]\n---\n"
    links = make_site({"mkdocs.yml": blog, "docs/posts/a.md": post})
    assert links.url(links.pages["docs/posts/a.md"]) == "/heat-pumps/24/Mar/a/"


@pytest.mark.parametrize(
    ("path", "text", "why"),
    [
        ("docs/_gone.md", "", "excluded"),
        ("docs/templates/t.md", "", "excluded"),
        ("docs/d.md", "", "a draft"),
        ("docs/blog/posts/x.md", "---\ndraft: true\n---\n", "a draft"),
        ("docs/README.md", "", "hidden by the index beside it"),
        ("docs/a.md", "", None),
    ],
)
def test_why_a_page_is_not_published(make_site, path, text, why):
    config = BLOG + "exclude_docs: |\n  _gone.md\ndraft_docs: d.md\n"
    links = make_site({"mkdocs.yml": config, "docs/index.md": "", path: text})
    absent = links.built.absent.get(path)
    assert (absent and absent.note) == why


@pytest.mark.parametrize(
    ("config", "destination", "verdict"),
    [
        (CONFIG, "b.md", "ok"),
        (CONFIG, "nope.md", "missing"),
        (CONFIG, "../../up/", "unsure"),
        (CONFIG, "/b.md", "missing"),
        (CONFIG, "/b/", "base-path"),
        (CONFIG, "/manual/b/", "ok"),
        (CONFIG, "/other/b/", "unsure"),
        (CONFIG + "validation:\n  links:\n    absolute_links: relative_to_docs\n", "/b.md", "ok"),
        ("site_url: !ENV URL\n", "/manual/b/", "unsure"),
        ("site_name: x\n", "/b/", "ok"),
        (CONFIG + "plugins: [gen-files]\n", "nope.md", "unsure"),
        (CONFIG + "hooks: [hooks.py]\n", "nope.md", "unsure"),
        (CONFIG + "plugins: [mike]\n", "/latest/b/", "unsure"),
        (CONFIG + "plugins: [mike]\n", "nope.md", "missing"),
        (CONFIG + "plugins:\n- redirects:\n    redirect_maps:\n      old.md: b.md\n", "../old/", "ok"),
        (CONFIG + "plugins: [blog]\n", "/manual/blog/category/x/", "unsure"),
        ("INHERIT: base.yml\n", "/sub/b/", "ok"),
    ],
)  # fmt: skip
def test_a_link(make_site, verdicts, config, destination, verdict):
    files = {"docs/a.md": f"[x]({destination})\n", "docs/b.md": "", "base.yml": "site_url: https://x.test/sub/"}  # fmt: skip
    assert verdicts(make_site({"mkdocs.yml": config, **files}), "docs/a.md") == [verdict]


@pytest.mark.parametrize(
    ("text", "fragment", "verdict"),
    [
        ("## Sub- and more\n", "sub-and-more", "ok"),
        ("## Sub- and more\n", "sub--and-more", "anchor"),
        ("!!! note\n\n    ## In a note\n", "in-a-note", "unsure"),
        ('=== ":octicons-image-16: Picture"\n\n    x\n', "logo-picture", "unsure"),
        ('--8<-- "part.md"\n', "in-the-part", "unsure"),
        ("::: package.module\n", "package.module", "unsure"),
        ("#### <!-- md:setting config.x -->\n", "config.x", "unsure"),
        ("<!-- a comment that names nope -->\n", "nope", "anchor"),
        ("```py\n```\n", "__codelineno-0-1", "unsure"),
    ],
)
def test_a_fragment(make_site, verdicts, text, fragment, verdict):
    files = {"docs/a.md": f"[x](b.md#{fragment})\n", "docs/b.md": text}
    config = "markdown_extensions:\n- toc:\n    permalink: true\n- pymdownx.tabbed:\n    slugify: !!python/object/apply:pymdownx.slugs.slugify {}\n"
    assert verdicts(make_site({"mkdocs.yml": config, **files}), "docs/a.md") == [verdict]


@pytest.mark.parametrize(
    ("slugify", "fragment"),
    [
        ("!!python/name:markdown.extensions.toc.slugify_unicode", "größe--x"),
        ("!!python/object/apply:pymdownx.slugs.slugify\n        kwds:\n          case: lower", "größe---x"),
        ("!!python/object/apply:pymdownx.slugs.slugify {}", "Größe---x"),
    ],
)  # fmt: skip
def test_how_ids_are_made(make_site, verdicts, slugify, fragment):
    config = f"markdown_extensions:\n- toc:\n    slugify: {slugify}\n"
    fragment = fragment.replace("--x", "-x") if "unicode" in slugify else fragment
    files = {"mkdocs.yml": config, "docs/a.md": f"# Größe - x\n\n[x](#{fragment})\n"}
    assert verdicts(make_site(files), "docs/a.md") == ["ok"]


def test_what_the_root_holds_besides_is_read_as_files(make_site, verdicts):
    files = {"mkdocs.yml": CONFIG, "docs/b.md": "", "README.md": "[x](docs/b.md) [y](docs/nope.md)"}
    assert verdicts(make_site(files), "README.md") == ["ok", "missing"]
