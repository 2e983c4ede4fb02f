"""The GitHub Action: its scripts are run by a shell, as GitHub runs them."""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path

import pytest
import yaml

POST = "---\ntitle: The dishwasher\n---\nClean the filter [once a month](../chores/).\n"
CHORES = "---\ntitle: The chores\n---\nOne of them each weekend, says the plan.\n"
FORMAT = "${{ inputs.output-format }}"


@pytest.fixture(scope="session")
def action(project):
    return yaml.safe_load((project / "action.yml").read_text(encoding="utf-8"))


def steps(action):
    return action["runs"]["steps"]


# ---- as it is written --------------------------------------------------------------------------


def test_nothing_is_put_into_a_script_by_github(action):
    scripts = [step["run"] for step in steps(action) if "run" in step]
    assert len(scripts) == 3
    assert not any("${{" in script for script in scripts)


def test_other_actions_are_pinned_to_a_commit(action, project):
    used = re.findall(r"uses: (.*)", (project / "action.yml").read_text())
    assert used
    for name in used:
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", name)


def test_every_input_is_documented_used_and_has_a_default(action):
    text = json.dumps(action["runs"])
    for name, declared in action["inputs"].items():
        assert declared["description"].endswith(".")
        assert isinstance(declared["default"], str)
        assert f"inputs.{name} " in text, name
    assert set(re.findall(r"inputs\.([\w-]+)", text)) == set(action["inputs"])


def test_the_scripts_are_good_for_a_shell(action, run):
    for step in steps(action):
        if "run" in step:
            assert step["shell"] == "bash"
            run(["bash", "-n", "-c", step["run"]])


def test_the_example_of_the_readme_has_inputs_that_there_are(action, project):
    text = (project / "docs" / "ci.md").read_text(encoding="utf-8")
    examples = [
        yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    ]
    ours = [
        step
        for example in examples
        for job in example.get("jobs", {}).values()
        for step in job["steps"]
        if "contentlint" in step.get("uses", "")
    ]
    assert ours
    for step in ours:
        assert set(step.get("with", {})) <= set(action["inputs"])


# ---- as it is run ------------------------------------------------------------------------------


@pytest.fixture
def origin(tmp_path, git_in):
    """A blog as GitHub has it, with an old finding on `main`."""
    git = git_in(tmp_path / "origin")
    git.write("hugo.toml", "")
    git.write("content/posts/dishwasher.md", POST)
    git.write("content/posts/chores.md", CHORES + "\nAn old refuigerator.\n")
    git.commit()
    return git


@pytest.fixture
def github(action, origin, tmp_path, run):
    """Runs the scripts of the action on a checkout of `origin`, and gives the status and what was
    said; the installation aside, unless it is asked for."""

    def evaluate(value: str, inputs: dict[str, str], outputs: dict[str, str]) -> str:
        known = {f"inputs.{name}": text for name, text in inputs.items()}
        known |= {f"steps.base.outputs.{name}": text for name, text in outputs.items()}
        known["github.action_path"] = str(Path(__file__).resolve().parent.parent)
        return re.sub(r"\$\{\{ (.*?) \}\}", lambda match: known[match[1]], value)

    def execute(ref="main", base="", event: dict[str, str] | None = None, install=False, **given):
        checkout = tmp_path / "checkout"
        shutil.rmtree(checkout, ignore_errors=True)
        url = f"file://{origin.folder}"
        # As actions/checkout does it.
        origin("init", "--quiet", str(checkout))
        inside = ("-C", str(checkout))
        origin(*inside, "remote", "add", "origin", url)
        origin(*inside, "fetch", "--quiet", "--no-tags", "--depth=1", "origin", f"+{ref}:{ref}x")
        origin(*inside, "checkout", "--quiet", "--force", "--detach", f"{ref}x")
        temporary = tmp_path / "temporary"
        if not install:
            programs = temporary / "contentlint" / "bin"
            programs.mkdir(parents=True, exist_ok=True)
            program = programs / "contentlint"
            program.write_text(f'#!/bin/sh\nexec {sys.executable} -m contentlint "$@"\n')
            program.chmod(0o755)
        output, summary = tmp_path / "output", tmp_path / "summary"
        output.write_text("")
        environment = {
            **origin.env,
            "GITHUB_OUTPUT": str(output),
            "GITHUB_STEP_SUMMARY": str(summary),
            "GITHUB_WORKSPACE": str(checkout),
            "GITHUB_ACTIONS": "true",
            "GITHUB_BASE_REF": base,
            "GITHUB_REF": ref,
            "RUNNER_TEMP": str(temporary),
            "CONTENTLINT_CACHE_DIR": str(tmp_path / "cache"),
        }
        inputs = {name: one["default"] for name, one in action["inputs"].items()}
        inputs |= {name.replace("_", "-"): value for name, value in given.items()}
        outputs = {"base": ""}
        said = ""
        for step in steps(action):
            if "run" not in step or (step["name"].startswith("Install") and not install):
                continue
            own = {name: evaluate(v, inputs, outputs) for name, v in step["env"].items()}
            script = tmp_path / "script.sh"
            script.write_text(step["run"])
            command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)]
            done = run(command, cwd=checkout, check=False, env=environment | own)
            said += done.stdout + done.stderr
            outputs |= dict(line.split("=", 1) for line in output.read_text().splitlines())
            if done.returncode:
                return done.returncode, said
        return 0, said

    return execute


@pytest.fixture
def pull_request(origin):
    """Makes a pull request out of what is on a branch, with the merge that GitHub makes of it."""

    def make(number: int = 7) -> str:
        origin("switch", "--quiet", "--detach", "main")
        origin("merge", "--quiet", "--no-edit", "--no-ff", "topic")
        ref = f"refs/pull/{number}/merge"
        origin("update-ref", ref, "HEAD")
        origin("switch", "--quiet", "main")
        return ref

    origin("switch", "--quiet", "--create", "topic")
    return make


def test_a_push_tells_all(github):
    status, said = github("refs/heads/main")
    assert status == 1
    assert "::error " in said
    assert "file=content/posts/chores.md,line=6" in said


def test_a_pull_request_tells_what_it_has_caused(github, origin, pull_request):
    origin.write("content/posts/dishwasher.md", POST + "\nA new refuigerator.\n")
    origin("rm", "--quiet", "content/posts/chores.md")
    origin.commit()
    for number in range(3):  # what others do meanwhile
        origin("switch", "--quiet", "main")
        origin.write(f"content/posts/other-{number}.md", CHORES.replace("plan", "plna"))
        origin.commit()
    status, said = github(pull_request(), base="main")
    assert status == 1
    assert "dishwasher.md,line=6" in said
    assert "links/broken" in said
    assert "site/removed-url" in said
    assert "plna" not in said


def test_a_pull_request_that_breaks_nothing_passes(github, origin, pull_request):
    origin.write("content/posts/new.md", POST.replace("dishwasher", "hob"))
    origin.commit()
    status, said = github(pull_request(), base="main")
    assert (status, "::error" in said) == (0, False), said
    assert "1 not of this change" in said


@pytest.mark.slow
def test_a_branch_that_began_long_ago_is_followed_back(github, origin, pull_request):
    for number in range(60):
        origin.write("content/posts/new.md", CHORES + f"\nNumber {number} is done.\n")
        origin.commit()
    ref = pull_request()
    status, said = github(ref, base="main")
    assert status == 0, said


@pytest.mark.slow
def test_all_may_be_told_of_a_pull_request(github, origin, pull_request):
    origin.commit()
    assert github(pull_request(), base="main", diff_base="none")[0] == 1
    assert github("refs/heads/main", diff_base="HEAD")[0] == 0


@pytest.mark.slow
def test_reports_paths_and_options(github, origin, tmp_path):
    origin.write("content/posts/a b.md", "The refuigerator.\n")
    origin.write("content/posts/-c.md", "The refuigerator.\n")
    origin.commit()
    status, said = github(
        "refs/heads/main",
        paths="posts/a b.md\nposts/-c.md\n",
        args="--fail-on error\n  --select typos",
        output="json:../a report.json\nconcise:../short.txt\n",
        output_format="concise",
        working_directory="content",
    )
    assert status == 1
    checkout = tmp_path / "checkout"
    report = json.loads((checkout / "a report.json").read_text())
    assert [one["path"] for one in report["findings"]] == ["posts/-c.md", "posts/a b.md"]
    assert (checkout / "short.txt").read_text() == "".join(
        line + "\n" for line in said.splitlines() if "typos/misspelling" in line
    )
    status, said = github("refs/heads/main", args="--exit-zero", paths="-c.md", diff_base="none")
    assert (status, "no such file" in said) == (2, True)


HOSTILE = "$(touch {0}) `touch {0}` \"; touch {0}; ' ; touch {0} #"


@pytest.mark.parametrize(
    "name",
    ["paths", "args", "diff_base", "output", "output_format", "working_directory", "version"],
)
def test_what_an_input_says_is_never_run(github, tmp_path, name):
    sprung = tmp_path / "sprung"
    status, said = github(
        "refs/heads/main",
        install=name == "version",
        **{name: HOSTILE.format(sprung)},
    )
    assert status != 0
    assert said
    assert not sprung.exists()


@pytest.mark.slow
def test_a_branch_with_a_hostile_name(github, origin, pull_request, tmp_path):
    sprung = tmp_path / "sprung"
    name = f"x$(touch${{IFS}}{sprung.name});`x`\"'&"
    origin("branch", name, "main")
    origin.write("content/posts/new.md", "The refuigerator.\n")
    origin.commit()
    status, said = github(pull_request(), base=name)
    assert status == 1, said
    assert "content/posts/new.md" in said
    assert not list(tmp_path.rglob("sprung"))


@pytest.mark.slow
def test_it_installs_itself(github, source_tree, tmp_path):
    status, said = github("refs/heads/main", install=True)
    assert status == 1, said
    assert "refuigerator" in said
