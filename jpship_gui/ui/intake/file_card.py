"""One file of an import: what it was recognised as, or where it belongs."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from jpship_gui.flows.intake.preview import FilePreview
from jpship_gui.texts import text
from jpship_gui.ui import names
from jpship_gui.ui.show import show_fault
from jpship_gui.ui.theme import glyphs
from jpship_gui.ui.widgets.button import Button, IconButton
from jpship_gui.ui.widgets.glyph import Chip, Glyph, Icon
from jpship_gui.ui.widgets.label import ElidedLabel, Label
from jpship_gui.ui.widgets.retranslating import Retranslating
from jpship_gui.ui.widgets.sheet import Sheet

_HEIGHT = 68
_DELIMITERS = {",": "comma", "\t": "tab", ";": "semicolon"}
# Fault code → what to do about it, as a link of the card.
_ACTS = {"shop_none": "shops", "shop_of_other_marketplace": "shops", "file_unknown": "profile"}


class FileCard(Retranslating, Sheet):
    """`dropped` takes the file off the list; `asked` carries what its link offers: `numbers`, `shops` or `profile`."""

    dropped = Signal(Path)
    asked = Signal(str, Path)

    def __init__(self, one: FilePreview, carrier: str, parent: QWidget | None = None) -> None:
        refused = one.fault is not None
        super().__init__(
            ground="" if refused else "surface", line="line" if refused else "line_strong", parent=parent
        )
        self._one = one
        self._carrier = carrier
        self._act = "numbers" if carrier else (_ACTS.get(one.fault.code, "") if one.fault else "")
        self.setMinimumHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(12)
        row.addWidget(Icon(_icon(one), 22, "text3" if refused else "text2"))
        row.addLayout(self._lines(refused), 1)
        if self._act:
            link = Button(f"intakepage.file.{self._act}", kind="link", size="small")
            link.clicked.connect(lambda: self.asked.emit(self._act, one.path))
            self.link = link
            row.addWidget(link)
        elif refused:
            row.addWidget(Glyph(glyphs.NG, 20, "ng", "window"))
        else:
            row.addWidget(Glyph(glyphs.OK, 20, "ok"))
        self.drop = IconButton("x", "intakepage.file.drop", size="small")
        self.drop.clicked.connect(lambda: self.dropped.emit(one.path))
        row.addWidget(self.drop)
        self.retranslate()

    def _lines(self, refused: bool) -> QVBoxLayout:
        lines = QVBoxLayout()
        lines.setSpacing(4)
        lines.addStretch(1)
        name = ElidedLabel(self._one.name, bold=True, ink="text2" if refused else "text", middle=True)
        lines.addWidget(name)
        below = QHBoxLayout()
        below.setSpacing(8)
        if not refused:
            market = self._one.marketplace
            below.addWidget(Chip(market, names.marketplace_name(market)))
        self._kind = Label(size=12, ink="text2", wrap=refused)
        self._kind.setMinimumWidth(40)
        below.addWidget(self._kind, 1)
        lines.addLayout(below)
        lines.addStretch(1)
        return lines

    def retranslate(self) -> None:
        """What the file is, in words; a fault's advice stands in the tool tip."""
        if not hasattr(self, "_kind"):
            return
        one = self._one
        if one.fault is None:
            if one.joined_to:
                self.setToolTip(text("intakepage.joined", name=one.joined_to))
            words = [one.title, "  ", one.encoding.upper().replace("UTF-8-SIG", "UTF-8")]
            if one.delimiter in _DELIMITERS and one.encoding != "xlsx":
                words += ["・", text(f"intakepage.delimiter.{_DELIMITERS[one.delimiter]}")]
            words += ["・", text("intakepage.rows", count=one.rows)]
            if one.joined_to:
                words += ["  ＋ ", one.joined_to]
            self._kind.show_text("".join(words))
        elif self._carrier:
            name = "" if self._carrier == "?" else names.carrier_name(self._carrier)
            self._kind.show_text(text("intakepage.file.issued", carrier=name).strip())
        else:
            shown = show_fault(one.fault)
            self._kind.show_text(shown.title)
            self.setToolTip(shown.more)

    def sizeHint(self) -> QSize:
        """As high as its words need."""
        return QSize(280, max(_HEIGHT, super().sizeHint().height()))


class AddCard(Retranslating, Sheet):
    """The dashed card that asks for one more file."""

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(ground="", line="line_strong", dashed=True, parent=parent)
        self.setFixedHeight(_HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(10)
        row.addWidget(Icon("plus", 18))
        row.addWidget(Label("intakepage.add_file", ink="text2"), 1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Pressed and let go inside."""
        if self.rect().contains(event.position().toPoint()):
            self.asked.emit()

    def enterEvent(self, event: QEvent) -> None:
        """Lift it under the mouse."""
        self.set_colours("surface", "accent_line")

    def leaveEvent(self, event: QEvent) -> None:
        """Lay it back."""
        self.set_colours("", "line_strong")


def _icon(one: FilePreview) -> str:
    if one.fault is not None:
        return "file-unknown"
    return "file-spreadsheet" if one.delimiter != "\t" else "file-text"
