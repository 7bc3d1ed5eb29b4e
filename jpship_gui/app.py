"""Composition root of the window: builds every part once and hands each only what it needs."""

from __future__ import annotations

import argparse
import gc
import logging
import sys
import threading
from collections.abc import Sequence
from contextlib import ExitStack
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, QObject, Qt, QTimer, QTranslator
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication, QDialog

from jpship_gui import __version__, texts
from jpship_gui.domain.fault import Fault
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.settings import logs
from jpship_gui.settings.places import resources
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.scanning.keyboard import apply_setup
from jpship_gui.ui.scanning.sources import sources_of
from jpship_gui.ui.show import show_fault
from jpship_gui.ui.tasks import Tasks
from jpship_gui.ui.theme import fonts, palette
from jpship_gui.ui.warm import Warmer

_QT_WORDS = {"ja": "qtbase_ja", "zh_Hans": "qtbase_zh_CN"}
_BEGIN_AFTER = 150  # ms after the window: the rows come first, no hand is quicker
_COLLECT_EVERY = 30_000  # ms
_SEND_AFTER = 5_000  # ms after the start; what waits from yesterday can wait until the list is there
log = logging.getLogger("jpship")


class App(QObject):
    """The running program: one window over one open data folder."""

    def __init__(self, qt: QApplication, ws: Workspace) -> None:
        super().__init__()
        self._qt = qt
        self.ws = ws
        self._translator = QTranslator(self)
        self.set_language(ws.options.get("language"))
        self.set_theme(ws.options.get("theme"))
        self.tasks = Tasks(self)
        self.window = MainWindow(ws, self.tasks)
        self._pauses = QTimer(self)
        self._pauses.timeout.connect(self._collect)
        QTimer.singleShot(_SEND_AFTER, self, self._start_sending)
        self._warmer = Warmer(self)
        self.hook = BugHook(self)
        self.tasks.bug.connect(self.hook.show)
        self.sources = sources_of(apply_setup(ws.options))
        self.sources.changed.connect(self._device_changed)
        self._stop_listening = texts.on_language_change(self._language_changed)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._scheme_changed)

    def _collect(self) -> None:
        """Look for garbage while nothing runs, and in the window's own thread: amid ten thousand orders being read it
        would hold everybody up for half a second, and no other thread may delete parts of the window."""
        if not self.tasks.busy():
            gc.collect()

    def _start_sending(self) -> None:
        from jpship_gui.ui.confirm.sender import sender_of

        sender_of(self.window.desk).look()
        self.window.watch_expiries()
        self.window.watch_folder()

    def set_language(self, language: str) -> None:
        """Switch the words of the window and of Qt's own parts."""
        texts.set_language(language)
        self._qt.removeTranslator(self._translator)
        name = _QT_WORDS.get(language)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if name and self._translator.load(name, folder):
            self._qt.installTranslator(self._translator)

    def set_theme(self, theme: str) -> None:
        """light, dark or system."""
        palette.apply(self._qt, theme, high=self.ws.options.get("theme.contrast"))

    def _language_changed(self) -> None:
        """Somebody set another language (the options page): tell every widget."""
        from PySide6.QtCore import QEvent

        self.set_language(texts.language())
        for widget in self._qt.topLevelWidgets():
            self._qt.sendEvent(widget, QEvent(QEvent.Type.LanguageChange))

    def _scheme_changed(self) -> None:
        if self.ws.options.get("theme") == "system":
            self.set_theme("system")

    def begin(self) -> None:
        """What is due at every start, once the first rows are on screen."""
        QTimer.singleShot(_BEGIN_AFTER, self, self._begin)

    def _begin(self) -> None:
        gc.freeze()  # what lives as long as the program need not be looked through again and again
        self._pauses.start(_COLLECT_EVERY)
        self.sources.apply(self.ws.options)
        self.tasks.run(lambda _: _due(self.ws), quiet=True)
        self.tasks.run(lambda _: _still_here(self.ws), done=self._still_here, quiet=True)

    def _still_here(self, name: str) -> None:
        """Whoever read a badge before the program ended goes on, unless somebody else was named since."""
        desk = self.window.desk
        if name and desk.ws.person == self.ws.options.get("desk.person"):
            desk.ws = desk.ws.as_person(name)
            desk.settled.emit()

    def _device_changed(self, fault: Fault | None) -> None:
        """The scanner's own line or device was lost or found."""
        if fault is not None:
            self.window.show_fault(fault)
        else:
            self.window.banner.hide()

    def close(self) -> None:
        """Wait for the running change, then close the database in both threads that used it."""
        self._stop_listening()
        self.sources.stop()
        self.tasks.close(self.ws.close)
        self.ws.close()


class BugHook(QObject):
    """The one place that takes in what nobody expected: it is logged, and said once in one window."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._open = False
        self._dialog: QDialog | None = None

    def install(self) -> None:
        """Become the interpreter's hook, for all threads."""
        sys.excepthook = self._caught
        threading.excepthook = lambda args: log.error(
            "bug in thread %s",
            args.thread,
            exc_info=(args.exc_type, args.exc_value, args.exc_traceback),  # type: ignore[arg-type]
        )

    def _caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        self.show(error)

    def show(self, error: BaseException) -> None:
        """Log it, and say it unless it is being said already."""
        log.error("bug", exc_info=(type(error), error, error.__traceback__))
        if self._open or QApplication.instance() is None:
            return
        from jpship_gui.ui.bug_dialog import BugDialog

        self._open = True
        dialog = BugDialog(error)
        dialog.finished.connect(self._closed)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        self._dialog = dialog  # nothing else holds it

    def _closed(self) -> None:
        self._open, self._dialog = False, None


def _still_here(ws: Workspace) -> str:
    from jpship_gui.flows.pack.still_here import still_here  # loads the whole desk

    return still_here(ws)


def _due(ws: Workspace) -> None:
    from jpship_gui.flows.upkeep.begin import begin  # loads every rule: in the data thread

    begin(ws)


def make_qt(arguments: list[str]) -> QApplication:
    """The QApplication with typeface and icon; call once, before any widget."""
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    qt = QApplication(arguments)
    qt.setApplicationName("jpship")
    qt.setApplicationVersion(__version__)
    fonts.load(resources() / "fonts")
    icon = resources() / "icons" / "jpship.svg"
    if icon.is_file():
        qt.setWindowIcon(QIcon(str(icon)))
    return qt


def run_window(arguments: Sequence[str] = ()) -> int:
    """Open the window and stay until it is closed; returns the exit code. A fault at the start is told on stderr.

    `--home DIR`, `--person NAME`, `--language LANG`, and `--practice`: sample shops in a data folder of their own.
    """
    options = _options(arguments)
    qt = make_qt(["jpship"])
    try:
        with ExitStack() as stack:
            ws = _open(options, stack)
            stack.callback(logs.stop, logs.start(ws.places.logs))
            app = App(qt, ws)
            if options.language:
                app.set_language(options.language)
            app.hook.install()
            app.window.show()
            app.begin()
            code = qt.exec()
            app.close()
    except Fault as fault:
        shown = show_fault(fault)
        print(shown.title, shown.more, file=sys.stderr)
        return 3
    return code


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="jpship", add_help=False)
    parser.add_argument("--home")
    parser.add_argument("--person", default="")
    parser.add_argument("--language", choices=texts.LANGUAGES)
    parser.add_argument("--practice", action="store_true")
    return parser.parse_args(list(arguments))


def _open(options: argparse.Namespace, stack: ExitStack) -> Workspace:
    """The data folder asked for; in practice mode with the practice marketplace running beside it."""
    if not options.practice:
        return open_workspace(options.home, person=options.person)
    from jpship_gui.practice.desk import open_practice

    return stack.enter_context(open_practice(options.home, person=options.person))
