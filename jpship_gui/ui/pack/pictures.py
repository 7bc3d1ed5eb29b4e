"""Pictures of goods, cut to a square once and kept."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPixmap, QPixmapCache

from jpship_gui.ui.pack.canvas import Canvas
from jpship_gui.ui.pack.screen import Good
from jpship_gui.ui.theme import icons


def paint_picture(canvas: Canvas, box: QRectF, good: Good) -> None:
    """The product's picture cut to a rounded square, or a quiet tile where the shop has none."""
    done = good.have >= good.need > 0
    path = QPainterPath()
    path.addRoundedRect(box, canvas.px(8), canvas.px(8))
    picture = _picture(good.picture, box)
    canvas.painter.save()
    canvas.painter.setClipPath(path)
    if picture is None:
        canvas.fill(box, "window")
        size = round(box.width() * 0.42)
        at = box.center() - QPointF(size / 2, size / 2)
        icons.draw(canvas.painter, "package", at.x(), at.y(), size, "ghost")
    else:
        canvas.painter.setOpacity(0.5 if done else 1.0)
        canvas.painter.drawPixmap(box, picture, QRectF(picture.rect()))
    canvas.painter.restore()


def _picture(path: str, box: QRectF) -> QPixmap | None:
    if not path or not Path(path).is_file():
        return None
    key = f"{path}:{round(box.width())}"
    found = QPixmap()
    if QPixmapCache.find(key, found):
        return found
    loaded = QPixmap(path)
    if loaded.isNull():
        return None
    side = min(loaded.width(), loaded.height())
    cut = loaded.copy((loaded.width() - side) // 2, (loaded.height() - side) // 2, side, side)
    wide = max(1, round(box.width()))
    scaled = cut.scaled(
        wide, wide, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    QPixmapCache.insert(key, scaled)
    return scaled
