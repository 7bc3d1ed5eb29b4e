"""Records of the API as the rows the detail file would hold, so that both ways end in the same `Order` (IN-02).

fields.toml names, for each version of the call, where a record has our fields. No HTTP here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from jpship_gui.domain.order import Order
from jpship_gui.marketplaces import load
from jpship_gui.marketplaces.base import ShopAccount
from jpship_gui.marketplaces.order_rows import order_of_fields
from jpship_gui.marketplaces.qoo10 import values as qoo10
from jpship_gui.marketplaces.qoo10.api import Record
from jpship_gui.marketplaces.qoo10.rows import DIALECT

Fields = dict[str, str]

_PACKAGE = __name__.rpartition(".")[0]
_MOMENTS = ("ordered_at", "paid_at", "ship_by", "line.ship_date")


@cache
def _map(version: str) -> Mapping[str, str]:
    table = load.data(_PACKAGE, "fields.toml")[version]
    return {ours: theirs.lower() for ours, theirs in table.items() if ours != "source"}


def fields_of(record: Record, version: str) -> Fields:
    """One record by our field names, cells as the files write them."""
    found = {ours: _text(record.get(theirs)) for ours, theirs in _map(version).items()}
    for name in _MOMENTS:
        if found.get(name):
            found[name] = qoo10.moment_text(found[name])
    for name in ("state", "line.claim"):
        if found.get(name):
            found[name] = qoo10.number_in(found[name])
    if "gift_flag" in found:
        found["gift_flag"], found["line.extra"] = qoo10.api_gift(found["gift_flag"])
    parts = [found.pop(name, "") for name in ("recipient.address_1", "recipient.address_2")]
    if any(parts):
        found["recipient.street"] = " ".join(filter(None, parts))
    return found


def _text(value: object) -> str:
    """Numbers and texts alike; amounts lose a fraction of nothing."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def by_cart(records: Iterable[Fields]) -> dict[str, list[Fields]]:
    """Lines by cart, each order number once: the later reading counts."""
    carts: dict[str, dict[str, Fields]] = {}
    for record in records:
        carts.setdefault(record["number"], {})[record["line.id"]] = record
    return {number: list(lines.values()) for number, lines in carts.items()}


def related(rows: Sequence[Fields]) -> frozenset[str]:
    """Order numbers the marketplace counts to the cart of these rows, their own included."""
    named = (n.strip() for row in rows for n in row.get("related", "").split(","))
    return frozenset(filter(None, (*named, *(row["line.id"] for row in rows))))


def order_of(rows: Sequence[Fields], account: ShopAccount, claims: Mapping[str, str]) -> Order:
    """The cart of these rows; `claims` are claim numbers by order number. Refused("order_unreadable") names what makes
    no sense."""
    said = [{**row, "line.claim": claims.get(row["line.id"], row.get("line.claim", ""))} for row in rows]
    return order_of_fields(DIALECT, account, said)
