"""The page at the edge of what fits: many lines and pieces, long names and remarks, boxes and sets, every size of words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt

from jpship_gui.domain.packing.commands import Command
from jpship_gui.flows.pack.look_alikes import look_alikes
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import products
from jpship_gui.texts import LANGUAGES, set_language, text
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.pack import goods_row, parcel_zone
from jpship_gui.ui.pack.goods_layout import arrange
from jpship_gui.ui.pack.page import PackPage
from tests.ui.driving import Driver
from tests.ui.pack.packing_day import (
    MUG,
    PLATE,
    Day,
    Extremes,
    lay_out,
    lay_out_extremes,
    lay_out_sets,
)

SIZES = ((1920, 1080), (1280, 800))
SCALES = (80, 100, 150, 200)


@pytest.fixture
def day(ws: Workspace) -> Day:
    return lay_out(ws)


@pytest.fixture
def hard(day: Day, ws: Workspace) -> Extremes:
    return lay_out_extremes(ws)


@pytest.fixture
def pack(ws: Workspace, hard: Extremes, window: MainWindow, driver: Driver) -> Iterator[PackPage]:
    ws.options.set("desk.pickups", {"sagawa": "14:45", "yamato": "16:00", "jppost": "17:00"})
    window.open_page("pack")
    window.setWindowState(Qt.WindowState.WindowNoState)
    driver.settle()
    page = window.page()
    assert isinstance(page, PackPage)
    yield page
    page.left()
    set_language("ja")


def _every_look(pack: PackPage, window: MainWindow, driver: Driver) -> Iterator[str]:
    """Painted in each language, size and scale."""
    for language in LANGUAGES:
        set_language(language)
        pack.retranslate()
        for size in SIZES:
            window.resize(*size)
            driver.settle()
            for scale in SCALES:
                pack.set_scale(scale)
                pack.face.repaint()
                yield f"{language} {size} {scale}"


def test_what_comes_next_is_never_cut(
    pack: PackPage, hard: Extremes, window: MainWindow, driver: Driver
) -> None:
    pack.take(hard.long)
    thing = pack.face.screen_.band.then
    assert thing is not None
    for look in _every_look(pack, window, driver):
        assert thing.variant not in pack.face._cut["band"], look
        assert pack.face.screen_.band.word not in pack.face._cut["band"], look
        assert pack.face._cut["bar"] == (), look
        if pack.face.screen_.goods and "100" in look.split()[-1]:
            assert thing.variant not in pack.face._cut["goods"], look


def test_a_remark_is_in_sight_at_every_size_and_large_when_it_is_to_be_read(
    pack: PackPage, hard: Extremes, window: MainWindow, driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[float] = []
    monkeypatch.setattr(
        parcel_zone.icons, "draw", lambda *args: shown.append(args[4]) if args[1] == "message" else None
    )
    pack.take(hard.long)
    for look in _every_look(pack, window, driver):
        assert shown, look
        shown.clear()
    for _ in range(3):
        pack.take("board")
    for _ in range(2):
        pack.command(Command.TICK)
    remark = pack.face.screen_.tasks[-1]
    assert remark.state == "next"
    assert "いつもありがとう" in remark.detail
    for look in _every_look(pack, window, driver):
        assert remark.detail not in pack.face._cut["goods"], look


def test_the_only_line_is_larger_than_one_of_two(
    pack: PackPage, day: Day, window: MainWindow, driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows: list[float] = []
    paint = goods_row.paint
    monkeypatch.setattr(
        goods_row, "paint", lambda c, row, *rest: (rows.append(row.height()), paint(c, row, *rest))
    )
    window.resize(1920, 1080)
    driver.settle()
    pack.take(day.blue)
    pack.face.repaint()
    alone = rows[-1]
    pack.command(Command.NEXT)
    pack.take(day.two)
    pack.face.repaint()
    assert alone > rows[-1] * 1.3


def test_look_alikes_in_one_order_are_set_apart(pack: PackPage, hard: Extremes) -> None:
    pack.take(hard.many)
    goods = pack.face.screen_.goods
    parts = [good.variant[slice(*good.differs)] for good in goods[:4]]
    assert parts == ["21cm 白", "24cm 白", "21cm 黒", "24cm 黒"], "each part differs from one of the others"
    assert {good.differs for good in goods[4:]} == {(0, 0)}


def test_twelve_lines_are_worked_through_with_the_next_one_always_large(
    pack: PackPage, hard: Extremes
) -> None:
    pack.take(hard.many)
    while any(good.have < good.need for good in pack.face.screen_.goods):
        goods = pack.face.screen_.goods
        following = next(index for index, good in enumerate(goods) if good.next)
        rows = arrange(goods, 468.0).rows
        (placed,) = (row for row in rows if row.index == following)
        assert placed.height == max(row.height for row in rows)
        band = pack.face.screen_.band
        assert band.then is not None
        assert band.then.count == goods[following].need - goods[following].have
        pack.take(goods[following].code)
        assert pack.face.screen_.band.klass == "ok"


def test_boxes_sets_and_orders_packed_together_are_named(pack: PackPage, ws: Workspace) -> None:
    boxes, together = lay_out_sets(ws)
    for code in (boxes, MUG, MUG, PLATE):
        pack.take(code)
    screen = pack.face.screen_
    assert screen.marks == (text("packpage.boxes", count=2),)
    assert {good.set_name for good in screen.goods} == {"朝ごはんセット"}
    assert screen.band.then is not None
    assert "1/2" in screen.band.then.words
    pack.take("209189801133")
    step = next(step for step in pack.face.screen_.steps if "2/2" in step.word)
    assert "2091" not in step.note, "that number is on the first box"
    pack.command(Command.NEXT)
    pack.take(together)
    assert pack.face.screen_.marks == (text("packpage.together", count=2),)


def test_look_alikes_of_the_goods_list_are_told_by_the_part_that_differs(
    ws: Workspace, day: Day, window: MainWindow, driver: Driver
) -> None:
    listed = [
        products.Product("P1", "plate-21-wh", name="平皿", variant="21cm 白"),
        products.Product("P2", "plate-24-wh", name="平皿", variant="24cm 白"),
        products.Product("P3", "mug-300-bl", name="マグカップ 300ml", variant="青"),
        products.Product("P4", "mug-300-nv", name="マグカップ 300ml", variant="紺"),
        *(products.Product(f"C{n}", f"c-{n}", name="小鉢", variant=f"柄 {n}") for n in range(20)),
    ]
    products.put(ws.store, listed)
    alike = look_alikes(ws)
    assert alike["平皿"] == ("21cm 白", "24cm 白")
    assert "小鉢" not in alike, "where there are very many, every part differs from some other"
    window.open_page("pack")
    driver.settle()
    page = window.page()
    assert isinstance(page, PackPage)
    page.take(day.two)
    differs = {good.name: good.variant[slice(*good.differs)] for good in page.face.screen_.goods}
    assert differs["平皿"] == "21cm"
    assert set(differs.values()) == {"21cm", ""}, "what differs as a whole is not set apart"
    page.left()
