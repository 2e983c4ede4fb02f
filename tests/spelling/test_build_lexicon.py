"""The lexicon is rebuilt from its sources, byte for byte."""

import pytest

from contentlint.spelling import Lexicon
from contentlint.spelling.build_lexicon import main
from contentlint.spelling.lexicon import KNOWN, MISSPELT, NAME, PERSON, TERM, VARIED

SCOWL = {
    "english-words.10": "house\nthe\ncommit\nstop\nparse\nparsed\nreceive\n",
    "american-words.35": "color\ncolor's\n",
    "british-words.35": "colour\n",
    "english-upper.50": "Paris\nMcDonald\nMcDonald's\n",
    "english-words.70": "wont\nhandel\nadvices\n",
    "english-words.80": "aardwolfish\n",
    "english-contractions.35": "don't\nwon't\nit's\n",
    "variant_1-words.50": "r\u00f4le\n",
}
MISSPELLINGS = """
    (dictgen::InsensitiveStr::Ascii("recieve"), &["receive"]),
    (
        dictgen::InsensitiveStr::Ascii("handel"),
        &["handle"],
    ),
    (dictgen::InsensitiveStr::Ascii("preparesd"), &["preparsed", "knowledgable"]),
    (dictgen::InsensitiveStr::Ascii("knowlegdable"), &["knowledgable"]),
"""


@pytest.fixture
def sources(tmp_path):
    scowl, terms, companies = tmp_path / "scowl", tmp_path / "terms", tmp_path / "companies"
    for folder in (scowl, terms, companies):
        folder.mkdir()
    for name, text in SCOWL.items():
        (scowl / name).write_text(text, "utf-8")
    (terms / "software.txt").write_text("# cspell: keep-case\nGraphQL\nwebhook\nx\n*Auth*\n")
    (companies / "companies.txt").write_text("# no-split\nSnapchat\nBen & Jerry's\n")
    (tmp_path / "typos.rs").write_text(MISSPELLINGS)
    (tmp_path / "dist.all.last").write_text(
        "HOUSE 0.1 0.1 1\nABERNATHY 0.1 0.2 2\nDONT 0.1 0.3 3\n"
    )
    packages = "Description-en: a frobnicator\n frobnicator of the house\n"
    (tmp_path / "packages.txt").write_text(
        packages + " the frobnicator 1\n the frobnicator 2\n" * 1
    )
    (tmp_path / "prose.txt").write_text(
        "The house of GraphQL and Zyxwv.\n" * 30 + "occured\n" * 3 + "feedbacks\n" * 50
    )
    return [
        f"--scowl={scowl}",
        "--terms",
        str(terms),
        str(companies),
        f"--names={tmp_path / 'dist.all.last'}",
        f"--misspellings={tmp_path / 'typos.rs'}",
        f"--packages={tmp_path / 'packages.txt'}",
        f"--prose={tmp_path / 'prose.txt'}",
        f"--output={tmp_path / 'lexicon.bin'}",
    ]


def test_build(sources, tmp_path):
    assert main(sources) == 0
    lexicon = Lexicon(str(tmp_path / "lexicon.bin"))
    for word in ("house", "color", "colour", "paris", "don't", "rôle", "role", "webhook", "zyxwv"):
        assert lexicon.is_known(word), word
    for word in ("aardwolfish", "color's", "recieve", "frobnicator", "occured", "dont"):
        assert not lexicon.is_known(word), word
    flags = {word: entry.flags for word in SHOWN if (entry := lexicon.entry(word))}
    assert flags == SHOWN
    assert lexicon.entry("preparesd").spellings == ("preparsed",)
    assert lexicon.entry("mcdonald").spellings == ("McDonald",)
    assert lexicon.entry("house").frequency > lexicon.entry("paris").frequency
    assert {"the", "house", "don't"} <= set(lexicon.usual_words())
    assert {"graphql", "recieve", "occured"}.isdisjoint(lexicon.usual_words())


SHOWN = {
    "paris": KNOWN | NAME,
    "graphql": KNOWN | TERM | NAME | VARIED,
    "snapchat": KNOWN | TERM | NAME,
    "preparsed": KNOWN | TERM,
    "handel": KNOWN,  # a word, though on the list
    "wont": KNOWN,  # a word, though "won't" may have been meant
    "dont": MISSPELT | PERSON,
    "abernathy": PERSON,
    "recieve": MISSPELT,
    "feedbacks": MISSPELT,  # though it is often written
    "advices": KNOWN,
    "occured": 0,  # in this prose, but on no list
}


def test_the_same_sources_make_the_same_bytes(sources, tmp_path, capsys):
    assert main([*sources, "--check"]) == 1
    assert main(sources) == 0
    first = (tmp_path / "lexicon.bin").read_bytes()
    assert main([*sources, "--check"]) == 0
    assert (tmp_path / "lexicon.bin").read_bytes() == first
    assert "up to date" in capsys.readouterr().out


def test_help_says_where_the_sources_come_from(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    shown = capsys.readouterr().out
    assert all(source in shown for source in ("scowl", "typos-dict", "cspell", "Translation-en"))
