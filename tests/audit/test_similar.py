"""Near-duplicates."""

import random

from hypothesis import given
from hypothesis import strategies as st

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
