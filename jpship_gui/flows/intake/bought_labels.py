"""Labels bought at the marketplace (SY-11): the number it already knows is promised to the parcel, as a carrier's file
promises its numbers, so that the scan must equal it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jpship_gui.domain.order import LABEL_ELSEWHERE, Order, RegisteredParcel
from jpship_gui.domain.shipment import Parcel, Shipment
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import history, orders, shipments


def note_numbers(ws: Workspace, read: Iterable[Order]) -> tuple[str, ...]:
    """Take over the numbers of orders whose label was bought; returns the keys of shipments that learned one. In a
    transaction."""
    bought = {order.id: order for order in read if LABEL_ELSEWHERE in order.flags}
    if not bought:
        return ()
    rows = {known.row_id: bought[order_id] for order_id, known in orders.find(ws.store, list(bought)).items()}
    made = shipments.of_orders(ws.store, list(rows))
    changed = [
        shipment.key
        for row, order in rows.items()
        for shipment in made.get(row, ())
        if _note(ws, shipment, order)
    ]
    return tuple(changed)


def _note(ws: Workspace, shipment: Shipment, order: Order) -> bool:
    facts = shipment.facts
    if facts.handed_over is not None or facts.accepted is not None:
        return False
    package = next((p for p in order.packages if p.package_id == shipment.package_id), None)
    told = [row for row in (package.registered if package else ()) if row.tracking_no]
    pairs = _pairs(shipment.parcels, told)
    for parcel, row in pairs:
        means = ws.markets()[order.id.marketplace].means(row.carrier_code, ws.today())
        carrier = {"carrier": means.carrier} if means else {}
        shipments.set_parcel(ws.store, parcel.key, {"file_no": row.tracking_no, **carrier})
        history.add(
            *(ws.store, [shipment.row_id], "number_from_marketplace", ws.now(), ws.person, ws.desk),
            number=row.tracking_no,
        )
    return bool(pairs)


def _pairs(
    parcels: Sequence[Parcel], told: Sequence[RegisteredParcel]
) -> list[tuple[Parcel, RegisteredParcel]]:
    """Each number nobody was promised yet with a parcel: the one it is linked to, else one whose own number the
    marketplace does not know."""
    numbers = {row.tracking_no for row in told}
    free = [parcel for parcel in parcels if parcel.file_no not in numbers]
    pairs = []
    for row in told:
        if any(parcel.file_no == row.tracking_no for parcel in parcels):
            continue
        chosen = next((p for p in free if p.tracking_no == row.tracking_no), free[0] if free else None)
        if chosen is not None:
            free.remove(chosen)
            pairs.append((chosen, row))
    return pairs
