"""What reading the source noticed, as problems of the same code."""

from __future__ import annotations

from jpship_gui.domain.order import Finding
from jpship_gui.domain.problem import Problem, Repair, Severity
from jpship_gui.domain.rules.subject import CheckInput, Surroundings

_BLOCKING = frozenset(
    {
        *("remark_wish_found", "remark_wish_differs", "date_unreadable", "wish_slot_unknown"),
        *("phone_uncertain", "date_uncertain", "cell_damaged", "number_registered"),
        *("order_split_from", "payment_untold"),
    }
)


def source_findings(subject: CheckInput, around: Surroundings) -> list[Problem]:
    """Sums that do not hold and repaired cells inform; what leaves wish, number or date in doubt holds, and so does an
    order that waits although the marketplace has a tracking number for it."""
    return [_problem(subject, finding) for finding in subject.order.findings]


def _problem(subject: CheckInput, finding: Finding) -> Problem:
    settled = _settled(subject, finding)
    severity = Severity.BLOCK if finding.code in _BLOCKING and not settled else Severity.WARN
    values = dict(finding.values)
    wish = {name: values[name] for name in ("day", "slot", "text") if values.get(name)}
    offered = finding.code.startswith("remark_wish_") and not settled and ("day" in wish or "slot" in wish)
    repairs = (Repair("set_wish", wish),) if offered else ()
    return Problem(finding.code, severity, finding.field, values, repairs)


def _settled(subject: CheckInput, finding: Finding) -> bool:
    """Whether a person has since given the shipment another value than the source's doubtful one."""
    if finding.field == "wish":
        source, own = subject.order.wish, subject.wish
        return (source.day, source.slot) != (own.day, own.slot)
    if finding.code == "number_registered":  # told from here, in part or just now
        return set(dict(finding.values)["numbers"].split("・")) <= set(subject.numbers)
    package = subject.package
    if finding.code == "phone_uncertain" and package is not None:
        return package.recipient.phone != subject.recipient.phone
    return False
