"""Which shipments are to be confirmed, and everything the questions about them need."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from jpship_gui.carriers import number_forms
from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.confirmation import Confirmation, ConfirmedLine, ConfirmedParcel, OutboxItem, SendState
from jpship_gui.domain.order import LABEL_ELSEWHERE
from jpship_gui.domain.shipment import Shipment
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.confirm.reasons import Case, carrier_of, code_of, ship_date_of
from jpship_gui.flows.workspace import Workspace
from jpship_gui.marketplaces.base import Objection
from jpship_gui.store import outbox, shipments
from jpship_gui.store.database import from_ms, to_ms

ON_ITS_WAY = frozenset({SendState.SENDING, SendState.DOUBTFUL, SendState.ACCEPTED, SendState.FILED})
_GROUP = 400


def open_cases(ws: Workspace) -> list[Case]:
    """Every shipment with a linked number whose marketplace is to be told and was not, in ship-by order."""
    rows = ws.store.rows(
        "SELECT s.id FROM shipments s WHERE s.accepted_at IS NULL AND s.not_ours = 0 AND s.confirms = 1 "
        "AND EXISTS (SELECT 1 FROM parcels p WHERE p.shipment_id = s.id AND p.tracking_no <> '') "
        "ORDER BY s.ship_by IS NULL, s.ship_by, s.id"
    )
    found = shipments.by_ids(ws.store, [row_id for (row_id,) in rows])
    cases = [case for case in cases_of(ws, found) if case.item is None or case.item.state not in ON_ITS_WAY]
    return [case for case in cases if not _told_by_label(case)]


def _told_by_label(case: Case) -> bool:
    """Whether the marketplace calls an order shipped whose label it sold: there is nothing to tell it."""
    return LABEL_ELSEWHERE in case.flags and case.shipment.stage is Stage.SHIPPED


def cases_of(ws: Workspace, found: Sequence[Shipment]) -> list[Case]:
    """The cases of these shipments, in their order."""
    today, known = ws.today(), ws.markets()
    items = {
        item.confirmation.shipment_key: item for item in outbox.by_keys(ws.store, [s.key for s in found])
    }
    ordered = _ordered(ws, [s.row_id for s in found])
    uses = _other_uses(ws, found)
    options = {shop: ws.shop_options(shop) for shop in {s.order_id.shop for s in found}}
    cases = []
    for shipment in found:
        item = items.get(shipment.key)
        ordered_at, flags, planned = ordered.get(shipment.row_id, (None, (), ""))
        own = options[shipment.order_id.shop]
        case = Case(
            shipment=shipment,
            marketplace=known[shipment.order_id.marketplace],
            ordered_on=to_jst(ordered_at).date() if ordered_at else None,
            ordered_at=ordered_at,
            flags=flags,
            planned=planned,
            ship_date=ship_date_of(shipment, today),
            today=today,
            carrier=shipment.carrier or own.get("carrier.default"),
            codes=own.get("carrier.codes"),
            others=uses.get(shipment.key, {}),
            forms=number_forms(),
            options=own,
            now=ws.now(),
            item=item,
            same_as_refused=item is not None and _says_the_same(item, shipment),
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
    known = all(p.tracking_no and code_of(case, p.carrier) for p in case.shipment.parcels)
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
    shipment = case.shipment
    parcels = tuple(_parcels(case))
    most = case.marketplace.takes_on(case.ship_date).numbers or len(parcels)
    return Confirmation(
        order_id=shipment.order_id,
        package_id=shipment.package_id,
        shipment_key=shipment.key,
        ship_date=case.ship_date,
        parcels=parcels[:most],
        lines=tuple(
            ConfirmedLine(line.line_id, line.quantity) for line in shipment.lines if not line.deleted
        ),
        kept=parcels[most:],
        shipped_at=_shipped_at(shipment),
        ordered_at=case.ordered_at,
    )


def _shipped_at(shipment: Shipment) -> datetime | None:
    """The hand-over, else the end of packing."""
    facts = shipment.facts
    mark = facts.handed_over or facts.verified or facts.linked
    return mark.at if mark else None


def _parcels(case: Case) -> Iterable[ConfirmedParcel]:
    for parcel in case.shipment.parcels:
        carrier = carrier_of(case, parcel.carrier)
        code = code_of(case, parcel.carrier)
        if code is None:
            raise ValueError(f"{carrier} has no code at {case.marketplace.id}")
        yield ConfirmedParcel(
            parcel.key,
            carrier,
            code.code,
            parcel.tracking_no,
            parcel.detail_id,
            code.carrier_name,
            code.method,
        )


def _says_the_same(item: OutboxItem, shipment: Shipment) -> bool:
    """Whether the numbers and carriers are those the marketplace has answered to."""
    told = (*item.confirmation.parcels, *item.confirmation.kept)
    said = [(p.parcel_key, p.tracking_no) for p in told]
    return said == [(p.key, p.tracking_no) for p in shipment.parcels]


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
    """By shipment key: its numbers that another shipment has as well, or was promised by its carrier's file, with that
    one's order number; a cancelled one's waybill is void and serves nobody else. Numbers used so long ago that carriers
    give them out again do not count."""
    numbers = list({p.tracking_no for s in found for p in s.parcels if p.tracking_no})
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
            parcel.tracking_no: order
            for parcel in shipment.parcels
            for key, order in users.get(parcel.tracking_no, ())
            if key != shipment.key
        }
        for shipment in found
    }
