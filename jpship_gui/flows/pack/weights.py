"""What the parcels of a shipment should weigh and what they weighed (PK-22)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.packing.weight import ScaleReading, due_of, read_scale, unnoticed
from jpship_gui.domain.packing.weight_turn import portions
from jpship_gui.flows.pack.extras import weighing_of
from jpship_gui.flows.pack.scales import scale_formats
from jpship_gui.flows.pack.surroundings import Surroundings
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import shipments, weights

__all__ = ["ParcelWeight", "of_shipment", "reading"]


@dataclass(frozen=True, slots=True)
class ParcelWeight:
    """One parcel: what is `due` (None = not known), how far off is right, what it weighed, when and by whom; `unknown`
    are goods without a weight, `unnoticed` those a missing piece of which the scale cannot tell."""

    parcel: str
    due: int | None
    tolerance: int
    grams: int | None
    at: datetime | None
    person: str
    unknown: tuple[str, ...]
    unnoticed: tuple[str, ...]


def reading(ws: Workspace, typed: str) -> ScaleReading | None:
    """What a scale's line means at this desk."""
    return read_scale(typed, scale_formats(), str(ws.options.get("scale.prefix")))


def of_shipment(ws: Workspace, key: str) -> tuple[ParcelWeight, ...]:
    """Of each parcel; Refused("shipment_unknown"), and "weight_off" where its shop does not weigh."""
    shipment = shipments.by_key(ws.store, key.strip().upper())
    view = Surroundings(ws).shipment(key.strip().upper()) if shipment else None
    if shipment is None or view is None:
        raise Refused("shipment_unknown", key=key)
    weighing = weighing_of(ws.shop_options(shipment.order_id.shop))
    if weighing is None:
        raise Refused("weight_off", shop=shipment.order_id.shop)
    weighed = {one.parcel: one for one in weights.of_shipment(ws.store, shipment.row_id)}
    found = []
    for box in view.parcels:
        inside = portions(view, box.key)
        due = due_of(inside, weighing)
        was = weighed.get(box.key)
        found.append(
            ParcelWeight(
                *(box.key, due.grams, due.tolerance, was.grams if was else None),
                *(was.at if was else None, was.person if was else ""),
                unknown=tuple(view.lines[p.line].sku for p in inside if p.grams is None),
                unnoticed=tuple(view.lines[line].sku for line in unnoticed(inside, due)),
            )
        )
    return tuple(found)
