"""Which papers were made: batches, the files kept for reprints, and the page of each shipment in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from jpship_gui.store.database import Store, from_ms, to_ms

SLIP, PICK_TOTAL, PICK_ORDER = "slip", "picklist_total", "picklist_order"
_AT_ONCE = 500
_COLUMNS = "id, at, person, desk, document, batch, first_row, last_row, pages, printer, path, fingerprint"


@dataclass(frozen=True, slots=True)
class Print:
    """One document made or sent. `path` is the name in the papers folder ("" for a reprint, which keeps no copy)."""

    row_id: int
    at: datetime
    person: str
    desk: str
    document: str
    batch: int | None
    first_row: int | None
    last_row: int | None
    pages: int
    printer: str
    path: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page of a print and the shipment on it."""

    shipment_row: int
    key: str
    page: int


def next_batch(store: Store) -> int:
    """The number of a new batch; numbers never repeat within a data folder."""
    with store.transaction():
        return store.next_numbers("batch")


def add(store: Store, made: Print, pages: Iterable[tuple[int, int]]) -> int:
    """Note a document (its `row_id` is ignored) with (shipment row id, page from 1). Inside a transaction."""
    row_id = store.insert(
        "INSERT INTO prints (at, person, desk, document, batch, first_row, last_row, pages, printer, path, "
        "fingerprint) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(
                to_ms(made.at),
                made.person,
                made.desk,
                made.document,
                made.batch,
                made.first_row,
                made.last_row,
            ),
            *(made.pages, made.printer, made.path, made.fingerprint),
        ),
    )
    store.many(
        "INSERT INTO print_rows (print_id, shipment_id, page) VALUES (?, ?, ?)",
        [(row_id, shipment_row, page) for shipment_row, page in pages],
    )
    return row_id


def set_printer(store: Store, row_id: int, printer: str) -> None:
    """Note the queue a document was sent to."""
    store.execute("UPDATE prints SET printer = ? WHERE id = ?", (printer, row_id))


def set_places(store: Store, batch: int, row_ids: Sequence[int]) -> None:
    """Give shipments their batch and running number in this order. Inside a transaction."""
    store.many(
        "UPDATE shipments SET batch = ?, batch_row = ? WHERE id = ?",
        [(batch, number, row_id) for number, row_id in enumerate(row_ids, 1)],
    )


def kept(store: Store, batch: int, document: str) -> Print | None:
    """The document of a batch of which the papers folder keeps a copy; the newest."""
    row = store.row(
        f"SELECT {_COLUMNS} FROM prints WHERE batch = ? AND document = ? AND path <> '' ORDER BY id DESC",
        (batch, document),
    )
    return None if row is None else _print(row)


def recent(store: Store, count: int = 50) -> tuple[Print, ...]:
    """The newest documents, newest first."""
    rows = store.rows(f"SELECT {_COLUMNS} FROM prints ORDER BY id DESC LIMIT ?", (count,))
    return tuple(_print(row) for row in rows)


def of_shipment(store: Store, shipment_row: int) -> tuple[Print, ...]:
    """Every document a shipment stands on, oldest first."""
    rows = store.rows(
        f"SELECT {_COLUMNS} FROM prints WHERE id IN (SELECT print_id FROM print_rows WHERE shipment_id = ?) "
        "ORDER BY id",
        (shipment_row,),
    )
    return tuple(_print(row) for row in rows)


def already(store: Store, document: str, shipment_rows: Sequence[int]) -> frozenset[int]:
    """Which of these shipments stand on a paper of that kind made before."""
    found: set[int] = set()
    for start in range(0, len(shipment_rows), _AT_ONCE):
        part = shipment_rows[start : start + _AT_ONCE]
        marks = ", ".join("?" * len(part))
        rows = store.rows(
            "SELECT DISTINCT r.shipment_id FROM print_rows r JOIN prints p ON p.id = r.print_id "
            f"WHERE p.document = ? AND r.shipment_id IN ({marks})",
            (document, *part),
        )
        found.update(row_id for (row_id,) in rows)
    return frozenset(found)


def pages_of(store: Store, row_id: int) -> tuple[PrintedPage, ...]:
    """The pages of a print in their order."""
    rows = store.rows(
        "SELECT r.shipment_id, s.key, r.page FROM print_rows r JOIN shipments s ON s.id = r.shipment_id "
        "WHERE r.print_id = ? ORDER BY r.page, r.shipment_id",
        (row_id,),
    )
    return tuple(PrintedPage(*row) for row in rows)


def _print(row: tuple[object, ...]) -> Print:
    row_id, at, *rest = row
    moment = from_ms(at)  # type: ignore[arg-type]
    assert moment is not None
    return Print(row_id, moment, *rest)  # type: ignore[arg-type]
