"""A day's orders for the window's tests: every stage, every flag, invented people."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from jpship_gui.domain.order import Contact, OrderId, Wish
from jpship_gui.domain.problem import Problem, Repair, Severity
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import shipments
from jpship_gui.store.shipments import CheckedProblems
from tests.builders import a_contact, a_line, an_order, stored

NOW = datetime(2026, 11, 21, 5, 8, tzinfo=UTC)  # Saturday, 14:08 in Japan

MISMATCH = Problem(
    "postal_address_mismatch",
    Severity.BLOCK,
    "recipient.postal_code",
    {
        "postal_code": "5300001",
        "place": "大阪府大阪市北区梅田",
        "address": "大阪府大阪市中央区北浜9-9-9 コーポことり203",
    },
    (
        Repair("set_postal_code", {"postal_code": "5410041"}),
        Repair(
            "set_address",
            {
                "prefecture": "大阪府",
                "city": "大阪市北区",
                "street": "梅田9-9-9",
                "place": "大阪府大阪市北区梅田",
            },
        ),
    ),
)
REMARK_TEXT = "23日の午前中に届けてください。\n割れ物なので包装は多めにお願いします。"
REMARK = Problem(
    "remark_unread",
    Severity.BLOCK,
    "remark",
    {"text": REMARK_TEXT, "marks": "0-7:wish", "wish": "23日の午前中", "day": "2026-11-23", "slot": "am"},
    (Repair("copy_wish", {"day": "2026-11-23", "slot": "am", "text": "23日の午前中"}), Repair("mark_read")),
)

# market, shop, number, name, prefecture, goods, variant, quantity, lines more, carrier, minutes left, extras
_ROWS: tuple[tuple[Any, ...], ...] = (
    (
        "qoo10",
        "本店",
        "1048820417",
        "中西 遥",
        "福岡県",
        "ルームシューズ",
        "ネイビー・24cm",
        1,
        0,
        "sagawa",
        -42,
        "mismatch",
    ),
    (
        "rakuten",
        "本店",
        "345678-20261121-0416812301",
        "山田 花子",
        "大阪府",
        "マグカップ",
        "青",
        2,
        1,
        "sagawa",
        37,
        "both",
    ),
    (
        "rakuten",
        "本店",
        "345678-20261121-0416812377",
        "高木 俊介",
        "京都府",
        "平皿 21cm",
        "白",
        4,
        0,
        "sagawa",
        37,
        "wish",
    ),
    (
        "yahoo",
        "本店",
        "kotori-10024418",
        "三浦 絵美",
        "愛知県",
        "急須",
        "朱泥 360ml",
        1,
        0,
        "sagawa",
        37,
        "gift",
    ),
    (
        "amazon",
        "Amazon",
        "250-1234567-4402811",
        "岡本 翔",
        "埼玉県",
        "弁当箱",
        "小判 600ml",
        1,
        2,
        "sagawa",
        37,
        "",
    ),
    (
        "rakuten",
        "本店",
        "345678-20261121-0416812390",
        "菅野 由紀",
        "宮城県",
        "夫婦箸",
        "赤・黒",
        1,
        0,
        "sagawa",
        37,
        "remark gift",
    ),
    (
        "rakuten",
        "2号店",
        "456789-20261121-0028410455",
        "石川 直人",
        "東京都",
        "タオル",
        "生成り",
        6,
        0,
        "sagawa",
        37,
        "printed",
    ),
    (
        "amazon",
        "Amazon",
        "250-1234567-1173355",
        "小林 美咲",
        "神奈川県",
        "マグカップ",
        "紺",
        1,
        0,
        "yamato",
        112,
        "",
    ),
    (
        "amazon",
        "Amazon",
        "250-1234567-9920164",
        "渡部 誠",
        "千葉県",
        "マグカップ",
        "青",
        1,
        0,
        "yamato",
        112,
        "",
    ),
    (
        "rakuten",
        "本店",
        "345678-20261121-0416812412",
        "藤井 真理子",
        "兵庫県",
        "平皿 21cm",
        "藍",
        2,
        0,
        "yamato",
        112,
        "hold wish",
    ),
    (
        "yahoo",
        "本店",
        "kotori-10024421",
        "佐々木 健",
        "北海道",
        "ほうじ茶",
        "100g 3袋",
        2,
        3,
        "yamato",
        112,
        "cool",
    ),
    (
        "rakuten",
        "本店",
        "345678-20261121-0416812420",
        "長谷川 涼子",
        "東京都",
        "風呂敷",
        "古代紫 70cm",
        1,
        0,
        "yamato",
        112,
        "gift wish",
    ),
    ("qoo10", "本店", "1048820533", "村上 彩", "広島県", "エプロン", "カーキ M", 1, 0, "yamato", 112, ""),
    (
        "rakuten",
        "2号店",
        "456789-20261121-0028410471",
        "近藤 大輔",
        "静岡県",
        "てぬぐい",
        "あさがお",
        3,
        2,
        "jppost",
        112,
        "",
    ),
    (
        "amazon",
        "Amazon",
        "250-1234567-6638402",
        "坂本 由香",
        "岐阜県",
        "はちみつ",
        "アカシア 250g",
        2,
        0,
        "yamato",
        112,
        "printed",
    ),
    (
        "rakuten",
        "本店",
        "345678-20261121-0416812455",
        "遠藤 拓海",
        "長野県",
        "飯碗",
        "大・とびかんな",
        2,
        1,
        "yamato",
        112,
        "printed wish",
    ),
    (
        "yahoo",
        "本店",
        "kotori-10024433",
        "青木 結衣",
        "新潟県",
        "急須",
        "黒泥 360ml",
        1,
        0,
        "yamato",
        112,
        "printed gift",
    ),
    (
        "rakuten",
        "本店",
        "345678-20261121-0416812461",
        "西村 昭",
        "奈良県",
        "マグカップ",
        "白",
        1,
        0,
        "yamato",
        112,
        "printed",
    ),
    (
        "amazon",
        "Amazon",
        "250-1234567-2201747",
        "福田 千尋",
        "東京都",
        "平皿 21cm",
        "白",
        2,
        0,
        "yamato",
        112,
        "verified",
    ),
    (
        "amazon",
        "Amazon",
        "250-1234567-8815509",
        "太田 和也",
        "大阪府",
        "ルームシューズ",
        "グレー・27cm",
        1,
        0,
        "yamato",
        112,
        "verified",
    ),
    (
        "rakuten",
        "本店",
        "345678-20261121-0416812470",
        "松田 りか",
        "石川県",
        "そば猪口",
        "麦わら",
        5,
        0,
        "yamato",
        112,
        "verified wish",
    ),
    (
        "yahoo",
        "本店",
        "kotori-10024440",
        "上野 光",
        "福島県",
        "タオル",
        "藍染",
        2,
        1,
        "yamato",
        112,
        "linked",
    ),
    ("qoo10", "本店", "1048820561", "平野 玲奈", "熊本県", "てぬぐい", "麻の葉", 1, 0, "jppost", 172, ""),
    (
        "amazon",
        "Amazon",
        "250-1234567-0091826",
        "水野 剛",
        "東京都",
        "箸置き",
        "ふくら雀",
        3,
        0,
        "jppost",
        172,
        "",
    ),
    (
        "rakuten",
        "2号店",
        "456789-20261121-0028410480",
        "今井 桜",
        "岩手県",
        "はちみつ",
        "れんげ 250g",
        1,
        1,
        "jppost",
        172,
        "printed",
    ),
    (
        "rakuten",
        "本店",
        "345678-20261121-0416812499",
        "原 健一",
        "東京都",
        "風呂敷",
        "若草 90cm",
        1,
        0,
        "yamato",
        600,
        "accepted",
    ),
)
_MARKS = {
    "printed": ("printed",),
    "linked": ("printed", "checked", "linked"),
    "verified": ("printed", "checked", "linked", "verified"),
    "accepted": ("printed", "checked", "linked", "verified", "sent", "accepted"),
}


def fill(ws: Workspace, times: int = 1) -> list[int]:
    """Put the day's orders (so many times over) into a workspace; their row ids."""
    made = []
    for turn in range(times):
        for number, row in enumerate(_ROWS):
            made.append(_one(ws, row, turn * len(_ROWS) + number, turn))
    return made


def _one(ws: Workspace, row: tuple[Any, ...], number: int, turn: int) -> int:
    market, shop, order_number, name, prefecture, goods, variant, quantity, more, carrier, minutes, extras = (
        row
    )
    flags = extras.split()
    contact = _contact(name, prefecture) if "both" not in flags else a_contact(postal_code="5300001")
    lines = [a_line(name=goods, variant=variant, quantity=quantity, sku=f"sku-{number}")]
    lines += [a_line(line_id=str(i + 2), name="しおり", variant="桜", sku=f"extra-{i}") for i in range(more)]
    remark = REMARK_TEXT if {"both", "remark"} & set(flags) else ""
    order = an_order(
        id=OrderId(market, shop, order_number if not turn else f"{order_number}-{turn}"),
        recipient=contact,
        lines=tuple(lines),
        remark=remark,
        buyer_text=remark,
        gift_flag="gift" in flags,
    )
    wish = Wish(date(2026, 11, 22), "1416") if "wish" in flags else Wish()
    ship_by = NOW + timedelta(minutes=minutes)
    given: dict[str, Any] = {"carrier": carrier, "ship_by": ship_by, "wish": wish, "service": ""}
    given["cool"] = "chilled" if "cool" in flags else ""
    ((row_id, _),) = stored(ws.store, order, **given)
    problems = {"mismatch": (MISMATCH,), "both": (MISMATCH, REMARK), "remark": (REMARK,)}
    with ws.store.transaction():
        for flag in flags:
            if flag in problems:
                found = CheckedProblems(row_id, problems[flag], True)
                shipments.set_problems(ws.store, [found])
            for fact in _MARKS.get(flag, ()):
                shipments.mark(ws.store, [row_id], fact, NOW - timedelta(hours=1), "佐藤")
        if "hold" in flags:
            shipments.update(ws.store, row_id, {"hold_reason": "在庫待ち"})
        shipments.restage(ws.store, [row_id])
    return row_id


def _contact(name: str, prefecture: str) -> Contact:
    return a_contact(name=name, kana="", prefecture=prefecture, city="みほん市", street="中央9-9-9")
