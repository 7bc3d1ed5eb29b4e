"""One queue a shop: none holds another up, each keeps the order of its ship-bys, and two programs never send the same."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from jpship_gui.domain.confirmation import SendState
from jpship_gui.domain.fault import Cancelled
from jpship_gui.flows.confirm.queue import queue
from jpship_gui.flows.confirm.send import open_shops, read_back, send, send_green
from jpship_gui.flows.intake.fetch import fetch
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.practice.misbehaviour import How, Trick
from jpship_gui.practice.rakuten.shops import MAIN, SECOND
from jpship_gui.settings.options import Options
from jpship_gui.settings.places import Places
from jpship_gui.store import outbox, shipments, shops
from jpship_gui.store.database import to_ms
from tests.flows.confirming import Scene, a_scene, a_shop
from tests.store.conftest import location  # noqa: F401 - a fixture


@pytest.fixture
def slow_and_quick(tmp_path: Path) -> Iterator[tuple[Scene, Scene]]:
    """The slow shop was there first, so that one after the other it would be served first."""
    with (
        a_scene(tmp_path / "home", 2, **{"api.timeout_s": "2", "confirm.settle_s": "1"}) as slow,
        a_shop(slow.ws, SECOND, 2, first=100) as quick,
    ):
        yield slow, quick


def answered(scene: Scene) -> list[datetime]:
    items = outbox.by_keys(scene.ws.store, scene.keys)
    return [item.answered_at for item in items if item.answered_at is not None]


@pytest.mark.parametrize("function", ["getOrder", "updateOrderShippingAsync"])
@pytest.mark.parametrize("how", [How.LATE, How.DEAF, How.SILENT])
def test_a_slow_shop_holds_no_other_up(slow_and_quick: tuple[Scene, Scene], how: How, function: str) -> None:
    slow, quick = slow_and_quick
    slow.server.app.tricks.ask(Trick(function, how, times=1, seconds=1.0 if how is How.LATE else 3.0))
    report = send_green(slow.ws)
    assert {row.shop: row.state for row in report.rows} == {
        slow.shop: SendState.ACCEPTED,
        quick.shop: SendState.ACCEPTED,
    }
    assert max(answered(quick)) < min(answered(slow))
    assert (slow.registered(), quick.registered()) == (slow.expected(), quick.expected())


def test_a_settling_doubt_holds_no_other_up(slow_and_quick: tuple[Scene, Scene]) -> None:
    slow, quick = slow_and_quick
    slow.server.app.tricks.ask(Trick("updateOrderShippingAsync", How.CUT_BEFORE))
    send_green(slow.ws)
    assert max(answered(quick)) < min(answered(slow)) - timedelta(seconds=0.5)
    assert slow.registered() == slow.expected()


def test_one_shops_fault_is_its_own(slow_and_quick: tuple[Scene, Scene]) -> None:
    gone, there = slow_and_quick
    shops.set_settings(gone.ws.store, gone.shop, {"api.url": "http://127.0.0.1:9"})
    report = send_green(gone.ws)
    assert [(fault.shop, fault.fault.code) for fault in report.faults] == [(gone.shop, "net_unreachable")]
    assert {row.shop: row.state for row in report.rows} == {
        gone.shop: SendState.WAITING,
        there.shop: SendState.ACCEPTED,
    }
    assert set(report.pauses) == {gone.shop}


def test_shops_are_read_back_side_by_side_too(slow_and_quick: tuple[Scene, Scene]) -> None:
    slow, quick = slow_and_quick
    send_green(slow.ws)
    for scene in slow_and_quick:
        package = scene.server.app.play.shops[MAIN.number if scene is slow else SECOND.number].orders[
            scene.numbers[0]
        ]["PackageModelList"][0]
        package["ShippingModelList"][0]["deliveryCompany"] = "1002"
    found = read_back(slow.ws).differences
    assert {one.order for one in found} == {slow.numbers[0], quick.numbers[0]}


def test_within_a_shop_the_most_urgent_goes_first(tmp_path: Path) -> None:
    with a_scene(tmp_path / "home", 12, **{"rakuten.sync": "on"}) as scene:
        now = scene.ws.now()
        with scene.ws.store.transaction():
            for place, shipment in enumerate(shipments.by_keys(scene.ws.store, scene.keys)):
                ship_by = now + timedelta(hours=place * 7 % 12)
                shipments.update(scene.ws.store, shipment.row_id, {"ship_by": to_ms(ship_by)})
        send_green(scene.ws)
        told = [
            number
            for call in scene.server.app.calls
            if call.function == "updateOrderShipping"
            for number in call.numbers
        ]
        assert told == [scene.numbers[place] for place in sorted(range(12), key=lambda n: n * 7 % 12)]


class Stopper:
    """Progress that is stopped as soon as a shop has something to do."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    def step(self, done: int, total: int = 0, note: str = "") -> None:
        self.notes.append(note)
        raise Cancelled


class Notes(Stopper):
    def step(self, done: int, total: int = 0, note: str = "") -> None:
        self.notes.append(f"{done}/{total} {note}")


def test_sending_can_be_stopped_and_nothing_is_lost(slow_and_quick: tuple[Scene, Scene]) -> None:
    one, two = slow_and_quick
    queue(one.ws)
    stopper = Stopper()
    with pytest.raises(Cancelled):
        send(one.ws, stopper)
    assert stopper.notes
    assert (one.registered(), two.registered()) == ([], [])
    assert {item.state for item in outbox.by_keys(one.ws.store, one.keys + two.keys)} == {SendState.WAITING}
    send(one.ws)
    assert (one.registered(), two.registered()) == (one.expected(), two.expected())


def test_progress_names_the_shop_and_counts(slow_and_quick: tuple[Scene, Scene]) -> None:
    one, two = slow_and_quick
    notes = Notes()
    send_green(one.ws, None, notes)
    assert {"4/4 " + scene.shop + " 2/2" for scene in slow_and_quick} & set(notes.notes)
    assert all(one.shop in note or two.shop in note for note in notes.notes)


def test_a_shop_without_keys_has_nothing_to_read_back(tmp_path: Path) -> None:
    with a_scene(tmp_path / "home") as scene:
        send_green(scene.ws)
        scene.ws.store.execute("UPDATE outbox SET audit_due = ?", (to_ms(scene.ws.now()),))
        assert [shop.name for shop in open_shops(scene.ws)] == [MAIN.name]
        for field in MAIN.secrets:
            scene.ws.secrets.delete(MAIN.name, field)
        assert open_shops(scene.ws) == []
        assert send(scene.ws).faults == []


def test_fetching_is_side_by_side_and_can_be_stopped(slow_and_quick: tuple[Scene, Scene]) -> None:
    slow, quick = slow_and_quick
    slow.server.app.tricks.ask(Trick("searchOrder", How.LATE, seconds=1.0))
    began = time.monotonic()
    fetched = fetch(slow.ws)
    assert [(shop.shop, shop.fault, shop.orders) for shop in fetched.shops] == [
        (slow.shop, None, 2),
        (quick.shop, None, 2),
    ]
    assert time.monotonic() - began >= 1.0
    last = {scene.shop: scene.server.app.calls[-1].at for scene in slow_and_quick}
    assert last[quick.shop] < last[slow.shop]
    with pytest.raises(Cancelled):
        fetch(slow.ws, progress=Stopper())


# Two programs --------------------------------------------------------------------------------------------------------


def _send_in_process(home: str, go: object, answers: object) -> None:
    ws: Workspace = open_workspace(home, practice=True)
    for shop in (MAIN, SECOND):
        for field, value in shop.secrets.items():
            ws.secrets.set(shop.name, field, value)
    go.wait()  # type: ignore[attr-defined]
    report = send_green(ws)
    answers.put([row.order for row in report.of(SendState.ACCEPTED)])  # type: ignore[attr-defined]
    ws.close()


@pytest.mark.parametrize("sync", ["off", "on"])
def test_two_programs_sending_for_two_shops_send_each_once(
    location: str | Path,  # noqa: F811
    tmp_path: Path,
    sync: str,
) -> None:
    """On SQLite and on PostgreSQL: the leases keep them apart, however they race."""
    home = tmp_path / "home"
    if str(location).startswith("postgresql"):
        Options(Places.find(home).options).set("store.database", str(location))
    context = multiprocessing.get_context("spawn")
    with (
        a_scene(home, 30, **{"rakuten.sync": sync}) as one,
        a_shop(one.ws, SECOND, 30, first=100, **{"rakuten.sync": sync}) as two,
    ):
        assert one.ws.store.postgres is str(location).startswith("postgresql")
        go, answers = context.Event(), context.Queue()
        programs = [context.Process(target=_send_in_process, args=(str(home), go, answers)) for _ in range(2)]
        for program in programs:
            program.start()
        go.set()
        accepted = [order for _ in programs for order in answers.get()]
        for program in programs:
            program.join()
        assert sorted(one.registered()) == sorted(one.expected())
        assert sorted(two.registered()) == sorted(two.expected())
        assert set(accepted) == {*one.numbers, *two.numbers}
        assert os.listdir(one.ws.places.senders) == ["guard"]
