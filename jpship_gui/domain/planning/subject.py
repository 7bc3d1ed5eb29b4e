"""What planning looks at, and what it comes to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time

from jpship_gui.domain.calendar import BusinessCalendar
from jpship_gui.domain.goods_facts import Measures
from jpship_gui.domain.planning.limits import NO_LIMITS, Limits
from jpship_gui.domain.planning.prices import NO_PRICES, Cost, PriceTable
from jpship_gui.domain.problem import Problem
from jpship_gui.domain.rules.subject import CheckInput
from jpship_gui.domain.rules.user_rule import UserRule
from jpship_gui.domain.ship_by import ShipByRule

Way = tuple[str, str]  # carrier, service
NOWHERE: Way = ("", "")


@dataclass(frozen=True, slots=True)
class Offer:
    """One service a parcel may go by. `known` = False: a carrier whose services nobody described, so that of cool goods
    and slots nothing can be said. `with_cash` names the service that is the same with cash on delivery; its own cash
    limit holds then (0 = none known)."""

    carrier: str
    service: str
    name: str = ""
    known: bool = True
    slots: tuple[str, ...] = ()
    cool: tuple[str, ...] = ()
    cash: bool = False
    cash_limit: int = 0

    @property
    def way(self) -> Way:
        """Carrier and service."""
        return self.carrier, self.service


@dataclass(frozen=True, slots=True)
class PlanSubject:
    """One shipment, of a bundle all of it (`all` are the orders in it, the leader's first).

    `chosen` is what a person said instead of the rules. `kept` = papers were made of `current`, so that only a person
    may change it. `requested` is what the buyer was promised, as far as the marketplace's words mean one of our
    services, `requested_words` those words. `wait_until` with `wait_by` is what a person said.
    """

    all: tuple[CheckInput, ...]
    parcels: tuple[Measures, ...]
    temperatures: tuple[str, ...] = ("",)
    current: Way = NOWHERE
    chosen: Way = NOWHERE
    chosen_by: str = ""
    chosen_why: str = ""
    kept: bool = False
    requested: Way = NOWHERE
    requested_words: str = ""
    wait_until: date | None = None
    wait_by: str = ""

    @property
    def lead(self) -> CheckInput:
        """Whose recipient, wish and shop count."""
        return self.all[0]

    @property
    def ruled(self) -> CheckInput:
        """As rules see it: the leader's order with everything in the parcel."""
        if len(self.all) == 1:
            return self.lead
        return replace(self.lead, lines=tuple(line for one in self.all for line in one.lines))

    @property
    def key(self) -> str:
        """Of the leader."""
        return self.lead.key

    @property
    def cool(self) -> str:
        """The one temperature all goods can travel at, "" for none in particular."""
        return next((one for one in self.temperatures if one), "")

    @property
    def mixed(self) -> bool:
        """Whether its goods cannot travel in one box: chilled with frozen, or cool with such as need not be."""
        return len(self.temperatures) > 1

    @property
    def island(self) -> bool:
        """Whether the marketplace calls the address a remote island."""
        package = self.lead.package
        return package is not None and package.isolated_island

    @property
    def cash(self) -> int | None:
        """What is to be collected, 0 for nothing, None where the amount is not known."""
        if not any(one.order.cash_on_delivery for one in self.all):
            return 0
        amounts = [one.order.money.charged for one in self.all if one.order.cash_on_delivery]
        return None if any(amount is None for amount in amounts) else sum(filter(None, amounts))

    @property
    def value(self) -> int:
        """Of the goods, in yen."""
        lines = (line for one in self.all for line in one.lines if not line.deleted)
        return sum(line.unit_price * line.quantity for line in lines)


@dataclass(frozen=True, slots=True)
class PlanWorld:
    """What planning may ask besides; the same for all shipments of one shop in one run.

    `offers` by carrier and service; `usual` is the shop's default. `mapped` says whether the marketplace of an order
    can be told of a service. `cutoffs` are the times a carrier fetches at, in Japan. `early_days`: how many days before
    it must leave a shipment may leave (-1 = any).
    """

    now: datetime  # in Japan
    offers: Mapping[Way, Offer]
    usual: Way
    rules: tuple[UserRule, ...] = ()
    prices: PriceTable = NO_PRICES
    limits: Limits = NO_LIMITS
    ship_by_rule: ShipByRule = field(default_factory=ShipByRule)
    from_prefecture: str = ""
    cutoffs: Mapping[str, time] = field(default_factory=dict)
    calendars: Mapping[str, BusinessCalendar] = field(default_factory=dict)
    early_days: int = -1
    mapped: Callable[[CheckInput, str, str], bool] = lambda subject, carrier, service: True
    own_ways: tuple[Way, ...] = ()  # the services the shop has a contract for; () = whichever have a price

    @property
    def today(self) -> date:
        """In Japan."""
        return self.now.date()


@dataclass(frozen=True, slots=True)
class Why:
    """One reason of a choice; words `plan.why.<code>`."""

    code: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a service fits: `obstacles` keep it from being chosen, `concerns` are for a person to look at; `arrives`
    the first day it can be there."""

    way: Way
    obstacles: tuple[Problem, ...] = ()
    concerns: tuple[Problem, ...] = ()
    cost: Cost = field(default_factory=Cost)
    leaves: date | None = None
    arrives: date | None = None

    @property
    def fits(self) -> bool:
        """Whether nothing keeps it from being chosen."""
        return not self.obstacles


@dataclass(frozen=True, slots=True)
class Plan:
    """What was chosen and why. `problems` join those of the order check; `wait_until` is the day before which it is not
    shipped, None = it may leave now."""

    way: Way
    why: tuple[Why, ...]
    fit: Fit
    problems: tuple[Problem, ...] = ()
    wait_until: date | None = None
