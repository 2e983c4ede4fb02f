"""Sentences must be grammatical, and mean what they say."""

from collections.abc import Iterator

from contentlint.api import Document, Example, Problem, file_rule


@file_rule(
    "grammar/engine",
    "what a grammar engine finds in a sentence",
    severity="warning",
    speaks_for="the rules of a grammar engine",
    examples=[
        Example(
            bad="We ⟦can might⟧ be able to repair it.\n",
            good="We can repair it, and `can might` be able to say so.\n",
        ),
        Example(
            bad="# A filter\n\nWe are looking forward to ⟦see⟧ it clean 🎉.\n",
            good="# Look forward to\n\nSee it clean.\n",
        ),
    ],
)
def engine(document: Document) -> Iterator[Problem]:
    """An engine of its own looks at each sentence: Harper, which comes along and reads English.
    What it finds is reported under the name of its rule, as in `grammar/double-modal`, and
    `contentlint explain grammar/double-modal` tells of it. Rules and comments name it so, too.

    Engines have many rules, and most of them are about taste or wrong too often. Those run that
    were right when they were measured on edited blogs. In the configuration,

        [grammar]
        engine = "harper"
        select = ["harper:MassNouns"]
        ignore = ["harper:Everyday"]
        style = true

    runs one rule more, one less, and those that are about style; `engine = "off"` runs none.
    """
    for found in document.grammar:
        match = found.match
        yield Problem(
            found.span,
            _message(match.message, match.suggestions),
            match.suggestions,
            reason=f"{found.engine}:{match.rule}",
            detail=found.detail,
        )


def _message(text: str, suggestions: tuple[str, ...]) -> str:
    """What an engine says, in the form of our messages."""
    text = " ".join(text.split()).removesuffix(".")
    if text[1:2].islower():
        text = text[0].lower() + text[1:]
    if suggestions and f"`{suggestions[0]}`" not in text:
        text = f"{text.removesuffix('?')}; did you mean `{suggestions[0]}`?"
    return text
