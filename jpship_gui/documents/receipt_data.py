"""What a receipt or an invoice says, as values built in flows and kept as JSON: an issue can be made again word for
word."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from jpship_gui.documents.slip_data import RateTotal, Shopfront, SlipLine

RECEIPT, INVOICE = "receipt", "invoice"


@dataclass(frozen=True, slots=True)
class ReceiptData:
    """One paper. `paid` is what the buyer paid after points, `total` the price before them; `sums` are (text key,
    value) between goods and total. `number` "" = a preview.

    `addressee` has its title already; `honorific` follows it. `registration_no` "" = a seller who is not registered,
    or the number stands on the slip (`on_slip`). `corrects` is the number of the issue this one replaces.
    """

    document: str
    number: str
    issued_on: date
    supplied_on: date
    addressee: str
    honorific: str
    order_number: str
    ordered_on: date | None
    shop: Shopfront
    lines: tuple[SlipLine, ...]
    sums: tuple[tuple[str, int], ...]
    total: int
    paid: int
    taxes: tuple[RateTotal, ...] = ()
    points: int = 0
    purpose: str = ""
    payment: str = ""
    registration_no: str = ""
    on_slip: bool = False
    stamp: bool = False
    again: bool = False
    first_issued_on: date | None = None
    corrects: str = ""


def said_of(data: ReceiptData) -> str:
    """The values as JSON, keys in order."""
    return json.dumps(asdict(data), ensure_ascii=False, sort_keys=True, default=str)


def of_said(text: str) -> ReceiptData:
    """The reverse of `said_of`."""
    found: dict[str, Any] = json.loads(text)
    for name in ("issued_on", "supplied_on", "ordered_on", "first_issued_on"):
        found[name] = date.fromisoformat(found[name]) if found[name] else None
    found["shop"] = Shopfront(**found["shop"])
    found["lines"] = tuple(SlipLine(**line) for line in found["lines"])
    found["taxes"] = tuple(RateTotal(**tax) for tax in found["taxes"])
    found["sums"] = tuple((key, value) for key, value in found["sums"])
    return ReceiptData(**found)
