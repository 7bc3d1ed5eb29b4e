"""A shipment and a world for it, valid by default: vary one thing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from typing import Any

from jpship_gui.domain.calendar import BusinessCalendar
from jpship_gui.domain.clock import JST
from jpship_gui.domain.goods_facts import Measures
from jpship_gui.domain.order import Contact, Package
from jpship_gui.domain.planning.subject import Offer, PlanSubject, PlanWorld
from jpship_gui.domain.rules.own_rules import FIELD_NAMES
from jpship_gui.domain.rules.subject import CheckInput
from jpship_gui.domain.rules.user_rule import UserRule, parse_rule
from jpship_gui.domain.ship_by import ShipByRule
from tests.builders import a_contact, a_line, an_order

SLOTS = ("am", "1416", "1618", "1820", "1921")
PARCEL = Offer(
    "yamato",
    "takkyubin",
    "ヤマト 宅急便",
    slots=SLOTS,
    cool=("chilled", "frozen"),
    cash=True,
    cash_limit=300000,
)
FLAT = Offer("yamato", "nekopos", "ヤマト ネコポス", slots=())
OTHER = Offer(
    "sagawa", "hikyaku", "佐川 飛脚宅配便", slots=("am", "1214", "1416"), cool=("chilled",), cash=True
)
FREIGHT = Offer("seino", "", "西濃", known=False)
FRIDAY = datetime(2026, 11, 20, 10, 0, tzinfo=JST)


def a_subject(number: int = 1, island: bool = False, **changes: Any) -> PlanSubject:
    """One mug to Osaka; `order`, `wish`, `lines`, `recipient` go to the order, the rest to the subject."""
    recipient: Contact = changes.pop("recipient", a_contact())
    lines = changes.pop("lines", (a_line(),))
    wish = changes.pop("wish", None)
    order = an_order(number, recipient=recipient, lines=lines, **changes.pop("order", {}))
    order = replace(order, packages=(Package("2081130016", recipient, isolated_island=island),))
    given = {"wish": wish} if wish else {}
    goods = changes.pop("goods", None)
    subject = CheckInput("JP0000013", order, "2081130016", recipient, lines, **given)
    if goods is not None:
        subject = replace(subject, goods=goods)
    parcels = changes.pop("parcels", (Measures(),))
    return PlanSubject((subject,), parcels, **changes)


def a_world(**changes: Any) -> PlanWorld:
    """Friday, ten o'clock; the shop's usual service is the parcel."""
    offers = {offer.way: offer for offer in (PARCEL, FLAT, OTHER, FREIGHT)} | {("yamato", ""): PARCEL}
    given: dict[str, Any] = {
        "now": FRIDAY,
        "offers": offers,
        "usual": ("yamato", "takkyubin"),
        "ship_by_rule": ShipByRule(calendar=BusinessCalendar(frozenset({5, 6})), transit={"沖縄県": 3}),
        "from_prefecture": "東京都",
    }
    return PlanWorld(**{**given, **changes})


def a_rule(to: str, name: str = "規則", **condition: str) -> UserRule:
    """A rule that chooses `to`; without a condition it catches everything."""
    when = condition or {"field": "marketplace", "test": "filled"}
    return parse_rule({"name": name, "if": when, "do": [["service", to]]}, FIELD_NAMES)


NOON = time(12)
