"""The page before any file: where to drop, what else one may begin with, and the day in four steps."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from jpship_gui.texts import text
from jpship_gui.ui.intake.drop_area import DropArea
from jpship_gui.ui.theme import fonts, icons, palette
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.glyph import Icon
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.retranslating import Retranslating
from jpship_gui.ui.widgets.sheet import Panel, Sheet

_WIDTH = 1200
_STEPS = (("1", "intake"), ("4", "paper"), ("5", "pack"), ("7", "confirm"))


class _Card(Sheet):
    """Icon, title, two lines, one plain button."""

    def __init__(self, icon: str, key: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 22)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(Icon(icon, 24, "accent", tile=44))
        head.addWidget(Label(key, size=20, bold=True), 1)
        more = Label(f"{key}.more", ink="text2", wrap=True)
        more.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.button = Button(f"{key}.do")
        column.addLayout(head)
        column.addSpacing(14)
        column.addWidget(more, 1)
        column.addSpacing(14)
        column.addWidget(self.button)


class _Steps(Retranslating, QWidget):
    """The day's way, told with the digits the rail has for its stages."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(600, 44)

    def retranslate(self) -> None:
        """Words stand in the painting."""
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ring with digit, two lines, arrow to the next."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        slot = self.width() / len(_STEPS)
        middle = Qt.AlignmentFlag.AlignVCenter
        for number, (digit, stage) in enumerate(_STEPS):
            x = slot * number
            painter.setPen(QPen(palette.colour("line_strong"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(x + 18, 22), 16.5, 16.5)
            painter.setPen(palette.colour("text"))
            painter.setFont(fonts.font(14, True))
            painter.drawText(QRectF(x, 4, 36, 36), Qt.AlignmentFlag.AlignCenter, digit)
            room = slot - 48 - 48
            painter.drawText(QRectF(x + 48, 0, room, 22), middle, text(f"stage.{stage}"))
            painter.setFont(fonts.font(12))
            painter.setPen(palette.colour("text2"))
            words = text(f"intakepage.step.{stage}")
            words = fonts.metrics(12).elidedText(words, Qt.TextElideMode.ElideRight, room + 8)
            painter.drawText(QRectF(x + 48, 23, room + 12, 20), middle, words)
            if number + 1 < len(_STEPS):
                icons.draw(painter, "arrow-right", x + slot - 40, 12, 20, "ghost")
        painter.end()


class StartView(QScrollArea):
    """Signals say which of its buttons was pressed."""

    asked = Signal()
    practice_asked = Signal()
    shops_asked = Signal()
    scanner_asked = Signal()

    def __init__(self, practising: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        ground = Panel("window")
        across = QHBoxLayout(ground)
        across.setContentsMargins(32, 20, 32, 20)
        block = QWidget()
        block.setMaximumWidth(_WIDTH)
        across.addWidget(block)
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.drop = DropArea()
        self.drop.asked.connect(self.asked)
        column.addStretch(2)
        column.addWidget(Label("intakepage.start", size=20, bold=True))
        column.addSpacing(16)
        column.addWidget(self.drop)
        column.addSpacing(22)
        column.addLayout(self._cards(practising))
        column.addSpacing(32)
        column.addWidget(_Steps())
        column.addStretch(3)
        self.setWidget(ground)

    def _cards(self, practising: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(20)
        self.practice = _Card("school", "intakepage.samples" if practising else "intakepage.practice")
        self.shops = _Card("building-store", "intakepage.shops")
        self.scanner = _Card("scan", "intakepage.scanner")
        self.practice.button.clicked.connect(self.practice_asked)
        self.shops.button.clicked.connect(self.shops_asked)
        self.scanner.button.clicked.connect(self.scanner_asked)
        for card in (self.practice, self.shops, self.scanner):
            row.addWidget(card, 1)
        return row
