"""Near-duplicates."""

import json
import random
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contentlint import cli
from contentlint.audit import similar
from contentlint.audit.readability import words


def _posts(number, seed=1):
    """Posts of 300 words, of which some are frequent and most are rare, as in real writing."""
    chance = random.Random(seed)
    vocabulary = [f"word{n}" for n in range(5_000)]
    weights = [1 / (n + 5) for n in range(5_000)]
    return [chance.choices(vocabulary, weights, k=300) for _ in range(number)]


def _changed(post, share, seed=2):
    """The post with a share of its words exchanged."""
    chance = random.Random(seed)
    changed = list(post)
    for place in chance.sample(range(len(post)), round(share * len(post))):
        changed[place] = f"other{place}"
    return changed


def _groups(posts):
    return similar.groups(map(similar.phrases, posts), similar.POSTS)


def test_copies_are_found_and_unrelated_posts_are_not():
    posts = _posts(400)
    copies = {300 + n: _changed(posts[n], 0.05, seed=n) for n in range(40)}
    for place, copy in copies.items():
        posts[place] = copy
    found = _groups(posts)
    assert [[member.number for member in group] for group in found] == [
        [place - 300, place] for place in copies
    ]
    assert all(0.65 < group[1].similarity < 0.85 for group in found)


def test_the_same_text_a_thousand_times_is_one_group():
    (group,) = _groups(_posts(1) * 1_000)
    assert len(group) == 1_000
    assert {member.similarity for member in group} == {1.0}


def test_half_of_the_words_make_another_post():
    post = _posts(1)[0]
    assert _groups([post, _changed(post, 0.5)]) == []


def test_parts_of_a_series_are_titles_of_their_own():
    assert similar.letters("Part 1 of 3") == similar.letters("Part 2 of 3")
    titles = ["How to mend a dryer", "How to mend the dryer", "A day at the sea"]
    (group,) = similar.groups(map(similar.letters, titles), 0.6)
    assert [member.number for member in group] == [0, 1]


def test_texts_without_words_are_like_nothing():
    assert _groups([[], [], []]) == []


@given(st.lists(st.text(max_size=40), max_size=8))
def test_each_text_is_in_one_group_at_most(texts):
    groups = similar.groups([similar.phrases(words(text)) for text in texts], 0.6)
    numbers = [member.number for group in groups for member in group]
    assert len(numbers) == len(set(numbers))
    assert all(len(group) > 1 and group[0].similarity == 1.0 for group in groups)


@pytest.mark.slow
def test_copies_among_ten_thousand_posts(tmp_path, monkeypatch):
    """With planted copies, of whose words 5 % are others, in a blog of 10,000 posts."""
    resource = pytest.importorskip("resource")  # which Windows has not
    chance = random.Random(5)
    letters = "bdfgklmnprstvz"
    words = ["".join(chance.choice(letters) + chance.choice("aeiou") for _ in range(3))
             for _ in range(8_000)]  # fmt: skip
    weights = [1 / (n + 5) for n in range(len(words))]
    texts = [chance.choices(words, weights, k=200) for _ in range(10_000)]
    planted = set()
    for number in range(100):
        copy = list(texts[number])
        for place in chance.sample(range(200), 10):
            copy[place] = chance.choice(words)
        texts[9_000 + number] = copy
        planted.add((f"{number}.md", f"{9_000 + number}.md"))
    (tmp_path / ".git").mkdir()
    # These are no words, and to look for what was meant by each would take most of the time.
    (tmp_path / "contentlint.toml").write_text('ignore = ["typos", "grammar"]\n')
    for number, text in enumerate(texts):
        (tmp_path / f"{number}.md").write_text(" ".join(text) + "\n")
    monkeypatch.chdir(tmp_path)
    spent: list[float] = []
    groups = similar.groups

    def timed(*arguments):
        start = time.process_time()
        found = groups(*arguments)
        spent.append(time.process_time() - start)
        return found

    monkeypatch.setattr(similar, "groups", timed)
    start = time.process_time()
    assert cli.main(["audit", "-q", "--no-cache", "--report", "audit.json"]) == 0
    whole = time.process_time() - start
    found = json.loads(Path("audit.json").read_text())["blog"]["near_duplicates"]
    pairs = {tuple(sorted((one["path"] for one in group["posts"]), key=_number)) for group in found}
    assert pairs == planted
    assert whole < 1.5 * (whole - sum(spent))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 1_000_000  # kB


def _number(path):
    return int(path.removesuffix(".md"))
