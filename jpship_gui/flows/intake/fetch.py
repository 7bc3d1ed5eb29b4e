"""Read orders from the marketplaces' APIs: open ones of the last days, and what became of those we know as open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from jpship_gui.domain.fault import Fault, Refused
from jpship_gui.domain.order import Order, OrderState
from jpship_gui.flows.confirm.notice import notice_arrivals
from jpship_gui.flows.intake.accept import Accepted, Source, accept_orders
from jpship_gui.flows.progress import UNWATCHED, Progress
from jpship_gui.flows.workspace import Workspace
from jpship_gui.formats.layout import Rejection
from jpship_gui.marketplaces.base import MarketplaceApi
from jpship_gui.store import shops
from jpship_gui.store.database import to_ms
from jpship_gui.store.shops import Shop

_WATCHED = timedelta(days=90)  # an order seen open this long ago is no longer asked for
_FINAL = (OrderState.SHIPPED, OrderState.CANCELLED)


@dataclass(frozen=True, slots=True)
class FetchedShop:
    """One shop's reading; with a fault nothing of it was written."""

    shop: str
    marketplace: str
    orders: int = 0
    accepted: Accepted | None = None
    rejections: tuple[Rejection, ...] = ()
    fault: Fault | None = None

    @property
    def counts(self) -> Mapping[str, int]:
        """New, changed, unchanged and rejected orders."""
        known = dict(self.accepted.counts) if self.accepted else Counter[str]()
        return {name: known.get(name, 0) for name in ("new", "changed", "unchanged")} | {
            "rejected": len(self.rejections)
        }


@dataclass(frozen=True, slots=True)
class Fetched:
    """All shops' readings, and the shipments whose reports the marketplaces proved to have arrived."""

    shops: tuple[FetchedShop, ...]
    arrived: tuple[str, ...] = ()


def fetch(ws: Workspace, shop: str = "", progress: Progress = UNWATCHED) -> Fetched:
    """Fetch one shop or all that have an API; one shop's fault leaves the others alone.

    Refused("shop_unknown"), Refused("shop_has_no_api"), Refused("no_shop_with_api").
    """
    fetched = tuple(_fetch_shop(ws, one, progress) for one in _chosen(ws, shop))
    return Fetched(fetched, notice_arrivals(ws))


def _chosen(ws: Workspace, name: str) -> Sequence[Shop]:
    known = ws.markets()
    if name:
        one = shops.get(ws.store, name)
        if known[one.marketplace].connect is None:
            raise Refused("shop_has_no_api", shop=name)
        return [one]
    able = [one for one in shops.every(ws.store) if known[one.marketplace].connect is not None]
    if not able:
        raise Refused("no_shop_with_api")
    return able


def _fetch_shop(ws: Workspace, shop: Shop, progress: Progress) -> FetchedShop:
    market = ws.markets()[shop.marketplace]
    assert market.connect is not None
    try:
        readings, rejections = _read(ws, market.connect(ws.account(shop.name)), shop, progress)
        source = Source("api", shop.name, layout=f"{shop.marketplace}.api")
        accepted = accept_orders(ws, readings, source, market.api_absent)
    except Fault as fault:
        return FetchedShop(shop.name, shop.marketplace, fault=fault)
    return FetchedShop(shop.name, shop.marketplace, len(readings), accepted, tuple(rejections))


def _read(
    ws: Workspace, api: MarketplaceApi, shop: Shop, progress: Progress
) -> tuple[list[Order], list[Rejection]]:
    def step(done: int, total: int) -> None:
        progress.step(done, total, shop.name)

    since = ws.now() - timedelta(days=ws.shop_options(shop.name).get("api.days"))
    readings: list[Order] = []
    rejections: list[Rejection] = []
    for one in api.fetch(since, ws.now(), step):
        if isinstance(one, Order):
            readings.append(one)
        else:
            rejections.append(one)
    if api.sees_changes:
        return readings, rejections
    seen = {order.id.number for order in readings} | {rejection.order for rejection in rejections}
    return readings + api.read([n for n in _still_open(ws, shop) if n not in seen]), rejections


def _still_open(ws: Workspace, shop: Shop) -> list[str]:
    """Orders we know as open; those a search for open ones no longer finds have been shipped, or are older."""
    final = ", ".join("?" * len(_FINAL))
    rows = ws.store.rows(
        f"SELECT number FROM orders WHERE marketplace = ? AND shop = ? AND state NOT IN ({final}) AND seen_at >= ?",
        (shop.marketplace, shop.name, *_FINAL, to_ms(ws.now() - _WATCHED)),
    )
    return [number for (number,) in rows]
