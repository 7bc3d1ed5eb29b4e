"""Promise ship dates to marketplaces that want one before they are told of shipping: an act of its own, never part of
sending unless a shop says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.confirmation import Promise, SendState
from jpship_gui.domain.fault import Fault, Refused
from jpship_gui.domain.order import Order, OrderId
from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows.intake.accept import Source, accept_orders
from jpship_gui.flows.progress import UNWATCHED, Progress
from jpship_gui.flows.workspace import Workspace
from jpship_gui.marketplaces.base import MarketplaceApi, PromisingApi
from jpship_gui.store import history, orders, shipments


@dataclass(frozen=True, slots=True)
class Waiting:
    """A shipment whose order waits for a promised ship date; `day` is what the shop's own rule proposes."""

    key: str
    order_id: OrderId
    recipient: str
    day: date


@dataclass(frozen=True, slots=True)
class Promised:
    """What came of one promise."""

    key: str
    order_id: OrderId
    day: date
    state: SendState
    code: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class PromiseReport:
    """All promises that were tried, and shops that could not be talked to."""

    rows: tuple[Promised, ...]
    faults: tuple[tuple[str, Fault], ...] = ()


def waiting(ws: Workspace, keys: Sequence[str] | None = None) -> list[Waiting]:
    """Shipments, or those of `keys`, whose orders may be promised a date now, in ship-by order; writes nothing."""
    found = _open_shipments(ws, keys)
    tomorrow = ws.today() + timedelta(days=1)
    return [
        Waiting(s.key, s.order_id, s.recipient.name, max(_proposed(s) or tomorrow, tomorrow)) for s in found
    ]


def promise(
    ws: Workspace,
    keys: Sequence[str] | None = None,
    day: date | None = None,
    reason: str = "",
    progress: Progress = UNWATCHED,
) -> PromiseReport:
    """Promise `day`, or each shipment's proposal, for all that wait or those of `keys`, and read the orders again.

    `reason` is the marketplace's code for a late day. Refused("promise_past", "promise_nothing").
    """
    if day is not None and day < ws.today():
        raise Refused("promise_past", day=day.isoformat())
    chosen = waiting(ws, keys)
    if not chosen:
        raise Refused("promise_nothing")
    by_shop: dict[str, list[Waiting]] = {}
    for one in chosen:
        by_shop.setdefault(one.order_id.shop, []).append(one)
    rows: list[Promised] = []
    faults: list[tuple[str, Fault]] = []
    for number, (shop, wanted) in enumerate(by_shop.items()):
        progress.step(number, len(by_shop), shop)
        try:
            rows += _promise_shop(ws, shop, wanted, day, reason)
        except Fault as fault:
            faults.append((shop, fault))
    progress.step(len(by_shop), len(by_shop))
    return PromiseReport(tuple(rows), tuple(faults))


def _open_shipments(ws: Workspace, keys: Sequence[str] | None) -> list[Shipment]:
    """Of marketplaces that can be promised by API, in a state that waits for it, not told of shipping yet."""
    ids: list[int] = []
    for market in ws.markets().values():
        states = sorted(market.promise_states)
        if not states or market.connect is None:
            continue
        marks = ", ".join("?" * len(states))
        rows = ws.store.rows(
            "SELECT s.id FROM shipments s JOIN orders o ON o.id = s.order_id "
            f"WHERE o.marketplace = ? AND o.state_code IN ({marks}) AND s.not_ours = 0 AND s.cancelled = 0 "
            "AND s.releasable = 1 AND s.sent_at IS NULL ORDER BY s.ship_by IS NULL, s.ship_by, s.id",
            (market.id, *states),
        )
        ids += [row_id for (row_id,) in rows]
    found = shipments.by_ids(ws.store, ids)
    return found if keys is None else [s for s in found if s.key in set(keys)]


def _proposed(shipment: Shipment) -> date | None:
    return to_jst(shipment.ship_by).date() if shipment.ship_by else None


def _promise_shop(
    ws: Workspace, shop: str, wanted: Sequence[Waiting], day: date | None, reason: str
) -> list[Promised]:
    market = ws.markets()[wanted[0].order_id.marketplace]
    assert market.connect is not None
    api = market.connect(ws.account(shop))
    if not isinstance(api, PromisingApi):
        raise Refused("promise_unknown", marketplace=market.name)
    known = orders.find(ws.store, [one.order_id for one in wanted])
    days = {one.order_id: day or one.day for one in wanted}
    promises = [
        Promise(order_id, _live_lines(stored.order()), days[order_id], reason)
        for order_id, stored in known.items()
    ]
    answers = {answer.order_id: answer for answer in api.promise(promises)}
    ship_bys = {answer.order_id.number: answer.ship_by for answer in answers.values() if answer.ship_by}
    made = [
        Promised(one.key, one.order_id, days[one.order_id], a.state, a.code, a.message)
        for one in wanted
        if (a := answers.get(one.order_id)) is not None
    ]
    _note(ws, made)
    readings = _read_again(api, made)
    promised = [replace(o, ship_by=ship_bys.get(o.id.number, o.ship_by)) for o in readings]
    if promised:
        accept_orders(ws, promised, Source("api", shop, layout=f"{market.id}.api"), market.api_absent)
    return made


def _live_lines(order: Order) -> tuple[str, ...]:
    return tuple(line.line_id for line in order.lines if not line.deleted)


def _note(ws: Workspace, made: Sequence[Promised]) -> None:
    """What was promised stands in the history of each shipment."""
    done = {one.key: one for one in made if one.state is SendState.ACCEPTED}
    with ws.store.transaction():
        for shipment in shipments.by_keys(ws.store, list(done)):
            day = done[shipment.key].day.isoformat()
            history.add(ws.store, [shipment.row_id], "promised", ws.now(), ws.person, ws.desk, day=day)


def _read_again(api: MarketplaceApi, made: Sequence[Promised]) -> list[Order]:
    """The orders as they stand now, doubtful ones too: only the marketplace knows what it took."""
    numbers = [one.order_id.number for one in made if one.state in (SendState.ACCEPTED, SendState.DOUBTFUL)]
    return api.read(numbers) if numbers else []
