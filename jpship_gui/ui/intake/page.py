"""Intake: drop files or fetch, see what taking them would do, take them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QProcess, Qt
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from jpship_gui.domain.fault import Fault, Refused
from jpship_gui.domain.problem import Severity
from jpship_gui.flows.intake.accept import Accepted, accept
from jpship_gui.flows.intake.enter import Entered
from jpship_gui.flows.intake.fetch import Fetched
from jpship_gui.flows.intake.rejected import save_rejected
from jpship_gui.flows.intake.take_back import past_imports
from jpship_gui.flows.intake.watch import Found
from jpship_gui.flows.upkeep import shops
from jpship_gui.flows.upkeep.adapters import every_marketplace
from jpship_gui.flows.upkeep.shops import Shop, with_api
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text
from jpship_gui.ui import file_dialog
from jpship_gui.ui.actions import Handler
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.intake.done_view import DoneView
from jpship_gui.ui.intake.fetch_view import FetchView
from jpship_gui.ui.intake.fetching import Fetching
from jpship_gui.ui.intake.hand.entering import Entering
from jpship_gui.ui.intake.hand.view import HandView
from jpship_gui.ui.intake.preview_view import PreviewView
from jpship_gui.ui.intake.reading import Reading, read
from jpship_gui.ui.intake.start_view import StartView
from jpship_gui.ui.intake.watching import watcher_of
from jpship_gui.ui.page import Page
from jpship_gui.ui.scanning.keyboard import scanner_of
from jpship_gui.ui.taking_back import take_back_act, undo_of
from jpship_gui.ui.widgets import foot_bar

_SAMPLES = "samples"  # folder of practice mode's data folder with its order files
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class IntakePage(Page):
    """Hints: paths to read, "ask" for the file dialog, "fetch" for the API, "hand" for the form, and
    ("resend", key) or ("change", key) for it over a shipment."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        # The filter keeps back the Enter of a scan, so that only a person's Enter takes files in.
        scanner_of(desk.ws.options.get("scanner.blank_ms"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._paths: list[Path] = []
        self._refused: frozenset[str] = frozenset()
        self._reading: Reading | None = None
        self._busy = False
        self._asking: QFileDialog | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.stack = QStackedWidget()
        column.addWidget(self.stack)
        self.start = StartView(desk.ws.practice, desk.ws.today())
        self._watcher = watcher_of(desk)
        self._from_folder: tuple[Found, ...] = ()
        self.preview = PreviewView()
        self.done = DoneView()
        self.fetching = FetchView()
        self._fetch = Fetching(desk, self.fetching, self)
        self._form: Entering | None = None
        for view in (self.start, self.preview, self.done, self.fetching):
            self.stack.addWidget(view)
        save = QShortcut("Ctrl+S", self)
        save.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        save.activated.connect(self._save)
        self._connect()

    def _connect(self) -> None:
        self.start.asked.connect(self.ask_files)
        self.start.practice_asked.connect(self._practise)
        self.start.shops_asked.connect(lambda: self.desk.go("options", "shops"))
        self.start.scanner_asked.connect(lambda: self.desk.go("options", "scanner"))
        self.preview.take_asked.connect(self.take)
        self.preview.save_asked.connect(self._save_rejected)
        self.preview.leave_asked.connect(self.begin_anew)
        self.preview.add_asked.connect(self.ask_files)
        self.preview.dropped.connect(self._drop)
        self.preview.asked.connect(self._follow)
        self.preview.repair_chosen.connect(self._choose_repair)
        self.done.next_asked.connect(self.desk.go)
        self.done.again_asked.connect(self.begin_anew)
        self.fetching.stop_asked.connect(self._fetch.stop)
        self._fetch.ended.connect(self._fetched)
        self._fetch.stopped.connect(self._fetch_stopped)
        self.start.api_asked.connect(self.fetch)
        self.start.hand_asked.connect(self.enter_order)
        self.start.imports.asked.connect(lambda act: take_back_act(self.desk, act))
        self.start.imports.more_asked.connect(self._read_imports)
        self.start.news.look_asked.connect(self._look_at_new)
        self.start.news.numbers_asked.connect(self._open_numbers)
        self.start.news.aside_asked.connect(self._wave_aside)
        self.start.folder_asked.connect(lambda: self.desk.go("options", "desk"))
        self._watcher.found.connect(lambda _: self._show_news())
        self.done.undo_asked.connect(self._undo_taken)
        self.desk.counted.connect(self._counted)

    # Frame ------------------------------------------------------------------------------------------------------

    def acts(self) -> Mapping[str, Handler]:
        """F5 and Ctrl+O; taking needs no act: its Enter is the page's own."""
        return {
            "fetch": Handler(self.fetch, lambda: not self._busy),
            "open_file": Handler(self.ask_files, lambda: not self._busy),
            "enter_order": Handler(self.enter_order, lambda: not self._busy),
            **{f"repair_{number}": self._repair(number) for number in (1, 2, 3)},
        }

    def _repair(self, number: int) -> Handler:
        return Handler(
            lambda: self.form.repair(number),
            lambda: self.entering() and self.form.may_repair(number),
        )

    def opened(self, hint: object = None) -> None:
        """With files it reads them at once."""
        self.setFocus()
        ws = self.desk.ws
        self.desk.tasks.run(lambda _: _read_of(ws), done=self.start.drop.show_markets, quiet=True)
        self._read_imports()
        self._show_news()
        if hint == "ask":
            self.ask_files()
        elif hint == "fetch":
            self.fetch()
        elif hint == "hand":
            self.enter_order()
        elif isinstance(hint, tuple):
            what, key = hint
            {"resend": self.form.open_resend, "change": self.form.open_change}[what](key)
        elif isinstance(hint, list):
            self.read_files([path for path in hint if isinstance(path, Path)])
        elif self.stack.currentWidget() is self.preview and not self._busy:
            self._read()  # a shop may have been added since; taking compares anew anyway

    def scenes(self) -> Mapping[str, Callable[[], None]]:
        """The form for orders entered by hand."""
        return {"hand": self.enter_order}

    def refresh(self) -> None:
        """What can still be taken back may have changed."""
        self._read_imports()

    def foot(self) -> int:
        """The bar with the buttons, while there is one."""
        footed = self.entering() or self.stack.currentWidget() is self.preview
        return foot_bar.HEIGHT if footed else 0

    def left(self) -> None:
        """What was taken is told once."""
        if self.stack.currentWidget() is self.done:
            self.stack.setCurrentWidget(self.start)

    def back(self) -> bool:
        """Esc leaves the preview; nothing was written."""
        if self.stack.currentWidget() is self.start:
            return False
        if self._fetch.running:
            self._fetch.stop()
            return True
        if self.entering():
            self._leave_form()
            return True
        self.begin_anew()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the files; a scanner's Enter never gets here."""
        if event.key() in _ENTER and not event.isAutoRepeat() and self.stack.currentWidget() is self.preview:
            self.take()
            return
        super().keyPressEvent(event)

    # Reading ----------------------------------------------------------------------------------------------------

    def ask_files(self) -> None:
        """The system's file dialog; where it began last time it begins again."""
        if self._asking is not None:
            return
        dialog = file_dialog.file_dialog(self, text("intakepage.choose"), self._folder())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        kinds = (("intakepage.order_files", "*.csv *.tsv *.txt *.xlsx"), ("intakepage.all_files", "*"))
        dialog.setNameFilters([f"{text(key)} ({pattern})" for key, pattern in kinds])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self._chosen)
        dialog.finished.connect(self._asked)
        self._asking = dialog
        dialog.open()

    def _folder(self) -> str:
        return str(self.desk.ws.options.get("import.folder")) or str(Path.home())

    def _asked(self) -> None:
        self._asking = None

    def _chosen(self, names: Sequence[str]) -> None:
        paths = [Path(name) for name in names]
        self.desk.ws.options.set("import.folder", str(paths[0].parent))
        self.read_files(paths)

    def read_files(self, paths: Sequence[Path]) -> None:
        """Read these; while a preview is open they join it."""
        if not paths:
            return
        if self._reading is None:
            self._paths, self._refused = [], frozenset()
        self._paths += [path for path in dict.fromkeys(paths) if path not in self._paths]
        self._read()

    def _read(self) -> None:
        ws, paths, refused = self.desk.ws, tuple(self._paths), self._refused
        self._set_busy(True)
        self.desk.tasks.run(
            lambda progress: read(ws, paths, "", refused, progress),
            done=self._show,
            failed=self._failed,
            cancelled=self.begin_anew,
            name="intakepage.reading",
        )

    def _show(self, reading: Reading) -> None:
        self._set_busy(False)
        read_now = [one.path for one in reading.preview.files]
        if read_now != self._paths or reading.preview.refused_repairs != self._refused:
            return  # asked for something else since; that answer is on its way
        self._reading = reading
        self.stack.setCurrentWidget(self.preview)
        self.preview.show_reading(reading)
        self.desk.laid.emit()
        self.setFocus()

    def _drop(self, path: Path) -> None:
        self._paths = [kept for kept in self._paths if kept != path]
        if self._paths:
            self._read()
        else:
            self.begin_anew()

    def _choose_repair(self, code: str, taken: bool) -> None:
        self._refused = self._refused - {code} if taken else self._refused | {code}
        self._read()

    def _follow(self, act: str, path: Path) -> None:
        if act == "numbers":
            self.desk.go("paper", ("take_numbers", path))
        elif act == "profile":
            self.desk.go("profiles", path)
        else:
            self.desk.go("options", "shops")

    # Taking -----------------------------------------------------------------------------------------------------

    def take(self) -> None:
        """Write what the preview shows."""
        if self._busy or self._reading is None or not self._reading.takes:
            return
        ws, shown = self.desk.ws, self._reading.preview
        self._set_busy(True)
        self.desk.tasks.run(
            lambda progress: accept(ws, shown, progress=progress),
            done=self._taken,
            failed=self._failed,
            cancelled=self._stopped,
            name="intakepage.taking",
        )

    def _taken(self, accepted: Accepted) -> None:
        self._forget()
        self.done.show_taken(accepted.counts, len(accepted.held), accepted.act)
        self.stack.setCurrentWidget(self.done)
        count = accepted.counts["new"] + accepted.counts["changed"]
        self.desk.say(text("intakepage.taken", count=count), undo_of(self.desk, accepted.act))
        self.desk.tell_changed()

    def _undo_taken(self, act: int) -> None:
        self.stack.setCurrentWidget(self.start)
        take_back_act(self.desk, act)

    def _stopped(self) -> None:
        """Cancelled: the transaction was undone, the preview stands."""
        self._set_busy(False)

    def fetch(self) -> None:
        """Read the orders of all shops whose API can be called; where there is none, say how to come by one."""
        if self._busy:
            return
        ws = self.desk.ws
        self._set_busy(True)
        self.desk.tasks.run(lambda _: with_api(ws), done=self._begin_fetch, failed=self._failed, quiet=True)

    def _begin_fetch(self, shops: Sequence[Shop]) -> None:
        if not shops:
            self._failed(Refused("no_shop_with_keys"))
            return
        self._fetch.start(shops)
        self.stack.setCurrentWidget(self.fetching)

    def _fetch_stopped(self) -> None:
        self._set_busy(False)
        if self.stack.currentWidget() is self.fetching:
            self.begin_anew()

    def _fetched(self, fetched: Fetched) -> None:
        self._set_busy(False)
        self.done.show_fetched(fetched)
        self.stack.setCurrentWidget(self.done)
        self.desk.tell_changed()

    def _failed(self, fault: Fault) -> None:
        self._set_busy(False)
        self.desk.show_fault(fault)

    # What was taken before, what lies in the folder -------------------------------------------------------------

    def _read_imports(self) -> None:
        ws, count = self.desk.ws, self.start.imports.wanted
        self.desk.tasks.run(
            lambda _: past_imports(ws, count), done=self.start.show_imports, failed=self._failed, quiet=True
        )

    def _show_news(self) -> None:
        self.start.show_news(self._watcher.offers, self._watcher.missing)

    def _look_at_new(self, paths: list[Path]) -> None:
        """Read what appeared; it is seen once this preview is left or taken."""
        self._from_folder += self._watcher.shown(paths)
        self.read_files(paths)

    def _open_numbers(self, path: Path) -> None:
        self._watcher.settle(self._watcher.shown([path]))
        self.desk.go("paper", ("take_numbers", path))

    def _wave_aside(self) -> None:
        aside = [one.found for one in self._watcher.offers.files]
        self._watcher.settle(aside)
        words = text("intakepage.waved_aside", count=len(aside))
        self.desk.say(words, lambda: self._watcher.offer_again(aside))

    # By hand ----------------------------------------------------------------------------------------------------

    @property
    def form(self) -> Entering:
        """The form, made when it is first asked for."""
        if self._form is None:
            self._form = Entering(self.desk, HandView(self.desk.ws.today()), self)
            self._form.view.leave_asked.connect(self._leave_form)
            self._form.view.shops_asked.connect(lambda: self.desk.go("options", "shops"))
            self._form.opened.connect(self._show_form)
            self._form.stored.connect(self._stored)
            self.stack.addWidget(self._form.view)
        return self._form

    def entering(self) -> bool:
        """Whether the form is what the page shows."""
        return self._form is not None and self.stack.currentWidget() is self._form.view

    def enter_order(self) -> None:
        """The form for an order that no marketplace has."""
        self.form.open_new()

    def _show_form(self) -> None:
        self.stack.setCurrentWidget(self.form.view)
        if not self.isVisible():
            self.desk.go("intake")
        self.desk.actions.refresh()
        self.desk.laid.emit()

    def _leave_form(self) -> None:
        """To where one came from: a stored order is changed from the list."""
        changing = self.form.changing
        self.stack.setCurrentWidget(self.start)
        self.form.leave()
        self.desk.laid.emit()
        if changing:
            self.desk.go("all")
        else:
            self.setFocus()

    def _stored(self, done: Entered, changed: bool) -> None:
        self.stack.setCurrentWidget(self.start)
        self.desk.say(_stored_words(done, changed), undo_of(self.desk, done.act))
        self.desk.tell_changed()
        if changed:
            self.desk.go("all")
        else:
            self.setFocus()

    # The rest ---------------------------------------------------------------------------------------------------

    def _save(self) -> None:
        """Ctrl+S: whatever the view in sight has to keep."""
        if self.entering():
            self.form.save()
        else:
            self._save_rejected()

    def begin_anew(self) -> None:
        """Back to the place to drop files on."""
        self._forget()
        self.stack.setCurrentWidget(self.start)

    def _forget(self) -> None:
        self._paths, self._refused, self._reading = [], frozenset(), None
        self._watcher.settle(self._from_folder)
        self._from_folder = ()
        self._set_busy(False)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.preview.set_busy(busy)
        self.desk.actions.refresh()

    def _counted(self, counters: dict[str, int]) -> None:
        self.done.show_attention(counters.get("attention", 0))

    def _save_rejected(self) -> None:
        if self._reading is None or not any(one.rejections for one in self._reading.preview.files):
            return
        start = str(Path(self._folder()) / text("intakepage.rejected_file"))
        name = file_dialog.ask_new_file(self, text("intakepage.save_rejected"), start, "CSV (*.csv)")
        if name:
            self.save_rejected_to(Path(name))

    def save_rejected_to(self, out: Path) -> None:
        """Write the rejected rows to this file."""
        if self._reading is None:
            return
        shown = self._reading.preview
        self.desk.tasks.run(
            lambda _: save_rejected(shown, out),
            done=lambda count: self.desk.say(text("intakepage.saved", count=count, file=out.name)),
            failed=self.desk.show_fault,
            quiet=True,
        )

    def _practise(self) -> None:
        """Practice has a window of its own; within practice mode its sample files are read."""
        if self.desk.ws.practice:
            self.read_files(sorted((self.desk.ws.places.home / _SAMPLES).iterdir()))
            return
        frozen = getattr(sys, "frozen", False)
        arguments = ["--practice"] if frozen else ["-m", "jpship_gui", "--practice"]
        QProcess.startDetached(sys.executable, [*arguments, "--home", str(self.desk.ws.places.home)])
        self.desk.say(text("intakepage.practice_opens"))


def _read_of(ws: Workspace) -> tuple[str, ...]:
    """Marketplaces whose order files are read, those of this seller's shops first."""
    used = {shop.marketplace for shop in shops.every(ws)}
    found = [market.id for market in every_marketplace(ws) if "orders_file" in market.abilities]
    return tuple(sorted(found, key=lambda market: market not in used))


def _stored_words(done: Entered, changed: bool) -> str:
    if done.held:
        return text("handform.stored_held", number=done.number)
    waiting = sum(problem.severity is not Severity.WARN for problem in done.problems)
    key = "handform.stored_change" if changed else "handform.stored"
    return text(f"{key}_to_check" if waiting else key, number=done.number, count=waiting)
