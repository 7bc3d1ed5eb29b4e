"""Practice mode: a data folder of its own, the practice marketplace beside it, sample files to take in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from jpship_gui.domain.clock import now_utc
from jpship_gui.flows.upkeep import shops
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.practice.opening import yesterday
from jpship_gui.practice.rakuten_models import Row
from jpship_gui.practice.rakuten_orders import RakutenPlay
from jpship_gui.practice.running_server import RunningServer
from jpship_gui.practice.samples import rakuten_rows, write_csv
from jpship_gui.practice.shops import SHOPS, PracticeShop, open_shop, settings_of
from jpship_gui.settings.places import Places
from jpship_gui.settings.secrets import Secrets

ORDERS = 21  # of each sample shop
FILES = "samples"


class PracticeSecrets(Secrets):
    """Keys of the sample shops; the key store of the system is left alone."""

    def get(self, shop: str, field: str) -> str | None:
        """A sample shop's key; nobody else has one here."""
        for known in SHOPS:
            if known.name == shop:
                return known.secrets.get(field)
        return None


def sample_rows(shop: PracticeShop) -> list[Row]:
    """Yesterday's orders of a sample shop, the same all day; today's would partly lie in the future."""
    return list(rakuten_rows(ORDERS, shop=shop.number, day=yesterday()))


def write_samples(folder: Path) -> list[Path]:
    """One order file a sample shop, as its marketplace would export it."""
    folder.mkdir(parents=True, exist_ok=True)
    return [write_csv(folder / f"orders_{shop.number}.csv", sample_rows(shop)) for shop in SHOPS]


@contextmanager
def open_practice(home: str | None = None, *, person: str = "", desk: str = "") -> Iterator[Workspace]:
    """A workspace that reaches this machine only; leaving the block stops the practice marketplace."""
    folder = Places.find(home).practice
    play = RakutenPlay(now_utc)
    for shop in SHOPS:
        open_shop(play, shop, sample_rows(shop))
    with RunningServer(play) as server:
        ws = open_workspace(str(folder), practice=True, person=person, desk=desk)
        ws = replace(ws, secrets=PracticeSecrets())
        _add_shops(ws, server.url)
        write_samples(folder / FILES)
        yield ws


def _add_shops(ws: Workspace, url: str) -> None:
    """The sample shops, pointed at where the practice marketplace answers this time."""
    known = {shop.name for shop in shops.every(ws)}
    for shop in SHOPS:
        if shop.name in known:
            shops.set_values(ws, shop.name, {"api.url": url})
        else:
            shops.add(ws, shop.marketplace, shop.name, settings_of(shop, url))
