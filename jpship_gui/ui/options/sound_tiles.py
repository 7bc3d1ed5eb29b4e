"""The four sounds to be heard, each in its colour and shape; beneath them what plays them and how long that took."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from jpship_gui.texts import text
from jpship_gui.ui.pack.looks import LOOKS
from jpship_gui.ui.pack.sound import SOUNDS, orchestra
from jpship_gui.ui.pack.sound_sheet import player_words
from jpship_gui.ui.theme import fonts, glyphs, palette
from jpship_gui.ui.widgets.retranslating import Retranslating

_TALL, _GAP, _NOTE = 48, 8, 28
_WIDE = 2  # beside each other
_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SoundTiles(Retranslating, QWidget):
    """A click, or the arrow keys and the space bar, plays one: `wanted` carries its class."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._at = 0
        self._took = ""
        self.setFixedHeight(2 * _TALL + _GAP + _NOTE)
        self.setMinimumWidth(380)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(text("packfeel.act.sounds"))

    def tile(self, klass: str) -> QRectF:
        """Where a class is clicked."""
        wide = (self.width() - _GAP * (_WIDE - 1)) / _WIDE
        row, column = divmod(list(SOUNDS).index(klass), _WIDE)
        return QRectF(column * (wide + _GAP), row * (_TALL + _GAP), wide, _TALL)

    def handed(self) -> None:
        """The sound was handed over; how long that took is shown."""
        self._took = text("packfeel.handed", ms=f"{orchestra().handed_ms:.2f}")
        self.update()

    def _played(self, klass: str, took: float, failed: bool) -> None:
        key = "packfeel.played.failed" if failed else "packfeel.played"
        self._took = f"{self._took}　{text(key, ms=round(took))}"
        self.update()

    def showEvent(self, event: QShowEvent) -> None:
        """From now on it hears how sounds went."""
        super().showEvent(event)
        orchestra().played.connect(self._played)

    def hideEvent(self, event: QHideEvent) -> None:
        """And no longer."""
        super().hideEvent(event)
        orchestra().played.disconnect(self._played)
        self._took = ""

    def retranslate(self) -> None:
        """Words stand in the painting."""
        self.setAccessibleName(text("packfeel.act.sounds"))
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Play the one clicked."""
        for place, klass in enumerate(SOUNDS):
            if self.tile(klass).contains(event.position()):
                self._at = place
                self.wanted.emit(klass)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right choose, the space bar plays."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if step:
            self._at = (self._at + step) % len(SOUNDS)
            self.update()
        elif event.key() in _KEYS:
            self.wanted.emit(list(SOUNDS)[self._at])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Four tiles, and a line about the player."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = Qt.AlignmentFlag.AlignVCenter
        for place, klass in enumerate(SOUNDS):
            ground, ink, shape = LOOKS[klass]
            box = self.tile(klass)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.colour(ground))
            painter.drawRoundedRect(box, 8, 8)
            if self.hasFocus() and place == self._at:
                painter.setPen(palette.colour("accent"))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(box.adjusted(-1, -1, 1, 1).adjusted(2, 2, -2, -2), 7, 7)
            mark = QRectF(box.left() + 14, box.center().y() - 13, 26, 26)
            glyphs.paint_visible(painter, shape, mark, palette.colour(ink), palette.colour(ground))
            painter.setPen(palette.colour(ink))
            painter.setFont(fonts.font(16, True))
            painter.drawText(box.adjusted(56, 0, -8, 0), middle, text(f"packfeel.sound.{klass}"))
        painter.setPen(palette.colour("text2"))
        painter.setFont(fonts.font(12))
        line = QRectF(0, self.height() - _NOTE, self.width(), _NOTE)
        words = text("packfeel.player", player=player_words())
        painter.drawText(line, middle, f"{words}　{self._took}".strip())
        painter.end()
