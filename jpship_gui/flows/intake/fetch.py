"""Read orders from the marketplaces' APIs: open ones of the last days, and what became of those we know as open.

Every shop by itself, all at the same time: a slow marketplace holds no other up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from jpship_gui.domain.fault import Fault, Refused
from jpship_gui.domain.order import Order
from jpship_gui.flows.confirm.notice import notice_arrivals
from jpship_gui.flows.intake.accept import Accepted, Source, accept_orders
from jpship_gui.flows.progress import UNWATCHED, Progress
from jpship_gui.flows.side_by_side import side_by_side
from jpship_gui.flows.workspace import Workspace
from jpship_gui.formats.layout import Rejection
from jpship_gui.marketplaces.base import READ, MarketplaceApi, Reading
from jpship_gui.net.faults import Throttled
from jpship_gui.store import shops
from jpship_gui.store.shop_memory import Staged
from jpship_gui.store.shops import Shop

_PORTION = 200


@dataclass(frozen=True, slots=True)
class FetchedShop:
    """One shop's reading; with a fault, or when the marketplace takes the next call only at `due_at`, what had come in
    full portions before was written and no more. `arrived` are shipments whose reports it proved to have arrived."""

    shop: str
    marketplace: str
    orders: int = 0
    accepted: Accepted | None = None
    rejections: tuple[Rejection, ...] = ()
    fault: Fault | None = None
    due_at: datetime | None = None
    arrived: tuple[str, ...] = ()

    @property
    def counts(self) -> Mapping[str, int]:
        """New, changed, unchanged and rejected orders."""
        known = dict(self.accepted.counts) if self.accepted else Counter[str]()
        return {name: known.get(name, 0) for name in ("new", "changed", "unchanged")} | {
            "rejected": len(self.rejections)
        }


@dataclass(frozen=True, slots=True)
class Fetched:
    """All shops' readings."""

    shops: tuple[FetchedShop, ...]

    @property
    def arrived(self) -> tuple[str, ...]:
        """The shipments whose reports the marketplaces proved to have arrived."""
        return tuple(key for shop in self.shops for key in shop.arrived)


def fetch(ws: Workspace, shop: str = "", progress: Progress = UNWATCHED) -> Fetched:
    """Fetch one shop or all that have an API; one shop's fault leaves the others alone.

    Refused("shop_unknown"), Refused("shop_has_no_api"), Refused("no_shop_with_api").
    """
    names = _chosen(ws, shop)
    return Fetched(tuple(side_by_side(ws, names, lambda name, share: fetch_shop(ws, name, share), progress)))


def _chosen(ws: Workspace, name: str) -> Sequence[str]:
    known = ws.markets()
    if name:
        if known[shops.get(ws.store, name).marketplace].connect is None:
            raise Refused("shop_has_no_api", shop=name)
        return [name]
    able = [one.name for one in shops.every(ws.store) if known[one.marketplace].connect is not None]
    if not able:
        raise Refused("no_shop_with_api")
    return able


def fetch_shop(ws: Workspace, name: str, progress: Progress = UNWATCHED) -> FetchedShop:
    """Fetch one shop that has an API; what stood in the way is in what it returns. Refused("shop_unknown")."""
    shop = shops.get(ws.store, name)
    market = ws.markets()[shop.marketplace]
    assert market.connect is not None
    account = ws.account(shop.name)
    memory = Staged(account.memory, READ)
    taken = _Taken(ws, shop, memory, market.api_absent)
    try:
        try:
            _read(ws, market.connect(replace(account, memory=memory)), shop, progress, taken)
        except Fault:
            taken.store_noted()
            raise
        taken.store()
    except Throttled as fault:
        return _not_yet(ws, taken, fault)
    except Fault as fault:
        return taken.report(fault)
    return taken.report()


def _not_yet(ws: Workspace, taken: _Taken, fault: Throttled) -> FetchedShop:
    """A limit that tells when it ends is a time to be shown, not a fault."""
    seconds = fault.values.get("seconds")
    if not isinstance(seconds, (int, float)):
        return taken.report(fault)
    return taken.report(due_at=ws.now() + timedelta(seconds=seconds))


class _Taken:
    """What one shop told so far. Stored in portions, with what its connector noted of them as read: a long reading that
    ends badly is not for nothing."""

    def __init__(self, ws: Workspace, shop: Shop, memory: Staged, absent: frozenset[str]) -> None:
        self._ws = ws
        self._shop = shop
        self._memory = memory
        self._absent = absent
        self._waiting: list[Order | Reading] = []
        self._orders = 0
        self._accepted: Accepted | None = None
        self.rejections: list[Rejection] = []
        self.seen: set[str] = set()

    def add(self, one: Order | Reading | Rejection) -> None:
        """One order, or one that made no sense."""
        if isinstance(one, Rejection):
            self.rejections.append(one)
            self.seen.add(one.order)
            return
        self.seen.add((one.order if isinstance(one, Reading) else one).id.number)
        self._waiting.append(one)
        if len(self._waiting) >= _PORTION:
            self.store()

    def store(self) -> None:
        """Write what waits, in one transaction."""
        shop = self._shop
        readings, self._waiting = self._waiting, []
        if readings or self._accepted is None:
            source = Source("api", shop.name, layout=f"{shop.marketplace}.api")
            made = accept_orders(self._ws, readings, source, self._absent)
            self._orders += len(readings)
            self._accepted = _together(self._accepted, made)
        self._memory.keep()

    def store_noted(self) -> None:
        """Write what waits if its connector goes on behind it the next time, when reading ended badly."""
        if self._memory.noted:
            self.store()

    def report(self, fault: Fault | None = None, due_at: datetime | None = None) -> FetchedShop:
        """What came of it; what is stored may prove reports to have arrived."""
        shop = self._shop
        return FetchedShop(
            shop=shop.name,
            marketplace=shop.marketplace,
            orders=self._orders,
            accepted=self._accepted,
            rejections=tuple(self.rejections),
            fault=fault,
            due_at=due_at,
            arrived=notice_arrivals(self._ws, shop.name),
        )


def _together(first: Accepted | None, second: Accepted) -> Accepted:
    if first is None:
        return second
    counts = {name: first.counts.get(name, 0) + count for name, count in second.counts.items()}
    return Accepted(counts, first.keys + second.keys, first.held + second.held)


def _read(ws: Workspace, api: MarketplaceApi, shop: Shop, progress: Progress, taken: _Taken) -> None:
    def step(done: int, total: int) -> None:
        progress.step(done, total, shop.name)

    since = ws.now() - timedelta(days=ws.shop_options(shop.name).get("api.days"))
    for one in api.fetch(since, ws.now(), step):
        taken.add(one)
    if api.sees_changes:
        return
    # Orders we know as open; those a search for open ones no longer finds have been shipped, or are older.
    left = [number for number in ws.account(shop.name).open_orders() if number not in taken.seen]
    for order in api.read(left):
        taken.add(order)
