"""Whom the paper names, what for, how it was paid: set by a person before it is issued."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from jpship_gui.flows.paper.receipts import Draft, Issue, Paid, ReceiptForm
from jpship_gui.texts import text
from jpship_gui.ui import names
from jpship_gui.ui.options.segments import Segments
from jpship_gui.ui.theme import fonts
from jpship_gui.ui.widgets.checkbox import CheckBox
from jpship_gui.ui.widgets.fact_list import FactLine, FactList
from jpship_gui.ui.widgets.inputs import Choice
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.retranslating import Retranslating
from jpship_gui.ui.widgets.sheet import Sheet

_WORDS = 110
_PAPER, _MAIL = "paper", "mail"


class ReceiptFields(Retranslating, QWidget):
    """Emits `changed()` after each edit."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        sheet = Sheet()
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(16, 12, 16, 12)
        inside.setSpacing(8)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(10)
        self._grid.setColumnMinimumWidth(0, _WORDS)
        self._grid.setColumnStretch(1, 1)
        inside.addLayout(self._grid)
        self.addressee = self._line("addressee", 120)
        self.purpose = self._line("purpose", 60)
        self.paid = Choice(self._ways(), Paid.OTHER.value, 260)
        self.paid.currentIndexChanged.connect(lambda _: self.changed.emit())
        self._add("paid", self.paid)
        self.way = Segments([(_PAPER, "receipts.way.paper"), (_MAIL, "receipts.way.mail")], _PAPER)
        self.way.chosen.connect(lambda _: self.changed.emit())
        self._add("way", self.way)
        self.correct = CheckBox("receipts.correct")
        self.correct.toggled.connect(lambda _: self.changed.emit())
        self._grid.addWidget(self.correct, self._grid.rowCount(), 0, 1, 2)
        column.addWidget(sheet)
        self._history_title = Label("receipts.history", size=12, bold=True, ink="text2")
        column.addWidget(self._history_title)
        self._history = QVBoxLayout()
        column.addLayout(self._history)
        self._issues: tuple[Issue, ...] = ()
        self._document = ""
        self._mine = ("", "", "")
        self.retranslate()

    def _line(self, name: str, most: int) -> QLineEdit:
        field = QLineEdit()
        field.setFont(fonts.font(14))
        field.setMaxLength(most)
        field.textEdited.connect(lambda _: self.changed.emit())
        self._add(name, field)
        return field

    def _add(self, name: str, control: QWidget) -> None:
        row = self._grid.rowCount()
        label = Label(f"receipts.{name}")
        label.setMinimumHeight(36)
        self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        if isinstance(control, QLineEdit):
            self._grid.addWidget(control, row, 1)
        else:
            self._grid.addWidget(control, row, 1, Qt.AlignmentFlag.AlignLeft)
        control.setProperty("name", name)

    def _ways(self) -> list[tuple[str, str]]:
        return [(way.value, text(f"receipts.paid.{way.value}")) for way in Paid]

    def fill(self, draft: Draft) -> None:
        """What the order says, or what was issued last, to begin with."""
        form = draft.form
        self.addressee.setText(form.addressee)
        self.purpose.setText(form.purpose)
        self.paid.set_choices(self._ways(), form.paid)
        self.way.set_value(_PAPER)
        self.correct.blockSignals(True)
        self.correct.setChecked(False)
        self.correct.blockSignals(False)
        self._mine = (form.addressee, form.purpose, form.paid)

    def form(self) -> ReceiptForm:
        """What was changed; what stands as it began is left to the order."""
        addressee, purpose, paid = self._mine
        now = str(self.paid.currentData())
        return ReceiptForm(
            "" if self.addressee.text() == addressee else self.addressee.text() or " ",
            "" if self.purpose.text() == purpose else self.purpose.text(),
            "" if now == paid else now,
            self.way.value() == _MAIL,
            self.correct.isChecked() and not self.correct.isHidden(),
        )

    def show_issues(self, document: str, issues: Sequence[Issue]) -> None:
        """What was issued before; only then there is something to correct. An invoice needs no purpose."""
        self._issues, self._document = tuple(issues), document
        self.correct.setVisible(any(one.document == document for one in issues))
        self._history_title.setVisible(bool(issues))
        while (item := self._history.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if issues:
            self._history.addWidget(FactList([_fact(one) for one in reversed(self._issues)]))

    def retranslate(self) -> None:
        """Names for screen readers, and the ways of paying."""
        if not hasattr(self, "_mine"):
            return
        for control in (self.addressee, self.purpose, self.paid, self.way):
            control.setAccessibleName(text(f"receipts.{control.property('name')}"))
        self.paid.set_choices(self._ways(), str(self.paid.currentData()))
        self.show_issues(self._document, self._issues)


def _fact(one: Issue) -> FactLine:
    """Number and times issued; when, by whom, to whom."""
    name = text(f"paper.document.{one.document}")
    mark = text("documents.issued_again") if one.issue > 1 else ""
    if one.corrects:
        mark = f"{mark} {text('receipts.replaces', number=one.corrects)}".strip()
    said = f"{names.moment_words(one.at)}  {one.person}\n{one.addressee}  ¥{one.total:,}"
    return FactLine(f"{name}\n{one.number}", f"{said}\n{mark}".strip())
