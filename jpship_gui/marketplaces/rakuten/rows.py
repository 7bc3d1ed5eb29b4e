"""What Rakuten's order file means where its layout alone cannot say it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from jpship_gui.domain.order import ELSEWHERE, Finding, OrderId, OrderLine, RegisteredParcel, Wish
from jpship_gui.formats import values
from jpship_gui.formats.layout import Layout, Rejection, Table
from jpship_gui.marketplaces import load, order_rows
from jpship_gui.marketplaces.base import ReadOrders, ShopAccount
from jpship_gui.marketplaces.order_rows import Cells, Dialect, Values
from jpship_gui.marketplaces.rakuten import values as rakuten
from jpship_gui.marketplaces.rakuten.remark import compare_wish, read_remark
from jpship_gui.settings.options import ShopOptions

MARKETPLACE_ID = "rakuten"
_FLAGS = ("rakuten_checking", "modified", "next_day", "drug")
_CODED = (
    ("order_types", "order_type"),
    ("cautions", "caution"),
    ("caution_details", "caution_detail"),
    ("delivery_classes", "delivery_class"),
)


def shop_part(number: str) -> str:
    """The shop number an order number begins with."""
    return number.partition("-")[0]


def read_orders(
    table: Table,
    layout: Layout,
    shop_of: Callable[[str], ShopAccount | None],
    refused: frozenset[str] = frozenset(),
) -> ReadOrders:
    """See `OrderReader`; the file for shipping reports gives registered parcels instead of orders."""
    if layout.id == "rakuten.shipping_report":
        return _read_registered(table, layout, shop_of)
    return order_rows.read_orders(table, layout, DIALECT, shop_of, refused)


def templates_of(account: ShopAccount) -> tuple[str, ...]:
    """Texts the shop's own order form writes into remarks (setting remark.templates)."""
    if not account.settings.get("remark.templates"):
        return ()
    return tuple(map(str, ShopOptions(account.settings).get("remark.templates")))


def _order(made: Values, head: Cells, account: ShopAccount) -> None:
    made["state"] = rakuten.order_state(made["state_code"])
    made["cash_on_delivery"] = rakuten.is_cash_on_delivery(made["payment"])
    _wish(made, head, account)
    _wrapping(made, head)
    made["flags"] = rakuten.flags_of(
        ((table, head[name]) for table, name in _CODED),
        (
            *((name, bool(values.flag(head[name]))) for name in _FLAGS),
            ("isolated_island", any(p.isolated_island for p in made["packages"])),
            ("no_parcel", rakuten.needs_no_parcel(made["delivery_method"])),
        ),
    )
    if _at_rsl(made, account):
        made["flags"] = (*made["flags"], ELSEWHERE)
    made["findings"] += check_sums(made, _tax_included(head))


def _at_rsl(made: Values, account: ShopAccount) -> bool:
    """Whether the shop's own rule says that Rakuten Super Logistics ships the whole order (reference 9, SY-12)."""
    words, skus = (_lines_of(account, f"rakuten.rsl_{name}") for name in ("words", "skus"))
    if any(word in text for word in words for text in (made["delivery_method"], made["sub_status"])):
        return True
    return bool(skus) and all(line.sku in skus for line in made["lines"])


def _lines_of(account: ShopAccount, key: str) -> tuple[str, ...]:
    if not account.settings.get(key):
        return ()
    own = load.options(__name__.rpartition(".")[0])
    return tuple(filter(None, map(str, ShopOptions(account.settings, own).get(key))))


def _tax_included(head: Cells) -> bool:
    return head["line.tax_included"] != "0"


def _wish(made: Values, head: Cells, account: ShopAccount) -> None:
    term = head["wish.slot"]
    slot = rakuten.wish_slot(term)
    if slot is None:
        made["findings"].append(Finding("wish_slot_unknown", "wish", (("found", term),)))
    day = made["wish"].day
    made["wish"] = Wish(day, slot or "", "" if term == "0" else term)
    remark = read_remark(made["remark"], templates_of(account), made["ordered_at"])
    made["buyer_text"] = remark.buyer_text
    made["remark_wish"], findings = compare_wish(made["wish"], remark)
    if head.has("wish.day") or head.has("wish.slot"):
        made["findings"] += findings


def _wrapping(made: Values, head: Cells) -> None:
    names, price = [], 0
    for n in (1, 2):
        name = head[f"wrapping_{n}.name"]
        if name:
            names.append(name)
            price += head.amount(f"wrapping_{n}.price") or 0
    made["wrapping"] = tuple(names)
    made["money"]["wrapping"] = price


def _package(made: Values, cells: Cells) -> None:
    recipient = made["recipient"]
    family = cells["recipient.family_name"]
    made["placeholder"] = rakuten.is_placeholder(family, recipient.prefecture, recipient.postal_code)


def _line(made: Values, cells: Cells) -> None:
    made["sku"] = rakuten.stock_key(
        cells["line.own_sku"], made["manage_number"], cells["line.variant_id"], made["item_number"]
    )
    made["variant"] = rakuten.variant_of(cells["line.variant"])


DIALECT = Dialect(MARKETPLACE_ID, shop_part, _order, _package, _line, rakuten.UNDECIDED)


def check_sums(made: Values, tax_included: bool) -> list[Finding]:
    """Arithmetic that held on every real order (Rakuten reference 2.4); a sum that does not is a warning. Rules whose
    amounts are not all known are left out."""
    money = made["money"]
    if made["undecided"]:
        return []
    lines: Sequence[OrderLine] = made["lines"]
    goods, postage, total, charged = (money[name] for name in ("goods", "postage", "total", "charged"))
    rows = sum(line.unit_price * line.quantity for line in lines) + money["wrapping"]
    extras = sum(money[name] or 0 for name in ("cod_fee", "payment_fee", "buyer_extra"))
    less = money["coupon_shop"] + money["coupon_market"] + money["points"]
    taxed = sum(part.amount for part in money["taxes"]) - money["points"] if money["taxes"] else None
    known_lines = all(line.quantity and line.unit_price for line in lines)
    rules: list[tuple[str, int | None, int | None]] = [("sum_taxes", charged, taxed)]
    if tax_included:
        rules += [
            ("sum_charged", charged, _plus(goods, postage, extras - less)),
            ("sum_total", total, _plus(goods, postage)),
            ("sum_goods", goods, rows if known_lines else None),
        ]
    else:
        rules.append(("sum_goods", total, _plus(rows, postage) if known_lines else None))
    return [
        Finding(code, "money", (("stated", str(stated)), ("computed", str(computed))))
        for code, stated, computed in rules
        if stated is not None and computed is not None and stated != computed
    ]


def _plus(*amounts: int | None) -> int | None:
    return None if None in amounts else sum(amount or 0 for amount in amounts)


def _read_registered(
    table: Table, layout: Layout, shop_of: Callable[[str], ShopAccount | None]
) -> ReadOrders:
    """発送完了報告用: the parcels Rakuten already knows, by order and 送付先ID; rows without 発送明細ID tell
    nothing."""
    registered: dict[tuple[OrderId, str], tuple[RegisteredParcel, ...]] = {}
    rejections: list[Rejection] = []
    rejected_rows: list[int] = []
    source: dict[str, tuple[int, ...]] = {}
    grouped = order_rows.registered_rows(table, layout, lambda c: (c["number"], c["package.id"]))
    for (number, package_id), rows in grouped.items():
        account = shop_of(shop_part(number))
        if account is None:
            first = table.rows[rows[0].index].line
            code = "shop_unknown" if re.match(layout.order_number_pattern, number) else "order_number_form"
            rejections.append(Rejection(first, "注文番号", code, shop_part(number), number))
            rejected_rows += [cells.index for cells in rows]
            continue
        source[number] = (*source.get(number, ()), *(cells.index for cells in rows))
        parcels = tuple(_registered(cells) for cells in rows if cells["parcel.detail_id"])
        registered[OrderId(MARKETPLACE_ID, account.name, number), package_id] = parcels
    return ReadOrders(
        orders=(),
        source_lines=source,
        rejections=tuple(rejections),
        rejected_rows=tuple(rejected_rows),
        registered=registered,
    )


def _registered(cells: Cells) -> RegisteredParcel:
    return RegisteredParcel(
        detail_id=cells["parcel.detail_id"],
        tracking_no=values.digits(cells["parcel.tracking_no"]),
        carrier_code=cells["parcel.carrier_code"],
        ship_date=values.day(cells["parcel.ship_date"]),
    )
