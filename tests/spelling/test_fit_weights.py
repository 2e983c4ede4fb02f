"""The weights are fitted to labelled blogs; these are made up, and tiny."""

import json

import pytest

from contentlint.spelling import Features, fit_weights
from contentlint.spelling.fit_weights import (
    Curve,
    cross_validated,
    join,
    main,
    read,
    table,
    with_table,
)

TYPOS = ("definatly", "recieveing", "seperatly", "accomodatoin", "necesarry", "goverment")
NAMES = ("Frobnak", "Zorblat", "Quuxley", "Blarvin", "Snorvel", "Tromblin")
ONLY_LIKENESS = Features(*(float(name == "likeness") for name in Features._fields))


@pytest.fixture
def data(tmp_path):
    """Six sites with a mended typo each, and two clean ones; one of their typos is known."""
    items = []
    for number, typo in enumerate(TYPOS):
        post = f"posts/site{number}/1.md"
        text = f"# A post\r\n\r\nIt is {typo} so, says {NAMES[number]}.\r\n"
        items.append({"post": post, "line": 3, "column": 7, "old": typo, "kind": "nonword"})
        write(tmp_path / post, text)
    items.append({**items[0], "column": 1, "old": "It", "kind": "grammar"})
    clean = "We met Grobnik and the hackathoners here.\n"
    write(tmp_path / "clean/one/a.md", clean + "A refuigerator hums.\n")
    write(tmp_path / "clean/two/b.md", clean)
    known = {"post": "clean/one/a.md", "line": 2, "column": 3, "word": "refuigerator"}
    write(tmp_path / "items.jsonl", "".join(json.dumps(item) + "\n" for item in items))
    write(tmp_path / "clean_known_errors.jsonl", json.dumps(known) + "\n")
    write(tmp_path / "clean_words.json", json.dumps({"one": 100, "two": 70}))
    return tmp_path


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def test_labels_are_found_where_they_stand(data):
    found = read(data)
    assert (found.items, found.words) == (len(TYPOS), 170)
    assert [one.item for one in found.samples if one.item is not None] == [0, 1, 2, 3, 4, 5]
    typos = [one.site for one in found.samples if one.is_typo and one.item is None]
    assert typos == ["one"]  # the known one
    assert {one.site for one in found.samples if found.is_alarm(one)} <= {"one", "two"}


def test_nobody_knows_whether_what_was_not_mended_is_right(data):
    weights = {one.weight for one in read(data).samples if not one.clean and not one.is_typo}
    assert weights == {fit_weights.UNMENDED}


def test_the_alarms_of_an_unedited_site_count_for_nothing(data):
    found = read(data, frozenset(["two"]))
    assert found.words == 100
    assert {one.site for one in found.samples if found.is_alarm(one)} <= {"one"}


def test_several_folders_are_one(data):
    one = read(data)
    both = join([one, one])
    assert (both.items, both.words) == (2 * one.items, 2 * one.words)
    assert {sample.item for sample in both.samples} - {None} == set(range(2 * one.items))


def test_no_site_is_measured_by_weights_fitted_to_it(data):
    found = read(data)
    left_out = []

    def fit(samples):
        left_out.append({one.site for one in found.samples} - {one.site for one in samples})
        return ONLY_LIKENESS

    curve = cross_validated(found, fit)
    assert sorted(site for sites in left_out for site in sites) == sorted(
        {one.site for one in found.samples}
    )
    assert len(curve.found) == len(TYPOS)


def test_recall_is_read_off_at_so_many_alarms():
    curve = Curve(found=[9.0, 5.0, 2.0], alarms=[6.0, 3.0, 1.0], items=4, words=1000)
    assert curve.at(0) == (0.25, 6.0)
    assert curve.at(1) == (0.5, 3.0)
    assert curve.at(2) == (0.75, 1.0)
    assert curve.at(9)[0] == 0.75  # one of the four was never scored


def test_the_table_is_python_and_replaces_the_old_one():
    with open(fit_weights.weights.__file__, encoding="utf-8") as file:
        module = file.read()
    written = with_table(module, table(ONLY_LIKENESS, 0.5))
    scope = {}
    exec(written, scope)  # noqa: S102
    assert scope["WEIGHTS"] == ONLY_LIKENESS
    assert (scope["WARNING"], scope["ERROR"]) == (0.0, 0.5)
    assert with_table(written, table(ONLY_LIKENESS, 0.5)) == written
    assert written.startswith(module[:200])


def test_the_weights_at_hand_are_as_the_table_writes_them():
    with open(fit_weights.weights.__file__, encoding="utf-8") as file:
        module = file.read()
    assert module.endswith(table(fit_weights.weights.WEIGHTS, fit_weights.weights.ERROR))


def test_without_scikit_learn_it_says_what_is_missing(data, monkeypatch, capsys):
    monkeypatch.setattr(fit_weights, "find_spec", lambda name: None)
    assert main([str(data)]) == 2
    assert "pip install scikit-learn" in capsys.readouterr().err


def test_the_same_data_gives_the_same_table(data, capsys):
    pytest.importorskip("sklearn", reason="scikit-learn fits the weights")
    assert main([str(data)]) == 0
    first = capsys.readouterr().out
    assert main([str(data)]) == 0
    assert capsys.readouterr().out == first
    assert "recall" in first
    assert "likeness=" in first
