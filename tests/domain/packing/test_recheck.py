"""A packed parcel checked once more: nothing is lost, a second reading proves, what is wrong waits for a person."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jpship_gui.domain.order_key import make_key
from jpship_gui.domain.packing.commands import Command, code_of
from jpship_gui.domain.packing.effects import Do
from jpship_gui.domain.packing.outcomes import Expect, Klass, Outcome
from jpship_gui.domain.packing.session import PackSession
from jpship_gui.domain.packing.world import Block, Goods, PackLine, PackParcel
from jpship_gui.domain.tracking_no import untracked_no
from tests.domain.packing.small_world import Bench, a_bench, a_view, number

A, B = (make_key(n) for n in (1, 2))
W1, W2, W3 = (number(n) for n in (1, 2, 3))
ACK, UNDO, NEXT, RESTART, RECHECK = (
    code_of(c) for c in (Command.ACK, Command.UNDO, Command.NEXT, Command.RESTART, Command.RECHECK)
)
DISH = PackLine("DISH", 1, frozenset({"DISH"}), "dish")
MUGS = PackLine("MUG", 2, frozenset({"MUG"}), "mug")


def packed(**changes: object) -> Bench:
    """A parcel of two mugs and a dish, packed and linked, not verified; another order waits."""
    bench = a_bench(a_view(A, lines=(MUGS, DISH), **changes), a_view(B), goods=True)
    assert bench.outcomes(A, "MUG", "MUG", "DISH", W1)[-1] == "OK_LINK"
    return bench


def facts(bench: Bench) -> tuple[object, ...]:
    view = bench.world.views[A]
    return view.checked, tuple((p.tracking_no, p.verified, p.handed_over) for p in view.parcels)


def replayed(bench: Bench) -> PackSession:
    again = PackSession(bench.world, "1", "佐藤")
    for effects in bench.lines:
        again.replay(effects)
    return again


def test_after_another_parcel_it_is_the_second_reading() -> None:
    bench = packed()
    bench.outcomes(B, "MUG", W2)
    assert bench.outcomes(RECHECK, A, "DISH", "MUG", "MUG", W1) == [
        *("OK_RECHECK", "OK_RECHECK", "OK_ITEM", "OK_ITEM", "OK_ITEM_LAST", "OK_DONE")
    ]
    assert {e.do for e in bench.lines[-1]} >= {Do.VERIFY, Do.RECHECKED, Do.CLOSE}
    assert facts(bench) == (True, ((W1, True, False),))
    assert replayed(bench).state == bench.session.state


def test_at_once_by_the_same_person_it_proves_nothing_and_is_no_complete() -> None:
    bench = packed()
    answer = [bench.scan(raw) for raw in (RECHECK, A, "MUG", "MUG", "DISH", W1)][-1]
    assert (answer.outcome, answer.reason, answer.klass) == (Outcome.OK_RECHECK, "unproven", Klass.OK)
    assert facts(bench) == (True, ((W1, False, False),))
    other = bench.session
    bench.session = PackSession(bench.world, "1", "鈴木")
    assert bench.outcomes(RECHECK, A, "MUG", "MUG", "DISH", W1)[-1] == "OK_DONE"
    assert facts(bench) == (True, ((W1, True, False),))
    assert other.state.shipment == ""


@pytest.mark.parametrize(
    ("raws", "outcome"),
    [
        (("CUP",), "NG_NOT_HERE"),
        (("DISH", "DISH"), "NG_OVER"),
        (("MUG", "MUG", "MUG"), "NG_OVER"),
        (("MUG", "MUG", "DISH", W2), "NG_OTHER_ORDER"),
        (("MUG", "MUG", "DISH", W3), "NG_OTHER_ORDER"),
        (("MUG", "MUG", "DISH", "MUG"), "NG_OVER"),
        (("MUG", "MUG", "DISH", "600078420325"), "NG_CARRIER"),
    ],
)
def test_something_wrong_stops_it_for_a_person_and_takes_nothing_back(
    raws: tuple[str, ...], outcome: str
) -> None:
    bench = packed()
    bench.world.views["C"] = a_view("C", lines=(PackLine("CUP", 1, frozenset({"CUP"}), "cup"),))
    bench.outcomes(B, "MUG", W2)
    before = facts(bench)
    answer = [bench.scan(raw) for raw in (RECHECK, A, *raws)][-1]
    assert (answer.outcome.value, answer.reason) == (outcome, "recheck")
    assert facts(bench) == before
    view = bench.world.views[A]
    assert (view.block, view.block_reason, view.holder) == (Block.HOLD, "recheck", "")
    assert bench.session.state.locked
    assert replayed(bench).state == bench.session.state
    assert bench.outcomes(ACK, A) == ["OK_ACK", "NG_HOLD"]
    assert bench.outcomes(ACK, RECHECK, A, "MUG", "MUG", "DISH", W1)[-1] == "OK_DONE", "it was set right"
    assert bench.world.views[A].block is None


def test_an_unknown_code_stops_but_blames_nobody() -> None:
    bench = packed()
    assert bench.outcomes(RECHECK, A, "?", ACK, W2) == [
        *("OK_RECHECK", "OK_RECHECK", "NG_UNKNOWN", "OK_ACK", "NG_ORDER")
    ]
    assert bench.world.views[A].block is None
    assert bench.session.state.shipment == A


def test_a_hold_for_another_reason_is_never_lifted_nor_overwritten() -> None:
    bench = packed()
    bench.outcomes(B, "MUG", W2)
    bench.world.views[A] = replace(bench.world.views[A], block=Block.HOLD, block_reason="電話待ち")
    assert bench.outcomes(RECHECK, A, "MUG", "MUG", "DISH", W1)[-1] == "OK_DONE"
    assert bench.outcomes(RECHECK, A, "DISH", "DISH")[-1] == "NG_OVER"
    assert (bench.world.views[A].block, bench.world.views[A].block_reason) == (Block.HOLD, "電話待ち")


def test_undo_restart_and_leaving_change_nothing_of_the_parcel() -> None:
    bench = packed()
    bench.outcomes(B, "MUG", W2)
    before = facts(bench)
    assert bench.outcomes(RECHECK, A, "MUG", UNDO, "MUG", "MUG", RESTART, "MUG") == [
        *("OK_RECHECK", "OK_RECHECK", "OK_ITEM", "OK_UNDO", "OK_ITEM", "OK_ITEM", "OK_RESTART", "OK_ITEM")
    ]
    assert dict(bench.session.state.counts) == {0: 1}
    assert bench.outcomes(NEXT) == ["OK_NEXT"]
    assert facts(bench) == before
    bench.outcomes(RECHECK, A, "MUG", "MUG", "DISH", W1)
    assert facts(bench)[1] == ((W1, True, False),)
    assert bench.scan(UNDO).outcome is Outcome.OK_UNDO
    assert facts(bench) == before
    assert bench.session.expects() is Expect.WAYBILL
    assert replayed(bench).state == bench.session.state


def test_once_confirmed_it_is_a_look_only() -> None:
    bench = packed()
    bench.outcomes(B, "MUG", W2)
    bench.world.views[A] = replace(bench.world.views[A], block=Block.SENT)
    answer = [bench.scan(raw) for raw in (RECHECK, A)][-1]
    assert (answer.outcome, answer.reason) == (Outcome.OK_RECHECK, "look")
    assert bench.outcomes("DISH", "DISH", ACK, UNDO, "DISH", "MUG", "MUG", W1) == [
        *("OK_ITEM", "NG_OVER", "OK_ACK", "OK_UNDO", "OK_ITEM", "OK_ITEM", "OK_ITEM_LAST", "OK_RECHECK")
    ]
    touched = {e.do for effects in bench.lines[-9:] for e in effects}
    assert not touched & {Do.VERIFY, Do.HOLD, Do.UNLINK, Do.UNCHECKED}
    assert bench.world.views[A].block is Block.SENT


def test_what_is_not_packed_cancelled_or_elsewhere_is_said() -> None:
    bench = packed()
    assert bench.outcomes(RECHECK, B) == ["OK_RECHECK", "ATT_NOTHING"]
    assert bench.scan(B).outcome is Outcome.OK_OPEN, "the wish went with the slip"
    assert bench.outcomes(RECHECK, NEXT) == ["ATT_NOTHING", "OK_NEXT"]
    bench.world.views[A] = replace(bench.world.views[A], holder="2")
    assert bench.outcomes(RECHECK, A, ACK) == ["OK_RECHECK", "NG_BUSY", "OK_ACK"]
    bench.world.views[A] = replace(bench.world.views[A], holder="", block=Block.CANCELLED)
    assert bench.outcomes(RECHECK, A) == ["OK_RECHECK", "NG_CANCELLED"]
    assert not bench.session.state.rechecking


def test_every_box_of_a_shipment_is_read_again() -> None:
    boxes = (PackParcel(A, "yamato"), PackParcel(f"{A}P2", "yamato"))
    bench = a_bench(a_view(A, parcels=boxes), a_view(B), goods=True)
    bench.outcomes(A, "MUG", W1, W2, B, "MUG", W3)
    assert bench.outcomes(RECHECK, A, "MUG", W2, W2, W1) == [
        *("OK_RECHECK", "OK_RECHECK", "OK_ITEM_LAST", "OK_LINK", "ATT_NOTHING", "OK_DONE")
    ]
    assert facts(bench) == (True, ((W1, True, False), (W2, True, False)))


def test_goods_may_be_read_in_any_order_though_boxes_are_known() -> None:
    boxes = (PackParcel(A, "yamato", contents={0: 2}), PackParcel(f"{A}P2", "yamato", contents={1: 1}))
    bench = a_bench(a_view(A, lines=(MUGS, DISH), parcels=boxes), goods=True)
    bench.outcomes(A, "MUG", "MUG", W1, "DISH", W2)
    bench.session.person = "鈴木"
    assert bench.outcomes(RECHECK, A, "DISH", "MUG", "MUG", W2, W1) == [
        *("OK_RECHECK", "OK_RECHECK", "OK_ITEM", "OK_ITEM", "OK_ITEM_LAST", "OK_LINK", "OK_DONE")
    ]


def test_a_parcel_without_number_is_closed_by_its_slip() -> None:
    box = PackParcel(
        A, "yamato", tracking_no=untracked_no(A), verified=True, linked_by="佐藤", untracked=True
    )
    bench = a_bench(a_view(A, parcels=(box,), checked=True), goods=True)
    assert bench.outcomes(RECHECK, A, "MUG", A) == ["OK_RECHECK", "OK_RECHECK", "OK_ITEM_LAST", "OK_DONE"]


def test_where_no_file_knows_the_number_the_name_is_asked() -> None:
    bench = packed(ask_name=True)
    bench.outcomes(B, "MUG", W2)
    assert bench.outcomes(RECHECK, A, "MUG", "MUG", "DISH", W1, "1") == [
        *("OK_RECHECK", "OK_RECHECK", "OK_ITEM", "OK_ITEM", "OK_ITEM_LAST", "ATT_ASK", "OK_DONE")
    ]
    assert facts(bench) == (True, ((W1, True, False),))


def test_shops_without_goods_read_the_waybill_again() -> None:
    bench = a_bench(a_view(A), a_view(B))
    bench.outcomes(A, W1, B, W2)
    assert bench.outcomes(RECHECK, A, W1) == ["OK_RECHECK", "OK_RECHECK", "OK_DONE"]


def test_what_does_not_belong_in_it_is_called_by_name() -> None:
    bench = packed()
    bench.world.known["CUP"] = Goods("CUP")
    bench.world.names["CUP"] = "カップ 紺"
    answer = [bench.scan(raw) for raw in (RECHECK, A, "CUP")][-1]
    assert (answer.outcome, answer.reason) == (Outcome.NG_NOT_HERE, "recheck")
    assert (answer.values["goods"], answer.values["stock"]) == ("カップ 紺", "CUP")
