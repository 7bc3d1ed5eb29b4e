"""What lies over the window while files are dragged over it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from jpship_gui.texts import text
from jpship_gui.ui.theme import fonts, icons, palette


class DropOverlay(QWidget):
    """Says that the files may be let go anywhere."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def cover(self) -> None:
        """Lie over all of the parent."""
        window = self.parentWidget()
        if window is not None:
            self.setGeometry(window.rect())
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A veil, a dashed frame, one line of words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QColor(palette.colour("accent_weak"))
        veil.setAlphaF(0.94)
        painter.fillRect(self.rect(), veil)
        pen = QPen(palette.colour("accent"), 2, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(24, 24, -24, -24), 12, 12)
        centre = self.rect().center()
        icons.draw(painter, "file-import", centre.x() - 24, centre.y() - 64, 48, "accent")
        painter.setPen(palette.colour("text"))
        painter.setFont(fonts.font(28, True))
        box = QRectF(0, centre.y(), self.width(), 48)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text("window.drop"))
