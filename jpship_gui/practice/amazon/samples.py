"""Synthetic orders of an Amazon shop: same arguments, same orders. No person, address or number is real."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, timezone

from jpship_gui.practice.rakuten.samples import FAMILIES, GIVEN, PLACES

JST = timezone(timedelta(hours=9))
MARKETPLACE = "A1VC38T7YXB528"


@dataclass(frozen=True, slots=True)
class Goods:
    """One thing the sample shop sells; `price` with tax."""

    sku: str
    title: str
    price: int
    rate: int = 10


@dataclass(frozen=True, slots=True)
class Item:
    """One order line. `shipped` pieces left before; `wrap` and `message` are gift options."""

    item_id: str
    goods: Goods
    quantity: int
    shipped: int = 0
    postage: int = 0
    wrap: str = ""
    message: str = ""
    transparency: bool = False
    cancel_reason: str = ""  # the buyer asked for a cancellation


@dataclass(frozen=True, slots=True)
class Person:
    """A recipient; `lines` are the address without prefecture, as Amazon keeps them."""

    name: str
    postal_code: str  # NNN-NNNN
    prefecture: str
    lines: tuple[str, str, str]
    phone: str


@dataclass(frozen=True, slots=True)
class SampleOrder:
    """One order in the terms both its reports and its API model are made of; times are UTC."""

    number: str
    made: datetime
    ship_by: datetime
    recipient: Person
    buyer_name: str
    buyer_email: str
    items: tuple[Item, ...]
    service: str = "Standard"  # as reports write it
    status: str = "UNSHIPPED"
    by_amazon: bool = False
    programs: tuple[str, ...] = ()
    instructions: str = ""
    drop_off: str = ""
    company: str = ""
    purchase_order: str = ""
    window: tuple[datetime, datetime] | None = None  # scheduled delivery
    replaces: str = ""
    label: str = ""  # tracking number of a label bought at Amazon

    @property
    def prime(self) -> bool:
        """A Prime order."""
        return "PRIME" in self.programs

    @property
    def business(self) -> bool:
        """An order of Amazon Business."""
        return "AMAZON_BUSINESS" in self.programs


GOODS = (
    Goods("MUG-BLUE", "見本窯 マグカップ 350ml 電子レンジ対応 青", 1980),
    Goods("PLATE-21", '平皿 21cm (8.3") 白', 2200),
    Goods("4900000000016", "今治風タオル 3枚組", 2750),
    Goods("TEA-100", "練習茶園の煎茶 100g", 1080, 8),
    Goods("HASHI-01", "夫婦箸 桐箱入り ①", 3300),
    Goods("BENTO-600", "弁当箱 小判 600ml ㈱練習", 3850),
)
_BUILDINGS = ("", "", "見本ハイツ204号室", "", "練習ビル3F")


def sample_orders(
    orders: int, day: date = date(2026, 11, 20), plain: bool = False, seed: int = 1
) -> list[SampleOrder]:
    """`orders` orders made on a day in Japan. `plain` leaves out all that needs a person or is not the seller's to
    ship."""
    chance = random.Random(f"amazon-{seed}-{day}")
    made = [_order(chance, index, day) for index in range(orders)]
    return made if plain else [_special(order, index) for index, order in enumerate(made)]


def _order(chance: random.Random, index: int, day: date) -> SampleOrder:
    at = datetime.combine(day, datetime.min.time(), JST) + timedelta(seconds=chance.randrange(60, 80_000))
    first, middle, last = (249, 250, 503)[index % 3], chance.randrange(10**7), chance.randrange(10**4)
    number = f"{first}-{middle:07d}-{index % 1000:03d}{last:04d}"
    person = _person(chance, index)
    recipient = _recipient(chance, index, person)
    deadline = datetime.combine(day + timedelta(days=2 + index % 3), datetime.min.time(), JST)
    ship_by = deadline.replace(hour=23, minute=59, second=59)
    items = tuple(_item(chance, index, n) for n in range(1 + (index % 4 == 3)))
    if sum(item.goods.price * item.quantity for item in items) < 3500:
        items = (replace(items[0], postage=550), *items[1:])
    return SampleOrder(
        number=number,
        made=at.astimezone(UTC),
        ship_by=ship_by.astimezone(UTC),
        recipient=recipient,
        buyer_name=person,
        buyer_email=f"sample{index:05d}@marketplace.amazon.co.jp",
        items=items,
        programs=("PRIME",) if index % 6 == 5 else (),
    )


def _person(chance: random.Random, index: int) -> str:
    blank = ("", " ", "\u3000")[index % 3]
    return f"{FAMILIES[index % len(FAMILIES)][0]}{blank}{GIVEN[chance.randrange(len(GIVEN))][0]}"


def _recipient(chance: random.Random, index: int, name: str) -> Person:
    code, prefecture, city, town = PLACES[chance.randrange(len(PLACES))]
    house = f"{chance.randrange(1, 9)}-{chance.randrange(1, 30)}-{chance.randrange(1, 20)}"
    phone = f"{('090', '080', '070')[index % 3]}0000{chance.randrange(10_000):04d}"
    return Person(
        name=name,
        postal_code=f"{code[:3]}-{code[3:]}",
        prefecture=prefecture,
        lines=(f"{city}{town}", house, _BUILDINGS[index % len(_BUILDINGS)]),
        phone=phone if index % 2 else f"{phone[:3]}-{phone[3:7]}-{phone[7:]}",
    )


def _item(chance: random.Random, index: int, number: int) -> Item:
    goods = GOODS[(index + number * 2) % len(GOODS)]
    quantity = 1 if chance.random() < 0.8 else chance.randrange(2, 5)
    return Item(f"{chance.randrange(10**13, 10**14)}", goods, quantity)


def _special(order: SampleOrder, index: int) -> SampleOrder:
    """What is not everyday, by place."""
    first = order.items[0]
    match index % 21:
        case 1:
            return replace(order, instructions="玄関前に置いてください。\n呼び鈴は鳴らさないでください。")
        case 2:
            message = "お誕生日おめでとう。\n花子より"
            other = replace(order.recipient, name="贈先 茜")
            gift = replace(first, wrap="ギフトバッグ", message=message)
            return replace(order, items=(gift, *order.items[1:]), recipient=other)
        case 4:
            return replace(
                order,
                company="練習商事株式会社",
                purchase_order="PO-2026-0042",
                programs=("AMAZON_BUSINESS",),
                recipient=replace(order.recipient, name="見本 総務部"),
            )
        case 6:
            return replace(order, by_amazon=True)
        case 7:
            return replace(order, programs=("AMAZON_EASY_SHIP",), label="400000000014")
        case 8:
            return replace(order, items=(replace(first, cancel_reason="BUYER_CANCELED"), *order.items[1:]))
        case 9:
            start = datetime.combine(
                order.made.astimezone(JST).date() + timedelta(days=4), datetime.min.time(), JST
            )
            window = (start.replace(hour=14).astimezone(UTC), start.replace(hour=16).astimezone(UTC))
            return replace(order, service="Scheduled", window=window)
        case 10:
            two = replace(first, quantity=3, shipped=1)
            return replace(order, items=(two, *order.items[1:]), status="PARTIALLY_SHIPPED")
        case 12:
            return replace(order, items=(replace(first, transparency=True), *order.items[1:]))
        case 13:
            return replace(order, status="CANCELLED")
        case 14:
            return replace(order, status="SHIPPED", items=tuple(_all_left(item) for item in order.items))
        case 15:
            return replace(order, status="PENDING")
        case 16:
            return replace(order, programs=("PREMIUM",), service="SameDay", drop_off="宅配ボックス")
        case _:
            return order


def _all_left(item: Item) -> Item:
    return replace(item, shipped=item.quantity)


@dataclass(slots=True)
class Amounts:
    """What a line costs, tax inside."""

    goods: int
    goods_tax: int
    postage: int
    postage_tax: int
    total: int = field(init=False)

    def __post_init__(self) -> None:
        self.total = self.goods + self.postage


def amounts(item: Item) -> Amounts:
    """Sums of one order line."""
    goods, rate = item.goods.price * item.quantity, item.goods.rate
    return Amounts(goods, goods * rate // (100 + rate), item.postage, item.postage * 10 // 110)
