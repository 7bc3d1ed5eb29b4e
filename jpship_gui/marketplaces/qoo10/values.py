"""Qoo10's codes and odd cells in jpship's terms, for the files and the API alike; the tables are codes.toml."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from functools import cache

from jpship_gui.domain.clock import JST
from jpship_gui.domain.delivery import SLOT_NONE, SLOT_OTHER, slot_of_hours
from jpship_gui.domain.order import OrderState, Wish
from jpship_gui.formats import values
from jpship_gui.marketplaces import load

_PACKAGE = __name__.rpartition(".")[0]
_BRACKETED = re.compile(r"\((\d+)\)\s*$")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2}))?")
_HOURS = re.compile(r"(\d{1,2}):(\d{2})\s*[~～〜\-－]\s*(\d{1,2}):(\d{2})$")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u2060\ufeff"))
_ABROAD = re.compile(r"^\+81-?")
_END_OF_DAY = time(23, 59)


@cache
def _words(table: str) -> frozenset[str]:
    return frozenset(map(_plain, load.data(_PACKAGE, "codes.toml")[table]["words"]))


@cache
def _number_of_words() -> Mapping[str, str]:
    table = load.data(_PACKAGE, "codes.toml")["state_words"]
    return {_plain(word): number for number, words in table.items() if number != "source" for word in words}


@cache
def _table(name: str) -> Mapping[str, str]:
    return {key: value for key, value in load.data(_PACKAGE, "codes.toml")[name].items() if key != "source"}


def _plain(word: str) -> str:
    return unicodedata.normalize("NFKC", word).strip().upper()


def said(text: str) -> str:
    """A cell without what cannot be seen, "" where it only says that there is nothing."""
    text = text.translate(_INVISIBLE).strip()
    return "" if _plain(text) in _words("nothing") else text


def number_in(text: str) -> str:
    """`2` of `On request(2)`, of `2` and of 配送要請; the text itself where it holds no known number."""
    text = text.strip()
    found = _BRACKETED.search(text)
    return found[1] if found else _number_of_words().get(_plain(text), text)


def cart_state(states: Sequence[str], claims: Sequence[str]) -> OrderState:
    """What a cart is by its lines: state numbers, and claim numbers ("" where there is none) in the same order.

    A cancellation asked for one line of several is a change somebody must wait for; lines already shipped beside open
    ones leave the cart to be shipped.
    """
    asked = [_table("claims").get(claim, "") for claim in claims]
    live = [state for state, claim in zip(states, asked, strict=True) if claim != OrderState.CANCELLED]
    pending = [claim for claim in asked if claim == OrderState.CANCELLING]
    if not live:
        return OrderState.CANCELLED
    if pending:
        return OrderState.CANCELLING if len(pending) == len(live) else OrderState.CHANGING
    found = {OrderState(_table("states").get(state, "unknown")) for state in live}
    for state in (OrderState.UNKNOWN, OrderState.UNCONFIRMED, OrderState.TO_SHIP):
        if state in found:
            return state
    return OrderState.SHIPPED


def cart_code(states: Sequence[str], claims: Sequence[str]) -> str:
    """The number that stands for the whole cart: that of the line that is least far."""
    live = [state for state, claim in zip(states, claims, strict=True) if not is_cancelled(claim)]
    return min(live or states, default="")


def is_cancelled(claim: str) -> bool:
    """Whether this claim number means that the line is not wanted any more."""
    return _table("claims").get(claim) == OrderState.CANCELLED


def is_shipped(state: str) -> bool:
    """Whether this state number means that the marketplace has a tracking number for good."""
    return _table("states").get(state) == OrderState.SHIPPED


def claim_name(claim: str) -> str:
    """A claim number as QSM words it; "" where it does not concern shipping."""
    return _table("claim_names").get(claim, "")


def wish_of(text: str) -> Wish | None:
    """`YYYY-MM-DD`, `HH:MM~HH:MM`, or both; None where the text is something else."""
    text = said(text)
    if not text:
        return Wish()
    hours = _HOURS.search(text)
    day_text = text[: hours.start()].strip() if hours else text
    day = values.day(day_text) if day_text else None
    if day_text and day is None:
        return None
    slot = SLOT_NONE
    if hours and (hours[2], hours[4]) != ("00", "00"):
        slot = SLOT_OTHER
    elif hours:
        try:
            slot = slot_of_hours(int(hours[1]), int(hours[3]))
        except ValueError:
            return None
    return Wish(day, slot, text)


def moment_text(text: str) -> str:
    """A time as `formats.values` reads it: `20261120101112` is written with separators."""
    found = _COMPACT.fullmatch(text.strip())
    if found is None:
        return text
    day = "-".join(found.group(1, 2, 3))
    return f"{day} {':'.join(found.group(4, 5, 6))}" if found[4] else day


def end_of(day: date) -> datetime:
    """The last minute of a day in Japan: 発送予定日 is kept until then."""
    return datetime.combine(day, _END_OF_DAY, JST).astimezone(UTC)


def phone_of(mobile: str, phone: str) -> str:
    """Digits of the mobile number, of the other where there is none; `+81-90-…` is 090…, `+81--` is nothing."""
    for text in (mobile, phone):
        bare = said(text)
        digits = values.digits(_ABROAD.sub("", bare))
        if digits:
            return f"0{digits}" if _ABROAD.match(bare) and not digits.startswith("0") else digits
    return ""


def variant_of(option: str) -> str:
    """`色:赤/サイズ::M` as the choices alone: `赤・M`. A part without a name belongs to the choice before it."""
    choices: list[str] = []
    for part in said(option).split("/"):
        name, colon, choice = part.replace("：", ":").partition(":")
        chosen = (choice.lstrip(":") if colon else name).strip()
        if not colon and choices:
            choices[-1] += f"/{chosen}"
        elif chosen:
            choices.append(chosen)
    return "・".join(choices)


def stock_key(option_code: str, seller_code: str) -> str:
    """The option's code where it is filled, else the product's."""
    return said(option_code) or said(seller_code)


def gift_and_extra(gift: str, extra: str) -> tuple[bool, str]:
    """Whether a line is a present, and what goes along with it free of charge (see [gift_flags] of codes.toml).

    `gift` is ギフト注文 of the files, where anything but a plain no counts, or Gift of the API.
    """
    gift, extra = said(gift), said(extra)
    if _plain(gift) in _words("no_gift"):
        return False, extra
    return True, extra


def api_gift(gift: str) -> tuple[str, str]:
    """The API's Gift as (ギフト注文, おまけ)."""
    gift = said(gift)
    if _plain(gift) in _words("no_gift") or _plain(gift) in _words("gift_flags"):
        return gift, ""
    return "", gift


def at_home(country: str) -> bool:
    """Whether 国家 lies in reach of carriers of this country."""
    return _plain(country) in _words("home")


def in_yen(currency: str) -> bool:
    """Whether amounts of this currency are whole yen."""
    return _plain(currency) in _words("yen")


def larger(names: Iterable[str]) -> str:
    """Of the 配送会社 of a cart's lines that of the larger service, the first where sizes are not known."""
    sizes = [_plain(word) for word in load.data(_PACKAGE, "codes.toml")["sizes"]["words"]]
    given = [name for name in map(said, names) if name]
    return min(given, key=lambda n: sizes.index(_plain(n)) if _plain(n) in sizes else -1, default="")
