"""Stands in for ゆうプリR, ゆうプリクラウド, Webゆうプリ and クリックポスト.

Reads the files their imports take, refuses what they would, and gives numbers back as each does. By position and from
the carriers reference alone; shares nothing with `carriers/jppost`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

_SLOTS = {"", "00", "51", "52", "53", "54", "55", "57"}
_SIZES = {"", "060", "080", "100", "120", "140", "160", "170"}
_KINDS = {"0", "1", "2", "3", "6", "9"}
_NUMBERED = {"0", "9"}  # others only with 書留 or 特定記録
_R_PLACES = {  # item → column of the 117, from 0
    "お客様側管理番号": 0,
    "発送予定日": 1,
    "郵便種別": 5,
    "保冷種別": 6,
    "元／着払／代引": 7,
    "書留": 8,
    "送り状種別": 10,
    "お届け先 郵便番号": 12,
    "お届け先 住所１": 13,
    "お届け先 住所２": 14,
    "お届け先 住所３": 15,
    "お届け先 名称１": 16,
    "お届け先 名称２": 17,
    "お届け先 電話番号": 19,
    "ご依頼主 名称１": 33,
    "こわれもの区分": 54,
    "なまもの区分": 55,
    "ビン類区分": 56,
    "逆さま厳禁区分": 57,
    "下積み厳禁区分": 58,
    "商品サイズ区分": 59,
    "配達指定日": 64,
    "配達時間帯区分": 65,
    "複数個口数": 71,
    "代引金額": 98,
    "代引消費税金額": 99,
}
R_STANDARD = tuple(
    next((item for item, place in _R_PLACES.items() if place == column), "") for column in range(117)
)
CLOUD_FILTER = (
    *(
        "送り状種別",
        "荷物商品名",
        "個口数",
        "お客さま管理番号（受注番号等）",
        "品名1",
        "サイズ",
        "お届け先郵便番号",
        "お届け先住所1",
    ),
    *(
        "お届け先氏名1",
        "お届け先電話番号",
        "ご依頼主郵便番号",
        "ご依頼主住所1",
        "ご依頼主氏名1",
        "ご依頼主電話番号",
        "発送予定日",
    ),
    *("配達希望日", "配達希望時間帯"),
)
_CLICK = (
    *(
        "お届け先郵便番号",
        "お届け先氏名",
        "お届け先敬称",
        "お届け先住所1行目",
        "お届け先住所2行目",
        "お届け先住所3行目",
    ),
    *("お届け先住所4行目", "内容品"),
)
_CLICK_MOST, _CLICK_FULL, _CLICK_GOODS = 40, 40, 30
_HISTORY = (
    *("お客様側管理番号", "お問い合わせ番号", "仮引受確定作業年月日", "配送完了作業年月日"),
    *("配達ステータス集約コード", "配達ステータス明細コード"),
)
_DOWNLOAD = (
    *(
        "発送予定日",
        "お客様側管理番号",
        "お問い合わせ番号",
        "お届け先 郵便番号",
        "お届け先 住所",
        "お届け先 住所２",
    ),
    *("お届け先 住所３", "お届け先 名称", "お届け先 電話番号"),
)
_Check = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Issued:
    """The export, the numbers by our key, and refused rows as (line, item that is wrong)."""

    path: Path
    numbers: dict[str, str]
    refused: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Label:
    """A label of クリックポスト as the site lists it after payment."""

    number: str
    postal_code: str
    name: str
    lines: tuple[str, ...]
    goods: str


def print_r(
    handover: Path,
    folder: Path,
    first: int,
    now: datetime,
    items: Sequence[str] = R_STANDARD,
    *,
    header: bool = False,
    state: tuple[str, str] = ("", ""),
) -> Issued:
    """ゆうプリR: import by a registered filter (`items` = what each column is, "" = not read), print, and the export of
    発送履歴. `state` = 集約コード and 明細コード every parcel has by then."""
    rows = list(csv.reader(io.StringIO(handover.read_bytes().decode("cp932"), newline="")))
    head = 1 if header else 0
    numbers: dict[str, str] = {}
    refused: list[tuple[int, str]] = []
    for line, row in enumerate(rows[head:], start=head + 1):
        if len(row) != len(items):
            refused.append((line, "列数"))
            continue
        values = {item: cell for item, cell in zip(items, row, strict=True) if item}
        wrong = _wrong(values, _R_CHECKS) or _wrong_cash(values)
        if wrong:
            refused.append((line, wrong))
            continue
        digits = 10 if values.get("書留", "0") not in ("", "0") else 11
        named = values["郵便種別"] in _NUMBERED or digits == 10
        numbers[values["お客様側管理番号"]] = _number(first + len(numbers), digits) if named else ""
    stamp = f"{now:%Y%m%d%H%M%S}"
    summary, detail = state
    done = stamp if summary in ("52", "53") else ""
    history = [(key, number, stamp, done, summary, detail) for key, number in numbers.items() if number]
    path = folder / f"{stamp}_発送履歴.csv"
    text = "".join(",".join(row) + "\r\n" for row in (_HISTORY, *history))
    path.write_bytes(text.encode("cp932"))
    return Issued(path, numbers, tuple(refused))


def print_cloud(handover: Path, folder: Path, first: int, now: datetime) -> Issued:
    """ゆうプリクラウド with the 17 columns of the manual's example registered: import, and 送り状データダウンロード."""
    raw = handover.read_bytes()
    text = raw.decode("utf-8-sig" if raw.startswith(b"\xef\xbb\xbf") else "cp932")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    if tuple(rows[0]) != CLOUD_FILTER:
        return Issued(handover, {}, ((1, "見出し"),))
    numbers: dict[str, str] = {}
    refused: list[tuple[int, str]] = []
    done = [_DOWNLOAD]
    for line, row in enumerate(rows[1:], start=2):
        values = dict(zip(CLOUD_FILTER, row, strict=True)) if len(row) == len(CLOUD_FILTER) else {}
        wrong = _wrong(values, _CLOUD_CHECKS) if values else "列数"
        if wrong:
            refused.append((line, wrong))
            continue
        key = values["お客さま管理番号（受注番号等）"]
        numbers[key] = _number(first + len(numbers), 11)
        sent = (values["発送予定日"], key, numbers[key], values["お届け先郵便番号"])
        done.append(
            (*sent, values["お届け先住所1"], "", "", values["お届け先氏名1"], values["お届け先電話番号"])
        )
    path = folder / f"送り状データダウンロード_{now:%Y%m%d%H%M}.csv"
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(done)
    path.write_bytes(b"\xef\xbb\xbf" + out.getvalue().encode("utf-8"))
    return Issued(path, numbers, tuple(refused))


def print_web(handover: Path, first: int) -> tuple[tuple[str, str], ...]:
    """Webゆうプリ: numbers and names as its screen shows them; ValueError names what it refuses."""
    text = handover.read_bytes().decode("cp932")
    if any(line and not re.fullmatch(r'"[^"]*"(?:,"[^"]*"){71}', line) for line in text.split("\r\n")):
        raise ValueError("72 quoted columns")
    found: list[tuple[str, str]] = []
    for row in csv.reader(io.StringIO(text, newline="")):
        values = {item: row[column - 1] for item, column in _WEB_PLACES.items()}
        wrong = _wrong(values, _WEB_CHECKS)
        if wrong:
            raise ValueError(wrong)
        found.append((_number(first + len(found), 11), values["お届け先名"]))
    return tuple(found)


def apply_clickpost(handover: Path, first: int) -> tuple[Label, ...]:
    """クリックポスト まとめ申込 and payment; ValueError names what the site refuses."""
    rows = list(csv.reader(io.StringIO(handover.read_bytes().decode("cp932"), newline="")))
    if tuple(rows[0]) != _CLICK:
        raise ValueError("header")
    if not 1 <= len(rows) - 1 <= _CLICK_MOST:
        raise ValueError(f"{len(rows) - 1} rows")
    labels: list[Label] = []
    for line, row in enumerate(rows[1:], start=2):
        wrong = _wrong(dict(zip(_CLICK, row, strict=True)), _CLICK_CHECKS)
        if wrong:
            raise ValueError(f"line {line}: {wrong}")
        number = _number(first + len(labels), 11)
        labels.append(Label(number, row[0], row[1], tuple(row[3:7]), row[7]))
    return tuple(labels)


def clickpost_page(labels: Sequence[Label]) -> str:
    """The list a seller marks and copies from the site: a line each, number first."""
    lines = [f"{label.number}\t{label.name} 様\t{label.postal_code}\t{label.goods}" for label in labels]
    return "お問い合わせ番号\tお届け先\t郵便番号\t内容品\n" + "\n".join(lines) + "\n"


def _number(payload: int, digits: int) -> str:
    return f"{payload % 10**digits:0{digits}d}{payload % 10**digits % 7}"


def _wrong(values: Mapping[str, str], checks: Mapping[str, _Check]) -> str:
    """The first item that is not as it must be, "" where all are."""
    return next((item for item, holds in checks.items() if item in values and not holds(values[item])), "")


def _wrong_cash(values: Mapping[str, str]) -> str:
    if values.get("元／着払／代引") != "2":
        return "代引金額" if values.get("代引金額") else ""
    cash, tax = values.get("代引金額", ""), values.get("代引消費税金額", "")
    return "" if cash.isdigit() and tax.isdigit() and int(tax) <= int(cash) > 0 else "代引金額"


def _most(limit: int, least: int = 0) -> _Check:
    return lambda text: least <= len(text.encode("cp932")) <= limit


def _among(known: set[str]) -> _Check:
    return lambda text: text in known


def _like(pattern: str) -> _Check:
    return lambda text: re.fullmatch(pattern, text) is not None


def _day(text: str) -> bool:
    if not re.fullmatch(r"\d{8}", text):
        return False
    try:
        return bool(date(int(text[:4]), int(text[4:6]), int(text[6:])))
    except ValueError:
        return False


_POSTAL, _PHONE = _like(r"\d{3}-?\d{4}"), _like(r"0\d{9,10}")
_FLAG = _among({"0", "1"})
_R_CHECKS: Mapping[str, _Check] = {
    "お客様側管理番号": _like(r"[A-Za-z0-9]{1,15}"),
    "発送予定日": _day,
    "郵便種別": _among(_KINDS),
    "保冷種別": _among({"0", "1", "2"}),
    "元／着払／代引": _among({"0", "1", "2"}),
    "書留": _like(r"\d"),
    "送り状種別": _most(20, 1),
    "お届け先 郵便番号": _POSTAL,
    "お届け先 住所１": _most(50, 1),
    "お届け先 住所２": _most(50),
    "お届け先 住所３": _most(50),
    "お届け先 名称１": _most(50, 1),
    "お届け先 名称２": _most(50),
    "お届け先 電話番号": _like(r"(0\d{9,10})?"),
    "ご依頼主 名称１": _most(50),
    **dict.fromkeys(
        ("こわれもの区分", "なまもの区分", "ビン類区分", "逆さま厳禁区分", "下積み厳禁区分"), _FLAG
    ),
    "商品サイズ区分": _among(_SIZES),
    "配達指定日": lambda text: not text or _day(text),
    "配達時間帯区分": _among(_SLOTS),
    "複数個口数": _like(r"[1-9]\d?"),
}
_CLOUD_CHECKS: Mapping[str, _Check] = {
    "送り状種別": _like(r"\d"),
    "荷物商品名": _like(r"\d{1,3}"),
    "個口数": _like(r"[1-9]\d?"),
    "お客さま管理番号（受注番号等）": _like(r"[!-~]{1,16}"),
    "サイズ": _among(_SIZES),
    "お届け先郵便番号": _POSTAL,
    "お届け先住所1": _most(75, 1),
    "お届け先氏名1": _most(50, 1),
    "お届け先電話番号": _PHONE,
    "発送予定日": _day,
    "配達希望日": lambda text: not text or _day(text),
    "配達希望時間帯": _among(_SLOTS),
}
_WEB_PLACES = {
    "商品": 1,
    "着払/代引": 2,
    "作成数": 7,
    "お届け先名": 8,
    "郵便番号": 11,
    "都道府県": 12,
    "市区町村郡": 13,
    "丁目番地号": 14,
    "電話": 16,
    "発送予定日": 38,
    "配達希望日": 52,
    "配達希望時間帯": 53,
    "サイズ": 63,
}
_WEB_CHECKS: Mapping[str, _Check] = {
    "商品": _like(r"\d"),
    "着払/代引": _like(r"\d"),
    "作成数": _like(r"[1-9]\d?"),
    **dict.fromkeys(("お届け先名", "都道府県", "市区町村郡", "丁目番地号"), _most(50, 1)),
    "郵便番号": _POSTAL,
    "電話": _PHONE,
    "発送予定日": _like(r"\d{4}/\d{2}/\d{2}"),
    "配達希望日": _like(r"(\d{4}/\d{2}/\d{2})?"),
    "配達希望時間帯": _among(_SLOTS),
    "サイズ": _among(_SIZES),
}
_CLICK_CHECKS: Mapping[str, _Check] = {
    "お届け先郵便番号": _POSTAL,
    "お届け先氏名": _most(_CLICK_FULL, 1),
    "お届け先住所1行目": _most(_CLICK_FULL, 1),
    **dict.fromkeys(("お届け先住所2行目", "お届け先住所3行目", "お届け先住所4行目"), _most(_CLICK_FULL)),
    "内容品": _most(_CLICK_GOODS, 1),
}
