"""What real generators make of links and headings, and that contentlint says the same.

Every folder of `sites/` is a small site of ours for one generator, in which the text of each link,
or the description of each image, is a label: `[L17](../b/)`, one on a line. The slow tests build the
sites and look up every link of the pages as a browser and a host would. What they find is kept in
`verdicts/`, so that the other tests need no generator:

    L17 ok /posts/b/
    L18 broken /posts/a/b/

`headings.md` is a page of all sites, and `headings/` has the ids that it gets. `python
tests/truth/test_truth.py` builds the sites whose generators are installed and writes both anew; read
the difference before you commit it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from contentlint import cli, commands, markdown
from contentlint.slugs import Style, heading_ids
from contentlint.tuples import NamedTuple

HERE = Path(__file__).resolve().parent
SITES = HERE / "sites"
HEADINGS = HERE / "headings.md"
# Where .ci/run installs what package.json lists. Docusaurus, which takes two minutes to install and
# build, has a folder to itself, and .ci/run leaves it out: npm install --prefix .venv/docusaurus
# @docusaurus/core@3.8.1 @docusaurus/preset-classic@3.8.1 react@19 react-dom@19 webpack@5.99.9
NODE = [Path(sys.prefix) / "node", Path(sys.prefix) / "docusaurus"]

HOST = "https://hums.test"
LABEL = re.compile(r"L\d+\Z")
LABELS = re.compile(r"\bL\d+\b")


class Kind(NamedTuple):
    """A generator: the command that builds a site (`{out}` is the folder to build into), and the
    style of its heading ids."""

    command: tuple[str, ...]
    style: Style
    page: str  # where headings.md goes
    front_matter: str = "---\ntitle: Headings\n---\n"


KINDS = {
    "hugo": Kind(("hugo", "--quiet", "--destination", "{out}"), "hugo", "content/headings.md"),
    "jekyll": Kind(("jekyll", "build", "--quiet", "--destination", "{out}"), "kramdown-gfm", "headings.md"),
    "mkdocs": Kind(("mkdocs", "--quiet", "build", "--site-dir", "{out}"), "markdown", "docs/headings.md"),
    "pelican": Kind(("pelican", "--quiet", "--settings", "pelicanconf.py", "--output", "{out}", "content"), "markdown", "content/headings.md", "Title: Headings\nDate: 2024-01-01\n\n"),
    "astro": Kind(("astro", "build", "--outDir", "{out}"), "astro", "src/pages/headings.md"),
    "docusaurus": Kind(("docusaurus", "build", "--out-dir", "{out}"), "docusaurus", "docs/headings.md", "---\ntitle: Headings\nmdx:\n  format: md\n---\n"),
    "eleventy": Kind(("eleventy", "--quiet", "--output={out}"), "eleventy", "headings.md"),
    "vitepress": Kind(("vitepress", "build", "--outDir", "{out}"), "vitepress", "headings.md"),
    "hexo": Kind(("hexo", "generate", "--silent"), "hexo", "source/headings.md"),
}  # fmt: skip


ENVIRONMENT = {
    "JEKYLL_NO_BUNDLER_REQUIRE": "true",  # Debian's Jekyll, not the Gemfile's
    "ASTRO_TELEMETRY_DISABLED": "1",
    "DOCUSAURUS_NO_PERSISTENT_CACHE": "true",  # it would be in node_modules, and of another site
}


class Site(NamedTuple):
    """A site in `sites/`. Its name begins with that of its generator; `base` is the path that it is
    served below."""

    name: str
    base: str = ""
    style: Style | None = None  # of its heading ids, if not that of the generator
    folder: str = ""  # where headings.md goes, if not where the generator has its pages

    @property
    def kind(self) -> Kind:
        return KINDS[self.name.partition("-")[0]]

    @property
    def source(self) -> Path:
        return SITES / self.name


ALL = [
    Site("hugo"),
    Site("hugo-hook", "/sub", "hugo-blackfriday"),
    Site("hugo-two", style="hugo-ascii"),
    Site("hugo-config", folder="text"),
    Site("jekyll", "/blog"),
    Site("jekyll-pretty", style="kramdown"),
    Site("mkdocs", "/manual"),
    Site("mkdocs-files"),
    Site("pelican"),
    Site("astro", "/manual"),
    Site("docusaurus", "/manual"),
    Site("eleventy"),
    Site("vitepress", "/manual"),
    Site("hexo"),
]

# The rules that say whether a link leads somewhere.
RULES = ("links", "images/missing-file")
NOT = ("links/unsure", "links/unused-definition")

# Where contentlint says otherwise than the built site, and why.
KNOWN = {
    ("eleventy", "L24"): "nothing says at which host it is served",
    ("hugo", "L130"): "whether a theme paginates is not known, so it is unsure",
    ("hugo-config", "L3"): "older versions take every folder for a section",
    ("hugo-config", "L24"): "older versions join dashes",
    ("hugo-config", "L25"): "cascades with a target are not read",
    ("hugo-config", "L61"): "older versions know no permalinks of terms",
    ("hugo-config", "L63"): "the same",
    ("hugo-config", "L68"): "output formats are unsure",
    ("hugo-config", "L98"): "as L25",
    ("hugo-config", "L203"): "resources of a section may stay when it is moved",
}


# ---- building ----------------------------------------------------------------------------------


def tool(name: str) -> str | None:
    """The path of a generator: of this environment, of Node's packages, or of the system."""
    node = [str(folder / "node_modules/.bin") for folder in NODE]
    folders = [os.path.dirname(sys.executable), *node, os.environ["PATH"]]
    return shutil.which(name, path=os.pathsep.join(folders))


def build(site: Site, folder: Path) -> Path:
    """Build a copy of the site with headings.md in it; returns the folder with the pages."""
    source, out = folder / "source", folder / "out"
    copy(site, source)
    command = [part.format(out=out) for part in site.kind.command]
    path = Path(tool(command[0]) or command[0])
    if path.parts[-3:-1] == ("node_modules", ".bin"):
        (source / "node_modules").symlink_to(path.parent.parent)
    done = subprocess.run(
        [str(path), *command[1:]],
        check=False,
        cwd=source,
        env={**os.environ, **ENVIRONMENT},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return out if out.is_dir() else source / "public"


def copy(site: Site, folder: Path) -> None:
    shutil.copytree(site.source, folder)
    page = folder / (f"{site.folder}/headings.md" if site.folder else site.kind.page)
    page.write_text(site.kind.front_matter + HEADINGS.read_text("utf-8"), "utf-8")


# ---- what a browser and a host make of the pages -------------------------------------------------


class Page(HTMLParser):
    """The labelled links, the ids, and the headings of a built page."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: list[tuple[str, str]] = []
        self.ids: set[str] = set()
        self.headings: list[str] = []
        self._href: str | None = None
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.ids |= {attributes.get("id", "")} | (
            {attributes.get("name", "")} if tag == "a" else set()
        )
        if tag == "a":
            self._href = attributes.get("href")
        elif tag == "img" and LABEL.match(attributes.get("alt", "")):
            self.links.append((attributes["alt"], attributes.get("src", "")))
        elif tag in ("h2", "h3"):
            self.headings.append(attributes.get("id", ""))

    def handle_data(self, data: str) -> None:
        if self._href is not None and LABEL.match(data.strip()):
            self.links.append((data.strip(), self._href))
            self._href = None


def verdicts(site: Site, out: Path) -> dict[str, str]:
    """For every label, whether its link leads somewhere, and the path that is asked for."""
    pages = {path: Page(path) for path in sorted(out.rglob("*.html"))}
    found: dict[str, str] = {}
    depths: dict[str, int] = {}
    for path, page in pages.items():
        url = f"{HOST}{site.base}/{path.relative_to(out).as_posix()}".removesuffix("index.html")
        for label, href in page.links:
            # A post may be repeated on other pages, as on the home page of a blog: its own, which
            # lies deepest, counts.
            depth = len(path.parts)
            if label not in found or depth > depths[label]:
                depths[label] = depth
                found[label] = verdict(site, out, pages, url, href)
    return dict(sorted(found.items(), key=lambda item: int(item[0][1:])))


def verdict(site: Site, out: Path, pages: dict[Path, Page], url: str, href: str) -> str:
    if not href:
        return "broken (empty)"
    asked = urlsplit(urljoin(url, href))
    if f"{asked.scheme}://{asked.netloc}" != HOST:
        return "elsewhere"
    file = served(out, unquote(asked.path), site.base)
    fragment = unquote(asked.fragment)
    good = file is not None
    if file in pages and fragment and fragment.lower() != "top" and not fragment.startswith(":~:"):
        good = fragment in pages[file].ids
    shown = asked.path + (f"#{asked.fragment}" if asked.fragment else "")
    return f"{'ok' if good else 'broken'} {shown}"


def served(out: Path, path: str, base: str) -> Path | None:
    """The file that a static host answers with: the path itself, its index, or `.html` left off."""
    if not (path + "/").startswith(base + "/"):
        return None
    file = out / path[len(base) :].lstrip("/")
    if path.endswith("/"):
        candidates = [file / "index.html"]
    else:
        candidates = [file, file / "index.html", file.with_name(file.name + ".html")]
    return next((candidate for candidate in candidates if candidate.is_file()), None)


def heading_ids_of(out: Path) -> list[str]:
    """The ids of the headings of headings.md, which every generator puts somewhere of that name."""
    (path,) = (p for p in out.rglob("*.html") if "headings" in p.relative_to(out).as_posix())
    return Page(path).headings


# ---- what is kept of it --------------------------------------------------------------------------


def kept_verdicts(site: Site) -> dict[str, str]:
    lines = (HERE / "verdicts" / f"{site.name}.txt").read_text("utf-8").splitlines()
    return {label: rest for label, _, rest in (line.partition(" ") for line in lines)}


def kept_headings(site: Site) -> list[str]:
    return (HERE / "headings" / f"{site.name}.txt").read_text("utf-8").split("\n")[:-1]


def keep(site: Site, out: Path) -> None:
    found = "".join(f"{label} {rest}\n" for label, rest in verdicts(site, out).items())
    (HERE / "verdicts" / f"{site.name}.txt").write_text(found, "utf-8")
    ids = "".join(f"{identifier}\n" for identifier in heading_ids_of(out))
    (HERE / "headings" / f"{site.name}.txt").write_text(ids, "utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("site", ALL, ids=lambda site: site.name)
def test_what_is_kept_is_what_the_generator_builds(site, tmp_path):
    name = site.kind.command[0]
    if tool(name) is None:
        assert name not in os.environ.get("CONTENTLINT_GENERATORS", "").split()
        pytest.skip(f"{name} is not installed; .ci/run shows how to")
    out = build(site, tmp_path)
    assert verdicts(site, out) == kept_verdicts(site)
    assert heading_ids_of(out) == kept_headings(site)


# ---- what contentlint says -----------------------------------------------------------------------


def labels(site: Site) -> dict[tuple[str, int], str]:
    """The label on each line of the sources, by path and line."""
    found: dict[tuple[str, int], str] = {}
    for path in site.source.rglob("*.md"):
        name = path.relative_to(site.source).as_posix()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            match = LABELS.search(line)
            if match:
                found[name, number] = match[0]
    return found


@pytest.mark.parametrize("site", ALL, ids=lambda site: site.name)
def test_every_link_has_a_verdict(site):
    assert set(labels(site).values()) == set(kept_verdicts(site))


@pytest.mark.parametrize("site", ALL, ids=lambda site: site.name)
def test_contentlint_makes_the_same_ids(site):
    made = heading_ids(
        markdown.parse(HEADINGS.read_text("utf-8")).headings, site.style or site.kind.style
    )
    kept = kept_headings(site)
    assert len(made) == len(kept)
    assert [made_id for made_id in made if made_id is not None] == [
        kept_id for made_id, kept_id in zip(made, kept, strict=True) if made_id is not None
    ]
    assert made.count(None) <= 4


@pytest.mark.parametrize("site", ALL, ids=lambda s: s.name)
def test_contentlint_says_of_every_link_what_the_built_site_says(site, monkeypatch, capsys):
    monkeypatch.chdir(site.source)
    rules = ["--select", ",".join(RULES), "--ignore", ",".join(NOT)]
    status = cli.main(["--isolated", "--quiet", "--output-format", "json", *rules])
    assert status == commands.FINDINGS
    findings = json.loads(capsys.readouterr().out)["findings"]
    where = labels(site)
    told = {where[f["path"], f["line"]]: f"{f['rule']} {f['message']}" for f in findings}
    wrong = {
        label: told.get(label, "nothing")
        for label, truth in kept_verdicts(site).items()
        if (label in told) != truth.startswith("broken")
    }
    known = {label for name, label in KNOWN if name == site.name}
    assert wrong.keys() == known, wrong


if __name__ == "__main__":
    import tempfile

    for each in ALL:
        if tool(each.kind.command[0]):
            with tempfile.TemporaryDirectory() as name:
                keep(each, build(each, Path(name)))
