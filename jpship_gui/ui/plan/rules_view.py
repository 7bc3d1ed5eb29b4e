"""The shop's rules of planning: in the order they are asked, each with what it asks and the service it chooses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jpship_gui.texts import text
from jpship_gui.ui.plan.condition_rows import Choices, ConditionRows
from jpship_gui.ui.plan.editor_view import EditorView
from jpship_gui.ui.plan.rule_rows import RuleItem, RuleList
from jpship_gui.ui.profiles.form_parts import Words, heading
from jpship_gui.ui.widgets.banner import Banner
from jpship_gui.ui.widgets.button import Button, IconButton
from jpship_gui.ui.widgets.checkbox import CheckBox
from jpship_gui.ui.widgets.empty_state import EmptyState
from jpship_gui.ui.widgets.inputs import Choice
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.sheet import Sheet

_LIST = 400
Ways = Sequence[tuple[str, str]]  # what a rule may choose, with its words


class RulesView(EditorView[RuleItem]):
    """`save_asked(rule)` (row_id 0 = new), `remove_asked(rule)`, `move_asked(rule, step)`, `test_asked(rule)`."""

    save_asked = Signal(object)
    move_asked = Signal(object, int)
    test_asked = Signal(object)

    def __init__(self, fields: Sequence[str], choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rule: RuleItem | None = None
        self._ways: Ways = ()
        none = EmptyState(
            "list-check",
            "planpage.rule.none",
            "planpage.rule.none.more",
            act_key="planpage.rule.new",
            act_icon="plus",
        )
        self.test_button = Button("planpage.rule.test", size="large", icon="eye")
        self.test_button.clicked.connect(self._test)
        foot = self._foot("planpage.rule.remove", None, self.test_button)
        self._lay_out(self._left(), self._editor(fields, choices), none, foot)

    def _left(self) -> QWidget:
        self.up = IconButton("arrow-up", "planpage.rule.up", size="small", cap="Alt+↑")
        self.down = IconButton("arrow-down", "planpage.rule.down", size="small", cap="Alt+↓")
        self.new = IconButton("plus", "planpage.rule.new", size="small", cap="Ins")
        self.up.clicked.connect(lambda: self._move(-1))
        self.down.clicked.connect(lambda: self._move(1))
        self.new.clicked.connect(self.begin)
        self.list = RuleList()
        more = Label("planpage.rule.order", size=12, ink="text2", wrap=True)
        return self._beside(_LIST, more, [self.up, self.down, self.new])

    def _editor(self, fields: Sequence[str], choices: Choices) -> QWidget:
        ground, column = self._ground(24)
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
        return self._scrolling(ground)

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

    # Showing ----------------------------------------------------------------------------------------------------

    def show_rules(self, rules: Sequence[RuleItem], ways: Ways) -> None:
        """Show these; what a person is editing stays."""
        self._ways = ways
        self._show_rows(rules)

    def show_caught(self, numbers: Sequence[str]) -> None:
        """Which open orders the rule would catch."""
        shown = "・".join(numbers[:12])
        self.told.set_kind("done" if numbers else "attention")
        self.told.say("planpage.rule.caught", count=len(numbers), orders=shown)
        self.told.show()

    def begin(self) -> None:
        """A rule that asks nothing yet."""
        self._show(RuleItem("", way=self._ways[0][0] if self._ways else ""))
        self._changed = True
        self.name.setFocus()
        self._show_foot()

    def saved(self, row_id: int) -> None:
        """It is kept: what is shown is what there is, and this one is current once it is read."""
        self._wanted = str(row_id)
        self._kept()

    def _moved(self, rule: RuleItem | None) -> None:
        other = rule is not None and self._rule is not None and rule.row_id != self._rule.row_id
        if other or not self._changed:
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

    def _unedited(self) -> None:
        self.told.hide()

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

    # Acts -------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+arrows move the rule."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and Qt.Key(event.key()) in steps:
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
