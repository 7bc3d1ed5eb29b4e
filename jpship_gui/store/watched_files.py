"""Files of watched folders that a desk has shown already."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from jpship_gui.store.database import Store, to_ms

_GROUP = 400  # fingerprints per statement, below SQLite's smallest limit of parameters


def add(store: Store, desk: str, files: Sequence[tuple[str, str]], at: datetime) -> None:
    """Remember files given as (fingerprint, name)."""
    if not files:
        return
    with store.transaction():
        store.many(
            "INSERT INTO watched_files (desk, fingerprint, name, at) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (desk, fingerprint) DO NOTHING",
            [(desk, fingerprint, name, to_ms(at)) for fingerprint, name in files],
        )


def forget(store: Store, desk: str, fingerprints: Sequence[str]) -> None:
    """As if the desk had never shown these."""
    with store.transaction():
        store.many(
            "DELETE FROM watched_files WHERE desk = ? AND fingerprint = ?",
            [(desk, one) for one in fingerprints],
        )


def known(store: Store, desk: str, fingerprints: Sequence[str]) -> frozenset[str]:
    """Of these those the desk has shown."""
    found: set[str] = set()
    for start in range(0, len(fingerprints), _GROUP):
        group = fingerprints[start : start + _GROUP]
        sql = f"SELECT fingerprint FROM watched_files WHERE desk = ? AND fingerprint IN ({', '.join('?' * len(group))})"
        found |= {row[0] for row in store.rows(sql, (desk, *group))}
    return frozenset(found)
