"""Measures LanguageTool's English rules, and writes data/languagetool.tsv.

    python -m contentlint.grammar.measure_languagetool DATA [--url URL] [--write] [--show RULE]

DATA, hits and alarms are those of measure_harper.py. Groups and what was judged by hand stay as they
are in the file; a rule that has not spoken before is of the group `more`. It takes a quarter of an
hour, and LanguageTool as `contentlint grammar install` installs it, or a server.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from contentlint.grammar import GrammarOptions, LanguageToolOptions, Text
from contentlint.grammar.languagetool import (
    RULES,
    LanguageTool,
    LanguageToolRule,
    Selection,
    rules,
)
from contentlint.grammar.measure_harper import covers, documents, mended
from contentlint.languages import ENGLISH

HEAD = """\
# LanguageTool's English rules, and what measure_languagetool.py has measured; see LanguageToolRule.
# name group hits alarms right read
"""


class Everything(LanguageTool):
    """The engine with all rules that it runs unasked."""

    def _selection(self, language: str) -> Selection:
        return Selection()


def main() -> None:
    """Measure, and print or write the table."""
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--url", default="")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--show", default="")
    given = parser.parse_args()
    engine = Everything(GrammarOptions(languagetool=LanguageToolOptions(url=given.url)))
    hits: defaultdict[str, set[int]] = defaultdict(set)
    alarms: Counter[str] = Counter()
    items = mended(given.data)
    for path, document in documents(given.data):
        texts = [Text(block.text, block.opaque) for block in document.blocks]
        answers = engine.check(texts, ENGLISH)
        for block, matches in zip(document.blocks, answers, strict=True):
            for match in matches:
                span = block.span(match.start, match.end)
                if span is None:
                    continue
                if path.startswith("clean/"):
                    alarms[match.rule] += 1
                    if match.rule == given.show:
                        print(f"{path}: {block.text}: {match.text}")
                for number, item in items.get(path, ()):
                    if covers(document.source, span, item):
                        hits[match.rule].add(number)
    engine.close()
    lines = [HEAD, *_lines(hits, alarms)]
    if given.write:
        Path(RULES).write_text("".join(lines), encoding="utf-8")
    elif not given.show:
        sys.stdout.writelines(lines)


def _lines(hits: dict[str, set[int]], alarms: Counter[str]) -> Iterator[str]:
    known = {rule.name: rule for rule in rules()}
    for name in sorted({*known, *hits, *alarms}):
        rule = known.get(name, LanguageToolRule(name, "more", 0, 0, 0, 0))
        counted = rule._replace(hits=len(hits.get(name, ())), alarms=alarms[name])
        yield "\t".join(map(str, counted)) + "\n"


if __name__ == "__main__":
    main()
