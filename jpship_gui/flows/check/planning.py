"""Plans shipments in bulk with the order check: what the rules, prices and limits of their shops choose (PL-05)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from jpship_gui.carriers.base import Carrier, Service
from jpship_gui.domain.address import leading_prefecture
from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.goods_facts import (
    UNMEASURED,
    GoodsFacts,
    Measures,
    ProductFacts,
    facts_of,
    measures_of,
)
from jpship_gui.domain.goods_set import NO_SETS, Sets, opened
from jpship_gui.domain.order import ELSEWHERE, LABEL_ELSEWHERE, Order, OrderState
from jpship_gui.domain.planning.choose import choose, ways_of
from jpship_gui.domain.planning.subject import NOWHERE, Offer, Plan, PlanSubject, PlanWorld, Way
from jpship_gui.domain.rules.subject import CheckInput
from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows.check.holidays import public_holidays
from jpship_gui.flows.check.plan_tables import limits_of, prices_of
from jpship_gui.flows.check.surroundings import ShopSurroundings
from jpship_gui.flows.workspace import Workspace
from jpship_gui.marketplaces.base import Marketplace
from jpship_gui.store import goods_sets, products
from jpship_gui.store.plans import StoredPlan

COOL = ("chilled", "frozen")
_OVER = frozenset({OrderState.SHIPPED, OrderState.CANCELLED, OrderState.CANCELLING})
_NOT_PLANNED = frozenset({ELSEWHERE, LABEL_ELSEWHERE})


@dataclass(frozen=True, slots=True)
class _Shop:
    """What a shop says of its carriers, for one run."""

    market: Marketplace | None
    codes: Mapping[str, Mapping[str, str]]
    world: PlanWorld


class Planner:
    """Plans for one run, everything that does not depend on the shipment read once."""

    def __init__(self, ws: Workspace, around: ShopSurroundings) -> None:
        self._ws, self._around = ws, around
        self._offers = offers_of(ws.carriers())
        self._markets = ws.markets()
        self._prices, self._limits = prices_of(ws), limits_of(ws)
        self._cutoffs = cutoffs_of(ws)
        self._shops: dict[str, _Shop] = {}
        self._mapped: dict[tuple[str, str, str, str], bool] = {}
        self._facts: dict[str, ProductFacts] = {}
        self._sets: Sets = NO_SETS

    def learn(self, subjects: Iterable[CheckInput]) -> None:
        """Read what the goods list says of these goods, in few queries."""
        skus = list(dict.fromkeys(line.sku for one in subjects for line in one.lines if line.sku))
        self._sets = goods_sets.by_skus(self._ws.store, skus)
        parts = [part.sku for found in self._sets.values() for part in found.components]
        self._facts = products.facts_of(self._ws.store, [*skus, *parts])

    def measured(self, subject: CheckInput, others: Sequence[CheckInput] = (), said: str = "") -> CheckInput:
        """The subject with what its goods, and those that travel with it, come to; `said` is the temperature known so
        far."""
        pieces = [pair for one in (subject, *others) for pair in self._pieces(one)]
        flags = (flag for one in (subject, *others) for flag in one.order.flags if flag in COOL)
        return replace(subject, goods=facts_of(pieces, self._facts, next(flags, said)))

    def world(self, shop: str) -> PlanWorld:
        """What planning may ask of a shop."""
        return self._shop(shop).world

    def new(self, subject: CheckInput) -> PlanSubject:
        """A shipment that is about to be made."""
        words, requested = self._requested(subject)
        return PlanSubject(
            (subject,),
            (subject.goods.measures,),
            subject.goods.temperatures,
            requested=requested,
            requested_words=words,
        )

    def stored(self, shipment: Shipment, every: Sequence[CheckInput], kept: StoredPlan) -> PlanSubject:
        """A stored shipment; `every` are its orders as rules see them, its own first."""
        lead = every[0]
        words, requested = self._requested(lead)
        way = (kept.carrier, kept.service)
        return PlanSubject(
            tuple(every),
            self.parcels(shipment, lead.goods),
            lead.goods.temperatures,
            current=way,
            chosen=way if kept.chosen_by else NOWHERE,
            chosen_by=kept.chosen_by,
            chosen_why=kept.chosen_why,
            kept=kept.papers,
            requested=requested,
            requested_words=words,
            wait_until=date.fromisoformat(kept.wait_until) if kept.wait_by and kept.wait_until else None,
            wait_by=kept.wait_by,
        )

    def parcels(self, shipment: Shipment, goods: GoodsFacts) -> tuple[Measures, ...]:
        """Each box as measured at the desk, else as its goods propose."""
        pairs = zip(shipment.boxes, self.proposed(shipment, goods), strict=True)
        found = (Measures(b.measures.grams or p.grams, b.measures.sides or p.sides) for b, p in pairs)
        return tuple(found) or (UNMEASURED,)

    def proposed(self, shipment: Shipment, goods: GoodsFacts) -> tuple[Measures, ...]:
        """What the goods of each box come to, as far as it is known what lies in it."""
        contents = shipment.contents() if len(shipment.boxes) > 1 else {}
        lines = {(s.key, line.line_id): line for s, line in shipment.goods} if contents else {}
        found = []
        for box in shipment.boxes:
            proposed = goods.measures if len(shipment.boxes) == 1 else UNMEASURED
            if contents:
                inside = [
                    (piece.sku, piece.quantity)
                    for content in contents.get(box.key, ())
                    for piece in opened(
                        [replace(lines[content.shipment, content.line_id], quantity=content.quantity)],
                        self._sets,
                    )
                ]
                proposed = measures_of(inside, self._facts)
            found.append(proposed)
        return tuple(found)

    def plan(self, subject: PlanSubject) -> Plan:
        """The choice, by the rules of the shop that leads."""
        return choose(subject, self.world(subject.lead.order.id.shop))

    def _pieces(self, subject: CheckInput) -> list[tuple[str, int]]:
        return [(piece.sku, piece.quantity) for piece in opened(subject.lines, self._sets)]

    def _requested(self, subject: CheckInput) -> tuple[str, Way]:
        """What the buyer chose, as far as the marketplace's words name one of our services."""
        market, package = self._shop(subject.order.id.shop).market, subject.package
        if market is None or package is None:
            return "", NOWHERE
        for word in (package.planned_carrier, subject.order.delivery_method):
            code = market.means(word, self._ws.today()) if word else None
            if code is not None and (code.carrier, code.service) in self._offers:
                return code.name or word, (code.carrier, code.service)
        return "", NOWHERE

    def _shop(self, shop: str) -> _Shop:
        if shop not in self._shops:
            self._shops[shop] = self._make(shop)
        return self._shops[shop]

    def _make(self, shop: str) -> _Shop:
        from jpship_gui.store import shops

        options, found = self._ws.shop_options(shop), shops.find(self._ws.store, shop)
        around = self._around.of(shop)
        world = PlanWorld(
            now=to_jst(self._ws.now()),
            offers=self._offers,
            usual=(options.get("carrier.default"), options.get("carrier.service")),
            rules=around.user_rules,
            prices=self._prices,
            limits=self._limits,
            ship_by_rule=around.ship_by_rule,
            from_prefecture=leading_prefecture(options.get("sender.address")) or "",
            cutoffs=self._cutoffs,
            calendars={
                one.carrier: self._limits.calendar(one.carrier, public_holidays())
                for one in self._limits.pickups
            },
            early_days=options.get("plan.early_days"),
            mapped=self._is_mapped,
            own_ways=ways_of(",".join(options.get("plan.services"))),
        )
        market = self._markets.get(found.marketplace) if found else None
        return _Shop(market, options.get("carrier.codes"), world)

    def _is_mapped(self, subject: CheckInput, carrier: str, service: str) -> bool:
        """Whether the order's marketplace can be told of a parcel by this service."""
        shop = self._shop(subject.order.id.shop)
        market, package = shop.market, subject.package
        if market is None or not market.confirms:
            return True
        planned = package.planned_carrier if package else ""
        key = (subject.order.id.shop, carrier, service, planned)
        if key not in self._mapped:
            code = market.code_of(carrier, service, self._ws.today(), shop.codes, planned)
            self._mapped[key] = code is not None
        return self._mapped[key]


def plannable(order: Order) -> bool:
    """Whether there is anything to plan: not over, not shipped by others, no label bought elsewhere."""
    return order.state not in _OVER and not _NOT_PLANNED.intersection(order.flags)


def cutoffs_of(ws: Workspace) -> dict[str, time]:
    """When carriers fetch at this desk, as its settings say; what is no time is left out."""
    found = {}
    for carrier, told in ws.options.get("desk.pickups").items():
        try:
            found[carrier] = time.fromisoformat(told)
        except (TypeError, ValueError):
            continue
    return found


def offers_of(carriers: Mapping[str, Carrier]) -> dict[Way, Offer]:
    """Every service by carrier and id; a carrier's usual one also by the carrier alone."""
    found: dict[Way, Offer] = {}
    for carrier in carriers.values():
        usual = carrier.service("")
        alone = _offer(carrier, usual) if usual else Offer(carrier.id, "", carrier.name, known=False)
        found[carrier.id, ""] = alone
        for service in carrier.services:
            found[carrier.id, service.id] = _offer(carrier, service)
    return found


def _offer(carrier: Carrier, service: Service) -> Offer:
    paid = (
        service
        if service.cash_on_delivery
        else carrier.service(service.with_cash)
        if service.with_cash
        else None
    )
    return Offer(
        carrier.id,
        service.id,
        f"{carrier.name} {service.name}",
        slots=tuple(service.slots),
        cool=service.cool,
        cash=paid is not None,
        cash_limit=paid.cash_limit if paid else 0,
    )
