"""Yahoo!'s codes and odd values in jpship's terms, for files and API alike; the tables are codes.toml."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any

from jpship_gui.domain.clock import JST
from jpship_gui.domain.delivery import SLOT_NONE, slot_of_hours
from jpship_gui.domain.order import OrderState
from jpship_gui.formats import values
from jpship_gui.marketplaces import load

_PACKAGE = __name__.rpartition(".")[0]
_LONG = re.compile(
    r"(.+)-(\d+)"
)  # the account itself may contain hyphens: the last one parts (reference 2.6)
_RANGE = re.compile(r"(\d{1,2}):(\d{2})\s*[-~‐–—−ー〜]\s*(\d{1,2}):(\d{2})")
_STATUSES = ("OrderStatus", "ShipStatus", "PayStatus")
_BLANKS = re.compile(r"[\s'\-‐–—−ー]")


@cache
def table(name: str) -> dict[str, Any]:
    """One table of codes.toml."""
    found: dict[str, Any] = load.data(_PACKAGE, "codes.toml")[name]
    return found


@dataclass(frozen=True, slots=True)
class Number:
    """An order number in its two forms; `account` is "" where only the digits were given."""

    account: str
    digits: str

    @property
    def long(self) -> str:
        """`mystore-10000001`."""
        return f"{self.account}-{self.digits}" if self.account else self.digits


def number_of(text: str) -> Number:
    """Either form taken apart."""
    match = _LONG.fullmatch(text)
    return Number(match[1], match[2]) if match else Number("", text)


def parcel_id(number: str, place: int) -> str:
    """Yahoo! gives parcels no ids: a number stands in a place (1, 2) of an order, that of a box with several orders in
    each of them."""
    return f"{number_of(number).digits}-{place}"


def order_state(order_status: str, ship_status: str) -> OrderState:
    """OrderStatus, and ShipStatus where the order is 処理中; UNKNOWN for a code that is not in the tables.

    Where only ShipStatus is told, it can hold an order back and call it shipped, but not release it.
    """
    shipping = OrderState(table("ship_states").get(ship_status, "unknown"))
    if order_status == "2":
        return shipping if ship_status else OrderState.TO_SHIP
    if not order_status and shipping is not OrderState.TO_SHIP:
        return shipping
    return OrderState(table("states").get(order_status, "unknown"))


def status_words(codes: Sequence[str]) -> str:
    """OrderStatus, ShipStatus and PayStatus as the store tool words them, blank ones left out:
    `処理中・出荷可・入金済み`. A code without a name stands as `ShipStatus=9`."""
    named = zip(_STATUSES, codes, strict=True)
    return "・".join(table("status_names")[name].get(code, f"{name}={code}") for name, code in named if code)


def status_codes(words: str) -> list[str]:
    """The codes of such words, "" for what they do not say."""
    found = dict.fromkeys(_STATUSES, "")
    for word in words.split("・"):
        head, sign, code = word.partition("=")
        for name in _STATUSES:
            known = {label: number for number, label in table("status_names")[name].items()}
            if word in known:
                found[name] = known[word]
            elif sign and head == name:
                found[name] = code
    return list(found.values())


def payment_kind(code: str) -> str:
    """`later`, `ahead`, "" (settled at the order) or `own` for the store's own methods and codes nobody knows."""
    return next((known["kind"] for known in table("payments")["codes"] if known["code"] == code), "own")


def payment_name(code: str) -> str:
    """What a code is called where the source names none."""
    return next((known["name"] for known in table("payments")["codes"] if known["code"] == code), code)


def is_cash_on_delivery(code: str, name: str) -> bool:
    """By PayMethod, else by the words of PayMethodName."""
    known = table("payments")
    return (
        code == known["cash_on_delivery"] if code else any(w in name for w in known["cash_on_delivery_words"])
    )


def is_paid_later(code: str, name: str) -> bool:
    """Whether the parcel leaves before it is paid; by PayMethod, else by the words of PayMethodName."""
    if code:
        return payment_kind(code) == "later"
    known = table("payments")
    return any(word in name for word in (*known["cash_on_delivery_words"], *known["later_words"]))


def wish_slot(words: str) -> str | None:
    """ShipRequestTime as jpship's slot code, "" where none is wished, None where it makes no sense."""
    text = unicodedata.normalize("NFKC", words).strip()
    known = table("slots").get(text)
    if known is not None or not text:
        return known or SLOT_NONE
    match = _RANGE.fullmatch(text)
    if match is None or (match[2], match[4]) != ("00", "00"):
        return None
    try:
        start, end = int(match[1]), int(match[3])
        morning: str | None = table("slots").get(f"{start:02d}:00-{end:02d}:00")
        return morning if morning is not None else slot_of_hours(start, end)
    except ValueError:
        return None


def moment_of(order_time: str, epoch: str) -> datetime | None:
    """OrderTimeUnixEpoch where it is there (safest, reference 2.6), else OrderTime; to the minute."""
    if epoch.isascii() and epoch.isdecimal() and len(epoch) == 10:
        return datetime.fromtimestamp(int(epoch) // 60 * 60, UTC)
    return values.moment(order_time)


def deadline_of(text: str) -> datetime | None:
    """A 発送期限; a bare day ends at its last minute in Japan."""
    day = values.day(text)
    return values.moment(text) if day is None or ":" in text else end_of(day)


def end_of(day: date) -> datetime:
    """The last minute of a day in Japan."""
    return datetime.combine(day, time(23, 59), JST).astimezone(UTC)


def plain_number(text: str) -> str:
    """A tracking number without blanks, hyphens and a spreadsheet's apostrophe."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text)).upper()


def pairs(names: str, chosen: str) -> str:
    """Parallel lists of item options (joined by `;`) as `name: value`, one a line; names may be missing."""
    parts = [part.strip() for part in chosen.split(";")]
    heads = [part.strip() for part in names.split(";")] if names else []
    lines = [f"{head}: {part}" if head else part for head, part in _side_by_side(heads, parts) if part]
    return "\n".join(lines)


def _side_by_side(heads: Sequence[str], parts: Sequence[str]) -> list[tuple[str, str]]:
    known = [*heads, *[""] * (len(parts) - len(heads))]
    return list(zip(known, parts, strict=False))


def variant_of(chosen: str) -> str:
    """SubCodeOption (`カラー:青;サイズ:M` or plain text) as the choices alone: `青・M`."""
    choices = []
    for part in re.split(r"[;\n]", chosen.replace("：", ":")):
        name, colon, choice = part.partition(":")
        choices.append((choice if colon else name).strip())
    return "・".join(filter(None, choices))
