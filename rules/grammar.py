"""Sentences must be grammatical, and mean what they say."""

import re
from collections.abc import Iterator

from contentlint.api import (
    Block,
    Document,
    Edit,
    Example,
    Fix,
    Problem,
    Span,
    confused_words,
    file_rule,
)

from ._articles import words, wrong_articles


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
            _only_suggestion(document, found.span, match.text, match.suggestions),
            reason=f"{found.engine}:{match.rule}",
            detail=found.detail,
        )


def _only_suggestion(
    document: Document, span: Span, text: str, suggestions: tuple[str, ...]
) -> Fix | None:
    """What an engine would write, if it is sure of one thing and read what stands in the source."""
    if len(suggestions) != 1 or document.source.text[slice(*span)] != text:
        return None
    return Fix((Edit(span, suggestions[0]),), safe=False)


def _message(text: str, suggestions: tuple[str, ...]) -> str:
    """What an engine says, in the form of our messages."""
    text = " ".join(text.split()).removesuffix(".")
    if text[1:2].islower():
        text = text[0].lower() + text[1:]
    if suggestions and f"`{suggestions[0]}`" not in text:
        text = f"{text.removesuffix('?')}; did you mean `{suggestions[0]}`?"
    return text


def _english(document: Document) -> list[Block]:
    return document.blocks if document.language == "en" else []


@file_rule(
    "grammar/confused-word",
    "a word that is spelt right and means something else",
    severity="warning",
    examples=[
        Example(
            bad="The dryer has lost ⟦it's⟧ lid, and *the motor* is louder ⟦then⟧ before.\n",
            good="The dryer has lost its lid, and then it's louder than before, says `its`.\n",
        ),
        Example(
            bad="Thank you for ⟦you⟧ order.\n",
            good="Thank you for your order.\n",
        ),
    ],
)
def confused_word(document: Document) -> Iterator[Problem]:
    """`its` and `it's`, `than` and `then`, `form` and `from`: each word of such a pair has its own
    usual company, learnt from edited texts, and so have the forms of a word, such as `help` and
    `helps`. A word is reported if the three words before it and the three after it are company of the
    other word so clearly that a slip is the likelier explanation. It is an info, not a warning, if
    that is not much the likelier one. What a post says more than once, as `sea of nodes`, is no slip,
    and a word that it has often is seldom one.
    """
    for block, doubt in confused_words(_english(document)):
        span = block.span(doubt.start, doubt.end)
        if span:
            yield Problem(
                span,
                f"`{doubt.word}` does not fit here; did you mean `{doubt.meant}`?",
                (doubt.meant,),
                Fix((Edit(span, doubt.meant),), safe=False),
                None if doubt.surplus >= _CLEAR else "info",
            )


# Of the mistakes that people had mended, and that are found, five in six have so much evidence to
# spare, and of what is said of edited posts a half. The others are told, too, for the sixth.
_CLEAR = 1.0


@file_rule(
    "grammar/article",
    "`a` before a vowel, or `an` before a consonant",
    severity="warning",
    examples=[
        Example(
            bad="It takes ⟦a⟧ hour and ⟦an⟧ new *filter*, says ⟦a⟧ HTML page.\n",
            good="It takes an hour and a new *filter*, says an HTML page.\n",
        ),
        Example(
            bad="Take the lid off ⟦an⟧ then clean it.\n",
            good="Take the lid off and then clean it. In plan a every user gets a unit, as on a SQL page.\n",
        ),
    ],
)
def article(document: Document) -> Iterator[Problem]:
    """What counts is the sound of the next word, not its letter: `an hour`, `a user`. Words that are
    said in two ways, and acronyms that some read as a word, may have either. `an` where no article
    can stand is mostly an `and` that has lost its end.
    """
    for block, start, end, wanted in wrong_articles(_english(document)):
        span = block.span(start, end)
        if span:
            yield Problem(
                span,
                f"`{block.text[start:end]}` should be `{wanted}`",
                (wanted,),
                Fix((Edit(span, wanted),), safe=False),
            )


@file_rule(
    "grammar/run-on",
    "two sentences with nothing between them",
    severity="warning",
    examples=[
        Example(
            bad="---\ndescription: Clean the filter and save ⟦money⟧ This guide shows how\n---\n",
            good="---\ndescription: Clean the filter and save money. This guide shows how\n---\n",
        ),
        Example(
            bad="The water then runs ⟦off⟧ This is what you want.\n",
            good="# When This is Clean\n\nWe played This Land in a Hot Kitchen, and How it ends.\n",
        ),
    ],
)
def run_on(document: Document) -> Iterator[Problem]:
    """A capital in the middle of a sentence begins a new one if it is that of `This` or `These`; in
    titles and descriptions, which are cut and joined by hand, of `Learn`, `You` and others, too.
    Put a full stop after the first sentence. What is written in capitals throughout is left alone.
    """
    for block in _english(document):
        for match in _new_sentences(block):
            span = block.span(*match.span(1))
            if span:
                fix = Fix((Edit(Span(span.end, span.end), "."),), safe=False)
                message = f"a sentence seems to end here: `{match[2]}` begins a new one"
                yield Problem(span, message, (f"{match[1]}.",), fix)


_ANYWHERE = r"(?<=\s)([a-z]{2,}) (This|These|There) (?=[a-z]+[ ,'’])"
_IN_FRONT_MATTER = (
    r"(?<=\s)([a-z]{2,}) (This|These|Those|There|Here|You|We|They|It|If|Learn|Discover|Find|Read|Our"
    r"|Your) (?=[A-Za-z]+)"
)
_MANY_CAPITALS = 1 / 3  # of the words; so it is a title
# No sentence ends in these, or a name may follow them.
_CALLS = words(
    """
    a about after album an and app article as at blog book but by called course documentary episode
    film for from game guide if in into is like movie my named newsletter of on or our page play
    podcast post read reads said say says section see series show site song story than that the
    their this titled to video was watch website when with your
    """
)


def _new_sentences(block: Block) -> Iterator[re.Match[str]]:
    if block.kind not in ("paragraph", "item", "front-matter"):
        return
    pattern = _IN_FRONT_MATTER if block.kind == "front-matter" else _ANYWHERE
    for match in re.compile(pattern).finditer(block.text):
        every = re.findall(
            r"[^\W\d_]+", block.text[max(0, match.start() - 300) : match.end() + 300]
        )
        capitals = sum(word[0].isupper() for word in every)
        if match[1] not in _CALLS and capitals <= _MANY_CAPITALS * len(every):
            yield match


@file_rule(
    "grammar/compound",
    "a compound whose first part has an ending",
    severity="warning",
    examples=[
        Example(
            bad="It pays ⟦doubles-checking⟧ the hose.\n",
            good="It pays double-checking the hose; the double's checking is done.\n",
        ),
    ],
)
def compound(document: Document) -> Iterator[Problem]:
    """In `double-checking` only the last part is a verb, and so only that has an ending. Write the
    first part without.
    """
    for first in _FIRST_PARTS & document.words:
        for match in re.finditer(rf"\b{first}-([a-z]+ing|[a-z]+ed)\b", document.lower_mask):
            start, end = match.span()
            right = (
                document.mask[start : start + len(first) - 1]
                + document.mask[match.start(1) - 1 : end]
            )
            fix = Fix((Edit(Span(start, end), right),), safe=False)
            yield Problem(Span(start, end), f"this is written `{right}`", (right,), fix)


_FIRST_PARTS = words("crosses doubles facts proofs spells triples")
