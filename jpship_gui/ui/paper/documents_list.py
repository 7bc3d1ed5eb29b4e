"""The documents of a batch, group by group: which are printed, how many sheets, where to."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from jpship_gui.flows.paper.kind import Ask
from jpship_gui.texts import text
from jpship_gui.ui.paper.asks_panel import AsksPanel
from jpship_gui.ui.paper.contents import GIFT, PICK_TOTAL, SLIP, Paper
from jpship_gui.ui.theme import fonts, icons, palette
from jpship_gui.ui.widgets.checkbox import CheckBox
from jpship_gui.ui.widgets.retranslating import Retranslating
from jpship_gui.ui.widgets.sheet import Hairline, Sheet

_ROW = 54
_GROUP = 30
_ALWAYS = frozenset({SLIP, PICK_TOTAL})  # shown even where nothing needs them
_TITLES = {SLIP: "paper.document.slip", GIFT: "paperpage.gift_slip"}
_RIGHT = 20


def title_of(document: str) -> str:
    """A document's name on this page."""
    return text(_TITLES.get(document, f"paper.document.{document}"))


@dataclass(frozen=True, slots=True)
class Amount:
    """How much of a document there is: `sheets` of paper, or, as long as nobody laid it out, `shipments` that need
    it."""

    sheets: int = 0
    shipments: int = 0

    @property
    def count(self) -> int:
        """Whichever is known."""
        return self.sheets or self.shipments


class _Header(Retranslating, QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(36)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Titles over the rows' columns."""
        painter = QPainter(self)
        painter.setFont(fonts.font(12))
        painter.setPen(palette.colour("text2"))
        middle = Qt.AlignmentFlag.AlignVCenter
        count, printer = _columns(self.width())
        painter.drawText(QRectF(52, 0, 200, 36), middle, text("paperpage.column.document"))
        right = middle | Qt.AlignmentFlag.AlignRight
        painter.drawText(QRectF(count - 100, 0, 100, 36), right, text("paperpage.column.count"))
        painter.drawText(QRectF(printer, 0, 200, 36), middle, text("paperpage.column.printer"))
        settings = QRectF(self.width() - _RIGHT - 120, 0, 120, 36)
        painter.drawText(settings, right, text("paperpage.column.settings"))
        painter.end()


def _columns(width: int) -> tuple[float, float]:
    """Right edge of the sheets, left edge of the printer."""
    return width * 0.53, width * 0.58


class _GroupRow(Retranslating, QWidget):
    """Where the documents below it go."""

    def __init__(self, group: str) -> None:
        super().__init__()
        self._group = group
        self.setFixedHeight(_GROUP)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The group's name."""
        painter = QPainter(self)
        painter.fillRect(QRectF(self.rect()), palette.colour("window"))
        painter.setFont(fonts.font(12, True))
        painter.setPen(palette.colour("text2"))
        place = QRectF(20, 0, self.width() - 40, _GROUP)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text(f"paperpage.group.{self._group}"))
        painter.end()


class _Fold(Retranslating, QAbstractButton):
    """Shows and hides the documents that nothing needs."""

    def __init__(self) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setFixedHeight(40)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._count = 0

    def show_count(self, count: int) -> None:
        """How many are folded away."""
        self._count = count
        self.setVisible(count > 0)
        self.retranslate()

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(480, 40)

    def retranslate(self) -> None:
        """Its words."""
        key = "paperpage.fold" if self.isChecked() else "paperpage.unfold"
        self.setText(text(key, count=self._count))
        self.setAccessibleName(self.text())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Chevron and words."""
        painter = QPainter(self)
        icon = "chevron-up" if self.isChecked() else "chevron-down"
        icons.draw(painter, icon, 20, 11, 18, "accent" if self.hasFocus() else "text2")
        painter.setFont(fonts.font(13))
        painter.setPen(palette.colour("text2"))
        painter.drawText(QRectF(52, 0, self.width() - 72, 40), Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.end()


class DocumentRow(Retranslating, QWidget):
    """A tick, the name, its sheets and its printer. A click shows it, a click on the chevron opens its settings."""

    chosen = Signal(str)
    ticked = Signal(str, bool)
    settings_asked = Signal(str)

    def __init__(self, document: str, ticked: bool) -> None:
        super().__init__()
        self.document = document
        self._amount = Amount()
        self._printer = ""
        self._tray = ""
        self._on = False
        self._able = True
        self._printed = False
        self.setFixedHeight(_ROW)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.tick = CheckBox(checked=ticked)
        self.tick.toggled.connect(self._toggled)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 0, 0)
        row.addWidget(self.tick)
        row.addStretch(1)
        self.retranslate()

    def show_state(self, amount: Amount, printer: str, tray: str, free: bool) -> None:
        """`printer` "" = the system's default queue; a `free` one can be printed without a shipment."""
        self._amount, self._printer, self._tray = amount, printer, tray
        self._able = amount.count > 0 or free
        self.tick.setEnabled(self._able and not self._printed)
        self.update()

    def set_printed(self, printed: bool) -> None:
        """It was printed with the batch that is shown; the range below prints it again."""
        self._printed = printed
        self.tick.setEnabled(self._able and not printed)
        self.update()

    def set_on(self, on: bool) -> None:
        """Its pages are what the left half shows."""
        self._on = on
        self.update()

    def retranslate(self) -> None:
        """Words stand in the painting."""
        self.tick.setAccessibleName(title_of(self.document))
        self.update()

    def _toggled(self, on: bool) -> None:
        self.ticked.emit(self.document, on)
        self.update()

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(480, _ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground of the chosen one, then the columns."""
        painter = QPainter(self)
        if self._on:
            painter.fillRect(QRectF(self.rect()), palette.colour("accent_weak"))
            painter.fillRect(QRectF(0, 0, 3, self.height()), palette.colour("accent"))
        live = self.tick.isEnabled() and self.tick.isChecked()
        ink = "text" if live else "text3"
        middle = Qt.AlignmentFlag.AlignVCenter
        count, printer = _columns(self.width())
        painter.setFont(fonts.font(14, live))
        painter.setPen(palette.colour(ink))
        painter.drawText(QRectF(52, 7, count - 100, 22), middle, title_of(self.document))
        painter.setFont(fonts.font(12))
        painter.setPen(palette.colour("text2" if live else "text3"))
        kind = text("paperpage.printed_slips" if self._printed else f"paperpage.form.{self.document}")
        kind = fonts.metrics(12).elidedText(kind, Qt.TextElideMode.ElideRight, count - 110)
        painter.drawText(QRectF(52, 29, count - 100, 18), middle, kind)
        self._draw_amount(painter, count, ink)
        icons.draw(painter, "printer", printer, _ROW / 2 - 9, 18, "text2" if live else "ghost")
        painter.setFont(fonts.font(14))
        painter.setPen(palette.colour(ink))
        end = self.width() - _RIGHT - 26
        tray = fonts.metrics(14).horizontalAdvance(self._tray)
        name = self._printer or text("paperpage.default_printer")
        room = end - tray - printer - 40
        name = fonts.metrics(14).elidedText(name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(printer + 28, 0, room + 4, _ROW), middle, name)
        painter.setPen(palette.colour("text2"))
        painter.drawText(QRectF(end - tray - 4, 0, tray + 4, _ROW), middle, self._tray)
        icons.draw(painter, "chevron-right", self.width() - _RIGHT - 18, _ROW / 2 - 9, 18, "text3")
        painter.end()

    def _draw_amount(self, painter: QPainter, right: float, ink: str) -> None:
        """The figure and, smaller, what it counts."""
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        count = self._amount.count
        unit = ""
        if count:
            key = "paperpage.unit.sheets" if self._amount.sheets else "paperpage.unit.shipments"
            unit = text(key, count=count)
        wide = fonts.metrics(12).horizontalAdvance(unit)
        painter.setFont(fonts.font(12))
        painter.setPen(palette.colour("text2" if ink == "text" else "text3"))
        painter.drawText(QRectF(right - wide - 4, 4, wide + 4, _ROW - 4), middle, unit)
        painter.setFont(fonts.font(20, True))
        painter.setPen(palette.colour(ink if count else "ghost"))
        figure = f"{count:,}" if count else "–"
        painter.drawText(QRectF(right - wide - 104, 0, 100, _ROW), middle, figure)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Shown, or its settings opened."""
        if event.position().x() > self.width() * 0.56:
            self.settings_asked.emit(self.document)
        else:
            self.chosen.emit(self.document)


class DocumentsList(Sheet):
    """One row a document; the signals of the rows, gathered."""

    chosen = Signal(str)
    ticked = Signal(str, bool)
    settings_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._papers: tuple[Paper, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 1, 1, 4)
        self._column.setSpacing(0)
        self._column.addWidget(_Header())
        self._column.addWidget(Hairline(token="line_strong"))
        self._fold = _Fold()
        self._fold.toggled.connect(lambda _: self._show_rows())
        self._fold.hide()
        self._column.addWidget(self._fold)
        self.rows: dict[str, DocumentRow] = {}
        self._lines: dict[str, Hairline] = {}
        self._groups: dict[str, _GroupRow] = {}
        self._amounts: Mapping[str, Amount] = {}
        self._current = ""
        self._asked: tuple[str, tuple[Ask, ...]] = ("", ())
        self.asks = AsksPanel()
        self._insert(self.asks)

    def show_papers(
        self, papers: Sequence[Paper], amounts: Mapping[str, Amount], printers: Mapping[str, tuple[str, str]]
    ) -> None:
        """Amounts and (printer, tray) by document; the rows are made when they are first known."""
        names = [paper.document for paper in self._papers]
        self._papers = tuple(papers)
        if [paper.document for paper in papers] != names:
            self._make_rows()
        self._amounts = amounts
        for paper in self._papers:
            amount = amounts.get(paper.document, Amount())
            self.rows[paper.document].show_state(
                amount, *printers.get(paper.document, ("", "")), free=paper.free
            )
        self._show_rows()

    def _make_rows(self) -> None:
        for old in (*self.rows.values(), *self._lines.values(), *self._groups.values()):
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.rows, self._lines, self._groups = {}, {}, {}
        for paper in self._papers:
            if paper.group not in self._groups:
                self._groups[paper.group] = _GroupRow(paper.group)
                self._insert(self._groups[paper.group])
            line = self._lines[paper.document] = Hairline()
            self._insert(line)
            row = self.rows[paper.document] = DocumentRow(paper.document, paper.on)
            row.chosen.connect(self.chosen)
            row.ticked.connect(self._row_ticked)
            row.settings_asked.connect(self.settings_asked)
            self._insert(row)

    def _insert(self, widget: QWidget) -> None:
        self._column.insertWidget(self._column.indexOf(self._fold), widget)

    def _show_rows(self) -> None:
        """What nothing needs, or nobody here prints, is folded away unless somebody wants to see it."""
        idle = {paper.document for paper in self._papers if self._idle(paper)}
        self._fold.show_count(len(idle))
        seen: set[str] = set()
        for paper in self._papers:
            shown = self._fold.isChecked() or paper.document not in idle
            self.rows[paper.document].setVisible(shown)
            self._lines[paper.document].setVisible(shown and paper.group in seen)
            if shown:
                seen.add(paper.group)
        for group, row in self._groups.items():
            row.setVisible(group in seen)
        self._place_asks()

    def _row_ticked(self, document: str, on: bool) -> None:
        self._place_asks()
        self.ticked.emit(document, on)

    def show_asks(self, document: str, asks: Sequence[Ask]) -> None:
        """What this paper asks, shown under its row as long as it is chosen and will be printed."""
        self._asked = (document, tuple(asks))
        self.asks.show_asks(document, asks)
        self._place_asks()

    def _place_asks(self) -> None:
        document, asks = self._asked
        live = bool(asks) and document == self._current and document in self.wanted()
        if live:
            row = self.rows[document]
            if self._column.indexOf(self.asks) != self._column.indexOf(row) + 1:
                self._column.removeWidget(self.asks)
                self._column.insertWidget(self._column.indexOf(row) + 1, self.asks)
        self.asks.setVisible(live)

    def _idle(self, paper: Paper) -> bool:
        on = self.rows[paper.document].tick.isChecked()
        if paper.document in _ALWAYS or (paper.free and on):
            return False
        count = self._amounts.get(paper.document, Amount()).count
        return not count or not (on or paper.due)

    def set_current(self, document: str) -> None:
        """Which document the left half shows ("" = none of these)."""
        for name, row in self.rows.items():
            row.set_on(name == document)
        self._current = document
        self._place_asks()

    def set_printed(self, documents: Collection[str]) -> None:
        """Which documents were printed with the batch that is shown."""
        for name, row in self.rows.items():
            row.set_printed(name in documents)

    def wanted(self) -> frozenset[str]:
        """Documents that are ticked, can be printed and are in sight."""
        return frozenset(
            name
            for name, row in self.rows.items()
            if row.tick.isChecked() and row.tick.isEnabled() and not row.isHidden()
        )
