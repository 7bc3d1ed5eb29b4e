"""Stands in for B2クラウド: reads the file its import takes, refuses what the service was seen to refuse,
and gives the issued data back. By position and from the carriers reference alone; shares nothing with
`carriers/yamato`."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

_COLUMNS = 97
_KEY, _KIND, _NUMBER, _SHIP_DATE, _SLOT, _PHONE, _ZIP, _ADDRESS, _NAME = 0, 1, 3, 4, 6, 8, 10, 11, 15
_SENDER_PHONE, _SENDER_ZIP, _SENDER_ADDRESS, _SENDER_NAME, _GOODS, _CASH, _PAYER = 19, 21, 22, 24, 27, 33, 39
_USER_TITLE, _USER = 82, 83
_SLOTS = {"", "0812", "1416", "1618", "1820", "1921"}
_TIMED = {"0010", "0017"}
_COOL, _HOLD, _OFFICE, _PIECES, _SEVERAL, _SEARCH = 2, 35, 36, 37, 73, 75
_MAIL, _COLLECT, _TIME, _FREIGHT, _MANY = "3", "29", "4", "5", "6"
_LIMITS = {"2": 300_000, "9": 30_000}


@dataclass(frozen=True, slots=True)
class Issued:
    """The issued-data file, the numbers by parcel key, and refused rows as (line, code of the service)."""

    path: Path
    numbers: dict[str, str]
    refused: tuple[tuple[int, str], ...]


def issue(handover: Path, folder: Path, first: int, now: datetime) -> Issued:
    """Print the waybills of a file: every accepted row gets the next number from `first` (11 digits, check
    digit added)."""
    rows = list(csv.reader(io.StringIO(handover.read_bytes().decode("cp932"), newline="")))
    header, records = rows[0], rows[1:]
    done: list[list[str]] = []
    numbers: dict[str, str] = {}
    refused: list[tuple[int, str]] = []
    for line, row in enumerate(records, start=2):
        together = sum(other[_SEVERAL : _SEVERAL + 1] == row[_SEVERAL : _SEVERAL + 1] for other in records)
        code = _complaint(row, now.date(), together)
        if code:
            refused.append((line, code))
            continue
        payload = first + len(done)
        row[_NUMBER] = f"{payload:011d}{payload % 7}"
        row[_USER_TITLE], row[_USER] = "ユーザーID", "practice"
        numbers[row[_KEY]] = row[_NUMBER]
        done.append(row)
    path = folder / f"{now:%Y%m%d%H%M%S}_発行済データ.csv"
    text = io.StringIO(newline="")
    csv.writer(text).writerows([header, *done])
    path.write_bytes(text.getvalue().encode("cp932"))
    return Issued(path, numbers, tuple(refused))


def _complaint(row: list[str], today: date, together: int) -> str:
    """The first code the service answers with, "" when it takes the row; `together` rows have its 複数口くくりキー."""
    if len(row) not in (95, _COLUMNS, 98):
        return "layout"
    kind = row[_KIND]
    slots = _TIMED if kind == _TIME else _SLOTS
    wanted = {_PHONE: "EF011001", _NAME: "EF011002", _ZIP: "EF011004", _ADDRESS: "WS003001"}
    if kind != _MAIL:
        wanted |= {_SENDER_PHONE: "EF011059", _SENDER_NAME: "EF011062", _SENDER_ZIP: "EF011006"}
        wanted |= {_SENDER_ADDRESS: "WS003002", _GOODS: "EF011067"}
    if kind != _FREIGHT:
        wanted[_PAYER] = "EF011082"
    missing = next((code for column, code in wanted.items() if not row[column]), "")
    checks = (
        (not _ship_day_taken(row[_SHIP_DATE], today), "ES003001"),
        (bool(missing), missing),
        (len(row[_NAME].encode("cp932")) > 32, "ES001010"),
        (len(row[_ADDRESS].encode("cp932")) > 64 or " " in row[_ADDRESS], "ES001014"),
        (not row[_PHONE].replace("-", "").isdigit(), "ES002007"),
        (row[_SLOT] not in slots, "ES002038"),
        (kind in _COLLECT and not 1 <= int(row[_CASH] or 0) <= _LIMITS[kind], "EF011020"),
        (row[_PIECES] not in ("", *map(str, range(1, 100))), "EF029001"),
        (row[_HOLD] == "1" and not row[_OFFICE], "EF011003"),
        (not (row[_SEARCH].isascii() and (row[_SEARCH] or "0").replace(" ", "0").isalnum()), "ES002070"),
        (kind == _MANY and not row[_SEVERAL], "ES002622"),
        (kind == _MANY and not 2 <= together <= 99, "ES002624"),
    )
    return next((code for wrong, code in checks if wrong), "")


def _ship_day_taken(text: str, today: date) -> bool:
    try:
        day = datetime.strptime(text, "%Y/%m/%d").date()  # noqa: DTZ007 - a calendar day
    except ValueError:
        return False
    return today <= day <= today + timedelta(days=30)
