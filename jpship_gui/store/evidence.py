"""Photos and files attached to parcels: who, when, which, by the hash of their bytes (PK-17). These lie in a folder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from jpship_gui.store.database import Store, from_ms, to_ms

PHOTO, FILE = "photo", "file"
_GROUP = 400


@dataclass(frozen=True, slots=True)
class Evidence:
    """One of them. `suffix` is that of its file, with the dot; `shipment` the key of what it is attached to."""

    hash: str
    suffix: str
    kind: str
    parcel: str
    shipment: str = ""
    order: str = ""
    at: datetime | None = None
    person: str = ""
    desk: str = ""

    @property
    def name(self) -> str:
        """Of its file in the evidence folder."""
        return f"{self.hash}{self.suffix}"


_COLUMNS = "e.hash, e.suffix, e.kind, e.parcel, s.key, s.number, e.at, e.person, e.desk"
_FROM = "FROM evidence e JOIN shipments s ON s.id = e.shipment_id"


def add(store: Store, row_id: int, found: Evidence, at: datetime, person: str, desk: str) -> bool:
    """Attach it; False where it is attached already. In a transaction."""
    added = store.value(
        "INSERT INTO evidence (shipment_id, parcel, hash, suffix, kind, at, person, desk) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING id",
        (row_id, found.parcel, found.hash, found.suffix, found.kind, to_ms(at), person, desk),
    )
    return added is not None


def drop(store: Store, row_id: int, hash_: str) -> bool:
    """Take it off a shipment; False where it is not attached. In a transaction."""
    gone = store.value(
        "DELETE FROM evidence WHERE shipment_id = ? AND hash = ? RETURNING id", (row_id, hash_)
    )
    return gone is not None


def of_shipments(store: Store, row_ids: Sequence[int]) -> tuple[Evidence, ...]:
    """All that is attached to these, in the order it was."""
    found: list[Evidence] = []
    for start in range(0, len(row_ids), _GROUP):
        group = row_ids[start : start + _GROUP]
        sql = f"SELECT {_COLUMNS} {_FROM} WHERE e.shipment_id IN ({', '.join('?' * len(group))}) ORDER BY e.at, e.id"
        found += map(_evidence, store.rows(sql, group))
    return tuple(found)


def any_of(store: Store, row_ids: Sequence[int]) -> bool:
    """Whether anything is attached to one of these."""
    sql = f"SELECT 1 FROM evidence WHERE shipment_id IN ({', '.join('?' * len(row_ids))}) LIMIT 1"
    return store.value(sql, row_ids) is not None


def older(store: Store, before: datetime, shop: str = "") -> tuple[Evidence, ...]:
    """All that was attached before a moment, of one shop or of all."""
    own = " AND s.shop = ?" if shop else ""
    params = (to_ms(before), *((shop,) if shop else ()))
    sql = f"SELECT {_COLUMNS} {_FROM} WHERE e.at < ?{own} ORDER BY e.at, e.id"
    return tuple(map(_evidence, store.rows(sql, params)))


def names(store: Store) -> frozenset[str]:
    """The files of everything that is attached."""
    return frozenset(f"{h}{suffix}" for h, suffix in store.rows("SELECT DISTINCT hash, suffix FROM evidence"))


def still_used(store: Store, hashes: Iterable[str]) -> frozenset[str]:
    """Those of these hashes that something is still attached by."""
    wanted = list(dict.fromkeys(hashes))
    found: set[str] = set()
    for start in range(0, len(wanted), _GROUP):
        group = wanted[start : start + _GROUP]
        sql = f"SELECT DISTINCT hash FROM evidence WHERE hash IN ({', '.join('?' * len(group))})"
        found |= {hash_ for (hash_,) in store.rows(sql, group)}
    return frozenset(found)


def note_export(
    store: Store, at: datetime, person: str, desk: str, name: str, people: int, files: int
) -> None:
    """That files left the program (SE-05). In a transaction."""
    store.execute(
        "INSERT INTO evidence_exports (at, person, desk, name, people, files) VALUES (?, ?, ?, ?, ?, ?)",
        (to_ms(at), person, desk, name, people, files),
    )


def _evidence(row: Sequence[object]) -> Evidence:
    hash_, suffix, kind, parcel, shipment, order, at, person, desk = row
    texts = (str(hash_), str(suffix), str(kind), str(parcel), str(shipment), str(order))
    return Evidence(*texts, from_ms(int(str(at))), str(person), str(desk))
