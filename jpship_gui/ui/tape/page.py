"""The day's tape: every scan and act of all desks, to be found again, printed, saved."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from jpship_gui.domain.fault import Fault, WorldFault
from jpship_gui.domain.packing.outcomes import Klass
from jpship_gui.flows.pack.tape import Filter, Reel, Tape, TapeLine, newest, written
from jpship_gui.flows.paper import sent
from jpship_gui.flows.paper.kinds import preset_of, print_paper
from jpship_gui.flows.table.detail import load
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text
from jpship_gui.ui import file_dialog, names
from jpship_gui.ui.actions import Handler
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.options.segments import Segments
from jpship_gui.ui.page import Page
from jpship_gui.ui.paper.print_acts import sender
from jpship_gui.ui.paper.printing import Send
from jpship_gui.ui.tape.lines import TapeView
from jpship_gui.ui.widgets import foot_bar
from jpship_gui.ui.widgets.button import Button, IconButton
from jpship_gui.ui.widgets.empty_state import EmptyState
from jpship_gui.ui.widgets.foot_bar import FootBar
from jpship_gui.ui.widgets.inputs import Choice
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.search_field import SearchField
from jpship_gui.ui.widgets.sheet import Hairline, Panel

_CLASSES = ("", "ng", "attention", "complete")
_KINDS_SHOWN = 5  # of NG, the commonest
_AT_ONCE = 1_000  # lines of each journal that are shown before a long day is read
_EMPTY = Tape((), (), (), {}, {}, 0)


class TapePage(Page):
    """Hint: a day, or an order's number to look for."""

    title = "stage.tape"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._day = desk.ws.today()
        self._turn = 0
        self._from = "all"
        self._tape = _EMPTY
        self._reel: Reel | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        column.addWidget(Hairline())
        self.view = TapeView()
        self.view.asked.connect(self._to_order)
        self.empty = EmptyState("barcode", "tape.none", "tape.none.more", primary=False)
        self.nothing = EmptyState("search", "tape.nothing", "", primary=False)
        self.stack = QStackedWidget()
        for one in (self.view, self.empty, self.nothing):
            self.stack.addWidget(one)
        column.addWidget(self.stack, 1)
        foot = FootBar(left=20)
        self.shown = Label(size=14, ink="text2")
        self.file_button = Button("tape.file", icon="file-download")
        self.file_button.clicked.connect(self._ask_file)
        self.print_button = Button("tape.print", kind="primary", size="large", icon="printer")
        self.print_button.clicked.connect(self.print_now)
        foot.row.addWidget(self.shown)
        foot.row.addStretch(1)
        foot.row.addWidget(self.file_button)
        foot.row.addWidget(self.print_button)
        column.addWidget(foot)

    def _head(self) -> QWidget:
        head = Panel("surface")
        column = QVBoxLayout(head)
        column.setContentsMargins(20, 14, 20, 12)
        column.setSpacing(10)
        top = QHBoxLayout()
        top.setSpacing(12)
        back = IconButton("arrow-left", "tape.back", size="small")
        back.clicked.connect(self._leave)
        before = IconButton("chevron-left", "tape.day.before", size="small")
        before.clicked.connect(lambda: self.show_day(self._day - timedelta(days=1)))
        self.after_button = IconButton("chevron-right", "tape.day.after", size="small")
        self.after_button.clicked.connect(lambda: self.show_day(self._day + timedelta(days=1)))
        self.day_label = Label(size=20, bold=True)
        self.today_button = Button("tape.today", size="small")
        self.today_button.clicked.connect(lambda: self.show_day(self.desk.ws.today()))
        for one in (back, before, self.day_label, self.after_button, self.today_button):
            top.addWidget(one)
        top.addStretch(1)
        self.figures = Label(size=16, bold=True)
        self.wrong = Label(size=14, ink="ng")
        top.addWidget(self.figures)
        column.addLayout(top)
        row = QHBoxLayout()
        row.setSpacing(12)
        self.classes = Segments([(one, f"tape.class.{one or 'all'}") for one in _CLASSES], "")
        self.classes.chosen.connect(lambda _: self.refresh())
        self.desks = Choice([("", text("tape.desk.all"))], "", width=180)
        self.desks.currentIndexChanged.connect(lambda _: self.refresh())
        self.people = Choice([("", text("tape.person.all"))], "", width=180)
        self.people.currentIndexChanged.connect(lambda _: self.refresh())
        self.search = SearchField("tape.search")
        self.search.setMinimumWidth(260)
        self.search.searched.connect(lambda _: self.refresh())
        for field in (self.classes, self.desks, self.people):
            row.addWidget(field)
        row.addStretch(1)
        row.addWidget(self.search)
        column.addLayout(row)
        column.addWidget(self.wrong)
        return head

    # Frame ------------------------------------------------------------------------------------------------------

    def acts(self) -> Mapping[str, Handler]:
        """Ctrl+P prints what is shown, Ctrl+F looks for something."""
        return {
            "print_slips": Handler(self.print_now, lambda: bool(self._tape.lines) and self._tape.whole),
            "search": Handler(lambda: self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)),
        }

    def opened(self, hint: object = None) -> None:
        """Today, or the day asked for; with an order's number only its lines."""
        self._reel = None
        self._from = "pack" if self.desk.before == "pack" else "all"
        if isinstance(hint, str) and hint:
            self.search.setText(hint)
        self.show_day(hint if isinstance(hint, date) else self._day)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Read again."""
        self._turn += 1
        ws, turn, day, only = self.desk.ws, self._turn, self._day, self.filter()
        if self._reel is None or self._reel.days != (day, day):
            self._reel = Reel(day, day)
            self._ask(lambda: (turn, newest(ws, day, day, only, _AT_ONCE)))
        reel = self._reel
        self._ask(lambda: (turn, reel.show(ws, only)))

    def _ask(self, question: Callable[[], tuple[int, Tape]]) -> None:
        self.desk.tasks.run(lambda _: question(), done=self._took, failed=self.desk.show_fault, quiet=True)

    def back(self) -> bool:
        """Esc goes back to where it was opened from."""
        self._leave()
        return True

    def foot(self) -> int:
        """The bar with the buttons."""
        return foot_bar.HEIGHT

    def retranslate(self) -> None:
        """Words that carry figures, and the lines, which were made in the language before."""
        if hasattr(self, "print_button"):
            self._choices(self._tape)
            self._tell()
            self.refresh()

    def scenes(self) -> Mapping[str, Callable[[], None]]:
        """NG only."""

        def only_ng() -> None:
            self.classes.set_value("ng")
            self.refresh()

        return {"ng": only_ng}

    # What is shown ----------------------------------------------------------------------------------------------

    def filter(self) -> Filter:
        """As chosen."""
        return Filter(
            str(self.desks.currentData() or ""),
            str(self.people.currentData() or ""),
            self.classes.value(),
            self.search.text().strip(),
        )

    def show_day(self, day: date) -> None:
        """Another day; none that is still to come."""
        self._day = min(day, self.desk.ws.today())
        self.refresh()
        self._tell()

    def _took(self, found: tuple[int, Tape]) -> None:
        turn, tape = found
        if turn != self._turn:
            return
        self._tape = tape
        self.view.lines.show_lines(tape.lines)
        anything = bool(tape.desks)
        self.stack.setCurrentWidget(self.view if tape.lines else self.nothing if anything else self.empty)
        self._choices(tape)
        self._tell()

    def _choices(self, tape: Tape) -> None:
        for field, every, values in (
            (self.desks, "tape.desk.all", tape.desks),
            (self.people, "tape.person.all", tape.people),
        ):
            chosen = str(field.currentData() or "")
            field.set_choices([("", text(every)), *((one, one) for one in values)], chosen)

    def _tell(self) -> None:
        tape, today = self._tape, self.desk.ws.today()
        self.day_label.setText(names.day_words(self._day))
        self.after_button.setEnabled(self._day < today)
        self.today_button.setVisible(self._day != today)
        kinds = list(tape.wrong.items())[:_KINDS_SHOWN]
        self.wrong.setText("　".join(f"{word} {count}" for word, count in kinds))
        self.wrong.setVisible(bool(kinds))
        counts = (
            ("tape.count.parcels", tape.parcels),
            ("tape.count.attention", tape.classes.get(Klass.ATTENTION, 0)),
            ("tape.count.ng", sum(tape.wrong.values())),
        )
        figures = "　".join(f"{text(key)} {count:,}" for key, count in counts)
        self.figures.setText(figures if tape.whole else "")
        shown = "tape.shown" if tape.whole else "tape.shown.newest"
        self.shown.setText(text(shown, count=f"{len(tape.lines):,}"))
        for button in (self.file_button, self.print_button):
            button.setEnabled(bool(tape.lines) and tape.whole)

    # Acts -------------------------------------------------------------------------------------------------------

    def print_now(self) -> None:
        """What is shown, on the printer of the desk's papers."""
        only = self.filter()
        choices = {
            "day": str(self._day),
            "desk": only.desk,
            "person": only.person,
            "class": only.klass,
            "words": only.words,
        }
        ws, send = self.desk.ws, sender()
        self.print_button.setEnabled(False)
        self.desk.tasks.run(lambda _: _print(ws, choices, send), done=self._printed, failed=self._not_printed)

    def _printed(self, pages: int) -> None:
        self._tell()
        self.desk.say(text("tape.printed", pages=pages))

    def _not_printed(self, fault: Fault) -> None:
        self._tell()
        self.desk.show_fault(fault)

    def _ask_file(self) -> None:
        name = text("tape.file.name", day=self._day)
        chosen = file_dialog.ask_new_file(self, text("tape.file"), str(Path.home() / name), "CSV (*.csv)")
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """What is shown, as CSV."""
        lines = self._tape.lines
        done = text("tape.file.done", file=path.name, count=len(lines))
        self.desk.tasks.run(
            lambda _: _write(path, lines), done=lambda _: self.desk.say(done), failed=self.desk.show_fault
        )

    def _to_order(self, key: str) -> None:
        found = load(self.desk.ws, keys=[key])
        if found:
            self.desk.go("all", ("order", found[0].row_id))

    def _leave(self) -> None:
        self.desk.go(self._from)


def _write(path: Path, lines: Sequence[TapeLine]) -> None:
    try:
        path.write_bytes(written(lines))
    except OSError as error:
        raise WorldFault("file_write", file=path.name, reason=error.strerror or "") from error


def _print(ws: Workspace, choices: Mapping[str, str], send: Send) -> int:
    """Pages sent."""
    with tempfile.TemporaryDirectory(dir=ws.places.temporary) as scratch:
        file = Path(scratch) / "tape.pdf"
        made = print_paper(ws, "tape", [], file, choices, to_queue=True)
        pdf = file.read_bytes()
    try:
        job = send(pdf, text("paper.document.tape"), preset_of(ws, "tape"))
    except Fault:
        sent.note_unsent(ws, made.print_id)
        raise
    sent.note_sent(ws, made.print_id, job)
    return made.pages
