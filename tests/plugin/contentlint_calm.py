"""Rules for blogs that do not shout."""

import re
from collections.abc import Iterator

from contentlint.api import (
    Document,
    Edit,
    Example,
    Fix,
    Options,
    Problem,
    Span,
    file_rule,
    option,
)


class ExclamationOptions(Options):
    most: int = option(1, "How many exclamation marks may stand in a row.")


@file_rule(
    "calm/exclamation-marks",
    "more exclamation marks than it takes",
    severity="info",
    options=ExclamationOptions,
    examples=[
        Example(bad="It works⟦!!!⟧\n", good="It works!\n"),
        Example(bad="It works⟦!!!⟧\n", good="It works!!\n", options={"most": 2}),
    ],
)
def exclamation_marks(document: Document, options: ExclamationOptions) -> Iterator[Problem]:
    """One exclamation mark is heard. Three of them tell readers that the writer does not trust the
    sentence, so take out all but one, or make the sentence stronger."""
    for match in re.finditer("!!+", document.mask):
        if len(match[0]) > options.most:
            enough = "!" * options.most
            span = Span(*match.span())
            message = f"`{match[0]}` shouts; `{enough}` is enough"
            yield Problem(span, message, (enough,), Fix((Edit(span, enough),)))
