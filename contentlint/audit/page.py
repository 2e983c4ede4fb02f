"""The audit as one HTML file: no request, readable without its script, safe whatever posts hold.

Only the data of the report is shown. The template escapes what it prints, the JSON for the script has
no character that HTML would obey, and the Content-Security-Policy lets nothing run or load but what
is written here.
"""

from __future__ import annotations

import json
import os
from base64 import b64encode
from collections.abc import Container, Iterable, Sequence
from hashlib import sha256
from typing import Any

import pyromark
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from contentlint.audit.report import Data, total, worst_posts
from contentlint.finding import SEVERITIES
from contentlint.options import is_list, is_table
from contentlint.reporters import printable
from contentlint.tuples import NamedTuple

_FIRST_ROWS = 50  # of a table, which are there without the script, too
_MOST = 10  # rules and posts on the first screen
_MOST_NAMES = 20  # in a cell
_BLANKS = str.maketrans("\t\r\n", "   ")


class Column(NamedTuple):
    """A column of a table; `kind` is how its cells are shown, see page.js."""

    label: str
    kind: str = "text"

    @property
    def as_data(self) -> Data:
        """As the template and the script have it."""
        styles = {
            "finding": "wide",
            "place": "middle",
            "path": "middle",
            "list": "middle",
            "rule": "short",
            "number": "number",
            "percent": "number",
        }
        return {"label": self.label, "kind": self.kind, "class": styles.get(self.kind, "")}


_POST = Column("Post", "path")
_PLACE, _SEVERITY = Column("Place", "place"), Column("Severity", "severity")
_FINDING = Column("Finding", "finding")


def render(data: Data) -> str:
    """The page."""
    data = _harmless(data)
    its = _Tables(data)
    for_script: Data = {"paths": [*its.paths], "rules": [*its.rules], "tables": its.tables}
    summary = data["summary"]
    known = {f"{one['path']}: {one['message']}" for one in data["unreadable"]}
    values: Data = {
        **data,
        "tables": its.tables,
        "paths": for_script["paths"],
        "rule_names": for_script["rules"],
        "severity_names": SEVERITIES,
        "first_rows": _FIRST_ROWS,
        "share": 100 * summary["without_error"] // summary["files"] if summary["files"] else 100,
        "worst": worst_posts(data)[:_MOST],
        "concerns": [{**one, "total": total(one)} for one in data["concerns"]],
        "most_of_concern": max(map(total, data["concerns"]), default=0),
        "most_of_year": max((one["posts"] for one in data["years"]), default=0),
        "other_errors": [line for line in data["errors"] if line not in known],
        "lengths": _lengths(data["blog"]),
        "tables_as_json": Markup(_as_json(for_script)),
        "style": _read("page.css"),
        "script": _read("page.js"),
    }
    return _environment().get_template("page.html").render(values)


def _environment() -> Environment:
    made = Environment(loader=FileSystemLoader(os.path.dirname(__file__)), autoescape=True)
    made.filters["grouped"] = _grouped
    made.filters["hashed"] = _hashed
    made.filters["markdown"] = _markdown
    return made


def _read(name: str) -> str:
    with open(os.path.join(os.path.dirname(__file__), name), encoding="utf-8") as file:
        return file.read()


def _grouped(number: float) -> str:
    return f"{number:,}"


def _hashed(text: str) -> str:
    """What the Content-Security-Policy calls a script or style."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _markdown(text: str) -> Markup:
    """The page of a rule, below a heading of level 2."""
    _, _, rest = text.partition("\n")  # the id, which the summary has
    html = pyromark.html(rest)
    for level in (2, 1):
        html = html.replace(f"<h{level}>", "<h4>").replace(f"</h{level}>", "</h4>")
    return Markup(html)


def _harmless(value: Any) -> Any:
    """Data without what would change how text is shown: control characters, marks that reverse the
    direction of writing, halves of characters. Line breaks and tabs become blanks; not in pages."""
    if isinstance(value, str):
        text = value if value.isprintable() else printable(value.translate(_BLANKS))
        return text.encode("utf-8", "replace").decode()
    if is_table(value):
        return {key: v if key == "page" else _harmless(v) for key, v in value.items()}
    return [_harmless(item) for item in value] if is_list(value) else value


def _as_json(value: Data) -> str:
    """JSON that is safe inside of a script element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _lengths(blog: Data) -> list[tuple[str, Any, str]]:
    without = f"{blog['without_description']:,} posts have none."
    return [
        (
            "Lengths of titles",
            _filled(blog["title_lengths"]),
            "Search engines cut titles at about 60.",
        ),
        (
            "Lengths of descriptions",
            _filled(blog["description_lengths"]),
            f"Search engines cut them at about 160. {without}",
        ),
    ]


def _filled(bins: list[Data]) -> list[Data]:
    """The ranges without the empty ones at both ends."""
    filled = [number for number, one in enumerate(bins) if one["posts"]]
    return bins[filled[0] : filled[-1] + 1] if filled else []


# ---- tables -------------------------------------------------------------------------------------


class _Pool(dict[str, int]):
    """Texts that are said often, by the number that stands for them."""

    def number(self, text: str) -> int:
        return self.setdefault(text, len(self))


class _Tables:
    """The tables of the page. Paths and rules are in them as numbers, since they are said often."""

    def __init__(self, data: Data) -> None:
        self.paths = _Pool()
        self.rules = _Pool({one["rule"]: number for number, one in enumerate(data["rules"])})
        self.tables: Data = {}
        trend = data["trend"]
        self._add_findings(data, set(trend["new"]) if trend else set[str]())
        if trend:
            self._add_mended(trend["mended"])
        self._add_posts(data["posts"])
        self._add_alike(data["blog"])
        self._add_links(data["blog"])
        self._add_images(data["blog"])
        self._add_tags(data["blog"]["taxonomies"])
        self._add_prose(data["blog"])

    def _add(
        self, name: str, caption: str, columns: Sequence[Column], rows: Iterable[list[Any]]
    ) -> None:
        told = [column.as_data for column in columns]
        self.tables[name] = {"caption": caption, "columns": told, "rows": list(rows)}

    def _add_findings(self, data: Data, new: set[str]) -> None:
        of_concern: dict[str, list[Data]] = {one["concern"]: [] for one in data["concerns"]}
        for one in data["findings"]:
            of_concern[one["rule"].split("/")[0]].append(one)
        columns = [_FINDING, _PLACE, _SEVERITY, Column("Rule", "rule")]
        for concern, findings in of_concern.items():
            rows = (
                [_told(one, new), *self._place(one), self.rules[one["rule"]]] for one in findings
            )
            self._add(f"findings-{concern}", f"All findings of {concern}", columns, rows)

    def _add_mended(self, findings: Iterable[Data]) -> None:
        rows = ([_told(one), *self._place(one), one["rule"]] for one in findings)
        columns = [_FINDING, _PLACE, _SEVERITY, Column("Rule")]
        self._add("mended", "Mended findings", columns, rows)

    def _place(self, one: Data) -> list[Any]:
        path = self.paths.number(one["path"])
        return [[path, one["line"], one["column"]], SEVERITIES.index(one["severity"])]

    def _add_posts(self, posts: Iterable[Data]) -> None:
        columns = [
            _POST,
            Column("Title"),
            Column("Date"),
            Column("Words", "number"),
            Column("LIX", "number"),
            *(Column(name, "number") for name in ("Errors", "Warnings", "Info")),
        ]
        rows = (
            [
                self.paths.number(one["path"]),
                one["title"],
                one["date"] or "",
                one["words"],
                one["lix"],
                *(one[severity] for severity in SEVERITIES),
            ]
            for one in posts
        )
        self._add("posts", "All posts", columns, rows)

    def _add_alike(self, blog: Data) -> None:
        number = self.paths.number
        self._add(
            "duplicates",
            "Posts, each with the oldest one that says nearly the same",
            [_POST, Column("Much the same as", "path"), Column("Similarity", "percent")],
            (
                [number(one["path"]), number(first["path"]), one["similarity"]]
                for first, *others in (group["posts"] for group in blog["near_duplicates"])
                for one in others
            ),
        )
        columns = [
            Column("Text"),
            Column("How alike"),
            Column("Posts", "number"),
            Column("Which", "list"),
        ]
        for name in ("titles", "descriptions"):
            rows = (
                [
                    one["text"],
                    "the same" if one["same"] else "nearly the same",
                    len(one["posts"]),
                    _few([post for post, _ in one["posts"]]),
                ]
                for one in blog[name]
            )
            self._add(name, f"{name.capitalize()}, and the posts that have them", columns, rows)

    def _add_links(self, blog: Data) -> None:
        columns = [
            Column("Asked for"),
            Column("Links", "number"),
            Column("Probably meant"),
            Column("In", "list"),
        ]
        rows = (
            [one["target"], one["findings"], one["likely"], _few(one["posts"])]
            for one in blog["missing_pages"]
        )
        self._add("missing", "Pages and files that broken links ask for", columns, rows)
        for name, caption in (
            ("orphans", "Posts that no other post links to"),
            ("dead_ends", "Posts that link to no other post"),
        ):
            self._add(name, caption, [_POST], ([self.paths.number(one)] for one in blog[name]))

    def _add_images(self, blog: Data) -> None:
        files = ([one] for one in blog["unused_images"])
        self._add("unused-images", "Image files that nothing names", [Column("File")], files)
        columns = [Column("Image"), Column("Uses", "number"), Column("Descriptions", "list")]
        rows = (
            [one["image"], one["uses"], _few([f"{alt} ({uses})" for alt, uses in one["alts"]])]
            for one in blog["alt_texts"]
        )
        self._add("alt-texts", "Images, and the texts that describe them", columns, rows)

    def _add_tags(self, taxonomies: Iterable[Data]) -> None:
        columns = [
            Column("Tag"),
            Column("Kind"),
            Column("Posts", "number"),
            Column("Other spellings", "list"),
            Column("Probably a slip of"),
        ]
        rows = (
            [
                term["name"],
                taxonomy["taxonomy"],
                term["posts"] + sum(other["posts"] for other in term["variants"]),
                [f"{other['name']} ({other['posts']})" for other in term["variants"]],
                term["looks_like"] or "",
            ]
            for taxonomy in taxonomies
            for term in taxonomy["terms"]
        )
        self._add("tags", "Tags, and in how many posts they are", columns, rows)

    def _add_prose(self, blog: Data) -> None:
        for name, field, label in (
            ("short", "words", "Words"),
            ("long", "words", "Words"),
            ("hard", "lix", "LIX"),
        ):
            rows = ([self.paths.number(one["path"]), one[field]] for one in blog[name])
            self._add(name, f"Posts by {label}", [_POST, Column(label, "number")], rows)
        columns = [
            Column("Word"),
            Column("Uses", "number"),
            Column("Posts", "number"),
            Column("Called misspelt", "number"),
            Column("Accepted"),
            Column("In", "list"),
        ]
        words = (
            [
                one["word"],
                one["uses"],
                one["posts"],
                one["findings"],
                "yes" if one["accept"] else "no",
                one["places"],
            ]
            for one in blog["vocabulary"]
        )
        self._add("vocabulary", "Words that several posts use", columns, words)


def _told(one: Data, new: Container[str] = ()) -> list[Any]:
    """A finding as its column has it."""
    state = "new" if one["fingerprint"] in new else ""
    return [one["message"], *one["excerpt"].values(), one["suggestions"], state]


def _few(names: Sequence[str]) -> list[str]:
    """Some of many names, and how many others there are."""
    left = len(names) - _MOST_NAMES
    return [*names[:_MOST_NAMES], *([f"and {left:,} more"] if left > 0 else [])]
