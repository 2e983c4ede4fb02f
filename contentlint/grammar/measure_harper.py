"""Measure every rule of Harper on labelled blogs, and write the counts into data/harper.tsv.

    python -m contentlint.grammar.measure_harper DATA [--write] [--show RULE]

DATA is a folder as contentlint/spelling/fit_weights.py has it: `posts/` with `items.jsonl`, the
mistakes that people have mended in them, and `clean/`, edited posts. A rule's hits are the mistakes
of the kinds "realword" and "grammar" that it finds, its alarms what it says of the clean posts.
Groups, triggers and what was judged by hand stay as they are in the file; new rules are of the
group `more`. --show prints every alarm of a rule, to be judged. It takes some minutes.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from harper import get_default_lint_config

from contentlint.document import Document
from contentlint.grammar import GrammarOptions, Match, Text
from contentlint.grammar.harper import RULES, Harper, HarperRule, rules
from contentlint.languages import ENGLISH
from contentlint.text import Source, Span

UNEDITED = {"LukeSmithxyz+based.cooking"}  # recipes that nobody edits: no alarms, no hits
LEFT_OUT = {"SpellCheck", "LongSentences"}  # typos are not its business, and length is style
HEAD = """\
# Harper's rules, and what measure_harper.py has measured; see HarperRule for the columns.
# name group hits alarms right read apart triggers, as many as there are
"""


def main() -> None:
    """Measure, and print or write the table."""
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--show", default="")
    given = parser.parse_args()
    known = {rule.name: rule for rule in rules()}
    every = sorted(get_default_lint_config())
    new = (HarperRule(name, "more", 0, 0, 0, 0, False, ()) for name in every if name not in known)
    known.update((rule.name, rule) for rule in new)
    engine = Harper(GrammarOptions(), {n: r for n, r in known.items() if n not in LEFT_OUT})
    hits: defaultdict[str, set[int]] = defaultdict(set)
    alarms: Counter[str] = Counter()
    items = mended(given.data)
    for path, document in documents(given.data):
        wanted = items.get(path, ())
        for match, span, around in _found(engine, document):
            if path.startswith("clean/"):
                alarms[match.rule] += 1
                if match.rule == given.show:
                    print(f"{path}: {around}")
            for number, item in wanted:
                if covers(document.source, span, item):
                    hits[match.rule].add(number)
    lines = [HEAD]
    for name in every:
        counted = known[name]._replace(hits=len(hits[name]), alarms=alarms[name])
        lines.append(_line(counted))
    if given.write:
        Path(RULES).write_text("".join(lines), encoding="utf-8")
    elif not given.show:
        sys.stdout.writelines(lines)


def _line(rule: HarperRule) -> str:
    apart = "apart" if rule.apart else "-"
    return "\t".join(map(str, (*rule[:6], apart, *rule.triggers))) + "\n"


def mended(data: Path) -> dict[str, list[tuple[int, dict[str, Any]]]]:
    found: defaultdict[str, list[tuple[int, dict[str, Any]]]] = defaultdict(list)
    lines = (data / "items.jsonl").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        item = json.loads(line)
        if item["kind"] in ("realword", "grammar"):
            found[item["post"]].append((number, item))
    return found


def documents(data: Path) -> Iterator[tuple[str, Document]]:
    for part in ("clean", "posts"):
        for path in sorted((data / part).rglob("*.md*")):
            name = path.relative_to(data)
            if name.parts[1] not in UNEDITED:
                yield name.as_posix(), Document(Source.decode(str(path), path.read_bytes()))


def _found(engine: Harper, document: Document) -> Iterator[tuple[Match, Span, str]]:
    texts = [Text(block.text, block.opaque) for block in document.blocks]
    answers = engine.check(texts, ENGLISH)
    for block, matches in zip(document.blocks, answers, strict=True):
        for match in matches:
            span = block.span(match.start, match.end)
            if span:
                before, after = block.text[: match.start][-60:], block.text[match.end :][:60]
                yield match, span, f"{before}⟦{match.text}⟧{after}"


def covers(source: Source, span: Span, item: dict[str, Any]) -> bool:
    line, column = source.position(span.start)
    length = span.end - span.start
    start, end = item["column"], item["column"] + len(item["old"])
    near = length <= 4 * len(item["old"]) + 40
    return line == item["line"] and column < end and start < column + length and near


if __name__ == "__main__":
    main()
