"""Why a person stops something: asked in place, never in a dialog."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from jpship_gui.texts import text
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.flow import FlowLayout
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.retranslating import Retranslating
from jpship_gui.ui.widgets.sheet import Sheet

HOLD = ("ask_buyer", "address", "stock", "payment")
CANCEL = ("buyer", "mistake", "twice")


class ReasonPanel(Retranslating, Sheet):
    """Emits `decided(reason)` or `dropped()`. A reason is picked with one click, or typed and sent with the button.

    `act` names its words: `<act>.title`, `<act>.reason.<reason>`, `<act>.type`, `<act>.do`,
    `<act>.leave`.
    """

    decided = Signal(str)
    dropped = Signal()

    def __init__(
        self,
        act: str = "hold",
        reasons: Sequence[str] = HOLD,
        icon: str = "player-pause",
        kind: str = "primary",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(ground="hover", line="line_strong", parent=parent)
        self._act = act
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(12)
        self.title = Label(f"{act}.title", size=16, bold=True, count=1)
        column.addWidget(self.title)
        presets = FlowLayout()
        self.presets: dict[str, Button] = {}
        for reason in reasons:
            button = Button(f"{act}.reason.{reason}", size="small")
            button.clicked.connect(self._picked)
            button.setObjectName(reason)
            presets.addWidget(button)
            self.presets[reason] = button
        column.addLayout(presets)
        self.reason = QLineEdit()
        self.reason.setMaxLength(120)
        column.addWidget(self.reason)
        row = QHBoxLayout()
        self.ok = Button(f"{act}.do", kind=kind, icon=icon)
        self.ok.clicked.connect(self._send)
        cancel = Button(f"{act}.leave", kind="quiet", cap="Esc")
        cancel.clicked.connect(self.dropped)
        row.addWidget(self.ok)
        row.addWidget(cancel)
        row.addStretch(1)
        column.addLayout(row)
        self.reason.textChanged.connect(self._typed)
        self.retranslate()
        self.hide()

    def ask(self, count: int) -> None:
        """Show it, for so many shipments."""
        self.title.say(f"{self._act}.title", count=count)
        self.reason.clear()
        self._typed()
        self.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """The field's hint."""
        self.reason.setPlaceholderText(text(f"{self._act}.type"))
        self.reason.setAccessibleName(text(f"{self._act}.type"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc drops it; a bare Enter sends only what was typed by hand, and digits alone are a scan, not a reason."""
        if event.key() == Qt.Key.Key_Escape:
            self.dropped.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._send()
        else:
            super().keyPressEvent(event)

    def _words(self) -> str:
        return self.reason.text().strip()

    def _typed(self) -> None:
        words = self._words()
        self.ok.setEnabled(bool(words) and not _like_a_scan(words))

    def _send(self) -> None:
        if self.ok.isEnabled():
            self.decided.emit(self._words())

    def _picked(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.decided.emit(text(f"{self._act}.reason.{sender.objectName()}"))


def _like_a_scan(words: str) -> bool:
    bare = words.replace("-", "")
    return len(bare) >= 6 and bare.isascii() and bare.isalnum() and any(c.isdigit() for c in bare)
