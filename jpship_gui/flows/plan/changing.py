"""What must hold, and what is taken back first, before the boxes of a shipment change (PK-11)."""

from __future__ import annotations

from collections.abc import Sequence

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.packing import slip_turn
from jpship_gui.domain.packing.effects import Effect
from jpship_gui.domain.shipment import Shipment
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.check.check import check_shipments
from jpship_gui.flows.pack.surroundings import Surroundings
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import bundles, plans, shipments

_GONE = frozenset({Stage.CANCELLED, Stage.SHIPPED, Stage.NOT_OURS})


def named(ws: Workspace, keys: Sequence[str]) -> list[Shipment]:
    """The shipments of these keys, each once; a further parcel's key names its shipment. Refused("key_unknown")."""
    found: list[Shipment] = []
    unknown = []
    for key in dict.fromkeys(key.strip().upper() for key in keys):
        one = shipments.by_key(ws.store, key) or shipments.by_parcel_key(ws.store, key)
        if one is None:
            unknown.append(key)
        elif one.key not in (s.key for s in found):
            found.append(one)
    if unknown:
        raise Refused("key_unknown", keys=", ".join(unknown))
    return found


def held(ws: Workspace, keys: Sequence[str]) -> list[Shipment]:
    """The same as they stand once no other desk can open, tell or change them or what travels with them, until the
    transaction ends."""
    locked: set[int] = set()
    while True:
        found = named(ws, keys)
        rows = {one.row_id for shipment in found for one in shipment.bundle}
        if rows <= locked or not bundles.lock(ws.store, list(rows)):
            return found
        locked |= rows


def must_be_open(shipment: Shipment) -> None:
    """Refused("plan_told") for what a marketplace was told of, in whole or in part; Refused("plan_closed") for what is
    none of the desk's business any more."""
    if shipment.facts.sent is not None or shipment.facts.accepted is not None:
        raise Refused("plan_told", order=shipment.order_id.number)
    if shipment.stage in _GONE:
        raise Refused("plan_closed", order=shipment.order_id.number)


def taken_back(ws: Workspace, key: str, reason: str) -> tuple[Effect, ...]:
    """What the desk did with the boxes of this shipment, of a bundle its leader, undone: goods are counted and waybills
    read anew.

    Refused("plan_open_at_desk") while a desk has it open, ("plan_handed_over") once the driver took a box,
    ("plan_told") once a number was told, ("plan_packed") where something was done and no reason is given. In the
    transaction that records what follows, after it was `held`.
    """
    (shipment,) = shipments.by_keys(ws.store, [key])
    view = Surroundings(ws).shipment(key)
    assert view is not None
    order = shipment.order_id.number
    if view.holder:
        raise Refused("plan_open_at_desk", order=order, desk=view.holder)
    for one in shipment.bundle:
        if one.facts.sent is not None or one.facts.accepted is not None or view.told:
            raise Refused("plan_told", order=one.order_id.number)
    if any(box.handed_over for box in view.parcels):
        raise Refused("plan_handed_over", order=order)
    back = slip_turn.all_back(view)
    if back and not reason.strip():
        raise Refused("plan_packed", order=order)
    return back


def replan(ws: Workspace, keys: Sequence[str]) -> None:
    """Plan anew what was planned and travels otherwise now."""
    rows = [one.row_id for one in shipments.by_keys(ws.store, keys)]
    planned = [row for row, kept in plans.of_rows(ws.store, rows).items() if kept.note]
    if planned:
        with ws.store.transaction():
            check_shipments(ws, planned)
