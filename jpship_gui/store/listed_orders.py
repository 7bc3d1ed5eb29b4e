"""Orders as lists name them: by order number, by the key on the slip, by the key of one box."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from jpship_gui.store.database import Store

_MANY = 300  # values in one query
_SELECT = (
    "SELECT s.key, p.key, s.number, s.name, p.tracking_no FROM shipments s "
    "JOIN parcels p ON p.shipment_id = s.id WHERE {where} ORDER BY s.id, p.no"
)


@dataclass(frozen=True, slots=True)
class ListedOrder:
    """One shipment (or one box of it); `free` boxes have no number yet, `numbers` are those of the others."""

    key: str
    number: str
    recipient: str
    free: int = 0
    numbers: tuple[str, ...] = ()


def find(store: Store, texts: Iterable[str]) -> dict[str, tuple[ListedOrder, ...]]:
    """Shipments by each of these texts, in capitals; several where shops share an order number."""
    wanted = sorted({text for text in texts if text})
    found: dict[str, dict[str, ListedOrder]] = {}
    for start in range(0, len(wanted), _MANY):
        part = wanted[start : start + _MANY]
        spelt = sorted({way for text in part for way in (text, text.lower(), text.upper())})
        marks = ", ".join("?" * len(spelt))
        for where in ("s.number", "s.key"):
            for row in store.rows(_SELECT.format(where=f"{where} IN ({marks})"), tuple(spelt)):
                name = row[2] if where == "s.number" else row[0]
                _add(found, str(name).upper(), str(row[0]), row)
        boxes = _SELECT.format(where=f"p.no > 1 AND p.key IN ({marks})")
        for row in store.rows(boxes, tuple(spelt)):
            _add(found, str(row[1]).upper(), str(row[1]), row)
    return {text: tuple(orders.values()) for text, orders in found.items()}


def ending(store: Store, tail: str, stages: Iterable[str], most: int) -> list[ListedOrder]:
    """Shipments of some stages whose order number ends so; no more than asked for."""
    known = tuple(stages)
    marks = ", ".join("?" * len(known))
    escaped = tail.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    rows = store.rows(
        f"SELECT key, number, name FROM shipments WHERE stage IN ({marks}) AND number LIKE ? ESCAPE '!' "
        "AND (bundle IS NULL OR bundle = id) ORDER BY id LIMIT ?",
        (*known, f"%{escaped}", most),
    )
    return [ListedOrder(str(key), str(number), str(name)) for key, number, name in rows]


def _add(found: dict[str, dict[str, ListedOrder]], text: str, key: str, row: tuple[object, ...]) -> None:
    orders = found.setdefault(text, {})
    one = orders.get(key) or ListedOrder(key, str(row[2]), str(row[3]))
    tracking_no = str(row[4])
    numbers = (*one.numbers, tracking_no) if tracking_no else one.numbers
    orders[key] = replace(one, free=one.free + (not tracking_no), numbers=numbers)
