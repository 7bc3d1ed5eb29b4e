"""Practice mode: a data folder of its own, the practice marketplace beside it, sample files to take in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from jpship_gui.flows.upkeep import shops
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.practice.markets import MAIN_MARKET, every_shop, markets
from jpship_gui.practice.opening import yesterday
from jpship_gui.practice.running_server import RunningServer
from jpship_gui.practice.server import Mall
from jpship_gui.practice.shops import settings_of
from jpship_gui.settings.places import Places
from jpship_gui.settings.secrets import Secrets

ORDERS = 21  # of each sample shop
FILES = "samples"


class PracticeSecrets(Secrets):
    """Keys of the sample shops; the key store of the system is left alone."""

    def get(self, shop: str, field: str) -> str | None:
        """A sample shop's key, newer ones a marketplace gave out meanwhile first; nobody else has one here."""
        for known in every_shop():
            if known.name == shop:
                return self._session.get(f"{shop}/{field}") or known.secrets.get(field)
        return None

    def set(self, shop: str, field: str, value: str) -> bool:
        """Kept for this session only."""
        self.keep_for_session(shop, field, value)
        return False


def write_samples(folder: Path) -> list[Path]:
    """Order files as the marketplaces' screens would give them out, the same all day."""
    return [
        path for market in markets().values() for path in market.files(yesterday(), ORDERS, False, folder)
    ]


@contextmanager
def open_practice(home: str | None = None, *, person: str = "", desk: str = "") -> Iterator[Workspace]:
    """A workspace that reaches this machine only; leaving the block stops the practice marketplaces."""
    folder = Places.find(home).practice
    servers = {market.id: market.opening(yesterday(), ORDERS, False) for market in markets().values()}
    with RunningServer(Mall(servers, MAIN_MARKET)) as server:
        ws = open_workspace(str(folder), practice=True, person=person, desk=desk)
        ws = replace(ws, secrets=PracticeSecrets())
        _add_shops(ws, server)
        write_samples(folder / FILES)
        yield ws


def _add_shops(ws: Workspace, server: RunningServer[Mall]) -> None:
    """The sample shops, pointed at where the practice marketplaces answer this time."""
    known = {shop.name for shop in shops.every(ws)}
    for shop in every_shop():
        url = server.url_of(shop.marketplace)
        if shop.name in known:
            shops.set_values(ws, shop.name, {"api.url": url})
        else:
            shops.add(ws, shop.marketplace, shop.name, settings_of(shop, url))
