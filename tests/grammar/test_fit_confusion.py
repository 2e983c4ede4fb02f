"""The models of confused words are fitted to texts; these are made up, and small."""

import itertools
import json

import pytest

from contentlint.blocks import Block, Piece
from contentlint.grammar import confusion, fit_confusion, fit_corpus, fit_words
from contentlint.grammar.confusion import Model, confused_words, features, tokens
from contentlint.grammar.fit_corpus import Corpus, Features, Vocabulary, numpy
from contentlint.text import Span

pytest.importorskip("scipy")

NOUNS = [
    *("lid", "door", "hose", "filter", "seal", "drum", "motor"),
    *("belt", "pump", "fan", "plug", "knob", "tray", "lamp"),
]
RIGHT = [
    sentence.replace("{}", noun)
    for noun, sentence in itertools.product(
        NOUNS,
        [
            "The dryer lost its {} today.",
            "It's the {} that hums.",
            "I think it's a {} of mine.",
            "A machine and its {} are old.",
            "We saw that it's the {} again.",
            "Clean its {} with care.",
            "These {}s hum, and many {}s are old.",
            "This {} hums, and we clean many {}s.",
            "We clean a {} now, and we saw it.",
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
    for module, settings in {
        fit_words: {"SOUNDS": "its it's", "SLIPS": "lid door", "AGREE": "this these"},
        fit_corpus: {"CHUNK": 100, "CLASSES": 12, "PARTS": 6, "DIMENSIONS": 8},
        fit_confusion: {
            "PATH": str(made),
            "FEW": 1,
            "OTHERS": 0,
            "WORTH": dict.fromkeys(("sounds", "listed", "near", "forms"), 1e4),
            "STRENGTH": dict.fromkeys(("sounds", "listed", "near", "forms"), 0.1),
            "SLOTS": 1 << 14,
            "BITS": 1 << 14,
            "CLASS_SLOTS": 1 << 10,
        },
    }.items():
        for name, value in settings.items():
            monkeypatch.setattr(module, name, value)
    fit_words.sounds.cache_clear()
    arguments = ["fit", str(tmp_path / "prose.txt"), "--data", str(tmp_path / "data"), "--write"]
    monkeypatch.setattr("sys.argv", arguments)
    fit_confusion.main()
    fit_words.sounds.cache_clear()
    return Model(made.read_bytes())


def doubts(model, text):
    block = Block("paragraph", text, (Piece(0, Span(0, len(text)), True),))
    return [(doubt.start, doubt.word, doubt.meant) for _, doubt in confused_words([block], model)]


def test_what_was_fitted_is_what_is_used(model, capsys):
    assert doubts(model, "🎉 The fridge lost it’s lamp today.") == [(18, "it’s", "its")]
    assert doubts(model, "The fridge lost its lamp today.") == []
    assert doubts(model, "I think its a lamp of mine.") == [(8, "its", "it's")]
    assert doubts(model, "Its the tray that hums.") == [(0, "Its", "It's")]
    assert doubts(model, "The fridge lost \"it's\" lamp, and IT'S lid today.") == []


def test_one_model_serves_the_endings_of_all_words(model):
    assert doubts(model, "We clean a belts now, and we saw it.") == [(11, "belts", "belt")]
    assert doubts(model, "This pump hums, and we clean many lid.") == [(34, "lid", "lids")]
    assert doubts(model, "We clean a belt now, and we saw it.") == []
    assert doubts(model, "This pump hums, and we clean many lids.") == []


def test_features_are_the_same_in_the_fit_and_in_a_run(model):
    text = "The 12 \ue001 doors, it’s said, hum for the lampshades."
    corpus = Corpus(Vocabulary())
    corpus.add("\n".join(RIGHT))
    first = corpus.add(text)
    corpus.freeze()
    listed = {"the": 3, "-hum": 2, "-des": 5, "hum": 4, confusion.BORDER: 1}
    of = [listed.get(name) or listed.get(f"-{name[-3:]}", 0) for name in corpus.vocabulary.words]
    np = numpy()
    classes = fit_corpus.Classes(np.array(of), np.array([0, 1, 1, 2, 2, 3]), listed)
    made = Features(corpus, classes)
    model._class_of = dict(zip(corpus.vocabulary.words, of, strict=True))
    model._class_of |= {"12": listed.get("-<n>", 0), "\ue001": 0}
    model._parts = bytes([0, 1, 1, 2, 2, 3])
    borders = [confusion.BORDER] * 3
    every = [*borders, *tokens(text), *borders]
    for place in range(3, len(every) - 3):
        values = model.values(every[place - 3 : place], every[place + 1 : place + 4])
        at = np.array([first + place - 3])
        kinds, words = np.array([66_000], np.uint32), np.array([12_345], np.uint32)
        (row,) = made.keys(at, kinds, words).tolist()
        assert row == features(values, 66_000, 12_345)
        assert made.keys(at).tolist() == [features(values, 0, 0)]
