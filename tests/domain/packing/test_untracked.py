"""Boxes whose service gives no number: closed by the slip or the label read again, or by the key (SY-09)."""

from __future__ import annotations

from dataclasses import replace

from jpship_gui.domain.order_key import make_key, parcel_key
from jpship_gui.domain.packing.commands import Command
from jpship_gui.domain.packing.effects import Do
from jpship_gui.domain.packing.outcomes import Expect, Outcome
from jpship_gui.domain.packing.world import PackParcel, Proof
from jpship_gui.domain.tracking_no import is_untracked
from tests.domain.packing.small_world import Bench, SmallWorld, a_view, number

KEY, OTHER = make_key(1), make_key(2)


def desk(boxes: int = 1) -> Bench:
    parcels = tuple(PackParcel(parcel_key(KEY, n), "jppost", untracked=True) for n in range(1, boxes + 1))
    return Bench(SmallWorld({KEY: a_view(KEY, parcels=parcels), OTHER: a_view(OTHER)}))


def test_the_slip_read_again_closes_it_without_a_number() -> None:
    at = desk()
    assert at.scan(KEY).expects is Expect.ITEM
    assert at.scan(KEY).outcome is Outcome.OK_OPEN  # goods are still missing: nothing is closed
    assert at.scan("MUG").expects is Expect.UNTRACKED
    done = at.scan(KEY)
    assert (done.outcome, done.reason) == (Outcome.OK_DONE, "untracked")
    (box,) = at.world.views[KEY].parcels
    assert is_untracked(box.tracking_no)
    assert box.verified
    assert {e.proof for e in done.effects if e.do is Do.VERIFY} == {Proof.UNTRACKED}
    assert at.scan(KEY).outcome is Outcome.NG_DUPLICATE


def test_so_does_the_key_for_work_done_by_eye() -> None:
    at = desk()
    at.scan(KEY)
    at.scan("MUG")
    assert at.took(at.session.command(Command.TICK)).outcome is Outcome.OK_DONE


def test_the_slip_of_another_order_never_does() -> None:
    at = desk()
    at.scan(KEY)
    at.scan("MUG")
    assert at.scan(OTHER).outcome is Outcome.NG_OTHER_ORDER
    assert not at.world.views[KEY].parcels[0].tracking_no


def test_each_of_several_boxes_is_read() -> None:
    at = desk(2)
    at.scan(KEY)
    at.scan("MUG")
    first = at.scan(KEY)
    assert (first.outcome, first.expects) == (Outcome.OK_LINK, Expect.UNTRACKED)
    assert at.scan(parcel_key(KEY, 2)).outcome is Outcome.OK_DONE
    numbers = [box.tracking_no for box in at.world.views[KEY].parcels]
    assert len(set(numbers)) == 2
    assert all(is_untracked(found) for found in numbers)


def test_undo_takes_it_back() -> None:
    at = desk()
    at.scan(KEY)
    at.scan("MUG")
    at.scan(KEY)
    assert at.took(at.session.command(Command.UNDO)).outcome is Outcome.OK_UNDO
    (box,) = at.world.views[KEY].parcels
    assert (box.tracking_no, box.verified) == ("", False)


def test_a_number_it_bears_after_all_is_taken() -> None:
    at = desk()
    at.world.views[KEY] = replace(at.world.views[KEY], parcels=(PackParcel(KEY, "yamato", untracked=True),))
    at.scan(KEY)
    at.scan("MUG")
    at.scan(number(3))
    assert at.world.views[KEY].parcels[0].tracking_no == number(3)
