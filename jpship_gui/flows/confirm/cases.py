"""Which shipments are to be confirmed, and everything the questions about them need."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.confirmation import (
    Confirmation,
    ConfirmedLine,
    ConfirmedParcel,
    OutboxItem,
    shipment_of,
)
from jpship_gui.domain.order import LABEL_ELSEWHERE
from jpship_gui.domain.shipment import Shipment
from jpship_gui.domain.stage import Stage
from jpship_gui.domain.telling import told_and_kept
from jpship_gui.domain.tracking_no import is_untracked
from jpship_gui.flows.confirm.reasons import Case, code_of, ship_date_of
from jpship_gui.flows.confirm.units import ON_ITS_WAY, Box, Unit, units_of
from jpship_gui.flows.workspace import Workspace
from jpship_gui.marketplaces.base import Objection
from jpship_gui.store import shipments
from jpship_gui.store.database import from_ms, to_ms

__all__ = ["ON_ITS_WAY", "cases_of", "confirmation_of", "open_cases"]

_GROUP = 400


def open_cases(ws: Workspace) -> list[Case]:
    """Everything with a linked number whose marketplace is to be told and was not, in ship-by order."""
    rows = ws.store.rows(
        "SELECT s.id FROM shipments s WHERE s.accepted_at IS NULL AND s.not_ours = 0 AND s.confirms = 1 "
        "AND EXISTS (SELECT 1 FROM parcels p WHERE p.shipment_id = COALESCE(s.bundle, s.id) AND p.tracking_no <> '') "
        "ORDER BY s.ship_by IS NULL, s.ship_by, s.id"
    )
    found = shipments.by_ids(ws.store, [row_id for (row_id,) in rows])
    cases = [case for case in cases_of(ws, found) if case.unit.open]
    return [case for case in cases if not _told_by_label(case)]


def _untracked(unit: Unit) -> bool:
    """Whether one of its boxes travels without a number."""
    return any(is_untracked(box.parcel.tracking_no) for box in unit.boxes)


def _told_by_label(case: Case) -> bool:
    """Whether the marketplace calls an order shipped whose label it sold: there is nothing to tell it."""
    return LABEL_ELSEWHERE in case.flags and case.shipment.stage is Stage.SHIPPED


def cases_of(ws: Workspace, found: Sequence[Shipment]) -> list[Case]:
    """The cases of these shipments, in their order; what is told in one go is one case."""
    today, known = ws.today(), ws.markets()
    units = units_of(ws, found)
    every = [part for unit in units for part in unit.parts]
    ordered = _ordered(ws, [unit.parts[0].row_id for unit in units])
    uses = _other_uses(ws, every)
    options = {shop: ws.shop_options(shop) for shop in {s.order_id.shop for s in every}}
    forms = ws.number_forms()
    services = {carrier.id: carrier.default_service for carrier in ws.carriers().values()}
    ways = {
        shop: ws.confirms_by(shop)
        for shop in {unit.parts[0].order_id.shop for unit in units if _untracked(unit)}
    }
    cases = []
    for unit in units:
        first = unit.parts[0]
        ordered_at, flags, planned = ordered.get(first.row_id, (None, (), ""))
        own = options[first.order_id.shop]
        case = Case(
            unit=unit,
            marketplace=known[first.order_id.marketplace],
            ordered_on=to_jst(ordered_at).date() if ordered_at else None,
            ordered_at=ordered_at,
            flags=flags,
            planned=planned,
            ship_date=ship_date_of(unit.boxes, today),
            today=today,
            codes=own.get("carrier.codes"),
            others={number: order for part in unit.parts for number, order in uses[part.key].items()},
            forms=forms,
            usual_services=services,
            by=ways[first.order_id.shop] if _untracked(unit) else "",
            options=own,
            now=ws.now(),
            same_as_refused=unit.item is not None and _says_the_same(unit.item, unit.boxes),
        )
        cases.append(replace(case, objection=_objection(case)))
    return cases


def confirmation_of(case: Case) -> Confirmation:
    """What is to be said for a green case, as its marketplace wants it; asking for a red one is an error of the caller.

    Numbers beyond what the marketplace takes are kept in it, to be shown, and never told (PL-04).
    """
    said = _fitted(case)
    if isinstance(said, Objection):
        raise ValueError(f"{case.marketplace.id} objects: {said.code}")
    return said


def _objection(case: Case) -> Objection | None:
    """The marketplace's objection to what would be said, as soon as that is known."""
    known = all(box.parcel.tracking_no and code_of(case, box) for box in case.unit.boxes)
    if case.marketplace.fit is None or not known:
        return None
    said = _fitted(case)
    return said if isinstance(said, Objection) else None


def _fitted(case: Case) -> Confirmation | Objection:
    said, fit = _plain(case), case.marketplace.fit
    if fit is None:
        return said
    assert case.now is not None
    return fit(said, case.options, case.now)


def _plain(case: Case) -> Confirmation:
    unit, first = case.unit, case.shipment
    parcels = [_parcel(case, box) for box in unit.boxes]
    lines = _lines(unit)
    told, kept = told_and_kept(parcels, unit.takes.each, unit.takes.numbers, lines, unit.earlier)
    return Confirmation(
        order_id=first.order_id,
        package_id=first.package_id if len(unit.parts) == 1 else "",
        shipment_key=unit.key,
        ship_date=case.ship_date,
        parcels=told,
        lines=lines,
        kept=kept,
        shipped_at=_shipped_at(case.parts),
        ordered_at=case.ordered_at,
        with_keys=tuple(part.key for part in case.parts if part.key != shipment_of(unit.key)),
        earlier=unit.earlier,
        whole=unit.whole,
    )


def _lines(unit: Unit) -> tuple[ConfirmedLine, ...]:
    """What is told of: all lines, or, where only some boxes are told of, what lies in those."""
    pieces: Counter[str] = Counter()
    if unit.whole and not unit.earlier:
        for part in unit.parts:
            for line in part.lines:
                if not line.deleted and line.quantity > 0:
                    pieces[line.line_id] += line.quantity
    else:
        for box in unit.boxes:
            for inside in box.lines:
                pieces[inside.line_id] += inside.quantity
    return tuple(ConfirmedLine(*item) for item in pieces.items())


def _shipped_at(parts: Sequence[Shipment]) -> datetime | None:
    """The last hand-over, else the end of packing."""
    facts = [part.facts for part in parts]
    marks = [f.handed_over or f.verified or f.linked for f in facts]
    return max((mark.at for mark in marks if mark), default=None)


def _parcel(case: Case, box: Box) -> ConfirmedParcel:
    code = code_of(case, box)
    if code is None:
        raise ValueError(f"{box.carrier} has no code at {case.marketplace.id}")
    return ConfirmedParcel(
        box.parcel.key,
        box.carrier,
        code.code,
        "" if is_untracked(box.parcel.tracking_no) else box.parcel.tracking_no,
        box.parcel.detail_id,
        code.carrier_name,
        code.method,
        box.lines,
        box.no,
    )


def _says_the_same(item: OutboxItem, boxes: Sequence[Box]) -> bool:
    """Whether the numbers are those the marketplace has answered to."""
    told = {(p.parcel_key, p.tracking_no) for p in (*item.confirmation.parcels, *item.confirmation.kept)}
    numbers = {box.parcel.key: box.parcel.tracking_no for box in boxes}
    return told == {(key, "" if is_untracked(number) else number) for key, number in numbers.items()}


def _ordered(
    ws: Workspace, row_ids: Sequence[int]
) -> Mapping[int, tuple[datetime | None, tuple[str, ...], str]]:
    """When each shipment's order was made, the order's flags, and the carrier planned at purchase."""
    found = {}
    for start in range(0, len(row_ids), _GROUP):
        group = row_ids[start : start + _GROUP]
        sql = (
            "SELECT s.id, s.package_id, o.ordered_at, o.body FROM shipments s JOIN orders o ON o.id = s.order_id "
            f"WHERE s.id IN ({', '.join('?' * len(group))})"
        )
        for row_id, package_id, ms, body in ws.store.rows(sql, group):
            said = json.loads(body) if '"flags"' in body or '"planned_carrier"' in body else {}
            planned = [
                package.get("planned_carrier", "")
                for package in said.get("packages", ())
                if package["package_id"] == package_id
            ]
            found[row_id] = (from_ms(ms), tuple(said.get("flags", ())), "".join(planned[:1]))
    return found


def _other_uses(ws: Workspace, found: Sequence[Shipment]) -> dict[str, dict[str, str]]:
    """By shipment key: its numbers that a parcel of another shipment has as well, or was promised by its carrier's
    file, with that one's order number; a cancelled one's waybill is void and serves nobody else. Those that travel in
    one parcel share its number on purpose, and that parcel is their leader's. Numbers used so long ago that carriers
    give them out again do not count."""
    numbers = list(
        {b.tracking_no for s in found for b in s.boxes if b.tracking_no and not is_untracked(b.tracking_no)}
    )
    old = to_ms(ws.now() - timedelta(days=int(ws.options.get("pack.recycle_days"))))
    users: dict[str, list[tuple[str, str]]] = {}
    for start in range(0, len(numbers), _GROUP):
        group = numbers[start : start + _GROUP]
        for column in ("tracking_no", "file_no"):
            sql = (
                f"SELECT p.{column}, s.key, s.number FROM parcels p JOIN shipments s ON s.id = p.shipment_id "
                f"WHERE p.{column} IN ({', '.join('?' * len(group))}) "
                "AND (p.linked_at IS NULL OR p.linked_at >= ?)"
            )
            for number, key, order in ws.store.rows(sql, (*group, old)):
                users.setdefault(number, []).append((key, order))
    return {
        shipment.key: {
            box.tracking_no: order
            for box in shipment.boxes
            for key, order in users.get(box.tracking_no, ())
            if key != (shipment.leader or shipment.key)
        }
        for shipment in found
    }
