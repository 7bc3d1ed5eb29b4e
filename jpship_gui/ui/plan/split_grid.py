"""Boxes as columns, goods as rows; − and + move one piece, by mouse or key."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from jpship_gui.texts import text
from jpship_gui.ui import names
from jpship_gui.ui.plan import painting
from jpship_gui.ui.plan.split_draft import SplitDraft
from jpship_gui.ui.theme import fonts, palette
from jpship_gui.ui.widgets.retranslating import Retranslating

_NAME, _TOTAL, _BOX = 300, 72, 152
_HEAD, _ROW = 76, 52
_BUTTON = 36


class SplitGrid(Retranslating, QWidget):
    """Works on a draft; emits `changed()`. Arrows walk, + and − move a piece into and out of the framed box."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.draft: SplitDraft | None = None
        self.at = (0, 0)  # line, box
        self._under: tuple[int, int, int] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_draft(self, draft: SplitDraft) -> None:
        """Work on this one from now on."""
        self.draft = draft
        self.at = (0, min(1, len(draft.boxes) - 1))
        self.refresh()

    def refresh(self) -> None:
        """Boxes came or went."""
        draft = self.draft
        if draft is None:
            return
        line, box = self.at
        self.at = (min(line, max(0, len(draft.lines) - 1)), min(box, len(draft.boxes) - 1))
        self.setFixedSize(self.sizeHint())
        self._describe()
        self.update()

    def retranslate(self) -> None:
        """All words are painted."""
        self._describe()
        self.update()

    def sizeHint(self) -> QSize:
        """All goods and boxes."""
        draft = self.draft
        boxes, lines = (len(draft.boxes), len(draft.lines)) if draft else (1, 1)
        return QSize(_NAME + _TOTAL + boxes * _BOX, _HEAD + lines * _ROW)

    def _describe(self) -> None:
        draft = self.draft
        if draft is None or not draft.lines:
            return
        line, box = self.at
        words = text(
            "planpage.split.cell", goods=draft.lines[line].name, box=box + 1, count=draft.boxes[box][line]
        )
        self.setAccessibleName(words)

    def _cell(self, line: int, box: int) -> QRectF:
        return QRectF(_NAME + _TOTAL + box * _BOX, _HEAD + line * _ROW, _BOX, _ROW)

    def _hit(self, at: QPointF) -> tuple[int, int, int] | None:
        """Line, box, and −1 or 1 over a button, else 0."""
        draft = self.draft
        if draft is None or at.x() < _NAME + _TOTAL or at.y() < _HEAD:
            return None
        box, line = int((at.x() - _NAME - _TOTAL) // _BOX), int((at.y() - _HEAD) // _ROW)
        if box >= len(draft.boxes) or line >= len(draft.lines):
            return None
        x = at.x() - _NAME - _TOTAL - box * _BOX
        return line, box, -1 if x < 8 + _BUTTON else 1 if x > _BOX - 8 - _BUTTON else 0

    def shift(self, line: int, box: int, step: int) -> None:
        """One piece into (1) or out of (−1) a box."""
        draft = self.draft
        if draft is not None and (draft.put(line, box) if step > 0 else draft.take(line, box)):
            self._describe()
            self.update()
            self.changed.emit()

    # Keys and mouse ---------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk, + and − move."""
        draft, (line, box) = self.draft, self.at
        steps = {
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
        }
        key = Qt.Key(event.key())
        if draft is None or not draft.lines:
            super().keyPressEvent(event)
        elif key in steps:
            down, right = steps[key]
            self.at = (
                min(max(line + down, 0), len(draft.lines) - 1),
                min(max(box + right, 0), len(draft.boxes) - 1),
            )
            self._describe()
            self.update()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Semicolon) and event.text() in ("+", "＋"):
            self.shift(line, box, 1)
        elif key == Qt.Key.Key_Minus:
            self.shift(line, box, -1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on − or + moves; elsewhere it sets the frame."""
        hit = self._hit(event.position())
        if hit is None or event.button() != Qt.MouseButton.LeftButton:
            return
        line, box, step = hit
        self.at = (line, box)
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if step:
            self.shift(line, box, step)
        self._describe()
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """What is under the mouse is a little darker."""
        self._under = self._hit(event.position())
        live = bool(self._under and self._under[2])
        self.setCursor(Qt.CursorShape.PointingHandCursor if live else Qt.CursorShape.ArrowCursor)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the mouse."""
        self._under = None
        self.update()
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The frame shows where the keys go."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Without its frame."""
        super().focusOutEvent(event)
        self.update()

    # Painting ---------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Heads with the pieces of each box, then the goods."""
        draft = self.draft
        if draft is None:
            return
        painter = QPainter(self)
        painting.line(painter, text("detail.goods"), QRectF(20, 44, _NAME, 20), "text2", 12)
        total = QRectF(_NAME, 44, _TOTAL - 16, 20)
        painting.line(painter, text("planpage.split.total"), total, "text2", 12, right=True)
        for box in range(len(draft.boxes)):
            self._paint_box_head(painter, draft, box)
        painter.fillRect(QRectF(0, _HEAD - 1, self.width(), 1), palette.colour("line_strong"))
        for line in range(len(draft.lines)):
            self._paint_line(painter, draft, line)
        for box in range(len(draft.boxes)):
            x = _NAME + _TOTAL + box * _BOX
            painter.fillRect(QRectF(x, 0, 1, self.height()), palette.colour("line"))
        painter.end()

    def _paint_box_head(self, painter: QPainter, draft: SplitDraft, box: int) -> None:
        x, pieces = _NAME + _TOTAL + box * _BOX, draft.pieces(box)
        title = QRectF(x + 12, 8, _BOX - 24, 20)
        painting.line(painter, text("planpage.split.box", number=box + 1), title, "text2", 12)
        figure = QRectF(x + 12, 28, _BOX - 24, 40)
        wide = painting.line(painter, str(pieces), figure, "text" if pieces else "ng", 28, True)
        word = text("planpage.split.pieces", count=pieces)
        painting.line(painter, word, figure.adjusted(wide + 6, 10, 0, 0), "text2", 12)

    def _paint_line(self, painter: QPainter, draft: SplitDraft, line: int) -> None:
        goods, top = draft.lines[line], _HEAD + line * _ROW
        name = QRectF(20, top, _NAME - 24, _ROW)
        if goods.order:
            painting.line(painter, names.short_number(goods.order), name.adjusted(0, 28, 0, -4), "text3", 12)
            name = name.adjusted(0, 2, 0, -18)
        variant = goods.variant
        wanted = fonts.metrics(14, True).horizontalAdvance(variant) + 20 if variant else 0
        if wanted > 160:
            variant = fonts.metrics(14, True).elidedText(variant, Qt.TextElideMode.ElideRight, 140)
            wanted = 160
        wide = painting.line(painter, goods.name, name.adjusted(0, 0, -wanted, 0), "text2")
        if variant:
            painting.pill(painter, variant, name.left() + wide + 8, name.center().y(), "text", "variant")
        total = QRectF(_NAME, top, _TOTAL - 16, _ROW)
        painting.line(painter, f"×{goods.quantity}", total, "text", 14, goods.quantity > 1, right=True)
        for box in range(len(draft.boxes)):
            self._paint_cell(painter, draft, line, box)
        painter.fillRect(QRectF(0, top + _ROW - 1, self.width(), 1), palette.colour("line"))

    def _paint_cell(self, painter: QPainter, draft: SplitDraft, line: int, box: int) -> None:
        cell, count = self._cell(line, box), draft.boxes[box][line]
        current = self.at == (line, box)
        if current:
            painter.fillRect(cell.adjusted(1, 0, 0, -1), palette.colour("accent_weak"))
        ink = "text" if count else "ghost"
        middle = Qt.AlignmentFlag.AlignCenter
        painter.setPen(palette.colour(ink))
        painter.setFont(fonts.font(20, bool(count)))
        painter.drawText(cell, middle, str(count) if count else "–")
        more = draft.countable and count < draft.lines[line].quantity and len(draft.boxes) > 1
        less = draft.countable and count > 0 and len(draft.boxes) > 1
        for step, live in ((-1, less), (1, more)):
            place = QRectF(cell.left() + 8 if step < 0 else cell.right() - 8 - _BUTTON, 0, _BUTTON, _BUTTON)
            place.moveTop(cell.center().y() - _BUTTON / 2)
            self._paint_button(painter, place, step, live, self._under == (line, box, step))
        if current and self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.colour("accent"), 2))
            painter.drawRect(cell.adjusted(2, 1, -1, -2))

    def _paint_button(self, painter: QPainter, place: QRectF, step: int, live: bool, under: bool) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(palette.colour("line_strong" if live else "line"), 1))
        painter.setBrush(palette.colour("hover" if under and live else "raised"))
        painter.drawRoundedRect(place.adjusted(2.5, 2.5, -2.5, -2.5), 6, 6)
        painter.setPen(QPen(palette.colour("text" if live else "ghost"), 2))
        centre = place.center()
        painter.drawLine(QPointF(centre.x() - 6, centre.y()), QPointF(centre.x() + 6, centre.y()))
        if step > 0:
            painter.drawLine(QPointF(centre.x(), centre.y() - 6), QPointF(centre.x(), centre.y() + 6))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
