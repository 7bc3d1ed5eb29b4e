"""A window over a filled data folder, with a clock that stands still."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.settings.places import resources
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.pack.sound import orchestra
from jpship_gui.ui.scanning import stamps
from jpship_gui.ui.scanning.keyboard import KeyboardScanner
from jpship_gui.ui.table.page import OrdersPage
from jpship_gui.ui.tasks import Tasks
from jpship_gui.ui.theme import fonts, palette
from tests.ui import synthetic
from tests.ui.driving import Driver
from tests.ui.scanner import Clock


@pytest.fixture(scope="session")
def qapp(qapp_args: list[str], qapp_cls: type[QApplication], pytestconfig: pytest.Config) -> QApplication:
    """The application in the program's own look."""
    app = QApplication.instance() or qapp_cls(qapp_args)
    assert isinstance(app, QApplication)
    fonts.load(resources() / "fonts")
    palette.apply(app, "light")
    return app


@pytest.fixture(autouse=True)
def _keys_of_qtest_are_fingers(monkeypatch: pytest.MonkeyPatch) -> None:
    """They carry no time: how quick they seem is no matter of how busy this machine is."""
    monkeypatch.setattr(stamps, "now", Clock.fingers)


@pytest.fixture(autouse=True)
def _scanner_begins_anew() -> None:
    """No test feels what another scanned: a code read again within the blank time is left out, and a second Enter
    right after a scan is nobody's."""
    app = QApplication.instance()
    for scanner in app.findChildren(KeyboardScanner) if app is not None else []:
        scanner.begin_anew()


@pytest.fixture(autouse=True)
def _no_word_about_players(qapp: QApplication) -> None:
    """Whether this computer can play sounds is no matter of a test: the line that says so would move its page."""
    orchestra().told = True


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the day's orders, made once and copied for each test."""
    home = tmp_path_factory.mktemp("filled")
    opened = open_workspace(str(home))
    synthetic.fill(opened)
    opened.store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    opened.close()
    return opened.places.database


@pytest.fixture
def ws(tmp_path: Path, filled: Path) -> Iterator[Workspace]:
    """The day's orders, at 14:08 of a Saturday."""
    shutil.copyfile(filled, tmp_path / filled.name)
    opened = replace(
        open_workspace(str(tmp_path), person="佐藤", desk="梱包台1"), clock=lambda: synthetic.NOW
    )
    yield opened
    opened.close()


@pytest.fixture
def tasks(qapp: QApplication) -> Iterator[Tasks]:
    """A task runner; every bug in a task fails the test.

    As in the program, no collection runs while it lives: in the data thread it would delete parts of the window.
    """
    gc.disable()
    made = Tasks()
    bugs: list[Exception] = []
    made.bug.connect(bugs.append)
    yield made
    made.close()
    gc.enable()
    assert not bugs


@pytest.fixture
def window(qapp: QApplication, ws: Workspace, tasks: Tasks) -> Iterator[MainWindow]:
    """The whole window, shown, its first rows there."""
    made = MainWindow(ws, tasks)
    made.resize(1920, 1080)
    made.show()
    made.count()
    driver = Driver(made)
    driver.settle()
    yield made
    made.close()
    driver.settle()
    for scanner in qapp.findChildren(KeyboardScanner):
        scanner.begin_anew()
    tasks.close(ws.close)
    made.deleteLater()
    qapp.processEvents()


@pytest.fixture
def driver(window: MainWindow) -> Driver:
    """A pair of hands for the window."""
    return Driver(window)


@pytest.fixture
def page(window: MainWindow) -> OrdersPage:
    """The orders."""
    found = window.page()
    assert isinstance(found, OrdersPage)
    return found
