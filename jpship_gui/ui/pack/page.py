"""The packing page: slip → goods → waybill with the scanner alone, no hand on the keyboard."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from jpship_gui.domain.fault import Fault, WorldFault
from jpship_gui.domain.packing.commands import Command
from jpship_gui.domain.packing.outcomes import Expect, Klass, Outcome
from jpship_gui.domain.packing.session import Answer
from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows.pack import desk as packing
from jpship_gui.flows.paper.reprint_slip import asked_for
from jpship_gui.texts import text
from jpship_gui.ui.actions import Handler
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.pack import people_acts, reprinting
from jpship_gui.ui.pack.asking import Asking, Choice
from jpship_gui.ui.pack.composing import Remembered, compose
from jpship_gui.ui.pack.face import Face
from jpship_gui.ui.pack.figuring import Figuring
from jpship_gui.ui.pack.following import Following
from jpship_gui.ui.pack.hands import Hands
from jpship_gui.ui.pack.in_sight import InSight
from jpship_gui.ui.pack.photos import Photos, files_in
from jpship_gui.ui.pack.rehearsing import Rehearsing
from jpship_gui.ui.pack.run_count import RunCount
from jpship_gui.ui.pack.saying import Saying
from jpship_gui.ui.pack.scale_line import ScaleLine
from jpship_gui.ui.pack.screen import WAITING, Band
from jpship_gui.ui.pack.sheet import Sheet
from jpship_gui.ui.pack.tracking_dialog import is_typed_number, open_tracking
from jpship_gui.ui.scanning.scan_page import ScanPage
from jpship_gui.ui.show import show_fault

_TICK = 10_000  # ms between two looks at the clock
_PATIENCE = 1.0  # s to wait for the database when the page is left; the journal keeps the rest


class PackPage(ScanPage):
    """Takes every key of its window while it is shown. The desk's journal is open only as long as it is in sight."""

    immersive = True
    asking: Asking
    face: Face

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._station: packing.Desk | None = None
        self._last: Answer | None = None
        self._recent: deque[Remembered] = deque(maxlen=5)
        self._sight = InSight(desk)
        self._figuring = Figuring(desk, self._render)
        self._runs = RunCount(desk, self._render)
        self._loud: Band | None = None  # what the database's trouble put into the band, until the next answer
        self._after_lock: Band | None = None  # what came while an NG stood there and must be seen
        self.following = Following(self)
        self.following.changed.connect(self._followed)
        self.following.told.connect(self._told)
        self.face = Face(self)
        self.face.set_scale(desk.ws.options.get("pack.scale"))
        self.rehearsing = Rehearsing(desk, self.face)
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
        self._figuring.begin()
        self.rehearsing.begin()
        self._scanner().claim(self)
        self.scale.begin(self.desk.ws)
        self.refresh()

    def left(self) -> None:
        """Give the keys and the journal back."""
        self._timer.stop()
        self.rehearsing.end()
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
        return self._sight.shipment

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

    def leave_out(self, code: str, reason: str) -> None:
        """One small line, and one in the journal."""
        if self._station is not None:
            self._recent.appendleft(Remembered(self._station.ignore(code, reason), self.desk.ws.now()))

    def take(self, code: str, quick: bool = True) -> None:
        """One code. When this returns it is in the journal and shown; the database follows right after."""
        self._typed = ""
        if self.asking.open and self.asking.entered(code, quick):
            return
        self.asking.close()
        if not quick and is_typed_number(code):
            self._open_station()
            if self._station is not None:
                self._enter_twice()
                return
        self._at_desk(lambda station: station.scan(code))

    def command(self, command: Command, argument: str = "") -> None:
        """A key of the page."""
        self.asking.close()
        self._at_desk(lambda station: station.command(command, argument=argument))

    def refuse(self, command: Command) -> None:
        """A key of what cannot be done now: the desk says why not. A question it asked stays."""
        if self._station is None or self.snapshot().state.question is None:
            self.asking.close()
        self._at_desk(lambda station: station.command(command))

    def tell(self, words: str) -> None:
        """Say in the band why something cannot be done; while an NG stops the line, above the page."""
        self.saying.fault(words, "attention")
        if self.snapshot().state.locked:
            self.desk.warn(words)
            return
        self._loud = Band("attention", text("pack.word.att_nothing"), words, stops=False)
        self._render()

    def _at_desk(self, act: Callable[[packing.Desk], Answer]) -> None:
        """Have it done where the journal can be opened; why it cannot be stands in the band."""
        self._open_station()
        station = self._station
        if station is not None:
            self._do(lambda: act(station))
        elif self._failure is not None:
            self._render()
            self.saying.fault(self.face.screen_.band.word)

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
        if self._sight.shipment is None:
            self.tell(text("packpage.scan_slip_first"))
            return
        open_tracking(self.desk, self._sight.shipment.key, self)

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
            self._sight.note_strange(answer)
        self._runs.answered(self.snapshot(), answer)
        if answer.outcome is not Outcome.OK_ACK:
            self._recent.appendleft(Remembered(answer, self.desk.ws.now()))
        self._sight.look(self._station, answer)
        self._render()
        self.face.show_now()
        self.saying.answer(answer, self.face.screen_.band)
        self.hands.ask_about(self._last or answer)
        QTimer.singleShot(0, self._follow)
        if key := asked_for(answer):
            reprinting.start(self.desk, self.saying.speaker, key, answer.values["order"])
        self.photos.after(answer)

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
        self._sight.follow(self._station)
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

    # Showing ----------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Something changed elsewhere: the open parcel is read anew, what was said stays."""
        self._sight.look_again(self._station)
        self._render()

    def retranslate(self) -> None:
        """All words come from composing."""
        if hasattr(self, "saying"):
            self.saying.renew()
            self._render()

    def _render(self) -> None:
        now = self.desk.ws.now()
        ws = self.desk.ws
        snapshot, sight = self.snapshot(), self._sight
        screen = compose(
            snapshot,
            sight.shipment if (snapshot.view or sight.closed) is not None else None,
            sight.products,
            self._last,
            tuple(self._recent),
            replace(self._figuring.figures, run_left=self._runs.left),
            desk=ws.desk,
            person=ws.person,
            now=now,
            typed=self._typed,
            shown=sight.closed,
            read=sight.strange,
            inserts=sight.inserts,
            alike=self._figuring.alike,
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

    def _counted(self, counters: dict[str, int]) -> None:
        self._figuring.count(counters)
        if self.isVisible():
            self._render()

    def _measure(self) -> None:
        """Clock, pick-ups, pace; and whether database and journal are well."""
        ws = self.desk.ws
        if self._station is not None:
            self._station.look()
        elif isinstance(self._failure, WorldFault):  # the desk could not be opened; once it can, it is
            self.desk.tasks.run(
                lambda _: packing.reach(ws), done=self._reached, failed=self._not_reached, quiet=True
            )
        self._runs.look(self.snapshot())
        self._figuring.measure()
        self._render()

    def _reached(self, nothing: None) -> None:
        if self._station is None and self.isVisible():
            self._open_station()
            self.refresh()

    def _not_reached(self, fault: Fault) -> None:
        """The next look may find it."""

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

    # Keys and clicks --------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that type no characters; the others are the scanner's."""
        if not self.hands.key(event):
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Photos and files of the parcel in sight; all else is the window's."""
        if self.shipment is not None and files_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach them."""
        files = files_in(event.mimeData())
        if self.shipment is not None and files:
            event.acceptProposedAction()
            self.photos.dropped(files, self.shipment.key)
