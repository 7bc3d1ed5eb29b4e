"""A state shape, an icon, a chip or a carrier's bar as widgets, for use in layouts."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from jpship_gui.ui.theme import chips, glyphs, icons, palette


class Glyph(QWidget):
    """One state shape of `size` px."""

    def __init__(
        self,
        shape: str,
        size: int = 20,
        ink: str = "text2",
        ground: str = "surface",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._shape, self._ink, self._ground, self._count = shape, ink, ground, 0
        self.setFixedSize(size, size)

    def set(self, shape: str, ink: str, ground: str = "surface", count: int = 0) -> None:
        """Show another shape."""
        self._shape, self._ink, self._ground, self._count = shape, ink, ground, count
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The shape."""
        painter = QPainter(self)
        glyphs.draw(painter, self._shape, 0, 0, self.width(), self._ink, self._ground, self._count)


class Icon(QWidget):
    """One icon of `size` px; with a tile, it stands in a tinted square."""

    def __init__(
        self, name: str, size: int = 20, token: str = "text2", *, tile: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._size, self._token, self._tile = name, size, token, tile
        self.setFixedSize(tile or size, tile or size)

    def set(self, name: str, token: str = "") -> None:
        """Show another icon."""
        self._name, self._token = name, token or self._token
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The icon, in the middle of its tile."""
        painter = QPainter(self)
        if self._tile:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(palette.colour("accent_weak"))
            painter.setBrush(palette.colour("accent_weak"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        inset = (self.width() - self._size) / 2
        icons.draw(painter, self._name, inset, inset, self._size, self._token)


class Chip(QWidget):
    """A marketplace's chip."""

    def __init__(
        self,
        marketplace: str = "",
        words: str = "",
        least: int = chips.CHIP_TIGHT,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._least = least
        self._marketplace, self._words = marketplace, words
        self.set(marketplace, words)

    def set(self, marketplace: str, words: str) -> None:
        """Show another marketplace."""
        self._marketplace, self._words = marketplace, words
        self.setFixedSize(chips.chip_width(words, self._least), chips.CHIP_HEIGHT)
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The chip."""
        painter = QPainter(self)
        chips.draw_chip(painter, self._marketplace, self._words, 0, self.height() / 2, self._least)


class CarrierBar(QWidget):
    """A carrier's bar; its name stands beside it as a label."""

    def __init__(self, carrier: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._carrier = carrier
        self.setFixedSize(QSize(chips.BAR_WIDTH, chips.BAR_HEIGHT))

    def set(self, carrier: str) -> None:
        """Show another carrier."""
        self._carrier = carrier
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The bar."""
        chips.draw_bar(QPainter(self), self._carrier, 0, self.height() / 2)
