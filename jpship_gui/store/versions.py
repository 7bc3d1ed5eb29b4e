"""Orders as they were before a newer reading, with their shipments, so that the reading can be taken back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jpship_gui.domain.stage import FACT_NAMES
from jpship_gui.store import goods_index, search, to_journal
from jpship_gui.store.codec import dumps
from jpship_gui.store.database import Store, from_ms, to_ms

_GROUP = 400  # ids per statement, below SQLite's smallest limit of parameters
_FACTS = tuple(f"{name}_at" for name in FACT_NAMES)


@dataclass(frozen=True, slots=True)
class Version:
    """One order before one import. `shipments` are whole rows by column, each with its search text as `words`;
    `history_mark` is the last line of history at that moment."""

    row_id: int
    import_id: int
    order_id: int
    history_mark: int
    order: Mapping[str, Any]
    shipments: tuple[Mapping[str, Any], ...]


def keep(store: Store, import_id: int, order_rows: Sequence[int]) -> None:
    """Keep these orders and their shipments as they are now. In the import's transaction, before it changes them."""
    mark = int(store.value("SELECT MAX(id) FROM history") or 0)
    found = {row["id"]: row for row in _rows(store, "orders", "id", order_rows)}
    there = list(_rows(store, "shipments", "order_id", order_rows))
    ids = [row["id"] for row in there]
    words = dict(_in_groups(store, "SELECT rowid, words FROM shipment_search", "rowid", ids))
    made: dict[int, list[dict[str, Any]]] = {}
    for row in there:
        made.setdefault(row["order_id"], []).append({**row, "words": words.get(row["id"])})
    store.many(
        "INSERT INTO order_versions (import_id, order_id, history_mark, order_row, shipments) VALUES (?, ?, ?, ?, ?)",
        [(import_id, row, mark, dumps(found[row]), dumps(made.get(row, []))) for row in order_rows],
    )


def drop_before(store: Store, at: datetime) -> None:
    """Forget what imports before a moment replaced: those are not taken back any more. In a transaction."""
    store.execute(
        "DELETE FROM order_versions WHERE import_id IN (SELECT id FROM imports WHERE at < ?)", (to_ms(at),)
    )


def of_imports(store: Store, import_ids: Sequence[int]) -> list[Version]:
    """What these imports replaced, the newest first."""
    marks = ", ".join("?" * len(import_ids))
    rows = store.rows(
        "SELECT id, import_id, order_id, history_mark, order_row, shipments FROM order_versions "
        f"WHERE import_id IN ({marks}) ORDER BY id DESC",
        import_ids,
    )
    return [
        Version(row_id, import_id, order_id, mark, json.loads(order), tuple(json.loads(made)))
        for row_id, import_id, order_id, mark, order, made in rows
    ]


def replaced_later(store: Store, import_ids: Sequence[int]) -> bool:
    """Whether another import has read an order of these imports again since."""
    marks = ", ".join("?" * len(import_ids))
    sql = (
        "SELECT 1 FROM source_rows r JOIN orders o ON o.id = r.order_id "
        f"WHERE r.import_id IN ({marks}) AND o.import_id NOT IN ({marks}) LIMIT 1"
    )
    return store.value(sql, (*import_ids, *import_ids)) is not None


def restore(store: Store, version: Version) -> list[int]:
    """Put an order and its shipments back as they were; shipments made since go. Returns the rows of the shipments
    there are now. In a transaction."""
    _put(store, "orders", version.order)
    kept = {int(row["id"]) for row in version.shipments}
    now = store.rows("SELECT id FROM shipments WHERE order_id = ?", (version.order_id,))
    remove_shipments(store, [row_id for (row_id,) in now if row_id not in kept])
    for row in version.shipments:
        _note_facts(store, row)
        _note_decisions(store, row)
        _put(store, "shipments", {name: value for name, value in row.items() if name != "words"})
    search.replace(
        store, [(row["id"], row["words"]) for row in version.shipments if row["words"] is not None]
    )
    by_row = {row["id"]: json.loads(row["lines"]) for row in version.shipments}
    goods_index.replace(
        store,
        [(row_id, [line["sku"] for line in lines if line.get("sku")]) for row_id, lines in by_row.items()],
    )
    return sorted(kept)


def _note_facts(store: Store, row: Mapping[str, Any]) -> None:
    """What was taken back with the reading, such as that its slip was printed, is true again; the journals hear it."""
    for fact in to_journal.FACTS:
        was, by, how = (row[f"{fact}_{part}"] for part in ("at", "by", "how"))
        if store.value(f"SELECT {fact}_at FROM shipments WHERE id = ?", (row["id"],)) != was:
            what = to_journal.UNFACT if was is None else to_journal.FACT
            to_journal.note_fact(store, [row["id"]], what, fact, from_ms(was), by, how)


def _note_decisions(store: Store, row: Mapping[str, Any]) -> None:
    names = to_journal.DECISIONS
    now = store.row(f"SELECT {', '.join(names)} FROM shipments WHERE id = ?", (row["id"],))
    if now != tuple(row[name] for name in names):
        to_journal.note_decision(store, row["id"], row, None, "")


def gained_facts(store: Store, version: Version) -> bool:
    """Whether a shipment has a fact now that it had not when the version was kept."""
    then = {row["id"]: row for row in version.shipments}
    columns = ", ".join(("id", *_FACTS))
    for row_id, *marks in store.rows(
        f"SELECT {columns} FROM shipments WHERE order_id = ?", (version.order_id,)
    ):
        before = then.get(row_id)
        old = [before[name] if before else None for name in _FACTS]
        if any(mark is not None and mark != was for mark, was in zip(marks, old, strict=True)):
            return True
    return False


def remove_orders(store: Store, order_rows: Sequence[int]) -> None:
    """Delete orders with everything that hangs on them. In a transaction."""
    rows = [row_id for (row_id,) in _in_groups(store, "SELECT id FROM shipments", "order_id", order_rows)]
    remove_shipments(store, rows)
    for table in ("source_rows", "order_versions"):
        store.many(f"DELETE FROM {table} WHERE order_id = ?", [(row_id,) for row_id in order_rows])
    store.many("DELETE FROM orders WHERE id = ?", [(row_id,) for row_id in order_rows])


def remove_shipments(store: Store, row_ids: Sequence[int]) -> None:
    """Delete shipments with parcels, history and search text. In a transaction."""
    for statement in (
        "DELETE FROM shipment_search WHERE rowid = ?",
        "DELETE FROM parcels WHERE shipment_id = ?",
        "DELETE FROM history WHERE shipment_id = ?",
        "DELETE FROM to_journal WHERE shipment_id = ?",
        "DELETE FROM shipments WHERE id = ?",
    ):
        store.many(statement, [(row_id,) for row_id in row_ids])


def _put(store: Store, table: str, row: Mapping[str, Any]) -> None:
    names = [name for name in row if name != "id"]
    sets = ", ".join(f"{name} = ?" for name in names)
    store.execute(f"UPDATE {table} SET {sets} WHERE id = ?", (*(row[name] for name in names), row["id"]))


def _rows(store: Store, table: str, column: str, values: Sequence[int]) -> Iterable[dict[str, Any]]:
    for start in range(0, len(values), _GROUP):
        group = values[start : start + _GROUP]
        cursor = store.execute(
            f"SELECT * FROM {table} WHERE {column} IN ({', '.join('?' * len(group))}) ORDER BY id", group
        )
        names = [part[0] for part in cursor.description]
        for cells in cursor.fetchall():
            yield dict(zip(names, cells, strict=True))


def _in_groups(store: Store, select: str, column: str, values: Sequence[int]) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = []
    for start in range(0, len(values), _GROUP):
        group = values[start : start + _GROUP]
        found += store.rows(f"{select} WHERE {column} IN ({', '.join('?' * len(group))})", group)
    return found
