"""What a shop's connector finds again after a restart, text by key: how far it has read, calls left, days of tokens.

No secrets and no personal data: everything here is shared by all desks and is in every backup.
"""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping

from jpship_gui.store.database import Store


class Staged(MutableMapping[str, str]):
    """A mapping whose keys with a beginning are written through only by `keep`; all others at once."""

    def __init__(self, behind: MutableMapping[str, str], beginning: str) -> None:
        self._behind = behind
        self._beginning = beginning
        self._waiting: dict[str, str | None] = {}  # None = deleted

    @property
    def noted(self) -> bool:
        """Whether anything waits to be written through."""
        return bool(self._waiting)

    def keep(self) -> None:
        """Write through what waits."""
        for key, value in self._waiting.items():
            if value is not None:
                self._behind[key] = value
            elif key in self._behind:
                del self._behind[key]
        self._waiting.clear()

    def __getitem__(self, key: str) -> str:
        if key not in self._waiting:
            return self._behind[key]
        value = self._waiting[key]
        if value is None:
            raise KeyError(key)
        return value

    def __setitem__(self, key: str, value: str) -> None:
        if key.startswith(self._beginning):
            self._waiting[key] = value
        else:
            self._behind[key] = value

    def __delitem__(self, key: str) -> None:
        self[key]  # KeyError where there is none
        if key.startswith(self._beginning):
            self._waiting[key] = None
        else:
            del self._behind[key]

    def __iter__(self) -> Iterator[str]:
        gone = {key for key, value in self._waiting.items() if value is None}
        return iter(dict.fromkeys(key for key in (*self._behind, *self._waiting) if key not in gone))

    def __len__(self) -> int:
        return sum(1 for _ in self)


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
