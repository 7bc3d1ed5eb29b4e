"""Text in the program's type: words by key, or data as it is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from jpship_gui.texts import text
from jpship_gui.ui.theme import fonts, palette
from jpship_gui.ui.widgets.retranslating import Retranslating


class Label(Retranslating, QLabel):
    """A label that knows its key (`say`) or shows data (`show_text`); `ink` is a token of the style sheet's list."""

    def __init__(
        self,
        key: str = "",
        *,
        size: int = 14,
        bold: bool = False,
        ink: str = "text",
        wrap: bool = False,
        select: bool = False,
        parent: QWidget | None = None,
        **values: object,
    ) -> None:
        super().__init__(parent)
        self._key = key
        self._values = values
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(fonts.font(size, bold))
        self.setProperty("ink", ink)
        self.setWordWrap(wrap)
        if select:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.retranslate()

    def say(self, key: str, **values: object) -> None:
        """Show the words of a key from now on."""
        self._key = key
        self._values = values
        self.retranslate()

    def show_text(self, words: str) -> None:
        """Show data as it is; it does not change with the language."""
        self._key = ""
        self.setText(words)

    def set_ink(self, ink: str) -> None:
        """Change the colour to another token."""
        if self.property("ink") != ink:
            self.setProperty("ink", ink)
            self.style().unpolish(self)
            self.style().polish(self)

    def retranslate(self) -> None:
        """Words of the key, if there is one."""
        if self._key:
            self.setText(text(self._key, **self._values))


class ElidedLabel(Retranslating, QWidget):
    """One line of data that is shortened with … when it does not fit; the whole text is its tool tip then."""

    def __init__(
        self,
        words: str = "",
        *,
        size: int = 14,
        bold: bool = False,
        ink: str = "text",
        middle: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._size = size
        self._bold = bold
        self._ink = ink
        self._mode = Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_text(self, words: str) -> None:
        """Show other data."""
        self._words = words
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def set_ink(self, ink: str) -> None:
        """Change the colour to another token."""
        self._ink = ink
        self.update()

    def words(self) -> str:
        """The whole text."""
        return self._words

    def sizeHint(self) -> QSize:
        """Room for the whole text in one line."""
        metrics = fonts.metrics(self._size, self._bold)
        return QSize(round(metrics.horizontalAdvance(self._words)) + 2, self._line_height())

    def minimumSizeHint(self) -> QSize:
        """Room for a few characters."""
        return QSize(min(self.sizeHint().width(), self._size * 3), self._line_height())

    def _line_height(self) -> int:
        return round(self._size * 1.45)

    def event(self, event: QEvent) -> bool:
        """The tool tip is the whole text, only when it is shortened."""
        if event.type() == QEvent.Type.ToolTip:
            self.setToolTip(self._words if self.sizeHint().width() > self.width() + 2 else "")
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The text, shortened to the width."""
        painter = QPainter(self)
        painter.setFont(fonts.font(self._size, self._bold))
        painter.setPen(palette.colour(self._ink if self.isEnabled() else "ghost"))
        words = fonts.metrics(self._size, self._bold).elidedText(self._words, self._mode, self.width() + 1)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine
        painter.drawText(QRectF(self.rect()), flags, words)
