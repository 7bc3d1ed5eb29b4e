"""What is done to a column's cells, one step after the other, with the sample's values before and after."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QMenu, QScrollArea, QVBoxLayout, QWidget

from jpship_gui.domain.fault import Fault
from jpship_gui.flows.upkeep.profile_drafts import Argument, Step, run_steps, step_kinds
from jpship_gui.texts import text
from jpship_gui.ui.show import show_fault
from jpship_gui.ui.theme import fonts
from jpship_gui.ui.widgets.banner import Banner
from jpship_gui.ui.widgets.button import Button, IconButton
from jpship_gui.ui.widgets.inputs import Choice
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.plain_table import Cell, Column, PlainTable
from jpship_gui.ui.widgets.sheet import Hairline, Sheet


class _StepLine(QWidget):
    """One step with its arguments; `changed`, `moved(-1 or 1)`, `dropped`."""

    changed = Signal()
    moved = Signal(int)
    dropped = Signal()

    def __init__(self, step: Step) -> None:
        super().__init__()
        self.name = step.name
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 8, 6)
        row.setSpacing(10)
        words = Label(f"transform.{step.name}")
        words.setMinimumWidth(170)
        row.addWidget(words)
        self.fields: list[QLineEdit | Choice] = []
        for place, argument in enumerate(step_kinds()[step.name]):
            given = step.args[place] if place < len(step.args) else argument.default
            row.addWidget(Label(f"profiles.argument.{argument.name}", size=12, ink="text2"))
            field = self._field(argument, "" if given is None else str(given))
            self.fields.append(field)
            row.addWidget(field)
        row.addStretch(1)
        for icon, key, by in (("arrow-up", "profiles.step_up", -1), ("arrow-down", "profiles.step_down", 1)):
            button = IconButton(icon, key, size="small")
            button.clicked.connect(lambda _=False, by=by: self.moved.emit(by))
            row.addWidget(button)
        drop = IconButton("x", "profiles.step_drop", size="small")
        drop.clicked.connect(self.dropped)
        row.addWidget(drop)

    def _field(self, argument: Argument, value: str) -> QLineEdit | Choice:
        if argument.choices:
            words = [(one, text(f"profiles.argument.{argument.name}.{one}")) for one in argument.choices]
            choice = Choice(words, value, 150)
            choice.currentIndexChanged.connect(lambda _: self.changed.emit())
            return choice
        made = QLineEdit(_shown(value))
        made.setFont(fonts.font(14))
        made.setFixedWidth(200 if argument.kind in ("pattern", "date_form") else 84)
        made.setAccessibleName(text(f"profiles.argument.{argument.name}"))
        made.textEdited.connect(lambda _: self.changed.emit())
        return made

    def step(self) -> Step:
        """As it stands now; arguments left at their default at the end are left out."""
        arguments = step_kinds()[self.name]
        given: list[str | int] = []
        for field, argument in zip(self.fields, arguments, strict=True):
            value = str(field.currentData()) if isinstance(field, Choice) else _meant(field.text())
            number = argument.kind == "number" and value.lstrip("-").isdecimal()
            given.append(int(value) if number else value)
        while given and arguments[len(given) - 1].default == given[-1]:
            given.pop()
        return Step(self.name, tuple(given))


def _shown(value: str) -> str:
    """Line breaks and tabs as a person can type them."""
    return (
        value.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")
        if "\n" in value or "\t" in value
        else value
    )


def _meant(value: str) -> str:
    return {"\\n": "\n", "\\t": "\t"}.get(value, value)


class StepsDialog(QDialog):
    """`steps` is what a person made, None for what is usual for the target. `rows` are cells of the sample."""

    def __init__(
        self,
        title: str,
        steps: tuple[Step, ...] | None,
        usual: tuple[Step, ...],
        rows: Sequence[Sequence[str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(text("profiles.steps.title"))
        self.resize(760, 600)
        self._usual = usual
        self._rows = rows
        self.steps = steps
        self.lines: list[_StepLine] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 20)
        column.setSpacing(12)
        head = Label(size=16, bold=True)
        head.show_text(title)
        column.addWidget(head)
        area = QScrollArea()
        area.setWidgetResizable(True)
        sheet = Sheet()
        self._list = QVBoxLayout(sheet)
        self._list.setContentsMargins(1, 4, 1, 4)
        self._list.setSpacing(0)
        self._list.addStretch(1)
        area.setWidget(sheet)
        column.addWidget(area, 3)
        acts = QHBoxLayout()
        self.add_button = Button("profiles.step_add", size="small", icon="plus")
        self.add_button.clicked.connect(self._open_add)
        self.usual_button = Button("profiles.steps.usual", kind="link", size="small")
        self.usual_button.clicked.connect(self._take_usual)
        acts.addWidget(self.add_button)
        acts.addWidget(self.usual_button)
        acts.addStretch(1)
        column.addLayout(acts)
        self.banner = Banner("ng")
        self.banner.hide()
        column.addWidget(self.banner)
        self.table = PlainTable([Column("profiles.before"), Column("", 32), Column("profiles.after")], 32)
        column.addWidget(self.table, 2)
        column.addWidget(Hairline())
        foot = QHBoxLayout()
        self.close_button = Button("ui.cancel", kind="quiet", cap="Esc")
        self.close_button.clicked.connect(self.reject)
        self.take_button = Button("profiles.steps.take", kind="primary")
        self.take_button.clicked.connect(self.accept)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        foot.addWidget(self.take_button)
        column.addLayout(foot)
        self._show(usual if steps is None else steps)

    def _show(self, steps: Sequence[Step]) -> None:
        for line in self.lines:
            line.hide()
            line.deleteLater()
        self.lines = [self._line(step) for step in steps]
        for place, line in enumerate(self.lines):
            self._list.insertWidget(place, line)
        self._try()

    def _line(self, step: Step) -> _StepLine:
        line = _StepLine(step)
        line.changed.connect(self._edited)
        line.moved.connect(lambda by: self._move(line, by))
        line.dropped.connect(lambda: self._drop(line))
        return line

    def _open_add(self) -> None:
        menu = QMenu(self)
        menu.setFont(fonts.font(14))
        for name in step_kinds():
            act = menu.addAction(text(f"transform.{name}"))
            act.setData(name)
            act.triggered.connect(lambda _=False, name=name: self.add(name))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.add_button.mapToGlobal(QPoint(0, self.add_button.height())))

    def add(self, name: str) -> None:
        """One more step at the end."""
        self._take([*(line.step() for line in self.lines), Step(name)])
        if self.lines[-1].fields:
            self.lines[-1].fields[0].setFocus()

    def _move(self, line: _StepLine, by: int) -> None:
        place = self.lines.index(line)
        steps = [one.step() for one in self.lines]
        if 0 <= place + by < len(steps):
            steps[place], steps[place + by] = steps[place + by], steps[place]
            self._take(steps)

    def _drop(self, line: _StepLine) -> None:
        self._take([one.step() for one in self.lines if one is not line])

    def _take(self, steps: Sequence[Step]) -> None:
        self.steps = tuple(steps)
        self._show(steps)

    def _take_usual(self) -> None:
        self.steps = None
        self._show(self._usual)

    def _edited(self) -> None:
        self.steps = tuple(line.step() for line in self.lines)
        self._try()

    def _try(self) -> None:
        """The sample before and after; a step nobody can run says why and cannot be taken."""
        steps = self._usual if self.steps is None else self.steps
        try:
            after = run_steps(steps, self._rows)
        except Fault as fault:
            self.banner.show_text(show_fault(fault).title)
            self.banner.show()
            self.take_button.setEnabled(False)
            return
        self.banner.hide()
        self.take_button.setEnabled(True)
        shown = [
            (
                Cell(" + ".join(before), ink="text2"),
                Cell("→", ink="text3"),
                Cell(now or text("profiles.nothing"), ink="text" if now else "text3", bold=bool(now)),
            )
            for before, now in zip(self._rows, after, strict=True)
        ]
        self.table.show_rows(shown)
