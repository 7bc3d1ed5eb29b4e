"""An order as the marketplace stated it: never edited, only replaced by a newer reading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

# Flags common to all marketplaces.
ELSEWHERE = (
    "elsewhere"  # the marketplace or its warehouse ships it (FBA, RSL): shown, never packed here (SY-12)
)
LABEL_ELSEWHERE = (
    "label_elsewhere"  # its label was bought at the marketplace, which knows the number already (SY-11)
)


BY_HAND = "hand"  # in the place of a marketplace: orders a person enters (IN-15)


@dataclass(frozen=True, slots=True, order=True)
class OrderId:
    """Identity of an order (IN-01). `shop` is jpship's own name of the shop account, unique over all marketplaces."""

    marketplace: str
    shop: str
    number: str


@dataclass(frozen=True, slots=True)
class Contact:
    """A person or company with an address; every field is text as received, "" where nothing was given.

    `postal_code` is digits only (7 when complete), `phone` digits only. `street` is all that follows the
    city (Rakuten: それ以降の住所), building included.
    """

    name: str = ""
    kana: str = ""
    postal_code: str = ""
    prefecture: str = ""
    city: str = ""
    street: str = ""
    phone: str = ""
    email: str = ""

    @property
    def address(self) -> str:
        """Prefecture, city and street in one line, as printed."""
        return f"{self.prefecture}{self.city}{self.street}"


class EntryReason(StrEnum):
    """Why an order was entered by hand."""

    TELEPHONE = "telephone"
    RESEND = "resend"
    SAMPLE = "sample"


@dataclass(frozen=True, slots=True)
class ByHand:
    """What only an order entered by hand has; `original` is the order a re-send replaces (EX-04)."""

    reason: EntryReason
    original: OrderId | None = None


class OrderState(StrEnum):
    """What the marketplace says of the order, in words common to all; the raw code stays in `state_code`."""

    UNCONFIRMED = "unconfirmed"  # the seller must still accept it
    PROCESSING = "processing"  # the marketplace works on it: do not ship
    TO_SHIP = "to_ship"
    CHANGING = "changing"  # a change waits for approval: hold
    SHIPPED = "shipped"
    CANCELLING = "cancelling"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One order line. Money is whole yen, tax included; `tax_rate` in percent (10, 8, 0)."""

    line_id: str
    package_id: str
    sku: str  # the stock key, never a placeholder such as normal-inventory
    name: str
    quantity: int
    variant: str = ""  # colour, size …: choices joined by "・"
    options: str = ""  # option choices and consent texts, as received
    unit_price: int = 0
    tax_rate: int = 10
    item_number: str = ""
    manage_number: str = ""
    item_id: str = ""
    single_item_shipping: bool = False
    reduced_rate: bool = False
    lead_time: str = ""  # the shop's own text about shipping lead time (納期情報)
    extra: str = ""  # what goes along with it free of charge (おまけ), as the marketplace words it
    deleted: bool = False
    shipped: int = 0  # pieces that left before, where `quantity` is what is left


@dataclass(frozen=True, slots=True)
class RegisteredParcel:
    """A parcel the marketplace already knows (Rakuten 発送明細); `carrier_code` is the marketplace's code.

    Where it takes a number for each order line, there is one of these for each line, named by `line_id`.
    """

    detail_id: str
    tracking_no: str = ""
    carrier_code: str = ""
    ship_date: date | None = None
    line_id: str = ""


@dataclass(frozen=True, slots=True)
class Package:
    """One recipient of an order with the marketplace's own id of it (Rakuten 送付先ID)."""

    package_id: str
    recipient: Contact
    noshi: str = ""
    placeholder: bool = False  # social gift whose recipient has not answered yet
    isolated_island: bool = False
    goods_price: int | None = None
    postage: int | None = None
    cod_fee: int | None = None
    total: int | None = None
    drop_off: str = ""  # 置き配 place, as the marketplace words it
    planned_carrier: str = ""  # marketplace's carrier code chosen at purchase
    registered: tuple[RegisteredParcel, ...] = ()


@dataclass(frozen=True, slots=True)
class TaxPart:
    """Amounts of one tax rate (percent), whole yen, tax included, before points."""

    rate: int
    amount: int
    tax: int


@dataclass(frozen=True, slots=True)
class Money:
    """The order's amounts in whole yen, tax included; None = not stated, or undecided at the marketplace."""

    goods: int | None = None
    postage: int | None = None
    cod_fee: int | None = None
    payment_fee: int | None = None
    buyer_extra: int | None = None
    coupon_shop: int = 0
    coupon_market: int = 0
    points: int = 0
    total: int | None = None
    charged: int | None = None  # what the buyer pays (請求金額)
    undecided: tuple[str, ...] = ()  # names of the fields above the marketplace marks as not decided
    taxes: tuple[TaxPart, ...] = ()
    wrapping: int = 0


@dataclass(frozen=True, slots=True)
class Wish:
    """Delivery wish. `slot` is jpship's own code: "" none, "am", or "HHHH" such as "1416"; `text` as received."""

    day: date | None = None
    slot: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """Everything one reading of the marketplace said about one order."""

    id: OrderId
    state: OrderState
    ordered_at: datetime | None  # aware, UTC
    lines: tuple[OrderLine, ...]
    packages: tuple[Package, ...]
    buyer: Contact
    state_code: str = ""
    sub_status: str = ""
    ship_from: datetime | None = None  # shipping allowed from here (Rakuten 発送指示日時)
    money: Money = Money()
    wish: Wish = Wish()
    remark: str = ""  # as received
    buyer_text: str = (
        ""  # what is left of the remark once templates are stripped: really written by the buyer
    )
    remark_wish: str = ""  # delivery wish found in the remark where the wish fields are blank or differ
    memo: str = ""  # the shop's own note at the marketplace
    payment: str = ""
    cash_on_delivery: bool = False
    delivery_method: str = ""
    gift_flag: bool = False
    gift_message: str = ""  # the giver's words for the recipient
    gift_sender: str = ""  # who a present is from, where the marketplace names somebody besides the buyer
    several_recipients: bool = False
    recipient_is_buyer: bool = True
    wrapping: tuple[str, ...] = ()
    noshi: str = ""
    flags: tuple[
        str, ...
    ] = ()  # facts with a rule of their own: "rakuten_checking", "caution", "express_cert", …
    ship_by: datetime | None = None  # the marketplace's own ship-by (aware, UTC), where it states one
    findings: tuple[Finding, ...] = ()  # what reading the source noticed (arithmetic, conflicts, repairs)
    company: str = ""  # of a business buyer, for the slip
    purchase_order: str = ""  # a business buyer's own number for this purchase, for the slip
    by_hand: ByHand | None = None

    @property
    def gift(self) -> bool:
        """Whether anything says this is a present: flag, wrapping, noshi, or a recipient other than the buyer."""
        noshi = self.noshi or any(p.noshi for p in self.packages)
        return bool(self.gift_flag or self.wrapping or noshi or not self.recipient_is_buyer)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something noticed while reading a source; becomes a `Problem` of the same code when rules run."""

    code: str
    field: str = ""
    values: tuple[tuple[str, str], ...] = ()
