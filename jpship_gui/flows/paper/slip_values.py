"""What stands on a shipment's slip: values from shipment, order and shop settings (rakuten reference, section 7)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from jpship_gui.carriers import carriers, number_forms
from jpship_gui.carriers.base import Carrier
from jpship_gui.documents.layout import PaperLayout
from jpship_gui.documents.slip_data import (
    Addressee,
    Amounts,
    RateTotal,
    Shopfront,
    SlipData,
    SlipLine,
    SlipOrder,
)
from jpship_gui.documents.words import Words
from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.goods_set import NO_SETS, Sets
from jpship_gui.domain.invoice import STANDARD_RATE, Rounding, by_rate, tax_within
from jpship_gui.domain.order import Contact, Money, Order, OrderLine, Package, Wish
from jpship_gui.domain.shipment import Shipment
from jpship_gui.domain.tracking_no import NumberForm, grouped, is_untracked
from jpship_gui.flows.services import untracked
from jpship_gui.settings.options import ShopOptions
from jpship_gui.store.products import Product

SLIP_WORDS = "ja"  # a slip speaks the buyer's language, whatever the desk speaks
_HOUSE = re.compile(
    r"(?P<street>.*?[0-9０-９]+(?:[-－−‐–ー][0-9０-９]+)+(?:号(?!室|棟|館))?"
    r"|.*?[0-9０-９]+番地?(?:の?[0-9０-９]+号?(?!室|棟|館))?)"
    r"[\s\u3000]*(?P<building>[^\s\u3000\d０-９\-－−‐–ー丁目番地号の].*)$"
)
_BLANK_AFTER_NUMBER = re.compile(
    r"(?P<street>.*[0-9０-９号番地目])[\s\u3000]+(?P<building>[^\s\u3000\d０-９].*)$"
)
_CONSENT = re.compile(r"確認|了承|同意|承諾|理解|選択して")
_ASKS = re.compile(r"納品書")
_DECLINES = re.compile(r"納品書[^。\n]{0,12}(?:不要|いりません|要りません|いらない|なし|入れない|無し)")


@dataclass(frozen=True, slots=True)
class SlipSource:
    """All that one slip is made of; `together` the same of the other orders in the parcel."""

    shipment: Shipment
    order: Order
    options: ShopOptions
    shop: Shopfront
    products: Mapping[str, Product]
    sets: Sets = field(
        default_factory=lambda: NO_SETS
    )  # the slip names them as bought, the pick lists open them
    layout: PaperLayout | None = None
    together: tuple[SlipSource, ...] = ()
    carriers: Mapping[str, Carrier] = field(
        default_factory=carriers
    )  # of the folder, those its seller made too
    forms: tuple[NumberForm, ...] = field(default_factory=number_forms)


def asks_for_slip(text: str) -> bool:
    """Whether a buyer's remark asks for a slip (納品書希望) and does not decline one."""
    return bool(_ASKS.search(text)) and not _DECLINES.search(text)


def shopfront(name: str, options: ShopOptions, layout: PaperLayout) -> Shopfront:
    """The shop as its papers show it, with the layout's texts; its account name stands in where no sender name is
    set."""
    return Shopfront(
        name=options.get("sender.name") or name,
        postal_code=options.get("sender.postal_code").replace("-", ""),
        address=" ".join(p for p in (options.get("sender.address"), options.get("sender.building")) if p),
        phone=options.get("sender.phone"),
        email=options.get("sender.email"),
        greeting=layout.text("greeting"),
        returns_text=layout.text("returns_text"),
        gift_text=layout.text("gift_text"),
        footer=layout.text("footer"),
    )


def slip_of(
    source: SlipSource, batch: int, row: int, ships_on: date, *, priced_gifts: bool = False
) -> SlipData:
    """The slip of one shipment, with the goods of all orders that travel in its parcel; a gift's holds no money unless
    the shop or `priced_gifts` says so (PR-03)."""
    shipment, order, options = source.shipment, source.order, source.options
    every = (source, *source.together)
    gift = any(one.shipment.gift for one in every)
    priced = not gift or priced_gifts or options.get("slip.gift_prices") == "show"
    costing = [one for one in every if not _without_prices(one.order)]
    free = priced and not costing
    words = Words(SLIP_WORDS)
    carrier = source.carriers.get(shipment.carrier or options.get("carrier.default"))
    parcel = shipment.parcels[0] if shipment.parcels else None
    number = (parcel.tracking_no or parcel.file_no) if parcel else ""
    number = "" if is_untracked(number) else number
    return SlipData(
        key=shipment.key,
        batch=batch,
        row=row,
        recipient=addressee(shipment.recipient, order.company if priced else ""),
        shop=source.shop,
        lines=tuple(line for one in every for line in _lines(one, words, priced)),
        orders=_orders(every, words, priced) if source.together else (),
        amounts=summed([amounts(one.order, one.shipment, one.options) for one in costing])
        if priced and costing
        else None,
        free=free,
        notes=_notes(source) if priced else (),
        layout=source.layout,
        order_number=order.id.number,
        purchase_order=order.purchase_order if priced else "",
        ordered_on=to_jst(order.ordered_at).date() if order.ordered_at else None,
        ships_on=ships_on,
        wish=wish_words(shipment.wish, words),
        delivery=_delivery(source, words),
        carrier=carrier.full_name if carrier else shipment.carrier,
        tracking_no=number,
        tracking_printed=grouped(number, source.forms, carrier.id) if carrier else number,
        sender="" if priced else _sender(source),
        sender_is_shop=options.get("slip.sender") == "shop",
        message="" if priced else "\n".join(filter(None, (one.order.gift_message for one in every))),
        remark="" if gift else "\n".join(filter(None, map(_remark, every))),
    )


def _notes(source: SlipSource) -> tuple[str, ...]:
    """The registration number where the slip is the invoice; where a receipt comes from that was asked for."""
    words, found = Words(SLIP_WORDS), []
    if says_invoice(source):
        found.append(words("documents.registration_no", number=registered(source.options)))
    if source.order.cash_on_delivery and "領収" in source.shipment.buyer_text:
        found.append(words("documents.cod_receipt"))
    return tuple(found)


def _remark(source: SlipSource) -> str:
    return source.shipment.buyer_text if source.options.get("slip.remark") == "show" else ""


def _orders(every: Sequence[SlipSource], words: Words, priced: bool) -> tuple[SlipOrder, ...]:
    """A heading for each order's goods: number, day, shop where it is another, what the buyer pays for it."""
    made = []
    shops = {one.shop.name for one in every}
    for one in every:
        own = (
            amounts(one.order, one.shipment, one.options)
            if priced and not _without_prices(one.order)
            else None
        )
        made.append(
            SlipOrder(
                number=one.order.id.number,
                ordered_on=to_jst(one.order.ordered_at).date() if one.order.ordered_at else None,
                shop=one.shop.name if len(shops) > 1 else "",
                lines=len(_lines(one, words, priced)),
                amount=None if own is None or own.undecided else own.charged if own.charged else own.total,
            )
        )
    return tuple(made)


def _without_prices(order: Order) -> bool:
    """Whether nothing says what the goods cost: a file without prices, or something entered by hand that is free."""
    money = order.money
    if money.charged is not None or money.undecided:
        return False
    return order.by_hand is not None or (
        money.goods is None and not any(line.unit_price for line in order.lines)
    )


def addressee(contact: Contact, company: str = "") -> Addressee:
    """The recipient with the building on a line of its own; a company that stands in the name already is not told
    twice."""
    street, building = part_building(contact.street)
    first = f"{contact.prefecture}{contact.city}{street}"
    lines = tuple(line for line in (first, building) if line)
    return Addressee(contact.name, contact.postal_code, lines, "" if company in contact.name else company)


def part_building(street: str) -> tuple[str, str]:
    """Street and building as they should break on paper; nothing is lost but the blank between them."""
    street = street.strip()
    found = _BLANK_AFTER_NUMBER.fullmatch(street) or _HOUSE.fullmatch(street)
    return (found["street"].rstrip(), found["building"].strip()) if found else (street, "")


def wish_words(wish: Wish, words: Words) -> str:
    """11/23(月) 午前中; the marketplace's own words where they name no slot we know."""
    slot = ""
    if wish.slot in ("am", "pm"):
        slot = words(f"documents.slot_{wish.slot}")
    elif len(wish.slot) == 4 and wish.slot.isdigit():
        slot = words("documents.slot_hours", start=int(wish.slot[:2]), end=int(wish.slot[2:]))
    elif wish.slot or not wish.day:
        slot = wish.text
    day = words.short_day(wish.day) if wish.day else ""
    return " ".join(part for part in (day, slot) if part)


def _lines(source: SlipSource, words: Words, priced: bool) -> tuple[SlipLine, ...]:
    """The shipment's goods; a fee for wrapping is part of the marketplace's sum of goods, so it is a line too."""
    lines = [_line(x, source.products.get(x.sku)) for x in source.shipment.lines if not x.deleted]
    money = source.order.money
    if priced and money.wrapping and len(source.order.packages) == 1:
        lines.append(SlipLine("", words("documents.wrapping"), 1, unit_price=money.wrapping))
    return tuple(lines)


def _line(line: OrderLine, product: Product | None) -> SlipLine:
    """A line with the shop's own short name where the goods table has one."""
    return SlipLine(
        sku=line.sku or line.item_number,
        name=(product.name if product else "") or line.name,
        quantity=line.quantity,
        variant=line.variant,
        options="\n".join(o for o in line.options.splitlines() if o.strip() and not _CONSENT.search(o)),
        unit_price=line.unit_price,
        tax_rate=8 if line.reduced_rate else line.tax_rate,
    )


def _delivery(source: SlipSource, words: Words) -> str:
    shipment, options = source.shipment, source.options
    carrier = source.carriers.get(shipment.carrier or options.get("carrier.default"))
    if carrier is None:
        return shipment.carrier
    wanted = shipment.service or options.get("carrier.service") or carrier.default_service
    service = carrier.service(wanted)
    name = " ".join(part for part in (carrier.full_name, service.name if service else "") if part)
    delivery = words("documents.delivery_parcels", name=name, parcels=max(len(shipment.parcels), 1))
    return (
        f"{delivery} {words('documents.untracked')}"
        if untracked(source.carriers, shipment, options)
        else delivery
    )


def _sender(source: SlipSource) -> str:
    """Who the gift is from: the buyer or the shop as set; nobody where a buyer sends to himself."""
    if source.options.get("slip.sender") == "shop":
        return source.shop.name
    order = source.order
    if order.gift_sender:
        return order.gift_sender
    return (
        ""
        if order.recipient_is_buyer and order.buyer.name == source.shipment.recipient.name
        else order.buyer.name
    )


def amounts(order: Order, shipment: Shipment, options: ShopOptions) -> Amounts:
    """The order's money, or the package's own where the order goes to several addresses."""
    if len(order.packages) > 1:
        package = next((p for p in order.packages if p.package_id == shipment.package_id), None)
        return _of_package(package, shipment)
    return order_amounts(order, options)


def summed(parts: Sequence[Amounts]) -> Amounts:
    """The money of several orders on one slip: what is not stated of one of them is not stated of all."""
    if len(parts) == 1:
        return parts[0]
    taxes: dict[int, RateTotal] = {}
    for part in parts:
        for tax in part.taxes:
            known = taxes.get(tax.rate, RateTotal(tax.rate, 0, 0))
            taxes[tax.rate] = RateTotal(tax.rate, known.amount + tax.amount, known.tax + tax.tax)
    return Amounts(
        goods=_sum(part.goods for part in parts),
        adds=_by_key(part.adds for part in parts),
        takes=_by_key(part.takes for part in parts),
        total=_sum(part.total for part in parts),
        taxes=tuple(taxes[rate] for rate in sorted(taxes, reverse=True)),
        points=sum(part.points for part in parts),
        charged=_sum(part.charged for part in parts),
        undecided=any(part.undecided for part in parts),
    )


def _sum(values: Iterable[int | None]) -> int | None:
    known = list(values)
    return None if None in known else sum(value for value in known if value is not None)


def _by_key(parts: Iterable[Sequence[tuple[str, int]]]) -> tuple[tuple[str, int], ...]:
    found: dict[str, int] = {}
    for part in parts:
        for key, value in part:
            found[key] = found.get(key, 0) + value
    return tuple(found.items())


_ADDS = ("postage", "cod_fee", "payment_fee", "buyer_extra")


def order_amounts(order: Order, options: ShopOptions) -> Amounts:
    """A whole order's money, with the tax per rate where the marketplace states none but the sums agree."""
    found = _of_order(order.money)
    if found.taxes or found.total is None or found.undecided or found.goods is None:
        return found
    lines = [line for line in order.lines if not line.deleted]
    goods = [(8 if x.reduced_rate else x.tax_rate, x.unit_price * x.quantity) for x in lines]
    goods.append((STANDARD_RATE, order.money.wrapping))
    additions, deductions = (sum(value for _, value in part) for part in (found.adds, found.takes))
    stated = found.goods + additions - deductions
    if sum(amount for _, amount in goods) != found.goods or stated != found.total:
        return found
    rounding = Rounding(options.get("invoice.rounding"))
    parts = by_rate(goods, additions, deductions)
    taxes = (RateTotal(rate, amount, tax_within(amount, rate, rounding)) for rate, amount in parts.items())
    return replace(found, taxes=tuple(part for part in taxes if part.amount))


def registered(options: ShopOptions) -> str:
    """The shop's registration number, "" where it is not registered."""
    return str(options.get("invoice.registration_no"))


def says_invoice(source: SlipSource) -> bool:
    """Whether the shop's slip of this order is its simplified invoice: priced, of one order, the only one of it."""
    options, order = source.options, source.order
    if options.get("invoice.mode") != "slip" or not registered(options):
        return False
    gift = any(one.shipment.gift for one in (source, *source.together))
    hidden = gift and options.get("slip.gift_prices") != "show"
    if hidden or source.together or len(order.packages) > 1 or len(source.shipment.parcels) > 1:
        return False
    money = order_amounts(order, options)
    return bool(money.taxes) and not money.undecided and options.get("slip.when") != "never"


def goods_of_order(source: SlipSource) -> tuple[SlipLine, ...]:
    """All goods of an order, whatever parcel they travel in."""
    whole = replace(source, shipment=replace(source.shipment, lines=source.order.lines))
    return _lines(whole, Words(SLIP_WORDS), priced=True)


def _of_order(money: Money) -> Amounts:
    """Rakuten's per-rate amounts are after all coupons and before points, so both coupons stand above the total and
    the rates add up to it (rakuten reference: 請求金額 = sum of the rates − points)."""
    adds = tuple(
        (f"documents.{name}", value)
        for name in _ADDS
        if (value := getattr(money, name)) is not None and (value or name == "postage")
    )
    takes = (("documents.coupon_shop", money.coupon_shop), ("documents.coupon_market", money.coupon_market))
    undecided = money.charged is None or bool(money.undecided)
    return Amounts(
        goods=money.goods,
        adds=tuple(
            (key, value) for key, value in adds if key.removeprefix("documents.") not in money.undecided
        ),
        takes=tuple((key, value) for key, value in takes if value),
        total=None if money.charged is None else money.charged + money.points,
        taxes=tuple(RateTotal(part.rate, part.amount, part.tax) for part in money.taxes if part.amount),
        points=money.points,
        charged=money.charged,
        undecided=undecided,
    )


def _of_package(package: Package | None, shipment: Shipment) -> Amounts:
    """Goods, postage and fee of one package; coupons and points belong to the whole order and stay away."""
    goods = sum(line.unit_price * line.quantity for line in shipment.lines if not line.deleted)
    if package is None:
        return Amounts(goods)
    adds = tuple(
        (key, value)
        for key, value in (("documents.postage", package.postage), ("documents.cod_fee", package.cod_fee))
        if value
    )
    stated = package.goods_price if package.goods_price is not None else goods
    return Amounts(stated, adds, total=stated + sum(value for _, value in adds))
