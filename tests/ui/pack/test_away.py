"""The database goes away and comes back under the packing page; the journal's disk is full and has room again."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from PySide6.QtCore import QDeadlineTimer, QEventLoop
from PySide6.QtWidgets import QApplication

from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import journal, shipments
from jpship_gui.texts import text
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.pack.page import PackPage
from jpship_gui.ui.pack.screen import Band
from tests.flows.test_pack_away import put_back, take_away, write_lock
from tests.ui.driving import Driver
from tests.ui.pack.packing_day import MUG, NUMBERS, PLATE, Day, lay_out
from tests.ui.scanner import Scanner

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody take an open file away")


@pytest.fixture
def day(ws: Workspace) -> Day:
    return lay_out(ws)


@pytest.fixture
def pack(day: Day, window: MainWindow, driver: Driver) -> Iterator[PackPage]:
    window.open_page("pack")
    driver.settle()
    page = window.page()
    assert isinstance(page, PackPage)
    yield page
    page.left()


def until(condition: Callable[[], bool], pack: PackPage) -> None:
    """Let the window live until something holds."""
    deadline = QDeadlineTimer(60_000)
    while not condition():
        if pack.station is not None:
            pack.station.look()
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        assert not deadline.hasExpired()


def fill(path: Path) -> None:
    """Take all the room there is."""
    with path.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"x" * 512)


def band(pack: PackPage) -> tuple[str, str]:
    shown = pack.face.screen_.band
    return shown.klass, shown.word


def test_the_page_says_that_the_database_is_away_and_finishes_the_parcel(
    pack: PackPage, day: Day, ws: Workspace, driver: Driver
) -> None:
    scanner = Scanner()
    scanner.scan(pack, day.two)
    scanner.scan(pack, MUG)
    driver.settle()
    until(lambda: pack.station is not None and pack.station.waiting == 0, pack)
    aside = take_away(ws)
    until(lambda: band(pack) == ("attention", text("fault.database_away")), pack)
    scanner.scan(pack, MUG)
    assert band(pack)[0] == "ok"
    assert text("packpage.waiting", why=text("fault.database_away"), lines=1) == pack.face.screen_.notice
    assert pack.face.screen_.name == "検品", "the parcel in hand stays in sight"
    scanner.scan(pack, PLATE)
    scanner.scan(pack, day.navy)
    assert band(pack) == ("ng", text("pack.word.ng_away"))
    pack.face.acted.emit("acknowledge")
    for _ in range(2):
        pack.face.acted.emit("tick")
    scanner.scan(pack, NUMBERS[0])
    assert band(pack)[0] == "complete"
    scanner.scan(pack, day.navy)
    assert band(pack) == ("ng", text("pack.word.ng_away"))
    pack.face.acted.emit("acknowledge")
    put_back(ws, aside)
    until(lambda: not pack.face.screen_.notice, pack)
    scanner.scan(pack, day.navy)
    assert band(pack)[0] == "ok"
    driver.settle()
    found = shipments.by_key(ws.store, day.two)
    assert found is not None
    assert found.facts.verified is not None


def test_the_window_lives_while_another_process_writes(
    pack: PackPage, day: Day, ws: Workspace, driver: Driver
) -> None:
    scanner = Scanner()
    with write_lock(ws) as other:
        for code in (day.two, MUG, MUG, PLATE):
            scanner.scan(pack, code)
            assert band(pack)[0] == "ok"
        until(lambda: bool(pack.face.screen_.notice), pack)
        assert text("fault.database_busy") in pack.face.screen_.notice
        assert other.poll() is None
        assert pack.face.screen_.goods[0].have == 2
    until(lambda: not pack.face.screen_.notice, pack)
    assert ws.store.value("SELECT n FROM journal_marks") == 4


@pytest.mark.skipif(os.geteuid() != 0, reason="a small file system can only be mounted by root")
def test_a_full_disk_is_said_in_the_band_and_the_next_scan_tries_again(
    pack: PackPage, day: Day, ws: Workspace, driver: Driver
) -> None:
    scanner = Scanner()
    pack.left()
    folder = ws.places.journal
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)], check=True)
    try:
        pack.opened()
        filler = Path(folder) / "filler"
        scanner.scan(pack, day.two)
        assert band(pack)[0] == "ok"
        fill(filler)
        while band(pack)[1] != text("fault.journal_full"):  # the last page of the journal still had room
            scanner.scan(pack, MUG)
        assert band(pack) == ("ng", text("fault.journal_full"))
        assert str(folder) in pack.face.screen_.band.reason
        before = journal.verify(journal.file_of(folder, ws.desk))
        assert before[1] == []
        filler.unlink()
        scanner.scan(pack, MUG)
        assert band(pack)[1] != text("fault.journal_full")
        count, faults = journal.verify(journal.file_of(folder, ws.desk))
        assert (count, faults) == (before[0] + 1, [])
    finally:
        pack.left()
        subprocess.run(["umount", str(folder)], check=True)


def test_a_number_given_twice_waits_behind_an_ng_and_is_seen(
    pack: PackPage, day: Day, driver: Driver
) -> None:
    twice = Band("ng", text("fault.number_twice"), "A B", stops=False)
    scanner = Scanner()
    scanner.scan(pack, day.two)
    scanner.scan(pack, NUMBERS[1])
    assert band(pack)[0] == "ng"
    pack.following.told.emit("ng", twice)
    assert band(pack)[1] != twice.word, "the NG that stops the line stays in sight"
    pack.face.acted.emit("acknowledge")
    assert band(pack) == ("ng", twice.word)
    scanner.scan(pack, MUG)
    assert band(pack)[0] == "ok"
