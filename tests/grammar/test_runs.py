"""What a run tells of grammar: an engine beside our own checks, and posts that no engine reads."""

import json

import pytest

ONCE = "The dryer has lost its lid. We think off it often.\n"
GERMAN = "---\nlang: de\n---\nDas ist ein deutscher Text, und er wird nicht gelesen.\n"


@pytest.fixture
def run(tmp_path, monkeypatch, contentlint):
    """Lint the posts of a folder; gives what was found and what was told."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments, **posts):
        for name, text in posts.items():
            (tmp_path / f"{name}.md").write_text(text)
        settings = () if "--config" in arguments else ("--isolated",)
        _, out, err = contentlint(*settings, "--output-format", "json", *arguments, ".")
        return json.loads(out)["findings"], err.splitlines()

    return run


def test_a_mistake_that_an_engine_and_a_rule_of_ours_see_is_told_once(run):
    (found,), _ = run("--select", "grammar", post=ONCE)
    assert (found["rule"], found["severity"]) == ("grammar/confused-word", "warning")
    (found,), _ = run("--select", "grammar", "--ignore", "grammar/confused-word")
    assert found["rule"] == "grammar/think-know-off"
    (found,), _ = run(post=f"<!-- contentlint-disable grammar/confused-word -->\n\n{ONCE}")
    assert found["rule"] == "grammar/think-know-off"


def test_what_both_see_is_as_severe_as_the_more_severe_says_unless_the_settings_say(run, tmp_path):
    (found,), _ = run("--config", str(settings(tmp_path, "{}")), post=ONCE)
    assert found["severity"] == "warning"
    lowered = '{ "grammar/confused-word" = "info" }'
    (found,), _ = run("--config", str(settings(tmp_path, lowered)))
    assert (found["rule"], found["severity"]) == ("grammar/confused-word", "info")


def settings(folder, severity):
    path = folder / "settings.toml"
    path.write_text(f'select = ["grammar"]\nseverity = {severity}\n')
    return path


def test_what_an_engine_says_without_a_suggestion_is_told_if_no_rule_of_ours_says_more(run):
    (found,), _ = run(post="It is time to to see the cat, and that is it for you.\n")
    assert found["rule"] == "typos/repeated-word"
    (found,), _ = run("--ignore", "typos/repeated-word")
    assert found["rule"] == "grammar/to-to"


def test_different_mistakes_at_one_place_are_told_each(run):
    found, _ = run(post="We can might might go there, and that is it for you.\n")
    assert {each["rule"] for each in found} == {"grammar/double-modal", "typos/repeated-word"}


def test_posts_that_no_engine_reads_are_told_in_one_line(run, tmp_path):
    posts = {"one": GERMAN, "two": GERMAN, "three": "The kettle boils.\n"}
    notice = (
        "contentlint: note: grammar is not checked in 2 posts in `de`, which harper does not speak"
    )
    for _ in range(2):  # the second time from the cache
        assert notice in run("--cache-dir", str(tmp_path / "cache"), **posts)[1]
    assert run("--quiet", **posts) == ([], [])
