"""What the draft makes of its sample now: the first orders with their problems, or the confirmation file for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from jpship_gui.domain.fault import Fault
from jpship_gui.domain.order import Order
from jpship_gui.domain.problem import Problem
from jpship_gui.flows.upkeep.profile_drafts import Damage, Made
from jpship_gui.texts import text
from jpship_gui.ui import names
from jpship_gui.ui.intake.rows import REJECTED_NARROW, rejected_row
from jpship_gui.ui.profiles.flaw_words import in_words
from jpship_gui.ui.profiles.form_parts import heading
from jpship_gui.ui.show import show_fault, show_problem
from jpship_gui.ui.theme import fonts, glyphs
from jpship_gui.ui.widgets.banner import Banner
from jpship_gui.ui.widgets.empty_state import EmptyState
from jpship_gui.ui.widgets.glyph import Glyph
from jpship_gui.ui.widgets.label import ElidedLabel, Label
from jpship_gui.ui.widgets.plain_table import Cell, Column, PlainTable, Row
from jpship_gui.ui.widgets.retranslating import Retranslating
from jpship_gui.ui.widgets.sheet import Hairline, Panel

_ORDERS = (
    Column("profiles.preview.number", 150),
    Column("profiles.preview.recipient", 60, grow=5),
    Column("profiles.preview.contact", 136),
    Column("profiles.preview.goods", 60, grow=4),
    Column("profiles.preview.state", 140, from_width=980),
    Column("profiles.preview.problems", 180, grow=3),
)
_MENDED = (
    Column("intakepage.column.line", 64, right=True),
    Column("intakepage.column.column", 220),
    Column("profiles.before"),
    Column("", 36),
    Column("profiles.after"),
)
_ROW = 48
_REFUSED = 5  # refused rows and mended cells that are shown
_CELL = 34
_WIDEST = 240


@dataclass(frozen=True, slots=True)
class Example:
    """A confirmation file for the sample's first orders, or why there is none yet."""

    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    others: int = 0  # columns that stay as they are
    fault: Fault | None = None
    unsaid: bool = False  # it names carriers, and nobody said how


class PreviewPane(Retranslating, Panel):
    """Give it what a try brought (`show_made`, `show_example`) and which of both is looked at (`look_at`)."""

    sample_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self._made: Made | None = None
        self._example: Example | None = None
        self._at = "orders"
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Hairline(token="line_strong"))
        column.addLayout(self._head())
        self.banner = Banner("ng")
        around = QHBoxLayout()
        around.setContentsMargins(20, 4, 20, 8)
        around.addWidget(self.banner)
        column.addLayout(around)
        self.banner.hide()
        self.stack = QStackedWidget()
        column.addWidget(self.stack, 1)
        self.empty = EmptyState(
            "file-spreadsheet",
            "profiles.preview.no_sample",
            "profiles.preview.no_sample.more",
            act_key="profiles.sample.choose",
            act_icon="folder-open",
            primary=False,
            quiet=True,
        )
        self.empty.act.connect(self.sample_asked)
        self.orders = PlainTable(_ORDERS, _ROW)
        self.refused_title = heading("profiles.preview.refused", "ng")
        self.refused = PlainTable(REJECTED_NARROW, _ROW)
        self.mended_title = heading("profiles.preview.mended", "attention")
        self.mended = PlainTable(_MENDED, _CELL)
        self._orders_view = _scrolled(
            [
                self.orders,
                *(_indented(self.refused_title), self.refused),
                *(_indented(self.mended_title), self.mended),
            ]
        )
        self._file_place = QVBoxLayout()
        self._file_place.setContentsMargins(0, 0, 0, 0)
        self._file_view = _scrolled([], self._file_place)
        self.file: PlainTable | None = None
        self._blank = QWidget()
        for view in (self._blank, self.empty, self._orders_view, self._file_view):
            self.stack.addWidget(view)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(20, 8, 20, 6)
        row.setSpacing(16)
        self.title = Label("profiles.preview.orders", bold=True)
        row.addWidget(self.title)
        self.counts = ElidedLabel(size=12, ink="text2")
        row.addWidget(self.counts, 1)
        self._mark = Glyph(glyphs.OK, 16, "ok")
        self.recognised = ElidedLabel(size=12, ink="text2")
        row.addWidget(self._mark)
        row.addWidget(self.recognised)
        return row

    # What is shown ----------------------------------------------------------------------------------------------

    def look_at(self, what: str) -> None:
        """`orders` or `file`."""
        self._at = what
        self.retranslate()

    def show_made(self, made: Made | None, example: Example | None) -> None:
        """What a try brought; None = there is no sample."""
        self._made, self._example = made, example
        self.retranslate()

    def retranslate(self) -> None:
        """All words anew."""
        if not hasattr(self, "_blank"):
            return
        self.title.say(f"profiles.preview.{self._at}")
        if self._at == "file":
            self._show_file()
        else:
            self._show_orders()

    def _say(self, kind: str, words: str) -> None:
        self.banner.setVisible(bool(words))
        if words:
            self.banner.set_kind(kind)
            self.banner.show_text(words)

    def _show_orders(self) -> None:
        made = self._made
        self._show_head()
        if made is None:
            self._say("ng", "")
            self.stack.setCurrentWidget(self.empty)
            return
        trial = made.trial
        if made.flaw is not None or trial is None or trial.fault is not None:
            fault = made.flaw.fault() if made.flaw else trial.fault if trial else None
            self._say("ng", _fault_words(fault) if fault else "")
            self.stack.setCurrentWidget(self._blank)
            return
        self._say("attention", _warning(made))
        self.orders.show_rows([_order_row(order, made) for order in trial.orders])
        refused = trial.rejections[:_REFUSED]
        self.refused.show_rows([rejected_row(one, True) for one in refused])
        self.refused.setVisible(bool(refused))
        self.refused_title.setVisible(bool(refused))
        mended = [damage for damage in trial.damages if damage.repaired is not None][:_REFUSED]
        self.mended.show_rows([_mended_row(damage) for damage in mended])
        self.mended.setVisible(bool(mended))
        self.mended_title.setVisible(bool(mended))
        self.orders.setVisible(bool(trial.orders))
        self.stack.setCurrentWidget(self._orders_view)

    def _show_head(self) -> None:
        trial = self._made.trial if self._made else None
        shown = trial is not None and trial.fault is None and self._at == "orders"
        self.counts.show_text(_counts(self._made) if shown and self._made else "")
        self._mark.setVisible(shown)
        self.recognised.setVisible(shown)
        if trial is None or not shown:
            return
        if trial.recognised:
            self._mark.set(glyphs.OK, "ok")
            self.recognised.show_text(text("profiles.recognised"))
        else:
            self._mark.set(glyphs.ATTENTION, "attention")
            key = "profiles.recognised.other" if trial.seems else "profiles.recognised.not"
            self.recognised.show_text(text(key, title=trial.seems))

    def _show_file(self) -> None:
        self._show_head()
        example = self._example
        if example is not None and example.others:
            self.counts.show_text(text("profiles.preview.others", count=example.others))
        if example is None or example.fault is not None:
            self._say("ng", _fault_words(example.fault) if example and example.fault else "")
            self.stack.setCurrentWidget(self._blank)
            return
        self._say("attention", text("profiles.warning.carriers") if example.unsaid else "")
        if self.file is not None:
            self.file.hide()
            self.file.deleteLater()
        wide = [_width(place, example) for place in range(len(example.header))]
        self.file = PlainTable([Column("", width) for width in wide], _CELL)
        self.file.setMinimumWidth(sum(wide) + 24)
        head = [Cell(name, ink="text2", size=12, bold=True) for name in example.header]
        self.file.show_rows([head, *([Cell(cell) for cell in row] for row in example.rows)])
        self._file_place.insertWidget(0, self.file)
        self.stack.setCurrentWidget(self._file_view)


def _width(place: int, example: Example) -> int:
    """As wide as its widest words, within reason."""
    cells = [row[place] for row in example.rows if place < len(row)]
    widest = max((fonts.width(cell, 14) for cell in cells), default=0)
    return round(max(64, min(_WIDEST, max(widest, fonts.width(example.header[place], 12, True))))) + 20


def _fault_words(fault: Fault) -> str:
    shown = show_fault(in_words(fault))
    return f"{shown.title}  {shown.more}" if shown.more else shown.title


def _counts(made: Made) -> str:
    trial = made.trial
    assert trial is not None
    parts = [
        text("profiles.count.orders", count=trial.count),
        text("profiles.count.lines", count=trial.lines),
        text("profiles.count.rows", count=trial.rows),
    ]
    if trial.repaired:
        parts.append(text("profiles.count.repaired", count=trial.repaired))
    if trial.refused_rows:
        parts.append(text("profiles.count.refused", count=trial.refused_rows))
    if trial.repeated_rows:
        parts.append(text("profiles.count.repeated", count=trial.repeated_rows))
    if trial.cut:
        parts.append(text("profiles.count.cut", count=trial.rows))
    return "  ・  ".join(parts)


def _warning(made: Made) -> str:
    """The one thing about all orders that is most worth knowing."""
    trial = made.trial
    assert trial is not None
    if not trial.orders and not trial.rejections:
        return text("profiles.warning.no_orders")
    if made.shared_skus:
        return text("profiles.warning.shared_skus", sku=made.shared_skus[0], count=len(made.shared_skus))
    if trial.absent_columns:
        return text("profiles.warning.absent", columns="・".join(trial.absent_columns))
    return ""


def _order_row(order: Order, made: Made) -> Row:
    recipient = order.packages[0].recipient if order.packages else order.buyer
    lines = [line for line in order.lines if not line.deleted]
    first = lines[0] if lines else None
    goods = f"{first.name}{f' ×{first.quantity}' if first.quantity != 1 else ''}" if first else ""
    more = [first.variant] if first and first.variant else []
    if len(lines) > 1:
        more.append(text("table.more_lines", count=len(lines) - 1))
    address = "".join((recipient.prefecture, recipient.city, recipient.street))
    postal = names.postal_words(recipient.postal_code)
    return [
        Cell(order.id.number, sub=names.moment_words(order.ordered_at) if order.ordered_at else ""),
        Cell(recipient.name or text("profiles.nothing"), sub=address, ink="text" if recipient.name else "ng"),
        Cell(f"〒{postal}" if postal else "", sub=names.phone_words(recipient.phone)),
        Cell(goods, sub="  ".join(more)),
        Cell(text(f"profile.code.state.{order.state.value}"), ink="text2"),
        _problem_cell(made.problems.get(order.id.number, ())),
    ]


def _mended_row(damage: Damage) -> Row:
    return [
        Cell(str(damage.line)),
        Cell(damage.column),
        Cell(damage.found, ink="text2", strike=True),
        Cell("→", ink="text3"),
        Cell(damage.repaired or "", bold=True),
    ]


def _problem_cell(problems: Sequence[Problem]) -> Cell:
    if not problems:
        return Cell(text("profiles.preview.fine"), ink="ok", glyph=glyphs.OK)
    shown = show_problem(problems[0])
    more = text("profiles.preview.more", count=len(problems) - 1) if len(problems) > 1 else ""
    return Cell(shown.title, sub=more, ink=shown.look.ink, glyph=shown.look.shape)


def _indented(widget: QWidget) -> QWidget:
    block = QWidget()
    row = QHBoxLayout(block)
    row.setContentsMargins(12, 12, 12, 4)
    row.addWidget(widget)
    return block


def _scrolled(widgets: Sequence[QWidget], place: QVBoxLayout | None = None) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    ground = Panel("surface")
    column = QVBoxLayout(ground)
    column.setContentsMargins(8, 0, 8, 8)
    column.setSpacing(0)
    for widget in widgets:
        column.addWidget(widget)
    if place is not None:
        column.addLayout(place)
    column.addStretch(1)
    area.setWidget(ground)
    return area
