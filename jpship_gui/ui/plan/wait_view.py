"""Shipments kept back until a day: which day, who said so, and one button that lets them go now (PL-10)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from jpship_gui.ui import names
from jpship_gui.ui.actions import key_cap
from jpship_gui.ui.plan import painting
from jpship_gui.ui.plan.line_rows import row_words
from jpship_gui.ui.plan.lines import Line
from jpship_gui.ui.plan.row_list import RowList, RowModel
from jpship_gui.ui.plan.service_figures import name_of
from jpship_gui.ui.theme import chips, glyphs
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.empty_state import EmptyState
from jpship_gui.ui.widgets.foot_bar import FootBar
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.sheet import Hairline, Panel

_ROW = 56


class WaitView(QWidget):
    """`go_asked(keys)`."""

    go_asked = Signal(list)
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
        more = Label("planpage.wait.more", ink="text2", wrap=True)
        more.setContentsMargins(32, 14, 32, 14)
        inside.addWidget(more)
        inside.addWidget(Hairline(token="line_strong"))
        model: RowModel[Line] = RowModel(lambda line: line.key, row_words)
        self.list: RowList[Line] = RowList(model, _paint, _ROW, ticking=True)
        self.list.ticks_changed.connect(self._show_foot)
        self.list.current_changed.connect(lambda _: self._show_foot())
        inside.addWidget(self.list, 1)
        self._stack.addWidget(work)
        self._stack.addWidget(EmptyState("calendar", "planpage.wait.none", "planpage.wait.none.more"))
        self.foot = FootBar()
        self._count = Label(ink="text2")
        self.foot.row.addWidget(self._count, 1)
        self.main_button = Button(
            "planpage.wait.go",
            kind="primary",
            size="large",
            icon="player-play",
            cap=key_cap("ship_now"),
            count=0,
        )
        self.main_button.clicked.connect(self.let_go)
        self.foot.row.addWidget(self.main_button)
        column.addWidget(self.foot)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these, the nearest day first."""
        self.list.show_rows(lines)
        self._stack.setCurrentIndex(0 if lines else 1)
        self.foot.setVisible(bool(lines))
        self._show_foot()

    def chosen(self) -> list[str]:
        """Ticked ones, else the current one."""
        current = self.list.current()
        return [line.key for line in self.list.ticked()] or ([current.key] if current else [])

    def _show_foot(self) -> None:
        count = len(self.chosen())
        self._count.say("planpage.orders", count=count)
        self.main_button.say("planpage.wait.go", count=count)
        self.main_button.setEnabled(count > 0)
        self.ticks_changed.emit()

    def let_go(self) -> None:
        """They go now."""
        keys = self.chosen()
        if keys:
            self.go_asked.emit(keys)

    def retranslate_all(self) -> None:
        """Words that carry figures."""
        self._show_foot()


def _paint(painter: QPainter, box: QRectF, line: Line) -> None:
    middle = box.center().y()
    glyphs.draw(painter, glyphs.HOLD, box.left(), middle - 8, 16, "text2")
    wait = QRectF(box.left() + 28, box.top(), 250, box.height())
    painting.line(painter, line.wait, wait, "text", 16, True)
    x = box.left() + 290
    chips.draw_chip(
        painter, line.marketplace, names.marketplace_name(line.marketplace), x, box.top() + 17, 62
    )
    painting.line(
        painter, f"…{names.number_parts(line.number)[1]}", QRectF(x, box.top() + 30, 80, 18), "text3", 12
    )
    x += 90
    upper, lower = QRectF(x, box.top() + 6, 150, 22), QRectF(x, box.top() + 30, 150, 18)
    painting.line(painter, line.recipient, upper)
    painting.line(painter, line.place, lower, "text3", 12)
    x += 164
    rest = max(box.right() - x - 240, 60)
    goods = " ".join(filter(None, (line.goods, line.variant, f"×{line.quantity}")))
    painting.line(painter, goods, QRectF(x, box.top() + 6, rest, 22), "text2")
    painting.line(painter, line.wish, QRectF(x, box.top() + 30, rest, 18), "text2", 12)
    service = QRectF(box.right() - 220, box.top() + 6, 220, 22)
    chips.draw_bar(painter, line.carrier, service.left(), service.center().y())
    painting.line(painter, name_of(line.carrier, line.service_name), service.adjusted(10, 0, 0, 0), "text2")
    painting.line(painter, line.other, QRectF(service.left() + 10, box.top() + 30, 210, 18), "text3", 12)
