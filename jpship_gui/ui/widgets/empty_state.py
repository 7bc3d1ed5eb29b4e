"""What stands where nothing is yet: what would be here, and one button to get it there."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.glyph import Icon
from jpship_gui.ui.widgets.label import Label

_WIDTH = 520  # some 37 full-width characters a line


class EmptyState(QWidget):
    """Icon, title, one or two lines, and at most one button; emits `act` when it is pressed. A quiet one stands beside
    something that matters more."""

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
        quiet: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        centre = Qt.AlignmentFlag.AlignHCenter
        self._icon = Icon(icon, 28, "text3", tile=0) if quiet else Icon(icon, 28, "accent", tile=56)
        self.title = Label(title, size=14 if quiet else 20, bold=not quiet, ink="text2" if quiet else "text")
        self.title.setMinimumHeight(20 if quiet else 30)  # else the letters' lower ends are cut
        self.words = Label(words, ink="text2", wrap=True)
        self.words.setAlignment(centre)
        self.button = Button(act_key, kind="primary" if primary else "plain", icon=act_icon, cap=cap)
        self.button.clicked.connect(self.act)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 32, 24, 32)
        column.setSpacing(0)
        column.addStretch(2)
        for widget, gap in ((self._icon, 20), (self.title, 10)):
            column.addWidget(widget, 0, centre)
            column.addSpacing(gap)
        middle = QHBoxLayout()  # not an alignment: with one, a label that wraps gets the height of one line
        middle.addStretch(1)
        middle.addWidget(self.words, 100)
        middle.addStretch(1)
        self.words.setMaximumWidth(_WIDTH)
        column.addLayout(middle)
        column.addSpacing(24)
        column.addWidget(self.button, 0, centre)
        column.addStretch(3)
        # not before they have a parent: they would be windows of their own
        self.words.setVisible(bool(words))
        self.button.setVisible(bool(act_key))

    def say(self, icon: str, title: str, words: str = "", act_key: str = "", cap: str = "") -> None:
        """Say something else, such as "nothing found" instead of "nothing there yet"."""
        self._icon.set(icon)
        self.title.say(title)
        self.words.setVisible(bool(words))
        if words:
            self.words.say(words)
        self.button.setVisible(bool(act_key))
        if act_key:
            self.button.set_cap(cap)
            self.button.say(act_key)
