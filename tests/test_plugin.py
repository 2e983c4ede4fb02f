"""Third-party rules: a real package in a real environment, and code that must never be loaded."""

from __future__ import annotations

import json

import pytest

pytestmark = pytest.mark.slow

BROKEN = """\
[build-system]
requires = ["setuptools>=77"]
build-backend = "setuptools.build_meta"

[project]
name = "contentlint-broken"
version = "1.0"

[project.entry-points."contentlint.rules"]
broken = "contentlint_broken"

[tool.setuptools]
py-modules = ["contentlint_broken"]
"""

SAME_ID = """\
from contentlint.api import file_rule

@file_rule("tags/variant", "the same again")
def again(document):
    yield from ()
"""
CRASHING = """\
from contentlint.api import Problem, Span, file_rule

@file_rule("broken/first-letter", "crashes after its first finding")
def first_letter(document):
    yield Problem(Span(0, 1), "a letter")
    raise RuntimeError("out of letters")
"""


@pytest.fixture(scope="module")
def environment(wheel, project, new_environment, tmp_path_factory):
    """An environment with contentlint and the toy plugin of tests/plugin."""
    made = new_environment()
    calm = copy_of(project / "tests" / "plugin", tmp_path_factory.mktemp("calm"))
    made.pip("install", str(wheel), str(calm))
    return made


def copy_of(plugin, folder):
    """A copy to build from, since a build leaves files behind."""
    for name in ("pyproject.toml", "contentlint_calm.py"):
        (folder / name).write_bytes((plugin / name).read_bytes())
    return folder


@pytest.fixture
def blog(tmp_path):
    (tmp_path / "post.md").write_text("The refuigerator hums!!!\n")
    return tmp_path


def found(done):
    return [(f["rule"], f["column"]) for f in json.loads(done.stdout)["findings"]]


def test_a_plugin_is_found_because_it_is_installed(environment, installed, blog):
    assert "calm/exclamation-marks" in environment.contentlint("rules", cwd=blog).stdout
    assert "calm" not in installed.contentlint("rules", cwd=blog).stdout
    page = environment.contentlint("explain", "calm", cwd=blog).stdout
    assert "How many exclamation marks may stand in a row." in page


def test_a_plugin_reports_beside_the_bundled_rules(environment, blog):
    done = environment.contentlint("--output-format", "json", "post.md", cwd=blog)
    assert found(done) == [("typos/misspelling", 5), ("calm/exclamation-marks", 22)]
    assert done.stderr.count("error:") == 0
    assert done.returncode == 1


def test_a_plugin_is_configured_like_a_bundled_rule(environment, blog):
    config = blog / "contentlint.toml"
    config.write_text('ignore = ["typos"]\n[rules."calm/exclamation-marks"]\nmost = 3\n')
    done = environment.contentlint("post.md", cwd=blog)
    assert (done.stdout, done.returncode) == ("", 0)

    config.write_text('[rules."calm/exclamation-marks"]\nmost = "three"\n')
    done = environment.contentlint("post.md", cwd=blog)
    assert "contentlint.toml:2:8: " in done.stderr
    assert done.returncode == 2


def test_the_examples_of_a_plugin_are_run_by_the_public_test_kit(environment, run, blog):
    script = """
from contentlint import testing
from contentlint_calm import exclamation_marks as rule

for example in rule.examples:
    found = testing.flags(rule, example.bad, **example.options)
    testing.silent(rule, example.good, **example.options)
    assert testing.mend(testing.unmark(example.bad)[0], found) == example.good
print(len(rule.examples))
"""
    assert run([environment.python, "-c", script], cwd=blog).stdout == "2\n"


@pytest.fixture(scope="module")
def broken_environment(wheel, project, new_environment, tmp_path_factory):
    """Another environment, with a second plugin that cannot be relied on."""
    made = new_environment()
    calm = copy_of(project / "tests" / "plugin", tmp_path_factory.mktemp("calm"))
    broken = tmp_path_factory.mktemp("broken")
    (broken / "pyproject.toml").write_text(BROKEN)
    (broken / "contentlint_broken.py").write_text("")
    made.pip("install", str(wheel), str(calm), str(broken))
    return made


@pytest.fixture
def with_broken(broken_environment):
    """Gives the installed module of the broken plugin its code."""

    def install(code):
        (module,) = broken_environment.bin.parent.rglob("contentlint_broken.py")
        module.write_text(code)
        return broken_environment

    return install


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("import no_such_module\n", "No module named 'no_such_module'"),
        ("1 / 0\n", "ZeroDivisionError"),
        ("raise SystemExit(0)\n", "SystemExit"),
        (SAME_ID, "tags/variant, which exists already"),
    ],
    ids=["import error", "crash", "exit", "rule that exists already"],
)
def test_a_plugin_that_cannot_be_loaded_is_named_and_the_run_goes_on(
    with_broken, blog, code, reason
):
    done = with_broken(code).contentlint("--output-format", "json", "post.md", cwd=blog)
    assert done.returncode == 2
    assert "plugin broken (contentlint_broken)" in done.stderr
    assert reason in done.stderr
    assert "Traceback" not in done.stderr
    assert found(done) == [("typos/misspelling", 5), ("calm/exclamation-marks", 22)]


def test_a_rule_that_crashes_is_named_and_the_run_goes_on(with_broken, blog):
    done = with_broken(CRASHING).contentlint("--output-format", "json", "post.md", cwd=blog)
    assert done.returncode == 2
    (line,) = [line for line in done.stderr.splitlines() if "error:" in line]
    assert "post.md" in line
    assert "broken/first-letter" in line
    assert "out of letters" in line
    assert "contentlint_broken.py:6" in line
    assert found(done) == [
        ("broken/first-letter", 1),
        ("typos/misspelling", 5),
        ("calm/exclamation-marks", 22),
    ]


# Names that contentlint, or what it imports, imports: had the linted repository a say in the
# search for modules, some of these files would run.
TRAPS = (
    "yaml.py", "frontmatter.py", "pyromark.py", "jsonschema.py", "pathspec.py", "imagesize.py", "argparse.py",
    "re.py", "json.py", "configparser.py", "evil.py", "contentlint_evil.py", "rules/evil.py",
    "rules/__init__.py", "contentlint_rules/__init__.py", "sitecustomize.py", "usercustomize.py",
)  # fmt: skip


@pytest.fixture
def hostile(blog):
    """A blog that brings code along wherever it might be picked up; `RAN` tells if any ran."""
    ran = blog / "RAN"
    for trap in TRAPS:
        set_trap(blog / trap, ran)
    for metadata in ("evil-1.0.dist-info", "evil.egg-info", ".venv/evil-1.0.dist-info"):
        (blog / metadata).mkdir(parents=True)
        (blog / metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: evil\nVersion: 1\n")
        (blog / metadata / "entry_points.txt").write_text("[contentlint.rules]\nevil = evil\n")
    # A post that breaks a schema, so that jsonschema is needed to say why.
    (blog / "contentlint.toml").write_text('[[schemas]]\nschema = "preset:blog-post"\n')
    (blog / "post.md").write_text("---\ntitle: [Cold]\n---\nThe refuigerator hums!!!\n")
    return blog


def set_trap(path, ran):
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"open({str(ran)!r}, 'a').write({path.name!r} + '\\n')\n")


def test_the_traps_work(hostile, installed, run):
    run([installed.python, "-c", "import yaml, evil"], cwd=hostile)
    assert (hostile / "RAN").read_text() == "yaml.py\nevil.py\n"


@pytest.mark.parametrize("way", ["contentlint", "python -m contentlint", "python -P -m"])
def test_code_in_the_linted_repository_never_runs(hostile, environment, run, way):
    command = [environment.python, "-m", "contentlint"]
    if way == "contentlint":
        command = [str(environment.bin / "contentlint")]
    elif way == "python -P -m":
        command.insert(1, "-P")
    if way != "python -m contentlint":
        # `python -m NAME` itself runs a NAME.py of the working directory: that is not ours to stop.
        set_trap(hostile / "contentlint.py", hostile / "RAN")
    done = run([*command, "--output-format", "json"], cwd=hostile, check=False)
    assert not (hostile / "RAN").exists(), (hostile / "RAN").read_text()
    assert "plugin" not in done.stderr
    assert found(done) == [
        ("front-matter/schema", 8),
        ("typos/misspelling", 5),
        ("calm/exclamation-marks", 22),
    ]
    assert done.returncode == 1

    listed = run([*command, "rules"], cwd=hostile).stdout
    assert "evil" not in listed
    assert not (hostile / "RAN").exists()
