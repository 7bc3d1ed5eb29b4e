"""A person's word that a shipment may go in spite of a problem, bound to what it was given for (CK-06)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from jpship_gui.domain.problem import Problem, Severity
from jpship_gui.domain.rules.subject import CheckInput


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
    parts = [problem.code, problem.field, *(f"{k}={v}" for k, v in sorted(problem.values.items()))]
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


def still_open(
    problems: Iterable[Problem], subject: CheckInput, approvals: Iterable[Approval]
) -> list[Problem]:
    """The problems no valid approval covers; an approval given for another address or wish counts for nothing."""
    given = {approval.fingerprint for approval in approvals}
    if not given:
        return list(problems)
    return [p for p in problems if not (may_be_approved(p) and fingerprint_of(p, subject) in given)]
