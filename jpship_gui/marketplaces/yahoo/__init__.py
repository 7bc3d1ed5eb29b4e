"""Yahoo! Shopping."""

from __future__ import annotations

from jpship_gui.marketplaces import load
from jpship_gui.marketplaces.base import Marketplace, MarketplaceApi, ShopAccount, ShopLogin
from jpship_gui.marketplaces.yahoo.confirm import fit, upload
from jpship_gui.marketplaces.yahoo.join import join
from jpship_gui.marketplaces.yahoo.rows import MARKETPLACE_ID, SELLER_ID, read_orders, settle, shop_part


def _connect(account: ShopAccount) -> MarketplaceApi:
    # The network stack is heavy and a desk that works with files never needs it.
    from jpship_gui.marketplaces.yahoo.connect import connect

    return connect(account)


def _login(account: ShopAccount) -> ShopLogin:
    from jpship_gui.marketplaces.yahoo.login import login

    return login(account)


MARKETPLACE = Marketplace(
    id=MARKETPLACE_ID,
    name="Yahoo!",
    order_layouts=load.layouts(__name__, "orders.toml"),
    read_orders=read_orders,
    join=join,
    settle=settle,
    shop_part=shop_part,
    shop_key=SELLER_ID,
    confirm_layout=load.layouts(__name__, "confirm.toml")[0],
    upload=upload,
    fit=fit,
    carrier_codes=load.carrier_codes(__name__),
    number_rules=load.number_rules(__name__),
    takes=load.takes(__name__),
    options=load.options(__name__),
    credentials=load.credentials(__name__),
    connect=_connect,
    login=_login,
    upload_steps=3,
    upload_edits=True,  # its fields are written over
    connect_steps=6,
    grade="LIKELY",
)
