"""The shop's rules of planning: in the order they are asked, each with what it asks and the service it chooses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from jpship_gui.texts import text
from jpship_gui.ui.plan.condition_rows import Choices, ConditionRows
from jpship_gui.ui.plan.file_buttons import FileButtons
from jpship_gui.ui.plan.rule_rows import RuleItem, RuleList
from jpship_gui.ui.profiles.form_parts import Words, heading
from jpship_gui.ui.widgets.banner import Banner
from jpship_gui.ui.widgets.button import Button, IconButton
from jpship_gui.ui.widgets.checkbox import CheckBox
from jpship_gui.ui.widgets.empty_state import EmptyState
from jpship_gui.ui.widgets.foot_bar import FootBar
from jpship_gui.ui.widgets.inputs import Choice
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.sheet import Hairline, Panel, Sheet

_LIST = 400
Ways = Sequence[tuple[str, str]]  # what a rule may choose, with its words


class RulesView(QWidget):
    """`save_asked(rule)` (row_id 0 = new), `remove_asked(rule)`, `move_asked(rule, step)`, `test_asked(rule)`."""

    save_asked = Signal(object)
    remove_asked = Signal(object)
    move_asked = Signal(object, int)
    test_asked = Signal(object)

    def __init__(self, fields: Sequence[str], choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rule: RuleItem | None = None
        self._ways: Ways = ()
        self._changed = False
        self._wanted = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._left())
        row.addWidget(Hairline(upright=True, token="line_strong"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._editor(fields, choices))
        self.none = EmptyState(
            "list-check",
            "planpage.rule.none",
            "planpage.rule.none.more",
            act_key="planpage.rule.new",
            act_icon="plus",
        )
        self.none.act.connect(self.begin_new)
        self._stack.addWidget(self.none)
        row.addWidget(self._stack, 1)
        column.addLayout(row, 1)
        self.foot = self._foot()
        column.addWidget(self.foot)
        self._show(None)

    def _left(self) -> QWidget:
        left = Panel("surface")
        left.setFixedWidth(_LIST)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(20, 8, 12, 8)
        head.setSpacing(4)
        more = Label("planpage.rule.order", size=12, ink="text2", wrap=True)
        head.addWidget(more, 1)
        self.up = IconButton("arrow-up", "planpage.rule.up", size="small", cap="Alt+↑")
        self.down = IconButton("arrow-down", "planpage.rule.down", size="small", cap="Alt+↓")
        self.new = IconButton("plus", "planpage.rule.new", size="small", cap="Ins")
        self.up.clicked.connect(lambda: self._move(-1))
        self.down.clicked.connect(lambda: self._move(1))
        self.new.clicked.connect(self.begin_new)
        for button in (self.up, self.down, self.new):
            head.addWidget(button)
        column.addLayout(head)
        column.addWidget(Hairline(token="line_strong"))
        self.list = RuleList()
        self.list.current_changed.connect(self._moved)
        column.addWidget(self.list, 1)
        self.files = FileButtons()
        column.addWidget(self.files)
        return left

    def _editor(self, fields: Sequence[str], choices: Choices) -> QWidget:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        ground = Panel("window")
        column = QVBoxLayout(ground)
        column.setContentsMargins(28, 20, 28, 24)
        column.setSpacing(8)
        self.told = Banner("done")
        self.told.hide()
        column.addWidget(self.told)
        for key, widget in (
            ("planpage.rule.name", self._name_row()),
            ("planpage.rule.if", self._condition_row(fields, choices)),
            ("planpage.rule.then", self._service_row()),
        ):
            column.addWidget(heading(key))
            sheet = Sheet()
            inside = QVBoxLayout(sheet)
            inside.setContentsMargins(16, 12, 16, 12)
            inside.addWidget(widget)
            column.addWidget(sheet)
            column.addSpacing(10)
        column.addStretch(1)
        area.setWidget(ground)
        return area

    def _name_row(self) -> QWidget:
        place = QWidget()
        row = QHBoxLayout(place)
        row.setContentsMargins(0, 0, 0, 0)
        self.name = Words(360)
        self.name.said.connect(lambda _: self._edited())
        self.active = CheckBox("planpage.rule.active")
        self.active.toggled.connect(lambda _: self._edited())
        row.addWidget(self.name)
        row.addSpacing(20)
        row.addWidget(self.active)
        row.addStretch(1)
        return place

    def _condition_row(self, fields: Sequence[str], choices: Choices) -> QWidget:
        self.conditions = ConditionRows(fields, choices)
        self.conditions.changed.connect(self._edited)
        return self.conditions

    def _service_row(self) -> QWidget:
        self.service = Choice([("", "")], "", width=360)
        self.service.currentIndexChanged.connect(lambda _: self._edited())
        return self.service

    def _foot(self) -> FootBar:
        foot = FootBar(left=20)
        self.remove_button = Button("planpage.rule.remove", kind="quiet", size="large", icon="trash")
        self.remove_button.clicked.connect(self._remove)
        self.test_button = Button("planpage.rule.test", size="large", icon="eye")
        self.test_button.clicked.connect(self._test)
        self.save_button = Button(
            "planpage.rule.save", kind="primary", size="large", icon="device-floppy", cap="Ctrl+S"
        )
        self.save_button.clicked.connect(self.save)
        foot.row.addWidget(self.remove_button)
        foot.row.addStretch(1)
        foot.row.addWidget(self.test_button)
        foot.row.addWidget(self.save_button)
        return foot

    # Showing ----------------------------------------------------------------------------------------------------

    def show_rules(self, rules: Sequence[RuleItem], ways: Ways) -> None:
        """Show these; what a person is editing stays."""
        self._ways = ways
        editing = self._changed
        self.list.show_rows(rules)
        if self._wanted:
            self.list.go_to(self._wanted)
            self._wanted = ""
        if not editing:
            self._show(self.list.current())

    def show_caught(self, numbers: Sequence[str]) -> None:
        """Which open orders the rule would catch."""
        shown = "・".join(numbers[:12])
        self.told.set_kind("done" if numbers else "attention")
        self.told.say("planpage.rule.caught", count=len(numbers), orders=shown)
        self.told.show()

    def begin_new(self) -> None:
        """A rule that asks nothing yet."""
        self._show(RuleItem("", way=self._ways[0][0] if self._ways else ""))
        self._changed = True
        self.name.setFocus()
        self._show_foot()

    def saved(self, row_id: int) -> None:
        """It is kept: what is shown is what there is, and this one is current once it is read."""
        self._changed, self._wanted = False, str(row_id)
        self._show_foot()

    def _moved(self, rule: RuleItem | None) -> None:
        if not self._changed or (
            rule is not None and self._rule is not None and rule.row_id != self._rule.row_id
        ):
            self._show(rule)

    def _show(self, rule: RuleItem | None) -> None:
        self._rule, self._changed = rule, False
        self._stack.setCurrentIndex(0 if rule is not None else 1)
        self.told.hide()
        if rule is not None:
            for widget in (self.name, self.active, self.service, self.conditions):
                widget.blockSignals(True)
            self.name.setText(rule.name)
            self.active.setChecked(rule.active)
            self.conditions.show_data(rule.condition)
            self.service.set_choices(self._ways, rule.way)
            for widget in (self.name, self.active, self.service, self.conditions):
                widget.blockSignals(False)
        self._show_foot()

    def _edited(self) -> None:
        self._changed = True
        self.told.hide()
        self._show_foot()

    def _show_foot(self) -> None:
        rule = self._rule
        self.foot.setVisible(rule is not None)
        self.remove_button.setEnabled(rule is not None and rule.row_id > 0)
        asks = self.conditions.complete() and bool(self.conditions.data())
        whole = bool(self.name.text().strip()) and asks
        self.test_button.setEnabled(asks)
        self.save_button.setEnabled(self._changed and whole)
        current = self.list.current()
        count = len(self.list.rows.rows)
        self.up.setEnabled(current is not None and current.place > 1)
        self.down.setEnabled(current is not None and current.place < count)

    def retranslate_all(self) -> None:
        """Names of services and words of conditions."""
        if not self._changed:
            self._show(self.list.current())

    # Acts -------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+S saves, Ins begins a new one, Alt+arrows move the rule."""
        control, alt = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.key() == Qt.Key.Key_S and event.modifiers() == control:
            self.save()
        elif event.key() == Qt.Key.Key_Insert:
            self.begin_new()
        elif event.modifiers() & alt and Qt.Key(event.key()) in steps:
            self._move(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def edited(self) -> RuleItem | None:
        """The rule as it stands in the form."""
        if self._rule is None:
            return None
        return replace(
            self._rule,
            name=self.name.text().strip(),
            condition=self.conditions.data(),
            way=str(self.service.currentData()),
            active=self.active.isChecked(),
        )

    def save(self) -> None:
        """Keep it."""
        if self.save_button.isEnabled() and self._rule is not None:
            self.save_asked.emit(self.edited())

    def _test(self) -> None:
        rule = self.edited()
        if rule is not None:
            self.test_asked.emit(replace(rule, name=rule.name or text("planpage.rule.new")))

    def _remove(self) -> None:
        if self._rule is not None and self._rule.row_id:
            self.remove_asked.emit(self._rule)

    def _move(self, step: int) -> None:
        rule = self.list.current()
        button = self.up if step < 0 else self.down
        if rule is not None and button.isEnabled():
            self.move_asked.emit(rule, step)

    def back(self) -> bool:
        """Esc leaves what was not saved."""
        if self._changed:
            self._show(self.list.current())
            return True
        return False
