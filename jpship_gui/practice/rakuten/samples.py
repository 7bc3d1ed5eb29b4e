"""Synthetic order files as a Rakuten shop downloads them: same arguments, same bytes. No person, address or number is
real."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

Row = dict[str, str]

# Postal codes with the town they belong to; house numbers are invented.
PLACES = (
    ("0993613", "北海道", "斜里郡小清水町", "神浦"),
    ("0870026", "北海道", "根室市", "敷島町"),
    ("0392753", "青森県", "上北郡七戸町", "竿打川原"),
    ("9892473", "宮城県", "岩沼市", "栄町"),
    ("3000027", "茨城県", "土浦市", "木田余東台"),
    ("3500221", "埼玉県", "坂戸市", "鎌倉町"),
    ("2994103", "千葉県", "茂原市", "千沢"),
    ("1130022", "東京都", "文京区", "千駄木"),
    ("1210812", "東京都", "足立区", "西保木間"),
    ("2430038", "神奈川県", "厚木市", "愛名"),
    ("2520227", "神奈川県", "相模原市中央区", "光が丘"),
    ("9591355", "新潟県", "加茂市", "若宮町"),
    ("9218024", "石川県", "金沢市", "白菊町"),
    ("3940024", "長野県", "岡谷市", "堀ノ内"),
    ("4250031", "静岡県", "焼津市", "小川新町"),
    ("4600015", "愛知県", "名古屋市中区", "大井町"),
    ("4640026", "愛知県", "名古屋市千種区", "井上町"),
    ("5900934", "大阪府", "堺市堺区", "九間町東"),
    ("5720836", "大阪府", "寝屋川市", "木田町"),
    ("6308286", "奈良県", "奈良市", "東包永町"),
    ("7220061", "広島県", "尾道市", "百島町"),
    ("7600020", "香川県", "高松市", "錦町"),
    ("8160922", "福岡県", "大野城市", "山田"),
    ("8660012", "熊本県", "八代市", "高小原町"),
    ("8995656", "鹿児島県", "姶良市", "西姶良"),
)
FAMILIES = (
    ("見本", "ミホン"),
    ("髙橋", "タカハシ"),
    ("山﨑", "ヤマザキ"),
    ("例田", "レイダ"),
    ("試作", "シサク"),
    ("仮屋", "カリヤ"),
    ("架空", "カクウ"),
    ("練習", "レンシュウ"),
    ("佐々木", "ササキ"),
    ("五十嵐", "イガラシ"),
)
GIVEN = (
    ("花子", "ハナコ"),
    ("太郎", "タロウ"),
    ("茜", "アカネ"),
    ("翔", "ショウ"),
    ("由紀", "ユキ"),
    ("健一", "ケンイチ"),
)


@dataclass(frozen=True, slots=True)
class Goods:
    """One thing the sample shop sells; `variants` are (SKU管理番号, SKU情報)."""

    manage_number: str
    item_number: str
    item_id: str
    name: str
    price: int
    rate: str = "0.1"
    variants: tuple[tuple[str, str], ...] = (("normal-inventory", ""),)
    own_sku: str = ""


GOODS = (
    Goods(
        "mug-2026",
        "MUG",
        "10000101",
        "見本窯 マグカップ 350ml 電子レンジ対応",
        1980,
        variants=(("mug-blue", "カラー:青"), ("mug-red", "カラー:赤"), ("mug-white", "カラー:白")),
    ),
    Goods(
        "plate-21",
        "PLATE21",
        "10000102",
        "平皿 21cm",
        2200,
        variants=(("p21-s", "カラー:白\nサイズ:S"), ("p21-l", "カラー:白\nサイズ:L")),
    ),
    Goods("chopsticks", "HASHI-01", "10000103", "夫婦箸 桐箱入り", 3300),
    Goods("tea-100", "TEA100", "10000104", "練習茶園の煎茶 100g", 1080, rate="0.08"),
    Goods("towel-set", "TOWEL-3", "10000105", "今治風タオル 3枚組", 2750, own_sku="4900000000016"),
    Goods("bento-600", "BENTO", "10000106", "弁当箱 小判 600ml", 3850, variants=(("bento-600", ""),)),
)
SLOTS = (("", ""), ("1", "午前中"), ("1416", "14:00-16:00"), ("1820", "18:00-20:00"))
CONSENT = "ご注文前にお読みください:確認しました。"


@cache
def rakuten_header() -> tuple[str, ...]:
    """The 158 columns of 全カラムダウンロード用, in order."""
    from jpship_gui.marketplaces import marketplaces

    return tuple(column.header for column in marketplaces()["rakuten"].order_layouts[0].columns)


def rakuten_rows(
    orders: int,
    seed: int = 1,
    shop: str = "345678",
    day: date = date(2026, 11, 20),
    plain: bool = False,
) -> list[Row]:
    """Rows of `orders` orders of one shop, cells by header, blank ones left out. `plain` leaves out all that needs a
    person: remarks, gifts, several recipients, cash on delivery, cancelled and waiting orders."""
    chance = random.Random(f"{seed}-{shop}")
    rows: list[Row] = []
    for index in range(orders):
        order = _order(chance, index, shop, day, plain)
        rows += order
    return rows


def _order(chance: random.Random, index: int, shop: str, day: date, plain: bool) -> list[Row]:
    at = datetime.combine(day, datetime.min.time()) + timedelta(seconds=chance.randrange(1, 86_000))
    head = _head(chance, index, shop, at)
    buyer, buyer_place = _person(chance, index), PLACES[chance.randrange(len(PLACES))]
    head |= _contact("注文者", buyer, buyer_place, chance, index)
    lines = [_line(chance, index, n) for n in range(1 + (index % 4 == 3) + (index % 12 == 11))]
    packages = [_recipient(head, index)]
    if not plain:
        for kind in (_gift, _remark, _state, _cash_on_delivery, _points, _coupon):
            kind(head, packages, chance, index)
        if index % 40 == 17:
            other = _contact(
                "送付先", _person(chance, index + 3), PLACES[index % len(PLACES)], chance, index + 3
            )
            packages.append(other)
            lines.append(_line(chance, index + 1, len(lines)))
    _wish(head, chance, index)
    return _rows(head, packages, lines, index, shop)


def _head(chance: random.Random, index: int, shop: str, at: datetime) -> Row:
    serial = chance.randrange(10_000_000) * 1000 + index % 1000
    return {
        "注文番号": f"{shop}-{at:%Y%m%d}-{serial:010d}",
        "ステータス": "300",
        "注文日時": f"{at:%Y-%m-%d %H:%M:%S}",
        "注文日": f"{at:%Y-%m-%d}",
        "注文時間": f"{at:%H:%M:%S}",
        "注文確認日時": f"{at + timedelta(minutes=10):%Y-%m-%d %H:%M:%S}",
        "注文確定日時": f"{at + timedelta(minutes=40):%Y-%m-%d %H:%M:%S}",
        "発送指示日時": f"{at + timedelta(minutes=41):%Y-%m-%d %H:%M:%S}",
        "支払方法名": "クレジットカード",
        "クレジットカード支払い方法": "0",
        "配送方法": "宅配便",
        "注文種別": "1",
        **dict.fromkeys(
            (
                "複数送付先フラグ",
                "離島フラグ",
                "楽天確認中フラグ",
                "警告表示タイプ",
                "購入履歴修正有無フラグ",
            ),
            "0",
        ),
        "送付先一致フラグ": "1",
        "楽天会員フラグ": "1",
        "ギフト配送希望": "0",
        "利用端末": "11",
        "あす楽希望フラグ": "0",
        "医薬品受注フラグ": "0",
        "単品配送フラグ": "0",
        "購入時配送会社": "1001",
        "コメント": "[配送日時指定:]\n\n",
    }


def _person(chance: random.Random, index: int) -> tuple[str, str, str, str]:
    family, given = FAMILIES[index % len(FAMILIES)], GIVEN[chance.randrange(len(GIVEN))]
    return family[0], given[0], family[1], given[1]


def _contact(
    who: str, person: tuple[str, str, str, str], place: Sequence[str], chance: random.Random, index: int
) -> Row:
    street = f"{place[3]}{chance.randrange(1, 9)}-{chance.randrange(1, 30)}-{chance.randrange(1, 20)}"
    if index % 5 == 2:
        street += f" 見本ハイツ{chance.randrange(1, 9)}0{chance.randrange(1, 9)}号室"
    found = {
        f"{who}郵便番号1": place[0][:3],
        f"{who}郵便番号2": place[0][3:],
        f"{who}住所都道府県": place[1],
        f"{who}住所郡市区": place[2],
        f"{who}住所それ以降の住所": street,
        f"{who}電話番号1": ("090", "080", "070")[index % 3],
        f"{who}電話番号2": "0000",
        f"{who}電話番号3": f"{chance.randrange(10_000):04d}",
    }
    names = zip(("姓", "名", "姓カナ", "名カナ"), person, strict=True)
    found |= {f"{who}{part}": word for part, word in names}
    if who == "注文者":
        found["注文者メールアドレス"] = f"sample{index:06d}@example.jp"
    return found


def _recipient(head: Row, index: int) -> Row:
    """The buyer as recipient."""
    return {
        "送付先" + name.removeprefix("注文者"): value
        for name, value in head.items()
        if name.startswith("注文者") and name != "注文者メールアドレス"
    }


def _line(chance: random.Random, index: int, number: int) -> Row:
    goods = GOODS[(index + number * 2) % len(GOODS)]
    variant, information = goods.variants[chance.randrange(len(goods.variants))]
    line = {
        "商品ID": goods.item_id,
        "商品名": goods.name,
        "商品番号": goods.item_number,
        "商品管理番号": goods.manage_number,
        "単価": str(goods.price),
        "個数": "1" if chance.random() < 0.8 else str(chance.randrange(2, 5)),
        "送料込別": "0",
        "税込別": "1",
        "代引手数料込別": "0",
        "ポイント倍率": "1",
        "納期情報": "1～2営業日以内に発送予定",
        "在庫タイプ": "2" if information else "1",
        "商品税率": goods.rate,
        "商品毎税込価格": str(goods.price),
        "SKU管理番号": variant,
        "システム連携用SKU番号": goods.own_sku,
        "SKU情報": information,
    }
    if index % 6 == 1:
        line["項目・選択肢"] = CONSENT
    return line


def _gift(head: Row, packages: list[Row], chance: random.Random, index: int) -> None:
    if index % 15 == 4:
        place = PLACES[(index * 7) % len(PLACES)]
        packages[0] = _contact("送付先", _person(chance, index + 5), place, chance, index + 5)
        head |= {"送付先一致フラグ": "0", "ギフト配送希望": "1"}
    if index % 30 == 19:
        packages[0]["のし"] = "御祝"
        head |= {"ラッピングタイトル1": "1", "ラッピング名1": "包装紙(無料)", "ラッピング料金1": "0"}
    if index % 100 == 53:
        waiting = dict.fromkeys(("住所都道府県", "住所郡市区", "住所それ以降の住所", "姓", "名"), "入力待ち")
        waiting |= dict.fromkeys(("姓カナ", "名カナ"), "ニュウリョクマチ")
        waiting |= {"郵便番号1": "999", "郵便番号2": "9999"}
        waiting |= {"電話番号1": "999", "電話番号2": "9999", "電話番号3": "9999"}
        packages[0] = {f"送付先{name}": value for name, value in waiting.items()}
        head |= {"送付先一致フラグ": "0", "ギフト配送希望": "1"}


def _remark(head: Row, packages: list[Row], chance: random.Random, index: int) -> None:
    if index % 60 == 7:
        head["コメント"] += "\n割れ物ですので丁寧な梱包をお願いします。"
    elif index % 60 == 37:
        head["コメント"] = "[配送日時指定:]\n午前中配送希望です。\n"


def _state(head: Row, packages: list[Row], chance: random.Random, index: int) -> None:
    states = {22: "900", 44: "200", 66: "400", 88: "500"}
    head["ステータス"] = states.get(index % 120, "300")


def _cash_on_delivery(head: Row, packages: list[Row], chance: random.Random, index: int) -> None:
    if index % 25 == 12:
        head |= {"支払方法名": "代金引換", "代引料合計": "330", "クレジットカード支払い方法": ""}


def _points(head: Row, packages: list[Row], chance: random.Random, index: int) -> None:
    if index % 7 == 3:
        head["ポイント利用額"] = str(100 + index % 300)


def _coupon(head: Row, packages: list[Row], chance: random.Random, index: int) -> None:
    if index % 9 == 5:
        head |= {
            "店舗発行クーポン利用額": "100",
            "クーポン利用総額": "100",
            "店舗発行クーポンコード": "SAMPLE-100",
        }


def _wish(head: Row, chance: random.Random, index: int) -> None:
    """A delivery wish in the fields and in the remark's block alike, as the order form writes both."""
    slot, words = SLOTS[index % len(SLOTS)]
    day = date.fromisoformat(head["注文日"]) + timedelta(days=5 + index % 4) if index % 3 == 1 else None
    block = head["コメント"].split("\n", 3)
    if "配送希望" in head["コメント"]:
        return
    if day:
        head["お届け日指定"] = day.isoformat()
        block[1] = f"{day.isoformat()}({'月火水木金土日'[day.weekday()]})"
    if slot:
        head["お届け時間帯"], block[2] = slot, words
    head["コメント"] = "\n".join(block)


def _rows(head: Row, packages: list[Row], lines: list[Row], index: int, shop: str) -> list[Row]:
    """Rows of one order with its sums; the last line goes to the second recipient, if there is one."""
    _sums(head, lines)
    head["複数送付先フラグ"] = "1" if len(packages) > 1 else "0"
    first_id = 2_000_000_000 + int(shop) * 1000 + index * 10
    rows = []
    for number, line in enumerate(lines):
        which = 1 if len(packages) > 1 and number == len(lines) - 1 else 0
        ids = {"送付先ID": str(first_id + which * 5), "商品明細ID": str(first_id + number)}
        rows.append({**head, **packages[which], **line, **ids})
    return [row | _package_sums(head, rows, row["送付先ID"], first_id) for row in rows]


def _package_sums(head: Row, rows: Sequence[Row], package: str, first_id: int) -> Row:
    """Amounts of one recipient; postage and fee stand with the first."""
    goods = sum(int(row["単価"]) * int(row["個数"]) for row in rows if row["送付先ID"] == package)
    first = package == str(first_id)
    postage, fee = (int(head[name]) if first else 0 for name in ("送料合計", "代引料合計"))
    sums = {"送付先送料": postage, "送付先代引料": fee, "送付先商品合計金額": goods}
    return {name: str(amount) for name, amount in {**sums, "送付先合計金額": goods + postage + fee}.items()}


def _sums(head: Row, lines: list[Row]) -> None:
    """The arithmetic that holds on real files (Rakuten reference 2.4)."""
    by_rate = {"0.1": 0, "0.08": 0}
    for line in lines:
        by_rate[line["商品税率"]] += int(line["単価"]) * int(line["個数"])
    goods = sum(by_rate.values())
    postage = 0 if goods >= 3980 else 590
    fee, coupon = int(head.get("代引料合計") or 0), int(head.get("クーポン利用総額") or 0)
    charged = goods + postage + fee - coupon - int(head.get("ポイント利用額") or 0)
    by_rate["0.1"] += postage + fee - (coupon if by_rate["0.1"] else 0)
    by_rate["0.08"] -= coupon if goods and not any(line["商品税率"] == "0.1" for line in lines) else 0
    head |= {
        "商品合計金額": str(goods),
        "消費税合計": "0",
        "送料合計": str(postage),
        "代引料合計": str(fee),
        "請求金額": str(charged),
        "合計金額": str(goods + postage),
        "クーポン利用総額": str(coupon),
        "店舗発行クーポン利用額": str(coupon),
        "楽天発行クーポン利用額": "0",
        "決済手数料": "0",
        "注文者負担金合計": "0",
    }
    for name, rate, part in (("10%", "0.1", 10), ("8%", "0.08", 8)):
        amount = by_rate[rate]
        if amount:
            tax = amount * part // (100 + part)
            head |= {
                f"{name}税率": rate,
                f"{name}請求金額": str(amount),
                f"{name}請求額に対する税額": str(tax),
            }


def csv_bytes(
    rows: Iterable[Mapping[str, str]],
    header: Sequence[str] | None = None,
    encoding: str = "cp932",
    delimiter: str = ",",
    line_end: str = "\r\n",
) -> bytes:
    """The file's bytes; columns in the order of `header` (all 158 unless given)."""
    names = list(header or rakuten_header())
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator=line_end)
    writer.writerow(names)
    writer.writerows([row.get(name, "") for name in names] for row in rows)
    return buffer.getvalue().encode(encoding)


def write_csv(path: Path, rows: Iterable[Mapping[str, str]], encoding: str = "cp932") -> Path:
    """The file as Rakuten writes it."""
    path.write_bytes(csv_bytes(rows, encoding=encoding))
    return path


def write_xlsx(path: Path, rows: Iterable[Mapping[str, str]], typed: bool = False) -> Path:
    """The same as a spreadsheet; `typed` as a spreadsheet keeps it that turned everything it could into numbers."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    names = rakuten_header()
    sheet.append(names)
    for row in rows:
        cells = [row.get(name, "") for name in names]
        sheet.append(
            [int(c) if typed and c.isascii() and c.isdecimal() and len(c) < 15 else c for c in cells]
        )
    book.save(path)
    return path


def shuffled(rows: Sequence[Row], seed: int = 1, unknown: int = 5) -> tuple[list[Row], list[str]]:
    """The same rows under a header in another order and with `unknown` columns nobody knows."""
    chance = random.Random(seed)
    more = [f"独自項目{n}" for n in range(1, unknown + 1)]
    header = [*rakuten_header(), *more]
    chance.shuffle(header)
    return [{**row, **{name: f"{name}-{index}" for name in more}} for index, row in enumerate(rows)], header


def damaged(rows: Sequence[Row]) -> list[Row]:
    """The same rows after a spreadsheet opened and saved them: zeros lost, American dates without seconds, the first
    rows pasted in twice."""
    spoilt = [{name: _spoil(name, value) for name, value in row.items()} for row in rows]
    return spoilt + spoilt[:3]


def _spoil(name: str, value: str) -> str:
    how: Callable[[str], str] | None = None
    if "郵便番号" in name or "電話番号" in name:
        how = _number
    elif name.endswith("日時") or name in ("注文日", "お届け日指定"):
        how = _american
    return how(value) if how and value else value


def _number(value: str) -> str:
    return str(int(value))


def _american(value: str) -> str:
    moment = datetime.fromisoformat(value)
    day = f"{moment.month}/{moment.day}/{moment.year}"
    return day if len(value) == 10 else f"{day} {moment.hour}:{moment.minute:02d}"
