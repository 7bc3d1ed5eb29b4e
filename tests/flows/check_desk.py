"""An open data folder with one Rakuten shop and a still clock, for tests of checks."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jpship_gui.domain.order import Order
from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows.check.check import check_shipments
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.store import shipments, shops
from tests.builders import NOW, stored


def open_desk(folder: Path, settings: Mapping[str, str] | None = None) -> Workspace:
    """`settings` are those of the shop 本店."""
    ws = dataclasses.replace(open_workspace(str(folder), person="佐藤"), clock=lambda: NOW)
    shops.add(ws.store, "本店", "rakuten", dict(settings or {}), NOW)
    return ws


def checked(ws: Workspace, *orders: Order, **changes: Any) -> list[str]:
    """Keys of orders stored and checked."""
    made = stored(ws.store, *orders, **changes)
    with ws.store.transaction():
        check_shipments(ws, [row_id for row_id, _ in made])
    return [key for _, key in made]


def the(ws: Workspace, key: str) -> Shipment:
    """The shipment as it is now."""
    found = shipments.by_key(ws.store, key)
    assert found is not None
    return found


def codes(ws: Workspace, key: str) -> list[str]:
    """Codes of its open problems."""
    return [problem.code for problem in the(ws, key).problems]
