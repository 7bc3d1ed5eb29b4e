"""The page before any file: where to drop, what else one may begin with, and the day in four steps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from jpship_gui.flows.intake.take_back import PastImport
from jpship_gui.flows.intake.watch import Offers
from jpship_gui.texts import text
from jpship_gui.ui.intake.drop_area import DropArea
from jpship_gui.ui.intake.imports_list import ImportsList
from jpship_gui.ui.intake.new_files import NewFilesNotice
from jpship_gui.ui.theme import fonts, icons, palette
from jpship_gui.ui.widgets.banner import Banner
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
    """On the first day what one may begin with; later the last imports. Signals say which button was pressed."""

    asked = Signal()
    api_asked = Signal()
    hand_asked = Signal()
    practice_asked = Signal()
    shops_asked = Signal()
    scanner_asked = Signal()
    folder_asked = Signal()

    def __init__(self, practising: bool, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        ground = Panel("window")
        across = QHBoxLayout(ground)
        across.setContentsMargins(32, 20, 32, 20)
        block = QWidget()
        block.setMaximumWidth(_WIDTH)
        across.addWidget(block)
        self._column = QVBoxLayout(block)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.title = Label("intakepage.start", size=20, bold=True)
        self.drop = DropArea()
        self.drop.asked.connect(self.asked)
        self.drop.api_asked.connect(self.api_asked)
        self.drop.hand_asked.connect(self.hand_asked)
        self.news = NewFilesNotice()
        self.news.hide()
        self.no_folder = Banner("attention", act_key="intakepage.folder.do")
        self.no_folder.act.connect(self.folder_asked)
        self.no_folder.hide()
        self._first = self._beginnings(practising)
        self.imports = ImportsList(today)
        self.imports.hide()
        self._column.addStretch(2)
        self._column.addWidget(self.title)
        self._column.addSpacing(16)
        self._above = QWidget()
        above = QVBoxLayout(self._above)
        above.setContentsMargins(0, 0, 0, 14)
        above.setSpacing(12)
        above.addWidget(self.no_folder)
        above.addWidget(self.news)
        self._above.hide()
        self._column.addWidget(self._above)
        self._column.addWidget(self.drop)
        self._column.addSpacing(22)
        self._column.addWidget(self._first)
        self._column.addWidget(self.imports)
        self._column.addWidget(self._others(practising))
        self._column.addStretch(3)
        self._place()
        self.setWidget(ground)

    def show_imports(self, found: Sequence[PastImport]) -> None:
        """The last imports; with none it is the first day."""
        self.imports.show_imports(found)
        self.imports.setVisible(bool(found))
        self._first.setVisible(not found)
        self._links.setVisible(bool(found))
        self.drop.set_calm(bool(found))
        self.title.say("intakepage.start_again" if found else "intakepage.start")
        self._place()

    def show_news(self, offers: Offers, missing: str) -> None:
        """Files that appeared in the watched folder, which are louder than those that might be chosen; or that there
        is no such folder."""
        self.no_folder.setVisible(bool(missing))
        self.no_folder.say("intakepage.no_folder", folder=missing)
        self.news.show_offers(offers)
        self.news.setVisible(bool(offers.files))
        self._above.setVisible(bool(missing or offers.files))
        self.drop.set_primary(not offers.orders)

    def _place(self) -> None:
        """A full page begins at its top, the first day's stands in the middle."""
        early = self.imports.isHidden()
        self._column.setStretch(0, 2 if early else 0)
        self._column.setStretch(self._column.count() - 1, 3)

    def _beginnings(self, practising: bool) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(32)
        column.addLayout(self._cards(practising))
        column.addWidget(_Steps())
        return holder

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

    def _others(self, practising: bool) -> QWidget:
        """The cards' acts as links, once the cards have made room."""
        self._links = QWidget()
        row = QHBoxLayout(self._links)
        row.setContentsMargins(0, 18, 0, 0)
        row.setSpacing(8)
        practice = "intakepage.samples" if practising else "intakepage.practice"
        for icon, key, pressed in (
            ("school", practice, self.practice_asked),
            ("building-store", "intakepage.shops", self.shops_asked),
            ("scan", "intakepage.scanner", self.scanner_asked),
        ):
            button = Button(key, kind="quiet", size="small", icon=icon)
            button.clicked.connect(pressed)
            row.addWidget(button)
        row.addStretch(1)
        self._links.hide()
        return self._links
