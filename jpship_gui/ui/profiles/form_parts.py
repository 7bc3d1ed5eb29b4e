"""Rows of the editor's forms: words left, control right; lists of columns as chips."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from jpship_gui.flows.upkeep.profile_drafts import ColumnSample
from jpship_gui.texts import known, text
from jpship_gui.ui.profiles.chips import PressChip
from jpship_gui.ui.profiles.menus import columns_menu
from jpship_gui.ui.theme import fonts
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.flow import FlowLayout
from jpship_gui.ui.widgets.inputs import Choice
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.retranslating import Retranslating
from jpship_gui.ui.widgets.sheet import Hairline, Sheet

_WORDS = 200


class FormRow(Retranslating, QWidget):
    """Words of `profiles.form.<key>`, small ones of `profiles.form.<key>.hint` where there are some, and a control."""

    def __init__(self, key: str, control: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = f"profiles.form.{key}"
        self.control = control
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(16)
        words = QVBoxLayout()
        words.setSpacing(2)
        name = Label(self._key, wrap=True)
        name.setFixedWidth(_WORDS)
        name.setMinimumHeight(28)
        words.addWidget(name)
        self._hint = Label(size=12, ink="text2", wrap=True)
        self._hint.setFixedWidth(_WORDS)
        words.addWidget(self._hint)
        row.addLayout(words)
        flows = control.sizePolicy().hasHeightForWidth()
        side = Qt.AlignmentFlag.AlignTop if flows else Qt.AlignmentFlag.AlignVCenter
        row.setAlignment(words, side)
        if flows:
            row.addWidget(control, 1)
            row.setAlignment(control, side)
        else:
            row.addWidget(control, 0, side)
            row.addStretch(1)
        self.retranslate()

    def hint(self, key: str) -> None:
        """Other small words."""
        self._hint.say(key)
        self._hint.show()

    def retranslate(self) -> None:
        """The hint only where there is one; the control's name for screen readers."""
        if not hasattr(self, "_hint"):
            return
        if known(f"{self._key}.hint"):
            self._hint.say(f"{self._key}.hint")
        self._hint.setVisible(bool(self._hint.text()))
        self.control.setAccessibleName(text(self._key))


def heading(key: str, ink: str = "text2") -> Label:
    """A small title over a sheet, with room for the lower ends of letters."""
    label = Label(key, size=12, bold=True, ink=ink)
    label.setMinimumHeight(18)
    return label


class Part(QWidget):
    """A titled sheet of rows."""

    def __init__(self, key: str, rows: Sequence[QWidget] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        if key:
            column.addWidget(heading(key))
        sheet = Sheet()
        self._inside = QVBoxLayout(sheet)
        self._inside.setContentsMargins(1, 4, 1, 4)
        self._inside.setSpacing(0)
        column.addWidget(sheet)
        self._lines: dict[QWidget, QWidget] = {}
        for row in rows:
            self.add(row)

    def add(self, row: QWidget) -> None:
        """One more row at the end."""
        line = Hairline()
        self._lines[row] = line
        self._inside.addWidget(line)
        self._inside.addWidget(row)
        self._show_lines()

    def show_row(self, row: QWidget, shown: bool) -> None:
        """A row may not apply now."""
        row.setVisible(shown)
        self._show_lines()

    def _show_lines(self) -> None:
        before = False
        for row, line in self._lines.items():
            line.setVisible(before and not row.isHidden())
            before = before or not row.isHidden()


class KeyChoice(Retranslating, Choice):
    """A list of values with the keys of their words, then such that are their own (`offer`); `chosen(value)` when a
    person takes another."""

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str]], value: str = "", width: int = 280) -> None:
        self._keys = tuple(choices)
        self._plain: tuple[str, ...] = ()
        super().__init__(self._words(), value or choices[0][0], width)
        self.currentIndexChanged.connect(lambda _: self.chosen.emit(str(self.currentData())))

    def show_value(self, value: str) -> None:
        """Show a value without a signal."""
        if self.currentData() != value:
            self.set_choices(self._words(), value)

    def offer(self, plain: Sequence[str]) -> None:
        """Other values that are their own words."""
        if tuple(plain) != self._plain:
            self._plain = tuple(plain)
            self.set_choices(self._words(), str(self.currentData()))

    def _words(self) -> list[tuple[str, str]]:
        return [*((one, text(key)) for one, key in self._keys), *((one, one) for one in self._plain)]

    def retranslate(self) -> None:
        """The same values in another language."""
        self.set_choices(self._words(), str(self.currentData()))


class Words(QLineEdit):
    """A text; `said(text)` while it is typed. `show_words` leaves alone what a person is typing."""

    said = Signal(str)

    def __init__(self, width: int = 200, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(fonts.font(14))
        self.setFixedWidth(width)
        self.textEdited.connect(self.said)

    def show_words(self, words: str) -> None:
        """Show a value without a signal."""
        if self.text() != words and not self.hasFocus():
            self.setText(words)
            self.setCursorPosition(0)


class ColumnsField(QWidget):
    """Columns as chips that go when pressed, and one button for more; `changed(names)`."""

    changed = Signal(object)

    def __init__(self, most: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._most = most
        self._names: tuple[str, ...] = ()
        self._columns: Sequence[ColumnSample] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._flow = FlowLayout(6, self)
        self.chips: list[PressChip] = []
        self.more_button = Button("profiles.choose_column", size="small", icon="plus", parent=self)
        self.more_button.clicked.connect(self._open)
        self._flow.addWidget(self.more_button)

    def names(self) -> tuple[str, ...]:
        """The columns that are shown."""
        return self._names

    def stops(self) -> list[QWidget]:
        """Where Tab stops."""
        return [*self.chips, self.more_button]

    def show_names(self, names: Sequence[str], columns: Sequence[ColumnSample]) -> None:
        """Show these, to be chosen among those of the sample."""
        self._columns = columns
        if tuple(names) == self._names:
            return
        self._names = tuple(names)
        for chip in self.chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._flow.removeWidget(self.more_button)
        self.chips = []
        for name in names:
            chip = PressChip(name, icon="x", parent=self)
            chip.setToolTip(text("profiles.take_off", column=name))
            chip.clicked.connect(lambda _=False, name=name: self._drop(name))
            self._flow.addWidget(chip)
            chip.show()
            self.chips.append(chip)
        self._flow.addWidget(self.more_button)
        self.more_button.setVisible(not self._most or len(names) < self._most)
        self._flow.invalidate()
        self.updateGeometry()

    def _drop(self, name: str) -> None:
        self.changed.emit(tuple(one for one in self._names if one != name))

    def _open(self) -> None:
        menu = columns_menu(self, self._columns, self._take, self._names)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.more_button.mapToGlobal(QPoint(0, self.more_button.height())))

    def _take(self, name: str) -> None:
        self.changed.emit((*self._names, name))
