"""Qoo10 Japan: files of QSM, and QAPI."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from jpship_gui.domain.confirmation import Confirmation
from jpship_gui.formats.layout import Layout, Table
from jpship_gui.marketplaces import load
from jpship_gui.marketplaces.base import (
    FilledFile,
    KeptFile,
    Marketplace,
    MarketplaceApi,
    NewKey,
    ReadOrders,
    ShopAccount,
)
from jpship_gui.marketplaces.qoo10.brief import read_brief
from jpship_gui.marketplaces.qoo10.fill import fill
from jpship_gui.marketplaces.qoo10.rows import MARKETPLACE_ID, NEVER_IN_API, read_detail

_DETAIL, _BRIEF = load.layouts(__name__, "orders.toml")


def _read_orders(
    table: Table,
    layout: Layout,
    shop_of: Callable[[str], ShopAccount | None],
    refused: frozenset[str] = frozenset(),
) -> ReadOrders:
    """See `OrderReader`."""
    if layout.id == _BRIEF.id:
        return read_brief(table, layout, shop_of)
    return read_detail(table, layout, shop_of, refused)


def _fill(kept: KeptFile, confirmations: Sequence[Confirmation]) -> FilledFile:
    return fill(kept, confirmations, _BRIEF)


def _connect(account: ShopAccount) -> MarketplaceApi:
    # The network stack is heavy and a desk that works with files never needs it.
    from jpship_gui.marketplaces.qoo10.connect import connect

    return connect(account)


def _certify(account: ShopAccount, user: str, password: str) -> NewKey:
    from jpship_gui.marketplaces.qoo10.keys import certify

    return certify(account, user, password)


MARKETPLACE = Marketplace(
    id=MARKETPLACE_ID,
    name="Qoo10",
    order_layouts=(_DETAIL, _BRIEF),
    read_orders=_read_orders,
    carrier_codes=load.carrier_codes(__name__),
    options=load.options(__name__),
    connect=_connect,
    takes=load.takes(__name__),
    keeps=frozenset((_BRIEF.id,)),
    fill=_fill,
    shows=frozenset(("carrier",)),
    credentials=load.credentials(__name__),
    upload_steps=3,
    connect_steps=4,
    repeats_carrier=True,
    api_absent=NEVER_IN_API,
    promise_states=frozenset(("2",)),
    certify=_certify,
)
