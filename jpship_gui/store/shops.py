"""Shop accounts and their settings; secrets are elsewhere."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from jpship_gui.domain.fault import Refused
from jpship_gui.store.codec import dumps
from jpship_gui.store.database import Store, to_ms


@dataclass(frozen=True, slots=True)
class Shop:
    """One shop account; settings are text by key."""

    row_id: int
    name: str
    marketplace: str
    settings: Mapping[str, str]


def add(store: Store, name: str, marketplace: str, settings: Mapping[str, str], at: datetime) -> Shop:
    """Add a shop; Refused("shop_exists") when the name is taken."""
    with store.transaction():
        if find(store, name) is not None:
            raise Refused("shop_exists", shop=name)
        row_id = store.insert(
            "INSERT INTO shops (name, marketplace, settings, created_at) VALUES (?, ?, ?, ?)",
            (name, marketplace, dumps(dict(settings)), to_ms(at)),
        )
    return Shop(row_id, name, marketplace, dict(settings))


def every(store: Store) -> list[Shop]:
    """All shops in the order they were added."""
    rows = store.rows("SELECT id, name, marketplace, settings FROM shops ORDER BY id")
    return [
        Shop(row_id, name, marketplace, json.loads(settings)) for row_id, name, marketplace, settings in rows
    ]


def find(store: Store, name: str) -> Shop | None:
    """One shop by name."""
    row = store.row("SELECT id, name, marketplace, settings FROM shops WHERE name = ?", (name,))
    return None if row is None else Shop(row[0], row[1], row[2], json.loads(row[3]))


def get(store: Store, name: str) -> Shop:
    """One shop by name; Refused("shop_unknown")."""
    shop = find(store, name)
    if shop is None:
        raise Refused("shop_unknown", shop=name)
    return shop


def set_settings(store: Store, name: str, changes: Mapping[str, str]) -> Shop:
    """Change settings of a shop and keep the others."""
    with store.transaction():
        shop = get(store, name)
        settings = {**shop.settings, **changes}
        store.execute("UPDATE shops SET settings = ? WHERE id = ?", (dumps(settings), shop.row_id))
    return Shop(shop.row_id, shop.name, shop.marketplace, settings)


def drop_setting(store: Store, name: str, key: str) -> None:
    """Back to a setting's default. In a transaction."""
    shop = get(store, name)
    kept = {known: value for known, value in shop.settings.items() if known != key}
    store.execute("UPDATE shops SET settings = ? WHERE id = ?", (dumps(kept), shop.row_id))
