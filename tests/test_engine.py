"""The engine: which rules run where, what becomes of what they yield, and what if they crash."""

from __future__ import annotations

import os
import random
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contentlint import engine, facts
from contentlint.config import Config, OverrideOptions, Settings
from contentlint.discover import Blog
from contentlint.engine import Result
from contentlint.finding import Edit, Fix, Problem
from contentlint.options import Options, option
from contentlint.rule import Rule, file_rule, site_rule
from contentlint.text import Span

ROOT = "/blog"


def lint(
    posts: dict[str, str],
    *rules: Rule,
    checked: Iterable[str] | None = None,
    root: str = ROOT,
    **settings: Any,
) -> Result:
    """Lint a blog that exists in memory only."""
    chosen = Settings(**settings)
    config = Config(chosen, None, root, {rule.id: rule.options() for rule in rules})
    files = {f"{root}/{name}": text.encode("utf-8") for name, text in posts.items()}
    named = tuple(files) if checked is None else tuple(f"{root}/{name}" for name in checked)

    def read(path: str) -> bytes:
        if path not in files:
            raise FileNotFoundError(2, "No such file or directory", path)
        return files[path]

    everything = tuple(dict.fromkeys([*files, *named]))
    return engine.run([Blog(root, named, everything)], list(rules), config, read)


def seen(result: Result) -> list[tuple[str, str, str]]:
    return [(finding.path, finding.rule, finding.message) for finding in result.findings]


@file_rule("marks/cross", "a cross")
def cross(document):
    """Each x is a finding."""
    for offset, character in enumerate(document.source.text):
        if character == "x":
            yield Problem(Span(offset, offset + 1), "a cross")


@file_rule("marks/wish", "a star that may be an info", severity="warning")
def star(document):
    """Each * is a finding, the first one an info only."""
    for number, offset in enumerate(i for i, c in enumerate(document.source.text) if c == "*"):
        severity = "info" if number == 0 else None
        yield Problem(Span(offset, offset + 1), "a star", severity=severity)


@site_rule("blog/count", "how many posts there are")
def count(page, site):
    """One finding at the start of each post."""
    yield Problem(Span(0, 0), f"{len(site.pages)} posts, and this is {page.path}")


# ---- findings ----------------------------------------------------------------------------------


def test_a_problem_is_stamped_with_all_that_a_report_needs():
    def fixes(document):
        fix = Fix((Edit(Span(3, 5), "ok"),), safe=False)
        yield Problem(Span(3, 5), "this is no", ("ok",), fix)

    rule = file_rule("marks/no", "a no", severity="warning")(fixes)
    (finding,) = lint({"posts/a.md": "a\n\nno\n"}, rule).findings
    assert finding._asdict() == {
        "path": "/blog/posts/a.md",
        "line": 3,
        "column": 1,
        "end_line": 3,
        "end_column": 3,
        "rule": "marks/no",
        "severity": "warning",
        "message": "this is no",
        "suggestions": ("ok",),
        "fix": Fix((Edit(Span(3, 5), "ok"),), safe=False),
        "identity": ("marks/no", "posts/a.md", "no", 0),
        "span": Span(3, 5),
        "reason": "",
    }


def test_paths_are_shown_from_the_working_directory(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    here = lint({"posts/a.md": "x"}, cross, root=str(tmp_path))
    assert [finding.path for finding in here.findings] == ["posts/a.md"]
    assert list(here.sources) == ["posts/a.md"]
    elsewhere = lint({"a.md": "x"}, cross, root=str(tmp_path.parent))
    assert [finding.path for finding in elsewhere.findings] == [f"{tmp_path.parent}/a.md"]


def test_findings_come_in_the_order_of_files_and_places_whatever_the_order_of_rules():
    posts = {"b.md": "x*\nx", "a.md": "*x"}
    results = [seen(lint(posts, *order)) for order in ([cross, star, count], [count, star, cross])]
    assert results[0] == results[1]
    assert [(path, rule) for path, rule, _ in results[0]] == [
        ("/blog/a.md", "blog/count"),
        ("/blog/a.md", "marks/wish"),
        ("/blog/a.md", "marks/cross"),
        ("/blog/b.md", "blog/count"),
        ("/blog/b.md", "marks/cross"),
        ("/blog/b.md", "marks/wish"),
        ("/blog/b.md", "marks/cross"),
    ]


def test_what_a_rule_says_twice_is_reported_once():
    @file_rule("marks/echo", "says everything twice")
    def echo(document):
        for message in ("one", "two", "one"):
            yield Problem(Span(0, 1), message)

    assert [message for _, _, message in seen(lint({"a.md": "x"}, echo))] == ["one", "two"]


def test_only_checked_files_are_reported_but_site_rules_know_all():
    result = lint({"a.md": "x", "b.md": "x"}, cross, count, checked=["b.md"])
    assert seen(result) == [
        ("/blog/b.md", "blog/count", "2 posts, and this is b.md"),
        ("/blog/b.md", "marks/cross", "a cross"),
    ]
    assert (result.checked, list(result.sources)) == (1, ["/blog/b.md"])


def test_without_site_rules_the_other_files_are_not_even_read():
    result = lint({"a.md": "x"}, cross, checked=["a.md"])
    config = Config(Settings(), None, ROOT, {cross.id: Options()})
    read: list[str] = []

    def note(path):
        read.append(path)
        return b"x"

    again = engine.run(
        [Blog(ROOT, ("/blog/a.md",), ("/blog/a.md", "/blog/b.md"))], [cross], config, note
    )
    assert seen(again) == seen(result)
    assert set(read) == {"/blog/a.md"}


def test_a_file_that_changes_while_it_is_checked():
    texts = iter([b"x", b"xx"])
    config = Config(Settings(), None, ROOT, {cross.id: Options()})
    files = ("/blog/a.md",)
    result = engine.run([Blog(ROOT, files, files)], [cross], config, lambda _: next(texts))
    assert (result.findings, result.errors) == (
        [],
        ["/blog/a.md: has changed while it was checked; run again"],
    )


def test_a_rule_gets_its_options():
    class MostOptions(Options):
        most: int = option(1, "How many.")

    @file_rule("marks/many", "many", options=MostOptions)
    def many(document, options):
        yield Problem(Span(0, 0), f"{options.most} at most")

    blog = Blog(ROOT, ("/blog/a.md",), ("/blog/a.md",))
    config = Config(Settings(), None, ROOT, {many.id: MostOptions(most=7)})
    assert engine.run([blog], [many], config, lambda _: b"").findings[0].message == "7 at most"


def test_nothing_to_lint_is_an_empty_result():
    result = engine.run([], [cross], Config(Settings(), None, ROOT, {}))
    assert result == Result([], [], {}, 0, 0, rules=[cross])


# ---- selection ---------------------------------------------------------------------------------


@file_rule("marks/quiet", "off by default", default=False)
def quiet(document):
    yield Problem(Span(0, 0), "not so quiet")


@pytest.mark.parametrize(
    ("settings", "chosen"),
    [
        ({}, ["marks/cross", "marks/wish", "blog/count"]),
        ({"select": ("marks/cross",)}, ["marks/cross"]),
        ({"select": ("marks",)}, ["marks/cross", "marks/wish"]),
        ({"select": ("marks/quiet",)}, ["marks/quiet"]),
        ({"extend_select": ("marks",)}, ["marks/cross", "marks/wish", "blog/count"]),
        ({"select": ("blog",), "extend_select": ("marks/quiet",)}, ["blog/count", "marks/quiet"]),
        ({"ignore": ("marks",)}, ["blog/count"]),
        ({"select": ("marks",), "ignore": ("marks/wish",)}, ["marks/cross"]),
        ({"extend_select": ("marks/quiet",), "ignore": ("marks", "blog")}, []),
    ],
)
def test_rules_are_selected_by_id_or_concern(settings, chosen):
    config = Config(Settings(**settings), None, ROOT, {})
    rules = [cross, star, count, quiet]
    assert [rule.id for rule in engine.select(rules, config)] == chosen


# ---- severities --------------------------------------------------------------------------------


def severities(**settings):
    return [
        finding.severity
        for finding in lint({"posts/a.md": "**x"}, cross, star, **settings).findings
    ]


def test_a_problem_may_have_a_severity_of_its_own():
    assert severities() == ["info", "warning", "error"]


@pytest.mark.parametrize(
    ("severity", "expected"),
    [
        ({"marks": "info"}, ["info", "info", "info"]),
        ({"marks/wish": "error"}, ["error", "error", "error"]),
        ({"marks": "info", "marks/wish": "warning"}, ["warning", "warning", "info"]),
        ({"blog": "warning"}, ["info", "warning", "error"]),
    ],
)
def test_the_configuration_sets_severities_and_the_id_beats_the_concern(severity, expected):
    assert severities(severity=severity) == expected


def override(*files, **options):
    return OverrideOptions(files=files, **options)


def test_an_override_sets_severities_for_some_files():
    overrides = (override("posts/", severity={"marks/cross": "warning"}),)
    assert severities(overrides=overrides, severity={"marks": "info"}) == [
        "info",
        "info",
        "warning",
    ]
    overrides = (override("pages/", severity={"marks/cross": "warning"}),)
    assert severities(overrides=overrides) == ["info", "warning", "error"]


def test_of_several_overrides_the_last_one_wins():
    first = override("*.md", severity={"marks/cross": "warning"})
    last = override("posts/*", severity={"marks": "info"})
    assert severities(overrides=(first, last)) == ["info", "info", "info"]
    assert severities(overrides=(last, first)) == ["info", "info", "warning"]


def test_an_override_switches_rules_off_for_some_files():
    overrides = (override("archive/**", ignore=("marks", "blog/count")),)
    posts = {"archive/old/a.md": "x*", "a.md": "x"}
    result = lint(posts, cross, star, count, overrides=overrides)
    assert [(path, rule) for path, rule, _ in seen(result)] == [
        ("/blog/a.md", "blog/count"),
        ("/blog/a.md", "marks/cross"),
    ]


# ---- suppressions ------------------------------------------------------------------------------


def test_what_a_comment_switches_off_is_counted_and_not_reported():
    text = "x\n\nx x * <!-- contentlint-disable-line marks: a name -->\n"
    result = lint({"a.md": text}, cross)
    assert [finding.line for finding in result.findings] == [1]
    assert result.suppressed == 2


# ---- fingerprints ------------------------------------------------------------------------------


def fingerprints(text: str, **posts: str) -> list[str]:
    result = lint({"a.md": text, **posts}, cross, star)
    return [finding.fingerprint for finding in result.findings if finding.path == "/blog/a.md"]


@given(st.text("x* \n", max_size=20), st.text("ab \n", max_size=10))
def test_fingerprints_stay_when_lines_are_put_before_and_tell_findings_apart(text, before):
    prints = fingerprints(text)
    assert fingerprints(f"{before}\n\n{text}") == prints
    assert len(set(prints)) == len(prints)


def test_fingerprints_tell_rules_files_and_texts_apart():
    finding, *_ = lint({"a.md": "x"}, cross).findings
    identities = [
        ("marks/cross", "a.md", "x", 0),
        ("marks/cross", "a.md", "x", 1),
        ("marks/cross", "b.md", "x", 0),
        ("marks/wish", "a.md", "x", 0),
        ("marks/cross", "a.md", "y", 0),
    ]
    prints = {finding._replace(identity=identity).fingerprint for identity in identities}
    assert finding.identity == identities[0]
    assert len(prints) == 5
    assert all(len(each) == 16 and int(each, 16) >= 0 for each in prints)


def test_a_place_without_characters_is_told_by_the_rest_of_its_line():
    @file_rule("marks/before", "before each dash")
    def before(document):
        for offset, character in enumerate(document.source.text):
            if character == "-":
                yield Problem(Span(offset, offset), "a dash")

    def prints(text):
        return [finding.fingerprint for finding in lint({"a.md": text}, before).findings]

    one, two = prints("-one\n-two\n")
    assert prints("-two\n") == [two]
    assert prints("-zero\n-one\n")[1] == one


def test_two_blogs_in_a_run_have_no_fingerprint_in_common(tmp_path):
    blogs = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        path = tmp_path / name / "a.md"
        path.write_text("x")
        blogs.append(Blog(str(tmp_path / name), (str(path),), (str(path),)))
    config = Config(Settings(), None, str(tmp_path), {cross.id: Options()})
    one, two = engine.run(blogs, [cross], config).findings
    assert one.fingerprint != two.fingerprint


# ---- what goes wrong ---------------------------------------------------------------------------


def crash_of(function, text: str = "x") -> str:
    """What is said of a rule that goes wrong; the finding of another rule is there all the same."""
    result = lint({"a.md": text}, file_rule("broken/rule", "goes wrong")(function), cross, count)
    assert ("/blog/a.md", "marks/cross", "a cross") in seen(result)
    assert ("/blog/a.md", "blog/count", "1 posts, and this is a.md") in seen(result)
    (error,) = result.errors
    return error


def test_a_rule_that_raises_is_named_with_the_file_and_the_line():
    def crashes(document):
        yield Problem(Span(0, 1), "first")
        raise ZeroDivisionError("of course")

    line = crashes.__code__.co_firstlineno + 2
    assert crash_of(crashes) == (
        "/blog/a.md: rule broken/rule crashed: ZeroDivisionError: of course "
        f"(at {os.path.relpath(__file__)}:{line})"
    )


def test_the_line_is_one_of_the_rule_even_if_a_library_raised():
    def crashes(document):
        yield random.choice([])

    line = crashes.__code__.co_firstlineno + 1
    assert crash_of(crashes).endswith(f"test_engine.py:{line})")


def test_what_a_rule_found_before_it_crashed_is_kept():
    @file_rule("broken/rule", "goes wrong")
    def crashes(document):
        yield Problem(Span(0, 1), "first")
        raise RuntimeError

    assert seen(lint({"a.md": "x"}, crashes)) == [("/blog/a.md", "broken/rule", "first")]


@pytest.mark.parametrize("error", [SystemExit(0), RecursionError("deep"), StopIteration()])
def test_no_exception_of_a_rule_ends_the_run(error):
    def crashes(document):
        raise error

    assert "rule broken/rule crashed: " in crash_of(crashes)


def test_an_interrupt_does_end_the_run():
    def interrupted(document):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        lint({"a.md": ""}, file_rule("broken/rule", "goes wrong")(interrupted))


def test_a_rule_that_yields_nothing_at_all_is_told():
    def forgets(document):
        return None

    assert "crashed: TypeError: 'NoneType' object is not iterable" in crash_of(forgets)


@pytest.mark.parametrize(
    ("problem", "complaint"),
    [
        (None, "yields NoneType, not Problem"),
        ("x", "yields str, not Problem"),
        ((Span(0, 1), "x"), "yields tuple, not Problem"),
        *(
            (Problem(span, "x"), f"yields {span!r} as a place in a file of 1 characters")
            for span in (
                Span(0, 9),
                Span(-1, 1),
                Span(1, 0),
                Span(0.5, 1),
                Span("a", "b"),
                (0, 1),
                None,
            )
        ),
        (Problem(Span(0, 1), "x", (), Fix((Edit(Span(0, 5), ""),))), "yields Span(start=0, end=5)"),
        (Problem(Span(0, 1), None), "yields a malformed Problem ("),
        (Problem(Span(0, 1), "x", (1,)), "yields a malformed Problem ("),
        (Problem(Span(0, 1), "x", ["y"]), "yields a malformed Problem (unhashable type: 'list')"),
        (Problem(Span(0, 1), "x", (), Fix([Edit(Span(0, 1), "")])), "yields a malformed Problem ("),
        (Problem(Span(0, 1), "x", (), "fix"), "yields a malformed Problem ("),
        (Problem(Span(0, 1), "x", (), None, "fatal"), "yields 'fatal' as severity"),
        (Problem(Span(0, 1), "x", reason=None), "yields a malformed Problem ("),
    ],
)
def test_a_rule_that_yields_nonsense_is_told(problem, complaint):
    def nonsense(document):
        yield problem

    line = nonsense.__code__.co_firstlineno
    error = crash_of(nonsense)
    assert f"rule broken/rule {complaint}" in error
    assert error.endswith(f"test_engine.py:{line})")


def test_a_callable_of_any_kind_may_be_a_rule():
    class Callable:
        def __call__(self, document):
            raise ValueError("no")

    assert "rule broken/rule crashed: ValueError: no" in crash_of(Callable())


def test_a_site_rule_that_raises_is_told_for_each_file():
    @site_rule("broken/rule", "goes wrong")
    def crashes(page, site):
        raise ValueError(page.path)

    result = lint({"a.md": "x", "b.md": "x"}, crashes, cross)
    assert [error.split(" (at")[0] for error in result.errors] == [
        "/blog/a.md: rule broken/rule crashed: ValueError: a.md",
        "/blog/b.md: rule broken/rule crashed: ValueError: b.md",
    ]
    assert len(result.findings) == 2


def test_a_file_that_cannot_be_read_is_told_and_the_others_go_on():
    result = lint({"a.md": "x"}, cross, count, checked=["a.md", "gone.md"])
    assert result.errors == ["/blog/gone.md: cannot be read: No such file or directory"]
    assert len(result.findings) == 2
    assert result.checked == 1


def test_a_file_that_cannot_be_read_does_not_matter_if_it_is_not_checked():
    config = Config(Settings(), None, ROOT, {count.id: Options()})

    def read(path):
        if path != "/blog/a.md":
            raise PermissionError(13, "Permission denied", path)
        return b""

    blog = Blog(ROOT, ("/blog/a.md",), ("/blog/a.md", "/blog/b.md"))
    result = engine.run([blog], [count], config, read)
    assert result.errors == []
    assert seen(result) == [("/blog/a.md", "blog/count", "1 posts, and this is a.md")]


def test_a_folder_with_the_name_of_a_post_cannot_be_read(tmp_path):
    config = Config(Settings(), None, str(tmp_path), {cross.id: Options()})
    path = str(tmp_path)
    result = engine.run([Blog(path, (path,), (path,))], [cross], config)
    assert result.errors == [f"{path}: cannot be read: Is a directory"]


def test_a_bug_of_ours_in_one_file_leaves_the_others_alone(monkeypatch):
    def collect(document, path, *others):
        if path == "a.md":
            raise IndexError("oops")
        return real(document, path, *others)

    real = facts.collect
    monkeypatch.setattr(facts, "collect", collect)
    result = lint({"a.md": "x", "b.md": "x"}, cross, count)
    (error,) = result.errors
    place = f"{os.path.relpath(__file__)}:{collect.__code__.co_firstlineno + 2}"
    assert error == f"/blog/a.md: cannot be parsed: IndexError: oops (at {place}); report this bug"
    assert {finding.path for finding in result.findings} == {"/blog/b.md"}


# ---- schemas -----------------------------------------------------------------------------------


def test_a_document_gets_the_schemas_of_its_path():
    @file_rule("marks/schemas", "tells them")
    def tell(document):
        yield Problem(Span(0, 0), str(document.schemas))

    config = Config(Settings(), None, ROOT, {tell.id: Options()})
    files = ("/blog/a.md", "/blog/b.md")
    schemas: Any = {"/blog/a.md": ("a schema",)}
    result = engine.run([Blog(ROOT, files, files)], [tell], config, lambda _: b"", schemas)
    assert [finding.message for finding in result.findings] == ["('a schema',)", "()"]
