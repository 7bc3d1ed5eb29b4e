"""The brief file: it has no address, goes back to Qoo10 filled in, and says how known carts stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.order import Order, OrderId, RegisteredParcel
from jpship_gui.formats.detect import positions
from jpship_gui.formats.layout import Layout, Rejection, Table
from jpship_gui.marketplaces import order_rows
from jpship_gui.marketplaces.base import ReadOrders, ShopAccount
from jpship_gui.marketplaces.order_rows import Cells
from jpship_gui.marketplaces.qoo10.rows import MARKETPLACE_ID, brought_up, record_of, registered_of

_EXPONENT = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+")


def read_brief(table: Table, layout: Layout, shop_of: Callable[[str], ShopAccount | None]) -> ReadOrders:
    """State and numbers of carts known from elsewhere; those without a number are told too, so that unknown ones are
    noticed.

    Refused("qoo10_brief_resaved", "qoo10_brief_workbook") when a spreadsheet had it in its hands: it goes back to the
    marketplace, and numbers in it are lost.
    """
    grouped = order_rows.registered_rows(table, layout, lambda cells: (cells["number"], ""))
    _refuse_resaved(table, (cells for rows in grouped.values() for cells in rows))
    header = table.header[positions(table, layout)["number"]]
    account = shop_of("")
    registered: dict[tuple[OrderId, str], tuple[RegisteredParcel, ...]] = {}
    later: dict[OrderId, Callable[[Order], Order]] = {}
    source: dict[str, tuple[int, ...]] = {}
    rejections: list[Rejection] = []
    rejected: list[int] = []
    for (number, _), rows in grouped.items():
        fault = _brief_fault(layout, number, account)
        if fault or account is None:
            lines = [table.rows[cells.index].line for cells in rows]
            rejections += [Rejection(line, header, fault, number, number) for line in lines]
            rejected += [cells.index for cells in rows]
            continue
        source[number] = tuple(cells.index for cells in rows)
        order_id, records = (
            OrderId(MARKETPLACE_ID, account.name, number),
            [record_of(cells) for cells in rows],
        )
        found = (row for record in records for row in registered_of(record, record["line.id"]))
        registered[order_id, ""] = tuple(found)
        later[order_id] = partial(brought_up, records=records)
    return ReadOrders(
        orders=(),
        source_lines=source,
        rejections=tuple(rejections),
        rejected_rows=tuple(rejected),
        registered=registered,
        later=later,
        number_header=header,
        unknown_code="brief_unknown",
    )


def _brief_fault(layout: Layout, number: str, account: ShopAccount | None) -> str:
    if not number:
        return "order_number_missing"
    if not re.match(layout.order_number_pattern, number):
        return "order_number_form"
    return "" if account else "shop_unknown"


def _refuse_resaved(table: Table, rows: Iterable[Cells]) -> None:
    if table.encoding in ("xlsx", "xls"):
        raise Refused("qoo10_brief_workbook", file=table.name)
    for cells in rows:
        for name in ("number", "line.id", "line.tracking_no"):
            if _EXPONENT.fullmatch(cells[name]):
                line = table.rows[cells.index].line
                raise Refused("qoo10_brief_resaved", file=table.name, line=line, found=cells[name])
