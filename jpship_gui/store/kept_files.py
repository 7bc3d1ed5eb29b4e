"""Downloads kept as received because the marketplace takes the same file back, filled in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from jpship_gui.store.database import Store, from_ms, to_ms

_GROUP = 400


@dataclass(frozen=True, slots=True)
class KeptRow:
    """One kept file with its bytes."""

    row_id: int
    name: str
    layout: str
    at: datetime
    data: bytes


def keep(
    store: Store,
    shop: str,
    layout: str,
    name: str,
    fingerprint: str,
    data: bytes,
    numbers: Iterable[str],
    at: datetime,
) -> int:
    """Keep a file with the numbers of the orders in it; the same bytes are kept once. Returns its id. In a
    transaction."""
    there = store.value("SELECT id FROM kept_files WHERE shop = ? AND fingerprint = ?", (shop, fingerprint))
    if there is not None:
        store.execute("UPDATE kept_files SET at = ? WHERE id = ?", (to_ms(at), there))
        return int(there)
    row_id = store.insert(
        "INSERT INTO kept_files (at, shop, layout, name, fingerprint, data) VALUES (?, ?, ?, ?, ?, ?)",
        (to_ms(at), shop, layout, name, fingerprint, data),
    )
    store.many(
        "INSERT INTO kept_numbers (file_id, number) VALUES (?, ?)",
        [(row_id, number) for number in dict.fromkeys(numbers)],
    )
    return row_id


def known(store: Store, shop: str, fingerprint: str) -> tuple[int, int] | None:
    """Id and time (as stored) of the same bytes kept before; None when they are new."""
    row = store.row("SELECT id, at FROM kept_files WHERE shop = ? AND fingerprint = ?", (shop, fingerprint))
    return None if row is None else (int(row[0]), int(row[1]))


def put_back(store: Store, row_id: int, at: int) -> None:
    """Give a kept file the time it had before it came again. In a transaction."""
    store.execute("UPDATE kept_files SET at = ? WHERE id = ?", (at, row_id))


def drop(store: Store, row_id: int) -> None:
    """Forget a kept file. In a transaction."""
    store.execute("DELETE FROM kept_numbers WHERE file_id = ?", (row_id,))
    store.execute("DELETE FROM kept_files WHERE id = ?", (row_id,))


def holding(store: Store, shop: str, numbers: Sequence[str]) -> list[KeptRow]:
    """The shop's kept files that hold any of these orders, newest first."""
    found: dict[int, KeptRow] = {}
    for start in range(0, len(numbers), _GROUP):
        group = numbers[start : start + _GROUP]
        sql = (
            "SELECT DISTINCT f.id, f.name, f.layout, f.at FROM kept_files f JOIN kept_numbers n ON n.file_id = f.id "
            f"WHERE f.shop = ? AND n.number IN ({', '.join('?' * len(group))})"
        )
        for row_id, name, layout, ms in store.rows(sql, (shop, *group)):
            if row_id not in found:
                data = store.value("SELECT data FROM kept_files WHERE id = ?", (row_id,))
                at = from_ms(ms)
                assert at is not None
                found[row_id] = KeptRow(row_id, name, layout, at, bytes(data))
    return sorted(found.values(), key=lambda row: (row.at, row.row_id), reverse=True)
