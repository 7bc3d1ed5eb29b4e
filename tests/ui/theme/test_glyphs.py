"""Every state has a shape of its own, told apart without colour."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from jpship_gui.ui.theme import fonts, glyphs

SHAPES = (glyphs.OK, glyphs.NG, glyphs.ATTENTION, glyphs.HOLD, glyphs.PROBLEM, glyphs.PROVEN, glyphs.CHECK)


def painted(shape: str, size: int, visible: bool = False) -> QImage:
    image = QImage(size, size, QImage.Format.Format_Grayscale8)
    image.fill(255)
    painter = QPainter(image)
    paint = glyphs.paint_visible if visible else glyphs.paint
    paint(painter, shape, QRectF(0, 0, size, size), QColor("black"), QColor("white"))
    painter.end()
    return image


def ink(image: QImage) -> set[tuple[int, int]]:
    return {
        (x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).red() < 128
    }


@pytest.mark.parametrize(("one", "other"), list(combinations(SHAPES, 2)))
def test_two_shapes_differ_by_a_fifth_of_their_ink(qapp: QApplication, one: str, other: str) -> None:
    first, second = ink(painted(one, 16)), ink(painted(other, 16))
    assert len(first ^ second) >= 0.2 * len(first | second)


@pytest.mark.parametrize("shape", SHAPES)
def test_what_one_sees_fills_the_box(qapp: QApplication, shape: str) -> None:
    found = ink(painted(shape, 160, visible=True))
    widths = [x for x, _ in found]
    heights = [y for _, y in found]
    assert max(max(widths) - min(widths), max(heights) - min(heights)) >= 140


def test_digits_are_all_equally_wide(qapp: QApplication) -> None:
    for size in (12, 14, 28):
        for bold in (False, True):
            assert len({fonts.width(digit, size, bold) for digit in "0123456789"}) == 1
