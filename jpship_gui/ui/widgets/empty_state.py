"""What stands where nothing is yet: what would be here, and one button to get it there."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.glyph import Icon
from jpship_gui.ui.widgets.label import Label


class EmptyState(QWidget):
    """Icon, title, one or two lines, and at most one button; emits `act` when it is pressed."""

    act = Signal()

    def __init__(
        self,
        icon: str,
        title: str,
        words: str = "",
        *,
        act_key: str = "",
        act_icon: str = "",
        cap: str = "",
        primary: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 32, 32, 32)
        column.setSpacing(0)
        centre = Qt.AlignmentFlag.AlignHCenter
        self._icon = Icon(icon, 28, "accent", tile=56)
        self.title = Label(title, size=20, bold=True)
        self.words = Label(words, ink="text2", wrap=True)
        self.title.setAlignment(centre)
        self.words.setAlignment(centre)
        self.words.setMinimumWidth(480)
        self.button = Button(act_key, kind="primary" if primary else "plain", icon=act_icon, cap=cap)
        self.button.clicked.connect(self.act)
        column.addStretch(2)
        for widget, gap in ((self._icon, 20), (self.title, 10), (self.words, 24), (self.button, 0)):
            column.addWidget(widget, 0, centre)
            column.addSpacing(gap)
        column.addStretch(3)
        self.words.setVisible(bool(words))  # not before they have a parent: they would be windows of their own
        self.button.setVisible(bool(act_key))

    def say(self, icon: str, title: str, words: str = "", act_key: str = "") -> None:
        """Say something else, such as "nothing found" instead of "nothing there yet"."""
        self._icon.set(icon)
        self.title.say(title)
        self.words.setVisible(bool(words))
        if words:
            self.words.say(words)
        self.button.setVisible(bool(act_key))
        if act_key:
            self.button.say(act_key)
