"""What marketplaces show otherwise than it was told them, kept until they show it right or a person has seen it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from jpship_gui.domain.confirmation import Difference
from jpship_gui.store.database import Store, to_ms

_WHAT = "shipment_key, number, field, ours, theirs"


def replace(
    store: Store, shop: str, key: str, found: Sequence[Difference], at: datetime
) -> tuple[Difference, ...]:
    """Keep what one shipment's newest reading found, in place of all before; returns what is new. In a transaction."""
    before = set(_found(store, "shipment_key = ?", (key,)))
    for gone in before - set(found):
        store.execute(
            "DELETE FROM confirm_differences WHERE shipment_key = ? AND field = ? AND ours = ? AND theirs = ?",
            (gone.shipment_key, gone.field, gone.ours, gone.theirs),
        )
    news = tuple(dict.fromkeys(one for one in found if one not in before))
    store.many(
        f"INSERT INTO confirm_differences ({_WHAT}, shop, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(one.shipment_key, one.order, one.field, one.ours, one.theirs, shop, to_ms(at)) for one in news],
    )
    return news


def unseen(store: Store) -> list[Difference]:
    """What nobody has ticked off yet, oldest first."""
    return _found(store, "seen_at IS NULL", ())


def mark_seen(store: Store, keys: Iterable[str], at: datetime, person: str) -> list[str]:
    """A person saw these shipments' differences; returns the keys that had any unseen. In a transaction."""
    return [
        key
        for key in keys
        if store.rows(
            "UPDATE confirm_differences SET seen_at = ?, seen_by = ? WHERE shipment_key = ? AND seen_at IS NULL "
            "RETURNING field",
            (to_ms(at), person, key),
        )
    ]


def _found(store: Store, where: str, params: Sequence[object]) -> list[Difference]:
    rows = store.rows(
        f"SELECT {_WHAT} FROM confirm_differences WHERE {where} ORDER BY at, number, field, theirs", params
    )
    return [Difference(*row) for row in rows]
