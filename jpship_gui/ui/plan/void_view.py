"""Waybills that must not be used any more: tick those that are destroyed (PR-16)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from jpship_gui.flows.plan.void import VoidWaybill
from jpship_gui.texts import text
from jpship_gui.ui import names
from jpship_gui.ui.actions import key_cap
from jpship_gui.ui.plan import painting
from jpship_gui.ui.plan.row_list import RowList, RowModel
from jpship_gui.ui.theme import chips, glyphs
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.empty_state import EmptyState
from jpship_gui.ui.widgets.foot_bar import FootBar
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.sheet import Hairline, Panel

_ROW = 56


def _words(void: VoidWaybill) -> str:
    number = names.tracking_words(void.number) or text("planpage.void.no_number")
    return f"{number}  {void.recipient}  {text(f'void.why.{void.why}')}"


class VoidView(QWidget):
    """`destroyed(parcel keys)`."""

    destroyed_told = Signal(tuple)
    ticks_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._stack = QStackedWidget()
        column.addWidget(self._stack, 1)
        work = Panel("surface")
        inside = QVBoxLayout(work)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        self._more = Label("planpage.void.more", ink="text2", wrap=True)
        self._more.setContentsMargins(32, 14, 32, 14)
        inside.addWidget(self._more)
        inside.addWidget(Hairline(token="line_strong"))
        self.list = RowList(RowModel(lambda void: void.parcel, _words), _paint, _ROW, ticking=True)
        self.list.ticks_changed.connect(self._ticked)
        inside.addWidget(self.list, 1)
        self._stack.addWidget(work)
        self._stack.addWidget(EmptyState("circle-check", "planpage.void.none", "planpage.void.none.more"))
        self.foot = self._foot()
        column.addWidget(self.foot)

    def _foot(self) -> FootBar:
        foot = FootBar()
        self._count = Label(size=28, bold=True, ink="accent")
        self._ticked_words = Label("planpage.void.ticked", ink="text2")
        foot.row.addWidget(self._count)
        foot.row.addWidget(self._ticked_words)
        foot.row.addStretch(1)
        self.main_button = Button(
            "planpage.void.do",
            kind="primary",
            size="large",
            icon="trash",
            cap=key_cap("void_destroyed"),
            count=0,
        )
        self.main_button.clicked.connect(self.tell)
        foot.row.addWidget(self.main_button)
        return foot

    def show_voids(self, found: Sequence[VoidWaybill]) -> None:
        """Show these, oldest first."""
        self.list.show_rows(found)
        self._stack.setCurrentIndex(0 if found else 1)
        self.foot.setVisible(bool(found))
        self._ticked()

    def _ticked(self) -> None:
        count = len(self.list.ticked())
        self._count.show_text(str(count))
        self._count.setVisible(count > 0)
        self._ticked_words.say("planpage.void.ticked" if count else "planpage.void.tick")
        self.main_button.say("planpage.void.do", count=count)
        self.main_button.setEnabled(count > 0)
        self.ticks_changed.emit()

    def tell(self) -> None:
        """Those that are ticked lie in the shredder."""
        parcels = tuple(void.parcel for void in self.list.ticked())
        if parcels:
            self.destroyed_told.emit(parcels)

    def retranslate_all(self) -> None:
        """Words that carry figures."""
        self._ticked()


def _paint(painter: QPainter, box: QRectF, void: VoidWaybill) -> None:
    middle = box.center().y()
    glyphs.draw(painter, glyphs.NG, box.left(), middle - 8, 16, "ng")
    chips.draw_bar(painter, void.carrier, box.left() + 32, middle)
    carrier = QRectF(box.left() + 42, box.top(), 96, box.height())
    painting.line(painter, names.carrier_name(void.carrier), carrier, "text2")
    number = QRectF(box.left() + 146, box.top(), 190, box.height())
    words = names.tracking_words(void.number)
    painting.line(
        painter,
        words or text("planpage.void.no_number"),
        number,
        "text" if words else "text3",
        16 if words else 14,
        bool(words),
    )
    rest = box.adjusted(346, 0, 0, 0)
    share = max(rest.width() - 190, 0) / 2
    upper, lower = (
        QRectF(rest.left(), box.top() + 8, share - 12, 22),
        QRectF(rest.left(), box.top() + 30, share - 12, 18),
    )
    painting.line(painter, void.recipient, upper)
    painting.line(painter, f"{names.short_number(void.order)}  {void.parcel}", lower, "text3", 12)
    why = QRectF(rest.left() + share, box.top(), share - 12, box.height())
    painting.line(painter, text(f"void.why.{void.why}"), why, "text2")
    when = QRectF(box.right() - 180, box.top() + 8, 180, 22)
    painting.line(painter, names.moment_words(void.at), when, "text2", right=True)
    painting.line(painter, void.person, when.translated(0, 22), "text3", 12, right=True)
