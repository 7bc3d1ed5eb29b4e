"""Ship-by: the last moment at which shipping is on time (CK-14)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from jpship_gui.domain.calendar import BusinessCalendar
from jpship_gui.domain.clock import JST, to_jst
from jpship_gui.domain.order import Order

# Flags that promise shipping within one business day.
SAME_DAY = frozenset({"one_day", "next_day", "arrive_today", "arrive_tomorrow", "excellent_next_day"})


_ALWAYS_OPEN = BusinessCalendar()


@dataclass(frozen=True, slots=True)
class ShipByRule:
    """One shop's rule. An order placed at or after `cutoff` counts as placed on the next business day; `closing` is the
    time of day by which the parcel must have left; `hours` > 0 counts hours instead of business days."""

    lead_days: int = 2
    cutoff: time = time(15)
    closing: time = time(18)
    hours: int = 0
    calendar: BusinessCalendar = _ALWAYS_OPEN
    transit_days: int = 1
    transit: Mapping[str, int] = field(default_factory=dict)  # prefecture → days on the way
    island_days: int = 0  # added where the marketplace calls the address a remote island


def base_day(moment: datetime, rule: ShipByRule) -> date:
    """The business day an order counts as placed on."""
    local = to_jst(moment)
    late = local.time() >= rule.cutoff
    return rule.calendar.at_or_after(local.date() + timedelta(days=1) if late else local.date())


def transit_days(prefecture: str, island: bool, rule: ShipByRule) -> int:
    """Days a parcel is on the way."""
    return rule.transit.get(prefecture, rule.transit_days) + (rule.island_days if island else 0)


def ship_by(
    order: Order, prefecture: str, rule: ShipByRule, *, wish_day: date | None = None, island: bool = False
) -> datetime | None:
    """The moment (aware, UTC), None where the source gives no date to count from.

    A ship-by the marketplace states wins over everything; a wished day can only bring the shop's own date forward.
    """
    if order.ship_by is not None:
        return order.ship_by
    placed = order.ship_from or order.ordered_at
    promised = _promised(order, placed, rule) if placed is not None else None
    if wish_day is None:
        return promised
    leave = rule.calendar.at_or_before(wish_day - timedelta(days=transit_days(prefecture, island, rule)))
    wished = _closing(leave, rule)
    return wished if promised is None else min(promised, wished)


def earliest_arrival(today: date, prefecture: str, rule: ShipByRule, *, island: bool = False) -> date:
    """The first day a parcel can arrive that leaves on the next business day from `today` on."""
    leaves = rule.calendar.at_or_after(today)
    return leaves + timedelta(days=transit_days(prefecture, island, rule))


def _promised(order: Order, placed: datetime, rule: ShipByRule) -> datetime:
    if SAME_DAY.intersection(order.flags):
        return _closing(base_day(placed, rule), rule)
    if rule.hours:
        return placed.astimezone(UTC) + timedelta(hours=rule.hours)
    return _closing(rule.calendar.add(base_day(placed, rule), rule.lead_days), rule)


def _closing(day: date, rule: ShipByRule) -> datetime:
    return datetime.combine(day, rule.closing, JST).astimezone(UTC)
