"""The bar that offers to take back what was just done, for ten seconds."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QEvent, QRectF, QTimer
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from jpship_gui.ui.theme import glyphs, palette
from jpship_gui.ui.widgets.button import Button, IconButton
from jpship_gui.ui.widgets.glyph import Glyph
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.sheet import Sheet

SECONDS = 10


class UndoBar(Sheet):
    """`offer(words, undo)` shows it; the time stands still while the mouse is over it. One offer at a time."""

    def __init__(self, cap: str = "", parent: QWidget | None = None) -> None:
        super().__init__(ground="raised", line="line_strong", radius=8, parent=parent)
        self._undo: Callable[[], None] | None = None
        self._spent = 0
        self._clock = QElapsedTimer()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(10)
        self._glyph = Glyph(glyphs.CHECK, 18, "ok", "raised")
        self.words = Label()
        self.button = Button("ui.undo", kind="plain", icon="arrow-back-up", cap=cap)
        self._close = IconButton("x", "ui.close", size="small")
        row.addWidget(self._glyph)
        row.addWidget(self.words, 1)
        row.addSpacing(16)
        row.addWidget(self.button)
        row.addWidget(self._close)
        self.button.clicked.connect(self.undo)
        self._close.clicked.connect(self.dismiss)
        self._tick = QTimer(self)
        self._tick.setInterval(100)
        self._tick.timeout.connect(self._ticked)
        self.hide()

    def offer(self, words: str, undo: Callable[[], None] | None) -> None:
        """Say what was done; without `undo` the bar only says it."""
        self._undo = undo
        self._spent = 0
        self.words.show_text(words)
        self.button.setVisible(undo is not None)
        self._clock.start()
        self._tick.start()
        self.adjustSize()
        self.show()
        self.raise_()

    def waiting(self) -> bool:
        """Whether there is something to take back."""
        return self._undo is not None and self.isVisible()

    def undo(self) -> None:
        """Take it back, once."""
        undo, self._undo = self._undo, None
        self.dismiss()
        if undo is not None:
            undo()

    def dismiss(self) -> None:
        """Take the bar away; what was done stays done."""
        self._tick.stop()
        self._undo = None
        self.hide()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Stop the time."""
        self._spent += self._clock.elapsed()
        self._tick.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Let it run again."""
        if self.isVisible():
            self._clock.restart()
            self._tick.start()
        super().leaveEvent(event)

    def _ticked(self) -> None:
        if self._spent + self._clock.elapsed() >= SECONDS * 1000:
            self.dismiss()
        else:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The sheet, and the time left as a line at its foot."""
        super().paintEvent(event)
        running = self._clock.elapsed() if self._tick.isActive() else 0
        left = max(0.0, 1 - (self._spent + running) / (SECONDS * 1000))
        box = QRectF(8, self.height() - 3, (self.width() - 16) * left, 2)
        QPainter(self).fillRect(box, palette.colour("accent"))
