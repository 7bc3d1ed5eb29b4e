"""A scale on a serial port beside the packing page: a real pseudo-terminal plays it."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator

import pytest

from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import products, shops
from jpship_gui.store.products import Product
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.pack.page import PackPage
from tests.ui.driving import Driver
from tests.ui.pack.packing_day import MUG, NUMBERS, Day, lay_out
from tests.ui.scanner import Scanner

pytest.importorskip("serial", reason="pyserial is an option of the installation")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are a Unix notion")


@pytest.fixture
def scale(ws: Workspace) -> Iterator[int]:
    """Our end of the scale's port."""
    ours, theirs = os.openpty()
    ws.options.set("scale.port", os.ttyname(theirs))
    yield ours
    os.close(theirs)
    os.close(ours)


@pytest.fixture
def day(ws: Workspace) -> Day:
    made = lay_out(ws)
    shops.set_settings(ws.store, "検品店", {"pack.proof": "double", "pack.weight": "stop"})
    products.put(ws.store, [Product(MUG, "mug-300-bl", grams=312)])
    return made


@pytest.fixture
def pack(day: Day, scale: int, window: MainWindow, driver: Driver) -> Iterator[PackPage]:
    window.open_page("pack")
    driver.settle()
    page = window.page()
    assert isinstance(page, PackPage)
    line = page.scale._line
    assert line is not None
    driver.wait_for(lambda: line._code is None)  # open: what a scale said before is nobody's
    yield page
    page.left()


def stream(scale: int, driver: Driver, grams: int, times: int = 5) -> None:
    """What a scale that never stops says of one thing."""
    for _ in range(times):
        os.write(scale, f"ST,GS,+{grams / 1000:7.3f}kg\r\n".encode())
        time.sleep(0.02)
        driver.settle()


def test_a_stream_weighs_each_parcel_once(pack: PackPage, day: Day, scale: int, driver: Driver) -> None:
    scanner = Scanner()
    stream(scale, driver, 312)
    assert pack.snapshot().recent == (), "nothing is open: nobody asked"
    for code in (day.blue, MUG):
        scanner.scan(pack, code)
    stream(scale, driver, 0)
    stream(scale, driver, 312)
    driver.wait_for(lambda: pack.snapshot().expects.value == "waybill")
    stream(scale, driver, 312)
    words = [answer.outcome.value for answer in pack.snapshot().recent]
    assert words == ["OK_WEIGHT", "OK_ITEM_LAST", "OK_OPEN"]
    scanner.scan(pack, NUMBERS[1])
    assert pack.snapshot().state.idle


def test_a_scale_that_goes_away_stops_no_scan(
    pack: PackPage, day: Day, ws: Workspace, driver: Driver
) -> None:
    pack.left()
    ws.options.set("scale.port", "/dev/no-such-scale")
    warned: list[str] = []
    pack.desk.warned.connect(warned.append)
    pack.opened()
    driver.wait_for(lambda: bool(warned))
    assert "/dev/no-such-scale" in warned[0]
    Scanner().scan(pack, day.blue)
    assert pack.face.screen_.band.klass == "ok"
