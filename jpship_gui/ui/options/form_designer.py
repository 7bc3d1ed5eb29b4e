"""The simple designer of a pre-printed form: a table of positions, and the paper on which fields are dragged."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from jpship_gui.domain.fault import Fault
from jpship_gui.flows.paper.forms import Form, keep_form, value_names, with_field
from jpship_gui.texts import text
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.options.form_canvas import FormCanvas
from jpship_gui.ui.show import show_fault
from jpship_gui.ui.theme import fonts
from jpship_gui.ui.widgets.button import Button, IconButton
from jpship_gui.ui.widgets.inputs import Choice
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.retranslating import Retranslating
from jpship_gui.ui.widgets.sheet import Sheet

_COLUMNS = ("x", "y", "width", "height", "size", "pitch", "text")
_TENTHS = ("x", "y", "width", "height", "pitch")  # shown in millimetres
_PAPERS = ("A4", "A4 landscape", "A5", "B5", "10 x 4.5 in", "9.5 x 5.5 in")
_ROW = 34


class FormDesigner(Retranslating, QWidget):
    """Every change is shown at once; it is kept by its button. `left` once the person is done."""

    left = Signal()
    kept = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.form = Form("", "", "A4")
        self._current = -1
        self._filling = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(self._head())
        self.canvas = FormCanvas()
        self.canvas.chosen.connect(self.choose)
        self.canvas.moved.connect(self._moved)
        column.addWidget(self.canvas)
        column.addLayout(self._adding())
        self.table = self._positions()
        sheet = Sheet()
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.table)
        column.addWidget(sheet)
        self._wrong = Label(size=12, ink="ng", wrap=True)
        self._wrong.hide()
        column.addWidget(self._wrong)
        self.retranslate()

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.name = QLineEdit()
        self.name.setFont(fonts.font(14))
        self.name.setMaxLength(60)
        self.name.textEdited.connect(lambda words: self._change(replace(self.form, name=words)))
        row.addWidget(self.name, 1)
        self.paper = Choice([(one, one) for one in _PAPERS], "A4", 180)
        self.paper.setEditable(True)
        self.paper.currentTextChanged.connect(self._set_paper)
        row.addWidget(self.paper)
        self.back = Button("formpage.back", size="small")
        self.back.clicked.connect(self.left)
        row.addWidget(self.back)
        self.keep = Button("formpage.keep", kind="primary", size="small")
        self.keep.clicked.connect(self._keep)
        row.addWidget(self.keep)
        return row

    def _adding(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.values = Choice(list(value_names().items()), "to_name", 280)
        row.addWidget(self.values)
        self.add = Button("formpage.add", icon="plus", size="small")
        self.add.clicked.connect(self._add)
        row.addWidget(self.add)
        row.addWidget(Label("formpage.hint", size=12, ink="text2", wrap=True), 1)
        self.drop = IconButton("trash", "formpage.drop")
        self.drop.clicked.connect(self._drop)
        row.addWidget(self.drop)
        return row

    def _positions(self) -> QTableWidget:
        table = QTableWidget(0, len(_COLUMNS) + 1)
        table.setFont(fonts.font(13))
        table.setFrameShape(QTableWidget.Shape.NoFrame)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(_ROW)
        header = table.horizontalHeader()
        header.setFont(fonts.font(12))
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setDefaultSectionSize(80)
        header.setFixedHeight(_ROW)
        table.setShowGrid(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        table.itemChanged.connect(self._edited)
        table.currentCellChanged.connect(lambda row, *_: None if self._filling else self.choose(row))
        return table

    def retranslate(self) -> None:
        """Headings and names."""
        self.table.setHorizontalHeaderLabels([text(f"formpage.column.{c}") for c in ("value", *_COLUMNS)])
        self.table.setAccessibleName(text("formpage.positions"))
        self.values.set_choices(list(value_names().items()), str(self.values.currentData()))
        self._fill()
        self.name.setPlaceholderText(text("formpage.name"))
        self.name.setAccessibleName(text("formpage.name"))
        self.paper.setAccessibleName(text("formpage.paper"))

    def show_form(self, form: Form) -> None:
        """Begin with this one; an empty id makes a new form when it is kept."""
        self._current = -1
        self.name.setText(form.name)
        self.paper.set_choices([(one, one) for one in _PAPERS], form.paper)
        self._say(None)
        self._change(form)

    def choose(self, index: int) -> None:
        """Mark a field in both views."""
        self._current = index
        self._filling = True
        if index >= 0:
            self.table.selectRow(index)
        else:
            self.table.clearSelection()
        self._filling = False
        self.canvas.show_form(self.form, index)
        self.drop.setEnabled(index >= 0)

    def _change(self, form: Form) -> None:
        self.form = form
        self._fill()
        self._current = min(self._current, len(form.fields) - 1)
        self.choose(self._current)

    def _fill(self) -> None:
        self._filling = True
        names = value_names()
        self.table.setRowCount(len(self.form.fields))
        for row, field in enumerate(self.form.fields):
            self._put(row, 0, f"  {names[field.value]}", fixed=True)
            for column, name in enumerate(_COLUMNS, 1):
                self._put(row, column, _shown(name, getattr(field, name)), fixed=False)
        self.table.setFixedHeight((max(1, len(self.form.fields)) + 1) * _ROW + 2)
        self._filling = False

    def _put(self, row: int, column: int, words: str, *, fixed: bool) -> None:
        item = self.table.item(row, column)
        if item is None:
            item = QTableWidgetItem()
            self.table.setItem(row, column, item)
        if fixed:
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
        elif column < len(_COLUMNS):
            item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.setText(words)

    def _edited(self, item: QTableWidgetItem) -> None:
        """A number that is none, or lies off the paper, falls back to the last."""
        if self._filling or not item.column():
            return
        name, index = _COLUMNS[item.column() - 1], item.row()
        value = _read(name, item.text())
        field = self.form.fields[index]
        if value is not None:
            field = replace(field, **{name: value})  # type: ignore[arg-type]
        wide, high = self.form.size
        inside = field.x + field.width <= wide and field.y + field.height <= high and field.height >= 10
        if value is None or not inside or field.width < 10 or not 4 <= field.size <= 72:
            self._fill()
            return
        fields = self.form.fields
        self._change(replace(self.form, fields=(*fields[:index], field, *fields[index + 1 :])))

    def _moved(self, index: int, x: int, y: int) -> None:
        self._change(self.form.moved(index, x, y))

    def _set_paper(self, words: str) -> None:
        """A paper that is none, or on which a field would not lie any more, is not taken."""
        form = replace(self.form, paper=words)
        try:
            wide, high = form.size
        except ValueError:
            return
        if all(f.x + f.width <= wide and f.y + f.height <= high for f in form.fields):
            self._change(form)

    def _add(self) -> None:
        self._change(with_field(self.form, str(self.values.currentData())))
        self.choose(len(self.form.fields) - 1)
        self.canvas.setFocus()

    def _drop(self) -> None:
        if self._current >= 0:
            fields = self.form.fields
            self._change(replace(self.form, fields=fields[: self._current] + fields[self._current + 1 :]))

    def _keep(self) -> None:
        form = replace(self.form, name=self.form.name.strip() or text("formpage.unnamed"))
        try:
            kept = keep_form(self._desk.ws, form)
        except Fault as fault:
            self._say(fault)
            return
        self.kept.emit(kept.id)
        self.left.emit()

    def _say(self, fault: Fault | None) -> None:
        self._wrong.setVisible(fault is not None)
        if fault is not None:
            self._wrong.show_text(show_fault(fault).title)


def _shown(name: str, value: object) -> str:
    if name in _TENTHS and isinstance(value, int):
        return f"{value / 10:g}" if value or name != "pitch" else ""
    return f"{value:g}" if isinstance(value, float) else str(value)


def _read(name: str, words: str) -> int | float | str | None:
    """What a cell says; None where it is no number."""
    if name == "text":
        return words.strip()
    try:
        number = float(words.replace(",", ".") or (0 if name == "pitch" else "x"))
    except ValueError:
        return None
    if not 0 <= number <= 600:
        return None
    return round(number * 10) if name in _TENTHS else number
