"""The place to drop order files on, with three sheets of paper drawn in it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from jpship_gui.ui.actions import key_cap
from jpship_gui.ui.names import marketplace_name
from jpship_gui.ui.theme import chips, fonts, palette
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.retranslating import Retranslating

_SHEET = QSize(92, 116)
_SHEETS = ((-82.0, 6.0, -10.0), (82.0, 6.0, 10.0), (0.0, 0.0, 0.0))  # place and turn; the last lies on top
_LINES = (52, 60, 44, 58, 36)


class _Sheets(Retranslating, QWidget):
    """Three order files as sheets of paper with their marketplace's chip."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(320, 148)
        self._markets: tuple[str, ...] = ()

    def show_markets(self, markets: Sequence[str]) -> None:
        """The first one lies on top."""
        self._markets = tuple(markets[place] if place < len(markets) else "" for place in (1, 2, 0))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The outer ones lean outward, the middle one lies on top."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for market, (dx, dy, angle) in zip(self._markets or ("",) * 3, _SHEETS, strict=True):
            painter.save()
            painter.translate(QPointF(self.width() / 2 + dx, self.height() / 2 + dy))
            painter.rotate(angle)
            painter.translate(QPointF(-_SHEET.width() / 2, -_SHEET.height() / 2))
            _paint_sheet(painter, market)
            painter.restore()
        painter.end()


def _paint_sheet(painter: QPainter, market: str) -> None:
    box = QRectF(0, 0, _SHEET.width(), _SHEET.height())
    shadow = QColor(palette.colour("shadow"))
    shadow.setAlpha(8)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shadow)
    for spread in range(1, 5):
        painter.drawRoundedRect(box.adjusted(-spread / 2, 2, spread / 2, spread + 1), 6, 6)
    painter.setPen(QPen(palette.colour("line_strong"), 1))
    painter.setBrush(palette.colour("raised"))
    painter.drawRoundedRect(box, 6, 6)
    if market:
        word = marketplace_name(market)
        wide = chips.chip_width(word, 64)
        chips.draw_chip(painter, market, word, (box.width() - wide) / 2, 22, 64)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(palette.colour("line"))
    for number, length in enumerate(_LINES):
        painter.drawRoundedRect(QRectF(12, 44 + number * 13, length, 5), 2.5, 2.5)


class DropArea(QWidget):
    """Says that files may be dropped, with the page's one primary button and the other two ways orders come; `asked`,
    `api_asked` and `hand_asked` when they are pressed. With `set_calm` it is lower and draws no sheets."""

    asked = Signal()
    api_asked = Signal()
    hand_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 28, 32, 28)
        column.setSpacing(0)
        centre = Qt.AlignmentFlag.AlignHCenter
        self._title = Label("intakepage.drop", size=28, bold=True)
        more = Label("intakepage.drop.more", ink="text2", wrap=True)
        more.setAlignment(centre)
        self._sheets = _Sheets()
        column.addWidget(self._sheets, 0, centre)
        column.addSpacing(14)
        column.addWidget(self._title, 0, centre)
        column.addSpacing(10)
        column.addWidget(more)
        column.addSpacing(22)
        column.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        self.button = Button(
            "intakepage.choose", kind="primary", size="large", icon="folder-open", cap=key_cap("open_file")
        )
        self.api = Button("intakepage.by_api", size="large", icon="refresh", cap=key_cap("fetch"))
        self.hand = Button("intakepage.by_hand", size="large", icon="pencil", cap=key_cap("enter_order"))
        row.addStretch(1)
        for button, pressed in (
            (self.button, self.asked),
            (self.api, self.api_asked),
            (self.hand, self.hand_asked),
        ):
            button.clicked.connect(pressed)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def set_calm(self, calm: bool) -> None:
        """Step back where the page has more to show than the way in."""
        self._sheets.setVisible(not calm)
        self._title.setFont(fonts.font(20 if calm else 28, True))

    def set_primary(self, primary: bool) -> None:
        """Whether choosing files is what the page asks for."""
        self.button.set_kind("primary" if primary else "plain")

    def show_markets(self, markets: Sequence[str]) -> None:
        """The marketplaces whose files are read, the most likely first."""
        self._sheets.show_markets(markets)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A sheet with a dashed border."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(palette.colour("accent_line"), 2)
        pen.setDashPattern([6, 4])
        painter.setPen(pen)
        painter.setBrush(palette.colour("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 12, 12)
