"""What planning chose for shipments, what people chose instead, and the tables it goes by."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from jpship_gui.domain.planning.subject import Plan
from jpship_gui.store.codec import dumps
from jpship_gui.store.database import Store, from_ms, to_ms

PRICES, LIMITS = "prices", "limits"
_GROUP = 400


@dataclass(frozen=True, slots=True)
class StoredPlan:
    """`note` is what was noted of the choice (see `note_of`); `papers` = a slip, a carrier's row or a number exists."""

    row_id: int
    carrier: str
    service: str
    note: str
    chosen_by: str
    chosen_why: str
    wait_until: str
    wait_by: str
    shelf: str
    cool: str
    papers: bool


@dataclass(frozen=True, slots=True)
class TableVersion:
    """One version of a seller's table; `body` is JSON."""

    row_id: int
    kind: str
    at: datetime
    person: str
    name: str
    body: str


_EXPORTED = (
    "EXISTS (SELECT 1 FROM parcels p JOIN carrier_rows r ON r.parcel_key = p.key "
    "JOIN carrier_files f ON f.id = r.file_id WHERE p.shipment_id = s.id AND f.direction = 'out')"
)
_SELECT = (
    "SELECT s.id, s.carrier, s.service, s.plan, s.chosen_by, s.chosen_why, s.wait_until, s.wait_by, s.shelf, s.cool, "
    f"CASE WHEN s.printed_at IS NOT NULL OR s.linked_at IS NOT NULL OR {_EXPORTED} THEN 1 ELSE 0 END "
    "FROM shipments s"
)


def of_rows(store: Store, row_ids: Sequence[int]) -> dict[int, StoredPlan]:
    """By row id."""
    found = {}
    for start in range(0, len(row_ids), _GROUP):
        group = row_ids[start : start + _GROUP]
        marks = ", ".join("?" * len(group))
        for row in store.rows(f"{_SELECT} WHERE s.id IN ({marks})", group):
            found[row[0]] = StoredPlan(*(*row[:-1], bool(row[-1])))
    return found


def write(store: Store, changed: Iterable[StoredPlan]) -> None:
    """Keep what was chosen; boxes without a number go by it. In a transaction, `restage` follows."""
    rows = list(changed)
    store.many(
        "UPDATE shipments SET carrier = ?, service = ?, plan = ?, chosen_by = ?, chosen_why = ?, wait_until = ?, "
        "wait_by = ?, shelf = ?, cool = ? WHERE id = ?",
        [
            (
                *(one.carrier, one.service, one.note, one.chosen_by, one.chosen_why, one.wait_until),
                *(one.wait_by, one.shelf, one.cool, one.row_id),
            )
            for one in rows
        ],
    )
    store.many(
        "UPDATE parcels SET carrier = ? WHERE shipment_id = ? AND tracking_no = '' AND carrier <> ?",
        [(one.carrier, one.row_id, one.carrier) for one in rows],
    )


def note_of(plan: Plan) -> str:
    """The column `plan`: why, cost with its parts, the days."""
    fit = plan.fit
    note: dict[str, Any] = {"why": [[why.code, dict(why.values)] for why in plan.why]}
    if fit.cost.yen is not None:
        note |= {"yen": fit.cost.yen, "parts": [list(part) for part in fit.cost.parts]}
    if fit.leaves is not None and fit.arrives is not None:
        note |= {"leaves": fit.leaves.isoformat(), "arrives": fit.arrives.isoformat()}
    return dumps(note)


# ── measures ────────────────────────────────────────────────────────────────────────────────────────────────────────


def measure(store: Store, parcel: str, grams: int | None, sides: Sequence[int | None], person: str) -> None:
    """Keep what a person weighed and measured of a box; None takes it back. In a transaction."""
    store.execute(
        "UPDATE parcels SET grams = ?, length_mm = ?, width_mm = ?, height_mm = ?, measured_by = ? WHERE key = ?",
        (grams, *sides, person if grams or any(sides) else "", parcel),
    )


# ── tables ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def keep_table(store: Store, kind: str, body: Mapping[str, Any], name: str, at: datetime, person: str) -> int:
    """A new version of a table; returns its row id."""
    return store.insert(
        "INSERT INTO plan_tables (kind, at, person, name, body) VALUES (?, ?, ?, ?, ?)",
        (kind, to_ms(at), person, name, json.dumps(dict(body), ensure_ascii=False, default=_iso)),
    )


def newest(store: Store, kind: str) -> TableVersion | None:
    """The version that counts."""
    found = versions(store, kind, 1)
    return found[0] if found else None


def versions(store: Store, kind: str, count: int = 50) -> list[TableVersion]:
    """The newest first."""
    rows = store.rows(
        "SELECT id, kind, at, person, name, body FROM plan_tables WHERE kind = ? ORDER BY id DESC LIMIT ?",
        (kind, count),
    )
    made = []
    for row_id, of, at, person, name, body in rows:
        moment = from_ms(at)
        assert moment is not None
        made.append(TableVersion(row_id, of, moment, person, name, body))
    return made


def _iso(value: object) -> str:
    assert isinstance(value, date)
    return value.isoformat()
