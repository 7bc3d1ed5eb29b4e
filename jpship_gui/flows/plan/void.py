"""Waybills that must not be used any more, until somebody says they are destroyed (PR-16)."""

from __future__ import annotations

from collections.abc import Sequence

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import history, shipments, voids
from jpship_gui.store.voids import VoidWaybill

__all__ = ["VoidWaybill", "destroyed", "note_cancelled", "void_waybills"]


def void_waybills(ws: Workspace) -> list[VoidWaybill]:
    """All that nobody has ticked off, oldest first."""
    return voids.open_ones(ws.store)


def destroyed(ws: Workspace, parcels: Sequence[str]) -> tuple[str, ...]:
    """Tick off the waybills of these parcel keys; a parcel whose waybill is destroyed waits for a new one.
    Refused("void_unknown") and nothing is ticked where one of them is not on the list."""
    with ws.store.transaction():
        listed = voids.open_ones(ws.store)
        wanted = {key.strip().upper() for key in parcels}
        unknown = sorted(wanted - {void.parcel for void in listed})
        if unknown:
            raise Refused("void_unknown", keys=", ".join(unknown))
        for void in listed:
            if void.parcel in wanted:
                voids.destroy(ws.store, void.row_id, ws.now(), ws.person)
                rows = [s.row_id for s in shipments.by_keys(ws.store, [void.shipment])]
                history.add(
                    *(ws.store, rows, "waybill_destroyed", ws.now(), ws.person, ws.desk),
                    number=void.number,
                )
        ws.store.touch()
    return tuple(sorted(wanted))


def note_cancelled(ws: Workspace, keys: Sequence[str]) -> None:
    """Of shipments that go alone now and are cancelled the waybills are void: while they led a bundle their boxes
    carried the others."""
    with ws.store.transaction():
        for shipment in shipments.by_keys(ws.store, keys):
            if shipment.stage is not Stage.CANCELLED or shipment.leader:
                continue
            listed = voids.open_of(ws.store, shipment.row_id)
            for box in shipment.parcels:
                if box.handed_at is None and box.key not in listed:
                    voids.add(
                        *(ws.store, shipment.row_id, box.key, box.tracking_no, voids.CANCELLED),
                        *(ws.now(), ws.person),
                    )
