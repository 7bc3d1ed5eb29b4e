"""A person's word that a shipment may go in spite of a problem, bound to what it was given for (CK-06)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from jpship_gui.domain.problem import Problem, Severity
from jpship_gui.domain.rules.subject import CheckInput

# Values that follow from the day the check ran or from the wish, which is counted by itself.
_DAILY = frozenset({"earliest", "day", "slot", "wish", "marks", "wish_marks"})


@dataclass(frozen=True, slots=True)
class Approval:
    """`fingerprint` is that of the problem and of the shipment's address, wish and goods at that moment."""

    code: str
    fingerprint: str
    at: datetime
    person: str
    reason: str


def fingerprint_of(problem: Problem, subject: CheckInput) -> str:
    """Equal as long as the problem says the same of the same address, wish, goods and remark."""
    contact, wish = subject.recipient, subject.wish
    values = (f"{k}={v}" for k, v in sorted(problem.values.items()) if k not in _DAILY)
    parts = [problem.code, problem.field, *values]
    parts += [
        contact.name,
        contact.postal_code,
        contact.prefecture,
        contact.city,
        contact.street,
        contact.phone,
    ]
    parts += [str(wish.day), wish.slot, subject.order.buyer_text]
    parts += [f"{line.sku}×{line.quantity}" for line in subject.lines if not line.deleted]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]


def may_be_approved(problem: Problem) -> bool:
    """STOP cannot be approved away."""
    return problem.severity is not Severity.STOP


@dataclass(frozen=True, slots=True)
class Judged:
    """What approvals leave: problems still open, approvals that hold, approvals given for another address or wish."""

    open: tuple[Problem, ...]
    valid: tuple[Approval, ...]
    void: tuple[Approval, ...]


def judge(problems: Sequence[Problem], subject: CheckInput, approvals: Sequence[Approval]) -> Judged:
    """Set approvals against the problems found now; one whose problem is gone stays valid, as it may come back."""
    if not approvals:
        return Judged(tuple(problems), (), ())
    marked = [(fingerprint_of(problem, subject), problem) for problem in problems]
    given = {approval.fingerprint for approval in approvals}
    still = tuple(p for mark, p in marked if not (mark in given and may_be_approved(p)))
    again, present = {p.code for p in still}, {mark for mark, _ in marked}
    void = tuple(a for a in approvals if a.fingerprint not in present and a.code in again)
    return Judged(still, tuple(a for a in approvals if a not in void), void)
