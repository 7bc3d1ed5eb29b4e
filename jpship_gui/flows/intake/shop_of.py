"""Which shop account an order of a file belongs to: by the shop's part of its order number."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from jpship_gui.domain.fault import Refused
from jpship_gui.flows.workspace import Workspace
from jpship_gui.formats.layout import Layout, Table
from jpship_gui.marketplaces.base import Marketplace, ShopAccount
from jpship_gui.store import shops


@dataclass(frozen=True, slots=True)
class Shops:
    """The accounts for one file. `learned` is (shop account, its part of order numbers) where the file taught it."""

    of: Callable[[str], ShopAccount | None]
    learned: tuple[str, str] | None = None


def shops_for(
    ws: Workspace, marketplace: Marketplace, table: Table, layout: Layout, at: int, named: str
) -> Shops:
    """`at` is the cell of the order number, `named` the account a person chose ("" = find it).

    An account without a number of its own takes the file's, if it is the only one that may and the file has only one;
    numbers that name no shop belong to the only account. Refused("shop_none") when there is no account of this
    marketplace, Refused("shop_of_other_marketplace"), Refused("shop_choose") when its files do not tell shops apart and
    a person must.
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
    key = marketplace.shop_key
    known = {a.settings[key]: a for a in accounts if a.settings.get(key)}
    if len(accounts) == 1:
        known[""] = accounts[0]
    unnumbered = [a for a in accounts if not a.settings.get(key)]
    if len(unnumbered) != 1:
        return Shops(known.get)
    unknown = _parts(marketplace, table, layout, at) - known.keys()
    only = unnumbered[0]
    if len(unknown) == 1:
        number = next(iter(unknown))
        learned = (only.name, number) if number else None
        return Shops({**known, number: _numbered(only, key, number)}.get, learned)
    if named:
        return Shops(lambda _: only)
    return Shops(known.get)


def _only(marketplace: Marketplace, table: Table, accounts: Sequence[ShopAccount]) -> Shops:
    """Of a marketplace whose order numbers name no shop."""
    if len(accounts) > 1:
        names = "・".join(account.name for account in accounts)
        raise Refused("shop_choose", marketplace=marketplace.name, file=table.name, shops=names)
    return Shops(lambda _: accounts[0])


def _numbered(account: ShopAccount, key: str, number: str) -> ShopAccount:
    """The account as it will be once its number is kept."""
    return replace(account, settings={**account.settings, key: number})


def _parts(marketplace: Marketplace, table: Table, layout: Layout, at: int) -> set[str]:
    """Shop parts of the numbers that have the form of this layout's."""
    assert marketplace.shop_part is not None
    pattern = re.compile(layout.order_number_pattern)
    numbers = (row.cells[at].strip() for row in table.rows if len(row.cells) > at)
    return {part for n in numbers if pattern.match(n) and (part := marketplace.shop_part(n))}
