"""A pair of hands for tests of the window: real clicks and keys, and waiting until all is quiet."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QDeadlineTimer, QEvent, QEventLoop, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QTableView, QWidget

from jpship_gui.ui.handover.page import HandoverPage
from jpship_gui.ui.layouts.page import LayoutsPage
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.pack.page import PackPage
from jpship_gui.ui.paper.page import PaperPage
from jpship_gui.ui.profiles.page import ProfilesPage
from jpship_gui.ui.receipts.page import ReceiptsPage
from jpship_gui.ui.scanning.keyboard import KeyboardScanner
from jpship_gui.ui.table.page import OrdersPage
from tests.ui.scanner import Clock

_FOR_EVER = 120_000  # ms; only a test that fails waits so long


class Driver:
    """Works one window."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window

    def settle(self) -> None:
        """Until no task runs, no detail waits to be read, and no edit to be tried."""
        deadline = QDeadlineTimer(_FOR_EVER)
        quiet = 0
        while quiet < 3:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            stack = self.window.stack
            pages = [stack.widget(place) for place in range(stack.count())]
            scanner = QApplication.instance().findChild(KeyboardScanner)  # type: ignore[union-attr]
            held = scanner is not None and scanner.holding()
            waiting = (
                held
                or self.window.tasks.busy()
                or any(
                    page.waiting()
                    for page in pages
                    if isinstance(
                        page,
                        OrdersPage
                        | ProfilesPage
                        | LayoutsPage
                        | ReceiptsPage
                        | PaperPage
                        | PackPage
                        | HandoverPage,
                    )
                )
            )
            quiet = 0 if waiting else quiet + 1
            assert not waiting or not deadline.hasExpired(), "the window never came to rest"
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def key(self, key: Qt.Key, *modifiers: Qt.KeyboardModifier, on: QWidget | None = None) -> None:
        """Press a key where the focus is, then wait until all is quiet."""
        pressed = Qt.KeyboardModifier.NoModifier
        for modifier in modifiers:
            pressed |= modifier
        QTest.keyClick(on or self.window.focusWidget() or self.window, key, pressed)
        self.settle()

    def click(self, widget: QWidget) -> None:
        """Click the middle of a widget that can be seen."""
        assert widget.isVisible(), widget
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        self.settle()

    def click_cell(
        self,
        view: QTableView,
        row: int,
        column: int,
        modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        """Click a cell of a table."""
        box = view.visualRect(view.model().index(row, column))
        place = QPoint(box.left() + min(20, box.width() // 2), box.center().y())
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, modifiers, place)
        self.settle()

    def activate(self) -> None:
        """Make it the active window, as it is for a person; only there do a page's own shortcuts act."""
        self.window.activateWindow()
        assert QTest.qWaitForWindowActive(self.window)

    def choose(self, *way: str) -> None:
        """Click through the menu that is open: the words of each level's act."""
        for words in way:
            menu = QApplication.activePopupWidget()
            assert isinstance(menu, QMenu), words
            acts = {act.text().split("\t")[0]: act for act in menu.actions() if not act.isSeparator()}
            assert words in acts, (words, list(acts))
            if acts[words].menu() is not None:  # a click opens it only after a while
                menu.setActiveAction(acts[words])
                QTest.keyClick(menu, Qt.Key.Key_Right)
            else:
                place = menu.actionGeometry(acts[words]).center()
                QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=place)
            QApplication.processEvents()
        self.settle()

    def type_words(self, widget: QWidget, words: str) -> None:
        """Type into a field as fingers do, not as a scanner does; QTest aborts on anything but ASCII, so the events
        are made here."""
        for letter in words:
            Clock.now += 200  # ms: no scanner is that slow
            self._send(widget, letter, Clock.now)
        self.settle()

    def scan(self, widget: QWidget, code: str) -> None:
        """A code read by a scanner while this widget has the keyboard, with its Enter."""
        Clock.now += 1_000
        for letter in code:
            Clock.now += 2
            self._send(widget, letter, Clock.now)
        enter = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r")
        enter.setTimestamp(Clock.now + 2)
        QApplication.sendEvent(widget, enter)
        self.settle()

    def wait_for(self, condition: Callable[[], bool]) -> None:
        """Until something has come about that a timer of the window brings."""
        deadline = QDeadlineTimer(_FOR_EVER)
        while not condition():
            over = deadline.hasExpired()  # before the events: a machine may be held up while they are handled
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            assert not over or condition(), "it never came about"
        self.settle()

    def _send(self, widget: QWidget, letter: str, at: int) -> None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
            event.setTimestamp(at)
            QApplication.sendEvent(widget, event)
