"""The hand-over page: the scanner reads each waybill the driver takes; what is still here stands beside the count."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from jpship_gui.domain.fault import Fault
from jpship_gui.domain.handover.session import Answer
from jpship_gui.domain.handover.state import END, NAME, State
from jpship_gui.domain.handover.world import Left, Standing, Waiting, Way
from jpship_gui.domain.packing.commands import Command
from jpship_gui.domain.packing.outcomes import Klass, Outcome
from jpship_gui.flows.handover.desk import HandoverDesk
from jpship_gui.flows.handover.listing import Overview, overview
from jpship_gui.flows.pack.follower import SILENCE
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text, text_in
from jpship_gui.ui import names
from jpship_gui.ui.actions import Handler
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.handover import acts
from jpship_gui.ui.handover.composing import Remembered, cards_of, compose, progress_of
from jpship_gui.ui.handover.face import HandoverFace
from jpship_gui.ui.pack.asking import Asking, Choice
from jpship_gui.ui.pack.following import Following
from jpship_gui.ui.pack.saying import Saying
from jpship_gui.ui.pack.screen import Band
from jpship_gui.ui.pack.sheet import Sheet
from jpship_gui.ui.scanning.scan_page import ScanPage
from jpship_gui.ui.show import show_fault

_TICK = 10_000  # ms between two looks at the clock
_PATIENCE = 2.0  # s the window waits for the database when the page is left; the journal keeps the rest
_NOTHING = Overview((), ())


class HandoverPage(ScanPage):
    """Takes every key of its window while it is shown; its journal is open only as long as it is in sight."""

    immersive = True
    asking: Asking
    face: HandoverFace

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._station: HandoverDesk | None = None
        self._last: Answer | None = None
        self._recent: deque[Remembered] = deque(maxlen=5)
        self._found = _NOTHING
        self._turn = 0  # of answers, to know whether what was looked at is older than the last one
        self._progress: tuple[int, int] | None = None
        self._looking = self._again = False
        self._offering = False
        self.way = Way.DRIVER
        self.ended = ""  # the hand-over that ended last at this page
        self.face = HandoverFace(self)
        self.face.set_scale(desk.ws.options.get("pack.scale"))
        self.asking = Asking(self._show_sheet, self._forget_typing, self)
        self.face.acted.connect(self._clicked)
        self.face.chosen.connect(self._chosen)
        self.face.picked.connect(self._picked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.face)
        self.following = Following(self)
        self.following.changed.connect(self.desk.tell_changed)
        self.following.told.connect(self._told)
        self._loud: Band | None = None  # what the database's trouble put into the band, until the next answer
        self.saying = Saying(desk)
        self.destroyed.connect(self.saying.close)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK)
        self._timer.timeout.connect(self._look)

    # In and out of sight ----------------------------------------------------------------------------------------

    def opened(self, hint: object = None) -> None:
        """Take the desk and go on where it stood."""
        self.setFocus()
        self.saying.renew()
        self._open_station()
        self._timer.start()
        self._scanner().claim(self)
        self._look()
        self._render()

    def left(self) -> None:
        """Give the keys and the journal back."""
        self._timer.stop()
        self.asking.close()
        self._scanner().release(self)
        if self._station is not None:
            station, self._station = self._station, None
            self.following.end()
            try:
                station.close(_PATIENCE)
            except Fault as fault:  # the journal keeps it; the database follows at the next start
                self.desk.warn(show_fault(fault).title)

    @property
    def station(self) -> HandoverDesk | None:
        """The desk as long as the page is in sight and its journal could be opened."""
        return self._station

    @property
    def found(self) -> Overview:
        """What waits, as it was last looked at."""
        return self._found

    def waiting(self) -> bool:
        """Whether the database is about to follow what was read, or what waits is being looked at."""
        station = self._station
        return self._looking or (station is not None and station.behind and station.trouble is None)

    def state(self) -> State:
        """What the desk remembers."""
        return self._station.session.state if self._station is not None else State()

    def _open_station(self) -> None:
        if self._station is not None:
            return
        ws = self.desk.ws
        try:
            self._station = HandoverDesk(ws, ws.desk, ws.person)
            self._failure = self._loud = None
            self.following.begin(self._station)
        except Fault as fault:
            self._failure = fault

    def acts(self) -> Mapping[str, Handler]:
        """The keys of the page that are no characters."""
        return {"undo": Handler(lambda: self.command(Command.UNDO), lambda: self._station is not None)}

    def foot(self) -> int:
        """The outcome band."""
        return self.face.band_height()

    def back(self) -> bool:
        """Esc takes away what lies over the page, then leaves it; the hand-over goes on."""
        if self.asking.open and self.state().session:
            self.asking.close()
        elif not self.state().locked:  # an NG is not left standing behind another page
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
        self._with(lambda station: station.scan(code))

    def command(self, command: Command) -> None:
        """A key of the page."""
        self.asking.close()
        self._with(lambda station: station.command(command))

    def begin(self, carrier: str) -> None:
        """Begin for a carrier."""
        place = str(self.desk.ws.options.get("handover.place"))
        self._with(lambda station: station.begin(carrier, self.way, place))

    def mark(self, parcel: str, reason: Left | None) -> None:
        """Note why a parcel stays."""
        self._with(lambda station: station.mark(parcel, reason))

    def finish(self) -> None:
        """End at once where nothing remains, else ask what became of the rest."""
        self.asking.close()
        if self.state().locked or not self.state().session:
            self.command(Command.FINISH)
            return
        self._with(lambda station: station.command(Command.FINISH))

    def finish_now(self) -> None:
        """End it whatever remains."""
        self._with(lambda station: station.finish())

    def _with(self, act: Callable[[HandoverDesk], Answer]) -> None:
        if self._station is None:
            self._open_station()
        station = self._station
        if station is None:
            self._render()
            return
        running = station.session.state.session
        try:
            answer = act(station)
            self._failure = self._loud = None
        except Fault as fault:
            self._failure = fault
            self._render()
            self.face.repaint()
            self.saying.fault(self.face.screen_.band.word)
            return
        if station.person != self.desk.ws.person:
            self.desk.ws = self.desk.ws.as_person(station.person)
            self.desk.settled.emit()
        waits = station.session.state.locked or station.session.state.question is not None
        again = (
            answer.outcome is Outcome.NG_LOCKED and self._last is not None and self._last.klass is Klass.NG
        )
        if not again and not (answer.outcome is Outcome.OK_WHO and waits):  # nor does a badge answer anything
            self._last = answer
        self._turn += 1
        self._progress = progress_of(answer) or self._progress
        if answer.outcome is Outcome.OK_FINISH:
            self.ended = running
        if answer.outcome is not Outcome.OK_ACK:
            self._recent.appendleft(Remembered(answer, self.desk.ws.now()))
        self._found = _without_taken(self._found, answer)
        self._ask(self._last or answer)
        self._render()
        self.face.repaint()
        self._say(answer)
        QTimer.singleShot(0, self._follow)

    def _say(self, answer: Answer) -> None:
        self.saying.speaker.play(answer.klass.value)
        language = self.saying.voice.language
        if language and answer.outcome is not Outcome.OK_ACK:
            word = "all" if answer.klass is Klass.COMPLETE else answer.outcome.value.lower()
            self.saying.voice.say(text_in(language, f"handover.word.{word}"))

    def _follow(self) -> None:
        """The database catches up with the journal, beside the window's thread."""
        if self._station is not None:
            self._station.apply_pending()

    def _told(self, sound: str, loud: Band | None) -> None:
        """The database followed, went away or came back. An NG that stops the line stays in the band."""
        self._loud = None if self.state().locked else loud
        self._look()
        self._render()
        if loud is not None:
            self.saying.fault(loud.word, sound)

    # What is asked ------------------------------------------------------------------------------------------------

    def choose(self, title: str, options: Sequence[Choice], done: Callable[[Choice], None]) -> None:
        """Ask on the page itself; a scan leaves the question and is handled as a scan."""
        self.asking.ask(title, options, done)

    def _ask(self, answer: Answer) -> None:
        """The question an answer leaves: whose name, what becomes of the rest, whether the list is printed."""
        if answer.outcome is Outcome.OK_FINISH and int(answer.values["taken"]):
            options = [
                Choice(text("handover.page.print"), self.ended),
                Choice(text("handover.page.no_print"), ""),
            ]
            self.choose(text("handover.page.print_title"), options, self._listing)
        if answer.outcome is not Outcome.ATT_ASK:
            return
        if answer.reason == NAME and answer.names:
            options = [Choice(name, str(n)) for n, name in enumerate(answer.names, start=1)]
            options.append(Choice(text("handover.page.no_name"), "0"))
            number = names.tracking_words(answer.values.get("number", ""))
            self.choose(text("handover.page.whose", number=number), options, self._named)
        elif answer.reason == END:
            left = int(answer.values["left"])
            options = [
                Choice(text("handover.page.end_later"), "later", note=text("handover.page.end_later_note")),
                Choice(
                    text("handover.page.end_missing"), "missing", note=text("handover.page.end_missing_note")
                ),
                Choice(text("handover.page.go_on"), ""),
            ]
            self.choose(text("handover.page.end_title", left=left), options, self._ending)

    def _named(self, choice: Choice) -> None:
        digit = str(choice.value)
        self._with(lambda station: station.scan(digit))

    def _listing(self, choice: Choice) -> None:
        if choice.value:
            acts.print_list(self, str(choice.value))
        else:
            self.offer()

    def _ending(self, choice: Choice) -> None:
        if not choice.value:
            self.command(Command.UNDO)
            return
        if choice.value == "missing":
            state = self.state()
            for one in self._found.of(state.carrier):
                if one.standing is Standing.READY and one.parcel not in state.left:
                    self.mark(one.parcel, Left.NOT_FOUND)
        self.finish_now()

    def offer(self) -> None:
        """Which carrier is here? Asked by the cards, while none runs and something waits."""
        cards = cards_of(self._found)
        if not cards or self.state().session or self.state().locked or self.asking.open:
            return
        options = [Choice(card.name, card.carrier) for card in cards]
        self._offering = True
        try:
            self.asking.ask("", options, lambda choice: self.begin(str(choice.value)))
        finally:
            self._offering = False

    def _show_sheet(self, laid: Sheet | None) -> None:
        """The cards are the question while none runs; everything else asked lies on a sheet."""
        self.face.show_sheet(None if self._offering else laid)

    def _picked(self, parcel: str) -> None:
        """A parcel of the list was clicked: it is not to be found, or it is after all."""
        state = self.state()
        waiting = next((one for one in self._found.waiting if one.parcel == parcel), None)
        if state.locked or waiting is None or waiting.standing is not Standing.READY:
            return
        self.mark(parcel, None if parcel in state.left else Left.NOT_FOUND)

    # Showing ----------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Something changed elsewhere."""
        if self._station is not None:
            self._look()

    def retranslate(self) -> None:
        """All words come from composing."""
        if hasattr(self, "saying"):
            self.saying.renew()
            self.asking.close()
            self.offer()
            self._render()

    def _look(self) -> None:
        """What waits, beside the window's thread; one look at a time, and one more where it was asked for meanwhile."""
        if self._station is not None and self._station.waiting:
            return  # the database is about to follow, and is looked at then
        if self._looking:
            self._again = True
            return
        self._looking, self._again = True, False
        ws, turn = self.desk.ws, self._turn
        self.desk.tasks.run(
            lambda _: _overview(ws),
            done=lambda found: self._looked(found, turn),
            failed=self._not_seen,
            quiet=True,
        )

    def _looked(self, found: Overview, turn: int) -> None:
        self._looking = False
        if turn != self._turn:
            self._look()  # something was answered meanwhile, which this look may not have seen
            return
        self._found, self._progress = found, None
        if self._station is not None and self.isVisible():
            self.offer()
        self._render()
        if self._again:
            self._look()

    def _not_seen(self, fault: Fault) -> None:
        """The next look may find it."""
        self._looking = False

    def _render(self) -> None:
        ws = self.desk.ws
        screen = compose(
            self.state(),
            self._found,
            self._last,
            tuple(self._recent),
            desk=ws.desk,
            person=self._station.session.person if self._station is not None else ws.person,
            now=ws.now(),
            way=self.way.value,
            progress=self._progress,
            typed=self._typed,
        )
        if self._failure is not None:
            shown = show_fault(self._failure)
            screen = replace(screen, band=Band("ng", shown.title, shown.more), fault=True)
        elif self._loud is not None:
            screen = replace(screen, band=self._loud)
        screen = replace(screen, notice="" if self._loud is not None else self.following.notice())
        self.face.show_screen(screen)

    # Keys and clicks --------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that type no characters; the others are the scanner's."""
        if not acts.key(self, event):
            super().keyPressEvent(event)

    def _clicked(self, what: str) -> None:
        acts.clicked(self, what)

    def _chosen(self, row: int) -> None:
        if row >= 0:
            self.asking.take(row)
        elif self.state().session:
            self.asking.close()


def _overview(ws: Workspace) -> Overview:
    """A server that does not answer is not waited for: the next look may find it."""
    with ws.store.answering(SILENCE):
        return overview(ws)


def _without_taken(found: Overview, answer: Answer) -> Overview:
    """The list loses a parcel the moment it is taken; the database is looked at right after."""
    if answer.outcome not in (Outcome.OK_TAKEN, Outcome.OK_DONE):
        return found
    gone = {effect.parcel for effect in answer.effects}
    kept: tuple[Waiting, ...] = tuple(one for one in found.waiting if one.parcel not in gone)
    return replace(found, waiting=kept)
