"""A scan with its Enter at every dialog, menu and pop-up of the program, and at everything that can have the focus on
every page: nothing is pressed, chosen, changed or closed, and over the packing page the desk gets the code."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
)

from jpship_gui.flows.workspace import Workspace
from jpship_gui.ui.bug_dialog import BugDialog
from jpship_gui.ui.file_dialog import file_dialog
from jpship_gui.ui.keys_dialog import KeysDialog
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.pages import PAGES
from jpship_gui.ui.plan.service_popover import ServicePopover
from jpship_gui.ui.profiles.steps_dialog import StepsDialog
from jpship_gui.ui.scanning import strokes
from jpship_gui.ui.table.marks_menu import MarksMenu
from tests.ui.driving import Driver
from tests.ui.pack.packing_day import Day, lay_out
from tests.ui.scanner import Scanner

PACKAGE = Path(__file__).resolve().parents[3] / "jpship_gui"
CODES = ("JP00000VK", "400123456003", "1 2 J ")


def _file(window: MainWindow) -> QWidget:
    """As it is without the system's own dialog, whose keys belong to the system."""
    dialog = file_dialog(window, "", str(PACKAGE))
    dialog.setOption(dialog.Option.DontUseNativeDialog)
    return dialog


def _menu(window: MainWindow) -> QWidget:
    """Any menu a page makes."""
    menu = QMenu(window)
    for words in ("&1 A", "&J B", "C"):
        menu.addAction(words)
    menu.addMenu("&2").addAction("D")
    return menu


WINDOWS: dict[str, Callable[[MainWindow], QWidget]] = {
    "KeysDialog": KeysDialog,
    "BugDialog": lambda window: BugDialog(ValueError("x")),
    "StepsDialog": lambda window: StepsDialog("A", None, (), [["a", "b"]], window),
    "MarksMenu": lambda window: MarksMenu(window.desk, ["JP0000013"], window),
    "ServicePopover": ServicePopover,
    "QFileDialog": _file,
    "QMenu": _menu,
}
# These take the scanner's codes themselves; their own tests say what a code does there.
TAKES_CODES = {"TrackingDialog", "ScannerWizard"}


def test_no_window_is_forgotten() -> None:
    """Whoever adds a dialog, a menu or a pop-up adds it here."""
    bases = {"QDialog", "QMenu", "QMessageBox", "QInputDialog", "QFileDialog"}
    named = set()
    for path in (PACKAGE / "ui").rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.ClassDef):
                parents = {base.id for base in node.bases if isinstance(base, ast.Name)}
                popup = "WindowType.Popup" in (ast.get_source_segment(source, node) or "")
                if parents & bases or popup:
                    named.add(node.name)
    assert named - TAKES_CODES - set(WINDOWS) == set()


class Watch:
    """What is in a window, and what is pressed in it from now on."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self.pressed: list[str] = []
        for button in window.findChildren(QAbstractButton):
            button.clicked.connect(lambda _=False, button=button: self.pressed.append(repr(button)))
        for field in window.findChildren(QLineEdit):
            field.returnPressed.connect(lambda field=field: self.pressed.append(repr(field)))
        for menu in (window, *window.findChildren(QMenu)):
            if isinstance(menu, QMenu):
                menu.triggered.connect(lambda act: self.pressed.append(act.text()))
        self._before = self.state()

    def state(self) -> list[object]:
        window = self._window
        return [
            window.isVisible(),
            [field.text() for field in window.findChildren(QLineEdit)],
            [field.toPlainText() for field in window.findChildren(QPlainTextEdit)],
            [choice.currentIndex() for choice in window.findChildren(QComboBox)],
            [button.isChecked() for button in window.findChildren(QAbstractButton)],
            [act.isChecked() for act in window.findChildren(QAction)],
        ]

    def unchanged(self) -> None:
        assert self.pressed == []
        assert self.state() == self._before


@pytest.fixture
def day(ws: Workspace) -> Day:
    return lay_out(ws)


@pytest.fixture
def opened(request: pytest.FixtureRequest, window: MainWindow, driver: Driver) -> Iterator[QWidget]:
    made: QWidget = WINDOWS[request.param](window)
    yield made
    made.close()
    made.deleteLater()
    driver.settle()


def show(made: QWidget, window: MainWindow, driver: Driver) -> None:
    if isinstance(made, QMenu):
        made.popup(window.mapToGlobal(window.rect().center()))
        made.setActiveAction(made.actions()[0])
    elif isinstance(made, QDialog):
        made.open()
    else:
        made.show()
    driver.settle()


def journalled(ws: Workspace) -> list[str]:
    return [
        json.loads(line)["raw"]
        for file in sorted(ws.places.journal.glob("*.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]


def focusable(window: QWidget) -> list[QWidget]:
    """What a person can bring the keys to, the window itself included."""
    inside = [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]
    return [window, *inside]


@pytest.mark.parametrize("opened", WINDOWS, indirect=True)
@pytest.mark.parametrize("end", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_over_the_packing_page_the_desk_gets_the_code(
    day: Day, ws: Workspace, window: MainWindow, driver: Driver, opened: QWidget, end: Qt.Key
) -> None:
    window.open_page("pack")
    driver.settle()
    show(opened, window, driver)
    watch = Watch(opened)
    sent = 0
    for widget in focusable(opened):
        Scanner().scan(widget, CODES[sent % len(CODES)], end)
        sent += 1
        watch.unchanged()
    QTest.qWait(150)
    watch.unchanged()
    assert len(journalled(ws)) == sent
    assert [code.strip() for code in journalled(ws)] == [CODES[n % len(CODES)].strip() for n in range(sent)]


@pytest.mark.parametrize("opened", WINDOWS, indirect=True)
def test_elsewhere_only_a_field_with_the_cursor_takes_it(
    window: MainWindow, driver: Driver, opened: QWidget
) -> None:
    show(opened, window, driver)
    watch = Watch(opened)
    for widget in focusable(opened):
        if not strokes.takes_text(widget):
            Scanner().scan(widget, CODES[2])
            Scanner().scan(widget, CODES[1])
            watch.unchanged()
    for field in opened.findChildren(QLineEdit):
        Scanner().scan(field, CODES[1])
        assert watch.pressed == []
    QTest.qWait(150)
    assert opened.isVisible()
    assert watch.pressed == []


@pytest.mark.parametrize("place", [spec.id for spec in PAGES if spec.make is not None and spec.id != "pack"])
def test_on_every_page_a_scan_presses_nothing(window: MainWindow, driver: Driver, place: str) -> None:
    window.open_page(place)
    driver.settle()
    page = window.page()
    assert page is not None
    pressed: list[str] = []
    for button in window.findChildren(QAbstractButton):
        button.clicked.connect(lambda _=False, button=button: pressed.append(repr(button)))
    for widget in focusable(page):
        if strokes.takes_text(widget):
            continue
        Scanner().scan(widget, CODES[2])
        Scanner().scan(widget, CODES[1], Qt.Key.Key_Tab)
        assert pressed == [], widget
    QTest.qWait(150)
    assert pressed == []
    assert (window.current(), QApplication.activeModalWidget()) == (place, None)
