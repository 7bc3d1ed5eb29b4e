"""Orders as read, with the rows they came from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jpship_gui.domain.order import Order, OrderId, OrderState
from jpship_gui.store.codec import dumps, from_json, to_plain
from jpship_gui.store.database import Store, from_ms, to_ms

_GROUP = 400
_FINAL = (OrderState.SHIPPED, OrderState.CANCELLED)


@dataclass(frozen=True, slots=True)
class StoredOrder:
    """What is known of an order before a new reading is compared with it."""

    row_id: int
    order_id: OrderId
    fingerprint: str
    body: str

    def order(self) -> Order:
        """The order as last read."""
        return from_json(Order, self.body)


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row of a file an order came from, unchanged."""

    file: str
    line: int
    imported_at: datetime
    person: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """One reading of a file or of an API."""

    at: datetime
    person: str
    source: str  # file, api or hand
    name: str
    layout: str
    encoding: str
    fingerprint: str
    header: tuple[str, ...]
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Written:
    """An order as it is stored. `lines` are its lines as plain values, of which shipments keep their own."""

    body: str
    fingerprint: str  # equal for two readings that say the same; what reading noticed does not count
    lines: Sequence[Any]


def written(order: Order) -> Written:
    """All there is to write of an order, worked out once."""
    plain = to_plain(order)
    body = said = dumps(plain)
    if order.findings:
        said = dumps({name: value for name, value in plain.items() if name != "findings"})
    return Written(body, _fingerprint(said), plain.get("lines", ()))


def _fingerprint(said: str) -> str:
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def find(store: Store, ids: Sequence[OrderId]) -> dict[OrderId, StoredOrder]:
    """The known ones of these orders."""
    found: dict[OrderId, StoredOrder] = {}
    wanted = set(ids)
    numbers = list({i.number for i in ids})
    for start in range(0, len(numbers), _GROUP):
        group = numbers[start : start + _GROUP]
        sql = (
            "SELECT id, marketplace, shop, number, fingerprint, body FROM orders "
            f"WHERE number IN ({', '.join('?' * len(group))})"
        )
        for row_id, marketplace, shop, number, fingerprint, body in store.rows(sql, group):
            order_id = OrderId(marketplace, shop, number)
            if order_id in wanted:
                found[order_id] = StoredOrder(row_id, order_id, fingerprint, body)
    return found


def open_numbers(store: Store, marketplace: str, shop: str, seen_since: datetime) -> list[str]:
    """Numbers of a shop's orders that are neither shipped nor cancelled by their last reading, which is not older."""
    final = ", ".join("?" * len(_FINAL))
    rows = store.rows(
        f"SELECT number FROM orders WHERE marketplace = ? AND shop = ? AND state NOT IN ({final}) AND seen_at >= ?",
        (marketplace, shop, *_FINAL, to_ms(seen_since)),
    )
    return [number for (number,) in rows]


def by_row(store: Store, row_id: int) -> Order | None:
    """One order by its row id."""
    body = store.value("SELECT body FROM orders WHERE id = ?", (row_id,))
    return None if body is None else from_json(Order, body)


def flagged(store: Store, shipment_rows: Sequence[int], flag: str) -> frozenset[int]:
    """Those of these shipments whose order has a flag."""
    found: list[int] = []
    for start in range(0, len(shipment_rows), _GROUP):
        group = shipment_rows[start : start + _GROUP]
        sql = (
            "SELECT s.id, o.body FROM shipments s JOIN orders o ON o.id = s.order_id "
            f"WHERE s.id IN ({', '.join('?' * len(group))}) AND o.body LIKE ?"
        )
        rows = store.rows(sql, (*group, f'%"{flag}"%'))
        found += [row_id for row_id, body in rows if flag in json.loads(body).get("flags", ())]
    return frozenset(found)


def of_shipment(store: Store, shipment_row: int) -> Order | None:
    """The order a shipment belongs to."""
    row_id = store.value("SELECT order_id FROM shipments WHERE id = ?", (shipment_row,))
    return None if row_id is None else by_row(store, row_id)


def add_import(store: Store, record: ImportRecord, part_of: int = 0) -> int:
    """Note a reading; returns its row id. `part_of` is the first reading of the same act, 0 = this one."""
    sql = (
        "INSERT INTO imports (at, person, source, name, layout, encoding, fingerprint, header, counts) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
    )
    cells = (record.source, record.name, record.layout, record.encoding, record.fingerprint)
    row_id = store.insert(
        sql, (to_ms(record.at), record.person, *cells, dumps(list(record.header)), dumps(record.counts))
    )
    store.execute("UPDATE imports SET part_of = ? WHERE id = ?", (part_of or row_id, row_id))
    return row_id


def add(store: Store, orders: Sequence[tuple[Order, Written]], import_id: int, at: datetime) -> list[int]:
    """Insert new orders; their row ids in the same order. In a transaction."""
    if not orders:
        return []
    first = store.next_numbers("order", len(orders))
    rows: list[tuple[Any, ...]] = []
    for offset, (order, written) in enumerate(orders):
        key = (order.id.marketplace, order.id.shop, order.id.number)
        state = (order.state.value, order.state_code, to_ms(order.ordered_at))
        rows.append((first + offset, *key, *state, written.body, written.fingerprint, import_id, to_ms(at)))
    store.many(
        "INSERT INTO orders (id, marketplace, shop, number, state, state_code, ordered_at, body, fingerprint, "
        "import_id, seen_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
    return list(range(first, first + len(orders)))


def replace_body(
    store: Store, row_id: int, order: Order, written: Written, import_id: int, at: datetime
) -> None:
    """Take over a newer reading of a known order."""
    store.execute(
        "UPDATE orders SET state = ?, state_code = ?, ordered_at = ?, body = ?, fingerprint = ?, "
        "import_id = ?, seen_at = ? WHERE id = ?",
        (
            order.state.value,
            order.state_code,
            to_ms(order.ordered_at),
            written.body,
            written.fingerprint,
            import_id,
            to_ms(at),
            row_id,
        ),
    )


def add_source_rows(store: Store, rows: Iterable[tuple[int, int, int, tuple[str, ...]]]) -> None:
    """Keep source rows given as (order row id, import id, editor's line, cells)."""
    add_ready_rows(
        store, [(order_row, import_id, line, dumps(cells)) for order_row, import_id, line, cells in rows]
    )


def add_ready_rows(store: Store, rows: Iterable[tuple[int, int, int, str]]) -> None:
    """The same with the cells as JSON text already."""
    store.many("INSERT INTO source_rows (order_id, import_id, line, cells) VALUES (?, ?, ?, ?)", rows)


def source_rows(store: Store, order_row: int) -> tuple[SourceRow, ...]:
    """The rows of the newest reading of an order that came from a file."""
    newest = store.value("SELECT MAX(import_id) FROM source_rows WHERE order_id = ?", (order_row,))
    if newest is None:
        return ()
    name, at, person, header = (
        store.row("SELECT name, at, person, header FROM imports WHERE id = ?", (newest,)) or ()
    )
    columns = json.loads(header)
    found = store.rows(
        "SELECT line, cells FROM source_rows WHERE order_id = ? AND import_id = ? ORDER BY line",
        (order_row, newest),
    )
    moment = from_ms(at)
    assert moment is not None
    return tuple(
        SourceRow(name, line, moment, person, tuple(zip(columns, json.loads(cells), strict=False)))
        for line, cells in found
    )
