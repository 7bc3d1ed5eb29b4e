"""Every row of every table, to compare a store before and after."""

from __future__ import annotations

from typing import Any

from jpship_gui.store.database import Store

# What tells of the past, and running numbers that never go back.
PAST = frozenset({"history", "counters", "taken_back", "schema_migration", "to_journal"})


def facts(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """All tables but those of the past, by name, with their rows in order; the search index by its content."""
    names = [
        name
        for (name,) in store.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        if name not in PAST and not name.startswith(("sqlite_", "shipment_search"))
    ]
    found = {name: sorted(store.rows(f"SELECT * FROM {name}"), key=repr) for name in names}
    found["shipment_search"] = store.rows("SELECT rowid, words FROM shipment_search ORDER BY rowid")
    return found
