"""Every shipment the planning page lists, as it was planned with the order check: nothing is planned anew for it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jpship_gui.domain.planning.subject import Why
from jpship_gui.domain.problem import Problem, Severity
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import plan_rows, table
from jpship_gui.store.plan_rows import PlanRow
from jpship_gui.store.table import TableRow

_PAGE = 400
_QUIET = "plan_wait"  # said by the list it stands in


@dataclass(frozen=True, slots=True)
class Listed:
    """One of them. `found` is what planning has to say of it, the worst first; `stopped` = it is kept from being
    printed; `yen` None where no cost is known."""

    row: TableRow
    why: tuple[Why, ...] = ()
    yen: int | None = None
    arrives: date | None = None
    chosen_by: str = ""
    wait_until: date | None = None
    wait_by: str = ""
    found: tuple[Problem, ...] = ()
    stopped: bool = False


def to_plan(ws: Workspace) -> list[Listed]:
    """Those to be printed and those planning keeps from it, in the order of the work: ship-by, carrier, shelf."""
    return _listed(ws, plan_rows.to_plan(ws.store))


def waiting(ws: Workspace) -> list[Listed]:
    """Those kept back until a day, the nearest day first."""
    return _listed(ws, plan_rows.waiting(ws.store))


def _listed(ws: Workspace, found: Sequence[PlanRow]) -> list[Listed]:
    made = []
    for at in range(0, len(found), _PAGE):
        page = {one.row_id: one for one in found[at : at + _PAGE]}
        made += [_one(row, page[row.row_id]) for row in table.rows(ws.store, list(page))]
    return [one for one in made if not one.stopped or _stops(one.found)]


def _stops(found: Sequence[Problem]) -> bool:
    """Whether it is planning that keeps it, not an address or a remark, which have a place of their own."""
    return any(problem.severity is not Severity.WARN for problem in found)


def _one(row: TableRow, kept: PlanRow) -> Listed:
    note = json.loads(kept.note) if kept.note else {}
    said = [p for p in kept.problems if _of_planning(p) and p.code != _QUIET]
    arrives = note.get("arrives")
    return Listed(
        row,
        tuple(Why(code, values) for code, values in note.get("why", ())),
        note.get("yen"),
        date.fromisoformat(arrives) if arrives else None,
        kept.chosen_by,
        date.fromisoformat(kept.wait_until) if kept.wait_until else None,
        kept.wait_by,
        tuple(sorted(said, key=lambda p: p.severity is Severity.WARN)),
        kept.stage not in plan_rows.FREE,
    )


def _of_planning(problem: Problem) -> bool:
    return problem.code.startswith("plan_") or problem.code == "wish_unreachable"
