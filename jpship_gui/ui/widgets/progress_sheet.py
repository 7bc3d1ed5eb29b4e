"""What a running task shows after half a second: what, how far, time left, cancel."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from jpship_gui.texts import text
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.sheet import Sheet


class ProgressSheet(Sheet):
    """Emits `cancelled`; `start(key)`, `step(done, total, note)`, `stop()`."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(ground="raised", line="line_strong", parent=parent)
        self._clock = QElapsedTimer()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 12, 14)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(12)
        self.title = Label("ui.working", bold=True)
        self.note = Label(ink="text2")
        self.cancel = Button("ui.cancel", kind="quiet", size="small", cap="Esc")
        self.cancel.clicked.connect(self.cancelled)
        row.addWidget(self.title)
        row.addWidget(self.note, 1)
        row.addWidget(self.cancel)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        column.addLayout(row)
        column.addWidget(self.bar)
        self.setFixedWidth(440)
        self.hide()

    def start(self, key: str) -> None:
        """A task began; `key` names it (empty = "working")."""
        self.title.say(key or "ui.working")
        self.note.show_text("")
        self.bar.setRange(0, 0)
        self._clock.start()

    def step(self, done: int, total: int, note: str) -> None:
        """How far it is; the time left is guessed from the second second on."""
        self.bar.setRange(0, max(total, 0))
        self.bar.setValue(done)
        words = f"{done:,} / {total:,}" if total else f"{done:,}"
        spent = self._clock.elapsed() / 1000
        if total and done and spent > 2:
            words += "  " + text("ui.seconds_left", count=max(1, round(spent * (total - done) / done)))
        self.note.show_text(f"{note}  {words}" if note else words)

    def stop(self) -> None:
        """It ended."""
        self.hide()
