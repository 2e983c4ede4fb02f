"""Eleventy: https://www.11ty.dev/docs/permalinks/, checked against what 3.1 builds."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any
from urllib.parse import quote, unquote

from contentlint import paths
from contentlint.destinations import has_template, host_and_path, local_path
from contentlint.facts import Facts, Front, field
from contentlint.generators.base import Generator, Output, Rewritten, as_base_path, verbatim
from contentlint.generators.scripts import Script
from contentlint.generators.templates import LAYOUT_IDS
from contentlint.generators.tree import Tree, at, parents, text_at
from contentlint.markdown import Image, Link
from contentlint.patterns import pattern
from contentlint.slugs import Style
from contentlint.tuples import NamedTuple

_CONFIGS = ("eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs", "eleventy.config.ts", ".eleventy.js")  # fmt: skip
_TEMPLATES = (".md", ".html", ".njk", ".liquid", ".11ty.js", ".11ty.cjs", ".11ty.mjs", ".11ty.ts", ".hbs", ".mustache",
              ".ejs", ".haml", ".pug", ".webc", ".mdx", ".vto")  # fmt: skip
_COPY = pattern(
    r"""addPassthroughCopy\(\s*(?:["'`]([^"'`\n]+)["'`]|(\{(?:[^{}]|\{[^{}]*\})*\})|(\[[^\]]*\]))?"""
)
_PAIR = pattern(r"""["'`]([^"'`\n]+)["'`]\s*:\s*["'`]([^"'`\n]*)["'`]""")
_TEXT = pattern(r"""["'`]([^"'`\n]+)["'`]""")
_INPUT = pattern(r"""(?:\binput\s*:|setInputDirectory\()\s*["'`]([^"'`\n]+)""")
_FOLDERS = pattern(
    r"""(?:\b(?:includes|layouts|data|output)\s*:|set(?:Includes|Layouts|Data|Output)Directory\()\s*["'`]([^"'`\n]+)"""
)
_PERMALINK = pattern(r"""["']?permalink["']?\s*[:=(]""")


class _Page(NamedTuple):
    """A page; its URL is "" if it cannot be known, and None if it gets none."""

    source: str
    url: str | None
    absent: str = ""


class Eleventy(Generator):
    """An Eleventy site."""

    name = "eleventy"

    def __init__(self, tree: Tree) -> None:
        super().__init__(tree)
        script = self._script = Script(tree.read(tree.first(*_CONFIGS) or ""))
        prefix = script.value("pathPrefix") or ""
        self.base_path = as_base_path(prefix)
        self._knows_base = not script.is_unclear("pathPrefix")
        found = _INPUT.search(script.text)
        folder = posixpath.normpath(found[1]) if found else ""
        self._input = "" if folder == "." else folder
        self._takes_base = "HtmlBase" in script.text
        self._takes_files = "InputPathToUrl" in script.text
        self.hosts = tuple(self._hosts())
        self.styles = self._styles()

    def _hosts(self) -> Iterator[str]:
        """The host, which nothing says but data that blogs by custom have."""
        for name in ("metadata", "site", "meta"):
            for folder in (self._input, posixpath.join(self._input, "_data")):
                url = text_at(self.tree.table(posixpath.join(folder, f"{name}.json")), "url")
                if host := host_and_path(url)[0]:
                    yield host

    def _styles(self) -> tuple[Style, ...]:
        text = self._script.text
        found: list[Style] = []
        if "IdAttributePlugin" in text or "slug" in text:
            found.append("eleventy")
        if "anchor" in text.lower() or "markdownIt" in text or "markdown-it" in text:
            found.extend(("markdown-it-anchor", "github", "eleventy"))
        return tuple(dict.fromkeys(found)) or ("none",)

    # ---- what is published -------------------------------------------------------------------

    def outputs(self) -> Iterator[Output]:
        for page in self._pages.values():
            if page.absent or page.url is None:
                note = page.absent or "without a permalink"
                yield Output("absent", page.url or f"/{page.source}", page.source, note)
            else:
                yield Output("page", page.url, page.source)
        for path, target in self._copies.items():
            yield from self._copied(path, target)

    def _copied(self, path: str, target: str | None) -> Iterator[Output]:
        """The files that a passthrough copy names; without a target they keep their path."""
        if any(sign in path for sign in "*?{["):
            matches = paths.spec([path.removeprefix("./")])
            for file in self.tree.files:
                if matches.match_file(file):
                    name = self._below_input(file) if target is None else f"{target}/{posixpath.basename(file)}"  # fmt: skip
                    yield Output("file", f"/{name.strip('/')}", file)
            return
        path = posixpath.normpath(path)
        files = [path] if path in self.tree.files else self.tree.below("" if path == "." else path)
        for file in files:
            if target is None:
                yield Output("file", f"/{self._below_input(file)}", file)
            else:
                rest = file[len(path) :] if path != "." else f"/{file}"
                yield Output("file", re.sub("/+", "/", f"/{target.strip('./')}{rest}"), file)

    @cached_property
    def _copies(self) -> dict[str, str | None]:
        found: dict[str, str | None] = {}
        for match in _COPY.finditer(self._script.text):
            if match[1]:
                found[match[1]] = None
            elif match[2]:
                found.update(_PAIR.findall(match[2]))
            elif match[3]:
                found.update(dict.fromkeys(_TEXT.findall(match[3])))
        return found

    @property
    def _copies_unclear(self) -> bool:
        """Whether something is copied that only running the configuration would tell."""
        text = self._script.text
        is_named = sum(1 for match in _COPY.finditer(text) if match[1] or _TEXT.search(match[0]))
        return is_named < text.count("addPassthroughCopy(") or "mode:" in text

    def _below_input(self, path: str) -> str:
        return path.removeprefix(f"{self._input}/") if self._input else path

    @cached_property
    def _pages(self) -> dict[str, _Page]:
        return {
            source: self._page(source)
            for source in self.tree.below(self._input)
            if source.endswith(_TEMPLATES) and self._is_input(source)
        }

    def _is_input(self, source: str) -> bool:
        if source in _CONFIGS or (self._ignored and self._ignored.match_file(source)):
            return False
        path = self._below_input(source)
        return not any(path.startswith(f"{folder}/") for folder in self._no_pages)

    @cached_property
    def _no_pages(self) -> set[str]:
        own = {posixpath.normpath(name) for name in _FOLDERS.findall(self._script.text)}
        own |= {posixpath.relpath(name, self._input) for name in own if self._input and name.startswith(self._input + "/")}  # fmt: skip
        return {"_includes", "_data", "_layouts", "_site", "node_modules"} | own

    @cached_property
    def _ignored(self) -> Any:
        lines = self.tree.read(".eleventyignore").splitlines()
        lines += re.findall(r"""ignores\.add\(\s*["'`]([^"'`\n]+)""", self._script.text)
        try:
            return paths.spec(line.removeprefix("./") for line in lines) if lines else None
        except ValueError:
            return None

    def _page(self, source: str) -> _Page:
        front = self.tree.front(source)
        path = self._below_input(source)
        url = self._permalink(source, path, front)
        is_draft = field(front, "draft") == "true" and "draft" in self._code
        return _Page(source, url, "a draft" if is_draft else "")

    @cached_property
    def _code(self) -> str:
        """The configuration, and data files in JavaScript."""
        names = [path for path in self.tree.files if path.endswith((".11tydata.js", ".11tydata.cjs", ".11tydata.mjs"))]  # fmt: skip
        return self._script.text + "".join(map(self.tree.read, sorted(names)))

    def _permalink(self, source: str, path: str, front: Front | None) -> str | None:
        own = field(front, "permalink") or self._given(source)
        if own == "false":
            return None
        if has_template(own) or own == "?" or field(front, "pagination.data"):
            return ""
        if own:
            url = f"/{own.lstrip('/')}"
            return url.removesuffix("index.html") if url.endswith("/index.html") else url
        suffix = next(suffix for suffix in _TEMPLATES if path.endswith(suffix))
        stem = path.removesuffix(suffix)
        folder, name = posixpath.split(stem)
        if name == "index" or (folder and posixpath.basename(folder) == name):
            return f"/{folder}/" if folder else "/"
        return f"/{stem}/"

    def _given(self, source: str) -> str:
        """The permalink that data files give: `?` if only running them would tell."""
        stem = posixpath.splitext(source)[0]
        names = [stem, *(f"{folder}/{posixpath.basename(folder)}" for folder in parents(source) if folder)]  # fmt: skip
        for name in names:
            for suffix in (".11tydata.json", ".json"):
                value = at(self.tree.table(name + suffix), "permalink")
                if value is not None:
                    return str(value).lower() if isinstance(value, bool) else str(value)
            for suffix in (".11tydata.js", ".11tydata.cjs", ".11tydata.mjs"):
                if _PERMALINK.search(self.tree.read(name + suffix)):
                    return "?"
        return "?" if re.search(r"addGlobalData\(\s*[\"'](?:permalink|eleventyComputed)", self._script.text) else ""  # fmt: skip

    # ---- links -------------------------------------------------------------------------------

    def rewrite(self, page: Facts, link: Link) -> Rewritten:
        return self._rewritten(page, link.destination)

    def rewrite_image(self, page: Facts, image: Image) -> Rewritten:
        path = local_path(image.destination)
        if image.kind == "front-matter" and path is not None:
            return Rewritten(unsure="what the layout makes of it is not known")
        if path is not None and re.search(r"eleventyImage|image-?transform|eleventy-img", self._script.text, re.IGNORECASE):  # fmt: skip
            place = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), unquote(path)))
            if place in self.tree.files or path.startswith("/"):
                return Rewritten()
        return self._rewritten(page, image.destination)

    def _rewritten(self, page: Facts, destination: str) -> Rewritten:
        path = local_path(destination)
        plain = verbatim(destination)
        if path is None or not plain.hrefs:
            return plain
        if self._takes_files:
            folder = "" if path.startswith("/") else posixpath.dirname(page.path)
            place = posixpath.normpath(posixpath.join(folder, unquote(path).lstrip("/")))
            for source in (place, posixpath.join(self._input, place)):
                found = self._pages.get(source)
                if found is not None:
                    if not found.url:
                        return Rewritten()
                    return Rewritten((self.base_path + quote(found.url) + destination[len(path) :],))  # fmt: skip
        if path.startswith("/"):
            if not self._knows_base:
                return Rewritten((destination,))
            if self._takes_base:
                return Rewritten((self.base_path + destination,))
            if "addTransform" in self._script.text and self.base_path:
                return Rewritten((destination, self.base_path + destination))
        return plain

    # ---- what the sources do not show --------------------------------------------------------

    def may_serve(self, url: str) -> str:
        if self._copies_unclear:
            return "only running the configuration would tell"
        for page in self._pages.values():
            if page.url == "":
                own = field(self.tree.front(page.source), "permalink")
                if url.startswith("/" + re.split(r"\{[{%]|<%", own)[0].lstrip("/")):
                    return f"`{page.source}` makes pages of its own"
        for source in self._pages:
            if ".11ty." in source:
                return f"`{source}` says itself where it is served"
        if re.search(r"addPlugin\(\s*(?:feed|rss|sitemap)\w*|addTemplate\(|eleventy\.(?:after|before)", self._script.text, re.IGNORECASE):  # fmt: skip
            return "the configuration may make it"
        return ""

    def may_have(self, page: Facts, fragment: str) -> str:
        if fragment in LAYOUT_IDS:
            return "the layout may have it"
        if re.search(r"addTransform|slugify|markdownIt|setLibrary|amendLibrary", self._script.text) and self.styles != ("eleventy",):  # fmt: skip
            return "ids may be made by code of the site"
        return super().may_have(page, fragment)
