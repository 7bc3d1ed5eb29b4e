"""Values a spreadsheet damaged: one tick a kind, old and new beside each other; never silent."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from jpship_gui.texts import known
from jpship_gui.ui.intake.reading import Repair
from jpship_gui.ui.theme import fonts, glyphs, palette
from jpship_gui.ui.widgets.checkbox import CheckBox
from jpship_gui.ui.widgets.glyph import Glyph
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.sheet import Hairline, Sheet

_LINE = 26
_ARROW = 42  # with the room before and after it


class _OldNew(QWidget):
    """`600001 → 060-0001`; the old one struck out where it is replaced. Two lines where one is too narrow."""

    def __init__(self, old: str, new: str, taken: bool) -> None:
        super().__init__()
        self._old, self._new, self._taken = old, new, taken
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{old} → {new}" if new else old)
        self.setToolTip(self.accessibleName())

    def sizeHint(self) -> QSize:
        """Lines of 16 px."""
        return QSize(200, _LINE * (1 if self._fits() else 2))

    def _fits(self) -> bool:
        metrics = fonts.metrics(16)
        wide = metrics.horizontalAdvance(self._old) + metrics.horizontalAdvance(self._new)
        return not self._new or wide + _ARROW <= self.width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The height follows the width."""
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Old in grey, arrow, new."""
        painter = QPainter(self)
        metrics = fonts.metrics(16)
        middle = Qt.AlignmentFlag.AlignVCenter
        old = metrics.elidedText(self._old, Qt.TextElideMode.ElideRight, self.width())
        wide = metrics.horizontalAdvance(old)
        painter.setFont(fonts.font(16))
        painter.setPen(palette.colour("text3"))
        painter.drawText(QRectF(0, 0, wide + 2, _LINE), middle, old)
        if not self._new:
            return
        if self._taken:
            painter.drawLine(QPointF(0, _LINE / 2), QPointF(wide, _LINE / 2))
        x, y = (wide + 12, 0) if self._fits() else (0, _LINE)
        painter.drawText(QRectF(x, y, 24, _LINE), middle, "→")
        painter.setPen(palette.colour("text" if self._taken else "text3"))
        x += _ARROW - 12
        rest = self.width() - x
        new = metrics.elidedText(self._new, Qt.TextElideMode.ElideRight, rest)
        painter.drawText(QRectF(x, y, rest, _LINE), middle, new)
        painter.end()


class RepairsSheet(Sheet):
    """Emits `chosen(code, taken)` when a tick changes; damages that cannot be mended are listed without a tick."""

    chosen = Signal(str, bool)

    def __init__(
        self, repairs: Sequence[Repair], refused: frozenset[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self.ticks: dict[str, CheckBox] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 20)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Glyph(glyphs.ATTENTION, 20, "attention"))
        head.addWidget(Label("intakepage.damaged", size=16, bold=True, wrap=True), 1)
        column.addLayout(head)
        column.addSpacing(8)
        column.addWidget(Label("intakepage.damaged.more", size=12, ink="text2", wrap=True))
        for number, repair in enumerate(repairs):
            column.addSpacing(14)
            if number:
                column.addWidget(Hairline())
                column.addSpacing(10)
            self._add(column, repair, repair.code not in refused)

    def _add(self, column: QVBoxLayout, repair: Repair, taken: bool) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        if repair.mendable:
            tick = CheckBox(checked=taken)
            tick.setText(repair.column)
            tick.toggled.connect(lambda on, code=repair.code: self.chosen.emit(code, on))
            self.ticks[repair.code] = tick
            head.addWidget(tick, 1)
        else:
            head.addWidget(Glyph(glyphs.NG, 16, "ng"))
            name = Label(bold=True)
            name.show_text(repair.column)
            head.addWidget(name, 1)
        head.addWidget(Label("intakepage.cells", count=repair.count, bold=True))
        column.addLayout(head)
        below = QVBoxLayout()
        below.setContentsMargins(24, 0, 0, 0)
        below.setSpacing(2)
        key = f"intake.damage.{repair.code}"
        below.addWidget(Label(key if known(key) else "", size=12, ink="text2", wrap=True))
        below.addWidget(_OldNew(repair.found, repair.repaired, taken and repair.mendable))
        column.addLayout(below)
