"""Long words stay inside the page."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from jpship_gui.ui.pack.canvas import Canvas


@pytest.mark.parametrize(
    "words", ["あ" * 200, "ABCDEFGHIJ-0123456789-" * 12, "一行目\n二行目\n三行目\n四行目"]
)
def test_a_paragraph_never_leaves_its_box(qapp: QApplication, words: str) -> None:
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    Canvas(painter, 1.0).paragraph(words, QRectF(50, 100, 300, 80), 30, "text", most=2)
    painter.end()
    white = image.copy(0, 0, 1, 1).pixel(0, 0)
    marked = [(x, y) for x in range(400) for y in range(300) if image.pixel(x, y) != white]
    assert marked
    assert all(48 <= x <= 354 and 98 <= y <= 182 for x, y in marked)
