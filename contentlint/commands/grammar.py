"""`contentlint grammar`: which engine checks, and its installation."""

from __future__ import annotations

from contentlint.commands import (
    CLEAN,
    TROUBLE,
    ConfigArguments,
    Trouble,
    act,
    load_config,
    read_options,
    say,
    write_out,
)
from contentlint.options import Options, option


class InstallArguments(Options):
    """The options of `contentlint grammar install`."""

    from_: str = option("", "Install this archive or folder instead of downloading one.")


def grammar(argv: list[str]) -> int:
    actions = {
        "status": _grammar_status,
        "install": _grammar_install,
        "start": _grammar_start,
        "stop": _grammar_stop,
    }
    takes = "status | install [--from FILE] | start | stop"
    from contentlint.grammar import EngineError

    try:
        return act("grammar", argv, takes, f"{', '.join(actions)}?", actions)
    except EngineError as error:
        raise Trouble(str(error)) from None


def _grammar_status(argv: list[str]) -> int:
    given, _ = read_options(ConfigArguments, argv, "grammar status")
    _, config = load_config(given)
    from contentlint.grammar import engines

    lines, able = engines.status(config.settings.grammar)
    write_out(lambda stream: stream.writelines(f"{line}\n" for line in lines))
    return CLEAN if able else TROUBLE


def _grammar_install(argv: list[str]) -> int:
    given, _ = read_options(InstallArguments, argv, "grammar install")
    from contentlint.grammar import install

    found = install.install(given.from_, say)
    write_out(lambda stream: stream.write(f"LanguageTool {found.version} is in {found.folder}\n"))
    return CLEAN


def _grammar_start(argv: list[str]) -> int:
    read_options(Options, argv, "grammar start")
    from contentlint.grammar import server

    running = server.running() or server.start()
    write_out(lambda stream: stream.write(f"LanguageTool {running.version} is at {running.url}\n"))
    return CLEAN


def _grammar_stop(argv: list[str]) -> int:
    read_options(Options, argv, "grammar stop")
    from contentlint.grammar import server

    told = "the server has ended" if server.stop() else "no server was left running"
    write_out(lambda stream: stream.write(f"{told}\n"))
    return CLEAN
