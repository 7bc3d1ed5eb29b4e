"""What every flow works with: the open data folder, who works at which desk, and the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from jpship_gui.domain.clock import now_utc, to_jst
from jpship_gui.domain.fault import Refused
from jpship_gui.settings.options import Options, ShopOptions
from jpship_gui.settings.places import Places
from jpship_gui.settings.secrets import Secrets
from jpship_gui.store.database import Store

if TYPE_CHECKING:
    from jpship_gui.marketplaces.base import ShopAccount


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

    def shop_options(self, shop: str) -> ShopOptions:
        """A shop's settings, typed, with the declared defaults; a shop of another desk's making may be unknown here."""
        from jpship_gui.store import shops

        found = shops.find(self.store, shop)
        if found is None:
            return ShopOptions({})
        from jpship_gui.marketplaces import marketplaces  # loads every marketplace

        return ShopOptions(found.settings, marketplaces()[found.marketplace].options)

    def account(self, shop: str) -> ShopAccount:
        """A shop as the connectors see it; Refused("shop_unknown"). Its `secret` raises Refused("secret_missing")."""
        from jpship_gui.marketplaces.base import ShopAccount
        from jpship_gui.store import shops

        found = shops.get(self.store, shop)

        def secret(field_name: str) -> str:
            value = self.secrets.get(shop, field_name)
            if value is None:
                variable = f"JPSHIP_SECRET_{field_name.upper()}"
                raise Refused("secret_missing", shop=shop, field=field_name, variable=variable)
            return value

        return ShopAccount(found.name, found.marketplace, found.settings, secret, self.practice)

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
