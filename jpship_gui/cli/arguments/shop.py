"""The arguments of `jpship shop`."""

from __future__ import annotations

import argparse

from jpship_gui.cli.arguments.parsers import Parsers

_SHOP_PARTS = (
    ("add", "shops:add", "add a shop"),
    ("set", "shops:set_values", "change settings of a shop"),
    ("list", "shops:list_shops", "all shops with their settings"),
    ("settings", "shops:list_settings", "what can be set for a shop, its present value and its form"),
    ("check", "shops:check", "try a shop's keys with a harmless read"),
    ("expiry", "shops:expiry", "when the shops' keys end, and what is due"),
    ("codes", "shops:codes", "how a shop names the carriers to its marketplace"),
    ("login", "shops:login", "get a shop's keys by a login in the browser, where it has one"),
    ("certify", "shops:certify", "have a key issued for a login, asked for once and kept nowhere"),
)


def add_shop(to: Parsers) -> None:
    """Shop accounts, their keys and settings."""
    parts = to.group(
        "shop",
        "shop accounts and their settings",
        _SHOP_PARTS,
    )
    parts["add"].add_argument("marketplace", help="its name as `jpship marketplaces` lists it, e.g. rakuten")
    parts["add"].add_argument("name", help="any name; it appears on paper and on the screen")
    parts["add"].add_argument(
        "--api-url", metavar="URL", default="", help="another address of the marketplace's API (for practice)"
    )
    parts["add"].add_argument(
        "--set",
        metavar="KEY=VALUE",
        action="append",
        default=[],
        dest="settings",
        help="a setting of the shop; may be repeated",
    )
    for part in ("set", "settings", "check", "codes", "login", "certify"):
        parts[part].add_argument("name", help="the shop's name")
    parts["expiry"].add_argument("name", nargs="?", default="", help="only this shop")
    parts["certify"].add_argument(
        "--user", metavar="NAME", default="", help="login name (default: asked for)"
    )
    parts["login"].add_argument(
        "--code", metavar="CODE", default="", help="what the page gave, or the whole address it ended at"
    )
    _shop_codes(parts["codes"])
    parts["set"].add_argument(
        "settings", metavar="KEY=VALUE", nargs="+", help="keys as `shop settings NAME` lists them"
    )


def _shop_codes(part: argparse.ArgumentParser) -> None:
    part.add_argument(
        "--carrier",
        metavar="CARRIER[/SERVICE]",
        default="",
        help="whose code to set, e.g. yamato or yamato/nekopos",
    )
    part.add_argument(
        "--code",
        metavar="CODE",
        default="",
        help="the marketplace's code; without it the shop's own is taken back",
    )
    part.add_argument("--method", metavar="WORDS", default="", help="its delivery method, where it takes one")
    part.add_argument(
        "--carrier-name",
        metavar="WORDS",
        default="",
        help="the carrier's name told besides the code, where it takes one",
    )
