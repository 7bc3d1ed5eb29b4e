"""Amazon.co.jp, orders the seller ships."""

from __future__ import annotations

from jpship_gui.marketplaces import load
from jpship_gui.marketplaces.amazon.confirm import confirm_rows, fit
from jpship_gui.marketplaces.amazon.joining import join
from jpship_gui.marketplaces.amazon.rows import MARKETPLACE_ID, read_orders
from jpship_gui.marketplaces.base import Marketplace, MarketplaceApi, ShopAccount


def _connect(account: ShopAccount) -> MarketplaceApi:
    # The network stack is heavy and a desk that works with files never needs it.
    from jpship_gui.marketplaces.amazon.connect import connect

    return connect(account)


MARKETPLACE = Marketplace(
    id=MARKETPLACE_ID,
    name="Amazon",
    order_layouts=load.layouts(__name__, "orders.toml"),
    read_orders=read_orders,
    confirm_layout=load.layouts(__name__, "confirm.toml")[0],
    confirm_rows=confirm_rows,
    fit=fit,
    upload_edits=True,
    carrier_codes=load.carrier_codes(__name__),
    options=load.options(__name__),
    connect=_connect,
    takes=load.takes(__name__),
    join=join,
    reads_at_once=25,  # one is read in two seconds, more than twenty perhaps by a search
    credentials=load.credentials(__name__),
    upload_steps=4,
    connect_steps=5,
)
