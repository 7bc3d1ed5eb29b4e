"""The checks before a shipment may be printed: one file per check, all of them run here."""

from __future__ import annotations

from collections.abc import Iterable

from jpship_gui.domain.order import OrderState
from jpship_gui.domain.problem import Problem, Severity
from jpship_gui.domain.rules.address_form import address_form
from jpship_gui.domain.rules.characters import characters
from jpship_gui.domain.rules.delivery_wish import delivery_wish
from jpship_gui.domain.rules.goods import goods
from jpship_gui.domain.rules.known_goods import known_goods
from jpship_gui.domain.rules.own_rules import own_rules
from jpship_gui.domain.rules.postal_address import postal_address
from jpship_gui.domain.rules.recipient_complete import recipient_complete
from jpship_gui.domain.rules.release import release
from jpship_gui.domain.rules.remark_unread import remark_unread
from jpship_gui.domain.rules.source_findings import source_findings
from jpship_gui.domain.rules.subject import CheckInput, Rule, Surroundings

__all__ = ["RULES", "CheckInput", "Rule", "Surroundings", "blocks", "check", "in_order"]

RULES: tuple[Rule, ...] = (
    *(release, goods, known_goods, recipient_complete, postal_address, address_form),
    *(remark_unread, delivery_wish, source_findings, own_rules, characters),
)
_OVER = frozenset({OrderState.SHIPPED, OrderState.CANCELLED, OrderState.CANCELLING})
_RANK = {Severity.STOP: 0, Severity.BLOCK: 1, Severity.WARN: 2}
_ADDRESS_RULES = frozenset({recipient_complete, postal_address, address_form})


def check(subject: CheckInput, around: Surroundings) -> list[Problem]:
    """All problems of one shipment, the gravest first; none for an order that is over.

    The stand-in of a social gift's recipient is one problem, not an address to be judged.
    """
    if subject.order.state in _OVER:
        return []
    package = subject.package
    waiting = package is not None and package.placeholder
    found = [
        problem
        for rule in RULES
        if not (waiting and rule in _ADDRESS_RULES)
        for problem in rule(subject, around)
    ]
    return in_order(found)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """The gravest first, equal ones as they were found."""
    return sorted(problems, key=lambda problem: _RANK[problem.severity])


def blocks(problems: Iterable[Problem]) -> bool:
    """Whether anything among these stops printing and confirming."""
    return any(problem.severity is not Severity.WARN for problem in problems)
