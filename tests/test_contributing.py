"""CONTRIBUTING.md shows how to add a rule: done as it says, the rule is there and keeps the
contract, and nothing else has to be touched."""

from __future__ import annotations

import re
import shutil
import sys

import pytest

pytestmark = pytest.mark.slow

FILE_AND_CODE = re.compile(r"^`([\w/]+\.py)`:\n\n```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)
COMMANDS = re.compile(r"^Now run\n\n```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def guide(project):
    return (project / "CONTRIBUTING.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def with_new_rule(guide, project, tmp_path_factory):
    """A copy of the project to which the files of CONTRIBUTING.md were added, and nothing else."""
    copy = tmp_path_factory.mktemp("project")
    for folder in ("contentlint", "rules", "schemas", "tests"):
        shutil.copytree(
            project / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__")
        )
    shutil.copy(project / "pyproject.toml", copy)
    for path, code in FILE_AND_CODE.findall(guide):
        assert not (copy / path).exists(), f"{path} is no example of a new file any more"
        (copy / path).write_text(code, encoding="utf-8")
    return copy


@pytest.fixture(scope="module")
def run_there(with_new_rule, run):
    """Run a tool of the environment on the copy, which is laid out as if it were installed."""
    site = with_new_rule / "site"
    shutil.copytree(with_new_rule / "contentlint", site / "contentlint")
    for folder in ("rules", "schemas"):
        shutil.copytree(with_new_rule / folder, site / "contentlint" / folder)

    def run_tool(tool: str, *arguments: str, check: bool = True):
        command = [sys.executable, "-P", "-m", tool, *arguments]
        return run(command, cwd=with_new_rule, check=check, env={"PYTHONPATH": str(site)})

    return run_tool


def test_a_rule_takes_two_files(guide):
    assert [path for path, _ in FILE_AND_CODE.findall(guide)] == [
        "rules/placeholders.py",
        "tests/rules/test_placeholders.py",
    ]


def test_the_commands_shown_find_the_rule_and_its_tests_pass(guide, run_there):
    (commands,) = COMMANDS.findall(guide)
    listed, explained, tested = (
        run_there(tool, *arguments).stdout
        for tool, *arguments in (
            line.removeprefix(".venv/bin/").split() for line in commands.splitlines()
        )
    )
    assert "placeholders/left-over" in listed
    assert "Readers take `TODO` for carelessness." in explained
    assert "What marks a place to be filled in." in explained
    assert re.search(r"\d+ passed", tested)
    assert "failed" not in tested


def test_the_contract_is_held_against_the_new_rule(run_there):
    contract = run_there("pytest", "-v", "-k", "placeholders", "tests/test_every_rule.py").stdout
    assert "test_the_bad_example_is_flagged_exactly_at_the_marks[placeholders/left-over-0]" in (
        contract
    )


def test_the_contract_can_be_broken(with_new_rule, run_there):
    moved = with_new_rule / "moved.py"
    (with_new_rule / "tests/rules/test_placeholders.py").rename(moved)
    try:
        arguments = ("-k", "placeholders", "tests/test_every_rule.py")
        done = run_there("pytest", *arguments, check=False)
    finally:
        moved.rename(with_new_rule / "tests/rules/test_placeholders.py")
    assert "1 failed" in done.stdout
    assert "write " in done.stdout


def test_the_new_rule_reports_and_has_options(with_new_rule, run_there):
    (with_new_rule / "post.md").write_text("It uses TODO watts, and ??? euros.\n")
    done = run_there("contentlint", "--select", "placeholders", "post.md", check=False)
    assert "post.md:1:9: warning placeholders/left-over " in done.stdout

    config = with_new_rule / "other.toml"
    config.write_text('[rules."placeholders/left-over"]\nword = ["TBD"]\n')
    done = run_there("contentlint", "--config", "other.toml", "post.md", check=False)
    assert done.returncode == 2
    assert "other.toml:2:1: unknown option `word`; did you mean `words`?" in done.stderr


def test_the_code_shown_is_clean(with_new_rule, run):
    ruff = [sys.executable, "-m", "ruff"]
    files = ["rules/placeholders.py", "tests/rules/test_placeholders.py"]
    run([*ruff, "check", *files], cwd=with_new_rule)
    run([*ruff, "format", "--check", *files], cwd=with_new_rule)
    types = [sys.executable, "-m", "mypy", "--follow-imports=silent", "rules/placeholders.py"]
    run(types, cwd=with_new_rule)
