"""The list of void waybills (PR-16)."""

from __future__ import annotations

from collections.abc import Sequence

from jpship_gui.documents.void_list import VoidRow, render_voids
from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.shipment import Shipment
from jpship_gui.domain.tracking_no import grouped
from jpship_gui.flows.paper.kind import Drawn, Kind, Wanted
from jpship_gui.flows.paper.numbers import letter_of
from jpship_gui.flows.paper.presets import named
from jpship_gui.flows.paper.print_slips import NothingToPrint
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import voids
from jpship_gui.store.voids import VoidWaybill
from jpship_gui.texts import language, text


def _wanted(ws: Workspace, found: Sequence[Shipment]) -> tuple[str, ...]:
    """Every shipment with one, whatever batch it was in."""
    return tuple(dict.fromkeys(void.shipment for void in voids.open_ones(ws.store)))


def _draw(ws: Workspace, wanted: Wanted) -> Drawn:
    listed = [void for void in voids.open_ones(ws.store) if void.shipment in frozenset(wanted.keys)]
    if not listed:
        raise NothingToPrint("voids_none", {}, {})
    rows = [_row(ws, void) for void in listed]
    pdf, counts = render_voids(rows, to_jst(ws.now()), language(), named(ws, "desk").dpi)
    pages = []
    start = 0
    for count in counts:
        pages.append(tuple(dict.fromkeys(void.shipment for void in listed[start : start + count])))
        start += count
    return Drawn(pdf, tuple(pages))


def _row(ws: Workspace, void: VoidWaybill) -> VoidRow:
    carrier, forms = ws.carriers().get(void.carrier), ws.number_forms()
    return VoidRow(
        parcel=void.parcel,
        number=void.number,
        printed=grouped(void.number, forms, void.carrier) if carrier else void.number,
        letter=letter_of(void.number, forms, void.carrier),
        carrier=carrier.name if carrier else void.carrier,
        order=void.order,
        recipient=void.recipient,
        why=text(f"void.why.{void.why}"),
        when=f"{to_jst(void.at):%m/%d %H:%M} {void.person}".strip(),
    )


KINDS = (Kind("voids", "desk", _wanted, _draw, place=75, on=False, due=True),)
