"""A desk whose shipments wait for paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jpship_gui.domain.order import Order
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import shipments
from tests.builders import stored

__all__ = ["printable"]


def printable(ws: Workspace, *orders: Order, **changes: Any) -> Sequence[str]:
    """Store orders that have no problems; their shipment keys."""
    made = stored(ws.store, *orders, **changes)
    with ws.store.transaction():
        shipments.restage(ws.store, [row_id for row_id, _ in made])
    return [key for _, key in made]
