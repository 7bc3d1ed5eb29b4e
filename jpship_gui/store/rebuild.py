"""A database with all that was imported and decided, and nothing of what the journals tell: ground for a replay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jpship_gui.domain.stage import FACT_NAMES
from jpship_gui.store import shipments
from jpship_gui.store.database import Store

# Made anew by the replay, or by opening the new database.
_NOT_COPIED = (
    "schema_migration",
    "journal_marks",
    "open_parcels",
    "to_journal",
    "known_keys",
    "void_waybills",
)
_NOT_COPIED_ALSO = (
    "handover",
    "evidence",
    "shipment_search",
    "shipment_goods",
)  # and the parts of the search index
_BLANK = {
    "shipments": (
        *(f"{fact}_{part}" for fact in FACT_NAMES for part in ("at", "by", "how")),
        *("bundle", "stops", "unbundled", "hold_reason", "approval"),
    ),
    "parcels": (
        *(
            "tracking_no",
            "how",
            "linked_at",
            "linked_by",
            "linked_desk",
            "linked_seq",
            "contents",
            "handed_at",
            "handed_how",
        ),
        *(
            "verified_at",
            "verified_by",
            "verified_how",
            "weighed_g",
            "weighed_due",
            "weighed_at",
            "weighed_by",
        ),
    ),
}
_OF_THE_BOX = ("file_no", "detail_id", "grams", "length_mm", "width_mm", "height_mm", "measured_by")
_OFFICE = ("held", "released")  # written by the desk and by the office alike; the office's line is only here
_AT_ONCE = 2000


def copy_base(source: Store, target: Store) -> None:
    """Copy into an empty database of this version all tables but those a replay fills, and blank the columns it fills.
    `target` is SQLite."""
    tables = [t for t in sorted(target.database.get_tables()) if _copied(t)]
    with target.transaction():
        target.execute("PRAGMA defer_foreign_keys = ON")
        for table in tables:
            target.execute(f"DELETE FROM {table}")
            _copy(source, target, table)
        for table, blank in _BLANK.items():
            first = {c.name: c.default or "NULL" for c in target.database.get_columns(table)}
            sets = ", ".join(f"{name} = {first[name]}" for name in blank)
            target.execute(f"UPDATE {table} SET {sets}")
        target.execute("UPDATE shipments SET last_parcel = 1")
        target.execute("DELETE FROM parcels WHERE no > 1")
        target.execute("DELETE FROM history")
        target.execute("DELETE FROM counters WHERE name = 'link'")


def _copied(table: str) -> bool:
    return table not in _NOT_COPIED and not table.startswith(_NOT_COPIED_ALSO)


def _copy(source: Store, target: Store, table: str) -> None:
    names = [c.name for c in target.database.get_columns(table)]
    cursor = source.execute(f"SELECT {', '.join(names)} FROM {table}")
    marks = ", ".join("?" * len(names))
    while rows := cursor.fetchmany(_AT_ONCE):
        target.many(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", rows)


def finish(source: Store, target: Store) -> None:
    """After the replay: what is noted of boxes that came later, the rest of the history, search text and stages."""
    made = {what for (what,) in target.rows("SELECT DISTINCT what FROM history")} - set(_OFFICE)
    with target.transaction():
        target.execute(f"DELETE FROM history WHERE what IN ({', '.join('?' * len(_OFFICE))})", _OFFICE)
        columns = "shipment_id, at, person, desk, what, detail"
        for row in source.rows(f"SELECT {columns} FROM history ORDER BY id"):
            if row[4] not in made:
                target.execute(f"INSERT INTO history ({columns}) VALUES (?, ?, ?, ?, ?, ?)", row)
        sets = ", ".join(f"{name} = ?" for name in _OF_THE_BOX)
        boxes = source.rows(f"SELECT {', '.join(_OF_THE_BOX)}, key FROM parcels WHERE no > 1")
        target.many(f"UPDATE parcels SET {sets} WHERE key = ?", boxes)
        ids = [row_id for (row_id,) in target.rows("SELECT id FROM shipments ORDER BY id")]
        for start in range(0, len(ids), _AT_ONCE):
            shipments.index(target, ids[start : start + _AT_ONCE])
            shipments.restage(target, ids[start : start + _AT_ONCE])


_COMPARED: Mapping[str, str] = {
    **{fact: f"SELECT key, {fact}_at, {fact}_by, {fact}_how FROM shipments" for fact in FACT_NAMES},
    "stage": "SELECT key, stage FROM shipments",
    "hold": "SELECT key, hold_reason FROM shipments",
    "approval": "SELECT key, approval FROM shipments",
    "bundle": "SELECT s.key, l.key FROM shipments s JOIN shipments l ON l.id = s.bundle",
    "parcel": "SELECT key, carrier, tracking_no, how, linked_at, linked_by, linked_desk, file_no, verified_at, "
    "verified_by, verified_how, handed_at, handed_how, contents, weighed_g, weighed_at FROM parcels",
    "void": "SELECT parcel_key, number, why, ended FROM void_waybills",
    "handover": "SELECT id, carrier, way, place, desk, person, begun_at, ended_at, ended_by, driver, note "
    "FROM handovers",
    "handed": "SELECT parcel, handover, number, what, reason, proof, at, person, desk FROM handover_parcels",
    "evidence": "SELECT parcel, hash, kind FROM evidence",
    "open": "SELECT s.key, o.desk, o.person FROM open_parcels o JOIN shipments s ON s.id = o.shipment_id",
}


def differences(source: Store, target: Store) -> Iterator[tuple[str, str, str, str]]:
    """Every fact that is not the same in both: (kind, key, in the source, in the target)."""
    for kind, sql in _COMPARED.items():
        yield from _unlike(kind, source.rows(sql), target.rows(sql))
    made = [what for (what,) in target.rows("SELECT DISTINCT what FROM history")]
    marks = ", ".join("?" * len(made))
    sql = (
        "SELECT s.key, h.at, h.person, h.desk, h.what, h.detail FROM history h "
        f"JOIN shipments s ON s.id = h.shipment_id WHERE h.what IN ({marks})"
    )
    if made:
        yield from _unlike("history", source.rows(sql, made), target.rows(sql, made))


def _unlike(
    kind: str, ours: list[tuple[Any, ...]], theirs: list[tuple[Any, ...]]
) -> Iterator[tuple[str, str, str, str]]:
    left: dict[tuple[Any, ...], int] = {}
    for row in ours:
        left[row] = left.get(row, 0) + 1
    more: list[tuple[Any, ...]] = []
    for row in theirs:
        if left.get(row):
            left[row] -= 1
        else:
            more.append(row)
    by_key: dict[str, tuple[list[str], list[str]]] = {}
    for row, count in left.items():
        if not count:
            continue
        by_key.setdefault(str(row[0]), ([], []))[0].extend([_words(row)] * count)
    for row in more:
        by_key.setdefault(str(row[0]), ([], []))[1].append(_words(row))
    for key in sorted(by_key):
        yield kind, key, "; ".join(by_key[key][0]), "; ".join(by_key[key][1])


def _words(row: tuple[Any, ...]) -> str:
    return " ".join("-" if cell is None or cell == "" else str(cell) for cell in row[1:])
