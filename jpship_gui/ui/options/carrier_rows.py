"""Rows of the carrier's form: a form of number, a service, a marketplace's code; each can be taken out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from jpship_gui.flows.upkeep.own_carriers import CHECKS, COOL, POLICIES, OwnCode, OwnNumber, OwnService
from jpship_gui.texts import text
from jpship_gui.ui.theme import fonts
from jpship_gui.ui.widgets.button import IconButton
from jpship_gui.ui.widgets.checkbox import CheckBox
from jpship_gui.ui.widgets.inputs import Choice
from jpship_gui.ui.widgets.retranslating import Retranslating

Choices = Sequence[tuple[str, str]]


def line(words: str, key: str, width: int) -> QLineEdit:
    """A short text; `key` names it for screen readers and stands in it while it is empty."""
    field = QLineEdit(words)
    field.setFont(fonts.font(14))
    field.setFixedWidth(width)
    field.setPlaceholderText(text(key))
    field.setAccessibleName(text(key))
    field.setCursorPosition(0)
    return field


class EditRow(Retranslating, QWidget):
    """Controls side by side and a button that takes the row out; `changed` while it is edited, `dropped(row)`."""

    changed = Signal()
    dropped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(16, 8, 12, 8)
        self.row.setSpacing(8)

    @property
    def first(self) -> QWidget:
        """The control that is filled in first."""
        item = self.row.itemAt(0)
        found = item.widget() if item else None
        assert found is not None
        return found

    def end(self) -> None:
        """The last control."""
        self.row.addStretch(1)
        self.drop = IconButton("trash", "carrierform.drop", size="small")
        self.drop.clicked.connect(lambda: self.dropped.emit(self))
        self.row.addWidget(self.drop)

    def _text(self, words: str, key: str, width: int) -> QLineEdit:
        field = line(words, key, width)
        field.textEdited.connect(self.changed)
        self.row.addWidget(field)
        return field

    def _choice(self, choices: Choices, value: str, key: str, width: int) -> Choice:
        field = Choice(choices, value, width)
        field.setAccessibleName(text(key))
        field.currentIndexChanged.connect(lambda _: self.changed.emit())
        self.row.addWidget(field)
        return field

    def retranslate(self) -> None:
        """What stands in empty fields."""


class NumberRow(EditRow):
    """How its numbers look, the rule of the check digit, and what a wrong one leads to."""

    def __init__(self, number: OwnNumber, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.looks = self._text(number.mask, "carrierform.mask", 190)
        self.check = self._choice(_checks(), number.check, "carrierform.check", 290)
        self.on_bad = self._choice(_policies(), number.on_bad, "carrierform.on_bad", 175)
        self.end()

    def value(self) -> OwnNumber:
        """As it stands."""
        on_bad = str(self.on_bad.currentData())
        return OwnNumber(self.looks.text().strip(), str(self.check.currentData()), on_bad)

    def retranslate(self) -> None:
        """The choices are words."""
        if hasattr(self, "on_bad"):
            self.looks.setPlaceholderText(text("carrierform.mask"))
            self.check.set_choices(_checks(), str(self.check.currentData()))
            self.on_bad.set_choices(_policies(), str(self.on_bad.currentData()))


def _checks() -> Choices:
    return [("", text("carrierform.check.none")), *((c, text(f"carrierform.check.{c}")) for c in CHECKS)]


def _policies() -> Choices:
    return [(policy, text(f"carrierform.on_bad.{policy}")) for policy in POLICIES]


class ServiceRow(EditRow):
    """Name, whether it gives a number, temperatures, delivery slots."""

    def __init__(self, service: OwnService, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._id = service.id
        self.name = self._text(service.name, "carrierform.service", 200)
        self.untracked = CheckBox("carrierform.untracked", checked=not service.tracked)
        self.cool = {
            kind: CheckBox(f"carrierform.cool.{kind}", checked=kind in service.cool) for kind in COOL
        }
        for box in (self.untracked, *self.cool.values()):
            box.toggled.connect(lambda _: self.changed.emit())
            self.row.addWidget(box)
        self.slots_field = self._text(" ".join(service.slots), "carrierform.slots", 170)
        self.end()

    def value(self) -> OwnService:
        """As it stands; slots are hours such as 1416, or am."""
        words = self.slots_field.text().replace(",", " ").replace("、", " ").split()
        cool = tuple(kind for kind, box in self.cool.items() if box.isChecked())
        tracked = not self.untracked.isChecked()
        return OwnService(self._id, self.name.text().strip(), tracked, cool, tuple(words))

    def retranslate(self) -> None:
        """What stands in empty fields."""
        if hasattr(self, "slots_field"):
            self.name.setPlaceholderText(text("carrierform.service"))
            self.slots_field.setPlaceholderText(text("carrierform.slots"))


class CodeRow(EditRow):
    """A marketplace, one service or all, and what it is told."""

    def __init__(
        self, code: OwnCode, markets: Choices, services: Choices, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._markets, self._services = markets, services
        self._name = code.name
        self.market = self._choice(markets, code.marketplace, "carrierform.market", 160)
        self.service = self._choice(self._of(services), code.service, "carrierform.for_service", 140)
        self.code = self._text(code.code, "carrierform.code", 110)
        self.carrier_name = self._text(code.carrier_name, "carrierform.carrier_name", 130)
        self.method = self._text(code.method, "carrierform.method", 110)
        self.end()

    @staticmethod
    def _of(services: Choices) -> Choices:
        return [("", text("carrierform.every_service")), *services]

    def offer(self, services: Choices) -> None:
        """The services as they are called now."""
        self._services = services
        self.service.set_choices(self._of(services), str(self.service.currentData()))

    def value(self) -> OwnCode:
        """As it stands."""
        return OwnCode(
            str(self.market.currentData()),
            self.code.text().strip(),
            str(self.service.currentData()),
            self._name,
            self.method.text().strip(),
            self.carrier_name.text().strip(),
        )

    def retranslate(self) -> None:
        """The choices are words."""
        if hasattr(self, "method"):
            self.service.set_choices(self._of(self._services), str(self.service.currentData()))
            for field, key in (
                (self.code, "code"),
                (self.carrier_name, "carrier_name"),
                (self.method, "method"),
            ):
                field.setPlaceholderText(text(f"carrierform.{key}"))
