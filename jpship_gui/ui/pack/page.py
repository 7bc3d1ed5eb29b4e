"""The packing page: slip → goods → waybill with the scanner alone, no hand on the keyboard."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from jpship_gui.domain.fault import Fault, WorldFault
from jpship_gui.domain.packing.commands import Command
from jpship_gui.domain.packing.outcomes import Expect, Klass, Outcome
from jpship_gui.domain.packing.session import Answer
from jpship_gui.domain.packing.world import Away, PackView
from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows.pack import desk as packing
from jpship_gui.flows.pack.desk_figures import Product, goods_of, pace, read_goods
from jpship_gui.flows.pack.inserts import parcel_inserts
from jpship_gui.flows.pack.look_alikes import look_alikes
from jpship_gui.flows.paper.reprint_slip import asked_for
from jpship_gui.flows.table.detail import load
from jpship_gui.texts import text
from jpship_gui.ui.actions import Handler
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.pack import people_acts, reprinting
from jpship_gui.ui.pack.asking import Asking, Choice
from jpship_gui.ui.pack.composing import Figures, Remembered, compose
from jpship_gui.ui.pack.face import Face
from jpship_gui.ui.pack.following import Following
from jpship_gui.ui.pack.hands import Hands
from jpship_gui.ui.pack.photos import Photos, files_in
from jpship_gui.ui.pack.pickups import pickups
from jpship_gui.ui.pack.run_count import RunCount
from jpship_gui.ui.pack.saying import Saying
from jpship_gui.ui.pack.scale_line import ScaleLine
from jpship_gui.ui.pack.screen import WAITING, Band
from jpship_gui.ui.pack.sheet import Sheet
from jpship_gui.ui.pack.tracking_dialog import open_tracking
from jpship_gui.ui.scanning.scan_page import ScanPage
from jpship_gui.ui.show import show_fault

_TICK = 10_000  # ms between two looks at the clock
_PATIENCE = 1.0  # s to wait for the database when the page is left; the journal keeps the rest


class PackPage(ScanPage):
    """Takes every key of its window while it is shown. The desk's journal is open only as long as it is in sight."""

    immersive = True

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._station: packing.Desk | None = None
        self._last: Answer | None = None
        self._read: Product | None = None
        self._recent: deque[Remembered] = deque(maxlen=5)
        self._shipment: Shipment | None = None
        self._shown: PackView | None = None
        self._products: Mapping[str, Product] = {}
        self._inserts: tuple[str, ...] = ()
        self._alike: Mapping[str, tuple[str, ...]] = {}
        self._figures = Figures()
        self._runs = RunCount(desk, self._render)
        self._typed = ""
        self._failure: Fault | None = None
        self._loud: Band | None = None  # what the database's trouble put into the band, until the next answer
        self._after_lock: Band | None = None  # what came while an NG stood there and must be seen
        self.following = Following(self)
        self.following.changed.connect(self._followed)
        self.following.told.connect(self._told)
        self.face = Face(self)
        self.face.set_scale(desk.ws.options.get("pack.scale"))
        self.asking = Asking(self._lay_over, self._forget_typing, self)
        self.hands = Hands(self, self.asking)
        self.face.acted.connect(self.hands.clicked)
        self.face.chosen.connect(self.hands.chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.face)
        self.saying = Saying(desk)
        self.destroyed.connect(self.saying.close)
        self.photos = Photos(self)
        self.scale = ScaleLine(lambda: self.snapshot().expects is Expect.WEIGHT, self)
        self.scale.weighed.connect(self.take)
        self.scale.told.connect(self._scale_told)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK)
        self._timer.timeout.connect(self._measure)
        desk.counted.connect(self._counted)

    # In and out of sight ----------------------------------------------------------------------------------------

    def opened(self, hint: object = None) -> None:
        """Take the desk; a desk used by another process is said at once, in the band."""
        self.setFocus()
        self.saying.renew()
        self._open_station()
        self._counted(self.desk.counters)
        self._timer.start()
        self._measure()
        ws = self.desk.ws
        self.desk.tasks.run(
            lambda _: look_alikes(ws), done=self._alike_found, failed=self._figure_failed, quiet=True
        )
        self._scanner().claim(self)
        self.scale.begin(ws)
        self.refresh()

    def left(self) -> None:
        """Give the keys and the journal back."""
        self._timer.stop()
        self.scale.end()
        self.asking.close()
        self._scanner().release(self)
        if self._station is not None:
            self.following.end()
            self._station.close(_PATIENCE)
            self._station = None

    @property
    def station(self) -> packing.Desk | None:
        """The desk as long as the page is in sight and the journal could be opened."""
        return self._station

    def waiting(self) -> bool:
        """Whether the database is about to follow what was scanned."""
        return self._station is not None and self._station.behind and self._station.trouble is None

    @property
    def shipment(self) -> Shipment | None:
        """The shipment in sight."""
        return self._shipment

    def snapshot(self) -> packing.Snapshot:
        """The desk as it stands."""
        return self._station.glance() if self._station is not None else packing.EMPTY

    def _open_station(self) -> None:
        if self._station is not None:
            return
        ws = self.desk.ws
        try:
            self._station = packing.Desk(ws.as_person(people_acts.set_up_for(ws)), ws.desk)
            self._failure = self._loud = None
            self.following.begin(self._station)
            self._stands_here()
        except Fault as fault:
            self._failure = fault

    def acts(self) -> Mapping[str, Handler]:
        """The keys of the page that are no characters."""
        return {"undo": Handler(lambda: self.command(Command.UNDO), lambda: self._station is not None)}

    def foot(self) -> int:
        """The outcome band."""
        return self.face.band_height()

    def back(self) -> bool:
        """Esc takes away what lies over the page, then leaves it; an open parcel stays open for the next time."""
        if self.asking.open:
            self.asking.close()
        elif not self.snapshot().state.locked:  # an NG is not left standing behind another page
            self.desk.go("all")
        return True

    # Scans ------------------------------------------------------------------------------------------------------

    def _scanned(self, code: str, quick: bool) -> None:
        if self._scanner().owner() is self:
            self.take(code, quick)

    def _ignored(self, code: str, reason: str) -> None:
        """A code left out by the scanner's blank time: one small line, and one in the journal."""
        station = self._station
        if station is None or self._scanner().owner() is not self:
            return
        try:
            answer = station.ignore(code, reason)
        except Fault as fault:
            self._failure = fault
        else:
            self._recent.appendleft(Remembered(answer, self.desk.ws.now()))
            QTimer.singleShot(0, self._follow)
        self._render()

    def take(self, code: str, quick: bool = True) -> None:
        """One code. When this returns it is in the journal and shown; the database follows right after."""
        self._typed = ""
        if self.asking.open and self.asking.entered(code, quick):
            return
        self.asking.close()
        station = self._station
        if station is None:
            self._open_station()
            station = self._station
        if station is None:
            self._render()
            return
        if not quick and self._is_typed_number(code):
            self._enter_twice()
            return
        self._do(lambda: station.scan(code))

    def command(self, command: Command, argument: str = "") -> None:
        """A key of the page."""
        self.asking.close()
        station = self._station
        if station is not None:
            self._do(lambda: station.command(command, argument=argument))

    def _scale_told(self, fault: WorldFault | None) -> None:
        """A scale that is gone is told above the page; scans go on."""
        if fault is not None:
            self.desk.warn(show_fault(fault).title)

    def answer(self, act: Callable[[], Answer]) -> None:
        """What something else than a scan or a key did at the desk; a question on the page stays."""
        self._do(act)

    def _stands_here(self) -> None:
        """Whatever is done in this window from now on carries the name of whoever stands at the desk."""
        person = self._station.session.person if self._station is not None else self.desk.ws.person
        if person != self.desk.ws.person:
            self.desk.ws = replace(self.desk.ws, person=person)
            self.desk.settled.emit()

    def _enter_twice(self) -> None:
        if self._shipment is None:
            self.desk.say(text("packpage.scan_slip_first"))
            return
        open_tracking(self.desk, self._shipment.key, self)

    def _is_typed_number(self, code: str) -> bool:
        """A number keyed by hand must be entered twice (PK-01): the packing page is for what was read."""
        digits = sum(c.isdigit() for c in code)
        return digits >= 10 and digits >= len(code) - 4

    def _do(self, act: Callable[[], Answer]) -> None:
        try:
            answer = act()
            self._failure = None
            self._loud = self._after_lock if answer.outcome is Outcome.OK_ACK else None
            self._after_lock = None if self._loud is not None else self._after_lock
        except Fault as fault:
            self._failure = fault
            self._render()
            self.face.show_now()
            self.saying.fault(self.face.screen_.band.word)
            return
        self._stands_here()
        again = (
            answer.outcome is Outcome.NG_LOCKED and self._last is not None and self._last.klass is Klass.NG
        )
        if not again and not (
            answer.outcome is Outcome.OK_WHO and self._waits()
        ):  # the first NG's reason stays
            self._last = answer
            self._read = self._read_instead(answer)
        self._runs.answered(self.snapshot(), answer)
        if answer.outcome is not Outcome.OK_ACK:
            self._recent.appendleft(Remembered(answer, self.desk.ws.now()))
        self._look(answer)
        self._render()
        self.face.show_now()
        self.saying.answer(answer, self.face.screen_.band)
        self.hands.ask_about(self._last or answer)
        QTimer.singleShot(0, self._follow)
        if key := asked_for(answer):
            reprinting.start(self.desk, self.saying.speaker, key, answer.values["order"])
        self.photos.after(answer)

    def _read_instead(self, answer: Answer) -> Product | None:
        """The strange goods of an answer."""
        with suppress(WorldFault):
            if answer.outcome is Outcome.NG_NOT_HERE and "goods" in answer.values:
                return read_goods(self.desk.ws, answer.values["goods"])
        return None

    def _waits(self) -> bool:
        """An NG or a question stands in the band; a badge neither acknowledges nor answers it."""
        state = self.snapshot().state
        return state.locked or state.question is not None

    def _follow(self) -> None:
        """The database catches up with the journal, beside the window's thread."""
        if self._station is not None:
            self._station.apply_pending()

    def _followed(self) -> None:
        """It has."""
        if self._station is not None and self._shown is not None:
            self._shown = self._seen(self._shown.key)
        self._runs.look(self.snapshot())
        self._render()
        self.desk.tell_changed()

    def _told(self, sound: str, loud: Band | None) -> None:
        """The database went away or came back. An NG that stops the line stays in the band."""
        locked = self._station is not None and self._station.session.state.locked
        self._loud = None if locked else loud
        if locked and loud is not None and loud.klass == "ng":
            self._after_lock = loud
        self._render()
        if loud is not None:
            self.saying.fault(loud.word, sound)

    def _seen(self, key: str) -> PackView | None:
        """A parcel that is no longer open, as long as it can be read."""
        try:
            return self._station.session.world.shipment(key) if self._station is not None else None
        except Away:
            return None

    def _look(self, answer: Answer | None) -> None:
        """Read anew what the open parcel shows; a parcel just closed stays in sight until the next slip."""
        if self._station is None:
            return
        snapshot = self._station.snapshot() if answer is None else self._station.glance()
        view = snapshot.view
        if (
            view is None
            and answer is not None
            and answer.klass is Klass.COMPLETE
            and self._shipment is not None
        ):
            view = self._seen(answer.shipment) if answer.shipment else None
            self._shown = view
        elif view is not None:
            self._shown = None
        elif answer is None or answer.outcome is not Outcome.NG_LOCKED:
            self._shown = self._shown if answer is not None and answer.klass is Klass.NG else None
        if view is None:
            return
        if self._shipment is None or self._shipment.key != view.key:
            with suppress(WorldFault):  # away: what is known of the parcel in hand stays in sight
                self._read_parcel(view)

    def _read_parcel(self, view: PackView) -> None:
        found = load(self.desk.ws, keys=[view.key])
        self._shipment = found[0] if found else None
        self._products = goods_of(self.desk.ws, [line.sku for line in view.lines])
        self._inserts = parcel_inserts(self.desk.ws, found[0]) if found else ()

    # Showing ----------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Something changed elsewhere: the open parcel is read anew, what was said stays."""
        if self._station is not None and self._shown is None:
            before, self._shipment = self._shipment, None
            self._look(None)
            view = self.snapshot().view
            if self._shipment is None and before is not None and view is not None and view.key == before.key:
                self._shipment = before
        self._render()

    def retranslate(self) -> None:
        """All words come from composing."""
        if hasattr(self, "saying"):
            self.saying.renew()
            self._render()

    def _render(self) -> None:
        now = self.desk.ws.now()
        ws = self.desk.ws
        snapshot = self.snapshot()
        screen = compose(
            snapshot,
            self._shipment if (snapshot.view or self._shown) is not None else None,
            self._products,
            self._last,
            tuple(self._recent),
            replace(self._figures, run_left=self._runs.left),
            desk=ws.desk,
            person=ws.person,
            now=now,
            typed=self._typed,
            shown=self._shown,
            read=self._read,
            inserts=self._inserts,
            alike=self._alike,
        )
        if self._failure is not None:
            shown = show_fault(self._failure)
            locked = snapshot.state.locked
            screen = replace(screen, band=Band("ng", shown.title, shown.more, stops=locked))
        elif self._loud is not None:
            screen = replace(screen, band=self._loud)
        elif screen.band.klass == WAITING and self._station is not None and self._station.session.unsaid:
            screen = replace(screen, band=Band(WAITING, text("people.say_who"), text("people.say_who.hint")))
        screen = replace(screen, notice="" if self._loud is not None else self.following.notice())
        self.face.show_screen(screen)

    def _show_typing(self, typed: str) -> None:
        if self.asking.open:
            self.asking.patience = max(150, 2 * self.desk.ws.options.get("scanner.blank_ms"))
            self.asking.typed(typed)
            if len(typed) < 2:
                return  # not yet known whether it is an answer
        self._typed = typed if len(typed) < 40 else typed[-40:]
        QTimer.singleShot(150, self._render_typing)

    def _render_typing(self) -> None:
        """A scanner's burst is over by now; only a person's slow typing is still there to be shown."""
        if self._typed:
            self._render()

    def _counted(self, counters: dict[str, int]) -> None:
        self._figures = replace(
            self._figures, left=counters.get("stage:pack", 0), late=counters.get("late", 0)
        )
        if self.isVisible():
            self._render()

    def _measure(self) -> None:
        """Clock, pick-ups, pace; and whether database and journal are well."""
        ws = self.desk.ws
        if self._station is not None:
            self._station.look()
        elif isinstance(self._failure, WorldFault):  # the desk could not be opened; once it can, it is
            self.desk.tasks.run(
                lambda _: packing.reach(ws), done=self._reached, failed=self._figure_failed, quiet=True
            )
        self._runs.look(self.snapshot())
        self._figures = replace(self._figures, pickups=pickups(ws.options.get("desk.pickups"), ws.now()))
        self.desk.tasks.run(lambda _: pace(ws), done=self._paced, failed=self._figure_failed, quiet=True)
        self._render()

    def _reached(self, nothing: None) -> None:
        if self._station is None and self.isVisible():
            self._open_station()
            self.refresh()

    def _paced(self, parcels: int) -> None:
        self._figures = replace(self._figures, pace=parcels)
        self._render()

    def _alike_found(self, found: Mapping[str, tuple[str, ...]]) -> None:
        self._alike = found
        self._render()

    def _figure_failed(self, fault: Fault) -> None:
        """A figure for comfort; the next look may find it."""

    # What lies over the page -------------------------------------------------------------------------------------

    def choose(
        self,
        title: str,
        options: Sequence[Choice],
        done: Callable[[Choice], None],
        left: Callable[[], None] | None = None,
    ) -> None:
        """Ask on the page itself. A sign typed by a person or a click answers, Esc leaves; a scan leaves it too and is
        handled as a scan. `left` is called where nobody answered."""
        self.asking.ask(title, options, done, left)

    def _lay_over(self, sheet: Sheet | None) -> None:
        """A sheet, or none; then a question of the desk that it covered is asked once more."""
        self.face.show_sheet(sheet)
        if sheet is None:
            QTimer.singleShot(0, self.hands.ask_again)

    def _forget_typing(self) -> None:
        """What was typed was an answer, not the beginning of a code."""
        self._typed = ""
        self._scanner().claim(self)

    # Keys and clicks --------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that type no characters; the others are the scanner's."""
        if not self.hands.key(event):
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Photos and files of the parcel in sight; all else is the window's."""
        if self._shipment is not None and files_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach them."""
        files = files_in(event.mimeData())
        if self._shipment is not None and files:
            event.acceptProposedAction()
            self.photos.dropped(files, self._shipment.key)

    def set_scale(self, percent: int) -> None:
        """Size of the words from now on, 80–200."""
        self.desk.ws.options.set("pack.scale", percent)
        self.face.set_scale(percent)
