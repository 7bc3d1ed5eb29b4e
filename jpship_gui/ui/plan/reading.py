"""Reads what the plan table shows, in the data thread: words are made once here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from jpship_gui.flows.table.list_rows import Query, TableRow, ids, rows
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text
from jpship_gui.ui import names
from jpship_gui.ui.plan.lines import Line

_PAGE = 400


def read_lines(ws: Workspace) -> list[Line]:
    """Every shipment that is checked and not printed yet, of a bundle the one that leads, the most urgent first."""
    found = ids(ws, Query("stage:print"))
    services = service_names(ws)
    pages = (rows(ws, found[at : at + _PAGE]) for at in range(0, len(found), _PAGE))
    return [_line(row, services) for page in pages for row in page if not row.together or row.leads]


def service_names(ws: Workspace) -> dict[tuple[str, str], str]:
    """What each service of each carrier is called."""
    return {(c.id, one.id): one.name for c in ws.carriers().values() for one in c.services}


def _line(row: TableRow, services: Mapping[tuple[str, str], str]) -> Line:
    day = names.day_short(date.fromisoformat(row.wish_day)) if row.wish_day else ""
    return Line(
        row_id=row.row_id,
        key=row.key,
        marketplace=row.marketplace,
        shop=row.shop,
        number=row.number,
        recipient=row.recipient_name,
        place=row.prefecture,
        goods=row.goods_name,
        variant=row.goods_variant,
        quantity=row.goods_quantity,
        more=row.more_lines,
        carrier=row.carrier,
        service=row.service,
        service_name=services.get((row.carrier, row.service), row.service),
        reason="",
        cost=None,
        other="",
        wish=" ".join(filter(None, (day, names.slot_words(row.wish_slot)))),
        cool=text(f"profile.code.cool.{row.cool}") if row.cool in ("chilled", "frozen") else "",
        boxes=row.parcels,
        together=row.together,
        ship_by=row.ship_by,
    )
