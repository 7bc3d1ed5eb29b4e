"""Amazon's codes and odd values in jpship's terms, for the reports and the API alike; the tables are codes.toml."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache

from jpship_gui.domain.address import PREFECTURES, leading_prefecture
from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.delivery import SLOT_MORNING, SLOT_NONE, SLOT_OTHER, slot_of_hours
from jpship_gui.domain.order import ELSEWHERE, OrderState, Wish
from jpship_gui.formats import values
from jpship_gui.marketplaces import load

_PACKAGE = __name__.rpartition(".")[0]
_LAST_MINUTE = (23, 59)
_MORNING = (8, 12)
_TAX_RATES = (10, 8)


@cache
def table(name: str) -> Mapping[str, str]:
    """A table of codes.toml without its source."""
    return {key: value for key, value in load.data(_PACKAGE, "codes.toml")[name].items() if key != "source"}


def order_state(code: str) -> OrderState:
    """fulfillmentStatus; UNKNOWN for a code that is not in the table, and for none."""
    return OrderState(table("states").get(code, "unknown"))


def service_level(text: str) -> str:
    """ship-service-level or fulfillmentServiceLevel in one spelling; an unknown one as it is."""
    return table("service_levels").get(text.replace("_", "").replace("-", "").lower(), text)


def flags_of(programs: Iterable[str], which: str = "programs") -> list[str]:
    """What programs of an order (or other codes, by their table) mean."""
    known = table(which)
    return [known[name] for name in programs if name in known]


def elsewhere(fulfilled_by: str, channel: str, number: str) -> list[str]:
    """The flag of an order that Amazon's warehouse ships, for this marketplace or for another shop."""
    by_amazon = fulfilled_by.upper() in ("AMAZON", "AFN")
    other_shop = channel.upper().replace("-", "_").startswith("NON_AMAZON")
    return [ELSEWHERE] if by_amazon or other_shop or number.startswith("S") else []


def is_cash_on_delivery(payment: str) -> bool:
    """Whether money is to be collected at the door."""
    return payment in load.data(_PACKAGE, "codes.toml")["payments"]["cash_on_delivery"]


@cache
def _spellings() -> dict[int, str]:
    pairs = load.data(_PACKAGE, "codes.toml")["prefectures"]["characters"]
    return str.maketrans(dict(zip(pairs[::2], pairs[1::2], strict=True)))


@cache
def prefecture(text: str) -> str:
    """A prefecture as Japan writes it, also where 日本 stands before it or Chinese characters in it; else the text."""
    plain = unicodedata.normalize("NFKC", text).strip().removeprefix("日本").strip().translate(_spellings())
    return plain if plain in PREFECTURES else text


def split_prefecture(line: str) -> tuple[str, str]:
    """A prefecture an address line begins with, and the rest of it; ("", line) where there is none."""
    found = leading_prefecture(line)
    return (found, line.lstrip()[len(found) :].lstrip()) if found else ("", line)


def wish_of(start: datetime | None, end: datetime | None, hours: str = "") -> Wish:
    """A delivery window as a wish: one day, with a slot where the window is part of it. A window of several days is no
    day, so it stays in words."""
    first = to_jst(start) if start else None
    last = to_jst(end) if end else first
    if first is None or last is None:
        return Wish(None, SLOT_OTHER, hours) if hours else Wish()
    if first.date() != last.date():
        return Wish(None, SLOT_OTHER, f"{first:%Y-%m-%d %H:%M} – {last:%Y-%m-%d %H:%M}")
    whole_day = (first.hour, first.minute) == (0, 0) and (last.hour, last.minute) in ((0, 0), _LAST_MINUTE)
    if whole_day or first == last:
        slot = _slot_of(hours)
        return Wish(first.date(), slot, hours)
    text = f"{first:%H:%M}-{last:%H:%M}"
    return Wish(first.date(), _slot_of(text), text)


def _slot_of(hours: str) -> str:
    """`14:00-16:00` as a slot, up to noon as the morning; SLOT_OTHER for hours no slot has."""
    if not hours:
        return SLOT_NONE
    start, _, end = hours.replace("～", "-").replace("〜", "-").replace("~", "-").partition("-")
    first, last = values.clock(start.strip()), values.clock(end.strip())
    if first is None or last is None or first[1] or last[1] or first[0] >= last[0]:
        return SLOT_OTHER
    return SLOT_MORNING if (first[0], last[0]) == _MORNING else slot_of_hours(first[0], last[0])


def same_name(one: str, other: str) -> bool:
    """Whether two names differ in blanks and width only."""
    return _squeezed(one) == _squeezed(other)


def _squeezed(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split())


def tax_rate(amount: int | None, tax: int | None) -> int | None:
    """The rate of the tax that lies inside an amount; None where neither rate is it, or both might be."""
    if not amount or not tax:
        return None
    fitting = [rate for rate in _TAX_RATES if abs(amount * rate - tax * (100 + rate)) < 100 + rate]
    return fitting[0] if len(fitting) == 1 else None


def means_already(words: str) -> bool:
    """Whether a refusal's words say that a package of the order may be registered already."""
    known = load.data(_PACKAGE, "codes.toml")["already"]["words"]
    return any(word.lower() in words.lower() for word in known)
