"""What the planning page lists: shipments to be printed, such as planning itself keeps back, and those that wait."""

from __future__ import annotations

from dataclasses import dataclass

from jpship_gui.domain.problem import Problem
from jpship_gui.domain.stage import Stage
from jpship_gui.store.codec import list_from_json
from jpship_gui.store.database import Store

_HELD = (Stage.CHECK, Stage.HOLD)
FREE = (Stage.PRINT, Stage.WAITING)
# What planning finds has codes of its own; one finding is older than planning.
_FOUND = "(problems LIKE '%\"plan\\_%' ESCAPE '\\' OR problems LIKE '%\"wish\\_unreachable\"%' ESCAPE '\\')"
_ORDER = "ship_by IS NULL, ship_by, carrier, shelf, id"  # the work list's (PL-12)


@dataclass(frozen=True, slots=True)
class PlanRow:
    """What planning keeps of one shipment. `note` is JSON: why, cost, days."""

    row_id: int
    note: str
    chosen_by: str
    wait_until: str
    wait_by: str
    stage: Stage
    problems: tuple[Problem, ...]


def to_plan(store: Store) -> list[PlanRow]:
    """Those to be printed, and those planning keeps from it, in the order of the work; of a bundle the leader."""
    held = ", ".join(f"'{stage.value}'" for stage in _HELD)
    return _rows(
        store,
        f"(stage = '{Stage.PRINT.value}' OR (stage IN ({held}) AND printed_at IS NULL AND {_FOUND}))",
        _ORDER,
    )


def waiting(store: Store) -> list[PlanRow]:
    """Those kept back until a day, the nearest day first; of a bundle the leader."""
    return _rows(store, f"stage = '{Stage.WAITING.value}' AND wait_until <> ''", f"wait_until, {_ORDER}")


def _rows(store: Store, condition: str, order: str) -> list[PlanRow]:
    rows = store.rows(
        "SELECT id, plan, chosen_by, wait_until, wait_by, stage, problems FROM shipments "
        f"WHERE {condition} AND (bundle IS NULL OR bundle = id) ORDER BY {order}"
    )
    return [
        PlanRow(
            *(row[0], row[1], row[2], row[3], row[4]),
            Stage(row[5]),
            tuple(list_from_json(Problem, row[6])) if row[6] != "[]" else (),
        )
        for row in rows
    ]
