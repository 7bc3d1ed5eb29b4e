"""The last imports: when, what, who, what came of it, and the way back while there is one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jpship_gui.flows.intake.take_back import PastImport
from jpship_gui.texts import text
from jpship_gui.ui import names
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.glyph import Icon
from jpship_gui.ui.widgets.label import ElidedLabel, Label
from jpship_gui.ui.widgets.retranslating import Retranslating
from jpship_gui.ui.widgets.sheet import Hairline, Sheet

FEW, MANY = 6, 40
_ICONS = {"file": "file-text", "api": "plug-connected", "hand": "pencil"}
_COUNTS = (("new", "text"), ("changed", "attention"), ("rejected", "ng"))


class ImportRow(QWidget):
    """One import; `asked` when it is to be taken back."""

    asked = Signal()

    def __init__(self, one: PastImport, today: date) -> None:
        super().__init__()
        self.setFixedHeight(52)
        gone = one.taken_back_at is not None
        ink = "text3" if gone else "text"
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(14)
        row.addWidget(Icon(_ICONS.get(one.source, "file-text"), 20, "text3" if gone else "text2"))
        moment = Label(ink="text2")
        moment.show_text(names.moment_words(one.at, today))
        moment.setFixedWidth(140)
        row.addWidget(moment)
        row.addLayout(_what(one, ink), 1)
        for key, loud in _COUNTS:
            row.addWidget(_count(key, one.counts.get(key, 0), "text3" if gone else loud))
        row.addWidget(self._end(one, today), 0, Qt.AlignmentFlag.AlignRight)

    def _end(self, one: PastImport, today: date) -> QWidget:
        holder = QWidget()
        holder.setFixedWidth(230)
        across = QHBoxLayout(holder)
        across.setContentsMargins(0, 0, 0, 0)
        across.addStretch(1)
        self.button: Button | None = None
        self.why = ""  # why there is no way back
        if one.can_go:
            self.button = Button("ui.undo", size="small", icon="arrow-back-up")
            self.button.clicked.connect(self.asked)
            across.addWidget(self.button)
            return holder
        if one.taken_back_at is not None:
            moment = names.moment_words(one.taken_back_at, today)
            key = "imports.taken_back" if one.taken_back_by else "imports.taken_back_at"
            self.why = text(key, moment=moment, person=one.taken_back_by)
        else:
            self.why = text(f"imports.stays.{one.stays}")
        across.addWidget(ElidedLabel(self.why, size=12, ink="text3"))
        return holder


def _what(one: PastImport, ink: str) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setContentsMargins(0, 7, 0, 7)
    column.setSpacing(0)
    more = len(one.names) - 1
    name = one.names[0] if one.names else ""
    shown = text("intakepage.file_and_more", name=name, count=more) if more > 0 else name
    column.addWidget(ElidedLabel(shown, bold=ink == "text", ink=ink, middle=True))
    source = text(f"imports.source.{one.source}")
    by = text("intakepage.past.by", source=source, person=one.person) if one.person else source
    column.addWidget(ElidedLabel(by, size=12, ink="text3"))
    return column


def _count(key: str, count: int, ink: str) -> QWidget:
    """Word small, figure large, in columns; nothing where there is none."""
    holder = QWidget()
    holder.setFixedWidth(92)
    across = QHBoxLayout(holder)
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(6)
    across.addStretch(1)
    if count:
        across.addWidget(Label(f"intake.{key}", size=12, ink="text2" if ink == "text" else ink))
        figure = Label(size=16, bold=True, ink=ink)
        figure.show_text(f"{count:,}")
        across.addWidget(figure)
    return holder


class ImportsList(Retranslating, QWidget):
    """`asked(act)` when one is to be taken back; `more_asked()` for older ones."""

    asked = Signal(int)
    more_asked = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self._shown: tuple[PastImport, ...] = ()
        self.rows: list[ImportRow] = []
        self.all = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(Label("intakepage.past", size=16, bold=True))
        head.addWidget(Label("intakepage.past.more", ink="text2"), 1)
        column.addLayout(head)
        self._sheet = Sheet()
        self._inside = QVBoxLayout(self._sheet)
        self._inside.setContentsMargins(1, 1, 1, 1)
        self._inside.setSpacing(0)
        column.addWidget(self._sheet)
        self.more = Button("intakepage.past.all", kind="link", size="small")
        self.more.clicked.connect(self._ask_more)
        column.addWidget(self.more)

    @property
    def wanted(self) -> int:
        """How many are to be read: one more than are shown tells whether there are older ones."""
        return MANY if self.all else FEW + 1

    def show_imports(self, found: Sequence[PastImport]) -> None:
        """Show these, newest first."""
        if tuple(found) != self._shown:
            self._shown = tuple(found)
            self.retranslate()

    def _ask_more(self) -> None:
        self.all = True
        self.more_asked.emit()

    def retranslate(self) -> None:
        """Rows are made of words."""
        if not hasattr(self, "more"):
            return
        while (item := self._inside.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = []
        shown = self._shown if self.all else self._shown[:FEW]
        for one in shown:
            if self.rows:
                self._inside.addWidget(Hairline())
            row = ImportRow(one, self._today)
            row.asked.connect(lambda act=one.act: self.asked.emit(act))
            self.rows.append(row)
            self._inside.addWidget(row)
        self.more.setVisible(not self.all and len(self._shown) > FEW)
