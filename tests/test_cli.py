"""The command line as its users meet it: what is printed where, and with which exit status."""

from __future__ import annotations

import errno
import io
import json
import os
import re
import shlex
import subprocess
import sys

import pytest
from jsonschema import Draft202012Validator

from contentlint import __version__, cli, commands, explain, plugins, runs
from contentlint.finding import Problem
from contentlint.rule import Example, file_rule
from contentlint.text import Span

TYPO = "The refuigerator hums.\n"
FOUND = "error typos/misspelling `refuigerator` is misspelt; did you mean `refrigerator`?\n"
WARNING = "![](https://example.org/a.png)\n"


# ---- check -------------------------------------------------------------------------------------


def test_check_is_the_default_command_and_here_the_default_path(blog, contentlint):
    expected = (1, f"posts/typo.md:1:5: {FOUND}", "contentlint: 1 error in 2 files\n")
    for arguments in ([], ["check"], ["."], ["posts"], ["check", "posts"], ["--"]):
        assert contentlint(*arguments) == expected


def test_options_and_paths_may_be_mixed(blog, contentlint):
    expected = contentlint("posts/fine.md", "posts/typo.md")
    assert expected[2] == "contentlint: 1 error in 2 files\n"
    for arguments in (
        ["posts/typo.md", "--select", "typos", "posts/fine.md"],
        ["--select=typos", "posts/typo.md", "posts/fine.md"],
        ["posts/fine.md", "--select", "typos", "--", "posts/typo.md"],
        ["posts/fine.md", "posts/typo.md", "posts/fine.md"],
    ):
        assert contentlint(*arguments) == expected


def test_any_file_name_can_be_given(blog, contentlint):
    names = ["-dash.md", "a b.md", "für.md", "rules", "--quiet.md", "記事.md"]
    (blog / "rules").mkdir()
    for name in names:
        path = blog / name
        (path / "a.md" if path.is_dir() else path).touch()
    assert contentlint("--", *names)[2] == "contentlint: nothing found in 6 files\n"


def test_a_clean_blog_is_status_0_and_says_so(blog, contentlint):
    assert contentlint("posts/fine.md") == (0, "", "contentlint: nothing found in 1 file\n")


def test_quiet_says_nothing_but_the_findings(blog, contentlint):
    assert contentlint("-q", "posts/fine.md") == (0, "", "")
    status, out, err = contentlint("--quiet", "posts/typo.md")
    assert (status, out.count("\n"), err) == (1, 1, "")


def test_the_summary_counts_all_severities_and_what_is_suppressed(blog, contentlint):
    (blog / "posts" / "typo.md").write_text(
        f"{TYPO}\n{WARNING}\n<!-- contentlint-disable-line typos -->teh\n"
    )
    _, _, err = contentlint("--select", "typos,alt-text")
    assert err == "contentlint: 1 error, 1 warning, 1 suppressed in 2 files\n"


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ([], 1),
        (["--fail-on", "warning"], 1),
        (["--fail-on", "info"], 1),
        (["--fail-on", "error"], 0),
        (["--exit-zero"], 0),
        (["--ignore", "alt-text"], 0),
    ],
)
def test_findings_below_the_failing_severity_are_status_0(blog, contentlint, arguments, status):
    (blog / "posts" / "typo.md").write_text(WARNING)
    assert contentlint(*arguments)[0] == status


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["--max-warnings", "2"], 0),
        (["--max-warnings=1"], 1),
        (["--max-warnings", "0"], 1),
        (["--max-warnings", "1", "--fail-on", "error"], 1),
        (["--max-warnings", "2", "--fail-on", "info"], 0),
        (["--max-warnings", "1", "--exit-zero"], 0),
        (["--max-warnings", "9", "--ignore", "none"], 2),
    ],
)
def test_so_many_warnings_may_pass(blog, contentlint, arguments, status):
    (blog / "posts" / "typo.md").write_text(WARNING * 2)
    assert contentlint(*arguments)[0] == status
    (blog / "contentlint.toml").write_text("max-warnings = 2\n")
    assert contentlint()[0] == 0
    assert contentlint("--max-warnings", "1")[0] == 1
    (blog / "posts" / "typo.md").write_text(TYPO)
    assert contentlint(*arguments)[0] == (status if "exit" in str(arguments) else max(1, status))


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], {"typos/misspelling", "alt-text/missing"}),
        (["--select", "typos"], {"typos/misspelling"}),
        (["--select", "typos/misspelling,links"], {"typos/misspelling"}),
        (["--select", "links", "--select", "alt-text"], {"alt-text/missing"}),
        (["--select", "links", "--extend-select", "typos"], {"typos/misspelling"}),
        (["--ignore", "typos"], {"alt-text/missing"}),
        (["--ignore", "typos, alt-text"], set()),
        (["--select", "typos", "--ignore", "typos"], set()),
    ],
)
def test_rules_are_selected_and_ignored(blog, contentlint, arguments, expected):
    (blog / "posts" / "typo.md").write_text(TYPO + "\n" + WARNING)
    out = contentlint(*arguments)[1]
    assert {line.split(" ")[2] for line in out.splitlines()} == expected


def test_a_selection_on_the_command_line_replaces_that_of_the_configuration(blog, contentlint):
    (blog / "contentlint.toml").write_text('select = ["links"]\nignore = ["typos"]\n')
    assert contentlint()[0] == 0
    assert contentlint("--select", "typos")[0] == 1
    assert contentlint("--extend-select", "typos")[0] == 0


@pytest.mark.parametrize("path", ["empty", "style.css", "posts/draft.md"])
def test_nothing_to_check_is_status_0_with_a_notice(blog, contentlint, path):
    (blog / "empty").mkdir()
    (blog / "style.css").touch()
    (blog / "posts" / "draft.md").write_text(TYPO)
    (blog / "contentlint.toml").write_text('exclude = ["draft.md"]\n')
    status, out, err = contentlint(path)
    assert (status, out) == (0, "")
    skipped = "" if path == "empty" else f" ({path}: excluded, or no Markdown)"
    assert err == f"contentlint: no posts to check{skipped}\n"
    assert json.loads(contentlint("--output-format", "json", path)[1])["findings"] == []


def test_the_same_run_says_the_same_again_in_any_order(blog, contentlint):
    for name in ("b.md", "a.md", "c.md"):
        (blog / name).write_text(f"---\ntags: [Dog, dog]\n---\n{TYPO}{WARNING}")
    first = contentlint("a.md", "b.md", "posts", "c.md")
    assert first[1].count("\n") > 6
    assert contentlint("c.md", "posts", "a.md", "b.md", "a.md") == first
    assert contentlint() == first


# ---- formats and files -------------------------------------------------------------------------


def test_json_alone_stands_on_standard_output_and_fits_its_schema(blog, contentlint, project):
    (blog / "posts" / "typo.md").write_text(f"---\ntitle: Dont\n---\n{TYPO}\n{WARNING}\x1b[31m\n")
    status, out, err = contentlint("--output-format", "json")
    schema = json.loads((project / "schemas" / "output.schema.json").read_text())
    report = json.loads(out)
    Draft202012Validator(schema).validate(report)
    assert (status, err) == (1, "contentlint: 2 errors, 1 warning in 2 files\n")
    assert [finding["line"] for finding in report["findings"]] == [2, 4, 6]


def test_concise_is_one_line_for_each_finding(blog, contentlint):
    assert contentlint("--output-format", "concise")[1] == f"posts/typo.md:1:5: {FOUND}"


def test_a_report_can_go_to_a_file(blog, contentlint):
    out = contentlint("--output-format", "json")[1]
    assert contentlint("--output-format", "json", "--output-file", "report.json")[:2] == (1, "")
    assert (blog / "report.json").read_text() == out


def test_a_report_that_cannot_be_written_is_trouble(blog, refused):
    assert refused("--output-file", "no/report", "-q") == (
        "cannot write to no/report: there is no folder no"
    )
    assert refused("--output-file", "posts", "-q") == "cannot write to posts: Is a directory"


# ---- mistakes ----------------------------------------------------------------------------------


MISTAKES = """\
$ contentlint --selct typos
unknown option --selct; did you mean --select?; see contentlint check --help
$ contentlint posts --output-formt=json
unknown option --output-formt=json; did you mean --output-format?; see contentlint check --help
$ contentlint --sel typos
unknown option --sel; did you mean --select?; see contentlint check --help
$ contentlint --verison
unknown option --verison; did you mean --version?; see contentlint check --help
$ contentlint -x
unknown option -x; see contentlint check --help
$ contentlint config --shema
unknown option --shema; did you mean --schema?; see contentlint config --help
$ contentlint --select
--select needs a value; see contentlint check --help
$ contentlint --config= posts
--config needs a value; see contentlint check --help
$ contentlint --quiet=yes
--quiet takes no value; see contentlint check --help
$ contentlint --fail-on warnings
--fail-on: unknown value `warnings`; did you mean `warning`? (one of error, warning, info); see contentlint check --help
$ contentlint --max-warnings none
--max-warnings: expected a whole number, not a string; see contentlint check --help
$ contentlint --max-warnings -1
--max-warnings: expected a whole number, not a string; see contentlint check --help
$ contentlint --config x --isolated
--config and --isolated exclude each other

$ contentlint chek
chek: no such command, file or folder; did you mean check?
$ contentlint explan typos
explan: no such command, file or folder; did you mean explain?
$ contentlint posts rules
rules: no such file or folder; a command comes first
$ contentlint posts/tpyo.md
posts/tpyo.md: no such file or folder; did you mean posts/typo.md?
$ contentlint post
post: no such file or folder; did you mean posts?
$ contentlint zzz/zzz.md
zzz/zzz.md: no such file or folder
$ contentlint ''
an empty path: no such file or folder

$ contentlint --select typoes
--select: unknown rule `typoes`; did you mean `typos`?; see contentlint rules
$ contentlint --ignore links,image
--ignore: unknown rule `image`; did you mean `images`?; see contentlint rules
$ contentlint --extend-select links/brokn
--extend-select: unknown rule `links/brokn`; did you mean `links/broken`?; see contentlint rules
$ contentlint --output-format jsn
--output-format: unknown format `jsn`; did you mean `json`? (one of checkstyle, concise, github, gitlab, json, jsonl, junit, markdown, rdjson, sarif, text)
$ contentlint --config no.toml
no.toml: the configuration cannot be read: No such file or directory

$ contentlint --stdin-filename a.md posts
--stdin-filename goes with the path -, which is standard input
$ contentlint --stdin-filename posts -
--stdin-filename: posts is a folder; name a file

$ contentlint explain
explain which rule? See contentlint rules
$ contentlint explain typo
unknown rule `typo`; did you mean `typos`?; see contentlint rules
$ contentlint rules typos
unexpected argument typos; see contentlint rules --help
$ contentlint config x
unexpected argument x; see contentlint config --help
"""


@pytest.mark.parametrize(
    ("command", "said"), re.findall(r"^\$ contentlint (.*)\n(.*)$", MISTAKES, re.MULTILINE)
)
def test_a_mistake_is_one_line_with_a_suggestion(blog, refused, command, said):
    assert refused(*shlex.split(command)) == said


def test_a_file_that_looks_like_an_option_is_told_apart(blog, refused):
    (blog / "-x.md").touch()
    assert refused("-x.md") == (
        "-x.md looks like an option; for the file write ./-x.md; see contentlint check --help"
    )


def test_every_path_that_does_not_exist_is_told(blog, contentlint):
    assert contentlint("zzz.md", "posts", "yyy.md") == (
        2,
        "",
        "contentlint: yyy.md: no such file or folder\ncontentlint: zzz.md: no such file or folder\n",
    )


# ---- configuration -----------------------------------------------------------------------------


def test_the_configuration_is_found_from_the_working_directory_upward(
    blog, contentlint, monkeypatch
):
    (blog / "contentlint.toml").write_text('ignore = ["typos"]\n')
    monkeypatch.chdir(blog / "posts")
    assert contentlint()[0] == 0
    assert contentlint("--isolated")[0] == 1


def test_a_configuration_can_be_named(blog, contentlint, tmp_path):
    (tmp_path / "shared.toml").write_text('ignore = ["typos"]\n')
    (blog / "contentlint.toml").write_text("nonsense\n")
    assert contentlint("--config", "../shared.toml")[0] == 0


def test_all_mistakes_in_the_configuration_are_told_and_nothing_is_checked(blog, contentlint):
    (blog / "contentlint.toml").write_text("exlude = []\nignore = ['typoes']\n")
    status, out, err = contentlint()
    assert (status, out) == (2, "")
    assert err.splitlines() == [
        "contentlint: contentlint.toml:1:1: unknown option `exlude`; did you mean `exclude`?",
        "contentlint: contentlint.toml:2:11: unknown rule `typoes`; did you mean `typos`?",
    ]


# ---- schemas -----------------------------------------------------------------------------------


@pytest.fixture
def with_schema(blog, monkeypatch):
    """Writes a schema beside a configuration that names it, and a post for it."""

    def write(schema: str, files: str = "posts/") -> None:
        (blog / "schemas").mkdir(exist_ok=True)
        (blog / "schemas" / "post.json").write_text(schema)
        (blog / "contentlint.toml").write_text(
            f'[[schemas]]\nfiles = ["{files}"]\nschema = "schemas/post.json"\n'
        )
        (blog / "posts" / "typo.md").write_text("---\ntitle: 3\n---\n")
        (blog / "page.md").write_text("---\ntitle: 3\n---\n")

    return write


TITLE_IS_TEXT = '{"properties": {"title": {"type": "string"}}}'


def test_a_schema_holds_for_the_files_that_match(with_schema, contentlint):
    with_schema(TITLE_IS_TEXT)
    status, out, _ = contentlint("--output-format", "json")
    (finding,) = json.loads(out)["findings"]
    assert (status, finding["rule"], finding["path"]) == (1, "front-matter/schema", "posts/typo.md")
    assert (finding["line"], finding["column"], finding["end_column"]) == (2, 8, 9)


def test_the_path_of_a_schema_starts_from_the_configuration(
    with_schema, blog, contentlint, monkeypatch
):
    with_schema(TITLE_IS_TEXT)
    monkeypatch.chdir(blog / "posts")
    assert contentlint()[0] == 1
    assert contentlint("--isolated")[0] == 0


def test_every_schema_that_matches_holds(with_schema, blog, contentlint):
    with_schema(TITLE_IS_TEXT)
    with (blog / "contentlint.toml").open("a") as file:
        file.write('[[schemas]]\nfiles = ["*.md"]\nschema = "preset:blog-post"\n')
    (blog / "posts" / "typo.md").write_text("---\ntitle: 3\ndate: [soon]\n---\n")
    out = contentlint("posts/typo.md")[1]
    assert {line.split(":")[1] for line in out.splitlines()} == {"2", "3"}


def test_without_a_schema_the_preset_of_the_generator_holds(blog, contentlint):
    (blog / "posts" / "typo.md").write_text("---\ntitle: 3\ndate: soon\n---\n")
    (blog / "hugo.toml").write_text("")
    assert contentlint()[1].startswith(
        "posts/typo.md:3:7: error front-matter/schema `date`: `soon`"
    )
    (blog / "posts" / "typo.md").write_text("---\nother: [3]\n---\n")
    assert contentlint()[0] == 0
    (blog / "posts" / "typo.md").write_text("---\ndate: soon\n---\n")
    (blog / "contentlint.toml").write_text('[[schemas]]\nfiles = ["x/"]\nschema = "preset:hugo"\n')
    assert contentlint()[0] == 0


@pytest.mark.parametrize(
    ("schema", "place"),
    [
        ('{"properties": {"title": {"type": "text"}}}', "#/properties/title/type: "),
        ('{"pattern": "("}', "#/pattern: "),
        ('{"$ref": "other.json"}', "#/$ref: "),
        ('{\n "type" }', "line 2, column 9: "),
    ],
)
def test_a_schema_that_cannot_be_used_is_told_with_its_place(with_schema, refused, schema, place):
    with_schema(schema)
    assert refused("posts").startswith(f"schemas/post.json: {place}")


def test_a_schema_that_holds_for_no_file_is_not_even_read(with_schema, contentlint):
    with_schema("nonsense", files="pages/")
    assert contentlint()[0] == 0


# ---- standard input ----------------------------------------------------------------------------


@pytest.fixture
def stdin(monkeypatch):
    """Sets what stands on standard input."""

    def write(data: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))

    return write


def test_standard_input_is_a_file_named_stdin(blog, contentlint, stdin):
    stdin(TYPO.encode())
    assert contentlint("-")[:2] == (1, f"stdin.md:1:5: {FOUND}")


def test_standard_input_stands_for_the_file_that_is_named(blog, contentlint, stdin):
    stdin(b"It hums.\n\n" + TYPO.encode())
    status, out, _ = contentlint("--stdin-filename", "posts/typo.md", "-")
    assert (status, out) == (1, f"posts/typo.md:3:5: {FOUND}")
    stdin(b"It hums.\n")
    assert contentlint("--stdin-filename", "posts/typo.md", "-", "posts")[0] == 0


def test_standard_input_is_judged_against_the_blog_of_its_path(blog, contentlint, stdin):
    post = b"[here](fine.md) [there](../posts/none.md)\n"
    stdin(post)
    status, out, _ = contentlint("--stdin-filename", "posts/new.md", "-")
    assert (status, out.count("\n")) == (1, 1)
    assert out.startswith("posts/new.md:1:25: error links/broken ")


def test_standard_input_may_be_any_bytes(blog, contentlint, stdin):
    stdin(b"caf\xe9\0\x1b[31m " + TYPO.encode("utf-16-le"))
    status, out, _ = contentlint("-")
    assert status == 1
    assert "stdin.md:1:4: error source/encoding" in out


def test_excludes_hold_for_standard_input(blog, contentlint, stdin):
    (blog / "contentlint.toml").write_text('exclude = ["drafts/"]\n')
    stdin(TYPO.encode())
    status, out, err = contentlint("--stdin-filename", "drafts/a.md", "-")
    assert (status, out) == (0, "")
    assert "no posts to check" in err


def test_standard_input_that_is_closed_is_trouble(blog, refused, monkeypatch):
    monkeypatch.setattr(sys, "stdin", None)
    assert refused("-") == "standard input is closed"


# ---- trouble -----------------------------------------------------------------------------------


def test_a_file_that_cannot_be_read_is_trouble_and_the_others_are_checked(
    blog, contentlint, monkeypatch
):
    def read_file(path):
        if path.endswith("fine.md"):
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return real(path)

    real = runs.read_file
    monkeypatch.setattr(runs, "read_file", read_file)
    status, out, err = contentlint()
    assert (status, out) == (2, f"posts/typo.md:1:5: {FOUND}")
    assert "contentlint: error: posts/fine.md: cannot be read: Permission denied\n" in err


def test_a_file_that_vanishes_meanwhile_is_trouble(blog, contentlint, monkeypatch):
    from contentlint import discover

    def discover_and_delete(*arguments):
        found = real(*arguments)
        (blog / "posts" / "fine.md").unlink()
        return found

    real = discover.discover
    monkeypatch.setattr(discover, "discover", discover_and_delete)
    status, out, err = contentlint()
    assert (status, out) == (2, f"posts/typo.md:1:5: {FOUND}")
    assert "error: posts/fine.md: cannot be read: No such file or directory\n" in err


@pytest.fixture
def extra_rule(monkeypatch):
    """Adds a rule to those that are there."""

    def add(function):
        loaded = plugins.load()
        rule = file_rule("extra/rule", "for a test")(function)
        more = loaded._replace(rules=[*loaded.rules, rule])
        monkeypatch.setattr(plugins, "load", lambda: more)

    return add


def test_a_rule_that_crashes_is_trouble_even_with_exit_zero(blog, contentlint, extra_rule):
    @extra_rule
    def crash(document):
        raise ValueError(f"in {document.source.text!r} \x1b[31m")
        yield

    status, out, err = contentlint("--exit-zero", "posts/typo.md")
    assert (status, out) == (2, f"posts/typo.md:1:5: {FOUND}")
    assert "error: posts/typo.md: rule extra/rule crashed: ValueError: in 'The refu" in err
    assert re.search(r"\(at \S*test_cli.py:\d+\)\n", err)
    assert "\x1b" not in err


def test_a_plugin_that_cannot_be_loaded_is_trouble(blog, contentlint, monkeypatch):
    loaded = plugins.load()._replace(errors=["plugin x (y) cannot be loaded: oops"])
    monkeypatch.setattr(plugins, "load", lambda: loaded)
    status, out, err = contentlint("posts/fine.md")
    assert (status, out) == (2, "")
    complaint = "contentlint: error: plugin x (y) cannot be loaded: oops\n"
    assert err.endswith(complaint)
    for command in (["rules"], ["explain", "typos"], ["config", "--schema"]):
        status, out, err = contentlint(*command)
        assert (status, err) == (0, complaint)
        assert "misspelling" in out


def test_a_bug_of_ours_is_trouble_and_asks_to_be_reported(blog, contentlint, monkeypatch):
    monkeypatch.setattr("contentlint.commands.check._status", None)
    status, _, err = contentlint()
    assert status == 2
    assert "Traceback" in err
    assert err.endswith(
        "contentlint: this is a bug in contentlint; please report it with the lines above\n"
    )


def test_an_interrupt_is_no_traceback(blog, contentlint, extra_rule):
    @extra_rule
    def interrupt(document):
        raise KeyboardInterrupt

    assert contentlint() == (130, "", "contentlint: interrupted\n")


def test_a_working_directory_that_is_gone_is_trouble(blog, refused, monkeypatch):
    def getcwd():
        raise FileNotFoundError

    monkeypatch.setattr(os, "getcwd", getcwd)
    assert refused() == "the working directory does not exist any more"


def test_what_posts_and_their_names_contain_does_not_reach_the_terminal(
    blog, contentlint, extra_rule
):
    evil = "a\x1b[31m\u202eb\x9b.md"
    (blog / "posts" / evil).write_text(f"{TYPO}\x1b]0;title\x07\n")

    @extra_rule
    def echo(document):
        yield Problem(Span(0, 1), f"this is {document.source.text}")

    for arguments in ([], ["--output-format", "json"], [f"posts/{evil}", f"none{evil}"]):
        _, out, err = contentlint(*arguments)
        assert not set("\x1b\x07\x9b\u202e") & set(out + err)


# ---- other commands ----------------------------------------------------------------------------


def test_version(contentlint):
    assert contentlint("--version") == (0, f"contentlint {__version__}\n", "")


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_names_every_command(contentlint, option):
    status, out, err = contentlint(option)
    assert (status, err) == (0, "")
    assert all(command in out for command in commands.MODULES)
    assert max(map(len, out.splitlines())) <= 100


@pytest.mark.parametrize("command", commands.MODULES)
def test_every_command_has_help(command, capsys):
    with pytest.raises(SystemExit) as end:
        cli.main([command, "--help"])
    assert end.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: contentlint {command}")


def test_the_help_of_check(capsys):
    with pytest.raises(SystemExit):
        cli.main(["check", "-h"])
    assert (
        capsys.readouterr().out
        == """\
usage: contentlint check [OPTIONS] [PATH …]

  --config CONFIG                 Read this configuration file.
  --isolated                      Read no configuration file.
  --select NAMES                  Run only these rules or concerns.
  --extend-select NAMES           Run these rules or concerns besides.
  --ignore NAMES                  Do not run these rules or concerns.
  --fix                           Mend in the files what surely can be, and tell what is left.
  --unsafe-fixes                  With --fix or --diff: also what needs an eye afterwards.
  --diff                          Show what --fix would change, and change nothing.
  --output-format FORMAT          The form of the report: text, concise, json, jsonl, github,
                                  gitlab, sarif, junit, checkstyle, rdjson or markdown.
  --output-file FILE              Write there instead of to standard output.
  --output FORMAT:FILE            Write a report in this format to this file, besides.
  --statistics                    Count findings by rule and file, instead (text and json).
  --fail-on error|warning|info    The least severity that makes the exit status 1.
  --max-warnings WARNINGS         So many warnings leave the exit status 0.
  --baseline BASELINE             Let be what this file says; else .contentlint-baseline.json.
  --no-baseline                   Tell what the baseline lets be, too.
  --diff-base BASE                Tell only what has come since HEAD parted from this revision.
  --diff-mode added|file|all      Of it: new lines, all of the changed files, or all.
  --exit-zero                     Exit with 0 even if there are findings.
  --stdin-filename FILENAME       Lint standard input (the path -) as if it stood there.
  --cache-dir DIR                 Keep there what is known of posts; else in your cache folder.
  --no-cache                      Read every post anew, and keep nothing.
  --jobs JOBS                     So many processes read large blogs; 0: one for each core.
  -q, --quiet                     Say nothing but the findings and errors.
  --require-grammar               Exit with 2 if grammar should be checked and cannot be.
  -v, --verbose                   Tell why, where a rule gives reasons (text and json).
  -h, --help                      Show this help.
"""
    )


def test_rules_lists_every_rule_with_its_severity(contentlint):
    status, out, _ = contentlint("rules")
    assert status == 0
    lines = [line.split(maxsplit=2) for line in out.splitlines()]
    assert [line[0] for line in lines] == sorted(rule.id for rule in plugins.bundled())
    assert {line[1] for line in lines} <= {"error", "warning", "info", "off"}


def test_explain_shows_the_page_of_a_rule_or_of_all_of_a_concern(contentlint):
    status, page, _ = contentlint("explain", "alt-text/unhelpful")
    assert status == 0
    assert page.startswith("# alt-text/unhelpful\n\nAn alternative text that does not say what")
    assert "Flagged at ⟦…⟧, in `content/posts/example.md`:\n\n~~~markdown\n" in page
    assert '[rules."alt-text/unhelpful"]' in page
    assert "<!-- contentlint-disable-next-line alt-text/unhelpful: why -->" in page
    pages = contentlint("explain", "alt-text", "source")[1]
    assert page in pages
    assert re.findall("^# .*/.*$", pages, re.MULTILINE) == [
        "# alt-text/missing",
        "# alt-text/unhelpful",
        "# source/encoding",
    ]


def test_an_example_with_a_fence_stands_in_a_longer_one():
    example = Example(bad="~~~\ncode\n~~~~\n", good="~~\n")
    rule = file_rule("marks/fence", "HTML in a fence", examples=[example], default=False)(print)
    page = explain.page(rule)
    assert page.startswith(
        "# marks/fence\n\nHTML in a fence. (off by default; judged on the post alone)"
    )
    assert "\n~~~~~markdown\n~~~\ncode\n~~~~\n~~~~~\n" in page
    assert "\n~~~markdown\n~~\n~~~\n" in page
    assert "## Options" not in page


def test_config_shows_the_settings_in_force_and_where_they_come_from(blog, contentlint):
    (blog / "contentlint.toml").write_text('vocabulary = ["Kühlschrank"]\n')
    status, out, _ = contentlint("config")
    assert status == 0
    assert out.startswith('# read from "contentlint.toml"\n')
    assert 'vocabulary = ["Kühlschrank"]\n' in out
    assert "vocabulary = []\n" in contentlint("config", "--isolated")[1]
    (blog / "again.toml").write_text(out)
    assert (
        contentlint("config", "--config", "again.toml")[1].splitlines()[1:] == out.splitlines()[1:]
    )


def test_config_prints_the_json_schema_of_the_configuration(contentlint):
    status, out, _ = contentlint("config", "--schema")
    assert status == 0
    Draft202012Validator.check_schema(json.loads(out))


# ---- the process -------------------------------------------------------------------------------


def start(*arguments: str, **options) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "contentlint", *arguments]
    return subprocess.Popen(command, stderr=subprocess.PIPE, **options)


def test_two_processes_say_the_same(blog):
    for name, tags in zip("abcd", ["Dog, Hot dog", "dog, hot-dog"] * 2, strict=True):
        (blog / f"{name}.md").write_text(f"---\ntags: [{name}, {tags}]\n---\n{TYPO}")
    said = set()
    for seed in ("0", "1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        process = start("--output-format", "json", stdout=subprocess.PIPE, env=environment)
        said.add(process.communicate())
    ((out, _),) = said
    assert out.count(b"tags/variant") > 2


def test_a_reader_that_has_seen_enough_is_no_trouble(blog):
    read, write = os.pipe()
    os.close(read)
    process = start("posts", stdout=write)
    os.close(write)
    _, err = process.communicate()
    assert (process.returncode, err) == (1, b"contentlint: 1 error in 2 files\n")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no full disk")
@pytest.mark.parametrize("arguments", [["-q", "posts"], ["rules"], ["--help"]])
def test_a_full_disk_is_trouble(blog, arguments):
    with open("/dev/full", "wb") as full:
        process = start(*arguments, stdout=full)
        _, err = process.communicate()
    assert err == b"contentlint: cannot write to standard output: No space left on device\n"
    assert process.returncode == 2


@pytest.mark.skipif(os.name == "nt", reason="there is no shell")
@pytest.mark.parametrize(
    ("redirection", "status", "out", "err"),
    [
        (">&-", 2, "", "contentlint: standard output is closed\n"),
        ("2>&-", 1, f"posts/typo.md:1:5: {FOUND}", ""),
        ("2>/dev/full", 1, f"posts/typo.md:1:5: {FOUND}", ""),
        (">&- 2>&-", 2, "", ""),
    ],
)
def test_streams_may_be_closed_or_full(blog, redirection, status, out, err):
    command = f'"{sys.executable}" -m contentlint posts {redirection}'
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (status, out, err)


@pytest.mark.skipif(os.name == "nt", reason="a folder in use cannot be deleted")
def test_a_working_directory_that_is_gone_is_no_traceback(tmp_path, monkeypatch):
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    _, err = start().communicate()
    assert err == b"contentlint: the working directory does not exist any more\n"


ASCII = {"PYTHONIOENCODING": "ascii"}
C_LOCALE = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


@pytest.mark.parametrize(
    ("settings", "name"),
    [(ASCII, rb"f\xfcr.md"), (C_LOCALE, rb"f\udcc3\udcbcr.md"), ({"LC_ALL": "C"}, None)],
)
def test_an_encoding_that_lacks_a_character_is_no_crash(blog, settings, name):
    (blog / "posts" / "für.md").write_text("Dont go, über-refuigerator.\n", "utf-8")
    process = start("-q", "posts/für.md", stdout=subprocess.PIPE, env={**os.environ, **settings})
    out, err = process.communicate()
    assert (process.returncode, err) == (1, b"")
    assert out.startswith(b"posts/" + (name or "für.md".encode()) + b":1:1: error ")


@pytest.mark.skipif(os.name == "nt", reason="there are no such terminals")
def test_on_a_terminal_there_are_colours_and_excerpts(blog):
    import pty

    (blog / "posts" / "typo.md").write_text("漢字\tThe \x1b[7m refuigerator hums.\n", "utf-8")
    master, slave = pty.openpty()
    environment = {k: v for k, v in os.environ.items() if k != "NO_COLOR"}
    process = start("posts/typo.md", stdout=slave, env={**environment, "TERM": "xterm"})
    os.close(slave)
    shown = b""
    while True:
        try:
            data = os.read(master, 4096)
        except OSError:
            break  # Linux says so when the other end is closed
        if not data:
            break
        shown += data
    os.close(master)
    process.communicate()
    place, severity = "\033[1mposts/typo.md:1:13\033[0m", "\033[31merror\033[0m"
    message = "`refuigerator` is misspelt; did you mean `refrigerator`?"
    assert shown.decode().splitlines() == [
        f"{place}: {severity} \033[2mtypos/misspelling\033[0m {message}",
        "  1 | 漢字 The \ufffd[7m refuigerator hums.",
        "    |               \033[31m^^^^^^^^^^^^\033[0m",
    ]


@pytest.fixture
def without_harper(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "harper", None)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "post.md").write_text("We can might go to the shop.\n")


def test_without_its_engine_grammar_is_left_out_with_a_notice(without_harper, contentlint):
    said = "contentlint: grammar is not checked in post.md: Harper cannot be loaded; install "
    status, out, err = contentlint("--isolated", "post.md")
    assert (status, out) == (0, "")
    assert err.splitlines()[1].startswith(said)
    assert contentlint("--isolated", "-q", "post.md") == (0, "", "")


def test_grammar_may_be_required(without_harper, contentlint):
    status, _, err = contentlint("--isolated", "-q", "--require-grammar", "post.md")
    assert status == 2
    assert err.startswith(
        "contentlint: error: grammar is not checked in post.md: Harper cannot be loaded"
    )
    assert contentlint("--isolated", "-q", "--require-grammar", "--ignore", "grammar") == (
        0,
        "",
        "",
    )


def test_explain_tells_of_the_rules_of_engines(contentlint):
    status, page, _ = contentlint("explain", "grammar/double-modal")
    assert status == 0
    assert page.startswith("# grammar/double-modal\n\nTwo modal verbs in a row")
    assert "`harper:DoubleModal` is a rule of Harper. It runs by default." in page
    assert contentlint("explain", "grammar/double-model")[0] == 2


def test_names_of_engines_rules_are_checked_in_the_configuration(
    tmp_path, monkeypatch, contentlint
):
    (tmp_path / "contentlint.toml").write_text('[grammar]\nignore = ["harper:DoubleModel"]\n')
    monkeypatch.chdir(tmp_path)
    status, _, err = contentlint(".")
    assert status == 2
    assert err == (
        "contentlint: contentlint.toml:2:11: unknown rule of Harper `DoubleModel`; "
        "did you mean `DoubleModal`?\n"
    )


def test_grammar_that_could_not_be_checked_is_checked_by_the_next_run(
    without_harper, contentlint, monkeypatch, tmp_path
):
    (tmp_path / "other.md").write_text("Another post.\n")  # a blog, of which something is kept
    command = ("--isolated", "--cache-dir", str(tmp_path / "cache"), "post.md")
    assert contentlint(*command)[0] == 0
    monkeypatch.undo()
    monkeypatch.chdir(tmp_path)
    assert contentlint(*command)[0] == 1
