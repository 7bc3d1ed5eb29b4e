"""What parcels weigh and measure: proposed from the goods list, corrected at the desk, read from a scale (PL-11)."""

from __future__ import annotations

from dataclasses import dataclass

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.goods_facts import UNMEASURED, Measures, Sides, sides_of
from jpship_gui.domain.planning.scale import grams_of
from jpship_gui.flows.check.check import check_shipments
from jpship_gui.flows.check.planned_rows import PlannedRows
from jpship_gui.flows.check.planning import Planner
from jpship_gui.flows.check.surroundings import ShopSurroundings
from jpship_gui.flows.plan.changing import named
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import checks, history, plans

_MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class ParcelMeasures:
    """One parcel: `proposed` by its goods, `found` at the desk; `holds` is what planning goes by, field by field."""

    key: str
    proposed: Measures
    found: Measures

    @property
    def holds(self) -> Measures:
        """What was found, else what is proposed."""
        return Measures(self.found.grams or self.proposed.grams, self.found.sides or self.proposed.sides)


def measures(ws: Workspace, key: str) -> tuple[ParcelMeasures, ...]:
    """All parcels of a shipment; Refused("key_unknown")."""
    (shipment,) = named(ws, [key])
    rows = checks.load(ws.store, [shipment.row_id])
    planned = PlannedRows(ws, rows, Planner(ws, ShopSurroundings(ws)))
    proposed = planned.proposed(rows[0].shipment, planned.subjects[0])
    return tuple(
        ParcelMeasures(box.key, one, box.measures)
        for box, one in zip(rows[0].shipment.boxes, proposed, strict=True)
    )


def measure(
    ws: Workspace, parcel: str, *, grams: int | None = None, sides: Sides | None = None
) -> ParcelMeasures:
    """Keep what a person found of a parcel (key of the parcel; a shipment's key is its first one's) and plan anew; None
    takes it back, the proposal holds again. Refused("key_unknown", "measures_wrong")."""
    wrong = [n for n in (grams, *(sides or ())) if n is not None and not 0 < n <= _MOST]
    if wrong:
        raise Refused("measures_wrong", found=wrong[0])
    (shipment,) = named(ws, [parcel])
    key = parcel.strip().upper()
    box = next((box for box in shipment.parcels if box.key == key), None)
    if box is None:
        raise Refused("key_unknown", keys=parcel)
    kept = sides_of(*sides) if sides else None
    with ws.store.transaction():
        plans.measure(ws.store, box.key, grams, kept or (None, None, None), ws.person)
        words = {"grams": str(grams or ""), "sides": "×".join(map(str, kept or ())), "box": str(box.no)}
        history.add(ws.store, [shipment.row_id], "measured", ws.now(), ws.person, ws.desk, **words)
        check_shipments(ws, [shipment.row_id])
    return next(one for one in measures(ws, shipment.key) if one.key == box.key)


def weigh(ws: Workspace, parcel: str, typed: str) -> ParcelMeasures:
    """Keep a weight as a scale typed it; the sides found before stay. Refused("scale_text", "key_unknown")."""
    grams = grams_of(typed)
    if grams is None:
        raise Refused("scale_text", text=typed.strip()[:40])
    (shipment,) = named(ws, [parcel])
    known = {box.key: box.measures for box in shipment.parcels}
    return measure(ws, parcel, grams=grams, sides=known.get(parcel.strip().upper(), UNMEASURED).sides)
