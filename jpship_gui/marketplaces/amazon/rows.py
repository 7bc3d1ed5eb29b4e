"""What Amazon's order reports mean where their layouts alone cannot say it; the API's answers come here as rows too."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache

from jpship_gui.domain.order import Contact, Finding, OrderLine, TaxPart
from jpship_gui.formats import values
from jpship_gui.formats.detect import positions
from jpship_gui.formats.layout import Layout, Table
from jpship_gui.marketplaces import load, order_rows
from jpship_gui.marketplaces.amazon import values as amazon
from jpship_gui.marketplaces.base import ReadOrders, ShopAccount
from jpship_gui.marketplaces.order_rows import Cells, Dialect, Values

MARKETPLACE_ID = "amazon"
_PACKAGE = __name__.rpartition(".")[0]
_COLUMN_FLAGS = (
    *("business", "cancel_requested", "customized", "exchange", "no_parcel", "premium", "prime"),
    *("replacement", "transparency", "verge_cancel", "verge_late"),
)
_UNSHIPPED = frozenset({"line.ordered", "promise", "days_past_promise"})  # only the 未出荷レポート has these


def read_orders(
    table: Table,
    layout: Layout,
    shop_of: Callable[[str], ShopAccount | None],
    refused: frozenset[str] = frozenset(),
) -> ReadOrders:
    """See `OrderReader`."""
    read = order_rows.read_orders(_unwrapped(table), layout, FILE, shop_of, refused)
    at = positions(table, layout).keys()
    return replace(read, absent=untold(at), waiting_at=made_at(table, layout))


def _unwrapped(table: Table) -> Table:
    """Nothing is quoted in these files (reference 2.2), but some have cells that are wrapped whole: the pair is
    dropped."""
    rows = tuple(
        replace(row, cells=tuple(map(_bare, row.cells))) if '"' in "\t".join(row.cells) else row
        for row in table.rows
    )
    return replace(table, rows=rows)


def _bare(cell: str) -> str:
    wrapped = len(cell) > 1 and cell[0] == cell[-1] == '"'
    inside = cell[1:-1]
    return inside.replace('""', '"') if wrapped and '"' not in inside.replace('""', "") else cell


def made_at(table: Table, layout: Layout) -> datetime | None:
    """A 未出荷レポート holds every order that waited when it was made, which was not before its newest
    reporting-date."""
    place = positions(table, layout).get("reported_at")
    if place is None:
        return None
    cells = {row.cells[place].strip() for row in table.rows if len(row.cells) > place}
    return max((at for cell in cells if (at := values.moment(cell))), default=None)


def untold(at: Iterable[str]) -> frozenset[str]:
    """Fields a file with these cannot tell, of all that any report or the API tells."""
    told = set(at)
    every = {column.field for layout in _layouts() for column in layout.columns}
    absent = (every - told) | {"wrapping_2.name", "flag.handover_check"}
    for needed, names in _DERIVED:
        if told.isdisjoint(needed):
            absent.update(names)
        else:
            absent.difference_update(names)
    if not told >= _WHOSE:
        absent.add("recipient_is_buyer")
    return frozenset(absent)


# A business order goes to its buyer whatever the name.
_WHOSE = frozenset({"buyer.family_name", "flag.business"})

# What is worked out of columns: these fields are told where one of the columns is there, and else they are not.
_DERIVED: tuple[tuple[frozenset[str], frozenset[str]], ...] = (
    (_UNSHIPPED, frozenset({"state", "line.quantity"})),
    (frozenset({"ship_by", "promise"}), frozenset({"ship_by"})),
    (
        frozenset({"line.price_sum"}),
        frozenset({"money.charged", "money.goods", "money.total", "line.price", "line.price_with_tax"}),
    ),
    (frozenset({"line.tax_sum"}), frozenset({"line.tax_rate"})),
    (frozenset({"line.own_sku"}), frozenset({"line.variant_id", "line.item_number"})),
    (frozenset({"wish.start", "wish.hours"}), frozenset({"wish.day", "wish.slot"})),
    (frozenset({"wrapping_1.name", "gift_message"}), frozenset({"gift_flag", "wrapping_1.name"})),
    (frozenset({"programs"}), frozenset({"flag.label_elsewhere", "flag.reservation", "flag.subscription"})),
    (frozenset({"fulfilled_by", "sales_channel"}), frozenset({"flag.elsewhere"})),
    (frozenset({"payment"}), frozenset({"flag.cod_ended"})),
)


@cache
def _layouts() -> tuple[Layout, ...]:
    return load.layouts(_PACKAGE, "orders.toml")


@cache
def _line_id() -> re.Pattern[str]:
    return re.compile(_layouts()[0].extra["line_id_pattern"])


def _order(made: Values, head: Cells, account: ShopAccount) -> None:
    """All that matters is worked out of all rows, see `_whole`."""


def _package(made: Values, cells: Cells) -> None:
    """The address in the parts that are there (reference 2.3 and 5.4): ship-city is empty in Japan's files."""
    person: Contact = made["recipient"]
    city, street = person.city, " ".join(filter(None, (cells[name] for name in _STREET)))
    prefecture = amazon.prefecture(person.prefecture)
    if not prefecture and city:
        prefecture, city = amazon.split_prefecture(city)
    elif not prefecture:
        prefecture, street = amazon.split_prefecture(street)
    phone = person.phone or values.phone(cells["buyer.phone_1"])
    made["recipient"] = Contact(
        person.name, person.kana, person.postal_code, prefecture, city, street, phone, person.email
    )
    made["drop_off"] = values.lines(cells["drop_off"])


_STREET = ("recipient.street", "recipient_2.street", "recipient_3.street")


def _line(made: Values, cells: Cells) -> None:
    """Quantities are what is left to ship; the price in a report is that of the whole line (reference 2.3, 2.4)."""
    made["sku"] = cells["line.own_sku"]
    ordered, shipped = cells.amount("line.ordered"), cells.amount("line.shipped")
    if not cells.has("line.quantity"):
        made["quantity"] = max((ordered or 0) - (shipped or 0), 0)
    made["deleted"] = made["quantity"] == 0
    made["shipped"] = max((ordered or 0) - made["quantity"], 0) if shipped is None else shipped
    pieces = _pieces(cells, made["quantity"])
    price, tax = cells.amount("line.price_sum"), cells.amount("line.tax_sum")
    if price is not None and pieces:
        made["unit_price"] = round(price / pieces)
    rate = amazon.tax_rate(price, tax)
    if rate is not None:
        made["tax_rate"], made["reduced_rate"] = rate, rate == 8


def _file_line(made: Values, cells: Cells) -> None:
    if not _line_id().match(cells["line.id"]):
        cells.reject("line.id", "line_id_damaged")
    _line(made, cells)


def _whole(made: Values, rows: Sequence[Cells], account: ShopAccount) -> None:
    head = rows[0]
    buyer: Contact = made["buyer"]
    if buyer.phone:  # the recipient's, where a report has none of his own
        made["buyer"] = Contact(buyer.name, buyer.kana, buyer.postal_code, *_address(buyer), "", buyer.email)
    made["state_code"] = _state_code(made["lines"], rows)
    made["state"] = amazon.order_state(made["state_code"])
    made["ship_by"] = min(_moments(rows, "ship_by") or _moments(rows, "promise"), default=None)
    made["wish"] = amazon.wish_of(
        min(_moments(rows, "wish.start"), default=None),
        max(_moments(rows, "wish.end"), default=None),
        " ".join(_texts(rows, "wish.hours")),
    )
    made["remark"] = made["buyer_text"] = "\n".join(_texts(rows, "remark"))
    for name in ("company", "purchase_order", "payment"):
        made[name] = "・".join(_texts(rows, name))
    made["delivery_method"] = "・".join(
        dict.fromkeys(map(amazon.service_level, _texts(rows, "delivery_method")))
    )
    made["wrapping"] = tuple(_texts(rows, "wrapping_1.name"))
    made["gift_message"] = "\n".join(_texts(rows, "gift_message"))
    made["gift_flag"] = bool(made["wrapping"] or made["gift_message"])
    made["cash_on_delivery"] = amazon.is_cash_on_delivery(made["payment"]) or head["cod.mandatory"] == "1"
    made["flags"] = _flags(made, rows)
    made["recipient_is_buyer"] = _is_buyer(made)
    _money(made, rows)


def _address(person: Contact) -> tuple[str, str, str]:
    return person.prefecture, person.city, person.street


def _state_code(lines: Sequence[OrderLine], rows: Sequence[Cells]) -> str:
    """What the API says, or what the quantities of a 未出荷レポート mean; a 注文レポート also holds orders that were
    shipped or cancelled, and does not say which."""
    if rows[0].has("state"):
        return rows[0]["state"]
    if not any(rows[0].has(name) for name in _UNSHIPPED):
        return ""
    if not any(line.quantity for line in lines):
        return "SHIPPED"
    begun = any(
        (cells.amount("line.ordered") or 0) > line.quantity for cells, line in zip(rows, lines, strict=True)
    )
    return "PARTIALLY_SHIPPED" if begun else "UNSHIPPED"


def _moments(rows: Sequence[Cells], name: str) -> list[datetime]:
    return [at for cells in rows if (at := values.moment(cells[name]))]


def _texts(rows: Sequence[Cells], name: str) -> list[str]:
    """What the rows say in one field, each saying once."""
    if len(rows) == 1:  # nearly every order
        text = values.lines(rows[0][name])
        return [text] if text else []
    return list(dict.fromkeys(text for cells in rows if (text := values.lines(cells[name]))))


def _flags(made: Values, rows: Sequence[Cells]) -> tuple[str, ...]:
    head = rows[0]
    flags = {*made["flags"], *_texts(rows, "flags")}
    if head["programs"]:
        flags.update(amazon.flags_of(re.split(r"[\s,;|]+", head["programs"])))
    flags.update(amazon.elsewhere(head["fulfilled_by"], head["sales_channel"], made["id"].number))
    if made["cash_on_delivery"]:
        flags.add("cod_ended")
    if head["recipient.country"] not in ("", "JP"):
        flags.add("abroad")
    return tuple(sorted(flags))


def _is_buyer(made: Values) -> bool:
    """A present goes to somebody else; what a business buys for one of its people is none."""
    names = [package.recipient.name for package in made["packages"]]
    buyer = made["buyer"].name
    return "business" in made["flags"] or not buyer or all(amazon.same_name(buyer, name) for name in names)


def _money(made: Values, rows: Sequence[Cells]) -> None:
    """Sums of the lines; where the amount charged is stated too (the API), both must agree."""
    money = made["money"]
    prices = [cells.amount("line.price_sum") for cells in rows]
    if None in prices:
        return
    wrapping, fee, postage = (_sum(rows, name) for name in ("line.wrapping", "cod.fee", "line.postage"))
    discount = _sum(rows, "line.discount", "line.postage_discount")
    goods = sum(price or 0 for price in prices) + wrapping
    charged = goods + postage + fee - discount
    stated = money["charged"]
    money.update(
        goods=goods,
        postage=postage,
        cod_fee=fee or None,
        wrapping=wrapping,
        coupon_market=discount,
        total=goods + postage,
        charged=charged if stated is None else stated,
    )
    made["findings"] += _doubts(made, rows, charged)
    money["taxes"] = _taxes(rows, charged) if money["charged"] == charged else ()


def _doubts(made: Values, rows: Sequence[Cells], charged: int) -> Iterator[Finding]:
    """Amounts that do not hold: a line's price that is none of its pieces', a sum stated otherwise."""
    for line, cells in zip(made["lines"], rows, strict=True):
        price, pieces = cells.amount("line.price_sum") or 0, _pieces(cells, line.quantity)
        if line.unit_price * pieces != price and pieces:
            values_of = (("item", line.name), ("price", str(price)), ("pieces", str(pieces)))
            yield Finding("price_uneven", "money", values_of)
    stated = made["money"]["charged"]
    if stated != charged:
        yield Finding("sum_charged", "money", (("stated", str(stated)), ("computed", str(charged))))


def _pieces(cells: Cells, quantity: int) -> int:
    """How many pieces a line's price is for."""
    ordered = cells.amount("line.ordered")
    return quantity if ordered is None else ordered


def _sum(rows: Sequence[Cells], *names: str) -> int:
    """The amounts of these fields in all rows, without sign."""
    return sum(abs(cells.amount(name) or 0) for cells in rows for name in names)


def _taxes(rows: Sequence[Cells], charged: int) -> tuple[TaxPart, ...]:
    """The amounts by rate, where the tax of every part of the sum is stated; else none."""
    parts: dict[int, tuple[int, int]] = {}
    for cells in rows:
        for amount_of, tax_of in (("line.price_sum", "line.tax_sum"), ("line.postage", "line.postage_tax")):
            amount, tax = cells.amount(amount_of), cells.amount(tax_of)
            rate = amazon.tax_rate(amount, tax)
            if not amount:
                continue
            if rate is None:
                return ()
            before = parts.get(rate, (0, 0))
            parts[rate] = (before[0] + amount, before[1] + (tax or 0))
    if sum(amount for amount, _ in parts.values()) != charged:
        return ()
    return tuple(TaxPart(rate, *parts[rate]) for rate in sorted(parts, reverse=True))


def _no_part(number: str) -> str:
    """Order numbers name no shop."""
    return ""


API = Dialect(
    marketplace=MARKETPLACE_ID,
    shop_part=_no_part,
    order=_order,
    package=_package,
    line=_line,
    whole=_whole,
    essential=("recipient.postal_1", "recipient.prefecture", "recipient.family_name", "line.name"),
    least=0,
    flags=_COLUMN_FLAGS,
)
FILE = replace(API, line=_file_line)
