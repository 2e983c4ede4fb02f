"""Which language a post is in."""

import pytest

from contentlint import config, languages
from contentlint.document import Document
from contentlint.facts import collect
from contentlint.plugins import bundled
from contentlint.spelling import Lexicon
from contentlint.testing import flags, silent
from contentlint.text import Source

misspelling = next(rule for rule in bundled() if rule.id == "typos/misspelling")

ENGLISH = """\
The dishwasher smells, and the filter is not the reason. Take the lower arm off and look into the
holes with a lamp: what blocks them is mostly lime, sometimes a seed or a splinter of glass.
"""
GERMAN = """\
Die Spülmaschine riecht, und das Sieb ist nicht der Grund. Nimm den unteren Arm ab und leuchte mit
einer Lampe in die Löcher: was sie verstopft, ist meistens Kalk, manchmal ein Kern oder ein Splitter
Glas. Danach läuft sie wieder wie neu.
"""
CHINESE = "洗碗机有异味,问题不在滤网。请取下下方的喷臂,用灯照一照孔洞。堵塞的多半是水垢。\n"


def language(text, path="content/posts/smell.md", configured=None):
    document = Document(Source(path, text))
    return collect(document, path, Lexicon(), configured).language


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("en", "en"),
        ("en-GB", "en"),
        ("en_US", "en"),
        ("English", "en"),
        (" DE ", "de"),
        ("pt-BR", "pt"),
        ("zh-Hans", "zh"),
        ("zh-Hant-TW", "zh"),
        ("de_DE.UTF-8", "de"),
        ("Deutsch", "de"),
        ("fil", "fil"),
        (False, "no"),  # YAML 1.1
        ("python", None),
        ("js", None),
        ("go", None),
        ("C++", None),
        ("de-", None),
        ("in-depth", None),
        ("", None),
        (None, None),
        (7, None),
        (["de"], None),
    ],
)
def test_codes_are_told_from_other_values(value, code):
    assert languages.code(value) == code


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("content/de/posts/smell.md", "de"),
        ("content/posts/smell.fr.md", "fr"),
        ("content/posts/smell.zh-cn.md", "zh"),
        ("_posts/ja/2026-01-02-smell.md", "ja"),
        ("i18n/zh-Hans/docusaurus-plugin-content-blog/smell.mdx", "zh"),
        ("docs/pt-BR/index.md", "pt"),
        ("fr/en/smell.md", "en"),
        ("content/posts/it/smell.md", "it"),  # of which the text must convince us
        ("content/posts/smell.min.md", None),
        ("content/posts/de.md", None),
        ("content/in-depth/how-to.md", None),
        ("smell.md", None),
    ],
)
def test_the_path_gives_a_hint(path, code):
    assert languages.in_path(path) == code


@pytest.mark.parametrize("key", ["lang", "language", "locale"])
@pytest.mark.parametrize(("value", "code"), [("de-AT", "de"), ("en-AU", "en"), ("rust", "en")])
def test_the_front_matter_tells(key, value, code):
    assert language(f"---\n{key}: {value}\n---\n{ENGLISH}") == code


def test_the_configuration_tells_what_the_front_matter_does_not():
    assert language(ENGLISH, configured="nl") == "nl"
    assert language(f"---\nlang: en\n---\n{ENGLISH}", configured="nl") == "en"


@pytest.mark.parametrize("front_matter", ["", "---\nlang: en\n---\n"])
def test_text_that_is_not_english_is_never_taken_for_it(front_matter):
    assert language(front_matter + GERMAN) == "und"
    assert language(front_matter + CHINESE) == "und"
    assert language(front_matter + ENGLISH) == "en"


def test_chinese_with_many_english_words_is_chinese():
    assert language(CHINESE * 2 + ENGLISH) == "und"


@pytest.mark.parametrize("folder", ["it", "is", "no", "id", "go", "de"])
def test_a_folder_that_looks_like_a_language_does_not_hide_english(folder):
    assert language(ENGLISH, f"content/{folder}/smell.md") == "en"


def test_a_short_text_in_such_a_folder_is_believed():
    assert language("Nimm den unteren Arm ab.\n", "content/de/arm.md") == "de"
    assert language("Nimm den unteren Arm ab.\n", "content/posts/arm.md") == "en"


def test_posts_in_other_languages_are_not_checked_as_english():
    silent(misspelling, f"---\nlang: de\ntitle: Teh\n---\n{ENGLISH}Teh end.\n")
    silent(misspelling, GERMAN + "Teh end.\n")
    silent(misspelling, "Nimm den unteren Arm ab, teh.\n", path="content/arm.de.md")
    flags(misspelling, ENGLISH + "⟦Teh⟧ end.\n", path="content/arm.de.md")


def test_a_table_of_overrides_names_the_language(tmp_path):
    override = config.OverrideOptions(files=("content/alt/**",), language="de")
    settings = {"overrides": (override,)}
    silent(misspelling, "Teh end.\n", path="content/alt/end.md", settings=settings)
    flags(misspelling, "⟦Teh⟧ end.\n", path="content/neu/end.md", settings=settings)


def test_a_language_that_does_not_exist_is_a_mistake(tmp_path):
    path = tmp_path / "contentlint.toml"
    path.write_text('[[overrides]]\nfiles = ["*"]\nlanguage = "germn"\n')
    with pytest.raises(config.ConfigError, match=r"toml:3:12: `germn` is no code of a language"):
        config.load(str(path), bundled(), str(tmp_path))
