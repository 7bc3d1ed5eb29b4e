"""The lines of a shipment can be picked, counted and recognised at the scan."""

from __future__ import annotations

from jpship_gui.domain.problem import Problem, Severity
from jpship_gui.domain.rules.subject import CheckInput, Surroundings

_GONE = {False: ("line_deleted", Severity.BLOCK), True: ("line_done", Severity.WARN)}


def goods(subject: CheckInput, around: Surroundings) -> list[Problem]:
    """No line at all, pieces below one, lines deleted or shipped before, nothing to recognise an item by.

    Whoever entered goods in free words knows that they have no code: the desk counts them by eye (PK-06).
    """
    lines = [line for line in subject.lines if not line.deleted]
    found = [
        Problem(*_GONE[line.shipped > 0], "lines", {"name": line.name, "quantity": str(line.quantity)})
        for line in subject.lines
        if line.deleted
    ]
    if not lines:
        return [*found, Problem("lines_missing", Severity.STOP, "lines")]
    for line in lines:
        if line.quantity < 1:
            values = {"name": line.name, "quantity": str(line.quantity)}
            found.append(Problem("quantity_invalid", Severity.STOP, "lines", values))
        if not (line.sku or line.item_number).strip():
            scanned = around.scans_goods and subject.order.by_hand is None
            severity = Severity.BLOCK if scanned else Severity.WARN
            found.append(Problem("sku_missing", severity, "lines", {"name": line.name}))
    alone = [line for line in lines if line.single_item_shipping]
    if alone and len(lines) > 1:
        found.append(Problem("single_item_shipping", Severity.WARN, "lines", {"name": alone[0].name}))
    return found
