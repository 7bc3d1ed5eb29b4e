"""How a shop names the carriers to its marketplace: one row a carrier, what is not mapped stands out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from jpship_gui.flows.upkeep import carrier_codes
from jpship_gui.flows.upkeep.adapters import service_name
from jpship_gui.flows.upkeep.carrier_codes import CodeRow, KnownCode
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text
from jpship_gui.ui import names
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.options.group import Group
from jpship_gui.ui.theme import fonts, glyphs, icons
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.glyph import CarrierBar, Glyph
from jpship_gui.ui.widgets.label import ElidedLabel, Label
from jpship_gui.ui.widgets.retranslating import Retranslating

_NAME = 230
_CODE = 250
_METHOD = 150


@dataclass(frozen=True, slots=True)
class Codes:
    """What the group shows."""

    rows: tuple[CodeRow, ...]
    known: tuple[KnownCode, ...]


def read_codes(ws: Workspace, shop: str) -> Codes:
    """For the data thread."""
    rows = carrier_codes.codes_of(ws, shop)
    return Codes(tuple(rows), tuple(carrier_codes.known_codes(ws, shop)))


class CodesGroup(QWidget):
    """Changes are kept at once; a code taken back falls to the marketplace's own table."""

    kept = Signal(str)

    def __init__(self, desk: Desk, shop: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shop = shop
        self.rows: dict[tuple[str, str], CodeLine] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        ws = desk.ws
        desk.tasks.run(lambda _: read_codes(ws, shop), done=self._show, quiet=True)

    def _show(self, found: Codes) -> None:
        methods = any(code.method for code in found.known)
        head = Label("optionspage.codes.more", size=12, ink="text2", wrap=True)
        head.setContentsMargins(24, 10, 24, 10)
        lines: list[QWidget] = [head]
        for row in found.rows:
            line = CodeLine(row, found.known, methods or bool(row.method))
            line.said.connect(self._set)
            self.rows[row.carrier, row.service] = line
            lines.append(line)
        self._column.addWidget(Group("optionspage.group.codes", lines))

    def _set(self, carrier: str, service: str, code: str, method: str) -> None:
        ws, shop = self._desk.ws, self._shop
        self._desk.tasks.run(
            lambda _: carrier_codes.set_code(ws, shop, carrier, service, code=code, method=method),
            done=self._kept,
            quiet=True,
        )

    def _kept(self, row: CodeRow) -> None:
        self.rows[row.carrier, row.service].show_row(row)
        self.kept.emit("carrier.codes")


class CodeLine(Retranslating, QWidget):
    """Emits `said(carrier, service, code, method)` once a person chose or typed another."""

    said = Signal(str, str, str, str)

    def __init__(self, row: CodeRow, known: Sequence[KnownCode], with_method: bool) -> None:
        super().__init__()
        self._row = row
        line = QHBoxLayout(self)
        line.setContentsMargins(24, 8, 24, 8)
        line.setSpacing(12)
        line.addWidget(self._name())
        self.code = CodeBox(known)
        self.code.picked.connect(self._picked)
        line.addWidget(self.code)
        self.method = QLineEdit()
        self.method.setFont(fonts.font(14))
        self.method.setFixedWidth(_METHOD)
        self.method.setVisible(with_method)
        self.method.editingFinished.connect(self._method_said)
        line.addWidget(self.method)
        self._mark = Glyph(glyphs.ATTENTION, 18, "attention")
        line.addWidget(self._mark)
        self._note = Label(size=12, ink="text2")
        line.addWidget(self._note)
        self.back = Button("optionspage.codes.back", kind="link", size="small")
        self.back.clicked.connect(lambda: self.said.emit(self._row.carrier, self._row.service, "", ""))
        line.addWidget(self.back)
        line.addStretch(1)
        self.show_row(row)

    def _name(self) -> QWidget:
        block = QWidget()
        block.setFixedWidth(_NAME)
        line = QHBoxLayout(block)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(CarrierBar(self._row.carrier))
        self._words = ElidedLabel()
        line.addWidget(self._words, 1)
        return block

    def show_row(self, row: CodeRow) -> None:
        """What holds now."""
        self._row = row
        self.code.show_code(row.code)
        self.method.setText(row.method)
        self.retranslate()

    def retranslate(self) -> None:
        """Names, and whether anybody mapped it."""
        if not hasattr(self, "back"):
            return
        row = self._row
        name = names.carrier_name(row.carrier)
        if row.service:
            service = service_name(row.carrier, row.service)
            name = f"{name}  {row.name if service == row.service and row.name else service}"
        self._words.show_text(name)
        self.code.setAccessibleName(name)
        self.method.setPlaceholderText(text("optionspage.codes.method"))
        self._mark.setVisible(not row.code and not row.repeated)
        self._note.setVisible(not row.code or row.own)
        told = "own" if row.code else "repeated" if row.repeated else "unmapped"
        self._note.say(f"optionspage.codes.{told}")
        self.back.setVisible(row.own)

    def _picked(self, code: str, method: str) -> None:
        if code != self._row.code or (method and method != self._row.method):
            self.said.emit(self._row.carrier, self._row.service, code, method or self._row.method)

    def _method_said(self) -> None:
        if self.method.text() != self._row.method and self._row.code:
            self.said.emit(self._row.carrier, self._row.service, self._row.code, self.method.text())


class CodeBox(QComboBox):
    """The marketplace's codes to choose from, or any other typed in; `picked(code, method)`."""

    picked = Signal(str, str)

    def __init__(self, known: Sequence[KnownCode]) -> None:
        super().__init__()
        self._known = tuple(known)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setFont(fonts.font(14))
        self.setFixedWidth(_CODE)
        for one in self._known:
            self.addItem(_words(one), one.code)
        self.activated.connect(self._chosen)
        line = self.lineEdit()
        assert line is not None
        line.editingFinished.connect(self._typed)
        self._shown = ""

    def show_code(self, code: str) -> None:
        """The code with its name, or a blank."""
        known = next((one for one in self._known if one.code == code), None)
        self._shown = _words(known) if known else code
        self.setEditText(self._shown)
        line = self.lineEdit()
        if line is not None:
            line.setCursorPosition(0)

    def _chosen(self, index: int) -> None:
        one = self._known[index]
        self._shown = _words(one)
        self.picked.emit(one.code, one.method)

    def _typed(self) -> None:
        words = self.currentText().strip()
        if words == self._shown:
            return
        self._shown = words
        known = next((one for one in self._known if words in (one.code, _words(one))), None)
        self.picked.emit(known.code if known else words, known.method if known else "")

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the page, not the value."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The arrow, which the style sheet takes away."""
        super().paintEvent(event)
        painter = QPainter(self)
        icons.draw(painter, "chevron-down", self.width() - 28, (self.height() - 18) / 2, 18, "text2")


def _words(known: KnownCode) -> str:
    name = known.name if known.name != known.code else ""
    method = known.method if known.method not in (known.name, known.code) else ""
    return "  ".join(filter(None, (known.code, name, method)))
