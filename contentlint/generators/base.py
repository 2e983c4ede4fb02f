"""What every generator tells of a site: what it publishes, and what it makes of a link."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from contentlint.destinations import has_template, host_and_path
from contentlint.facts import Facts
from contentlint.generators.tree import Tree
from contentlint.markdown import Image, Link
from contentlint.slugs import Style
from contentlint.tuples import NamedTuple

OutputKind = Literal["page", "also", "alias", "file", "absent"]


class Output(NamedTuple):
    """One URL of the site.

    `url` is a path as people read it: not percent-encoded, beginning with `/`, and without the base
    path. It ends with `/` if the generator writes `index.html` into a folder, and is else the name
    of a file, or that name without `.html` if the generator links to it so. `source` is the file
    that it comes from, or "" for lists and feeds, which come from no single one.

    - "page": the URL of a page. The first of a source is the one that links on it are joined to.
      `note` tells hosts apart where a site has several.
    - "also": another URL that the page may have, in some version or by some setting.
    - "alias": a URL that the author gives the page besides, which redirects to it.
    - "file": a file that is served as it is.
    - "absent": the URL that a page would have, if it were published; `note` says why it is not,
      as in "a draft". The URL is "" for a file that would not get one.
    """

    kind: OutputKind
    url: str
    source: str = ""
    note: str = ""


class Rewritten(NamedTuple):
    """What stands in the page for the destination that stands in the source.

    `hrefs` are what a browser may be given, with the base path: one, or several where that depends
    on a template that cannot be known, and then one that leads somewhere is enough. Without any,
    `problem` says why the generator stops or prints an empty link, `unsure` why it cannot be
    decided, and without either nothing is said of the link.
    """

    hrefs: tuple[str, ...] = ()
    problem: str = ""
    unsure: str = ""


class Generator:
    """A site of a kind unknown, and what generators have in common.

    A generator derives from it, reads its configuration from the tree when it is made, and
    overrides what it does otherwise. Nothing of the site is ever run.

    - `base_path` is the path that all URLs begin with, as in `/blog`; "" if there is none.
    - `hosts` are the names under which the site is served, in lower case.
    - `styles` are those of its heading ids, see slugs.py: an id of any of them is good.
    - `defines_labels` tells that labels of reference links may be defined elsewhere than in the page.
    - `cuts_tags_at_blanks` tells that `tags: heat pump` are two.
    - `alias_key` is the key of front matter that gives a page URLs besides; "" if there is none.
    - `is_built` tells that pages have other paths than their files.
    - `notes` tell people what was recognised, for `contentlint site`.
    """

    name = "unknown"
    styles: tuple[Style, ...] = ("github",)
    defines_labels = False
    is_built = True
    cuts_tags_at_blanks = False
    alias_key = ""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.base_path = ""
        self.hosts: tuple[str, ...] = ()
        self.notes: list[str] = []

    def serve_at(self, url: str) -> None:
        """Take the host and the base path from the URL at which the site says that it is served."""
        host, path = host_and_path(url)
        self.hosts = (host,) if host else ()
        self.base_path = path.rstrip("/")

    def outputs(self) -> Iterator[Output]:
        """All that the site publishes, and the pages that it does not. Asked for once."""
        yield from ()

    def rewrite(self, page: Facts, link: Link) -> Rewritten:
        """What becomes of the destination of a link. Most generators leave it as it stands."""
        return verbatim(link.destination)

    def rewrite_image(self, page: Facts, image: Image) -> Rewritten:
        """What becomes of the destination of an image, and of one that the front matter names."""
        return verbatim(image.destination)

    def tag_url_part(self, taxonomy: str, name: str) -> str:
        """What stands for the name of a tag in the URL of its page; "" if that cannot be told, or
        if there are no such pages."""
        return ""

    def may_serve(self, url: str) -> str:
        """Why something may be served at a URL (as in Output) although the sources show nothing
        there: a remote theme, a route that code makes. "" if nothing can be."""
        return ""

    def may_have(self, page: Facts, fragment: str) -> str:
        """Why a page may have an id that its source does not show; "" if it cannot."""
        if page.dynamic:
            return f"`{page.dynamic[0]}` may print ids"
        return ""


def as_base_path(path: str) -> str:
    """A path as `base_path` has it, however many slashes it is written with."""
    return ("/" + path.strip("/")).rstrip("/")


def verbatim(destination: str) -> Rewritten:
    """The destination as it stands, unless a template stands in it."""
    return Rewritten() if has_template(destination) else Rewritten((destination,))
