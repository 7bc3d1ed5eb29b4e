"""One setting: its words and help left, the control that fits its type right, what is wrong beneath."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from jpship_gui.domain.fault import Fault
from jpship_gui.settings.options import Option, as_text
from jpship_gui.texts import known, text
from jpship_gui.ui.options.segments import Segments
from jpship_gui.ui.show import show_fault
from jpship_gui.ui.theme import fonts
from jpship_gui.ui.widgets.checkbox import CheckBox
from jpship_gui.ui.widgets.inputs import Choice, Number
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.retranslating import Retranslating

LABELS = 290  # px of the words' column
_FEW = 4  # choices that still stand side by side
_LONG = 150  # characters from which on a text gets several lines
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class FieldRow(Retranslating, QWidget):
    """Emits `changed(key, text)` once a change is complete; `refuse` shows why it was not taken."""

    changed = Signal(str, str)

    def __init__(
        self, key: str, control: QWidget, parent: QWidget | None = None, *, top: bool = False
    ) -> None:
        super().__init__(parent)
        self.key = key
        self.control = control
        grid = QGridLayout(self)
        grid.setContentsMargins(24, 12, 24, 12)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(4)
        grid.setColumnMinimumWidth(0, LABELS)
        grid.setColumnStretch(1, 1)
        words = QVBoxLayout()
        words.setSpacing(3)
        self._name = Label(f"option.{key}", wrap=True)
        self._name.setFixedWidth(LABELS)
        self._hint = Label(size=12, ink="text2", wrap=True)
        self._hint.setFixedWidth(LABELS)
        words.addWidget(self._name)
        words.addWidget(self._hint)
        side = Qt.AlignmentFlag.AlignTop if top else Qt.AlignmentFlag.AlignVCenter
        grid.addLayout(words, 0, 0, side)
        grid.addWidget(control, 0, 1, side | Qt.AlignmentFlag.AlignLeft)
        self._wrong = Label(size=12, ink="ng", wrap=True)
        self._wrong.hide()
        grid.addWidget(self._wrong, 1, 1)
        self._warning: Callable[[], str] | None = None
        self._fault: Fault | None = None
        self.retranslate()

    def refuse(self, fault: Fault | None) -> None:
        """Why the value was not taken; None = it was."""
        self._fault = fault
        self._wrong.set_ink("ng")
        self._wrong.setVisible(fault is not None)
        if isinstance(self.control, QLineEdit):
            self.control.setProperty("bad", fault is not None)
            self.control.style().unpolish(self.control)
            self.control.style().polish(self.control)
        self.retranslate()

    def warn_of(self, make: Callable[[], str]) -> None:
        """Words made anew in each language about a value that was taken all the same, "" = none."""
        self._warning = make
        self.retranslate()

    def note(self, key: str) -> None:
        """Words about a value that was taken all the same, "" = none."""
        if key:
            self._wrong.set_ink("attention_strong")
            self._wrong.say(key)
            self._wrong.show()

    def retranslate(self) -> None:
        """The help is shown only where there is some."""
        if not hasattr(self, "_fault"):
            return
        hint = f"option.{self.key}.hint"
        self._hint.setVisible(known(hint))
        if known(hint):
            self._hint.say(hint)
        if self._fault is not None:
            self._wrong.show_text(show_fault(self._fault).title)
        elif self._warning is not None:
            words = self._warning()
            self._wrong.set_ink("attention_strong")
            self._wrong.show_text(words)
            self._wrong.setVisible(bool(words))
        self.control.setAccessibleName(text(f"option.{self.key}"))


def field_for(option: Option, value: object, choices: Sequence[tuple[str, str]] = ()) -> FieldRow:
    """The row of an option. `choices` are (value, words as data) for a text that names one of known things."""
    if choices:
        return _named_choice(option, str(value), choices)
    return _MAKERS.get(option.type, _text)(option, as_text(option, value))


def secret_row(key: str, given: bool) -> FieldRow:
    """A secret is never shown, only whether there is one."""
    control = _Secret(given)
    row = FieldRow(key, control)
    control.given.connect(lambda words: row.changed.emit(key, words))
    return row


class _Secret(Retranslating, QLineEdit):
    given = Signal(str)

    def __init__(self, given: bool) -> None:
        super().__init__()
        self._given = given
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setFont(fonts.font(14))
        self.setFixedWidth(320)
        self.editingFinished.connect(self._finished)
        self.retranslate()

    def retranslate(self) -> None:
        self.setPlaceholderText(
            text("optionspage.secret.given" if self._given else "optionspage.secret.missing")
        )

    def _finished(self) -> None:
        if self.text():
            words = self.text()
            self.clear()
            self._given = True
            self.retranslate()
            self.given.emit(words)


def _text(option: Option, value: str) -> FieldRow:
    if option.max > _LONG:
        return _lines(option, value)
    control = QLineEdit(value)
    control.setFont(fonts.font(14))
    control.setFixedWidth(_width(option))
    row = FieldRow(option.key, control)
    last = [value]

    def finished() -> None:
        if control.text() != last[0]:
            last[0] = control.text()
            row.changed.emit(option.key, control.text())

    control.editingFinished.connect(finished)
    return row


def _width(option: Option) -> int:
    """As wide as what belongs into it."""
    if option.type == "time":
        return 84
    if option.max:
        return min(380, 60 + 14 * option.max)
    return 200 if option.pattern and "://" not in option.pattern and "@" not in option.pattern else 380


def _lines(option: Option, value: str) -> FieldRow:
    control = _Paper(value)
    row = FieldRow(option.key, control, top=True)
    control.left.connect(lambda: row.changed.emit(option.key, control.toPlainText()))
    return row


class _Paper(QPlainTextEdit):
    """Several lines; `left` once the focus goes and the words are others."""

    left = Signal()

    def __init__(self, value: str) -> None:
        super().__init__(value)
        self._last = value
        self.setFont(fonts.font(14))
        self.setTabChangesFocus(True)
        self.setFixedSize(380, 92)
        self.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and self.toPlainText() != self._last:
            self._last = self.toPlainText()
            self.left.emit()
        return False


def _number(option: Option, value: str) -> FieldRow:
    control = Number(option.min, option.max, int(value))
    row = FieldRow(option.key, control)
    control.valueChanged.connect(lambda number: row.changed.emit(option.key, str(number)))
    return row


def _switch(option: Option, value: str) -> FieldRow:
    control = CheckBox("optionspage.on", checked=value == "on")
    row = FieldRow(option.key, control)
    control.toggled.connect(lambda on: row.changed.emit(option.key, "on" if on else "off"))
    return row


def _choice(option: Option, value: str) -> FieldRow:
    keys = [(one, f"{option.text_key}.{one}") for one in option.choices]
    if len(keys) <= _FEW and sum(len(text(key)) for _, key in keys) <= 26:
        control = Segments(keys, value)
        row = FieldRow(option.key, control)
        control.chosen.connect(lambda chosen: row.changed.emit(option.key, chosen))
        return row
    return _named_choice(option, value, [(one, text(key)) for one, key in keys])


def _named_choice(option: Option, value: str, choices: Sequence[tuple[str, str]]) -> FieldRow:
    control = Choice(choices, value)
    row = FieldRow(option.key, control)
    control.currentIndexChanged.connect(lambda _: row.changed.emit(option.key, str(control.currentData())))
    return row


def _json(option: Option, value: str) -> FieldRow:
    """The only table of a shop a person sets here is its weekdays."""
    control = QWidget()
    across = QHBoxLayout(control)
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(4)
    row = FieldRow(option.key, control)
    boxes: dict[str, CheckBox] = {}

    def toggled() -> None:
        chosen = [day for day, box in boxes.items() if box.isChecked()]
        row.changed.emit(option.key, as_text(option, chosen))

    for number, day in enumerate(_WEEKDAYS):
        boxes[day] = CheckBox(f"day.{number}", checked=f'"{day}"' in value)
        boxes[day].toggled.connect(lambda _: toggled())
        across.addWidget(boxes[day])
    return row


_MAKERS: Mapping[str, Callable[[Option, str], FieldRow]] = {
    "number": _number,
    "switch": _switch,
    "choice": _choice,
    "lines": _lines,
    "json": _json,
}
