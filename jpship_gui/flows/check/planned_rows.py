"""Stored shipments planned in one go, and what the plan changes of them kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from jpship_gui.domain.goods_facts import Measures
from jpship_gui.domain.planning.subject import Plan, PlanSubject
from jpship_gui.domain.problem import Problem, Severity
from jpship_gui.domain.rules import CheckInput
from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows.check.planning import Planner, plannable
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import checks, history, plans
from jpship_gui.store.checks import CheckRow
from jpship_gui.store.plans import StoredPlan


def subject_of(row: CheckRow) -> CheckInput:
    """A stored shipment as rules see it, its goods not yet looked up."""
    shipment = row.shipment
    return CheckInput(
        key=shipment.key,
        order=row.order,
        package_id=shipment.package_id,
        recipient=shipment.recipient,
        lines=shipment.lines,
        wish=shipment.wish,
        remark_read=shipment.remark_read,
        ship_by=shipment.ship_by,
        row_id=shipment.row_id,
        numbers=tuple(parcel.tracking_no for parcel in shipment.parcels if parcel.tracking_no),
    )


class PlannedRows:
    """A group of stored shipments with their goods looked up; `subjects` stand in the order of the rows."""

    def __init__(self, ws: Workspace, rows: Sequence[CheckRow], planner: Planner) -> None:
        self._ws, self._rows, self.planner = ws, rows, planner
        self._kept = plans.of_rows(ws.store, [row.shipment.row_id for row in rows])
        bare = {row.shipment.key: subject_of(row) for row in rows}
        missing = {s.row_id for row in rows for s in row.shipment.together if s.key not in bare}
        bare |= {row.shipment.key: subject_of(row) for row in checks.load(ws.store, sorted(missing))}
        planner.learn(bare.values())
        self._bare = bare
        self.subjects = [self._measured(row.shipment) for row in rows]

    def _measured(self, shipment: Shipment) -> CheckInput:
        others = () if shipment.is_member else [self._bare[s.key] for s in shipment.together]
        return self.planner.measured(self._bare[shipment.key], others, shipment.extra.get("cool", ""))

    def of(self, shipment: Shipment, subject: CheckInput) -> Plan:
        """The plan of one of them."""
        return self.planner.plan(self.subject(shipment, subject))

    def subject(self, shipment: Shipment, subject: CheckInput) -> PlanSubject:
        """One of them as planning sees it."""
        every = [subject, *(self._bare[s.key] for s in shipment.together)]
        return self.planner.stored(shipment, every, self._kept[shipment.row_id])

    def proposed(self, shipment: Shipment, subject: CheckInput) -> tuple[Measures, ...]:
        """What the goods list says of each of its boxes."""
        return self.planner.proposed(shipment, subject.goods)

    def kept(self, shipment: Shipment) -> StoredPlan:
        """What was planned before."""
        return self._kept[shipment.row_id]

    def keep(self) -> dict[str, tuple[Problem, ...]]:
        """Plan them all and keep what is new; problems by key. What travels in another's parcel, or cannot be planned
        any more, stays as it is."""
        found: dict[str, tuple[Problem, ...]] = {}
        changed: list[StoredPlan] = []
        for row, subject in zip(self._rows, self.subjects, strict=True):
            shipment, before = row.shipment, self._kept[row.shipment.row_id]
            told = shipment.facts.sent is not None or shipment.facts.accepted is not None
            if shipment.is_member or told or not plannable(row.order):
                after = replace(before, shelf=subject.goods.shelf, wait_until="")
            else:
                plan = self.of(shipment, subject)
                found[shipment.key] = (*plan.problems, *waiting(plan, before))
                after = planned(before, plan, subject)
            other_boxes = any(
                not box.tracking_no and box.carrier != after.carrier for box in shipment.parcels
            )
            if after != before or other_boxes:
                changed.append(after)
                self._note(shipment, before, after)
        plans.write(self._ws.store, changed)
        return found

    def _note(self, shipment: Shipment, before: StoredPlan, after: StoredPlan) -> None:
        """In its history, where the service is another one than before."""
        if before.note and (before.carrier, before.service) != (after.carrier, after.service):
            values = {"carrier": after.carrier, "service": after.service}
            ws = self._ws
            history.add(ws.store, [shipment.row_id], "planned", ws.now(), ws.person, ws.desk, **values)
        if before.wait_until and not after.wait_until:
            ws = self._ws
            history.add(ws.store, [shipment.row_id], "wait_over", ws.now(), ws.person, ws.desk)


def planned(before: StoredPlan, plan: Plan, subject: CheckInput) -> StoredPlan:
    """What is to be kept of a plan."""
    until = plan.wait_until.isoformat() if plan.wait_until else ""
    return replace(
        before,
        carrier=plan.way[0],
        service=plan.way[1],
        note=plans.note_of(plan),
        wait_until=until,
        wait_by=before.wait_by if until or not before.wait_until else "",  # a day a person named is over
        shelf=subject.goods.shelf,
        cool=subject.goods.cool,
    )


def waiting(plan: Plan, before: StoredPlan | None = None) -> tuple[Problem, ...]:
    """That it is kept back until a day, and by whom."""
    if plan.wait_until is None:
        return ()
    values = {"day": plan.wait_until.isoformat(), "person": before.wait_by if before else ""}
    return (Problem("plan_wait", Severity.WARN, "wish", values),)
