"""How the file is opened, how its rows make orders, and what it is recognised by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jpship_gui.flows.upkeep.profile_drafts import (
    CHOICES,
    ENCODINGS,
    ColumnSample,
    DropRule,
    Profile,
    Sample,
    Second,
)
from jpship_gui.ui.profiles.draft import Draft
from jpship_gui.ui.profiles.form_parts import ColumnsField, FormRow, KeyChoice, Part, Words
from jpship_gui.ui.widgets.button import Button, IconButton
from jpship_gui.ui.widgets.checkbox import CheckBox
from jpship_gui.ui.widgets.inputs import Number
from jpship_gui.ui.widgets.label import ElidedLabel, Label

_SIGNS = {",": "comma", "TAB": "tab", ";": "semicolon"}
_MOST_ROWS = 1_000
_RULE = 220  # px of a column's name before its rule
_BLANK = "^$"  # a pattern found in a cell that says nothing


def sign_key(place: str, value: str) -> str:
    """Key of a delimiter's words."""
    return f"profile.choice.{place}.delimiter.{_SIGNS.get(value, value)}"


class FileForm(QWidget):
    """Emits `edited(draft)`; `second_asked` for the file with the goods of a pair."""

    edited = Signal(object)
    second_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft: Draft | None = None
        self._sample: Sample | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 20)
        column.setSpacing(20)
        column.addWidget(self._opening())
        column.addWidget(self._grouping())
        column.addWidget(self._recognising())
        column.addStretch(1)

    # Making -----------------------------------------------------------------------------------------------------

    def _opening(self) -> Part:
        self.delimiter = KeyChoice([(one, sign_key("file", one)) for one in CHOICES["file.delimiter"]])
        self.delimiter.chosen.connect(lambda value: self._file(delimiter=value))
        encodings = [
            ("", "profiles.encoding.auto"),
            *((one, f"profiles.encoding.{one}") for one in ENCODINGS),
        ]
        self.encoding = KeyChoice(encodings)
        self.encoding.chosen.connect(lambda value: self._file(encodings=(value,) if value else ()))
        self.skip_lines = Number(0, _MOST_ROWS, 0)
        self.skip_lines.valueChanged.connect(lambda value: self._file(skip_lines=value))
        self.header_row = Number(1, _MOST_ROWS, 1)
        self.header_row.valueChanged.connect(lambda value: self._file(header_row=value))
        self.sheet = KeyChoice([("", "profiles.sheet.first")])
        self.sheet.chosen.connect(lambda value: self._file(sheet=value))
        self._as_text = [FormRow("delimiter", self.delimiter), FormRow("encoding", self.encoding)]
        self._as_book = FormRow("sheet", self.sheet)
        rows = [FormRow("header_row", self.header_row), FormRow("skip_lines", self.skip_lines)]
        self._opening_part = Part("profiles.part.opening", [*self._as_text, self._as_book, *rows])
        return self._opening_part

    def _grouping(self) -> Part:
        self.mode = KeyChoice(
            [(one, f"profile.choice.rows.mode.{one}") for one in CHOICES["rows.mode"]], width=320
        )
        self.mode.chosen.connect(self._set_mode)
        self._mode_row = FormRow("mode", self.mode)
        self.second_button = Button("profiles.second.choose", size="small", icon="folder-open")
        self.second_button.clicked.connect(self.second_asked)
        self.second_name = ElidedLabel(ink="text2")
        self._second_row = FormRow("second", _beside(self.second_button, self.second_name))
        self.second_key = ColumnsField(1)
        self.second_key.changed.connect(self._second_key)
        self.second_required = ColumnsField()
        self.second_required.changed.connect(self._second_required)
        self._second_rows = [
            FormRow("second_key", self.second_key),
            FormRow("second_required", self.second_required),
        ]
        self.line_key = ColumnsField()
        self.line_key.changed.connect(lambda names: self._rows(line_key=names))
        self.sum_identical = CheckBox("profiles.sum_identical")
        self.sum_identical.toggled.connect(lambda on: self._rows(sum_identical=on))
        self.from_buyer = CheckBox("profiles.from_buyer")
        self.from_buyer.toggled.connect(lambda on: self._rows(recipient_from_buyer=on))
        self.drops = _Drops()
        self.drops.changed.connect(lambda rules: self._rows(drop_if=rules))
        rows = [
            self._mode_row,
            self._second_row,
            *self._second_rows,
            FormRow("line_key", self.line_key),
            FormRow("sum_identical", self.sum_identical),
            FormRow("from_buyer", self.from_buyer),
            FormRow("drop_if", self.drops),
        ]
        self._grouping_part = Part("profiles.part.grouping", rows)
        return self._grouping_part

    def _recognising(self) -> Part:
        self.required = ColumnsField()
        self.required.changed.connect(self._set_required)
        self.forbidden = ColumnsField()
        self.forbidden.changed.connect(self._set_forbidden)
        rows = [FormRow("required", self.required), FormRow("forbidden", self.forbidden)]
        return Part("profiles.part.recognising", rows)

    def stops(self) -> list[QWidget]:
        """Where Tab stops, as the form is read."""
        return [
            *(self.delimiter, self.encoding, self.sheet, self.header_row, self.skip_lines, self.mode),
            *(self.second_button, *self.second_key.stops(), *self.second_required.stops()),
            *(*self.line_key.stops(), self.sum_identical, self.from_buyer, *self.drops.stops()),
            *(*self.required.stops(), *self.forbidden.stops()),
        ]

    # Showing ----------------------------------------------------------------------------------------------------

    def show_draft(self, draft: Draft, sample: Sample | None) -> None:
        """Show a draft."""
        self._draft, self._sample = draft, sample
        file, rows, columns = draft.profile.file, draft.profile.rows, sample.columns if sample else ()
        self.delimiter.show_value(file.delimiter)
        self.encoding.show_value(file.encodings[0] if file.encodings else "")
        show_number(self.skip_lines, file.skip_lines)
        show_number(self.header_row, file.header_row)
        book = bool(sample and sample.sheets)
        self.sheet.offer(sample.sheets if sample else ())
        self.sheet.show_value(file.sheet)
        for row in self._as_text:
            self._opening_part.show_row(row, not book)
        self._opening_part.show_row(self._as_book, book)
        self._show_rows(draft.profile, columns)
        self.required.show_names(draft.profile.detect.required, columns)
        self.forbidden.show_names(draft.profile.detect.forbidden, columns)
        for box, on in (
            (self.sum_identical, rows.sum_identical),
            (self.from_buyer, rows.recipient_from_buyer),
        ):
            box.blockSignals(True)
            box.setChecked(on)
            box.blockSignals(False)

    def _show_rows(self, profile: Profile, columns: Sequence[ColumnSample]) -> None:
        rows, sample = profile.rows, self._sample
        known = sample.columns if sample else ()
        self.mode.show_value(rows.mode)
        self._mode_row.hint(f"profiles.mode.{rows.mode}")
        joined = rows.mode == "joined"
        self._grouping_part.show_row(self._second_row, joined)
        for row in self._second_rows:
            self._grouping_part.show_row(row, joined and rows.second is not None)
        self.second_name.show_text(rows.second.title if rows.second else "")
        if rows.second:
            self.second_key.show_names(rows.second.order_key, known)
            self.second_required.show_names(rows.second.required, known)
        self.line_key.show_names(rows.line_key, known)
        self.drops.show_rules(rows.drop_if, known)

    # Edits ------------------------------------------------------------------------------------------------------

    def _file(self, **changes: object) -> None:
        assert self._draft is not None
        self.edited.emit(self._draft.set_file(**changes))

    def _rows(self, **changes: object) -> None:
        assert self._draft is not None
        self.edited.emit(self._draft.set_rows(**changes))

    def _second_key(self, names: tuple[str, ...]) -> None:
        """The number's column is always required of its file."""
        second = self._drawn_second()
        others = tuple(name for name in second.required if name not in second.order_key)
        self._rows(second=replace(second, order_key=names, required=(*names, *others)))

    def _second_required(self, names: tuple[str, ...]) -> None:
        self._rows(second=replace(self._drawn_second(), required=names))

    def _drawn_second(self) -> Second:
        assert self._draft is not None
        second = self._draft.profile.rows.second
        assert second is not None
        return second

    def _set_mode(self, mode: str) -> None:
        assert self._draft is not None
        second = self._draft.profile.rows.second if mode == "joined" else None
        self._rows(mode=mode, second=second)

    def _set_required(self, names: tuple[str, ...]) -> None:
        assert self._draft is not None
        self.edited.emit(self._draft.set_required(names))

    def _set_forbidden(self, names: tuple[str, ...]) -> None:
        assert self._draft is not None
        profile = self._draft.profile
        detect = replace(profile.detect, forbidden=names)
        self.edited.emit(replace(self._draft, profile=replace(profile, detect=detect)))


class _Drops(QWidget):
    """Rules for rows that are no goods; `changed(rules)`."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._rules: tuple[DropRule, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.fields: list[Words] = []
        self.buttons: list[IconButton] = []
        self.add = ColumnsField()
        self.add.changed.connect(self._add)
        self._lines: list[QWidget] = []
        self._column.addWidget(self.add)

    def show_rules(self, rules: Sequence[DropRule], columns: Sequence[ColumnSample]) -> None:
        """Show these; nothing is made anew while their columns stay."""
        self.add.show_names((), columns)
        same = [rule.column for rule in rules] == [rule.column for rule in self._rules]
        self._rules = tuple(rules)
        if not same:
            self._make()
        for field, rule in zip(self.fields, rules, strict=True):
            field.show_words(rule.pattern)

    def _make(self) -> None:
        for line in self._lines:
            line.hide()
            line.deleteLater()
        self._lines, self.fields, self.buttons = [], [], []
        for place, rule in enumerate(self._rules):
            words = ElidedLabel(rule.column, middle=True)
            words.setMaximumWidth(_RULE)
            field = Words(200)
            field.said.connect(lambda text, place=place: self._say(place, text))
            drop = IconButton("x", "profiles.drop_rule", size="small")
            drop.clicked.connect(lambda _=False, place=place: self._drop(place))
            line = _beside(words, Label("profiles.drop_pattern", size=12, ink="text2"), field, drop)
            self._column.insertWidget(place, line)
            self._lines.append(line)
            self.fields.append(field)
            self.buttons.append(drop)

    def stops(self) -> list[QWidget]:
        """Where Tab stops."""
        rules = zip(self.fields, self.buttons, strict=True)
        return [*(stop for rule in rules for stop in rule), *self.add.stops()]

    def _add(self, names: tuple[str, ...]) -> None:
        self.changed.emit((*self._rules, *(DropRule(name, _BLANK) for name in names)))

    def _say(self, place: int, pattern: str) -> None:
        rules = list(self._rules)
        rules[place] = replace(rules[place], pattern=pattern)
        self.changed.emit(tuple(rules))

    def _drop(self, place: int) -> None:
        self.changed.emit(tuple(rule for n, rule in enumerate(self._rules) if n != place))


def show_number(field: Number, value: int) -> None:
    """Show a number unless a person is typing one."""
    if field.value() != value and not field.hasFocus():
        field.set_value(value)


def _beside(*widgets: QWidget) -> QWidget:
    block = QWidget()
    row = QHBoxLayout(block)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(10)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return block
