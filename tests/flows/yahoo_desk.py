"""A desk with the practice store at Yahoo! Shopping, for the tests of files and of confirming."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from jpship_gui.domain.clock import now_utc
from jpship_gui.flows.intake.fetch import fetch
from jpship_gui.flows.upkeep import shops
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.practice.running_server import RunningServer
from jpship_gui.practice.yahoo.gate import Gate
from jpship_gui.practice.yahoo.play import YahooPlay
from jpship_gui.practice.yahoo.samples import SELLER, Model, yahoo_orders
from jpship_gui.practice.yahoo.server import YahooServer
from jpship_gui.practice.yahoo.shops import MAIN, open_shop
from jpship_gui.store import shipments
from tests.days import yesterday
from tests.flows.confirming import QUICK, pack, yamato_number


@dataclass(slots=True)
class YahooScene:
    """Marketplace, desk, and the keys of packed shipments in the order of their orders."""

    server: RunningServer[YahooServer]
    ws: Workspace
    keys: list[str]
    numbers: list[str]

    def registered(self) -> list[tuple[str, str]]:
        """Order and tracking number as the marketplace's record shows them."""
        return [(row["order"], row["tracking_no"]) for row in self.server.app.record()]

    def notices(self) -> list[int]:
        """How often each order's buyer was told."""
        return [row["notices"] for row in self.server.app.record()]

    def expected(self) -> list[tuple[str, str]]:
        """Every parcel exactly once."""
        return [(number, yamato_number(n)) for n, number in enumerate(self.numbers)]

    def calls(self, function: str) -> int:
        """How often a function was called."""
        return sum(call.function == function for call in self.server.app.calls)


def plain_orders(count: int) -> list[Model]:
    """Yesterday's orders that need nobody."""
    return yahoo_orders(count, day=yesterday(), plain=True)


def add_shop(ws: Workspace, url: str = "", **settings: str) -> None:
    """The practice store's account with its keys."""
    given = {**MAIN.settings, "pack.goods": "off", **QUICK, **settings}
    shops.add(ws, "yahoo", MAIN.name, {**given, **({"api.url": url} if url else {})})
    for field, value in MAIN.secrets.items():
        ws.secrets.keep_for_session(MAIN.name, field, value)


@contextmanager
def a_yahoo_scene(
    home: Path, orders: int = 3, settle_seconds: float = 0.0, **settings: str
) -> Iterator[YahooScene]:
    """`orders` shipments fetched, linked and verified, on both sides of a running practice marketplace."""
    app = YahooServer(YahooPlay(now_utc, settle_seconds), Gate())
    open_shop(app, MAIN, plain_orders(orders))
    with RunningServer(app) as server:
        ws = open_workspace(str(home), practice=True, person="佐藤", desk="1")
        try:
            add_shop(ws, server.url, **settings)
            (fetched,) = fetch(ws).shops
            assert fetched.fault is None
            rows = ws.store.rows("SELECT id FROM shipments ORDER BY number")
            found = shipments.by_ids(ws.store, [row_id for (row_id,) in rows])
            for n, shipment in enumerate(found):
                pack(ws, shipment.key, yamato_number(n))
            server.app.calls.clear()
            numbers = [f"{SELLER}-{10_000_001 + n}" for n in range(orders)]
            yield YahooScene(server, ws, [s.key for s in found], numbers)
        finally:
            ws.close()
