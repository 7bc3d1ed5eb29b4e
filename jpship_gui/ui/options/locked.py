"""What stands in place of the settings for whoever may not change them: who may, and the way to become that person."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jpship_gui.domain.roles import Right
from jpship_gui.flows import people
from jpship_gui.flows.pack.crew import Crew
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.label import Label


class Locked(QWidget):
    """Emits `opened` once somebody stands here who may."""

    opened = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.buttons: list[Button] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(48, 96, 48, 48)
        column.setSpacing(16)
        column.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        centred = Qt.AlignmentFlag.AlignHCenter
        title = Label("people.locked", size=20, bold=True)
        column.addWidget(title, 0, centred)
        self.how = Label("people.locked.how", ink="text2")
        column.addWidget(self.how, 0, centred)
        self._row = QHBoxLayout()
        self._row.setSpacing(12)
        column.addLayout(self._row)

    def refresh(self) -> None:
        """Those who may, to be chosen by a click where that counts."""
        while (item := self._row.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        ws = self._desk.ws
        crew = Crew(ws)
        may = crew.who_may(Right.SETTINGS)
        self.buttons = [self._button(name, crew.by_click(name)) for name in may]
        self._row.addStretch(1)
        for button in self.buttons:
            self._row.addWidget(button)
        self._row.addStretch(1)
        by_click = any(button.isEnabled() for button in self.buttons)
        self.how.say("people.locked.how" if by_click else "people.locked.badge")

    def _button(self, name: str, by_click: bool) -> Button:
        button = Button(icon="user")
        button.show_text(name)
        button.setEnabled(by_click)
        button.clicked.connect(lambda: self._become(name))
        return button

    def _become(self, name: str) -> None:
        self._desk.ws = replace(self._desk.ws, person=name)
        self._desk.settled.emit()
        if people.may(self._desk.ws, Right.SETTINGS):
            self.opened.emit()
