"""What every flow works with: the open data folder, who works at which desk, and the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from jpship_gui.domain.clock import now_utc, to_jst
from jpship_gui.settings.options import Options
from jpship_gui.settings.places import Places
from jpship_gui.settings.secrets import Secrets
from jpship_gui.store import shops
from jpship_gui.store.database import Store


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

    def shop_setting(self, shop: str, key: str) -> str:
        """A shop's setting, or the declared default where the shop says nothing."""
        found = shops.find(self.store, shop)
        value = found.settings.get(key) if found else None
        return self.options.default(key) if value is None else value

    def close(self) -> None:
        """Close the database."""
        self.store.close()


def open_workspace(
    home: str | None = None, *, practice: bool = False, person: str = "", desk: str = ""
) -> Workspace:
    """Open the data folder (see `Places.find`), migrating its database if need be; faults as `Store.open`."""
    places = Places.find(home)
    options = Options(places.options_file)
    location = options.get("database.url") or places.database
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
