"""Lists of words that people write down as right, and the files that hold them.

A file has one word a line, in UTF-8. What follows a `#` at the start of a line or after a blank is
a comment, and blank lines say nothing. Case does not matter: a list tells how words are spelt, not
where they have capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from contentlint import paths
from contentlint.text import Source, Span, line_start
from contentlint.tuples import NamedTuple

# Compiled by `re` when used, since most runs have no list.
_COMMENT = r"(?:^|(?<=\s))#"
_NEWLINE = r"\r\n|\n|\r"


class WordListError(Exception):
    """A list that cannot be used; each line of its text begins with a place in the file."""


class Listed(NamedTuple):
    """A word of a list, and where it stands in the file."""

    word: str
    span: Span


def read(path: str) -> list[str]:
    """The words of a file. 0.2 ms for 1,000 of them.

    Raises WordListError with all that is wrong in it, a line each.
    """
    source = load(path)
    text = source.text[source.start :]
    if "\r" in text:
        text = text.replace("\r", "\n")
    words = [word for line in text.split("\n") if (word := _without_comment(line).strip())]
    if any(complain(word) for word in words if not word.isalpha()):
        # The places of words are looked for only where they are wanted.
        raise WordListError("\n".join(_complaints(source)))
    return words


def load(path: str) -> Source:
    """A file of words. Raises WordListError if it cannot be read or is not UTF-8."""
    try:
        with open(path, "rb") as file:
            source = Source.decode(paths.show(path), file.read())
    except OSError as error:
        raise WordListError(paths.unreadable(path, error)) from None
    if source.undecodable or source.encoding != "utf-8":
        line, column = source.position(min(source.undecodable, default=0))
        what = "this is not UTF-8; save the file as UTF-8"
        raise WordListError(f"{source.path}:{line}:{column}: {what}")
    return source


def entries(source: Source) -> Iterator[Listed]:
    """The words of a file with their places, in order; they may be malformed."""
    for line in re.compile(r"[^\r\n]+").finditer(source.text, source.start):
        written = _without_comment(line[0])
        if word := written.strip():
            start = line.start() + written.index(word)
            yield Listed(word, Span(start, start + len(word)))


def _without_comment(line: str) -> str:
    comment = re.search(_COMMENT, line) if "#" in line else None
    return line[: comment.start()] if comment else line


def complain(word: str) -> str | None:
    """What is wrong with an entry of a list; None if it is a word.

    The entry itself is not told, since a list may be any file, and what is said may be public.
    """
    if not word.strip():
        return "this entry is empty; take it out"
    if len(word.split()) > 1 or word != word.strip():
        return "a word has no blank in it; list each word by itself"
    if word[0] == "#":
        return "a word does not begin with `#`, which begins a comment"
    if not word.isprintable():
        return "this word has an invisible character in it; write it anew"
    if not any(map(str.isalpha, word)):
        return "this is no word, since it has no letter"
    return None


def _complaints(source: Source) -> Iterator[str]:
    for word, span in entries(source):
        if complaint := complain(word):
            line, column = source.position(span.start)
            yield f"{source.path}:{line}:{column}: {complaint}"


# ---- writing -----------------------------------------------------------------------------------


def insert(text: str, word: str) -> str:
    """The text of a file with one more word: where it belongs if the words are in alphabetical
    order, else at the end. Nothing else changes."""
    source = Source("", text)
    listed = list(entries(source))
    keys = [entry.word.casefold() for entry in listed]
    newline = found[0] if (found := re.search(_NEWLINE, text)) else "\n"
    at = len(text)
    if listed and keys == sorted(keys):
        before = [entry for entry in listed if entry.word.casefold() <= word.casefold()]
        if not before:
            at = max(line_start(text, listed[0].span.start), source.start)
        else:
            at = _next_line(text, before[-1].span.end)
    led = newline if at > source.start and text[at - 1] not in "\r\n" else ""
    return f"{text[:at]}{led}{word}{newline}{text[at:]}"


def _next_line(text: str, offset: int) -> int:
    found = re.compile(_NEWLINE).search(text, offset)
    return found.end() if found else len(text)
