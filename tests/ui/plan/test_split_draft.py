"""Moving pieces between boxes: always all of them, never one twice."""

from __future__ import annotations

import random

from jpship_gui.ui.plan.split_draft import MOST, SplitDraft, SplitLine

LINES = (SplitLine("マグカップ", "青", 3), SplitLine("ほうじ茶", "", 12))


def draft(*boxes: list[int], **values: int | bool) -> SplitDraft:
    return SplitDraft(LINES, [list(box) for box in boxes], **values)  # type: ignore[arg-type]


def test_a_piece_comes_from_the_box_that_has_most() -> None:
    made = draft([1, 5], [2, 7], [0, 0])
    assert made.put(0, 2)
    assert made.boxes == [[1, 5], [1, 7], [1, 0]]
    assert not draft([3, 12]).put(0, 0), "there is no other box"


def test_a_piece_taken_out_goes_into_the_next_box_and_from_the_last_into_the_one_before() -> None:
    made = draft([3, 12], [0, 0])
    assert made.take(0, 0)
    assert made.boxes == [[2, 12], [1, 0]]
    assert made.take(0, 1)
    assert made.boxes == [[3, 12], [0, 0]]
    assert not made.take(0, 1)


def test_whatever_is_done_all_pieces_stay() -> None:
    dice = random.Random(4)
    made = draft([3, 12])
    for _ in range(2_000):
        box, line = dice.randrange(len(made.boxes)), dice.randrange(2)
        dice.choice(
            (lambda: made.put(line, box), lambda: made.take(line, box), made.add_box, made.drop_box)  # noqa: B023
        )()
        assert [sum(one[n] for one in made.boxes) for n in range(2)] == [3, 12]
        assert all(count >= 0 for one in made.boxes for count in one)
        assert 1 <= len(made.boxes) <= MOST


def test_contents_are_told_only_where_every_box_has_some() -> None:
    made = draft([3, 12])
    made.add_box()
    assert made.changed
    assert (made.empty(), made.contents()) == (True, ())
    made.put(1, 1)
    assert made.contents() == ({1: 3, 2: 11}, {2: 1})
    alike = draft([2, 12], [1, 0], countable=False)
    assert (alike.put(0, 1), alike.take(0, 1), alike.contents()) == (False, False, ())


def test_boxes_a_bundle_had_before_stay() -> None:
    made = draft([3, 0], [0, 12], least=2)
    assert not made.drop_box()
    made.add_box()
    assert made.drop_box()


def test_a_proposal_is_taken_over() -> None:
    made = draft([3, 12])
    made.propose([{1: 3}, {2: 12}])
    assert made.boxes == [[3, 0], [0, 12]]
    assert made.contents() == ({1: 3}, {2: 12})
