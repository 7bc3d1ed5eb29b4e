"""Every receipt and invoice issued: none is changed, a corrected one stands beside what it corrects."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from jpship_gui.domain.order import OrderId
from jpship_gui.store.database import Store, from_ms, to_ms

_COLUMNS = (
    "id, document, number, issue, marketplace, shop, order_number, shipment_key, at, person, desk, supplied_on, "
    "addressee, total, corrects, said, fingerprint"
)


@dataclass(frozen=True, slots=True)
class Issue:
    """One paper issued. Further issues of the same content share `number` and count `issue` up; `said` is all that
    stands on it, `fingerprint` the digest of that."""

    row_id: int
    document: str
    number: str
    issue: int
    order_id: OrderId
    shipment_key: str
    at: datetime
    person: str
    desk: str
    supplied_on: str
    addressee: str
    total: int
    corrects: str
    said: str
    fingerprint: str


def next_number(store: Store, prefix: str) -> str:
    """The number of a new paper; in a transaction."""
    return f"{prefix}{store.next_numbers(f'receipt_{prefix}'):06d}"


def add(store: Store, made: Issue) -> int:
    """Keep an issue (its `row_id` is ignored); in a transaction."""
    order = made.order_id
    return store.insert(
        "INSERT INTO receipts (document, number, issue, marketplace, shop, order_number, shipment_key, at, person, "
        "desk, supplied_on, addressee, total, corrects, said, fingerprint) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(made.document, made.number, made.issue, order.marketplace, order.shop, order.number),
            *(made.shipment_key, to_ms(made.at), made.person, made.desk, made.supplied_on, made.addressee),
            *(made.total, made.corrects, made.said, made.fingerprint),
        ),
    )


def of_order(store: Store, order_id: OrderId, document: str = "") -> list[Issue]:
    """What was issued for an order, oldest first."""
    kind, more = (" AND document = ?", (document,)) if document else ("", ())
    rows = store.rows(
        f"SELECT {_COLUMNS} FROM receipts WHERE marketplace = ? AND shop = ? AND order_number = ?{kind} ORDER BY id",
        (order_id.marketplace, order_id.shop, order_id.number, *more),
    )
    return [_issue(row) for row in rows]


def search(
    store: Store,
    *,
    since: str = "",
    until: str = "",
    least: int | None = None,
    most: int | None = None,
    addressee: str = "",
    limit: int = 500,
) -> list[Issue]:
    """Issues by day of supply, amount and partner, newest first: what the law on electronic books asks of copies."""
    wanted, values = ["1 = 1"], []
    for sql, value in (
        ("supplied_on >= ?", since or None),
        ("supplied_on <= ?", until or None),
        ("total >= ?", least),
        ("total <= ?", most),
        ("addressee LIKE ? ESCAPE '!'", f"%{_escaped(addressee)}%" if addressee else None),
    ):
        if value is not None:
            wanted.append(sql)
            values.append(value)
    sql = f"SELECT {_COLUMNS} FROM receipts WHERE {' AND '.join(wanted)} ORDER BY id DESC LIMIT ?"
    return [_issue(row) for row in store.rows(sql, (*values, limit))]


def _escaped(text: str) -> str:
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def _issue(row: tuple[object, ...]) -> Issue:
    row_id, document, number, issue, marketplace, shop, order, key, at, *rest = row
    moment = from_ms(at)  # type: ignore[arg-type]
    assert moment is not None
    order_id = OrderId(str(marketplace), str(shop), str(order))
    return Issue(row_id, document, number, issue, order_id, key, moment, *rest)  # type: ignore[arg-type]
