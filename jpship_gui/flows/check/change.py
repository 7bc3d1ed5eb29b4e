"""What a decision changed, so that it can be taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.check.check import check_shipments
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import checks, history, shipments
from jpship_gui.store.checks import CheckRow

# What nobody at this desk may decide any more.
TOLD = frozenset(
    (
        *(Stage.SENT, Stage.ACCEPTED, Stage.SHIPPED, Stage.HANDED_OVER),
        *(Stage.NOT_OURS, Stage.CANCELLED),
    )
)


@dataclass(frozen=True, slots=True)
class Touched:
    """Columns of one shipment before and after, as (name, before, after)."""

    row_id: int
    key: str
    columns: tuple[tuple[str, Any, Any], ...]


@dataclass(frozen=True, slots=True)
class Change:
    """`keys` were changed; `refused` are (key, code of `decision.<code>`) that were not, and why."""

    what: str
    keys: tuple[str, ...]
    refused: tuple[tuple[str, str], ...] = ()
    touched: tuple[Touched, ...] = ()

    @property
    def can_undo(self) -> bool:
        """Whether `undo` takes it back."""
        return bool(self.touched)


def rows_of(ws: Workspace, keys: Sequence[str]) -> list[CheckRow]:
    """Stored shipments of keys, each once; Refused("key_unknown") names the unknown ones."""
    known = checks.rows_of_keys(ws.store, keys)
    unknown = [key for key in dict.fromkeys(keys) if key not in known]
    if unknown:
        raise Refused("key_unknown", keys=", ".join(unknown))
    return checks.load(ws.store, [known[key] for key in dict.fromkeys(keys)])


def write(ws: Workspace, row: CheckRow, values: Mapping[str, Any], what: str, **detail: str) -> Touched:
    """Set columns of one shipment and note it in its history; the caller checks again."""
    row_id = row.shipment.row_id
    before = checks.columns(ws.store, row_id, tuple(values))
    shipments.decide(ws.store, row_id, values, ws.now(), ws.person)
    history.add(ws.store, [row_id], what, ws.now(), ws.person, ws.desk, **detail)
    columns = tuple((name, before[name], value) for name, value in values.items())
    return Touched(row_id, row.shipment.key, columns)


def undo(ws: Workspace, change: Change) -> Change:
    """Put everything back as it was; Refused("undo_too_late") if any of it has changed again or was told meanwhile."""
    with ws.store.transaction():
        rows = {row.shipment.row_id: row for row in rows_of(ws, [t.key for t in change.touched])}
        for touched in change.touched:
            _must_be_untouched(ws, touched, rows[touched.row_id])
        back = [
            write(
                ws,
                rows[touched.row_id],
                {name: before for name, before, _ in touched.columns},
                "undone",
                of=change.what,
            )
            for touched in change.touched
        ]
        row_ids = [touched.row_id for touched in back]
        shipments.index(ws.store, row_ids)
        check_shipments(ws, row_ids)
    return Change("undone", tuple(touched.key for touched in back))


def _must_be_untouched(ws: Workspace, touched: Touched, row: CheckRow) -> None:
    present = checks.columns(ws.store, touched.row_id, tuple(name for name, _, _ in touched.columns))
    same = all(present[name] == after for name, _, after in touched.columns)
    if not same or row.shipment.stage in TOLD:
        raise Refused("undo_too_late", key=touched.key)
