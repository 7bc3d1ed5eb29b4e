"""What was printed, and a range of it again after a paper jam."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from jpship_gui.texts import text
from jpship_gui.ui import names
from jpship_gui.ui.paper.contents import Printed
from jpship_gui.ui.theme import fonts
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.plain_table import Cell, Column, PlainTable
from jpship_gui.ui.widgets.retranslating import Retranslating

_COLUMNS = (
    Column("", 110),
    Column("", 110),
    Column(""),
    Column("", 80, right=True),
    Column("", 130),
    Column("", 90),
    Column("", 120, right=True),
)
_NARROW = (
    Column("", 100),
    Column("", 90),
    Column(""),
    Column("", 70, right=True),
    Column("", 110, right=True),
)
_SHOWN = 8


class RecordList(Retranslating, QWidget):
    """`range_asked(batch, first, last)` and `again_asked(line)` where line is the place in the record."""

    range_asked = Signal(int, int, int)
    again_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._record: tuple[Printed, ...] = ()
        self._today: date | None = None
        self._batch = 0
        self._last = 0
        self._sheet_range()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._jam)
        self.wide = PlainTable(_COLUMNS, 36)
        self.slim = PlainTable(_NARROW, 36)
        for table in (self.wide, self.slim):
            table.acted.connect(lambda row, act: self.again_asked.emit(row))
            column.addWidget(table)
        self.slim.hide()

    def _sheet_range(self) -> None:
        self._jam = QWidget()
        row = QHBoxLayout(self._jam)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        self.first, self.last = QLineEdit(), QLineEdit()
        for field in (self.first, self.last):
            field.setFixedWidth(64)
            field.setFont(fonts.font(14))
            field.setValidator(QIntValidator(1, 99999, field))
        self.reprint = Button("paperpage.reprint", icon="refresh")
        self.reprint.clicked.connect(self._ask_range)
        self._words = (
            Label("paperpage.jam", ink="text2", batch=0),
            Label("paperpage.from", ink="text2"),
            Label("paperpage.to", ink="text2"),
        )
        row.addWidget(self._words[0])
        row.addWidget(self.first)
        row.addWidget(self._words[1])
        row.addWidget(self.last)
        row.addWidget(self._words[2])
        row.addWidget(self.reprint)
        row.addStretch(1)

    def show_record(self, record: Sequence[Printed], batch: int, last: int, today: date) -> None:
        """`batch` with `last` rows is the one a range is taken from; 0 = none was printed yet."""
        self._record, self._today = tuple(record[:_SHOWN]), today
        if batch != self._batch or last != self._last:
            self._batch, self._last = batch, last
            self.first.setText("1" if last else "")
            self.last.setText(str(last) if last else "")
        self._jam.setVisible(batch > 0)
        self.retranslate()

    def retranslate(self) -> None:
        """Rows carry words."""
        if not hasattr(self, "slim"):
            return
        self._words[0].say("paperpage.jam", batch=self._batch)
        self.wide.show_rows([self._cells(made) for made in self._record])
        self.slim.show_rows([self._slim_cells(made) for made in self._record])

    def set_narrow(self, narrow: bool) -> None:
        """Printer and person are left out in a narrow window."""
        self.wide.setVisible(not narrow)
        self.slim.setVisible(narrow)

    def _cells(self, made: Printed) -> list[Cell]:
        name = text("paperpage.batch", number=made.batch) if made.batch else ""
        document = text(f"paper.document.{made.document}")
        if made.first is not None and not made.path:
            document = text("paperpage.reprinted", document=document, first=made.first, last=made.last)
        return [
            Cell(names.moment_words(made.at, self._today), ink="text2"),
            Cell(name, ink="text2"),
            Cell(document),
            Cell(text("paperpage.sheets", count=made.pages), bold=True),
            _where(made),
            Cell(made.person, ink="text2"),
            Cell(text("paperpage.again") if made.can else "", act="again" if made.can else ""),
        ]

    def _slim_cells(self, made: Printed) -> list[Cell]:
        """Without the printer, but never without that no paper came out."""
        cells = self._cells(made)
        document = Cell(f"{cells[2].words}  {_where(made).words}", ink="ng") if made.lost else cells[2]
        return [*cells[:2], document, cells[3], cells[6]]

    def _ask_range(self) -> None:
        if self._batch and self.first.text() and self.last.text():
            self.range_asked.emit(self._batch, int(self.first.text()), int(self.last.text()))


def _where(made: Printed) -> Cell:
    """Which printer took it, and what is known of it there where it is not simply under way."""
    if made.lost:
        return Cell(text(f"paperpage.sent.{made.state}", printer=made.printer or "–"), ink="ng")
    return Cell(made.printer or "PDF", ink="text2")
