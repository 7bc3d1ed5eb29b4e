"""What checks need of stored shipments besides the shipment itself, and what people decided about them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jpship_gui.domain.approval import Approval
from jpship_gui.domain.order import Order
from jpship_gui.domain.shipment import Shipment
from jpship_gui.store import shipments
from jpship_gui.store.codec import from_json, list_from_json, to_json
from jpship_gui.store.database import Store

_DAY = "check.day"  # key in the table settings
_GROUP = 400  # ids per statement, below SQLite's smallest limit of parameters


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One stored shipment as a check sees it."""

    shipment: Shipment
    order: Order
    approvals: tuple[Approval, ...]
    tags: tuple[str, ...]


def load(store: Store, row_ids: Sequence[int]) -> list[CheckRow]:
    """These shipments in the order asked for; unknown ids are absent."""
    extra: dict[int, tuple[Any, ...]] = {}
    for start in range(0, len(row_ids), _GROUP):
        group = row_ids[start : start + _GROUP]
        for row_id, *cells in store.rows(
            "SELECT s.id, o.body, s.approval, s.tags FROM shipments s JOIN orders o ON o.id = s.order_id "
            f"WHERE s.id IN ({', '.join('?' * len(group))})",
            group,
        ):
            extra[row_id] = tuple(cells)
    orders: dict[str, Order] = {}
    found = []
    for shipment in shipments.by_ids(store, row_ids):
        body, approval, tags = extra[shipment.row_id]
        order = orders.get(body)
        if order is None:
            order = orders[body] = from_json(Order, body)
        approvals = list_from_json(Approval, approval) if approval else ()
        found.append(CheckRow(shipment, order, approvals, tuple(json.loads(tags))))
    return found


def rows_of_keys(store: Store, keys: Sequence[str]) -> dict[str, int]:
    """Row ids by shipment key; unknown keys are absent."""
    found: dict[str, int] = {}
    for start in range(0, len(keys), _GROUP):
        group = keys[start : start + _GROUP]
        marks = ", ".join("?" * len(group))
        rows = store.rows(f"SELECT key, id FROM shipments WHERE key IN ({marks})", group)
        found |= {row[0]: row[1] for row in rows}
    return found


def open_rows(store: Store, with_wish: bool = False) -> list[int]:
    """Row ids of all shipments that still wait to be packed (or those with a wished day or kept back), as they came."""
    stages = ("hold", "check", "waiting", "print", "pack")
    marks = ", ".join("?" * len(stages))
    wished = "AND (wish_day <> '' OR wait_until <> '') " if with_wish else ""
    rows = store.rows(f"SELECT id FROM shipments WHERE stage IN ({marks}) {wished}ORDER BY id", stages)
    return [row_id for (row_id,) in rows]


def approved_rows(store: Store) -> list[int]:
    """Row ids of shipments that somebody approved something of."""
    rows = store.rows("SELECT id FROM shipments WHERE approval NOT IN ('', '[]') ORDER BY id")
    return [row_id for (row_id,) in rows]


def last_day(store: Store) -> str:
    """The day (ISO) of the last daily check, "" before the first."""
    return str(store.value("SELECT value FROM settings WHERE key = ?", (_DAY,)) or "")


def set_last_day(store: Store, day: str) -> None:
    """Remember the day of a daily check."""
    store.execute(
        "INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (_DAY, day),
    )


def columns(store: Store, row_id: int, names: Sequence[str]) -> dict[str, Any]:
    """Present values of columns of one shipment."""
    row = store.row(f"SELECT {', '.join(names)} FROM shipments WHERE id = ?", (row_id,))
    return dict(zip(names, row or (), strict=False))


def approval_text(approvals: Iterable[Approval]) -> str:
    """The column `approval`."""
    return to_json(tuple(approvals))


def edited_text(before: str, changes: Mapping[str, Any]) -> str:
    """The column `edited`: fields a person repaired → the value they had before the first repair."""
    edited = json.loads(before or "{}")
    for name, value in changes.items():
        edited.setdefault(name, value)
    return json.dumps(edited, ensure_ascii=False, separators=(",", ":"))
