"""Confirm: green ones left, held back and doubtful right, one button that sends what is green and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from jpship_gui.domain.confirmation import SendState
from jpship_gui.domain.fault import Fault
from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows import people
from jpship_gui.flows.confirm.audit import differences_seen
from jpship_gui.flows.confirm.filed import FiledFile, file_refused, save_again
from jpship_gui.flows.confirm.notice import file_uploaded
from jpship_gui.flows.confirm.queue import retry
from jpship_gui.flows.confirm.review import Differing, GreenRow, OnItsWay, RedRow, Review, review
from jpship_gui.flows.confirm.send import SendReport
from jpship_gui.flows.confirm.words import (
    difference_text,
    kept_text,
    note_text,
    queue_text,
    reason_text,
    reason_title,
)
from jpship_gui.flows.confirm.write_files import WrittenFiles, write_files
from jpship_gui.flows.table.detail import load
from jpship_gui.texts import text
from jpship_gui.ui import file_dialog, names
from jpship_gui.ui.actions import Handler, key_cap
from jpship_gui.ui.confirm.case_card import CaseCard
from jpship_gui.ui.confirm.sender import sender_of
from jpship_gui.ui.confirm.shop_figures import ShopFigures
from jpship_gui.ui.confirm.upload_card import UploadCard
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.page import Page
from jpship_gui.ui.theme import glyphs
from jpship_gui.ui.widgets.banner import Banner
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.empty_state import EmptyState
from jpship_gui.ui.widgets.foot_bar import FootBar
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.plain_table import Cell, Column, PlainTable
from jpship_gui.ui.widgets.sheet import Panel, Sheet

_MOST = 200  # rows shown of a list; the button counts them all
_CARDS = 30
_SCROLL = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
)
_GREEN = (
    Column("", 32),
    Column("column.shop", 124, grow=2),
    Column("column.number", 126),
    Column("column.recipient"),
    Column("column.carrier", 104, from_width=860),
    Column("confirmpage.tracking", 164, grow=3),
    Column("confirmpage.ship_date", 112, from_width=1000),
    Column("confirmpage.proof", 124, grow=1),
)
_DONE = (Column("", 70), Column("", 170), Column(""), Column("", 190), Column("", 180))


class ConfirmPage(Page):
    """Reads the review anew whenever something changed."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._review: Review | None = None
        self._sender = sender_of(desk)
        self._sender.reported.connect(self._reported)
        self._sender.moved.connect(self._moved)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._build()
        self.retranslate()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        ground = Panel("window")
        self._body = QVBoxLayout(ground)
        self._body.setContentsMargins(32, 24, 32, 24)
        self._body.setSpacing(16)
        self._scroll.setWidget(ground)
        column.addWidget(self._scroll, 1)
        self._empty = EmptyState("send", "confirmpage.empty", "confirmpage.empty.more")
        self._empty.hide()
        column.addWidget(self._empty, 1)
        self._foot_bar = self._foot()
        column.addWidget(self._foot_bar)
        self._fill_body()

    def _fill_body(self) -> None:
        self._body.addWidget(Label("stage.confirm", size=20, bold=True))
        self.figures = ShopFigures()
        self._body.addWidget(self.figures)
        self.waits = Banner("attention")
        self.waits.hide()
        self._body.addWidget(self.waits)
        sides = QHBoxLayout()
        sides.setSpacing(32)
        left = QVBoxLayout()
        left.setSpacing(12)
        self._green_title = Label(size=16, bold=True)
        left.addLayout(_titled(self._green_title, Label("confirmpage.green.more", ink="text2")))
        self.green = PlainTable(_GREEN, 34)
        self._green_sheet = _sheet_of(self.green)
        left.addWidget(self._green_sheet)
        self._green_more = Label(ink="text2")
        left.addWidget(self._green_more)
        self._done_title = Label(size=16, bold=True)
        left.addSpacing(8)
        left.addWidget(self._done_title)
        self.done_list = PlainTable(_DONE, 40)
        self._done_sheet = _sheet_of(self.done_list)
        left.addWidget(self._done_sheet)
        left.addStretch(1)
        sides.addLayout(left, 2)
        self._right = QWidget()
        self._right.setMinimumWidth(340)
        self._cards = QVBoxLayout(self._right)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(12)
        sides.addWidget(self._right, 1, Qt.AlignmentFlag.AlignTop)
        self._body.addLayout(sides)
        self._body.addStretch(1)

    def _foot(self) -> QWidget:
        foot = FootBar()
        row = foot.row
        self._summary = Label(ink="text2")
        row.addWidget(self._summary, 1)
        self.read_button = Button("confirmpage.read_back", icon="refresh", size="large")
        self.read_button.clicked.connect(self._read_back)
        self.file_button = Button("confirmpage.files", icon="file-download", size="large")
        self.file_button.clicked.connect(self._files)
        self.send_button = Button(kind="primary", size="large", icon="send", cap=key_cap("send"))
        self.send_button.clicked.connect(self._send)
        for button in (self.read_button, self.file_button, self.send_button):
            row.addWidget(button)
        return foot

    # Frame ------------------------------------------------------------------------------------------------------

    def acts(self) -> Mapping[str, Handler]:
        """Ctrl+Enter sends what is green."""
        return {"send": Handler(self._send, self._can_send)}

    def foot(self) -> int:
        """The bar with the buttons."""
        return self._foot_bar.height()

    def opened(self, hint: object = None) -> None:
        """Look at everything."""
        self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and page keys scroll."""
        if event.key() in _SCROLL:
            QApplication.sendEvent(self._scroll.verticalScrollBar(), event)
            return
        super().keyPressEvent(event)

    def refresh(self) -> None:
        """Read the review anew, off the window's thread."""
        ws = self.desk.ws
        self.desk.tasks.run(lambda _: review(ws), done=self._show, quiet=True)

    def retranslate(self) -> None:
        """Words that carry figures."""
        if hasattr(self, "send_button") and self._review is not None:
            self._show(self._review)

    # Showing ----------------------------------------------------------------------------------------------------

    def _show(self, found: Review) -> None:
        self._review = found
        anything = any(
            (found.green, found.red, found.doubtful, found.accepted_today, found.filed, found.differing)
        )
        self._scroll.setVisible(anything)
        self._empty.setVisible(not anything)
        self.figures.show_shops(found.shops)
        self._green_title.say("confirmpage.green_count", count=len(found.green))
        self.green.show_rows([_green_cells(row) for row in found.green[:_MOST]])
        self._green_sheet.setVisible(bool(found.green))
        hidden = len(found.green) - _MOST
        self._green_more.setVisible(hidden > 0)
        if hidden > 0:
            self._green_more.say("confirmpage.more", count=hidden)
        self._show_queues(found)
        self._show_done(found)
        self._show_cards(found)
        self._show_foot(found)
        self.desk.actions.refresh()

    def _show_queues(self, found: Review) -> None:
        """Why something waits and when the next try is, where it cannot leave at once or may leave too late."""
        queues = [
            shop.queue for shop in found.shops if shop.queue and (shop.queue.next_try or shop.queue.late)
        ]
        self.waits.setVisible(bool(queues))
        self.waits.show_text("\n".join(f"{queue.shop}: {queue_text(queue)}" for queue in queues))

    def _show_done(self, found: Review) -> None:
        done = [*found.sending, *found.accepted_today][:_MOST]
        self._done_title.setVisible(bool(done))
        self._done_sheet.setVisible(bool(done))
        key = "confirmpage.done_count" if len(done) == len(found.accepted_today) else "confirmpage.told_count"
        self._done_title.say(key, count=len(done))
        self.done_list.show_rows([_done_cells(row) for row in done])

    def _show_cards(self, found: Review) -> None:
        while (item := self._cards.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._right.setVisible(bool(found.red or found.doubtful or found.files or found.differing))
        if found.differing:
            self._cards.addWidget(_title("confirmpage.difference_count", len(found.differing)))
        for differs in found.differing[:_CARDS]:
            self._cards.addWidget(self._difference_card(differs))
        if found.files:
            self._cards.addWidget(_title("confirmpage.upload.waiting", len(found.files)))
        for place, file in enumerate(found.files[:_CARDS]):
            self._cards.addWidget(self._upload_card(file, opened=place == 0))
        if found.doubtful:
            self._cards.addWidget(_title("confirmpage.doubtful_count", len(found.doubtful)))
        for way in found.doubtful[:_CARDS]:
            card = CaseCard(way, text("confirmpage.doubtful"), _doubt(way), "read_back", doubtful=True)
            card.asked.connect(self._read_back)
            self._cards.addWidget(card)
        if found.red:
            self._cards.addWidget(_title("confirmpage.red_count", len(found.red)))
        for row in found.red[:_CARDS]:
            self._cards.addWidget(self._red_card(row))
        if len(found.red) > _CARDS:
            self._cards.addWidget(_title("confirmpage.more", len(found.red) - _CARDS))

    def _upload_card(self, file: FiledFile, *, opened: bool) -> UploadCard:
        card = UploadCard(file, opened=opened)
        card.taken.connect(lambda: self._uploaded(file, taken=True))
        card.refused.connect(lambda: self._uploaded(file, taken=False))
        card.save.connect(lambda: self._save_again(file))
        return card

    def _difference_card(self, differs: Differing) -> CaseCard:
        more = "\n".join(difference_text(one) for one in differs.found)
        title, key = text("confirmpage.difference"), differs.way.key
        card = CaseCard(differs.way, title, more, "difference_seen", doubtful=True)
        card.asked.connect(lambda _: self._difference_seen(key))
        return card

    def _red_card(self, row: RedRow) -> CaseCard:
        first, *others = row.reasons
        title = reason_title(first)
        more = [reason_text(first), *(reason_title(reason) for reason in others)]
        card = CaseCard(row, title, "\n".join(more), first.repair)
        card.asked.connect(lambda repair: self._repair(repair, row, first.key or row.key))
        return card

    def _show_foot(self, found: Review) -> None:
        sendable = len(self._sendable(found))
        by_file = len(found.green) - sendable
        self.send_button.say("confirmpage.send", count=sendable)
        self.send_button.setEnabled(self._can_send())
        self.send_button.setVisible(sendable > 0 or not by_file)
        if by_file:
            self.file_button.say("confirmpage.files_count", count=by_file)
        else:
            self.file_button.say("confirmpage.files")
        self.file_button.set_kind("primary" if by_file and not sendable else "plain")
        self.file_button.setEnabled(bool(found.green))
        self.read_button.setVisible(bool(found.doubtful or found.sending or found.accepted_today))
        parts = [f"{shop.shop} {shop.green}" for shop in found.shops if shop.green]
        if found.red:
            parts.append(text("confirmpage.red_stay", count=len(found.red)))
        self._summary.show_text("   ".join(parts))

    def _sendable(self, found: Review) -> list[GreenRow]:
        """Green ones of shops with an API; the others go by upload file."""
        by_file = {shop.shop for shop in found.shops if shop.by == "file"}
        return [row for row in found.green if row.shop not in by_file]

    def _can_send(self) -> bool:
        """Whether anything can be sent to a shop that is not being talked to already."""
        busy = self._sender.at_work()
        return self._review is not None and any(row.shop not in busy for row in self._sendable(self._review))

    # Acts -------------------------------------------------------------------------------------------------------

    def _send(self) -> None:
        if not self._can_send():
            return
        try:
            people.must(self.desk.ws, people.Right.CONFIRM)
        except Fault as fault:
            self.desk.show_fault(fault)
        else:
            self.send_button.setEnabled(False)
            self._sender.send()

    def _read_back(self, *_: object) -> None:
        self._sender.read_back()

    def _moved(self) -> None:
        """Other shops are being talked to than before."""
        if self._review is not None:
            self._show_foot(self._review)
            self.desk.actions.refresh()

    def _reported(self, report: SendReport) -> None:
        counts = {
            name: sum(row.state is state for row in report.rows)
            for name, state in (
                ("accepted", SendState.ACCEPTED),
                ("refused", SendState.REFUSED),
                ("doubtful", SendState.DOUBTFUL),
            )
        }
        waiting = len(report.rows) - sum(counts.values())
        self.desk.say(text("confirmpage.reported", waiting=waiting, **counts))
        for trouble in report.faults:
            self.desk.show_fault(trouble.fault)

    def _failed(self, fault: Fault) -> None:
        self.desk.show_fault(fault)
        self.desk.tell_changed()

    def _files(self) -> None:
        """Files for the shops that work by file; where none does, for all that is green."""
        folder = self._folder()
        if folder is None or self._review is None:
            return
        ws, found = self.desk.ws, self._review
        sendable = {row.key for row in self._sendable(found)}
        keys = [row.key for row in found.green if row.key not in sendable] or None
        self.desk.tasks.run(
            lambda _: write_files(ws, folder, keys),
            done=self._written,
            failed=self._failed,
            name="confirmpage.writing",
        )

    def _folder(self) -> Path | None:
        start = self.desk.ws.options.get("export.folder") or str(Path.home())
        chosen = file_dialog.ask_folder(self, text("confirmpage.files_where"), start)
        if not chosen:
            return None
        self.desk.ws.options.set("export.folder", chosen)
        return Path(chosen)

    def _uploaded(self, file: FiledFile, *, taken: bool) -> None:
        """A person tells what the marketplace's screen said."""
        ws, act = self.desk.ws, file_uploaded if taken else file_refused
        key = "confirmpage.upload.took" if taken else "confirmpage.upload.back"
        self.desk.tasks.run(
            lambda _: act(ws, file.fingerprint),
            done=lambda keys: self._outcome_told(key, len(keys)),
            failed=self._failed,
            quiet=True,
        )

    def _outcome_told(self, key: str, count: int) -> None:
        self.desk.say(text(key, count=count))
        self.desk.tell_changed()

    def _save_again(self, file: FiledFile) -> None:
        folder = self._folder()
        if folder is None:
            return
        ws = self.desk.ws
        self.desk.tasks.run(
            lambda _: save_again(ws, file.fingerprint, folder),
            done=lambda path: self.desk.say(text("confirmpage.upload.saved", file=path.name)),
            failed=self._failed,
            quiet=True,
        )

    def _written(self, written: WrittenFiles) -> None:
        rows = sum(file.rows for file in written.files)
        folder = str(written.files[0].path.parent) if written.files else ""
        self.desk.say(text("confirmpage.written", count=rows, files=len(written.files), folder=folder))
        self.desk.tell_changed()

    def _difference_seen(self, key: str) -> None:
        ws = self.desk.ws
        self.desk.tasks.run(
            lambda _: differences_seen(ws, [key]), done=lambda _: self.desk.tell_changed(), quiet=True
        )

    def _repair(self, repair: str, row: RedRow, key: str) -> None:
        """Do it, or go where it is done; `key` is the shipment it is about, the row's or another of its order."""
        if repair == "retry":
            ws = self.desk.ws
            self.desk.tasks.run(
                lambda _: retry(ws, [row.key]), done=lambda _: self.desk.tell_changed(), quiet=True
            )
        elif repair == "scan_again":
            self.desk.go("pack")
        elif repair == "hand_over":
            self.desk.go("handover")
        elif repair == "import":
            self.desk.go("intake", "ask")
        elif repair == "set_carrier" and any(reason.code == "no_mapping" for reason in row.reasons):
            self.desk.go("options", "shops")
        elif repair == "track":
            from jpship_gui.ui.pack.tracking_dialog import open_tracking

            open_tracking(self.desk, key, self)
        else:
            ws = self.desk.ws
            self.desk.tasks.run(lambda _: load(ws, keys=[key]), done=self._open_order, quiet=True)

    def _open_order(self, found: list[Shipment]) -> None:
        for shipment in found:
            self.desk.go("all", ("order", shipment.row_id))


def _titled(title: Label, more: Label) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(20)
    row.addWidget(title)
    row.addWidget(more)
    row.addStretch(1)
    return row


def _title(key: str, count: int) -> Label:
    return Label(key, size=16, bold=True, count=count)


def _sheet_of(table: PlainTable) -> Sheet:
    sheet = Sheet()
    column = QVBoxLayout(sheet)
    column.setContentsMargins(4, 2, 4, 6)
    column.addWidget(table)
    return sheet


def _order_cell(number: str) -> Cell:
    head, tail = names.number_parts(number)
    return Cell(head, ink="text3", tail=tail)


def _numbers_cell(row: GreenRow | OnItsWay, **look: Any) -> Cell:
    """The numbers that are told, of how many boxes, and of how many where the marketplace does not take all."""
    words = "・".join(names.tracking_words(number) for number in row.numbers)
    count = len(row.numbers)
    several = text("confirmpage.boxes", count=count) if count > 1 else ""
    told = kept_text(row.numbers, row.kept) if row.kept else several
    by_hand = row.by_hand if isinstance(row, GreenRow) else ()
    return Cell(words, sub="・".join(filter(None, (told, *(text(f"how.{how}") for how in by_hand)))), **look)


def _parcel_words(row: GreenRow) -> str:
    """That its parcel holds other orders too, or that it is told of a part before the rest."""
    together = text("confirmpage.together", count=len(row.together) + 1) if row.together else ""
    part = "" if row.whole else text("confirmpage.part")
    return "・".join(filter(None, (together, part)))


def _green_cells(row: GreenRow) -> list[Cell]:
    proof = text(f"confirmpage.proof.{row.proof}") if row.proof else ""
    return [
        Cell(glyph=glyphs.OK, ink="ok"),
        Cell(
            names.marketplace_name(row.marketplace),
            sub=names.shop_words(row.marketplace, row.shop),
            chip=row.marketplace,
        ),
        _order_cell(row.order),
        Cell(row.recipient, sub=_parcel_words(row)),
        Cell(names.carrier_name(row.carrier), bar=row.carrier),
        _numbers_cell(row, bold=True),
        Cell(names.day_words(row.ship_date)),
        Cell(proof, glyph=glyphs.PROVEN, ink="done"),
    ]


def _done_cells(row: OnItsWay) -> list[Cell]:
    look = {
        SendState.ACCEPTED: (glyphs.OK, "ok"),
        SendState.FILED: (glyphs.HOLD, "text2"),
        SendState.SENDING: (glyphs.HOLD, "accent"),
    }
    note = note_text(row.code, row.message) if row.state is SendState.ACCEPTED else ""
    unusual = (glyphs.ATTENTION, "attention")
    shape, ink = unusual if note else look.get(row.state, unusual)
    return [
        Cell(names.time_words(row.at) if row.at else "", ink="text2"),
        Cell(
            names.marketplace_name(row.marketplace),
            sub=names.shop_words(row.marketplace, row.shop),
            chip=row.marketplace,
        ),
        Cell(row.recipient, sub=note),
        _numbers_cell(row, ink="text2"),
        Cell(text(f"confirmpage.state.{row.state.value}"), glyph=shape, ink=ink),
    ]


def _doubt(way: OnItsWay) -> str:
    at = names.time_words(way.at) if way.at else ""
    return text("confirmpage.doubtful.more", time=at)
