"""Printing: a batch, a range after a paper jam, a paper of the record once more, and what the queue says of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from jpship_gui.domain.fault import Fault
from jpship_gui.flows.paper import print_queue, sent
from jpship_gui.flows.paper.presets import Preset
from jpship_gui.texts import text
from jpship_gui.ui import file_dialog
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.paper import printing, results
from jpship_gui.ui.paper.contents import Contents, Printed, contents
from jpship_gui.ui.paper.printing import PrintReport, Send
from jpship_gui.ui.paper.result_panel import Choice
from jpship_gui.ui.paper.right_half import RightHalf

Answers = Mapping[str, Mapping[str, str]]  # by document, what was chosen for this print alone
Reprint = Callable[[Send | None, Path | None], PrintReport]  # to a printer, or into this file
_FOLLOW_MS = 4_000  # between two questions to the queue while a job of ours is open


def sender() -> Send:
    """The system's queue where there is one, else Qt's own printing."""
    if print_queue.available():
        return printing.queue_send
    from jpship_gui.ui.paper import qt_printing

    return qt_printing.send


class PrintActs(QObject):
    """Works for a page: `printed` (batch number, 0 = none) once a batch was made, `went` (documents) what of it went
    out, `news` once a job came to an end."""

    printed = Signal(int)
    went = Signal(object)
    news = Signal()

    def __init__(self, desk: Desk, half: RightHalf, page: QWidget) -> None:
        super().__init__(page)
        self.desk = desk
        self._half = half
        self._page = page
        self._asking = False
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_FOLLOW_MS)
        self._again.timeout.connect(self.follow)

    # A batch ----------------------------------------------------------------------------------------------------

    def ask_folder(self) -> Path | None:
        """Where PDF files are to be laid."""
        start = self.desk.ws.options.get("export.folder") or str(Path.home())
        folder = file_dialog.ask_folder(self._page, text("paperpage.as_pdf"), start)
        if not folder:
            return None
        self.desk.ws.options.set("export.folder", folder)
        return Path(folder)

    def make(
        self,
        found: Contents,
        wanted: frozenset[str],
        send: Send | None,
        folder: Path | None,
        answers: Answers,
        glyphs_seen: bool = False,
    ) -> None:
        """Make these documents and pass them on."""
        ws = self.desk.ws

        def done(report: PrintReport) -> None:
            unsent = report.left_of(wanted)
            self.went.emit(wanted - unsent)
            left = self._unsent_choices(found, unsent, answers, glyphs_seen)
            self._made(report, left or self._glyph_choices(report, wanted, answers))

        self._half.set_busy(True)
        self.desk.tasks.run(
            lambda progress: printing.print_batch(
                ws, found, wanted, send, folder, progress, glyphs_seen, answers
            ),
            done=done,
            failed=lambda fault: self._not_made(fault, wanted, answers),
            cancelled=lambda: self._half.set_busy(False),
            name="paperpage.printing",
        )

    def _made(self, report: PrintReport, choices: tuple[Choice, ...]) -> None:
        self._half.set_busy(False)
        self.printed.emit(report.batch)
        if report.smooth:
            self.desk.say(results.printed_words(report))
        else:
            self._half.tell_of(_keys_in(report), lambda people: results.print_result(report, people, choices))
        self.desk.tell_changed()
        self.follow()

    def _not_made(self, fault: Fault, wanted: frozenset[str], answers: Answers) -> None:
        self._half.set_busy(False)
        refused = getattr(fault, "refused", {})
        if not refused:
            self.desk.show_fault(fault)
            return
        report = PrintReport(0, (), (), refused)
        choices = self._glyph_choices(report, wanted, answers)
        self._half.tell_of(_keys_in(report), lambda people: results.print_result(report, people, choices))

    def _unsent_choices(
        self, found: Contents, left: frozenset[str], answers: Answers, glyphs_seen: bool
    ) -> tuple[Choice, ...]:
        """What no printer took may be sent anew or laid into a folder; other documents stay as they are."""
        if not left:
            return ()

        def once_more(send: Send | None, folder: Path | None) -> None:
            self._half.close_result()
            if found.batch:
                self.make(found, left, send, folder, answers, glyphs_seen)
            else:
                self._make_of(found.outlook.keys, left, send, folder, answers, glyphs_seen)

        return self._ways_out(once_more, self.ask_folder)

    def _make_of(
        self,
        keys: tuple[str, ...],
        wanted: frozenset[str],
        send: Send | None,
        folder: Path | None,
        answers: Answers,
        glyphs_seen: bool,
    ) -> None:
        ws = self.desk.ws
        self.desk.tasks.run(
            lambda _: contents(ws, keys),
            done=lambda found: self.make(found, wanted, send, folder, answers, glyphs_seen),
            failed=self.desk.show_fault,
            quiet=True,
        )

    def _ways_out(
        self, once_more: Callable[[Send | None, Path | None], None], ask: Callable[[], Path | None]
    ) -> tuple[Choice, ...]:
        def as_pdf(_: frozenset[str]) -> None:
            place = ask()
            if place is not None:
                once_more(None, place)

        return (
            Choice(text("paperpage.as_pdf"), as_pdf, "file-download"),
            Choice(text("paperpage.send_again"), lambda _: once_more(sender(), None), "refresh"),
        )

    def _glyph_choices(
        self, report: PrintReport, wanted: frozenset[str], answers: Answers
    ) -> tuple[Choice, ...]:
        glyphs = tuple(
            key for key, why in report.refused.items() if any(p.code == "glyph_missing" for p in why)
        )
        if not glyphs:
            return ()

        def go_on(_: frozenset[str]) -> None:
            self._half.close_result()
            self._make_of(glyphs, wanted, sender(), None, answers, glyphs_seen=True)

        return (Choice(text("paperpage.print_geta", count=len(glyphs)), go_on, "printer"),)

    # Once more --------------------------------------------------------------------------------------------------

    def print_range(self, batch: int, first: int, last: int) -> None:
        """After a paper jam."""
        ws = self.desk.ws
        self._run_again(lambda send, out: printing.print_range(ws, batch, first, last, send, out))

    def print_pages(self, line: Printed, pages: tuple[int, int] | None = None) -> None:
        """A paper of the record, or some of its pages."""
        ws = self.desk.ws
        self._run_again(lambda send, out: printing.print_again(ws, line, send, out, pages))

    def _run_again(self, work: Reprint, out: Path | None = None) -> None:
        send = None if out is not None else sender()
        self.desk.tasks.run(
            lambda _: work(send, out),
            done=lambda report: self._reprinted(report, work),
            failed=self.desk.show_fault,
            name="paperpage.printing",
        )

    def _reprinted(self, report: PrintReport, work: Reprint) -> None:
        if report.smooth:
            self.desk.say(results.printed_words(report))
        else:
            choices: tuple[Choice, ...] = ()
            if report.unsent is not None:
                choices = self._ways_out(lambda _, out: self._from_result(work, out), self._ask_pdf)
            self._half.tell_of(_keys_in(report), lambda people: results.print_result(report, people, choices))
        self.desk.tell_changed()
        self.follow()

    def _from_result(self, work: Reprint, out: Path | None) -> None:
        self._half.close_result()
        self._run_again(work, out)

    def _ask_pdf(self) -> Path | None:
        folder = self.desk.ws.options.get("export.folder") or str(Path.home())
        start = str(Path(folder) / f"{text('paper.document.slip')}.pdf")
        name = file_dialog.ask_new_file(self._page, text("paperpage.as_pdf"), start, "PDF (*.pdf)")
        return Path(name) if name else None

    def print_ruler(self, chosen: Preset) -> None:
        """A sheet with rulers, to see whether the printer scales."""
        from jpship_gui.ui.paper.ruler_sheet import ruler_sheet

        pdf, send = ruler_sheet(chosen), sender()
        self.desk.tasks.run(
            lambda _: send(pdf, f"jpship {text('paperpage.test')}", chosen),
            done=lambda job: self.desk.say(text("paperpage.test.sent", printer=job.printer)),
            failed=self.desk.show_fault,
            quiet=True,
        )

    # The queue --------------------------------------------------------------------------------------------------

    def follow(self) -> None:
        """Ask the queue what became of our jobs, and again as long as one is open."""
        if self._asking or not print_queue.available():
            return
        self._asking = True
        ws = self.desk.ws
        self.desk.tasks.run(
            lambda _: (sent.follow(ws), sent.waiting_jobs(ws)),
            done=self._followed,
            failed=self._not_followed,
            lane="net:printing",
            quiet=True,
        )

    def _followed(self, answer: tuple[tuple[sent.News, ...], bool]) -> None:
        self._asking = False
        found, open_jobs = answer
        if open_jobs:
            self._again.start()
        if not found:
            return
        back = tuple(key for one in found for key in one.back)
        lost = [one for one in found if one.state in sent.LOST]
        if lost:
            words = results.lost_words(lost[0], len(back))
            self._half.tell_of(back, lambda people: results.lost_result(lost, words, people))
        self.news.emit()
        if back:
            self.desk.tell_changed()

    def _not_followed(self, fault: Fault) -> None:
        """The queue cannot be asked now; the next print asks again."""
        self._asking = False


def _keys_in(report: PrintReport) -> tuple[str, ...]:
    return (*report.refused, *report.notices, *report.again)
