"""The confirmation file: none, a new one with these columns, or the downloaded one filled in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jpship_gui.flows.upkeep.adapters import every_carrier
from jpship_gui.flows.upkeep.profile_drafts import (
    CHOICES,
    OUT_FIELDS,
    OutColumn,
    OutPart,
    Sample,
)
from jpship_gui.texts import text, text_in
from jpship_gui.ui import names
from jpship_gui.ui.options.segments import Segments
from jpship_gui.ui.profiles.draft import Draft
from jpship_gui.ui.profiles.file_form import show_number, sign_key
from jpship_gui.ui.profiles.form_parts import FormRow, KeyChoice, Part, Words
from jpship_gui.ui.profiles.menus import columns_menu
from jpship_gui.ui.widgets.button import Button, IconButton
from jpship_gui.ui.widgets.checkbox import CheckBox
from jpship_gui.ui.widgets.glyph import CarrierBar
from jpship_gui.ui.widgets.inputs import Number
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.retranslating import Retranslating
from jpship_gui.ui.widgets.sheet import Hairline

_NONE = "none"
_DATED = ("ship_date", "ship_time", "order_date")
CARRIER_FIELDS = ("carrier_code", "carrier_name", "method")
# What a new file begins with; a person renames the columns as the shop system calls them.
_FIRST = ("number", "tracking_no", "carrier_code", "ship_date")
# Settings of the file, as they stand in the form.
_ORDER = (
    *("each", "numbers", "join", "date_form", "encoding", "bom", "delimiter", "quoting", "eol"),
    *("header", "ending", "name", "rows", "blank"),
)
_MOST = 1_000_000


def first_columns(number: str = "") -> tuple[OutColumn, ...]:
    """Columns of a new file, named as shop systems of this country do; the order number as in the download."""
    names_of = {"number": number}
    return tuple(
        OutColumn(names_of.get(field) or text_in("ja", f"profile.out.{field}"), field) for field in _FIRST
    )


class OutForm(QWidget):
    """Emits `edited(draft)`."""

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft: Draft | None = None
        self._sample: Sample | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 20)
        column.setSpacing(20)
        kinds = [(_NONE, "profiles.out.none"), *((one, f"profiles.out.{one}") for one in CHOICES["out.mode"])]
        self.mode = Segments(kinds, _NONE)
        self.mode.chosen.connect(self._set_mode)
        head = QVBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.mode)
        self._told = Label("profiles.out.none.hint", size=12, ink="text2", wrap=True)
        head.addWidget(self._told)
        column.addLayout(head)
        self._columns_part = Part("profiles.part.out_columns")
        self.columns = _Columns()
        self.columns.changed.connect(self._set_columns)
        self._columns_part.add(self.columns)
        self._file_part = self._file()
        self.carriers = _Carriers()
        self.carriers.said.connect(self._set_carrier)
        self._carriers_part = Part("profiles.part.carriers", [self.carriers])
        self._parts: tuple[QWidget, ...] = (self._columns_part, self._carriers_part, self._file_part)
        for part in self._parts:
            column.addWidget(part)
        column.addStretch(1)

    def _file(self) -> Part:
        self.choices: dict[str, KeyChoice] = {}
        rows: dict[str, FormRow] = {}
        for name in ("each", "encoding", "delimiter", "quoting", "eol"):
            if name == "delimiter":
                keys = [(one, sign_key("out", one)) for one in CHOICES["out.delimiter"]]
            else:
                keys = [(one, f"profile.choice.out.{name}.{one}") for one in CHOICES[f"out.{name}"]]
            self.choices[name] = choice = KeyChoice(keys)
            choice.chosen.connect(lambda value, name=name: self._out(**{name: value}))
            rows[name] = FormRow(f"out_{name}", choice)
        self.words: dict[str, Words] = {}
        for name, width in (
            ("date_form", 200),
            ("join", 84),
            ("ending", 84),
            ("name", 200),
            ("blank", 84),
        ):
            self.words[name] = field = Words(width)
            field.said.connect(lambda value, name=name: self._out(**{name: value}))
            rows[name] = FormRow(f"out_{name}", field)
        self.numbers, self.rows = Number(0, 99, 0), Number(0, _MOST, 0)
        self.numbers.valueChanged.connect(lambda value: self._out(numbers=value))
        self.rows.valueChanged.connect(lambda value: self._out(rows=value))
        rows["numbers"], rows["rows"] = FormRow("out_numbers", self.numbers), FormRow("out_rows", self.rows)
        self.bom, self.header = CheckBox("profiles.out.bom"), CheckBox("profiles.out.header")
        self.bom.toggled.connect(lambda on: self._out(bom=on))
        self.header.toggled.connect(lambda on: self._out(header=on))
        rows["bom"], rows["header"] = FormRow("out_bom", self.bom), FormRow("out_header", self.header)
        self._rows = rows
        return Part("profiles.part.out_file", [rows[name] for name in _ORDER])

    def stops(self) -> list[QWidget]:
        """Where Tab stops, as the form is read."""
        carriers = [field for fields in self.carriers.lines.values() for field in fields.values()]
        controls = [self._rows[name].control for name in _ORDER]
        return [self.mode, *self.columns.stops(), *carriers, *controls]

    # Showing ----------------------------------------------------------------------------------------------------

    def show_draft(self, draft: Draft, sample: Sample | None) -> None:
        """Show a draft."""
        self._draft, self._sample = draft, sample
        out = draft.profile.out
        mode = out.mode if out else _NONE
        if self.mode.value() != mode:
            self.mode.set_value(mode)
        self._told.say(f"profiles.out.{mode}.hint")
        for part in self._parts:
            part.setVisible(out is not None)
        if out is None:
            return
        self.columns.show_columns(out, sample)
        used = [name for name in CARRIER_FIELDS if any(c.field == name for c in out.columns)]
        self._carriers_part.setVisible(bool(used))
        self.carriers.show_draft(draft, used)
        for name, choice in self.choices.items():
            choice.show_value(getattr(out, name))
        for name, field in self.words.items():
            field.show_words(getattr(out, name))
        show_number(self.numbers, out.numbers)
        show_number(self.rows, out.rows)
        for box, on in ((self.bom, out.bom), (self.header, out.header)):
            box.blockSignals(True)
            box.setChecked(on)
            box.blockSignals(False)
        self._show_rows(out)

    def _show_rows(self, out: OutPart) -> None:
        """Only what this kind of file has."""
        fill = out.mode == "fill"
        dated = any(column.field in _DATED for column in out.columns)
        shown = {
            "each": not fill,
            "numbers": True,
            "join": out.numbers != 1 and (fill or out.each == "order"),
            "date_form": dated,
            "bom": not fill and out.encoding == "utf-8",
            "blank": True,
        }
        for name, row in self._rows.items():
            self._file_part.show_row(row, shown.get(name, not fill))

    # Edits ------------------------------------------------------------------------------------------------------

    def _set_mode(self, mode: str) -> None:
        assert self._draft is not None
        if mode == _NONE:
            self.edited.emit(self._draft.set_out(None))
            return
        out = self._draft.profile.out or OutPart()
        if mode == "fill":
            known = {column.name for column in self._sample.columns} if self._sample else set()
            columns = tuple(column for column in out.columns if column.header in known)
            made = OutPart(columns, mode="fill", numbers=1, date_form=out.date_form)
        else:
            keys = self._draft.profile.rows.order_key
            # Files of one shop system are alike: one that gives out UTF-8 takes it too.
            encoding = "cp932" if self._sample and self._sample.encoding == "cp932" else "utf-8"
            columns = first_columns(keys[0] if keys else "")
            made = OutPart(columns, encoding=encoding, date_form=out.date_form)
        self.edited.emit(self._draft.set_out(made))

    def _out(self, **changes: object) -> None:
        assert self._draft is not None
        out = self._draft.profile.out
        assert out is not None
        if changes.get("encoding") == "cp932":
            changes["bom"] = False
        self.edited.emit(self._draft.set_out(replace(out, **changes)))  # type: ignore[arg-type]

    def _set_columns(self, columns: Sequence[OutColumn]) -> None:
        assert self._draft is not None
        self.edited.emit(self._draft.set_out_columns(columns))

    def _set_carrier(self, carrier: str, name: str, words: str) -> None:
        assert self._draft is not None
        rule = self._draft.carrier(carrier)
        out = self._draft.profile.out
        coded = out is not None and any(column.field == "carrier_code" for column in out.columns)
        if not coded:
            rule = replace(rule, code="")  # stands for the words of the other columns only
        if name == "carrier_code":
            rule = replace(rule, code=words)
        elif name == "carrier_name":
            rule = replace(rule, carrier_name=words)
        else:
            rule = replace(rule, method=words)
        self.edited.emit(self._draft.set_carrier(rule))


class _Columns(QWidget):
    """Columns of the file in their order; `changed(columns)`."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._out = OutPart()
        self._sample: Sample | None = None
        self.lines: list[_ColumnLine] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 8)
        self.add_button = Button("profiles.out.add", size="small", icon="plus")
        self.add_button.clicked.connect(self._add)
        foot.addWidget(self.add_button)
        foot.addStretch(1)
        self._column.addLayout(foot)

    def stops(self) -> list[QWidget]:
        """Where Tab stops."""
        return [*(stop for line in self.lines for stop in line.stops()), self.add_button]

    def show_columns(self, out: OutPart, sample: Sample | None) -> None:
        """Show these; lines stay while the kinds of their columns do, so that a person types on."""
        self._sample = sample
        kinds = [(column.field, out.mode) for column in out.columns]
        before = [(column.field, self._out.mode) for column in self._out.columns]
        self._out = out
        if kinds != before:
            self._make()
        for line, column in zip(self.lines, out.columns, strict=True):
            line.show_column(column)

    def _make(self) -> None:
        for line in self.lines:
            line.hide()
            line.deleteLater()
        self.lines = []
        for place, column in enumerate(self._out.columns):
            line = _ColumnLine(column, self._out.mode == "fill", place + 1)
            line.changed.connect(lambda made, place=place: self._put(place, made))
            line.moved.connect(lambda by, place=place: self._move(place, by))
            line.dropped.connect(lambda place=place: self._drop(place))
            line.column_asked.connect(lambda place=place: self._choose(place))
            self._column.insertWidget(place, line)
            self.lines.append(line)

    def _emit(self, columns: Sequence[OutColumn]) -> None:
        self.changed.emit(tuple(columns))

    def _put(self, place: int, column: OutColumn) -> None:
        columns = list(self._out.columns)
        columns[place] = column
        self._emit(columns)

    def _move(self, place: int, by: int) -> None:
        columns = list(self._out.columns)
        if 0 <= place + by < len(columns):
            columns[place], columns[place + by] = columns[place + by], columns[place]
            self._emit(columns)
            self.lines[place + by].setFocus()

    def _drop(self, place: int) -> None:
        self._emit([column for n, column in enumerate(self._out.columns) if n != place])

    def _add(self) -> None:
        if self._out.mode == "fill":
            self._pop(self.add_button, self._take)
            return
        used = {column.field for column in self._out.columns}
        field = next((name for name in OUT_FIELDS if name not in used), "constant")
        self._emit([*self._out.columns, OutColumn(text_in("ja", f"profile.out.{field}"), field)])
        self.lines[-1].header.setFocus()
        self.lines[-1].header.selectAll()

    def _take(self, name: str) -> None:
        used = {column.field for column in self._out.columns}
        field = "tracking_no" if "tracking_no" not in used else "carrier_code"
        self._emit([*self._out.columns, OutColumn(name, field)])

    def _choose(self, place: int) -> None:
        line = self.lines[place]
        self._pop(
            line.column_button, lambda name: self._put(place, replace(self._out.columns[place], header=name))
        )

    def _pop(self, over: QWidget, chosen: object) -> None:
        columns = self._sample.columns if self._sample else ()
        menu = columns_menu(self, columns, chosen, [column.header for column in self._out.columns])  # type: ignore[arg-type]
        menu.popup(over.mapToGlobal(over.rect().bottomLeft()))


class _ColumnLine(QWidget):
    """One column: its name, what stands in it, and how."""

    changed = Signal(object)
    moved = Signal(int)
    dropped = Signal()
    column_asked = Signal()

    def __init__(self, column: OutColumn, fill: bool, number: int) -> None:
        super().__init__()
        self._column = column
        self._fill = fill
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(16, 6, 8, 6)
        row.setSpacing(8)
        place = Label(size=12, ink="text3")
        place.show_text(str(number))
        place.setFixedWidth(18)
        row.addWidget(place)
        self.header = Words(200)
        self.header.said.connect(lambda words: self._say(header=words))
        self.column_button = Button(size="small", icon="chevron-down")
        self.column_button.clicked.connect(self.column_asked)
        row.addWidget(self.column_button if fill else self.header)
        self.field = KeyChoice([(one, f"profile.out.{one}") for one in OUT_FIELDS], column.field, 190)
        self.field.chosen.connect(lambda field: self._say(field=field, form="", text=""))
        row.addWidget(self.field)
        self.form = _form_of(column.field)
        if isinstance(self.form, Words):
            key = "text" if column.field == "constant" else "form"
            self.form.said.connect(lambda words: self._say(**{key: words}))
        elif self.form is not None:
            self.form.chosen.connect(lambda value: self._say(form=value))
        if self.form is not None:
            row.addWidget(self.form)
        row.addStretch(1)
        self._movers: list[QWidget] = []
        for icon, key, by in (("arrow-up", "profiles.step_up", -1), ("arrow-down", "profiles.step_down", 1)):
            button = IconButton(icon, key, size="small")
            self._movers.append(button)
            button.clicked.connect(lambda _=False, by=by: self.moved.emit(by))
            if fill:
                button.hide()
            row.addWidget(button)
        self.drop_button = IconButton("x", "profiles.out.drop", size="small")
        self.drop_button.clicked.connect(self.dropped)
        row.addWidget(self.drop_button)
        outer.addLayout(row)
        outer.addWidget(Hairline())
        self.setFocusProxy(self.column_button if fill else self.header)

    def stops(self) -> list[QWidget]:
        """Where Tab stops."""
        form = [] if self.form is None else [self.form]
        named = self.column_button if self._fill else self.header
        return [named, self.field, *form, *self._movers, self.drop_button]

    def show_column(self, column: OutColumn) -> None:
        """Show it as it is now."""
        self._column = column
        self.header.show_words(column.header)
        self.column_button.show_text(column.header)
        self.field.show_value(column.field)
        if isinstance(self.form, Words):
            self.form.show_words(column.text if column.field == "constant" else column.form)
        elif self.form is not None:
            self.form.show_value(column.form)

    def _say(self, **changes: str) -> None:
        self.changed.emit(replace(self._column, **changes))


class _Hinted(Retranslating, Words):
    """A text whose ghost words say what belongs there."""

    def __init__(self, key: str, width: int, ghost: str = "") -> None:
        self._key = key
        self._ghost = ghost
        super().__init__(width)
        self.retranslate()

    def retranslate(self) -> None:
        """The ghost words."""
        self.setPlaceholderText(self._ghost or text(self._key))
        self.setAccessibleName(text(self._key))


def _form_of(field: str) -> Words | KeyChoice | None:
    if field == "constant":
        return _Hinted("profiles.out.text", 150)
    if field in _DATED:
        return _Hinted("profiles.out.form", 150, "HH:mm" if field == "ship_time" else "yyyy/MM/dd")
    if field == "tracking_no":
        return KeyChoice([("", "profiles.out.plain"), ("4-4-4", "profiles.out.grouped")], "", 150)
    return None


class _Carriers(QWidget):
    """What each carrier is called there, one line each; `said(carrier, field, words)`."""

    said = Signal(str, str, str)

    def __init__(self) -> None:
        super().__init__()
        self._fields: tuple[str, ...] = ()
        self.lines: dict[str, dict[str, Words]] = {}
        self._names: dict[str, Label] = {}
        self._blocks: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_draft(self, draft: Draft, fields: Sequence[str]) -> None:
        """One field for each kind of column the file has."""
        if tuple(fields) != self._fields:
            self._fields = tuple(fields)
            self._make()
        for carrier, words in self.lines.items():
            rule = draft.carrier(carrier)
            for name, field in words.items():
                field.show_words(rule.code if name == "carrier_code" else getattr(rule, name))

    def _make(self) -> None:
        for block in self._blocks:
            block.hide()
            block.deleteLater()
        self._blocks, self.lines = [], {}
        for carrier in [adapter.id for adapter in every_carrier()]:
            block = _CarrierLine(carrier, self._fields)
            block.said.connect(self.said)
            self.lines[carrier] = block.fields
            self._column.addWidget(block)
            self._blocks.append(block)


class _CarrierLine(Retranslating, QWidget):
    said = Signal(str, str, str)

    def __init__(self, carrier: str, fields: Sequence[str]) -> None:
        super().__init__()
        self._carrier = carrier
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(8)
        row.addWidget(CarrierBar(carrier))
        self._words = Label()
        self._words.setFixedWidth(180)
        row.addWidget(self._words)
        self.fields: dict[str, Words] = {}
        for name in fields:
            self.fields[name] = field = _Hinted(f"profile.out.{name}", 170)
            field.said.connect(lambda words, name=name: self.said.emit(carrier, name, words))
            row.addWidget(field)
        row.addStretch(1)
        outer.addLayout(row)
        outer.addWidget(Hairline())
        self.retranslate()

    def retranslate(self) -> None:
        """The carrier's name."""
        if hasattr(self, "_words"):
            self._words.show_text(names.carrier_name(self._carrier))
