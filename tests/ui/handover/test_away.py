"""The database is locked or gone while the page takes parcels: said in the strip, taken from memory, mended by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from jpship_gui.flows.handover.listing import history
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text
from jpship_gui.ui.handover.page import HandoverPage
from jpship_gui.ui.main_window import MainWindow
from tests.flows.test_pack_away import write_lock
from tests.ui.driving import Driver
from tests.ui.handover.hand_over_day import Day, lay_out
from tests.ui.scanner import Scanner


@pytest.fixture
def day(ws: Workspace) -> Day:
    return lay_out(ws, 6, 0)


@pytest.fixture
def page(day: Day, window: MainWindow, driver: Driver) -> Iterator[HandoverPage]:
    window.open_page("handover")
    driver.settle()
    found = window.page()
    assert isinstance(found, HandoverPage)
    yield found
    found.left()


def trouble(page: HandoverPage) -> str:
    fault = page.station.trouble if page.station is not None else None
    return fault.code if fault is not None else ""


def test_another_program_writes_and_the_window_does_not_wait(
    page: HandoverPage, day: Day, ws: Workspace, driver: Driver
) -> None:
    scanner = Scanner()
    with write_lock(ws):
        for n, number in enumerate(day.numbers[:3], start=1):
            scanner.scan(page, number)
            assert (page.face.screen_.band.klass, page.face.screen_.taken) == ("ok", n)
        driver.wait_for(lambda: trouble(page) == "database_busy" and bool(page.face.screen_.notice))
        assert page.face.screen_.notice == text("packpage.waiting", why=text("fault.database_busy"), lines=3)
        assert len(page.face.screen_.rows) == 3
        assert history(ws) == []
    driver.wait_for(lambda: trouble(page) == "" and not page.face.screen_.notice)
    assert history(ws)[0].taken == 3
    assert (page.face.screen_.taken, len(page.face.screen_.rows)) == (3, 3)


def test_the_file_is_gone_and_comes_back(page: HandoverPage, day: Day, ws: Workspace, driver: Driver) -> None:
    scanner = Scanner()
    scanner.scan(page, day.numbers[0])
    driver.settle()
    place = Path(ws.store.place)
    there = {path: path.with_name(f"gone-{path.name}") for path in place.parent.glob(f"{place.name}*")}
    for path, away in there.items():
        path.rename(away)
    assert page.station is not None
    page.station.look()
    driver.wait_for(lambda: trouble(page) == "database_away")
    assert page.face.screen_.band.word == text("fault.database_away"), "said once in the band as well"
    scanner.scan(page, day.numbers[1])
    assert (page.face.screen_.band.klass, page.face.screen_.taken) == ("ok", 2)
    assert text("fault.database_away") in page.face.screen_.notice
    scanner.scan(page, "400099990000")
    assert page.face.screen_.band.word == text("handover.word.ng_away")
    scanner.scan(page, "JPCMDACK")
    for path, away in there.items():
        away.rename(path)
    driver.wait_for(lambda: trouble(page) == "" and page.station is not None and page.station.waiting == 0)
    assert page.face.screen_.notice == ""
    scanner.scan(page, day.numbers[2])
    driver.settle()
    assert history(ws)[0].taken == 3
