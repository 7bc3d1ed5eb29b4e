"""The layouts of a paper as a short list; the one in the form is marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from jpship_gui.flows.paper.layouts import Listed
from jpship_gui.texts import text
from jpship_gui.ui.show import show_fault
from jpship_gui.ui.theme import fonts, icons, palette
from jpship_gui.ui.widgets.retranslating import Retranslating

_HIGH = 52


class LayoutLine(Retranslating, QAbstractButton):
    """One layout: its name, and beneath it its version and who uses it."""

    def __init__(self, listed: Listed, unsaved: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.listed = listed
        self._unsaved = unsaved
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.retranslate()

    def sizeHint(self) -> QSize:
        """One line high."""
        return QSize(240, _HIGH)

    def retranslate(self) -> None:
        """Its words."""
        one = self.listed
        self.setText(text(f"layout.form.{one.kind}.{one.form}") if not one.own else one.name)
        self.setAccessibleName(self.text())
        self.setToolTip(show_fault(one.fault).title if one.fault else "・".join(one.shops))
        self.update()

    def _beneath(self) -> str:
        one = self.listed
        if one.fault is not None:
            return show_fault(one.fault).title
        if self._unsaved:
            return text("layouts.unsaved")
        kind = text("cli.layout_own", version=one.version) if one.own else text("cli.layout_ready")
        shops = "・".join(one.shops) or (text("layouts.no_shop") if one.own else "")
        return "　".join(part for part in (kind, shops) if part)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground of the chosen one, icon, two lines."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        box = QRectF(self.rect()).adjusted(0.5, 1.5, -0.5, -1.5)
        ground = "accent_weak" if on else "hover" if self.underMouse() else ""
        painter.setPen(palette.colour("accent") if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(palette.colour(ground) if ground else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 6, 6)
        icon = "file-text" if self.listed.own else "lock"
        icons.draw(painter, icon, 10, self.height() / 2 - 9, 18, "accent" if on else "text3")
        room = self.width() - 38 - 8
        elide = Qt.TextElideMode.ElideRight
        painter.setPen(palette.colour("text"))
        painter.setFont(fonts.font(14, on))
        words = fonts.metrics(14, on).elidedText(self.text(), elide, room)
        painter.drawText(QRectF(38, 6, room, 22), Qt.AlignmentFlag.AlignVCenter, words)
        wrong = self.listed.fault is not None
        painter.setPen(palette.colour("ng" if wrong else "attention_strong" if self._unsaved else "text2"))
        painter.setFont(fonts.font(12))
        beneath = fonts.metrics(12).elidedText(self._beneath(), elide, room)
        painter.drawText(QRectF(38, 27, room, 18), Qt.AlignmentFlag.AlignVCenter, beneath)


class ListSide(QWidget):
    """Emits `chosen(id)`."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.lines: dict[str, LayoutLine] = {}

    def show_layouts(self, found: Sequence[Listed], current: str, unsaved: set[str]) -> None:
        """Show these; the keyboard stays where it was."""
        had = next((name for name, line in self.lines.items() if line.hasFocus()), "")
        for line in self.lines.values():
            line.hide()
            line.deleteLater()
        self.lines = {}
        for one in found:
            line = LayoutLine(one, one.id in unsaved)
            line.setChecked(one.id == current)
            line.clicked.connect(self._opener(one.id))
            self.lines[one.id] = line
            self._column.addWidget(line)
        if had in self.lines:
            self.lines[had].setFocus()

    def _opener(self, layout_id: str) -> Callable[[], None]:
        return lambda: self.chosen.emit(layout_id)
