"""People: who works here with which badge, what each role may do, and the reasons to choose from (MD-03)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from jpship_gui.domain.fault import Fault
from jpship_gui.domain.roles import Right, Role
from jpship_gui.flows import people, shared_options
from jpship_gui.flows.paper.kinds import print_paper
from jpship_gui.settings.options import find
from jpship_gui.texts import text
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.file_dialog import ask_new_file
from jpship_gui.ui.options.field import FieldRow, field_for
from jpship_gui.ui.options.group import Group
from jpship_gui.ui.options.person_rows import PersonRows
from jpship_gui.ui.show import show_fault
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.checkbox import CheckBox
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.retranslating import Retranslating

_SAYING = ("people.required", "people.by_click")
_REASONS = ("pack.reasons.hold", "pack.reasons.reopen", "pack.reasons.skip")
_FIVE_LINES = 124


class PeopleSection(Retranslating, QWidget):
    """Changes are kept at once, for all desks."""

    kept = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.rows: dict[str, FieldRow] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(Label("people.page.how", ink="text2", wrap=True))
        self.people = PersonRows(desk)
        self.people.kept.connect(self._changed)
        column.addWidget(self.people)
        buttons = QHBoxLayout()
        self.badges = Button("people.page.badges", icon="id", size="small")
        self.badges.clicked.connect(self._ask_badges)
        buttons.addWidget(self.badges)
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addSpacing(14)
        column.addWidget(Group("people.page.saying", [self._row(key) for key in _SAYING]))
        column.addSpacing(14)
        self.rights = RightsTable(desk)
        self.rights.kept.connect(self._changed)
        column.addWidget(Group("people.page.rights", [self.rights]))
        column.addSpacing(14)
        column.addWidget(Group("people.page.reasons", [self._row(key) for key in _REASONS]))
        column.addStretch(1)
        self.refresh()
        self.retranslate()

    def retranslate(self) -> None:
        """The reasons jpship brings stand where the seller wrote none."""
        for key in _REASONS if hasattr(self, "rights") else ():
            paper = self.rows[key].control
            if isinstance(paper, QPlainTextEdit):
                paper.setFixedHeight(_FIVE_LINES)
                paper.setPlaceholderText(text(f"people.reasons.{key.rpartition('.')[2]}"))

    def refresh(self) -> None:
        """Another desk may have changed something."""
        self.people.refresh()
        self.rights.refresh()
        self.badges.setVisible(bool(people.active(self._desk.ws)))

    def _row(self, key: str) -> FieldRow:
        row = field_for(find(key), shared_options.get(self._desk.ws, key))
        row.changed.connect(self._set)
        self.rows[key] = row
        return row

    def _set(self, key: str, value: str) -> None:
        try:
            people.must(self._desk.ws, Right.SETTINGS)
            shared_options.put(self._desk.ws, key, value)
        except Fault as fault:
            self.rows[key].refuse(fault)
            return
        self.rows[key].refuse(None)
        self.kept.emit(key)

    def _changed(self) -> None:
        """Whoever entered the first one is that person, or would be locked out by it."""
        ws = self._desk.ws
        if not ws.person and ws.options.get("desk.person"):
            self._desk.ws = replace(ws, person=ws.options.get("desk.person"))
            self._desk.settled.emit()
        QTimer.singleShot(0, self, self.refresh)  # not within the signal of a row that goes
        self.kept.emit("people")

    def _ask_badges(self) -> None:
        folder = Path(self._desk.ws.options.get("export.folder") or Path.home())
        name = ask_new_file(
            self,
            text("people.page.badges"),
            str(folder / f"{text('paper.document.badges')}.pdf"),
            "PDF (*.pdf)",
        )
        if name:
            self.save_badges(Path(name))

    def save_badges(self, path: Path) -> None:
        """Write the badges of everybody as PDF."""
        ws = self._desk.ws
        self._desk.tasks.run(
            lambda _: print_paper(ws, "badges", (), path),
            done=lambda made: self._desk.say(text("people.page.saved", file=made.path.name)),
            failed=self._desk.show_fault,
        )


class RightsTable(QWidget):
    """Rights down, roles across; the owner's are ticked for good."""

    kept = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.boxes: dict[tuple[Role, Right], CheckBox] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(24, 10, 24, 12)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        centred = Qt.AlignmentFlag.AlignHCenter
        for across, role in enumerate(Role, start=1):
            grid.addWidget(Label(f"people.role.{role.value}", size=12, ink="text2"), 0, across, centred)
            grid.setColumnMinimumWidth(across, 88)
        for down, right in enumerate(Right, start=1):
            grid.addWidget(Label(f"people.right.{right.value}"), down, 0)
            for across, role in enumerate(Role, start=1):
                box = CheckBox()
                box.setEnabled(role is not Role.OWNER)
                box.toggled.connect(self._setter(role, right))
                self.boxes[role, right] = box
                grid.addWidget(box, down, across, centred)
        self.wrong = Label(ink="ng", wrap=True)
        self.wrong.hide()
        grid.addWidget(self.wrong, len(Right) + 1, 0, 1, 4)

    def refresh(self) -> None:
        """As kept."""
        held = people.rights(self._desk.ws)
        for (role, right), box in self.boxes.items():
            box.blockSignals(True)
            box.setChecked(right in held[role])
            box.blockSignals(False)
            box.setAccessibleName(
                f"{text(f'people.role.{role.value}')} {text(f'people.right.{right.value}')}"
            )
            box.update()

    def _setter(self, role: Role, right: Right) -> Callable[[bool], None]:
        def set_right(on: bool) -> None:
            try:
                people.set_right(self._desk.ws, role, right, on)
            except Fault as fault:
                self.wrong.show_text(show_fault(fault).title)
                self.wrong.show()
                self.refresh()
                return
            self.wrong.hide()
            self.kept.emit()

        return set_right
