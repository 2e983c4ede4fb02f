"""Fit the weights of weights.py to labelled blogs, and measure them on blogs not fitted to.

    python -m contentlint.spelling.fit_weights DATA [DATA ...] [--write]

Needs scikit-learn. Each DATA is a folder of

  posts/SITE/*.md            posts as they were just before a typo in them was mended
  clean/SITE/*.md            posts as published, of sites that are well edited
  items.jsonl                the mended typos: post (posts/SITE/...), line and column (from 1), old,
                             new, and kind; only those of the kind "nonword" are fitted to
  clean_known_errors.jsonl   typos found in clean/ all the same: post, line, column, word
  clean_words.json           how many words of prose each site in clean/ has

Printed is what share of the typos is found at so many false alarms in 1,000 words of clean posts,
in cross-validation: each site is judged by weights that were fitted without it. Then come the
weights fitted to all; the bias is such that at WARNING there are ALARMS_AT_WARNING, in
cross-validation, and ERROR is where there are ALARMS_AT_ERROR. The same data gives the same table.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from contentlint.document import Document
from contentlint.facts import Facts, collect
from contentlint.spelling import Judge, Lexicon, Vocabulary, weights
from contentlint.spelling.model import score
from contentlint.spelling.weights import Features
from contentlint.text import Source, Span
from contentlint.tuples import NamedTuple

FOLDS = 8
STRENGTH = 0.3  # of the data against the wish for small weights: scikit-learn's C
ALARMS = (0.1, 0.15, 0.2, 0.25, 0.5, 1.0)  # in 1,000 words
ALARMS_AT_ERROR, ALARMS_AT_WARNING = 0.1, 0.21
# What unknown words of posts/ count that nobody mended: most are no typos, but who knows.
UNMENDED = 0.2
UNEDITED = 0.3  # and those of a site in clean/ that is none

# Weights that are set lower than the data has them. Few of these blogs came with their tags, and
# what is derived by the rules annoys most when it is reported.
AT_MOST = {"named": -3.5, "prefixed": -3.5}

Fit = Callable[[Sequence["Sample"]], Features]


class Sample(NamedTuple):
    """An unknown word in its place, with a reading; `item` is the number of the mended typo."""

    site: str
    clean: bool
    features: Features
    item: int | None
    is_typo: bool
    weight: float


class Data(NamedTuple):
    """All samples, how many typos were mended, and how many words of prose the alarms are in."""

    samples: list[Sample]
    items: int
    words: int
    unedited: frozenset[str]

    def is_alarm(self, sample: Sample) -> bool:
        """Whether it would be a false alarm to report the word."""
        return sample.clean and not sample.is_typo and sample.site not in self.unedited


class Label(NamedTuple):
    """A known typo in a post, and its number if it counts as found."""

    line: int
    column: int
    length: int
    item: int | None
    is_typo: bool


class Page(NamedTuple):
    """A post: its known typos by where they stand, and its unknown words."""

    labels: dict[Span, Label]
    facts: Facts

    def label(self, word: Span) -> Label | None:
        """The known typo at this place."""
        met = (span for span in self.labels if span.start < word.end and word.start < span.end)
        return next((self.labels[span] for span in met), None)


class Curve(NamedTuple):
    """The scores of the typos found and of the false alarms, both from the highest down."""

    found: list[float]
    alarms: list[float]
    items: int
    words: int

    def at(self, alarms: float) -> tuple[float, float]:
        """The recall at so many alarms in 1,000 words, and the score from which that is."""
        number = int(alarms * self.words / 1000)
        threshold = self.alarms[number] if number < len(self.alarms) else -math.inf
        return sum(one > threshold for one in self.found) / max(1, self.items), threshold


def main(argv: list[str] | None = None) -> int:
    """Print the curve and the table of weights, or write them where they belong."""
    options = _arguments(argv)
    if find_spec("sklearn") is None:
        print("scikit-learn is missing: pip install scikit-learn", file=sys.stderr)
        return 2
    data = join([read(folder, frozenset(options.unedited)) for folder in options.data])
    curve = cross_validated(data, fit)
    for alarms in ALARMS:
        recall, _ = curve.at(alarms)
        print(f"recall {recall:.3f} at {alarms} alarms in 1,000 words, cross-validated by site")
    (_, warning), (_, error) = curve.at(ALARMS_AT_WARNING), curve.at(ALARMS_AT_ERROR)
    fitted = fit(data.samples)
    text = table(fitted._replace(bias=fitted.bias - warning), error - warning)
    if options.write:
        path = Path(weights.__file__)
        path.write_text(with_table(path.read_text("utf-8"), text), "utf-8")
    else:
        print(text)
    return 0


def _arguments(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m contentlint.spelling.fit_weights",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("data", type=Path, nargs="+")
    parser.add_argument(
        "--unedited", nargs="*", default=[], metavar="SITE", help="sites in clean/ that are not"
    )
    parser.add_argument("--write", action="store_true", help="put the table into weights.py")
    return parser.parse_args(argv)


# ---- reading -------------------------------------------------------------------------------


def read(folder: Path, unedited: frozenset[str] = frozenset()) -> Data:
    """Read labelled blogs, each with its own vocabulary."""
    labels: defaultdict[str, list[Label]] = defaultdict(list)
    items = 0
    for one in _json_lines(folder / "items.jsonl"):
        counts = one["kind"] == "nonword"
        place = one["line"], one["column"], len(one["old"])
        labels[one["post"]].append(Label(*place, items if counts else None, counts))
        items += counts
    for one in _json_lines(folder / "clean_known_errors.jsonl"):
        place = one["line"], one["column"], len(one["word"])
        labels[one["post"]].append(Label(*place, None, True))
    lexicon = Lexicon()
    samples: list[Sample] = []
    for site in sorted([*(folder / "posts").iterdir(), *(folder / "clean").iterdir()]):
        clean = site.parent.name == "clean"
        pages: list[Page] = []
        for path in sorted(site.rglob("*.md")):
            known = labels[path.relative_to(folder).as_posix()]
            pages.append(_page(path, site, known, lexicon))
        doubt = UNEDITED if site.name in unedited else 1.0
        samples += _samples(pages, lexicon, site.name, clean, doubt if clean else doubt * UNMENDED)
    words: dict[str, int] = json.loads((folder / "clean_words.json").read_text("utf-8"))
    edited = sum(count for site, count in words.items() if site not in unedited)
    return Data(samples, items, edited, unedited)


def join(parts: Sequence[Data]) -> Data:
    """Several folders as one."""
    joined = Data([], 0, 0, frozenset())
    for part in parts:
        samples = [
            one._replace(item=None if one.item is None else one.item + joined.items)
            for one in part.samples
        ]
        joined = Data(
            joined.samples + samples,
            joined.items + part.items,
            joined.words + part.words,
            joined.unedited | part.unedited,
        )
    return joined


def _samples(
    pages: Sequence[Page], lexicon: Lexicon, site: str, clean: bool, doubt: float
) -> Iterator[Sample]:
    """The unknown words of one site; `doubt` is the weight of those that nobody mended."""
    names = {name for page in pages for name in page.facts.names}
    words = ([one.word for one in page.facts.unknown] for page in pages)
    judge = Judge(lexicon, Vocabulary.of(words, names))
    repeated = Counter((one.word, one.context) for page in pages for one in page.facts.unknown)
    for page in pages:
        for word, start, end, context in page.facts.unknown:
            features, meant = judge.features(word, context)
            label = page.label(Span(start, end))
            if not meant or (label and not label.is_typo):
                continue  # never reported, or mended to another word
            weight = (1.0 if label else doubt) / math.sqrt(repeated[word, context])
            item = label.item if label else None
            yield Sample(site, clean, features, item, label is not None, weight)


def _page(path: Path, site: Path, labels: Sequence[Label], lexicon: Lexicon) -> Page:
    source = Source.decode(str(path), path.read_bytes())
    facts = collect(Document(source), path.relative_to(site).as_posix(), lexicon)
    return Page({_span(source.text, label): label for label in labels}, facts)


def _span(text: str, label: Label) -> Span:
    lines = [0, *(match.end() for match in re.finditer(r"\r\n?|\n", text))]
    start = lines[label.line - 1] + label.column - 1
    return Span(start, start + label.length)


def _json_lines(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text("utf-8").splitlines():
        yield json.loads(line)


# ---- fitting -------------------------------------------------------------------------------


def fit(samples: Sequence[Sample]) -> Features:
    """The weights of a logistic regression on the features, brought to the same scale."""
    linear_model: Any = import_module("sklearn.linear_model")  # not needed to lint
    preprocessing: Any = import_module("sklearn.preprocessing")
    scaler = preprocessing.StandardScaler()
    values = scaler.fit_transform([one.features[1:] for one in samples])
    model = linear_model.LogisticRegression(C=STRENGTH, max_iter=5000)
    typos, counts = [one.is_typo for one in samples], [one.weight for one in samples]
    model.fit(values, typos, sample_weight=counts)
    slopes = model.coef_[0] / scaler.scale_
    bias = model.intercept_[0] - (scaler.mean_ * slopes).sum()
    fitted = Features(float(bias), *map(float, slopes))
    lower = {name: min(most, getattr(fitted, name)) for name, most in AT_MOST.items()}
    return fitted._replace(**lower)


def cross_validated(data: Data, fit: Fit) -> Curve:
    """Score all samples, those of each site by what was fitted without it.

    The sites are dealt out to the folds, those with clean posts first.
    """
    clean = {one.site for one in data.samples if data.is_alarm(one)}
    sites = sorted({one.site for one in data.samples}, key=lambda site: (site not in clean, site))
    fold = {site: number % FOLDS for number, site in enumerate(sites)}
    best: dict[int, float] = {}
    alarms: list[float] = []
    for number in sorted(set(fold.values())):
        fitted = fit([one for one in data.samples if fold[one.site] != number])
        for one in data.samples:
            if fold[one.site] == number:
                total = score(one.features, fitted)
                if one.item is not None:
                    best[one.item] = max(total, best.get(one.item, total))
                elif data.is_alarm(one):
                    alarms.append(total)
    return Curve(
        sorted(best.values(), reverse=True), sorted(alarms, reverse=True), data.items, data.words
    )


# ---- the table -----------------------------------------------------------------------------


def table(fitted: Features, error: float) -> str:
    """The weights as weights.py has them."""
    lines = [f"    {name}={weight:.2f},\n" for name, weight in fitted._asdict().items()]
    scores = "# scores from which a word is reported"
    return (
        f"WARNING, ERROR = 0.0, {error:.2f}  {scores}\n\nWEIGHTS = Features(\n{''.join(lines)})\n"
    )


def with_table(module: str, text: str) -> str:
    """The source of weights.py with another table at its end."""
    return module[: module.index("WARNING, ERROR = ")] + text


if __name__ == "__main__":
    sys.exit(main())
