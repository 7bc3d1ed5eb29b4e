"""What rules may ask, gathered once per shop and run."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jpship_gui.domain.calendar import BusinessCalendar
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.goods_list import GoodsList
from jpship_gui.domain.goods_set import key_of
from jpship_gui.domain.rules.own_rules import FIELD_NAMES
from jpship_gui.domain.rules.subject import Surroundings
from jpship_gui.domain.rules.user_rule import RuleError, UserRule, parse_rule
from jpship_gui.domain.ship_by import ShipByRule
from jpship_gui.flows.check.holidays import public_holidays
from jpship_gui.flows.workspace import Workspace
from jpship_gui.settings.options import ShopOptions
from jpship_gui.settings.places import resources
from jpship_gui.store import goods_sets, products, user_rules
from jpship_gui.store.postal import PostalTable

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_OWN_WORDS = "own"  # kind of a shop's own remark words


@cache
def postal_table() -> PostalTable:
    """The shipped table, opened at the first look-up."""
    return PostalTable(resources() / "postal" / "postal.sqlite")


@cache
def _data(path: Path, changed: int) -> Mapping[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)


def _table(ws: Workspace, name: str) -> Mapping[str, Any]:
    """A data file of checks: the user's own in the layouts folder wins over the shipped one."""
    own = ws.places.layouts / name
    path = own if own.is_file() else resources() / "check" / name
    try:
        return _data(path, path.stat().st_mtime_ns)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refused("data_file_unreadable", path=str(path), detail=str(error)) from error


def ship_by_rule(ws: Workspace, options: ShopOptions) -> ShipByRule:
    """A shop's ship-by rule from its settings and the table of transit days."""
    transit = {**_table(ws, "transit.toml").get("days", {}), **options.get("shipby.transit")}
    return ShipByRule(
        lead_days=options.get("shipby.lead_days"),
        cutoff=options.get("shipby.cutoff"),
        closing=options.get("shipby.closing"),
        hours=options.get("shipby.hours"),
        calendar=_calendar(options),
        transit_days=options.get("shipby.transit_days"),
        transit={prefecture: int(days) for prefecture, days in transit.items()},
        island_days=options.get("shipby.island_days"),
    )


def _calendar(options: ShopOptions) -> BusinessCalendar:
    weekdays = (_WEEKDAYS.index(name) for name in options.get("shipby.closed_weekdays") if name in _WEEKDAYS)
    public = public_holidays() if options.get("shipby.holidays") else frozenset()
    return BusinessCalendar(
        closed_weekdays=frozenset(weekdays),
        holidays=public | _days(options, "shipby.closed_days"),
        open_days=_days(options, "shipby.open_days"),
    )


def _days(options: ShopOptions, key: str) -> frozenset[date]:
    lines = options.get(key)
    try:
        return frozenset(date.fromisoformat(line) for line in lines)
    except ValueError as error:
        raise Refused("option_value", key=key, value=" ".join(lines), expected="YYYY-MM-DD") from error


def active_rules(ws: Workspace) -> tuple[UserRule, ...]:
    """The users' own rules that are switched on."""
    return tuple(
        read_rule(stored.body, stored.row_id) for stored in user_rules.every(ws.store) if stored.active
    )


def read_rule(body: Mapping[str, Any], row_id: int = 0) -> UserRule:
    """A rule from its JSON object; Refused("rule_invalid") names the part that says nothing."""
    try:
        return parse_rule(body, FIELD_NAMES, row_id)
    except RuleError as error:
        raise Refused("rule_invalid", rule=str(body.get("name") or ""), where=error.where) from error


class ShopSurroundings:
    """Surroundings by shop for one run, each made when first asked for."""

    def __init__(self, ws: Workspace) -> None:
        self._ws = ws
        self._made: dict[str, Surroundings] = {}
        self._rules = active_rules(ws)
        self._goods: GoodsList | None = None

    def of(self, shop: str) -> Surroundings:
        """Surroundings of one shop account."""
        if shop not in self._made:
            self._made[shop] = self._make(self._ws.shop_options(shop))
        return self._made[shop]

    def _make(self, options: ShopOptions) -> Surroundings:
        words = dict(_table(self._ws, "remark_words.toml"))
        return Surroundings(
            today=self._ws.today(),
            atlas=postal_table(),
            remark_words=words | {_OWN_WORDS: list(options.get("remark.words"))},
            ship_by_rule=ship_by_rule(self._ws, options),
            scans_goods=options.get("pack.goods"),
            unprintable=_unprintable,
            user_rules=self._rules,
            goods=None if options.get("check.goods") == "off" else self._goods_list(),
            holds_unknown_goods=options.get("check.goods") == "hold",
        )

    def _goods_list(self) -> GoodsList:
        """Read once, and only where a shop wants its orders matched."""
        if self._goods is None:
            listed = products.every(self._ws.store)
            variants: dict[str, dict[str, None]] = {}
            for product in listed:
                if product.name and product.variant:
                    variants.setdefault(product.name.strip(), {})[product.variant] = None
            self._goods = GoodsList(
                frozenset(key_of(product.sku) for product in listed),
                {name: tuple(found) for name, found in variants.items()},
                goods_sets.every(self._ws.store),
            )
        return self._goods


def _unprintable(text: str) -> str:
    """Asked only for text beyond CP932, so the fonts are seldom opened."""
    from jpship_gui.documents.fonts import missing_characters

    return "".join(missing_characters(text))
