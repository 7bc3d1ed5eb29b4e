"""The way of one shipment as a row of rings, each filled when its fact is true."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from jpship_gui.texts import text
from jpship_gui.ui.theme import fonts, palette
from jpship_gui.ui.widgets.retranslating import Retranslating


class StepsRow(Retranslating, QWidget):
    """Words by key, one ring each. `set_done` fills rings; `tips` are shown when the mouse rests on a step."""

    def __init__(self, keys: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = tuple(keys)
        self._words: tuple[str, ...] = ()
        self._done: tuple[bool, ...] = (False,) * len(self._keys)
        self._tips: tuple[str, ...] = ("",) * len(self._keys)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def set_done(self, done: Sequence[bool], tips: Sequence[str] = ()) -> None:
        """Which steps are done, and what to say of each (when, by whom)."""
        self._done = tuple(done)
        self._tips = tuple(tips) or ("",) * len(self._keys)
        self.setAccessibleName("、".join(w for w, on in zip(self._words, self._done, strict=True) if on))
        self.update()

    def retranslate(self) -> None:
        """Words of the steps; in a language with long words two rows are used."""
        self._words = tuple(text(key) for key in self._keys)
        self.updateGeometry()
        self.update()

    def _slot(self) -> float:
        return self.width() / max(1, len(self._keys))

    def _two_rows(self) -> bool:
        return any(fonts.width(word, 12) > self._slot() - 2 for word in self._words)

    def sizeHint(self) -> QSize:
        """Room for two rows of words where they are long."""
        return QSize(320, 58 if self._two_rows() else 42)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One row or two."""
        self.updateGeometry()

    def event(self, event: QEvent) -> bool:
        """The tip of the step under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = min(len(self._keys) - 1, int(event.pos().x() / self._slot()))
            QToolTip.showText(event.globalPos(), self._tips[index] or self._words[index], self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Line first, rings on it, words beneath."""
        painter = QPainter(self)
        slot, y = self._slot(), 10.0
        staggered = self._two_rows()
        for index in range(len(self._keys) - 1):
            both = self._done[index] and self._done[index + 1]
            box = QRectF(slot * (index + 0.5), y - 1, slot, 2)
            painter.fillRect(box, palette.colour("done" if both else "line"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index, word in enumerate(self._words):
            centre, done = QPointF(slot * (index + 0.5), y), self._done[index]
            painter.setPen(QPen(palette.colour("done" if done else "line_strong"), 1.6))
            painter.setBrush(palette.colour("done" if done else "surface"))
            painter.drawEllipse(centre, 5, 5)
            painter.setPen(palette.colour("text" if done else "text3"))
            painter.setFont(fonts.font(12))
            top = 22 + (16 if staggered and index % 2 else 0)
            room = slot * (2 if staggered else 1) - 2
            words = fonts.metrics(12).elidedText(word, Qt.TextElideMode.ElideRight, room)
            left = min(max(0.0, centre.x() - room / 2), self.width() - room)
            align = Qt.AlignmentFlag.AlignHCenter
            if staggered and left == 0.0:
                align = Qt.AlignmentFlag.AlignLeft
            elif staggered and left >= self.width() - room - 0.5:
                align = Qt.AlignmentFlag.AlignRight
            painter.drawText(QRectF(left, top, room, 18), align | Qt.AlignmentFlag.AlignVCenter, words)
