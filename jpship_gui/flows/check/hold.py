"""Shipments put aside by a person with a reason, and let go again."""

from __future__ import annotations

from collections.abc import Sequence

from jpship_gui.domain.fault import Refused
from jpship_gui.flows.check.change import TOLD, Change, rows_of, write
from jpship_gui.flows.check.check import check_shipments
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import checks


def hold(ws: Workspace, keys: Sequence[str], reason: str) -> Change:
    """Hold shipments; what was told to the marketplace or is cancelled stays (`too_late`).

    Refused("reason_missing") without a reason.
    """
    reason = reason.strip()
    if not reason:
        raise Refused("reason_missing")
    touched, refused = [], []
    with ws.store.transaction():
        for row in rows_of(ws, keys):
            if row.shipment.stage in TOLD:
                refused.append((row.shipment.key, "too_late"))
            elif row.shipment.hold_reason == reason:
                refused.append((row.shipment.key, "nothing_open"))
            else:
                present = checks.columns(ws.store, row.shipment.row_id, ("changed",))
                values = {"hold_reason": reason, **present}  # a change at the source since forbids the undo
                touched.append(write(ws, row, values, "held", reason=reason))
        check_shipments(ws, [t.row_id for t in touched])
    return Change("held", tuple(t.key for t in touched), tuple(refused), tuple(touched))


def release(ws: Workspace, keys: Sequence[str]) -> Change:
    """End the hold of shipments, which acknowledges changes at the source; `nothing_open` where there is no hold."""
    touched, refused = [], []
    with ws.store.transaction():
        for row in rows_of(ws, keys):
            if not row.shipment.hold_reason:
                refused.append((row.shipment.key, "nothing_open"))
                continue
            values = {"hold_reason": "", "changed": "[]"}
            touched.append(write(ws, row, values, "released", reason=row.shipment.hold_reason))
        check_shipments(ws, [t.row_id for t in touched])
    return Change("released", tuple(t.key for t in touched), tuple(refused), tuple(touched))
