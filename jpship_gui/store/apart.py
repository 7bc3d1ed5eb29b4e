"""What a person decided to send apart though it goes to one recipient, told by the history of each shipment (PL-01)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import combinations

from jpship_gui.store import history
from jpship_gui.store.database import Store

KEPT, ASKED_AGAIN = "kept_apart", "asked_again"  # words `history.<what>`
_GROUP = 400

Pair = frozenset[str]  # the keys of two shipments


def note(
    store: Store,
    row_ids: Iterable[int],
    keys: Sequence[str],
    orders: str,
    at: datetime,
    who: tuple[str, str],
    *,
    kept: bool = True,
) -> None:
    """Note that these are to travel apart, or no longer; `orders` are their numbers for a reader, `who` is person and
    desk. In a transaction."""
    what = KEPT if kept else ASKED_AGAIN
    history.add(store, row_ids, what, at, *who, keys=" ".join(keys), orders=orders)


def pairs(store: Store, row_ids: Sequence[int]) -> set[Pair]:
    """Every two of these shipments that are to travel apart."""
    found: set[Pair] = set()
    for start in range(0, len(row_ids), _GROUP):
        group = row_ids[start : start + _GROUP]
        rows = store.rows(
            f"SELECT what, detail FROM history WHERE shipment_id IN ({', '.join('?' * len(group))}) "
            "AND what IN (?, ?) ORDER BY id",
            (*group, KEPT, ASKED_AGAIN),
        )
        for what, detail in rows:
            told = {frozenset(two) for two in combinations(json.loads(detail)["keys"].split(), 2)}
            found = found | told if what == KEPT else found - told
    return found
