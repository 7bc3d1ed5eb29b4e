"""Paper: the coming batch as it will look, printing it, the carriers' files, and what was printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.fault import Fault
from jpship_gui.flows.paper import print_queue
from jpship_gui.flows.paper.hand_to_carrier import ExportResult, export
from jpship_gui.flows.paper.outlook import CarrierOutlook, Outlook
from jpship_gui.flows.paper.take_numbers import TakeResult, preview, take
from jpship_gui.texts import text
from jpship_gui.ui import file_dialog, names
from jpship_gui.ui.actions import Handler, key_cap
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.page import Page
from jpship_gui.ui.paper import printing, results
from jpship_gui.ui.paper.batch_card import BatchCard
from jpship_gui.ui.paper.carrier_cards import CarrierCards
from jpship_gui.ui.paper.contents import (
    GIFT,
    PICK_ORDER,
    PICK_TOTAL,
    SLIP,
    Contents,
    Papers,
    batch_papers,
    contents,
    papers,
    people,
)
from jpship_gui.ui.paper.documents_list import DocumentsList
from jpship_gui.ui.paper.preview_pane import PreviewPane
from jpship_gui.ui.paper.printing import PrintReport, Send
from jpship_gui.ui.paper.record_list import RecordList
from jpship_gui.ui.paper.result_panel import Choice, Result, ResultPanel
from jpship_gui.ui.show import show_fault
from jpship_gui.ui.widgets import foot_bar
from jpship_gui.ui.widgets.banner import Banner
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.foot_bar import FootBar
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.sheet import Panel

_NARROW = 860  # px of the right half below which the record leaves columns out
_CARDS = 3
_FIRST = 60  # slips made for the preview before anybody asks for more
Reprint = Callable[[Send | None, Path | None], PrintReport]  # to a printer, or into this file
_OTHER_FILE = frozenset({"carrier_file_other", "carrier_file_seems"})


class PaperPage(Page):
    """Hints: ("print_slips" | "preview_slips" | "carrier_export", keys) for a selection, ("take_numbers", path),
    "take_numbers" for the file dialog."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._keys: tuple[str, ...] | None = None  # a selection, or all that wait
        self._found: Contents | None = None
        self._batch = 0  # 0 = the coming one
        self._document = SLIP
        self._sheets: dict[str, int] = {}
        self._busy = False
        self._turn = 0
        no_keys: tuple[str, ...] = ("",)
        self._listed = (-1, no_keys, Papers(PICK_TOTAL))  # change number and keys the pick list was made of
        self._loading: object = None  # what the pages shown, or on their way, were made of
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.pane = PreviewPane(desk.tasks)
        row.addWidget(self.pane, 46)
        self.pane.more_asked.connect(self._load_all)
        self.right = QStackedWidget()
        row.addWidget(self.right, 54)
        self.right.addWidget(self._main())
        self.result = ResultPanel()
        self.result.closed.connect(self._close_result)
        self.right.addWidget(self.result)
        desk.counted.connect(lambda _: self._show_banner())

    def _main(self) -> QWidget:
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        ground = Panel("window")
        body = QVBoxLayout(ground)
        body.setContentsMargins(32, 18, 32, 24)
        body.setSpacing(0)
        self._fill(body)
        scroll.setWidget(ground)
        column.addWidget(scroll, 1)
        column.addWidget(self._foot())
        return main

    def _fill(self, body: QVBoxLayout) -> None:
        head = QHBoxLayout()
        head.addWidget(Label("stage.paper", size=20, bold=True))
        head.addStretch(1)
        self.all = Button("paperpage.all_waiting", kind="link", size="small")
        self.all.clicked.connect(self._show_all)
        self.all.hide()
        head.addWidget(self.all)
        body.addLayout(head)
        body.addSpacing(12)
        self._cards = QHBoxLayout()
        self._cards.setSpacing(12)
        self.batches: list[BatchCard] = []
        body.addLayout(self._cards)
        body.addSpacing(14)
        self.banner = Banner("attention", act_key="paperpage.see_held_back")
        self.banner.act.connect(lambda: self.desk.go("check"))
        self.banner.hide()
        body.addWidget(self.banner)
        body.addSpacing(12)
        body.addWidget(Label("paperpage.documents", size=16, bold=True))
        body.addSpacing(8)
        self.documents = DocumentsList()
        self.documents.chosen.connect(self._choose_document)
        self.documents.ticked.connect(lambda *_: self._show_foot())
        self.documents.settings_asked.connect(lambda _: self.desk.go("options", "printers"))
        body.addWidget(self.documents)
        body.addSpacing(18)
        body.addLayout(self._carrier_head())
        body.addSpacing(8)
        self.carriers = CarrierCards()
        self.carriers.export_asked.connect(self.ask_export)
        body.addWidget(self.carriers)
        body.addSpacing(18)
        self._record_title = Label("paperpage.record", size=16, bold=True)
        body.addWidget(self._record_title)
        body.addSpacing(8)
        self.record = RecordList()
        self.record.range_asked.connect(self.print_range)
        self.record.again_asked.connect(self._print_again)
        body.addWidget(self.record)
        body.addStretch(1)

    def _carrier_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(Label("paperpage.carriers", size=16, bold=True))
        row.addStretch(1)
        self.take_button = Button(
            "act.take_numbers", icon="file-import", size="small", cap=key_cap("take_numbers")
        )
        self.take_button.clicked.connect(self.ask_numbers)
        row.addWidget(self.take_button)
        return row

    def _foot(self) -> QWidget:
        foot = FootBar(left=22, spacing=10)
        row = foot.row
        self.ruler = Button("paperpage.test", kind="quiet", icon="ruler-2")
        self.pdf = Button("paperpage.as_pdf", kind="quiet", icon="file-download")
        self._summary = Label(ink="text2")
        self.print = Button(kind="primary", size="large", icon="printer", cap=key_cap("print_slips"))
        self.ruler.clicked.connect(self.print_ruler)
        self.pdf.clicked.connect(self.ask_folder)
        self.print.clicked.connect(self.print_now)
        row.addWidget(self.ruler)
        row.addWidget(self.pdf)
        row.addStretch(1)
        row.addWidget(self._summary)
        row.addSpacing(8)
        row.addWidget(self.print)
        return foot

    # Frame ------------------------------------------------------------------------------------------------------

    def acts(self) -> Mapping[str, Handler]:
        """Ctrl+P prints what is ticked; Ctrl+E writes the file of the one carrier that waits."""
        return {
            "print_slips": Handler(self.print_now, self._may_print),
            "carrier_export": Handler(self._export_only, lambda: len(self._exportable()) == 1),
            "take_numbers": Handler(self.ask_numbers, lambda: not self._busy),
        }

    def opened(self, hint: object = None) -> None:
        """Without a hint the page stays at what it showed."""
        if isinstance(hint, tuple) and hint[0] == "take_numbers":
            self.read_numbers(Path(hint[1]))
        elif isinstance(hint, tuple):
            self._keys = tuple(hint[1]) or None
            self._batch = 0
            self._close_result()
            self.refresh()
        elif hint == "take_numbers":
            self.ask_numbers()
        elif self._found is None:
            self.refresh()

    def refresh(self) -> None:
        """Count anew, and make the shown document anew."""
        ws, keys = self.desk.ws, self._keys
        self._turn += 1
        turn = self._turn
        self.desk.tasks.run(
            lambda _: (turn, contents(ws, keys)), done=self._show, failed=self._show_all_after, quiet=True
        )

    def back(self) -> bool:
        """Esc closes a result, then leaves a selection."""
        if self.right.currentWidget() is self.result:
            self._close_result()
            return True
        if self._keys is not None:
            self._show_all()
            return True
        return False

    def foot(self) -> int:
        """The bar with the buttons."""
        return foot_bar.HEIGHT

    def take_files(self, paths: list[Path]) -> bool:
        """One file dropped here is issued data, if it is any."""
        if len(paths) != 1 or self._busy:
            return False
        self.read_numbers(paths[0])
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The record leaves columns out where there is no room."""
        super().resizeEvent(event)
        narrow = self.width() * 0.54 < _NARROW
        self.record.set_narrow(narrow)
        self._summary.setVisible(not narrow)

    def retranslate(self) -> None:
        """Words that carry figures."""
        if self._found is not None:
            self._show_cards(self._found)
            self._show_foot()
            self._show_banner()

    # Showing ----------------------------------------------------------------------------------------------------

    def _show(self, answer: tuple[int, Contents]) -> None:
        turn, found = answer
        if turn != self._turn:
            return
        self._found = found
        self.all.setVisible(self._keys is not None)
        self._sheets = {
            SLIP: len(found.outlook.priced),
            GIFT: len(found.outlook.gifts),
            PICK_TOTAL: 1 if found.outlook.keys else 0,
            PICK_ORDER: (len(found.outlook.keys) + 3) // 4,
        }
        if self._batch and self._batch not in [made.batch for made in found.batches]:
            self._batch = 0
        self._show_cards(found)
        self._show_documents()
        self.carriers.show_carriers(found.outlook.carriers)
        newest = found.batches[0] if found.batches else None
        chosen = next((made for made in found.batches if made.batch == self._batch), newest)
        batch, last = (chosen.batch or 0, chosen.last or 0) if chosen else (0, 0)
        self.record.show_record(found.record, batch, last, self.desk.ws.today())
        self._record_title.setVisible(bool(found.record))
        self._show_banner()
        self._show_foot()
        self._load()
        self._count_list(found)

    def _count_list(self, found: Contents) -> None:
        """How many sheets the pick list takes is known only once it is made."""
        ws, outlook, turn = self.desk.ws, found.outlook, self._turn
        if self._listed[0] == found.change and self._listed[1] == outlook.keys:
            self._note_sheets(self._listed[2])
        elif self._document != PICK_TOTAL or self._batch:
            self.desk.tasks.run(
                lambda _: (turn, papers(ws, outlook, PICK_TOTAL)), done=self._counted_list, quiet=True
            )

    def _counted_list(self, answer: tuple[int, Papers]) -> None:
        turn, made = answer
        if turn == self._turn and self._found is not None:
            self._listed = (self._found.change, self._found.outlook.keys, made)
            self._note_sheets(made)

    def _note_sheets(self, made: Papers) -> None:
        if made.pages:
            self._sheets[made.document] = len(made.pages)
            self._show_documents()
            self._show_foot()

    def _show_all_after(self, fault: Fault) -> None:
        """A selection that is gone."""
        self.desk.show_fault(fault)
        if self._keys is not None:
            self._show_all()

    def _show_cards(self, found: Contents) -> None:
        wanted = [0, *(made.batch or 0 for made in found.batches)]
        if [card.number for card in self.batches] != wanted or not self.batches:
            while (item := self._cards.takeAt(0)) is not None:
                widget = item.widget()
                if widget is not None:
                    widget.hide()
                    widget.deleteLater()
            self.batches = []
            for number in wanted:
                card = BatchCard(number, number or found.next_batch)
                card.chosen.connect(self._choose_batch)
                self.batches.append(card)
                self._cards.addWidget(card, 1)
            self._cards.addStretch(_CARDS - len(wanted))
        state = "chosen" if self._keys is not None else "coming"
        self.batches[0].show_state(len(found.outlook.keys), state)
        today = self.desk.ws.today()
        for card, made in zip(self.batches[1:], found.batches, strict=True):
            word = "sent" if made.printer else "made"
            card.show_state(made.last or 0, word, names.moment_words(made.at, today))
        for card in self.batches:
            card.set_on(card.number == self._batch)

    def _show_documents(self) -> None:
        assert self._found is not None
        presets = self._found.presets
        slip, lists = presets["slip"], presets["picklist_total"]
        printers = {
            SLIP: (slip.printer, slip.tray),
            GIFT: (slip.printer, slip.tray),
            PICK_TOTAL: (lists.printer, lists.tray),
            PICK_ORDER: (lists.printer, lists.tray),
        }
        self.documents.show_sheets(self._sheets, printers)
        self.documents.set_current(self._document if self._batch == 0 else "")

    def _show_banner(self) -> None:
        """What is not in the batch: refused ones of a selection, else all that wait for a person."""
        if self._found is None:
            return
        count = len(self._found.outlook.refused)
        if self._keys is None:
            count = self.desk.counters.get("attention", 0)
        self.banner.setVisible(count > 0 and self._batch == 0)
        self.banner.say("paperpage.held_back", count=count)

    def _show_foot(self) -> None:
        found = self._found
        if found is None:
            return
        wanted = self.documents.wanted()
        sheets = sum(self._sheets.get(document, 0) for document in wanted)
        self._summary.say("paperpage.summary", count=sheets)
        self.print.say("paperpage.print", number=found.next_batch)
        self.print.setEnabled(self._may_print())
        self.pdf.setEnabled(self._may_print())
        self.desk.actions.refresh()

    def _load_all(self) -> None:
        """The person came to the last page made."""
        self._load(0)

    def _load(self, most: int | None = None) -> None:
        """Make the pages of what is chosen; where a person looks at later ones, all of them."""
        if most is None:
            most = _FIRST if self.pane.page < _FIRST else 0
        found = self._found
        if found is None:
            return
        ws, batch, document = self.desk.ws, self._batch, self._document
        if batch == 0 and document in (SLIP, GIFT) and not self._sheets[document]:
            other = GIFT if document == SLIP else SLIP
            self._document = document = other if self._sheets[other] else document
            self._show_documents()
        outlook = found.outlook
        wanted = (found.change, self._keys, batch, document, most)
        if wanted == self._loading:
            return  # these very pages are shown or on their way
        self._loading = wanted
        self.desk.tasks.run(
            lambda _: (wanted, batch_papers(ws, batch) if batch else papers(ws, outlook, document, most)),
            done=self._loaded,
            failed=self._not_loaded,
            name="paperpage.loading",
        )

    def _loaded(self, answer: tuple[object, Papers]) -> None:
        wanted, made = answer
        if wanted != self._loading:
            return
        page = self.pane.page
        same = made.pdf == self.pane.shown()
        if not (same and made.pages):
            self.pane.show_papers(made)
            if 1 < page <= self.pane.pages():
                self.pane.go(page)
        if self._batch == 0 and made.document in (PICK_TOTAL, PICK_ORDER):
            self._note_sheets(made)

    def _not_loaded(self, fault: Fault) -> None:
        self._loading = None
        self.pane.show_papers(Papers(self._document))
        self.desk.show_fault(fault)

    def _choose_batch(self, number: int) -> None:
        self._batch = number
        if self._found is not None:
            self._turn += 1
            self._show((self._turn, self._found))

    def _choose_document(self, document: str) -> None:
        self._batch, self._document = 0, document
        self._choose_batch(0)

    def _show_all(self) -> None:
        self._keys = None
        self.refresh()

    def _close_result(self) -> None:
        self.right.setCurrentIndex(0)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self, make: Callable[[], Result]) -> None:
        self.result.show_result(make)
        self.right.setCurrentWidget(self.result)
        self.result.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell_of(self, keys: tuple[str, ...], make: Callable[[results.People], Result]) -> None:
        """A result that names shipments by their order and recipient."""
        ws = self.desk.ws
        self.desk.tasks.run(
            lambda _: people(ws, keys), done=lambda found: self._tell(lambda: make(found)), quiet=True
        )

    # Printing ---------------------------------------------------------------------------------------------------

    def _may_print(self) -> bool:
        return self._found is not None and not self._busy and bool(self.documents.wanted())

    def print_now(self) -> None:
        """Make the ticked documents and send them to their printers."""
        self._print(_sender(), None)

    def ask_folder(self) -> None:
        """The same as PDF files in a folder."""
        folder = self._folder()
        if folder is not None:
            self.print_to(folder)

    def _folder(self) -> Path | None:
        start = self.desk.ws.options.get("export.folder") or str(Path.home())
        folder = file_dialog.ask_folder(self, text("paperpage.as_pdf"), start)
        if not folder:
            return None
        self.desk.ws.options.set("export.folder", folder)
        return Path(folder)

    def print_to(self, folder: Path) -> None:
        """Lay the ticked documents into this folder."""
        self._print(None, folder)

    def _print(self, send: Send | None, folder: Path | None, glyphs_seen: bool = False) -> None:
        if self._may_print() and self._found is not None:
            self._make(self._found.outlook, self.documents.wanted(), send, folder, glyphs_seen)

    def _make(
        self,
        outlook: Outlook,
        wanted: frozenset[str],
        send: Send | None,
        folder: Path | None,
        glyphs_seen: bool,
    ) -> None:
        ws = self.desk.ws

        def done(report: PrintReport) -> None:
            left = self._unsent_choices(outlook.keys, report.left_of(wanted), glyphs_seen)
            self._printed(report, left or self._print_choices(report))

        self._set_busy(True)
        self.desk.tasks.run(
            lambda progress: printing.print_batch(ws, outlook, wanted, send, folder, progress, glyphs_seen),
            done=done,
            failed=self._not_printed,
            cancelled=lambda: self._set_busy(False),
            name="paperpage.printing",
        )

    def _printed(self, report: PrintReport, choices: tuple[Choice, ...]) -> None:
        self._set_busy(False)
        self._keys = None
        self._batch = report.batch
        if report.smooth:
            self.desk.say(results.printed_words(report))
        else:
            self._tell_of(_keys_in(report), lambda people: results.print_result(report, people, choices))
        self.desk.tell_changed()

    def _unsent_choices(
        self, keys: tuple[str, ...], left: frozenset[str], glyphs_seen: bool
    ) -> tuple[Choice, ...]:
        """What no printer took may be sent anew or laid into a folder; other documents stay as they are."""
        if not left:
            return ()
        ws = self.desk.ws

        def once_more(send: Send | None, folder: Path | None) -> None:
            self._close_result()
            self.desk.tasks.run(
                lambda _: contents(ws, keys),
                done=lambda found: self._make(found.outlook, left, send, folder, glyphs_seen),
                failed=self.desk.show_fault,
                quiet=True,
            )

        return self._ways_out(once_more, self._folder)

    def _ways_out(
        self, once_more: Callable[[Send | None, Path | None], None], ask: Callable[[], Path | None]
    ) -> tuple[Choice, ...]:
        def as_pdf(_: frozenset[str]) -> None:
            place = ask()
            if place is not None:
                once_more(None, place)

        return (
            Choice(text("paperpage.as_pdf"), as_pdf, "file-download"),
            Choice(text("paperpage.send_again"), lambda _: once_more(_sender(), None), "refresh"),
        )

    def _print_choices(self, report: PrintReport) -> tuple[Choice, ...]:
        glyphs = [key for key, why in report.refused.items() if any(p.code == "glyph_missing" for p in why)]
        if not glyphs:
            return ()

        def go_on(_: frozenset[str]) -> None:
            self._keys = tuple(glyphs)
            self._close_result()
            ws = self.desk.ws
            self.desk.tasks.run(lambda _: contents(ws, tuple(glyphs)), done=self._print_with_geta, quiet=True)

        return (Choice(text("paperpage.print_geta", count=len(glyphs)), go_on, "printer"),)

    def _print_with_geta(self, found: Contents) -> None:
        self._found = found
        self._print(_sender(), None, glyphs_seen=True)

    def _not_printed(self, fault: Fault) -> None:
        self._set_busy(False)
        refused = getattr(fault, "refused", {})
        if not refused:
            self.desk.show_fault(fault)
            return
        report = PrintReport(0, (), (), refused)
        choices = self._print_choices(report)
        self._tell_of(_keys_in(report), lambda people: results.print_result(report, people, choices))

    def print_range(self, batch: int, first: int, last: int) -> None:
        """After a paper jam."""
        ws = self.desk.ws
        self._run_again(
            lambda send, out: printing.print_range(ws, batch, first, last, send, out), _sender(), None
        )

    def _print_again(self, line: int) -> None:
        if self._found is None or line >= len(self._found.record):
            return
        ws, made = self.desk.ws, self._found.record[line]
        self._run_again(lambda send, out: printing.print_again(ws, made, send, out), _sender(), None)

    def _run_again(self, work: Reprint, send: Send | None, out: Path | None) -> None:
        self.desk.tasks.run(
            lambda _: work(send, out),
            done=lambda report: self._reprinted(report, work),
            failed=self.desk.show_fault,
            name="paperpage.printing",
        )

    def _ask_pdf(self) -> Path | None:
        folder = self.desk.ws.options.get("export.folder") or str(Path.home())
        start = str(Path(folder) / f"{text('paper.document.slip')}.pdf")
        name = file_dialog.ask_new_file(self, text("paperpage.as_pdf"), start, "PDF (*.pdf)")
        return Path(name) if name else None

    def _reprinted(self, report: PrintReport, work: Reprint) -> None:
        if report.smooth:
            self.desk.say(results.printed_words(report))
        else:
            choices: tuple[Choice, ...] = ()
            if report.unsent is not None:
                choices = self._ways_out(
                    lambda send, out: self._again_from_result(work, send, out), self._ask_pdf
                )
            self._tell_of(_keys_in(report), lambda people: results.print_result(report, people, choices))
        self.desk.tell_changed()

    def _again_from_result(self, work: Reprint, send: Send | None, out: Path | None) -> None:
        self._close_result()
        self._run_again(work, send, out)

    def print_ruler(self) -> None:
        """A sheet with rulers, to see whether the printer scales."""
        if self._found is None:
            return
        from jpship_gui.ui.paper.ruler_sheet import ruler_sheet

        chosen, send = self._found.presets["slip"], _sender()
        pdf = ruler_sheet(chosen)
        self.desk.tasks.run(
            lambda _: send(pdf, f"jpship {text('paperpage.test')}", chosen),
            done=lambda printer: self.desk.say(text("paperpage.test.sent", printer=printer)),
            failed=self.desk.show_fault,
            quiet=True,
        )

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._show_foot()

    # Carriers ---------------------------------------------------------------------------------------------------

    def _exportable(self) -> list[CarrierOutlook]:
        if self._found is None or self._busy:
            return []
        return [c for c in self._found.outlook.carriers if c.able and c.count]

    def _export_only(self) -> None:
        only = self._exportable()[0]
        self.ask_export(only.carrier, only.tool_id)

    def ask_export(self, carrier: str, tool: str = "") -> None:
        """Where to write the file for a carrier's tool."""
        folder = self.desk.ws.options.get("export.folder") or str(self.desk.ws.places.carrier_files)
        stamp = f"{to_jst(self.desk.ws.now()):%Y%m%d-%H%M}"
        several = sum(c.carrier == carrier for c in self._exportable()) > 1
        stem = f"{carrier}-{tool}" if several else carrier
        start = str(Path(folder) / f"{stem}-{stamp}.csv")
        name = file_dialog.ask_new_file(self, text("act.carrier_export"), start, "CSV (*.csv)")
        if name:
            self.desk.ws.options.set("export.folder", str(Path(name).parent))
            self.export_to(carrier, Path(name), tool=tool)

    def export_to(
        self,
        carrier: str,
        out: Path,
        agreed: bool = False,
        keys: Sequence[str] | None = None,
        tool: str = "",
    ) -> None:
        """Write it; `agreed` = a person saw what would be changed. Of the ticked orders those of this tool."""
        ws, chosen = self.desk.ws, keys if keys is not None else self._keys
        if keys is None and self._keys is not None and self._found is not None and tool:
            cards = self._found.outlook.carriers
            chosen = [k for c in cards if (c.carrier, c.tool_id) == (carrier, tool) for k in c.keys]
        self._set_busy(True)
        self.desk.tasks.run(
            lambda _: export(ws, carrier, chosen, out, tool=tool, agreed=agreed),
            done=lambda done: self._exported(done, out, tool),
            failed=lambda fault: self._not_exported(fault, carrier, out, tool),
            name="paperpage.exporting",
        )

    def _exported(self, done: ExportResult, out: Path, tool: str) -> None:
        self._set_busy(False)
        choices = self._agree(done.refused, done.carrier, out.with_stem(f"{out.stem}-2"), tool)
        keys = (*done.refused, *done.notes, *done.again)
        self._tell_of(keys, lambda people: results.export_result(done, people, choices))
        self.desk.tell_changed()

    def _not_exported(self, fault: Fault, carrier: str, out: Path, tool: str) -> None:
        self._set_busy(False)
        refused = getattr(fault, "refused", {})
        if not refused:
            self.desk.show_fault(fault)
            return
        choices = self._agree(refused, carrier, out, tool)
        title = text("act.carrier_export")
        self._tell_of(
            tuple(refused),
            lambda people: results.refused_result(title, show_fault(fault).title, refused, people, choices),
        )

    def _agree(self, refused: results.Problems, carrier: str, out: Path, tool: str) -> tuple[Choice, ...]:
        """Proposals a person has now seen may be taken over."""
        keys = [key for key, why in refused.items() if all(p.code.endswith("_proposal") for p in why)]
        if not keys:
            return ()

        def go_on(_: frozenset[str]) -> None:
            self.export_to(carrier, out, agreed=True, keys=keys, tool=tool)

        return (Choice(text("paperpage.agree", count=len(keys)), go_on, "check"),)

    def ask_numbers(self) -> None:
        """The carrier's issued data, by the file dialog."""
        start = self.desk.ws.options.get("import.folder") or str(Path.home())
        kinds = f"{text('paperpage.issued_data')} (*.csv *.txt *.xlsx)"
        name = file_dialog.ask_file(self, text("act.take_numbers"), start, kinds)
        if name:
            self.desk.ws.options.set("import.folder", str(Path(name).parent))
            self.read_numbers(Path(name))

    def read_numbers(self, path: Path) -> None:
        """Show what a file of issued data would give."""
        ws = self.desk.ws
        self._set_busy(True)
        self.desk.tasks.run(
            lambda _: preview(ws, "", path),
            done=lambda found: self._numbers_read(found, path),
            failed=lambda fault: self._numbers_not_read(fault, path),
            name="paperpage.reading",
        )

    def _numbers_read(self, found: TakeResult, path: Path) -> None:
        self._set_busy(False)
        count = len(found.matched)
        choices: tuple[Choice, ...] = ()
        if found.matched or found.conflicts or found.repairs or found.contested:
            words = text("paperpage.take", count=count)
            choices = (Choice(words, lambda ticked: self.take_numbers(found, path, ticked), "file-import"),)
        self._tell(lambda: results.take_result(found, False, choices))

    def _numbers_not_read(self, fault: Fault, path: Path) -> None:
        self._set_busy(False)
        if fault.code in _OTHER_FILE:
            self.desk.go("intake", [path])  # an order file most likely; that page says what it is
        else:
            self.desk.show_fault(fault)

    def take_numbers(self, found: TakeResult, path: Path, ticked: frozenset[str]) -> None:
        """Store what was shown; repairs and replacements only where they were ticked."""
        ws = self.desk.ws
        replace = [one.key for one in found.conflicts] if results.REPLACE in ticked else []
        repairs = results.REPAIRS in ticked
        self._set_busy(True)
        self.desk.tasks.run(
            lambda _: take(
                ws, found.carrier, path, accept_repairs=repairs, accept_positions=True, replace=replace
            ),
            done=self._numbers_taken,
            failed=self._numbers_refused,
            name="paperpage.taking",
        )

    def _numbers_taken(self, found: TakeResult) -> None:
        self._set_busy(False)
        choices = (Choice(text("paperpage.to_pack"), lambda _: self.desk.go("pack"), "barcode"),)
        self._tell(lambda: results.take_result(found, True, choices))
        self.desk.tell_changed()

    def _numbers_refused(self, fault: Fault) -> None:
        self._set_busy(False)
        self.desk.show_fault(fault)


def _keys_in(report: PrintReport) -> tuple[str, ...]:
    return (*report.refused, *report.notices, *report.again)


def _sender() -> Send:
    """The system's queue where there is one, else Qt's own printing."""
    if print_queue.available():
        return printing.queue_send
    from jpship_gui.ui.paper import qt_printing

    return qt_printing.send
