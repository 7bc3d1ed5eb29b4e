"""Sellers' own profiles, as text; shared by all desks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from jpship_gui.domain.fault import Refused
from jpship_gui.store.database import Store, from_ms, to_ms

_CHANGES = "profiles"  # counter that grows with every change, so that desks notice it with one small question


@dataclass(frozen=True, slots=True)
class StoredProfile:
    """One profile; `body` is its text, `version` counts how often it was saved."""

    id: str
    version: int
    at: datetime
    person: str
    body: str


def every(store: Store) -> list[StoredProfile]:
    """All of them by id."""
    rows = store.rows("SELECT id, version, at, person, body FROM profiles ORDER BY id")
    return [_profile(row) for row in rows]


def find(store: Store, profile_id: str) -> StoredProfile | None:
    """One by id."""
    row = store.row("SELECT id, version, at, person, body FROM profiles WHERE id = ?", (profile_id,))
    return None if row is None else _profile(row)


def change_no(store: Store) -> int:
    """Grows with every profile any desk saves or removes."""
    return int(store.value("SELECT value FROM counters WHERE name = ?", (_CHANGES,)) or 0)


def put(store: Store, profile: StoredProfile, before: int) -> None:
    """Keep one whose last version was `before` (0 = none); Refused("profile_changed") where another desk was quicker.

    In a transaction.
    """
    now = find(store, profile.id)
    if (now.version if now else 0) != before:
        raise Refused("profile_changed", id=profile.id, person=now.person if now else "")
    store.execute(
        "INSERT INTO profiles (id, version, at, person, body) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET version = excluded.version, at = excluded.at, "
        "person = excluded.person, body = excluded.body",
        (profile.id, profile.version, to_ms(profile.at), profile.person, profile.body),
    )
    store.next_numbers(_CHANGES)


def remove(store: Store, profile_id: str) -> None:
    """Forget one; in a transaction."""
    store.execute("DELETE FROM profiles WHERE id = ?", (profile_id,))
    store.next_numbers(_CHANGES)


def _profile(row: tuple[str, int, int, str, str]) -> StoredProfile:
    at = from_ms(row[2])
    assert at is not None
    return StoredProfile(row[0], row[1], at, row[3], row[4])
