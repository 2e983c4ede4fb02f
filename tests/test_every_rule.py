"""The contract that every rule keeps. A new rule is held to it without being listed anywhere."""

import os

import pytest

from contentlint import cli, commands, testing
from contentlint.explain import page
from contentlint.plugins import bundled
from contentlint.rule import RULE_ID, Example, Rule

RULES = list(bundled())
EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.id}-{n}")
    for rule in RULES
    for n, example in enumerate(rule.examples)
]
every_rule = pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
every_example = pytest.mark.parametrize(("rule", "example"), EXAMPLES)


def context(example: Example) -> dict[str, object]:
    where = {"path": example.path, "files": example.files, "settings": example.settings}
    return where | {"before": example.before} | example.options


def test_there_are_rules():
    assert len(RULES) > 10
    assert len({rule.id for rule in RULES}) == len(RULES)


@every_example
def test_the_bad_example_is_flagged_exactly_at_the_marks(rule: Rule, example: Example):
    testing.flags(rule, example.bad, **context(example))


@every_example
def test_the_good_example_is_silent(rule: Rule, example: Example):
    testing.silent(rule, example.good, **context(example))


@every_example
def test_a_fix_leaves_nothing_to_fix(rule: Rule, example: Example):
    post, _ = testing.unmark(example.bad)
    found = testing.findings(rule, post, **context(example))
    mended = testing.mend(post, found)
    if mended != post:
        again = testing.findings(rule, mended, **context(example))
        assert not [finding for finding in again if finding.fix], mended


@every_example
@pytest.mark.parametrize("change", ["CRLF", "CR", "BOM", "lines before"])
def test_findings_do_not_depend_on_line_endings_and_what_stands_before(rule, example, change):
    post, _ = testing.unmark(example.bad)
    before = testing.findings(rule, post, **context(example))
    shift = 0
    if change == "CRLF":
        post = post.replace("\n", "\r\n")
    elif change == "CR":
        post = post.replace("\n", "\r")
    elif change == "BOM":
        post = "\ufeff" + post
    elif post.startswith(("---", "+++", "{")):
        pytest.skip("front matter must come first")
    else:
        post, shift = "A line.\n\n" + post, 2
    after = testing.findings(rule, post, **context(example))
    assert [place(finding) for finding in after] == [place(finding, shift) for finding in before]


def place(finding, shift=0):
    return (
        finding.line + shift,
        finding.column,
        finding.end_line + shift,
        finding.end_column,
        finding.rule,
        finding.severity,
        finding.suggestions,
    )


@every_rule
def test_a_rule_is_documented(rule: Rule):
    assert RULE_ID.fullmatch(rule.id)
    assert rule.summary
    assert not rule.summary.endswith(".")
    assert len(rule.docs) > 80, "the docstring says what, why and what to do instead"
    assert rule.options.fields == tuple(f for f in rule.options.fields if f.doc.endswith("."))
    assert page(rule).startswith(f"# {rule.id}\n")


@every_rule
def test_a_rule_lives_in_the_module_of_its_concern_and_has_a_test_file(rule: Rule):
    module = rule.function.__module__.rsplit(".", 1)[-1]
    assert rule.concern.replace("-", "_") == module
    tests = os.path.join(os.path.dirname(__file__), "rules", f"test_{module}.py")
    assert os.path.exists(tests), f"write {tests}"


@every_rule
def test_a_rule_has_examples_both_ways(rule: Rule):
    if rule.id in NO_TEXT_SHOWS_IT:
        pytest.skip(NO_TEXT_SHOWS_IT[rule.id])
    assert rule.examples


NO_TEXT_SHOWS_IT = {
    "images/size": "an example has no large files; see tests/rules/test_images.py",
    "images/dimensions": "an example has no pixels; see tests/rules/test_images.py",
    "source/encoding": "an example is text, and no text is badly encoded",
}

HOSTILE = {
    "one line of words": "word " * 200_000,
    "one line of brackets": "[" * 1_000_000,
    "links without end": "[a](" * 250_000,
    "backticks": "`" * 1_000_000,
    "blanks": " " * 1_000_000 + ".",
    "HTML without end": '<img src="' * 100_000,
    "shortcodes without end": "{{< figure " * 100_000,
    "shortcodes in one line": "a {{<x>}} b " * 80_000,
    "attributes in one line": "[a](b){:.x} " * 80_000,
    "tags of code blocks": "{% highlight x %} " * 60_000,
    "stale anchors": "".join(
        f"## Part {n} of it\n\n[x](#prat-{n}-of-that)\n\n" for n in range(15_000)
    ),
    "definitions": "".join(f"[a{n}]: x\n" for n in range(80_000)),
    "suppressions in one line": "<!-- contentlint-disable-line typos, x -->" * 20_000,
    "suppressions without end": "<!-- contentlint-disable typos" * 30_000,
    "exports": "export const x = {\n\n" * 45_000,
    "at signs": "a" * 500_000 + "@" * 500_000,
    "unknown words": " ".join(f"qx{chr(97 + n % 26)}{n % 9973}zk" for n in range(100_000)),
}


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("name", ["post.md", "post.mdx"])
def test_a_megabyte_hangs_no_rule(name: str, text: str, tmp_path, monkeypatch, capsys):
    # Quadratic time over a megabyte would be minutes; CI's own time limit is the clock.
    (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    status = cli.main(["--isolated", "--quiet", "--select", ",".join(r.id for r in RULES)])
    assert status != commands.TROUBLE, capsys.readouterr().err
