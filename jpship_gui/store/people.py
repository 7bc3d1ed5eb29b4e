"""Who works here, and settings that hold for all desks; both change seldom, and `change_no` tells when."""

from __future__ import annotations

from datetime import datetime

from jpship_gui.domain.roles import Person, Role
from jpship_gui.store.database import Store, to_ms

_CHANGES = "people"  # counter that grows with every change of either


def every(store: Store) -> list[Person]:
    """Everybody, those who left too, by code."""
    rows = store.rows("SELECT name, code, role, active FROM people ORDER BY code")
    return [Person(name, code, Role(role), bool(active)) for name, code, role, active in rows]


def put(store: Store, person: Person, at: datetime, by: str, before: str = "") -> None:
    """Keep one whose code was `before` ("" = new). In a transaction."""
    if before and before != person.code:
        store.execute("DELETE FROM people WHERE code = ?", (before,))
    store.execute(
        "INSERT INTO people (code, name, role, active, at, person) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (code) DO UPDATE SET name = excluded.name, role = excluded.role, "
        "active = excluded.active, at = excluded.at, person = excluded.person",
        (person.code, person.name, person.role.value, int(person.active), to_ms(at), by),
    )
    store.next_numbers(_CHANGES)


def change_no(store: Store) -> int:
    """Grows with every change of a person or a shared setting by any desk."""
    return int(store.value("SELECT value FROM counters WHERE name = ?", (_CHANGES,)) or 0)


def option(store: Store, key: str) -> str | None:
    """The kept text of a shared setting; None where nobody set it."""
    found = store.value("SELECT value FROM shared_options WHERE key = ?", (key,))
    return None if found is None else str(found)


def set_option(store: Store, key: str, value: str, at: datetime, by: str) -> None:
    """Keep a shared setting. In a transaction."""
    store.execute(
        "INSERT INTO shared_options (key, value, at, person) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (key) DO UPDATE SET value = excluded.value, at = excluded.at, person = excluded.person",
        (key, value, to_ms(at), by),
    )
    store.next_numbers(_CHANGES)
