"""The models of confused words are fitted to texts; these are made up, and small."""

import itertools
import json

import pytest

from contentlint.blocks import Block, Piece
from contentlint.grammar import confusion, fit_confusion
from contentlint.grammar.confusion import Model, confused_words, features, tokens
from contentlint.text import Span

pytest.importorskip("scipy")

NOUNS = [
    "lid",
    "door",
    "hose",
    "filter",
    "seal",
    "drum",
    "motor",
    "belt",
    "pump",
    "fan",
    "plug",
    "knob",
    "tray",
    "lamp",
]
RIGHT = [
    sentence.format(noun)
    for noun, sentence in itertools.product(
        NOUNS,
        [
            "The dryer lost its {} today.",
            "It's the {} that hums.",
            "I think it's a {} of mine.",
            "A machine and its {} are old.",
            "We saw that it's the {} again.",
            "Clean its {} with care.",
        ],
    )
]


@pytest.fixture
def model(tmp_path, monkeypatch):
    """What is fitted to these sentences, and to a blog on which a slip was mended."""
    for name, text in {
        "prose.txt": "".join(f"{line}\n" for line in RIGHT * 20),
        "data/posts/one/a.md": "The fridge lost it's lid today.\n",
        "data/clean/two/b.md": "It's the lid that hums, and its door is old.\n",
        "data/items.jsonl": json.dumps(
            {"post": "posts/one/a.md", "line": 1, "column": 17, "old": "it's", "new": "its"}
            | {"kind": "realword"}
        ),
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    made = tmp_path / "confusion.bin"
    for name, value in {
        "PATH": str(made),
        "SOUNDS": "its it's",
        "SLIPS": "lid lids",
        "CHUNK": 100,
        "FEW": 1,
        "OTHERS": 0,
        "PRIOR": {True: 0.5, False: 9.0},
        "STRENGTH": 0.1,
        "SLOTS": 1 << 12,
        "BITS": 1 << 12,
        "ALARMS": 1e6,
    }.items():
        monkeypatch.setattr(fit_confusion, name, value)
    fit_confusion.sounds.cache_clear()
    arguments = ["fit", str(tmp_path / "prose.txt"), "--data", str(tmp_path / "data"), "--write"]
    monkeypatch.setattr("sys.argv", arguments)
    fit_confusion.main()
    fit_confusion.sounds.cache_clear()
    return Model(made.read_bytes())


def doubts(model, text):
    block = Block("paragraph", text, (Piece(0, Span(0, len(text)), True),))
    return [(doubt.start, doubt.word, doubt.meant) for doubt in confused_words(block, model)]


def test_what_was_fitted_is_what_is_used(model, capsys):
    assert doubts(model, "🎉 The fridge lost it’s lamp today.") == [(18, "it’s", "its")]
    assert doubts(model, "The fridge lost its lamp today.") == []
    assert doubts(model, "I think its a lamp of mine.") == [(8, "its", "it's")]
    assert doubts(model, "Its the tray that hums.") == [(0, "Its", "It's")]
    assert doubts(model, "The fridge lost \"it's\" lamp, and IT'S lid.") == []


def test_features_are_the_same_as_numbers_and_as_text():
    corpus = fit_confusion.Corpus(fit_confusion.Vocabulary())
    corpus.add("The 12 \ue001 doors, it’s said, hum.")
    corpus.freeze()
    every = [confusion.BORDER] * 2 + tokens("The 12 \ue001 doors, it’s said, hum.")
    every += [confusion.BORDER] * 2
    for place in range(2, len(every) - 2):
        (row,) = corpus.keys(fit_confusion.numpy().array([place])).tolist()
        named = [fit_confusion.feature(corpus.vocabulary, key) for key in row]
        assert named == features(every[place - 2 : place], every[place + 1 : place + 3])
