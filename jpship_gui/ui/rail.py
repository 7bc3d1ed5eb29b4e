"""The stage rail at the left: 200 px with words, 64 px in a narrow window."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from jpship_gui.texts import text
from jpship_gui.ui.actions import key_cap
from jpship_gui.ui.pages import PageSpec
from jpship_gui.ui.theme import fonts, icons, palette
from jpship_gui.ui.widgets.retranslating import Retranslating
from jpship_gui.ui.widgets.sheet import Hairline

WIDE, NARROW = 200, 64
_ITEM = 44
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class RailItem(Retranslating, QAbstractButton):
    """One stage: digit, icon, words, counter."""

    def __init__(self, spec: PageSpec, parent: QWidget) -> None:
        super().__init__(parent)
        self.spec = spec
        self.narrow = False
        self.count = 0
        self.known = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retranslate()

    @property
    def live(self) -> bool:
        """Whether this version has the stage."""
        return bool(self.spec.make or self.spec.shares)

    def retranslate(self) -> None:
        """Words, tool tip with the key, name for screen readers."""
        self.setText(text(self.spec.words))
        self.setToolTip(f"{self.text()}  {key_cap('stage_' + self.spec.id)}")
        self.setAccessibleName(f"{self.text()} {self.count}" if self.count else self.text())
        self.update()

    def set_count(self, count: int | None) -> None:
        """Another counter; None = it has none."""
        known, count = count is not None, count or 0
        if (known, count) != (self.known, self.count):
            self.known, self.count = known, count
            self.retranslate()

    def sizeHint(self) -> QSize:
        """As high as the target must be."""
        return QSize(NARROW if self.narrow else WIDE, _ITEM)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground of the chosen one, then the parts."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(8, 0, self.width() - 16, self.height()).adjusted(0, 1, 0, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked() or self.underMouse():
            painter.setOpacity(1 if self.isChecked() else 0.5)
            painter.setBrush(palette.colour("rail_on"))
            painter.drawRoundedRect(box, 6, 6)
            painter.setOpacity(1)
        if self.isChecked():
            painter.setBrush(palette.colour("rail_accent"))
            painter.drawRoundedRect(QRectF(-2, self.height() / 2 - 12, 5, 24), 2, 2)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.colour("rail_accent"), 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 5, 5)
        if not self.live:
            painter.setOpacity(0.55)
        if self.narrow:
            self._paint_narrow(painter)
        else:
            self._paint_wide(painter)

    def _ink(self) -> str:
        return "rail_text" if self.isChecked() or (self.live and self.count) else "rail_text2"

    def _paint_wide(self, painter: QPainter) -> None:
        middle, height = self.height() / 2, self.height()
        painter.setPen(palette.colour("rail_text2"))
        painter.setFont(fonts.font(12))
        painter.drawText(QRectF(16, 0, 14, height), _MIDDLE, self.spec.digit)
        icons.draw(painter, self.spec.icon, 36, middle - 9, 18, self._ink())
        painter.setPen(palette.colour("rail_text" if self.live else "rail_text2"))
        painter.setFont(fonts.font(14, self.isChecked()))
        room = self.width() - 66 - 20 - (fonts.width(str(self.count), 16, True) + 6 if self.count else 0)
        words = fonts.metrics(14, self.isChecked()).elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(66, 0, room + 2, height), _MIDDLE, words)
        self._paint_count(painter, QRectF(66, 0, self.width() - 66 - 20, height), 16)

    def _paint_narrow(self, painter: QPainter) -> None:
        middle = self.height() / 2
        alone = not self.count or not self.spec.digit
        icon = 20 if alone else 18
        x = (self.width() - icon) / 2 if alone else 9
        icons.draw(painter, self.spec.icon, x, middle - icon / 2, icon, self._ink())
        if not alone:
            size = 16 if self.count < 100 else 12
            self._paint_count(painter, QRectF(30, 0, self.width() - 30 - 10, self.height()), size)

    def _paint_count(self, painter: QPainter, box: QRectF, size: int) -> None:
        if not self.count:
            return
        painter.setPen(palette.colour(self.spec.loud or "rail_text"))
        painter.setFont(fonts.font(size, True))
        words = f"{self.count:,}" if not self.narrow or self.count < 1000 else "999+"
        painter.drawText(box, _MIDDLE | Qt.AlignmentFlag.AlignRight, words)


class _Logo(QWidget):
    """The program's mark and name."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.narrow = False
        self.setFixedHeight(72)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A ticked box, and the name beside it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x = 21.0 if self.narrow else 19.0
        painter.setPen(QPen(palette.colour("rail_text"), 2))
        painter.drawRoundedRect(QRectF(x, 27, 22, 19), 5, 5)
        cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        painter.setPen(QPen(palette.colour("rail_accent"), 2.4, Qt.PenStyle.SolidLine, cap, join))
        painter.drawPolyline([QPointF(x + 6, 36.4), QPointF(x + 9.6, 40), QPointF(x + 16.4, 32.6)])
        if not self.narrow:
            painter.setPen(palette.colour("rail_text"))
            painter.setFont(fonts.font(20, True))
            painter.drawText(QRectF(54, 0, 140, 72), _MIDDLE, "jpship")


class _Person(Retranslating, QAbstractButton):
    """Who works at which desk; opens the options."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.narrow = False
        self.person = ""
        self.desk = ""
        self.setFixedHeight(67)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.retranslate()

    def retranslate(self) -> None:
        """Tool tip and name."""
        words = text("stage.options")
        self.setToolTip(f"{words}  {key_cap('options')}")
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Initial in a disc, name, desk, gear."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        x = 16.0
        person = self.person or text("rail.no_person")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.colour("rail_on"))
        painter.drawEllipse(QRectF(x, middle - 16, 32, 32))
        if self.hasFocus() or self.isChecked():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.colour("rail_accent"), 2))
            painter.drawEllipse(QRectF(x + 1, middle - 15, 30, 30))
        painter.setPen(palette.colour("rail_text"))
        if self.person:
            painter.setFont(fonts.font(14, True))
            painter.drawText(QRectF(x, middle - 16, 32, 32), Qt.AlignmentFlag.AlignCenter, self.person[0])
        else:
            icons.draw(painter, "user", x + 7, middle - 9, 18, "rail_text2")
        if self.narrow:
            return
        painter.setPen(palette.colour("rail_text"))
        painter.setFont(fonts.font(14, True))
        room = self.width() - 62 - 44
        name = fonts.metrics(14, True).elidedText(person, Qt.TextElideMode.ElideRight, room)
        desk = fonts.metrics(12).elidedText(self.desk, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(62, middle - 20, room + 2, 20), _MIDDLE, name)
        painter.setPen(palette.colour("rail_text2"))
        painter.setFont(fonts.font(12))
        painter.drawText(QRectF(62, middle + 1, room + 2, 18), _MIDDLE, self.desk and desk)
        lit = "rail_text" if self.underMouse() else "rail_text2"
        icons.draw(painter, "settings", self.width() - 36, middle - 9, 18, lit)


class Rail(QWidget):
    """Emits `chosen(page id)`; the window decides and tells back with `show_current`."""

    chosen = Signal(str)

    def __init__(self, specs: Sequence[PageSpec], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: dict[str, RailItem] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._logo = _Logo(self)
        column.addWidget(self._logo)
        column.addSpacing(9)
        for spec in specs:
            if not spec.rail:
                continue
            if spec.gap:
                column.addSpacing(9)
                column.addWidget(self._line())
                column.addSpacing(9)
            item = RailItem(spec, self)
            item.clicked.connect(self._clicked)
            self._items[spec.id] = item
            column.addWidget(item)
        column.addStretch(1)
        column.addWidget(self._line())
        self._person = _Person(self)
        self._person.clicked.connect(self._clicked_person)
        column.addWidget(self._person)
        self.set_narrow(False)

    def _line(self) -> QWidget:
        holder = QWidget(self)
        row = QVBoxLayout(holder)
        row.setContentsMargins(16, 0, 16, 0)
        row.addWidget(Hairline(token="rail_on"))
        holder.setFixedHeight(1)
        return holder

    def set_narrow(self, narrow: bool) -> None:
        """64 px with icons and counters, or 200 px with words."""
        self.setFixedWidth(NARROW if narrow else WIDE)
        for part in (self._logo, self._person, *self._items.values()):
            part.narrow = narrow  # type: ignore[attr-defined]
            part.update()

    def set_person(self, person: str, desk: str) -> None:
        """Who works here, at which desk."""
        self._person.person, self._person.desk = person, desk
        self._person.update()

    def set_counters(self, counters: Mapping[str, int]) -> None:
        """Counters of views and stages."""
        for item in self._items.values():
            item.set_count(counters.get(item.spec.counter) if item.spec.counter else None)

    def show_current(self, page_id: str) -> None:
        """Mark the stage whose page is in sight."""
        for each, item in self._items.items():
            item.setChecked(each == page_id)
        self._person.setCheckable(True)
        self._person.setChecked(page_id == "options")

    def item(self, page_id: str) -> RailItem:
        """One stage's button."""
        return self._items[page_id]

    def _clicked(self) -> None:
        item = self.sender()
        if isinstance(item, RailItem):
            item.setChecked(not item.isChecked())  # the window decides
            self.chosen.emit(item.spec.id)

    def _clicked_person(self) -> None:
        self._person.setChecked(not self._person.isChecked())
        self.chosen.emit("options")

    def paintEvent(self, event: QPaintEvent) -> None:
        """The dark ground."""
        QPainter(self).fillRect(event.rect(), palette.colour("rail"))
