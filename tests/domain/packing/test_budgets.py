"""How many scans a parcel takes: the budgets of the desk, to the scan (features 7)."""

from __future__ import annotations

import pytest

from jpship_gui.domain.order_key import make_key
from jpship_gui.domain.packing.commands import Command, code_of
from jpship_gui.domain.packing.effects import Do
from jpship_gui.domain.packing.outcomes import Outcome
from jpship_gui.domain.packing.world import Goods, PackLine, PackParcel, PackView, Proof
from tests.domain.packing.small_world import Bench, a_bench, a_view, number

A = make_key(1)
ACK, RUN = code_of(Command.ACK), code_of(Command.RUN)


def mugs(quantity: int, boxes: int = 1) -> PackView:
    """So many mugs in so many boxes, all numbers known to the carrier's file."""
    keys = (A, *(f"{A}P{n}" for n in range(2, boxes + 1)))
    return a_view(
        A,
        lines=(PackLine("MUG", quantity, frozenset({"MUG"}), "mug"),),
        parcels=tuple(PackParcel(key, "yamato", file_no=number(n)) for n, key in enumerate(keys, 1)),
    )


def scans(bench: Bench, *raws: str) -> int:
    """How many until the parcel is done; none of them may be refused, none may be left over."""
    for raw in raws[:-1]:
        answer = bench.scan(raw)
        assert answer.klass.value == "ok", (raw, answer.outcome)
        assert not any(effect.do is Do.CLOSE for effect in answer.effects), raw
    assert bench.scan(raws[-1]).outcome is Outcome.OK_DONE
    return len(raws)


def test_one_piece_in_three_scans() -> None:
    assert scans(a_bench(mugs(1), goods=True), A, "MUG", number(1)) == 3


@pytest.mark.parametrize("pieces", [2, 7, 30])
def test_n_pieces_in_n_and_two(pieces: int) -> None:
    bench = a_bench(mugs(pieces), goods=True)
    assert scans(bench, A, *["MUG"] * pieces, number(1)) == pieces + 2


def test_fewer_with_cases_and_with_a_quantity() -> None:
    bench = a_bench(mugs(24), goods=True)
    bench.world.known["CASE12"] = Goods("MUG", 12)
    assert scans(bench, A, "CASE12", "CASE12", number(1)) == 4
    bench = a_bench(mugs(24), goods=True)
    assert scans(bench, A, code_of(Command.QTY, "24"), "MUG", number(1)) == 4


@pytest.mark.parametrize("boxes", [1, 2, 5])
def test_without_goods_the_slip_and_a_waybill_for_each_box(boxes: int) -> None:
    numbers = [number(n) for n in range(1, boxes + 1)]
    bench = a_bench(mugs(9, boxes), goods=False)
    assert scans(bench, A, *numbers) == boxes + 1
    again = a_bench(mugs(9, boxes), goods=False)
    assert scans(again, A, *reversed(numbers)) == boxes + 1, "waybills of the file in any order"


@pytest.mark.parametrize("boxes", [2, 3])
def test_several_boxes_ask_for_each_piece_once(boxes: int) -> None:
    bench = a_bench(mugs(4, boxes), goods=True)
    numbers = [number(n) for n in range(1, boxes + 1)]
    assert scans(bench, A, *["MUG"] * 4, *numbers) == 4 + boxes + 1


def test_two_scans_a_parcel_in_a_run() -> None:
    views = [
        a_view(make_key(n), parcels=(PackParcel(make_key(n), "yamato", file_no=number(n)),)) for n in (1, 2)
    ]
    bench = a_bench(*views, goods=True)
    bench.scan(RUN)
    assert scans(bench, "MUG", number(1)) == 2
    assert scans(bench, "MUG", number(2)) == 2


def test_three_in_a_run_with_the_key_on_the_waybill() -> None:
    bench = a_bench(a_view(A), goods=True, proof=Proof.LABEL)
    bench.scan(RUN)
    assert scans(bench, "MUG", number(1), A) == 3


def test_one_scan_from_an_ng_back_to_work() -> None:
    bench = a_bench(mugs(1), goods=True)
    assert bench.outcomes(A, "?", ACK, "MUG", number(1)) == [
        *("OK_OPEN", "NG_UNKNOWN", "OK_ACK", "OK_ITEM_LAST", "OK_DONE")
    ]
