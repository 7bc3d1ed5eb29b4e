"""orderInfo's XML as the rows the order file would hold, so that both ways end in the same `Order` (IN-02).

The files' headers are the API's field names, so the layout of the order file serves both. Card data is never asked for.
"""

from __future__ import annotations

from functools import cache
from xml.etree.ElementTree import Element

from jpship_gui.domain.order import Order
from jpship_gui.marketplaces import load
from jpship_gui.marketplaces.base import ShopAccount
from jpship_gui.marketplaces.order_rows import order_of_fields
from jpship_gui.marketplaces.yahoo.markup import fields_of, lists_of, text_of
from jpship_gui.marketplaces.yahoo.rows import DIALECT

Fields = dict[str, str]

_NODES = ("Pay", "Ship", "Seller", "Buyer", "Detail")
_LISTS = ("ItemOption", "Inscription")
_PACKAGE = __name__.rpartition(".")[0]


@cache
def _fields() -> Fields:
    """Our field by the API's name."""
    columns = load.layouts(_PACKAGE, "orders.toml")[0].columns
    return {name: column.field for column in columns for name in (column.header, *column.aliases)}


def order_of(node: Element, account: ShopAccount) -> Order:
    """The order an OrderInfo states; Refused("order_unreadable") names what makes no sense in it."""
    return order_of_fields(DIALECT, account, rows_of(node))


def rows_of(node: Element) -> list[Fields]:
    """One row of our field names per item, cells as the order file writes them."""
    said = fields_of(node)
    for name in _NODES:
        below = node.find(name)
        if below is not None:
            said |= fields_of(below)
    order = _ours(said)
    items = [_item(item) for item in lists_of(node, "Item")]
    return [{**order, **item} for item in items] or [order]


def _item(node: Element) -> Fields:
    said = fields_of(node)
    for name in _LISTS:
        entries = lists_of(node, name)
        for part in ("Name", "Value"):
            said[f"{name}{part}"] = ";".join(text_of(entry, part) for entry in entries)
    return _ours(said)


def _ours(said: Fields) -> Fields:
    known = _fields()
    return {known[name]: value for name, value in said.items() if name in known}
