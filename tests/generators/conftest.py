"""A site in a temporary folder, for tables of what a generator makes of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from contentlint import facts
from contentlint.document import Document
from contentlint.resolve import Links
from contentlint.site import Site, SiteOptions
from contentlint.spelling import Lexicon
from contentlint.text import Source

LEXICON = Lexicon()
POSTS = (".md", ".markdown", ".mdx")

MakeSite = Callable[..., Links]


@pytest.fixture
def make_site(tmp_path: Path) -> MakeSite:
    """`make_site({path: text, …}, **settings)` writes the files and gives the links of the site."""

    def make(files: dict[str, str], **settings: str) -> Links:
        pages = {}
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            if name.endswith(POSTS):
                pages[name] = facts.collect(Document(Source(name, text)), name, LEXICON)
        return Site(str(tmp_path), pages, LEXICON, options=SiteOptions(**settings)).links

    return make


@pytest.fixture
def verdicts() -> Callable[[Links, str], list[str]]:
    """`verdicts(links, path)` are the kinds of outcome of a page's links and images, in order."""

    def of(links: Links, path: str) -> list[str]:
        page = links.pages[path]
        return [links.link(page, link).kind for link in page.links] + [
            links.image(page, image).kind for image in page.images
        ]

    return of
