"""How each document is printed at this desk."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from jpship_gui.domain.fault import Fault
from jpship_gui.flows.paper import print_queue
from jpship_gui.flows.paper.presets import NAMES, Preset, named, set_named
from jpship_gui.texts import text
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.options.field import FieldRow
from jpship_gui.ui.options.group import Group
from jpship_gui.ui.theme import fonts
from jpship_gui.ui.widgets.inputs import Choice, Number

_MEDIA = (
    *(("A4", "A4"), ("A5", "A5"), ("A6", "A6"), ("B5", "B5"), ("A3", "A3")),
    *(("Postcard", "100 × 148 mm"), ("Custom.100x150mm", "100 × 150 mm")),
)
_DPI = ("203", "300", "600", "1200")


def _names() -> tuple[str, ...]:
    """The queues of this system, the default one first; () where there is none."""
    if print_queue.available():
        return tuple(printer.name for printer in print_queue.printers())
    from jpship_gui.ui.paper.qt_printing import printer_names

    return printer_names()


class PrinterForm(QWidget):
    """One preset; every change is kept at once."""

    kept = Signal(str)

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__()
        self._desk = desk
        self._name = name
        self._preset = named(desk.ws, name)
        self.rows: dict[str, FieldRow] = {}
        self.printer = Choice(self._printers(()), self._preset.printer, 320)
        media = self._preset.media
        own = [] if media in dict(_MEDIA) else [(media, media)]
        self.media = Choice([*_MEDIA, *own], media, 160)
        self.dpi = Choice([(dpi, f"{dpi} dpi") for dpi in _DPI], str(self._preset.dpi), 120)
        self.tray = QLineEdit(self._preset.tray)
        self.tray.setFont(fonts.font(14))
        self.tray.setFixedWidth(200)
        self.copies = Number(1, 99, self._preset.copies)
        self.right = Number(-100, 100, self._preset.offset_x)
        self.down = Number(-100, 100, self._preset.offset_y)
        self._connect()
        controls = {
            "printer": self.printer,
            "media": self.media,
            "tray": self.tray,
            "copies": self.copies,
            "dpi": self.dpi,
            "offset_x": self.right,
            "offset_y": self.down,
        }
        self.rows = {field: FieldRow(f"preset.{field}", control) for field, control in controls.items()}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Group(f"optionspage.group.printer_{name}", self.rows.values()))

    def _connect(self) -> None:
        self.printer.currentIndexChanged.connect(lambda _: self._set(printer=str(self.printer.currentData())))
        self.media.currentIndexChanged.connect(lambda _: self._set(media=str(self.media.currentData())))
        self.dpi.currentIndexChanged.connect(lambda _: self._set(dpi=int(self.dpi.currentData())))
        self.tray.editingFinished.connect(lambda: self._set(tray=self.tray.text().strip()))
        self.copies.valueChanged.connect(lambda number: self._set(copies=number))
        self.right.valueChanged.connect(lambda number: self._set(offset_x=number))
        self.down.valueChanged.connect(lambda number: self._set(offset_y=number))

    def _printers(self, names: tuple[str, ...]) -> list[tuple[str, str]]:
        return [("", text("paperpage.default_printer")), *((name, name) for name in names)]

    def show_printers(self, names: tuple[str, ...]) -> None:
        """What this system offers."""
        self.printer.set_choices(self._printers(names), self._preset.printer)

    def _set(self, **changed: object) -> None:
        wanted: Preset = replace(self._preset, **changed)  # type: ignore[arg-type]
        if wanted == self._preset:
            return
        row = self.rows[next(iter(changed))]
        try:
            set_named(self._desk.ws, self._name, wanted)
        except Fault as fault:
            row.refuse(fault)
            return
        self._preset = wanted
        row.refuse(None)
        self.kept.emit(self._name)


class PrintersSection(QWidget):
    """Every preset of this desk; the queues are asked for off the window's thread."""

    kept = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(24)
        self.forms = {name: PrinterForm(desk, name) for name in NAMES}
        for form in self.forms.values():
            form.kept.connect(self.kept)
            column.addWidget(form)
        column.addStretch(1)

    def refresh(self) -> None:
        """Ask which printers there are."""
        self._desk.tasks.run(lambda _: _names(), done=self._show, quiet=True, failed=self._none)

    def _show(self, names: tuple[str, ...]) -> None:
        for form in self.forms.values():
            form.show_printers(names)

    def _none(self, fault: Fault) -> None:
        """Without a queue the default stays the only choice; printing says so when it is tried."""
