"""The seller's packing checklist as he wrote it; every version is kept, the newest counts (PK-16)."""

from __future__ import annotations

from datetime import datetime

from jpship_gui.store.database import Store, to_ms


def newest(store: Store) -> tuple[int, str]:
    """Number and text of the one that counts; 0 and blank where there is none."""
    row = store.row("SELECT id, body FROM checklists ORDER BY id DESC LIMIT 1")
    return (int(row[0]), str(row[1])) if row else (0, "")


def newest_id(store: Store) -> int:
    """Its number alone."""
    return int(store.value("SELECT MAX(id) FROM checklists") or 0)


def keep(store: Store, body: str, at: datetime, person: str) -> int:
    """A new version. In a transaction."""
    return store.insert(
        "INSERT INTO checklists (at, person, body) VALUES (?, ?, ?)", (to_ms(at), person, body)
    )
