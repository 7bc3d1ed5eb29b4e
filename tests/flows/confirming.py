"""A shop on the practice marketplace with packed orders, for the tests of confirming."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from jpship_gui.domain.clock import now_utc
from jpship_gui.flows.upkeep import shops
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.marketplaces.rakuten.mapping import order_of
from jpship_gui.practice.rakuten.models import models_from_rows
from jpship_gui.practice.rakuten.orders import RakutenPlay
from jpship_gui.practice.rakuten.server import RakutenServer
from jpship_gui.practice.rakuten.shops import MAIN, open_shop
from jpship_gui.practice.running_server import RunningServer
from jpship_gui.practice.shops import PracticeShop
from jpship_gui.store import shipments
from tests.builders import stored
from tests.practice.rakuten_rows import a_row

QUICK = {
    "api.pace_ms": "0",
    "api.timeout_s": "1",
    "confirm.deadline_s": "10",
    "confirm.poll_ms": "20",
    "confirm.settle_s": "0",
}


def yamato_number(n: int) -> str:
    """A number with a right check digit."""
    payload = 40000000000 + n
    return f"{payload}{payload % 7}"


@dataclass(slots=True)
class Scene:
    """Marketplace, desk, and the keys of packed shipments in the order of their orders."""

    server: RunningServer[RakutenServer]
    ws: Workspace
    keys: list[str]
    numbers: list[str]  # order numbers
    shop: str = MAIN.name
    first: int = 0  # of the tracking numbers

    def registered(self) -> list[tuple[str, str]]:
        """What the marketplace's own record shows: order and tracking number of every parcel."""
        return [(r["orderNumber"], r["shippingNumber"]) for r in self.server.app.play.record()]

    def expected(self) -> list[tuple[str, str]]:
        """Every parcel exactly once."""
        return [(number, yamato_number(self.first + n)) for n, number in enumerate(self.numbers)]


@contextmanager
def a_scene(home: Path, orders: int = 3, **settings: str) -> Iterator[Scene]:
    """`orders` shipments linked and verified, on both sides of a running practice marketplace."""
    ws = open_workspace(str(home), practice=True, person="佐藤", desk="1")
    try:
        with a_shop(ws, MAIN, orders, **settings) as made:
            yield made
    finally:
        ws.close()


@contextmanager
def a_shop(
    ws: Workspace, shop: PracticeShop, orders: int = 3, first: int = 0, **settings: str
) -> Iterator[Scene]:
    """A shop of this desk with a practice marketplace of its own."""
    rows = [a_row(serial, shop=shop.number) for serial in range(1, orders + 1)]
    play = RakutenPlay(now_utc, result_delay=0)
    open_shop(play, shop, list(rows))
    with RunningServer(RakutenServer(play)) as server:
        shops.add(ws, "rakuten", shop.name, {"api.url": server.url, **QUICK, **settings})
        for field, value in shop.secrets.items():
            ws.secrets.set(shop.name, field, value)
        made = [order_of(model, ws.account(shop.name)) for model in models_from_rows(rows)]
        keys = [key for _, key in stored(ws.store, *made)]
        for n, key in enumerate(keys):
            pack(ws, key, yamato_number(first + n))
        yield Scene(server, ws, keys, [order.id.number for order in made], shop.name, first)


def pack(ws: Workspace, key: str, number: str, *, verified: bool = True) -> None:
    """Link a number as the desk would."""
    shipment = shipments.by_key(ws.store, key)
    assert shipment is not None
    now = ws.now()
    with ws.store.transaction():
        shipments.set_parcel(ws.store, key, {"tracking_no": number, "carrier": "yamato", "how": "scanned"})
        facts = ("printed", "checked", "linked", "verified") if verified else ("printed", "checked", "linked")
        for fact in facts:
            shipments.mark(ws.store, [shipment.row_id], fact, now, "佐藤", "double")
        shipments.restage(ws.store, [shipment.row_id])
