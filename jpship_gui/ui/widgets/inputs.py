"""A number and one of a list, as they are typed and chosen everywhere."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QIntValidator, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit

from jpship_gui.ui.theme import fonts, icons


class Number(QLineEdit):
    """Figures only; `valueChanged` once a number within its bounds is complete, another falls back to the last."""

    valueChanged = Signal(int)

    def __init__(self, low: int, high: int, value: int) -> None:
        super().__init__(str(value))
        self._value = value
        self.setValidator(QIntValidator(low, high, self))
        self.setToolTip(f"{low} – {high}")
        self.setFont(fonts.font(14))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFixedWidth(96)
        self.editingFinished.connect(self._finished)

    def value(self) -> int:
        """The number that is kept."""
        return self._value

    def set_value(self, value: int) -> None:
        """Show another number, without a signal."""
        self._value = value
        self.setText(str(value))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Half a number is no number."""
        super().focusOutEvent(event)
        if not self.hasAcceptableInput():
            self.setText(str(self._value))

    def _finished(self) -> None:
        number = int(self.text())
        if number != self._value:
            self._value = number
            self.valueChanged.emit(number)


class Choice(QComboBox):
    """A list; the wheel scrolls the page, not the value."""

    def __init__(self, choices: Sequence[tuple[str, str]], value: str, width: int = 280) -> None:
        super().__init__()
        self.setFont(fonts.font(14))
        self.setFixedWidth(width)
        self.set_choices(choices, value)

    def set_choices(self, choices: Sequence[tuple[str, str]], value: str) -> None:
        """Offer these; a value that is none of them is offered as well."""
        self.blockSignals(True)
        self.clear()
        for one, words in choices:
            self.addItem(words, one)
        if value not in [one for one, _ in choices]:
            self.addItem(value, value)
        self.setCurrentIndex(self.findData(value))
        self.blockSignals(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Not ours."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The arrow, which the style sheet takes away."""
        super().paintEvent(event)
        icons.draw(QPainter(self), "chevron-down", self.width() - 28, (self.height() - 18) / 2, 18, "text2")
