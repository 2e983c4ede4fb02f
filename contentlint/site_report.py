"""What was recognised of a site, and what becomes of one file, for `contentlint site`."""

from __future__ import annotations

from collections.abc import Iterator

from contentlint import paths
from contentlint.facts import Facts
from contentlint.site import Site

_MOST_IDS = 200


def site_page(site: Site) -> str:
    """The generator of a site, where it is served, and how many pages it has."""
    return "\n".join(f"{name}: {value}" for name, value in _of_site(site))


def _of_site(site: Site) -> Iterator[tuple[str, object]]:
    links = site.links
    yield "generator", links.generator.name
    yield "root", paths.show(site.root)
    yield "served at", f"{' or '.join(links.hosts) or 'any host'}, below {links.base}/"
    yield "pages", len(links.built.pages)
    yield "not published", len(links.built.absent)
    for note in links.generator.notes:
        yield "note", note


def file_page(site: Site, page: Facts) -> str:
    """The URL of a page, its other URLs and ids, or why it has none."""
    return "\n".join(f"{name}: {value}" for name, value in _of_file(site, page))


def _of_file(site: Site, page: Facts) -> Iterator[tuple[str, object]]:
    links = site.links
    yield "file", page.path
    absent = links.built.absent.get(page.path)
    if absent is not None:
        yield "not published", f"it is {absent.note}"
    elif not links.is_page(page):
        yield "no page", f"{links.generator.name} makes none of it; its links are read as files"
    if url := links.url(page):
        yield "url", url
    for other in links.built.others(page.path):
        yield "also at", links.base + other
    for name in page.dynamic:
        yield "unsure", f"`{name or 'a template'}` may print more ids"
    for name in sorted(links.ids(page))[:_MOST_IDS]:
        yield "id", f"#{name}"
