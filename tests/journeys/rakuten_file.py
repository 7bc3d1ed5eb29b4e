"""Rakuten order files written from the Rakuten reference alone, for tests that must not share the product's reading of it."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

COLUMNS = tuple((Path(__file__).parent / "rakuten_columns.txt").read_text("utf-8").splitlines())
SHOP_NUMBER = "123456"
# zip, prefecture, city, town: real pairs; the house numbers are invented.
PLACES = (
    ("001", "0010", "北海道", "札幌市北区", "北十条西"),
    ("010", "0001", "秋田県", "秋田市", "中通"),
    ("100", "0005", "東京都", "千代田区", "丸の内"),
    ("150", "0002", "東京都", "渋谷区", "渋谷"),
    ("460", "0008", "愛知県", "名古屋市中区", "栄"),
    ("530", "0001", "大阪府", "大阪市北区", "梅田"),
    ("810", "0001", "福岡県", "福岡市中央区", "天神"),
)
SURNAMES = ("佐藤", "髙橋", "山﨑", "鈴木", "渡邉", "中村")
GIVEN = ("花子", "太郎", "美咲", "健一", "陽菜")
PHONES = (("090", "0000"), ("080", "0000"), ("050", "0000"))
EMPTY_REMARK = "[配送日時指定:]\n\n\n"
Row = dict[str, str]


def order_number(n: int, day: date, shop: str = SHOP_NUMBER) -> str:
    return f"{shop}-{day:%Y%m%d}-{n:010d}"


def row(n: int, day: date, shop: str = SHOP_NUMBER, **changed: str) -> Row:
    """One order of one line, ready to be shipped; `changed` replaces cells by column name."""
    zip1, zip2, prefecture, city, town = PLACES[n % len(PLACES)]
    phone = (*PHONES[n % len(PHONES)], f"{n % 10000:04d}")
    price, units = 800 + 10 * (n % 37), 1 + n % 3
    goods, postage = price * units, 500
    total = goods + postage
    who = {
        "郵便番号1": zip1, "郵便番号2": zip2, "住所都道府県": prefecture, "住所郡市区": city,
        "住所それ以降の住所": f"{town}{n % 4 + 1}-{n % 20 + 1}-{n % 30 + 1}",
        "姓": SURNAMES[n % len(SURNAMES)], "名": GIVEN[n % len(GIVEN)], "姓カナ": "サトウ", "名カナ": "ハナコ",
        "電話番号1": phone[0], "電話番号2": phone[1], "電話番号3": phone[2],
    }  # fmt: skip
    cells = dict.fromkeys(COLUMNS, "")
    cells |= {f"{side}{name}": value for side in ("注文者", "送付先") for name, value in who.items()}
    cells |= {
        "注文番号": order_number(n, day, shop), "ステータス": "300",
        "注文日時": f"{day} 10:{n % 60:02d}:07", "注文日": f"{day}", "注文時間": f"10:{n % 60:02d}:07",
        "注文確定日時": f"{day} 11:00:00", "発送指示日時": f"{day} 11:00:00",
        "支払方法名": "クレジットカード", "クレジットカード支払い方法": "0", "配送方法": "宅配便",
        "注文種別": "1", "複数送付先フラグ": "0", "送付先一致フラグ": "1", "離島フラグ": "0",
        "楽天確認中フラグ": "0", "警告表示タイプ": "0", "楽天会員フラグ": "1", "購入履歴修正有無フラグ": "0",
        "商品合計金額": f"{goods}", "消費税合計": "0", "送料合計": f"{postage}", "代引料合計": "0",
        "請求金額": f"{total}", "合計金額": f"{total}", "クーポン利用総額": "0",
        "店舗発行クーポン利用額": "0", "楽天発行クーポン利用額": "0",
        "注文者メールアドレス": f"{n:032x}@pc.fw.rakuten.ne.jp", "注文者性別": "-",
        "送付先ID": f"{2000000000 + n}", "送付先送料": f"{postage}", "送付先代引料": "0",
        "送付先消費税合計": "0", "送付先商品合計金額": f"{goods}", "送付先合計金額": f"{total}",
        "商品明細ID": f"{2000000000 + n}", "商品ID": f"{10000000 + n % 7}",
        "商品名": f"波佐見焼 マグカップ {n % 7} 電子レンジ対応", "商品番号": f"mug-{n % 7}",
        "商品管理番号": f"mug{n % 7}", "単価": f"{price}", "個数": f"{units}", "送料込別": "0", "税込別": "1",
        "代引手数料込別": "1", "項目・選択肢": "ご確認ください:確認しました。", "ポイント倍率": "1",
        "在庫タイプ": "2", "ギフト配送希望": "0", "コメント": EMPTY_REMARK, "利用端末": "11",
        "メールキャリアコード": "0", "あす楽希望フラグ": "0", "医薬品受注フラグ": "0",
        "楽天スーパーDEAL商品受注フラグ": "0", "メンバーシッププログラム受注タイプ": "0", "決済手数料": "0",
        "注文者負担金合計": "0", "店舗負担金合計": "0", "外税合計": "0", "決済手数料税率": "0.1",
        "送付先外税合計": "0", "送付先送料税率": "0.1", "送付先代引料税率": "0.1", "商品税率": "0.1",
        "商品毎税込価格": f"{price}", "10%税率": "0.1", "10%請求金額": f"{total}",
        "10%請求額に対する税額": f"{total * 10 // 110}", "10%合計金額": f"{total}", "10%決済手数料": "0",
        "10%クーポン割引額": "0", "10%利用ポイント数": "0", "単品配送フラグ": "0", "購入時配送会社": "1001",
        "領収書発行回数": "0", "SKU管理番号": f"mug{n % 7}-b", "システム連携用SKU番号": f"SKU-{n % 7:03d}",
        "SKU情報": "カラー:青\nサイズ:300ml",
    }  # fmt: skip
    unknown = changed.keys() - cells.keys()
    assert not unknown, unknown
    return cells | changed


def rows(count: int, day: date, shop: str = SHOP_NUMBER) -> list[Row]:
    return [row(n, day, shop) for n in range(1, count + 1)]


def text_of(found: Sequence[Mapping[str, str]], columns: Sequence[str] = COLUMNS, end: str = "\r\n") -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator=end, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(found)
    return out.getvalue()


def write(path: Path, found: Sequence[Mapping[str, str]], encoding: str = "cp932") -> Path:
    """As RMS gives it: all columns, CRLF."""
    path.write_bytes(text_of(found).encode(encoding))
    return path


def write_workbook(path: Path, found: Sequence[Mapping[str, str]]) -> Path:
    """Saved as XLSX by somebody who kept codes as text and let amounts become numbers."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("注文")
    sheet.append(list(COLUMNS))
    amounts = {c for c in COLUMNS if c.endswith(("金額", "単価", "個数", "合計", "送料", "ステータス", "ID"))}
    for cells in found:
        sheet.append([int(v) if c in amounts and v.lstrip("-").isdigit() else v for c, v in cells.items()])
    book.save(path)
    return path


def write_shuffled(path: Path, found: Sequence[Mapping[str, str]]) -> Path:
    """Columns in another order with five nobody knows among them, UTF-8 with BOM."""
    mix = random.Random(7)
    strange = [f"独自列{i}" for i in range(1, 6)]
    columns = [*COLUMNS, *strange]
    mix.shuffle(columns)
    filled = [{**cells, **{name: f"値{i}" for i, name in enumerate(strange)}} for cells in found]
    path.write_bytes(text_of(filled, columns).encode("utf-8-sig"))
    return path


def write_damaged(path: Path, found: Sequence[Mapping[str, str]]) -> Path:
    """Saved again by a spreadsheet program: zeros lost, US dates without seconds, LF; some rows pasted twice."""
    dates = [c for c in COLUMNS if c.endswith(("日時", "日"))]
    zeros = [c for c in COLUMNS if c.endswith(("郵便番号1", "郵便番号2")) or "電話番号" in c]
    damaged = []
    for n, cells in enumerate(found):
        bad = dict(cells)
        for column in zeros:
            bad[column] = cells[column].lstrip("0") or "0" if cells[column] else ""
        for column in dates:
            bad[column] = _american(cells[column])
        damaged += [bad, bad] if n % 50 == 0 else [bad]
    path.write_bytes(text_of(damaged, end="\n").encode("cp932"))
    return path


def _american(value: str) -> str:
    if not value:
        return ""
    day, _, time = value.partition(" ")
    year, month, number = (int(part) for part in day.split("-"))
    hour, minute = [*time.split(":"), "", ""][:2]
    return f"{month}/{number}/{year}" + (f" {int(hour)}:{minute}" if time else "")


def yesterday() -> date:
    """In Japan, whatever the computer thinks."""
    return (datetime.now(timezone(timedelta(hours=9))) - timedelta(days=1)).date()
