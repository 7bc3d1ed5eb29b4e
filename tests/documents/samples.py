"""Invented slips: valid by default, vary one thing."""

from __future__ import annotations

from datetime import date
from typing import Any

from jpship_gui.documents.slip_data import Addressee, Amounts, RateTotal, Shopfront, SlipData, SlipLine
from jpship_gui.domain.order_key import make_key

SHOP = Shopfront(
    name="くらしの道具 ことり舎",
    postal_code="6050000",
    address="京都府京都市東山区ことり町9-9",
    phone="075-000-0000",
    email="shop@example.jp",
    greeting="このたびはお買い上げいただき、ありがとうございます。\n下記のとおりお届けします。",
    returns_text="破損や品ちがいは、お届けから7日以内に上の連絡先へお知らせください。送料は当店が負担します。",
    gift_text="破損や品ちがいがありましたら、お手数ですが上の連絡先へお知らせください。\nこの紙に金額は記載していません。",
    footer="領収書は、お買い物マイページの購入履歴から発行できます。",
)
LINES = (
    SlipLine("mug-300-bl", "マグカップ 300ml", 2, "青", unit_price=2200),
    SlipLine("plate-21-wh", "平皿 21cm", 1, "白", unit_price=2750),
    SlipLine("houji-3", "ほうじ茶 100g", 2, "3袋", unit_price=1620, tax_rate=8),
    SlipLine("", "ラッピング", 1, unit_price=330),
)
AMOUNTS = Amounts(
    goods=10720,
    adds=(("documents.postage", 770),),
    takes=(("documents.coupon_shop", 500),),
    total=10990,
    taxes=(RateTotal(10, 7891, 717), RateTotal(8, 3099, 229)),
    points=290,
    charged=10700,
)


def a_slip(row: int = 37, **changes: Any) -> SlipData:
    """The priced slip of the design picture."""
    given: dict[str, Any] = {
        "key": make_key(1000 + row),
        "batch": 3,
        "row": row,
        "recipient": Addressee("山田 花子", "5410041", ("大阪府大阪市中央区北浜9-9-9", "コーポことり203")),
        "shop": SHOP,
        "lines": LINES,
        "amounts": AMOUNTS,
        "order_number": "345678-20261121-0416812461",
        "ordered_on": date(2026, 11, 21),
        "ships_on": date(2026, 11, 21),
        "wish": "11/23(月) 午前中",
        "delivery": "ヤマト運輸 宅急便・1個口",
        "carrier": "ヤマト運輸",
        "tracking_no": "400123456003",
        "tracking_printed": "4001-2345-6003",
        "remark": "23日の午前中に届けてください。\n割れ物なので包装は多めにお願いします。",
    }
    return SlipData(**{**given, **changes})


def a_gift(row: int = 41, **changes: Any) -> SlipData:
    """The gift slip of the design picture."""
    given: dict[str, Any] = {
        "amounts": None,
        "sender": "三浦 絵美",
        "message": "誕生日おめでとう。\n新しい急須で、ゆっくりお茶を楽しんでください。",
        "remark": "",
    }
    return a_slip(row, **{**given, **changes})
