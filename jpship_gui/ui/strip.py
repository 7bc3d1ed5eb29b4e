"""The strip along the top: what is due, when each carrier comes, what waits to be sent, the time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from jpship_gui.domain.clock import to_jst
from jpship_gui.flows.upkeep.credentials import Expiry, Level
from jpship_gui.texts import text
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.due import DUE_SOON
from jpship_gui.ui.names import carrier_name, day_words, shop_words, span_words
from jpship_gui.ui.theme import chips, fonts, glyphs, palette
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.retranslating import Retranslating
from jpship_gui.ui.widgets.sheet import Hairline

HEIGHT = 72


class Figure(QAbstractButton):
    """A large figure over a small label; a click opens what it counts."""

    def __init__(self, *, right: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figure, self._ink, self._shape, self._carrier = "", "text", "", ""
        self._right = right
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_figure(
        self, figure: str, words: str, ink: str = "text", shape: str = "", carrier: str = ""
    ) -> None:
        """Figure, label, ink of both when it speaks, a shape or a carrier's bar before the label."""
        if (figure, words, ink, shape, carrier) != (
            self._figure,
            self.text(),
            self._ink,
            self._shape,
            self._carrier,
        ):
            self._figure, self._ink, self._shape, self._carrier = figure, ink, shape, carrier
            self.setText(words)
            self.setAccessibleName(f"{words} {figure}")
            self.updateGeometry()
            self.update()

    def _mark_width(self) -> int:
        return 16 if self._shape else 8 if self._carrier else 0

    def sizeHint(self) -> QSize:
        """The wider of the two lines."""
        label = self._mark_width() + fonts.width(self.text(), 12)
        return QSize(round(max(fonts.width(self._figure, 28, True), label)) + 3, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """The same: figures are never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Figure over label."""
        painter = QPainter(self)
        side = Qt.AlignmentFlag.AlignRight if self._right else Qt.AlignmentFlag.AlignLeft
        painter.setPen(palette.colour(self._ink))
        painter.setFont(fonts.font(28, True))
        painter.drawText(QRectF(0, 10, self.width(), 36), side | Qt.AlignmentFlag.AlignVCenter, self._figure)
        quiet = self._ink == "text"
        painter.setPen(palette.colour("text2" if quiet else self._ink))
        painter.setFont(fonts.font(12))
        x = self._mark_width()
        if self._shape:
            glyphs.draw(painter, self._shape, -1, 48, 14, self._ink, "window")
        elif self._carrier:
            chips.draw_bar(painter, self._carrier, 0, 55)
        painter.drawText(
            QRectF(x, 46, self.width() - x, 18), side | Qt.AlignmentFlag.AlignVCenter, self.text()
        )


class _Practice(Retranslating, QWidget):
    """The word that says nothing is sent anywhere."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ""
        self.retranslate()

    def retranslate(self) -> None:
        """Its words and size."""
        self._words = text("strip.practice")
        self.setToolTip(text("strip.practice.more"))
        self.setFixedSize(round(fonts.width(self._words, 14, True)) + 28, 32)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A filled label in the colour of the frame."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(Qt.PenStyle.NoPen))
        painter.setBrush(palette.colour("practice"))
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        painter.setPen(palette.colour("on_practice"))
        painter.setFont(fonts.font(14, True))
        painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter, self._words)


class Strip(Retranslating, QWidget):
    """Emits `view_asked(view)` and `page_asked(page id)` when a figure is clicked."""

    view_asked = Signal(str)
    page_asked = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._pickups: Mapping[str, time] = {}
        self.setFixedHeight(HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(40)
        self.title = Label(size=20, bold=True)
        self.title.hide()
        row.addWidget(self.title)
        self._views = {view: Figure() for view in ("today", "late", "tomorrow")}
        for view, figure in self._views.items():
            figure.clicked.connect(self._clicked)
            figure.setObjectName(view)
            row.addWidget(figure)
        self._rule = self._upright(row)
        self._carriers: dict[str, Figure] = {}
        self._carrier_row = QHBoxLayout()
        self._carrier_row.setSpacing(40)
        row.addLayout(self._carrier_row)
        row.addStretch(1)
        self._practice = _Practice()
        row.addWidget(self._practice)
        self._practice.setVisible(desk.ws.practice)
        self._expiry = Figure(right=True)
        self._expiry.clicked.connect(lambda: self.page_asked.emit("options"))
        self._expiry.hide()
        self._due: Expiry | None = None
        row.addWidget(self._expiry)
        self._unsent = Figure(right=True)
        self._unsent.clicked.connect(self._clicked_unsent)
        row.addWidget(self._unsent)
        self._rule2 = self._upright(row)
        self._clock = Figure(right=True)
        row.addWidget(self._clock)
        self._timer = QTimer(self)
        self._timer.setInterval(5000)
        self._timer.timeout.connect(self.tick)
        self._timer.start()
        desk.counted.connect(self._counted)
        self.tick()

    def _upright(self, row: QHBoxLayout) -> Hairline:
        line = Hairline(upright=True, token="line_strong")
        line.setFixedHeight(36)
        row.addWidget(line, 0, Qt.AlignmentFlag.AlignVCenter)
        return line

    def set_title(self, key: str) -> None:
        """A title in place of the counters, where there is nothing to count yet; "" = counters."""
        self.title.setVisible(bool(key))
        if key:
            self.title.say(key)
        for figure in (*self._views.values(), *self._carriers.values(), self._rule, self._unsent):
            figure.setVisible(not key)
        if not key:
            self.tick()

    def set_pickups(self, pickups: Mapping[str, time]) -> None:
        """When which carrier comes today, Japan time."""
        self._pickups = dict(sorted(pickups.items(), key=lambda pair: pair[1]))
        for figure in self._carriers.values():
            figure.deleteLater()
        self._carriers = {carrier: Figure() for carrier in self._pickups}
        for figure in self._carriers.values():
            self._carrier_row.addWidget(figure)
        self.tick()

    def set_expiry(self, due: Expiry | None) -> None:
        """The most pressing of the keys that end; None = none is due."""
        self._due = due
        self.tick()

    def retranslate(self) -> None:
        """All words are set with the figures."""
        self.tick()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tighter spacing in a narrow window."""
        gap = 40 if self.width() >= 1400 else 28
        layout = self.layout()
        if layout is not None:
            layout.setSpacing(gap)
        self._carrier_row.setSpacing(gap)
        self.tick()

    def tick(self) -> None:
        """Figures for the present moment."""
        now = to_jst(self._desk.ws.now())
        counters = self._desk.counters
        for view, figure in self._views.items():
            count = counters.get(view, 0)
            late = view == "late" and count > 0
            figure.show_figure(
                f"{count:,}", text(f"strip.{view}"), "ng" if late else "text", glyphs.NG if late else ""
            )
        self._show_carriers(now)
        waiting = counters.get("to_send", 0)
        self._unsent.show_figure(f"{waiting:,}", text("strip.to_send"))
        self._clock.show_figure(f"{now:%H:%M}".removeprefix("0"), day_words(now.date()))
        bare = not self.title.isHidden()
        self._show_expiry(bare)
        self._rule.setVisible(bool(self._carriers) and not bare)

    def _show_expiry(self, bare: bool) -> None:
        """Only while something is due: a key that ended stops a shop whatever else is done."""
        due = self._due
        self._expiry.setVisible(due is not None and not bare)
        if due is None:
            return
        over = due.level is Level.OVER
        if over:
            left = text("strip.expiry.over")
        elif due.days_left:
            left = text("strip.expiry.days", count=due.days_left)
        else:
            left = text("strip.expiry.today")
        ink, shape = ("ng", glyphs.NG) if over else ("attention", glyphs.ATTENTION)
        words = text("strip.expiry", shop=shop_words(due.marketplace, due.shop))
        self._expiry.show_figure(left, words, ink, shape)

    def _show_carriers(self, now: datetime) -> None:
        short = self.width() < 1400
        for carrier, figure in self._carriers.items():
            at = self._pickups[carrier]
            left = datetime.combine(now.date(), at, now.tzinfo) - now
            key = "strip.pickup_short" if short else "strip.pickup"
            words = text(key, carrier=carrier_name(carrier), at=f"{at:%H:%M}")
            if left < timedelta(0):
                figure.show_figure("–", words, "text3", "", carrier)
            elif left < DUE_SOON:
                figure.show_figure(span_words(left), words, "attention", glyphs.ATTENTION, carrier)
            else:
                figure.show_figure(span_words(left), words, "text", "", carrier)

    def _counted(self, counters: dict[str, int]) -> None:
        self.tick()

    def _clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.view_asked.emit(sender.objectName())

    def _clicked_unsent(self) -> None:
        self.page_asked.emit("confirm")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground and the line beneath."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), palette.colour("window"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, palette.colour("line"))
