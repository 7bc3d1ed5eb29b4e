"""Several boxes whose contents are known: each is filled, labelled and proven by itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jpship_gui.domain.order_key import make_key
from jpship_gui.domain.packing.commands import Command, code_of
from jpship_gui.domain.packing.effects import Do
from jpship_gui.domain.packing.outcomes import Outcome
from jpship_gui.domain.packing.world import Block, PackLine, PackParcel, PackView
from tests.domain.packing.small_world import Bench, a_bench, a_view, number

A, B = (make_key(n) for n in (1, 2))
W1, W2, W3 = (number(n) for n in (1, 2, 3))
ACK, NEXT, UNDO = (code_of(c) for c in (Command.ACK, Command.NEXT, Command.UNDO))
RESTART, BYEYE = code_of(Command.RESTART), code_of(Command.BYEYE)
LINES = (PackLine("MUG", 2, frozenset({"MUG"}), "mug"), PackLine("DISH", 1, frozenset({"DISH"}), "dish"))


def two_boxes(**changes: object) -> PackView:
    """A mug in the first box, the other mug and the dish in the second."""
    boxes = (
        PackParcel(A, "yamato", contents={0: 1}),
        PackParcel(f"{A}P2", "yamato", contents={0: 1, 1: 1}),
    )
    return a_view(A, **{"lines": LINES, "parcels": boxes, **changes})


def test_each_box_is_filled_before_its_waybill() -> None:
    bench = a_bench(two_boxes(), goods=True)
    assert bench.outcomes(A, "MUG", W1, "MUG", "DISH", W2) == [
        *("OK_OPEN", "OK_ITEM_LAST", "OK_LINK", "OK_ITEM", "OK_ITEM_LAST", "OK_LINK"),
    ]
    assert [p.tracking_no for p in bench.world.views[A].parcels] == [W1, W2]
    assert bench.world.views[A].checked


def test_the_goods_count_as_checked_only_when_the_last_box_is_filled() -> None:
    bench = a_bench(two_boxes(), goods=True)
    first = [bench.scan(raw) for raw in (A, "MUG", W1)]
    assert first[1].reason == "box"
    assert not bench.world.views[A].checked
    last = [bench.scan(raw) for raw in ("DISH", "MUG")]
    assert [e.do for e in last[1].effects] == [Do.ITEM, Do.CHECKED]


@pytest.mark.parametrize(
    ("raws", "outcome", "reason"),
    [
        (("DISH",), Outcome.NG_OVER, "box"),  # belongs into the second
        (("MUG", "MUG"), Outcome.NG_OVER, "box"),
        (("MUG", W1, "MUG", "MUG"), Outcome.NG_OVER, ""),  # no box takes a third
        (("CUP",), Outcome.NG_UNKNOWN, ""),
        ((W1,), Outcome.NG_ORDER, ""),
        (("MUG", W1, W2), Outcome.NG_ORDER, ""),  # the second box is empty
    ],
)
def test_what_does_not_belong_into_this_box(raws: tuple[str, ...], outcome: Outcome, reason: str) -> None:
    bench = a_bench(two_boxes(), goods=True)
    bench.scan(A)
    answer = [bench.scan(raw) for raw in raws][-1]
    assert (answer.outcome, answer.reason) == (outcome, reason)


def test_the_waybill_promised_to_another_box_is_not_stuck_on_this_one() -> None:
    boxes = (
        PackParcel(A, "yamato", file_no=W1, contents={0: 1}),
        PackParcel(f"{A}P2", "yamato", file_no=W2, contents={0: 1, 1: 1}),
    )
    bench = a_bench(two_boxes(parcels=boxes), goods=True)
    bench.outcomes(A, "MUG")
    answer = bench.scan(W2)
    assert (answer.outcome, answer.reason) == (Outcome.NG_ORDER, "box")
    assert bench.outcomes(ACK, W1, "MUG", "DISH", W2) == [
        *("OK_ACK", "OK_LINK", "OK_ITEM", "OK_ITEM_LAST", "OK_DONE"),
    ]


def test_the_second_box_another_day_asks_for_its_own_goods_only() -> None:
    bench = a_bench(two_boxes(), goods=True)
    bench.outcomes(A, "MUG", W1, NEXT)
    assert bench.outcomes(A, "MUG", "DISH", W2) == ["OK_OPEN", "OK_ITEM", "OK_ITEM_LAST", "OK_LINK"]


def test_undo_goes_back_through_the_boxes_one_by_one() -> None:
    bench = a_bench(two_boxes(), goods=True)
    bench.outcomes(A, "MUG", W1, "DISH")
    assert bench.outcomes(UNDO, UNDO) == ["OK_UNDO", "OK_UNDO"]
    assert bench.world.views[A].parcels[0].tracking_no == ""
    assert bench.outcomes(W1, "DISH", "MUG", W2) == ["OK_LINK", "OK_ITEM", "OK_ITEM_LAST", "OK_LINK"]


def test_by_eye_counts_what_this_box_lacks() -> None:
    bench = a_bench(two_boxes(), goods=True)
    assert bench.outcomes(A, BYEYE, W1, BYEYE, BYEYE, W2) == [
        *("OK_OPEN", "OK_ITEM_LAST", "OK_LINK", "OK_ITEM", "OK_ITEM_LAST", "OK_LINK"),
    ]


def test_a_shop_that_scans_no_goods_is_not_asked_for_contents() -> None:
    bench = a_bench(two_boxes())
    assert bench.outcomes(A, W1, W2) == ["OK_OPEN", "OK_LINK", "OK_LINK"]


def test_a_session_rebuilt_from_effects_stands_at_the_same_box() -> None:
    bench = a_bench(two_boxes(), goods=True)
    bench.outcomes(A, "MUG", W1, "DISH")
    again = Bench(bench.world)
    for effects in bench.lines:
        again.session.replay(effects)
    assert again.session.state == bench.session.state
    assert again.session.expects() is bench.session.expects()


def told_first_box() -> PackView:
    first, second = two_boxes().parcels
    return two_boxes(parcels=(replace(first, tracking_no=W1, verified=True, told=True), second))


def test_what_was_told_of_one_box_stays_while_the_other_is_packed() -> None:
    bench = a_bench(told_first_box(), goods=True)
    assert bench.outcomes(A, RESTART, "MUG", "DISH", W2) == [
        *("OK_OPEN", "ATT_NOTHING", "OK_ITEM", "OK_ITEM_LAST", "OK_LINK"),
    ]
    assert bench.took(bench.session.reopen(A, "入れ直し")).outcome is Outcome.NG_DUPLICATE
    assert [p.tracking_no for p in bench.world.views[A].parcels] == [W1, W2]


def test_a_scan_that_was_told_meanwhile_is_not_undone() -> None:
    bench = a_bench(two_boxes(), goods=True)
    bench.outcomes(A, "MUG", W1)
    bench.world.views[A] = told_first_box()
    answer = bench.scan(UNDO)
    assert (answer.outcome, answer.reason) == (Outcome.ATT_NOTHING, "sent")


def test_a_box_the_driver_took_does_not_keep_the_other_from_being_packed() -> None:
    first, second = two_boxes().parcels
    gone = replace(first, tracking_no=W1, verified=True, handed_over=True)
    bench = a_bench(two_boxes(parcels=(gone, second)), goods=True)
    assert bench.outcomes(A, "MUG", "DISH", W2)[-1] == "OK_LINK"


def test_a_member_is_not_packed_by_itself_and_names_who_leads() -> None:
    bench = a_bench(a_view(A, block=Block.BUNDLED, block_of="order of B"), a_view(B))
    answer = bench.scan(A)
    assert (answer.outcome, answer.reason, answer.values["other"]) == (
        Outcome.NG_HOLD,
        "bundled",
        "order of B",
    )


@pytest.mark.parametrize(
    ("block", "outcome"),
    [(Block.CANCELLED, "NG_CANCELLED"), (Block.CHANGED, "NG_CHANGED"), (Block.HOLD, "NG_HOLD")],
)
def test_what_stops_a_member_stops_the_bundle_and_is_named(block: Block, outcome: str) -> None:
    bench = a_bench(a_view(A, block=block, block_of="order of B", block_reason="why"))
    answer = bench.scan(A)
    assert (answer.outcome.value, answer.reason) == (outcome, "together")
    assert (answer.values["other"], answer.values["why"]) == ("order of B", "why")
