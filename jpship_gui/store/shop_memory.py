"""What a shop's connector finds again after a restart, text by key: how far it has read, calls left, days of tokens.

No secrets and no personal data: everything here is shared by all desks and is in every backup.
"""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping

from jpship_gui.store.database import Store


class ShopMemory(MutableMapping[str, str]):
    """A mapping that is written through to the database at once."""

    def __init__(self, store: Store, shop: str) -> None:
        self._store = store
        self._shop = shop

    def __getitem__(self, key: str) -> str:
        found = self._store.value(
            "SELECT value FROM shop_memory WHERE shop = ? AND key = ?", (self._shop, key)
        )
        if found is None:
            raise KeyError(key)
        return str(found)

    def __setitem__(self, key: str, value: str) -> None:
        self._store.execute(
            "INSERT INTO shop_memory (shop, key, value) VALUES (?, ?, ?) "
            "ON CONFLICT (shop, key) DO UPDATE SET value = excluded.value",
            (self._shop, key, value),
        )

    def __delitem__(self, key: str) -> None:
        gone = self._store.row(
            "DELETE FROM shop_memory WHERE shop = ? AND key = ? RETURNING key", (self._shop, key)
        )
        if gone is None:
            raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        rows = self._store.rows("SELECT key FROM shop_memory WHERE shop = ? ORDER BY key", (self._shop,))
        return iter([key for (key,) in rows])

    def __len__(self) -> int:
        return int(self._store.value("SELECT count(*) FROM shop_memory WHERE shop = ?", (self._shop,)) or 0)
