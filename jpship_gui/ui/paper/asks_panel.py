"""What a paper asks for this print alone, under its row in the list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from jpship_gui.flows.paper.kind import CHOICE, LINES, NUMBER, PLACE, Ask
from jpship_gui.texts import known, text
from jpship_gui.ui.paper.sheet_place import SheetPlace
from jpship_gui.ui.theme import fonts, palette
from jpship_gui.ui.widgets.inputs import Choice, Number
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.retranslating import Retranslating

_REST_MS = 250  # after a key, before the pages are made anew
_MARGIN = 52  # px: where the names of the documents begin
_WIDE = 380
_LINES_HIGH = 72


class AsksPanel(Retranslating, QWidget):
    """Fields, then the sheet with its words beside it. `answered(document, id, value)` after each change; `flush` tells
    at once what is being typed."""

    answered = Signal(str, str, str)
    opened = Signal()  # it came into the list and has its size

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = ""
        self._asks: tuple[Ask, ...] = ()
        self.fields: dict[str, QWidget] = {}
        self._body: QWidget | None = None
        self._place_words: Label | None = None
        self._place_number: Label | None = None
        self._typed: dict[str, str] = {}
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self.flush)
        self._laid = QTimer(self)
        self._laid.setSingleShot(True)
        self._laid.timeout.connect(self.opened)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(_MARGIN, 8, 20, 16)
        self._column.setSpacing(0)
        self.hide()

    def show_asks(self, document: str, asks: Sequence[Ask]) -> None:
        """Show these; fields that stay keep the focus and what is being typed."""
        if document != self.document:
            self.flush()
        same = document == self.document and [(a.id, a.kind) for a in asks] == [
            (a.id, a.kind) for a in self._asks
        ]
        self.document, self._asks = document, tuple(asks)
        if not same:
            self._make()
        for ask in self._asks:
            self._fill(ask)

    def flush(self) -> None:
        """Tell what was typed and not told yet."""
        self._rest.stop()
        typed, self._typed = self._typed, {}
        for id_, value in typed.items():
            self.answered.emit(self.document, id_, value)

    def waiting(self) -> bool:
        """Whether something typed is not told yet."""
        return self._rest.isActive()

    def retranslate(self) -> None:
        """Words of the options and of the place; the labels see to themselves."""
        for ask in self._asks:
            self._fill(ask)

    def showEvent(self, event: QShowEvent) -> None:
        """Its place is known once the list is laid out anew."""
        self._laid.start(0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """On the ground of the chosen row."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), palette.colour("accent_weak"))
        painter.fillRect(0, 0, 3, self.height(), palette.colour("accent"))
        painter.end()

    # Making -----------------------------------------------------------------------------------------------------

    def _make(self) -> None:
        if self._body is not None:
            self._column.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
        self.fields, self._place_words, self._place_number = {}, None, None
        self._body = body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Label("paperpage.asks", size=12, bold=True, ink="text2"))
        for ask in self._asks:
            column.addSpacing(6)
            column.addWidget(Label(ask.words, size=12, ink="text2"))
            if ask.kind == PLACE:
                column.addLayout(self._place(ask))
            else:
                self._add(column, ask)
        self._column.addWidget(body)

    def _add(self, column: QVBoxLayout, ask: Ask) -> None:
        self.fields[ask.id] = control = self._control(ask)
        control.setMaximumWidth(_WIDE)
        across = QHBoxLayout()
        across.addWidget(control, 1)
        across.addStretch(0)
        column.addLayout(across)
        if ask.hint:
            column.addWidget(Label(ask.hint, size=12, ink="text2", wrap=True))

    def _control(self, ask: Ask) -> QWidget:
        id_ = ask.id
        if ask.kind == CHOICE:
            choice = Choice([], "", _WIDE)
            choice.setMinimumWidth(120)
            choice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            choice.currentIndexChanged.connect(lambda _: self._tell(id_, str(choice.currentData())))
            return choice
        if ask.kind == NUMBER:
            number = Number(ask.low, ask.high, int(ask.value))
            number.valueChanged.connect(lambda value: self._tell(id_, str(value)))
            return number
        if ask.kind == LINES:
            lines = QPlainTextEdit()
            lines.setFont(fonts.font(14))
            lines.setTabChangesFocus(True)
            lines.setFixedHeight(_LINES_HIGH)
            lines.textChanged.connect(lambda: self._type(id_, lines.toPlainText()))
            return lines
        line = QLineEdit()
        line.setFont(fonts.font(14))
        line.textEdited.connect(lambda words: self._type(id_, words))
        line.editingFinished.connect(self.flush)
        return line

    def _place(self, ask: Ask) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(20)
        column = QVBoxLayout()
        column.setSpacing(4)
        self.fields[ask.id] = sheet = SheetPlace()
        sheet.chosen.connect(lambda number: self._placed(ask.id, number))
        self._place_number = Label(size=20, bold=True)
        self._place_words = Label()
        hint = Label(ask.hint, size=12, ink="text2", wrap=True)
        row.addWidget(sheet, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        column.addWidget(self._place_number)
        column.addWidget(self._place_words)
        column.addSpacing(8)
        column.addWidget(hint)
        column.addStretch(1)
        return row

    # Filling ----------------------------------------------------------------------------------------------------

    def _fill(self, ask: Ask) -> None:
        control = self.fields.get(ask.id)
        if isinstance(control, SheetPlace):
            control.show_sheet(ask.columns, ask.rows, ask.cell, int(ask.value))
            self._say_place(control)
            return
        if control is None:
            return
        control.setAccessibleName(text(ask.words))
        if isinstance(control, Choice):
            named = [(value, text(words) if known(words) else words) for value, words in ask.options]
            control.set_choices(named, ask.value)
        elif isinstance(control, Number):
            control.set_value(int(ask.value))
        elif ask.id not in self._typed:
            if isinstance(control, QLineEdit) and control.text() != ask.value:
                control.setText(ask.value)
            elif isinstance(control, QPlainTextEdit) and control.toPlainText() != ask.value:
                control.blockSignals(True)
                control.setPlainText(ask.value)
                control.blockSignals(False)

    def _say_place(self, sheet: SheetPlace) -> None:
        if self._place_number is not None and self._place_words is not None:
            self._place_number.say("paperpage.first_from", number=sheet.value)
            self._place_words.show_text(sheet.words())

    def _placed(self, id_: str, number: int) -> None:
        sheet = self.fields[id_]
        assert isinstance(sheet, SheetPlace)
        self._say_place(sheet)
        self._tell(id_, str(number))

    def _type(self, id_: str, words: str) -> None:
        self._typed[id_] = words
        self._rest.start()

    def _tell(self, id_: str, value: str) -> None:
        self.flush()
        self.answered.emit(self.document, id_, value)
