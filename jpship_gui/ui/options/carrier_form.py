"""One carrier of the seller's own: names, numbers with a number to be tried, services, marketplaces' codes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from jpship_gui.domain.fault import Fault
from jpship_gui.domain.tracking_no import Policy
from jpship_gui.flows.upkeep import own_carriers
from jpship_gui.flows.upkeep.own_carriers import OwnCarrier, OwnCode, OwnNumber, OwnService, Tried
from jpship_gui.texts import known, text
from jpship_gui.ui import names
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.options.carrier_rows import Choices, CodeRow, EditRow, NumberRow, ServiceRow, line
from jpship_gui.ui.options.field import FieldRow
from jpship_gui.ui.options.group import Group
from jpship_gui.ui.show import show_fault
from jpship_gui.ui.theme import glyphs
from jpship_gui.ui.widgets.banner import Banner
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.glyph import Glyph
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.sheet import Hairline, Sheet

_LOOKS = {
    Policy.ACCEPT: (glyphs.OK, "ok"),
    Policy.WARN: (glyphs.ATTENTION, "attention"),
    Policy.CONFIRM: (glyphs.ATTENTION, "attention"),
    Policy.REJECT: (glyphs.NG, "ng"),
}
_TRY_AFTER = 150  # ms after the last key


class Rows(QWidget):
    """A titled sheet of rows of one kind, with a word on what they are and a button for one more."""

    changed = Signal()

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(Label(f"carrierform.{key}.title", size=16, bold=True))
        more = Label(f"carrierform.{key}.more", size=12, ink="text2", wrap=True)
        more.setMinimumHeight(20)  # room for the lower ends of letters
        column.addWidget(more)
        sheet = Sheet()
        self._inside = QVBoxLayout(sheet)
        self._inside.setContentsMargins(1, 4, 1, 4)
        self._inside.setSpacing(0)
        column.addWidget(sheet)
        self.add_button = Button(f"carrierform.{key}.add", kind="link", size="small", icon="plus")
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 4, 12, 4)
        foot.addWidget(self.add_button)
        foot.addStretch(1)
        self._inside.addLayout(foot)
        self.rows: list[EditRow] = []

    def show_rows(self, rows: Iterable[EditRow]) -> None:
        """Show these instead."""
        for row in list(self.rows):
            self._take_out(row)
        for row in rows:
            self.add(row)

    def add(self, row: EditRow) -> None:
        """One more at the end."""
        row.changed.connect(self.changed)
        row.dropped.connect(self._drop)
        block = QWidget()
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(row)
        column.addWidget(Hairline())
        self._inside.insertWidget(len(self.rows), block)
        self.rows.append(row)

    def _drop(self, row: EditRow) -> None:
        self._take_out(row)
        self.changed.emit()
        self.add_button.setFocus()

    def _take_out(self, row: EditRow) -> None:
        self.rows.remove(row)
        block = row.parentWidget()
        assert block is not None
        self._inside.removeWidget(block)
        block.hide()
        block.deleteLater()


class CarrierForm(QWidget):
    """`kept` once it was saved, `left` without."""

    kept = Signal()
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._carrier = OwnCarrier("", "")
        self._new = True
        self._markets: Choices = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(20)
        column.addLayout(self._head())
        self.banner = Banner("ng")
        self.banner.hide()
        column.addWidget(self.banner)
        self.name = line("", "carrierform.name.example", 280)
        self.name.textEdited.connect(lambda _: self.banner.hide())
        self.full_name = line("", "carrierform.full_name.example", 280)
        self.url = line("", "carrierform.url.example", 400)
        fields = (
            ("carrier.name", self.name),
            ("carrier.full_name", self.full_name),
            ("carrier.url", self.url),
        )
        column.addWidget(Group("", [FieldRow(key, field) for key, field in fields]))
        self.numbers = Rows("numbers")
        self.numbers.add_button.clicked.connect(lambda: self._add(self.numbers, NumberRow(OwnNumber(""))))
        column.addWidget(self.numbers)
        column.addWidget(self._trial())
        self.services = Rows("services")
        self.services.add_button.clicked.connect(self._add_service)
        column.addWidget(self.services)
        self.codes = Rows("codes")
        self.codes.add_button.clicked.connect(self._add_code)
        column.addWidget(self.codes)
        column.addStretch(1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TRY_AFTER)
        self._timer.timeout.connect(self._try)
        self.number.textEdited.connect(lambda _: self._timer.start())
        self.numbers.changed.connect(self._timer.start)
        self.services.changed.connect(self._offer_services)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.back_button = Button("carrierform.back", icon="arrow-left", size="small")
        self.back_button.clicked.connect(self.left)
        row.addWidget(self.back_button)
        row.addStretch(1)
        self.save_button = Button("carrierform.save", kind="primary", size="small", icon="device-floppy")
        self.save_button.clicked.connect(self.save)
        row.addWidget(self.save_button)
        return row

    def _trial(self) -> QWidget:
        sheet = Sheet()
        row = QHBoxLayout(sheet)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(12)
        row.addWidget(Label("carrierform.try"))
        self.number: QLineEdit = line("", "carrierform.try.example", 240)
        row.addWidget(self.number)
        self._glyph = Glyph(glyphs.OK, 18, "ok", "surface")
        self.verdict = Label(wrap=True)
        row.addWidget(self._glyph)
        row.addWidget(self.verdict, 1)
        self._glyph.hide()
        return sheet

    # Shown --------------------------------------------------------------------------------------------------------

    def show_carrier(self, carrier: OwnCarrier, markets: Choices, *, new: bool) -> None:
        """Show one to be changed, or a new one with a row of each kind to begin with."""
        self._carrier, self._markets, self._new = carrier, markets, new
        self.banner.hide()
        for field, words in (
            (self.name, carrier.name),
            (self.full_name, carrier.full_name),
            (self.url, carrier.tracking_url),
        ):
            field.setText(words)
            field.setCursorPosition(0)
        self.numbers.show_rows(map(NumberRow, carrier.numbers or (OwnNumber(""),)))
        self.services.show_rows(map(ServiceRow, carrier.services))
        self.codes.show_rows(CodeRow(code, markets, self._service_choices()) for code in carrier.codes)
        self.number.clear()
        self.verdict.show_text("")
        self._glyph.hide()
        self.name.setFocus()

    def value(self) -> OwnCarrier:
        """The carrier as the form stands; rows left empty are none."""
        numbers = [row.value() for row in self.numbers.rows if isinstance(row, NumberRow)]
        services = [row.value() for row in self.services.rows if isinstance(row, ServiceRow)]
        codes = [row.value() for row in self.codes.rows if isinstance(row, CodeRow)]
        return replace(
            self._carrier,
            name=self.name.text().strip(),
            full_name=self.full_name.text().strip(),
            tracking_url=self.url.text().strip(),
            numbers=tuple(number for number in numbers if number.mask),
            services=tuple(service for service in services if service.name),
            codes=tuple(code for code in codes if code.code),
        )

    def _service_choices(self) -> Sequence[tuple[str, str]]:
        rows = [row.value() for row in self.services.rows if isinstance(row, ServiceRow)]
        return [(service.id, service.name) for service in rows if service.name]

    def _offer_services(self) -> None:
        choices = self._service_choices()
        for row in self.codes.rows:
            if isinstance(row, CodeRow):
                row.offer(choices)

    def _add(self, rows: Rows, row: EditRow) -> None:
        rows.add(row)
        row.first.setFocus()

    def _add_service(self) -> None:
        taken = {row.value().id for row in self.services.rows if isinstance(row, ServiceRow)}
        number = next(n for n in range(1, 100) if f"service_{n}" not in taken)
        self._add(self.services, ServiceRow(OwnService(f"service_{number}", "")))

    def _add_code(self) -> None:
        used = {row.value().marketplace for row in self.codes.rows if isinstance(row, CodeRow)}
        free = next((market for market, _ in self._markets if market not in used), self._markets[0][0])
        self._add(self.codes, CodeRow(OwnCode(free, ""), self._markets, self._service_choices()))

    # Trying and keeping -------------------------------------------------------------------------------------------

    def _try(self) -> None:
        raw, carrier, ws = self.number.text(), self.value(), self._desk.ws
        if not raw.strip():
            self.verdict.show_text("")
            self._glyph.hide()
            return
        wanted = replace(carrier, id=carrier.id or "new_carrier")
        self._desk.tasks.run(
            lambda _: own_carriers.try_number(ws, wanted, raw),
            done=lambda tried: self._tried(raw, tried),
            quiet=True,
        )

    def _tried(self, raw: str, tried: Tried) -> None:
        if raw != self.number.text():
            return  # typed on meanwhile
        shape, ink = _LOOKS[tried.checked.policy]
        self._glyph.set(shape, ink, "surface")
        self._glyph.show()
        key = f"tracking.{tried.checked.reason}"
        parts = [tried.printed, text(f"carrierform.policy.{tried.checked.policy.value}")]
        parts += [text(key)] if tried.checked.reason and known(key) else []
        if tried.others:
            others = "・".join(map(names.carrier_name, tried.others))
            parts.append(text("carrierform.fits_too", names=others))
        self.verdict.show_text("　".join(parts))

    def save(self) -> None:
        """Keep it as its next version."""
        carrier, new, ws = self.value(), self._new, self._desk.ws

        def keep() -> OwnCarrier:
            made = carrier if carrier.id else replace(carrier, id=own_carriers.free_id(ws, carrier.name))
            return own_carriers.save(ws, made, new=new)

        self.save_button.setEnabled(False)
        self._desk.tasks.run(lambda _: keep(), done=self._saved, failed=self._refused, quiet=True)

    def _saved(self, carrier: OwnCarrier) -> None:
        self.save_button.setEnabled(True)
        self._desk.say(text("carrierform.saved", name=carrier.name))
        self.kept.emit()

    def _refused(self, fault: Fault) -> None:
        self.save_button.setEnabled(True)
        self.banner.show_text(show_fault(fault).title)
        self.banner.show()
        if fault.code == "own_carrier_name":
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
