"""What an act on this page gave, where there is more to say than one line: figures, lists, what to do next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from jpship_gui.texts import text
from jpship_gui.ui.theme import glyphs
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.checkbox import CheckBox
from jpship_gui.ui.widgets.foot_bar import FootBar
from jpship_gui.ui.widgets.glyph import Glyph
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.plain_table import Column, PlainTable, Row
from jpship_gui.ui.widgets.retranslating import Retranslating
from jpship_gui.ui.widgets.sheet import Panel, Sheet

_MOST = 100
MARKS = {
    "ok": (glyphs.OK, "ok"),
    "attention": (glyphs.ATTENTION, "attention"),
    "ng": (glyphs.NG, "ng"),
    "done": (glyphs.PROVEN, "done"),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A count with its word; `mark` gives the ink where it is not 0."""

    count: int
    words: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A list. `tick` is a question asked of all its rows at once; its answer goes to the chosen act."""

    mark: str
    title: str
    more: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    tick: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One button; the first of a result is the primary one. `run` gets the ids of the ticked sections."""

    words: str
    run: Callable[[frozenset[str]], None]
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """All of it, in words."""

    title: str
    mark: str
    headline: str
    more: str = ""
    figures: tuple[Figure, ...] = ()
    sections: tuple[Section, ...] = ()
    choices: tuple[Choice, ...] = ()


class ResultPanel(Retranslating, QWidget):
    """Give it a function that words the result, so that it can be worded anew; `closed` when it is done with."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._make: Callable[[], Result] | None = None
        self._ticks: dict[str, CheckBox] = {}
        self.buttons: list[Button] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        column.addWidget(self._scroll, 1)
        foot = FootBar()
        self._foot = foot.row
        column.addWidget(foot)

    def show_result(self, make: Callable[[], Result]) -> None:
        """Show it from the top."""
        self._make = make
        self._ticks = {}
        self._fill()
        self._scroll.verticalScrollBar().setValue(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A person's Enter does what the primary button says; a scanner's never gets here."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat() and self.buttons:
            self.buttons[0].click()
            return
        super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Word it anew; ticks stay."""
        if self._make is not None:
            self._fill()

    def ticked(self) -> frozenset[str]:
        """Ids of the sections whose question was answered yes."""
        return frozenset(name for name, tick in self._ticks.items() if tick.isChecked())

    def _fill(self) -> None:
        assert self._make is not None
        result, before = self._make(), self.ticked()
        self._ticks = {}
        ground = Panel("window")
        body = QVBoxLayout(ground)
        body.setContentsMargins(32, 20, 32, 24)
        body.setSpacing(0)
        body.addWidget(_label(result.title, 12, False, "text2"))
        body.addSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(12)
        shape, ink = MARKS[result.mark]
        head.addWidget(Glyph(shape, 28, ink, "window"))
        head.addWidget(_label(result.headline, 20, True, wrap=True), 1)
        body.addLayout(head)
        if result.more:
            body.addSpacing(8)
            body.addWidget(_label(result.more, 14, False, "text2", wrap=True))
        body.addSpacing(18)
        if result.figures:
            body.addLayout(_figures(result.figures))
            body.addSpacing(20)
        for section in result.sections:
            self._add(body, section, section.id in before)
        body.addStretch(1)
        self._scroll.setWidget(ground)
        self._show_choices(result.choices)

    def _add(self, body: QVBoxLayout, section: Section, ticked: bool) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        shape, ink = MARKS[section.mark]
        head.addWidget(Glyph(shape, 18, ink, "window"))
        head.addWidget(_label(section.title, 16, True))
        head.addWidget(_label(section.more, 12, False, "text2", wrap=True), 1)
        body.addLayout(head)
        body.addSpacing(8)
        sheet = Sheet()
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(4, 2, 4, 4)
        inside.setSpacing(0)
        table = PlainTable(section.columns, 48)
        table.show_rows(section.rows[:_MOST])
        inside.addWidget(table)
        body.addWidget(sheet)
        if len(section.rows) > _MOST:
            body.addWidget(
                _label(text("paperpage.hidden", count=len(section.rows) - _MOST), 12, False, "text2")
            )
        if section.tick:
            tick = CheckBox(checked=ticked)
            tick.setText(section.tick)
            self._ticks[section.id] = tick
            body.addSpacing(4)
            body.addWidget(tick)
        body.addSpacing(22)

    def _show_choices(self, choices: Sequence[Choice]) -> None:
        while (item := self._foot.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.buttons = []
        close = Button("ui.close", kind="quiet", cap="Esc")
        close.clicked.connect(self.closed)
        self._foot.addWidget(close)
        self._foot.addStretch(1)
        for number, choice in reversed(list(enumerate(choices))):
            kind, cap = ("plain", "") if number else ("primary", "Enter")
            button = Button(kind=kind, size="large", icon=choice.icon, cap=cap)
            button.show_text(choice.words)
            button.clicked.connect(lambda _=False, run=choice.run: run(self.ticked()))
            self.buttons.insert(0, button)
            self._foot.addWidget(button)


def _label(words: str, size: int, bold: bool, ink: str = "text", *, wrap: bool = False) -> Label:
    label = Label(size=size, bold=bold, ink=ink, wrap=wrap)
    label.show_text(words)
    return label


def _figures(figures: Sequence[Figure]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(10)
    for figure in figures:
        ink = MARKS[figure.mark][1] if figure.mark and figure.count else ("text" if figure.count else "ghost")
        number = _label(f"{figure.count:,}", 40, True, ink)
        words = _label(figure.words, 14, False, ink if figure.mark and figure.count else "text2")
        words.setContentsMargins(0, 0, 0, 5)
        row.addWidget(number)
        row.addWidget(words)
        words.setAlignment(Qt.AlignmentFlag.AlignBottom)
        row.addSpacing(18)
    row.addStretch(1)
    return row
