"""Which papers were made: batches, the files kept for reprints, and the page of each shipment in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from jpship_gui.store.database import Store, from_ms, to_ms

SLIP, PICK_TOTAL, PICK_ORDER = "slip", "picklist_total", "picklist_order"
SENDING, SENT, DONE, FAILED, CANCELLED, UNSENT = "sending", "sent", "done", "failed", "cancelled", "unsent"
BACK = (FAILED, CANCELLED, UNSENT)  # no paper came out that anybody could rely on
_AT_ONCE = 500
_COLUMNS = (
    "id, at, person, desk, document, batch, first_row, last_row, pages, printer, path, fingerprint, state, job, said, "
    "gone_at"
)


@dataclass(frozen=True, slots=True)
class Print:
    """One document made or sent. `path` is the name in the papers folder ("" for a reprint, which keeps no copy),
    `gone_at` when it was removed from there. `state` is "" where it only became a file, else what is known of it at
    the queue; `job` and `said` are the queue's name for it and its last words."""

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
    state: str = ""
    job: str = ""
    said: str = ""
    gone_at: datetime | None = None


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
    """Note a document (its `row_id` is ignored) with (shipment row id, page from 1), before its shipments are marked as
    printed: what they were until then is kept beside. Inside a transaction."""
    row_id = store.insert(
        "INSERT INTO prints (at, person, desk, document, batch, first_row, last_row, pages, printer, path, "
        "fingerprint, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
            *(made.pages, made.printer, made.path, made.fingerprint, made.state),
        ),
    )
    store.many(
        "INSERT INTO print_rows (print_id, shipment_id, page, before_at, before_by, before_how) "
        "SELECT CAST(? AS BIGINT), id, CAST(? AS BIGINT), printed_at, printed_by, printed_how FROM shipments "
        "WHERE id = ?",
        [(row_id, page, shipment_row) for shipment_row, page in pages],
    )
    return row_id


@dataclass(frozen=True, slots=True)
class Undone:
    """A shipment that only a certain paper made "printed", and what it was before: `at` None = waiting for printing."""

    row_id: int
    key: str
    at: datetime | None
    by: str
    how: str


def undone(store: Store, row_id: int) -> tuple[Undone, ...]:
    """Whose print state hangs on this slip or pick list alone: not packed meanwhile, nor printed again since."""
    marks = ", ".join("?" * len(BACK))
    rows = store.rows(
        "SELECT DISTINCT s.id, s.key, r.before_at, r.before_by, r.before_how FROM shipments s "
        "JOIN print_rows r ON r.shipment_id = s.id "
        "JOIN prints p ON p.id = r.print_id WHERE p.id = ? AND p.document IN (?, ?) AND s.printed_at = p.at "
        "AND s.linked_at IS NULL AND s.checked_at IS NULL AND NOT EXISTS (SELECT 1 FROM print_rows o "
        "JOIN prints q ON q.id = o.print_id WHERE o.shipment_id = s.id AND q.id > p.id "
        f"AND q.document = p.document AND q.state NOT IN ({marks})) ORDER BY s.id",
        (row_id, SLIP, PICK_ORDER, *BACK),
    )
    return tuple(Undone(one, key, from_ms(at), by, how) for one, key, at, by, how in rows)


def pass_over(store: Store, row_id: int) -> None:
    """Nothing came of this paper: whatever was made after it came after what was before it. Inside a transaction."""
    store.execute(
        "UPDATE print_rows SET (before_at, before_by, before_how) = (SELECT r.before_at, r.before_by, r.before_how "
        "FROM print_rows r WHERE r.print_id = ? AND r.shipment_id = print_rows.shipment_id LIMIT 1) "
        "WHERE before_at = (SELECT p.at FROM prints p WHERE p.id = ?) AND print_id > ? AND shipment_id IN "
        "(SELECT r.shipment_id FROM print_rows r WHERE r.print_id = ?)",
        (row_id, row_id, row_id, row_id),
    )


def set_state(store: Store, row_id: int, state: str, said: str = "") -> None:
    """Note what is known of a document at the queue."""
    store.execute("UPDATE prints SET state = ?, said = ? WHERE id = ?", (state, said, row_id))


def set_sent(store: Store, row_id: int, state: str, printer: str, job: str, copies: int) -> None:
    """Note that a queue took a document, and under which name."""
    store.execute(
        "UPDATE prints SET state = ?, printer = ?, job = ?, copies = ?, said = '' WHERE id = ?",
        (state, printer, job, copies, row_id),
    )


def in_state(store: Store, desk: str, states: Sequence[str]) -> tuple[Print, ...]:
    """A desk's documents of which that is known, oldest first."""
    marks = ", ".join("?" * len(states))
    rows = store.rows(
        f"SELECT {_COLUMNS} FROM prints WHERE state IN ({marks}) AND desk = ? ORDER BY id", (*states, desk)
    )
    return tuple(_print(row) for row in rows)


def by_id(store: Store, row_id: int) -> Print | None:
    """One document."""
    row = store.row(f"SELECT {_COLUMNS} FROM prints WHERE id = ?", (row_id,))
    return None if row is None else _print(row)


def due(
    store: Store,
    desk: str,
    done: Sequence[str],
    *,
    keep: datetime,
    most: datetime,
    invoices: datetime,
    by_law: Sequence[str],
    shops: Sequence[str],
) -> tuple[Print, ...]:
    """A desk's kept papers whose time is over: made before `keep` with every shipment in a `done` stage, or before
    `most`; documents `by_law`, and slips with an order of one of these shops, only before `invoices`."""
    listed = ", ".join(f"'{stage}'" for stage in done)
    lawful = [f"document IN ({', '.join('?' * len(by_law))})"]
    if shops:
        lawful.append(
            f"(document = '{SLIP}' AND EXISTS (SELECT 1 FROM print_rows r JOIN shipments s ON s.id = r.shipment_id "
            f"WHERE r.print_id = prints.id AND s.shop IN ({', '.join('?' * len(shops))})))"
        )
    rows = store.rows(
        f"SELECT {_COLUMNS} FROM prints WHERE path <> '' AND gone_at IS NULL AND desk = ? AND (at < ? OR (at < ? "
        f"AND NOT ({' OR '.join(lawful)}) AND (at < ? OR NOT EXISTS (SELECT 1 FROM print_rows r "
        f"JOIN shipments s ON s.id = r.shipment_id WHERE r.print_id = prints.id AND s.stage NOT IN ({listed}))))) "
        "ORDER BY id",
        (desk, to_ms(invoices), to_ms(keep), *by_law, *shops, to_ms(most)),
    )
    return tuple(_print(row) for row in rows)


def set_gone(store: Store, row_ids: Sequence[int], at: datetime) -> None:
    """Note that the kept copies of these were removed. Inside a transaction."""
    store.many("UPDATE prints SET gone_at = ? WHERE id = ?", [(to_ms(at), row_id) for row_id in row_ids])


def files(store: Store) -> frozenset[str]:
    """The names of all kept copies that are still there."""
    rows = store.rows("SELECT path FROM prints WHERE path <> '' AND gone_at IS NULL")
    return frozenset(name for (name,) in rows)


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


def states(store: Store, document: str, batch: int) -> dict[int, tuple[str, datetime | None, int]]:
    """By shipment of a batch: state and moment of the newest print with it on, and how often it was printed."""
    found: dict[int, tuple[str, datetime | None, int]] = {}
    rows = store.rows(
        "SELECT r.shipment_id, p.id, p.state, p.at FROM prints p JOIN print_rows r ON r.print_id = p.id "
        "WHERE p.document = ? AND p.batch = ? GROUP BY r.shipment_id, p.id, p.state, p.at ORDER BY p.id",
        (document, batch),
    )
    for shipment, _, state, at in rows:
        times = found.get(shipment, ("", None, 0))[2]
        found[shipment] = (state, from_ms(at), times + (state not in BACK))
    return found


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
    row_id, at, *rest, gone_at = row
    moment = from_ms(at)  # type: ignore[arg-type]
    assert moment is not None
    return Print(row_id, moment, *rest, from_ms(gone_at))  # type: ignore[arg-type, call-arg]
