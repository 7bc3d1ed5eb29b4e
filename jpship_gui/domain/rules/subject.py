"""What a rule looks at: one shipment-to-be with its order, and the world around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from jpship_gui.domain.goods_facts import NO_FACTS, GoodsFacts
from jpship_gui.domain.goods_list import GoodsList
from jpship_gui.domain.order import Contact, Order, OrderLine, Package, Wish
from jpship_gui.domain.postal_code import Atlas, Comparison, Located, compare, locate
from jpship_gui.domain.problem import Problem
from jpship_gui.domain.rules.user_rule import UserRule
from jpship_gui.domain.ship_by import ShipByRule

_NO_WISH = Wish()
_DEFAULT_RULE = ShipByRule()


@dataclass(frozen=True, slots=True)
class CheckInput:
    """One package as it would be shipped; `recipient`, `wish`, `remark_read` are the shipment's own (after repairs)."""

    key: str
    order: Order
    package_id: str
    recipient: Contact
    lines: tuple[OrderLine, ...]
    wish: Wish = _NO_WISH
    remark_read: bool = False
    ship_by: datetime | None = None
    row_id: int = 0
    numbers: tuple[str, ...] = ()  # tracking numbers linked here
    goods: GoodsFacts = NO_FACTS  # of everything in its parcel

    @property
    def package(self) -> Package | None:
        """The order's own package."""
        return next((p for p in self.order.packages if p.package_id == self.package_id), None)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What rules may ask besides the shipment itself; the same for all shipments of one shop in one run.

    `unprintable` gives the characters of a text no font of ours draws (None = not looked at here); `goods` is the goods
    list where the shop wants orders matched against it.
    """

    today: date
    atlas: Atlas
    remark_words: Mapping[str, Sequence[str]] = field(default_factory=dict)
    ship_by_rule: ShipByRule = _DEFAULT_RULE
    scans_goods: bool = True
    unprintable: Callable[[str], str] | None = None
    user_rules: tuple[UserRule, ...] = ()
    goods: GoodsList | None = None
    holds_unknown_goods: bool = False

    def compare(self, contact: Contact) -> Comparison:
        """Postal code against address."""
        return compare(contact, self.atlas)

    def locate(self, contact: Contact) -> Located | None:
        """The address in the table, whatever its code."""
        return locate(contact, self.atlas)


Rule = Callable[[CheckInput, Surroundings], Sequence[Problem]]
