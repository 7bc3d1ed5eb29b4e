"""The practice stores at Yahoo! Shopping; their keys open nothing but the practice marketplace."""

from __future__ import annotations

from collections.abc import Iterable

from jpship_gui.practice.shops import PracticeShop
from jpship_gui.practice.yahoo.gate import Client
from jpship_gui.practice.yahoo.keys import PUBLIC_PEM, VERSION
from jpship_gui.practice.yahoo.samples import SELLER, Model
from jpship_gui.practice.yahoo.server import YahooServer

REDIRECT = "http://127.0.0.1/practice"
MAIN = PracticeShop(
    name="Yahoo! 練習店",
    marketplace="yahoo",
    number=SELLER,
    secrets={
        "yahoo_client_secret": "practice-client-secret",
        "yahoo_refresh_token": "practice-refresh-token",
    },
    settings={
        "seller_id": SELLER,
        "yahoo.client_id": "practice-client-id",
        "yahoo.public_key": PUBLIC_PEM,
        "yahoo.key_version": VERSION,
        "yahoo.redirect_uri": REDIRECT,
        "pack.goods": "off",
        "carrier.default": "jppost",
    },
)
SHOPS = (MAIN,)


def open_shop(server: YahooServer, shop: PracticeShop, orders: Iterable[Model]) -> Client:
    """Open a store with these orders; its owner has logged in just now."""
    server.play.open_store(shop.number, orders)
    client = Client(shop.number, shop.settings["yahoo.client_id"], shop.secrets["yahoo_client_secret"])
    return server.gate.open_client(client, shop.secrets["yahoo_refresh_token"])
