"""Layouts of papers: each save is a version of its own, none is lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from jpship_gui.domain.fault import Refused
from jpship_gui.store.database import Store, from_ms, to_ms

_COLUMNS = "l.id, l.kind, l.name, v.version, v.at, v.person, v.body, v.logo"
_NOW = (
    f"SELECT {_COLUMNS} FROM layouts l JOIN layout_versions v ON v.layout_id = l.id AND v.version = l.version"
)


@dataclass(frozen=True, slots=True)
class StoredLayout:
    """One version of a layout; `body` is its text, `logo` the fingerprint of its logo or ""."""

    row_id: int
    kind: str
    name: str
    version: int
    at: datetime
    person: str
    body: str
    logo: str


def every(store: Store, kind: str) -> list[StoredLayout]:
    """The layouts of a kind as they are now, by name."""
    return [_layout(row) for row in store.rows(f"{_NOW} WHERE l.kind = ? ORDER BY l.name", (kind,))]


def find(store: Store, row_id: int) -> StoredLayout | None:
    """One as it is now."""
    row = store.row(f"{_NOW} WHERE l.id = ?", (row_id,))
    return None if row is None else _layout(row)


def versions(store: Store, row_id: int) -> list[StoredLayout]:
    """All versions of one, newest first."""
    sql = f"SELECT {_COLUMNS} FROM layouts l JOIN layout_versions v ON v.layout_id = l.id WHERE l.id = ?"
    return [_layout(row) for row in store.rows(f"{sql} ORDER BY v.version DESC", (row_id,))]


def add(store: Store, kind: str, name: str) -> int:
    """A new layout without any version yet; Refused("layout_exists"). In a transaction that goes on with `put`."""
    _free(store, kind, name, 0)
    return store.insert("INSERT INTO layouts (kind, name, version) VALUES (?, ?, 0)", (kind, name))


def put(store: Store, made: StoredLayout, before: int) -> None:
    """Keep a next version of a layout whose last one was `before`; Refused("layout_changed", "layout_exists").

    In a transaction.
    """
    now = store.value("SELECT version FROM layouts WHERE id = ?", (made.row_id,))
    if now != before:
        raise Refused("layout_changed", name=made.name)
    _free(store, made.kind, made.name, made.row_id)
    store.execute(
        "UPDATE layouts SET name = ?, version = ? WHERE id = ?", (made.name, made.version, made.row_id)
    )
    store.execute(
        "INSERT INTO layout_versions (layout_id, version, at, person, body, logo) VALUES (?, ?, ?, ?, ?, ?)",
        (made.row_id, made.version, to_ms(made.at), made.person, made.body, made.logo),
    )


def _free(store: Store, kind: str, name: str, but: int) -> None:
    taken = store.value("SELECT id FROM layouts WHERE kind = ? AND name = ?", (kind, name))
    if taken is not None and taken != but:
        raise Refused("layout_exists", name=name)


def remove(store: Store, row_id: int) -> None:
    """Forget a layout with all its versions. In a transaction."""
    store.execute("DELETE FROM layout_versions WHERE layout_id = ?", (row_id,))
    store.execute("DELETE FROM layouts WHERE id = ?", (row_id,))


def keep_logo(store: Store, fingerprint: str, png: bytes) -> None:
    """Keep a logo once. In a transaction."""
    store.execute(
        "INSERT INTO layout_logos (fingerprint, png) VALUES (?, ?) ON CONFLICT (fingerprint) DO NOTHING",
        (fingerprint, png),
    )


def logo(store: Store, fingerprint: str) -> bytes | None:
    """A logo's bytes."""
    found = store.value("SELECT png FROM layout_logos WHERE fingerprint = ?", (fingerprint,))
    return None if found is None else bytes(found)


def assigned(store: Store, kind: str) -> dict[str, str]:
    """By shop, which layout of a kind it uses; a shop that is not named uses the standard one."""
    return dict(store.rows("SELECT shop, layout FROM layout_shops WHERE kind = ?", (kind,)))


def assign(store: Store, kind: str, shop: str, layout: str) -> None:
    """Let a shop use a layout from now on. In a transaction."""
    store.execute(
        "INSERT INTO layout_shops (kind, shop, layout) VALUES (?, ?, ?) "
        "ON CONFLICT (kind, shop) DO UPDATE SET layout = excluded.layout",
        (kind, shop, layout),
    )


def _layout(row: tuple[object, ...]) -> StoredLayout:
    row_id, kind, name, version, at, person, body, fingerprint = row
    moment = from_ms(at)  # type: ignore[arg-type]
    assert moment is not None
    return StoredLayout(row_id, kind, name, version, moment, person, body, fingerprint)  # type: ignore[arg-type]
