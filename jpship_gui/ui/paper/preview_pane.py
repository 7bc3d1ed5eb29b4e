"""Left half: a document as it will come out, page n of m, whose page it is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from jpship_gui.texts import text
from jpship_gui.ui.names import number_parts
from jpship_gui.ui.paper.contents import GIFT, SLIP, PageInfo, Papers
from jpship_gui.ui.paper.page_view import PageView
from jpship_gui.ui.paper.pictures import Pictures
from jpship_gui.ui.paper.thumb_strip import ThumbStrip
from jpship_gui.ui.tasks import Tasks
from jpship_gui.ui.widgets.empty_state import EmptyState
from jpship_gui.ui.widgets.label import ElidedLabel, Label
from jpship_gui.ui.widgets.retranslating import Retranslating
from jpship_gui.ui.widgets.sheet import Panel

_BY_SHOP = frozenset({"checks", "returns"})  # a shop's setting says whether its orders have them
_TITLES = {SLIP: "paper.document.slip", GIFT: "paperpage.gift_slip"}


class PreviewPane(Retranslating, Panel):
    """Shows `Papers`; Up, Down, PageUp, PageDown and the wheel turn the pages. `more_asked` at the last page made,
    `shops_asked` where the shops' settings say who uses a paper."""

    more_asked = Signal()
    shops_asked = Signal()

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__("desk", parent)
        self._papers = Papers(SLIP)
        self.page = 0
        self.pictures = Pictures(tasks, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 24, 20)
        column.setSpacing(8)
        column.addLayout(self._head())
        self._stack = QStackedWidget()
        column.addWidget(self._stack, 1)
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(20)
        self.thumbs = ThumbStrip(self.pictures)
        self.view = PageView(self.pictures)
        self.thumbs.chosen.connect(self.go)
        self.view.turned.connect(self._turn)
        row.addWidget(self.thumbs)
        row.addWidget(self.view, 1)
        self._empty = EmptyState("printer", "paperpage.empty", "paperpage.empty.more")
        self._empty.words.setMinimumWidth(300)
        self._empty.act.connect(self.shops_asked)
        self._stack.addWidget(both)
        self._stack.addWidget(self._empty)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.number = Label(size=20, bold=True)
        self._of = Label(size=14, ink="text2")
        self._whose = ElidedLabel(bold=True)
        self._form = Label(size=12, ink="text2")
        row.addWidget(self.number)
        row.addWidget(self._of)
        row.addSpacing(24)
        row.addWidget(self._whose, 1)
        row.addWidget(self._form)
        for label in (self.number, self._of, self._form):
            label.setMinimumHeight(28)
        return row

    def show_papers(self, papers: Papers, waiting: bool = False) -> None:
        """Another document, at its first page; without pages it says whether shipments wait for other papers."""
        self._papers = papers
        self.pictures.show_document(papers.pdf)
        self.thumbs.show_pages(papers.sizes)
        if waiting and papers.document in _BY_SHOP:
            self._empty.say("printer", "paperpage.unused", "paperpage.unused.more", "paperpage.unused.act")
        elif waiting:
            self._empty.say("printer", "paperpage.unneeded", "paperpage.unneeded.more")
        else:
            self._empty.say("printer", "paperpage.empty", "paperpage.empty.more")
        self._stack.setCurrentIndex(0 if papers.pages else 1)
        self.go(1 if papers.pages else 0)

    def shown(self) -> bytes:
        """The document that is shown."""
        return self._papers.pdf

    def pages(self) -> int:
        """How many pages the document has."""
        return len(self._papers.pages)

    def go(self, page: int) -> None:
        """Show this page (from 1)."""
        self.page = page
        if page:
            self.thumbs.go(page)
            self.view.show_page(page, self._papers.sizes[page - 1])
            if page == self.pages() and self._papers.more:
                self.more_asked.emit()
        else:
            self.view.show_page(0, (210.0, 297.0))
        self.retranslate()

    def _turn(self, pages: int) -> None:
        if self.page:
            self.go(min(max(self.page + pages, 1), self.pages()))

    def retranslate(self) -> None:
        """The line above the page."""
        if not hasattr(self, "_form"):
            return
        papers, page = self._papers, self.page
        self.number.show_text(f"{page}" if page else "")
        self._of.show_text(text("paperpage.of_pages", count=self.pages() + papers.more) if page else "")
        info = papers.pages[page - 1] if page else PageInfo()
        self._whose.show_text(f"{self._title(info)}  {_whose(info)}".strip() if page else "")
        self._form.show_text(_paper(papers.sizes[page - 1]) if page else "")

    def _title(self, info: PageInfo) -> str:
        document = self._papers.document
        if document == SLIP and info.gift:
            document = GIFT
        return text(_TITLES.get(document, f"paper.document.{document}"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page keys work wherever the focus in this half is."""
        steps = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._turn(step)


def _whose(info: PageInfo) -> str:
    head, tail = number_parts(info.order)
    return f"{head}{tail} {info.name}".strip()


def _paper(size: tuple[float, float]) -> str:
    """A4 by its name, everything else in millimetres."""
    wide, high = (round(side) for side in size)
    return "A4" if (wide, high) == (210, 297) else f"{wide} × {high} mm"
