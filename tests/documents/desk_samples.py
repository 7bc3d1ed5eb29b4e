"""Samples of the desk's own papers: an everyday one and one at the edge of what fits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from jpship_gui.documents.batch_cover import Cover, CoverRow
from jpship_gui.documents.check_sheet import CheckData, CheckLine, CheckParcel
from jpship_gui.documents.handover_list import HandoverList, HandoverRow
from jpship_gui.documents.layout import STANDARD, Layout, layout_kind, resolved
from jpship_gui.documents.return_slip import ReturnData, ReturnLine
from jpship_gui.documents.slip_data import Shopfront
from jpship_gui.documents.void_list import VoidRow
from jpship_gui.documents.words import Words

AT = datetime(2026, 11, 21, 16, 0)
LONG_NAME = "﨑山髙子" * 25
LONG_GOODS = "あったか裏起毛ルームソックス滑り止め付きレディース冬用もこもこ" * 3
REMARK = "玄関先に置かず、必ず手渡しでお願いします。" * 95
SHOP = Shopfront("くらしの道具 ことり舎", "6050000", "京都府京都市東山区ことり町9-9", "075-000-0000")

_WORDS = Words("ja")
_LAYOUT = resolved(
    Layout("returns", STANDARD),
    {name: _WORDS(part.words) for name, part in layout_kind("returns").texts.items() if part.words},
)

CHECK = CheckData(
    key="JP1121C37",
    order_number="345678-20261121-0416812461",
    recipient="山田 花子",
    lines=(
        CheckLine("マグカップ 300ml", 2, "mug-300-bl", "青", "A-03-2"),
        CheckLine("平皿 21cm", 1, "plate-21-wh", "白", "B-11-1", "食卓の朝セット"),
        CheckLine("ほうじ茶 100g", 12, "houji-3", "3袋", "C-01"),
    ),
    parcels=(CheckParcel("400123456003", "4001-2345-6003"),),
    batch=3,
    row=37,
    carrier="ヤマト",
    service="宅急便",
    wish="11/23(月) 午前中",
    cool="冷蔵",
    shop="楽天 本店",
    enclosed=(
        "お届け明細",
        "のし 内祝（山田）",
        "メッセージカード",
        "返品票",
        "サンクスカード（規約確認 2026-11）",
    ),
    notes=("2件の注文を同梱: 12461・12462",),
    warnings=("住所に建物名がないかもしれません",),
    remark="23日の午前中に届けてください。\n割れ物なので包装は多めにお願いします。",
)
FULL_CHECK = replace(
    CHECK,
    recipient=LONG_NAME,
    lines=tuple(
        CheckLine(
            f"{LONG_GOODS}{n}",
            99_999_999 if n == 1 else n,
            f"sku-{n:04d}-とても長い商品番号",
            "𠮷色・特大",
            f"Z-{n:02d}-9",
        )
        for n in range(1, 51)
    ),
    parcels=(
        CheckParcel("400123456003", "4001-2345-6003"),
        CheckParcel("EE123456785JP", "EE 123 456 785 JP", ""),
        CheckParcel(),
    ),
    enclosed=(*CHECK.enclosed, *(f"おまけ {n} {'とても長い説明' * 9}" for n in range(4))),
    warnings=("住所要確認 " * 40,),
    remark=REMARK,
)


def a_handover(count: int, carrier: str = "ヤマト運輸") -> HandoverList:
    rows = []
    for n in range(count):
        stem = 40_012_345_600 + n
        number = f"{stem}{stem % 7}"
        printed = f"{number[:4]}-{number[4:8]}-{number[8:]}"
        service = ("宅急便", "宅急便コンパクト", "ネコポス")[n % 3]
        rows.append(HandoverRow(number, printed, "A", service, f"大阪府 見本 {n}子", f"…{n:05d}  JP{n:07d}"))
    return HandoverList(carrier, tuple(rows), AT, SHOP.name, "佐藤")


FULL_HANDOVER = HandoverList(
    "とても長い名前の運送会社" * 6,
    (
        HandoverRow("", "", "A", "", LONG_NAME, "…00001  JP0000001"),
        HandoverRow(
            "EE123456785JP", "EE 123 456 785 JP", "", "国際eパケットライト" * 3, "海外 John Smith", "…2"
        ),
    ),
    AT,
    SHOP.name * 8,
    "佐藤",
)
VOID = VoidRow(
    "JP1121C37P2", "400123456003", "4001-2345-6003", "A", "ヤマト", "345678-20261121-0416812461", "山田 花子",
    "個口を減らした", "11/21 10:15 佐藤",
)  # fmt: skip
FULL_VOID = replace(VOID, number="", printed="", recipient=LONG_NAME, carrier="とても長い名前の運送会社")
COVER = Cover(
    (CoverRow("ヤマト", "宅急便", 24, 25), CoverRow("佐川", "飛脚宅配便", 7, 7), CoverRow("日本郵便", "ゆうパック", 11, 12)),
    *(42, 44, 96, AT, 3, 1, 42, "佐藤"),
    marks=(("ギフト", 6), ("代引", 1), ("時間帯指定", 18)),
)  # fmt: skip
FULL_COVER = replace(
    COVER,
    rows=tuple(
        CoverRow("とても長い名前の運送会社", f"とても長い名前のサービス {n}", 99_999, 99_999)
        for n in range(20)
    ),
)
RETURN = ReturnData(
    "JP1121C37", "345678-20261121-0416812461", "山田 花子",
    (ReturnLine("mug-300-bl", "マグカップ 300ml", 2, "青"), ReturnLine("plate-21-wh", "平皿 21cm", 1, "白")),
    SHOP, date(2026, 11, 20), _LAYOUT,
)  # fmt: skip
FULL_RETURN = replace(
    RETURN,
    recipient=LONG_NAME,
    lines=tuple(ReturnLine(f"sku-{n:04d}", f"{LONG_GOODS}{n}", n, "𠮷色") for n in range(1, 51)),
)
