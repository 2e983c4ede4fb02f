"""Posts in other languages, by Hunspell dictionaries."""

from importlib.util import find_spec

import pytest

from contentlint import config, engine
from contentlint.discover import Blog
from contentlint.plugins import bundled
from contentlint.spelling import dictionary
from contentlint.spelling.dictionary import Dictionaries, Dictionary, DictionaryError
from contentlint.testing import mark

needs_hunspell = pytest.mark.skipif(
    find_spec("hunspell") is None, reason="needs the extra hunspell"
)
RULES = [rule for rule in bundled() if rule.id == "typos/misspelling"]

AFFIXES = """\
# Ein winziges Wörterbuch
SET UTF-8
TRY esianrtolcdugmphbyfvkwäüöß
COMPOUNDFLAG C
COMPOUNDMIN 3

SFX E Y 2
SFX E 0 e .
SFX E 0 en .
"""
WORDS = """\
25
bzw.
der
die
das
den
und
ist
nicht
aber
Kühlschrank/C
Tür/C
tür/C
Sieb/EC
Lampe
Löcher
brummt
alt/E
neu
riecht
Peter
mit
von
seit
läuft
wieder
"""
POST = "---\nlang: de\ntitle: Das alte Sieb\n---\n\n"


@pytest.fixture
def blog(tmp_path):
    (tmp_path / "dictionaries").mkdir()
    (tmp_path / "dictionaries" / "de.aff").write_text(AFFIXES, encoding="utf-8")
    (tmp_path / "dictionaries" / "de.dic").write_text(WORDS, encoding="utf-8")
    (tmp_path / "contentlint.toml").write_text('[dictionaries]\nde = "dictionaries/de"\n')
    return tmp_path


def lint(folder, text, **others):
    """Lint a post with the dictionary of the folder; the others are posts, too."""
    files = {"post.md": text, **{f"{name}.md": post for name, post in others.items()}}
    for name, content in files.items():
        (folder / name).write_bytes(content.encode("utf-8"))
    names = tuple(str(folder / name) for name in files)
    settings = config.load(str(folder / "contentlint.toml"), RULES, str(folder))
    return engine.run([Blog(str(folder), names[:1], names)], RULES, settings)


def marked(folder, text, **others):
    result = lint(folder, text, **others)
    assert not result.errors
    return mark(text, [finding.span for finding in result.findings])


@needs_hunspell
@pytest.mark.parametrize(
    "expected",
    [
        "Der Kühlschrank brummt und die ⟦Lamppe⟧ ist ⟦nich⟧ neu.\n",
        "Der ⟦Kühlschrnk⟧ brummt.\n",
        "Die Kühlschranktür ist alt, die Siebe riecht.\n",  # compounds and endings
        "die lampe ist alt\n",  # with or without its capital
        "Der Kühlschrank brummt, and the fridge is old.\n",  # English is known
        "Der Kühlschrank von Xaver Huberwirt brummt.\r\n\r\n🙂 die ⟦Lammpe⟧\r\n",
        "Das HDMX, das myFridge und der Wasch-Sieb ist neu.\n",
        "Die Siebe `Lamppe` und https://example.org/Lamppe ist neu.\n",
        "<span lang='fr'>neeu</span> ist das Sieb, die Lampe ist ⟦neeu⟧\n",
        "Den <!-- contentlint-disable-line typos --> Lamppe ist neu.\n",
        "Die Lampe ist alt bzw. neu, K&uuml;hlschr&auml;nke brummt, das Tür'*sieb* ist neu.\n",
        "Das Lampensieb ist neu, und die LampeTür riecht, aber die siebtür ist alt.\n",
        "Привет ist neu, die ⟦Lamppe⟧ ist alt.\n",
    ],
)
def test_unknown_words_are_misspelt_if_nothing_excuses_them(blog, expected):
    text = POST + expected.replace("⟦", "").replace("⟧", "")
    assert marked(blog, text) == POST + expected


@needs_hunspell
def test_findings_are_warnings_with_suggestions(blog):
    (finding,) = lint(blog, POST + "Die ⟦Lamppe⟧ ist neu.\n").findings
    assert finding.severity == "warning"
    assert finding.message == "`Lamppe` is misspelt; did you mean `Lampe`?"
    assert finding.suggestions[0] == "Lampe"
    assert len(finding.suggestions) <= 5
    assert finding.fix is None


@needs_hunspell
def test_what_the_blog_says_again_is_its_own(blog):
    text = POST + "Die Lamppe ist neu.\n"
    assert marked(blog, text, other=POST + "Der Lamppe und die Lamppe.\n") == text
    english = "The Lamppe is new.\n"
    assert marked(blog, text, other=english) == text.replace("Lamppe", "⟦Lamppe⟧")
    tagged = "---\ntags: [Lamppe]\n---\nThe lamp is new.\n"
    assert marked(blog, text, other=tagged) == text


@needs_hunspell
def test_so_many_words_are_looked_up_and_no_more(blog, monkeypatch):
    monkeypatch.setattr(dictionary, "_MAX_LOOKED_UP", 1)
    first, *others = lint(blog, POST + "Die Lamppe ist nich neu, die Lammpe ist.\n").findings
    assert first.suggestions
    assert [(finding.message, finding.suggestions) for finding in others] == [
        ("`nich` is misspelt", ())
    ]


@needs_hunspell
def test_the_vocabulary_holds_for_all_languages(blog):
    path = blog / "contentlint.toml"
    path.write_text(f'vocabulary = ["lamppe"]\n{path.read_text()}')
    assert marked(blog, POST + "Die Lamppe ist neu.\n") == POST + "Die Lamppe ist neu.\n"


@needs_hunspell
def test_the_language_of_a_post_may_be_told_by_its_words(blog):
    strange = "brumpft grunzelt schnurpft wackelt knarzt rostig dumpf heftig Lüfter Stecker ölig faulig Griff Rand "
    known = (
        "Der Kühlschrank ist nicht neu, aber die Siebe und die Lampe ist alt, und das Sieb ist neu."
    )
    text = f"Wir wissen nicht, wie: {strange * 3}\n\n{known} Die Löcherr riecht. {known}\n"
    found = {finding.message.split("`")[1] for finding in lint(blog, text).findings}
    assert "Löcherr" in found


@needs_hunspell
def test_english_posts_are_judged_as_before(blog):
    assert marked(blog, "It is teh Lampe.\n", other=POST + "teh teh\n") == "It is ⟦teh⟧ Lampe.\n"


@needs_hunspell
def test_words_with_apostrophes(tmp_path):
    (tmp_path / "it.aff").write_text("SET UTF-8\n")
    (tmp_path / "it.dic").write_text("2\narte\nl'ora\n")
    known = Dictionary(str(tmp_path / "it")).is_known
    assert known("dell'arte")
    assert known("l'ora")
    assert not known("dell'artte")
    assert not known("qwertzuiop'arte")
    assert not known("'")


@needs_hunspell
def test_other_scripts_are_looked_up(blog):
    (blog / "ru.aff").write_text("SET KOI8-R\nTRY абвгдежзийклмнопрстуфхцчшщъыьэюя\n")
    (blog / "ru.dic").write_bytes("3\nхолодильник\nгудит\nопять\n".encode("koi8-r"))
    (blog / "contentlint.toml").write_text('[dictionaries]\nru = "ru.dic"\n')
    post = "---\nlang: ru\n---\nХолодильник опять ⟦гудитт⟧, straße.\n"
    assert marked(blog, post.replace("⟦", "").replace("⟧", "")) == post


@needs_hunspell
@pytest.mark.parametrize(
    ("affixes", "words", "complaint"),
    [
        ("SET UTF-8\n", "der\ndie\n", "de.dic:1: the first line of a Hunspell dictionary must be"),
        ("SET UTF-8\n", "", "de.dic:1: the first line of a Hunspell dictionary must be"),
        ("SET UTF-8\n", "2\nder\nTür\n", "de.dic:3: is not utf-8, as the file of affixes says"),
        ("SET UTF-8\nTRY ä\n", "1\nder\n", "de.aff:2: is not utf-8, as SET says"),
        ("SET UTF-8\n# ä\nSFX E\n", "1\nder\n", "de.aff:3: a table of affixes must begin like"),
        ("SFX E Y 2\nSFX E 0 e .\n\n", "1\nder\n", "de.aff:2: ends before 1 rules of its last"),
        ("SFX E Y 2\nSFX E 0 e .\nSFX F Y 1\n", "1\nder\n", "de.aff:3: 1 rules of the table above"),
        ("\nSET X-9\n", "1\nder\n", "de.aff:2: the encoding X-9 is not known"),
        ("SET hex\n", "1\nder\n", "de.aff:1: the encoding hex is not known"),
        ("SET \0\n", "1\nder\n", "de.aff:1: the encoding \0 is not known"),
    ],
)
def test_files_that_are_malformed(blog, affixes, words, complaint):
    (blog / "dictionaries" / "de.aff").write_text(affixes, encoding="latin-1")
    (blog / "dictionaries" / "de.dic").write_text(words, encoding="latin-1")
    result = lint(blog, POST + "Die Lamppe.\n", other=POST)
    (error,) = result.errors  # once, though two posts need it
    assert f"dictionaries/{complaint}" in error
    assert not result.findings


def test_without_the_extra_it_is_told_what_to_do(blog, monkeypatch):
    def missing(name):
        raise ImportError(name)

    monkeypatch.setattr(dictionary, "import_module", missing)
    (error,) = lint(blog, POST + "Die Lamppe.\n").errors
    assert error.endswith(
        "dictionaries/de: dictionaries need the extra hunspell; "
        "run pip install 'contentlint[hunspell]'"
    )
    assert lint(blog, "The fridge hums.\n").errors == []  # no post needs it


@pytest.mark.parametrize(
    ("toml", "complaint"),
    [
        ('de = "nowhere/de"', r"toml:2:6: there is no file `nowhere/de\.aff`"),
        ('de = "dictionaries/de.aff"\nen = "x"', "toml:3:1: English is checked without a dict"),
        ('german-ish = "x"', "toml:2:1: `german-ish` is no code of a language"),
        ("de = 7", "toml:2:6: expected a string"),
    ],
)
def test_mistakes_in_the_configuration(blog, toml, complaint):
    path = blog / "contentlint.toml"
    path.write_text(f"[dictionaries]\n{toml}\n")
    with pytest.raises(config.ConfigError, match=complaint):
        config.load(str(path), RULES, str(blog))


def test_a_dictionary_that_vanished(tmp_path):
    told = []
    dictionaries = Dictionaries({"de": str(tmp_path / "de")}, told.append)
    assert dictionaries.of("fr") is None
    assert dictionaries.of("de") is None
    assert dictionaries.of("de") is None
    assert len(told) == 1
    if find_spec("hunspell"):
        with pytest.raises(DictionaryError, match=r"de\.aff: cannot be read"):
            Dictionary(str(tmp_path / "de"))
