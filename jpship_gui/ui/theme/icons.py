"""Outline icons from resources/icons, tinted from the theme and kept as pixmaps."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from jpship_gui.settings.places import resources
from jpship_gui.ui.theme import palette

_SMALL = 18  # up to this size the stroke is a little heavier, or it greys out


@cache
def _folder() -> Path:
    return resources() / "icons"


@cache
def _source(name: str) -> str:
    path = _folder() / f"{name}.svg"
    return path.read_text(encoding="utf-8") if path.is_file() else ""


@cache
def _renderer(name: str, colour: str, stroke: float) -> QSvgRenderer:
    svg = _source(name).replace("currentColor", colour)
    svg = re.sub(r'stroke-width="[^"]*"', f'stroke-width="{stroke}"', svg)
    return QSvgRenderer(QByteArray(svg.encode()))


@cache
def _pixmap(name: str, size: int, colour: str, stroke: float, ratio: float) -> QPixmap:
    pixmap = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _renderer(name, colour, stroke).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


def pixmap(name: str, size: int = 20, token: str = "text2", ratio: float = 1.0) -> QPixmap:
    """The icon in a token's colour, `size` logical pixels square, for a screen of that pixel ratio."""
    stroke = 1.7 if size <= _SMALL else 1.5
    return _pixmap(name, size, palette.colour(token).name(), stroke, ratio)


def draw(painter: QPainter, name: str, x: float, y: float, size: int = 20, token: str = "text2") -> None:
    """Paint the icon with its top left corner at x, y."""
    device = painter.device()
    painter.drawPixmap(round(x), round(y), pixmap(name, size, token, device.devicePixelRatioF()))


def icon(name: str, token: str = "text2", size: int = 20) -> QIcon:
    """For menus and other Qt parts that ask for a QIcon; made anew after a change of theme."""
    made = QIcon()
    for ratio in (1.0, 2.0):
        made.addPixmap(pixmap(name, size, token, ratio))
        made.addPixmap(pixmap(name, size, "ghost", ratio), QIcon.Mode.Disabled)
    return made


def tinted(name: str, size: int, colour: QColor, ratio: float = 1.0) -> QPixmap:
    """The icon in a colour that is no token, such as an ink of the outcome band."""
    return _pixmap(name, size, colour.name(), 1.5, ratio)


def exists(name: str) -> bool:
    """Whether the set has an icon of that name."""
    return bool(_source(name))
