"""The frame: rail, strip, pages, undo bar, progress, drop target. It knows no order and no verb."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from jpship_gui.domain.fault import Fault
from jpship_gui.flows.pack.facts import keep_up_quietly
from jpship_gui.flows.table.list_rows import change_no, counters
from jpship_gui.flows.upkeep.credentials import Expiry, due
from jpship_gui.flows.upkeep.own_carriers import CarrierWords, words_of
from jpship_gui.flows.upkeep.profiles import own_titles
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text
from jpship_gui.ui.actions import Actions, Handler, key_cap
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.drop_overlay import DropOverlay
from jpship_gui.ui.names import learn_carriers, learn_marketplaces
from jpship_gui.ui.page import Page
from jpship_gui.ui.pages import PAGES, PageSpec
from jpship_gui.ui.rail import Rail
from jpship_gui.ui.running import Running
from jpship_gui.ui.scanning.keyboard import apply_setup
from jpship_gui.ui.show import show_fault
from jpship_gui.ui.strip import Strip
from jpship_gui.ui.tasks import Tasks
from jpship_gui.ui.theme import palette
from jpship_gui.ui.widgets.banner import Banner
from jpship_gui.ui.widgets.progress_sheet import ProgressSheet
from jpship_gui.ui.widgets.retranslating import Retranslating
from jpship_gui.ui.widgets.undo_bar import UndoBar

if TYPE_CHECKING:
    from jpship_gui.flows.intake.watch import Offers

COMPACT_BELOW = 1600
PRACTICE_FRAME = 6
POLL = 2000  # ms between two looks for changes made elsewhere
EXPIRIES = 3_600_000  # ms; days pass while the window stays open


class _Frame(QWidget):
    """Window ground, and the coloured frame of practice mode."""

    def __init__(self, practice: bool) -> None:
        super().__init__()
        self._practice = practice

    def paintEvent(self, event: QPaintEvent) -> None:
        """Frame first, ground inside."""
        painter = QPainter(self)
        if self._practice:
            painter.fillRect(self.rect(), palette.colour("practice"))
        painter.fillRect(self.contentsRect(), palette.colour("window"))


class MainWindow(Retranslating, QMainWindow):
    """Give it an open workspace and a task runner; `closed` of the task runner stays the caller's."""

    def __init__(self, ws: Workspace, tasks: Tasks) -> None:
        super().__init__()
        self.tasks = tasks
        self.actions_ = Actions(self)
        self.desk = Desk(ws, tasks, self.actions_, self)
        self._specs = {spec.id: spec for spec in PAGES}
        self.desk.places = frozenset(spec.id for spec in PAGES if spec.make is not None)
        self._pages: dict[str, Page] = {}
        self._stale: set[Page] = set()
        self._current = ""
        self._seen = -1
        apply_setup(ws.options)
        self._counting = False
        self._count_again = False
        self._end_watching: Callable[[], None] = _nothing
        self._new_files = 0  # orders, or files without any, that lie in the watched folder
        self.setAcceptDrops(True)
        self.setMinimumSize(1024, 640)
        self._build(ws)
        self._connect()
        self.retranslate()
        self.resize(1280, 800)
        self.open_page("all")

    def _build(self, ws: Workspace) -> None:
        frame = _Frame(ws.practice)
        margin = PRACTICE_FRAME if ws.practice else 0
        frame.setContentsMargins(margin, margin, margin, margin)
        self.setCentralWidget(frame)
        row = QHBoxLayout(frame)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.rail = Rail(PAGES)
        self.rail.set_person(ws.person, ws.desk)
        row.addWidget(self.rail)
        column = QVBoxLayout()
        column.setSpacing(0)
        row.addLayout(column, 1)
        self.strip = Strip(self.desk)
        self.strip.set_pickups(_pickups(ws))
        column.addWidget(self.strip)
        self.banner = Banner("ng", act_key="ui.close")
        self.banner.act.connect(self.banner.hide)
        self.banner.hide()
        column.addWidget(self.banner)
        self.stack = QStackedWidget()
        column.addWidget(self.stack, 1)
        self.undo_bar = UndoBar(key_cap("undo"), frame)
        self.progress = ProgressSheet(frame)
        self._overlay = DropOverlay(frame)
        self.running = Running(self.tasks, self.progress, self._place_overlays, self)
        self._poll = QTimer(self)
        self._poll.setInterval(POLL)
        self._expiries = QTimer(self)
        self._expiries.setInterval(EXPIRIES)
        self._expiries.timeout.connect(self._look_at_expiries)

    def _connect(self) -> None:
        desk, tasks = self.desk, self.tasks
        self.rail.chosen.connect(self.open_page)
        self.strip.view_asked.connect(self._open_view)
        self.strip.page_asked.connect(self.open_page)
        desk.asked.connect(self.open_page)
        desk.said.connect(self._said)
        desk.fault.connect(self.show_fault)
        desk.warned.connect(self._warned)
        desk.changed.connect(self._changed)
        desk.settled.connect(self._settled)
        desk.laid.connect(self._place_overlays)
        tasks.fault.connect(self.show_fault)
        self._poll.timeout.connect(self._look_for_changes)
        self._poll.start()
        QTimer.singleShot(0, self.count)  # after the first rows were asked for
        QTimer.singleShot(0, self._learn_names)
        handlers = {f"stage_{spec.id}": Handler(self._opener(spec.id)) for spec in PAGES if spec.rail}
        handlers |= {
            "options": Handler(self._opener("options"), lambda: self._specs["options"].make is not None),
            "pack": Handler(self._opener("pack"), lambda: self._specs["pack"].make is not None),
            "tape": Handler(self._opener("tape")),
            "track_many": Handler(self._opener("entry")),
            "help": Handler(self.show_keys),
            "undo": Handler(self.undo_bar.undo, self.undo_bar.waiting),
            "open_file": Handler(self._ask_files, lambda: self._specs["intake"].make is not None),
            "fetch": Handler(self._fetch, lambda: self._specs["intake"].make is not None),
            "enter_order": Handler(self._enter_order, lambda: self._specs["intake"].make is not None),
        }
        self.actions_.offer_everywhere(handlers)

    def _settled(self) -> None:
        ws = self.desk.ws
        self.rail.set_person(ws.person, ws.desk)
        self.strip.set_pickups(_pickups(ws))
        if self._expiries.isActive():
            self._look_at_expiries()

    def watch_expiries(self) -> None:
        """From now on say which of the shops' keys end soon."""
        self._expiries.start()
        self._look_at_expiries()

    def watch_folder(self) -> None:
        """From now on say what appears in the desk's folder for order files."""
        from jpship_gui.ui.intake.watching import watcher_of

        watcher = watcher_of(self.desk)
        watcher.found.connect(self._found_files)
        self._end_watching = watcher.stop
        watcher.begin()

    def _found_files(self, offers: Offers) -> None:
        """A figure at the rail's intake and nothing more: whoever packs is not disturbed."""
        self._new_files = offers.takes or len(offers.files)
        self._show_counters()

    def _show_counters(self) -> None:
        self.rail.set_counters({**self.desk.counters, "new_files": self._new_files})

    def _look_at_expiries(self) -> None:
        ws = self.desk.ws
        self.tasks.run(lambda _: due(ws), done=self._expiries_found, quiet=True)

    def _expiries_found(self, found: list[Expiry]) -> None:
        self.strip.set_expiry(found[0] if found else None)

    def _opener(self, page_id: str) -> Callable[[], None]:
        return lambda: self.open_page(page_id)

    # Pages ------------------------------------------------------------------------------------------------------

    def open_page(self, page_id: str, hint: object = None) -> None:
        """Bring a page into sight, making it the first time; an unknown place stays where it is."""
        spec = self._specs[page_id]
        page = self._page(spec.shares or page_id)
        before = self.page()
        if before is not None and before is not page:
            before.left()
        if page_id != self._current:
            self.desk.before = self._current
        self._current = page_id
        self.stack.setCurrentWidget(page)
        if page.immersive:
            self.undo_bar.dismiss()
        self._show_immersed(page.immersive)
        self.rail.show_current(page_id)
        self.strip.set_title(page.title)
        self.actions_.offer(page.acts())
        page.opened(hint if hint is not None else spec.hint)
        focused = self.focusWidget()
        if focused is None or not page.isAncestorOf(focused):
            page.setFocus(Qt.FocusReason.OtherFocusReason)  # keys never go to what is out of sight
        if page in self._stale:
            self._stale.discard(page)
            page.refresh()
        self.actions_.refresh()
        self._place_overlays()

    def _show_immersed(self, whole: bool) -> None:
        """The packing page has the whole screen; leaving it brings the window back as it was."""
        self.rail.setVisible(not whole)
        self.strip.setVisible(not whole)
        if not self.isVisible() or whole == self.isFullScreen():
            return
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def page(self) -> Page | None:
        """The page in sight."""
        current = self.stack.currentWidget()
        return current if isinstance(current, Page) else None

    def current(self) -> str:
        """Id of the place of the rail in sight."""
        return self._current

    def _page(self, page_id: str) -> Page:
        made = self._pages.get(page_id)
        if made is None:
            spec = self._specs[page_id]
            made = _make(spec, self.desk)
            self._pages[page_id] = made
            self.stack.addWidget(made)
        return made

    def _open_view(self, view: str) -> None:
        self.open_page("all", view)

    # Data -------------------------------------------------------------------------------------------------------

    def _learn_names(self) -> None:
        """Shops by a profile of the seller's own are called by its title."""
        ws = self.desk.ws
        self.tasks.run(lambda _: (own_titles(ws), words_of(ws)), done=self._names_learnt, quiet=True)

    def _names_learnt(self, found: tuple[dict[str, str], CarrierWords]) -> None:
        titles, (carriers, silent) = found
        learnt = [learn_marketplaces(titles), learn_carriers(carriers, silent)]
        if any(learnt):
            for page in self._pages.values():
                page.update()

    def _changed(self) -> None:
        """Read anew what is in sight now, everything else when it comes into sight."""
        self._learn_names()
        current = self.page()
        self._stale |= {page for page in self._pages.values() if page is not current}
        if current is not None:
            current.refresh()
        self.count()

    def count(self) -> None:
        """Ask for the counters; while an answer is on its way, once more after it."""
        if self._counting:
            self._count_again = True
            return
        self._counting = True
        ws = self.desk.ws
        self.tasks.run(
            lambda _: (change_no(ws), counters(ws)), done=self._counted, failed=self._count_failed, quiet=True
        )

    def _counted(self, answer: tuple[int, dict[str, int]]) -> None:
        self._counting = False
        self._seen, counted = answer
        self.desk.counters = counted
        self._show_counters()
        self.desk.counted.emit(counted)
        self.actions_.refresh()
        if self._count_again:
            self._count_again = False
            self.count()

    def _count_failed(self, fault: Fault) -> None:
        self._counting = False
        self.show_fault(fault)

    def _look_for_changes(self) -> None:
        """Another desk, the command line or a running task may have written."""
        if self._counting:
            return
        ws = self.desk.ws
        self.tasks.run(lambda _: change_no(ws), done=self._looked, failed=self._look_failed, quiet=True)

    def _looked(self, number: int) -> None:
        if number != self._seen:
            self._seen = number
            self._changed()
            ws = self.desk.ws
            self.tasks.run(lambda _: keep_up_quietly(ws), failed=self._look_failed, quiet=True)

    def _look_failed(self, fault: Fault) -> None:
        """The next look may succeed; acts of a person say it aloud."""

    # What is said -----------------------------------------------------------------------------------------------

    def _said(self, words: str, undo: Callable[[], None] | None) -> None:
        self.banner.hide()
        self.undo_bar.offer(words, undo)
        self._place_overlays()
        self.actions_.refresh()

    def _warned(self, words: str) -> None:
        self.banner.set_kind("attention")
        self.banner.show_text(words)
        self.banner.show()

    def show_fault(self, fault: Fault) -> None:
        """One line above the page, until it is closed or something else is said."""
        shown = show_fault(fault)
        self.banner.set_kind("ng")
        self.banner.show_text(f"{shown.title}  {shown.more}" if shown.more else shown.title)
        self.banner.show()

    def show_keys(self) -> None:
        """F1."""
        from jpship_gui.ui.keys_dialog import KeysDialog

        dialog = KeysDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    # Files ------------------------------------------------------------------------------------------------------

    def _ask_files(self) -> None:
        self.open_page("intake", "ask")

    def _fetch(self) -> None:
        self.open_page("intake", "fetch")

    def _enter_order(self) -> None:
        self.open_page("intake", "hand")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped anywhere."""
        if _paths(event):
            event.acceptProposedAction()
            self._overlay.cover()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They went away again."""
        self._overlay.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        """The page in sight may take them, else the intake page gets them."""
        self._overlay.hide()
        paths = _paths(event)
        event.acceptProposedAction()
        page = self.page()
        if page is None or not page.take_files(paths):
            self.open_page("intake", paths)

    # Frame ------------------------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Title and acts; all else retranslates itself."""
        practice = f" — {text('strip.practice')}" if self.desk.ws.practice else ""
        self.setWindowTitle(f"jpship{practice}")
        self.actions_.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The rail folds below 1600 px."""
        super().resizeEvent(event)
        self.rail.set_narrow(self.width() < COMPACT_BELOW)
        self._place_overlays()

    def _place_overlays(self) -> None:
        area = self.stack.geometry()
        page = self.page()
        bottom = area.bottom() - 20 - (page.foot() if page is not None else 0)
        for sheet in (self.undo_bar, self.progress):
            if sheet.isVisible():
                sheet.adjustSize()
                x = area.center().x() - sheet.width() // 2
                bottom -= sheet.height()
                sheet.move(QPoint(max(area.left() + 12, x), bottom))
                sheet.raise_()
                bottom -= 12

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc: what runs, then the page, then the bars, is asked to give way."""
        if event.key() == Qt.Key.Key_Escape:
            self._escape()
            return
        super().keyPressEvent(event)

    def _escape(self) -> None:
        page = self.page()
        if self.running.anything():
            self.running.cancel()
        elif page is not None and page.back():
            return
        elif self.undo_bar.isVisible():
            self.undo_bar.dismiss()
        elif self.banner.isVisible():
            self.banner.hide()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Pages may keep what they remember."""
        self._poll.stop()
        self._end_watching()
        for page in self._pages.values():
            page.left()
        super().closeEvent(event)


def _nothing() -> None:
    """What is to be ended where nothing was begun."""


def _make(spec: PageSpec, desk: Desk) -> Page:
    if spec.make is not None:
        return spec.make(desk)
    from jpship_gui.ui.later import LaterPage

    return LaterPage(desk, spec.id, spec.icon)


def _paths(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]


def _pickups(ws: Workspace) -> dict[str, time]:
    kept = ws.options.get("desk.pickups")
    found: dict[str, time] = {}
    for carrier, words in kept.items():
        hour, _, minute = str(words).partition(":")
        if hour.isdigit() and minute.isdigit() and int(hour) < 24 and int(minute) < 60:
            found[str(carrier)] = time(int(hour), int(minute))
    return found
