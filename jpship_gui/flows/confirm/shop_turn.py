"""One shop's turn of sending: look after what is open, send what waits, read back what was accepted, and go.

A turn never sleeps: it says when the next one is worth its while, so that waiting for one marketplace occupies nobody.
Whatever happened to a report, a parcel is looked for before it is sent again: `push` reads the order first, and a row
without a known outcome is only ever read back (CF-06).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from jpship_gui.domain.confirmation import Confirmation, OutboxItem, SendResult, SendState
from jpship_gui.domain.fault import Fault
from jpship_gui.flows.confirm.answers import mark_sent, write_answers
from jpship_gui.flows.confirm.audit import audit, conclude, shown, standing
from jpship_gui.flows.confirm.pauses import NOT_DUE, Trouble, pause, resume
from jpship_gui.flows.confirm.queue import withdraw_red
from jpship_gui.flows.confirm.report import SendReport, SentRow, ShopFault, Turn
from jpship_gui.flows.confirm.timing import timing_of
from jpship_gui.flows.progress import Progress
from jpship_gui.flows.workspace import Workspace
from jpship_gui.marketplaces.base import MarketplaceApi
from jpship_gui.store import outbox
from jpship_gui.store.outbox import Actor
from jpship_gui.store.shops import Shop

T = TypeVar("T")

_BATCH = 100
_LEASE = timedelta(minutes=15)
_DAY = timedelta(days=1)
_OPEN = (SendState.SENDING, SendState.DOUBTFUL)


class ShopTurn:
    """`by` holds the leases. `sending`: also what waits, else only what is to be read; `everything`: read back all that
    was accepted in the last day, not only what never was."""

    def __init__(
        self,
        ws: Workspace,
        shop: Shop,
        by: Actor,
        progress: Progress,
        *,
        sending: bool,
        everything: bool = False,
    ) -> None:
        self._ws = ws
        self._shop = shop
        self._by = by
        self._progress = progress
        self._sending = sending and ws.confirms_by(shop.name) == "api"
        self._everything = everything
        self._reading = min(_BATCH, ws.markets()[shop.marketplace].reads_at_once)
        self._timing = timing_of(ws.shop_options(shop.name))
        self._open: dict[str, OutboxItem] = {}  # leased rows whose outcome is not known
        self._taken: set[str] = set()
        self._rows: dict[str, SentRow] = {}
        self._total = outbox.count(ws.store, shop.name, self._concerned())
        self._talked = False  # the marketplace answered something
        self._trouble: Trouble | None = None
        self._report = SendReport()

    def _concerned(self) -> tuple[SendState, ...]:
        return (*_OPEN, SendState.WAITING) if self._sending else _OPEN

    def run(self) -> Turn:
        """Take the turn; never raises for the marketplace's trouble, it is in the report."""
        try:
            self._work()
        finally:
            outbox.release(self._ws.store, self._taken, self._by)
        self._report.rows = list(self._rows.values())
        woke = self._after()
        return Turn(self._shop.name, self._report, self._again_at(), woke)

    def _work(self) -> None:
        apis: list[MarketplaceApi] = []
        self._try(lambda: apis.append(self._connect()))
        steps = (self._ask_for_answers, self._read_unclear, self._push_waiting, self._audit)
        for api in apis:
            for step in steps:
                if self._trouble is None or not self._trouble.ends_the_turn:
                    self._try(lambda api=api, step=step: step(api))  # type: ignore[misc]

    def _try(self, step: Callable[[], None]) -> None:
        """What goes wrong in one step is told, and need not keep the others."""
        try:
            step()
        except Fault as fault:
            self._note(Trouble.of_fault(fault))
            if fault.code != NOT_DUE and fault.code not in {f.fault.code for f in self._report.faults}:
                self._report.faults.append(ShopFault(self._shop.name, fault))

    def _note(self, trouble: Trouble) -> None:
        if self._trouble is None or (trouble.ends_the_turn and not self._trouble.ends_the_turn):
            self._trouble = trouble

    def _connect(self) -> MarketplaceApi:
        connect = self._ws.markets()[self._shop.marketplace].connect
        assert connect is not None
        return connect(self._ws.account(self._shop.name))

    def _after(self) -> bool:
        """Begin or end the shop's pause; whether its end is that of others too."""
        if self._trouble is None:
            return self._talked and resume(self._ws, self._shop.name)
        self._report.pauses[self._shop.name] = pause(self._ws, self._shop.name, self._trouble)
        return False

    def _again_at(self) -> datetime | None:
        if self._trouble is not None:
            return None
        now = self._ws.now()
        looks = [self._timing.look_at(item, now) for item in self._open.values()]
        if outbox.due_for_audit(self._ws.store, self._shop.name, now, 1):
            looks.append(now)
        return min(looks, default=None)

    # -- looking ------------------------------------------------------------------------------------------------

    def _ask_for_answers(self, api: MarketplaceApi) -> None:
        """Fetch answers of reports handed in."""
        limit = 10 * _BATCH
        for item in outbox.take_unanswered(
            self._ws.store, self._shop.name, self._by, self._ws.now(), _LEASE, limit
        ):
            self._taken.add(item.confirmation.shipment_key)
            self._hold(item)
        by_request: dict[str, list[Confirmation]] = {}
        for item in self._open.values():
            if item.state is SendState.SENDING and item.request_id:
                by_request.setdefault(item.request_id, []).append(item.confirmation)
        for request_id, asked in by_request.items():
            self._step()
            self._try(lambda r=request_id, a=asked: self._write(_ours(a, self._heard(api.results(r, a)))))  # type: ignore[misc]

    def _read_unclear(self, api: MarketplaceApi) -> None:
        """Read back what is doubtful or takes too long."""
        now = self._ws.now()
        unclear = [item for item in self._open.values() if self._timing.must_be_read(item, now)]
        for first in range(0, len(unclear), self._reading):
            self._step()
            self._resolve(api, unclear[first : first + self._reading])

    def _resolve(self, api: MarketplaceApi, items: Sequence[OutboxItem]) -> None:
        """What stands at the marketplace is accepted; what may still appear stays open, the rest may be sent again."""
        results = []
        known = []
        read = self._heard(api.read([i.confirmation.order_id.number for i in items]))
        orders = {order.id.number: order for order in read}
        for item in items:
            order = orders.get(item.confirmation.order_id.number)
            seen = shown(self._ws, item, order) if order else None
            if seen is None:
                continue
            key = item.confirmation.shipment_key
            if seen.complete:
                results.append(SendResult(key, SendState.ACCEPTED, "read_back", detail_ids=seen.detail_ids))
                known.append((item, seen.differences))
            elif self._timing.never_arrived(item, self._ws.now()):
                results.append(SendResult(key, SendState.WAITING, "not_arrived"))
        self._write(results)
        for item, found in known:  # this was its reading
            conclude(self._ws, item, found, self._by)
            self._report.differences += found

    # -- sending ------------------------------------------------------------------------------------------------

    def _push_waiting(self, api: MarketplaceApi) -> None:
        """Send until nothing waits or something could not leave."""
        while self._sending:
            self._step()
            items = outbox.take_waiting(
                self._ws.store, self._shop.name, self._by, self._ws.now(), _LEASE, min(_BATCH, api.push_size)
            )
            if not items:
                return
            keys = [item.confirmation.shipment_key for item in items]
            self._taken |= set(keys)
            with self._ws.store.transaction():
                good = withdraw_red(self._ws, keys, self._by)
                mark_sent(self._ws, good)  # from here on nobody may change what is being told
            fresh = [item.confirmation for item in items if item.confirmation.shipment_key in good]
            results = self._push(api, fresh) if fresh else []
            self._write(results)
            unsent = next((result.code for result in results if result.state is SendState.WAITING), None)
            if unsent is not None:
                self._note(Trouble.of_code(unsent))
                return

    def _push(self, api: MarketplaceApi, confirmations: Sequence[Confirmation]) -> list[SendResult]:
        try:
            results = self._heard(api.push(confirmations))
        except Fault as fault:  # raised before anything was sent
            self._write([SendResult(c.shipment_key, SendState.WAITING, fault.code) for c in confirmations])
            raise
        answered = _ours(confirmations, results)
        told = {result.shipment_key for result in answered}
        silent = [c.shipment_key for c in confirmations if c.shipment_key not in told]
        return answered + [SendResult(key, SendState.DOUBTFUL, "answer_incomplete") for key in silent]

    def _heard(self, answer: list[T]) -> list[T]:
        """What a call gave; that it gave anything ends a pause."""
        self._talked = True
        return answer

    def _step(self) -> None:
        done = len(self._rows) - len(self._open)
        self._progress.step(done, max(self._total, len(self._rows)), self._shop.name)

    # -- writing ------------------------------------------------------------------------------------------------

    def _write(self, results: Sequence[SendResult]) -> None:
        """Write what is new; open rows stay leased and held, the others are let go."""
        open_ones = [r for r in results if r.state in _OPEN and _is_news(r, self._open.get(r.shipment_key))]
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
            self._open[key] = item
        else:
            self._open.pop(key, None)

    # -- reading back what was accepted -------------------------------------------------------------------------

    def _audit(self, api: MarketplaceApi) -> None:
        """Read once what was accepted since, or all of the last day: fill in parcel ids, keep what stands there
        otherwise. One small reading a turn: a marketplace may count calls, and what waits to be sent comes first."""
        now, size = self._ws.now(), min(self._reading, api.push_size)
        if self._everything:
            state, since = SendState.ACCEPTED, now - _DAY
            items = outbox.answered_since(self._ws.store, state, since, self._shop.name)
        else:
            items = outbox.due_for_audit(self._ws.store, self._shop.name, now, size)
        for first in range(0, len(items), size):
            self._step()
            part = items[first : first + size]
            for item, seen in zip(part, self._heard(standing(self._ws, api, part)), strict=True):
                self._report.differences += audit(self._ws, item, seen, self._by)


def _ours(asked: Sequence[Confirmation], results: Sequence[SendResult]) -> list[SendResult]:
    """Results about what was asked; what an answer says of other shipments or of others' parcels settles nothing."""
    parcels = {c.shipment_key: {p.parcel_key for p in c.parcels} for c in asked}
    return [
        result
        for result in results
        if {parcel for parcel, _ in result.detail_ids} <= parcels.get(result.shipment_key, frozenset())
        and result.shipment_key in parcels
    ]


def _is_news(result: SendResult, item: OutboxItem | None) -> bool:
    return item is None or (result.state, result.request_id) != (item.state, item.request_id)
