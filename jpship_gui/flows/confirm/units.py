"""What a marketplace is told in one go (CF-11): a shipment, or, where it takes numbers for whole orders only, all
shipments of an order; all boxes, or, where a part may be told first, those that are ready."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.confirmation import (
    ConfirmedLine,
    ConfirmedParcel,
    OutboxItem,
    SendState,
    part_key,
)
from jpship_gui.domain.order import OrderId
from jpship_gui.domain.problem import Severity
from jpship_gui.domain.shipment import Parcel, Shipment
from jpship_gui.domain.stage import Stage
from jpship_gui.domain.telling import LINE
from jpship_gui.flows.workspace import Workspace
from jpship_gui.marketplaces.base import Takes
from jpship_gui.store import outbox, shipments

ON_ITS_WAY = frozenset({SendState.SENDING, SendState.DOUBTFUL, SendState.ACCEPTED, SendState.FILED})
PACKAGE = "package"
_ABSENT = frozenset({Stage.CANCELLED, Stage.NOT_OURS})
_STOPPED = frozenset((*_ABSENT, Stage.HOLD, Stage.CHECK, Stage.WAITING, Stage.SHIPPED))


@dataclass(frozen=True, slots=True)
class Box:
    """A parcel as one order has it. `lines` are what of the order lies in it, () where nobody knows; `no` counts the
    boxes of all that is told together, from 1."""

    parcel: Parcel
    shipment: Shipment
    no: int
    carrier: str  # "" = nobody planned one
    service: str
    lines: tuple[ConfirmedLine, ...]

    @property
    def proven(self) -> bool:
        """Whether its number has its second verification."""
        return self.parcel.proven or self.shipment.facts.verified is not None

    @property
    def ready(self) -> bool:
        """Whether nothing about it or its order forbids to tell it ahead of others."""
        one = self.shipment
        stopped = one.stage in _STOPPED or bool(one.changed)
        stopped = stopped or any(problem.severity is Severity.STOP for problem in one.problems)
        return bool(self.parcel.tracking_no) and self.proven and not stopped

    def handed_on(self) -> date | None:
        """The day the driver took it, as far as noted."""
        mark = self.shipment.facts.handed_over
        at = mark.at if mark else self.parcel.handed_at
        return to_jst(at).date() if at else None


@dataclass(frozen=True, slots=True)
class Unit:
    """What is told together. The first of `parts` speaks for all; `boxes` are those to be told now, `earlier` what the
    marketplace was told before, `left_out` the parts it was told nothing of although it takes one report only."""

    parts: tuple[Shipment, ...]
    boxes: tuple[Box, ...]
    key: str
    whole: bool
    takes: Takes
    item: OutboxItem | None = None
    earlier: tuple[ConfirmedParcel, ...] = ()
    left_out: tuple[Shipment, ...] = ()

    @property
    def on_its_way(self) -> bool:
        """Whether it has been told, or is being told, and nothing is left to say."""
        return self.item is not None and self.item.state in ON_ITS_WAY and not self.left_out

    @property
    def open(self) -> bool:
        """Whether it is still to be told, and packing has begun."""
        return not self.on_its_way and any(box.parcel.tracking_no for box in self.boxes)


def units_of(ws: Workspace, found: Sequence[Shipment]) -> list[Unit]:
    """The units these shipments belong to, each once, in their order."""
    takes = {s.key: _takes(ws, s) for s in found}
    orders = _parts(ws, [s for s in found if takes[s.key].each != PACKAGE])
    grouped: dict[str, tuple[Shipment, ...]] = {}
    for shipment in found:
        parts = orders.get(shipment.order_id, ())
        parts = tuple(s for s in parts if s.stage not in _ABSENT) if shipment.stage not in _ABSENT else ()
        parts = parts or (shipment,)
        grouped.setdefault(parts[0].key, parts)
    told = outbox.parts_of(ws.store, [s.key for parts in grouped.values() for s in parts])
    options = {shop: ws.shop_options(shop) for shop in {s.order_id.shop for s in found}}
    made = []
    for parts in grouped.values():
        first = parts[0]
        own = options[first.order_id.shop]
        rows = sorted((i for s in parts for i in told.get(s.key, ())), key=lambda item: item.row_id)
        takes_here = takes.get(first.key) or _takes(ws, first)
        partial = bool(own.get("confirm.partial")) and takes_here.partial and not first.leader
        made.append(_unit(parts, rows, takes_here, partial, str(own.get("carrier.default"))))
    return made


def _takes(ws: Workspace, shipment: Shipment) -> Takes:
    handed = shipment.facts.handed_over
    day = to_jst(handed.at).date() if handed else ws.today()
    return ws.markets()[shipment.order_id.marketplace].takes_on(day)


def _parts(ws: Workspace, found: Sequence[Shipment]) -> Mapping[OrderId, tuple[Shipment, ...]]:
    """All shipments of the orders that have several, in the order they were made."""
    grouped: dict[OrderId, list[Shipment]] = {}
    for one in shipments.by_ids(ws.store, shipments.with_siblings(ws.store, [s.row_id for s in found])):
        grouped.setdefault(one.order_id, []).append(one)
    return {order: tuple(parts) for order, parts in grouped.items()}


def _unit(
    parts: tuple[Shipment, ...], rows: Sequence[OutboxItem], takes: Takes, partial: bool, default: str
) -> Unit:
    """The rows of the outbox are in the order they were made; the last one is what the unit is about, unless it is over
    and something was left for later."""
    item = rows[-1] if rows else None
    if item is not None and item.state is SendState.ACCEPTED and not item.confirmation.whole:
        before, item = list(rows), None
    else:
        before = list(rows[:-1])
    earlier = tuple(parcel for row in before for parcel in row.confirmation.parcels)
    said = {p.parcel_key for row in before for p in (*row.confirmation.parcels, *row.confirmation.kept)}
    boxes = [box for box in boxes_of(parts, default) if box.parcel.key not in said]
    known = takes.each != LINE or all(box.lines for box in boxes)
    now = [box for box in boxes if box.ready] if partial and known else boxes
    now = now or boxes
    left_out: tuple[Shipment, ...] = ()
    if item is not None and item.state in ON_ITS_WAY:
        left_out = tuple(s for s in parts if s.key not in item.confirmation.shipments)
    key = item.confirmation.shipment_key if item else part_key(parts[0].key, len(before) + 1)
    return Unit(parts, tuple(now), key, len(now) == len(boxes), takes, item, earlier, left_out)


def boxes_of(parts: Iterable[Shipment], default: str = "") -> list[Box]:
    """The boxes of these shipments as their orders have them; where it is known what lies in which, only those with
    something of the order in them."""
    found: list[Box] = []
    for one in parts:
        owner = next((s for s in one.bundle if s.key == one.leader), one)
        contents = one.contents()
        for parcel in one.boxes:
            lines = tuple(
                ConfirmedLine(c.line_id, c.quantity)
                for c in contents.get(parcel.key, ())
                if c.shipment == one.key
            )
            if contents and not lines:
                continue
            carrier = parcel.carrier or owner.carrier or default
            found.append(Box(parcel, one, len(found) + 1, carrier, owner.service, lines))
    return found


def units_told_in(ws: Workspace, keys: Collection[str]) -> list[Unit]:
    """The units of these keys of the outbox."""
    items = outbox.by_keys(ws.store, list(keys))
    wanted = list(dict.fromkeys(s for item in items for s in item.confirmation.shipments))
    return units_of(ws, shipments.by_keys(ws.store, wanted))
