"""What services and areas cannot do, and when a carrier fetches: dated data with its source (CK-17, PL-08, PL-10)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any

from jpship_gui.domain.calendar import BusinessCalendar
from jpship_gui.domain.goods_facts import Measures, Sides
from jpship_gui.domain.planning.tables import TableError, entries, valid_on

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NO_COOL = {"chilled": "no_chilled", "frozen": "no_frozen"}


@dataclass(frozen=True, slots=True)
class ServiceLimit:
    """The most one parcel may be: `grams`, `size` (three sides in centimetres), `sides` (each in millimetres), `value`
    of the goods in yen, `parcels` of one shipment. `service` blank = all of the carrier's."""

    carrier: str
    source: str
    service: str = ""
    grams: int | None = None
    size: int | None = None
    sides: tuple[int, ...] = ()
    value: int | None = None
    parcels: int | None = None
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class AreaLimit:
    """What is not to be had somewhere: in `prefectures`, where postal codes begin with one of `postal`, on what the
    marketplace calls a remote island (`island`); each of them that is given must fit. `carrier` blank = all."""

    source: str
    carrier: str = ""
    service: str = ""
    prefectures: tuple[str, ...] = ()
    postal: tuple[str, ...] = ()
    island: bool = False
    closed: bool = False  # does not deliver there at all
    no_slot: bool = False
    no_cash: bool = False
    no_chilled: bool = False
    no_frozen: bool = False
    extra_days: int = 0
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class PickUp:
    """Days on which a carrier does not fetch; `holidays` = nor on public holidays."""

    carrier: str
    closed_weekdays: tuple[str, ...] = ()
    closed_days: tuple[date, ...] = ()
    holidays: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """All that is not to be had at one address, put together; `source` of the first limit that says something."""

    closed: bool = False
    no_slot: bool = False
    no_cash: bool = False
    no_chilled: bool = False
    no_frozen: bool = False
    extra_days: int = 0
    source: str = ""


ANYWHERE = Area()


@dataclass(frozen=True, slots=True)
class Limits:
    """Everything known; the shop's own entries are added to those of the program."""

    services: tuple[ServiceLimit, ...] = ()
    areas: tuple[AreaLimit, ...] = ()
    pickups: tuple[PickUp, ...] = ()

    def joined(self, other: Limits) -> Limits:
        """These and the other's, which win where both speak of the same service."""
        said = {(one.carrier, one.service) for one in other.services}
        kept = tuple(one for one in self.services if (one.carrier, one.service) not in said)
        return Limits((*kept, *other.services), (*self.areas, *other.areas), (*self.pickups, *other.pickups))

    def of_service(self, carrier: str, service: str, day: date) -> ServiceLimit | None:
        """The limit of that day: the service's before its carrier's, the later before the earlier."""
        found = [
            one
            for one in self.services
            if one.carrier == carrier
            and one.service in ("", service)
            and valid_on(day, one.valid_from, one.valid_until)
        ]
        return max(found, key=lambda o: (o.service != "", o.valid_from or date.min), default=None)

    def of_area(
        self, carrier: str, service: str, day: date, prefecture: str, postal_code: str, island: bool
    ) -> Area:
        """What does not hold at this address."""
        found = ANYWHERE
        for one in self.areas:
            if one.carrier not in ("", carrier) or one.service not in ("", service):
                continue
            if not valid_on(day, one.valid_from, one.valid_until):
                continue
            if _lies_in(one, prefecture, postal_code, island):
                found = _both(found, one)
        return found

    def calendar(self, carrier: str, holidays: frozenset[date]) -> BusinessCalendar:
        """The days a carrier fetches."""
        own = [one for one in self.pickups if one.carrier == carrier]
        weekdays = frozenset(WEEKDAYS.index(day) for one in own for day in one.closed_weekdays)
        closed = frozenset(day for one in own for day in one.closed_days)
        public = holidays if any(one.holidays for one in own) else frozenset()
        return BusinessCalendar(weekdays, closed | public)


NO_LIMITS = Limits()
NO_TIME = time.max


def _lies_in(one: AreaLimit, prefecture: str, postal_code: str, island: bool) -> bool:
    if not (one.prefectures or one.postal or one.island):
        return False  # says of no place
    return (
        (not one.prefectures or prefecture in one.prefectures)
        and (not one.postal or postal_code.startswith(one.postal))
        and (not one.island or island)
    )


def _both(found: Area, one: AreaLimit) -> Area:
    return replace(
        found,
        closed=found.closed or one.closed,
        no_slot=found.no_slot or one.no_slot,
        no_cash=found.no_cash or one.no_cash,
        no_chilled=found.no_chilled or one.no_chilled,
        no_frozen=found.no_frozen or one.no_frozen,
        extra_days=max(found.extra_days, one.extra_days),
        source=found.source or one.source,
    )


def exceeds(
    limit: ServiceLimit, parcels: Iterable[Measures], value: int | None
) -> list[tuple[str, str, str]]:
    """(code, found, most) of each limit that is passed; what nobody measured passes none."""
    found: list[tuple[str, str, str]] = []
    many = list(parcels)
    if limit.parcels is not None and len(many) > limit.parcels:
        found.append(("plan_parcels", str(len(many)), str(limit.parcels)))
    if limit.value is not None and value is not None and value > limit.value:
        found.append(("plan_value", str(value), str(limit.value)))
    for one in many:
        if limit.grams is not None and one.grams is not None and one.grams > limit.grams:
            found.append(("plan_weight", str(one.grams), str(limit.grams)))
        if limit.size is not None and one.size is not None and one.size > limit.size:
            found.append(("plan_size", str(one.size), str(limit.size)))
        if limit.sides and one.sides is not None and not _goes_in(one.sides, limit.sides):
            found.append(("plan_sides", _centimetres(one.sides), _centimetres(limit.sides)))
    return list(dict.fromkeys(found))


def _goes_in(sides: Sides, most: tuple[int, ...]) -> bool:
    return all(side <= limit for side, limit in zip(sides, sorted(most, reverse=True), strict=True))


def _centimetres(sides: Iterable[int]) -> str:
    return "×".join(f"{side / 10:g}" for side in sorted(sides, reverse=True))


def read_limits(data: Mapping[str, Any]) -> Limits:
    """The limits plain data says (lists `service`, `area`, `pickup`); TableError names the place of a mistake."""
    for name in data:
        if name not in ("service", "area", "pickup"):
            raise TableError(name, name)
    found = Limits(
        entries(data, "service", ServiceLimit),
        entries(data, "area", AreaLimit),
        entries(data, "pickup", PickUp),
    )
    for place, one in enumerate(found.services, start=1):
        if one.sides and len(one.sides) != 3:
            raise TableError(f"service.{place}.sides", len(one.sides))
    for place, area in enumerate(found.areas, start=1):
        if not (area.prefectures or area.postal or area.island):
            raise TableError(f"area.{place}.prefectures")
    for place, pickup in enumerate(found.pickups, start=1):
        for day in pickup.closed_weekdays:
            if day not in WEEKDAYS:
                raise TableError(f"pickup.{place}.closed_weekdays", day)
    return found
