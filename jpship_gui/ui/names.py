"""Marketplaces, carriers, days, spans and numbers in the words of the window."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta

from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.tracking_no import is_untracked
from jpship_gui.texts import LANGUAGES, known, text, text_in

_LONGEST_TITLE = 9  # characters of a shop's own title that still look like a chip
_titles: dict[str, str] = {}
_carriers: dict[str, str] = {}
_silent: set[tuple[str, str]] = set()


def learn_marketplaces(titles: Mapping[str, str]) -> bool:
    """Titles of the seller's own profiles by id, which are in no catalogue; whether any is new."""
    short = {
        name: title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 1]}…"
        for name, title in titles.items()
    }
    if short == _titles:
        return False
    _titles.clear()
    _titles.update(short)
    return True


def learn_carriers(titles: Mapping[str, str], silent: Collection[tuple[str, str]]) -> bool:
    """Names of the seller's own carriers by id, and the services (carrier, service) that give no number; whether
    anything is new."""
    if titles == _carriers and set(silent) == _silent:
        return False
    _carriers.clear()
    _carriers.update(titles)
    _silent.clear()
    _silent.update(silent)
    return True


def gives_no_number(carrier: str, service: str) -> bool:
    """Whether parcels of this service travel without a number (SY-09)."""
    return (carrier, service) in _silent


def marketplace_name(marketplace: str) -> str:
    """As users call it; an unknown one by its id."""
    key = f"name.marketplace.{marketplace}"
    return text(key) if known(key) else _titles.get(marketplace, marketplace)


def shop_words(marketplace: str, shop: str) -> str:
    """A shop's name beside its marketplace's chip, which says the marketplace already: 楽天 + `楽天 本店` → `本店`."""
    key = f"name.marketplace.{marketplace}"
    others = [_titles.get(marketplace, marketplace)]
    for name in [text_in(language, key) for language in LANGUAGES] if known(key) else others:
        if shop.startswith(name):
            shop = shop.removeprefix(name).lstrip(" 　・-_/") or shop
    return shop


def carrier_name(carrier: str) -> str:
    """As users call it; an unknown one by its id."""
    key = f"name.carrier.{carrier}"
    return text(key) if carrier and known(key) else _carriers.get(carrier, carrier)


def day_words(day: date) -> str:
    """`11/21(土)`."""
    return text("day.words", month=day.month, day=day.day, weekday=text(f"day.{day.weekday()}"))


def day_short(day: date) -> str:
    """`11/21`."""
    return f"{day.month}/{day.day}"


def time_words(moment: datetime) -> str:
    """`14:45` in Japan."""
    return f"{to_jst(moment):%H:%M}".removeprefix("0")


def moment_words(moment: datetime, today: date | None = None) -> str:
    """`11/21(土) 14:45` in Japan; the day is left out when it is today."""
    there = to_jst(moment)
    if today is not None and there.date() == today:
        return time_words(moment)
    return f"{day_words(there.date())} {time_words(moment)}"


def span_words(span: timedelta) -> str:
    """A span without its sign: `0:37`, `27:05`, from two days on `3日`."""
    minutes = int(abs(span).total_seconds()) // 60
    if minutes >= 48 * 60:
        return text("span.days", count=minutes // (24 * 60))
    return f"{minutes // 60}:{minutes % 60:02d}"


def slot_words(slot: str) -> str:
    """A delivery slot's code in words: `午前`, `14-16`; "" for none."""
    if not slot:
        return ""
    key = f"slot.{slot}"
    if known(key):
        return text(key)
    if len(slot) == 4 and slot.isdigit():
        return f"{int(slot[:2])}–{int(slot[2:])}"
    return slot


def number_parts(number: str) -> tuple[str, str]:
    """An order number as people compare it: its last part, split before its last five characters. Where that is but a
    running number it would say nothing without what stands before it: of our own `H20261121-002` that is the day."""
    before, dash, last = number.rpartition("-")
    return (last[:-5], last[-5:]) if len(last) >= 5 or not dash else (before[-4:] + dash, last)


def short_number(number: str) -> str:
    """The same in one piece."""
    return "".join(number_parts(number))


def postal_words(code: str) -> str:
    """`123-4567`; what is not seven digits stays as it is."""
    return f"{code[:3]}-{code[3:]}" if len(code) == 7 and code.isdigit() else code


def phone_words(phone: str) -> str:
    """A telephone number in groups where the grouping is certain (mobile and free numbers), else as it is."""
    if len(phone) == 11 and phone.startswith(("070", "080", "090", "050")):
        return f"{phone[:3]}-{phone[3:7]}-{phone[7:]}"
    if len(phone) == 10 and phone.startswith(("03", "06")):
        return f"{phone[:2]}-{phone[2:6]}-{phone[6:]}"
    return phone


def tracking_words(number: str) -> str:
    """A tracking number in groups of four from the left, as the waybills print it; words where there is none."""
    if is_untracked(number):
        return text("track.untracked")
    if number.isdigit() and len(number) in (12, 11, 13):
        return "-".join(number[i : i + 4] for i in range(0, len(number), 4))
    return number


def prefecture_short(prefecture: str) -> str:
    """`大阪` for `大阪府`; 北海道 keeps its name."""
    if prefecture != "北海道" and len(prefecture) > 2 and prefecture[-1] in "都府県":
        return prefecture[:-1]
    return prefecture
