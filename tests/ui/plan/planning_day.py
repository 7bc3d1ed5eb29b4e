"""Orders to be planned, for pictures and tests of the planning page: invented people who ordered more than once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from jpship_gui.domain.order import Contact, OrderId, OrderLine, Wish
from jpship_gui.flows.check.check import check_shipments
from jpship_gui.flows.plan.bundle import bundle
from jpship_gui.flows.plan.choose import hold_until, set_service
from jpship_gui.flows.plan.split import split
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import plans, shipments, shops
from tests.builders import a_contact, a_line, an_order, stored
from tests.ui import synthetic

SHOP, OTHER = "計画店", "計画Yahoo店"


@dataclass(frozen=True, slots=True)
class Planned:
    """Keys: two groups nothing speaks against, of two and of three orders; one whose wishes and telephones differ; one
    that can never go together; a bundle; an order of many pieces to be split; parcels with void waybills; three that
    planning stops: too warm a service, a day too early, a slot there is not; one that waits for a day."""

    clear: tuple[str, ...]
    three: tuple[str, ...]
    doubtful: tuple[str, ...]
    never: tuple[str, ...]
    bundled: tuple[str, ...]
    many: str
    voids: tuple[str, ...]
    stopped: tuple[str, ...]
    waits: str


PRICES: Mapping[str, Any] = {
    "zone": [{"name": "近畿", "prefectures": ["大阪府", "京都府", "兵庫県", "奈良県", "滋賀県", "和歌山県"]}],
    "price": [
        {"carrier": "yamato", "service": "takkyubin", "yen": 930, "to_zone": "近畿"},
        {"carrier": "yamato", "service": "takkyubin", "yen": 1190},
        {"carrier": "yamato", "service": "nekopos", "yen": 385},
        {"carrier": "sagawa", "service": "takkyubin", "yen": 910},
        {"carrier": "jppost", "service": "yupack", "yen": 990},
    ],
    "surcharge": [{"carrier": "yamato", "kind": "chilled", "yen": 275}],
}

LIMITS: Mapping[str, Any] = {
    "area": [
        {
            "carrier": "yamato",
            "prefectures": ["沖縄県"],
            "island": True,
            "no_chilled": True,
            "no_frozen": True,
            "extra_days": 2,
            "valid_from": "2026-04-01",
            "source": "契約書 2026年4月",
        },
        {"postal": ["10021", "90715"], "no_slot": True, "no_cash": True, "source": "営業所の案内"},
    ],
    "service": [{"carrier": "yamato", "service": "compact", "value": 30_000, "source": "契約書"}],
    "pickup": [{"carrier": "sagawa", "closed_weekdays": ["sun"], "holidays": True}],
}


def lay_out(ws: Workspace) -> Planned:
    """Two shops that allow bundling across, a price table, and their orders, checked and planned."""
    settings = {"plan.bundle_across": "on", "carrier.default": "yamato", "carrier.service": "takkyubin"}
    for name, marketplace in ((SHOP, "rakuten"), (OTHER, "yahoo")):
        shops.add(ws.store, name, marketplace, settings, synthetic.NOW)
    with ws.store.transaction():
        plans.keep_table(ws.store, plans.PRICES, PRICES, "運賃", synthetic.NOW, ws.person)
        plans.keep_table(ws.store, plans.LIMITS, LIMITS, "制限", synthetic.NOW, ws.person)
    hana = a_contact(name="見本 花子", street="北浜8-8-8 コーポみほん101")
    also = replace(hana, street="北浜八丁目８番８号 コーポみほん１０１", name="見本花子")
    clear = _orders(ws, 9000, hana, [_mug(2), _plate()], minutes=37, second=also)
    three = _orders(
        ws,
        9010,
        _at("試験 二郎", "4600008", "愛知県", "名古屋市中区", "栄9-99-9"),
        [_mug(), _tea(3), _plate(2)],
    )
    emi = _at("例田 恵美", "8100001", "福岡県", "福岡市中央区", "天神9-99-9 ハイツれいだ305")
    wish = Wish(date(2026, 11, 28), "1416")
    doubtful = _orders(ws, 9020, emi, [_mug(), _tea()], second=replace(emi, phone=""), wish=wish)
    cool = _at("架空 健", "0600042", "北海道", "札幌市中央区", "大通西9-99")
    never = _orders(ws, 9030, cool, [_tea(), _plate()], minutes=300, cool="chilled")
    together = _at("仮屋 紀子", "6500021", "兵庫県", "神戸市中央区", "三宮町9-9-9")
    bundled = bundle(ws, _orders(ws, 9040, together, [_mug(), _plate()], minutes=400)).keys
    big = a_contact(name="練習 大輔", kana="", street="北浜7-7-7")
    (many,) = _orders(ws, 9050, big, [], minutes=420, lines=(_mug(3), _plate(2), _tea(12)))
    voids = _voids(ws)
    stopped = _stopped(ws)
    waits = _one(ws, 9080, "見本 六郎", wish=Wish(date(2026, 11, 28)))
    keys = [*clear, *three, *doubtful, *never, *bundled, many, *stopped, waits]
    with ws.store.transaction():
        check_shipments(ws, [one.row_id for one in shipments.by_keys(ws.store, keys)])
    assert set_service(ws, [stopped[0]], "yamato", "nekopos", "お客様の希望").keys
    assert hold_until(ws, [waits], date(2026, 11, 26)).keys
    return Planned(clear, three, doubtful, never, bundled, many, voids, stopped, waits)


def _at(name: str, code: str, prefecture: str, city: str, street: str) -> Contact:
    return a_contact(name=name, kana="", postal_code=code, prefecture=prefecture, city=city, street=street)


def _one(ws: Workspace, number: int, name: str, *, to: Contact | None = None, **given: Any) -> str:
    (key,) = _orders(
        ws, number, to or a_contact(name=name, kana="", street=f"北浜1-2-{number}"), [_mug()], **given
    )
    return key


def _stopped(ws: Workspace) -> tuple[str, ...]:
    """Cool goods by a service that carries none, a wished day that cannot be kept, a slot nobody has."""
    sapporo = _at("見本 七郎", "0600042", "北海道", "札幌市中央区", "大通西8-88")
    return (
        _one(ws, 9070, "見本 五郎", cool="chilled", minutes=200),
        _one(ws, 9071, "見本 七郎", to=sapporo, wish=Wish(date(2026, 11, 22)), minutes=210),
        _one(ws, 9072, "見本 八郎", wish=Wish(date(2026, 11, 25), "1214"), minutes=220),
    )


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
    minutes: int = 112,
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
        last = n == len(parts) - 1
        given |= {"wish": wish} if wish is not None and last else {}
        given |= {"cool": cool} if cool and last else {}
        ((row_id, key),) = stored(ws.store, order, **given)
        with ws.store.transaction():
            shipments.index(ws.store, [row_id])
            shipments.restage(ws.store, [row_id])
        keys.append(key)
    return tuple(keys)
