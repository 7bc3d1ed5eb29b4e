"""What every flow works with: the open data folder, who works at which desk, and the clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from jpship_gui.domain.clock import now_utc, to_jst
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.order import Order, OrderId
from jpship_gui.settings.options import Options, ShopOptions
from jpship_gui.settings.places import Places
from jpship_gui.settings.secrets import Secrets
from jpship_gui.store.database import Store

if TYPE_CHECKING:
    from jpship_gui.carriers.base import Carrier
    from jpship_gui.domain.tracking_no import NumberForm
    from jpship_gui.marketplaces.base import Marketplace, ShopAccount


WATCHED = timedelta(days=90)  # an order seen open this long ago is no longer asked for


@dataclass(frozen=True, slots=True)
class Workspace:
    """An open data folder. `practice` refuses every address but this machine's own."""

    places: Places
    store: Store
    options: Options
    secrets: Secrets
    person: str = ""
    desk: str = "1"
    practice: bool = False
    clock: Callable[[], datetime] = field(default=now_utc)

    def now(self) -> datetime:
        """The present, aware, UTC."""
        return self.clock()

    def today(self) -> date:
        """Today's date in Japan."""
        return to_jst(self.clock()).date()

    def as_person(self, person: str, desk: str = "") -> Workspace:
        """The same folder used by somebody else."""
        return replace(self, person=person, desk=desk or self.desk)

    def markets(self) -> Mapping[str, Marketplace]:
        """Every marketplace this folder knows, by id: those of the build and the seller's own profiles."""
        from jpship_gui.flows.own_markets import markets_of  # loads every marketplace

        return markets_of(self.store)

    def market(self, marketplace: str) -> Marketplace:
        """One of them; a shop's whose profile is gone is there without any ability."""
        from jpship_gui.marketplaces.base import Marketplace

        found = self.markets().get(marketplace)
        return found if found is not None else Marketplace(marketplace, marketplace, profile=True)

    def carriers(self) -> Mapping[str, Carrier]:
        """Every carrier this folder knows, by id: those of the build and those the seller described."""
        from jpship_gui.flows.own_carriers import carriers_of

        return carriers_of(self.store)

    def number_forms(self) -> tuple[NumberForm, ...]:
        """The number forms of all of them, for telling a waybill from other codes."""
        from jpship_gui.flows.own_carriers import number_forms_of

        return number_forms_of(self.store)

    def confirms_by(self, shop: str) -> str:
        """How a shop is confirmed, api or file. Unless a person chose: by file as long as a key of its API is missing
        or there is none."""
        from jpship_gui.store import shops

        said = str(self.shop_options(shop).get("confirm.by"))
        if said != "auto":
            return said
        found = shops.get(self.store, shop)
        market = self.market(found.marketplace)
        if market.connect is None:
            return "file"
        return "api" if self.has_keys(shop) else "file"

    def has_keys(self, shop: str) -> bool:
        """Whether everything that the shop's API needs is known here; Refused("shop_unknown")."""
        return not self.missing(shop)

    def missing(self, shop: str) -> tuple[str, ...]:
        """The settings and secrets without which the shop's API cannot be called and that nobody has given yet; the key
        store may take its time. Refused("shop_unknown")."""
        from jpship_gui.store import shops

        found = shops.get(self.store, shop)
        market = self.markets().get(found.marketplace)
        needed = [option for option in market.options.values() if option.needed] if market else []
        values = self.shop_options(shop)
        return tuple(
            option.key
            for option in needed
            if not (self.secrets.get(shop, option.key) if option.type == "secret" else values.get(option.key))
        )

    def shop_options(self, shop: str) -> ShopOptions:
        """A shop's settings, typed, with the declared defaults; a shop of another desk's making may be unknown here."""
        from jpship_gui.store import shops

        found = shops.find(self.store, shop)
        if found is None:
            return ShopOptions({})
        market = self.markets().get(found.marketplace)
        return ShopOptions(found.settings, market.options if market else None)

    def account(self, shop: str) -> ShopAccount:
        """A shop as the connectors see it; Refused("shop_unknown"). Its `secret` raises Refused("secret_missing")."""
        from jpship_gui.marketplaces.base import ShopAccount
        from jpship_gui.store import orders, shops
        from jpship_gui.store.shop_memory import ShopMemory

        found = shops.get(self.store, shop)

        def secret(field_name: str) -> str:
            value = self.secrets.get(shop, field_name)
            if value is None:
                variable = f"JPSHIP_SECRET_{field_name.upper()}"
                raise Refused("secret_missing", shop=shop, field=field_name, variable=variable)
            return value

        def keep(field_name: str, value: str) -> object:
            return self.secrets.set(shop, field_name, value)

        def known(numbers: Sequence[str]) -> Mapping[str, Order]:
            ids = [OrderId(found.marketplace, found.name, number) for number in numbers]
            return {order_id.number: seen.order() for order_id, seen in orders.find(self.store, ids).items()}

        def open_orders() -> list[str]:
            return orders.open_numbers(self.store, found.marketplace, shop, self.now() - WATCHED)

        return ShopAccount(
            found.name,
            found.marketplace,
            found.settings,
            secret,
            self.practice,
            ShopMemory(self.store, shop),
            keep,
            known,
            open_orders,
        )

    def close(self) -> None:
        """Close the database."""
        self.store.close()


def open_workspace(
    home: str | None = None, *, practice: bool = False, person: str = "", desk: str = ""
) -> Workspace:
    """Open the data folder (see `Places.find`), migrating its database if need be; faults as `Store.open`."""
    places = Places.find(home)
    options = Options(places.options)
    location = options.get("store.database") or places.database
    store = Store.open(location, places.backups)
    return Workspace(
        places=places,
        store=store,
        options=options,
        secrets=Secrets(),
        person=person or options.get("desk.person"),
        desk=desk or options.get("desk.name"),
        practice=practice,
    )
