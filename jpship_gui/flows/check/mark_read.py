"""Somebody read the buyer's remark (CK-08)."""

from __future__ import annotations

from jpship_gui.flows.check.change import Change, rows_of, write
from jpship_gui.flows.check.check import check_shipments
from jpship_gui.flows.workspace import Workspace


def mark_read(ws: Workspace, key: str) -> Change:
    """Tick the remark as read; `nothing_open` where there is none or it was read."""
    with ws.store.transaction():
        (row,) = rows_of(ws, [key])
        if row.shipment.remark_read or not row.order.buyer_text.strip():
            return Change("remark_read", (), ((key, "nothing_open"),))
        touched = write(ws, row, {"remark_read": 1}, "remark_read")
        check_shipments(ws, [touched.row_id])
    return Change("remark_read", (key,), (), (touched,))
