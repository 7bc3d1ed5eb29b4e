"""Plays the carrier's tool: reads the file it is handed, gives each row a number, and writes issued data."""

from __future__ import annotations

import csv
import io
from pathlib import Path

_KEY = "お客様管理番号"
_NUMBER = "伝票番号"


def invented_number(n: int) -> str:
    """A twelve-digit number whose check digit (remainder of 7) holds; no carrier gave it out."""
    payload = 49_990_000_000 + n
    return f"{payload}{payload % 7}"


def issue(handed_over: Path, issued: Path) -> dict[str, str]:
    """Write issued data for every row of the file; returns the numbers by parcel key."""
    rows = list(csv.reader(io.StringIO(handed_over.read_bytes().decode("cp932"), newline="")))
    header = rows[0]
    key, number = header.index(_KEY), header.index(_NUMBER)
    numbers = {}
    for n, row in enumerate(rows[1:], start=1):
        row[number] = invented_number(n)
        numbers[row[key]] = row[number]
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    issued.write_bytes(out.getvalue().encode("cp932"))
    return numbers
