"""The tables of docs/examples.md: what each rule for front matter, tags and images flags, and where.

They are made of the examples of the rules, each of which tests/test_every_rule.py executes.
`python tests/test_examples_page.py` writes the page anew.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from contentlint.plugins import bundled
from contentlint.rule import Example, Rule
from contentlint.testing import unmark
from contentlint.text import Source

PAGE = Path(__file__).resolve().parent.parent / "docs" / "examples.md"
FEW = 3  # files that are named
CONCERNS = ("front-matter", "tags", "alt-text", "images")

HEAD = """\
# What is flagged, and where

The rules for front matter, tags and images, with posts that they flag exactly at ⟦…⟧ and posts that
they leave alone. The places are `line:column` from the first character to the one behind the last.
Every row is run by the tests; `contentlint explain` shows the page of a rule, with all that goes with
its examples.
"""


def page() -> str:
    rules = [rule for rule in bundled() if rule.concern in CONCERNS and rule.examples]
    rules.sort(key=lambda rule: (CONCERNS.index(rule.concern), rule.id))
    return "\n".join([HEAD, *(table(rule) for rule in rules)])


def table(rule: Rule) -> str:
    rows = [row(example) for example in rule.examples]
    lines = ["| written in | flagged | at | fine |", "| --- | --- | --- | --- |", *rows]
    return (
        f"## {rule.id}\n\n{rule.summary[:1].upper()}{rule.summary[1:]}.\n\n"
        + "\n".join(lines)
        + "\n"
    )


def row(example: Example) -> str:
    given = "".join(f"<br>with {shown}" for shown in conditions(example))
    cells = [example.written_in + given, code(example.bad), places(example.bad), code(example.good)]
    return f"| {' | '.join(cells)} |"


def conditions(example: Example) -> Iterator[str]:
    """What else there is, besides the post."""
    for values in (example.options, example.settings):
        if values:
            yield code(json.dumps(values, ensure_ascii=False))
    if len(example.files) > FEW:
        yield f"{len(example.files)} other posts"
    elif example.files:
        yield " ".join(map(code, example.files))


def places(marked: str) -> str:
    post, spans = unmark(marked)
    source = Source("", post)
    ends = [[source.position(offset) for offset in span] for span in spans]
    return "<br>".join("–".join(f"{line}:{column}" for line, column in pair) for pair in ends)


def code(text: str) -> str:
    """A text as code in a cell of a table, each line by itself."""
    shown = [line.replace("|", "\\|") for line in text.rstrip("\n").split("\n")]
    return "<br>".join(map(quoted, filter(None, shown)))


def quoted(line: str) -> str:
    fence = "`" * (1 + max(map(len, re.findall("`+", line)), default=0))
    space = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{space}{line}{space}{fence}"


def test_the_page_shows_the_examples_of_the_rules():
    told = "if the examples are right, run this file to write docs/examples.md"
    assert PAGE.read_text(encoding="utf-8") == page(), told


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
