"""What a delivery slip says, as values built in flows and drawn by `slip.render_slips`; none knows a purchase cost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jpship_gui.documents.layout import PaperLayout


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who the paper is for. `lines` break as they should on paper (building on its own), the name has no title;
    `company` is a business buyer's, above the name."""

    name: str
    postal_code: str = ""
    lines: tuple[str, ...] = ()
    company: str = ""


@dataclass(frozen=True, slots=True)
class Shopfront:
    """The shop as its papers show it; texts may hold line breaks."""

    name: str
    postal_code: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    greeting: str = ""
    returns_text: str = ""
    gift_text: str = ""
    footer: str = ""


@dataclass(frozen=True, slots=True)
class SlipLine:
    """One line of goods; money in whole yen, tax included; `options` are the buyer's choices, one a line."""

    sku: str
    name: str
    quantity: int
    variant: str = ""
    options: str = ""
    unit_price: int = 0
    tax_rate: int = 10


@dataclass(frozen=True, slots=True)
class SlipOrder:
    """One of several orders on a slip: the heading of its `lines`, which follow each other; `shop` is blank where all
    are one shop's, `amount` is what the buyer pays for it, None where that is not stated."""

    number: str
    ordered_on: date | None
    shop: str
    lines: int
    amount: int | None = None


@dataclass(frozen=True, slots=True)
class RateTotal:
    """Amount and tax in it of one tax rate (percent), after coupons, before points."""

    rate: int
    amount: int
    tax: int


@dataclass(frozen=True, slots=True)
class Amounts:
    """The money of a slip in whole yen; None = not stated (left out), `undecided` = shown as such instead of a total.

    `adds` and `takes` are (text key, value) beside the sum of goods: postage, fees; coupons. `points` are a means of
    payment and come after the total.
    """

    goods: int | None
    adds: tuple[tuple[str, int], ...] = ()
    takes: tuple[tuple[str, int], ...] = ()
    total: int | None = None
    taxes: tuple[RateTotal, ...] = ()
    points: int = 0
    charged: int | None = None
    undecided: bool = False


@dataclass(frozen=True, slots=True)
class SlipData:
    """One slip. `amounts` None makes the gift form, which holds no money at all; with `free` too there is no money, as
    nothing costs anything (a re-send, a sample) or no price is known, and all else is as on a priced slip.

    `key` is the shipment key of the bar code; `batch` and `row` the run number (batch 0: a preview); `wish`,
    `delivery` and `carrier` are ready words; `tracking_no` bare digits and `tracking_printed` the same in its
    carrier's groups.
    """

    key: str
    batch: int
    row: int
    recipient: Addressee
    shop: Shopfront
    lines: tuple[SlipLine, ...]
    amounts: Amounts | None = None
    order_number: str = ""
    purchase_order: str = ""  # a business buyer's own number
    ordered_on: date | None = None
    ships_on: date | None = None
    wish: str = ""
    delivery: str = ""
    carrier: str = ""
    tracking_no: str = ""
    tracking_printed: str = ""
    sender: str = ""
    sender_is_shop: bool = False  # then no title follows the name
    message: str = ""
    remark: str = ""
    free: bool = False
    notes: tuple[
        str, ...
    ] = ()  # small print besides the shop's own: a registration number, where a receipt comes from
    orders: tuple[SlipOrder, ...] = ()  # where the goods are of several orders
    layout: PaperLayout | None = None  # None = the standard one

    @property
    def gift(self) -> bool:
        """Whether it is drawn in the gift form."""
        return self.amounts is None and not self.free


@dataclass(frozen=True, slots=True)
class Look:
    """How papers are drawn on this desk: the resolution of the printer."""

    dpi: int = 300
