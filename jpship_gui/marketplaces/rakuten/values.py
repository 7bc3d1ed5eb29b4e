"""Rakuten's codes and odd values in jpship's terms, for the order file and the API alike; the tables are codes.toml."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from jpship_gui.domain.delivery import SLOT_NONE, slot_of_hours
from jpship_gui.domain.order import OrderState
from jpship_gui.marketplaces import load

UNDECIDED = -9999
NO_OWN_KEY = "normal-inventory"  # fixed word of items moved to SKUs by Rakuten; it repeats across items
_PACKAGE = __name__.rpartition(".")[0]


@cache
def _table(name: str) -> dict[str, str]:
    return {key: value for key, value in load.data(_PACKAGE, "codes.toml")[name].items() if key != "source"}


def order_state(code: str) -> OrderState:
    """ステータス / orderProgress; UNKNOWN for a code that is not in the table."""
    return OrderState(_table("states").get(code, "unknown"))


def wish_slot(term: str) -> str | None:
    """お届け時間帯 / shippingTerm as jpship's slot code, "" where none is wished, None where it makes no sense.

    `708` is 7 to 8, `2021` is 20 to 21 o'clock.
    """
    if not term:
        return SLOT_NONE
    known = _table("slots").get(term)
    if known is not None:
        return known
    if not term.isdecimal() or len(term) not in (3, 4):
        return None
    try:
        return slot_of_hours(int(term[:-2]), int(term[-2:]))
    except ValueError:
        return None


def stock_key(own_sku: str, manage_number: str, variant_id: str, item_number: str) -> str:
    """What identifies the goods: the shop's own SKU, else item and variant, else 商品番号.

    A single-SKU item repeats its 商品管理番号 or the word `normal-inventory` as variant; then the item alone is the
    key.
    """
    if own_sku:
        return own_sku
    if manage_number and variant_id:
        return manage_number if variant_id in (manage_number, NO_OWN_KEY) else f"{manage_number}/{variant_id}"
    return item_number or manage_number


def variant_of(sku_info: str) -> str:
    """SKU情報 (`カラー:青`, one a line) as the choices alone: `青・M`."""
    choices = []
    for line in sku_info.splitlines():
        name, colon, choice = line.replace("：", ":").partition(":")
        chosen = (choice if colon else name).strip()
        if chosen:
            choices.append(chosen)
    return "・".join(choices)


def flags_of(codes: Iterable[tuple[str, str]], facts: Iterable[tuple[str, bool]]) -> tuple[str, ...]:
    """Flags of an order: the names of the `facts` that hold, and what its codes, given as (table of codes.toml,
    code), mean."""
    flags = [name for name, holds in facts if holds]
    flags += [_table(table).get(code, "") for table, code in codes]
    return tuple(dict.fromkeys(filter(None, flags)))


def is_placeholder(family_name: str, prefecture: str, postal_code: str) -> bool:
    """Whether this is the stand-in for a social gift's recipient who has not answered yet; it must reach no label."""
    table = load.data(_PACKAGE, "codes.toml")["placeholder"]
    return table["word"] in (family_name, prefecture) or postal_code == table["postal_code"]


def is_cash_on_delivery(payment: str) -> bool:
    """By 支払方法名 or the API's settlementMethodCode as text."""
    known = load.data(_PACKAGE, "codes.toml")["payments"]["cash_on_delivery"]
    return payment == known["name"] or payment == str(known["code"])


def needs_no_parcel(delivery_method: str) -> bool:
    """Whether 配送方法 says that nothing leaves by carrier."""
    return delivery_method in load.data(_PACKAGE, "codes.toml")["methods"]["no_parcel"]
