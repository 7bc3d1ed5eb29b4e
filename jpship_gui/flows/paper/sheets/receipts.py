"""Receipts and qualified invoices (PR-05): one issue for each order, numbered and kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from jpship_gui.documents.receipt import receipt_characters, render_receipts
from jpship_gui.documents.receipt_data import INVOICE, RECEIPT
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.problem import Problem, Severity
from jpship_gui.domain.receipt_wish import asks
from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows.paper.fitting import GLYPHS_SEEN, Taken, legible, some, take
from jpship_gui.flows.paper.kind import Drawn, Kind, Wanted
from jpship_gui.flows.paper.presets import named
from jpship_gui.flows.paper.receipts import Made, ReceiptForm, compose, keep
from jpship_gui.flows.paper.slip_values import SlipSource
from jpship_gui.flows.workspace import Workspace


def _wanted(document: str, ws: Workspace, found: Sequence[Shipment]) -> tuple[str, ...]:
    """Those whose buyer asks for one, of shops that issue it."""
    modes: dict[str, str] = {}
    keys = []
    for shipment in found:
        shop = shipment.order_id.shop
        if shop not in modes:
            modes[shop] = str(ws.shop_options(shop).get("invoice.mode"))
        fits = modes[shop] == "full" if document == INVOICE else modes[shop] != "off"
        if fits and any(asks(one.buyer_text, document) for one in shipment.bundle):
            keys.append(shipment.key)
    return tuple(keys)


def _draw(document: str, ws: Workspace, wanted: Wanted) -> Drawn:
    """Choices: to, for, paid, mail, correct as `ReceiptForm`; a preview takes no number."""
    taken = take(ws, wanted)
    form = ReceiptForm.of_choices(wanted.choices)
    made = legible(
        taken, wanted, _composed(ws, taken, document, form), lambda m: receipt_characters(m.data, m.layout)
    )
    some(taken, made)
    if not wanted.preview:
        made = [(source, replace(one, data=keep(ws, source, one))) for source, one in made]
    issues = [(one.data, one.layout) for _, one in made]
    pdf, counts = render_receipts(issues, named(ws, "receipt").dpi)
    pages = [
        (source.shipment.key,) for (source, _), count in zip(made, counts, strict=True) for _ in range(count)
    ]
    return taken.drawn(pdf, pages)


def _composed(ws: Workspace, taken: Taken, document: str, form: ReceiptForm) -> list[tuple[SlipSource, Made]]:
    """One for each order of each shipment, an order of several shipments once."""
    seen = set()
    made = []
    for source in taken.sources:
        for one in (source, *source.together):
            if one.order.id in seen:
                continue
            seen.add(one.order.id)
            leading = replace(one, shipment=source.shipment)
            try:
                found = compose(ws, leading, document, form)
            except Refused as fault:
                values = {name: str(value) for name, value in fault.values.items()}
                problem = Problem(
                    fault.code, Severity.BLOCK, "money", {"order": one.order.id.number, **values}
                )
                key = source.shipment.key
                taken.refused[key] = (*taken.refused.get(key, ()), problem)
                continue
            for notice in found.notices:
                taken.notice(leading, notice)
            made.append((leading, found))
    return made


def _kind(document: str, place: int) -> Kind:
    return Kind(
        id=document,
        preset="receipt",
        wanted=lambda ws, found: _wanted(document, ws, found),
        draw=lambda ws, wanted: _draw(document, ws, wanted),
        place=place,
        on=False,
        to_buyer=True,
        numbered=True,
        choices=("to", "for", "paid", "mail", "correct", GLYPHS_SEEN),
    )


KINDS = (_kind(RECEIPT, 12), _kind(INVOICE, 13))
