"""All that is known of one word, and how it comes to be called misspelt or not."""

from __future__ import annotations

from collections.abc import Iterator

from contentlint import engine, paths, vocabulary
from contentlint.config import Config
from contentlint.discover import Blog
from contentlint.facts import Facts
from contentlint.site import Site
from contentlint.spelling import Judge, Lexicon, candidates, key, listed_words
from contentlint.spelling.lexicon import MISSPELT
from contentlint.spelling.model import score
from contentlint.spelling.weights import ERROR, WARNING, WEIGHTS
from contentlint.words import cut, tokens

_NAMES = max(map(len, WEIGHTS._fields))


def page(word: str, settings: Config, blog: Blog | None, errors: list[str]) -> str:
    """What is known of a word; of a blog with one checked file, as it stands in that file.

    A line is added to the errors for each post that cannot be read.
    """
    lexicon = Lexicon()
    if not lexicon.is_known(key(word)):
        word = word.removesuffix("'s").removesuffix("’s") or word
    lines = [word, *_told(word, settings, lexicon)]
    pages, contexts = _look(word, settings, lexicon, blog, errors)
    judge = Site("", pages, lexicon, settings.words).speller
    if blog and not contexts:
        lines.append("  is not in the prose of that file, or is not judged there")
    for context, place in (contexts or _by_itself(word, lexicon)).items():
        lines += ["", *_judgement(word, context, place, judge)]
    return "".join(f"{line}\n" for line in lines)


def _told(word: str, settings: Config, lexicon: Lexicon) -> Iterator[str]:
    """What decides about a word without any judgement."""
    entry = lexicon.entry(key(word))
    if entry and entry.flags & MISSPELT:
        yield f"  is a known misspelling of {' or '.join(entry.spellings)}"
    elif lexicon.is_known(key(word)):
        yield "  is in the dictionary, so it is never called misspelt"
    elif not _by_itself(word, lexicon):
        yield "  is not judged, like abbreviations, words with digits and known words with accents"
    else:
        yield "  is not in the dictionary"
    for listed, place in vocabulary.places(settings):
        if key(word) in listed_words([listed]):
            yield f"  is written down as right at {place}, so it is not reported, whatever follows"


def _look(
    word: str, settings: Config, lexicon: Lexicon, blog: Blog | None, errors: list[str]
) -> tuple[dict[str, Facts], dict[int, str]]:
    """The facts of the posts, and the contexts in which the word stands in the file that is
    checked, each with its places."""
    pages: dict[str, Facts] = {}
    contexts: dict[int, str] = {}
    if blog is None:
        return pages, contexts
    for path, document, facts in engine.survey([blog], settings, lexicon, errors):
        pages[facts.path] = facts
        for candidate in facts.unknown if path in blog.checked else ():
            if key(candidate.word) == key(word):
                line, column = document.source.position(candidate.start)
                before = contexts.get(candidate.context)
                place = f"{paths.show(path)}:{line}:{column}"
                contexts[candidate.context] = f"{before}, {place}" if before else place
    return pages, contexts


def _by_itself(word: str, lexicon: Lexicon) -> dict[int, str]:
    """The context of a word in mid-sentence; none if it is fine or no matter for judgement."""
    text = f"of {word} is"
    found = candidates(text, cut(text), tokens(text), lexicon)
    return {one.context: "in the middle of a sentence" for one in found}


def _judgement(word: str, context: int, place: str, judge: Judge) -> Iterator[str]:
    features, meant = judge.features(word, context)
    verdict = judge.judge(word, context)
    total = score(features)
    yield f"{place}: {verdict.severity if verdict else 'fine'}"
    yield f"  {judge.reason(word, context)}"
    yield f"  {'feature':{_NAMES}}   value   weight   product"
    for name, value, weight in zip(features._fields, features, WEIGHTS, strict=True):
        if value:
            yield f"  {name:{_NAMES}}{value:8.2f}{weight:9.2f}{value * weight:10.2f}"
    yield f"  {'score':{_NAMES}}{total:27.2f}   (warning from {WARNING:.2f}, error from {ERROR:.2f})"
    if not meant:
        yield "  no word is like it, so it is not reported"
    for number, reading in enumerate(meant):
        name = "likeness of" if number == 0 else ""
        yield f"  {name:{_NAMES}}{reading.likeness:8.2f}   {reading.spelling}"
