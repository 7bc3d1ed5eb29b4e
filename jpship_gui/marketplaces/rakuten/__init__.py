"""Rakuten Ichiba (RMS)."""

from __future__ import annotations

from jpship_gui.marketplaces import load
from jpship_gui.marketplaces.base import Marketplace, MarketplaceApi, ShopAccount
from jpship_gui.marketplaces.rakuten.confirm import confirm_rows
from jpship_gui.marketplaces.rakuten.rows import MARKETPLACE_ID, read_orders, shop_part


def _connect(account: ShopAccount) -> MarketplaceApi:
    # The network stack is heavy and a desk that works with files never needs it.
    from jpship_gui.marketplaces.rakuten.connect import connect

    return connect(account)


MARKETPLACE = Marketplace(
    id=MARKETPLACE_ID,
    name="楽天",
    order_layouts=load.layouts(__name__, "orders.toml"),
    read_orders=read_orders,
    confirm_layout=load.layouts(__name__, "confirm.toml")[0],
    confirm_rows=confirm_rows,
    carrier_codes=load.carrier_codes(__name__),
    options=load.options(__name__),
    credentials=load.credentials(__name__),
    shop_part=shop_part,
    connect=_connect,
    takes=load.takes(__name__),
    upload_steps=4,
    connect_steps=4,
)
