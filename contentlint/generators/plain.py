"""Sites that are not built: files read where they are, and those of generators that are unknown."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from functools import cached_property
from urllib.parse import quote, unquote

from contentlint.destinations import local_path
from contentlint.facts import Facts, fields
from contentlint.generators.base import Generator, Output, Rewritten, verbatim
from contentlint.generators.tree import parents
from contentlint.markdown import Image, Link
from contentlint.patterns import pattern

# Ids are printed with a prefix, and lines of the source have one each: `?plain=1#L10-L12`.
_OF_GITHUB = pattern(r"user-content-|fn(?:ref)?-|L\d+(?:C\d+)?(?:-L?\d+(?:C\d+)?)?\Z")
_PAGES = (".md", ".markdown", ".mdx", ".html")


class Plain(Generator):
    """Files as GitHub and editors show them: a link names a file from the folder of the file it
    stands in, `/` is the top of the repository, and folders can be opened. What lies above the root
    is not known: GitHub has its issues there."""

    name = "plain"
    is_built = False

    def outputs(self) -> Iterator[Output]:
        for path in self.tree.files:
            yield Output("page" if path in self.tree.pages else "file", f"/{path}", path)
        for folder in sorted(self.tree.folders):
            yield Output("page", f"/{folder}/" if folder else "/")

    def rewrite(self, page: Facts, link: Link) -> Rewritten:
        return self._as_path(page, link.destination)

    def rewrite_image(self, page: Facts, image: Image) -> Rewritten:
        return self._as_path(page, image.destination)

    def _as_path(self, page: Facts, destination: str) -> Rewritten:
        path = local_path(destination)
        if path is not None:
            if path.startswith("/") and not self.tree.is_repository:
                return Rewritten(unsure="the top of the repository is not known")
            if _climbs_out(page.path, path):
                return Rewritten(unsure="it lies above the root of the site")
        return verbatim(destination)

    def may_have(self, page: Facts, fragment: str) -> str:
        if _OF_GITHUB.match(fragment) or fragment != fragment.lower():
            return "GitHub's own script finds it"
        return super().may_have(page, fragment)


class Unknown(Plain):
    """Pages whose generator is not known: a link may be read from the folder of the file, or from
    the URL that most generators would give the page, and the end of a name may be left off. Only
    what no reading explains leads nowhere. Nothing is said of paths from the top of the site."""

    name = "unknown"
    defines_labels = True  # some include files, some make labels of their own
    styles = ("github", "hugo", "kramdown", "markdown", "vitepress", "eleventy", "hexo")

    def outputs(self) -> Iterator[Output]:
        yield from super().outputs()
        for path in self.tree.files:
            stem, suffix = posixpath.splitext(path)
            if suffix in _PAGES:
                yield Output("also", f"/{stem}.html", path)
                yield Output("also", f"/{stem}/", path)

    def rewrite(self, page: Facts, link: Link) -> Rewritten:
        return self._readings(page, link.destination)

    def rewrite_image(self, page: Facts, image: Image) -> Rewritten:
        return self._readings(page, image.destination)

    def _readings(self, page: Facts, destination: str) -> Rewritten:
        path = local_path(destination)
        if path is None:
            return verbatim(destination)
        plain = posixpath.normpath(unquote(path).replace("\\", "/"))
        if path.startswith("/"):
            if self._ends_like(plain.lstrip("/")):
                return Rewritten()
            return Rewritten(unsure="the generator of the site is not known")
        if self._is_moved(plain):
            return Rewritten()
        # A generator that gathers its pages from several folders serves them beside each other.
        if "/" in plain and self._ends_like(plain.replace("../", "")):
            return Rewritten()
        if _climbs_out(page.path, path):
            return Rewritten(unsure="it lies above the root of the site")
        pretty = quote("/" + posixpath.splitext(page.path)[0] + "/")
        return Rewritten((destination, posixpath.join(pretty, destination)))

    def _is_moved(self, path: str) -> bool:
        """Whether a page gives itself a URL that ends like the path."""
        name, suffix = posixpath.splitext(posixpath.basename(path).lower())
        return (name if suffix in _PAGES else name + suffix) in self._own_names

    @cached_property
    def _own_names(self) -> frozenset[str]:
        keys = ("slug", "url", "permalink", "aliases", "redirect_from")
        urls = (url for page in self.tree.pages.values() for url in fields(page.front, *keys))
        return frozenset(posixpath.basename(url.rstrip("/")).lower() for url in urls)

    def _ends_like(self, path: str) -> bool:
        return path.lower() in self._ends or self._is_moved(path)

    @cached_property
    def _ends(self) -> frozenset[str]:
        """All paths of files and folders, with some of the folders that they are in left off."""
        found: set[str] = set()
        for path in (*self.tree.files, *self.tree.folders):
            path = path.lower()
            stem, suffix = posixpath.splitext(path)
            for whole in (path, stem) if suffix in _PAGES else (path,):
                found.add(whole)
                for folder in parents(path):
                    found.add(whole[len(folder) + 1 :] if folder else whole)
        return frozenset(found)


def _climbs_out(source: str, path: str) -> bool:
    """Whether a relative path leads out of the root, seen from a file."""
    plain = unquote(path).replace("\\", "/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), plain)).startswith("..")
