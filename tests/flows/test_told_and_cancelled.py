"""What a marketplace says of orders we already work on, whichever marketplace it is: told stays told, cancelled stops.

IN-07 and IN-09 over every marketplace of the registry, and over every stage up to the hand-over.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jpship_gui.domain.confirmation import SendResult, SendState
from jpship_gui.domain.order import Order, OrderId, OrderState
from jpship_gui.domain.packing.commands import Command, code_of
from jpship_gui.domain.shipment import Shipment
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.confirm.answers import write_answers
from jpship_gui.flows.confirm.queue import actor, queue, retry
from jpship_gui.flows.confirm.review import review
from jpship_gui.flows.intake.accept import Source, accept_orders
from jpship_gui.flows.intake.preview import CHANGED, UNCHANGED, outcomes_of
from jpship_gui.flows.pack.desk import Desk
from jpship_gui.flows.pack.track import track
from jpship_gui.flows.paper.hand_to_carrier import NothingToExport, export
from jpship_gui.flows.paper.print_picklist import print_picklist
from jpship_gui.flows.paper.print_slips import NothingToPrint, print_slips
from jpship_gui.flows.workspace import Workspace
from jpship_gui.marketplaces import marketplaces
from jpship_gui.practice.reading import read_waybill as read
from jpship_gui.store import outbox, shipments, shops
from tests.builders import NOW, an_order
from tests.flows.carrier_desk import SETTINGS, open_desk
from tests.flows.confirming import yamato_number

CONFIRMED = sorted(market.id for market in marketplaces().values() if market.confirms)
ACK = code_of(Command.ACK)
W1, W2 = yamato_number(11), yamato_number(12)
SHOP = "試験店"


@dataclass
class Bench:
    """Two orders of one marketplace at a desk; the first is the one that is brought along and cancelled."""

    ws: Workspace
    folder: Path
    marketplace: str
    desk: Desk
    keys: list[str] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)

    def read(self, *orders: Order) -> None:
        """A newer reading."""
        accept_orders(self.ws, orders, Source("api", SHOP, f"{self.marketplace}.api"))

    def the(self, place: int = 0) -> Shipment:
        found = shipments.by_key(self.ws.store, self.keys[place])
        assert found is not None
        return found

    def scans(self, *codes: str) -> list[str]:
        said = [read(self.desk, code).outcome.value for code in codes]
        self.desk.apply_pending()
        return said

    def state(self) -> SendState | None:
        items = outbox.by_keys(self.ws.store, self.keys[:1])
        return items[0].state if items else None

    def cancel(self) -> None:
        self.read(replace(self.orders[0], state=OrderState.CANCELLED, state_code="900"))


def _print(bench: Bench) -> None:
    print_slips(bench.ws, None, bench.folder / "slips.pdf")


def _pick(bench: Bench) -> None:
    print_picklist(bench.ws, None, bench.folder / "pick.pdf")


def _export(bench: Bench) -> None:
    export(bench.ws, "yamato", None, bench.folder / "b2.csv")


def _open(bench: Bench) -> None:
    assert bench.scans(bench.keys[0]) == ["OK_OPEN"]


def _check(bench: Bench) -> None:
    assert bench.scans("mug-300-bl") == ["OK_ITEM_LAST"]


def _link(bench: Bench) -> None:
    assert bench.scans(W1) == ["OK_LINK"]


def _verify(bench: Bench) -> None:
    assert bench.scans(bench.keys[1], "mug-300-bl", W2)[-1] == "OK_LINK"
    assert bench.scans(bench.keys[0], W1) == ["OK_OPEN", "OK_DONE"]


def _queue(bench: Bench) -> None:
    assert queue(bench.ws, bench.keys[:1]).keys == tuple(bench.keys[:1])


def _answered(state: SendState) -> Callable[[Bench], None]:
    """As if it had been sent, or written into a file, and this had come of it."""

    def answer(bench: Bench) -> None:
        ws, by = bench.ws, actor(bench.ws)
        outbox.take_waiting(ws.store, SHOP, by, ws.now(), timedelta(minutes=1), 10)
        write_answers(ws, [SendResult(bench.keys[0], state, "test")], by)

    return answer


# The way of a shipment, act by act; `refused` and `filed` are two ends of the same way.
WAY: Sequence[tuple[str, Callable[[Bench], None]]] = (
    *(
        ("printed", _print),
        ("on_the_pick_list", _pick),
        ("handed_to_the_carrier", _export),
        ("opened", _open),
    ),
    *(("checked", _check), ("linked", _link), ("verified", _verify), ("queued", _queue)),
)
ENDS = {
    "refused": _answered(SendState.REFUSED),
    "filed": _answered(SendState.FILED),
    "accepted": _answered(SendState.ACCEPTED),
}
BEFORE_HAND_OVER = ("fresh", *(name for name, _ in WAY), "refused", "filed")


def bring(bench: Bench, stage: str) -> None:
    """Do everything up to a stage."""
    if stage == "fresh":
        return
    for name, act in WAY:
        act(bench)
        if name == stage:
            return
    ENDS[stage](bench)


def open_bench(stack: ExitStack, folder: Path, marketplace: str) -> Bench:
    ws = open_desk(folder)
    stack.callback(ws.close)
    own = {"yamato": {"code": "1", "name": "ヤマト", "method": "1", "carrier_name": "ヤマト"}}
    listed = marketplaces()[marketplace].carrier_code("yamato", "takkyubin", NOW.date())
    codes = json.dumps({} if listed else own)  # some take no code but those of their own list
    shops.add(ws.store, SHOP, marketplace, {**SETTINGS, "carrier.codes": codes}, NOW)
    desk = stack.enter_context(Desk(ws))
    bench = Bench(ws, folder, marketplace, desk)
    ids = [OrderId(marketplace, SHOP, f"TEST-{n:04d}") for n in (1, 2)]
    earlier = NOW - timedelta(hours=1)  # nothing ships the moment it is ordered
    bench.orders = [an_order(n, SHOP, id=one, ordered_at=earlier) for n, one in enumerate(ids, start=1)]
    bench.read(*bench.orders)
    rows = ws.store.rows("SELECT key FROM shipments ORDER BY id")
    bench.keys = [key for (key,) in rows]
    return bench


@pytest.fixture(params=CONFIRMED)
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    with ExitStack() as stack:
        yield open_bench(stack, tmp_path, request.param)


# -- told stays told (IN-07) ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["filed", "accepted"])
def test_what_we_told_stays_told_though_the_marketplace_still_waits(bench: Bench, end: str) -> None:
    bring(bench, end)
    before = bench.the()
    assert before.stage is (Stage.SENT if end == "filed" else Stage.ACCEPTED)
    for _ in range(3):
        told, untold = outcomes_of(bench.ws, bench.orders)
        assert (told.outcome, told.told) == (UNCHANGED, True)  # shown as already shipped
        assert (untold.outcome, untold.told) == (UNCHANGED, False)
        bench.read(*bench.orders)
        assert bench.the() == before
    assert bench.state() is SendState(end)
    assert queue(bench.ws).keys == ()  # and never a second time
    assert bench.scans(bench.keys[0]) == ["NG_DUPLICATE"]


def test_its_own_move_to_shipped_overnight_is_no_change(bench: Bench) -> None:
    bring(bench, "accepted")
    shipped = replace(bench.orders[0], state=OrderState.SHIPPED, state_code="500")
    (seen,) = outcomes_of(bench.ws, [shipped])
    assert (seen.outcome, seen.told) == (UNCHANGED, True)
    bench.read(shipped)
    assert bench.the().stage is Stage.SHIPPED


def test_a_change_after_telling_is_shown_and_changes_nothing_that_left(bench: Bench) -> None:
    bring(bench, "accepted")
    package = bench.orders[0].packages[0]
    moved = replace(package, recipient=replace(package.recipient, street="別町1-2-3"))
    changed = replace(bench.orders[0], packages=(moved,))
    (seen,) = outcomes_of(bench.ws, [changed])
    assert (seen.outcome, seen.told, seen.holds) == (CHANGED, True, False)
    before = bench.the()
    bench.read(changed)
    assert (bench.the().stage, bench.the().recipient) == (Stage.ACCEPTED, before.recipient)


# -- cancelled stops (IN-09) ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", BEFORE_HAND_OVER)
def test_a_cancellation_stops_a_shipment_wherever_it_stands(bench: Bench, stage: str) -> None:
    bring(bench, stage)
    bench.cancel()
    assert bench.the().stage is Stage.CANCELLED
    assert_stopped(bench, stage)


def assert_stopped(bench: Bench, stage: str) -> None:
    """No scan, no paper, no carrier file and no report takes it along any more."""
    ws, key = bench.ws, bench.keys[0]
    if stage in ("opened", "checked"):
        assert bench.scans("mug-300-bl", ACK) == ["NG_CANCELLED", "OK_ACK"]  # the parcel in hand
        assert bench.desk.snapshot().view is None
    assert bench.scans(key, ACK) == ["NG_CANCELLED", "OK_ACK"]
    linked = bench.the().parcels[0].tracking_no
    if linked:
        assert bench.scans(linked, ACK) == ["NG_CANCELLED", "OK_ACK"]  # its waybill too
    assert track(ws, key, W1, W1).outcome == "NG_CANCELLED"
    with pytest.raises(NothingToPrint):
        print_slips(ws, [key], bench.folder / "again.pdf")
    with pytest.raises(NothingToExport):
        export(ws, "yamato", [key], bench.folder / "again.csv")
    assert bench.state() in {"refused": (SendState.REFUSED,), "filed": (SendState.FILED,)}.get(stage, (None,))
    assert not retry(ws, [key]).keys
    assert not queue(ws, [key]).keys
    assert key not in {row.key for row in review(ws).green}


def test_a_queued_confirmation_is_withdrawn_and_the_log_says_why(bench: Bench) -> None:
    bring(bench, "queued")
    assert bench.state() is SendState.WAITING
    bench.cancel()
    assert bench.state() is None
    last = outbox.log_of(bench.ws.store, bench.keys[0])[-1]
    assert (last.what, dict(last.detail), last.person) == ("withdrawn", {"reason": "cancelled"}, "佐藤")
    assert outbox.first_broken_line(bench.ws.store) is None


def test_what_is_on_its_way_is_not_torn_out_of_the_senders_hands(bench: Bench) -> None:
    bring(bench, "queued")
    ws, by = bench.ws, actor(bench.ws)
    (taken,) = outbox.take_waiting(ws.store, SHOP, by, ws.now(), timedelta(minutes=1), 10)
    bench.cancel()
    assert bench.state() is SendState.SENDING
    (answer,) = write_answers(ws, [SendResult(taken.confirmation.shipment_key, SendState.ACCEPTED)], by)
    assert bench.state() is answer.state
    assert bench.the().facts.accepted is not None


def test_a_buyers_wish_to_cancel_stops_too_and_can_be_withdrawn(bench: Bench) -> None:
    bring(bench, "queued")
    bench.read(replace(bench.orders[0], state=OrderState.CANCELLING, state_code="800"))
    assert_stopped(bench, "queued")
    bench.read(bench.orders[0])
    assert bench.the().stage is Stage.CONFIRM
    assert queue(bench.ws, bench.keys[:1]).keys == tuple(bench.keys[:1])  # a person sends it again


@pytest.mark.parametrize("proof", ["double", "handover", "file"])
def test_the_driver_does_not_get_a_cancelled_parcel(bench: Bench, proof: str) -> None:
    shops.set_settings(bench.ws.store, SHOP, {"pack.proof": proof})
    bring(bench, "linked")
    bench.cancel()
    assert bench.scans(W1, ACK) == ["NG_CANCELLED", "OK_ACK"]
    assert bench.the().facts.handed_over is None


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    stage=st.sampled_from(BEFORE_HAND_OVER),
    turns=st.lists(st.sampled_from(("cancel", "revive", "same")), min_size=1, max_size=5),
)
def test_however_often_the_marketplace_changes_its_mind(
    tmp_path_factory: pytest.TempPathFactory, stage: str, turns: list[str]
) -> None:
    """After every reading a scan of the slip says just what the marketplace said last."""
    with ExitStack() as stack:
        bench = open_bench(stack, tmp_path_factory.mktemp("mind"), CONFIRMED[0])
        bring(bench, stage)
        said = bench.orders[0]
        for turn in turns:
            if turn != "same":
                state = OrderState.CANCELLED if turn == "cancel" else OrderState.TO_SHIP
                said = replace(said, state=state, state_code=state.value)
            bench.read(said)
            cancelled = said.state is OrderState.CANCELLED
            assert (bench.the().stage is Stage.CANCELLED) == cancelled
            assert (bench.scans(bench.keys[0], ACK)[0] == "NG_CANCELLED") == cancelled
            if cancelled:
                assert bench.state() is not SendState.WAITING
