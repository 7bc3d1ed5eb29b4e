"""What became true away from the packing desks, noted in the transaction that made it true, on its way into a journal.

The journals alone then tell which order has which key, what was printed, what the marketplaces were told and accepted,
and what people decided at the office (holds and approvals): a database from an older copy learns it from them and tells
nothing twice. An approval holds a fingerprint of the address it was given for, and no address.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jpship_gui.domain.order import OrderId
from jpship_gui.store.codec import dumps
from jpship_gui.store.database import Store, from_ms, to_ms

FACTS = ("printed", "sent", "accepted", "carrier_accepted")  # the others are the desks' own
FACT, UNFACT, KEY, DECIDED = "fact", "unfact", "key", "decided"
DECISIONS = ("hold_reason", "approval", "remark_read")  # columns of a shipment


@dataclass(frozen=True, slots=True)
class Waiting:
    """One happening; `at` is None where the moment of writing will do. `detail` are decided columns as JSON."""

    row_id: int
    at: datetime | None
    person: str
    what: str
    fact: str
    how: str
    shipment: str
    order: OrderId
    package: str
    detail: str


def note_fact(
    store: Store, row_ids: Iterable[int], what: str, fact: str, at: datetime | None, person: str, how: str
) -> None:
    """A fact came true or was taken back, inside the transaction that did it; the desks' facts are passed over."""
    if fact not in FACTS:
        return
    store.many(
        "INSERT INTO to_journal (at, person, shipment_id, what, fact, how) VALUES (?, ?, ?, ?, ?, ?)",
        [(to_ms(at), person, row_id, what, fact, how) for row_id in row_ids],
    )


def note_decision(
    store: Store, row_id: int, values: Mapping[str, Any], at: datetime | None, person: str
) -> None:
    """A person, or an import in a person's place, decided about a shipment: columns of it as they are now. In the
    transaction that did it; other columns are passed over."""
    decided = {name: values[name] for name in DECISIONS if name in values}
    if decided:
        store.execute(
            "INSERT INTO to_journal (at, person, shipment_id, what, detail) VALUES (?, ?, ?, ?, ?)",
            (to_ms(at), person, row_id, DECIDED, dumps(decided)),
        )


def note_keys(store: Store, row_ids: Iterable[int]) -> None:
    """Shipments were given keys. In a transaction."""
    store.many(
        "INSERT INTO to_journal (shipment_id, what) VALUES (?, 'key')", [(row_id,) for row_id in row_ids]
    )


def any_waiting(store: Store) -> bool:
    """Cheap enough to be asked often."""
    return store.value("SELECT 1 FROM to_journal LIMIT 1") is not None


def waiting(store: Store, limit: int) -> list[Waiting]:
    """The oldest of what waits."""
    rows = store.rows(
        "SELECT t.id, t.at, t.person, t.what, t.fact, t.how, s.key, s.marketplace, s.shop, s.number, s.package_id, "
        "t.detail "
        "FROM to_journal t JOIN shipments s ON s.id = t.shipment_id ORDER BY t.id LIMIT ?",
        (limit,),
    )
    return [
        Waiting(row_id, from_ms(at), person, what, fact, how, key, OrderId(*order), package, detail)
        for row_id, at, person, what, fact, how, key, *order, package, detail in rows
    ]


def done(store: Store, up_to: int) -> None:
    """Up to this one all are in a journal; so are those of shipments that are gone. In a transaction."""
    store.execute("DELETE FROM to_journal WHERE id <= ?", (up_to,))


def drop_orphans(store: Store) -> None:
    """Shipments taken back with their import have nothing to tell any more."""
    store.execute("DELETE FROM to_journal WHERE shipment_id NOT IN (SELECT id FROM shipments)")


def keep_key(store: Store, order: OrderId, package: str, key: str) -> None:
    """A journal gives this key to an order this database does not have: kept until it comes. In a transaction."""
    store.execute(
        "INSERT INTO known_keys (marketplace, shop, number, package_id, key) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (key) DO NOTHING",
        (order.marketplace, order.shop, order.number, package, key),
    )


def take_keys(store: Store, wanted: Sequence[tuple[OrderId, str]]) -> dict[int, str]:
    """Of these (order, package) the places in the list whose key a journal knows, each with it; they are not kept any
    longer. Several of one package come in the order of their keys. In a transaction."""
    if not wanted or store.value("SELECT 1 FROM known_keys LIMIT 1") is None:
        return {}
    found: dict[int, str] = {}
    for place, (order, package) in enumerate(wanted):
        key = store.value(
            "SELECT key FROM known_keys WHERE number = ? AND marketplace = ? AND shop = ? AND package_id = ? "
            "ORDER BY key LIMIT 1",
            (order.number, order.marketplace, order.shop, package),
        )
        if key is not None:
            store.execute("DELETE FROM known_keys WHERE key = ?", (key,))
            found[place] = key
    return found
