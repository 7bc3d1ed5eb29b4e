"""Practice mode for the window: a data folder of its own, both practice shops, and a marketplace on this computer."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

from jpship_gui.flows.upkeep import shops as shop_flows
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.practice.day_orders import day_orders
from jpship_gui.practice.opening import yesterday, yesterdays_marketplace
from jpship_gui.practice.running_server import RunningServer
from jpship_gui.practice.samples import write_csv, write_xlsx
from jpship_gui.practice.shops import SHOPS, settings_of
from jpship_gui.settings.places import Places


class PracticeMode:
    """Opened beside the real folder; leaving the `with` block stops the marketplace and closes the folder."""

    def __init__(self, home: str | None = None, person: str = "") -> None:
        self._folder = Places.find(home).practice / "desk"
        self._server = RunningServer(yesterdays_marketplace())
        self.workspace: Workspace = open_workspace(str(self._folder), practice=True, person=person)
        self._open_shops()

    @property
    def url(self) -> str:
        """Where the practice marketplace answers."""
        return self._server.url

    def sample_files(self) -> tuple[Path, ...]:
        """Order files to drag onto the window, written anew: one as downloaded, one as a spreadsheet spoilt it."""
        files = self._folder / "files"
        files.mkdir(parents=True, exist_ok=True)
        orders = day_orders(yesterday())
        whole = write_csv(files / "orders.csv", orders.main)
        return whole, write_xlsx(files / "orders-2.xlsx", orders.second, typed=True)

    def _open_shops(self) -> None:
        known = {shop.name for shop in shop_flows.every(self.workspace)}
        for shop in SHOPS:
            settings = settings_of(shop, self._server.url)
            if shop.name in known:
                shop_flows.set_values(self.workspace, shop.name, {"api.url": settings["api.url"]})
            else:
                shop_flows.add(self.workspace, shop.marketplace, shop.name, settings)
            for field, value in shop.secrets.items():
                self.workspace.secrets.keep_for_session(shop.name, field, value)

    def __enter__(self) -> PracticeMode:
        self._server.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.stop()
        self.workspace.close()
