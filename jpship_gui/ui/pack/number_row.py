"""One reading of a tracking number: its digits large in groups of four, blanks where digits are missing."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from jpship_gui.ui.pack.canvas import Canvas, colour
from jpship_gui.ui.theme import glyphs, icons

_DIGITS = 12
_GROUP = 4
_SIZE, _SMALL = 60, 44
_ROOMY = 850  # pixels from which the digits are large


@dataclass(frozen=True, slots=True)
class Reading:
    """What a row shows. `state`: next, waiting, taken, wrong; `wrong` are the places that differ."""

    label: str
    state: str = "waiting"
    number: str = ""
    hidden: bool = False
    note: str = ""
    ok: bool = False
    wrong: tuple[int, ...] = ()


class NumberRow(QWidget):
    """Paints a `Reading`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reading = Reading("")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Room for the digits and a note."""
        return QSize(960, 136)

    @property
    def _size(self) -> int:
        return _SIZE if self.width() >= _ROOMY else _SMALL

    def show_reading(self, reading: Reading) -> None:
        """Show this from the next paint on."""
        self._reading = reading
        self.setAccessibleName(f"{reading.label} {'' if reading.hidden else reading.number} {reading.note}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Frame by state, label, digits, note."""
        painter = QPainter(self)
        canvas = Canvas(painter, 1.0)
        reading = self._reading
        box = QRectF(self.rect())
        edge, width = {"next": ("accent", 4), "wrong": ("ng", 4)}.get(reading.state, ("line_strong", 1))
        canvas.sheet(box, 12, "window" if reading.state == "waiting" else "surface", edge, width)
        strong = reading.state in ("next", "wrong")
        canvas.write(reading.label, box.adjusted(24, 0, 0, 0), 18, "text" if strong else "text2", bold=strong)
        self._digits(canvas, box, reading)
        self._note(canvas, box, reading)
        painter.end()

    def _digits(self, canvas: Canvas, box: QRectF, reading: Reading) -> None:
        advance = canvas.width("0", self._size, True)
        x = box.left() + 120
        count = max(_DIGITS, len(reading.number))
        if count > _DIGITS:
            advance = min(advance, (box.width() - 340) / (count * 1.1))
        for place in range(count):
            if place and place % _GROUP == 0 and count <= _DIGITS:
                dash = QRectF(x + advance * 0.12, box.center().y() - 3, advance * 0.5, 6)
                canvas.fill(dash, "text2" if place < len(reading.number) else "line_strong")
                x += advance * 0.78
            self._digit(canvas, QRectF(x, box.top(), advance, box.height()), reading, place)
            x += advance

    def _digit(self, canvas: Canvas, cell: QRectF, reading: Reading, place: int) -> None:
        if place >= len(reading.number):
            ink = "line_strong" if reading.state == "next" else "line"
            canvas.fill(QRectF(cell.left() + 4, cell.center().y() + 32, cell.width() - 8, 3), ink)
            return
        if reading.hidden:
            canvas.painter.setPen(Qt.PenStyle.NoPen)
            canvas.painter.setBrush(colour("text2"))
            canvas.painter.drawEllipse(cell.center(), 7, 7)
            return
        ink = "text"
        if place in reading.wrong:
            canvas.sheet(QRectF(cell.left(), cell.center().y() - 36, cell.width(), 72), 8, "ng", "ng", 0)
            ink = "surface"
        canvas.write(
            reading.number[place], cell, self._size, ink, bold=True, align=Qt.AlignmentFlag.AlignHCenter
        )

    def _note(self, canvas: Canvas, box: QRectF, reading: Reading) -> None:
        if not reading.note:
            return
        ink = {"next": "accent", "wrong": "ng"}.get(reading.state, "ok" if reading.ok else "text2")
        size = 18 if reading.state == "next" else 16
        room = QRectF(box.right() - 248, box.top(), 224, box.height())
        wide = min(canvas.width(reading.note, size, True), room.width())
        fits = canvas.width(reading.note, size, True) <= room.width()
        canvas.write(
            reading.note, room, size, ink, bold=True, align=Qt.AlignmentFlag.AlignRight, wrap=not fits
        )
        mark_x = room.right() - wide - 34
        if reading.ok:
            glyphs.paint(
                canvas.painter,
                glyphs.OK,
                QRectF(mark_x + 6, box.center().y() - 12, 24, 24),
                colour(ink),
                colour("surface"),
            )
        elif reading.state == "next" and fits:
            icons.draw(canvas.painter, "barcode", mark_x, box.center().y() - 13, 26, "accent")
