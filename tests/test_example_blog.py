"""The example blog: exactly the findings of examples/blog/expected.txt, and none in healthy posts.

`python tests/test_example_blog.py` writes that file anew; read the difference before you commit it.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from contentlint import cli, commands

BLOG = Path(__file__).resolve().parent.parent / "examples" / "blog"
EXPECTED = BLOG / "expected.txt"
HEALTHY = {
    "descale-a-kettle.md",
    "first-aid-for-a-dryer.md",
    "frost-in-the-freezer.md",
    "quiet-dishwasher.md",
}


def lines(findings):
    """The findings as the expected file has them: place and rule, without the wording."""
    return [f"{f['path']}:{f['line']}:{f['column']} {f['rule']}" for f in findings]


def lint(folder, *arguments):
    """Run the command line in a folder."""
    before = os.getcwd()
    os.chdir(folder)
    try:
        return cli.main([*arguments, "--quiet", "--output-format", "json"])
    finally:
        os.chdir(before)


@pytest.fixture
def findings(capsys):
    assert lint(BLOG) == commands.FINDINGS
    return json.loads(capsys.readouterr().out)["findings"]


def test_the_findings_are_the_expected_ones(findings):
    expected = EXPECTED.read_text(encoding="utf-8").splitlines()
    assert lines(findings) == expected, "if these are right, run this file to write expected.txt"


def test_healthy_posts_are_silent(findings):
    posts = {path.name for path in (BLOG / "content" / "posts").glob("*.md")}
    flagged = {Path(finding["path"]).name for finding in findings}
    assert posts - flagged == HEALTHY


def test_every_kind_of_front_matter_is_among_the_healthy_posts():
    first = {(BLOG / "content" / "posts" / name).read_text("utf-8")[:1] for name in HEALTHY}
    assert first == {"-", "+", "{"}


def test_every_concern_that_the_readme_names_has_something_to_show(findings, project):
    readme = (project / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^\| `([\w-]+)` \|", readme, re.MULTILINE))
    shown = {finding["rule"].split("/")[0] for finding in findings}
    # A post with a byte that is not UTF-8 would be none that one can read here.
    assert named - {"source"} <= shown


def test_the_command_of_the_readme_finds_the_same(findings, project, capsys):
    assert lint(project, "examples/blog") == commands.FINDINGS
    from_above = json.loads(capsys.readouterr().out)["findings"]
    assert lines(from_above) == [f"examples/blog/{line}" for line in lines(findings)]


if __name__ == "__main__":
    import contextlib
    import io

    with contextlib.redirect_stdout(io.StringIO()) as output:
        lint(BLOG)
    EXPECTED.write_text("\n".join(lines(json.loads(output.getvalue())["findings"])) + "\n", "utf-8")
