"""A person lets shipments go in spite of their problems (CK-06)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jpship_gui.domain.approval import Approval, fingerprint_of, may_be_approved
from jpship_gui.domain.fault import Refused
from jpship_gui.flows.check.change import TOLD, Change, rows_of, write
from jpship_gui.flows.check.check import check_shipments
from jpship_gui.flows.check.planned_rows import subject_of
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store.checks import CheckRow, approval_text

REMARK = "remark_unread"


def approve(ws: Workspace, keys: Sequence[str], reason: str, codes: Sequence[str] = ()) -> Change:
    """Approve all problems of shipments (or those of `codes`) as they stand, recorded with the address.

    A shipment with something that cannot be approved away is refused whole (`stop`), one without problems too
    (`nothing_open`). A remark approved counts as read, a change at the source
    as taken note of. Refused("reason_missing") without a reason.
    """
    if not reason.strip():
        raise Refused("reason_missing")
    touched, refused = [], []
    with ws.store.transaction():
        for row in rows_of(ws, keys):
            why = _why_not(row)
            if why:
                refused.append((row.shipment.key, why))
                continue
            given = _given(ws, row, reason.strip(), codes)
            changed = bool(row.shipment.changed)
            if not given and not changed:
                refused.append((row.shipment.key, "nothing_open"))
                continue
            values: dict[str, Any] = {"approval": approval_text((*_others(row, given), *given))}
            if any(approval.code == REMARK for approval in given):
                values["remark_read"] = 1
            if changed:
                values |= {"hold_reason": "", "changed": "[]"}
            detail = {
                "reason": reason.strip(),
                "codes": ", ".join(dict.fromkeys(approval.code for approval in given)),
                "address": f"〒{row.shipment.recipient.postal_code} {row.shipment.recipient.address}",
            }
            touched.append(write(ws, row, values, "approved", **detail))
        check_shipments(ws, [t.row_id for t in touched])
    return Change("approved", tuple(t.key for t in touched), tuple(refused), tuple(touched))


def _why_not(row: CheckRow) -> str:
    if row.shipment.stage in TOLD:
        return "too_late"
    return "" if all(map(may_be_approved, row.shipment.problems)) else "stop"


def _given(ws: Workspace, row: CheckRow, reason: str, codes: Sequence[str]) -> list[Approval]:
    subject = subject_of(row)
    return [
        Approval(problem.code, fingerprint_of(problem, subject), ws.now(), ws.person, reason)
        for problem in row.shipment.problems
        if not codes or problem.code in codes
    ]


def _others(row: CheckRow, given: Sequence[Approval]) -> list[Approval]:
    prints = {approval.fingerprint for approval in given}
    return [approval for approval in row.approvals if approval.fingerprint not in prints]
