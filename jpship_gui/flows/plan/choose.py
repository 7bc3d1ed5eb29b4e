"""Carrier and service of shipments: what was chosen and why, what else there is, and a person's own word (PL-05)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.goods_facts import Measures
from jpship_gui.domain.order import OrderId
from jpship_gui.domain.planning.choose import alternatives
from jpship_gui.domain.planning.prices import Cost
from jpship_gui.domain.planning.subject import Fit, Plan, Way, Why
from jpship_gui.domain.problem import Problem
from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows.check.change import TOLD, Change, Touched, rows_of
from jpship_gui.flows.check.check import check_shipments
from jpship_gui.flows.check.planned_rows import PlannedRows, waiting
from jpship_gui.flows.check.planning import Planner, plannable
from jpship_gui.flows.check.surroundings import ShopSurroundings
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import checks, history, plans, shipments
from jpship_gui.store.checks import CheckRow
from jpship_gui.store.plans import StoredPlan


@dataclass(frozen=True, slots=True)
class Planned:
    """One shipment as it is planned now; of a bundle the leader stands for all of it.

    `by` is the person who chose instead of the rules, "" = the rules did. `papers` = its papers were made, so that it
    is not planned anew by itself. `leaves` and `arrives` are the first days it can; `wait_until` the day before which
    it is not shipped. `alternatives` are all other services, the best first; each has obstacles, concerns, cost, days.
    """

    key: str
    order_id: OrderId
    way: Way
    why: tuple[Why, ...]
    by: str
    papers: bool
    cost: Cost
    leaves: date | None
    arrives: date | None
    wait_until: date | None
    parcels: tuple[Measures, ...]
    problems: tuple[Problem, ...]
    alternatives: tuple[Fit, ...] = ()


def plan(ws: Workspace, keys: Sequence[str], *, compare: bool = True) -> tuple[Planned, ...]:
    """These shipments as the rules, prices and limits of this moment have it; nothing is written. What travels with
    another is answered by that one, each once; what is not planned here (told, cancelled, shipped by others) is left
    out. Without `compare` there are no alternatives. Refused("key_unknown")."""
    rows = _leading(ws, rows_of(ws, keys))
    planner = Planner(ws, ShopSurroundings(ws))
    planned = PlannedRows(ws, rows, planner)
    found = []
    for row, subject in zip(rows, planned.subjects, strict=True):
        if _closed(row):
            continue
        seen = planned.subject(row.shipment, subject)
        made, kept = planner.plan(seen), planned.kept(row.shipment)
        others = alternatives(seen, planner.world(seen.lead.order.id.shop)) if compare else ()
        found.append(_planned(row.shipment, made, kept, seen.parcels, others))
    return tuple(found)


def _leading(ws: Workspace, rows: Sequence[CheckRow]) -> list[CheckRow]:
    leaders = shipments.leading(ws.store, [row.shipment for row in rows])
    known = {row.shipment.key: row for row in rows}
    missing = [one.row_id for one in leaders if one.key not in known]
    known |= {row.shipment.key: row for row in checks.load(ws.store, missing)}
    return [known[one.key] for one in leaders]


def _closed(row: CheckRow) -> bool:
    return row.shipment.stage in TOLD or not plannable(row.order)


def _planned(
    shipment: Shipment, made: Plan, kept: StoredPlan, parcels: tuple[Measures, ...], others: tuple[Fit, ...]
) -> Planned:
    return Planned(
        shipment.key,
        shipment.order_id,
        made.way,
        made.why,
        kept.chosen_by,
        kept.papers,
        made.fit.cost,
        made.fit.leaves,
        made.fit.arrives,
        made.wait_until,
        parcels,
        (*made.problems, *waiting(made, kept)),
        tuple(fit for fit in others if fit.way != made.way),
    )


# ── a person's word ─────────────────────────────────────────────────────────────────────────────────────────────────


def set_service(
    ws: Workspace, keys: Sequence[str], carrier: str, service: str = "", reason: str = ""
) -> Change:
    """Let these go by a service whatever the rules say, until `unset`; it stands in their history. A service that does
    not fit may be chosen: what speaks against it holds the shipment. What has a number already, or was told, stays
    (`has_number`, `too_late`). Refused("key_unknown", "carrier_unknown", "service_unknown")."""
    way = known_way(ws, carrier, service)
    person = ws.person or "－"

    def change(kept: StoredPlan) -> StoredPlan:
        return replace(kept, carrier=way[0], service=way[1], chosen_by=person, chosen_why=reason.strip())

    values = {"carrier": way[0], "service": way[1], "reason": reason.strip()}
    return _change(ws, keys, "service_set", change, **values)


def unset(ws: Workspace, keys: Sequence[str]) -> Change:
    """Let the rules choose again, also where papers were made: a person asks for it. `nothing_open` where nobody had
    chosen and there are no papers."""
    return _change(
        ws,
        keys,
        "service_unset",
        lambda kept: replace(kept, carrier="", service="", chosen_by="", chosen_why="", note=""),
    )


def hold_until(ws: Workspace, keys: Sequence[str], day: date) -> Change:
    """Keep these back until a day, on which they are let go by themselves. Refused("wait_past")."""
    if day <= ws.today():
        raise Refused("wait_past", day=day.isoformat())
    person = ws.person or "－"
    return _change(
        ws,
        keys,
        "wait_set",
        lambda kept: replace(kept, wait_until=day.isoformat(), wait_by=person),
        day=day.isoformat(),
    )


def ship_now(ws: Workspace, keys: Sequence[str]) -> Change:
    """Let go what is kept back, whoever said so; it is not kept back for its wished day again."""
    person = ws.person or "－"
    return _change(ws, keys, "wait_ended", lambda kept: replace(kept, wait_until="", wait_by=person))


def known_way(ws: Workspace, carrier: str, service: str) -> Way:
    """Refused("carrier_unknown", "service_unknown") for what there is not."""
    found = ws.carriers().get(carrier)
    if found is None:
        raise Refused("carrier_unknown", carrier=carrier, known=", ".join(ws.carriers()))
    if service and found.service(service) is None:
        raise Refused("service_unknown", carrier=carrier, service=service)
    return carrier, service


def _change(
    ws: Workspace,
    keys: Sequence[str],
    what: str,
    change: Callable[[StoredPlan], StoredPlan],
    **values: str,
) -> Change:
    touched, refused = [], []
    with ws.store.transaction():
        rows = _leading(ws, rows_of(ws, keys))
        kept = plans.of_rows(ws.store, [row.shipment.row_id for row in rows])
        for row in rows:
            shipment, before = row.shipment, kept[row.shipment.row_id]
            after = change(before)
            if _closed(row):
                refused.append((shipment.key, "too_late"))
            elif any(box.tracking_no for box in shipment.boxes):
                refused.append((shipment.key, "has_number"))
            elif after == before:
                refused.append((shipment.key, "nothing_open"))
            else:
                plans.write(ws.store, [after])
                history.add(ws.store, [shipment.row_id], what, ws.now(), ws.person, ws.desk, **values)
                touched.append((shipment, before))
        check_shipments(ws, [shipment.row_id for shipment, _ in touched])
        now = plans.of_rows(ws.store, [shipment.row_id for shipment, _ in touched])
    done = tuple(_touched(shipment, before, now[shipment.row_id]) for shipment, before in touched)
    return Change(what, tuple(one.key for one in done), tuple(refused), done)


_COLUMNS = ("carrier", "service", "chosen_by", "chosen_why", "wait_until", "wait_by")


def _touched(shipment: Shipment, before: StoredPlan, after: StoredPlan) -> Touched:
    columns = ((name, getattr(before, name), getattr(after, name)) for name in _COLUMNS)
    return Touched(shipment.row_id, shipment.key, tuple(columns))
