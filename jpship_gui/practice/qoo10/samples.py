"""Synthetic carts as QSM exports them: same arguments, same rows. No person, address or number is real.

A row is one order number, cells by the Japanese header of the detail file; `STATE` and the other keys without Japanese
are the practice marketplace's own.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from jpship_gui.practice.rakuten.samples import FAMILIES, GIVEN, PLACES

Row = dict[str, str]

GOODS = (
    ("1000000001", "リップバーム（無香料）", "LIP-01", 980, (("", ""),)),
    (
        "1000000002",
        "シートマスク 10枚入",
        "MASK-10",
        1480,
        (("タイプ:しっとり", "MASK-10-M"), ("タイプ:さっぱり", "MASK-10-L")),
    ),
    (
        "1000000003",
        "カップ A / 見本窯",
        "CUP-A",
        2200,
        (("色:赤/サイズ:M", "CUP-A-RED-M"), ("色::青/サイズ::L", "-")),
    ),
    ("1000000004", "ハンドクリーム 50ml", "HAND-50", 1200, (("香り:ゆず", "HAND-50-Y"),)),
    ("1000000005", "靴下, 3足組", "SOCKS-3", 1650, (("サイズ:M/L", "SOCKS-3-ML"),)),
)
CARRIERS = ("佐川急便", "ヤマト宅急便")
REQUESTED, PREPARING = "2", "3"


def qoo10_rows(orders: int, seed: int = 1, day: date = date(2026, 11, 20), plain: bool = False) -> list[Row]:
    """Rows of `orders` carts paid on a day. `plain` leaves out all that needs a person: remarks, gifts, other
    countries, missing ship dates."""
    chance = random.Random(f"qoo10-{seed}")
    return [row for index in range(orders) for row in _cart(chance, index, seed, day, plain)]


def _cart(chance: random.Random, index: int, seed: int, day: date, plain: bool) -> list[Row]:
    at = datetime.combine(day, datetime.min.time()) + timedelta(seconds=chance.randrange(1, 80_000))
    head = _head(index, seed, day, at)
    head |= _people(chance, index)
    if not plain:
        head |= _oddities(index, day)
    rows = []
    for n in range(1 + (index % 3 == 1) + (index % 9 == 4)):
        row = {**head, **_line(chance, index, n)}
        row["注文番号"] = str(910_000_000 + seed * 1_000_000 + index * 10 + n)
        if n == 1:
            row["配送会社"] = "ゆうパケット"
        if not plain and n == 0 and index % 7 == 2 and row["ギフト注文"] == "N":
            row["おまけ"] = "サンプル石けん"
        rows.append(row)
    return rows


def _head(index: int, seed: int, day: date, at: datetime) -> Row:
    state = PREPARING if index % 2 else REQUESTED
    return {
        "STATE": state,
        "カート番号": str(120_000_000 + seed * 1_000_000 + index),
        "配送会社": CARRIERS[index % 2],
        "送り状番号": "",
        "発送日": "",
        "注文日": f"{at:%Y/%m/%d %H:%M:%S}",
        "入金日": f"{at + timedelta(minutes=3):%Y/%m/%d %H:%M:%S}",
        "お届け希望日": "",
        "発送予定日": f"{day + timedelta(days=3):%Y/%m/%d}",
        "配送完了日": "",
        "配送方法": "宅配便",
        "おまけ": "",
        "国家": "JP",
        "送料の決済": "無料",
        "決済サイト": "JP",
        "通貨": "JPY",
        "プレゼント贈り主": "",
        "ギフト注文": "N",
        "配送要請事項": "",
        "外部広告": "",
        "素材": "",
        "JANコード": "",
        "規格番号": "",
    }


def _people(chance: random.Random, index: int) -> Row:
    family, given = FAMILIES[index % len(FAMILIES)], GIVEN[chance.randrange(len(GIVEN))]
    name, kana = f"{family[0]} {given[0]}", f"{family[1]} {given[1]}"
    place = PLACES[(index * 3) % len(PLACES)]
    numbers = f"{chance.randrange(1, 9)}-{chance.randrange(1, 30)}-{chance.randrange(1, 20)}"
    if index % 5 == 3:
        numbers = numbers.replace("-", "ｰ")  # half-width, as buyers type it
    building = f" 見本ハイツ{chance.randrange(1, 9)}0{chance.randrange(1, 9)}号室" if index % 4 == 2 else ""
    phone = f"03-0000-{chance.randrange(10_000):04d}"
    mobile = f"090-0000-{chance.randrange(10_000):04d}"
    return {
        "受取人名": name,
        "受取人名(フリガナ)": kana,
        "受取人電話番号": phone if index % 3 == 2 else "-",
        "受取人携帯電話番号": "-" if index % 3 == 2 else mobile,
        "住所": f"{place[1]} {place[2]} {place[3]}{numbers}{building}",
        "郵便番号": f"'{place[0][:3]}-{place[0][3:]}",
        "購入者名": name,
        "購入者名(フリガナ)": kana,
        "購入者電話番号": "-",
        "購入者携帯電話番号": mobile,
        "EMAIL": f"sample{index:05d}@example.jp",
    }


def _line(chance: random.Random, index: int, number: int) -> Row:
    item, title, code, price, options = GOODS[(index + number * 2) % len(GOODS)]
    option, option_code = options[chance.randrange(len(options))]
    quantity = 1 if chance.random() < 0.8 else chance.randrange(2, 4)
    discount = 100 if (index + number) % 6 == 5 else 0
    total = price * quantity - discount
    return {
        "商品番号": item,
        "商品名": title,
        "数量": str(quantity),
        "オプション情報": option,
        "オプションコード": option_code,
        "販売者商品コード": code,
        "購入者決済金額": str(total),
        "販売価格": str(price),
        "割引額": str(discount),
        "注文金額の合計": str(total),
        "供給原価の合計": str(total * 9 // 10),
    }


def _oddities(index: int, day: date) -> Row:
    """What a real day has besides everyday carts: wishes in three forms, gifts, remarks, a missing date, abroad."""
    found: Row = {}
    wished = day + timedelta(days=6)
    wishes = {0: f"{wished:%Y-%m-%d} ", 1: "14:00~16:00", 2: f"{wished:%Y-%m-%d} 18:00～20:00"}
    if index % 6 < 3:
        found["お届け希望日"] = wishes[index % 6]
    if index % 10 == 6:
        found |= {
            "ギフト注文": "Y",
            "プレゼント贈り主": "贈田 一郎",
            "購入者名": "贈田 一郎",
            "購入者名(フリガナ)": "オクリタ イチロウ",
        }
    if index % 20 == 9:
        found["配送要請事項"] = "宅配ボックスへお願いします。"
    if index % 10 == 4:
        found["発送予定日"] = ""
        found["STATE"] = REQUESTED
    if index % 50 == 33:
        found["国家"] = "KR"
    return found


def numbers_of(rows: Sequence[Row]) -> dict[str, list[str]]:
    """Order numbers by cart."""
    carts: dict[str, list[str]] = {}
    for row in rows:
        carts.setdefault(row["カート番号"], []).append(row["注文番号"])
    return carts
