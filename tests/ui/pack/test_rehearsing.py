"""What is done before the first scan changes nothing that is shown, kept or written, and leaves nothing to be loaded."""

from __future__ import annotations

import subprocess
import sys
from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path

import pytest

from jpship_gui.flows.pack.rehearsal import MODULES, rehearse
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import journal
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.pack import kept
from jpship_gui.ui.pack.page import PackPage
from tests.ui.driving import Driver
from tests.ui.pack.packing_day import Day, lay_out
from tests.ui.scanner import Scanner


@pytest.fixture
def day(ws: Workspace) -> Day:
    return lay_out(ws)


@pytest.fixture
def pack(day: Day, window: MainWindow, driver: Driver, monkeypatch: pytest.MonkeyPatch) -> Iterator[PackPage]:
    monkeypatch.setattr(kept, "_kept", OrderedDict())
    window.open_page("pack")
    page = window.page()
    assert isinstance(page, PackPage)
    driver.wait_for(lambda: page.rehearsing.done)
    driver.settle()
    yield page
    page.left()


def test_nothing_is_written_and_nothing_shown(pack: PackPage, ws: Workspace) -> None:
    lines = [journal.read(path) for path in journal.files(ws.places.journal)]
    assert [line for found in lines for line in found if line.kind == "scan"] == []
    assert ws.store.rows("SELECT desk FROM open_parcels") == []
    assert not pack.face.screen_.open
    assert pack.snapshot().state.shipment == ""
    assert pack.face.target("acts").isValid()


def test_the_scenes_are_those_of_a_parcel_that_waits(day: Day, ws: Workspace) -> None:
    scenes = rehearse(ws)
    assert [scene.answer.klass.value for scene in scenes] == ["ok", "ok", "ng"]
    assert {scene.shipment.key for scene in scenes} == {scenes[0].snapshot.state.shipment}
    assert ws.store.rows("SELECT desk FROM open_parcels") == []


def test_without_a_parcel_there_is_nothing_to_rehearse(ws: Workspace) -> None:
    ws.store.execute("UPDATE shipments SET stage = 'sent'")
    assert rehearse(ws) == ()


def test_the_words_of_the_next_parcel_are_kept(
    pack: PackPage, day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = len(kept._kept)
    assert before > 0
    Scanner().scan(pack, day.two)
    assert pack.face.screen_.band.klass == "ok"


def test_a_scan_amid_it_is_answered_as_ever(
    day: Day, window: MainWindow, driver: Driver, ws: Workspace
) -> None:
    window.open_page("pack")
    page = window.page()
    assert isinstance(page, PackPage)
    Scanner().scan(page, day.two)
    assert page.face.screen_.band.klass == "ok"
    shown = page.face.screen_
    driver.wait_for(lambda: page.rehearsing.done)
    driver.settle()
    assert page.face.screen_.name == shown.name
    assert page.snapshot().state.shipment == day.two
    page.left()


def test_leaving_the_page_stops_it(day: Day, window: MainWindow, driver: Driver) -> None:
    window.open_page("pack")
    page = window.page()
    assert isinstance(page, PackPage)
    window.open_page("all")
    driver.settle()
    assert page.rehearsing.done
    window.open_page("pack")
    driver.wait_for(lambda: page.rehearsing.done)
    page.left()


def test_every_module_it_names_is_there(tmp_path: Path) -> None:
    script = "import sys, importlib\nfor name in sys.argv[1:]: importlib.import_module(name)"
    done = subprocess.run(
        [sys.executable, "-c", script, *MODULES], cwd=tmp_path, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
