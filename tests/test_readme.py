"""What the README says is so: its commands, its configuration, its examples."""

from __future__ import annotations

import json
import re
import shlex
import tomllib

import pytest
import yaml

from contentlint import cli, commands, config, plugins


@pytest.fixture(scope="session")
def readme(project):
    return (project / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def blocks(readme):
    """The code blocks, by language."""
    found: dict[str, list[str]] = {}
    for language, text in re.findall(r"^```(\w+)\n(.*?)^```$", readme, re.DOTALL | re.MULTILINE):
        found.setdefault(language, []).append(text)
    return found


def test_the_first_two_commands_are_one_line_each(blocks):
    lint, test = blocks["console"][:2]
    assert lint.count("\n") == test.count("\n") == 1
    assert lint.strip().endswith("contentlint examples/blog")
    assert test.strip().endswith("pytest")
    for line in (lint, test):
        assert line.startswith("python3 -m venv .venv && .venv/bin/")


def test_ci_runs_the_two_commands_of_the_readme(project, run, blocks):
    shown = run(["bash", str(project / ".ci" / "run"), "--show"], cwd=project).stdout
    assert shown.splitlines() == [block.strip() for block in blocks["console"][:2]]


def test_the_findings_shown_are_those_of_the_example_blog(blocks, project, monkeypatch, capsys):
    monkeypatch.chdir(project)
    cli.main(["examples/blog"])
    found = capsys.readouterr().out.splitlines()
    *shown, dots = blocks["text"][0].splitlines()
    assert dots == "…"
    assert shown == found[: len(shown)]


def invocations(blocks, readme):
    """The contentlint commands that the README names, without their comments."""
    for block in blocks["console"][2:]:
        for line in block.splitlines():
            yield line.split("#")[0].split("|")[-1].strip()
    yield from re.findall(r"(?<!`)`(contentlint [^`\n]*)`(?!`)", readme)


def test_every_command_exists(blocks, readme, capsys):
    for command in invocations(blocks, readme):
        program, *words = shlex.split(command)
        assert program == "contentlint"
        subcommand = words[0] if words and words[0] in commands.MODULES else "check"
        shown = help_of(subcommand, capsys=capsys)
        if words[1:] and re.search(rf"[ |]{words[1]}\b", shown.splitlines()[0]):
            shown += help_of(
                subcommand, words[1], capsys=capsys
            )  # an action with options of its own
        for word in words:
            if word.startswith("--"):
                assert f" {word} " in shown.replace("\n", " "), command


@pytest.mark.parametrize("flag", ["--fail-on", "--exit-zero", "--output-format"])
def test_flags_named_in_the_text_exist(flag, readme, capsys):
    assert f"`{flag}" in readme
    assert flag in help_of("check", capsys=capsys)


def help_of(*command, capsys):
    with pytest.raises(SystemExit):
        cli.main([*command, "--help"])
    return capsys.readouterr().out


def test_the_rules_and_concerns_that_are_named_exist(readme):
    rules = list(plugins.bundled())
    concerns = re.findall(r"^\| `([\w-]+)` \|", readme, re.MULTILINE)
    assert concerns
    named = re.findall(r"`(?:contentlint explain )?([a-z-]+/[a-z-]+)`", readme)
    assert config.check_names((*concerns, *named), rules) is None


def toml(blocks, beginning):
    """The block of TOML in which something stands."""
    (found,) = (block for block in blocks["toml"] if beginning in block)
    return found


def test_the_configuration_is_valid(blocks, tmp_path):
    example = toml(blocks, "exclude =")
    path = tmp_path / "contentlint.toml"
    path.write_text(example)
    loaded = config.load(str(path), list(plugins.bundled()), str(tmp_path))
    assert loaded.settings.vocabulary == ("Kubernetes", "heatpumpify")
    assert loaded.settings.schemas[0].schema == "preset:hugo"
    assert loaded.settings.overrides[0].ignore == ("links",)


def test_images_are_configured_as_shown(blocks, tmp_path):
    path = tmp_path / "contentlint.toml"
    path.write_text(toml(blocks, "[[images.elements]]"))
    reading = config.load(str(path), list(plugins.bundled()), str(tmp_path)).reading
    assert ("photo", ("0",), ("1",)) in reading.image_elements
    assert ("hero.photo", ("hero.text",)) in reading.image_keys


def test_tags_are_configured_as_shown(blocks, tmp_path):
    example = toml(blocks, "[tags]")
    path = tmp_path / "contentlint.toml"
    path.write_text(example)
    loaded = config.load(str(path), list(plugins.bundled()), str(tmp_path))
    assert loaded.settings.tags.aliases == {"Golang": "Go"}
    assert loaded.rule_options["tags/number"].most == {"tags": 8}


def test_the_dictionaries_are_configured_as_shown(blocks, tmp_path):
    example = toml(blocks, "[dictionaries]")
    path = tmp_path / "contentlint.toml"
    path.write_text(example)
    (tmp_path / "dictionaries").mkdir()
    for suffix in (".aff", ".dic"):
        (tmp_path / "dictionaries" / f"de_DE{suffix}").touch()
    loaded = config.load(str(path), list(plugins.bundled()), str(tmp_path))
    assert loaded.dictionaries == {"de": str(tmp_path / "dictionaries" / "de_DE")}


def test_the_engine_for_grammar_is_configured_as_shown(blocks, tmp_path):
    path = tmp_path / "contentlint.toml"
    path.write_text(toml(blocks, "harper:MassNouns"))
    grammar = config.load(str(path), list(plugins.bundled()), str(tmp_path)).settings.grammar
    assert (grammar.select, grammar.ignore) == (("harper:MassNouns",), ("harper:Everyday",))
    assert grammar.style
    path.write_text(toml(blocks, "languagetool.url"))
    grammar = config.load(str(path), list(plugins.bundled()), str(tmp_path)).settings.grammar
    assert (grammar.engine, grammar.languagetool.url) == ("languagetool", "http://localhost:8081")


def test_every_preset_that_is_named_exists(readme, project):
    presets = re.findall(r"preset:([\w-]+)", readme)
    assert presets
    for preset in presets:
        assert (project / "schemas" / f"{preset}.schema.json").is_file()


def test_the_plugin_entry_point_is_that_of_the_example(blocks, project):
    shown = toml(blocks, "[project.")
    actual = tomllib.loads((project / "tests/plugin/pyproject.toml").read_text())
    assert tomllib.loads(shown)["project"].items() <= actual["project"].items()


def test_the_hook_that_is_configured_is_the_one_that_is_offered(blocks, project):
    (shown,) = blocks["yaml"]
    (repository,) = yaml.safe_load(shown)["repos"]
    offered = yaml.safe_load((project / ".pre-commit-hooks.yaml").read_text())
    assert [hook["id"] for hook in repository["hooks"]] == [hook["id"] for hook in offered]


def test_the_json_shown_is_a_finding_in_the_example_blog(blocks, project, monkeypatch, capsys):
    monkeypatch.chdir(project / "examples" / "blog")
    cli.main(["--output-format", "json"])
    (shown,) = blocks["json"]
    assert json.loads(shown) in json.loads(capsys.readouterr().out)["findings"]


def test_the_accepted_finding_is_silent_because_of_the_comment(
    blocks, tmp_path, monkeypatch, capsys
):
    (example,) = blocks["markdown"]
    monkeypatch.chdir(tmp_path)
    post = tmp_path / "post.md"
    post.write_text(example)
    assert cli.main(["post.md"]) == commands.CLEAN
    post.write_text(re.sub("<!--.*?-->\n", "", example))
    assert cli.main(["post.md"]) == commands.FINDINGS
    assert "post.md:1:5: error typos/misspelling" in capsys.readouterr().out


def test_the_exit_statuses_are_as_told(readme, tmp_path, monkeypatch):
    assert "is 0 if there is nothing to report, 1 if there are findings, and 2 if" in readme
    monkeypatch.chdir(tmp_path)
    post = tmp_path / "post.md"
    post.write_text("It hums.\n")
    assert cli.main(["post.md"]) == 0
    post.write_text("The refuigerator hums.\n![](https://example.org/a.png)\n")
    assert cli.main(["post.md"]) == 1
    assert cli.main(["--exit-zero", "post.md"]) == 0
    assert cli.main(["--ignore", "typos", "post.md"]) == 1
    assert cli.main(["--ignore", "typos", "--fail-on", "error", "post.md"]) == 0
    (tmp_path / "contentlint.toml").write_text("no-such-option = 1\n")
    assert cli.main(["post.md"]) == 2
