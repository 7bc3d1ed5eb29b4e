"""Orders to be planned, for pictures and tests of the planning page: invented people who ordered more than once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from jpship_gui.domain.order import Contact, OrderId, OrderLine, Wish
from jpship_gui.flows.plan.bundle import bundle
from jpship_gui.flows.plan.split import split
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import shipments, shops
from tests.builders import a_contact, a_line, an_order, stored
from tests.ui import synthetic

SHOP, OTHER = "計画店", "計画Yahoo店"


@dataclass(frozen=True, slots=True)
class Planned:
    """Keys: two groups nothing speaks against, of two and of three orders; one whose wishes and telephones differ; one
    that can never go together; a bundle; an order of five pieces to be split; parcels with void waybills."""

    clear: tuple[str, ...]
    three: tuple[str, ...]
    doubtful: tuple[str, ...]
    never: tuple[str, ...]
    bundled: tuple[str, ...]
    many: str
    voids: tuple[str, ...]


def lay_out(ws: Workspace) -> Planned:
    """Two shops that allow bundling across, and their orders."""
    for name, marketplace in ((SHOP, "rakuten"), (OTHER, "yahoo")):
        shops.add(ws.store, name, marketplace, {"plan.bundle_across": "on"}, synthetic.NOW)
    hana = a_contact(name="見本 花子", street="北浜8-8-8 コーポみほん101")
    also = replace(hana, street="北浜八丁目８番８号 コーポみほん１０１", name="見本花子")
    clear = _orders(ws, 9000, hana, [_mug(2), _plate()], minutes=37, second=also)
    jiro = a_contact(
        name="試験 二郎", kana="", prefecture="愛知県", city="名古屋市中区", street="みほん町1-2-3"
    )
    three = _orders(ws, 9010, jiro, [_mug(), _tea(3), _plate(2)], minutes=112)
    emi = a_contact(
        name="例田 恵美",
        kana="",
        prefecture="福岡県",
        city="福岡市中央区",
        street="みほん4-5-6 ハイツれいだ305",
    )
    doubtful = _orders(
        ws,
        9020,
        emi,
        [_mug(), _tea()],
        minutes=112,
        second=replace(emi, phone=""),
        wish=Wish(date(2026, 11, 24), "1416"),
    )
    cool = a_contact(
        name="架空 健", kana="", prefecture="北海道", city="札幌市中央区", street="みほん条7-8-9"
    )
    never = _orders(ws, 9030, cool, [_tea(), _plate()], minutes=300, cool="chilled")
    together = a_contact(
        name="仮屋 紀子", kana="", prefecture="京都府", city="京都市中京区", street="みほん通10-11"
    )
    bundled = bundle(ws, _orders(ws, 9040, together, [_mug(), _plate()], minutes=400)).keys
    big = a_contact(name="練習 大輔", kana="", prefecture="東京都", city="千代田区", street="みほん12-13")
    (many,) = _orders(ws, 9050, big, [], minutes=420, lines=(_mug(3), _plate(2), _tea(12)))
    return Planned(clear, three, doubtful, never, bundled, many, _voids(ws))


def _voids(ws: Workspace) -> tuple[str, ...]:
    """Three boxes that had numbers and became one."""
    person = a_contact(
        name="見本 四郎", kana="", prefecture="静岡県", city="静岡市葵区", street="みほん14-15"
    )
    (key,) = _orders(ws, 9060, person, [], minutes=430, lines=(_mug(4),))
    made = split(ws, key, 4)
    for number, parcel in enumerate(made.parcels[1:], start=1):
        known = f"40000000{number:03d}{(40000000 * 1000 + number) % 7}" if number > 1 else ""
        with ws.store.transaction():
            ws.store.execute(
                "UPDATE parcels SET file_no = ?, carrier = 'yamato' WHERE key = ?", (known, parcel.key)
            )
    split(ws, key, 1)
    return tuple(parcel.key for parcel in made.parcels[2:])


def _mug(quantity: int = 1) -> OrderLine:
    return a_line(name="マグカップ", variant="青・350ml", sku="plan-mug", quantity=quantity)


def _plate(quantity: int = 1) -> OrderLine:
    return a_line(line_id="2", name="平皿 21cm", variant="白", sku="plan-plate", quantity=quantity)


def _tea(quantity: int = 1) -> OrderLine:
    return a_line(line_id="3", name="ほうじ茶", variant="100g 3袋", sku="plan-tea", quantity=quantity)


def _orders(
    ws: Workspace,
    first: int,
    to: Contact,
    goods: Sequence[OrderLine],
    *,
    minutes: int,
    second: Contact | None = None,
    wish: Wish | None = None,
    cool: str = "",
    lines: tuple[OrderLine, ...] = (),
) -> tuple[str, ...]:
    """One order for each of the goods, the last one at the other shop; wish and temperature are the second one's."""
    parts = [(line,) for line in goods] or [lines]
    keys = []
    for n, part in enumerate(parts):
        here = second if second is not None and n else to
        order = an_order(first + n, SHOP, recipient=here, lines=part)
        if n and n == len(parts) - 1:
            order = replace(order, id=OrderId("yahoo", OTHER, f"mihon-{10_030_000 + first}"))
        given: dict[str, Any] = {
            "ship_by": synthetic.NOW + timedelta(minutes=minutes + 20 * n),
            "service": "takkyubin",
        }
        given |= {"wish": wish} if wish is not None and n else {}
        given |= {"cool": cool} if cool and n else {}
        ((row_id, key),) = stored(ws.store, order, **given)
        with ws.store.transaction():
            shipments.index(ws.store, [row_id])
            shipments.restage(ws.store, [row_id])
        keys.append(key)
    return tuple(keys)
