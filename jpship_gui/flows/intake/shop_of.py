"""Which shop account an order of a file belongs to: by the shop number its order number begins with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from jpship_gui.domain.fault import Refused
from jpship_gui.flows.workspace import Workspace
from jpship_gui.formats.layout import Layout, Table
from jpship_gui.marketplaces.base import Marketplace, ShopAccount
from jpship_gui.store import shops

SHOP_NUMBER = "shop_number"


@dataclass(frozen=True, slots=True)
class Shops:
    """The accounts for one file. `learned` is (shop account, shop number) where the file taught the account's
    number."""

    of: Callable[[str], ShopAccount | None]
    learned: tuple[str, str] | None = None


def shops_for(
    ws: Workspace, marketplace: Marketplace, table: Table, layout: Layout, at: int, named: str
) -> Shops:
    """`at` is the cell of the order number, `named` the account a person chose ("" = find it).

    An account without a number of its own takes the file's, if it is the only one that may and the file has only one.
    Refused("shop_none") when there is no account of this marketplace, Refused("shop_of_other_marketplace"),
    Refused("shop_choose") when its files do not tell shops apart and a person must.
    """
    accounts = [ws.account(shop.name) for shop in shops.every(ws.store) if shop.marketplace == marketplace.id]
    if named:
        chosen = ws.account(named)
        if chosen.marketplace != marketplace.id:
            raise Refused(
                "shop_of_other_marketplace", shop=named, marketplace=marketplace.name, file=table.name
            )
        accounts = [chosen]
    if not accounts:
        raise Refused("shop_none", marketplace=marketplace.name, id=marketplace.id, file=table.name)
    if marketplace.shop_part is None:
        return _only(marketplace, table, accounts)
    by_number = {a.settings[SHOP_NUMBER]: a for a in accounts if a.settings.get(SHOP_NUMBER)}
    unnumbered = [a for a in accounts if not a.settings.get(SHOP_NUMBER)]
    parts = _parts(marketplace, table, at)
    if len(unnumbered) != 1:
        return Shops(by_number.get)
    unknown = parts - by_number.keys()
    only = unnumbered[0]
    if len(unknown) == 1:
        number = next(iter(unknown))
        return Shops({**by_number, number: only}.get, (only.name, number))
    if named:
        return Shops(lambda _: only)
    return Shops(by_number.get)


def _only(marketplace: Marketplace, table: Table, accounts: Sequence[ShopAccount]) -> Shops:
    """Of a marketplace whose order numbers name no shop."""
    if len(accounts) > 1:
        names = "・".join(account.name for account in accounts)
        raise Refused("shop_choose", marketplace=marketplace.name, file=table.name, shops=names)
    return Shops(lambda _: accounts[0])


def _parts(marketplace: Marketplace, table: Table, at: int) -> set[str]:
    assert marketplace.shop_part is not None
    numbers = (row.cells[at].strip() for row in table.rows if len(row.cells) > at)
    return {part for number in numbers if (part := marketplace.shop_part(number)) and part.isdecimal()}
