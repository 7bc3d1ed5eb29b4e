"""Conditions of a rule as rows: a field, a test, a value; all of them or any."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from jpship_gui.texts import text
from jpship_gui.ui.options.segments import Segments
from jpship_gui.ui.profiles.form_parts import KeyChoice, Words
from jpship_gui.ui.widgets.button import Button, IconButton
from jpship_gui.ui.widgets.label import Label

TESTS = (
    *("is", "is_not", "contains", "contains_not", "starts", "ends"),
    *("one_of", "at_least", "at_most", "filled", "empty"),
)
WITHOUT_VALUE = frozenset({"filled", "empty"})
Choices = Mapping[str, Sequence[tuple[str, str]]]  # field → (value, key of its words), where values are few


class ConditionRow(QWidget):
    """One comparison."""

    changed = Signal()
    dropped = Signal(object)

    def __init__(self, fields: Sequence[str], choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = choices
        self._fields = tuple(fields)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.field = KeyChoice([(name, f"rule_field.{name}") for name in fields], width=200)
        self.test = KeyChoice([(name, f"rule_test.{name}") for name in TESTS], width=170)
        self.words = Words(240)
        self._few: dict[str, KeyChoice] = {name: KeyChoice(few, width=240) for name, few in choices.items()}
        self._values = QStackedWidget()
        self._values.setFixedWidth(240)
        self._values.addWidget(self.words)
        for choice in self._few.values():
            self._values.addWidget(choice)
            choice.chosen.connect(lambda _: self.changed.emit())
        self.drop = IconButton("x", "planpage.rule.drop_condition", size="small")
        self.drop.clicked.connect(lambda: self.dropped.emit(self))
        for widget in (self.field, self.test, self._values, self.drop):
            row.addWidget(widget)
        row.addStretch(1)
        self.field.chosen.connect(self._changed)
        self.test.chosen.connect(self._changed)
        self.words.said.connect(lambda _: self.changed.emit())
        self._show()

    def show_data(self, data: Mapping[str, Any]) -> None:
        """Show a comparison; a field nobody here knows is offered as it is."""
        name, test, value = (str(data.get(part) or "") for part in ("field", "test", "value"))
        self.field.show_value(name or self._fields[0])
        self.test.show_value(test or TESTS[0])
        self.words.setText(value)
        if name in self._few:
            self._few[name].show_value(value)
        self._show()

    def data(self) -> dict[str, str]:
        """As `parse_rule` takes it."""
        name, test = str(self.field.currentData()), str(self.test.currentData())
        plain = {"field": name, "test": test}
        if test in WITHOUT_VALUE:
            return plain
        few = self._few.get(name)
        value = str(few.currentData()) if few is not None and self._is_few() else self.words.text().strip()
        return plain | {"value": value}

    def complete(self) -> bool:
        """Whether it says anything."""
        data = self.data()
        return data["test"] in WITHOUT_VALUE or bool(data["value"])

    def _is_few(self) -> bool:
        return str(self.field.currentData()) in self._few and str(self.test.currentData()) in ("is", "is_not")

    def _changed(self, _: str) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        name, test = str(self.field.currentData()), str(self.test.currentData())
        self._values.setVisible(test not in WITHOUT_VALUE)
        self._values.setCurrentWidget(self._few[name] if self._is_few() else self.words)
        self.words.setPlaceholderText(text("planpage.rule.one_of") if test == "one_of" else "")
        self.words.setAccessibleName(text("planpage.rule.value"))


class ConditionRows(QWidget):
    """All conditions of a rule, one level deep; deeper ones, which a file may bring, are kept as they are and told."""

    changed = Signal()

    def __init__(self, fields: Sequence[str], choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields, self._choices = tuple(fields), choices
        self._kept: Mapping[str, Any] | None = None
        self.rows: list[ConditionRow] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.join = Segments((("all", "planpage.rule.all"), ("any", "planpage.rule.any")), "all")
        self.join.chosen.connect(self._joined)
        column.addWidget(self.join)
        self._deep = Label("planpage.rule.deep", ink="text2", wrap=True)
        column.addWidget(self._deep)
        self._place = QVBoxLayout()
        self._place.setSpacing(8)
        column.addLayout(self._place)
        self.add = Button("planpage.rule.add_condition", kind="link", size="small", icon="plus")
        self.add.clicked.connect(self._add)
        column.addWidget(self.add)
        self.show_data({})

    def show_data(self, data: Mapping[str, Any]) -> None:
        """Show a condition; {} = none yet: it catches everything."""
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = []
        join = next((name for name in ("all", "any") if name in data), "")
        parts: Sequence[Mapping[str, Any]] = data[join] if join else [data] if data else []
        self._kept = data if any("all" in part or "any" in part for part in parts) else None
        self.join.set_value(join or "all")
        if self._kept is None:
            for part in parts:
                self._append(part)
        self._show()

    def data(self) -> dict[str, Any]:
        """As `parse_rule` takes it; {} where nothing is asked."""
        if self._kept is not None:
            return dict(self._kept)
        parts = [row.data() for row in self.rows]
        return {self.join.value(): parts} if parts else {}

    def complete(self) -> bool:
        """Whether each of them says something."""
        return all(row.complete() for row in self.rows)

    def _append(self, part: Mapping[str, Any]) -> ConditionRow:
        row = ConditionRow(self._fields, self._choices)
        row.show_data(part)
        row.changed.connect(self.changed)
        row.dropped.connect(self._dropped)
        self._place.addWidget(row)
        self.rows.append(row)
        return row

    def _add(self) -> None:
        row = self._append({})
        self._show()
        row.field.setFocus()
        self.changed.emit()

    def _dropped(self, row: ConditionRow) -> None:
        self.rows.remove(row)
        row.hide()
        row.deleteLater()
        self._show()
        self.changed.emit()

    def _joined(self, _: str) -> None:
        self.changed.emit()

    def _show(self) -> None:
        self.join.setVisible(len(self.rows) > 1)
        self._deep.setVisible(self._kept is not None)
        self.add.setVisible(self._kept is None)
