"""A desk with one Rakuten shop whose sender and Yamato contract are set."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.store import shops
from tests.builders import NOW

SETTINGS = {
    "sender.name": "ことり雑貨店",
    "sender.postal_code": "100-0001",
    "sender.address": "東京都千代田区千代田9-9-9",
    "sender.phone": "03-0000-0000",
    "yamato.customer_code": "012345678901",
}


def open_desk(folder: Path, **settings: str) -> Workspace:
    """An empty data folder with the shop 本店; the clock stands at `NOW`."""
    ws = open_workspace(str(folder / "home"), person="佐藤", desk="1")
    given = {key.replace("__", "."): value for key, value in settings.items()}
    shops.add(ws.store, "本店", "rakuten", {**SETTINGS, **given}, NOW)
    return replace(ws, clock=lambda: NOW)
