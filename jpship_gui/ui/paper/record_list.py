"""What was printed, and a range of it again after a paper jam."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from jpship_gui.texts import text
from jpship_gui.ui import names
from jpship_gui.ui.paper.contents import SLIP, Printed
from jpship_gui.ui.theme import fonts
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.inputs import Choice
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
    """`range_asked(batch, first, last)` of running numbers, `pages_asked(line, first, last)` of any other paper, and
    `again_asked(line)`, where line is the place in the record."""

    range_asked = Signal(int, int, int)
    pages_asked = Signal(int, int, int)
    again_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._record: tuple[Printed, ...] = ()
        self._today: date | None = None
        self._batch = 0
        self._last = 0
        self._choices: tuple[int, ...] = ()  # print ids; 0 = the slips of the batch
        self._sheet_range()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._jam)
        self.wide = PlainTable(_COLUMNS, 36)
        self.slim = PlainTable(_NARROW, 46)  # room for a second line
        for table in (self.wide, self.slim):
            table.acted.connect(lambda row, act: self.again_asked.emit(row))
            column.addWidget(table)
        self.slim.hide()

    def _sheet_range(self) -> None:
        self._jam = QWidget()
        both = QVBoxLayout(self._jam)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(10)
        self.which = Choice((), "")
        self.which.setMinimumWidth(120)
        self.which.setMaximumWidth(420)
        self.which.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.which.currentIndexChanged.connect(lambda _: self._whole())
        self.first, self.last = QLineEdit(), QLineEdit()
        for field in (self.first, self.last):
            field.setFixedWidth(64)
            field.setFont(fonts.font(14))
            field.setValidator(QIntValidator(1, 99999, field))
        self.reprint = Button("paperpage.reprint", icon="refresh")
        self.reprint.clicked.connect(self._ask_range)
        self._words = (
            Label("paperpage.jam", ink="text2"),
            Label("paperpage.from", ink="text2"),
            Label("paperpage.to", ink="text2"),
        )
        both.addWidget(self._words[0])
        both.addLayout(row)
        row.addWidget(self.which, 1)
        row.addWidget(self.first)
        row.addWidget(self._words[1])
        row.addWidget(self.last)
        row.addWidget(self._words[2])
        row.addWidget(self.reprint)
        row.addStretch(0)

    def show_record(self, record: Sequence[Printed], batch: int, last: int, today: date) -> None:
        """`batch` with `last` rows is the one a range is taken from; 0 = none was printed yet."""
        self._record, self._today = tuple(record[:_SHOWN]), today
        same = (batch, last) == (self._batch, self._last)
        chosen = self._chosen() if same else 0
        self._batch, self._last = batch, last
        kept = [made.print_id for made in self._record if made.can and not _slips(made)]
        choices = (*((0,) if batch else ()), *kept)
        if choices != self._choices or not same:
            self._choices = choices
            self._offer(chosen)
            if not same or chosen not in choices:
                self._whole()
        self._jam.setVisible(bool(choices))
        self.retranslate()

    def _chosen(self) -> int:
        """The print a range is taken from, 0 = the slips of the batch."""
        at = self.which.currentIndex()
        return self._choices[at] if 0 <= at < len(self._choices) else 0

    def _offer(self, chosen: int) -> None:
        """What a range can be taken from, in words."""
        self.which.blockSignals(True)
        self.which.clear()
        lines = {made.print_id: made for made in self._record}
        self.which.addItems([self._choice_words(lines.get(choice)) for choice in self._choices])
        self.which.setCurrentIndex(self._choices.index(chosen) if chosen in self._choices else 0)
        self.which.blockSignals(False)

    def _choice_words(self, made: Printed | None) -> str:
        if made is None:
            return text("paperpage.jam_slips", batch=self._batch)
        document = text(f"paper.document.{made.document}")
        return f"{document}  {names.moment_words(made.at, self._today)}"

    def _whole(self) -> None:
        """From the first to the last of what is chosen."""
        chosen = self._chosen()
        last = next((made.pages for made in self._record if made.print_id == chosen), self._last)
        self.first.setText("1" if last else "")
        self.last.setText(str(last) if last else "")

    def retranslate(self) -> None:
        """Rows carry words."""
        if not hasattr(self, "slim"):
            return
        self.which.setAccessibleName(text("paperpage.jam"))
        self._offer(self._chosen())
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
            key = "paperpage.reprinted" if _slips(made) else "paperpage.reprinted_pages"
            document = text(key, document=document, first=made.first, last=made.last)
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
        document = Cell(cells[2].words, sub=_where(made).words, ink="ng") if made.lost else cells[2]
        return [*cells[:2], document, cells[3], cells[6]]

    def _ask_range(self) -> None:
        if not (self._choices and self.first.text() and self.last.text()):
            return
        first, last, chosen = int(self.first.text()), int(self.last.text()), self._chosen()
        if chosen == 0:
            self.range_asked.emit(self._batch, first, last)
        else:
            line = next(at for at, made in enumerate(self._record) if made.print_id == chosen)
            self.pages_asked.emit(line, first, last)


def _slips(made: Printed) -> bool:
    return made.document == SLIP and made.batch is not None


def _where(made: Printed) -> Cell:
    """Which printer took it, and what is known of it there where it is not simply under way."""
    if made.lost:
        return Cell(text(f"paperpage.sent.{made.state}", printer=made.printer or "–"), ink="ng")
    return Cell(made.printer or "PDF", ink="text2")
