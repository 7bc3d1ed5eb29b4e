"""The seller's own prices: zone by size or weight, with surcharges and days they hold (PL-06). Whole yen throughout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from jpship_gui.domain.goods_facts import Measures
from jpship_gui.domain.planning.tables import TableError, entries, valid_on

SURCHARGES = ("chilled", "frozen", "cash", "island", "parcel")
_OPEN = 1 << 30  # no upper limit
_FIRST = date.min


@dataclass(frozen=True, slots=True)
class Zone:
    """A named group of prefectures; `carrier` blank = the same for all of them."""

    name: str
    prefectures: tuple[str, ...]
    carrier: str = ""


@dataclass(frozen=True, slots=True)
class Price:
    """What one parcel costs from a zone to a zone ("" = from or to anywhere) up to a size in centimetres and a weight
    in grams, where the carrier counts them."""

    carrier: str
    service: str
    yen: int
    from_zone: str = ""
    to_zone: str = ""
    size: int | None = None
    grams: int | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Surcharge:
    """What is added: `kind` chilled, frozen, island and parcel for each parcel, cash once, by the amount collected up
    to `amount`. `service` blank = for all of the carrier's."""

    carrier: str
    kind: str
    yen: int
    service: str = ""
    size: int | None = None
    amount: int | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Journey:
    """What a price depends on besides the service."""

    from_prefecture: str
    to_prefecture: str
    parcels: tuple[Measures, ...]
    day: date
    cool: str = ""
    cash: int = 0  # amount collected
    island: bool = False


@dataclass(frozen=True, slots=True)
class Cost:
    """`yen` in all, None where it cannot be told, and then why: `missing` is no_price, size, weight, zone or surcharge.
    `parts` say what it consists of: (parcel, chilled …, yen)."""

    yen: int | None = None
    parts: tuple[tuple[str, int], ...] = ()
    missing: str = ""


@dataclass(frozen=True)
class PriceTable:
    """All prices; look-ups are remembered, the table itself never changes."""

    zones: tuple[Zone, ...] = ()
    prices: tuple[Price, ...] = ()
    surcharges: tuple[Surcharge, ...] = ()
    _rows: dict[tuple[str, str, date], tuple[Price, ...]] = field(
        default_factory=dict, compare=False, repr=False
    )
    _here: dict[tuple[int, str, str], tuple[Price, ...]] = field(
        default_factory=dict, compare=False, repr=False
    )

    @cached_property
    def priced(self) -> frozenset[tuple[str, str]]:
        """Carriers and services with a price at all."""
        return frozenset((price.carrier, price.service) for price in self.prices)

    def cost(self, carrier: str, service: str, journey: Journey) -> Cost:
        """What a shipment costs by this service."""
        rows = self._valid(carrier, service, journey.day)
        if not rows:
            return Cost(missing="no_price")
        parts: list[tuple[str, int]] = []
        for parcel in journey.parcels:
            found, missing = self._price(rows, carrier, parcel, journey)
            if found is None:
                return Cost(missing=missing)
            parts.append(("freight", found.yen))
        for kind, count in self._kinds(journey):
            for place in range(count):
                added = self._surcharge(carrier, service, kind, journey, journey.parcels[place])
                if added is None and kind == "parcel":
                    break  # a table without a charge for each parcel has none
                if added is None:
                    return Cost(missing="surcharge")
                parts.append((kind, added))
        return Cost(sum(yen for _, yen in parts), tuple(parts))

    def _kinds(self, journey: Journey) -> list[tuple[str, int]]:
        count = len(journey.parcels)
        kinds = [("parcel", count)]
        if journey.cool:
            kinds.append((journey.cool, count))
        if journey.island:
            kinds.append(("island", count))
        if journey.cash:
            kinds.append(("cash", 1))
        return kinds

    def _valid(self, carrier: str, service: str, day: date) -> tuple[Price, ...]:
        """Prices of that day, the smallest step first; of two for the same the one that began later."""
        key = (carrier, service, day)
        if key not in self._rows:
            newest: dict[tuple[Any, ...], Price] = {}
            for price in self.prices:
                if (price.carrier, price.service) != (carrier, service):
                    continue
                if not valid_on(day, price.valid_from, price.valid_until):
                    continue
                same = (price.from_zone, price.to_zone, price.size, price.grams)
                known = newest.get(same)
                if known is None or (known.valid_from or _FIRST) < (price.valid_from or _FIRST):
                    newest[same] = price
            self._rows[key] = tuple(sorted(newest.values(), key=_step))
        return self._rows[key]

    def _price(
        self, rows: tuple[Price, ...], carrier: str, parcel: Measures, journey: Journey
    ) -> tuple[Price | None, str]:
        here = self._between(rows, carrier, journey.from_prefecture, journey.to_prefecture)
        if not here:
            return None, "zone"
        if parcel.size is None and all(row.size is not None for row in here):
            return None, "size"
        if parcel.grams is None and all(row.grams is not None for row in here):
            return None, "weight"
        for row in here:
            small = row.size is None or (parcel.size is not None and parcel.size <= row.size)
            light = row.grams is None or (parcel.grams is not None and parcel.grams <= row.grams)
            if small and light:
                return row, ""
        return None, "too_large" if parcel.size is not None or parcel.grams is not None else "size"

    def _between(
        self, rows: tuple[Price, ...], carrier: str, from_prefecture: str, to_prefecture: str
    ) -> tuple[Price, ...]:
        key = (id(rows), from_prefecture, to_prefecture)  # these rows live as long as the table
        if key not in self._here:
            self._here[key] = tuple(
                row
                for row in rows
                if self._in(row.from_zone, carrier, from_prefecture)
                and self._in(row.to_zone, carrier, to_prefecture)
            )
        return self._here[key]

    def _in(self, zone: str, carrier: str, prefecture: str) -> bool:
        if not zone:
            return True
        return prefecture in self._prefectures(carrier, zone)

    def _prefectures(self, carrier: str, name: str) -> tuple[str, ...]:
        named = [zone for zone in self.zones if zone.name == name and zone.carrier in ("", carrier)]
        best = max(named, key=lambda zone: zone.carrier != "", default=None)
        if best is not None:
            return best.prefectures
        return (name,)  # a single prefecture needs no group

    def _surcharge(
        self, carrier: str, service: str, kind: str, journey: Journey, parcel: Measures
    ) -> int | None:
        """The narrowest that holds: of the service before the carrier, the smallest step, the latest."""
        fitting = [
            one
            for one in self.surcharges
            if one.carrier == carrier
            and one.kind == kind
            and one.service in ("", service)
            and valid_on(journey.day, one.valid_from, one.valid_until)
            and (one.amount is None or journey.cash <= one.amount)
            and (one.size is None or (parcel.size is not None and parcel.size <= one.size))
        ]
        best = min(fitting, key=_narrowest, default=None)
        return None if best is None else best.yen


def _step(price: Price) -> tuple[Any, ...]:
    size = _OPEN if price.size is None else price.size
    grams = _OPEN if price.grams is None else price.grams
    anywhere = (price.from_zone == "", price.to_zone == "")
    return *anywhere, size, grams, price.yen, price.from_zone, price.to_zone


def _narrowest(one: Surcharge) -> tuple[Any, ...]:
    size = _OPEN if one.size is None else one.size
    amount = _OPEN if one.amount is None else one.amount
    return one.service == "", size, amount, -(one.valid_from or _FIRST).toordinal()


NO_PRICES = PriceTable()


def read_prices(data: Mapping[str, Any]) -> PriceTable:
    """The table plain data says (lists `zone`, `price`, `surcharge`); TableError names the place of a mistake."""
    for name in data:
        if name not in ("zone", "price", "surcharge"):
            raise TableError(name, name)
    table = PriceTable(
        entries(data, "zone", Zone), entries(data, "price", Price), entries(data, "surcharge", Surcharge)
    )
    for place, one in enumerate(table.surcharges, start=1):
        if one.kind not in SURCHARGES:
            raise TableError(f"surcharge.{place}.kind", one.kind)
    return table
