"""A short list in columns inside a sheet: for reading, not for choosing. The order table is another thing."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from jpship_gui.texts import text
from jpship_gui.ui.theme import chips, fonts, glyphs, palette
from jpship_gui.ui.widgets.retranslating import Retranslating

_PAD = 12
_SHARE = 4
_HEADER = 36
_TWO_LINES = 48  # height of a row with small words under others
_WRAP_MARGIN = 10  # over and under words of several lines
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
_WRAPPED = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter | _LEFT)


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `width` in pixels, or 0 for a share of what is left; `title` is a key ("" = none).

    `from_width`: the column is left out while the table is narrower than this. `grow`: it takes so many parts of
    what is left besides its width; a column without width takes four. `wrap`: words that do not fit make the row
    higher.
    """

    title: str = ""
    width: int = 0
    right: bool = False
    from_width: int = 0
    grow: int = 0
    wrap: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `sub` is a small second line; `ground` tints the words' own ground; `chip` is a marketplace,
    `bar` a carrier, `glyph` a state shape before the words; `act` makes it a link."""

    words: str = ""
    sub: str = ""
    ink: str = "text"
    bold: bool = False
    size: int = 14
    ground: str = ""
    chip: str = ""
    bar: str = ""
    glyph: str = ""
    tail: str = ""  # the last characters in dark, the words before in grey
    strike: bool = False
    act: str = ""


Row = Sequence[Cell]


class PlainTable(Retranslating, QWidget):
    """Give it columns and rows; it is as high as its rows. `acted` carries the row's index and the cell's act."""

    acted = Signal(int, str)

    def __init__(
        self, columns: Sequence[Column], row_height: int = 40, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._rows: tuple[Row, ...] = ()
        self._height = row_height
        self._bottoms: list[float] = []  # of the rows, for the present width
        self._headed = any(column.title for column in columns)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows."""
        self._rows = tuple(rows)
        self._lay()

    def _lay(self) -> None:
        """Lower edges of all rows for the present width."""
        edges = self._edges()
        bottom = float(_HEADER if self._headed else 8)
        self._bottoms = []
        for row in self._rows:
            high = float(self._height)
            for cell, column, (_, wide) in zip(row, self._columns, edges, strict=False):
                if wide and cell.sub and not cell.chip:
                    high = max(high, _TWO_LINES)
                if column.wrap and wide and cell.words:
                    metrics = fonts.metrics(cell.size, cell.bold)
                    box = metrics.boundingRect(QRectF(0, 0, wide - _PAD, 9999), _WRAPPED, cell.words)
                    high = max(high, box.height() + 2 * _WRAP_MARGIN)
            bottom += high
            self._bottoms.append(bottom)
        self.updateGeometry()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew."""
        if event.size().width() != event.oldSize().width() and any(c.wrap for c in self._columns):
            self._lay()

    def sizeHint(self) -> QSize:
        """All rows."""
        top = float(_HEADER if self._headed else 8)
        return QSize(480, round(self._bottoms[-1] if self._bottoms else top) + 8)

    def minimumSizeHint(self) -> QSize:
        """All rows; the page around it scrolls."""
        return QSize(240, self.sizeHint().height())

    def retranslate(self) -> None:
        """The header's words."""
        self.update()

    def _edges(self) -> list[tuple[float, float]]:
        """Left edge and width of each column; what fixed widths leave is shared by the others and those that grow."""
        shown = [column for column in self._columns if column.from_width <= self.width()]
        left = max(self.width() - 2 * _PAD - sum(column.width for column in shown), 0)
        shares = sum(column.grow or (0 if column.width else _SHARE) for column in shown) or 1
        x, edges = float(_PAD), []
        for column in self._columns:
            part = column.grow or (0 if column.width else _SHARE)
            wide = column.width + left * part / shares if column.from_width <= self.width() else 0.0
            edges.append((x, wide))
            x += wide
        return edges

    def _cell_at(self, at: QPoint) -> tuple[int, int] | None:
        top = _HEADER if self._headed else 8
        row = bisect_right(self._bottoms, at.y())
        if at.y() < top or row >= len(self._rows):
            return None
        for index, (x, wide) in enumerate(self._edges()):
            if x <= at.x() < x + wide and index < len(self._rows[row]):
                return row, index
        return None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over what can be clicked."""
        found = self._cell_at(event.position().toPoint())
        live = found is not None and bool(self._rows[found[0]][found[1]].act)
        self.setCursor(Qt.CursorShape.PointingHandCursor if live else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Links act."""
        found = self._cell_at(event.position().toPoint())
        if found is not None and self._rows[found[0]][found[1]].act:
            self.acted.emit(found[0], self._rows[found[0]][found[1]].act)

    def event(self, event: QEvent) -> bool:
        """The whole text of a cell as tool tip."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self._cell_at(event.pos())
            if found is not None:
                cell = self._rows[found[0]][found[1]]
                QToolTip.showText(event.globalPos(), f"{cell.words}{cell.tail}\n{cell.sub}".strip(), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Header, then rows between hairlines."""
        painter = QPainter(self)
        edges = self._edges()
        top = 8.0
        if self._headed:
            top = float(_HEADER)
            painter.setFont(fonts.font(12))
            painter.setPen(palette.colour("text2"))
            for column, (x, wide) in zip(self._columns, edges, strict=True):
                flags = (_RIGHT if column.right else _LEFT) | Qt.AlignmentFlag.AlignVCenter
                if column.title and wide:
                    painter.drawText(QRectF(x, 0, wide - _PAD, _HEADER), flags, text(column.title))
            painter.fillRect(QRectF(0, _HEADER - 1, self.width(), 1), palette.colour("line_strong"))
        for number, row in enumerate(self._rows):
            y = self._bottoms[number - 1] if number else top
            high = self._bottoms[number] - y
            if number:
                painter.fillRect(QRectF(_PAD, y, self.width() - 2 * _PAD, 1), palette.colour("line"))
            for cell, column, (x, wide) in zip(row, self._columns, edges, strict=False):
                box = QRectF(x, y, wide - _PAD, high)
                if wide and column.wrap:
                    _paragraph(painter, cell, box)
                elif wide:
                    _paint(painter, cell, box, column.right)
        painter.end()


def _paint(painter: QPainter, cell: Cell, box: QRectF, right: bool) -> None:
    if cell.chip:
        box.setLeft(
            box.left() + chips.draw_chip(painter, cell.chip, cell.words, box.left(), box.center().y()) + 8
        )
        _line(painter, Cell(cell.sub, ink="text2", size=12), box, False)
        return
    if cell.glyph:
        glyphs.draw(painter, cell.glyph, box.left(), box.center().y() - 8, 16, cell.ink)
        box.setLeft(box.left() + 24)
    if cell.bar:
        chips.draw_bar(painter, cell.bar, box.left(), box.center().y())
        box.setLeft(box.left() + 10)
    if cell.sub:
        upper = QRectF(box.left(), box.center().y() - 20, box.width(), 22)
        _line(painter, cell, upper, right)
        lower = QRectF(box.left(), box.center().y() + 2, box.width(), 18)
        _line(painter, Cell(cell.sub, ink="text3", size=12), lower, right)
        return
    _line(painter, cell, box, right)


def _paragraph(painter: QPainter, cell: Cell, box: QRectF) -> None:
    painter.setFont(fonts.font(cell.size, cell.bold))
    painter.setPen(palette.colour(cell.ink))
    painter.drawText(box, _WRAPPED, cell.words)


def _line(painter: QPainter, cell: Cell, box: QRectF, right: bool) -> None:
    metrics = fonts.metrics(cell.size, cell.bold)
    words = metrics.elidedText(
        cell.words, Qt.TextElideMode.ElideRight, box.width() - (12 if cell.ground else 0)
    )
    wide = metrics.horizontalAdvance(words)
    x = box.right() - wide if right else box.left()
    if cell.ground:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.colour(cell.ground))
        painter.drawRoundedRect(QRectF(x, box.center().y() - 13, wide + 12, 26), 4, 4)
        x += 6
    painter.setFont(fonts.font(cell.size, cell.bold))
    painter.setPen(palette.colour("accent" if cell.act else cell.ink))
    line = QRectF(x, box.top(), wide + 2, box.height())
    painter.drawText(line, _LEFT | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, words)
    if cell.strike:
        middle = box.center().y()
        painter.drawLine(QPointF(x, middle), QPointF(x + wide, middle))
    if cell.tail:
        painter.setFont(fonts.font(cell.size, True))
        painter.setPen(palette.colour("text"))
        rest = QRectF(x + wide, box.top(), max(box.right() - x - wide, 0) + 2, box.height())
        painter.drawText(rest, _LEFT | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, cell.tail)
