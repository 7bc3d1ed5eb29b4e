"""Paper: the coming batch as it will look, printing it, the carriers' files, and what was printed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from jpship_gui.domain.fault import Fault
from jpship_gui.flows.paper.kinds import kinds
from jpship_gui.flows.paper.outlook import CarrierOutlook
from jpship_gui.ui import names
from jpship_gui.ui.actions import Handler, key_cap
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.page import Page
from jpship_gui.ui.paper.answers import Answers
from jpship_gui.ui.paper.batch_card import BatchCard
from jpship_gui.ui.paper.carrier_acts import CarrierActs
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
    printer_settings,
)
from jpship_gui.ui.paper.documents_list import Amount, DocumentsList
from jpship_gui.ui.paper.preview_pane import PreviewPane
from jpship_gui.ui.paper.print_acts import PrintActs, sender
from jpship_gui.ui.paper.printing import Send
from jpship_gui.ui.paper.record_list import RecordList
from jpship_gui.ui.paper.right_half import RightHalf
from jpship_gui.ui.widgets import foot_bar
from jpship_gui.ui.widgets.banner import Banner
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.foot_bar import FootBar
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.sheet import Panel

_NARROW = 860  # px of the right half below which the record leaves columns out
_CARDS = 3
_FIRST = 60  # slips made for the preview before anybody asks for more


class PaperPage(Page):
    """Hints: ("print_slips" | "preview_slips" | "carrier_export", keys) for a selection, ("take_numbers", path),
    "take_numbers" for the file dialog."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._keys: tuple[str, ...] | None = None  # a selection, or all that wait
        self._found: Contents | None = None
        self._batch = 0  # 0 = the coming one
        self._document = SLIP
        self._amounts: dict[str, Amount] = {}
        self._answers = Answers()
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
        self.pane.shops_asked.connect(lambda: self.desk.go("options", "shops"))
        self.right = RightHalf(desk)
        self.right.busy_changed.connect(self._show_foot)
        self.right.closed.connect(lambda: self.setFocus(Qt.FocusReason.OtherFocusReason))
        row.addWidget(self.right, 54)
        self.prints = PrintActs(desk, self.right, self)
        self.prints.printed.connect(self._printed)
        self.prints.went.connect(self._answers.forget)
        self.prints.news.connect(self.refresh)
        self.carrier_acts = CarrierActs(
            *(desk, self.right, lambda: self._keys),
            lambda: self._found.outlook.carriers if self._found else (),
            self,
        )
        self.right.set_acts(self._main())
        desk.counted.connect(lambda _: self._show_banner())

    def _main(self) -> QWidget:
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        scroll = self._scroll = QScrollArea()
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
        self.again = Banner("attention")
        self.again.hide()
        body.addWidget(self.again)
        body.addSpacing(12)
        titles = QHBoxLayout()
        titles.addWidget(Label("paperpage.documents", size=16, bold=True))
        titles.addStretch(1)
        self.layouts_button = Button("layouts.open", kind="link", size="small", icon="file-description")
        self.layouts_button.clicked.connect(lambda: self.desk.go("layouts", self._document))
        titles.addWidget(self.layouts_button)
        body.addLayout(titles)
        body.addSpacing(8)
        self.documents = DocumentsList()
        self.documents.chosen.connect(self._choose_document)
        self.documents.ticked.connect(self._ticked)
        self.documents.settings_asked.connect(
            lambda document: self.desk.go("options", ("printers", printer_settings(document)))
        )
        self.documents.asks.answered.connect(self._answered)
        self.documents.asks.opened.connect(
            lambda: self._scroll.ensureWidgetVisible(self.documents.asks, 0, 12)
        )
        body.addWidget(self.documents)
        body.addSpacing(18)
        body.addLayout(self._carrier_head())
        body.addSpacing(8)
        self.carriers = CarrierCards()
        self.carriers.export_asked.connect(self.carrier_acts.ask_export)
        body.addWidget(self.carriers)
        body.addSpacing(18)
        self._record_title = Label("paperpage.record", size=16, bold=True)
        body.addWidget(self._record_title)
        body.addSpacing(8)
        self.record = RecordList()
        self.record.range_asked.connect(self.prints.print_range)
        self.record.pages_asked.connect(self._print_pages)
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
        self.take_button.clicked.connect(self.carrier_acts.ask_numbers)
        row.addWidget(self.take_button)
        return row

    def _foot(self) -> QWidget:
        foot = FootBar(left=22, spacing=10)
        row = foot.row
        self.ruler = Button("paperpage.test", kind="quiet", icon="ruler-2")
        self.pdf = Button("paperpage.as_pdf", kind="quiet", icon="file-download")
        self._summary = Label(ink="text2")
        self.print = Button(kind="primary", size="large", icon="printer", cap=key_cap("print_slips"))
        self.ruler.clicked.connect(self._ruler)
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
            "take_numbers": Handler(self.carrier_acts.ask_numbers, lambda: not self.right.busy),
        }

    def opened(self, hint: object = None) -> None:
        """Without a hint the page stays at what it showed."""
        if isinstance(hint, tuple) and hint[0] == "take_numbers":
            self.carrier_acts.read_numbers(Path(hint[1]))
        elif isinstance(hint, tuple):
            self._keys = tuple(hint[1]) or None
            self._batch = 0
            self.right.close_result()
            self.refresh()
        elif hint == "take_numbers":
            self.carrier_acts.ask_numbers()
        elif self._found is None:
            self.refresh()

    def refresh(self) -> None:
        """Count anew, and make the shown document anew."""
        ws, keys, batch = self.desk.ws, self._keys, self._batch
        self._turn += 1
        turn = self._turn
        self.desk.tasks.run(
            lambda _: (turn, contents(ws, keys, batch)),
            done=self._show,
            failed=self._show_all_after,
            quiet=True,
        )

    def back(self) -> bool:
        """Esc closes a result, then leaves a selection."""
        if self.right.telling:
            self.right.close_result()
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
        if len(paths) != 1 or self.right.busy:
            return False
        self.carrier_acts.read_numbers(paths[0])
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
        shown = found.shown()
        self._amounts = {
            SLIP: Amount(found.of.slips if found.of else len(found.outlook.priced)),
            GIFT: Amount(len(shown.outlook.gifts)),
            PICK_TOTAL: Amount(1 if shown.outlook.keys else 0),
            PICK_ORDER: Amount((len(shown.outlook.keys) + 3) // 4),
            **{document: Amount(0, len(keys)) for document, keys in shown.wanted.items()},
        }
        self._batch = found.batch
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
        ws, outlook, turn = self.desk.ws, found.shown().outlook, self._turn
        if self._listed[0] == found.change and self._listed[1] == outlook.keys:
            self._note_sheets(self._listed[2])
        elif self._document != PICK_TOTAL:
            self.desk.tasks.run(
                lambda _: (turn, papers(ws, outlook, PICK_TOTAL)), done=self._counted_list, quiet=True
            )

    def _counted_list(self, answer: tuple[int, Papers]) -> None:
        turn, made = answer
        if turn == self._turn and self._found is not None:
            self._listed = (self._found.change, self._found.shown().outlook.keys, made)
            self._note_sheets(made)

    def _note_sheets(self, made: Papers) -> None:
        if made.pages:
            self._amounts[made.document] = Amount(len(made.pages))
            self._show_documents()
            self._show_foot()

    def _show_all_after(self, fault: Fault) -> None:
        """A selection that is gone."""
        self.desk.show_fault(fault)
        if self._keys is not None or self._batch:
            self._batch = 0
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
            word = "lost" if made.lost else "sent" if made.printer else "made"
            card.show_state(made.last or 0, word, names.moment_words(made.at, today))
        for card in self.batches:
            card.set_on(card.number == self._batch)

    def _show_documents(self) -> None:
        assert self._found is not None
        printers = {document: (one.printer, one.tray) for document, one in self._found.presets.items()}
        self.documents.show_papers(self._found.papers, self._amounts, printers)
        self.documents.set_printed({SLIP, GIFT} if self._batch else set())
        self.documents.set_current(self._document)

    def _show_banner(self) -> None:
        """What is not in the batch: refused ones of a selection, else all that wait for a person."""
        if self._found is None:
            return
        count = len(self._found.outlook.refused)
        if self._keys is None:
            count = self.desk.counters.get("attention", 0)
        again = len(self._found.outlook.again)
        self.again.setVisible(again > 0 and self._batch == 0)
        self.again.say("paperpage.again_banner", count=again)
        self.banner.setVisible(count > 0 and self._batch == 0)
        self.banner.say("paperpage.held_back", count=count)

    def _show_foot(self) -> None:
        found = self._found
        if found is None:
            return
        amounts = [self._amounts.get(document, Amount()) for document in self.documents.wanted()]
        if all(amount.sheets for amount in amounts):
            self._summary.say("paperpage.summary", count=sum(amount.sheets for amount in amounts))
        else:
            self._summary.say("paperpage.summary_of", count=len(amounts))
        of = self._batch
        self.print.say("paperpage.print_of" if of else "paperpage.print", number=of or found.next_batch)
        self.print.setEnabled(self._may_print())
        self.pdf.setEnabled(self._may_print())
        self.desk.actions.refresh()

    def _ticked(self, document: str, on: bool) -> None:
        """This desk prints a document from now on, or no longer."""
        known = dict(self.desk.ws.options.get("papers.ticked"))
        self.desk.ws.options.set("papers.ticked", {**known, document: on})
        self._show_foot()
        if on and document in kinds() and kinds()[document].asking:
            self._choose_document(document)  # what it asks stands under its row

    def _answered(self, document: str, name: str, value: str) -> None:
        """For the next print alone; the pages follow."""
        self._answers.note(document, name, value)
        self._load()

    def waiting(self) -> bool:
        """Whether something typed has not reached the pages yet."""
        return self.documents.asks.waiting()

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
        if batch == 0 and document in (SLIP, GIFT) and not self._amounts[document].count:
            other = GIFT if document == SLIP else SLIP
            self._document = document = other if self._amounts[other].count else document
            self._show_documents()
        shown = found.shown()
        outlook, needed = shown.outlook, shown.wanted.get(document, ())
        printed = batch if document in (SLIP, GIFT) else 0
        answers = self._answers.of(document)
        wanted = (found.change, self._keys, batch, document, most, answers)
        if wanted == self._loading:
            return  # these very pages are shown or on their way
        self._loading = wanted
        self.desk.tasks.run(
            lambda _: (
                wanted,
                batch_papers(ws, printed)
                if printed
                else papers(ws, outlook, document, most, needed, answers),
            ),
            done=self._loaded,
            failed=self._not_loaded,
            name="paperpage.loading",
        )

    def _loaded(self, answer: tuple[object, Papers]) -> None:
        wanted, made = answer
        if wanted != self._loading:
            return
        self.documents.show_asks(made.document, made.asks)
        page = self.pane.page
        same = made.pdf == self.pane.shown()
        if not (same and made.pages):
            self.pane.show_papers(made, bool(self._found and self._found.outlook.keys))
            if 1 < page <= self.pane.pages():
                self.pane.go(page)
        if made.document not in (SLIP, GIFT) and not made.more:
            self._note_sheets(made)

    def _not_loaded(self, fault: Fault) -> None:
        self._loading = None
        self.documents.show_asks(self._document, ())
        self.pane.show_papers(Papers(self._document))
        self.desk.show_fault(fault)

    def _choose_batch(self, number: int) -> None:
        self._batch = number
        if number:
            self._document = SLIP
        for card in self.batches:
            card.set_on(card.number == number)
        self.refresh()

    def _choose_document(self, document: str) -> None:
        self._document = document
        if self._found is not None and self._batch == self._found.batch:
            self._turn += 1
            self._show((self._turn, self._found))

    def _show_all(self) -> None:
        self._keys = None
        self.refresh()

    # Acts -------------------------------------------------------------------------------------------------------

    def _may_print(self) -> bool:
        found = self._found
        here = found is not None and found.batch == self._batch  # else another batch is on its way
        return here and not self.right.busy and bool(self.documents.wanted())

    def print_now(self) -> None:
        """Make the ticked documents and send them to their printers."""
        self._print(sender(), None)

    def ask_folder(self) -> None:
        """The same as PDF files in a folder."""
        folder = self.prints.ask_folder()
        if folder is not None:
            self.print_to(folder)

    def print_to(self, folder: Path) -> None:
        """Lay the ticked documents into this folder."""
        self._print(None, folder)

    def _print(self, send: Send | None, folder: Path | None) -> None:
        self.documents.asks.flush()
        if self._may_print() and self._found is not None:
            wanted, answers = self.documents.wanted(), self._answers.every()
            self.prints.make(self._found.shown(), wanted, send, folder, answers)

    def _printed(self, batch: int) -> None:
        self._keys = None
        self._batch = batch
        if batch and (self._found is None or batch != self._found.batch):
            self._document = SLIP

    def _print_again(self, line: int) -> None:
        if self._found is not None and line < len(self._found.record):
            self.prints.print_pages(self._found.record[line])

    def _print_pages(self, line: int, first: int, last: int) -> None:
        if self._found is not None and line < len(self._found.record):
            self.prints.print_pages(self._found.record[line], (first, last))

    def _ruler(self) -> None:
        """For the printer of the document that is shown."""
        if self._found is not None:
            found = self._found.presets
            self.prints.print_ruler(found.get(self._document, found[SLIP]))

    def _exportable(self) -> list[CarrierOutlook]:
        if self._found is None or self.right.busy:
            return []
        return [c for c in self._found.outlook.carriers if c.able and c.count]

    def _export_only(self) -> None:
        only = self._exportable()[0]
        self.carrier_acts.ask_export(only.carrier, only.tool_id)
