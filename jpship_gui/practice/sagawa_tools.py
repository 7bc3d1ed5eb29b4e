"""Stand in for e飛伝Ⅲ, Ⅱ and Pro: read the file their imports take, refuse what cannot be right, and give the issued
data back. By position and from the carriers reference alone; share nothing with `carriers/sagawa`."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from jpship_gui.practice.b2_tool import Issued

_Out = Callable[
    [list[str], str], dict[int, str]
]  # an accepted record and its number → cells of the export by place
_SLOTS = {"", "01", "12", "14", "16", "18", "04", "19"}
_TIME_SEALS = {"01": "020", "04": "021", "12": "022", "14": "023", "16": "024", "18": "025", "19": "026"}
_SEALS = {f"{n:03d}" for n in (1, 2, 4, 5, 7, 8, 9, 10, 11, 12, 13, 17, 18, 19, *range(20, 27))}


@dataclass(frozen=True, slots=True)
class _Form:
    """Places (from 1) of an import's columns, and the longest a column may be in CP932 bytes."""

    columns: int
    key: int
    key_limit: int
    phone: int
    postal: int
    address: tuple[int, ...]
    name: tuple[int, int]
    wanted: tuple[int, ...]
    cool: int
    day: int
    slot: int
    seals: tuple[int, ...]
    payer: int
    cash: int
    payment: int
    slots: frozenset[str] = frozenset(_SLOTS)
    time_seal: str = ""  # one for every slot


_THREE = _Form(
    74,
    10,
    16,
    3,
    4,
    (5, 6, 7),
    (8, 9),
    (11, 18, 19, 20, 22, 42, 43, 61),
    44,
    45,
    46,
    (52, 53, 54),
    58,
    48,
    50,
)
_TWO = _Form(
    42, 9, 16, 2, 3, (4, 5, 6), (7, 8), (10, 13, 14, 15, 17, 25, 26), 27, 28, 29, (36, 37, 38), 42, 31, 33
)
_PRO = _Form(
    *(72, 36, 20, 12, 6, (9, 10, 11), (7, 8), (1, 16, 17, 19, 22, 23, 27, 40), 39, 25, 41),
    *((43, 44, 45, 46), 28, 31, 30),
    slots=frozenset({"", "01", "12", "14", "16", "04"}),
    time_seal="007",
)


def issue_ehiden3(handover: Path, folder: Path, first: int, now: datetime) -> Issued:
    """Every accepted row gets the next number from `first` (11 digits, check digit added); 91 columns with a header."""
    header = [f"項目{n}" for n in range(1, 92)]
    places = {
        "お問い合せ送り状No.": 1,
        "サービス種別": 2,
        "出荷日": 3,
        "お届け先コード": 4,
        "お届け先電話番号": 5,
    }
    places |= {"郵便番号": 6, "住所１": 7, "住所２": 8, "住所３": 9, "お客様管理番号": 19, "配達日": 70}
    for name, place in places.items():
        header[place - 1] = name

    def out(row: list[str], number: str) -> dict[int, str]:
        found = {1: number, 2: "飛脚宅配便", 3: row[60], 5: row[2], 6: row[3], 19: row[9], 70: row[44]}
        return found | {7: row[4], 8: row[5], 9: row[6]}

    return _issue(_THREE, handover, folder / f"ehiden3_{now:%Y%m%d%H%M%S}.csv", first, header, out)


def issue_ehiden2(handover: Path, folder: Path, first: int, now: datetime) -> Issued:
    """As `issue_ehiden3`; 53 columns with a header."""
    header = [f"項目{n}" for n in range(1, 54)]
    places = {
        "お問合せ送り状No": 1,
        "出荷日時": 2,
        "住所録コード": 3,
        "お届け先電話番号": 4,
        "郵便番号": 5,
        "住所１": 6,
    }
    places |= {
        "住所２": 7,
        "住所３": 8,
        "名称１": 10,
        "名称２": 11,
        "お客様管理ナンバー": 13,
        "お客様コード": 14,
        "削除区分": 53,
    }
    for name, place in places.items():
        header[place - 1] = name

    def out(row: list[str], number: str) -> dict[int, str]:
        found = {1: number, 2: f"{now:%Y%m%d%H%M}", 4: row[1], 5: row[2], 13: row[8], 14: row[9]}
        return found | {6: row[3], 7: row[4], 8: row[5], 10: row[6], 11: row[7]}

    return _issue(_TWO, handover, folder / f"ehiden2_{now:%Y%m%d%H%M%S}.csv", first, header, out)


def issue_ehiden_pro(handover: Path, folder: Path, first: int, now: datetime) -> Issued:
    """As `issue_ehiden3`; 59 columns with a header."""
    header = [f"項目{n}" for n in range(1, 60)]
    places = {
        "出荷日": 47,
        "発行日": 48,
        "配達指定日": 49,
        "個数": 50,
        "問い合せ№": 57,
        "旧問い合せ№": 58,
        "顧客管理番号": 59,
    }
    for name, place in places.items():
        header[place - 1] = name

    def out(row: list[str], number: str) -> dict[int, str]:
        return {47: row[22], 48: f"{now:%Y%m%d}", 49: row[24], 50: row[26], 57: number, 59: row[35]}

    return _issue(_PRO, handover, folder / f"ehidenpro_{now:%Y%m%d%H%M%S}.csv", first, header, out)


def _issue(form: _Form, handover: Path, path: Path, first: int, header: list[str], out: _Out) -> Issued:
    rows = list(csv.reader(io.StringIO(handover.read_bytes().decode("cp932"), newline="")))
    numbers: dict[str, str] = {}
    refused: list[tuple[int, str]] = []
    done: list[list[str]] = []
    for line, row in enumerate(rows[1:], start=2):
        code = _complaint(form, row)
        if code:
            refused.append((line, code))
            continue
        payload = first + len(done)
        number = f"{payload:011d}{payload % 7}"
        numbers[row[form.key - 1]] = number
        cells = out(row, number)
        done.append([cells.get(place, "") for place in range(1, len(header) + 1)])
    text = io.StringIO(newline="")
    csv.writer(text).writerows([header, *done])
    path.write_bytes(text.getvalue().encode("cp932"))
    return Issued(path, numbers, tuple(refused))


def _complaint(form: _Form, row: list[str]) -> str:
    """The first thing wrong with a record, "" when the tool takes it."""
    if len(row) != form.columns:
        return "layout"

    def cell(place: int) -> str:
        return row[place - 1]

    wanted = (form.key, form.phone, form.postal, form.address[0], form.name[0], form.payer, *form.wanted)
    seals = [cell(place) for place in form.seals if cell(place)]
    slot, day = cell(form.slot), cell(form.day)
    time_seal = form.time_seal or _TIME_SEALS.get(slot, "")
    checks = (
        (any(not cell(place) for place in wanted), "missing"),
        (any(len(cell(place).encode("cp932")) > 32 for place in (*form.address, *form.name)), "length"),
        (len(cell(form.key)) > form.key_limit, "key"),
        (not cell(form.phone).isdigit(), "phone"),
        (cell(form.cool) not in ("001", "002", "003"), "cool"),
        (bool(day) and not (day.isdigit() and len(day) == 8), "day"),
        (slot not in form.slots, "slot"),
        (len(set(seals)) != len(seals) or not set(seals) <= _SEALS, "seals"),
        (bool(slot) and time_seal not in seals, "slot without its seal"),
        (bool(day) and not slot and "005" not in seals, "day without its seal"),
        ((cell(form.payment) == "0") != (not cell(form.cash)), "cash"),
        (cell(form.payer) not in ("1", "2"), "payer"),
    )
    return next((code for wrong, code in checks if wrong), "")
