"""The vocabulary that people write down: adding to it, and what of it is of no use any more."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from contentlint import config, engine, files, paths, wordlist
from contentlint.config import Config
from contentlint.discover import Blog
from contentlint.engine import Result
from contentlint.finding import Finding
from contentlint.spelling import Lexicon, key, listed_words
from contentlint.spelling.lexicon import KNOWN, VARIED
from contentlint.text import Source
from contentlint.wordlist import Listed, WordListError


def add(words: Iterable[str], settings: Config) -> list[str]:
    """Add words to the first vocabulary file, and say of each where it stands now.

    Raises WordListError if one of them is no word, or if there is no file that can be written.
    """
    words = list(words)
    if wrong := [f"`{word}`: {told}" for word in words if (told := wordlist.complain(word))]:
        raise WordListError("\n".join(wrong))
    path = _first_file(settings)
    known = {key(word): place for word, place in places(settings)}
    wanted = {key(word): word for word in reversed(words)}
    new = {name: wanted[name] for name in wanted if name not in known}
    if new:
        source = wordlist.load(path) if os.path.lexists(path) else Source(paths.show(path), "")
        text = source.text
        for word in new.values():
            text = wordlist.insert(text, word)
        try:
            files.write_atomically(path, text.encode())
        except OSError as error:
            raise WordListError(f"cannot write to {source.path}: {error.strerror}") from None
        source = Source(source.path, text)
        known |= {key(entry.word): _place(source, entry) for entry in wordlist.entries(source)}
    return [
        f"{known[name]}: `{word}` {'added' if name in new else 'is listed already'}"
        for name, word in reversed(wanted.items())
    ]


def places(settings: Config) -> Iterator[tuple[str, str]]:
    """The words that people have written down, each with `file:line:column`."""
    for source, entries in config.vocabulary(settings):
        for entry in entries:
            yield entry.word, _place(source, entry)


def folder(settings: Config) -> str:
    """The folder whose blogs the vocabulary is for: that of the configuration, or else of the list
    that was found."""
    if settings.path is None and settings.word_lists:
        return os.path.dirname(next(iter(settings.word_lists)))
    return settings.folder


def check(blogs: Iterable[Blog], settings: Config) -> Result:
    """Find the entries that no post of the blogs uses, that stand twice, and that the dictionary
    makes needless; the latter are for information."""
    lexicon = Lexicon()
    errors: list[str] = []
    used: set[str] = set()
    unknown: set[str] = set()
    count = 0
    for _, document, facts in engine.survey(blogs, settings, lexicon, errors):
        used |= document.words
        unknown.update(key(candidate.word) for candidate in facts.unknown)
        count += 1
    sources: dict[str, Source] = {}
    result = Result([], errors, sources, count, 0)
    if not count:
        return result
    used = set(listed_words(map(key, used)))

    def is_needless(word: str) -> bool:
        # An entry excuses a known word that is right in another form, too, such as `colour`.
        return lexicon.flags(word) & (KNOWN | VARIED) == KNOWN

    first: dict[str, str] = {}
    for source, entries in config.vocabulary(settings):
        for entry in entries:
            word = f"`{entry.word}`"
            parts = listed_words([entry.word])
            before = first.setdefault(key(entry.word), here := _place(source, entry))
            if before != here:
                said = "duplicate", f"{word} is listed already, at {before}"
            elif not used.issuperset(parts):
                said = "unused", f"no post uses {word}; take it out"
            elif unknown.isdisjoint(parts) and all(map(is_needless, parts)):
                said = "known", f"{word} is in the dictionary, too"
            else:
                continue
            result.findings.append(_finding(source, entry, *said))
            sources[source.path] = source
    return result


def _first_file(settings: Config) -> str:
    """The file to which words are added."""
    if settings.path is None and settings.word_lists:
        return next(iter(settings.word_lists))  # the nearest one, perhaps in a folder above
    names = settings.settings.vocabulary_files
    if not names:
        raise WordListError("vocabulary-files is empty; name a file there to add words to")
    return os.path.normpath(os.path.join(settings.folder, names[0]))


def _place(source: Source, entry: Listed) -> str:
    line, column = source.position(entry.span.start)
    return f"{source.path}:{line}:{column}"


def _finding(source: Source, entry: Listed, name: str, message: str) -> Finding:
    start, end = entry.span
    rule = f"vocabulary/{name}"
    return Finding(
        source.path,
        *source.position(start),
        *source.position(end),
        rule,
        "info" if name == "known" else "warning",  # another version may know other words
        message,
        (),
        None,
        (rule, source.path, entry.word, start),
        entry.span,
    )
