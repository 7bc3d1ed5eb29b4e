"""The arguments of `jpship goods`."""

from __future__ import annotations

from jpship_gui.cli.arguments.parsers import Parsers


def add_goods(to: Parsers) -> None:
    """Bar codes, the goods list, sets."""
    parts = to.group(
        "goods",
        "bar codes of the goods",
        (
            ("add", "goods:add", "let a bar code or alias stand for a SKU"),
            (
                "import",
                "goods:take",
                "read a goods list (JANコード, SKU, 入数, 商品名, 種類, 棚, セットSKU, セット内数, セット名)",
            ),
            ("set", "goods:make_set", "let a SKU open into components, each scanned by its own code"),
            ("sets", "goods:list_sets", "all sets with what is in them"),
        ),
    )
    parts["add"].add_argument("code", help="what the scanner reads")
    parts["add"].add_argument("sku", help="the goods' SKU as in the orders")
    parts["add"].add_argument("--pieces", type=int, default=1, help="pieces a scan counts (case bar codes)")
    for name in ("name", "variant", "shelf"):
        parts["add"].add_argument(f"--{name}", default="", help=f"{name} shown at the desk")
    parts["add"].add_argument("--marks", default="", help="handling marks of the goods: fragile,upright …")
    parts["import"].add_argument("file", help="the goods list")
    parts["set"].add_argument("sku", help="the set's SKU as in the orders")
    parts["set"].add_argument(
        "components", metavar="SKU=PIECES", nargs="*", help="what is in it; one piece if no number"
    )
    parts["set"].add_argument("--name", default="", help="the set's name at the desk")
    parts["set"].add_argument("--drop", action="store_true", help="it is no set any more")
