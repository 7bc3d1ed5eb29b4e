"""Reading order files in tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jpship_gui.formats.detect import recognise
from jpship_gui.formats.reader import read_bytes
from jpship_gui.marketplaces import marketplaces
from jpship_gui.marketplaces.base import ReadOrders, ShopAccount
from jpship_gui.practice.rakuten.samples import csv_bytes

SHOP = "345678"


def an_account(**settings: str) -> ShopAccount:
    """A shop whose secrets nobody asks for."""
    return ShopAccount("本店", "rakuten", settings, lambda field: "")


def read(
    data: bytes,
    *,
    account: ShopAccount | None = None,
    refused: frozenset[str] = frozenset(),
    shop: str = SHOP,
) -> ReadOrders:
    """Recognise and read; of marketplaces whose order numbers name their shop only `shop` is known."""
    table = read_bytes("orders.csv", data)
    layouts = [layout for market in marketplaces().values() for layout in market.order_layouts]
    match = recognise(table, layouts)
    market = marketplaces()[match.layout.owner]
    assert market.read_orders is not None
    owner = account or ShopAccount("本店", market.id, {}, lambda field: "")
    known = {shop} if market.shop_part else {""}
    return market.read_orders(table, match.layout, lambda part: owner if part in known else None, refused)


def read_files(*files: tuple[str, bytes], account: ShopAccount | None = None) -> ReadOrders:
    """Files of one import that make one reading, given as (name, bytes); every shop part is the account's."""
    layouts = [layout for market in marketplaces().values() for layout in market.order_layouts]
    tables = [read_bytes(name, data) for name, data in files]
    matches = [recognise(table, layouts).layout for table in tables]
    market = marketplaces()[matches[0].owner]
    table, layout = tables[0], matches[0]
    if market.join is not None:
        (joined,) = market.join(list(zip(tables, matches, strict=True)))
        if joined.fault is not None:
            raise joined.fault
        table, layout = joined.table, joined.layout
    owner = account or ShopAccount("本店", market.id, {}, lambda field: "")
    assert market.read_orders is not None
    return market.read_orders(table, layout, lambda part: owner)


def read_rows(
    rows: Sequence[Mapping[str, str]],
    header: Sequence[str] | None = None,
    *,
    account: ShopAccount | None = None,
    refused: frozenset[str] = frozenset(),
) -> ReadOrders:
    """The same from rows by header; without a header, of all columns."""
    return read(csv_bytes(rows, header), account=account, refused=refused)
