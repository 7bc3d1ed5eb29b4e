"""Several pieces by one scan, the day's end and the slip once more: commands beside the way of a parcel (PK-05, 12)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jpship_gui.domain.order_key import make_key
from jpship_gui.domain.packing.commands import Command, code_of
from jpship_gui.domain.packing.effects import Do, Effect
from jpship_gui.domain.packing.outcomes import Outcome
from jpship_gui.domain.packing.session import PackSession
from jpship_gui.domain.packing.world import Block, Goods, PackLine, PackParcel
from tests.domain.packing.small_world import Bench, a_bench, a_view, number

A, B = (make_key(n) for n in (1, 2))
W1, W2 = (number(n) for n in (1, 2))
ACK, UNDO, NEXT, BYEYE, FINISH, REPRINT = (
    code_of(c)
    for c in (Command.ACK, Command.UNDO, Command.NEXT, Command.BYEYE, Command.FINISH, Command.REPRINT)
)


def qty(pieces: int) -> str:
    return code_of(Command.QTY, str(pieces))


def mugs(quantity: int, *more: PackLine) -> Bench:
    """A parcel of so many mugs; a case of six has a code of its own."""
    line = PackLine("MUG", quantity, frozenset({"MUG"}), "mug")
    bench = a_bench(a_view(A, lines=(line, *more)), a_view(B), goods=True)
    bench.world.known["CASE6"] = Goods("MUG", 6)
    return bench


def counts(bench: Bench) -> dict[int, int]:
    return dict(bench.session.state.counts)


def replayed(bench: Bench) -> PackSession:
    again = PackSession(bench.world, "1", "佐藤")
    for effects in bench.lines:
        again.replay(effects)
    return again


def test_the_next_goods_count_so_many_and_the_ones_after_them_one() -> None:
    bench = mugs(14)
    assert bench.outcomes(A, qty(12), "MUG", "MUG") == ["OK_OPEN", "OK_QTY", "OK_ITEM", "OK_ITEM"]
    assert counts(bench) == {0: 13}
    assert bench.scan("MUG").outcome is Outcome.OK_ITEM_LAST


def test_a_case_counts_its_pieces_times_the_quantity() -> None:
    bench = mugs(18)
    answer = [bench.scan(raw) for raw in (A, qty(3), "CASE6")][-1]
    assert (answer.outcome, answer.values["done"], answer.values["of"]) == (Outcome.OK_ITEM_LAST, "18", "18")


def test_one_too_many_and_none_of_them_counts() -> None:
    bench = mugs(5)
    assert bench.outcomes(A, qty(6), "MUG") == ["OK_OPEN", "OK_QTY", "NG_OVER"]
    assert counts(bench) == {}
    assert bench.outcomes(ACK, "MUG") == ["OK_ACK", "OK_ITEM"]
    assert counts(bench) == {0: 1}, "the quantity went with the scan it was for"


@pytest.mark.parametrize("between", ["?", A, NEXT, UNDO, W1, qty(1)])
def test_whatever_comes_next_forgets_the_quantity(between: str) -> None:
    bench = mugs(9)
    bench.outcomes(A, qty(4), between, ACK)
    if not bench.session.state.shipment:
        bench.scan(A)
    bench.scan("MUG")
    assert counts(bench) == {0: 1}
    assert replayed(bench).state == bench.session.state


def test_undo_takes_back_the_quantity_first_then_all_its_pieces() -> None:
    bench = mugs(9)
    bench.outcomes(A, "MUG", qty(5), "MUG", qty(2))
    answer = bench.scan(UNDO)
    assert (answer.outcome, answer.reason, counts(bench)) == (Outcome.OK_UNDO, "quantity", {0: 6})
    back = bench.scan(UNDO)
    assert counts(bench) == {0: 1}
    assert Effect(Do.UNITEM, A, line=0, pieces=5, how="code") in back.effects
    assert bench.outcomes(UNDO, UNDO, UNDO) == ["OK_UNDO", "OK_UNDO", "ATT_NOTHING"]
    assert replayed(bench).state == bench.session.state


def test_a_quantity_fills_two_lines_of_the_same_goods() -> None:
    bench = mugs(2, PackLine("MUG", 3, frozenset({"MUG"}), "mug"))
    assert bench.outcomes(A, qty(5), "MUG") == ["OK_OPEN", "OK_QTY", "OK_ITEM_LAST"]
    assert counts(bench) == {0: 2, 1: 3}
    bench.scan(UNDO)
    assert bench.outcomes(qty(6), "MUG", ACK) == ["OK_QTY", "NG_OVER", "OK_ACK"]
    assert counts(bench) == {}


def test_lines_without_a_stock_key_are_never_taken_for_one_another() -> None:
    lines = (PackLine("", 1, frozenset({"SHOP-1"}), "mug"), PackLine("", 1, frozenset({"SHOP-2"}), "dish"))
    bench = a_bench(a_view(A, lines=lines), goods=True)
    assert bench.outcomes(A, "SHOP-1", "SHOP-1") == ["OK_OPEN", "OK_ITEM", "NG_OVER"]


def test_goods_without_a_code_by_the_quantity_and_recorded_by_eye() -> None:
    bench = mugs(7)
    assert bench.outcomes(A, qty(7), BYEYE) == ["OK_OPEN", "OK_QTY", "OK_ITEM_LAST"]
    assert {e.how for e in bench.lines[-1] if e.do in (Do.ITEM, Do.CHECKED)} == {"eye"}


@pytest.mark.parametrize("code", [qty(0), qty(100), code_of(Command.QTY)])
def test_no_number_no_quantity(code: str) -> None:
    bench = mugs(200)
    assert [bench.scan(raw).reason for raw in (A, code)] == ["", "pieces"]
    assert bench.session.state.quantity == 0


def test_a_quantity_where_no_goods_are_read() -> None:
    bench = mugs(1)
    assert bench.outcomes(qty(3), A, "MUG", qty(3)) == [
        *("ATT_NOTHING", "OK_OPEN", "OK_ITEM_LAST", "ATT_NOTHING")
    ]
    bench.world.views[A] = replace(bench.world.views[A], block=Block.CANCELLED)
    assert mugs(1).outcomes(A, qty(1), "MUG") == ["OK_OPEN", "OK_QTY", "OK_ITEM_LAST"]


def test_a_cancelled_order_stops_a_quantity_too() -> None:
    bench = mugs(3)
    bench.scan(A)
    bench.world.views[A] = replace(bench.world.views[A], block=Block.CANCELLED)
    assert bench.outcomes(qty(3)) == ["NG_CANCELLED"]


def test_the_slip_of_the_open_parcel_else_of_the_last_one_is_printed_again() -> None:
    bench = mugs(1)
    assert bench.scan(REPRINT).reason == "reprint"
    assert [bench.scan(raw).shipment for raw in (A, REPRINT)][-1] == A
    bench.outcomes("MUG", W1)
    answer = bench.scan(REPRINT)
    assert (answer.outcome, answer.effects) == (Outcome.OK_REPRINT, (Effect(Do.REPRINT, A),))
    bench.outcomes(B, NEXT)
    assert bench.scan(REPRINT).shipment == B
    assert replayed(bench).state == bench.session.state


def test_a_slip_that_is_out_of_date_is_the_one_to_print_again() -> None:
    bench = mugs(1)
    bench.outcomes(A, NEXT)
    bench.world.views[B] = replace(bench.world.views[B], block=Block.CHANGED)
    assert bench.outcomes(B, ACK) == ["NG_CHANGED", "OK_ACK"]
    assert bench.scan(REPRINT).shipment == B
    assert replayed(bench).state == bench.session.state


def test_the_day_does_not_end_over_an_open_parcel() -> None:
    bench = mugs(1)
    bench.scan(A)
    answer = bench.scan(FINISH)
    assert (answer.outcome, answer.reason, answer.shipment) == (Outcome.ATT_NOTHING, "still_open", A)
    assert bench.session.state.shipment == A


def test_the_day_ends_with_what_is_left() -> None:
    bench = a_bench(a_view(A), a_view(B), a_view(make_key(3), parcels=(PackParcel(make_key(3), "yamato"),)))
    assert bench.outcomes(A, W1) == ["OK_OPEN", "OK_LINK"]
    answer = bench.scan(FINISH)
    assert answer.outcome is Outcome.OK_FINISH
    assert (answer.values["unproven"], answer.values["left"]) == ("1", "2")
    assert bench.scan(UNDO).outcome is Outcome.ATT_NOTHING, "what was done before is done"
    assert bench.outcomes(B, W2) == ["OK_OPEN", "OK_LINK"], "tomorrow goes on"
    assert replayed(bench).state == bench.session.state
