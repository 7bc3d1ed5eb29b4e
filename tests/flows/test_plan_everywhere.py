"""One parcel with an order of every practice marketplace in it: each is told once, under its own shop (PL-03)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from jpship_gui.domain.clock import now_utc, to_jst
from jpship_gui.domain.shipment import Shipment
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.confirm.review import review
from jpship_gui.flows.confirm.send import read_back, send_green
from jpship_gui.flows.intake.fetch import fetch
from jpship_gui.flows.pack.desk import Desk
from jpship_gui.flows.pack.track import track
from jpship_gui.flows.plan.bundle import bundle
from jpship_gui.flows.plan.split import split
from jpship_gui.flows.upkeep import shops
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.practice.desk import PracticeSecrets
from jpship_gui.practice.markets import MAIN_MARKET, every_shop, markets
from jpship_gui.practice.misbehaviour import How, Trick
from jpship_gui.practice.running_server import RunningServer
from jpship_gui.practice.server import Mall
from jpship_gui.practice.shops import settings_of
from jpship_gui.store import outbox, shipments
from tests.flows.confirming import QUICK, yamato_number

ONE, TWO = yamato_number(1), yamato_number(2)
PERSON = {  # as the shipments hold it
    "name": "見本 花子",
    "postal_code": "5410041",
    "prefecture": "大阪府",
    "city": "大阪市中央区",
    "street": "北浜9-9-9",
    "phone": "0662000000",
}


@dataclass(slots=True)
class Everywhere:
    """A desk with all practice shops, each with an order of one and the same person."""

    mall: Mall
    ws: Workspace

    def shipments(self) -> list[Shipment]:
        """One of each shop, in the order of the shops."""
        rows = {shop: row for row, shop in self.ws.store.rows("SELECT id, shop FROM shipments ORDER BY id")}
        return shipments.by_ids(self.ws.store, [rows[shop.name] for shop in every_shop()])

    def registered(self) -> dict[str, list[str]]:
        """Order → the numbers the marketplaces have on record for it, each as often as it was taken."""
        found: dict[str, list[str]] = {}
        for server in self.mall.servers.values():
            for row in server.record():
                found.setdefault(row["order"], []).extend([row["tracking_no"]] * row.get("times", 1))
        return found


@contextmanager
def everywhere(home: Path) -> Iterator[Everywhere]:
    day = to_jst(now_utc()).date() - timedelta(days=1)
    mall = Mall({market.id: market.opening(day, 2, True) for market in markets().values()}, MAIN_MARKET)
    with RunningServer(mall) as server:
        ws = replace(
            open_workspace(str(home), practice=True, person="佐藤", desk="1"), secrets=PracticeSecrets()
        )
        try:
            for shop in every_shop():
                url = server.url_of(shop.marketplace)
                own = {**QUICK, "pack.goods": "off", "carrier.default": "yamato"}  # whom all can be told of
                shops.add(ws, shop.marketplace, shop.name, {**settings_of(shop, url), **own})
            assert [found.fault for found in fetch(ws).shops] == [None] * len(every_shop())
            scene = Everywhere(mall, ws)
            with ws.store.transaction():
                for shipment in scene.shipments():
                    shipments.update(ws.store, shipment.row_id, PERSON)
            yield scene
        finally:
            ws.close()


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Everywhere]:
    with everywhere(tmp_path / "home") as made:
        yield made


def pieces_of(shipment: Shipment) -> list[int]:
    return [line.quantity for _, line in shipment.goods]


@pytest.mark.parametrize("how", [None, How.CUT_AFTER])
def test_a_parcel_with_an_order_of_every_marketplace_is_told_to_each_of_them_once(
    scene: Everywhere, how: How | None
) -> None:
    ws = scene.ws
    made = scene.shipments()
    leader = bundle(ws, [shipment.key for shipment in made], agreed=True).leader
    with Desk(ws) as desk:
        assert [desk.scan(code).outcome.value for code in (leader, ONE)] == ["OK_OPEN", "OK_LINK"]
    assert track(ws, leader, ONE, ONE).verified
    assert {row.key for row in review(ws).green} == {shipment.key for shipment in made}
    for market in markets().values() if how else ():
        scene.mall.servers[market.id].tricks.ask(Trick(market.write, how))
    send_green(ws)
    send_green(ws)
    read_back(ws)
    expected = {shipment.order_id.number for shipment in made}
    found = scene.registered()
    assert {order: set(numbers) for order, numbers in found.items()} == {order: {ONE} for order in expected}
    lines = {s.order_id.number: len(s.lines) if s.order_id.marketplace == "qoo10" else 1 for s in made}
    assert {order: len(numbers) for order, numbers in found.items()} == lines
    after = shipments.by_keys(ws.store, [shipment.key for shipment in made])
    assert [shipment.stage for shipment in after] == [Stage.ACCEPTED] * len(made)
    items = outbox.by_keys(ws.store, [shipment.key for shipment in made])
    assert {item.confirmation.order_id.shop for item in items} == {shop.name for shop in every_shop()}


def test_two_parcels_are_told_as_each_marketplace_takes_them(scene: Everywhere) -> None:
    """Every order's first piece lies in the first parcel, everything else in the second."""
    ws = scene.ws
    made = scene.shipments()
    leader = bundle(ws, [shipment.key for shipment in made], agreed=True).leader
    (whole,) = shipments.by_keys(ws.store, [leader])
    first: dict[int, int] = {}
    second: dict[int, int] = {}
    seen: set[str] = set()
    for place, (shipment, line) in enumerate(whole.goods, start=1):
        here = 0 if shipment.key in seen else 1
        seen.add(shipment.key)
        first |= {place: here} if here else {}
        second |= {place: line.quantity - here} if line.quantity > here else {}
    split(ws, leader, lines=[first, second])
    assert track(ws, leader, ONE, ONE).ok
    assert review(ws).green == ()
    assert track(ws, f"{leader}P2", TWO, TWO).verified
    send_green(ws)
    read_back(ws)
    after = shipments.by_keys(ws.store, [shipment.key for shipment in made])
    assert [shipment.stage for shipment in after] == [Stage.ACCEPTED] * len(made)
    found = scene.registered()
    for item in outbox.by_keys(ws.store, [shipment.key for shipment in made]):
        said = item.confirmation
        told = {parcel.tracking_no for parcel in said.parcels}
        assert set(found[said.order_id.number]) == told
        assert told | {parcel.tracking_no for parcel in said.kept} <= {ONE, TWO}
        (mine,) = (s for s in made if s.key == said.shipment_key)
        assert (told | {p.tracking_no for p in said.kept} == {ONE, TWO}) == (sum(pieces_of(mine)) > 1)
