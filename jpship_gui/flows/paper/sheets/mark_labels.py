"""Handling marks as labels (PR-11): each mark of each parcel, and its temperature."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from jpship_gui.documents.address_labels import Setup, next_free
from jpship_gui.documents.mark_labels import COOL, MarkData, render_marks
from jpship_gui.documents.stocks import Stock
from jpship_gui.domain.handling_marks import MARKS
from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows.check.cool import cool_of_boxes
from jpship_gui.flows.paper.asking import ON_SHEETS, sheet_asks
from jpship_gui.flows.paper.fitting import YES, some, take
from jpship_gui.flows.paper.kind import Ask, Drawn, Kind, Wanted
from jpship_gui.flows.paper.label_words import order_tail
from jpship_gui.flows.paper.marks import marks_of
from jpship_gui.flows.paper.presets import named
from jpship_gui.flows.paper.slip_values import SLIP_WORDS
from jpship_gui.flows.paper.stocks import keep_measured, measured, stock
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text_in


def _wanted(ws: Workspace, found: Sequence[Shipment]) -> tuple[str, ...]:
    marks = marks_of(ws, found)
    return tuple(s.key for s in found if marks[s.key] or s.extra.get("cool", "") in COOL)


def _cold(cool: str) -> tuple[str, ...]:
    return (cool,) if cool in COOL else ()


def _draw(ws: Workspace, wanted: Wanted) -> Drawn:
    """Choices: `sheet`, `first`, `frames`; `marks` (ids with blanks between) prints these without any shipment."""
    sheet = stock(ws, wanted.choices.get("sheet") or str(ws.options.get("marks.sheet")))
    kept = measured(ws, sheet.id)
    first = wanted.choices.get("first", "")
    number = min(int(first) if first.isdecimal() and int(first) else kept.first, sheet.labels)
    setup = Setup(
        first=number,
        offset=(kept.x / 10, kept.y / 10),
        scale=kept.scale / 1000,
        padding=kept.padding / 10,
        frames=wanted.choices.get("frames") == YES,
        dpi=named(ws, "a4labels").dpi,
    )
    loose = [mark for mark in wanted.choices.get("marks", "").split() if mark in (*MARKS, *COOL)]
    if loose:
        pdf = render_marks([MarkData(mark, _word(mark)) for mark in loose], sheet, setup)
        return Drawn(
            pdf.pdf, ((),) * len(pdf.pages), written=partial(_remember, ws, sheet, number, len(loose))
        )
    taken = take(ws, wanted)
    every = [source.shipment for source in taken.sources]
    marks, cools = marks_of(ws, every), cool_of_boxes(ws, every)
    made = []
    for source in taken.sources:
        shipment, tail = source.shipment, order_tail(source)
        boxes = [cools.get(box.key) or "" for box in shipment.boxes] or [shipment.extra.get("cool", "")]
        ids = [mark for cool in boxes for mark in (*_cold(cool), *marks[shipment.key])]
        if not ids:
            taken.refuse(source, "marks_none", "marks")
        made += [(source, MarkData(mark, _word(mark), tail)) for mark in ids]
    some(taken, made)
    rendered = render_marks([mark for _, mark in made], sheet, setup)
    keys = [source.shipment.key for source, _ in made]
    pages = (tuple(dict.fromkeys(keys[i] for i in page)) for page in rendered.pages)
    return taken.drawn(rendered.pdf, pages, partial(_remember, ws, sheet, number, len(made)))


def _asks(ws: Workspace, wanted: Wanted) -> tuple[Ask, ...]:
    return sheet_asks(ws, wanted, "marks.sheet")


def _remember(ws: Workspace, sheet: Stock, first: int, count: int) -> None:
    keep_measured(ws, sheet.id, replace(measured(ws, sheet.id), first=next_free(first, count, sheet)))


def _word(mark: str) -> str:
    return text_in(SLIP_WORDS, f"documents.cool.{mark}" if mark in COOL else f"mark.{mark}")


KINDS = (
    Kind(
        *("marks", "a4labels", _wanted, _draw, 45),
        on=False,
        needs_batch=False,
        choices=(*ON_SHEETS, "marks"),
        asks=_asks,
    ),
)
