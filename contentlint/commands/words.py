"""`contentlint explain-word` and `vocabulary`: what is known of words, and word lists."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from contentlint.commands import (
    CLEAN,
    FINDINGS,
    TROUBLE,
    ConfigArguments,
    Trouble,
    act,
    discovered,
    load_config,
    no_such_path,
    read_options,
    reporter,
    say,
    summarise,
    tell_errors,
    write_out,
)
from contentlint.options import option

if TYPE_CHECKING:
    from contentlint.config import Config
    from contentlint.discover import Blog


def explain_word(argv: list[str]) -> int:
    given, named = read_options(ConfigArguments, argv, "explain-word", "WORD [FILE]")
    if not named or len(named) > 2:
        raise Trouble("explain which word? See contentlint explain-word --help")
    word, *files = named
    from contentlint import explain_word, wordlist
    from contentlint.spelling import listed_words

    if complaint := wordlist.complain(word):
        raise Trouble(f"`{word}`: {complaint}")
    parts = listed_words([word])
    if len(parts) > 1 and not any(map(str.isdigit, word)):
        raise Trouble(f"`{word}` is read as {' and '.join(parts.values())}; ask for one of them")
    _, config = load_config(given)
    blog = _blog_of(files[0], config) if files else None
    errors: list[str] = []
    text = explain_word.page(word, config, blog, errors)
    write_out(lambda stream: stream.write(text))
    return tell_errors(errors)


def _blog_of(path: str, config: Config) -> Blog:
    """The blog of one post, which alone is checked."""
    from contentlint.discover import discover

    found = discover([path], config)
    if found.missing:
        raise Trouble(no_such_path(path))
    if os.path.isdir(path) or not found.blogs:
        raise Trouble(f"{path}: is no post; name one")
    return found.blogs[0]


class VocabularyArguments(ConfigArguments):
    """The options of `contentlint vocabulary check`."""

    output_format: str = option("text", "The form of the report, as for contentlint check.")


def vocabulary(argv: list[str]) -> int:
    actions = {"add": _add_words, "check": _check_words}
    return act("vocabulary", argv, "add WORD … | check [PATH …]", "add or check?", actions)


class AddArguments(ConfigArguments):
    """The options of `contentlint vocabulary add`."""

    from_: str = option("", "Add the words that this audit (x.json) accepts.")


def _add_words(argv: list[str]) -> int:
    given, words = read_options(AddArguments, argv, "vocabulary add", "WORD …")
    if given.from_:
        words += _accepted(given.from_)
    if not words:
        raise Trouble("add which word? See contentlint vocabulary add --help")
    _, config = load_config(given)
    from contentlint import vocabulary, wordlist

    try:
        told = vocabulary.add(words, config)
    except wordlist.WordListError as error:
        raise Trouble(str(error)) from None
    write_out(lambda stream: stream.writelines(f"{line}\n" for line in told))
    return CLEAN


def _accepted(path: str) -> list[str]:
    """The words of an audit that are to go into the word list."""
    from contentlint.audit import earlier

    try:
        words = earlier.accepted(earlier.load(path))
    except earlier.AuditError as error:
        raise Trouble(f"--from: {error}") from None
    if not words:
        raise Trouble(f"--from: {path}: accepts no word (see `vocabulary` in it)")
    return words


def _check_words(argv: list[str]) -> int:
    given, named = read_options(VocabularyArguments, argv, "vocabulary check", "[PATH …]")
    report = reporter(given.output_format)
    _, config = load_config(given)
    from contentlint import vocabulary

    found = discovered(named or [vocabulary.folder(config)], config)
    result = vocabulary.check(found.blogs, config)
    write_out(lambda stream: report(result, stream))
    summarise(result, found.skipped)
    errors = [*found.errors, *result.errors]
    for error in errors:
        say(f"error: {error}")
    if errors:
        return TROUBLE
    return FINDINGS if any(one.severity != "info" for one in result.findings) else CLEAN
