"""The wished day and time can still be kept, and are of a kind carriers know."""

from __future__ import annotations

from datetime import date

from jpship_gui.domain.delivery import SLOT_OTHER
from jpship_gui.domain.problem import Problem, Repair, Severity
from jpship_gui.domain.rules.subject import CheckInput, Surroundings
from jpship_gui.domain.ship_by import earliest_arrival


def delivery_wish(subject: CheckInput, around: Surroundings) -> list[Problem]:
    """A day gone by, a slot the marketplace does not name; what can still be reached is found when it is planned."""
    found = []
    day = subject.wish.day
    if day is not None and day < around.today:
        found.append(_problem("wish_past", Severity.BLOCK, day, _earliest(subject, around)))
    if subject.wish.slot == SLOT_OTHER:
        found.append(Problem("wish_slot_other", Severity.WARN, "wish", {"text": subject.wish.text}))
    return found


def _earliest(subject: CheckInput, around: Surroundings) -> date:
    package = subject.package
    island = package is not None and package.isolated_island
    return earliest_arrival(around.today, subject.recipient.prefecture, around.ship_by_rule, island=island)


def _problem(code: str, severity: Severity, day: date, earliest: date) -> Problem:
    values = {"day": day.isoformat(), "earliest": earliest.isoformat()}
    repairs = (Repair("set_wish", {"day": earliest.isoformat()}), Repair("drop_wish"))
    return Problem(code, severity, "wish", values, repairs)
