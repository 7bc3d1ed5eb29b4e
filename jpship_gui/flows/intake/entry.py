"""An order as a person types it, and what it says once it is read: values, or what stands in their way (IN-15)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from jpship_gui.domain.clock import JST
from jpship_gui.domain.order import (
    BY_HAND,
    ByHand,
    Contact,
    EntryReason,
    Money,
    Order,
    OrderId,
    OrderLine,
    OrderState,
    Package,
    TaxPart,
    Wish,
)
from jpship_gui.domain.postal_code import parted
from jpship_gui.domain.problem import Problem
from jpship_gui.domain.rules.subject import CheckInput
from jpship_gui.domain.ship_by import ShipByRule
from jpship_gui.flows.check.check import check_inputs, ship_by_of
from jpship_gui.flows.check.surroundings import ShopSurroundings, postal_table
from jpship_gui.flows.workspace import Workspace
from jpship_gui.formats import values
from jpship_gui.store import shipments, shops
from jpship_gui.texts import text

PACKAGE = "1"  # an order entered by hand goes to one address
MOST_PIECES = 99_999
_MOST_YEN = 99_999_999
_MONTH_DAY = re.compile(r"^(\d{1,2})[/\-.月](\d{1,2})日?(?:\(.\))?$|^(\d{2})(\d{2})$")
_LOOKS_BACK = timedelta(days=60)  # a day and month without a year lie no further in the past than this


@dataclass(frozen=True, slots=True)
class EnteredLine:
    """One line of goods; a blank `sku` is free text. Quantity, price and rate are as typed."""

    name: str = ""
    quantity: str = "1"
    sku: str = ""
    variant: str = ""
    unit_price: str = ""
    tax_rate: str = "10"

    @property
    def blank(self) -> bool:
        """Whether nothing was typed but a count."""
        return not (self.name or self.sku or self.variant).strip()


@dataclass(frozen=True, slots=True)
class Entry:
    """Everything the form holds, as typed. `address` is prefecture to house number, `building` what follows;
    `original` the key of the shipment a re-send replaces; `carrier` and `service` blank = the shop's usual ones."""

    reason: EntryReason = EntryReason.TELEPHONE
    shop: str = ""
    name: str = ""
    kana: str = ""
    postal_code: str = ""
    address: str = ""
    building: str = ""
    phone: str = ""
    lines: tuple[EnteredLine, ...] = ()
    original: str = ""
    wish_day: str = ""
    wish_slot: str = ""
    ship_by: str = ""
    carrier: str = ""
    service: str = ""
    gift: bool = False
    giver: str = ""
    wrapping: str = ""
    noshi: str = ""
    remark: str = ""
    memo: str = ""
    postage: str = ""
    cash_on_delivery: bool = False


@dataclass(frozen=True, slots=True)
class EntryFault:
    """What keeps an entry from being stored: the field it is about (`goods.2.quantity` is the second line's) and a
    code of `entry.fault.<code>`."""

    field: str
    code: str
    found: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry read: the order it would make (its number still blank), what is wrong, what the rules say of it."""

    order: Order
    faults: tuple[EntryFault, ...] = ()
    problems: tuple[Problem, ...] = ()
    ship_by: datetime | None = None
    typed: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    @property
    def total(self) -> int:
        """Yen of all goods and the postage."""
        goods = sum(line.unit_price * line.quantity for line in self.order.lines)
        return goods + (self.order.money.postage or 0)


def examine(ws: Workspace, entry: Entry, number: str = "", ordered_at: datetime | None = None) -> Draft:
    """Read an entry and run every rule over it, as an order of a file is read and checked; writes nothing.

    `number` and `ordered_at` are those of an order entered before.
    """
    faults: list[EntryFault] = []
    shop = _shop(ws, entry, faults)
    order = _order(ws, entry, shop, faults)
    order = replace(
        order,
        id=OrderId(BY_HAND, shop, number),
        ordered_at=ordered_at or ws.now().replace(second=0, microsecond=0),
    )
    around = ShopSurroundings(ws)
    rule = around.of(shop).ship_by_rule
    day = _day(ws, entry.ship_by, "ship_by", faults)
    if day is not None:
        order = replace(order, ship_by=_closing(day, rule))
    package = order.packages[0]
    due = ship_by_of(ws, order, PACKAGE, package.recipient.prefecture, order.wish, around)
    subject = CheckInput("", order, PACKAGE, package.recipient, order.lines, order.wish, True, due)
    problems = check_inputs(ws, [subject], around)[""]
    return Draft(order, tuple(faults), tuple(problems), due, tuple(_typed(entry)))


def addresses_of(code: str) -> tuple[str, ...]:
    """Prefecture, municipality and town of every place with this postal code, as Japan Post's table has them."""
    places = postal_table().places(values.digits(code))
    named = (f"{p.prefecture}{p.city}{p.town}" for p in places if not p.office)
    return tuple(dict.fromkeys(named))


def digits_of(typed: str) -> str:
    """The digits of a code or number as typed, full-width ones and hyphens among them."""
    return values.digits(typed)


def day_of(typed: str, today: date) -> date | None:
    """A day as people type it: `11/25`, `1125`, `11月25日`, or with its year; without one the next such day counts, or
    the last where it has just gone by. None where it is no day."""
    words = unicodedata.normalize("NFKC", typed).strip()
    whole = values.day(
        words.replace("年", "/").replace("月", "/").replace("日", "") if "年" in words else words
    )
    match = _MONTH_DAY.match(words)
    if whole is not None or match is None:
        return whole
    month, day = int(match[1] or match[3]), int(match[2] or match[4])
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            found = date(year, month, day)
        except ValueError:  # 29 February of another year
            continue
        if found >= today - _LOOKS_BACK:
            return found
    return None


def _shop(ws: Workspace, entry: Entry, faults: list[EntryFault]) -> str:
    """The account whose name stands on the papers; the only one need not be named."""
    known = [shop.name for shop in shops.every(ws.store)]
    if entry.shop in known:
        return entry.shop
    if entry.shop:
        faults.append(EntryFault("shop", "shop_unknown", entry.shop))
    elif len(known) == 1:
        return known[0]
    else:
        faults.append(EntryFault("shop", "shop_needed" if known else "shop_none"))
    return entry.shop


def _order(ws: Workspace, entry: Entry, shop: str, faults: list[EntryFault]) -> Order:
    recipient = _recipient(entry)
    if not recipient.name:
        faults.append(EntryFault("name", "name_missing"))
    lines = tuple(_lines(entry, faults))
    wish = Wish(_day(ws, entry.wish_day, "wish_day", faults), entry.wish_slot)
    giver = _tidy(entry.giver)
    gift = entry.gift or bool(entry.wrapping.strip() or entry.noshi.strip())
    given = gift and bool(giver)
    return Order(
        id=OrderId(BY_HAND, shop, ""),
        state=OrderState.TO_SHIP,
        ordered_at=None,
        lines=lines,
        packages=(Package(PACKAGE, recipient, noshi=_tidy(entry.noshi)),),
        buyer=Contact(name=giver if given else recipient.name),
        money=_money(entry, lines, faults),
        wish=wish,
        remark=values.lines(entry.remark),
        buyer_text=values.lines(entry.remark),
        memo=values.lines(entry.memo),
        payment=text("entry.cash_on_delivery") if entry.cash_on_delivery else "",
        cash_on_delivery=entry.cash_on_delivery,
        gift_flag=gift,
        recipient_is_buyer=not given,
        wrapping=(_tidy(entry.wrapping),) if entry.wrapping.strip() else (),
        noshi=_tidy(entry.noshi),
        by_hand=ByHand(entry.reason, _original(ws, entry, faults)),
    )


def _recipient(entry: Entry) -> Contact:
    code = values.digits(entry.postal_code)
    prefecture, city, street = parted(_tidy(entry.address), postal_table(), code)
    return Contact(
        name=_tidy(entry.name),
        kana=_tidy(entry.kana),
        postal_code=code,
        prefecture=prefecture,
        city=city,
        street=f"{street} {_tidy(entry.building)}".strip(),
        phone=values.digits(entry.phone),
    )


def _lines(entry: Entry, faults: list[EntryFault]) -> Iterator[OrderLine]:
    """Lines that say something; a blank one at the end of the form is none."""
    given = [(place, line) for place, line in enumerate(entry.lines, start=1) if not line.blank]
    if not given:
        faults.append(EntryFault("goods", "goods_missing"))
    for number, (place, line) in enumerate(given, start=1):
        rate = _amount(line.tax_rate, f"goods.{place}.tax_rate", faults, 10)
        if rate not in (0, 8, 10):
            faults.append(EntryFault(f"goods.{place}.tax_rate", "tax_rate", line.tax_rate))
        yield OrderLine(
            line_id=str(number),
            package_id=PACKAGE,
            sku=line.sku.strip(),
            name=_tidy(line.name) or line.sku.strip(),
            quantity=_quantity(line, place, faults),
            variant=_tidy(line.variant),
            unit_price=_amount(line.unit_price, f"goods.{place}.unit_price", faults),
            tax_rate=rate,
            reduced_rate=rate == 8,
        )


def _quantity(line: EnteredLine, place: int, faults: list[EntryFault]) -> int:
    words = _tidy(line.quantity)
    number = values.money(words) if words else None
    if number is None or not 0 < number <= MOST_PIECES:
        faults.append(EntryFault(f"goods.{place}.quantity", "quantity", line.quantity))
        return 1
    return number


def _amount(typed: str, name: str, faults: list[EntryFault], blank: int = 0) -> int:
    words = _tidy(typed)
    if not words:
        return blank
    number = values.money(words)
    if number is None or not 0 <= number <= _MOST_YEN:
        faults.append(EntryFault(name, "amount", typed))
        return blank
    return number


def _money(entry: Entry, lines: Sequence[OrderLine], faults: list[EntryFault]) -> Money:
    """The sums of what was typed; none at all where nothing costs anything, as of a sample or a re-send."""
    postage = _amount(entry.postage, "postage", faults)
    goods = sum(line.unit_price * line.quantity for line in lines)
    total = goods + postage
    if entry.cash_on_delivery and not total:
        faults.append(EntryFault("cash_on_delivery", "nothing_to_collect"))
    if not total:
        return Money()
    by_rate: dict[int, int] = {10: postage}
    for line in lines:
        by_rate[line.tax_rate] = by_rate.get(line.tax_rate, 0) + line.unit_price * line.quantity
    taxes = (TaxPart(rate, sum_, sum_ * rate // (100 + rate)) for rate, sum_ in by_rate.items() if sum_)
    return Money(
        goods=goods,
        postage=postage,
        total=total,
        charged=total,
        taxes=tuple(sorted(taxes, key=lambda part: -part.rate)),
    )


def _original(ws: Workspace, entry: Entry, faults: list[EntryFault]) -> OrderId | None:
    """The order a re-send replaces; without it nobody could tell later whether it was sent twice by mistake."""
    if not entry.original:
        if entry.reason is EntryReason.RESEND:
            faults.append(EntryFault("original", "original_missing"))
        return None
    found = shipments.by_key(ws.store, entry.original)
    if found is None:
        faults.append(EntryFault("original", "original_unknown", entry.original))
        return None
    return found.order_id


def _day(ws: Workspace, typed: str, name: str, faults: list[EntryFault]) -> date | None:
    if not typed.strip():
        return None
    found = day_of(typed, ws.today())
    if found is None:
        faults.append(EntryFault(name, "day", typed))
    return found


def _closing(day: date, rule: ShipByRule) -> datetime:
    """The moment by which parcels of a day must have left the shop."""
    return datetime.combine(day, rule.closing, JST).astimezone(UTC)


def _tidy(typed: str) -> str:
    """One line without outer blanks; spelling stays the person's."""
    return " ".join(typed.split())


def _typed(entry: Entry) -> Iterator[tuple[str, str]]:
    """Label and text of every field that was filled in, for the source of the order (IN-14)."""
    plain = (
        *("name", "kana", "postal_code", "address", "building", "phone", "wish_day", "wish_slot", "ship_by"),
        *("giver", "wrapping", "noshi", "remark", "memo", "postage"),
    )
    yield text("entry.field.reason"), text(f"entry.reason.{entry.reason}")
    for name in plain:
        if getattr(entry, name).strip():
            yield text(f"entry.field.{name}"), getattr(entry, name)
    for line in entry.lines:
        if not line.blank:
            words = (line.sku, line.name, line.variant, f"×{line.quantity}", line.unit_price)
            yield text("entry.field.goods"), " / ".join(word for word in words if word.strip())
    if entry.cash_on_delivery:
        yield text("entry.field.payment"), text("entry.cash_on_delivery")
