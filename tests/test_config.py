"""The configuration: where it is found, what is wrong with it and where, its schema, its page."""

from __future__ import annotations

import json
import os
import tomllib
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from contentlint import config, generators, plugins
from contentlint.config import (
    ConfigError,
    OverrideOptions,
    SchemaOptions,
    Settings,
    SiteOptions,
)
from contentlint.explain import settings_page
from contentlint.options import Options, option, read
from contentlint.rule import file_rule

RULES = list(plugins.bundled())


@pytest.fixture
def blog(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def load(blog, text, name="contentlint.toml"):
    path = blog / name
    path.write_text(text, encoding="utf-8")
    return config.load(str(path), RULES, str(blog))


def complaints(blog, text, name="contentlint.toml"):
    """What is said of a faulty configuration, a line each."""
    with pytest.raises(ConfigError) as error:
        load(blog, text, name)
    return str(error.value).splitlines()


# ---- finding -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["contentlint.toml", ".contentlint.toml"])
def test_the_nearest_file_above_is_found(blog, name):
    (blog / name).touch()
    (blog / "content" / "posts").mkdir(parents=True)
    assert config.find(str(blog / "content" / "posts")) == str(blog / name)
    (blog / "content" / name).touch()
    assert config.find(str(blog / "content" / "posts")) == str(blog / "content" / name)


def test_of_several_in_a_folder_the_most_visible_one_wins(blog):
    for name in config.FILE_NAMES[::-1]:
        (blog / name).write_text("[tool.contentlint]\n" if name == "pyproject.toml" else "")
        assert config.find(str(blog)) == str(blog / name)


@pytest.mark.parametrize(
    "text",
    [
        "[tool.contentlint]\n",
        "[tool]\ncontentlint = { ignore = ['typos'] }\n",
        "[tool.contentlint.severity]\ntypos = 'info'\n",
        "[tool.contentlint]\nignore = [\n",  # `load` says what is wrong
    ],
)
def test_pyproject_counts_if_it_has_our_table(blog, text):
    (blog / "pyproject.toml").write_text(text)
    assert config.find(str(blog)) == str(blog / "pyproject.toml")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[project]\nname = 'blog'\n",
        "[project]\nname = 'contentlint'\n",
        "# [tool.contentlint]\n",
        "[tool.contentlint-extra]\n",
        "[tool]\nx = 1\n# contentlint\n",
        "tool = 'contentlint'\n",
        "[project\nname = 'contentlint'\n",
    ],
)
def test_pyproject_does_not_count_if_it_is_not_about_us(blog, text):
    (blog / "pyproject.toml").write_text(text)
    assert config.find(str(blog)) != str(blog / "pyproject.toml")


def test_a_pyproject_that_cannot_be_read_is_not_about_us(blog, monkeypatch):
    (blog / "pyproject.toml").write_text("[tool.contentlint]\n")

    def refuse(*arguments):
        raise PermissionError

    monkeypatch.setattr(config, "open", refuse, raising=False)
    assert config.find(str(blog)) is None


def test_a_folder_of_that_name_is_no_configuration(blog):
    (blog / "contentlint.toml").mkdir()
    assert config.find(str(blog)) != str(blog / "contentlint.toml")


# ---- reading -----------------------------------------------------------------------------------


def test_without_a_file_everything_has_its_default(blog):
    loaded = config.load(None, RULES, str(blog))
    assert loaded.settings == Settings()
    assert (loaded.path, loaded.folder) == (None, str(blog))
    assert loaded.rule_options.keys() == {rule.id for rule in RULES}


FULL = """\
include = ["*.md"]
exclude = ["drafts/"]
extend-select = ["links"]
fail-on = "error"
vocabulary = ["Kühlschrank", "heatpumpify"]

[severity]
typos = "info"
"links/broken" = "warning"

[site]
root = "."
generator = "hugo"

[[schemas]]
files = ["content/**"]
schema = "preset:hugo"

[[overrides]]
files = ["archive/"]
ignore = ["links", "typos/misspelling"]
severity = { tags = "info" }

[rules."alt-text/unhelpful"]
generic = ["image", "photo"]
"""
FULL_SETTINGS = Settings(
    include=("*.md",),
    exclude=("drafts/",),
    extend_select=("links",),
    fail_on="error",
    vocabulary=("Kühlschrank", "heatpumpify"),
    severity={"typos": "info", "links/broken": "warning"},
    site=SiteOptions(root=".", generator="hugo"),
    schemas=(SchemaOptions(files=("content/**",), schema="preset:hugo"),),
    overrides=(
        OverrideOptions(
            files=("archive/",), ignore=("links", "typos/misspelling"), severity={"tags": "info"}
        ),
    ),
    rules={"alt-text/unhelpful": {"generic": ["image", "photo"]}},
)


def test_every_setting_is_read(blog):
    loaded = load(blog, FULL)
    assert loaded.settings == FULL_SETTINGS
    assert loaded.rule_options["alt-text/unhelpful"].generic == ("image", "photo")
    assert (loaded.path, loaded.folder) == (str(blog / "contentlint.toml"), str(blog))


def test_in_pyproject_the_settings_stand_in_our_table(blog):
    loaded = load(blog, "[tool.contentlint]\nignore = ['typos']\n", "pyproject.toml")
    assert loaded.settings.ignore == ("typos",)


def test_the_folder_of_a_configuration_elsewhere_is_its_own(blog):
    (blog / "ci").mkdir()
    assert load(blog, "", "ci/contentlint.toml").folder == str(blog / "ci")


@pytest.mark.parametrize("start", ["\ufeff", ""])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_byte_order_mark_and_line_ends_do_not_matter(blog, start, newline):
    (blog / "contentlint.toml").write_bytes((start + FULL.replace("\n", newline)).encode("utf-8"))
    assert config.load("contentlint.toml", RULES, str(blog)).settings == FULL_SETTINGS


# ---- what is wrong -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("exlude = []", "1:1: unknown option `exlude`; did you mean `exclude`?"),
        ("fail_on = 'error'", "1:1: unknown option `fail_on`; did you mean `fail-on`?"),
        ("ignore = 'typos'", "1:10: expected a list of strings, not a string"),
        ("ignore = ['typos', 3]", "1:20: expected a string, not a whole number"),
        ("ignore = ['typoes']", "1:11: unknown rule `typoes`; did you mean `typos`?"),
        (
            "select = ['links/brokn']",
            "1:11: unknown rule `links/brokn`; did you mean `links/broken`?",
        ),
        ("extend-select = ['zzz']", "1:18: unknown rule `zzz`"),
        (
            "fail-on = 'warn'",
            "1:11: unknown value `warn`; did you mean `warning`? (one of error, warning, info)",
        ),
        ("[severity]\ntipos = 'info'", "2:1: unknown rule `tipos`; did you mean `typos`?"),
        (
            "[severity]\ntypos = 'none'",
            "2:9: unknown value `none` (one of error, warning, info)",
        ),
        ("[[overrides]]\nignore = []", "1:1: `files` is missing"),
        (
            "[[overrides]]\nfiles = []\nignore = ['links', 'x']",
            "3:20: unknown rule `x`",
        ),
        (
            "[[overrides]]\nfiles = []\nseverity = { link = 'info' }",
            "3:14: unknown rule `link`; did you mean `links`?",
        ),
        ("[[schemas]]\nfiles = ['*']", "1:1: `schema` is missing"),
        ("[[schemas]]\nschema = 'no.json'", "2:10: there is no file `no.json`"),
        (
            "[[schemas]]\nschema = 'preset:hugoo'",
            "2:10: unknown preset `hugoo`; did you mean `hugo`?",
        ),
        ("[site]\nroot = 'blogg'", "2:8: there is no folder `blogg`"),
        (
            "vocabulary = [\n'a',\n'heat pump']",
            "3:1: vocabulary: a word has no blank in it; list each word by itself",
        ),
        ("vocabulary = ['']", "1:15: vocabulary: this entry is empty; take it out"),
        ("vocabulary = ['1']", "1:15: vocabulary: this is no word, since it has no letter"),
        (
            "vocabulary-files = 'a.txt'",
            "1:20: expected a list of strings, not a string",
        ),
        (
            "vocabulary-files = ['a.txt']",
            "1:21: there is no file `a.txt`; make it, or take its name out",
        ),
        ("[rules.typos]", "1:8: `typos` is a concern; name a rule such as `typos/misspelling`"),
        (
            "[rules.'typos/mispeling']",
            "1:8: unknown rule `typos/mispeling`; did you mean `typos/misspelling`?",
        ),
        ("rules.'typos/misspelling' = 1", "1:29: expected a table"),
        (
            "[rules.'alt-text/unhelpful']\ngenerc = []",
            "2:1: unknown option `generc`; did you mean `generic`?",
        ),
        (
            "[rules.'alt-text/unhelpful']\ngeneric = 1",
            "2:11: expected a list of strings, not a whole number",
        ),
        ("exclude = ['a', '!']", "1:17: `!` is no pattern as in .gitignore"),
        ("include = ['!']", "1:12: `!` is no pattern as in .gitignore"),
        ("[[overrides]]\nfiles = ['!']", "2:10: `!` is no pattern as in .gitignore"),
        (
            "[[schemas]]\nschema = 'preset:hugo'\nfiles = ['!']",
            "3:10: `!` is no pattern as in .gitignore",
        ),
    ],
)
def test_a_mistake_is_told_with_its_place_and_the_nearest_name(blog, text, complaint):
    assert complaints(blog, text) == [f"contentlint.toml:{complaint}"]


def test_a_generator_that_is_not_known_gets_the_nearest_one_and_the_list(blog):
    (complaint,) = complaints(blog, "[site]\ngenerator = 'jekyl'")
    assert complaint.startswith(
        "contentlint.toml:2:13: unknown value `jekyl`; did you mean `jekyll`? (one of auto, hugo,"
    )


def test_all_mistakes_are_told_at_once_in_order(blog):
    text = "vocabulary = 'x'\nignore = ['typoes']\n[severity]\nlinks = 'x'\n[sites]\nroot = 'x'\n"
    assert [complaint.split(": ")[0] for complaint in complaints(blog, text)] == [
        "contentlint.toml:1:14",
        "contentlint.toml:2:11",
        "contentlint.toml:4:9",
        "contentlint.toml:5:2",
    ]


def test_what_is_no_toml_is_told_with_its_place(blog):
    (complaint,) = complaints(blog, "ignore = ['typos']\nselect = [links]\n")
    assert complaint.startswith("contentlint.toml:2:11: ")


def test_places_in_pyproject_are_those_of_the_whole_file(blog):
    text = "[project]\nname = 'x'\n[tool.contentlint]\nexlude = []\n[tool.contentlint.site]\nx = 1"
    assert complaints(blog, text, "pyproject.toml") == [
        "pyproject.toml:4:1: unknown option `exlude`; did you mean `exclude`?",
        "pyproject.toml:6:1: unknown option `x`",
    ]


def test_a_pyproject_that_is_named_must_have_the_table(blog):
    for text in ("[project]\nname = 'x'\n", "tool = 1\n", "[tool]\ncontentlint = 1\n"):
        assert complaints(blog, text, "pyproject.toml") == [
            "pyproject.toml: there is no table [tool.contentlint]"
        ]


def test_a_file_that_cannot_be_read_is_told(blog):
    for path, reason in (("no.toml", "No such file or directory"), (".", "Is a directory")):
        with pytest.raises(ConfigError, match=f"cannot be read: {reason}"):
            config.load(path, RULES, str(blog))


def test_a_configuration_elsewhere_is_named_by_its_full_path(blog, tmp_path_factory):
    path = tmp_path_factory.mktemp("shared") / "contentlint.toml"
    path.write_text("x = 1")
    with pytest.raises(ConfigError, match=f"^{path}:1:1: "):
        config.load(str(path), RULES, str(blog))


@given(st.text("abc=[]{}\"'.#\n\r\t \x00é😀1", max_size=60))
def test_no_text_makes_it_crash(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("any") / "contentlint.toml"
    path.write_bytes(text.encode("utf-8"))
    try:
        config.load(str(path), RULES, "/")
    except ConfigError as error:
        assert str(error).startswith(str(path))  # noqa: PT017


# ---- lists of words ----------------------------------------------------------------------------


def test_words_come_from_the_settings_and_from_files_beside_the_configuration(blog, monkeypatch):
    (blog / "config").mkdir()
    (blog / "config" / "words.txt").write_text("b\n# a comment\nc\n")
    (blog / "more.txt").write_text("d\n")
    text = "vocabulary = ['a']\nvocabulary-files = ['words.txt', '../more.txt', './words.txt']\n"
    monkeypatch.chdir("/")
    loaded = load(blog, text, "config/contentlint.toml")
    assert loaded.words == ["a", "b", "c", "d"]
    assert [*loaded.word_lists] == [str(blog / "config" / "words.txt"), str(blog / "more.txt")]


def test_the_list_beside_the_configuration_is_read_by_itself(blog):
    (blog / "contentlint-vocabulary.txt").write_text("a\n")
    assert load(blog, "").words == ["a"]
    assert load(blog, "vocabulary-files = []").words == []
    (blog / "words.txt").write_text("b\n")
    assert load(blog, "vocabulary-files = ['words.txt']").words == ["b"]
    (blog / "contentlint-vocabulary.txt").unlink()
    assert load(blog, "vocabulary-files = ['contentlint-vocabulary.txt']").words == []


def test_a_pipe_is_no_list_for_which_a_run_would_wait(blog):
    os.mkfifo(blog / "pipe.txt")
    (complaint,) = complaints(blog, "vocabulary-files = ['pipe.txt']")
    assert "there is no file `pipe.txt`" in complaint
    os.mkfifo(blog / "contentlint-vocabulary.txt")
    assert load(blog, "").words == []


def test_without_a_configuration_the_nearest_list_above_is_read(blog):
    (blog / "content" / "posts").mkdir(parents=True)
    (blog / "contentlint-vocabulary.txt").write_text("a\n")
    for folder in (blog, blog / "content" / "posts"):
        assert config.load(None, RULES, str(folder)).words == ["a"]
        assert config.defaults(RULES, str(folder)).words == []
    (blog / "content" / "contentlint-vocabulary.txt").write_text("b\n")
    assert config.load(None, RULES, str(blog / "content" / "posts")).words == ["b"]


def test_mistakes_in_lists_are_told_with_those_of_the_configuration(blog):
    (blog / "a.txt").write_text("x y\n1\n")
    (blog / "b.txt").write_bytes(b"\xff")
    text = "ignore = ['typoes']\nvocabulary-files = ['a.txt', 'b.txt', 'c.txt']\n"
    assert [line.split(": ")[0] for line in complaints(blog, text)] == [
        "contentlint.toml:1:11",
        "contentlint.toml:2:39",
        "a.txt:1:1",
        "a.txt:2:1",
        "b.txt:1:1",
    ]
    (blog / "contentlint-vocabulary.txt").write_text("x y\n")
    with pytest.raises(ConfigError, match=r"^contentlint-vocabulary\.txt:1:1: a word has no blank"):
        config.load(None, RULES, str(blog))


# ---- names of rules ----------------------------------------------------------------------------


def test_a_rule_is_named_by_its_id_or_its_concern():
    assert config.matches("links/broken", ["links"])
    assert config.matches("links/broken", ["x", "links/broken"])
    assert not config.matches("links/broken", ["links/anchor", "link", "broken"])
    assert not config.matches("links/broken", [])


def test_what_is_set_for_the_id_beats_what_is_set_for_the_concern():
    assert config.by_rule({"links": "info", "links/broken": "error"}, "links/broken") == "error"
    assert config.by_rule({"links": "info", "links/broken": "error"}, "links/anchor") == "info"
    assert config.by_rule({"links": "info"}, "tags/variant") is None


def test_every_generator_can_be_named():
    choices = get_args(SiteOptions.types()["generator"])
    assert choices[0] == "auto"
    assert set(choices[1:]) == set(generators.NAMES)


# ---- schema and page ---------------------------------------------------------------------------


def test_the_schema_is_valid_and_allows_a_configuration():
    schema = config.schema(RULES)
    Draft202012Validator.check_schema(schema)
    assert [*Draft202012Validator(schema).iter_errors(tomllib.loads(FULL))] == []
    assert json.loads(json.dumps(schema)) == schema


@pytest.mark.parametrize(
    "text",
    [
        "exlude = []",
        "ignore = 'typos'",
        "fail-on = 'warn'",
        "[severity]\ntypos = 'none'",
        "[[overrides]]\nignore = []",
        "[rules.typo]",
        "[rules.'alt-text/unhelpful']\ngenerc = []",
    ],
)
def test_the_schema_refuses_what_cannot_be_read(text):
    assert not Draft202012Validator(config.schema(RULES)).is_valid(tomllib.loads(text))


def test_every_option_in_the_schema_is_documented():
    def documented(schema):
        for name, inner in schema.get("properties", {}).items():
            assert inner.get("description"), name
            documented(inner)
            documented(inner.get("items", {}))

    documented(config.schema(RULES))


@pytest.mark.parametrize("text", ["", FULL])
def test_the_page_of_the_settings_reads_as_the_same_settings(blog, text):
    before = load(blog, text)
    after = load(blog, settings_page(before, RULES), "again.toml")
    assert after.settings.replace(rules={}) == before.settings.replace(rules={})
    assert after.rule_options == before.rule_options


class Inner(Options):
    size: int = option(1, "How big.")
    perhaps: str | None = option(None, "May be left out.")


class Outer(Options):
    inner: Inner = option(Inner(), "A table.")
    several: tuple[Inner, ...] = option((), "Tables.")
    by_name: dict[str, Inner] = option({}, "Tables by name.")
    ratio: float = option(0.5, "A number.")
    flag: bool = option(False, "On or off.")


@file_rule("marks/deep", "a rule with options in tables", options=Outer)
def deep(document, options):
    yield from ()


def test_tables_in_the_options_of_a_rule_survive_the_page(blog):
    options = Outer(
        inner=Inner(size=2, perhaps="x"),
        several=(Inner(size=3), Inner()),
        by_name={"a b": Inner(size=4), "": Inner()},
        ratio=1e20,
        flag=True,
    )
    before = config.Config(FULL_SETTINGS, None, str(blog), {"marks/deep": options})
    page = settings_page(before, [deep])
    tables = tomllib.loads(page)["rules"]["marks/deep"]
    assert tables["several"] == [{"size": 3}, {"size": 1}]
    assert read(Outer, tables) == (options, [])


@given(keys=st.lists(st.text(max_size=5), max_size=3))
def test_any_string_survives_the_page_and_none_reaches_the_terminal_raw(tmp_path_factory, keys):
    blog = tmp_path_factory.mktemp("blog")
    settings = Settings(prose_keys=tuple(keys))
    text = settings_page(config.load(None, RULES, "/")._replace(settings=settings), RULES)
    assert not set(text) & {chr(code) for code in (*range(10), *range(11, 32), *range(127, 160))}
    assert load(blog, text).settings.prose_keys == tuple(keys)


def test_the_page_tells_where_the_settings_come_from(blog):
    assert settings_page(load(blog, FULL), RULES).startswith('# read from "contentlint.toml"\n')
    page = settings_page(config.load(None, RULES, str(blog)), RULES)
    assert page.startswith("# defaults: no configuration file found\n")
