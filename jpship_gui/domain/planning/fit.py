"""How well one service fits one shipment: temperature, money, size, area, days and slot."""

from __future__ import annotations

from datetime import date, timedelta

from jpship_gui.domain.calendar import BusinessCalendar
from jpship_gui.domain.delivery import SLOT_OTHER
from jpship_gui.domain.planning.limits import NO_COOL, Area, exceeds
from jpship_gui.domain.planning.prices import Cost, Journey
from jpship_gui.domain.planning.subject import NOWHERE, Fit, Offer, PlanSubject, PlanWorld, Way
from jpship_gui.domain.problem import Problem, Repair, Severity
from jpship_gui.domain.ship_by import transit_days

_ALWAYS = BusinessCalendar()
_MORNING = ("am", "0812")


def fit_of(subject: PlanSubject, world: PlanWorld, way: Way) -> Fit:
    """Everything that speaks against a service, its cost and its days."""
    if way == NOWHERE:
        return Fit(way, concerns=(Problem("plan_none", Severity.WARN, "service"),))
    offer = world.offers.get(way)
    if offer is None:
        unknown = Problem("plan_service_unknown", Severity.BLOCK, "service", {"name": "/".join(way)})
        return Fit(way, (unknown,))
    lead, contact = subject.lead, subject.lead.recipient
    area = world.limits.of_area(*way, world.today, contact.prefecture, contact.postal_code, subject.island)
    leaves = leaves_on(world, offer.carrier)
    days = transit_days(contact.prefecture, subject.island, world.ship_by_rule) + area.extra_days
    arrives = leaves + timedelta(days=days)
    obstacles = [
        *_cool(subject, offer, area),
        *_cash(subject, offer, area),
        *_place(offer, area),
        *_size(subject, world, offer),
        *_mapping(subject, world, offer),
    ]
    concerns = [*_slot(lead.wish.slot, offer, area), *_day(lead.wish.day, offer, world.today, arrives)]
    cost = _cost(subject, world, offer.way)
    return Fit(way, tuple(obstacles), tuple(concerns), cost, leaves, arrives)


def leaves_on(world: PlanWorld, carrier: str) -> date:
    """The first day a carrier can take it: today until it has fetched, on days it fetches and the shop ships."""
    calendar, shop = world.calendars.get(carrier, _ALWAYS), world.ship_by_rule.calendar
    cutoff = world.cutoffs.get(carrier)
    day = world.today
    if cutoff is not None and world.now.time().replace(tzinfo=None) >= cutoff:
        day += timedelta(days=1)
    for _ in range(366):
        if shop.is_open(day) and calendar.is_open(day):
            return day
        day += timedelta(days=1)
    return day


def must_leave(subject: PlanSubject, world: PlanWorld, way: Way) -> date | None:
    """The last day it may leave to be there on the wished day, None without one."""
    wish = subject.lead.wish.day
    if wish is None:
        return None
    contact = subject.lead.recipient
    area = world.limits.of_area(*way, world.today, contact.prefecture, contact.postal_code, subject.island)
    days = transit_days(contact.prefecture, subject.island, world.ship_by_rule) + area.extra_days
    return world.ship_by_rule.calendar.at_or_before(wish - timedelta(days=days))


def named(offer: Offer) -> dict[str, str]:
    """A service among a problem's values: its ids, and its name for the words."""
    return {"carrier": offer.carrier, "service": offer.service, "name": offer.name}


def _problem(code: str, offer: Offer, field: str = "service", **values: str) -> Problem:
    return Problem(code, Severity.BLOCK, field, {**named(offer), **values})


def _cool(subject: PlanSubject, offer: Offer, area: Area) -> list[Problem]:
    """Cool goods go only where service and area carry them (PL-08)."""
    cool = subject.cool
    if not cool:
        return []
    if not offer.known:
        return [_problem("plan_cool_unknown", offer, cool=cool)]
    if cool not in offer.cool:
        return [_problem("plan_cool", offer, cool=cool)]
    if getattr(area, NO_COOL[cool]):
        return [_problem("plan_area_cool", offer, cool=cool, source=area.source)]
    return []


def _cash(subject: PlanSubject, offer: Offer, area: Area) -> list[Problem]:
    amount = subject.cash
    if amount == 0:
        return []
    if offer.known and not offer.cash:
        return [_problem("plan_cash", offer)]
    if area.no_cash:
        return [_problem("plan_area_cash", offer, source=area.source)]
    if amount is not None and offer.cash_limit and amount > offer.cash_limit:
        return [_problem("plan_cash_limit", offer, found=str(amount), most=str(offer.cash_limit))]
    return []


def _place(offer: Offer, area: Area) -> list[Problem]:
    return [_problem("plan_area_closed", offer, source=area.source)] if area.closed else []


def _size(subject: PlanSubject, world: PlanWorld, offer: Offer) -> list[Problem]:
    limit = world.limits.of_service(*offer.way, world.today)
    if limit is None:
        return []
    passed = exceeds(limit, subject.parcels, subject.value)
    return [
        _problem(code, offer, found=found, most=most, source=limit.source) for code, found, most in passed
    ]


def _mapping(subject: PlanSubject, world: PlanWorld, offer: Offer) -> list[Problem]:
    """Whoever is told must have a name for it: found here, not at the end of the day (PL-09)."""
    untold = dict.fromkeys(one.order.id.shop for one in subject.all if not world.mapped(one, *offer.way))
    return [_problem("plan_unmapped", offer, shop=shop) for shop in untold]


def _slot(slot: str, offer: Offer, area: Area) -> list[Problem]:
    """A slot is kept, not to be had at all (told), or has no equivalent (asked, with what there is)."""
    if not slot or slot == SLOT_OTHER or not offer.known:
        return []
    if not offer.slots:
        return [Problem("plan_no_slots", Severity.WARN, "wish", {**named(offer), "slot": slot})]
    if area.no_slot:
        values = {**named(offer), "slot": slot, "source": area.source}
        return [Problem("plan_area_slot", Severity.BLOCK, "wish", values, (Repair("drop_slot"),))]
    if slot in offer.slots:
        return []
    repairs = tuple(Repair("set_wish", {"slot": one}) for one in nearest(slot, offer.slots))
    values = {**named(offer), "slot": slot, "slots": " ".join(offer.slots)}
    return [Problem("plan_slot", Severity.BLOCK, "wish", values, (*repairs, Repair("drop_slot")))]


def nearest(slot: str, slots: tuple[str, ...]) -> list[str]:
    """The slots there are, those that begin or end nearest to the wished one first; none is taken by itself."""
    wanted = _hours(slot)
    if wanted is None:
        return list(slots)
    return sorted(slots, key=lambda one: (_apart(_hours(one), wanted), slots.index(one)))


def _hours(slot: str) -> tuple[int, int] | None:
    if slot in _MORNING:
        return 8, 12
    if slot == "pm":
        return 12, 18
    return (int(slot[:2]), int(slot[2:])) if len(slot) == 4 and slot.isdecimal() else None


def _apart(one: tuple[int, int] | None, other: tuple[int, int]) -> int:
    return 99 if one is None else abs(one[0] - other[0]) + abs(one[1] - other[1])


def _day(wish: date | None, offer: Offer, today: date, arrives: date) -> list[Problem]:
    """A day still to come that this service cannot reach; a day gone by is another rule's finding."""
    if wish is None or wish < today or wish >= arrives:
        return []
    earliest = arrives.isoformat()
    values = {"day": wish.isoformat(), "earliest": earliest, **named(offer)}
    repairs = (Repair("set_wish", {"day": earliest}), Repair("drop_wish"))
    return [Problem("wish_unreachable", Severity.BLOCK, "wish", values, repairs)]


def _cost(subject: PlanSubject, world: PlanWorld, way: Way) -> Cost:
    if way not in world.prices.priced:
        return Cost(missing="no_price")
    journey = Journey(
        world.from_prefecture,
        subject.lead.recipient.prefecture,
        subject.parcels,
        world.today,
        subject.cool,
        subject.cash or 0,
        subject.island,
    )
    return world.prices.cost(*way, journey)
