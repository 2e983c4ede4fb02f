"""Who may import whom, and what a plain run must not import at all."""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from contentlint import reporters

# From the ground up: a module may import those of the lines above its own, and none of its line.
# A package counts as one module, whose own modules may import each other.
ORDER = """
patterns tuples files
answers
text workers
paths options words terms destinations languages renames
ignores
fields finding templating rawhtml spelling schema_file wordlist
acceptor changes
toml_reader yaml_reader json_reader markdown violations
blocks
grammar
frontmatter validator slugs
handlers schema
infer document
directives
suppress
references
fixes
facts
tags records cache
totals
posts
generators
built
resolve
pictures
site
rule
api
config plugins
discover arguments
runs
attempt
reading
parallel stages
past
engine explain schema_choice site_report tags_report
vocabulary baseline
explain_word
reporters testing
audit
commands
cli
__main__
"""
LEVEL = {name: level for level, line in enumerate(ORDER.splitlines()) for name in line.split()}

PROJECT = Path(__file__).resolve().parent.parent
CORE = sorted((PROJECT / "contentlint").rglob("*.py"))
RULES = sorted((PROJECT / "rules").rglob("*.py"))


# Run by developers to make data, and imported by nothing, so they may know everything.
TOOLS = {
    *("build_lexicon", "fit_weights", "fit_confusion", "fit_corpus", "fit_words"),
    *("measure_grammar", "measure_harper", "measure_languagetool"),
}


def imports(path: Path) -> Iterator[tuple[str, bool]]:
    """What a file imports, wherever in it, and whether that is for type checkers only."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing_only = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        for name in names:
            yield name, id(node) in typing_only


def core_module(name: str) -> str | None:
    """The module or package of the core that an imported name is of; None for other packages."""
    package, *rest = name.split(".")
    if package != "contentlint":
        return None
    return rest[0] if rest and rest[0] in LEVEL else "__init__"


def module_of(path: Path) -> str:
    part = path.relative_to(PROJECT / "contentlint").parts[0]
    return part.removesuffix(".py")


def test_every_module_has_its_place_in_the_order():
    assert {module_of(path) for path in CORE} - {"__init__"} == set(LEVEL)


@pytest.mark.parametrize(
    "path",
    [path for path in CORE if path.stem not in TOOLS],
    ids=lambda path: str(path.relative_to(PROJECT)),
)
def test_modules_import_from_below_only(path):
    own = module_of(path)
    for name, _ in imports(path):
        assert not TOOLS & set(name.split(".")), f"{own} imports {name}"
        imported = core_module(name)
        if imported is not None and imported not in ("__init__", own):
            assert LEVEL[imported] < LEVEL[own], f"{own} imports {name}"


def test_the_package_itself_imports_nothing():
    assert list(imports(PROJECT / "contentlint" / "__init__.py")) == []


@pytest.mark.parametrize("name", reporters.names())
def test_reporters_know_findings_and_sources_only(name):
    path = PROJECT / "contentlint" / "reporters" / f"{name}.py"
    needed = {core_module(name) for name, typing_only in imports(path) if not typing_only}
    assert needed <= {"__init__", "finding", "patterns", "text", "reporters", None}


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.name)
def test_rules_import_the_public_names_only(path):
    for name, _ in imports(path):
        assert name.startswith("contentlint.api.") or not name.startswith("contentlint"), name


@pytest.mark.parametrize("path", CORE, ids=lambda path: str(path.relative_to(PROJECT)))
def test_nothing_imports_the_rules_or_schemas_by_a_statement(path):
    # Type checkers and the bare checkout know them under another name; see plugins.py.
    for name, _ in imports(path):
        assert not name.startswith(("contentlint.rules", "contentlint.schemas", "rules", "schemas"))


# ---- what a run imports ------------------------------------------------------------------------

# Each takes milliseconds that a hook does not have, and a plain run has no need of it.
NEVER = {
    "argparse",
    "asyncio",
    "concurrent.futures",
    "configparser",
    "contentlint.baseline",
    "contentlint.changes",
    "contentlint.renames",
    "dataclasses",
    "decimal",
    "difflib",
    "email",
    "frontmatter",
    "gettext",
    "harper",
    "hashlib",
    "html",
    "http",
    "importlib.metadata",
    "importlib.resources",
    "regex",
    "inspect",
    "jsonschema",
    "language_tool_python",
    "locale",
    "logging",
    "multiprocessing",
    "pathspec",
    "random",
    "referencing",
    "shutil",
    "socket",
    "sqlite3",
    "subprocess",
    "tempfile",
    "textwrap",
    "tokenize",
    "tomllib",
    "tqdm",
    "traceback",
    "xml",
}
NEVER |= {"contentlint.directives", "contentlint.suppress"}  # there is no suppression
NEVER |= {"contentlint.commands.fix", "contentlint.fixes"}  # nothing is to be fixed
if find_spec("toml"):  # language-tool-python needs it; python-frontmatter imports what is there
    NEVER.remove("decimal")

POST = """\
---
title: How to clean a filter
date: 2026-01-02
tags: [Filters]
---

# Clean it

Take [the filter](#clean-it) out, rinse it, and let it dry.
"""


def loaded_by(run, folder: Path, *arguments: str) -> set[str]:
    """The modules that are loaded when a run over a blog without findings ends."""
    script = (
        "import json, sys\n"
        "from contentlint.cli import main\n"
        "assert main(sys.argv[1:]) == 0\n"
        "print(json.dumps(list(sys.modules)))\n"
    )
    done = run([sys.executable, "-I", "-c", script, "-q", *arguments], cwd=folder)
    return set(json.loads(done.stdout))


@pytest.fixture
def blog(tmp_path):
    (tmp_path / ".git").mkdir()
    (tmp_path / "post.md").write_text(POST)
    (tmp_path / "other.md").write_text(POST.replace("filter", "hob"))
    return tmp_path


def test_a_plain_run_imports_nothing_that_it_does_not_need(run, blog):
    loaded = loaded_by(run, blog, "--no-cache", "post.md")
    assert "contentlint.rules.typos" in loaded
    assert loaded & NEVER == set()
    assert loaded_by(run, blog, "post.md") & NEVER == {"sqlite3"}
    (blog / "other.md").unlink()
    assert loaded_by(run, blog, "post.md") & NEVER == set()  # there is nothing else to know
    assert {name for name in loaded if name.startswith("contentlint.reporters.")} == {
        "contentlint.reporters.text",
        "contentlint.reporters.concise",
    }


def test_valid_front_matter_is_accepted_without_jsonschema(run, blog):
    (blog / "contentlint.toml").write_text('[[schemas]]\nschema = "preset:hugo"\n')
    loaded = loaded_by(run, blog, "post.md")
    assert "contentlint.schema" in loaded
    assert loaded & {"jsonschema", "referencing", "pathspec"} == set()
    assert "contentlint.schema" in loaded_by(run, blog, "--isolated", "post.md")  # the implied one


def test_code_in_the_working_directory_is_not_imported(run, blog):
    # test_plugin.py tries this with an installed contentlint and many more names.
    for name in ("__future__", "contextlib", "typing", "re", "gc", "enum", "yaml", "contentlint_x"):
        (blog / f"{name}.py").write_text("raise SystemExit('code of the blog has run')\n")
    done = run([sys.executable, "-m", "contentlint", "post.md"], cwd=blog)
    assert done.stderr == "contentlint: nothing found in 1 file\n"


def test_ignore_files_are_what_pathspec_is_loaded_for(run, blog):
    (blog / ".gitignore").write_text("# Built by the generator\n/public/\n*.log\n.DS_Store\n")
    assert "pathspec" not in loaded_by(run, blog, "post.md")
    (blog / ".gitignore").write_text("drafts/*.md\n")
    assert "pathspec" in loaded_by(run, blog, "post.md")


@pytest.mark.parametrize("cached", [True, False])
def test_harper_is_loaded_for_a_paragraph_that_may_be_wrong_and_was_not_checked_before(
    run, blog, cached
):
    # The trigger is there, and nothing is wrong.
    (blog / "post.md").write_text(POST + "\nIt works vice versa.\n")
    options = ["--cache-dir", str(blog / "cache")] if cached else ["--no-cache"]
    assert "harper" in loaded_by(run, blog, *options, "post.md")
    assert ("harper" in loaded_by(run, blog, *options, "post.md")) is not cached
    with open(blog / "post.md", "a") as file:
        file.write("\nAnd one paragraph more.\n")
    assert ("harper" in loaded_by(run, blog, *options, "post.md")) is not cached
