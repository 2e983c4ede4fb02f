"""Measure grammar as a whole, on blogs with labelled mistakes, in cross-validation.

    python -m contentlint.grammar.measure_grammar PROSE [PROSE ...] --data DATA [--url URL]

PROSE and DATA are those of fit_confusion.py, and DATA has clean_words.json besides: how many words
each site in clean/ has. Printed is what share of the mistakes is found that are of the kinds
"realword" and "grammar", and how many alarms there are in 1,000 words of edited posts, when what
contentlint says of typos counts, and when it does not. Each site is judged by what was chosen without
it: the thresholds of confused words, and which rules of Harper run. A curve shows both for higher and
lower thresholds. With --url, a LanguageTool server is asked, too, and its rules are chosen likewise.

The models themselves are fitted to PROSE, in which none of these sites should be. It takes as long as
fitting them does.
"""

from __future__ import annotations

import argparse
import json
import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from contentlint import engine, plugins
from contentlint.config import Config, Settings
from contentlint.discover import discover
from contentlint.finding import Finding
from contentlint.grammar import GrammarOptions, LanguageToolOptions, engines
from contentlint.grammar.fit_confusion import Directed, Texts, doubted, fitted
from contentlint.grammar.fit_corpus import UNEDITED, folds, read_blogs, read_items, read_prose
from contentlint.grammar.harper import rules as harper_rules
from contentlint.grammar.languagetool import rules as languagetool_rules
from contentlint.tuples import NamedTuple

SCALES = (0.25, 0.5, 1, 2, 4)  # of what a mistake is worth
OWN = "grammar/confused-word"
TYPOS = ("typos/misspelling",)


class Told(NamedTuple):
    """What one rule says of a site: the mistakes that it finds, and the places of its alarms."""

    site: str
    rule: str
    hits: set[int]
    alarms: set[tuple[str, int]]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("prose", type=Path, nargs="+")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--url", default="")
    given = parser.parse_args()
    measured = Measured.of(given.data)
    told = list(told_by("harper", given.data, measured))
    if given.url:
        options = GrammarOptions(languagetool=LanguageToolOptions(url=given.url))
        told += told_by("languagetool", given.data, measured, options)
    prose = read_prose(given.prose)
    texts = Texts(prose, read_blogs(given.data, prose.vocabulary))
    show(fitted(texts), texts, told, measured)


class Measured(NamedTuple):
    """The mistakes of each post, the fold of each site, and how many words there are."""

    items: dict[str, list[tuple[int, dict[str, Any]]]]
    kinds: list[str]
    fold_of: dict[str, int]
    words: int

    @classmethod
    def of(cls, data: Path) -> Measured:
        items = read_items(data)
        by_post: defaultdict[str, list[tuple[int, dict[str, Any]]]] = defaultdict(list)
        for number, item in enumerate(items):
            by_post[item["post"]].append((number, item))
        words = json.loads((data / "clean_words.json").read_text(encoding="utf-8"))
        edited = sum(count for site, count in words.items() if site not in UNEDITED)
        return cls(by_post, [item["kind"] for item in items], folds(data, items), edited)


# ---- what rules say ----------------------------------------------------------------------------


def told_by(
    name: str, data: Path, measured: Measured, options: GrammarOptions | None = None
) -> Iterable[Told]:
    """What our rules and those of an engine say, all that may be chosen; but not confused words."""
    known = harper_rules() if name == "harper" else languagetool_rules()
    selected = tuple(f"{name}:{rule.name}" for rule in known if rule.hits + rule.right > 0)
    options = (options or GrammarOptions()).replace(engine=name, select=selected)
    settings = Settings(select=("typos", "grammar"), ignore=(OWN,), grammar=options)
    rules = plugins.load().rules
    for part in ("clean", "posts"):
        for site in sorted((data / part).iterdir()):
            if part == "clean" and site.name in UNEDITED:
                continue
            config = Config(settings, None, str(site), {rule.id: rule.options() for rule in rules})
            checker = engines.checker(options)
            blogs = discover([str(site)], config).blogs
            chosen = engine.select(rules, config)
            found = engine.run(blogs, chosen, config, reasons=True, grammar=checker).findings
            if checker:
                checker.close()
            by_rule: defaultdict[str, list[Finding]] = defaultdict(list)
            for finding in found:
                is_engine = finding.reason.startswith(f"{name}:")
                by_rule[finding.reason if is_engine else finding.rule].append(finding)
            for rule, findings in by_rule.items():
                hits = {n for one in findings for n in _items(one, data, measured)}
                places = {(one.path, one.span.start) for one in findings if part == "clean"}
                yield Told(site.name, rule, hits, places)


def _items(finding: Finding, data: Path, measured: Measured) -> Iterable[int]:
    """The mistakes that a finding is of."""
    post = os.path.relpath(os.path.abspath(finding.path), data.absolute())
    for number, item in measured.items.get(post, ()):
        start, end = item["column"], item["column"] + len(item["old"])
        is_near = finding.span.end - finding.span.start <= 4 * len(item["old"]) + 40
        on_line = finding.line <= item["line"] <= finding.end_line
        first = finding.column if finding.line == item["line"] else 1
        last = finding.end_column if finding.end_line == item["line"] else end
        if on_line and is_near and first < end and start < last:
            yield number


def chosen(told: list[Told], fold_of: dict[str, int]) -> list[Told]:
    """What is said by rules of ours; and by those of engines that are right oftener than wrong on
    other sites, as far as their alarms were judged by hand."""
    right = {f"harper:{r.name}": r.right / r.read for r in harper_rules() if r.read}
    right |= {f"languagetool:{r.name}": r.right / r.read for r in languagetool_rules() if r.read}
    made: list[Told] = []
    for one in told:
        if ":" in one.rule:
            others = [
                other
                for other in told
                if other.rule == one.rule and fold_of[other.site] != fold_of[one.site]
            ]
            hits = sum(len(other.hits) for other in others)
            alarms = sum(len(other.alarms) for other in others)
            good = hits + alarms * right.get(one.rule, 0.0)
            if not good or good < (hits + alarms) / 2:
                continue
        made.append(one)
    return made


# ---- all together ------------------------------------------------------------------------------


def show(directed: list[Directed], texts: Texts, told: list[Told], measured: Measured) -> None:
    """Print what is found and what is said in vain."""
    kept = chosen(told, measured.fold_of)
    wanted_of: dict[str, Callable[[str], bool]] = {
        "our own rules": lambda rule: ":" not in rule,
        "with Harper": lambda rule: not rule.startswith("languagetool:"),
        "with LanguageTool": lambda rule: not rule.startswith("harper:"),
        "with both": lambda _rule: True,
    }
    has_languagetool = any(one.rule.startswith("languagetool:") for one in told)
    for scale in SCALES:
        hits, places = doubted(directed, texts, scale)
        alarms = len(places)
        print(f"confused words, if a mistake is worth {scale} times the usual:")
        _print("confused words alone", hits, alarms, measured)
        for name, wanted in wanted_of.items():
            if has_languagetool or ("LanguageTool" not in name and "both" not in name):
                some = [one for one in kept if wanted(one.rule)]
                every, said = _joined(some, hits)
                _print(f"{name}, and typos", every, alarms + said, measured)
                some = [one for one in some if one.rule not in TYPOS]
                every, said = _joined(some, hits)
                _print(name, every, alarms + said, measured)


def _joined(told: list[Told], hits: set[int]) -> tuple[set[int], int]:
    places = {(one.site, *place) for one in told for place in one.alarms}
    return hits.union(*(one.hits for one in told)), len(places)


def _print(name: str, hits: set[int], alarms: int, measured: Measured) -> None:
    kinds, every = Counter(measured.kinds[number] for number in hits), Counter(measured.kinds)
    found = ", ".join(f"{kinds[kind]} of {number} {kind}" for kind, number in sorted(every.items()))
    recall = len(hits) / max(1, len(measured.kinds))
    print(f"  {recall:.3f} at {1000 * alarms / measured.words:.3f}  {name} ({found})")


if __name__ == "__main__":
    main()
