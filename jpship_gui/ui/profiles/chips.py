"""Small painted marks of the editor: a column, a transform, how sure a part is."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from jpship_gui.texts import text
from jpship_gui.ui.theme import fonts, glyphs, icons, palette
from jpship_gui.ui.widgets.retranslating import Retranslating

_HEIGHT = 28
_PAD = 10
_WIDEST = 220
_LOOKS = {
    "CONFIRMED": (glyphs.OK, "ok", "ok_weak", "ok_strong"),
    "LIKELY": (glyphs.CHECK, "done", "done_weak", "done_strong"),
    "GUESS": (glyphs.ATTENTION, "attention", "attention_weak", "attention_strong"),
}


class PressChip(Retranslating, QAbstractButton):
    """Words on a tinted ground that open a menu or a dialog, or an icon alone; a dashed border marks a suggestion."""

    def __init__(
        self,
        words: str,
        *,
        icon: str = "",
        ground: str = "variant",
        ink: str = "text",
        dashed: bool = False,
        size: int = 14,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon, self._ground, self._ink = icon, ground, ink
        self._dashed, self._size = dashed, size
        self.setText(words)
        self.setAccessibleName(words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        if fonts.width(words, size) > _WIDEST:
            self.setToolTip(words)

    def sizeHint(self) -> QSize:
        """Words up to a width, and the icon."""
        if not self.text():
            return QSize(_HEIGHT, _HEIGHT)
        words = min(fonts.width(self.text(), self._size), _WIDEST)
        return QSize(round(words) + 2 * _PAD + 2 + (20 if self._icon else 0), _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, border, words, icon."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(
            palette.colour("accent" if self.hasFocus() else "attention" if self._dashed else "line_strong")
        )
        pen.setWidthF(2 if self.hasFocus() else 1)
        if self._dashed and not self.hasFocus():
            pen.setStyle(Qt.PenStyle.CustomDashLine)
            pen.setDashPattern([4, 3])
        bare = not self._dashed and not self.hasFocus() and self._ground != ""
        painter.setPen(Qt.PenStyle.NoPen if bare else pen)
        ground = "hover" if self.underMouse() else "surface" if self._dashed else self._ground
        painter.setBrush(palette.colour(ground) if ground else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.setPen(palette.colour(self._ink))
        painter.setFont(fonts.font(self._size))
        room = self.width() - 2 * _PAD - (20 if self._icon else 0)
        words = fonts.metrics(self._size).elidedText(self.text(), Qt.TextElideMode.ElideRight, room + 2)
        painter.drawText(QRectF(_PAD, 0, room + 4, self.height()), Qt.AlignmentFlag.AlignVCenter, words)
        if self._icon:
            x = self.width() - 26 if self.text() else (self.width() - 16) / 2
            icons.draw(painter, self._icon, x, self.height() / 2 - 8, 16, "text3")


class GradeChip(Retranslating, QWidget):
    """How sure a profile or a part of it is: shape, word and colour; nothing where nothing is said."""

    def __init__(self, grade: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grade = ""
        self.set(grade)

    def set(self, grade: str) -> None:
        """Show another grade."""
        self._grade = grade
        if grade not in _LOOKS:
            self.hide()
        elif self.parentWidget() is not None:  # without a parent it would be a window of its own
            self.show()
        self.retranslate()

    def retranslate(self) -> None:
        """Its words and the room they need."""
        words = text(f"profile.choice.grade.{self._grade or 'none'}")
        self.setAccessibleName(words)
        self.setToolTip(text(f"profiles.grade.{self._grade or 'none'}"))
        self.setFixedSize(round(fonts.width(words, 12, True)) + 36, 24)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The tinted ground, the shape, the word."""
        if self._grade not in _LOOKS:
            return
        shape, ink, ground, strong = _LOOKS[self._grade]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.colour(ground))
        painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        glyphs.draw(painter, shape, 8, 5, 14, ink, ground)
        painter.setPen(palette.colour(strong))
        painter.setFont(fonts.font(12, True))
        box = QRectF(27, 0, self.width() - 28, self.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text(f"profile.choice.grade.{self._grade}"))
