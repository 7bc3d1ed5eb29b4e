"""One problem as a card: what is wrong, and each repair with its value and key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jpship_gui.domain.problem import Problem, Repair
from jpship_gui.texts import known, text
from jpship_gui.ui.actions import key_cap
from jpship_gui.ui.check.quote import Quote
from jpship_gui.ui.names import day_words, phone_words, postal_words, slot_words
from jpship_gui.ui.show import show_problem, show_repair
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.glyph import Glyph
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.sheet import Sheet


def _wish(values: Mapping[str, str]) -> str:
    day = day_words(date.fromisoformat(values["day"])) if values.get("day") else ""
    words = f"{day} {slot_words(values.get('slot', ''))}".strip()
    return words or text("check.value.no_wish")


def _address(values: Mapping[str, str]) -> str:
    names = ("prefecture", "city", "street")
    return values.get("place") or "".join(values.get(name, "") for name in names)


def _near(place: str, address: str) -> str:
    """A place without its prefecture where the address names the same one: less to read, nothing lost."""
    for ending in ("県", "府", "都", "道"):
        prefecture, found, rest = place.partition(ending)
        if found and 2 <= len(prefecture) <= 3 and address.startswith(prefecture + found):
            return rest or place
    return place


# Repair → what it would write, as a person reads it.
_VALUES: Mapping[str, Callable[[Mapping[str, str]], str]] = {
    "set_postal_code": lambda values: f"〒{postal_words(values.get('postal_code', ''))}",
    "set_address": _address,
    "set_phone": lambda values: phone_words(values.get("phone", "")),
    "set_name": lambda values: values.get("name", ""),
    "set_wish": _wish,
    "copy_wish": _wish,
}


def repair_value(repair: Repair) -> str:
    """The new value; "" where the act says all."""
    words = _VALUES.get(repair.kind)
    return words(repair.values) if words is not None else repair.values.get("proposal", "")


_LINE = 9  # characters of a value that surely fit one line


class RepairRow(QWidget):
    """Label, value, button."""

    asked = Signal(int)

    def __init__(self, number: int, repair: Repair, address: str, *, primary: bool, narrow: bool) -> None:
        super().__init__()
        self.number = number
        cap = key_cap(f"repair_{number}") if number <= 3 else ""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        label_key, value = f"check.label.{repair.kind}", _near(repair_value(repair), address)
        words = QVBoxLayout() if narrow else QHBoxLayout()
        words.setSpacing(2 if narrow else 10)
        if known(label_key) and value:
            label = Label(label_key, size=12, ink="text2")
            if not narrow:
                label.setMinimumWidth(84)
            words.addWidget(label)
        if value:
            shown = Label(size=16, bold=True, wrap=len(value) > _LINE)
            shown.show_text(value)
            words.addWidget(shown, 1)
        row.addLayout(words, 1)
        self.button = Button(kind="primary" if primary else "plain" if value else "quiet", cap=cap)
        self.button.show_text(show_repair(repair))
        self.button.clicked.connect(self._clicked)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def _clicked(self) -> None:
        self.asked.emit(self.number)


class ProblemCard(Sheet):
    """Emits `asked(number)`, counted over all repairs of the shipment from 1."""

    asked = Signal(int)

    def __init__(self, problem: Problem, first: int, *, narrow: bool) -> None:
        super().__init__(ground="surface", line="line_strong")
        shown = show_problem(problem)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Glyph(shown.look.shape, 20, shown.look.ink), 0, Qt.AlignmentFlag.AlignTop)
        title = Label(size=16, bold=True, wrap=True)
        title.show_text(shown.title)
        head.addWidget(title, 1)
        column.addLayout(head)
        body = _BODIES.get(problem.code, _words)(problem, shown.more)
        if body is not None:
            column.addWidget(body)
        self.rows: list[RepairRow] = []
        for number, repair in enumerate(problem.repairs, start=first):
            row = RepairRow(
                number, repair, problem.values.get("address", ""), primary=number == 1, narrow=narrow
            )
            row.asked.connect(self.asked)
            self.rows.append(row)
            column.addWidget(row)


def _words(problem: Problem, more: str) -> QWidget | None:
    if not more:
        return None
    label = Label(ink="text2", wrap=True, select=True)
    label.show_text(more)
    return label


def _mismatch(problem: Problem, more: str) -> QWidget | None:
    """What stands there now, on the tint of what is wrong."""
    values = problem.values
    sheet = Sheet(ground="ng_weak", line="", radius=6)
    row = QHBoxLayout(sheet)
    row.setContentsMargins(12, 8, 12, 8)
    row.setSpacing(16)
    row.addWidget(Label("check.now", size=12, ink="ng"), 0, Qt.AlignmentFlag.AlignTop)
    lines = QVBoxLayout()
    lines.setSpacing(5)
    code = QHBoxLayout()
    code.setSpacing(8)
    number = Label(bold=True)
    number.show_text(f"〒{postal_words(values.get('postal_code', ''))}")
    code.addWidget(number)
    if values.get("place"):
        code.addWidget(
            Label(
                "check.is_place",
                ink="text2",
                wrap=True,
                place=_near(values["place"], values.get("address", "")),
            ),
            1,
        )
    else:
        code.addStretch(1)
    lines.addLayout(code)
    if values.get("address"):
        address = Label(wrap=True)
        address.show_text(values["address"])
        lines.addWidget(address)
    row.addLayout(lines, 1)
    return sheet


def _remark(problem: Problem, more: str) -> QWidget | None:
    return Quote(problem.values.get("text", ""), problem.values.get("marks", ""))


_BODIES: Mapping[str, Callable[[Problem, str], QWidget | None]] = {
    "postal_address_mismatch": _mismatch,
    "postal_code_unknown": _mismatch,
    "remark_unread": _remark,
}
