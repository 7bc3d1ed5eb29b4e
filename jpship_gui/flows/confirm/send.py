"""Send what waits in the outbox, shop by shop, and stay until the answers are there or the shop's patience ends.

Whatever happened to a report, a parcel is looked for before it is sent again: `push` reads the order first, and a row
without a known outcome is only ever read back (CF-06).
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlsplit

from jpship_gui.domain.confirmation import Confirmation, OutboxItem, SendResult, SendState
from jpship_gui.domain.fault import Fault
from jpship_gui.flows.confirm.answers import mark_sent, write_answers
from jpship_gui.flows.confirm.comparing import Difference, Seen, compare, compare_parcels
from jpship_gui.flows.confirm.queue import actor, queue, withdraw_red
from jpship_gui.flows.progress import UNWATCHED, Progress
from jpship_gui.flows.workspace import Workspace
from jpship_gui.marketplaces.base import MarketplaceApi, ShowsParcels
from jpship_gui.net.session import is_loopback
from jpship_gui.settings.options import ShopOptions
from jpship_gui.store import outbox, shipments, shops
from jpship_gui.store.shops import Shop

_BATCH = 100
_LEASE = timedelta(minutes=15)
_LOST = timedelta(days=1)  # a report handed in whose answer has not come by then is taken for lost
_OPEN = (SendState.SENDING, SendState.DOUBTFUL)
_GROWTH = 1.5
_LONGEST = 10  # times the first pause


@dataclass(frozen=True, slots=True)
class SentRow:
    """Where one confirmation stands after sending."""

    key: str
    shop: str
    order: str
    state: SendState
    code: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class ShopFault:
    """A shop that could not be talked to; what it was to be told waits or is doubtful."""

    shop: str
    fault: Fault


@dataclass(slots=True)
class SendReport:
    """Every confirmation that was touched, faults by shop, and what the marketplaces show otherwise than we sent."""

    rows: list[SentRow] = field(default_factory=list)
    faults: list[ShopFault] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)

    def of(self, state: SendState) -> list[SentRow]:
        """Rows in one state."""
        return [row for row in self.rows if row.state is state]

    def merge(self, other: SendReport) -> None:
        """Add another report; a later word on the same shipment counts."""
        newer = {row.key for row in other.rows}
        self.rows = [row for row in self.rows if row.key not in newer] + other.rows
        self.faults += other.faults
        self.differences += other.differences


def send_green(
    ws: Workspace, keys: Sequence[str] | None = None, progress: Progress = UNWATCHED
) -> SendReport:
    """Queue everything green (or the green ones of `keys`) of shops with an API, and send the outbox."""
    queue(ws, keys, by="api")
    return send(ws, progress)


def send(ws: Workspace, progress: Progress = UNWATCHED) -> SendReport:
    """Send the outbox of every shop that has an API; never raises for one shop's trouble, it is in the report."""
    report = SendReport()
    _abandon_dead(ws)
    for shop in _connected_shops(ws):
        report.merge(_Sender(ws, shop, progress).run(sending=True))
    return report


def without_keys(ws: Workspace, shops_left: Iterable[str]) -> list[ShopFault]:
    """Of shops that confirm by file, those that would by API if a key were not missing; for who asked to send."""
    found = []
    for name in shops_left:
        shop = shops.get(ws.store, name)
        market = ws.markets()[shop.marketplace]
        if market.connect is None or ws.shop_options(name).get("confirm.by") != "auto":
            continue
        try:
            for key, option in market.options.items():
                if option.type == "secret" and option.needed:
                    ws.account(name).secret(key)
        except Fault as fault:
            found.append(ShopFault(name, fault))
    return found


def anything_open(ws: Workspace) -> bool:
    """Whether the outbox holds something that waits, is being sent, or is doubtful."""
    return bool(outbox.in_state(ws.store, [SendState.WAITING, SendState.SENDING, SendState.DOUBTFUL]))


def read_back(ws: Workspace, progress: Progress = UNWATCHED) -> SendReport:
    """Look after doubtful and unanswered reports and audit today's accepted ones; sends nothing."""
    report = SendReport()
    _abandon_dead(ws)
    for shop in _connected_shops(ws):
        report.merge(_Sender(ws, shop, progress).run(sending=False))
    return report


def _abandon_dead(ws: Workspace) -> None:
    """What a sender that died may have told is doubtful, and told until the contrary is read."""
    with ws.store.transaction():
        mark_sent(ws, outbox.abandon_dead(ws.store, actor(ws), ws.now()))


def _connected_shops(ws: Workspace) -> Iterable[Shop]:
    known = ws.markets()
    for shop in shops.every(ws.store):
        if known[shop.marketplace].connect is None:
            continue
        states = (SendState.WAITING, SendState.SENDING, SendState.DOUBTFUL, SendState.ACCEPTED)
        if outbox.in_state(ws.store, states, shop.name):
            yield shop


_SETTLES_HERE = 30  # seconds; a marketplace on this machine has no queue behind it


def _settle_seconds(options: ShopOptions) -> int:
    """How long an unanswered report may still take effect."""
    seconds = int(options.get("confirm.settle_s"))
    host = urlsplit(str(options.get("api.url"))).hostname or ""
    return min(seconds, _SETTLES_HERE) if is_loopback(host) else seconds


class _Sender:
    """One shop's turn. `_held` are the open rows it has leased, as they stand in the outbox."""

    def __init__(self, ws: Workspace, shop: Shop, progress: Progress) -> None:
        options = ws.shop_options(shop.name)
        self._ws = ws
        self._shop = shop
        self._by = actor(ws)
        self._progress = progress
        self._sends = ws.confirms_by(shop.name) == "api"
        self._shows = ws.markets()[shop.marketplace].shows
        self._settle = timedelta(seconds=_settle_seconds(options))
        self._first_pause = options.get("confirm.poll_ms") / 1000
        self._pause = self._first_pause
        self._longest = self._pause * _LONGEST
        self._give_up = time.monotonic() + options.get("confirm.deadline_s")
        self._held: dict[str, OutboxItem] = {}
        self._rows: dict[str, SentRow] = {}
        self._report = SendReport()

    def run(self, *, sending: bool) -> SendReport:
        """Look after what is open, send what waits if `sending`, wait for answers, and audit."""
        try:
            api = self._connect()
            while True:
                self._look(api)
                if sending and self._sends:
                    self._push_waiting(api)
                if not sending or not self._worth_waiting():
                    break
            self._audit(api)
        except Fault as fault:
            self._report.faults.append(ShopFault(self._shop.name, fault))
        finally:
            outbox.release(self._ws.store, list(self._held), self._by)
        self._report.rows = list(self._rows.values())
        return self._report

    def _connect(self) -> MarketplaceApi:
        connect = self._ws.markets()[self._shop.marketplace].connect
        assert connect is not None
        return connect(self._ws.account(self._shop.name))

    # -- looking ------------------------------------------------------------------------------------------------

    def _look(self, api: MarketplaceApi) -> None:
        """Fetch answers of reports handed in, and read back what is doubtful or takes too long."""
        limit = 10 * _BATCH
        for item in outbox.take_unanswered(
            self._ws.store, self._shop.name, self._by, self._ws.now(), _LEASE, limit
        ):
            self._hold(item)
        by_request: dict[str, list[Confirmation]] = {}
        for item in self._held.values():
            if item.state is SendState.SENDING and item.request_id:
                by_request.setdefault(item.request_id, []).append(item.confirmation)
        for request_id, confirmations in by_request.items():
            self._write(api.results(request_id, confirmations))
        unclear = [item for item in self._held.values() if self._must_be_read(item)]
        for first in range(0, len(unclear), _BATCH):
            self._resolve(api, unclear[first : first + _BATCH])

    def _must_be_read(self, item: OutboxItem) -> bool:
        return item.state is SendState.DOUBTFUL or self._age(item) >= self._settle

    def _age(self, item: OutboxItem) -> timedelta:
        return self._ws.now() - (item.attempted_at or item.created_at)

    def _resolve(self, api: MarketplaceApi, items: Sequence[OutboxItem]) -> None:
        """What stands at the marketplace is accepted; what may still appear stays open, the rest may be sent again."""
        orders = {o.id.number: o for o in api.read([i.confirmation.order_id.number for i in items])}
        results = []
        for item in items:
            order = orders.get(item.confirmation.order_id.number)
            if order is None:
                continue
            key, seen = item.confirmation.shipment_key, compare(item.confirmation, order, self._shows)
            if seen.complete:
                results.append(SendResult(key, SendState.ACCEPTED, "read_back", detail_ids=seen.detail_ids))
            elif self._age(item) >= (self._settle if item.state is SendState.DOUBTFUL else _LOST):
                results.append(SendResult(key, SendState.WAITING, "not_arrived"))
        self._write(results)

    # -- sending ------------------------------------------------------------------------------------------------

    def _push_waiting(self, api: MarketplaceApi) -> None:
        """Send until nothing waits or something could not leave."""
        while True:
            self._step()
            items = outbox.take_waiting(
                self._ws.store, self._shop.name, self._by, self._ws.now(), _LEASE, min(_BATCH, api.push_size)
            )
            if not items:
                return
            with self._ws.store.transaction():
                good = withdraw_red(self._ws, [i.confirmation.shipment_key for i in items], self._by)
                mark_sent(self._ws, good)  # from here on nobody may change what is being told
            fresh = [i.confirmation for i in items if i.confirmation.shipment_key in good]
            results = self._push(api, fresh) if fresh else []
            self._pause = self._first_pause
            self._write(results)
            if any(result.state is SendState.WAITING for result in results):
                return

    def _push(self, api: MarketplaceApi, confirmations: Sequence[Confirmation]) -> list[SendResult]:
        try:
            return api.push(confirmations)
        except Fault as fault:  # raised before anything was sent
            self._write([SendResult(c.shipment_key, SendState.WAITING, fault.code) for c in confirmations])
            raise

    def _worth_waiting(self) -> bool:
        """Sleep a little when an answer may still come within the deadline."""
        left = self._give_up - time.monotonic()
        waits = [
            0.0
            if item.state is SendState.SENDING
            else max((self._settle - self._age(item)).total_seconds(), 0.01)
            for item in self._held.values()
        ]
        if not waits or left <= 0 or min(waits) > left:
            return False
        self._step()
        if min(waits) > 0:  # nothing is being answered: sleep until the first doubt is old enough
            time.sleep(min(waits))
            return True
        time.sleep(min(self._pause, left))
        self._pause = min(self._pause * _GROWTH, self._longest)
        return True

    def _step(self) -> None:
        self._progress.step(len(self._rows) - len(self._held), len(self._rows), self._shop.name)

    # -- writing ------------------------------------------------------------------------------------------------

    def _write(self, results: Sequence[SendResult]) -> None:
        """Write what is new; open rows stay leased and held, the others are let go."""
        open_ones = [r for r in results if r.state in _OPEN and _is_news(r, self._held.get(r.shipment_key))]
        done = [r for r in results if r.state not in _OPEN]
        for group, keep_lease in ((open_ones, True), (done, False)):
            if group:
                write_answers(self._ws, group, self._by, keep_lease=keep_lease)
        for item in outbox.by_keys(self._ws.store, [r.shipment_key for r in results]):
            self._hold(item)

    def _hold(self, item: OutboxItem) -> None:
        key, number = item.confirmation.shipment_key, item.confirmation.order_id.number
        self._rows[key] = SentRow(key, self._shop.name, number, item.state, item.code, item.message)
        if item.state in _OPEN:
            self._held[key] = item
        else:
            self._held.pop(key, None)

    # -- the audit ----------------------------------------------------------------------------------------------

    def _audit(self, api: MarketplaceApi) -> None:
        """Read the last day's accepted ones once: fill in parcel ids, report what stands there otherwise."""
        since = self._ws.now() - timedelta(days=1)
        accepted = outbox.answered_since(self._ws.store, SendState.ACCEPTED, since)
        items = [item for item in accepted if item.confirmation.order_id.shop == self._shop.name]
        for first in range(0, len(items), _BATCH):
            part = [item.confirmation for item in items[first : first + _BATCH]]
            for seen in _standing(api, part, self._shows):
                self._report.differences += seen.differences
                keep_detail_ids(self._ws, seen.detail_ids)


def _standing(
    api: MarketplaceApi, confirmations: Sequence[Confirmation], shows: frozenset[str]
) -> Iterable[Seen]:
    """What stands of confirmations, of orders the marketplace still knows."""
    numbers = [c.order_id.number for c in confirmations]
    pairs = list(zip(confirmations, numbers, strict=True))
    if isinstance(api, ShowsParcels):
        parcels = api.parcels_of(numbers)
        return [compare_parcels(c, parcels[n], shows) for c, n in pairs if n in parcels]
    orders = {order.id.number: order for order in api.read(numbers)}
    return [compare(c, orders[n], shows) for c, n in pairs if n in orders]


def keep_detail_ids(ws: Workspace, ids: Sequence[tuple[str, str]]) -> None:
    """Note the marketplace's parcel ids, for corrections and for upload files."""
    with ws.store.transaction():
        for parcel_key, detail_id in ids:
            if detail_id:
                shipments.set_parcel(ws.store, parcel_key, {"detail_id": detail_id})


def _is_news(result: SendResult, item: OutboxItem | None) -> bool:
    return item is None or (result.state, result.request_id) != (item.state, item.request_id)
