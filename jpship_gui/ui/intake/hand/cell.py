"""Fields without boxes: a sheet is parted by hairlines, the one with the keyboard has the ring."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from jpship_gui.texts import text
from jpship_gui.ui.theme import fonts, glyphs, palette
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.retranslating import Retranslating
from jpship_gui.ui.widgets.sheet import Sheet

HEIGHT = 58
SIDE = 16
_LABEL = QRectF(0, 8, 0, 16)


class Field(QLineEdit):
    """One line to type into. Enter goes on to the next field; Ctrl+Z is the window's where nothing was typed.

    With `on` one types on behind what stands there, which Tab would else mark to be typed over.
    """

    def __init__(
        self, size: int = 16, bold: bool = False, *, on: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._on = on
        self.setProperty("plain", True)
        self.setFont(fonts.font(size, bold))
        self.setTextMargins(-2, 0, 0, 0)  # Qt's own inset, which would set the words off from their label
        self.returnPressed.connect(self._next)

    def _next(self) -> None:
        self.focusNextChild()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """To the end, or all of it marked."""
        super().focusInEvent(event)
        if self._on and event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.end(False)

    def event(self, event: QEvent) -> bool:
        """A field takes Ctrl+Z even where it has nothing to undo; what was just done is then out of reach."""
        asked = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if asked and event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable():  # type: ignore[attr-defined]
            event.ignore()
            return True
        return super().event(event)


class Paper(QPlainTextEdit):
    """Two lines to type into; Tab goes on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("plain", True)
        self.setFont(fonts.font(14))
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(0)
        self.setFixedHeight(44)


class Cell(Retranslating, QWidget):
    """A small label over its control; `note` stands at the right, such as the weekday of a day typed. What is wrong
    with the field takes the label's place, so that nothing moves."""

    def __init__(self, key: str, control: QWidget, *, note: str = "", height: int = HEIGHT) -> None:
        super().__init__()
        self._key, self._wrong, self._focused = key, "", False
        self.control = control
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.note = Label(note, ink="text2")
        self.note.setVisible(bool(note))
        row = QHBoxLayout(self)
        row.setContentsMargins(SIDE, 28 if isinstance(control, Paper) else 25, SIDE, 5)
        row.setSpacing(8)
        row.addWidget(control, 1)
        row.addWidget(self.note)
        control.installEventFilter(self)
        self.retranslate()

    def refuse(self, words: str) -> None:
        """Say what is wrong with it; "" = nothing."""
        if words != self._wrong:
            self._wrong = words
            self.retranslate()

    @property
    def wrong(self) -> str:
        """What is said to be wrong with it."""
        return self._wrong

    def remark(self, words: str) -> None:
        """Show data at its right end; "" = none."""
        self.note.show_text(words)
        self.note.setVisible(bool(words))

    def retranslate(self) -> None:
        """The label is painted, and is the control's name for screen readers."""
        name = text(self._key)
        self.control.setAccessibleName(f"{name} {self._wrong}".strip())
        self.setToolTip(self._wrong)
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The ring comes and goes with the keyboard."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._focused = event.type() == QEvent.Type.FocusIn
            self.update()
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The whole cell is the field."""
        self.control.setFocus(Qt.FocusReason.MouseFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Label or fault, and the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._focused or self._wrong:
            painter.setPen(QPen(palette.colour("ng" if self._wrong else "accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(3, 3, -3, -3), 6, 6)
        x = float(SIDE)
        if self._wrong:
            glyphs.draw(painter, glyphs.NG, x, 9, 14, "ng", "surface")
            x += 20
        room = self.width() - x - SIDE
        words = self._wrong or text(self._key)
        painter.setPen(palette.colour("ng" if self._wrong else "text2"))
        painter.setFont(fonts.font(12))
        words = fonts.metrics(12).elidedText(words, Qt.TextElideMode.ElideRight, room)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(QRectF(x, _LABEL.top(), room + 2, _LABEL.height()), flags, words)
        painter.end()


class CellSheet(Sheet):
    """Rows of cells between hairlines."""

    def __init__(self, rows: Sequence[Sequence[tuple[Cell, int]]] = ()) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 1, 1, 1)
        self._column.setSpacing(1)
        for row in rows:
            self.add(row)

    def add(self, row: Sequence[tuple[Cell, int]]) -> QWidget:
        """One more row: cells with their shares of the width."""
        holder = QWidget()
        across = QHBoxLayout(holder)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(1)
        for cell, share in row:
            across.addWidget(cell, share)
        self.add_widget(holder)
        return holder

    def add_widget(self, widget: QWidget) -> None:
        """One more row that is no cells."""
        self._column.addWidget(widget)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The sheet, and hairlines where rows and cells meet."""
        super().paintEvent(event)
        painter = QPainter(self)
        line = palette.colour("line")
        shown = [w for place in range(self._column.count()) if (w := self._at(place)) is not None]
        for number, holder in enumerate(shown):
            box = holder.geometry()
            if number:
                painter.fillRect(QRectF(SIDE, box.top() - 1, self.width() - 2 * SIDE, 1), line)
            for cell in holder.findChildren(Cell, options=Qt.FindChildOption.FindDirectChildrenOnly):
                if cell.x() > 0 and cell.isVisibleTo(self):
                    painter.fillRect(QRectF(box.left() + cell.x() - 1, box.top() + 10, 1, HEIGHT - 20), line)
        painter.end()

    def _at(self, place: int) -> QWidget | None:
        item = self._column.itemAt(place)
        widget = item.widget() if item is not None else None
        return widget if widget is not None and widget.isVisibleTo(self) else None
