"""A scanner that is no keyboard, on the packing page: over a real pseudo-terminal and a real pipe."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit

from jpship_gui.domain.fault import WorldFault
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import journal
from jpship_gui.ui.keys_dialog import KeysDialog
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.pack.page import PackPage
from jpship_gui.ui.scanning.keyboard import apply_setup
from jpship_gui.ui.scanning.sources import Sources, sources_of
from tests.devices.test_input_events import typed
from tests.ui.driving import Driver
from tests.ui.pack.packing_day import MUG, Day, lay_out
from tests.ui.scanner import Scanner

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="pseudo-terminals and devices as files"
)


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


@pytest.fixture
def sources(ws: Workspace) -> Iterator[Sources]:
    made = sources_of(apply_setup(ws.options))
    yield made
    made.stop()


def raws(ws: Workspace) -> list[tuple[str, str, str]]:
    return [
        (entry.kind, entry.raw, str(entry.body["reason"]))
        for path in journal.files(ws.places.journal)
        for entry in journal.read(path)
    ]


def test_a_serial_scanner_packs_while_a_dialog_is_open(
    pack: PackPage, day: Day, ws: Workspace, window: MainWindow, driver: Driver, sources: Sources
) -> None:
    ours, theirs = os.openpty()
    said: list[WorldFault | None] = []
    sources.changed.connect(said.append)
    ws.options.set("scanner.port", os.ttyname(theirs))
    sources.apply(ws.options)
    driver.wait_for(lambda: said == [None])
    dialog = KeysDialog(window)
    dialog.open()
    os.write(ours, f"{day.two}\r\n{MUG}\r\n".encode())
    driver.wait_for(lambda: len(raws(ws)) == 2)
    assert [raw for _, raw, _ in raws(ws)] == [day.two, MUG]
    assert dialog.isVisible()
    dialog.close()
    os.close(ours)
    os.close(theirs)
    driver.wait_for(lambda: sources.fault is not None)
    assert sources.fault is not None
    assert sources.fault.code == "serial_gone"


def test_a_device_of_its_own_reaches_no_field(
    pack: PackPage, day: Day, ws: Workspace, driver: Driver, sources: Sources, tmp_path: Path
) -> None:
    pipe = tmp_path / "usb-Scanner-event-kbd"
    os.mkfifo(pipe)
    writer = os.open(pipe, os.O_RDWR)
    ws.options.set("scanner.device", str(pipe))
    sources.apply(ws.options)
    field = QLineEdit()
    field.show()
    field.setFocus()
    os.write(writer, typed(day.two, "jis"))
    driver.wait_for(lambda: len(raws(ws)) == 1)
    assert (raws(ws)[0][1], field.text()) == (day.two, "")
    field.close()
    os.close(writer)


def test_what_the_blank_time_leaves_out_is_noted_and_changes_nothing(
    pack: PackPage, day: Day, ws: Workspace
) -> None:
    typist = Scanner()
    typist.scan(pack, day.two)
    band = pack.face.screen_.band
    typist.pause(50)
    typist.burst(pack, day.two)
    typist.press(pack, 0x01000004, "\r")
    typist.burst(pack, day.navy)
    typist.press(pack, 0x01000004, "\r")
    assert raws(ws) == [
        ("scan", day.two, ""),
        ("ignored", day.two, "again"),
        ("ignored", day.navy, "neighbour"),
    ]
    assert pack.face.screen_.band == band  # the answer stays; only the small line tells
    assert [recent.word for recent in pack.face.screen_.recent[:2]] == ["隣のコード", "二度読み"]
    assert pack.snapshot().view is not None
    pack.left()  # and the desk opened anew stands where it stood
    pack.opened()
    view = pack.snapshot().view
    assert view is not None
    assert view.key == day.two
