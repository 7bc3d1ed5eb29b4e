"""Synthetic orders as Yahoo!'s order API would tell them: same arguments, same orders. No person, address or number is
real.

An order is a mapping of nodes (`Order`, `Pay`, `Ship`, `Detail`, …) to fields as text, and `Item` to a list of such.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from jpship_gui.practice.rakuten.samples import FAMILIES, GIVEN, PLACES

Fields = dict[str, str]
Model = dict[str, Any]

SELLER = "jpship-renshu-1"  # an account with hyphens of its own
FIRST_NUMBER = 10_000_001


@dataclass(frozen=True, slots=True)
class Goods:
    """One thing the practice store sells; `variants` are (SubCode, SubCodeOption)."""

    item_id: str
    title: str
    price: int
    tax: str = "10"
    variants: tuple[tuple[str, str], ...] = ()
    jan: str = ""


GOODS = (
    Goods(
        "cup-350",
        "見本窯 マグカップ 350ml & ソーサー",
        1980,
        variants=(("cup-350-blue", "カラー:青"), ("cup-350-red", "カラー:赤")),
        jan="4900000000016",
    ),
    Goods("plate-21", "平皿 21cm", 2200, variants=(("plate-21-s", "カラー:白;サイズ:S"),)),
    Goods("hashi", "夫婦箸 桐箱入り", 3300),
    Goods("tea-100", "練習茶園の煎茶 100g", 1080, tax="8"),
    Goods("towel-3", "今治風タオル 3枚組", 2750, jan="4900000000023"),
)
SLOTS = ("", "09:00-12:00", "14:00-16:00", "18:00-20:00", "08:00-12:00")
Change = Callable[[Model, random.Random], None]


def yahoo_orders(
    count: int,
    seed: int = 1,
    seller: str = SELLER,
    day: date = date(2026, 11, 20),
    plain: bool = False,
) -> list[Model]:
    """Orders of one store made on a day. `plain` leaves out all that needs a person or must wait."""
    chance = random.Random(f"{seed}-{seller}")
    return [_order(chance, index, seller, day, plain) for index in range(count)]


def number_of(model: Mapping[str, Any]) -> str:
    """The long order number."""
    number: str = model["Order"]["OrderId"]
    return number


def _order(chance: random.Random, index: int, seller: str, day: date, plain: bool) -> Model:
    at = datetime.combine(day, time()) + timedelta(seconds=chance.randrange(1, 86_000))
    items = [_item(chance, index, n, day) for n in range(1 + (index % 4 == 3) + (index % 12 == 11))]
    person = _person(chance, index)
    model: Model = {
        "Order": {
            "OrderId": f"{seller}-{FIRST_NUMBER + index}",
            "IsSeen": "false",
            "IsSplit": "false",
            "OrderTime": f"{at:%Y-%m-%dT%H:%M:%S}+09:00",
            "LastUpdateTime": f"{at:%Y-%m-%dT%H:%M:%S}+09:00",
            "OrderStatus": "2",
            "StoreStatus": "1",
            "Suspect": "0",
            "IsReadOnly": "false",
            "SocialGiftType": "0",
        },
        "Pay": {
            "PayStatus": "1",
            "PayType": "1",
            "PayMethod": "payment_a1",
            "PayMethodName": "クレジットカード決済",
            "NeedDetailedSlip": "false",
            "NeedReceipt": "false",
            **{f"Bill{name}": value for name, value in person.items()},
            "BillMailAddress": f"sample{index:06d}@example.jp",
        },
        "Ship": {
            "ShipStatus": "1",
            "ShipMethod": "postage1",
            "ShipMethodName": "宅配便",
            "ShipCompanyCode": "1001",
            "ArriveType": "0",
            "ExcellentDelivery": "0",
            "NeedGiftWrap": "false",
            "ShippingDeadline": f"{day + timedelta(days=3):%Y-%m-%d}",
            **{f"Ship{name}": value for name, value in person.items()},
        },
        "Detail": {"PayCharge": "0", "GiftWrapCharge": "0", "Discount": "0", "UsePoint": "0"},
        "Item": items,
    }
    model["Detail"]["TotalMallCouponDiscount"] = "0"
    _wish(model, index, day)
    if not plain:
        for change in _CHANGES.get(index % 30, ()):
            change(model, chance)
    _sums(model)
    return model


def _person(chance: random.Random, index: int) -> Fields:
    family, given = FAMILIES[index % len(FAMILIES)], GIVEN[chance.randrange(len(GIVEN))]
    place = PLACES[chance.randrange(len(PLACES))]
    house = f"{chance.randrange(1, 9)}-{chance.randrange(1, 30)}-{chance.randrange(1, 20)}"
    room = f"{chance.randrange(1, 9)}0{chance.randrange(1, 9)}"
    return {
        "LastName": family[0],
        "FirstName": given[0],
        "LastNameKana": family[1],
        "FirstNameKana": given[1],
        "ZipCode": place[0],
        "Prefecture": place[1],
        "City": place[2],
        "Address1": f"{place[3]}{house}",
        "Address2": f"見本ハイツ{room}号室" if index % 5 == 2 else "",
        "PhoneNumber": f"{('090', '080', '070')[index % 3]}0000{chance.randrange(10_000):04d}",
    }


def _item(chance: random.Random, index: int, number: int, day: date) -> Model:
    goods = GOODS[(index + number * 2) % len(GOODS)]
    sub_code, chosen = goods.variants[chance.randrange(len(goods.variants))] if goods.variants else ("", "")
    options = [part.partition(":")[::2] for part in chosen.split(";")] if chosen else []
    item: Model = {
        "LineId": str(number + 1),
        "ItemId": goods.item_id,
        "Title": goods.title,
        "SubCode": sub_code,
        "SubCodeOption": chosen,
        "ItemTaxRatio": goods.tax,
        "Jan": goods.jan,
        "UnitPrice": str(goods.price),
        "Quantity": "1" if chance.random() < 0.8 else str(chance.randrange(2, 5)),
        "LeadTimeText": "1～3営業日で発送",
        "LeadTimeStart": f"{day + timedelta(days=1):%Y-%m-%d}",
        "LeadTimeEnd": f"{day + timedelta(days=2 + number):%Y-%m-%d}",
        "ItemOption": [
            {"Index": str(n), "Name": name, "Value": value}
            for n, (name, value) in enumerate(options, start=1)
        ],
        "Inscription": [],
    }
    return item


def _wish(model: Model, index: int, day: date) -> None:
    slot = SLOTS[index % len(SLOTS)]
    wished = f"{day + timedelta(days=5 + index % 4):%Y-%m-%d}" if index % 3 == 1 else ""
    model["Ship"] |= {"ShipRequestDate": wished, "ShipRequestTime": slot}


# -- what some of the orders have -------------------------------------------------------------------------------------


def _cash_on_delivery(model: Model, chance: random.Random) -> None:
    model["Pay"] |= {"PayStatus": "0", "PayType": "0", "PayMethod": "payment_d1", "PayMethodName": "商品代引"}
    model["Detail"]["PayCharge"] = "330"


def _bank_transfer(model: Model, chance: random.Random) -> None:
    model["Pay"] |= {"PayStatus": "0", "PayMethod": "payment_b1", "PayMethodName": "銀行振込（練習銀行）"}
    model["Ship"]["ShipStatus"] = "0"


def _remark(model: Model, chance: random.Random) -> None:
    model["Order"]["BuyerComments"] = "割れ物ですので、\n丁寧な梱包を「お願い」します。"


def _wish_in_remark(model: Model, chance: random.Random) -> None:
    model["Order"]["BuyerComments"] = "11月29日に届けてください"
    model["Ship"] |= {"ShipRequestDate": "", "ShipRequestTime": ""}


def _gift(model: Model, chance: random.Random) -> None:
    other = _person(chance, 7)
    model["Ship"] |= {f"Ship{name}": value for name, value in other.items()}
    model["Ship"] |= {
        "NeedGiftWrap": "true",
        "GiftWrapType": "クリスマス包装",
        "GiftWrapMessage": "お誕生日おめでとう\nいつもありがとう",
        "GiftWrapPaperType": "御祝（蝶結び）",
        "GiftWrapName": "練習",
    }
    model["Detail"]["GiftWrapCharge"] = "220"


def _points(model: Model, chance: random.Random) -> None:
    model["Detail"]["UsePoint"] = str(100 + chance.randrange(300))


def _all_points(model: Model, chance: random.Random) -> None:
    model["Pay"] |= {"PayMethod": "payment_z1", "PayMethodName": "ポイント全額払い"}
    model["Detail"]["UsePoint"] = "all"


def _coupons(model: Model, chance: random.Random) -> None:
    model["Detail"] |= {"Discount": "-100", "TotalMallCouponDiscount": "-150"}


def _cancelled(model: Model, chance: random.Random) -> None:
    model["Order"]["OrderStatus"] = "4"


def _reserved(model: Model, chance: random.Random) -> None:
    model["Order"]["OrderStatus"] = "1"


def _held(model: Model, chance: random.Random) -> None:
    model["Order"]["OrderStatus"] = "3"


def _suspected(model: Model, chance: random.Random) -> None:
    model["Order"]["Suspect"] = "1"


def _read_only(model: Model, chance: random.Random) -> None:
    model["Order"] |= {"IsReadOnly": "true", "FraudHoldStatus": "1"}


def _social_gift(model: Model, chance: random.Random) -> None:
    model["Order"]["SocialGiftType"] = "1"
    blank = ("LastName", "FirstName", "LastNameKana", "FirstNameKana", "ZipCode", "Prefecture", "City")
    model["Ship"] |= {f"Ship{name}": "" for name in (*blank, "Address1", "Address2", "PhoneNumber")}


def _company(model: Model, chance: random.Random) -> None:
    model["Ship"] |= {"ShipSection1Value": "株式会社見本", "ShipSection2Value": "営業部"}


def _own_options(model: Model, chance: random.Random) -> None:
    model["Ship"] |= {"Option1Field": "領収書の宛名", "Option1Value": "なし"}
    item = model["Item"][0]
    item["ItemOption"].append({"Index": "9", "Name": "注意事項", "Value": "確認しました"})
    item["Inscription"].append({"Index": "1", "Name": "名入れ", "Value": "HANAKO"})


def _drop_off(model: Model, chance: random.Random) -> None:
    model["Ship"] |= {"IsEazy": "true", "EazyDeliveryCode": "1", "EazyDeliveryName": "玄関ドア前"}


def _next_day(model: Model, chance: random.Random) -> None:
    model["Ship"] |= {"ExcellentDelivery": "2", "ArriveType": "2"}


def _excellent(model: Model, chance: random.Random) -> None:
    model["Ship"] |= {"ExcellentDelivery": "1", "ShipNotes": "不在時は宅配ボックスへ"}


def _split(model: Model, chance: random.Random) -> None:
    number = model["Order"]["OrderId"]
    model["Order"] |= {"IsSplit": "true", "ParentOrderId": f"{number.rpartition('-')[0]}-9999001"}


def _no_deadline(model: Model, chance: random.Random) -> None:
    model["Ship"]["ShippingDeadline"] = ""


def _shipped(model: Model, chance: random.Random) -> None:
    model["Ship"] |= {
        "ShipStatus": "3",
        "ShipInvoiceNumber1": "400000000014",
        "ShipDate": model["Order"]["OrderTime"][:10],
    }


_CHANGES: Mapping[int, Sequence[Change]] = {
    2: (_cash_on_delivery, _points),
    4: (_gift,),
    5: (_no_deadline,),
    6: (_remark,),
    7: (_bank_transfer,),
    8: (_coupons,),
    9: (_cancelled,),
    10: (_excellent, _company),
    11: (_own_options,),
    13: (_suspected,),
    14: (_points, _coupons),
    15: (_social_gift,),
    16: (_drop_off,),
    17: (_next_day,),
    18: (_all_points,),
    19: (_reserved,),
    20: (_wish_in_remark,),
    21: (_held,),
    22: (_read_only,),
    23: (_split,),
    24: (_shipped,),
}


def _sums(model: Model) -> None:
    detail: Fields = model["Detail"]
    goods = sum(int(item["UnitPrice"]) * int(item["Quantity"]) for item in model["Item"])
    detail["ShipCharge"] = "0" if goods >= 3980 else "590"
    adds = ("ShipCharge", "PayCharge", "GiftWrapCharge", "Discount", "TotalMallCouponDiscount")
    before = goods + sum(int(detail[name]) for name in adds)
    if detail["UsePoint"] == "all":
        detail["UsePoint"] = str(before)
    detail["TotalPrice"] = str(before - int(detail["UsePoint"]))
