"""Which shipments are to be confirmed, and everything the questions about them need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from jpship_gui.carriers import number_forms
from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.confirmation import Confirmation, ConfirmedParcel, OutboxItem, SendState
from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows.confirm.reasons import Case, carrier_of, ship_date_of
from jpship_gui.flows.workspace import Workspace
from jpship_gui.marketplaces import marketplaces
from jpship_gui.store import outbox, shipments
from jpship_gui.store.database import from_ms, to_ms

ON_ITS_WAY = frozenset({SendState.SENDING, SendState.DOUBTFUL, SendState.ACCEPTED, SendState.FILED})
_GROUP = 400


def open_cases(ws: Workspace) -> list[Case]:
    """Every shipment with a linked number that no marketplace has been told of, in ship-by order."""
    rows = ws.store.rows(
        "SELECT s.id FROM shipments s WHERE s.accepted_at IS NULL AND s.not_ours = 0 "
        "AND EXISTS (SELECT 1 FROM parcels p WHERE p.shipment_id = s.id AND p.tracking_no <> '') "
        "ORDER BY s.ship_by IS NULL, s.ship_by, s.id"
    )
    found = shipments.by_ids(ws.store, [row_id for (row_id,) in rows])
    return [case for case in cases_of(ws, found) if case.item is None or case.item.state not in ON_ITS_WAY]


def cases_of(ws: Workspace, found: Sequence[Shipment]) -> list[Case]:
    """The cases of these shipments, in their order."""
    today = ws.today()
    items = {
        item.confirmation.shipment_key: item for item in outbox.by_keys(ws.store, [s.key for s in found])
    }
    ordered = _order_days(ws, [s.row_id for s in found])
    uses = _other_uses(ws, found)
    defaults = {
        shop: ws.shop_options(shop).get("carrier.default") for shop in {s.order_id.shop for s in found}
    }
    known = marketplaces()
    cases = []
    for shipment in found:
        item = items.get(shipment.key)
        case = Case(
            shipment=shipment,
            marketplace=known[shipment.order_id.marketplace],
            ordered_on=ordered.get(shipment.row_id),
            ship_date=ship_date_of(shipment, today),
            today=today,
            carrier=shipment.carrier or defaults[shipment.order_id.shop],
            others=uses.get(shipment.key, {}),
            forms=number_forms(),
            item=item,
            same_as_refused=item is not None and _says_the_same(item, shipment),
        )
        cases.append(case)
    return cases


def confirmation_of(case: Case) -> Confirmation:
    """What is to be said for a green case; a carrier without the marketplace's code is an error of the caller."""
    shipment = case.shipment
    return Confirmation(
        order_id=shipment.order_id,
        package_id=shipment.package_id,
        shipment_key=shipment.key,
        ship_date=case.ship_date,
        parcels=tuple(_parcels(case)),
    )


def _parcels(case: Case) -> Iterable[ConfirmedParcel]:
    for parcel in case.shipment.parcels:
        carrier = carrier_of(case, parcel.carrier)
        code = case.marketplace.carrier_code(carrier, case.shipment.service, case.ship_date)
        if code is None:
            raise ValueError(f"{carrier} has no code at {case.marketplace.id}")
        yield ConfirmedParcel(parcel.key, carrier, code, parcel.tracking_no, parcel.detail_id)


def _says_the_same(item: OutboxItem, shipment: Shipment) -> bool:
    """Whether the numbers and carriers are those the marketplace has answered to."""
    said = [(p.parcel_key, p.tracking_no) for p in item.confirmation.parcels]
    return said == [(p.key, p.tracking_no) for p in shipment.parcels]


def _order_days(ws: Workspace, row_ids: Sequence[int]) -> Mapping[int, date]:
    days = {}
    for start in range(0, len(row_ids), _GROUP):
        group = row_ids[start : start + _GROUP]
        sql = (
            "SELECT s.id, o.ordered_at FROM shipments s JOIN orders o ON o.id = s.order_id "
            f"WHERE s.id IN ({', '.join('?' * len(group))})"
        )
        for row_id, ms in ws.store.rows(sql, group):
            moment = from_ms(ms)
            if moment is not None:
                days[row_id] = to_jst(moment).date()
    return days


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
