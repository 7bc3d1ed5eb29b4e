"""An Amazon shop with its API, from the first fetch to what Amazon shows afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from jpship_gui.domain.shipment import Shipment
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.confirm.review import review
from jpship_gui.flows.confirm.send import send_green
from jpship_gui.flows.intake.fetch import fetch_shop
from jpship_gui.flows.paper.hand_to_carrier import waiting
from jpship_gui.flows.upkeep import shops
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.practice.amazon.samples import SampleOrder, sample_orders
from jpship_gui.practice.amazon.shops import MAIN
from jpship_gui.practice.misbehaviour import How, Trick
from jpship_gui.store import shipments
from tests.days import yesterday
from tests.flows.confirming import QUICK, pack, yamato_number
from tests.marketplaces.amazon.playing import Scene, a_scene

WRITE = "confirmShipment"


@dataclass
class Shop:
    """A desk and the marketplace it talks to."""

    ws: Workspace
    scene: Scene

    def shipments(self) -> list[Shipment]:
        """All of them, oldest first."""
        rows = self.ws.store.rows("SELECT id FROM shipments ORDER BY id")
        return shipments.by_ids(self.ws.store, [row for (row,) in rows])

    def packed(self) -> None:
        """Fetch everything and link a number to each."""
        fetch_shop(self.ws, MAIN.name)
        for n, shipment in enumerate(self.shipments()):
            pack(self.ws, shipment.key, yamato_number(n))

    def expected(self) -> list[tuple[str, str, str]]:
        """Every parcel exactly once, by order number."""
        made = [(s.order_id.number, "1", yamato_number(n)) for n, s in enumerate(self.shipments())]
        return sorted(made)


@contextmanager
def a_shop(home: Path, samples: list[SampleOrder], **settings: str) -> Iterator[Shop]:
    with a_scene(samples) as scene:
        ws = open_workspace(str(home), practice=True, person="佐藤", desk="1")
        given = {**MAIN.settings, "api.url": scene.server.url, **QUICK, "api.timeout_s": "3", **settings}
        shops.add(ws, "amazon", MAIN.name, given)
        for field, value in MAIN.secrets.items():
            ws.secrets.set(MAIN.name, field, value)
        try:
            yield Shop(ws, scene)
        finally:
            ws.close()


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    with a_shop(tmp_path / "home", sample_orders(4, yesterday(), plain=True)) as made:
        yield made


def test_fetched_told_and_seen(shop: Shop) -> None:
    shop.packed()
    report = send_green(shop.ws)
    assert [row.state.value for row in report.rows] == ["accepted"] * 4
    assert (report.faults, report.differences) == ([], [])
    assert sorted(shop.scene.registered()) == shop.expected()
    assert {s.stage for s in shop.shipments()} <= {Stage.ACCEPTED, Stage.SHIPPED}
    fetched = fetch_shop(shop.ws, MAIN.name)
    assert fetched.fault is None
    assert review(shop.ws).red == ()
    assert send_green(shop.ws).rows == []
    assert shop.scene.count(WRITE) == 4


@pytest.mark.parametrize("how", [h for h in How if h not in (How.PARTIAL, How.WRONG_ORDER)])
def test_exactly_one_package_whatever_goes_wrong(shop: Shop, how: How) -> None:
    shop.packed()
    shop.scene.server.app.tricks.ask(Trick(WRITE, how, seconds=0.1 if how is How.LATE else 4))
    send_green(shop.ws)
    send_green(shop.ws)
    assert sorted(shop.scene.registered()) == shop.expected()
    assert {s.stage for s in shop.shipments()} <= {Stage.ACCEPTED, Stage.SHIPPED}


def test_a_fetch_that_stops_midway_goes_on_where_it_stopped(tmp_path: Path) -> None:
    samples = sample_orders(230, yesterday(), plain=True)
    with a_shop(tmp_path / "home", samples) as shop:
        tricks = shop.scene.server.app.tricks
        tricks.ask(Trick("searchOrders", How.LATE, times=2, seconds=0))
        tricks.ask(Trick("searchOrders", How.HTML_500, times=9))
        first = fetch_shop(shop.ws, MAIN.name)
        assert first.fault is not None
        assert first.orders == 200
        tricks.clear()
        rest = fetch_shop(shop.ws, MAIN.name)
        assert (rest.fault, rest.orders) == (None, 30)
        assert len(shop.shipments()) == 230


def test_when_no_call_is_left_the_desk_says_until_when(shop: Shop) -> None:
    for _ in range(20):
        assert fetch_shop(shop.ws, MAIN.name).fault is None
    told = fetch_shop(shop.ws, MAIN.name)
    assert told.fault is None
    assert told.due_at is not None
    assert timedelta(minutes=2) < told.due_at - shop.ws.now() <= timedelta(minutes=3)


def test_everything_a_seller_meets_lands_where_it_belongs(tmp_path: Path) -> None:
    samples = sample_orders(21, yesterday())
    with a_shop(tmp_path / "home", samples) as shop:
        fetch_shop(shop.ws, MAIN.name)
        by = {s.order_id.number: s for s in shop.shipments()}
        assert samples[6].number not in by  # Amazon's warehouse: not asked for
        label = by[samples[7].number]
        assert (label.parcels[0].file_no, label.parcels[0].carrier) == ("400000000014", "yamato")
        assert by[samples[8].number].stage is Stage.CHECK
        assert "cancel_requested" in {p.code for p in by[samples[8].number].problems}
        assert by[samples[2].number].gift
        with shop.ws.store.transaction():
            for shipment in by.values():
                shipments.mark(shop.ws.store, [shipment.row_id], "printed", shop.ws.now())
                shipments.restage(shop.ws.store, [shipment.row_id])
        to_carrier = {s.key for s in waiting(shop.ws, "yamato")}
        assert by[samples[0].number].key in to_carrier
        assert label.key not in to_carrier


def test_without_its_applications_id_a_shop_works_by_files(shop: Shop) -> None:
    ws = shop.ws
    assert (ws.missing(MAIN.name), ws.confirms_by(MAIN.name)) == ((), "api")
    shops.set_values(ws, MAIN.name, {"client_id": ""})
    assert (ws.missing(MAIN.name), ws.confirms_by(MAIN.name)) == (("client_id",), "file")
    assert shops.standing(ws, MAIN.name).missing == ("client_id",)
    found = next(one for one in shops.every(ws) if one.name == MAIN.name)
    assert shops.missing(ws, found) == ((), ("client_id",))
