"""The command line: arguments → configuration → engine → reporter → exit status."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from io import TextIOWrapper
from typing import TYPE_CHECKING, Literal, TextIO

from contentlint import __version__, arguments
from contentlint.finding import Severity
from contentlint.options import AnyOptions, Options, option

# What only some commands need is imported where it is needed: a hook starts once for each commit.
if TYPE_CHECKING:
    from contentlint.cache import Cache
    from contentlint.config import Config
    from contentlint.discover import Blog
    from contentlint.engine import Result
    from contentlint.grammar.checker import Checker
    from contentlint.plugins import Loaded
    from contentlint.reporters import Report
    from contentlint.rule import Rule
    from contentlint.schema import Schema
    from contentlint.site import Site

GRAMMAR_ENGINE = "grammar/engine"
Command = Callable[[list[str]], int]
CLEAN, FINDINGS, TROUBLE = 0, 1, 2
INTERRUPTED = 130  # as shells count it: 128 and the number of the signal

USAGE = """\
Find what is wrong with blog posts: front matter, typos, links, images, tags.

usage: contentlint [check] [OPTIONS] [PATH …]    lint files and folders (default: this folder)
       contentlint explain RULE …                what a rule or concern is about
       contentlint rules                         list the rules
       contentlint config                        show the settings in force
       contentlint explain-word WORD [FILE]      why a word is called misspelt or not
       contentlint vocabulary add WORD …         write words down as right
       contentlint vocabulary check [PATH …]     find the ones that are of no use any more
       contentlint tags [PATH …]                 the tags of the blog, and how they are spelt
       contentlint site [FILE …]                 what was recognised of the site, or of a file
       contentlint schema infer [PATH …]         a JSON Schema that most of the posts satisfy
       contentlint schema check FILE …           whether schemas can be used
       contentlint schema show [PRESET]          the schemas that contentlint brings along
       contentlint grammar status                which engine checks grammar, and whether it can
       contentlint grammar install               install LanguageTool; start, stop: its server
       contentlint cache info|clean              what is kept between runs, or remove it
       contentlint COMMAND --help                the options of a command
       contentlint --version

exit status: 0 clean, 1 findings, 2 trouble
"""


class ConfigArguments(Options):
    """Which configuration to read."""

    config: str = option("", "Read this configuration file.")
    isolated: bool = option(False, "Read no configuration file.")


class ShowArguments(ConfigArguments):
    """The options of `contentlint config`."""

    schema: bool = option(False, "Show the JSON Schema of the configuration, for editors.")


class CheckArguments(ConfigArguments):
    """The options of `contentlint check`."""

    select: tuple[str, ...] = option((), "Run only these rules or concerns.")
    extend_select: tuple[str, ...] = option((), "Run these rules or concerns besides.")
    ignore: tuple[str, ...] = option((), "Do not run these rules or concerns.")
    output_format: str = option("text", "Write text, concise (a line each) or json.")
    output_file: str = option("", "Write there instead of to standard output.")
    fail_on: Severity | None = option(None, "The least severity that makes the exit status 1.")
    exit_zero: bool = option(False, "Exit with 0 even if there are findings.")
    stdin_filename: str = option("", "Lint standard input (the path -) as if it stood there.")
    cache_dir: str = option("", "Keep there what is known of posts; else in your cache folder.")
    no_cache: bool = option(False, "Read every post anew, and keep nothing.")
    quiet: bool = option(False, "Say nothing but the findings and errors.")
    require_grammar: bool = option(False, "Exit with 2 if grammar should be checked and cannot be.")
    verbose: bool = option(False, "Tell why, where a rule gives reasons (text and json).")


class CacheArguments(Options):
    """The options of `contentlint cache`."""

    cache_dir: str = option("", "The folder of the cache; else the one in your cache folder.")


class InstallArguments(Options):
    """The options of `contentlint grammar install`."""

    from_: str = option("", "Install this archive or folder instead of downloading one.")


class VocabularyArguments(ConfigArguments):
    """The options of `contentlint vocabulary check`."""

    output_format: str = option("text", "Write text, concise (a line each) or json.")


class TagsArguments(ConfigArguments):
    """The options of `contentlint tags`."""

    output_format: Literal["text", "json"] = option("text", "Write a table or json.")


class InferArguments(ConfigArguments):
    """The options of `contentlint schema infer`."""

    output_file: str = option("", "Write there instead of to standard output.")
    quiet: bool = option(False, "Do not list the posts that stand out.")


def main(argv: Sequence[str] | None = None) -> int:
    """Run contentlint; returns the exit status.

    0: nothing at or above the failing severity. 1: findings. 2: the tool could not do its work.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # What the encoding of a terminal does not have must not stop us.
            stream.reconfigure(errors="backslashreplace")
    try:
        return _run(list(sys.argv[1:] if argv is None else argv))
    except Trouble as trouble:
        _say(str(trouble))
        return TROUBLE
    except KeyboardInterrupt:
        _say("interrupted")
        return INTERRUPTED
    except Exception:  # noqa: BLE001 - an exit status of 1 would say that there are findings
        from traceback import format_exc

        _say(f"{format_exc()}this is a bug in contentlint; please report it with the lines above")
        return TROUBLE


class Trouble(Exception):
    """Something that keeps the tool from its work, in lines that say what to do."""


def _run(argv: list[str]) -> int:
    first = argv[0] if argv else ""
    if first in ("-h", "--help"):
        _print(lambda stream: stream.write(USAGE))
        return CLEAN
    if first == "--version":
        _print(lambda stream: stream.write(f"contentlint {__version__}\n"))
        return CLEAN
    try:
        os.getcwd()
    except OSError:
        raise Trouble("the working directory does not exist any more") from None
    return COMMANDS[first](argv[1:]) if first in COMMANDS else _check(argv)


def _read(
    cls: type[AnyOptions], argv: list[str], command: str, takes: str = ""
) -> tuple[AnyOptions, list[str]]:
    """The options of a command, and its other arguments."""
    try:
        given, others = arguments.read(cls, argv)
    except arguments.UsageError as error:
        raise Trouble(f"{error}; see contentlint {command} --help") from None
    except arguments.HelpWanted:
        usage = f"usage: contentlint {command} [OPTIONS] {takes}".rstrip()
        _print(lambda stream: stream.write(f"{usage}\n\n{arguments.explain(cls)}"))
        raise SystemExit(CLEAN) from None
    if others and not takes:
        raise Trouble(f"unexpected argument {others[0]}; see contentlint {command} --help")
    return given, others


# ---- check -------------------------------------------------------------------------------------


def _check(argv: list[str]) -> int:
    given, named = _read(CheckArguments, argv, "check", "[PATH …]")
    report = _reporter(given.output_format)
    loaded, config = _load(given)
    config = _with_options(config, loaded, given)
    stdin_path, data = _stdin(given, named)

    from contentlint import engine
    from contentlint.discover import discover

    paths = [path for path in named if path != "-"]
    found = discover(paths if named else ["."], config, stdin_path)
    if found.missing:
        raise Trouble(_no_such_paths(named, found.missing))

    def read(path: str) -> bytes:
        return data if path == stdin_path else engine.read_file(path)

    rules = engine.select(loaded.rules, config)
    schemas = _schemas(config, found.blogs)
    cache = _cache(given)
    checker = _grammar(config, rules, cache)
    try:
        result = engine.run(
            found.blogs,
            rules,
            config,
            read,
            schemas,
            reasons=given.verbose,
            grammar=checker,
            cache=cache,
            unsaved=(stdin_path,) if stdin_path else (),
        )
    finally:
        if checker:
            checker.close()
        if cache:
            cache.close()
    notices = checker.complaints if checker else []
    if given.output_file:
        _save(lambda stream: report(result, stream), given.output_file)
    else:
        _print(lambda stream: report(result, stream))
    if not given.quiet:
        _summarise(result, found.skipped)
    errors = [*loaded.errors, *found.errors, *result.errors]
    if given.require_grammar:
        errors += notices
    elif not given.quiet:
        for notice in notices:
            _say(notice)
    for error in errors:
        _say(f"error: {error}")
    return TROUBLE if errors else _status(result, config, given.exit_zero)


def _cache(given: CheckArguments) -> Cache | None:
    if given.no_cache:
        return None
    from contentlint import cache

    where = cache.folder(given.cache_dir)
    tell = _keep_quiet if given.quiet else _note
    return cache.Cache(where, tell) if where else None


def _note(told: str) -> None:
    _say(f"note: {told}")


def _keep_quiet(told: str) -> None:
    """What is told is neither a finding nor an error."""


def _status(result: Result, config: Config, exit_zero: bool) -> int:
    from contentlint.finding import SEVERITIES

    failing = SEVERITIES[: SEVERITIES.index(config.settings.fail_on) + 1]
    fails = any(finding.severity in failing for finding in result.findings)
    return FINDINGS if fails and not exit_zero else CLEAN


def _load(given: ConfigArguments) -> tuple[Loaded, Config]:
    """The rules, and the configuration that the options name or that is found."""
    from contentlint import config, plugins

    if given.config and given.isolated:
        raise Trouble("--config and --isolated exclude each other")
    loaded = plugins.load()
    folder = os.getcwd()
    path = given.config or config.find(folder)
    if given.isolated:
        return loaded, config.defaults(loaded.rules, folder)
    try:
        return loaded, config.load(path, loaded.rules, folder)
    except config.ConfigError as error:
        raise Trouble(str(error)) from None


def _with_options(config: Config, loaded: Loaded, given: CheckArguments) -> Config:
    """The configuration with what the command line sets. Its --select is for these rules only."""
    from contentlint.config import check_names

    lists = {name: getattr(given, name) for name in ("select", "extend_select", "ignore")}
    for name, rules in lists.items():
        if complaint := check_names(rules, loaded.rules):
            raise Trouble(f"--{name.replace('_', '-')}: {complaint}; see contentlint rules")
    settings = config.settings
    if not given.select:
        lists = {name: getattr(settings, name) + rules for name, rules in lists.items()}
    return config._replace(
        settings=settings.replace(**lists, fail_on=given.fail_on or settings.fail_on)
    )


def _reporter(name: str) -> Report:
    from contentlint import options, reporters

    names = reporters.names()
    if name not in names:
        complaint = options.unknown(name, names, "format")
        raise Trouble(f"--output-format: {complaint} (one of {', '.join(names)})")
    return reporters.load(name)


def _stdin(given: CheckArguments, named: list[str]) -> tuple[str | None, bytes]:
    """Where standard input stands if it is to be linted, and its bytes."""
    if "-" not in named:
        if given.stdin_filename:
            raise Trouble("--stdin-filename goes with the path -, which is standard input")
        return None, b""
    path = os.path.abspath(given.stdin_filename or "stdin.md")
    if os.path.isdir(path):
        raise Trouble(f"--stdin-filename: {given.stdin_filename} is a folder; name a file")
    if sys.stdin is None:  # pyright: ignore[reportUnnecessaryComparison]
        raise Trouble("standard input is closed")
    return path, sys.stdin.buffer.read()


def _schemas(config: Config, blogs: Iterable[Blog]) -> dict[str, tuple[Schema, ...]]:
    from contentlint import schema_choice
    from contentlint.schema_file import SchemaError

    try:
        return schema_choice.for_posts(config, blogs)
    except SchemaError as error:
        raise Trouble(str(error)) from None


def _grammar(config: Config, rules: list[Rule], cache: Cache | None) -> Checker | None:
    """What checks grammar, if a rule asks for it."""
    options = config.settings.grammar
    if options.engine == "off" or all(rule.id != GRAMMAR_ENGINE for rule in rules):
        return None
    from contentlint.grammar import engines

    return engines.checker(options, cache)


def _no_such_paths(named: list[str], missing: tuple[str, ...]) -> str:
    """Say what does not exist, and what was probably meant: beside it, or the name of a command."""
    from contentlint.options import nearest

    first = named[0]
    if first in missing and first not in COMMANDS and (near := nearest(first, list(COMMANDS))):
        return f"{first}: no such command, file or folder; did you mean {near}?"
    return "\n".join(_no_such_path(path) for path in missing)


def _no_such_path(path: str) -> str:
    from contentlint.options import nearest

    if path in COMMANDS:
        return f"{path}: no such file or folder; a command comes first"
    folder, name = os.path.split(path)
    try:
        near = nearest(name, os.listdir(folder or "."))
    except OSError:
        near = None
    hint = f"; did you mean {os.path.join(folder, near)}?" if near else ""
    return f"{path or 'an empty path'}: no such file or folder{hint}"


def _summarise(result: Result, skipped: tuple[str, ...]) -> None:
    from contentlint.finding import SEVERITIES

    if not result.checked:
        named = f" ({', '.join(skipped[:3])}: excluded, or no Markdown)" if skipped else ""
        _say(f"no posts to check{named}")
        return
    severities = [finding.severity for finding in result.findings]
    counts = [(severities.count(severity), severity) for severity in SEVERITIES]
    parts = [_count(number, severity) for number, severity in counts if number]
    if result.suppressed:
        parts.append(f"{result.suppressed} suppressed")
    if result.undecided:
        parts.append(f"{_count(result.undecided, 'link')} undecided (see links/unsure)")
    _say(f"{', '.join(parts) or 'nothing found'} in {_count(result.checked, 'file')}")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 or noun == 'info' else 's'}"


# ---- explain, rules, config --------------------------------------------------------------------


def _explain(argv: list[str]) -> int:
    _, names = _read(Options, argv, "explain", "RULE …")
    from contentlint.config import check_names, matches
    from contentlint.explain import page

    rules = _rules()
    if not names:
        raise Trouble("explain which rule? See contentlint rules")
    if complaint := check_names(names, rules):
        raise Trouble(f"{complaint}; see contentlint rules")
    pages = [page(rule) for rule in rules if matches(rule.id, names)]
    pages += [_detail(name) for name in names if "/" in name and name not in _ids(rules)]
    _print(lambda stream: stream.write("\n\n".join(pages) + "\n"))
    return CLEAN


def _ids(rules: list[Rule]) -> set[str]:
    return {rule.id for rule in rules}


def _detail(name: str) -> str:
    """The page of a rule of an engine."""
    from contentlint.grammar import EngineError, engines

    try:
        told = engines.describe(name.partition("/")[2])
    except EngineError as error:
        raise Trouble(str(error)) from None
    if told is None:
        raise Trouble(f"unknown rule `{name}`; see contentlint rules")
    return f"# {name}\n\n{told}"


def _list_rules(argv: list[str]) -> int:
    _read(Options, argv, "rules")
    rules = _rules()
    width = max(len(rule.id) for rule in rules)
    lines = [
        f"{rule.id:{width}}  {rule.severity if rule.default else 'off':7}  {rule.summary}\n"
        for rule in rules
    ]
    _print(lambda stream: stream.writelines(lines))
    return CLEAN


def _config(argv: list[str]) -> int:
    given, _ = _read(ShowArguments, argv, "config")
    import json

    from contentlint import config
    from contentlint.explain import settings_page

    if given.schema:
        text = json.dumps(config.schema(_rules()), indent=2)
    else:
        loaded, found = _load(given)
        text = settings_page(found, loaded.rules)
    _print(lambda stream: stream.write(f"{text}\n"))
    return CLEAN


# ---- words -------------------------------------------------------------------------------------


def _explain_word(argv: list[str]) -> int:
    given, named = _read(ConfigArguments, argv, "explain-word", "WORD [FILE]")
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
    _, config = _load(given)
    blog = _blog_of(files[0], config) if files else None
    errors: list[str] = []
    text = explain_word.page(word, config, blog, errors)
    _print(lambda stream: stream.write(text))
    for error in errors:
        _say(f"error: {error}")
    return TROUBLE if errors else CLEAN


def _blog_of(path: str, config: Config) -> Blog:
    """The blog of one post, which alone is checked."""
    from contentlint.discover import discover

    found = discover([path], config)
    if found.missing:
        raise Trouble(_no_such_path(path))
    if os.path.isdir(path) or not found.blogs:
        raise Trouble(f"{path}: is no post; name one")
    return found.blogs[0]


def _act(
    command: str, argv: list[str], takes: str, question: str, actions: Mapping[str, Command]
) -> int:
    """Do one of the actions of a command, which `takes` tells for its help; without one, ask."""
    action, *rest = argv or [""]
    if action in actions:
        return actions[action](rest)
    _read(Options, argv, command, takes)
    from contentlint.options import unknown

    complaint = unknown(action, list(actions), "action") if action else question
    raise Trouble(f"{command}: {complaint}; see contentlint {command} --help")


def _vocabulary(argv: list[str]) -> int:
    actions = {"add": _add_words, "check": _check_words}
    return _act("vocabulary", argv, "add WORD … | check [PATH …]", "add or check?", actions)


def _add_words(argv: list[str]) -> int:
    given, words = _read(ConfigArguments, argv, "vocabulary add", "WORD …")
    if not words:
        raise Trouble("add which word? See contentlint vocabulary add --help")
    _, config = _load(given)
    from contentlint import vocabulary, wordlist

    try:
        told = vocabulary.add(words, config)
    except wordlist.WordListError as error:
        raise Trouble(str(error)) from None
    _print(lambda stream: stream.writelines(f"{line}\n" for line in told))
    return CLEAN


def _check_words(argv: list[str]) -> int:
    given, named = _read(VocabularyArguments, argv, "vocabulary check", "[PATH …]")
    report = _reporter(given.output_format)
    _, config = _load(given)
    from contentlint import vocabulary
    from contentlint.discover import discover

    found = discover(named or [vocabulary.folder(config)], config)
    if found.missing:
        raise Trouble(_no_such_paths(named, found.missing))
    result = vocabulary.check(found.blogs, config)
    _print(lambda stream: report(result, stream))
    _summarise(result, found.skipped)
    errors = [*found.errors, *result.errors]
    for error in errors:
        _say(f"error: {error}")
    if errors:
        return TROUBLE
    return FINDINGS if any(one.severity != "info" for one in result.findings) else CLEAN


def _rules() -> list[Rule]:
    from contentlint import plugins

    loaded = plugins.load()
    for error in loaded.errors:
        _say(f"error: {error}")
    return loaded.rules


def _site(argv: list[str]) -> int:
    given, named = _read(ConfigArguments, argv, "site", "[FILE …]")
    _, config = _load(given)
    from contentlint import paths, site_report

    blogs, errors = _surveyed(named, config)
    parts: list[str] = []
    files = {os.path.abspath(path) for path in named if not os.path.isdir(path)}
    for blog, site in blogs:
        parts.append(site_report.site_page(site))
        wanted = [paths.below(path, blog.root) or path for path in sorted(files & {*blog.checked})]
        parts += [
            site_report.file_page(site, site.pages[name]) for name in wanted if name in site.pages
        ]
    _print(lambda stream: stream.write("\n\n".join(parts) + "\n" if parts else ""))
    if not parts:
        _say("no posts here")
    for error in errors:
        _say(f"error: {error}")
    return TROUBLE if errors else CLEAN


def _tags(argv: list[str]) -> int:
    given, named = _read(TagsArguments, argv, "tags", "[PATH …]")
    _, config = _load(given)
    from contentlint import tags_report

    blogs, errors = _surveyed(named, config)
    found = [taxonomy for _, site in blogs for taxonomy in tags_report.as_data(site)]
    if given.output_format == "json":
        import json

        text = json.dumps({"version": 1, "taxonomies": found}, indent=2, ensure_ascii=False) + "\n"
    else:
        from contentlint.reporters import printable

        text = "".join(f"{printable(line)}\n" for line in tags_report.as_text(found).splitlines())
    _print(lambda stream: stream.write(text))
    if not found:
        _say("no tags here")
    for error in errors:
        _say(f"error: {error}")
    return TROUBLE if errors else CLEAN


def _surveyed(named: list[str], config: Config) -> tuple[list[tuple[Blog, Site]], list[str]]:
    """The blogs of some paths, with all their posts, and what could not be read."""
    from contentlint.discover import discover
    from contentlint.engine import survey
    from contentlint.site import Site
    from contentlint.spelling import Lexicon

    found = discover(named or ["."], config)
    if found.missing:
        raise Trouble(_no_such_paths(named, found.missing))
    errors = [*found.errors]
    lexicon = Lexicon()
    settings = config.settings
    blogs: list[tuple[Blog, Site]] = []
    for blog in found.blogs:
        pages = {page.path: page for _, _, page in survey([blog], config, lexicon, errors)}
        site = Site(
            blog.root,
            pages,
            lexicon,
            config.words,
            options=settings.site,
            tag_options=settings.tags,
        )
        blogs.append((blog, site))
    return blogs, errors


# ---- schemas -----------------------------------------------------------------------------------


def _schema(argv: list[str]) -> int:
    actions = {"infer": _infer_schema, "check": _check_schemas, "show": _show_schema}
    takes = "infer [PATH …] | check FILE … | show [PRESET]"
    return _act("schema", argv, takes, "infer, check or show?", actions)


def _infer_schema(argv: list[str]) -> int:
    given, named = _read(InferArguments, argv, "schema infer", "[PATH …]")
    _, config = _load(given)
    import json

    from contentlint import infer
    from contentlint.discover import discover

    found = discover(named or ["."], config)
    if found.missing:
        raise Trouble(_no_such_paths(named, found.missing))
    errors = [*found.errors]
    posts = infer.read((path for blog in found.blogs for path in blog.checked), errors)
    if not posts:
        raise Trouble("there is no front matter here to infer a schema from")
    schema = infer.infer([post.data for post in posts])
    text = json.dumps(schema, indent=2, ensure_ascii=False)
    if given.output_file:
        _save(lambda stream: stream.write(f"{text}\n"), given.output_file)
    else:
        _print(lambda stream: stream.write(f"{text}\n"))
    if not given.quiet:
        lines, fitting = infer.outliers(schema, posts)
        for line in lines:
            _say(line)
        _say(f"{fitting} of {_count(len(posts), 'post')} with front matter satisfy this schema")
    for error in errors:
        _say(f"error: {error}")
    return TROUBLE if errors else CLEAN


def _check_schemas(argv: list[str]) -> int:
    _, files = _read(Options, argv, "schema check", "FILE …")
    if not files:
        raise Trouble("check which schema? See contentlint schema check --help")
    from contentlint import schema

    complaints: list[str] = []
    for file in files:
        if os.path.isdir(file):
            raise Trouble(f"{file}: is a folder; name a schema")
        if not file.startswith("preset:") and not os.path.exists(file):
            raise Trouble(_no_such_path(file))
        try:
            schema.load(file)
        except schema.SchemaError as error:
            complaints.append(f"{error}\n")
    _print(lambda stream: stream.writelines(complaints))
    valid = len(files) - len(complaints)
    _say(f"{valid} of {_count(len(files), 'schema')} can be used")
    return FINDINGS if complaints else CLEAN


def _show_schema(argv: list[str]) -> int:
    _, names = _read(Options, argv, "schema show", "[PRESET]")
    from contentlint import schema
    from contentlint.options import unknown

    known: list[str] = list(schema.PRESETS)
    for name in names:
        if name.removeprefix("preset:") not in known:
            raise Trouble(f"{unknown(name, known, 'preset')} (one of {', '.join(known)})")
    if names:
        texts = [schema.text(name.removeprefix("preset:")) for name in names]
    else:
        width = max(map(len, known))
        texts = [f"{name:{width}}  {schema.load(f'preset:{name}').title}\n" for name in known]
    _print(lambda stream: stream.writelines(texts))
    return CLEAN


def _cache_command(argv: list[str]) -> int:
    action, *rest = argv or [""]
    if action not in ("info", "clean", "-h", "--help"):
        from contentlint.options import unknown

        complaint = unknown(action, ["info", "clean"], "action") if action else "info or clean?"
        raise Trouble(f"cache: {complaint}; see contentlint cache --help")
    is_help = action.startswith("-")
    command = "cache info|clean" if is_help else f"cache {action}"
    given, _ = _read(CacheArguments, argv if is_help else rest, command)
    from contentlint import cache

    where = cache.folder(given.cache_dir)
    if where is None:
        raise Trouble("there is no home folder to keep a cache in; name a folder with --cache-dir")
    if action == "clean":
        try:
            removed = cache.clean(where)
        except OSError as error:
            raise Trouble(f"{error.filename}: cannot be removed: {error.strerror}") from None
        text = f"removed {removed}" if removed else f"there is no cache in {where}"
    else:
        found = cache.info(where, _note)
        text = f"there is no cache in {where}"
        if found:
            size = f"{found.size / 1e6:.1f} MB"
            text = f"{found.path}: {size}, {found.posts} posts, {found.blogs} blogs"
    _print(lambda stream: stream.write(f"{text}\n"))
    return CLEAN


def _grammar_command(argv: list[str]) -> int:
    actions = {
        "status": _grammar_status,
        "install": _grammar_install,
        "start": _grammar_start,
        "stop": _grammar_stop,
    }
    takes = "status | install [--from FILE] | start | stop"
    from contentlint.grammar import EngineError

    try:
        return _act("grammar", argv, takes, f"{', '.join(actions)}?", actions)
    except EngineError as error:
        raise Trouble(str(error)) from None


def _grammar_status(argv: list[str]) -> int:
    given, _ = _read(ConfigArguments, argv, "grammar status")
    _, config = _load(given)
    from contentlint.grammar import engines

    lines, able = engines.status(config.settings.grammar)
    _print(lambda stream: stream.writelines(f"{line}\n" for line in lines))
    return CLEAN if able else TROUBLE


def _grammar_install(argv: list[str]) -> int:
    given, _ = _read(InstallArguments, argv, "grammar install")
    from contentlint.grammar import install

    found = install.install(given.from_, _say)
    _print(lambda stream: stream.write(f"LanguageTool {found.version} is in {found.folder}\n"))
    return CLEAN


def _grammar_start(argv: list[str]) -> int:
    _read(Options, argv, "grammar start")
    from contentlint.grammar import server

    running = server.running() or server.start()
    _print(lambda stream: stream.write(f"LanguageTool {running.version} is at {running.url}\n"))
    return CLEAN


def _grammar_stop(argv: list[str]) -> int:
    _read(Options, argv, "grammar stop")
    from contentlint.grammar import server

    told = "the server has ended" if server.stop() else "no server was left running"
    _print(lambda stream: stream.write(f"{told}\n"))
    return CLEAN


COMMANDS: dict[str, Command] = {
    "check": _check,
    "explain": _explain,
    "rules": _list_rules,
    "config": _config,
    "explain-word": _explain_word,
    "vocabulary": _vocabulary,
    "tags": _tags,
    "site": _site,
    "cache": _cache_command,
    "grammar": _grammar_command,
    "schema": _schema,
}


# ---- output ------------------------------------------------------------------------------------


def _print(write: Callable[[TextIO], object]) -> None:
    """Write to standard output. A reader that has seen enough (`| head`) is no trouble."""
    stream = sys.stdout
    if stream is None:  # pyright: ignore[reportUnnecessaryComparison]
        raise Trouble("standard output is closed")
    try:
        write(stream)
        stream.flush()
    except OSError as error:
        # Keep Python from trying to write the rest when it ends, and from complaining then.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        if not isinstance(error, BrokenPipeError):
            raise Trouble(f"cannot write to standard output: {error.strerror}") from None


def _save(write: Callable[[TextIO], object], path: str) -> None:
    """Write to a file."""
    try:
        with open(path, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
            write(stream)
    except OSError as error:
        raise Trouble(f"cannot write to {path}: {error.strerror}") from None


def _say(text: str) -> None:
    """Tell people something on standard error, where no post may send control characters."""
    from contentlint.reporters import printable

    stream = sys.stderr
    if stream is None:  # pyright: ignore[reportUnnecessaryComparison]
        return  # closed; `print` would take standard output instead
    with suppress(OSError):  # nobody listens; the exit status tells
        for line in text.split("\n"):
            print(f"contentlint: {printable(line)}", file=stream)
