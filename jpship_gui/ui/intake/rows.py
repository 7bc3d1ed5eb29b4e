"""Cells of the three lists: what is left out, what changed, what is new."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

from jpship_gui.domain.order import Order
from jpship_gui.flows.intake.compare import FieldChange
from jpship_gui.flows.intake.preview import FilePreview, OrderOutcome
from jpship_gui.flows.paper.take_numbers import Rejection
from jpship_gui.texts import known, text
from jpship_gui.ui import names
from jpship_gui.ui.names import number_parts
from jpship_gui.ui.theme import glyphs
from jpship_gui.ui.widgets.plain_table import Cell, Column, Row

REJECTED = (
    Column("intakepage.column.line", 64, right=True),
    Column("intakepage.column.column", 170),
    Column("intakepage.column.value", 160),
    Column("intakepage.column.why"),
    Column("intakepage.column.remedy"),
)
REJECTED_NARROW = (*REJECTED[:2], Column("intakepage.column.value", 140), Column("intakepage.column.why"))
CHANGED = (
    Column("intakepage.column.line", 64, right=True),
    Column("intakepage.column.column", 150),
    Column("intakepage.column.now"),
    Column("", 36),
    Column("intakepage.column.file"),
    Column("", 250),
)
CHANGED_NARROW = (*CHANGED[:5], Column("", 40))
NEW = (
    Column("", 150),
    Column("", 130),
    Column("", 120),
    Column("", 84),
    Column(""),
    Column("", 170),
    Column("", 56),
    Column("", 230),
    Column("", 40),
)
NEW_NARROW = (Column("", 150), Column("", 122), Column("", 118), Column(""), Column("", 112), Column("", 150))


def rejected_row(rejection: Rejection, narrow: bool) -> Row:
    """Line, column and order, value as found, reason and remedy; narrow has the remedy beneath the reason."""
    head, tail = number_parts(rejection.order)
    remedy = f"rejected.{rejection.code}.do"
    do = text(remedy) if known(remedy) else ""
    why = text(f"rejected.{rejection.code}", value=rejection.value)
    column = rejection.column or text("intakepage.whole_row")
    cells = [
        Cell(str(rejection.line or "–"), size=20 if rejection.line else 14),
        Cell(column, sub="  ".join(filter(None, (f"{head}{tail}", rejection.file))), bold=True),
        Cell(rejection.value or text("intakepage.blank"), ink="ng_strong", ground="ng_weak"),
    ]
    return [*cells, Cell(why, sub=do)] if narrow else [*cells, Cell(why), Cell(do)]


def changed_rows(one: FilePreview, found: OrderOutcome, narrow: bool) -> list[Row]:
    """One row for each field that changed."""
    lines = one.lines_of(found.order.id.number)
    head, tail = number_parts(found.order.id.number)
    made: list[Row] = []
    for number, change in enumerate(found.changes):
        key = f"intake.field.{change.field}"
        label = text(key) if known(key) else change.field
        warn = found.told or (found.holds and change.on_paper)
        note = (
            text("intakepage.told" if found.told else "intakepage.will_hold") if warn and not narrow else ""
        )
        made.append(
            [
                Cell(str(lines[0]) if lines and not number else "", bold=True),
                Cell(label, sub="" if number else f"{head}{tail}", bold=True),
                Cell(_value(change, change.old), ink="text2"),
                Cell("→", ink="text3"),
                Cell(_value(change, change.new), bold=True),
                Cell(note, ink="attention", glyph=glyphs.ATTENTION if warn else ""),
            ]
        )
    return made


def new_row(order: Order, due: datetime | None, narrow: bool) -> Row:
    """Shop, number, who, goods with variant, ship-by, and whether a buyer wrote something."""
    head, tail = number_parts(order.id.number)
    recipient = order.packages[0].recipient if order.packages else order.buyer
    line = next((line for line in order.lines if not line.deleted), None)
    name, variant, quantity = (line.name, line.variant, line.quantity) if line else ("", "", 0)
    more = sum(not other.deleted for other in order.lines) - 1
    rest = text("table.more_lines", count=more) if more > 0 else ""
    marketplace = order.id.marketplace
    shop = names.shop_words(marketplace, order.id.shop)
    market = Cell(names.marketplace_name(marketplace), sub=shop, chip=marketplace)
    number = Cell(head, ink="text3", tail=tail)
    goods = Cell(f"{name} {rest}".strip(), ink="text2")
    kind = Cell(variant, bold=True, ground="variant" if variant else "")
    day = names.moment_words(due) if due else "–"
    if narrow:
        return [market, number, Cell(recipient.name), goods, kind, Cell(day, ink="text2", size=12)]
    pieces = Cell(
        f"×{quantity}" if quantity else "", bold=quantity > 1, ink="text" if quantity > 1 else "text2"
    )
    wrote = Cell(glyph=glyphs.ATTENTION, ink="attention") if order.buyer_text else Cell()
    prefecture = Cell(recipient.prefecture, ink="text2", size=12)
    return [
        *(market, number, Cell(recipient.name), prefecture, goods, kind, pieces),
        Cell(text("intakepage.due", moment=day), ink="text2"),
        wrote,
    ]


def _wish(value: str) -> str:
    day, _, slot = value.partition(" ")
    if (day and not day[0].isdigit()) or len(day) == 4:
        day, slot = "", day
    words = names.day_words(date.fromisoformat(day)) if len(day) == 10 else day
    return f"{words} {names.slot_words(slot)}".strip()


def _flags(value: str) -> str:
    keys = {code: f"problem.{code}.title" for code in value.split()}
    return "・".join(text(key) if known(key) else code for code, key in keys.items())


_VALUES: Mapping[str, Callable[[str], str]] = {
    "wish": _wish,
    "flags": _flags,
    "recipient.postal_code": names.postal_words,
    "recipient.phone": names.phone_words,
    "gift": lambda value: text("intakepage.yes" if value else "intakepage.no"),
    "charged": lambda value: f"¥{int(value):,}" if value.isdigit() else value,
    "remark": lambda value: " ".join(value.split()),
}


def _value(change: FieldChange, value: str) -> str:
    word = _VALUES.get(change.field)
    if change.field != "gift" and not value:
        return text("intakepage.none")
    return word(value) if word else value
