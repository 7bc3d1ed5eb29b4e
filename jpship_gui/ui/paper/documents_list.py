"""The documents of a batch: which are printed, how many sheets, where to."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from jpship_gui.texts import text
from jpship_gui.ui.paper.contents import DOCUMENTS, GIFT, PICK_ORDER, SLIP
from jpship_gui.ui.theme import fonts, icons, palette
from jpship_gui.ui.widgets.checkbox import CheckBox
from jpship_gui.ui.widgets.retranslating import Retranslating
from jpship_gui.ui.widgets.sheet import Hairline, Sheet

_ROW = 54
_TITLES = {SLIP: "paper.document.slip", GIFT: "paperpage.gift_slip"}
_RIGHT = 20


def title_of(document: str) -> str:
    """A document's name on this page."""
    return text(_TITLES.get(document, f"paper.document.{document}"))


class _Header(Retranslating, QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(36)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Titles over the rows' columns."""
        painter = QPainter(self)
        painter.setFont(fonts.font(12))
        painter.setPen(palette.colour("text2"))
        middle = Qt.AlignmentFlag.AlignVCenter
        count, printer = _columns(self.width())
        painter.drawText(QRectF(52, 0, 200, 36), middle, text("paperpage.column.document"))
        right = middle | Qt.AlignmentFlag.AlignRight
        painter.drawText(QRectF(count - 100, 0, 100, 36), right, text("paperpage.column.sheets"))
        painter.drawText(QRectF(printer, 0, 200, 36), middle, text("paperpage.column.printer"))
        settings = QRectF(self.width() - _RIGHT - 120, 0, 120, 36)
        painter.drawText(settings, right, text("paperpage.column.settings"))
        painter.end()


def _columns(width: int) -> tuple[float, float]:
    """Right edge of the sheets, left edge of the printer."""
    return width * 0.53, width * 0.58


class DocumentRow(Retranslating, QWidget):
    """A tick, the name, its sheets and its printer. A click shows it, a click on the chevron opens its settings."""

    chosen = Signal(str)
    ticked = Signal(str, bool)
    settings_asked = Signal(str)

    def __init__(self, document: str, ticked: bool) -> None:
        super().__init__()
        self.document = document
        self._sheets = 0
        self._printer = ""
        self._tray = ""
        self._on = False
        self.setFixedHeight(_ROW)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.tick = CheckBox(checked=ticked)
        self.tick.toggled.connect(self._toggled)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 0, 0)
        row.addWidget(self.tick)
        row.addStretch(1)
        self.retranslate()

    def show_state(self, sheets: int, printer: str, tray: str) -> None:
        """`printer` "" = the system's default queue."""
        self._sheets, self._printer, self._tray = sheets, printer, tray
        self.tick.setEnabled(sheets > 0)
        self.update()

    def set_on(self, on: bool) -> None:
        """Its pages are what the left half shows."""
        self._on = on
        self.update()

    def retranslate(self) -> None:
        """Words stand in the painting."""
        self.tick.setAccessibleName(title_of(self.document))
        self.update()

    def _toggled(self, on: bool) -> None:
        self.ticked.emit(self.document, on)
        self.update()

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(480, _ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground of the chosen one, then the columns."""
        painter = QPainter(self)
        if self._on:
            painter.fillRect(QRectF(self.rect()), palette.colour("accent_weak"))
            painter.fillRect(QRectF(0, 0, 3, self.height()), palette.colour("accent"))
        live = self._sheets > 0 and self.tick.isChecked()
        ink = "text" if live else "text3"
        middle = Qt.AlignmentFlag.AlignVCenter
        count, printer = _columns(self.width())
        painter.setFont(fonts.font(14, live))
        painter.setPen(palette.colour(ink))
        painter.drawText(QRectF(52, 7, count - 100, 22), middle, title_of(self.document))
        painter.setFont(fonts.font(12))
        painter.setPen(palette.colour("text2" if live else "text3"))
        kind = text(f"paperpage.form.{self.document}")
        kind = fonts.metrics(12).elidedText(kind, Qt.TextElideMode.ElideRight, count - 110)
        painter.drawText(QRectF(52, 29, count - 100, 18), middle, kind)
        painter.setFont(fonts.font(20, True))
        painter.setPen(palette.colour(ink if self._sheets else "ghost"))
        figure = f"{self._sheets:,}" if self._sheets else "–"
        painter.drawText(QRectF(count - 100, 0, 100, _ROW), middle | Qt.AlignmentFlag.AlignRight, figure)
        icons.draw(painter, "printer", printer, _ROW / 2 - 9, 18, "text2" if live else "ghost")
        painter.setFont(fonts.font(14))
        painter.setPen(palette.colour(ink))
        end = self.width() - _RIGHT - 26
        tray = fonts.metrics(14).horizontalAdvance(self._tray)
        name = self._printer or text("paperpage.default_printer")
        room = end - tray - printer - 40
        name = fonts.metrics(14).elidedText(name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(printer + 28, 0, room + 4, _ROW), middle, name)
        painter.setPen(palette.colour("text2"))
        painter.drawText(QRectF(end - tray - 4, 0, tray + 4, _ROW), middle, self._tray)
        icons.draw(painter, "chevron-right", self.width() - _RIGHT - 18, _ROW / 2 - 9, 18, "text3")
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Shown, or its settings opened."""
        if event.position().x() > self.width() * 0.56:
            self.settings_asked.emit(self.document)
        else:
            self.chosen.emit(self.document)


class DocumentsList(Sheet):
    """One row a document; the signals of the rows, gathered."""

    chosen = Signal(str)
    ticked = Signal(str, bool)
    settings_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 4)
        column.setSpacing(0)
        self._header = _Header()
        column.addWidget(self._header)
        column.addWidget(Hairline(token="line_strong"))
        self.rows: dict[str, DocumentRow] = {}
        for document in DOCUMENTS:
            row = DocumentRow(document, document != PICK_ORDER)
            row.chosen.connect(self.chosen)
            row.ticked.connect(self.ticked)
            row.settings_asked.connect(self.settings_asked)
            self.rows[document] = row
            column.addWidget(row)
            if document != DOCUMENTS[-1]:
                column.addWidget(Hairline())

    def show_sheets(self, sheets: Mapping[str, int], printers: Mapping[str, tuple[str, str]]) -> None:
        """Sheets and (printer, tray) by document."""
        for document, row in self.rows.items():
            printer, tray = printers.get(document, ("", ""))
            row.show_state(sheets.get(document, 0), printer, tray)

    def set_current(self, document: str) -> None:
        """Which document the left half shows ("" = none of these)."""
        for name, row in self.rows.items():
            row.set_on(name == document)

    def wanted(self) -> frozenset[str]:
        """Documents that are ticked and have sheets."""
        return frozenset(
            name for name, row in self.rows.items() if row.tick.isChecked() and row.tick.isEnabled()
        )
