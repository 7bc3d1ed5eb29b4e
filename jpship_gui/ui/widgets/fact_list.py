"""Names and values in two columns, painted: a hundred lines cost as much as one widget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from jpship_gui.texts import text
from jpship_gui.ui.theme import fonts, palette

_LINE = 20
_GAP = 8
_ABOVE = 12  # over a heading
_WRAP = int(Qt.TextFlag.TextWrapAnywhere | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


@dataclass(frozen=True, slots=True)
class FactLine:
    """One line; `mark` draws a bar before it, `ink` colours the value; a line without a value is a heading."""

    name: str
    value: str = ""
    bold: bool = False
    ink: str = "text"
    mark: str = ""


class FactList(QWidget):
    """Long values wrap; a right click copies the value under the mouse."""

    def __init__(
        self, lines: Sequence[FactLine] = (), *, names: float = 0.34, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._names = names
        self._lines: tuple[FactLine, ...] = ()
        self._tops: list[float] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        self.set_lines(lines)

    def set_lines(self, lines: Sequence[FactLine]) -> None:
        """Show other lines."""
        self._lines = tuple(lines)
        self.setAccessibleName("\n".join(f"{line.name}: {line.value}" for line in lines[:40]))
        self._lay()

    def lines(self) -> tuple[FactLine, ...]:
        """What is shown."""
        return self._lines

    def _name_width(self) -> float:
        return round(self.width() * self._names)

    def _lay(self) -> None:
        """Heights of all lines for the present width."""
        top, tops = 0.0, []
        name_room = self._name_width() - 12
        value_room = max(40.0, self.width() - self._name_width())
        for line in self._lines:
            if top and not line.value:
                top += _ABOVE
            tops.append(top)
            height = float(_LINE)
            for words, size, bold, room in (
                (line.name, 12, False, name_room),
                (line.value, 14, line.bold, value_room),
            ):
                metrics = fonts.metrics(size, bold)
                if words and ("\n" in words or metrics.horizontalAdvance(words) > room):
                    box = metrics.boundingRect(QRectF(0, 0, room, 9999), _WRAP, words)
                    height = max(height, box.height())
            top += height + _GAP
        self._tops = [*tops, top]
        self.setFixedHeight(round(top))
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew."""
        if event.size().width() != event.oldSize().width():
            self._lay()

    def sizeHint(self) -> QSize:
        """Height follows the width."""
        return QSize(300, round(self._tops[-1]) if self._tops else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Only lines in the part asked for."""
        painter = QPainter(self)
        clip, x = event.rect(), self._name_width()
        for number, line in enumerate(self._lines):
            top, bottom = self._tops[number], self._tops[number + 1]
            if bottom < clip.top() or top > clip.bottom():
                continue
            if line.mark:
                painter.fillRect(QRectF(-0.5, top + 1, 3, _LINE - 3), palette.colour(line.mark))
            left = 10 if line.mark else 0
            heading = not line.value
            painter.setPen(palette.colour("text" if heading else "text2"))
            painter.setFont(fonts.font(12, heading))
            painter.drawText(
                QRectF(left, top + 2, x - 12 - left if not heading else self.width(), bottom - top),
                _WRAP,
                line.name,
            )
            painter.setPen(palette.colour(line.ink))
            painter.setFont(fonts.font(14, line.bold))
            painter.drawText(QRectF(x, top, self.width() - x, bottom - top), _WRAP, line.value)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Copy the value with its zeros."""
        for number, line in enumerate(self._lines):
            if line.value and self._tops[number] <= event.y() < self._tops[number + 1]:
                self._offer_copy(line.value, event.globalPos())
                return

    def _offer_copy(self, value: str, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(text("ui.copy")).triggered.connect(lambda: QGuiApplication.clipboard().setText(value))
        menu.popup(place)
