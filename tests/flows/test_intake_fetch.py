"""Fetching from the practice marketplace gives the orders the file gives, and sees what the night changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from jpship_gui.domain.fault import Refused, WorldFault
from jpship_gui.domain.order import Order, OrderId, OrderState
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.confirm.send import send_green
from jpship_gui.flows.intake.fetch import fetch
from jpship_gui.flows.upkeep import shops as shop_flows
from jpship_gui.flows.workspace import Workspace
from jpship_gui.formats.layout import Rejection
from jpship_gui.marketplaces import marketplaces
from jpship_gui.marketplaces.base import Reading, ShopAccount
from jpship_gui.practice.misbehaviour import How, Trick
from jpship_gui.practice.rakuten.shops import MAIN, SECOND, open_shop
from jpship_gui.store import orders, shipments, shops
from tests.builders import an_order
from tests.flows.confirming import Scene, a_scene
from tests.practice.rakuten_rows import a_row


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with a_scene(tmp_path / "home") as made:
        yield made


def test_the_same_order_by_both_ways_is_unchanged(scene: Scene) -> None:
    (shop,) = fetch(scene.ws).shops
    assert (shop.fault, shop.counts) == (None, {"new": 0, "changed": 0, "unchanged": 3, "rejected": 0})


def test_new_orders_become_shipments(scene: Scene) -> None:
    open_shop(scene.server.app.play, MAIN, [a_row(serial) for serial in range(1, 6)])
    (shop,) = fetch(scene.ws).shops
    assert shop.counts == {"new": 2, "changed": 0, "unchanged": 3, "rejected": 0}
    assert shop.accepted is not None
    assert len(shop.accepted.keys) == 2


def test_the_night_turns_reported_into_shipped(scene: Scene) -> None:
    send_green(scene.ws)
    fetch(scene.ws)
    assert {s.stage for s in shipments.by_keys(scene.ws.store, scene.keys)} == {Stage.ACCEPTED}
    assert scene.server.app.play.night() == scene.numbers
    (shop,) = fetch(scene.ws).shops
    assert shop.counts["changed"] == 0  # our own doing: nothing for a person to look at
    assert {s.stage for s in shipments.by_keys(scene.ws.store, scene.keys)} == {Stage.SHIPPED}
    assert send_green(scene.ws).rows == []


def test_a_cancelled_order_is_stopped(scene: Scene) -> None:
    scene.server.app.play.change_order(scene.numbers[1], {"orderProgress": 900})
    fetch(scene.ws)
    stages = [s.stage for s in shipments.by_keys(scene.ws.store, scene.keys)]
    assert stages == [Stage.CONFIRM, Stage.CANCELLED, Stage.CONFIRM]


def test_an_order_that_makes_no_sense_does_not_spoil_the_others(scene: Scene) -> None:
    order = scene.server.app.play.shops[MAIN.number].orders[scene.numbers[0]]
    order["PackageModelList"][0]["ItemModelList"][0]["units"] = "many"
    (shop,) = fetch(scene.ws).shops
    assert [(r.order, r.column, r.value) for r in shop.rejections] == [
        (scene.numbers[0], "line.quantity", "many")
    ]
    assert shop.counts["unchanged"] == 2


def test_a_report_by_hand_is_seen(scene: Scene) -> None:
    send_green(scene.ws)
    row_id = shipments.by_keys(scene.ws.store, scene.keys[:1])[0].row_id
    scene.ws.store.execute("UPDATE outbox SET state = 'doubtful' WHERE shipment_key = ?", (scene.keys[0],))
    with scene.ws.store.transaction():
        shipments.unmark(scene.ws.store, [row_id], "accepted")
    assert fetch(scene.ws).arrived == (scene.keys[0],)


def test_one_shops_fault_leaves_the_other_alone(scene: Scene) -> None:
    shop_flows.add(scene.ws, "rakuten", SECOND.name, {"api.url": "http://127.0.0.1:9", "api.pace_ms": "0"})
    for field, value in SECOND.secrets.items():
        scene.ws.secrets.set(SECOND.name, field, value)
    first, second = fetch(scene.ws).shops
    assert (first.fault, first.orders) == (None, 3)
    assert second.fault is not None
    assert second.fault.code == "net_unreachable"


def test_nothing_is_written_when_a_reading_breaks_off(scene: Scene) -> None:
    open_shop(scene.server.app.play, MAIN, [a_row(serial) for serial in range(1, 151)])
    scene.server.app.tricks.ask(Trick("getOrder", How.LATE, seconds=0))
    scene.server.app.tricks.ask(Trick("getOrder", How.HTML_500, times=9))
    (shop,) = fetch(scene.ws).shops
    assert shop.fault is not None
    assert int(scene.ws.store.value("SELECT COUNT(*) FROM orders")) == 3


def test_who_cannot_be_fetched(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Refused, match="shop_unknown"):
        fetch(scene.ws, "nowhere")
    deaf = replace(marketplaces()["rakuten"], connect=None)
    monkeypatch.setattr(Workspace, "markets", lambda ws: {"rakuten": deaf})
    with pytest.raises(Refused, match="shop_has_no_api"):
        fetch(scene.ws, MAIN.name)
    with pytest.raises(Refused, match="no_shop_with_api"):
        fetch(scene.ws)


def test_an_order_of_long_ago_is_not_asked_for(scene: Scene) -> None:
    scene.ws.store.execute("UPDATE orders SET seen_at = 0")
    shops.set_settings(scene.ws.store, MAIN.name, {"api.days": "1"})
    scene.server.app.calls.clear()
    for order in scene.server.app.play.shops[MAIN.number].orders.values():
        order["orderDatetime"] = "2026-01-01T00:00:00+0900"
    fetch(scene.ws)
    assert [call for call in scene.server.app.calls if call.function == "getOrder"] == []
    assert OrderState.TO_SHIP.value == scene.ws.store.value("SELECT state FROM orders LIMIT 1")


@dataclass
class _Teller:
    """A connector that tells what it was given, a fault at its place."""

    account: ShopAccount
    tells: Sequence[Order | Reading | WorldFault]
    notes: bool = True
    sees_changes: bool = True
    push_size: int = 1

    def fetch(
        self, since: datetime, until: datetime, step: Callable[[int, int], None]
    ) -> Iterator[Order | Reading | Rejection]:
        for n, one in enumerate(self.tells):
            if isinstance(one, WorldFault):
                raise one
            yield one
            if self.notes:
                self.account.memory["read.place"] = str(n)


def _told(monkeypatch: pytest.MonkeyPatch, *tells: Order | Reading | WorldFault, notes: bool = True) -> None:
    def connect(account: ShopAccount) -> Any:
        return _Teller(account, tells, notes)

    market = replace(marketplaces()["rakuten"], connect=connect)
    monkeypatch.setattr(Workspace, "markets", lambda ws: {"rakuten": market})


def test_a_reading_takes_back_nothing_it_could_not_tell(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    (old,) = (o.order() for o in orders.find(scene.ws.store, _ids(scene)[:1]).values())
    silent = replace(
        old, packages=tuple(replace(p, recipient=replace(p.recipient, phone="")) for p in old.packages)
    )
    _told(monkeypatch, Reading(silent, frozenset({"recipient.phone_1"})))
    assert fetch(scene.ws).shops[0].counts["unchanged"] == 1
    _told(monkeypatch, silent)
    assert fetch(scene.ws).shops[0].counts["changed"] == 1


def test_a_reading_that_breaks_off_goes_on_behind_what_was_stored(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, fault = an_order(1, shop=MAIN.name), WorldFault("net_not_due", minutes=3, seconds=180)
    _told(monkeypatch, first, fault)
    (shop,) = fetch(scene.ws).shops
    assert shop.counts["new"] == 1
    assert scene.ws.account(MAIN.name).memory["read.place"] == "0"


def test_without_a_place_to_go_on_from_nothing_of_a_broken_reading_is_written(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    _told(monkeypatch, an_order(1, shop=MAIN.name), WorldFault("net_cut", host="x"), notes=False)
    (shop,) = fetch(scene.ws).shops
    assert (shop.orders, int(scene.ws.store.value("SELECT COUNT(*) FROM orders"))) == (0, 3)


def _ids(scene: Scene) -> list[OrderId]:
    return [s.order_id for s in shipments.by_keys(scene.ws.store, scene.keys)]
