"""Cells as received → values. Times are kept to the minute: spreadsheets lose the seconds, and a file read again must
say the same."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache

from jpship_gui.domain.clock import JST

_MOMENT = re.compile(
    r"^(\d{4})[-/](\d{1,2})[-/](\d{1,2})"
    r"(?:[T\s]+(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?\s?(Z|[+-]\d{2}:?\d{2})?)?$"
)
_USUAL_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}:[0-9]{2}")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_NO_DIGITS = re.compile("[^0-9]+")
_CLOCK = re.compile(r"^(\d{1,2}):(\d{2})(?::\d{2})?$")
_COUNTRY = re.compile(r"\+\s*81[\s(-]*0?")
_MONEY = re.compile(r"^[¥￥\\]?(-?\d[\d,]*)(?:\.0+)?円?$")


@lru_cache(maxsize=8192)
def day(text: str) -> date | None:
    """`YYYY-MM-DD`, `YYYY/M/D` or `YYYYMMDD`, a time of day behind it ignored unless it has an offset of its own: then
    Japan's day at that moment; None for anything else."""
    match = _MOMENT.match(text) or _COMPACT.match(text)
    if match is None:
        return None
    if match.re is _MOMENT and match[6]:
        at = moment(text)
        return at.astimezone(JST).date() if at else None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


@lru_cache(maxsize=8192)
def moment(text: str) -> datetime | None:
    """A Japanese wall-clock time, or one with an offset of its own, seconds dropped, as an aware UTC time; a bare date
    is its midnight in Japan."""
    usual = _USUAL_MOMENT.fullmatch(text)  # nearly all there are, read in half the time
    match = usual or _MOMENT.match(text)
    if match is None:
        return None
    try:
        if usual:
            return datetime.fromisoformat(f"{text[:16]}+09:00").astimezone(UTC)
        local = datetime(
            int(match[1]),
            int(match[2]),
            int(match[3]),
            int(match[4] or 0),
            int(match[5] or 0),
            tzinfo=_zone(match[6]),
        )
        return local.astimezone(UTC)
    except (ValueError, OverflowError):  # no such day, or one before the calendar begins
        return None


def _zone(offset: str | None) -> tzinfo:
    if not offset:
        return JST
    if offset == "Z":
        return UTC
    minutes = int(offset[1:3]) * 60 + int(offset[-2:])
    return timezone(timedelta(minutes=-minutes if offset[0] == "-" else minutes))


def clock(text: str) -> tuple[int, int] | None:
    """Hour and minute of `HH:MM` or `HH:MM:SS`."""
    match = _CLOCK.match(text)
    return (int(match[1]), int(match[2])) if match and int(match[1]) < 24 and int(match[2]) < 60 else None


@lru_cache(maxsize=4096)
def money(text: str) -> int | None:
    """Whole yen; separators, yen signs and a spreadsheet's `.0` are no matter; None where it is no amount."""
    match = _MONEY.match(text)
    return int(match[1].replace(",", "")) if match else None


@lru_cache(maxsize=64)
def percent(text: str) -> int | None:
    """`0.1`, `10%` or `10` → 10."""
    try:
        rate = float(text.rstrip("%％"))
    except ValueError:
        return None
    return round(rate * 100) if rate < 1 and not text.endswith(("%", "％")) else round(rate)


def flag(text: str) -> bool | None:
    """`1` or `true` and `0` or `false`; None where nothing was said."""
    return None if not text else text not in ("0", "FALSE", "false", "False")


def digits(text: str) -> str:
    """Only the digits, full-width ones included."""
    if text.isascii() and text.isdecimal():
        return text
    return _NO_DIGITS.sub("", unicodedata.normalize("NFKC", text))


def phone(text: str) -> str:
    """A telephone number's digits; Japan's country code becomes the 0 it stands for (+81 90-… is 090-…)."""
    if "+" in text or "＋" in text:
        text = _COUNTRY.sub("0", unicodedata.normalize("NFKC", text), count=1)
    return digits(text)


def lines(text: str) -> str:
    """Text with every kind of line break as LF, ends stripped."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip() if "\r" in text else text.strip()
