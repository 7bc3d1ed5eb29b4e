"""The arguments of `jpship print`."""

from __future__ import annotations

import argparse

from jpship_gui.cli.arguments.parsers import Parsers

_PARTS = (
    ("slips", "paper:print_slips", "delivery slips as PDF"),
    ("picklist", "paper:print_total", "the pick list by shelf as PDF"),
    ("picklist-orders", "paper:print_orders", "pick lists of the orders, four to a sheet, as PDF"),
    ("receipt", "receipts:print_receipt", "receipts (領収書) of orders, numbered and kept, as PDF"),
    ("invoice", "receipts:print_invoice", "qualified invoices (適格請求書) of orders, as PDF"),
    ("receipts", "receipts:list_issues", "receipts and invoices issued, by day, amount and partner"),
    ("paper", "paper:print_any", "any other paper of `print kinds` as PDF"),
    ("reprint", "paper:reprint_pages", "pages of any paper of the record again, as they were"),
    (
        "inserts",
        "inserts:list_inserts",
        "what goes along by each shop's rules, and lines that cannot be read",
    ),
    ("kinds", "paper:list_kinds", "the papers this build can print"),
    ("record", "paper:list_record", "what was printed and exported: who, what, how many"),
)


def add_print(to: Parsers) -> None:
    """Slips, pick lists, every other paper, and the record of them."""
    about = "papers as PDF: delivery slips, pick lists and all others"
    parts = to.group("print", about, _PARTS, "PAPER")
    for name in ("slips", "picklist", "picklist-orders"):
        parts[name].add_argument("keys", metavar="KEY", nargs="*", help="default: all that wait for it")
        _out(parts[name])
    _slips(parts["slips"])
    for name in ("receipt", "invoice"):
        _receipt(parts[name])
    _issues(parts["receipts"])
    _any(parts["paper"])
    parts["reprint"].add_argument("print_id", metavar="PRINT", type=int, help="its number in `print record`")
    parts["reprint"].add_argument("--pages", metavar="FIRST-LAST", required=True, help="for example 3-5")
    _out(parts["reprint"])
    parts["record"].add_argument("--count", type=int, default=50, help="the newest so many (default 50)")


def _out(part: argparse.ArgumentParser) -> None:
    part.add_argument("--out", metavar="FILE.pdf", required=True, help="where to write the PDF")


def _slips(part: argparse.ArgumentParser) -> None:
    part.add_argument("--batch", type=int, default=None, help="print rows of this batch again")
    part.add_argument("--rows", metavar="FIRST-LAST", default="", help="with --batch: which rows")
    part.add_argument("--prices-in-gifts", action="store_true", help="prices although it is a gift")
    part.add_argument(
        "--every-shop", action="store_true", help="also where the shop encloses none by its settings"
    )
    part.add_argument(
        "--glyphs-seen", action="store_true", help="accept that missing characters come out as 〓"
    )


def _receipt(part: argparse.ArgumentParser) -> None:
    part.add_argument("keys", metavar="KEY", nargs="+", help="shipments whose orders it is about")
    part.add_argument("--to", dest="addressee", metavar="NAME", default="", help="default: the buyer")
    part.add_argument("--for", dest="purpose", metavar="TEXT", default="", help="what for (但し書き)")
    part.add_argument(
        "--paid", default="", help="card, transfer, cash, till, cod, other (default: as ordered)"
    )
    part.add_argument("--mail", action="store_true", help="sent as a file: no revenue stamp")
    part.add_argument("--correct", action="store_true", help="replaces what was issued before")
    _out(part)


def _issues(part: argparse.ArgumentParser) -> None:
    part.add_argument("--since", metavar="YYYY-MM-DD", default="", help="day of supply")
    part.add_argument("--until", metavar="YYYY-MM-DD", default="")
    part.add_argument("--least", metavar="YEN", type=int, default=None)
    part.add_argument("--most", metavar="YEN", type=int, default=None)
    part.add_argument("--addressee", metavar="TEXT", default="", help="part of the name")


def _any(part: argparse.ArgumentParser) -> None:
    part.add_argument("--document", metavar="KIND", required=True, help="its id in `print kinds`")
    which = part.add_mutually_exclusive_group()
    which.add_argument("--keys", metavar="KEY", nargs="+", default=None, help="these shipments")
    which.add_argument("--batch", type=int, default=None, help="those of a printed batch that need it")
    which.add_argument(
        "--waiting", action="store_true", help="those waiting for printing or packing that need it (default)"
    )
    part.add_argument(
        "--set", metavar="NAME=VALUE", action="append", default=[], help="a choice for this print alone"
    )
    _out(part)
