"""The arguments of `jpship order`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from jpship_gui.cli.arguments.parsers import Parsers

_TEXTS: Sequence[tuple[str, str]] = (
    ("shop", "whose name and settings are used; needed where there are several"),
    ("name", "recipient"),
    ("kana", "recipient's name in kana"),
    ("postal-code", "seven digits"),
    ("address", "prefecture to house number in one go"),
    ("building", "building and room"),
    ("phone", "recipient's telephone"),
    ("wish-day", "wished day, e.g. 11/25"),
    ("wish-slot", "wished time: am, pm, 1416 …"),
    ("ship-by", "day by which it must have left (default: the shop's rule)"),
    ("carrier", "default: the shop's usual one"),
    ("service", "with --carrier"),
    ("giver", "with --gift: whose present it is"),
    ("wrapping", "how it is wrapped"),
    ("noshi", "what stands on the noshi"),
    ("remark", "what the buyer said; the packer ticks it"),
    ("memo", "note for us"),
    ("postage", "in yen"),
)


def add_order(to: Parsers) -> None:
    """Orders entered by hand."""
    parts = to.group(
        "order",
        "orders entered by hand: telephone, re-send, sample",
        (
            ("add", "order:add", "enter an order; what the rules say of it is listed"),
            ("change", "order:change", "change an order entered by hand; only what is given changes"),
            ("cancel", "order:cancel", "cancel an order entered by hand"),
        ),
    )
    for part in ("add", "change"):
        made = parts[part]
        if part == "change":
            made.add_argument("key", metavar="KEY")
        made.add_argument("--reason", choices=("telephone", "resend", "sample"), default=None)
        made.add_argument("--original", metavar="KEY", default=None, help="re-send: the shipment it replaces")
        for name, about in _TEXTS:
            made.add_argument(f"--{name}", metavar="TEXT", default=None, help=about)
        made.add_argument("--gift", action="store_true", default=None, help="a present: slip without prices")
        made.add_argument("--cash-on-delivery", action="store_true", default=None)
        _goods_lines(made)
    parts["cancel"].add_argument("key", metavar="KEY")
    parts["cancel"].add_argument("--reason", metavar="TEXT", required=True, help="kept in the history")


class _GoodsOption(argparse.Action):
    """`--goods` and `--free` begin a line of goods, the others say more of the last one begun."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[object] | None,
        option_string: str | None = None,
    ) -> None:
        lines: list[dict[str, str]] = list(getattr(namespace, "lines", None) or [])
        field = str(self.metavar).lower()
        if option_string in ("--goods", "--free"):
            lines.append({field: str(values)})
        elif not lines:
            parser.error(f"{option_string} comes after --goods or --free")
        else:
            lines[-1] = {**lines[-1], field: str(values)}
        namespace.lines = lines


def _goods_lines(made: argparse.ArgumentParser) -> None:
    goods = made.add_argument_group(
        "goods", "one --goods or --free for each line, its other options behind it"
    )
    for option, field, about in (
        ("--goods", "SKU", "goods the list or an earlier order knows"),
        ("--free", "NAME", "goods in free words"),
        ("--title", "NAME", "another name than the list's"),
        ("--variant", "VARIANT", "colour, size"),
        ("--pieces", "QUANTITY", "default 1"),
        ("--price", "UNIT_PRICE", "yen a piece, tax included (default: free)"),
        ("--tax", "TAX_RATE", "10, 8 or 0"),
    ):
        goods.add_argument(option, metavar=field, action=_GoodsOption, dest="lines", default=None, help=about)
