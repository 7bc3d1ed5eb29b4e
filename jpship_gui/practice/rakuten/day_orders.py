"""The orders of the practice day: everyday ones, and those with something to notice."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from jpship_gui.practice.rakuten.samples import PLACES, Row, rakuten_rows
from jpship_gui.practice.rakuten.shops import MAIN, SECOND

MAIN_ORDERS = 12
SECOND_ORDERS = 4
_REMARK = "[配送日時指定:]\n\n\n割れ物ですので丁寧な梱包をお願いします。"


@dataclass(frozen=True, slots=True)
class DayOrders:
    """Rows by shop, and the order numbers of the special ones by what is special."""

    main: list[Row]
    second: list[Row]
    planted: Mapping[str, str]

    @property
    def rows(self) -> list[Row]:
        """All rows."""
        return self.main + self.second


def day_orders(day: date) -> DayOrders:
    """Orders made on a day."""
    main = rakuten_rows(MAIN_ORDERS, seed=7, shop=MAIN.number, day=day, plain=True)
    second = rakuten_rows(SECOND_ORDERS, seed=8, shop=SECOND.number, day=day, plain=True)
    numbers = list(dict.fromkeys(row["注文番号"] for row in main))
    planted = dict(zip(_CHANGES, numbers[1:], strict=False))
    changes = {planted[name]: change for name, change in _CHANGES.items()}
    changed = [row | changes[row["注文番号"]](row) if row["注文番号"] in changes else row for row in main]
    return DayOrders(changed, second, planted)


def _remark(row: Row) -> Row:
    return {"コメント": _REMARK, "お届け日指定": "", "お届け時間帯": ""}


def _elsewhere(row: Row) -> Row:
    """A postal code of another prefecture."""
    return {"送付先郵便番号1": PLACES[0][0][:3], "送付先郵便番号2": PLACES[0][0][3:]}


def _no_house_number(row: Row) -> Row:
    street = row["送付先住所それ以降の住所"]
    return {"送付先住所それ以降の住所": re.sub(r"\d.*", "", street) + "練習会館"}


def _gift(row: Row) -> Row:
    recipient = {"送付先姓": "贈先", "送付先姓カナ": "ゾウサキ"}
    return {"ギフト配送希望": "1", "送付先一致フラグ": "0", **recipient}


_CHANGES: Mapping[str, Callable[[Row], Row]] = {
    "remark": _remark,
    "postal": _elsewhere,
    "street": _no_house_number,
    "gift": _gift,
    "cancelled": lambda row: {},  # the marketplace cancels it after printing
    "processing": lambda row: {"ステータス": "200"},
}


def invented_number(n: int) -> str:
    """A twelve-digit tracking number whose check digit (remainder of 7) holds; no carrier gave it out."""
    payload = 49_991_000_000 + n
    return f"{payload}{payload % 7}"
