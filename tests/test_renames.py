"""Which file has become which, told by their lines."""

from hypothesis import given
from hypothesis import strategies as st

from contentlint.renames import is_alike, likeness, pair, sketch

POST = """\
---
title: {title}
draft: false
layout: post
---
The {title} hums at night.

Clean the coils of the {title} twice a year, as the manual says.

- Pull the {title} out.
- Unplug it.

Then wait an hour before you plug the {title} in again.
"""
FRIDGE, OVEN, DRYER = (POST.format(title=title) for title in ("fridge", "oven", "dryer"))


def test_an_edited_text_is_alike_and_another_post_with_the_same_frame_is_not():
    edited = FRIDGE.replace("Unplug it.", "Unplug it first.") + "\nMore on that next week.\n"
    assert is_alike(sketch(FRIDGE), sketch(edited))
    assert not is_alike(sketch(FRIDGE), sketch(OVEN))


def test_line_endings_blanks_and_order_are_of_no_account():
    backwards = "\n".join(f"  {line}\t" for line in reversed(FRIDGE.split("\n")))
    assert sketch(FRIDGE) == sketch(FRIDGE.replace("\n", "\r\n")) == sketch(backwards)
    assert sketch(FRIDGE.replace("\n", "\r")) == sketch(FRIDGE)


def test_texts_without_words_are_like_nothing():
    assert sketch("") == sketch("---\n---\n\n***\n") == ""
    assert not is_alike("", "")
    assert pair({"a.md": ""}, {"b.md": ""}) == {}


def test_files_are_paired_by_what_stands_in_them():
    gone = {"a.md": sketch(FRIDGE), "b.md": sketch(OVEN), "c.md": sketch("Something else.")}
    new = {
        "y.md": sketch(OVEN + "\nAnd more.\n"),
        "x.md": sketch(FRIDGE),
        "z.md": sketch(DRYER),
    }
    assert pair(gone, new) == {"a.md": "x.md", "b.md": "y.md"}


def test_of_two_copies_one_has_the_old_name_s_place_and_it_is_the_closest():
    edited = FRIDGE + "\nAnd more.\n"
    assert pair({"a.md": sketch(FRIDGE)}, {"b.md": sketch(edited), "c.md": sketch(FRIDGE)}) == {
        "a.md": "c.md"
    }
    assert pair({"a.md": sketch(FRIDGE), "b.md": sketch(edited)}, {"c.md": sketch(FRIDGE)}) == {
        "a.md": "c.md"
    }


@given(st.text(), st.text())
def test_likeness_is_a_share_and_has_no_order(one, other):
    mine, others = sketch(one), sketch(other)
    assert 0 <= likeness(mine, others) == likeness(others, mine) <= 1
    assert likeness(mine, mine) == (1 if mine else 0)
