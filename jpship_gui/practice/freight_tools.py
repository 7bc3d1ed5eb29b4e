"""Stand in for カンガルー・マジックⅡ and iS-2: read the file their imports take, refuse what cannot be right, and give
the issued data back. By position and from the carriers reference alone; share nothing with `carriers`."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from pathlib import Path

from jpship_gui.practice.b2_tool import Issued

_SEINO_COLUMNS = 42
_SEINO_LIMITS = {0: 11, 1: 4, 4: 20, 11: 40, 12: 40, 13: 40, 14: 13, 18: 7, 19: 40, 20: 40, 21: 40, 22: 40}
_SEINO_WANTED = (0, 2, 4, 5, 6, 7, 11, 12, 14, 18, 19, 21, 23)
_SEINO_KINDS = {"0", "1", "3", "8", "9"}
_SEINO_EXPORT = (
    "出荷予定日 管理番号 お問合せ番号 元着区分 原票区分 個数 重量区分 重量（Ｋ) 重量（才） "
    "荷送人コード 荷送人名称 荷送人住所１ 荷送人住所２ 荷送人電話番号 部署コード 部署名 "
    "お届け先コード 郵便番号 名称１ 名称２ 住所１ 住所２ 電話番号 JIS市町村コード"
).split()
_FUKUYAMA_EXPORT = (
    "登録日 出荷日 送り状番号 荷受人コード 荷受人郵便番号 荷受人電話番号 荷受人住所１ 荷受人住所２ "
    "荷受人住所３ 荷受人名前１ 荷受人名前２ 特殊計 着店コード 着店名 荷送人コード 荷送人郵便番号 "
    "荷送人電話番号 荷送人住所１ 荷送人住所２ 荷送人名前１ 荷送人名前２ 個数 重量 指定日 輸送商品１ "
    "輸送商品２ 品名記事１ 品名記事２ 品名記事３ 元着区分 保険金額 お客様管理番号 請求先コード "
    "請求先部課所コード"
).split()
# of an import record: phone, addresses, names, postal code, shipper, goods, our key; by the number of its columns
_FUKUYAMA_PLACES = {26: (1, 2, 3, 5, 7, 10, 16, 20, 24), 30: (1, 2, 3, 5, 7, 10, 17, 25, 28)}


def issue_seino(handover: Path, folder: Path, first: int, now: datetime) -> Issued:
    """Every accepted record gets the next number from `first` (nine digits, check digit added)."""
    header, records = _read(handover)
    numbers: dict[str, str] = {}
    refused: list[tuple[int, str]] = []
    done: list[list[str]] = []
    for line, row in enumerate(records, start=2):
        code = _seino_complaint(row, len(",".join(row).encode("cp932")))
        if code:
            refused.append((line, code))
            continue
        number = _numbered(first + len(done), 9)
        numbers[row[4]] = number
        out = {
            "出荷予定日": row[2],
            "管理番号": row[4],
            "お問合せ番号": number,
            "元着区分": row[5],
            "原票区分": row[6],
        }
        out |= {
            "個数": row[7],
            "郵便番号": row[18],
            "名称１": row[19],
            "名称２": row[20],
            "住所１": row[21],
            "電話番号": row[23],
        }
        done.append([out.get(name, "") for name in _SEINO_EXPORT])
    path = _write(folder / f"SEINO_{now:%Y%m%d%H%M%S}.csv", _SEINO_EXPORT, done, csv.QUOTE_MINIMAL)
    assert header[4] == "管理番号"
    return Issued(path, numbers, tuple(refused))


def _seino_complaint(row: list[str], length: int) -> str:
    if len(row) != _SEINO_COLUMNS:
        return "layout"
    if length > 880:
        return "record"
    if any(not row[place] for place in _SEINO_WANTED):
        return "missing"
    if any(len(row[place].encode("cp932")) > most for place, most in _SEINO_LIMITS.items()):
        return "length"
    day = row[37]
    dated = not day or (len(day) == 5 and day.isdigit() and day[-1] in "012" and row[38] == "02")
    if row[6] not in _SEINO_KINDS or not row[2].isdigit() or len(row[2]) != 8 or not dated:
        return "value"
    return ""


def issue_fukuyama(handover: Path, folder: Path, first: int, now: datetime) -> Issued:
    """Every accepted record gets the next number from `first` (ten digits, check digit added)."""
    _, records = _read(handover)
    numbers: dict[str, str] = {}
    refused: list[tuple[int, str]] = []
    done: list[list[str]] = []
    for line, row in enumerate(records, start=2):
        places = _FUKUYAMA_PLACES.get(len(row))
        if places is None or any(not row[place] for place in (*places[:2], *places[3:])):
            refused.append((line, "layout" if places is None else "missing"))
            continue
        phone, street, building, name, postal, shipper, goods, key, day = (row[place] for place in places)
        number = _numbered(first + len(done), 10)
        numbers[key] = number
        out = {
            "出荷日": day,
            "送り状番号": number,
            "荷受人郵便番号": postal,
            "荷受人電話番号": phone,
            "荷受人住所１": street,
        }
        out |= {
            "荷受人住所２": building,
            "荷受人名前１": name,
            "荷送人コード": shipper,
            "品名記事１": goods,
            "個数": "1",
        }
        done.append([{**out, "お客様管理番号": key}.get(heading, "") for heading in _FUKUYAMA_EXPORT])
    path = _write(folder / f"FUKUYAMA_{now:%Y%m%d%H%M%S}.csv", _FUKUYAMA_EXPORT, done, csv.QUOTE_ALL)
    return Issued(path, numbers, tuple(refused))


def _numbered(payload: int, digits: int) -> str:
    return f"{payload:0{digits}d}{payload % 7}"


def _read(path: Path) -> tuple[list[str], list[list[str]]]:
    rows = list(csv.reader(io.StringIO(path.read_bytes().decode("cp932"), newline="")))
    return rows[0], rows[1:]


def _write(path: Path, header: list[str], rows: list[list[str]], quoting: int) -> Path:
    text = io.StringIO(newline="")
    csv.writer(text, quoting=quoting).writerows([header, *rows])  # type: ignore[arg-type]
    path.write_bytes(text.getvalue().encode("cp932"))
    return path
