"""Everybody who works here, each on one line: name, code, role; those who left can be had back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from jpship_gui.domain.badge import badge_of
from jpship_gui.domain.fault import Fault
from jpship_gui.domain.roles import Person, Role
from jpship_gui.flows import people
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.options.segments import Segments
from jpship_gui.ui.show import show_fault
from jpship_gui.ui.theme import fonts
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.retranslating import Retranslating
from jpship_gui.ui.widgets.sheet import Hairline, Sheet

_NAME, _CODE = 196, 96
_ROLES = tuple((role.value, f"people.role.{role.value}") for role in Role)


class PersonRow(QWidget):
    """One person, or with None the line on which somebody is entered. `acted` carries what is to be done."""

    acted = Signal(object)

    def __init__(self, person: Person | None, role: Role = Role.PACKER) -> None:
        super().__init__()
        self.person = person
        here = person is None or person.active
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 10, 16, 10)
        row.setSpacing(12)
        self.name = _field(person.name if person else "", _NAME, "people.page.name")
        self.code = _field(person.code if person else "", _CODE, "people.page.code")
        self.role = Segments(_ROLES, (person.role if person else role).value)
        self.name.setEnabled(here)
        row.addWidget(self.name)
        if here:
            row.addWidget(self.code)
            row.addWidget(self.role)
        else:
            row.addWidget(Label("people.gone", ink="text2"))
        if person is not None and here:
            self.code.setToolTip(badge_of(person.code))
        row.addStretch(1)
        self.button = self._make_button(here)
        row.addWidget(self.button)
        if person is not None and here:
            self.name.editingFinished.connect(self._changed)
            self.code.editingFinished.connect(self._changed)
            self.role.chosen.connect(lambda _: self._changed())
        elif person is None:
            self.name.returnPressed.connect(self.add)

    def _make_button(self, here: bool) -> Button:
        if self.person is None:
            button = Button("people.page.add", kind="primary", icon="plus", size="small")
            button.clicked.connect(self.add)
            return button
        key, icon = ("people.page.retire", "x") if here else ("people.page.back", "arrow-back-up")
        button = Button(key, kind="quiet", icon=icon, size="small")
        who = self.person.code
        button.clicked.connect(lambda: self.acted.emit(lambda ws: people.change(ws, who, working=not here)))
        return button

    def add(self) -> None:
        """Enter whoever is written here."""
        name, code, role = self.name.text(), self.code.text(), Role(self.role.value())
        if name.strip():
            self.acted.emit(lambda ws: people.add(ws, name, role, code))

    def _changed(self) -> None:
        person = self.person
        assert person is not None
        name, code, role = self.name.text(), self.code.text(), Role(self.role.value())
        if (name.strip(), code.strip().upper(), role) != (person.name, person.code, person.role):
            self.acted.emit(lambda ws: people.change(ws, person.code, name=name, role=role, code=code))


def _field(words: str, width: int, key: str) -> QLineEdit:
    field = _Placed(key)
    field.setText(words)
    field.setFont(fonts.font(14))
    field.setFixedWidth(width)
    return field


class _Placed(Retranslating, QLineEdit):
    """What belongs into it stands in it while it is empty."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key
        self.retranslate()

    def retranslate(self) -> None:
        self.setPlaceholderText(text(self._key))
        self.setAccessibleName(text(self._key))


class PersonRows(Retranslating, QWidget):
    """The list with its last line to enter one more; `kept` once something was changed."""

    kept = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._fault: Fault | None = None
        self.rows: list[PersonRow] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._sheet = Sheet()
        self._inside = QVBoxLayout(self._sheet)
        self._inside.setContentsMargins(1, 4, 1, 4)
        self._inside.setSpacing(0)
        column.addWidget(self._sheet)
        self.wrong = Label(ink="ng", wrap=True)
        self.wrong.hide()
        column.addWidget(self.wrong)

    @property
    def new(self) -> PersonRow:
        """The line on which somebody is entered."""
        return self.rows[-1]

    def refresh(self) -> None:
        """Those who work here, then the line to enter one, then those who left."""
        while (item := self._inside.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        known = people.every(self._desk.ws)
        here = [person for person in known if person.active]
        gone = [person for person in known if not person.active]
        first = Role.PACKER if here else Role.OWNER
        self.rows = [PersonRow(person) for person in (*here, *gone)] + [PersonRow(None, first)]
        for row in self.rows:
            row.acted.connect(self._act)
            if self._inside.count():
                self._inside.addWidget(Hairline())
            self._inside.addWidget(row)

    def _act(self, act: Callable[[Workspace], object]) -> None:
        try:
            act(self._desk.ws)
            self._fault = None
        except Fault as fault:
            self._fault = fault
        self.retranslate()
        if self._fault is None:
            self.kept.emit()

    def retranslate(self) -> None:
        """Why something was not kept."""
        if hasattr(self, "wrong"):
            shown = show_fault(self._fault) if self._fault is not None else None
            self.wrong.show_text(f"{shown.title} {shown.more}".strip() if shown else "")
            self.wrong.setVisible(shown is not None)
