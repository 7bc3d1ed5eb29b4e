"""Only what changed is painted anew, and nothing that changed is left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QImage, QRegion

from jpship_gui.domain.packing.commands import Command
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.pack.canvas import Canvas
from jpship_gui.ui.pack.face import _FIELDS, _touched
from jpship_gui.ui.pack.page import PackPage
from jpship_gui.ui.pack.screen import Screen
from tests.ui.driving import Driver
from tests.ui.pack.packing_day import MUG, NAVY, NUMBERS, PLATE, Day, lay_out


@pytest.fixture
def day(ws: Workspace) -> Day:
    ws.options.set("desk.pickups", {"sagawa": "14:45", "yamato": "16:00"})
    return lay_out(ws, proof="file")


@pytest.fixture
def pack(day: Day, window: MainWindow, driver: Driver) -> Iterator[PackPage]:
    window.open_page("pack")
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.resize(1280, 800)
    driver.settle()
    page = window.page()
    assert isinstance(page, PackPage)
    yield page
    page.left()


def _changed(one: QImage, other: QImage) -> list[QRect]:
    """Tiles of 16 pixels that differ."""
    side = 16
    return [
        QRect(x, y, side, side)
        for y in range(0, one.height(), side)
        for x in range(0, one.width(), side)
        if one.copy(x, y, side, side) != other.copy(x, y, side, side)
    ]


def test_every_change_of_a_packing_day_lies_in_the_zones_painted_anew(pack: PackPage, day: Day) -> None:
    steps = [
        *(lambda code=code: pack.take(code) for code in (day.two, MUG, NAVY)),
        lambda: pack.command(Command.ACK),
        *(lambda code=code: pack.take(code) for code in (MUG, PLATE, NUMBERS[0])),
        lambda: pack.command(Command.TICK),
        lambda: pack.command(Command.TICK),
        *(lambda code=code: pack.take(code) for code in (NUMBERS[0], day.navy, day.blue)),
    ]
    face = pack.face
    seen = 0
    for step in steps:
        before, image = face.screen_, face.grab().toImage()
        step()
        zones = face._zones()
        touched = _touched(before, face.screen_)
        region = QRegion()
        for name in touched:
            region = region.united(zones[name].toAlignedRect().adjusted(0, 0, 1, 1))
        now = face.grab().toImage()
        outside = [tile for tile in _changed(image, now) if not _inside(tile, region, image, now)]
        assert outside == []
        seen += len(touched) < len(zones)
    assert seen >= 4, "some steps leave zones alone"


def _inside(tile: QRect, region: QRegion, one: QImage, other: QImage) -> bool:
    """Every pixel of a tile that differs lies in the region."""
    return all(
        region.contains(QPoint(x, y))
        for x in range(tile.left(), min(tile.right() + 1, one.width()))
        for y in range(tile.top(), min(tile.bottom() + 1, one.height()))
        if one.pixel(x, y) != other.pixel(x, y)
    )


def test_a_field_nobody_placed_touches_everything() -> None:
    names = {field.name for field in fields(Screen)}
    assert set(_FIELDS) <= names
    assert "number" not in _FIELDS
    assert _touched(Screen(), Screen(number="1")) == {"bar", "parcel", "goods", "way", "notice", "band"}
    assert _touched(Screen(), Screen()) == set()


def test_without_a_parcel_the_middle_counts_what_is_left(pack: PackPage) -> None:
    face = pack.face
    before = face.grab().toImage()
    face.show_screen(replace(face.screen_, left=face.screen_.left + 7, pickups=()))
    now = face.grab().toImage()
    zones = face._zones()
    for name in ("bar", "goods", "way"):
        box = zones[name].toAlignedRect()
        assert before.copy(box) != now.copy(box), name


def _largest(pack: PackPage, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The words written largest on the whole page, in pixels."""
    sizes: dict[str, float] = {}
    write = Canvas.write

    def noted(canvas: Canvas, words: str, box: QRectF, size: float, *ink: Any, **more: Any) -> float:
        sizes[words] = max(sizes.get(words, 0.0), canvas.px(size))
        return write(canvas, words, box, size, *ink, **more)

    with monkeypatch.context() as patched:
        patched.setattr(Canvas, "write", noted)
        pack.face.grab()
    return [words for words, size in sizes.items() if size >= max(sizes.values()) * 0.99]


@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080)])
def test_what_comes_next_is_the_largest_thing_on_the_page(
    pack: PackPage,
    day: Day,
    window: MainWindow,
    driver: Driver,
    monkeypatch: pytest.MonkeyPatch,
    size: tuple[int, int],
) -> None:
    window.resize(*size)
    driver.settle()
    pack.take(day.two)
    assert _largest(pack, monkeypatch) == ["青", "×2"]
    pack.take(MUG)
    assert _largest(pack, monkeypatch) == ["青", "×1"]
    pack.take(NAVY)
    assert _largest(pack, monkeypatch) == [pack.face.screen_.band.word], (
        "a wrong thing is louder than the next one"
    )
    pack.command(Command.ACK)
    assert _largest(pack, monkeypatch) == [text("packpage.next.item")]
